/*
 * integer_pooling.c - maximum or mean of a sliding window of 8-bit pictures; pixels outside of the
 * picture do not count.
 *
 *     maximum   out = max x           (the result has the input's scale and zero point)
 *     mean      out = saturate(round(mean of (x - zero) * scale / out scale + out zero))
 *     global    out = saturate(round(sum of (x - zero) * (scale / (out scale * count))) + out zero)
 *
 * in float32, step by step as ONNX Runtime's QLinearAveragePool and QLinearGlobalAveragePool do it:
 * a value that lies between two integers is rounded as they round it. The 256 real numbers that (x
 * - zero) * scale may be are a table. Of a quantized graph in int8 ONNX Runtime makes one in uint8,
 * on x86, where out zero is 128 more and the sum with it another float (as_uint8).
 */
#include "ops/quantized.h"
#include "ops/windows.h"

#include <string.h>

enum { IN_X, IN_TABLE };

struct integer_pool {
    int pool_size[2], strides[2], pads[4];
    int what;      /* enum pooled */
    bool as_uint8; /* of a mean of int8: computed as of uint8, 128 more */
    int zero, out_zero;
    double scale, out_scale;
    struct window window[2]; /* set by shape() */
};

#define AT(member) offsetof(struct integer_pool, member)

static const struct attr attrs[] = {
    { "pool_size", NULL, ATTR_INTS, AT(pool_size), NULL, NULL, 2 },
    { "strides", NULL, ATTR_INTS, AT(strides), NULL, NULL, 2 },
    { "pads", NULL, ATTR_PADS, AT(pads), "0", NULL, 2 },
    { "what", NULL, ATTR_CHOICE, AT(what), "mean", "maximum mean global", 0 },
    { "as_uint8", NULL, ATTR_BOOL, AT(as_uint8), "False", NULL, 0 },
    { "zero", NULL, ATTR_INT, AT(zero), "0", NULL, 0 },
    { "out_zero", NULL, ATTR_INT, AT(out_zero), "0", NULL, 0 },
    { "scale", NULL, ATTR_FLOAT, AT(scale), "1", NULL, 0 },
    { "out_scale", NULL, ATTR_FLOAT, AT(out_scale), "1", NULL, 0 },
    { 0 }
};

static bool shape(struct graph *g, struct op *op)
{
    struct integer_pool *p = op->attr;
    static const int one[2] = { 1, 1 };
    int64_t out[2];
    for (int i = 0; i < 2; i++) {
        p->window[i].before = p->pads[2 * i];
        p->window[i].after = p->pads[2 * i + 1];
    }
    if (!picture_windows(g, op, p->pool_size, p->strides, one, VALID, p->window, out))
        return false;
    op->out->shape = shape_of(4, op->in[0]->shape.dim[0], out[0], out[1], op->in[0]->shape.dim[3]);
    return true;
}

static float real_value(const struct integer_pool *p, double x)
{
    return (float)(x - p->zero) * (float)p->scale;
}

/* What the sum of integers is multiplied by. */
static float global_factor(const struct integer_pool *p, int count)
{
    return (float)p->scale / ((float)p->out_scale * (float)(count ? count : 1));
}

static double mean_result(const struct integer_pool *p, float v, double low, double high)
{
    const double more = p->as_uint8 ? 128 : 0;
    return quantized_sum(v, p->out_zero + more, low + more, high + more) - more;
}

static void eval(const struct op *op, const double *const *in, double *out)
{
    const struct integer_pool *p = op->attr;
    const int64_t H = op->in[0]->shape.dim[1], W = op->in[0]->shape.dim[2],
                  C = op->in[0]->shape.dim[3], OW = op->out->shape.dim[2];
    const double low = lowest_of(op->out->type), high = highest_of(op->out->type);
    for (int64_t i = 0; i < op->out->shape.dim[1] * OW * C; i++) {
        const int64_t k = i % C, x = i / C % OW, y = i / C / OW;
        double most = low, sum = 0;
        float real = 0;
        int count = 0;
        for (int t = 0; t < p->pool_size[0] * p->pool_size[1]; t++) {
            const int64_t iy = y * p->strides[0] + t / p->pool_size[1] - p->pads[0],
                          ix = x * p->strides[1] + t % p->pool_size[1] - p->pads[2];
            if (iy < 0 || iy >= H || ix < 0 || ix >= W)
                continue;
            const double v = in[0][(iy * W + ix) * C + k];
            most = v > most ? v : most;
            sum += v - p->zero;
            real += real_value(p, v);
            count++;
        }
        out[i] =
            p->what == POOL_MAXIMUM ? most
            : p->what == POOL_MEAN
                ? mean_result(p, real / (float)(count ? count : 1) / (float)p->out_scale, low, high)
                : quantized_value((float)sum * global_factor(p, count), p->out_zero, low, high);
    }
}

static struct row_need rows(const struct op *op, int i)
{
    const struct window *v = &((const struct integer_pool *)op->attr)->window[0];
    (void)i;
    return (struct row_need){ .stride = v->stride, .kernel = v->kernel, .pad = v->before };
}

/* The table that the kernel reads, by the bits of x. */
static bool pack(struct graph *g, struct op *op)
{
    const struct integer_pool *p = op->attr;
    if (p->what != POOL_MEAN)
        return true;
    struct tensor *t = new_constant(g, op, "real", shape_of(1, INT64_C(256)));
    for (int i = 0; i < 256; i++)
        writable(t)[i] = real_value(p, op->in[IN_X]->type == I8 && i > 127 ? i - 256 : i);
    struct tensor **in = NEW_ARRAY(g->ctx->arena, struct tensor *, 2);
    in[IN_X] = op->in[IN_X];
    in[IN_TABLE] = t;
    op->in = in;
    op->nin = 2;
    return true;
}

#include "templates/integer_pooling.inc"

/* ---- ONNX Runtime's QLinearAveragePool and QLinearGlobalAveragePool ---- */

static double number(const struct tensor *t)
{
    return t ? dtype_get(t->type, t->data, 0) : 0;
}

static bool import(struct graph *g, struct onnx_node *n)
{
    const bool global = strcmp(n->op_type, "QLinearGlobalAveragePool") == 0,
               last = onnx_int(n, "channels_last", 0) != 0;
    struct tensor *x = onnx_input(n, 0);
    struct onnx_window w = { .n = 2 };
    for (int i = 1; i < 5; i++)
        if (onnx_input(n, i) && (!n->in[i]->data || shape_count(&n->in[i]->shape) != 1))
            return onnx_error(g, n, "its scales and zero points must be constants of one number");
    if (!x || !onnx_input(n, 1) || !onnx_input(n, 3))
        return onnx_error(g, n, "needs an input and two scales");
    if (x->shape.rank < 3 || x->shape.rank > 4)
        return onnx_error(g, n, "needs a sequence or a picture");
    x = last ? onnx_channels_first(g, n, x) : x;
    if (x && global)
        w = (struct onnx_window){ .n = x->shape.rank - 2,
                                  .kernel = { (int)x->shape.dim[2],
                                              (int)x->shape.dim[x->shape.rank - 1] },
                                  .stride = { 1, 1 },
                                  .dilation = { 1, 1 } };
    else if (!x || !onnx_window(g, n, x, NULL, &w))
        return false;
    struct integer_pool *p = attr_defaults(g->ctx, op_find("IntegerPooling2D"));
    *p = (struct integer_pool){ .what = global ? POOL_GLOBAL_MEAN : POOL_MEAN,
                                .zero = (int)number(onnx_input(n, 2)),
                                .out_zero = (int)number(onnx_input(n, 4)),
                                .scale = number(n->in[1]),
                                .out_scale = number(n->in[3]) };
    bool padded = false;
    for (int i = 0; i < 2; i++) {
        const int k = i - (2 - w.n);
        p->pool_size[i] = k < 0 ? 1 : w.kernel[k];
        p->strides[i] = k < 0 ? 1 : w.stride[k];
        p->pads[2 * i] = k < 0 ? 0 : w.before[k];
        p->pads[2 * i + 1] = k < 0 ? 0 : w.after[k];
        padded |= k >= 0 && (w.before[k] || w.after[k]);
        if (k >= 0 && (w.dilation[k] != 1 || onnx_int(n, "ceil_mode", 0)))
            return onnx_error(g, n, "a dilation or ceil_mode is not supported here");
    }
    if (padded && onnx_int(n, "count_include_pad", 0))
        return onnx_error(g, n, "count_include_pad with padding is not supported here");
    x = with_axes(g, n->from, onnx_channels_last(g, n, x), 2);
    x = x ? without_axes(g, n->from,
                         op_make_from(g, n->from, op_find("IntegerPooling2D"), p, &x, 1), w.n)
          : NULL;
    n->out[0] = x && !last ? onnx_channels_first(g, n, x) : x;
    return n->out[0] != NULL;
}

static const struct sample samples[] = {
    { "uint8[1x8x8x20]", "pool_size=2, strides=2, what=maximum" },
    { "int8[2x9x7x3]", "pool_size=3, strides=2, pads=((1,1),(0,1)), zero=-3, out_zero=9, "
                       "scale=0.07, out_scale=0.1" },
    { "int8[2x9x7x3]",
      "pool_size=3, strides=2, pads=((1,1),(0,1)), zero=-3, out_zero=9, scale=0.07, "
      "out_scale=0.1, as_uint8=True" },
    { "int8[1x5x7x3]", "pool_size=3, strides=1, pads=((1,1),(1,1)), what=maximum" },
    { "uint8[1x7x6x40]", "pool_size=(7,6), strides=1, zero=128, out_zero=117, scale=0.13, "
                         "out_scale=0.1, what=global" },
    { NULL, NULL }
};

const struct opdef integer_pooling = {
    .name = "IntegerPooling2D",
    .brief = "maximum or mean of a sliding window of 8-bit numbers",
    .attrs = attrs,
    .attr_size = sizeof(struct integer_pool),
    .min_inputs = 1,
    .max_inputs = 2,
    .onnx = "com.microsoft:QLinearAveragePool com.microsoft:QLinearGlobalAveragePool",
    .import = import,
    .pack = pack,
    .types = TYPE(I8) | TYPE(U8),
    .per_picture = true,
    .samples = samples,
    .shape = shape,
    .eval = eval,
    .rows = rows,
    .emit = emit,
};
