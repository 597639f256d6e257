/* process.h - building and running emitted C with the local compiler, in a directory of its own:
 * for --verify and --tune. */
#ifndef CNNC_PROCESS_H
#define CNNC_PROCESS_H

#include "base/base.h"

/* Runs a command to its end. Its exit code, 127 where it cannot be started, -1 where it did not end
 * by itself. */
int run_process(char *const *argv);
/* The words of a command line, of `more` behind it, and a NULL. `line` is parted at spaces. */
char **command_words(struct arena *a, const char *line, const char *const *more);
const char *local_compiler(void); /* $CC, else "cc" */
/* A new directory below $TMPDIR or /tmp; NULL after an error. The caller removes it. */
const char *temporary_directory(struct ctx *ctx);

#endif
