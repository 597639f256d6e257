/* simplify.c - the operators' own rewrites, and constants folded, until nothing changes. */
#include "passes/passes.h"

/* Weights that were bound after the graph was built make constants of what is computed from them
 * alone. */
static bool fold(struct graph *g, struct op *op)
{
    if (op->dead || !op_fold(g, op))
        return false;
    for (int i = 0; i < op->nouts; i++)
        if (op->outs[i])
            op->outs[i]->producer = NULL;
    op->dead = true;
    return true;
}

bool simplify_once(struct graph *g)
{
    bool changed = false;
    for (int i = 0; i < g->nops; i++) {
        struct op *op = g->ops[i];
        bool done = false;
        if (op->dead)
            continue;
        if (op->def->is_identity) {
            graph_replace(g, op->out, op->in[0]);
            op->dead = done = true;
        }
        done = done || fold(g, op) || (op->def->simplify && op->def->simplify(g, op));
        changed |= done;
    }
    graph_sweep(g);
    return changed;
}

void simplify(struct graph *g)
{
    graph_sweep(g);
    while (simplify_once(g))
        ;
}
