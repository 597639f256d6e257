/*
 * qdq.c - graphs in which exporters put QuantizeLinear and DequantizeLinear around every operator:
 * what such a pair encloses becomes an operator on integers, with the result that ONNX Runtime
 * gives for it.
 */
#include "ops/conv2d.h"
#include "ops/quantized.h"

#include <math.h>
#include <string.h>

static struct tensor *known(struct tensor *t)
{
    return t && t->data && shape_count(&t->shape) == 1 ? t : NULL;
}

/* The op that dequantizes t by one known scale, or NULL. */
static struct op *dequantizer(const struct tensor *t)
{
    struct op *op = t->producer;
    if (!op || !op->def->quantization || !known(op->in[1])
        || (op->nin > 2 && op->in[2] && !known(op->in[2])))
        return NULL;
    return op->in[0]->type == I8 || op->in[0]->type == U8 ? op : NULL;
}

/* ---- weights ---- */

/* Scale of output channel k of a constant that was quantized by one scale, or by one for each of K
 * channels; 0: it was not. */
static float weight_scale(const struct quantization *q, int64_t K, int64_t k)
{
    return !q ? 0 : q->count == 1 ? q->scale[0] : q->count == K ? q->scale[k] : 0;
}

/* The integers that a constant {..., K} was made of: exact, or NULL. */
static struct tensor *stored_weights(struct graph *g, const struct op *op, const struct tensor *t,
                                     int64_t K)
{
    const struct quantization *q = t->quantization;
    if (!t->data || t->type != F32 || !q || (q->type != I8 && q->type != U8)
        || (q->count != 1 && q->count != K))
        return NULL;
    struct tensor *w = graph_constant(g, arena_printf(g->ctx->arena, "%s_kernel", op->name),
                                      q->type, t->shape, NULL);
    for (int64_t i = 0; i < shape_count(&t->shape); i++) {
        const int64_t k = q->count == 1 ? 0 : i % K;
        const double v = floats(t)[i] == 0 ? 0 : (double)floats(t)[i] / (double)q->scale[k],
                     stored = nearbyint(v) + q->zero_point[k];
        if (fabs(v - nearbyint(v)) > 1e-3 || stored < lowest_of(q->type)
            || stored > highest_of(q->type))
            return NULL;
        dtype_set(q->type, w->data, i, stored);
    }
    return w;
}

/* Zero points of the weights, NULL where all are 0. */
static struct tensor *weight_zeros(struct graph *g, const struct op *op,
                                   const struct quantization *q)
{
    bool any = false;
    for (int i = 0; i < q->count; i++)
        any |= q->zero_point[i] != 0;
    if (!any)
        return NULL;
    struct tensor *z = graph_constant(g, arena_printf(g->ctx->arena, "%s_kernel_zero", op->name),
                                      q->type, shape_of(1, (int64_t)q->count), NULL);
    for (int i = 0; i < q->count; i++)
        dtype_set(q->type, z->data, i, q->zero_point[i]);
    return z;
}

/* The bias in units of the sums. false: it does not fit 32 bits, or a scale is 0. */
static bool integer_bias(struct graph *g, const struct op *op, const struct tensor *bias,
                         const struct integer_form *f, const struct quantization *q, int64_t K,
                         struct tensor **to)
{
    *to = NULL;
    if (!bias)
        return true;
    if (!bias->data || bias->type != F32 || shape_count(&bias->shape) != K)
        return false;
    *to = graph_constant(g, arena_printf(g->ctx->arena, "%s_bias", op->name), I32, shape_of(1, K),
                         NULL);
    for (int64_t k = 0; k < K; k++) {
        const double unit = (double)(floats(f->in_scale)[0] * weight_scale(q, K, k)),
                     v = unit > 0 ? nearbyint((double)floats(bias)[k] / unit) : INFINITY;
        if (!(fabs(v) < 2147483648.0))
            return false;
        dtype_set(I32, (*to)->data, k, v);
    }
    return true;
}

/* in scale * weight scale / out scale, in the order and precision in which ONNX Runtime has it. */
static struct tensor *factors(struct graph *g, const struct op *op, const struct integer_form *f,
                              const struct quantization *q)
{
    struct tensor *t = new_constant(g, op, "factor", shape_of(1, (int64_t)q->count));
    for (int i = 0; i < q->count; i++)
        writable(t)[i] = floats(f->in_scale)[0] * q->scale[i] / floats(f->scale)[0];
    return t;
}

/* The inputs of IntegerConv2D and IntegerMatMul for an op with a kernel {..., K} and a bias;
 * `kernel` shaped as that op wants it. */
static struct tensor *make(struct graph *g, struct op *op, const struct integer_form *f,
                           const char *def, const char *attrs, struct shape kernel, int64_t K)
{
    const struct quantization *q = op->in[1]->quantization;
    struct tensor *w = stored_weights(g, op, op->in[1], K), *bias;
    if (!w || !integer_bias(g, op, op->nin > 2 ? op->in[2] : NULL, f, q, K, &bias))
        return NULL;
    w->shape = kernel;
    struct tensor *in[] = {
        f->in, w, f->in_zero, weight_zeros(g, op, q), bias, factors(g, op, f, q), f->zero
    };
    const char *all = arena_printf(g->ctx->arena, "%s low=%d high=%d", attrs, f->low, f->high);
    struct tensor *t = make_at(g, op->index, op, def, all, in, sizeof in / sizeof *in);
    return t && shape_equal(&t->shape, &op->out->shape) ? t : NULL;
}

/* A window that ends inside of the picture may be written as one with less than no padding. */
static int padding_after(const struct window *w)
{
    return w->after > 0 ? w->after : 0;
}

static const char *window_text(struct arena *a, const struct window *w, int64_t groups)
{
    return arena_printf(a, "strides=(%d,%d) dilation=(%d,%d) pads=((%d,%d),(%d,%d)) groups=%d",
                        w[0].stride, w[1].stride, w[0].dilation, w[1].dilation, w[0].before,
                        padding_after(&w[0]), w[1].before, padding_after(&w[1]), (int)groups);
}

struct tensor *conv_on_integers(struct graph *g, struct op *op, const struct integer_form *f,
                                const struct window *w, int64_t groups)
{
    const struct shape *s = &op->in[1]->shape;
    const int64_t K = op->out->shape.dim[3], C = op->in[0]->shape.dim[3];
    return make(g, op, f, "IntegerConv2D", window_text(g->ctx->arena, w, groups),
                shape_of(4, s->dim[0], s->dim[1], C / groups, K), K);
}

struct tensor *dense_on_integers(struct graph *g, struct op *op, const struct integer_form *f)
{
    return make(g, op, f, "IntegerMatMul", "", op->in[1]->shape, op->in[1]->shape.dim[1]);
}

/* ---- poolings and moves ---- */

/* op_make_from() with the new ops in front of op. */
static struct tensor *make_before(struct graph *g, struct op *op, const struct opdef *def,
                                  const void *attr, struct tensor *const *in, int nin)
{
    const int n = g->nops;
    struct tensor *t = op_make_from(g, op, def, attr, in, nin);
    const int made = g->nops - n;
    for (int k = 0; k < made; k++) {
        struct op *new = g->ops[n + k];
        memmove(g->ops + op->index + k + 1, g->ops + op->index + k,
                (size_t)(n - op->index) * sizeof *g->ops);
        g->ops[op->index + k] = new;
    }
    return t;
}

static int zero_value(const struct tensor *t)
{
    return t ? (int)dtype_get(t->type, t->data, 0) : 0;
}

/* Do input and result have one scale, zero point and type? */
static bool is_same_grid(const struct integer_form *f)
{
    return f->low == f->high && floats(f->in_scale)[0] == floats(f->scale)[0]
           && zero_value(f->in_zero) == zero_value(f->zero) && f->in->type == f->zero->type;
}

static struct tensor *requantized(struct graph *g, struct op *op, const struct integer_form *f,
                                  struct tensor *in)
{
    struct tensor *all[8] = { in, f->in_scale, f->in_zero, NULL, NULL, NULL, f->scale, f->zero };
    static const struct quantized_function none = { { NULL, NULL }, false };
    return is_same_grid(f)    ? in
           : f->low < f->high ? NULL
                              : make_before(g, op, op_find("QuantizedElementwise"), &none, all, 8);
}

bool has_runtime_operator(enum dtype t)
{
    return t == U8;
}

struct tensor *pool_on_integers(struct graph *g, struct op *op, const struct integer_form *f,
                                const struct window *w, enum pooled what)
{
    static const char *const names[] = { "maximum", "mean", "global" };
    const char *window =
        arena_printf(g->ctx->arena, "pool_size=(%d,%d) strides=(%d,%d) pads=((%d,%d),(%d,%d))",
                     w[0].kernel, w[1].kernel, w[0].stride, w[1].stride, w[0].before,
                     padding_after(&w[0]), w[1].before, padding_after(&w[1]));
    const char *attrs = arena_printf(
        g->ctx->arena, "%s what=%s as_uint8=%s zero=%d out_zero=%d scale=%.17g out_scale=%.17g",
        window, names[what], what == POOL_MEAN && f->in->type == I8 ? "True" : "False",
        zero_value(f->in_zero), zero_value(f->zero), (double)floats(f->in_scale)[0],
        (double)floats(f->scale)[0]);
    const bool maximum = what == POOL_MAXIMUM;
    const bool small = (int64_t)w[0].kernel * w[1].kernel < 1 << 20;
    if (f->low < f->high || f->in->shape.rank != 4
        || (maximum ? !is_same_grid(f) : f->in->type != f->zero->type || !small))
        return NULL;
    struct tensor *t = make_at(g, op->index, op, "IntegerPooling2D", attrs, &f->in, 1);
    return t && shape_count(&t->shape) == shape_count(&op->out->shape) ? t : NULL;
}

/* ---- elementwise ops ---- */

static struct tensor *elementwise_on_integers(struct graph *g, struct op *op,
                                              const struct integer_form *f)
{
    struct tensor *in[8] = { f->in, f->in_scale, f->in_zero, NULL, NULL, NULL, f->scale, f->zero };
    struct op *second = op->nin == 2 ? dequantizer(op->in[1]) : NULL;
    if (!op->def->value || op->nin > 2 || f->low < f->high
        || (op->nin == 2 && (!second || second->in[0]->type != f->in->type)))
        return NULL;
    if (second) {
        in[3] = second->in[0];
        in[4] = second->in[1];
        in[5] = second->nin > 2 ? second->in[2] : NULL;
    }
    const struct quantized_function of = { { op->def, op->attr },
                                           has_runtime_operator(f->in->type) };
    return make_before(g, op, op_find("QuantizedElementwise"), &of, in, 8);
}

/* ---- the rewrite ---- */

static int stored_value(const struct op *quantizer, double v)
{
    const enum dtype t = quantizer->out->type;
    const double zero =
        quantizer->nin > 2 && quantizer->in[2] ? dtype_get(t, quantizer->in[2]->data, 0) : 0;
    return (int)quantized_value((float)v / floats(quantizer->in[1])[0], zero, lowest_of(t),
                                highest_of(t));
}

/* Takes clamps in front of the quantizing op into f's range; returns what they read. */
static struct tensor *through_clamps(const struct op *op, struct integer_form *f)
{
    struct tensor *t = op->in[0];
    int low = (int)lowest_of(op->out->type), high = (int)highest_of(op->out->type);
    double least, most;
    while (t->producer && t->uses == 1 && t->producer->def->clamp
           && t->producer->def->clamp(t->producer, &least, &most)) {
        const int a = stored_value(op, least), b = stored_value(op, most);
        low = a > low ? a : low;
        high = b < high ? b : high;
        t = t->producer->in[0];
    }
    const bool whole =
        low == (int)lowest_of(op->out->type) && high == (int)highest_of(op->out->type);
    f->low = whole || low >= high ? 0 : low;
    f->high = whole || low >= high ? 0 : high;
    return low < high ? t : op->in[0];
}

enum { MOST_MOVES = 8 };

/* Does the op leave the values as they are? */
static bool is_move(const struct op *op)
{
    return (op->def->is_view || op->def->permutes) && op->nin == 1;
}

bool quantize_to_integers(struct graph *g, struct op *op)
{
    if (!known(op->in[1]) || (op->out->type != I8 && op->out->type != U8)
        || (op->nin > 2 && op->in[2] && !known(op->in[2])))
        return false;
    struct integer_form f = { .scale = op->in[1], .zero = op->nin > 2 ? op->in[2] : NULL };
    struct tensor *t = through_clamps(op, &f);
    struct op *host = t->producer, *from = dequantizer(t);
    if (!f.zero)
        f.zero = graph_constant(g, arena_printf(g->ctx->arena, "%s_zero", op->name), op->out->type,
                                (struct shape){ 0 }, NULL);
    if (!host
        || (!from
            && (t->uses != 1 || host->nouts != 1 || host->nabsorbed || !host->nin || !host->in[0])))
        return false;
    struct tensor *in = from ? t : host->in[0];
    /* between the dequantized value and its reader, the last first */
    struct op *moves[MOST_MOVES];
    int nmoves = 0;
    while (!from && !(from = dequantizer(in)) && nmoves < MOST_MOVES && in->producer
           && is_move(in->producer) && in->uses == 1) {
        moves[nmoves++] = in->producer;
        in = in->producer->in[0];
    }
    if (!from)
        return false;
    f.in = from->in[0];
    f.in_scale = from->in[1];
    f.in_zero = from->nin > 2 ? from->in[2] : NULL;
    struct tensor *done = NULL;
    while (nmoves > 0) {
        const struct op *move = moves[--nmoves];
        f.in = make_before(g, host, move->def, move->attr, &f.in, 1);
        for (int i = 0; i < g->nops; i++)
            g->ops[i]->index = i;
    }
    if (host == from)
        done = requantized(g, op, &f, f.in);
    else if (is_move(host))
        done = requantized(g, op, &f, make_before(g, host, host->def, host->attr, &f.in, 1));
    else if (host->def->on_integers)
        done = host->def->on_integers(g, host, &f);
    else if (host->def->elementwise && shape_equal(&f.in->shape, &host->in[0]->shape))
        done = elementwise_on_integers(g, host, &f);
    if (!done)
        return false;
    graph_replace(g, op->out, done);
    op->dead = true;
    return true;
}
