/* dropout.c - layers that change something only in training: dropout, noise, augmentation of
 * pictures. At inference they are not there. */
#include "ops/common.h"
#include "ops/onnx.h"

static bool shape(struct graph *g, struct op *op)
{
    (void)g;
    op->out->shape = op->in[0]->shape;
    return true;
}

#define IGNORED(name) { name, NULL, ATTR_IGNORED, 0, "None", NULL, 0 }

static const struct attr dropout_attrs[] = { { "rate", NULL, ATTR_IGNORED, 0, NULL, NULL, 0 },
                                             IGNORED("noise_shape"),
                                             IGNORED("data_format"),
                                             { 0 } };

/* The second result, the mask, says that nothing was dropped. */
static bool import(struct graph *g, struct onnx_node *n)
{
    struct float_list ratio, training;
    struct tensor *x = onnx_input(n, 0);
    static const char *const taken[] = { "ratio", "is_test", "seed", "consumed_inputs" };
    for (size_t i = 0; i < sizeof taken / sizeof *taken; i++)
        onnx_find(n, taken[i]);
    if (!x || !onnx_const_floats(g, n, 2, &training))
        return x ? false : onnx_error(g, n, "it has no input");
    if (training.count > 0 && (training.item[0] < 0 || training.item[0] > 0)
        && (!onnx_const_floats(g, n, 1, &ratio) || ratio.count < 1 || ratio.item[0] > 0))
        return onnx_error(
            g, n, "it drops values at random (training_mode); export the model for inference");
    n->out[0] = x;
    if (n->nout > 1 && n->wanted[1])
        n->out[1] = op_make(g, n->from, "Fill", "value=1 dtype=bool", &x, 1);
    return n->nout < 2 || !n->wanted[1] || n->out[1];
}

static const struct sample samples[] = { { "4x6x2", "" }, { NULL, NULL } };
static const struct sample dropout_samples[] = { { "4x6x2", "rate=0.3" }, { NULL, NULL } };

const struct opdef dropout = {
    .name = "Dropout",
    .mask = keep_mask,
    .aliases = "SpatialDropout1D SpatialDropout2D SpatialDropout3D GaussianDropout AlphaDropout",
    .onnx = "Dropout",
    .import = import,
    .keras_base = "dropout",
    .brief = "drops values in training",
    .attrs = dropout_attrs,
    .attr_size = 1,
    .min_inputs = 1,
    .max_inputs = 1,
    .types = ALL_TYPES,
    .samples = dropout_samples,
    .shape = shape,
    .is_view = true,
    .is_identity = true,
    .functions =
        "nn.dropout K.dropout spatial_dropout(x|inputs, rate|level|keep_prob:rate@ignored)",
};

static const struct attr noise_attrs[] = { IGNORED("stddev"), IGNORED("l1"), IGNORED("l2"), { 0 } };

const struct opdef gaussian_noise = {
    .name = "GaussianNoise",
    .mask = keep_mask,
    .aliases = "ActivityRegularization",
    .keras_base = "gaussian_noise",
    .brief = "noise in training",
    .attrs = noise_attrs,
    .attr_size = 1,
    .min_inputs = 1,
    .max_inputs = 1,
    .types = ALL_TYPES,
    .samples = samples,
    .shape = shape,
    .is_view = true,
    .is_identity = true,
};

const struct opdef identity = {
    .name = "Identity",
    .mask = keep_mask,
    .keras_base = "identity",
    .brief = "what it is given",
    .min_inputs = 1,
    .max_inputs = 1,
    .types = ALL_TYPES,
    .samples = samples,
    .shape = shape,
    .is_view = true,
    .is_identity = true,
    .functions = "stop_gradient tf.identity K.identity(x|input|variables)",
};

/* Arguments of Keras' layers for augmentation, of all of them. */
static const struct attr augmentation_attrs[] = { IGNORED("factor"),
                                                  IGNORED("mode"),
                                                  IGNORED("height_factor"),
                                                  IGNORED("width_factor"),
                                                  IGNORED("fill_mode"),
                                                  IGNORED("interpolation"),
                                                  IGNORED("fill_value"),
                                                  IGNORED("value_range"),
                                                  IGNORED("data_format"),
                                                  IGNORED("scale"),
                                                  IGNORED("x_factor"),
                                                  IGNORED("y_factor"),
                                                  IGNORED("kernel_size"),
                                                  IGNORED("sigma"),
                                                  IGNORED("height"),
                                                  IGNORED("width"),
                                                  IGNORED("brightness_factor"),
                                                  IGNORED("contrast_factor"),
                                                  IGNORED("saturation_factor"),
                                                  IGNORED("hue_factor"),
                                                  IGNORED("num_ops"),
                                                  IGNORED("num_chains"),
                                                  IGNORED("chain_depth"),
                                                  IGNORED("alpha"),
                                                  IGNORED("all_ops"),
                                                  IGNORED("bins"),
                                                  IGNORED("addition_factor"),
                                                  IGNORED("threshold_factor"),
                                                  IGNORED("lower"),
                                                  IGNORED("upper"),
                                                  IGNORED("bounding_box_format"),
                                                  { 0 } };

const struct opdef augmentation = {
    .name = "RandomFlip",
    .aliases = "RandomRotation RandomZoom RandomTranslation RandomContrast RandomBrightness "
               "RandomCrop RandomHeight RandomWidth RandomShear RandomPerspective "
               "RandomColorJitter RandomColorDegeneration RandomElasticTransform RandomErasing "
               "RandomGaussianBlur RandomGrayscale RandomHue RandomInvert "
               "RandomPosterization RandomSaturation RandomSharpness AugMix RandAugment MixUp "
               "CutMix Equalization Solarization",
    .keras_base = "random_flip",
    .brief = "changes pictures at random in training",
    .attrs = augmentation_attrs,
    .attr_size = 1,
    .min_inputs = 1,
    .max_inputs = 1,
    .types = ALL_TYPES,
    .samples = samples,
    .shape = shape,
    .is_view = true,
    .is_identity = true,
};
