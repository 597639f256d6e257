/* pooling.c - what maximum and average pooling share: the window, its meaning, its kernel. */
#include "ops/pooling.h"
#include "ops/windows.h"

#include <math.h>
#include <string.h>

const struct attr pool2d_attrs[] = {
    { "pool_size", "kernel_shape", ATTR_INTS, offsetof(struct pool2d, pool_size), "2", NULL, 2 },
    { "strides", "strides", ATTR_INTS, offsetof(struct pool2d, strides), "None", NULL, 2 },
    { "padding", "auto_pad", ATTR_CHOICE, offsetof(struct pool2d, padding), "valid", "valid same",
      0 },
    { "data_format", NULL, ATTR_IGNORED, 0, "None", NULL, 0 },
    /* cnnc's own: what `padding` cannot say */
    { "pads", NULL, ATTR_PADS, offsetof(struct pool2d, pads), "0", NULL, 2 },
    { 0 }
};

bool pool2d_shape(struct graph *g, struct op *op)
{
    struct pool2d *p = op->attr;
    static const int one[2] = { 1, 1 };
    int64_t out[2];
    for (int i = 0; i < 2; i++)
        if (p->strides[i] == 0)
            p->strides[i] = p->pool_size[i];
    pads_to_windows(p->pads, p->window, 2);
    if (!picture_windows(g, op, p->pool_size, p->strides, one, (enum padding)p->padding, p->window,
                         out))
        return false;
    windows_to_pads(p->window, 2, p->pads);
    p->padding = VALID; /* from here on the pads say it */
    op->out->shape = shape_of(4, op->in[0]->shape.dim[0], out[0], out[1], op->in[0]->shape.dim[3]);
    return true;
}

struct row_need pool2d_rows(const struct op *op, int i)
{
    const struct window *v = &((const struct pool2d *)op->attr)->window[0];
    if (i > 0)
        return (struct row_need){ .stride = 1, .kernel = 1 };
    return (struct row_need){ .stride = v->stride, .kernel = v->kernel, .pad = v->before };
}

/* Pixels outside of the picture count neither for the maximum nor for the mean, as in Keras. */
void pool2d_eval(const struct op *op, const double *in, double *out, bool maximum)
{
    const struct pool2d *p = op->attr;
    const struct window *v = &p->window[0], *h = &p->window[1];
    const int64_t H = op->in[0]->shape.dim[1], W = op->in[0]->shape.dim[2],
                  C = op->in[0]->shape.dim[3];
    const int64_t OH = op->out->shape.dim[1], OW = op->out->shape.dim[2];
    for (int64_t y = 0; y < OH; y++)
        for (int64_t x = 0; x < OW; x++)
            for (int64_t k = 0; k < C; k++) {
                double most = -INFINITY, sum = 0;
                int count = 0;
                for (int ky = 0; ky < v->kernel; ky++)
                    for (int kx = 0; kx < h->kernel; kx++) {
                        const int64_t iy = y * v->stride + ky - v->before,
                                      ix = x * h->stride + kx - h->before;
                        if (iy < 0 || iy >= H || ix < 0 || ix >= W)
                            continue;
                        const double a = in[(iy * W + ix) * C + k];
                        /* NaN is none: as the standard's reference has it */
                        most = a > most ? a : most;
                        sum += a;
                        count++;
                    }
                out[(y * OW + x) * C + k] = maximum ? most : sum / count;
            }
}

const struct attr global_pool_attrs[] = {
    { "data_format", NULL, ATTR_IGNORED, 0, "None", NULL, 0 },
    { "keepdims", NULL, ATTR_BOOL, offsetof(struct global_pool, keepdims), "False", NULL, 0 },
    { 0 }
};

bool global_pool_shape(struct graph *g, struct op *op)
{
    const struct global_pool *p = op->attr;
    const struct shape *s = &op->in[0]->shape;
    if (s->rank < 3)
        return op_error(g, op, "needs axes to pool over, but its input is %s",
                        shape_text(g->ctx->arena, s));
    if (!has_values(g, op, 0))
        return false;
    op->out->shape = shape_of(2, s->dim[0], s->dim[s->rank - 1]);
    if (p->keepdims) {
        op->out->shape = *s;
        for (int i = 1; i + 1 < s->rank; i++)
            op->out->shape.dim[i] = 1;
    }
    return true;
}

void global_pool_eval(const struct op *op, const double *in, double *out, bool maximum)
{
    const int64_t C = channels_of(op->in[0]), n = shape_count(&op->in[0]->shape) / C;
    for (int64_t k = 0; k < C; k++) {
        double most = -INFINITY, sum = 0;
        for (int64_t i = 0; i < n; i++) {
            const double a = in[i * C + k];
            most = a > most ? a : most;
            sum += a;
        }
        out[k] = maximum ? most : sum / (double)n;
    }
}

bool import_global_pool(struct graph *g, struct onnx_node *n)
{
    struct tensor *x = onnx_input(n, 0), *t;
    if (!x || x->shape.rank < 3)
        return onnx_error(g, n, "its input must have axes behind the channels");
    const char *def =
        strcmp(n->op_type, "GlobalMaxPool") == 0 ? "GlobalMaxPooling2D" : "GlobalAveragePooling2D";
    x = onnx_channels_last(g, n, x);
    t = x ? op_make(g, n->from, def, "keepdims=True", &x, 1) : NULL;
    return t && (n->out[0] = onnx_channels_first(g, n, t)) != NULL;
}

struct tensor *as_picture(struct graph *g, struct op *op)
{
    return needs_rank(g, op, 3, "a sequence (steps, channels)") ? with_axes(g, op, op->in[0], 2)
                                                                : NULL;
}

struct tensor *pad_causal(struct graph *g, struct op *op, struct tensor *picture, int n)
{
    struct op named = *op;
    named.name = arena_printf(g->ctx->arena, "%s_pad", op->name);
    return op_make(g, &named, "ZeroPadding2D",
                   arena_printf(g->ctx->arena, "padding=((0,0),(%d,0))", n), &picture, 1);
}

struct tensor *as_sequence(struct graph *g, struct op *op, struct tensor *picture)
{
    return without_axes(g, op, picture, 1);
}

#include "templates/pool2d.inc"

const char *global_pool_to_onnx(struct graph *g, const struct op *op, const char *node)
{
    return arena_printf(g->ctx->arena,
                        ((const struct global_pool *)op->attr)->keepdims ? "first %s(a^first)"
                                                                         : "Flatten(%s(a^first))",
                        node);
}
