/* integers.c - dequantize, compute, quantize becomes one operator on integers, wherever the
 * operator knows one. */
#include "passes/passes.h"

void use_integers(struct graph *g)
{
    graph_sweep(g);
    for (int i = 0; i < g->nops; i++) {
        struct op *op = g->ops[i];
        if (op->dead || !op->def->to_integers)
            continue;
        if (!op->def->to_integers(g, op)) {
            while (g->ops[i] != op) /* what was made in vain stands in front of it */
                i++;
            continue;
        }
        graph_sweep(g);
        /* indices have moved; each round takes a quantizing op away */
        i = -1;
    }
    graph_sweep(g);
}

void settle_integers(struct graph *g)
{
    bool any = false;
    for (int i = 0; i < g->nops; i++)
        any |= g->ops[i]->def->to_integers != NULL;
    if (!any)
        return;
    simplify(g);
    sink_transpositions(g);
    use_integers(g);
}
