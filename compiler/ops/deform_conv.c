/*
 * deform_conv.c - convolution whose taps are moved by an input (Dai et al., Deformable
 * Convolutional Networks, 2017; with a mask Zhu et al., 2019). Tensors here are {N, C, H, W}; the
 * weights {M, C / group, kh, kw} may be computed too.
 */
#include "ops/windows.h"

#include <math.h>

struct deform {
    int groups, offset_groups, strides[2], dilations[2], pads[4];
    struct onnx_window window; /* set by shape() */
};

static const struct attr attrs[] = {
    { "groups", NULL, ATTR_INT, offsetof(struct deform, groups), "1", NULL, 0 },
    { "offset_groups", NULL, ATTR_INT, offsetof(struct deform, offset_groups), "1", NULL, 0 },
    { "strides", NULL, ATTR_INTS, offsetof(struct deform, strides), "1", NULL, 2 },
    { "dilations", NULL, ATTR_INTS, offsetof(struct deform, dilations), "1", NULL, 2 },
    { "pads", NULL, ATTR_PADS, offsetof(struct deform, pads), "0", NULL, 2 },
    { 0 }
};

enum { PICTURE, WEIGHTS, OFFSETS, BIAS, MASK };

static bool shape(struct graph *g, struct op *op)
{
    struct deform *p = op->attr;
    const struct shape *x = &op->in[PICTURE]->shape, *w = &op->in[WEIGHTS]->shape,
                       *d = &op->in[OFFSETS]->shape;
    if (x->rank != 4 || w->rank != 4 || d->rank != 4)
        return op_error(g, op, "works on pictures {N, C, H, W} only");
    if (!has_values(g, op, PICTURE) || !has_values(g, op, WEIGHTS) || !has_values(g, op, OFFSETS))
        return false;
    if (!positive(g, op, "'strides'", p->strides, 2)
        || !positive(g, op, "'dilations'", p->dilations, 2))
        return false;
    p->window = (struct onnx_window){ .n = 2 };
    for (int i = 0; i < 2; i++) {
        p->window.kernel[i] = (int)w->dim[2 + i];
        p->window.stride[i] = p->strides[i];
        p->window.dilation[i] = p->dilations[i];
        p->window.before[i] = p->pads[2 * i];
        p->window.after[i] = p->pads[2 * i + 1];
        p->window.in[i] = x->dim[2 + i];
        struct window along = { p->window.kernel[i], p->strides[i], p->dilations[i], p->pads[2 * i],
                                p->pads[2 * i + 1] };
        p->window.out[i] = window_size(&along, x->dim[2 + i], VALID);
    }
    const int64_t *out = p->window.out, taps = (int64_t)p->window.kernel[0] * p->window.kernel[1];
    if (p->groups < 1 || p->offset_groups < 1 || w->dim[1] * p->groups != x->dim[1]
        || w->dim[0] % p->groups || x->dim[1] % p->offset_groups)
        return op_error(g, op, "groups do not divide the channels");
    if (d->dim[0] != x->dim[0] || d->dim[1] != p->offset_groups * taps * 2 || d->dim[2] != out[0]
        || d->dim[3] != out[1])
        return op_error(g, op, "its offsets are %s; %d x %d x %d are needed for each picture",
                        shape_text(g->ctx->arena, d), (int)(p->offset_groups * taps * 2),
                        (int)out[0], (int)out[1]);
    const struct tensor *mask = op->nin > MASK ? op->in[MASK] : NULL;
    if (mask && shape_count(&mask->shape) * 2 != shape_count(d))
        return op_error(g, op, "its mask is %s, which does not fit the offsets",
                        shape_text(g->ctx->arena, &mask->shape));
    op->out->shape = shape_of(4, x->dim[0], w->dim[0], out[0], out[1]);
    return true;
}

/* The picture between its pixels; zero outside. */
static double between(const double *plane, int64_t H, int64_t W, double y, double x)
{
    double sum = 0;
    const int64_t top = (int64_t)floor(y), left = (int64_t)floor(x);
    for (int i = 0; i < 4; i++) {
        const int64_t iy = top + i / 2, ix = left + i % 2;
        if (iy >= 0 && iy < H && ix >= 0 && ix < W)
            sum += plane[iy * W + ix] * (1 - fabs(y - (double)iy)) * (1 - fabs(x - (double)ix));
    }
    return sum;
}

static double eval_one(const struct op *op, const double *const *in, int64_t n, int64_t k,
                       int64_t y, int64_t x)
{
    const struct deform *p = op->attr;
    const struct onnx_window *w = &p->window;
    const int64_t *d = op->in[PICTURE]->shape.dim, *o = op->out->shape.dim, ci = d[1] / p->groups,
                  taps = (int64_t)w->kernel[0] * w->kernel[1];
    double sum = op->nin > BIAS && in[BIAS] ? in[BIAS][k] : 0;
    for (int64_t i = 0; i < ci; i++)
        for (int64_t t = 0; t < taps; t++) {
            const int64_t c = k / (o[1] / p->groups) * ci + i, og = c / (d[1] / p->offset_groups),
                          at = y * o[3] + x, plane = o[2] * o[3];
            const int64_t line = (n * p->offset_groups + og) * taps + t;
            const double iy =
                (double)(y * w->stride[0] + t / w->kernel[1] * w->dilation[0] - w->before[0])
                + in[OFFSETS][line * 2 * plane + at];
            const double ix =
                (double)(x * w->stride[1] + t % w->kernel[1] * w->dilation[1] - w->before[1])
                + in[OFFSETS][(line * 2 + 1) * plane + at];
            const double mask = op->nin > MASK && in[MASK] ? in[MASK][line * plane + at] : 1;
            sum += in[WEIGHTS][(k * ci + i) * taps + t] * mask
                   * between(in[PICTURE] + (n * d[1] + c) * d[2] * d[3], d[2], d[3], iy, ix);
        }
    return sum;
}

static void eval(const struct op *op, const double *const *in, double *out)
{
    const int64_t *o = op->out->shape.dim;
    for (int64_t i = 0; i < shape_count(&op->out->shape); i++)
        out[i] = eval_one(op, in, i / o[3] / o[2] / o[1], i / o[3] / o[2] % o[1], i / o[3] % o[2],
                          i % o[3]);
}

#include "templates/deform_conv.inc"

static bool import(struct graph *g, struct onnx_node *n)
{
    struct deform p = { .groups = (int)onnx_int(n, "group", 1),
                        .offset_groups = (int)onnx_int(n, "offset_group", 1) };
    struct onnx_window w;
    if (n->nin < 3 || !n->in[0] || !n->in[1] || !n->in[2])
        return onnx_error(g, n, "it needs pictures, weights and offsets");
    if (n->in[0]->shape.rank != 4 || n->in[1]->shape.rank != 4)
        return onnx_error(g, n, "only pictures (4 axes) are supported");
    if (!onnx_window(g, n, n->in[0], n->in[1]->shape.dim + 2, &w))
        return false;
    for (int i = 0; i < 2; i++) {
        p.strides[i] = w.stride[i];
        p.dilations[i] = w.dilation[i];
        p.pads[2 * i] = w.before[i];
        p.pads[2 * i + 1] = w.after[i];
    }
    n->out[0] = op_make_from(g, n->from, op_find("DeformConv"), &p, n->in, n->nin);
    return n->out[0] != NULL;
}

static int64_t macs(const struct op *op)
{
    return shape_count(&op->out->shape) * shape_count(&op->in[WEIGHTS]->shape)
           / op->in[WEIGHTS]->shape.dim[0];
}

static const struct sample samples[] = {
    { "float32[2x4x6x7] float32[6x2x2x3] float32[2x24x5x5]@-1.5:1.5 float32[6]",
      "groups=2, offset_groups=2" },
    { "float32[1x2x5x4] float32[3x2x2x2] float32[1x8x4x3]@-1:1 - float32[1x4x4x3]", "" },
    { NULL, NULL }
};

static const char *to_onnx(struct graph *g, const struct op *op)
{
    const struct onnx_window *from = &((const struct deform *)op->attr)->window;
    struct window w[2];
    for (int i = 0; i < 2; i++)
        w[i] = (struct window){ from->kernel[i], from->stride[i], from->dilation[i],
                                from->before[i], from->after[i] };
    return arena_printf(g->ctx->arena,
                        "DeformConv(*, %s, group=$groups, offset_group=$offset_groups)",
                        windows_to_onnx(g->ctx->arena, w, 2));
}

const struct opdef deform_conv = {
    .name = "DeformConv",
    .onnx = "DeformConv",
    .keras_base = "deform_conv",
    .brief = "convolution whose taps are moved by an input",
    .attrs = attrs,
    .attr_size = sizeof(struct deform),
    .min_inputs = 3,
    .max_inputs = 5,
    .samples = samples,
    .shape = shape,
    .eval = eval,
    .emit = emit,
    .import = import,
    .macs = macs,
    .to_onnx_for = to_onnx,
};
