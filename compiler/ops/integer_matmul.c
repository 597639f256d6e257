/*
 * integer_matmul.c - product of matrices of 8-bit numbers with exact 32-bit sums, and the way back
 * to 8 bits.
 *
 *     sum[r][n] = bias[n] + sum over i of (a[r][i] - a zero[r]) * (b[i][n] - b zero[n])
 *     out       = sum, or with a scale  saturate(round(sum * scale) + out zero), ties to even
 *
 * Axes before the last two are repeated as NumPy does. scale is a scale * b scale / out scale: one,
 * one for each column, {M, 1} or {M, N}.
 */
#include "ops/onnx.h"
#include "ops/quantized.h"

enum { IN_A, IN_B, IN_ZERO, IN_B_ZERO, IN_BIAS, IN_SCALE, IN_OUT_ZERO, INPUTS };

struct integer_matmul {
    int low, high;
}; /* the result is kept within, where low < high */

static const struct attr attrs[] = {
    { "low", NULL, ATTR_INT, offsetof(struct integer_matmul, low), "0", NULL, 0 },
    { "high", NULL, ATTR_INT, offsetof(struct integer_matmul, high), "0", NULL, 0 },
    { 0 }
};

struct sizes {
    int64_t M, K, N;
};

static struct sizes sizes_of(const struct op *op)
{
    const struct shape *a = &op->in[IN_A]->shape, *b = &op->in[IN_B]->shape;
    return (struct sizes){ a->rank > 1 ? a->dim[a->rank - 2] : 1, a->dim[a->rank - 1],
                           b->rank > 1 ? b->dim[b->rank - 1] : 1 };
}

static bool scale_fits(struct graph *g, const struct op *op, const struct sizes *s)
{
    const struct tensor *t = optional_input(op, IN_SCALE);
    const int64_t n = t ? shape_count(&t->shape) : 1;
    const bool rows = t && t->shape.rank == 2 && t->shape.dim[0] == s->M
                      && (t->shape.dim[1] == 1 || t->shape.dim[1] == s->N);
    return n == 1 || n == s->N || rows
           || op_error(g, op, "its scale has %d values for %d x %d results", (int)n, (int)s->M,
                       (int)s->N);
}

static bool shape(struct graph *g, struct op *op)
{
    const struct shape *a = &op->in[IN_A]->shape, *b = &op->in[IN_B]->shape;
    if (op->in[IN_B]->type != I8 && op->in[IN_B]->type != U8)
        return op_error(g, op, "its second matrix is %s, not 8-bit",
                        dtype_name(op->in[IN_B]->type));
    if (a->rank < 1 || b->rank < 2)
        return op_error(g, op, "needs matrices, not %s and %s", shape_text(g->ctx->arena, a),
                        shape_text(g->ctx->arena, b));
    const struct sizes s = sizes_of(op);
    if (b->dim[b->rank - 2] != s.K)
        return op_error(g, op, "%s and %s cannot be multiplied", shape_text(g->ctx->arena, a),
                        shape_text(g->ctx->arena, b));
    struct shape r = { .rank = 0 };
    const int batch = (a->rank > b->rank ? a->rank : b->rank) - 2;
    for (int d = 0; d < batch; d++) {
        const int i = d - (batch + 2 - a->rank), j = d - (batch + 2 - b->rank);
        const int64_t m = i >= 0 ? a->dim[i] : 1, n = j >= 0 ? b->dim[j] : 1;
        if (m != n && m != 1 && n != 1)
            return op_error(g, op, "%s and %s cannot be multiplied", shape_text(g->ctx->arena, a),
                            shape_text(g->ctx->arena, b));
        r.dim[r.rank++] = m == 1 ? n : m;
    }
    if (a->rank > 1)
        r.dim[r.rank++] = s.M;
    r.dim[r.rank++] = s.N;
    op->out->shape = r;
    op->out->type = !optional_input(op, IN_SCALE)     ? I32
                    : optional_input(op, IN_OUT_ZERO) ? op->in[IN_OUT_ZERO]->type
                                                      : U8;
    return is_one_or(g, op, IN_ZERO, "first zero point", s.M)
           && is_one_or(g, op, IN_B_ZERO, "second zero point", s.N)
           && is_one_or(g, op, IN_BIAS, "bias", s.N) && scale_fits(g, op, &s)
           && is_one_or(g, op, IN_OUT_ZERO, "output's zero point", 1);
}

/* Number of the matrix of input i that goes into matrix `m` of the result. */
static int64_t matrix_of(const struct op *op, int i, int64_t m)
{
    const struct shape *from = &op->in[i]->shape, *to = &op->out->shape;
    const int batch = to->rank - (op->in[IN_A]->shape.rank > 1 ? 2 : 1);
    int64_t at = 0, step = 1;
    for (int d = batch - 1; d >= 0; d--) {
        const int j = d - (batch + 2 - from->rank);
        const int64_t n = j >= 0 && j < from->rank - 2 ? from->dim[j] : 1;
        at += n > 1 ? m % to->dim[d] * step : 0;
        m /= to->dim[d];
        step *= n;
    }
    return at;
}

static int64_t matrices(const struct op *op)
{
    const struct sizes s = sizes_of(op);
    return s.M > 0 && s.N > 0 ? shape_count(&op->out->shape) / (s.M * s.N) : 0;
}

static void eval(const struct op *op, const double *const *in, double *out)
{
    const struct integer_matmul *p = op->attr;
    const struct sizes s = sizes_of(op);
    const struct tensor *scale = optional_input(op, IN_SCALE);
    for (int64_t i = 0; i < shape_count(&op->out->shape); i++) {
        const int64_t n = i % s.N, r = i / s.N % s.M, m = i / s.N / s.M;
        const double *a = in[IN_A] + (matrix_of(op, IN_A, m) * s.M + r) * s.K,
                     *b = in[IN_B] + matrix_of(op, IN_B, m) * s.K * s.N + n;
        double sum = optional_at(op, in, IN_BIAS, n);
        for (int64_t k = 0; k < s.K; k++)
            sum += (a[k] - optional_at(op, in, IN_ZERO, r))
                   * (b[k * s.N] - optional_at(op, in, IN_B_ZERO, n));
        if (scale) {
            const int64_t at = scale->shape.rank < 2      ? n
                               : scale->shape.dim[1] == 1 ? r
                                                          : r * s.N + n;
            sum = quantized_value((float)sum * (float)optional_at(op, in, IN_SCALE, at),
                                  optional_at(op, in, IN_OUT_ZERO, 0), lowest_of(op->out->type),
                                  highest_of(op->out->type));
        }
        out[i] = p->low < p->high ? sum < p->low ? p->low : sum > p->high ? p->high : sum : sum;
    }
}

static int64_t macs(const struct op *op)
{
    return shape_count(&op->out->shape) * sizes_of(op).K;
}

static const char *scale_text(struct out *o, const struct op *op)
{
    const struct tensor *t = optional_input(op, IN_SCALE);
    const char *at = t->shape.rank < 2 ? "k + i"
                     : t->shape.dim[1] == 1
                         ? "r"
                         : arena_printf(o->arena, "r * %lld + k + i", (long long)sizes_of(op).N);
    return optional_value(o, op, IN_SCALE, "scale", at);
}

/* "0, 27, 54": where the matrices of input i begin that go into those of the result. */
static const char *indices(struct out *o, const struct op *op, int i, int64_t count, int64_t size)
{
    const char *text = "";
    for (int64_t m = 0; m < count; m++)
        text = arena_printf(o->arena, "%s%s%lld", text, m ? ", " : "",
                            (long long)(matrix_of(op, i, m) * size));
    return text;
}

#include "templates/integer_matmul.inc"

static const struct sample samples[] = {
    { "uint8[3x7] int8[7x5]! uint8[]@99!", "" },
    { "uint8[3x7] uint8[7x37] uint8[1] uint8[37] int32[37] float32[37]@0.001:0.004 uint8[]@90",
      "" },
    { "int8[2x3x9] int8[9x4]! int8[]@-3! - int32[4]! float32[]@0.003! int8[]@5!",
      "low=-20, high=90" },
    { "int8[2x1x3x9] int8[4x9x33] int8[3] int8[33] - float32[3x33]@0.001:0.004 int8[]@5", "" },
    { "int8[70] int8[70x65]! - - int32[65]! float32[65]@.001!", "" },
    { NULL, NULL }
};

static const char *to_onnx(struct graph *g, const struct op *op)
{
    struct arena *a = g->ctx->arena;
    const struct integer_matmul *p = op->attr;
    const char *zero = optional_input(op, IN_ZERO) ? "c" : "0";
    const char *b_zero =
        optional_input(op, IN_B_ZERO)
            ? "d"
            : arena_printf(a, "Cast(0, to=%d)", onnx_data_type(op->in[IN_B]->type));
    const struct tensor *scale = optional_input(op, IN_SCALE);
    if (p->low < p->high || (scale && (optional_input(op, IN_BIAS) || scale->shape.rank > 1)))
        return NULL;
    if (!scale)
        return arena_printf(a,
                            optional_input(op, IN_BIAS) ? "Add(MatMulInteger(a, b, %s, %s), e)"
                                                        : "MatMulInteger(a, b, %s, %s)",
                            zero, b_zero);
    const char *to = optional_input(op, IN_OUT_ZERO)
                         ? "g"
                         : arena_printf(a, "Cast(0, to=%d)", onnx_data_type(op->out->type));
    return arena_printf(a, "QLinearMatMul(a, Cast(1, to=1), %s, b, f, %s, Cast(1, to=1), %s)", zero,
                        b_zero, to);
}

const struct opdef integer_matmul = {
    .name = "IntegerMatMul",
    .onnx = "MatMulInteger QLinearMatMul com.microsoft:QGemm com.microsoft:MatMulIntegerToFloat "
            "com.microsoft:DynamicQuantizeMatMul",
    .brief = "product of matrices of 8-bit numbers with exact sums",
    .attrs = attrs,
    .attr_size = sizeof(struct integer_matmul),
    .min_inputs = 2,
    .max_inputs = INPUTS,
    .types = TYPE(I8) | TYPE(U8),
    .samples = samples,
    .shape = shape,
    .eval = eval,
    .emit = emit,
    .macs = macs,
    .import = import_integer_matmul,
    .to_onnx_for = to_onnx,
};
