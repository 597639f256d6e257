/*
 * keras.h - Keras' model files: .keras, whole-model .h5, config.json and to_json() texts.
 *
 * Such a file holds the configuration of every layer and how they are connected. It is written out
 * again as the text that builds the same model, one layer a line, and the text front end reads
 * that: so both know the same layers, arguments, defaults and names, and what is wrong with a layer
 * is said about a line that a person can read (`--dump=text` prints it).
 */
#ifndef CNNC_KERAS_H
#define CNNC_KERAS_H

#include <jansson.h>

#include "frontends.h"
#include "ops/op.h"

/* What a model file says of itself. */
struct keras_file {
    const char *config; /* JSON */
    size_t size;
    const char *version; /* of the Keras that saved it, or NULL */
    bool has_weights;
};

struct premade {
    const json_t *model;
    const char *variable;
};

/* One translation. Text is added to `out`; errors are counted in ctx->diags. */
struct writer {
    struct ctx *ctx;
    const struct source *file;
    struct text out;
    int generation;      /* of Keras: 1, 2 or 3 */
    int tensors, layers; /* names given: x1, x2, ...; layer1, layer2, ... */
    int depth;           /* models inside models */
    const char **unknown;
    int nunknown;      /* "MyLayer (layer 'norm')": reported all at once */
    bool *lambda_used; /* one for each --lambda */
    /* models written before the layer that has them as an argument */
    struct premade *premade;
    int npremade;
};

/* The tensors of one model while its calls are written. */
struct wiring;

/* arguments.c: `Conv2D(filters=32, name='conv2d')` of one layer's JSON; false after an error. */
bool put_layer(struct writer *w, const json_t *layer);
/* calls.c: also Lambda, Merge, and unknown ones */
bool put_any_layer(struct writer *w, const json_t *layer);
void put_value(struct writer *w, const struct wiring *m, const json_t *value);
bool has_attribute(const struct opdef *def, const char *name);
void put_quoted(struct writer *w, const char *s, size_t n);
const char *layer_name(const json_t *layer); /* never NULL; "?" where it has none */
const char *layer_class(const json_t *layer);
bool keras_error(struct writer *w, const char *format, ...) PRINTF_LIKE(2, 3);

/* spelling.c: names of other Keras versions, as Keras 3 calls them. */
const char *keras_class(const char *class_name);
/* NULL: without meaning at inference */
const char *keras_argument(const char *class_name, const char *argument);

/* calls.c: `Conv2D(...)(x1)`, an operator or a function applied. */
bool put_call(struct writer *w, const struct wiring *m, const json_t *layer, const char *variable,
              const json_t *node);

/* models.c: statements that leave a model in `variable`. */
bool put_model(struct writer *w, const json_t *model, const char *variable);
bool is_model(const json_t *layer);
/* Where `value` names a tensor ([layer, node, index], or Keras 3's __keras_tensor__) writes its
 * variable and returns true. */
bool put_tensor(struct writer *w, const struct wiring *m, const json_t *value);

/* extract.c: the configuration in a file; false after an error. */
bool keras_extract(struct ctx *ctx, const struct source *file, struct keras_file *to);

#endif
