/* expand.c - values repeated: along axes of 1 as NumPy broadcasts (Expand), whole (Tile,
 * RepeatVector), one by one (Repeat). */
#include "ops/moves.h"
#include "ops/onnx.h"

struct expand {
    struct int_list shape;
};

static const struct attr attrs[] = {
    { "shape", NULL, ATTR_LIST, offsetof(struct expand, shape), NULL, NULL, 0 }, { 0 }
};

/* The input's shape and the one given repeat each other's axes of 1; -1: as in the input. */
static bool shape(struct graph *g, struct op *op)
{
    struct expand *p = op->attr;
    const struct shape *s = &op->in[0]->shape;
    const int n = s->rank > p->shape.count ? s->rank : p->shape.count;
    if (n > MAX_RANK)
        return op_error(g, op, "has more than %d dimensions", MAX_RANK);
    int64_t *dims = NEW_ARRAY(g->ctx->arena, int64_t, n + 1);
    for (int d = 0; d < n; d++) {
        const int a = d - (n - s->rank), b = d - (n - p->shape.count);
        const int64_t x = a >= 0 ? s->dim[a] : 1,
                      y = b < 0 || p->shape.item[b] == -1 ? x : p->shape.item[b];
        if (x != y && x != 1 && y != 1)
            return op_error(g, op, "cannot repeat %lld values to %lld", (long long)x, (long long)y);
        dims[d] = op->out->shape.dim[d] = x == 1 ? y : x;
    }
    op->out->shape.rank = n;
    p->shape = (struct int_list){ n, dims };
    return true;
}

static void eval(const struct op *op, const double *const *in, double *out)
{
    int64_t stride[MAX_RANK];
    broadcast_strides(&op->in[0]->shape, &op->out->shape, stride);
    for (int64_t i = 0; i < shape_count(&op->out->shape); i++) {
        int64_t rest = i, from = 0;
        for (int d = op->out->shape.rank - 1; d >= 0; d--) {
            from += rest % op->out->shape.dim[d] * stride[d];
            rest /= op->out->shape.dim[d];
        }
        out[i] = in[0][from];
    }
}

static bool take_transpose(struct graph *g, struct op *op, const int *perm, int *result)
{
    struct expand *p = op->attr;
    const int n = op->out->shape.rank;
    int64_t *dims = NEW_ARRAY(g->ctx->arena, int64_t, n + 1);
    if (op->in[0]->shape.rank != n)
        return false;
    for (int d = 0; d < n; d++) {
        dims[perm[d]] = p->shape.item[d];
        result[d] = perm[d];
    }
    p->shape.item = dims;
    return true;
}

static bool simplify(struct graph *g, struct op *op)
{
    if (!shape_equal(&op->in[0]->shape, &op->out->shape))
        return false;
    graph_replace(g, op->out, op->in[0]);
    op->dead = true;
    return true;
}

static struct move move_of(const struct op *op)
{
    int64_t from[MAX_RANK], to[MAX_RANK];
    struct move m = { .rank = 0 };
    broadcast_strides(&op->in[0]->shape, &op->out->shape, from);
    plain_strides(&op->out->shape, to);
    for (int d = 0; d < op->out->shape.rank; d++)
        move_axis(&m, op->out->shape.dim[d], from[d], to[d]);
    return m;
}

static bool import(struct graph *g, struct onnx_node *n)
{
    struct int_list to;
    if (!onnx_input(n, 0) || !onnx_const_ints(g, n, 1, &to) || to.count < 0)
        return onnx_input(n, 0) && to.count >= 0 ? false
                                                 : onnx_error(g, n, "it has no input or no shape");
    return onnx_make(g, n, "Expand",
                     arena_printf(g->ctx->arena, "shape=%s", axes_text(g->ctx->arena, &to)), n->in,
                     1);
}

#include "templates/expand.inc"

static const struct sample samples[] = { { "1x4x1", "shape=(1,3,4,5)" },
                                         { "3", "shape=(2,1,3)" },
                                         { "int64[2x1x3]", "shape=(2,4,1)" },
                                         { NULL, NULL } };

static const char *to_onnx(struct graph *g, const struct op *op)
{
    const struct shape *s = &op->out->shape;
    const char *list = "";
    for (int i = 0; i < s->rank; i++)
        list = arena_printf(g->ctx->arena, "%s%lld,", list, (long long)s->dim[i]);
    return arena_printf(g->ctx->arena, "Expand(a, [%s])", list);
}

const struct opdef expand = {
    .name = "Expand",
    .onnx = "Expand",
    .import = import,
    .keras_base = "broadcast_to",
    .brief = "values repeated along axes of one",
    .attrs = attrs,
    .attr_size = sizeof(struct expand),
    .min_inputs = 1,
    .max_inputs = 1,
    .types = ALL_TYPES,
    .samples = samples,
    .shape = shape,
    .eval = eval,
    .take_transpose = take_transpose,
    .simplify = simplify,
    .emit = emit,
    .functions = "broadcast_to(x|input|array, shape)",
    .to_onnx_for = to_onnx,
};

/* ---- Tile, Repeat: an axis of 1 before or behind each axis is expanded and joined with it ---- */

static struct tensor *repeated(struct graph *g, struct op *op, struct tensor *x, int axis,
                               int64_t count, bool each)
{
    struct arena *a = g->ctx->arena;
    const char *apart = "", *many = "", *joined = "";
    for (int d = 0; d < x->shape.rank; d++) {
        const long long n = (long long)x->shape.dim[d];
        if (d != axis) {
            apart = arena_printf(a, "%s%lld,", apart, n);
            many = arena_printf(a, "%s%lld,", many, n);
            joined = arena_printf(a, "%s%lld,", joined, n);
            continue;
        }
        apart = arena_printf(a, each ? "%s%lld,1," : "%s1,%lld,", apart, n);
        many = each ? arena_printf(a, "%s%lld,%lld,", many, n, (long long)count)
                    : arena_printf(a, "%s%lld,%lld,", many, (long long)count, n);
        joined = arena_printf(a, "%s%lld,", joined, n * (long long)count);
    }
    if (count == 1)
        return x;
    x = op_make(g, op, "View", arena_printf(a, "shape=(%s)", apart), &x, 1);
    x = x ? op_make(g, op, "Expand", arena_printf(a, "shape=(%s)", many), &x, 1) : NULL;
    return x ? op_make(g, op, "View", arena_printf(a, "shape=(%s)", joined), &x, 1) : NULL;
}

struct tile {
    struct int_list repeats;
};

static const struct attr tile_attrs[] = {
    { "repeats", NULL, ATTR_LIST, offsetof(struct tile, repeats), NULL, NULL, 0 }, { 0 }
};

static struct tensor *expand_tile(struct graph *g, struct op *op)
{
    const struct int_list *l = &((const struct tile *)op->attr)->repeats;
    struct tensor *x = op->in[0];
    const int missing = l->count - x->shape.rank;
    if (missing > 0) {
        struct shape s = { .rank = l->count };
        if (s.rank > MAX_RANK)
            return op_error(g, op, "has more than %d dimensions", MAX_RANK), NULL;
        for (int d = 0; d < s.rank; d++)
            s.dim[d] = d < missing ? 1 : x->shape.dim[d - missing];
        x = op_make(g, op, "View",
                    arena_printf(g->ctx->arena, "shape=%s", dims_text(g->ctx->arena, &s)), &x, 1);
    }
    for (int i = 0; i < l->count && x; i++) {
        if (l->item[i] < 0 || l->item[i] > MAX_DIM)
            return op_error(g, op, "cannot repeat %lld times", (long long)l->item[i]), NULL;
        x = repeated(g, op, x, x->shape.rank - l->count + i, l->item[i], false);
    }
    return x;
}

/* Up to opset 5: the number of tiles along one axis. */
static bool import_tile(struct graph *g, struct onnx_node *n)
{
    struct int_list repeats, axis;
    struct tensor *x = onnx_input(n, 0);
    if (!x || !onnx_const_ints(g, n, 1, &repeats) || repeats.count < 0
        || !onnx_const_ints(g, n, 2, &axis))
        return x ? false : onnx_error(g, n, "it has no input");
    if (axis.count == 1 && repeats.count == 1) {
        struct tensor *t = axis.item[0] >= 0 && axis.item[0] < x->shape.rank
                               ? repeated(g, n->from, x, (int)axis.item[0], repeats.item[0], false)
                               : NULL;
        n->out[0] = t;
        return t || onnx_error(g, n, "there is no axis %lld", (long long)axis.item[0]);
    }
    return onnx_make(g, n, "Tile",
                     arena_printf(g->ctx->arena, "repeats=%s", axes_text(g->ctx->arena, &repeats)),
                     &x, 1);
}

static const struct sample tile_samples[] = { { "3x2", "repeats=(1,2,3)" },
                                              { "3", "repeats=(2,1,2)" },
                                              { NULL, NULL } };

const struct opdef tile = {
    .name = "Tile",
    .onnx = "Tile",
    .import = import_tile,
    .keras_base = "tile",
    .brief = "a tensor repeated along its axes",
    .attrs = tile_attrs,
    .attr_size = sizeof(struct tile),
    .min_inputs = 1,
    .max_inputs = 1,
    .types = ALL_TYPES,
    .samples = tile_samples,
    .expand = expand_tile,
    .functions = "tile(x|input|A, repeats|multiples|n|reps:repeats)",
};

struct repeat {
    int repeats, axis;
};

static const struct attr repeat_attrs[] = {
    { "repeats", NULL, ATTR_INT, offsetof(struct repeat, repeats), NULL, NULL, 0 },
    { "axis", NULL, ATTR_INT, offsetof(struct repeat, axis), "0", NULL, 0 },
    { 0 }
};

static struct tensor *expand_repeat(struct graph *g, struct op *op)
{
    const struct repeat *p = op->attr;
    int axis;
    if (!axis_of(g, op, p->axis, op->in[0]->shape.rank, &axis)
        || !positive(g, op, "'repeats'", &p->repeats, 1))
        return NULL;
    return repeated(g, op, op->in[0], axis, p->repeats, true);
}

static const struct sample repeat_samples[] = { { "3x2", "repeats=3 axis=1" },
                                                { "3x2", "repeats=2 axis=-1" },
                                                { NULL, NULL } };

const struct opdef repeat = {
    .name = "Repeat",
    .keras_base = "repeat",
    .brief = "every value several times",
    .attrs = repeat_attrs,
    .attr_size = sizeof(struct repeat),
    .min_inputs = 1,
    .max_inputs = 1,
    .types = ALL_TYPES,
    .samples = repeat_samples,
    .expand = expand_repeat,
    .functions = "repeat(x|input|a, repeats, axis); repeat_elements(x, rep:repeats, axis)",
};

struct repeat_vector {
    int n;
};

static const struct attr vector_attrs[] = {
    { "n", NULL, ATTR_INT, offsetof(struct repeat_vector, n), NULL, NULL, 0 }, { 0 }
};

static struct tensor *expand_vector(struct graph *g, struct op *op)
{
    const struct repeat_vector *p = op->attr;
    if (!needs_rank(g, op, 2, "a vector") || !positive(g, op, "'n'", &p->n, 1))
        return NULL;
    struct tensor *t = op_make(g, op, "ExpandDims", "axis=1", op->in, 1);
    return t ? repeated(g, op, t, 1, p->n, true) : NULL;
}

static const struct sample vector_samples[] = { { "7", "n=3" }, { NULL, NULL } };

const struct opdef repeat_vector = {
    .name = "RepeatVector",
    .keras_base = "repeat_vector",
    .brief = "a vector several times, as a sequence",
    .attrs = vector_attrs,
    .attr_size = sizeof(struct repeat_vector),
    .min_inputs = 1,
    .max_inputs = 1,
    .types = ALL_TYPES,
    .samples = vector_samples,
    .expand = expand_vector,
    .functions = "K.repeat(x, n)",
};
