/*
 * dynamic_quantize_linear.c - to uint8 by the range of the values, 0 included: y, scale, zero
 * point.
 *
 *     scale = (max(0, max x) - min(0, min x)) / 255,  zero = saturate(round(0 - min(0, min x) /
 * scale)),  y = saturate(round(x / scale) + zero)
 */
#include "ops/quantized.h"

static bool shape(struct graph *g, struct op *op)
{
    (void)g;
    op->outs[0]->shape = op->in[0]->shape;
    op->outs[0]->type = op->outs[2]->type = U8;
    op->outs[1]->shape = op->outs[2]->shape = (struct shape){ 0 };
    return true;
}

static void eval_all(const struct op *op, const double *const *in, double *const *outs)
{
    const int64_t n = shape_count(&op->in[0]->shape);
    float low = 0, high = 0;
    for (int64_t i = 0; i < n; i++) {
        low = (float)in[0][i] < low ? (float)in[0][i] : low;
        high = (float)in[0][i] > high ? (float)in[0][i] : high;
    }
    const float scale = high > low ? (high - low) / 255 : 1;
    const double zero = quantized_value(0 - low / scale, 0, 0, 255);
    for (int64_t i = 0; i < n; i++)
        outs[0][i] = quantized_value((float)in[0][i] / scale, zero, 0, 255);
    outs[1][0] = (double)scale;
    outs[2][0] = zero;
}

#include "templates/dynamic_quantize_linear.inc"

static const struct sample samples[] = {
    { "77", "" }, { "3x5@1:9", "" }, { "7@-9:-3", "" }, { "5@0", "" }, { NULL, NULL }
};

const struct opdef dynamic_quantize_linear = {
    .name = "DynamicQuantizeLinear",
    .onnx = "DynamicQuantizeLinear",
    .brief = "to uint8 by the range of the values",
    .min_inputs = 1,
    .max_inputs = 1,
    .max_outputs = 3,
    .samples = samples,
    .shape = shape,
    .eval_all = eval_all,
    .emit = emit,
};
