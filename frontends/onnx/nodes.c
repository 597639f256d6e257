/*
 * nodes.c - nodes one by one: the op table's import hooks do the work. A node that fails leaves
 * unknown values, so that the rest of the model is still looked through. Functions of the model are
 * inlined.
 */
#include "onnx/import.h"

#include <string.h>

/* ---- names ----------------------------------------------------------------------------------- */

const char *clean_name(struct arena *a, const char *name)
{
    char *s = arena_copy(a, name, strlen(name)), *to = s;
    for (const char *p = s; *p; p++) { /* "/layer1/conv/Conv" gives "layer1_conv_Conv" */
        const bool keep = (*p >= '0' && *p <= '9') || (*p >= 'a' && *p <= 'z')
                          || (*p >= 'A' && *p <= 'Z') || *p == '_';
        if (keep || to != s)
            *to++ = keep ? *p : '_';
    }
    *to = 0;
    return *s ? s : "value";
}

const char *string_of(struct arena *a, const ProtobufCBinaryData *bytes)
{
    return arena_copy(a, bytes->data ? (const char *)bytes->data : "", bytes->len);
}

const uint8_t *unknown_field(const ProtobufCMessage *m, unsigned number, int occurrence,
                             size_t *size)
{
    for (unsigned i = 0; i < m->n_unknown_fields; i++) {
        const ProtobufCMessageUnknownField *f = &m->unknown_fields[i];
        if (f->tag != number || f->wire_type != PROTOBUF_C_WIRE_TYPE_LENGTH_PREFIXED
            || occurrence-- > 0)
            continue;
        size_t skip = 0; /* the length stands in front of the bytes */
        while (skip < f->len && f->data[skip] & 128)
            skip++;
        if (skip >= f->len)
            return NULL;
        *size = f->len - skip - 1;
        return f->data + skip + 1;
    }
    return NULL;
}

void scope_put(struct importer *im, struct scope *sc, const char *name, struct value v)
{
    struct value *kept = NEW(im->ctx->arena, struct value);
    *kept = v;
    if (names_get(&sc->values, name))
        diag_error(&im->ctx->diags, im->at, "the value '%s' is made twice", name);
    names_put(im->ctx->arena, &sc->values, name, kept);
}

bool scope_find(const struct scope *sc, const char *name, struct value *v)
{
    for (; sc; sc = sc->outer) {
        const struct value *found = names_get(&sc->values, name);
        if (found) {
            *v = *found;
            return true;
        }
    }
    return false;
}

static const char *domain_of(const Onnx__NodeProto *n)
{
    return !n->domain || strcmp(n->domain, "ai.onnx") == 0 ? "" : n->domain;
}

/* Version of a domain that is imported; files before IR 3 import none and mean the first. */
static int opset_of(const struct scope *sc, const char *domain)
{
    for (size_t i = 0; i < sc->opsets.count; i++) {
        const char *d = sc->opsets.item[i]->domain ? sc->opsets.item[i]->domain : "";
        if (strcmp(strcmp(d, "ai.onnx") == 0 ? "" : d, domain) == 0)
            return (int)sc->opsets.item[i]->version;
    }
    return 1;
}

/* "node 'conv_17' (Conv)" */
static const char *node_text(struct importer *im, const Onnx__NodeProto *n)
{
    const char *name = n->name && *n->name            ? n->name
                       : n->n_output && *n->output[0] ? n->output[0]
                                                      : "without a name";
    return arena_printf(im->ctx->arena, "'%s'", name);
}

/* ---- attributes ------------------------------------------------------------------------------ */

const Onnx__AttributeProto *find_attribute(const Onnx__NodeProto *n, const char *name)
{
    for (size_t i = 0; i < n->n_attribute; i++)
        if (n->attribute[i]->name && strcmp(n->attribute[i]->name, name) == 0)
            return n->attribute[i];
    return NULL;
}

/* In a function's body an attribute may stand for one of the call; NULL: the call does not give it.
 */
static const Onnx__AttributeProto *resolve(const struct scope *sc, const Onnx__AttributeProto *a)
{
    if (!a->ref_attr_name || !*a->ref_attr_name)
        return a;
    for (; sc && !sc->attributes && sc->outer;)
        sc = sc->outer;
    for (size_t i = 0; i < sc->nattributes; i++)
        if (sc->attributes[i]->name && strcmp(sc->attributes[i]->name, a->ref_attr_name) == 0)
            return sc->attributes[i];
    return NULL;
}

static struct value_item item_int(int64_t i)
{
    return (struct value_item){ .kind = ITEM_INT, .i = i };
}
static struct value_item item_float(double f)
{
    return (struct value_item){ .kind = ITEM_FLOAT, .f = f };
}

static struct value_item list_item(struct importer *im, size_t n)
{
    return (struct value_item){ .kind = ITEM_LIST,
                                .list = NEW_ARRAY(im->ctx->arena, struct value_item, n + 1),
                                .count = (int)n };
}

/* Old files give no type: the field that is set tells. */
static int attribute_type(const Onnx__AttributeProto *a)
{
    if (a->has_type && a->type)
        return (int)a->type;
    return a->has_f       ? ONNX__ATTRIBUTE_PROTO__ATTRIBUTE_TYPE__FLOAT
           : a->has_i     ? ONNX__ATTRIBUTE_PROTO__ATTRIBUTE_TYPE__INT
           : a->has_s     ? ONNX__ATTRIBUTE_PROTO__ATTRIBUTE_TYPE__STRING
           : a->t         ? ONNX__ATTRIBUTE_PROTO__ATTRIBUTE_TYPE__TENSOR
           : a->g         ? ONNX__ATTRIBUTE_PROTO__ATTRIBUTE_TYPE__GRAPH
           : a->n_floats  ? ONNX__ATTRIBUTE_PROTO__ATTRIBUTE_TYPE__FLOATS
           : a->n_strings ? ONNX__ATTRIBUTE_PROTO__ATTRIBUTE_TYPE__STRINGS
                          : ONNX__ATTRIBUTE_PROTO__ATTRIBUTE_TYPE__INTS;
}

static void set_attribute(struct importer *im, struct onnx_attribute *to,
                          const Onnx__AttributeProto *a)
{
    switch (attribute_type(a)) {
    case ONNX__ATTRIBUTE_PROTO__ATTRIBUTE_TYPE__FLOAT:
        to->value = item_float((double)a->f);
        to->kind = "float";
        break;
    case ONNX__ATTRIBUTE_PROTO__ATTRIBUTE_TYPE__INT:
        to->value = item_int(a->i);
        to->kind = "int";
        break;
    case ONNX__ATTRIBUTE_PROTO__ATTRIBUTE_TYPE__STRING:
        to->value =
            (struct value_item){ .kind = ITEM_STRING, .s = string_of(im->ctx->arena, &a->s) };
        to->kind = "string";
        break;
    case ONNX__ATTRIBUTE_PROTO__ATTRIBUTE_TYPE__TENSOR:
        to->tensor =
            a->t ? tensor_constant(im, a->t, a->t->name && *a->t->name ? a->t->name : to->name)
                 : NULL;
        to->kind = "tensor";
        break;
    case ONNX__ATTRIBUTE_PROTO__ATTRIBUTE_TYPE__SPARSE_TENSOR:
        to->tensor = a->sparse_tensor ? sparse_constant(im, a->sparse_tensor, to->name) : NULL;
        to->kind = "sparse tensor";
        break;
    case ONNX__ATTRIBUTE_PROTO__ATTRIBUTE_TYPE__FLOATS:
        to->value = list_item(im, a->n_floats);
        to->kind = "floats";
        for (size_t i = 0; i < a->n_floats; i++)
            to->value.list[i] = item_float((double)a->floats[i]);
        break;
    case ONNX__ATTRIBUTE_PROTO__ATTRIBUTE_TYPE__INTS:
        to->value = list_item(im, a->n_ints);
        to->kind = "ints";
        for (size_t i = 0; i < a->n_ints; i++)
            to->value.list[i] = item_int(a->ints[i]);
        break;
    case ONNX__ATTRIBUTE_PROTO__ATTRIBUTE_TYPE__STRINGS:
        to->value = list_item(im, a->n_strings);
        to->kind = "strings";
        for (size_t i = 0; i < a->n_strings; i++)
            to->value.list[i] =
                (struct value_item){ .kind = ITEM_STRING,
                                     .s = string_of(im->ctx->arena, &a->strings[i]) };
        break;
    case ONNX__ATTRIBUTE_PROTO__ATTRIBUTE_TYPE__GRAPH: to->kind = "graph"; break;
    default: to->kind = "of a kind that cnnc does not read"; break;
    }
}

struct onnx_node new_node(struct importer *im, const struct scope *sc, const Onnx__NodeProto *n)
{
    struct arena *a = im->ctx->arena;
    struct onnx_node node = { .op_type = n->op_type ? n->op_type : "",
                              .domain = domain_of(n),
                              .at = im->at };
    node.name = n->name && *n->name            ? n->name
                : n->n_output && *n->output[0] ? n->output[0]
                                               : node.op_type;
    node.opset = opset_of(sc, node.domain);
    node.nin = (int)n->n_input;
    node.nout = (int)n->n_output;
    node.in = NEW_ARRAY(a, struct tensor *, node.nin + 1);
    node.out = NEW_ARRAY(a, struct tensor *, node.nout + 1);
    node.wanted = NEW_ARRAY(a, bool, node.nout + 1);
    for (int i = 0; i < node.nout; i++)
        node.wanted[i] = *n->output[i] != 0;
    node.attributes = NEW_ARRAY(a, struct onnx_attribute, n->n_attribute + 1);
    for (size_t i = 0; i < n->n_attribute; i++) {
        const Onnx__AttributeProto *p = resolve(sc, n->attribute[i]);
        if (!p || !n->attribute[i]->name)
            continue;
        struct onnx_attribute *to = &node.attributes[node.nattributes++];
        to->name = n->attribute[i]->name;
        set_attribute(im, to, p);
    }
    node.from = NEW(a, struct op);
    const char *base = clean_name(a, n->name && *n->name ? n->name : node.op_type);
    node.from->name = *sc->prefix ? arena_printf(a, "%s_%s", sc->prefix, base) : base;
    node.from->at = im->at;
    node.from->scope = (struct layer_scope){ .layer = node.from->name,
                                             .path = node.from->name,
                                             .kind = node.op_type };
    return node;
}

/* ---- one node -------------------------------------------------------------------------------- */

static void outputs_unknown(struct importer *im, struct scope *sc, const Onnx__NodeProto *n)
{
    for (size_t i = 0; i < n->n_output; i++)
        if (*n->output[i])
            scope_put(im, sc, n->output[i], (struct value){ .unknown = true });
}

/* Reads the inputs; false where one is unknown or missing. */
static bool find_inputs(struct importer *im, const struct scope *sc, const Onnx__NodeProto *n,
                        struct value *in)
{
    bool known = true;
    for (size_t i = 0; i < n->n_input; i++) {
        in[i] = (struct value){ 0 };
        if (*n->input[i] && !scope_find(sc, n->input[i], &in[i]))
            known = diag_error(&im->ctx->diags, im->at,
                               "node %s (%s) reads '%s', which no node before it makes",
                               node_text(im, n), n->op_type ? n->op_type : "", n->input[i]);
        known &= !in[i].unknown;
    }
    return known;
}

static void bind_outputs(struct importer *im, struct scope *sc, const Onnx__NodeProto *n,
                         const struct onnx_node *node)
{
    for (int i = 0; i < node->nout; i++) {
        if (!node->wanted[i])
            continue;
        const Onnx__TypeProto *type = names_get(&sc->declared, n->output[i]);
        if (type && node->out[i])
            check_declared(im, type, node->out[i],
                           arena_printf(im->ctx->arena, "the output '%s' of node %s (%s)",
                                        n->output[i], node_text(im, n), node->op_type));
        scope_put(im, sc, n->output[i], (struct value){ node->out[i], !node->out[i] });
    }
}

/* Constant's value, whatever the attribute. */
static bool import_constant(struct importer *im, struct onnx_node *node)
{
    struct graph *g = im->g;
    const struct onnx_attribute *a = node->nattributes ? &node->attributes[0] : NULL;
    const char *name = node->from->name;
    if (node->nattributes != 1 || node->nout != 1)
        return onnx_error(g, node, "a constant has one attribute and one output");
    const struct value_item *v = &a->value;
    const bool list = v->kind == ITEM_LIST;
    const struct value_item *item = list ? v->list : v;
    const struct shape s = { .rank = list, .dim = { list ? v->count : 1 } };
    if (a->tensor) {
        node->out[0] = a->tensor;
    } else if (strncmp(a->name, "value_float", 11) == 0 || strncmp(a->name, "value_int", 9) == 0) {
        const bool real = a->name[6] == 'f';
        node->out[0] = graph_constant(g, name, real ? F32 : I64, s, NULL);
        for (int i = 0; i < (list ? v->count : 1); i++)
            if (real)
                ((float *)node->out[0]->data)[i] = (float)item[i].f;
            else
                ((int64_t *)node->out[0]->data)[i] = item[i].i;
    } else if (strncmp(a->name, "value_string", 12) == 0) {
        unsupported(im, "a constant of strings", "cnnc takes tensors of numbers and bools",
                    arena_printf(im->ctx->arena, "'%s'", node->name));
    } else if (!im->ctx->diags.errors && !im->nunsupported) {
        return onnx_error(g, node, "its attribute '%s' gives no value", a->name);
    }
    return node->out[0] != NULL;
}

static bool check_attributes(struct importer *im, const struct onnx_node *node)
{
    bool ok = true;
    for (int i = 0; i < node->nattributes; i++)
        if (!node->attributes[i].used && strcmp(node->attributes[i].name, "consumed_inputs") != 0)
            ok = onnx_error(im->g, node, "its attribute '%s' is not supported",
                            node->attributes[i].name);
    return ok;
}

static bool import_op(struct importer *im, struct onnx_node *node, const struct opdef *def)
{
    const int errors = im->ctx->diags.errors, gathered = im->nunsupported;
    while (node->nin && !node->in[node->nin - 1]) /* absent ones at the end */
        node->nin--;
    const bool ok = def->import ? def->import(im->g, node) : onnx_import_plain(im->g, node, def);
    if (!ok) {
        memset(node->out, 0, (size_t)node->nout * sizeof *node->out);
        if (im->ctx->diags.errors == errors && gathered == im->nunsupported)
            onnx_error(im->g, node, "it cannot be imported");
        return false;
    }
    for (int i = 0; i < node->nout; i++)
        if (node->wanted[i] && !node->out[i])
            return onnx_error(im->g, node, "its output %d is not supported", i);
    return check_attributes(im, node);
}

static void not_known(struct importer *im, const Onnx__NodeProto *n, const struct onnx_node *node,
                      const struct value *in)
{
    const char *type = n->n_input && in[0].tensor ? dtype_name(in[0].tensor->type) : NULL;
    const char *domain =
        *node->domain ? arena_printf(im->ctx->arena, " of domain '%s'", node->domain) : "";
    const char *what = arena_printf(im->ctx->arena, "operator %s%s (opset %d)", node->op_type,
                                    domain, node->opset);
    const char *where = arena_printf(im->ctx->arena, "%s%s%s", node_text(im, n), type ? " on " : "",
                                     type ? type : "");
    unsupported(im, what,
                *node->domain ? "export the model without this domain's operators, or with their "
                                "definition as a function in the file"
                              : "simplify the model or export it with other operators",
                where);
}

/* ---- functions of the model ------------------------------------------------------------------ */

static const Onnx__FunctionProto *find_function(struct importer *im, const Onnx__NodeProto *n)
{
    size_t size = 0;
    if (!im->model->n_functions)
        return NULL;
    const uint8_t *overload = unknown_field(&n->base, 8, 0, &size);
    const char *key = arena_printf(im->ctx->arena, "%s:%s:%.*s", n->domain ? n->domain : "",
                                   n->op_type ? n->op_type : "", (int)size,
                                   overload ? (const char *)overload : "");
    return names_get(&im->functions, key);
}

/* What the call gives, then the function's own values for what it does not. */
static void call_attributes(struct importer *im, struct scope *inner, const struct scope *sc,
                            const Onnx__NodeProto *n, const Onnx__FunctionProto *f)
{
    int count = 0;
    Onnx__AttributeProto **list = NULL;
    for (size_t i = 0; i < n->n_attribute; i++) {
        const Onnx__AttributeProto *a = resolve(sc, n->attribute[i]);
        if (!a)
            continue;
        Onnx__AttributeProto *copy = NEW(im->ctx->arena, Onnx__AttributeProto);
        *copy = *a;
        copy->name = n->attribute[i]->name;
        APPEND(im->ctx->arena, list, count, copy);
    }
    size_t size;
    const uint8_t *bytes;
    for (int i = 0; (bytes = unknown_field(&f->base, 11, i, &size)) != NULL; i++) {
        if (wire_check(&onnx__attribute_proto__descriptor, bytes, size, 0))
            continue;
        Onnx__AttributeProto *a =
            onnx__attribute_proto__unpack(arena_allocator(im->ctx->arena), size, bytes);
        if (a && a->name && !find_attribute(n, a->name))
            APPEND(im->ctx->arena, list, count, a);
    }
    inner->attributes = list;
    inner->nattributes = (size_t)count;
}

static void inline_function(struct importer *im, struct scope *sc, const Onnx__NodeProto *n,
                            const Onnx__FunctionProto *f, const struct value *in)
{
    struct scope *inner = NEW(im->ctx->arena, struct scope);
    const struct onnx_node node = new_node(im, sc, n);
    inner->depth = sc->depth + 1;
    inner->opsets = (struct opsets){ f->opset_import, f->n_opset_import };
    inner->prefix = node.from->name;
    call_attributes(im, inner, sc, n, f);
    for (size_t i = 0; i < f->n_input; i++)
        scope_put(im, inner, f->input[i], i < n->n_input ? in[i] : (struct value){ 0 });
    if (inner->depth > MOST_DEPTH)
        diag_error(&im->ctx->diags, im->at,
                   "node %s: functions call each other deeper than %d levels", node_text(im, n),
                   MOST_DEPTH);
    else
        import_nodes(im, inner, f->node, f->n_node);
    for (size_t i = 0; i < n->n_output; i++) {
        struct value v = { .unknown = true };
        if (*n->output[i]
            && (i >= f->n_output
                || (!scope_find(inner, f->output[i], &v) && inner->depth <= MOST_DEPTH)))
            diag_error(&im->ctx->diags, im->at,
                       "node %s: the function '%s' does not make its output %zu", node_text(im, n),
                       f->name, i);
        if (*n->output[i])
            scope_put(im, sc, n->output[i], v);
    }
}

/* ---- all of them ----------------------------------------------------------------------------- */

static void import_node(struct importer *im, struct scope *sc, const Onnx__NodeProto *n)
{
    struct value *in = NEW_ARRAY(im->ctx->arena, struct value, n->n_input + 1);
    const Onnx__FunctionProto *f = find_function(im, n);
    bool known = find_inputs(im, sc, n, in);
    if (f) {
        inline_function(im, sc, n, f, in);
        return;
    }
    const char *domain = domain_of(n), *op_type = n->op_type ? n->op_type : "";
    const bool control = is_control(domain, op_type),
               constant = !*domain && strcmp(op_type, "Constant") == 0;
    const struct opdef *def = op_find_onnx(domain, op_type);
    if (!known && (def || control)) {
        outputs_unknown(im, sc, n);
        return;
    }
    struct onnx_node node = new_node(im, sc, n);
    for (size_t i = 0; i < n->n_input; i++)
        node.in[i] = in[i].tensor;
    if (constant)
        import_constant(im, &node);
    else if (control)
        import_control(im, sc, n, &node);
    else if (!def)
        not_known(im, n, &node, in);
    else if (!import_op(im, &node, def))
        memset(node.out, 0, (size_t)node.nout * sizeof *node.out);
    bind_outputs(im, sc, n, &node);
}

void import_nodes(struct importer *im, struct scope *sc, Onnx__NodeProto **nodes, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (++im->nodes > MOST_NODES) {
            if (im->nodes == MOST_NODES + 1)
                diag_error(&im->ctx->diags, im->at, "more than %d nodes, loops unrolled",
                           MOST_NODES);
            outputs_unknown(im, sc, nodes[i]);
            continue;
        }
        import_node(im, sc, nodes[i]);
    }
}
