/* verify.h - --verify: builds and runs the C that was made and compares its results with the
 * reference evaluator's. */
#ifndef CNNC_VERIFY_H
#define CNNC_VERIFY_H

#include "emit/emit.h"

struct verification;

/* Inputs and reference outputs of the graph as it was read: needs weights, call before the passes.
 * NULL after an error. */
struct verification *verify_prepare(struct graph *g);
/* Compiles and runs the C, prints a table, reports a difference as an error. `header`: the name
 * that the C includes. */
bool verify_run(struct graph *g, struct verification *v, const char *name, const char *header,
                const struct product *p);

#endif
