/* transpose.c - axes in another order: axis i of the result is axis perm[i] of the input. */
#include "ops/moves.h"

struct transpose {
    struct int_list perm;
};

static const struct attr attrs[] = {
    { "perm", "perm", ATTR_LIST, offsetof(struct transpose, perm), "None", NULL, 0 }, { 0 }
};

static bool shape(struct graph *g, struct op *op)
{
    struct int_list *perm = &((struct transpose *)op->attr)->perm;
    const struct shape *s = &op->in[0]->shape;
    bool seen[MAX_RANK] = { 0 };
    int64_t *axes = NEW_ARRAY(g->ctx->arena, int64_t, s->rank + 1);
    if (perm->count && perm->count != s->rank)
        return op_error(g, op, "'perm' names %d axes, but the input has %d, the batch counted",
                        perm->count, s->rank);
    op->out->shape.rank = s->rank;
    for (int i = 0; i < s->rank; i++) {
        int axis = s->rank - 1 - i;
        if (perm->count && !axis_of(g, op, perm->item[i], s->rank, &axis))
            return false;
        if (seen[axis])
            return op_error(g, op, "'perm' names axis %d twice", axis);
        seen[axis] = true;
        axes[i] = axis;
        op->out->shape.dim[i] = s->dim[axis];
    }
    *perm = (struct int_list){ s->rank, axes };
    return true;
}

static void eval(const struct op *op, const double *const *in, double *out)
{
    const int64_t *perm = ((const struct transpose *)op->attr)->perm.item;
    const struct shape *s = &op->out->shape;
    int64_t stride[MAX_RANK];
    plain_strides(&op->in[0]->shape, stride);
    for (int64_t i = 0; i < shape_count(s); i++) {
        int64_t rest = i, from = 0;
        for (int d = s->rank - 1; d >= 0; d--) {
            from += rest % s->dim[d] * stride[perm[d]];
            rest /= s->dim[d];
        }
        out[i] = in[0][from];
    }
}

static bool permutes(const struct op *op, int *perm)
{
    for (int i = 0; i < op->out->shape.rank; i++)
        perm[i] = (int)((const struct transpose *)op->attr)->perm.item[i];
    return true;
}

/* Rows of a picture can be gathered from a whole tensor: so a model's channels-first picture need
 * not be copied as a whole. */
static bool by_rows(const struct op *op)
{
    return op->out->shape.rank >= 3 && row_axis(&op->out->shape) >= 0;
}

static struct row_need rows(const struct op *op, int i)
{
    (void)op;
    (void)i;
    return (struct row_need){ .all = true };
}

static struct move move_of(const struct op *op, int first)
{
    const int64_t *perm = ((const struct transpose *)op->attr)->perm.item;
    int64_t from[MAX_RANK], to[MAX_RANK];
    struct move m = { .rank = 0 };
    memory_strides(op->in[0], from);
    memory_strides(op->out, to);
    for (int d = first; d < op->out->shape.rank; d++)
        move_axis(&m, op->out->shape.dim[d], from[perm[d]], to[d]);
    return m;
}

static int64_t row_step(const struct op *op)
{
    int64_t from[MAX_RANK];
    memory_strides(op->in[0], from);
    return from[((const struct transpose *)op->attr)->perm.item[row_axis(&op->out->shape)]];
}

#include "templates/transpose.inc"

static const struct sample samples[] = { { "5x4x3", "perm=(0,3,1,2)" },
                                         { "3x5x4", "perm=(0,2,3,1)" },
                                         { "40x37", "perm=(0,2,1)" },
                                         { "2x3x4x5", "perm=(0,4,2,1,3)" },
                                         { "6", "" },
                                         { NULL, NULL } };

const struct opdef transpose = {
    .name = "Transpose",
    .onnx = "Transpose",
    .keras_base = "transpose",
    .brief = "axes in another order",
    .attrs = attrs,
    .attr_size = sizeof(struct transpose),
    .min_inputs = 1,
    .max_inputs = 1,
    .types = ALL_TYPES,
    .samples = samples,
    .shape = shape,
    .eval = eval,
    .permutes = permutes,
    .rows = rows,
    .by_rows = by_rows,
    .emit = emit,
    .functions = "transpose permute_dimensions(x|a|inputs, axes|perm|pattern:perm=None)",
};

/* ---- Keras' layer: the batch is not counted -------------------------------------------------- */

struct permute {
    struct int_list dims;
};

static const struct attr permute_attrs[] = {
    { "dims", NULL, ATTR_LIST, offsetof(struct permute, dims), NULL, NULL, 0 }, { 0 }
};

static struct tensor *expand_permute(struct graph *g, struct op *op)
{
    const struct int_list dims = ((const struct permute *)op->attr)->dims;
    struct transpose p = { { dims.count + 1, NEW_ARRAY(g->ctx->arena, int64_t, dims.count + 1) } };
    for (int i = 0; i < dims.count; i++) {
        if (dims.item[i] < 1 || dims.item[i] > dims.count)
            return op_error(g, op, "'dims' counts the axes from 1 to %d, without the batch",
                            dims.count),
                   NULL;
        p.perm.item[i + 1] = dims.item[i];
    }
    return op_make_from(g, op, &transpose, &p, op->in, 1);
}

static const struct sample permute_samples[] = { { "5x4x3", "dims=(3,1,2)" },
                                                 { "20x33", "dims=(2,1)" },
                                                 { NULL, NULL } };

const struct opdef permute = {
    .name = "Permute",
    .keras_base = "permute",
    .brief = "axes in another order, the batch not counted",
    .attrs = permute_attrs,
    .attr_size = sizeof(struct permute),
    .min_inputs = 1,
    .max_inputs = 1,
    .samples = permute_samples,
    .expand = expand_permute,
};
