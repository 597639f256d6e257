/* softmax.c - exp(x) / sum of exp(x) along the last axis, the maximum taken off first so that nothing overflows. */
#include "ops/common.h"

#include <math.h>

struct softmax { int axis; };

static const struct attr attrs[] = { { "axis", "axis", ATTR_INT, offsetof(struct softmax, axis), "-1", NULL, 0 }, { 0 } };

static bool shape(struct graph *g, struct op *op)
{
    const int axis = ((const struct softmax *)op->attr)->axis;
    if (axis != -1 && axis != op->in[0]->shape.rank - 1)
        return op_error(g, op, "works along axis %d; only the last one (-1) is supported", axis);
    op->out->shape = op->in[0]->shape;
    return true;
}

static void eval(const struct op *op, const double *const *in, double *out)
{
    const int64_t C = channels_of(op->out), rows = shape_count(&op->out->shape) / C;
    for (int64_t r = 0; r < rows; r++) {
        double most = in[0][r * C], sum = 0;
        for (int64_t k = 1; k < C; k++)
            most = in[0][r * C + k] > most ? in[0][r * C + k] : most;
        for (int64_t k = 0; k < C; k++)
            sum += out[r * C + k] = exp(in[0][r * C + k] - most);
        for (int64_t k = 0; k < C; k++)
            out[r * C + k] /= sum;
    }
}

#include "templates/softmax.inc"

static const struct sample samples[] = { { "10", "" }, { "3x4x5", "" }, { NULL, NULL } };

const struct opdef softmax = {
    .name = "Softmax", .onnx = "Softmax", .keras_base = "softmax", .activation = "softmax", .brief = "exp(x) / sum of exp(x)", .attrs = attrs,
    .attr_size = sizeof(struct softmax), .min_inputs = 1, .max_inputs = 1, .samples = samples, .shape = shape, .eval = eval, .emit = emit,
};
