/* depthwise_conv1d.c - convolution of each channel by itself along a sequence: a picture of one
 * row. */
#include "ops/pooling.h"

struct depthwise1d {
    int kernel_size, strides, dilation_rate, depth_multiplier, padding;
    bool use_bias;
};

static const struct attr attrs[] = {
    { "kernel_size", NULL, ATTR_INTS, offsetof(struct depthwise1d, kernel_size), NULL, NULL, 1 },
    { "strides", NULL, ATTR_INTS, offsetof(struct depthwise1d, strides), "1", NULL, 1 },
    { "padding", NULL, ATTR_CHOICE, offsetof(struct depthwise1d, padding), "valid", PADDINGS, 0 },
    { "depth_multiplier", NULL, ATTR_INT, offsetof(struct depthwise1d, depth_multiplier), "1", NULL,
      0 },
    { "data_format", NULL, ATTR_IGNORED, 0, "None", NULL, 0 },
    { "dilation_rate", NULL, ATTR_INTS, offsetof(struct depthwise1d, dilation_rate), "1", NULL, 1 },
    { "activation", NULL, ATTR_IGNORED, 0, "None", NULL, 0 },
    { "use_bias", NULL, ATTR_BOOL, offsetof(struct depthwise1d, use_bias), "True", NULL, 0 },
    { 0 }
};

static bool weights(struct graph *g, struct op *op)
{
    const struct depthwise1d *p = op->attr;
    if (!needs_rank(g, op, 3, "a sequence (steps, channels)")
        || !positive(g, op, "'kernel_size'", &p->kernel_size, 1)
        || !positive(g, op, "'depth_multiplier'", &p->depth_multiplier, 1))
        return false;
    const int64_t c = op->in[0]->shape.dim[2], k = p->kernel_size, m = p->depth_multiplier;
    op_weight(g, op, "kernel", shape_of(3, k, c, m), INIT_KERNEL, k * c, k * m);
    if (p->use_bias)
        return op_weight(g, op, "bias", shape_of(1, c * m), INIT_ZEROS, 0, 0);
    op_no_weight(g, op);
    return true;
}

static struct tensor *expand(struct graph *g, struct op *op)
{
    const struct depthwise1d *p = op->attr;
    struct tensor *in[3] = { as_picture(g, op), op->in[1], op->in[2] };
    if (in[0] && p->padding == CAUSAL)
        in[0] = pad_causal(g, op, in[0], (p->kernel_size - 1) * p->dilation_rate);
    if (!in[0])
        return NULL;
    const char *attr = arena_printf(
        g->ctx->arena,
        "kernel_size=(1,%d) strides=(1,%d) padding=%s dilation_rate=(1,%d) depth_multiplier=%d",
        p->kernel_size, p->strides, p->padding == SAME ? "same" : "valid", p->dilation_rate,
        p->depth_multiplier);
    return as_sequence(g, op, op_make(g, op, "DepthwiseConv2D", attr, in, 3));
}

static const struct sample samples[] = { { "20x3", "kernel_size=3, padding='same'" },
                                         { NULL, NULL } };

const struct opdef depthwise_conv1d = {
    .name = "DepthwiseConv1D",
    .keras_base = "depthwise_conv1d",
    .brief = "convolution of each channel along a sequence",
    .attrs = attrs,
    .attr_size = sizeof(struct depthwise1d),
    .min_inputs = 1,
    .max_inputs = 1,
    .has_data_format = true,
    .has_activation = true,
    .samples = samples,
    .weights = weights,
    .expand = expand,
};
