/* masking.c - steps whose every feature is one value do not count: zeros, and a mask for the layers
 * behind. */
#include "ops/common.h"

struct masking {
    double mask_value;
};

static const struct attr attrs[] = {
    { "mask_value", NULL, ATTR_FLOAT, offsetof(struct masking, mask_value), "0", NULL, 0 }, { 0 }
};

static struct tensor *counts(struct graph *g, struct op *op, const char *how)
{
    struct tensor *value =
        make_number(g, op->in[0]->type, ((const struct masking *)op->attr)->mask_value);
    return make_one(g, op, "Reduce", how, make_two(g, op, "NotEqual", op->in[0], value));
}

static struct tensor *expand(struct graph *g, struct op *op)
{
    struct tensor *const choice[3] = { counts(g, op, "kind=any axes=(-1,) keepdims=True"),
                                       op->in[0], make_number(g, op->in[0]->type, 0) };
    return choice[0] ? op_make(g, op, "Where", "", choice, 3) : NULL;
}

static struct tensor *mask(struct graph *g, struct op *op, struct tensor *const *masks)
{
    (void)masks;
    return counts(g, op, "kind=any axes=(-1,)");
}

static const struct sample samples[] = { { "5x3@0:1", "mask_value=0.5" }, { NULL, NULL } };

const struct opdef masking = {
    .name = "Masking",
    .keras_base = "masking",
    .brief = "steps of one value do not count",
    .attrs = attrs,
    .attr_size = sizeof(struct masking),
    .min_inputs = 1,
    .max_inputs = 1,
    .types = NUMBERS,
    .samples = samples,
    .mask = mask,
    .expand = expand,
};
