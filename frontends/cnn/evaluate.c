/*
 * evaluate.c - evaluates what the model depends on; everything else is unknown, which spreads silently.
 *
 * Steps, depth and memory are bounded; nothing is executed and no file is read but weights.
 */
#include "cnn/ast.h"
#include "frontends.h"
#include "ops/op.h"

#include <math.h>
#include <string.h>

enum { MOST_STEPS = 10000000, MOST_DEPTH = 150, MOST_ITEMS = 1000000 };

enum kind { V_UNKNOWN, V_NONE, V_BOOL, V_INT, V_FLOAT, V_STRING, V_TUPLE, V_LIST, V_DICT, V_RANGE, V_FUNCTION, V_NAMESPACE, V_CLASS, V_LAYER,
            V_TENSOR, V_MODEL, V_METHOD, V_BUILTIN };

struct value {
    enum kind kind;
    int64_t i;
    double f;
    const char *s;              /* string, name of a class, builtin, method; why a value is unknown */
    struct list *list;          /* items; of a dict: key, value, ... */
    const struct node *node;    /* function */
    struct scope *scope;        /* closure */
    struct list *defaults;
    struct layer *layer;
    struct model *model;
    struct tensor *tensor;
    struct value *self;         /* of a method */
};

struct list { struct value *item; int count; };
struct binding { const char *name; struct value value; };
struct scope { struct scope *up; struct binding *item; int count; };

struct layer { const struct opdef *def; const char *name; void *attr; struct value activation; struct span at; struct model *inner; struct tensor *out, *in; int calls; };
struct model { const char *name; struct layer **layers; int nlayers; struct tensor *in, *out; struct list *ins, *outs; struct shape shape; bool has_shape, sequential, built; struct span at;
               int first_op, last_op; };

enum flow { GO, BREAK_LOOP, CONTINUE_LOOP, RETURN_VALUE };

struct eval {
    struct ctx *ctx;
    struct graph *g;
    struct scope *globals;
    int64_t steps;
    int depth;
    struct value result;        /* of return */
    struct model **models; int nmodels;
    struct span call_at;
    bool stopped;
};

static const struct value UNKNOWN = { .kind = V_UNKNOWN };
static struct value eval(struct eval *e, struct scope *s, const struct node *n);
static enum flow run_block(struct eval *e, struct scope *s, const struct node_list *b);
static struct value call_value(struct eval *e, struct value f, struct value *args, int nargs, const char **names, struct value *named, int nnamed, struct span at);

static struct arena *mem(struct eval *e) { return e->ctx->arena; }
static struct value of_int(int64_t i) { return (struct value){ .kind = V_INT, .i = i }; }
static struct value of_float(double f) { return (struct value){ .kind = V_FLOAT, .f = f }; }
static struct value of_bool(bool b) { return (struct value){ .kind = V_BOOL, .i = b }; }
static struct value of_string(const char *s) { return (struct value){ .kind = V_STRING, .s = s }; }
static struct value of_tensor(struct tensor *t) { return t ? (struct value){ .kind = V_TENSOR, .tensor = t } : UNKNOWN; }
static bool is_number(struct value v) { return v.kind == V_INT || v.kind == V_FLOAT || v.kind == V_BOOL; }
static double number(struct value v) { return v.kind == V_FLOAT ? v.f : (double)v.i; }
static bool is_items(struct value v) { return v.kind == V_TUPLE || v.kind == V_LIST; }

static struct value of_items(struct eval *e, enum kind kind)
{
    return (struct value){ .kind = kind, .list = NEW(mem(e), struct list) };
}

static void push(struct eval *e, struct value *list, struct value v)
{
    if (list->list->count < MOST_ITEMS)
        APPEND(mem(e), list->list->item, list->list->count, v);
}

static bool fail(struct eval *e, struct span at, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    if (!e->stopped)
        diag_at(&e->ctx->diags, ERROR, at, format, args);
    va_end(args);
    e->stopped = e->stopped || e->ctx->diags.errors >= 20;
    return false;
}

/* ---- names ---- */

static struct binding *find(struct scope *s, const char *name)
{
    for (; s; s = s->up)
        for (int i = 0; i < s->count; i++)
            if (strcmp(s->item[i].name, name) == 0)
                return &s->item[i];
    return NULL;
}

static void bind(struct eval *e, struct scope *s, const char *name, struct value v)
{
    for (int i = 0; i < s->count; i++)
        if (strcmp(s->item[i].name, name) == 0) {
            s->item[i].value = v;
            return;
        }
    const struct binding b = { name, v };
    APPEND(mem(e), s->item, s->count, b);
}

/* Any dotted name may be a namespace of Keras; its last word decides. */
static struct value member_of_namespace(struct eval *e, const char *name)
{
    static const char *const builtins[] = { "Input", "InputLayer", "Sequential", "Model", "Functional", "Activation", "add", "concatenate", "multiply", "average", "maximum",
                                            "minimum", "subtract", "image_data_format", "clear_session" };
    for (size_t i = 0; i < sizeof builtins / sizeof *builtins; i++)
        if (strcmp(builtins[i], name) == 0)
            return (struct value){ .kind = V_BUILTIN, .s = builtins[i] };
    if (op_find(name))
        return (struct value){ .kind = V_CLASS, .s = name };
    for (int i = 0; op_table[i]; i++)
        for (const char *p = op_table[i]->activation; p && *p; p += strcspn(p, " "), p += strspn(p, " "))
            if (strcspn(p, " ") == strlen(name) && strncmp(p, name, strlen(name)) == 0)
                return (struct value){ .kind = V_METHOD, .s = arena_printf(mem(e), "%s", name) };
    return (struct value){ .kind = V_NAMESPACE, .s = name };
}

/* Is this close to a layer's name, for its length? "Conv2d" is, "Adam" is not. */
static bool misspelt(const char *name)
{
    const char *near = op_suggest(name);
    return near && 3 * edit_distance(name, near, 4) <= (int)strlen(name);
}

static struct value name_value(struct eval *e, struct scope *s, const struct node *n)
{
    static const char *const builtins[] = { "range", "len", "int", "float", "str", "bool", "list", "tuple", "enumerate", "zip", "reversed", "min", "max", "sum", "abs",
                                            "round", "print", "sorted", "isinstance" };
    for (int i = 0; i < e->ctx->options.nset; i++)
        if (strcmp(e->ctx->options.set[i].name, n->text) == 0) {
            struct source *src = NEW(mem(e), struct source);
            *src = (struct source){ "--set", e->ctx->options.set[i].value, strlen(e->ctx->options.set[i].value) };
            const struct node_list l = parse_python(e->ctx, src);
            return l.count == 1 && l.item[0]->kind == N_EXPRESSION ? eval(e, e->globals, l.item[0]->a) : UNKNOWN;
        }
    const struct binding *b = find(s, n->text);
    if (b)
        return b->value;
    if (strcmp(n->text, "__name__") == 0)
        return of_string("__main__");
    for (size_t i = 0; i < sizeof builtins / sizeof *builtins; i++)
        if (strcmp(builtins[i], n->text) == 0)
            return (struct value){ .kind = V_BUILTIN, .s = builtins[i] };
    const struct value layer = member_of_namespace(e, n->text);     /* a pasted model often lacks its imports */
    if (n->text[0] >= 'A' && n->text[0] <= 'Z' && (layer.kind == V_CLASS || layer.kind == V_BUILTIN || misspelt(n->text)))
        return layer;
    return (struct value){ .kind = V_UNKNOWN, .s = n->text };
}

/* ---- layers ---- */

static struct tensor *apply_activation(struct eval *e, struct value v, struct tensor *t, struct span at);

struct inner_call { struct eval *e; struct layer *layer; };

static struct tensor *call_inner(struct graph *g, const struct inner_layer *l, struct layer_scope scope, struct tensor *const *in, int nin)
{
    const struct inner_call *c = l->front_end;
    struct tensor *t = op_call(g, l->def, scope.layer, scope.path, l->attr, in, nin, c->layer->at);
    return apply_activation(c->e, c->layer->activation, t, c->layer->at);
}

static struct inner_layer *inner_layer(struct eval *e, struct layer *layer)
{
    struct inner_call *c = NEW(mem(e), struct inner_call);
    *c = (struct inner_call){ e, layer };
    struct inner_layer *l = NEW(mem(e), struct inner_layer);
    *l = (struct inner_layer){ layer->def, layer->attr, layer->name, call_inner, c };
    return l;
}

static struct value_item item_of(struct eval *e, struct value v, bool *known)
{
    struct value_item r = { .kind = ITEM_NONE };
    switch (v.kind) {
    case V_NONE: break;
    case V_BOOL: r.kind = ITEM_BOOL; r.i = v.i; break;
    case V_INT: r.kind = ITEM_INT; r.i = v.i; break;
    case V_FLOAT: r.kind = ITEM_FLOAT; r.f = v.f; break;
    case V_METHOD:
    case V_STRING: r.kind = ITEM_STRING; r.s = v.s; break;
    case V_LAYER: r.kind = ITEM_LAYER; r.layer = inner_layer(e, v.layer); break;
    case V_TUPLE:
    case V_LIST:
        r.kind = ITEM_LIST;
        for (int i = 0; i < v.list->count; i++)
            APPEND(mem(e), r.list, r.count, item_of(e, v.list->item[i], known));
        break;
    default: *known = false;
    }
    return r;
}

static bool ends(const char *s, const char *end) { return ends_with(s, end); }

static bool is_training_argument(const char *n)
{
    return ends(n, "_initializer") || ends(n, "_regularizer") || ends(n, "_constraint") || strcmp(n, "trainable") == 0 || strcmp(n, "dtype") == 0 ||
           strcmp(n, "batch_size") == 0 || strcmp(n, "autocast") == 0 || strcmp(n, "seed") == 0;
}

static bool shape_value(struct eval *e, struct value v, struct shape *to, struct span at)
{
    *to = (struct shape){ .rank = 1, .dim = { 1 } };
    if (v.kind == V_INT) {
        to->dim[to->rank++] = v.i;
        return true;
    }
    if (!is_items(v))
        return fail(e, at, "the input's shape is not known here; give it with --input-shape=H,W,C");
    for (int i = 0; i < v.list->count && to->rank < MAX_RANK; i++) {
        const struct value d = v.list->item[i];
        if (d.kind != V_INT || d.i < 1 || d.i > MAX_DIM)
            return fail(e, at, "dimension %d of the input's shape is not known; give it with --input-shape=H,W,C", i + 1);
        to->dim[to->rank++] = d.i;
    }
    return true;
}

static const char *snake(struct eval *e, const struct opdef *def, const char *spelling)
{
    if (def->keras_base && strcmp(spelling, def->name) == 0)
        return def->keras_base;
    struct text t = { 0 };
    for (const char *p = spelling; *p; p++) {
        const bool up = *p >= 'A' && *p <= 'Z', before = p > spelling && p[-1] >= 'a' && p[-1] <= 'z';
        text_printf(&t, "%s%c", up && before ? "_" : "", up ? *p + 32 : *p);
    }
    const char *s = arena_copy(mem(e), t.s, t.n);
    text_free(&t);
    return s;
}

static bool set_layer_argument(struct eval *e, struct layer *l, const char *name, struct value v, struct span at, struct shape *in, bool *has_in)
{
    if (strcmp(name, "name") == 0) {
        if (v.kind == V_STRING)
            l->name = v.s;
        return true;
    }
    if (strcmp(name, "input_shape") == 0 || strcmp(name, "input_dim") == 0) {
        const struct attr *own = NULL;
        for (const struct attr *a = l->def->attrs; a && a->name; a++)
            own = strcmp(a->name, name) == 0 ? a : own;
        if (!own)
            return *has_in = shape_value(e, v, in, at);
    }
    if (strcmp(name, "activation") == 0 && l->def->has_activation) {
        l->activation = v;
        return v.kind != V_UNKNOWN || fail(e, at, "%s: its activation is not known; set it with --set %s=...", l->def->name, v.s ? v.s : "NAME");
    }
    if (strcmp(name, "data_format") == 0) {
        if (v.kind == V_STRING && strcmp(v.s, "channels_first") == 0)
            return fail(e, at, "%s: data_format='channels_first' is not supported; write the model channels last", l->def->name);
        return true;
    }
    for (const struct attr *a = l->def->attrs; a && a->name; a++) {
        if (strcmp(a->name, name) != 0)
            continue;
        bool known = true;
        const struct value_item item = item_of(e, v, &known);
        if (!known && a->type != ATTR_IGNORED)
            return fail(e, at, "%s: '%s' is not known%s%s; set it with --set %s=VALUE", l->def->name, name, v.s ? ": it depends on " : "", v.s ? v.s : "", v.s ? v.s : name);
        if (item.kind == ITEM_NONE && a->type != ATTR_LIST && a->type != ATTR_FLOATS && a->type != ATTR_ACTIVATION)
            return true;
        return attr_set(e->ctx, l->def, l->attr, a, &item, at);
    }
    if (is_training_argument(name))
        return true;
    const char *names[64];
    int n = 0;
    for (const struct attr *a = l->def->attrs; a && a->name && n < 60; a++)
        names[n++] = a->name;
    names[n++] = "name";
    const char *near = nearest(name, names, n);
    return fail(e, at, "%s has no argument '%s'%s%s%s", l->def->name, name, near ? "; did you mean '" : "", near ? near : "", near ? "'?" : "");
}

static struct value make_layer(struct eval *e, const char *spelling, struct value *args, int nargs, const char **names, struct value *named, int nnamed, struct span at)
{
    struct layer *l = NEW(mem(e), struct layer);
    const struct attr *a;
    struct shape in;
    bool has_in = false;
    int k = 0;
    l->def = op_find(spelling);
    l->attr = attr_defaults(e->ctx, l->def);
    l->at = at;
    a = l->def->attrs;
    bool seen[64] = { 0 };
    for (; k < nargs && a && a->name; k++, a++) {
        set_layer_argument(e, l, a->name, args[k], at, &in, &has_in);
        seen[k < 64 ? k : 63] = true;
    }
    if (k < nargs)
        fail(e, at, "%s takes at most %d positional arguments, not %d", l->def->name, k, nargs);
    for (int i = 0; i < nnamed; i++) {
        set_layer_argument(e, l, names[i], named[i], at, &in, &has_in);
        int index = 0;
        for (a = l->def->attrs; a && a->name; a++, index++)
            if (strcmp(a->name, names[i]) == 0 && index < 64)
                seen[index] = true;
    }
    int index = 0;
    for (a = l->def->attrs; a && a->name; a++, index++)
        if (!a->absent && index < 64 && !seen[index])
            fail(e, at, "%s needs '%s'", l->def->name, a->name);
    if (!l->name)
        l->name = graph_unique(e->g, snake(e, l->def, spelling));
    struct value v = { .kind = V_LAYER, .layer = l };
    if (has_in) {
        struct shape *s = NEW(mem(e), struct shape);
        *s = in;
        v.s = (const char *)s;
    }
    return v;
}

static struct tensor *apply_activation(struct eval *e, struct value v, struct tensor *t, struct span at)
{
    if (!t || v.kind == V_UNKNOWN || v.kind == V_NONE)
        return t;
    if (v.kind == V_LAYER) {
        const struct value arg = of_tensor(t);
        const struct value r = call_value(e, v, (struct value *)&arg, 1, NULL, NULL, 0, at);
        return r.kind == V_TENSOR ? r.tensor : NULL;
    }
    if (v.kind != V_STRING && v.kind != V_METHOD) {
        fail(e, at, "this activation is not known");
        return NULL;
    }
    if (strcmp(v.s, "linear") == 0)
        return t;
    const char *names[128];
    int n = 0;
    for (int i = 0; op_table[i]; i++)
        for (const char *p = op_table[i]->activation; p && *p; p += strcspn(p, " "), p += strspn(p, " ")) {
            const size_t size = strcspn(p, " ");
            if (n < 127)
                names[n++] = arena_copy(mem(e), p, size);
            if (size != strlen(v.s) || strncmp(p, v.s, size) != 0)
                continue;
            void *attr = attr_defaults(e->ctx, op_table[i]);
            if (op_table[i]->activation_args && strcmp(v.s, op_table[i]->name) != 0)
                attr_parse(e->ctx, op_table[i], attr, op_table[i]->activation_args);
            return op_call(e->g, op_table[i], arena_printf(mem(e), "%s_%s", t->name, v.s), NULL, attr, &t, 1, at);
        }
    const char *near = nearest(v.s, names, n);
    fail(e, at, "unknown activation '%s'%s%s%s", v.s, near ? "; did you mean '" : "", near ? near : "", near ? "'?" : "");
    return NULL;
}

static struct tensor *call_layer(struct eval *e, struct layer *l, struct tensor **in, int nin, struct span at)
{
    if (l->def->max_inputs >= 0 && nin > l->def->max_inputs && nin > 1) {
        fail(e, at, "%s takes one input, not %d", l->def->name, nin);
        return NULL;
    }
    struct tensor *t = op_call(e->g, l->def, l->name, NULL, l->attr, in, nin, l->at.source ? l->at : at);
    t = apply_activation(e, l->activation, t, l->at);
    l->in = in[0];
    l->out = t;
    return t;
}

static struct model *new_model(struct eval *e, bool sequential, struct span at)
{
    struct model *m = NEW(mem(e), struct model);
    m->sequential = sequential;
    m->at = at;
    m->name = sequential ? "sequential" : "model";
    APPEND(mem(e), e->models, e->nmodels, m);
    return m;
}

static struct tensor *new_input(struct eval *e, const char *name, struct shape s)
{
    struct tensor *t = graph_tensor(e->g, name ? name : graph_unique(e->g, "input"), F32, s);
    return t;
}

static bool option_shape(struct eval *e, struct shape *s)
{
    if (!e->ctx->options.ninput_shape)
        return false;
    *s = (struct shape){ .rank = 1, .dim = { 1 } };
    long long d;
    int used;
    for (const char *p = e->ctx->options.input_shape[0].value; s->rank < MAX_RANK && sscanf(p, "%lld%n", &d, &used) == 1; p += *p == ',')
        s->dim[s->rank++] = d, p += used;
    return true;
}

static bool build_sequential(struct eval *e, struct model *m)
{
    if (m->built)
        return m->out != NULL;
    m->built = true;
    if (!m->has_shape && !option_shape(e, &m->shape))
        return fail(e, m->at, "the model's input shape is not known; add an Input layer, or give it with --input-shape=H,W,C");
    m->in = m->out = new_input(e, NULL, m->shape);
    for (int i = 0; i < m->nlayers && m->out; i++)
        m->out = call_layer(e, m->layers[i], &m->out, 1, m->layers[i]->at);
    return m->out != NULL;
}

static void add_layer(struct eval *e, struct model *m, struct value v, struct span at)
{
    if (v.kind == V_TENSOR && !v.tensor->producer) {
        m->shape = v.tensor->shape;
        m->has_shape = true;
    } else if (v.kind == V_LAYER) {
        if (v.s && !m->nlayers && !m->has_shape) {
            m->shape = *(const struct shape *)v.s;
            m->has_shape = true;
        }
        APPEND(mem(e), m->layers, m->nlayers, v.layer);
    } else if (v.kind == V_MODEL && v.model->sequential) {
        if (!m->nlayers && v.model->has_shape && !m->has_shape) {
            m->shape = v.model->shape;
            m->has_shape = true;
        }
        for (int i = 0; i < v.model->nlayers; i++)
            APPEND(mem(e), m->layers, m->nlayers, v.model->layers[i]);
    } else if (v.kind == V_UNKNOWN) {
        fail(e, at, "this layer of the model is not known%s%s", v.s ? ": " : "", v.s ? v.s : "");
    } else {
        fail(e, at, "this is not a layer");
    }
}

/* ---- calls ---- */

static struct value argument(const char *name, int position, struct value *args, int nargs, const char **names, struct value *named, int nnamed)
{
    for (int i = 0; i < nnamed; i++)
        if (names[i] && strcmp(names[i], name) == 0)
            return named[i];
    return position >= 0 && position < nargs ? args[position] : (struct value){ .kind = V_NONE };
}

static struct value make_input(struct eval *e, struct value *args, int nargs, const char **names, struct value *named, int nnamed, struct span at)
{
    struct value shape = argument("shape", 0, args, nargs, names, named, nnamed);
    if (shape.kind == V_NONE)
        shape = argument("input_shape", -1, args, nargs, names, named, nnamed);
    const struct value name = argument("name", -1, args, nargs, names, named, nnamed);
    struct shape s;
    if (!option_shape(e, &s) && !shape_value(e, shape, &s, at))
        return UNKNOWN;
    return of_tensor(new_input(e, name.kind == V_STRING ? name.s : NULL, s));
}

static struct value keras_builtin(struct eval *e, const char *f, struct value *args, int nargs, const char **names, struct value *named, int nnamed, struct span at)
{
    static const struct { const char *helper, *layer; } helpers[] = { { "add", "Add" }, { "concatenate", "Concatenate" }, { "multiply", "Multiply" }, { "average", "Average" },
        { "maximum", "Maximum" }, { "minimum", "Minimum" }, { "subtract", "Subtract" } };
    if (strcmp(f, "Input") == 0 || strcmp(f, "InputLayer") == 0)
        return make_input(e, args, nargs, names, named, nnamed, at);
    if (strcmp(f, "image_data_format") == 0)
        return of_string("channels_last");
    if (strcmp(f, "Activation") == 0) {
        struct layer *l = NEW(mem(e), struct layer);
        const struct value name = argument("name", -1, args, nargs, names, named, nnamed);
        l->activation = argument("activation", 0, args, nargs, names, named, nnamed);
        l->at = at;
        l->def = op_find("Copy");
        l->attr = attr_defaults(e->ctx, l->def);
        l->name = name.kind == V_STRING ? name.s : graph_unique(e->g, "activation");
        return (struct value){ .kind = V_LAYER, .layer = l };
    }
    for (size_t i = 0; i < sizeof helpers / sizeof *helpers; i++)
        if (strcmp(f, helpers[i].helper) == 0 && nargs > 0) {
            const struct value l = op_find(helpers[i].layer) ? make_layer(e, helpers[i].layer, args + 1, nargs - 1, names, named, nnamed, at) : UNKNOWN;
            return call_value(e, l, args, 1, NULL, NULL, 0, at);
        }
    if (strcmp(f, "Sequential") == 0) {
        struct model *m = new_model(e, true, at);
        const struct value layers = argument("layers", 0, args, nargs, names, named, nnamed);
        for (int i = 0; is_items(layers) && i < layers.list->count; i++)
            add_layer(e, m, layers.list->item[i], at);
        return (struct value){ .kind = V_MODEL, .model = m };
    }
    if (strcmp(f, "Model") == 0 || strcmp(f, "Functional") == 0) {
        struct value in = argument("inputs", 0, args, nargs, names, named, nnamed), out = argument("outputs", 1, args, nargs, names, named, nnamed);
        if (in.kind == V_NONE)
            in = argument("input", -1, args, nargs, names, named, nnamed);
        if (out.kind == V_NONE)
            out = argument("output", -1, args, nargs, names, named, nnamed);
        struct model *m = new_model(e, false, at);
        struct value ins = of_items(e, V_LIST), outs = of_items(e, V_LIST);
        for (int i = 0; i < (is_items(in) ? in.list->count : 1); i++)
            push(e, &ins, is_items(in) ? in.list->item[i] : in);
        for (int i = 0; i < (is_items(out) ? out.list->count : 1); i++)
            push(e, &outs, is_items(out) ? out.list->item[i] : out);
        for (int i = 0; i < ins.list->count + outs.list->count; i++)
            if ((i < ins.list->count ? ins.list->item[i] : outs.list->item[i - ins.list->count]).kind != V_TENSOR && !e->ctx->diags.errors)
                fail(e, at, "an input or output of this model is not known");
        m->ins = ins.list;
        m->outs = outs.list;
        return (struct value){ .kind = V_MODEL, .model = m };
    }
    return UNKNOWN;
}

static struct value items_of(struct eval *e, struct value v)
{
    struct value r = of_items(e, V_LIST);
    if (is_items(v))
        return v;
    if (v.kind == V_DICT)
        for (int i = 0; i < v.list->count; i += 2)
            push(e, &r, v.list->item[i]);
    else if (v.kind == V_RANGE)
        for (int64_t i = v.list->item[0].i; v.list->item[2].i > 0 ? i < v.list->item[1].i : i > v.list->item[1].i; i += v.list->item[2].i) {
            if (r.list->count >= MOST_ITEMS)
                return UNKNOWN;
            push(e, &r, of_int(i));
        }
    else if (v.kind == V_STRING)
        for (const char *p = v.s; *p; p++)
            push(e, &r, of_string(arena_copy(mem(e), p, 1)));
    else
        return UNKNOWN;
    return r;
}

static const char *text_of_value(struct eval *e, struct value v)
{
    switch (v.kind) {
    case V_INT: return arena_printf(mem(e), "%lld", (long long)v.i);
    case V_BOOL: return v.i ? "True" : "False";
    case V_FLOAT: return arena_printf(mem(e), v.f == floor(v.f) && fabs(v.f) < 1e15 ? "%.1f" : "%.12g", v.f);
    case V_STRING: return v.s;
    case V_NONE: return "None";
    default: return NULL;
    }
}

static struct value minimum_of(struct eval *e, struct value items, bool greatest)
{
    struct value best = UNKNOWN;
    (void)e;
    for (int i = 0; is_items(items) && i < items.list->count; i++) {
        const struct value v = items.list->item[i];
        if (!is_number(v))
            return UNKNOWN;
        if (i == 0 || (greatest ? number(v) > number(best) : number(v) < number(best)))
            best = v;
    }
    return best;
}

static struct value python_builtin(struct eval *e, const char *f, struct value *args, int nargs)
{
    const struct value a = nargs > 0 ? args[0] : UNKNOWN;
    struct value r = of_items(e, V_LIST);
    if (strcmp(f, "range") == 0) {
        r.kind = V_RANGE;
        for (int i = 0; i < nargs; i++)
            if (args[i].kind != V_INT)
                return UNKNOWN;
        if (nargs < 1 || nargs > 3)
            return UNKNOWN;
        push(e, &r, nargs > 1 ? args[0] : of_int(0));
        push(e, &r, nargs > 1 ? args[1] : args[0]);
        push(e, &r, nargs > 2 ? args[2] : of_int(1));
        return r.list->item[2].i ? r : UNKNOWN;
    }
    if (strcmp(f, "len") == 0)
        return is_items(a) ? of_int(a.list->count) : a.kind == V_DICT ? of_int(a.list->count / 2) : a.kind == V_STRING ? of_int((int64_t)strlen(a.s)) : UNKNOWN;
    if (strcmp(f, "int") == 0)
        return is_number(a) && fabs(number(a)) < 9e18 ? of_int(a.kind == V_FLOAT ? (int64_t)a.f : a.i) : UNKNOWN;
    if (strcmp(f, "float") == 0)
        return is_number(a) ? of_float(number(a)) : UNKNOWN;
    if (strcmp(f, "abs") == 0)
        return a.kind == V_INT ? of_int(a.i < 0 ? -a.i : a.i) : is_number(a) ? of_float(fabs(number(a))) : UNKNOWN;
    if (strcmp(f, "round") == 0)
        return nargs == 1 && is_number(a) ? of_int((int64_t)nearbyint(number(a))) : UNKNOWN;
    if (strcmp(f, "str") == 0)
        return text_of_value(e, a) ? of_string(text_of_value(e, a)) : UNKNOWN;
    if (strcmp(f, "list") == 0 || strcmp(f, "tuple") == 0 || strcmp(f, "reversed") == 0) {
        const struct value items = nargs ? items_of(e, a) : r;
        if (!is_items(items))
            return UNKNOWN;
        r.kind = f[0] == 't' ? V_TUPLE : V_LIST;
        for (int i = 0; i < items.list->count; i++)
            push(e, &r, items.list->item[f[0] == 'r' ? items.list->count - 1 - i : i]);
        return r;
    }
    if (strcmp(f, "enumerate") == 0 || strcmp(f, "zip") == 0) {
        const bool zip = f[0] == 'z';
        int n = INT32_MAX;
        struct value lists[8];
        for (int k = 0; k < nargs && k < 8; k++) {
            lists[k] = !zip && k ? UNKNOWN : items_of(e, args[k]);
            if ((zip || !k) && !is_items(lists[k]))
                return UNKNOWN;
            if ((zip || !k) && lists[k].list->count < n)
                n = lists[k].list->count;
        }
        for (int i = 0; nargs && i < n; i++) {
            struct value t = of_items(e, V_TUPLE);
            if (!zip)
                push(e, &t, of_int(i + (nargs > 1 && args[1].kind == V_INT ? args[1].i : 0)));
            for (int k = 0; k < (zip ? nargs : 1) && k < 8; k++)
                push(e, &t, lists[k].list->item[i]);
            push(e, &r, t);
        }
        return r;
    }
    if (strcmp(f, "min") == 0 || strcmp(f, "max") == 0) {
        for (int i = 0; i < nargs; i++)
            push(e, &r, args[i]);
        return minimum_of(e, nargs == 1 ? items_of(e, a) : r, f[1] == 'a');
    }
    if (strcmp(f, "sum") == 0) {
        double sum = 0;
        bool whole = true;
        const struct value items = items_of(e, a);
        for (int i = 0; is_items(items) && i < items.list->count; i++) {
            if (!is_number(items.list->item[i]))
                return UNKNOWN;
            whole &= items.list->item[i].kind != V_FLOAT;
            sum += number(items.list->item[i]);
        }
        return is_items(items) ? whole ? of_int((int64_t)sum) : of_float(sum) : UNKNOWN;
    }
    return UNKNOWN;
}

static struct value call_function(struct eval *e, struct value f, struct value *args, int nargs, const char **names, struct value *named, int nnamed, struct span at)
{
    struct scope *s = NEW(mem(e), struct scope);
    s->up = f.scope;
    int k = 0, d = 0;
    for (int i = 0; i < f.node->params.count; i++) {
        const struct node *p = f.node->params.item[i];
        struct value v = UNKNOWN;
        bool given = false;
        if (p->star == 3 || p->star == 4)
            continue;
        if (p->star == 1) {
            v = of_items(e, V_TUPLE);
            while (k < nargs)
                push(e, &v, args[k++]);
            bind(e, s, p->text, v);
            continue;
        }
        if (p->star == 2) {
            v = of_items(e, V_DICT);
            for (int j = 0; j < nnamed; j++)
                if (!find(&(struct scope){ NULL, s->item, s->count }, names[j])) {
                    push(e, &v, of_string(names[j]));
                    push(e, &v, named[j]);
                }
            bind(e, s, p->text, v);
            continue;
        }
        if (k < nargs) {
            v = args[k++];
            given = true;
        }
        for (int j = 0; j < nnamed; j++)
            if (strcmp(names[j], p->text) == 0) {
                v = named[j];
                given = true;
            }
        if (p->b && f.defaults) {
            const struct value fallback = f.defaults->item[d++];
            v = given ? v : fallback;
        } else if (!given) {
            fail(e, at, "%s() needs the argument '%s'", f.node->text ? f.node->text : "the function", p->text);
            return UNKNOWN;
        }
        bind(e, s, p->text, v);
    }
    if (e->depth >= MOST_DEPTH) {
        fail(e, at, "calls are nested more than %d deep: does a function call itself without end?", MOST_DEPTH);
        e->stopped = true;
        return UNKNOWN;
    }
    e->depth++;
    struct value r = { .kind = V_NONE };
    if (f.node->kind == N_LAMBDA)
        r = eval(e, s, f.node->a);
    else if (run_block(e, s, &f.node->body) == RETURN_VALUE)
        r = e->result;
    e->depth--;
    return r;
}

static struct value call_method(struct eval *e, struct value f, struct value *args, int nargs, const char **names, struct value *named, int nnamed, struct span at)
{
    struct value *self = f.self;
    if (self->kind == V_MODEL && strcmp(f.s, "add") == 0 && nargs == 1)
        return add_layer(e, self->model, args[0], at), UNKNOWN;
    if (self->kind == V_MODEL && strcmp(f.s, "load_weights") == 0 && nargs >= 1 && args[0].kind == V_STRING && !e->ctx->options.weights && !e->ctx->options.init) {
        e->ctx->options.weights = path_beside(mem(e), e->ctx->options.model, args[0].s);
        return UNKNOWN;
    }
    if (self->kind == V_LIST && strcmp(f.s, "append") == 0 && nargs == 1)
        return push(e, self, args[0]), (struct value){ .kind = V_NONE };
    if (self->kind == V_LIST && strcmp(f.s, "pop") == 0 && self->list->count > 0 && nargs == 0)
        return self->list->item[--self->list->count];
    if (self->kind == V_DICT && strcmp(f.s, "items") == 0) {
        struct value r = of_items(e, V_LIST);
        for (int i = 0; i < self->list->count; i += 2) {
            struct value t = of_items(e, V_TUPLE);
            push(e, &t, self->list->item[i]);
            push(e, &t, self->list->item[i + 1]);
            push(e, &r, t);
        }
        return r;
    }
    if (self->kind == V_STRING && strcmp(f.s, "format") == 0) {
        struct text t = { 0 };
        int k = 0;
        for (const char *p = self->s; *p; p++) {
            if (*p == '{' && strchr(p, '}')) {
                const char *v = k < nargs ? text_of_value(e, args[k++]) : NULL;
                if (!v || p[1] != '}') {
                    text_free(&t);
                    return UNKNOWN;
                }
                text_printf(&t, "%s", v);
                p++;
            } else {
                text_add(&t, p, 1);
            }
        }
        const struct value r = of_string(arena_copy(mem(e), t.s ? t.s : "", t.n));
        text_free(&t);
        return r;
    }
    (void)names;
    (void)named;
    (void)nnamed;
    return UNKNOWN;
}

static struct value call_with_tensors(struct eval *e, struct value f, struct value *args, int nargs, struct span at)
{
    struct tensor *in[64];
    int n = 0;
    const struct value *from = nargs && is_items(args[0]) ? args[0].list->item : args;
    const int count = nargs && is_items(args[0]) ? args[0].list->count : 1;
    for (int i = 0; nargs && i < count && n < 64; i++) {
        if (from[i].kind != V_TENSOR) {
            if (!e->ctx->diags.errors)
                fail(e, at, "the input of this layer is not known%s%s", from[i].s && from[i].kind == V_UNKNOWN ? ": " : "", from[i].s && from[i].kind == V_UNKNOWN ? from[i].s : "");
            return UNKNOWN;
        }
        in[n++] = from[i].tensor;
    }
    if (!n)
        return UNKNOWN;
    if (f.kind == V_LAYER)
        return of_tensor(call_layer(e, f.layer, in, n, at));
    if (f.kind == V_METHOD)
        return of_tensor(apply_activation(e, f, in[0], at));
    if (f.model->sequential && n == 1) {
        struct tensor *t = in[0];
        for (int i = 0; i < f.model->nlayers && t; i++)
            t = call_layer(e, f.model->layers[i], &t, 1, at);
        f.model->built = true;
        return of_tensor(t);
    }
    fail(e, at, "a functional model used as a layer is not supported here yet; use Sequential, or call its function");
    return UNKNOWN;
}

static struct value call_value(struct eval *e, struct value f, struct value *args, int nargs, const char **names, struct value *named, int nnamed, struct span at)
{
    switch (f.kind) {
    case V_FUNCTION:
        return call_function(e, f, args, nargs, names, named, nnamed, at);
    case V_CLASS:
        return make_layer(e, f.s, args, nargs, names, named, nnamed, at);
    case V_LAYER:
    case V_MODEL:
        return call_with_tensors(e, f, args, nargs, at);
    case V_BUILTIN: {
        const struct value r = keras_builtin(e, f.s, args, nargs, names, named, nnamed, at);
        return r.kind == V_UNKNOWN ? python_builtin(e, f.s, args, nargs) : r;
    }
    case V_METHOD:
        return f.self ? call_method(e, f, args, nargs, names, named, nnamed, at) : call_with_tensors(e, f, args, nargs, at);
    default:
        return (struct value){ .kind = V_UNKNOWN, .s = f.s };
    }
}

static struct value eval_call(struct eval *e, struct scope *s, const struct node *n)
{
    struct value f = eval(e, s, n->a), args[64], named[64];
    const char *names[64];
    int nargs = 0, nnamed = 0;
    for (int i = 0; i < n->kids.count && nargs < 64 && nnamed < 64; i++) {
        const struct node *k = n->kids.item[i];
        if (k->kind == N_STAR) {
            const struct value v = items_of(e, eval(e, s, k->a));
            for (int j = 0; is_items(v) && j < v.list->count && nargs < 64; j++)
                args[nargs++] = v.list->item[j];
        } else if (k->kind == N_KEYWORD && !k->text) {
            const struct value v = eval(e, s, k->a);
            for (int j = 0; v.kind == V_DICT && j + 1 < v.list->count && nnamed < 64; j += 2)
                if (v.list->item[j].kind == V_STRING) {
                    names[nnamed] = v.list->item[j].s;
                    named[nnamed++] = v.list->item[j + 1];
                }
        } else if (k->kind == N_KEYWORD) {
            names[nnamed] = k->text;
            named[nnamed++] = eval(e, s, k->a);
        } else {
            args[nargs++] = eval(e, s, k);
        }
    }
    if (f.kind == V_NAMESPACE && f.s[0] >= 'A' && f.s[0] <= 'Z' && misspelt(f.s)) {
        fail(e, n->at, "there is no layer '%s'; did you mean '%s'?", f.s, op_suggest(f.s));
        return UNKNOWN;
    }
    return call_value(e, f, args, nargs, names, named, nnamed, n->at);
}

/* ---- expressions ---- */

static int64_t floor_div(int64_t a, int64_t b) { return a / b - (a % b != 0 && (a < 0) != (b < 0)); }

static struct value arithmetic(struct eval *e, const char *op, struct value a, struct value b, struct span at)
{
    const bool ints = a.kind != V_FLOAT && b.kind != V_FLOAT;
    const double x = number(a), y = number(b);
    int64_t r = 0;
    bool fits = true;
    switch (*op) {
    case '+': fits = !ints || add_checked(a.i, b.i, &r); break;
    case '-': fits = !ints || (b.i != INT64_MIN && add_checked(a.i, -b.i, &r)); break;
    case '*':
        if (op[1]) {
            const double p = pow(x, y);
            if (ints && b.i >= 0 && fabs(p) < 9e15)
                return of_int((int64_t)p);
            return ints && b.i >= 0 ? (fail(e, at, "this number is past 64 bits"), UNKNOWN) : of_float(p);
        }
        fits = !ints || mul_checked(a.i, b.i, &r);
        break;
    case '/':
    case '%':
        if (y == 0) {
            fail(e, at, "division by zero");
            return UNKNOWN;
        }
        if (*op == '/' && !op[1])
            return of_float(x / y);
        if (ints && b.i == -1)
            return of_int(*op == '%' ? 0 : -a.i);
        if (ints)
            return of_int(*op == '/' ? floor_div(a.i, b.i) : a.i - floor_div(a.i, b.i) * b.i);
        return of_float(*op == '/' ? floor(x / y) : x - floor(x / y) * y);
    default:
        return UNKNOWN;
    }
    if (!fits) {
        fail(e, at, "this number is past 64 bits");
        return UNKNOWN;
    }
    return ints ? of_int(r) : of_float(*op == '+' ? x + y : *op == '-' ? x - y : x * y);
}

static struct value tensor_arithmetic(struct eval *e, const char *op, struct value a, struct value b, struct span at)
{
    const char *layer = *op == '+' ? "Add" : *op == '-' ? "Subtract" : *op == '*' && !op[1] ? "Multiply" : *op == '/' && !op[1] ? "Divide" : NULL;
    const struct opdef *def = layer ? op_find(layer) : NULL;
    struct tensor *in[2];
    struct value v[2] = { a, b };
    for (int i = 0; i < 2; i++) {
        in[i] = v[i].tensor;
        if (v[i].kind != V_TENSOR) {
            const float f = (float)number(v[i]);
            in[i] = graph_constant(e->g, "number", F32, shape_of(1, (int64_t)1), &f);
        }
    }
    if (!def) {
        fail(e, at, "this operator is not supported between tensors");
        return UNKNOWN;
    }
    return of_tensor(op_call(e->g, def, graph_unique(e->g, def->keras_base ? def->keras_base : def->name), NULL, attr_defaults(e->ctx, def), in, 2, at));
}

static struct value binary(struct eval *e, const char *op, struct value a, struct value b, struct span at)
{
    if ((a.kind == V_TENSOR && (b.kind == V_TENSOR || is_number(b))) || (b.kind == V_TENSOR && is_number(a)))
        return tensor_arithmetic(e, op, a, b, at);
    if (is_number(a) && is_number(b))
        return arithmetic(e, op, a, b, at);
    if (a.kind == V_STRING && b.kind == V_STRING && *op == '+')
        return of_string(arena_printf(mem(e), "%s%s", a.s, b.s));
    if (a.kind == V_STRING && *op == '%') {
        const struct value one = is_items(b) && b.list->count == 1 ? b.list->item[0] : b;
        const char *p = strchr(a.s, '%'), *v = text_of_value(e, one);
        if (p && v && (p[1] == 'd' || p[1] == 's'))
            return of_string(arena_printf(mem(e), "%.*s%s%s", (int)(p - a.s), a.s, v, p + 2));
        return UNKNOWN;
    }
    if (is_items(a) && is_items(b) && a.kind == b.kind && *op == '+') {
        struct value r = of_items(e, a.kind);
        for (int i = 0; i < a.list->count; i++)
            push(e, &r, a.list->item[i]);
        for (int i = 0; i < b.list->count; i++)
            push(e, &r, b.list->item[i]);
        return r;
    }
    if (is_items(a) && b.kind == V_INT && *op == '*' && !op[1] && b.i * a.list->count < MOST_ITEMS) {
        struct value r = of_items(e, a.kind);
        for (int64_t k = 0; k < b.i; k++)
            for (int i = 0; i < a.list->count; i++)
                push(e, &r, a.list->item[i]);
        return r;
    }
    return (struct value){ .kind = V_UNKNOWN, .s = a.kind == V_UNKNOWN ? a.s : b.kind == V_UNKNOWN ? b.s : NULL };
}

/* 1 true, 0 false, -1 unknown */
static int truth(struct value v)
{
    switch (v.kind) {
    case V_UNKNOWN: case V_NAMESPACE: return -1;
    case V_NONE: return 0;
    case V_BOOL: case V_INT: return v.i != 0;
    case V_FLOAT: return v.f != 0;
    case V_STRING: return *v.s != 0;
    case V_TUPLE: case V_LIST: case V_DICT: return v.list->count > 0;
    default: return 1;
    }
}

static int equal(struct value a, struct value b)
{
    if (a.kind == V_UNKNOWN || b.kind == V_UNKNOWN)
        return -1;
    if (is_number(a) && is_number(b))
        return number(a) == number(b);
    if (a.kind != b.kind)
        return 0;
    if (a.kind == V_STRING)
        return strcmp(a.s, b.s) == 0;
    if (is_items(a)) {
        if (a.list->count != b.list->count)
            return 0;
        for (int i = 0; i < a.list->count; i++)
            if (equal(a.list->item[i], b.list->item[i]) != 1)
                return 0;
        return 1;
    }
    return a.kind == V_NONE || a.tensor == b.tensor;
}

static int compare_values(const char *op, struct value a, struct value b)
{
    if (strcmp(op, "==") == 0 || strcmp(op, "is") == 0)
        return equal(a, b);
    if (strcmp(op, "!=") == 0 || strcmp(op, "is not") == 0)
        return equal(a, b) < 0 ? -1 : !equal(a, b);
    if (strcmp(op, "in") == 0 || strcmp(op, "not in") == 0) {
        int found = 0;
        if (b.kind != V_DICT && !is_items(b))
            return a.kind == V_STRING && b.kind == V_STRING ? (strstr(b.s, a.s) != NULL) == (*op == 'i') : -1;
        for (int i = 0; i < b.list->count; i += b.kind == V_DICT ? 2 : 1)
            found |= equal(a, b.list->item[i]) == 1;
        return *op == 'i' ? found : !found;
    }
    if (!is_number(a) || !is_number(b))
        return -1;
    const double x = number(a), y = number(b);
    return *op == '<' ? (op[1] ? x <= y : x < y) : (op[1] ? x >= y : x > y);
}

static struct value subscript(struct eval *e, struct scope *s, const struct node *n)
{
    const struct value a = eval(e, s, n->a);
    if (is_items(a) && n->b->kind == N_SLICE) {
        const struct value lo = n->b->a ? eval(e, s, n->b->a) : of_int(0), hi = n->b->b ? eval(e, s, n->b->b) : of_int(a.list->count);
        const struct value by = n->b->c ? eval(e, s, n->b->c) : of_int(1);
        if (lo.kind != V_INT || hi.kind != V_INT || by.kind != V_INT || by.i == 0)
            return UNKNOWN;
        struct value r = of_items(e, a.kind);
        const int64_t count = a.list->count;
        int64_t from = n->b->a ? lo.i : by.i > 0 ? 0 : count - 1, to = n->b->b ? hi.i : by.i > 0 ? count : -1 - count;
        from = from < 0 ? from + count : from;
        to = to < 0 ? to + count : to;
        for (int64_t i = from; by.i > 0 ? i < to && i < count : i > to && i >= 0; i += by.i)
            if (i >= 0 && i < count)
                push(e, &r, a.list->item[i]);
        return r;
    }
    const struct value i = eval(e, s, n->b);
    if (is_items(a) && i.kind == V_INT) {
        const int64_t at = i.i < 0 ? i.i + a.list->count : i.i;
        if (at < 0 || at >= a.list->count) {
            fail(e, n->at, "index %lld is outside of the %d items", (long long)i.i, a.list->count);
            return UNKNOWN;
        }
        return a.list->item[at];
    }
    for (int k = 0; a.kind == V_DICT && k < a.list->count; k += 2)
        if (equal(a.list->item[k], i) == 1)
            return a.list->item[k + 1];
    return (struct value){ .kind = V_UNKNOWN, .s = a.s };
}

static struct value attribute(struct eval *e, struct scope *s, const struct node *n)
{
    struct value a = eval(e, s, n->a);
    struct value *self = NEW(mem(e), struct value);
    *self = a;
    switch (a.kind) {
    case V_NAMESPACE:
        return member_of_namespace(e, n->text);
    case V_TENSOR:
        if (strcmp(n->text, "shape") == 0) {
            struct value r = of_items(e, V_TUPLE);
            push(e, &r, (struct value){ .kind = V_NONE });
            for (int i = 1; i < a.tensor->shape.rank; i++)
                push(e, &r, of_int(a.tensor->shape.dim[i]));
            return r;
        }
        return UNKNOWN;
    case V_LAYER:
        return strcmp(n->text, "output") == 0 ? of_tensor(a.layer->out) : UNKNOWN;
    case V_UNKNOWN:
        return (struct value){ .kind = V_UNKNOWN, .s = a.s ? arena_printf(mem(e), "%s.%s", a.s, n->text) : n->text };
    default:
        return (struct value){ .kind = V_METHOD, .s = n->text, .self = self };
    }
}

static void assign(struct eval *e, struct scope *s, const struct node *target, struct value v)
{
    if (target->kind == N_NAME) {
        if (v.kind == V_UNKNOWN && !v.s)
            v.s = target->text;
        bind(e, s, target->text, v);
    } else if (target->kind == N_TUPLE || target->kind == N_LIST) {
        const struct value items = items_of(e, v);
        for (int i = 0; i < target->kids.count; i++)
            assign(e, s, target->kids.item[i], is_items(items) && i < items.list->count ? items.list->item[i] : UNKNOWN);
    } else if (target->kind == N_SUBSCRIPT) {
        struct value a = eval(e, s, target->a), i = eval(e, s, target->b);
        if (a.kind == V_LIST && i.kind == V_INT && i.i >= 0 && i.i < a.list->count)
            a.list->item[i.i] = v;
        if (a.kind == V_DICT) {
            for (int k = 0; k < a.list->count; k += 2)
                if (equal(a.list->item[k], i) == 1) {
                    a.list->item[k + 1] = v;
                    return;
                }
            push(e, &a, i);
            push(e, &a, v);
        }
    }
}

static void comprehend(struct eval *e, struct scope *s, const struct node *n, int clause, struct value *to)
{
    if (clause == n->kids.count) {
        push(e, to, eval(e, s, n->a));
        if (n->kind == N_DICT_COMP)
            push(e, to, eval(e, s, n->b));
        return;
    }
    const struct node *c = n->kids.item[clause];
    const struct value items = items_of(e, eval(e, s, c->b));
    if (!is_items(items))
        to->kind = V_UNKNOWN;
    for (int i = 0; is_items(items) && i < items.list->count && !e->stopped; i++) {
        assign(e, s, c->a, items.list->item[i]);
        bool take = true;
        for (int k = 0; k < c->kids.count; k++)
            take = take && truth(eval(e, s, c->kids.item[k])) == 1;
        if (take)
            comprehend(e, s, n, clause + 1, to);
    }
}

static struct value eval_fstring(struct eval *e, struct scope *s, const struct node *n)
{
    struct text t = { 0 };
    bool known = true;
    for (int i = 0; i < n->kids.count; i++) {
        const struct node *k = n->kids.item[i];
        const char *v = k->kind == N_STRING ? k->text : text_of_value(e, eval(e, s, k->a));
        known = known && v && !(k->kind == N_FORMAT && k->b && k->b->kids.count);
        text_printf(&t, "%s", v ? v : "");
    }
    const struct value r = known ? of_string(arena_copy(mem(e), t.s ? t.s : "", t.n)) : UNKNOWN;
    text_free(&t);
    return r;
}

static struct value eval_items(struct eval *e, struct scope *s, const struct node *n, enum kind kind)
{
    struct value r = of_items(e, kind);
    for (int i = 0; i < n->kids.count; i++) {
        const struct node *k = n->kids.item[i];
        if (k && k->kind == N_STAR) {
            const struct value v = items_of(e, eval(e, s, k->a));
            for (int j = 0; is_items(v) && j < v.list->count; j++)
                push(e, &r, v.list->item[j]);
        } else if (!k) {
            const struct value v = eval(e, s, n->kids.item[++i]);
            for (int j = 0; v.kind == V_DICT && j < v.list->count; j++)
                push(e, &r, v.list->item[j]);
        } else {
            push(e, &r, eval(e, s, k));
        }
    }
    return r;
}

static struct value make_function(struct eval *e, struct scope *s, const struct node *n)
{
    struct value f = { .kind = V_FUNCTION, .node = n, .scope = s }, defaults = of_items(e, V_LIST);
    for (int i = 0; i < n->params.count; i++)
        if (n->params.item[i]->b)
            push(e, &defaults, eval(e, s, n->params.item[i]->b));
    f.defaults = defaults.list;
    return f;
}

static struct value eval_kind(struct eval *e, struct scope *s, const struct node *n)
{
    struct value a, b;
    switch (n->kind) {
    case N_NAME: return name_value(e, s, n);
    case N_INT: return n->is_big ? UNKNOWN : of_int(n->integer);
    case N_FLOAT: return of_float(n->number);
    case N_STRING: return of_string(n->text);
    case N_FSTRING: return eval_fstring(e, s, n);
    case N_TRUE: return of_bool(true);
    case N_FALSE: return of_bool(false);
    case N_NONE: return (struct value){ .kind = V_NONE };
    case N_TUPLE: return eval_items(e, s, n, V_TUPLE);
    case N_LIST: return eval_items(e, s, n, V_LIST);
    case N_DICT: return eval_items(e, s, n, V_DICT);
    case N_LIST_COMP: case N_GENERATOR: case N_DICT_COMP:
        a = of_items(e, n->kind == N_DICT_COMP ? V_DICT : V_LIST);
        struct scope *inner = NEW(mem(e), struct scope);
        inner->up = s;
        comprehend(e, inner, n, 0, &a);
        return a;
    case N_ATTRIBUTE: return attribute(e, s, n);
    case N_SUBSCRIPT: return subscript(e, s, n);
    case N_CALL: return eval_call(e, s, n);
    case N_LAMBDA: return make_function(e, s, n);
    case N_UNARY:
        a = eval(e, s, n->a);
        if (*n->op == 'n')
            return truth(a) < 0 ? UNKNOWN : of_bool(!truth(a));
        if (*n->op == '-' && is_number(a))
            return a.kind == V_FLOAT ? of_float(-a.f) : of_int(-a.i);
        return *n->op == '+' && is_number(a) ? a : UNKNOWN;
    case N_BINARY:
        a = eval(e, s, n->a);
        b = eval(e, s, n->b);
        return binary(e, n->op, a, b, n->at);
    case N_BOOL_OP:
        a = eval(e, s, n->a);
        return truth(a) < 0 ? UNKNOWN : truth(a) == (*n->op == 'o') ? a : eval(e, s, n->b);
    case N_COMPARE:
        a = eval(e, s, n->kids.item[0]);
        for (int i = 0; i < n->nnames; i++) {
            b = eval(e, s, n->kids.item[i + 1]);
            const int c = compare_values(n->names[i], a, b);
            if (c != 1)
                return c < 0 ? UNKNOWN : of_bool(false);
            a = b;
        }
        return of_bool(true);
    case N_CONDITIONAL:
        a = eval(e, s, n->b);
        return truth(a) < 0 ? UNKNOWN : eval(e, s, truth(a) ? n->a : n->c);
    case N_WALRUS:
        a = eval(e, s, n->b);
        assign(e, s, n->a, a);
        return a;
    default: return UNKNOWN;
    }
}

static struct value eval(struct eval *e, struct scope *s, const struct node *n)
{
    if (!n || e->stopped)
        return UNKNOWN;
    if (++e->steps > MOST_STEPS) {
        fail(e, n->at, "evaluation takes more than %d steps: is there an endless loop?", MOST_STEPS);
        e->stopped = true;
        return UNKNOWN;
    }
    if (++e->depth > 8 * MOST_DEPTH) {
        fail(e, n->at, "this expression is nested too deeply");
        e->stopped = true;
    }
    const struct value v = e->stopped ? UNKNOWN : eval_kind(e, s, n);
    e->depth--;
    return v;
}

/* ---- statements ---- */

/* Names assigned under a condition that is not known become unknown. */
static void forget(struct eval *e, struct scope *s, const struct node_list *b)
{
    for (int i = 0; i < b->count; i++) {
        const struct node *n = b->item[i];
        for (int k = 0; n->kind == N_ASSIGN && k < n->kids.count; k++)
            if (n->kids.item[k]->kind == N_NAME)
                bind(e, s, n->kids.item[k]->text, (struct value){ .kind = V_UNKNOWN, .s = n->kids.item[k]->text });
        forget(e, s, &n->body);
        forget(e, s, &n->orelse);
    }
}

static enum flow run_for(struct eval *e, struct scope *s, const struct node *n)
{
    const struct value v = eval(e, s, n->b);
    const bool lazy = v.kind == V_RANGE;
    const struct value items = lazy ? v : items_of(e, v);
    if (!lazy && !is_items(items)) {
        forget(e, s, &n->body);
        return GO;
    }
    int64_t at = lazy ? v.list->item[0].i : 0;
    for (int i = 0; !e->stopped; i++) {
        if (lazy ? (v.list->item[2].i > 0 ? at >= v.list->item[1].i : at <= v.list->item[1].i) : i >= items.list->count)
            break;
        assign(e, s, n->a, lazy ? of_int(at) : items.list->item[i]);
        at += lazy ? v.list->item[2].i : 0;
        e->steps++;
        const enum flow f = run_block(e, s, &n->body);
        if (e->steps > MOST_STEPS && !e->stopped) {
            fail(e, n->at, "this loop takes more than %d steps", MOST_STEPS);
            e->stopped = true;
        }
        if (f == BREAK_LOOP)
            return GO;
        if (f == RETURN_VALUE)
            return f;
    }
    return run_block(e, s, &n->orelse);
}

static void import_names(struct eval *e, struct scope *s, const struct node *n)
{
    static const char *const known[] = { "keras", "tensorflow", "tf_keras", "tf" };
    const char *module = n->kind == N_FROM ? n->text : NULL;
    for (int i = 0; i < n->kids.count; i++) {
        const struct node *k = n->kids.item[i];
        const char *from = module ? module : k->text, *name = k->text2 ? k->text2 : k->text;
        bool keras = false;
        for (size_t j = 0; from && j < sizeof known / sizeof *known; j++)
            keras |= strncmp(from, known[j], strlen(known[j])) == 0 && (from[strlen(known[j])] == 0 || from[strlen(known[j])] == '.');
        if (strcmp(k->text, "*") == 0 && keras) {
            for (int j = 0; op_table[j]; j++)
                bind(e, s, op_table[j]->name, (struct value){ .kind = V_CLASS, .s = op_table[j]->name });
            static const char *const more[] = { "Input", "Sequential", "Model", "Activation", "InputLayer" };
            for (size_t j = 0; j < sizeof more / sizeof *more; j++)
                bind(e, s, more[j], member_of_namespace(e, more[j]));
            continue;
        }
        const size_t n_first = strcspn(name, ".");
        const char *bound = k->text2 ? name : arena_copy(mem(e), name, n_first);
        const char *last = strrchr(k->text, '.') ? strrchr(k->text, '.') + 1 : k->text;
        bind(e, s, bound, !keras ? (struct value){ .kind = V_UNKNOWN, .s = bound } : n->kind == N_FROM ? member_of_namespace(e, last)
                                                                                       : (struct value){ .kind = V_NAMESPACE, .s = last });
    }
}

static enum flow run(struct eval *e, struct scope *s, const struct node *n)
{
    struct value v;
    switch (n->kind) {
    case N_EXPRESSION:
        eval(e, s, n->a);
        return GO;
    case N_ASSIGN:
        v = eval(e, s, n->a);
        for (int i = 0; i < n->kids.count; i++)
            assign(e, s, n->kids.item[i], v);
        return GO;
    case N_AUGMENTED:
        v = binary(e, n->op, eval(e, s, n->a), eval(e, s, n->b), n->at);
        assign(e, s, n->a, v);
        return GO;
    case N_ANNOTATED:
        if (n->c)
            assign(e, s, n->a, eval(e, s, n->c));
        return GO;
    case N_IF:
        v = eval(e, s, n->a);
        if (truth(v) < 0) {
            forget(e, s, &n->body);
            forget(e, s, &n->orelse);
            return GO;
        }
        return run_block(e, s, truth(v) ? &n->body : &n->orelse);
    case N_FOR:
        return run_for(e, s, n);
    case N_WHILE:
        while (truth(eval(e, s, n->a)) == 1 && !e->stopped) {
            const enum flow f = run_block(e, s, &n->body);
            if (f == BREAK_LOOP)
                break;
            if (f == RETURN_VALUE)
                return f;
        }
        return GO;
    case N_RETURN:
        e->result = n->a ? eval(e, s, n->a) : (struct value){ .kind = V_NONE };
        return RETURN_VALUE;
    case N_BREAK: return BREAK_LOOP;
    case N_CONTINUE: return CONTINUE_LOOP;
    case N_FUNCTION:
        bind(e, s, n->text, make_function(e, s, n));
        return GO;
    case N_CLASS:
        bind(e, s, n->text, (struct value){ .kind = V_UNKNOWN, .s = n->text });
        return GO;
    case N_TRY: case N_WITH:
        return run_block(e, s, &n->body);
    case N_IMPORT: case N_FROM:
        import_names(e, s, n);
        return GO;
    default:
        return GO;
    }
}

static enum flow run_block(struct eval *e, struct scope *s, const struct node_list *b)
{
    for (int i = 0; i < b->count && !e->stopped; i++) {
        const enum flow f = run(e, s, b->item[i]);
        if (f != GO)
            return f;
    }
    return GO;
}

/* ---- the model ---- */

static struct model *choose(struct eval *e)
{
    const struct binding *b = find(e->globals, e->ctx->options.model_name ? e->ctx->options.model_name : "model");
    if (b && b->value.kind == V_MODEL)
        return b->value.model;
    for (int i = e->globals->count - 1; i >= 0 && !e->nmodels; i--) {
        const struct value f = e->globals->item[i].value;
        bool callable = f.kind == V_FUNCTION;
        for (int k = 0; callable && k < f.node->params.count; k++)
            callable = f.node->params.item[k]->b != NULL;
        if (!callable)
            continue;
        const struct value r = call_function(e, f, NULL, 0, NULL, NULL, 0, f.node->at);
        if (r.kind == V_MODEL)
            return r.model;
    }
    return e->nmodels ? e->models[e->nmodels - 1] : NULL;
}

struct graph *read_cnn(struct ctx *ctx, const struct source *source)
{
    struct eval e = { .ctx = ctx, .g = graph_new(ctx, "model") };
    const struct node_list module = parse_python(ctx, source);
    if (ctx->diags.errors)
        return NULL;
    e.globals = NEW(ctx->arena, struct scope);
    static const char *const spaces[] = { "tf", "keras", "layers", "models", "K" };
    for (size_t i = 0; i < sizeof spaces / sizeof *spaces; i++)
        bind(&e, e.globals, spaces[i], (struct value){ .kind = V_NAMESPACE, .s = spaces[i] });
    run_block(&e, e.globals, &module);
    struct model *m = ctx->diags.errors ? NULL : choose(&e);
    if (ctx->diags.errors)
        return NULL;
    if (!m) {
        diag_error(&ctx->diags, (struct span){ source, 0, 0 }, "this text builds no model; give the text of a Sequential or a Model");
        return NULL;
    }
    if (m->sequential && !build_sequential(&e, m))
        return NULL;
    if (m->sequential) {
        APPEND(ctx->arena, e.g->inputs, e.g->ninputs, m->in);
        graph_output(e.g, m->out);
    }
    for (int i = 0; !m->sequential && i < m->ins->count; i++)
        APPEND(ctx->arena, e.g->inputs, e.g->ninputs, m->ins->item[i].tensor);
    for (int i = 0; !m->sequential && i < m->outs->count; i++)
        graph_output(e.g, m->outs->item[i].tensor);
    graph_sweep(e.g);
    return ctx->diags.errors ? NULL : e.g;
}
