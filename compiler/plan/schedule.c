/*
 * schedule.c - which ops stream together.
 *
 * A segment is a run of neighbouring ops that work by rows; it is best either for time (weights and
 * rows read from near caches) or for memory (few rows alive). The cut of the whole list into
 * segments with the least cost is found by dynamic programming over the list: cost[j] = min over i
 * of cost[i] (+ or max) cost of the run [i, j).
 */
#include "plan/plan.h"

#include <float.h>
#include <math.h>
#include <string.h>

enum { MOST_OPS = 48 };
/* nanoseconds a call of a layer's function costs beside its rows */
static const double CALL_TIME = 15;
/* and what threads take to wait for each other behind it */
static const double MEETING_TIME = 500;

struct scheduler {
    struct graph *g;
    const struct target *target;
    bool small;  /* least memory, not least time */
    int threads; /* of --threads */
    struct op **ops;
    int nops;     /* those that are placed */
    int *place;   /* by graph.ops index: position in ops, -1: none */
    bool *shared; /* by tensor id: views of some of its channels exist */
    /* by tensor id: position of the last op that reads it (views resolved), nops: an output */
    int *last_read;
};

struct choice {
    double cost, time;
    int from, band;
};

static int64_t weight_bytes(const struct op *op)
{
    int64_t n = 0;
    for (int i = 0; i < op->nin; i++)
        if (op->in[i] && op->in[i]->data)
            n += shape_count(&op->in[i]->shape) * (int64_t)dtype_size(op->in[i]->type);
    return n;
}

static double compute_time(const struct scheduler *s, const struct op *op)
{
    if (op->kernel && op->kernel->cost)
        return op->kernel->cost(op, s->target);
    const double macs = op->def->macs ? (double)op->def->macs(op) : 0;
    return 2 * macs / s->target->flops
           + (double)shape_count(&op->out->shape) / s->target->lanes / 2;
}

/* How many threads work on average where an op makes `rows` rows a step. */
static double threads_busy(const struct scheduler *s, const struct op *op, double rows)
{
    if (s->threads < 2 || !goes_by_rows(op))
        return 1;
    const double units = ceil(rows / granularity_of(op));
    return units / ceil(units / s->threads);
}

static int64_t whole_bytes(const struct tensor *t)
{
    return rows_of(t) * row_bytes(t);
}

/* ---- may an op join a run? ---- */

/* Is t part of a picture whose channels several tensors share, or that picture? */
static bool shares_channels(const struct scheduler *s, const struct tensor *t)
{
    return s->shared[t->id] || t->view == VIEW_CHANNELS;
}

static bool in_run(const struct scheduler *s, int from, int to, const struct tensor *t)
{
    const struct op *p = t->producer;
    return p && s->place[p->index] >= from && s->place[p->index] < to;
}

/* Ops [from, at) are a run: may op `at` follow? What it reads of the run must be made by rows and
 * lie as rows. */
static bool may_join(const struct scheduler *s, int from, int at)
{
    const struct op *op = s->ops[at];
    if (!can_stream(op) || op->nin > 8 || rows_of(op->out) < 2)
        return false;
    for (int i = 0; i < op->nin; i++) {
        const struct tensor *t = op->in[i];
        if (!t || t->data)
            continue;
        for (const struct tensor *m = t; m; m = m->view_of)
            if (in_run(s, from, at, m)
                && (m != t || t->view != OWN_MEMORY || shares_channels(s, t)))
                return false;
        /* a join: its parts may be made inside of the run */
        if (t->view_of == NULL && shares_channels(s, t)) {
            for (int k = 0; k < s->g->ntensors; k++)
                if (s->g->tensors[k]->view_of == t && in_run(s, from, at, s->g->tensors[k]))
                    return false;
        }
        if (in_run(s, from, at, t) && need_of(op, i).all)
            return false;
    }
    return true;
}

/* ---- costs of a run ---- */

static bool stays_inside(const struct scheduler *s, int to, const struct tensor *t)
{
    return t->view == OWN_MEMORY && s->last_read[t->id] < to && !shares_channels(s, t);
}

static int64_t ring_bytes(const struct scheduler *s, int from, int to, const int64_t *alive)
{
    int64_t sum = 0, scratch = 0;
    for (int k = from; k < to; k++) {
        const int64_t own = s->ops[k]->scratch ? whole_bytes(s->ops[k]->scratch) : 0;
        if (to - from > 1 && stays_inside(s, to, s->ops[k]->out))
            sum += alive[k - from] * row_bytes(s->ops[k]->out);
        scratch = own > scratch ? own : scratch;
    }
    return sum + scratch;
}

static double run_time(const struct scheduler *s, int from, int to, int steps, const int64_t *alive)
{
    int64_t weights = 0;
    double time = 0;
    for (int k = from; k < to; k++)
        weights += weight_bytes(s->ops[k]);
    const int64_t rings = ring_bytes(s, from, to, alive);
    for (int k = from; k < to; k++) {
        const struct op *op = s->ops[k];
        time += compute_time(s, op) / threads_busy(s, op, (double)rows_of(op->out) / steps)
                + (CALL_TIME + (s->threads > 1 ? MEETING_TIME : 0)) * steps;
        time += (steps - 1)
                * target_read_time(s->target, (double)weight_bytes(op), (weights + rings) / 2);
        const bool ring = to - from > 1 && stays_inside(s, to, op->out);
        const int64_t bytes = whole_bytes(op->out);
        /* what its readers write passes the cache as well */
        time += 2 * target_read_time(s->target, (double)bytes, ring ? rings : 2 * bytes);
    }
    return time;
}

/* Most bytes alive while the run works: tensors made before or inside and still needed, rings,
 * scratch. */
static int64_t run_memory(const struct scheduler *s, int from, int to, const int64_t *alive)
{
    int64_t sum = ring_bytes(s, from, to, alive);
    for (int i = 0; i < s->g->nops; i++)
        for (int j = 0; j < s->g->ops[i]->nouts; j++) {
            const struct tensor *t = s->g->ops[i]->outs[j];
            const int made = t ? s->place[s->g->ops[i]->index] : -1;
            if (!t || made < 0 || t->view_of || made >= to || s->last_read[t->id] < from
                || t->layout.place == IN_OUTPUT)
                continue;
            if (made >= from && to - from > 1 && stays_inside(s, to, t))
                continue;
            sum += whole_bytes(t);
        }
    return sum;
}

/* ---- the choice ---- */

static void try_run(const struct scheduler *s, int from, int to, struct choice *best)
{
    static const int bands[] = { 1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 14, 16, 20, 28, 32, 56, 64 };
    const struct run r = { s->ops + from, to - from };
    const int64_t height = rows_of(s->ops[to - 1]->out);
    int64_t alive[MOST_OPS] = { 0 };
    for (size_t i = 0; i < sizeof bands / sizeof *bands; i++) {
        const bool single = to - from == 1;
        if (bands[i] > height && i > 0)
            break;
        const int steps = single ? 1 : simulate_rows(s->g->ctx->arena, &r, bands[i], alive, NULL);
        const double time = run_time(s, from, to, steps, alive);
        const double before = best[from].cost,
                     memory = s->small ? (double)run_memory(s, from, to, alive) : 0;
        const double cost = s->small ? (memory > before ? memory : before) : before + time;
        const double total = best[from].time + time;
        if (cost < best[to].cost || (cost == best[to].cost && total < best[to].time))
            best[to] = (struct choice){ cost, total, from, bands[i] };
        if (single || (s->small && i >= 3))
            break;
    }
}

/* The ops of a segment run one after the other and leave nothing in their working memory: they
 * share the largest. */
static void share_scratch(const struct segment *seg)
{
    struct tensor *most = NULL;
    for (int k = 0; k < seg->nops; k++) {
        struct tensor *own = seg->ops[k]->scratch;
        if (own && (!most || shape_count(&own->shape) > shape_count(&most->shape)))
            most = own;
    }
    for (int k = 0; k < seg->nops; k++)
        if (seg->ops[k]->scratch)
            seg->ops[k]->scratch = most;
}

static void make_segment(struct scheduler *s, struct plan *p, int from, int to, int band)
{
    struct arena *a = s->g->ctx->arena;
    struct segment seg = { .ops = s->ops + from, .nops = to - from, .steps = 1 };
    const struct run r = { seg.ops, seg.nops };
    if (seg.nops > 1) {
        int64_t alive[MOST_OPS];
        seg.steps = simulate_rows(a, &r, band, alive, &seg.made);
        for (int k = 0; k < seg.nops; k++) {
            struct tensor *t = seg.ops[k]->out;
            if (stays_inside(s, to, t) && alive[k] > 0)
                t->layout.rows = alive[k];
        }
    }
    share_scratch(&seg);
    APPEND(a, p->segments, p->nsegments, seg);
}

static void find_lives(struct scheduler *s)
{
    for (int i = 0; i < s->g->ntensors; i++)
        s->last_read[i] = -1;
    for (int k = 0; k < s->nops; k++) {
        for (int i = 0; i < s->ops[k]->nin; i++)
            for (const struct tensor *t = s->ops[k]->in[i]; t; t = t->view_of)
                s->last_read[t->id] = k;
        for (const struct tensor *t = s->ops[k]->out; t; t = t->view_of)
            s->last_read[t->id] = s->last_read[t->id] > k ? s->last_read[t->id] : k;
    }
    for (int i = 0; i < s->g->noutputs; i++)
        for (const struct tensor *t = s->g->outputs[i]; t; t = t->view_of)
            s->last_read[t->id] = s->nops;
}

static void collect(struct scheduler *s)
{
    struct arena *a = s->g->ctx->arena;
    s->place = NEW_ARRAY(a, int, s->g->nops + 1);
    s->last_read = NEW_ARRAY(a, int, s->g->ntensors + 1);
    s->shared = NEW_ARRAY(a, bool, s->g->ntensors + 1);
    for (int i = 0; i < s->g->ntensors; i++)
        if (s->g->tensors[i]->view == VIEW_CHANNELS)
            s->shared[s->g->tensors[i]->view_of->id] = true;
    for (int i = 0; i < s->g->nops; i++) {
        s->place[i] = -1;
        if (!is_placed(s->g->ops[i]))
            continue;
        s->place[i] = s->nops;
        APPEND(a, s->ops, s->nops, s->g->ops[i]);
    }
    find_lives(s);
}

void schedule(struct graph *g, struct plan *p)
{
    struct scheduler s = { .g = g,
                           .target = g->ctx->target,
                           .small = !optimizes(&g->ctx->options, "time"),
                           .threads = g->ctx->options.threads };
    collect(&s);
    struct choice *best = NEW_ARRAY(g->ctx->arena, struct choice, s.nops + 1);
    for (int j = 1; j <= s.nops; j++)
        best[j].cost = DBL_MAX;
    for (int i = 0; i < s.nops; i++) {
        try_run(&s, i, i + 1, best);
        const struct op *first = s.ops[i];
        if (!can_stream(first) || first->nin > 8 || rows_of(first->out) < 2)
            continue;
        for (int j = i + 1; j < s.nops && j - i < MOST_OPS - 1 && may_join(&s, i, j); j++)
            try_run(&s, i, j + 1, best);
    }
    int *cuts = NEW_ARRAY(g->ctx->arena, int, s.nops + 1), n = 0;
    for (int j = s.nops; j > 0; j = best[j].from)
        cuts[n++] = j;
    for (int at = 0; n-- > 0; at = cuts[n])
        make_segment(&s, p, at, cuts[n], best[cuts[n]].band);
}
