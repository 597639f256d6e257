/* tensor.c - TensorProto to constants: raw and typed data, data in files beside the model, sparse
 * tensors. */
#define _XOPEN_SOURCE 700 /* realpath */
#include "onnx/import.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

static bool wrong(struct importer *im, const char *name, const char *format, ...) PRINTF_LIKE(3, 4);

static bool wrong(struct importer *im, const char *name, const char *format, ...)
{
    char what[500];
    va_list args;
    va_start(args, format);
    vsnprintf(what, sizeof what, format, args);
    va_end(args);
    return diag_error(&im->ctx->diags, im->at, "tensor '%s': %s", name, what);
}

static bool shape_from(struct importer *im, const char *name, const int64_t *dims, size_t rank,
                       struct shape *to)
{
    *to = (struct shape){ 0 };
    if (rank > MAX_RANK)
        return wrong(im, name, "it has %zu dimensions; at most %d are possible", rank, MAX_RANK);
    to->rank = (int)rank;
    for (size_t i = 0; i < rank; i++) {
        if (dims[i] < 0 || dims[i] > MAX_DIM)
            return wrong(im, name, "dimension %zu is %lld", i, (long long)dims[i]);
        to->dim[i] = dims[i];
    }
    return shape_count(to) >= 0 || wrong(im, name, "it has more than 2^40 elements");
}

/* ---- data in another file -------------------------------------------------------------------- */

static const char *entry(const Onnx__TensorProto *t, const char *key)
{
    for (size_t i = 0; i < t->n_external_data; i++)
        if (t->external_data[i]->key && strcmp(t->external_data[i]->key, key) == 0)
            return t->external_data[i]->value;
    return NULL;
}

/* The file beside the model: no absolute path, no "..", and no link that leads out of the model's
 * folder. NULL after an error. */
static const char *external_path(struct importer *im, const char *name, const char *location)
{
    const char *p = location ? location : "";
    if (!*p || *p == '/')
        return wrong(im, name, "its data is said to be in '%s', which is no path beside the model",
                     p),
               NULL;
    for (const char *part = p; part; part = strchr(part, '/')) {
        part += *part == '/';
        if (strncmp(part, "..", 2) == 0 && (part[2] == '/' || !part[2]))
            return wrong(im, name, "its data is said to be in '%s', outside of the model's folder",
                         p),
                   NULL;
    }
    const char *path = path_beside(im->ctx->arena, im->path, p),
               *folder = path_beside(im->ctx->arena, im->path, ".");
    char *real = realpath(path, NULL), *home = realpath(folder, NULL);
    const size_t n = home ? strlen(home) : 0;
    const bool inside = real && home && strncmp(real, home, n) == 0 && (n == 1 || real[n] == '/');
    const char *message = !real     ? "cannot be read"
                          : !inside ? "is a link out of the model's folder"
                                    : NULL;
    free(real);
    free(home);
    if (message)
        return wrong(im, name, "the file '%s' with its data %s", path, message), NULL;
    return path;
}

static bool whole_number(const char *text, int64_t absent, int64_t *to)
{
    char *end;
    *to = absent;
    if (!text)
        return true;
    errno = 0;
    *to = strtoll(text, &end, 10);
    return end != text && !*end && !errno && *to >= 0;
}

static void note_read(struct ctx *ctx, const char *path)
{
    for (int i = 0; i < ctx->nread_files; i++)
        if (strcmp(ctx->read_files[i], path) == 0)
            return;
    APPEND(ctx->arena, ctx->read_files, ctx->nread_files, path);
}

static bool read_external(struct importer *im, const Onnx__TensorProto *t, const char *name,
                          void *to, size_t size)
{
    const char *path = external_path(im, name, entry(t, "location"));
    int64_t offset, length;
    if (!path)
        return false;
    if (!whole_number(entry(t, "offset"), 0, &offset)
        || !whole_number(entry(t, "length"), (int64_t)size, &length))
        return wrong(im, name, "offset or length of its data in '%s' is no number", path);
    if ((size_t)length != size)
        return wrong(im, name, "its shape takes %zu bytes, but %lld are said to be in '%s'", size,
                     (long long)length, path);
    FILE *f = fopen(path, "rb");
    const bool good = f && fseek(f, (long)offset, SEEK_SET) == 0 && fread(to, 1, size, f) == size;
    if (f)
        fclose(f);
    note_read(im->ctx, path);
    return good
           || wrong(im, name, "cannot read %zu bytes at %lld of '%s'", size, (long long)offset,
                    path);
}

/* ---- data in the message --------------------------------------------------------------------- */

static void from_ints(const Onnx__TensorProto *t, enum dtype type, unsigned char *to, int64_t count)
{
    const size_t size = dtype_size(type);
    /* the low bytes: int32_data also holds the bits of half floats */
    for (int64_t i = 0; i < count; i++) {
        const uint32_t v = (uint32_t)t->int32_data[i];
        const uint8_t u8 = type == BOOL ? v != 0 : (uint8_t)v;
        const uint16_t u16 = (uint16_t)v;
        memcpy(to + (size_t)i * size,
               size == 1   ? (const void *)&u8
               : size == 2 ? (const void *)&u16
                           : &v,
               size);
    }
}

/* Typed data: which field holds which type is fixed by the format. false: another number of
 * elements. */
static bool typed_data(const Onnx__TensorProto *t, enum dtype type, void *to, int64_t count)
{
    const size_t bytes = (size_t)count * dtype_size(type);
    const void *from = NULL;
    size_t n = 0;
    switch (type) {
    case F32:
        from = t->float_data;
        n = t->n_float_data;
        break;
    case F64:
        from = t->double_data;
        n = t->n_double_data;
        break;
    case I64:
        from = t->int64_data;
        n = t->n_int64_data;
        break;
    case U64:
        from = t->uint64_data;
        n = t->n_uint64_data;
        break;
    case U32:
        if (t->n_uint64_data != (size_t)count)
            return false;
        for (int64_t i = 0; i < count; i++)
            ((uint32_t *)to)[i] = (uint32_t)t->uint64_data[i];
        return true;
    default:
        if (t->n_int32_data != (size_t)count)
            return false;
        from_ints(t, type, to, count);
        return true;
    }
    if (n != (size_t)count)
        return false;
    if (bytes)
        memcpy(to, from, bytes);
    return true;
}

static bool aligned(const void *p, size_t size)
{
    return (uintptr_t)p % size == 0;
}

static bool fill(struct importer *im, const Onnx__TensorProto *t, struct tensor *to,
                 const char *name)
{
    const int64_t count = shape_count(&to->shape);
    const size_t bytes = (size_t)count * dtype_size(to->type);
    if (t->has_raw_data && t->raw_data.len != bytes)
        return wrong(im, name, "its shape (%s) takes %zu bytes, but %zu are given",
                     full_shape(im->ctx->arena, &to->shape), bytes, t->raw_data.len);
    if (t->has_raw_data && bytes && aligned(t->raw_data.data, dtype_size(to->type))) {
        to->data = t->raw_data.data; /* lives as long as the compilation: no copy */
        return true;
    }
    to->data = arena_alloc(im->ctx->arena, bytes ? bytes : 1);
    if (t->has_data_location && t->data_location == ONNX__TENSOR_PROTO__DATA_LOCATION__EXTERNAL)
        return read_external(im, t, name, to->data, bytes);
    if (t->has_raw_data) {
        if (bytes)
            memcpy(to->data, t->raw_data.data, bytes);
        return true;
    }
    return typed_data(t, to->type, to->data, count)
           || wrong(im, name, "its shape (%s) has another number of elements than are given",
                    full_shape(im->ctx->arena, &to->shape));
}

struct tensor *tensor_constant(struct importer *im, const Onnx__TensorProto *t, const char *name)
{
    struct shape shape;
    enum dtype type;
    if (!onnx_dtype(t->data_type, &type)) {
        unsupported(
            im, arena_printf(im->ctx->arena, "a constant of type %s", data_type_name(t->data_type)),
            "convert it to a type that cnnc knows before the export",
            arena_printf(im->ctx->arena, "'%s'", name));
        return NULL;
    }
    if (!shape_from(im, name, t->dims, t->n_dims, &shape))
        return NULL;
    if (t->segment)
        return wrong(im, name, "data in segments"), NULL;
    struct tensor *c = graph_tensor(im->g, clean_name(im->ctx->arena, name), type, shape);
    c->at = im->at;
    return fill(im, t, c, name) ? c : NULL;
}

/* Position of sparse value i: rank 1: indices count through the whole tensor; rank 2: one index for
 * each dimension. -1: outside. */
static int64_t sparse_place(const struct tensor *indices, const struct shape *s, int64_t i)
{
    const int64_t *index = indices->data, total = shape_count(s);
    if (indices->shape.rank == 1)
        return index[i] >= 0 && index[i] < total ? index[i] : -1;
    int64_t at = 0;
    for (int d = 0; d < s->rank; d++) {
        const int64_t k = index[i * s->rank + d];
        if (k < 0 || k >= s->dim[d])
            return -1;
        at = at * s->dim[d] + k;
    }
    return at;
}

struct tensor *sparse_constant(struct importer *im, const Onnx__SparseTensorProto *t,
                               const char *name)
{
    struct shape shape;
    if (!t->values || !t->indices || t->indices->data_type != 7)
        return wrong(im, name, "a sparse tensor without values or without indices of int64"), NULL;
    if (!shape_from(im, name, t->dims, t->n_dims, &shape))
        return NULL;
    const struct tensor *values = tensor_constant(im, t->values, name),
                        *indices = values ? tensor_constant(im, t->indices, name) : NULL;
    if (!indices)
        return NULL;
    const int64_t n = shape_count(&values->shape),
                  wanted = indices->shape.rank == 2 ? shape.rank : 1;
    if (indices->shape.rank < 1 || indices->shape.rank > 2
        || shape_count(&indices->shape) != n * wanted)
        return wrong(im, name, "the indices of a sparse tensor do not fit its %lld values",
                     (long long)n),
               NULL;
    struct tensor *c =
        graph_constant(im->g, clean_name(im->ctx->arena, name), values->type, shape, NULL);
    const size_t size = dtype_size(c->type);
    for (int64_t i = 0; i < n; i++) {
        const int64_t at = sparse_place(indices, &shape, i);
        if (at < 0)
            return wrong(im, name, "an index of a sparse tensor is outside of its shape"), NULL;
        memcpy((char *)c->data + (size_t)at * size, (const char *)values->data + (size_t)i * size,
               size);
    }
    return c;
}
