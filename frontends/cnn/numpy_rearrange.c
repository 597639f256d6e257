/*
 * numpy_rearrange.c - arrays in other orders, grids and products: what anchors, windows and
 * position tables are made with.
 */
#include "cnn/eval.h"

#include <math.h>
#include <string.h>

static bool is_known(struct value v)
{
    return v.kind == V_ARRAY && v.array->item;
}

static struct value r_ravel(struct eval *e, struct args *a)
{
    const struct value v = array_of(e, arg(e, a, 0, "a"));
    return v.kind == V_ARRAY ? array_with_shape(e, v, shape_of(1, shape_count(&v.array->shape)))
                             : v;
}

static struct value r_flatten(struct eval *e, struct args *a)
{
    return array_copy(e, r_ravel(e, a));
}

static struct value r_swapaxes(struct eval *e, struct args *a)
{
    const struct value v = array_of(e, arg(e, a, 0, "a"));
    int order[MAX_RANK];
    if (v.kind != V_ARRAY)
        return v;
    const int rank = v.array->shape.rank;
    const int x = array_axis(e, arg(e, a, 1, "axis1"), rank),
              y = array_axis(e, arg(e, a, 2, "axis2"), rank);
    for (int i = 0; i < rank; i++)
        order[i] = i == x ? y : i == y ? x : i;
    return array_permuted(e, v, order);
}

static struct value r_moveaxis(struct eval *e, struct args *a)
{
    const struct value v = array_of(e, arg(e, a, 0, "a"));
    int order[MAX_RANK], n = 0;
    if (v.kind != V_ARRAY || !is_whole(arg(e, a, 1, "source")))
        return unknown_array(e, why(v));
    const int rank = v.array->shape.rank;
    const int from = array_axis(e, arg(e, a, 1, "source"), rank),
              to = array_axis(e, arg(e, a, 2, "destination"), rank);
    for (int i = 0, next = 0; i < rank; i++) {
        next += next == from;
        order[n++] = i == to ? from : next++;
    }
    return array_permuted(e, v, order);
}

/* Element i of the result is element source(i) along the axis, n of them. */
static struct value moved(struct eval *e, struct value v, int axis, int64_t shift, bool turned)
{
    const struct shape *s = &v.array->shape;
    const struct value r = new_array(e, *s, v.array->type);
    int64_t inner = 1;
    for (int d = axis + 1; d < s->rank; d++)
        inner *= s->dim[d];
    for (int64_t i = 0; i < shape_count(s); i++) {
        const int64_t n = s->dim[axis], at = i / inner % n,
                      from = turned ? n - 1 - at : ((at - shift) % n + n) % n;
        r.array->item[i] = v.array->item[i + (from - at) * inner];
    }
    return r;
}

static struct value r_flip(struct eval *e, struct args *a)
{
    struct value v = array_of(e, arg(e, a, 0, "m"));
    const struct value axis = arg_or(e, a, 1, "axis", NONE);
    if (!is_known(v) || (axis.kind != V_NONE && !is_whole(axis)))
        return unknown_array(e, why(v));
    const int rank = v.array->shape.rank,
              only = axis.kind == V_NONE ? -1 : array_axis(e, axis, rank);
    for (int d = 0; d < rank; d++)
        v = only < 0 || only == d ? moved(e, v, d, 0, true) : v;
    return v;
}

static struct value r_roll(struct eval *e, struct args *a)
{
    const struct value v = array_of(e, arg(e, a, 0, "a")), shift = arg(e, a, 1, "shift"),
                       axis = arg_or(e, a, 2, "axis", NONE);
    if (!is_known(v) || !is_whole(shift) || (axis.kind != V_NONE && !is_whole(axis)))
        return unknown_array(e, why(v));
    if (axis.kind != V_NONE)
        return moved(e, v, array_axis(e, axis, v.array->shape.rank), shift.i, false);
    const struct value flat = array_with_shape(e, v, shape_of(1, shape_count(&v.array->shape)));
    return array_with_shape(e, moved(e, flat, 0, shift.i, false), v.array->shape);
}

/* Along an axis that arrays of fewer axes get first. */
static struct value stacked(struct eval *e, struct args *a, int rank, int axis)
{
    struct value all = arg(e, a, 0, "tup"), parts = new_list(e, V_LIST);
    const struct list *l = items_of(e, &all);
    for (int64_t i = 0; l && i < l->count; i++) {
        struct value v = array_of(e, l->item[i]);
        if (v.kind != V_ARRAY)
            return unknown_array(e, why(v));
        if (v.array->shape.rank < rank)
            v = array_with_shape(e, v, shape_of(2, (int64_t)1, shape_count(&v.array->shape)));
        list_push(e, parts.list, v);
    }
    if (!l || !l->count)
        return unknown_array(e, why(all));
    return array_joined(e, parts.list, parts.list->item[0].array->shape.rank > axis ? axis : 0);
}

static struct value r_vstack(struct eval *e, struct args *a)
{
    return stacked(e, a, 2, 0);
}
static struct value r_hstack(struct eval *e, struct args *a)
{
    return stacked(e, a, 1, 1);
}

/* np.meshgrid(x, y, ..., indexing="xy"): each vector repeated along the axes of all others; "xy"
 * exchanges the first two axes. */
static struct value r_meshgrid(struct eval *e, struct args *a)
{
    const struct value indexing = arg(e, a, -1, "indexing"), r = new_list(e, V_LIST);
    const bool matrix = indexing.kind == V_STRING && strcmp(indexing.s->s, "ij") == 0;
    struct shape s = { 0 };
    struct value in[MAX_RANK];
    for (int i = 0; i < a->n; i++) {
        const struct value v = i < MAX_RANK ? array_of(e, a->v[i]) : EMPTY;
        if (!is_known(v) || v.array->shape.rank > 1)
            return unknown_array(e, why(v));
        in[i] = v;
        s.dim[s.rank++] = shape_count(&v.array->shape);
    }
    for (int i = 0; i < a->n; i++) {
        const struct value grid = new_array(e, s, in[i].array->type);
        int64_t inner = 1;
        for (int d = i + 1; d < s.rank; d++)
            inner *= s.dim[d];
        for (int64_t k = 0; grid.array->item && k < shape_count(&s); k++)
            grid.array->item[k] = in[i].array->item[k / inner % s.dim[i]];
        int order[MAX_RANK];
        for (int d = 0; d < s.rank; d++)
            order[d] = !matrix && s.rank > 1 && d < 2 ? 1 - d : d;
        list_push(e, r.list, array_copy(e, array_permuted(e, grid, order)));
    }
    return r;
}

static struct value r_cumsum(struct eval *e, struct args *a)
{
    const struct value axis = arg_or(e, a, 1, "axis", NONE);
    struct value v = array_of(e, arg(e, a, 0, "a"));
    if (!is_known(v) || (axis.kind != V_NONE && !is_whole(axis)))
        return unknown_array(e, why(v));
    if (axis.kind == V_NONE)
        v = array_with_shape(e, v, shape_of(1, shape_count(&v.array->shape)));
    const struct value r = array_copy(e, v);
    const struct shape *s = &r.array->shape;
    const int at = axis.kind == V_NONE ? 0 : array_axis(e, axis, s->rank);
    int64_t inner = 1;
    for (int d = at + 1; d < s->rank; d++)
        inner *= s->dim[d];
    r.array->type = r.array->type == BOOL ? I64 : r.array->type;
    for (int64_t i = 0; i < shape_count(s); i++)
        r.array->item[i] += i / inner % s->dim[at] ? r.array->item[i - inner] : 0;
    return r;
}

/* Products of vectors and matrices. */
static struct value r_dot(struct eval *e, struct args *a)
{
    const struct value x = array_of(e, arg(e, a, 0, "a")), y = array_of(e, arg(e, a, 1, "b"));
    if (!is_known(x) || !is_known(y) || x.array->shape.rank < 1 || x.array->shape.rank > 2
        || y.array->shape.rank < 1 || y.array->shape.rank > 2)
        return unknown_array(e, why(x) ? why(x) : why(y));
    const struct shape *p = &x.array->shape, *q = &y.array->shape;
    const int64_t n = p->dim[p->rank - 1], rows = p->rank > 1 ? p->dim[0] : 1,
                  columns = q->rank > 1 ? q->dim[1] : 1;
    if (q->dim[0] != n)
        raise_error(e, "ValueError", "shapes do not match: %lld and %lld numbers to multiply",
                    (long long)n, (long long)q->dim[0]);
    struct shape s = { 0 };
    if (p->rank > 1)
        s.dim[s.rank++] = rows;
    if (q->rank > 1)
        s.dim[s.rank++] = columns;
    const bool whole = x.array->type == I64 && y.array->type == I64;
    const struct value r = new_array(e, s, whole ? I64 : F64);
    for (int64_t i = 0; r.array->item && i < rows * columns; i++)
        for (int64_t k = 0; k < n; k++)
            r.array->item[i] +=
                x.array->item[i / columns * n + k] * y.array->item[k * columns + i % columns];
    return s.rank || !r.array->item ? r : array_scalar(r.array->item[0], r.array->type);
}

static struct value r_outer(struct eval *e, struct args *a)
{
    const struct value x = r_ravel(e, a), y = array_of(e, arg(e, a, 1, "b"));
    if (x.kind != V_ARRAY || y.kind != V_ARRAY)
        return unknown_array(e, why(x) ? why(x) : why(y));
    const struct value column =
        array_with_shape(e, x, shape_of(2, shape_count(&x.array->shape), (int64_t)1));
    return array_binary(e, "*", column,
                        array_with_shape(e, y, shape_of(1, shape_count(&y.array->shape))));
}

/* np.where(condition, x, y) of known values. */
static struct value r_where(struct eval *e, struct args *a)
{
    const struct value c = arg(e, a, 0, "condition"), x = arg(e, a, 1, "x"), y = arg(e, a, 2, "y");
    return x.kind == V_EMPTY || y.kind == V_EMPTY ? unknown_array(e, why(c))
                                                  : array_where(e, c, x, y);
}

const struct builtin numpy_rearranging[] = { { "ravel", r_ravel, false },
                                             { "flatten", r_flatten, false },
                                             { "swapaxes", r_swapaxes, false },
                                             { "moveaxis", r_moveaxis, false },
                                             { "flip", r_flip, false },
                                             { "roll", r_roll, false },
                                             { "vstack", r_vstack, false },
                                             { "hstack", r_hstack, false },
                                             { "meshgrid", r_meshgrid, false },
                                             { "cumsum", r_cumsum, false },
                                             { "dot", r_dot, false },
                                             { "matmul", r_dot, false },
                                             { "outer", r_outer, false },
                                             { "where", r_where, false },
                                             { 0 } };
