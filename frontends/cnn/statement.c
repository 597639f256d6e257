/* statement.c - runs statements: assignments, conditions, loops, definitions. */
#include "cnn/eval.h"
#include "cnn/keras.h"

#include <string.h>

/* ---- assignment ---- */

static void unpack(struct eval *e, struct scope *s, const struct node *target, struct value v)
{
    const int n = target->kids.count;
    int star = -1;
    for (int i = 0; i < n; i++)
        star = target->kids.item[i]->kind == N_STAR ? i : star;
    struct value from = v;
    e->at = target->at;
    if (v.kind == V_TENSOR)
        raise_error(e, "TypeError",
                    "%d names for one tensor of the model (%s), which cannot be iterated over", n,
                    shape_text(e->mem, &v.tensor->shape));
    const struct list *l = items_of(e, &from);
    if (!l || l->open) {
        const struct unknown *cause = l           ? l->open
                                      : why(from) ? why(from)
                                                  : unknown(e, "an item", target->at, NULL).unknown;
        for (int i = 0; i < n; i++)
            assign(e, s, target->kids.item[i], unknown(e, cause->name, cause->at, cause->from));
        return;
    }
    e->at = target->at;
    if (l->count < (star < 0 ? n : n - 1))
        raise_error(e, "ValueError", "not enough values to unpack (expected %s%d, got %lld)",
                    star < 0 ? "" : "at least ", star < 0 ? n : n - 1, (long long)l->count);
    if (star < 0 && l->count > n)
        raise_error(e, "ValueError", "too many values to unpack (expected %d)", n);
    const int64_t extra = l->count - (n - 1);
    for (int i = 0; i < n; i++) {
        if (i != star) {
            assign(e, s, target->kids.item[i], l->item[star >= 0 && i > star ? i - 1 + extra : i]);
            continue;
        }
        struct value rest = new_list(e, V_LIST);
        for (int64_t k = 0; k < extra; k++)
            list_push(e, rest.list, l->item[i + k]);
        assign(e, s, target->kids.item[i]->a, rest);
    }
}

void assign(struct eval *e, struct scope *s, const struct node *target, struct value v)
{
    switch (target->kind) {
    case N_NAME:
        if (v.kind == V_UNKNOWN)
            v = unknown_as(e, v, target->text, target->at);
        scope_set(e, s, name_of(e, target), v);
        break;
    case N_TUPLE:
    case N_LIST: unpack(e, s, target, v); break;
    case N_ATTRIBUTE: {
        const struct value a = eval(e, s, target->a);
        if (v.kind == V_UNKNOWN)
            v = unknown_as(e, v, source_text(e, target), target->at);
        e->at = target->at;
        set_attribute(e, a, name_of(e, target), v, target->at);
        break;
    }
    case N_SUBSCRIPT: {
        const struct value a = eval(e, s, target->a), i = eval(e, s, target->b);
        e->at = target->at;
        set_item(e, a, i, v);
        break;
    }
    case N_STAR: assign(e, s, target->a, v); break;
    default: break;
    }
}

/* a += b changes lists, sets, dicts and arrays in place. */
static void augment(struct eval *e, struct scope *s, const struct node *n)
{
    const struct node *t = n->a;
    struct value base = EMPTY, index = EMPTY, a;
    if (t->kind == N_ATTRIBUTE) {
        base = eval(e, s, t->a);
        a = base.kind == V_UNKNOWN ? base : get_attribute(e, base, name_of(e, t), t->at);
        if (a.kind == V_EMPTY)
            raise_error(e, "AttributeError", "'%s' object has no attribute '%s'",
                        type_name(e, base), t->text);
    } else if (t->kind == N_SUBSCRIPT) {
        base = eval(e, s, t->a);
        index = eval(e, s, t->b);
        e->at = n->at;
        a = get_item(e, base, index, t);
    } else {
        a = eval(e, s, t);
    }
    struct value b = eval(e, s, n->b);
    e->at = n->at;
    struct value r = EMPTY;
    if (a.kind == V_LIST && *n->op == '+') {
        const struct list *l = items_of(e, &b);
        const int64_t count = l ? l->count : 0;
        for (int64_t i = 0; i < count; i++)
            list_push(e, a.list, l->item[i]);
        if (!l)
            a.list->open = why(b) ? why(b) : unknown(e, source_text(e, n->b), n->at, NULL).unknown;
        r = a;
    } else if (a.kind == V_OBJECT) {
        const struct value f = special(e, a,
                                       intern(e, arena_printf(e->mem, "__i%s__",
                                                              strcmp(n->op, "+") == 0   ? "add"
                                                              : strcmp(n->op, "-") == 0 ? "sub"
                                                              : strcmp(n->op, "*") == 0 ? "mul"
                                                                                        : "none")));
        r = f.kind == V_EMPTY ? EMPTY : call_n(e, f, n->at, 1, b);
    }
    if (r.kind == V_EMPTY)
        r = binary(e, n->op, a, b, n);
    if ((a.kind == V_SET && r.kind == V_SET) || (a.kind == V_DICT && r.kind == V_DICT)) {
        *a.dict = *r.dict;
        r = a;
    }
    if (a.kind == V_ARRAY && a.array->shape.rank && base.kind != V_ARRAY)
        r = array_update(e, a, r);
    if (t->kind == N_ATTRIBUTE)
        set_attribute(e, base, name_of(e, t), r, t->at);
    else if (t->kind == N_SUBSCRIPT)
        set_item(e, base, index, r);
    else
        assign(e, s, t, r);
}

static void delete (struct eval *e, struct scope *s, const struct node *n)
{
    e->at = n->at;
    if (n->kind == N_NAME) {
        scope_delete(e, s, name_of(e, n));
    } else if (n->kind == N_SUBSCRIPT) {
        const struct value a = eval(e, s, n->a), i = eval(e, s, n->b);
        delete_item(e, a, i);
    } else if (n->kind == N_ATTRIBUTE) {
        const struct value a = eval(e, s, n->a);
        if (a.kind == V_OBJECT)
            dict_remove(e, a.object->attributes, of_str(name_of(e, n)), NULL);
    } else {
        for (int i = 0; i < n->kids.count; i++)
            delete (e, s, n->kids.item[i]);
    }
}

/* ---- conditions and loops ---- */

static const struct unknown *cause_of(struct eval *e, struct value v, const struct node *n)
{
    return why(v) ? why(v) : unknown(e, source_text(e, n), n->at, NULL).unknown;
}

static enum flow run_if(struct eval *e, struct scope *s, const struct node *n)
{
    const struct value v = eval(e, s, n->a);
    const int t = truth(e, v);
    if (t >= 0)
        return run_block(e, s, t ? &n->body : &n->orelse);
    const struct unknown *cause = cause_of(e, v, n->a);
    forget(e, s, &n->body, cause);
    forget(e, s, &n->orelse, cause);
    return leaves_loop(&n->body) || leaves_loop(&n->orelse) ? UNSURE_LOOP : GO;
}

/* After an item of the loop: true where the loop is left, with *f what it means. */
static bool leave(struct eval *e, struct scope *s, const struct node *n, enum flow *f)
{
    if (*f == UNSURE_LOOP)
        forget(e, s, &n->body, unknown(e, "how often a loop runs", n->at, NULL).unknown);
    if (*f == GO || *f == CONTINUE_LOOP)
        return false;
    *f = *f == RETURN_VALUE ? RETURN_VALUE : GO;
    return true;
}

static enum flow run_for(struct eval *e, struct scope *s, const struct node *n)
{
    const struct value v = eval(e, s, n->b);
    struct value it = UNKNOWN, item;
    e->at = n->b->at;
    if (v.kind != V_UNKNOWN && v.kind != V_SPACE)
        it = v.kind == V_TENSOR ? UNKNOWN : iterator_of(e, v);
    if (it.kind != V_ITERATOR || n->is_async) {
        const struct unknown *cause = cause_of(e, it.kind == V_UNKNOWN && why(it) ? it : v, n->b);
        assign(e, s, n->a, (struct value){ .kind = V_UNKNOWN, .unknown = cause });
        forget(e, s, &n->body, cause);
        return GO;
    }
    while (iterate(e, &it, &item)) {
        step(e, n->at);
        assign(e, s, n->a, item);
        enum flow f = run_block(e, s, &n->body);
        if (leave(e, s, n, &f))
            return f;
    }
    if (it.iterator->unsure) {
        assign(e, s, n->a, (struct value){ .kind = V_UNKNOWN, .unknown = it.iterator->unsure });
        forget(e, s, &n->body, it.iterator->unsure);
    }
    return run_block(e, s, &n->orelse);
}

static enum flow run_while(struct eval *e, struct scope *s, const struct node *n)
{
    for (;;) {
        step(e, n->at);
        const struct value v = eval(e, s, n->a);
        const int t = truth(e, v);
        if (t < 0) {
            forget(e, s, &n->body, cause_of(e, v, n->a));
            return GO;
        }
        if (!t)
            return run_block(e, s, &n->orelse);
        enum flow f = run_block(e, s, &n->body);
        if (leave(e, s, n, &f))
            return f;
    }
}

/* ---- with ---- */

struct with_block {
    struct scope *s;
    const struct node *n;
    int item;
    enum flow flow;
};

static void run_with_item(struct eval *e, void *data);

static enum flow run_with(struct eval *e, struct with_block *w)
{
    if (w->item == w->n->kids.count)
        return run_block(e, w->s, &w->n->body);
    const struct node *k = w->n->kids.item[w->item];
    const struct value manager = eval(e, w->s, k->a);
    const struct value enter =
        manager.kind == V_OBJECT ? special(e, manager, e->n.__enter__) : EMPTY;
    const struct value exit = manager.kind == V_OBJECT ? special(e, manager, e->n.__exit__) : EMPTY;
    const struct value v = enter.kind != V_EMPTY ? call_n(e, enter, k->at, 0)
                           : manager.kind == V_SPACE || manager.kind == V_UNKNOWN
                               ? unknown(e, source_text(e, k->a), k->at, why(manager))
                               : manager;
    if (k->b)
        assign(e, w->s, k->b, v);
    struct with_block inner = { w->s, w->n, w->item + 1, GO };
    if (exit.kind == V_EMPTY)
        return run_with(e, &inner);
    if (protect(e, run_with_item, &inner)) {
        call_n(e, exit, k->at, 3, NONE, NONE, NONE);
        return inner.flow;
    }
    const struct value raised = e->raised;
    if (raised.kind != V_OBJECT)
        longjmp(*e->handler, 1);
    const struct value type = { .kind = V_CLASS, .class = raised.object->class };
    if (truth(e, call_n(e, exit, k->at, 3, type, raised, NONE)) == 1)
        return GO;
    e->raised = raised;
    longjmp(*e->handler, 1);
}

static void run_with_item(struct eval *e, void *data)
{
    struct with_block *w = data;
    w->flow = run_with(e, w);
}

/* ---- all statements ---- */

struct value decorate(struct eval *e, struct scope *s, const struct node *n, struct value v)
{
    for (int i = n->kids.count - 1; i >= 0; i--) {
        const struct value f = eval(e, s, n->kids.item[i]);
        e->at = n->kids.item[i]->at;
        /* tf.function, register_keras_serializable() and the like */
        if (f.kind == V_SPACE || f.kind == V_UNKNOWN)
            continue;
        v = call_n(e, f, n->kids.item[i]->at, 1, v);
    }
    return v;
}

static void declare(struct eval *e, struct scope *s, const struct node *n)
{
    if (!s->redirected)
        s->redirected = NEW(e->mem, struct dict);
    for (int i = 0; i < n->nnames; i++)
        dict_set_name(e, s->redirected, intern(e, n->names[i]),
                      n->kind == N_GLOBAL ? NONE : of_bool(true));
}

static void run_assert(struct eval *e, struct scope *s, const struct node *n)
{
    if (truth(e, eval(e, s, n->a)) != 0)
        return;
    const struct value message = n->b ? eval(e, s, n->b) : EMPTY;
    e->at = n->at;
    raise_value(e, new_exception(e, "AssertionError", message));
}

static enum flow run(struct eval *e, struct scope *s, const struct node *n)
{
    struct value v;
    struct with_block w = { s, n, 0, GO };
    enum flow flow = GO;
    switch (n->kind) {
    case N_EXPRESSION: eval(e, s, n->a); return GO;
    case N_ASSIGN:
        v = eval(e, s, n->a);
        for (int i = 0; i < n->kids.count; i++)
            assign(e, s, n->kids.item[i], v);
        return GO;
    case N_AUGMENTED: augment(e, s, n); return GO;
    case N_ANNOTATED:
        if (s->is_class && n->a->kind == N_NAME && !strstr(source_text(e, n->b), "ClassVar")) {
            struct value all = dict_name(s->names, e->n.__annotations__);
            if (all.kind != V_DICT)
                dict_set_name(e, s->names, e->n.__annotations__, all = new_dict(e, V_DICT));
            dict_set_name(e, all.dict, name_of(e, n->a), NONE);
        }
        if (n->c)
            assign(e, s, n->a, eval(e, s, n->c));
        return GO;
    case N_IF: return run_if(e, s, n);
    case N_FOR: return run_for(e, s, n);
    case N_WHILE: return run_while(e, s, n);
    case N_RETURN: e->result = n->a ? eval(e, s, n->a) : NONE; return RETURN_VALUE;
    case N_BREAK: return BREAK_LOOP;
    case N_CONTINUE: return CONTINUE_LOOP;
    case N_FUNCTION:
        scope_set(e, s, name_of(e, n), decorate(e, s, n, make_function(e, s, n)));
        return GO;
    case N_CLASS: scope_set(e, s, name_of(e, n), decorate(e, s, n, make_class(e, s, n))); return GO;
    case N_TRY: return run_try(e, s, n);
    case N_RAISE: return run_raise(e, s, n);
    case N_WITH: return run_with(e, &w);
    case N_IMPORT:
    case N_FROM: run_import(e, s, n); return GO;
    case N_GLOBAL:
    case N_NONLOCAL: declare(e, s, n); return GO;
    case N_ASSERT: run_assert(e, s, n); return GO;
    case N_MATCH: run_match(e, s, n, &flow); return flow;
    case N_DELETE:
        for (int i = 0; i < n->kids.count; i++)
            delete (e, s, n->kids.item[i]);
        return GO;
    default: return GO;
    }
}

enum flow run_block(struct eval *e, struct scope *s, const struct node_list *b)
{
    for (int i = 0; i < b->count; i++) {
        step(e, b->item[i]->at);
        e->at = b->item[i]->at;
        const enum flow f = run(e, s, b->item[i]);
        if (f != GO)
            return f;
    }
    return GO;
}
