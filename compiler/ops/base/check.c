/* check.c - the laws of the graph, checked after every pass. */
#include "ir/ir.h"
#include "ops/op.h"

#include <string.h>

static void check_op(const struct graph *g, const struct op *op, const bool *defined,
                     const char *after)
{
    if (!op->def || !op->out)
        bug("after %s: op '%s' has no definition or no result", after, op->name);
    for (int i = 0; i < op->nin; i++) {
        const struct tensor *t = op->in[i];
        if (t && !t->data && !t->weight && !defined[t->id])
            bug("after %s: '%s' reads '%s' before it is made", after, op->name, t->name);
    }
    if (op->nouts < 1 || op->outs[0] != op->out)
        bug("after %s: '%s' has lost its first result", after, op->name);
    for (int i = 0; i < op->nouts; i++) {
        const struct tensor *t = op->outs[i];
        if (t && defined[t->id])
            bug("after %s: '%s' is made twice", after, t->name);
        if (t && shape_count(&t->shape) < 0)
            bug("after %s: '%s' has no shape", after, t->name);
    }
    for (int i = 0; i < op->nabsorbed; i++)
        if (op->absorbed_input[i] >= op->nin)
            bug("after %s: '%s' lacks the input of an absorbed op", after, op->name);
    (void)g;
}

/* Laws: every tensor is made once and before it is read; shapes are set; outputs exist; ops are
 * numbered. */
void graph_check(const struct graph *g, const char *after)
{
    bool *defined = NEW_ARRAY(g->ctx->arena, bool, g->ntensors + 1);
    for (int i = 0; i < g->ninputs; i++)
        defined[g->inputs[i]->id] = true;
    for (int i = 0; i < g->nops; i++) {
        check_op(g, g->ops[i], defined, after);
        for (int j = 0; j < g->ops[i]->nouts; j++)
            if (g->ops[i]->outs[j])
                defined[g->ops[i]->outs[j]->id] = true;
    }
    for (int i = 0; i < g->noutputs; i++)
        if (!defined[g->outputs[i]->id] && !g->outputs[i]->data)
            bug("after %s: output '%s' is never made", after, g->outputs[i]->name);
}
