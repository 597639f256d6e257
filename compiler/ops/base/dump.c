/* dump.c - the graph as text in Keras' functional style. */
#include "ir/ir.h"
#include "ops/op.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Where a dump goes, whose memory it may use, and what it calls the tensors. */
struct dump {
    struct ctx *ctx;
    struct text *to;
    const struct graph *g;
    const char **names;  /* by tensor.id; Python's */
    const char *weights; /* file of the arrays, or NULL: none are wanted */
    struct named_tensor *arrays;
    int narrays;
    /* of the arrays: are there constants, are there layers' weights? */
    bool constants, layers;
};

static void dump_attributes(struct dump *d, const struct opdef *def, const void *attrs);

/* A layer as an argument: "ReLU(max_value=6, )". */
static void dump_layer(struct dump *d, const struct opdef *def, const void *attrs)
{
    text_printf(d->to, "%s", def ? def->name : "None");
    if (!def)
        return;
    text_printf(d->to, "(");
    dump_attributes(d, def, attrs);
    text_printf(d->to, ")");
}

static void dump_float(struct text *to, double v)
{
    if (isnan(v) || isinf(v)) {
        text_printf(to, "float('%s')", isnan(v) ? "nan" : v > 0 ? "inf" : "-inf");
        return;
    }
    for (int digits = 1; digits <= 17; digits++) { /* the shortest that reads back */
        char s[40];
        snprintf(s, sizeof s, "%.*g", digits, v);
        if (strtod(s, NULL) == v || digits == 17) {
            text_printf(to, "%s%s", s, strpbrk(s, ".e") ? "" : ".0");
            return;
        }
    }
}

/* One number where all are equal, else a tuple. */
static void dump_ints(struct text *to, const int *v, int n)
{
    bool equal = n > 0;
    for (int i = 1; i < n; i++)
        equal &= v[i] == v[0];
    if (equal) {
        text_printf(to, "%d", v[0]);
        return;
    }
    for (int i = 0; i < n; i++)
        text_printf(to, "%s%d", i ? ", " : "(", v[i]);
    text_printf(to, ")");
}

static void dump_pads(struct text *to, const int *v, int axes)
{
    text_printf(to, "(");
    for (int i = 0; i < axes; i++)
        text_printf(to, "(%d, %d)%s", v[2 * i], v[2 * i + 1],
                    i + 1 < axes || axes == 1 ? ", " : ")");
    text_printf(to, "%s", axes == 1 ? ")" : "");
}

static void dump_choice(struct text *to, const char *choices, int number)
{
    for (; number > 0; number--) {
        choices += strcspn(choices, " ");
        choices += strspn(choices, " ");
    }
    text_printf(to, "'%.*s'", (int)strcspn(choices, " "), choices);
}

static void dump_value(struct dump *d, const struct attr *a, const void *v)
{
    struct text *to = d->to;
    const struct int_list *list = v;
    const struct float_list *floats = v;
    switch (a->type) {
    case ATTR_INT: text_printf(to, "%d", *(const int *)v); break;
    case ATTR_FLOAT: dump_float(to, *(const double *)v); break;
    case ATTR_BOOL: text_printf(to, "%s", *(const bool *)v ? "True" : "False"); break;
    case ATTR_CHOICE: dump_choice(to, a->choices, *(const int *)v); break;
    case ATTR_INTS: dump_ints(to, v, a->count); break;
    case ATTR_PADS: dump_pads(to, v, a->count); break;
    case ATTR_LIST:
        text_printf(to, "(");
        for (int i = 0; i < list->count; i++)
            text_printf(to, "%s%lld", i ? ", " : "", (long long)list->item[i]);
        text_printf(to, list->count == 1 ? ",)" : ")");
        break;
    case ATTR_FLOATS:
        text_printf(to, "(");
        for (int i = 0; i < floats->count; i++) {
            text_printf(to, "%s", i ? ", " : "");
            dump_float(to, floats->item[i]);
        }
        text_printf(to, floats->count == 1 ? ",)" : ")");
        break;
    case ATTR_ACTIVATION:
        dump_layer(d, ((const struct activation *)v)->def, ((const struct activation *)v)->attr);
        break;
    case ATTR_LAYER: {
        const struct inner_layer *l = *(const struct inner_layer *const *)v;
        dump_layer(d, l ? l->def : NULL, l ? l->attr : NULL);
        break;
    }
    case ATTR_LAYERS: {
        const struct layer_list *all = v;
        for (int i = 0; i < all->count; i++) {
            text_printf(to, i ? ", " : "[");
            dump_layer(d, all->item[i]->def, all->item[i]->attr);
        }
        text_printf(to, all->count ? "]" : "[]");
        break;
    }
    case ATTR_STRING:
        text_printf(to, *(const char *const *)v ? "'%s'" : "None", *(const char *const *)v);
        break;
    case ATTR_IGNORED: break;
    }
}

/* Every attribute that differs from what it is if absent. */
static void dump_attributes(struct dump *d, const struct opdef *def, const void *attrs)
{
    const char *defaults = def->attrs ? attr_defaults(d->ctx, def) : NULL;
    for (const struct attr *a = def->attrs; a && a->name; a++) {
        struct text now = { 0 }, absent = { 0 };
        if (a->type == ATTR_IGNORED)
            continue;
        dump_value(&(struct dump){ .ctx = d->ctx, .to = &now }, a, (const char *)attrs + a->offset);
        if (a->absent)
            dump_value(&(struct dump){ .ctx = d->ctx, .to = &absent }, a, defaults + a->offset);
        if (!a->absent || strcmp(now.s, absent.s) != 0)
            text_printf(d->to, "%s=%s, ", a->name, now.s);
        text_free(&now);
        text_free(&absent);
    }
}

static void dump_shape(struct text *to, const struct shape *s)
{
    text_printf(to, "(");
    for (int i = 1; i < s->rank; i++)
        text_printf(to, "%lld%s", (long long)s->dim[i],
                    i + 1 < s->rank ? ", "
                    : s->rank == 2  ? ","
                                    : "");
    text_printf(to, ")");
}

/* ---- names ----------------------------------------------------------------------------------- */

/* Python's keywords and what the text itself names. */
static bool is_taken(const char *name)
{
    static const char *const words[] = {
        "False", "None",     "True",      "and",    "as",   "assert", "async",  "await",    "break",
        "class", "continue", "def",       "del",    "elif", "else",   "except", "finally",  "for",
        "from",  "global",   "if",        "import", "in",   "is",     "lambda", "nonlocal", "not",
        "or",    "pass",     "raise",     "return", "try",  "while",  "with",   "yield",    "keras",
        "np",    "model",    "constants", "float",  "Input"
    };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(words[i], name) == 0)
            return true;
    return op_find(name) != NULL;
}

/* Names of all tensors as Python takes them, each once. */
static void name_tensors(struct dump *d)
{
    struct arena *a = d->ctx->arena;
    struct name_table taken = { 0 };
    d->names = NEW_ARRAY(a, const char *, d->g->ntensors + 1);
    for (int i = 0; i < d->g->ntensors; i++) {
        const char *from = d->g->tensors[i]->name;
        char *s = arena_printf(a, "%s%s", *from >= '0' && *from <= '9' ? "t" : "", from);
        for (char *p = s; *p; p++)
            *p = (*p >= '0' && *p <= '9') || (*p >= 'a' && *p <= 'z') || (*p >= 'A' && *p <= 'Z')
                     ? *p
                     : '_';
        const char *name = is_taken(s) ? arena_printf(a, "%s_", s) : s;
        d->names[i] = names_free(a, &taken, name);
        names_take(a, &taken, d->names[i]);
    }
}

/* A string in single quotes. */
static const char *quoted(struct arena *a, const char *s)
{
    const char *q = "";
    for (; *s; s++)
        q = arena_printf(a, "%s%s%c", q, *s == '\'' || *s == '\\' ? "\\" : "", *s);
    return arena_printf(a, "'%s'", q);
}

/* ---- arrays ---------------------------------------------------------------------------------- */

static void keep_array(struct dump *d, const char *name, const struct tensor *t)
{
    APPEND(d->ctx->arena, d->arrays, d->narrays, ((struct named_tensor){ name, t }));
}

/* The values of t repeated to the shape of a weight, as NumPy repeats; NULL where they do not fit.
 */
static const struct tensor *broadcast(struct dump *d, const struct tensor *t,
                                      const struct shape *to)
{
    struct tensor *made = NEW(d->ctx->arena, struct tensor);
    const int64_t n = shape_count(to);
    *made = *t;
    made->shape = *to;
    if (shape_count(&t->shape) == n)
        return made;
    made->data = arena_alloc(d->ctx->arena, (size_t)n * dtype_size(t->type) + 1);
    for (int64_t i = 0; i < n; i++) {
        int64_t rest = i, at = 0, step = 1;
        for (int k = to->rank - 1; k >= 0; k--) {
            const int own = k - (to->rank - t->shape.rank);
            const int64_t size = own >= 0 ? t->shape.dim[own] : 1, index = rest % to->dim[k];
            if (size != 1 && size != to->dim[k])
                return NULL;
            at += size == 1 ? 0 : index * step;
            step *= size;
            rest /= to->dim[k];
        }
        dtype_set(t->type, made->data, i, dtype_get(t->type, t->data, at));
    }
    return made;
}

/*
 * The weights of the op as its layer declares them, under their names: those that it lacks are
 * zeros or ones. Returns the number of its data inputs; what follows them are weights.
 */
static int keep_weights(struct dump *d, const struct op *op)
{
    if (!op->def->weights || op->def->max_inputs < 0)
        return op->nin;
    struct graph *scratch = graph_new(d->ctx, "weights");
    struct op declared = *op;
    const int data = op->def->max_inputs < op->nin ? op->def->max_inputs : op->nin;
    declared.nin = data;
    declared.scope =
        (struct layer_scope){ .layer = op->name, .path = op->name, .kind = op->def->name };
    if (!d->weights || !op->def->weights(scratch, &declared))
        return data;
    for (int i = data; i < declared.nin; i++) {
        if (!declared.in[i])
            continue;
        const struct weight *w = declared.in[i]->weight;
        struct tensor *own = NEW(d->ctx->arena, struct tensor);
        const struct tensor *given = i < op->nin && op->in[i] && op->in[i]->data
                                         ? broadcast(d, op->in[i], &w->tensor->shape)
                                         : NULL;
        *own = (struct tensor){ .shape = w->tensor->shape, .type = F32 };
        if (!given) {
            own->data =
                arena_alloc(d->ctx->arena, (size_t)shape_count(&own->shape) * sizeof(float) + 1);
            for (int64_t k = 0; w->init == INIT_ONES && k < shape_count(&own->shape); k++)
                ((float *)own->data)[k] = 1;
        }
        keep_array(d, arena_printf(d->ctx->arena, "%s/%s", op->name, w->name), given ? given : own);
        d->layers = true;
    }
    return data;
}

/* ---- ops ------------------------------------------------------------------------------------- */

/* One operand: a name, a number where the op would make the same constant of it, or an array of the
 * file. */
static const char *operand_text(struct dump *d, const struct op *op, const struct tensor *t)
{
    if (!t)
        return "None";
    if (!t->data && !t->weight)
        return d->names[t->id];
    const struct tensor *like = NULL;
    for (int i = 0; i < op->nin && !like; i++)
        like = op->in[i] && !op->in[i]->data && !op->in[i]->weight ? op->in[i] : NULL;
    if (t->data && op->def->elementwise && shape_count(&t->shape) == 1 && like
        && like->shape.rank >= t->shape.rank && like->shape.rank && like->type == t->type
        && isfinite(dtype_get(t->type, t->data, 0))) {
        struct text number = { 0 };
        dump_float(&number, dtype_get(t->type, t->data, 0));
        const char *s = arena_copy(d->ctx->arena, number.s, number.n);
        text_free(&number);
        return s;
    }
    bool known = false;
    const char *name = arena_printf(d->ctx->arena, "constants/%s", d->names[t->id]);
    for (int i = 0; i < d->narrays; i++)
        known |= d->arrays[i].tensor == t;
    if (!known)
        keep_array(d, name, t);
    d->constants = true;
    return arena_printf(d->ctx->arena, "constants[%s]", quoted(d->ctx->arena, name));
}

void op_describe(struct ctx *ctx, const struct op *op, struct text *to)
{
    struct text t = { 0 };
    dump_attributes(&(struct dump){ .ctx = ctx, .to = &t }, op->def, op->attr);
    const int n = (int)t.n > 2 ? (int)t.n - 2 : 0; /* without the last comma */
    text_printf(to, "%s(%.*s)", op->def->name, n, t.s ? t.s : "");
    text_free(&t);
}

static void dump_op(struct dump *d, const struct op *op)
{
    struct text *to = d->to;
    struct arena *a = d->ctx->arena;
    for (int i = 0, n = 0; i < op->nouts; i++)
        if (op->outs[i])
            text_printf(to, "%s%s", n++ ? ", " : "", d->names[op->outs[i]->id]);
    text_printf(to, " = %s(", op->def->name);
    dump_attributes(d, op->def, op->attr);
    text_printf(to, "name=%s)(", quoted(a, op->name));
    const int data = keep_weights(d, op);
    const char *list = "";
    int inputs = 0;
    for (int i = 0; i < data; i++) {
        if (!d->weights && (!op->in[i] || op->in[i]->data || op->in[i]->weight))
            continue;
        list =
            arena_printf(a, "%s%s%s", list, inputs++ ? ", " : "", operand_text(d, op, op->in[i]));
    }
    text_printf(to, inputs > 1 ? "[%s])" : "%s)", list);
    for (int i = 0; i < op->nabsorbed; i++)
        text_printf(to, "%s%s", i ? ", " : "  # then ", op->absorbed[i]->def->name);
    text_printf(to, "\n");
}

static void dump_input(struct dump *d, const struct tensor *t)
{
    text_printf(d->to, "%s = Input(shape=", d->names[t->id]);
    dump_shape(d->to, &t->shape);
    if (t->type != F32)
        text_printf(d->to, ", dtype='%s'", dtype_name(t->type));
    text_printf(d->to, ", name=%s)\n", quoted(d->ctx->arena, t->name));
}

static void dump_names(struct dump *d, struct tensor *const *t, int n)
{
    text_printf(d->to, "[");
    for (int i = 0; i < n; i++)
        text_printf(d->to, "%s%s", i ? ", " : "",
                    t[i]->data ? operand_text(d, t[i]->producer, t[i]) : d->names[t[i]->id]);
    text_printf(d->to, "]");
}

void graph_dump(struct graph *g, struct text *to, const char *weights, struct named_tensor **arrays,
                int *count)
{
    struct text body = { 0 };
    struct dump d = { .ctx = g->ctx, .to = &body, .g = g, .weights = weights };
    name_tensors(&d);
    for (int i = 0; i < g->ninputs; i++)
        dump_input(&d, g->inputs[i]);
    for (int i = 0; i < g->nops; i++)
        dump_op(&d, g->ops[i]);
    text_printf(&body, "model = keras.Model(");
    dump_names(&d, g->inputs, g->ninputs);
    text_printf(&body, ", ");
    dump_names(&d, g->outputs, g->noutputs);
    text_printf(&body, ")\n");
    if (d.layers)
        text_printf(&body, "model.load_weights(%s)\n", quoted(g->ctx->arena, weights));
    text_printf(to, "import keras\n%sfrom keras.layers import *\n\n",
                d.constants && weights ? "import numpy as np\n" : "");
    if (d.constants && weights)
        text_printf(to, "constants = np.load(%s)\n", quoted(g->ctx->arena, weights));
    text_add(to, body.s, body.n);
    text_free(&body);
    if (weights) {
        *arrays = d.arrays;
        *count = d.narrays;
    }
}
