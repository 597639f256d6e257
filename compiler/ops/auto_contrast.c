/* auto_contrast.c - Keras' AutoContrast: each channel stretched so that its least and greatest
 * values are the ends of the range. */
#include "ops/common.h"

struct auto_contrast {
    struct float_list range;
};

static const struct attr attrs[] = { { "value_range", NULL, ATTR_FLOATS,
                                       offsetof(struct auto_contrast, range), "(0,255)", NULL, 0 },
                                     { 0 } };

/* t * scale + offset */
static struct tensor *affine(struct graph *g, struct op *op, struct tensor *t, double scale,
                             double offset)
{
    t = make_two(g, op, "Multiply", t, make_number(g, F32, scale));
    return make_two(g, op, "Add", t, make_number(g, F32, offset));
}

/* As Keras computes it, in 0 to 255; a channel of one value has no contrast and stays as it is. */
static struct tensor *expand(struct graph *g, struct op *op)
{
    const struct float_list *r = &((const struct auto_contrast *)op->attr)->range;
    if (r->count != 2 || !(r->item[0] < r->item[1] || r->item[0] > r->item[1]))
        return op_error(g, op, "'value_range' must be two different numbers"), NULL;
    const double least = r->item[0] < r->item[1] ? r->item[0] : r->item[1],
                 most = r->item[0] < r->item[1] ? r->item[1] : r->item[0];
    struct tensor *x = op->in[0];
    const char *const how =
        x->shape.rank == 3 ? "axes=(0,1) keepdims=True" : "axes=(1,2) keepdims=True";
    struct tensor *t = affine(g, op, x, 255 / (most - least), -least * 255 / (most - least));
    struct tensor *low =
        make_one(g, op, "Reduce", arena_printf(g->ctx->arena, "kind=min %s", how), t);
    struct tensor *high =
        make_one(g, op, "Reduce", arena_printf(g->ctx->arena, "kind=max %s", how), t);
    struct tensor *scale =
        make_two(g, op, "Divide", make_number(g, F32, 255), make_two(g, op, "Subtract", high, low));
    struct tensor *offset = make_two(
        g, op, "Multiply", make_two(g, op, "Subtract", make_number(g, F32, 0), low), scale);
    t = make_two(g, op, "Add", make_two(g, op, "Multiply", t, scale), offset);
    struct tensor *const choice[3] = {
        make_two(g, op, "Equal", high, low), x,
        affine(g, op, make_one(g, op, "Clip", "x_min=0 x_max=255", t), (most - least) / 255, least)
    };
    return choice[0] && choice[2] ? op_make(g, op, "Where", "", choice, 3) : NULL;
}

static const struct sample samples[] = { { "5x4x3@0:255", "" },
                                         { "5x4x3@-1:1", "value_range=(-1,1)" },
                                         { NULL, NULL } };

const struct opdef auto_contrast = {
    .name = "AutoContrast",
    .keras_base = "auto_contrast",
    .brief = "channels stretched to the whole range",
    .attrs = attrs,
    .attr_size = sizeof(struct auto_contrast),
    .min_inputs = 1,
    .max_inputs = 1,
    .samples = samples,
    .expand = expand,
};
