/* global_max_pooling3d.c - maximum over all pixels, for pictures, sequences and volumes. */
#include "ops/pooling.h"

static void eval(const struct op *op, const double *const *in, double *out)
{
    global_pool_eval(op, in[0], out, true);
}

static void emit(struct out *o, const struct op *op, const char *name)
{
    global_pool_emit(o, op, name, true);
}

static const struct sample samples[] = { { "5x7x20", "" },
                                         { "6x3", "keepdims=True" },
                                         { NULL, NULL } };

static const char *to_onnx(struct graph *g, const struct op *op)
{
    return global_pool_to_onnx(g, op, "GlobalMaxPool");
}

const struct opdef global_max_pooling3d = {
    .name = "GlobalMaxPooling3D",
    .aliases = "GlobalMaxPool3D",
    .keras_base = "global_max_pooling3d",
    .brief = "maximum over all pixels",
    .attrs = global_pool_attrs,
    .attr_size = sizeof(struct global_pool),
    .per_picture = true,
    .min_inputs = 1,
    .max_inputs = 1,
    .has_data_format = true,
    .samples = samples,
    .absorbs = true,
    .shape = global_pool_shape,
    .eval = eval,
    .emit = emit,
    .to_onnx_for = to_onnx,
};
