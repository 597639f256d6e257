/* bit_cast.c - the same bits as another element type of the same size. */
#include "ops/common.h"
#include "ops/onnx.h"

#define TYPES                                                                                      \
    "float32 float16 bfloat16 float64 int8 int16 int32 int64 uint8 uint16 uint32 uint64 bool"

struct bit_cast {
    int to;
};

static const struct attr attrs[] = {
    { "to", NULL, ATTR_CHOICE, offsetof(struct bit_cast, to), NULL, TYPES, 0 }, { 0 }
};

static bool shape(struct graph *g, struct op *op)
{
    const enum dtype from = op->in[0]->type,
                     to = (enum dtype)((const struct bit_cast *)op->attr)->to;
    op->out->type = to;
    op->out->shape = op->in[0]->shape;
    return dtype_size(from) == dtype_size(to)
           || op_error(g, op, "%s and %s have different sizes", dtype_name(from), dtype_name(to));
}

static void eval(const struct op *op, const double *const *in, double *out)
{
    for (int64_t i = 0; i < shape_count(&op->out->shape); i++) {
        unsigned char bits[8];
        dtype_set(op->in[0]->type, bits, 0, in[0][i]);
        out[i] = dtype_get(op->out->type, bits, 0);
    }
}

static bool import(struct graph *g, struct onnx_node *n)
{
    enum dtype to;
    if (!onnx_dtype(onnx_int(n, "to", 0), &to))
        return onnx_error(g, n, "its attribute 'to' is %lld, a type that cnnc does not have",
                          (long long)onnx_int(n, "to", 0));
    return onnx_make(g, n, "BitCast", arena_printf(g->ctx->arena, "to=%s", dtype_name(to)), n->in,
                     1);
}

#include "templates/bit_cast.inc"

static const struct sample samples[] = { { "5x3", "to=int32" },
                                         { "int8[7]@-9:9", "to=uint8" },
                                         { NULL, NULL } };

static const char *to_onnx(struct graph *g, const struct op *op)
{
    return arena_printf(g->ctx->arena, "BitCast@26(a, to=%d)", onnx_data_type(op->out->type));
}

const struct opdef bit_cast = {
    .name = "BitCast",
    .onnx = "BitCast",
    .keras_base = "bit_cast",
    .brief = "the same bits as another element type",
    .attrs = attrs,
    .attr_size = sizeof(struct bit_cast),
    .min_inputs = 1,
    .max_inputs = 1,
    .types = ALL_TYPES,
    .samples = samples,
    .shape = shape,
    .eval = eval,
    .import = import,
    .emit = emit,
    .to_onnx_for = to_onnx,
};
