/*
 * signal.c - discrete Fourier transforms, whole or of frames of a signal, and the windows and
 * filter banks around them.
 *
 *     out[k] = sum over t of window[t] x[t] e^(-2 pi i k t / N), the inverse with + and divided by
 * N
 *
 * Values are real or pairs (last axis 1 or 2). Onesided keeps bins 0 to N/2 of a real signal; its
 * inverse takes them and gives real values. ONNX DFT, STFT, HannWindow, HammingWindow,
 * BlackmanWindow, MelWeightMatrix. Products with a table of N sines and cosines.
 */
#include "ops/common.h"
#include "ops/onnx.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { IN_X, IN_TABLE, IN_WINDOW };

/* hop 0: the whole axis; else frames along axis 1 */
struct fourier {
    int axis, length, hop, frames;
    bool inverse, onesided;
};

static const struct attr attrs[] = {
    { "axis", NULL, ATTR_INT, offsetof(struct fourier, axis), "1", NULL, 0 },
    { "length", NULL, ATTR_INT, offsetof(struct fourier, length), NULL, NULL, 0 },
    { "hop", NULL, ATTR_INT, offsetof(struct fourier, hop), "0", NULL, 0 },
    { "frames", NULL, ATTR_INT, offsetof(struct fourier, frames), "1", NULL, 0 },
    { "inverse", NULL, ATTR_BOOL, offsetof(struct fourier, inverse), "False", NULL, 0 },
    { "onesided", NULL, ATTR_BOOL, offsetof(struct fourier, onesided), "False", NULL, 0 },
    { 0 }
};

/* L values of 1 or 2 parts along the axis, `inner` apart; K results of `parts`. */
struct sizes {
    int64_t outer, L, inner, in_parts, N, K, parts, F;
};

static struct sizes sizes_of(const struct op *op)
{
    const struct fourier *p = op->attr;
    const struct shape *x = &op->in[IN_X]->shape;
    struct sizes s = { .outer = 1,
                       .L = x->dim[p->axis],
                       .inner = 1,
                       .in_parts = x->dim[x->rank - 1],
                       .N = p->length,
                       .F = p->hop ? p->frames : 1 };
    for (int i = 0; i < p->axis; i++)
        s.outer *= x->dim[i];
    for (int i = p->axis + 1; i + 1 < x->rank; i++)
        s.inner *= x->dim[i];
    s.K = p->onesided && !p->inverse ? s.N / 2 + 1 : s.N;
    s.parts = p->onesided && p->inverse ? 1 : 2;
    return s;
}

static bool shape(struct graph *g, struct op *op)
{
    const struct fourier *p = op->attr;
    const struct shape *x = &op->in[IN_X]->shape;
    if (x->rank < 2 || p->axis < 0 || p->axis > x->rank - 2 || p->length < 1
        || (x->dim[x->rank - 1] != 1 && x->dim[x->rank - 1] != 2))
        return op_error(g, op,
                        "needs real values or pairs of numbers as the last axis, and an axis "
                        "before it, not axis %d of %s",
                        p->axis, shape_text(g->ctx->arena, x));
    if (p->hop
        && (p->frames < 1 || (int64_t)(p->frames - 1) * p->hop + p->length > x->dim[p->axis]
            || x->rank != 3))
        return op_error(g, op, "%d frames of %d values do not fit the signal %s", p->frames,
                        p->length, shape_text(g->ctx->arena, x));
    if (op->nin > IN_WINDOW && op->in[IN_WINDOW]
        && shape_count(&op->in[IN_WINDOW]->shape) != p->length)
        return op_error(g, op, "its window has %d values for frames of %d",
                        (int)shape_count(&op->in[IN_WINDOW]->shape), p->length);
    const struct sizes s = sizes_of(op);
    op->out->shape = p->hop ? shape_of(4, x->dim[0], s.F, s.K, s.parts) : *x;
    if (!p->hop) {
        op->out->shape.dim[p->axis] = s.K;
        op->out->shape.dim[x->rank - 1] = s.parts;
    }
    return true;
}

/* Part `part` of value t; beyond the values given it is 0, of a one-sided spectrum the other half
 * is the conjugate of the first. */
static double value_at(const struct op *op, const struct sizes *s, const double *x, int64_t t,
                       int part)
{
    const struct fourier *p = op->attr;
    const bool mirrored = p->inverse && p->onesided && t > s->N / 2;
    const int64_t at = mirrored ? s->N - t : t;
    if (at >= s->L || part >= s->in_parts)
        return 0;
    const double v = x[at * s->inner * s->in_parts + part];
    return mirrored && part ? -v : v;
}

static void eval(const struct op *op, const double *const *in, double *out)
{
    const struct fourier *p = op->attr;
    const struct sizes s = sizes_of(op);
    const double sign = p->inverse ? 1 : -1, *table = in[IN_TABLE],
                 *window = op->nin > IN_WINDOW && op->in[IN_WINDOW] ? in[IN_WINDOW] : NULL;
    for (int64_t n = 0; n < s.outer * s.F * s.inner; n++) {
        const int64_t i = n % s.inner, f = n / s.inner % s.F, o = n / s.inner / s.F;
        const double *x = in[IN_X] + ((o * s.L + f * p->hop) * s.inner + i) * s.in_parts;
        for (int64_t k = 0; k < s.K; k++) {
            double re = 0, im = 0;
            for (int64_t t = 0; t < s.N; t++) {
                const double a = value_at(op, &s, x, t, 0) * (window ? window[t] : 1),
                             b = value_at(op, &s, x, t, 1) * (window ? window[t] : 1);
                const double cosine = table[k * t % s.N], sine = sign * table[s.N + k * t % s.N];
                re += a * cosine - b * sine;
                im += a * sine + b * cosine;
            }
            double *to = out + (((o * s.F + f) * s.K + k) * s.inner + i) * s.parts;
            to[0] = p->inverse ? re / (double)s.N : re;
            if (s.parts == 2)
                to[1] = p->inverse ? im / (double)s.N : im;
        }
    }
}

/* {cosines, sines} of 2 pi t / N. */
static struct tensor *table_of(struct graph *g, const struct op *from, int64_t N)
{
    const double pi = acos(-1.0);
    struct tensor *t = new_constant(g, from, "table", shape_of(2, INT64_C(2), N));
    for (int64_t i = 0; i < N; i++) {
        writable(t)[i] = (float)cos(2 * pi * (double)i / (double)N);
        writable(t)[N + i] = (float)sin(2 * pi * (double)i / (double)N);
    }
    return t;
}

#include "templates/signal.inc"

/* ---- ONNX ---- */

static bool make(struct graph *g, struct onnx_node *n, const struct fourier *attr, struct tensor *x,
                 struct tensor *window)
{
    if (attr->length < 1 || attr->length > 1 << 20)
        return onnx_error(g, n, "its transform has a length of %d", attr->length);
    if (x->type != F32)
        x = op_make(g, n->from, "Cast", "to=float32", &x, 1);
    if (window && window->type != F32)
        window = op_make(g, n->from, "Cast", "to=float32", &window, 1);
    struct tensor *in[3] = { x, table_of(g, n->from, attr->length), window };
    struct tensor *t =
        x ? op_make_from(g, n->from, op_find("Fourier"), attr, in, window ? 3 : 2) : NULL;
    const enum dtype type = onnx_input(n, 0)->type;
    if (t && type != F32)
        t = op_make(g, n->from, "Cast", arena_printf(g->ctx->arena, "to=%s", dtype_name(type)), &t,
                    1);
    return (n->out[0] = t) != NULL;
}

static bool import_dft(struct graph *g, struct onnx_node *n)
{
    struct tensor *x = onnx_input(n, 0);
    struct int_list length, axis = { .count = -1 };
    if (!x || x->shape.rank < 2)
        return onnx_error(g, n, "needs an input of at least two axes");
    if (!onnx_const_ints(g, n, 1, &length) || (n->opset >= 20 && !onnx_const_ints(g, n, 2, &axis)))
        return false;
    struct fourier attr = { .axis = (int)(axis.count > 0   ? axis.item[0]
                                          : n->opset >= 20 ? -2
                                                           : onnx_int(n, "axis", 1)),
                            .inverse = onnx_int(n, "inverse", 0) != 0,
                            .onesided = onnx_int(n, "onesided", 0) != 0 };
    attr.axis += attr.axis < 0 ? x->shape.rank : 0;
    if (attr.axis < 0 || attr.axis > x->shape.rank - 2)
        return onnx_error(g, n, "its axis is none before the last of %d", x->shape.rank);
    const int64_t whole = x->shape.dim[attr.axis];
    attr.length = (int)(length.count > 0                ? length.item[0]
                        : attr.inverse && attr.onesided ? 2 * (whole - 1)
                                                        : whole);
    return make(g, n, &attr, x, NULL);
}

static bool import_stft(struct graph *g, struct onnx_node *n)
{
    struct tensor *x = onnx_input(n, 0), *window = onnx_input(n, 2);
    struct int_list step, length;
    if (!x || (x->shape.rank != 3 && x->shape.rank != 2))
        return onnx_error(g, n, "needs a signal {batch, length, 1 or 2}");
    if (!onnx_const_ints(g, n, 1, &step) || !onnx_const_ints(g, n, 3, &length))
        return false;
    if (x->shape.rank == 2)
        x = op_make(g, n->from, "View",
                    arena_printf(g->ctx->arena, "shape=(%d,%d,1)", (int)x->shape.dim[0],
                                 (int)x->shape.dim[1]),
                    &x, 1);
    const int64_t L = x->shape.dim[1], frame = length.count > 0 ? length.item[0]
                                               : window         ? shape_count(&window->shape)
                                                                : L;
    if (step.count < 1 || step.item[0] < 1 || frame < 1 || frame > L)
        return onnx_error(g, n, "frames of %d values do not fit a signal of %d", (int)frame,
                          (int)L);
    const struct fourier attr = { .axis = 1,
                                  .length = (int)frame,
                                  .hop = (int)step.item[0],
                                  .frames = (int)(1 + (L - frame) / step.item[0]),
                                  .onesided =
                                      onnx_int(n, "onesided", 1) != 0 && x->shape.dim[2] == 1 };
    return make(g, n, &attr, x, window);
}

/* A constant of `output_datatype`. */
static bool result(struct graph *g, struct onnx_node *n, struct shape s, const double *values)
{
    enum dtype type = F32;
    if (!onnx_dtype(onnx_int(n, "output_datatype", 1), &type))
        return onnx_error(g, n, "its output_datatype is not supported");
    n->out[0] = graph_constant(g, n->from->name, type, s, NULL);
    for (int64_t i = 0; i < shape_count(&s); i++)
        dtype_set(type, n->out[0]->data, i, values[i]);
    return true;
}

static bool import_window(struct graph *g, struct onnx_node *n)
{
    struct int_list size;
    if (!onnx_const_ints(g, n, 0, &size))
        return false;
    if (size.count < 1 || size.item[0] < 0 || size.item[0] > 1 << 24)
        return onnx_error(g, n, "needs a size");
    const int64_t N = size.item[0];
    const double pi = acos(-1.0), d = onnx_int(n, "periodic", 1) ? (double)N : (double)N - 1;
    double *v = NEW_ARRAY(g->ctx->arena, double, N + 1);
    for (int64_t i = 0; i < N; i++) {
        const double a = d > 0 ? 2 * pi * (double)i / d : 0;
        v[i] = strcmp(n->op_type, "HannWindow") == 0      ? 0.5 - 0.5 * cos(a)
               : strcmp(n->op_type, "HammingWindow") == 0 ? 25.0 / 46 - 21.0 / 46 * cos(a)
                                                          : 0.42 - 0.5 * cos(a) + 0.08 * cos(2 * a);
    }
    return result(g, n, shape_of(1, N), v);
}

/* Triangles between neighbouring frequencies of equal steps on the mel scale, as the standard's
 * reference has them. */
static bool import_mel(struct graph *g, struct onnx_node *n)
{
    struct int_list bins, length, rate;
    struct float_list low, high;
    if (!onnx_const_ints(g, n, 0, &bins) || !onnx_const_ints(g, n, 1, &length)
        || !onnx_const_ints(g, n, 2, &rate) || !onnx_const_floats(g, n, 3, &low)
        || !onnx_const_floats(g, n, 4, &high))
        return false;
    if (bins.count < 1 || length.count < 1 || rate.count < 1 || low.count < 1 || high.count < 1
        || bins.item[0] < 1 || bins.item[0] > 1 << 16 || length.item[0] < 1
        || length.item[0] > 1 << 20 || rate.item[0] < 1)
        return onnx_error(g, n, "needs bins, a length, a rate and two frequencies above 0");
    const int64_t M = bins.item[0], S = length.item[0] / 2 + 1;
    const double from = 2595 * log10(1 + low.item[0] / 700),
                 step = (2595 * log10(1 + high.item[0] / 700) - from) / (double)(M + 2);
    double *v = NEW_ARRAY(g->ctx->arena, double, S *M);
    int64_t *at = NEW_ARRAY(g->ctx->arena, int64_t, M + 2);
    for (int64_t i = 0; i < M + 2; i++) {
        at[i] = (int64_t)floor((double)(length.item[0] + 1)
                               * (700 * (pow(10, ((double)i * step + from) / 2595) - 1))
                               / (double)rate.item[0]);
        if (at[i] < 0 || at[i] >= S)
            return onnx_error(g, n, "its frequencies lie outside of the %d bins of the spectrum",
                              (int)S);
    }
    for (int64_t i = 0; i < M; i++) {
        for (int64_t j = at[i]; j <= at[i + 1]; j++)
            v[j * M + i] =
                at[i] == at[i + 1] ? 1 : (double)(j - at[i]) / (double)(at[i + 1] - at[i]);
        for (int64_t j = at[i + 1]; j < at[i + 2]; j++)
            v[j * M + i] = (double)(at[i + 2] - j) / (double)(at[i + 2] - at[i + 1]);
    }
    return result(g, n, shape_of(2, S, M), v);
}

static bool import(struct graph *g, struct onnx_node *n)
{
    if (strcmp(n->op_type, "DFT") == 0)
        return import_dft(g, n);
    if (strcmp(n->op_type, "STFT") == 0)
        return import_stft(g, n);
    return strcmp(n->op_type, "MelWeightMatrix") == 0 ? import_mel(g, n) : import_window(g, n);
}

static const struct sample samples[] = {
    { "float32[1x10x3x1] float32[2x10]!", "length=10, onesided=True" },
    { "float32[2x3x7x2] float32[2x9]!", "axis=2, length=9, inverse=True" },
    { "float32[1x6x2x2] float32[2x10]!", "length=10, inverse=True, onesided=True" },
    { "float32[2x50x1] float32[2x16]! float32[16]", "length=16, hop=5, frames=7, onesided=True" },
    { NULL, NULL }
};

const struct opdef fourier = {
    .name = "Fourier",
    .onnx = "DFT STFT HannWindow HammingWindow BlackmanWindow MelWeightMatrix",
    .keras_base = "fourier",
    .brief = "discrete Fourier transform",
    .attrs = attrs,
    .attr_size = sizeof(struct fourier),
    .min_inputs = 2,
    .max_inputs = 3,
    .samples = samples,
    .shape = shape,
    .eval = eval,
    .emit = emit,
    .import = import,
};
