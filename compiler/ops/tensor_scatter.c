/*
 * tensor_scatter.c - new rows written into a cache, for each sequence of the batch from its own
 * place on; what reaches beyond the end goes on at the start (circular) or is not written (linear).
 */
#include "ops/moves.h"
#include "ops/onnx.h"

#include <string.h>

struct tensor_scatter {
    int axis, mode;
};

static const struct attr attrs[] = {
    { "axis", "axis", ATTR_INT, offsetof(struct tensor_scatter, axis), "-2", NULL, 0 },
    { "mode", "mode", ATTR_CHOICE, offsetof(struct tensor_scatter, mode), "linear",
      "linear circular", 0 },
    { 0 }
};

static bool shape(struct graph *g, struct op *op)
{
    struct tensor_scatter *p = op->attr;
    const struct shape *s = &op->in[0]->shape, *t = &op->in[1]->shape;
    op->out->shape = *s;
    if (!axis_of(g, op, p->axis, s->rank, &p->axis))
        return false;
    bool fits = s->rank == t->rank && p->axis > 0 && op->in[1]->type == op->in[0]->type
                && s->dim[p->axis] > 0;
    for (int d = 0; fits && d < s->rank; d++)
        fits = d == p->axis || s->dim[d] == t->dim[d];
    if (!fits || (op->nin > 2 && op->in[2] && shape_count(&op->in[2]->shape) != s->dim[0]))
        return op_error(g, op, "rows of %s do not fit into a cache of %s",
                        shape_text(g->ctx->arena, t), shape_text(g->ctx->arena, s));
    return true;
}

static void eval(const struct op *op, const double *const *in, double *out)
{
    const struct tensor_scatter *p = op->attr;
    const struct shape *s = &op->out->shape, *t = &op->in[1]->shape;
    int64_t to[MAX_RANK];
    plain_strides(s, to);
    memcpy(out, in[0], (size_t)shape_count(s) * sizeof *out);
    for (int64_t i = 0; i < shape_count(t); i++) {
        int64_t rest = i, at = 0, row = 0, batch = 0;
        for (int d = t->rank - 1; d >= 0; d--) {
            const int64_t k = rest % t->dim[d];
            rest /= t->dim[d];
            row = d == p->axis ? k : row;
            batch = d == 0 ? k : batch;
            at += d == p->axis ? 0 : k * to[d];
        }
        row += op->nin > 2 && in[2] ? (int64_t)in[2][batch] : 0;
        row = p->mode && row >= 0 ? row % s->dim[p->axis] : row;
        if (row >= 0 && row < s->dim[p->axis])
            out[at + row * to[p->axis]] = in[1][i];
    }
}

#include "templates/tensor_scatter.inc"

static const struct sample samples[] = { { "float32[2x5x3] float32[2x2x3] int64[2]@0:3", "axis=1" },
                                         { "float32[2x4x5x3] float32[2x4x2x3] int64[2]@3:9",
                                           "mode=circular" },
                                         { "float32[1x5x3] float32[1x2x3]", "axis=1" },
                                         { NULL, NULL } };

const struct opdef tensor_scatter = {
    .name = "TensorScatter",
    .onnx = "TensorScatter",
    .keras_base = "tensor_scatter",
    .brief = "rows written into a cache",
    .attrs = attrs,
    .attr_size = sizeof(struct tensor_scatter),
    .min_inputs = 2,
    .max_inputs = 3,
    .types = ALL_TYPES,
    .samples = samples,
    .shape = shape,
    .eval = eval,
    .emit = emit,
    .to_onnx = "TensorScatter@24(a, b, c, axis=$axis, mode=$mode)",
};
