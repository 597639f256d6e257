/* split.c - a tensor cut in pieces along an axis, each a Slice; unstack, whose pieces lose the
 * axis; stack, the other way round. */
#include "ops/moves.h"
#include "ops/onnx.h"

/* Values [from, from + size) of an axis. */
static struct tensor *piece(struct graph *g, struct op *op, struct tensor *x, int axis,
                            int64_t from, int64_t size)
{
    struct arena *a = g->ctx->arena;
    const char *begin = "", *sizes = "";
    for (int d = 0; d < x->shape.rank; d++) {
        begin = arena_printf(a, "%s%lld,", begin, (long long)(d == axis ? from : 0));
        sizes = arena_printf(a, "%s%lld,", sizes, (long long)(d == axis ? size : x->shape.dim[d]));
    }
    return op_make(g, op, "Slice", arena_printf(a, "begin=(%s) size=(%s)", begin, sizes), &x, 1);
}

/* Fills the op's results; sizes must add up to the axis' size. */
static bool cut(struct graph *g, struct op *op, int axis, const int64_t *sizes, int count)
{
    int64_t sum = 0;
    op->nouts = count;
    op->outs = NEW_ARRAY(g->ctx->arena, struct tensor *, count + 1);
    for (int i = 0; i < count; i++)
        sum += sizes[i] < 0 ? MAX_DIM : sizes[i];
    if (sum != op->in[0]->shape.dim[axis] || !count)
        return op_error(g, op, "the pieces do not add up to the %lld values of axis %d",
                        (long long)op->in[0]->shape.dim[axis], axis);
    int64_t at = 0;
    for (int i = 0; i < count; i++) {
        if (!(op->outs[i] = piece(g, op, op->in[0], axis, at, sizes[i])))
            return false;
        at += sizes[i];
    }
    return true;
}

/* ---- split ----------------------------------------------------------------------------------- */

struct split {
    struct int_list sections, sizes;
    int axis;
};

static const struct attr attrs[] = {
    /* number of equal pieces, or where they end */
    { "sections", NULL, ATTR_LIST, offsetof(struct split, sections), "None", NULL, 0 },
    /* number of equal pieces, or their sizes */
    { "sizes", NULL, ATTR_LIST, offsetof(struct split, sizes), "None", NULL, 0 },
    { "axis", NULL, ATTR_INT, offsetof(struct split, axis), "0", NULL, 0 },
    { 0 }
};

static bool equal_pieces(struct graph *g, struct op *op, int64_t count, int64_t n, int64_t *sizes)
{
    if (count < 1 || count > n || n % count)
        return op_error(g, op, "cannot cut %lld values in %lld equal pieces", (long long)n,
                        (long long)count);
    for (int64_t i = 0; i < count; i++)
        sizes[i] = n / count;
    return true;
}

static struct tensor *expand(struct graph *g, struct op *op)
{
    const struct split *p = op->attr;
    const bool by_size = p->sizes.count > 0;
    const struct int_list *l = by_size ? &p->sizes : &p->sections;
    int axis, count = l->count;
    if (!axis_of(g, op, p->axis, op->in[0]->shape.rank, &axis))
        return NULL;
    const int64_t n = op->in[0]->shape.dim[axis];
    if (!count)
        return op_error(g, op, "the number of pieces is not given"), NULL;
    const bool equal = count == 1;
    count = equal ? (int)l->item[0] : by_size ? count : count + 1;
    if (count < 1 || count > n + 1)
        return op_error(g, op, "cannot cut %lld values in %d pieces", (long long)n, count), NULL;
    int64_t *sizes = NEW_ARRAY(g->ctx->arena, int64_t, count), known = 0;
    int open = -1;
    if (equal && !equal_pieces(g, op, count, n, sizes))
        return NULL;
    for (int i = 0; i < count && !equal; i++) {
        const int64_t before = i ? l->item[i - 1] : 0, end = i < l->count ? l->item[i] : n;
        sizes[i] = by_size ? l->item[i] : end - before;
        open = sizes[i] == -1 && by_size ? i : open;
        known += sizes[i];
    }
    if (open >= 0)
        sizes[open] = n - known - 1;
    return cut(g, op, axis, sizes, count) ? op->outs[0] : NULL;
}

/* Sizes as an attribute, then an input; else equal pieces, the last of which may be smaller. */
static bool import(struct graph *g, struct onnx_node *n)
{
    struct tensor *x = onnx_input(n, 0);
    struct int_list sizes;
    if (!x || !onnx_ints_either(g, n, "split", 1, &sizes))
        return x ? false : onnx_error(g, n, "it has no input");
    const int64_t given = onnx_int(n, "axis", 0), axis = given < 0 ? given + x->shape.rank : given,
                  pieces = onnx_int(n, "num_outputs", n->nout);
    if (axis < 0 || axis >= x->shape.rank || pieces < 1)
        return onnx_error(g, n, "there is no axis %lld", (long long)given);
    const int64_t size = x->shape.dim[axis], each = (size + pieces - 1) / pieces;
    int64_t at = 0;
    if (sizes.count >= 0 && sizes.count < n->nout)
        return onnx_error(g, n, "it has %d outputs, but %d sizes", n->nout, sizes.count);
    for (int i = 0; i < n->nout; i++) {
        const int64_t here = sizes.count >= 0 ? sizes.item[i] : size - at < each ? size - at : each;
        if (here < 0 || at + here > size)
            return onnx_error(g, n, "the pieces are larger than the %lld values of axis %lld",
                              (long long)size, (long long)axis);
        if (n->wanted[i] && !(n->out[i] = piece(g, n->from, x, (int)axis, at, here)))
            return false;
        at += here;
    }
    return at == size
           || onnx_error(g, n, "the pieces do not add up to the %lld values of axis %lld",
                         (long long)size, (long long)axis);
}

static const struct sample samples[] = { { "4x6", "sections=3 axis=2" },
                                         { "4x7", "sections=(2,3) axis=-1" },
                                         { "4x7", "sizes=(2,-1,1) axis=2" },
                                         { NULL, NULL } };

const struct opdef split = {
    .name = "Split",
    .onnx = "Split",
    .keras_base = "split",
    .brief = "pieces of a tensor along an axis",
    .attrs = attrs,
    .attr_size = sizeof(struct split),
    .min_inputs = 1,
    .max_inputs = 1,
    .types = ALL_TYPES,
    .samples = samples,
    .expand = expand,
    .import = import,
    .functions = "tf.split(value, num_or_size_splits:sizes, axis=0); split array_split(x|ary, "
                 "indices_or_sections:sections, axis=0)",
};

/* ---- unstack, stack -------------------------------------------------------------------------- */

struct stack {
    int num, axis;
};

static const struct attr stack_attrs[] = {
    { "axis", NULL, ATTR_INT, offsetof(struct stack, axis), "0", NULL, 0 },
    { "num", NULL, ATTR_INT, offsetof(struct stack, num), "0", NULL, 0 },
    { 0 }
};

static struct tensor *expand_unstack(struct graph *g, struct op *op)
{
    int axis;
    if (!axis_of(g, op, ((const struct stack *)op->attr)->axis, op->in[0]->shape.rank, &axis))
        return NULL;
    const int count = (int)op->in[0]->shape.dim[axis];
    int64_t *sizes = NEW_ARRAY(g->ctx->arena, int64_t, count + 1);
    for (int i = 0; i < count; i++)
        sizes[i] = 1;
    if (!cut(g, op, axis, sizes, count))
        return NULL;
    for (int i = 0; i < count; i++)
        op->outs[i] = op_make(g, op, "Squeeze", arena_printf(g->ctx->arena, "axis=%d", axis),
                              &op->outs[i], 1);
    return op->outs[0];
}

static struct tensor *expand_stack(struct graph *g, struct op *op)
{
    struct tensor **in = NEW_ARRAY(g->ctx->arena, struct tensor *, op->nin + 1);
    int axis;
    if (!axis_of(g, op, ((const struct stack *)op->attr)->axis, op->in[0]->shape.rank + 1, &axis))
        return NULL;
    for (int i = 0; i < op->nin; i++)
        if (!(in[i] = op_make(g, op, "ExpandDims", arena_printf(g->ctx->arena, "axis=%d", axis),
                              &op->in[i], 1)))
            return NULL;
    return op_make(g, op, "Concatenate", arena_printf(g->ctx->arena, "axis=%d", axis), in, op->nin);
}

static const struct sample unstack_samples[] = { { "3x4", "axis=1" }, { NULL, NULL } };
static const struct sample stack_samples[] = { { "3x4 3x4", "axis=1" },
                                               { "3x4 3x4 3x4", "axis=-1" },
                                               { NULL, NULL } };

const struct opdef unstack = {
    .name = "Unstack",
    .keras_base = "unstack",
    .brief = "the slices along an axis, one by one",
    .attrs = stack_attrs,
    .attr_size = sizeof(struct stack),
    .min_inputs = 1,
    .max_inputs = 1,
    .types = ALL_TYPES,
    .samples = unstack_samples,
    .expand = expand_unstack,
    .functions = "unstack(x|value, num=None, axis=0)",
};
const struct opdef stack = {
    .name = "Stack",
    .keras_base = "stack",
    .brief = "tensors along a new axis",
    .attrs = stack_attrs,
    .attr_size = sizeof(struct stack),
    .min_inputs = 1,
    .max_inputs = -1,
    .types = ALL_TYPES,
    .samples = stack_samples,
    .expand = expand_stack,
    .functions = "stack(*x|values|arrays, axis=0)",
};
