/* grammar_rules.c - rules of Python that the grammar leaves open: what can be assigned to, the
 * order of arguments, ... */
#include <string.h>

#include "cnn/lex.h"

static const char *what_is(const struct node *n)
{
    switch (n->kind) {
    case N_TRUE: return "True";
    case N_FALSE: return "False";
    case N_NONE: return "None";
    case N_ELLIPSIS: return "ellipsis";
    case N_INT:
    case N_FLOAT:
    case N_IMAGINARY:
    case N_STRING:
    case N_BYTES: return "literal";
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
    case N_YIELD:
    case N_YIELD_FROM: return "yield expression";
    case N_STAR: return "starred";
    default: return "expression";
    }
}

static bool is_place(const struct node *n)
{
    return n->kind == N_NAME || n->kind == N_ATTRIBUTE || n->kind == N_SUBSCRIPT;
}

/* Nesting is bounded by that of brackets. */
static bool check_target(struct python *py, const struct node *n, const char *verb, bool star)
{
    if (is_place(n))
        return true;
    if (n->kind == N_STAR && star)
        return n->a->kind == N_STAR ? py_error(py, py_extent(n), "cannot %s starred here", verb)
                                    : check_target(py, n->a, verb, true);
    if (n->kind != N_TUPLE && n->kind != N_LIST)
        return py_error(py, py_extent(n), "cannot %s %s here", verb, what_is(n));
    for (int i = 0; i < n->kids.count; i++)
        if (!check_target(py, n->kids.item[i], verb, star))
            return false;
    return true;
}

struct node *py_target(struct python *py, struct node *n)
{
    check_target(py, n, "assign to", true);
    return n;
}

struct node *py_delete(struct python *py, struct extent at, struct node *list)
{
    check_target(py, list, "delete", false);
    if (list->kind == N_TUPLE && !list->parenthesized)
        return py_list(py, N_DELETE, at, list->kids);
    return py_list(py, N_DELETE, at, py_add(py, (struct node_list){ NULL, 0 }, list));
}

struct node *py_walrus(struct python *py, struct extent at, struct node *a, struct node *b)
{
    if (a->kind != N_NAME || a->parenthesized)
        py_error(py, py_extent(a), "':=' assigns to a name only, not to %s",
                 a->kind == N_NAME ? "one in parentheses" : what_is(a));
    return py_make(py, N_WALRUS, at, a, b, NULL);
}

struct node *py_keyword(struct python *py, struct extent at, struct node *a, struct node *value)
{
    struct node *n = py_make(py, N_KEYWORD, at, value, NULL, NULL);

    if (a->kind == N_TRUE || a->kind == N_FALSE || a->kind == N_NONE)
        py_error(py, py_extent(a), "cannot assign to %s", what_is(a));
    else if (a->kind != N_NAME || a->parenthesized)
        py_error(py, py_extent(a),
                 "an argument's name must be a plain name; perhaps '==' was meant");
    py_text(n, a->kind == N_NAME ? a->text : "");
    return n;
}

struct node_list py_args(struct python *py, struct node_list args, bool comma)
{
    bool named = false, doubled = false;

    for (int i = 0; i < args.count; i++) {
        const struct node *n = args.item[i];
        if (n->kind == N_KEYWORD) {
            named = true;
            doubled |= n->text == NULL;
        } else if (n->kind == N_STAR && doubled) {
            py_error(py, py_extent(n), "an argument with '*' follows one with '**'");
        } else if (n->kind != N_STAR && named) {
            py_error(py, py_extent(n), "a positional argument follows one with a name");
        }
        if (n->kind == N_GENERATOR && !n->parenthesized && (args.count > 1 || comma))
            py_error(py, py_extent(n),
                     "a generator expression beside other arguments needs parentheses");
    }
    return args;
}

struct node *py_call(struct python *py, struct extent at, struct node *callee,
                     struct node_list args)
{
    struct node *n = py_list(py, N_CALL, at, args);

    n->a = callee;
    py_raise(py, n, callee);
    return n;
}

void py_stray_as(struct python *py)
{
    if (py->as_tuple)
        py_error(py, py_extent(py->as_tuple), "'as' in parentheses is for 'with' only");
    py->as_tuple = NULL;
}

struct node *py_paren(struct python *py, struct extent at, struct node_list items, bool comma)
{
    struct node *n;
    bool has_as = false;

    for (int i = 0; i < items.count; i++)
        has_as |= items.item[i]->kind == N_WITH_ITEM;
    if (items.count == 1 && !comma && !has_as) {
        n = items.item[0];
        if (n->kind == N_STAR)
            py_error(py, py_extent(n),
                     "a starred expression needs a comma after it to make a tuple");
    } else {
        n = py_list(py, N_TUPLE, at, items);
    }
    n->parenthesized = true;
    if (has_as) {
        py_stray_as(py);
        py->as_tuple = n;
    }
    return n;
}

/* with (a as b, c): the parentheses hold items, not a tuple. */
struct node *py_with(struct python *py, struct extent at, struct node_list items)
{
    struct node *first = items.item[0]->a;
    bool split = items.count == 1 && !items.item[0]->b && first->kind == N_TUPLE
                 && first->parenthesized && first->kids.count > 0;

    for (int i = 0; split && first != py->as_tuple && i < first->kids.count; i++)
        split = first->kids.item[i]->kind != N_STAR && first->kids.item[i]->kind != N_WALRUS;
    if (split) {
        struct node_list parts = { NULL, 0 };
        for (int i = 0; i < first->kids.count; i++) {
            struct node *n = first->kids.item[i];
            bool bare = (n->kind == N_STAR || n->kind == N_WALRUS) && !n->parenthesized;
            if (bare)
                py_error(py, py_extent(n), "%s cannot be an item of 'with'", what_is(n));
            if (n->kind != N_WITH_ITEM)
                n = py_make(py, N_WITH_ITEM, py_extent(n), n, NULL, NULL);
            parts = py_add(py, parts, n);
        }
        items = parts;
        if (first == py->as_tuple)
            py->as_tuple = NULL;
    }
    py_stray_as(py);
    return py_list(py, N_WITH, at, items);
}

struct node *py_assign(struct python *py, struct extent at, struct node_list parts)
{
    struct node *n = py_make(py, N_ASSIGN, at, parts.item[--parts.count], NULL, NULL);

    for (int i = 0; i < parts.count; i++)
        py_target(py, parts.item[i]);
    n->kids = parts;
    return n;
}

struct node *py_augmented(struct python *py, struct extent at, struct node *a, const char *op,
                          struct node *b)
{
    if (!is_place(a))
        py_error(py, py_extent(a), "cannot assign to %s by '%s='", what_is(a), op);
    return py_op(py, N_AUGMENTED, at, op, a, b);
}

struct node *py_annotated(struct python *py, struct extent at, struct node *a, struct node *b,
                          struct node *c)
{
    if (!is_place(a))
        py_error(py, py_extent(a),
                 "only a single name, attribute or subscript can be annotated, not %s", what_is(a));
    return py_make(py, N_ANNOTATED, at, a, b, c);
}

struct node *py_try(struct python *py, struct extent at, struct node_list body,
                    struct node_list handlers)
{
    struct node *n = py_list(py, N_TRY, at, handlers);

    n->body = body;
    for (int i = 1; i < handlers.count; i++)
        if (handlers.item[i]->is_star != handlers.item[0]->is_star) {
            py_error(py, py_extent(handlers.item[i]),
                     "cannot have both 'except' and 'except*' on the same 'try'");
            break;
        }
    return n;
}

/* One parameter list: '/' before '*', one '*', '**' last, no plain parameter after one with a
 * default. */
struct node_list py_params(struct python *py, struct node_list params)
{
    bool slash = false, star = false, optional = false;

    for (int i = 0; i < params.count; i++) {
        const struct node *p = params.item[i];
        const struct node *next = i + 1 < params.count ? params.item[i + 1] : NULL;
        struct extent at = py_extent(p);
        if (i > 0 && params.item[i - 1]->star == 2)
            py_error(py, at, "no parameter can follow the one with '**'");
        else if (p->star == 4 && (i == 0 || slash || star))
            py_error(py, at,
                     i == 0  ? "a parameter must stand before '/'"
                     : slash ? "'/' may stand only once"
                             : "'/' must stand before '*'");
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
