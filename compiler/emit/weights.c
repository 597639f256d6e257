/*
 * weights.c - constant arrays: readable numbers, bytes in string literals, or a block of bytes
 * outside of the C file.
 *
 * Compilers choke on long lists of numbers; bytes in a string literal cost them a tenth of the time
 * and a quarter of the memory. Above OUTSIDE_ABOVE not even these: then the block is an object file
 * (object.c) or a file that the program hands over (flash, mmap).
 */
#include "emit/emit.h"

#include <string.h>

enum { PACK_ABOVE = 16 * 1024, OUTSIDE_ABOVE = 256 * 1024 * 1024, WEIGHTS_ALIGN = 64 };

static bool is_big_endian(const struct options *o)
{
    return o->byte_order && strcmp(o->byte_order, "big") == 0;
}

enum weights_form weights_form(struct graph *g, const struct plan *plan)
{
    static const char *const names[] = { "inline", "packed", "object", "file" };
    const char *asked = g->ctx->options.weights_as;
    if (asked && strcmp(asked, "object") == 0 && is_big_endian(&g->ctx->options))
        diag_error(&g->ctx->diags, (struct span){ 0 },
                   "--weights-as=object writes object files of little-endian machines only; with "
                   "--byte-order=big use --weights-as=file or packed");
    for (int i = 0; asked && i < 4; i++)
        if (strcmp(asked, names[i]) == 0)
            return (enum weights_form)i;
    if (plan->weight_bytes <= OUTSIDE_ABOVE)
        return plan->weight_bytes > PACK_ABOVE ? WEIGHTS_PACKED : WEIGHTS_INLINE;
    const bool big = is_big_endian(&g->ctx->options);
    diag_note(&g->ctx->diags, (struct span){ 0 },
              "%lld MB of weights are more than a C compiler takes well: they are written as %s; "
              "--weights-as= chooses another form",
              (long long)plan->weight_bytes / 1000000,
              big ? "a file to be handed over" : "an object file to be linked");
    return big ? WEIGHTS_FILE : WEIGHTS_OBJECT;
}

static bool is_used(const struct tensor *t)
{
    return t->layout.place == IN_WEIGHTS && t->layout.last >= 0;
}

static void put_element(struct out *o, const struct tensor *t, int64_t i)
{
    const unsigned char *at = (const unsigned char *)t->data + (size_t)i * dtype_size(t->type);
    int64_t whole = 0;
    uint64_t natural = 0;
    switch (t->type) {
    case F32: put_float(o, dtype_get(F32, t->data, i)); return;
    case F64: put_double(o, dtype_get(F64, t->data, i)); return;
    case F16:
    case BF16:
        memcpy(&natural, at, 2);
        text_printf(o->text, "0x%04x", (unsigned)natural);
        return;
    case I64:
        memcpy(&whole, at, 8);
        text_printf(o->text, whole == INT64_MIN ? "(-9223372036854775807 - 1)" : "%lld",
                    (long long)whole);
        return;
    case U64:
        memcpy(&natural, at, 8);
        text_printf(o->text, "%lluu", (unsigned long long)natural);
        return;
    case I32:
        whole = (int64_t)dtype_get(I32, t->data, i);
        text_printf(o->text, whole == INT32_MIN ? "(-2147483647 - 1)" : "%lld", (long long)whole);
        return;
    case U32: text_printf(o->text, "%lluu", (unsigned long long)dtype_get(U32, t->data, i)); return;
    default: put_int(o, (int64_t)dtype_get(t->type, t->data, i));
    }
}

static void put_numbers(struct out *o, const struct model *m, const struct tensor *t)
{
    const int64_t n = shape_count(&t->shape);
    text_printf(o->text, "static const %s %s[%lld] = {", c_type(t->type), m->tensor_name[t->id],
                (long long)(n ? n : 1));
    for (int64_t i = 0; i < n; i++) {
        put_string(o, i % 8 ? " " : "\n    ");
        put_element(o, t, i);
        put_string(o, i + 1 < n ? "," : "\n};\n\n");
    }
    if (!n)
        put_string(o, " 0 };\n\n");
}

/* ---- bytes in string literals ---------------------------------------------------------------- */

/* How each byte is written. */
struct spelling {
    char text[4];
    int length;
};

/* Octal escapes have three digits at most, so that no character behind one can be taken into it;
 * "??" could be a trigraph. */
static void spell_bytes(struct spelling *of)
{
    for (int b = 0; b < 256; b++) {
        const bool plain = b >= 32 && b < 127 && b != '"' && b != '\\' && b != '?';
        const struct spelling s = {
            { '\\', (char)('0' + (b >> 6)), (char)('0' + (b >> 3 & 7)), (char)('0' + (b & 7)) }, 4
        };
        of[b] = plain ? (struct spelling){ { (char)b }, 1 } : s;
    }
}

/*
 * Each line is a token, which costs a compiler time and memory: for many bytes the lines are long,
 * below the 4095 characters that C99 promises. Four characters are always copied: no branch that
 * cannot be foreseen, 100 MB take 0.3 s.
 */
bool print_literal(FILE *f, const void *from, size_t n)
{
    enum {
        PER_LINE = 48,
        PER_LONG_LINE = 960,
        LONG_ABOVE = 256 * 1024,
        LINES = 16,
        LONGEST = 4 * PER_LONG_LINE + 8
    };
    const size_t per_line = n > LONG_ABOVE ? PER_LONG_LINE : PER_LINE;
    const unsigned char *bytes = from;
    struct spelling of[256];
    char lines[LINES * LONGEST];
    char *p = lines;
    spell_bytes(of);
    for (size_t i = 0; i < n; i += per_line) {
        memcpy(p, "\n    \"", 6);
        p += 6;
        for (size_t k = i; k < n && k < i + per_line; k++) {
            memcpy(p, of[bytes[k]].text, 4);
            p += of[bytes[k]].length;
        }
        *p++ = '"';
        if (p - lines <= (LINES - 1) * LONGEST && i + per_line < n)
            continue;
        if (fwrite(lines, 1, (size_t)(p - lines), f) != (size_t)(p - lines))
            return false;
        p = lines;
    }
    return true;
}

/* The tensor's bytes in the order of --byte-order; cnnc itself runs on little-endian machines only.
 */
static const unsigned char *ordered_bytes(const struct graph *g, const struct tensor *t)
{
    const size_t size = dtype_size(t->type), n = (size_t)shape_count(&t->shape) * size;
    const unsigned char *from = t->data;
    if (!is_big_endian(&g->ctx->options) || size == 1)
        return from;
    unsigned char *to = NEW_ARRAY(g->ctx->arena, unsigned char, n + 1);
    for (size_t i = 0; i < n; i++)
        to[i] = from[i / size * size + (size - 1 - i % size)];
    return to;
}

static void put_bytes(struct out *o, const struct model *m, const struct tensor *t)
{
    const int64_t n = shape_count(&t->shape), size = (int64_t)dtype_size(t->type);
    const char *name = m->tensor_name[t->id];
    text_printf(o->text,
                "static const union { char bytes[%lld]; %s value[%lld]; } %s_bytes WEIGHTS = {",
                (long long)(n * size + 1), c_type(t->type), (long long)n, name);
    const struct literal l = { o->text->n, ordered_bytes(m->graph, t), (size_t)(n * size) };
    APPEND(m->graph->ctx->arena, m->product->literals, m->product->nliterals, l);
    text_printf(o->text, "\n};\n#define %s (%s_bytes.value)\n\n", name, name);
}

/* ---- bytes outside of the C file ------------------------------------------------------------- */

static int64_t aligned(int64_t n)
{
    return (n + WEIGHTS_ALIGN - 1) / WEIGHTS_ALIGN * WEIGHTS_ALIGN;
}

static void put_block(struct out *o, const struct model *m)
{
    const struct graph *g = m->graph;
    int64_t at = 0;
    for (int i = 0; i < g->ntensors; i++) {
        const struct tensor *t = g->tensors[i];
        if (!is_used(t))
            continue;
        text_printf(o->text, "#define %s ((const %s *)(const void *)(%s + %lld))\n",
                    m->tensor_name[t->id], c_type(t->type),
                    m->form == WEIGHTS_OBJECT ? arena_printf(o->arena, "%s_weights", m->name)
                                              : "(const unsigned char *)weights",
                    (long long)at);
        at = aligned(at + shape_count(&t->shape) * (int64_t)dtype_size(t->type));
    }
    put_string(o, "\n");
}

int64_t weights_block_size(const struct graph *g)
{
    int64_t n = 0;
    for (int i = 0; i < g->ntensors; i++)
        if (is_used(g->tensors[i]))
            n = aligned(
                n + shape_count(&g->tensors[i]->shape) * (int64_t)dtype_size(g->tensors[i]->type));
    return n;
}

void weights_block(const struct graph *g, struct product *p)
{
    static const char zeros[WEIGHTS_ALIGN] = { 0 };
    for (int i = 0; i < g->ntensors; i++) {
        const struct tensor *t = g->tensors[i];
        if (!is_used(t))
            continue;
        const int64_t n = shape_count(&t->shape) * (int64_t)dtype_size(t->type);
        const struct file_part bytes = { .bytes = ordered_bytes(g, t), .size = (size_t)n };
        const struct file_part padding = { .bytes = zeros, .size = (size_t)(aligned(n) - n) };
        APPEND(g->ctx->arena, p->weights, p->nweights, bytes);
        APPEND(g->ctx->arena, p->weights, p->nweights, padding);
    }
}

/* ---- the section ----------------------------------------------------------------------------- */

#include "templates/weights.inc"

void put_weights(struct out *o, const struct model *m)
{
    const struct graph *g = m->graph;
    if (!weights_block_size(g))
        return;
    put_weights_head(o, m);
    if (m->form == WEIGHTS_OBJECT || m->form == WEIGHTS_FILE) {
        put_block(o, m);
        return;
    }
    for (int i = 0; i < g->ntensors; i++)
        if (is_used(g->tensors[i])) {
            if (m->form == WEIGHTS_PACKED && shape_count(&g->tensors[i]->shape) > 0)
                put_bytes(o, m, g->tensors[i]);
            else
                put_numbers(o, m, g->tensors[i]);
        }
}
