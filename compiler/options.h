/* options.h - the command line: a table of options, its reader and its help text. */
#ifndef CNNC_OPTIONS_H
#define CNNC_OPTIONS_H

#include "base/base.h"

enum { GO_ON = -1 };

/* Reads the command line into ctx->options. Returns GO_ON, or the code to exit with (0 after
 * --help, 2 after a wrong usage). */
int options_read(struct ctx *ctx, int argc, char **argv);

#endif
