/*
 * legacy.c - arrays as older versions of Keras laid them out, into today's layout.
 *
 * Keras 1 stored convolution kernels as (rows, columns, in, out) under dim_ordering 'tf' and as
 * (out, in, rows, columns) under 'th'; transposed convolutions like plain ones; 1-D ones with a
 * fourth axis of length 1; and each gate of an LSTM or GRU by itself (LSTM: i, c, f, o; today i, f,
 * c, o). Its BatchNormalization calls the variance `running_std`. Files that Theano wrote hold
 * kernels for true convolution, which runs over them backwards. CuDNN's layers transpose each
 * gate's kernels, and have two biases that count as their sum (LSTM) or stand in two rows (GRU).
 */
#include <stdlib.h>
#include <string.h>

#include "weights/weights.h"

static bool is_keras1(const struct weights_file *f)
{
    return f->legacy && (!f->keras_version || f->keras_version[0] == '1');
}

static float *load_array(struct weights_file *f, const struct found *item)
{
    const int64_t count = shape_count(&item->shape);
    float *data = NEW_ARRAY(f->ctx->arena, float, count);
    if (!item->bytes)
        return f->load(f, item, data) ? data : NULL;
    for (int64_t i = 0; i < count; i++)
        data[i] = (float)dtype_get(item->type, item->bytes, i);
    return data;
}

static struct found made_of(const struct found *item, struct shape shape, const float *data)
{
    struct found made = *item;
    made.shape = shape;
    made.type = F32;
    made.bytes = data;
    return made;
}

/* ---- kernels of convolutions ----------------------------------------------------------------- */

/* The array with its axes in another order: axis a of the result is axis order[a] of `from`. */
static float *transposed(struct arena *a, const struct shape *from, const float *data,
                         const int *order, struct shape *to)
{
    const int64_t count = shape_count(from);
    float *result = NEW_ARRAY(a, float, count);
    int64_t stride[MAX_RANK];
    int64_t step = 1;
    for (int i = from->rank - 1; i >= 0; i--) {
        stride[i] = step;
        step *= from->dim[i];
    }
    to->rank = from->rank;
    for (int i = 0; i < to->rank; i++)
        to->dim[i] = from->dim[order[i]];
    for (int64_t n = 0; n < count; n++) {
        int64_t rest = n, at = 0;
        for (int i = to->rank - 1; i >= 0; i--) {
            at += rest % to->dim[i] * stride[order[i]];
            rest /= to->dim[i];
        }
        result[n] = data[at];
    }
    return result;
}

/* Reverses all but the last two axes: from convolution to correlation. */
static void flip(const struct shape *s, float *data)
{
    const int64_t block = s->dim[s->rank - 1] * s->dim[s->rank - 2], taps = shape_count(s) / block;
    for (int64_t t = 0; t < taps / 2; t++)
        for (int64_t i = 0; i < block; i++) {
            float *a = &data[t * block + i], *b = &data[(taps - 1 - t) * block + i], keep = *a;
            *a = *b;
            *b = keep;
        }
}

static bool is_shape(const struct shape *s, int rank, const int64_t *dim)
{
    return s->rank == rank && memcmp(s->dim, dim, (size_t)rank * sizeof *dim) == 0;
}

/* Order of axes that brings a kernel of Keras 1 to today's shape `now`; NULL: it has that order. */
static const int *order_of(const struct weights_file *f, const struct weight *w,
                           const struct shape *now, const struct shape *old)
{
    static const int first2[] = { 2, 3, 1, 0 }, first3[] = { 2, 3, 4, 1, 0 },
                     swap[] = { 0, 1, 3, 2 }, first_swap[] = { 2, 3, 0, 1 };
    const int64_t *n = now->dim;
    const bool back = strstr(w->kind, "Transpose") != NULL;
    const bool said_first = f->config && strstr(f->config, "\"dim_ordering\": \"th\"");
    if (now->rank == 3 && old->rank == 4) /* (filters, in, length, 1) */
        return is_shape(old, 4, (int64_t[]){ n[2], n[1], n[0], 1 }) && old->dim[1] != 1 ? first2
                                                                                        : NULL;
    if (now->rank == 5)
        return is_shape(old, 5, (int64_t[]){ n[4], n[3], n[0], n[1], n[2] })
                       && (said_first || !shape_equal(now, old))
                   ? first3
                   : NULL;
    if (now->rank != 4)
        return NULL;
    const bool as_plain = is_shape(old, 4, (int64_t[]){ n[0], n[1], n[3], n[2] });
    if (back && is_shape(old, 4, (int64_t[]){ n[2], n[3], n[0], n[1] })
        && (said_first || !as_plain))
        return first_swap;
    if (back)
        return as_plain ? swap : NULL;
    return is_shape(old, 4, (int64_t[]){ n[3], n[2], n[0], n[1] })
                   && (said_first || !shape_equal(now, old))
               ? first2
               : NULL;
}

bool legacy_array(struct weights_file *f, const struct weight *w, struct found *item)
{
    const bool kernel =
        strncmp(w->kind, "Conv", 4) == 0 && strcmp(w->name, "kernel") == 0 && item->shape.rank >= 3;
    const bool theano = f->legacy && f->backend && strcmp(f->backend, "theano") == 0;
    const int *order =
        kernel && is_keras1(f) ? order_of(f, w, &w->tensor->shape, &item->shape) : NULL;
    if (!kernel || (!order && !theano))
        return true;
    struct shape shape = item->shape;
    float *data = load_array(f, item);
    if (!data)
        return false;
    if (order)
        data = transposed(f->ctx->arena, &item->shape, data, order, &shape);
    if (theano)
        flip(&shape, data);
    *item = made_of(item, shape, data);
    return true;
}

/* ---- recurrent layers ------------------------------------------------------------------------ */

/* Joins the columns of `gates` arrays: item[order[0]], item[order[1]], ... */
static bool join_gates(struct weights_file *f, const struct found *item, const int *order,
                       int gates, struct found *to)
{
    const struct shape *one = &item[0].shape;
    const int64_t columns = one->rank ? one->dim[one->rank - 1] : 0,
                  rows = columns ? shape_count(one) / columns : 0;
    float *joined = NEW_ARRAY(f->ctx->arena, float, rows *columns *gates);
    struct shape shape = *one;
    for (int g = 0; g < gates; g++) {
        const struct found *from = &item[order[g]];
        const float *data = shape_equal(&from->shape, one) ? load_array(f, from) : NULL;
        if (!data)
            return weights_error(f, "the gates of a recurrent layer differ in shape ('%s')",
                                 from->where);
        for (int64_t r = 0; r < rows; r++)
            memcpy(&joined[(r * gates + g) * columns], &data[r * columns],
                   (size_t)columns * sizeof *joined);
    }
    shape.dim[shape.rank - 1] *= gates;
    *to = made_of(item, shape, joined);
    return true;
}

/* Keras 1: kernel, recurrent kernel and bias of one gate after the other. */
static bool join_layer(struct weights_file *f, const struct found *item, int gates,
                       struct found *to)
{
    static const int lstm[] = { 0, 6, 3, 9 }, gru[] = { 0, 3, 6 };
    for (int part = 0; part < 3; part++)
        if (!join_gates(f, item + part, gates == 4 ? lstm : gru, gates, &to[part]))
            return false;
    return true;
}

/* CuDNN: in a kernel each gate is the transpose, `fill` row by row in the shape of the kernel
 * itself. */
static bool from_cudnn(struct weights_file *f, struct found *item, int gates, bool fill)
{
    const int64_t rows = item->shape.dim[0], columns = item->shape.dim[1] / gates;
    const float *data = load_array(f, item);
    float *now = NEW_ARRAY(f->ctx->arena, float, rows *columns *gates);
    if (!data)
        return false;
    for (int64_t r = 0; r < rows; r++)
        for (int64_t c = 0; c < columns; c++) {
            /* place in the gate as it is stored */
            const int64_t at = fill ? c * rows + r : r * columns + c;
            const int64_t from_row = fill ? at / columns : c, from_column = fill ? at % columns : r;
            for (int g = 0; g < gates; g++)
                now[(r * gates + g) * columns + c] =
                    data[(from_row * gates + g) * columns + from_column];
        }
    *item = made_of(item, item->shape, now);
    return true;
}

static bool convert_cudnn(struct weights_file *f, struct found *item, int gates)
{
    const int64_t half = item[2].shape.dim[0] / 2;
    float *bias = load_array(f, &item[2]);
    if (!bias || !from_cudnn(f, &item[0], gates, true) || !from_cudnn(f, &item[1], gates, false))
        return false;
    if (gates == 4)
        for (int64_t i = 0; i < half; i++)
            bias[i] += bias[half + i];
    item[2] =
        made_of(&item[2], gates == 4 ? shape_of(1, half) : shape_of(2, (int64_t)2, half), bias);
    return true;
}

static bool is_cudnn(const struct found *item, int gates)
{
    const struct shape *kernel = &item[0].shape, *recurrent = &item[1].shape,
                       *bias = &item[2].shape;
    return bias->rank == 1 && kernel->rank == 2 && recurrent->rank == 2
           && kernel->dim[1] == recurrent->dim[1] && recurrent->dim[1] == gates * recurrent->dim[0]
           && bias->dim[0] == 2 * gates * recurrent->dim[0];
}

/* Gates of an LSTM (4) or a GRU (3), by the shape of its recurrent kernel; 0: the layer is neither.
 */
static int gates_of(const struct layer_node *model)
{
    for (int i = 0; i < model->nweights; i++) {
        const struct shape *s = &model->weight[i]->tensor->shape;
        if (ends_with(model->weight[i]->name, "recurrent_kernel") && s->rank == 2 && s->dim[0] > 0)
            return s->dim[1] == 4 * s->dim[0] ? 4 : s->dim[1] == 3 * s->dim[0] ? 3 : 0;
    }
    return 0;
}

bool legacy_layer(struct weights_file *f, const struct layer_node *model, struct layer_node *file)
{
    const int gates = f->legacy ? gates_of(model) : 0, each = 3 * gates;
    if (!gates || !file->nitems || file->nitems % 3)
        return true;
    const bool by_gate =
        is_keras1(f) && file->nitems % each == 0 && model->nweights == file->nitems / gates;
    const int layers = by_gate ? file->nitems / each : file->nitems / 3;
    struct found *now = NEW_ARRAY(f->ctx->arena, struct found, 3 * layers);
    for (int i = 0; i < layers; i++) {
        if (by_gate && !join_layer(f, file->item + i * each, gates, now + 3 * i))
            return false;
        if (!by_gate)
            memcpy(now + 3 * i, file->item + 3 * i, 3 * sizeof *now);
        if (is_cudnn(now + 3 * i, gates) && !convert_cudnn(f, now + 3 * i, gates))
            return false;
    }
    if (by_gate) /* the old names are those of single gates */
        for (int i = 0; i < 3 * layers; i++)
            now[i].name = "";
    file->item = now;
    file->nitems = 3 * layers;
    return true;
}
