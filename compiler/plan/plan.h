/* plan.h - the schedule (what runs when, by how many rows) and where every tensor lies. */
#ifndef CNNC_PLAN_H
#define CNNC_PLAN_H

#include "ops/op.h"
#include "targets/target.h"

/* ops that run a few rows at a time, each reading its producers' last rows; or one op alone */
struct segment {
    struct op **ops;
    int nops;
    int steps; /* 1: every op makes its whole result at once */
    /* made[step][op]: rows that exist after that step; 0 or less: none yet */
    int **made;
};

struct plan {
    struct segment *segments;
    int nsegments;
    int64_t arena_bytes, lower_bound_bytes, weight_bytes;
    bool proven; /* the arena is as small as any placement of these lifetimes can be */
    bool mixed;  /* the arena holds values of several element types */
};

/* Views, schedule, lifetimes, placement. Needs packed weights. NULL after an error (--ram-budget).
 */
struct plan *plan_graph(struct graph *g);

/* false: the op is a view, or a join whose inputs are written in place */
bool is_placed(const struct op *op);
/* views.c */
void set_views(struct graph *g);
/* schedule.c, simulate.c */
void schedule(struct graph *g, struct plan *p);
struct run {
    struct op **ops;
    int nops;
}; /* candidates for a segment, in order */
/*
 * Walks through a run, `band` rows of its last op a step: alive[op] is set to the rows of each
 * result that must be kept. Returns the number of steps. made, if not NULL, gets an array of rows
 * made for each step.
 */
int simulate_rows(struct arena *a, const struct run *r, int band, int64_t *alive, int ***made);
bool read_outside(const struct graph *g, const struct run *r, const struct tensor *t);
int64_t row_bytes(const struct tensor *t);
/* place.c */
void place_tensors(struct graph *g, struct plan *p);

#endif
