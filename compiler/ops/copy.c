/* copy.c - the same values in another place: where a kernel wants margins around rows that its
 * input cannot have. */
#include "ops/common.h"
#include "ops/onnx.h"

static double value(const struct op *op, double a, double b)
{
    (void)op;
    (void)b;
    return a;
}

/* Identity is no op of its own. */
static bool import(struct graph *g, struct onnx_node *n)
{
    n->out[0] = onnx_input(n, 0);
    return n->out[0] || onnx_error(g, n, "it has no input");
}

static const struct sample samples[] = { { "5x4x3", "" }, { "int64[9]@-9:9", "" }, { NULL, NULL } };

const struct opdef copy = {
    .name = "Copy",
    .onnx = "Identity",
    .keras_base = "copy",
    .brief = "the same values in another place",
    .samples = samples,
    .types = ALL_TYPES,
    .min_inputs = 1,
    .max_inputs = 1,
    .elementwise = true,
    .makes_place = true,
    .value = value,
    .vector = "v",
    .formula = "a",
    .import = import,
    .to_onnx = "Identity(a)",
};
