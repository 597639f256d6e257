/* report.h - --report: what the network costs, as JSON, text or a page with a picture of the arena.
 */
#ifndef CNNC_REPORT_H
#define CNNC_REPORT_H

#include "plan/plan.h"

/* Writes one report of the planned graph; its form is that of the path's end. `function`: name of
 * the forward pass. */
bool report_write(struct graph *g, const struct plan *plan, const char *function, const char *path);

#endif
