/* tune.h - --tune: times the kernels of each distinct layer with the local compiler; --tune-file:
 * uses such times. */
#ifndef CNNC_TUNE_H
#define CNNC_TUNE_H

#include "ops/op.h"

/* ---- tune_file.c: a text file of times ---- */

struct tuned_kernel {
    const char *name;
    double ns;
    struct span at;
};
struct tuned_layer {
    const char *key;
    struct tuned_kernel *kernels;
    int nkernels;
};
struct tune_file {
    const char *command; /* with which it was measured; NULL: nothing yet */
    struct span command_at;
    struct tuned_layer **layers;
    int nlayers;
    struct name_table by_key; /* to struct tuned_layer */
};

/* Reads `path` into f. false after an error: a line that is none, a layer or kernel twice. */
bool tune_file_read(struct ctx *ctx, const char *path, struct tune_file *f);
bool tune_file_write(struct ctx *ctx, const char *path, const struct tune_file *f);
/* added where it is not there yet */
struct tuned_layer *tune_file_layer(struct ctx *ctx, struct tune_file *f, const char *key);

/* ---- tune.c ---- */

/* Sets op->kernel of those ops whose fastest kernel is known or now measured. Between the passes
 * that change the graph and choose_kernels(). */
bool tune(struct graph *g);

#endif
