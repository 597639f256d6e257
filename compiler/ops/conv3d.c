/*
 * conv3d.c - 3-D convolution, also grouped and dilated; and convolutions of any rank whose kernel
 * is no constant.
 *
 *     out[z][y][x][k] = b[k] + sum over kz ky kx i of in[z*s + kz*d - front][y*s + ky*d - top][x*s
 * + kx*d - left][i] * w[kz][ky][kx][i][k]
 */
#include "ops/common.h"
#include "ops/windows.h"

struct conv3d {
    int filters, kernel_size[3], strides[3], dilation_rate[3], groups;
    int padding, pads[6]; /* pads: before and after each axis; as in the windows */
    bool use_bias;
    struct window window[3]; /* set by shape() */
    bool packed;             /* weights as pack() leaves them */
};

static const struct attr attrs[] = {
    { "filters", NULL, ATTR_INT, offsetof(struct conv3d, filters), NULL, NULL, 0 },
    { "kernel_size", NULL, ATTR_INTS, offsetof(struct conv3d, kernel_size), NULL, NULL, 3 },
    { "strides", NULL, ATTR_INTS, offsetof(struct conv3d, strides), "1", NULL, 3 },
    { "padding", NULL, ATTR_CHOICE, offsetof(struct conv3d, padding), "valid", "valid same", 0 },
    { "data_format", NULL, ATTR_IGNORED, 0, "None", NULL, 0 },
    { "dilation_rate", NULL, ATTR_INTS, offsetof(struct conv3d, dilation_rate), "1", NULL, 3 },
    { "groups", NULL, ATTR_INT, offsetof(struct conv3d, groups), "1", NULL, 0 },
    { "activation", NULL, ATTR_IGNORED, 0, "None", NULL, 0 },
    { "use_bias", NULL, ATTR_BOOL, offsetof(struct conv3d, use_bias), "True", NULL, 0 },
    /* cnnc's own: what `padding` cannot say */
    { "pads", NULL, ATTR_PADS, offsetof(struct conv3d, pads), "0", NULL, 3 },
    { 0 }
};

static bool weights(struct graph *g, struct op *op)
{
    const struct conv3d *p = op->attr;
    const int *n = p->kernel_size;
    if (!needs_rank(g, op, 5, "a volume (depth, height, width, channels)")
        || !positive(g, op, "'filters'", &p->filters, 1)
        || !positive(g, op, "'groups'", &p->groups, 1) || !positive(g, op, "'kernel_size'", n, 3))
        return false;
    const int64_t c = op->in[0]->shape.dim[4], ci = c / p->groups,
                  taps = (int64_t)n[0] * n[1] * n[2];
    if (c % p->groups || p->filters % p->groups)
        return op_error(
            g, op, "'groups' is %d, but must divide both the %d input channels and the %d filters",
            p->groups, (int)c, p->filters);
    op_weight(g, op, "kernel",
              shape_of(5, (int64_t)n[0], (int64_t)n[1], (int64_t)n[2], ci, (int64_t)p->filters),
              INIT_KERNEL, taps * ci, taps * p->filters);
    if (p->use_bias)
        return op_weight(g, op, "bias", shape_of(1, (int64_t)p->filters), INIT_ZEROS, 0, 0);
    op_no_weight(g, op);
    return true;
}

static bool shape(struct graph *g, struct op *op)
{
    struct conv3d *p = op->attr;
    int64_t out[3];
    pads_to_windows(p->pads, p->window, 3);
    if (!slide_windows(g, op, 3, p->kernel_size, p->strides, p->dilation_rate,
                       (enum padding)p->padding, p->window, out))
        return false;
    windows_to_pads(p->window, 3, p->pads);
    p->padding = VALID; /* from here on the pads say it */
    op->out->shape =
        shape_of(5, op->in[0]->shape.dim[0], out[0], out[1], out[2], (int64_t)p->filters);
    return true;
}

/* The sum of one tap over a group's input channels; `in` and `w` begin at the tap's pixel and
 * weights. */
static double tap_sum(const double *in, const double *w, int64_t channels, int64_t filters)
{
    double sum = 0;
    for (int64_t i = 0; i < channels; i++)
        sum += in[i] * w[i * filters];
    return sum;
}

static double eval_one(const struct op *op, const double *const *in, const int64_t *at, int64_t k)
{
    const struct conv3d *p = op->attr;
    const struct window *w = p->window;
    const int64_t *dim = op->in[0]->shape.dim, C = dim[4], K = p->filters, ci = C / p->groups,
                  first = k / (K / p->groups) * ci;
    double sum = in[2] ? in[2][k] : 0;
    for (int kz = 0; kz < w[0].kernel; kz++)
        for (int ky = 0; ky < w[1].kernel; ky++)
            for (int kx = 0; kx < w[2].kernel; kx++) {
                const int64_t z = at[0] * w[0].stride + kz * w[0].dilation - w[0].before;
                const int64_t y = at[1] * w[1].stride + ky * w[1].dilation - w[1].before;
                const int64_t x = at[2] * w[2].stride + kx * w[2].dilation - w[2].before;
                if (z < 0 || z >= dim[1] || y < 0 || y >= dim[2] || x < 0 || x >= dim[3])
                    continue;
                const int64_t tap = (kz * w[1].kernel + ky) * w[2].kernel + kx;
                sum += tap_sum(in[0] + ((z * dim[2] + y) * dim[3] + x) * C + first,
                               in[1] + tap * ci * K + k, ci, K);
            }
    return sum;
}

static void eval(const struct op *op, const double *const *in, double *out)
{
    const int64_t *o = op->out->shape.dim, K = o[4];
    int64_t at[3];
    for (at[0] = 0; at[0] < o[1]; at[0]++)
        for (at[1] = 0; at[1] < o[2]; at[1]++)
            for (at[2] = 0; at[2] < o[3]; at[2]++)
                for (int64_t k = 0; k < K; k++)
                    *out++ = eval_one(op, in, at, k);
}

static int64_t padded(int64_t channels)
{
    return (channels + 15) / 16 * 16;
}

/* Constant weights as [group][tap][input channel][output channels of the group, padded to whole
 * vectors]. */
static bool pack(struct graph *g, struct op *op)
{
    struct conv3d *p = op->attr;
    if (!op->in[1]->data || (op->in[2] && !op->in[2]->data))
        return true;
    const int64_t K = p->filters, ko = K / p->groups, width = padded(ko),
                  rows = shape_count(&op->in[1]->shape) / K;
    struct tensor *w = new_constant(g, op, "w", shape_of(3, (int64_t)p->groups, rows, width));
    struct tensor *b = new_constant(g, op, "b", shape_of(2, (int64_t)p->groups, width));
    for (int64_t j = 0; j < p->groups; j++)
        for (int64_t k = 0; k < ko; k++) {
            for (int64_t i = 0; i < rows; i++)
                writable(w)[(j * rows + i) * width + k] = floats(op->in[1])[i * K + j * ko + k];
            writable(b)[j * width + k] = op->in[2] ? floats(op->in[2])[j * ko + k] : 0;
        }
    op->in[1] = w;
    op->in[2] = b;
    p->packed = true;
    return true;
}

#include "templates/conv3d.inc"

static int64_t macs(const struct op *op)
{
    const struct conv3d *p = op->attr;
    return shape_count(&op->out->shape) * p->kernel_size[0] * p->kernel_size[1] * p->kernel_size[2]
           * (op->in[0]->shape.dim[4] / p->groups);
}

static const struct sample samples[] = {
    { "4x6x7x3", "filters=5, kernel_size=(2, 3, 3), padding='same'" },
    { "5x5x9x4", "filters=38, kernel_size=3, strides=(1, 2, 1), groups=2" },
    { "6x5x12x2", "filters=40, kernel_size=(2, 1, 3), dilation_rate=2, padding='same'" },
    { NULL, NULL }
};

static const char *to_onnx(struct graph *g, const struct op *op)
{
    const struct window *w = ((const struct conv3d *)op->attr)->window;
    return arena_printf(g->ctx->arena, "first Conv(a^first, %s, c, %s, group=$groups)",
                        kernel_to_onnx(g->ctx->arena, op->in[1], w, 3),
                        windows_to_onnx(g->ctx->arena, w, 3));
}

const struct opdef conv3d = {
    .name = "Conv3D",
    .aliases = "Convolution3D",
    .keras_base = "conv3d",
    .brief = "3-D convolution",
    .attrs = attrs,
    .attr_size = sizeof(struct conv3d),
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
    .affine_after = affine_into_kernel,
    .pack = pack,
    .emit = emit,
    .macs = macs,
    .to_onnx_for = to_onnx,
};

struct tensor *conv3d_of(struct graph *g, struct op *from, const struct onnx_window *w, int filters,
                         int groups, struct tensor *const *in)
{
    struct conv3d p = { .filters = filters, .groups = groups, .use_bias = in[2] != NULL };
    for (int i = 0; i < w->n; i++) {
        p.kernel_size[i] = w->kernel[i];
        p.strides[i] = w->stride[i];
        p.dilation_rate[i] = w->dilation[i];
        p.window[i].before = w->before[i];
        p.window[i].after = w->after[i];
    }
    return op_make_from(g, from, &conv3d, &p, in, 3);
}
