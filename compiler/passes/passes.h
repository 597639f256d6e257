/* passes.h - the table of passes, in the order in which they run. */
#ifndef CNNC_PASSES_H
#define CNNC_PASSES_H

#include "ops/op.h"

struct pass { const char *name; void (*run)(struct graph *g); const char *what; };
extern const struct pass pass_table[];          /* ends with a zero entry */

/* Runs all passes, checks the graph after each; dumps after the one that --dump=PASS names. false after errors. */
bool run_passes(struct graph *g);

void simplify(struct graph *g);
bool simplify_once(struct graph *g);            /* one round; true if anything changed */
void sink_transpositions(struct graph *g);
void use_integers(struct graph *g);
void fold_affine(struct graph *g);
void fold_pads(struct graph *g);
void absorb_elementwise(struct graph *g);
void choose_kernels(struct graph *g);
void add_margins(struct graph *g);
void pack_weights(struct graph *g);
void flush_subnormals(struct graph *g);

#endif
