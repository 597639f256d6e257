/*
 * views.c - elementwise ops move in front of reshapes: f(view(x)) becomes view(f(x)), so that the kernel that makes x can apply f before
 * it stores.
 */
#include "passes/passes.h"

#include <string.h>

static bool move_in_front(struct graph *g, struct op *op)
{
    struct op *view = op->nin == 1 && op->def->elementwise && op->in[0] ? op->in[0]->producer : NULL;
    if (!view || !view->def->is_view || view->out->uses != 1 || view->nin != 1 || op->nabsorbed || !view->in[0]->producer)
        return false;
    struct tensor *x = view->in[0], *result = op->out;
    struct tensor *made = graph_tensor(g, arena_printf(g->ctx->arena, "%s_made", op->name), result->type, x->shape);
    op->in[0] = x;
    op_set_out(op, made);
    view->in[0] = made;
    op_set_out(view, result);
    const int from = view->index, to = op->index;       /* the view follows the op now */
    memmove(g->ops + from, g->ops + from + 1, (size_t)(to - from) * sizeof *g->ops);
    g->ops[to] = view;
    graph_sweep(g);
    return true;
}

void move_views(struct graph *g)
{
    for (int i = 0; i < g->nops; i++)
        if (move_in_front(g, g->ops[i]))
            i = -1;
}
