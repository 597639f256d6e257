/* batch_normalization.c - out = (in - mean) / sqrt(variance + epsilon) * gamma + beta, by channel: an affine map. */
#include "ops/common.h"

#include <math.h>

struct batch_norm { int axis; double epsilon; bool center, scale; };

static const struct attr attrs[] = {
    { "axis", NULL, ATTR_INT, offsetof(struct batch_norm, axis), "-1", NULL, 0 },
    { "momentum", NULL, ATTR_IGNORED, 0, "0.99", NULL, 0 },
    { "epsilon", "epsilon", ATTR_FLOAT, offsetof(struct batch_norm, epsilon), "0.001", NULL, 0 },
    { "center", NULL, ATTR_BOOL, offsetof(struct batch_norm, center), "True", NULL, 0 },
    { "scale", NULL, ATTR_BOOL, offsetof(struct batch_norm, scale), "True", NULL, 0 },
    { 0 }
};

static bool weights(struct graph *g, struct op *op)
{
    const struct batch_norm *p = op->attr;
    const struct shape *s = &op->in[0]->shape;
    if (p->axis != -1 && p->axis != s->rank - 1)
        return op_error(g, op, "normalises axis %d; only the last one, the channels (-1), is supported", p->axis);
    const struct shape c = shape_of(1, s->dim[s->rank - 1]);
    if (p->scale)
        op_weight(g, op, "gamma", c, INIT_ONES, 0, 0);
    else
        op_no_weight(g, op);
    if (p->center)
        op_weight(g, op, "beta", c, INIT_ZEROS, 0, 0);
    else
        op_no_weight(g, op);
    return op_weight(g, op, "moving_mean", c, INIT_ZEROS, 0, 0) && op_weight(g, op, "moving_variance", c, INIT_ONES, 0, 0);
}

static bool shape(struct graph *g, struct op *op)
{
    (void)g;
    op->out->shape = op->in[0]->shape;
    return true;
}

static void eval(const struct op *op, const double *const *in, double *out)
{
    const struct batch_norm *p = op->attr;
    const int64_t C = channels_of(op->out), n = shape_count(&op->out->shape);
    for (int64_t i = 0; i < n; i++) {
        const int64_t k = i % C;
        const double v = (in[0][i] - in[3][k]) / sqrt(in[4][k] + p->epsilon);
        out[i] = (in[1] ? in[1][k] : 1) * v + (in[2] ? in[2][k] : 0);
    }
}

static bool affine(struct graph *g, const struct op *op, float *scale, float *shift)
{
    const struct batch_norm *p = op->attr;
    (void)g;
    for (int64_t k = 0; k < channels_of(op->out); k++) {
        const double s = (op->in[1] ? (double)floats(op->in[1])[k] : 1) / sqrt((double)floats(op->in[4])[k] + p->epsilon);
        scale[k] = (float)s;
        shift[k] = (float)((op->in[2] ? (double)floats(op->in[2])[k] : 0) - (double)floats(op->in[3])[k] * s);
    }
    return true;
}

static bool pack(struct graph *g, struct op *op)
{
    const struct shape s = shape_of(1, channels_of(op->out));
    struct tensor *scale = new_constant(g, op, "scale", s), *shift = new_constant(g, op, "shift", s);
    affine(g, op, writable(scale), writable(shift));
    for (int i = 5; i < op->nin; i++)           /* absorbed ops' inputs move up behind the two arrays */
        op->in[i - 2] = op->in[i];
    for (int i = 0; i < op->nabsorbed; i++)
        op->absorbed_input[i] -= op->absorbed_input[i] >= 0 ? 2 : 0;
    op->nin -= 2;
    op->in[1] = scale;
    op->in[2] = shift;
    return true;
}

static struct row_need rows(const struct op *op, int i)
{
    (void)op;
    (void)i;
    return (struct row_need){ .stride = 1, .kernel = 1 };
}

#include "templates/batch_normalization.inc"

static const struct sample samples[] = { { "5x4x19", "" }, { "7", "scale=False" }, { NULL, NULL } };

const struct opdef batch_normalization = {
    .name = "BatchNormalization", .keras_base = "batch_normalization", .brief = "normalisation by the trained mean and variance",
    .attrs = attrs, .attr_size = sizeof(struct batch_norm), .min_inputs = 1, .max_inputs = 1, .samples = samples, .absorbs = true,
    .weights = weights, .shape = shape, .eval = eval, .affine = affine, .pack = pack, .rows = rows, .emit = emit,
};
