/*
 * quantized_onnx.c - ONNX' operators on integers: ConvInteger, QLinearConv, MatMulInteger,
 * QLinearMatMul, and those of ONNX Runtime (QGemm, MatMulIntegerToFloat, DynamicQuantizeMatMul;
 * QLinearConcat, QLinearWhere).
 */
#include "ops/quantized.h"
#include "ops/windows.h"

#include <string.h>

enum { MOST = 7 };

static int count_inputs(struct tensor *const *in)
{
    int n = MOST;
    while (n > 0 && !in[n - 1])
        n--;
    return n;
}

static struct tensor *as_float(struct graph *g, struct onnx_node *n, struct tensor *t)
{
    return t && t->type != F32 ? op_make(g, n->from, "Cast", "to=float32", &t, 1) : t;
}

/* a * b / c, scales as they are given: numbers or lists; c NULL: a * b. */
static struct tensor *scale_product(struct graph *g, struct onnx_node *n, struct tensor *a,
                                    struct tensor *b, struct tensor *c)
{
    struct tensor *in[2] = { as_float(g, n, a), as_float(g, n, b) };
    struct tensor *product = in[0] && in[1] ? op_make(g, n->from, "Multiply", "", in, 2) : NULL;
    struct tensor *both[2] = { product, as_float(g, n, c) };
    return !product || !c ? product : both[1] ? op_make(g, n->from, "Divide", "", both, 2) : NULL;
}

/* {M} as {M, 1}: a number for each row. */
static struct tensor *for_rows(struct graph *g, struct onnx_node *n, struct tensor *t)
{
    return t && shape_count(&t->shape) > 1
               ? as_shape(g, n->from, t, shape_of(2, shape_count(&t->shape), INT64_C(1)))
               : t;
}

/* ---- convolutions ---- */

static struct tensor *conv(struct graph *g, struct onnx_node *n, struct tensor *const *in, int nin)
{
    struct tensor *x = in[0], *w = in[1], *all[MOST];
    struct onnx_window at;
    if (!x || !w || x->shape.rank < 3 || x->shape.rank > 4 || w->shape.rank != x->shape.rank) {
        onnx_error(g, n, "needs a picture or a sequence, and weights of as many axes");
        return NULL;
    }
    if (!onnx_window(g, n, x, w->shape.dim + 2, &at))
        return NULL;
    const int one = at.n == 1, *s = at.stride, *d = at.dilation;
    memcpy(all, in, (size_t)nin * sizeof *all);
    const struct shape lie =
        one ? shape_of(4, w->shape.dim[0], w->shape.dim[1], INT64_C(1), w->shape.dim[2]) : w->shape;
    struct tensor *kernel = as_shape(g, n->from, w, lie);
    all[1] = kernel ? op_make(g, n->from, "Transpose", "perm=(2,3,1,0)", &kernel, 1) : NULL;
    all[0] = onnx_channels_last(g, n, x);
    all[0] = all[0] ? with_axes(g, n->from, all[0], 2) : NULL;
    if (!all[0] || !all[1])
        return NULL;
    const char *attrs = arena_printf(
        g->ctx->arena, "strides=(%d,%d) dilation=(%d,%d) pads=((%d,%d),(%d,%d)) groups=%d",
        one ? 1 : s[0], s[1 - one], one ? 1 : d[0], d[1 - one], one ? 0 : at.before[0],
        one ? 0 : at.after[0], at.before[1 - one], at.after[1 - one], (int)onnx_int(n, "group", 1));
    struct tensor *t = op_make(g, n->from, "IntegerConv2D", attrs, all, nin);
    t = t ? without_axes(g, n->from, t, at.n) : NULL;
    return t ? onnx_channels_first(g, n, t) : NULL;
}

bool import_integer_conv(struct graph *g, struct onnx_node *n)
{
    struct tensor *in[MOST] = { onnx_input(n, 0), onnx_input(n, 1), onnx_input(n, 2),
                                onnx_input(n, 3) };
    if (strcmp(n->op_type, "QLinearConv") == 0) {
        struct tensor *all[MOST] = { in[0],
                                     onnx_input(n, 3),
                                     in[2],
                                     onnx_input(n, 5),
                                     onnx_input(n, 8),
                                     scale_product(g, n, in[1], onnx_input(n, 4), onnx_input(n, 6)),
                                     onnx_input(n, 7) };
        memcpy(in, all, sizeof in);
        if (!in[5])
            return onnx_error(g, n, "needs scales");
    }
    n->out[0] = conv(g, n, in, count_inputs(in));
    return n->out[0] != NULL;
}

/* ---- products of matrices ---- */

static bool finish(struct graph *g, struct onnx_node *n, struct tensor *const *in)
{
    if (!in[0] || !in[1])
        return onnx_error(g, n, "needs two matrices");
    n->out[0] = op_make(g, n->from, "IntegerMatMul", "", in, count_inputs(in));
    return n->out[0] != NULL;
}

/* The product as real numbers: sums times `scale`, plus `bias` where there is one. */
static bool finish_real(struct graph *g, struct onnx_node *n, struct tensor *const *in,
                        struct tensor *scale, struct tensor *bias)
{
    if (!finish(g, n, in))
        return false;
    struct tensor *both[2] = { as_float(g, n, n->out[0]), scale };
    struct tensor *t = both[0] && scale ? op_make(g, n->from, "Multiply", "", both, 2) : NULL;
    struct tensor *sum[2] = { t, bias };
    n->out[0] = t && bias ? op_make(g, n->from, "Add", "", sum, 2) : t;
    return n->out[0] != NULL;
}

static struct tensor *turned(struct graph *g, struct onnx_node *n, const char *attribute,
                             struct tensor *t)
{
    return onnx_int(n, attribute, 0) && t && t->shape.rank == 2
               ? op_make(g, n->from, "Transpose", "perm=(1,0)", &t, 1)
               : t;
}

static bool import_gemm(struct graph *g, struct onnx_node *n)
{
    struct tensor *scale =
        scale_product(g, n, onnx_input(n, 1), onnx_input(n, 4), onnx_input(n, 7));
    struct tensor *in[MOST] = { turned(g, n, "transA", onnx_input(n, 0)),
                                turned(g, n, "transB", onnx_input(n, 3)), onnx_input(n, 2),
                                onnx_input(n, 5), onnx_input(n, 6) };
    if (onnx_float(n, "alpha", 1) != 1)
        return onnx_error(g, n, "its alpha is %g; only 1 is supported", onnx_float(n, "alpha", 1));
    if (!scale)
        return onnx_error(g, n, "needs scales");
    if (in[4])
        in[4] = as_shape(g, n->from, in[4], shape_of(1, shape_count(&in[4]->shape)));
    if (!onnx_input(n, 7))
        return finish_real(g, n, in, scale, NULL);
    in[5] = scale;
    in[6] = onnx_input(n, 8);
    return finish(g, n, in);
}

/* A quantized as DynamicQuantizeLinear does, B with its scale and zero point. */
static bool import_dynamic(struct graph *g, struct onnx_node *n)
{
    struct tensor *a = onnx_input(n, 0);
    int nouts;
    struct tensor **q =
        a ? op_make_all(g, n->from, op_find("DynamicQuantizeLinear"), NULL, &a, 1, &nouts) : NULL;
    struct tensor *in[MOST] = { q ? q[0] : NULL, onnx_input(n, 1), q ? q[2] : NULL,
                                onnx_input(n, 3) };
    return q
           && finish_real(g, n, in, scale_product(g, n, q[1], onnx_input(n, 2), NULL),
                          onnx_input(n, 4));
}

bool import_integer_matmul(struct graph *g, struct onnx_node *n)
{
    struct tensor *in[MOST] = { onnx_input(n, 0), onnx_input(n, 1) };
    if (strcmp(n->op_type, "QGemm") == 0)
        return import_gemm(g, n);
    if (strcmp(n->op_type, "DynamicQuantizeMatMul") == 0)
        return import_dynamic(g, n);
    if (strcmp(n->op_type, "MatMulIntegerToFloat") == 0) {
        in[2] = onnx_input(n, 4);
        in[3] = onnx_input(n, 5);
        return finish_real(g, n, in, scale_product(g, n, onnx_input(n, 2), onnx_input(n, 3), NULL),
                           onnx_input(n, 6));
    }
    if (strcmp(n->op_type, "QLinearMatMul") == 0) {
        in[1] = onnx_input(n, 3);
        in[2] = onnx_input(n, 2);
        in[3] = onnx_input(n, 5);
        in[5] = scale_product(g, n, for_rows(g, n, onnx_input(n, 1)), onnx_input(n, 4),
                              onnx_input(n, 6));
        in[6] = onnx_input(n, 7);
        if (!in[5])
            return onnx_error(g, n, "needs scales");
    } else {
        in[2] = onnx_input(n, 2);
        in[3] = onnx_input(n, 3);
    }
    return finish(g, n, in);
}

/* ---- joins: each part first in the result's quantization ---- */

/* Inputs i to i + 2 of the node, a value with its scale and zero point, in the quantization of
 * inputs to, to + 1. NULL after an error. */
static struct tensor *requantized(struct graph *g, struct onnx_node *n, int i, int to)
{
    static const struct quantized_function none = { { NULL, NULL }, false };
    struct tensor *in[8] = {
        onnx_input(n, i),  onnx_input(n, i + 1), onnx_input(n, i + 2), NULL, NULL, NULL,
        onnx_input(n, to), onnx_input(n, to + 1)
    };
    if (!in[0] || !in[1] || !in[6]) {
        onnx_error(g, n, "needs values with their scales");
        return NULL;
    }
    return op_make_from(g, n->from, op_find("QuantizedElementwise"), &none, in, 8);
}

bool import_quantized_concat(struct graph *g, struct onnx_node *n)
{
    struct tensor **in = NEW_ARRAY(g->ctx->arena, struct tensor *, n->nin + 1);
    int nin = 0;
    if (!onnx_find(n, "axis") || n->nin < 5 || n->nin % 3 != 2)
        return onnx_error(g, n, "needs an axis, and three inputs for each part");
    for (int i = 2; i < n->nin; i += 3)
        if (!(in[nin++] = requantized(g, n, i, 0)))
            return false;
    return onnx_make(g, n, "Concatenate",
                     arena_printf(g->ctx->arena, "axis=%lld", (long long)onnx_int(n, "axis", 0)),
                     in, nin);
}

bool import_quantized_where(struct graph *g, struct onnx_node *n)
{
    struct tensor *in[3] = { onnx_input(n, 0), requantized(g, n, 1, 7), requantized(g, n, 4, 7) };
    if (!in[0])
        return onnx_error(g, n, "needs a condition");
    return in[1] && in[2] && onnx_make(g, n, "Where", "", in, 3);
}
