/* cumulative.c - sums and products of all values up to each one along an axis. */
#include "ops/moves.h"
#include "ops/onnx.h"

struct cumulative {
    int axis;
    bool exclusive, reverse;
};

static const struct attr attrs[] = {
    { "axis", NULL, ATTR_INT, offsetof(struct cumulative, axis), NULL, NULL, 0 },
    /* without the value itself */
    { "exclusive", "exclusive", ATTR_BOOL, offsetof(struct cumulative, exclusive), "False", NULL,
      0 },
    /* from the end */
    { "reverse", "reverse", ATTR_BOOL, offsetof(struct cumulative, reverse), "False", NULL, 0 },
    { 0 }
};

static bool shape(struct graph *g, struct op *op)
{
    struct cumulative *p = op->attr;
    op->out->shape = op->in[0]->shape;
    return axis_of(g, op, p->axis, op->in[0]->shape.rank, &p->axis);
}

/* Values before, along and behind the axis. */
static void sizes(const struct op *op, int64_t *outer, int64_t *count, int64_t *inner)
{
    const struct shape *s = &op->out->shape;
    const int axis = ((const struct cumulative *)op->attr)->axis;
    *outer = *inner = 1;
    for (int d = 0; d < s->rank; d++)
        *(d < axis ? outer : inner) *= d == axis ? 1 : s->dim[d];
    *count = s->dim[axis];
}

static void cumulate(const struct op *op, const double *in, double *out, bool products)
{
    const struct cumulative *p = op->attr;
    int64_t outer, count, inner;
    sizes(op, &outer, &count, &inner);
    for (int64_t a = 0; a < outer; a++)
        for (int64_t b = 0; b < inner; b++) {
            double sum = products ? 1 : 0;
            for (int64_t i = 0; i < count; i++) {
                const int64_t at = (a * count + (p->reverse ? count - 1 - i : i)) * inner + b;
                const double before = sum;
                sum = products ? sum * in[at] : sum + in[at];
                sum = op->out->type > F64 ? wrap_integer(op->out->type, sum) : sum;
                out[at] = p->exclusive ? before : sum;
            }
        }
}

static void eval_sum(const struct op *op, const double *const *in, double *out)
{
    cumulate(op, in[0], out, false);
}

static void eval_product(const struct op *op, const double *const *in, double *out)
{
    cumulate(op, in[0], out, true);
}

static bool take_transpose(struct graph *g, struct op *op, const int *perm, int *result)
{
    struct cumulative *p = op->attr;
    (void)g;
    return axis_takes_transpose(op, &p->axis, perm, result);
}

static bool import(struct graph *g, struct onnx_node *n)
{
    struct int_list axis;
    if (!onnx_input(n, 0) || !onnx_const_ints(g, n, 1, &axis) || axis.count != 1)
        return onnx_input(n, 0) && axis.count == 1 ? false : onnx_error(g, n, "it needs one axis");
    const char *attrs_text = arena_printf(
        g->ctx->arena, "axis=%lld exclusive=%lld reverse=%lld", (long long)axis.item[0],
        (long long)onnx_int(n, "exclusive", 0), (long long)onnx_int(n, "reverse", 0));
    return onnx_make(g, n, n->op_type[3] == 'S' ? "CumSum" : "CumProd", attrs_text, n->in, 1);
}

#include "templates/cumulative.inc"

static void emit_sum(struct out *o, const struct op *op, const char *name)
{
    put_cumulative(o, op, name, '+');
}

static void emit_product(struct out *o, const struct op *op, const char *name)
{
    put_cumulative(o, op, name, '*');
}

static const struct sample samples[] = { { "3x4", "axis=1" },
                                         { "3x4", "axis=2 exclusive=True" },
                                         { "3x4x2", "axis=-2 reverse=True" },
                                         { "int32[5]@-9:9", "axis=0 exclusive=True reverse=True" },
                                         { NULL, NULL } };

const struct opdef cumsum = {
    .name = "CumSum",
    .onnx = "CumSum",
    .import = import,
    .keras_base = "cumsum",
    .brief = "sums of all values up to each one",
    .attrs = attrs,
    .attr_size = sizeof(struct cumulative),
    .min_inputs = 1,
    .max_inputs = 1,
    .types = NUMBERS,
    .samples = samples,
    .shape = shape,
    .eval = eval_sum,
    .take_transpose = take_transpose,
    .emit = emit_sum,
    .functions = "cumsum(x|a, axis, exclusive, reverse)",
    .to_onnx = "CumSum(a, #$axis, exclusive=$exclusive, reverse=$reverse)",
};
const struct opdef cumprod = {
    .name = "CumProd",
    .onnx = "CumProd",
    .import = import,
    .keras_base = "cumprod",
    .brief = "products of all values up to each one",
    .attrs = attrs,
    .attr_size = sizeof(struct cumulative),
    .min_inputs = 1,
    .max_inputs = 1,
    .types = NUMBERS,
    .samples = samples,
    .shape = shape,
    .eval = eval_product,
    .take_transpose = take_transpose,
    .emit = emit_product,
    .functions = "cumprod(x|a, axis, exclusive, reverse)",
    .to_onnx = "CumProd@26(a, #$axis, exclusive=$exclusive, reverse=$reverse)",
};
