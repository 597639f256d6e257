/* vector.c - the vector library: only what the text of the kernels uses is printed. */
#include "emit/emit.h"

#include <ctype.h>
#include <string.h>

#include "templates/vector.inc"

static bool word_char(char c)
{
    return isalnum((unsigned char)c) || c == '_';
}

/* Comments do not count. */
bool mentions(const char *text, const char *word)
{
    const size_t n = strlen(word);
    const char *comment = text ? strstr(text, "/*") : NULL;
    for (const char *found = text ? strstr(text, word) : NULL; found;) {
        const char *end = comment && comment < found ? strstr(comment + 2, "*/") : NULL;
        if (end) {
            comment = strstr(end, "/*");
            found = end > found ? strstr(end, word) : found;
        } else if ((found == text || !word_char(found[-1])) && !word_char(found[n])) {
            return true;
        } else {
            found = strstr(found + n, word);
        }
    }
    return false;
}

/* ---- narrow vectors ---- */

/* What has a twin for vectors of at most eight lanes: the library's chunks and these. */
static const char *const narrow_words[] = {
    "vec", "LANES", "epilogue", "finish", "conv_tile", "conv_row", "depthwise_row", "dense_block", "pool_pixel",
    "transpose_tile", "transpose_row", NULL
};

static bool has_twin(const char *word, size_t n)
{
    for (int i = 0; narrow_words[i]; i++)
        if (strlen(narrow_words[i]) == n && strncmp(narrow_words[i], word, n) == 0)
            return true;
    for (int i = 0; vector_chunks[i].name; i++)
        if (strlen(vector_chunks[i].name) == n && strncmp(vector_chunks[i].name, word, n) == 0)
            return true;
    return false;
}

void put_narrow(struct out *o, const char *text)
{
    for (const char *p = text; *p;) {
        size_t n = 0;
        while (word_char(p[n]))
            n++;
        if (n == 0) {
            text_add(o->text, p++, 1);
            continue;
        }
        text_add(o->text, p, n);
        if (has_twin(p, n))
            put_string(o, "8");
        p += n;
    }
}

void put_twin(struct out *o, void (*print)(struct out *))
{
    struct text t = { 0 }, *before = o->text;
    o->text = &t;
    print(o);
    o->text = before;
    put_narrow(o, t.s ? t.s : "");
    text_free(&t);
}

static const char *twin_name(struct arena *a, const char *name)
{
    return arena_printf(a, "%s8", name);
}

/* A chunk may use chunks before it, so the need is found from the last to the first. */
void put_vector_library(struct out *o, const char *text)
{
    enum { MOST = sizeof vector_chunks / sizeof *vector_chunks };
    struct text need = { 0 };
    struct text *before = o->text;
    bool used[MOST] = { 0 }, narrow[MOST] = { 0 };
    text_printf(&need, "%s", text);
    o->text = &need;
    for (int i = MOST - 1; i >= 0; i--) {
        if (vector_chunks[i].name && (narrow[i] = mentions(need.s, twin_name(o->arena, vector_chunks[i].name))))
            put_twin(o, vector_chunks[i].emit);
        if (vector_chunks[i].name && (used[i] = mentions(need.s, vector_chunks[i].name)))
            vector_chunks[i].emit(o);
    }
    o->text = before;
    for (int i = 0; i < MOST; i++) {
        if (used[i])
            vector_chunks[i].emit(o);
        if (narrow[i])
            put_twin(o, vector_chunks[i].emit);
    }
    text_free(&need);
}
