/* eval_graph.h - the reference evaluator: every op's own eval, in double. */
#ifndef CNNC_EVAL_GRAPH_H
#define CNNC_EVAL_GRAPH_H

#include "ir/ir.h"

/* One array of doubles per tensor of the graph, by tensor id; NULL for constants and for what no op
 * makes. */
struct values {
    double **of;
    int count;
};

/* Runs the graph on `inputs`, one array per graph input. false after an error was reported. */
bool graph_values(const struct graph *g, const double *const *inputs, struct values *v);
void values_free(struct values *v);

/* The same, keeping only the outputs: outputs[i] has room for the elements of graph output i. */
bool graph_eval(const struct graph *g, const double *const *inputs, double *const *outputs);

/* Copies a tensor's value, constants as well. `to` has room for its elements. */
void value_copy(const struct values *v, const struct tensor *t, double *to);

/* --eval: reads options.eval, evaluates each picture of the batch, writes options.output. */
bool eval_files(struct graph *g);

/* A batch of inputs or outputs as doubles: of[i] holds `pictures` times the elements of input or
 * output i. */
struct batch {
    int64_t pictures;
    double **of;
};

/* Arrays of a .npy or .npz file for `tensors`, by name or else in order; checks shapes. `what`:
 * "input" or "output". */
bool batch_read(struct graph *g, const char *path, struct tensor *const *tensors, int count,
                const char *what, struct batch *b);
/* Evaluates every picture of `in`. */
bool batch_eval(struct graph *g, const struct batch *in, struct batch *out);

#endif
