/* conv2d.h - the attributes of a 2-D convolution and the kernels that compute it. */
#ifndef CNNC_CONV2D_H
#define CNNC_CONV2D_H

#include "ops/common.h"
#include "targets/target.h"

struct conv2d {
    int filters, kernel_size[2], strides[2], dilation_rate[2], groups;
    /* pads: rows above and below, pixels left and right; as in the windows */
    int padding, pads[4];
    bool use_bias;
    struct window window[2]; /* set by shape() */
};

/* Zero pixels that direct convolution reads before and after a row. */
void conv2d_margins(const struct op *op, int *left, int *right);
/* Nanoseconds of `flops` at the target's peak, or of reading the weights from memory if that takes
 * longer. */
double conv2d_time(const struct target *t, double flops, double weight_bytes);
/* Prints conv_tile() and conv_row(), or their twins for at most eight lanes, once a file. */
void conv_kernel(struct out *o, bool narrow);

/* base/winograd.c: kernels of windows of up to 7 x 7 at stride 1 and 2 */
#define WINOGRAD(m) \
    bool winograd##m##_fits(const struct op *op, const struct target *t); \
    double winograd##m##_cost(const struct op *op, const struct target *t); \
    void winograd##m##_margins(const struct op *op, int *left, int *right); \
    int winograd##m##_granularity(const struct op *op); \
    int64_t winograd##m##_scratch(const struct op *op); \
    bool winograd##m##_pack(struct graph *g, struct op *op); \
    void winograd##m##_emit(struct out *o, const struct op *op, const char *name);
WINOGRAD(2)
WINOGRAD(4)
WINOGRAD(6)
#undef WINOGRAD

#endif
