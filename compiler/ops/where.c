/* where.c - out = condition ? a : b, each repeated along axes of 1 as in NumPy. */
#include "ops/moves.h"
#include "ops/onnx.h"
#include "ops/quantized.h"

static bool shape(struct graph *g, struct op *op)
{
    bool fit = true;
    op->out->shape = broadcast_shapes(g, op, &fit);
    if (!fit)
        return false;
    if (op->in[1]->type != op->in[2]->type)
        return op_error(g, op, "chooses between %s and %s; cast one of them",
                        dtype_name(op->in[1]->type), dtype_name(op->in[2]->type));
    op->out->type = op->in[1]->type;
    return true;
}

static void eval(const struct op *op, const double *const *in, double *out)
{
    int64_t stride[3][MAX_RANK];
    for (int i = 0; i < 3; i++)
        broadcast_strides(&op->in[i]->shape, &op->out->shape, stride[i]);
    for (int64_t i = 0; i < shape_count(&op->out->shape); i++) {
        int64_t rest = i, from[3] = { 0 };
        for (int d = op->out->shape.rank - 1; d >= 0; d--) {
            for (int k = 0; k < 3; k++)
                from[k] += rest % op->out->shape.dim[d] * stride[k][d];
            rest /= op->out->shape.dim[d];
        }
        out[i] = in[0][from[0]] != 0 ? in[1][from[1]] : in[2][from[2]];
    }
}

/* Of tensors of one rank: the axes move together. */
static bool take_transpose(struct graph *g, struct op *op, const int *perm, int *result)
{
    (void)g;
    for (int d = 0; d < op->out->shape.rank; d++)
        result[d] = perm[d];
    return true;
}

#include "templates/where.inc"

static const struct sample samples[] = { { "bool[1x5x3]@0:1 5x3 5x3", "" },
                                         { "bool[1x5x1]@0:1 5x3 1x3", "" },
                                         { "bool[1]@0:1 4 1", "" },
                                         { "bool[2x3]@0:1 int32[2x3]@-9:9 int32[1]@1:2", "" },
                                         { NULL, NULL } };

static bool import(struct graph *g, struct onnx_node *n)
{
    return *n->domain ? import_quantized_where(g, n) : onnx_import_plain(g, n, op_find("Where"));
}

const struct opdef where = {
    .name = "Where",
    .onnx = "Where com.microsoft:QLinearWhere",
    .import = import,
    .keras_base = "where",
    .brief = "one value or another",
    .min_inputs = 3,
    .max_inputs = 3,
    .to_onnx = "Where(a, b, c)",
    .types = ALL_TYPES,
    .samples = samples,
    .shape = shape,
    .eval = eval,
    .take_transpose = take_transpose,
    .emit = emit,
    .functions = "where(condition, x1|x|input, x2|y|other); switch(condition, then_expression, "
                 "else_expression)",
};
