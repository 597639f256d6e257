/*
 * conv2d_transpose.c - transposed 2-D convolution: every input pixel adds its kernel-sized patch to the result.
 *
 *     out[y*s + ky - top][x*s + kx - left][k] += in[y][x][i] * w[ky][kx][k][i]
 *
 * Output size: valid: (I - 1) * S + max(K, S); same: I * S (Keras). The kernel walks over the output and reads what reaches it.
 */
#include "ops/common.h"

struct transpose {
    int filters, kernel_size[2], strides[2], dilation_rate[2], padding;
    struct int_list output_padding;
    bool use_bias;
    int before[2];                      /* rows and columns cut off in front, set by shape() */
};

static const struct attr attrs[] = {
    { "filters", NULL, ATTR_INT, offsetof(struct transpose, filters), NULL, NULL, 0 },
    { "kernel_size", NULL, ATTR_INTS, offsetof(struct transpose, kernel_size), NULL, NULL, 2 },
    { "strides", NULL, ATTR_INTS, offsetof(struct transpose, strides), "1", NULL, 2 },
    { "padding", NULL, ATTR_CHOICE, offsetof(struct transpose, padding), "valid", "valid same", 0 },
    { "output_padding", NULL, ATTR_LIST, offsetof(struct transpose, output_padding), "None", NULL, 0 },
    { "data_format", NULL, ATTR_IGNORED, 0, "None", NULL, 0 },
    { "dilation_rate", NULL, ATTR_INTS, offsetof(struct transpose, dilation_rate), "1", NULL, 2 },
    { "activation", NULL, ATTR_IGNORED, 0, "None", NULL, 0 },
    { "use_bias", NULL, ATTR_BOOL, offsetof(struct transpose, use_bias), "True", NULL, 0 },
    { 0 }
};

static bool weights(struct graph *g, struct op *op)
{
    const struct transpose *p = op->attr;
    if (!needs_rank(g, op, 4, "a picture (height, width, channels)") || !positive(g, op, "'filters'", &p->filters, 1) ||
        !positive(g, op, "'kernel_size'", p->kernel_size, 2))
        return false;
    const int64_t kh = p->kernel_size[0], kw = p->kernel_size[1], c = op->in[0]->shape.dim[3];
    op_weight(g, op, "kernel", shape_of(4, kh, kw, (int64_t)p->filters, c), INIT_KERNEL, kh * kw * p->filters, kh * kw * c);
    if (p->use_bias)
        return op_weight(g, op, "bias", shape_of(1, (int64_t)p->filters), INIT_ZEROS, 0, 0);
    op_no_weight(g, op);
    return true;
}

/* As Keras: without output_padding the cut is what `same` of the forward convolution would have padded. */
static bool shape(struct graph *g, struct op *op)
{
    struct transpose *p = op->attr;
    int64_t out[2];
    if (!positive(g, op, "'strides'", p->strides, 2) || !positive(g, op, "'dilation_rate'", p->dilation_rate, 2))
        return false;
    for (int i = 0; i < 2; i++) {
        const int64_t in = op->in[0]->shape.dim[1 + i], k = (int64_t)(p->kernel_size[i] - 1) * p->dilation_rate[i] + 1, s = p->strides[i];
        const int64_t extra = p->output_padding.count ? p->output_padding.item[i < p->output_padding.count ? i : 0] : -1;
        const int64_t pad = p->padding == SAME ? k / 2 : 0;
        if (extra >= s)
            return op_error(g, op, "'output_padding' must be smaller than 'strides'");
        if (extra >= 0)
            out[i] = (in - 1) * s + k - 2 * pad + extra;
        else
            out[i] = p->padding == SAME ? in * s : in * s + (k > s ? k - s : 0);
        const int64_t total = (in - 1) * s + k - out[i] + (extra > 0 ? extra : 0);
        p->before[i] = extra >= 0 ? (int)pad : p->padding == SAME && total > 0 ? (int)(total / 2) : 0;
    }
    op->out->shape = shape_of(4, op->in[0]->shape.dim[0], out[0], out[1], (int64_t)p->filters);
    return true;
}

static void eval(const struct op *op, const double *const *in, double *out)
{
    const struct transpose *p = op->attr;
    const int64_t H = op->in[0]->shape.dim[1], W = op->in[0]->shape.dim[2], C = op->in[0]->shape.dim[3];
    const int64_t OH = op->out->shape.dim[1], OW = op->out->shape.dim[2], K = p->filters;
    for (int64_t i = 0; i < OH * OW * K; i++)
        out[i] = in[2] ? in[2][i % K] : 0;
    for (int64_t y = 0; y < H; y++)
        for (int64_t x = 0; x < W; x++)
            for (int ky = 0; ky < p->kernel_size[0]; ky++)
                for (int kx = 0; kx < p->kernel_size[1]; kx++) {
                    const int64_t oy = y * p->strides[0] + ky * p->dilation_rate[0] - p->before[0];
                    const int64_t ox = x * p->strides[1] + kx * p->dilation_rate[1] - p->before[1];
                    if (oy < 0 || oy >= OH || ox < 0 || ox >= OW)
                        continue;
                    for (int64_t k = 0; k < K; k++)
                        for (int64_t i = 0; i < C; i++)
                            out[(oy * OW + ox) * K + k] += in[0][(y * W + x) * C + i] * in[1][((ky * p->kernel_size[1] + kx) * K + k) * C + i];
                }
}

/* [ky][kx][k][i] becomes blocks of [ky][kx][i][k]. */
static bool pack(struct graph *g, struct op *op)
{
    const struct transpose *p = op->attr;
    const int64_t K = p->filters, C = op->in[0]->shape.dim[3], taps = (int64_t)p->kernel_size[0] * p->kernel_size[1];
    float *turned = NEW_ARRAY(g->ctx->arena, float, taps * C * K);
    for (int64_t t = 0; t < taps; t++)
        for (int64_t k = 0; k < K; k++)
            for (int64_t i = 0; i < C; i++)
                turned[(t * C + i) * K + k] = floats(op->in[1])[(t * K + k) * C + i];
    op->in[1] = pack_blocks(g, op, "w", turned, taps * C, K);
    op->in[2] = pack_bias(g, op, floats(op->in[2]), K);
    return true;
}

#include "templates/conv2d_transpose.inc"

static int64_t macs(const struct op *op)
{
    const struct transpose *p = op->attr;
    return shape_count(&op->in[0]->shape) * p->kernel_size[0] * p->kernel_size[1] * p->filters;
}

static const struct sample samples[] = {
    { "5x6x3", "filters=4, kernel_size=3, strides=2, padding='same'" }, { "4x5x7", "filters=35, kernel_size=(2, 3), strides=(2, 1)" },
    { NULL, NULL }
};

const struct opdef conv2d_transpose = {
    .name = "Conv2DTranspose", .aliases = "Convolution2DTranspose Deconvolution2D", .keras_base = "conv2d_transpose", .brief = "transposed 2-D convolution",
    .attrs = attrs, .attr_size = sizeof(struct transpose), .per_picture = true, .min_inputs = 1, .max_inputs = 1, .has_activation = true, .has_data_format = true,
    .samples = samples, .absorbs = true, .weights = weights, .shape = shape, .eval = eval, .pack = pack, .emit = emit, .macs = macs,
};
