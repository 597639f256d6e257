/* process.c - building and running emitted C with the local compiler. */
#include "process.h"

#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

int run_process(char *const *argv)
{
    fflush(NULL);
    const pid_t child = fork();
    int status;
    if (child < 0)
        die("cannot start %s", argv[0]);
    if (child == 0) {
        execvp(argv[0], argv);
        _exit(127);
    }
    if (waitpid(child, &status, 0) != child || !WIFEXITED(status))
        return -1;
    return WEXITSTATUS(status);
}

char **command_words(struct arena *a, const char *line, const char *const *more)
{
    char *words = arena_printf(a, "%s", line), *save = NULL, **argv = NULL;
    int n = 0;
    for (char *w = strtok_r(words, " ", &save); w; w = strtok_r(NULL, " ", &save))
        APPEND(a, argv, n, w);
    for (; *more; more++) {
        char *word = arena_printf(a, "%s", *more);
        APPEND(a, argv, n, word);
    }
    char *end = NULL;
    APPEND(a, argv, n, end);
    return argv;
}

const char *local_compiler(void)
{
    const char *cc = getenv("CC");
    return cc && cc[strspn(cc, " ")] ? cc : "cc";
}

const char *temporary_directory(struct ctx *ctx)
{
    const char *tmp = getenv("TMPDIR");
    char *dir = arena_printf(ctx->arena, "%s/cnnc-XXXXXX", tmp && *tmp ? tmp : "/tmp");
    if (mkdtemp(dir))
        return dir;
    diag_error(&ctx->diags, (struct span){ 0 }, "cannot make a directory %s; set TMPDIR", dir);
    return NULL;
}
