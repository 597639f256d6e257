/*
 * bind.c - which array of a file belongs to which weight of the model.
 *
 * Both sides are trees: a model's layers, which may be models. Layers are bound by name. Names that
 * Keras made itself
 * ("conv2d_5") depend on what else the saving process had built, so where they differ the layers of
 * one class are bound in their order; layers left over by the order of the file, where it has one.
 * Inside a layer Keras' order of weights counts.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "weights/weights.h"

struct binder {
    struct graph *g;
    struct weights_file *f;
    bool good, noted;
};

/* ---- names ---- */

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

int natural_order(const char *a, const char *b)
{
    while (*a && *b) {
        if (is_digit(*a) && is_digit(*b)) {
            while (*a == '0')
                a++;
            while (*b == '0')
                b++;
            size_t na = strspn(a, "0123456789"), nb = strspn(b, "0123456789");
            int order = na != nb ? (na < nb ? -1 : 1) : memcmp(a, b, na);
            if (order)
                return order;
            a += na;
            b += nb;
        } else if (*a != *b) {
            return (unsigned char)*a < (unsigned char)*b ? -1 : 1;
        } else {
            a++;
            b++;
        }
    }
    return *a ? 1 : *b ? -1 : 0;
}

/* Length of a name without the number that Keras appends: "conv2d_1" is "conv2d". */
static size_t base_length(const char *name)
{
    size_t n = strlen(name), end = n;
    while (end > 0 && is_digit(name[end - 1]))
        end--;
    return end < n && end > 1 && name[end - 1] == '_' ? end - 1 : n;
}

static bool is_upper(char c)
{
    return c >= 'A' && c <= 'Z';
}
static bool is_lower(char c)
{
    return c >= 'a' && c <= 'z';
}

/* Keras' snake case: "SeparableConv2D" is "separable_conv2d". */
static const char *snake_case(struct arena *a, const char *kind)
{
    size_t n = strlen(kind), m = 0;
    char *s = arena_alloc(a, 2 * n + 1);
    for (size_t i = 0; i < n; i++) {
        bool word = i > 0 && is_upper(kind[i]) && (is_lower(kind[i + 1]) || is_lower(kind[i - 1]));
        if (word && m && s[m - 1] != '_')
            s[m++] = '_';
        s[m++] = is_upper(kind[i]) ? (char)(kind[i] - 'A' + 'a') : kind[i];
    }
    return s;
}

static const char *node_class(struct arena *a, const struct layer_node *node)
{
    if (node->kind)
        return snake_case(a, node->kind);
    const char *name = node->key ? node->key : node->name;
    const char *base = arena_copy(a, name, base_length(name));
    return strcmp(base, "model") == 0 ? "functional" : base;
}

/* A file names the layers that a custom layer holds by its attributes ("bn"); then the layer's own
 * name tells the class. */
static bool is_of_class(struct arena *a, const struct layer_node *node, const char *class)
{
    if (strcmp(node_class(a, node), class) == 0)
        return true;
    return !node->kind && node->key && node->name
           && strcmp(arena_copy(a, node->name, base_length(node->name)), class) == 0;
}

/* Was the name made by Keras, from the class? */
static bool is_automatic(struct arena *a, const struct layer_node *node)
{
    const char *name = node->name ? node->name : node->key;
    const char *base = arena_copy(a, name, base_length(name));
    if (node->kind)
        return strcmp(base, snake_case(a, node->kind)) == 0;
    return strcmp(base, "sequential") == 0 || strcmp(base, "functional") == 0
           || strcmp(base, "model") == 0;
}

/* "3 x 3 x 1 x 32": all axes, for weights have no batch. */
static const char *whole_shape(struct arena *a, const struct shape *s)
{
    const char *text = s->rank ? "" : "a scalar";
    for (int i = 0; i < s->rank; i++)
        text = arena_printf(a, "%s%s%lld", text, i ? " x " : "", (long long)s->dim[i]);
    return text;
}

/* ---- trees ---- */

static struct layer_node *kid_named(struct arena *a, struct layer_node *node, const char *name,
                                    size_t n)
{
    for (int i = node->nkids - 1; i >= 0; i--)
        if (strncmp(node->kid[i]->name, name, n) == 0 && node->kid[i]->name[n] == '\0')
            return node->kid[i];
    struct layer_node *kid = NEW(a, struct layer_node);
    kid->name = arena_copy(a, name, n);
    APPEND(a, node->kid, node->nkids, kid);
    return kid;
}

/* Layers are parted by slashes or, where there are none, by dots. */
void weights_add_key(struct weights_file *f, const char *key, struct found item)
{
    enum { DEEPEST = 32 };
    const char *part = strchr(key, '/') ? "/" : ".";
    struct layer_node *node = f->root;
    for (int depth = 0; depth < DEEPEST; depth++) {
        key += strspn(key, part);
        size_t n = strcspn(key, part);
        if (key[n] == '\0' || depth == DEEPEST - 1)
            break;
        bool plain =
            (n == 6 && strncmp(key, "layers", 6) == 0) || (n == 4 && strncmp(key, "vars", 4) == 0);
        if (!plain)
            node = kid_named(f->ctx->arena, node, key, n);
        key += n;
    }
    item.name = key;
    if (!strstr(item.where, "seed_generator"))
        APPEND(f->ctx->arena, node->item, node->nitems, item);
}

static bool has_kid(const struct layer_node *node, const char *name, size_t n)
{
    for (int i = 0; i < node->nkids; i++)
        if (node->kid[i]->name && strncmp(node->kid[i]->name, name, n) == 0
            && !node->kid[i]->name[n])
            return true;
    return false;
}

/* `flat`: a file without nested models, or NULL: layers stand by their names there, or by that of
 * the wrapper around them. */
static struct layer_node *graph_tree(struct graph *g, const struct layer_node *flat)
{
    struct arena *a = g->ctx->arena;
    struct layer_node *root = NEW(a, struct layer_node);
    for (int i = 0; i < g->nweights; i++) {
        struct weight *w = g->weights[i];
        const size_t outer = strcspn(w->path, "/");
        const char *path = !flat                           ? w->path
                           : has_kid(flat, w->path, outer) ? arena_copy(a, w->path, outer)
                                                           : w->layer;
        struct layer_node *node = root;
        for (size_t n; *path; path += n + (path[n] == '/')) {
            n = strcspn(path, "/");
            node = kid_named(a, node, path, n);
        }
        node->kind = w->kind;
        APPEND(a, node->weight, node->nweights, w);
    }
    return root;
}

static bool has_models(const struct layer_node *root)
{
    for (int i = 0; i < root->nkids; i++)
        if (root->kid[i]->nkids)
            return true;
    return false;
}

static void collect_weights(struct arena *a, const struct layer_node *node, struct layer_node *to)
{
    for (int i = 0; i < node->nweights; i++)
        APPEND(a, to->weight, to->nweights, node->weight[i]);
    for (int i = 0; i < node->nkids; i++)
        collect_weights(a, node->kid[i], to);
}

static void collect_items(struct arena *a, const struct layer_node *node, struct layer_node *to)
{
    for (int i = 0; i < node->nitems; i++)
        APPEND(a, to->item, to->nitems, node->item[i]);
    for (int i = 0; i < node->nkids; i++)
        collect_items(a, node->kid[i], to);
}

/* ---- one array ---- */

/* The same but for axes of length 1: Keras' versions differ in them. */
static bool same_shape(const struct shape *a, const struct shape *b)
{
    int i = 0, j = 0;
    for (;;) {
        while (i < a->rank && a->dim[i] == 1)
            i++;
        while (j < b->rank && b->dim[j] == 1)
            j++;
        if (i == a->rank || j == b->rank)
            return i == a->rank && j == b->rank;
        if (a->dim[i++] != b->dim[j++])
            return false;
    }
}

const char *weight_label(struct arena *a, const struct weight *w)
{
    return arena_printf(a, "%s/%s", w->path, w->name);
}

static void warn_of_nan(struct binder *b, const struct weight *w, const float *data, int64_t count)
{
    int64_t bad = 0;
    for (int64_t i = 0; i < count; i++)
        bad += !isfinite(data[i]);
    if (bad)
        diag_warning(&b->g->ctx->diags, b->f->at,
                     "weights file '%s': layer '%s': %lld of the %lld numbers of '%s' are NaN or "
                     "infinite",
                     b->f->path, w->path, (long long)bad, (long long)count, w->name);
}

static void bind_array(struct binder *b, struct weight *w, const struct found *in_file)
{
    struct arena *a = b->g->ctx->arena;
    struct tensor *t = w->tensor;
    struct found modern = *in_file, *item = &modern;
    if (!legacy_array(b->f, w, item)) {
        b->good = false;
        return;
    }
    if (!same_shape(&t->shape, &item->shape)) {
        b->good = weights_error(b->f, "'%s' is %s in the model and %s in the file ('%s')",
                                weight_label(a, w), whole_shape(a, &t->shape),
                                whole_shape(a, &item->shape), item->where);
        return;
    }
    int64_t count = shape_count(&t->shape);
    float *data = NULL;
    if (item->bytes && item->type == F32 && t->type == F32) {
        data = (float *)(uintptr_t)item->bytes; /* lies in the arena already */
        if ((uintptr_t)data % sizeof(float)) {
            data = arena_alloc(a, (size_t)count * sizeof *data);
            memcpy(data, item->bytes, (size_t)count * sizeof *data);
        }
    } else {
        data = arena_alloc(a, (size_t)count * sizeof *data);
        for (int64_t i = 0; item->bytes && i < count; i++)
            data[i] = (float)dtype_get(item->type, item->bytes, i);
        if (!item->bytes && !b->f->load(b->f, item, data)) {
            b->good = false;
            return;
        }
    }
    warn_of_nan(b, w, data, count);
    t->data = data;
    if (t->type != F32) {
        t->data = arena_alloc(a, (size_t)count * dtype_size(t->type));
        for (int64_t i = 0; i < count; i++)
            dtype_set(t->type, t->data, i, (double)data[i]);
    }
}

static void missing(struct binder *b, const struct weight *w)
{
    struct arena *a = b->g->ctx->arena;
    b->good = weights_error(b->f, "nothing for '%s', which is %s", weight_label(a, w),
                            whole_shape(a, &w->tensor->shape));
}

static void extra(struct binder *b, const struct found *item)
{
    if (item->shape.rank == 0) /* counters of Normalization and of training */
        return;
    diag_warning(&b->g->ctx->diags, b->f->at,
                 "weights file '%s': '%s' (%s) is not used: the model has no such weight",
                 b->f->path, item->where, whole_shape(b->g->ctx->arena, &item->shape));
}

/* ---- one layer ---- */

/*
 * The file's key ends in the weight's name, whose parts it parts by slashes: "mha/query/kernel" for
 * query_kernel. With `layer` the layer's name stands before it.
 */
static bool key_fits(const struct found *item, const struct weight *w, bool layer)
{
    const char *ends[] = { w->name, layer ? w->layer : "" };
    size_t n = strlen(item->where);
    for (int i = 0; i < 1 + layer; i++) {
        const size_t long_end = strlen(ends[i]);
        if (n < long_end)
            return false;
        n -= long_end;
        for (size_t k = 0; k < long_end; k++)
            if (item->where[n + k] != ends[i][k]
                && !(i == 0 && ends[i][k] == '_' && item->where[n + k] == '/'))
                return false;
        if (n > 0 && item->where[--n] != '/')
            return false;
    }
    return true;
}

/* Does the array's name end in the weight's ("conv2d/kernel:0" for kernel)? With `layer` the part
 * before has to fit too. */
static bool name_fits(const struct found *item, const struct weight *w, bool layer)
{
    const char *name = item->name;
    size_t n = strlen(name), want = strlen(w->name);
    if (key_fits(item, w, layer))
        return true;
    if (n > 2 && name[n - 2] == ':' && is_digit(name[n - 1]))
        n -= 2;
    if (n < want || strncmp(name + n - want, w->name, want) != 0)
        return false;
    n -= want;
    if (n > 0 && name[n - 1] != '/' && name[n - 1] != '.')
        return false;
    if (!layer)
        return true;
    size_t long_name = strlen(w->layer);
    return n > long_name && strncmp(name + n - 1 - long_name, w->layer, long_name) == 0
           && (n - 1 == long_name || name[n - 2 - long_name] == '/');
}

static const struct found *item_for(const struct layer_node *file, const struct weight *w,
                                    bool layer)
{
    const struct found *hit = NULL;
    for (int i = 0; i < file->nitems; i++)
        if (name_fits(&file->item[i], w, layer)) {
            if (hit)
                return NULL; /* not unique: names do not decide */
            hit = &file->item[i];
        }
    return hit;
}

/* Keras 3 stores what a custom layer holds under the attributes' names:
 * "layers/net/block1/conv/vars/0". */
static const struct found *item_held(const struct layer_node *file, const struct weight *w)
{
    char end[600];
    if (!w->held || !file->where || strlen(w->held) > 500)
        return NULL;
    snprintf(end, sizeof end, "%s%svars/%d", w->held, *w->held ? "/" : "", w->position);
    const size_t n = strlen(file->where);
    for (int i = 0; i < file->nitems; i++)
        if (strncmp(file->item[i].where, file->where, n) == 0 && file->item[i].where[n] == '/'
            && (strcmp(file->item[i].where + n + 1, end) == 0))
            return &file->item[i];
    /* a layer of parts, such as attention's: theirs one after the other */
    const size_t size = strlen(w->held);
    for (int i = 0, k = 0; size && i < file->nitems; i++) {
        const char *rest = strlen(file->item[i].where) > n + 1 ? file->item[i].where + n + 1 : "";
        if (strncmp(file->item[i].where, file->where, n) == 0 && strncmp(rest, w->held, size) == 0
            && rest[size] == '/' && k++ == w->position)
            return &file->item[i];
    }
    return NULL;
}

static bool attributes_decide(const struct layer_node *model, const struct layer_node *file)
{
    for (int i = 0; i < model->nweights; i++)
        if (!item_held(file, model->weight[i]))
            return false;
    return model->nweights > 0;
}

static bool names_decide(const struct layer_node *model, const struct layer_node *file, bool layer)
{
    int hits = 0;
    for (int i = 0; i < model->nweights; i++)
        hits += item_for(file, model->weight[i], layer) != NULL;
    return hits == model->nweights || (hits > 0 && hits == file->nitems);
}

static bool shapes_fit(const struct layer_node *model, const struct layer_node *file)
{
    bool fit = model->nweights == file->nitems;
    for (int i = 0; fit && i < model->nweights; i++)
        fit = same_shape(&model->weight[i]->tensor->shape, &file->item[i].shape);
    return fit;
}

/* The model's weights as Keras 2 lists a nested model's: those that are trained first. */
static struct layer_node trained_first(struct arena *a, const struct layer_node *model)
{
    struct layer_node order = { 0 };
    for (int pass = 0; pass < 2; pass++)
        for (int i = 0; i < model->nweights; i++)
            if (model->weight[i]->trainable == (pass == 0))
                APPEND(a, order.weight, order.nweights, model->weight[i]);
    return order;
}

static void bind_layer(struct binder *b, const struct layer_node *model,
                       const struct layer_node *in_file, bool nested)
{
    struct arena *a = b->g->ctx->arena;
    struct layer_node modern = *in_file, *file = &modern;
    if (!legacy_layer(b->f, model, file)) {
        b->good = false;
        return;
    }
    bool *used = NEW_ARRAY(a, bool, file->nitems + 1);
    if (attributes_decide(model, file)) {
        for (int i = 0; i < model->nweights; i++) {
            used[item_held(file, model->weight[i]) - file->item] = true;
            bind_array(b, model->weight[i], item_held(file, model->weight[i]));
        }
    } else if (names_decide(model, file, nested)) {
        for (int i = 0; i < model->nweights; i++) {
            const struct found *item = item_for(file, model->weight[i], nested);
            if (!item) {
                missing(b, model->weight[i]);
                continue;
            }
            used[item - file->item] = true;
            bind_array(b, model->weight[i], item);
        }
    } else {
        struct layer_node order = *model;
        struct layer_node trained = trained_first(a, model);
        if (nested && !b->f->plain_keys && (shapes_fit(&trained, file) || !shapes_fit(model, file)))
            order = trained;
        for (int i = 0; i < order.nweights; i++) {
            if (i >= file->nitems) {
                missing(b, order.weight[i]);
                continue;
            }
            used[i] = true;
            bind_array(b, order.weight[i], &file->item[i]);
        }
    }
    for (int i = 0; i < file->nitems; i++)
        if (!used[i])
            extra(b, &file->item[i]);
}

/* ---- layers against layers ---- */

static void note_order(struct binder *b, const struct layer_node *model,
                       const struct layer_node *file)
{
    if (b->noted || !file->name || strcmp(model->name, file->name) == 0)
        return;
    b->noted = true;
    diag_note(&b->g->ctx->diags, b->f->at,
              "weights file '%s': layers are bound by their order, for the names differ: "
              "'%s' in the model is '%s' in the file",
              b->f->path, model->name, file->name);
}

static struct layer_node *free_kid(const struct layer_node *file, const char *name)
{
    for (int i = 0; i < file->nkids; i++)
        if (!file->kid[i]->match && file->kid[i]->name && strcmp(file->kid[i]->name, name) == 0)
            return file->kid[i];
    return NULL;
}

static void pair(struct layer_node *model, struct layer_node *file)
{
    model->match = file;
    file->match = model;
}

struct choice {
    struct layer_node **item;
    int count;
};

/* Kids not matched yet, of a class (NULL: any). Of the model's, `automatic` names only if asked
 * for. */
static struct choice choose(struct arena *a, const struct layer_node *parent, const char *class,
                            bool automatic)
{
    struct choice c = { 0 };
    for (int i = 0; i < parent->nkids; i++) {
        struct layer_node *kid = parent->kid[i];
        if (kid->match || (class && !is_of_class(a, kid, class))
            || (automatic && !is_automatic(a, kid)))
            continue;
        APPEND(a, c.item, c.count, kid);
    }
    return c;
}

static int by_age(const void *a, const void *b)
{
    const struct layer_node *x = *(struct layer_node *const *)a,
                            *y = *(struct layer_node *const *)b;
    return x->name && y->name ? natural_order(x->name, y->name)
                              : natural_order(x->key ? x->key : x->name, y->key ? y->key : y->name);
}

/* Keras numbers the layers of a class as they are made: are these names of that kind? */
static bool is_numbered(struct arena *a, const struct choice *c, const char *class)
{
    for (int i = 0; i < c->count; i++) {
        const char *name = c->item[i]->name;
        if (!name || strcmp(arena_copy(a, name, base_length(name)), class) != 0)
            return false;
    }
    return true;
}

static void sort_by_age(struct choice *c)
{
    if (c->count > 1)
        qsort(c->item, (size_t)c->count, sizeof *c->item, by_age);
}

/* Puts both sides in one order: that in which they were made where their names tell it, else the
 * file's. */
static void sort_both(struct binder *b, struct choice *model, struct choice *file,
                      const char *class)
{
    const bool numbered = is_numbered(b->g->ctx->arena, file, class);
    if (numbered || !b->f->ordered)
        sort_by_age(file);
    if (numbered && is_numbered(b->g->ctx->arena, model, class))
        sort_by_age(model);
}

static void match_in_order(struct binder *b, struct choice model, struct choice file)
{
    for (int i = 0; i < model.count; i++) {
        note_order(b, model.item[i], file.item[i]);
        pair(model.item[i], file.item[i]);
    }
}

/* The model's layers of one class whose names Keras made. */
static void match_class(struct binder *b, struct layer_node *model, struct layer_node *file,
                        const char *class)
{
    struct arena *a = b->g->ctx->arena;
    struct choice ours = choose(a, model, class, true), theirs = choose(a, file, class, false);
    bool all = true;
    for (int i = 0; i < ours.count; i++)
        all &= free_kid(file, ours.item[i]->name) != NULL;
    if (all) {
        for (int i = 0; i < ours.count; i++)
            pair(ours.item[i], free_kid(file, ours.item[i]->name));
    } else if (ours.count == theirs.count) {
        sort_both(b, &ours, &theirs, class);
        match_in_order(b, ours, theirs);
    }
}

static void match_kids(struct binder *b, struct layer_node *model, struct layer_node *file)
{
    struct arena *a = b->g->ctx->arena;
    for (int i = 0; i < model->nkids; i++) {
        struct layer_node *hit =
            is_automatic(a, model->kid[i]) ? NULL : free_kid(file, model->kid[i]->name);
        if (hit)
            pair(model->kid[i], hit);
    }
    for (int i = 0; i < model->nkids; i++)
        if (!model->kid[i]->match && is_automatic(a, model->kid[i]))
            match_class(b, model, file, node_class(a, model->kid[i]));
    for (int i = 0; i < model->nkids; i++) {
        if (model->kid[i]->match)
            continue;
        const char *class = node_class(a, model->kid[i]);
        struct choice ours = choose(a, model, class, false), theirs = choose(a, file, class, false);
        if (ours.count == theirs.count) {
            sort_both(b, &ours, &theirs, class);
            match_in_order(b, ours, theirs);
        }
    }
    struct choice ours = choose(a, model, NULL, false), theirs = choose(a, file, NULL, false);
    if (ours.count == theirs.count && (b->f->ordered || ours.count == 1))
        match_in_order(b, ours, theirs);
    /* the rest: what fits by name alone, so that messages are about the others */
    for (int i = 0; i < model->nkids; i++)
        if (!model->kid[i]->match && free_kid(file, model->kid[i]->name))
            pair(model->kid[i], free_kid(file, model->kid[i]->name));
}

/* A wrapper around a model (TimeDistributed): Keras 3's files list that model's layers as the
 * wrapper's own. The root has no name. */
static bool is_wrapped(const struct layer_node *model, const struct layer_node *file)
{
    bool flat = model->name && model->nkids == 1 && !model->nweights && model->kid[0]->nkids
                && file->nkids && !file->nitems;
    for (int i = 0; flat && i < file->nkids; i++)
        flat = !file->kid[i]->nkids;
    return flat;
}

/* Is it a class of the text, all of whose weights are known by the attributes that hold them? */
static bool is_held(const struct layer_node *all)
{
    for (int i = 0; i < all->nweights; i++)
        if (!all->weight[i]->held)
            return false;
    return all->nweights > 0;
}

static void bind_node(struct binder *b, struct layer_node *model, struct layer_node *file)
{
    struct arena *a = b->g->ctx->arena;
    struct layer_node all = { 0 }, items = { 0 };
    collect_weights(a, model, &all);
    const bool of_text = is_held(&all), held = file->where && of_text;
    if (!of_text && is_wrapped(model, file)) {
        model = model->kid[0];
        all = (struct layer_node){ 0 };
        collect_weights(a, model, &all);
    }
    if (!model->nkids || !file->nkids || held) {
        collect_items(a, file, &items);
        items.where = file->where;
        bind_layer(b, &all, &items, model->nkids > 0);
        return;
    }
    all = (struct layer_node){ 0 };
    match_kids(b, model, file);
    for (int i = 0; i < model->nkids; i++) {
        if (model->kid[i]->match) {
            bind_node(b, model->kid[i], model->kid[i]->match);
            continue;
        }
        collect_weights(a, model->kid[i], &all);
    }
    for (int i = 0; i < all.nweights; i++)
        missing(b, all.weight[i]);
    for (int i = 0; i < file->nkids; i++)
        if (!file->kid[i]->match)
            collect_items(a, file->kid[i], &items);
    /* of a class of the text */
    const struct layer_node own = { .weight = model->weight, .nweights = model->nweights },
                            own_items = { .item = file->item,
                                          .nitems = file->nitems,
                                          .where = file->where };
    bind_layer(b, &own, &own_items, false);
    for (int i = 0; i < items.nitems; i++)
        extra(b, &items.item[i]);
}

bool weights_bind(struct graph *g, struct weights_file *f)
{
    struct binder b = { .g = g, .f = f, .good = true };
    bind_node(&b, graph_tree(g, f->plain_keys && !has_models(f->root) ? f->root : NULL), f->root);
    return b.good;
}
