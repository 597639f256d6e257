/* onnx.c - ONNX nodes for import hooks: attributes, constant inputs, layouts, and the import of ops
 * that need no hook. */
#include "ops/onnx.h"

#include <stdlib.h>
#include <string.h>

bool onnx_error(struct graph *g, const struct onnx_node *n, const char *format, ...)
{
    char what[1000];
    va_list args;
    va_start(args, format);
    vsnprintf(what, sizeof what, format, args);
    va_end(args);
    return diag_error(&g->ctx->diags, n->at, "node '%s' (%s%s%s, opset %d): %s", n->name, n->domain,
                      *n->domain ? "." : "", n->op_type, n->opset, what);
}

/* ---- attributes ------------------------------------------------------------------------------ */

const struct onnx_attribute *onnx_find(const struct onnx_node *n, const char *name)
{
    for (int i = 0; i < n->nattributes; i++)
        if (strcmp(n->attributes[i].name, name) == 0) {
            n->attributes[i].used = true;
            return &n->attributes[i];
        }
    return NULL;
}

int64_t onnx_int(const struct onnx_node *n, const char *name, int64_t absent)
{
    const struct onnx_attribute *a = onnx_find(n, name);
    return a && a->value.kind == ITEM_INT ? a->value.i : absent;
}

double onnx_float(const struct onnx_node *n, const char *name, double absent)
{
    const struct onnx_attribute *a = onnx_find(n, name);
    return a && a->value.kind == ITEM_FLOAT ? a->value.f
           : a && a->value.kind == ITEM_INT ? (double)a->value.i
                                            : absent;
}

const char *onnx_string(const struct onnx_node *n, const char *name, const char *absent)
{
    const struct onnx_attribute *a = onnx_find(n, name);
    return a && a->value.kind == ITEM_STRING ? a->value.s : absent;
}

struct int_list onnx_ints(struct graph *g, const struct onnx_node *n, const char *name)
{
    const struct onnx_attribute *a = onnx_find(n, name);
    struct int_list list = { .count = -1 };
    if (!a || (a->value.kind != ITEM_LIST && a->value.kind != ITEM_INT))
        return list;
    const struct value_item *item = a->value.kind == ITEM_LIST ? a->value.list : &a->value;
    list.count = a->value.kind == ITEM_LIST ? a->value.count : 1;
    list.item = NEW_ARRAY(g->ctx->arena, int64_t, list.count + 1);
    for (int i = 0; i < list.count; i++)
        list.item[i] = item[i].kind == ITEM_FLOAT ? (int64_t)item[i].f : item[i].i;
    return list;
}

struct float_list onnx_floats(struct graph *g, const struct onnx_node *n, const char *name)
{
    const struct onnx_attribute *a = onnx_find(n, name);
    struct float_list list = { .count = -1 };
    if (!a || (a->value.kind != ITEM_LIST && a->value.kind != ITEM_FLOAT))
        return list;
    const struct value_item *item = a->value.kind == ITEM_LIST ? a->value.list : &a->value;
    list.count = a->value.kind == ITEM_LIST ? a->value.count : 1;
    list.item = NEW_ARRAY(g->ctx->arena, double, list.count + 1);
    for (int i = 0; i < list.count; i++)
        list.item[i] = item[i].kind == ITEM_FLOAT ? item[i].f : (double)item[i].i;
    return list;
}

/* ---- inputs ---------------------------------------------------------------------------------- */

struct tensor *onnx_input(const struct onnx_node *n, int i)
{
    return i < n->nin ? n->in[i] : NULL;
}

static bool must_be_constant(struct graph *g, const struct onnx_node *n, int i)
{
    return onnx_error(g, n,
                      "its input %d, '%s', must be known at compile time; where it is an input of "
                      "the model, give "
                      "--const-input=%s=VALUES",
                      i, n->in[i]->name, n->in[i]->name);
}

/* An int64 as it is stored: a double would lose what lies beyond 2^53. */
static int64_t int_at(const struct tensor *t, int64_t i)
{
    if (t->type == I64)
        return ((const int64_t *)t->data)[i];
    return (int64_t)dtype_get(t->type, t->data, i);
}

/* Elements of a constant input, -1 without one; an error where it is none, or too long for a list
 * of numbers. */
static bool constant_count(struct graph *g, const struct onnx_node *n, int i, int *count)
{
    const struct tensor *t = onnx_input(n, i);
    *count = -1;
    if (!t)
        return true;
    if (!t->data)
        return must_be_constant(g, n, i);
    const int64_t elements = shape_count(&t->shape);
    if (elements > 1 << 24)
        return onnx_error(g, n, "its input %d, '%s', has %lld elements", i, t->name,
                          (long long)elements);
    *count = (int)elements;
    return true;
}

bool onnx_const_ints(struct graph *g, const struct onnx_node *n, int i, struct int_list *to)
{
    const struct tensor *t = onnx_input(n, i);
    *to = (struct int_list){ 0 };
    if (!constant_count(g, n, i, &to->count))
        return false;
    to->item = NEW_ARRAY(g->ctx->arena, int64_t, to->count + 1);
    for (int k = 0; k < to->count; k++)
        to->item[k] = int_at(t, k);
    return true;
}

bool onnx_const_floats(struct graph *g, const struct onnx_node *n, int i, struct float_list *to)
{
    const struct tensor *t = onnx_input(n, i);
    *to = (struct float_list){ 0 };
    if (!constant_count(g, n, i, &to->count))
        return false;
    to->item = NEW_ARRAY(g->ctx->arena, double, to->count + 1);
    for (int k = 0; k < to->count; k++)
        to->item[k] = dtype_get(t->type, t->data, k);
    return true;
}

bool onnx_ints_either(struct graph *g, const struct onnx_node *n, const char *attribute, int input,
                      struct int_list *to)
{
    *to = onnx_ints(g, n, attribute);
    return to->count >= 0 || onnx_const_ints(g, n, input, to);
}

/* TensorProto.DataType */
static const int data_types[DTYPES] = {
    [F32] = 1,  [U8] = 2,   [I8] = 3,   [U16] = 4,  [I16] = 5,  [I32] = 6,  [I64] = 7,
    [BOOL] = 9, [F16] = 10, [F64] = 11, [U32] = 12, [U64] = 13, [BF16] = 16
};

bool onnx_dtype(int64_t data_type, enum dtype *to)
{
    for (int t = 0; t < DTYPES; t++)
        if (data_types[t] == data_type) {
            *to = (enum dtype)t;
            return true;
        }
    return false;
}

int onnx_data_type(enum dtype t)
{
    return data_types[t];
}

/* ---- making ops ------------------------------------------------------------------------------ */

void onnx_results(struct onnx_node *n, struct tensor *first)
{
    const struct op *op = first->producer;
    n->out[0] = first;
    for (int i = 1; op && op->out == first && i < n->nout && i < op->nouts; i++)
        n->out[i] = op->outs[i];
}

bool onnx_make(struct graph *g, struct onnx_node *n, const char *def, const char *attrs,
               struct tensor *const *in, int nin)
{
    struct tensor *t = op_make(g, n->from, def, attrs, in, nin);
    if (t)
        onnx_results(n, t);
    return t != NULL;
}

static const struct attr *attr_for(const struct opdef *def, const char *onnx_name)
{
    for (const struct attr *a = def->attrs; a && a->name; a++)
        if (a->onnx && strcmp(a->onnx, onnx_name) == 0)
            return a;
    return NULL;
}

/* Required attributes that neither the node nor a default gives. */
static bool attributes_complete(struct graph *g, const struct onnx_node *n, const struct opdef *def)
{
    for (const struct attr *a = def->attrs; a && a->name; a++)
        if (!a->absent && a->type != ATTR_IGNORED && !(a->onnx && onnx_find(n, a->onnx)))
            return onnx_error(g, n, "it lacks the attribute '%s'", a->onnx ? a->onnx : a->name);
    return true;
}

/*
 * Up to opset 6 the second operand was repeated only where `broadcast` is set, its first axis lying
 * at `axis` of the first one's (the last axes without it): axes of 1 are added behind it, and
 * today's rule holds.
 */
static bool old_broadcast(struct graph *g, struct onnx_node *n)
{
    const int64_t broadcast = onnx_int(n, "broadcast", 0), axis = onnx_int(n, "axis", -1);
    if (!broadcast || axis < 0 || n->nin != 2 || !n->in[0] || !n->in[1])
        return true;
    const int64_t behind = n->in[0]->shape.rank - n->in[1]->shape.rank - axis;
    int64_t axes[MAX_RANK];
    for (int64_t i = 0; i < behind && i < MAX_RANK; i++)
        axes[i] = n->in[1]->shape.rank + i;
    if (behind <= 0)
        return true;
    struct tensor *t = onnx_apply(
        g, n, "Unsqueeze",
        (struct tensor *[]){ n->in[1], onnx_int_constant(g, n, axes, (int)behind) }, 2, NULL, 0);
    n->in[1] = t;
    return t != NULL;
}

bool onnx_import_plain(struct graph *g, struct onnx_node *n, const struct opdef *def)
{
    void *attr = attr_defaults(g->ctx, def);
    for (int i = 0; i < n->nattributes; i++) {
        const struct attr *a = attr_for(def, n->attributes[i].name);
        if (!a)
            continue; /* the importer reports what nobody used */
        n->attributes[i].used = true;
        if (!attr_set(g->ctx, def, attr, a, &n->attributes[i].value, n->at))
            return onnx_error(g, n, "its attribute '%s' does not fit", a->onnx);
    }
    if (!attributes_complete(g, n, def)
        || (def->elementwise && n->opset < 7 && !old_broadcast(g, n)))
        return false;
    if (n->nin < def->min_inputs || (def->max_inputs >= 0 && n->nin > def->max_inputs))
        return onnx_error(g, n, "it has %d inputs; %d%s are expected", n->nin, def->min_inputs,
                          def->max_inputs == def->min_inputs ? "" : " or more");
    for (int i = 0; i < def->min_inputs; i++)
        if (!n->in[i])
            return onnx_error(g, n, "its input %d is missing", i);
    struct tensor *t = op_make_from(g, n->from, def, attr, n->in, n->nin);
    if (t)
        onnx_results(n, t);
    return t != NULL;
}

struct tensor *onnx_int_constant(struct graph *g, const struct onnx_node *n, const int64_t *item,
                                 int count)
{
    const struct shape s = { .rank = count ? 1 : 0, .dim = { count } };
    return graph_constant(g, arena_printf(g->ctx->arena, "%s_list", n->from->name), I64, s, item);
}

struct tensor *onnx_apply(struct graph *g, const struct onnx_node *n, const char *op_type,
                          struct tensor *const *in, int nin, struct onnx_attribute *attributes,
                          int nattributes)
{
    const struct opdef *def = op_find_onnx("", op_type);
    struct tensor *out[1] = { NULL };
    struct onnx_node node = *n;
    if (!def) {
        onnx_error(g, n, "it needs the operator '%s', which cnnc does not have", op_type);
        return NULL;
    }
    node.op_type = op_type;
    node.domain = "";
    node.opset = LATEST_OPSET;
    node.in = NEW_ARRAY(g->ctx->arena, struct tensor *, nin + 1);
    memcpy(node.in, in, (size_t)nin * sizeof *in);
    node.nin = nin;
    node.out = out;
    node.nout = 1;
    node.wanted = (bool[]){ true };
    node.attributes = attributes;
    node.nattributes = nattributes;
    return (def->import ? def->import(g, &node) : onnx_import_plain(g, &node, def)) ? out[0] : NULL;
}

/* ---- layouts --------------------------------------------------------------------------------- */

/* Moves axis `from` to place `to`. */
static struct tensor *transpose(struct graph *g, const struct onnx_node *n, struct tensor *t,
                                int from, int to)
{
    struct value_item perm[MAX_RANK];
    for (int i = 0; i < t->shape.rank; i++)
        perm[i] = (struct value_item){ .kind = ITEM_INT,
                                       .i = i == to               ? from
                                            : i < to && i >= from ? i + 1
                                            : i > to && i <= from ? i - 1
                                                                  : i };
    struct onnx_attribute attribute = {
        .name = "perm",
        .value = { .kind = ITEM_LIST, .list = perm, .count = t->shape.rank },
        .kind = "ints"
    };
    return onnx_apply(g, n, "Transpose", &t, 1, &attribute, 1);
}

struct tensor *onnx_channels_last(struct graph *g, const struct onnx_node *n, struct tensor *t)
{
    return t->shape.rank < 3 ? t : transpose(g, n, t, 1, t->shape.rank - 1);
}

struct tensor *onnx_channels_first(struct graph *g, const struct onnx_node *n, struct tensor *t)
{
    return t->shape.rank < 3 ? t : transpose(g, n, t, t->shape.rank - 1, 1);
}
