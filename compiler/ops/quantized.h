/* quantized.h - what the operators on quantized numbers share: real = scale * (stored - zero
 * point). */
#ifndef CNNC_QUANTIZED_H
#define CNNC_QUANTIZED_H

#include "ops/common.h"

/* Where the scale of element (o, a, n) of [outer][axis][inner] stands: one for all, one for each a,
 * or one for each block of the axis. */
struct scales {
    int64_t outer, axis, inner, block;
    bool single, blocked;
};

#define QUANTIZED_TYPES (TYPE(I8) | TYPE(U8) | TYPE(I16) | TYPE(U16))

/* Finds how the scales (and zero points, of the same shape) belong to x; reports what does not fit.
 * axis may be negative. */
bool find_scales(struct graph *g, const struct op *op, const struct shape *x,
                 const struct tensor *scale, const struct tensor *zero, int axis, int block,
                 struct scales *to);
int64_t scale_index(const struct scales *s, int64_t element);

/* The range of an integer type. */
double lowest_of(enum dtype t);
double highest_of(enum dtype t);
/* round(v) + zero, ties to even, saturated to [low, high]; NaN becomes low. */
double quantized_value(float v, double zero, double low, double high);
/* Prints, once, `static T NAME(float v, int zero)` that does the same for the whole range of the
 * type, and returns NAME. */
const char *quantizer(struct out *o, enum dtype t);
/*
 * round(v + zero), saturated: of a value that lies between two integers this is another one where
 * zero is odd. So ONNX Runtime's QLinearAdd, QLinearMul and QLinearAveragePool round.
 */
double quantized_sum(float v, double zero, double low, double high);
const char *sum_quantizer(struct out *o, enum dtype t);

/* Prints, once, `NAME(in, zero, inputs, w, row, n, sum)`: sum[k] += (in[i] - zero) * w[i * row + k]
 * for up to 32 k, and returns NAME. */
const char *integer_sums(struct out *o, enum dtype in, enum dtype w);

/* ---- optional inputs of one value, or of one for each channel ---- */
const struct tensor *optional_input(const struct op *op, int i); /* NULL: absent */
/* 0 where absent */
double optional_at(const struct op *op, const double *const *in, int i, int64_t k);
bool is_one_or(struct graph *g, const struct op *op, int i, const char *what, int64_t n);
/* "const int8_t *zero, ", or "" */
const char *optional_parameter(struct out *o, const struct op *op, int i, const char *name);
/* "zero[k]", "zero[0]", or "0" */
const char *optional_value(struct out *o, const struct op *op, int i, const char *name,
                           const char *k);

struct quantized_function { /* attributes of QuantizedElementwise */
    struct activation of;   /* none: the same value, in another quantization */
    /* sums and products in the steps of ONNX Runtime's QLinearAdd and QLinearMul */
    bool runtime;
};

/* ---- graphs with pairs of QuantizeLinear and DequantizeLinear (qdq.c) ---- */
bool quantize_to_integers(struct graph *g, struct op *op); /* opdef.to_integers */
/* opdef.on_integers of convolutions with this window, and of Dense. */
struct tensor *conv_on_integers(struct graph *g, struct op *op, const struct integer_form *f,
                                const struct window *w, int64_t groups);
/*
 * ONNX Runtime has operators of its own for sums and products between pairs, and takes them for
 * uint8 but not for int8 (on x86): of int8 it computes what the graph says. The difference is in
 * the rounding of values that lie between two integers.
 */
bool has_runtime_operator(enum dtype t);
/* the last: one window that is the picture */
enum pooled { POOL_MAXIMUM, POOL_MEAN, POOL_GLOBAL_MEAN };
struct tensor *pool_on_integers(struct graph *g, struct op *op, const struct integer_form *f,
                                const struct window *w, enum pooled what);
struct tensor *dense_on_integers(struct graph *g, struct op *op, const struct integer_form *f);

/* ---- import hooks (quantized_onnx.c) ---- */
bool import_integer_conv(struct graph *g, struct onnx_node *n);
bool import_integer_matmul(struct graph *g, struct onnx_node *n);
bool import_quantized_concat(struct graph *g, struct onnx_node *n);
bool import_quantized_where(struct graph *g, struct onnx_node *n);

#endif
