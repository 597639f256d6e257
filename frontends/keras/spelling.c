/*
 * spelling.c - what Keras 1 and 2 called by another name.
 *
 * Keras 2.0 renamed most arguments of Keras 1 (its release notes list them); Keras 3 renamed
 * LeakyReLU's alpha.
 */
#include <string.h>

#include "keras/keras.h"

/* `in`: classes in which the name has this meaning, or NULL: all. `now` NULL: nothing at inference.
 */
static const struct {
    const char *in, *old, *now;
} arguments[] = {
    { "Embedding", "output_dim", "output_dim" },
    { "Embedding", "input_dim", "input_dim" },
    { NULL, "output_dim", "units" },
    { NULL, "nb_filter", "filters" },
    { NULL, "filter_length", "kernel_size" },
    { NULL, "border_mode", "padding" },
    { NULL, "subsample", "strides" },
    { NULL, "subsample_length", "strides" },
    { NULL, "atrous_rate", "dilation_rate" },
    { NULL, "dim_ordering", "data_format" },
    { NULL, "bias", "use_bias" },
    { NULL, "pool_length", "pool_size" },
    { NULL, "inner_activation", "recurrent_activation" },
    { "MaxPooling1D AveragePooling1D", "stride", "strides" },
    { "UpSampling1D", "length", "size" },
    { "Dropout SpatialDropout1D SpatialDropout2D SpatialDropout3D GaussianDropout AlphaDropout",
      "p", "rate" },
    { "GaussianNoise", "sigma", "stddev" },
    { "LeakyReLU", "alpha", "negative_slope" },
    { "Concatenate", "concat_axis", "axis" },
    { "Dot", "dot_axes", "axes" },
    { "LSTM GRU SimpleRNN", "dropout_W", NULL },
    { "LSTM GRU SimpleRNN", "dropout_U", NULL },
    { "Embedding", "dropout", NULL },
    { "Conv2DTranspose Conv3DTranspose", "output_shape", NULL },
    { "DepthwiseConv1D DepthwiseConv2D SeparableConv1D SeparableConv2D", "groups", NULL },
    /* without meaning at inference */
    { NULL, "trainable", NULL },
    { NULL, "dtype", NULL },
    { NULL, "batch_input_shape", NULL },
    { NULL, "batch_shape", NULL },
    { NULL, "input_dtype", NULL },
    { NULL, "input_dim", NULL },
    { NULL, "input_length", NULL },
    { NULL, "init", NULL },
    { NULL, "inner_init", NULL },
    { NULL, "forget_bias_init", NULL },
    { NULL, "W_regularizer", NULL },
    { NULL, "U_regularizer", NULL },
    { NULL, "b_regularizer", NULL },
    { NULL, "W_constraint", NULL },
    { NULL, "U_constraint", NULL },
    { NULL, "b_constraint", NULL },
    { NULL, "gamma_init", NULL },
    { NULL, "beta_init", NULL },
    { NULL, "seed", NULL },
    { NULL, "weights", NULL },
    { NULL, "consume_less", NULL },
    { NULL, "implementation", NULL },
    { NULL, "unroll", NULL },
    { NULL, "use_cudnn", NULL },
    { NULL, "zero_output_for_mask", NULL },
    { NULL, "autocast", NULL },
    { NULL, "quantization_config", NULL },
    { NULL, "lora_rank", NULL },
    { NULL, "lora_alpha", NULL },
    { NULL, "synchronized", NULL },
    { NULL, "renorm", NULL },
    { NULL, "renorm_momentum", NULL },
    { NULL, "fused", NULL },
    { NULL, "momentum", NULL },
    { NULL, "dropout", NULL },
    { NULL, "recurrent_dropout", NULL },
    { NULL, "unit_forget_bias", NULL },
    { NULL, "noise_shape", NULL },
    { NULL, "supports_masking", NULL },
    { NULL, "stateful_metrics", NULL },
    { NULL, "depthwise_init", NULL },
    { NULL, "pointwise_init", NULL },
};

static bool listed(const char *list, const char *word)
{
    const size_t n = strlen(word);
    for (const char *p = list; *p; p += strcspn(p, " "), p += strspn(p, " "))
        if (strncmp(p, word, n) == 0 && (p[n] == ' ' || p[n] == '\0'))
            return true;
    return false;
}

const char *keras_class(const char *class_name)
{
    const struct opdef *def = op_find(class_name);
    return def ? def->name : class_name;
}

const char *keras_argument(const char *class_name, const char *argument)
{
    if (ends_with(argument, "_initializer") || ends_with(argument, "_regularizer")
        || ends_with(argument, "_constraint"))
        return NULL;
    for (size_t i = 0; i < sizeof arguments / sizeof *arguments; i++)
        if (strcmp(arguments[i].old, argument) == 0
            && (!arguments[i].in || listed(arguments[i].in, class_name)))
            return arguments[i].now;
    return argument;
}
