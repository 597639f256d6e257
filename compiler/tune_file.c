/*
 * tune_file.c - the file of --tune-file: what each kernel of a layer takes, in nanoseconds.
 *
 *     cnnc tune file 1
 *     measured with cc -O2 -march=native
 *     layer Conv2D(filters=64, kernel_size=3, padding='same') of float32[1x56x56x64] ...
 *         direct 920000
 *         winograd4 280000
 *
 * Empty lines and lines that begin with # mean nothing. Lines may be taken out by hand: --tune
 * measures again what is missing.
 */
#include "tune.h"

#include <stdlib.h>
#include <string.h>

static const char head[] = "cnnc tune file 1", command_word[] = "measured with ",
                  layer_word[] = "layer ";

static bool wrong(struct ctx *ctx, struct span at, const char *what)
{
    return diag_error(&ctx->diags, at, "%s; remove the line, or the file, and run with --tune",
                      what);
}

static bool starts_with(const char *line, const char *word)
{
    return strncmp(line, word, strlen(word)) == 0;
}

struct tuned_layer *tune_file_layer(struct ctx *ctx, struct tune_file *f, const char *key)
{
    struct tuned_layer *l = names_get(&f->by_key, key);
    if (l)
        return l;
    l = NEW(ctx->arena, struct tuned_layer);
    l->key = key;
    APPEND(ctx->arena, f->layers, f->nlayers, l);
    names_put(ctx->arena, &f->by_key, key, l);
    return l;
}

/* "winograd4 280000", blanks in front of it taken away. */
static bool read_kernel(struct ctx *ctx, struct tuned_layer *l, const char *line, struct span at)
{
    const size_t n = strcspn(line, " ");
    char *end = NULL;
    const double ns = line[n] ? strtod(line + n, &end) : 0;
    if (!end || *end || !(ns > 0 && ns < 1e15) || n == 0)
        return wrong(ctx, at, "this is no kernel with its nanoseconds, like 'direct 920000'");
    const struct tuned_kernel k = { arena_copy(ctx->arena, line, n), ns, at };
    for (int i = 0; i < l->nkernels; i++)
        if (strcmp(l->kernels[i].name, k.name) == 0)
            return wrong(ctx, at, "this kernel stands here twice");
    APPEND(ctx->arena, l->kernels, l->nkernels, k);
    return true;
}

/* One line behind the first; *layer: the one whose kernels follow. */
static bool read_line(struct ctx *ctx, struct tune_file *f, const char *line, struct span at,
                      struct tuned_layer **layer)
{
    if (!*line || *line == '#')
        return true;
    if (starts_with(line, command_word)) {
        if (f->command)
            return wrong(ctx, at, "a second 'measured with'");
        f->command = line + strlen(command_word);
        f->command_at = at;
        return true;
    }
    if (starts_with(line, layer_word)) {
        const char *key = line + strlen(layer_word);
        if (names_get(&f->by_key, key))
            return wrong(ctx, at, "this layer stands here twice");
        *layer = tune_file_layer(ctx, f, key);
        return true;
    }
    if (*line == ' ' && *layer)
        return read_kernel(ctx, *layer, line + strspn(line, " "), at);
    return wrong(
        ctx, at,
        "this line is neither 'measured with', 'layer' nor, four columns in, a kernel of a layer");
}

bool tune_file_read(struct ctx *ctx, const char *path, struct tune_file *f)
{
    const struct source *s = file_read(ctx->arena, &ctx->diags, path);
    struct tuned_layer *layer = NULL;
    bool ok = true;
    if (!s)
        return false;
    for (size_t at = 0, number = 0; at < s->size; number++) {
        const char *end = memchr(s->text + at, '\n', s->size - at);
        const size_t n = end ? (size_t)(end - s->text) - at : s->size - at;
        const char *line = arena_copy(ctx->arena, s->text + at, n);
        const struct span where = { s, at, at + (n ? n : 1) };
        if (number == 0 && strcmp(line, head) != 0)
            return diag_error(&ctx->diags, where,
                              "this is no tune file: its first line is not '%s'", head);
        if (strlen(line) != n)
            ok = wrong(ctx, where, "this line holds a zero byte");
        else if (number > 0)
            ok &= read_line(ctx, f, line, where, &layer);
        at += n + 1;
    }
    if (s->size == 0)
        return diag_error(
            &ctx->diags, (struct span){ s, 0, 0 },
            "the file is empty, so it is no tune file; remove it and run with --tune");
    return ok;
}

bool tune_file_write(struct ctx *ctx, const char *path, const struct tune_file *f)
{
    struct text t = { 0 };
    text_printf(&t,
                "%s\n# Nanoseconds that each kernel of a layer takes. Lines may be taken out: cnnc "
                "--tune measures them again.\n",
                head);
    text_printf(&t, "%s%s\n", command_word, f->command);
    for (int i = 0; i < f->nlayers; i++) {
        text_printf(&t, "\n%s%s\n", layer_word, f->layers[i]->key);
        for (int k = 0; k < f->layers[i]->nkernels; k++)
            text_printf(&t, "    %s %.0f\n", f->layers[i]->kernels[k].name,
                        f->layers[i]->kernels[k].ns);
    }
    const bool ok = file_write(&ctx->diags, path, t.s, t.n);
    text_free(&t);
    return ok;
}
