/* weights.h - what the readers of weight files give to the binder: a tree of layers with arrays
 * that load on demand. */
#ifndef CNNC_WEIGHTS_H
#define CNNC_WEIGHTS_H

#include "frontends.h"

struct weights_file;

struct found {         /* an array in a file */
    const char *name;  /* "kernel", "kernel:0", "0" */
    const char *where; /* how the file calls it, for messages and for the reader */
    struct shape shape;
    enum dtype type;   /* of the bytes at `bytes` */
    const void *bytes; /* in memory already, or NULL: the file's load() reads it */
};

struct layer_node {    /* a layer, or a model with layers inside */
    const char *name;  /* the layer's name when the file was saved, or NULL */
    const char *key;   /* class in snake case and a number ("conv2d_1"), or NULL */
    const char *kind;  /* the graph's side: class ("Conv2D"), NULL for a model */
    const char *where; /* the file's side: its group ("layers/net"), or NULL */
    struct layer_node **kid;
    int nkids;
    struct found *item;
    int nitems;
    struct weight **weight;
    int nweights; /* the graph's side */
    struct layer_node *match;
};

struct weights_file {
    struct ctx *ctx;
    const char *path;
    struct span at;
    struct layer_node *root;
    bool only_config; /* asked for: no arrays */
    /* of an HDF5 file that says so, else NULL */
    const char *config, *keras_version, *backend;
    bool has_weights; /* of an HDF5 file: there are layers beside the configuration */
    /* an HDF5 file with layer_names: of Keras 1 or 2, or in their format */
    bool legacy;
    bool ordered;    /* layers stand in the model's order */
    bool plain_keys; /* made of flat keys: a nested model's name may be absent */
    void *handle;
    bool (*load)(struct weights_file *f, const struct found *item, float *to);
    void (*close)(struct weights_file *f);
};

/* Readers: fill in f->root; false after an error was reported. `image` not NULL: the file lies in
 * memory. */
bool hdf5_open(struct weights_file *f, const void *image, size_t size);
/* tried in a child process */
bool hdf5_survives(const struct weights_file *f, const void *image, size_t size);
bool npz_open(struct weights_file *f);
bool safetensors_open(struct weights_file *f);

/* Adds an array under a key such as "encoder/conv2d/kernel:0". */
void weights_add_key(struct weights_file *f, const char *key, struct found item);
/* false after every mismatch was reported */
bool weights_bind(struct graph *g, struct weights_file *f);
/* "encoder/conv2d/kernel" */
const char *weight_label(struct arena *a, const struct weight *w);
bool weights_error(struct weights_file *f, const char *format, ...) PRINTF_LIKE(2, 3);
int natural_order(const char *a, const char *b); /* "conv2d_2" before "conv2d_10" */

/* legacy.c: old layouts into today's: of one array, of a recurrent layer's arrays. False after an
 * error. */
bool legacy_array(struct weights_file *f, const struct weight *w, struct found *item);
bool legacy_layer(struct weights_file *f, const struct layer_node *model, struct layer_node *file);

/* zip.c: an archive's members. `name_end` NULL: any. The bytes are of malloc. */
#define MOST_BYTES (SIZE_MAX >> 24) /* 2^40 where a size has 64 bits */
struct packed;
struct packed *packed_open(const char *path, const char **why);
int packed_count(struct packed *z);
const char *packed_name(struct packed *z, int i);
/* NULL and *why where it is damaged, or has more than `most` bytes. */
void *packed_read(struct packed *z, int i, size_t most, size_t *size, const char **why);
void packed_close(struct packed *z);
bool packed_write(struct ctx *ctx, const char *path, const char *const *names,
                  const struct text *members, int count);

/* npy.c: one array of bytes in npy form; its data lies in the arena. */
bool npy_parse(struct arena *a, const void *bytes, size_t size, struct array *to, const char **why);

#endif
