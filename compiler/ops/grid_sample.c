/*
 * grid_sample.c - pictures and volumes read at positions that are computed while the network runs:
 * ONNX' GridSample (after Jaderberg et al., Spatial Transformer Networks, 2015), and AffineGrid,
 * which makes such positions.
 */
#include "ops/windows.h"

#include <math.h>
#include <string.h>

enum sampling { NEAREST_PIXEL, LINEAR, CUBIC };
enum outside { ZEROS, BORDER, REFLECTION };

struct grid_sample {
    int mode, outside;
    bool align_corners;
};
struct affine_grid {
    struct int_list size;
    bool align_corners;
};

static const struct attr attrs[] = {
    { "mode", NULL, ATTR_CHOICE, offsetof(struct grid_sample, mode), "linear",
      "nearest linear cubic", 0 },
    { "outside", NULL, ATTR_CHOICE, offsetof(struct grid_sample, outside), "zeros",
      "zeros border reflection", 0 },
    { "align_corners", NULL, ATTR_BOOL, offsetof(struct grid_sample, align_corners), "False", NULL,
      0 },
    { 0 }
};

/* {N, d..., C} and {N, o..., axes} give {N, o..., C}. */
static bool shape(struct graph *g, struct op *op)
{
    const struct shape *x = &op->in[0]->shape, *grid = &op->in[1]->shape;
    const struct grid_sample *p = op->attr;
    if (x->rank < 4 || x->rank > 5 || grid->rank != x->rank
        || grid->dim[grid->rank - 1] != x->rank - 2 || grid->dim[0] != x->dim[0])
        return op_error(g, op, "cannot read %s at the positions of a grid of %s",
                        shape_text(g->ctx->arena, x), shape_text(g->ctx->arena, grid));
    if (p->mode == CUBIC && x->rank > 4)
        return op_error(g, op, "reads volumes by nearest or linear, not by cubic interpolation");
    if (!has_values(g, op, 0) || !has_values(g, op, 1))
        return false;
    op->out->shape = *grid;
    op->out->shape.dim[grid->rank - 1] = x->dim[x->rank - 1];
    return true;
}

/* Mirrors at both borders until it lies between them. */
static float reflected(float x, float least, float most)
{
    const float range = most - least, away = x < least ? least - x : x - most;
    if (x >= least && x <= most)
        return x;
    if (range <= 0)
        return least;
    const int times = (int)(away / range);
    const float rest = away - (float)times * range;
    return (x < least) == (times % 2 == 0) ? least + rest : most - rest;
}

/* The input position of normalised position n; float, as the C computes it, so that rounding
 * agrees. */
static float position(const struct grid_sample *p, float n, int64_t size)
{
    const float length = (float)size, least = p->align_corners ? 0 : -0.5f,
                most = p->align_corners ? length - 1 : length - 0.5f;
    float x = p->align_corners ? (n + 1) / 2 * (length - 1) : ((n + 1) * length - 1) / 2;
    x = p->mode == NEAREST_PIXEL ? rintf(x) : x;
    if (x < least || x > most)
        x = p->outside == BORDER       ? (x < 0 ? 0 : length - 1)
            : p->outside == REFLECTION ? reflected(x, least, most)
                                       : x;
    return x;
}

/* The pixel that stands for index i: -1 where it is zero. */
static int64_t pixel_of(const struct grid_sample *p, int64_t i, int64_t size)
{
    if (i >= 0 && i < size)
        return i;
    if (p->outside == ZEROS)
        return -1;
    if (p->outside == BORDER)
        return i < 0 ? 0 : size - 1;
    return (int64_t)reflected((float)i, p->align_corners ? 0 : -0.5f,
                              p->align_corners ? (float)size - 1 : (float)size - 0.5f);
}

static int taps_of(const struct grid_sample *p)
{
    return p->mode == NEAREST_PIXEL ? 1 : p->mode == LINEAR ? 2 : 4;
}

/* Weight of tap t, x the distance from tap 0 (linear) or 1 (cubic: Keys' kernel with a = -0.75). */
static double weight_of(const struct grid_sample *p, double x, int t)
{
    const double a = -0.75, d = fabs(x + 1 - t);
    if (p->mode != CUBIC)
        return p->mode == NEAREST_PIXEL ? 1 : t ? x : 1 - x;
    return d <= 1 ? ((a + 2) * d - (a + 3)) * d * d + 1 : ((a * d - 5 * a) * d + 8 * a) * d - 4 * a;
}

struct taps {
    int64_t pixel[4];
    double weight[4];
};

static void find_taps(const struct grid_sample *p, double n, int64_t size, struct taps *t)
{
    const float x = position(p, (float)n, size), low = floorf(x);
    for (int i = 0; i < taps_of(p); i++) {
        const int64_t at =
            p->mode == NEAREST_PIXEL ? (int64_t)x : (int64_t)low + i - (p->mode == CUBIC);
        t->pixel[i] = pixel_of(p, at, size);
        t->weight[i] = weight_of(p, (double)(x - low), i);
    }
}

static void eval(const struct op *op, const double *const *in, double *out)
{
    const struct grid_sample *p = op->attr;
    const struct shape *x = &op->in[0]->shape;
    const int n = x->rank - 2, T = taps_of(p);
    const int64_t C = x->dim[n + 1], D = n == 3 ? x->dim[1] : 1, H = x->dim[n - 1], W = x->dim[n],
                  points = shape_count(&op->out->shape) / C;
    const int64_t each = x->dim[0] ? points / x->dim[0] : 0;
    for (int64_t i = 0; i < points; i++) {
        const double *at = in[1] + i * n, *picture = in[0] + i / each * D * H * W * C;
        /* depth, rows, columns; the grid's last number is the depth */
        struct taps t[3] = { { { 0 }, { 1 } } };
        if (n == 3)
            find_taps(p, at[2], D, &t[0]);
        find_taps(p, at[1], H, &t[1]);
        find_taps(p, at[0], W, &t[2]);
        for (int64_t k = 0; k < C; k++) {
            double sum = 0;
            for (int z = 0; z < (n == 3 ? T : 1); z++)
                for (int y = 0; y < T; y++)
                    for (int s = 0; s < T; s++)
                        if (t[0].pixel[z] >= 0 && t[1].pixel[y] >= 0 && t[2].pixel[s] >= 0)
                            sum +=
                                t[0].weight[z] * t[1].weight[y] * t[2].weight[s]
                                * picture[((t[0].pixel[z] * H + t[1].pixel[y]) * W + t[2].pixel[s])
                                              * C
                                          + k];
            out[i * C + k] = sum;
        }
    }
}

#include "templates/grid_sample.inc"

static bool import(struct graph *g, struct onnx_node *n)
{
    const char *mode = onnx_string(n, "mode", "linear"),
               *outside = onnx_string(n, "padding_mode", "zeros");
    mode = strcmp(mode, "bilinear") == 0 ? "linear" : strcmp(mode, "bicubic") == 0 ? "cubic" : mode;
    struct tensor *in[2] = { onnx_input(n, 0), onnx_input(n, 1) }, *t;
    if (!in[0] || !in[1] || in[0]->shape.rank < 4)
        return onnx_error(g, n, "it needs a picture and a grid");
    if (strcmp(mode, "nearest") && strcmp(mode, "linear") && strcmp(mode, "cubic"))
        return onnx_error(g, n, "'mode' is '%s'; nearest, linear and cubic are known", mode);
    if (strcmp(outside, "zeros") && strcmp(outside, "border") && strcmp(outside, "reflection"))
        return onnx_error(g, n, "'padding_mode' is '%s'; zeros, border and reflection are known",
                          outside);
    in[0] = onnx_channels_last(g, n, in[0]);
    const char *text = arena_printf(g->ctx->arena, "mode=%s outside=%s align_corners=%s", mode,
                                    outside, onnx_int(n, "align_corners", 0) ? "True" : "False");
    t = in[0] ? op_make(g, n->from, "GridSample", text, in, 2) : NULL;
    return t && (n->out[0] = onnx_channels_first(g, n, t)) != NULL;
}

/* ---- AffineGrid ---- */

static const struct attr affine_attrs[] = {
    { "size", NULL, ATTR_LIST, offsetof(struct affine_grid, size), NULL, NULL, 0 },
    { "align_corners", NULL, ATTR_BOOL, offsetof(struct affine_grid, align_corners), "False", NULL,
      0 },
    { 0 }
};

/* Matrices {N, n, n + 1} and the size (d...) give {N, d..., n}. */
static bool affine_shape(struct graph *g, struct op *op)
{
    const struct affine_grid *p = op->attr;
    const struct shape *s = &op->in[0]->shape;
    const int n = p->size.count;
    if (!has_values(g, op, 0))
        return false;
    if ((n != 2 && n != 3) || s->rank != 3 || s->dim[1] != n || s->dim[2] != n + 1)
        return op_error(g, op, "its matrices are %s; for %d axes %d x %d are needed",
                        shape_text(g->ctx->arena, s), n, n, n + 1);
    op->out->shape = (struct shape){ .rank = n + 2, .dim = { s->dim[0] } };
    for (int i = 0; i < n; i++) {
        if (p->size.item[i] < 1)
            return op_error(g, op, "'size' must be 1 or more");
        op->out->shape.dim[1 + i] = p->size.item[i];
    }
    op->out->shape.dim[n + 1] = n;
    return true;
}

static double normalised(const struct affine_grid *p, int axis, int64_t i)
{
    const double size = (double)p->size.item[axis];
    if (p->align_corners)
        return size == 1 ? -1 : -1 + 2 * (double)i / (size - 1);
    return -1 + (2 * (double)i + 1) / size;
}

static void affine_eval(const struct op *op, const double *const *in, double *out)
{
    const struct affine_grid *p = op->attr;
    const int n = p->size.count;
    const int64_t points = shape_count(&op->out->shape) / n,
                  each = op->out->shape.dim[0] ? points / op->out->shape.dim[0] : 0;
    for (int64_t i = 0; i < points; i++) {
        const double *m = in[0] + i / each * n * (n + 1);
        double at[4] = { 0 };
        int64_t rest = i % each;
        for (int axis = n - 1; axis >= 0; axis--) { /* x first */
            at[n - 1 - axis] = normalised(p, axis, rest % p->size.item[axis]);
            rest /= p->size.item[axis];
        }
        at[n] = 1;
        for (int r = 0; r < n; r++) {
            out[i * n + r] = 0;
            for (int c = 0; c <= n; c++)
                out[i * n + r] += m[r * (n + 1) + c] * at[c];
        }
    }
}

static bool affine_import(struct graph *g, struct onnx_node *n)
{
    struct int_list size;
    struct affine_grid p = { .align_corners = onnx_int(n, "align_corners", 0) != 0 };
    struct tensor *theta = onnx_input(n, 0);
    if (!theta || !onnx_input(n, 1) || !onnx_const_ints(g, n, 1, &size))
        return theta && onnx_input(n, 1) ? false : onnx_error(g, n, "it needs matrices and a size");
    if (size.count < 4 || size.count > 5)
        return onnx_error(g, n, "its size has %d numbers; 4 or 5 are needed", size.count);
    p.size = (struct int_list){ size.count - 2, size.item + 2 };
    n->out[0] = op_make_from(g, n->from, op_find("AffineGrid"), &p, &theta, 1);
    return n->out[0] != NULL;
}

static const struct sample samples[] = {
    { "5x6x3 4x3x2@-1.4:1.4", "" },
    { "5x6x2 4x3x2@-1.4:1.4", "mode='cubic', outside='border'" },
    { "5x6x2 4x3x2@-2.5:2.5", "outside='reflection', align_corners=True" },
    { "3x4x5x2 2x3x2x3@-1.2:1.2", "outside='reflection'" },
    { "5x6x2 4x3x2@-1.4:1.4", "mode='nearest'" },
    { NULL, NULL }
};
static const struct sample affine_samples[] = { { "float32[2x2x3]", "size=(4, 5)" },
                                                { "float32[2x3x4]",
                                                  "size=(2, 3, 4), align_corners=True" },
                                                { NULL, NULL } };

const struct opdef grid_sample = {
    .name = "GridSample",
    .onnx = "GridSample",
    .keras_base = "grid_sample",
    .brief = "pictures read at computed positions",
    .attrs = attrs,
    .attr_size = sizeof(struct grid_sample),
    .min_inputs = 2,
    .max_inputs = 2,
    .samples = samples,
    .shape = shape,
    .eval = eval,
    .emit = emit,
    .import = import,
    .to_onnx = "first GridSample(a^first, b, mode=$mode, padding_mode=$outside, "
               "align_corners=$align_corners)",
};

static const char *affine_to_onnx(struct graph *g, const struct op *op)
{
    const struct int_list *l = &((const struct affine_grid *)op->attr)->size;
    const char *size = "";
    for (int i = 0; i < l->count; i++)
        size = arena_printf(g->ctx->arena, "%s,%lld", size, (long long)l->item[i]);
    return arena_printf(g->ctx->arena, "AffineGrid(a, [%lld,1%s], align_corners=$align_corners)",
                        (long long)op->out->shape.dim[0], size);
}

const struct opdef affine_grid = {
    .name = "AffineGrid",
    .onnx = "AffineGrid",
    .keras_base = "affine_grid",
    .brief = "positions for GridSample by matrices",
    .attrs = affine_attrs,
    .attr_size = sizeof(struct affine_grid),
    .min_inputs = 1,
    .max_inputs = 1,
    .samples = affine_samples,
    .shape = affine_shape,
    .eval = affine_eval,
    .emit = affine_emit,
    .import = affine_import,
    .to_onnx_for = affine_to_onnx,
};
