/* eval.h - the evaluator: its state, and what its parts offer each other. */
#ifndef CNNC_EVAL_H
#define CNNC_EVAL_H

#include <setjmp.h>

#include "cnn/value.h"

enum {
    MOST_STEPS = 20000000, /* nodes evaluated and rounds of loops */
    MOST_CALLS = 1000,     /* nested calls, as in Python */
    MOST_ITEMS = 4000000,  /* in one list, bytes in one string times 16 */
    MOST_YIELDS = 100000
};

/* Names that the evaluator itself looks for. */
#define NAMES(X) X(__init__) X(__call__) X(__len__) X(__getitem__) X(__setitem__) X(__delitem__) \
    X(__iter__) \
    X(__next__) X(__contains__) X(__eq__) X(__ne__) X(__lt__) X(__le__) X(__gt__) X(__ge__) \
    X(__hash__) X(__bool__) \
    X(__str__) X(__repr__) X(__name__) X(__class__) X(__dict__) X(__doc__) X(__enter__) \
    X(__exit__) X(__getattr__) \
    X(__setattr__) X(__new__) X(__post_init__) X(__format__) X(__missing__) X(__main__) \
    X(__neg__) X(__pos__) \
    X(__abs__) X(__invert__) X(__module__) X(__init_subclass__) X(__set_name__) X(__qualname__) \
    X(__mro__) X(__bases__) \
    X(__slots__) X(__all__) X(__file__) X(__match_args__) X(__annotations__) X(__wrapped__) \
    X(__int__) X(__float__) \
    X(__index__) X(__class_getitem__) X(args) X(name) X(value) X(call) X(build) X(inputs) \
    X(outputs) X(self) \
    X(training) X(model) X(shape) X(layers)

struct names {
#define X(n) struct str *n;
    NAMES(X)
#undef X
};

struct frame { /* a call of a function of the text */
    struct frame *up;
    const char *name;
    struct span at; /* the call */
    int depth;
};

struct override {
    const char *name;
    struct value value;
    bool dotted, used;
}; /* --set */

struct eval {
    struct ctx *ctx;
    struct arena *mem;
    struct graph *g;
    struct str **interned;
    size_t ninterned, intern_room;
    struct names n;
    struct dict *builtins;
    struct module *main;
    struct dict *modules; /* by dotted name */
    struct list *paths;   /* where modules are looked for */
    struct frame *frame;
    struct span at; /* of the statement or call being evaluated */
    int64_t steps;
    const char *stack; /* an address near the bottom of C's stack */
    size_t stack_limit;
    jmp_buf *handler;    /* the innermost `try`; NULL: none */
    struct value raised; /* the exception on its way, or being handled */
    struct span raised_at;
    const char *raised_trace;
    struct value result; /* of `return` */
    struct override *set;
    int nset;
    bool any_dotted;           /* a --set of a dotted name */
    FILE *prints;              /* where print() prints; NULL: nowhere */
    struct class *type[KINDS]; /* of built-in values, by kind */
    struct class *object, *exception, *layer, *keras_model, *sequential;
    struct keras *keras; /* keras.h */
    /* the exception whose handler runs, for `raise` alone; else empty */
    struct value handling;
    /* the last explain() was of something that an error has told: error_at() keeps silent */
    bool no_news;
};

/* ---- calls (call.c) ---- */

struct named {
    struct str *name;
    struct value value;
};

struct args {
    /* positional; v[-1] is writable: a bound method puts its object there */
    struct value *v;
    int n;
    struct named *named;
    int nnamed;
    struct span at;
    const struct node *node; /* the N_CALL, or NULL */
};

struct value call_value(struct eval *e, struct value f, struct args *a);
/* with n positional values */
struct value call_n(struct eval *e, struct value f, struct span at, int n, ...);
struct value call_function(struct eval *e, struct function *f, struct args *a);
/* Argument `i`, or the one of that name, or empty; `name` NULL: only by position. */
struct value arg(struct eval *e, const struct args *a, int i, const char *name);
struct value arg_or(struct eval *e, const struct args *a, int i, const char *name,
                    struct value fallback);
int64_t int_arg(struct eval *e, struct value v); /* raises TypeError */
/* raises TypeError */
void need_args(struct eval *e, const struct args *a, const char *name, int least, int most);
/* "in residual_block, called at line 40", or NULL */
const char *traceback(struct eval *e);

/* ---- expressions and statements ---- */

enum flow { GO, BREAK_LOOP, CONTINUE_LOOP, RETURN_VALUE, UNSURE_LOOP };

struct value eval(struct eval *e, struct scope *s, const struct node *n);
enum flow run_block(struct eval *e, struct scope *s, const struct node_list *b);
void assign(struct eval *e, struct scope *s, const struct node *target, struct value v);
void step(struct eval *e, struct span at); /* counts one; ends the evaluation past the limit */
void check_stack(struct eval *e);          /* raises RecursionError */
void run_match(struct eval *e, struct scope *s, const struct node *n, enum flow *flow);
struct value make_function(struct eval *e, struct scope *s, const struct node *n);
bool has_yield(const struct node_list *b);
bool yields(const struct node *n); /* does a yield stand in it? NULL: no */
struct value make_class(struct eval *e, struct scope *s, const struct node *n);
struct value decorate(struct eval *e, struct scope *s, const struct node *n, struct value v);

/* ---- scope.c ---- */

struct scope *scope_new(struct eval *e, struct scope *up, struct module *m,
                        const struct node *function);
struct str *name_of(struct eval *e, const struct node *n); /* n->text, interned */
/* NULL: nowhere */
struct value *scope_lookup(struct eval *e, struct scope *s, struct str *name);
void scope_set(struct eval *e, struct scope *s, struct str *name, struct value v);
void scope_delete(struct eval *e, struct scope *s, struct str *name);
struct value name_value(struct eval *e, struct scope *s, const struct node *n);

/* ---- unknown.c ---- */

struct value unknown(struct eval *e, const char *name, struct span at, const struct unknown *from);
struct value undefined_name(struct eval *e, const char *name, struct span at);
/* the result of what an error was reported for */
struct value unknown_told(struct eval *e);
/* what cnnc cannot do */
struct value not_supported(struct eval *e, struct span at, const char *format, ...)
    PRINTF_LIKE(3, 4);
/* v, under another name */
struct value unknown_as(struct eval *e, struct value v, const char *name, struct span at);
const struct unknown *why(struct value v);
void forget(struct eval *e, struct scope *s, const struct node_list *b,
            const struct unknown *because);
/* ": ..., set it with --set ..." */
const char *explain(struct eval *e, const struct unknown *u);
/* of --set a.b=...; empty where none */
struct value dotted_override(struct eval *e, const char *text);
/* is there a break or continue of the loop around it? */
bool leaves_loop(const struct node_list *b);
void read_overrides(struct eval *e);
/* the expression as written, shortened */
const char *source_text(struct eval *e, const struct node *n);
const char *settable(const struct unknown *u); /* the name for --set, or NULL */

/* ---- exceptions.c ---- */

NORETURN void raise_error(struct eval *e, const char *class, const char *format, ...)
    PRINTF_LIKE(3, 4);
NORETURN void raise_value(struct eval *e, struct value exception);
/* an error that no `except` catches */
NORETURN void fatal(struct eval *e, struct span at, const char *format, ...) PRINTF_LIKE(3, 4);
/* Runs body(e, data); false after an exception, which is then in e->raised. */
bool protect(struct eval *e, void (*body)(struct eval *e, void *data), void *data);
/* a place inside of keras.applications: the call that led there */
struct span span_of_user(struct eval *e, struct span at);
void report_raised(struct eval *e); /* as an error message */
/* reports, with the calls that led here; false */
bool error_at(struct eval *e, struct span at, const char *format, ...) PRINTF_LIKE(3, 4);
void warn_at(struct eval *e, struct span at, const char *format, ...) PRINTF_LIKE(3, 4);
void add_exceptions(struct eval *e);
enum flow run_try(struct eval *e, struct scope *s, const struct node *n);
enum flow run_raise(struct eval *e, struct scope *s, const struct node *n);
struct value new_exception(struct eval *e, const char *class, struct value message);

/* ---- operators.c ---- */

struct value binary(struct eval *e, const char *op, struct value a, struct value b,
                    const struct node *n);
struct value unary(struct eval *e, const char *op, struct value a, const struct node *n);
struct value compare(struct eval *e, const char *op, struct value a, struct value b,
                     const struct node *n);
int truth(struct eval *e, struct value v);                        /* 1, 0, or -1: unknown */
int equal_values(struct eval *e, struct value a, struct value b); /* the same */
bool is_same(struct value a, struct value b);                     /* Python's `is` */
/* <0, 0, >0; raises where they have no order */
int order(struct eval *e, struct value a, struct value b, bool *known);
int contains(struct eval *e, struct value container, struct value item);
int64_t floor_div(int64_t a, int64_t b);

/* ---- containers.c ---- */

/* The items of anything that can be iterated, in a fresh or shared list; NULL: unknown (then *v is
 * unknown). Raises TypeError. */
struct list *items_of(struct eval *e, struct value *v);
/* next item of V_ITERATOR; false at the end */
bool iterate(struct eval *e, struct value *iterator, struct value *next);
struct value iterator_of(struct eval *e, struct value v);
struct value new_iterator(struct eval *e, struct list *l);
struct value get_item(struct eval *e, struct value a, struct value i, const struct node *n);
void set_item(struct eval *e, struct value a, struct value i, struct value v);
void delete_item(struct eval *e, struct value a, struct value i);
int64_t length(struct eval *e, struct value v); /* -1: unknown; raises TypeError */
void slice_bounds(struct eval *e, struct list *slice, int64_t count, int64_t *from, int64_t *step,
                  int64_t *n);
void sort_items(struct eval *e, struct list *l, struct value key, bool reverse);
void add_containers(struct eval *e);

/* ---- lazy.c, comprehension.c ---- */

struct value lazy_iterator(struct eval *e,
                           bool (*more)(struct eval *e, struct iterator *it, struct value *item),
                           void *state);
struct value lazy_enumerate(struct eval *e, struct args *a);
struct value lazy_zip(struct eval *e, struct args *a);
struct value lazy_map(struct eval *e, struct args *a);
struct value lazy_filter(struct eval *e, struct args *a);
/* Makes it the iterator of a call of a generator; false: it has a yield where lazy.c keeps no
 * place. */
bool lazy_generator(struct eval *e, struct iterator *it, const struct function *f, struct scope *s);
struct value comprehension(struct eval *e, struct scope *s, const struct node *n);

/* ---- strings.c, format.c ---- */

void add_strings(struct eval *e);
struct value percent_format(struct eval *e, struct str *format, struct value args);
struct value format_value(struct eval *e, struct value v, const char *spec, size_t n);
struct value brace_format(struct eval *e, struct str *format, struct args *a);
struct str *substring(struct eval *e, const struct str *s, int64_t from, int64_t step, int64_t n);
int64_t offset_of(const struct str *s, int64_t index); /* bytes before a code point */

/* ---- classes.c ---- */

struct class *class_new(struct eval *e, const char *name, struct class **bases, int nbases);
/* methods; ends with a NULL name */
void class_add(struct eval *e, struct class *c, const struct builtin *table);
/* empty where absent */
struct value class_lookup(const struct class *c, const struct str *name);
struct value class_lookup_after(const struct class *mro, const struct class *after,
                                const struct str *name);
struct class *class_of(struct eval *e, struct value v);
bool is_subclass(const struct class *c, const struct class *of);
/* empty where absent */
struct value get_attribute(struct eval *e, struct value v, struct str *name, struct span at);
void set_attribute(struct eval *e, struct value v, struct str *name, struct value to,
                   struct span at);
struct value instantiate(struct eval *e, struct class *c, struct args *a);
struct value bind_method(struct eval *e, struct value f, struct value self, struct class *c);
/* a __method__ of an object's class, bound; else empty */
struct value special(struct eval *e, struct value v, struct str *name);
struct value make_super(struct eval *e, struct scope *s, struct args *a);
void add_classes(struct eval *e);
struct value dataclass(struct eval *e, struct class *c);
/* kind: W_PROPERTY, ... */
struct value make_wrapper(struct eval *e, enum wrapper_kind kind, struct value f);

/* ---- builtins.c, modules.c and the library ---- */

struct builtin_module {
    const char *name;
    const struct builtin *functions;                    /* ends with a NULL name */
    void (*fill)(struct eval *e, struct dict *globals); /* constants and classes; or NULL */
};

void add_builtins(struct eval *e);
void add_iteration(struct eval *e);
void add_table(struct eval *e, struct dict *to, const struct builtin *table);
void run_import(struct eval *e, struct scope *s, const struct node *n);
struct value module_attribute(struct eval *e, struct module *m, struct str *name, struct span at);
struct value space_attribute(struct eval *e, struct value space, struct str *name);
struct module *module_new(struct eval *e, const char *name);
extern const struct builtin_module module_math, module_os, module_os_path, module_functools,
    module_operator, module_copy, module_argparse, module_numpy, module_json, module_itertools;
extern const struct builtin_module *const library[];
struct value deep_copy(struct eval *e, struct value v, struct dict *done);

/* ---- numpy.c, numpy_functions.c ---- */

enum { MOST_ELEMENTS = 1 << 22 }; /* of an array whose values are kept */

struct value new_array(struct eval *e, struct shape s, enum dtype type);
/* from nested lists; unknown where it is not known */
struct value array_of(struct eval *e, struct value v);
struct value array_binary(struct eval *e, const char *op, struct value a, struct value b);
/* x where c, else y; broadcast */
struct value array_where(struct eval *e, struct value c, struct value x, struct value y);
struct value array_item(struct eval *e, struct value a, struct value i);
void array_set_item(struct eval *e, struct value a, struct value i, struct value v);
/* a += b: `to` is written into a, which is returned */
struct value array_update(struct eval *e, struct value a, struct value to);
/* v, known to be a view of `of` */
struct value array_alias(struct eval *e, struct value of, struct value v);
struct value array_copy(struct eval *e, struct value a); /* with memory of its own */
/* from 0 on; raises where there is no such axis */
int array_axis(struct eval *e, struct value v, int rank);
/* a view with as many elements */
struct value array_with_shape(struct eval *e, struct value v, struct shape s);
/* axis i of the result is axis order[i] of v */
struct value array_permuted(struct eval *e, struct value v, const int *order);
/* arrays one behind the other */
struct value array_joined(struct eval *e, const struct list *parts, int axis);
/* numpy_rearrange.c: np.f(x) and x.f() */
extern const struct builtin numpy_rearranging[];
struct value array_attribute(struct eval *e, struct value a, struct str *name);
struct value numpy_function(const char *name); /* "arange"; empty where there is none */
struct value array_scalar(double f, enum dtype type);
struct value unknown_array(struct eval *e, const struct unknown *u);
/* nested lists of numbers */
struct value array_list(struct eval *e, const struct number_array *a);

/* ---- choose.c ---- */

struct graph *choose_model(struct eval *e);

#endif
