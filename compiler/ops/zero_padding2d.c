/* zero_padding2d.c - zero pixels around a picture. */
#include "ops/common.h"

struct zero_padding { int padding[4]; };        /* top, bottom, left, right */

static const struct attr attrs[] = {
    { "padding", NULL, ATTR_PADS, offsetof(struct zero_padding, padding), "1", NULL, 2 },
    { "data_format", NULL, ATTR_IGNORED, 0, "None", NULL, 0 },
    { 0 }
};

static bool shape(struct graph *g, struct op *op)
{
    const int *p = ((const struct zero_padding *)op->attr)->padding;
    const struct shape *s = &op->in[0]->shape;
    if (!needs_rank(g, op, 4, "a picture (height, width, channels)"))
        return false;
    op->out->shape = shape_of(4, s->dim[0], s->dim[1] + p[0] + p[1], s->dim[2] + p[2] + p[3], s->dim[3]);
    return true;
}

static void eval(const struct op *op, const double *const *in, double *out)
{
    const int *p = ((const struct zero_padding *)op->attr)->padding;
    const int64_t H = op->in[0]->shape.dim[1], W = op->in[0]->shape.dim[2], C = op->in[0]->shape.dim[3];
    const int64_t OH = op->out->shape.dim[1], OW = op->out->shape.dim[2];
    for (int64_t y = 0; y < OH; y++)
        for (int64_t x = 0; x < OW; x++)
            for (int64_t k = 0; k < C; k++) {
                const int64_t iy = y - p[0], ix = x - p[2];
                out[(y * OW + x) * C + k] = iy < 0 || iy >= H || ix < 0 || ix >= W ? 0 : in[0][(iy * W + ix) * C + k];
            }
}

static struct row_need rows(const struct op *op, int i)
{
    (void)i;
    return (struct row_need){ .stride = 1, .kernel = 1, .pad = ((const struct zero_padding *)op->attr)->padding[0] };
}

static bool pads(const struct op *op, int *to)
{
    for (int i = 0; i < 4; i++)
        to[i] = ((const struct zero_padding *)op->attr)->padding[i];
    return true;
}

#include "templates/zero_padding2d.inc"

static const struct sample samples[] = { { "5x6x3", "padding=((1, 2), (0, 3))" }, { NULL, NULL } };

const struct opdef zero_padding2d = {
    .name = "ZeroPadding2D", .keras_base = "zero_padding2d", .brief = "zero pixels around a picture", .attrs = attrs,
    .attr_size = sizeof(struct zero_padding), .per_picture = true, .min_inputs = 1, .max_inputs = 1, .has_data_format = true, .samples = samples,
    .shape = shape, .eval = eval, .rows = rows, .emit = emit, .pads = pads,
};
