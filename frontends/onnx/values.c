/*
 * values.c - the tensors of the graph as values of an ONNX model. cnnc's pictures have the channels
 * last, ONNX' the channels first: each tensor is kept in the orders of axes in which it was made
 * and asked for, so that between convolutions nothing is transposed.
 */
#include "onnx/write.h"

#include <math.h>
#include <string.h>

struct onnx_value *new_value(struct writer *w, const char *base, enum dtype type,
                             const struct shape *shape)
{
    struct onnx_value *v = NEW(w->g->ctx->arena, struct onnx_value);
    v->base = base;
    v->type = type;
    v->shape = shape;
    APPEND(w->g->ctx->arena, w->values, w->nvalues, v);
    return v;
}

static const struct shape *kept_shape(struct writer *w, const struct shape *s)
{
    struct shape *kept = NEW(w->g->ctx->arena, struct shape);
    *kept = *s;
    return kept;
}

struct onnx_value *constant_value(struct writer *w, const char *base, enum dtype type,
                                  struct shape shape, const void *data)
{
    struct onnx_value *v = new_value(w, base, type, kept_shape(w, &shape));
    v->data = data;
    return v;
}

void identity_order(int rank, int *perm)
{
    for (int i = 0; i < rank; i++)
        perm[i] = i;
}

void channels_first_order(int rank, int *perm)
{
    identity_order(rank, perm);
    for (int i = 1; i < rank && rank > 2; i++)
        perm[i] = i == 1 ? rank - 1 : i - 1;
}

void keep_version(struct writer *w, const struct tensor *t, const int *perm, struct onnx_value *v)
{
    struct version *kept = NEW(w->g->ctx->arena, struct version), **end = &w->versions[t->id];
    memcpy(kept->perm, perm, (size_t)t->shape.rank * sizeof *perm);
    kept->value = v;
    while (*end)
        end = &(*end)->next;
    *end = kept;
}

/* The bytes of a constant with its axes in another order. */
static const void *transposed_data(struct writer *w, const void *data, enum dtype type,
                                   const struct shape *s, const int *perm)
{
    const int64_t n = shape_count(s);
    const size_t size = dtype_size(type);
    char *to = arena_alloc(w->g->ctx->arena, (size_t)n * size + 1);
    int64_t stride[MAX_RANK], index[MAX_RANK] = { 0 }, from = 0, step = 1;
    for (int d = s->rank - 1; d >= 0; d--) {
        stride[d] = step;
        step *= s->dim[d];
    }
    for (int64_t i = 0; i < n; i++) {
        memcpy(to + (size_t)i * size, (const char *)data + (size_t)from * size, size);
        for (int j = s->rank - 1; j >= 0; j--) { /* counts up the axes of the result */
            from += stride[perm[j]];
            if (++index[j] < s->dim[perm[j]])
                break;
            from -= stride[perm[j]] * index[j];
            index[j] = 0;
        }
    }
    return to;
}

struct onnx_value *transposed_value(struct writer *w, struct onnx_value *v, enum dtype type,
                                    const struct shape *before, const int *perm)
{
    struct shape s = *before;
    bool moves = false;
    for (int i = 0; i < s.rank; i++) {
        s.dim[i] = before->dim[perm[i]];
        moves |= perm[i] != i;
    }
    if (!moves)
        return v;
    if (v->data)
        return constant_value(w, v->base, type, s, transposed_data(w, v->data, type, before, perm));
    struct onnx_out_node *n = new_node_out(w, "Transpose", &v, 1);
    struct onnx_out_attribute a = { .name = "perm", .kind = OUT_INTS, .count = s.rank };
    a.number = NEW_ARRAY(w->g->ctx->arena, double, s.rank + 1);
    for (int i = 0; i < s.rank; i++)
        a.number[i] = perm[i];
    APPEND(w->g->ctx->arena, n->attributes, n->nattributes, a);
    struct onnx_value *made = new_value(w, v->base, type, kept_shape(w, &s));
    APPEND(w->g->ctx->arena, n->out, n->nout, made);
    return made;
}

struct onnx_value *ordered(struct writer *w, const struct tensor *t, const int *perm)
{
    int plain[MAX_RANK], step[MAX_RANK];
    const int rank = t->shape.rank;
    identity_order(rank, plain);
    if (!perm)
        perm = plain;
    if (!w->versions[t->id] && t->data)
        keep_version(w, t, plain, constant_value(w, t->name, t->type, t->shape, t->data));
    const struct version *source = w->versions[t->id];
    for (const struct version *v = source; v; v = v->next)
        if (!memcmp(v->perm, perm, (size_t)rank * sizeof *perm))
            return v->value;
    if (!source)
        bug("the ONNX writer needs '%s' before it is made", t->name);
    struct shape s = t->shape;
    for (int j = 0; j < rank; j++) {
        s.dim[j] = t->shape.dim[source->perm[j]];
        step[j] = 0;
        while (source->perm[step[j]] != perm[j])
            step[j]++;
    }
    struct onnx_value *v = transposed_value(w, source->value, t->type, &s, step);
    keep_version(w, t, perm, v);
    return v;
}

struct onnx_value *reshaped(struct writer *w, const struct tensor *t, struct onnx_value *v,
                            struct shape shape)
{
    struct arena *a = w->g->ctx->arena;
    if (v->shape && shape_equal(v->shape, &shape))
        return v;
    if (v->data)
        return constant_value(w, v->base, t->type, shape, v->data);
    int64_t *dims = NEW_ARRAY(a, int64_t, shape.rank + 1);
    for (int i = 0; i < shape.rank; i++)
        dims[i] = shape.dim[i];
    struct onnx_value *to = constant_value(w, arena_printf(a, "%s_shape", v->base), I64,
                                           (struct shape){ 1, { shape.rank } }, dims);
    struct onnx_out_node *n = new_node_out(w, "Reshape", (struct onnx_value *[]){ v, to }, 2);
    struct onnx_value *made = new_value(w, v->base, t->type, kept_shape(w, &shape));
    APPEND(a, n->out, n->nout, made);
    return made;
}

/* ---- constants that were quantized ----------------------------------------------------------- */

/* The axis of s along which the scales lie, 0 for one scale; -1: not to be told. */
static int scale_axis(const struct quantization *q, const struct shape *s)
{
    int found = -1;
    for (int i = 0; i < s->rank && q->count > 1; i++)
        if (s->dim[i] == q->count) {
            if (found >= 0)
                return -1;
            found = i;
        }
    return q->count > 1 ? found : 0;
}

/* The stored numbers of the values at v; NULL where they are not exactly what these stand for. */
static void *quantized_data(struct writer *w, const struct quantization *q,
                            const struct onnx_value *v, int axis)
{
    const int64_t n = shape_count(v->shape);
    int64_t inner = 1;
    void *to = arena_alloc(w->g->ctx->arena, (size_t)n * dtype_size(q->type) + 1);
    for (int d = axis + 1; d < v->shape->rank && q->count > 1; d++)
        inner *= v->shape->dim[d];
    for (int64_t i = 0; i < n; i++) {
        const int64_t k = q->count > 1 ? i / inner % q->count : 0;
        const float x = ((const float *)v->data)[i];
        const double stored = rint((double)x / (double)q->scale[k]) + q->zero_point[k];
        dtype_set(q->type, to, i, stored);
        if ((float)(dtype_get(q->type, to, i) - q->zero_point[k]) * q->scale[k] != x)
            return NULL;
    }
    return to;
}

struct onnx_value *dequantized(struct writer *w, const struct tensor *t, struct onnx_value *v)
{
    struct arena *a = w->g->ctx->arena;
    const struct quantization *q = t->quantization;
    const int axis = q && v && v->data && v->type == F32 ? scale_axis(q, v->shape) : -1;
    const void *stored = axis < 0 ? NULL : quantized_data(w, q, v, axis);
    if (!stored)
        return v;
    const struct shape s = { q->count > 1, { q->count } };
    void *zeros = arena_alloc(a, (size_t)q->count * dtype_size(q->type));
    for (int i = 0; i < q->count; i++)
        dtype_set(q->type, zeros, i, q->zero_point[i]);
    struct onnx_value *in[3] = {
        constant_value(w, v->base, q->type, *v->shape, stored),
        constant_value(w, arena_printf(a, "%s_scale", v->base), F32, s, q->scale),
        constant_value(w, arena_printf(a, "%s_zero", v->base), q->type, s, zeros)
    };
    struct onnx_out_node *n = new_node_out(w, "DequantizeLinear", in, 3);
    struct onnx_out_attribute at = {
        .name = "axis", .kind = OUT_INT, .number = NEW(a, double), .count = 1
    };
    at.number[0] = axis;
    APPEND(a, n->attributes, n->nattributes, at);
    struct onnx_value *made = new_value(w, v->base, F32, v->shape);
    APPEND(a, n->out, n->nout, made);
    return made;
}
