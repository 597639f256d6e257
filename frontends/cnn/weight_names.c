/*
 * weight_names.c - how Keras calls the weights of the model that was chosen: the path of their
 * layers in it, their order, and for layers that classes of the text hold the attributes that hold
 * them.
 */
#include "cnn/keras.h"

#include <string.h>

struct naming {
    struct dict *paths; /* from a layer's key to its path in the model */
    /* from a layer's key to its weights: a list of their places in the graph */
    struct dict *of_key;
    struct weight **order;
    int n;
    bool *placed;             /* of the graph's weights: those that stand in `order` */
    struct dict *done, *held; /* layers */
};

static struct value key_of(const struct layer *l)
{
    return of_int((int64_t)(uintptr_t)l);
}

static void find_held(struct eval *e, struct naming *w, struct layer *l, const char *prefix);

static void held_by(struct eval *e, struct naming *w, struct value v, const char *path)
{
    if (dict_get(e, w->held, key_of(v.object->layer)).kind != V_EMPTY)
        return;
    dict_set(e, w->held, key_of(v.object->layer), of_text(e, path));
    find_held(e, w, v.object->layer, path);
}

/* As Keras' _save_container_state(): each by its class, numbered where a class comes again. */
static void held_in_list(struct eval *e, struct naming *w, const struct list *l, const char *path)
{
    struct dict *count = NEW(e->mem, struct dict);
    for (int64_t i = 0; i < l->count; i++) {
        if (l->item[i].kind != V_OBJECT || !l->item[i].object->layer)
            continue;
        struct str *name = intern(e, snake_case(e, l->item[i].object->class->name->s));
        const struct value n = dict_name(count, name);
        dict_set_name(e, count, name, of_int(n.kind == V_INT ? n.i + 1 : 1));
        held_by(e, w, l->item[i],
                n.kind == V_INT ? arena_printf(e->mem, "%s/%s_%lld", path, name->s, (long long)n.i)
                                : arena_printf(e->mem, "%s/%s", path, name->s));
    }
}

static void held_layers_list(struct eval *e, struct naming *w, struct layer *l, const char *prefix)
{
    struct value all = new_list(e, V_LIST);
    list_layers(e, l);
    for (int i = 0; i < l->model->nlayers; i++)
        list_push(e, all.list, l->model->layers[i]->self);
    held_in_list(e, w, all.list, arena_printf(e->mem, "%slayers", prefix));
}

/*
 * The attributes by which a class of the text holds its layers, as Keras' _walk_saveable() goes
 * over them: in the order of their names; what is met twice counts where it is met first. `layers`
 * of a model is one of them.
 */
static void find_held(struct eval *e, struct naming *w, struct layer *l, const char *prefix)
{
    const char *before = *prefix ? arena_printf(e->mem, "%s/", prefix) : "";
    struct value names = new_list(e, V_LIST);
    const struct dict *d = l->self.object->attributes;
    bool listed = !l->model;
    check_stack(e);
    for (int64_t i = 0; i < d->used; i++)
        if (d->entry[i].key.kind == V_STRING)
            list_push(e, names.list, d->entry[i].key);
    sort_items(e, names.list, EMPTY, false);
    for (int64_t i = 0; i <= names.list->count; i++) {
        const char *name = i < names.list->count ? names.list->item[i].s->s : NULL;
        if (!listed && (!name || strcmp(name, "layers") > 0)) {
            listed = true;
            held_layers_list(e, w, l, before);
        }
        if (!name)
            break;
        struct value v = dict_get(e, d, names.list->item[i]);
        if (v.kind == V_OBJECT && v.object->layer)
            held_by(e, w, v, arena_printf(e->mem, "%s%s", before, name));
        else if (is_items(v))
            held_in_list(e, w, v.list, arena_printf(e->mem, "%s%s", before, name));
        else if (v.kind == V_DICT) {
            struct value values = new_list(e, V_LIST);
            for (int64_t k = 0; k < v.dict->used; k++)
                list_push(e, values.list, v.dict->entry[k].value);
            held_in_list(e, w, values.list, arena_printf(e->mem, "%s%s", before, name));
        }
    }
}

static bool is_of_text(const struct layer *l)
{
    return !l->def && !l->self.object->class->def
           && (!l->model || (l->model->outs.kind == V_EMPTY && !l->model->sequential));
}

static void name_layer(struct eval *e, struct naming *w, struct layer *l, const char *prefix,
                       bool top)
{
    const struct value key = key_of(l);
    struct layer **inner = NULL;
    int n = 0, position = 0;
    check_stack(e);
    if (!top && (is_of_text(l) || class_lookup(l->self.object->class, e->n.call).kind == V_FUNCTION)
        && dict_get(e, w->held, key).kind == V_EMPTY) {
        dict_set(e, w->held, key, of_text(e, ""));
        find_held(e, w, l, "");
    }
    const struct value held = dict_get(e, w->held, key);
    if (dict_get(e, w->done, key).kind != V_EMPTY)
        return;
    dict_set(e, w->done, key, NONE);
    const char *path = top       ? ""
                       : *prefix ? arena_printf(e->mem, "%s/%s", prefix, name_of_layer(e, l)->s)
                                 : name_of_layer(e, l)->s;
    if (l->key)
        dict_set_name(e, w->paths, intern(e, l->key),
                      of_text(e, *path ? path : name_of_layer(e, l)->s));
    const struct value own = l->key ? dict_name(w->of_key, intern(e, l->key)) : EMPTY;
    for (int64_t i = 0; own.kind == V_LIST && i < own.list->count; i++) {
        struct weight *x = e->g->weights[own.list->item[i].i];
        w->placed[own.list->item[i].i] = true;
        x->layer = name_of_layer(e, l)->s;
        x->held = held.kind == V_STRING ? held.s->s : NULL;
        if (x->part)
            x->held = !x->held || !*x->held ? x->part
                      : *x->part            ? arena_printf(e->mem, "%s/%s", x->held, x->part)
                                            : x->held;
        else
            x->position = position++;
        APPEND(e->mem, w->order, w->n, x);
    }
    if (l->model) {
        list_layers(e, l);
        inner = l->model->layers;
        n = l->model->nlayers;
    } else {
        held_layers(e, l, &inner, &n);
    }
    for (int i = 0; i < n; i++)
        name_layer(e, w, inner[i], path, false);
}

static const char *renamed(struct eval *e, const struct naming *w, const char *key,
                           const char *name)
{
    const size_t n = strlen(key);
    const struct value path = dict_name(w->paths, intern(e, key));
    return path.kind == V_STRING && strncmp(name, key, n) == 0
               ? arena_printf(e->mem, "%s%s", path.s->s, name + n)
               : NULL;
}

/* The graph's weights by the keys of their layers. */
static struct dict *weights_by_key(struct eval *e)
{
    struct dict *d = NEW(e->mem, struct dict);
    for (int i = 0; i < e->g->nweights; i++) {
        if (!e->g->weights[i]->path)
            continue;
        struct str *key = intern(e, e->g->weights[i]->path);
        struct value l = dict_name(d, key);
        if (l.kind == V_EMPTY)
            dict_set_name(e, d, key, l = new_list(e, V_LIST));
        list_push(e, l.list, of_int(i));
    }
    return d;
}

void name_weights(struct eval *e, struct layer *m)
{
    struct graph *g = e->g;
    struct naming w = { .paths = NEW(e->mem, struct dict),
                        .done = NEW(e->mem, struct dict),
                        .held = NEW(e->mem, struct dict),
                        .of_key = weights_by_key(e),
                        .placed = NEW_ARRAY(e->mem, bool, g->nweights + 1) };
    name_layer(e, &w, m, "", true);
    for (int i = 0; i < g->nweights; i++)
        if (!w.placed[i])
            APPEND(e->mem, w.order, w.n, g->weights[i]);
    g->weights = w.order;
    g->nweights = w.n;
    for (int i = 0; i < g->nweights; i++) {
        const struct value path = dict_name(w.paths, intern(e, g->weights[i]->path));
        const char *name = renamed(e, &w, g->weights[i]->path, g->weights[i]->tensor->name);
        g->weights[i]->tensor->name = name ? name : g->weights[i]->tensor->name;
        g->weights[i]->path = path.kind == V_STRING ? path.s->s : g->weights[i]->path;
    }
}
