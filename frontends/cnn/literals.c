/* literals.c - strings with their escapes, numbers, the parts of f-strings. */
#include <stdlib.h>
#include <string.h>

#include "cnn/lex.h"

static int hex_digit(char c)
{
    return c >= '0' && c <= '9'   ? c - '0'
           : c >= 'a' && c <= 'f' ? c - 'a' + 10
           : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                  : -1;
}

static size_t add_utf8(char *to, uint32_t c)
{
    if (c < 0x80)
        return to[0] = (char)c, 1;
    if (c < 0x800)
        return to[0] = (char)(0xc0 | c >> 6), to[1] = (char)(0x80 | (c & 63)), 2;
    if (c < 0x10000)
        return to[0] = (char)(0xe0 | c >> 12), to[1] = (char)(0x80 | (c >> 6 & 63)),
               to[2] = (char)(0x80 | (c & 63)), 3;
    to[0] = (char)(0xf0 | c >> 18);
    to[1] = (char)(0x80 | (c >> 12 & 63));
    to[2] = (char)(0x80 | (c >> 6 & 63));
    to[3] = (char)(0x80 | (c & 63));
    return 4;
}

/* Decodes \x, \u, \U at s (s[0] is the letter); the bytes used, or 0 after an error. */
static size_t hex_escape(struct python *py, const char *s, size_t n, size_t at, uint32_t *value)
{
    size_t digits = s[0] == 'x' ? 2 : s[0] == 'u' ? 4 : 8;

    *value = 0;
    for (size_t i = 1; i <= digits; i++) {
        int d = i < n ? hex_digit(s[i]) : -1;
        if (d < 0) {
            py_error(py, (struct extent){ at - 1, at + i }, "'\\%c' needs %d hexadecimal digits",
                     s[0], (int)digits);
            return 0;
        }
        *value = *value << 4 | (uint32_t)d;
    }
    if (*value > 0x10ffff) {
        py_error(py, (struct extent){ at - 1, at + digits + 1 },
                 "there is no character with this number");
        return 0;
    }
    return digits + 1;
}

/* \N{name} gives U+FFFD: the names of characters are not known here. */
static size_t name_escape(struct python *py, const char *s, size_t n, size_t at)
{
    const char *close = n > 1 && s[1] == '{' ? memchr(s, '}', n) : NULL;

    if (!close || close - s < 3) {
        py_error(py, (struct extent){ at - 1, at + 1 },
                 "'\\N' needs the name of a character in braces");
        return 0;
    }
    return (size_t)(close - s) + 1;
}

static size_t octal_escape(const char *s, size_t n, uint32_t *value)
{
    size_t i = 0;

    for (*value = 0; i < 3 && i < n && s[i] >= '0' && s[i] <= '7'; i++)
        *value = *value * 8 + (uint32_t)(s[i] - '0');
    return i;
}

/* What follows a backslash at s; adds to `to`, returns the bytes used, at least 1. */
static size_t escape(struct python *py, const char *s, size_t n, size_t at, bool bytes, char *to,
                     size_t *length)
{
    static const char letters[] = "\\'\"abfnrtv", values[] = "\\'\"\a\b\f\n\r\t\v";
    const char *simple = memchr(letters, s[0], sizeof letters - 1);
    uint32_t c = 0;
    size_t used = 0;

    if (simple)
        return to[(*length)++] = values[simple - letters], 1;
    if (s[0] == '\n')
        return 1;
    if (s[0] == '\r')
        return n > 1 && s[1] == '\n' ? 2 : 1;
    if (s[0] >= '0' && s[0] <= '7')
        used = octal_escape(s, n, &c);
    else if (s[0] == 'x' || (!bytes && (s[0] == 'u' || s[0] == 'U')))
        used = hex_escape(py, s, n, at, &c);
    else if (!bytes && s[0] == 'N')
        used = name_escape(py, s, n, at), c = 0xfffd;
    else {
        to[(*length)++] = '\\';
        return 0;
    }
    if (used == 0)
        return 1;
    if (bytes)
        to[(*length)++] = (char)(c & 255);
    else
        *length += add_utf8(to + *length, c);
    return used;
}

/* No escape is shorter than what it stands for, so the text fits in as many bytes as were written.
 */
struct node *py_string(struct python *py, struct extent at, struct extent body, bool raw,
                       bool bytes, bool braces)
{
    struct node *n = py_node(py, bytes ? N_BYTES : N_STRING, at);
    const char *s = py->source->text;
    char *to = arena_alloc(py->ctx->arena, body.end - body.start + 1);
    size_t length = 0, i = body.start;
    bool foreign = false;

    while (i < body.end) {
        char c = s[i++];
        if (c == '\\' && !raw && i < body.end) {
            i += escape(py, s + i, body.end - i, i, bytes, to, &length);
            continue;
        }
        if (c == '\r') {
            i += i < body.end && s[i] == '\n';
            c = '\n';
        }
        if (braces && (c == '{' || c == '}') && i < body.end && s[i] == c)
            i++;
        foreign |= (unsigned char)c >= 128;
        to[length++] = c;
    }
    if (bytes && foreign)
        py_error(py, at, "bytes can only hold ASCII characters");
    n->text = to;
    n->size = length;
    return n;
}

static bool read_integer(const char *s, int64_t *value)
{
    int base = s[0] != '0' || s[1] == '\0'  ? 10
               : s[1] == 'x' || s[1] == 'X' ? 16
               : s[1] == 'o' || s[1] == 'O' ? 8
               : s[1] == 'b' || s[1] == 'B' ? 2
                                            : 10;

    *value = 0;
    for (s += base == 10 ? 0 : 2; *s; s++)
        if (!mul_checked(*value, base, value) || !add_checked(*value, hex_digit(*s), value))
            return false;
    return true;
}

struct node *py_number(struct python *py, struct extent at)
{
    enum { LONGEST = 4300 }; /* digits, as in CPython */
    struct node *n = py_node(py, N_INT, at);
    const char *s = py->source->text + at.start;
    size_t length = 0, size = at.end - at.start;

    if (size > LONGEST) {
        py_error(py, at, "a number of more than %d characters", LONGEST);
        return n;
    }
    char *digits = arena_alloc(py->ctx->arena, size + 1);
    for (size_t i = 0; i < size; i++)
        if (s[i] != '_')
            digits[length++] = s[i];
    bool based = length > 1 && digits[0] == '0' && strchr("xXoObB", digits[1]);
    char last = digits[length - 1];
    if (!based && (last == 'j' || last == 'J')) {
        n->kind = N_IMAGINARY;
        digits[length - 1] = '\0';
        n->number = strtod(digits, NULL);
    } else if (!based && strpbrk(digits, ".eE")) {
        n->kind = N_FLOAT;
        n->number = strtod(digits, NULL);
    } else if (!read_integer(digits, &n->integer)) {
        n->integer = 0;
        n->is_big = true;
        py_text(n, digits);
    }
    return n;
}

/* Literals side by side are one. */
struct node *py_join_strings(struct python *py, struct extent at, struct node_list pieces)
{
    struct node *n = pieces.item[0];
    struct node_list parts = { NULL, 0 };
    bool format = false, bytes = false, text = false;
    size_t size = 0;

    if (pieces.count == 1)
        return n;
    for (int i = 0; i < pieces.count; i++) {
        n = pieces.item[i];
        format |= n->kind == N_FSTRING;
        bytes |= n->kind == N_BYTES;
        text |= n->kind != N_BYTES;
        size += n->size;
        parts = n->kind == N_FSTRING ? py_chain(py, parts, n->kids) : py_add(py, parts, n);
    }
    if (bytes && text)
        py_error(py, at, "cannot mix bytes and strings");
    if (format)
        return py_list(py, N_FSTRING, at, parts);
    n = py_node(py, bytes ? N_BYTES : N_STRING, at);
    char *to = arena_alloc(py->ctx->arena, size + 1);
    for (int i = 0; i < parts.count; i++) {
        memcpy(to + n->size, parts.item[i]->text, parts.item[i]->size);
        n->size += parts.item[i]->size;
    }
    n->text = to;
    return n;
}

/* A field of an f-string; {x = } puts its own text before its value. */
struct node_list py_field(struct python *py, struct node *format, struct extent open, bool debug,
                          size_t end)
{
    struct node_list parts = { NULL, 0 };

    if (debug) {
        struct extent at = { open.end, end };
        parts = py_add(py, parts, py_string(py, at, at, true, false, false));
        if (!format->text && !format->b)
            py_text(format, "r");
    }
    return py_add(py, parts, format);
}

const char *py_conversion(struct python *py, struct extent bang, struct extent at, const char *name)
{
    if (bang.end != at.start || strlen(name) != 1 || !strchr("rsa", name[0]))
        py_error(py, at, "a conversion in an f-string is !r, !s or !a");
    return name;
}
