/*
 * quantized_elementwise.c - an elementwise function of real numbers on quantized ones: out =
 * quantize(f(dequantize(a), dequantize(b))).
 *
 * Of one input of 8 bits with known scales it is a table of 256 results. Inputs: a, scale, zero, b,
 * scale, zero, out scale, out zero; each scale and zero point is one number, zero points may be
 * absent; the result's type is that of its zero point, or of `a`.
 *
 * Sums and products of 8 bits are, if asked for (runtime), computed in float32 step by step as ONNX
 * Runtime's QLinearAdd and QLinearMul compute them, so that a value that lies between two integers
 * is rounded as they round it:
 *
 *     sum       round(fma(a, p, fma(b, q, zero - (p a zero + q b zero))))   with p = a scale /
 * scale, q = b scale / scale product   round((a - a zero)(b - b zero) p + zero) with p = a scale b
 * scale / scale
 */
#include "ops/onnx.h"
#include "ops/quantized.h"

#include <math.h>
#include <string.h>

enum { IN_A, IN_A_SCALE, IN_A_ZERO, IN_B, IN_B_SCALE, IN_B_ZERO, IN_SCALE, IN_ZERO, INPUTS };

static const struct attr attrs[] = {
    { "of", NULL, ATTR_ACTIVATION, offsetof(struct quantized_function, of), "None", NULL, 0 },
    { "runtime", NULL, ATTR_BOOL, offsetof(struct quantized_function, runtime), "False", NULL, 0 },
    { 0 }
};

static bool is_binary(const struct op *op)
{
    return op->in[IN_B] != NULL;
}

static bool shape(struct graph *g, struct op *op)
{
    const struct activation *f = &((const struct quantized_function *)op->attr)->of;
    if (op->nin < IN_SCALE + 1 || !op->in[IN_A_SCALE] || !op->in[IN_SCALE]
        || (is_binary(op) && (!op->in[IN_B_SCALE] || op->in[IN_B]->type != op->in[IN_A]->type)))
        return op_error(g, op, "needs inputs of one type and a scale for each");
    if (f->def
        && (!f->def->elementwise || !f->def->value || (f->def->max_inputs == 1) == is_binary(op)))
        return op_error(g, op, "%s is no elementwise operator of its inputs", f->def->name);
    for (int i = 0; i < op->nin; i++)
        if (i != IN_A && i != IN_B && op->in[i] && shape_count(&op->in[i]->shape) != 1)
            return op_error(g, op, "its scales and zero points must be single numbers");
    bool fit = true;
    struct tensor *data[2] = { op->in[IN_A], op->in[IN_B] };
    const struct op both = {
        .def = op->def, .name = op->name, .at = op->at, .in = data, .nin = 1 + is_binary(op)
    };
    op->out->shape = broadcast_shapes(g, &both, &fit);
    op->out->type = optional_input(op, IN_ZERO) ? op->in[IN_ZERO]->type : op->in[IN_A]->type;
    return fit;
}

/* The function's op, on real numbers. */
static struct op function_of(const struct op *op, struct tensor *t, struct tensor **slots)
{
    const struct activation *f = &((const struct quantized_function *)op->attr)->of;
    *t = (struct tensor){ .type = F32, .shape = { 1, { 1 } } };
    slots[0] = slots[1] = t;
    return (struct op){ .def = f->def,
                        .attr = (void *)(uintptr_t)f->attr,
                        .name = op->name,
                        .in = slots,
                        .nin = 1 + is_binary(op),
                        .out = t,
                        .outs = slots,
                        .nouts = 1 };
}

/* The function of `op` where it is one of those that ONNX Runtime has its own steps for. */
enum steps { PLAIN, SUM, PRODUCT };

static enum steps steps_of(const struct op *op)
{
    const struct quantized_function *p = op->attr;
    const struct opdef *f = p->of.def;
    if (!p->runtime || !f || !is_binary(op) || dtype_size(op->in[IN_A]->type) != 1
        || op->out->type != op->in[IN_A]->type)
        return PLAIN;
    return f == op_find("Add") ? SUM : f == op_find("Multiply") ? PRODUCT : PLAIN;
}

static double sum_result(const struct op *op, const double *const *in, double a, double b)
{
    const float zero = (float)optional_at(op, in, IN_ZERO, 0),
                a_zero = (float)optional_at(op, in, IN_A_ZERO, 0);
    const float b_zero = (float)optional_at(op, in, IN_B_ZERO, 0), scale = (float)in[IN_SCALE][0];
    const float p = (float)in[IN_A_SCALE][0] / scale, q = (float)in[IN_B_SCALE][0] / scale;
    const float left = p * a_zero, right = q * b_zero, zeros = left + right;
    return quantized_value(fmaf((float)a, p, fmaf((float)b, q, zero - zeros)), 0,
                           lowest_of(op->out->type), highest_of(op->out->type));
}

static double product_result(const struct op *op, const double *const *in, double a, double b)
{
    const float p = (float)in[IN_A_SCALE][0] * (float)in[IN_B_SCALE][0] / (float)in[IN_SCALE][0];
    const float v =
        (float)((a - optional_at(op, in, IN_A_ZERO, 0)) * (b - optional_at(op, in, IN_B_ZERO, 0)));
    return quantized_sum(v * p, optional_at(op, in, IN_ZERO, 0), lowest_of(op->out->type),
                         highest_of(op->out->type));
}

static double result(const struct op *op, const double *const *in, double a, double b)
{
    const enum steps steps = steps_of(op);
    if (steps != PLAIN)
        return steps == SUM ? sum_result(op, in, a, b) : product_result(op, in, a, b);
    struct tensor t, *slots[2];
    const struct op f = function_of(op, &t, slots);
    const float x = (float)(a - optional_at(op, in, IN_A_ZERO, 0)) * (float)in[IN_A_SCALE][0];
    const float y = is_binary(op)
                        ? (float)(b - optional_at(op, in, IN_B_ZERO, 0)) * (float)in[IN_B_SCALE][0]
                        : 0;
    const float v = f.def ? (float)f.def->value(&f, (double)x, (double)y) : x;
    return quantized_value(v / (float)in[IN_SCALE][0], optional_at(op, in, IN_ZERO, 0),
                           lowest_of(op->out->type), highest_of(op->out->type));
}

static void eval(const struct op *op, const double *const *in, double *out)
{
    const struct shape *s = &op->out->shape;
    int64_t a[MAX_RANK], b[MAX_RANK] = { 0 };
    broadcast_strides(&op->in[IN_A]->shape, &op->out->shape, a);
    if (is_binary(op))
        broadcast_strides(&op->in[IN_B]->shape, &op->out->shape, b);
    for (int64_t i = 0; i < shape_count(s); i++) {
        int64_t left = 0, right = 0, rest = i;
        for (int d = s->rank - 1; d >= 0; d--) {
            left += rest % s->dim[d] * a[d];
            right += rest % s->dim[d] * b[d];
            rest /= s->dim[d];
        }
        out[i] = result(op, in, in[IN_A][left], is_binary(op) ? in[IN_B][right] : 0);
    }
}

/* ---- one input of 8 bits: a table ---- */

static bool table_fits(const struct op *op, const struct target *t)
{
    (void)t;
    for (int i = 1; i < op->nin; i++)
        if (op->in[i] && !op->in[i]->data)
            return false;
    return !is_binary(op) && dtype_size(op->in[IN_A]->type) == 1;
}

static double table_cost(const struct op *op, const struct target *t)
{
    (void)t;
    return (double)shape_count(&op->out->shape);
}

static double formula_cost(const struct op *op, const struct target *t)
{
    (void)t;
    return (double)shape_count(&op->out->shape) * 2;
}

/* The table takes the place of scales and zero points. */
static bool pack_table(struct graph *g, struct op *op)
{
    double *values[INPUTS] = { NULL };
    for (int i = 1; i < op->nin; i++) {
        values[i] = op->in[i] ? NEW_ARRAY(g->ctx->arena, double, 1) : NULL;
        if (op->in[i])
            *values[i] = dtype_get(op->in[i]->type, op->in[i]->data, 0);
    }
    struct tensor *t = graph_constant(g, arena_printf(g->ctx->arena, "%s_table", op->name),
                                      op->out->type, shape_of(1, INT64_C(256)), NULL);
    for (int i = 0; i < 256; i++)
        dtype_set(t->type, t->data, i,
                  result(op, (const double *const *)values,
                         op->in[IN_A]->type == I8 && i > 127 ? i - 256 : i, 0));
    op->in[1] = t;
    op->nin = 2;
    return true;
}

/* ---- kernels ---- */

static bool same_shapes(const struct op *op)
{
    return shape_equal(&op->in[IN_A]->shape, &op->out->shape)
           && (!is_binary(op) || shape_equal(&op->in[IN_B]->shape, &op->out->shape));
}

static struct row_need rows(const struct op *op, int i)
{
    (void)op;
    (void)i;
    return (struct row_need){ .stride = 1, .kernel = 1 };
}

/* "i0 * 12 + i1" */
static const char *index_text(struct out *o, const struct op *op, const int64_t *stride)
{
    const char *s = "";
    for (int d = 0; d < op->out->shape.rank; d++)
        if (stride[d])
            s = arena_printf(o->arena, "%s%si%d * %lld", s, *s ? " + " : "", d,
                             (long long)stride[d]);
    return *s ? s : "0";
}

/* The real result as C: "a + b", or "a" where there is no function. */
static const char *formula_text_of(struct out *o, const struct op *op)
{
    struct tensor t, *slots[2];
    const struct op f = function_of(op, &t, slots);
    return f.def ? scalar_formula(o, &f) : "a";
}

#include "templates/quantized_elementwise.inc"

static const struct kernel kernels[] = {
    { .name = "table",
      .brief = "all 256 results at compile time",
      .fits = table_fits,
      .cost = table_cost,
      .pack = pack_table,
      .emit = emit_table },
    { .name = "formula", .brief = "by real numbers", .cost = formula_cost, .emit = emit_formula },
    { 0 }
};

/* ---- ONNX Runtime's operators ---- */

static bool import(struct graph *g, struct onnx_node *n)
{
    static const struct {
        const char *op_type, *def;
    } names[] = { { "QLinearAdd", "Add" },
                  { "QLinearMul", "Multiply" },
                  { "QLinearSigmoid", "Sigmoid" },
                  { "QLinearLeakyRelu", "LeakyReLU" } };
    const bool binary = n->nin > 5;
    struct tensor *in[INPUTS] = { NULL };
    struct quantized_function attr = { { NULL, NULL }, true };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(n->op_type, names[i].op_type) == 0)
            attr.of.def = op_find(names[i].def);
    void *attrs_of = attr_defaults(g->ctx, attr.of.def);
    if (strcmp(n->op_type, "QLinearLeakyRelu") == 0)
        attr_parse(
            g->ctx, attr.of.def, attrs_of,
            arena_printf(g->ctx->arena, "negative_slope=%.17g", onnx_float(n, "alpha", 0.01)));
    attr.of.attr = attrs_of;
    for (int i = 0; i < 3; i++)
        in[i] = onnx_input(n, i);
    for (int i = 3; i < 6 && binary; i++)
        in[i] = onnx_input(n, i);
    in[IN_SCALE] = onnx_input(n, binary ? 6 : 3);
    in[IN_ZERO] = onnx_input(n, binary ? 7 : 4);
    if (!in[IN_A] || !in[IN_A_SCALE] || !in[IN_SCALE])
        return onnx_error(g, n, "needs an input and scales");
    n->out[0] = op_make_from(g, n->from, op_find("QuantizedElementwise"), &attr, in, INPUTS);
    return n->out[0] != NULL;
}

static const struct sample samples[] = {
    { "uint8[77] float32[]@.02! uint8[]@117! - - - float32[]@.01! uint8[]@3!", "of=tanh" },
    { "int8[1x3x4x5] float32[]@.02! int8[]@-7! - - - float32[]@.03! uint8[]@120!", "" },
    { "int8[77] float32[]@.02 - - - - float32[]@.01 int8[]@3", "of=sigmoid" },
    { "uint8[1x3x4x5] float32[]@.02! uint8[]@100! uint8[1x3x4x5] float32[]@.03! uint8[]@90! "
      "float32[]@.04! uint8[]@128!",
      "of=Add" },
    { "int8[1x3x4x19] float32[]@.05 int8[]@-7 int8[1x3x4x19] float32[]@.05! int8[]@3! float32[]@.1 "
      "int8[]@1!",
      "of=Add, runtime=True" },
    { "uint8[2x3x4] float32[1]@.02 - uint8[3x1] float32[1]@.03 uint8[1]@9 float32[1]@.01 "
      "uint8[1]@111",
      "of=Add, runtime=True" },
    { "uint8[1x3x4x19] float32[]@.5! uint8[]@100! uint8[1x3x4x19] float32[]@.1! uint8[]@90! "
      "float32[]@.2! uint8[]@127!",
      "of=Multiply, runtime=True" },
    { "int8[2x3x4] float32[1]@.02 int8[1]@10 int8[3x1] float32[1]@.03 int8[1]@-9 float32[1]@.01 "
      "int8[1]@1",
      "of=Multiply" },
    { "int16[2x9] float32[]@.0002! int16[]@3! - - - float32[]@.0001! int16[]@0!", "of=relu" },
    { NULL, NULL }
};

const struct opdef quantized_elementwise = {
    .name = "QuantizedElementwise",
    .brief = "an elementwise function of quantized numbers",
    .attrs = attrs,
    .attr_size = sizeof(struct quantized_function),
    .onnx = "com.microsoft:QLinearAdd com.microsoft:QLinearMul com.microsoft:QLinearSigmoid "
            "com.microsoft:QLinearLeakyRelu",
    .min_inputs = 7,
    .max_inputs = INPUTS,
    .types = QUANTIZED_TYPES,
    .samples = samples,
    .shape = shape,
    .eval = eval,
    .rows = rows,
    .by_rows = same_shapes,
    .kernels = kernels,
    .import = import,
};
