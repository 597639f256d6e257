/* attr.c - attribute values from any front end into an op's struct. */
#include "ops/op.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

struct binding {
    struct ctx *ctx;
    const struct opdef *def;
    const struct attr *attr;
    struct span at;
};

static bool wrong(const struct binding *b, const char *expected)
{
    return diag_error(&b->ctx->diags, b->at, "%s: '%s' must be %s", b->def->name, b->attr->name,
                      expected);
}

static bool item_int(const struct value_item *v, int64_t *to)
{
    if (v->kind == ITEM_INT || v->kind == ITEM_BOOL)
        *to = v->i;
    else if (v->kind == ITEM_FLOAT && v->f == floor(v->f) && fabs(v->f) < 1e15)
        *to = (int64_t)v->f;
    else
        return false;
    return true;
}

static bool item_float(const struct value_item *v, double *to)
{
    if (v->kind == ITEM_FLOAT)
        *to = v->f;
    else if (v->kind == ITEM_INT || v->kind == ITEM_BOOL)
        *to = (double)v->i;
    else
        return false;
    return true;
}

static bool small_int(const struct value_item *v, int *to)
{
    int64_t i;
    if (!item_int(v, &i) || i > MAX_DIM || i < -MAX_DIM)
        return false;
    *to = (int)i;
    return true;
}

/* One number for all, or a list of exactly count; a list of one also stands for all. */
static bool set_ints(const struct binding *b, int *to, int count, const struct value_item *v)
{
    if (v->kind != ITEM_LIST || v->count == 1) {
        int one;
        if (!small_int(v->kind == ITEM_LIST ? &v->list[0] : v, &one))
            return wrong(b, count == 1 ? "a whole number" : "a whole number or a tuple of them");
        for (int i = 0; i < count; i++)
            to[i] = one;
        return true;
    }
    if (v->count != count)
        return diag_error(&b->ctx->diags, b->at,
                          "%s: '%s' must be a whole number or %d of them, but %d are given",
                          b->def->name, b->attr->name, count, v->count);
    for (int i = 0; i < count; i++)
        if (!small_int(&v->list[i], &to[i]))
            return wrong(b, "whole numbers");
    return true;
}

static bool set_pads(const struct binding *b, int *to, const struct value_item *v)
{
    const int n = b->attr->count;
    int one;
    if (v->kind != ITEM_LIST) {
        if (!small_int(v, &one) || one < 0)
            return wrong(b, "a whole number from 0 up, or a tuple of them");
        for (int i = 0; i < 2 * n; i++)
            to[i] = one;
        return true;
    }
    if (n == 1 && v->count == 2 && v->list[0].kind != ITEM_LIST) {
        if (!small_int(&v->list[0], &to[0]) || !small_int(&v->list[1], &to[1]))
            return wrong(b, "(before, after)");
        return true;
    }
    if (v->count != n)
        return wrong(b, "a whole number, one for each axis, or a pair for each axis");
    for (int i = 0; i < n; i++) {
        const struct value_item *e = &v->list[i];
        const struct value_item *first = e->kind == ITEM_LIST && e->count == 2 ? &e->list[0] : e;
        const struct value_item *second = e->kind == ITEM_LIST && e->count == 2 ? &e->list[1] : e;
        if (!small_int(first, &to[2 * i]) || !small_int(second, &to[2 * i + 1]) || to[2 * i] < 0
            || to[2 * i + 1] < 0)
            return wrong(b, "a whole number from 0 up, one for each axis, or a pair for each axis");
    }
    return true;
}

static bool set_choice(const struct binding *b, int *to, const struct value_item *given)
{
    const struct value_item none = { .kind = ITEM_STRING, .s = "None" },
                            *v = given->kind == ITEM_NONE ? &none : given;
    if (v->kind != ITEM_STRING)
        return wrong(b, arena_printf(b->ctx->arena, "one of: %s", b->attr->choices));
    const size_t n = strlen(v->s);
    int index = 0;
    for (const char *p = b->attr->choices; *p; index++) {
        const size_t w = strcspn(p, " ");
        bool same = w == n;
        for (size_t i = 0; same && i < n; i++)
            same = (p[i] | 32) == (v->s[i] | 32);
        if (same) {
            *to = index;
            return true;
        }
        p += w;
        p += strspn(p, " ");
    }
    return diag_error(&b->ctx->diags, b->at, "%s: '%s' must be one of: %s; it is '%s'",
                      b->def->name, b->attr->name, b->attr->choices, v->s);
}

/* Lists in the list stand for their items in turn: ((0, 0), (1, 2)) is 0, 0, 1, 2. */
static bool add_items(const struct binding *b, struct int_list *to, const struct value_item *v)
{
    int64_t i;
    for (int k = 0; v->kind == ITEM_LIST && k < v->count; k++)
        if (!add_items(b, to, &v->list[k]))
            return false;
    if (v->kind == ITEM_LIST)
        return true;
    if (v->kind == ITEM_NONE)
        i = -1; /* a size that is left open */
    else if (!item_int(v, &i))
        return wrong(b, "whole numbers");
    APPEND(b->ctx->arena, to->item, to->count, i);
    return true;
}

static bool set_list(const struct binding *b, struct int_list *to, const struct value_item *v)
{
    *to = (struct int_list){ 0 };
    return v->kind == ITEM_NONE || add_items(b, to, v);
}

static bool set_floats(const struct binding *b, struct float_list *to, const struct value_item *v)
{
    const int n = v->kind == ITEM_LIST ? v->count : v->kind == ITEM_NONE ? 0 : 1;
    to->count = n;
    to->item = NEW_ARRAY(b->ctx->arena, double, n + 1);
    for (int i = 0; i < n; i++)
        if (!item_float(v->kind == ITEM_LIST ? &v->list[i] : v, &to->item[i]))
            return wrong(b, "numbers");
    return true;
}

static bool set_activation(const struct binding *b, struct activation *to,
                           const struct value_item *v)
{
    *to = (struct activation){ NULL, NULL };
    if (v->kind == ITEM_LAYER && v->layer->def)
        *to = (struct activation){ v->layer->def, v->layer->attr };
    else if (v->kind == ITEM_STRING && op_find(v->s)
             && op_find(v->s)->elementwise) /* "Add": attributes that cnnc's own code gives */
        *to = (struct activation){ op_find(v->s), attr_defaults(b->ctx, op_find(v->s)) };
    else if (v->kind == ITEM_STRING && !find_activation(b->ctx, v->s, to))
        return diag_error(&b->ctx->diags, b->at, "%s: '%s' names no activation: '%s'", b->def->name,
                          b->attr->name, v->s);
    else if (v->kind != ITEM_NONE && v->kind != ITEM_STRING && v->kind != ITEM_LAYER)
        return wrong(b, "the name of an activation, or None");
    return true;
}

static bool set_layers(const struct binding *b, struct layer_list *to, const struct value_item *v)
{
    const int n = v->kind == ITEM_LIST ? v->count : v->kind == ITEM_NONE ? 0 : 1;
    *to = (struct layer_list){ 0 };
    for (int i = 0; i < n; i++) {
        const struct value_item *item = v->kind == ITEM_LIST ? &v->list[i] : v;
        if (item->kind != ITEM_LAYER)
            return wrong(b, "a layer or a list of layers");
        APPEND(b->ctx->arena, to->item, to->count, item->layer);
    }
    return true;
}

static struct value_item parse_item(struct arena *a, const char **p);

/* Does None say something of its own: an empty list, no activation, a choice of that name? */
static bool none_is_a_value(const struct attr *a)
{
    return a->type == ATTR_BOOL || a->type == ATTR_LIST || a->type == ATTR_FLOATS
           || a->type == ATTR_ACTIVATION || (a->type == ATTR_CHOICE && strstr(a->choices, "None"));
}

/* None, as if the attribute were not given. "None" as the default: the zero of the struct, the op
 * knows what it means. */
static bool set_absent(struct ctx *ctx, const struct opdef *def, void *attrs, const struct attr *a)
{
    const char *p = a->absent;
    const struct value_item v = parse_item(ctx->arena, &p);
    return v.kind == ITEM_NONE || attr_set(ctx, def, attrs, a, &v, (struct span){ 0 });
}

bool attr_set(struct ctx *ctx, const struct opdef *def, void *attrs, const struct attr *a,
              const struct value_item *v, struct span at)
{
    const struct binding b = { ctx, def, a, at };
    void *to = (char *)attrs + a->offset;
    int64_t i;
    if (v->kind == ITEM_NONE && a->absent && !none_is_a_value(a))
        return set_absent(ctx, def, attrs, a);
    switch (a->type) {
    case ATTR_INT: return small_int(v, to) || wrong(&b, "a whole number");
    case ATTR_FLOAT: return item_float(v, to) || wrong(&b, "a number");
    case ATTR_BOOL:
        if (v->kind != ITEM_NONE && !item_int(v, &i))
            return wrong(&b, "True or False");
        *(bool *)to = v->kind != ITEM_NONE && i != 0;
        return true;
    case ATTR_CHOICE: return set_choice(&b, to, v);
    case ATTR_INTS: return set_ints(&b, to, a->count, v);
    case ATTR_LIST: return set_list(&b, to, v);
    case ATTR_FLOATS: return set_floats(&b, to, v);
    case ATTR_PADS: return set_pads(&b, to, v);
    case ATTR_ACTIVATION: return set_activation(&b, to, v);
    case ATTR_LAYER:
        if (v->kind != ITEM_LAYER && v->kind != ITEM_NONE)
            return wrong(&b, "a layer");
        *(const struct inner_layer **)to = v->kind == ITEM_LAYER ? v->layer : NULL;
        return true;
    case ATTR_LAYERS: return set_layers(&b, to, v);
    case ATTR_STRING:
        if (v->kind != ITEM_STRING)
            return wrong(&b, "a text in quotes");
        *(const char **)to = arena_copy(ctx->arena, v->s, strlen(v->s));
        return true;
    case ATTR_IGNORED: return true;
    }
    return false;
}

/* ---- values written as text: defaults in the tables and attributes that passes give ---------- */

static struct value_item parse_list(struct arena *a, const char **p)
{
    struct value_item v = { .kind = ITEM_LIST };
    for (++*p; **p && **p != ')';) {
        APPEND(a, v.list, v.count, parse_item(a, p));
        *p += strspn(*p, ", ");
    }
    *p += **p == ')';
    return v;
}

/* A number, a word, None, True, False or (a, b, ...); p moves behind it. */
static struct value_item parse_item(struct arena *a, const char **p)
{
    if (**p == '(')
        return parse_list(a, p);
    if (**p == '\'' || **p == '"') { /* in quotes: a text with any characters */
        const char quote[] = { **p, 0 };
        const size_t length = strcspn(*p + 1, quote);
        const struct value_item text = { .kind = ITEM_STRING, .s = arena_copy(a, *p + 1, length) };
        *p += length + 1;
        *p += **p == quote[0];
        return text;
    }
    const size_t n = strcspn(*p, " ,)");
    char *word = arena_copy(a, *p, n);
    *p += n;
    char *end;
    struct value_item v = { .kind = ITEM_STRING, .s = word };
    if (strcmp(word, "None") == 0)
        v.kind = ITEM_NONE;
    else if (strcmp(word, "True") == 0 || strcmp(word, "False") == 0)
        v = (struct value_item){ .kind = ITEM_BOOL, .i = word[0] == 'T' };
    else if (*word) {
        const long long i = strtoll(word, &end, 10);
        if (!*end)
            return (struct value_item){ .kind = ITEM_INT, .i = i };
        const double f = strtod(word, &end);
        if (!*end)
            return (struct value_item){ .kind = ITEM_FLOAT, .f = f };
    }
    return v;
}

void *attr_defaults(struct ctx *ctx, const struct opdef *def)
{
    void *attrs = arena_alloc(ctx->arena, def->attr_size ? def->attr_size : 1);
    for (const struct attr *a = def->attrs; a && a->name; a++) {
        if (!a->absent || a->type == ATTR_IGNORED)
            continue;
        const char *p = a->absent;
        const struct value_item v = parse_item(ctx->arena, &p);
        if (v.kind == ITEM_NONE && a->type != ATTR_LIST && a->type != ATTR_FLOATS)
            /* None: the zero of the struct, the op knows what it means */
            continue;
        if (!attr_set(ctx, def, attrs, a, &v, (struct span){ 0 }))
            bug("operator '%s': default '%s' of '%s' does not fit", def->name, a->absent, a->name);
    }
    return attrs;
}

bool attr_parse(struct ctx *ctx, const struct opdef *def, void *attrs, const char *text)
{
    for (const char *p = text; p && *(p += strspn(p, " ,"));) {
        const size_t n = strcspn(p, "=");
        const struct attr *a = def->attrs;
        while (a && a->name && !(strlen(a->name) == n && strncmp(a->name, p, n) == 0))
            a++;
        if (!a || !a->name || !p[n])
            bug("operator '%s' has no attribute '%s'", def->name, p);
        p += n + 1;
        const struct value_item v = parse_item(ctx->arena, &p);
        if (!attr_set(ctx, def, attrs, a, &v, (struct span){ 0 }))
            return false;
    }
    return true;
}

static const struct attr *attr_named(const struct op *op, const char *name)
{
    for (const struct attr *a = op->def->attrs; a && a->name; a++)
        if (strcmp(a->name, name) == 0)
            return a;
    bug("'%s' has no attribute '%s'", op->def->name, name);
}

double attr_number(const struct op *op, const char *name)
{
    const struct attr *a = attr_named(op, name);
    const void *p = (const char *)op->attr + a->offset;
    return a->type == ATTR_FLOAT  ? *(const double *)p
           : a->type == ATTR_BOOL ? *(const bool *)p
                                  : *(const int *)p;
}

const struct int_list *attr_list(const struct op *op, const char *name)
{
    return (const struct int_list *)(const void *)((const char *)op->attr
                                                   + attr_named(op, name)->offset);
}
