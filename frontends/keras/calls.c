/* calls.c - a layer, an operator or a function applied to tensors, as the configuration records it.
 */
#include <ctype.h>
#include <string.h>

#include "keras/keras.h"
#include "ops/op.h"

/* ---- Lambda ---------------------------------------------------------------------------------- */

static const char *replacement(struct writer *w, const char *name)
{
    const struct options *o = &w->ctx->options;
    for (int i = 0; i < o->nlambda; i++)
        if (strcmp(o->lambda[i].name, name) == 0) {
            w->lambda_used[i] = true;
            return o->lambda[i].value;
        }
    return NULL;
}

/* The layer as a function that --lambda gives; false where none is given for it. */
static bool put_replacement(struct writer *w, const json_t *layer)
{
    const char *name = layer_name(layer), *expression = replacement(w, name);
    if (!expression)
        return false;
    text_printf(&w->out, "Lambda(lambda x: (%s), name=", expression);
    put_quoted(w, name, strlen(name));
    text_printf(&w->out, ")");
    return true;
}

/* Code of Python is stored as the interpreter's own bytes, which nobody but that version of Python
 * can read. */
static bool put_lambda(struct writer *w, const json_t *layer)
{
    const char *name = layer_name(layer);
    if (put_replacement(w, layer))
        return true;
    const json_t *function = json_object_get(json_object_get(layer, "config"), "function");
    const char *called = json_string_value(function);
    text_printf(&w->out, "Lambda(None)");
    return keras_error(
        w,
        "the layer '%s' is a Lambda: the file holds %s%s%s; say what it computes: "
        "--lambda %s='x / 255'",
        name, called ? "only the name of its function, '" : "its Python code in compiled form",
        called ? called : "", called ? "'" : "", name);
}

/* ---- Keras 1: Merge -------------------------------------------------------------------------- */

static bool put_merge(struct writer *w, const json_t *layer)
{
    static const struct {
        const char *mode, *class;
    } modes[] = { { "sum", "Add" },     { "mul", "Multiply" },       { "ave", "Average" },
                  { "max", "Maximum" }, { "concat", "Concatenate" }, { "dot", "Dot" },
                  { "cos", "Dot" } };
    const json_t *config = json_object_get(layer, "config");
    const char *mode = json_string_value(json_object_get(config, "mode")),
               *name = layer_name(layer);
    for (size_t i = 0; mode && i < sizeof modes / sizeof *modes; i++) {
        if (strcmp(modes[i].mode, mode) != 0)
            continue;
        const bool concat = strcmp(mode, "concat") == 0, dot = modes[i].class[0] == 'D';
        text_printf(&w->out, "%s(", modes[i].class);
        if (concat || dot) {
            const json_t *axis = json_object_get(config, concat ? "concat_axis" : "dot_axes");
            text_printf(&w->out, concat ? "axis=" : "axes=");
            put_value(w, NULL, axis);
            text_printf(&w->out, ", %s", strcmp(mode, "cos") == 0 ? "normalize=True, " : "");
        }
        text_printf(&w->out, "name=");
        put_quoted(w, name, strlen(name));
        text_printf(&w->out, ")");
        return true;
    }
    return keras_error(w, "the layer '%s' merges by '%s', which cnnc does not know", name,
                       mode ? mode : "a function");
}

/* ---- operators and functions ----------------------------------------------------------------- */

static const struct {
    const char *class, *function, *sign;
} infix[] = {
    { "Add", "add", "+" },
    { "Subtract", "sub", "-" },
    { "Multiply", "mul", "*" },
    { "TrueDivide", "truediv", "/" },
    { "Divide", "divide", "/" },
    { "Power", "pow", "**" },
    { "FloorDivide", "floordiv", "//" },
    { "Matmul", "matmul", "@" },
    { "Less", "lt", "<" },
    { "LessEqual", "le", "<=" },
    { "Greater", "gt", ">" },
    { "GreaterEqual", "ge", ">=" },
    { "Equal", "eq", "==" },
    { "NotEqual", "ne", "!=" },
};

static const char *sign_of(const char *class, const char *function)
{
    for (size_t i = 0; i < sizeof infix / sizeof *infix; i++)
        if ((class && strcmp(infix[i].class, class) == 0)
            || (function && strcmp(infix[i].function, function) == 0))
            return infix[i].sign;
    return NULL;
}

/* "ExpandDims" is keras.ops.expand_dims. */
static void put_function_name(struct writer *w, const char *class)
{
    static const char *const of_images[] = {
        "Resize", "PadImages", "CropImages", "RGBToGrayscale", "AffineTransform", "MapCoordinates"
    };
    text_printf(&w->out, "keras.ops.");
    for (size_t i = 0; i < sizeof of_images / sizeof *of_images; i++)
        if (strcmp(class, of_images[i]) == 0)
            text_printf(&w->out, "image.");
    for (const char *p = class; *p; p++) {
        const bool word = p > class && isupper((unsigned char)*p)
                          && (islower((unsigned char)p[-1]) || isdigit((unsigned char)p[-1]));
        text_printf(&w->out, "%s%c", word ? "_" : "", tolower((unsigned char)*p));
    }
}

static const char *put_named(struct writer *w, const struct wiring *m, const json_t *named,
                             const char *comma)
{
    const char *key;
    json_t *value;
    json_object_foreach((json_t *)(uintptr_t)named, key, value)
    {
        const bool no_matter =
            strcmp(key, "name") == 0 || (strcmp(key, "dtype") == 0 && !json_is_string(value))
            || strcmp(key, "sparse") == 0 || strcmp(key, "training") == 0
            || strcmp(key, "trainable") == 0 || (strcmp(key, "mask") == 0 && json_is_null(value));
        if (no_matter)
            continue;
        text_printf(&w->out, "%s%s=", comma, key);
        put_value(w, m, value);
        comma = ", ";
    }
    return comma;
}

static const char *put_positional(struct writer *w, const struct wiring *m, const json_t *args)
{
    size_t i;
    json_t *arg;
    const char *comma = "";
    json_array_foreach(args, i, arg)
    {
        text_printf(&w->out, "%s", comma);
        put_value(w, m, arg);
        comma = ", ";
    }
    return comma;
}

/* x[:, ::2]: Keras 3's GetItem and TensorFlow's __operators__.getitem. */
static void put_subscript(struct writer *w, const struct wiring *m, const json_t *value,
                          const json_t *key)
{
    put_value(w, m, value);
    text_printf(&w->out, "[");
    put_value(w, m, key);
    text_printf(&w->out, "]");
}

/* An operation of keras.ops in a functional model: its arguments stand in its configuration and in
 * the call. */
static bool put_operation(struct writer *w, const struct wiring *m, const json_t *layer,
                          const json_t *node)
{
    const char *class = layer_class(layer), *sign = sign_of(class, NULL);
    const json_t *args = json_object_get(node, "args");
    if (strcmp(class, "GetItem") == 0 && json_array_size(args) == 2) {
        put_subscript(w, m, json_array_get(args, 0), json_array_get(args, 1));
        return true;
    }
    if (sign && json_array_size(args) == 2) {
        put_value(w, m, json_array_get(args, 0));
        text_printf(&w->out, " %s ", sign);
        put_value(w, m, json_array_get(args, 1));
        return true;
    }
    put_function_name(w, class);
    text_printf(&w->out, "(");
    const char *comma = put_positional(w, m, args);
    comma = put_named(w, m, json_object_get(layer, "config"), comma);
    put_named(w, m, json_object_get(node, "kwargs"), comma);
    text_printf(&w->out, ")");
    return true;
}

/* Keras 2's TFOpLambda: config.function is "math.multiply", "nn.relu", "__operators__.add", ... */
static bool put_tensorflow(struct writer *w, const struct wiring *m, const json_t *layer,
                           const json_t *args, const json_t *named)
{
    const char *function =
        json_string_value(json_object_get(json_object_get(layer, "config"), "function"));
    if (!function)
        return keras_error(w, "the layer '%s' calls a function of TensorFlow that is not named",
                           layer_name(layer));
    const bool is_operator = strncmp(function, "__operators__.", 14) == 0;
    const char *sign = is_operator ? sign_of(NULL, function + 14) : NULL;
    const json_t *other =
        json_array_size(args) > 1 ? json_array_get(args, 1) : json_object_get(named, "y");
    if (is_operator && strcmp(function + 14, "getitem") == 0) {
        put_subscript(w, m, json_array_get(args, 0), json_object_get(named, "slice_spec"));
        return true;
    }
    if (sign && other) {
        put_value(w, m, json_array_get(args, 0));
        text_printf(&w->out, " %s ", sign);
        put_value(w, m, other);
        return true;
    }
    text_printf(&w->out, "tf.%s(", is_operator ? function + 14 : function);
    put_named(w, m, named, put_positional(w, m, args));
    text_printf(&w->out, ")");
    return true;
}

/* ---- layers ---------------------------------------------------------------------------------- */

/* Could a layer of the operator's class stand for the operation? Not if it takes more than one
 * argument. */
static bool is_also_layer(const json_t *layer, const json_t *node)
{
    if (json_array_size(json_object_get(node, "args")) > 1)
        return false;
    const struct opdef *def =
        sign_of(layer_class(layer), NULL) ? NULL : op_find(layer_class(layer));
    const char *key;
    json_t *value;
    bool known = def != NULL;
    json_object_foreach(json_object_get(layer, "config"), key, value) known =
        known && (strcmp(key, "name") == 0 || has_attribute(def, key));
    return known;
}

/* Operations name a module of keras.ops; in .h5 files nobody names modules, but only layers say
 * whether they are trainable, or their name and type. */
static bool is_operation(const json_t *layer, const json_t *node)
{
    const char *module = json_string_value(json_object_get(layer, "module"));
    const json_t *config = json_object_get(layer, "config");
    const bool whole = json_object_get(config, "trainable")
                       || (json_object_get(config, "name") && json_object_get(config, "dtype"));
    if (!module)
        return !whole && !is_also_layer(layer, node);
    const bool activation = strncmp(module, "keras.src.activations", 21) == 0;
    const bool ops =
        strncmp(module, "keras.src.ops", 13) == 0 || strncmp(module, "keras.ops", 9) == 0;
    return ops || (activation && !is_also_layer(layer, node));
}

static bool is_custom(const json_t *layer)
{
    static const char *const others[] = { "Activation", "TimeDistributed", "Bidirectional",
                                          "InputLayer", "Lambda",          "Merge" };
    const char *class = layer_class(layer),
               *registered = json_string_value(json_object_get(layer, "registered_name"));
    if (strchr(class, '>') || (registered && strchr(registered, '>')))
        return true;
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (strcmp(class, others[i]) == 0)
            return false;
    return !op_find(keras_class(class));
}

bool put_any_layer(struct writer *w, const json_t *layer)
{
    const char *class = layer_class(layer);
    if (strcmp(class, "Lambda") == 0)
        return put_lambda(w, layer);
    if (strcmp(class, "Merge") == 0)
        return put_merge(w, layer);
    if (put_replacement(w, layer))
        return true;
    if (is_custom(layer)) {
        const char *what = arena_printf(w->ctx->arena, "%s (layer '%s')", class, layer_name(layer));
        APPEND(w->ctx->arena, w->unknown, w->nunknown, what);
        text_printf(&w->out, "Lambda(None)");
        return true;
    }
    return put_layer(w, layer);
}

/* Keras 1 and 2: a node is [[layer, node, index, kwargs], ...]; since TensorFlow 2.4 a single
 * tensor may stand bare. */
static json_t *old_arguments(const json_t *node, const json_t **named)
{
    const bool bare = json_is_string(json_array_get(node, 0));
    const json_t *first = bare ? node : json_array_get(node, 0);
    json_t *args = json_array(), *list;
    *named = json_array_get(first, 3);
    if (bare || json_array_size(node) == 1) {
        json_array_append(args, (json_t *)(uintptr_t)first);
        return args;
    }
    list = json_copy((json_t *)(uintptr_t)node);
    json_array_append_new(args, list);
    return args;
}

bool put_call(struct writer *w, const struct wiring *m, const json_t *layer, const char *variable,
              const json_t *node)
{
    const char *class = layer_class(layer);
    const bool tensorflow =
        strcmp(class, "TFOpLambda") == 0 || strcmp(class, "SlicingOpLambda") == 0;
    const json_t *named = NULL;
    json_t *args = NULL;
    bool good = true;
    if (!node)
        return variable ? text_printf(&w->out, "%s", variable), true : put_any_layer(w, layer);
    if (json_is_object(node) && is_operation(layer, node))
        return put_operation(w, m, layer, node);
    if (json_is_object(node)) {
        args = json_incref(json_object_get(node, "args"));
        named = json_object_get(node, "kwargs");
    } else {
        args = old_arguments(node, &named);
    }
    if (tensorflow) {
        good = put_tensorflow(w, m, layer, args, named);
    } else {
        if (variable)
            text_printf(&w->out, "%s", variable);
        else
            good = put_any_layer(w, layer);
        text_printf(&w->out, "(");
        put_named(w, m, named, put_positional(w, m, args));
        text_printf(&w->out, ")");
    }
    json_decref(args);
    return good;
}
