/* containers.c - iteration, subscripts and slices of what holds items. */
#include "cnn/eval.h"
#include "cnn/keras.h"

#include <string.h>

/* ---- iteration ---- */

struct value new_iterator(struct eval *e, struct list *l)
{
    struct value it = { .kind = V_ITERATOR, .iterator = NEW(e->mem, struct iterator) };
    it.iterator->list = l;
    return it;
}

static void run_body(struct eval *e, const struct function *f, struct scope *s)
{
    struct frame frame = { e->frame, f->name, e->at, e->frame ? e->frame->depth + 1 : 1 };
    if (frame.depth > MOST_CALLS)
        raise_error(e, "RecursionError", "maximum recursion depth exceeded");
    e->frame = &frame;
    run_block(e, s, &f->node->body);
    e->frame = frame.up;
}

/* Runs a generator to its end, or to the most items that are taken from an endless one. */
static void run_generator(struct eval *e, struct iterator *it)
{
    jmp_buf full;
    struct frame *volatile frame = e->frame;
    jmp_buf *volatile handler = e->handler;
    struct scope *s = it->scope;
    const struct function *f = it->generator;
    it->list = NEW(e->mem, struct list);
    it->generator = NULL;
    s->yields = it->list;
    s->most_yields = MOST_YIELDS;
    s->full = &full;
    if (setjmp(full) == 0) {
        run_body(e, f, s);
    } else {
        it->cut = true;
        e->frame = frame;
        e->handler = handler;
    }
    s->yields = NULL;
}

bool iterate(struct eval *e, struct value *v, struct value *next)
{
    struct iterator *it = v->iterator;
    if (it->ended)
        return false;
    if (it->endless) {
        *next = of_int(it->start);
        it->start += it->step;
        return true;
    }
    if (it->more) {
        it->ended |= !it->more(e, it, next);
        return !it->ended;
    }
    if (it->generator)
        run_generator(e, it);
    if (it->cycle && it->at >= it->list->count && it->list->count)
        it->at = 0;
    if (it->at >= it->list->count) {
        if (it->cut)
            fatal(e, e->at,
                  "this generator gives more than %d items; cnnc runs generators to their end",
                  MOST_YIELDS);
        return false;
    }
    *next = it->list->item[it->at++];
    return true;
}

static struct list *keys_of(struct eval *e, const struct dict *d)
{
    struct list *l = NEW(e->mem, struct list);
    for (int64_t i = 0; i < d->used; i++)
        if (d->entry[i].key.kind != V_EMPTY)
            list_push(e, l, d->entry[i].key);
    l->open = d->open;
    return l;
}

static struct list *letters(struct eval *e, struct value v)
{
    struct list *l = NEW(e->mem, struct list);
    for (size_t i = 0; i < v.s->size;) {
        int used = 1;
        if (v.kind == V_BYTES) {
            list_push(e, l, of_int((unsigned char)v.s->s[i]));
        } else {
            code_at(v.s->s + i, &used);
            list_push(e, l, of_str(str_intern(e, v.s->s + i, (size_t)used)));
        }
        i += (size_t)used;
    }
    return l;
}

static struct list *from_object(struct eval *e, struct value *v)
{
    struct value f = special(e, *v, e->n.__iter__), item;
    struct list *l = NEW(e->mem, struct list);
    if (f.kind != V_EMPTY) {
        struct value it = call_n(e, f, e->at, 0);
        if (it.kind != V_OBJECT) {
            *v = it;
            return items_of(e, v);
        }
        const struct value next = special(e, it, e->n.__next__);
        const struct value stop = dict_name(e->builtins, intern(e, "StopIteration"));
        while (next.kind != V_EMPTY && l->count < MOST_YIELDS) {
            jmp_buf here, *volatile before = e->handler;
            struct frame *volatile frame = e->frame;
            e->handler = &here;
            if (setjmp(here) == 0) {
                item = call_n(e, next, e->at, 0);
                e->handler = before;
                list_push(e, l, item);
                step(e, e->at);
                continue;
            }
            e->handler = before;
            e->frame = frame;
            if (e->raised.kind == V_OBJECT && is_subclass(e->raised.object->class, stop.class))
                return l;
            longjmp(*before, 1);
        }
        return l;
    }
    f = special(e, *v, e->n.__getitem__);
    const struct value count = special(e, *v, e->n.__len__);
    if (f.kind != V_EMPTY && count.kind != V_EMPTY) {
        const int64_t n = length(e, *v);
        for (int64_t i = 0; i < n; i++)
            list_push(e, l, call_n(e, f, e->at, 1, of_int(i)));
        return l;
    }
    if (v->object->base.kind != V_EMPTY) {
        *v = v->object->base;
        return items_of(e, v);
    }
    if (v->object->class->open || v->object->layer) {
        *v = unknown(e, "an item of an object", e->at, v->object->class->open);
        return NULL;
    }
    raise_error(e, "TypeError", "'%s' object is not iterable", type_name(e, *v));
}

/* Is it a member of the enum under its own name? */
static bool is_member(struct eval *e, const struct class *c, const struct entry *n)
{
    if (n->value.kind != V_OBJECT || n->value.object->class != c)
        return false;
    const struct value name = dict_name(n->value.object->attributes, e->n.name);
    return name.kind == V_STRING && name.s == n->key.s;
}

struct list *items_of(struct eval *e, struct value *v)
{
    struct list *l;
    struct value item;
    switch (v->kind) {
    case V_TUPLE:
    case V_LIST: return v->list;
    case V_DICT:
    case V_SET:
    case V_FROZENSET: return keys_of(e, v->dict);
    case V_STRING:
    case V_BYTES: return letters(e, *v);
    case V_RANGE:
        l = NEW(e->mem, struct list);
        if (length(e, *v) > MOST_ITEMS)
            raise_error(e, "MemoryError", "a list of more than %d items", MOST_ITEMS);
        for (int64_t i = v->range->start, n = length(e, *v); n > 0; n--, i += v->range->step)
            list_push(e, l, of_int(i));
        return l;
    case V_ITERATOR:
        l = NEW(e->mem, struct list);
        if (v->iterator->endless || v->iterator->cycle)
            fatal(e, e->at, "this iterator has no end");
        while (iterate(e, v, &item))
            list_push(e, l, item);
        l->open = v->iterator->unsure;
        return l;
    case V_OBJECT: return from_object(e, v);
    case V_CLASS:
        if (!v->class->is_enum)
            break;
        l = NEW(e->mem, struct list);
        for (int64_t i = 0; i < v->class->attributes->used; i++)
            if (is_member(e, v->class, &v->class->attributes->entry[i]))
                list_push(e, l, v->class->attributes->entry[i].value);
        return l;
    case V_ARRAY:
        if (!v->array->item || !v->array->shape.rank) {
            *v = unknown(e, "an array", e->at, NULL);
            return NULL;
        }
        l = NEW(e->mem, struct list);
        for (int64_t i = 0; i < v->array->shape.dim[0]; i++)
            list_push(e, l, array_item(e, *v, of_int(i)));
        return l;
    case V_TENSOR: return NULL;
    case V_UNKNOWN: return NULL;
    case V_SPACE:
    case V_VARIABLE: *v = unknown(e, v->kind == V_SPACE ? v->s->s : NULL, e->at, NULL); return NULL;
    default: break;
    }
    raise_error(e, "TypeError", "'%s' object is not iterable", type_name(e, *v));
}

struct value iterator_of(struct eval *e, struct value v)
{
    if (v.kind == V_ITERATOR)
        return v;
    if (v.kind == V_LIST && !v.list->open) /* sees what is appended while it runs */
        return new_iterator(e, v.list);
    if (v.kind == V_RANGE) {
        const int64_t n = length(e, v);
        if (n > MOST_ITEMS) { /* the steps will end it */
            struct value it = new_iterator(e, NULL);
            it.iterator->endless = true;
            it.iterator->start = v.range->start;
            it.iterator->step = v.range->step;
            return it;
        }
    }
    struct list *l = items_of(e, &v);
    if (!l || l->open)
        return l                     ? (struct value){ .kind = V_UNKNOWN, .unknown = l->open }
               : v.kind == V_UNKNOWN ? v
                                     : UNKNOWN;
    return new_iterator(e, l);
}

int64_t length(struct eval *e, struct value v)
{
    switch (v.kind) {
    case V_TUPLE:
    case V_LIST: return v.list->open ? -1 : v.list->count;
    case V_DICT:
    case V_SET:
    case V_FROZENSET: return v.dict->open ? -1 : v.dict->count;
    case V_STRING: return v.s->length;
    case V_BYTES: return (int64_t)v.s->size;
    case V_RANGE: {
        const struct range *r = v.range;
        const int64_t low = r->step > 0 ? r->start : r->stop,
                      high = r->step > 0 ? r->stop : r->start,
                      by = r->step > 0 ? r->step : -r->step;
        return high > low ? (high - low - 1) / by + 1 : 0;
    }
    case V_ARRAY:
        if (!v.array->shape.rank)
            raise_error(e, "TypeError", "len() of unsized object");
        return v.array->shape.dim[0];
    case V_CLASS:
    case V_OBJECT: {
        const struct value f = v.kind == V_OBJECT ? special(e, v, e->n.__len__) : EMPTY;
        if (f.kind != V_EMPTY) {
            const struct value r = call_n(e, f, e->at, 0);
            return is_whole(r) ? r.i : -1;
        }
        if (v.kind == V_OBJECT && v.object->base.kind != V_EMPTY)
            return length(e, v.object->base);
        if (v.kind == V_CLASS && v.class->is_enum)
            return items_of(e, &v)->count;
        if (v.kind == V_OBJECT && (v.object->class->open || v.object->layer))
            return -1;
        break;
    }
    case V_UNKNOWN:
    case V_SPACE:
    case V_TENSOR: return -1;
    default: break;
    }
    raise_error(e, "TypeError", "object of type '%s' has no len()", type_name(e, v));
}

/* ---- slices ---- */

static int64_t bound(struct eval *e, struct value v, int64_t fallback, int64_t count, int64_t low,
                     int64_t high)
{
    if (v.kind == V_NONE)
        return fallback;
    if (!is_whole(v))
        raise_error(e, "TypeError",
                    "slice indices must be integers or None or have an __index__ method");
    int64_t i = v.i < 0 ? v.i + count : v.i;
    return i < low ? low : i > high ? high : i;
}

/* As PySlice_AdjustIndices: items from, from + step, ... n of them. */
void slice_bounds(struct eval *e, struct list *s, int64_t count, int64_t *from, int64_t *by,
                  int64_t *n)
{
    *by = s->item[2].kind == V_NONE ? 1 : int_arg(e, s->item[2]);
    if (!*by)
        raise_error(e, "ValueError", "slice step cannot be zero");
    const bool up = *by > 0;
    *from = bound(e, s->item[0], up ? 0 : count - 1, count, up ? 0 : -1, up ? count : count - 1);
    const int64_t to =
        bound(e, s->item[1], up ? count : -1, count, up ? 0 : -1, up ? count : count - 1);
    const int64_t room = up ? to - *from : *from - to;
    *n = room > 0 ? (room - 1) / (up ? *by : -*by) + 1 : 0;
}

int64_t offset_of(const struct str *s, int64_t index)
{
    if (s->length == (int64_t)s->size)
        return index;
    int64_t at = 0;
    for (; index > 0; index--)
        for (at++; ((unsigned char)s->s[at] & 0xc0) == 0x80; at++) {
        }
    return at;
}

struct str *substring(struct eval *e, const struct str *s, int64_t from, int64_t by, int64_t n)
{
    if (n <= 0)
        return intern(e, "");
    if (by == 1) {
        const int64_t start = offset_of(s, from), end = offset_of(s, from + n);
        return str_new(e, s->s + start, (size_t)(end - start));
    }
    struct chars c = { 0 };
    for (int64_t i = 0; i < n; i++) {
        const int64_t start = offset_of(s, from + i * by), end = offset_of(s, from + i * by + 1);
        chars_add(e, &c, s->s + start, (size_t)(end - start));
    }
    return chars_value(e, &c).s;
}

static struct value slice_of(struct eval *e, struct value a, struct list *s)
{
    int64_t from, by, n;
    if (is_items(a)) {
        slice_bounds(e, s, a.list->count, &from, &by, &n);
        struct value r = new_list(e, a.kind);
        for (int64_t i = 0; i < n; i++)
            list_push(e, r.list, a.list->item[from + i * by]);
        r.list->open = a.list->open;
        return r;
    }
    if (a.kind == V_STRING) {
        slice_bounds(e, s, a.s->length, &from, &by, &n);
        return of_str(substring(e, a.s, from, by, n));
    }
    slice_bounds(e, s, length(e, a), &from, &by, &n);
    struct value r = { .kind = V_RANGE, .range = NEW(e->mem, struct range) };
    r.range->start = a.range->start + from * a.range->step;
    r.range->step = a.range->step * by;
    r.range->stop = r.range->start + n * r.range->step;
    return r;
}

/* ---- subscripts ---- */

static int64_t index_in(struct eval *e, struct value a, struct value i, int64_t count)
{
    const char *what = a.kind == V_BYTES    ? "index"
                       : a.kind == V_RANGE  ? "range object index"
                       : a.kind == V_STRING ? "string index"
                       : a.kind == V_LIST   ? "list index"
                                            : "tuple index";
    if (i.kind == V_ARRAY && i.array->item && !i.array->shape.rank)
        i = of_int((int64_t)i.array->item[0]);
    if (!is_whole(i))
        raise_error(e, "TypeError", "%s indices must be integers or slices, not %s",
                    a.kind == V_RANGE    ? "range"
                    : a.kind == V_STRING ? "string"
                    : a.kind == V_LIST   ? "list"
                                         : "tuple",
                    type_name(e, i));
    const int64_t at = i.i < 0 ? i.i + count : i.i;
    if (at < 0 || at >= count)
        raise_error(e, "IndexError", "%s out of range", what);
    return at;
}

static struct value from_dict(struct eval *e, struct value self, struct value d, struct value key,
                              const struct node *n)
{
    struct value v = dict_get(e, d.dict, key);
    if (v.kind != V_EMPTY)
        return v;
    if (d.dict->missing.kind != V_EMPTY && d.dict->missing.kind != V_NONE) {
        v = call_n(e, d.dict->missing, e->at, 0);
        dict_set(e, d.dict, key, v);
        return v;
    }
    if (d.dict->counter)
        return of_int(0);
    const struct value f = self.kind == V_OBJECT ? special(e, self, e->n.__missing__) : EMPTY;
    if (f.kind != V_EMPTY)
        return call_n(e, f, e->at, 1, key);
    if (d.dict->open)
        return unknown(e, n ? source_text(e, n) : NULL, e->at, d.dict->open);
    raise_value(e, new_exception(e, "KeyError", key));
}

struct value get_item(struct eval *e, struct value a, struct value i, const struct node *n)
{
    if (a.kind == V_TENSOR)
        return keras_slice(e, a, i, e->at);
    if (a.kind == V_UNKNOWN || a.kind == V_SPACE || i.kind == V_UNKNOWN) {
        const struct unknown *u = a.kind == V_UNKNOWN ? a.unknown : why(i);
        return unknown(e, n ? source_text(e, n) : NULL, e->at, u);
    }
    if (i.kind == V_SLICE && (is_items(a) || a.kind == V_STRING || a.kind == V_RANGE)) {
        for (int k = 0; k < 3; k++)
            if (i.list->item[k].kind == V_UNKNOWN)
                return unknown(e, n ? source_text(e, n) : NULL, e->at, i.list->item[k].unknown);
        return slice_of(e, a, i.list);
    }
    switch (a.kind) {
    case V_TUPLE:
    case V_LIST:
        if (a.list->open && is_whole(i) && (i.i >= a.list->count || i.i < 0))
            return unknown(e, n ? source_text(e, n) : NULL, e->at, a.list->open);
        return a.list->item[index_in(e, a, i, a.list->count)];
    case V_STRING: return of_str(substring(e, a.s, index_in(e, a, i, a.s->length), 1, 1));
    case V_BYTES:
        return i.kind == V_SLICE
                   ? UNKNOWN
                   : of_int((unsigned char)a.s->s[index_in(e, a, i, (int64_t)a.s->size)]);
    case V_RANGE: return of_int(a.range->start + index_in(e, a, i, length(e, a)) * a.range->step);
    case V_DICT: return from_dict(e, a, a, i, n);
    case V_ARRAY: return array_item(e, a, i);
    case V_CLASS:
        if (a.class->is_enum && i.kind == V_STRING) {
            const struct value v = class_lookup(a.class, str_intern(e, i.s->s, i.s->size));
            if (v.kind == V_EMPTY)
                raise_value(e, new_exception(e, "KeyError", i));
            return v;
        }
        return a; /* list[int] of type hints */
    case V_VARIABLE: return keras_slice(e, a, i, e->at);
    case V_OBJECT: {
        const struct value f = special(e, a, e->n.__getitem__);
        if (f.kind != V_EMPTY)
            return call_n(e, f, e->at, 1, i);
        if (a.object->base.kind == V_DICT)
            return from_dict(e, a, a.object->base, i, n);
        if (a.object->base.kind != V_EMPTY)
            return get_item(e, a.object->base, i, n);
        if (a.object->class->open)
            return unknown(e, n ? source_text(e, n) : NULL, e->at, a.object->class->open);
        break;
    }
    default: break;
    }
    raise_error(e, "TypeError", "'%s' object is not subscriptable", type_name(e, a));
}

static void set_slice(struct eval *e, struct list *l, struct list *s, struct value v)
{
    int64_t from, by, n;
    const struct list *items = items_of(e, &v);
    slice_bounds(e, s, l->count, &from, &by, &n);
    if (!items || items->open) {
        l->open = why(v) ? why(v) : unknown(e, "an item", e->at, NULL).unknown;
        return;
    }
    if (by != 1) {
        if (items->count != n)
            raise_error(e, "ValueError",
                        "attempt to assign sequence of size %lld to extended slice of size %lld",
                        (long long)items->count, (long long)n);
        for (int64_t i = 0; i < n; i++)
            l->item[from + i * by] = items->item[i];
        return;
    }
    struct value r = new_list(e, V_LIST);
    for (int64_t i = 0; i < from; i++)
        list_push(e, r.list, l->item[i]);
    for (int64_t i = 0; i < items->count; i++)
        list_push(e, r.list, items->item[i]);
    for (int64_t i = from + n; i < l->count; i++)
        list_push(e, r.list, l->item[i]);
    *l = *r.list;
}

void set_item(struct eval *e, struct value a, struct value i, struct value v)
{
    if (a.kind == V_OBJECT) {
        struct str *name = e->n.__setitem__;
        const struct value f = special(e, a, name);
        if (f.kind != V_EMPTY) {
            call_n(e, f, e->at, 2, i, v);
            return;
        }
        a = a.object->base.kind != V_EMPTY ? a.object->base : a;
    }
    if (a.kind == V_LIST) {
        if (i.kind == V_SLICE)
            set_slice(e, a.list, i.list, v);
        else if (i.kind == V_UNKNOWN || (a.list->open && is_whole(i) && i.i >= a.list->count))
            a.list->open = why(i)         ? why(i)
                           : a.list->open ? a.list->open
                                          : unknown(e, "an index", e->at, NULL).unknown;
        else if (!is_whole(i) || i.i < -a.list->count || i.i >= a.list->count)
            raise_error(e, is_whole(i) ? "IndexError" : "TypeError",
                        is_whole(i) ? "list assignment index out of range"
                                    : "list indices must be integers or slices, not %s",
                        type_name(e, i));
        else
            a.list->item[i.i < 0 ? i.i + a.list->count : i.i] = v;
    } else if (a.kind == V_DICT) {
        if (i.kind == V_UNKNOWN)
            a.dict->open = i.unknown ? i.unknown : unknown(e, "a key", e->at, NULL).unknown;
        else
            dict_set(e, a.dict, i, v);
    } else if (a.kind == V_ARRAY) {
        array_set_item(e, a, i, v);
    } else if (a.kind != V_UNKNOWN && a.kind != V_SPACE && a.kind != V_TENSOR
               && !(a.kind == V_OBJECT && a.object->class->open)) {
        raise_error(e, "TypeError", "'%s' object does not support item assignment",
                    type_name(e, a));
    }
}

void delete_item(struct eval *e, struct value a, struct value i)
{
    if (a.kind == V_OBJECT) {
        const struct value f = special(e, a, e->n.__delitem__);
        if (f.kind != V_EMPTY) {
            call_n(e, f, e->at, 1, i);
            return;
        }
        a = a.object->base.kind != V_EMPTY ? a.object->base : a;
    }
    if (i.kind == V_UNKNOWN)
        return;
    if (a.kind == V_DICT) {
        if (!dict_remove(e, a.dict, i, NULL) && !a.dict->open)
            raise_value(e, new_exception(e, "KeyError", i));
    } else if (a.kind == V_LIST && i.kind == V_SLICE) {
        int64_t from, by, n;
        slice_bounds(e, i.list, a.list->count, &from, &by, &n);
        if (by < 0) {
            from += (n - 1) * by;
            by = -by;
        }
        for (int64_t k = n - 1; k >= 0; k--)
            list_remove(a.list, from + k * by);
    } else if (a.kind == V_LIST) {
        if (!is_whole(i) || i.i < -a.list->count || i.i >= a.list->count)
            raise_error(e, "IndexError", "list assignment index out of range");
        list_remove(a.list, i.i < 0 ? i.i + a.list->count : i.i);
    } else if (a.kind != V_UNKNOWN && a.kind != V_SPACE && a.kind != V_ARRAY) {
        raise_error(e, "TypeError", "'%s' object doesn't support item deletion", type_name(e, a));
    }
}
