/*
 * diag.c - messages with carets, as gcc prints them.
 *
 * Spans are byte offsets; lines and columns are worked out only here. A column counts bytes, as
 * gcc's and Python's tools do; the caret line counts characters, so that carets stand under what
 * they mean in UTF-8 text.
 */
#include <stdlib.h>
#include <string.h>

#include "base.h"

/* bytes shown of a longer line, and those before the caret */
enum { WIDEST = 160, BEFORE = 60 };

#define BOLD "\033[1m"
#define PLAIN "\033[0m"
static const char *const word_of[] = { "error", "warning", "note" };
static const char *const color_of[] = { "\033[1;31m", "\033[1;35m", "\033[1;36m" };

static bool continues(char c) /* a byte inside a UTF-8 character */
{
    return ((unsigned char)c & 0xC0) == 0x80;
}

static size_t line_start(const struct source *s, size_t at)
{
    while (at > 0 && s->text[at - 1] != '\n')
        at--;
    return at;
}

static size_t line_end(const struct source *s, size_t at)
{
    while (at < s->size && s->text[at] != '\n')
        at++;
    if (at > 0 && at < s->size && s->text[at - 1] == '\r')
        at--;
    return at;
}

static size_t clamp(size_t at, size_t low, size_t high)
{
    return at < low ? low : at > high ? high : at;
}

void span_position(struct span at, int *line, int *column)
{
    *line = *column = 1;
    if (!at.source || !at.source->text)
        return;
    size_t place = at.start < at.source->size ? at.start : at.source->size;
    size_t start = line_start(at.source, place);
    for (size_t i = 0; i < start; i++)
        *line += at.source->text[i] == '\n';
    *column = (int)(place - start) + 1;
}

/* The source line with control bytes replaced, and the carets under it. */
static void add_excerpt(struct text *t, struct span at, const char *color)
{
    const struct source *s = at.source;
    size_t start = clamp(at.start, 0, s->size);
    size_t from = line_start(s, start), to = line_end(s, start);
    if (to < start)
        to = start;
    size_t left = from, right = to;
    if (to - from > WIDEST) {
        left = start - from > BEFORE ? start - BEFORE : from;
        right = to - left > WIDEST ? left + WIDEST : to;
        while (left < start && continues(s->text[left]))
            left++;
        while (right > start && right < to && continues(s->text[right]))
            right--;
    }
    size_t end = clamp(at.end, start, right);
    const char *lead = left > from ? "..." : "";
    text_printf(t, "%s", lead);
    for (size_t i = left; i < right; i++) {
        unsigned char c = (unsigned char)s->text[i];
        char shown = (c < 32 && c != '\t') || c == 127 ? '?' : (char)c;
        text_add(t, &shown, 1);
    }
    text_printf(t, "%s\n%*s", right < to ? "..." : "", (int)strlen(lead), "");
    for (size_t i = left; i < start; i++)
        if (!continues(s->text[i]))
            text_add(t, s->text[i] == '\t' ? "\t" : " ", 1);
    text_printf(t, "%s^", color);
    for (size_t i = start + 1; i < end; i++)
        if (!continues(s->text[i]))
            text_add(t, "~", 1);
    text_printf(t, "%s\n", *color ? PLAIN : "");
}

static void add_place(struct text *t, struct span at)
{
    if (!at.source) {
        text_printf(t, "cnnc: ");
    } else if (!at.source->text || (at.start == 0 && at.end == 0)) {
        text_printf(t, "%s: ", at.source->name);
    } else {
        int line, column;
        span_position(at, &line, &column);
        text_printf(t, "%s:%d:%d: ", at.source->name, line, column);
    }
}

static void show(struct diags *d, const struct text *t)
{
    if (d->to)
        fwrite(t->s, 1, t->n, d->to);
    if (d->log)
        text_add(d->log, t->s, t->n);
}

/* Counts, and says whether the message is to be shown. */
static bool count(struct diags *d, enum severity *s)
{
    if (*s == WARNING && d->werror)
        *s = ERROR;
    if (*s != ERROR && d->quiet)
        return false;
    bool over = d->limit > 0 && d->errors >= d->limit;
    if (*s == WARNING)
        d->warnings++;
    if (*s == ERROR && d->errors++ == d->limit && over) {
        struct text t = { 0 };
        text_printf(&t, "cnnc: too many errors (%d); more are not shown\n", d->limit);
        show(d, &t);
        text_free(&t);
    }
    return !over;
}

void diag_at(struct diags *d, enum severity s, struct span at, const char *format, va_list args)
{
    if (!count(d, &s))
        return;
    va_list again;
    va_copy(again, args);
    int n = vsnprintf(NULL, 0, format, args);
    char *message = malloc(n < 0 ? 1 : (size_t)n + 1);
    if (n < 0 || !message)
        die("cannot print a message: '%s'", format);
    vsnprintf(message, (size_t)n + 1, format, again);
    va_end(again);
    /* names come from files: no escape sequences to the terminal */
    for (char *c = message; *c; c++)
        if (((unsigned char)*c < 32 && *c != '\n' && *c != '\t') || *c == 127)
            *c = '?';

    struct text t = { 0 };
    text_printf(&t, "%s", d->color ? BOLD : "");
    add_place(&t, at);
    text_printf(&t, "%s%s: %s%s%s\n", d->color ? color_of[s] : "", word_of[s],
                d->color ? PLAIN BOLD : "", message, d->color ? PLAIN : "");
    free(message);
    if (at.source && at.source->text && (at.start > 0 || at.end > 0))
        add_excerpt(&t, at, d->color ? color_of[s] : "");
    show(d, &t);
    text_free(&t);
}

bool diag_error(struct diags *d, struct span at, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    diag_at(d, ERROR, at, format, args);
    va_end(args);
    return false;
}

void diag_warning(struct diags *d, struct span at, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    diag_at(d, WARNING, at, format, args);
    va_end(args);
}

void diag_note(struct diags *d, struct span at, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    diag_at(d, NOTE, at, format, args);
    va_end(args);
}

void die(const char *format, ...)
{
    va_list args;
    va_start(args, format);
    fputs("cnnc: error: ", stderr);
    vfprintf(stderr, format, args);
    fputc('\n', stderr);
    va_end(args);
    exit(1);
}

void bug(const char *format, ...)
{
    va_list args;
    va_start(args, format);
    fputs("cnnc: internal error: ", stderr);
    vfprintf(stderr, format, args);
    fputs("\nthis is a fault of cnnc, not of the model: please report it with the model's text\n",
          stderr);
    va_end(args);
    exit(3);
}
