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
    "vec",          "LANES",          "epilogue",      "finish",      "conv_tile",
    "conv_row",     "depthwise_tile", "depthwise_row", "dense_block", "pool_pixel",
    "resize_pixel", "transpose_tile", "transpose_row", NULL
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

/* ---- printing ---- */

/* Neighbouring chunks of two forms, GNU vectors and plain C, are gathered: one #ifdef for all of
 * them. */
struct forms {
    struct text gnu, plain;
};

static void put_forms(struct out *o, struct forms *f)
{
    if (f->gnu.n)
        text_printf(o->text, "#ifdef __GNUC__\n%s#else\n%s#endif\n\n", f->gnu.s, f->plain.s);
    text_free(&f->gnu);
    text_free(&f->plain);
    *f = (struct forms){ 0 };
}

/* Is the text nothing but its two forms? Then they are added to f. */
static bool gather_forms(struct forms *f, const char *text)
{
    static const char start[] = "#ifdef __GNUC__\n", middle[] = "#else\n", end[] = "#endif\n\n";
    const char *gnu = text + strlen(start), *other = strstr(text, middle),
               *last = strstr(text, end);
    if (strncmp(text, start, strlen(start)) != 0 || strstr(gnu, "#if") || !other || !last
        || last[strlen(end)])
        return false;
    text_add(&f->gnu, gnu, (size_t)(other - gnu));
    other += strlen(middle);
    text_add(&f->plain, other, (size_t)(last - other));
    return true;
}

static void put_chunk(struct out *o, struct forms *f, void (*emit)(struct out *), bool narrow)
{
    struct text t = { 0 }, *before = o->text;
    o->text = &t;
    if (narrow)
        put_twin(o, emit);
    else
        emit(o);
    o->text = before;
    if (t.n && !gather_forms(f, t.s)) {
        put_forms(o, f);
        put_string(o, t.s);
    }
    text_free(&t);
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
        const char *name = vector_chunks[i].name;
        if (name && (narrow[i] = mentions(need.s, twin_name(o->arena, name))))
            put_twin(o, vector_chunks[i].emit);
        if (name && (used[i] = mentions(need.s, name)))
            vector_chunks[i].emit(o);
    }
    o->text = before;
    text_free(&need);
    struct forms forms = { 0 };
    for (int i = 0; i < MOST; i++) {
        if (used[i])
            put_chunk(o, &forms, vector_chunks[i].emit, false);
        if (narrow[i])
            put_chunk(o, &forms, vector_chunks[i].emit, true);
    }
    put_forms(o, &forms);
}
