/*
 * parse.c - Python text to a syntax tree: the token filter, literals, nodes, the checks that the grammar leaves open,
 * and the words of syntax errors.
 */
#include <stdlib.h>
#include <string.h>

#include "cnn/lex.h"
#include "parser.h"

/* ---- messages ---- */

struct span
py_span(const struct python *py, struct extent at)
{
    return (struct span){py->source, at.start, at.end};
}

/* Reports; returns false. Past the limit of errors that are shown, reading on is useless. */
bool
py_error(struct python *py, struct extent at, const char *format, ...)
{
    struct diags *d = &py->ctx->diags;
    va_list args;

    va_start(args, format);
    diag_at(d, ERROR, py_span(py, at), format, args);
    va_end(args);
    py->bad_line = true;
    if (d->limit > 0 && d->errors >= d->limit)
        py->stopped = py->gave_up = true;
    return false;
}

void
py_deep(struct python *py, struct extent at)
{
    if (!py->gave_up)
        py_error(py, at, "the expression is nested too deeply: at most %d levels", MAX_HEIGHT);
    py->stopped = py->gave_up = true;
}

static struct extent
extent_of(const struct node *n)
{
    return (struct extent){n->at.start, n->at.end};
}

static bool
among(const char *name, const char *const *names, int count)
{
    for (int i = 0; i < count; i++)
        if (strcmp(name, names[i]) == 0)
            return true;
    return false;
}

/* What stands before the ':' that is missing, by the keyword that opened the line. */
static const char *
before_colon(int lead)
{
    switch (lead) {
    case T_IF: return "the condition of 'if'";
    case T_ELIF: return "the condition of 'elif'";
    case T_WHILE: return "the condition of 'while'";
    case T_FOR: return "the head of 'for'";
    case T_WITH: return "the head of 'with'";
    case T_DEF: return "the head of the function";
    case T_CLASS: return "the head of the class";
    case T_ELSE: return "'else'";
    case T_TRY: return "'try'";
    case T_EXCEPT: return "'except'";
    case T_FINALLY: return "'finally'";
    case T_MATCH: return "the subject of 'match'";
    case T_CASE: return "the pattern of 'case'";
    case T_ASYNC: return "the head of the statement";
    default: return NULL;
    }
}

/* The offending token as the user wrote it. */
static const char *
as_written(struct python *py, struct extent at, const char *found)
{
    static const char *const silent[] = {"end of line", "end of file", "end of the block", "indented block"};
    size_t n = at.end - at.start;

    if (!found || among(found, silent, 4) || n == 0)
        return found ? found : "end of line";
    return arena_printf(py->ctx->arena, "'%.*s%s'", n > 40 ? 40 : (int)n, py->source->text + at.start,
                        n > 40 ? "..." : "");
}

/* Up to four things in words; NULL where there are more. */
static const char *
in_words(struct python *py, const char *const *expected, int count)
{
    char *s = arena_copy(py->ctx->arena, "", 0);
    int said = 0;

    if (among("name", expected, count) && among("number", expected, count) && among("string", expected, count))
        return "an expression";
    if (count == 0 || count > 4)
        return NULL;
    for (int i = 0; i < count; i++, said++)
        s = arena_printf(py->ctx->arena, "%s%s%s", s, said == 0 ? "" : i == count - 1 ? " or " : ", ", expected[i]);
    return s;
}

static bool
opens_expression(const char *found)
{
    static const char *const openers[] = {"name", "number", "string", "f-string", "'lambda'", "'None'", "'True'",
                                          "'False'", "'...'"};

    return among(found, openers, sizeof openers / sizeof *openers);
}

void
py_unexpected(struct python *py, struct extent at, const char *found, const char *const *expected, int count)
{
    static const char *const continuing[] = {"'else'", "'elif'", "'except'", "'finally'"};
    const char *text = as_written(py, at, found), *head = before_colon(py->lead);

    if (py->bad_line || py->gave_up || (found && strcmp(found, "bad text") == 0))
        return;
    if (found && py->recovered && among(found, continuing, 4))
        return;         /* its first part was skipped */
    bool colon = among("':'", expected, count);
    const char *words = in_words(py, expected, count);
    if (count == 1 && strcmp(expected[0], "indented block") == 0)
        py_error(py, at, "expected an indented block, found %s", text);
    else if (found && strcmp(found, "indented block") == 0)
        py_error(py, at, "unexpected indent");
    else if (found && strcmp(found, "'='") == 0 && head && py->depth == 0 && !py->colon)
        py_error(py, at, "unexpected '=' in %s, perhaps '==' was meant", head);
    else if (colon && head && py->depth == 0 && !py->colon)
        py_error(py, at, "expected ':' after %s, found %s", head, text);
    else if (found && opens_expression(found) && py->before_name && strcmp(py->before_name, "print") == 0)
        py_error(py, at, "print is a function in Python 3: write print(...)");
    else if (words)
        py_error(py, at, "syntax error: unexpected %s, expected %s", text, words);
    else if (found && opens_expression(found) && py->depth > 0)
        py_error(py, at, "syntax error: unexpected %s, perhaps a comma is missing before it", text);
    else
        py_error(py, at, "syntax error: unexpected %s", text);
}

/* ---- the token filter: soft keywords, and the tokens at the end of the text ---- */

static struct token
next_token(struct python *py)
{
    struct token t;

    if (py->head < py->nqueue)
        return py->queue[py->head++];
    py->head = py->nqueue = 0;
    lexer_scan(py, &t);
    return t;
}

static void
put_back(struct python *py, struct token t)
{
    if (py->head > 0)
        py->queue[--py->head] = t;
    else
        APPEND(py->ctx->arena, py->queue, py->nqueue, t);
}

/* The kind of a token ahead, the next one being 0. The queue is used up before it grows again. */
static int
peek(struct python *py, int i)
{
    while (py->nqueue - py->head <= i) {
        struct token t;
        int before = py->nqueue > 0 ? py->queue[py->nqueue - 1].kind : 0;
        if (py->nqueue > py->head && (before == T_END || before == T_NEWLINE))
            return before;
        lexer_scan(py, &t);
        APPEND(py->ctx->arena, py->queue, py->nqueue, t);
    }
    return py->queue[py->head + i].kind;
}

/* `match` heads a statement where its line ends in ':', or where what follows could not follow a name. */
static bool
match_is_keyword(struct python *py)
{
    int kind = peek(py, 0), before = 0;

    switch (kind) {
    case T_NAME: case T_NUMBER: case T_STRING: case T_FSTART: case T_NONE: case T_TRUE: case T_FALSE: case T_LAMBDA:
    case T_AWAIT: case T_DOTS: case '{': case '~':
        return true;
    case '(': case '[': case '-': case '+': case '*': case T_NOT:
        break;
    default:
        return false;
    }
    for (int i = 1; i < MAX_LOOKAHEAD; i++) {
        int next = peek(py, i);
        if (next == T_NEWLINE || next == T_END)
            return before == ':';
        before = next;
    }
    return false;
}

static int
soft_keyword(struct python *py, const char *word)
{
    bool line = py->last != ';' && py->last != ':';

    if (line && strcmp(word, "match") == 0 && match_is_keyword(py))
        return py->in_match = true, T_MATCH;
    if (line && strcmp(word, "case") == 0 && py->of_cases[py->nindents])
        return T_CASE;
    if (strcmp(word, "type") == 0 && peek(py, 0) == T_NAME)
        return T_TYPE;
    return T_NAME;
}

/* Before the end: the end of an unfinished line, and of every block. */
static void
unwind(struct python *py, struct token *t)
{
    struct token end = *t;

    if (py->last != 0 && py->last != T_NEWLINE && py->last != T_DEDENT && py->last != T_INDENT)
        t->kind = T_NEWLINE;
    else if (py->nindents > 0)
        py->nindents--, t->kind = T_DEDENT;
    else
        return;
    put_back(py, end);
}

static void
follow(struct python *py, const struct token *t)
{
    switch (t->kind) {
    case '(': case '[': case '{': case T_FIELD:
        py->depth++;
        break;
    case ')': case ']': case '}': case T_FIELD_END:
        py->depth -= py->depth > 0;
        break;
    case ':':
        py->colon |= py->depth == 0;
        break;
    case T_NEWLINE:
        py->depth = 0;
        break;
    default:
        break;
    }
    py->last = t->kind;
    py->before_name = py->last_name;
    py->last_name = t->kind == T_NAME ? t->value.word : NULL;
}

int python_lex(union lexeme *value, struct extent *at, struct python *py);

int
python_lex(union lexeme *value, struct extent *at, struct python *py)
{
    bool line = py->last == 0 || py->last == T_NEWLINE || py->last == T_INDENT || py->last == T_DEDENT;

    if (py->last == T_NEWLINE)
        py->bad_line = false;
    struct token t = next_token(py);
    if (t.kind == T_END)
        unwind(py, &t);
    if (t.kind == T_NAME && (line || py->last == ';' || (py->last == ':' && py->depth == 0)))
        t.kind = soft_keyword(py, t.value.word);
    if (line) {
        py->lead = t.kind;
        py->colon = false;
    }
    follow(py, &t);
    *value = t.value;
    *at = t.at;
    return t.kind;
}

/* ---- nodes ---- */

struct node *
py_node(struct python *py, enum node_kind kind, struct extent at)
{
    struct node *n = NEW(py->ctx->arena, struct node);

    n->kind = kind;
    n->at = py_span(py, at);
    if (++py->nodes > MAX_NODES && !py->gave_up) {
        py_error(py, at, "the file has more than %d expressions and statements", MAX_NODES);
        py->stopped = py->gave_up = true;
    }
    return n;
}

/* The node's level is the height of its tree. */
static void
raise_level(struct python *py, struct node *n, const struct node *kid)
{
    if (!kid || kid->level < n->level)
        return;
    n->level = kid->level + 1;
    if (n->level > MAX_HEIGHT)
        py_deep(py, extent_of(n));
}

struct node *
py_make(struct python *py, enum node_kind kind, struct extent at, struct node *a, struct node *b, struct node *c)
{
    struct node *n = py_node(py, kind, at);

    n->a = a;
    n->b = b;
    n->c = c;
    raise_level(py, n, a);
    raise_level(py, n, b);
    raise_level(py, n, c);
    return n;
}

struct node *
py_op(struct python *py, enum node_kind kind, struct extent at, const char *op, struct node *a, struct node *b)
{
    struct node *n = py_make(py, kind, at, a, b, NULL);

    n->op = op;
    return n;
}

struct node *
py_list(struct python *py, enum node_kind kind, struct extent at, struct node_list kids)
{
    struct node *n = py_node(py, kind, at);

    n->kids = kids;
    for (int i = 0; i < kids.count; i++)
        raise_level(py, n, kids.item[i]);
    return n;
}

void
py_text(struct node *n, const char *text)
{
    n->text = text;
    n->size = text ? strlen(text) : 0;
}

struct node *
py_named(struct python *py, enum node_kind kind, struct extent at, const char *text)
{
    struct node *n = py_node(py, kind, at);

    py_text(n, text);
    return n;
}

/* a.b.c of an import, whose length is bounded since each part copies what stands before it. */
const char *
py_dotted(struct python *py, struct extent at, const char *left, const char *right)
{
    if (at.end - at.start > 4096) {
        if (!py->bad_line)
            py_error(py, at, "the name of the module is too long");
        return left;
    }
    return arena_printf(py->ctx->arena, "%s.%s", left, right);
}

struct node_list
py_add(struct python *py, struct node_list list, struct node *item)
{
    APPEND(py->ctx->arena, list.item, list.count, item);
    return list;
}

struct node_list
py_chain(struct python *py, struct node_list list, struct node_list more)
{
    if (list.count == 0)
        return more;
    for (int i = 0; i < more.count; i++)
        list = py_add(py, list, more.item[i]);
    return list;
}

/* a < b < c is one node: a comparison that is not in parentheses takes the next operand. */
struct node *
py_compare(struct python *py, struct extent at, struct node *left, const char *op, struct node *right)
{
    struct node *n = left;

    if (left->kind != N_COMPARE || left->parenthesized)
        n = py_list(py, N_COMPARE, at, py_add(py, (struct node_list){NULL, 0}, left));
    n->kids = py_add(py, n->kids, right);
    APPEND(py->ctx->arena, n->names, n->nnames, op);
    n->at.end = at.end;
    raise_level(py, n, right);
    return n;
}

struct node *
py_comprehension(struct python *py, enum node_kind kind, struct extent at, struct node *element, struct node *value,
                 struct node_list clauses)
{
    struct node *n = py_list(py, kind, at, clauses);

    if (element->kind == N_STAR)
        py_error(py, extent_of(element), "'*' cannot be used in a comprehension");
    if (element->kind == N_WITH_ITEM)
        py_error(py, extent_of(element), "'as' cannot be used here");
    n->a = element;
    n->b = value;
    raise_level(py, n, element);
    raise_level(py, n, value);
    for (int i = 0; i < clauses.count; i++)
        for (int k = 0; k < clauses.item[i]->kids.count; k++)
            raise_level(py, n, clauses.item[i]->kids.item[k]);
    return n;
}

struct node *
py_names(struct python *py, enum node_kind kind, struct extent at, struct node_list names)
{
    struct node *n = py_node(py, kind, at);

    for (int i = 0; i < names.count; i++)
        APPEND(py->ctx->arena, n->names, n->nnames, names.item[i]->text);
    return n;
}

/* A chain of elif nests in orelse and counts as height, for it is walked by recursion too. */
struct node *
py_if(struct python *py, struct extent at, struct node *condition, struct node_list body, struct node_list orelse)
{
    struct node *n = py_make(py, N_IF, at, condition, NULL, NULL);

    n->body = body;
    n->orelse = orelse;
    if (orelse.count == 1 && orelse.item[0]->kind == N_IF)
        raise_level(py, n, orelse.item[0]);
    return n;
}

struct node *
py_handler(struct python *py, struct extent at, struct node *type, const char *name, bool star, struct node_list body)
{
    struct node *n = py_make(py, N_EXCEPT, at, type, NULL, NULL);

    py_text(n, name);
    n->is_star = star;
    n->body = body;
    return n;
}

struct node *
py_param(struct python *py, struct extent at, int star, const char *name, struct node *annotation, struct node *value)
{
    struct node *n = py_make(py, N_PARAM, at, annotation, value, NULL);

    py_text(n, name);
    n->star = star;
    return n;
}

/* ---- literals ---- */

static int
hex_digit(char c)
{
    return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10
         : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

static size_t
add_utf8(char *to, uint32_t c)
{
    if (c < 0x80)
        return to[0] = (char)c, 1;
    if (c < 0x800)
        return to[0] = (char)(0xc0 | c >> 6), to[1] = (char)(0x80 | (c & 63)), 2;
    if (c < 0x10000)
        return to[0] = (char)(0xe0 | c >> 12), to[1] = (char)(0x80 | (c >> 6 & 63)), to[2] = (char)(0x80 | (c & 63)), 3;
    to[0] = (char)(0xf0 | c >> 18);
    to[1] = (char)(0x80 | (c >> 12 & 63));
    to[2] = (char)(0x80 | (c >> 6 & 63));
    to[3] = (char)(0x80 | (c & 63));
    return 4;
}

/* Decodes \x, \u, \U at s (s[0] is the letter); the bytes used, or 0 after an error. */
static size_t
hex_escape(struct python *py, const char *s, size_t n, size_t at, uint32_t *value)
{
    size_t digits = s[0] == 'x' ? 2 : s[0] == 'u' ? 4 : 8;

    *value = 0;
    for (size_t i = 1; i <= digits; i++) {
        int d = i < n ? hex_digit(s[i]) : -1;
        if (d < 0) {
            py_error(py, (struct extent){at - 1, at + i}, "'\\%c' needs %d hexadecimal digits", s[0], (int)digits);
            return 0;
        }
        *value = *value << 4 | (uint32_t)d;
    }
    if (*value > 0x10ffff) {
        py_error(py, (struct extent){at - 1, at + digits + 1}, "there is no character with this number");
        return 0;
    }
    return digits + 1;
}

/* \N{name} gives U+FFFD: the names of characters are not known here. */
static size_t
name_escape(struct python *py, const char *s, size_t n, size_t at)
{
    const char *close = n > 1 && s[1] == '{' ? memchr(s, '}', n) : NULL;

    if (!close || close - s < 3) {
        py_error(py, (struct extent){at - 1, at + 1}, "'\\N' needs the name of a character in braces");
        return 0;
    }
    return (size_t)(close - s) + 1;
}

static size_t
octal_escape(const char *s, size_t n, uint32_t *value)
{
    size_t i = 0;

    for (*value = 0; i < 3 && i < n && s[i] >= '0' && s[i] <= '7'; i++)
        *value = *value * 8 + (uint32_t)(s[i] - '0');
    return i;
}

/* What follows a backslash at s; adds to `to`, returns the bytes used, at least 1. */
static size_t
escape(struct python *py, const char *s, size_t n, size_t at, bool bytes, char *to, size_t *length)
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

/* No escape is shorter than what it stands for, so the text fits in as many bytes as were written. */
struct node *
py_string(struct python *py, struct extent at, struct extent body, bool raw, bool bytes, bool braces)
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

static bool
read_integer(const char *s, int64_t *value)
{
    int base = s[0] != '0' || s[1] == '\0' ? 10 : s[1] == 'x' || s[1] == 'X' ? 16 : s[1] == 'o' || s[1] == 'O' ? 8
             : s[1] == 'b' || s[1] == 'B' ? 2 : 10;

    *value = 0;
    for (s += base == 10 ? 0 : 2; *s; s++)
        if (!mul_checked(*value, base, value) || !add_checked(*value, hex_digit(*s), value))
            return false;
    return true;
}

struct node *
py_number(struct python *py, struct extent at)
{
    enum { LONGEST = 4300 };            /* digits, as in CPython */
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
struct node *
py_join_strings(struct python *py, struct extent at, struct node_list pieces)
{
    struct node *n = pieces.item[0];
    struct node_list parts = {NULL, 0};
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
struct node_list
py_field(struct python *py, struct node *format, struct extent open, bool debug, size_t end)
{
    struct node_list parts = {NULL, 0};

    if (debug) {
        struct extent at = {open.end, end};
        parts = py_add(py, parts, py_string(py, at, at, true, false, false));
        if (!format->text && !format->b)
            py_text(format, "r");
    }
    return py_add(py, parts, format);
}

const char *
py_conversion(struct python *py, struct extent bang, struct extent at, const char *name)
{
    if (bang.end != at.start || strlen(name) != 1 || !strchr("rsa", name[0]))
        py_error(py, at, "a conversion in an f-string is !r, !s or !a");
    return name;
}

/* ---- rules that the grammar leaves open ---- */

static const char *
what_is(const struct node *n)
{
    switch (n->kind) {
    case N_TRUE: return "True";
    case N_FALSE: return "False";
    case N_NONE: return "None";
    case N_ELLIPSIS: return "ellipsis";
    case N_INT: case N_FLOAT: case N_IMAGINARY: case N_STRING: case N_BYTES: return "literal";
    case N_FSTRING: return "f-string expression";
    case N_TUPLE: return "tuple";
    case N_LIST: return "list";
    case N_SET: return "set display";
    case N_DICT: return "dict literal";
    case N_LIST_COMP: return "list comprehension";
    case N_SET_COMP: return "set comprehension";
    case N_DICT_COMP: return "dict comprehension";
    case N_GENERATOR: return "generator expression";
    case N_CALL: return "function call";
    case N_COMPARE: return "comparison";
    case N_CONDITIONAL: return "conditional expression";
    case N_LAMBDA: return "lambda";
    case N_WALRUS: return "named expression";
    case N_AWAIT: return "await expression";
    case N_YIELD: case N_YIELD_FROM: return "yield expression";
    case N_STAR: return "starred";
    default: return "expression";
    }
}

static bool
is_place(const struct node *n)
{
    return n->kind == N_NAME || n->kind == N_ATTRIBUTE || n->kind == N_SUBSCRIPT;
}

/* Nesting is bounded by that of brackets. */
static bool
check_target(struct python *py, const struct node *n, const char *verb, bool star)
{
    if (is_place(n))
        return true;
    if (n->kind == N_STAR && star)
        return n->a->kind == N_STAR ? py_error(py, extent_of(n), "cannot %s starred here", verb)
                                    : check_target(py, n->a, verb, true);
    if (n->kind != N_TUPLE && n->kind != N_LIST)
        return py_error(py, extent_of(n), "cannot %s %s here", verb, what_is(n));
    for (int i = 0; i < n->kids.count; i++)
        if (!check_target(py, n->kids.item[i], verb, star))
            return false;
    return true;
}

struct node *
py_target(struct python *py, struct node *n)
{
    check_target(py, n, "assign to", true);
    return n;
}

struct node *
py_delete(struct python *py, struct extent at, struct node *list)
{
    check_target(py, list, "delete", false);
    if (list->kind == N_TUPLE && !list->parenthesized)
        return py_list(py, N_DELETE, at, list->kids);
    return py_list(py, N_DELETE, at, py_add(py, (struct node_list){NULL, 0}, list));
}

struct node *
py_walrus(struct python *py, struct extent at, struct node *a, struct node *b)
{
    if (a->kind != N_NAME || a->parenthesized)
        py_error(py, extent_of(a), "':=' assigns to a name only, not to %s",
                 a->kind == N_NAME ? "one in parentheses" : what_is(a));
    return py_make(py, N_WALRUS, at, a, b, NULL);
}

struct node *
py_keyword(struct python *py, struct extent at, struct node *a, struct node *value)
{
    struct node *n = py_make(py, N_KEYWORD, at, value, NULL, NULL);

    if (a->kind == N_TRUE || a->kind == N_FALSE || a->kind == N_NONE)
        py_error(py, extent_of(a), "cannot assign to %s", what_is(a));
    else if (a->kind != N_NAME || a->parenthesized)
        py_error(py, extent_of(a), "an argument's name must be a plain name; perhaps '==' was meant");
    py_text(n, a->kind == N_NAME ? a->text : "");
    return n;
}

struct node_list
py_args(struct python *py, struct node_list args, bool comma)
{
    bool named = false, doubled = false;

    for (int i = 0; i < args.count; i++) {
        const struct node *n = args.item[i];
        if (n->kind == N_KEYWORD) {
            named = true;
            doubled |= n->text == NULL;
        } else if (n->kind == N_STAR && doubled) {
            py_error(py, extent_of(n), "an argument with '*' follows one with '**'");
        } else if (n->kind != N_STAR && named) {
            py_error(py, extent_of(n), "a positional argument follows one with a name");
        }
        if (n->kind == N_GENERATOR && !n->parenthesized && (args.count > 1 || comma))
            py_error(py, extent_of(n), "a generator expression beside other arguments needs parentheses");
    }
    return args;
}

struct node *
py_call(struct python *py, struct extent at, struct node *callee, struct node_list args)
{
    struct node *n = py_list(py, N_CALL, at, args);

    n->a = callee;
    raise_level(py, n, callee);
    return n;
}

static void
stray_as(struct python *py)
{
    if (py->as_tuple)
        py_error(py, extent_of(py->as_tuple), "'as' in parentheses is for 'with' only");
    py->as_tuple = NULL;
}

struct node *
py_paren(struct python *py, struct extent at, struct node_list items, bool comma)
{
    struct node *n;
    bool has_as = false;

    for (int i = 0; i < items.count; i++)
        has_as |= items.item[i]->kind == N_WITH_ITEM;
    if (items.count == 1 && !comma && !has_as) {
        n = items.item[0];
        if (n->kind == N_STAR)
            py_error(py, extent_of(n), "a starred expression needs a comma after it to make a tuple");
    } else {
        n = py_list(py, N_TUPLE, at, items);
    }
    n->parenthesized = true;
    if (has_as) {
        stray_as(py);
        py->as_tuple = n;
    }
    return n;
}

/* with (a as b, c): the parentheses hold items, not a tuple. */
struct node *
py_with(struct python *py, struct extent at, struct node_list items)
{
    struct node *first = items.item[0]->a;
    bool split = items.count == 1 && !items.item[0]->b && first->kind == N_TUPLE && first->parenthesized
              && first->kids.count > 0;

    for (int i = 0; split && first != py->as_tuple && i < first->kids.count; i++)
        split = first->kids.item[i]->kind != N_STAR && first->kids.item[i]->kind != N_WALRUS;
    if (split) {
        struct node_list parts = {NULL, 0};
        for (int i = 0; i < first->kids.count; i++) {
            struct node *n = first->kids.item[i];
            bool bare = (n->kind == N_STAR || n->kind == N_WALRUS) && !n->parenthesized;
            if (bare)
                py_error(py, extent_of(n), "%s cannot be an item of 'with'", what_is(n));
            if (n->kind != N_WITH_ITEM)
                n = py_make(py, N_WITH_ITEM, extent_of(n), n, NULL, NULL);
            parts = py_add(py, parts, n);
        }
        items = parts;
        if (first == py->as_tuple)
            py->as_tuple = NULL;
    }
    stray_as(py);
    return py_list(py, N_WITH, at, items);
}

struct node *
py_assign(struct python *py, struct extent at, struct node_list parts)
{
    struct node *n = py_make(py, N_ASSIGN, at, parts.item[--parts.count], NULL, NULL);

    for (int i = 0; i < parts.count; i++)
        py_target(py, parts.item[i]);
    n->kids = parts;
    return n;
}

struct node *
py_augmented(struct python *py, struct extent at, struct node *a, const char *op, struct node *b)
{
    if (!is_place(a))
        py_error(py, extent_of(a), "cannot assign to %s by '%s='", what_is(a), op);
    return py_op(py, N_AUGMENTED, at, op, a, b);
}

struct node *
py_annotated(struct python *py, struct extent at, struct node *a, struct node *b, struct node *c)
{
    if (!is_place(a))
        py_error(py, extent_of(a), "only a single name, attribute or subscript can be annotated, not %s", what_is(a));
    return py_make(py, N_ANNOTATED, at, a, b, c);
}

struct node *
py_try(struct python *py, struct extent at, struct node_list body, struct node_list handlers)
{
    struct node *n = py_list(py, N_TRY, at, handlers);

    n->body = body;
    for (int i = 1; i < handlers.count; i++)
        if (handlers.item[i]->is_star != handlers.item[0]->is_star) {
            py_error(py, extent_of(handlers.item[i]), "cannot have both 'except' and 'except*' on the same 'try'");
            break;
        }
    return n;
}

/* One parameter list: '/' before '*', one '*', '**' last, no plain parameter after one with a default. */
struct node_list
py_params(struct python *py, struct node_list params)
{
    bool slash = false, star = false, optional = false;

    for (int i = 0; i < params.count; i++) {
        const struct node *p = params.item[i];
        const struct node *next = i + 1 < params.count ? params.item[i + 1] : NULL;
        struct extent at = extent_of(p);
        if (i > 0 && params.item[i - 1]->star == 2)
            py_error(py, at, "no parameter can follow the one with '**'");
        else if (p->star == 4 && (i == 0 || slash || star))
            py_error(py, at, i == 0 ? "a parameter must stand before '/'"
                                    : slash ? "'/' may stand only once" : "'/' must stand before '*'");
        else if ((p->star == 1 || p->star == 3) && star)
            py_error(py, at, "only one '*' may stand among the parameters");
        else if (p->star == 3 && (!next || next->star != 0))
            py_error(py, at, "named parameters must follow '*'");
        else if (p->star == 0 && !star && optional && !p->b)
            py_error(py, at, "a parameter without a default follows one with a default");
        slash |= p->star == 4;
        star |= p->star == 1 || p->star == 3;
        optional |= p->star == 0 && p->b != NULL;
    }
    return params;
}

/* ---- the door ---- */

struct node_list
parse_python(struct ctx *ctx, const struct source *source)
{
    enum { LARGEST = 1 << 30 };
    struct python *py = NEW(ctx->arena, struct python);
    size_t bom = source->size >= 3 && memcmp(source->text, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;

    int before = ctx->diags.errors;
    py->ctx = ctx;
    py->source = source;
    if (source->size > LARGEST) {
        py_error(py, (struct extent){0, 0}, "the file is larger than 1 GB");
        return py->module;
    }
    lexer_begin(py, bom);
    int result = python_parse(py);
    stray_as(py);
    if (result != 0 && ctx->diags.errors == before)
        py_error(py, (struct extent){py->at, py->at}, "this text cannot be read as Python");
    lexer_end(py);
    return py->module;
}
