/* read.c - a model file of Keras: its configuration, written as text, read by the text front end.
 */
#include <stdlib.h>
#include <string.h>

#include "keras/keras.h"

/* JSON of the model; a string that holds JSON is what json.dump(model.to_json(), file) leaves. */
static json_t *parse(struct ctx *ctx, const struct source *file, const struct keras_file *k)
{
    json_error_t error;
    const bool bom = k->size >= 3 && memcmp(k->config, "\xEF\xBB\xBF", 3) == 0;
    const size_t flags = JSON_ALLOW_NUL | JSON_DECODE_ANY;
    json_t *root = json_loadb(k->config + 3 * bom, k->size - 3 * (size_t)bom, flags, &error);
    if (json_is_string(root)) {
        json_t *inner =
            json_loadb(json_string_value(root), json_string_length(root), flags, &error);
        json_decref(root);
        root = inner;
    }
    if (!root)
        diag_error(&ctx->diags, (struct span){ file, 0, 0 },
                   "the model's configuration is damaged: %s (line %d, column %d)", error.text,
                   error.line, error.column);
    else if (!json_is_object(root) || !json_is_string(json_object_get(root, "class_name")))
        diag_error(&ctx->diags, (struct span){ file, 0, 0 },
                   "the configuration names no class; it is not one of a Keras model");
    else
        return root;
    json_decref(root);
    return NULL;
}

/* Keras 3 names modules everywhere; earlier ones write their version beside the model, TensorFlow's
 * late 2.x both. */
static int generation_of(const json_t *root, const char *version)
{
    const char *said = json_string_value(json_object_get(root, "keras_version"));
    version = version ? version : said;
    if (version && version[0] >= '0' && version[0] <= '9')
        return version[0] < '2' ? 1 : version[0] - '0';
    if (json_object_get(root, "module"))
        return 3;
    return json_is_array(json_object_get(root, "config")) ? 1 : 2;
}

static void report_unknown(struct writer *w)
{
    const char *all = "";
    for (int i = 0; i < w->nunknown; i++)
        all = arena_printf(w->ctx->arena, "%s%s%s", all, i ? ", " : "", w->unknown[i]);
    if (w->nunknown)
        keras_error(w,
                    "the model has layers of a class that cnnc does not know: %s; for one without "
                    "weights give what it "
                    "computes: --lambda NAME='x * 2'",
                    all);
}

static void check_lambdas(struct writer *w)
{
    const struct options *o = &w->ctx->options;
    for (int i = 0; i < o->nlambda; i++)
        if (!w->lambda_used[i])
            keras_error(w, "--lambda: the model has no layer '%s'", o->lambda[i].name);
}

/* The model as text; NULL after an error. */
static struct source *write_text(struct ctx *ctx, const struct source *file,
                                 const struct keras_file *k)
{
    struct writer w = { .ctx = ctx, .file = file };
    json_t *root = parse(ctx, file, k);
    if (!root)
        return NULL;
    w.generation = generation_of(root, k->version);
    w.lambda_used = NEW_ARRAY(ctx->arena, bool, ctx->options.nlambda + 1);
    put_model(&w, root, "model");
    json_decref(root);
    report_unknown(&w);
    check_lambdas(&w);
    struct source *text = NEW(ctx->arena, struct source);
    *text = (struct source){ file->name, arena_copy(ctx->arena, w.out.s ? w.out.s : "", w.out.n),
                             w.out.n };
    text_free(&w.out);
    return ctx->diags.errors ? NULL : text;
}

struct source *keras_text(struct ctx *ctx, const struct source *file)
{
    struct keras_file k;
    if (!keras_extract(ctx, file, &k))
        return NULL;
    if (k.has_weights && !ctx->options.weights && !ctx->options.init)
        ctx->options.weights = file->name;
    if (!ctx->options.model_name && !ctx->options.call)
        ctx->options.model_name = "model"; /* which write_text gives to the whole */
    return write_text(ctx, file, &k);
}
