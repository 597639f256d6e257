/* axes.c - NumPy's and TensorFlow's other ways to transpose and to take: moveaxis, swapaxes, rot90,
 * take. */
#include "ops/moves.h"

static struct tensor *permuted(struct graph *g, struct op *op, const int *perm)
{
    int64_t item[MAX_RANK];
    for (int i = 0; i < op->in[0]->shape.rank; i++)
        item[i] = perm[i];
    const struct int_list l = { op->in[0]->shape.rank, item };
    return op_make(g, op, "Transpose",
                   arena_printf(g->ctx->arena, "perm=%s", axes_text(g->ctx->arena, &l)), op->in, 1);
}

/* ---- moveaxis, swapaxes ---------------------------------------------------------------------- */

struct move_axes {
    struct int_list source, destination;
};

static const struct attr move_attrs[] = {
    { "source", NULL, ATTR_LIST, offsetof(struct move_axes, source), NULL, NULL, 0 },
    { "destination", NULL, ATTR_LIST, offsetof(struct move_axes, destination), NULL, NULL, 0 },
    { 0 }
};

/* Axis source[i] becomes axis destination[i]; the others keep their order. */
static struct tensor *expand_move(struct graph *g, struct op *op)
{
    const struct move_axes *p = op->attr;
    const int rank = op->in[0]->shape.rank;
    int perm[MAX_RANK];
    bool moved[MAX_RANK] = { false };
    for (int i = 0; i < rank; i++)
        perm[i] = -1;
    if (p->source.count != p->destination.count)
        return op_error(g, op, "%d axes for %d places", p->source.count, p->destination.count),
               NULL;
    for (int i = 0; i < p->source.count; i++) {
        int from, to;
        if (!axis_of(g, op, p->source.item[i], rank, &from)
            || !axis_of(g, op, p->destination.item[i], rank, &to))
            return NULL;
        if (moved[from] || perm[to] >= 0)
            return op_error(g, op, "an axis or a place is given twice"), NULL;
        moved[from] = true;
        perm[to] = from;
    }
    for (int i = 0, next = 0; i < rank; i++) {
        if (perm[i] >= 0)
            continue;
        while (moved[next])
            next++;
        perm[i] = next++;
    }
    return permuted(g, op, perm);
}

static const struct sample move_samples[] = { { "3x4x5", "source=1 destination=-1" },
                                              { "3x4x5", "source=(1,2) destination=(3,1)" },
                                              { NULL, NULL } };

const struct opdef moveaxis = {
    .name = "MoveAxis",
    .keras_base = "moveaxis",
    .brief = "axes moved to other places",
    .attrs = move_attrs,
    .attr_size = sizeof(struct move_axes),
    .min_inputs = 1,
    .max_inputs = 1,
    .types = ALL_TYPES,
    .samples = move_samples,
    .expand = expand_move,
    .functions = "moveaxis(x|a, source, destination)",
};

struct two_axes {
    int axis1, axis2;
};

static const struct attr swap_attrs[] = {
    { "axis1", NULL, ATTR_INT, offsetof(struct two_axes, axis1), NULL, NULL, 0 },
    { "axis2", NULL, ATTR_INT, offsetof(struct two_axes, axis2), NULL, NULL, 0 },
    { 0 }
};

static struct tensor *expand_swap(struct graph *g, struct op *op)
{
    const struct two_axes *p = op->attr;
    const int rank = op->in[0]->shape.rank;
    int perm[MAX_RANK], a, b;
    if (!axis_of(g, op, p->axis1, rank, &a) || !axis_of(g, op, p->axis2, rank, &b))
        return NULL;
    for (int i = 0; i < rank; i++)
        perm[i] = i == a ? b : i == b ? a : i;
    return permuted(g, op, perm);
}

static const struct sample swap_samples[] = { { "3x4x5", "axis1=1 axis2=-1" }, { NULL, NULL } };

const struct opdef swapaxes = {
    .name = "SwapAxes",
    .keras_base = "swapaxes",
    .brief = "two axes in each other's place",
    .attrs = swap_attrs,
    .attr_size = sizeof(struct two_axes),
    .min_inputs = 1,
    .max_inputs = 1,
    .types = ALL_TYPES,
    .samples = swap_samples,
    .expand = expand_swap,
    .functions = "swapaxes(x|a, axis1, axis2)",
};

/* ---- rot90 ----------------------------------------------------------------------------------- */

struct rot90 {
    int k;
    struct int_list axes;
};

static const struct attr rot_attrs[] = {
    { "k", NULL, ATTR_INT, offsetof(struct rot90, k), "1", NULL, 0 },
    { "axes", NULL, ATTR_LIST, offsetof(struct rot90, axes), "(0,1)", NULL, 0 },
    { 0 }
};

/* A quarter turn from the first of the axes towards the second: flip along the second, then swap
 * them. */
static struct tensor *expand_rot90(struct graph *g, struct op *op)
{
    const struct rot90 *p = op->attr;
    struct tensor *x = op->in[0];
    int a, b;
    if (p->axes.count != 2 || !axis_of(g, op, p->axes.item[0], x->shape.rank, &a)
        || !axis_of(g, op, p->axes.item[1], x->shape.rank, &b))
        return p->axes.count == 2 ? NULL : (op_error(g, op, "needs two axes"), NULL);
    for (int i = 0; i < ((p->k % 4) + 4) % 4 && x; i++) {
        x = op_make(g, op, "Flip", arena_printf(g->ctx->arena, "axis=%d", b), &x, 1);
        x = x ? op_make(g, op, "SwapAxes", arena_printf(g->ctx->arena, "axis1=%d axis2=%d", a, b),
                        &x, 1)
              : NULL;
    }
    return x;
}

static const struct sample rot_samples[] = { { "3x4x2", "axes=(1,2)" },
                                             { "3x4x2", "k=3 axes=(1,2)" },
                                             { NULL, NULL } };

const struct opdef rot90 = {
    .name = "Rot90",
    .keras_base = "rot90",
    .brief = "quarter turns of two axes",
    .attrs = rot_attrs,
    .attr_size = sizeof(struct rot90),
    .min_inputs = 1,
    .max_inputs = 1,
    .types = ALL_TYPES,
    .samples = rot_samples,
    .expand = expand_rot90,
    .functions = "image.rot90(image, k) axes=(-3,-2); rot90(array|m|x, k, axes)",
};

/* ---- take ------------------------------------------------------------------------------------ */

struct take {
    int axis;
};

static const struct attr take_attrs[] = {
    /* without: of all values in a row */
    { "axis", NULL, ATTR_INT, offsetof(struct take, axis), "1000", NULL, 0 },
    { 0 }
};

static struct tensor *expand_take(struct graph *g, struct op *op)
{
    const int axis = ((const struct take *)op->attr)->axis;
    struct tensor *in[2] = { op->in[0], op->in[1] };
    if (axis == 1000)
        in[0] = op_make(g, op, "View", "shape=(-1,)", in, 1);
    return in[0] ? op_make(g, op, "Gather",
                           arena_printf(g->ctx->arena, "axis=%d", axis == 1000 ? 0 : axis), in, 2)
                 : NULL;
}

static const struct sample take_samples[] = { { "3x4 int64[5]@-3:2", "axis=2" },
                                              { "3x4 int32[2x3]@0:11", "" },
                                              { NULL, NULL } };

const struct opdef take = {
    .name = "Take",
    .keras_base = "take",
    .brief = "values at the places that an index tensor names",
    .attrs = take_attrs,
    .attr_size = sizeof(struct take),
    .min_inputs = 2,
    .max_inputs = 2,
    .types = ALL_TYPES,
    .samples = take_samples,
    .expand = expand_take,
    .functions = "take(x|a, indices, axis)",
};
