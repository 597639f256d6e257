/* plan.h - the schedule (what runs when, by how many rows) and where every tensor lies. */
#ifndef CNNC_PLAN_H
#define CNNC_PLAN_H

#include "ops/op.h"

struct segment {            /* ops that run a few rows at a time, each reading its producers' last rows; or one op alone */
    struct op **ops; int nops;
    int steps;              /* 1: every op makes its whole result at once */
    int **made;             /* made[step][op]: rows that exist after that step */
};

struct plan {
    struct segment *segments; int nsegments;
    int64_t arena_bytes, lower_bound_bytes, weight_bytes;
    bool proven;            /* the arena is as small as any placement of these lifetimes can be */
};

struct plan *plan_graph(struct graph *g);

/* schedule.c */
void schedule(struct graph *g, struct plan *p);
/* place.c */
void place_tensors(struct graph *g, struct plan *p);

struct tensor *base_of(struct tensor *t);       /* whose memory it is */

#endif
