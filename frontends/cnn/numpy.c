/*
 * numpy.c - small constant arrays: lists into arrays and back, arithmetic, subscripts. Data arrays
 * are unknown; an array whose values are not known may still have a shape.
 */
#include "cnn/eval.h"

#include <math.h>
#include <string.h>

struct value new_array(struct eval *e, struct shape s, enum dtype type)
{
    struct value v = { .kind = V_ARRAY, .array = NEW(e->mem, struct number_array) };
    const int64_t n = shape_count(&s);
    *v.array = (struct number_array){ .shape = s, .type = type };
    if (n >= 0 && n <= MOST_ELEMENTS)
        v.array->item = NEW_ARRAY(e->mem, double, n + 1);
    return v;
}

struct value unknown_array(struct eval *e, const struct unknown *u)
{
    return unknown(e, "an array", e->at, u);
}

/* ---- lists into arrays and back ---- */

static bool find_shape(struct eval *e, struct value v, struct shape *s, int depth, enum dtype *type)
{
    if (v.kind == V_ARRAY) {
        if (!v.array->item || depth + v.array->shape.rank > MAX_RANK)
            return false;
        for (int i = 0; i < v.array->shape.rank; i++)
            s->dim[depth + i] = v.array->shape.dim[i];
        s->rank = depth + v.array->shape.rank;
        *type = v.array->type == F64 || v.array->type == F32 ? v.array->type : *type;
        return true;
    }
    if (is_number(v)) {
        s->rank = depth;
        *type = v.kind == V_FLOAT ? F64 : *type == BOOL && v.kind != V_BOOL ? I64 : *type;
        return true;
    }
    if (!is_items(v) && v.kind != V_RANGE)
        return false;
    const struct list *l = items_of(e, &v);
    if (depth >= MAX_RANK || l->open)
        return false;
    s->dim[depth] = l->count;
    s->rank = depth + 1;
    int rank = -1;
    for (int64_t i = 0; i < l->count; i++) {
        struct shape inner = *s;
        if (!find_shape(e, l->item[i], &inner, depth + 1, type)
            || (rank >= 0 && inner.rank != rank))
            return false;
        for (int k = depth + 1; rank >= 0 && k < rank; k++)
            if (inner.dim[k] != s->dim[k])
                return false;
        rank = inner.rank;
        *s = inner;
        s->dim[depth] = l->count;
    }
    return true;
}

static double *fill(struct eval *e, struct value v, double *to)
{
    if (v.kind == V_ARRAY) {
        const int64_t n = shape_count(&v.array->shape);
        memcpy(to, v.array->item, (size_t)n * sizeof *to);
        return to + n;
    }
    if (is_number(v)) {
        *to = number(v);
        return to + 1;
    }
    const struct list *l = items_of(e, &v);
    for (int64_t i = 0; i < l->count; i++)
        to = fill(e, l->item[i], to);
    return to;
}

struct value array_of(struct eval *e, struct value v)
{
    struct shape s = { 0 };
    enum dtype type = BOOL;
    if (v.kind == V_ARRAY)
        return v;
    if (!find_shape(e, v, &s, 0, &type))
        return unknown_array(e, why(v));
    const struct value r = new_array(e, s, type);
    if (r.array->item)
        fill(e, v, r.array->item);
    return r;
}

struct value array_scalar(double f, enum dtype type)
{
    return type == BOOL                                   ? of_bool(f != 0)
           : type == F64 || type == F32 || fabs(f) > 9e15 ? of_float(f)
                                                          : of_int((int64_t)f);
}

static struct value nested(struct eval *e, const struct number_array *a, int axis, int64_t *at)
{
    if (axis == a->shape.rank)
        return array_scalar(a->item[(*at)++], a->type);
    struct value l = new_list(e, V_LIST);
    for (int64_t i = 0; i < a->shape.dim[axis]; i++)
        list_push(e, l.list, nested(e, a, axis + 1, at));
    return l;
}

struct value array_list(struct eval *e, const struct number_array *a)
{
    int64_t at = 0;
    return nested(e, a, 0, &at);
}

/* ---- arithmetic with broadcasting ---- */

static bool broadcast(const struct shape *a, const struct shape *b, struct shape *to)
{
    to->rank = a->rank > b->rank ? a->rank : b->rank;
    for (int i = 0; i < to->rank; i++) {
        const int64_t x = i < to->rank - a->rank ? 1 : a->dim[i - (to->rank - a->rank)],
                      y = i < to->rank - b->rank ? 1 : b->dim[i - (to->rank - b->rank)];
        if (x != y && x != 1 && y != 1)
            return false;
        to->dim[i] = x == 1 ? y : x;
    }
    return true;
}

static double element(const struct number_array *a, const struct shape *of, int64_t i)
{
    int64_t at = 0, stride = 1;
    for (int d = of->rank - 1; d >= 0; d--) {
        const int own = d - (of->rank - a->shape.rank);
        const int64_t k = i % of->dim[d];
        i /= of->dim[d];
        if (own >= 0) {
            at += (a->shape.dim[own] == 1 ? 0 : k) * stride;
            stride *= a->shape.dim[own];
        }
    }
    return a->item[at];
}

static double apply(const char *op, double x, double y)
{
    switch (*op) {
    case '+': return x + y;
    case '-': return x - y;
    case '*': return op[1] ? pow(x, y) : x * y;
    case '/': return op[1] ? floor(x / y) : x / y;
    case '%': return x - floor(x / y) * y;
    case '<': return op[1] ? x <= y : x < y;
    case '>': return op[1] ? x >= y : x > y;
    case '=': return x == y;
    case '!': return x != y;
    default: return NAN;
    }
}

struct value array_binary(struct eval *e, const char *op, struct value a, struct value b)
{
    struct shape s;
    a = is_items(a) || is_number(a) ? array_of(e, a) : a;
    b = is_items(b) || is_number(b) ? array_of(e, b) : b;
    if (a.kind != V_ARRAY || b.kind != V_ARRAY || strchr("@&|^", *op))
        return unknown_array(e, why(a) ? why(a) : why(b));
    if (!broadcast(&a.array->shape, &b.array->shape, &s))
        raise_error(e, "ValueError", "operands could not be broadcast together");
    const bool compares = strchr("<>=!", *op), floats = a.array->type == F64 || b.array->type == F64
                                                        || a.array->type == F32
                                                        || b.array->type == F32;
    const struct value r = new_array(e, s,
                                     compares                           ? BOOL
                                     : floats || (*op == '/' && !op[1]) ? F64
                                                                        : I64);
    if (!a.array->item || !b.array->item) {
        r.array->item = NULL;
        return r;
    }
    for (int64_t i = 0; r.array->item && i < shape_count(&s); i++)
        r.array->item[i] = apply(op, element(a.array, &s, i), element(b.array, &s, i));
    return s.rank || !r.array->item ? r : array_scalar(r.array->item[0], r.array->type);
}

struct value array_where(struct eval *e, struct value c, struct value x, struct value y)
{
    struct value v[3] = { c, x, y };
    struct shape s = { 0 }, wide;
    bool floats = false;
    for (int i = 0; i < 3; i++) {
        v[i] = array_of(e, v[i]);
        if (v[i].kind != V_ARRAY || !v[i].array->item)
            return unknown_array(e, why(v[i]));
        if (!broadcast(&s, &v[i].array->shape, &wide))
            raise_error(e, "ValueError", "operands could not be broadcast together");
        s = wide;
        floats |= i && (v[i].array->type == F64 || v[i].array->type == F32);
    }
    const struct value r = new_array(e, s, floats ? F64 : v[1].array->type);
    for (int64_t i = 0; r.array->item && i < shape_count(&s); i++)
        r.array->item[i] = element(v[element(v[0].array, &s, i) != 0 ? 1 : 2].array, &s, i);
    return s.rank || !r.array->item ? r : array_scalar(r.array->item[0], r.array->type);
}

/* ---- subscripts: numbers and slices; anything else is unknown ---- */

static void add_ones(struct shape *s, int64_t n)
{
    for (; n > 0 && s->rank < MAX_RANK; n--)
        s->dim[s->rank++] = 1;
}

/*
 * The index as one part for each axis: dots and missing parts become whole axes (empty). A None is
 * an axis of 1, whose place in the result `made` tells: made->dim[i] of them stand before axis i.
 * Empty where the index has too many parts.
 */
static struct value whole_index(struct eval *e, const struct list *parts, int rank,
                                struct shape *made)
{
    struct value all = new_list(e, V_TUPLE);
    int taken = 0;
    bool dots = false;
    for (int64_t i = 0; i < parts->count; i++)
        taken += parts->item[i].kind != V_NONE && parts->item[i].kind != V_ELLIPSIS;
    *made = (struct shape){ .rank = rank + 1 };
    for (int64_t i = 0; i < parts->count; i++) {
        if (parts->item[i].kind == V_NONE) {
            made->dim[all.list->count < rank ? all.list->count : rank]++;
        } else if (parts->item[i].kind == V_ELLIPSIS && !dots) {
            dots = true;
            for (int k = taken; k < rank; k++)
                list_push(e, all.list, EMPTY);
        } else {
            list_push(e, all.list, parts->item[i]);
        }
    }
    while (all.list->count < rank)
        list_push(e, all.list, EMPTY);
    return taken > rank || all.list->count > rank ? EMPTY : all;
}

/* What a subscript chooses: `count` elements of each axis from `start` on, every `by`-th; `shape`
 * with the axes of None in. */
struct choice {
    int64_t start[MAX_RANK], by[MAX_RANK], count[MAX_RANK];
    struct shape shape;
};

/* One axis; false: not known. */
static bool choose_axis(struct eval *e, struct value p, int64_t n, int d, struct choice *c)
{
    c->start[d] = 0;
    c->by[d] = 1;
    c->count[d] = n;
    if (is_whole(p)) {
        c->start[d] = p.i < 0 ? p.i + n : p.i;
        c->count[d] = 1;
        if (c->start[d] < 0 || c->start[d] >= n)
            raise_error(e, "IndexError", "index %lld is out of bounds for axis %d with size %lld",
                        (long long)p.i, d, (long long)n);
        return true;
    }
    if (p.kind == V_SLICE) {
        for (int k = 0; k < 3; k++)
            if (p.list->item[k].kind == V_UNKNOWN)
                return false;
        slice_bounds(e, p.list, n, &c->start[d], &c->by[d], &c->count[d]);
    } else if (p.kind != V_EMPTY) {
        return false;
    }
    if (c->shape.rank == MAX_RANK)
        return false;
    c->shape.dim[c->shape.rank++] = c->count[d];
    return true;
}

static bool choose(struct eval *e, const struct shape *from, struct value i, struct choice *c)
{
    struct value parts = i;
    struct shape made;
    if (i.kind != V_TUPLE) {
        parts = new_list(e, V_TUPLE);
        list_push(e, parts.list, i);
    }
    parts = from->rank < MAX_RANK ? whole_index(e, parts.list, from->rank, &made) : EMPTY;
    if (parts.kind == V_EMPTY)
        return false;
    *c = (struct choice){ 0 };
    for (int d = 0; d < from->rank; d++) {
        add_ones(&c->shape, made.dim[d]);
        if (!choose_axis(e, parts.list->item[d], from->dim[d], d, c))
            return false;
    }
    add_ones(&c->shape, made.dim[from->rank]);
    return true;
}

/* Where element k of the choice lies in the array. */
static int64_t chosen(const struct choice *c, const struct shape *from, int64_t k)
{
    int64_t at = 0, stride = 1;
    for (int d = from->rank - 1; d >= 0; d--) {
        at += (c->start[d] + k % c->count[d] * c->by[d]) * stride;
        k /= c->count[d];
        stride *= from->dim[d];
    }
    return at;
}

struct value array_item(struct eval *e, struct value a, struct value i)
{
    struct choice c;
    if (!choose(e, &a.array->shape, i, &c))
        return unknown_array(e, why(i));
    const struct value r = new_array(e, c.shape, a.array->type);
    if (!a.array->item || !r.array->item) {
        r.array->item = NULL;
        return r;
    }
    for (int64_t k = 0; k < shape_count(&c.shape); k++)
        r.array->item[k] = a.array->item[chosen(&c, &a.array->shape, k)];
    return c.shape.rank ? array_alias(e, a, r) : array_scalar(r.array->item[0], r.array->type);
}

/* ---- writing ---- */

struct value array_copy(struct eval *e, struct value a)
{
    if (a.kind != V_ARRAY)
        return a;
    const struct value r = new_array(e, a.array->shape, a.array->type);
    if (a.array->item && r.array->item)
        memcpy(r.array->item, a.array->item,
               (size_t)shape_count(&a.array->shape) * sizeof *r.array->item);
    else
        r.array->item = NULL;
    return r;
}

struct value array_alias(struct eval *e, struct value of, struct value v)
{
    struct aliases *s = of.array->aliases;
    if (!s) {
        s = of.array->aliases = NEW(e->mem, struct aliases);
        APPEND(e->mem, s->item, s->count, of.array);
    }
    APPEND(e->mem, s->item, s->count, v.array);
    v.array->aliases = s;
    return v;
}

/* Before a is written: what may show the same memory is not known any more. */
static void forget_aliases(struct number_array *a)
{
    struct aliases *s = a->aliases;
    for (int i = 0; s && i < s->count; i++)
        if (s->item[i] != a)
            s->item[i]->item = NULL;
    a->aliases = NULL;
}

static double stored(const struct number_array *a, double f)
{
    return a->type == BOOL ? f != 0 : a->type == F64 || a->type == F32 ? f : trunc(f);
}

void array_set_item(struct eval *e, struct value a, struct value i, struct value v)
{
    struct choice c;
    struct shape both;
    forget_aliases(a.array);
    v = is_items(v) || is_number(v) ? array_of(e, v) : v;
    if (!a.array->item || v.kind != V_ARRAY || !v.array->item
        || !choose(e, &a.array->shape, i, &c)) {
        a.array->item = NULL;
        return;
    }
    if (!broadcast(&v.array->shape, &c.shape, &both) || shape_count(&both) != shape_count(&c.shape))
        raise_error(e, "ValueError",
                    "could not broadcast input array into the part that is assigned to");
    for (int64_t k = 0; k < shape_count(&c.shape); k++)
        a.array->item[chosen(&c, &a.array->shape, k)] =
            stored(a.array, element(v.array, &c.shape, k));
}

struct value array_update(struct eval *e, struct value a, struct value to)
{
    forget_aliases(a.array);
    if (to.kind != V_ARRAY || shape_count(&to.array->shape) != shape_count(&a.array->shape)
        || !to.array->item || !a.array->item) {
        a.array->item = NULL;
        return to.kind == V_ARRAY ? a : to;
    }
    (void)e;
    for (int64_t k = 0; k < shape_count(&a.array->shape); k++)
        a.array->item[k] = stored(a.array, to.array->item[k]);
    return a;
}
