/* pooling.h - what maximum and average pooling share. */
#ifndef CNNC_POOLING_H
#define CNNC_POOLING_H

#include "ops/common.h"

struct pool2d {
    int pool_size[2], strides[2]; /* strides 0: those of the window itself */
    /* pads: rows above and below, pixels left and right; as in the windows */
    int padding, pads[4];
    struct window window[2];
};

extern const struct attr pool2d_attrs[];
bool pool2d_shape(struct graph *g, struct op *op);
struct row_need pool2d_rows(const struct op *op, int i);
void pool2d_eval(const struct op *op, const double *in, double *out, bool maximum);
void pool2d_emit(struct out *o, const struct op *op, const char *name, bool maximum);

/* Global pooling of pictures and sequences; `maximum` or mean over all axes but the first and the
 * last. */
struct global_pool {
    bool keepdims;
};
extern const struct attr global_pool_attrs[];
bool global_pool_shape(struct graph *g, struct op *op);
void global_pool_eval(const struct op *op, const double *in, double *out, bool maximum);
void global_pool_emit(struct out *o, const struct op *op, const char *name, bool maximum);

/* opdef.to_onnx of global pooling by that node. */
const char *global_pool_to_onnx(struct graph *g, const struct op *op, const char *node);

/* n zero pixels in front of the row: what causal padding of a sequence is to its picture. */
struct tensor *pad_causal(struct graph *g, struct op *op, struct tensor *picture, int n);
/* A sequence (steps, channels) as a picture of one row, and back. */
struct tensor *as_picture(struct graph *g, struct op *op);
struct tensor *as_sequence(struct graph *g, struct op *op, struct tensor *picture);

#endif
