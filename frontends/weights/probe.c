/*
 * probe.c - reads an HDF5 file once in a child process.
 *
 * libhdf5 trusts much of what a file says: a damaged one can make it crash or run for ever. What
 * kills the child is reported as damage, and cnnc goes on.
 */
#include <stdlib.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

#include "weights/weights.h"

enum { SECONDS = 5, BYTES_A_SECOND = 1 << 25, MOST_FLOATS = 1 << 28 };

static void load_all(struct weights_file *f, const struct layer_node *node)
{
    for (int i = 0; i < node->nitems; i++) {
        int64_t count = shape_count(&node->item[i].shape);
        float *to =
            count >= 0 && count < MOST_FLOATS ? malloc((size_t)count * sizeof *to + 1) : NULL;
        if (to)
            f->load(f, &node->item[i], to);
        free(to);
    }
    for (int i = 0; i < node->nkids; i++)
        load_all(f, node->kid[i]);
}

bool hdf5_survives(const struct weights_file *f, const void *image, size_t size)
{
    pid_t child = fork();
    if (child < 0)
        return true; /* no process to be had: read it here */
    if (child == 0) {
        struct ctx silent = *f->ctx;
        struct weights_file copy = *f;
        silent.diags = (struct diags){ .quiet = true };
        copy.ctx = &silent;
        copy.root = NEW(silent.arena, struct layer_node);
        close(STDERR_FILENO);
        alarm(SECONDS + (unsigned)(size / BYTES_A_SECOND));
        if (hdf5_open(&copy, image, size) && !copy.only_config)
            load_all(&copy, copy.root);
        _exit(0);
    }
    int status = 0;
    return waitpid(child, &status, 0) == child && WIFEXITED(status) && WEXITSTATUS(status) == 0;
}
