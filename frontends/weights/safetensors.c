/* safetensors.c - Hugging Face's format: 8 bytes of length, a JSON header, the bytes of the arrays.
 */
#include <jansson.h>
#include <string.h>

#include "weights/weights.h"

static const struct {
    const char *code;
    enum dtype type;
} codes[] = {
    { "F32", F32 }, { "F16", F16 }, { "BF16", BF16 }, { "F64", F64 }, { "I8", I8 },
    { "I16", I16 }, { "I32", I32 }, { "I64", I64 },   { "U8", U8 },   { "U16", U16 },
    { "U32", U32 }, { "U64", U64 }, { "BOOL", BOOL },
};

static bool find_type(const char *code, enum dtype *type)
{
    for (size_t i = 0; i < sizeof codes / sizeof codes[0]; i++)
        if (strcmp(code, codes[i].code) == 0) {
            *type = codes[i].type;
            return true;
        }
    return false;
}

static bool read_shape(const json_t *list, struct shape *shape)
{
    size_t n = json_array_size(list);
    if (!json_is_array(list) || n > MAX_RANK)
        return false;
    shape->rank = (int)n;
    for (size_t i = 0; i < n; i++) {
        const json_t *dim = json_array_get(list, i);
        if (!json_is_integer(dim) || json_integer_value(dim) < 0)
            return false;
        shape->dim[i] = json_integer_value(dim);
    }
    return true;
}

static bool add_array(struct weights_file *f, const char *key, const json_t *entry,
                      const char *data, size_t room)
{
    struct found item = { .where = arena_copy(f->ctx->arena, key, strlen(key)) };
    const char *code = json_string_value(json_object_get(entry, "dtype"));
    const json_t *offsets = json_object_get(entry, "data_offsets");
    if (!code || !find_type(code, &item.type))
        return weights_error(f, "'%s' is of type '%s', which cnnc does not read", key,
                             code ? code : "?");
    if (!read_shape(json_object_get(entry, "shape"), &item.shape))
        return weights_error(f, "the shape of '%s' is not readable, or has more than 8 axes", key);
    json_int_t from = json_integer_value(json_array_get(offsets, 0)),
               to = json_integer_value(json_array_get(offsets, 1));
    int64_t count = shape_count(&item.shape);
    bool fits = json_array_size(offsets) == 2 && from >= 0 && to >= from && (uint64_t)to <= room
                && count >= 0 && (uint64_t)count * dtype_size(item.type) == (uint64_t)(to - from);
    if (!fits)
        return weights_error(
            f, "it is damaged or cut short: the bytes of '%s' do not agree with its shape", key);
    item.bytes = data + from;
    weights_add_key(f, item.where, item);
    return true;
}

static bool load_nothing(struct weights_file *f, const struct found *item, float *to)
{
    (void)to;
    return weights_error(f, "'%s' has no bytes", item->where);
}

static uint64_t little64(const char *p)
{
    uint64_t v = 0;
    for (int i = 7; i >= 0; i--)
        v = v << 8 | (unsigned char)p[i];
    return v;
}

bool safetensors_open(struct weights_file *f)
{
    const struct source *s = file_read(f->ctx->arena, &f->ctx->diags, f->path);
    if (!s)
        return false;
    uint64_t length = s->size >= 8 ? little64(s->text) : 0;
    if (s->size < 8 || length > s->size - 8)
        return weights_error(f, "it is cut short");
    json_error_t error;
    json_t *header = json_loadb(s->text + 8, (size_t)length, JSON_REJECT_DUPLICATES, &error);
    if (!json_is_object(header)) {
        json_decref(header);
        return weights_error(f, "its header is damaged: %s", error.text);
    }
    bool good = true;
    const char *key;
    json_t *entry;
    json_object_foreach(header, key, entry) if (strcmp(key, "__metadata__") != 0) good &=
        add_array(f, key, entry, s->text + 8 + length, s->size - 8 - (size_t)length);
    json_decref(header);
    f->ordered = f->plain_keys = true;
    f->load = load_nothing;
    return good;
}
