/*
 * place.c - where every tensor lies in the arena.
 *
 * Blocks have a size and a lifetime in segments; two that live at one time must not overlap. The search is branch and bound over
 * orders of first-fit placement (every optimal placement is the first-fit of some order), largest and longest-lived first as
 * the incumbent; it ends where the arena equals its lower bound, the largest sum of blocks that live at one time, or after
 * a fixed number of steps, so that the same input gives the same plan on any machine.
 */
#include "plan/plan.h"

#include <stdlib.h>
#include <string.h>

enum { ALIGN = 64, MOST_STEPS = 2000000, DEEPEST = 40 };

struct block { struct tensor *t; int64_t size, offset, best; int first, last; };

struct search {
    struct block *blocks; int n;        /* in the order of the first incumbent */
    int *order;                         /* placed so far, by index */
    bool *placed;
    int64_t bound, best;
    int64_t steps;
};

static struct tensor *base_of(struct tensor *t)
{
    while (t->view_of)
        t = t->view_of;
    return t;
}

static void set_margins(struct graph *g)
{
    for (int i = 0; i < g->nops; i++) {
        const struct op *op = g->ops[i];
        int left, right;
        op_margins(op, &left, &right);
        if (!op->nin || !op->in[0] || (!left && !right))
            continue;
        struct layout *l = &base_of(op->in[0])->layout;
        l->left = left > l->left ? left : l->left;
        l->right = right > l->right ? right : l->right;
    }
}

static void set_places(struct graph *g)
{
    for (int i = 0; i < g->ninputs; i++)
        g->inputs[i]->layout = (struct layout){ .place = IN_INPUT, .api = i };
    for (int i = 0; i < g->noutputs; i++)
        g->outputs[i]->layout = (struct layout){ .place = IN_OUTPUT, .api = i };
    for (int i = 0; i < g->ntensors; i++)
        if (g->tensors[i]->data || g->tensors[i]->weight)
            g->tensors[i]->layout.place = IN_WEIGHTS;
}

static void set_sizes(struct graph *g)
{
    for (int i = 0; i < g->ntensors; i++) {
        const struct tensor *t = g->tensors[i];
        struct layout *l = &g->tensors[i]->layout;
        if (l->rows <= 0)
            l->rows = rows_of(t);
        l->size = l->rows * row_bytes(t);
        l->first = INT32_MAX;
        l->last = -1;
    }
}

static void live_at(struct tensor *t, int segment)
{
    struct layout *l = &base_of(t)->layout;
    l->first = segment < l->first ? segment : l->first;
    l->last = segment > l->last ? segment : l->last;
}

static void set_lifetimes(struct plan *p)
{
    for (int s = 0; s < p->nsegments; s++)
        for (int k = 0; k < p->segments[s].nops; k++) {
            const struct op *op = p->segments[s].ops[k];
            for (int i = 0; i < op->nouts; i++)
                if (op->outs[i])
                    live_at(op->outs[i], s);
            for (int i = 0; i < op->nin; i++)
                if (op->in[i])
                    live_at(op->in[i], s);
            if (op->scratch)
                live_at(op->scratch, s);
        }
}

static bool meet(const struct block *a, const struct block *b)
{
    return a->first <= b->last && b->first <= a->last;
}

static int by_size(const void *a, const void *b)
{
    const struct block *x = a, *y = b;
    if (x->size != y->size)
        return x->size < y->size ? 1 : -1;
    if (x->last - x->first != y->last - y->first)
        return x->last - x->first < y->last - y->first ? 1 : -1;
    return x->t->id < y->t->id ? -1 : 1;
}

/* Lowest offset at which block i meets none of the blocks placed before it that live when it does. */
static int64_t first_fit(const struct search *s, int depth, const struct block *b)
{
    int64_t at = 0;
    for (bool moved = true; moved;) {
        moved = false;
        for (int i = 0; i < depth; i++) {
            const struct block *p = &s->blocks[s->order[i]];
            if (!meet(p, b) || p->offset >= at + b->size || p->offset + p->size <= at)
                continue;
            at = p->offset + p->size;
            moved = true;
        }
    }
    return at;
}

static int64_t lower_bound(const struct block *b, int n, int segments)
{
    int64_t most = 0;
    for (int s = 0; s < segments; s++) {
        int64_t sum = 0;
        for (int i = 0; i < n; i++)
            if (b[i].first <= s && s <= b[i].last)
                sum += b[i].size;
        most = sum > most ? sum : most;
    }
    return most;
}

/* Places the rest in the order of the array: an incumbent. */
static void complete(struct search *s, int depth, int64_t top)
{
    int at = depth;
    for (int i = 0; i < s->n; i++) {
        if (s->placed[i])
            continue;
        struct block *b = &s->blocks[i];
        b->offset = first_fit(s, at, b);
        s->order[at++] = i;
        top = b->offset + b->size > top ? b->offset + b->size : top;
    }
    if (top >= s->best)
        return;
    s->best = top;
    for (int i = 0; i < s->n; i++)
        s->blocks[i].best = s->blocks[i].offset;
}

static void branch(struct search *s, int depth, int64_t top)
{
    if (s->best <= s->bound || s->steps > MOST_STEPS || top >= s->best)
        return;
    if (depth == s->n || depth == DEEPEST) {
        complete(s, depth, top);
        return;
    }
    for (int i = 0; i < s->n; i++) {
        if (s->placed[i])
            continue;
        struct block *b = &s->blocks[i];
        s->steps += depth + 1;
        b->offset = first_fit(s, depth, b);
        const int64_t end = b->offset + b->size;
        s->order[depth] = i;
        s->placed[i] = true;
        branch(s, depth + 1, end > top ? end : top);
        s->placed[i] = false;
        if (s->best <= s->bound || s->steps > MOST_STEPS)
            return;
    }
}

static int64_t search(struct arena *a, struct block *b, int n, int64_t bound)
{
    struct search s = { .blocks = b, .n = n, .bound = bound, .best = INT64_MAX };
    s.order = NEW_ARRAY(a, int, n + 1);
    s.placed = NEW_ARRAY(a, bool, n + 1);
    qsort(b, (size_t)n, sizeof *b, by_size);
    complete(&s, 0, 0);
    branch(&s, 0, 0);
    return s.best;
}

static int64_t aligned(int64_t n)
{
    return (n + ALIGN - 1) / ALIGN * ALIGN;
}

void place_tensors(struct graph *g, struct plan *p)
{
    set_sizes(g);
    set_lifetimes(p);
    struct block *blocks = NULL;
    int n = 0;
    for (int i = 0; i < g->ntensors; i++) {
        struct tensor *t = g->tensors[i];
        const struct layout *l = &t->layout;
        if (l->place == IN_WEIGHTS && l->last >= 0)
            p->weight_bytes += shape_count(&t->shape) * (int64_t)dtype_size(t->type);
        if (l->place != IN_ARENA || t->view_of || l->last < 0)
            continue;
        p->mixed |= t->type != F32;
        const struct block b = { t, aligned(l->size), 0, 0, l->first, l->last };
        APPEND(g->ctx->arena, blocks, n, b);
    }
    p->lower_bound_bytes = lower_bound(blocks, n, p->nsegments);
    p->arena_bytes = n ? search(g->ctx->arena, blocks, n, p->lower_bound_bytes) : 0;
    if (n && !p->arena_bytes)
        p->arena_bytes = p->lower_bound_bytes = 4;      /* tensors without elements have an address, too */
    p->proven = p->arena_bytes == p->lower_bound_bytes;
    for (int i = 0; i < n; i++)
        blocks[i].t->layout.offset = blocks[i].best;
}

struct plan *plan_graph(struct graph *g)
{
    struct plan *p = NEW(g->ctx->arena, struct plan);
    set_places(g);
    set_views(g);
    set_margins(g);
    schedule(g, p);
    place_tensors(g, p);
    return p;
}
