/*
 * formula.c - operators as nodes of ONNX: reads the formulas of opdef.to_onnx, which op.h
 * describes.
 *
 *     formula:  ["first "] {NAME, NAME = expression;} expression {, expression}
 *     expression:  NODE[@VERSION](argument, ...)  operand  name  number  [numbers]  -
 *     operand:  a letter, a: input 0, with ^first or ^[axes] in that order of axes, with /[parts]
 * with the parts of its first axis in another order, with :[sizes] under that shape argument:
 * expression, * for all inputs, or NAME=number | [numbers] | 'text' | ['text', ...]: an attribute
 */
#include "onnx/write.h"

#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_ARGUMENTS = 16 }; /* besides the op's inputs */

struct parse {
    struct writer *w;
    const struct writing *x;
    const char *text, *p;    /* all of it; what is not read yet */
    struct name_table names; /* results that a formula names, to struct onnx_value */
};

/* A number or a list of them, as it stands: with a point or an exponent it is real. */
struct numbers {
    double *item;
    int count;
    bool real, list;
};

static void NORETURN wrong(const struct parse *f)
{
    bug("the formula of '%s' for ONNX, '%s', is wrong at '%s'", f->x->op->def->name, f->text, f->p);
}

static void skip(struct parse *f)
{
    while (*f->p == ' ' || *f->p == '\n')
        f->p++;
}

static bool take(struct parse *f, const char *word)
{
    skip(f);
    if (strncmp(f->p, word, strlen(word)) != 0)
        return false;
    f->p += strlen(word);
    return true;
}

static void expect(struct parse *f, const char *word)
{
    if (!take(f, word))
        wrong(f);
}

static const char *take_name(struct parse *f)
{
    const char *start = (skip(f), f->p);
    while (isalnum((unsigned char)*f->p) || *f->p == '_')
        f->p++;
    return arena_copy(f->w->g->ctx->arena, start, (size_t)(f->p - start));
}

/* ---- numbers --------------------------------------------------------------------------------- */

static bool at_number(struct parse *f)
{
    skip(f);
    const char *p = f->p + (*f->p == '-');
    return isdigit((unsigned char)*p) || *p == '.' || !strncmp(p, "inf", 3)
           || !strncmp(p, "nan", 3);
}

static double take_number(struct parse *f, bool *real)
{
    char *end;
    const double v = strtod(f->p, &end);
    if (end == f->p)
        wrong(f);
    for (; f->p < end; f->p++)
        *real |= *f->p == '.' || *f->p == 'e' || *f->p == 'n';
    return v;
}

static struct numbers take_numbers(struct parse *f)
{
    struct numbers n = { .list = take(f, "[") };
    for (bool more = !n.list || !take(f, "]"); more; more = n.list && !take(f, "]")) {
        if (!at_number(f))
            wrong(f);
        const double v = take_number(f, &n.real);
        APPEND(f->w->g->ctx->arena, n.item, n.count, v);
        take(f, ",");
    }
    return n;
}

/* The constant that stands at [from, f->p): lists are int64, or float32 where they are real;
 * numbers have the type of input 0. */
static struct onnx_value *number_value(struct parse *f, const char *from, const struct numbers *n,
                                       bool whole)
{
    struct arena *a = f->w->g->ctx->arena;
    const struct op *op = f->x->op;
    const enum dtype first = op->nin && op->in[0] ? op->in[0]->type : F32;
    const enum dtype type = whole ? I64 : !n->list ? first : n->real ? F32 : I64;
    const char *key =
        arena_printf(a, "%s:%d:%.*s", dtype_name(type), n->list, (int)(f->p - from), from);
    struct onnx_value *v = names_get(&f->w->constants, key);
    if (v)
        return v;
    const struct shape s = { n->list, { n->list ? n->count : 0 } };
    void *data = arena_alloc(a, (size_t)n->count * dtype_size(type) + 1);
    for (int i = 0; i < n->count; i++)
        dtype_set(type, data, i, n->item[i]);
    v = constant_value(f->w, n->list ? "list" : "number", type, s, data);
    names_put(a, &f->w->constants, key, v);
    return v;
}

/* ---- nodes ----------------------------------------------------------------------------------- */

struct onnx_out_node *new_node_out(struct writer *w, const char *op_type,
                                   struct onnx_value *const *in, int nin)
{
    struct arena *a = w->g->ctx->arena;
    struct onnx_out_node *n = NEW(a, struct onnx_out_node);
    while (nin && !in[nin - 1]) /* absent ones at the end */
        nin--;
    n->op_type = op_type;
    n->domain = "";
    n->in = NEW_ARRAY(a, struct onnx_value *, nin + 1);
    memcpy(n->in, in, (size_t)nin * sizeof *in);
    n->nin = nin;
    for (int i = 0; i < nin; i++)
        if (in[i])
            in[i]->used = true;
    APPEND(a, w->nodes, w->nnodes, n);
    return n;
}

/* NAME=value behind its equal sign. */
static void take_attribute(struct parse *f, const char *name, struct onnx_out_attribute *to)
{
    const bool list = take(f, "['");
    *to = (struct onnx_out_attribute){ .name = name, .kind = list ? OUT_STRINGS : OUT_STRING };
    while (list ? to->count == 0 || take(f, ",'") : to->count == 0 && take(f, "'")) {
        const char *start = f->p;
        f->p += strcspn(f->p, "'");
        const char *text = arena_copy(f->w->g->ctx->arena, start, (size_t)(f->p - start));
        APPEND(f->w->g->ctx->arena, to->text, to->count, text);
        expect(f, "'");
    }
    if (list)
        expect(f, "]");
    if (to->count)
        return;
    const struct numbers n = take_numbers(f);
    to->kind = n.list ? (n.real ? OUT_FLOATS : OUT_INTS) : n.real ? OUT_FLOAT : OUT_INT;
    to->number = n.item;
    to->count = n.count;
}

static struct onnx_value *expression(struct parse *f, int results, struct onnx_value **to);

/* Input i as it is; NULL: absent. */
static struct onnx_value *operand(struct parse *f, int i)
{
    struct tensor *t = i < f->x->op->nin ? f->x->op->in[i] : NULL;
    return !t ? NULL : f->x->ready && f->x->ready[i] ? f->x->ready[i] : ordered(f->w, t, NULL);
}

/* A node behind the parenthesis of its arguments; its first result, all `results` of them into
 * `to`. */
static struct onnx_value *take_node(struct parse *f, const char *op_type, int since, int results,
                                    struct onnx_value **to)
{
    struct arena *a = f->w->g->ctx->arena;
    const int most = MOST_ARGUMENTS + f->x->op->nin;
    struct onnx_value **in = NEW_ARRAY(a, struct onnx_value *, most);
    struct onnx_out_attribute *attributes = NULL;
    int nin = 0, nattributes = 0;
    while (!take(f, ")")) {
        const char *before = f->p, *name = take_name(f);
        if (*name && take(f, "=")) {
            struct onnx_out_attribute attribute;
            take_attribute(f, name, &attribute);
            APPEND(a, attributes, nattributes, attribute);
        } else if (take(f, "*")) {
            for (int i = 0; i < f->x->op->nin && nin < most; i++)
                in[nin++] = operand(f, i);
        } else {
            if (nin == most)
                wrong(f);
            f->p = before;
            in[nin++] = expression(f, 1, NULL);
        }
        take(f, ",");
    }
    f->w->opset = since > f->w->opset ? since : f->w->opset;
    struct onnx_out_node *n = new_node_out(f->w, op_type, in, nin);
    n->attributes = attributes;
    n->nattributes = nattributes;
    for (int i = 0; i < results; i++) {
        struct onnx_value *v = new_value(f->w, f->x->op->name, F32, NULL);
        APPEND(a, n->out, n->nout, v);
        if (to)
            to[i] = v;
    }
    return n->out[0];
}

/* ---- operands -------------------------------------------------------------------------------- */

/* A constant whose first axis is made of n equal parts, these in another order. */
static struct onnx_value *parts_in_order(struct parse *f, const struct tensor *t,
                                         const struct onnx_value *v, const struct numbers *n)
{
    const size_t part = (size_t)shape_count(v->shape) / (size_t)n->count * dtype_size(t->type);
    char *data = arena_alloc(f->w->g->ctx->arena, part * (size_t)n->count + 1);
    if (!v->data)
        wrong(f);
    for (int i = 0; i < n->count; i++)
        memcpy(data + (size_t)i * part, (const char *)v->data + (size_t)n->item[i] * part, part);
    return constant_value(f->w, v->base, t->type, *v->shape, data);
}

static struct onnx_value *take_operand(struct parse *f, int i)
{
    const struct op *op = f->x->op;
    int perm[MAX_RANK];
    struct tensor *t = i < op->nin ? op->in[i] : NULL;
    struct onnx_value *v = NULL;
    if (take(f, "^first")) {
        if (!t)
            return NULL;
        channels_first_order(t->shape.rank, perm);
        v = ordered(f->w, t, perm);
    } else if (take(f, "^")) {
        const struct numbers n = take_numbers(f);
        if (t && n.count != t->shape.rank)
            wrong(f);
        for (int k = 0; t && k < n.count; k++)
            perm[k] = (int)n.item[k];
        v = t ? ordered(f->w, t, perm) : NULL;
    } else {
        v = operand(f, i);
    }
    if (take(f, "/")) {
        const struct numbers n = take_numbers(f);
        v = v ? parts_in_order(f, t, v, &n) : NULL;
    }
    if (!take(f, ":"))
        return t ? dequantized(f->w, t, v) : v;
    const struct numbers n = take_numbers(f);
    struct shape s = { .rank = n.count };
    for (int k = 0; k < n.count && k < MAX_RANK; k++)
        s.dim[k] = (int64_t)n.item[k];
    return v ? dequantized(f->w, t, reshaped(f->w, t, v, s)) : NULL;
}

static struct onnx_value *expression(struct parse *f, int results, struct onnx_value **to)
{
    const char *from = (skip(f), f->p);
    struct onnx_value *v = NULL;
    if (take(f, "#")) { /* #3: a whole number as int64 */
        const struct numbers n = take_numbers(f);
        v = number_value(f, from, &n, true);
    } else if (at_number(f) || *f->p == '[') {
        const struct numbers n = take_numbers(f);
        v = number_value(f, from, &n, false);
    } else if (!take(f, "-")) {
        const char *name = take_name(f);
        struct onnx_value *known = names_get(&f->names, name);
        bool real = false;
        if (take(f, "@")) {
            const int since = (int)take_number(f, &real);
            expect(f, "(");
            return take_node(f, name, since, results, to);
        }
        if (take(f, "("))
            return take_node(f, name, 0, results, to);
        if (!known && (strlen(name) != 1 || !islower((unsigned char)*name)))
            wrong(f);
        v = known ? known : take_operand(f, *name - 'a');
    }
    if (to)
        *to = v;
    return v;
}

/* "up, down = expression;" in front of the formula proper. */
static bool take_definition(struct parse *f)
{
    const char *start = f->p, *names[8], *end = strchr(f->p, ';');
    struct onnx_value *values[8] = { NULL };
    int n = 0;
    if (!end)
        return false;
    do
        names[n++] = take_name(f);
    while (n < 8 && take(f, ","));
    if (!take(f, "=")) {
        f->p = start;
        return false;
    }
    expression(f, n, values);
    for (int i = 0; i < n; i++)
        names_put(f->w->g->ctx->arena, &f->names, names[i], values[i]);
    expect(f, ";");
    return true;
}

/* Is there a comma outside of all brackets: an expression for each result? */
static bool is_list(const char *p)
{
    for (int depth = 0; *p; p++) {
        depth += (*p == '(' || *p == '[') - (*p == ')' || *p == ']');
        if (*p == ',' && !depth)
            return true;
    }
    return false;
}

void write_formula(struct writer *w, const struct writing *x, const char *formula,
                   struct onnx_value **results, bool *first)
{
    struct parse f = { w, x, formula, formula, { 0 } };
    int n = 0;
    while (n < x->op->nouts && n < 8)
        results[n++] = NULL;
    *first = take(&f, "first ");
    while (take_definition(&f))
        ;
    if (!is_list(f.p))
        expression(&f, n, results);
    else
        for (int i = 0; i < n && (!i || take(&f, ",")); i++)
            expression(&f, 1, results + i);
    skip(&f);
    if (*f.p)
        wrong(&f);
}
