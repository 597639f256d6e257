/* elementwise.c - kernels of elementwise ops: by vectors where all is float32 of one shape, else
 * one value after the other. */
#include "emit/emit.h"
#include "ops/common.h"

/* Loops over the result, axes joined where all operands walk along them evenly; strides of the
 * operands in elements. */
struct broadcast {
    int inputs, rank;
    int64_t dim[MAX_RANK], stride[3][MAX_RANK];
};

static void add_axis(struct broadcast *b, int64_t dim, const int64_t *stride)
{
    bool joins = b->rank > 0;
    for (int i = 0; i < 3 && joins; i++)
        joins = b->stride[i][b->rank - 1] == stride[i] * dim;
    const int at = joins ? b->rank - 1 : b->rank++;
    b->dim[at] = joins ? b->dim[at] * dim : dim;
    for (int i = 0; i < 3; i++)
        b->stride[i][at] = stride[i];
}

static struct broadcast broadcast_of(const struct op *op)
{
    struct broadcast b = { .inputs = op->nin };
    const struct shape *s = &op->out->shape;
    int64_t strides[3][MAX_RANK] = { { 0 } }, step[3] = { 1, 1, 1 };
    for (int d = s->rank - 1; d >= 0; d--)
        for (int i = 0; i < 3; i++) {
            const struct shape *from = i == 2 ? s : i < op->nin ? &op->in[i]->shape : NULL;
            const int at = from ? d - (s->rank - from->rank) : -1;
            const int64_t n = at >= 0 ? from->dim[at] : 1;
            strides[i][d] = n > 1 ? step[i] : 0;
            step[i] *= n;
        }
    for (int d = 0; d < s->rank; d++) {
        const int64_t stride[3] = { strides[0][d], strides[1][d], strides[2][d] };
        if (s->dim[d] != 1)
            add_axis(&b, s->dim[d], stride);
    }
    if (!b.rank) {
        static const int64_t none[3] = { 0 };
        add_axis(&b, 1, none);
    }
    return b;
}

/* "i0 * 12 + i1" */
static const char *index_text(struct out *o, const struct broadcast *b, int operand)
{
    const char *s = "";
    for (int d = 0; d < b->rank; d++) {
        const int64_t n = b->stride[operand][d];
        if (n == 1)
            s = arena_printf(o->arena, "%s%si%d", s, *s ? " + " : "", d);
        else if (n)
            s = arena_printf(o->arena, "%s%si%d * %lld", s, *s ? " + " : "", d, (long long)n);
    }
    return *s ? s : "0";
}

static const char *second_parameter(struct out *o, const struct op *op)
{
    return arena_printf(o->arena, "const %s *right, ", c_type(op->in[1]->type));
}

/* The operand beside the whole one: its own second one or an absorbed op's; `step` elements from a
 * pixel to the next. */
struct second {
    int whole;
    const struct tensor *tensor;
    bool rows, spread;
    int64_t step;
};

static struct second second_operand(const struct op *op)
{
    struct operand part = { true, true, true };
    struct second s = { .whole = whole_operand(op), .rows = true };
    const int at = own_inputs(op) > 1 ? 1 - s.whole : 1;
    if (op->nin < 2)
        return s;
    s.tensor = op->in[at];
    if (own_inputs(op) > 1)
        operand_of(op, at, &part);
    s.rows = part.rows;
    s.spread = !part.channels;
    s.step = part.width ? pixel_stride(s.tensor) : 0;
    return s;
}

#include "templates/broadcast.inc"
#include "templates/elementwise.inc"

void put_elementwise_op(struct out *o, const struct op *op, const char *name)
{
    if (is_elementwise(op))
        put_elementwise(o, op, name);
    else
        put_broadcast(o, op, name);
}
