/*
 * place.c - where every tensor lies in the arena.
 *
 * Blocks have a size and a lifetime in steps (segments); two that live at one time must not overlap. Offsets come from
 * first-fit over several orders, then over orders changed at random (a fixed seed), until the arena equals its lower bound,
 * the largest sum of blocks that live at one step, or the tries are used up.
 */
#include "plan/plan.h"

#include <stdlib.h>

enum { ALIGN = 16, TRIES = 3000 };

struct block { struct tensor *t; int64_t size, offset; int first, last; };

struct tensor *base_of(struct tensor *t)
{
    while (t->view_of)
        t = t->view_of;
    return t;
}

static void set_margins(struct graph *g)
{
    for (int i = 0; i < g->nops; i++) {
        const struct op *op = g->ops[i];
        struct tensor *t = op->in[0];
        int left = 0, right = 0;
        if (op->def->margins)
            op->def->margins(op, &left, &right);
        if (!t)
            continue;
        t->layout.left = left > t->layout.left ? left : t->layout.left;
        t->layout.right = right > t->layout.right ? right : t->layout.right;
    }
}

static void set_views(struct graph *g)
{
    for (int i = 0; i < g->nops; i++)
        if (g->ops[i]->def->is_view)
            g->ops[i]->out->view_of = g->ops[i]->in[0];
    for (int i = 0; i < g->ninputs; i++)
        g->inputs[i]->layout = (struct layout){ .place = IN_INPUT, .api = i };
    for (int i = 0; i < g->noutputs; i++) {
        g->outputs[i]->layout.place = IN_OUTPUT;
        g->outputs[i]->layout.api = i;
    }
}

static void set_sizes(struct graph *g)
{
    for (int i = 0; i < g->ntensors; i++) {
        struct layout *l = &g->tensors[i]->layout;
        const struct tensor *t = g->tensors[i];
        if (l->rows <= 0)
            l->rows = (int)rows_of(t);
        l->row_stride = (l->left + width_of(t) + l->right) * channels_of(t);
        l->size = l->rows * l->row_stride;
        l->first = INT32_MAX;
        l->last = -1;
        if (t->data || t->weight)
            l->place = IN_WEIGHTS;
    }
}

static void live_at(struct tensor *t, int step)
{
    struct layout *l = &base_of(t)->layout;
    l->first = step < l->first ? step : l->first;
    l->last = step > l->last ? step : l->last;
}

static void set_lifetimes(struct plan *p)
{
    for (int s = 0; s < p->nsegments; s++)
        for (int k = 0; k < p->segments[s].nops; k++) {
            const struct op *op = p->segments[s].ops[k];
            live_at(op->out, s);
            for (int i = 0; i < op->nin; i++)
                if (op->in[i])
                    live_at(op->in[i], s);
        }
}

static int by_size(const void *a, const void *b)
{
    const struct block *x = a, *y = b;
    if (x->size != y->size)
        return x->size < y->size ? 1 : -1;
    return x->t->id < y->t->id ? -1 : 1;
}

static int by_time(const void *a, const void *b)
{
    const struct block *x = a, *y = b;
    const int dx = x->last - x->first, dy = y->last - y->first;
    if (dx != dy)
        return dx < dy ? 1 : -1;
    return by_size(a, b);
}

/* Lowest offset at which b meets none of the blocks placed before it that live when it does. */
static int64_t first_fit(const struct block *placed, int n, const struct block *b)
{
    int64_t at = 0;
    for (bool moved = true; moved;) {
        moved = false;
        for (int i = 0; i < n; i++) {
            const struct block *p = &placed[i];
            if (p->last < b->first || p->first > b->last || p->offset >= at + b->size || p->offset + p->size <= at)
                continue;
            at = p->offset + p->size;
            moved = true;
        }
    }
    return at;
}

static int64_t place_in_order(struct block *b, int n)
{
    int64_t top = 0;
    for (int i = 0; i < n; i++) {
        b[i].offset = first_fit(b, i, &b[i]);
        top = b[i].offset + b[i].size > top ? b[i].offset + b[i].size : top;
    }
    return top;
}

static int64_t lower_bound(const struct block *b, int n, int steps)
{
    int64_t most = 0;
    for (int s = 0; s < steps; s++) {
        int64_t sum = 0;
        for (int i = 0; i < n; i++)
            if (b[i].first <= s && s <= b[i].last)
                sum += b[i].size;
        most = sum > most ? sum : most;
    }
    return most;
}

static void keep(struct block *b, int n)
{
    for (int i = 0; i < n; i++)
        b[i].t->layout.offset = b[i].offset + b[i].t->layout.left * channels_of(b[i].t);
}

static int64_t search(struct block *b, int n, int64_t bound)
{
    qsort(b, (size_t)n, sizeof *b, by_time);
    int64_t best = place_in_order(b, n);
    keep(b, n);
    qsort(b, (size_t)n, sizeof *b, by_size);
    uint64_t random = 1;
    for (int i = 0; i < TRIES && best > bound && n > 1; i++) {
        const int64_t top = place_in_order(b, n);
        if (top < best) {
            best = top;
            keep(b, n);
        }
        random = random * 6364136223846793005u + 1442695040888963407u;
        const int x = (int)((random >> 33) % (unsigned)n), y = (int)((random >> 13) % (unsigned)n);
        const struct block swap = b[x];
        b[x] = b[y];
        b[y] = swap;
    }
    return best;
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
        const struct block b = { t, (l->size + ALIGN - 1) / ALIGN * ALIGN, 0, l->first, l->last };
        APPEND(g->ctx->arena, blocks, n, b);
    }
    const int64_t bound = lower_bound(blocks, n, p->nsegments);
    p->lower_bound_bytes = bound * 4;
    p->arena_bytes = n ? search(blocks, n, bound) * 4 : 0;
    p->proven = p->arena_bytes == p->lower_bound_bytes;
}

struct plan *plan_graph(struct graph *g)
{
    struct plan *p = NEW(g->ctx->arena, struct plan);
    set_views(g);
    set_margins(g);
    schedule(g, p);
    place_tensors(g, p);
    return p;
}
