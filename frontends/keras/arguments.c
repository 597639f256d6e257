/* arguments.c - one layer's configuration as a call: `Conv2D(filters=32, kernel_size=(3, 3),
 * name='conv2d')`. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "keras/keras.h"
#include "ops/op.h"

/* ---- what a layer says of itself ------------------------------------------------------------- */

const char *layer_name(const json_t *layer)
{
    const char *name = json_string_value(json_object_get(json_object_get(layer, "config"), "name"));
    name = name ? name : json_string_value(json_object_get(layer, "name"));
    return name ? name : "?";
}

/* Registered names of custom objects look like "package>Name". */
const char *layer_class(const json_t *layer)
{
    const char *name = json_string_value(json_object_get(layer, "class_name"));
    return name ? name : "?";
}

bool keras_error(struct writer *w, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    diag_at(&w->ctx->diags, ERROR, (struct span){ w->file, 0, 0 }, format, args);
    va_end(args);
    return false;
}

/* ---- values ---------------------------------------------------------------------------------- */

void put_quoted(struct writer *w, const char *s, size_t n)
{
    text_add(&w->out, "'", 1);
    for (size_t i = 0; i < n; i++) {
        const unsigned char c = (unsigned char)s[i];
        if (c < 32 || c == 127)
            text_printf(&w->out, "\\x%02x", c);
        else
            text_printf(&w->out, "%s%c", c == '\'' || c == '\\' ? "\\" : "", c);
    }
    text_add(&w->out, "'", 1);
}

static void put_number(struct writer *w, double x)
{
    char shown[40];
    int digits = 1;
    do
        snprintf(shown, sizeof shown, "%.*g", digits, x);
    while (strtod(shown, NULL) != x && digits++ < 17);
    text_printf(&w->out, "%s%s", shown, strpbrk(shown, ".e") ? "" : ".0");
}

static void put_items(struct writer *w, const struct wiring *m, const json_t *list)
{
    size_t i;
    json_t *item;
    text_printf(&w->out, "(");
    json_array_foreach(list, i, item)
    {
        text_printf(&w->out, "%s", i ? ", " : "");
        put_value(w, m, item);
    }
    text_printf(&w->out, "%s)", json_array_size(list) == 1 ? "," : "");
}

static void put_dict(struct writer *w, const struct wiring *m, const json_t *dict)
{
    const char *key, *comma = "";
    json_t *value;
    text_printf(&w->out, "{");
    json_object_foreach((json_t *)(uintptr_t)dict, key, value)
    {
        text_printf(&w->out, "%s", comma);
        put_quoted(w, key, strlen(key));
        text_printf(&w->out, ": ");
        put_value(w, m, value);
        comma = ", ";
    }
    text_printf(&w->out, "}");
}

static void put_slice(struct writer *w, const struct wiring *m, const json_t *bounds)
{
    static const char *const part[] = { "start", "stop", "step" };
    text_printf(&w->out, "slice(");
    for (int i = 0; i < 3; i++) {
        const json_t *bound = json_object_get(bounds, part[i]);
        text_printf(&w->out, "%s", i ? ", " : "");
        put_value(w, m, bound);
    }
    text_printf(&w->out, ")");
}

static bool put_premade(struct writer *w, const json_t *model)
{
    for (int i = 0; i < w->npremade; i++)
        if (w->premade[i].model == model) {
            text_printf(&w->out, "%s", w->premade[i].variable);
            return true;
        }
    return false;
}

/* An object with a class: arrays and functions by their value, anything else as a layer. */
static void put_object(struct writer *w, const struct wiring *m, const json_t *object)
{
    const char *class = layer_class(object);
    const json_t *config = json_object_get(object, "config");
    if (strcmp(class, "__numpy__") == 0 || strcmp(class, "__tensor__") == 0
        || strcmp(class, "__bytes__") == 0)
        put_value(w, m, json_object_get(config, "value"));
    else if (strcmp(class, "__ellipsis__") == 0)
        text_printf(&w->out, "...");
    else if (strcmp(class, "__slice__") == 0)
        put_slice(w, m, config);
    else if (strcmp(class, "__tuple__") == 0)
        put_items(w, m, json_is_array(config) ? config : json_object_get(object, "items"));
    else if (strcmp(class, "function") == 0 && json_is_string(config))
        put_quoted(w, json_string_value(config), json_string_length(config));
    else if (!put_premade(w, object))
        put_any_layer(w, object);
}

void put_value(struct writer *w, const struct wiring *m, const json_t *value)
{
    if (m && put_tensor(w, m, value))
        return;
    if (json_is_object(value) && json_is_string(json_object_get(value, "class_name")))
        put_object(w, m, value);
    else if (json_is_object(value) && json_object_get(value, "type")
             && json_object_get(value, "value"))
        /* Keras 2: {"type": "ndarray", "value": 6.0} */
        put_value(w, m, json_object_get(value, "value"));
    else if (json_is_object(value) && json_object_size(value) == 3
             && json_object_get(value, "step"))
        put_slice(w, m, value);
    else if (json_is_object(value))
        put_dict(w, m, value);
    else if (json_is_array(value))
        put_items(w, m, value);
    else if (json_is_string(value))
        put_quoted(w, json_string_value(value), json_string_length(value));
    else if (json_is_integer(value))
        text_printf(&w->out, "%lld", (long long)json_integer_value(value));
    else if (json_is_real(value))
        put_number(w, json_real_value(value));
    else
        text_printf(&w->out, "%s",
                    json_is_true(value)    ? "True"
                    : json_is_false(value) ? "False"
                                           : "None");
}

/* ---- arguments ------------------------------------------------------------------------------- */

bool has_attribute(const struct opdef *def, const char *name)
{
    for (const struct attr *a = def ? def->attrs : NULL; a && a->name; a++)
        if (strcmp(a->name, name) == 0)
            return true;
    return def
           && ((def->has_activation && strcmp(name, "activation") == 0)
               || (def->has_data_format && strcmp(name, "data_format") == 0));
}

/* Keras 1 and 2 mean another curve by hard_sigmoid than Keras 3: clip(0.2 x + 0.5, 0, 1). */
static bool put_old_hard_sigmoid(struct writer *w, const json_t *value)
{
    const char *word =
        json_string_value(json_is_object(value) ? json_object_get(value, "config") : value);
    if (w->generation > 2 || !word || strcmp(word, "hard_sigmoid") != 0)
        return false;
    text_printf(&w->out, "HardSigmoid(alpha=0.2, beta=0.5)");
    return true;
}

static const char *const data_formats[][2] = { { "tf", "channels_last" },
                                               { "th", "channels_first" } };

static void put_argument(struct writer *w, const char *class, const char *name, const json_t *value)
{
    const char *word = json_string_value(value);
    text_printf(&w->out, "%s=", name);
    for (int i = 0; word && i < 2 && strcmp(name, "data_format") == 0; i++)
        word = strcmp(word, data_formats[i][0]) == 0 ? data_formats[i][1] : word;
    if (word && strcmp(name, "data_format") == 0)
        put_quoted(w, word, strlen(word));
    else if (strcmp(class, "BatchNormalization") == 0 && strcmp(name, "axis") == 0
             && json_array_size(value) == 1)
        put_value(w, NULL, json_array_get(value, 0)); /* TensorFlow 1 and 2: [3] */
    else if (!put_old_hard_sigmoid(w, value))
        put_value(w, NULL, value);
}

static bool is_nothing(const json_t *value)
{
    return !value || json_is_null(value) || json_is_false(value)
           || (json_is_string(value) && !json_string_length(value));
}

static const char *start_argument(struct writer *w, const char *comma)
{
    text_printf(&w->out, "%s", comma);
    return ", ";
}

/* Keras 1 gives a kernel's sizes one by one. */
static const char *put_kernel(struct writer *w, const json_t *config, const char *comma)
{
    static const char *const size[2][3] = { { "nb_row", "nb_col" },
                                            { "kernel_dim1", "kernel_dim2", "kernel_dim3" } };
    for (int i = 0; i < 2; i++) {
        if (!json_object_get(config, size[i][0]))
            continue;
        comma = start_argument(w, comma);
        text_printf(&w->out, "kernel_size=(");
        for (int k = 0; k < 2 + i; k++) {
            text_printf(&w->out, "%s", k ? ", " : "");
            put_value(w, NULL, json_object_get(config, size[i][k]));
        }
        text_printf(&w->out, ")");
    }
    return comma;
}

static bool is_kernel_part(const char *name)
{
    return strcmp(name, "nb_row") == 0 || strcmp(name, "nb_col") == 0
           || strncmp(name, "kernel_dim", 10) == 0;
}

/* Keras builds the layer for the way back from the other one, unless it was given one that differs.
 */
static bool is_mirrored(const json_t *config)
{
    const json_t *there = json_object_get(json_object_get(config, "layer"), "config");
    const json_t *back = json_object_get(json_object_get(config, "backward_layer"), "config");
    json_t *a = json_copy((json_t *)(uintptr_t)there), *b = json_copy((json_t *)(uintptr_t)back);
    const bool opposite = json_is_true(json_object_get(a, "go_backwards"))
                          != json_is_true(json_object_get(b, "go_backwards"));
    static const char *const own[] = { "go_backwards", "name" };
    for (int i = 0; i < 2; i++) {
        json_object_del(a, own[i]);
        json_object_del(b, own[i]);
    }
    const bool same = a && b && json_equal(a, b);
    json_decref(a);
    json_decref(b);
    return same && opposite;
}

/* Is there anything to write about this argument of `class`? */
static bool matters(const struct opdef *def, const char *class, const char *name,
                    const json_t *value)
{
    if (!name || strcmp(name, "name") == 0)
        return false;
    const char *word = json_string_value(value);
    if (strcmp(name, "data_format") == 0 && word
        && (strcmp(word, "channels_last") == 0 || strcmp(word, "tf") == 0))
        return false;
    if (has_attribute(def, name))
        return true;
    if (strcmp(class, "BatchNormalization") == 0 && strcmp(name, "mode") == 0)
        return json_integer_value(value) == 1; /* 0 and 2 are the same at inference */
    return !is_nothing(value);
}

static bool is_old_gru(const struct writer *w, const char *class, const json_t *config)
{
    return w->generation < 3 && strcmp(class, "GRU") == 0
           && !json_object_get(config, "reset_after");
}

bool put_layer(struct writer *w, const json_t *layer)
{
    const char *written = layer_class(layer), *class = keras_class(written), *comma = "", *key;
    json_t *config = json_object_get(layer, "config"), *value;
    const struct opdef *def = op_find(class);
    const bool mirrored = strcmp(class, "Bidirectional") == 0 && is_mirrored(config);
    text_printf(&w->out, "%s(", class);
    comma = put_kernel(w, config, comma);
    json_object_foreach(config, key, value)
    {
        const char *name = keras_argument(class, key);
        if (is_kernel_part(key) || !matters(def, class, name, value)
            || (mirrored && strcmp(name, "backward_layer") == 0))
            continue;
        comma = start_argument(w, comma);
        put_argument(w, class, name, value);
    }
    if (is_old_gru(w, class, config) && strncmp(written, "CuDNN", 5) != 0) {
        comma = start_argument(w, comma);
        /* the only way before Keras 2.2; now the default is True */
        text_printf(&w->out, "reset_after=False");
    }
    if (json_object_get(config, "name")) {
        start_argument(w, comma);
        put_argument(w, class, "name", json_object_get(config, "name"));
    }
    text_printf(&w->out, ")");
    return true;
}
