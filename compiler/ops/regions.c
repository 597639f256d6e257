/*
 * regions.c - pooling of regions that are known only while the network runs: RoiAlign (He et al.,
 * Mask R-CNN, 2017) and MaxRoiPool (Girshick, Fast R-CNN, 2015). Pictures here are {N, C, H, W}.
 */
#include "ops/windows.h"

#include <math.h>
#include <string.h>

struct regions {
    int size[2];  /* of each region's result */
    double scale; /* from the regions' coordinates to pixels */
    int samples;  /* of a bin, along each axis; 0: as many as it has pixels */
    bool maximum, half_pixel;
};

#define REGION_ATTRS \
    { "size", NULL, ATTR_INTS, offsetof(struct regions, size), "1", NULL, 2 }, \
    { "scale", NULL, ATTR_FLOAT, offsetof(struct regions, scale), "1.0", NULL, 0 }

static const struct attr align_attrs[] = {
    REGION_ATTRS,
    { "samples", NULL, ATTR_INT, offsetof(struct regions, samples), "0", NULL, 0 },
    { "maximum", NULL, ATTR_BOOL, offsetof(struct regions, maximum), "False", NULL, 0 },
    { "half_pixel", NULL, ATTR_BOOL, offsetof(struct regions, half_pixel), "True", NULL, 0 },
    { 0 }
};
static const struct attr pool_attrs[] = { REGION_ATTRS, { 0 } };

static bool shape_of_regions(struct graph *g, struct op *op, int columns)
{
    const struct regions *p = op->attr;
    const struct shape *x = &op->in[0]->shape, *r = &op->in[1]->shape;
    if (!positive(g, op, "the size", p->size, 2) || !has_values(g, op, 0) || !has_values(g, op, 1))
        return false;
    if (x->rank != 4 || r->rank != 2 || r->dim[1] != columns)
        return op_error(
            g, op, "needs pictures {N, C, H, W} and regions of %d numbers; these are %s and %s",
            columns, shape_text(g->ctx->arena, x), shape_text(g->ctx->arena, r));
    op->out->shape = shape_of(4, r->dim[0], x->dim[1], (int64_t)p->size[0], (int64_t)p->size[1]);
    return true;
}

/* ---- RoiAlign ---- */

static bool align_shape(struct graph *g, struct op *op)
{
    if (!shape_of_regions(g, op, 4))
        return false;
    if (op->in[2]->shape.rank != 1 || op->in[2]->shape.dim[0] != op->in[1]->shape.dim[0])
        return op_error(g, op, "needs the number of a picture for each region");
    return true;
}

/* The four pixels around (y, x) and their weights; all weights 0 outside of the picture. */
struct corners {
    int64_t at[4];
    double weight[4];
};

static struct corners around(double y, double x, int64_t H, int64_t W)
{
    struct corners c = { { 0 }, { 0 } };
    if (y < -1 || y > (double)H || x < -1 || x > (double)W)
        return c;
    y = y < 0 ? 0 : y;
    x = x < 0 ? 0 : x;
    const int64_t top = (int64_t)y < H - 1 ? (int64_t)y : H - 1,
                  left = (int64_t)x < W - 1 ? (int64_t)x : W - 1;
    const int64_t bottom = top < H - 1 ? top + 1 : top, right = left < W - 1 ? left + 1 : left;
    const double v = top < H - 1 ? y - (double)top : 0, h = left < W - 1 ? x - (double)left : 0;
    return (
        struct corners){ { top * W + left, top * W + right, bottom * W + left, bottom * W + right },
                         { (1 - v) * (1 - h), (1 - v) * h, v * (1 - h), v * h } };
}

/* One bin that begins at (y, x): the mean of its samples, or the greatest product of a sample's
 * pixel and weight. */
static double bin_of(const struct regions *p, const double *picture, const int64_t *d,
                     const double *start, const double *bin, const int *n)
{
    double sum = 0, most = 0;
    for (int i = 0; i < n[0] * n[1]; i++) {
        const struct corners c = around(start[0] + (i / n[1] + 0.5) * bin[0] / n[0],
                                        start[1] + (i % n[1] + 0.5) * bin[1] / n[1], d[2], d[3]);
        for (int k = 0; k < 4; k++) {
            const double v = c.weight[k] * picture[c.at[k]];
            sum += v;
            most = (i == 0 && k == 0) || v > most ? v : most;
        }
    }
    return p->maximum ? most : n[0] > 0 && n[1] > 0 ? sum / (n[0] * n[1]) : 0;
}

static void align_eval(const struct op *op, const double *const *in, double *out)
{
    const struct regions *p = op->attr;
    const int64_t *d = op->in[0]->shape.dim, *o = op->out->shape.dim;
    const double offset = p->half_pixel ? 0.5 : 0;
    for (int64_t r = 0; r < o[0]; r++) {
        double start[2], bin[2];
        int n[2];
        for (int i = 0; i < 2; i++) { /* a region is x1 y1 x2 y2 */
            start[i] = in[1][r * 4 + 1 - i] * p->scale - offset;
            double length = in[1][r * 4 + 3 - i] * p->scale - offset - start[i];
            length = !p->half_pixel && length < 1 ? 1 : length;
            bin[i] = length / p->size[i];
            n[i] = p->samples > 0 ? p->samples : (int)ceil(bin[i]);
            n[i] = n[i] < 0 ? 0 : n[i];
        }
        const int64_t picture = (int64_t)in[2][r];
        for (int64_t i = 0; i < o[1] * o[2] * o[3]; i++, out++) {
            const double from[2] = { start[0] + (double)(i / o[3] % o[2]) * bin[0],
                                     start[1] + (double)(i % o[3]) * bin[1] };
            *out = picture < 0 || picture >= d[0]
                       ? 0
                       : bin_of(p, in[0] + (picture * d[1] + i / o[3] / o[2]) * d[2] * d[3], d,
                                from, bin, n);
        }
    }
}

static bool align_import(struct graph *g, struct onnx_node *n)
{
    const char *mode = onnx_string(n, "mode", "avg");
    const char *corner = onnx_string(n, "coordinate_transformation_mode",
                                     n->opset < 16 ? "output_half_pixel" : "half_pixel");
    struct regions p = { .scale = onnx_float(n, "spatial_scale", 1),
                         .samples = (int)onnx_int(n, "sampling_ratio", 0) };
    p.size[0] = (int)onnx_int(n, "output_height", 1);
    p.size[1] = (int)onnx_int(n, "output_width", 1);
    p.maximum = strcmp(mode, "max") == 0;
    p.half_pixel = strcmp(corner, "half_pixel") == 0;
    if (n->nin != 3 || !n->in[0] || !n->in[1] || !n->in[2])
        return onnx_error(g, n, "it needs pictures, regions and their pictures' numbers");
    if ((!p.maximum && strcmp(mode, "avg") != 0)
        || (!p.half_pixel && strcmp(corner, "output_half_pixel") != 0))
        return onnx_error(g, n,
                          "'mode' is '%s', 'coordinate_transformation_mode' is '%s'; avg and max, "
                          "half_pixel and output_half_pixel are known",
                          mode, corner);
    n->out[0] = op_make_from(g, n->from, op_find("RoiAlign"), &p, n->in, 3);
    return n->out[0] != NULL;
}

/* ---- MaxRoiPool ---- */

static bool pool_shape(struct graph *g, struct op *op)
{
    return shape_of_regions(g, op, 5);
}

static int64_t bounded(double x, int64_t size)
{
    return x < 0 ? 0 : x > (double)size ? size : (int64_t)x;
}

/* A region is picture, x1, y1, x2, y2, rounded to whole pixels; bins overlap where it is small. */
static void pool_eval(const struct op *op, const double *const *in, double *out)
{
    const struct regions *p = op->attr;
    const int64_t *d = op->in[0]->shape.dim, *o = op->out->shape.dim;
    for (int64_t i = 0; i < o[0] * o[1] * o[2] * o[3]; i++) {
        const int64_t at[2] = { i / o[3] % o[2], i % o[3] }, k = i / o[3] / o[2] % o[1];
        const double *r = in[1] + i / o[3] / o[2] / o[1] * 5;
        int64_t from[2], to[2];
        for (int j = 0; j < 2; j++) {
            const double start = round(r[2 - j] * p->scale),
                         length = fmax(round(r[4 - j] * p->scale) - start + 1, 1),
                         bin = length / p->size[j];
            from[j] = bounded(floor((double)at[j] * bin) + start, d[2 + j]);
            to[j] = bounded(ceil((double)(at[j] + 1) * bin) + start, d[2 + j]);
        }
        const bool none = from[0] >= to[0] || from[1] >= to[1] || r[0] < 0 || r[0] >= (double)d[0];
        double most = none ? 0 : -INFINITY;
        for (int64_t y = from[0]; y < to[0] && !none; y++)
            for (int64_t x = from[1]; x < to[1]; x++)
                most = fmax(most, in[0][(((int64_t)r[0] * d[1] + k) * d[2] + y) * d[3] + x]);
        out[i] = most;
    }
}

static bool pool_import(struct graph *g, struct onnx_node *n)
{
    struct regions p = { .scale = onnx_float(n, "spatial_scale", 1) };
    if (n->nin != 2 || !n->in[0] || !n->in[1])
        return onnx_error(g, n, "it needs pictures and regions");
    if (!onnx_axes_ints(g, n, "pooled_shape", 2, 0, p.size))
        return false;
    n->out[0] = op_make_from(g, n->from, op_find("MaxRoiPool"), &p, n->in, 2);
    return n->out[0] != NULL;
}

#include "templates/regions.inc"

static const struct sample align_samples[] = {
    { "float32[2x3x7x8] float32[3x4]@0:9 int64[3]@0:1", "size=(3, 2), scale=0.75" },
    { "float32[1x2x9x8] float32[2x4]@0:8 int64[2]@0",
      "size=2, samples=2, maximum=True, half_pixel=False" },
    { NULL, NULL }
};
static const struct sample pool_samples[] = {
    { "float32[2x3x7x8] float32[3x5]@0:1", "size=(2, 3), scale=6" }, { NULL, NULL }
};

static const char *to_onnx(struct graph *g, const struct op *op)
{
    const struct regions *p = op->attr;
    return arena_printf(g->ctx->arena,
                        "RoiAlign(a, b, c, output_height=%d, output_width=%d, "
                        "spatial_scale=$scale, sampling_ratio=$samples, mode='%s', "
                        "coordinate_transformation_mode='%s')",
                        p->size[0], p->size[1], p->maximum ? "max" : "avg",
                        p->half_pixel ? "half_pixel" : "output_half_pixel");
}

const struct opdef roi_align = {
    .name = "RoiAlign",
    .onnx = "RoiAlign",
    .keras_base = "roi_align",
    .brief = "regions of a picture, sampled between its pixels",
    .attrs = align_attrs,
    .attr_size = sizeof(struct regions),
    .min_inputs = 3,
    .max_inputs = 3,
    .samples = align_samples,
    .shape = align_shape,
    .eval = align_eval,
    .emit = align_emit,
    .import = align_import,
    .to_onnx_for = to_onnx,
};

const struct opdef max_roi_pool = {
    .name = "MaxRoiPool",
    .onnx = "MaxRoiPool",
    .keras_base = "max_roi_pool",
    .brief = "maxima of the parts of a picture's regions",
    .attrs = pool_attrs,
    .attr_size = sizeof(struct regions),
    .min_inputs = 2,
    .max_inputs = 2,
    .samples = pool_samples,
    .shape = pool_shape,
    .eval = pool_eval,
    .emit = pool_emit,
    .import = pool_import,
    .to_onnx = "MaxRoiPool(a, b, pooled_shape=$size, spatial_scale=$scale)",
};
