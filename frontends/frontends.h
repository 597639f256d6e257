/* frontends.h - the doors by which models and weights come in. */
#ifndef CNNC_FRONTENDS_H
#define CNNC_FRONTENDS_H

#include "ir/ir.h"

/* cnn/: Keras text -> graph, weights declared in g->weights and bound where the text says
 * load_weights(). NULL after errors. */
struct graph *read_cnn(struct ctx *ctx, const struct source *source);
/* Evaluates the text and prints what its print() calls print, for tests of the language; false
 * after errors. */
bool print_cnn(struct ctx *ctx, const struct source *source);

/*
 * keras/: model files (.keras, whole-model .h5, config.json): told by their first bytes, not by the
 * name. keras_text gives the text for read_cnn, and makes the file itself the --weights where it
 * holds some and none are given; NULL after errors.
 */
bool is_keras_file(const struct source *source);
struct source *keras_text(struct ctx *ctx, const struct source *file);

/*
 * onnx/: ONNX models, told by their content. Weights are constants of the graph. Shapes are fixed
 * by --dim, --input-shape and
 * --const-input; everything that cnnc does not know is reported in one run. NULL after errors.
 */
bool is_onnx_file(const struct source *source);
/* gives the file's bytes back */
struct graph *read_onnx(struct ctx *ctx, struct source *file);
/*
 * Writes the graph, before any pass and with its weights bound, as an ONNX model: pictures have the
 * channels first inside of it. false after an error that names every op which ONNX cannot say.
 */
bool write_onnx(struct graph *g, const char *path);

/* weights/: binds every entry of g->weights from a file of any known format; false after every
 * mismatch was reported. */
bool weights_load(struct graph *g, const char *path, struct span at);
/* Binds what is not bound yet by seeded random numbers (INIT_KERNEL: "glorot" or "he" uniform;
 * "zeros"). */
bool weights_init(struct graph *g, const char *how, uint64_t seed);
/* Reports a model whose weights are not bound: offers --weights= and --init=. */
bool weights_complete(struct graph *g);

/* weights/npy.c: arrays in and out, for --eval and --verify. */
struct array {
    const char *name;
    enum dtype type;
    struct shape shape;
    void *data;
};
struct array_list {
    struct array *item;
    int count;
};
/* .npy (name NULL) or .npz */
bool npy_read(struct ctx *ctx, const char *path, struct array_list *to);
/* by the name's end */
bool npy_write(struct ctx *ctx, const char *path, const struct array_list *from);

#endif
