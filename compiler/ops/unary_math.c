/* unary_math.c - functions of one number: magnitude, roots, exponentials and logarithms, rounding,
 * tests for NaN, negation of truth and bits. */
#include "ops/common.h"

#include <math.h>

struct isinf {
    bool detect_negative, detect_positive;
};

static const struct attr isinf_attrs[] = {
    { "detect_negative", "detect_negative", ATTR_BOOL, offsetof(struct isinf, detect_negative),
      "True", NULL, 0 },
    { "detect_positive", "detect_positive", ATTR_BOOL, offsetof(struct isinf, detect_positive),
      "True", NULL, 0 },
    { 0 }
};

static const struct sample samples[] = { { "5x4x3", "" }, { "33", "" }, { NULL, NULL } };
static const struct sample of_positive[] = { { "5x4x3@0.01:9", "" },
                                             { "33@0:1", "" },
                                             { NULL, NULL } };
static const struct sample with_integers[] = {
    { "5x4x3", "" }, { "int32[33]@-9:9", "" }, { "int8[7]@-128:127", "" }, { NULL, NULL }
};
static const struct sample of_integers[] = { { "int32[33]@-9:9", "" },
                                             { "uint8[7]@0:255", "" },
                                             { NULL, NULL } };
static const struct sample of_bool[] = { { "bool[33]@0:1", "" }, { NULL, NULL } };

static double absolute_value(const struct op *op, double a, double b)
{
    (void)op;
    (void)b;
    return fabs(a);
}

static const char *absolute_formula(const struct op *op)
{
    return op->in[0]->type <= F64   ? "fabs$f(a)"
           : op->in[0]->type <= I64 ? "a < 0 ? ($u)0 - ($u)a : ($u)a"
                                    : "a";
}

const struct opdef absolute = {
    .name = "Abs",
    .onnx = "Abs",
    .keras_base = "absolute",
    .brief = "|x|",
    .types = NUMBERS,
    .elementwise = true,
    .min_inputs = 1,
    .max_inputs = 1,
    .samples = with_integers,
    .value = absolute_value,
    .vector = "absolute(v)",
    .formula_for = absolute_formula,
    .functions = "abs absolute fabs(x)",
};

static double negative_value(const struct op *op, double a, double b)
{
    (void)op;
    (void)b;
    return -a;
}

const struct opdef negative = {
    .name = "Negative",
    .onnx = "Neg",
    .keras_base = "negative",
    .brief = "-x",
    .types = NUMBERS,
    .elementwise = true,
    .min_inputs = 1,
    .max_inputs = 1,
    .samples = with_integers,
    .value = negative_value,
    .vector = "subtract(set(-0.0f), v)",
    .formula = "-a",
    .integers = "($u)0 - ($u)a",
    .functions = "negative neg(x)",
    .python_operator = "-x",
};

static double sign_value(const struct op *op, double a, double b)
{
    (void)op;
    (void)b;
    return a > 0 ? 1 : a < 0 ? -1 : a;
}

static const char *sign_formula(const struct op *op)
{
    return op->in[0]->type <= I64 ? "a > 0 ? 1 : a < 0 ? -1 : a" : "a > 0";
}

const struct opdef sign = {
    .name = "Sign",
    .onnx = "Sign",
    .keras_base = "sign",
    .brief = "-1, 0 or 1",
    .types = NUMBERS,
    .elementwise = true,
    .min_inputs = 1,
    .max_inputs = 1,
    .samples = with_integers,
    .value = sign_value,
    .vector =
        "choose(greater(v, set(0.0f)), set(1.0f), choose(greater(set(0.0f), v), set(-1.0f), v))",
    .formula_for = sign_formula,
    .functions = "sign(x)",
};

static double square_value(const struct op *op, double a, double b)
{
    (void)op;
    (void)b;
    return a * a;
}

const struct opdef square = {
    .name = "Square",
    .keras_base = "square",
    .brief = "x^2",
    .types = NUMBERS,
    .elementwise = true,
    .min_inputs = 1,
    .max_inputs = 1,
    .samples = with_integers,
    .value = square_value,
    .vector = "multiply(v, v)",
    .formula = "a * a",
    .integers = "($u)a * ($u)a",
    .functions = "square(x)",
    .to_onnx = "Mul(a, a)",
};

static double sqrt_op_value(const struct op *op, double a, double b)
{
    (void)op;
    (void)b;
    return sqrt(a);
}

const struct opdef sqrt_op = {
    .name = "Sqrt",
    .onnx = "Sqrt",
    .keras_base = "sqrt",
    .brief = "square root",
    .types = REALS,
    .elementwise = true,
    .min_inputs = 1,
    .max_inputs = 1,
    .samples = of_positive,
    .value = sqrt_op_value,
    .vector = "sqrt_vec(v)",
    .formula = "sqrt$f(a)",
    .functions = "sqrt(x)",
};

static double rsqrt_value(const struct op *op, double a, double b)
{
    (void)op;
    (void)b;
    return 1 / sqrt(a);
}

const struct opdef rsqrt = {
    .name = "Rsqrt",
    .keras_base = "rsqrt",
    .brief = "1 / sqrt(x)",
    .types = REALS,
    .elementwise = true,
    .min_inputs = 1,
    .max_inputs = 1,
    .samples = of_positive,
    .value = rsqrt_value,
    .vector = "divide(set(1.0f), sqrt_vec(v))",
    .formula = "1.0$f / sqrt$f(a)",
    .functions = "rsqrt(x)",
    .to_onnx = "Reciprocal(Sqrt(a))",
};

static double reciprocal_value(const struct op *op, double a, double b)
{
    (void)op;
    (void)b;
    return 1 / a;
}

const struct opdef reciprocal = {
    .name = "Reciprocal",
    .onnx = "Reciprocal",
    .keras_base = "reciprocal",
    .brief = "1 / x",
    .types = REALS,
    .elementwise = true,
    .min_inputs = 1,
    .max_inputs = 1,
    .samples = of_positive,
    .value = reciprocal_value,
    .vector = "divide(set(1.0f), v)",
    .formula = "1.0$f / a",
    .functions = "reciprocal(x)",
};

static double exponential_value(const struct op *op, double a, double b)
{
    (void)op;
    (void)b;
    return exp(a);
}

const struct opdef exponential = {
    .name = "Exp",
    .onnx = "Exp",
    .keras_base = "exp",
    .brief = "e^x",
    .types = REALS,
    .elementwise = true,
    .min_inputs = 1,
    .max_inputs = 1,
    .samples = samples,
    .value = exponential_value,
    .vector = "exp_vec(v)",
    .formula = "exp$f(a)",
    .functions = "exp exponential(x)",
    .activation = "exponential",
};

static double expm1_op_value(const struct op *op, double a, double b)
{
    (void)op;
    (void)b;
    return expm1(a);
}

const struct opdef expm1_op = {
    .name = "Expm1",
    .keras_base = "expm1",
    .brief = "e^x - 1",
    .types = REALS,
    .elementwise = true,
    .min_inputs = 1,
    .max_inputs = 1,
    .samples = samples,
    .value = expm1_op_value,
    .vector = "each_vec(v, expm1f)",
    .formula = "expm1$f(a)",
    .functions = "expm1(x)",
    .to_onnx = "Sub(Exp(a), 1.0)",
};

static double exp2_op_value(const struct op *op, double a, double b)
{
    (void)op;
    (void)b;
    return exp2(a);
}

const struct opdef exp2_op = {
    .name = "Exp2",
    .keras_base = "exp2",
    .brief = "2^x",
    .types = REALS,
    .elementwise = true,
    .min_inputs = 1,
    .max_inputs = 1,
    .samples = samples,
    .value = exp2_op_value,
    .vector = "each_vec(v, exp2f)",
    .formula = "exp2$f(a)",
    .functions = "exp2(x)",
    .to_onnx = "Pow(2.0, a)",
};

static double log_op_value(const struct op *op, double a, double b)
{
    (void)op;
    (void)b;
    return log(a);
}

const struct opdef log_op = {
    .name = "Log",
    .onnx = "Log",
    .keras_base = "log",
    .brief = "natural logarithm",
    .types = REALS,
    .elementwise = true,
    .min_inputs = 1,
    .max_inputs = 1,
    .samples = of_positive,
    .value = log_op_value,
    .vector = "log_vec(v)",
    .formula = "log$f(a)",
    .functions = "log(x)",
};

static double log1p_op_value(const struct op *op, double a, double b)
{
    (void)op;
    (void)b;
    return log1p(a);
}

const struct opdef log1p_op = {
    .name = "Log1p",
    .keras_base = "log1p",
    .brief = "log(1 + x)",
    .types = REALS,
    .elementwise = true,
    .min_inputs = 1,
    .max_inputs = 1,
    .samples = of_positive,
    .value = log1p_op_value,
    .vector = "log1p_vec(v)",
    .formula = "log1p$f(a)",
    .functions = "log1p(x)",
    .to_onnx = "Log(Add(a, 1.0))",
};

static double log2_op_value(const struct op *op, double a, double b)
{
    (void)op;
    (void)b;
    return log2(a);
}

const struct opdef log2_op = {
    .name = "Log2",
    .keras_base = "log2",
    .brief = "logarithm to base 2",
    .types = REALS,
    .elementwise = true,
    .min_inputs = 1,
    .max_inputs = 1,
    .samples = of_positive,
    .value = log2_op_value,
    .vector = "multiply(log_vec(v), set(1.44269504f))",
    .formula = "log2$f(a)",
    .functions = "log2(x)",
    .to_onnx = "Mul(Log(a), 1.4426950408889634)",
};

static double log10_op_value(const struct op *op, double a, double b)
{
    (void)op;
    (void)b;
    return log10(a);
}

const struct opdef log10_op = {
    .name = "Log10",
    .keras_base = "log10",
    .brief = "logarithm to base 10",
    .types = REALS,
    .elementwise = true,
    .min_inputs = 1,
    .max_inputs = 1,
    .samples = of_positive,
    .value = log10_op_value,
    .vector = "multiply(log_vec(v), set(0.434294482f))",
    .formula = "log10$f(a)",
    .functions = "log10(x)",
    .to_onnx = "Mul(Log(a), 0.4342944819032518)",
};

static double floor_op_value(const struct op *op, double a, double b)
{
    (void)op;
    (void)b;
    return floor(a);
}

const struct opdef floor_op = {
    .name = "Floor",
    .onnx = "Floor",
    .keras_base = "floor",
    .brief = "the next whole number below",
    .types = REALS,
    .elementwise = true,
    .min_inputs = 1,
    .max_inputs = 1,
    .samples = samples,
    .value = floor_op_value,
    .vector = "each_vec(v, floorf)",
    .formula = "floor$f(a)",
    .functions = "floor(x)",
};

static double ceil_op_value(const struct op *op, double a, double b)
{
    (void)op;
    (void)b;
    return ceil(a);
}

const struct opdef ceil_op = {
    .name = "Ceil",
    .onnx = "Ceil",
    .keras_base = "ceil",
    .brief = "the next whole number above",
    .types = REALS,
    .elementwise = true,
    .min_inputs = 1,
    .max_inputs = 1,
    .samples = samples,
    .value = ceil_op_value,
    .vector = "each_vec(v, ceilf)",
    .formula = "ceil$f(a)",
    .functions = "ceil(x)",
};

static double round_op_value(const struct op *op, double a, double b)
{
    (void)op;
    (void)b;
    return rint(a);
}

const struct opdef round_op = {
    .name = "Round",
    .onnx = "Round",
    .keras_base = "round",
    .brief = "the nearest whole number, halves to the even one",
    .types = REALS,
    .elementwise = true,
    .min_inputs = 1,
    .max_inputs = 1,
    .samples = samples,
    .value = round_op_value,
    .vector = "each_vec(v, rintf)",
    .formula = "rint$f(a)",
    .functions = "round(x)",
};

static double trunc_op_value(const struct op *op, double a, double b)
{
    (void)op;
    (void)b;
    return trunc(a);
}

const struct opdef trunc_op = {
    .name = "Trunc",
    .keras_base = "trunc",
    .brief = "the whole part",
    .types = REALS,
    .elementwise = true,
    .min_inputs = 1,
    .max_inputs = 1,
    .samples = samples,
    .value = trunc_op_value,
    .vector = "each_vec(v, truncf)",
    .formula = "trunc$f(a)",
    .functions = "trunc(x)",
    .to_onnx = "Mul(Sign(a), Floor(Abs(a)))",
};

static double erf_op_value(const struct op *op, double a, double b)
{
    (void)op;
    (void)b;
    return erf(a);
}

const struct opdef erf_op = {
    .name = "Erf",
    .onnx = "Erf",
    .keras_base = "erf",
    .brief = "the error function",
    .types = REALS,
    .elementwise = true,
    .min_inputs = 1,
    .max_inputs = 1,
    .samples = samples,
    .value = erf_op_value,
    .vector = "erf_vec(v)",
    .formula = "erf$f(a)",
    .functions = "erf(x)",
};

static double erfc_op_value(const struct op *op, double a, double b)
{
    (void)op;
    (void)b;
    return erfc(a);
}

const struct opdef erfc_op = {
    .name = "Erfc",
    .keras_base = "erfc",
    .brief = "1 - erf(x)",
    .types = REALS,
    .elementwise = true,
    .min_inputs = 1,
    .max_inputs = 1,
    .samples = samples,
    .value = erfc_op_value,
    .vector = "each_vec(v, erfcf)",
    .formula = "erfc$f(a)",
    .functions = "erfc(x)",
    .to_onnx = "Sub(1.0, Erf(a))",
};

static double cbrt_op_value(const struct op *op, double a, double b)
{
    (void)op;
    (void)b;
    return cbrt(a);
}

const struct opdef cbrt_op = {
    .name = "Cbrt",
    .keras_base = "cbrt",
    .brief = "cube root",
    .types = REALS,
    .elementwise = true,
    .min_inputs = 1,
    .max_inputs = 1,
    .samples = samples,
    .value = cbrt_op_value,
    .vector = "each_vec(v, cbrtf)",
    .formula = "cbrt$f(a)",
    .functions = "cbrt(x)",
    .to_onnx = "Mul(Sign(a), Pow(Abs(a), 0.3333333333333333))",
};

/* ---- truth values and bits ---- */

static double isnan_op_value(const struct op *op, double a, double b)
{
    (void)op;
    (void)b;
    return isnan(a);
}

const struct opdef isnan_op = {
    .name = "IsNaN",
    .onnx = "IsNaN",
    .keras_base = "isnan",
    .brief = "is it not a number?",
    .types = REALS,
    .elementwise = true,
    .min_inputs = 1,
    .max_inputs = 1,
    .samples = samples,
    .value = isnan_op_value,
    .formula = "isnan(a) != 0",
    .shape = boolean_shape,
    .functions = "isnan is_nan(x)",
};

static double isinf_op_value(const struct op *op, double a, double b)
{
    (void)b;
    const struct isinf *p = op->attr;
    return isinf(a) && (a > 0 ? p->detect_positive : p->detect_negative);
}

static const char *isinf_formula(const struct op *op)
{
    const struct isinf *p = op->attr;
    return p->detect_positive && p->detect_negative ? "isinf(a) != 0"
           : p->detect_positive                     ? "isinf(a) && a > 0"
           : p->detect_negative                     ? "isinf(a) && a < 0"
                                                    : "a < a";
}

const struct opdef isinf_op = {
    .name = "IsInf",
    .onnx = "IsInf",
    .keras_base = "isinf",
    .brief = "is it infinite?",
    .attrs = isinf_attrs,
    .attr_size = sizeof(struct isinf),
    .types = REALS,
    .elementwise = true,
    .min_inputs = 1,
    .max_inputs = 1,
    .samples = samples,
    .value = isinf_op_value,
    .formula_for = isinf_formula,
    .shape = boolean_shape,
    .functions =
        "isinf is_inf(x); isposinf(x) detect_negative=False; isneginf(x) detect_positive=False",
};

static double isfinite_op_value(const struct op *op, double a, double b)
{
    (void)op;
    (void)b;
    return isfinite(a) != 0;
}

const struct opdef isfinite_op = {
    .name = "IsFinite",
    .keras_base = "isfinite",
    .brief = "is it a finite number?",
    .types = REALS,
    .elementwise = true,
    .min_inputs = 1,
    .max_inputs = 1,
    .samples = samples,
    .value = isfinite_op_value,
    .formula = "isfinite(a) != 0",
    .shape = boolean_shape,
    .functions = "isfinite is_finite(x)",
    .to_onnx = "Not(Or(IsInf(a), IsNaN(a)))",
};

static double logical_not_value(const struct op *op, double a, double b)
{
    (void)op;
    (void)b;
    return a == 0;
}

const struct opdef logical_not = {
    .name = "Not",
    .onnx = "Not",
    .keras_base = "logical_not",
    .brief = "is it false?",
    .types = TYPE(BOOL) | NUMBERS,
    .elementwise = true,
    .min_inputs = 1,
    .max_inputs = 1,
    .samples = of_bool,
    .value = logical_not_value,
    .formula = "!a",
    .shape = boolean_shape,
    .functions = "logical_not(x)",
    .python_operator = "~x",
};

static double bitwise_not_value(const struct op *op, double a, double b)
{
    (void)b;
    return op->out->type > I64 && op->out->type < BOOL
               ? ldexp(1, (int)dtype_size(op->out->type) * 8) - 1 - a
               : -1 - a;
}

const struct opdef bitwise_not = {
    .name = "BitwiseNot",
    .onnx = "BitwiseNot",
    .keras_base = "bitwise_not",
    .brief = "every bit the other way",
    .types = INTS,
    .elementwise = true,
    .min_inputs = 1,
    .max_inputs = 1,
    .samples = of_integers,
    .value = bitwise_not_value,
    .formula = "~($u)a",
    .functions = "bitwise_not bitwise_invert invert(x)",
    .python_operator = "~x",
};
