/* iteration.c - built-in functions and types that go over items: list, range, zip, sorted, sum,
 * next and their kin. */
#include "cnn/eval.h"

#include <math.h>
#include <string.h>

static struct value not_known(struct eval *e, struct args *a, const struct unknown *u)
{
    return unknown(e, a->node ? source_text(e, a->node) : NULL, a->at, u);
}

/* The items of an argument, or NULL with *r unknown. */
static const struct list *items(struct eval *e, struct args *a, struct value v, struct value *r)
{
    const struct list *l = items_of(e, &v);
    if (l && !l->open)
        return l;
    *r = not_known(e, a, l ? l->open : why(v));
    return NULL;
}

static struct value copied(struct eval *e, struct args *a, enum value_kind kind)
{
    struct value r = new_list(e, kind), v = arg(e, a, 0, NULL);
    if (!a->n)
        return r;
    const struct list *l = items_of(e, &v);
    if (!l)
        return not_known(e, a, why(v));
    for (int64_t i = 0; i < l->count; i++)
        list_push(e, r.list, l->item[i]);
    r.list->open = l->open;
    return r;
}

static struct value make_list(struct eval *e, struct args *a)
{
    return copied(e, a, V_LIST);
}
static struct value make_tuple(struct eval *e, struct args *a)
{
    return copied(e, a, V_TUPLE);
}

static struct value made_set(struct eval *e, struct args *a, enum value_kind kind)
{
    struct value r = new_dict(e, kind), v = arg(e, a, 0, NULL);
    if (!a->n)
        return r;
    const struct list *l = items_of(e, &v);
    if (!l)
        return not_known(e, a, why(v));
    for (int64_t i = 0; i < l->count; i++)
        dict_set(e, r.dict, l->item[i], NONE);
    r.dict->open = l->open;
    return r;
}

static struct value make_set(struct eval *e, struct args *a)
{
    return made_set(e, a, V_SET);
}
static struct value make_frozenset(struct eval *e, struct args *a)
{
    return made_set(e, a, V_FROZENSET);
}

static struct value make_dict(struct eval *e, struct args *a)
{
    struct value d = new_dict(e, V_DICT);
    struct args all = *a;
    if (a->n && a->v[0].kind == V_UNKNOWN)
        return not_known(e, a, a->v[0].unknown);
    all.v = a->v - 1;
    all.v[0] = d;
    all.n++;
    call_value(e, class_lookup(e->type[V_DICT], intern(e, "update")), &all);
    return d;
}

static struct value make_range(struct eval *e, struct args *a)
{
    need_args(e, a, "range", 1, 3);
    for (int i = 0; i < a->n; i++)
        if (a->v[i].kind == V_UNKNOWN || a->v[i].kind == V_TENSOR || a->v[i].kind == V_SPACE)
            return not_known(e, a, why(a->v[i]));
    struct value r = { .kind = V_RANGE, .range = NEW(e->mem, struct range) };
    r.range->start = a->n > 1 ? int_arg(e, a->v[0]) : 0;
    r.range->stop = int_arg(e, a->v[a->n > 1]);
    r.range->step = a->n > 2 ? int_arg(e, a->v[2]) : 1;
    if (!r.range->step)
        raise_error(e, "ValueError", "range() arg 3 must not be zero");
    return r;
}

static struct value make_slice(struct eval *e, struct args *a)
{
    struct value r = new_list(e, V_SLICE);
    list_push(e, r.list, a->n > 1 ? a->v[0] : NONE);
    list_push(e, r.list, a->n > 1 ? a->v[1] : arg_or(e, a, 0, NULL, NONE));
    list_push(e, r.list, arg_or(e, a, 2, NULL, NONE));
    return r;
}

static struct value b_len(struct eval *e, struct args *a)
{
    need_args(e, a, "len()", 1, 1);
    const int64_t n = length(e, a->v[0]);
    const struct value v = a->v[0];
    return n >= 0 ? of_int(n)
                  : not_known(e, a,
                              v.kind == V_LIST || v.kind == V_TUPLE ? v.list->open
                              : v.kind == V_DICT                    ? v.dict->open
                                                                    : why(v));
}

/* ---- iterators ---- */

static struct value b_iter(struct eval *e, struct args *a)
{
    struct value f = special(e, a->v[0], e->n.__iter__);
    if (f.kind != V_EMPTY) {
        const struct value it = call_n(e, f, a->at, 0);
        return it.kind == V_OBJECT ? it : iterator_of(e, it);
    }
    return iterator_of(e, a->v[0]);
}

static struct value b_next(struct eval *e, struct args *a)
{
    struct value it = a->v[0], v;
    const struct value f = special(e, it, e->n.__next__);
    if (f.kind != V_EMPTY)
        return call_n(e, f, a->at, 0);
    if (it.kind != V_ITERATOR)
        raise_error(e, "TypeError", "'%s' object is not an iterator", type_name(e, it));
    if (iterate(e, &it, &v))
        return v;
    if (it.iterator->unsure)
        return not_known(e, a, it.iterator->unsure);
    if (a->n < 2)
        raise_value(e, new_exception(e, "StopIteration", EMPTY));
    return a->v[1];
}

static struct value b_reversed(struct eval *e, struct args *a)
{
    struct value r, l = new_list(e, V_LIST);
    const struct list *from = items(e, a, a->v[0], &r);
    for (int64_t i = from ? from->count : 0; i > 0; i--)
        list_push(e, l.list, from->item[i - 1]);
    return from ? new_iterator(e, l.list) : r;
}

static struct value b_sorted(struct eval *e, struct args *a)
{
    struct value r = copied(e, a, V_LIST);
    if (r.kind == V_UNKNOWN)
        return r;
    sort_items(e, r.list, arg(e, a, -1, "key"),
               truth(e, arg_or(e, a, -1, "reverse", of_bool(false))) == 1);
    return r;
}

/* ---- sums and extremes ---- */

static struct value extreme(struct eval *e, struct args *a, bool greatest, const char *name)
{
    struct value r;
    const struct value key = arg(e, a, -1, "key"), fallback = arg(e, a, -1, "default");
    const struct list plain = { .item = a->v, .count = a->n };
    const struct list *l = a->n == 1 ? items(e, a, a->v[0], &r) : &plain;
    if (!l)
        return r;
    if (!l->count) {
        if (fallback.kind == V_EMPTY)
            raise_error(e, a->n ? "ValueError" : "TypeError",
                        a->n ? "%s() arg is an empty sequence"
                             : "%s expected at least 1 argument, got 0",
                        name);
        return fallback;
    }
    struct value best = l->item[0],
                 best_key = key.kind == V_EMPTY ? best : call_n(e, key, a->at, 1, best);
    bool known = best_key.kind != V_UNKNOWN;
    for (int64_t i = 1; i < l->count; i++) {
        const struct value k =
            key.kind == V_EMPTY ? l->item[i] : call_n(e, key, a->at, 1, l->item[i]);
        if (greatest ? order(e, best_key, k, &known) < 0 : order(e, k, best_key, &known) < 0) {
            best = l->item[i];
            best_key = k;
        }
    }
    return known ? best : not_known(e, a, NULL);
}

static struct value b_min(struct eval *e, struct args *a)
{
    return extreme(e, a, false, "min");
}
static struct value b_max(struct eval *e, struct args *a)
{
    return extreme(e, a, true, "max");
}

static struct value b_sum(struct eval *e, struct args *a)
{
    struct value r = arg_or(e, a, 1, "start", of_int(0)), bad;
    const struct list *l = items(e, a, a->v[0], &bad);
    if (!l)
        return bad;
    if (r.kind == V_STRING)
        raise_error(e, "TypeError", "sum() can't sum strings [use ''.join(seq) instead]");
    for (int64_t i = 0; i < l->count; i++) {
        if (r.kind == V_UNKNOWN || l->item[i].kind == V_UNKNOWN)
            return not_known(e, a, why(r) ? why(r) : why(l->item[i]));
        const struct node here = { .kind = N_NAME, .text = "sum", .at = a->at };
        r = binary(e, "+", r, l->item[i], a->node ? a->node : &here);
    }
    return r;
}

static struct value quantifier(struct eval *e, struct args *a, bool all)
{
    struct value bad;
    int seen = all;
    const struct list *l = items(e, a, a->v[0], &bad);
    if (!l)
        return bad;
    for (int64_t i = 0; i < l->count; i++) {
        const int t = truth(e, l->item[i]);
        if (t == !all)
            return of_bool(!all);
        seen = t < 0 ? -1 : seen;
    }
    return seen < 0 ? not_known(e, a, NULL) : of_bool(all);
}

static struct value b_any(struct eval *e, struct args *a)
{
    return quantifier(e, a, false);
}
static struct value b_all(struct eval *e, struct args *a)
{
    return quantifier(e, a, true);
}

static const struct builtin functions[] = { { "len", b_len, true },
                                            { "iter", b_iter, false },
                                            { "next", b_next, false },
                                            { "enumerate", lazy_enumerate, true },
                                            { "zip", lazy_zip, true },
                                            { "map", lazy_map, true },
                                            { "filter", lazy_filter, true },
                                            { "reversed", b_reversed, false },
                                            { "sorted", b_sorted, false },
                                            { "min", b_min, false },
                                            { "max", b_max, false },
                                            { "sum", b_sum, false },
                                            { "any", b_any, false },
                                            { "all", b_all, false },
                                            { 0 } };

void add_iteration(struct eval *e)
{
    static const struct {
        enum value_kind kind;
        struct value (*make)(struct eval *e, struct args *a);
    } types[] = { { V_LIST, make_list },           { V_TUPLE, make_tuple }, { V_SET, make_set },
                  { V_FROZENSET, make_frozenset }, { V_DICT, make_dict },   { V_RANGE, make_range },
                  { V_SLICE, make_slice } };
    add_table(e, e->builtins, functions);
    for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
        e->type[types[i].kind]->make = types[i].make;
        dict_set_name(e, e->builtins, e->type[types[i].kind]->name,
                      (struct value){ .kind = V_CLASS, .class = e->type[types[i].kind] });
    }
}
