/* passes.h - the table of passes, in the order in which they run. */
#ifndef CNNC_PASSES_H
#define CNNC_PASSES_H

#include "ops/op.h"

struct pass {
    const char *name;
    void (*run)(struct graph *g);
    const char *what;
};
extern const struct pass pass_table[]; /* ends with a zero entry */

/* Runs all passes, checks the graph after each; dumps after the one that --dump=PASS names. false
 * after errors. */
bool run_passes(struct graph *g);
/* The same in two parts: the passes in front of `run`, and those from it on. */
bool run_passes_before(struct graph *g, void (*run)(struct graph *g));
bool run_passes_from(struct graph *g, void (*run)(struct graph *g));
/* May the op be computed by this kernel of its table, under the target and --exact? */
bool kernel_fits(const struct graph *g, const struct op *op, const struct kernel *k);

void simplify(struct graph *g);
bool simplify_once(struct graph *g); /* one round; true if anything changed */
void sink_transpositions(struct graph *g);
void use_integers(struct graph *g);
/*
 * Of a graph with quantizing operators: the passes up to the integers. What such a graph computes
 * is said by its operators on integers, which round as ONNX Runtime does, so that the reference of
 * --eval and --verify is taken behind them. Other graphs stay as they are.
 */
void settle_integers(struct graph *g);
void fold_affine(struct graph *g);
void fold_pads(struct graph *g);
void absorb_elementwise(struct graph *g);
void choose_kernels(struct graph *g);
void add_margins(struct graph *g);
void pack_weights(struct graph *g);
void flush_subnormals(struct graph *g);

#endif
