/* notebook.c - .ipynb files, and texts exported from notebooks, as plain Python: code cells in
 * order, without magics. */
#include "cnn/eval.h"

#include <jansson.h>
#include <string.h>

static bool is_notebook(const struct source *s)
{
    size_t i = 0;
    while (i < s->size && strchr(" \t\r\n", s->text[i]))
        i++;
    if (ends_with(s->name, ".ipynb"))
        return true;
    return i < s->size && s->text[i] == '{' && strstr(s->text, "\"cells\"")
           && strstr(s->text, "\"nbformat\"");
}

/* Is this line not Python but a command to the notebook? `inside`: within brackets or a string,
 * where % is an operator. */
static bool is_magic(const char *line, size_t n)
{
    size_t i = 0;
    while (i < n && (line[i] == ' ' || line[i] == '\t'))
        i++;
    return i < n
           && (line[i] == '!'
               || (line[i] == '%' && i + 1 < n
                   && (line[i + 1] == '%' || (line[i + 1] >= 'a' && line[i + 1] <= 'z'))));
}

/*
 * Copies a text, making magic lines comments: spans keep their lines and columns. A line that goes
 * on from the one before (brackets open, a string or a backslash) is not looked at.
 */
static bool without_magics(struct text *to, const char *s, size_t n)
{
    bool any = false, joined = false;
    int depth = 0;
    char quote = 0;
    bool triple = false;
    for (size_t i = 0; i < n;) {
        const char *end = memchr(s + i, '\n', n - i);
        const size_t size = end ? (size_t)(end - (s + i)) + 1 : n - i;
        if (depth <= 0 && !quote && !joined && is_magic(s + i, size)) {
            size_t blank = 0;
            while (s[i + blank] == ' ' || s[i + blank] == '\t')
                blank++;
            text_add(to, s + i, blank);
            text_printf(to, blank ? "pass # " : "# ");
            text_add(to, s + i + blank, size - blank);
            any = true;
            i += size;
            continue;
        }
        for (size_t k = i; k < i + size; k++) {
            const char c = s[k];
            if (quote) {
                if (c == '\\')
                    k++;
                else if (c == quote && (!triple || (s[k + 1] == quote && s[k + 2] == quote))) {
                    k += triple ? 2 : 0;
                    quote = 0;
                } else if (c == '\n' && !triple)
                    quote = 0;
            } else if (c == '#') {
                break;
            } else if (c == '"' || c == '\'') {
                quote = c;
                triple = k + 2 < n && s[k + 1] == c && s[k + 2] == c;
                k += triple ? 2 : 0;
            } else
                depth += c == '(' || c == '[' || c == '{'   ? 1
                         : c == ')' || c == ']' || c == '}' ? -1
                                                            : 0;
        }
        joined = size > 1 && s[i + size - 1 - (end != NULL)] == '\\';
        text_add(to, s + i, size);
        i += size;
    }
    return any;
}

static void add_cell(struct text *to, const json_t *source)
{
    struct text cell = { 0 };
    if (json_is_string(source))
        text_add(&cell, json_string_value(source), json_string_length(source));
    for (size_t i = 0; json_is_array(source) && i < json_array_size(source); i++) {
        const json_t *line = json_array_get(source, i);
        if (json_is_string(line))
            text_add(&cell, json_string_value(line), json_string_length(line));
    }
    if (cell.s && strncmp(cell.s, "%%", 2) == 0 && strncmp(cell.s, "%%time", 6) != 0
        && strncmp(cell.s, "%%capture", 9) != 0)
        cell.n = 0; /* a cell in another language */
    if (cell.n)
        without_magics(to, cell.s, cell.n);
    if (to->n && to->s[to->n - 1] != '\n')
        text_add(to, "\n", 1);
    text_free(&cell);
}

static const struct source *from_cells(struct ctx *ctx, const struct source *s)
{
    json_error_t why;
    json_t *root = json_loadb(s->text, s->size, 0, &why);
    const json_t *cells = root ? json_object_get(root, "cells") : NULL;
    if (!cells) {
        diag_error(&ctx->diags,
                   (struct span){ s,
                                  root               ? 0
                                  : why.position > 0 ? (size_t)why.position
                                                     : 0,
                                  0 },
                   "this is no notebook: %s", root ? "it has no cells" : why.text);
        json_decref(root);
        return NULL;
    }
    struct text t = { 0 };
    for (size_t i = 0; i < json_array_size(cells); i++) {
        const json_t *cell = json_array_get(cells, i), *kind = json_object_get(cell, "cell_type");
        if (json_is_string(kind) && strcmp(json_string_value(kind), "code") == 0)
            add_cell(&t, json_object_get(cell, "source"));
    }
    struct source *r = NEW(ctx->arena, struct source);
    *r = (struct source){ s->name, arena_copy(ctx->arena, t.s ? t.s : "", t.n), t.n };
    text_free(&t);
    json_decref(root);
    return r;
}

const struct source *plain_python(struct ctx *ctx, const struct source *s)
{
    if (is_notebook(s))
        return from_cells(ctx, s);
    bool may = false; /* a % or ! at the start of some line? */
    for (const char *p = s->text; p && (size_t)(p - s->text) < s->size && !may;
         p = memchr(p, '\n', s->size - (size_t)(p - s->text)), p = p ? p + 1 : NULL) {
        const char *end = memchr(p, '\n', s->size - (size_t)(p - s->text));
        may = is_magic(p, end ? (size_t)(end - p) : s->size - (size_t)(p - s->text));
    }
    if (!may)
        return s;
    struct text t = { 0 };
    const struct source *r = s;
    if (without_magics(&t, s->text, s->size)) {
        struct source *now = NEW(ctx->arena, struct source);
        *now = (struct source){ s->name, arena_copy(ctx->arena, t.s, t.n), t.n };
        r = now;
    }
    text_free(&t);
    return r;
}
