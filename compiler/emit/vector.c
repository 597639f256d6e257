/* vector.c - the vector library: only what the text of the kernels uses is printed. */
#include "emit/emit.h"

#include <ctype.h>
#include <string.h>

#include "templates/vector.inc"

static bool word_char(char c)
{
    return isalnum((unsigned char)c) || c == '_';
}

bool mentions(const char *text, const char *word)
{
    const size_t n = strlen(word);
    for (const char *p = text; p && (p = strstr(p, word)) != NULL; p += n)
        if ((p == text || !word_char(p[-1])) && !word_char(p[n]))
            return true;
    return false;
}

/* A chunk may use chunks before it, so the need is found from the last to the first. */
void put_vector_library(struct out *o, const char *text)
{
    enum { MOST = sizeof vector_chunks / sizeof *vector_chunks };
    struct text need = { 0 };
    struct text *before = o->text;
    bool used[MOST] = { 0 };
    text_printf(&need, "%s", text);
    for (int i = MOST - 1; i >= 0; i--) {
        if (!vector_chunks[i].name || !mentions(need.s, vector_chunks[i].name))
            continue;
        used[i] = true;
        o->text = &need;
        vector_chunks[i].emit(o);
    }
    o->text = before;
    for (int i = 0; i < MOST; i++)
        if (used[i])
            vector_chunks[i].emit(o);
    text_free(&need);
}
