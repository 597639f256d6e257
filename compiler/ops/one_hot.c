/* one_hot.c - for each number a row that is `on` at that place and `off` elsewhere; a number that
 * is no place gives `off` alone. */
#include "ops/moves.h"
#include "ops/onnx.h"

#include <math.h>

struct one_hot {
    int num_classes, axis;
    bool wraps;
};

static const struct attr attrs[] = {
    { "num_classes", NULL, ATTR_INT, offsetof(struct one_hot, num_classes), NULL, NULL, 0 },
    /* of the result */
    { "axis", NULL, ATTR_INT, offsetof(struct one_hot, axis), "-1", NULL, 0 },
    /* negative numbers count from the end */
    { "wraps", NULL, ATTR_BOOL, offsetof(struct one_hot, wraps), "False", NULL, 0 },
    { 0 }
};

/* Inputs: the numbers; {off, on}, without it 0 and 1. */
static bool shape(struct graph *g, struct op *op)
{
    struct one_hot *p = op->attr;
    const struct shape *s = &op->in[0]->shape;
    if (s->rank == MAX_RANK || !positive(g, op, "'num_classes'", &p->num_classes, 1)
        || !axis_of(g, op, p->axis, s->rank + 1, &p->axis))
        return false;
    if (op->nin > 1 && shape_count(&op->in[1]->shape) != 2)
        return op_error(g, op, "needs two values, off and on");
    op->out->shape.rank = s->rank + 1;
    for (int d = 0; d <= s->rank; d++)
        op->out->shape.dim[d] = d == p->axis ? p->num_classes : s->dim[d - (d > p->axis)];
    op->out->type = op->nin > 1 ? op->in[1]->type : F32;
    return true;
}

static int64_t size_of_axes(const struct op *op, int from, int to)
{
    int64_t n = 1;
    for (int d = from; d < to; d++)
        n *= op->out->shape.dim[d];
    return n;
}

static void eval(const struct op *op, const double *const *in, double *out)
{
    const struct one_hot *p = op->attr;
    const int64_t outer = size_of_axes(op, 0, p->axis),
                  inner = size_of_axes(op, p->axis + 1, op->out->shape.rank), N = p->num_classes;
    for (int64_t a = 0; a < outer; a++)
        for (int64_t k = 0; k < N; k++)
            for (int64_t b = 0; b < inner; b++) {
                double i = trunc(in[0][a * inner + b]);
                i += i < 0 && p->wraps ? (double)N : 0;
                out[(a * N + k) * inner + b] = i == (double)k ? (op->nin > 1 ? in[1][1] : 1)
                                               : op->nin > 1  ? in[1][0]
                                                              : 0;
            }
}

static bool import(struct graph *g, struct onnx_node *n)
{
    struct float_list depth;
    if (!onnx_input(n, 0) || !onnx_input(n, 2) || !onnx_const_floats(g, n, 1, &depth)
        || depth.count != 1)
        return onnx_input(n, 0) && onnx_input(n, 2) && depth.count == 1
                   ? false
                   : onnx_error(g, n, "it needs indices, a depth and two values");
    struct tensor *const in[2] = { n->in[0], n->in[2] };
    return onnx_make(g, n, "OneHot",
                     arena_printf(g->ctx->arena, "num_classes=%.0f axis=%lld wraps=True",
                                  depth.item[0], (long long)onnx_int(n, "axis", -1)),
                     in, 2);
}

#include "templates/one_hot.inc"

static const struct sample samples[] = { { "int64[2x3]@-2:5", "num_classes=4" },
                                         { "int32[2x3]@-2:5 float32[2]",
                                           "num_classes=4 axis=1 wraps=True" },
                                         { "5@0:4 int8[2]@1:9", "num_classes=5 axis=0" },
                                         { NULL, NULL } };

/* ONNX counts negative numbers from the end. */
static const char *to_onnx(struct graph *g, const struct op *op)
{
    const struct one_hot *p = op->attr;
    const char *i =
        p->wraps ? "a" : arena_printf(g->ctx->arena, "Where(Less(a, 0), %d, a)", p->num_classes);
    return arena_printf(g->ctx->arena, "OneHot(Cast(%s, to=7), #%d, %s, axis=%d)", i,
                        p->num_classes, op->nin > 1 ? "b" : "[0.0,1.0]", p->axis);
}

const struct opdef one_hot = {
    .name = "OneHot",
    .onnx = "OneHot",
    .import = import,
    .keras_base = "one_hot",
    .brief = "a row with one mark for each number",
    .attrs = attrs,
    .attr_size = sizeof(struct one_hot),
    .min_inputs = 1,
    .max_inputs = 2,
    .types = REALS | INTS,
    .samples = samples,
    .shape = shape,
    .eval = eval,
    .emit = emit,
    .functions = "one_hot(x|indices, num_classes|depth:num_classes, axis=-1)",
    .to_onnx_for = to_onnx,
};
