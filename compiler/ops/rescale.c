/*
 * rescale.c - normalisations that are compositions: Rescaling, Normalization by given statistics,
 * UnitNormalization, ONNX' LpNormalization and MeanVarianceNormalization; and the local response
 * normalisation across channels.
 */
#include "ops/common.h"
#include "ops/onnx.h"

#include <math.h>
#include <string.h>

static struct tensor *numbers(struct graph *g, const struct float_list *list)
{
    const struct shape s = { .rank = list->count == 1 ? 0 : 1, .dim = { list->count } };
    struct tensor *t = graph_constant(g, graph_unique(g, "numbers"), F32, s, NULL);
    for (int i = 0; i < list->count; i++)
        dtype_set(F32, t->data, i, list->item[i]);
    return t;
}

static struct tensor *number(struct graph *g, double value)
{
    return numbers(g, &(struct float_list){ 1, &value });
}

/* ---- Rescaling ---- */

struct rescaling {
    struct float_list scale, offset;
};

static const struct attr rescaling_attrs[] = {
    { "scale", NULL, ATTR_FLOATS, offsetof(struct rescaling, scale), NULL, NULL, 0 },
    { "offset", NULL, ATTR_FLOATS, offsetof(struct rescaling, offset), "0", NULL, 0 },
    { 0 }
};

static struct tensor *expand_rescaling(struct graph *g, struct op *op)
{
    const struct rescaling *p = op->attr;
    struct tensor *x =
        op->in[0]->type <= F64 ? op->in[0] : make_one(g, op, "Cast", "to=float32", op->in[0]);
    bool moved = p->offset.count > 1;
    for (int i = 0; i < p->offset.count; i++)
        moved |= p->offset.item[i] != 0;
    struct tensor *t = make_two(g, op, "Multiply", x, numbers(g, &p->scale));
    return moved ? make_two(g, op, "Add", t, numbers(g, &p->offset)) : t;
}

static const struct sample rescaling_samples[] = { { "5x4x3", "scale=0.5 offset=-1" },
                                                   { "5x4x3", "scale=(0.5,0.25,2) offset=(1,2,3)" },
                                                   { "uint8[1x5x4x3]",
                                                     "scale=0.00392156862745098" },
                                                   { NULL, NULL } };

const struct opdef rescaling = {
    .name = "Rescaling",
    .mask = keep_mask,
    .keras_base = "rescaling",
    .brief = "x * scale + offset",
    .attrs = rescaling_attrs,
    .attr_size = sizeof(struct rescaling),
    .types = ALL_TYPES,
    .min_inputs = 1,
    .max_inputs = 1,
    .samples = rescaling_samples,
    .expand = expand_rescaling,
};

/* ---- Normalization ---- */

struct normalization {
    struct int_list axis;
    struct float_list mean, variance;
    bool invert;
};

static const struct attr normalization_attrs[] = {
    { "axis", NULL, ATTR_LIST, offsetof(struct normalization, axis), "-1", NULL, 0 },
    { "mean", NULL, ATTR_FLOATS, offsetof(struct normalization, mean), "None", NULL, 0 },
    { "variance", NULL, ATTR_FLOATS, offsetof(struct normalization, variance), "None", NULL, 0 },
    { "invert", NULL, ATTR_BOOL, offsetof(struct normalization, invert), "False", NULL, 0 },
    { 0 }
};

static bool kept_axes(struct graph *g, const struct op *op, bool *kept)
{
    const struct normalization *p = op->attr;
    const int rank = op->in[0]->shape.rank;
    memset(kept, 0, MAX_RANK * sizeof *kept);
    for (int i = 0; i < p->axis.count; i++) {
        const int64_t a = p->axis.item[i] < 0 ? p->axis.item[i] + rank : p->axis.item[i];
        if (a < 0 || a >= rank)
            return op_error(g, op, "there is no axis %lld in a tensor of rank %d",
                            (long long)p->axis.item[i], rank);
        kept[a] = true;
    }
    return true;
}

static bool normalization_weights(struct graph *g, struct op *op)
{
    const struct normalization *p = op->attr;
    bool kept[MAX_RANK];
    struct shape s = { 0 };
    if ((p->mean.count > 0) != (p->variance.count > 0))
        return op_error(g, op, "needs both 'mean' and 'variance', or neither");
    if (!kept_axes(g, op, kept) || p->mean.count)
        return p->mean.count > 0;
    for (int d = 0; d < op->in[0]->shape.rank; d++)
        if (kept[d])
            s.dim[s.rank++] = op->in[0]->shape.dim[d];
    return op_weight(g, op, "mean", s, INIT_ZEROS, 0, 0)
           && op_weight(g, op, "variance", s, INIT_ONES, 0, 0);
}

/* A statistic over the kept axes as a tensor that is broadcast to the input: its last axis lies at
 * the last kept one. */
static struct tensor *aligned_to(struct graph *g, struct op *op, struct tensor *t, const bool *kept)
{
    const int rank = op->in[0]->shape.rank;
    const char *text = "";
    int at = t->shape.rank;
    if (!at)
        return t;
    int64_t dim[MAX_RANK];
    for (int d = rank - 1; d >= 0; d--)
        dim[d] = kept[d] && at > 0 ? t->shape.dim[--at] : 1;
    for (int d = 0; d < rank; d++)
        text = arena_printf(g->ctx->arena, "%s%lld,", text, (long long)dim[d]);
    if (at) {
        op_error(g, op, "its statistics have more axes than it keeps");
        return NULL;
    }
    return make_one(g, op, "View", arena_printf(g->ctx->arena, "shape=(%s)", text), t);
}

static struct tensor *expand_normalization(struct graph *g, struct op *op)
{
    const struct normalization *p = op->attr;
    bool kept[MAX_RANK];
    if (!kept_axes(g, op, kept))
        return NULL;
    struct tensor *x =
        op->in[0]->type <= F64 ? op->in[0] : make_one(g, op, "Cast", "to=float32", op->in[0]);
    struct tensor *mean = aligned_to(g, op, p->mean.count ? numbers(g, &p->mean) : op->in[1], kept);
    struct tensor *variance =
        aligned_to(g, op, p->variance.count ? numbers(g, &p->variance) : op->in[2], kept);
    struct tensor *deviation =
        make_two(g, op, "Maximum", make_one(g, op, "Sqrt", "", variance), number(g, 1e-7));
    if (p->invert)
        return make_two(g, op, "Add", make_two(g, op, "Multiply", x, deviation), mean);
    return make_two(g, op, "Divide", make_two(g, op, "Subtract", x, mean), deviation);
}

static const struct sample normalization_samples[] = { { "5x4x3", "" },
                                                       { "5x4x3",
                                                         "mean=(1,2,3) variance=(0.5,2,1)" },
                                                       { "5x4x3", "mean=0.5 variance=2 axis=None" },
                                                       { "5x4x3", "axis=1 invert=True" },
                                                       { NULL, NULL } };

const struct opdef normalization = {
    .name = "Normalization",
    .mask = keep_mask,
    .keras_base = "normalization",
    .brief = "(x - mean) / deviation by given statistics",
    .attrs = normalization_attrs,
    .attr_size = sizeof(struct normalization),
    .types = ALL_TYPES,
    .min_inputs = 1,
    .max_inputs = 1,
    .samples = normalization_samples,
    .weights = normalization_weights,
    .expand = expand_normalization,
};

/* ---- to length 1 ---- */

struct unit {
    struct int_list axis;
    int order;
    double epsilon;
};

static const struct attr unit_attrs[] = {
    { "axis", NULL, ATTR_LIST, offsetof(struct unit, axis), "-1", NULL, 0 },
    { "order", NULL, ATTR_INT, offsetof(struct unit, order), "2", NULL, 0 },
    { "epsilon", NULL, ATTR_FLOAT, offsetof(struct unit, epsilon), "1e-12", NULL, 0 },
    { 0 }
};

/* x / max(norm, epsilon) with the norm of order 1 or 2; ONNX' has no epsilon: where the norm is 0
 * the result is 0. */
static struct tensor *expand_unit(struct graph *g, struct op *op)
{
    const struct unit *p = op->attr;
    const char *axes = "";
    for (int i = 0; i < p->axis.count; i++)
        axes = arena_printf(g->ctx->arena, "%s%lld,", axes, (long long)p->axis.item[i]);
    const char *attrs = arena_printf(g->ctx->arena, "kind=%s keepdims=True axes=(%s)",
                                     p->order == 1 ? "l1" : "l2", axes);
    struct tensor *norm =
        make_one(g, op, p->order == 1 ? "Reduce" : "ReduceComposed", attrs, op->in[0]);
    if (p->epsilon <= 0)
        return make_two(g, op, "DivideNoNan", op->in[0], norm);
    return make_two(g, op, "Divide", op->in[0],
                    make_two(g, op, "Maximum", norm, number(g, p->epsilon)));
}

static bool import_lp(struct graph *g, struct onnx_node *node)
{
    return onnx_make(g, node, "UnitNormalization",
                     arena_printf(g->ctx->arena, "axis=%lld order=%lld epsilon=0",
                                  (long long)onnx_int(node, "axis", -1),
                                  (long long)onnx_int(node, "p", 2)),
                     node->in, node->nin);
}

static const struct sample unit_samples[] = {
    { "5x4x3", "" }, { "5x40", "order=1" }, { "5x4x3", "axis=(1,2)" }, { NULL, NULL }
};

const struct opdef unit_normalization = {
    .name = "UnitNormalization",
    .mask = keep_mask,
    .onnx = "LpNormalization",
    .keras_base = "unit_normalization",
    .brief = "to length 1 along axes",
    .attrs = unit_attrs,
    .attr_size = sizeof(struct unit),
    .types = REALS,
    .min_inputs = 1,
    .max_inputs = 1,
    .samples = unit_samples,
    .expand = expand_unit,
    .import = import_lp,
    .functions = "ops.normalize keras.utils.normalize(x, axis=-1, order=2, epsilon=1e-12); "
                 "l2_normalize(x, axis|dim=-1, epsilon=1e-12) order=2",
};

/* ---- ONNX' mean and variance normalisation: (x - mean) / (deviation + 1e-9) ---- */

static const struct attr mvn_attrs[] = {
    { "axes", "axes", ATTR_LIST, offsetof(struct unit, axis), "(0,2,3)", NULL, 0 }, { 0 }
};

static struct tensor *expand_mvn(struct graph *g, struct op *op)
{
    const struct unit *p = op->attr;
    const char *axes = "";
    for (int i = 0; i < p->axis.count; i++)
        axes = arena_printf(g->ctx->arena, "%s%lld,", axes, (long long)p->axis.item[i]);
    struct tensor *mean =
        make_one(g, op, "Reduce",
                 arena_printf(g->ctx->arena, "kind=mean keepdims=True axes=(%s)", axes), op->in[0]);
    struct tensor *deviation =
        make_one(g, op, "ReduceComposed",
                 arena_printf(g->ctx->arena, "kind=std keepdims=True axes=(%s)", axes), op->in[0]);
    return make_two(g, op, "Divide", make_two(g, op, "Subtract", op->in[0], mean),
                    make_two(g, op, "Add", deviation, number(g, 1e-9)));
}

static const struct sample mvn_samples[] = { { "3x4x5", "" },
                                             { "3x4x5", "axes=(3)" },
                                             { NULL, NULL } };

const struct opdef mean_variance_normalization = {
    .name = "MeanVarianceNormalization",
    .onnx = "MeanVarianceNormalization",
    .keras_base = "mean_variance_normalization",
    .brief = "(x - mean) / deviation along axes",
    .attrs = mvn_attrs,
    .attr_size = sizeof(struct unit),
    .types = REALS,
    .min_inputs = 1,
    .max_inputs = 1,
    .samples = mvn_samples,
    .expand = expand_mvn,
};

/* ---- local response normalisation across the channels (the last axis), Krizhevsky 2012 ---- */

struct lrn {
    int size;
    double alpha, beta, bias;
};

static const struct attr lrn_attrs[] = {
    { "size", "size", ATTR_INT, offsetof(struct lrn, size), NULL, NULL, 0 },
    { "alpha", "alpha", ATTR_FLOAT, offsetof(struct lrn, alpha), "0.0001", NULL, 0 },
    { "beta", "beta", ATTR_FLOAT, offsetof(struct lrn, beta), "0.75", NULL, 0 },
    { "bias", "bias", ATTR_FLOAT, offsetof(struct lrn, bias), "1", NULL, 0 },
    { 0 }
};

static bool lrn_shape(struct graph *g, struct op *op)
{
    op->out->shape = op->in[0]->shape;
    return positive(g, op, "'size'", &((const struct lrn *)op->attr)->size, 1);
}

/* out[k] = in[k] / (bias + alpha / size * sum of the squares of the `size` channels around k) ^
 * beta */
static void lrn_eval(const struct op *op, const double *const *in, double *out)
{
    const struct lrn *p = op->attr;
    const int64_t C = channels_of(op->out);
    for (int64_t i = 0; i < shape_count(&op->out->shape); i++) {
        const int64_t k = i % C, first = k - (p->size - 1) / 2, last = k + p->size / 2;
        double sum = 0;
        for (int64_t j = first < 0 ? 0 : first; j <= last && j < C; j++)
            sum += in[0][i - k + j] * in[0][i - k + j];
        out[i] = in[0][i] / pow(p->bias + p->alpha / p->size * sum, p->beta);
    }
}

static bool import_lrn(struct graph *g, struct onnx_node *node)
{
    struct tensor *x = onnx_input(node, 0);
    const char *attrs =
        arena_printf(g->ctx->arena, "size=%lld alpha=%.17g beta=%.17g bias=%.17g",
                     (long long)onnx_int(node, "size", 1), onnx_float(node, "alpha", 1e-4),
                     onnx_float(node, "beta", 0.75), onnx_float(node, "bias", 1));
    if (!x || x->shape.rank < 2)
        return onnx_error(g, node, "its input needs a batch and channels");
    struct tensor *t = make_one(g, node->from, "LocalResponseNormalization", attrs,
                                onnx_channels_last(g, node, x));
    node->out[0] = t ? onnx_channels_first(g, node, t) : NULL;
    return node->out[0] != NULL;
}

#include "templates/lrn.inc"

static const struct sample lrn_samples[] = { { "5x4x19", "size=5 alpha=0.1" },
                                             { "5x4x3", "size=2 bias=2 beta=0.5 alpha=1" },
                                             { "7", "size=9" },
                                             { NULL, NULL } };

const struct opdef local_response_normalization = {
    .name = "LocalResponseNormalization",
    .aliases = "LRN",
    .onnx = "LRN",
    .keras_base = "lrn",
    .brief = "x by its neighbour channels' squares",
    .attrs = lrn_attrs,
    .attr_size = sizeof(struct lrn),
    .min_inputs = 1,
    .max_inputs = 1,
    .samples = lrn_samples,
    .shape = lrn_shape,
    .eval = lrn_eval,
    .emit = emit_lrn,
    .import = import_lrn,
    .to_onnx = "first LRN(a^first, size=$size, alpha=$alpha, beta=$beta, bias=$bias)",
};

/* TensorFlow's function: the radius in place of the size, alpha not divided by it. */
struct tf_lrn {
    int depth_radius;
    double bias, alpha, beta;
};

static const struct attr tf_lrn_attrs[] = {
    { "depth_radius", NULL, ATTR_INT, offsetof(struct tf_lrn, depth_radius), "5", NULL, 0 },
    { "bias", NULL, ATTR_FLOAT, offsetof(struct tf_lrn, bias), "1", NULL, 0 },
    { "alpha", NULL, ATTR_FLOAT, offsetof(struct tf_lrn, alpha), "1", NULL, 0 },
    { "beta", NULL, ATTR_FLOAT, offsetof(struct tf_lrn, beta), "0.5", NULL, 0 },
    { 0 }
};

static struct tensor *expand_tf_lrn(struct graph *g, struct op *op)
{
    const struct tf_lrn *p = op->attr;
    const int64_t size = 2 * (int64_t)p->depth_radius + 1;
    return make_one(g, op, "LocalResponseNormalization",
                    arena_printf(g->ctx->arena, "size=%lld alpha=%.17g beta=%.17g bias=%.17g",
                                 (long long)size, p->alpha * (double)size, p->beta, p->bias),
                    op->in[0]);
}

static const struct sample tf_lrn_samples[] = { { "5x4x19", "depth_radius=2 alpha=0.1 beta=0.75" },
                                                { NULL, NULL } };

const struct opdef depth_normalization = {
    .name = "DepthNormalization",
    .keras_base = "lrn",
    .brief = "TensorFlow's local response normalisation",
    .attrs = tf_lrn_attrs,
    .attr_size = sizeof(struct tf_lrn),
    .min_inputs = 1,
    .max_inputs = 1,
    .samples = tf_lrn_samples,
    .expand = expand_tf_lrn,
    .functions =
        "lrn local_response_normalization(input|x, depth_radius=5, bias=1, alpha=1, beta=0.5)",
};

/* ---- batch normalisation as a function: (x - mean) / sqrt(variance + epsilon) * scale + offset */

struct norm_function {
    double epsilon;
    int axis;
};

static const struct attr norm_function_attrs[] = {
    { "epsilon", NULL, ATTR_FLOAT, offsetof(struct norm_function, epsilon), "0.001", NULL, 0 },
    /* of the channels that statistics in a row are of */
    { "axis", NULL, ATTR_INT, offsetof(struct norm_function, axis), "-1", NULL, 0 },
    { 0 }
};

/* A row of statistics, laid along the axis. */
static struct tensor *along(struct graph *g, struct op *op, int i)
{
    const int rank = op->in[0]->shape.rank, given = ((const struct norm_function *)op->attr)->axis,
              axis = given < 0 ? given + rank : given;
    struct tensor *t = i < op->nin ? op->in[i] : NULL;
    int64_t dim[MAX_RANK];
    for (int d = 0; d < rank; d++)
        dim[d] = t && d == axis ? t->shape.dim[0] : 1;
    return t && t->shape.rank == 1 && axis >= 0 && axis < rank - 1 ? make_view(g, op, t, rank, dim)
                                                                   : t;
}

static struct tensor *expand_norm_function(struct graph *g, struct op *op)
{
    struct tensor *sum = make_two(g, op, "Add", along(g, op, 2),
                                  number(g, ((const struct norm_function *)op->attr)->epsilon));
    struct tensor *t =
        make_two(g, op, "Divide", make_two(g, op, "Subtract", op->in[0], along(g, op, 1)),
                 make_one(g, op, "Sqrt", "", sum));
    t = op->nin > 4 && op->in[4] ? make_two(g, op, "Multiply", t, along(g, op, 4)) : t;
    return op->nin > 3 && op->in[3] ? make_two(g, op, "Add", t, along(g, op, 3)) : t;
}

static const struct sample norm_function_samples[] = { { "5x4x3 [3] [3]@0.5:2 [3] [3]", "" },
                                                       { "5x4x3 [3] [3]@0.5:2", "" },
                                                       { NULL, NULL } };

const struct opdef batch_norm_function = {
    .name = "NormalizeBy",
    .keras_base = "batch_normalization",
    .brief = "(x - mean) / deviation * scale + offset",
    .attrs = norm_function_attrs,
    .attr_size = sizeof(struct norm_function),
    .types = REALS,
    .min_inputs = 3,
    .max_inputs = 5,
    .samples = norm_function_samples,
    .expand = expand_norm_function,
    .functions =
        "nn.batch_normalization(x, mean, variance, offset=None, scale=None, "
        "variance_epsilon:epsilon=0.001, name=None); "
        "ops.batch_normalization ops.nn.batch_normalization(x, mean, variance, axis, offset=None, "
        "scale=None, epsilon=0.001); "
        "K.batch_normalization(x, mean, var, beta=None, gamma=None, axis=-1, epsilon=0.001)",
};
