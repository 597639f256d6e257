/*
 * rectifiers.c - activations of straight pieces or with an exponential on the negative side: ReLU
 * and its kin. The formulas are those of Keras 3's keras.activations and of the ONNX operators; NaN
 * stays NaN.
 */
#include "ops/common.h"
#include "ops/onnx.h"

#include <math.h>

struct relu {
    double max_value, negative_slope, threshold;
};
struct alpha {
    double alpha;
};
struct selu {
    double alpha, gamma;
};
struct shrink {
    double threshold, bias;
};
struct threshold {
    double threshold, default_value;
};

static const struct attr relu_attrs[] = {
    { "max_value", NULL, ATTR_FLOAT, offsetof(struct relu, max_value), "inf", NULL, 0 },
    { "negative_slope", NULL, ATTR_FLOAT, offsetof(struct relu, negative_slope), "0", NULL, 0 },
    { "threshold", NULL, ATTR_FLOAT, offsetof(struct relu, threshold), "0", NULL, 0 },
    { 0 }
};
static const struct attr slope_attrs[] = {
    { "negative_slope", "alpha", ATTR_FLOAT, offsetof(struct alpha, alpha), "0.3", NULL, 0 },
    { "alpha", NULL, ATTR_FLOAT, offsetof(struct alpha, alpha), "None", NULL, 0 },
    { 0 }
};
static const struct attr alpha_attrs[] = {
    { "alpha", "alpha", ATTR_FLOAT, offsetof(struct alpha, alpha), "1", NULL, 0 }, { 0 }
};
static const struct attr theta_attrs[] = {
    { "theta", "alpha", ATTR_FLOAT, offsetof(struct alpha, alpha), "1", NULL, 0 }, { 0 }
};
static const struct attr selu_attrs[] = {
    { "alpha", "alpha", ATTR_FLOAT, offsetof(struct selu, alpha), "1.6732632423543772", NULL, 0 },
    { "gamma", "gamma", ATTR_FLOAT, offsetof(struct selu, gamma), "1.0507009873554805", NULL, 0 },
    { 0 }
};
static const struct attr shrink_attrs[] = {
    { "threshold", "lambd", ATTR_FLOAT, offsetof(struct shrink, threshold), "0.5", NULL, 0 },
    { "bias", "bias", ATTR_FLOAT, offsetof(struct shrink, bias), "0", NULL, 0 },
    { 0 }
};
static const struct attr threshold_attrs[] = {
    { "threshold", NULL, ATTR_FLOAT, offsetof(struct threshold, threshold), NULL, NULL, 0 },
    { "default_value", NULL, ATTR_FLOAT, offsetof(struct threshold, default_value), NULL, NULL, 0 },
    { 0 }
};

static const struct sample samples[] = { { "5x4x3", "" }, { "33", "" }, { NULL, NULL } };
static const struct sample relu_samples[] = { { "5x4x3", "" },
                                              { "33", "max_value=1" },
                                              { "33", "negative_slope=0.2" },
                                              { "3x5",
                                                "max_value=0.8 negative_slope=0.1 threshold=0.3" },
                                              { "33", "threshold=0.5" },
                                              { NULL, NULL } };
static const struct sample threshold_samples[] = { { "33", "threshold=0.4 default_value=-3" },
                                                   { NULL, NULL } };

static double relu_value(const struct op *op, double a, double b)
{
    (void)b;
    const struct relu *p = op->attr;
    if (isnan(a) || a >= p->threshold)
        return a >= p->max_value ? p->max_value : a;
    return isnan(p->negative_slope * (a - p->threshold)) || p->negative_slope == 0
               ? 0
               : p->negative_slope * (a - p->threshold);
}

static bool is_plain(const struct relu *p)
{
    return p->negative_slope == 0 && p->threshold == 0;
}

static const char *relu_vector(const struct op *op)
{
    const struct relu *p = op->attr;
    if (is_plain(p))
        return isinf(p->max_value) ? "larger(set(0.0f), v)"
                                   : "smaller(set($max_value), larger(set(0.0f), v))";
    if (p->threshold == 0 && isinf(p->max_value))
        return "choose(greater(set(0.0f), v), multiply(v, set($negative_slope)), v)";
    return p->negative_slope == 0
               ? "smaller(set($max_value), choose(greater(set($threshold), v), set(0.0f), v))"
               : "smaller(set($max_value), choose(greater(set($threshold), v), "
                 "multiply(subtract(v, set($threshold)), set($negative_slope)), v))";
}

static const char *relu_formula(const struct op *op)
{
    const struct relu *p = op->attr;
    if (op->in[0]->type > F64)
        return isinf(p->max_value) ? "a > 0 ? a : 0"
                                   : "a > $max_value ? $max_value : a > 0 ? a : 0";
    if (is_plain(p))
        return isinf(p->max_value) ? "a < 0 ? 0 : a"
                                   : "a > $max_value ? $max_value : a < 0 ? 0 : a";
    return "a > $max_value ? $max_value : a < $threshold ? (a - $threshold) * $negative_slope : a";
}

static bool relu_clamp(const struct op *op, double *low, double *high)
{
    const struct relu *p = op->attr;
    *low = 0;
    *high = p->max_value;
    return is_plain(p);
}

static const char *relu_to_onnx(struct graph *g, const struct op *op)
{
    const struct relu *p = op->attr;
    const bool open = isinf(p->max_value);
    (void)g;
    if (is_plain(p))
        return open ? "Relu(a)" : "Clip(a, 0.0, $max_value)";
    if (p->threshold == 0 && open)
        return "LeakyRelu(a, alpha=$negative_slope)";
    return open ? "Where(Less(a, $threshold), Mul(Sub(a, $threshold), $negative_slope), a)"
                : "Where(GreaterOrEqual(a, $max_value), $max_value, Where(Less(a, $threshold), "
                  "Mul(Sub(a, $threshold), $negative_slope), a))";
}

const struct opdef relu = {
    .name = "ReLU",
    .mask = keep_mask,
    .onnx = "Relu",
    .keras_base = "re_lu",
    .brief = "max(0, x)",
    .attrs = relu_attrs,
    .attr_size = sizeof(struct relu),
    .types = REALS | SIGNED_INTS,
    .elementwise = true,
    .min_inputs = 1,
    .max_inputs = 1,
    .samples = relu_samples,
    .value = relu_value,
    .clamp = relu_clamp,
    .vector_for = relu_vector,
    .formula_for = relu_formula,
    .functions = "relu(x|features, negative_slope|alpha=0.0, max_value=None, threshold=0.0)",
    .activation = "relu",
    .to_onnx_for = relu_to_onnx,
};

static double relu6_value(const struct op *op, double a, double b)
{
    (void)op;
    (void)b;
    return a < 0 ? 0 : a > 6 ? 6 : a;
}

const struct opdef relu6 = {
    .name = "ReLU6",
    .keras_base = "re_lu6",
    .brief = "min(max(0, x), 6)",
    .types = REALS,
    .elementwise = true,
    .min_inputs = 1,
    .max_inputs = 1,
    .samples = samples,
    .value = relu6_value,
    .vector = "smaller(set(6.0f), larger(set(0.0f), v))",
    .formula = "a < 0 ? 0 : a > 6 ? 6 : a",
    .functions = "relu6(x|features)",
    .activation = "relu6",
    .to_onnx = "Clip(a, 0.0, 6.0)",
};

static double leaky_relu_value(const struct op *op, double a, double b)
{
    (void)b;
    return a < 0 ? ((const struct alpha *)op->attr)->alpha * a : a;
}

static bool import_leaky_relu(struct graph *g, struct onnx_node *node)
{
    return onnx_make(g, node, "LeakyReLU",
                     arena_printf(g->ctx->arena, "alpha=%.17g", onnx_float(node, "alpha", 0.01)),
                     node->in, node->nin);
}

const struct opdef leaky_relu = {
    .name = "LeakyReLU",
    .mask = keep_mask,
    .onnx = "LeakyRelu",
    .keras_base = "leaky_re_lu",
    .brief = "x, or a little of it where it is negative",
    .attrs = slope_attrs,
    .attr_size = sizeof(struct alpha),
    .types = REALS,
    .elementwise = true,
    .min_inputs = 1,
    .max_inputs = 1,
    .samples = samples,
    .value = leaky_relu_value,
    .vector = "choose(greater(set(0.0f), v), multiply(v, set($negative_slope)), v)",
    .formula = "a < 0 ? a * $negative_slope : a",
    .import = import_leaky_relu,
    .functions = "leaky_relu(x|features, negative_slope|alpha=0.2)",
    .activation = "leaky_relu",
    .activation_args = "negative_slope=0.2",
    .to_onnx = "LeakyRelu(a, alpha=$negative_slope)",
};

static double thresholded_relu_value(const struct op *op, double a, double b)
{
    (void)b;
    return a > ((const struct alpha *)op->attr)->alpha ? a : 0;
}

const struct opdef thresholded_relu = {
    .name = "ThresholdedReLU",
    .mask = keep_mask,
    .onnx = "ThresholdedRelu",
    .keras_base = "thresholded_re_lu",
    .brief = "x where it is above theta, else 0",
    .attrs = theta_attrs,
    .attr_size = sizeof(struct alpha),
    .types = REALS,
    .elementwise = true,
    .min_inputs = 1,
    .max_inputs = 1,
    .samples = samples,
    .value = thresholded_relu_value,
    .vector = "choose(greater(v, set($theta)), v, set(0.0f))",
    .formula = "a > $theta ? a : 0",
};

static double elu_value(const struct op *op, double a, double b)
{
    (void)b;
    return a > 0 ? a : ((const struct alpha *)op->attr)->alpha * expm1(a);
}

const struct opdef elu = {
    .name = "ELU",
    .mask = keep_mask,
    .onnx = "Elu",
    .keras_base = "elu",
    .brief = "x, or alpha (e^x - 1) where it is negative",
    .attrs = alpha_attrs,
    .attr_size = sizeof(struct alpha),
    .types = REALS,
    .elementwise = true,
    .min_inputs = 1,
    .max_inputs = 1,
    .samples = samples,
    .value = elu_value,
    .vector =
        "choose(greater(v, set(0.0f)), v, multiply(set($alpha), subtract(exp_vec(v), set(1.0f))))",
    .formula = "a > 0 ? a : $alpha * expm1$f(a)",
    .functions = "elu(x|features, alpha=1.0)",
    .activation = "elu",
};

static double selu_value(const struct op *op, double a, double b)
{
    (void)b;
    const struct selu *p = op->attr;
    return p->gamma * (a > 0 ? a : p->alpha * expm1(a));
}

const struct opdef selu = {
    .name = "SELU",
    .onnx = "Selu",
    .keras_base = "selu",
    .brief = "ELU scaled so that mean and variance stay",
    .attrs = selu_attrs,
    .attr_size = sizeof(struct selu),
    .types = REALS,
    .elementwise = true,
    .min_inputs = 1,
    .max_inputs = 1,
    .samples = samples,
    .value = selu_value,
    .vector = "multiply(set($gamma), choose(greater(v, set(0.0f)), v, multiply(set($alpha), "
              "subtract(exp_vec(v), set(1.0f)))))",
    .formula = "$gamma * (a > 0 ? a : $alpha * expm1$f(a))",
    .functions = "selu(x|features)",
    .activation = "selu",
};

static double celu_value(const struct op *op, double a, double b)
{
    (void)b;
    const double alpha = ((const struct alpha *)op->attr)->alpha;
    return a > 0 ? a : alpha * expm1(a / alpha);
}

const struct opdef celu = {
    .name = "CELU",
    .onnx = "Celu",
    .keras_base = "celu",
    .brief = "x, or alpha (e^(x / alpha) - 1) where it is negative",
    .attrs = alpha_attrs,
    .attr_size = sizeof(struct alpha),
    .types = REALS,
    .elementwise = true,
    .min_inputs = 1,
    .max_inputs = 1,
    .samples = samples,
    .value = celu_value,
    .vector = "choose(greater(v, set(0.0f)), v, multiply(set($alpha), subtract(exp_vec(divide(v, "
              "set($alpha))), set(1.0f))))",
    .formula = "a > 0 ? a : $alpha * expm1$f(a / $alpha)",
    .functions = "celu(x, alpha=1.0)",
    .activation = "celu",
};

static double shrink_value(const struct op *op, double a, double b)
{
    (void)b;
    const struct shrink *p = op->attr;
    return a < -p->threshold ? a + p->bias : a > p->threshold ? a - p->bias : a - a;
}

/* Whole numbers are shrunk as real ones. */
static bool import_shrink(struct graph *g, struct onnx_node *node)
{
    struct tensor *x = onnx_input(node, 0);
    const char *attrs = arena_printf(g->ctx->arena, "threshold=%.17g bias=%.17g",
                                     onnx_float(node, "lambd", 0.5), onnx_float(node, "bias", 0));
    const enum dtype type = x ? x->type : F32;
    if (!x || !(x = op_make(g, node->from, "Shrink", attrs, &x, 1)))
        return false;
    return x->type == type
               ? (onnx_results(node, x), true)
               : onnx_make(g, node, "Cast", arena_printf(g->ctx->arena, "to=%s", dtype_name(type)),
                           &x, 1);
}

const struct opdef shrink = {
    .name = "Shrink",
    .onnx = "Shrink",
    .keras_base = "shrink",
    .brief = "towards 0 by bias; 0 within the threshold",
    .attrs = shrink_attrs,
    .attr_size = sizeof(struct shrink),
    .types = REALS,
    .elementwise = true,
    .min_inputs = 1,
    .max_inputs = 1,
    .samples = samples,
    .value = shrink_value,
    .vector = "choose(greater(v, set($threshold)), subtract(v, set($bias)), "
              "choose(greater(subtract(set(0.0f), set($threshold)), v), "
              "add(v, set($bias)), subtract(v, v)))",
    .formula = "a < -$threshold ? a + $bias : a > $threshold ? a - $bias : 0",
    .import = import_shrink,
    .to_onnx = "Shrink(a, lambd=$threshold, bias=$bias)",
};

static double hard_shrink_value(const struct op *op, double a, double b)
{
    (void)b;
    const double limit = ((const struct shrink *)op->attr)->threshold;
    return a < -limit || a > limit ? a : a - a;
}

const struct opdef hard_shrink = {
    .name = "HardShrink",
    .keras_base = "hard_shrink",
    .brief = "0 within the threshold, else x",
    .attrs = shrink_attrs,
    .attr_size = sizeof(struct shrink),
    .types = REALS,
    .elementwise = true,
    .min_inputs = 1,
    .max_inputs = 1,
    .samples = samples,
    .value = hard_shrink_value,
    .vector = "choose(greater(absolute(v), set($threshold)), v, subtract(v, v))",
    .formula = "a < -$threshold || a > $threshold ? a : 0",
    .functions = "hard_shrink(x, threshold=0.5)",
    .activation = "hard_shrink",
    .to_onnx = "Shrink(a, lambd=$threshold, bias=0.0)",
};

static double soft_shrink_value(const struct op *op, double a, double b)
{
    (void)b;
    const double limit = ((const struct shrink *)op->attr)->threshold;
    return a < -limit ? a + limit : a > limit ? a - limit : a - a;
}

const struct opdef soft_shrink = {
    .name = "SoftShrink",
    .keras_base = "soft_shrink",
    .brief = "towards 0 by the threshold",
    .attrs = shrink_attrs,
    .attr_size = sizeof(struct shrink),
    .types = REALS,
    .elementwise = true,
    .min_inputs = 1,
    .max_inputs = 1,
    .samples = samples,
    .value = soft_shrink_value,
    .vector = "choose(greater(v, set($threshold)), subtract(v, set($threshold)), "
              "choose(greater(subtract(set(0.0f), set($threshold)), v), "
              "add(v, set($threshold)), subtract(v, v)))",
    .formula = "a < -$threshold ? a + $threshold : a > $threshold ? a - $threshold : 0",
    .functions = "soft_shrink(x, threshold=0.5)",
    .activation = "soft_shrink",
    .to_onnx = "Shrink(a, lambd=$threshold, bias=$threshold)",
};

static double threshold_value(const struct op *op, double a, double b)
{
    (void)b;
    const struct threshold *p = op->attr;
    return a > p->threshold ? a : p->default_value;
}

const struct opdef threshold = {
    .name = "Threshold",
    .keras_base = "threshold",
    .brief = "x where it is above the threshold, else a value",
    .attrs = threshold_attrs,
    .attr_size = sizeof(struct threshold),
    .types = REALS,
    .elementwise = true,
    .min_inputs = 1,
    .max_inputs = 1,
    .samples = threshold_samples,
    .value = threshold_value,
    .vector = "choose(greater(v, set($threshold)), v, set($default_value))",
    .formula = "a > $threshold ? a : $default_value",
    .functions = "activations.threshold ops.threshold(x, threshold, default_value)",
    .to_onnx = "Where(Greater(a, $threshold), a, $default_value)",
};

/* ---- a trained slope ---- */

struct prelu {
    struct int_list shared_axes;
};

static const struct attr prelu_attrs[] = {
    { "alpha_initializer", NULL, ATTR_IGNORED, 0, "Zeros", NULL, 0 },
    { "alpha_regularizer", NULL, ATTR_IGNORED, 0, "None", NULL, 0 },
    { "alpha_constraint", NULL, ATTR_IGNORED, 0, "None", NULL, 0 },
    { "shared_axes", NULL, ATTR_LIST, offsetof(struct prelu, shared_axes), "None", NULL, 0 },
    { 0 }
};

/* One slope for each element; along shared axes one for all. */
static bool prelu_weights(struct graph *g, struct op *op)
{
    const struct int_list *shared = &((const struct prelu *)op->attr)->shared_axes;
    const struct shape *s = &op->in[0]->shape;
    struct shape alpha = { .rank = s->rank - 1 };
    if (s->rank < 1)
        return op_error(g, op, "needs at least one axis");
    for (int d = 1; d < s->rank; d++)
        alpha.dim[d - 1] = s->dim[d];
    for (int i = 0; i < shared->count; i++) {
        const int64_t axis = shared->item[i];
        if (axis < 1 || axis >= s->rank)
            return op_error(g, op,
                            "'shared_axes' names the axis %lld; the input's axes are 1 to %d",
                            (long long)axis, s->rank - 1);
        alpha.dim[axis - 1] = 1;
    }
    return op_weight(g, op, "alpha", alpha, INIT_ZEROS, 0, 0);
}

static double prelu_value(const struct op *op, double a, double b)
{
    (void)op;
    return a < 0 ? a * b : a;
}

static const char *prelu_formula(const struct op *op)
{
    const enum dtype t = op->in[0]->type;
    return t <= F64 ? "a < 0 ? a * b : a" : t <= I64 ? "a < 0 ? ($t)(($u)a * ($u)b) : a" : "a";
}

static bool import_prelu(struct graph *g, struct onnx_node *node)
{
    struct tensor *x = onnx_input(node, 0), *slope = onnx_input(node, 1);
    if (!x || !slope)
        return onnx_error(g, node, "it needs two inputs");
    const int rank = x->shape.rank;
    /* in old files by channel, axis 1 */
    if (node->opset < 7 && slope->shape.rank == 1 && rank > 2 && slope->shape.dim[0] > 1) {
        int64_t axes[MAX_RANK];
        for (int d = 0; d < rank - 2; d++)
            axes[d] = d + 1;
        slope = onnx_apply(g, node, "Unsqueeze",
                           (struct tensor *[]){ slope, onnx_int_constant(g, node, axes, rank - 2) },
                           2, NULL, 0);
    }
    return slope && onnx_make(g, node, "PReLU", "", (struct tensor *[]){ x, slope }, 2);
}

static const struct sample prelu_samples[] = {
    { "5x4x3", "" }, { "5x4x3", "shared_axes=(1,2)" }, { "5x4x19", "shared_axes=(1,2)" },
    { "33", "" },    { "5x4x3", "shared_axes=(3)" },   { NULL, NULL }
};

const struct opdef prelu = {
    .name = "PReLU",
    .mask = keep_mask,
    .onnx = "PRelu",
    .keras_base = "p_re_lu",
    .brief = "x, or a trained part of it where it is negative",
    .attrs = prelu_attrs,
    .attr_size = sizeof(struct prelu),
    .types = NUMBERS,
    .min_inputs = 1,
    .max_inputs = 1,
    .samples = prelu_samples,
    .elementwise = true,
    .weights = prelu_weights,
    .value = prelu_value,
    .vector = "choose(greater(set(0.0f), v), multiply(v, other), v)",
    .formula_for = prelu_formula,
    .import = import_prelu,
    .to_onnx = "PRelu(a, b)",
};
