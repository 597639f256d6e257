/* parse.c - Python text to a syntax tree: the nodes that the grammar makes, and the door. */
#include <stdlib.h>
#include <string.h>

#include "cnn/lex.h"
#include "parser.h"

struct node *py_node(struct python *py, enum node_kind kind, struct extent at)
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
void py_raise(struct python *py, struct node *n, const struct node *kid)
{
    if (!kid || kid->level < n->level)
        return;
    n->level = kid->level + 1;
    if (n->level > MAX_HEIGHT)
        py_deep(py, py_extent(n));
}

struct node *py_make(struct python *py, enum node_kind kind, struct extent at, struct node *a,
                     struct node *b, struct node *c)
{
    struct node *n = py_node(py, kind, at);

    n->a = a;
    n->b = b;
    n->c = c;
    py_raise(py, n, a);
    py_raise(py, n, b);
    py_raise(py, n, c);
    return n;
}

struct node *py_op(struct python *py, enum node_kind kind, struct extent at, const char *op,
                   struct node *a, struct node *b)
{
    struct node *n = py_make(py, kind, at, a, b, NULL);

    n->op = op;
    return n;
}

struct node *py_list(struct python *py, enum node_kind kind, struct extent at,
                     struct node_list kids)
{
    struct node *n = py_node(py, kind, at);

    n->kids = kids;
    for (int i = 0; i < kids.count; i++)
        py_raise(py, n, kids.item[i]);
    return n;
}

void py_text(struct node *n, const char *text)
{
    n->text = text;
    n->size = text ? strlen(text) : 0;
}

struct node *py_named(struct python *py, enum node_kind kind, struct extent at, const char *text)
{
    struct node *n = py_node(py, kind, at);

    py_text(n, text);
    return n;
}

/* a.b.c of an import, whose length is bounded since each part copies what stands before it. */
const char *py_dotted(struct python *py, struct extent at, const char *left, const char *right)
{
    if (at.end - at.start > 4096) {
        if (!py->bad_line)
            py_error(py, at, "the name of the module is too long");
        return left;
    }
    return arena_printf(py->ctx->arena, "%s.%s", left, right);
}

struct node_list py_add(struct python *py, struct node_list list, struct node *item)
{
    APPEND(py->ctx->arena, list.item, list.count, item);
    return list;
}

struct node_list py_chain(struct python *py, struct node_list list, struct node_list more)
{
    if (list.count == 0)
        return more;
    for (int i = 0; i < more.count; i++)
        list = py_add(py, list, more.item[i]);
    return list;
}

/* a < b < c is one node: a comparison that is not in parentheses takes the next operand. */
struct node *py_compare(struct python *py, struct extent at, struct node *left, const char *op,
                        struct node *right)
{
    struct node *n = left;

    if (left->kind != N_COMPARE || left->parenthesized)
        n = py_list(py, N_COMPARE, at, py_add(py, (struct node_list){ NULL, 0 }, left));
    n->kids = py_add(py, n->kids, right);
    APPEND(py->ctx->arena, n->names, n->nnames, op);
    n->at.end = at.end;
    py_raise(py, n, right);
    return n;
}

struct node *py_comprehension(struct python *py, enum node_kind kind, struct extent at,
                              struct node *element, struct node *value, struct node_list clauses)
{
    struct node *n = py_list(py, kind, at, clauses);

    if (element->kind == N_STAR)
        py_error(py, py_extent(element), "'*' cannot be used in a comprehension");
    if (element->kind == N_WITH_ITEM)
        py_error(py, py_extent(element), "'as' cannot be used here");
    n->a = element;
    n->b = value;
    py_raise(py, n, element);
    py_raise(py, n, value);
    for (int i = 0; i < clauses.count; i++)
        for (int k = 0; k < clauses.item[i]->kids.count; k++)
            py_raise(py, n, clauses.item[i]->kids.item[k]);
    return n;
}

struct node *py_names(struct python *py, enum node_kind kind, struct extent at,
                      struct node_list names)
{
    struct node *n = py_node(py, kind, at);

    for (int i = 0; i < names.count; i++)
        APPEND(py->ctx->arena, n->names, n->nnames, names.item[i]->text);
    return n;
}

/* A chain of elif nests in orelse and counts as height, for it is walked by recursion too. */
struct node *py_if(struct python *py, struct extent at, struct node *condition,
                   struct node_list body, struct node_list orelse)
{
    struct node *n = py_make(py, N_IF, at, condition, NULL, NULL);

    n->body = body;
    n->orelse = orelse;
    if (orelse.count == 1 && orelse.item[0]->kind == N_IF)
        py_raise(py, n, orelse.item[0]);
    return n;
}

struct node *py_handler(struct python *py, struct extent at, struct node *type, const char *name,
                        bool star, struct node_list body)
{
    struct node *n = py_make(py, N_EXCEPT, at, type, NULL, NULL);

    py_text(n, name);
    n->is_star = star;
    n->body = body;
    return n;
}

struct node *py_param(struct python *py, struct extent at, int star, const char *name,
                      struct node *annotation, struct node *value)
{
    struct node *n = py_make(py, N_PARAM, at, annotation, value, NULL);

    py_text(n, name);
    n->star = star;
    return n;
}

/* ---- the door ---- */

struct node_list parse_python(struct ctx *ctx, const struct source *source)
{
    enum { LARGEST = 1 << 30 };
    struct python *py = NEW(ctx->arena, struct python);
    size_t bom = source->size >= 3 && memcmp(source->text, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;

    int before = ctx->diags.errors;
    py->ctx = ctx;
    py->source = source;
    if (source->size > LARGEST) {
        py_error(py, (struct extent){ 0, 0 }, "the file is larger than 1 GB");
        return py->module;
    }
    lexer_begin(py, bom);
    int result = python_parse(py);
    py_stray_as(py);
    if (result != 0 && ctx->diags.errors == before)
        py_error(py, (struct extent){ py->at, py->at }, "this text cannot be read as Python");
    lexer_end(py);
    return py->module;
}
