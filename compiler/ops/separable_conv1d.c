/* separable_conv1d.c - a convolution of each channel by itself, then a 1x1 convolution over the
 * channels. */
#include "ops/pooling.h"

struct separable {
    int filters, kernel_size[1], strides[1], dilation_rate[1], depth_multiplier, padding;
    bool use_bias;
};

static const struct attr attrs[] = {
    { "filters", NULL, ATTR_INT, offsetof(struct separable, filters), NULL, NULL, 0 },
    { "kernel_size", NULL, ATTR_INTS, offsetof(struct separable, kernel_size), NULL, NULL, 1 },
    { "strides", NULL, ATTR_INTS, offsetof(struct separable, strides), "1", NULL, 1 },
    { "padding", NULL, ATTR_CHOICE, offsetof(struct separable, padding), "valid", PADDINGS, 0 },
    { "data_format", NULL, ATTR_IGNORED, 0, "None", NULL, 0 },
    { "dilation_rate", NULL, ATTR_INTS, offsetof(struct separable, dilation_rate), "1", NULL, 1 },
    { "depth_multiplier", NULL, ATTR_INT, offsetof(struct separable, depth_multiplier), "1", NULL,
      0 },
    { "activation", NULL, ATTR_IGNORED, 0, "None", NULL, 0 },
    { "use_bias", NULL, ATTR_BOOL, offsetof(struct separable, use_bias), "True", NULL, 0 },
    { 0 }
};

static bool weights(struct graph *g, struct op *op)
{
    const struct separable *p = op->attr;
    if (!needs_rank(g, op, 3, "a sequence (steps, channels)")
        || !positive(g, op, "'filters'", &p->filters, 1)
        || !positive(g, op, "'kernel_size'", p->kernel_size, 1)
        || !positive(g, op, "'depth_multiplier'", &p->depth_multiplier, 1))
        return false;
    const int64_t c = op->in[0]->shape.dim[2], m = p->depth_multiplier, taps = p->kernel_size[0],
                  one = 1;
    op_weight(g, op, "depthwise_kernel", shape_of(3, (int64_t)p->kernel_size[0], c, m), INIT_KERNEL,
              taps * c, taps * m);
    op_weight(g, op, "pointwise_kernel", shape_of(3, one, c * m, (int64_t)p->filters), INIT_KERNEL,
              c * m, p->filters);
    if (p->use_bias)
        return op_weight(g, op, "bias", shape_of(1, (int64_t)p->filters), INIT_ZEROS, 0, 0);
    op_no_weight(g, op);
    return true;
}

static struct tensor *expand(struct graph *g, struct op *op)
{
    const struct separable *p = op->attr;
    struct tensor *in[3] = { as_picture(g, op), op->in[1], NULL };
    if (in[0] && p->padding == CAUSAL)
        in[0] = pad_causal(g, op, in[0], (p->kernel_size[0] - 1) * p->dilation_rate[0]);
    if (!in[0])
        return NULL;
    const char *attr = arena_printf(
        g->ctx->arena,
        "kernel_size=(%d,%d) strides=(%d,%d) padding=%s dilation_rate=(%d,%d) depth_multiplier=%d",
        1, p->kernel_size[0], 1, p->strides[0], p->padding == SAME ? "same" : "valid", 1,
        p->dilation_rate[0], p->depth_multiplier);
    const char *pointwise = arena_printf(g->ctx->arena, "filters=%d kernel_size=1", p->filters);
    struct tensor *next[3] = { op_make(g, op, "DepthwiseConv2D", attr, in, 3), op->in[2],
                               op->in[3] };
    return next[0] ? as_sequence(g, op, op_make(g, op, "Conv2D", pointwise, next, 3)) : NULL;
}

static const struct sample samples[] = { { "20x3", "filters=5, kernel_size=3, padding='same'" },
                                         { NULL, NULL } };

const struct opdef separable_conv1d = {
    .name = "SeparableConv1D",
    .aliases = "SeparableConvolution1D",
    .keras_base = "separable_conv1d",
    .brief = "convolution by channel, then over the channels",
    .attrs = attrs,
    .attr_size = sizeof(struct separable),
    .min_inputs = 1,
    .max_inputs = 1,
    .has_activation = true,
    .has_data_format = true,
    .samples = samples,
    .weights = weights,
    .expand = expand,
};
