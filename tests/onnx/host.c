/*
 * host.c - calls the network in a shared library: host LIB.so NIN NOUT FILE SIZE ... reads each
 * input, writes each output. Every buffer is a malloc of its exact size, so that AddressSanitizer's
 * red zones lie around it. Outputs are filled with 0xa5 before.
 */
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST = 32 };
typedef void function(void *, ...);

static void *read_file(const char *path, size_t size)
{
    void *p = malloc(size ? size : 1);
    FILE *f = fopen(path, "rb");
    if (!p || !f || fread(p, 1, size, f) != size) {
        fprintf(stderr, "cannot read %zu bytes of %s\n", size, path);
        exit(9);
    }
    fclose(f);
    return p;
}

static void call(void *f, void **a)
{
    typedef void network(void *, void *, void *, void *, void *, void *, void *, void *, void *,
                         void *, void *, void *, void *, void *, void *, void *, void *, void *,
                         void *, void *, void *, void *, void *, void *);
    network *net;
    /* more arguments than it has parameters do no harm on this machine's calling convention */
    memcpy(&net, &f, sizeof net);
    net(a[0], a[1], a[2], a[3], a[4], a[5], a[6], a[7], a[8], a[9], a[10], a[11], a[12], a[13],
        a[14], a[15], a[16], a[17], a[18], a[19], a[20], a[21], a[22], a[23]);
}

int main(int argc, char **argv)
{
    void *a[MOST] = { 0 };
    const int nin = argc > 3 ? atoi(argv[2]) : 0, nout = argc > 3 ? atoi(argv[3]) : 0,
              n = nin + nout;
    void *lib = argc > 1 ? dlopen(argv[1], RTLD_NOW) : NULL, *f = lib ? dlsym(lib, "net") : NULL;
    if (!f || n > 24 || argc != 4 + 2 * n) {
        fprintf(stderr, "usage: host LIB.so NIN NOUT FILE SIZE ...: %s\n", lib ? "" : dlerror());
        return 9;
    }
    for (int i = 0; i < n; i++) {
        const size_t size = (size_t)atoll(argv[5 + 2 * i]);
        a[i] = i < nin ? read_file(argv[4 + 2 * i], size) : malloc(size ? size : 1);
        if (i >= nin)
            memset(a[i], 0xa5, size ? size : 1);
    }
    call(f, a);
    for (int i = nin; i < n; i++) {
        FILE *to = fopen(argv[4 + 2 * i], "wb");
        const size_t size = (size_t)atoll(argv[5 + 2 * i]);
        if (!to || fwrite(a[i], 1, size, to) != size || fclose(to))
            return 9;
    }
    for (int i = 0; i < n; i++)
        free(a[i]);
    return 0;
}
