/* flatten.c - all values as one vector. */
#include "ops/common.h"

static const struct attr attrs[] = { { "data_format", NULL, ATTR_IGNORED, 0, "None", NULL, 0 }, { 0 } };

static bool shape(struct graph *g, struct op *op)
{
    const struct shape *s = &op->in[0]->shape;
    (void)g;
    op->out->shape = shape_of(2, s->dim[0], shape_count(s) / s->dim[0]);
    return true;
}

static const struct sample samples[] = { { "4x6x2", "" }, { NULL, NULL } };

const struct opdef flatten = {
    .name = "Flatten", .keras_base = "flatten", .brief = "all values as one vector", .attrs = attrs, .attr_size = 1,
    .min_inputs = 1, .max_inputs = 1, .has_data_format = true, .samples = samples, .shape = shape, .is_view = true,
};
