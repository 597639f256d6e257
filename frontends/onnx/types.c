/* types.c - declared types of values, and whether what was inferred agrees with them. */
#include "onnx/import.h"

#include <string.h>

const char *full_shape(struct arena *a, const struct shape *s)
{
    const char *text = s->rank ? "" : "a scalar";
    for (int i = 0; i < s->rank; i++)
        text = arena_printf(a, "%s%s%lld", text, i ? " x " : "", (long long)s->dim[i]);
    return text;
}

const char *data_type_name(int64_t data_type)
{
    static const char *const names[] = {
        "undefined",      "float32",    "uint8",          "int8",       "uint16",   "int16",
        "int32",          "int64",      "string",         "bool",       "float16",  "float64",
        "uint32",         "uint64",     "complex64",      "complex128", "bfloat16", "float8e4m3fn",
        "float8e4m3fnuz", "float8e5m2", "float8e5m2fnuz", "uint4",      "int4",     "float4e2m1",
        "float8e8m0",     "uint2",      "int2",
    };
    return data_type >= 0 && data_type < (int64_t)(sizeof names / sizeof *names)
               ? names[data_type]
               : "of an unknown type";
}

const char *type_kind(const Onnx__TypeProto *type)
{
    enum dtype t;
    switch (type->value_case) {
    case ONNX__TYPE_PROTO__VALUE_TENSOR_TYPE:
        if (onnx_dtype(type->tensor_type->elem_type, &t))
            return NULL;
        return data_type_name(type->tensor_type->elem_type);
    case ONNX__TYPE_PROTO__VALUE_SEQUENCE_TYPE: return "a sequence";
    case ONNX__TYPE_PROTO__VALUE_MAP_TYPE: return "a map";
    case ONNX__TYPE_PROTO__VALUE_OPTIONAL_TYPE: return "an optional value";
    case ONNX__TYPE_PROTO__VALUE_SPARSE_TENSOR_TYPE: return "a sparse tensor";
    default: return "of no type";
    }
}

/* "1 x ? x 224" */
static const char *declared_shape(struct arena *a, const Onnx__TensorShapeProto *s)
{
    const char *text = s->n_dim ? "" : "a scalar";
    for (size_t i = 0; i < s->n_dim; i++)
        text =
            s->dim[i]->value_case == ONNX__TENSOR_SHAPE_PROTO__DIMENSION__VALUE_DIM_VALUE
                ? arena_printf(a, "%s%s%lld", text, i ? " x " : "", (long long)s->dim[i]->dim_value)
                : arena_printf(a, "%s%s?", text, i ? " x " : "");
    return text;
}

static bool shape_agrees(const Onnx__TensorShapeProto *s, const struct shape *made)
{
    if (s->n_dim != (size_t)made->rank)
        return false;
    for (int i = 0; i < made->rank; i++)
        if (s->dim[i]->value_case == ONNX__TENSOR_SHAPE_PROTO__DIMENSION__VALUE_DIM_VALUE
            && s->dim[i]->dim_value != made->dim[i])
            return false;
    return true;
}

bool check_declared(struct importer *im, const Onnx__TypeProto *type, const struct tensor *t,
                    const char *what)
{
    enum dtype declared;
    struct arena *a = im->ctx->arena;
    if (type->value_case != ONNX__TYPE_PROTO__VALUE_TENSOR_TYPE)
        return diag_error(&im->ctx->diags, im->at, "%s is declared as %s, but is a tensor", what,
                          type_kind(type));
    if (onnx_dtype(type->tensor_type->elem_type, &declared) && declared != t->type)
        return diag_error(&im->ctx->diags, im->at,
                          "%s is declared as %s, but its element type is %s", what,
                          dtype_name(declared), dtype_name(t->type));
    if (type->tensor_type->shape && !im->reshaped
        && !shape_agrees(type->tensor_type->shape, &t->shape))
        return diag_error(&im->ctx->diags, im->at, "%s is declared as %s, but its shape is %s",
                          what, declared_shape(a, type->tensor_type->shape),
                          full_shape(a, &t->shape));
    return true;
}
