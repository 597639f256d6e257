/* up_sampling.c - sequences, pictures and volumes made larger by whole factors; pictures resized as
 * Keras does it. */
#include "ops/pooling.h"
#include "ops/resize.h"

/* ---- UpSampling ---- */

struct up_sampling {
    int size[3], interpolation, format;
};

static const struct attr attrs_1d[] = {
    { "size", NULL, ATTR_INTS, offsetof(struct up_sampling, size), "2", NULL, 1 }, { 0 }
};
static const struct attr attrs_2d[] = {
    { "size", NULL, ATTR_INTS, offsetof(struct up_sampling, size), "2", NULL, 2 },
    { "data_format", NULL, ATTR_IGNORED, 0, "None", NULL, 0 },
    { "interpolation", NULL, ATTR_CHOICE, offsetof(struct up_sampling, interpolation), "nearest",
      INTERPOLATIONS, 0 },
    { 0 }
};
static const struct attr attrs_3d[] = { { "size", NULL, ATTR_INTS,
                                          offsetof(struct up_sampling, size), "2", NULL, 3 },
                                        { "data_format", NULL, ATTR_IGNORED, 0, "None", NULL, 0 },
                                        { 0 } };

/* TensorFlow's and JAX's meaning: pixels are squares, the cubic kernel has a = -0.5 and leaves out
 * what is outside. */
static struct resize as_keras(int interpolation, int64_t height, int64_t width)
{
    return (struct resize){ .size = { (int)height, (int)width },
                            .interpolation = interpolation,
                            .cubic = -0.5,
                            .coordinates =
                                interpolation == NEAREST ? TF_HALF_PIXEL_FOR_NN : HALF_PIXEL,
                            .exclude_outside = true };
}

static struct tensor *expand_1d(struct graph *g, struct op *op)
{
    const struct up_sampling *p = op->attr;
    if (!needs_rank(g, op, 3, "a sequence (steps, channels)")
        || !positive(g, op, "'size'", p->size, 1))
        return NULL;
    const struct resize r = as_keras(NEAREST, op->in[0]->shape.dim[1] * p->size[0], 1);
    return resize_axis(g, op, &r, op->in[0], 1);
}

static struct tensor *expand_2d(struct graph *g, struct op *op)
{
    const struct up_sampling *p = op->attr;
    const int64_t *d = op->in[0]->shape.dim;
    if (!needs_rank(g, op, 4, "a picture (height, width, channels)")
        || !positive(g, op, "'size'", p->size, 2))
        return NULL;
    const struct resize r = as_keras(p->interpolation, d[1] * p->size[0], d[2] * p->size[1]);
    return resize_picture(g, op, &r, op->in[0]);
}

static struct tensor *expand_3d(struct graph *g, struct op *op)
{
    const struct up_sampling *p = op->attr;
    struct tensor *t = op->in[0];
    if (!needs_rank(g, op, 5, "a volume (depth, height, width, channels)")
        || !positive(g, op, "'size'", p->size, 3))
        return NULL;
    for (int i = 2; i >= 0 && t; i--) {
        const struct resize r = as_keras(NEAREST, t->shape.dim[1 + i] * p->size[i], 1);
        t = p->size[i] > 1 ? resize_axis(g, op, &r, t, 1 + i) : t;
    }
    return t == op->in[0] ? op_make(g, op, "Copy", "", &t, 1) : t;
}

/* ---- Resizing ---- */

struct resizing {
    int size[2], interpolation, fill_mode, format;
    bool crop, pad, antialias, preserve;
    double fill_value;
    /* TensorFlow 1: pixels are points, at the corners of their squares */
    bool first_version, align_corners, half_pixel_centers;
};

#define RESIZING_ATTRS \
    { "crop_to_aspect_ratio", NULL, ATTR_BOOL, offsetof(struct resizing, crop), "False", NULL, \
        0 }, \
    { "pad_to_aspect_ratio", NULL, ATTR_BOOL, offsetof(struct resizing, pad), "False", NULL, 0 }, \
    { "fill_mode", NULL, ATTR_CHOICE, offsetof(struct resizing, fill_mode), "constant", \
        "constant", 0 }, \
    { "fill_value", NULL, ATTR_FLOAT, offsetof(struct resizing, fill_value), "0.0", NULL, 0 }, \
    { "antialias", NULL, ATTR_BOOL, offsetof(struct resizing, antialias), "False", NULL, 0 }

static const struct attr resizing_attrs[] = {
    { "height", NULL, ATTR_INT, offsetof(struct resizing, size[0]), NULL, NULL, 0 },
    { "width", NULL, ATTR_INT, offsetof(struct resizing, size[1]), NULL, NULL, 0 },
    { "interpolation", NULL, ATTR_CHOICE, offsetof(struct resizing, interpolation), "bilinear",
      INTERPOLATIONS, 0 },
    RESIZING_ATTRS,
    { "data_format", NULL, ATTR_IGNORED, 0, "None", NULL, 0 },
    { 0 }
};
static const struct attr image_resize_attrs[] = {
    { "size", NULL, ATTR_INTS, offsetof(struct resizing, size), NULL, NULL, 2 },
    { "interpolation", NULL, ATTR_CHOICE, offsetof(struct resizing, interpolation), "bilinear",
      INTERPOLATIONS, 0 },
    { "preserve_aspect_ratio", NULL, ATTR_BOOL, offsetof(struct resizing, preserve), "False", NULL,
      0 },
    { "first_version", NULL, ATTR_BOOL, offsetof(struct resizing, first_version), "False", NULL,
      0 },
    { "align_corners", NULL, ATTR_BOOL, offsetof(struct resizing, align_corners), "False", NULL,
      0 },
    { "half_pixel_centers", NULL, ATTR_BOOL, offsetof(struct resizing, half_pixel_centers), "False",
      NULL, 0 },
    RESIZING_ATTRS,
    { "data_format", NULL, ATTR_CHOICE, offsetof(struct resizing, format), "channels_last",
      "channels_last", 0 },
    { 0 }
};

/* The part of the middle that has the aspect ratio of the result, as Keras computes it. */
static struct tensor *crop_to(struct graph *g, struct op *op, const int *size)
{
    const int64_t h = op->in[0]->shape.dim[1], w = op->in[0]->shape.dim[2];
    int64_t height = w * size[0] / size[1], width = h * size[1] / size[0];
    height = height < 1 ? 1 : height < h ? height : h;
    width = width < 1 ? 1 : width < w ? width : w;
    const int64_t top = (h - height) / 2, left = (w - width) / 2;
    if (height == h && width == w)
        return op->in[0];
    return op_make(g, op, "Cropping2D",
                   arena_printf(g->ctx->arena, "cropping=((%lld,%lld),(%lld,%lld))", (long long)top,
                                (long long)(h - height - top), (long long)left,
                                (long long)(w - width - left)),
                   op->in, 1);
}

/* Rows or columns added on both sides until it has the aspect ratio of the result. */
static struct tensor *pad_to(struct graph *g, struct op *op, const int *size, double value)
{
    const int64_t h = op->in[0]->shape.dim[1], w = op->in[0]->shape.dim[2];
    const int64_t tall = w * size[0] / size[1], wide = h * size[1] / size[0];
    const int64_t v = tall > h ? (tall - h) / 2 : 0, s = wide > w ? (wide - w) / 2 : 0;
    if (!v && !s)
        return op->in[0];
    if (value < 0 || value > 0)
        return op_make(g, op, "Pad",
                       arena_printf(g->ctx->arena, "pads=(0,0,%lld,%lld,%lld,%lld,0,0) value=%.17g",
                                    (long long)v, (long long)v, (long long)s, (long long)s, value),
                       op->in, 1);
    return op_make(g, op, "ZeroPadding2D",
                   arena_printf(g->ctx->arena, "padding=((%lld,%lld),(%lld,%lld))", (long long)v,
                                (long long)v, (long long)s, (long long)s),
                   op->in, 1);
}

/* tf.compat.v1.image.resize_bilinear and its kin: the nearest pixel is rounded to where corners are
 * aligned. */
static void as_first_version(const struct resizing *p, struct resize *r)
{
    const bool half = p->half_pixel_centers && !p->align_corners;
    if (!half)
        r->coordinates = p->align_corners ? ALIGN_CORNERS : ASYMMETRIC;
    r->nearest = p->align_corners ? ROUND_PREFER_CEIL : FLOOR;
    if (p->interpolation == BICUBIC && !half) {
        r->cubic = -0.75;
        r->exclude_outside = false;
    }
}

static struct tensor *expand_resizing(struct graph *g, struct op *op)
{
    const struct resizing *p = op->attr;
    struct tensor *t = op->in[0];
    int size[2] = { p->size[0], p->size[1] };
    if (!needs_rank(g, op, 4, "a picture (height, width, channels)")
        || !positive(g, op, "the size", size, 2))
        return NULL;
    if (p->crop && p->pad) {
        op_error(g, op, "takes only one of 'crop_to_aspect_ratio' and 'pad_to_aspect_ratio'");
        return NULL;
    }
    /* tf.image.resize: the size is a box in which the picture must fit */
    if (p->preserve) {
        const double v = (double)size[0] / (double)t->shape.dim[1],
                     h = (double)size[1] / (double)t->shape.dim[2], least = v < h ? v : h;
        size[0] = (int)((double)t->shape.dim[1] * least + 0.5);
        size[1] = (int)((double)t->shape.dim[2] * least + 0.5);
    }
    t = p->crop ? crop_to(g, op, size) : p->pad ? pad_to(g, op, size, p->fill_value) : t;
    struct resize r = as_keras(p->interpolation, size[0], size[1]);
    r.antialias = p->antialias;
    if (p->first_version)
        as_first_version(p, &r);
    return t ? resize_picture(g, op, &r, t) : NULL;
}

/* K.resize_images(x, 2, 3): UpSampling2D as a function, its factors apart. */
static const struct attr resize_images_attrs[] = {
    { "height_factor", NULL, ATTR_INT, offsetof(struct up_sampling, size[0]), NULL, NULL, 0 },
    { "width_factor", NULL, ATTR_INT, offsetof(struct up_sampling, size[1]), NULL, NULL, 0 },
    { "data_format", NULL, ATTR_CHOICE, offsetof(struct up_sampling, format), "channels_last",
      "channels_last", 0 },
    { "interpolation", NULL, ATTR_CHOICE, offsetof(struct up_sampling, interpolation), "nearest",
      INTERPOLATIONS, 0 },
    { 0 }
};

static const struct sample resize_images_samples[] = {
    { "4x3x2", "height_factor=2, width_factor=3" }, { NULL, NULL }
};
static const struct sample samples_1d[] = { { "5x3", "size=3" }, { NULL, NULL } };
static const struct sample samples_2d[] = { { "4x3x5", "" },
                                            { "4x3x2", "size=(3, 2), interpolation='bilinear'" },
                                            { NULL, NULL } };
static const struct sample samples_3d[] = { { "2x3x4x2", "size=(1, 2, 3)" },
                                            { "2x3x2x1", "" },
                                            { NULL, NULL } };
static const struct sample resizing_samples[] = {
    { "9x12x3", "height=6, width=18" },
    { "9x12x3", "height=6, width=9, interpolation='bicubic', antialias=True" },
    { NULL, NULL }
};
static const struct sample image_resize_samples[] = {
    { "5x4x3", "size=(10, 6), interpolation='nearest'" },
    { "5x4x3", "size=(9, 6), first_version=True, align_corners=True" },
    { NULL, NULL }
};

const struct opdef up_sampling1d = {
    .name = "UpSampling1D",
    .keras_base = "up_sampling1d",
    .brief = "every step repeated",
    .attrs = attrs_1d,
    .attr_size = sizeof(struct up_sampling),
    .types = ALL_TYPES,
    .min_inputs = 1,
    .max_inputs = 1,
    .samples = samples_1d,
    .expand = expand_1d,
};

const struct opdef up_sampling2d = {
    .name = "UpSampling2D",
    .keras_base = "up_sampling2d",
    .brief = "pictures made larger by whole factors",
    .attrs = attrs_2d,
    .attr_size = sizeof(struct up_sampling),
    .types = ALL_TYPES,
    .min_inputs = 1,
    .max_inputs = 1,
    .has_data_format = true,
    .samples = samples_2d,
    .expand = expand_2d,
};

const struct opdef up_sampling3d = {
    .name = "UpSampling3D",
    .keras_base = "up_sampling3d",
    .brief = "volumes made larger by whole factors",
    .attrs = attrs_3d,
    .attr_size = sizeof(struct up_sampling),
    .types = ALL_TYPES,
    .min_inputs = 1,
    .max_inputs = 1,
    .has_data_format = true,
    .samples = samples_3d,
    .expand = expand_3d,
};

const struct opdef resizing = {
    .name = "Resizing",
    .keras_base = "resizing",
    .brief = "pictures of a given size",
    .attrs = resizing_attrs,
    .attr_size = sizeof(struct resizing),
    .types = ALL_TYPES,
    .min_inputs = 1,
    .max_inputs = 1,
    .has_data_format = true,
    .samples = resizing_samples,
    .expand = expand_resizing,
};

const struct opdef image_resize = {
    .name = "ImageResize",
    .keras_base = "resize",
    .brief = "pictures of a given size, by the functions of tf.image and keras.ops.image",
    .attrs = image_resize_attrs,
    .attr_size = sizeof(struct resizing),
    .types = ALL_TYPES,
    .min_inputs = 1,
    .max_inputs = 1,
    .samples = image_resize_samples,
    .expand = expand_resizing,
    .functions = "image.resize(images, size, method|interpolation:interpolation=bilinear, "
                 "preserve_aspect_ratio=False, antialias=False, "
                 "crop_to_aspect_ratio=False, pad_to_aspect_ratio=False, fill_mode=constant, "
                 "fill_value=0.0, name=None); "
                 "resize_bilinear(images|image, size, align_corners=False, "
                 "half_pixel_centers=False, name=None) first_version=True; "
                 "resize_bicubic(images|image, size, align_corners=False, "
                 "half_pixel_centers=False, name=None) "
                 "interpolation=bicubic first_version=True; "
                 "resize_nearest_neighbor(images|image, size, align_corners=False, "
                 "half_pixel_centers=False, name=None) "
                 "interpolation=nearest first_version=True",
};

const struct opdef resize_images = {
    .name = "ResizeImages",
    .keras_base = "resize_images",
    .brief = "pictures made larger by whole factors, as a function",
    .attrs = resize_images_attrs,
    .attr_size = sizeof(struct up_sampling),
    .types = ALL_TYPES,
    .min_inputs = 1,
    .max_inputs = 1,
    .samples = resize_images_samples,
    .expand = expand_2d,
    .functions =
        "K.resize_images(x, height_factor, width_factor, data_format=None, interpolation=nearest)",
};
