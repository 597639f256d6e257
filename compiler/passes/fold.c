/* fold.c - what can be computed once at compile time: affine maps, zero padding. */
#include "passes/passes.h"

/* The op in front, seen through reshapes that nobody else reads; NULL where the value has other
 * readers. */
static struct op *sole_producer(const struct tensor *t)
{
    return t->uses == 1 ? t->producer : NULL;
}

/* The only reader of an op's result, seen through views; NULL if there are several or it is an
 * output. */
static struct op *sole_reader(struct graph *g, const struct op *op)
{
    const struct tensor *t = op->out;
    for (int i = op->index + 1; t->uses == 1 && i < g->nops; i++)
        for (int j = 0; j < g->ops[i]->nin; j++)
            if (g->ops[i]->in[j] == t) {
                if (!g->ops[i]->def->is_view)
                    return j == 0 ? g->ops[i] : NULL;
                t = g->ops[i]->out;
                break;
            }
    return NULL;
}

static bool weights_known(const struct op *op)
{
    for (int i = 0; i < op->nin; i++)
        if (op->in[i] && op->in[i]->weight && !op->in[i]->data)
            return false;
    return true;
}

void fold_affine(struct graph *g)
{
    for (int i = 0; i < g->nops; i++) {
        struct op *op = g->ops[i];
        if (!op->def->affine || !weights_known(op))
            continue;
        const int64_t n = channels_of(op->out);
        float *scale = NEW_ARRAY(g->ctx->arena, float, n),
              *shift = NEW_ARRAY(g->ctx->arena, float, n);
        if (!op->def->affine(g, op, scale, shift))
            continue;
        struct op *before = sole_producer(op->in[0]), *behind = sole_reader(g, op);
        const bool done = (before && before->def->affine_after
                           && before->def->affine_after(g, before, scale, shift))
                          || (behind && behind->def->affine_before
                              && behind->def->affine_before(g, behind, scale, shift, n));
        if (!done)
            continue;
        graph_replace(g, op->out, op->in[0]);
        op->dead = true;
        graph_sweep(g);
        i = -1; /* indices have moved; each round removes an op */
    }
}

void fold_pads(struct graph *g)
{
    for (int i = 0; i < g->nops; i++) {
        struct op *op = g->ops[i];
        int pads[4];
        struct op *behind = op->def->pads && op->def->pads(op, pads) ? sole_reader(g, op) : NULL;
        if (!behind || behind->in[0] != op->out || !behind->def->take_pads
            || !behind->def->take_pads(behind, pads))
            continue;
        graph_replace(g, op->out, op->in[0]);
        op->dead = true;
    }
}
