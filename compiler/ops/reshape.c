/* reshape.c - the same values under another shape; one dimension may be -1. */
#include "ops/common.h"

struct reshape { struct int_list target_shape; };

static const struct attr attrs[] = {
    { "target_shape", NULL, ATTR_LIST, offsetof(struct reshape, target_shape), NULL, NULL, 0 }, { 0 }
};

static bool shape(struct graph *g, struct op *op)
{
    const struct int_list *to = &((const struct reshape *)op->attr)->target_shape;
    const int64_t n = shape_count(&op->in[0]->shape) / op->in[0]->shape.dim[0];
    struct shape s = { .rank = to->count + 1, .dim = { op->in[0]->shape.dim[0] } };
    int64_t known = 1;
    int open = -1;
    if (to->count >= MAX_RANK)
        return op_error(g, op, "has more than %d dimensions", MAX_RANK - 1);
    for (int i = 0; i < to->count; i++) {
        s.dim[i + 1] = to->item[i];
        if (to->item[i] == -1 && open < 0)
            open = i + 1;
        else if (to->item[i] < 1 || !mul_checked(known, to->item[i], &known))
            return op_error(g, op, "'target_shape' holds %lld", (long long)to->item[i]);
    }
    if (open > 0)
        s.dim[open] = n / known;
    if ((open > 0 ? n / known * known : known) != n)
        return op_error(g, op, "cannot make %s of %s: the numbers of values differ", shape_text(g->ctx->arena, &s), shape_text(g->ctx->arena, &op->in[0]->shape));
    op->out->shape = s;
    return true;
}

static const struct sample samples[] = { { "4x6x2", "target_shape=(8,-1)" }, { NULL, NULL } };

const struct opdef reshape = {
    .name = "Reshape", .keras_base = "reshape", .brief = "the same values under another shape", .attrs = attrs,
    .attr_size = sizeof(struct reshape), .min_inputs = 1, .max_inputs = 1, .samples = samples, .shape = shape, .is_view = true,
};
