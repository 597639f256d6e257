/* pack.c - the ONNX writer's nodes and values as the bytes of a file, by protobuf-c and ONNX' own
 * schema. */
#include "onnx/import.h"
#include "onnx/write.h"

#include <stdlib.h>
#include <string.h>

#ifndef CNNC_VERSION
#define CNNC_VERSION "0"
#endif

enum { IR_VERSION_21 = 10 }; /* of the release that brought opset 21 */

/* Protobuf's own limit for one message. */
static const size_t MOST_BYTES = 0x7fffffff;

/* ---- names ----------------------------------------------------------------------------------- */

/* Inputs and outputs of the graph have theirs; the others get the names they would like to have, as
 * far as they are free. */
static void name_values(struct writer *w)
{
    struct arena *a = w->g->ctx->arena;
    struct name_table taken = { 0 };
    for (int i = 0; i < w->nvalues; i++)
        if (w->values[i]->name)
            names_take(a, &taken, w->values[i]->name);
    for (int i = 0; i < w->nvalues; i++)
        if (!w->values[i]->name && (w->values[i]->used || !w->values[i]->data)) {
            w->values[i]->name = names_free(a, &taken, w->values[i]->base);
            names_take(a, &taken, w->values[i]->name);
        }
    taken = (struct name_table){ 0 };
    for (int i = 0; i < w->nnodes; i++) {
        struct onnx_out_node *n = w->nodes[i];
        n->name = names_free(a, &taken, n->nout && n->out[0]->name ? n->out[0]->name : n->op_type);
        names_take(a, &taken, n->name);
    }
}

/* ---- types and constants --------------------------------------------------------------------- */

static Onnx__ValueInfoProto *value_info(struct writer *w, const struct onnx_value *v)
{
    struct arena *a = w->g->ctx->arena;
    Onnx__ValueInfoProto *info = NEW(a, Onnx__ValueInfoProto);
    Onnx__TypeProto *type = NEW(a, Onnx__TypeProto);
    Onnx__TypeProto__Tensor *tensor = NEW(a, Onnx__TypeProto__Tensor);
    Onnx__TensorShapeProto *shape = NEW(a, Onnx__TensorShapeProto);
    onnx__value_info_proto__init(info);
    onnx__type_proto__init(type);
    onnx__type_proto__tensor__init(tensor);
    onnx__tensor_shape_proto__init(shape);
    shape->n_dim = (size_t)v->shape->rank;
    shape->dim = NEW_ARRAY(a, Onnx__TensorShapeProto__Dimension *, v->shape->rank + 1);
    for (int i = 0; i < v->shape->rank; i++) {
        shape->dim[i] = NEW(a, Onnx__TensorShapeProto__Dimension);
        onnx__tensor_shape_proto__dimension__init(shape->dim[i]);
        shape->dim[i]->value_case = ONNX__TENSOR_SHAPE_PROTO__DIMENSION__VALUE_DIM_VALUE;
        shape->dim[i]->dim_value = v->shape->dim[i];
    }
    tensor->has_elem_type = true;
    tensor->elem_type = onnx_data_type(v->type);
    tensor->shape = shape;
    type->value_case = ONNX__TYPE_PROTO__VALUE_TENSOR_TYPE;
    type->tensor_type = tensor;
    info->name = arena_copy(a, v->name, strlen(v->name));
    info->type = type;
    return info;
}

static Onnx__TensorProto *initializer(struct writer *w, const struct onnx_value *v)
{
    struct arena *a = w->g->ctx->arena;
    Onnx__TensorProto *t = NEW(a, Onnx__TensorProto);
    onnx__tensor_proto__init(t);
    t->name = arena_copy(a, v->name, strlen(v->name));
    t->has_data_type = true;
    t->data_type = onnx_data_type(v->type);
    t->n_dims = (size_t)v->shape->rank;
    t->dims = NEW_ARRAY(a, int64_t, v->shape->rank + 1);
    for (int i = 0; i < v->shape->rank; i++)
        t->dims[i] = v->shape->dim[i];
    t->has_raw_data = true;
    t->raw_data.len = (size_t)shape_count(v->shape) * dtype_size(v->type);
    /* protobuf-c's bytes are not const; they are only read */
    memcpy(&t->raw_data.data, &v->data, sizeof v->data);
    return t;
}

/* ---- nodes ----------------------------------------------------------------------------------- */

static ProtobufCBinaryData bytes_of(struct arena *a, const char *text)
{
    return (ProtobufCBinaryData){ strlen(text), (uint8_t *)arena_copy(a, text, strlen(text)) };
}

static Onnx__AttributeProto *attribute(struct arena *a, const struct onnx_out_attribute *from)
{
    Onnx__AttributeProto *to = NEW(a, Onnx__AttributeProto);
    onnx__attribute_proto__init(to);
    to->name = arena_copy(a, from->name, strlen(from->name));
    to->has_type = true;
    switch (from->kind) {
    case OUT_INT:
        to->type = ONNX__ATTRIBUTE_PROTO__ATTRIBUTE_TYPE__INT;
        to->has_i = true;
        to->i = (int64_t)from->number[0];
        break;
    case OUT_FLOAT:
        to->type = ONNX__ATTRIBUTE_PROTO__ATTRIBUTE_TYPE__FLOAT;
        to->has_f = true;
        to->f = (float)from->number[0];
        break;
    case OUT_STRING:
        to->type = ONNX__ATTRIBUTE_PROTO__ATTRIBUTE_TYPE__STRING;
        to->has_s = true;
        to->s = bytes_of(a, from->text[0]);
        break;
    case OUT_STRINGS:
        to->type = ONNX__ATTRIBUTE_PROTO__ATTRIBUTE_TYPE__STRINGS;
        to->n_strings = (size_t)from->count;
        to->strings = NEW_ARRAY(a, ProtobufCBinaryData, from->count + 1);
        for (int i = 0; i < from->count; i++)
            to->strings[i] = bytes_of(a, from->text[i]);
        break;
    case OUT_INTS:
        to->type = ONNX__ATTRIBUTE_PROTO__ATTRIBUTE_TYPE__INTS;
        to->n_ints = (size_t)from->count;
        to->ints = NEW_ARRAY(a, int64_t, from->count + 1);
        for (int i = 0; i < from->count; i++)
            to->ints[i] = (int64_t)from->number[i];
        break;
    case OUT_FLOATS:
        to->type = ONNX__ATTRIBUTE_PROTO__ATTRIBUTE_TYPE__FLOATS;
        to->n_floats = (size_t)from->count;
        to->floats = NEW_ARRAY(a, float, from->count + 1);
        for (int i = 0; i < from->count; i++)
            to->floats[i] = (float)from->number[i];
        break;
    }
    return to;
}

/* Names of values; those that nobody reads are dropped at the end of a node's outputs. */
static char **value_names(struct arena *a, struct onnx_value *const *values, int n, size_t *count)
{
    char **to = NEW_ARRAY(a, char *, n + 1);
    for (int i = 0; i < n; i++)
        to[i] = values[i] && !values[i]->absent
                    ? arena_copy(a, values[i]->name, strlen(values[i]->name))
                    : arena_copy(a, "", 0);
    *count = (size_t)n;
    return to;
}

static Onnx__NodeProto *node(struct writer *w, const struct onnx_out_node *from)
{
    struct arena *a = w->g->ctx->arena;
    Onnx__NodeProto *to = NEW(a, Onnx__NodeProto);
    int nout = from->nout;
    onnx__node_proto__init(to);
    while (nout > 1 && from->out[nout - 1]->absent)
        nout--;
    to->name = arena_copy(a, from->name, strlen(from->name));
    to->op_type = arena_copy(a, from->op_type, strlen(from->op_type));
    to->input = value_names(a, from->in, from->nin, &to->n_input);
    to->output = value_names(a, from->out, nout, &to->n_output);
    to->n_attribute = (size_t)from->nattributes;
    to->attribute = NEW_ARRAY(a, Onnx__AttributeProto *, from->nattributes + 1);
    for (int i = 0; i < from->nattributes; i++)
        to->attribute[i] = attribute(a, &from->attributes[i]);
    return to;
}

/* ---- the model ------------------------------------------------------------------------------- */

static bool is_interface(const struct writer *w, const struct onnx_value *v)
{
    for (int i = 0; i < w->g->ninputs; i++)
        if (w->inputs[i] == v)
            return true;
    for (int i = 0; i < w->g->noutputs; i++)
        if (w->outputs[i] == v)
            return true;
    return false;
}

static Onnx__GraphProto *graph(struct writer *w)
{
    struct arena *a = w->g->ctx->arena;
    Onnx__GraphProto *to = NEW(a, Onnx__GraphProto);
    int n = 0, constants = 0, infos = 0;
    onnx__graph_proto__init(to);
    to->name = arena_copy(a, w->g->name && *w->g->name ? w->g->name : "model",
                          strlen(w->g->name && *w->g->name ? w->g->name : "model"));
    for (int i = 0; i < w->nnodes; i++)
        APPEND(a, to->node, n, node(w, w->nodes[i]));
    to->n_node = (size_t)n;
    for (int i = 0; i < w->nvalues; i++) {
        const struct onnx_value *v = w->values[i];
        if (v->data && v->used)
            APPEND(a, to->initializer, constants, initializer(w, v));
        else if (!v->data && v->shape && v->used && !is_interface(w, v))
            APPEND(a, to->value_info, infos, value_info(w, v));
    }
    to->n_initializer = (size_t)constants;
    to->n_value_info = (size_t)infos;
    to->n_input = (size_t)w->g->ninputs;
    to->input = NEW_ARRAY(a, Onnx__ValueInfoProto *, w->g->ninputs + 1);
    for (int i = 0; i < w->g->ninputs; i++)
        to->input[i] = value_info(w, w->inputs[i]);
    to->n_output = (size_t)w->g->noutputs;
    to->output = NEW_ARRAY(a, Onnx__ValueInfoProto *, w->g->noutputs + 1);
    for (int i = 0; i < w->g->noutputs; i++)
        to->output[i] = value_info(w, w->outputs[i]);
    return to;
}

bool pack_model(struct writer *w, const char *path)
{
    struct ctx *ctx = w->g->ctx;
    Onnx__ModelProto model;
    Onnx__OperatorSetIdProto opset, *opsets[1] = { &opset };
    name_values(w);
    onnx__model_proto__init(&model);
    onnx__operator_set_id_proto__init(&opset);
    opset.domain = arena_copy(ctx->arena, "", 0);
    opset.has_version = true;
    opset.version = w->opset;
    model.opset_import = opsets;
    model.n_opset_import = 1;
    /* each opset above 21 but 22 and 26 came with an IR version of its own */
    model.has_ir_version = true;
    model.ir_version = w->opset <= 22   ? IR_VERSION_21
                       : w->opset <= 25 ? IR_VERSION_21 + w->opset - 22
                                        : IR_VERSION_21 + 3;
    model.producer_name = arena_copy(ctx->arena, "cnnc", 4);
    model.producer_version = arena_copy(ctx->arena, CNNC_VERSION, strlen(CNNC_VERSION));
    model.graph = graph(w);
    const size_t size = onnx__model_proto__get_packed_size(&model);
    if (size > MOST_BYTES)
        return diag_error(&ctx->diags, (struct span){ 0 },
                          "the ONNX file would have %zu bytes; the format ends at %zu", size,
                          MOST_BYTES);
    uint8_t *bytes = malloc(size + 1);
    if (!bytes)
        die("no memory for %zu bytes of ONNX", size);
    onnx__model_proto__pack(&model, bytes);
    const bool ok = file_write(&ctx->diags, path, bytes, size);
    free(bytes);
    return ok;
}
