/* depthwise_conv2d.c - each channel has its own filters: out[..][i * M + m] = b + sum of in[..][i]
 * * w[ky][kx][i][m]. */
#include "ops/quantized.h"
#include "ops/windows.h"

struct depthwise {
    int kernel_size[2], strides[2], dilation_rate[2], depth_multiplier;
    int padding, pads[4];
    bool use_bias;
    struct window window[2];
};

static const struct attr attrs[] = {
    { "kernel_size", NULL, ATTR_INTS, offsetof(struct depthwise, kernel_size), NULL, NULL, 2 },
    { "strides", NULL, ATTR_INTS, offsetof(struct depthwise, strides), "1", NULL, 2 },
    { "padding", NULL, ATTR_CHOICE, offsetof(struct depthwise, padding), "valid", "valid same", 0 },
    { "depth_multiplier", NULL, ATTR_INT, offsetof(struct depthwise, depth_multiplier), "1", NULL,
      0 },
    { "data_format", NULL, ATTR_IGNORED, 0, "None", NULL, 0 },
    { "dilation_rate", NULL, ATTR_INTS, offsetof(struct depthwise, dilation_rate), "1", NULL, 2 },
    { "activation", NULL, ATTR_IGNORED, 0, "None", NULL, 0 },
    { "use_bias", NULL, ATTR_BOOL, offsetof(struct depthwise, use_bias), "True", NULL, 0 },
    /* cnnc's own: what `padding` cannot say */
    { "pads", NULL, ATTR_PADS, offsetof(struct depthwise, pads), "0", NULL, 2 },
    { 0 }
};

static bool weights(struct graph *g, struct op *op)
{
    const struct depthwise *p = op->attr;
    if (!needs_rank(g, op, 4, "a picture (height, width, channels)")
        || !positive(g, op, "'kernel_size'", p->kernel_size, 2)
        || !positive(g, op, "'depth_multiplier'", &p->depth_multiplier, 1))
        return false;
    const int64_t c = op->in[0]->shape.dim[3], m = p->depth_multiplier,
                  taps = (int64_t)p->kernel_size[0] * p->kernel_size[1];
    op_weight(g, op, "kernel",
              shape_of(4, (int64_t)p->kernel_size[0], (int64_t)p->kernel_size[1], c, m),
              INIT_KERNEL, taps * c, taps * m);
    if (p->use_bias)
        return op_weight(g, op, "bias", shape_of(1, c * m), INIT_ZEROS, 0, 0);
    op_no_weight(g, op);
    return true;
}

static bool shape(struct graph *g, struct op *op)
{
    struct depthwise *p = op->attr;
    int64_t out[2];
    pads_to_windows(p->pads, p->window, 2);
    if (!picture_windows(g, op, p->kernel_size, p->strides, p->dilation_rate,
                         (enum padding)p->padding, p->window, out))
        return false;
    windows_to_pads(p->window, 2, p->pads);
    p->padding = VALID; /* from here on the pads say it */
    op->out->shape = shape_of(4, op->in[0]->shape.dim[0], out[0], out[1],
                              op->in[0]->shape.dim[3] * p->depth_multiplier);
    return true;
}

static void eval(const struct op *op, const double *const *in, double *out)
{
    const struct depthwise *p = op->attr;
    const struct window *v = &p->window[0], *h = &p->window[1];
    const int64_t H = op->in[0]->shape.dim[1], W = op->in[0]->shape.dim[2],
                  C = op->in[0]->shape.dim[3];
    const int64_t OH = op->out->shape.dim[1], OW = op->out->shape.dim[2], K = op->out->shape.dim[3],
                  M = p->depth_multiplier;
    for (int64_t y = 0; y < OH; y++)
        for (int64_t x = 0; x < OW; x++)
            for (int64_t k = 0; k < K; k++) {
                double sum = in[2] ? in[2][k] : 0;
                for (int ky = 0; ky < v->kernel; ky++)
                    for (int kx = 0; kx < h->kernel; kx++) {
                        const int64_t iy = y * v->stride + ky * v->dilation - v->before,
                                      ix = x * h->stride + kx * h->dilation - h->before;
                        if (iy >= 0 && iy < H && ix >= 0 && ix < W)
                            sum += in[0][(iy * W + ix) * C + k / M]
                                   * in[1][(ky * h->kernel + kx) * K + k];
                    }
                out[(y * OW + x) * K + k] = sum;
            }
}

static struct row_need rows(const struct op *op, int i)
{
    const struct window *v = &((const struct depthwise *)op->attr)->window[0];
    if (i > 0)
        return (struct row_need){ .stride = 1, .kernel = 1 };
    return (struct row_need){ .stride = v->stride,
                              .kernel = (v->kernel - 1) * v->dilation + 1,
                              .pad = v->before };
}

static void margins(const struct op *op, int *left, int *right)
{
    window_margins(op, &((const struct depthwise *)op->attr)->window[1], left, right);
}

static bool take_pads(struct op *op, const int *pads)
{
    struct depthwise *p = op->attr;
    return windows_take_pads(p->pads, p->window, pads);
}

static bool pack(struct graph *g, struct op *op)
{
    if (!op->in[2])
        op->in[2] = new_constant(g, op, "bias", shape_of(1, op->out->shape.dim[3]));
    return true;
}

#include "templates/depthwise_conv2d.inc"

static int64_t macs(const struct op *op)
{
    const struct depthwise *p = op->attr;
    return shape_count(&op->out->shape) * p->kernel_size[0] * p->kernel_size[1];
}

static struct tensor *on_integers(struct graph *g, struct op *op, const struct integer_form *f)
{
    return conv_on_integers(g, op, f, ((const struct depthwise *)op->attr)->window,
                            op->in[0]->shape.dim[3]);
}

static const struct sample samples[] = { { "9x9x20", "kernel_size=3, padding='same'" },
                                         { "11x8x3",
                                           "kernel_size=(3, 2), strides=2, depth_multiplier=2" },
                                         { "12x12x16", "kernel_size=5, padding='same', strides=2" },
                                         { NULL, NULL } };

static const char *to_onnx(struct graph *g, const struct op *op)
{
    const struct depthwise *p = op->attr;
    const int64_t C = op->in[0]->shape.dim[3], K = op->out->shape.dim[3];
    return arena_printf(
        g->ctx->arena, "first Conv(a^first, b^[%s]:[%lld,1,%d,%d], c, %s, group=%lld)",
        op->in[1]->shape.rank == 3 ? "1,2,0" : "2,3,0,1", (long long)K, p->kernel_size[0],
        p->kernel_size[1], windows_to_onnx(g->ctx->arena, p->window, 2), (long long)C);
}

const struct opdef depthwise_conv2d = {
    .name = "DepthwiseConv2D",
    .keras_base = "depthwise_conv2d",
    .brief = "2-D convolution of each channel by itself",
    .attrs = attrs,
    .attr_size = sizeof(struct depthwise),
    .per_picture = true,
    .min_inputs = 1,
    .max_inputs = 1,
    .has_activation = true,
    .has_data_format = true,
    .samples = samples,
    .absorbs = true,
    .weights = weights,
    .shape = shape,
    .eval = eval,
    .rows = rows,
    .margins = margins,
    .pack = pack,
    .emit = emit,
    .on_integers = on_integers,
    .affine_after = affine_into_kernel,
    .take_pads = take_pads,
    .macs = macs,
    .to_onnx_for = to_onnx,
};

struct tensor *depthwise_of(struct graph *g, struct op *from, const struct onnx_window *w,
                            int multiplier, struct tensor *const *in)
{
    struct depthwise p = { .depth_multiplier = multiplier, .use_bias = in[2] != NULL };
    for (int i = 0; i < 2; i++) {
        p.kernel_size[i] = w->kernel[i];
        p.strides[i] = w->stride[i];
        p.dilation_rate[i] = w->dilation[i];
        p.window[i].before = w->before[i];
        p.window[i].after = w->after[i];
    }
    return op_make_from(g, from, &depthwise_conv2d, &p, in, 3);
}

void become_depthwise(struct graph *g, struct op *op, const struct window w[2])
{
    struct depthwise *p = NEW(g->ctx->arena, struct depthwise);
    for (int i = 0; i < 2; i++) {
        p->kernel_size[i] = w[i].kernel;
        p->strides[i] = w[i].stride;
        p->dilation_rate[i] = w[i].dilation;
        p->window[i] = w[i];
    }
    p->depth_multiplier = (int)(channels_of(op->out) / channels_of(op->in[0]));
    p->use_bias = op->in[2] != NULL;
    op->def = &depthwise_conv2d;
    op->attr = p;
}
