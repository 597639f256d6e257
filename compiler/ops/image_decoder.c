/* image_decoder.c - ONNX' ImageDecoder, which reads JPEG, PNG and other files: known so that the
 * error can say what to do. */
#include "ops/windows.h"

static bool import(struct graph *g, struct onnx_node *n)
{
    return onnx_error(g, n,
                      "it reads a picture file (JPEG, PNG, ...), which the C does not; cut it off "
                      "the model and hand over the pixels");
}

static struct tensor *expand(struct graph *g, struct op *op)
{
    return op_error(g, op, "reads picture files, which the C does not"), NULL;
}

static const struct sample samples[] = { { NULL, NULL } };

const struct opdef image_decoder = {
    .name = "ImageDecoder",
    .onnx = "ImageDecoder",
    .keras_base = "image_decoder",
    .brief = "picture files (an error that says what to do)",
    .types = ALL_TYPES,
    .min_inputs = 1,
    .max_inputs = 1,
    .samples = samples,
    .expand = expand,
    .import = import,
};
