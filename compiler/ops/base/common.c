/* common.c - windows over pictures, constant data, packing of weights. */
#include "ops/common.h"

#include <string.h>

int window_size(struct window *w, int64_t in, enum padding padding)
{
    const int64_t extent = (int64_t)(w->kernel - 1) * w->dilation + 1;
    if (padding == SAME) {
        const int64_t out = (in + w->stride - 1) / w->stride;
        const int64_t pad = (out - 1) * w->stride + extent - in;
        w->before = pad > 0 ? (int)(pad / 2) : 0;
        w->after = pad > 0 ? (int)(pad - pad / 2) : 0;
    } else if (padding == CAUSAL) {
        w->before = (int)(extent - 1);
        w->after = 0;
    }
    const int64_t room = in - extent + w->before + w->after;
    return room < 0 ? 0 : (int)(room / w->stride + 1);
}

void pads_to_windows(const int *pads, struct window *w, int n)
{
    for (int i = 0; i < n; i++)
        if (pads[2 * i] || pads[2 * i + 1]) {
            w[i].before = pads[2 * i];
            w[i].after = pads[2 * i + 1];
        }
}

void windows_to_pads(const struct window *w, int n, int *pads)
{
    for (int i = 0; i < n; i++) {
        pads[2 * i] = w[i].before;
        pads[2 * i + 1] = w[i].after;
    }
}

bool needs_rank(struct graph *g, const struct op *op, int rank, const char *what)
{
    const struct shape *s = &op->in[0]->shape;
    if (s->rank == rank)
        return true;
    return op_error(g, op, "needs %s, but its input is %s", what, shape_text(g->ctx->arena, s));
}

bool has_values(struct graph *g, const struct op *op, int input)
{
    const struct shape *s = &op->in[input]->shape;
    const int64_t n = shape_count(s);
    if (n < 0)
        return op_error(g, op, "its input would have more than 2^40 elements: %s",
                        shape_text(g->ctx->arena, s));
    return n > 0
           || op_error(g, op, "its input is %s: there are no values", shape_text(g->ctx->arena, s));
}

bool positive(struct graph *g, const struct op *op, const char *what, const int *v, int n)
{
    for (int i = 0; i < n; i++)
        if (v[i] < 1)
            return op_error(g, op, "%s must be 1 or more, not %d", what, v[i]);
    return true;
}

/* "5x5" */
static const char *times(struct arena *a, int n, const int64_t *v)
{
    const char *s = "";
    for (int i = 0; i < n; i++)
        s = arena_printf(a, "%s%s%lld", s, i ? "x" : "", (long long)v[i]);
    return s;
}

/* The layer that gave t, reshapes passed over; a layer that is made of several operators has the
 * name by which the model calls it. */
static const char *giver_of(const struct tensor *t)
{
    while (t->producer && t->producer->def->is_view)
        t = t->producer->in[0];
    if (!t->producer)
        return t->name;
    return t->producer->scope.layer ? t->producer->scope.layer : t->producer->name;
}

/* "conv2d_3: a 5x5 window does not fit the 3x3 picture that max_pooling2d_1 gives"; sequences,
 * though pictures of one row, by their steps. */
static bool does_not_fit(struct graph *g, const struct op *op, int n, const int64_t *extent,
                         const char *called)
{
    const struct tensor *in = op->in[0];
    struct arena *a = g->ctx->arena;
    struct op layer = *op;
    layer.name = op->scope.layer ? op->scope.layer : op->name;
    if (n == 1 || (op->scope.kind && strstr(op->scope.kind, "1D")))
        return op_error(g, &layer,
                        "a window of %lld does not fit the %lld steps that %s gives; use "
                        "padding='same' or a smaller window",
                        (long long)extent[n - 1], (long long)in->shape.dim[n], giver_of(in));
    return op_error(
        g, &layer,
        "a %s window does not fit the %s %s that %s gives; use padding='same' or a smaller window",
        times(a, n, extent), times(a, n, in->shape.dim + 1), called, giver_of(in));
}

bool slide_windows(struct graph *g, const struct op *op, int n, const int *kernel,
                   const int *strides, const int *dilation, enum padding padding, struct window *w,
                   int64_t *out)
{
    static const char *const wanted[] = { "a sequence (steps, channels)",
                                          "a picture (height, width, channels)",
                                          "a volume (depth, height, width, channels)" };
    static const char *const called[] = { "sequence", "picture", "volume" };
    const struct tensor *in = op->in[0];
    if (!needs_rank(g, op, n + 2, wanted[n - 1]) || !has_values(g, op, 0)
        || !positive(g, op, "the window", kernel, n) || !positive(g, op, "'strides'", strides, n)
        || !positive(g, op, "'dilation_rate'", dilation, n))
        return false;
    int64_t extent[3];
    bool fits = true;
    for (int i = 0; i < n; i++) {
        w[i] = (struct window){ kernel[i], strides[i], dilation[i], w[i].before, w[i].after };
        out[i] = window_size(&w[i], in->shape.dim[1 + i], padding);
        extent[i] = (int64_t)(kernel[i] - 1) * dilation[i] + 1;
        fits &= out[i] > 0;
    }
    if (fits)
        return true;
    return does_not_fit(g, op, n, extent, called[n - 1]);
}

bool picture_windows(struct graph *g, const struct op *op, const int *kernel, const int *strides,
                     const int *dilation, enum padding padding, struct window w[2], int64_t out[2])
{
    return slide_windows(g, op, 2, kernel, strides, dilation, padding, w, out);
}

const float *floats(const struct tensor *t)
{
    return t ? t->data : NULL;
}

float *writable(struct tensor *t)
{
    return t->data;
}

struct tensor *new_constant(struct graph *g, const struct op *op, const char *what,
                            struct shape shape)
{
    return graph_constant(g, arena_printf(g->ctx->arena, "%s_%s", op->name, what), F32, shape,
                          NULL);
}

int block_width(int64_t k, int64_t channels)
{
    const int64_t rest = channels - k;
    return rest > 24 ? 32 : rest > 8 ? 16 : 8;
}

int64_t packed_channels(int64_t channels)
{
    int64_t sum = 0;
    for (int64_t k = 0; k < channels; k += block_width(k, channels))
        sum += block_width(k, channels);
    return sum;
}

void pack_into(float *to, const float *from, int64_t taps, int64_t channels)
{
    for (int64_t k = 0, width; k < channels; k += width) {
        width = block_width(k, channels);
        const int64_t n = channels - k < width ? channels - k : width;
        for (int64_t i = 0; i < taps; i++, to += width)
            memcpy(to, from + i * channels + k, (size_t)n * sizeof *to);
    }
}

struct tensor *pack_blocks(struct graph *g, const struct op *op, const char *what,
                           const float *from, int64_t taps, int64_t channels)
{
    struct tensor *t =
        new_constant(g, op, what, shape_of(1, (int64_t)(taps * packed_channels(channels))));
    pack_into(writable(t), from, taps, channels);
    return t;
}

struct tensor *pack_bias(struct graph *g, const struct op *op, const float *from, int64_t channels)
{
    struct tensor *t = new_constant(g, op, "bias", shape_of(1, packed_channels(channels)));
    if (from)
        memcpy(t->data, from, (size_t)channels * sizeof *from);
    return t;
}

const char *row_at(struct out *o, const struct tensor *t, const char *y)
{
    const long long stride = row_stride(t);
    const struct layout *l = &memory_of(t)->layout;
    if (l->rows > 0 && l->rows < rows_of(memory_of(t)))
        return arena_printf(o->arena, "%s %% %lld * %lld", y, (long long)l->rows, stride);
    return rows_of(t) == 1 ? "0" : arena_printf(o->arena, "%s * %lld", y, stride);
}

const struct tensor *other_input(const struct op *op)
{
    for (int i = 0; i < op->nabsorbed; i++)
        if (op->absorbed_input[i] >= 0)
            return op->in[op->absorbed_input[i]];
    return NULL;
}

const char *other_parameter(const struct op *op)
{
    return other_input(op) ? "const float *other, " : "";
}

bool affine_into_kernel(struct graph *g, struct op *op, const float *scale, const float *shift)
{
    const int rank = op->out->shape.rank;
    const int64_t K = op->out->shape.dim[rank - 1], n = shape_count(&op->in[1]->shape);
    if (!op->in[1]->data || (op->in[2] && !op->in[2]->data))
        return false;
    struct tensor *w = new_constant(g, op, "kernel", op->in[1]->shape),
                  *b = new_constant(g, op, "bias", shape_of(1, K));
    for (int64_t i = 0; i < n; i++)
        writable(w)[i] = (float)((double)floats(op->in[1])[i] * (double)scale[i % K]);
    for (int64_t k = 0; k < K; k++)
        writable(b)[k] = (float)((op->in[2] ? (double)floats(op->in[2])[k] * (double)scale[k] : 0)
                                 + (double)shift[k]);
    op->in[1] = w;
    op->in[2] = b;
    return true;
}

bool axis_takes_transpose(const struct op *op, int *axis, const int *perm, int *result)
{
    *axis = perm[*axis];
    for (int d = 0; d < op->out->shape.rank; d++)
        result[d] = perm[d];
    return true;
}

bool windows_take_pads(int *own, struct window *w, const int *pads)
{
    for (int i = 0; i < 4; i++)
        own[i] += pads[i];
    pads_to_windows(own, w, 2);
    return true;
}

void window_margins(const struct op *op, const struct window *w, int *left, int *right)
{
    const int64_t width = op->in[0]->shape.dim[2], taps = (int64_t)(w->kernel - 1) * w->dilation;
    const int64_t last = (op->out->shape.dim[2] - 1) * w->stride - w->before + taps;
    *left = w->before;
    *right = last >= width ? (int)(last - width + 1) : 0;
}

void broadcast_strides(const struct shape *from, const struct shape *to, int64_t *stride)
{
    int64_t step = 1;
    for (int d = to->rank - 1; d >= 0; d--) {
        const int at = d - (to->rank - from->rank);
        const int64_t n = at >= 0 ? from->dim[at] : 1;
        stride[d] = n > 1 ? step : 0;
        step *= n;
    }
}
