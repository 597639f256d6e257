/*
 * conv2d.c - 2-D convolution, also grouped and dilated.
 *
 *     out[y][x][k] = b[k] + sum over ky kx i of in[y*s + ky*d - top][x*s + kx*d - left][i] *
 * w[ky][kx][i][k]
 */
#include "ops/conv2d.h"
#include "ops/quantized.h"
#include "ops/windows.h"

static const struct attr attrs[] = {
    { "filters", NULL, ATTR_INT, offsetof(struct conv2d, filters), NULL, NULL, 0 },
    { "kernel_size", "kernel_shape", ATTR_INTS, offsetof(struct conv2d, kernel_size), NULL, NULL,
      2 },
    { "strides", "strides", ATTR_INTS, offsetof(struct conv2d, strides), "1", NULL, 2 },
    { "padding", "auto_pad", ATTR_CHOICE, offsetof(struct conv2d, padding), "valid", "valid same",
      0 },
    { "data_format", NULL, ATTR_IGNORED, 0, "None", NULL, 0 },
    { "dilation_rate", "dilations", ATTR_INTS, offsetof(struct conv2d, dilation_rate), "1", NULL,
      2 },
    { "groups", "group", ATTR_INT, offsetof(struct conv2d, groups), "1", NULL, 0 },
    { "activation", NULL, ATTR_IGNORED, 0, "None", NULL, 0 },
    { "use_bias", NULL, ATTR_BOOL, offsetof(struct conv2d, use_bias), "True", NULL, 0 },
    /* cnnc's own: what `padding` cannot say */
    { "pads", NULL, ATTR_PADS, offsetof(struct conv2d, pads), "0", NULL, 2 },
    { 0 }
};

static bool weights(struct graph *g, struct op *op)
{
    const struct conv2d *p = op->attr;
    if (!needs_rank(g, op, 4, "a picture (height, width, channels)")
        || !positive(g, op, "'filters'", &p->filters, 1)
        || !positive(g, op, "'groups'", &p->groups, 1)
        || !positive(g, op, "'kernel_size'", p->kernel_size, 2))
        return false;
    const int64_t c = op->in[0]->shape.dim[3];
    if (c % p->groups || p->filters % p->groups)
        return op_error(
            g, op, "'groups' is %d, but must divide both the %d input channels and the %d filters",
            p->groups, (int)c, p->filters);
    const int64_t kh = p->kernel_size[0], kw = p->kernel_size[1], ci = c / p->groups;
    op_weight(g, op, "kernel", shape_of(4, kh, kw, ci, (int64_t)p->filters), INIT_KERNEL,
              kh * kw * ci, kh * kw * p->filters);
    if (p->use_bias)
        return op_weight(g, op, "bias", shape_of(1, (int64_t)p->filters), INIT_ZEROS, 0, 0);
    op_no_weight(g, op);
    return true;
}

static bool shape(struct graph *g, struct op *op)
{
    struct conv2d *p = op->attr;
    int64_t out[2];
    pads_to_windows(p->pads, p->window, 2);
    if (!picture_windows(g, op, p->kernel_size, p->strides, p->dilation_rate,
                         (enum padding)p->padding, p->window, out))
        return false;
    windows_to_pads(p->window, 2, p->pads);
    p->padding = VALID; /* from here on the pads say it */
    op->out->shape = shape_of(4, op->in[0]->shape.dim[0], out[0], out[1], (int64_t)p->filters);
    return true;
}

static void eval(const struct op *op, const double *const *in, double *out)
{
    const struct conv2d *p = op->attr;
    const struct window *v = &p->window[0], *h = &p->window[1];
    const int64_t H = op->in[0]->shape.dim[1], W = op->in[0]->shape.dim[2],
                  C = op->in[0]->shape.dim[3];
    const int64_t OH = op->out->shape.dim[1], OW = op->out->shape.dim[2], K = p->filters;
    const int64_t ci = C / p->groups, ko = K / p->groups;
    for (int64_t y = 0; y < OH; y++)
        for (int64_t x = 0; x < OW; x++)
            for (int64_t k = 0; k < K; k++) {
                double sum = in[2] ? in[2][k] : 0;
                for (int ky = 0; ky < v->kernel; ky++)
                    for (int kx = 0; kx < h->kernel; kx++) {
                        const int64_t iy = y * v->stride + ky * v->dilation - v->before;
                        const int64_t ix = x * h->stride + kx * h->dilation - h->before;
                        if (iy < 0 || iy >= H || ix < 0 || ix >= W)
                            continue;
                        for (int64_t i = 0; i < ci; i++)
                            sum += in[0][(iy * W + ix) * C + k / ko * ci + i]
                                   * in[1][((ky * h->kernel + kx) * ci + i) * K + k];
                    }
                out[(y * OW + x) * K + k] = sum;
            }
}

static struct row_need rows(const struct op *op, int i)
{
    const struct conv2d *p = op->attr;
    if (i > 0)
        return (struct row_need){ .stride = 1, .kernel = 1 };
    return (struct row_need){ .stride = p->window[0].stride,
                              .kernel = (p->window[0].kernel - 1) * p->window[0].dilation + 1,
                              .pad = p->window[0].before };
}

void conv2d_margins(const struct op *op, int *left, int *right)
{
    window_margins(op, &((const struct conv2d *)op->attr)->window[1], left, right);
}

/* Legal only without padding: the zeros around the picture are not shifted by the map. */
static bool affine_before(struct graph *g, struct op *op, const float *scale, const float *shift,
                          int64_t channels)
{
    const struct conv2d *p = op->attr;
    const int64_t K = p->filters, ci = op->in[0]->shape.dim[3] / p->groups, ko = K / p->groups,
                  taps = (int64_t)p->kernel_size[0] * p->kernel_size[1];
    bool padded = false;
    for (int i = 0; i < 2; i++)
        padded |= p->window[i].before || p->window[i].after;
    if (padded || channels != op->in[0]->shape.dim[3])
        return false;
    struct tensor *w = new_constant(g, op, "kernel", op->in[1]->shape),
                  *b = new_constant(g, op, "bias", shape_of(1, K));
    for (int64_t k = 0; k < K; k++) {
        double sum = op->in[2] ? (double)floats(op->in[2])[k] : 0;
        for (int64_t t = 0; t < taps; t++)
            for (int64_t i = 0; i < ci; i++) {
                const int64_t at = (t * ci + i) * K + k, c = k / ko * ci + i;
                sum += (double)floats(op->in[1])[at] * (double)shift[c];
                writable(w)[at] = (float)((double)floats(op->in[1])[at] * (double)scale[c]);
            }
        writable(b)[k] = (float)sum;
    }
    op->in[1] = w;
    op->in[2] = b;
    return true;
}

static bool take_pads(struct op *op, const int *pads)
{
    struct conv2d *p = op->attr;
    return windows_take_pads(p->pads, p->window, pads);
}

/* Each group is a convolution of its own: its packed weights follow each other. */
static bool pack(struct graph *g, struct op *op)
{
    const struct conv2d *p = op->attr;
    const int64_t K = p->filters, ko = K / p->groups, taps = shape_count(&op->in[1]->shape) / K;
    struct tensor *w =
        new_constant(g, op, "w", shape_of(1, taps * packed_channels(ko) * p->groups));
    struct tensor *b = new_constant(g, op, "b", shape_of(1, packed_channels(ko) * p->groups));
    float *part = NEW_ARRAY(g->ctx->arena, float, taps *ko);
    for (int j = 0; j < p->groups; j++) {
        for (int64_t t = 0; t < taps; t++)
            for (int64_t k = 0; k < ko; k++)
                part[t * ko + k] = floats(op->in[1])[t * K + j * ko + k];
        pack_into(writable(w) + j * taps * packed_channels(ko), part, taps, ko);
        for (int64_t k = 0; k < ko && op->in[2]; k++)
            writable(b)[j * packed_channels(ko) + k] = floats(op->in[2])[j * ko + k];
    }
    arena_give_back(g->ctx->arena, part, (size_t)(taps * ko) * sizeof *part);
    op->in[1] = w;
    op->in[2] = b;
    return true;
}

static bool simplify(struct graph *g, struct op *op)
{
    const struct conv2d *p = op->attr;
    if (p->groups != channels_of(op->in[0]) || p->groups < 2)
        return false;
    become_depthwise(g, op, p->window);
    return true;
}

#include "templates/conv2d.inc"

static int64_t macs(const struct op *op)
{
    const struct conv2d *p = op->attr;
    return shape_count(&op->out->shape) * p->kernel_size[0] * p->kernel_size[1]
           * (op->in[0]->shape.dim[3] / p->groups);
}

static struct tensor *on_integers(struct graph *g, struct op *op, const struct integer_form *f)
{
    const struct conv2d *p = op->attr;
    return conv_on_integers(g, op, f, p->window, p->groups);
}

static const struct sample samples[] = {
    { "9x9x2", "filters=3, kernel_size=3, padding='same'" },
    { "8x11x3", "filters=20, kernel_size=(2, 3), strides=2" },
    { "13x7x4", "filters=34, kernel_size=3, padding='same', dilation_rate=2, groups=2" },
    { "11x13x20", "filters=40, kernel_size=3, padding='same'" },
    { "7x9x32", "filters=24, kernel_size=3" },
    { "7x18x5", "filters=12, kernel_size=3" },
    { "6x16x4", "filters=28, kernel_size=(1, 3), padding='same'" },
    { "25x31x8", "filters=40, kernel_size=3, padding='same'" },
    { "6x29x3", "filters=8, kernel_size=5, strides=2, padding='same'" },
    { "13x15x12", "filters=12, kernel_size=5, padding='same'" },
    { "17x14x10", "filters=36, kernel_size=(4, 6), padding='same'" },
    { "21x19x5", "filters=20, kernel_size=7, strides=2, padding='same'" },
    { "23x22x18", "filters=40, kernel_size=(3, 5), strides=2" },
    { "1x40x16", "filters=24, kernel_size=(1, 3), padding='same'" },
    { "15x33x9", "filters=17, kernel_size=(6, 3), strides=(1, 2), padding='same'" },
    { NULL, NULL }
};

/* The weights come from memory while the sums are made. */
double conv2d_time(const struct target *t, double flops, double weight_bytes)
{
    const double computing = flops / t->flops, reading = weight_bytes / t->memory_rate;
    return computing > reading ? computing : reading;
}

static double direct_cost(const struct op *op, const struct target *t)
{
    const struct conv2d *p = op->attr;
    const int64_t K = p->filters, pixels = shape_count(&op->out->shape) / K;
    const double taps = (double)shape_count(&op->in[1]->shape) / (double)K;
    return conv2d_time(
        t, 2 * (taps + 2) * (double)(pixels * packed_channels(K / p->groups) * p->groups),
        4 * taps * (double)K);
}

#define WINOGRAD(n, what) \
    { .name = "winograd" #n, .brief = what, .reorders = true, \
        .granularity = winograd##n##_granularity, .fits = winograd##n##_fits, \
      .cost = winograd##n##_cost, .margins = winograd##n##_margins, \
          .scratch = winograd##n##_scratch, .pack = winograd##n##_pack, .emit = winograd##n##_emit }

static const struct kernel kernels[] = {
    { .name = "direct",
      .brief = "tiles of pixels by channels in registers",
      .cost = direct_cost,
      .emit = emit },
    WINOGRAD(2, "Winograd's minimal filtering at 4 points along an axis: F(2x2, 3x3)"),
    WINOGRAD(4, "Winograd's minimal filtering at 6 points along an axis: F(4x4, 3x3)"),
    WINOGRAD(6, "Winograd's minimal filtering at 8 points along an axis: F(6x6, 3x3)"),
    { 0 }
};

static const char *to_onnx(struct graph *g, const struct op *op)
{
    const struct window *w = ((const struct conv2d *)op->attr)->window;
    return arena_printf(g->ctx->arena, "first Conv(a^first, %s, c, %s, group=$groups)",
                        kernel_to_onnx(g->ctx->arena, op->in[1], w, 2),
                        windows_to_onnx(g->ctx->arena, w, 2));
}

const struct opdef conv2d = {
    .name = "Conv2D",
    .aliases = "Convolution2D AtrousConvolution2D AtrousConv2D",
    .onnx = "Conv com.microsoft:FusedConv",
    .keras_base = "conv2d",
    .brief = "2-D convolution",
    .attrs = attrs,
    .attr_size = sizeof(struct conv2d),
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
    .margins = conv2d_margins,
    .pack = pack,
    .kernels = kernels,
    .on_integers = on_integers,
    .affine_after = affine_into_kernel,
    .affine_before = affine_before,
    .take_pads = take_pads,
    .macs = macs,
    .import = import_conv,
    .simplify = simplify,
    .to_onnx_for = to_onnx,
};

struct tensor *conv2d_of(struct graph *g, struct op *from, const struct onnx_window *w, int filters,
                         int groups, struct tensor *const *in)
{
    struct conv2d p = { .filters = filters, .groups = groups, .use_bias = in[2] != NULL };
    for (int i = 0; i < w->n; i++) {
        p.kernel_size[i] = w->kernel[i];
        p.strides[i] = w->stride[i];
        p.dilation_rate[i] = w->dilation[i];
        p.window[i].before = w->before[i];
        p.window[i].after = w->after[i];
    }
    return op_make_from(g, from, &conv2d, &p, in, 3);
}
