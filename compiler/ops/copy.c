/* copy.c - the same values in another place: where a kernel wants margins around rows that its input cannot have. */
#include "ops/common.h"

static double value(const struct op *op, double a, double b)
{
    (void)op;
    (void)b;
    return a;
}

static const struct sample samples[] = { { "5x4x3", "" }, { "int64[9]@-9:9", "" }, { NULL, NULL } };

const struct opdef copy = {
    .name = "Copy", .onnx = "Identity", .keras_base = "copy", .brief = "the same values in another place", .samples = samples, .types = ALL_TYPES,
    .min_inputs = 1, .max_inputs = 1, .elementwise = true, .value = value, .vector = "v", .formula = "a",
};
