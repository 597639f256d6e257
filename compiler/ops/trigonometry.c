/* trigonometry.c - trigonometric and hyperbolic functions and their inverses. */
#include "ops/common.h"

#include <math.h>

static const struct sample samples[] = { { "5x4x3", "" }, { "33", "" }, { NULL, NULL } };
static const struct sample unit[] = { { "33@-1:1", "" }, { NULL, NULL } };
static const struct sample above_one[] = { { "33@1:9", "" }, { NULL, NULL } };
static const struct sample inside[] = { { "33@-0.99:0.99", "" }, { NULL, NULL } };

static double sin_op_value(const struct op *op, double a, double b)
{
    (void)op;
    (void)b;
    return sin(a);
}

const struct opdef sin_op = {
    .name = "Sin",
    .onnx = "Sin",
    .keras_base = "sin",
    .brief = "sine",
    .types = REALS,
    .elementwise = true,
    .min_inputs = 1,
    .max_inputs = 1,
    .samples = samples,
    .value = sin_op_value,
    .vector = "each_vec(v, sinf)",
    .formula = "sin$f(a)",
    .functions = "sin(x)",
};

static double cos_op_value(const struct op *op, double a, double b)
{
    (void)op;
    (void)b;
    return cos(a);
}

const struct opdef cos_op = {
    .name = "Cos",
    .onnx = "Cos",
    .keras_base = "cos",
    .brief = "cosine",
    .types = REALS,
    .elementwise = true,
    .min_inputs = 1,
    .max_inputs = 1,
    .samples = samples,
    .value = cos_op_value,
    .vector = "each_vec(v, cosf)",
    .formula = "cos$f(a)",
    .functions = "cos(x)",
};

static double tan_op_value(const struct op *op, double a, double b)
{
    (void)op;
    (void)b;
    return tan(a);
}

const struct opdef tan_op = {
    .name = "Tan",
    .onnx = "Tan",
    .keras_base = "tan",
    .brief = "tangent",
    .types = REALS,
    .elementwise = true,
    .min_inputs = 1,
    .max_inputs = 1,
    .samples = unit,
    .value = tan_op_value,
    .vector = "each_vec(v, tanf)",
    .formula = "tan$f(a)",
    .functions = "tan(x)",
};

static double asin_op_value(const struct op *op, double a, double b)
{
    (void)op;
    (void)b;
    return asin(a);
}

const struct opdef asin_op = {
    .name = "Asin",
    .onnx = "Asin",
    .keras_base = "asin",
    .brief = "inverse sine",
    .types = REALS,
    .elementwise = true,
    .min_inputs = 1,
    .max_inputs = 1,
    .samples = unit,
    .value = asin_op_value,
    .vector = "each_vec(v, asinf)",
    .formula = "asin$f(a)",
    .functions = "asin arcsin(x)",
};

static double acos_op_value(const struct op *op, double a, double b)
{
    (void)op;
    (void)b;
    return acos(a);
}

const struct opdef acos_op = {
    .name = "Acos",
    .onnx = "Acos",
    .keras_base = "acos",
    .brief = "inverse cosine",
    .types = REALS,
    .elementwise = true,
    .min_inputs = 1,
    .max_inputs = 1,
    .samples = unit,
    .value = acos_op_value,
    .vector = "each_vec(v, acosf)",
    .formula = "acos$f(a)",
    .functions = "acos arccos(x)",
};

static double atan_op_value(const struct op *op, double a, double b)
{
    (void)op;
    (void)b;
    return atan(a);
}

const struct opdef atan_op = {
    .name = "Atan",
    .onnx = "Atan",
    .keras_base = "atan",
    .brief = "inverse tangent",
    .types = REALS,
    .elementwise = true,
    .min_inputs = 1,
    .max_inputs = 1,
    .samples = samples,
    .value = atan_op_value,
    .vector = "each_vec(v, atanf)",
    .formula = "atan$f(a)",
    .functions = "atan arctan(x)",
};

static double sinh_op_value(const struct op *op, double a, double b)
{
    (void)op;
    (void)b;
    return sinh(a);
}

const struct opdef sinh_op = {
    .name = "Sinh",
    .onnx = "Sinh",
    .keras_base = "sinh",
    .brief = "hyperbolic sine",
    .types = REALS,
    .elementwise = true,
    .min_inputs = 1,
    .max_inputs = 1,
    .samples = samples,
    .value = sinh_op_value,
    .vector = "each_vec(v, sinhf)",
    .formula = "sinh$f(a)",
    .functions = "sinh(x)",
};

static double cosh_op_value(const struct op *op, double a, double b)
{
    (void)op;
    (void)b;
    return cosh(a);
}

const struct opdef cosh_op = {
    .name = "Cosh",
    .onnx = "Cosh",
    .keras_base = "cosh",
    .brief = "hyperbolic cosine",
    .types = REALS,
    .elementwise = true,
    .min_inputs = 1,
    .max_inputs = 1,
    .samples = samples,
    .value = cosh_op_value,
    .vector = "each_vec(v, coshf)",
    .formula = "cosh$f(a)",
    .functions = "cosh(x)",
};

static double asinh_op_value(const struct op *op, double a, double b)
{
    (void)op;
    (void)b;
    return asinh(a);
}

const struct opdef asinh_op = {
    .name = "Asinh",
    .onnx = "Asinh",
    .keras_base = "asinh",
    .brief = "inverse hyperbolic sine",
    .types = REALS,
    .elementwise = true,
    .min_inputs = 1,
    .max_inputs = 1,
    .samples = samples,
    .value = asinh_op_value,
    .vector = "each_vec(v, asinhf)",
    .formula = "asinh$f(a)",
    .functions = "asinh arcsinh(x)",
};

static double acosh_op_value(const struct op *op, double a, double b)
{
    (void)op;
    (void)b;
    return acosh(a);
}

const struct opdef acosh_op = {
    .name = "Acosh",
    .onnx = "Acosh",
    .keras_base = "acosh",
    .brief = "inverse hyperbolic cosine",
    .types = REALS,
    .elementwise = true,
    .min_inputs = 1,
    .max_inputs = 1,
    .samples = above_one,
    .value = acosh_op_value,
    .vector = "each_vec(v, acoshf)",
    .formula = "acosh$f(a)",
    .functions = "acosh arccosh(x)",
};

static double atanh_op_value(const struct op *op, double a, double b)
{
    (void)op;
    (void)b;
    return atanh(a);
}

const struct opdef atanh_op = {
    .name = "Atanh",
    .onnx = "Atanh",
    .keras_base = "atanh",
    .brief = "inverse hyperbolic tangent",
    .types = REALS,
    .elementwise = true,
    .min_inputs = 1,
    .max_inputs = 1,
    .samples = inside,
    .value = atanh_op_value,
    .vector = "each_vec(v, atanhf)",
    .formula = "atanh$f(a)",
    .functions = "atanh arctanh(x)",
};

static double tanh_op_value(const struct op *op, double a, double b)
{
    (void)op;
    (void)b;
    return tanh(a);
}

const struct opdef tanh_op = {
    .name = "Tanh",
    .onnx = "Tanh",
    .keras_base = "tanh",
    .brief = "hyperbolic tangent",
    .types = REALS,
    .elementwise = true,
    .min_inputs = 1,
    .max_inputs = 1,
    .samples = samples,
    .value = tanh_op_value,
    .vector = "tanh_vec(v)",
    .formula = "tanh$f(a)",
    .functions = "tanh(x)",
    .activation = "tanh",
};

static double deg2rad_value(const struct op *op, double a, double b)
{
    (void)op;
    (void)b;
    return a * 0.017453292519943295;
}

const struct opdef deg2rad = {
    .name = "Deg2rad",
    .keras_base = "deg2rad",
    .brief = "degrees to radians",
    .types = REALS,
    .elementwise = true,
    .min_inputs = 1,
    .max_inputs = 1,
    .samples = samples,
    .value = deg2rad_value,
    .vector = "multiply(v, set(0.0174532924f))",
    .formula = "a * 0.017453292519943295$f",
    .functions = "deg2rad(x)",
    .to_onnx = "Mul(a, 0.017453292519943295)",
};

static double rad2deg_value(const struct op *op, double a, double b)
{
    (void)op;
    (void)b;
    return a * 57.29577951308232;
}

const struct opdef rad2deg = {
    .name = "Rad2deg",
    .keras_base = "rad2deg",
    .brief = "radians to degrees",
    .types = REALS,
    .elementwise = true,
    .min_inputs = 1,
    .max_inputs = 1,
    .samples = samples,
    .value = rad2deg_value,
    .vector = "multiply(v, set(57.2957802f))",
    .formula = "a * 57.29577951308232$f",
    .functions = "rad2deg(x)",
    .to_onnx = "Mul(a, 57.29577951308232)",
};
