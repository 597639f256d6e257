/*
 * simulate.c - walks through the steps of a segment: which rows each op must have made, and how
 * many rows stay alive.
 *
 * One step makes `band` more rows of the last op. Every op in front of it makes, in order, the rows
 * that are still lacking, rounded up to its kernel's granularity; results that are read outside of
 * the segment are completed in the last step. The walk begins before the picture, where nothing is
 * needed yet: so the first ops too make a few rows at a time, and no ring has to hold all that the
 * first row of the last op depends on.
 */
#include "plan/plan.h"

#include <string.h>

enum { MOST_OPS = 64, MOST_EARLY = 256, NONE = -1000000 };

static int position(const struct run *r, const struct op *op)
{
    for (int i = 0; i < r->nops; i++)
        if (r->ops[i] == op)
            return i;
    return -1;
}

bool read_outside(const struct graph *g, const struct run *r, const struct tensor *t)
{
    for (int i = 0; i < g->noutputs; i++)
        if (g->outputs[i] == t)
            return true;
    for (int i = 0; i < g->nops; i++)
        for (int j = 0; j < g->ops[i]->nin; j++)
            if (g->ops[i]->in[j] == t && position(r, g->ops[i]) < 0)
                return true;
    return false;
}

int64_t row_bytes(const struct tensor *t)
{
    return row_stride(t) * (int64_t)dtype_size(t->type);
}

/* The first row that row y needs, not yet clipped to the picture. */
static int64_t first_row(const struct row_need *n, int64_t y)
{
    const int64_t at = y * n->stride + n->shift, per = n->per ? n->per : 1;
    return (at >= 0 ? at / per : -((per - 1 - at) / per)) - n->pad;
}

/* Rows of input i that must exist before rows [0, y) of op can; below 0 before the picture begins.
 */
static int rows_needed(const struct op *op, int i, int y)
{
    const struct row_need n = need_of(op, i);
    const int64_t have = rows_of(op->in[i]);
    if (n.all)
        return y > 0 ? (int)have : NONE;
    const int64_t last = first_row(&n, y - 1) + n.kernel;
    return last > have ? (int)have : last < NONE ? NONE : (int)last;
}

/* The first row of input i that is still needed once rows [0, y) of op exist. */
static int64_t rows_passed(const struct op *op, int i, int y)
{
    const struct row_need n = need_of(op, i);
    const int64_t first = first_row(&n, y), have = rows_of(op->in[i]);
    return n.all || first < 0 ? 0 : first > have ? have : first;
}

/* from[op][input]: position of the producer in the run, or -1. */
static void find_producers(const struct run *r, int (*from)[8])
{
    for (int k = 0; k < r->nops; k++)
        for (int i = 0; i < 8; i++) {
            const struct tensor *t = i < r->ops[k]->nin ? r->ops[k]->in[i] : NULL;
            from[k][i] = t && t->producer && !t->data ? position(r, t->producer) : -1;
        }
}

static int rounded(const struct op *op, int y)
{
    const int g = granularity_of(op), height = (int)rows_of(op->out),
              up = y <= 0 ? y : (y + g - 1) / g * g;
    return up < height ? up : height;
}

/* need[k]: rows that op k must have made for the first y rows of the last one; 0 or less: none. */
static void needs_of_step(const struct run *r, int (*from)[8], int y, int *need)
{
    const int last = r->nops - 1;
    const int64_t height = rows_of(r->ops[last]->out);
    /* readers outside want all rows at the end, and none earlier */
    for (int k = 0; k <= last; k++)
        need[k] = y >= height ? (int)rows_of(r->ops[k]->out) : NONE;
    need[last] = y < height ? y : (int)height;
    for (int k = last; k >= 0; k--) {
        need[k] = rounded(r->ops[k], need[k]);
        for (int i = 0; i < r->ops[k]->nin && i < 8 && need[k] > NONE; i++)
            if (from[k][i] >= 0) {
                const int n = rows_needed(r->ops[k], i, need[k]);
                if (n > need[from[k][i]])
                    need[from[k][i]] = n;
            }
    }
}

/* Steps before the picture until nothing is needed. */
static int early_steps(const struct run *r, int (*from)[8], int band)
{
    int need[MOST_OPS];
    for (int early = 0; early < MOST_EARLY; early++) {
        int most = NONE;
        needs_of_step(r, from, -early * band, need);
        for (int k = 0; k < r->nops; k++)
            most = need[k] > most ? need[k] : most;
        if (most <= 0)
            return early;
    }
    return 0;
}

int simulate_rows(struct arena *a, const struct run *r, int band, int64_t *alive, int ***made)
{
    int from[MOST_OPS][8], done[MOST_OPS] = { 0 }, need[MOST_OPS];
    find_producers(r, from);
    const int height = (int)rows_of(r->ops[r->nops - 1]->out), early = early_steps(r, from, band);
    const int steps = early + (height + band - 1) / band;
    memset(alive, 0, (size_t)r->nops * sizeof *alive);
    if (made)
        *made = NEW_ARRAY(a, int *, steps);
    for (int step = 0; step < steps; step++) {
        needs_of_step(r, from, (step - early + 1) * band, need);
        if (made) {
            (*made)[step] = NEW_ARRAY(a, int, r->nops);
            memcpy((*made)[step], need, (size_t)r->nops * sizeof *need);
        }
        for (int k = 0; k < r->nops; k++)
            need[k] = need[k] > done[k] ? need[k] : done[k];
        for (int k = 0; k < r->nops; k++)
            for (int i = 0; i < r->ops[k]->nin && i < 8; i++) {
                const int p = from[k][i];
                const int64_t span = p < 0 ? 0 : need[p] - rows_passed(r->ops[k], i, done[k]);
                if (p >= 0 && span > alive[p])
                    alive[p] = span;
            }
        memcpy(done, need, (size_t)r->nops * sizeof *done);
    }
    for (int k = 0; k < r->nops; k++)
        if (alive[k] > rows_of(r->ops[k]->out))
            alive[k] = rows_of(r->ops[k]->out);
    return steps;
}
