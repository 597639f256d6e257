/*
 * extract_patches.c - the window around each position as channels: (row, column, channel) of the
 * patch in that order. Patches side by side are SpaceToDepth; others are strided slices of the
 * padded picture, one for each tap of the window.
 */
#include "ops/common.h"

struct patches {
    int size[2], strides[2], dilation_rate[2], padding;
};

static const struct attr attrs[] = {
    { "size", NULL, ATTR_INTS, offsetof(struct patches, size), NULL, NULL, 2 },
    { "strides", NULL, ATTR_INTS, offsetof(struct patches, strides), "None", NULL, 2 },
    { "dilation_rate", NULL, ATTR_INTS, offsetof(struct patches, dilation_rate), "1", NULL, 2 },
    { "padding", NULL, ATTR_CHOICE, offsetof(struct patches, padding), "valid", "valid same", 0 },
    { 0 }
};

static bool is_tiling(const struct shape *s, const struct window *w)
{
    for (int i = 0; i < 2; i++)
        if (w[i].kernel != w[0].kernel || w[i].stride != w[i].kernel || w[i].dilation != 1
            || w[i].before || w[i].after || s->dim[i + 1] % w[i].kernel)
            return false;
    return true;
}

/* The values that tap (ky, kx) sees at all positions. */
static struct tensor *tap(struct graph *g, struct op *op, struct tensor *x, const struct window *w,
                          const int64_t *out, int ky, int kx)
{
    const struct shape *s = &x->shape;
    const char *attr = arena_printf(
        g->ctx->arena, "begin=(0,%d,%d,0) size=(%lld,%lld,%lld,%lld) step=(1,%d,%d,1)",
        ky * w[0].dilation, kx * w[1].dilation, (long long)s->dim[0], (long long)out[0],
        (long long)out[1], (long long)s->dim[3], w[0].stride, w[1].stride);
    return op_make(g, op, "Slice", attr, &x, 1);
}

static struct tensor *padded(struct graph *g, struct op *op, const struct window *w)
{
    if (!w[0].before && !w[0].after && !w[1].before && !w[1].after)
        return op->in[0];
    return op_make(g, op, "Pad",
                   arena_printf(g->ctx->arena, "pads=(0,0,%d,%d,%d,%d,0,0)", w[0].before,
                                w[0].after, w[1].before, w[1].after),
                   op->in, 1);
}

static struct tensor *expand(struct graph *g, struct op *op)
{
    enum { MOST_TAPS = 4096 };
    struct patches *p = op->attr;
    struct window w[2] = { 0 };
    int64_t out[2];
    for (int i = 0; i < 2; i++)
        p->strides[i] = p->strides[i] ? p->strides[i] : p->size[i];
    if (!picture_windows(g, op, p->size, p->strides, p->dilation_rate, (enum padding)p->padding, w,
                         out))
        return NULL;
    if (is_tiling(&op->in[0]->shape, w))
        return op_make(g, op, "SpaceToDepth",
                       arena_printf(g->ctx->arena, "block_size=%d", p->size[0]), op->in, 1);
    if ((int64_t)p->size[0] * p->size[1] > MOST_TAPS)
        return op_error(g, op, "patches of %d x %d that overlap: at most %d pixels each",
                        p->size[0], p->size[1], MOST_TAPS),
               NULL;
    struct tensor *x = padded(g, op, w),
                  **part = NEW_ARRAY(g->ctx->arena, struct tensor *, p->size[0] * p->size[1]);
    for (int i = 0; i < p->size[0] * p->size[1]; i++)
        if (!x || !(part[i] = tap(g, op, x, w, out, i / p->size[1], i % p->size[1])))
            return NULL;
    return op_make(g, op, "Concatenate", "axis=3", part, p->size[0] * p->size[1]);
}

static const struct sample samples[] = { { "6x6x3", "size=2" },
                                         { "7x5x2", "size=3 strides=2 padding=same" },
                                         { "9x9x1", "size=(2,3) strides=1 dilation_rate=2" },
                                         { NULL, NULL } };

const struct opdef extract_patches = {
    .name = "ExtractPatches",
    .keras_base = "extract_patches",
    .brief = "the window around each position as channels",
    .attrs = attrs,
    .attr_size = sizeof(struct patches),
    .min_inputs = 1,
    .max_inputs = 1,
    .types = ALL_TYPES,
    .has_data_format = true,
    .samples = samples,
    .expand = expand,
    .functions =
        "extract_patches extract_image_patches(images|input, size|sizes|ksizes, strides=None, "
        "dilation_rate|rates=1, padding=\"valid\", data_format=None)",
};
