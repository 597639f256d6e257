/* extract.c - finds the configuration of the model in a file, by the file's first bytes. */
#include <stdlib.h>
#include <string.h>

#include "keras/keras.h"
#include "weights/weights.h"

static const size_t MOST_CONFIG = (size_t)1 << 28;

static bool PRINTF_LIKE(3, 4)
    failed(struct ctx *ctx, const struct source *file, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    diag_at(&ctx->diags, ERROR, (struct span){ file, 0, 0 }, format, args);
    va_end(args);
    return false;
}

static bool is_hdf5(const struct source *s)
{
    return s->size >= 8 && memcmp(s->text, "\x89HDF\r\n\x1a\n", 8) == 0;
}

static bool is_zip(const struct source *s)
{
    return s->size >= 4 && (memcmp(s->text, "PK\3\4", 4) == 0 || memcmp(s->text, "PK\5\6", 4) == 0);
}

/* A JSON object with a class_name in front, or the string that holds one (json.dump of to_json()).
 */
static bool is_config(const struct source *s)
{
    size_t at = s->size >= 3 && memcmp(s->text, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
    while (at < s->size && strchr(" \t\r\n", s->text[at]) && s->text[at])
        at++;
    const bool quoted = at + 1 < s->size && s->text[at] == '"' && s->text[at + 1] == '{';
    if (at >= s->size || (s->text[at] != '{' && !quoted))
        return false;
    return strstr(s->text + at, "class_name") != NULL && strstr(s->text + at, "config") != NULL;
}

bool is_keras_file(const struct source *s)
{
    return is_hdf5(s) || is_zip(s) || is_config(s);
}

static bool from_hdf5(struct ctx *ctx, const struct source *file, struct keras_file *to)
{
    struct weights_file f = { .ctx = ctx,
                              .path = file->name,
                              .only_config = true,
                              .root = NEW(ctx->arena, struct layer_node) };
    f.at = (struct span){ file, 0, 0 };
    if (!hdf5_survives(&f, NULL, file->size) || !hdf5_open(&f, NULL, 0))
        return failed(ctx, file, "this is a damaged HDF5 file, or it is cut short");
    f.close(&f);
    if (!f.config)
        return failed(ctx, file,
                      "this HDF5 file holds no model, at most its weights; give the model's text "
                      "and --weights=%s",
                      file->name);
    *to = (struct keras_file){ f.config, strlen(f.config), f.keras_version, f.has_weights };
    return true;
}

/* A member of the archive as text of the arena; NULL and *why where it is damaged. */
static const char *member_text(struct ctx *ctx, struct packed *z, int i, size_t *size,
                               const char **why)
{
    char *bytes = packed_read(z, i, MOST_CONFIG, size, why);
    const char *text = bytes ? arena_copy(ctx->arena, bytes, *size) : NULL;
    free(bytes);
    return text;
}

/* metadata.json: {"keras_version": "3.15.1", ...} */
static const char *version_in(struct ctx *ctx, const char *text, size_t size)
{
    json_t *about = json_loadb(text, size, 0, NULL);
    const char *version = json_string_value(json_object_get(about, "keras_version"));
    version = version ? arena_copy(ctx->arena, version, strlen(version)) : NULL;
    json_decref(about);
    return version;
}

static bool from_zip(struct ctx *ctx, const struct source *file, struct keras_file *to)
{
    const char *why = NULL;
    struct packed *z = packed_open(file->name, &why);
    bool saved_model = false;
    if (!z)
        return failed(ctx, file, "%s", why);
    for (int i = 0; i < packed_count(z) && !why; i++) {
        const char *name = packed_name(z, i);
        size_t size;
        saved_model |= ends_with(name, "saved_model.pb");
        to->has_weights |= strcmp(name, "model.weights.h5") == 0;
        if (strcmp(name, "config.json") == 0 && (to->config = member_text(ctx, z, i, &size, &why)))
            to->size = size;
        const char *about =
            strcmp(name, "metadata.json") == 0 ? member_text(ctx, z, i, &size, &why) : NULL;
        if (about)
            to->version = version_in(ctx, about, size);
    }
    packed_close(z);
    if (why)
        return failed(ctx, file, "this is a damaged .keras file: %s", why);
    if (!to->config && saved_model)
        return failed(ctx, file,
                      "this is a TensorFlow SavedModel; save the model as .keras or .h5 for cnnc");
    if (!to->config)
        return failed(ctx, file,
                      "this zip archive holds no model (no config.json); give the model's text and "
                      "--weights=%s",
                      file->name);
    return true;
}

bool keras_extract(struct ctx *ctx, const struct source *file, struct keras_file *to)
{
    *to = (struct keras_file){ .config = file->text, .size = file->size };
    if (is_hdf5(file))
        return from_hdf5(ctx, file, to);
    to->config = is_zip(file) ? NULL : to->config;
    return !is_zip(file) || from_zip(ctx, file, to);
}
