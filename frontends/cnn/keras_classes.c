/* keras_classes.c - the classes of Keras that are no operators: Layer, Model, Sequential,
 * InputLayer, Lambda, Activation. */
#include "cnn/keras.h"

#include <string.h>

static struct layer *self(struct eval *e, struct args *a)
{
    if (!a->n || a->v[0].kind != V_OBJECT || !a->v[0].object->layer)
        raise_error(e, "TypeError", "this is a method of layers");
    return a->v[0].object->layer;
}

static void take_name(struct eval *e, struct layer *l, struct args *a)
{
    bool open;
    const struct value name = arg(e, a, -1, "name"), shape = arg(e, a, -1, "input_shape"),
                       batched = arg(e, a, -1, "batch_input_shape");
    if (name.kind == V_STRING)
        l->name = name.s;
    if (shape.kind != V_EMPTY && shape.kind != V_NONE)
        l->has_input_shape = shape_of_value(e, shape, false, &l->input_shape, &open, a->at);
    else if (batched.kind != V_EMPTY)
        l->has_input_shape = shape_of_value(e, batched, true, &l->input_shape, &open, a->at);
    name_of_layer(e, l);
}

/* ---- Layer ---- */

static struct value layer_init(struct eval *e, struct args *a)
{
    struct layer *l = self(e, a);
    l->at = a->at;
    take_name(e, l, a);
    return NONE;
}

static struct value layer_call(struct eval *e, struct args *a)
{
    struct args rest = *a;
    rest.v++;
    rest.n--;
    return keras_call_layer(e, a->v[0], &rest);
}

/* super().call(x) of a class that derives from an operator's. */
static struct value layer_plain_call(struct eval *e, struct args *a)
{
    struct layer *l = self(e, a);
    struct tensor **in = NULL;
    const struct unknown *u = NULL;
    int n = 0;
    const struct value x = arg(e, a, 1, "inputs");
    if (!l->def || !flatten_tensors(e, x, &in, &n, &u) || !n)
        return x.kind == V_EMPTY ? UNKNOWN : x;
    struct value r = of_tensor(
        op_call(e->g, l->def, name_of_layer(e, l)->s, layer_key(e, l), l->attr, in, n, a->at));
    return apply_activation(e, l->activation, r, layer_key(e, l), a->at);
}

static struct value layer_add_weight(struct eval *e, struct args *a)
{
    struct layer *l = self(e, a);
    const bool old = a->n > 1 && a->v[1].kind == V_STRING; /* Keras 2: the name comes first */
    const struct value name = arg_or(e, a, old ? 1 : -1, "name", NONE),
                       how = arg_or(e, a, old ? -1 : 2, "initializer", NONE);
    struct value shape = arg_or(e, a, old ? 2 : 1, "shape", NONE), items = shape;
    struct shape s = { 0 };
    if (is_whole(shape))
        s = (struct shape){ .rank = 1, .dim = { shape.i } };
    const struct list *dims = shape.kind == V_NONE || is_whole(shape) ? NULL : items_of(e, &items);
    for (int64_t i = 0; dims && i < dims->count && s.rank < MAX_RANK; i++) {
        if (!is_whole(dims->item[i])) {
            error_at(e, a->at, "add_weight: dimension %lld of the shape is not known%s",
                     (long long)i + 1, explain(e, why(dims->item[i])));
            return UNKNOWN;
        }
        s.dim[s.rank++] = dims->item[i].i;
    }
    if (shape.kind == V_UNKNOWN || !s.rank) {
        if (shape.kind == V_UNKNOWN) {
            error_at(e, a->at, "add_weight: the shape is not known%s", explain(e, shape.unknown));
            return UNKNOWN;
        }
        s = (struct shape){ .rank = 1, .dim = { 1 } };
    }
    const char *init = how.kind == V_STRING ? how.s->s
                       : how.kind == V_UNKNOWN && how.unknown && how.unknown->name
                           ? how.unknown->name
                       : how.kind == V_SPACE ? how.s->s
                                             : "glorot";
    struct variable *v = NEW(e->mem, struct variable);
    struct weight *w = NEW(e->mem, struct weight);
    const char *word = name.kind == V_STRING ? name.s->s
                       : l->nvariables       ? arena_printf(e->mem, "variable_%d", l->nvariables)
                                             : "variable";
    const struct value trainable = arg_or(e, a, -1, "trainable", of_bool(true));
    *w = (struct weight){ .layer = name_of_layer(e, l)->s,
                          .path = layer_key(e, l),
                          .name = word,
                          .kind = l->self.object->class->name->s,
                          .init = strstr(init, "ones") || strstr(init, "Ones") ? INIT_ONES
                                  : strstr(init, "eros")                       ? INIT_ZEROS
                                                                               : INIT_KERNEL,
                          .fan_in = s.dim[0],
                          .fan_out = s.dim[s.rank - 1],
                          .trainable = truth(e, trainable) != 0 };
    w->tensor = graph_tensor(e->g, arena_printf(e->mem, "%s/%s", layer_key(e, l), word), F32, s);
    w->tensor->weight = w;
    APPEND(e->mem, e->g->weights, e->g->nweights, w);
    *v = (struct variable){ l, w };
    APPEND(e->mem, l->variables, l->nvariables, v);
    return (struct value){ .kind = V_VARIABLE, .variable = v };
}

static struct value nothing(struct eval *e, struct args *a)
{
    (void)e;
    (void)a;
    return NONE;
}
static struct value empty_config(struct eval *e, struct args *a)
{
    (void)a;
    return new_dict(e, V_DICT);
}

static const struct builtin layer_methods[] = { { "__init__", layer_init, true },
                                                { "__call__", layer_call, true },
                                                { "call", layer_plain_call, true },
                                                { "build", nothing, true },
                                                { "add_weight", layer_add_weight, true },
                                                { "add_variable", layer_add_weight, true },
                                                { "add_loss", nothing, true },
                                                { "add_metric", nothing, true },
                                                { "get_config", empty_config, true },
                                                { "set_weights", nothing, true },
                                                { 0 } };

/* ---- Lambda, Activation, InputLayer ---- */

static struct value lambda_init(struct eval *e, struct args *a)
{
    struct layer *l = self(e, a);
    l->at = a->at;
    take_name(e, l, a);
    l->function = arg(e, a, 1, "function");
    const struct value extra = arg(e, a, -1, "arguments");
    if (l->function.kind == V_EMPTY)
        error_at(e, a->at, "Lambda needs a function");
    if (l->function.kind == V_UNKNOWN)
        error_at(e, a->at, "Lambda: its function is not known%s", explain(e, l->function.unknown));
    if (extra.kind == V_DICT && extra.dict->count) {
        struct value w = make_wrapper(e, W_PARTIAL, l->function);
        w.wrapper->args = NEW(e->mem, struct list);
        w.wrapper->named = extra.dict;
        l->function = w;
    }
    return NONE;
}

static struct value activation_init(struct eval *e, struct args *a)
{
    struct layer *l = self(e, a);
    l->at = a->at;
    take_name(e, l, a);
    l->activation = arg_or(e, a, 1, "activation", NONE);
    if (l->activation.kind == V_UNKNOWN)
        error_at(e, a->at, "Activation: the activation is not known%s",
                 explain(e, l->activation.unknown));
    return NONE;
}

static struct value input_layer_init(struct eval *e, struct args *a)
{
    struct layer *l = self(e, a);
    struct args rest = *a;
    rest.v++;
    rest.n--;
    const struct value t = make_input(e, &rest);
    l->is_input = true;
    l->at = a->at;
    if (t.kind != V_TENSOR)
        return NONE;
    const struct layer *made = input_layer_of(e, t.tensor);
    l->name = made->name;
    l->input_shape = made->input_shape;
    l->has_input_shape = true;
    APPEND(e->mem, l->calls, l->ncalls, maker(e, t.tensor));
    return NONE;
}

static const struct builtin lambda_methods[] = { { "__init__", lambda_init, true }, { 0 } };
static const struct builtin activation_methods[] = { { "__init__", activation_init, true }, { 0 } };
static const struct builtin input_methods[] = { { "__init__", input_layer_init, true }, { 0 } };

/* ---- Model ---- */

static struct value model_init(struct eval *e, struct args *a)
{
    struct layer *l = self(e, a);
    struct value in = arg_or(e, a, 1, "inputs", EMPTY), out = arg_or(e, a, 2, "outputs", EMPTY);
    l->at = a->at;
    if (in.kind == V_EMPTY)
        in = arg_or(e, a, -1, "input", EMPTY);
    if (out.kind == V_EMPTY)
        out = arg_or(e, a, -1, "output", EMPTY);
    const struct value name = arg_or(e, a, 3, "name", EMPTY);
    if (name.kind == V_STRING)
        l->name = name.s;
    if (l->name || in.kind != V_EMPTY || class_of(e, l->self) != e->keras_model)
        name_of_layer(e, l);
    if (in.kind == V_EMPTY && out.kind == V_EMPTY)
        return NONE;
    if (in.kind == V_EMPTY || out.kind == V_EMPTY) {
        error_at(e, a->at, "a Model needs inputs and outputs; this one has no %s",
                 in.kind == V_EMPTY ? "inputs" : "outputs");
        return NONE;
    }
    const struct value layer = out.kind == V_OBJECT ? out
                               : is_items(out) && out.list->count
                                   ? out.list->item[out.list->count - 1]
                                   : NONE;
    if (layer.kind == V_OBJECT && layer.object->layer) {
        const char *class = layer.object->class->name->s;
        error_at(e, a->at,
                 "an output of this Model is a layer, %s, not a tensor; call it on one: %s(...)(x)",
                 class, class);
    }
    l->model->ins = in;
    l->model->outs = out;
    return NONE;
}

struct value clone_layer(struct eval *e, struct value v)
{
    struct value object = { .kind = V_OBJECT, .object = NEW(e->mem, struct object) };
    *object.object = *v.object;
    object.object->attributes = dict_copy(e, v.object->attributes);
    struct layer *l = NEW(e->mem, struct layer), *old = v.object->layer;
    *l = *old;
    l->self = object;
    l->key = NULL;
    l->calls = NULL;
    l->ncalls = 0;
    object.object->layer = l;
    l->variables = NULL;
    l->nvariables = 0;
    APPEND(e->mem, e->keras->layers, e->keras->nlayers, l);
    if (!old->model || (!old->model->sequential && old->model->outs.kind == V_EMPTY)) {
        struct layer **held = NULL;
        int n = 0;
        held_layers(e, old, &held, &n);
        if (!old->def && (n || old->nvariables))
            fatal(e, e->at,
                  "clone_model(): the layer '%s' is of a class of the text, which cnnc does not "
                  "clone; build the model twice",
                  name_of_layer(e, old)->s);
    }
    if (old->model) {
        l->model = NEW(e->mem, struct model);
        *l->model = *old->model;
        l->model->layers = NULL;
        l->model->nlayers = 0;
        l->model->listed = false;
        for (int i = 0; i < old->model->nlayers && old->model->sequential; i++)
            APPEND(e->mem, l->model->layers, l->model->nlayers,
                   clone_layer(e, old->model->layers[i]->self).object->layer);
        if (old->model->sequential)
            l->model->ins = l->model->outs = EMPTY;
        else if (old->model->outs.kind != V_EMPTY)
            clone_functional(e, old, l);
    }
    return object;
}

static void add_layer(struct eval *e, struct layer *m, struct value v, struct span at)
{
    struct model *model = m->model;
    if (v.kind == V_TENSOR && input_layer_of(e, v.tensor)) {
        if (model->nlayers) {
            error_at(e, at, "an Input must be the first of a Sequential");
            return;
        }
        model->ins = v;
        m->input_shape = v.tensor->shape;
        m->has_input_shape = true;
    } else if (v.kind == V_OBJECT && v.object->layer && v.object->layer->is_input) {
        const struct layer *in = v.object->layer;
        if (in->ncalls)
            model->ins = in->calls[0]->out;
        m->input_shape = in->input_shape;
        m->has_input_shape = true;
    } else if (v.kind == V_OBJECT && v.object->layer) {
        if (!model->nlayers && !m->has_input_shape && v.object->layer->has_input_shape) {
            m->input_shape = v.object->layer->input_shape;
            m->has_input_shape = true;
        }
        APPEND(e->mem, model->layers, model->nlayers, v.object->layer);
        if (model->outs.kind != V_EMPTY)
            model->outs = EMPTY;
    } else if (v.kind == V_UNKNOWN) {
        /* else the layer's own error was reported */
        if (v.unknown || !e->ctx->diags.errors)
            error_at(e, at, "this layer of the model is not known%s", explain(e, v.unknown));
    } else if (v.kind == V_CLASS && v.class->base == B_LAYER) {
        error_at(e, at, "%s is a class, not a layer; write %s()", v.class->name->s,
                 v.class->name->s);
    } else {
        error_at(e, at, "a %s is not a layer", type_name(e, v));
    }
}

static struct value sequential_init(struct eval *e, struct args *a)
{
    struct layer *l = self(e, a);
    const struct value layers = arg_or(e, a, 1, "layers", NONE),
                       name = arg_or(e, a, 2, "name", NONE);
    l->at = a->at;
    if (name.kind == V_STRING)
        l->name = name.s;
    name_of_layer(e, l);
    struct value from = layers;
    const struct list *list = layers.kind == V_NONE ? NULL : items_of(e, &from);
    if (layers.kind == V_UNKNOWN)
        error_at(e, a->at, "the layers of this model are not known%s", explain(e, layers.unknown));
    for (int64_t i = 0; list && i < list->count; i++)
        add_layer(e, l, list->item[i], a->at);
    if (list && list->open)
        keras_unsure(l, list->open);
    return NONE;
}

static struct value model_add(struct eval *e, struct args *a)
{
    struct layer *m = self(e, a);
    if (m->model && a->n == 2)
        add_layer(e, m, a->v[1], a->at);
    return NONE;
}

static struct value model_pop(struct eval *e, struct args *a)
{
    struct layer *m = self(e, a);
    if (m->model && m->model->sequential && m->model->nlayers) {
        m->model->nlayers--;
        m->model->outs = EMPTY;
    }
    return NONE;
}

static struct value model_load_weights(struct eval *e, struct args *a)
{
    struct options *o = &e->ctx->options;
    struct layer *m = self(e, a);
    const struct value path = arg(e, a, 1, "filepath");
    if (path.kind != V_STRING || o->weights || o->init || e->prints)
        return NONE;
    m->weights = path_beside(e->mem, o->model, path.s->s);
    return NONE;
}

static struct value model_build(struct eval *e, struct args *a)
{
    struct layer *m = self(e, a);
    const struct value shape = arg(e, a, 1, "input_shape");
    bool open;
    if (shape.kind != V_EMPTY && shape.kind != V_NONE && shape.kind != V_UNKNOWN && m->model
        && !m->has_input_shape)
        m->has_input_shape = shape_of_value(e, shape, true, &m->input_shape, &open, a->at);
    return NONE;
}

static struct value model_get_layer(struct eval *e, struct args *a)
{
    struct layer *m = self(e, a);
    const struct value index = arg_or(e, a, 2, "index", NONE), name = arg_or(e, a, 1, "name", NONE);
    if (name.kind == V_UNKNOWN || index.kind == V_UNKNOWN)
        return unknown(e, "get_layer", a->at, why(name));
    list_layers(e, m);
    struct layer **l = m->model->layers;
    const int n = m->model->nlayers;
    const char **names = NEW_ARRAY(e->mem, const char *, n + 1);
    for (int i = 0; i < n; i++) {
        names[i] = name_of_layer(e, l[i])->s;
        if (name.kind == V_STRING && strcmp(names[i], name.s->s) == 0)
            return l[i]->self;
    }
    if (is_whole(index) && index.i < n && index.i >= -n)
        return l[index.i < 0 ? index.i + n : index.i]->self;
    if (e->keras->failed)
        return unknown_told(e);
    const char *near = name.kind == V_STRING ? nearest(name.s->s, names, n) : NULL;
    raise_error(e, "ValueError", "No such layer: %s%s%s%s",
                name.kind == V_STRING ? name.s->s : repr_of(e, index)->s,
                near ? "; did you mean '" : "", near ? near : "", near ? "'?" : "");
}

static const struct builtin model_methods[] = { { "__init__", model_init, true },
                                                { "add", model_add, true },
                                                { "pop", model_pop, true },
                                                { "load_weights", model_load_weights, true },
                                                { "build", model_build, true },
                                                { "get_layer", model_get_layer, true },
                                                { "summary", nothing, true },
                                                { "compile", nothing, true },
                                                { "save", nothing, true },
                                                { "save_weights", nothing, true },
                                                { 0 } };
static const struct builtin sequential_methods[] = { { "__init__", sequential_init, true }, { 0 } };

struct value clone_model(struct eval *e, struct value v)
{
    if (v.kind != V_OBJECT || !v.object->layer || !v.object->layer->model)
        return UNKNOWN;
    return clone_layer(e, v);
}

static struct class *add_class(struct eval *e, const char *name, struct class *base, enum base kind,
                               const struct builtin *methods)
{
    struct class *c = class_new(e, name, &base, 1);
    c->base = kind;
    class_add(e, c, methods);
    dict_set_name(e, e->keras->classes, c->name, (struct value){ .kind = V_CLASS, .class = c });
    return c;
}

void add_layer_classes(struct eval *e)
{
    e->layer = add_class(e, "Layer", e->object, B_LAYER, layer_methods);
    e->keras_model = add_class(e, "Model", e->layer, B_MODEL, model_methods);
    e->sequential = add_class(e, "Sequential", e->keras_model, B_SEQUENTIAL, sequential_methods);
    add_class(e, "Lambda", e->layer, B_LAYER, lambda_methods);
    add_class(e, "Activation", e->layer, B_LAYER, activation_methods);
    add_class(e, "InputLayer", e->layer, B_LAYER, input_methods);
    const struct value model = { .kind = V_CLASS, .class = e->keras_model };
    dict_set_name(e, e->keras->classes, intern(e, "Functional"), model);
}
