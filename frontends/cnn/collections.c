/* collections.c - the methods of list, tuple, dict and set, and sorting. */
#include "cnn/eval.h"

#include <string.h>

static struct list *self_list(struct args *a)
{
    return a->v[0].kind == V_OBJECT ? a->v[0].object->base.list : a->v[0].list;
}
static struct dict *self_dict(struct args *a)
{
    return a->v[0].kind == V_OBJECT ? a->v[0].object->base.dict : a->v[0].dict;
}

static void opened(struct eval *e, const struct unknown **open, struct value v)
{
    *open = why(v) ? why(v) : unknown(e, "an item", e->at, NULL).unknown;
}

/* ---- sorting: a merge sort, for it is stable ---- */

struct sorting {
    struct eval *e;
    struct value *key, *item, *spare_key, *spare;
    bool reverse, known;
};

static bool goes_before(struct sorting *s, struct value b, struct value a)
{
    return s->reverse ? order(s->e, a, b, &s->known) < 0 : order(s->e, b, a, &s->known) < 0;
}

static void merge_sort(struct sorting *s, int64_t from, int64_t to)
{
    if (to - from < 2)
        return;
    const int64_t middle = from + (to - from) / 2;
    merge_sort(s, from, middle);
    merge_sort(s, middle, to);
    int64_t i = from, j = middle, n = from;
    while (i < middle || j < to) {
        const bool second = j < to && (i >= middle || goes_before(s, s->key[j], s->key[i]));
        const int64_t take = second ? j++ : i++;
        s->spare[n] = s->item[take];
        s->spare_key[n++] = s->key[take];
    }
    memcpy(s->item + from, s->spare + from, (size_t)(to - from) * sizeof *s->item);
    memcpy(s->key + from, s->spare_key + from, (size_t)(to - from) * sizeof *s->key);
}

void sort_items(struct eval *e, struct list *l, struct value key, bool reverse)
{
    struct sorting s = { .e = e, .item = l->item, .reverse = reverse, .known = true };
    s.key = NEW_ARRAY(e->mem, struct value, l->count + 1);
    s.spare = NEW_ARRAY(e->mem, struct value, l->count + 1);
    s.spare_key = NEW_ARRAY(e->mem, struct value, l->count + 1);
    for (int64_t i = 0; i < l->count; i++)
        s.key[i] = key.kind == V_EMPTY || key.kind == V_NONE ? l->item[i]
                                                             : call_n(e, key, e->at, 1, l->item[i]);
    merge_sort(&s, 0, l->count);
    if (!s.known && !l->open)
        l->open = unknown(e, "the order of the items", e->at, NULL).unknown;
}

/* ---- list ---- */

static struct value list_append(struct eval *e, struct args *a)
{
    need_args(e, a, "list.append()", 2, 2);
    list_push(e, self_list(a), a->v[1]);
    return NONE;
}

static struct value list_extend(struct eval *e, struct args *a)
{
    need_args(e, a, "list.extend()", 2, 2);
    struct list *to = self_list(a);
    const struct list *l = items_of(e, &a->v[1]);
    const int64_t n = l ? l->count : 0;
    for (int64_t i = 0; i < n; i++)
        list_push(e, to, l->item[i]);
    if (!l || l->open)
        opened(e, &to->open, a->v[1]);
    return NONE;
}

static struct value list_insert_(struct eval *e, struct args *a)
{
    need_args(e, a, "insert", 3, 3);
    struct list *l = self_list(a);
    if (a->v[1].kind == V_UNKNOWN) {
        opened(e, &l->open, a->v[1]);
        return NONE;
    }
    int64_t i = int_arg(e, a->v[1]);
    i = i < 0 ? i + l->count : i;
    list_insert(e, l, i < 0 ? 0 : i > l->count ? l->count : i, a->v[2]);
    return NONE;
}

static struct value list_pop(struct eval *e, struct args *a)
{
    struct list *l = self_list(a);
    const struct value at = arg_or(e, a, 1, NULL, of_int(-1));
    if (l->open || at.kind == V_UNKNOWN) {
        if (l->count)
            l->count--;
        return unknown(e, "an item", a->at, l->open ? l->open : why(at));
    }
    if (!l->count)
        raise_error(e, "IndexError", "pop from empty list");
    int64_t i = int_arg(e, at);
    i = i < 0 ? i + l->count : i;
    if (i < 0 || i >= l->count)
        raise_error(e, "IndexError", "pop index out of range");
    return list_remove(l, i);
}

static int64_t list_find(struct eval *e, const struct list *l, struct value v)
{
    for (int64_t i = 0; i < l->count; i++)
        if (is_same(l->item[i], v) || equal_values(e, l->item[i], v) == 1)
            return i;
    return -1;
}

static struct value list_remove_(struct eval *e, struct args *a)
{
    struct list *l = self_list(a);
    const int64_t i = list_find(e, l, a->v[1]);
    if (i >= 0)
        list_remove(l, i);
    else if (!l->open)
        raise_error(e, "ValueError", "list.remove(x): x not in list");
    return NONE;
}

static struct value list_index(struct eval *e, struct args *a)
{
    struct list *l = self_list(a);
    const int64_t i = list_find(e, l, a->v[1]);
    if (i < 0 && l->open)
        return unknown(e, "an index", a->at, l->open);
    if (i < 0)
        raise_error(e, "ValueError",
                    a->v[0].kind == V_TUPLE ? "tuple.index(x): x not in tuple"
                                            : "%s is not in list",
                    repr_of(e, a->v[1])->s);
    return of_int(i);
}

static struct value list_count(struct eval *e, struct args *a)
{
    int64_t n = 0;
    for (int64_t i = 0; i < self_list(a)->count; i++)
        n += equal_values(e, self_list(a)->item[i], a->v[1]) == 1;
    return of_int(n);
}

static struct value list_reverse(struct eval *e, struct args *a)
{
    struct list *l = self_list(a);
    (void)e;
    for (int64_t i = 0; i < l->count / 2; i++) {
        const struct value t = l->item[i];
        l->item[i] = l->item[l->count - 1 - i];
        l->item[l->count - 1 - i] = t;
    }
    return NONE;
}

static struct value list_sort(struct eval *e, struct args *a)
{
    sort_items(e, self_list(a), arg(e, a, -1, "key"),
               truth(e, arg_or(e, a, -1, "reverse", of_bool(false))) == 1);
    return NONE;
}

static struct value list_copy(struct eval *e, struct args *a)
{
    struct value r = new_list(e, V_LIST);
    for (int64_t i = 0; i < self_list(a)->count; i++)
        list_push(e, r.list, self_list(a)->item[i]);
    r.list->open = self_list(a)->open;
    return r;
}

static struct value list_clear(struct eval *e, struct args *a)
{
    (void)e;
    self_list(a)->count = 0;
    self_list(a)->open = NULL;
    return NONE;
}

static struct value deque_appendleft(struct eval *e, struct args *a)
{
    list_insert(e, self_list(a), 0, a->v[1]);
    return NONE;
}

static struct value deque_popleft(struct eval *e, struct args *a)
{
    if (!self_list(a)->count)
        raise_error(e, "IndexError", "pop from an empty deque");
    return list_remove(self_list(a), 0);
}

static const struct builtin list_methods[] = {
    { "append", list_append, true },    { "extend", list_extend, true },
    { "insert", list_insert_, true },   { "pop", list_pop, true },
    { "remove", list_remove_, true },   { "index", list_index, false },
    { "count", list_count, false },     { "reverse", list_reverse, true },
    { "sort", list_sort, true },        { "copy", list_copy, true },
    { "clear", list_clear, true },      { "appendleft", deque_appendleft, true },
    { "popleft", deque_popleft, true }, { 0 }
};
static const struct builtin tuple_methods[] = { { "index", list_index, false },
                                                { "count", list_count, false },
                                                { 0 } };

/* ---- dict ---- */

static struct value dict_get_(struct eval *e, struct args *a)
{
    const struct value v = a->v[1].kind == V_UNKNOWN ? EMPTY : dict_get(e, self_dict(a), a->v[1]);
    if (v.kind != V_EMPTY)
        return v;
    if (self_dict(a)->open || a->v[1].kind == V_UNKNOWN)
        return unknown(e, a->node ? source_text(e, a->node) : NULL, a->at,
                       self_dict(a)->open ? self_dict(a)->open : why(a->v[1]));
    return arg_or(e, a, 2, "default", NONE);
}

static struct value dict_items(struct eval *e, struct args *a)
{
    struct value r = new_list(e, V_LIST);
    const struct dict *d = self_dict(a);
    for (int64_t i = 0; i < d->used; i++)
        if (d->entry[i].key.kind != V_EMPTY)
            list_push(e, r.list, pair(e, d->entry[i].key, d->entry[i].value));
    r.list->open = d->open;
    return r;
}

static struct value dict_keys(struct eval *e, struct args *a)
{
    struct value d = { .kind = V_SET, .dict = self_dict(a) };
    return (struct value){ .kind = V_LIST, .list = items_of(e, &d) };
}

static struct value dict_values(struct eval *e, struct args *a)
{
    struct value r = new_list(e, V_LIST);
    const struct dict *d = self_dict(a);
    for (int64_t i = 0; i < d->used; i++)
        if (d->entry[i].key.kind != V_EMPTY)
            list_push(e, r.list, d->entry[i].value);
    r.list->open = d->open;
    return r;
}

static struct value dict_pop(struct eval *e, struct args *a)
{
    struct value old;
    if (a->v[1].kind != V_UNKNOWN && dict_remove(e, self_dict(a), a->v[1], &old))
        return old;
    if (self_dict(a)->open || a->v[1].kind == V_UNKNOWN)
        return unknown(e, "an item", a->at, self_dict(a)->open);
    if (arg(e, a, 2, NULL).kind == V_EMPTY)
        raise_value(e, new_exception(e, "KeyError", a->v[1]));
    return a->v[2];
}

static struct value dict_popitem(struct eval *e, struct args *a)
{
    struct dict *d = self_dict(a);
    /* of an OrderedDict */
    const bool last = truth(e, arg_or(e, a, 1, "last", of_bool(true))) != 0;
    for (int64_t k = d->used - 1, i = last ? k : 0; k >= 0; k--, i += last ? -1 : 1)
        if (d->entry[i].key.kind != V_EMPTY) {
            const struct value r = pair(e, d->entry[i].key, d->entry[i].value);
            dict_remove(e, d, d->entry[i].key, NULL);
            return r;
        }
    raise_error(e, "KeyError", "popitem(): dictionary is empty");
}

static void update_from(struct eval *e, struct dict *to, struct value from)
{
    from = from.kind == V_OBJECT && from.object->base.kind == V_DICT ? from.object->base : from;
    if (from.kind == V_DICT) {
        for (int64_t i = 0; i < from.dict->used; i++) {
            const struct entry *n = &from.dict->entry[i];
            if (n->key.kind == V_EMPTY)
                continue;
            const struct value old = to->counter ? dict_get(e, to, n->key) : EMPTY;
            dict_set(e, to, n->key,
                     old.kind == V_INT && n->value.kind == V_INT ? of_int(old.i + n->value.i)
                                                                 : n->value);
        }
        to->open = to->open ? to->open : from.dict->open;
        return;
    }
    const struct list *l = items_of(e, &from);
    if (!l || l->open)
        opened(e, &to->open, from);
    for (int64_t i = 0; l && i < l->count; i++) {
        struct value item = l->item[i];
        if (to->counter) {
            const struct value old = dict_get(e, to, item);
            dict_set(e, to, item, of_int(old.kind == V_INT ? old.i + 1 : 1));
            continue;
        }
        const struct list *p = items_of(e, &item);
        if (p && p->count != 2)
            raise_error(e, "ValueError",
                        "dictionary update sequence element #%lld has length %lld; 2 is required",
                        (long long)i, (long long)p->count);
        if (p)
            dict_set(e, to, p->item[0], p->item[1]);
    }
}

static struct value dict_update_(struct eval *e, struct args *a)
{
    for (int i = 1; i < a->n; i++)
        update_from(e, self_dict(a), a->v[i]);
    for (int i = 0; i < a->nnamed; i++)
        dict_set_name(e, self_dict(a), a->named[i].name, a->named[i].value);
    return NONE;
}

static struct value dict_setdefault(struct eval *e, struct args *a)
{
    struct value v = dict_get(e, self_dict(a), a->v[1]);
    if (v.kind == V_EMPTY)
        dict_set(e, self_dict(a), a->v[1], v = arg_or(e, a, 2, NULL, NONE));
    return v;
}

static struct value dict_copy_(struct eval *e, struct args *a)
{
    return (struct value){ .kind =
                               a->v[0].kind == V_OBJECT ? a->v[0].object->base.kind : a->v[0].kind,
                           .dict = dict_copy(e, self_dict(a)) };
}

static struct value dict_clear(struct eval *e, struct args *a)
{
    (void)e;
    struct dict *d = self_dict(a);
    *d = (struct dict){ .missing = d->missing, .counter = d->counter };
    return NONE;
}

static struct value dict_fromkeys(struct eval *e, struct args *a)
{
    struct value r = new_dict(e, V_DICT);
    const struct list *l = items_of(e, &a->v[0]);
    for (int64_t i = 0; l && i < l->count; i++)
        dict_set(e, r.dict, l->item[i], arg_or(e, a, 1, NULL, NONE));
    return r;
}

static struct value dict_most_common(struct eval *e, struct args *a)
{
    struct value items = dict_items(e, a), keys = new_list(e, V_LIST);
    const struct value n = arg_or(e, a, 1, "n", NONE);
    struct sorting s = { .e = e, .item = items.list->item, .reverse = true, .known = true };
    for (int64_t i = 0; i < items.list->count; i++)
        list_push(e, keys.list, items.list->item[i].list->item[1]);
    s.key = keys.list->item;
    s.spare = NEW_ARRAY(e->mem, struct value, items.list->count + 1);
    s.spare_key = NEW_ARRAY(e->mem, struct value, items.list->count + 1);
    merge_sort(&s, 0, items.list->count);
    if (is_whole(n) && n.i < items.list->count)
        items.list->count = n.i < 0 ? 0 : n.i;
    return items;
}

static struct value dict_elements(struct eval *e, struct args *a)
{
    struct value r = new_list(e, V_LIST);
    const struct dict *d = self_dict(a);
    for (int64_t i = 0; i < d->used; i++)
        for (int64_t k = 0; d->entry[i].key.kind != V_EMPTY && is_whole(d->entry[i].value)
                            && k < d->entry[i].value.i;
             k++)
            list_push(e, r.list, d->entry[i].key);
    return new_iterator(e, r.list);
}

static struct value dict_move_to_end(struct eval *e, struct args *a)
{
    struct value v;
    struct dict *d = self_dict(a);
    if (!dict_remove(e, d, a->v[1], &v))
        raise_value(e, new_exception(e, "KeyError", a->v[1]));
    if (truth(e, arg_or(e, a, 2, "last", of_bool(true)))) {
        dict_set(e, d, a->v[1], v);
        return NONE;
    }
    struct dict *now = NEW(e->mem, struct dict);
    now->missing = d->missing;
    dict_set(e, now, a->v[1], v);
    dict_update(e, now, d);
    *d = *now;
    return NONE;
}

static const struct builtin dict_methods[] = { { "get", dict_get_, true },
                                               { "items", dict_items, true },
                                               { "keys", dict_keys, true },
                                               { "values", dict_values, true },
                                               { "pop", dict_pop, true },
                                               { "popitem", dict_popitem, true },
                                               { "update", dict_update_, true },
                                               { "setdefault", dict_setdefault, true },
                                               { "copy", dict_copy_, true },
                                               { "clear", dict_clear, true },
                                               { "fromkeys", dict_fromkeys, true },
                                               { "most_common", dict_most_common, true },
                                               { "elements", dict_elements, true },
                                               { "move_to_end", dict_move_to_end, true },
                                               { 0 } };

/* ---- set ---- */

static struct value set_add(struct eval *e, struct args *a)
{
    if (a->v[1].kind == V_UNKNOWN)
        opened(e, &self_dict(a)->open, a->v[1]);
    else
        dict_set(e, self_dict(a), a->v[1], NONE);
    return NONE;
}

static struct value set_remove(struct eval *e, struct args *a)
{
    if (!dict_remove(e, self_dict(a), a->v[1], NULL))
        raise_value(e, new_exception(e, "KeyError", a->v[1]));
    return NONE;
}

static struct value set_discard(struct eval *e, struct args *a)
{
    dict_remove(e, self_dict(a), a->v[1], NULL);
    return NONE;
}

static struct value set_update(struct eval *e, struct args *a)
{
    for (int i = 1; i < a->n; i++) {
        const struct list *l = items_of(e, &a->v[i]);
        for (int64_t k = 0; l && k < l->count; k++)
            dict_set(e, self_dict(a), l->item[k], NONE);
        if (!l)
            opened(e, &self_dict(a)->open, a->v[i]);
    }
    return NONE;
}

static struct value as_set(struct eval *e, struct value v)
{
    struct value r = new_dict(e, V_SET);
    const struct list *l = items_of(e, &v);
    for (int64_t k = 0; l && k < l->count; k++)
        dict_set(e, r.dict, l->item[k], NONE);
    return r;
}

static struct value set_with(struct eval *e, struct args *a, const char *op)
{
    struct value r = { .kind = a->v[0].kind, .dict = dict_copy(e, self_dict(a)) };
    for (int i = 1; i < a->n; i++)
        r = binary(e, op, r, as_set(e, a->v[i]), NULL);
    return r;
}

static struct value set_union(struct eval *e, struct args *a)
{
    return set_with(e, a, "|");
}
static struct value set_intersection(struct eval *e, struct args *a)
{
    return set_with(e, a, "&");
}
static struct value set_difference(struct eval *e, struct args *a)
{
    return set_with(e, a, "-");
}
static struct value set_symmetric(struct eval *e, struct args *a)
{
    return set_with(e, a, "^");
}
static struct value set_issubset(struct eval *e, struct args *a)
{
    return compare(e, "<=", a->v[0], as_set(e, a->v[1]), NULL);
}
static struct value set_issuperset(struct eval *e, struct args *a)
{
    return compare(e, ">=", a->v[0], as_set(e, a->v[1]), NULL);
}
static struct value set_isdisjoint(struct eval *e, struct args *a)
{
    return of_bool(set_with(e, a, "&").dict->count == 0);
}

static struct value set_pop(struct eval *e, struct args *a)
{
    struct dict *d = self_dict(a);
    for (int64_t i = 0; i < d->used; i++)
        if (d->entry[i].key.kind != V_EMPTY) {
            const struct value v = d->entry[i].key;
            dict_remove(e, d, v, NULL);
            return v;
        }
    raise_error(e, "KeyError", "pop from an empty set");
}

static const struct builtin set_methods[] = { { "add", set_add, true },
                                              { "remove", set_remove, false },
                                              { "discard", set_discard, false },
                                              { "update", set_update, true },
                                              { "union", set_union, false },
                                              { "intersection", set_intersection, false },
                                              { "difference", set_difference, false },
                                              { "symmetric_difference", set_symmetric, false },
                                              { "issubset", set_issubset, false },
                                              { "issuperset", set_issuperset, false },
                                              { "isdisjoint", set_isdisjoint, false },
                                              { "copy", dict_copy_, true },
                                              { "clear", dict_clear, true },
                                              { "pop", set_pop, true },
                                              { 0 } };

void add_containers(struct eval *e)
{
    class_add(e, e->type[V_LIST], list_methods);
    class_add(e, e->type[V_TUPLE], tuple_methods);
    class_add(e, e->type[V_DICT], dict_methods);
    class_add(e, e->type[V_SET], set_methods);
    class_add(e, e->type[V_FROZENSET], set_methods);
}
