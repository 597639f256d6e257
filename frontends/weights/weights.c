/* weights.c - gives a model its weights: from a file of any known form, or from seeded random
 * numbers. */
#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "weights/weights.h"

bool weights_error(struct weights_file *f, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    char what[1000];
    vsnprintf(what, sizeof what, format, args);
    va_end(args);
    return diag_error(&f->ctx->diags, f->at, "weights file '%s': %s", f->path, what);
}

/* ---- files ---- */

static bool open_hdf5(struct weights_file *f, const void *image, size_t size)
{
    if (!hdf5_survives(f, image, size))
        return weights_error(f, "it is a damaged HDF5 file");
    return hdf5_open(f, image, size);
}

static bool open_packed(struct weights_file *f, void **image)
{
    const char *why = NULL;
    struct packed *z = packed_open(f->path, &why);
    if (!z)
        return weights_error(f, "%s", why);
    int inner = -1;
    bool arrays = false, good = false;
    for (int i = 0; i < packed_count(z); i++) {
        const char *name = packed_name(z, i);
        if (strcmp(path_base(name), "model.weights.h5") == 0)
            inner = i;
        arrays |= ends_with(name, ".npy");
    }
    if (inner >= 0) {
        size_t size = 0;
        *image = packed_read(z, inner, MOST_BYTES, &size, &why);
        good = *image ? open_hdf5(f, *image, size)
                      : weights_error(f, "'%s': %s", packed_name(z, inner), why);
    }
    packed_close(z);
    if (inner < 0)
        good = arrays
                   ? npz_open(f)
                   : weights_error(
                       f, "a zip archive with neither model.weights.h5 (.keras) nor arrays (.npz)");
    return good;
}

/* Chooses the reader by the first bytes. */
static bool open_file(struct weights_file *f, void **image)
{
    unsigned char head[9] = { 0 };
    FILE *file = fopen(f->path, "rb");
    if (!file && strcmp(path_base(f->path), "imagenet") == 0)
        return diag_error(
            &f->ctx->diags, f->at,
            "weights='imagenet' stands for a file that Keras downloads, and cnnc does not: give "
            "the file with --weights= (Keras keeps those it has in ~/.keras/models), or "
            "weights=None in the text");
    if (!file)
        return weights_error(f, "%s", strerror(errno));
    size_t n = fread(head, 1, sizeof head, file);
    long end = n && fseek(file, 0, SEEK_END) == 0 ? ftell(file) : 0;
    size_t bytes = end > 0 ? (size_t)end : 0;
    fclose(file);
    const char *path = arena_copy(f->ctx->arena, f->path, strlen(f->path));
    APPEND(f->ctx->arena, f->ctx->read_files, f->ctx->nread_files, path);
    if (n >= 8 && memcmp(head, "\x89HDF\r\n\x1a\n", 8) == 0)
        return open_hdf5(f, NULL, bytes);
    if (n >= 4 && memcmp(head, "PK", 2) == 0)
        return open_packed(f, image);
    if (n == sizeof head && head[8] == '{')
        return safetensors_open(f);
    if (n == 0)
        return weights_error(f, "it is empty, or not a file");
    return weights_error(
        f, "its form is not known; cnnc reads .weights.h5, .keras, .h5, .npz and .safetensors");
}

bool weights_load(struct graph *g, const char *path, struct span at)
{
    struct weights_file f = { .ctx = g->ctx, .path = path, .at = at };
    void *image = NULL;
    f.root = NEW(g->ctx->arena, struct layer_node);
    bool good = open_file(&f, &image);
    if (good && !f.root->nkids && !f.root->nitems && g->nweights)
        good = weights_error(&f, "it holds no weights");
    good = good && weights_bind(g, &f);
    if (f.close && f.handle)
        f.close(&f);
    free(image);
    return good;
}

/* ---- without a file ---- */

static uint64_t splitmix64(uint64_t *state)
{
    uint64_t z = *state += 0x9E3779B97F4A7C15u;
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9u;
    z = (z ^ z >> 27) * 0x94D049BB133111EBu;
    return z ^ z >> 31;
}

/* Each weight has its own numbers, by its name (FNV-1a): another layer in the model does not change
 * them. */
static uint64_t weight_seed(const struct weight *w, uint64_t seed)
{
    uint64_t hash = 0xCBF29CE484222325u;
    for (const char *s = w->path; *s; s++)
        hash = (hash ^ (unsigned char)*s) * 0x100000001B3u;
    for (const char *s = w->name; *s; s++)
        hash = (hash ^ (unsigned char)*s) * 0x100000001B3u;
    return hash ^ splitmix64(&seed);
}

static void fill_uniform(struct tensor *t, int64_t count, double limit, uint64_t state)
{
    for (int64_t i = 0; i < count; i++) {
        double unit = (double)(splitmix64(&state) >> 11) * 0x1p-53;
        dtype_set(t->type, t->data, i, (2 * unit - 1) * limit);
    }
}

bool weights_init(struct graph *g, const char *how, uint64_t seed)
{
    bool glorot = strcmp(how, "glorot") == 0, he = strcmp(how, "he") == 0;
    if (!glorot && !he && strcmp(how, "zeros") != 0)
        return diag_error(&g->ctx->diags, (struct span){ 0 },
                          "--init takes glorot, he or zeros, not '%s'", how);
    for (int i = 0; i < g->nweights; i++) {
        struct weight *w = g->weights[i];
        struct tensor *t = w->tensor;
        int64_t count = shape_count(&t->shape);
        if (t->data)
            continue;
        t->data = arena_alloc(g->ctx->arena, (size_t)count * dtype_size(t->type));
        double in = w->fan_in > 0 ? (double)w->fan_in : 1,
               out = w->fan_out > 0 ? (double)w->fan_out : 1;
        if (w->init == INIT_ONES)
            for (int64_t j = 0; j < count; j++)
                dtype_set(t->type, t->data, j, 1);
        else if (w->init == INIT_KERNEL && (glorot || he))
            fill_uniform(t, count, sqrt(6 / (glorot ? in + out : in)), weight_seed(w, seed));
        else if (w->init == INIT_UNIFORM && (glorot || he))
            fill_uniform(t, count, 0.05, weight_seed(w, seed));
    }
    return true;
}

bool weights_complete(struct graph *g)
{
    const struct weight *first = NULL;
    int more = -1;
    for (int i = 0; i < g->nweights; i++)
        if (!g->weights[i]->tensor->data) {
            first = first ? first : g->weights[i];
            more++;
        }
    if (!first)
        return true;
    const char *others = more ? arena_printf(g->ctx->arena, " and %d more", more) : "";
    return diag_error(
        &g->ctx->diags, (struct span){ 0 },
        "the model's weights are not given: '%s'%s; pass --weights=FILE "
        "(.weights.h5, .keras, .h5, .npz, .safetensors), or --init=glorot|he|zeros --seed=N",
        weight_label(g->ctx->arena, first), others);
}
