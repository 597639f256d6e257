/* windows.h - windows as ONNX describes them, and pictures, sequences and volumes seen as each
 * other. */
#ifndef CNNC_WINDOWS_H
#define CNNC_WINDOWS_H

#include "ops/common.h"
#include "ops/onnx.h"

/* What the attributes of a node say of its window over n spatial axes (1 to 3). */
struct onnx_window {
    int n;
    int kernel[3], stride[3], dilation[3];
    int before[3], after[3]; /* padding, auto_pad computed */
    /* sizes along the axes; out by the rule of the field, ceil_mode counted */
    int64_t in[3], out[3];
};

/*
 * Reads kernel_shape (or `kernel`, the weights' own sizes, where it is absent), strides, dilations,
 * pads, auto_pad and ceil_mode of a node whose input x is {N, C, d...}. false after an error: wrong
 * counts, a window that does not fit, no kernel.
 */
bool onnx_window(struct graph *g, const struct onnx_node *n, const struct tensor *x,
                 const int64_t *kernel, struct onnx_window *w);
/* Lists of `count` ints of an attribute, `absent` for each where there is none; false after an
 * error. */
bool onnx_axes_ints(struct graph *g, const struct onnx_node *n, const char *name, int count,
                    int absent, int *to);

/* The same values as {N, 1, W, C} or {N, 1, H, W, C}: axes of 1 put behind the batch until there
 * are `spatial` of them. */
struct tensor *with_axes(struct graph *g, struct op *from, struct tensor *t, int spatial);
/* Takes axes of 1 behind the batch away until `spatial` are left. */
struct tensor *without_axes(struct graph *g, struct op *from, struct tensor *t, int spatial);
/* Weights {k..., a, b} with axes of 1 put in front until there are `spatial` of them; a window of
 * fewer axes likewise. */
struct tensor *kernel_widened(struct graph *g, struct op *from, struct tensor *w, int spatial);
struct onnx_window window_widened(const struct onnx_window *w, int spatial);
/* Any shape of as many values. */
struct tensor *as_shape(struct graph *g, struct op *from, struct tensor *t, struct shape s);

/* Convolutions of a given window and padding; in: input, weights in the op's own order, bias or
 * NULL. */
struct tensor *conv2d_of(struct graph *g, struct op *from, const struct onnx_window *w, int filters,
                         int groups, struct tensor *const *in);
struct tensor *conv3d_of(struct graph *g, struct op *from, const struct onnx_window *w, int filters,
                         int groups, struct tensor *const *in);
struct tensor *depthwise_of(struct graph *g, struct op *from, const struct onnx_window *w,
                            int multiplier, struct tensor *const *in);
/* A grouped convolution of one channel a group, whose kernel lies as a depthwise one's: from now on
 * it is one. */
void become_depthwise(struct graph *g, struct op *op, const struct window w[2]);
struct tensor *conv_transpose_of(struct graph *g, struct op *from, const struct onnx_window *w,
                                 int filters, int groups, struct tensor *const *in);

/* Keras' sizes of a transposed convolution along an axis: K the dilated extent, S the stride, extra
 * the output padding or -1. */
void conv_transpose_axis(int64_t k, int64_t s, bool same, int64_t in, int64_t extra, int *before,
                         int64_t *size);

/* "kernel_shape=[3,3], strides=[1,1], pads=[1,1,0,0]" of n windows, with dilations where there are
 * some: for opdef.to_onnx. */
const char *windows_to_onnx(struct arena *a, const struct window *w, int n);

/* The weights {k..., x, y} of a convolution over n axes, maybe with fewer axes of the kernel, as
 * {y, x, k...}: "b^[3,2,0,1]:[8,3,5,5]". */
const char *kernel_to_onnx(struct arena *a, const struct tensor *w, const struct window *windows,
                           int n);

/* Import hooks of operators that become one of several ops. */
bool import_conv(struct graph *g, struct onnx_node *n); /* base/onnx_conv.c */
bool import_conv_transpose(struct graph *g, struct onnx_node *n);
/* pooling3d.c: MaxPool, AveragePool, LpPool */
bool import_pool(struct graph *g, struct onnx_node *n);
bool import_global_pool(struct graph *g, struct onnx_node *n);

#endif
