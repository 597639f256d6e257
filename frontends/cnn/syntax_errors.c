/* syntax_errors.c - the words of syntax errors: what was found, what was expected, what is probably
 * meant. */
#include <string.h>

#include "cnn/lex.h"
#include "parser.h"

struct span py_span(const struct python *py, struct extent at)
{
    return (struct span){ py->source, at.start, at.end };
}

/* Reports; returns false. Past the limit of errors that are shown, reading on is useless. */
bool py_error(struct python *py, struct extent at, const char *format, ...)
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

void py_deep(struct python *py, struct extent at)
{
    if (!py->gave_up)
        py_error(py, at, "the expression is nested too deeply: at most %d levels", MAX_HEIGHT);
    py->stopped = py->gave_up = true;
}

static bool among(const char *name, const char *const *names, int count)
{
    for (int i = 0; i < count; i++)
        if (strcmp(name, names[i]) == 0)
            return true;
    return false;
}

/* What stands before the ':' that is missing, by the keyword that opened the line. */
static const char *before_colon(int lead)
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
static const char *as_written(struct python *py, struct extent at, const char *found)
{
    static const char *const silent[] = { "end of line", "end of file", "end of the block",
                                          "indented block" };
    size_t n = at.end - at.start;

    if (!found || among(found, silent, 4) || n == 0)
        return found ? found : "end of line";
    return arena_printf(py->ctx->arena, "'%.*s%s'", n > 40 ? 40 : (int)n,
                        py->source->text + at.start, n > 40 ? "..." : "");
}

/* Up to four things in words; NULL where there are more. */
static const char *in_words(struct python *py, const char *const *expected, int count)
{
    char *s = arena_copy(py->ctx->arena, "", 0);
    int said = 0;

    if (among("name", expected, count) && among("number", expected, count)
        && among("string", expected, count))
        return "an expression";
    if (count == 0 || count > 4)
        return NULL;
    for (int i = 0; i < count; i++, said++)
        s = arena_printf(py->ctx->arena, "%s%s%s", s,
                         said == 0        ? ""
                         : i == count - 1 ? " or "
                                          : ", ",
                         expected[i]);
    return s;
}

static bool opens_expression(const char *found)
{
    static const char *const openers[] = { "name",   "number", "string",  "f-string", "'lambda'",
                                           "'None'", "'True'", "'False'", "'...'" };

    return among(found, openers, sizeof openers / sizeof *openers);
}

void py_unexpected(struct python *py, struct extent at, const char *found,
                   const char *const *expected, int count)
{
    static const char *const continuing[] = { "'else'", "'elif'", "'except'", "'finally'" };
    const char *text = as_written(py, at, found), *head = before_colon(py->lead);

    if (py->bad_line || py->gave_up || (found && strcmp(found, "bad text") == 0))
        return;
    if (found && py->recovered && among(found, continuing, 4))
        return; /* its first part was skipped */
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
    else if (found && opens_expression(found) && py->before_name
             && strcmp(py->before_name, "print") == 0)
        py_error(py, at, "print is a function in Python 3: write print(...)");
    else if (words)
        py_error(py, at, "syntax error: unexpected %s, expected %s", text, words);
    else if (found && opens_expression(found) && py->depth > 0)
        py_error(py, at, "syntax error: unexpected %s, perhaps a comma is missing before it", text);
    else
        py_error(py, at, "syntax error: unexpected %s", text);
}
