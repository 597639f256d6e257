/*
 * unknown.c - what the text cannot tell: how it spreads, how it is explained, and --set, which
 * makes it known.
 *
 * A condition or loop over something unknown runs nothing; whatever it might have changed becomes
 * unknown.
 */
#include "cnn/eval.h"
#include "cnn/keras.h"

#include <ctype.h>
#include <string.h>

struct value unknown(struct eval *e, const char *name, struct span at, const struct unknown *from)
{
    struct unknown *u = NEW(e->mem, struct unknown);
    *u = (struct unknown){ .name = name, .at = at, .from = from };
    return (struct value){ .kind = V_UNKNOWN, .unknown = u };
}

struct value unknown_told(struct eval *e)
{
    const struct value v = unknown(e, NULL, e->at, NULL);
    ((struct unknown *)v.unknown)->told = true;
    return v;
}

struct value not_supported(struct eval *e, struct span at, const char *format, ...)
{
    char text[1000];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    struct unknown *u = NEW(e->mem, struct unknown);
    *u =
        (struct unknown){ .name = arena_printf(e->mem, "%s", text), .at = at, .unsupported = true };
    return (struct value){ .kind = V_UNKNOWN, .unknown = u };
}

struct value undefined_name(struct eval *e, const char *name, struct span at)
{
    struct unknown *u = NEW(e->mem, struct unknown);
    *u = (struct unknown){ .name = name, .at = at, .undefined = true };
    return (struct value){ .kind = V_UNKNOWN, .unknown = u };
}

struct value unknown_as(struct eval *e, struct value v, const char *name, struct span at)
{
    if (v.unknown && v.unknown->name && strcmp(v.unknown->name, name) == 0)
        return v;
    return unknown(e, name, at, v.unknown);
}

const struct unknown *why(struct value v)
{
    return v.kind == V_UNKNOWN ? v.unknown : NULL;
}

const char *source_text(struct eval *e, const struct node *n)
{
    enum { LONGEST = 60 };
    const size_t size = n->at.end - n->at.start;
    const char *s = n->at.source->text + n->at.start;
    if (size > LONGEST || memchr(s, '\n', size))
        return n->kind == N_CALL ? arena_printf(e->mem, "%s(...)", source_text(e, n->a))
                                 : arena_printf(e->mem, "%.*s...", 20, s);
    return arena_copy(e->mem, s, size);
}

/* ---- messages ---- */

static bool is_path(const char *s)
{
    if (!isalpha((unsigned char)*s) && *s != '_')
        return false;
    for (; *s; s++)
        if (!isalnum((unsigned char)*s) && *s != '_' && *s != '.')
            return false;
    return true;
}

/* Does the text have the name that the path begins with, and not as something's attribute? */
static bool begins_in(const struct source *source, const char *path)
{
    const size_t n = strcspn(path, ".");
    const char *text = source ? source->text : "", *end = text + strlen(text);
    for (const char *p = text; p + n <= end; p++)
        if (strncmp(p, path, n) == 0
            && (p == text || !(isalnum((unsigned char)p[-1]) || strchr("_.", p[-1])))
            && !(isalnum((unsigned char)p[n]) || p[n] == '_'))
            return true;
    return false;
}

const char *settable(const struct unknown *u)
{
    for (; u; u = u->from)
        if (u->name && is_path(u->name) && strncmp(u->name, "self.", 5) != 0
            && begins_in(u->at.source, u->name))
            return u->name;
    return NULL;
}

/* " (line 7)" */
static const char *line_text(struct eval *e, struct span at)
{
    int line, column;
    if (!at.source)
        return "";
    span_position(at, &line, &column);
    return arena_printf(e->mem, " (line %d)", line);
}

/* The next link of the chain that is worth telling: f(x).shape comes from f(x). */
static const struct unknown *next_told(const struct unknown *u)
{
    const struct unknown *next = u->from;
    while (next && !next->unsupported
           && (!next->name || (u->name && strncmp(u->name, next->name, strlen(next->name)) == 0)))
        next = next->from;
    return next;
}

/* ", which is not defined; did you mean 'x'?" */
static const char *similar_name(struct eval *e, const char *name)
{
    enum { MOST = 1000 };
    const struct dict *d = e->main->globals;
    const char **names = NEW_ARRAY(e->mem, const char *, MOST);
    int n = 0;
    for (int64_t i = 0; i < d->used && n < MOST; i++)
        if (d->entry[i].key.kind == V_STRING)
            names[n++] = d->entry[i].key.s->s;
    const char *near = nearest(name, names, n);
    return arena_printf(e->mem, ", which is not defined%s%s%s", near ? " (did you mean '" : "",
                        near ? near : "", near ? "'?)" : "");
}

static bool was_told(const struct unknown *u)
{
    while (u && !u->told)
        u = u->from;
    return u != NULL;
}

/* The first links of the chain and its end, which is the cause. */
const char *explain(struct eval *e, const struct unknown *u)
{
    e->no_news = was_told(u) && e->ctx->diags.errors;
    enum { FIRST = 4 };
    const char *set = settable(u), *text = "", *before = ": it depends on ";
    if (u && !u->name && !u->unsupported)
        u = next_told(u);
    for (int shown = 0; u; shown++) {
        const struct unknown *next = next_told(u);
        if (u->unsupported)
            return arena_printf(e->mem, "%s: %s%s", text, u->name, line_text(e, u->at));
        text = arena_printf(e->mem, "%s%s'%s'%s%s", text, before, u->name, line_text(e, u->at),
                            u->undefined ? similar_name(e, u->name) : "");
        before = ", which comes from ";
        while (shown >= FIRST && next && next_told(next)) {
            next = next_told(next);
            before = ", and that in the end from ";
        }
        u = next;
    }
    return set ? arena_printf(e->mem, "%s; set it with --set %s=VALUE", text, set)
               : arena_printf(e->mem, "%s; write its value into the text", text);
}

/* ---- --set ---- */

static void evaluate_override(struct eval *e, void *data)
{
    struct override *o = data;
    const char *text = NULL;
    for (int i = 0; i < e->ctx->options.nset; i++)
        if (strcmp(e->ctx->options.set[i].name, o->name) == 0)
            text = e->ctx->options.set[i].value;
    struct source *src = NEW(e->mem, struct source);
    *src = (struct source){ arena_printf(e->mem, "--set %s", o->name), text, strlen(text) };
    const struct node_list l = parse_python(e->ctx, src);
    if (e->ctx->diags.errors)
        return;
    if (l.count != 1 || l.item[0]->kind != N_EXPRESSION) {
        diag_error(&e->ctx->diags, (struct span){ src, 0, src->size },
                   "the value of --set must be one Python expression");
        return;
    }
    o->value = eval(e, e->main->scope, l.item[0]->a);
    if (o->value.kind == V_UNKNOWN)
        diag_error(&e->ctx->diags, l.item[0]->at,
                   "this value of --set is not known; text needs quotes: --set \"%s='%s'\"",
                   o->name, text);
}

void read_overrides(struct eval *e)
{
    const struct options *o = &e->ctx->options;
    e->nset = o->nset;
    e->set = NEW_ARRAY(e->mem, struct override, o->nset + 1);
    for (int i = 0; i < o->nset; i++) {
        struct override *s = &e->set[i];
        s->name = o->set[i].name;
        s->value = UNKNOWN;
        s->dotted = strpbrk(s->name, ".[") != NULL;
        e->any_dotted |= s->dotted;
        if (!protect(e, evaluate_override, s))
            report_raised(e);
        if (!s->dotted)
            intern(e, s->name)->set = s;
    }
}

struct value dotted_override(struct eval *e, const char *text)
{
    for (int i = 0; i < e->nset; i++)
        if (e->set[i].dotted && strcmp(e->set[i].name, text) == 0) {
            e->set[i].used = true;
            return e->set[i].value;
        }
    return EMPTY;
}

/* ---- what was not run ---- */

/* The value of a name or of attributes of one, without running anything; empty where that does not
 * tell. */
static struct value peek(struct eval *e, struct scope *s, const struct node *n)
{
    if (n && n->kind == N_NAME) {
        const struct value *v = scope_lookup(e, s, name_of(e, n));
        return v ? *v : EMPTY;
    }
    if (!n || n->kind != N_ATTRIBUTE)
        return EMPTY;
    const struct value a = peek(e, s, n->a);
    if (a.kind == V_SPACE || a.kind == V_UNKNOWN)
        return a;
    if (a.kind == V_OBJECT)
        return dict_name(a.object->attributes, name_of(e, n));
    return EMPTY;
}

static void forget_target(struct eval *e, struct scope *s, const struct node *n,
                          const struct unknown *because)
{
    if (n->kind == N_NAME) {
        scope_set(e, s, name_of(e, n), unknown(e, n->text, n->at, because));
    } else if (n->kind == N_TUPLE || n->kind == N_LIST) {
        for (int i = 0; i < n->kids.count; i++)
            forget_target(e, s, n->kids.item[i], because);
    } else if (n->kind == N_STAR) {
        forget_target(e, s, n->a, because);
    } else if (n->kind == N_ATTRIBUTE) {
        const struct value a = peek(e, s, n->a);
        if (a.kind == V_OBJECT)
            dict_set_name(e, a.object->attributes, name_of(e, n),
                          unknown(e, source_text(e, n), n->at, because));
    } else if (n->kind == N_SUBSCRIPT) {
        const struct value a = peek(e, s, n->a), v = unknown(e, source_text(e, n), n->at, because);
        if (a.kind == V_LIST)
            for (int64_t i = 0; i < a.list->count; i++)
                a.list->item[i] = v;
        if (a.kind == V_DICT)
            a.dict->open = v.unknown;
        if (a.kind == V_DICT && n->b->kind == N_STRING)
            dict_set(e, a.dict, of_bytes_text(e, n->b->text, n->b->size), v);
    }
}

static bool among(const char *word, const char *words)
{
    const size_t n = strlen(word);
    for (const char *p = words; *p; p += strcspn(p, " "), p += strspn(p, " "))
        if (strcspn(p, " ") == n && memcmp(p, word, n) == 0)
            return true;
    return false;
}

/* A call of a method that changes its object: the object may hold more or less than is known. */
static void forget_call(struct eval *e, struct scope *s, const struct node *n,
                        const struct unknown *because)
{
    if (n->kind != N_CALL || n->a->kind != N_ATTRIBUTE)
        return;
    const struct value a = peek(e, s, n->a->a);
    const struct unknown *u =
        because ? because : unknown(e, source_text(e, n), n->at, NULL).unknown;
    if ((a.kind == V_LIST
         && among(n->a->text, "append extend insert pop remove clear reverse sort")))
        a.list->open = u;
    else if ((a.kind == V_DICT || a.kind == V_SET)
             && among(n->a->text, "update setdefault pop popitem clear add remove discard"))
        a.dict->open = u;
    else if (a.kind == V_OBJECT && a.object->layer && among(n->a->text, "add pop"))
        keras_unsure(a.object->layer, u);
}

/* `return` that was not run: does it matter? What another library would have given does not. */
static bool return_matters(struct eval *e, struct scope *s, const struct node *n)
{
    if (!n || n->kind == N_NONE || n->kind == N_TRUE || n->kind == N_FALSE)
        return false;
    if (n->kind != N_CALL)
        return true;
    const struct value f = peek(e, s, n->a);
    return f.kind != V_SPACE && f.kind != V_UNKNOWN;
}

static void forget_one(struct eval *e, struct scope *s, const struct node *n,
                       const struct unknown *because)
{
    switch (n->kind) {
    case N_ASSIGN:
    case N_DELETE:
        for (int i = 0; i < n->kids.count; i++)
            forget_target(e, s, n->kids.item[i], because);
        break;
    case N_AUGMENTED:
    case N_FOR:
    case N_ANNOTATED: forget_target(e, s, n->a, because); break;
    case N_FUNCTION:
    case N_CLASS: scope_set(e, s, name_of(e, n), unknown(e, n->text, n->at, because)); return;
    case N_WITH:
        for (int i = 0; i < n->kids.count; i++)
            if (n->kids.item[i]->b)
                forget_target(e, s, n->kids.item[i]->b, because);
        break;
    case N_EXPRESSION: forget_call(e, s, n->a, because); break;
    case N_RETURN:
        if (return_matters(e, s, n->a) && !s->unsure)
            s->unsure = because ? because : unknown(e, "a condition", n->at, NULL).unknown;
        break;
    case N_IMPORT:
    case N_FROM: run_import(e, s, n); break;
    default: break;
    }
    forget(e, s, &n->body, because);
    forget(e, s, &n->orelse, because);
    forget(e, s, &n->last, because);
    for (int i = 0; n->kind == N_TRY && i < n->kids.count; i++)
        forget(e, s, &n->kids.item[i]->body, because);
}

void forget(struct eval *e, struct scope *s, const struct node_list *b,
            const struct unknown *because)
{
    for (int i = 0; i < b->count; i++)
        forget_one(e, s, b->item[i], because);
}

bool leaves_loop(const struct node_list *b)
{
    for (int i = 0; i < b->count; i++) {
        const struct node *n = b->item[i];
        if (n->kind == N_BREAK || n->kind == N_CONTINUE)
            return true;
        if (n->kind == N_FOR || n->kind == N_WHILE || n->kind == N_FUNCTION || n->kind == N_CLASS)
            continue;
        if (leaves_loop(&n->body) || leaves_loop(&n->orelse) || leaves_loop(&n->last))
            return true;
        for (int k = 0; n->kind == N_TRY && k < n->kids.count; k++)
            if (leaves_loop(&n->kids.item[k]->body))
                return true;
    }
    return false;
}
