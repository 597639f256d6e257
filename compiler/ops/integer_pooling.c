/*
 * integer_pooling.c - maximum or mean of a sliding window of 8-bit pictures; pixels outside of the picture do not count.
 *
 *     maximum   out = max x           (the result has the input's scale and zero point)
 *     mean      out = saturate(round(sum of (x - zero) * (factor / count)) + out zero),  factor: in scale / out scale
 */
#include "ops/quantized.h"

struct integer_pool {
    int pool_size[2], strides[2], pads[4];
    bool maximum;
    int zero, out_zero;
    double factor;
    struct window window[2];            /* set by shape() */
};

#define AT(member) offsetof(struct integer_pool, member)

static const struct attr attrs[] = {
    { "pool_size", NULL, ATTR_INTS, AT(pool_size), NULL, NULL, 2 },
    { "strides", NULL, ATTR_INTS, AT(strides), NULL, NULL, 2 },
    { "pads", NULL, ATTR_PADS, AT(pads), "0", NULL, 2 },
    { "maximum", NULL, ATTR_BOOL, AT(maximum), "False", NULL, 0 },
    { "zero", NULL, ATTR_INT, AT(zero), "0", NULL, 0 },
    { "out_zero", NULL, ATTR_INT, AT(out_zero), "0", NULL, 0 },
    { "factor", NULL, ATTR_FLOAT, AT(factor), "1", NULL, 0 },
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

static void eval(const struct op *op, const double *const *in, double *out)
{
    const struct integer_pool *p = op->attr;
    const int64_t H = op->in[0]->shape.dim[1], W = op->in[0]->shape.dim[2], C = op->in[0]->shape.dim[3], OW = op->out->shape.dim[2];
    const double low = lowest_of(op->out->type), high = highest_of(op->out->type);
    for (int64_t i = 0; i < op->out->shape.dim[1] * OW * C; i++) {
        const int64_t k = i % C, x = i / C % OW, y = i / C / OW;
        double most = low, sum = 0;
        int count = 0;
        for (int t = 0; t < p->pool_size[0] * p->pool_size[1]; t++) {
            const int64_t iy = y * p->strides[0] + t / p->pool_size[1] - p->pads[0], ix = x * p->strides[1] + t % p->pool_size[1] - p->pads[2];
            if (iy < 0 || iy >= H || ix < 0 || ix >= W)
                continue;
            const double v = in[0][(iy * W + ix) * C + k];
            most = v > most ? v : most;
            sum += v - p->zero;
            count++;
        }
        out[i] = p->maximum ? most : quantized_value((float)sum * ((float)p->factor / (float)(count ? count : 1)), p->out_zero, low, high);
    }
}

static struct row_need rows(const struct op *op, int i)
{
    const struct window *v = &((const struct integer_pool *)op->attr)->window[0];
    (void)i;
    return (struct row_need){ .stride = v->stride, .kernel = v->kernel, .pad = v->before };
}

#include "templates/integer_pooling.inc"

static const struct sample samples[] = { { "uint8[1x8x8x20]", "pool_size=2, strides=2, maximum=True" },
                                         { "int8[2x9x7x3]", "pool_size=3, strides=2, pads=((1,1),(0,1)), zero=-3, out_zero=9, factor=0.7" },
                                         { "int8[1x5x7x3]", "pool_size=3, strides=1, pads=((1,1),(1,1)), maximum=True" },
                                         { "uint8[1x7x6x40]", "pool_size=(7,6), strides=1, zero=128, out_zero=117, factor=1.3" },
                                         { NULL, NULL } };

const struct opdef integer_pooling = {
    .name = "IntegerPooling2D",
    .brief = "maximum or mean of a sliding window of 8-bit numbers",
    .attrs = attrs,
    .attr_size = sizeof(struct integer_pool),
    .min_inputs = 1,
    .max_inputs = 1,
    .types = TYPE(I8) | TYPE(U8),
    .per_picture = true,
    .samples = samples,
    .shape = shape,
    .eval = eval,
    .rows = rows,
    .emit = emit,
};
