/*
 * causal_conv_with_state.c - each channel's sequence convolved with its own filter of k values,
 * what came before it handed in and out:
 *
 *     x = past (k - 1 values, zeros where there is none), then the input;  out[t] = act(b + sum of
 * w[i] x[t + i]);  state: the last k - 1 of x
 *
 * {B, C, L} with weights {C, 1, k}; ONNX CausalConvWithState-27.
 */
#include "ops/common.h"
#include "ops/onnx.h"

#include <math.h>
#include <string.h>

struct causal {
    bool silu;
};

static const struct attr attrs[] = {
    { "silu", NULL, ATTR_BOOL, offsetof(struct causal, silu), "False", NULL, 0 }, { 0 }
};

static const struct tensor *given(const struct op *op, int i)
{
    return i < op->nin ? op->in[i] : NULL;
}

static bool shape(struct graph *g, struct op *op)
{
    const struct shape *x = &op->in[0]->shape, *w = &op->in[1]->shape;
    if (x->rank != 3 || w->rank != 3 || w->dim[0] != x->dim[1] || w->dim[1] != 1 || w->dim[2] < 1)
        return op_error(g, op, "needs {batch, channels, steps} and weights {channels, 1, k}");
    const struct shape state = shape_of(3, x->dim[0], x->dim[1], w->dim[2] - 1);
    if ((given(op, 2) && shape_count(&op->in[2]->shape) != x->dim[1])
        || (given(op, 3) && !shape_equal(&op->in[3]->shape, &state)))
        return op_error(g, op, "its bias or past state does not fit %s",
                        shape_text(g->ctx->arena, x));
    op->outs[0]->shape = *x;
    op->outs[1]->shape = state;
    return true;
}

/* Value t of a channel's sequence with the past before it. */
static double value_at(const struct op *op, const double *const *in, int64_t channel, int64_t t)
{
    const int64_t past = op->in[1]->shape.dim[2] - 1, L = op->in[0]->shape.dim[2];
    return t >= past ? in[0][channel * L + t - past] : given(op, 3) ? in[3][channel * past + t] : 0;
}

static void eval_all(const struct op *op, const double *const *in, double *const *outs)
{
    const int64_t B = op->in[0]->shape.dim[0], C = op->in[0]->shape.dim[1],
                  L = op->in[0]->shape.dim[2], K = op->in[1]->shape.dim[2];
    for (int64_t n = 0; n < B * C; n++) {
        for (int64_t t = 0; t < L; t++) {
            double sum = given(op, 2) ? in[2][n % C] : 0;
            for (int64_t i = 0; i < K; i++)
                sum += in[1][n % C * K + i] * value_at(op, in, n, t + i);
            outs[0][n * L + t] =
                ((const struct causal *)op->attr)->silu ? sum / (1 + exp(-sum)) : sum;
        }
        for (int64_t i = 0; outs[1] && i < K - 1; i++)
            outs[1][n * (K - 1) + i] = value_at(op, in, n, L + i);
    }
}

static bool import(struct graph *g, struct onnx_node *n)
{
    const char *activation = onnx_string(n, "activation", "none");
    const bool silu = strcmp(activation, "silu") == 0 || strcmp(activation, "swish") == 0;
    struct causal attr = { silu };
    int nouts;
    if (!silu && strcmp(activation, "none") != 0)
        return onnx_error(g, n, "its activation '%s' is none of none, silu, swish", activation);
    if (!onnx_input(n, 0) || !onnx_input(n, 1))
        return onnx_error(g, n, "needs an input and weights");
    struct tensor **outs =
        op_make_all(g, n->from, op_find("CausalConvWithState"), &attr, n->in, n->nin, &nouts);
    for (int i = 0; outs && i < n->nout && i < nouts; i++)
        n->out[i] = outs[i];
    return outs != NULL;
}

#include "templates/causal_conv_with_state.inc"

static const struct sample samples[] = {
    { "float32[2x3x8] float32[3x1x4]", "" },
    { "float32[2x3x2] float32[3x1x5]! float32[3]! float32[2x3x4]", "silu=True" },
    { NULL, NULL }
};

const struct opdef causal_conv_with_state = {
    .name = "CausalConvWithState",
    .onnx = "CausalConvWithState",
    .keras_base = "causal_conv",
    .brief = "convolution of each channel, its past handed in and out",
    .attrs = attrs,
    .attr_size = sizeof(struct causal),
    .min_inputs = 2,
    .max_inputs = 4,
    .max_outputs = 2,
    .samples = samples,
    .shape = shape,
    .eval_all = eval_all,
    .emit = emit,
    .import = import,
};
