/*
 * integer_conv.c - convolution of 8-bit pictures with exact 32-bit sums, and the way back to 8
 * bits.
 *
 *     sum[y][x][k] = bias[k] + sum over ky kx i of (in[...][i] - in zero) * (w[ky][kx][i][k] - w
 * zero[k]) out          = sum, or with a scale  saturate(round(sum * scale[k]) + out zero), ties to
 * even
 *
 * scale is in scale * w scale[k] / out scale. Pixels outside of the picture are zero, that is: the
 * zero point. Inputs: picture {1,H,W,C}, w {kh,kw,C/groups,K}, in zero, w zero (one or K), bias
 * (int32), scale (float32, one or K), out zero, whose type is the result's.
 */
#include "ops/quantized.h"
#include "ops/windows.h"

#include <string.h>

enum { IN_PICTURE, IN_W, IN_ZERO, IN_W_ZERO, IN_BIAS, IN_SCALE, IN_OUT_ZERO, INPUTS };

struct integer_conv {
    int strides[2], dilation[2], pads[4], groups; /* pads: top, bottom, left, right */
    int low, high;                                /* the result is kept within, where low < high */
    struct window window[2];                      /* set by shape() */
};

#define AT(member) offsetof(struct integer_conv, member)

static const struct attr attrs[] = { { "strides", NULL, ATTR_INTS, AT(strides), "1", NULL, 2 },
                                     { "dilation", NULL, ATTR_INTS, AT(dilation), "1", NULL, 2 },
                                     { "pads", NULL, ATTR_PADS, AT(pads), "0", NULL, 2 },
                                     { "groups", NULL, ATTR_INT, AT(groups), "1", NULL, 0 },
                                     { "low", NULL, ATTR_INT, AT(low), "0", NULL, 0 },
                                     { "high", NULL, ATTR_INT, AT(high), "0", NULL, 0 },
                                     { 0 } };

static bool shape(struct graph *g, struct op *op)
{
    struct integer_conv *p = op->attr;
    const struct shape *w = &op->in[IN_W]->shape;
    if (w->rank != 4 || !needs_rank(g, op, 4, "a picture (height, width, channels)")
        || !positive(g, op, "'groups'", &p->groups, 1))
        return false;
    if (op->in[IN_W]->type != I8 && op->in[IN_W]->type != U8)
        return op_error(g, op, "its weights are %s, not 8-bit", dtype_name(op->in[IN_W]->type));
    if (w->dim[2] * p->groups != op->in[0]->shape.dim[3] || w->dim[3] % p->groups)
        return op_error(g, op, "its weights are for %d channels in %d groups, its input has %d",
                        (int)(w->dim[2] * p->groups), p->groups, (int)op->in[0]->shape.dim[3]);
    const int kernel[2] = { (int)w->dim[0], (int)w->dim[1] };
    int64_t out[2];
    for (int i = 0; i < 2; i++) {
        p->window[i].before = p->pads[2 * i];
        p->window[i].after = p->pads[2 * i + 1];
    }
    if (!picture_windows(g, op, kernel, p->strides, p->dilation, VALID, p->window, out)
        || !is_one_or(g, op, IN_ZERO, "input's zero point", 1)
        || !is_one_or(g, op, IN_W_ZERO, "weights' zero point", w->dim[3])
        || !is_one_or(g, op, IN_SCALE, "scale", w->dim[3])
        || !is_one_or(g, op, IN_OUT_ZERO, "output's zero point", 1))
        return false;
    op->out->shape = shape_of(4, op->in[0]->shape.dim[0], out[0], out[1], w->dim[3]);
    op->out->type = !optional_input(op, IN_SCALE)     ? I32
                    : optional_input(op, IN_OUT_ZERO) ? op->in[IN_OUT_ZERO]->type
                                                      : U8;
    return true;
}

static void eval(const struct op *op, const double *const *in, double *out)
{
    const struct integer_conv *p = op->attr;
    const struct window *v = &p->window[0], *h = &p->window[1];
    const int64_t H = op->in[0]->shape.dim[1], W = op->in[0]->shape.dim[2],
                  C = op->in[0]->shape.dim[3], K = op->out->shape.dim[3];
    const int64_t CI = C / p->groups, KO = K / p->groups;
    for (int64_t i = 0; i < op->out->shape.dim[1] * op->out->shape.dim[2] * K; i++) {
        const int64_t k = i % K, x = i / K % op->out->shape.dim[2],
                      y = i / K / op->out->shape.dim[2];
        double sum = optional_input(op, IN_BIAS) ? in[IN_BIAS][k] : 0;
        for (int64_t t = 0; t < v->kernel * h->kernel; t++) {
            const int64_t iy = y * v->stride + t / h->kernel * v->dilation - v->before,
                          ix = x * h->stride + t % h->kernel * h->dilation - h->before;
            for (int64_t c = 0; c < CI && iy >= 0 && iy < H && ix >= 0 && ix < W; c++)
                sum +=
                    (in[0][(iy * W + ix) * C + k / KO * CI + c] - optional_at(op, in, IN_ZERO, 0))
                    * (in[IN_W][(t * CI + c) * K + k] - optional_at(op, in, IN_W_ZERO, k));
        }
        if (optional_input(op, IN_SCALE))
            sum = quantized_value((float)sum * (float)optional_at(op, in, IN_SCALE, k),
                                  optional_at(op, in, IN_OUT_ZERO, 0), lowest_of(op->out->type),
                                  highest_of(op->out->type));
        out[i] = p->low < p->high ? sum < p->low ? p->low : sum > p->high ? p->high : sum : sum;
    }
}

static struct row_need rows(const struct op *op, int i)
{
    const struct window *v = &((const struct integer_conv *)op->attr)->window[0];
    if (i > 0)
        return (struct row_need){ .stride = 1, .kernel = 1 };
    return (struct row_need){ .stride = v->stride,
                              .kernel = (v->kernel - 1) * v->dilation + 1,
                              .pad = v->before };
}

static int64_t macs(const struct op *op)
{
    const struct shape *w = &op->in[IN_W]->shape;
    return shape_count(&op->out->shape) * w->dim[0] * w->dim[1] * w->dim[2];
}

#include "templates/integer_conv.inc"

static const struct sample samples[] = {
    { "uint8[1x7x6x3] int8[3x3x3x5]! uint8[]@117!", "pads=((1,1),(1,1))" },
    { "uint8[2x7x6x3] int8[3x2x3x37]! uint8[] - int32[37] float32[37]@0.001:0.004! uint8[]@90",
      "strides=2, pads=((0,1),(2,1))" },
    { "int8[1x7x6x4] uint8[3x3x2x6] int8[1] uint8[6] int32[6]! float32[1]@0.002 int8[1]@-7!",
      "groups=2, dilation=2, pads=((2,2),(2,2)), low=-20, high=100" },
    { "int8[1x9x8x19] int8[3x3x1x19]! - - int32[19]! float32[19]@0.001:0.004! int8[]@3!",
      "groups=19, pads=((1,1),(1,1)), strides=2" },
    { "int8[1x5x5x40] int8[1x1x40x70]! int8[]@5! - - float32[]@0.001! int8[]@3!", "" },
    { NULL, NULL }
};

/* The three scales of QLinearConv are one here. */
static const char *to_onnx(struct graph *g, const struct op *op)
{
    struct arena *a = g->ctx->arena;
    const struct integer_conv *p = op->attr;
    struct window w[2];
    memcpy(w, p->window, sizeof w);
    const char *windows = windows_to_onnx(a, w, 2), *zero = optional_input(op, IN_ZERO) ? "c" : "0";
    const char *w_zero =
        optional_input(op, IN_W_ZERO)
            ? "d"
            : arena_printf(a, "Cast(0, to=%d)", onnx_data_type(op->in[IN_W]->type));
    if (p->low < p->high)
        return NULL;
    if (!optional_input(op, IN_SCALE))
        return arena_printf(
            a,
            optional_input(op, IN_BIAS)
                ? "first Add(ConvInteger(a^first, b^[3,2,0,1], %s, %s, %s, group=$groups), "
                  "Reshape(e, [1,-1,1,1]))"
                : "first ConvInteger(a^first, b^[3,2,0,1], %s, %s, %s, group=$groups)",
            zero, w_zero, windows);
    const char *to = optional_input(op, IN_OUT_ZERO)
                         ? "g"
                         : arena_printf(a, "Cast(0, to=%d)", onnx_data_type(op->out->type));
    const char *one = "Cast(1, to=1)";
    return arena_printf(
        a, "first QLinearConv(a^first, %s, %s, b^[3,2,0,1], f, %s, %s, %s, e, %s, group=$groups)",
        one, zero, w_zero, one, to, windows);
}

const struct opdef integer_conv = {
    .name = "IntegerConv2D",
    .onnx = "ConvInteger QLinearConv",
    .brief = "2-D convolution of 8-bit numbers with exact sums",
    .attrs = attrs,
    .attr_size = sizeof(struct integer_conv),
    .min_inputs = 2,
    .max_inputs = INPUTS,
    .types = TYPE(I8) | TYPE(U8),
    .per_picture = true,
    .samples = samples,
    .shape = shape,
    .eval = eval,
    .rows = rows,
    .emit = emit,
    .macs = macs,
    .import = import_integer_conv,
    .to_onnx_for = to_onnx,
};
