/*
 * quantize_linear.c - to and from quantized numbers: one scale and zero point for the tensor, for
 * each index of an axis, or for each block.
 *
 *     QuantizeLinear     y = saturate(round(x / scale) + zero), ties to even
 *     DequantizeLinear   y = (x - zero) * scale
 */
#include "ops/onnx.h"
#include "ops/quantized.h"

#include <string.h>

struct quantize {
    int axis, block_size, type;
    struct scales scales;
};

#define INTEGER_TYPES "uint8 int8 uint16 int16 int32"

static const enum dtype integer_types[] = { U8, I8, U16, I16, I32 };

static const struct attr attrs[] = {
    { "axis", NULL, ATTR_INT, offsetof(struct quantize, axis), "1", NULL, 0 },
    { "block_size", NULL, ATTR_INT, offsetof(struct quantize, block_size), "0", NULL, 0 },
    { "type", NULL, ATTR_CHOICE, offsetof(struct quantize, type), "uint8", INTEGER_TYPES, 0 },
    { 0 }
};

static const struct tensor *zero_of(const struct op *op)
{
    return op->nin > 2 ? op->in[2] : NULL;
}

static bool check(struct graph *g, struct op *op)
{
    struct quantize *p = op->attr;
    if (op->in[1]->type != F32)
        return op_error(g, op, "its scale is %s, not float32", dtype_name(op->in[1]->type));
    return find_scales(g, op, &op->in[0]->shape, op->in[1], zero_of(op), p->axis, p->block_size,
                       &p->scales);
}

static bool quantize_shape(struct graph *g, struct op *op)
{
    const struct quantize *p = op->attr;
    op->out->shape = op->in[0]->shape;
    op->out->type = zero_of(op) ? zero_of(op)->type : integer_types[p->type];
    if (!(QUANTIZED_TYPES & TYPE(op->out->type)))
        return op_error(g, op, "does not quantize to %s", dtype_name(op->out->type));
    return check(g, op);
}

static void quantize_eval(const struct op *op, const double *const *in, double *out)
{
    const struct quantize *p = op->attr;
    const double low = lowest_of(op->out->type), high = highest_of(op->out->type);
    for (int64_t i = 0; i < shape_count(&op->out->shape); i++) {
        const int64_t k = scale_index(&p->scales, i);
        out[i] = quantized_value((float)in[0][i] / (float)in[1][k], zero_of(op) ? in[2][k] : 0, low,
                                 high);
    }
}

static bool dequantize_shape(struct graph *g, struct op *op)
{
    op->out->shape = op->in[0]->shape;
    op->out->type = F32;
    return check(g, op);
}

static void dequantize_eval(const struct op *op, const double *const *in, double *out)
{
    const struct quantize *p = op->attr;
    for (int64_t i = 0; i < shape_count(&op->out->shape); i++) {
        const int64_t k = scale_index(&p->scales, i);
        out[i] = (double)((float)(in[0][i] - (zero_of(op) ? in[2][k] : 0)) * (float)in[1][k]);
    }
}

/* Scales of one axis go where the axis goes; blocks stay. */
static bool take_transpose(struct graph *g, struct op *op, const int *perm, int *result)
{
    struct quantize *p = op->attr;
    const int rank = op->in[0]->shape.rank;
    if (p->scales.blocked)
        return false;
    (void)g;
    if (!p->scales.single)
        p->axis = perm[p->axis < 0 ? p->axis + rank : p->axis];
    for (int i = 0; i < rank; i++)
        result[i] = perm[i];
    return true;
}

static const struct quantization *quantization(struct graph *g, const struct op *op)
{
    const struct quantize *p = op->attr;
    const int64_t n = shape_count(&op->in[1]->shape);
    if (p->scales.blocked)
        return NULL;
    float *scale = NEW_ARRAY(g->ctx->arena, float, n);
    int32_t *zero = NEW_ARRAY(g->ctx->arena, int32_t, n);
    for (int64_t i = 0; i < n; i++) {
        scale[i] = floats(op->in[1])[i];
        zero[i] = zero_of(op) ? (int32_t)dtype_get(zero_of(op)->type, zero_of(op)->data, i) : 0;
    }
    struct quantization *q = NEW(g->ctx->arena, struct quantization);
    *q = (struct quantization){ (int)n, p->axis, scale, zero, op->in[0]->type };
    return q;
}

/* ---- ONNX: scales as half floats are float32 here; the result of dequantizing has their type - */

static bool import(struct graph *g, struct onnx_node *n)
{
    const bool down = strcmp(n->op_type, "QuantizeLinear") == 0;
    struct tensor *in[3] = { onnx_input(n, 0), onnx_input(n, 1), onnx_input(n, 2) };
    struct quantize attr = { .axis = (int)onnx_int(n, "axis", 1),
                             .block_size = (int)onnx_int(n, "block_size", 0) };
    const int64_t data_type = onnx_int(n, "output_dtype", 0);
    enum dtype to = U8;
    if (!in[0] || !in[1])
        return onnx_error(g, n, "needs an input and a scale");
    const enum dtype real = in[1]->type;
    onnx_int(n, "saturate", 1);
    onnx_int(n, "precision", 0);
    if (data_type && !onnx_dtype(data_type, &to))
        return onnx_error(g, n, "its output_dtype %d is not supported", (int)data_type);
    for (int i = 0; i < 5 && down; i++)
        if (integer_types[i] == to)
            attr.type = i;
    if (down && data_type && integer_types[attr.type] != to)
        return onnx_error(g, n, "does not quantize to %s", dtype_name(to));
    for (int i = 0; i < 2; i++)
        if (in[i]->type == F16 || in[i]->type == BF16 || in[i]->type == F64
            || (down && i == 0 && in[i]->type != F32))
            in[i] = op_make(g, n->from, "Cast", "to=float32", &in[i], 1);
    struct tensor *t = op_make_from(g, n->from, op_find(n->op_type), &attr, in, in[2] ? 3 : 2);
    if (!down && t) {
        if (data_type)
            t = to == F32 ? t
                          : op_make(g, n->from, "Cast",
                                    arena_printf(g->ctx->arena, "to=%s", dtype_name(to)), &t, 1);
        else if (real != F32)
            t = op_make(g, n->from, "Cast", arena_printf(g->ctx->arena, "to=%s", dtype_name(real)),
                        &t, 1);
    }
    n->out[0] = t;
    return t != NULL;
}

/* Text of the index of element (o, a, n)'s scale. */
static const char *index_text(struct out *o, const struct scales *s)
{
    if (s->single)
        return "0";
    if (!s->blocked)
        return "a";
    const int64_t blocks = (s->axis + s->block - 1) / s->block;
    return arena_printf(o->arena, "(o * %lld + a / %lld) * %lld + n", (long long)blocks,
                        (long long)s->block, (long long)s->inner);
}

#include "templates/quantize_linear.inc"

static const struct sample quantize_samples[] = {
    { "float32[77]@-9:9 float32[]@0.05", "" },
    { "float32[77]@-9:9 float32[]@0.05! int8[]@-3!", "" },
    { "float32[2x3x5]@-2000:2000 float32[3]@0.02:0.2 int16[3]@-5:5", "" },
    { "float32[2x3x5]@-9:9 float32[2x2x5]@0.02:0.2! uint16[2x2x5]@0:300!", "axis=1, block_size=2" },
    { "float32[1x3x5]@-9:9 float32[3]@0.02:0.2! uint8[3]!", "axis=-2" },
    { "float32[4x6]@-9:9 float32[4x2]@0.02:0.2!", "axis=1, block_size=3, type=int16" },
    { NULL, NULL }
};

static const struct sample dequantize_samples[] = {
    { "uint8[77] float32[]@0.05 uint8[]", "" },
    { "int8[2x3x5] float32[3]@0.02:0.2! int8[3]!", "" },
    { "int16[2x4x5] float32[2x2x5]@0.02:0.2 int16[2x2x5]", "block_size=2" },
    { "int32[33] float32[]@0.01!", "" },
    { "uint16[2x3] float32[3]@0.02:0.2! uint16[3]", "axis=-1" },
    { NULL, NULL }
};

static const char *to_onnx(struct graph *g, const struct op *op)
{
    const struct quantize *p = op->attr;
    const bool down = strcmp(op->def->onnx, "QuantizeLinear") == 0;
    const char *type =
        down && !zero_of(op) && op->out->type != U8
            ? arena_printf(g->ctx->arena, ", output_dtype=%d", onnx_data_type(op->out->type))
            : "";
    return arena_printf(g->ctx->arena, "%s(a, b, c, axis=%d%s%s)", op->def->onnx,
                        p->scales.single ? 0 : p->axis,
                        p->scales.blocked ? ", block_size=$block_size" : "", type);
}

const struct opdef quantize_linear = {
    .name = "QuantizeLinear",
    .onnx = "QuantizeLinear",
    .brief = "real numbers to quantized ones",
    .attrs = attrs,
    .attr_size = sizeof(struct quantize),
    .min_inputs = 2,
    .max_inputs = 3,
    .samples = quantize_samples,
    .shape = quantize_shape,
    .eval = quantize_eval,
    .take_transpose = take_transpose,
    .moved_inputs = 1,
    .emit = emit_quantize,
    .import = import,
    .to_integers = quantize_to_integers,
    .to_onnx_for = to_onnx,
};

const struct opdef dequantize_linear = {
    .name = "DequantizeLinear",
    .onnx = "DequantizeLinear",
    .brief = "quantized numbers to real ones",
    .attrs = attrs,
    .attr_size = sizeof(struct quantize),
    .min_inputs = 2,
    .max_inputs = 3,
    .types = QUANTIZED_TYPES | TYPE(I32),
    .samples = dequantize_samples,
    .shape = dequantize_shape,
    .eval = dequantize_eval,
    .take_transpose = take_transpose,
    .moved_inputs = 1,
    .emit = emit_dequantize,
    .import = import,
    .quantization = quantization,
    .to_onnx_for = to_onnx,
};
