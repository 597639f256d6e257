/* cropping.c - Keras' layers that cut pictures: Cropping1D, 2D and 3D, CenterCrop: slices. */
#include "ops/moves.h"
#include "ops/onnx.h"

struct cropping {
    int cropping[6];
};

static const struct attr attrs1[] = {
    { "cropping", NULL, ATTR_PADS, offsetof(struct cropping, cropping), "1", NULL, 1 }, { 0 }
};
static const struct attr attrs2[] = { { "cropping", NULL, ATTR_PADS,
                                        offsetof(struct cropping, cropping), "0", NULL, 2 },
                                      { "data_format", NULL, ATTR_IGNORED, 0, "None", NULL, 0 },
                                      { 0 } };
static const struct attr attrs3[] = { { "cropping", NULL, ATTR_PADS,
                                        offsetof(struct cropping, cropping), "1", NULL, 3 },
                                      { "data_format", NULL, ATTR_IGNORED, 0, "None", NULL, 0 },
                                      { 0 } };

/* Cuts `before[d]` off the front of axis d and leaves `size[d]`. */
static struct tensor *cut(struct graph *g, struct op *op, int64_t *before, int64_t *size)
{
    const struct int_list begin = { op->in[0]->shape.rank, before },
                          sizes = { op->in[0]->shape.rank, size };
    return op_make(g, op, "Slice",
                   arena_printf(g->ctx->arena, "begin=%s size=%s", axes_text(g->ctx->arena, &begin),
                                axes_text(g->ctx->arena, &sizes)),
                   op->in, 1);
}

static struct tensor *crop(struct graph *g, struct op *op, int axes, const char *what)
{
    const int *crop = ((const struct cropping *)op->attr)->cropping;
    const struct shape *s = &op->in[0]->shape;
    int64_t begin[MAX_RANK] = { 0 }, size[MAX_RANK];
    if (!needs_rank(g, op, axes + 2, what))
        return NULL;
    for (int d = 0; d < s->rank; d++)
        size[d] = s->dim[d];
    for (int i = 0; i < axes; i++) {
        begin[i + 1] = crop[2 * i];
        size[i + 1] -= (int64_t)crop[2 * i] + crop[2 * i + 1];
        if (size[i + 1] < 1)
            return op_error(g, op, "cuts %d and %d off an axis of %lld", crop[2 * i],
                            crop[2 * i + 1], (long long)s->dim[i + 1]),
                   NULL;
    }
    return cut(g, op, begin, size);
}

static struct tensor *expand1(struct graph *g, struct op *op)
{
    return crop(g, op, 1, "a sequence (steps, channels)");
}

static struct tensor *expand2(struct graph *g, struct op *op)
{
    return crop(g, op, 2, "a picture (height, width, channels)");
}

static struct tensor *expand3(struct graph *g, struct op *op)
{
    return crop(g, op, 3, "a volume (depth, height, width, channels)");
}

static const struct sample samples1[] = { { "9x3", "cropping=(2,1)" }, { NULL, NULL } };
static const struct sample samples2[] = { { "9x8x3", "cropping=((2,1),(0,3))" }, { NULL, NULL } };
static const struct sample samples3[] = { { "5x6x7x2", "cropping=((1,0),(2,1),(0,3))" },
                                          { NULL, NULL } };

const struct opdef cropping1d = {
    .name = "Cropping1D",
    .keras_base = "cropping1d",
    .brief = "cuts the ends off a sequence",
    .attrs = attrs1,
    .attr_size = sizeof(struct cropping),
    .min_inputs = 1,
    .max_inputs = 1,
    .samples = samples1,
    .expand = expand1,
};
const struct opdef cropping2d = {
    .name = "Cropping2D",
    .keras_base = "cropping2d",
    .brief = "cuts the edges off a picture",
    .attrs = attrs2,
    .attr_size = sizeof(struct cropping),
    .min_inputs = 1,
    .max_inputs = 1,
    .has_data_format = true,
    .samples = samples2,
    .expand = expand2,
};
const struct opdef cropping3d = {
    .name = "Cropping3D",
    .keras_base = "cropping3d",
    .brief = "cuts the faces off a volume",
    .attrs = attrs3,
    .attr_size = sizeof(struct cropping),
    .min_inputs = 1,
    .max_inputs = 1,
    .has_data_format = true,
    .samples = samples3,
    .expand = expand3,
};

/* ---- CenterCrop ------------------------------------------------------------------------------ */

struct center_crop {
    int height, width;
};

static const struct attr center_attrs[] = {
    { "height", NULL, ATTR_INT, offsetof(struct center_crop, height), NULL, NULL, 0 },
    { "width", NULL, ATTR_INT, offsetof(struct center_crop, width), NULL, NULL, 0 },
    { "data_format", NULL, ATTR_IGNORED, 0, "None", NULL, 0 },
    { 0 }
};

/* Where the picture is smaller than what is wanted Keras scales a centred part of the right
 * proportions (keras.utils' smart_resize). */
static struct tensor *expand_center(struct graph *g, struct op *op)
{
    const struct center_crop *p = op->attr;
    if (!needs_rank(g, op, 4, "a picture (height, width, channels)")
        || !positive(g, op, "'height' and 'width'", &p->height, 2))
        return NULL;
    const int64_t H = op->in[0]->shape.dim[1], W = op->in[0]->shape.dim[2];
    int64_t begin[4] = { 0 },
            size[4] = { op->in[0]->shape.dim[0], p->height, p->width, op->in[0]->shape.dim[3] };
    const bool fits = H >= p->height && W >= p->width;
    if (!fits) {
        const int64_t h = W * p->height / p->width, w = H * p->width / p->height;
        size[1] = h < H ? h : H;
        size[2] = w < W ? w : W;
    }
    begin[1] = (H - size[1]) / 2;
    begin[2] = (W - size[2]) / 2;
    struct tensor *part = cut(g, op, begin, size);
    if (!part || fits)
        return part;
    return op_make(g, op, "Resizing",
                   arena_printf(g->ctx->arena, "height=%d width=%d", p->height, p->width), &part,
                   1);
}

static const struct sample center_samples[] = { { "9x8x3", "height=4, width=5" }, { NULL, NULL } };

const struct opdef center_crop = {
    .name = "CenterCrop",
    .keras_base = "center_crop",
    .brief = "the middle of a picture",
    .attrs = center_attrs,
    .attr_size = sizeof(struct center_crop),
    .min_inputs = 1,
    .max_inputs = 1,
    .has_data_format = true,
    .samples = center_samples,
    .expand = expand_center,
};

/* ---- ONNX' CenterCropPad: cut where the input is larger, zeros around where it is smaller ---- */

struct center {
    struct int_list shape, axes;
};

static const struct attr center_pad_attrs[] = {
    { "shape", NULL, ATTR_LIST, offsetof(struct center, shape), NULL, NULL, 0 },
    { "axes", "axes", ATTR_LIST, offsetof(struct center, axes), "None", NULL, 0 },
    { 0 }
};

static struct tensor *expand_center_pad(struct graph *g, struct op *op)
{
    const struct center *p = op->attr;
    const struct shape *s = &op->in[0]->shape;
    struct arena *a = g->ctx->arena;
    int64_t begin[MAX_RANK] = { 0 }, size[MAX_RANK], pads[MAX_RANK] = { 0 }, wanted[MAX_RANK];
    const char *text = "";
    for (int d = 0; d < s->rank; d++)
        wanted[d] = size[d] = s->dim[d];
    if (p->shape.count != (p->axes.count ? p->axes.count : s->rank))
        return op_error(g, op, "%d sizes for %d axes", p->shape.count,
                        p->axes.count ? p->axes.count : s->rank),
               NULL;
    for (int i = 0; i < p->shape.count; i++) {
        int d;
        if (!axis_of(g, op, p->axes.count ? p->axes.item[i] : i, s->rank, &d)
            || p->shape.item[i] < 0)
            return NULL;
        wanted[d] = p->shape.item[i];
        size[d] = wanted[d] < s->dim[d] ? wanted[d] : s->dim[d];
        begin[d] = (s->dim[d] - size[d]) / 2;
        pads[d] = (wanted[d] - size[d]) / 2;
    }
    for (int d = 0; d < s->rank; d++)
        text = arena_printf(a, "%s%lld,%lld,", text, (long long)pads[d],
                            (long long)(wanted[d] - size[d] - pads[d]));
    struct tensor *t = cut(g, op, begin, size);
    return t ? op_make(g, op, "Pad", arena_printf(a, "pads=(%s)", text), &t, 1) : NULL;
}

static bool import_center_pad(struct graph *g, struct onnx_node *n)
{
    struct int_list sizes, axes = onnx_ints(g, n, "axes");
    if (!onnx_input(n, 0) || !onnx_const_ints(g, n, 1, &sizes) || sizes.count < 0)
        return onnx_input(n, 0) && sizes.count >= 0
                   ? false
                   : onnx_error(g, n, "it needs an input and a shape");
    return onnx_make(g, n, "CenterCropPad",
                     arena_printf(g->ctx->arena, "shape=%s axes=%s",
                                  axes_text(g->ctx->arena, &sizes),
                                  axes.count < 0 ? "None" : axes_text(g->ctx->arena, &axes)),
                     n->in, 1);
}

static const struct sample center_pad_samples[] = { { "9x4x3", "shape=(4,9) axes=(1,2)" },
                                                    { "4x3", "shape=(1,7,2)" },
                                                    { NULL, NULL } };

const struct opdef center_crop_pad = {
    .name = "CenterCropPad",
    .onnx = "CenterCropPad",
    .import = import_center_pad,
    .keras_base = "center_crop_pad",
    .brief = "the middle, with zeros around where it is too small",
    .attrs = center_pad_attrs,
    .attr_size = sizeof(struct center),
    .min_inputs = 1,
    .max_inputs = 1,
    .types = ALL_TYPES,
    .samples = center_pad_samples,
    .expand = expand_center_pad,
};
