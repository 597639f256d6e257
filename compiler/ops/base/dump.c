/* dump.c - the graph as text in Keras' functional style. */
#include "ir/ir.h"
#include "ops/op.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Where a dump goes, and whose memory it may use. */
struct dump { struct ctx *ctx; struct text *to; };

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
    for (int digits = 1; digits <= 17; digits++) {      /* the shortest that reads back */
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
        text_printf(to, "(%d, %d)%s", v[2 * i], v[2 * i + 1], i + 1 < axes || axes == 1 ? ", " : ")");
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
    case ATTR_INT:
        text_printf(to, "%d", *(const int *)v);
        break;
    case ATTR_FLOAT:
        dump_float(to, *(const double *)v);
        break;
    case ATTR_BOOL:
        text_printf(to, "%s", *(const bool *)v ? "True" : "False");
        break;
    case ATTR_CHOICE:
        dump_choice(to, a->choices, *(const int *)v);
        break;
    case ATTR_INTS:
        dump_ints(to, v, a->count);
        break;
    case ATTR_PADS:
        dump_pads(to, v, a->count);
        break;
    case ATTR_LIST:
        text_printf(to, "(");
        for (int i = 0; i < list->count; i++)
            text_printf(to, "%lld, ", (long long)list->item[i]);
        text_printf(to, ")");
        break;
    case ATTR_FLOATS:
        text_printf(to, "(");
        for (int i = 0; i < floats->count; i++) {
            dump_float(to, floats->item[i]);
            text_printf(to, ", ");
        }
        text_printf(to, ")");
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
    case ATTR_IGNORED:
        break;
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
        dump_value(&(struct dump){ d->ctx, &now }, a, (const char *)attrs + a->offset);
        if (a->absent)
            dump_value(&(struct dump){ d->ctx, &absent }, a, defaults + a->offset);
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
        text_printf(to, "%lld%s", (long long)s->dim[i], i + 1 < s->rank ? ", " : s->rank == 2 ? "," : "");
    text_printf(to, ")");
}

/* A name as Python takes it. */
static void dump_name(struct text *to, const char *name)
{
    for (const char *p = name; *p; p++)
        text_printf(to, "%c", (*p >= '0' && *p <= '9') || (*p >= 'a' && *p <= 'z') || (*p >= 'A' && *p <= 'Z') ? *p : '_');
}

void op_describe(struct ctx *ctx, const struct op *op, struct text *to)
{
    struct text t = { 0 };
    dump_attributes(&(struct dump){ ctx, &t }, op->def, op->attr);
    const int n = (int)t.n > 2 ? (int)t.n - 2 : 0;      /* without the last comma */
    text_printf(to, "%s(%.*s)", op->def->name, n, t.s ? t.s : "");
    text_free(&t);
}

static void dump_op(struct dump *d, const struct op *op)
{
    struct text *to = d->to;
    for (int i = 0, n = 0; i < op->nouts; i++)
        if (op->outs[i]) {
            text_printf(to, "%s", n++ ? ", " : "");
            dump_name(to, op->outs[i]->name);
        }
    text_printf(to, " = %s(", op->def->name);
    dump_attributes(d, op->def, op->attr);
    text_printf(to, "name='%s')(", op->name);
    int inputs = 0;
    for (int i = 0; i < op->nin; i++)
        inputs += op->in[i] && !op->in[i]->data && !op->in[i]->weight;
    text_printf(to, "%s", inputs > 1 ? "[" : "");
    for (int i = 0, n = 0; i < op->nin; i++)
        if (op->in[i] && !op->in[i]->data && !op->in[i]->weight) {
            text_printf(to, "%s", n++ ? ", " : "");
            dump_name(to, op->in[i]->name);
        }
    text_printf(to, "%s)", inputs > 1 ? "]" : "");
    for (int i = 0; i < op->nabsorbed; i++)
        text_printf(to, "%s%s", i ? ", " : "  # then ", op->absorbed[i]->def->name);
    text_printf(to, "\n");
}

void graph_dump(const struct graph *g, struct text *to)
{
    text_printf(to, "import keras\nfrom keras.layers import *\n\n");
    for (int i = 0; i < g->ninputs; i++) {
        dump_name(to, g->inputs[i]->name);
        text_printf(to, " = Input(shape=");
        dump_shape(to, &g->inputs[i]->shape);
        text_printf(to, ", name='%s')\n", g->inputs[i]->name);
    }
    struct dump d = { g->ctx, to };
    for (int i = 0; i < g->nops; i++)
        dump_op(&d, g->ops[i]);
    text_printf(to, "model = keras.Model([");
    for (int i = 0; i < g->ninputs; i++) {
        text_printf(to, "%s", i ? ", " : "");
        dump_name(to, g->inputs[i]->name);
    }
    text_printf(to, "], [");
    for (int i = 0; i < g->noutputs; i++) {
        text_printf(to, "%s", i ? ", " : "");
        dump_name(to, g->outputs[i]->name);
    }
    text_printf(to, "])\n");
}
