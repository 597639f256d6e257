/*
 * conv_transpose.c - transposed convolutions of one, two and three dimensions: every input pixel
 * adds its kernel-sized patch.
 *
 *     out[y*s + ky*d - top][x*s + kx*d - left][k] += in[y][x][i] * w[ky][kx][k][i]
 *
 * The kernels walk over the output and read what reaches it: along an axis of stride s the outputs
 * fall into s phases, each of which sees every s-th tap, so that no zeros are multiplied. With
 * groups the kernel is [..][K / groups][C].
 */
#include "ops/pooling.h"
#include "ops/windows.h"

#include <string.h>

struct transpose {
    /* of 2 axes: the last two, the first is 1 */
    int filters, kernel_size[3], strides[3], dilation_rate[3], padding;
    struct int_list output_padding;
    bool use_bias;
    int groups; /* 0: 1 */
    /* what is cut off in front along each axis, then the sizes of the result: in place of Keras'
     * rule */
    struct int_list place;
    bool packed;     /* weights as pack() leaves them */
    int before[3];   /* rows and columns cut off in front, set by shape() */
    int64_t size[3]; /* of the result */
};

#define TRANSPOSE_ATTRS(first, n, after_padding, before_dilation) \
    { "filters", NULL, ATTR_INT, offsetof(struct transpose, filters), NULL, NULL, 0 }, \
    { "kernel_size", NULL, ATTR_INTS, offsetof(struct transpose, kernel_size[first]), NULL, NULL, \
        n }, \
    { "strides", NULL, ATTR_INTS, offsetof(struct transpose, strides[first]), "1", NULL, n }, \
    { "padding", NULL, ATTR_CHOICE, offsetof(struct transpose, padding), "valid", "valid same", \
        0 }, \
    after_padding, before_dilation, \
    { "dilation_rate", NULL, ATTR_INTS, offsetof(struct transpose, dilation_rate[first]), "1", \
        NULL, n }, \
    { "activation", NULL, ATTR_IGNORED, 0, "None", NULL, 0 }, \
    { "use_bias", NULL, ATTR_BOOL, offsetof(struct transpose, use_bias), "True", NULL, 0 }, \
    { "groups", NULL, ATTR_INT, offsetof(struct transpose, groups), "1", NULL, 0 }, \
    { "place", NULL, ATTR_LIST, offsetof(struct transpose, place), "None", NULL, 0 }, \
        /* cnnc's own, of ONNX models */ \
    { 0 }
#define OUTPUT_PADDING                                                                             \
    {                                                                                              \
        "output_padding", NULL, ATTR_LIST, offsetof(struct transpose, output_padding), "None",     \
            NULL, 0                                                                                \
    }
#define DATA_FORMAT { "data_format", NULL, ATTR_IGNORED, 0, "None", NULL, 0 }

static const struct attr attrs_1d[] = { TRANSPOSE_ATTRS(2, 1, OUTPUT_PADDING, DATA_FORMAT) };
static const struct attr attrs_2d[] = { TRANSPOSE_ATTRS(1, 2, OUTPUT_PADDING, DATA_FORMAT) };
/* Keras' order differs here */
static const struct attr attrs_3d[] = { TRANSPOSE_ATTRS(0, 3, DATA_FORMAT, OUTPUT_PADDING) };

static int axes_of(const struct op *op)
{
    return op->in[0]->shape.rank - 2;
}

static int groups_of(const struct op *op)
{
    const int n = ((const struct transpose *)op->attr)->groups;
    return n ? n : 1;
}

static bool weights(struct graph *g, struct op *op, int n, const char *what)
{
    const struct transpose *p = op->attr;
    if (!needs_rank(g, op, n + 2, what) || !positive(g, op, "'filters'", &p->filters, 1)
        || !positive(g, op, "'kernel_size'", p->kernel_size + 3 - n, n))
        return false;
    const int64_t c = op->in[0]->shape.dim[n + 1];
    struct shape s = { .rank = n + 2 };
    int64_t taps = 1;
    for (int i = 0; i < n; i++)
        taps *= s.dim[i] = p->kernel_size[3 - n + i];
    s.dim[n] = p->filters / groups_of(op);
    s.dim[n + 1] = c;
    op_weight(g, op, "kernel", s, INIT_KERNEL, taps * p->filters, taps * c);
    if (p->use_bias)
        return op_weight(g, op, "bias", shape_of(1, (int64_t)p->filters), INIT_ZEROS, 0, 0);
    op_no_weight(g, op);
    return true;
}

static bool weights_1d(struct graph *g, struct op *op)
{
    return weights(g, op, 1, "a sequence (steps, channels)");
}

static bool weights_2d(struct graph *g, struct op *op)
{
    return weights(g, op, 2, "a picture (height, width, channels)");
}

static bool weights_3d(struct graph *g, struct op *op)
{
    return weights(g, op, 3, "a volume (depth, height, width, channels)");
}

/*
 * Keras' rule, K the dilated extent. Without output_padding: valid gives (I - 1) * S + max(K, S),
 * same gives I * S; with it (I - 1) * S + K + output_padding, or K % 2 in place of K. Of what
 * `same` cuts off, the smaller half lies in front.
 */
void conv_transpose_axis(int64_t k, int64_t s, bool same, int64_t in, int64_t extra, int *before,
                         int64_t *size)
{
    const int64_t pad = extra < 0 ? s + k - 2 : k + k % 2 - 2 + extra, half = pad / 2 + pad % 2;
    *before = same ? (int)(k - 1 - (half < k - 1 ? half : k - 1)) : 0;
    if (same)
        *size = extra < 0 ? in * s : (in - 1) * s + k % 2 + extra;
    else
        *size = (in - 1) * s + (extra >= 0 ? k + extra : k > s ? k : s);
}

static bool set_axis(struct graph *g, struct op *op, int axis, int64_t in, int64_t extra)
{
    struct transpose *p = op->attr;
    const int64_t k = (int64_t)(p->kernel_size[axis] - 1) * p->dilation_rate[axis] + 1,
                  s = p->strides[axis];
    if (extra >= s)
        return op_error(g, op, "'output_padding' is %d, but must be smaller than 'strides'",
                        (int)extra);
    conv_transpose_axis(k, s, p->padding == SAME, in, extra, &p->before[axis], &p->size[axis]);
    return true;
}

static bool shape(struct graph *g, struct op *op)
{
    struct transpose *p = op->attr;
    const int n = axes_of(op);
    for (int i = 0; i < 3 - n; i++) {
        p->kernel_size[i] = p->strides[i] = p->dilation_rate[i] = 1;
        p->before[i] = 0;
        p->size[i] = 1;
    }
    if (!has_values(g, op, 0) || !positive(g, op, "'strides'", p->strides, 3)
        || !positive(g, op, "'dilation_rate'", p->dilation_rate, 3))
        return false;
    if (p->output_padding.count > 1 && p->output_padding.count != n)
        return op_error(g, op, "'output_padding' must be a whole number or %d of them", n);
    op->out->shape = op->in[0]->shape;
    op->out->shape.dim[n + 1] = p->filters;
    for (int i = 0; i < n; i++) {
        const int64_t extra = p->output_padding.count
                                  ? p->output_padding.item[i < p->output_padding.count ? i : 0]
                                  : -1;
        if (p->place.count == 2 * n) {
            p->before[3 - n + i] = (int)p->place.item[i];
            p->size[3 - n + i] = p->place.item[n + i];
        } else if (!set_axis(g, op, 3 - n + i, op->in[0]->shape.dim[1 + i], extra)) {
            return false;
        }
        op->out->shape.dim[1 + i] = p->size[3 - n + i];
        if (p->size[3 - n + i] < 1)
            return op_error(g, op, "its result would have no pixels: %s",
                            shape_text(g->ctx->arena, &op->out->shape));
    }
    return true;
}

/* {depth, height, width, channels} of a picture or a volume. */
static void volume_of(const struct tensor *t, int64_t d[4])
{
    const int n = t->shape.rank - 2;
    d[0] = n == 3 ? t->shape.dim[1] : 1;
    for (int i = 1; i < 4; i++)
        d[i] = t->shape.dim[n - 2 + i];
}

/* The output position along an axis of input position `at` by tap k; -1: cut off. */
static int64_t lands(const struct transpose *p, int axis, int64_t at, int k)
{
    const int64_t to =
        at * p->strides[axis] + (int64_t)k * p->dilation_rate[axis] - p->before[axis];
    return to >= 0 && to < p->size[axis] ? to : -1;
}

static void add_pixel(const struct op *op, const double *pixel, const double *w, double *out)
{
    const int64_t C = channels_of(op->in[0]), groups = groups_of(op), ci = C / groups,
                  ko = channels_of(op->out) / groups;
    for (int64_t i = 0; i < C; i++)
        for (int64_t k = 0; k < ko; k++)
            out[i / ci * ko + k] += pixel[i] * w[k * C + i];
}

static void eval(const struct op *op, const double *const *in, double *out)
{
    const struct transpose *p = op->attr;
    const int *n = p->kernel_size;
    int64_t d[4], o[4];
    volume_of(op->in[0], d);
    volume_of(op->out, o);
    for (int64_t i = 0; i < o[0] * o[1] * o[2] * o[3]; i++)
        out[i] = in[2] ? in[2][i % o[3]] : 0;
    const int64_t taps = (int64_t)n[0] * n[1] * n[2], size = o[3] / groups_of(op) * d[3];
    for (int64_t at = 0; at < d[0] * d[1] * d[2]; at++)
        for (int64_t t = 0; t < taps; t++) {
            const int64_t z = lands(p, 0, at / d[2] / d[1], (int)(t / n[2] / n[1]));
            const int64_t y = lands(p, 1, at / d[2] % d[1], (int)(t / n[2] % n[1])),
                          x = lands(p, 2, at % d[2], (int)(t % n[2]));
            if (z >= 0 && y >= 0 && x >= 0)
                add_pixel(op, in[0] + at * d[3], in[1] + t * size,
                          out + ((z * o[1] + y) * o[2] + x) * o[3]);
        }
}

static bool affine_after(struct graph *g, struct op *op, const float *scale, const float *shift)
{
    const int64_t C = channels_of(op->in[0]), K = channels_of(op->out), groups = groups_of(op),
                  ko = K / groups;
    if (!op->in[1]->data || (op->in[2] && !op->in[2]->data))
        return false;
    struct tensor *w = new_constant(g, op, "kernel", op->in[1]->shape),
                  *b = new_constant(g, op, "bias", shape_of(1, K));
    for (int64_t i = 0; i < shape_count(&op->in[1]->shape); i++)
        writable(w)[i] = (float)((double)floats(op->in[1])[i]
                                 * (double)scale[i % C / (C / groups) * ko + i / C % ko]);
    for (int64_t k = 0; k < K; k++)
        writable(b)[k] = (float)((op->in[2] ? (double)floats(op->in[2])[k] * (double)scale[k] : 0)
                                 + (double)shift[k]);
    op->in[1] = w;
    op->in[2] = b;
    return true;
}

/* ---- phases along the rows ---- */

/* The outputs x with (x + left) % stride == phase: their number, their taps, where they read. */
struct phase {
    int64_t first, count; /* first output, number of outputs */
    int tap, taps, every; /* taps tap, tap + every, ... */
    /* input pixel of the first output's first tap; the next output's is one further */
    int64_t from;
    int64_t back; /* pixels from a tap's back to the next tap's */
};

static struct phase phase_of(const struct transpose *p, int r)
{
    const int s = p->strides[2], d = p->dilation_rate[2], before = p->before[2];
    struct phase f = { .first = ((r - before) % s + s) % s, .tap = -1, .every = s };
    for (int i = 1; i <= s; i++)
        if (s % i == 0 && i * d % s == 0) {
            f.every = i;
            break;
        }
    f.count = p->size[2] > f.first ? (p->size[2] - f.first + s - 1) / s : 0;
    for (int k = 0; k < p->kernel_size[2]; k++)
        if ((int64_t)k * d % s == r) {
            f.tap = f.tap < 0 ? k : f.tap;
            f.taps++;
        }
    f.back = (int64_t)f.every * d / s;
    f.from = f.taps ? (f.first + before - (int64_t)f.tap * d) / s : 0;
    return f;
}

static struct row_need rows(const struct op *op, int i)
{
    const struct transpose *p = op->attr;
    const int s = p->strides[1],
              reach = ((p->kernel_size[1] - 1) * p->dilation_rate[1] + s - 1) / s;
    if (i > 0)
        return (struct row_need){ .stride = 1, .kernel = 1 };
    return (struct row_need){
        .stride = 1, .kernel = reach + 1, .pad = reach, .shift = p->before[1], .per = s
    };
}

static void margins(const struct op *op, int *left, int *right)
{
    const struct transpose *p = op->attr;
    const int64_t W = op->in[0]->shape.dim[2];
    *left = *right = 0;
    for (int r = 0; r < p->strides[2]; r++) {
        const struct phase f = phase_of(p, r);
        if (!f.count || !f.taps)
            continue;
        const int64_t least = f.from - (f.taps - 1) * f.back, most = f.from + f.count - 1;
        *left = -least > *left ? (int)-least : *left;
        *right = most >= W && most - W + 1 > *right ? (int)(most - W + 1) : *right;
    }
}

/* [ky][kx][k][c] becomes, for each group and phase, blocks of [ky][tap of the phase][i][k]. */
static bool pack_2d(struct graph *g, struct op *op)
{
    struct transpose *p = op->attr;
    const int64_t C = channels_of(op->in[0]), groups = groups_of(op), ci = C / groups,
                  ko = p->filters / groups;
    const int64_t kh = p->kernel_size[1], kw = p->kernel_size[2];
    struct tensor *w =
        new_constant(g, op, "w", shape_of(1, groups * kh * kw * ci * packed_channels(ko)));
    struct tensor *b = new_constant(g, op, "b", shape_of(1, groups * packed_channels(ko)));
    float *part = NEW_ARRAY(g->ctx->arena, float, kh *kw *ci *ko + 1), *to = writable(w);
    for (int64_t j = 0; j < groups; j++) {
        for (int r = 0; r < p->strides[2]; r++) {
            const struct phase f = phase_of(p, r);
            float *at = part;
            for (int64_t ky = 0; ky < kh; ky++)
                for (int t = 0; t < f.taps; t++)
                    for (int64_t i = 0; i < ci; i++)
                        for (int64_t k = 0; k < ko; k++)
                            *at++ = floats(op->in[1])[((ky * kw + f.tap + t * f.every) * ko + k) * C
                                                      + j * ci + i];
            pack_into(to, part, kh * f.taps * ci, ko);
            to += kh * f.taps * ci * packed_channels(ko);
        }
        for (int64_t k = 0; k < ko && op->in[2]; k++)
            writable(b)[j * packed_channels(ko) + k] = floats(op->in[2])[j * ko + k];
    }
    op->in[1] = w;
    op->in[2] = b;
    p->packed = true;
    return true;
}

/* [tap][k][c] becomes, for each group, [tap][i][k] with k padded to whole vectors. */
static bool pack_3d(struct graph *g, struct op *op)
{
    struct transpose *p = op->attr;
    const int64_t C = channels_of(op->in[0]), groups = groups_of(op), ci = C / groups,
                  ko = p->filters / groups;
    const int64_t taps = (int64_t)p->kernel_size[0] * p->kernel_size[1] * p->kernel_size[2],
                  width = (ko + 15) / 16 * 16;
    if (!op->in[1]->data || (op->in[2] && !op->in[2]->data))
        return true;
    struct tensor *w = new_constant(g, op, "w", shape_of(4, groups, taps, ci, width)),
                  *b = new_constant(g, op, "b", shape_of(2, groups, width));
    for (int64_t c = 0; c < C; c++)
        for (int64_t t = 0; t < taps; t++)
            for (int64_t k = 0; k < ko; k++)
                writable(w)[((c / ci * taps + t) * ci + c % ci) * width + k] =
                    floats(op->in[1])[(t * ko + k) * C + c];
    for (int64_t k = 0; k < p->filters && op->in[2]; k++)
        writable(b)[k / ko * width + k % ko] = floats(op->in[2])[k];
    op->in[1] = w;
    op->in[2] = b;
    p->packed = true;
    return true;
}

#include "templates/conv2d_transpose.inc"
#include "templates/conv3d_transpose.inc"

/*
 * Patches that do not overlap and few filters: a 1x1 convolution makes each pixel's patch as
 * channels, which are then rearranged. Its vectors hold several pixels of the result, where those
 * of the kernel above hold one.
 */
static bool simplify_2d(struct graph *g, struct op *op)
{
    const struct transpose *p = op->attr;
    const int64_t H = op->in[0]->shape.dim[1], W = op->in[0]->shape.dim[2],
                  C = channels_of(op->in[0]), K = p->filters;
    const int kh = p->kernel_size[1], kw = p->kernel_size[2], patch = kh * kw * p->filters;
    if (groups_of(op) > 1 || K >= 8 || patch < 2 || patch > 64 || kh != p->strides[1]
        || kw != p->strides[2] || p->before[1] || p->before[2] || p->size[1] != H * kh
        || p->size[2] != W * kw || p->dilation_rate[1] > 1 || p->dilation_rate[2] > 1
        || !op->in[1]->data || (op->in[2] && !op->in[2]->data))
        return false;
    struct arena *a = g->ctx->arena;
    struct tensor *in[3] = {
        op->in[0],
        new_constant(g, op, "kernel", shape_of(4, (int64_t)1, (int64_t)1, C, (int64_t)patch)), NULL
    };
    in[2] = new_constant(g, op, "bias", shape_of(1, (int64_t)patch));
    for (int64_t k = 0; k < patch; k++) {
        writable(in[2])[k] = op->in[2] ? floats(op->in[2])[k % K] : 0;
        for (int64_t c = 0; c < C; c++)
            writable(in[1])[c * patch + k] = floats(op->in[1])[k * C + c];
    }
    const long long n = (long long)op->in[0]->shape.dim[0], h = (long long)H, w = (long long)W;
    const char *order = arena_printf(
        a, "apart=(%lld,%lld,%lld,%d,%d,%d) perm=(0,1,3,2,4,5) shape=(%lld,%lld,%lld,%d)", n, h, w,
        kh, kw, (int)K, n, h * kh, w * kw, (int)K);
    const int at = place_of(g, op), before = g->nops;
    struct tensor *t =
        make_at(g, at, op, "Conv2D", arena_printf(a, "filters=%d kernel_size=1", patch), in, 3);
    t = make_at(g, at + g->nops - before, op, "Rearrange", order, &t, 1);
    graph_replace(g, op->out, t);
    op->dead = true;
    return true;
}

static struct tensor *expand_1d(struct graph *g, struct op *op)
{
    const struct transpose *p = op->attr;
    struct tensor *in[3] = { as_picture(g, op), op->in[1], op->in[2] };
    if (!in[0])
        return NULL;
    struct transpose *q = attr_defaults(g->ctx, op_find("Conv2DTranspose"));
    *q = *p;
    q->kernel_size[1] = q->strides[1] = q->dilation_rate[1] = 1;
    if (p->output_padding.count) {
        q->output_padding = (struct int_list){ 2, NEW_ARRAY(g->ctx->arena, int64_t, 2) };
        q->output_padding.item[1] = p->output_padding.item[0];
    }
    return as_sequence(g, op, op_make_from(g, op, op_find("Conv2DTranspose"), q, in, 3));
}

static int64_t macs(const struct op *op)
{
    const struct transpose *p = op->attr;
    return shape_count(&op->in[0]->shape) * p->kernel_size[0] * p->kernel_size[1]
           * p->kernel_size[2] * (p->filters / groups_of(op));
}

static const struct sample samples_1d[] = {
    { "9x3", "filters=4, kernel_size=5, strides=3, padding='same'" },
    { "6x2", "filters=2, kernel_size=3, output_padding=1, strides=2" },
    { NULL, NULL }
};

static const struct sample samples_2d[] = {
    { "5x6x3", "filters=4, kernel_size=3, strides=2, padding='same'" },
    { "4x5x7", "filters=35, kernel_size=(2, 3), strides=(2, 1)" },
    { "4x7x5", "filters=70, kernel_size=4, strides=2, padding='same'" },
    { "5x4x3", "filters=2, kernel_size=(2, 3), strides=4, output_padding=1" },
    { "6x7x2", "filters=3, kernel_size=3, strides=2, dilation_rate=2, padding='same'" },
    { "1x1x3", "filters=16, kernel_size=4" },
    { "5x9x2", "filters=5, kernel_size=(5, 4), strides=(3, 4), dilation_rate=(2, 6)" },
    { "5x6x9", "filters=3, kernel_size=(2, 3), strides=(2, 3)" },
    { NULL, NULL }
};

static const struct sample samples_3d[] = {
    { "2x3x4x3", "filters=5, kernel_size=3, strides=2, padding='same'" },
    { "3x2x2x5", "filters=37, kernel_size=(2, 3, 1), strides=(1, 2, 3)" },
    { NULL, NULL }
};

const struct opdef conv1d_transpose = {
    .name = "Conv1DTranspose",
    .aliases = "Convolution1DTranspose",
    .keras_base = "conv1d_transpose",
    .brief = "transposed convolution along a sequence",
    .attrs = attrs_1d,
    .attr_size = sizeof(struct transpose),
    .min_inputs = 1,
    .max_inputs = 1,
    .has_activation = true,
    .has_data_format = true,
    .samples = samples_1d,
    .weights = weights_1d,
    .expand = expand_1d,
};

/* What the full result, (I - 1) * S + K, has more than the op's is cut off behind; what it has less
 * is added there. */
static const char *to_onnx(struct graph *g, const struct op *op)
{
    struct arena *a = g->ctx->arena;
    const struct transpose *p = op->attr;
    const int n = axes_of(op);
    struct window w[3] = { { 0 } };
    const char *kernel = "", *strides = "", *dilations = "", *before = "", *after = "", *extra = "";
    for (int i = 3 - n; i < 3; i++) {
        const int64_t full = (op->in[0]->shape.dim[1 + i - (3 - n)] - 1) * p->strides[i]
                             + (int64_t)(p->kernel_size[i] - 1) * p->dilation_rate[i] + 1;
        const int64_t rest = full - p->before[i] - p->size[i];
        kernel = arena_printf(a, "%s%d,", kernel, p->kernel_size[i]);
        w[i - (3 - n)] = (struct window){ .kernel = p->kernel_size[i] };
        strides = arena_printf(a, "%s%d,", strides, p->strides[i]);
        dilations = arena_printf(a, "%s%d,", dilations, p->dilation_rate[i]);
        before = arena_printf(a, "%s%d,", before, p->before[i]);
        after = arena_printf(a, "%s%lld,", after, (long long)(rest > 0 ? rest : 0));
        extra = arena_printf(a, "%s%lld,", extra, (long long)(rest < 0 ? -rest : 0));
    }
    return arena_printf(a,
                        "first ConvTranspose(a^first, %s, c, kernel_shape=[%s], strides=[%s], "
                        "dilations=[%s], pads=[%s%s], output_padding=[%s], group=%d)",
                        kernel_to_onnx(a, op->in[1], w, n), kernel, strides, dilations, before,
                        after, extra, groups_of(op));
}

const struct opdef conv2d_transpose = {
    .name = "Conv2DTranspose",
    .aliases = "Convolution2DTranspose Deconvolution2D",
    .keras_base = "conv2d_transpose",
    .brief = "transposed 2-D convolution",
    .attrs = attrs_2d,
    .attr_size = sizeof(struct transpose),
    .per_picture = true,
    .min_inputs = 1,
    .max_inputs = 1,
    .has_activation = true,
    .has_data_format = true,
    .samples = samples_2d,
    .absorbs = true,
    .weights = weights_2d,
    .shape = shape,
    .eval = eval,
    .rows = rows,
    .margins = margins,
    .affine_after = affine_after,
    .pack = pack_2d,
    .emit = emit_2d,
    .simplify = simplify_2d,
    .macs = macs,
    .onnx = "ConvTranspose",
    .import = import_conv_transpose,
    .to_onnx_for = to_onnx,
};

const struct opdef conv3d_transpose = {
    .name = "Conv3DTranspose",
    .aliases = "Convolution3DTranspose Deconvolution3D",
    .keras_base = "conv3d_transpose",
    .brief = "transposed 3-D convolution",
    .attrs = attrs_3d,
    .attr_size = sizeof(struct transpose),
    .per_picture = true,
    .min_inputs = 1,
    .max_inputs = 1,
    .has_activation = true,
    .has_data_format = true,
    .samples = samples_3d,
    .absorbs = true,
    .weights = weights_3d,
    .shape = shape,
    .eval = eval,
    .affine_after = affine_after,
    .pack = pack_3d,
    .emit = emit_3d,
    .macs = macs,
    .to_onnx_for = to_onnx,
};

struct tensor *conv_transpose_of(struct graph *g, struct op *from, const struct onnx_window *w,
                                 int filters, int groups, struct tensor *const *in)
{
    struct transpose p = { .filters = filters, .groups = groups, .use_bias = in[2] != NULL };
    p.place = (struct int_list){ 2 * w->n, NEW_ARRAY(g->ctx->arena, int64_t, 2 * w->n) };
    for (int i = 0; i < w->n; i++) {
        const int at = 3 - w->n + i;
        p.kernel_size[at] = w->kernel[i];
        p.strides[at] = w->stride[i];
        p.dilation_rate[at] = w->dilation[i];
        p.place.item[i] = w->before[i];
        p.place.item[w->n + i] = w->out[i];
    }
    return op_make_from(g, from, w->n == 3 ? &conv3d_transpose : &conv2d_transpose, &p, in, 3);
}
