/*
 * place.c - where every tensor lies in the arena.
 *
 * Blocks have a size and a lifetime in segments; two that live at one time must not overlap. First
 * several orders of placement (largest first, longest first, ...), then orders in which the blocks
 * that reach highest are placed earlier, then, for few blocks, branch and bound over all orders of
 * first-fit placement (every optimal placement is the first-fit of some order). It ends where the
 * arena equals its lower bound, the largest sum of blocks that live at one time. The number of
 * steps is fixed, not the time, so that the same input gives the same plan on any machine.
 */
#include "plan/plan.h"

#include <stdlib.h>
#include <string.h>

enum { ALIGN = 64, MOST_STEPS = 200000, MOST_BRANCHED = 40, TRIES = 400 };

struct block {
    struct tensor *t;
    int64_t size, offset, best;
    int first, last;
};

struct search {
    struct block *blocks;
    int n;
    int *order; /* of placement, by index */
    bool *placed;
    /* scratch: placed blocks that live at the same time, by offset */
    int *near;
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

static int64_t area(const struct block *b)
{
    return b->size * (b->last - b->first + 1);
}

static int by_size(const void *a, const void *b)
{
    const struct block *x = a, *y = b;
    if (x->size != y->size)
        return x->size < y->size ? 1 : -1;
    if (area(x) != area(y))
        return area(x) < area(y) ? 1 : -1;
    return x->t->id < y->t->id ? -1 : 1;
}

static int by_area(const void *a, const void *b)
{
    const struct block *x = a, *y = b;
    return area(x) != area(y) ? (area(x) < area(y) ? 1 : -1) : by_size(a, b);
}

static int by_length(const void *a, const void *b)
{
    const struct block *x = a, *y = b;
    const int dx = x->last - x->first, dy = y->last - y->first;
    return dx != dy ? (dx < dy ? 1 : -1) : by_size(a, b);
}

static int by_birth(const void *a, const void *b)
{
    const struct block *x = a, *y = b;
    return x->first != y->first ? (x->first < y->first ? -1 : 1) : by_size(a, b);
}

/* Lowest offset at which b meets none of the first `depth` blocks of the order that live when it
 * does. */
static int64_t first_fit(struct search *s, int depth, const struct block *b)
{
    int n = 0;
    for (int i = 0; i < depth; i++) { /* insertion by offset */
        const int k = s->order[i];
        if (!meet(&s->blocks[k], b))
            continue;
        int at = n++;
        for (; at > 0 && s->blocks[s->near[at - 1]].offset > s->blocks[k].offset; at--)
            s->near[at] = s->near[at - 1];
        s->near[at] = k;
    }
    int64_t at = 0;
    for (int i = 0; i < n; i++) {
        const struct block *p = &s->blocks[s->near[i]];
        if (p->offset >= at + b->size)
            break;
        at = p->offset + p->size > at ? p->offset + p->size : at;
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

static void keep_if_better(struct search *s, int64_t top)
{
    if (top >= s->best)
        return;
    s->best = top;
    for (int i = 0; i < s->n; i++)
        s->blocks[i].best = s->blocks[i].offset;
}

/* Places all in the order; returns the place in the order of the block that reaches highest. */
static int place_in_order(struct search *s)
{
    int64_t top = 0;
    int highest = 0;
    for (int i = 0; i < s->n; i++) {
        struct block *b = &s->blocks[s->order[i]];
        b->offset = first_fit(s, i, b);
        if (b->offset + b->size > top) {
            top = b->offset + b->size;
            highest = i;
        }
    }
    keep_if_better(s, top);
    return highest;
}

static void move_earlier(int *order, int from, int to)
{
    const int k = order[from];
    memmove(order + to + 1, order + to, (size_t)(from - to) * sizeof *order);
    order[to] = k;
}

/* The block that reaches highest is placed earlier, again and again; from the array's own order on.
 */
static void improve(struct search *s, int tries)
{
    uint64_t random = 1;
    for (int i = 0; i < s->n; i++)
        s->order[i] = i;
    for (int i = 0; i < tries && s->best > s->bound; i++) {
        const int highest = place_in_order(s);
        if (highest == 0)
            return;
        random = random * 6364136223846793005u + 1442695040888963407u;
        move_earlier(s->order, highest, (int)((random >> 33) % (unsigned)highest));
    }
}

static void branch(struct search *s, int depth, int64_t top)
{
    if (s->best <= s->bound || s->steps > MOST_STEPS || top >= s->best)
        return;
    if (depth == s->n) {
        keep_if_better(s, top);
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
    static int (*const orders[])(const void *, const void *) = { by_area, by_length, by_birth,
                                                                 by_size };
    struct search s = { .blocks = b, .n = n, .bound = bound, .best = INT64_MAX };
    s.order = NEW_ARRAY(a, int, n + 1);
    s.near = NEW_ARRAY(a, int, n + 1);
    s.placed = NEW_ARRAY(a, bool, n + 1);
    for (size_t i = 0; i < sizeof orders / sizeof *orders && s.best > bound; i++) {
        qsort(b, (size_t)n, sizeof *b, orders[i]);
        improve(&s, n > 1000 ? 1 : TRIES);
    }
    if (n <= MOST_BRANCHED)
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
        /* tensors without elements have an address, too */
        p->arena_bytes = p->lower_bound_bytes = 4;
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
