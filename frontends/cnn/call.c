/* call.c - calls: arguments to parameters as Python rules it, functions of the text, generators. */
#include "cnn/eval.h"
#include "cnn/keras.h"

#include <string.h>

/* ---- arguments of built-in functions ---- */

struct value arg(struct eval *e, const struct args *a, int i, const char *name)
{
    (void)e;
    for (int k = 0; name && k < a->nnamed; k++)
        if (strcmp(a->named[k].name->s, name) == 0)
            return a->named[k].value;
    return i >= 0 && i < a->n ? a->v[i] : EMPTY;
}

struct value arg_or(struct eval *e, const struct args *a, int i, const char *name,
                    struct value fallback)
{
    const struct value v = arg(e, a, i, name);
    return v.kind == V_EMPTY ? fallback : v;
}

int64_t int_arg(struct eval *e, struct value v)
{
    /* of a class that derives from int: IntEnum */
    if (v.kind == V_OBJECT && is_whole(v.object->base))
        return v.object->base.i;
    if (!is_whole(v))
        raise_error(e, "TypeError", "'%s' object cannot be interpreted as an integer",
                    type_name(e, v));
    return v.i;
}

void need_args(struct eval *e, const struct args *a, const char *name, int least, int most)
{
    if (a->n < least || a->n > most)
        raise_error(e, "TypeError", "%s expected %s%d argument%s, got %d", name,
                    least == most  ? ""
                    : a->n < least ? "at least "
                                   : "at most ",
                    a->n < least ? least : most, (a->n < least ? least : most) == 1 ? "" : "s",
                    a->n);
}

static struct value call_builtin(struct eval *e, const struct builtin *b, struct args *a)
{
    for (int i = 0; i < a->n && !b->takes_unknown; i++)
        if (a->v[i].kind == V_UNKNOWN)
            return unknown(e, a->node ? source_text(e, a->node) : b->name, a->at, a->v[i].unknown);
    for (int i = 0; i < a->nnamed && !b->takes_unknown; i++)
        if (a->named[i].value.kind == V_UNKNOWN)
            return unknown(e, a->node ? source_text(e, a->node) : b->name, a->at,
                           a->named[i].value.unknown);
    return b->call(e, a);
}

/* ---- functions of the text ---- */

static const char *plural(int n)
{
    return n == 1 ? "" : "s";
}

static void missing_argument(struct eval *e, const struct function *f, const char *name,
                             bool keyword)
{
    raise_error(e, "TypeError", "%s() missing 1 required %s argument: '%s'", f->name,
                keyword ? "keyword-only" : "positional", name);
}

static void too_many(struct eval *e, const struct function *f, const struct args *a)
{
    int takes = 0, defaults = 0;
    for (int i = 0; i < f->node->params.count && f->node->params.item[i]->star != 3
                    && f->node->params.item[i]->star != 1;
         i++)
        if (f->node->params.item[i]->star == 0) {
            takes++;
            defaults += f->defaults[i].kind != V_EMPTY;
        }
    int only = 0;
    for (int i = 0; i < a->nnamed; i++)
        for (int k = 0, after = 0; k < f->node->params.count; k++) {
            after |= f->node->params.item[k]->star == 3 || f->node->params.item[k]->star == 1;
            only += after && f->node->params.item[k]->text
                    && strcmp(f->node->params.item[k]->text, a->named[i].name->s) == 0;
        }
    if (only)
        raise_error(e, "TypeError",
                    "%s() takes %s%d positional argument%s but %d positional argument%s "
                    "(and %d keyword-only argument%s) were given",
                    f->name, defaults ? arena_printf(e->mem, "from %d to ", takes - defaults) : "",
                    takes, plural(takes), a->n, plural(a->n), only, plural(only));
    if (defaults)
        raise_error(e, "TypeError",
                    "%s() takes from %d to %d positional arguments but %d were given", f->name,
                    takes - defaults, takes, a->n);
    raise_error(e, "TypeError", "%s() takes %d positional argument%s but %d %s given", f->name,
                takes, plural(takes), a->n, a->n == 1 ? "was" : "were");
}

static int find_named(const struct args *a, const struct str *name, const bool *used)
{
    for (int i = 0; i < a->nnamed; i++)
        if (!used[i] && a->named[i].name == name)
            return i;
    return -1;
}

static bool positional_only(const struct node *f, int i)
{
    for (int k = i + 1; k < f->params.count; k++)
        if (f->params.item[k]->star == 4)
            return true;
    return false;
}

/* The rest of the named arguments, for **kwargs. */
static struct value rest_of_named(struct eval *e, const struct args *a, const bool *used)
{
    const struct value d = new_dict(e, V_DICT);
    for (int i = 0; i < a->nnamed; i++)
        if (!used[i])
            dict_set_name(e, d.dict, a->named[i].name, a->named[i].value);
    return d;
}

static void bind_parameters(struct eval *e, const struct function *f, const struct args *a,
                            struct scope *s)
{
    enum { FEW_NAMED = 64 };
    bool few[FEW_NAMED] = { 0 },
         *used = a->nnamed > FEW_NAMED ? NEW_ARRAY(e->mem, bool, a->nnamed) : few;
    bool keyword_only = false, takes_rest = false, takes_named = false;
    int next = 0;
    for (int i = 0; i < f->node->params.count; i++) {
        const struct node *p = f->node->params.item[i];
        if (p->star >= 3) {
            keyword_only |= p->star == 3;
            continue;
        }
        struct str *name = name_of(e, p);
        struct value v = EMPTY;
        if (p->star == 1) {
            v = new_list(e, V_TUPLE);
            while (next < a->n)
                list_push(e, v.list, a->v[next++]);
            keyword_only = takes_rest = true;
        } else if (p->star == 2) {
            takes_named = true;
            for (int k = 0; k < a->nnamed; k++)
                used[k] |= false;
            v = rest_of_named(e, a, used);
        } else {
            const int k = positional_only(f->node, i) ? -1 : find_named(a, name, used);
            if (!keyword_only && next < a->n) {
                if (k >= 0)
                    raise_error(e, "TypeError", "%s() got multiple values for argument '%s'",
                                f->name, name->s);
                v = a->v[next++];
            } else if (k >= 0) {
                v = a->named[k].value;
            }
            if (k >= 0)
                used[k] = true;
            if (v.kind == V_EMPTY)
                v = f->defaults[i];
            if (v.kind == V_EMPTY)
                missing_argument(e, f, name->s, keyword_only);
        }
        if (v.kind == V_UNKNOWN)
            v = unknown_as(e, v, name->s, p->at);
        dict_set_name(e, s->names, name, v);
        if (i == 0)
            s->self = v;
    }
    if (next < a->n && !takes_rest)
        too_many(e, f, a);
    for (int i = 0; i < a->nnamed && !takes_named; i++)
        if (!used[i])
            raise_error(e, "TypeError", "%s() got an unexpected keyword argument '%s'", f->name,
                        a->named[i].name->s);
}

bool yields(const struct node *n)
{
    if (!n || n->kind == N_FUNCTION || n->kind == N_CLASS || n->kind == N_LAMBDA)
        return false;
    if (n->kind == N_YIELD || n->kind == N_YIELD_FROM)
        return true;
    return yields(n->a) || yields(n->b) || yields(n->c) || has_yield(&n->kids)
           || has_yield(&n->body) || has_yield(&n->orelse) || has_yield(&n->last);
}

bool has_yield(const struct node_list *b)
{
    for (int i = 0; i < b->count; i++)
        if (yields(b->item[i]))
            return true;
    return false;
}

struct value make_function(struct eval *e, struct scope *s, const struct node *n)
{
    struct function *f = NEW(e->mem, struct function);
    *f = (struct function){ .node = n,
                            .scope = s,
                            .module = s->module,
                            .name = n->kind == N_LAMBDA ? "<lambda>" : n->text,
                            .wrapped = EMPTY };
    f->owner = s->owner;
    f->defaults = NEW_ARRAY(e->mem, struct value, n->params.count + 1);
    for (int i = 0; i < n->params.count; i++)
        f->defaults[i] = n->params.item[i]->b && n->params.item[i]->star == 0
                             ? eval(e, s, n->params.item[i]->b)
                             : EMPTY;
    f->is_generator = n->kind == N_FUNCTION && has_yield(&n->body);
    return (struct value){ .kind = V_FUNCTION, .function = f };
}

struct value call_function(struct eval *e, struct function *f, struct args *a)
{
    if (f->wrapped.kind != V_EMPTY)
        return call_value(e, f->wrapped, a);
    struct scope *s = scope_new(e, f->scope, f->module, f->node);
    s->owner = f->owner;
    e->at = a->at;
    bind_parameters(e, f, a, s);
    if (f->is_generator) {
        struct value it = { .kind = V_ITERATOR, .iterator = NEW(e->mem, struct iterator) };
        if (!lazy_generator(e, it.iterator, f, s)) {
            it.iterator->generator = f;
            it.iterator->scope = s;
        }
        return it;
    }
    struct frame frame = { e->frame, f->name, a->at, e->frame ? e->frame->depth + 1 : 1 };
    if (frame.depth > MOST_CALLS)
        raise_error(e, "RecursionError", "maximum recursion depth exceeded");
    e->frame = &frame;
    struct value r = NONE;
    if (f->node->kind == N_LAMBDA)
        r = eval(e, s, f->node->a);
    else if (run_block(e, s, &f->node->body) == RETURN_VALUE)
        r = e->result;
    e->frame = frame.up;
    return s->unsure ? unknown(e, arena_printf(e->mem, "%s(...)", f->name), a->at, s->unsure) : r;
}

/* ---- anything that can be called ---- */

static struct value call_partial(struct eval *e, const struct wrapper *w, struct args *a)
{
    struct value l = new_list(e, V_LIST);
    const struct dict *d = w->named;
    struct args all = { .at = a->at, .node = a->node };
    list_push(e, l.list, EMPTY);
    for (int64_t i = 0; i < w->args->count; i++)
        list_push(e, l.list, w->args->item[i]);
    for (int i = 0; i < a->n; i++)
        list_push(e, l.list, a->v[i]);
    all.v = l.list->item + 1;
    all.n = (int)l.list->count - 1;
    all.named = NEW_ARRAY(e->mem, struct named, d->count + a->nnamed + 1);
    for (int64_t i = 0; i < d->used; i++) {
        bool given = false;
        for (int k = 0; k < a->nnamed; k++)
            given |= a->named[k].name == d->entry[i].key.s;
        if (!given)
            all.named[all.nnamed++] = (struct named){ d->entry[i].key.s, d->entry[i].value };
    }
    for (int k = 0; k < a->nnamed; k++)
        all.named[all.nnamed++] = a->named[k];
    return call_value(e, w->function, &all);
}

/* lru_cache: a result is computed once for the same arguments. */
static struct value call_cached(struct eval *e, const struct wrapper *w, struct args *a)
{
    struct value key = new_list(e, V_TUPLE);
    for (int i = 0; i < a->n; i++)
        list_push(e, key.list, a->v[i]);
    for (int i = 0; i < a->nnamed; i++) {
        list_push(e, key.list, of_str(a->named[i].name));
        list_push(e, key.list, a->named[i].value);
    }
    struct value r = dict_get(e, w->named, key);
    if (r.kind == V_EMPTY) {
        r = call_value(e, w->function, a);
        dict_set(e, w->named, key, r);
    }
    return r;
}

struct value call_value(struct eval *e, struct value f, struct args *a)
{
    check_stack(e);
    switch (f.kind) {
    case V_FUNCTION: return call_function(e, f.function, a);
    case V_BUILTIN: return call_builtin(e, f.builtin, a);
    case V_METHOD: {
        struct args bound = *a;
        bound.v = a->v - 1;
        bound.v[0] = f.method->self;
        bound.n = a->n + 1;
        return call_value(e, f.method->function, &bound);
    }
    case V_CLASS: return instantiate(e, f.class, a);
    case V_WRAPPER:
        return f.wrapper->kind == W_PARTIAL  ? call_partial(e, f.wrapper, a)
               : f.wrapper->kind == W_CACHED ? call_cached(e, f.wrapper, a)
                                             : call_value(e, f.wrapper->function, a);
    case V_SPACE: return keras_call_space(e, f.s, a);
    case V_TENSOR:
    case V_ARRAY:
    case V_VARIABLE: return unknown(e, "a call of a tensor", a->at, NULL);
    case V_UNKNOWN: return unknown(e, f.unknown ? f.unknown->name : NULL, a->at, f.unknown);
    case V_OBJECT: {
        if (f.object->layer)
            return keras_call_layer(e, f, a);
        const struct value method = special(e, f, e->n.__call__);
        if (method.kind != V_EMPTY)
            return call_value(e, method, a);
        if (f.object->class->open)
            return unknown(e, a->node ? source_text(e, a->node) : NULL, a->at,
                           f.object->class->open);
        break;
    }
    default: break;
    }
    raise_error(e, "TypeError", "'%s' object is not callable", type_name(e, f));
}

struct value call_n(struct eval *e, struct value f, struct span at, int n, ...)
{
    struct value v[8] = { 0 };
    va_list list;
    va_start(list, n);
    for (int i = 0; i < n && i < 7; i++)
        v[i + 1] = va_arg(list, struct value);
    va_end(list);
    struct args a = { .v = v + 1, .n = n, .at = at };
    return call_value(e, f, &a);
}
