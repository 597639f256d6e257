/* maximum.c - elementwise maximum of two or more tensors of one shape. */
#include "ops/common.h"

static bool shape(struct graph *g, struct op *op)
{
    for (int i = 1; i < op->nin; i++)
        if (!shape_equal(&op->in[0]->shape, &op->in[i]->shape))
            return op_error(g, op, "takes tensors of one shape: %s and %s", shape_text(g->ctx->arena, &op->in[0]->shape),
                            shape_text(g->ctx->arena, &op->in[i]->shape));
    op->out->shape = op->in[0]->shape;
    return true;
}

static void eval(const struct op *op, const double *const *in, double *out)
{
    for (int64_t i = 0; i < shape_count(&op->out->shape); i++) {
        const double a = in[0][i], b = in[1][i];
        out[i] = a > b ? a : b;
    }
}

static void emit_vector(struct out *o, const struct op *op)
{
    (void)op;
    put_string(o, "v = larger(v, other);\n");
}

static const struct sample samples[] = { { "5x4x3 5x4x3", "" }, { NULL, NULL } };

const struct opdef maximum = {
    .name = "Maximum", .onnx = "Max", .keras_base = "maximum", .brief = "elementwise maximum", .min_inputs = 2, .max_inputs = 2, .samples = samples, .commutes = true,
    .shape = shape, .eval = eval, .elementwise = true, .emit_vector = emit_vector,
    .functions = "layers.maximum(*inputs); maximum(x|x1, y|x2)",
};
