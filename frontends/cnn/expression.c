/* expression.c - evaluates expressions. */
#include "cnn/eval.h"
#include "cnn/keras.h"

#include <string.h>

void step(struct eval *e, struct span at)
{
    if (++e->steps > MOST_STEPS)
        fatal(
            e, at,
            "the evaluation takes more than %d steps; is there an endless loop, or one over data?",
            MOST_STEPS);
}

void check_stack(struct eval *e)
{
    const char here = 0;
    const size_t used = e->stack > &here ? (size_t)(e->stack - &here) : (size_t)(&here - e->stack);
    if (used > e->stack_limit)
        raise_error(e, "RecursionError", "maximum recursion depth exceeded");
}

/* ---- displays and comprehensions ---- */

static struct value starred(struct eval *e, struct scope *s, struct value to, const struct node *n)
{
    struct value v = eval(e, s, n->a);
    if (v.kind == V_NONE || is_number(v))
        raise_error(e, "TypeError", "Value after * must be an iterable, not %s", type_name(e, v));
    const struct list *l = items_of(e, &v);
    if (!l) {
        to.list->open =
            v.unknown ? v.unknown : unknown(e, source_text(e, n->a), n->at, NULL).unknown;
        return to;
    }
    for (int64_t i = 0; i < l->count; i++)
        list_push(e, to.list, l->item[i]);
    to.list->open = to.list->open ? to.list->open : l->open;
    return to;
}

static struct value display(struct eval *e, struct scope *s, const struct node *n,
                            enum value_kind kind)
{
    struct value r = new_list(e, kind);
    for (int i = 0; i < n->kids.count; i++) {
        const struct node *k = n->kids.item[i];
        if (k->kind == N_STAR)
            r = starred(e, s, r, k);
        else
            list_push(e, r.list, eval(e, s, k));
    }
    return r;
}

static struct value set_display(struct eval *e, struct scope *s, const struct node *n)
{
    const struct value l = display(e, s, n, V_LIST), r = new_dict(e, V_SET);
    for (int64_t i = 0; i < l.list->count; i++)
        dict_set(e, r.dict, l.list->item[i], NONE);
    r.dict->open = l.list->open;
    return r;
}

static struct value dict_display(struct eval *e, struct scope *s, const struct node *n)
{
    const struct value r = new_dict(e, V_DICT);
    for (int i = 0; i + 1 < n->kids.count; i += 2) {
        const struct node *key = n->kids.item[i];
        const struct value k = key ? eval(e, s, key) : EMPTY, v = eval(e, s, n->kids.item[i + 1]);
        const struct value base = v.kind == V_OBJECT ? v.object->base : v;
        if (!key && base.kind == V_DICT)
            dict_update(e, r.dict, base.dict);
        else if (!key && v.kind != V_UNKNOWN)
            raise_error(e, "TypeError", "'%s' object is not a mapping", type_name(e, v));
        else if (!key || k.kind == V_UNKNOWN)
            r.dict->open = why(key ? k : v) ? why(key ? k : v)
                                            : unknown(e, source_text(e, n), n->at, NULL).unknown;
        else
            dict_set(e, r.dict, k, v);
    }
    return r;
}

/* ---- strings with fields ---- */

static struct value fstring(struct eval *e, struct scope *s, const struct node *n)
{
    struct chars c = { 0 };
    for (int i = 0; i < n->kids.count; i++) {
        const struct node *k = n->kids.item[i];
        if (k->kind == N_STRING) {
            chars_add(e, &c, k->text, k->size);
            continue;
        }
        struct value v = eval(e, s, k->a);
        if (k->text && v.kind != V_UNKNOWN)
            v = of_str(*k->text == 's' ? str_of(e, v) : repr_of(e, v));
        const struct value spec = k->b ? fstring(e, s, k->b) : EMPTY;
        if (v.kind == V_UNKNOWN || spec.kind == V_UNKNOWN)
            return unknown(e, source_text(e, n), n->at, why(v));
        v = format_value(e, v, spec.kind == V_STRING ? spec.s->s : "",
                         spec.kind == V_STRING ? spec.s->size : 0);
        if (v.kind != V_STRING)
            return v;
        chars_add(e, &c, v.s->s, v.s->size);
    }
    return chars_value(e, &c);
}

/* ---- attributes, subscripts, calls ---- */

static struct value attribute(struct eval *e, struct scope *s, const struct node *n)
{
    if (e->any_dotted) {
        const struct value set = dotted_override(e, source_text(e, n));
        if (set.kind != V_EMPTY)
            return set;
    }
    const struct value a = eval(e, s, n->a);
    if (a.kind == V_UNKNOWN) {
        const char *name = a.unknown && a.unknown->name
                               ? arena_printf(e->mem, "%s.%s", a.unknown->name, n->text)
                               : n->text;
        const struct value set = e->any_dotted ? dotted_override(e, name) : EMPTY;
        return set.kind != V_EMPTY ? set : unknown(e, name, n->at, a.unknown);
    }
    e->at = n->at;
    const struct value v = get_attribute(e, a, name_of(e, n), n->at);
    if (v.kind == V_EMPTY)
        raise_error(e, "AttributeError", "%s%s%s has no attribute '%s'",
                    a.kind == V_CLASS    ? "type object '"
                    : a.kind == V_MODULE ? "module '"
                                         : "'",
                    a.kind == V_CLASS    ? a.class->name->s
                    : a.kind == V_MODULE ? a.module->name
                                         : type_name(e, a),
                    a.kind == V_CLASS || a.kind == V_MODULE ? "'" : "' object", n->text);
    return v;
}

static struct value index_value(struct eval *e, struct scope *s, const struct node *n)
{
    if (n->kind == N_TUPLE && !n->parenthesized) {
        struct value r = new_list(e, V_TUPLE);
        for (int i = 0; i < n->kids.count; i++)
            list_push(e, r.list, index_value(e, s, n->kids.item[i]));
        return r;
    }
    if (n->kind != N_SLICE)
        return n->kind == N_STAR ? display(e, s, n, V_TUPLE) : eval(e, s, n);
    struct value r = new_list(e, V_SLICE);
    list_push(e, r.list, n->a ? eval(e, s, n->a) : NONE);
    list_push(e, r.list, n->b ? eval(e, s, n->b) : NONE);
    list_push(e, r.list, n->c ? eval(e, s, n->c) : NONE);
    return r;
}

static struct value subscript(struct eval *e, struct scope *s, const struct node *n)
{
    if (e->any_dotted) {
        const struct value set = dotted_override(e, source_text(e, n));
        if (set.kind != V_EMPTY)
            return set;
    }
    const struct value a = eval(e, s, n->a), i = index_value(e, s, n->b);
    e->at = n->at;
    const struct value v = get_item(e, a, i, n);
    return v;
}

enum { FEW = 12 };

struct call_space {
    struct value v[FEW + 1];
    struct named named[FEW];
};

static bool expands(const struct node *n)
{
    for (int i = 0; i < n->kids.count; i++)
        if (n->kids.item[i]->kind == N_STAR
            || (n->kids.item[i]->kind == N_KEYWORD && !n->kids.item[i]->text))
            return true;
    return n->kids.count > FEW;
}

static void add_named(struct eval *e, struct args *a, int64_t *room, struct str *name,
                      struct value v)
{
    for (int i = 0; i < a->nnamed; i++)
        if (a->named[i].name == name)
            raise_error(e, "TypeError", "got multiple values for keyword argument '%s'", name->s);
    if (a->nnamed >= *room) {
        a->named = arena_grow(e->mem, a->named, (size_t)*room * sizeof *a->named,
                              (size_t)(2 * *room + 8) * sizeof *a->named);
        *room = 2 * *room + 8;
    }
    a->named[a->nnamed++] = (struct named){ name, v };
}

/* Arguments with stars; false where one of these is not known, in *cause. */
static bool expanded_arguments(struct eval *e, struct scope *s, const struct node *n,
                               struct args *a, struct value *cause)
{
    struct value l = new_list(e, V_LIST);
    int64_t room = 0;
    list_push(e, l.list, EMPTY);
    for (int i = 0; i < n->kids.count; i++) {
        const struct node *k = n->kids.item[i];
        if (k->kind == N_STAR) {
            l = starred(e, s, l, k);
        } else if (k->kind != N_KEYWORD) {
            list_push(e, l.list, eval(e, s, k));
        } else if (k->text) {
            add_named(e, a, &room, name_of(e, k), eval(e, s, k->a));
        } else {
            struct value v = eval(e, s, k->a);
            v = v.kind == V_OBJECT ? v.object->base : v;
            if (v.kind != V_DICT && v.kind != V_UNKNOWN)
                raise_error(e, "TypeError", "argument after ** must be a mapping, not %s",
                            type_name(e, v));
            if (v.kind == V_UNKNOWN) {
                *cause = v;
                return false;
            }
            for (int64_t j = 0; j < v.dict->used; j++)
                if (v.dict->entry[j].key.kind == V_STRING)
                    add_named(
                        e, a, &room,
                        str_intern(e, v.dict->entry[j].key.s->s, v.dict->entry[j].key.s->size),
                        v.dict->entry[j].value);
        }
    }
    for (int i = 0; i < 4; i++) /* functions may look at arguments that are not given */
        list_push(e, l.list, EMPTY);
    a->v = l.list->item + 1;
    a->n = (int)l.list->count - 5;
    if (l.list->open)
        *cause = (struct value){ .kind = V_UNKNOWN, .unknown = l.list->open };
    return !l.list->open;
}

static struct value evaluate_call(struct eval *e, struct scope *s, const struct node *n)
{
    struct call_space space;
    memset(space.v, 0, sizeof space.v);
    struct args a = { .v = space.v + 1, .named = space.named, .at = n->at, .node = n };
    const struct value f = eval(e, s, n->a);
    if (expands(n)) {
        struct value cause = UNKNOWN;
        a.named = NULL;
        if (!expanded_arguments(e, s, n, &a, &cause))
            return unknown(e, source_text(e, n), n->at, cause.unknown);
    } else {
        for (int i = 0; i < n->kids.count; i++) {
            const struct node *k = n->kids.item[i];
            if (k->kind == N_KEYWORD)
                a.named[a.nnamed++] = (struct named){ name_of(e, k), eval(e, s, k->a) };
            else
                a.v[a.n++] = eval(e, s, k);
        }
    }
    if (f.kind == V_WRAPPER && f.wrapper->kind == W_SUPER && !f.wrapper->class)
        return make_super(e, s, &a);
    if (f.kind == V_UNKNOWN)
        return unknown(e,
                       f.unknown && f.unknown->name && !f.unknown->unsupported
                           ? arena_printf(e->mem, "%s(...)", f.unknown->name)
                           : source_text(e, n),
                       n->at, f.unknown);
    e->at = n->at;
    return call_value(e, f, &a);
}

/* ---- operators ---- */

static struct value comparison(struct eval *e, struct scope *s, const struct node *n)
{
    struct value a = eval(e, s, n->kids.item[0]), r = of_bool(true);
    for (int i = 0; i < n->nnames; i++) {
        const struct value b = eval(e, s, n->kids.item[i + 1]);
        e->at = n->at;
        r = compare(e, n->names[i], a, b, n);
        const int t = i + 1 < n->nnames ? truth(e, r) : 1;
        if (t <= 0)
            return t < 0 ? unknown(e, source_text(e, n), n->at, why(r)) : r;
        a = b;
    }
    return r;
}

static struct value bool_operation(struct eval *e, struct scope *s, const struct node *n)
{
    const struct value a = eval(e, s, n->a);
    const int t = truth(e, a);
    const bool is_or = *n->op == 'o';
    if (t >= 0)
        return t == is_or ? a : eval(e, s, n->b);
    /* unknown or True is True, unknown and False is False, as far as conditions go */
    const struct value b = eval(e, s, n->b);
    return truth(e, b) == is_or && b.kind == V_BOOL ? b
                                                    : unknown(e, source_text(e, n), n->at, why(a));
}

static struct value conditional(struct eval *e, struct scope *s, const struct node *n)
{
    const struct value c = eval(e, s, n->b);
    const int t = truth(e, c);
    return t < 0 ? unknown(e, source_text(e, n), n->at, why(c)) : eval(e, s, t ? n->a : n->c);
}

static struct value yield(struct eval *e, struct scope *s, const struct node *n)
{
    struct scope *f = s;
    while (f && !f->yields)
        f = f->up;
    struct value v = n->a ? eval(e, s, n->a) : NONE;
    if (!f)
        return UNKNOWN;
    struct list *l = NULL;
    if (n->kind == N_YIELD_FROM && !(l = items_of(e, &v)))
        f->yields->open = why(v) ? why(v) : unknown(e, source_text(e, n), n->at, NULL).unknown;
    for (int64_t i = 0; l && i < l->count; i++)
        list_push(e, f->yields, l->item[i]);
    if (n->kind == N_YIELD)
        list_push(e, f->yields, v);
    if (f->yields->count >= f->most_yields && f->full)
        longjmp(*(jmp_buf *)f->full, 1);
    return NONE;
}

static struct value eval_kind(struct eval *e, struct scope *s, const struct node *n)
{
    struct value a, b;
    switch (n->kind) {
    case N_NAME: return name_value(e, s, n);
    case N_INT:
        if (n->is_big) {
            e->at = n->at;
            raise_error(e, "OverflowError", "this number is past 64 bits");
        }
        return of_int(n->integer);
    case N_FLOAT: return of_float(n->number);
    case N_IMAGINARY: return unknown(e, "a complex number", n->at, NULL);
    case N_STRING:
        if (!n->note)
            ((struct node *)(uintptr_t)n)->note =
                n->size < 64 ? str_intern(e, n->text, n->size) : str_new(e, n->text, n->size);
        return of_str(n->note);
    case N_BYTES: return (struct value){ .kind = V_BYTES, .s = str_new(e, n->text, n->size) };
    case N_FSTRING: return fstring(e, s, n);
    case N_TRUE: return of_bool(true);
    case N_FALSE: return of_bool(false);
    case N_NONE: return NONE;
    case N_ELLIPSIS: return of_kind(V_ELLIPSIS);
    case N_TUPLE: return display(e, s, n, V_TUPLE);
    case N_LIST: return display(e, s, n, V_LIST);
    case N_SET: return set_display(e, s, n);
    case N_DICT: return dict_display(e, s, n);
    case N_LIST_COMP:
    case N_SET_COMP:
    case N_GENERATOR:
    case N_DICT_COMP: return comprehension(e, s, n);
    case N_ATTRIBUTE: return attribute(e, s, n);
    case N_SUBSCRIPT: return subscript(e, s, n);
    case N_SLICE: return index_value(e, s, n);
    case N_CALL: return evaluate_call(e, s, n);
    case N_LAMBDA: return make_function(e, s, n);
    case N_UNARY:
        a = eval(e, s, n->a);
        e->at = n->at;
        return unary(e, n->op, a, n);
    case N_BINARY:
        a = eval(e, s, n->a);
        b = eval(e, s, n->b);
        e->at = n->at;
        return binary(e, n->op, a, b, n);
    case N_BOOL_OP: return bool_operation(e, s, n);
    case N_COMPARE: return comparison(e, s, n);
    case N_CONDITIONAL: return conditional(e, s, n);
    case N_WALRUS:
        a = eval(e, s, n->b);
        for (struct scope *t = s;; t = t->up)
            if (!t->is_comprehension) {
                assign(e, t, n->a, a);
                return a;
            }
    case N_YIELD:
    case N_YIELD_FROM: return yield(e, s, n);
    case N_AWAIT: return eval(e, s, n->a);
    default: return UNKNOWN;
    }
}

struct value eval(struct eval *e, struct scope *s, const struct node *n)
{
    step(e, n->at);
    check_stack(e);
    return eval_kind(e, s, n);
}
