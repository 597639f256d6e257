/* common.h - what the files of several operators share: windows over pictures, constant data,
 * packing. */
#ifndef CNNC_COMMON_H
#define CNNC_COMMON_H

#include "ops/op.h"
#include "ops/out.h"

enum padding { VALID, SAME, CAUSAL };
#define PADDINGS "valid same causal"

/* One axis of a window that slides over a picture. */
struct window {
    int kernel, stride, dilation, before, after;
};

/*
 * Output size of a window of the field's rule  O = floor((I - K + 2P) / S) + 1,  with K the dilated
 * extent (K - 1) * D + 1 and 2P = before + after. `same` pads so that O = ceil(I / S), the odd
 * pixel behind; `causal` pads before. Returns 0 where the window does not fit.
 */
int window_size(struct window *w, int64_t in, enum padding padding);

/* Padding as an attribute, {before, after} of each axis, into the windows where it says anything,
 * and back. */
void pads_to_windows(const int *pads, struct window *w, int n);
void windows_to_pads(const struct window *w, int n, int *pads);

/* Checks rank and sets the windows of the n axes behind the batch; reports one that does not fit in
 * words. */
bool slide_windows(struct graph *g, const struct op *op, int n, const int *kernel,
                   const int *strides, const int *dilation, enum padding padding, struct window *w,
                   int64_t *out);
/* The same for pictures. */
bool picture_windows(struct graph *g, const struct op *op, const int *kernel, const int *strides,
                     const int *dilation, enum padding padding, struct window w[2], int64_t out[2]);
/* Calls that expansions make: of one and two inputs, NULL where an input is; a constant number of
 * that type. */
struct tensor *make_one(struct graph *g, struct op *from, const char *def, const char *attrs,
                        struct tensor *a);
struct tensor *make_two(struct graph *g, struct op *from, const char *def, struct tensor *a,
                        struct tensor *b);
struct tensor *make_number(struct graph *g, enum dtype type, double value);
struct tensor *make_view(struct graph *g, struct op *from, struct tensor *t, int rank,
                         const int64_t *dim);
/* What is added to scores before a softmax: nothing where the mask is true, else so much that what
 * is added to is lost. */
struct tensor *added_mask(struct graph *g, struct op *from, struct tensor *mask);
/* opdef.mask: the first input's */
struct tensor *keep_mask(struct graph *g, struct op *op, struct tensor *const *masks);
/* of layers that add and the like */
struct tensor *merge_masks(struct graph *g, struct op *op, struct tensor *const *masks);
bool needs_rank(struct graph *g, const struct op *op, int rank, const char *what);
/* Has the input a value at all? An error where a dimension is 0. */
bool has_values(struct graph *g, const struct op *op, int input);
bool positive(struct graph *g, const struct op *op, const char *what, const int *v, int n);

const float *floats(const struct tensor *t); /* data of a constant F32 tensor */
/* F32, zeroed, named after the op */
struct tensor *new_constant(struct graph *g, const struct op *op, const char *what,
                            struct shape shape);
float *writable(struct tensor *t);

/* opdef's affine_after where in[1] is a kernel whose last axis is the output channel, and in[2] a
 * bias or NULL. */
bool affine_into_kernel(struct graph *g, struct op *op, const float *scale, const float *shift);
/* opdef's take_transpose of an op along one axis: the axis moves, the result is transposed instead.
 * Always true. */
bool axis_takes_transpose(const struct op *op, int *axis, const int *perm, int *result);
/* opdef's take_pads of an op with windows over both axes of a picture; pads: before and after of
 * each. Always true. */
bool windows_take_pads(int *own, struct window *w, const int *pads);
/* Pixels before and behind a row that the window `w` of a picture op reads along the width. The
 * last window may end inside of the picture, so that fewer pixels behind it are read than w->after
 * says. */
void window_margins(const struct op *op, const struct window *w, int *left, int *right);
/* Strides of an input of shape `from` along the axes of a result of shape `to`, 0 where it is
 * repeated (NumPy's rule). */
void broadcast_strides(const struct shape *from, const struct shape *to, int64_t *stride);

/* Widths of the blocks in which output channels are packed: 32 while more than 24 are left, then
 * 16, and 8 for the last up to eight. */
/* width stored of the block that begins at k */
int block_width(int64_t k, int64_t channels);
int64_t packed_channels(int64_t channels); /* sum of all widths */
/* [taps][channels] -> [block][taps][block width], zero filled; taps counts everything but the
 * output channel. */
void pack_into(float *to, const float *from, int64_t taps, int64_t channels);
struct tensor *pack_blocks(struct graph *g, const struct op *op, const char *what,
                           const float *from, int64_t taps, int64_t channels);
/* NULL: zeros */
struct tensor *pack_bias(struct graph *g, const struct op *op, const float *from, int64_t channels);

/* Text "y * 448" or "y % 4 * 448": where row y of a tensor begins, relative to the pointer handed
 * to the function. */
const char *row_at(struct out *o, const struct tensor *t, const char *y);
/* The absorbed binary op's other input, or NULL. */
const struct tensor *other_input(const struct op *op);
/* Text of the parameter list's piece for `other`: "const float *other, " or "". */
const char *other_parameter(const struct op *op);

/*
 * Softmax of values whose element type is float16 or bfloat16 as the standard spells it out: every
 * step (difference, exponential, sum, quotient) gives an element of that type (softmax.c). A sum of
 * bfloat16 is rounded after each addend, one of float16 at its end.
 */
/* in place; values that are all -infinity: zeros */
void softmax_in_steps(enum dtype t, double *x, int64_t n, int64_t step);
/* Prints what the C needs for it: `to_half(x)` or `to_bfloat(x)`, which round a float, and
 * `softmax_in_half(x, n, step)` or `_in_bfloat`. */
void put_rounding(struct out *o, enum dtype t);
void put_softmax_in_steps(struct out *o, enum dtype t);
const char *rounding_name(enum dtype t); /* "half" or "bfloat" */

#endif
