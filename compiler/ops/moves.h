/* moves.h - what ops share that only move values: strides in memory, loops that copy. */
#ifndef CNNC_MOVES_H
#define CNNC_MOVES_H

#include "ops/common.h"

/* Copies `dim[0] x dim[1] x ...` values; strides and starts in elements, of what is read and of
 * what is written. Starts zeroed. */
struct move {
    int rank;
    int64_t dim[MAX_RANK], from[MAX_RANK], to[MAX_RANK];
    int64_t from_at, to_at;
};

/* Strides of the axes in the memory of a planned tensor; valid for rings only within one row. */
void memory_strides(const struct tensor *t, int64_t *stride);
/* Strides of the axes of a shape that lies contiguous. */
void plain_strides(const struct shape *s, int64_t *stride);
/* Adds an axis inside of those there are; it joins the one before where memory allows. */
void move_axis(struct move *m, int64_t dim, int64_t from, int64_t to);
/*
 * Prints the loops of a move, `depth` levels deep; from and to are the names of pointers.
 * Transpositions of large matrices go by blocks, what lies contiguous is copied by memcpy.
 */
void put_move(struct out *o, const struct move *m, const char *from, const char *to, int depth);
/* Prints loops that give every value written by the move the value of the C expression; its `from`
 * means nothing. */
void put_fill(struct out *o, const struct move *m, const char *value, const char *to, int depth);

/* "i0 * 12 + i1": an index of loops i0, i1, ... with these strides; and the margin of their lines,
 * 4 columns a level. */
const char *index_text(struct out *o, int rank, const int64_t *stride, int64_t start);
const char *margin(struct out *o, int depth);
/* The value as a literal of C of the element type, half floats by their bits; rounded as it would
 * be stored. */
const char *literal(struct out *o, enum dtype type, double value);

/* "axis -1 of 4" becomes 3; an error at the op where there is no such axis. */
bool axis_of(struct graph *g, const struct op *op, int64_t axis, int rank, int *to);
/* The one axis before the last two along which rows follow each other, all others being 1: 0 if
 * there is none; -1: several. */
int row_axis(const struct shape *s);
const char *axes_text(struct arena *a, const struct int_list *l); /* "(0,2,3,1)" */
/* the same of all dimensions */
const char *dims_text(struct arena *a, const struct shape *s);

#endif
