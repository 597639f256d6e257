/* unpooling.c - values put back where they came from: MaxUnpool by the places of maxima, Col2Im by
 * the windows' positions. */
#include "ops/moves.h"
#include "ops/windows.h"

#include <string.h>

/* ---- MaxUnpool ---- */

/* the tensor in which places count; the result's shape, which may be larger */
struct unpool {
    struct int_list inner, shape;
};

static const struct attr unpool_attrs[] = {
    { "inner", NULL, ATTR_LIST, offsetof(struct unpool, inner), NULL, NULL, 0 },
    { "shape", NULL, ATTR_LIST, offsetof(struct unpool, shape), NULL, NULL, 0 },
    { 0 }
};

static bool unpool_shape(struct graph *g, struct op *op)
{
    const struct unpool *p = op->attr;
    const int n = op->in[0]->shape.rank;
    if (!has_values(g, op, 0))
        return false;
    if (!shape_equal(&op->in[0]->shape, &op->in[1]->shape) || p->inner.count != n
        || p->shape.count != n)
        return op_error(g, op, "its values, places and shapes must have equally many axes");
    op->out->shape.rank = n;
    for (int i = 0; i < n; i++) {
        op->out->shape.dim[i] = p->shape.item[i];
        if (p->inner.item[i] < 1 || p->shape.item[i] < 1)
            return op_error(g, op, "its result would have the size %lld along axis %d",
                            (long long)p->shape.item[i], i);
    }
    return true;
}

/* Where place `at` of the inner tensor lies in the result; -1: nowhere. */
static int64_t in_result(const struct unpool *p, int64_t at)
{
    int64_t to = 0, step = 1;
    for (int i = p->inner.count - 1; i >= 0; i--) {
        const int64_t x = at % p->inner.item[i];
        if (x >= p->shape.item[i])
            return -1;
        to += x * step;
        step *= p->shape.item[i];
        at /= p->inner.item[i];
    }
    return at ? -1 : to;
}

static void unpool_eval(const struct op *op, const double *const *in, double *out)
{
    const struct unpool *p = op->attr;
    memset(out, 0, (size_t)shape_count(&op->out->shape) * sizeof *out);
    for (int64_t i = 0; i < shape_count(&op->in[0]->shape); i++) {
        const int64_t to = in[1][i] < 0 ? -1 : in_result(p, (int64_t)in[1][i]);
        if (to >= 0)
            out[to] = in[0][i];
    }
}

static bool unpool_import(struct graph *g, struct onnx_node *n)
{
    int kernel[3], strides[3], pads[6];
    struct int_list given;
    struct tensor *x = onnx_input(n, 0);
    if (!x || !onnx_input(n, 1) || x->shape.rank < 3 || x->shape.rank > 5)
        return onnx_error(g, n, "it needs values {N, C, ...} of 1 to 3 axes and their places");
    const int axes = x->shape.rank - 2;
    if (!onnx_axes_ints(g, n, "kernel_shape", axes, 1, kernel)
        || !onnx_axes_ints(g, n, "strides", axes, 1, strides)
        || !onnx_axes_ints(g, n, "pads", 2 * axes, 0, pads) || !onnx_const_ints(g, n, 2, &given))
        return false;
    struct unpool p = { .inner = { x->shape.rank,
                                   NEW_ARRAY(g->ctx->arena, int64_t, x->shape.rank) } };
    for (int i = 0; i < x->shape.rank; i++)
        p.inner.item[i] = i < 2 ? x->shape.dim[i]
                                : (x->shape.dim[i] - 1) * strides[i - 2] - pads[i - 2]
                                      - pads[axes + i - 2] + kernel[i - 2];
    if (given.count >= 0 && given.count != x->shape.rank)
        return onnx_error(g, n, "its output_shape has %d numbers; %d are needed", given.count,
                          x->shape.rank);
    p.shape = given.count >= 0 ? given : p.inner;
    n->out[0] = op_make_from(g, n->from, op_find("MaxUnpool"), &p, n->in, 2);
    return n->out[0] != NULL;
}

/* ---- Col2Im ---- */

/* by axis; pads: all before, then all behind */
struct col2im {
    struct int_list image, block, dilations, strides, pads;
};

static const struct attr col2im_attrs[] = {
    { "image", NULL, ATTR_LIST, offsetof(struct col2im, image), NULL, NULL, 0 },
    { "block", NULL, ATTR_LIST, offsetof(struct col2im, block), NULL, NULL, 0 },
    { "dilations", NULL, ATTR_LIST, offsetof(struct col2im, dilations), "None", NULL, 0 },
    { "strides", NULL, ATTR_LIST, offsetof(struct col2im, strides), "None", NULL, 0 },
    { "pads", NULL, ATTR_LIST, offsetof(struct col2im, pads), "None", NULL, 0 },
    { 0 }
};

static int64_t at_or(const struct int_list *l, int i, int64_t absent)
{
    return l->count > 0 ? l->item[i] : absent;
}

static int64_t windows_along(const struct col2im *p, int i)
{
    const int n = p->image.count;
    const int64_t room = p->image.item[i] + at_or(&p->pads, i, 0) + at_or(&p->pads, n + i, 0)
                         - (p->block.item[i] - 1) * at_or(&p->dilations, i, 1) - 1;
    return room < 0 ? 0 : room / at_or(&p->strides, i, 1) + 1;
}

/* {N, C * block, windows} gives {N, C, image}. */
static bool col2im_shape(struct graph *g, struct op *op)
{
    const struct col2im *p = op->attr;
    const struct shape *s = &op->in[0]->shape;
    const int n = p->image.count;
    int64_t taps = 1, windows = 1;
    if (!has_values(g, op, 0))
        return false;
    if (s->rank != 3 || n < 1 || n > MAX_RANK - 2 || p->block.count != n)
        return op_error(g, op, "needs {N, C, L}, and image and block of equally many axes");
    if ((p->dilations.count > 0 && p->dilations.count != n)
        || (p->strides.count > 0 && p->strides.count != n)
        || (p->pads.count > 0 && p->pads.count != 2 * n))
        return op_error(g, op, "dilations, strides and pads must be as many as the image's axes");
    for (int i = 0; i < n; i++) {
        if (p->image.item[i] < 1 || p->block.item[i] < 1 || p->block.item[i] > 1 << 16
            || at_or(&p->strides, i, 1) < 1 || at_or(&p->dilations, i, 1) < 1)
            return op_error(g, op, "image, block, strides and dilations must be 1 or more");
        if (!mul_checked(taps, p->block.item[i], &taps)
            || !mul_checked(windows, windows_along(p, i), &windows))
            return op_error(g, op, "the block is too large");
    }
    if (s->dim[1] % taps || s->dim[2] != windows)
        return op_error(
            g, op, "its input is %s; blocks have %lld values, and the image %lld places for them",
            shape_text(g->ctx->arena, s), (long long)taps, (long long)windows);
    op->out->shape = (struct shape){ .rank = n + 2, .dim = { s->dim[0], s->dim[1] / taps } };
    for (int i = 0; i < n; i++)
        op->out->shape.dim[2 + i] = p->image.item[i];
    return true;
}

/* Where tap t of window l falls in the image; -1: outside. */
static int64_t lands(const struct col2im *p, int64_t t, int64_t l)
{
    int64_t to = 0, step = 1;
    for (int i = p->image.count - 1; i >= 0; i--) {
        const int64_t x = l % windows_along(p, i) * at_or(&p->strides, i, 1) - at_or(&p->pads, i, 0)
                          + t % p->block.item[i] * at_or(&p->dilations, i, 1);
        if (x < 0 || x >= p->image.item[i])
            return -1;
        to += x * step;
        step *= p->image.item[i];
        l /= windows_along(p, i);
        t /= p->block.item[i];
    }
    return to;
}

static void col2im_eval(const struct op *op, const double *const *in, double *out)
{
    const struct col2im *p = op->attr;
    const int64_t planes = op->out->shape.dim[0] * op->out->shape.dim[1],
                  size = planes ? shape_count(&op->out->shape) / planes : 0;
    const int64_t L = op->in[0]->shape.dim[2],
                  taps = planes ? op->in[0]->shape.dim[0] * op->in[0]->shape.dim[1] / planes : 0;
    memset(out, 0, (size_t)shape_count(&op->out->shape) * sizeof *out);
    for (int64_t i = 0; i < planes * taps * L; i++) {
        const int64_t to = lands(p, i / L % taps, i % L);
        if (to >= 0)
            out[i / L / taps * size + to] += in[0][i];
    }
}

static bool col2im_import(struct graph *g, struct onnx_node *n)
{
    struct col2im p = { .dilations = onnx_ints(g, n, "dilations"),
                        .strides = onnx_ints(g, n, "strides"),
                        .pads = onnx_ints(g, n, "pads") };
    if (n->nin != 3 || !n->in[0] || !n->in[1] || !n->in[2])
        return onnx_error(g, n, "it needs an input, the image's shape and the block's shape");
    if (!onnx_const_ints(g, n, 1, &p.image) || !onnx_const_ints(g, n, 2, &p.block))
        return false;
    n->out[0] = op_make_from(g, n->from, op_find("Col2Im"), &p, n->in, 1);
    return n->out[0] != NULL;
}

#include "templates/unpooling.inc"

static const struct sample unpool_samples[] = { { "float32[1x2x2x2] int64[1x2x2x2]@0:31",
                                                  "inner=(1, 2, 4, 4), shape=(1, 2, 5, 4)" },
                                                { NULL, NULL } };
static const struct sample col2im_samples[] = {
    { "float32[2x12x9]", "image=(4, 4), block=(2, 2)" },
    { "float32[1x6x8]",
      "image=(5, 4), block=(2, 3), strides=(1, 2), pads=(0, 1, 0, 1), dilations=(1, 1)" },
    { NULL, NULL }
};

const struct opdef max_unpool = {
    .name = "MaxUnpool",
    .onnx = "MaxUnpool",
    .keras_base = "max_unpool",
    .brief = "maxima put back where they stood",
    .attrs = unpool_attrs,
    .attr_size = sizeof(struct unpool),
    .min_inputs = 2,
    .max_inputs = 2,
    .types = NUMBERS,
    .samples = unpool_samples,
    .shape = unpool_shape,
    .eval = unpool_eval,
    .emit = unpool_emit,
    .import = unpool_import,
};

const struct opdef col2im = {
    .name = "Col2Im",
    .onnx = "Col2Im",
    .keras_base = "col2im",
    .brief = "columns of windows added up to a picture",
    .attrs = col2im_attrs,
    .attr_size = sizeof(struct col2im),
    .min_inputs = 1,
    .max_inputs = 1,
    .samples = col2im_samples,
    .shape = col2im_shape,
    .eval = col2im_eval,
    .emit = col2im_emit,
    .import = col2im_import,
};
