/*
 * library_itertools.c - itertools. What Python computes item by item is computed so here; where an
 * argument is not known the result is, from there on, not known either (struct iterator, `unsure`).
 */
#include "cnn/eval.h"

#include <string.h>

/* ---- what is needed whole ---- */

/* The items of v; of what is not known those that are, and *cause. */
static const struct list *items(struct eval *e, struct value v, const struct unknown **cause)
{
    static const struct list none = { 0 };
    const struct list *l = items_of(e, &v);
    if (!l || l->open)
        *cause = l ? l->open : why(v) ? why(v) : unknown(e, "an argument", e->at, NULL).unknown;
    return l ? l : &none;
}

static struct value iterator_over(struct eval *e, struct value list, const struct unknown *cause)
{
    const struct value it = new_iterator(e, list.list);
    it.iterator->unsure = cause;
    return it;
}

static struct value appended(struct eval *e, struct value tuple, struct value v)
{
    struct value t = new_list(e, V_TUPLE);
    for (int64_t i = 0; i < tuple.list->count; i++)
        list_push(e, t.list, tuple.list->item[i]);
    list_push(e, t.list, v);
    return t;
}

static void product(struct eval *e, const struct list **from, int n, int i, struct value so_far,
                    struct list *to)
{
    if (i == n)
        list_push(e, to, so_far);
    for (int64_t k = 0; i < n && k < from[i]->count; k++)
        product(e, from, n, i + 1, appended(e, so_far, from[i]->item[k]), to);
}

static struct value i_product(struct eval *e, struct args *a)
{
    const int64_t times = int_arg(e, arg_or(e, a, -1, "repeat", of_int(1)));
    const int n = a->n * (int)(times < 0 ? 0 : times > 16 ? 16 : times);
    const struct list **from = NEW_ARRAY(e->mem, const struct list *, n + 1);
    const struct unknown *cause = NULL;
    for (int i = 0; i < n; i++)
        from[i] = i < a->n ? items(e, a->v[i], &cause) : from[i - a->n];
    struct value l = new_list(e, V_LIST);
    product(e, from, n, 0, new_list(e, V_TUPLE), l.list);
    return iterator_over(e, l, cause);
}

struct choice {
    const struct list *from;
    bool ordered, repeats, *used;
    struct list *to;
};

static void choose(struct eval *e, struct choice *c, int64_t left, int64_t start,
                   struct value so_far)
{
    if (!left) {
        list_push(e, c->to, so_far);
        return;
    }
    for (int64_t k = c->ordered ? 0 : start; k < c->from->count; k++) {
        if (c->used[k])
            continue;
        c->used[k] = !c->repeats;
        choose(e, c, left - 1, c->repeats ? k : k + 1, appended(e, so_far, c->from->item[k]));
        c->used[k] = false;
    }
}

static struct value chosen(struct eval *e, struct args *a, bool ordered, bool repeats)
{
    const struct unknown *cause = NULL;
    struct value l = new_list(e, V_LIST);
    struct choice c = {
        .from = items(e, a->v[0], &cause), .ordered = ordered, .repeats = repeats, .to = l.list
    };
    const int64_t r = int_arg(e, arg_or(e, a, 1, "r", of_int(c.from->count)));
    c.used = NEW_ARRAY(e->mem, bool, c.from->count + 1);
    if (r < 0)
        raise_error(e, "ValueError", "r must be non-negative");
    if (r <= c.from->count || repeats)
        choose(e, &c, r, 0, new_list(e, V_TUPLE));
    return iterator_over(e, l, cause);
}

static struct value i_permutations(struct eval *e, struct args *a)
{
    return chosen(e, a, true, false);
}
static struct value i_combinations(struct eval *e, struct args *a)
{
    return chosen(e, a, false, false);
}
static struct value i_repeated(struct eval *e, struct args *a)
{
    return chosen(e, a, false, true);
}

static struct value i_pairwise(struct eval *e, struct args *a)
{
    const struct unknown *cause = NULL;
    const struct list *from = items(e, a->v[0], &cause);
    struct value l = new_list(e, V_LIST);
    for (int64_t i = 0; i + 1 < from->count; i++)
        list_push(e, l.list, pair(e, from->item[i], from->item[i + 1]));
    return iterator_over(e, l, cause);
}

static struct value i_groupby(struct eval *e, struct args *a)
{
    const struct unknown *cause = NULL;
    const struct list *from = items(e, a->v[0], &cause);
    const struct value key = arg_or(e, a, 1, "key", NONE);
    struct value l = new_list(e, V_LIST), last = EMPTY, group = EMPTY;
    for (int64_t i = 0; i < from->count; i++) {
        const struct value k =
            key.kind == V_NONE ? from->item[i] : call_n(e, key, a->at, 1, from->item[i]);
        if (last.kind == V_EMPTY || equal_values(e, last, k) != 1) {
            group = new_list(e, V_LIST);
            list_push(e, l.list, pair(e, k, new_iterator(e, group.list)));
        }
        list_push(e, group.list, from->item[i]);
        last = k;
    }
    return iterator_over(e, l, cause);
}

static struct value i_batched(struct eval *e, struct args *a)
{
    const struct unknown *cause = NULL;
    const struct list *from = items(e, a->v[0], &cause);
    const int64_t n = int_arg(e, arg(e, a, 1, "n"));
    struct value l = new_list(e, V_LIST), t = EMPTY;
    for (int64_t i = 0; i < from->count; i++) {
        if (n < 1 || i % n == 0)
            list_push(e, l.list, t = new_list(e, V_TUPLE));
        list_push(e, t.list, from->item[i]);
    }
    return iterator_over(e, l, cause);
}

/* ---- without end ---- */

static struct value i_count(struct eval *e, struct args *a)
{
    struct value it = new_iterator(e, NULL);
    it.iterator->endless = true;
    it.iterator->start = int_arg(e, arg_or(e, a, 0, "start", of_int(0)));
    it.iterator->step = int_arg(e, arg_or(e, a, 1, "step", of_int(1)));
    return it;
}

static struct value i_cycle(struct eval *e, struct args *a)
{
    const struct unknown *cause = NULL;
    struct value it = new_iterator(e, (struct list *)(uintptr_t)items(e, a->v[0], &cause));
    it.iterator->cycle = !cause;
    it.iterator->unsure = cause;
    return it;
}

static struct value i_repeat(struct eval *e, struct args *a)
{
    const struct value times = arg(e, a, 1, "times");
    struct value l = new_list(e, V_LIST);
    for (int64_t i = 0; i < (times.kind == V_EMPTY ? 1 : int_arg(e, times)); i++)
        list_push(e, l.list, a->v[0]);
    struct value it = new_iterator(e, l.list);
    it.iterator->cycle = times.kind == V_EMPTY;
    return it;
}

/* ---- item by item ---- */

struct state {
    struct value function, from, more, sum;
    int64_t at, start, end, by;
    bool begun;
};

static bool draw(struct eval *e, struct iterator *it, struct value *from, struct value *item)
{
    if (iterate(e, from, item))
        return true;
    it->unsure = from->iterator->unsure;
    return false;
}

/* The state of an iterator over v. */
static struct state *over(struct eval *e, struct value v)
{
    struct state *s = NEW(e->mem, struct state);
    s->from = iterator_of(e, v);
    if (s->from.kind != V_ITERATOR) {
        const struct unknown *cause =
            why(s->from) ? why(s->from) : unknown(e, "an argument", e->at, NULL).unknown;
        s->from = iterator_over(e, new_list(e, V_LIST), cause);
    }
    return s;
}

static bool next_of_chain(struct eval *e, struct iterator *it, struct value *item)
{
    struct state *s = it->state;
    struct value v;
    for (;;) {
        if (s->more.kind == V_ITERATOR && draw(e, it, &s->more, item))
            return true;
        if (it->unsure || !draw(e, it, &s->from, &v))
            return false;
        s->more = over(e, v)->from;
    }
}

static struct value i_from_iterable(struct eval *e, struct args *a)
{
    return lazy_iterator(e, next_of_chain, over(e, a->v[0]));
}

static struct value i_chain(struct eval *e, struct args *a)
{
    struct value l = new_list(e, V_TUPLE);
    for (int i = 0; i < a->n; i++)
        list_push(e, l.list, a->v[i]);
    return lazy_iterator(e, next_of_chain, over(e, l));
}

static bool next_of_slice(struct eval *e, struct iterator *it, struct value *item)
{
    struct state *s = it->state;
    for (;;) {
        const int64_t at = s->at++;
        if (s->end >= 0 && at >= s->end)
            return false;
        if (!draw(e, it, &s->from, item))
            return false;
        step(e, e->at);
        if (at >= s->start && (at - s->start) % s->by == 0)
            return true;
    }
}

static struct value i_islice(struct eval *e, struct args *a)
{
    struct state *s = over(e, a->v[0]);
    const struct value end = a->n > 2 ? a->v[2] : arg_or(e, a, 1, NULL, NONE);
    s->start = a->n > 2 && a->v[1].kind != V_NONE ? int_arg(e, a->v[1]) : 0;
    s->by = a->n > 3 && a->v[3].kind != V_NONE ? int_arg(e, a->v[3]) : 1;
    s->end = end.kind == V_NONE ? -1 : int_arg(e, end);
    if (s->start < 0 || s->by < 1 || s->end < -(end.kind == V_NONE))
        raise_error(
            e, "ValueError",
            "Stop argument for islice() must be None or an integer: 0 <= x <= sys.maxsize.");
    return lazy_iterator(e, next_of_slice, s);
}

static bool next_while(struct eval *e, struct iterator *it, struct value *item, bool take)
{
    struct state *s = it->state;
    while (draw(e, it, &s->from, item)) {
        const struct value v = s->begun ? of_bool(take) : call_n(e, s->function, e->at, 1, *item);
        const int t = truth(e, v);
        step(e, e->at);
        if (t < 0)
            it->unsure = why(v) ? why(v) : unknown(e, "a condition", e->at, NULL).unknown;
        if (t < 0 || (take && !t))
            return false;
        s->begun |= !take && !t;
        if (take || s->begun)
            return true;
    }
    return false;
}

static bool next_taken(struct eval *e, struct iterator *it, struct value *item)
{
    return next_while(e, it, item, true);
}
static bool next_left(struct eval *e, struct iterator *it, struct value *item)
{
    return next_while(e, it, item, false);
}

static struct value with_function(struct eval *e, struct args *a,
                                  bool (*more)(struct eval *e, struct iterator *it,
                                               struct value *item))
{
    struct state *s = over(e, arg(e, a, 1, NULL));
    s->function = a->v[0];
    return lazy_iterator(e, more, s);
}

static struct value i_takewhile(struct eval *e, struct args *a)
{
    return with_function(e, a, next_taken);
}
static struct value i_dropwhile(struct eval *e, struct args *a)
{
    return with_function(e, a, next_left);
}

static bool next_starred(struct eval *e, struct iterator *it, struct value *item)
{
    struct state *s = it->state;
    struct value t;
    const struct unknown *cause = NULL;
    if (!draw(e, it, &s->from, &t))
        return false;
    const struct list *l = items(e, t, &cause);
    struct value *v = NEW_ARRAY(e->mem, struct value, l->count + 1);
    memcpy(v + 1, l->item, (size_t)l->count * sizeof *v);
    struct args one = { .v = v + 1, .n = (int)l->count, .at = e->at };
    *item = cause ? (struct value){ .kind = V_UNKNOWN, .unknown = cause }
                  : call_value(e, s->function, &one);
    return true;
}

static struct value i_starmap(struct eval *e, struct args *a)
{
    return with_function(e, a, next_starred);
}

static bool next_sum(struct eval *e, struct iterator *it, struct value *item)
{
    struct state *s = it->state;
    const struct node here = { .kind = N_NAME, .text = "accumulate", .at = e->at };
    if (s->begun || s->sum.kind == V_EMPTY) {
        if (!draw(e, it, &s->from, item))
            return false;
        s->sum = s->sum.kind == V_EMPTY       ? *item
                 : s->function.kind == V_NONE ? binary(e, "+", s->sum, *item, &here)
                                              : call_n(e, s->function, e->at, 2, s->sum, *item);
    }
    s->begun = true;
    *item = s->sum;
    return true;
}

static struct value i_accumulate(struct eval *e, struct args *a)
{
    struct state *s = over(e, a->v[0]);
    s->function = arg_or(e, a, 1, "func", NONE);
    s->sum = arg(e, a, -1, "initial");
    return lazy_iterator(e, next_sum, s);
}

static bool next_longest(struct eval *e, struct iterator *it, struct value *item)
{
    struct state *s = it->state;
    bool any = false;
    *item = new_list(e, V_TUPLE);
    for (int64_t i = 0; i < s->more.list->count; i++) {
        struct value v = s->sum;
        any |= draw(e, it, &s->more.list->item[i], &v);
        if (it->unsure)
            return false;
        list_push(e, item->list, v);
    }
    return any;
}

static struct value i_zip_longest(struct eval *e, struct args *a)
{
    struct state *s = NEW(e->mem, struct state);
    s->sum = arg_or(e, a, -1, "fillvalue", NONE);
    s->more = new_list(e, V_TUPLE);
    for (int i = 0; i < a->n; i++)
        list_push(e, s->more.list, over(e, a->v[i])->from);
    return lazy_iterator(e, next_longest, s);
}

static void fill_itertools(struct eval *e, struct dict *d)
{
    static const struct builtin chain = { "chain", i_chain, false },
                                from = { "from_iterable", i_from_iterable, false };
    struct class *c = class_new(e, "chain", &e->object, 1);
    c->base = B_VALUE;
    c->make = chain.call;
    dict_set_name(e, c->attributes, intern(e, "from_iterable"),
                  make_wrapper(e, W_STATIC, (struct value){ .kind = V_BUILTIN, .builtin = &from }));
    dict_set_name(e, d, intern(e, "chain"), (struct value){ .kind = V_CLASS, .class = c });
}

static const struct builtin functions[] = { { "count", i_count, false },
                                            { "cycle", i_cycle, false },
                                            { "repeat", i_repeat, true },
                                            { "product", i_product, false },
                                            { "permutations", i_permutations, false },
                                            { "combinations", i_combinations, false },
                                            { "combinations_with_replacement", i_repeated, false },
                                            { "accumulate", i_accumulate, false },
                                            { "islice", i_islice, false },
                                            { "zip_longest", i_zip_longest, false },
                                            { "starmap", i_starmap, false },
                                            { "pairwise", i_pairwise, false },
                                            { "takewhile", i_takewhile, false },
                                            { "dropwhile", i_dropwhile, false },
                                            { "groupby", i_groupby, false },
                                            { "batched", i_batched, false },
                                            { 0 } };
const struct builtin_module module_itertools = { "itertools", functions, fill_itertools };
