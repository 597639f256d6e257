/* average_pooling2d.c - average of a sliding window. */
#include "ops/pooling.h"
#include "ops/quantized.h"
#include "ops/windows.h"

static void eval(const struct op *op, const double *const *in, double *out)
{
    pool2d_eval(op, in[0], out, false);
}

static void emit(struct out *o, const struct op *op, const char *name)
{
    pool2d_emit(o, op, name, false);
}

static struct tensor *on_integers(struct graph *g, struct op *op, const struct integer_form *f)
{
    return pool_on_integers(g, op, f, ((const struct pool2d *)op->attr)->window, POOL_MEAN);
}

static const struct sample samples[] = { { "8x8x20", "" },
                                         { "9x7x3", "pool_size=3, strides=2, padding='same'" },
                                         { NULL, NULL } };

static const char *to_onnx(struct graph *g, const struct op *op)
{
    return arena_printf(
        g->ctx->arena, "first AveragePool(a^first, %s)",
        windows_to_onnx(g->ctx->arena, ((const struct pool2d *)op->attr)->window, 2));
}

const struct opdef average_pooling2d = {
    .name = "AveragePooling2D",
    .aliases = "AvgPool2D",
    .keras_base = "average_pooling2d",
    .brief = "average of a sliding window",
    .attrs = pool2d_attrs,
    .attr_size = sizeof(struct pool2d),
    .per_picture = true,
    .min_inputs = 1,
    .max_inputs = 1,
    .has_data_format = true,
    .samples = samples,
    .absorbs = true,
    .shape = pool2d_shape,
    .eval = eval,
    .on_integers = on_integers,
    .rows = pool2d_rows,
    .emit = emit,
    .onnx = "AveragePool",
    .import = import_pool,
    .to_onnx_for = to_onnx,
};
