/* weights.c - constant arrays in the C file: readable numbers, or bytes in string literals. */
#include "emit/emit.h"

#include <string.h>

static void put_element(struct out *o, const struct tensor *t, int64_t i)
{
    const unsigned char *at = (const unsigned char *)t->data + (size_t)i * dtype_size(t->type);
    int64_t whole = 0;
    uint64_t natural = 0;
    switch (t->type) {
    case F32: put_float(o, dtype_get(F32, t->data, i)); return;
    case F64: put_double(o, dtype_get(F64, t->data, i)); return;
    case F16: case BF16: memcpy(&natural, at, 2); text_printf(o->text, "0x%04x", (unsigned)natural); return;
    case I64:
        memcpy(&whole, at, 8);
        text_printf(o->text, whole == INT64_MIN ? "(-9223372036854775807 - 1)" : "%lld", (long long)whole);
        return;
    case U64: memcpy(&natural, at, 8); text_printf(o->text, "%lluu", (unsigned long long)natural); return;
    case I32:
        whole = (int64_t)dtype_get(I32, t->data, i);
        text_printf(o->text, whole == INT32_MIN ? "(-2147483647 - 1)" : "%lld", (long long)whole);
        return;
    case U32: text_printf(o->text, "%lluu", (unsigned long long)dtype_get(U32, t->data, i)); return;
    default: put_int(o, (int64_t)dtype_get(t->type, t->data, i));
    }
}

static void put_numbers(struct out *o, const struct tensor *t)
{
    const int64_t n = shape_count(&t->shape);
    text_printf(o->text, "static const %s %s[%lld] = {", c_type(t->type), c_name(o->arena, t->name), (long long)(n ? n : 1));
    for (int64_t i = 0; i < n; i++) {
        put_string(o, i % 8 ? " " : "\n    ");
        put_element(o, t, i);
        put_string(o, i + 1 < n ? "," : "\n};\n\n");
    }
    if (!n)
        put_string(o, " 0 };\n\n");
}

/* Octal escapes have three digits at most, so that no character behind one can be taken into it. */
static void put_byte(struct text *t, unsigned char b)
{
    static const char octal[] = "01234567";
    if (b >= 32 && b < 127 && b != '"' && b != '\\' && b != '?') {
        text_add(t, (const char *)&b, 1);
    } else {
        const char s[4] = { '\\', octal[b >> 6], octal[b >> 3 & 7], octal[b & 7] };
        text_add(t, s, 4);
    }
}

static void put_bytes(struct out *o, const struct tensor *t)
{
    const int64_t n = shape_count(&t->shape), size = (int64_t)dtype_size(t->type);
    const unsigned char *bytes = t->data;           /* little-endian on every machine that cnnc itself runs on */
    const char *name = c_name(o->arena, t->name);
    text_printf(o->text, "static const union { char bytes[%lld]; %s value[%lld]; } %s_bytes = {", (long long)(n * size + 1), c_type(t->type),
                (long long)n, name);
    for (int64_t i = 0; i < n * size; i++) {
        if (i % 64 == 0)
            put_string(o, i ? "\"\n    \"" : "\n    \"");
        put_byte(o->text, bytes[i]);
    }
    text_printf(o->text, "\"\n};\n#define %s (%s_bytes.value)\n\n", name, name);
}

void put_weights(struct out *o, const struct model *m)
{
    const struct graph *g = m->graph;
    bool any = false;
    for (int i = 0; i < g->ntensors; i++) {
        const struct tensor *t = g->tensors[i];
        if (t->layout.place != IN_WEIGHTS || t->layout.last < 0)
            continue;
        if (!any) {
            put_string(o, "/* ---- weights ---------------------------------------------------------------------------------------- */\n\n");
            if (m->packed)
                put_string(o, "#if defined __BYTE_ORDER__ && __BYTE_ORDER__ != __ORDER_LITTLE_ENDIAN__\n"
                              "#error these weights are little-endian bytes; for this machine use cnnc --weights-as=inline\n#endif\n"
                              "#ifdef __GNUC__\n#pragma GCC diagnostic ignored \"-Woverlength-strings\"\n#endif\n\n");
        }
        any = true;
        if (m->packed && shape_count(&t->shape) > 0)
            put_bytes(o, t);
        else
            put_numbers(o, t);
    }
}
