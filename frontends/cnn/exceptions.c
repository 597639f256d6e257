/* exceptions.c - errors that the evaluator itself understands: raise, try, and how they are
 * reported. */
#include "cnn/eval.h"

#include <string.h>

static const struct {
    const char *name, *base;
} tree[] = {
    { "BaseException", NULL },
    { "Exception", "BaseException" },
    { "KeyboardInterrupt", "BaseException" },
    { "SystemExit", "BaseException" },
    { "ArithmeticError", "Exception" },
    { "ZeroDivisionError", "ArithmeticError" },
    { "OverflowError", "ArithmeticError" },
    { "AssertionError", "Exception" },
    { "AttributeError", "Exception" },
    { "ImportError", "Exception" },
    { "ModuleNotFoundError", "ImportError" },
    { "LookupError", "Exception" },
    { "IndexError", "LookupError" },
    { "KeyError", "LookupError" },
    { "MemoryError", "Exception" },
    { "NameError", "Exception" },
    { "OSError", "Exception" },
    { "FileNotFoundError", "OSError" },
    { "FileExistsError", "OSError" },
    { "PermissionError", "OSError" },
    { "RuntimeError", "Exception" },
    { "NotImplementedError", "RuntimeError" },
    { "RecursionError", "RuntimeError" },
    { "StopIteration", "Exception" },
    { "SyntaxError", "Exception" },
    { "TypeError", "Exception" },
    { "ValueError", "Exception" },
    { "UnicodeError", "ValueError" },
    { "UnicodeDecodeError", "UnicodeError" },
    { "EOFError", "Exception" },
    { "Warning", "Exception" },
    { "UserWarning", "Warning" },
    { "DeprecationWarning", "Warning" },
    { "RuntimeWarning", "Warning" },
    { "FutureWarning", "Warning" },
};

static struct value exception_init(struct eval *e, struct args *a)
{
    struct value args = new_list(e, V_TUPLE);
    for (int i = 1; i < a->n; i++)
        list_push(e, args.list, a->v[i]);
    if (a->n && a->v[0].kind == V_OBJECT)
        dict_set_name(e, a->v[0].object->attributes, e->n.args, args);
    return NONE;
}

static struct value exception_with_traceback(struct eval *e, struct args *a)
{
    (void)e;
    return a->v[0];
}

static const struct builtin exception_methods[] = { { "__init__", exception_init, true },
                                                    { "with_traceback", exception_with_traceback,
                                                      true },
                                                    { 0 } };

void add_exceptions(struct eval *e)
{
    for (size_t i = 0; i < sizeof tree / sizeof *tree; i++) {
        struct class *base =
            tree[i].base ? dict_name(e->builtins, intern(e, tree[i].base)).class : e->object;
        struct class *c = class_new(e, tree[i].name, &base, 1);
        c->base = B_EXCEPTION;
        if (!i) {
            class_add(e, c, exception_methods);
            e->exception = c;
        }
        dict_set_name(e, e->builtins, intern(e, tree[i].name),
                      (struct value){ .kind = V_CLASS, .class = c });
    }
    const struct value os_error = dict_name(e->builtins, intern(e, "OSError"));
    dict_set_name(e, e->builtins, intern(e, "IOError"), os_error);
    dict_set_name(e, e->builtins, intern(e, "EnvironmentError"), os_error);
}

struct value new_exception(struct eval *e, const char *class, struct value message)
{
    const struct value c = dict_name(e->builtins, intern(e, class));
    struct value v = { .kind = V_OBJECT, .object = NEW(e->mem, struct object) },
                 args = new_list(e, V_TUPLE);
    v.object->class = c.class;
    v.object->attributes = NEW(e->mem, struct dict);
    v.object->base = EMPTY;
    if (message.kind != V_EMPTY)
        list_push(e, args.list, message);
    dict_set_name(e, v.object->attributes, e->n.args, args);
    return v;
}

const char *traceback(struct eval *e)
{
    enum { MOST_SHOWN = 6 };
    const char *text = NULL;
    int n = 0, line, column;
    for (const struct frame *f = e->frame; f && n < MOST_SHOWN; f = f->up, n++) {
        if (!f->at.source)
            continue;
        if (f->up && f->up->name == f->name && n > 1)
            continue; /* a function that calls itself */
        span_position(f->at, &line, &column);
        text = arena_printf(e->mem, "%s%sin %s, called at line %d%s%s", text ? text : "",
                            text ? ", " : "", f->name, line,
                            f->at.source != e->main->source ? " of " : "",
                            f->at.source != e->main->source ? f->at.source->name : "");
    }
    return text;
}

struct span span_of_user(struct eval *e, struct span at)
{
    static const char own[] = "keras.applications";
    for (const struct frame *f = e->frame;
         f && at.source && strncmp(at.source->name, own, sizeof own - 1) == 0; f = f->up)
        at = f->at;
    return at;
}

static NORETURN void throw(struct eval * e)
{
    if (!e->handler)
        bug("an exception that nobody handles");
    longjmp(*e->handler, 1);
}

void raise_value(struct eval *e, struct value exception)
{
    e->raised = exception;
    e->raised_at = e->at;
    e->raised_trace = traceback(e);
    throw(e);
}

void raise_error(struct eval *e, const char *class, const char *format, ...)
{
    char text[2000];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    raise_value(e, new_exception(e, class, of_text(e, text)));
}

void fatal(struct eval *e, struct span at, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    diag_at(&e->ctx->diags, ERROR, at, format, args);
    va_end(args);
    e->raised = EMPTY;
    throw(e);
}

bool error_at(struct eval *e, struct span at, const char *format, ...)
{
    char text[4000];
    if (e->no_news) {
        e->no_news = false;
        return false;
    }
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    const char *trace = traceback(e);
    diag_error(&e->ctx->diags, at, "%s%s%s", text, trace ? "; " : "", trace ? trace : "");
    if (e->ctx->diags.errors >= e->ctx->diags.limit) {
        e->raised = EMPTY;
        throw(e);
    }
    return false;
}

void warn_at(struct eval *e, struct span at, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    diag_at(&e->ctx->diags, WARNING, at, format, args);
    va_end(args);
}

bool protect(struct eval *e, void (*body)(struct eval *e, void *data), void *data)
{
    jmp_buf here, *volatile before = e->handler;
    struct frame *volatile frame = e->frame;
    e->handler = &here;
    if (setjmp(here) == 0) {
        body(e, data);
        e->handler = before;
        return true;
    }
    e->handler = before;
    e->frame = frame;
    return false;
}

void report_raised(struct eval *e)
{
    if (e->raised.kind != V_OBJECT) /* said already */
        return;
    const char *text = str_of(e, e->raised)->s, *trace = e->raised_trace;
    diag_error(&e->ctx->diags, e->raised_at, "%s%s%s%s%s", e->raised.object->class->name->s,
               *text ? ": " : "", text, trace ? "; " : "", trace ? trace : "");
}

/* ---- statements ---- */

enum flow run_raise(struct eval *e, struct scope *s, const struct node *n)
{
    struct value v = n->a ? eval(e, s, n->a) : e->handling;
    e->at = n->at;
    if (v.kind == V_EMPTY)
        raise_error(e, "RuntimeError", "No active exception to reraise");
    if (v.kind == V_CLASS && is_subclass(v.class, e->exception))
        v = call_n(e, v, n->at, 0);
    if (v.kind != V_OBJECT || v.object->class->base != B_EXCEPTION) {
        if (v.kind == V_UNKNOWN || v.kind == V_SPACE)
            v = new_exception(e, "Exception", of_text(e, source_text(e, n->a)));
        else
            raise_error(e, "TypeError", "exceptions must derive from BaseException");
    }
    dict_set_name(e, v.object->attributes, intern(e, "__cause__"), n->b ? eval(e, s, n->b) : NONE);
    raise_value(e, v);
}

struct guarded {
    struct scope *s;
    const struct node_list *block;
    enum flow flow;
};

static void run_guarded(struct eval *e, void *data)
{
    struct guarded *g = data;
    g->flow = run_block(e, g->s, g->block);
}

static bool handles(struct eval *e, struct value type)
{
    if (type.kind == V_TUPLE) {
        for (int64_t i = 0; i < type.list->count; i++)
            if (handles(e, type.list->item[i]))
                return true;
        return false;
    }
    return type.kind == V_CLASS && is_subclass(e->raised.object->class, type.class);
}

/* Runs the handler that fits; false where none does. An exception in the handler goes on behind
 * `finally`. */
static bool handle(struct eval *e, struct scope *s, const struct node *n, struct guarded *g,
                   bool *good)
{
    const struct value raised = e->raised, before = e->handling;
    const struct span at = e->raised_at;
    const char *trace = e->raised_trace;
    for (int i = 0; i < n->kids.count; i++) {
        const struct node *h = n->kids.item[i];
        e->raised = raised;
        if (h->a && !handles(e, eval(e, s, h->a)))
            continue;
        if (h->text)
            scope_set(e, s, name_of(e, h), raised);
        e->handling = raised;
        g->block = &h->body;
        *good = protect(e, run_guarded, g);
        e->handling = before;
        return true;
    }
    e->raised = raised;
    e->raised_at = at;
    e->raised_trace = trace;
    return false;
}

enum flow run_try(struct eval *e, struct scope *s, const struct node *n)
{
    struct guarded g = { s, &n->body, GO };
    bool good = protect(e, run_guarded, &g);
    if (good && g.flow == GO && n->orelse.count) {
        g.block = &n->orelse;
        good = protect(e, run_guarded, &g);
    } else if (!good && e->raised.kind == V_OBJECT) {
        g.flow = GO;
        handle(e, s, n, &g, &good);
    }
    const struct value raised = e->raised, result = e->result;
    const struct span at = e->raised_at;
    if (!good && raised.kind != V_OBJECT)
        throw(e);
    const enum flow last = run_block(e, s, &n->last);
    if (last != GO)
        return last;
    e->raised = raised;
    e->raised_at = at;
    e->result = result;
    if (!good)
        throw(e);
    return g.flow;
}
