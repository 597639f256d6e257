/* relu.c - max(0, x). */
#include "ops/common.h"

#include <math.h>

static bool shape(struct graph *g, struct op *op)
{
    (void)g;
    op->out->shape = op->in[0]->shape;
    return true;
}

static void eval(const struct op *op, const double *const *in, double *out)
{
    for (int64_t i = 0; i < shape_count(&op->out->shape); i++) {
        const double x = in[0][i];
        out[i] = x > 0 ? x : 0;
    }
}

static void emit_vector(struct out *o, const struct op *op)
{
    (void)op;
    put_string(o, "v = larger(v, set(0.0f));\n");
}

static const struct sample samples[] = { { "5x4x3", "" }, { "33", "" }, { NULL, NULL } };

const struct opdef relu = {
    .name = "ReLU", .keras_base = "re_lu", .brief = "max(0, x)", .samples = samples, .activation = "relu",
    .min_inputs = 1, .max_inputs = 1, .shape = shape, .eval = eval, .elementwise = true, .emit_vector = emit_vector,
};
