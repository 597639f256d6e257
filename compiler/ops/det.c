/* det.c - determinants of square matrices, the last two axes, by Gaussian elimination with row
 * exchanges. */
#include "ops/common.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static bool shape(struct graph *g, struct op *op)
{
    const struct shape *s = &op->in[0]->shape;
    if (s->rank < 2 || s->dim[s->rank - 1] != s->dim[s->rank - 2])
        return op_error(g, op, "needs square matrices, not %s", shape_text(g->ctx->arena, s));
    op->out->shape = *s;
    op->out->shape.rank -= 2;
    return true;
}

static double determinant(double *m, int64_t n)
{
    double d = 1;
    for (int64_t k = 0; k < n; k++) {
        int64_t most = k;
        for (int64_t i = k + 1; i < n; i++)
            most = fabs(m[i * n + k]) > fabs(m[most * n + k]) ? i : most;
        for (int64_t j = 0; most != k && j < n; j++) {
            const double x = m[k * n + j];
            m[k * n + j] = m[most * n + j];
            m[most * n + j] = x;
        }
        d *= most == k ? m[k * n + k] : -m[k * n + k];
        for (int64_t i = k + 1; m[k * n + k] != 0 && i < n; i++) {
            const double factor = m[i * n + k] / m[k * n + k];
            for (int64_t j = k; j < n; j++)
                m[i * n + j] -= factor * m[k * n + j];
        }
    }
    return d;
}

static void eval(const struct op *op, const double *const *in, double *out)
{
    const int64_t n = channels_of(op->in[0]), count = shape_count(&op->out->shape);
    double *m = calloc((size_t)(n * n) + 1, sizeof *m);
    if (!m)
        die("out of memory");
    for (int64_t i = 0; i < count; i++) {
        memcpy(m, in[0] + i * n * n, (size_t)(n * n) * sizeof *m);
        out[i] = determinant(m, n);
    }
    free(m);
}

#include "templates/det.inc"

static const struct sample samples[] = {
    { "[3x3]", "" }, { "[2x5x5]", "" }, { "[1x1]", "" }, { "float64[2x2]", "" }, { NULL, NULL }
};

const struct opdef det = {
    .name = "Det",
    .onnx = "Det",
    .keras_base = "det",
    .brief = "determinants",
    .types = REALS,
    .min_inputs = 1,
    .max_inputs = 1,
    .samples = samples,
    .shape = shape,
    .eval = eval,
    .emit = emit,
    .functions = "det(x|a|input)",
};
