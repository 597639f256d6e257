/* strings.c - the methods of str. */
#include "cnn/eval.h"

#include <ctype.h>
#include <string.h>

static struct str *self(struct eval *e, struct args *a)
{
    const struct value v = a->n ? a->v[0].kind == V_OBJECT ? a->v[0].object->base : a->v[0] : EMPTY;
    if (v.kind != V_STRING && v.kind != V_BYTES)
        raise_error(e, "TypeError", "descriptor of 'str' needs a 'str' object");
    return v.s;
}

static struct str *string_arg(struct eval *e, struct args *a, int i)
{
    if (i >= a->n || (a->v[i].kind != V_STRING && a->v[i].kind != V_BYTES))
        raise_error(e, "TypeError", "must be str, not %s",
                    i < a->n ? type_name(e, a->v[i]) : "nothing");
    return a->v[i].s;
}

/* ---- upper and lower case: ASCII, Latin-1, Greek and Cyrillic ---- */

static uint32_t to_upper(uint32_t c)
{
    if (c < 128)
        return c >= 'a' && c <= 'z' ? c - 32 : c;
    if ((c >= 0xe0 && c <= 0xfe && c != 0xf7) || (c >= 0x3b1 && c <= 0x3c9 && c != 0x3c2)
        || (c >= 0x430 && c <= 0x44f))
        return c - 32;
    return c >= 0x450 && c <= 0x45f ? c - 80 : c;
}

static uint32_t to_lower(uint32_t c)
{
    if (c < 128)
        return c >= 'A' && c <= 'Z' ? c + 32 : c;
    if ((c >= 0xc0 && c <= 0xde && c != 0xd7) || (c >= 0x391 && c <= 0x3a9)
        || (c >= 0x410 && c <= 0x42f))
        return c + 32;
    return c >= 0x400 && c <= 0x40f ? c + 80 : c;
}

static bool is_upper_code(uint32_t c)
{
    return to_lower(c) != c;
}
static bool is_lower_code(uint32_t c)
{
    return to_upper(c) != c || c == 0xdf;
}
static bool is_letter(uint32_t c)
{
    return c < 128 ? isalpha((int)c)
                   : c >= 0xc0 && c != 0xd7 && c != 0xf7 && !(c >= 0x2000 && c < 0x2c00)
                         && !(c >= 0x3000 && c <= 0x3004) && c < 0x1f000;
}
static bool is_space(uint32_t c)
{
    return (c >= 9 && c <= 13) || (c >= 28 && c <= 32) || c == 0x85 || c == 0xa0
           || (c >= 0x2000 && c <= 0x200a) || c == 0x2028 || c == 0x2029 || c == 0x3000;
}

static struct value map_codes(struct eval *e, struct args *a,
                              uint32_t (*map)(uint32_t c, uint32_t before))
{
    const struct str *s = self(e, a);
    struct chars c = { 0 };
    uint32_t before = 0;
    for (size_t i = 0; i < s->size;) {
        int used;
        const uint32_t code = code_at(s->s + i, &used);
        chars_code(e, &c, map(code, before));
        before = code;
        i += (size_t)used;
    }
    return chars_value(e, &c);
}

static uint32_t map_upper(uint32_t c, uint32_t b)
{
    (void)b;
    return to_upper(c);
}
static uint32_t map_lower(uint32_t c, uint32_t b)
{
    (void)b;
    return to_lower(c);
}
static uint32_t map_swap(uint32_t c, uint32_t b)
{
    (void)b;
    return is_upper_code(c) ? to_lower(c) : to_upper(c);
}
static uint32_t map_title(uint32_t c, uint32_t b)
{
    return is_letter(b) ? to_lower(c) : to_upper(c);
}
static uint32_t map_capital(uint32_t c, uint32_t b)
{
    return b ? to_lower(c) : to_upper(c);
}
static struct value s_upper(struct eval *e, struct args *a)
{
    return map_codes(e, a, map_upper);
}
static struct value s_lower(struct eval *e, struct args *a)
{
    return map_codes(e, a, map_lower);
}
static struct value s_swapcase(struct eval *e, struct args *a)
{
    return map_codes(e, a, map_swap);
}
static struct value s_title(struct eval *e, struct args *a)
{
    return map_codes(e, a, map_title);
}
static struct value s_capitalize(struct eval *e, struct args *a)
{
    return map_codes(e, a, map_capital);
}

/* ---- tests of every character ---- */

static bool test_alpha(uint32_t c)
{
    return is_letter(c);
}
static bool test_digit(uint32_t c)
{
    return c >= '0' && c <= '9';
}
static bool test_alnum(uint32_t c)
{
    return is_letter(c) || test_digit(c);
}
static bool test_printable(uint32_t c)
{
    return c >= 32 && c != 127;
}
static bool test_ascii(uint32_t c)
{
    return c < 128;
}

static struct value all_codes(struct eval *e, struct args *a, bool (*test)(uint32_t c),
                              bool of_empty)
{
    const struct str *s = self(e, a);
    for (size_t i = 0; i < s->size;) {
        int used;
        if (!test(code_at(s->s + i, &used)))
            return of_bool(false);
        i += (size_t)used;
    }
    return of_bool(s->size || of_empty);
}

static struct value s_isalpha(struct eval *e, struct args *a)
{
    return all_codes(e, a, test_alpha, false);
}
static struct value s_isdigit(struct eval *e, struct args *a)
{
    return all_codes(e, a, test_digit, false);
}
static struct value s_isalnum(struct eval *e, struct args *a)
{
    return all_codes(e, a, test_alnum, false);
}
static struct value s_isspace(struct eval *e, struct args *a)
{
    return all_codes(e, a, is_space, false);
}
static struct value s_isprintable(struct eval *e, struct args *a)
{
    return all_codes(e, a, test_printable, true);
}
static struct value s_isascii(struct eval *e, struct args *a)
{
    return all_codes(e, a, test_ascii, true);
}

static struct value one_case(struct eval *e, struct args *a, bool upper)
{
    const struct str *s = self(e, a);
    bool any = false;
    for (size_t i = 0; i < s->size;) {
        int used;
        const uint32_t c = code_at(s->s + i, &used);
        if (upper ? is_lower_code(c) : is_upper_code(c))
            return of_bool(false);
        any |= upper ? is_upper_code(c) : is_lower_code(c);
        i += (size_t)used;
    }
    return of_bool(any);
}

static struct value s_isupper(struct eval *e, struct args *a)
{
    return one_case(e, a, true);
}
static struct value s_islower(struct eval *e, struct args *a)
{
    return one_case(e, a, false);
}

static struct value s_istitle(struct eval *e, struct args *a)
{
    const struct value t = s_title(e, a);
    return of_bool(t.s->size && equal_values(e, t, of_str(self(e, a))) == 1
                   && s_isupper(e, a).i + s_islower(e, a).i < 2 && !one_case(e, a, false).i);
}

static struct value s_isidentifier(struct eval *e, struct args *a)
{
    const struct str *s = self(e, a);
    for (size_t i = 0; i < s->size; i++)
        if (!(isalnum((unsigned char)s->s[i]) || s->s[i] == '_' || (unsigned char)s->s[i] > 127)
            || (!i && isdigit((unsigned char)s->s[i])))
            return of_bool(false);
    return of_bool(s->size > 0);
}

/* ---- searching ---- */

static const char *search(const char *s, size_t n, const struct str *what, bool last)
{
    const char *hit = NULL;
    for (size_t i = 0; i + what->size <= n; i++)
        if (memcmp(s + i, what->s, what->size) == 0) {
            hit = s + i;
            if (!last)
                break;
        }
    return hit;
}

/* The part of the string between the arguments 2 and 3. */
static void part(struct eval *e, struct args *a, const struct str *s, int64_t *from, int64_t *to)
{
    struct value slice = new_list(e, V_SLICE);
    int64_t by, n;
    list_push(e, slice.list, arg_or(e, a, 2, NULL, NONE));
    list_push(e, slice.list, arg_or(e, a, 3, NULL, NONE));
    list_push(e, slice.list, NONE);
    slice_bounds(e, slice.list, s->length, from, &by, &n);
    *to = *from + n;
}

static int64_t found_at(struct eval *e, struct args *a, bool last)
{
    const struct str *s = self(e, a), *what = string_arg(e, a, 1);
    int64_t from, to;
    part(e, a, s, &from, &to);
    const char *start = s->s + offset_of(s, from),
               *hit = search(start, (size_t)(s->s + offset_of(s, to) - start), what, last);
    if (!hit)
        return -1;
    int64_t n = 0;
    for (const char *p = s->s; p < hit; p++)
        n += ((unsigned char)*p & 0xc0) != 0x80;
    return n;
}

static struct value s_find(struct eval *e, struct args *a)
{
    return of_int(found_at(e, a, false));
}
static struct value s_rfind(struct eval *e, struct args *a)
{
    return of_int(found_at(e, a, true));
}

static struct value index_or_raise(struct eval *e, int64_t i)
{
    if (i < 0)
        raise_error(e, "ValueError", "substring not found");
    return of_int(i);
}

static struct value s_index(struct eval *e, struct args *a)
{
    return index_or_raise(e, found_at(e, a, false));
}
static struct value s_rindex(struct eval *e, struct args *a)
{
    return index_or_raise(e, found_at(e, a, true));
}

static struct value s_count(struct eval *e, struct args *a)
{
    const struct str *s = self(e, a), *what = string_arg(e, a, 1);
    int64_t from, to, n = 0;
    part(e, a, s, &from, &to);
    if (!what->size)
        return of_int(to - from + 1);
    const char *p = s->s + offset_of(s, from), *end = s->s + offset_of(s, to);
    for (const char *hit; (hit = search(p, (size_t)(end - p), what, false)); p = hit + what->size)
        n++;
    return of_int(n);
}

static bool matches(struct eval *e, const struct str *s, struct value v, bool end)
{
    if (v.kind == V_TUPLE) {
        for (int64_t i = 0; i < v.list->count; i++)
            if (matches(e, s, v.list->item[i], end))
                return true;
        return false;
    }
    if (v.kind != V_STRING && v.kind != V_BYTES)
        raise_error(e, "TypeError", "%s first arg must be str or a tuple of str, not %s",
                    end ? "endswith" : "startswith", type_name(e, v));
    return v.s->size <= s->size
           && memcmp(end ? s->s + s->size - v.s->size : s->s, v.s->s, v.s->size) == 0;
}

static struct value s_startswith(struct eval *e, struct args *a)
{
    int64_t from, to;
    part(e, a, self(e, a), &from, &to);
    return of_bool(
        matches(e, substring(e, self(e, a), from, 1, to - from), arg(e, a, 1, NULL), false));
}

static struct value s_endswith(struct eval *e, struct args *a)
{
    int64_t from, to;
    part(e, a, self(e, a), &from, &to);
    return of_bool(
        matches(e, substring(e, self(e, a), from, 1, to - from), arg(e, a, 1, NULL), true));
}

/* ---- cutting ---- */

static struct value strip(struct eval *e, struct args *a, bool left, bool right)
{
    const struct str *s = self(e, a);
    const struct value set = arg_or(e, a, 1, NULL, NONE);
    size_t from = 0, to = s->size;
    while (left && from < to) {
        int used;
        const uint32_t c = code_at(s->s + from, &used);
        if (set.kind == V_NONE
                ? !is_space(c)
                : !search(set.s->s, set.s->size, str_new(e, s->s + from, (size_t)used), false))
            break;
        from += (size_t)used;
    }
    while (right && to > from) {
        size_t at = to - 1;
        while (at > from && ((unsigned char)s->s[at] & 0xc0) == 0x80)
            at--;
        int used;
        const uint32_t c = code_at(s->s + at, &used);
        if (set.kind == V_NONE
                ? !is_space(c)
                : !search(set.s->s, set.s->size, str_new(e, s->s + at, to - at), false))
            break;
        to = at;
    }
    return of_bytes_text(e, s->s + from, to - from);
}

static struct value s_strip(struct eval *e, struct args *a)
{
    return strip(e, a, true, true);
}
static struct value s_lstrip(struct eval *e, struct args *a)
{
    return strip(e, a, true, false);
}
static struct value s_rstrip(struct eval *e, struct args *a)
{
    return strip(e, a, false, true);
}

static struct value s_removeprefix(struct eval *e, struct args *a)
{
    const struct str *s = self(e, a), *p = string_arg(e, a, 1);
    return matches(e, s, a->v[1], false) ? of_bytes_text(e, s->s + p->size, s->size - p->size)
                                         : of_bytes_text(e, s->s, s->size);
}

static struct value s_removesuffix(struct eval *e, struct args *a)
{
    const struct str *s = self(e, a), *p = string_arg(e, a, 1);
    return of_bytes_text(e, s->s, matches(e, s, a->v[1], true) ? s->size - p->size : s->size);
}

static struct value split_space(struct eval *e, const struct str *s, int64_t most, bool last)
{
    struct value r = new_list(e, V_LIST);
    size_t from = 0, to = s->size;
    while (last && to > from) {
        while (to > from && isspace((unsigned char)s->s[to - 1]))
            to--;
        if (to == from)
            break;
        size_t at = to;
        while (at > from && !isspace((unsigned char)s->s[at - 1])
               && (most < 0 || r.list->count < most))
            at--;
        if (most >= 0 && r.list->count >= most)
            at = from;
        list_insert(e, r.list, 0, of_bytes_text(e, s->s + at, to - at));
        if (most >= 0 && r.list->count > most)
            break;
        to = at;
    }
    while (!last && from < to) {
        while (from < to && isspace((unsigned char)s->s[from]))
            from++;
        if (from == to)
            break;
        size_t at = from;
        if (most >= 0 && r.list->count >= most)
            for (at = to; isspace((unsigned char)s->s[at - 1]); at--) {
            }
        while (at < to && !(most >= 0 && r.list->count >= most)
               && !isspace((unsigned char)s->s[at]))
            at++;
        list_push(e, r.list,
                  of_bytes_text(e, s->s + from,
                                most >= 0 && r.list->count >= most ? to - from : at - from));
        if (most >= 0 && r.list->count > most)
            break;
        from = at;
    }
    return r;
}

static struct value split(struct eval *e, struct args *a, bool last)
{
    const struct str *s = self(e, a);
    const struct value by = arg_or(e, a, 1, "sep", NONE),
                       limit = arg_or(e, a, 2, "maxsplit", of_int(-1));
    const int64_t most = int_arg(e, limit);
    if (by.kind == V_NONE)
        return split_space(e, s, most, last);
    if (by.kind != V_STRING && by.kind != V_BYTES)
        raise_error(e, "TypeError", "must be str or None, not %s", type_name(e, by));
    if (!by.s->size)
        raise_error(e, "ValueError", "empty separator");
    struct value r = new_list(e, V_LIST);
    const char *p = s->s, *end = s->s + s->size, *hit;
    while ((most < 0 || r.list->count < most) && (hit = search(p, (size_t)(end - p), by.s, last))) {
        if (last) {
            list_insert(e, r.list, 0,
                        of_bytes_text(e, hit + by.s->size, (size_t)(end - hit) - by.s->size));
            end = hit;
        } else {
            list_push(e, r.list, of_bytes_text(e, p, (size_t)(hit - p)));
            p = hit + by.s->size;
        }
    }
    list_insert(e, r.list, last ? 0 : r.list->count, of_bytes_text(e, p, (size_t)(end - p)));
    return r;
}

static struct value s_split(struct eval *e, struct args *a)
{
    return split(e, a, false);
}
static struct value s_rsplit(struct eval *e, struct args *a)
{
    return split(e, a, true);
}

static struct value s_splitlines(struct eval *e, struct args *a)
{
    const struct str *s = self(e, a);
    const bool keep = truth(e, arg_or(e, a, 1, "keepends", of_bool(false))) == 1;
    struct value r = new_list(e, V_LIST);
    for (size_t i = 0, from = 0; i < s->size; i++) {
        const bool ends = s->s[i] == '\n' || s->s[i] == '\r';
        const size_t end = i;
        if (s->s[i] == '\r' && s->s[i + 1] == '\n')
            i++;
        if (ends || i + 1 == s->size) {
            list_push(e, r.list,
                      of_bytes_text(e, s->s + from, (ends && !keep ? end : i + 1) - from));
            from = i + 1;
        }
    }
    return r;
}

static struct value partition(struct eval *e, struct args *a, bool last)
{
    const struct str *s = self(e, a), *by = string_arg(e, a, 1);
    const char *hit = search(s->s, s->size, by, last);
    struct value r = new_list(e, V_TUPLE);
    const struct value all = of_bytes_text(e, s->s, s->size), none = of_text(e, "");
    list_push(e, r.list, hit ? of_bytes_text(e, s->s, (size_t)(hit - s->s)) : last ? none : all);
    list_push(e, r.list, hit ? a->v[1] : none);
    list_push(e, r.list,
              hit    ? of_bytes_text(e, hit + by->size, (size_t)(s->s + s->size - hit) - by->size)
              : last ? all
                     : none);
    return r;
}

static struct value s_partition(struct eval *e, struct args *a)
{
    return partition(e, a, false);
}
static struct value s_rpartition(struct eval *e, struct args *a)
{
    return partition(e, a, true);
}

/* ---- making ---- */

static struct value s_join(struct eval *e, struct args *a)
{
    const struct str *s = self(e, a);
    struct value from = arg(e, a, 1, NULL);
    const struct list *l = items_of(e, &from);
    struct chars c = { 0 };
    if (!l || l->open)
        return unknown(e, "a string", a->at, l ? l->open : why(from));
    for (int64_t i = 0; i < l->count; i++) {
        if (l->item[i].kind == V_UNKNOWN)
            return unknown(e, "a string", a->at, l->item[i].unknown);
        if (l->item[i].kind != V_STRING && l->item[i].kind != V_BYTES)
            raise_error(e, "TypeError", "sequence item %lld: expected str instance, %s found",
                        (long long)i, type_name(e, l->item[i]));
        if (i)
            chars_add(e, &c, s->s, s->size);
        chars_add(e, &c, l->item[i].s->s, l->item[i].s->size);
    }
    return chars_value(e, &c);
}

static struct value s_replace(struct eval *e, struct args *a)
{
    const struct str *s = self(e, a), *from = string_arg(e, a, 1), *to = string_arg(e, a, 2);
    int64_t most = int_arg(e, arg_or(e, a, 3, "count", of_int(-1)));
    struct chars c = { 0 };
    const char *p = s->s, *end = s->s + s->size;
    if (!from->size) {
        for (; most != 0; most--) {
            chars_add(e, &c, to->s, to->size);
            if (p >= end)
                break;
            int used;
            code_at(p, &used);
            chars_add(e, &c, p, (size_t)used);
            p += used;
        }
    } else {
        for (const char *hit; most != 0 && (hit = search(p, (size_t)(end - p), from, false));
             p = hit + from->size, most--) {
            chars_add(e, &c, p, (size_t)(hit - p));
            chars_add(e, &c, to->s, to->size);
        }
    }
    chars_add(e, &c, p, (size_t)(end - p));
    return chars_value(e, &c);
}

static struct value padded(struct eval *e, struct args *a, int side)
{
    const struct str *s = self(e, a);
    const int64_t width = int_arg(e, arg(e, a, 1, NULL)), room = width - s->length;
    const struct value fill = arg_or(e, a, 2, NULL, of_text(e, " "));
    if (fill.kind != V_STRING || fill.s->length != 1)
        raise_error(e, "TypeError", "The fill character must be exactly one character long");
    if (room > MOST_ITEMS)
        raise_error(e, "MemoryError", "a string of %lld characters", (long long)width);
    const int64_t before = room <= 0 || side < 0 ? 0
                           : side > 0            ? room
                                                 : room / 2 + (room & width & 1);
    struct chars c = { 0 };
    for (int64_t i = 0; i < before; i++)
        chars_add(e, &c, fill.s->s, fill.s->size);
    chars_add(e, &c, s->s, s->size);
    for (int64_t i = before; i < room; i++)
        chars_add(e, &c, fill.s->s, fill.s->size);
    return chars_value(e, &c);
}

static struct value s_ljust(struct eval *e, struct args *a)
{
    return padded(e, a, -1);
}
static struct value s_rjust(struct eval *e, struct args *a)
{
    return padded(e, a, 1);
}
static struct value s_center(struct eval *e, struct args *a)
{
    return padded(e, a, 0);
}

static struct value s_zfill(struct eval *e, struct args *a)
{
    const struct str *s = self(e, a);
    const int64_t room = int_arg(e, arg(e, a, 1, NULL)) - s->length;
    const size_t sign = s->size && (*s->s == '-' || *s->s == '+');
    struct chars c = { 0 };
    chars_add(e, &c, s->s, sign);
    for (int64_t i = 0; i < room && i < MOST_ITEMS; i++)
        chars_put(e, &c, "0");
    chars_add(e, &c, s->s + sign, s->size - sign);
    return chars_value(e, &c);
}

static struct value s_expandtabs(struct eval *e, struct args *a)
{
    const struct str *s = self(e, a);
    const int64_t size = int_arg(e, arg_or(e, a, 1, "tabsize", of_int(8)));
    struct chars c = { 0 };
    int64_t column = 0;
    for (size_t i = 0; i < s->size; i++) {
        if (s->s[i] == '\t') {
            for (int64_t n = size > 0 ? size - column % size : 0; n > 0; n--, column++)
                chars_put(e, &c, " ");
            continue;
        }
        chars_add(e, &c, s->s + i, 1);
        column = s->s[i] == '\n' || s->s[i] == '\r'
                     ? 0
                     : column + (((unsigned char)s->s[i] & 0xc0) != 0x80);
    }
    return chars_value(e, &c);
}

static struct value s_format(struct eval *e, struct args *a)
{
    struct str *s = self(e, a);
    struct args rest = *a;
    rest.v++;
    rest.n--;
    return brace_format(e, s, &rest);
}

static struct value s_format_map(struct eval *e, struct args *a)
{
    struct args rest = { .v = a->v + 1, .at = a->at };
    const struct value d = arg(e, a, 1, NULL);
    if (d.kind != V_DICT)
        return unknown(e, "a string", a->at, why(d));
    rest.named = NEW_ARRAY(e->mem, struct named, d.dict->count + 1);
    for (int64_t i = 0; i < d.dict->used; i++)
        if (d.dict->entry[i].key.kind == V_STRING)
            rest.named[rest.nnamed++] = (struct named){ str_intern(e, d.dict->entry[i].key.s->s,
                                                                   d.dict->entry[i].key.s->size),
                                                        d.dict->entry[i].value };
    return brace_format(e, self(e, a), &rest);
}

static struct value s_maketrans(struct eval *e, struct args *a)
{
    struct value d = new_dict(e, V_DICT);
    if (a->n == 1 && a->v[0].kind == V_DICT) {
        for (int64_t i = 0; i < a->v[0].dict->used; i++) {
            struct value k = a->v[0].dict->entry[i].key;
            int used;
            if (k.kind == V_STRING)
                k = of_int(code_at(k.s->s, &used));
            dict_set(e, d.dict, k, a->v[0].dict->entry[i].value);
        }
        return d;
    }
    const struct str *x = string_arg(e, a, 0), *y = string_arg(e, a, 1);
    if (x->length != y->length)
        raise_error(e, "ValueError", "the first two maketrans arguments must have equal length");
    for (int64_t i = 0; i < x->length; i++) {
        int used;
        dict_set(e, d.dict, of_int(code_at(x->s + offset_of(x, i), &used)),
                 of_str(substring(e, y, i, 1, 1)));
    }
    for (int64_t i = 0; a->n > 2 && i < a->v[2].s->length; i++) {
        int used;
        dict_set(e, d.dict, of_int(code_at(a->v[2].s->s + offset_of(a->v[2].s, i), &used)), NONE);
    }
    return d;
}

static struct value s_translate(struct eval *e, struct args *a)
{
    const struct str *s = self(e, a);
    const struct value d = arg(e, a, 1, NULL);
    struct chars c = { 0 };
    for (size_t i = 0; i < s->size;) {
        int used;
        const uint32_t code = code_at(s->s + i, &used);
        const struct value v = d.kind == V_DICT ? dict_get(e, d.dict, of_int(code)) : EMPTY;
        if (v.kind == V_EMPTY)
            chars_add(e, &c, s->s + i, (size_t)used);
        else if (v.kind == V_STRING)
            chars_add(e, &c, v.s->s, v.s->size);
        else if (v.kind == V_INT)
            chars_code(e, &c, (uint32_t)v.i);
        i += (size_t)used;
    }
    return chars_value(e, &c);
}

static struct value s_encode(struct eval *e, struct args *a)
{
    return (struct value){ .kind = V_BYTES, .s = self(e, a) };
}
static struct value s_decode(struct eval *e, struct args *a)
{
    return of_str(self(e, a));
}

static const struct builtin methods[] = { { "upper", s_upper, false },
                                          { "lower", s_lower, false },
                                          { "casefold", s_lower, false },
                                          { "swapcase", s_swapcase, false },
                                          { "title", s_title, false },
                                          { "capitalize", s_capitalize, false },
                                          { "isalpha", s_isalpha, false },
                                          { "isdigit", s_isdigit, false },
                                          { "isnumeric", s_isdigit, false },
                                          { "isdecimal", s_isdigit, false },
                                          { "isalnum", s_isalnum, false },
                                          { "isspace", s_isspace, false },
                                          { "isprintable", s_isprintable, false },
                                          { "isascii", s_isascii, false },
                                          { "isupper", s_isupper, false },
                                          { "islower", s_islower, false },
                                          { "istitle", s_istitle, false },
                                          { "isidentifier", s_isidentifier, false },
                                          { "find", s_find, false },
                                          { "rfind", s_rfind, false },
                                          { "index", s_index, false },
                                          { "rindex", s_rindex, false },
                                          { "count", s_count, false },
                                          { "startswith", s_startswith, false },
                                          { "endswith", s_endswith, false },
                                          { "strip", s_strip, false },
                                          { "lstrip", s_lstrip, false },
                                          { "rstrip", s_rstrip, false },
                                          { "removeprefix", s_removeprefix, false },
                                          { "removesuffix", s_removesuffix, false },
                                          { "split", s_split, false },
                                          { "rsplit", s_rsplit, false },
                                          { "splitlines", s_splitlines, false },
                                          { "partition", s_partition, false },
                                          { "rpartition", s_rpartition, false },
                                          { "join", s_join, false },
                                          { "replace", s_replace, false },
                                          { "ljust", s_ljust, false },
                                          { "rjust", s_rjust, false },
                                          { "center", s_center, false },
                                          { "zfill", s_zfill, false },
                                          { "expandtabs", s_expandtabs, false },
                                          { "format", s_format, false },
                                          { "format_map", s_format_map, false },
                                          { "maketrans", s_maketrans, false },
                                          { "translate", s_translate, false },
                                          { "encode", s_encode, false },
                                          { "decode", s_decode, false },
                                          { 0 } };

void add_strings(struct eval *e)
{
    class_add(e, e->type[V_STRING], methods);
    class_add(e, e->type[V_BYTES], methods);
}
