/*
 * image_functions.c - functions of keras.ops.image and tf.image on pictures {..., height, width,
 * channels}: parts, margins, grey, and standardisation.
 */
#include "ops/common.h"

struct borders {
    int top, left, bottom, right, height, width, format;
}; /* -1: not given */

#define AT(member) offsetof(struct borders, member)
static const struct attr border_attrs[] = {
    { "top", NULL, ATTR_INT, AT(top), "-1", NULL, 0 },
    { "left", NULL, ATTR_INT, AT(left), "-1", NULL, 0 },
    { "bottom", NULL, ATTR_INT, AT(bottom), "-1", NULL, 0 },
    { "right", NULL, ATTR_INT, AT(right), "-1", NULL, 0 },
    { "target_height", NULL, ATTR_INT, AT(height), "-1", NULL, 0 },
    { "target_width", NULL, ATTR_INT, AT(width), "-1", NULL, 0 },
    { "data_format", NULL, ATTR_CHOICE, AT(format), "channels_last", "channels_last channels_first",
      0 },
    { 0 }
};

/* Of the border before, the one behind and the size that remains, two are given: the third, or 0
 * where one is missing. */
static bool complete(int size, int grows, int *before, int *behind, int *target)
{
    const int given = (*before >= 0) + (*behind >= 0) + (*target >= 0);
    if (given < 2)
        return false;
    if (*target < 0)
        *target = size + grows * (*before + *behind);
    if (*before < 0)
        *before = grows * (*target - size) - *behind;
    if (*behind < 0)
        *behind = grows * (*target - size) - *before;
    return *before >= 0 && *behind >= 0 && *target > 0;
}

/* The axis of the height; the borders completed, for a picture that grows (1) or shrinks (-1). -1
 * after an error. */
static int borders_of(struct graph *g, const struct op *op, int grows, struct borders *b)
{
    const struct shape *s = &op->in[0]->shape;
    *b = *(const struct borders *)op->attr;
    const int axis = s->rank - (b->format ? 2 : 3);
    if (s->rank < 3) {
        op_error(g, op, "works on pictures (height, width, channels)");
        return -1;
    }
    if (complete((int)s->dim[axis], grows, &b->top, &b->bottom, &b->height)
        && complete((int)s->dim[axis + 1], grows, &b->left, &b->right, &b->width))
        return axis;
    op_error(g, op,
             "needs two of the border before, the border behind and the target's size, that fit "
             "the picture, for height and for width");
    return -1;
}

static struct tensor *crop_expand(struct graph *g, struct op *op)
{
    struct borders b;
    const int axis = borders_of(g, op, -1, &b);
    const char *begin = "", *size = "";
    for (int d = 0; axis >= 0 && d < op->in[0]->shape.rank; d++) {
        const long long whole = op->in[0]->shape.dim[d];
        begin = arena_printf(g->ctx->arena, "%s%d,", begin,
                             d == axis       ? b.top
                             : d == axis + 1 ? b.left
                                             : 0);
        size = arena_printf(g->ctx->arena, "%s%lld,", size,
                            d == axis       ? b.height
                            : d == axis + 1 ? b.width
                                            : whole);
    }
    return axis < 0 ? NULL
                    : make_one(g, op, "Slice",
                               arena_printf(g->ctx->arena, "begin=(%s) size=(%s)", begin, size),
                               op->in[0]);
}

static struct tensor *pad_expand(struct graph *g, struct op *op)
{
    struct borders b;
    const int axis = borders_of(g, op, 1, &b);
    const char *pads = "";
    for (int d = 0; axis >= 0 && d < op->in[0]->shape.rank; d++)
        pads = arena_printf(g->ctx->arena, "%s%d,%d,", pads,
                            d == axis       ? b.top
                            : d == axis + 1 ? b.left
                                            : 0,
                            d == axis       ? b.bottom
                            : d == axis + 1 ? b.right
                                            : 0);
    return axis < 0
               ? NULL
               : make_one(g, op, "Pad", arena_printf(g->ctx->arena, "pads=(%s)", pads), op->in[0]);
}

static const struct sample crop_samples[] = {
    { "6x5x3", "top=1 left=2 target_height=3 target_width=2" }, { NULL, NULL }
};
static const struct sample pad_samples[] = { { "6x5x3", "top=1 left=2 bottom=0 right=1" },
                                             { NULL, NULL } };

const struct opdef crop_images = {
    .name = "CropImages",
    .keras_base = "crop_images",
    .brief = "a part of pictures",
    .attrs = border_attrs,
    .attr_size = sizeof(struct borders),
    .min_inputs = 1,
    .max_inputs = 1,
    .types = ALL_TYPES,
    .samples = crop_samples,
    .expand = crop_expand,
    .functions = "crop_images(images, top_cropping:top, left_cropping:left, "
                 "bottom_cropping:bottom, right_cropping:right, target_height, target_width, "
                 "data_format); crop_to_bounding_box(image, offset_height:top, offset_width:left, "
                 "target_height, target_width)",
};

const struct opdef pad_images = {
    .name = "PadImages",
    .keras_base = "pad_images",
    .brief = "zeros around pictures",
    .attrs = border_attrs,
    .attr_size = sizeof(struct borders),
    .min_inputs = 1,
    .max_inputs = 1,
    .types = NUMBERS,
    .samples = pad_samples,
    .expand = pad_expand,
    .functions = "pad_images(images, top_padding:top, left_padding:left, bottom_padding:bottom, "
                 "right_padding:right, target_height, target_width, "
                 "data_format); pad_to_bounding_box(image, offset_height:top, offset_width:left, "
                 "target_height, target_width)",
};

/* 0.2989 R + 0.587 G + 0.114 B, as Keras and TensorFlow have it. */
struct grey {
    int format;
};

static const struct attr grey_attrs[] = { { "data_format", NULL, ATTR_CHOICE,
                                            offsetof(struct grey, format), "channels_last",
                                            "channels_last channels_first", 0 },
                                          { 0 } };

static struct tensor *grey_expand(struct graph *g, struct op *op)
{
    const bool first = ((const struct grey *)op->attr)->format == 1;
    const int rank = op->in[0]->shape.rank, axis = first ? rank - 3 : rank - 1;
    if (rank < 3 || op->in[0]->shape.dim[axis] != 3)
        return op_error(g, op, "works on pictures of three colours"), NULL;
    struct tensor *weights = new_constant(g, op, "weights",
                                          first ? shape_of(3, INT64_C(3), INT64_C(1), INT64_C(1))
                                                : shape_of(1, INT64_C(3)));
    static const float part[3] = { 0.2989f, 0.587f, 0.114f };
    for (int i = 0; i < 3; i++)
        writable(weights)[i] = part[i];
    struct tensor *x =
        op->in[0]->type == F32 ? op->in[0] : make_one(g, op, "Cast", "to=float32", op->in[0]);
    return make_one(g, op, "Reduce",
                    arena_printf(g->ctx->arena, "kind=sum axes=(%d,) keepdims=True", axis),
                    make_two(g, op, "Multiply", x, weights));
}

static const struct sample grey_samples[] = { { "6x5x3", "" }, { NULL, NULL } };

const struct opdef rgb_to_grayscale = {
    .name = "RGBToGrayscale",
    .keras_base = "rgb_to_grayscale",
    .brief = "pictures without colour",
    .attrs = grey_attrs,
    .attr_size = sizeof(struct grey),
    .min_inputs = 1,
    .max_inputs = 1,
    .types = NUMBERS,
    .samples = grey_samples,
    .expand = grey_expand,
    .functions = "rgb_to_grayscale(images, data_format)",
};

/* tf.image.per_image_standardization: (x - mean) / max(deviation, 1 / sqrt(number of values)), each
 * picture by itself. */
static struct tensor *standard_expand(struct graph *g, struct op *op)
{
    const struct shape *s = &op->in[0]->shape;
    double count = 1;
    if (s->rank < 3)
        return op_error(g, op, "works on pictures (height, width, channels)"), NULL;
    for (int d = s->rank - 3; d < s->rank; d++)
        count *= (double)s->dim[d];
    struct tensor *mean =
        make_one(g, op, "Reduce", "kind=mean axes=(-3,-2,-1) keepdims=True", op->in[0]);
    struct tensor *deviation =
        make_one(g, op, "ReduceComposed", "kind=std axes=(-3,-2,-1) keepdims=True", op->in[0]);
    struct tensor *least = make_one(g, op, "Sqrt", "", make_number(g, F32, 1 / count));
    return make_two(g, op, "Divide", make_two(g, op, "Subtract", op->in[0], mean),
                    make_two(g, op, "Maximum", deviation, least));
}

const struct opdef image_standardization = {
    .name = "ImageStandardization",
    .keras_base = "per_image_standardization",
    .brief = "each picture to mean 0 and deviation 1",
    .min_inputs = 1,
    .max_inputs = 1,
    .samples = grey_samples,
    .expand = standard_expand,
    .functions = "per_image_standardization(image)",
};
