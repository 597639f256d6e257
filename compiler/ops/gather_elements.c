/*
 * gather_elements.c - one value for each index along an axis (GatherElements), or put there
 * (ScatterElements): the index tensor has as many axes as the data. Indices below zero count from
 * the end; what is out of range is taken as the nearest index.
 */
#include "ops/moves.h"
#include "ops/onnx.h"

#include <math.h>
#include <string.h>

#define REDUCTIONS "none add mul min max"
enum reduction { NONE, SUM, PRODUCT, LEAST, MOST };

struct elements {
    int axis, reduction;
};

static const struct attr attrs[] = {
    { "axis", "axis", ATTR_INT, offsetof(struct elements, axis), "0", NULL, 0 },
    { "reduction", "reduction", ATTR_CHOICE, offsetof(struct elements, reduction), "none",
      REDUCTIONS, 0 },
    { 0 }
};

static bool check(struct graph *g, struct op *op)
{
    struct elements *p = op->attr;
    const struct shape *s = &op->in[0]->shape, *t = &op->in[1]->shape;
    if (!axis_of(g, op, p->axis, s->rank, &p->axis))
        return false;
    bool fits = s->rank == t->rank && (op->nin < 3 || shape_equal(t, &op->in[2]->shape));
    for (int d = 0; fits && d < s->rank; d++)
        fits = d == p->axis ? s->dim[d] > 0 || !t->dim[d] : t->dim[d] <= s->dim[d];
    return fits
           || op_error(g, op, "indices of %s do not fit values of %s", shape_text(g->ctx->arena, t),
                       shape_text(g->ctx->arena, s));
}

static bool gather_shape(struct graph *g, struct op *op)
{
    op->out->shape = op->in[1]->shape;
    op->out->type = op->in[0]->type;
    return check(g, op);
}

static bool scatter_shape(struct graph *g, struct op *op)
{
    const enum dtype t = op->in[0]->type;
    op->out->shape = op->in[0]->shape;
    if (op->in[2]->type != t)
        return op_error(g, op, "puts %s into %s; cast one of them", dtype_name(op->in[2]->type),
                        dtype_name(t));
    if (((const struct elements *)op->attr)->reduction != NONE && !(NUMBERS & TYPE(t)))
        return op_error(g, op, "'reduction' does not work on %s", dtype_name(t));
    return check(g, op);
}

static int64_t nearest_index(double wanted, int64_t n)
{
    const double i = trunc(wanted) < 0 ? trunc(wanted) + (double)n : trunc(wanted);
    return i >= 0 ? i < (double)n ? (int64_t)i : n - 1 : 0;
}

/* Place in the data of element i of the index tensor. */
static int64_t place(const struct op *op, const double *index, int64_t i)
{
    const int axis = ((const struct elements *)op->attr)->axis;
    const struct shape *s = &op->in[0]->shape, *t = &op->in[1]->shape;
    int64_t stride[MAX_RANK], rest = i, at = 0;
    plain_strides(s, stride);
    for (int d = t->rank - 1; d >= 0; d--) {
        at += (d == axis ? nearest_index(index[i], s->dim[d]) : rest % t->dim[d]) * stride[d];
        rest /= t->dim[d];
    }
    return at;
}

static void gather_eval(const struct op *op, const double *const *in, double *out)
{
    for (int64_t i = 0; i < shape_count(&op->in[1]->shape); i++)
        out[i] = in[0][place(op, in[1], i)];
}

static double combined(enum reduction r, enum dtype t, double a, double b)
{
    switch (r) {
    case SUM: return t > F64 ? wrap_integer(t, a + b) : a + b;
    case PRODUCT: return t > F64 ? wrap_integer(t, a * b) : a * b;
    case LEAST: return b < a ? b : a;
    case MOST: return b > a ? b : a;
    case NONE: break;
    }
    return b;
}

static void scatter_eval(const struct op *op, const double *const *in, double *out)
{
    const enum reduction r = (enum reduction)((const struct elements *)op->attr)->reduction;
    memcpy(out, in[0], (size_t)shape_count(&op->out->shape) * sizeof *out);
    for (int64_t i = 0; i < shape_count(&op->in[1]->shape); i++) {
        const int64_t at = place(op, in[1], i);
        out[at] = combined(r, op->out->type, out[at], in[2][i]);
    }
}

static bool take_transpose(struct graph *g, struct op *op, const int *perm, int *result)
{
    struct elements *p = op->attr;
    (void)g;
    p->axis = perm[p->axis];
    for (int d = 0; d < op->out->shape.rank; d++)
        result[d] = perm[d];
    return true;
}

/* Index of element (i0, i1, ...) in the data, the axis left out. */
static const char *data_place(struct out *o, const struct op *op)
{
    const int axis = ((const struct elements *)op->attr)->axis;
    int64_t stride[MAX_RANK];
    plain_strides(&op->in[0]->shape, stride);
    const long long along = (long long)stride[axis];
    stride[axis] = 0;
    const char *others = index_text(o, op->in[0]->shape.rank, stride, 0);
    return arena_printf(o->arena, strcmp(others, "0") == 0 ? "k%.0s * %lld" : "%s + k * %lld",
                        others, along);
}

static const char *index_place(struct out *o, const struct op *op)
{
    int64_t stride[MAX_RANK];
    plain_strides(&op->in[1]->shape, stride);
    return index_text(o, op->in[1]->shape.rank, stride, 0);
}

static const char *scatter_step(struct out *o, int reduction, enum dtype t)
{
    static const char *const real[] = { "*at = update;", "*at = *at + update;",
                                        "*at = *at * update;", "*at = update < *at ? update : *at;",
                                        "*at = update > *at ? update : *at;" };
    if (t <= F64 || (reduction != SUM && reduction != PRODUCT))
        return real[reduction];
    return arena_printf(o->arena, "*at = (%s)((uint64_t)*at %c (uint64_t)update);", c_type(t),
                        reduction == SUM ? '+' : '*');
}

#include "templates/gather_elements.inc"

static const struct sample gather_samples[] = { { "3x4 int64[1x3x4]@-3:2", "axis=1" },
                                                { "3x4 int32[1x2x7]@0:3", "axis=2" },
                                                { "uint8[5]@0:255 int64[3]@0:4", "axis=0" },
                                                { NULL, NULL } };
static const struct sample scatter_samples[] = {
    { "3x4 int64[1x1x2]@-3:2! 1x2", "axis=1" },
    { "3x4 int32[1x2x7]@0:3 2x7", "axis=2 reduction=add" },
    { "int8[5]@-99:99 int64[7]@0:4 int8[7]@-99:99", "reduction=mul" },
    { "5 int64[1x7]@0:4 7", "axis=1 reduction=max" },
    { "5 int64[1x7]@0:4 7", "axis=1 reduction=min" },
    { NULL, NULL }
};

const struct opdef gather_elements = {
    .name = "GatherElements",
    .onnx = "GatherElements",
    .keras_base = "take_along_axis",
    .brief = "one value for each index along an axis",
    .attrs = attrs,
    .attr_size = sizeof(struct elements),
    .min_inputs = 2,
    .max_inputs = 2,
    .types = ALL_TYPES,
    .samples = gather_samples,
    .shape = gather_shape,
    .eval = gather_eval,
    .take_transpose = take_transpose,
    .emit = emit_gather,
    .functions = "take_along_axis(x|arr, indices, axis)",
    .to_onnx = "GatherElements(a, Cast(b, to=7), axis=$axis)",
};
const struct opdef scatter_elements = {
    .name = "ScatterElements",
    .onnx = "ScatterElements Scatter",
    .keras_base = "scatter_elements",
    .brief = "values put where indices along an axis say",
    .attrs = attrs,
    .attr_size = sizeof(struct elements),
    .min_inputs = 3,
    .max_inputs = 3,
    .types = ALL_TYPES,
    .samples = scatter_samples,
    .shape = scatter_shape,
    .eval = scatter_eval,
    .take_transpose = take_transpose,
    .emit = emit_scatter,
    .to_onnx = "ScatterElements(a, Cast(b, to=7), c, axis=$axis, reduction=$reduction)",
};

/* ---- GatherND, ScatterND: an index has a number for each of the first axes, and names what lies
 * in them  */

struct nd {
    int batch_dims, reduction;
};

static const struct attr nd_attrs[] = { { "batch_dims", "batch_dims", ATTR_INT,
                                          offsetof(struct nd, batch_dims), "0", NULL, 0 },
                                        { "reduction", "reduction", ATTR_CHOICE,
                                          offsetof(struct nd, reduction), "none", REDUCTIONS, 0 },
                                        { 0 } };

/* Numbers in an index tuple. */
static int tuple_size(const struct op *op)
{
    const struct shape *t = &op->in[1]->shape;
    return (int)t->dim[t->rank - 1];
}

static int64_t product(const struct shape *s, int from, int to)
{
    int64_t n = 1;
    for (int d = from; d < to; d++)
        n *= s->dim[d];
    return n;
}

static bool nd_check(struct graph *g, struct op *op)
{
    const struct nd *p = op->attr;
    const struct shape *s = &op->in[0]->shape, *t = &op->in[1]->shape;
    bool fits = t->rank > 0 && p->batch_dims >= 0 && p->batch_dims < t->rank
                && p->batch_dims <= s->rank && t->dim[t->rank - 1] <= s->rank - p->batch_dims;
    for (int d = 0; fits && d < p->batch_dims; d++)
        fits = s->dim[d] == t->dim[d];
    for (int d = 0; fits && d < tuple_size(op); d++)
        fits = s->dim[p->batch_dims + d] > 0 || !product(t, 0, t->rank - 1);
    return fits
           || op_error(g, op, "indices of %s do not fit values of %s", shape_text(g->ctx->arena, t),
                       shape_text(g->ctx->arena, s));
}

/* The shape of what the indices name. */
static bool named_shape(struct graph *g, struct op *op, struct shape *to)
{
    const struct shape *s = &op->in[0]->shape, *t = &op->in[1]->shape;
    const int first = ((const struct nd *)op->attr)->batch_dims + tuple_size(op);
    if (t->rank - 1 + s->rank - first > MAX_RANK)
        return op_error(g, op, "has more than %d dimensions", MAX_RANK);
    for (int d = 0; d < t->rank - 1; d++)
        to->dim[to->rank++] = t->dim[d];
    for (int d = first; d < s->rank; d++)
        to->dim[to->rank++] = s->dim[d];
    return true;
}

static bool gather_nd_shape(struct graph *g, struct op *op)
{
    op->out->type = op->in[0]->type;
    return nd_check(g, op) && named_shape(g, op, &op->out->shape);
}

static bool scatter_nd_shape(struct graph *g, struct op *op)
{
    struct shape named = { 0 };
    op->out->shape = op->in[0]->shape;
    if (!nd_check(g, op) || !named_shape(g, op, &named))
        return false;
    if (!shape_equal(&named, &op->in[2]->shape) || op->in[2]->type != op->in[0]->type)
        return op_error(g, op, "needs %s values of %s, not %s of %s", dtype_name(op->in[0]->type),
                        shape_text(g->ctx->arena, &named), dtype_name(op->in[2]->type),
                        shape_text(g->ctx->arena, &op->in[2]->shape));
    if (((const struct nd *)op->attr)->reduction != NONE && !(NUMBERS & TYPE(op->in[0]->type)))
        return op_error(g, op, "'reduction' does not work on %s", dtype_name(op->in[0]->type));
    return true;
}

/* Sizes of the loops: batches, indices in each, values that an index names. */
static void nd_sizes(const struct op *op, int64_t *batches, int64_t *count, int64_t *inner)
{
    const int b = ((const struct nd *)op->attr)->batch_dims;
    *batches = product(&op->in[0]->shape, 0, b);
    *count = product(&op->in[1]->shape, b, op->in[1]->shape.rank - 1);
    *inner = product(&op->in[0]->shape, b + tuple_size(op), op->in[0]->shape.rank);
}

static int64_t nd_place(const struct op *op, const double *index, int64_t batch)
{
    const int b = ((const struct nd *)op->attr)->batch_dims;
    int64_t at = batch;
    for (int i = 0; i < tuple_size(op); i++)
        at =
            at * op->in[0]->shape.dim[b + i] + nearest_index(index[i], op->in[0]->shape.dim[b + i]);
    return at;
}

static void gather_nd_eval(const struct op *op, const double *const *in, double *out)
{
    int64_t batches, count, inner;
    nd_sizes(op, &batches, &count, &inner);
    for (int64_t i = 0; i < batches * count; i++)
        memcpy(out + i * inner, in[0] + nd_place(op, in[1] + i * tuple_size(op), i / count) * inner,
               (size_t)inner * sizeof *out);
}

static void scatter_nd_eval(const struct op *op, const double *const *in, double *out)
{
    const enum reduction r = (enum reduction)((const struct nd *)op->attr)->reduction;
    int64_t batches, count, inner;
    nd_sizes(op, &batches, &count, &inner);
    memcpy(out, in[0], (size_t)shape_count(&op->out->shape) * sizeof *out);
    for (int64_t i = 0; i < batches * count; i++)
        for (int64_t k = 0; k < inner; k++) {
            double *at = out + nd_place(op, in[1] + i * tuple_size(op), i / count) * inner + k;
            *at = combined(r, op->out->type, *at, in[2][i * inner + k]);
        }
}

#include "templates/gather_nd.inc"

static const struct sample gather_nd_samples[] = { { "3x4x2 int64[5x2]@0:0", "" },
                                                   { "3x4x2 int64[5x3]@0:0", "" },
                                                   { "3x4x2 int32[1x2x1]@-3:2", "batch_dims=1" },
                                                   { "float32[4x5] int64[3x2]@-4:3", "" },
                                                   { NULL, NULL } };
static const struct sample scatter_nd_samples[] = {
    { "3x4 int64[1x2x3]@0:0! 2", "" },
    { "float32[4x5] int64[3x1]@-4:3 float32[3x5]", "reduction=add" },
    { "float32[4x5] int64[3x2]@0:3 float32[3]", "reduction=max" },
    { NULL, NULL }
};

const struct opdef gather_nd = {
    .name = "GatherND",
    .onnx = "GatherND",
    .keras_base = "gather_nd",
    .brief = "what index tuples name",
    .attrs = nd_attrs,
    .attr_size = sizeof(struct nd),
    .min_inputs = 2,
    .max_inputs = 2,
    .types = ALL_TYPES,
    .samples = gather_nd_samples,
    .shape = gather_nd_shape,
    .eval = gather_nd_eval,
    .emit = emit_gather_nd,
    .functions = "gather_nd(params, indices, batch_dims=0)",
    .to_onnx = "GatherND(a, Cast(b, to=7), batch_dims=$batch_dims)",
};
const struct opdef scatter_nd = {
    .name = "ScatterND",
    .onnx = "ScatterND",
    .keras_base = "scatter_update",
    .brief = "values put where index tuples say",
    .attrs = nd_attrs,
    .attr_size = sizeof(struct nd),
    .min_inputs = 3,
    .max_inputs = 3,
    .types = ALL_TYPES,
    .samples = scatter_nd_samples,
    .shape = scatter_nd_shape,
    .eval = scatter_nd_eval,
    .emit = emit_scatter_nd,
    .functions = "scatter_update tensor_scatter_nd_update(inputs|tensor, indices, updates); "
                 "tensor_scatter_nd_add(tensor, indices, updates) reduction=add",
    .to_onnx = "ScatterND(a, Cast(b, to=7), c, reduction=$reduction)",
};
