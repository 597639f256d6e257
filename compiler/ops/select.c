/*
 * select.c - results whose size depends on values: NonZero, Compress, Unique. The values that
 * decide must be known at compile time; then they are constants, or slices chosen by constant
 * indices.
 */
#include "ops/moves.h"
#include "ops/onnx.h"

#include <stdlib.h>
#include <string.h>

static bool known(struct graph *g, const struct op *op, int i)
{
    return op->in[i]->data
           || op_error(g, op,
                       "the size of its result depends on the values of '%s', which must be known "
                       "at compile time; where it is an input of "
                       "an ONNX model, "
                       "give --const-input=%s=VALUES",
                       op->in[i]->name, op->in[i]->name);
}

static struct tensor *index_constant(struct graph *g, const struct op *op, const char *what,
                                     struct shape s)
{
    return graph_constant(g, arena_printf(g->ctx->arena, "%s_%s", op->name, what), I64, s, NULL);
}

/* ---- NonZero --------------------------------------------------------------------------------- */

static struct tensor *expand_nonzero(struct graph *g, struct op *op)
{
    const struct shape *s = &op->in[0]->shape;
    int64_t count = 0, k = 0, stride[MAX_RANK];
    if (!known(g, op, 0))
        return NULL;
    double *v = tensor_values(op->in[0]);
    for (int64_t i = 0; i < shape_count(s); i++)
        count += v[i] < 0 || v[i] > 0;
    struct tensor *t = index_constant(g, op, "places", shape_of(2, (int64_t)s->rank, count));
    plain_strides(s, stride);
    for (int64_t i = 0; i < shape_count(s); i++) {
        if (!(v[i] < 0 || v[i] > 0))
            continue;
        for (int d = 0; d < s->rank; d++)
            ((int64_t *)t->data)[d * count + k] = i / stride[d] % s->dim[d];
        k++;
    }
    free(v);
    return t;
}

static const struct sample nonzero_samples[] = { { "int64[3x4]@-1:1!", "" }, { NULL, NULL } };

const struct opdef nonzero = {
    .name = "NonZero",
    .onnx = "NonZero",
    .keras_base = "nonzero",
    .brief = "the places of values other than zero, known at compile time",
    .min_inputs = 1,
    .max_inputs = 1,
    .types = ALL_TYPES,
    .samples = nonzero_samples,
    .expand = expand_nonzero,
};

/* ---- Compress -------------------------------------------------------------------------------- */

struct compress {
    int axis;
    bool flat;
};

static const struct attr compress_attrs[] = {
    { "axis", NULL, ATTR_INT, offsetof(struct compress, axis), "0", NULL, 0 },
    { "flat", NULL, ATTR_BOOL, offsetof(struct compress, flat), "False", NULL, 0 },
    { 0 }
};

static struct tensor *expand_compress(struct graph *g, struct op *op)
{
    const struct compress *p = op->attr;
    struct tensor *x = op->in[0];
    int axis = 0;
    if (!known(g, op, 1)
        || (p->flat ? !(x = op_make(g, op, "View", "shape=(-1,)", &x, 1))
                    : !axis_of(g, op, p->axis, x->shape.rank, &axis)))
        return NULL;
    double *v = tensor_values(op->in[1]);
    const int64_t given = shape_count(&op->in[1]->shape),
                  most = given < x->shape.dim[axis] ? given : x->shape.dim[axis];
    int64_t count = 0;
    for (int64_t i = 0; i < most; i++)
        count += v[i] < 0 || v[i] > 0;
    struct tensor *t = index_constant(g, op, "chosen", shape_of(1, count));
    for (int64_t i = 0, k = 0; i < most; i++)
        if (v[i] < 0 || v[i] > 0)
            ((int64_t *)t->data)[k++] = i;
    free(v);
    struct tensor *const in[2] = { x, t };
    return op_make(g, op, "Gather", arena_printf(g->ctx->arena, "axis=%d", axis), in, 2);
}

static bool import_compress(struct graph *g, struct onnx_node *n)
{
    if (!onnx_input(n, 0) || !onnx_input(n, 1))
        return onnx_error(g, n, "it needs an input and a condition");
    const bool flat = !onnx_find(n, "axis");
    return onnx_make(
        g, n, "Compress",
        arena_printf(g->ctx->arena, "axis=%lld flat=%d", (long long)onnx_int(n, "axis", 0), flat),
        n->in, 2);
}

static const struct sample compress_samples[] = { { "3x4 bool[4]@0:1!", "axis=2" },
                                                  { "3x4 bool[9]@0:1!", "flat=True" },
                                                  { NULL, NULL } };

const struct opdef compress = {
    .name = "Compress",
    .onnx = "Compress",
    .import = import_compress,
    .keras_base = "compress",
    .brief = "slices chosen by marks that are known at compile time",
    .attrs = compress_attrs,
    .attr_size = sizeof(struct compress),
    .min_inputs = 2,
    .max_inputs = 2,
    .types = ALL_TYPES,
    .samples = compress_samples,
    .expand = expand_compress,
    .functions = "boolean_mask(tensor, mask, axis)",
};

/* ---- Unique ---------------------------------------------------------------------------------- */

struct unique {
    int axis;
    bool flat, sorted;
};

static const struct attr unique_attrs[] = {
    { "axis", NULL, ATTR_INT, offsetof(struct unique, axis), "0", NULL, 0 },
    { "flat", NULL, ATTR_BOOL, offsetof(struct unique, flat), "True", NULL, 0 },
    { "sorted", NULL, ATTR_BOOL, offsetof(struct unique, sorted), "True", NULL, 0 },
    { 0 }
};

/* A tensor as slices along an axis: slice k, value j lies at v[(j / inner * count + k) * inner + j
 * % inner]. */
struct slices {
    const double *v;
    int64_t count, inner, size;
};

static double slice_value(const struct slices *s, int64_t k, int64_t j)
{
    return s->v[(j / s->inner * s->count + k) * s->inner + j % s->inner];
}

static int compare(const struct slices *s, int64_t a, int64_t b)
{
    for (int64_t j = 0; j < s->size; j++) {
        const double x = slice_value(s, a, j), y = slice_value(s, b, j);
        if (x < y || x > y)
            return x < y ? -1 : 1;
    }
    return 0;
}

/* The first of each set of equal slices, in order of appearance or sorted. Returns their number. */
static int64_t find_unique(const struct slices *s, bool sorted, int64_t *first)
{
    int64_t n = 0;
    for (int64_t k = 0; k < s->count; k++) {
        int64_t at = 0;
        bool seen = false;
        for (int64_t i = 0; i < n && !seen; i++)
            seen = compare(s, first[i], k) == 0;
        if (seen)
            continue;
        for (at = n; sorted && at > 0 && compare(s, first[at - 1], k) > 0; at--)
            first[at] = first[at - 1];
        first[at] = k;
        n++;
    }
    return n;
}

static struct tensor *expand_unique(struct graph *g, struct op *op)
{
    const struct unique *p = op->attr;
    struct tensor *x = op->in[0];
    int axis = 0;
    if (!known(g, op, 0)
        || (p->flat ? !(x = op_make(g, op, "View", "shape=(-1,)", &x, 1))
                    : !axis_of(g, op, p->axis, x->shape.rank, &axis)))
        return NULL;
    double *v = tensor_values(x);
    struct slices s = { v, x->shape.dim[axis], 1, 1 };
    for (int d = 0; d < x->shape.rank; d++) {
        s.inner *= d > axis ? x->shape.dim[d] : 1;
        s.size *= d != axis ? x->shape.dim[d] : 1;
    }
    int64_t *first = NEW_ARRAY(g->ctx->arena, int64_t, s.count + 1);
    const int64_t n = find_unique(&s, p->sorted, first);
    struct tensor *places = index_constant(g, op, "first", shape_of(1, n)),
                  *inverse = index_constant(g, op, "inverse", shape_of(1, s.count));
    struct tensor *counts = index_constant(g, op, "counts", shape_of(1, n));
    memcpy(places->data, first, (size_t)n * sizeof *first);
    for (int64_t k = 0; k < s.count; k++)
        for (int64_t i = 0; i < n; i++)
            if (compare(&s, first[i], k) == 0) {
                ((int64_t *)inverse->data)[k] = i;
                ((int64_t *)counts->data)[i]++;
            }
    free(v);
    struct tensor *const in[2] = { x, places };
    op->nouts = 4;
    op->outs = NEW_ARRAY(g->ctx->arena, struct tensor *, 4);
    op->outs[0] = op_make(g, op, "Gather", arena_printf(g->ctx->arena, "axis=%d", axis), in, 2);
    op->outs[1] = places;
    op->outs[2] = inverse;
    op->outs[3] = counts;
    return op->outs[0];
}

static bool import_unique(struct graph *g, struct onnx_node *n)
{
    if (!onnx_input(n, 0))
        return onnx_error(g, n, "it has no input");
    const bool flat = !onnx_find(n, "axis");
    void *attr = attr_defaults(g->ctx, op_find("Unique"));
    int count;
    if (!attr_parse(g->ctx, op_find("Unique"), attr,
                    arena_printf(g->ctx->arena, "axis=%lld flat=%d sorted=%lld",
                                 (long long)onnx_int(n, "axis", 0), flat,
                                 (long long)onnx_int(n, "sorted", 1))))
        return false;
    struct tensor **outs = op_make_all(g, n->from, op_find("Unique"), attr, n->in, 1, &count);
    for (int i = 0; outs && i < n->nout && i < count; i++)
        n->out[i] = outs[i];
    return outs != NULL;
}

static const struct sample unique_samples[] = { { "int64[9]@-2:2!", "" },
                                                { "int64[4x2]@0:1!",
                                                  "flat=False axis=0 sorted=False" },
                                                { NULL, NULL } };

const struct opdef unique = {
    .name = "Unique",
    .onnx = "Unique",
    .import = import_unique,
    .keras_base = "unique",
    .brief = "different values, known at compile time",
    .attrs = unique_attrs,
    .attr_size = sizeof(struct unique),
    .min_inputs = 1,
    .max_inputs = 1,
    .types = ALL_TYPES,
    .samples = unique_samples,
    .expand = expand_unique,
};
