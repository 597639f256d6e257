/* onnx_windows.c - the attributes that ONNX' convolutions and poolings share, and pictures seen
 * with more or fewer axes. */
#include "ops/windows.h"

#include <string.h>

bool onnx_axes_ints(struct graph *g, const struct onnx_node *n, const char *name, int count,
                    int absent, int *to)
{
    const struct int_list list = onnx_ints(g, n, name);
    if (list.count > 0 && list.count != count)
        return onnx_error(g, n, "'%s' has %d numbers; %d are needed", name, list.count, count);
    for (int i = 0; i < count; i++) {
        const int64_t v = list.count > 0 ? list.item[i] : absent;
        if (v < 0 || v > MAX_DIM)
            return onnx_error(g, n, "'%s' holds %lld", name, (long long)v);
        to[i] = (int)v;
    }
    return true;
}

static bool set_kernel(struct graph *g, const struct onnx_node *n, const int64_t *kernel,
                       struct onnx_window *w)
{
    if (!kernel && !onnx_find(n, "kernel_shape"))
        return onnx_error(g, n, "it lacks the attribute 'kernel_shape'");
    if (!onnx_axes_ints(g, n, "kernel_shape", w->n, 0, w->kernel)
        || !onnx_axes_ints(g, n, "strides", w->n, 1, w->stride)
        || !onnx_axes_ints(g, n, "dilations", w->n, 1, w->dilation))
        return false;
    for (int i = 0; i < w->n; i++) {
        if (kernel && onnx_find(n, "kernel_shape") && w->kernel[i] != kernel[i])
            return onnx_error(g, n, "'kernel_shape' says %d, the weights have %lld along axis %d",
                              w->kernel[i], (long long)kernel[i], i);
        w->kernel[i] = kernel ? (int)kernel[i] : w->kernel[i];
        if (w->kernel[i] < 1 || w->stride[i] < 1 || w->dilation[i] < 1)
            return onnx_error(g, n, "kernel, strides and dilations must be 1 or more");
    }
    return true;
}

/*
 * O = floor((I - K + 2P) / S) + 1, K the dilated extent; ceil_mode rounds up, but a window may not
 * begin behind the picture. auto_pad SAME gives O = ceil(I / S), the odd pixel at the end (UPPER)
 * or the beginning (LOWER).
 */
static bool set_axis(struct graph *g, const struct onnx_node *n, struct onnx_window *w, int i,
                     const char *auto_pad, bool ceil_mode)
{
    const int64_t extent = (int64_t)(w->kernel[i] - 1) * w->dilation[i] + 1, s = w->stride[i];
    const bool upper = strcmp(auto_pad, "SAME_UPPER") == 0,
               same = upper || strcmp(auto_pad, "SAME_LOWER") == 0;
    if (same) {
        const int64_t out = (w->in[i] + s - 1) / s, total = (out - 1) * s + extent - w->in[i],
                      pad = total > 0 ? total : 0;
        w->before[i] = (int)(upper ? pad / 2 : pad - pad / 2);
        w->after[i] = (int)(pad - w->before[i]);
    } else if (strcmp(auto_pad, "VALID") == 0) {
        w->before[i] = w->after[i] = 0;
    } else if (strcmp(auto_pad, "NOTSET") != 0) {
        return onnx_error(g, n,
                          "'auto_pad' is '%s'; NOTSET, VALID, SAME_UPPER and SAME_LOWER are known",
                          auto_pad);
    }
    const int64_t room = w->in[i] + w->before[i] + w->after[i] - extent;
    if (room < 0)
        return onnx_error(g, n,
                          "a window of %lld does not fit the %lld (with padding %lld) along axis "
                          "%d of its input '%s'",
                          (long long)extent, (long long)w->in[i],
                          (long long)w->in[i] + w->before[i] + w->after[i], i + 2, n->in[0]->name);
    w->out[i] = (ceil_mode ? (room + s - 1) / s : room / s) + 1;
    if (ceil_mode && (w->out[i] - 1) * s >= w->in[i] + w->before[i])
        w->out[i]--;
    return true;
}

bool onnx_window(struct graph *g, const struct onnx_node *n, const struct tensor *x,
                 const int64_t *kernel, struct onnx_window *w)
{
    int pads[6];
    *w = (struct onnx_window){ .n = x->shape.rank - 2 };
    if (w->n < 1 || w->n > 3)
        return onnx_error(g, n, "its input has %d axes behind the channels; 1 to 3 are supported",
                          w->n);
    if (!set_kernel(g, n, kernel, w) || !onnx_axes_ints(g, n, "pads", 2 * w->n, 0, pads))
        return false;
    const char *auto_pad = onnx_string(n, "auto_pad", "NOTSET");
    const bool ceil_mode = onnx_int(n, "ceil_mode", 0) != 0;
    for (int i = 0; i < w->n; i++) {
        w->in[i] = x->shape.dim[2 + i];
        w->before[i] = pads[i];
        w->after[i] = pads[w->n + i];
        if (!set_axis(g, n, w, i, auto_pad, ceil_mode))
            return false;
    }
    return true;
}

struct tensor *as_shape(struct graph *g, struct op *from, struct tensor *t, struct shape s)
{
    const char *text = "";
    if (!t || shape_equal(&t->shape, &s))
        return t;
    for (int i = 0; i < s.rank; i++)
        text = arena_printf(g->ctx->arena, "%s%s%lld", text, i ? "," : "", (long long)s.dim[i]);
    struct op named = *from; /* the layer's name is for the op that computes */
    named.name = arena_printf(g->ctx->arena, "%s_view", from->name);
    return op_make(g, &named, "View", arena_printf(g->ctx->arena, "shape=(%s)", text), &t, 1);
}

struct tensor *with_axes(struct graph *g, struct op *from, struct tensor *t, int spatial)
{
    if (!t)
        return NULL;
    const int more = spatial + 2 - t->shape.rank;
    struct shape s = { .rank = spatial + 2, .dim = { t->shape.dim[0] } };
    for (int i = 1; i < s.rank; i++)
        s.dim[i] = i <= more ? 1 : t->shape.dim[i - more];
    return as_shape(g, from, t, s);
}

struct tensor *without_axes(struct graph *g, struct op *from, struct tensor *t, int spatial)
{
    if (!t)
        return NULL;
    const int less = t->shape.rank - 2 - spatial;
    struct shape s = { .rank = spatial + 2, .dim = { t->shape.dim[0] } };
    for (int i = 1; i < s.rank; i++)
        s.dim[i] = t->shape.dim[i + less];
    return as_shape(g, from, t, s);
}

struct tensor *kernel_widened(struct graph *g, struct op *from, struct tensor *w, int spatial)
{
    const int more = spatial + 2 - w->shape.rank;
    struct shape s = { .rank = spatial + 2 };
    for (int i = 0; i < s.rank; i++)
        s.dim[i] = i < more ? 1 : w->shape.dim[i - more];
    return as_shape(g, from, w, s);
}

struct onnx_window window_widened(const struct onnx_window *w, int spatial)
{
    struct onnx_window r = { .n = spatial };
    for (int i = 0; i < spatial; i++) {
        const int k = i - (spatial - w->n);
        r.kernel[i] = k < 0 ? 1 : w->kernel[k];
        r.stride[i] = k < 0 ? 1 : w->stride[k];
        r.dilation[i] = k < 0 ? 1 : w->dilation[k];
        r.before[i] = k < 0 ? 0 : w->before[k];
        r.after[i] = k < 0 ? 0 : w->after[k];
        r.in[i] = k < 0 ? 1 : w->in[k];
        r.out[i] = k < 0 ? 1 : w->out[k];
    }
    return r;
}

const char *windows_to_onnx(struct arena *a, const struct window *w, int n)
{
    const char *kernel = "", *strides = "", *before = "", *after = "", *dilations = "";
    bool dilated = false;
    for (int i = 0; i < n; i++) {
        kernel = arena_printf(a, "%s%d,", kernel, w[i].kernel);
        strides = arena_printf(a, "%s%d,", strides, w[i].stride);
        before = arena_printf(a, "%s%d,", before, w[i].before);
        /* negative: pixels that no window reads */
        after = arena_printf(a, "%s%d,", after, w[i].after < 0 ? 0 : w[i].after);
        dilations = arena_printf(a, "%s%d,", dilations, w[i].dilation);
        dilated |= w[i].dilation > 1;
    }
    return arena_printf(a, "kernel_shape=[%s], strides=[%s], pads=[%s%s]%s%s%s", kernel, strides,
                        before, after, dilated ? ", dilations=[" : "", dilated ? dilations : "",
                        dilated ? "]" : "");
}

const char *kernel_to_onnx(struct arena *a, const struct tensor *w, const struct window *windows,
                           int n)
{
    const int r = w->shape.rank;
    const char *perm = arena_printf(a, "%d,%d", r - 1, r - 2), *shape = "";
    for (int i = 0; i < r - 2; i++)
        perm = arena_printf(a, "%s,%d", perm, i);
    for (int i = 0; i < n; i++)
        shape = arena_printf(a, "%s,%d", shape, windows[i].kernel);
    return arena_printf(a, "b^[%s]:[%lld,%lld%s]", perm, (long long)w->shape.dim[r - 1],
                        (long long)w->shape.dim[r - 2], shape);
}
