/* dropout.c - dropout, noise and the like: without effect at inference. */
#include "ops/common.h"

struct dropout { double rate; };

static const struct attr attrs[] = { { "rate", NULL, ATTR_FLOAT, offsetof(struct dropout, rate), "0.5", NULL, 0 }, { "noise_shape", NULL, ATTR_IGNORED, 0, "None", NULL, 0 },
    { "seed", NULL, ATTR_IGNORED, 0, "None", NULL, 0 }, { 0 } };

static bool shape(struct graph *g, struct op *op)
{
    (void)g;
    op->out->shape = op->in[0]->shape;
    return true;
}

static const struct sample samples[] = { { "4x6x2", "rate=0.3" }, { NULL, NULL } };

const struct opdef dropout = {
    .name = "Dropout", .aliases = "SpatialDropout1D SpatialDropout2D SpatialDropout3D GaussianDropout AlphaDropout", .keras_base = "dropout",
    .brief = "without effect at inference", .attrs = attrs, .attr_size = sizeof(struct dropout), .min_inputs = 1, .max_inputs = 1,
    .samples = samples, .shape = shape, .is_view = true, .is_identity = true,
};
