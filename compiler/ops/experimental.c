/*
 * experimental.c - ONNX' experimental operators of 2017 that converters of that time wrote (removed
 * from the standard in version 1.4): ImageScaler, Affine, Crop. Semantics from the operators'
 * documentation in onnx 1.2.
 */
#include "ops/common.h"

struct scaler {
    double scale;
    struct float_list bias;
};

static const struct attr scaler_attrs[] = {
    { "scale", "scale", ATTR_FLOAT, offsetof(struct scaler, scale), "1.0", NULL, 0 },
    { "bias", "bias", ATTR_FLOATS, offsetof(struct scaler, bias), NULL, NULL, 0 },
    { 0 }
};

static struct tensor *number(struct graph *g, const struct op *op, const char *what, double value)
{
    struct tensor *t = new_constant(g, op, what, shape_of(0));
    *writable(t) = (float)value;
    return t;
}

/* scale * x + bias[channel], x: {N, C, H, W} */
static struct tensor *expand_scaler(struct graph *g, struct op *op)
{
    const struct scaler *p = op->attr;
    const struct shape *s = &op->in[0]->shape;
    if (s->rank != 4 || p->bias.count != s->dim[1])
        return op_error(g, op, "has %d biases for %s", p->bias.count, shape_text(g->ctx->arena, s)),
               NULL;
    struct tensor *bias =
        new_constant(g, op, "bias", shape_of(4, (int64_t)1, s->dim[1], (int64_t)1, (int64_t)1));
    for (int i = 0; i < p->bias.count; i++)
        writable(bias)[i] = (float)p->bias.item[i];
    struct tensor *product[2] = { op->in[0], number(g, op, "scale", p->scale) },
                  *sum[2] = { NULL, bias };
    sum[0] = p->scale < 1 || p->scale > 1 ? op_make(g, op, "Multiply", "", product, 2) : op->in[0];
    return sum[0] ? op_make(g, op, "Add", "", sum, 2) : NULL;
}

struct affine {
    double alpha, beta;
};

static const struct attr affine_attrs[] = {
    { "alpha", "alpha", ATTR_FLOAT, offsetof(struct affine, alpha), "1.0", NULL, 0 },
    { "beta", "beta", ATTR_FLOAT, offsetof(struct affine, beta), "0.0", NULL, 0 },
    { 0 }
};

static struct tensor *expand_affine(struct graph *g, struct op *op)
{
    const struct affine *p = op->attr;
    struct tensor *product[2] = { op->in[0], number(g, op, "alpha", p->alpha) };
    struct tensor *sum[2] = { op_make(g, op, "Multiply", "", product, 2),
                              number(g, op, "beta", p->beta) };
    return sum[0] ? op_make(g, op, "Add", "", sum, 2) : NULL;
}

/* border: left, top, right, bottom; scale: height, width of the result */
struct crop {
    struct int_list border, scale;
};

static const struct attr crop_attrs[] = {
    { "border", "border", ATTR_LIST, offsetof(struct crop, border), NULL, NULL, 0 },
    { "scale", "scale", ATTR_LIST, offsetof(struct crop, scale), "None", NULL, 0 },
    { 0 }
};

static struct tensor *expand_crop(struct graph *g, struct op *op)
{
    const struct crop *p = op->attr;
    const struct shape *s = &op->in[0]->shape;
    if (s->rank != 4 || p->border.count != 4 || (p->scale.count && p->scale.count != 2))
        return op_error(g, op, "needs a picture and a border of 4 numbers"), NULL;
    const int64_t left = p->border.item[0], top = p->border.item[1];
    const int64_t h = p->scale.count ? p->scale.item[0] : s->dim[2] - top - p->border.item[3];
    const int64_t w = p->scale.count ? p->scale.item[1] : s->dim[3] - left - p->border.item[2];
    if (left < 0 || top < 0 || h < 1 || w < 1 || top > s->dim[2] - h || left > s->dim[3] - w)
        return op_error(g, op, "cuts more than the %s that there are",
                        shape_text(g->ctx->arena, s)),
               NULL;
    return op_make(g, op, "Slice",
                   arena_printf(g->ctx->arena, "begin=(0,0,%lld,%lld) size=(%lld,%lld,%lld,%lld)",
                                (long long)top, (long long)left, (long long)s->dim[0],
                                (long long)s->dim[1], (long long)h, (long long)w),
                   op->in, 1);
}

static const struct sample scaler_samples[] = { { "3x4x5", "scale=0.5, bias=(0.5, -1.0, 2.0)" },
                                                { NULL, NULL } };
static const struct sample affine_samples[] = { { "3x4x5", "alpha=2.0, beta=-0.5" },
                                                { NULL, NULL } };
static const struct sample crop_samples[] = { { "3x6x7", "border=(1, 2, 3, 0)" },
                                              { "2x6x7", "border=(1, 2, 0, 0), scale=(3, 2)" },
                                              { NULL, NULL } };

const struct opdef image_scaler = {
    .name = "ImageScaler",
    .onnx = "ImageScaler",
    .brief = "scale, and a bias for each channel",
    .attrs = scaler_attrs,
    .attr_size = sizeof(struct scaler),
    .min_inputs = 1,
    .max_inputs = 1,
    .samples = scaler_samples,
    .expand = expand_scaler,
};

const struct opdef affine_map = {
    .name = "Affine",
    .onnx = "Affine",
    .brief = "alpha * x + beta",
    .attrs = affine_attrs,
    .attr_size = sizeof(struct affine),
    .min_inputs = 1,
    .max_inputs = 1,
    .samples = affine_samples,
    .expand = expand_affine,
};

const struct opdef crop_border = {
    .name = "Crop",
    .onnx = "Crop",
    .brief = "a picture without its border",
    .attrs = crop_attrs,
    .attr_size = sizeof(struct crop),
    .min_inputs = 1,
    .max_inputs = 1,
    .samples = crop_samples,
    .expand = expand_crop,
};
