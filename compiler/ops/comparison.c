/* comparison.c - comparisons, truth values and bits of two tensors, with NumPy's broadcasting. */
#include "ops/common.h"
#include "ops/onnx.h"

#include <math.h>
#include <string.h>

static const struct sample pairs[] = { { "5x4x3 5x4x3", "" },
                                       { "5x4x3 1x1x3", "" },
                                       { "int32[33]@-3:3 int32[33]@-3:3", "" },
                                       { "uint8[33]@0:3 uint8[1]@0:3", "" },
                                       { NULL, NULL } };
static const struct sample truths[] = { { "bool[33]@0:1 bool[33]@0:1", "" },
                                        { "bool[5x4]@0:1 bool[1x4]@0:1", "" },
                                        { NULL, NULL } };
static const struct sample bit_pairs[] = { { "int32[33]@-99:99 int32[33]@-99:99", "" },
                                           { "uint8[33]@0:255 uint8[1]@0:255", "" },
                                           { "int8[9]@-128:127 int8[9]@-128:127", "" },
                                           { NULL, NULL } };
static const struct sample shifts[] = { { "uint32[33]@0:99 uint32[33]@0:33", "" },
                                        { "uint8[33]@0:255 uint8[33]@0:9", "" },
                                        { "int32[9]@-99:99 int32[9]@0:33", "" },
                                        { NULL, NULL } };

static double equal_value(const struct op *op, double a, double b)
{
    (void)op;
    return a == b;
}

const struct opdef equal = {
    .name = "Equal",
    .onnx = "Equal",
    .keras_base = "equal",
    .brief = "is a = b?",
    .types = NUMBERS | TYPE(BOOL),
    .elementwise = true,
    .min_inputs = 2,
    .max_inputs = 2,
    .commutes = true,
    .samples = pairs,
    .value = equal_value,
    .formula = "a == b",
    .shape = boolean_shape,
    .functions = "equal(x|x1, y|x2)",
    .python_operator = "==",
};

static double not_equal_value(const struct op *op, double a, double b)
{
    (void)op;
    return a != b;
}

const struct opdef not_equal = {
    .name = "NotEqual",
    .keras_base = "not_equal",
    .brief = "is a other than b?",
    .types = NUMBERS | TYPE(BOOL),
    .elementwise = true,
    .min_inputs = 2,
    .max_inputs = 2,
    .commutes = true,
    .samples = pairs,
    .value = not_equal_value,
    .formula = "a != b",
    .shape = boolean_shape,
    .functions = "not_equal(x|x1, y|x2)",
    .python_operator = "!=",
    .to_onnx = "Not(Equal(a, b))",
};

static double less_value(const struct op *op, double a, double b)
{
    (void)op;
    return a < b;
}

const struct opdef less = {
    .name = "Less",
    .onnx = "Less",
    .keras_base = "less",
    .brief = "is a < b?",
    .types = NUMBERS | TYPE(BOOL),
    .elementwise = true,
    .min_inputs = 2,
    .max_inputs = 2,
    .samples = pairs,
    .value = less_value,
    .formula = "a < b",
    .shape = boolean_shape,
    .functions = "less(x|x1, y|x2)",
    .python_operator = "<",
};

static double less_equal_value(const struct op *op, double a, double b)
{
    (void)op;
    return a <= b;
}

const struct opdef less_equal = {
    .name = "LessEqual",
    .onnx = "LessOrEqual",
    .keras_base = "less_equal",
    .brief = "is a at most b?",
    .types = NUMBERS | TYPE(BOOL),
    .elementwise = true,
    .min_inputs = 2,
    .max_inputs = 2,
    .samples = pairs,
    .value = less_equal_value,
    .formula = "a <= b",
    .shape = boolean_shape,
    .functions = "less_equal(x|x1, y|x2)",
    .python_operator = "<=",
};

static double greater_value(const struct op *op, double a, double b)
{
    (void)op;
    return a > b;
}

const struct opdef greater = {
    .name = "Greater",
    .onnx = "Greater",
    .keras_base = "greater",
    .brief = "is a > b?",
    .types = NUMBERS | TYPE(BOOL),
    .elementwise = true,
    .min_inputs = 2,
    .max_inputs = 2,
    .samples = pairs,
    .value = greater_value,
    .formula = "a > b",
    .shape = boolean_shape,
    .functions = "greater(x|x1, y|x2)",
    .python_operator = ">",
};

static double greater_equal_value(const struct op *op, double a, double b)
{
    (void)op;
    return a >= b;
}

const struct opdef greater_equal = {
    .name = "GreaterEqual",
    .onnx = "GreaterOrEqual",
    .keras_base = "greater_equal",
    .brief = "is a at least b?",
    .types = NUMBERS | TYPE(BOOL),
    .elementwise = true,
    .min_inputs = 2,
    .max_inputs = 2,
    .samples = pairs,
    .value = greater_equal_value,
    .formula = "a >= b",
    .shape = boolean_shape,
    .functions = "greater_equal(x|x1, y|x2)",
    .python_operator = ">=",
};

static double logical_and_value(const struct op *op, double a, double b)
{
    (void)op;
    return a != 0 && b != 0;
}

const struct opdef logical_and = {
    .name = "LogicalAnd",
    .onnx = "And",
    .keras_base = "logical_and",
    .brief = "both",
    .types = NUMBERS | TYPE(BOOL),
    .elementwise = true,
    .min_inputs = 2,
    .max_inputs = 2,
    .commutes = true,
    .samples = truths,
    .value = logical_and_value,
    .formula = "a && b",
    .shape = boolean_shape,
    .functions = "logical_and(x|x1, y|x2)",
};

static double logical_or_value(const struct op *op, double a, double b)
{
    (void)op;
    return a != 0 || b != 0;
}

const struct opdef logical_or = {
    .name = "LogicalOr",
    .onnx = "Or",
    .keras_base = "logical_or",
    .brief = "one or both",
    .types = NUMBERS | TYPE(BOOL),
    .elementwise = true,
    .min_inputs = 2,
    .max_inputs = 2,
    .commutes = true,
    .samples = truths,
    .value = logical_or_value,
    .formula = "a || b",
    .shape = boolean_shape,
    .functions = "logical_or(x|x1, y|x2)",
};

static double logical_xor_value(const struct op *op, double a, double b)
{
    (void)op;
    return (a != 0) != (b != 0);
}

const struct opdef logical_xor = {
    .name = "LogicalXor",
    .onnx = "Xor",
    .keras_base = "logical_xor",
    .brief = "one but not both",
    .types = NUMBERS | TYPE(BOOL),
    .elementwise = true,
    .min_inputs = 2,
    .max_inputs = 2,
    .commutes = true,
    .samples = truths,
    .value = logical_xor_value,
    .formula = "!a != !b",
    .shape = boolean_shape,
    .functions = "logical_xor(x|x1, y|x2)",
};

/* ---- bits ---- */

static uint64_t pattern(double v)
{
    return v < 0 ? (uint64_t)(int64_t)v : (uint64_t)v;
}

/* The value of the low bits in the result's type. */
static double of_pattern(const struct op *op, uint64_t bits)
{
    const int spare = 64 - 8 * (int)dtype_size(op->out->type);
    if (op->out->type == BOOL)
        return (bits & 1) != 0;
    return op->out->type <= I64 ? (double)((int64_t)(bits << spare) / ((int64_t)1 << spare))
                                : (double)((bits << spare) >> spare);
}

static double bitwise_and_value(const struct op *op, double a, double b)
{
    return of_pattern(op, pattern(a) & pattern(b));
}

/* ONNX has bits of integers only. */
static const char *bitwise_and_to_onnx(struct graph *g, const struct op *op)
{
    (void)g;
    return op->in[0]->type == BOOL ? "And(a, b)" : "BitwiseAnd(a, b)";
}

const struct opdef bitwise_and = {
    .name = "BitwiseAnd",
    .onnx = "BitwiseAnd",
    .to_onnx_for = bitwise_and_to_onnx,
    .keras_base = "bitwise_and",
    .brief = "bits of both",
    .types = INTS | TYPE(BOOL),
    .elementwise = true,
    .min_inputs = 2,
    .max_inputs = 2,
    .commutes = true,
    .samples = bit_pairs,
    .value = bitwise_and_value,
    .formula = "($u)a & ($u)b",
    .functions = "bitwise_and(x, y)",
    .python_operator = "&",
};

static double bitwise_or_value(const struct op *op, double a, double b)
{
    return of_pattern(op, pattern(a) | pattern(b));
}

/* ONNX has bits of integers only. */
static const char *bitwise_or_to_onnx(struct graph *g, const struct op *op)
{
    (void)g;
    return op->in[0]->type == BOOL ? "Or(a, b)" : "BitwiseOr(a, b)";
}

const struct opdef bitwise_or = {
    .name = "BitwiseOr",
    .onnx = "BitwiseOr",
    .to_onnx_for = bitwise_or_to_onnx,
    .keras_base = "bitwise_or",
    .brief = "bits of one or both",
    .types = INTS | TYPE(BOOL),
    .elementwise = true,
    .min_inputs = 2,
    .max_inputs = 2,
    .commutes = true,
    .samples = bit_pairs,
    .value = bitwise_or_value,
    .formula = "($u)a | ($u)b",
    .functions = "bitwise_or(x, y)",
    .python_operator = "|",
};

static double bitwise_xor_value(const struct op *op, double a, double b)
{
    return of_pattern(op, pattern(a) ^ pattern(b));
}

/* ONNX has bits of integers only. */
static const char *bitwise_xor_to_onnx(struct graph *g, const struct op *op)
{
    (void)g;
    return op->in[0]->type == BOOL ? "Xor(a, b)" : "BitwiseXor(a, b)";
}

const struct opdef bitwise_xor = {
    .name = "BitwiseXor",
    .onnx = "BitwiseXor",
    .to_onnx_for = bitwise_xor_to_onnx,
    .keras_base = "bitwise_xor",
    .brief = "bits of one but not both",
    .types = INTS | TYPE(BOOL),
    .elementwise = true,
    .min_inputs = 2,
    .max_inputs = 2,
    .commutes = true,
    .samples = bit_pairs,
    .value = bitwise_xor_value,
    .formula = "($u)a ^ ($u)b",
    .functions = "bitwise_xor(x, y)",
    .python_operator = "^",
};

static double left_shift_value(const struct op *op, double a, double b)
{
    return b < 0 || b >= 8 * (double)dtype_size(op->out->type)
               ? 0
               : of_pattern(op, pattern(a) << (int)b);
}

/* ONNX shifts unsigned numbers only. */
static const char *left_to_onnx(struct graph *g, const struct op *op)
{
    (void)g;
    return op->in[0]->type >= U8 ? "BitShift(a, b, direction='LEFT')" : NULL;
}

const struct opdef left_shift = {
    .name = "LeftShift",
    .keras_base = "left_shift",
    .brief = "bits moved up by b places",
    .types = INTS,
    .elementwise = true,
    .min_inputs = 2,
    .max_inputs = 2,
    .samples = shifts,
    .value = left_shift_value,
    .formula = "($u)b < 8 * sizeof($t) ? ($u)a << b : 0",
    .functions = "left_shift bitwise_left_shift(x, y)",
    .python_operator = "<<",
    .to_onnx_for = left_to_onnx,
};

static double right_shift_value(const struct op *op, double a, double b)
{
    if (b < 0 || b >= 8 * (double)dtype_size(op->out->type))
        return a < 0 ? -1 : 0;
    return floor(ldexp(a, -(int)b));
}

static const char *right_shift_formula(const struct op *op)
{
    return op->in[0]->type <= I64 ? "($u)b < 8 * sizeof($t) ? a >> b : a < 0 ? -1 : 0"
                                  : "b < 8 * sizeof($t) ? a >> b : 0";
}

static bool import_shift(struct graph *g, struct onnx_node *node)
{
    const bool left = strcmp(onnx_string(node, "direction", "LEFT"), "LEFT") == 0;
    return onnx_make(g, node, left ? "LeftShift" : "RightShift", "", node->in, node->nin);
}

static const char *right_to_onnx(struct graph *g, const struct op *op)
{
    (void)g;
    return op->in[0]->type >= U8 ? "BitShift(a, b, direction='RIGHT')" : NULL;
}

const struct opdef right_shift = {
    .name = "RightShift",
    .keras_base = "right_shift",
    .brief = "bits moved down by b places",
    .types = INTS,
    .elementwise = true,
    .min_inputs = 2,
    .max_inputs = 2,
    .samples = shifts,
    .value = right_shift_value,
    .formula_for = right_shift_formula,
    .functions = "right_shift bitwise_right_shift(x, y)",
    .python_operator = ">>",
    .onnx = "BitShift",
    .import = import_shift,
    .to_onnx_for = right_to_onnx,
};
