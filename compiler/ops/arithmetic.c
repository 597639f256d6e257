/* arithmetic.c - arithmetic of two tensors with NumPy's broadcasting, on every element type; sums,
 * products and extremes of several. */
#include "ops/common.h"
#include "ops/onnx.h"

#include <math.h>

/* An input where its mask says that it counts, else `other`. */
static struct tensor *where_it_counts(struct graph *g, struct op *op, struct tensor *mask,
                                      struct tensor *t, struct tensor *other)
{
    struct tensor *const choice[3] = { make_one(g, op, "ExpandDims", "axis=-1", mask), t, other };
    return choice[0] && t && other ? op_make(g, op, "Where", "", choice, 3) : NULL;
}

/* Keras' Multiply: steps that do not count are 1 among others that do, and 0 where none does. */
static struct tensor *multiply_masked(struct graph *g, struct op *op, struct tensor *const *masks)
{
    struct tensor *t = NULL, *all = merge_masks(g, op, masks);
    for (int i = 0; i < op->nin; i++) {
        struct tensor *x = masks[i] ? where_it_counts(g, op, masks[i], op->in[i],
                                                      make_number(g, op->in[i]->type, 1))
                                    : op->in[i];
        t = i ? make_two(g, op, "Multiply", t, x) : x;
    }
    return all && t ? where_it_counts(g, op, all, t, make_number(g, t->type, 0)) : t;
}

/* Keras' Maximum and Minimum: a step that does not count is taken from the other one. */
static struct tensor *extreme_masked(struct graph *g, struct op *op, struct tensor *const *masks)
{
    struct tensor *t = op->in[0], *counts = masks[0];
    for (int i = 1; i < op->nin && t; i++) {
        struct tensor *x = masks[i] ? where_it_counts(g, op, masks[i], op->in[i], t) : op->in[i];
        t = counts ? where_it_counts(g, op, counts, t, x) : t;
        counts = counts && masks[i] ? make_two(g, op, "LogicalOr", counts, masks[i]) : NULL;
        t = make_two(g, op, op->def->name, t, x);
    }
    return t;
}

static const struct sample pairs[] = { { "5x4x3 5x4x3", "" },
                                       { "5x4x3 1x1x3", "" },
                                       { "1x1x3 5x4x3", "" },
                                       { "5x4x3 5x4x1", "" },
                                       { "4x1x3 1x5x1", "" },
                                       { "33 1", "" },
                                       { "3 4x3", "" },
                                       { "int32[33]@-9:9 int32[33]@-9:9", "" },
                                       { "uint8[9]@0:255 uint8[9]@0:255", "" },
                                       { "int8[9]@-128:127 int8[1]@1:100", "" },
                                       { NULL, NULL } };
static const struct sample triples[] = { { "5x4x3 5x4x3 5x4x3", "" },
                                         { "5x4x3 5x4x3", "" },
                                         { "5x4x3 1x1x3", "" },
                                         { "5x4x3 5x4x1", "" },
                                         { "int32[33]@-9:9 int32[33]@-9:9", "" },
                                         { NULL, NULL } };
static const struct sample real_pairs[] = { { "5x4x3 5x4x3@0.5:3", "" },
                                            { "1x1x3 5x4x3@0.5:3", "" },
                                            { "5x4x3 5x4x1@0.5:3", "" },
                                            { "33 1@1:2", "" },
                                            { NULL, NULL } };
static const struct sample positive_pairs[] = { { "5x4x3@0.1:3 5x4x3", "" },
                                                { "9@0.1:3 1", "" },
                                                { "int32[9]@-3:3 int32[9]@0:4", "" },
                                                { NULL, NULL } };
static const struct sample integer_pairs[] = { { "int32[33]@-9:9 int32[33]@-3:5", "" },
                                               { "uint8[9]@0:255 uint8[9]@0:3", "" },
                                               { "int8[9]@-128:127 int8[9]@-3:3", "" },
                                               { NULL, NULL } };

/* ---- a constant by channel: an affine map ---- */

static bool channel_constant(const struct op *op)
{
    const struct tensor *c = op->in[1];
    const int64_t n = shape_count(&c->shape);
    const bool by_channel =
        c->shape.rank && c->shape.dim[c->shape.rank - 1] == n && n == channels_of(op->out);
    return op->out->type == F32 && c->data && c->type == F32 && (n == 1 || by_channel)
           && shape_equal(&op->in[0]->shape, &op->out->shape);
}

/* x + c, x - c (inverse), x * c, x / c (inverse) as x * scale + shift. */
static bool affine_by(const struct op *op, bool multiplies, bool inverse, float *scale,
                      float *shift)
{
    if (!channel_constant(op))
        return false;
    const int64_t n = shape_count(&op->in[1]->shape);
    for (int64_t k = 0; k < channels_of(op->out); k++) {
        const float c = floats(op->in[1])[n == 1 ? 0 : k];
        scale[k] = !multiplies ? 1.0f : inverse ? 1.0f / c : c;
        shift[k] = multiplies ? 0.0f : inverse ? -c : c;
    }
    return true;
}

static bool affine_add(struct graph *g, const struct op *op, float *scale, float *shift)
{
    (void)g;
    return affine_by(op, false, false, scale, shift);
}
static bool affine_subtract(struct graph *g, const struct op *op, float *scale, float *shift)
{
    (void)g;
    return affine_by(op, false, true, scale, shift);
}
static bool affine_multiply(struct graph *g, const struct op *op, float *scale, float *shift)
{
    (void)g;
    return affine_by(op, true, false, scale, shift);
}
static bool affine_divide(struct graph *g, const struct op *op, float *scale, float *shift)
{
    (void)g;
    return affine_by(op, true, true, scale, shift);
}

static double add_value(const struct op *op, double a, double b)
{
    (void)op;
    return a + b;
}

const struct opdef add = {
    .name = "Add",
    .mask = merge_masks,
    .onnx = "Add Sum",
    .keras_base = "add",
    .brief = "sum",
    .types = NUMBERS,
    .elementwise = true,
    .min_inputs = 1,
    .max_inputs = -1,
    .commutes = true,
    .samples = triples,
    .value = add_value,
    .vector = "add(v, other)",
    .formula = "a + b",
    .integers = "($u)a + ($u)b",
    .functions =
        "layers.add(*inputs); math.add add_n(*inputs); add(x|x1, y|x2); bias_add(value|x, bias)",
    .python_operator = "+",
    .simplify = simplify_sum,
    .affine = affine_add,
};

static double subtract_value(const struct op *op, double a, double b)
{
    (void)op;
    return a - b;
}

const struct opdef subtract = {
    .name = "Subtract",
    .mask = merge_masks,
    .onnx = "Sub",
    .keras_base = "subtract",
    .brief = "difference",
    .types = NUMBERS,
    .elementwise = true,
    .min_inputs = 2,
    .max_inputs = 2,
    .samples = pairs,
    .value = subtract_value,
    .vector = "subtract(v, other)",
    .formula = "a - b",
    .integers = "($u)a - ($u)b",
    .functions = "layers.subtract(*inputs); subtract(x|x1, y|x2)",
    .python_operator = "-",
    .affine = affine_subtract,
};

static double multiply_value(const struct op *op, double a, double b)
{
    (void)op;
    return a * b;
}

const struct opdef multiply = {
    .name = "Multiply",
    .mask = merge_masks,
    .masked = multiply_masked,
    .onnx = "Mul",
    .keras_base = "multiply",
    .brief = "product",
    .types = NUMBERS,
    .elementwise = true,
    .min_inputs = 1,
    .max_inputs = -1,
    .commutes = true,
    .samples = triples,
    .value = multiply_value,
    .vector = "multiply(v, other)",
    .formula = "a * b",
    .integers = "($u)a * ($u)b",
    .functions = "layers.multiply(*inputs); multiply(x|x1, y|x2)",
    .python_operator = "*",
    .simplify = simplify_product,
    .affine = affine_multiply,
};

static double maximum_value(const struct op *op, double a, double b)
{
    (void)op;
    return isnan(a) || a > b ? a : b;
}

const struct opdef maximum = {
    .name = "Maximum",
    .mask = merge_masks,
    .masked = extreme_masked,
    .onnx = "Max",
    .keras_base = "maximum",
    .brief = "elementwise maximum",
    .types = NUMBERS,
    .elementwise = true,
    .min_inputs = 1,
    .max_inputs = -1,
    .commutes = true,
    .samples = triples,
    .value = maximum_value,
    .vector = "choose(equal(v, v), larger(v, other), v)",
    .formula = "a != a || a > b ? a : b",
    .integers = "a > b ? a : b",
    .functions = "layers.maximum(*inputs); maximum(x|x1, y|x2)",
};

static double minimum_value(const struct op *op, double a, double b)
{
    (void)op;
    return isnan(a) || a < b ? a : b;
}

const struct opdef minimum = {
    .name = "Minimum",
    .mask = merge_masks,
    .masked = extreme_masked,
    .onnx = "Min",
    .keras_base = "minimum",
    .brief = "elementwise minimum",
    .types = NUMBERS,
    .elementwise = true,
    .min_inputs = 1,
    .max_inputs = -1,
    .commutes = true,
    .samples = triples,
    .value = minimum_value,
    .vector = "choose(equal(v, v), smaller(v, other), v)",
    .formula = "a != a || a < b ? a : b",
    .integers = "a < b ? a : b",
    .functions = "layers.minimum(*inputs); minimum(x|x1, y|x2)",
};

static double divide_value(const struct op *op, double a, double b)
{
    (void)op;
    return a / b;
}

/* ONNX divides whole numbers as C does. */
static bool import_divide(struct graph *g, struct onnx_node *node)
{
    const bool whole = node->nin > 0 && node->in[0] && node->in[0]->type > F64;
    return onnx_make(g, node, whole ? "TruncatedDivide" : "Divide", "", node->in, node->nin);
}

const struct opdef divide = {
    .name = "Divide",
    .onnx = "Div",
    .keras_base = "divide",
    .brief = "quotient of real numbers",
    .types = REALS,
    .elementwise = true,
    .min_inputs = 2,
    .max_inputs = 2,
    .samples = real_pairs,
    .value = divide_value,
    .vector = "divide(v, other)",
    .formula = "a / b",
    .import = import_divide,
    .functions = "divide true_divide truediv(x|x1, y|x2)",
    .python_operator = "/",
    .simplify = simplify_quotient,
    .affine = affine_divide,
    .to_onnx = "Div(a, b)",
};

static double truncated_divide_value(const struct op *op, double a, double b)
{
    (void)op;
    return b == 0 ? 0 : trunc(a / b);
}

static const char *truncated_formula(const struct op *op)
{
    if (op->in[0]->type <= F64)
        return "b < 0 || b > 0 ? trunc$f(a / b) : 0";
    return op->in[0]->type > I64 ? "b == 0 ? 0 : a / b"
                                 : "b == 0 ? 0 : b == -1 ? ($t)(($u)0 - ($u)a) : ($t)(a / b)";
}

/* By 0 ONNX says nothing. */
static const char *truncated_to_onnx(struct graph *g, const struct op *op)
{
    (void)g;
    return op->in[0]->type > F64
               ? "Div(a, b)"
               : "q = Div(a, b); Where(Equal(b, 0.0), 0.0, Mul(Sign(q), Floor(Abs(q))))";
}

const struct opdef truncated_divide = {
    .name = "TruncatedDivide",
    .keras_base = "truncated_divide",
    .brief = "quotient of whole numbers, towards 0; by 0 it is 0",
    .types = NUMBERS,
    .elementwise = true,
    .min_inputs = 2,
    .max_inputs = 2,
    .samples = integer_pairs,
    .value = truncated_divide_value,
    .formula_for = truncated_formula,
    .functions = "truncatediv(x, y)",
    .to_onnx_for = truncated_to_onnx,
};

static double floor_divide_value(const struct op *op, double a, double b)
{
    return op->in[0]->type > F64 && b == 0 ? 0 : floor(a / b);
}

static const char *floor_divide_formula(const struct op *op)
{
    if (op->in[0]->type <= F64)
        return "floor$f(a / b)";
    return op->in[0]->type > I64 ? "b == 0 ? 0 : a / b"
                                 : "b == 0 ? 0 : b == -1 ? ($t)(($u)0 - ($u)a) : ($t)(a / b - (a % "
                                   "b != 0 && (a < 0) != (b < 0)))";
}

static const char *floor_divide_to_onnx(struct graph *g, const struct op *op)
{
    if (op->in[0]->type <= F64)
        return "Floor(Div(a, b))";
    return arena_printf(g->ctx->arena,
                        "q = Div(a, b); Sub(q, Cast(And(Not(Equal(Mul(q, b), a)), Xor(Less(a, 0), "
                        "Less(b, 0))), to=%d))",
                        onnx_data_type(op->in[0]->type));
}

const struct opdef floor_divide = {
    .name = "FloorDivide",
    .keras_base = "floor_divide",
    .brief = "quotient rounded down; of whole numbers by 0 it is 0",
    .types = NUMBERS,
    .elementwise = true,
    .min_inputs = 2,
    .max_inputs = 2,
    .samples = integer_pairs,
    .value = floor_divide_value,
    .formula_for = floor_divide_formula,
    .functions = "floor_divide floordiv(x|x1, y|x2)",
    .python_operator = "//",
    .to_onnx_for = floor_divide_to_onnx,
};

static double mod_value(const struct op *op, double a, double b)
{
    if (op->in[0]->type > F64 && b == 0)
        return 0;
    const double r = fmod(a, b);
    return r != 0 && (r < 0) != (b < 0) ? r + b : r;
}

static const char *mod_formula(const struct op *op)
{
    if (op->in[0]->type <= F64)
        return "fmod$f(a, b) != 0 && (fmod$f(a, b) < 0) != (b < 0) ? fmod$f(a, b) + b : fmod$f(a, "
               "b)";
    return op->in[0]->type > I64
               ? "b == 0 ? 0 : a % b"
               : "b == 0 || b == -1 ? 0 : ($t)(a % b + (a % b != 0 && (a < 0) != (b < 0) ? b : 0))";
}

static bool import_mod(struct graph *g, struct onnx_node *node)
{
    return onnx_make(g, node, onnx_int(node, "fmod", 0) ? "Fmod" : "Mod", "", node->in, node->nin);
}

static const char *mod_to_onnx(struct graph *g, const struct op *op)
{
    (void)g;
    return op->in[0]->type > F64 ? "Mod(a, b)"
                                 : "r = Mod(a, b, fmod=1); Where(And(Not(Equal(r, 0.0)), "
                                   "Xor(Less(r, 0.0), Less(b, 0.0))), Add(r, b), r)";
}

const struct opdef mod = {
    .name = "Mod",
    .onnx = "Mod",
    .keras_base = "mod",
    .brief = "remainder with the sign of the divisor; of whole numbers by 0 it is 0",
    .types = NUMBERS,
    .elementwise = true,
    .min_inputs = 2,
    .max_inputs = 2,
    .samples = integer_pairs,
    .value = mod_value,
    .formula_for = mod_formula,
    .functions = "mod floormod(x|x1, y|x2)",
    .python_operator = "%",
    .import = import_mod,
    .to_onnx_for = mod_to_onnx,
};

static double fmod_op_value(const struct op *op, double a, double b)
{
    return op->in[0]->type > F64 && b == 0 ? 0 : fmod(a, b);
}

static const char *fmod_formula(const struct op *op)
{
    if (op->in[0]->type <= F64)
        return "fmod$f(a, b)";
    return op->in[0]->type > I64 ? "b == 0 ? 0 : a % b" : "b == 0 || b == -1 ? 0 : ($t)(a % b)";
}

const struct opdef fmod_op = {
    .name = "Fmod",
    .keras_base = "fmod",
    .brief = "remainder with the sign of the dividend; of whole numbers by 0 it is 0",
    .types = NUMBERS,
    .elementwise = true,
    .min_inputs = 2,
    .max_inputs = 2,
    .samples = integer_pairs,
    .value = fmod_op_value,
    .formula_for = fmod_formula,
    .functions = "fmod(x|x1, y|x2)",
    .to_onnx = "Mod(a, b, fmod=1)",
};

static double power_value(const struct op *op, double a, double b)
{
    (void)op;
    return pow(a, b);
}

/* The result has the type of the base; the exponent may have another. */
static bool import_power(struct graph *g, struct onnx_node *node)
{
    const enum dtype type = node->nin && node->in[0] ? node->in[0]->type : F32;
    struct tensor *t = op_make(g, node->from, "Power", "", node->in, node->nin);
    if (!t || t->type == type)
        return t && (onnx_results(node, t), true);
    return onnx_make(g, node, "Cast", arena_printf(g->ctx->arena, "to=%s", dtype_name(type)), &t,
                     1);
}

const struct opdef power = {
    .name = "Power",
    .onnx = "Pow",
    .keras_base = "power",
    .brief = "a to the power b",
    .types = NUMBERS,
    .elementwise = true,
    .min_inputs = 2,
    .max_inputs = 2,
    .samples = positive_pairs,
    .value = power_value,
    .formula = "pow$f(a, b)",
    .integers = "pow((double)a, (double)b)",
    .functions = "pow power(x|x1, y|x2)",
    .python_operator = "**",
    .import = import_power,
    .simplify = simplify_power,
    .to_onnx = "Pow(a, b)",
};

static double arctan2_value(const struct op *op, double a, double b)
{
    (void)op;
    return atan2(a, b);
}

const struct opdef arctan2 = {
    .name = "Arctan2",
    .keras_base = "arctan2",
    .brief = "angle of the point (b, a)",
    .types = REALS,
    .elementwise = true,
    .min_inputs = 2,
    .max_inputs = 2,
    .samples = real_pairs,
    .value = arctan2_value,
    .formula = "atan2$f(a, b)",
    .functions = "arctan2 atan2(x1|y, x2|x)",
    .to_onnx = "half = Where(Less(a, 0.0), -3.141592653589793, 3.141592653589793); "
               "Where(And(Equal(a, 0.0), Equal(b, 0.0)), 0.0, Add(Atan(Div(a, b)), Where(Less(b, "
               "0.0), half, 0.0)))",
};

static double squared_difference_value(const struct op *op, double a, double b)
{
    (void)op;
    return (a - b) * (a - b);
}

const struct opdef squared_difference = {
    .name = "SquaredDifference",
    .keras_base = "squared_difference",
    .brief = "(a - b)^2",
    .types = REALS,
    .elementwise = true,
    .min_inputs = 2,
    .max_inputs = 2,
    .commutes = true,
    .samples = real_pairs,
    .value = squared_difference_value,
    .vector = "multiply(subtract(v, other), subtract(v, other))",
    .formula = "(a - b) * (a - b)",
    .functions = "squared_difference(x, y)",
    .to_onnx = "d0 = Sub(a, b); Mul(d0, d0)",
};

static double divide_no_nan_value(const struct op *op, double a, double b)
{
    (void)op;
    return b == 0 ? 0 : a / b;
}

const struct opdef divide_no_nan = {
    .name = "DivideNoNan",
    .keras_base = "divide_no_nan",
    .brief = "a / b, or 0 where b is 0",
    .types = REALS,
    .elementwise = true,
    .min_inputs = 2,
    .max_inputs = 2,
    .samples = real_pairs,
    .value = divide_no_nan_value,
    .vector = "choose(equal(other, set(0.0f)), set(0.0f), divide(v, other))",
    .formula = "b < 0 || b > 0 ? a / b : b == 0 ? 0 : b",
    .functions = "divide_no_nan(x|x1, y|x2)",
    .to_onnx = "Where(Equal(b, 0.0), 0.0, Div(a, b))",
};

static double hypot_op_value(const struct op *op, double a, double b)
{
    (void)op;
    return hypot(a, b);
}

const struct opdef hypot_op = {
    .name = "Hypot",
    .keras_base = "hypot",
    .brief = "sqrt(a^2 + b^2)",
    .types = REALS,
    .elementwise = true,
    .min_inputs = 2,
    .max_inputs = 2,
    .commutes = true,
    .samples = real_pairs,
    .value = hypot_op_value,
    .formula = "hypot$f(a, b)",
    .functions = "hypot(x1, x2)",
    .to_onnx = "Sqrt(Add(Mul(a, a), Mul(b, b)))",
};

static double logaddexp_value(const struct op *op, double a, double b)
{
    (void)op;
    return (a > b ? a : b) + log1p(exp(-fabs(a - b)));
}

const struct opdef logaddexp = {
    .name = "LogAddExp",
    .keras_base = "logaddexp",
    .brief = "log(e^a + e^b)",
    .types = REALS,
    .elementwise = true,
    .min_inputs = 2,
    .max_inputs = 2,
    .commutes = true,
    .samples = real_pairs,
    .value = logaddexp_value,
    .vector = "add(larger(v, other), log1p_vec(exp_vec(subtract(set(0.0f), absolute(subtract(v, "
              "other))))))",
    .formula = "(a > b ? a : b) + log1p$f(exp$f(-fabs$f(a - b)))",
    .functions = "logaddexp(x1, x2)",
    .to_onnx = "Add(Max(a, b), Softplus(Neg(Abs(Sub(a, b)))))",
};

/* ---- several tensors ---- */

static struct tensor *average_expand(struct graph *g, struct op *op)
{
    struct tensor *sum = op_make(g, op, "Add", "", op->in, op->nin);
    if (!sum)
        return NULL;
    const float part = 1.0f / (float)op->nin;
    struct tensor *pair[2] = { sum, graph_constant(g, graph_unique(g, "part"), F32,
                                                   (struct shape){ 0 }, &part) };
    if (sum->type != F32)
        pair[1] = op_make(
            g, op, "Cast",
            arena_printf(g->ctx->arena, "to=%s", dtype_name(sum->type > F64 ? F32 : sum->type)),
            &pair[1], 1);
    return op_make(g, op, "Multiply", "", pair, 2);
}

static const struct sample averages[] = { { "5x4x3 5x4x3 5x4x3", "" },
                                          { "5x4x3 5x4x3", "" },
                                          { NULL, NULL } };

const struct opdef average = {
    .name = "Average",
    .mask = merge_masks,
    .onnx = "Mean",
    .keras_base = "average",
    .brief = "elementwise mean",
    .min_inputs = 1,
    .max_inputs = -1,
    .samples = averages,
    .types = NUMBERS,
    .expand = average_expand,
    .functions = "layers.average(*inputs)",
};

/* ---- limits ---- */

struct clip {
    double least, most;
};

static const struct attr clip_attrs[] = {
    { "x_min", NULL, ATTR_FLOAT, offsetof(struct clip, least), "-inf", NULL, 0 },
    { "x_max", NULL, ATTR_FLOAT, offsetof(struct clip, most), "inf", NULL, 0 },
    { 0 }
};

static double clip_value(const struct op *op, double a, double b)
{
    const struct clip *p = op->attr;
    const double v = a < p->least ? p->least : a;
    (void)b;
    return v > p->most ? p->most : v;
}

static const char *clip_vector(const struct op *op)
{
    const struct clip *p = op->attr;
    if (isinf(p->most))
        return isinf(p->least) ? "v" : "larger(set($x_min), v)";
    return isinf(p->least) ? "smaller(set($x_max), v)"
                           : "smaller(set($x_max), larger(set($x_min), v))";
}

static const char *clip_formula(const struct op *op)
{
    const struct clip *p = op->attr;
    if (isinf(p->most))
        return isinf(p->least) ? "a" : "a < $x_min ? $x_min : a";
    return isinf(p->least)
               ? "a > $x_max ? $x_max : a"
               : "a < $x_min ? ($x_min > $x_max ? $x_max : $x_min) : a > $x_max ? $x_max : a";
}

/* Limits are attributes up to opset 6, inputs from 11 on; those that are computed and those of
 * whole numbers are a maximum and a minimum. */
static bool import_clip(struct graph *g, struct onnx_node *node)
{
    const bool attributes = node->opset < 11 && node->nin < 2;
    struct tensor *t = onnx_input(node, 0);
    double limit[2] = { onnx_float(node, "min", -(double)INFINITY),
                        onnx_float(node, "max", (double)INFINITY) };
    bool known = t && t->type <= F64;
    for (int i = 0; i < 2 && !attributes; i++) {
        struct tensor *from = onnx_input(node, i + 1);
        known = known && (!from || from->data);
        if (known && from)
            limit[i] = dtype_get(from->type, from->data, 0);
    }
    if (known)
        return onnx_make(g, node, "Clip",
                         arena_printf(g->ctx->arena, "x_min=%.17g x_max=%.17g", limit[0], limit[1]),
                         &t, 1);
    for (int i = 0; t && i < 2; i++)
        if (onnx_input(node, i + 1))
            t = op_make(g, node->from, i ? "Minimum" : "Maximum", "",
                        (struct tensor *[]){ t, node->in[i + 1] }, 2);
    return t && onnx_make(g, node, "Copy", "", &t, 1);
}

static const struct sample clip_samples[] = {
    { "5x4x3", "x_min=-1 x_max=0.5" }, { "33", "x_min=0" }, { "9", "x_max=1" }, { NULL, NULL }
};

static bool clip_clamp(const struct op *op, double *low, double *high)
{
    const struct clip *p = op->attr;
    *low = p->least;
    *high = p->most;
    return p->least <= p->most;
}

static const char *clip_to_onnx(struct graph *g, const struct op *op)
{
    const struct clip *p = op->attr;
    (void)g;
    return isinf(p->least)  ? (isinf(p->most) ? "Identity(a)" : "Clip(a, -, $x_max)")
           : isinf(p->most) ? "Clip(a, $x_min)"
                            : "Clip(a, $x_min, $x_max)";
}

const struct opdef clip = {
    .name = "Clip",
    .onnx = "Clip",
    .keras_base = "clip",
    .brief = "values kept between two limits",
    .attrs = clip_attrs,
    .attr_size = sizeof(struct clip),
    .types = REALS,
    .elementwise = true,
    .min_inputs = 1,
    .max_inputs = 1,
    .samples = clip_samples,
    .value = clip_value,
    .clamp = clip_clamp,
    .vector_for = clip_vector,
    .formula_for = clip_formula,
    .import = import_clip,
    .functions = "clip clip_by_value(x|t, x_min|min_value|clip_value_min|a_min, "
                 "x_max|max_value|clip_value_max|a_max)",
    .to_onnx_for = clip_to_onnx,
};
