/* graph.c - building and changing the graph. */
#include "ir/ir.h"

#include <string.h>

enum { LARGE = 1 << 16 }; /* bytes of a constant whose room is worth having back */

struct graph *graph_new(struct ctx *ctx, const char *name)
{
    struct graph *g = NEW(ctx->arena, struct graph);
    g->ctx = ctx;
    g->name = name;
    return g;
}

struct tensor *graph_tensor(struct graph *g, const char *name, enum dtype type, struct shape shape)
{
    struct tensor *t = NEW(g->ctx->arena, struct tensor);
    t->name = names_get(&g->tensor_names, name)
                  ? arena_printf(g->ctx->arena, "%s_t%d", name, g->ntensors)
                  : name;
    t->type = type;
    t->shape = shape;
    t->id = g->ntensors;
    names_put(g->ctx->arena, &g->tensor_names, t->name, t);
    APPEND(g->ctx->arena, g->tensors, g->ntensors, t);
    return t;
}

bool graph_rename(struct graph *g, struct tensor *t, const char *name)
{
    if (names_get(&g->tensor_names, name))
        return false;
    t->name = name;
    names_put(g->ctx->arena, &g->tensor_names, name, t);
    return true;
}

struct tensor *graph_input(struct graph *g, const char *name, enum dtype type, struct shape shape)
{
    struct tensor *t = graph_tensor(g, name, type, shape);
    APPEND(g->ctx->arena, g->inputs, g->ninputs, t);
    return t;
}

struct tensor *graph_constant(struct graph *g, const char *name, enum dtype type,
                              struct shape shape, const void *data)
{
    struct tensor *t = graph_tensor(g, name, type, shape);
    const size_t n = (size_t)shape_count(&shape) * dtype_size(type);
    t->data = arena_alloc(g->ctx->arena, n ? n : 1);
    if (data)
        memcpy(t->data, data, n);
    return t;
}

void op_set_out(struct op *op, struct tensor *t)
{
    op->out = op->outs[0] = t;
    t->producer = op;
}

void graph_output(struct graph *g, struct tensor *t)
{
    APPEND(g->ctx->arena, g->outputs, g->noutputs, t);
}

/* Keras counts layers of one kind: conv2d, conv2d_1, conv2d_2. */
const char *graph_unique(struct graph *g, const char *base)
{
    const char *name = names_free(g->ctx->arena, &g->layers, base);
    names_take(g->ctx->arena, &g->layers, name);
    return name;
}

void graph_replace(struct graph *g, struct tensor *old, struct tensor *now)
{
    for (int i = 0; i < g->nops; i++)
        for (int j = 0; j < g->ops[i]->nin; j++)
            if (g->ops[i]->in[j] == old)
                g->ops[i]->in[j] = now;
    for (int i = 0; i < g->noutputs; i++)
        if (g->outputs[i] == old)
            g->outputs[i] = now;
}

/* Marks what the outputs depend on, from the end to the start. */
static void mark_needed(struct graph *g, bool *needed)
{
    for (int i = 0; i < g->noutputs; i++)
        needed[g->outputs[i]->id] = true;
    for (int i = g->nops - 1; i >= 0; i--) {
        struct op *op = g->ops[i];
        bool wanted = false;
        for (int j = 0; j < op->nouts; j++)
            wanted |= op->outs[j] && needed[op->outs[j]->id];
        if (op->dead || !wanted) {
            op->dead = true;
            continue;
        }
        for (int j = 0; j < op->nin; j++)
            if (op->in[j])
                needed[op->in[j]->id] = true;
    }
}

void graph_sweep(struct graph *g)
{
    bool *needed = NEW_ARRAY(g->ctx->arena, bool, g->ntensors + 1);
    mark_needed(g, needed);
    int n = 0;
    for (int i = 0; i < g->nops; i++)
        if (!g->ops[i]->dead)
            g->ops[n++] = g->ops[i];
    g->nops = n;
    for (int i = 0; i < g->ntensors; i++)
        g->tensors[i]->uses = 0;
    for (int i = 0; i < g->nops; i++) {
        g->ops[i]->index = i;
        for (int j = 0; j < g->ops[i]->nouts; j++)
            if (g->ops[i]->outs[j])
                g->ops[i]->outs[j]->producer = g->ops[i];
        for (int j = 0; j < g->ops[i]->nin; j++)
            if (g->ops[i]->in[j])
                g->ops[i]->in[j]->uses++;
    }
    for (int i = 0; i < g->noutputs; i++)
        g->outputs[i]->uses++;
    int kept = 0;
    for (int i = 0; i < g->nweights; i++)
        /* bound ones stay for the reports */
        if (needed[g->weights[i]->tensor->id] || g->weights[i]->tensor->data)
            g->weights[kept++] = g->weights[i];
    g->nweights = kept;
}

static bool is_shared(const struct graph *g, const struct tensor *t)
{
    for (int i = 0; i < g->ntensors; i++)
        if (g->tensors[i] != t && g->tensors[i]->data == t->data)
            return true;
    return false;
}

void graph_forget_constants(struct graph *g)
{
    for (int i = 0; i < g->ntensors; i++) {
        struct tensor *t = g->tensors[i];
        const size_t size = t->data && !t->uses && !t->weight
                                ? (size_t)shape_count(&t->shape) * dtype_size(t->type)
                                : 0;
        if (size <= LARGE || is_shared(g, t))
            continue;
        arena_give_back(g->ctx->arena, t->data, size);
        t->data = NULL;
    }
}
