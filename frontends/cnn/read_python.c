/* read_python.c - indentation tokens, literals, and the door parse_python(). */
#include "cnn/tokens.h"
#include "parser.h"

#include <stdlib.h>
#include <string.h>

int raw_lex_init_extra(struct lexer *l, void **scanner);
int raw_lex_destroy(void *scanner);
void *raw__scan_bytes(const char *bytes, int n, void *scanner);
int raw_lex(PY_STYPE *value, struct range *at, void *scanner);
int py_lex(PY_STYPE *value, struct range *at, struct lexer *l);

bool syntax_error(struct lexer *l, struct range at, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    diag_at(&l->ctx->diags, ERROR, (struct span){ l->source, at.start, at.end }, format, args);
    va_end(args);
    return false;
}

struct node *new_node(struct lexer *l, enum node_kind kind, struct range at)
{
    struct node *n = NEW(l->ctx->arena, struct node);
    n->kind = kind;
    n->at = (struct span){ l->source, at.start, at.end };
    return n;
}

/* ---- literals ---- */

struct node *number_node(struct lexer *l, const char *text, size_t n, struct range at)
{
    struct node *node = new_node(l, N_INT, at);
    char *s = arena_copy(l->ctx->arena, text, n), *to = s;
    for (const char *p = s; *p; p++)
        if (*p != '_')
            *to++ = *p;
    *to = 0;
    const char last = n ? text[n - 1] : 0;
    const bool hex = s[0] == '0' && (s[1] | 32) == 'x', other = s[0] == '0' && ((s[1] | 32) == 'o' || (s[1] | 32) == 'b');
    node->text = s;
    if (!hex && !other && (last == 'j' || last == 'J' || strpbrk(s, ".eE"))) {
        node->kind = last == 'j' || last == 'J' ? N_IMAGINARY : N_FLOAT;
        node->number = strtod(s, NULL);
        return node;
    }
    const int base = hex ? 16 : other ? ((s[1] | 32) == 'o' ? 8 : 2) : 10;
    uint64_t v = 0;
    for (const char *p = s + (hex || other ? 2 : 0); *p; p++) {
        const unsigned digit = *p <= '9' ? (unsigned)(*p - '0') : (unsigned)((*p | 32) - 'a' + 10);
        node->is_big |= v > ((uint64_t)INT64_MAX - digit) / (unsigned)base;
        v = v * (unsigned)base + digit;
    }
    node->integer = node->is_big ? 0 : (int64_t)v;
    return node;
}

static void put_utf8(struct text *t, unsigned long c)
{
    char b[4];
    size_t n = 1;
    if (c < 0x80) {
        b[0] = (char)c;
    } else if (c < 0x800) {
        b[0] = (char)(0xc0 | c >> 6), b[1] = (char)(0x80 | (c & 63)), n = 2;
    } else if (c < 0x10000) {
        b[0] = (char)(0xe0 | c >> 12), b[1] = (char)(0x80 | (c >> 6 & 63)), b[2] = (char)(0x80 | (c & 63)), n = 3;
    } else {
        b[0] = (char)(0xf0 | (c >> 18 & 7)), b[1] = (char)(0x80 | (c >> 12 & 63)), b[2] = (char)(0x80 | (c >> 6 & 63));
        b[3] = (char)(0x80 | (c & 63)), n = 4;
    }
    text_add(t, b, n);
}

/* One escape at p, behind the backslash; returns what follows. */
static const char *put_escape(struct text *t, const char *p, const char *end)
{
    static const char from[] = "abfnrtv\\'\"", to[] = "\a\b\f\n\r\t\v\\'\"";
    const char *known = strchr(from, *p);
    char digits[9] = { 0 };
    if (*p == '\n')
        return p + 1;
    if (known && *p) {
        text_add(t, &to[known - from], 1);
        return p + 1;
    }
    const int n = *p == 'x' ? 2 : *p == 'u' ? 4 : *p == 'U' ? 8 : 0;
    if (n && end - p > n) {
        memcpy(digits, p + 1, (size_t)n);
        put_utf8(t, strtoul(digits, NULL, 16));
        return p + 1 + n;
    }
    if (*p >= '0' && *p <= '7') {
        int k = 0;
        while (k < 3 && p < end && *p >= '0' && *p <= '7')
            digits[k++] = *p++;
        put_utf8(t, strtoul(digits, NULL, 8));
        return p;
    }
    text_add(t, "\\", 1);
    text_add(t, p, 1);
    return p + 1;
}

static struct node *literal(struct lexer *l, enum node_kind kind, const char *p, const char *end, bool raw, struct range at)
{
    struct text t = { 0 };
    while (p < end) {
        if (*p == '\\' && !raw && p + 1 < end) {
            p = put_escape(&t, p + 1, end);
            continue;
        }
        text_add(&t, p++, 1);
    }
    struct node *n = new_node(l, kind, at);
    n->text = arena_copy(l->ctx->arena, t.s ? t.s : "", t.n);
    n->size = t.n;
    text_free(&t);
    return n;
}

/* Where the replacement field that begins behind `{` has its expression's end: at }, !r or : outside of brackets. */
static size_t field_end(const char *s, size_t i, size_t end)
{
    int depth = 0;
    for (; i < end; i++) {
        const char c = s[i];
        if (c == '\'' || c == '"') {
            for (i++; i < end && s[i] != c; i++)
                ;
            continue;
        }
        depth += c == '(' || c == '[' || c == '{';
        if (depth == 0 && (c == '}' || c == ':' || (c == '!' && i + 1 < end && s[i + 1] != '=')))
            break;
        depth -= c == ')' || c == ']' || c == '}';
    }
    return i;
}

/* Text and fields of an f-string between two offsets of the source; nested for the format spec. */
static struct node *fstring(struct lexer *l, size_t i, size_t end, bool raw, int level)
{
    const char *s = l->source->text;
    struct node *f = new_node(l, N_FSTRING, (struct range){ i, end });
    size_t from = i;
    while (i <= end && level < 4) {
        const bool brace = i < end && (s[i] == '{' || s[i] == '}'), twice = brace && i + 1 < end && s[i + 1] == s[i];
        if (i < end && !brace) {
            i++;
            continue;
        }
        if (i > from || twice) {
            struct node *part = literal(l, N_STRING, s + from, s + i + (twice ? 1 : 0), raw, (struct range){ from, i });
            APPEND(l->ctx->arena, f->kids.item, f->kids.count, part);
        }
        if (i >= end)
            break;
        if (twice) {
            from = i += 2;
            continue;
        }
        struct node *field = new_node(l, N_FORMAT, (struct range){ i, i + 1 });
        size_t stop = field_end(s, i + 1, end), last = stop;
        while (last > i + 1 && (s[last - 1] == ' ' || (s[last - 1] == '=' && s[last - 2] != '=')))
            last--;
        field->a = parse_part(l, i + 1, last);
        if (stop < end && s[stop] == '!') {
            field->text = arena_copy(l->ctx->arena, s + stop + 1, 1);
            stop += 2;
        }
        if (stop < end && s[stop] == ':') {
            size_t close = stop + 1;
            for (int depth = 0; close < end && (s[close] != '}' || depth); close++)
                depth += s[close] == '{' ? 1 : s[close] == '}' ? -1 : 0;
            field->b = fstring(l, stop + 1, close, raw, level + 1);
            stop = close;
        }
        if (stop >= end || s[stop] != '}' || !field->a) {
            syntax_error(l, (struct range){ i, i + 1 }, "this '{' of an f-string is not closed by '}'");
            break;
        }
        APPEND(l->ctx->arena, f->kids.item, f->kids.count, field);
        from = i = stop + 1;
    }
    return f;
}

struct node *string_node(struct lexer *l, const char *text, size_t n, struct range at)
{
    bool raw = false, bytes = false, format = false;
    size_t i = 0;
    for (; text[i] != '"' && text[i] != '\''; i++) {
        raw |= (text[i] | 32) == 'r';
        bytes |= (text[i] | 32) == 'b';
        format |= (text[i] | 32) == 'f';
    }
    const size_t quotes = n - i >= 6 && text[i + 1] == text[i] && text[i + 2] == text[i] ? 3 : 1;
    if (format)
        return fstring(l, at.start + i + quotes, at.end - quotes, raw, 0);
    return literal(l, bytes ? N_BYTES : N_STRING, text + i + quotes, text + n - quotes, raw, at);
}

struct node *join_strings(struct lexer *l, struct node *a, struct node *b)
{
    if (a->kind != N_FSTRING && b->kind != N_FSTRING) {
        char *s = arena_printf(l->ctx->arena, "%*s", (int)(a->size + b->size), "");
        memcpy(s, a->text, a->size);
        memcpy(s + a->size, b->text, b->size);
        a->text = s;
        a->size += b->size;
    } else {
        struct node *f = new_node(l, N_FSTRING, (struct range){ a->at.start, b->at.end }), *both[2] = { a, b };
        for (int i = 0; i < 2; i++) {
            if (both[i]->kind != N_FSTRING)
                APPEND(l->ctx->arena, f->kids.item, f->kids.count, both[i]);
            for (int k = 0; both[i]->kind == N_FSTRING && k < both[i]->kids.count; k++)
                APPEND(l->ctx->arena, f->kids.item, f->kids.count, both[i]->kids.item[k]);
        }
        a = f;
    }
    a->at.end = b->at.end;
    return a;
}

/* ---- indentation ---- */

static int column_of(const struct lexer *l, size_t at)
{
    size_t begin = at;
    int column = 0;
    while (begin > l->start && l->source->text[begin - 1] != '\n' && l->source->text[begin - 1] != '\r')
        begin--;
    for (; begin < at; begin++)
        column = l->source->text[begin] == '\t' ? (column / 8 + 1) * 8 : l->source->text[begin] == '\f' ? 0 : column + 1;
    return column;
}

/* Compares the column of a line's first token with the open blocks; returns INDENT, DEDENT or 0. */
static int indentation(struct lexer *l, int token, struct range at)
{
    const int column = token ? column_of(l, at.start) : 0;
    const int now = l->nindents ? l->indents[l->nindents - 1] : 0;
    if (column > now) {
        if (l->nindents == MOST_INDENTS) {
            syntax_error(l, at, "too many levels of indentation");
            l->failed = true;
            return 0;
        }
        l->indents[l->nindents++] = column;
        return INDENT;
    }
    while (l->nindents && l->indents[l->nindents - 1] > column) {
        l->nindents--;
        l->pending_dedents++;
    }
    if ((l->nindents ? l->indents[l->nindents - 1] : 0) != column) {
        syntax_error(l, at, "unindent does not match any outer indentation level");
        l->failed = true;
    }
    return l->pending_dedents ? DEDENT : 0;
}

int py_lex(PY_STYPE *value, struct range *at, struct lexer *l)
{
    if (l->first) {
        l->first = 0;
        *at = (struct range){ l->start, l->start };
        return START_EXPRESSION;
    }
    if (l->pending_dedents) {
        l->pending_dedents--;
        *at = (struct range){ l->held_start, l->held_start };
        return DEDENT;
    }
    if (l->held >= 0) {
        const int token = l->held;
        l->held = -1;
        *value = *(PY_STYPE *)l->held_value;
        *at = (struct range){ l->held_start, l->held_end };
        return token;
    }
    const bool fresh = !l->line_has_tokens && l->depth == 0 && l->at_line_start;
    const int token = l->failed || l->ended ? 0 : raw_lex(value, at, l->scanner);
    if (!token && !l->ended) {
        l->ended = true;
        if (l->line_has_tokens && l->module_mode) {     /* the last line need not end with a line end */
            l->line_has_tokens = false;
            l->at_line_start = true;
            *at = (struct range){ l->end, l->end };
            return NEWLINE;
        }
    }
    if (!token)
        *at = (struct range){ l->end, l->end };
    l->at_line_start = token == NEWLINE || (fresh && !token);
    if (!l->module_mode || token == NEWLINE || (!fresh && token) || (!fresh && !l->nindents))
        return token;
    const int turn = indentation(l, token, *at);
    if (!turn)
        return token;
    l->held = token;
    memcpy(l->held_value, value, sizeof *value);
    l->held_start = at->start;
    l->held_end = at->end;
    l->pending_dedents -= turn == DEDENT;
    *at = (struct range){ at->start, at->start };
    return turn;
}

/* ---- doors ---- */

static void run(struct lexer *l)
{
    PY_STYPE held;
    memset(&held, 0, sizeof held);
    l->held_value = &held;
    l->held = -1;
    l->at = l->start;
    l->at_line_start = true;
    if (raw_lex_init_extra(l, &l->scanner))
        die("no memory for the lexer");
    raw__scan_bytes(l->source->text + l->start, (int)(l->end - l->start), l->scanner);
    py_parse(l);
    raw_lex_destroy(l->scanner);
}

struct node *parse_part(struct lexer *outer, size_t start, size_t end)
{
    struct lexer l = { .ctx = outer->ctx, .source = outer->source, .start = start, .end = end, .first = 1, .nesting = outer->nesting + 1 };
    while (l.start < end && l.source->text[l.start] == ' ')
        l.start++;
    if (l.start >= end || l.nesting > 8)
        return NULL;
    run(&l);
    return l.expression;
}

struct node_list parse_python(struct ctx *ctx, const struct source *source)
{
    struct lexer l = { .ctx = ctx, .source = source, .end = source->size, .module_mode = true };
    const char *nul = memchr(source->text, 0, source->size);
    if (source->size >= 3 && memcmp(source->text, "\xef\xbb\xbf", 3) == 0)
        l.start = 3;
    if (source->size > INT32_MAX / 2) {
        diag_error(&ctx->diags, (struct span){ source, 0, 1 }, "the text has more than 1 GB");
        return (struct node_list){ 0 };
    }
    if (nul) {
        const size_t at = (size_t)(nul - source->text);
        diag_error(&ctx->diags, (struct span){ source, at, at + 1 }, "a NUL byte: this is not text");
        return (struct node_list){ 0 };
    }
    run(&l);
    return l.module;
}
