/*
 * cast.c - the same values as another element type. To whole numbers: truncated towards 0,
 * saturated where out of range (C leaves that open), NaN to 0; between whole numbers: wrapped as in
 * C; to bool: is it other than 0? Half floats are kept as their bits.
 */
#include "ops/common.h"
#include "ops/onnx.h"

#include <math.h>
#include <string.h>

#define TYPES                                                                                      \
    "float32 float16 bfloat16 float64 int8 int16 int32 int64 uint8 uint16 uint32 uint64 bool"

struct cast {
    int to;
};

static const struct attr attrs[] = {
    { "to", NULL, ATTR_CHOICE, offsetof(struct cast, to), NULL, TYPES, 0 }, { 0 }
};

static bool shape(struct graph *g, struct op *op)
{
    op->out->type = (enum dtype)((const struct cast *)op->attr)->to;
    op->out->shape = op->in[0]->shape;
    (void)g;
    return true;
}

static void eval(const struct op *op, const double *const *in, double *out)
{
    const enum dtype from = op->in[0]->type, to = op->out->type;
    for (int64_t i = 0; i < shape_count(&op->out->shape); i++) {
        const double a = in[0][i];
        out[i] = to == BOOL   ? a != 0
                 : to <= F64  ? a
                 : from > F64 ? wrap_integer(to, a)
                 : isnan(a)   ? 0
                              : trunc(a);
    }
}

/* C of the value `a` of type `from` (no half float) as the type `to`. */
static const char *conversion(struct out *o, enum dtype from, enum dtype to)
{
    static const char *const limits[DTYPES] = {
        [I8] = "INT8",  [I16] = "INT16",  [I32] = "INT32",  [I64] = "INT64",
        [U8] = "UINT8", [U16] = "UINT16", [U32] = "UINT32", [U64] = "UINT64"
    };
    const char *type = c_type(to), *real = c_type(from);
    if (to == BOOL)
        return "a != 0";
    if (to == F16 || to == BF16)
        return arena_printf(o->arena, "%s((float)a)", to == F16 ? "half_bits" : "bfloat_bits");
    if (to <= F64 || from > F64)
        return arena_printf(o->arena, "(%s)a", type);
    const char *least = to > I64 ? "0" : arena_printf(o->arena, "%s_MIN", limits[to]);
    return arena_printf(o->arena,
                        "a <= (%s)%s ? %s : a >= (%s)%s_MAX ? %s_MAX : a == a ? (%s)a : 0", real,
                        least, least, real, limits[to], limits[to], type);
}

#include "templates/cast.inc"

/* Cast names the type by its number (by its name up to opset 5), CastLike by another tensor. */
static bool import(struct graph *g, struct onnx_node *node)
{
    const struct onnx_attribute *to = onnx_find(node, "to");
    const struct tensor *like = strcmp(node->op_type, "CastLike") == 0 ? onnx_input(node, 1) : NULL;
    enum dtype type = F32;
    onnx_find(node, "saturate"); /* of 8-bit floats, which have no type here */
    onnx_find(node, "round_mode");
    if (like)
        type = like->type;
    else if (!to || to->value.kind != ITEM_INT || !onnx_dtype(to->value.i, &type))
        return onnx_error(g, node, "it gives an element type that cnnc does not have (to=%lld)",
                          to ? (long long)to->value.i : 0);
    return onnx_make(g, node, "Cast", arena_printf(g->ctx->arena, "to=%s", dtype_name(type)),
                     node->in, 1);
}

static const struct sample samples[] = { { "33", "to=int32" },
                                         { "33@-300:300", "to=int8" },
                                         { "33@-9:300", "to=uint8" },
                                         { "int32[33]@-999:999", "to=uint8" },
                                         { "33", "to=bool" },
                                         { "int32[33]@-9:9", "to=float32" },
                                         { "33", "to=float64" },
                                         { "uint8[33]@0:255", "to=bool" },
                                         { "33", "to=float16" },
                                         { "float16[33]", "to=float32" },
                                         { "bfloat16[33]", "to=float32" },
                                         { "33", "to=bfloat16" },
                                         { "33@-1e10:1e10", "to=int64" },
                                         { NULL, NULL } };

static const char *to_onnx(struct graph *g, const struct op *op)
{
    return arena_printf(g->ctx->arena, "Cast(a, to=%d)", onnx_data_type(op->out->type));
}

const struct opdef cast = {
    .name = "Cast",
    .onnx = "Cast CastLike",
    .import = import,
    .keras_base = "cast",
    .brief = "the same values as another element type",
    .attrs = attrs,
    .attr_size = sizeof(struct cast),
    .min_inputs = 1,
    .max_inputs = 1,
    .types = ALL_TYPES,
    .samples = samples,
    .shape = shape,
    .eval = eval,
    .emit = emit,
    .functions = "cast saturate_cast(x, dtype:to)",
    .to_onnx_for = to_onnx,
};
