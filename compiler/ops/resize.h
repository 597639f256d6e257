/* resize.h - resampling of pictures: for each output position along an axis, the input positions it
 * reads and their weights. */
#ifndef CNNC_RESIZE_H
#define CNNC_RESIZE_H

#include "ops/common.h"

enum interpolation { NEAREST, BILINEAR, BICUBIC, LANCZOS3, LANCZOS5 };
#define INTERPOLATIONS "nearest bilinear bicubic lanczos3 lanczos5"
/* The coordinate transformations of ONNX, by their names there. */
enum coordinates {
    HALF_PIXEL,
    ASYMMETRIC,
    ALIGN_CORNERS,
    PYTORCH_HALF_PIXEL,
    HALF_PIXEL_SYMMETRIC,
    TF_HALF_PIXEL_FOR_NN,
    TF_CROP_AND_RESIZE
};
#define COORDINATES                                                                                \
    "half_pixel asymmetric align_corners pytorch_half_pixel half_pixel_symmetric "                 \
    "tf_half_pixel_for_nn tf_crop_and_resize"
enum nearest { FLOOR, CEIL, ROUND_PREFER_FLOOR, ROUND_PREFER_CEIL, SIMPLE };
#define NEAREST_MODES "floor ceil round_prefer_floor round_prefer_ceil simple"

/* How one axis is resampled: position o reads [start[o], start[o] + taps) with weight[o * taps
 * ...]. */
struct resampling {
    int64_t in, out;
    int taps;
    int *start;
    float *weight;
    /* the position lies outside of the picture: it gives the extrapolation value */
    bool *outside;
    bool extrapolates; /* some position is outside */
};

struct resize {
    int size[2]; /* of the result */
    int interpolation, coordinates, nearest;
    double cubic;   /* coefficient a of the cubic kernel */
    bool antialias; /* widen the kernel where the picture shrinks */
    /* taps outside of the picture count nothing; else the edge is repeated */
    bool exclude_outside;
    double extrapolation;
    struct float_list scales;  /* of height and width; absent: the sizes' quotients */
    struct float_list roi;     /* of tf_crop_and_resize: top, left, bottom, right, 0 to 1 */
    struct resampling axis[2]; /* set by shape() */
};

/* Sets the tables of one axis; scale 0: out / in. */
void resample(struct arena *a, const struct resize *p, struct resampling *r, int64_t in,
              int64_t out, double scale, double from, double to);
/* Resizes {N, H, W, C} by the op of that kind: p's interpolation decides. */
struct tensor *resize_picture(struct graph *g, struct op *from, const struct resize *p,
                              struct tensor *t);
/* Resizes one axis of a tensor of any rank to p's size[0], by its first scale and its roi of two
 * numbers. */
struct tensor *resize_axis(struct graph *g, struct op *from, const struct resize *p,
                           struct tensor *t, int axis);

#endif
