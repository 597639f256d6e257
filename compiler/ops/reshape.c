/* reshape.c - the same values under another shape: Reshape, Flatten and Keras', ONNX' and NumPy's
 * other ways to say so. */
#include "ops/moves.h"
#include "ops/onnx.h"

struct new_shape {
    struct int_list shape;
};

static const struct attr view_attrs[] = {
    { "shape", NULL, ATTR_LIST, offsetof(struct new_shape, shape), NULL, NULL, 0 }, { 0 }
};

/* Sets `to` of `dims`, one of which may be -1, to hold n values. */
static bool complete(struct graph *g, struct op *op, const struct int_list *dims, int64_t n,
                     struct shape *to)
{
    int64_t known = 1;
    int open = -1;
    if (to->rank + dims->count > MAX_RANK)
        return op_error(g, op, "has more than %d dimensions", MAX_RANK);
    for (int i = 0; i < dims->count; i++) {
        const int64_t d = dims->item[i];
        to->dim[to->rank + i] = d;
        if (d == -1 && open < 0)
            open = to->rank + i;
        else if (d < 0 || !mul_checked(known, d, &known))
            return op_error(g, op, "a dimension of %lld; one may be -1, the others are sizes",
                            (long long)d);
    }
    to->rank += dims->count;
    if (open >= 0)
        to->dim[open] = known ? n / known : 0;
    if ((open >= 0 ? to->dim[open] * known : known) != n)
        return op_error(g, op, "cannot make %s of %s: the numbers of values differ",
                        shape_text(g->ctx->arena, to),
                        shape_text(g->ctx->arena, &op->in[0]->shape));
    return true;
}

static bool view_shape(struct graph *g, struct op *op)
{
    struct shape s = { 0 };
    if (!complete(g, op, &((const struct new_shape *)op->attr)->shape,
                  shape_count(&op->in[0]->shape), &s))
        return false;
    op->out->shape = s;
    return true;
}

/* A shape that is there already; a view of a view. */
static bool simplify(struct graph *g, struct op *op)
{
    struct op *before = op->in[0]->producer;
    if (shape_equal(&op->out->shape, &op->in[0]->shape)) {
        graph_replace(g, op->out, op->in[0]);
        op->dead = true;
        return true;
    }
    if (!before || !before->def->is_view || before->dead || before->in[0]->type != op->out->type)
        return false;
    op->in[0] = before->in[0];
    return true;
}

/* 0: the dimension as it is in the input, unless `allowzero` says that it is meant. */
static bool import_reshape(struct graph *g, struct onnx_node *n)
{
    struct tensor *x = onnx_input(n, 0);
    struct int_list to;
    if (!x || !onnx_ints_either(g, n, "shape", 1, &to) || to.count < 0)
        return x && to.count >= 0 ? false : onnx_error(g, n, "it has no input or no shape");
    onnx_find(n, "consumed_inputs");
    for (int i = 0; i < to.count && !onnx_int(n, "allowzero", 0); i++)
        if (to.item[i] == 0 && i < x->shape.rank)
            to.item[i] = x->shape.dim[i];
    return onnx_make(g, n, "View",
                     arena_printf(g->ctx->arena, "shape=%s", axes_text(g->ctx->arena, &to)), &x, 1);
}

static const struct sample view_samples[] = { { "4x6x2", "shape=(2,-1,3)" }, { NULL, NULL } };

const struct opdef view = {
    .name = "View",
    .onnx = "Reshape",
    .import = import_reshape,
    .keras_base = "reshape",
    .brief = "the same values under another shape, the batch's size included",
    .attrs = view_attrs,
    .attr_size = sizeof(struct new_shape),
    .min_inputs = 1,
    .max_inputs = 1,
    .types = ALL_TYPES,
    .samples = view_samples,
    .shape = view_shape,
    .simplify = simplify,
    .is_view = true,
    .functions = "ravel(x) shape=(-1,); reshape(x|tensor|a, newshape|shape|new_shape:shape)",
};

static struct tensor *as(struct graph *g, struct op *op, const struct shape *s)
{
    return op_make(g, op, "View",
                   arena_printf(g->ctx->arena, "shape=%s", dims_text(g->ctx->arena, s)), op->in, 1);
}

/* ---- Keras' layers: the batch stays ---------------------------------------------------------- */

struct reshape {
    struct int_list target_shape;
};

static const struct attr attrs[] = { { "target_shape", NULL, ATTR_LIST,
                                       offsetof(struct reshape, target_shape), NULL, NULL, 0 },
                                     { 0 } };

static struct tensor *expand_reshape(struct graph *g, struct op *op)
{
    const struct int_list *to = &((const struct reshape *)op->attr)->target_shape;
    const struct shape *s = &op->in[0]->shape;
    struct shape r = { .rank = 1, .dim = { s->rank ? s->dim[0] : 1 } };
    for (int i = 0; i < to->count; i++)
        if (to->item[i] == 0)
            return op_error(g, op, "'target_shape' holds 0"), NULL;
    return complete(g, op, to, r.dim[0] ? shape_count(s) / r.dim[0] : 0, &r) ? as(g, op, &r) : NULL;
}

static struct tensor *expand_flatten(struct graph *g, struct op *op)
{
    const struct shape *s = &op->in[0]->shape;
    const int64_t batch = s->rank ? s->dim[0] : 1;
    const struct shape r = shape_of(2, batch, batch ? shape_count(s) / batch : 0);
    return as(g, op, &r);
}

static const struct sample samples[] = { { "4x6x2", "target_shape=(8,-1)" }, { NULL, NULL } };

const struct opdef reshape = {
    .name = "Reshape",
    .keras_base = "reshape",
    .brief = "the same values under another shape",
    .attrs = attrs,
    .attr_size = sizeof(struct reshape),
    .min_inputs = 1,
    .max_inputs = 1,
    .types = ALL_TYPES,
    .samples = samples,
    .expand = expand_reshape,
};

/* Two axes: the product of those before `axis`, and of the others. */
static bool import_flatten(struct graph *g, struct onnx_node *n)
{
    struct tensor *x = onnx_input(n, 0);
    const int r = x ? x->shape.rank : 0;
    const int64_t given = onnx_int(n, "axis", 1), axis = given < 0 ? given + r : given;
    int64_t outer = 1, inner = 1;
    if (!x || axis < 0 || axis > r)
        return onnx_error(g, n, "there is no axis %lld", (long long)given);
    for (int d = 0; d < r; d++)
        *(d < axis ? &outer : &inner) *= x->shape.dim[d];
    return onnx_make(
        g, n, "View",
        arena_printf(g->ctx->arena, "shape=(%lld,%lld)", (long long)outer, (long long)inner), &x,
        1);
}

static const struct attr flatten_attrs[] = {
    { "data_format", NULL, ATTR_IGNORED, 0, "None", NULL, 0 }, { 0 }
};
static const struct sample flatten_samples[] = { { "4x6x2", "" }, { NULL, NULL } };

const struct opdef flatten = {
    .name = "Flatten",
    .onnx = "Flatten",
    .import = import_flatten,
    .keras_base = "flatten",
    .brief = "all values as one vector",
    .attrs = flatten_attrs,
    .attr_size = 1,
    .min_inputs = 1,
    .max_inputs = 1,
    .has_data_format = true,
    .types = ALL_TYPES,
    .samples = flatten_samples,
    .expand = expand_flatten,
    .functions = "batch_flatten layers.flatten(x|inputs)",
};

/* ---- axes of 1 come and go ------------------------------------------------------------------- */

struct axes {
    struct int_list axis;
};

static const struct attr axes_attrs[] = {
    { "axis", "axes", ATTR_LIST, offsetof(struct axes, axis), "None", NULL, 0 }, { 0 }
};

static struct tensor *expand_squeeze(struct graph *g, struct op *op)
{
    const struct int_list *axes = &((const struct axes *)op->attr)->axis;
    const struct shape *s = &op->in[0]->shape;
    bool drop[MAX_RANK] = { 0 };
    struct shape r = { 0 };
    for (int i = 0; i < axes->count; i++) {
        int d;
        if (!axis_of(g, op, axes->item[i], s->rank, &d))
            return NULL;
        if (s->dim[d] != 1)
            return op_error(g, op, "axis %d has %lld values, only an axis of one can go", d,
                            (long long)s->dim[d]),
                   NULL;
        drop[d] = true;
    }
    for (int d = 0; d < s->rank; d++)
        if (axes->count ? !drop[d] : s->dim[d] != 1)
            r.dim[r.rank++] = s->dim[d];
    return as(g, op, &r);
}

static struct tensor *expand_dims(struct graph *g, struct op *op)
{
    const struct int_list *axes = &((const struct axes *)op->attr)->axis;
    const struct shape *s = &op->in[0]->shape;
    bool new[MAX_RANK] = { 0 };
    struct shape r = { .rank = s->rank + axes->count };
    if (r.rank > MAX_RANK)
        return op_error(g, op, "has more than %d dimensions", MAX_RANK), NULL;
    for (int i = 0; i < axes->count; i++) {
        int d;
        if (!axis_of(g, op, axes->item[i], r.rank, &d))
            return NULL;
        if (new[d])
            return op_error(g, op, "axis %d is given twice", d), NULL;
        new[d] = true;
    }
    for (int d = 0, k = 0; d < r.rank; d++)
        r.dim[d] = new[d] ? 1 : s->dim[k++];
    return as(g, op, &r);
}

/* Axes are an attribute up to opset 12, then an input. */
static bool import_axes(struct graph *g, struct onnx_node *n)
{
    struct tensor *x = onnx_input(n, 0);
    struct int_list axes;
    if (!x || !onnx_ints_either(g, n, "axes", 1, &axes))
        return x ? false : onnx_error(g, n, "it has no input");
    const bool squeezes = n->op_type[0] == 'S';
    if (axes.count < 0 && !squeezes)
        return onnx_error(g, n, "it has no axes");
    return onnx_make(g, n, squeezes ? "Squeeze" : "ExpandDims",
                     axes.count < 0
                         ? "axis=None"
                         : arena_printf(g->ctx->arena, "axis=%s", axes_text(g->ctx->arena, &axes)),
                     &x, 1);
}

static const struct sample squeeze_samples[] = { { "1x6x1", "axis=(0,1)" }, { NULL, NULL } };
static const struct sample expand_samples[] = { { "4x6", "axis=-1" }, { NULL, NULL } };

const struct opdef squeeze = {
    .name = "Squeeze",
    .onnx = "Squeeze",
    .import = import_axes,
    .keras_base = "squeeze",
    .brief = "axes of one value go",
    .attrs = axes_attrs,
    .attr_size = sizeof(struct axes),
    .min_inputs = 1,
    .max_inputs = 1,
    .types = ALL_TYPES,
    .samples = squeeze_samples,
    .expand = expand_squeeze,
    .functions = "squeeze(x|input|a, axis|squeeze_dims:axis=None)",
};
const struct opdef unsqueeze = {
    .name = "ExpandDims",
    .onnx = "Unsqueeze",
    .import = import_axes,
    .keras_base = "expand_dims",
    .brief = "new axes of one value",
    .attrs = axes_attrs,
    .attr_size = sizeof(struct axes),
    .min_inputs = 1,
    .max_inputs = 1,
    .types = ALL_TYPES,
    .samples = expand_samples,
    .expand = expand_dims,
    .functions = "expand_dims(x|input|a, axis|dim:axis=-1)",
};
