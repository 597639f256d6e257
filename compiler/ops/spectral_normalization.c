/*
 * spectral_normalization.c - Keras' SpectralNormalization: training divides the layer's kernel by
 * its greatest singular value and stores the result in the layer, so at inference it is the layer
 * alone. The vector of the power iteration is a weight that is not read.
 */
#include "ops/common.h"

#include <string.h>

struct spectral {
    const struct inner_layer *layer;
};

static const struct attr attrs[] = { { "layer", NULL, ATTR_LAYER, offsetof(struct spectral, layer),
                                       NULL, NULL, 0 },
                                     { "power_iterations", NULL, ATTR_IGNORED, 0, "1", NULL, 0 },
                                     { 0 } };

/* The last axis of the kernel or the embeddings that the layer has declared. */
static int64_t kernel_width(const struct graph *g, const struct op *op)
{
    for (int i = 0; i < g->nweights; i++) {
        const struct weight *w = g->weights[i];
        const struct shape *s = &w->tensor->shape;
        if (strcmp(w->path, op->scope.path) == 0
            && (strcmp(w->name, "kernel") == 0 || strcmp(w->name, "embeddings") == 0) && s->rank)
            return s->dim[s->rank - 1];
    }
    return 0;
}

static struct tensor *expand(struct graph *g, struct op *op)
{
    const struct inner_layer *l = ((const struct spectral *)op->attr)->layer;
    const int before = g->nweights;
    struct tensor *t = l ? l->call(g, l, op->scope, op->in, 1) : NULL;
    /* as Keras 3's files have them: those of the layer inside, our own */
    for (int i = before; i < g->nweights; i++) {
        g->weights[i]->part = "layer";
        g->weights[i]->position = i - before;
    }
    const int64_t n = t ? kernel_width(g, op) : 0;
    if (t && !n)
        op_error(g, op, "wraps layers that have a kernel or embeddings");
    op->scope.part = "";
    return n && op_weight(g, op, "vector_u", shape_of(2, INT64_C(1), n), INIT_KERNEL, n, n) ? t
                                                                                            : NULL;
}

static const struct sample samples[] = { { NULL, NULL } }; /* of its inner layers */

const struct opdef spectral_normalization = {
    .name = "SpectralNormalization",
    .keras_base = "spectral_normalization",
    .brief = "a layer whose kernel training normalised",
    .attrs = attrs,
    .attr_size = sizeof(struct spectral),
    .min_inputs = 1,
    .max_inputs = 1,
    .types = ALL_TYPES,
    .samples = samples,
    .expand = expand,
};
