/* weights.c - constant arrays in the C file: readable numbers, or bytes in string literals. */
#include "emit/emit.h"

#include <string.h>

static void put_numbers(struct out *o, const struct tensor *t)
{
    const float *v = t->data;
    const int64_t n = shape_count(&t->shape);
    text_printf(o->text, "static const float %s[%lld] = {", c_name(o->arena, t->name), (long long)n);
    for (int64_t i = 0; i < n; i++) {
        put_string(o, i % 8 ? " " : "\n    ");
        put_float(o, (double)v[i]);
        put_string(o, i + 1 < n ? "," : "\n};\n\n");
    }
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
    const int64_t n = shape_count(&t->shape);
    const unsigned char *bytes = t->data;
    const char *name = c_name(o->arena, t->name);
    text_printf(o->text, "static const union { char bytes[%lld]; float f[%lld]; } %s_bytes = {", (long long)n * 4 + 1, (long long)n, name);
    for (int64_t i = 0; i < n * 4; i++) {
        if (i % 64 == 0)
            put_string(o, i ? "\"\n    \"" : "\n    \"");
        uint32_t word;                          /* little-endian on every machine that cnnc itself runs on */
        memcpy(&word, bytes + i / 4 * 4, 4);
        put_byte(o->text, (unsigned char)(word >> 8 * (i % 4)));
    }
    text_printf(o->text, "\"\n};\n#define %s (%s_bytes.f)\n\n", name, name);
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
        if (m->packed)
            put_bytes(o, t);
        else
            put_numbers(o, t);
    }
}
