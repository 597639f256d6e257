/* time_distributed.c - a layer on each step of a sequence: the steps go into the batch, and back.
 */
#include "ops/common.h"

#include <string.h>

struct time_distributed {
    const struct inner_layer *layer;
};

static const struct attr attrs[] = {
    { "layer", NULL, ATTR_LAYER, offsetof(struct time_distributed, layer), NULL, NULL, 0 }, { 0 }
};

static struct tensor *reshaped(struct graph *g, struct op *op, struct tensor *t,
                               const struct shape *s)
{
    const char *text = "";
    for (int i = 0; i < s->rank; i++)
        text = arena_printf(g->ctx->arena, "%s%lld,", text, (long long)s->dim[i]);
    return t ? op_make(g, op, "View", arena_printf(g->ctx->arena, "shape=(%s)", text), &t, 1)
             : NULL;
}

static struct tensor *expand(struct graph *g, struct op *op)
{
    const struct inner_layer *l = ((const struct time_distributed *)op->attr)->layer;
    struct tensor *in = op->in[0];
    const int64_t batch = in->shape.dim[0], steps = in->shape.rank > 1 ? in->shape.dim[1] : 0;
    if (l && op->nin > 1 && op->in[1] && l->def
        && ((l->def->call && strstr(l->def->call, "mask")) || l->def->masked)) {
        op_error(g, op,
                 "its input has a mask, which the layer inside would use; cnnc cannot give each "
                 "step its part");
        return NULL;
    }
    if (!l || in->shape.rank < 3) {
        op_error(g, op, "needs a layer, and an input of steps with at least one axis each");
        return NULL;
    }
    struct shape inner = { .rank = in->shape.rank - 1, .dim = { batch * steps } };
    for (int i = 1; i < inner.rank; i++)
        inner.dim[i] = in->shape.dim[i + 1];
    struct tensor *t = reshaped(g, op, in, &inner);
    t = t ? l->call(g, l, op->scope, &t, 1) : NULL;
    if (!t)
        return NULL;
    if (t->shape.rank < 1 || t->shape.rank + 1 > MAX_RANK || t->shape.dim[0] != batch * steps)
        return op_error(g, op, "its layer does not keep the steps apart"), NULL;
    struct shape outer = { .rank = t->shape.rank + 1, .dim = { batch, steps } };
    for (int i = 1; i < t->shape.rank; i++)
        outer.dim[i + 1] = t->shape.dim[i];
    return reshaped(g, op, t, &outer);
}

static const struct sample samples[] = { { NULL, NULL } }; /* of its inner layers */

const struct opdef time_distributed = {
    .name = "TimeDistributed",
    .mask = keep_mask,
    .keras_base = "time_distributed",
    .brief = "a layer on each step of a sequence",
    .attrs = attrs,
    .attr_size = sizeof(struct time_distributed),
    .min_inputs = 1,
    .max_inputs = 2,
    .types = ALL_TYPES,
    .samples = samples,
    .call = "inputs, training, mask",
    .expand = expand,
};
