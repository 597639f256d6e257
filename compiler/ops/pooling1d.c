/* pooling1d.c - average or maximum of a window along a sequence: a picture of one row. */
#include "ops/pooling.h"

struct pool1d {
    int pool_size, strides, padding;
};

static const struct attr attrs[] = {
    { "pool_size", NULL, ATTR_INTS, offsetof(struct pool1d, pool_size), "2", NULL, 1 },
    { "strides", NULL, ATTR_INTS, offsetof(struct pool1d, strides), "None", NULL, 1 },
    { "padding", NULL, ATTR_CHOICE, offsetof(struct pool1d, padding), "valid", "valid same", 0 },
    { "data_format", NULL, ATTR_IGNORED, 0, "None", NULL, 0 },
    { 0 }
};

static struct tensor *pool(struct graph *g, struct op *op, const char *pool2d)
{
    const struct pool1d *p = op->attr;
    struct tensor *in = as_picture(g, op);
    const char *attr =
        arena_printf(g->ctx->arena, "pool_size=(1,%d) strides=(1,%d) padding=%s", p->pool_size,
                     p->strides ? p->strides : p->pool_size, p->padding == SAME ? "same" : "valid");
    return in ? as_sequence(g, op, op_make(g, op, pool2d, attr, &in, 1)) : NULL;
}

static struct tensor *average(struct graph *g, struct op *op)
{
    return pool(g, op, "AveragePooling2D");
}

static struct tensor *maximum(struct graph *g, struct op *op)
{
    return pool(g, op, "MaxPooling2D");
}

static const struct sample samples[] = { { "20x3", "" }, { NULL, NULL } };

#define POOL1D \
    .attrs = attrs, .attr_size = sizeof(struct pool1d), .min_inputs = 1, .max_inputs = 1, \
        .has_data_format = true, .samples = samples

const struct opdef average_pooling1d = {
    .name = "AveragePooling1D",
    .aliases = "AvgPool1D",
    .keras_base = "average_pooling1d",
    .brief = "average of a window along a sequence",
    POOL1D,
    .expand = average,
};

const struct opdef max_pooling1d = {
    .name = "MaxPooling1D",
    .aliases = "MaxPool1D",
    .keras_base = "max_pooling1d",
    .brief = "maximum of a window along a sequence",
    POOL1D,
    .expand = maximum,
};
