/* functions.c - tf.nn.relu(x), keras.ops.mean(x, axis=1), K.concatenate(...): functions on tensors,
 * by the op table. */
#include "cnn/keras.h"

#include <stdlib.h>
#include <string.h>

struct parameter {
    const char *names;    /* parted by '|' */
    const char *attr;     /* the attribute it sets, NULL: an input */
    const char *fallback; /* text, or NULL */
    bool list, batch, ignored;
};

struct function_spec {
    const char *qualifier; /* a namespace that must stand in the dotted name, or NULL */
    const struct opdef *def;
    struct parameter *parameter;
    int nparameters;
    const char *fixed;          /* attributes as text */
    struct function_spec *next; /* of the same last word */
};

struct functions {
    struct dict *by_word;
    struct function_spec **spec;
    int n;
};

/* ---- reading the table ---- */

static bool has_attr(const struct opdef *def, const char *name)
{
    for (const struct attr *a = def->attrs; a && a->name; a++)
        if (strcmp(a->name, name) == 0)
            return true;
    return false;
}

/* "axis|dim:axes=None", "*inputs", "shape:target_shape@batch" */
static struct parameter read_parameter(struct eval *e, const struct opdef *def, const char *s,
                                       size_t n)
{
    struct parameter p = { 0 };
    const char *text = arena_copy(e->mem, s, n), *equals = strchr(text, '='),
               *at = strchr(text, '@'), *colon = strchr(text, ':');
    p.list = *text == '*';
    text += p.list;
    size_t end = strcspn(text, ":=@ ");
    p.names = arena_copy(e->mem, text, end);
    if (colon && (!equals || colon < equals))
        p.attr = arena_copy(e->mem, colon + 1, strcspn(colon + 1, "=@ "));
    for (const char *q = p.names; !p.attr && *q; q += strcspn(q, "|"), q += *q == '|') {
        const char *name = arena_copy(e->mem, q, strcspn(q, "|"));
        if (has_attr(def, name) && !p.list)
            p.attr = name;
    }
    p.batch = at && strncmp(at, "@batch", 6) == 0;
    p.ignored = (at && strncmp(at, "@ignored", 8) == 0) || strcmp(p.names, "name") == 0;
    if (equals)
        p.fallback = arena_copy(e->mem, equals + 1, strcspn(equals + 1, "@"));
    return p;
}

/* The end of a parameter: a comma outside of parentheses. */
static size_t parameter_size(const char *p)
{
    int depth = 0;
    size_t n = 0;
    for (; p[n] && (depth || (p[n] != ',' && p[n] != ')')); n++)
        depth += p[n] == '(' ? 1 : p[n] == ')' ? -1 : 0;
    return n;
}

static void read_functions(struct eval *e, struct functions *f, const struct opdef *def)
{
    for (const char *p = def->functions; p && *(p += strspn(p, " ;"));) {
        const char *open = strchr(p, '('), *q = open;
        struct parameter *list = NULL;
        int n = 0;
        if (!open)
            bug("operator '%s': its functions lack a parenthesis", def->name);
        for (q++; *q && *q != ')';) {
            q += strspn(q, " ,");
            const size_t size = parameter_size(q);
            if (size)
                APPEND(e->mem, list, n, read_parameter(e, def, q, size));
            q += size;
        }
        q += *q == ')';
        const size_t rest = strcspn(q, ";");
        for (const char *s = p; s < open;) {
            const size_t size = strcspn(s, " (|");
            const char *name = arena_copy(e->mem, s, size), *dot = strrchr(name, '.');
            struct function_spec *spec = NEW(e->mem, struct function_spec);
            *spec =
                (struct function_spec){ dot ? arena_copy(e->mem, name, (size_t)(dot - name)) : NULL,
                                        def,
                                        list,
                                        n,
                                        arena_copy(e->mem, q, rest),
                                        NULL };
            struct str *word = intern(e, dot ? dot + 1 : name);
            const struct value first = dict_name(f->by_word, word);
            if (first.kind == V_INT)
                spec->next = f->spec[first.i];
            dict_set_name(e, f->by_word, word, of_int(f->n));
            APPEND(e->mem, f->spec, f->n, spec);
            s += size;
            s += strspn(s, " |");
        }
        p = q + rest;
    }
}

static const struct function_spec *find_function(struct eval *e, const char *dotted)
{
    if (!e->keras->functions) {
        struct functions *f = e->keras->functions = NEW(e->mem, struct functions);
        f->by_word = NEW(e->mem, struct dict);
        for (int i = 0; op_table[i]; i++)
            read_functions(e, f, op_table[i]);
    }
    const struct functions *f = e->keras->functions;
    const struct value first = dict_name(f->by_word, intern(e, last_word(dotted)));
    const struct function_spec *any = NULL;
    for (const struct function_spec *s = first.kind == V_INT ? f->spec[first.i] : NULL; s;
         s = s->next) {
        const char *q = s->qualifier;
        if (q
            && (has_component(dotted, q, strlen(q))
                || (strcmp(q, "K") == 0 && has_component(dotted, "backend", 7))))
            return s;
        any = q ? any : s;
    }
    return any;
}

bool is_function(struct eval *e, const char *dotted)
{
    return find_function(e, dotted) != NULL;
}

/* ---- calls ---- */

/* What is given for the parameter by name. */
static struct value given(struct eval *e, struct args *a, const struct parameter *p)
{
    struct value v = EMPTY;
    for (const char *q = p->names; *q; q += strcspn(q, "|"), q += *q == '|') {
        const struct value named = arg(e, a, -1, arena_copy(e->mem, q, strcspn(q, "|")));
        v = named.kind != V_EMPTY ? named : v;
    }
    if (v.kind == V_EMPTY && p->attr)
        v = arg(e, a, -1, p->attr);
    return v;
}

/* A shape whose first number is the batch: what remains. */
static struct value without_batch(struct eval *e, struct value v)
{
    struct value r = new_list(e, V_TUPLE);
    const struct list *l = items_of(e, &v);
    for (int64_t i = 1; l && i < l->count; i++)
        list_push(e, r.list, l->item[i]);
    return l ? r : v;
}

/* Unknown batch sizes in a shape that counts the batch: it is 1. */
static struct value with_batch(struct eval *e, struct value v)
{
    struct value r = new_list(e, V_TUPLE);
    if (v.kind == V_ARRAY && v.array->item)
        v = array_list(e, v.array);
    if (!is_items(v))
        return v;
    bool open = false;
    for (int64_t i = 0; i < v.list->count; i++)
        open |= i > 0 && is_whole(v.list->item[i]) && v.list->item[i].i == -1;
    for (int64_t i = 0; i < v.list->count; i++) {
        const struct value d = v.list->item[i];
        const bool batch =
            i == 0 && v.list->count > 1 && (d.kind == V_NONE || (is_whole(d) && d.i == -1 && open));
        list_push(e, r.list, batch ? of_int(1) : d.kind == V_NONE ? of_int(-1) : d);
    }
    return r;
}

static void set_from_text(struct eval *e, const struct opdef *def, void *attr, const char *name,
                          const char *text)
{
    attr_parse(e->ctx, def, attr, arena_printf(e->mem, "%s=%s", name, text));
}

/* The first tensor among the arguments that is no condition: numbers become of its type. NULL:
 * none. */
static const struct tensor *typical(struct eval *e, const struct args *a)
{
    for (int k = 0; k < a->n; k++) {
        struct tensor **t = NULL;
        const struct unknown *u = NULL;
        int m = 0;
        flatten_tensors(e, a->v[k], &t, &m, &u);
        if (m && t[0]->type != BOOL)
            return t[0];
    }
    return NULL;
}

/* The tensors that the parameter takes, argument i on, behind the others; empty, or unknown where
 * one is none. */
static struct value take_tensors(struct eval *e, const struct parameter *p, int i, struct value v,
                                 const struct args *a, const struct tensor *like,
                                 const char *dotted, struct tensor ***in, int *n)
{
    struct value items = v;
    const struct list *l = p->list && v.kind != V_EMPTY ? items_of(e, &items) : NULL;
    /* f(a, b, c) in place of f([a, b, c]) */
    const int64_t loose = p->list && v.kind == V_TENSOR ? a->n - i : 0;
    for (int64_t j = 0; j < (loose > 0 ? loose : l ? l->count : 0); j++) {
        const struct value item = loose > 0 ? a->v[i + j] : l->item[j];
        struct tensor *t = as_tensor(e, item, like, a->at);
        if (!t)
            return unknown(e, dotted, a->at, why(item));
        APPEND(e->mem, *in, *n, t);
    }
    if (p->list)
        return EMPTY;
    struct tensor *t = v.kind == V_EMPTY || v.kind == V_NONE ? NULL : as_tensor(e, v, like, a->at);
    if (!t && v.kind != V_EMPTY && v.kind != V_NONE)
        return unknown(e, dotted, a->at, why(v));
    APPEND(e->mem, *in, *n, t);
    return EMPTY;
}

/* Arguments by name that no parameter has: attributes of the op, or without effect. */
static bool set_named(struct eval *e, const struct function_spec *s, void *attr,
                      const struct args *a, const char *dotted)
{
    for (int k = 0; k < a->nnamed; k++) { /* attributes of the op that no parameter names */
        const char *name = a->named[k].name->s;
        bool known = strcmp(name, "name") == 0 || strcmp(name, "dtype") == 0;
        for (int j = 0; j < s->nparameters; j++)
            for (const char *q = s->parameter[j].names; *q; q += strcspn(q, "|"), q += *q == '|')
                known |= strcspn(q, "|") == strlen(name) && strncmp(q, name, strlen(name)) == 0;
        if (!known && has_attr(s->def, name)
            && !set_attribute_of(e, s->def, attr, name, a->named[k].value, a->at, dotted))
            return false;
        if (!known && !has_attr(s->def, name))
            warn_at(e, a->at, "%s: the argument '%s' is not known to cnnc and has no effect",
                    dotted, name);
    }
    return true;
}

static struct value run_spec(struct eval *e, const struct function_spec *s, const char *dotted,
                             struct args *a)
{
    void *attr = attr_defaults(e->ctx, s->def);
    struct tensor **in = NULL;
    const struct tensor *like = typical(e, a);
    int n = 0, last = 0, i = 0;
    attr_parse(e->ctx, s->def, attr, s->fixed);
    for (int k = 0; k < s->nparameters; k++, i++) {
        const struct parameter *p = &s->parameter[k];
        struct value v = given(e, a, p);
        const bool named = v.kind != V_EMPTY;
        i -= named; /* what is given by name leaves its place to the next */
        if (!named && i < a->n)
            v = a->v[i];
        if (p->ignored)
            continue;
        if (v.kind == V_UNKNOWN)
            return unknown(e, dotted, a->at, v.unknown);
        if (!p->attr && strcmp(p->names, "data_format") == 0) {
            if (v.kind == V_STRING
                && (strcmp(v.s->s, "channels_first") == 0 || strncmp(v.s->s, "NC", 2) == 0))
                return not_supported(e, a->at, "%s() with channels first, which cnnc does not have",
                                     dotted);
            continue;
        }
        if (p->attr) {
            if (v.kind == V_EMPTY && p->fallback && strcmp(p->fallback, "None") != 0)
                set_from_text(e, s->def, attr, p->attr, p->fallback);
            if (v.kind != V_EMPTY && v.kind != V_NONE
                && !set_attribute_of(e, s->def, attr, p->attr,
                                     p->batch                        ? without_batch(e, v)
                                     : strcmp(p->attr, "shape") == 0 ? with_batch(e, v)
                                                                     : v,
                                     a->at, dotted))
                return UNKNOWN;
            continue;
        }
        const struct value taken =
            take_tensors(e, p, named ? a->n : i, v, a, like, dotted, &in, &n);
        if (taken.kind == V_UNKNOWN)
            return taken;
        last = n && in[n - 1] ? n : last;
    }
    if (!set_named(e, s, attr, a, dotted))
        return UNKNOWN;
    if (!last || !in[0])
        return EMPTY;
    return apply_op(e, s->def, attr, in, last, a->at);
}

struct value keras_function(struct eval *e, const char *dotted, struct args *a)
{
    const struct function_spec *s = find_function(e, dotted);
    return s ? run_spec(e, s, dotted, a) : EMPTY;
}

struct value call_function_of(struct eval *e, const char *name, struct value t,
                              struct value argument, struct span at)
{
    struct value v[3] = { EMPTY, t, argument };
    struct args a = { .v = v + 1, .n = argument.kind == V_EMPTY ? 1 : 2, .at = at };
    const struct value r = keras_function(e, name, &a);
    return r.kind == V_EMPTY
               ? not_supported(e, at, "%s() of tensors, which cnnc does not have", name)
               : r;
}

/* ---- functions of Keras and TensorFlow that are no operators ---- */

static bool holds_tensor(struct eval *e, struct args *a)
{
    struct tensor **t = NULL;
    const struct unknown *u = NULL;
    int n = 0;
    for (int i = 0; i < a->n; i++)
        flatten_tensors(e, a->v[i], &t, &n, &u);
    for (int i = 0; i < a->nnamed; i++)
        flatten_tensors(e, a->named[i].value, &t, &n, &u);
    return n > 0;
}

static struct value first(struct args *a)
{
    return a->n ? a->v[0] : a->nnamed ? a->named[0].value : UNKNOWN;
}

/* tf.shape(x): the batch is 1 there, for it can be computed with. */
static struct value dynamic_shape(struct eval *e, struct args *a)
{
    const struct value x = first(a);
    if (x.kind != V_TENSOR)
        return x.kind == V_ARRAY ? array_attribute(e, x, e->n.shape)
                                 : unknown(e, "shape", a->at, why(x));
    struct value r = shape_tuple(e, x.tensor);
    if (r.list->count)
        r.list->item[0] = of_int(x.tensor->shape.dim[0]);
    return r;
}

static struct value static_shape(struct eval *e, struct args *a)
{
    const struct value x = first(a);
    return x.kind == V_TENSOR  ? shape_tuple(e, x.tensor)
           : x.kind == V_ARRAY ? array_attribute(e, x, e->n.shape)
                               : unknown(e, "int_shape", a->at, why(x));
}

static struct value data_format(struct eval *e, struct args *a)
{
    (void)a;
    return of_text(e, "channels_last");
}
static struct value old_data_format(struct eval *e, struct args *a)
{
    (void)a;
    return of_text(e, "tf");
}
static struct value nothing(struct eval *e, struct args *a)
{
    (void)e;
    (void)a;
    return NONE;
}
static struct value zero(struct eval *e, struct args *a)
{
    (void)e;
    (void)a;
    return of_int(0);
}
static struct value epsilon(struct eval *e, struct args *a)
{
    (void)e;
    (void)a;
    return of_float(1e-7);
}
static struct value floatx(struct eval *e, struct args *a)
{
    (void)a;
    return of_text(e, "float32");
}
static struct value same(struct eval *e, struct args *a)
{
    (void)e;
    return first(a);
}
static struct value clone(struct eval *e, struct args *a)
{
    return clone_model(e, first(a));
}
static struct value get_source_inputs(struct eval *e, struct args *a)
{
    return source_inputs(e, first(a));
}
static struct value ndim(struct eval *e, struct args *a)
{
    return first(a).kind == V_TENSOR ? of_int(first(a).tensor->shape.rank)
                                     : unknown(e, "ndim", a->at, NULL);
}
static struct value is_tensor(struct eval *e, struct args *a)
{
    (void)e;
    return of_bool(first(a).kind == V_TENSOR);
}
static struct value constant(struct eval *e, struct args *a)
{
    return first(a).kind == V_TENSOR ? first(a) : array_of(e, first(a));
}

static struct value clear_session(struct eval *e, struct args *a)
{
    (void)a;
    *e->keras->counters = (struct dict){ 0 };
    return NONE;
}

static struct value filled(struct eval *e, struct args *a, double f)
{
    struct shape s = { 0 };
    struct value from = arg_or(e, a, 0, "shape", NONE);
    const struct list *l = is_whole(from) ? NULL : items_of(e, &from);
    if (is_whole(from))
        s = shape_of(1, from.i);
    for (int64_t i = 0; l && i < l->count && s.rank < MAX_RANK; i++) {
        if (!is_whole(l->item[i]))
            return unknown(e, "an array", a->at, why(l->item[i]));
        s.dim[s.rank++] = l->item[i].i;
    }
    const struct value r = new_array(e, s, F32);
    for (int64_t i = 0; r.kind == V_ARRAY && r.array->item && i < shape_count(&s); i++)
        r.array->item[i] = f;
    return r;
}

static struct value zeros(struct eval *e, struct args *a)
{
    return filled(e, a, 0);
}
static struct value ones(struct eval *e, struct args *a)
{
    return filled(e, a, 1);
}

static struct value random_array(struct eval *e, struct args *a)
{
    const struct value r = filled(e, a, 0);
    if (r.kind == V_ARRAY)
        r.array->item = NULL;
    return r;
}

/* Casts that change nothing: a float tensor to float. */
static struct value cast(struct eval *e, struct args *a)
{
    const struct value to = arg_or(e, a, 1, "dtype", NONE);
    const char *name = to.kind == V_STRING  ? to.s->s
                       : to.kind == V_SPACE ? last_word(to.s->s)
                                            : "float32";
    if (first(a).kind != V_TENSOR)
        return first(a);
    if (strcmp(name, dtype_name(first(a).tensor->type)) == 0
        || (first(a).tensor->type == F32 && strncmp(name, "float", 5) == 0))
        return first(a);
    const struct opdef *def = op_find("Cast");
    void *attr = def ? attr_defaults(e->ctx, def) : NULL;
    if (!def)
        return not_supported(e, a->at, "casts of tensors to %s, which cnnc does not have", name);
    attr_parse(e->ctx, def, attr, arena_printf(e->mem, "to=%s", name));
    struct tensor *t = first(a).tensor;
    return apply_op(e, def, attr, &t, 1, a->at);
}

/* keras.activations.get("relu"): a function that can be called. */
static struct value activation_get(struct eval *e, struct args *a)
{
    struct activation act;
    const struct value v = first(a);
    if (v.kind != V_STRING && v.kind != V_NONE)
        return v;
    const char *word = v.kind == V_NONE ? "linear" : v.s->s;
    if (!find_activation(e->ctx, word, &act))
        raise_error(e, "ValueError", "Could not interpret activation function identifier: %s",
                    word);
    return (struct value){ .kind = V_SPACE,
                           .s = intern(e, arena_printf(e->mem, "keras.activations.%s", word)) };
}

/* keras.ops.arange(4), tf.sqrt(2.0), K.prod(shape): what is no tensor of the model is computed as
 * numpy does. */
static struct value known_numbers(struct eval *e, struct str *dotted, struct args *a)
{
    if (!has_component(dotted->s, "ops", 3) && !has_component(dotted->s, "backend", 7)
        && !has_component(dotted->s, "math", 4) && strncmp(dotted->s, "tensorflow.", 11) != 0)
        return EMPTY;
    if (has_component(dotted->s, "data", 4) || has_component(dotted->s, "random", 6))
        return EMPTY;
    const struct value f = numpy_function(last_word(dotted->s));
    return f.kind == V_EMPTY ? f : call_value(e, f, a);
}

/* Keras 1's merge([a, b], mode='concat', concat_axis=3). */
static struct value merge(struct eval *e, struct args *a)
{
    static const char *const modes[][2] = {
        { "sum", "Add" },     { "mul", "Multiply" }, { "concat", "Concatenate" },
        { "ave", "Average" }, { "max", "Maximum" },  { "dot", "Dot" }
    };
    const struct value mode = arg_or(e, a, 1, "mode", of_text(e, "sum")),
                       axis = arg(e, a, -1, "concat_axis"), name = arg(e, a, -1, "name");
    for (size_t i = 0; mode.kind == V_STRING && i < sizeof modes / sizeof *modes; i++) {
        struct class *c =
            strcmp(modes[i][0], mode.s->s) == 0 ? class_of_layer(e, modes[i][1]) : NULL;
        if (!c)
            continue;
        struct named named[2];
        struct value v[1] = { EMPTY };
        struct args make = { .v = v + 1, .named = named, .at = a->at };
        if (axis.kind != V_EMPTY && i == 2)
            named[make.nnamed++] = (struct named){ intern(e, "axis"), axis };
        if (name.kind != V_EMPTY)
            named[make.nnamed++] = (struct named){ e->n.name, name };
        return call_n(e, instantiate(e, c, &make), a->at, 1, arg(e, a, 0, "inputs"));
    }
    error_at(e, a->at, "merge: the mode %s is not one of sum, mul, concat, ave, max, dot",
             repr_of(e, mode)->s);
    return UNKNOWN;
}

/* layers.add([a, b], name=...): the layer of that name, made and called. */
static struct value helper_layer(struct eval *e, const char *dotted, struct args *a)
{
    char class_name[64];
    const char *last = last_word(dotted);
    if (!has_component(dotted, "layers", 6) || strlen(last) > 60 || !a->n || !is_items(a->v[0]))
        return EMPTY;
    snprintf(class_name, sizeof class_name, "%c%s", *last & ~32, last + 1);
    struct class *c = class_of_layer(e, class_name);
    if (!c)
        return EMPTY;
    const struct value inputs = a->v[0];
    struct args make = *a;
    make.v++;
    make.n--;
    make.node = NULL;
    return call_n(e, instantiate(e, c, &make), a->at, 1, inputs);
}

static const struct builtin special_functions[] = { { "Input", make_input, true },
                                                    { "image_data_format", data_format, true },
                                                    { "image_dim_ordering", old_data_format, true },
                                                    { "int_shape", static_shape, true },
                                                    { "shape", dynamic_shape, true },
                                                    { "set_image_data_format", nothing, true },
                                                    { "set_image_dim_ordering", nothing, true },
                                                    { "set_floatx", nothing, true },
                                                    { "set_learning_phase", nothing, true },
                                                    { "set_random_seed", nothing, true },
                                                    { "set_seed", nothing, true },
                                                    { "learning_phase", zero, true },
                                                    { "epsilon", epsilon, true },
                                                    { "floatx", floatx, true },
                                                    { "clear_session", clear_session, true },
                                                    { "clone_model", clone, true },
                                                    { "ndim", ndim, true },
                                                    { "rank", ndim, true },
                                                    { "is_keras_tensor", is_tensor, true },
                                                    { "is_tensor", is_tensor, true },
                                                    { "constant", constant, true },
                                                    { "convert_to_tensor", constant, true },
                                                    { "zeros", zeros, true },
                                                    { "ones", ones, true },
                                                    { "normal", random_array, true },
                                                    { "uniform", random_array, true },
                                                    { "cast", cast, true },
                                                    { "stop_gradient", same, true },
                                                    { "identity", same, true },
                                                    { "merge", merge, true },
                                                    { "ensure_shape", same, true },
                                                    { "get_source_inputs", get_source_inputs,
                                                      true },
                                                    { 0 } };

static const char *similar_function(struct eval *e, const char *word)
{
    const struct dict *d = e->keras->functions->by_word;
    const char **names = NEW_ARRAY(e->mem, const char *, d->used + 1);
    int n = 0;
    for (int64_t i = 0; i < d->used; i++)
        names[n++] = d->entry[i].key.s->s;
    return nearest(word, names, n);
}

struct value keras_call_space(struct eval *e, struct str *dotted, struct args *a)
{
    const char *last = last_word(dotted->s);
    struct activation act;
    const bool tensors = holds_tensor(e, a);
    const struct value helper = helper_layer(e, dotted->s, a);
    if (helper.kind != V_EMPTY)
        return helper;
    if (tensors) {
        const struct value r = keras_function(e, dotted->s, a);
        if (r.kind != V_EMPTY)
            return r;
    }
    for (const struct builtin *b = special_functions; b->name; b++)
        if (strcmp(b->name, last) == 0)
            return b->call(e, a);
    const struct value known = tensors ? EMPTY : known_numbers(e, dotted, a);
    if (known.kind != V_EMPTY)
        return known;
    if (strcmp(dotted->s, "keras.activations.get") == 0 || ends_with(dotted->s, ".activations.get"))
        return activation_get(e, a);
    if (tensors && a->n + a->nnamed == 1 + (arg(e, a, -1, "name").kind != V_EMPTY)
        && find_activation(e->ctx, last, &act))
        return apply_activation(e, (struct value){ .kind = V_SPACE, .s = dotted }, first(a), last,
                                a->at);
    if (*last >= 'A' && *last <= 'Z' && has_component(dotted->s, "layers", 6)
        && (is_misspelt(last) || tensors == false)) {
        const char *near = op_suggest(last);
        error_at(e, a->at, "there is no layer '%s'%s%s%s", last,
                 near && is_misspelt(last) ? "; did you mean '" : "",
                 near && is_misspelt(last) ? near : "", near && is_misspelt(last) ? "'?" : "");
        return UNKNOWN;
    }
    if (tensors) {
        const char *near = similar_function(e, last);
        return not_supported(e, a->at, "%s() of tensors, which cnnc does not have%s%s%s", dotted->s,
                             near ? "; did you mean '" : "", near ? near : "", near ? "'?" : "");
    }
    return unknown(e, arena_printf(e->mem, "%s(...)", dotted->s), a->at, NULL);
}
