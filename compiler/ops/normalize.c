/*
 * normalize.c - normalisation by the input's own mean and variance: layer, group, instance and RMS
 * normalisation.
 *
 * The core op sees its input as `outer` blocks of `n` pixels of `channels` values; each block's
 * channels fall into `groups`, and each group of a block is brought to mean 0 and variance 1 and
 * then scaled and shifted by channel. Layer normalisation has one pixel and one group, instance
 * normalisation has as many groups as channels.
 */
#include "ops/common.h"
#include "ops/onnx.h"
#include "ops/onnx_runtime.h"

#include <math.h>
#include <string.h>

/* the numbers: shape() */
struct normalize {
    int outer_axes, channel_axes, groups;
    double epsilon;
    bool centred;
    int64_t outer, n, channels;
};

static const struct attr attrs[] = {
    /* so many leading axes: blocks on their own */
    { "outer_axes", NULL, ATTR_INT, offsetof(struct normalize, outer_axes), "1", NULL, 0 },
    /* so many trailing axes: the channels */
    { "channel_axes", NULL, ATTR_INT, offsetof(struct normalize, channel_axes), "1", NULL, 0 },
    { "groups", NULL, ATTR_INT, offsetof(struct normalize, groups), "1", NULL, 0 },
    { "epsilon", NULL, ATTR_FLOAT, offsetof(struct normalize, epsilon), "0.001", NULL, 0 },
    /* False: by the root of the mean square */
    { "centred", NULL, ATTR_BOOL, offsetof(struct normalize, centred), "True", NULL, 0 },
    { 0 }
};

static bool shape(struct graph *g, struct op *op)
{
    struct normalize *p = op->attr;
    const struct shape *s = &op->in[0]->shape;
    op->out->shape = *s;
    p->outer = p->n = p->channels = 1;
    for (int d = 0; d < s->rank; d++)
        *(d < p->outer_axes                ? &p->outer
          : d >= s->rank - p->channel_axes ? &p->channels
                                           : &p->n) *= s->dim[d];
    if (p->groups < 1 || p->channels % p->groups)
        return op_error(g, op, "%lld channels do not fall into %d groups", (long long)p->channels,
                        p->groups);
    for (int i = 1; i < op->nin && i < 3; i++)
        if (op->in[i] && shape_count(&op->in[i]->shape) != p->channels)
            return op_error(g, op, "has %lld channels, but parameters of %s",
                            (long long)p->channels, shape_text(g->ctx->arena, &op->in[i]->shape));
    return true;
}

static void eval(const struct op *op, const double *const *in, double *out)
{
    const struct normalize *p = op->attr;
    const int64_t K = p->channels / p->groups;
    for (int64_t block = 0; block < p->outer * p->groups; block++) {
        const int64_t start = block / p->groups * p->n * p->channels + block % p->groups * K;
        double mean = 0, square = 0;
        for (int64_t i = 0; i < p->n * K && p->centred; i++)
            mean += in[0][start + i / K * p->channels + i % K] / (double)(p->n * K);
        for (int64_t i = 0; i < p->n * K; i++) {
            const double x = in[0][start + i / K * p->channels + i % K] - mean;
            square += x * x / (double)(p->n * K);
        }
        for (int64_t i = 0; i < p->n * K; i++) {
            const int64_t at = start + i / K * p->channels + i % K,
                          k = block % p->groups * K + i % K;
            const double y = (in[0][at] - mean) / sqrt(square + p->epsilon);
            out[at] =
                (op->nin > 1 && in[1] ? y * in[1][k] : y) + (op->nin > 2 && in[2] ? in[2][k] : 0);
        }
    }
}

/*
 * Pictures {N, C, d...} normalised along d... are pictures {N, d..., C} with as many groups as
 * channels: where the transposition leaves one axis that is kept at the end, behind all that are
 * normalised.
 */
static bool take_transpose(struct graph *g, struct op *op, const int *perm, int *result)
{
    struct normalize *p = op->attr;
    const int rank = op->in[0]->shape.rank, kept = p->outer_axes;
    bool normalised[MAX_RANK] = { false };
    int64_t channels = 1;
    (void)g;
    for (int i = 1; i < op->nin; i++)
        if (op->in[i])
            return false;
    for (int i = 0; i < rank; i++) {
        normalised[perm[i]] = i >= kept;
        channels = perm[i] == rank - 1 ? op->in[0]->shape.dim[i] : channels;
        result[i] = perm[i];
    }
    if (kept < 2 || kept >= rank || p->groups != 1 || normalised[rank - 1])
        return false;
    for (int i = 0; i < rank - 1; i++)
        if (normalised[i] != (i >= kept - 1))
            return false;
    p->outer_axes = kept - 1;
    p->channel_axes = 1;
    p->groups = (int)channels;
    return true;
}

/* "const float *gamma, const float *beta, " */
static const char *parameters_of(const struct op *op)
{
    const bool gamma = op->nin > 1 && op->in[1], beta = op->nin > 2 && op->in[2];
    return gamma && beta ? "const float *gamma, const float *beta, "
           : gamma       ? "const float *gamma, "
           : beta        ? "const float *beta, "
                         : "";
}

/* A scale and shift by channel behind it. */
static bool affine_after(struct graph *g, struct op *op, const float *scale, const float *shift)
{
    const struct normalize *p = op->attr;
    const int64_t C = p->channels;
    struct tensor *in[3] = { op->in[0], NULL, NULL };
    for (int i = 1; i < op->nin; i++)
        in[i] = op->in[i];
    if (C != channels_of(op->out) || (in[1] && !in[1]->data) || (in[2] && !in[2]->data))
        return false;
    struct tensor *gamma = new_constant(g, op, "gamma", shape_of(1, C)),
                  *beta = new_constant(g, op, "beta", shape_of(1, C));
    for (int64_t k = 0; k < C; k++) {
        writable(gamma)[k] = (in[1] ? floats(in[1])[k] : 1.0f) * scale[k];
        writable(beta)[k] = (in[2] ? floats(in[2])[k] : 0.0f) * scale[k] + shift[k];
    }
    op->in = NEW_ARRAY(g->ctx->arena, struct tensor *, 4);
    op->in[0] = in[0];
    op->in[1] = gamma;
    op->in[2] = beta;
    op->nin = 3;
    return true;
}

#include "templates/normalize.inc"

static const struct sample samples[] = { { "5x4x19", "outer_axes=3" },
                                         { "5x37 [37]!", "outer_axes=2" },
                                         { "5x37 [37]! [37]!", "outer_axes=2" },
                                         { "5x4x6 [24]! -", "outer_axes=2 channel_axes=2" },
                                         { "5x4x12 [12]! [12]!", "groups=3" },
                                         { "5x4x19 [19]! [19]!", "groups=19" },
                                         { "5x4x130 [130]! [130]!", "groups=13" },
                                         { "5x4x3 - [3]!", "groups=1" },
                                         { "5x40 [40]!",
                                           "outer_axes=2 centred=False epsilon=1e-6" },
                                         { "5x4x6", "groups=2 centred=False" },
                                         { "19x17x4 [4]! [4]!", "groups=2" },
                                         { "20x211", "outer_axes=1 channel_axes=2" },
                                         { NULL, NULL } };

static const char *to_onnx(struct graph *g, const struct op *op)
{
    struct arena *a = g->ctx->arena;
    const struct normalize *p = op->attr;
    const int rank = op->out->shape.rank;
    const char *shape = "", *axes = "";
    for (int d = p->outer_axes; d < rank; d++) {
        shape = arena_printf(a, "%s%lld,", shape, (long long)op->out->shape.dim[d]);
        axes = arena_printf(a, "%s%d,", axes, d);
    }
    const bool layer = p->outer_axes + p->channel_axes == rank && p->groups == 1,
               gamma = op->nin > 1 && op->in[1], beta = op->nin > 2 && op->in[2];
    if (layer && p->centred)
        return arena_printf(a, "LayerNormalization(a, %s, %s, axis=%d, epsilon=$epsilon)",
                            gamma ? arena_printf(a, "b:[%s]", shape)
                                  : arena_printf(a, "Expand(1.0, [%s])", shape),
                            beta ? arena_printf(a, "c:[%s]", shape) : "-", p->outer_axes);
    if (layer) {
        const char *y = arena_printf(
            a, "Div(a, Sqrt(Add(ReduceMean(Mul(a, a), [%s], keepdims=1), $epsilon)))", axes);
        y = gamma ? arena_printf(a, "Mul(%s, b:[%s])", y, shape) : y;
        return beta ? arena_printf(a, "Add(%s, c:[%s])", y, shape) : y;
    }
    if (!p->centred || p->outer_axes != 1 || p->channel_axes != 1 || rank < 3)
        return NULL;
    const char *b = gamma ? "b" : arena_printf(a, "Expand(1.0, [%lld])", (long long)p->channels);
    const char *c = beta ? "c" : arena_printf(a, "Expand(0.0, [%lld])", (long long)p->channels);
    return p->groups == p->channels ? arena_printf(
               a, "first InstanceNormalization(a^first, %s, %s, epsilon=$epsilon)", b, c)
                                    : arena_printf(a,
                                                   "first GroupNormalization(a^first, %s, %s, "
                                                   "num_groups=$groups, epsilon=$epsilon)",
                                                   b, c);
}

const struct opdef normalize = {
    .name = "Normalize",
    .keras_base = "normalize",
    .brief = "to mean 0 and variance 1 by groups of channels",
    .attrs = attrs,
    .attr_size = sizeof(struct normalize),
    .min_inputs = 1,
    .max_inputs = 3,
    .samples = samples,
    .shape = shape,
    .eval = eval,
    .emit = emit,
    .affine_after = affine_after,
    .take_transpose = take_transpose,
    .moved_inputs = 1,
    .to_onnx_for = to_onnx,
};

/* ---- layers of Keras ---- */

struct norm_layer {
    struct int_list axis;
    int groups;
    double epsilon;
    bool center, scale, rms_scaling;
};

#define NORM_AXIS { "axis", NULL, ATTR_LIST, offsetof(struct norm_layer, axis), "-1", NULL, 0 }
#define NORM_EPSILON(absent)                                                                       \
    {                                                                                              \
        "epsilon", NULL, ATTR_FLOAT, offsetof(struct norm_layer, epsilon), absent, NULL, 0         \
    }
#define NORM_CENTER_SCALE \
    { "center", NULL, ATTR_BOOL, offsetof(struct norm_layer, center), "True", NULL, 0 }, \
    { \
        "scale", NULL, ATTR_BOOL, offsetof(struct norm_layer, scale), "True", NULL, 0 \
    }

static const struct attr layer_attrs[] = {
    NORM_AXIS,
    NORM_EPSILON("0.001"),
    NORM_CENTER_SCALE,
    { "rms_scaling", NULL, ATTR_BOOL, offsetof(struct norm_layer, rms_scaling), "False", NULL, 0 },
    { 0 }
};
static const struct attr group_attrs[] = { { "groups", NULL, ATTR_INT,
                                             offsetof(struct norm_layer, groups), "32", NULL, 0 },
                                           NORM_AXIS,
                                           NORM_EPSILON("0.001"),
                                           NORM_CENTER_SCALE,
                                           { 0 } };
static const struct attr rms_attrs[] = { NORM_AXIS, NORM_EPSILON("1e-6"), { 0 } };

/* The axes, sorted; false after an error. */
static bool axes_in(struct graph *g, const struct op *op, bool *marked, int *count)
{
    const struct int_list *axis = &((const struct norm_layer *)op->attr)->axis;
    const int rank = op->in[0]->shape.rank;
    memset(marked, 0, MAX_RANK * sizeof *marked);
    *count = 0;
    for (int i = 0; i < axis->count; i++) {
        const int64_t a = axis->item[i] < 0 ? axis->item[i] + rank : axis->item[i];
        if (a < 0 || a >= rank)
            return op_error(g, op, "there is no axis %lld in a tensor of rank %d",
                            (long long)axis->item[i], rank);
        *count += !marked[a];
        marked[a] = true;
    }
    return true;
}

static bool some_weights(struct graph *g, struct op *op, struct shape s, bool scale, bool center,
                         const char *scale_name)
{
    if (!scale)
        op_no_weight(g, op);
    else if (!op_weight(g, op, scale_name, s, INIT_ONES, 0, 0))
        return false;
    if (!center)
        op_no_weight(g, op);
    return !center || op_weight(g, op, "beta", s, INIT_ZEROS, 0, 0);
}

static bool layer_weights(struct graph *g, struct op *op)
{
    const struct norm_layer *p = op->attr;
    bool marked[MAX_RANK];
    int count;
    struct shape s = { 0 };
    if (!axes_in(g, op, marked, &count))
        return false;
    for (int d = 0; d < op->in[0]->shape.rank; d++)
        if (marked[d])
            s.dim[s.rank++] = op->in[0]->shape.dim[d];
    const bool rms = p->rms_scaling || strcmp(op->def->name, "RMSNormalization") == 0;
    return some_weights(g, op, s, p->scale || rms, p->center && !rms,
                        strcmp(op->def->name, "RMSNormalization") == 0 ? "scale" : "gamma");
}

static bool group_weights(struct graph *g, struct op *op)
{
    struct norm_layer *p = op->attr;
    bool marked[MAX_RANK];
    int count, axis = 0;
    if (!axes_in(g, op, marked, &count))
        return false;
    while (axis < MAX_RANK - 1 && !marked[axis])
        axis++;
    if (count != 1)
        return op_error(g, op, "normalises groups along one axis, not %d", count);
    return some_weights(g, op, shape_of(1, op->in[0]->shape.dim[axis]), p->scale, p->center,
                        "gamma");
}

/* The marked axes are moved to the end (back: from there), the order among the others stays. */
static struct tensor *moved(struct graph *g, struct op *op, struct tensor *t, const bool *marked,
                            bool back)
{
    const int n = op->in[0]->shape.rank;
    int perm[MAX_RANK], k = 0;
    const char *text = "";
    for (int pass = 0; pass < 2; pass++)
        for (int d = 0; d < n; d++)
            if (marked[d] == (pass == 1))
                perm[k++] = d;
    bool moves = false;
    for (int d = 0; d < n; d++) {
        int at = perm[d];
        for (int i = 0; back && i < n; i++)
            at = perm[i] == d ? i : at;
        moves |= perm[d] != d;
        text = arena_printf(g->ctx->arena, "%s%d,", text, at);
    }
    return !moves || !t
               ? t
               : op_make(g, op, "Transpose", arena_printf(g->ctx->arena, "perm=(%s)", text), &t, 1);
}

static struct tensor *normalized(struct graph *g, struct op *op, const bool *marked,
                                 const char *how)
{
    struct tensor *in[3] = { moved(g, op, op->in[0], marked, false), op->nin > 1 ? op->in[1] : NULL,
                             op->nin > 2 ? op->in[2] : NULL };
    return in[0] ? moved(g, op,
                         op_make(g, op, "Normalize", how, in,
                                 in[2]   ? 3
                                 : in[1] ? 2
                                         : 1),
                         marked, true)
                 : NULL;
}

static struct tensor *expand_layer(struct graph *g, struct op *op)
{
    const struct norm_layer *p = op->attr;
    const bool rms = op->def->attrs == rms_attrs;
    bool marked[MAX_RANK];
    int count;
    if (!axes_in(g, op, marked, &count))
        return NULL;
    return normalized(
        g, op, marked,
        arena_printf(g->ctx->arena, "outer_axes=%d channel_axes=%d epsilon=%.17g centred=%s",
                     op->in[0]->shape.rank - count, count, p->epsilon, rms ? "False" : "True"));
}

static struct tensor *expand_group(struct graph *g, struct op *op)
{
    const struct norm_layer *p = op->attr;
    bool marked[MAX_RANK];
    int count, axis = 0;
    if (!axes_in(g, op, marked, &count))
        return NULL;
    while (axis < MAX_RANK - 1 && !marked[axis])
        axis++;
    const int64_t channels = op->in[0]->shape.dim[axis],
                  groups = p->groups == -1 ? channels : p->groups;
    if (groups < 1 || channels % groups) {
        op_error(g, op, "%lld channels do not fall into %lld groups; 'groups' must divide them",
                 (long long)channels, (long long)groups);
        return NULL;
    }
    return normalized(
        g, op, marked,
        arena_printf(g->ctx->arena, "groups=%lld epsilon=%.17g", (long long)groups, p->epsilon));
}

/* ---- ONNX ---- */

static const char *how_text(struct graph *g, const struct onnx_node *node, int outer, int channel,
                            int64_t groups, bool centred)
{
    return arena_printf(
        g->ctx->arena, "outer_axes=%d channel_axes=%d groups=%lld epsilon=%.17g centred=%s", outer,
        channel, (long long)groups, onnx_float(node, "epsilon", 1e-5), centred ? "True" : "False");
}

static struct tensor *made(struct graph *g, const struct onnx_node *node, const char *name,
                           const char *with, struct tensor *a, struct tensor *b)
{
    return a ? op_make(g, node->from, name, with, (struct tensor *[]){ a, b }, b ? 2 : 1) : NULL;
}

/*
 * LayerNormalization and RMSNormalization (ONNX Runtime's SimplifiedLayerNormalization): all axes
 * from `axis` on; the mean and 1 / deviation are further results.
 */
static bool import_layer(struct graph *g, struct onnx_node *node)
{
    struct tensor *x = onnx_input(node, 0),
                  *in[3] = { x, onnx_input(node, 1), onnx_input(node, 2) };
    const bool centred = strcmp(node->op_type, "LayerNormalization") == 0;
    const int rank = x ? x->shape.rank : 0;
    const int64_t given = onnx_int(node, "axis", -1), axis = given < 0 ? given + rank : given;
    const char *axes = "";
    if (*node->domain)
        return import_skip_norm(g, node, import_layer);
    onnx_find(node, "stash_type");
    if (!x || axis < 0 || axis >= rank)
        return onnx_error(g, node, "there is no axis %lld in its input", (long long)given);
    int64_t channels = 1;
    for (int64_t d = axis; d < rank; d++) {
        axes = arena_printf(g->ctx->arena, "%s%lld,", axes, (long long)d);
        channels *= x->shape.dim[d];
    }
    bool fits = true;
    for (int i = 1; i < 3; i++)
        fits = fits && (!in[i] || shape_count(&in[i]->shape) == channels);
    const char *how = how_text(g, node, (int)axis, rank - (int)axis, 1, centred);
    struct tensor *t = op_make(g, node->from, "Normalize", how, in,
                               !fits   ? 1
                               : in[2] ? 3
                               : in[1] ? 2
                                       : 1);
    for (int i = 1; i < 3 && !fits && t; i++)
        t = in[i] ? made(g, node, i == 1 ? "Multiply" : "Add", "", t, in[i]) : t;
    node->out[0] = t;
    if (node->nout > 1 && t) {
        struct tensor *mean =
            made(g, node, "Reduce",
                 arena_printf(g->ctx->arena, "kind=mean keepdims=True axes=(%s)", axes), x, NULL);
        struct tensor *variance = made(
            g, node, "ReduceComposed",
            arena_printf(g->ctx->arena, "kind=variance keepdims=True axes=(%s)", axes), x, NULL);
        struct tensor *epsilon =
            graph_constant(g, graph_unique(g, "epsilon"), F32, (struct shape){ 0 }, NULL);
        dtype_set(F32, epsilon->data, 0, onnx_float(node, "epsilon", 1e-5));
        node->out[1] = mean;
        if (node->nout > 2)
            node->out[2] = variance ? made(g, node, "Rsqrt", "",
                                           made(g, node, "Add", "", variance, epsilon), NULL)
                                    : NULL;
    }
    return t != NULL;
}

/* What a tensor {N, groups, n} was before it was seen so, {N, C, d...} with C a multiple of the
 * groups; else NULL. */
static struct tensor *before_grouping(struct tensor *x)
{
    const struct op *op = x->producer;
    const struct shape *s =
        op && op->def->is_view && !op->def->is_identity ? &op->in[0]->shape : NULL;
    const bool groups = s && x->shape.rank == 3 && s->rank >= 3 && s->dim[0] == x->shape.dim[0]
                        && s->dim[1] % x->shape.dim[1] == 0;
    return groups && s->dim[1] > x->shape.dim[1] ? op->in[0] : NULL;
}

/*
 * GroupNormalization (scale by group up to opset 20) and InstanceNormalization: channels are
 * axis 1. Exporters write the former as the latter of groups that a Reshape makes channels: that is
 * taken back, and the Reshape behind it meets ours.
 */
static bool import_group(struct graph *g, struct onnx_node *node)
{
    struct tensor *x = onnx_input(node, 0),
                  *in[3] = { NULL, onnx_input(node, 1), onnx_input(node, 2) }, *whole = NULL;
    const bool instance = strcmp(node->op_type, "InstanceNormalization") == 0;
    const int rank = x ? x->shape.rank : 0;
    onnx_find(node, "stash_type");
    if (rank < 2)
        return onnx_error(g, node, "its input needs a batch and channels");
    const struct shape seen = x->shape;
    const int64_t groups = instance ? x->shape.dim[1] : onnx_int(node, "num_groups", 1);
    if (instance && (whole = before_grouping(x)) != NULL)
        x = whole;
    const int64_t channels = x->shape.dim[1];
    if (groups < 1 || channels % groups)
        return onnx_error(g, node, "%lld channels do not fall into %lld groups",
                          (long long)channels, (long long)groups);
    for (int i = 1; i < 3; i++)
        /* each group's number for all of its channels */
        if (in[i] && shape_count(&in[i]->shape) == groups && groups != channels) {
            struct tensor *ones = graph_constant(g, graph_unique(g, "ones"), in[i]->type,
                                                 shape_of(2, groups, channels / groups), NULL);
            for (int64_t k = 0; k < channels; k++)
                dtype_set(ones->type, ones->data, k, 1);
            in[i] =
                made(g, node, "View",
                     arena_printf(g->ctx->arena, "shape=(%lld,1)", (long long)groups), in[i], NULL);
            in[i] = made(g, node, "Multiply", "", in[i], ones);
            in[i] =
                made(g, node, "View",
                     arena_printf(g->ctx->arena, "shape=(%lld)", (long long)channels), in[i], NULL);
        }
    in[0] = onnx_channels_last(g, node, x);
    struct tensor *t =
        in[0] ? op_make(g, node->from, "Normalize", how_text(g, node, 1, 1, groups, true), in,
                        in[2]   ? 3
                        : in[1] ? 2
                                : 1)
              : NULL;
    t = t ? onnx_channels_first(g, node, t) : NULL;
    if (t && whole)
        t = made(g, node, "View",
                 arena_printf(g->ctx->arena, "shape=(%lld,%lld,%lld)", (long long)seen.dim[0],
                              (long long)seen.dim[1], (long long)seen.dim[2]),
                 t, NULL);
    node->out[0] = t;
    return t != NULL;
}

static const struct sample layer_samples[] = { { "5x4x19", "" },
                                               { "5x37", "center=False" },
                                               { "5x4x6", "axis=(2,3)" },
                                               { "5x4x6", "axis=1 scale=False" },
                                               { NULL, NULL } };
static const struct sample group_samples[] = { { "5x4x12", "groups=3" },
                                               { "5x4x12", "groups=-1" },
                                               { "6x4x5", "groups=2 axis=1" },
                                               { "12", "groups=3" },
                                               { NULL, NULL } };
static const struct sample rms_samples[] = {
    { "5x4x19", "" }, { "5x37", "" }, { "5x4x6", "axis=(2,3)" }, { NULL, NULL }
};

const struct opdef layer_normalization = {
    .name = "LayerNormalization",
    .mask = keep_mask,
    .onnx = "LayerNormalization RMSNormalization SimplifiedLayerNormalization "
            "com.microsoft:SkipLayerNormalization "
            "com.microsoft:SkipSimplifiedLayerNormalization",
    .keras_base = "layer_normalization",
    .brief = "to mean 0 and variance 1 along axes",
    .attrs = layer_attrs,
    .attr_size = sizeof(struct norm_layer),
    .min_inputs = 1,
    .max_inputs = 1,
    .samples = layer_samples,
    .weights = layer_weights,
    .expand = expand_layer,
    .import = import_layer,
};

const struct opdef group_normalization = {
    .name = "GroupNormalization",
    .mask = keep_mask,
    .onnx = "GroupNormalization InstanceNormalization",
    .keras_base = "group_normalization",
    .brief = "to mean 0 and variance 1 by groups of channels",
    .attrs = group_attrs,
    .attr_size = sizeof(struct norm_layer),
    .min_inputs = 1,
    .max_inputs = 1,
    .samples = group_samples,
    .weights = group_weights,
    .expand = expand_group,
    .import = import_group,
};

const struct opdef rms_normalization = {
    .name = "RMSNormalization",
    .keras_base = "rms_normalization",
    .brief = "to mean square 1 along axes",
    .attrs = rms_attrs,
    .attr_size = sizeof(struct norm_layer),
    .min_inputs = 1,
    .max_inputs = 1,
    .samples = rms_samples,
    .weights = layer_weights,
    .expand = expand_layer,
};

/* The same as functions, of which gamma, beta and scale are inputs. */
const struct opdef layer_normalization_function = {
    .name = "LayerNormalizationOf",
    .keras_base = "layer_normalization",
    .brief = "to mean 0 and variance 1 along axes",
    .attrs = layer_attrs,
    .attr_size = sizeof(struct norm_layer),
    .min_inputs = 1,
    .max_inputs = 3,
    .samples = layer_samples,
    .expand = expand_layer,
    .functions = "ops.layer_normalization ops.nn.layer_normalization(x, gamma=None, beta=None, "
                 "axis=-1, epsilon=1e-7)",
};

const struct opdef rms_normalization_function = {
    .name = "RMSNormalizationOf",
    .keras_base = "rms_normalization",
    .brief = "to mean square 1 along axes",
    .attrs = rms_attrs,
    .attr_size = sizeof(struct norm_layer),
    .min_inputs = 1,
    .max_inputs = 2,
    .samples = rms_samples,
    .expand = expand_layer,
    .functions =
        "ops.rms_normalization ops.nn.rms_normalization(x, scale=None, axis=-1, epsilon=1e-7)",
};
