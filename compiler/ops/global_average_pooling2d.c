/* global_average_pooling2d.c - average over all pixels, for pictures, sequences and volumes. */
#include "ops/pooling.h"
#include "ops/quantized.h"
#include "ops/windows.h"

static void eval(const struct op *op, const double *const *in, double *out)
{
    global_pool_eval(op, in[0], out, false);
}

static void emit(struct out *o, const struct op *op, const char *name)
{
    global_pool_emit(o, op, name, false);
}

static struct tensor *on_integers(struct graph *g, struct op *op, const struct integer_form *f)
{
    const struct shape *s = &op->in[0]->shape, *r = &op->out->shape;
    if (s->rank != 4)
        return NULL;
    const struct window w[2] = { { .kernel = (int)s->dim[1], .stride = 1, .dilation = 1 },
                                 { .kernel = (int)s->dim[2], .stride = 1, .dilation = 1 } };
    struct tensor *t = pool_on_integers(g, op, f, w, POOL_GLOBAL_MEAN);
    const char *attrs =
        r->rank == 2 ? arena_printf(g->ctx->arena, "shape=(%d,%d)", (int)r->dim[0], (int)r->dim[1])
                     : NULL;
    return t && attrs ? make_at(g, op->index + 1, op, "View", attrs, &t, 1) : t;
}

static const struct sample samples[] = { { "5x7x20", "" },
                                         { "6x3", "keepdims=True" },
                                         { NULL, NULL } };

static const char *to_onnx(struct graph *g, const struct op *op)
{
    return global_pool_to_onnx(g, op, "GlobalAveragePool");
}

const struct opdef global_average_pooling2d = {
    .name = "GlobalAveragePooling2D",
    .aliases = "GlobalAvgPool2D",
    .keras_base = "global_average_pooling2d",
    .brief = "average over all pixels",
    .attrs = global_pool_attrs,
    .attr_size = sizeof(struct global_pool),
    .per_picture = true,
    .min_inputs = 1,
    .max_inputs = 1,
    .has_data_format = true,
    .samples = samples,
    .absorbs = true,
    .on_integers = on_integers,
    .shape = global_pool_shape,
    .eval = eval,
    .emit = emit,
    .onnx = "GlobalAveragePool",
    .import = import_global_pool,
    .to_onnx_for = to_onnx,
};
