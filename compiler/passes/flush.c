/*
 * flush.c - subnormal weights are taken as zero.
 *
 * Training leaves numbers below 1.2e-38 behind, and transformations of weights make new ones. Many
 * processors compute with them a hundred times slower, while what they add to a sum of float32 is
 * far below its last digit unless the inputs are of the order of 1e30.
 */
#include "passes/passes.h"

#include <float.h>
#include <math.h>

static int64_t flush(struct tensor *t)
{
    float *v = t->data;
    int64_t flushed = 0;
    const int64_t n = shape_count(&t->shape);
    for (int64_t i = 0; i < n; i++)
        if (fabsf(v[i]) < FLT_MIN && v[i] != 0) {
            v[i] = 0;
            flushed++;
        }
    return flushed;
}

void flush_subnormals(struct graph *g)
{
    int64_t flushed = 0;
    if (g->ctx->options.exact)
        return;
    for (int i = 0; i < g->nops; i++)
        for (int j = 0; j < g->ops[i]->nin; j++) {
            struct tensor *t = g->ops[i]->in[j];
            if (t && t->data && t->type == F32)
                flushed += flush(t);
        }
    if (flushed)
        diag_note(&g->ctx->diags, (struct span){ 0 },
                  "%lld subnormal weights (below 1.2e-38) are taken as zero: they only cost time; "
                  "--exact keeps them",
                  (long long)flushed);
}
