/*
 * layers.c - making layers: classes from the op table, arguments into attributes, Keras 1's and 2's
 * spellings.
 */
#include "cnn/keras.h"

#include <string.h>

/* ---- values for the op table ---- */

struct value_item item_of(struct eval *e, struct value v, const struct unknown **why_not)
{
    static const struct unknown nameless = { 0 };
    struct value_item r = { .kind = ITEM_NONE };
    switch (v.kind) {
    case V_NONE: break;
    case V_BOOL:
        r.kind = ITEM_BOOL;
        r.i = v.i;
        break;
    case V_INT:
        r.kind = ITEM_INT;
        r.i = v.i;
        break;
    case V_FLOAT:
        r.kind = ITEM_FLOAT;
        r.f = v.f;
        break;
    case V_STRING:
        r.kind = ITEM_STRING;
        r.s = v.s->s;
        break;
    case V_SPACE:
        r.kind = ITEM_STRING;
        r.s = last_word(v.s->s);
        break;
    case V_ARRAY:
        if (!v.array->item)
            *why_not = &nameless;
        else
            return item_of(e, array_list(e, v.array), why_not);
        break;
    case V_RANGE:
    case V_TUPLE:
    case V_LIST: {
        r.kind = ITEM_LIST;
        const struct list *l = items_of(e, &v);
        for (int64_t i = 0; i < l->count; i++)
            APPEND(e->mem, r.list, r.count, item_of(e, l->item[i], why_not));
        if (l->open)
            *why_not = l->open;
        break;
    }
    case V_OBJECT:
        if (v.object->layer) {
            r.kind = ITEM_LAYER;
            r.layer = inner_layer_of(e, v);
        } else if (v.object->base.kind != V_EMPTY) {
            return item_of(e, v.object->base, why_not);
        } else {
            *why_not = &nameless;
        }
        break;
    case V_UNKNOWN: *why_not = v.unknown ? v.unknown : &nameless; break;
    default: *why_not = &nameless; break;
    }
    return r;
}

/* A shape without the batch (`batch`: with it); unknown dimensions are 0 and set *open. */
bool shape_of_value(struct eval *e, struct value v, bool batch, struct shape *to, bool *open,
                    struct span at)
{
    *to = (struct shape){ .rank = 1, .dim = { 1 } };
    *open = false;
    if (v.kind == V_ARRAY && v.array->item)
        v = array_list(e, v.array);
    if (is_whole(v)) {
        to->dim[to->rank++] = v.i;
        return true;
    }
    struct value from = v;
    const struct list *l = v.kind == V_UNKNOWN || v.kind == V_NONE ? NULL : items_of(e, &from);
    if (!l || l->open)
        return error_at(e, at,
                        "the input's shape is not known%s, or give it with --input-shape=H,W,C",
                        explain(e, l ? l->open : why(from)));
    for (int64_t i = batch; i < l->count; i++) {
        const struct value d = l->item[i];
        if (to->rank == MAX_RANK)
            return error_at(e, at, "an input has at most %d dimensions", MAX_RANK - 1);
        if (d.kind == V_UNKNOWN)
            return error_at(e, at,
                            "dimension %d of the input's shape is not known%s, or give the shape "
                            "with --input-shape=H,W,C",
                            to->rank, explain(e, d.unknown));
        if (d.kind != V_NONE
            && (!is_number(d) || number(d) < 1 || number(d) > MAX_DIM
                || number(d) != (double)(int64_t)number(d)))
            return error_at(
                e, at,
                "dimension %d of the input's shape is %s; it must be a whole number from 1 up",
                to->rank, repr_of(e, d)->s);
        *open |= d.kind == V_NONE;
        to->dim[to->rank++] = d.kind == V_NONE ? 0 : (int64_t)number(d);
    }
    return true;
}

/* ---- Keras 1 and 2 ---- */

/* `now` NULL: without meaning at inference. `in`: only for operators with that attribute. */
static const struct {
    const char *old, *now;
} renamed[] = { { "output_dim", "units" },
                { "nb_filter", "filters" },
                { "filter_length", "kernel_size" },
                { "border_mode", "padding" },
                { "subsample", "strides" },
                { "subsample_length", "strides" },
                { "atrous_rate", "dilation_rate" },
                { "dim_ordering", "data_format" },
                { "bias", "use_bias" },
                { "pool_length", "pool_size" },
                { "stride", "strides" },
                { "length", "size" },
                { "p", "rate" },
                { "sigma", "stddev" },
                { "alpha", "negative_slope" },
                { "theta", "threshold" },
                { "concat_axis", "axis" },
                { "dot_axes", "axes" },
                { "inner_activation", "recurrent_activation" },
                { "ratio", "rate" },
                { "n", "n" } };

static const char *const only_training =
    " name trainable dtype batch_size autocast seed init inner_init forget_bias_init W_regularizer "
    "U_regularizer "
    "b_regularizer W_constraint U_constraint b_constraint gamma_init beta_init weights "
    "consume_less "
    "implementation unroll use_cudnn lora_rank lora_alpha quantization_config synchronized renorm "
    "renorm_momentum "
    "fused momentum dropout recurrent_dropout dropout_W dropout_U unit_forget_bias noise_shape "
    "input_length "
    "input_dtype batch_shape sparse ragged tensor embeddings_initializer mode activity_regularizer "
    "virtual_batch_size dynamic adjustment input_tensor ";

static bool without_meaning(const char *name)
{
    char word[64];
    if (ends_with(name, "_initializer") || ends_with(name, "_regularizer")
        || ends_with(name, "_constraint"))
        return true;
    return strlen(name) < 60 && snprintf(word, sizeof word, " %s ", name) > 0
           && strstr(only_training, word);
}

static const struct attr *find_attr(const struct opdef *def, const char *name)
{
    for (const struct attr *a = def->attrs; a && a->name; a++)
        if (strcmp(a->name, name) == 0)
            return a;
    return NULL;
}

/* ---- attributes ---- */

bool set_attribute_of(struct eval *e, const struct opdef *def, void *attr, const char *name,
                      struct value v, struct span at, const char *what)
{
    const struct attr *a = find_attr(def, name);
    const struct unknown *why_not = NULL;
    if (a->type == ATTR_IGNORED)
        return true;
    if (a->type == ATTR_ACTIVATION && (v.kind == V_FUNCTION || v.kind == V_METHOD))
        return error_at(
            e, at,
            "%s: '%s' is a function of the text; only named activations and layers can stand here",
            what, name);
    const struct value_item item = item_of(e, v, &why_not);
    if (why_not)
        return error_at(e, at, "%s: '%s' is not known%s", what, name,
                        explain(e, why_not->name ? why_not : why(v)));
    return attr_set(e->ctx, def, attr, a, &item, at);
}

static bool unknown_argument(struct eval *e, const struct opdef *def, const char *name,
                             struct span at)
{
    const char *names[64];
    int n = 0;
    for (const struct attr *a = def->attrs; a && a->name && n < 60; a++)
        names[n++] = a->name;
    names[n++] = "name";
    if (def->has_activation)
        names[n++] = "activation";
    const char *near = nearest(name, names, n);
    return error_at(e, at, "%s has no argument '%s'%s%s%s", def->name, name,
                    near ? "; did you mean '" : "", near ? near : "", near ? "'?" : "");
}

static bool set_data_format(struct eval *e, struct layer *l, struct value v, struct span at)
{
    const char *s = v.kind == V_STRING ? v.s->s : "";
    if (v.kind == V_UNKNOWN)
        return error_at(e, at, "%s: 'data_format' is not known%s", l->def->name,
                        explain(e, v.unknown));
    if (strcmp(s, "th") == 0 || strcmp(s, "channels_first") == 0)
        l->channels_first = l->def->has_data_format;
    else if (v.kind != V_NONE && strcmp(s, "tf") != 0 && strcmp(s, "channels_last") != 0
             && strcmp(s, "default") != 0)
        return error_at(e, at, "%s: 'data_format' must be channels_last or channels_first",
                        l->def->name);
    return true;
}

static bool set_argument(struct eval *e, struct layer *l, const char *name, struct value v,
                         struct span at)
{
    const struct opdef *def = l->def;
    bool open;
    if (strcmp(name, "name") != 0 && strncmp(name, "input", 5) != 0
        && strcmp(name, "output_shape") != 0)
        dict_set_name(e, l->self.object->attributes, intern(e, name), v); /* layer.filters */
    if (strcmp(name, "name") == 0) {
        if (v.kind == V_UNKNOWN)
            warn_at(e, at, "the name of this layer is not known; it gets an automatic one");
        else if (v.kind == V_STRING)
            l->name = v.s;
        return true;
    }
    if (strcmp(name, "activation") == 0 && def->has_activation) {
        l->activation = v;
        return v.kind != V_UNKNOWN
               || error_at(e, at, "%s: its activation is not known%s", def->name,
                           explain(e, v.unknown));
    }
    if (strcmp(name, "data_format") == 0 && (def->has_data_format || find_attr(def, name)))
        return def->has_data_format || find_attr(def, name)->type == ATTR_IGNORED
                   ? set_data_format(e, l, v, at)
                   : set_attribute_of(e, def, l->attr, name, v, at, def->name);
    /* of a sequence of words */
    if (strcmp(name, "input_length") == 0 && is_whole(v) && !l->has_input_shape) {
        l->input_shape = shape_of(2, (int64_t)1, v.i);
        l->has_input_shape = true;
        return true;
    }
    if (find_attr(def, name))
        return set_attribute_of(e, def, l->attr, name, v, at, def->name);
    if (strcmp(name, "input_shape") == 0 || strcmp(name, "batch_input_shape") == 0
        || strcmp(name, "input_dim") == 0)
        return l->has_input_shape = shape_of_value(e, v, *name == 'b', &l->input_shape, &open, at);
    /* of Keras 1; call_def() compares */
    if (strcmp(name, "output_shape") == 0 && strstr(def->name, "Transpose")) {
        dict_set_name(e, l->self.object->attributes, intern(e, "output_shape"), v);
        return true;
    }
    for (size_t i = 0; i < sizeof renamed / sizeof *renamed; i++)
        if (strcmp(renamed[i].old, name) == 0
            && (find_attr(def, renamed[i].now) || (strcmp(renamed[i].now, "data_format") == 0)))
            return set_argument(e, l, renamed[i].now, v, at);
    return without_meaning(name) || unknown_argument(e, def, name, at);
}

/* Did an older Keras call the argument `now` so? NULL: any argument. */
static bool is_old_name(const char *old, const char *now)
{
    for (size_t i = 0; i < sizeof renamed / sizeof *renamed; i++)
        if (strcmp(renamed[i].old, old) == 0 && (!now || strcmp(renamed[i].now, now) == 0))
            return true;
    return false;
}

/* Convolution2D(24, 5, 5) of Keras 1: filters, rows, columns. In Keras 3 the third is the strides.
 */
static bool old_window(struct eval *e, struct layer *l, struct args *a, struct value *kernel)
{
    const struct attr *k = l->def->attrs ? &l->def->attrs[1] : NULL;
    const struct value rows = arg(e, a, -1, "nb_row"), columns = arg(e, a, -1, "nb_col");
    if (!k || !l->def->attrs[0].name || !k->name || strcmp(k->name, "kernel_size") != 0
        || k->count != 2)
        return false;
    if (rows.kind != V_EMPTY && columns.kind != V_EMPTY) {
        *kernel = pair(e, rows, columns);
        return true;
    }
    bool old = strncmp(class_of(e, l->self)->name->s, "Convolution", 11) == 0
               || strncmp(class_of(e, l->self)->name->s, "Atrous", 6) == 0;
    for (int i = 0; i < a->nnamed; i++)
        old |= same_text(a->named[i].name, "border_mode")
               || same_text(a->named[i].name, "subsample") || same_text(a->named[i].name, "init")
               || same_text(a->named[i].name, "dim_ordering");
    if (a->n < 3 || !is_whole(a->v[1]) || !is_whole(a->v[2]) || a->n > 3)
        return false;
    if (!old && a->v[2].i > 1)
        warn_at(e, a->at,
                "%s(n, %lld, %lld): in Keras 3 the last number is the strides, in Keras 1 and 2 it "
                "was the window's "
                "width; write kernel_size=(%lld, %lld) or strides=%lld",
                l->def->name, (long long)a->v[1].i, (long long)a->v[2].i, (long long)a->v[1].i,
                (long long)a->v[2].i, (long long)a->v[2].i);
    if (old)
        *kernel = pair(e, a->v[1], a->v[2]);
    return old;
}

/* __init__ of every layer of the op table. */
static struct value init_from_table(struct eval *e, struct args *a)
{
    struct layer *l = a->v[0].object->layer;
    struct args rest = *a;
    rest.v++;
    rest.n--;
    const struct opdef *def = l->def;
    const struct attr *at = def->attrs;
    struct value kernel;
    bool seen[64] = { 0 };
    int k = 0;
    const int errors = e->ctx->diags.errors;
    l->attr = attr_defaults(e->ctx, def);
    l->at = a->at;
    if (def->refused) { /* said when it is called */
        const struct value name = arg(e, &rest, -1, "name");
        l->name = name.kind == V_STRING ? name.s : l->name;
        name_of_layer(e, l);
        return NONE;
    }
    if (old_window(e, l, &rest, &kernel)) {
        set_argument(e, l, "kernel_size", kernel, a->at);
        seen[1] = true;
        rest.n = rest.n > 1 ? 1 : rest.n;
    }
    for (; k < rest.n && at && at->name; k++, at++) {
        set_argument(e, l, at->name, rest.v[k], a->at);
        seen[k < 64 ? k : 63] = true;
    }
    if (k < rest.n)
        error_at(e, a->at, "%s takes at most %d positional argument%s, not %d", def->name, k,
                 k == 1 ? "" : "s", rest.n);
    for (int i = 0; i < rest.nnamed; i++) {
        const char *name = rest.named[i].name->s;
        if (strcmp(name, "nb_row") == 0 || strcmp(name, "nb_col") == 0)
            continue;
        struct span where = a->node && a->node->kids.count > a->n - 1 + i
                                    && a->node->kids.item[a->n - 1 + i]->kind == N_KEYWORD
                                ? a->node->kids.item[a->n - 1 + i]->at
                                : a->at;
        set_argument(e, l, name, rest.named[i].value, where);
        int index = 0;
        const bool old = is_old_name(name, NULL);
        for (const struct attr *p = def->attrs; p && p->name; p++, index++) {
            if (index < 64 && (strcmp(p->name, name) == 0 || (old && is_old_name(name, p->name))))
                seen[index] = true;
        }
    }
    int index = 0;
    for (const struct attr *p = def->attrs; p && p->name; p++, index++)
        if (!p->absent && p->type != ATTR_IGNORED && index < 64 && !seen[index])
            error_at(e, a->at, "%s needs '%s'", def->name, p->name);
    l->broken = e->ctx->diags.errors > errors;
    if (!l->name && class_of(e, l->self)->def)
        name_of_layer(e, l);
    return NONE;
}

/* ---- layers ---- */

void keras_new_layer(struct eval *e, struct value object)
{
    struct layer *l = NEW(e->mem, struct layer);
    l->self = object;
    l->activation = NONE;
    l->function = EMPTY;
    l->at = e->at;
    object.object->layer = l;
    for (int i = 0; i < object.object->class->nmro && !l->def; i++)
        l->def = object.object->class->mro[i]->def;
    if (object.object->class->base == B_MODEL || object.object->class->base == B_SEQUENTIAL) {
        l->model = NEW(e->mem, struct model);
        l->model->sequential = object.object->class->base == B_SEQUENTIAL;
        l->model->ins = l->model->outs = EMPTY;
    }
    APPEND(e->mem, e->keras->layers, e->keras->nlayers, l);
}

/* The name of the class as Keras 3 has it: old and short spellings are the same layers there. */
static const char *modern(struct eval *e, const char *name)
{
    static const char *const pairs[][2] = { { "MaxPool", "MaxPooling" },
                                            { "AvgPool", "AveragePooling" },
                                            { "Convolution", "Conv" } };
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        const char *hit = strstr(name, pairs[i][0]);
        if (hit
            && (strlen(pairs[i][1]) < strlen(pairs[i][0])
                || strncmp(hit, pairs[i][1], strlen(pairs[i][1])) != 0))
            return arena_printf(e->mem, "%.*s%s%s", (int)(hit - name), name, pairs[i][1],
                                hit + strlen(pairs[i][0]));
    }
    return name;
}

struct str *name_of_layer(struct eval *e, struct layer *l)
{
    if (l->name)
        return l->name;
    const struct class *c = class_of(e, l->self);
    const char *name = modern(e, c->name->s);
    const char *base = l->def && l->def->keras_base && strcmp(name, l->def->name) == 0
                           ? l->def->keras_base
                           : snake_case(e, name);
    if (c == e->keras_model)
        base = "functional";
    return l->name = automatic_name(e, base);
}

const char *layer_key(struct eval *e, struct layer *l)
{
    if (l->key)
        return l->key;
    const char *name = name_of_layer(e, l)->s, *key = name;
    for (int i = 2; dict_name(e->keras->keys, intern(e, key)).kind != V_EMPTY; i++)
        key = arena_printf(e->mem, "%s.%d", name, i);
    dict_set_name(e, e->keras->keys, intern(e, key), of_bool(true));
    return l->key = key;
}

static const struct builtin table_methods[] = { { "__init__", init_from_table, true }, { 0 } };

static bool is_word_of(const char *list, const char *word)
{
    const size_t n = strlen(word);
    for (const char *p = list; p && *p; p += strcspn(p, " "), p += strspn(p, " "))
        if (strcspn(p, " ") == n && strncmp(p, word, n) == 0)
            return true;
    return false;
}

/* ONNX' operators and what passes make stand in the table as well: layers are what Keras calls so.
 */
struct class *class_of_layer(struct eval *e, const char *name)
{
    struct str *s = intern(e, name);
    const struct value known = dict_name(e->keras->classes, s);
    if (known.kind == V_CLASS)
        return known.class;
    const struct opdef *def = op_find(name);
    if (!def)
        def = op_find(modern(e, name));
    if (!def && strncmp(name, "Atrous", 6) == 0)
        def = op_find(modern(e, name + 6));
    if (!def
        || (strcmp(def->name, name) != 0 && !is_word_of(def->aliases, name)
            && strcmp(modern(e, name), def->name) != 0 && strncmp(name, "Atrous", 6) != 0))
        return NULL;
    struct class *c = class_new(e, name, &e->layer, 1);
    c->def = def;
    class_add(e, c, table_methods);
    dict_set_name(e, e->keras->classes, s, (struct value){ .kind = V_CLASS, .class = c });
    return c;
}
