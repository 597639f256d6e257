/*
 * schedule.c - which ops stream together, and how many rows of each are made at each step.
 *
 * A segment is a run of ops that work by rows. One step makes a few more rows of its last op; every op in front makes the rows
 * that are still lacking, in order. How many rows of a tensor stay alive follows from walking through all the steps.
 */
#include "plan/plan.h"

#include <string.h>

enum { RING_BYTES = 96 * 1024, BIG_WEIGHTS = 96 * 1024, MOST_OPS = 64 };

static int64_t weight_bytes(const struct op *op)
{
    int64_t n = 0;
    for (int i = 0; i < op->nin; i++)
        if (op->in[i] && op->in[i]->data)
            n += shape_count(&op->in[i]->shape) * (int64_t)dtype_size(op->in[i]->type);
    return n;
}

static int position(const struct segment *s, const struct op *op)
{
    for (int i = 0; i < s->nops; i++)
        if (s->ops[i] == op)
            return i;
    return -1;
}

static bool read_outside(const struct graph *g, const struct segment *s, const struct tensor *t)
{
    for (int i = 0; i < g->noutputs; i++)
        if (g->outputs[i] == t)
            return true;
    for (int i = 0; i < g->nops; i++)
        for (int j = 0; j < g->ops[i]->nin; j++)
            if (g->ops[i]->in[j] == t && position(s, g->ops[i]) < 0)
                return true;
    return false;
}

/* Rows of input i that must exist before rows [0, y) of op can. */
static int rows_needed(const struct op *op, int i, int y)
{
    const struct row_need n = need_of(op, i);
    const int64_t have = rows_of(op->in[i]);
    if (n.all)
        return (int)have;
    const int64_t last = (int64_t)(y - 1) * n.stride - n.pad + n.kernel;
    return y <= 0 || last < 0 ? 0 : last > have ? (int)have : (int)last;
}

/* The first row of input i that is still needed once rows [0, y) of op exist. */
static int rows_passed(const struct op *op, int i, int y)
{
    const struct row_need n = need_of(op, i);
    const int64_t first = (int64_t)y * n.stride - n.pad;
    return n.all || first < 0 ? 0 : first > rows_of(op->in[i]) ? (int)rows_of(op->in[i]) : (int)first;
}

static void needs_of_step(const struct segment *s, int y, int *need)
{
    const int last = s->nops - 1;
    const int64_t height = rows_of(s->ops[last]->out);
    for (int k = 0; k <= last; k++)             /* readers outside want all rows at the end, and none earlier */
        need[k] = y >= height ? (int)rows_of(s->ops[k]->out) : 0;
    need[last] = y < height ? y : (int)height;
    for (int k = last; k >= 0; k--)
        for (int i = 0; i < s->ops[k]->nin; i++) {
            const struct tensor *t = s->ops[k]->in[i];
            const int from = t && t->producer && !t->data ? position(s, t->producer) : -1;
            if (from < 0)
                continue;
            const int n = rows_needed(s->ops[k], i, need[k]);
            need[from] = n > need[from] ? n : need[from];
        }
}

/* Walks through the steps of `band` rows; sets made[][] and how many rows of each result are alive. */
static void simulate(struct arena *a, struct segment *s, int band, int *alive)
{
    const int height = (int)rows_of(s->ops[s->nops - 1]->out);
    s->steps = (height + band - 1) / band;
    s->made = NEW_ARRAY(a, int *, s->steps);
    int done[MOST_OPS] = { 0 };
    memset(alive, 0, (size_t)s->nops * sizeof *alive);
    for (int step = 0; step < s->steps; step++) {
        int *need = s->made[step] = NEW_ARRAY(a, int, s->nops);
        needs_of_step(s, (step + 1) * band, need);
        for (int k = 0; k < s->nops; k++)
            need[k] = need[k] > done[k] ? need[k] : done[k];
        for (int k = 0; k < s->nops; k++)
            for (int i = 0; i < s->ops[k]->nin; i++) {
                const struct tensor *t = s->ops[k]->in[i];
                const int from = t && t->producer && !t->data ? position(s, t->producer) : -1;
                if (from < 0)
                    continue;
                const int span = need[from] - rows_passed(s->ops[k], i, done[k]);
                alive[from] = span > alive[from] ? span : alive[from];
            }
        memcpy(done, need, (size_t)s->nops * sizeof *done);
    }
}

static int64_t row_bytes(const struct tensor *t)
{
    return (t->layout.left + width_of(t) + t->layout.right) * channels_of(t) * (int64_t)dtype_size(t->type);
}

/* Chooses the tallest band whose rings stay in the cache, or the lowest where the target wants little memory. */
static void choose_band(struct graph *g, struct segment *s)
{
    static const int bands[] = { 1, 2, 3, 4, 7, 8, 14, 16, 28, 32, 56 };
    struct segment best = *s;
    int alive[MOST_OPS], best_alive[MOST_OPS] = { 0 };
    const bool small = g->ctx->options.small;
    for (size_t i = 0; i < sizeof bands / sizeof *bands; i++) {
        if (i > 0 && (small || bands[i] > rows_of(s->ops[s->nops - 1]->out)))
            break;
        struct segment trial = *s;
        simulate(g->ctx->arena, &trial, bands[i], alive);
        int64_t bytes = 0;
        for (int k = 0; k + 1 < s->nops; k++)
            bytes += row_bytes(s->ops[k]->out) * alive[k];
        if (i > 0 && bytes > RING_BYTES)
            break;
        best = trial;
        memcpy(best_alive, alive, sizeof alive);
    }
    *s = best;
    for (int k = 0; k < s->nops; k++) {
        struct tensor *t = s->ops[k]->out;
        if (k + 1 < s->nops && !read_outside(g, s, t) && best_alive[k] > 0 && best_alive[k] < rows_of(t))
            t->layout.rows = best_alive[k];
    }
}

static void whole(struct graph *g, struct segment *s)
{
    s->steps = 1;
    s->made = NEW_ARRAY(g->ctx->arena, int *, 1);
    s->made[0] = NEW_ARRAY(g->ctx->arena, int, s->nops);
    for (int k = 0; k < s->nops; k++)
        s->made[0][k] = (int)rows_of(s->ops[k]->out);
}

static bool streams(const struct op *op)
{
    return goes_by_rows(op) && rows_of(op->out) > 1;
}

/* Does the op read the result of the segment's last op, or make what a later op of it may need beside it? */
static bool joins(const struct graph *g, const struct segment *s, const struct op *op)
{
    if (!s->nops || s->nops >= MOST_OPS || !streams(op) || !streams(s->ops[0]))
        return false;
    if (!g->ctx->options.small && weight_bytes(op) > BIG_WEIGHTS)
        return false;
    if (!g->ctx->options.small && weight_bytes(s->ops[s->nops - 1]) > BIG_WEIGHTS)
        return false;
    const struct tensor *before = s->ops[s->nops - 1]->out;     /* chains only: a skip connection ends a segment */
    return op->in[0] == before && before->uses == 1;
}

void schedule(struct graph *g, struct plan *p)
{
    struct segment now = { 0 };
    for (int i = 0; i <= g->nops; i++) {
        struct op *op = i < g->nops ? g->ops[i] : NULL;
        if (op && op->def->is_view)
            continue;
        if (op && joins(g, &now, op)) {
            APPEND(g->ctx->arena, now.ops, now.nops, op);
            continue;
        }
        if (now.nops) {
            if (now.nops > 1)
                choose_band(g, &now);
            else
                whole(g, &now);
            APPEND(g->ctx->arena, p->segments, p->nsegments, now);
        }
        now = (struct segment){ 0 };
        if (op)
            APPEND(g->ctx->arena, now.ops, now.nops, op);
    }
}
