/* separable_conv2d.c - a convolution of each channel by itself, then a 1x1 convolution over the
 * channels. */
#include "ops/pooling.h"

struct separable {
    int filters, kernel_size[2], strides[2], dilation_rate[2], depth_multiplier, padding;
    bool use_bias;
};

static const struct attr attrs[] = {
    { "filters", NULL, ATTR_INT, offsetof(struct separable, filters), NULL, NULL, 0 },
    { "kernel_size", NULL, ATTR_INTS, offsetof(struct separable, kernel_size), NULL, NULL, 2 },
    { "strides", NULL, ATTR_INTS, offsetof(struct separable, strides), "1", NULL, 2 },
    { "padding", NULL, ATTR_CHOICE, offsetof(struct separable, padding), "valid", "valid same", 0 },
    { "data_format", NULL, ATTR_IGNORED, 0, "None", NULL, 0 },
    { "dilation_rate", NULL, ATTR_INTS, offsetof(struct separable, dilation_rate), "1", NULL, 2 },
    { "depth_multiplier", NULL, ATTR_INT, offsetof(struct separable, depth_multiplier), "1", NULL,
      0 },
    { "activation", NULL, ATTR_IGNORED, 0, "None", NULL, 0 },
    { "use_bias", NULL, ATTR_BOOL, offsetof(struct separable, use_bias), "True", NULL, 0 },
    { 0 }
};

static bool weights(struct graph *g, struct op *op)
{
    const struct separable *p = op->attr;
    if (!needs_rank(g, op, 4, "a picture (height, width, channels)")
        || !positive(g, op, "'filters'", &p->filters, 1)
        || !positive(g, op, "'kernel_size'", p->kernel_size, 2)
        || !positive(g, op, "'depth_multiplier'", &p->depth_multiplier, 1))
        return false;
    const int64_t c = op->in[0]->shape.dim[3], m = p->depth_multiplier,
                  taps = (int64_t)p->kernel_size[0] * p->kernel_size[1], one = 1;
    op_weight(g, op, "depthwise_kernel",
              shape_of(4, (int64_t)p->kernel_size[0], (int64_t)p->kernel_size[1], c, m),
              INIT_KERNEL, taps * c, taps * m);
    op_weight(g, op, "pointwise_kernel", shape_of(4, one, one, c * m, (int64_t)p->filters),
              INIT_KERNEL, c * m, p->filters);
    if (p->use_bias)
        return op_weight(g, op, "bias", shape_of(1, (int64_t)p->filters), INIT_ZEROS, 0, 0);
    op_no_weight(g, op);
    return true;
}

static struct tensor *expand(struct graph *g, struct op *op)
{
    const struct separable *p = op->attr;
    struct tensor *in[3] = { op->in[0], op->in[1], NULL };
    if (!in[0])
        return NULL;
    const char *attr = arena_printf(
        g->ctx->arena,
        "kernel_size=(%d,%d) strides=(%d,%d) padding=%s dilation_rate=(%d,%d) depth_multiplier=%d",
        p->kernel_size[0], p->kernel_size[1], p->strides[0], p->strides[1],
        p->padding == SAME ? "same" : "valid", p->dilation_rate[0], p->dilation_rate[1],
        p->depth_multiplier);
    const char *pointwise = arena_printf(g->ctx->arena, "filters=%d kernel_size=1", p->filters);
    struct tensor *next[3] = { op_make(g, op, "DepthwiseConv2D", attr, in, 3), op->in[2],
                               op->in[3] };
    return next[0] ? op_make(g, op, "Conv2D", pointwise, next, 3) : NULL;
}

static const struct sample samples[] = { { "9x8x3", "filters=5, kernel_size=3, padding='same'" },
                                         { NULL, NULL } };

const struct opdef separable_conv2d = {
    .name = "SeparableConv2D",
    .aliases = "SeparableConvolution2D",
    .keras_base = "separable_conv2d",
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
