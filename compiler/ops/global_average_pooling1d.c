/* global_average_pooling1d.c - average over all pixels, for pictures, sequences and volumes. */
#include "ops/pooling.h"

static void eval(const struct op *op, const double *const *in, double *out)
{
    global_pool_eval(op, in[0], out, false);
}

static void emit(struct out *o, const struct op *op, const char *name)
{
    global_pool_emit(o, op, name, false);
}

/* The average over the steps that count. */
static struct tensor *masked(struct graph *g, struct op *op, struct tensor *const *masks)
{
    const char *axes = ((const struct global_pool *)op->attr)->keepdims
                           ? "kind=sum axes=(1,) keepdims=True"
                           : "kind=sum axes=(1,)";
    struct tensor *m = make_one(g, op, "ExpandDims", "axis=-1", masks[0]), *x = op->in[0];
    struct tensor *const choice[3] = { m, x, make_number(g, x->type, 0) };
    struct tensor *sum =
        m ? make_one(g, op, "Reduce", axes, op_make(g, op, "Where", "", choice, 3)) : NULL;
    struct tensor *count =
        make_one(g, op, "Reduce", axes, make_one(g, op, "Cast", "to=float32", m));
    return make_two(g, op, "Divide", sum, count);
}

static const struct sample samples[] = { { "5x7x20", "" },
                                         { "6x3", "keepdims=True" },
                                         { NULL, NULL } };

static const char *to_onnx(struct graph *g, const struct op *op)
{
    return global_pool_to_onnx(g, op, "GlobalAveragePool");
}

const struct opdef global_average_pooling1d = {
    .name = "GlobalAveragePooling1D",
    .aliases = "GlobalAvgPool1D",
    .keras_base = "global_average_pooling1d",
    .brief = "average over all pixels",
    .attrs = global_pool_attrs,
    .attr_size = sizeof(struct global_pool),
    .per_picture = true,
    .min_inputs = 1,
    .max_inputs = 1,
    .has_data_format = true,
    .samples = samples,
    .absorbs = true,
    .masked = masked,
    .shape = global_pool_shape,
    .eval = eval,
    .emit = emit,
    .to_onnx_for = to_onnx,
};
