/* lex.h - what lexer.l, parser.y and the files around them share while one file of Python text is
 * read. */
#ifndef CNNC_CNN_LEX_H
#define CNNC_CNN_LEX_H

#include "cnn/ast.h"

enum {
    MAX_FRAMES = 200,      /* nested brackets and f-strings */
    MAX_INDENTS = 100,     /* nested blocks */
    MAX_HEIGHT = 1000,     /* of an expression's tree, so that whoever walks it may recurse */
    MAX_NODES = 4000000,   /* in one file */
    MAX_LOOKAHEAD = 100000 /* tokens read to tell the keyword `match` from a name */
};

struct extent {
    size_t start, end;
}; /* bytes [start, end) of the source */

/* What the lexer stands in: a bracket '(' '[' '{', an f-string 's', or a field 'f' of an f-string.
 */
struct frame {
    char kind, quote;    /* quote: of an f-string */
    bool triple, raw;    /* of an f-string */
    size_t start, piece; /* where it opened; where the literal text being read began */
};

static inline struct extent py_extent(const struct node *n)
{
    return (struct extent){ n->at.start, n->at.end };
}

union lexeme {
    struct node *node;
    struct node_list list;
    const char *word;
};

struct token {
    int kind;
    union lexeme value;
    struct extent at;
};

struct python {
    struct ctx *ctx;
    const struct source *source;
    struct node_list module;
    /* lexer */
    void *scanner;
    size_t at;   /* the next byte */
    size_t line; /* where the physical line began */
    struct frame frame[MAX_FRAMES];
    int nframes;
    struct frame string; /* the plain string being read */
    bool bytes;          /* ...and its kind */
    int indent[MAX_INDENTS + 1], indent_alt[MAX_INDENTS + 1], nindents;
    bool of_cases[MAX_INDENTS + 1]; /* the block belongs to a `match` */
    int column, column_alt;         /* of the line that begins, with tabs of eight and of one */
    bool column_known;              /* a joined line does not change them */
    int dedents;                    /* owed to the parser */
    bool stopped;                   /* nothing more is read */
    bool gave_up;                   /* ...before the end: said already, nothing more is reported */
    /* token filter */
    struct token *queue;
    int head, nqueue;
    int last; /* kind of the token delivered last */
    /* its text, if it is a name; that of the one before */
    const char *last_name, *before_name;
    bool in_match; /* the line is the head of a `match` */
    int lead;      /* kind of the first token of the line */
    bool colon;    /* a ':' at depth 0 was delivered since */
    int depth;     /* brackets open in what was delivered */
    /* parser */
    int nodes;
    bool bad_line;         /* a lexical error was reported: silence on what follows from it */
    bool recovered;        /* the last statement was skipped after an error */
    struct node *as_tuple; /* (a as b, c): right only directly after `with` */
};

/* lexer.l */
void lexer_begin(struct python *py, size_t from);
void lexer_end(struct python *py);
/* raw tokens, INDENT and DEDENT among them */
void lexer_scan(struct python *py, struct token *to);

/* literals.c */
struct node *py_string(struct python *py, struct extent at, struct extent body, bool raw,
                       bool bytes, bool braces);
struct node *py_number(struct python *py, struct extent at);
struct node *py_join_strings(struct python *py, struct extent at, struct node_list pieces);
struct node_list py_field(struct python *py, struct node *format, struct extent open, bool debug,
                          size_t end);
const char *py_conversion(struct python *py, struct extent bang, struct extent at,
                          const char *name);

/* parse.c */
/* n is at least one level above kid */
void py_raise(struct python *py, struct node *n, const struct node *kid);
struct node *py_node(struct python *py, enum node_kind kind, struct extent at);
struct node *py_make(struct python *py, enum node_kind kind, struct extent at, struct node *a,
                     struct node *b, struct node *c);
struct node *py_op(struct python *py, enum node_kind kind, struct extent at, const char *op,
                   struct node *a, struct node *b);
struct node *py_list(struct python *py, enum node_kind kind, struct extent at,
                     struct node_list kids);
struct node *py_named(struct python *py, enum node_kind kind, struct extent at, const char *text);
void py_text(struct node *n, const char *text);
const char *py_dotted(struct python *py, struct extent at, const char *left, const char *right);
struct node *py_compare(struct python *py, struct extent at, struct node *left, const char *op,
                        struct node *right);
struct node *py_comprehension(struct python *py, enum node_kind kind, struct extent at,
                              struct node *element, struct node *value, struct node_list clauses);
struct node *py_names(struct python *py, enum node_kind kind, struct extent at,
                      struct node_list names);
struct node *py_if(struct python *py, struct extent at, struct node *condition,
                   struct node_list body, struct node_list orelse);
struct node *py_handler(struct python *py, struct extent at, struct node *type, const char *name,
                        bool star, struct node_list body);
struct node *py_param(struct python *py, struct extent at, int star, const char *name,
                      struct node *annotation, struct node *value);
struct node_list py_add(struct python *py, struct node_list list, struct node *item);
struct node_list py_chain(struct python *py, struct node_list list, struct node_list more);

/* grammar_rules.c */
/* may be assigned to, or an error */
struct node *py_target(struct python *py, struct node *n);
struct node *py_walrus(struct python *py, struct extent at, struct node *a, struct node *b);
struct node *py_keyword(struct python *py, struct extent at, struct node *a, struct node *value);
struct node_list py_args(struct python *py, struct node_list args, bool comma);
struct node *py_call(struct python *py, struct extent at, struct node *callee,
                     struct node_list args);
struct node *py_paren(struct python *py, struct extent at, struct node_list items, bool comma);
struct node *py_assign(struct python *py, struct extent at, struct node_list parts);
struct node *py_augmented(struct python *py, struct extent at, struct node *a, const char *op,
                          struct node *b);
struct node *py_annotated(struct python *py, struct extent at, struct node *a, struct node *b,
                          struct node *c);
struct node *py_delete(struct python *py, struct extent at, struct node *list);
struct node *py_with(struct python *py, struct extent at, struct node_list items);
struct node *py_try(struct python *py, struct extent at, struct node_list body,
                    struct node_list handlers);
struct node_list py_params(struct python *py, struct node_list params);
void py_stray_as(struct python *py); /* reports `(a as b)` that is not behind `with` */

/* syntax_errors.c */
bool py_error(struct python *py, struct extent at, const char *format, ...) PRINTF_LIKE(3, 4);
void py_deep(struct python *py, struct extent at);
struct span py_span(const struct python *py, struct extent at);
/* names are the parser's for tokens, found NULL: none */
void py_unexpected(struct python *py, struct extent at, const char *found,
                   const char *const *expected, int count);

#endif
