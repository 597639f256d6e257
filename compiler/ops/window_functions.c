/*
 * window_functions.c - convolution and pooling as functions: tf.nn.conv2d(x, kernel, ...),
 * keras.ops.max_pool(x, 2), K.conv2d(...).
 *
 * The rank of the tensor says how many axes a window has; strides, dilations and window sizes may
 * be one number, one for each axis, or one for each dimension of the tensor, batch and channels
 * counted, as TensorFlow has it.
 */
#include "ops/windows.h"

struct call {
    struct int_list strides, dilations, window, output_padding, output_shape;
    int padding, format, mode; /* mode: of pooling, index in MODES */
};

/* formats from this one on have the channels before the axes */
enum { CHANNELS_FIRST = 4 };
#define MODES "max avg"
#define FORMATS "channels_last NHWC NWC NDHWC channels_first NCHW NCW NCDHW"

#define CALL_ATTRS(absent_strides) \
    { "strides", NULL, ATTR_LIST, offsetof(struct call, strides), absent_strides, NULL, 0 }, \
    { "padding", NULL, ATTR_CHOICE, offsetof(struct call, padding), "valid", PADDINGS, 0 }, \
    { "data_format", NULL, ATTR_CHOICE, offsetof(struct call, format), "channels_last", FORMATS, 0 }

static const struct attr conv_attrs[] = {
    CALL_ATTRS("1"),
    { "dilation_rate", NULL, ATTR_LIST, offsetof(struct call, dilations), "1", NULL, 0 },
    { "output_padding", NULL, ATTR_LIST, offsetof(struct call, output_padding), "None", NULL, 0 },
    { "output_shape", NULL, ATTR_LIST, offsetof(struct call, output_shape), "None", NULL, 0 },
    { 0 }
};
static const struct attr pool_attrs[] = {
    { "pool_size", NULL, ATTR_LIST, offsetof(struct call, window), NULL, NULL, 0 },
    CALL_ATTRS("None"),
    { "pool_mode", NULL, ATTR_CHOICE, offsetof(struct call, mode), "max", MODES, 0 },
    { 0 }
};

/* The numbers of a list along the n axes of a window; `absent` where it is empty. */
static bool along_axes(struct graph *g, const struct op *op, const char *what,
                       const struct int_list *list, int n, int absent, int first, int *to)
{
    const int count = list->count;
    if (count > 1 && count != n && count != n + 2)
        return op_error(g, op, "'%s' has %d numbers; 1 or %d are needed", what, count, n);
    for (int i = 0; i < n; i++) {
        const int64_t v = !count       ? absent
                          : count == 1 ? list->item[0]
                                       : list->item[count == n ? i : i + first];
        if (v < 1 || v > MAX_DIM)
            return op_error(g, op, "'%s' must be 1 or more, not %lld", what, (long long)v);
        to[i] = (int)v;
    }
    return true;
}

/* Axes from place `from` to the end. */
static struct tensor *move_axis(struct graph *g, struct op *op, struct tensor *t, int from, int to)
{
    const char *perm = "";
    for (int i = 0; i < t->shape.rank; i++) {
        const int axis = i == to               ? from
                         : i < to && i >= from ? i + 1
                         : i > to && i <= from ? i - 1
                                               : i;
        perm = arena_printf(g->ctx->arena, "%s%s%d", perm, i ? "," : "", axis);
    }
    return op_make(g, op, "Transpose", arena_printf(g->ctx->arena, "perm=(%s)", perm), &t, 1);
}

static struct tensor *channels_last(struct graph *g, struct op *op)
{
    const struct call *p = op->attr;
    return p->format < CHANNELS_FIRST ? op->in[0]
                                      : move_axis(g, op, op->in[0], 1, op->in[0]->shape.rank - 1);
}

static struct tensor *as_it_was(struct graph *g, struct op *op, struct tensor *t)
{
    const struct call *p = op->attr;
    return p->format < CHANNELS_FIRST || !t ? t : move_axis(g, op, t, t->shape.rank - 1, 1);
}

/* Window over the axes of x by the op's attributes; `kernel` sizes along the axes. */
static bool window_of(struct graph *g, const struct op *op, const struct tensor *x,
                      const int *kernel, struct onnx_window *w)
{
    const struct call *p = op->attr;
    const int first = p->format < CHANNELS_FIRST ? 1 : 2;
    *w = (struct onnx_window){ .n = x->shape.rank - 2 };
    if (w->n < 1 || w->n > 3)
        return op_error(g, op, "needs a sequence, a picture or a volume, not %s",
                        shape_text(g->ctx->arena, &x->shape));
    if (!along_axes(g, op, "strides", &p->strides, w->n, 1, first, w->stride)
        || !along_axes(g, op, "dilation_rate", &p->dilations, w->n, 1, first, w->dilation))
        return false;
    for (int i = 0; i < w->n; i++) {
        struct window one = { kernel[i], w->stride[i], w->dilation[i], 0, 0 };
        w->kernel[i] = kernel[i];
        w->in[i] = x->shape.dim[1 + i];
        w->out[i] = window_size(&one, w->in[i], (enum padding)p->padding);
        w->before[i] = one.before;
        w->after[i] = one.after;
        if (w->out[i] < 1)
            return op_error(g, op, "a window of %d does not fit the %lld along axis %d",
                            (kernel[i] - 1) * w->dilation[i] + 1, (long long)w->in[i], i + 1);
    }
    return true;
}

static bool is_known(const struct tensor *t)
{
    return t->data || t->weight;
}

static bool kernel_sizes(struct graph *g, const struct op *op, const struct tensor *x,
                         const struct tensor *kernel, int *to)
{
    if (x->shape.rank < 3 || x->shape.rank > 5 || kernel->shape.rank != x->shape.rank)
        return op_error(
            g, op, "the kernel is %s and the input %s; both must have as many axes, 3 to 5",
            shape_text(g->ctx->arena, &kernel->shape), shape_text(g->ctx->arena, &x->shape));
    for (int i = 0; i < x->shape.rank; i++) {
        if (kernel->shape.dim[i] < 1)
            return op_error(g, op, "the kernel has no values");
        if (i < x->shape.rank - 2)
            to[i] = (int)kernel->shape.dim[i];
    }
    return true;
}

enum what { PLAIN, DEPTHWISE, TRANSPOSED };

/* The convolution of x by a kernel in Keras' order; groups follow from the channels. */
static struct tensor *convolve(struct graph *g, struct op *op, struct tensor *x,
                               struct tensor *kernel, enum what what)
{
    struct onnx_window w;
    int sizes[3];
    if (!kernel_sizes(g, op, x, kernel, sizes) || !window_of(g, op, x, sizes, &w))
        return NULL;
    const int n = w.n;
    const int64_t C = x->shape.dim[n + 1], ci = kernel->shape.dim[n],
                  last = kernel->shape.dim[n + 1];
    if (what == PLAIN ? C % ci || last % (C / ci) : ci != C)
        return op_error(g, op, "the kernel is %s, which does not fit %lld channels",
                        shape_text(g->ctx->arena, &kernel->shape), (long long)C),
               NULL;
    const int spatial = is_known(kernel) && n < 3 ? 2 : 3;
    const bool depthwise = what == DEPTHWISE || (what == PLAIN && ci == 1 && C > 1);
    const int64_t multiplier = what == DEPTHWISE ? last : last / C;
    /* {k..., C, m} are the weights of C groups of one channel each: {k..., 1, C * m} */
    if (what == DEPTHWISE && spatial == 3) {
        struct shape s = kernel->shape;
        s.dim[n] = 1;
        s.dim[n + 1] = C * last;
        kernel = as_shape(g, op, kernel, s);
    }
    const struct onnx_window wide = window_widened(&w, spatial);
    struct tensor *in[3] = { with_axes(g, op, x, spatial), kernel_widened(g, op, kernel, spatial),
                             NULL };
    struct tensor *t = !in[0] || !in[1]            ? NULL
                       : depthwise && spatial == 2 ? depthwise_of(g, op, &wide, (int)multiplier, in)
                       : spatial == 2
                           ? conv2d_of(g, op, &wide, (int)last, (int)(C / ci), in)
                           : conv3d_of(g, op, &wide, (int)(depthwise ? C * multiplier : last),
                                       (int)(depthwise ? C : C / ci), in);
    return without_axes(g, op, t, n);
}

static struct tensor *expand_conv(struct graph *g, struct op *op)
{
    struct tensor *x = channels_last(g, op);
    return x ? as_it_was(g, op, convolve(g, op, x, op->in[1], PLAIN)) : NULL;
}

static struct tensor *expand_depthwise(struct graph *g, struct op *op)
{
    struct tensor *x = channels_last(g, op);
    return x ? as_it_was(g, op, convolve(g, op, x, op->in[1], DEPTHWISE)) : NULL;
}

static struct tensor *expand_separable(struct graph *g, struct op *op)
{
    struct tensor *x = channels_last(g, op);
    x = x ? convolve(g, op, x, op->in[1], DEPTHWISE) : NULL;
    if (!x)
        return NULL;
    *(struct call *)op->attr = (struct call){ .format = ((const struct call *)op->attr)->format };
    return as_it_was(g, op, convolve(g, op, x, op->in[2], PLAIN));
}

/* Sizes as Keras' layers have them; TensorFlow's output_shape gives them itself. */
static bool transposed_window(struct graph *g, struct op *op, struct onnx_window *w)
{
    const struct call *p = op->attr;
    /* of output_shape, whose batch is gone */
    const int first = p->format < CHANNELS_FIRST ? 0 : 1;
    int extra[3] = { 0 };
    if (p->output_padding.count > 1 && p->output_padding.count != w->n)
        return op_error(g, op, "'output_padding' has %d numbers; %d are needed",
                        p->output_padding.count, w->n);
    for (int i = 0; i < w->n; i++) {
        const int k = (w->kernel[i] - 1) * w->dilation[i] + 1, s = w->stride[i];
        extra[i] = !p->output_padding.count
                       ? -1
                       : (int)p->output_padding.item[p->output_padding.count > 1 ? i : 0];
        conv_transpose_axis(k, s, p->padding == SAME, w->in[i], extra[i], &w->before[i],
                            &w->out[i]);
        if (p->output_shape.count != w->n + 1)
            continue;
        const int64_t out = p->output_shape.item[first + i], cut = (w->in[i] - 1) * s + k - out;
        if (p->padding == SAME && cut > 0)
            w->before[i] = (int)(cut / 2);
        w->out[i] = out;
    }
    return true;
}

static struct tensor *expand_transposed(struct graph *g, struct op *op)
{
    struct onnx_window w = { 0 };
    struct call *p = op->attr;
    struct tensor *x = channels_last(g, op), *kernel = op->in[1];
    int sizes[3];
    if (!x || !kernel_sizes(g, op, x, kernel, sizes))
        return NULL;
    const int n = w.n = x->shape.rank - 2, first = p->format < CHANNELS_FIRST ? 1 : 2;
    if (kernel->shape.dim[n + 1] != x->shape.dim[n + 1])
        return op_error(g, op, "the kernel is %s, which does not fit %lld channels",
                        shape_text(g->ctx->arena, &kernel->shape), (long long)x->shape.dim[n + 1]),
               NULL;
    if (!along_axes(g, op, "strides", &p->strides, n, 1, first, w.stride)
        || !along_axes(g, op, "dilation_rate", &p->dilations, n, 1, first, w.dilation))
        return NULL;
    for (int i = 0; i < n; i++) {
        w.kernel[i] = sizes[i];
        w.in[i] = x->shape.dim[1 + i];
    }
    if (!transposed_window(g, op, &w))
        return NULL;
    const int spatial = is_known(kernel) && n < 3 ? 2 : 3;
    const struct onnx_window wide = window_widened(&w, spatial);
    struct tensor *in[3] = { with_axes(g, op, x, spatial), kernel_widened(g, op, kernel, spatial),
                             NULL };
    struct tensor *t =
        in[0] && in[1] ? conv_transpose_of(g, op, &wide, (int)kernel->shape.dim[n], 1, in) : NULL;
    return as_it_was(g, op, without_axes(g, op, t, n));
}

static struct tensor *expand_pool(struct graph *g, struct op *op)
{
    const struct call *p = op->attr;
    const char *kind = p->mode ? "Average" : "Max";
    struct tensor *x = channels_last(g, op);
    int size[3], stride[3];
    if (!x || x->shape.rank < 3 || x->shape.rank > 5)
        return x    ? op_error(g, op, "needs a sequence, a picture or a volume, not %s",
                               shape_text(g->ctx->arena, &x->shape)),
               NULL : NULL;
    const int n = x->shape.rank - 2, first = p->format < CHANNELS_FIRST ? 1 : 2;
    if (!along_axes(g, op, "pool_size", &p->window, n, 1, first, size)
        || !along_axes(g, op, "strides", &p->strides, n, 1, first, stride))
        return NULL;
    const char *sizes = "", *strides = "";
    for (int i = 0; i < n; i++) {
        sizes = arena_printf(g->ctx->arena, "%s%s%d", sizes, i ? "," : "", size[i]);
        strides = arena_printf(g->ctx->arena, "%s%s%d", strides, i ? "," : "",
                               p->strides.count ? stride[i] : size[i]);
    }
    const char *attrs = arena_printf(g->ctx->arena, "pool_size=(%s) strides=(%s) padding=%s", sizes,
                                     strides, p->padding == SAME ? "same" : "valid");
    return as_it_was(
        g, op, op_make(g, op, arena_printf(g->ctx->arena, "%sPooling%dD", kind, n), attrs, &x, 1));
}

#define CONVOLVES                                                                                  \
    .attrs = conv_attrs, .attr_size = sizeof(struct call), .min_inputs = 2, .max_inputs = 2

static const struct sample conv_samples[] = {
    { "7x6x4 float32[3x2x4x5]!", "padding='same'" },
    { "9x4 float32[3x2x6]", "strides=2" },
    { "5x4x3 float32[2x2x3x2]", "data_format='channels_last', dilation_rate=2" },
    { "4x6x5 float32[3x3x1x8]!", "data_format='NCHW', strides=(1, 1, 2, 1), padding='same'" },
    { NULL, NULL }
};
static const struct sample depthwise_samples[] = { { "7x6x4 float32[3x2x4x2]!", "strides=2" },
                                                   { "9x4 float32[3x4x1]", "" },
                                                   { NULL, NULL } };
static const struct sample separable_samples[] = {
    { "7x6x4 float32[3x2x4x2]! float32[1x1x8x5]!", "padding='same', strides=2" }, { NULL, NULL }
};
static const struct sample transposed_samples[] = {
    { "4x5x3 float32[3x3x6x3]!", "strides=2, padding='same'" },
    { "4x3 float32[3x2x3]", "strides=3" },
    { "4x5x3 float32[4x4x6x3]!", "strides=(1, 2, 2, 1), padding='same', output_shape=(7, 9, 6)" },
    { NULL, NULL }
};
static const struct sample pool_samples[] = {
    { "7x6x3", "pool_size=2, pool_mode='avg'" },
    { "4x7x6", "pool_size=(1, 1, 3, 3), strides=2, data_format='NCHW', padding='same'" },
    { NULL, NULL }
};

const struct opdef convolution = {
    .name = "Convolution",
    .keras_base = "conv",
    .brief = "convolution by a given kernel",
    CONVOLVES,
    .samples = conv_samples,
    .expand = expand_conv,
    .functions = "ops.conv nn.conv K.conv1d K.conv2d K.conv3d nn.conv1d nn.conv2d nn.conv3d "
                 "nn.convolution(x|input|inputs|value, "
                 "kernel|filters|filter, "
                 "strides|stride=1, padding=valid, data_format=None, dilation_rate|dilations=1)",
};

const struct opdef depthwise_convolution = {
    .name = "DepthwiseConvolution",
    .keras_base = "depthwise_conv",
    .brief = "convolution of each channel by a given kernel",
    CONVOLVES,
    .samples = depthwise_samples,
    .expand = expand_depthwise,
    .functions = "ops.depthwise_conv nn.depthwise_conv K.depthwise_conv2d "
                 "nn.depthwise_conv2d(x|input|inputs, "
                 "depthwise_kernel|kernel|filters|filter, strides=1, "
                 "padding=valid, data_format=None, dilation_rate|dilations|rate=1)",
};

const struct opdef separable_convolution = {
    .name = "SeparableConvolution",
    .keras_base = "separable_conv",
    .brief = "convolution by channel, then over the channels, by given kernels",
    .attrs = conv_attrs,
    .attr_size = sizeof(struct call),
    .min_inputs = 3,
    .max_inputs = 3,
    .samples = separable_samples,
    .expand = expand_separable,
    .functions = "ops.separable_conv nn.separable_conv K.separable_conv1d K.separable_conv2d "
                 "nn.separable_conv2d(x|input|inputs, "
                 "depthwise_kernel|depthwise_filter, "
                 "pointwise_kernel|pointwise_filter, strides=1, padding=valid, data_format=None, "
                 "dilation_rate|dilations=1)",
};

const struct opdef transposed_convolution = {
    .name = "TransposedConvolution",
    .keras_base = "conv_transpose",
    .brief = "transposed convolution by a given kernel",
    CONVOLVES,
    .samples = transposed_samples,
    .expand = expand_transposed,
    .functions = "ops.conv_transpose nn.conv_transpose(x|input|inputs, kernel|filters, strides=1, "
                 "padding=valid, "
                 "output_padding=None, data_format=None, dilation_rate=1); "
                 "nn.conv1d_transpose nn.conv2d_transpose nn.conv3d_transpose(input|x|value, "
                 "filters|filter|kernel, "
                 "output_shape:output_shape@batch, strides, "
                 "padding=same, data_format=None, dilations:dilation_rate=1); "
                 "K.conv2d_transpose K.conv3d_transpose(x, kernel, "
                 "output_shape:output_shape@batch, strides=1, padding=valid, "
                 "data_format=None, dilation_rate=1)",
};

const struct opdef pool_function = {
    .name = "PoolFunction",
    .keras_base = "pool",
    .brief = "pooling by a window of any rank",
    .attrs = pool_attrs,
    .attr_size = sizeof(struct call),
    .min_inputs = 1,
    .max_inputs = 1,
    .samples = pool_samples,
    .expand = expand_pool,
    .functions = "ops.max_pool nn.max_pool nn.max_pool1d nn.max_pool2d "
                 "nn.max_pool3d(inputs|input|x|value, pool_size|ksize, "
                 "strides, padding=valid, data_format=None); "
                 "ops.average_pool nn.average_pool nn.avg_pool nn.avg_pool1d nn.avg_pool2d "
                 "nn.avg_pool3d(inputs|input|x|value, "
                 "pool_size|ksize, strides, padding=valid, "
                 "data_format=None) pool_mode=avg; K.pool2d K.pool3d(x, pool_size, strides=1, "
                 "padding=valid, data_format=None, pool_mode=max)",
};
