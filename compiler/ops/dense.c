/* dense.c - fully connected layer: out[k] = b[k] + sum over i of in[i] * w[i][k], on the last axis.
 */
#include "ops/conv2d.h"
#include "ops/quantized.h"

struct dense {
    int units;
    bool use_bias;
};

static const struct attr attrs[] = {
    { "units", NULL, ATTR_INT, offsetof(struct dense, units), NULL, NULL, 0 },
    { "activation", NULL, ATTR_IGNORED, 0, "None", NULL, 0 },
    { "use_bias", NULL, ATTR_BOOL, offsetof(struct dense, use_bias), "True", NULL, 0 },
    { 0 }
};

static bool weights(struct graph *g, struct op *op)
{
    const struct dense *p = op->attr;
    const struct shape *s = &op->in[0]->shape;
    if (s->rank < 2)
        return op_error(g, op, "needs at least one axis beside the batch");
    if (!positive(g, op, "'units'", &p->units, 1))
        return false;
    const int64_t n = s->dim[s->rank - 1];
    if (!op_weight(g, op, "kernel", shape_of(2, n, (int64_t)p->units), INIT_KERNEL, n, p->units))
        return false;
    if (p->use_bias)
        return op_weight(g, op, "bias", shape_of(1, (int64_t)p->units), INIT_ZEROS, 0, 0);
    op_no_weight(g, op);
    return true;
}

static bool shape(struct graph *g, struct op *op)
{
    const struct dense *p = op->attr;
    (void)g;
    op->out->shape = op->in[0]->shape;
    op->out->shape.dim[op->out->shape.rank - 1] = p->units;
    return true;
}

static void eval(const struct op *op, const double *const *in, double *out)
{
    const int64_t K = op->in[1]->shape.dim[1], N = op->in[1]->shape.dim[0],
                  rows = shape_count(&op->out->shape) / K;
    for (int64_t r = 0; r < rows; r++)
        for (int64_t k = 0; k < K; k++) {
            double sum = in[2] ? in[2][k] : 0;
            for (int64_t i = 0; i < N; i++)
                sum += in[0][r * N + i] * in[1][i * K + k];
            out[r * K + k] = sum;
        }
}

/* Behind a Flatten the channels repeat along the inputs. */
static bool affine_before(struct graph *g, struct op *op, const float *scale, const float *shift,
                          int64_t channels)
{
    const int64_t N = op->in[1]->shape.dim[0], K = op->in[1]->shape.dim[1];
    if (N % channels)
        return false;
    struct tensor *w = new_constant(g, op, "kernel", op->in[1]->shape),
                  *b = new_constant(g, op, "bias", shape_of(1, K));
    double *sum = NEW_ARRAY(g->ctx->arena, double, K);
    for (int64_t i = 0; i < N; i++)
        for (int64_t k = 0; k < K; k++) {
            const double v = (double)floats(op->in[1])[i * K + k];
            sum[k] += v * (double)shift[i % channels];
            writable(w)[i * K + k] = (float)(v * (double)scale[i % channels]);
        }
    for (int64_t k = 0; k < K; k++)
        writable(b)[k] = (float)(sum[k] + (op->in[2] ? (double)floats(op->in[2])[k] : 0));
    op->in[1] = w;
    op->in[2] = b;
    return true;
}

static bool reorder_features(struct graph *g, struct op *op, const int64_t *from, int64_t count)
{
    const int64_t N = op->in[1]->shape.dim[0], K = op->in[1]->shape.dim[1];
    if (!from)
        return op->in[1]->data && count == N;
    struct tensor *w = new_constant(g, op, "kernel", op->in[1]->shape);
    w->quantization = op->in[1]->quantization;
    for (int64_t i = 0; i < N; i++)
        for (int64_t k = 0; k < K; k++)
            writable(w)[i * K + k] = floats(op->in[1])[from[i] * K + k];
    op->in[1] = w;
    return true;
}

static bool pack(struct graph *g, struct op *op)
{
    const int64_t N = op->in[1]->shape.dim[0], K = op->in[1]->shape.dim[1];
    op->in[1] = pack_blocks(g, op, "w", floats(op->in[1]), N, K);
    op->in[2] = pack_bias(g, op, floats(op->in[2]), K);
    return true;
}

#include "templates/dense.inc"

static int64_t macs(const struct op *op)
{
    const struct shape *s = &op->in[0]->shape;
    return shape_count(&op->out->shape) * s->dim[s->rank - 1];
}

static const struct sample samples[] = {
    { "17", "units=5" }, { "64", "units=100" }, { "4x3x5", "units=7" }, { NULL, NULL }
};

static const char *to_onnx(struct graph *g, const struct op *op)
{
    (void)g;
    return op->in[0]->shape.rank == 2 ? "Gemm(a, b, c)"
           : op->in[2]                ? "Add(MatMul(a, b), c)"
                                      : "MatMul(a, b)";
}

const struct opdef dense = {
    .name = "Dense",
    .aliases = "TimeDistributedDense",
    .mask = keep_mask,
    .onnx = NULL,
    .keras_base = "dense",
    .brief = "fully connected layer",
    .attrs = attrs,
    .attr_size = sizeof(struct dense),
    .min_inputs = 1,
    .max_inputs = 1,
    .has_activation = true,
    .samples = samples,
    .absorbs = true,
    .weights = weights,
    .shape = shape,
    .eval = eval,
    .pack = pack,
    .emit = emit,
    .on_integers = dense_on_integers,
    .affine_after = affine_into_kernel,
    .affine_before = affine_before,
    .reorder_features = reorder_features,
    .macs = macs,
    .to_onnx_for = to_onnx,
};
