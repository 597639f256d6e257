/*
 * onnx_conv.c - ONNX' Conv and ConvTranspose: which of the table's convolutions a node is, weights
 * in its order.
 *
 * Conv's weights are {M, C / group, k...}, those here {k..., C / group, M}; ConvTranspose's {C, M /
 * group, k...} become {k..., M / group, C}. Weights that are no constants are read as they lie, by
 * the 3-D kernels.
 */
#include "ops/onnx_runtime.h"
#include "ops/windows.h"

#include <string.h>

/* Axes of the weights: `last` axes of the front two exchanged go behind the others. */
static struct tensor *turned(struct graph *g, struct onnx_node *n, struct tensor *w)
{
    struct arena *a = g->ctx->arena;
    const char *perm = "";
    for (int i = 2; i < w->shape.rank; i++)
        perm = arena_printf(a, "%s%d,", perm, i);
    return op_make(g, n->from, "Transpose", arena_printf(a, "perm=(%s1,0)", perm), &w, 1);
}

static bool has_constants(struct tensor *const *in)
{
    return in[1]->data && (!in[2] || in[2]->data);
}

/* Ranks of input and weights, the bias' length. */
static bool check_inputs(struct graph *g, const struct onnx_node *n, int64_t outputs)
{
    const struct tensor *x = onnx_input(n, 0), *w = onnx_input(n, 1), *b = onnx_input(n, 2);
    if (!x || !w)
        return onnx_error(g, n, "it needs an input and weights");
    if (x->shape.rank < 3 || w->shape.rank != x->shape.rank)
        return onnx_error(
            g, n, "its input has %d axes and its weights %d; both must have as many, 3 to 5",
            x->shape.rank, w->shape.rank);
    if (b && shape_count(&b->shape) != outputs)
        return onnx_error(g, n, "its bias has %lld values for %lld output channels",
                          (long long)shape_count(&b->shape), (long long)outputs);
    for (int i = 0; i < w->shape.rank; i++)
        if (w->shape.dim[i] < 1)
            return onnx_error(g, n, "its weights '%s' have no values", w->name);
    return true;
}

/*
 * A picture's window over the axes that the ops have: two, or three for volumes and for weights
 * that are computed. Returns how many; in[0] and in[1], input and kernel, get axes of 1 that the
 * model's lack.
 */
static int widen(struct graph *g, const struct onnx_node *n, const struct onnx_window *w,
                 struct tensor **in, struct onnx_window *wide)
{
    const int spatial = has_constants(in) && w->n < 3 ? 2 : 3;
    *wide = window_widened(w, spatial);
    in[0] = with_axes(g, n->from, in[0], spatial);
    in[1] = kernel_widened(g, n->from, in[1], spatial);
    return spatial;
}

bool import_conv(struct graph *g, struct onnx_node *n)
{
    struct onnx_window w;
    struct tensor *x = onnx_input(n, 0), *kernel = onnx_input(n, 1);
    if (*n->domain)
        return import_fused(g, n, "Conv", import_conv);
    if (!check_inputs(g, n, kernel ? kernel->shape.dim[0] : 0)
        || !onnx_window(g, n, x, kernel->shape.dim + 2, &w))
        return false;
    const int64_t group = onnx_int(n, "group", 1), C = x->shape.dim[1], M = kernel->shape.dim[0],
                  ci = kernel->shape.dim[1];
    if (group < 1 || ci * group != C || M % group)
        return onnx_error(g, n,
                          "'group' is %lld; its input has %lld channels, its weights take %lld in "
                          "each group and give %lld",
                          (long long)group, (long long)C, (long long)ci, (long long)M);
    struct tensor *in[3] = { onnx_channels_last(g, n, x), turned(g, n, kernel), onnx_input(n, 2) },
                  *t;
    if (!in[0] || !in[1])
        return false;
    struct onnx_window wide;
    const int spatial = widen(g, n, &w, in, &wide);
    if (spatial == 3)
        t = conv3d_of(g, n->from, &wide, (int)M, (int)group, in);
    else if (group == C && C > 1)
        t = depthwise_of(g, n->from, &wide, (int)(M / C), in);
    else
        t = conv2d_of(g, n->from, &wide, (int)M, (int)group, in);
    t = t ? without_axes(g, n->from, t, w.n) : NULL;
    return t && (n->out[0] = onnx_channels_first(g, n, t)) != NULL;
}

/*
 * Sizes: O = S * (I - 1) + output_padding + K - pads, K the dilated extent; output_shape gives the
 * pads instead, the odd one in front (NOTSET, SAME_LOWER) or behind (SAME_UPPER); without it
 * auto_pad SAME means O = I * S.
 */
static bool transposed_sizes(struct graph *g, struct onnx_node *n, struct onnx_window *w,
                             const int *extra)
{
    const struct int_list given = onnx_ints(g, n, "output_shape");
    const char *auto_pad = onnx_string(n, "auto_pad", "NOTSET");
    const bool same = strncmp(auto_pad, "SAME_", 5) == 0,
               upper = strcmp(auto_pad, "SAME_UPPER") == 0;
    if (given.count >= 0 && given.count != w->n && given.count != w->n + 2)
        return onnx_error(g, n, "'output_shape' has %d numbers; %d are needed", given.count, w->n);
    for (int i = 0; i < w->n; i++) {
        const int64_t extent = (int64_t)(w->kernel[i] - 1) * w->dilation[i] + 1,
                      whole = w->stride[i] * (w->in[i] - 1) + extra[i] + extent;
        w->out[i] = whole - w->before[i] - w->after[i];
        if (given.count >= 0 || same) {
            w->out[i] =
                given.count >= 0 ? given.item[given.count - w->n + i] : w->in[i] * w->stride[i];
            const int64_t pads = whole - w->out[i] > 0 ? whole - w->out[i] : 0;
            w->before[i] = (int)(upper ? pads / 2 : pads - pads / 2);
        } else if (strcmp(auto_pad, "VALID") == 0) {
            w->out[i] = whole;
            w->before[i] = 0;
        }
        if (w->out[i] < 1 || w->out[i] > MAX_DIM)
            return onnx_error(g, n, "its result would have the size %lld along axis %d",
                              (long long)w->out[i], i + 2);
    }
    return true;
}

static bool transposed_window(struct graph *g, struct onnx_node *n, const struct tensor *x,
                              const struct tensor *kernel, struct onnx_window *w)
{
    int pads[6], extra[3];
    *w = (struct onnx_window){ .n = x->shape.rank - 2 };
    if (w->n > 3)
        return onnx_error(g, n, "its input has %d axes behind the channels; 1 to 3 are supported",
                          w->n);
    if (!onnx_axes_ints(g, n, "kernel_shape", w->n, 0, w->kernel)
        || !onnx_axes_ints(g, n, "strides", w->n, 1, w->stride)
        || !onnx_axes_ints(g, n, "dilations", w->n, 1, w->dilation)
        || !onnx_axes_ints(g, n, "pads", 2 * w->n, 0, pads)
        || !onnx_axes_ints(g, n, "output_padding", w->n, 0, extra))
        return false;
    for (int i = 0; i < w->n; i++) {
        w->kernel[i] = (int)kernel->shape.dim[2 + i];
        w->in[i] = x->shape.dim[2 + i];
        w->before[i] = pads[i];
        w->after[i] = pads[w->n + i];
        if (w->stride[i] < 1 || w->dilation[i] < 1)
            return onnx_error(g, n, "strides and dilations must be 1 or more");
    }
    return transposed_sizes(g, n, w, extra);
}

bool import_conv_transpose(struct graph *g, struct onnx_node *n)
{
    struct onnx_window w;
    struct tensor *x = onnx_input(n, 0), *kernel = onnx_input(n, 1);
    const int64_t group = onnx_int(n, "group", 1);
    if (!check_inputs(g, n, kernel && kernel->shape.rank > 1 ? kernel->shape.dim[1] * group : 0)
        || !transposed_window(g, n, x, kernel, &w))
        return false;
    if (group < 1 || kernel->shape.dim[0] != x->shape.dim[1] || x->shape.dim[1] % group)
        return onnx_error(
            g, n, "'group' is %lld; its input has %lld channels, its weights take %lld",
            (long long)group, (long long)x->shape.dim[1], (long long)kernel->shape.dim[0]);
    struct tensor *in[3] = { onnx_channels_last(g, n, x), turned(g, n, kernel), onnx_input(n, 2) };
    if (!in[0] || !in[1])
        return false;
    struct onnx_window wide;
    widen(g, n, &w, in, &wide);
    struct tensor *t =
        conv_transpose_of(g, n->from, &wide, (int)(kernel->shape.dim[1] * group), (int)group, in);
    t = t ? without_axes(g, n->from, t, w.n) : NULL;
    return t && (n->out[0] = onnx_channels_first(g, n, t)) != NULL;
}
