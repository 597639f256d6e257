/* text.c - a growing string, the nearest of some words, and sums that cannot overflow. */
#include <stdlib.h>
#include <string.h>

#include "base.h"

enum { LONGEST_WORD = 64 };

static void reserve(struct text *t, size_t n)
{
    if (n > SIZE_MAX / 4 - t->n)
        die("out of memory: %zu bytes of text", n);
    size_t need = t->n + n + 1;
    if (need <= t->room)
        return;
    size_t room = t->room ? t->room : 256;
    while (room < need)
        room *= 2;
    char *s = realloc(t->s, room);
    if (!s)
        die("out of memory: %zu bytes of text", room);
    t->s = s;
    t->room = room;
}

void text_add(struct text *t, const char *s, size_t n)
{
    reserve(t, n);
    if (n)
        memcpy(t->s + t->n, s, n);
    t->n += n;
    t->s[t->n] = '\0';
}

static void text_vprintf(struct text *t, const char *format, va_list args)
{
    va_list again;
    va_copy(again, args);
    int n = vsnprintf(NULL, 0, format, args);
    if (n < 0)
        bug("cannot format '%s'", format);
    reserve(t, (size_t)n);
    vsnprintf(t->s + t->n, (size_t)n + 1, format, again);
    va_end(again);
    t->n += (size_t)n;
}

void text_printf(struct text *t, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    text_vprintf(t, format, args);
    va_end(args);
}

bool optimizes(const struct options *o, const char *what)
{
    return strcmp(o->optimize ? o->optimize : "time", what) == 0;
}

void text_free(struct text *t)
{
    free(t->s);
    *t = (struct text){ 0 };
}

static int lower(char c)
{
    return c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : (unsigned char)c;
}

static int least(int a, int b)
{
    return a < b ? a : b;
}

/* Insertions, deletions, changes and swaps of neighbours, case aside; more than `limit` gives limit
 * + 1. */
int edit_distance(const char *a, const char *b, int limit)
{
    size_t na = strlen(a), nb = strlen(b);
    size_t apart = na > nb ? na - nb : nb - na;
    if (na > LONGEST_WORD || nb > LONGEST_WORD || apart > (size_t)limit)
        return limit + 1;
    int rows[3][LONGEST_WORD + 1];
    int *before = rows[0], *last = rows[1], *now = rows[2];
    for (size_t j = 0; j <= nb; j++)
        before[j] = last[j] = (int)j;
    for (size_t i = 1; i <= na; i++) {
        now[0] = (int)i;
        for (size_t j = 1; j <= nb; j++) {
            bool same = lower(a[i - 1]) == lower(b[j - 1]);
            int d = least(last[j - 1] + !same, least(last[j], now[j - 1]) + 1);
            if (i > 1 && j > 1 && lower(a[i - 1]) == lower(b[j - 2])
                && lower(a[i - 2]) == lower(b[j - 1]))
                d = least(d, before[j - 2] + 1);
            now[j] = d;
        }
        int *free_row = before;
        before = last;
        last = now;
        now = free_row;
    }
    return last[nb] > limit ? limit + 1 : last[nb];
}

const char *nearest(const char *word, const char *const *words, int count)
{
    size_t n = strlen(word);
    int best = n <= 2 ? 1 : n <= 5 ? 2 : 3;
    const char *found = NULL;
    for (int i = 0; i < count && words[i]; i++) {
        int d = edit_distance(word, words[i], best);
        bool hit = d < best || (d == best && !found);
        if (hit && (size_t)d < n) {
            best = d;
            found = words[i];
        }
    }
    return found;
}

bool add_checked(int64_t a, int64_t b, int64_t *sum)
{
    if (b > 0 ? a > INT64_MAX - b : a < INT64_MIN - b)
        return false;
    *sum = a + b;
    return true;
}

bool mul_checked(int64_t a, int64_t b, int64_t *product)
{
    if (a == 0 || b == 0) {
        *product = 0;
        return true;
    }
    bool fits = a > 0 ? (b > 0 ? a <= INT64_MAX / b : b >= INT64_MIN / a)
                      : (b > 0 ? a >= INT64_MIN / b : b >= INT64_MAX / a);
    if (fits)
        *product = a * b;
    return fits;
}
