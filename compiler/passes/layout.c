/* layout.c - the kernels, margins around rows, and weights in the kernels' order. */
#include "passes/passes.h"
#include "targets/target.h"

#include <float.h>
#include <string.h>

static bool wants_margins(const struct op *op)
{
    int left, right;
    op_margins(op, &left, &right);
    return left || right;
}

/* Can the memory of `t` hold zero pixels around its rows? Every reader must go by rows, and the
 * place be our own. */
static bool can_have_margins(const struct graph *g, const struct tensor *t)
{
    if (!t->producer || t->data || t->producer->def->is_view || !goes_by_rows(t->producer))
        return false;
    for (int i = 0; i < g->noutputs; i++)
        if (g->outputs[i] == t)
            return false;
    for (int i = 0; i < g->nops; i++)
        for (int j = 0; j < g->ops[i]->nin; j++)
            if (g->ops[i]->in[j] == t && !goes_by_rows(g->ops[i]))
                return false;
    return true;
}

/* A copy by rows: streams with its reader, so that only few rows of it are alive. */
static void insert_copy(struct graph *g, struct op *reader)
{
    struct op from = *reader;
    from.name = graph_unique(g, arena_printf(g->ctx->arena, "%s_copy", reader->in[0]->name));
    reader->in[0] = make_at(g, reader->index, &from, "Copy", "", &reader->in[0], 1);
    graph_sweep(g);
}

bool kernel_fits(const struct graph *g, const struct op *op, const struct kernel *k)
{
    return !(k->reorders && g->ctx->options.exact) && (!k->fits || k->fits(op, g->ctx->target));
}

/*
 * The target with the rate at which the weights of this net come from where they stay between two
 * calls: a cache, if all of them fit there in the forms that kernels give them (most of a small net
 * twice as large, a single layer up to 13 times).
 */
static struct target target_of_weights(const struct graph *g)
{
    struct target t = *g->ctx->target;
    int64_t bytes = 0;
    for (int i = 0; i < g->ntensors; i++)
        if (g->tensors[i]->data)
            bytes += shape_count(&g->tensors[i]->shape) * (int64_t)dtype_size(g->tensors[i]->type);
    if (3 * bytes <= t.l2)
        t.memory_rate = t.l2_rate;
    else if (8 * bytes <= t.l3)
        t.memory_rate = t.l3_rate;
    return t;
}

/* In time, or first of all in working memory; for size, what reads the weights as they are is
 * better than packed, than transformed. */
static double cost_of(const struct graph *g, const struct op *op, const struct kernel *k,
                      const struct target *target)
{
    const struct options *o = &g->ctx->options;
    const double memory = k->scratch ? 1e12 * (double)k->scratch(op) : 0;
    if (o->kernel && strcmp(k->name, o->kernel) == 0)
        return -1;
    if (optimizes(o, "size"))
        return k->reorders ? 2 : k->pack ? 1 : 0;
    if (optimizes(o, "ram") && memory > 0)
        return memory;
    return k->cost ? k->cost(op, target) : DBL_MAX / 2;
}

/* The cheapest of the kernels that fit; --kernel=NAME where it fits; what was measured stays. */
void choose_kernels(struct graph *g)
{
    const struct target target = target_of_weights(g);
    for (int i = 0; i < g->nops; i++) {
        struct op *op = g->ops[i];
        double least = DBL_MAX;
        if (op->kernel)
            continue;
        for (const struct kernel *k = op->def->kernels; k && k->name; k++) {
            if (!kernel_fits(g, op, k))
                continue;
            const double cost = cost_of(g, op, k, &target);
            if (cost >= least)
                continue;
            least = cost;
            op->kernel = k;
        }
    }
}

void add_margins(struct graph *g)
{
    graph_sweep(g);
    for (int i = 0; i < g->nops; i++)
        if (wants_margins(g->ops[i]) && !can_have_margins(g, g->ops[i]->in[0]))
            insert_copy(g, g->ops[i]);
    for (int i = 0; i < g->noutputs; i++) { /* an output is written by an op of its own */
        struct tensor *t = g->outputs[i];
        bool again = t->data || !t->producer || t->producer->def->is_view;
        for (int j = 0; j < i; j++)
            again |= g->outputs[j] == t;
        /* nothing is written to an output without elements */
        if (!again || !shape_count(&t->shape))
            continue;
        struct op from = { .name = "output" };
        g->outputs[i] = op_make(g, t->producer ? t->producer : &from, "Copy", "", &t, 1);
    }
    graph_sweep(g);
}

/* Of --threads=N, each has its own, apart by whole lines of the cache. */
static int64_t scratch_floats(const struct graph *g, const struct op *op, int64_t bytes)
{
    const int threads = g->ctx->options.threads;
    return threads > 1 && goes_by_rows(op) ? (bytes + 63) / 64 * 16 * threads : (bytes + 3) / 4;
}

void pack_weights(struct graph *g)
{
    enum { STEP = 16 << 20 };
    size_t before = arena_used(g->ctx->arena);
    for (int i = 0; i < g->nops; i++) {
        struct op *op = g->ops[i];
        const int64_t bytes = op->kernel && op->kernel->scratch ? op->kernel->scratch(op) : 0;
        if (bytes > 0)
            op->scratch = graph_tensor(g, arena_printf(g->ctx->arena, "%s_scratch", op->name), F32,
                                       shape_of(1, scratch_floats(g, op, bytes)));
        if (op->kernel && op->kernel->pack)
            op->kernel->pack(g, op);
        else if (op->def->pack)
            op->def->pack(g, op);
        /* of a large net not all weights in both orders at once */
        if (arena_used(g->ctx->arena) > before + STEP) {
            graph_sweep(g);
            graph_forget_constants(g);
            before = arena_used(g->ctx->arena);
        }
    }
}
