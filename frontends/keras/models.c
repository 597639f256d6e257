/*
 * models.c - Sequential and Functional models as statements.
 *
 * A functional model lists its layers, and for each layer the calls ("nodes") it received: the k-th
 * call's inputs are [layer, node, index], the index-th result of that layer's node-th call. Calls
 * are written in the order of the layers, a call whose inputs are not written yet later.
 */
#include <stdlib.h>
#include <string.h>

#include "keras/keras.h"

enum { MOST_LAYERS = 20000, DEEPEST = 40 };

struct placed { /* a layer of a functional model */
    const json_t *layer, *nodes;
    const char *name;
    const char *variable; /* of the layer itself, if it is called more than once */
    const char **result;  /* variables of the calls written so far */
    int nresults, most;   /* most: highest index of a result that anybody reads */
    bool several;         /* its result is a tuple */
};

struct wiring {
    struct placed *layer;
    int count;
    json_t *by_name;
};

/* ---- models ---------------------------------------------------------------------------------- */

static const json_t *layers_of(const json_t *model)
{
    const json_t *config = json_object_get(model, "config");
    /* Keras 1: a list for Sequential */
    return json_is_array(config) ? config : json_object_get(config, "layers");
}

bool is_model(const json_t *layer)
{
    const char *class = layer_class(layer);
    return strcmp(class, "Sequential") == 0 || strcmp(class, "Model") == 0
           || strcmp(class, "Functional") == 0
           || json_is_array(json_object_get(json_object_get(layer, "config"), "output_layers"));
}

static bool is_functional(const json_t *model)
{
    return json_object_get(json_object_get(model, "config"), "output_layers") != NULL;
}

static const char *model_name(const json_t *model)
{
    const char *name = layer_name(model);
    return strcmp(name, "?") == 0 ? NULL : name;
}

static void put_name(struct writer *w, const char *name)
{
    if (!name)
        return;
    text_printf(&w->out, ", name=");
    put_quoted(w, name, strlen(name));
}

static const char *new_tensor(struct writer *w)
{
    return arena_printf(w->ctx->arena, "x%d", ++w->tensors);
}

static const char *new_layer(struct writer *w)
{
    return arena_printf(w->ctx->arena, "layer%d", ++w->layers);
}

static bool too_deep(struct writer *w)
{
    return w->depth > DEEPEST && !keras_error(w, "models are nested more than %d deep", DEEPEST);
}

/* Writes models that stand as arguments of a layer (TimeDistributed(model)), so that put_value
 * finds them by variable. */
static bool prepare(struct writer *w, const json_t *config)
{
    const char *key;
    json_t *value;
    bool good = true;
    json_object_foreach((json_t *)(uintptr_t)config, key, value)
    {
        if (!json_is_object(value) || !json_object_get(value, "config"))
            continue;
        if (!is_model(value)) {
            w->depth++;
            good &= !too_deep(w) && prepare(w, json_object_get(value, "config"));
            w->depth--;
            continue;
        }
        const struct premade made = { value, new_layer(w) };
        good &= put_model(w, value, made.variable);
        APPEND(w->ctx->arena, w->premade, w->npremade, made);
    }
    return good;
}

/* ---- inputs ---------------------------------------------------------------------------------- */

static const json_t *declared_shape(const json_t *config)
{
    const json_t *shape = json_object_get(config, "batch_input_shape");
    shape = shape ? shape : json_object_get(config, "batch_shape");
    return json_array_size(shape) ? shape : NULL;
}

/* "Input(shape=(28, 28, 1), name='input_1')" from a shape with its batch. */
static bool put_input(struct writer *w, const char *name, const json_t *shape, const json_t *config)
{
    size_t i;
    json_t *dim;
    const char *type = json_string_value(json_object_get(config, "dtype"));
    if (json_is_true(json_object_get(config, "sparse"))
        || json_is_true(json_object_get(config, "ragged")))
        return keras_error(w, "the input '%s' is sparse or ragged; cnnc takes dense ones",
                           name ? name : "?");
    if (json_array_size(shape) && json_is_array(json_array_get(shape, 0)))
        return keras_error(
            w, "the input '%s' is a list of tensors; cnnc knows it in functional models only",
            name ? name : "?");
    text_printf(&w->out, "Input(shape=(");
    json_array_foreach(shape, i, dim) if (i > 0)
    {
        put_value(w, NULL, dim);
        text_printf(&w->out, i + 1 < json_array_size(shape) ? ", " : i == 1 ? "," : "");
    }
    text_printf(&w->out, ")");
    if (type && strncmp(type, "float", 5) != 0 && strncmp(type, "bfloat", 6) != 0) {
        text_printf(&w->out, ", dtype=");
        put_quoted(w, type, strlen(type));
    }
    put_name(w, name);
    text_printf(&w->out, ")");
    return true;
}

/* ---- Sequential ------------------------------------------------------------------------------ */

/* The input's shape, batch in front, where an Input layer, the first layer or the model says it. */
static const json_t *sequential_shape(const json_t *model, const json_t *first)
{
    const json_t *config = json_object_get(model, "config"),
                 *shape = declared_shape(json_object_get(first, "config"));
    if (!shape && is_model(first))
        return NULL; /* that model has one */
    shape = shape ? shape : json_object_get(config, "build_input_shape");
    shape = shape ? shape : json_object_get(json_object_get(model, "build_config"), "input_shape");
    return json_array_size(shape) ? shape : NULL;
}

/* The models whose results Keras 1's layer Merge joins, where it begins a Sequential; else NULL. */
static const json_t *merged_by(const json_t *layer)
{
    const json_t *models = json_object_get(json_object_get(layer, "config"), "layers");
    return strcmp(layer_class(layer), "Merge") == 0 && json_array_size(models) ? models : NULL;
}

/* Calls the layers one after the other on `from`; *result is the variable of the last one's result.
 */
static bool put_stack(struct writer *w, const json_t *layers, const char *from, const char **result)
{
    bool good = true;
    size_t i;
    json_t *layer;
    *result = from;
    json_array_foreach(layers, i, layer)
    {
        const char *inner = is_model(layer) ? new_layer(w) : NULL, *now = new_tensor(w);
        good &= inner ? put_model(w, layer, inner) : prepare(w, json_object_get(layer, "config"));
        text_printf(&w->out, "%s = ", now);
        good &= inner ? text_printf(&w->out, "%s", inner), true : put_any_layer(w, layer);
        text_printf(&w->out, "(%s)\n", *result);
        *result = now;
    }
    return good;
}

/* Keras 1: a Sequential that begins with a Merge of others has an input for each; the layers of all
 * are this model's own. */
static bool put_merged(struct writer *w, const json_t *model, const char *variable)
{
    const json_t *layers = layers_of(model), *models = merged_by(json_array_get(layers, 0));
    const char *inputs = "", *results = "", *result;
    bool good = true;
    size_t i;
    json_t *branch;
    json_array_foreach(models, i, branch)
    {
        const char *input = new_tensor(w);
        const json_t *first = json_array_get(layers_of(branch), 0),
                     *shape = sequential_shape(branch, first);
        if (!is_model(branch) || is_functional(branch) || !shape)
            return keras_error(
                w, "the layer '%s' joins models whose input shapes the file does not tell",
                layer_name(json_array_get(layers, 0)));
        text_printf(&w->out, "%s = ", input);
        good &= put_input(w, NULL, shape, json_object_get(first, "config"));
        text_printf(&w->out, "\n");
        good &= put_stack(w, layers_of(branch), input, &result);
        inputs = arena_printf(w->ctx->arena, "%s%s%s", inputs, i ? ", " : "", input);
        results = arena_printf(w->ctx->arena, "%s%s%s", results, i ? ", " : "", result);
    }
    good &= put_stack(w, layers, arena_printf(w->ctx->arena, "[%s]", results), &result);
    text_printf(&w->out, "%s = Model(inputs=[%s], outputs=[%s]", variable, inputs, result);
    put_name(w, model_name(model));
    text_printf(&w->out, ")\n");
    return good;
}

static bool put_sequential(struct writer *w, const json_t *model, const char *variable)
{
    const json_t *layers = layers_of(model), *first = json_array_get(layers, 0);
    if (merged_by(first))
        return put_merged(w, model, variable);
    const char *name = model_name(model);
    /* nested models are written in front of this model's own lines */
    struct text lines = { 0 };
    bool good = true;
    size_t i;
    json_t *layer;
    json_array_foreach(layers, i, layer)
    {
        const json_t *config = json_object_get(layer, "config");
        const bool input = strcmp(layer_class(layer), "InputLayer") == 0;
        const char *inner = is_model(layer) ? new_layer(w) : NULL;
        good &= inner ? put_model(w, layer, inner) : prepare(w, config);
        struct text outer = w->out;
        w->out = lines;
        const json_t *shape = i == 0 ? sequential_shape(model, first) : NULL;
        text_printf(&w->out, "    ");
        if (shape || input) {
            good &= put_input(w, input ? layer_name(layer) : NULL,
                              shape ? shape : declared_shape(config), config);
            text_printf(&w->out, input ? "" : ",\n    ");
        }
        if (!input)
            good &= inner ? text_printf(&w->out, "%s", inner), true : put_any_layer(w, layer);
        text_printf(&w->out, ",\n");
        lines = w->out;
        w->out = outer;
    }
    text_printf(&w->out, "%s = Sequential([\n%s]", variable, lines.n ? lines.s : "");
    put_name(w, name);
    text_printf(&w->out, ")\n");
    text_free(&lines);
    return good;
}

/* ---- Functional: which tensor ---------------------------------------------------------------- */

static struct placed *find(const struct wiring *m, const char *name)
{
    const json_t *at = name ? json_object_get(m->by_name, name) : NULL;
    return at ? &m->layer[json_integer_value(at)] : NULL;
}

/* [layer, node, index, ...] or an object __keras_tensor__. NULL: the value is none. */
static struct placed *tensor_of(const struct wiring *m, const json_t *value, json_int_t *node,
                                json_int_t *index)
{
    if (json_is_object(value) && strcmp(layer_class(value), "__keras_tensor__") == 0)
        value = json_object_get(json_object_get(value, "config"), "keras_history");
    const json_t *a = json_array_get(value, 1), *b = json_array_get(value, 2);
    if (json_array_size(value) < 3 || !json_is_integer(a) || !json_is_integer(b))
        return NULL;
    *node = json_integer_value(a);
    *index = json_integer_value(b);
    return find(m, json_string_value(json_array_get(value, 0)));
}

/* ["_CONSTANT_VALUE", -1, value, kwargs] */
static const json_t *constant_of(const json_t *value)
{
    const char *word = json_string_value(json_array_get(value, 0));
    return word && strcmp(word, "_CONSTANT_VALUE") == 0 && json_array_size(value) >= 3
               ? json_array_get(value, 2)
               : NULL;
}

/* Which of the results written: a model that was itself made by a call counts that one too. */
static const char *result_of(const struct placed *p, json_int_t node)
{
    if (node >= p->nresults && json_array_size(p->nodes) == (size_t)p->nresults && p->nresults > 0)
        node = p->nresults - 1;
    return node >= 0 && node < p->nresults ? p->result[node] : NULL;
}

bool put_tensor(struct writer *w, const struct wiring *m, const json_t *value)
{
    json_int_t node, index;
    const json_t *constant = constant_of(value);
    if (constant) {
        put_value(w, NULL, constant);
        return true;
    }
    const struct placed *p = tensor_of(m, value, &node, &index);
    const char *result = p ? result_of(p, node) : NULL;
    if (!p)
        return false;
    text_printf(&w->out, "%s", result ? result : "None");
    if (p->several)
        text_printf(&w->out, "[%lld]", (long long)index);
    return true;
}

/* Are all tensors in this value written? Notes which results are read where `note` is set. */
static bool is_ready(const struct wiring *m, const json_t *value, bool note)
{
    json_int_t node, index;
    size_t i;
    const char *key;
    json_t *item;
    bool ready = true;
    struct placed *p = tensor_of(m, value, &node, &index);
    if (p && note && index > p->most)
        p->most = (int)(index < MOST_LAYERS ? index : MOST_LAYERS);
    if (p)
        ready = result_of(p, node) != NULL;
    json_array_foreach(value, i, item) ready &=
        (json_is_array(item) || json_is_object(item) ? is_ready(m, item, note) : true);
    json_object_foreach((json_t *)(uintptr_t)value, key, item) ready &=
        (json_is_array(item) || json_is_object(item) ? is_ready(m, item, note) : true);
    return ready;
}

/* ---- Functional: statements ------------------------------------------------------------------ */

/* Gathers the layers; NULL by_name after an error. */
static struct wiring gather(struct writer *w, const json_t *layers)
{
    struct wiring m = { .by_name = json_object() };
    size_t i;
    json_t *layer;
    m.layer = NEW_ARRAY(w->ctx->arena, struct placed, json_array_size(layers) + 1);
    json_array_foreach(layers, i, layer)
    {
        const char *name = json_string_value(json_object_get(layer, "name"));
        struct placed *p = &m.layer[m.count];
        *p = (struct placed){ .layer = layer,
                              .nodes = json_object_get(layer, "inbound_nodes"),
                              .name = name ? name : layer_name(layer) };
        p->result = NEW_ARRAY(w->ctx->arena, const char *, json_array_size(p->nodes) + 1);
        json_object_set_new(m.by_name, p->name, json_integer(m.count++));
    }
    return m;
}

static bool gives_several(const struct placed *p)
{
    const json_t *config = json_object_get(p->layer, "config"),
                 *outputs = json_object_get(config, "output_layers");
    const bool model_of_several =
        json_is_array(json_array_get(outputs, 0)) && json_array_size(outputs) > 1;
    return p->most > 0 || model_of_several || json_is_true(json_object_get(config, "return_state"))
           || strcmp(layer_class(p->layer), "Split") == 0
           || strcmp(layer_class(p->layer), "Unstack") == 0;
}

/* The layer itself, where it is called more than once, or is a model. */
static bool define(struct writer *w, struct placed *p)
{
    const char *class = layer_class(p->layer);
    bool good = prepare(w, json_object_get(p->layer, "config"));
    if (strcmp(class, "InputLayer") == 0) {
        p->result[p->nresults++] = new_tensor(w);
        text_printf(&w->out, "%s = ", p->result[0]);
        good &= put_input(w, p->name, declared_shape(json_object_get(p->layer, "config")),
                          json_object_get(p->layer, "config"));
        text_printf(&w->out, "\n");
        p->nodes = NULL;
    } else if (is_model(p->layer)) {
        p->variable = new_layer(w);
        good &= put_model(w, p->layer, p->variable);
    } else if (json_array_size(p->nodes) > 1 && json_is_array(json_array_get(p->nodes, 0))
               && strcmp(class, "TFOpLambda") != 0 && strcmp(class, "SlicingOpLambda") != 0) {
        p->variable = new_layer(w);
    } else if (json_array_size(p->nodes) > 1 && json_is_object(json_array_get(p->nodes, 0))) {
        p->variable = new_layer(w);
    }
    if (p->variable && !is_model(p->layer)) {
        text_printf(&w->out, "%s = ", p->variable);
        good &= put_call(w, NULL, p->layer, NULL, NULL);
        text_printf(&w->out, "\n");
    }
    return good;
}

/* Writes the calls whose inputs are there; *left counts the others, *done what was written. */
static bool put_ready_calls(struct writer *w, const struct wiring *m, int *left, int *done)
{
    bool good = true;
    *left = *done = 0;
    for (int i = 0; i < m->count; i++) {
        struct placed *p = &m->layer[i];
        while ((size_t)p->nresults < json_array_size(p->nodes)) {
            const json_t *node = json_array_get(p->nodes, (size_t)p->nresults);
            if (!is_ready(m, node, false)) {
                *left += 1;
                break;
            }
            const char *result = new_tensor(w);
            text_printf(&w->out, "%s = ", result);
            good &= put_call(w, m, p->layer, p->variable, node);
            text_printf(&w->out, "\n");
            p->result[p->nresults++] = result;
            *done += 1;
        }
    }
    return good;
}

/* The tensors in a list of any nesting; dicts in the order of their keys, as Keras flattens them.
 * False: what is no tensor. */
static bool put_ends(struct writer *w, const struct wiring *m, const json_t *ends,
                     const char **comma)
{
    json_int_t node, index;
    size_t i;
    const char *key;
    json_t *item;
    if (tensor_of(m, ends, &node, &index)) {
        text_printf(&w->out, "%s", *comma);
        put_tensor(w, m, ends);
        *comma = ", ";
        return true;
    }
    bool good = json_array_size(ends) || json_object_size(ends);
    json_array_foreach(ends, i, item) good &= put_ends(w, m, item, comma);
    char *sorted = json_is_object(ends) ? json_dumps(ends, JSON_SORT_KEYS) : NULL;
    json_t *copy = sorted ? json_loads(sorted, 0, NULL) : NULL;
    json_object_foreach(copy, key, item) good &= put_ends(w, m, item, comma);
    json_decref(copy);
    free(sorted);
    return good;
}

static bool wire(struct writer *w, const struct wiring *m, const json_t *model,
                 const char *variable)
{
    const json_t *config = json_object_get(model, "config");
    const char *comma = "";
    bool good = true;
    int left, done;
    for (int i = 0; i < m->count; i++)
        is_ready(m, m->layer[i].nodes, true);
    is_ready(m, json_object_get(config, "output_layers"), true);
    for (int i = 0; i < m->count; i++) {
        m->layer[i].several = gives_several(&m->layer[i]);
        good &= define(w, &m->layer[i]);
    }
    do
        good &= put_ready_calls(w, m, &left, &done);
    while (left && done);
    if (left)
        return keras_error(
            w, "%d of the model's layers wait for each other or for layers that are not there",
            left);
    text_printf(&w->out, "%s = Model(inputs=[", variable);
    const json_t *inputs = json_object_get(config, "input_layers"),
                 *outputs = json_object_get(config, "output_layers");
    if (!is_ready(m, inputs, false) || !put_ends(w, m, inputs, &comma))
        return keras_error(w, "the model's inputs are not all among its layers");
    comma = "";
    text_printf(&w->out, "], outputs=[");
    if (!is_ready(m, outputs, false) || !put_ends(w, m, outputs, &comma))
        return keras_error(w, "the model's outputs are not all among its layers");
    text_printf(&w->out, "]");
    put_name(w, model_name(model));
    text_printf(&w->out, ")\n");
    return good;
}

bool put_model(struct writer *w, const json_t *model, const char *variable)
{
    const json_t *layers = layers_of(model);
    const char *class = layer_class(model);
    if (too_deep(w))
        return false;
    if (!json_is_array(layers) || !json_array_size(layers))
        return keras_error(w,
                           "the model is of the class '%s' and lists no layers: it was defined by "
                           "Python code, which the file "
                           "does not hold; give that text to cnnc, and this file with --weights",
                           class);
    if (json_array_size(layers) > MOST_LAYERS)
        return keras_error(w, "a model of more than %d layers", MOST_LAYERS);
    w->depth++;
    bool good;
    if (is_functional(model)) {
        struct wiring m = gather(w, layers);
        good = wire(w, &m, model, variable);
        json_decref(m.by_name);
    } else {
        good = put_sequential(w, model, variable);
    }
    w->depth--;
    return good;
}
