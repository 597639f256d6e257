/* conv1d.c - convolution along a sequence: a picture of one row. */
#include "ops/pooling.h"

struct conv1d {
    int filters, kernel_size, strides, dilation_rate, groups, padding;
    bool use_bias;
};

static const struct attr attrs[] = {
    { "filters", NULL, ATTR_INT, offsetof(struct conv1d, filters), NULL, NULL, 0 },
    { "kernel_size", NULL, ATTR_INTS, offsetof(struct conv1d, kernel_size), NULL, NULL, 1 },
    { "strides", NULL, ATTR_INTS, offsetof(struct conv1d, strides), "1", NULL, 1 },
    { "padding", NULL, ATTR_CHOICE, offsetof(struct conv1d, padding), "valid", PADDINGS, 0 },
    { "data_format", NULL, ATTR_IGNORED, 0, "None", NULL, 0 },
    { "dilation_rate", NULL, ATTR_INTS, offsetof(struct conv1d, dilation_rate), "1", NULL, 1 },
    { "groups", NULL, ATTR_INT, offsetof(struct conv1d, groups), "1", NULL, 0 },
    { "activation", NULL, ATTR_IGNORED, 0, "None", NULL, 0 },
    { "use_bias", NULL, ATTR_BOOL, offsetof(struct conv1d, use_bias), "True", NULL, 0 },
    { 0 }
};

static bool weights(struct graph *g, struct op *op)
{
    const struct conv1d *p = op->attr;
    if (!needs_rank(g, op, 3, "a sequence (steps, channels)")
        || !positive(g, op, "'filters'", &p->filters, 1)
        || !positive(g, op, "'groups'", &p->groups, 1)
        || !positive(g, op, "'kernel_size'", &p->kernel_size, 1))
        return false;
    const int64_t c = op->in[0]->shape.dim[2], ci = c / p->groups, k = p->kernel_size;
    if (c % p->groups || p->filters % p->groups)
        return op_error(
            g, op, "'groups' is %d, but must divide both the %d input channels and the %d filters",
            p->groups, (int)c, p->filters);
    op_weight(g, op, "kernel", shape_of(3, k, ci, (int64_t)p->filters), INIT_KERNEL, k * ci,
              k * p->filters);
    if (p->use_bias)
        return op_weight(g, op, "bias", shape_of(1, (int64_t)p->filters), INIT_ZEROS, 0, 0);
    op_no_weight(g, op);
    return true;
}

static struct tensor *expand(struct graph *g, struct op *op)
{
    const struct conv1d *p = op->attr;
    struct tensor *in[3] = { as_picture(g, op), op->in[1], op->in[2] };
    if (in[0] && p->padding == CAUSAL)
        in[0] = pad_causal(g, op, in[0], (p->kernel_size - 1) * p->dilation_rate);
    if (!in[0])
        return NULL;
    const char *attr = arena_printf(
        g->ctx->arena,
        "filters=%d kernel_size=(1,%d) strides=(1,%d) padding=%s dilation_rate=(1,%d) groups=%d",
        p->filters, p->kernel_size, p->strides, p->padding == SAME ? "same" : "valid",
        p->dilation_rate, p->groups);
    return as_sequence(g, op, op_make(g, op, "Conv2D", attr, in, 3));
}

static const struct sample samples[] = { { "20x3", "filters=5, kernel_size=3, padding='causal'" },
                                         { NULL, NULL } };

const struct opdef conv1d = {
    .name = "Conv1D",
    .aliases = "Convolution1D AtrousConvolution1D AtrousConv1D",
    .keras_base = "conv1d",
    .brief = "convolution along a sequence",
    .attrs = attrs,
    .attr_size = sizeof(struct conv1d),
    .min_inputs = 1,
    .max_inputs = 1,
    .has_data_format = true,
    .has_activation = true,
    .samples = samples,
    .weights = weights,
    .expand = expand,
};
