/*
 * ast.h - the syntax tree of Python text, as the parser makes it and the evaluator reads it.
 *
 * One node type, no unions: unused members cost little (a 2,000-line script has some 30,000 nodes).
 */
#ifndef CNNC_AST_H
#define CNNC_AST_H

#include "base/base.h"

enum node_kind {
    /* expressions */
    N_NAME,      /* text */
    N_INT,       /* integer; text holds the digits where it does not fit (is_big) */
    N_FLOAT,     /* number */
    N_IMAGINARY, /* number */
    N_STRING,    /* text, size: decoded; adjacent literals joined */
    N_BYTES,     /* text, size */
    N_FSTRING,   /* kids: N_STRING and N_FORMAT parts */
    /* a = expression, text = conversion ("r", "s", "a" or NULL), b = N_FSTRING of the format spec
       or NULL */
    N_FORMAT,
    N_TRUE,
    N_FALSE,
    N_NONE,
    N_ELLIPSIS,
    N_TUPLE,
    N_LIST,
    N_SET,  /* kids */
    N_DICT, /* kids: key, value, key, value...; key NULL: **value */
    N_LIST_COMP,
    N_SET_COMP,
    N_GENERATOR,  /* a = element, kids = N_FOR_CLAUSE */
    N_DICT_COMP,  /* a = key, b = value, kids = N_FOR_CLAUSE */
    N_FOR_CLAUSE, /* a = target, b = iterable, kids = conditions */
    N_ATTRIBUTE,  /* a . text */
    N_SUBSCRIPT,  /* a [ b ] */
    N_SLICE,      /* a : b : c, each may be NULL */
    N_CALL,       /* a ( kids ): positional, N_STAR, N_KEYWORD */
    N_KEYWORD,    /* text = a; text NULL: **a */
    N_STAR,       /* * a */
    N_UNARY,      /* op: "-", "+", "~", "not"; a */
    N_BINARY,     /* op: "+", "//", "@", "<<", ...; a, b */
    N_BOOL_OP,    /* op: "and", "or"; a, b */
    /* kids: operands; ops: text of each operator in `names` ("<", "not in", "is not") */
    N_COMPARE,
    N_CONDITIONAL, /* a if b else c */
    N_LAMBDA,      /* params; a = body */
    N_WALRUS,      /* a := b */
    N_AWAIT,
    N_YIELD,
    N_YIELD_FROM, /* a, may be NULL for N_YIELD */
    /* statements */
    N_EXPRESSION, /* a */
    N_ASSIGN,     /* kids: targets; a = value */
    N_AUGMENTED,  /* a op= b; op: "+", ... */
    N_ANNOTATED,  /* a : b = c; c may be NULL */
    N_RETURN,     /* a or NULL */
    N_RAISE,      /* a, b */
    N_DELETE,     /* kids */
    N_PASS,
    N_BREAK,
    N_CONTINUE,
    N_GLOBAL,
    N_NONLOCAL,  /* names */
    N_ASSERT,    /* a, b */
    N_IMPORT,    /* kids: N_ALIAS */
    N_FROM,      /* text = module or NULL, level = dots, kids: N_ALIAS ("*" for all) */
    N_ALIAS,     /* text = name, text2 = as-name or NULL */
    N_IF,        /* a; body, orelse */
    N_WHILE,     /* a; body, orelse */
    N_FOR,       /* a = target, b = iterable; body, orelse; is_async */
    N_TRY,       /* body; kids: N_EXCEPT; orelse; finally in `last` */
    N_EXCEPT,    /* a = type or NULL, text = name or NULL; body; is_star: except* */
    N_WITH,      /* kids: N_WITH_ITEM; body; is_async */
    N_WITH_ITEM, /* a = expression, b = target or NULL */
    N_FUNCTION,  /* text; params; a = return annotation; body; kids = decorators; is_async */
    /* text; b = N_CALL-like node whose kids are bases and keywords, or NULL; body; kids =
       decorators */
    N_CLASS,
    N_MATCH, /* a = subject; body = N_CASE */
    /* a = pattern (as an expression tree, only checked for syntax), b = guard; body */
    N_CASE,
    N_TYPE_ALIAS, /* text, a */
    /* text; a = annotation, b = default; star: 0 plain, 1 *args, 2 **kwargs, 3 bare *, 4 the slash
     */
    N_PARAM
};

struct node_list {
    struct node **item;
    int count;
};

struct node {
    enum node_kind kind;
    struct span at;
    const char *text, *text2; /* text may be NULL where the kind says so */
    size_t size;              /* bytes of text, strings may hold NUL */
    const char *op;
    int64_t integer;
    double number;
    bool is_big, is_async, is_star, parenthesized;
    int level, star;
    struct node *a, *b, *c;
    struct node_list kids, body, orelse, last, params;
    const char **names;
    int nnames;
    /* of whoever reads the tree: the evaluator keeps the interned name here */
    void *note;
};

/* Parses a whole module. Returns the statements; every syntax error has been reported (then
 * ctx->diags.errors > 0). */
struct node_list parse_python(struct ctx *ctx, const struct source *source);
/* Text of a notebook (.ipynb, or an export with magics) as plain Python; the source itself where it
 * is plain. NULL after an error. */
const struct source *plain_python(struct ctx *ctx, const struct source *source);

#endif
