/* dump.c - the graph as text in Keras' functional style. */
#include "ir/ir.h"
#include "ops/op.h"

#include <string.h>

static void dump_attributes(struct text *to, const struct opdef *def, const void *attrs);

/* A layer as an argument: "ReLU(max_value=6, )". */
static void dump_layer(struct text *to, const struct opdef *def, const void *attrs)
{
    text_printf(to, "%s", def ? def->name : "None");
    if (!def)
        return;
    text_printf(to, "(");
    dump_attributes(to, def, attrs);
    text_printf(to, ")");
}

static void dump_value(struct text *to, const struct attr *a, const void *v)
{
    switch (a->type) {
    case ATTR_INT:
        text_printf(to, "%d", *(const int *)v);
        break;
    case ATTR_FLOAT:
        text_printf(to, "%.17g", *(const double *)v);
        break;
    case ATTR_BOOL:
        text_printf(to, "%s", *(const bool *)v ? "True" : "False");
        break;
    case ATTR_CHOICE: {
        const char *p = a->choices;
        for (int i = *(const int *)v; i > 0; i--)
            p += strcspn(p, " "), p += strspn(p, " ");
        text_printf(to, "'%.*s'", (int)strcspn(p, " "), p);
        break;
    }
    case ATTR_INTS:
    case ATTR_PADS:
        text_printf(to, "(");
        for (int i = 0; i < a->count; i++)
            if (a->type == ATTR_INTS)
                text_printf(to, "%d, ", ((const int *)v)[i]);
            else
                text_printf(to, "(%d, %d), ", ((const int *)v)[2 * i], ((const int *)v)[2 * i + 1]);
        text_printf(to, ")");
        break;
    case ATTR_LIST:
        text_printf(to, "(");
        for (int i = 0; i < ((const struct int_list *)v)->count; i++)
            text_printf(to, "%lld, ", (long long)((const struct int_list *)v)->item[i]);
        text_printf(to, ")");
        break;
    case ATTR_FLOATS:
        text_printf(to, "(");
        for (int i = 0; i < ((const struct float_list *)v)->count; i++)
            text_printf(to, "%.17g, ", ((const struct float_list *)v)->item[i]);
        text_printf(to, ")");
        break;
    case ATTR_ACTIVATION:
        dump_layer(to, ((const struct activation *)v)->def, ((const struct activation *)v)->attr);
        break;
    case ATTR_LAYER: {
        const struct inner_layer *l = *(const struct inner_layer *const *)v;
        dump_layer(to, l ? l->def : NULL, l ? l->attr : NULL);
        break;
    }
    case ATTR_IGNORED:
        break;
    }
}

static void dump_attributes(struct text *to, const struct opdef *def, const void *attrs)
{
    for (const struct attr *a = def->attrs; a && a->name; a++) {
        if (a->type == ATTR_IGNORED)
            continue;
        text_printf(to, "%s=", a->name);
        dump_value(to, a, (const char *)attrs + a->offset);
        text_printf(to, ", ");
    }
}

static void dump_shape(struct text *to, const struct shape *s)
{
    text_printf(to, "(");
    for (int i = 1; i < s->rank; i++)
        text_printf(to, "%lld, ", (long long)s->dim[i]);
    text_printf(to, ")");
}

/* A name as Python takes it. */
static void dump_name(struct text *to, const char *name)
{
    for (const char *p = name; *p; p++)
        text_printf(to, "%c", (*p >= '0' && *p <= '9') || (*p >= 'a' && *p <= 'z') || (*p >= 'A' && *p <= 'Z') ? *p : '_');
}

static void dump_op(const struct op *op, struct text *to)
{
    dump_name(to, op->out->name);
    text_printf(to, " = %s(", op->def->name);
    dump_attributes(to, op->def, op->attr);
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
    for (int i = 0; i < g->nops; i++)
        dump_op(g->ops[i], to);
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
