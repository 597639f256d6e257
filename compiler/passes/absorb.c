/* absorb.c - elementwise ops go into the kernel in front of them, which applies them before it
 * stores. */
#include "passes/passes.h"

#include <string.h>

/* longer epilogues read badly, and name themselves ever longer */
enum { MOST_ABSORBED = 8 };

/* May `op` take one more op that reads another tensor? Kernels know one `other`. */
static bool has_other(const struct op *op)
{
    for (int i = 0; i < op->nabsorbed; i++)
        if (op->absorbed_input[i] >= 0)
            return true;
    return op->def->elementwise && own_inputs(op) > 1;
}

static void absorb(struct graph *g, struct op *host, struct op *op, struct tensor *other)
{
    struct arena *a = g->ctx->arena;
    int at = -1;
    if (other) {
        struct tensor **in = NEW_ARRAY(a, struct tensor *, host->nin + 1);
        memcpy(in, host->in, (size_t)host->nin * sizeof *in);
        at = host->nin;
        in[host->nin++] = other;
        host->in = in;
    }
    struct op **absorbed = NEW_ARRAY(a, struct op *, host->nabsorbed + 1);
    int *inputs = NEW_ARRAY(a, int, host->nabsorbed + 1);
    if (host->nabsorbed) {
        memcpy(absorbed, host->absorbed, (size_t)host->nabsorbed * sizeof *absorbed);
        memcpy(inputs, host->absorbed_input, (size_t)host->nabsorbed * sizeof *inputs);
    }
    absorbed[host->nabsorbed] = op;
    inputs[host->nabsorbed++] = at;
    host->absorbed = absorbed;
    host->absorbed_input = inputs;
    op_set_out(host, op->out);
    op->dead = true;
}

/* An op whose result `t` only `reader` reads and that can apply it. `t` must be the last made of
 * reader's inputs. */
static struct op *host_of(const struct op *reader, const struct tensor *t,
                          const struct tensor *other)
{
    struct op *host = t->producer;
    if (!host || t->uses != 1 || host->nouts > 1 || host->nabsorbed == MOST_ABSORBED
        || !(host->def->absorbs || is_elementwise(host))
        || !shape_equal(&t->shape, &reader->out->shape))
        return NULL;
    if (!other)
        return host;
    if (has_other(host) || other == t || other->type != t->type
        || !shape_equal(&other->shape, &t->shape))
        return NULL;
    return other->producer && other->producer->index >= host->index ? NULL : host;
}

static void absorb_one(struct graph *g, struct op *op)
{
    if (!is_elementwise(op))
        return;
    struct tensor *a = op->in[0], *b = op->nin == 2 ? op->in[1] : NULL;
    struct op *host = host_of(op, a, b);
    if (host) {
        absorb(g, host, op, b);
    } else if (b && (host = host_of(op, b, a)) != NULL) {
        op->swapped = true;
        absorb(g, host, op, a);
    }
}

/* An operand that is one known number stands in the formula. */
static void take_literal(struct op *op)
{
    if (!op->def->elementwise || !(op->def->vector || op->def->vector_for) || op->nin != 2
        || op->nabsorbed || op->out->type != F32)
        return;
    for (int i = 0; i < 2; i++)
        if (op->in[i]->data && shape_count(&op->in[i]->shape) == 1
            && shape_equal(&op->in[1 - i]->shape, &op->out->shape)) {
            op->literal = op->in[i];
            op->swapped = i == 0;
            op->in[0] = op->in[1 - i];
            op->nin = 1;
            return;
        }
}

void absorb_elementwise(struct graph *g)
{
    for (int i = 0; i < g->nops; i++)
        take_literal(g->ops[i]);
    graph_sweep(g);
    for (int i = 0; i < g->nops; i++)
        if (!g->ops[i]->nabsorbed)
            absorb_one(g, g->ops[i]);
}
