/* copy.c - the same values in another place: where a kernel wants margins around rows that its input cannot have. */
#include "ops/common.h"

static bool shape(struct graph *g, struct op *op)
{
    (void)g;
    op->out->shape = op->in[0]->shape;
    return true;
}

static void eval(const struct op *op, const double *const *in, double *out)
{
    for (int64_t i = 0; i < shape_count(&op->out->shape); i++)
        out[i] = in[0][i];
}

static void emit_vector(struct out *o, const struct op *op)
{
    (void)o;
    (void)op;
}

static const struct sample samples[] = { { "5x4x3", "" }, { NULL, NULL } };

const struct opdef copy = {
    .name = "Copy", .onnx = "Identity", .keras_base = "copy", .brief = "the same values in another place", .samples = samples,
    .min_inputs = 1, .max_inputs = 1, .shape = shape, .eval = eval, .elementwise = true, .emit_vector = emit_vector,
};
