/*
 * value.h - the values of the language: Python's own, those of Keras, and unknown.
 *
 * A value is 16 bytes; lists, dicts and objects are shared by reference as in Python. Everything
 * lives in the arena of the compilation and is never freed.
 */
#ifndef CNNC_VALUE_H
#define CNNC_VALUE_H

#include "cnn/ast.h"
#include "ir/ir.h"

struct eval;
struct args;

enum value_kind {
    V_EMPTY,   /* no value: a deleted entry, an argument that is not given */
    V_UNKNOWN, /* unknown: why, may be NULL */
    V_NONE,
    V_ELLIPSIS,
    V_NOT_IMPLEMENTED,
    V_BOOL,
    V_INT,   /* i */
    V_FLOAT, /* f */
    V_STRING,
    V_BYTES, /* s */
    V_TUPLE,
    V_LIST, /* list */
    V_SET,
    V_FROZENSET,
    V_DICT,     /* dict */
    V_RANGE,    /* range */
    V_SLICE,    /* list of three */
    V_ITERATOR, /* iterator */
    V_FUNCTION, /* function */
    V_BUILTIN,  /* builtin */
    V_METHOD,   /* method */
    /* wrapper: property, staticmethod, classmethod, partial, super, lru_cache */
    V_WRAPPER,
    V_CLASS,    /* class */
    V_OBJECT,   /* object */
    V_MODULE,   /* module: one that is evaluated, or a part of Python's library */
    V_SPACE,    /* s: a dotted name of Keras or TensorFlow, "tf.nn.relu" */
    V_ARRAY,    /* array: of numpy, and tf.constant */
    V_TENSOR,   /* tensor of the graph */
    V_VARIABLE, /* variable: a weight made by add_weight */
    KINDS
};

struct value {
    enum value_kind kind;
    union {
        int64_t i;
        double f;
        const struct unknown *unknown;
        struct str *s;
        struct list *list;
        struct dict *dict;
        struct range *range;
        struct iterator *iterator;
        struct function *function;
        const struct builtin *builtin;
        struct method *method;
        struct wrapper *wrapper;
        struct class *class;
        struct object *object;
        struct module *module;
        struct number_array *array;
        struct tensor *tensor;
        struct variable *variable;
    };
};

struct str {
    const char *s; /* UTF-8 with a NUL behind */
    size_t size;
    int64_t length; /* code points; equal to size: ASCII */
    uint64_t hash;
    bool interned;        /* the only one with this text in its evaluation */
    struct override *set; /* --set gives a value for this name */
};

/* why a value is not known: a chain from the name in hand to where it began */
struct unknown {
    const char *name; /* as the user would write it: "num_classes", "y_train.shape[1]" */
    struct span at;
    const struct unknown *from; /* what it was computed from, or NULL */
    bool undefined;             /* a name that nothing in the text defines */
    /* `name` is something that cnnc cannot do, not a value that is missing */
    bool unsupported;
    bool told; /* an error was reported for it: what comes of it is no news */
};

/* open: it may hold other items, too */
struct list {
    struct value *item;
    int64_t count, room;
    const struct unknown *open;
};

struct entry {
    struct value key, value;
    uint64_t hash;
};
struct dict { /* in order of insertion; of a set the values are None */
    struct entry *entry;
    int64_t used, room; /* deleted entries have an empty key */
    int64_t count;
    int32_t *index;
    int64_t slots; /* from hash to entry + 1; NULL while small */
    const struct unknown *open;
    struct value missing; /* of a defaultdict: its factory; else empty */
    bool counter;         /* collections.Counter: an absent key is 0 */
};

struct range {
    int64_t start, stop, step;
};

struct iterator {
    struct list *list;
    int64_t at; /* items made beforehand */
    bool endless;
    int64_t start, step; /* itertools.count */
    bool cycle;          /* starts again at the end */
    /* run to its end when it is first asked */
    const struct function *generator;
    struct scope *scope;
    bool cut; /* a generator that gave more items than were taken */
    /* computes the next item; false: there is none */
    bool (*more)(struct eval *e, struct iterator *it, struct value *item);
    void *state; /* of more() */
    bool ended;
    const struct unknown *unsure; /* after the end: it may have other items, too; why */
};

struct function {
    const struct node *node; /* N_FUNCTION or N_LAMBDA */
    struct scope *scope;     /* where it was made */
    struct value *defaults;  /* by parameter; empty where none */
    struct module *module;
    struct class *owner;     /* the class in whose body it stands: for super() */
    struct dict *attributes; /* f.x = ..., or NULL */
    const char *name;        /* functools.wraps changes it */
    /* lru_cache and the like: the function to call instead; else empty */
    struct value wrapped;
    bool is_generator;
};

struct builtin {
    const char *name;
    struct value (*call)(struct eval *e, struct args *a);
    bool takes_unknown; /* called with unknown arguments; else the result is unknown then */
};

struct method {
    struct value self, function;
};

enum wrapper_kind { W_PROPERTY, W_STATIC, W_CLASSMETHOD, W_PARTIAL, W_SUPER, W_CACHED };

struct wrapper {
    enum wrapper_kind kind;
    /* W_SUPER: self, and the class behind which to look */
    struct value function, setter, self;
    struct class *class;
    /* of W_PARTIAL; named: results of W_CACHED by their arguments */
    struct list *args;
    struct dict *named;
};

enum base { B_OBJECT, B_TYPE, B_EXCEPTION, B_LAYER, B_MODEL, B_SEQUENTIAL, B_VALUE };

struct class
{
    struct str *name;
    enum base base;
    struct class **bases;
    int nbases;
    struct class **mro;
    int nmro; /* itself first */
    struct dict *attributes;
    const struct opdef *def; /* a layer of the op table */
    /* of built-in types; NULL: an object */
    struct value (*make)(struct eval *e, struct args *a);
    const struct unknown *open; /* a base is not known */
    struct list *fields;        /* of a dataclass or namedtuple: (name, default) */
    bool is_enum;
};

struct object {
    struct class *class;
    struct dict *attributes;
    struct layer *layer; /* of Keras layers and models */
    /* what it is besides: the dict, list, str, int that its class derives from; else empty */
    struct value base;
};

struct module {
    /* path: its directory if it is a package; NULL: of Python's library */
    const char *name, *path;
    struct dict *globals;
    struct scope *scope;
    const struct builtin_module *builtin;
    bool is_package;
    int depth;                   /* packages between it and the directory where the search began */
    const struct source *source; /* its text, or NULL */
};

struct scope {
    struct scope *up; /* where names are looked up next; NULL: globals */
    struct dict *names;
    struct module *module;
    /* its N_FUNCTION, N_LAMBDA or N_CLASS; NULL: a module or a comprehension */
    const struct node *function;
    bool is_class, is_comprehension;
    struct dict *redirected; /* names declared global (None) or nonlocal (True) */
    struct class *owner;     /* of a function that stands in a class */
    struct value self;       /* first argument, for super() */
    struct list *yields;     /* of a generator that runs */
    int64_t most_yields;
    void *full;                   /* jmp_buf to leave the generator by */
    const struct unknown *unsure; /* whether it returned before depends on this */
};

struct number_array {        /* small constant arrays; values in double, ints exact to 2^53 */
    struct shape shape;      /* rank 0: a scalar */
    double *item;            /* NULL: only the shape is known */
    enum dtype type;         /* F64, F32, I64, BOOL, ... */
    struct aliases *aliases; /* NULL: nothing else may show its memory */
    bool stored;             /* read from a file: its type is meant, float64 as well */
};

/* Arrays that NumPy has as views of one memory. Here each has a copy: where one is written, the
 * others are not known any more. */
struct aliases {
    struct number_array **item;
    int count;
};

/* ---- making values (value.c) ---- */

static inline struct value of_kind(enum value_kind kind)
{
    return (struct value){ .kind = kind, .i = 0 };
}
static inline struct value of_int(int64_t i)
{
    return (struct value){ .kind = V_INT, .i = i };
}
static inline struct value of_bool(bool b)
{
    return (struct value){ .kind = V_BOOL, .i = b };
}
static inline struct value of_float(double f)
{
    return (struct value){ .kind = V_FLOAT, .f = f };
}
static inline struct value of_str(struct str *s)
{
    return (struct value){ .kind = V_STRING, .s = s };
}
#define NONE of_kind(V_NONE)
#define EMPTY of_kind(V_EMPTY)
#define UNKNOWN of_kind(V_UNKNOWN)

struct str *str_new(struct eval *e, const char *s, size_t n);
struct str *str_intern(struct eval *e, const char *s, size_t n);
struct str *intern(struct eval *e, const char *s);   /* the same for a C string */
struct value of_text(struct eval *e, const char *s); /* a fresh string value */
struct value of_bytes_text(struct eval *e, const char *s, size_t n);
struct value printed(struct eval *e, const char *format, ...) PRINTF_LIKE(2, 3);

struct value new_list(struct eval *e, enum value_kind kind); /* V_LIST, V_TUPLE or V_SLICE */
struct value new_dict(struct eval *e, enum value_kind kind); /* V_DICT, V_SET or V_FROZENSET */
void list_push(struct eval *e, struct list *l, struct value v);
void list_insert(struct eval *e, struct list *l, int64_t at, struct value v);
struct value list_remove(struct list *l, int64_t at);
struct value pair(struct eval *e, struct value a, struct value b); /* a tuple */

/* empty where absent */
struct value dict_get(struct eval *e, const struct dict *d, struct value key);
void dict_set(struct eval *e, struct dict *d, struct value key, struct value v);
bool dict_remove(struct eval *e, struct dict *d, struct value key, struct value *old);
/* by interned name: fast; empty where absent */
struct value dict_name(const struct dict *d, const struct str *interned);
void dict_set_name(struct eval *e, struct dict *d, struct str *interned, struct value v);
struct dict *dict_copy(struct eval *e, const struct dict *d);
void dict_update(struct eval *e, struct dict *to, const struct dict *from);

/* raises TypeError for lists and the like */
uint64_t hash_of(struct eval *e, struct value v);
static inline bool is_number(struct value v)
{
    return v.kind == V_INT || v.kind == V_FLOAT || v.kind == V_BOOL;
}
static inline bool is_whole(struct value v)
{
    return v.kind == V_INT || v.kind == V_BOOL;
}
static inline double number(struct value v)
{
    return v.kind == V_FLOAT ? v.f : (double)v.i;
}
static inline bool is_items(struct value v)
{
    return v.kind == V_TUPLE || v.kind == V_LIST;
}
static inline bool is_setlike(struct value v)
{
    return v.kind == V_SET || v.kind == V_FROZENSET;
}
static inline bool same_text(const struct str *s, const char *t)
{
    return __builtin_strcmp(s->s, t) == 0;
}

/* ---- text that grows in the arena ---- */
struct chars {
    char *s;
    size_t n, room;
};
void chars_add(struct eval *e, struct chars *c, const char *s, size_t n);
void chars_put(struct eval *e, struct chars *c, const char *s);
void chars_code(struct eval *e, struct chars *c, uint32_t code); /* a code point in UTF-8 */
struct value chars_value(struct eval *e, const struct chars *c);
/* Reads one code point; *used its bytes. */
uint32_t code_at(const char *s, int *used);

/* ---- repr.c ---- */
struct str *str_of(struct eval *e, struct value v);  /* str(v) */
struct str *repr_of(struct eval *e, struct value v); /* repr(v) */
const char *float_repr(struct eval *e, double f);
/* as Python's messages call it: "int", "NoneType" */
const char *type_name(struct eval *e, struct value v);

#endif
