/* trilu.c - the upper or lower triangle of matrices; the rest becomes zero. Diagonal k lies k
 * columns to the right of the main one. */
#include "ops/moves.h"
#include "ops/onnx.h"

struct trilu {
    int k;
    bool upper;
};

static const struct attr attrs[] = {
    { "k", NULL, ATTR_INT, offsetof(struct trilu, k), "0", NULL, 0 },
    { "upper", "upper", ATTR_BOOL, offsetof(struct trilu, upper), "True", NULL, 0 },
    { 0 }
};

static bool shape(struct graph *g, struct op *op)
{
    op->out->shape = op->in[0]->shape;
    return op->out->shape.rank >= 2 || op_error(g, op, "needs a matrix");
}

static void eval(const struct op *op, const double *const *in, double *out)
{
    const struct trilu *p = op->attr;
    const int64_t W = channels_of(op->out), H = width_of(op->out);
    for (int64_t i = 0; i < shape_count(&op->out->shape); i++) {
        const int64_t x = i % W, y = i / W % H;
        out[i] = (p->upper ? x - y >= p->k : x - y <= p->k) ? in[0][i] : 0;
    }
}

static bool import(struct graph *g, struct onnx_node *n)
{
    struct int_list k;
    if (!onnx_input(n, 0) || !onnx_const_ints(g, n, 1, &k))
        return onnx_input(n, 0) ? false : onnx_error(g, n, "it has no input");
    const int64_t d = k.count > 0 ? k.item[0] : 0, most = 1 << 24;
    return onnx_make(g, n, "Trilu",
                     arena_printf(g->ctx->arena, "k=%lld upper=%lld",
                                  (long long)(d > most    ? most
                                              : d < -most ? -most
                                                          : d),
                                  (long long)onnx_int(n, "upper", 1)),
                     n->in, 1);
}

#include "templates/trilu.inc"

static const struct sample samples[] = { { "4x5", "" },
                                         { "2x5x4", "k=-1 upper=False" },
                                         { "int64[3x3]", "k=1" },
                                         { "float16[1x3x4]@-2:2", "k=2 upper=False" },
                                         { NULL, NULL } };

const struct opdef trilu = {
    .name = "Trilu",
    .onnx = "Trilu",
    .import = import,
    .keras_base = "trilu",
    .brief = "the upper or lower triangle of matrices",
    .attrs = attrs,
    .attr_size = sizeof(struct trilu),
    .min_inputs = 1,
    .max_inputs = 1,
    .types = ALL_TYPES,
    .samples = samples,
    .shape = shape,
    .eval = eval,
    .emit = emit,
    .functions = "triu(x|m, k=0); tril(x|m, k=0) upper=False",
    .to_onnx = "Trilu(a, #$k, upper=$upper)",
};
