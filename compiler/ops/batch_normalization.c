/* batch_normalization.c - out = (in - mean) / sqrt(variance + epsilon) * gamma + beta, by channel:
 * an affine map. */
#include "ops/common.h"
#include "ops/onnx.h"

#include <math.h>

struct batch_norm {
    int axis;
    double epsilon;
    bool center, scale;
};

static const struct attr attrs[] = {
    { "axis", NULL, ATTR_INT, offsetof(struct batch_norm, axis), "-1", NULL, 0 },
    { "momentum", NULL, ATTR_IGNORED, 0, "0.99", NULL, 0 },
    { "epsilon", "epsilon", ATTR_FLOAT, offsetof(struct batch_norm, epsilon), "0.001", NULL, 0 },
    { "center", NULL, ATTR_BOOL, offsetof(struct batch_norm, center), "True", NULL, 0 },
    { "scale", NULL, ATTR_BOOL, offsetof(struct batch_norm, scale), "True", NULL, 0 },
    { 0 }
};

/* The axis of the channels, -1 where there is no such axis. */
static int axis_in(const struct op *op)
{
    const int rank = op->in[0]->shape.rank, axis = ((const struct batch_norm *)op->attr)->axis;
    return axis < -rank || axis >= rank ? -1 : axis < 0 ? axis + rank : axis;
}

static bool weights(struct graph *g, struct op *op)
{
    const struct batch_norm *p = op->attr;
    const struct shape *s = &op->in[0]->shape;
    const int axis = axis_in(op);
    if (axis < 0)
        return op_error(g, op, "normalises axis %d of a tensor of rank %d", p->axis, s->rank);
    const struct shape c = shape_of(1, s->dim[axis]);
    if (p->scale)
        op_weight(g, op, "gamma", c, INIT_ONES, 0, 0);
    else
        op_no_weight(g, op);
    if (p->center)
        op_weight(g, op, "beta", c, INIT_ZEROS, 0, 0);
    else
        op_no_weight(g, op);
    return op_weight(g, op, "moving_mean", c, INIT_ZEROS, 0, 0)
           && op_weight(g, op, "moving_variance", c, INIT_ONES, 0, 0);
}

static bool shape(struct graph *g, struct op *op)
{
    const int axis = axis_in(op);
    op->out->shape = op->in[0]->shape;
    if (axis < 0)
        return op_error(g, op, "normalises axis %d of a tensor of rank %d",
                        ((const struct batch_norm *)op->attr)->axis, op->in[0]->shape.rank);
    for (int i = 1; i < 5; i++)
        if (op->nin > i && op->in[i] && shape_count(&op->in[i]->shape) != op->out->shape.dim[axis])
            return op_error(
                g, op, "has %s channels, but parameters of %s",
                arena_printf(g->ctx->arena, "%lld", (long long)op->out->shape.dim[axis]),
                shape_text(g->ctx->arena, &op->in[i]->shape));
    return true;
}

static void eval(const struct op *op, const double *const *in, double *out)
{
    const struct batch_norm *p = op->attr;
    const int axis = axis_in(op);
    int64_t inner = 1;
    for (int d = axis + 1; d < op->out->shape.rank; d++)
        inner *= op->out->shape.dim[d];
    for (int64_t i = 0; i < shape_count(&op->out->shape); i++) {
        const int64_t k = i / inner % op->out->shape.dim[axis];
        const double v = (in[0][i] - in[3][k]) / sqrt(in[4][k] + p->epsilon);
        out[i] = (in[1] ? in[1][k] : 1) * v + (in[2] ? in[2][k] : 0);
    }
}

/* Channels that are not the last axis are brought there and back. */
static bool simplify(struct graph *g, struct op *op)
{
    struct arena *a = g->ctx->arena;
    const struct batch_norm *p = op->attr;
    const int axis = axis_in(op), last = op->out->shape.rank - 1;
    const char *there = "", *back = "";
    if (axis == last)
        return false;
    for (int d = 0; d <= last; d++) {
        there = arena_printf(a, "%s%d,", there, d == last ? axis : d + (d >= axis));
        back = arena_printf(a, "%s%d,", back, d == axis ? last : d - (d > axis));
    }
    int at = 0;
    while (g->ops[at] != op)
        at++;
    const int before = g->nops;
    struct tensor **in = NEW_ARRAY(a, struct tensor *, op->nin);
    for (int i = 0; i < op->nin; i++)
        in[i] = op->in[i];
    in[0] = make_at(g, at, op, "Transpose", arena_printf(a, "perm=(%s)", there), &op->in[0], 1);
    struct tensor *t = make_at(g, at + g->nops - before, op, "BatchNormalization",
                               arena_printf(a, "axis=-1 epsilon=%.17g", p->epsilon), in, op->nin);
    t = make_at(g, at + g->nops - before, op, "Transpose", arena_printf(a, "perm=(%s)", back), &t,
                1);
    graph_replace(g, op->out, t);
    op->dead = true;
    return true;
}

static bool affine(struct graph *g, const struct op *op, float *scale, float *shift)
{
    const struct batch_norm *p = op->attr;
    (void)g;
    if (axis_in(op) != op->out->shape.rank - 1)
        return false;
    for (int64_t k = 0; k < channels_of(op->out); k++) {
        const double s = (op->in[1] ? (double)floats(op->in[1])[k] : 1)
                         / sqrt((double)floats(op->in[4])[k] + p->epsilon);
        scale[k] = (float)s;
        shift[k] = (float)((op->in[2] ? (double)floats(op->in[2])[k] : 0)
                           - (double)floats(op->in[3])[k] * s);
    }
    return true;
}

static bool pack(struct graph *g, struct op *op)
{
    const struct shape s = shape_of(1, channels_of(op->out));
    struct tensor *scale = new_constant(g, op, "scale", s),
                  *shift = new_constant(g, op, "shift", s);
    affine(g, op, writable(scale), writable(shift));
    /* absorbed ops' inputs move up behind the two arrays */
    for (int i = 5; i < op->nin; i++)
        op->in[i - 2] = op->in[i];
    for (int i = 0; i < op->nabsorbed; i++)
        op->absorbed_input[i] -= op->absorbed_input[i] >= 0 ? 2 : 0;
    op->nin -= 2;
    op->in[1] = scale;
    op->in[2] = shift;
    return true;
}

static struct row_need rows(const struct op *op, int i)
{
    (void)op;
    (void)i;
    return (struct row_need){ .stride = 1, .kernel = 1 };
}

#include "templates/batch_normalization.inc"

/* ---- ONNX ---- */

/* Parameters {C} against {N, C, d...}. */
static struct tensor *along_channels(struct graph *g, const struct onnx_node *node,
                                     struct tensor *t, int rank)
{
    const char *s = "";
    for (int d = 2; d < rank; d++)
        s = arena_printf(g->ctx->arena, "%s,1", s);
    return t ? op_make(
               g, node->from, "View",
               arena_printf(g->ctx->arena, "shape=(%lld%s)", (long long)shape_count(&t->shape), s),
               &t, 1)
             : NULL;
}

static struct tensor *two(struct graph *g, const struct onnx_node *node, const char *name,
                          struct tensor *a, struct tensor *b)
{
    return a && b ? op_make(g, node->from, name, "", (struct tensor *[]){ a, b }, 2) : NULL;
}

static struct tensor *number(struct graph *g, enum dtype type, double value)
{
    struct tensor *t =
        graph_constant(g, graph_unique(g, "number"), type, (struct shape){ 0 }, NULL);
    dtype_set(type, t->data, 0, value);
    return t;
}

/* Statistics that are computed, of the model or in training mode of this very batch: (x - mean) /
 * sqrt(variance + epsilon) * scale + bias. */
static bool import_computed(struct graph *g, struct onnx_node *node, double epsilon, bool training)
{
    struct tensor *x = node->in[0], *stat[2] = { node->in[3], node->in[4] }, *p[4];
    const int rank = x->shape.rank;
    const char *axes = "0";
    for (int d = 2; d < rank; d++)
        axes = arena_printf(g->ctx->arena, "%s,%d", axes, d);
    for (int i = 0; training && i < 2; i++)
        stat[i] = op_make(
            g, node->from, i ? "ReduceComposed" : "Reduce",
            arena_printf(g->ctx->arena, "kind=%s axes=(%s)", i ? "variance" : "mean", axes), &x, 1);
    for (int i = 0; i < 4; i++)
        p[i] = along_channels(g, node, i < 2 ? node->in[1 + i] : stat[i - 2], rank);
    struct tensor *centred = two(g, node, "Subtract", x, p[2]),
                  *sum = p[3] ? two(g, node, "Add", p[3], number(g, p[3]->type, epsilon)) : NULL;
    struct tensor *deviation = sum ? op_make(g, node->from, "Sqrt", "", &sum, 1) : NULL;
    struct tensor *y =
        two(g, node, "Add",
            two(g, node, "Multiply", two(g, node, "Divide", centred, deviation), p[0]), p[1]);
    const double momentum = onnx_float(node, "momentum", 0.9);
    for (int i = 0; training && stat[i & 1] && i < 2 && i + 1 < node->nout; i++)
        node->out[i + 1] = two(
            g, node, "Add",
            two(g, node, "Multiply", node->in[3 + i], number(g, node->in[3 + i]->type, momentum)),
            two(g, node, "Multiply", stat[i], number(g, stat[i]->type, 1 - momentum)));
    node->out[0] = y;
    return y != NULL;
}

static bool import(struct graph *g, struct onnx_node *node)
{
    const double epsilon = onnx_float(node, "epsilon", 1e-5);
    const bool training = node->opset >= 14 && onnx_int(node, "training_mode", 0);
    bool known = true;
    onnx_find(node, "momentum");
    onnx_find(node, "is_test");
    if (node->nin != 5)
        return onnx_error(g, node, "it has %d inputs, not 5", node->nin);
    if (!onnx_int(node, "spatial", 1))
        return onnx_error(g, node,
                          "spatial=0 is not supported; export the model with opset 9 or later");
    for (int i = 0; i < 5; i++) {
        if (!node->in[i])
            return onnx_error(g, node, "its input %d is missing", i);
        known = known && (i == 0 || node->in[i]->data);
    }
    if (node->in[0]->shape.rank < 2)
        return onnx_error(g, node, "its input has rank %d; 2 at least is needed",
                          node->in[0]->shape.rank);
    if (!known || training)
        return import_computed(g, node, epsilon, training);
    for (int i = 1; i < 5; i++)
        if (node->in[i]->type != F32)
            node->in[i] = op_make(g, node->from, "Cast", "to=float32", &node->in[i], 1);
    return onnx_make(g, node, "BatchNormalization",
                     arena_printf(g->ctx->arena, "axis=1 epsilon=%.17g", epsilon), node->in, 5);
}

static const struct sample samples[] = { { "5x4x19", "" },
                                         { "7", "scale=False" },
                                         { "5x4x3", "axis=1" },
                                         { "5x4x3", "axis=2 center=False" },
                                         { NULL, NULL } };

/* Channels on the second axis are ONNX' own order. */
static const char *to_onnx(struct graph *g, const struct op *op)
{
    const int axis = axis_in(op), last = op->out->shape.rank - 1;
    const long long C = (long long)op->out->shape.dim[axis];
    const char *gamma = op->in[1] ? "b" : arena_printf(g->ctx->arena, "Expand(1.0, [%lld])", C);
    const char *beta = op->in[2] ? "c" : arena_printf(g->ctx->arena, "Expand(0.0, [%lld])", C);
    if (last < 1 || (axis != last && axis != 1))
        return NULL;
    return arena_printf(g->ctx->arena, "%sBatchNormalization(a%s, %s, %s, d, e, epsilon=$epsilon)",
                        axis == last && last > 1 ? "first " : "",
                        axis == last && last > 1 ? "^first" : "", gamma, beta);
}

const struct opdef batch_normalization = {
    .name = "BatchNormalization",
    .aliases = "BatchNormalizationV1 BatchNormalizationV2 SyncBatchNormalization",
    .mask = keep_mask,
    .onnx = "BatchNormalization",
    .keras_base = "batch_normalization",
    .brief = "normalisation by the trained mean and variance",
    .attrs = attrs,
    .attr_size = sizeof(struct batch_norm),
    .min_inputs = 1,
    .max_inputs = 1,
    .samples = samples,
    .absorbs = true,
    .weights = weights,
    .shape = shape,
    .eval = eval,
    .simplify = simplify,
    .import = import,
    .affine = affine,
    .pack = pack,
    .rows = rows,
    .emit = emit,
    .to_onnx_for = to_onnx,
};
