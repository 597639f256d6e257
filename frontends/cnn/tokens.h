/* tokens.h - what the lexer and the parser of Python text share. */
#ifndef CNNC_TOKENS_H
#define CNNC_TOKENS_H

#include "cnn/ast.h"

enum { MOST_INDENTS = 100, MOST_BRACKETS = 200 };

struct lexer {
    struct ctx *ctx;
    const struct source *source;
    size_t start, end;              /* bytes of the source that are read */
    size_t at;                      /* offset of the next byte */
    int indents[MOST_INDENTS], nindents;
    int depth;                      /* open brackets */
    bool line_has_tokens, at_line_start, failed, ended;
    int first;                      /* START_EXPRESSION for an f-string's part, then 0 */
    int held, pending_dedents;      /* a token kept back while INDENT or DEDENT are given */
    size_t held_start, held_end;
    struct node_list module;
    struct node *expression;
    int nesting;                    /* of f-strings; and errors met */
    void *scanner, *held_value;
    bool module_mode;
};

struct range { size_t start, end; };

struct node *new_node(struct lexer *l, enum node_kind kind, struct range at);
/* Value of a string literal as written, prefix and quotes included. */
struct node *string_node(struct lexer *l, const char *text, size_t n, struct range at);
struct node *number_node(struct lexer *l, const char *text, size_t n, struct range at);
struct node *join_strings(struct lexer *l, struct node *a, struct node *b);
struct node *parse_part(struct lexer *outer, size_t start, size_t end);     /* one expression within the source */
bool syntax_error(struct lexer *l, struct range at, const char *format, ...) PRINTF_LIKE(3, 4);

#endif
