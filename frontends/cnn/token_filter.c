/* token_filter.c - tokens on their way from the lexer to the parser: soft keywords, and those at
 * the end of the text. */
#include <string.h>

#include "cnn/lex.h"
#include "parser.h"

static struct token next_token(struct python *py)
{
    struct token t;

    if (py->head < py->nqueue)
        return py->queue[py->head++];
    py->head = py->nqueue = 0;
    lexer_scan(py, &t);
    return t;
}

static void put_back(struct python *py, struct token t)
{
    if (py->head > 0)
        py->queue[--py->head] = t;
    else
        APPEND(py->ctx->arena, py->queue, py->nqueue, t);
}

/* The kind of a token ahead, the next one being 0. The queue is used up before it grows again. */
static int peek(struct python *py, int i)
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

/* `match` heads a statement where its line ends in ':', or where what follows could not follow a
 * name. */
static bool match_is_keyword(struct python *py)
{
    int kind = peek(py, 0), before = 0;

    switch (kind) {
    case T_NAME:
    case T_NUMBER:
    case T_STRING:
    case T_FSTART:
    case T_NONE:
    case T_TRUE:
    case T_FALSE:
    case T_LAMBDA:
    case T_AWAIT:
    case T_DOTS:
    case '{':
    case '~': return true;
    case '(':
    case '[':
    case '-':
    case '+':
    case '*':
    case T_NOT: break;
    default: return false;
    }
    for (int i = 1; i < MAX_LOOKAHEAD; i++) {
        int next = peek(py, i);
        if (next == T_NEWLINE || next == T_END)
            return before == ':';
        before = next;
    }
    return false;
}

static int soft_keyword(struct python *py, const char *word)
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
static void unwind(struct python *py, struct token *t)
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

static void follow(struct python *py, const struct token *t)
{
    switch (t->kind) {
    case '(':
    case '[':
    case '{':
    case T_FIELD: py->depth++; break;
    case ')':
    case ']':
    case '}':
    case T_FIELD_END: py->depth -= py->depth > 0; break;
    case ':': py->colon |= py->depth == 0; break;
    case T_NEWLINE: py->depth = 0; break;
    default: break;
    }
    py->last = t->kind;
    py->before_name = py->last_name;
    py->last_name = t->kind == T_NAME ? t->value.word : NULL;
}

int python_lex(union lexeme *value, struct extent *at, struct python *py);

int python_lex(union lexeme *value, struct extent *at, struct python *py)
{
    bool line =
        py->last == 0 || py->last == T_NEWLINE || py->last == T_INDENT || py->last == T_DEDENT;

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
