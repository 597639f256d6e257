/*
 * activations.c - smooth activations: sigmoid, swish, GELU, softplus and their kin, with the
 * straight pieces that stand for them. The formulas are those of Keras 3's keras.activations and of
 * the ONNX operators.
 */
#include "ops/common.h"
#include "ops/onnx.h"
#include "ops/onnx_runtime.h"

#include <math.h>
#include <string.h>

struct hard_sigmoid {
    double alpha, beta;
};
struct alpha {
    double alpha;
};
struct gelu {
    bool approximate;
};
struct squareplus {
    double b;
};

static const struct attr hard_sigmoid_attrs[] = {
    { "alpha", "alpha", ATTR_FLOAT, offsetof(struct hard_sigmoid, alpha), "0.2", NULL, 0 },
    { "beta", "beta", ATTR_FLOAT, offsetof(struct hard_sigmoid, beta), "0.5", NULL, 0 },
    { 0 }
};
static const struct attr swish_attrs[] = {
    { "alpha", "alpha", ATTR_FLOAT, offsetof(struct alpha, alpha), "1", NULL, 0 }, { 0 }
};
static const struct attr gelu_attrs[] = {
    { "approximate", NULL, ATTR_BOOL, offsetof(struct gelu, approximate), "False", NULL, 0 }, { 0 }
};
static const struct attr squareplus_attrs[] = {
    { "b", NULL, ATTR_FLOAT, offsetof(struct squareplus, b), "4", NULL, 0 }, { 0 }
};

static const struct sample samples[] = { { "5x4x3", "" }, { "33", "" }, { NULL, NULL } };
static const struct sample gelu_samples[] = { { "5x4x3", "" },
                                              { "33", "approximate=True" },
                                              { NULL, NULL } };

static double sigmoid_value(const struct op *op, double a, double b)
{
    (void)op;
    (void)b;
    return 1 / (1 + exp(-a));
}

const struct opdef sigmoid = {
    .name = "Sigmoid",
    .onnx = "Sigmoid",
    .keras_base = "sigmoid",
    .brief = "1 / (1 + e^-x)",
    .types = REALS,
    .elementwise = true,
    .min_inputs = 1,
    .max_inputs = 1,
    .samples = samples,
    .value = sigmoid_value,
    .vector = "sigmoid_vec(v)",
    .formula = "1.0$f / (1.0$f + exp$f(-a))",
    .functions = "sigmoid(x)",
    .activation = "sigmoid",
};

static double hard_sigmoid_value(const struct op *op, double a, double b)
{
    (void)b;
    const struct hard_sigmoid *p = op->attr;
    const double y = p->alpha * a + p->beta;
    return y < 0 ? 0 : y > 1 ? 1 : y;
}

const struct opdef hard_sigmoid = {
    .name = "HardSigmoid",
    .onnx = "HardSigmoid",
    .keras_base = "hard_sigmoid",
    .brief = "alpha x + beta between 0 and 1",
    .attrs = hard_sigmoid_attrs,
    .attr_size = sizeof(struct hard_sigmoid),
    .types = REALS,
    .elementwise = true,
    .min_inputs = 1,
    .max_inputs = 1,
    .samples = samples,
    .value = hard_sigmoid_value,
    .vector = "smaller(set(1.0f), larger(set(0.0f), mul_add_vec(set($beta), set($alpha), v)))",
    .formula = "a * $alpha + $beta < 0 ? 0 : a * $alpha + $beta > 1 ? 1 : a * $alpha + $beta",
    .functions = "hard_sigmoid(x) alpha=0.16666666666666666 beta=0.5",
    .activation = "hard_sigmoid",
    .activation_args = "alpha=0.16666666666666666 beta=0.5",
};

static double sparse_sigmoid_value(const struct op *op, double a, double b)
{
    (void)op;
    (void)b;
    return a <= -1 ? 0 : a >= 1 ? 1 : 0.5 * (a + 1);
}

const struct opdef sparse_sigmoid = {
    .name = "SparseSigmoid",
    .keras_base = "sparse_sigmoid",
    .brief = "(x + 1) / 2 between 0 and 1",
    .types = REALS,
    .elementwise = true,
    .min_inputs = 1,
    .max_inputs = 1,
    .samples = samples,
    .value = sparse_sigmoid_value,
    .vector = "smaller(set(1.0f), larger(set(0.0f), mul_add_vec(set(0.5f), set(0.5f), v)))",
    .formula = "a <= -1 ? 0 : a >= 1 ? 1 : 0.5$f * (a + 1)",
    .functions = "sparse_sigmoid(x)",
    .activation = "sparse_sigmoid",
    .to_onnx = "Clip(Add(Mul(a, 0.5), 0.5), 0.0, 1.0)",
};

static double hard_tanh_value(const struct op *op, double a, double b)
{
    (void)op;
    (void)b;
    return a < -1 ? -1 : a > 1 ? 1 : a;
}

const struct opdef hard_tanh = {
    .name = "HardTanh",
    .keras_base = "hard_tanh",
    .brief = "x between -1 and 1",
    .types = REALS,
    .elementwise = true,
    .min_inputs = 1,
    .max_inputs = 1,
    .samples = samples,
    .value = hard_tanh_value,
    .vector = "smaller(set(1.0f), larger(set(-1.0f), v))",
    .formula = "a < -1 ? -1 : a > 1 ? 1 : a",
    .functions = "hard_tanh(x)",
    .activation = "hard_tanh",
    .to_onnx = "Clip(a, -1.0, 1.0)",
};

static double silu_value(const struct op *op, double a, double b)
{
    (void)b;
    return a / (1 + exp(-((const struct alpha *)op->attr)->alpha * a));
}

static const char *silu_vector(const struct op *op)
{
    return ((const struct alpha *)op->attr)->alpha == 1
               ? "multiply(v, sigmoid_vec(v))"
               : "multiply(v, sigmoid_vec(multiply(set($alpha), v)))";
}

/* SwiGLU(a, b) = a sigmoid(alpha a) b, of equal shapes. */
static bool import_swiglu(struct graph *g, struct onnx_node *n)
{
    struct tensor *a = onnx_input(n, 0), *in[2] = { NULL, onnx_input(n, 1) };
    if (!a || !in[1] || !shape_equal(&a->shape, &in[1]->shape) || a->type != in[1]->type)
        return onnx_error(g, n, "needs two inputs of one shape and one type");
    in[0] = op_make(g, n->from, "Swish",
                    arena_printf(g->ctx->arena, "alpha=%.17g", onnx_float(n, "alpha", 1)), &a, 1);
    return in[0] && onnx_make(g, n, "Multiply", "", in, 2);
}

/* Swish, and ONNX Runtime's QuickGelu, which is the same with another coefficient where none is
 * given. */
static bool import_swish(struct graph *g, struct onnx_node *n)
{
    const double alpha = onnx_float(n, "alpha", strcmp(n->op_type, "QuickGelu") == 0 ? 1.702 : 1);
    if (strcmp(n->op_type, "SwiGLU") == 0)
        return import_swiglu(g, n);
    return onnx_make(g, n, "Swish", arena_printf(g->ctx->arena, "alpha=%.17g", alpha), n->in,
                     n->nin);
}

static const char *silu_to_onnx(struct graph *g, const struct op *op)
{
    (void)g;
    return ((const struct alpha *)op->attr)->alpha == 1 ? "Mul(a, Sigmoid(a))"
                                                        : "Mul(a, Sigmoid(Mul(a, $alpha)))";
}

const struct opdef silu = {
    .name = "Swish",
    .aliases = "SiLU Silu",
    .onnx = "Swish SwiGLU com.microsoft:QuickGelu",
    .keras_base = "silu",
    .brief = "x sigmoid(alpha x)",
    .attrs = swish_attrs,
    .attr_size = sizeof(struct alpha),
    .types = REALS,
    .elementwise = true,
    .min_inputs = 1,
    .max_inputs = 1,
    .samples = samples,
    .value = silu_value,
    .vector_for = silu_vector,
    .formula = "a / (1.0$f + exp$f(-$alpha * a))",
    .import = import_swish,
    .functions = "silu swish(x|features, alpha|beta=1.0)",
    .activation = "silu swish",
    .to_onnx_for = silu_to_onnx,
};

static double hard_silu_value(const struct op *op, double a, double b)
{
    (void)op;
    (void)b;
    return a * (a < -3 ? 0 : a > 3 ? 1 : a / 6 + 0.5);
}

const struct opdef hard_silu = {
    .name = "HardSwish",
    .aliases = "HardSiLU",
    .onnx = "HardSwish",
    .keras_base = "hard_silu",
    .brief = "x min(max(x / 6 + 1/2, 0), 1)",
    .types = REALS,
    .elementwise = true,
    .min_inputs = 1,
    .max_inputs = 1,
    .samples = samples,
    .value = hard_silu_value,
    .vector = "multiply(v, smaller(set(1.0f), larger(set(0.0f), mul_add_vec(set(0.5f), "
              "set(0.166666672f), v))))",
    .formula = "a * (a < -3 ? 0 : a > 3 ? 1 : a / 6 + 0.5$f)",
    .functions = "hard_silu hard_swish(x)",
    .activation = "hard_silu hard_swish",
};

static double mish_value(const struct op *op, double a, double b)
{
    (void)op;
    (void)b;
    return a * tanh(a > 30 ? a : log1p(exp(a)));
}

const struct opdef mish = {
    .name = "Mish",
    .onnx = "Mish",
    .keras_base = "mish",
    .brief = "x tanh(softplus(x))",
    .types = REALS,
    .elementwise = true,
    .min_inputs = 1,
    .max_inputs = 1,
    .samples = samples,
    .value = mish_value,
    .vector = "choose(greater(v, set(20.0f)), v, multiply(v, mish_vec(v)))",
    .formula = "a * tanh$f(a > 30 ? a : log1p$f(exp$f(a)))",
    .functions = "mish(x)",
    .activation = "mish",
};

static double tanh_shrink_value(const struct op *op, double a, double b)
{
    (void)op;
    (void)b;
    return a - tanh(a);
}

const struct opdef tanh_shrink = {
    .name = "TanhShrink",
    .keras_base = "tanh_shrink",
    .brief = "x - tanh(x)",
    .types = REALS,
    .elementwise = true,
    .min_inputs = 1,
    .max_inputs = 1,
    .samples = samples,
    .value = tanh_shrink_value,
    .vector = "subtract(v, tanh_vec(v))",
    .formula = "a - tanh$f(a)",
    .functions = "tanh_shrink(x)",
    .activation = "tanh_shrink",
    .to_onnx = "Sub(a, Tanh(a))",
};

static double softplus_value(const struct op *op, double a, double b)
{
    (void)op;
    (void)b;
    return (a > 0 ? a : 0) + log1p(exp(-fabs(a)));
}

const struct opdef softplus = {
    .name = "Softplus",
    .onnx = "Softplus",
    .keras_base = "softplus",
    .brief = "log(1 + e^x)",
    .types = REALS,
    .elementwise = true,
    .min_inputs = 1,
    .max_inputs = 1,
    .samples = samples,
    .value = softplus_value,
    .vector = "softplus_vec(v)",
    .formula = "(a > 0 ? a : 0) + log1p$f(exp$f(-fabs$f(a)))",
    .functions = "softplus(x|features)",
    .activation = "softplus",
};

static double log_sigmoid_value(const struct op *op, double a, double b)
{
    (void)op;
    (void)b;
    return (a < 0 ? a : 0) - log1p(exp(-fabs(a)));
}

const struct opdef log_sigmoid = {
    .name = "LogSigmoid",
    .keras_base = "log_sigmoid",
    .brief = "log(sigmoid(x))",
    .types = REALS,
    .elementwise = true,
    .min_inputs = 1,
    .max_inputs = 1,
    .samples = samples,
    .value = log_sigmoid_value,
    .vector = "subtract(set(0.0f), softplus_vec(subtract(set(0.0f), v)))",
    .formula = "(a < 0 ? a : 0) - log1p$f(exp$f(-fabs$f(a)))",
    .functions = "log_sigmoid(x)",
    .activation = "log_sigmoid",
    .to_onnx = "Neg(Softplus(Neg(a)))",
};

static double softsign_value(const struct op *op, double a, double b)
{
    (void)op;
    (void)b;
    return a / (1 + fabs(a));
}

const struct opdef softsign = {
    .name = "Softsign",
    .onnx = "Softsign",
    .keras_base = "softsign",
    .brief = "x / (1 + |x|)",
    .types = REALS,
    .elementwise = true,
    .min_inputs = 1,
    .max_inputs = 1,
    .samples = samples,
    .value = softsign_value,
    .vector = "divide(v, add(set(1.0f), absolute(v)))",
    .formula = "a / (1.0$f + fabs$f(a))",
    .functions = "softsign(x|features)",
    .activation = "softsign",
};

static double squareplus_value(const struct op *op, double a, double b)
{
    (void)b;
    return (a + sqrt(a * a + ((const struct squareplus *)op->attr)->b)) / 2;
}

const struct opdef squareplus = {
    .name = "SquarePlus",
    .keras_base = "squareplus",
    .brief = "(x + sqrt(x^2 + b)) / 2",
    .attrs = squareplus_attrs,
    .attr_size = sizeof(struct squareplus),
    .types = REALS,
    .elementwise = true,
    .min_inputs = 1,
    .max_inputs = 1,
    .samples = samples,
    .value = squareplus_value,
    .vector = "multiply(set(0.5f), add(v, sqrt_vec(mul_add_vec(set($b), v, v))))",
    .formula = "(a + sqrt$f(a * a + $b)) * 0.5$f",
    .functions = "squareplus(x, b=4)",
    .activation = "squareplus",
    .to_onnx = "Mul(Add(a, Sqrt(Add(Mul(a, a), $b))), 0.5)",
};

static double sparse_plus_value(const struct op *op, double a, double b)
{
    (void)op;
    (void)b;
    return a <= -1 ? 0 : a < 1 ? (a + 1) * (a + 1) / 4 : a;
}

const struct opdef sparse_plus = {
    .name = "SparsePlus",
    .keras_base = "sparse_plus",
    .brief = "softplus of straight and square pieces",
    .types = REALS,
    .elementwise = true,
    .min_inputs = 1,
    .max_inputs = 1,
    .samples = samples,
    .value = sparse_plus_value,
    .vector = "choose(greater(v, set(1.0f)), v, multiply(set(0.25f), multiply(larger(set(0.0f), "
              "add(v, set(1.0f))), larger(set(0.0f), add(v, set(1.0f))))))",
    .formula = "a <= -1 ? 0 : a < 1 ? (a + 1) * (a + 1) * 0.25$f : a",
    .functions = "sparse_plus(x)",
    .activation = "sparse_plus",
    .to_onnx = "p = Max(Add(a, 1.0), 0.0); Where(Greater(a, 1.0), a, Mul(Mul(p, p), 0.25))",
};

static double gelu_value(const struct op *op, double a, double b)
{
    (void)b;
    if (((const struct gelu *)op->attr)->approximate)
        return 0.5 * a * (1 + tanh(0.7978845608028654 * (a + 0.044715 * a * a * a)));
    return 0.5 * a * (1 + erf(a * 0.7071067811865476));
}

static const char *gelu_vector(const struct op *op)
{
    return ((const struct gelu *)op->attr)->approximate
               ? "multiply(multiply(set(0.5f), v), add(set(1.0f), "
                 "tanh_vec(multiply(multiply(set(0.797884561f), v), mul_add_vec(set(1.0f), "
                 "set(0.044715f), multiply(v, v))))))"
               : "multiply(multiply(set(0.5f), v), add(set(1.0f), "
                 "erf_vec(multiply(set(0.707106781f), v))))";
}

static const char *gelu_formula(const struct op *op)
{
    return ((const struct gelu *)op->attr)->approximate
               ? "0.5$f * a * (1 + tanh$f(0.7978845608028654$f * (a + 0.044715$f * a * a * a)))"
               : "0.5$f * a * (1 + erf$f(a * 0.7071067811865476$f))";
}

static bool import_gelu(struct graph *g, struct onnx_node *node)
{
    if (*node->domain)
        return import_runtime_gelu(g, node);
    const bool tanh = strcmp(onnx_string(node, "approximate", "none"), "tanh") == 0;
    return onnx_make(g, node, "Gelu", tanh ? "approximate=True" : "", node->in, node->nin);
}

static const char *gelu_to_onnx(struct graph *g, const struct op *op)
{
    (void)g;
    return ((const struct gelu *)op->attr)->approximate ? "Gelu(a, approximate='tanh')" : "Gelu(a)";
}

const struct opdef gelu = {
    .name = "Gelu",
    .aliases = "GELU",
    .onnx = "Gelu com.microsoft:Gelu com.microsoft:BiasGelu com.microsoft:FastGelu",
    .keras_base = "gelu",
    .brief = "x times the normal distribution of x",
    .attrs = gelu_attrs,
    .attr_size = sizeof(struct gelu),
    .types = REALS,
    .elementwise = true,
    .min_inputs = 1,
    .max_inputs = 1,
    .samples = gelu_samples,
    .value = gelu_value,
    .vector_for = gelu_vector,
    .formula_for = gelu_formula,
    .functions = "nn.gelu activations.gelu gelu(x|features, approximate=False); ops.gelu(x, "
                 "approximate=True)",
    .activation = "gelu",
    .import = import_gelu,
    .to_onnx_for = gelu_to_onnx,
};

/* ---- gated linear unit: the first half of an axis times the sigmoid of the second ---- */

struct glu {
    int axis;
};

static const struct attr glu_attrs[] = {
    { "axis", NULL, ATTR_INT, offsetof(struct glu, axis), "-1", NULL, 0 }, { 0 }
};

static struct tensor *half_of(struct graph *g, struct op *op, int axis, int which)
{
    const struct shape *s = &op->in[0]->shape;
    const char *begin = "", *size = "";
    for (int d = 0; d < s->rank; d++) {
        const long long n = d == axis ? s->dim[d] / 2 : s->dim[d];
        begin = arena_printf(g->ctx->arena, "%s%lld,", begin, d == axis ? which * n : 0);
        size = arena_printf(g->ctx->arena, "%s%lld,", size, n);
    }
    return op_make(g, op, "Slice", arena_printf(g->ctx->arena, "begin=(%s) size=(%s)", begin, size),
                   op->in, 1);
}

static struct tensor *expand_glu(struct graph *g, struct op *op)
{
    const int rank = op->in[0]->shape.rank, given = ((const struct glu *)op->attr)->axis,
              axis = given < 0 ? given + rank : given;
    if (axis < 0 || axis >= rank || op->in[0]->shape.dim[axis] % 2) {
        op_error(g, op, "needs an even number of values along axis %d of %s", given,
                 shape_text(g->ctx->arena, &op->in[0]->shape));
        return NULL;
    }
    struct tensor *pair[2] = { half_of(g, op, axis, 0), half_of(g, op, axis, 1) };
    pair[1] = pair[1] ? op_make(g, op, "Sigmoid", "", &pair[1], 1) : NULL;
    return pair[0] && pair[1] ? op_make(g, op, "Multiply", "", pair, 2) : NULL;
}

static const struct sample glu_samples[] = { { "5x4x6", "" }, { "6x5", "axis=1" }, { NULL, NULL } };

const struct opdef glu = {
    .name = "GLU",
    .keras_base = "glu",
    .brief = "half of the values gated by the other half",
    .attrs = glu_attrs,
    .attr_size = sizeof(struct glu),
    .types = REALS,
    .min_inputs = 1,
    .max_inputs = 1,
    .samples = glu_samples,
    .expand = expand_glu,
    .activation = "glu",
    .functions = "glu(x, axis=-1)",
};
