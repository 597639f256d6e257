/*
 * refused.c - layers of Keras that cannot be part of a C function of numbers, and those that cnnc
 * has not. Scripts make them beside the model, so only calling one on a tensor of the model is an
 * error.
 */
#include "ops/op.h"

static const struct sample none[] = { { NULL, NULL } };

#define REFUSED                                                                                    \
    .brief = "a layer of Keras that cnnc has not", .samples = none, .max_inputs = -1,              \
    .types = ALL_TYPES

const struct opdef refused_text = {
    .name = "TextVectorization",
    .aliases = "StringLookup",
    REFUSED,
    .keras_base = "text_vectorization",
    .refused = "works on texts, which a C function of numbers does not take; turn the texts into "
               "whole numbers before the model, whose "
               "Input then has dtype='int32'",
};

const struct opdef refused_lookup = {
    .name = "IntegerLookup",
    REFUSED,
    .keras_base = "integer_lookup",
    .refused = "looks numbers up in a vocabulary, which cnnc does not do; give the model the "
               "places in the vocabulary in place of the numbers",
};

const struct opdef refused_hashing = {
    .name = "Hashing",
    .aliases = "HashedCrossing",
    REFUSED,
    .keras_base = "hashing",
    .refused = "hashes its input, which cnnc does not do; hash before the model and give it the "
               "bins as whole numbers",
};

const struct opdef refused_features = {
    .name = "FeatureSpace",
    REFUSED,
    .keras_base = "feature_space",
    .refused = "gathers columns of texts and numbers, which cnnc does not do; apply it to the data "
               "and give the model its result "
               "(feature_space.get_encoded_features())",
};

const struct opdef refused_histograms = {
    .name = "ContrastLimitedAdaptiveHistogramEqualization",
    .aliases = "CLAHE",
    REFUSED,
    .keras_base = "contrast_limited_adaptive_histogram_equalization",
    .refused = "evens out local histograms at inference as well, which cnnc does not do; apply it "
               "to the picture before the model",
};

const struct opdef refused_boxes = {
    .name = "MaxNumBoundingBoxes",
    REFUSED,
    .keras_base = "max_num_bounding_boxes",
    .refused = "works on the boxes of training data; leave it out of the model",
};

const struct opdef refused_spectrograms = {
    .name = "MelSpectrogram",
    .aliases = "STFTSpectrogram",
    REFUSED,
    .keras_base = "mel_spectrogram",
    .refused = "makes a spectrogram, which cnnc does not do; compute it before the model and give "
               "the model the spectrogram",
};

const struct opdef refused_foreign = {
    .name = "TFSMLayer",
    .aliases = "JaxLayer FlaxLayer TorchModuleWrapper",
    REFUSED,
    .keras_base = "tfsm_layer",
    .refused = "holds a program of another library, which cnnc cannot read; export it to ONNX and "
               "compile that, or write it in Keras' layers",
};

const struct opdef refused_cell = {
    .name = "DropoutRNNCell",
    .aliases = "AbstractRNNCell DropoutWrapper ResidualWrapper DeviceWrapper",
    REFUSED,
    .keras_base = "rnn_cell",
    .refused = "is no layer that cnnc has; use RNN with LSTMCell, GRUCell, SimpleRNNCell or "
               "StackedRNNCells",
};
