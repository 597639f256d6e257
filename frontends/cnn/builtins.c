/* builtins.c - Python's built-in functions and types. */
#include "cnn/eval.h"
#include "cnn/keras.h"

#include <ctype.h>
#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static struct value plain(struct value v)
{
    return v.kind == V_OBJECT && v.object->base.kind != V_EMPTY ? v.object->base : v;
}

/* ---- numbers ---- */

static NORETURN void bad_literal(struct eval *e, int64_t base, struct str *s)
{
    raise_error(e, "ValueError", "invalid literal for int() with base %lld: %s", (long long)base,
                repr_of(e, of_str(s))->s);
}

static struct value int_of_text(struct eval *e, struct str *s, int64_t base)
{
    char *digits = arena_alloc(e->mem, s->size + 1), *end;
    size_t n = 0, from = 0, to = s->size;
    while (from < to && isspace((unsigned char)s->s[from]))
        from++;
    while (to > from && isspace((unsigned char)s->s[to - 1]))
        to--;
    const size_t sign = from < to && (s->s[from] == '-' || s->s[from] == '+');
    if (to - from > sign + 2 && s->s[from + sign] == '0'
        && isalpha((unsigned char)s->s[from + sign + 1])) {
        const int c = tolower((unsigned char)s->s[from + sign + 1]);
        const int64_t said = c == 'x' ? 16 : c == 'o' ? 8 : c == 'b' ? 2 : 0;
        if (said && (base == 0 || base == said)) {
            base = said;
            digits[n++] = sign ? s->s[from] : '+';
            from += sign + 2;
        }
    }
    base = base ? base : 10;
    for (size_t i = from; i < to; i++)
        if (s->s[i] != '_' || i == from || i + 1 == to || s->s[i - 1] == '_')
            digits[n++] = s->s[i];
    errno = 0;
    const long long v = strtoll(digits, &end, (int)base);
    if (errno == ERANGE)
        raise_error(e, "OverflowError", "the number %s is past 64 bits", s->s);
    if (!n || *end || isspace((unsigned char)digits[0]))
        bad_literal(e, base, s);
    return of_int(v);
}

static struct value make_int(struct eval *e, struct args *a)
{
    struct value v = plain(arg_or(e, a, 0, NULL, of_int(0)));
    if (v.kind == V_STRING || v.kind == V_BYTES)
        return int_of_text(e, v.s, int_arg(e, arg_or(e, a, 1, "base", of_int(10))));
    if (v.kind == V_ARRAY && v.array->item && shape_count(&v.array->shape) == 1)
        v = of_float(v.array->item[0]);
    if (v.kind == V_FLOAT) {
        if (isnan(v.f))
            raise_error(e, "ValueError", "cannot convert float NaN to integer");
        if (isinf(v.f))
            raise_error(e, "OverflowError", "cannot convert float infinity to integer");
        if (fabs(v.f) >= 9223372036854775808.0)
            raise_error(e, "OverflowError", "the number is past 64 bits");
        return of_int((int64_t)v.f);
    }
    if (is_whole(v))
        return of_int(v.i);
    const struct value f = special(e, v, e->n.__int__),
                       g = f.kind == V_EMPTY ? special(e, v, e->n.__index__) : f;
    if (g.kind != V_EMPTY)
        return call_n(e, g, a->at, 0);
    if (v.kind == V_ARRAY || v.kind == V_TENSOR || v.kind == V_SPACE || v.kind == V_OBJECT)
        return unknown(e, a->node ? source_text(e, a->node) : "int", a->at, NULL);
    raise_error(e, "TypeError",
                "int() argument must be a string, a bytes-like object or a real number, not '%s'",
                type_name(e, v));
}

static struct value make_float(struct eval *e, struct args *a)
{
    struct value v = plain(arg_or(e, a, 0, NULL, of_float(0)));
    if (v.kind == V_ARRAY && v.array->item && shape_count(&v.array->shape) == 1)
        v = of_float(v.array->item[0]);
    if (is_number(v))
        return of_float(number(v));
    if (v.kind == V_STRING) {
        char *copy = arena_alloc(e->mem, v.s->size + 1), *end, *to = copy;
        for (size_t i = 0; i < v.s->size; i++)
            if (v.s->s[i] != '_')
                *to++ = v.s->s[i];
        const double f = strtod(copy, &end);
        while (isspace((unsigned char)*end))
            end++;
        if (end == copy || *end || strpbrk(copy, "xX"))
            raise_error(e, "ValueError", "could not convert string to float: %s", repr_of(e, v)->s);
        return of_float(f);
    }
    const struct value f = special(e, v, e->n.__float__);
    if (f.kind != V_EMPTY)
        return call_n(e, f, a->at, 0);
    if (v.kind == V_ARRAY || v.kind == V_TENSOR || v.kind == V_SPACE || v.kind == V_OBJECT)
        return unknown(e, "float", a->at, NULL);
    raise_error(e, "TypeError", "float() argument must be a string or a real number, not '%s'",
                type_name(e, v));
}

static struct value make_bool(struct eval *e, struct args *a)
{
    const int t = a->n ? truth(e, a->v[0]) : 0;
    return t < 0 ? unknown(e, "bool", a->at, why(a->v[0])) : of_bool(t);
}

static struct value b_abs(struct eval *e, struct args *a)
{
    need_args(e, a, "abs()", 1, 1);
    const struct value v = a->v[0];
    if (v.kind == V_FLOAT)
        return of_float(fabs(v.f));
    if (is_whole(v) && v.i != INT64_MIN)
        return of_int(v.i < 0 ? -v.i : v.i);
    const struct value f = special(e, v, e->n.__abs__);
    if (f.kind != V_EMPTY)
        return call_n(e, f, a->at, 0);
    if (v.kind == V_TENSOR)
        return keras_function(e, "abs", a);
    raise_error(e, "TypeError", "bad operand type for abs(): '%s'", type_name(e, v));
}

static struct value b_round(struct eval *e, struct args *a)
{
    const struct value v = arg(e, a, 0, "number"), digits = arg_or(e, a, 1, "ndigits", NONE);
    if (v.kind == V_TENSOR || v.kind == V_ARRAY || v.kind == V_OBJECT)
        return unknown(e, "round", a->at, NULL);
    if (!is_number(v))
        raise_error(e, "TypeError", "type %s doesn't define __round__ method", type_name(e, v));
    if (is_whole(v)) {
        if (digits.kind == V_NONE || int_arg(e, digits) >= 0)
            return of_int(v.i);
        int64_t unit = 1;
        for (int64_t k = 0; k > digits.i && unit < INT64_MAX / 10; k--)
            unit *= 10;
        const int64_t low = floor_div(v.i, unit) * unit, rest = v.i - low;
        return of_int(rest * 2 > unit || (rest * 2 == unit && floor_div(low, unit) % 2) ? low + unit
                                                                                        : low);
    }
    if (digits.kind == V_NONE) {
        if (isnan(v.f) || isinf(v.f) || fabs(v.f) > 9e18)
            raise_error(e, isnan(v.f) ? "ValueError" : "OverflowError",
                        "cannot convert float %s to integer", isnan(v.f) ? "NaN" : "infinity");
        return of_int((int64_t)nearbyint(v.f));
    }
    const int64_t n = int_arg(e, digits);
    if (n > 300 || isnan(v.f) || isinf(v.f))
        return v;
    if (n >= 0)
        return of_float(strtod(arena_printf(e->mem, "%.*f", (int)n, v.f), NULL));
    const double unit = pow(10, (double)-n);
    return of_float(nearbyint(v.f / unit) * unit);
}

static struct value b_divmod(struct eval *e, struct args *a)
{
    need_args(e, a, "divmod", 2, 2);
    return pair(e, binary(e, "//", a->v[0], a->v[1], a->node),
                binary(e, "%", a->v[0], a->v[1], a->node));
}

static struct value b_pow(struct eval *e, struct args *a)
{
    if (a->n == 3) {
        int64_t r = 1, m = int_arg(e, a->v[2]), base = int_arg(e, a->v[0]), n = int_arg(e, a->v[1]);
        if (!m)
            raise_error(e, "ValueError", "pow() 3rd argument cannot be 0");
        for (base %= m; n > 0; n >>= 1) {
            if (n & 1)
                r = (int64_t)((__extension__(__int128) r * base) % m);
            base = (int64_t)((__extension__(__int128) base * base) % m);
        }
        r %= m;
        return of_int(r && (r < 0) != (m < 0) ? r + m : r);
    }
    need_args(e, a, "pow", 2, 2);
    return binary(e, "**", a->v[0], a->v[1], a->node);
}

static struct value in_base(struct eval *e, struct args *a, const char *format)
{
    const int64_t i = int_arg(e, a->n ? a->v[0] : EMPTY);
    return format_value(e, of_int(i), format, 2);
}

static struct value b_hex(struct eval *e, struct args *a)
{
    return in_base(e, a, "#x");
}
static struct value b_oct(struct eval *e, struct args *a)
{
    return in_base(e, a, "#o");
}
static struct value b_bin(struct eval *e, struct args *a)
{
    return in_base(e, a, "#b");
}

static struct value b_chr(struct eval *e, struct args *a)
{
    const int64_t i = int_arg(e, a->n ? a->v[0] : EMPTY);
    struct chars c = { 0 };
    if (i < 0 || i > 0x10ffff)
        raise_error(e, "ValueError", "chr() arg not in range(0x110000)");
    chars_code(e, &c, (uint32_t)i);
    return chars_value(e, &c);
}

static struct value b_ord(struct eval *e, struct args *a)
{
    int used;
    if (!a->n || a->v[0].kind != V_STRING)
        raise_error(e, "TypeError", "ord() expected string of length 1, but %s found",
                    a->n ? type_name(e, a->v[0]) : "nothing");
    if (a->v[0].s->length != 1)
        raise_error(e, "TypeError", "ord() expected a character, but string of length %lld found",
                    (long long)a->v[0].s->length);
    return of_int(code_at(a->v[0].s->s, &used));
}

/* ---- text ---- */

static struct value make_str(struct eval *e, struct args *a)
{
    return a->n ? of_str(a->v[0].kind == V_BYTES && a->n > 1 ? a->v[0].s : str_of(e, a->v[0]))
                : of_text(e, "");
}

static struct value make_bytes(struct eval *e, struct args *a)
{
    return a->n && (a->v[0].kind == V_STRING || a->v[0].kind == V_BYTES)
               ? (struct value){ .kind = V_BYTES, .s = a->v[0].s }
               : unknown(e, "bytes", a->at, NULL);
}

static struct value b_repr(struct eval *e, struct args *a)
{
    return of_str(repr_of(e, arg(e, a, 0, NULL)));
}

static struct value b_format(struct eval *e, struct args *a)
{
    const struct value spec = arg_or(e, a, 1, NULL, of_text(e, ""));
    return format_value(e, a->v[0], spec.s->s, spec.s->size);
}

static struct value b_print(struct eval *e, struct args *a)
{
    const struct value sep = arg_or(e, a, -1, "sep", NONE), end = arg_or(e, a, -1, "end", NONE);
    if (!e->prints || arg(e, a, -1, "file").kind != V_EMPTY)
        return NONE;
    for (int i = 0; i < a->n; i++) {
        const struct str *s = str_of(e, a->v[i]);
        if (i)
            fputs(sep.kind == V_STRING ? sep.s->s : " ", e->prints);
        fwrite(s->s, 1, s->size, e->prints);
    }
    fputs(end.kind == V_STRING ? end.s->s : "\n", e->prints);
    return NONE;
}

/* ---- types and attributes ---- */

static int is_instance(struct eval *e, struct value v, struct value type)
{
    if (type.kind == V_TUPLE) {
        int any = 0;
        for (int64_t i = 0; i < type.list->count; i++) {
            const int t = is_instance(e, v, type.list->item[i]);
            if (t == 1)
                return 1;
            any = t < 0 ? -1 : any;
        }
        return any;
    }
    if (type.kind == V_UNKNOWN || type.kind == V_SPACE)
        return v.kind == V_UNKNOWN || type.kind == V_UNKNOWN
                   ? (v.kind == V_OBJECT || v.kind == V_UNKNOWN || v.kind == V_TENSOR
                              || v.kind == V_ARRAY
                          ? -1
                          : 0)
                   : keras_is_instance(e, v, type.s->s);
    if (v.kind == V_UNKNOWN)
        return -1;
    if (type.kind == V_BUILTIN && strcmp(type.builtin->name, "callable") == 0)
        return v.kind == V_FUNCTION || v.kind == V_METHOD || v.kind == V_BUILTIN
               || v.kind == V_CLASS || v.kind == V_WRAPPER;
    if (type.kind != V_CLASS)
        raise_error(e, "TypeError",
                    "isinstance() arg 2 must be a type, a tuple of types, or a union");
    if (v.kind == V_OBJECT && v.object->base.kind != V_EMPTY
        && is_subclass(e->type[v.object->base.kind], type.class))
        return 1;
    const struct class *c = class_of(e, v);
    return is_subclass(c, type.class)                                     ? 1
           : c->open && v.kind == V_OBJECT && type.class->base != B_VALUE ? -1
                                                                          : 0;
}

static struct value b_isinstance(struct eval *e, struct args *a)
{
    need_args(e, a, "isinstance", 2, 2);
    const int t = is_instance(e, a->v[0], a->v[1]);
    return t < 0 ? unknown(e, a->node ? source_text(e, a->node) : "isinstance", a->at, why(a->v[0]))
                 : of_bool(t);
}

static struct value b_issubclass(struct eval *e, struct args *a)
{
    const struct value c = a->v[0], of = a->v[1];
    if (c.kind != V_CLASS)
        raise_error(e, "TypeError", "issubclass() arg 1 must be a class");
    for (int64_t i = 0; of.kind == V_TUPLE && i < of.list->count; i++)
        if (of.list->item[i].kind == V_CLASS && is_subclass(c.class, of.list->item[i].class))
            return of_bool(true);
    return of_bool(of.kind == V_CLASS && is_subclass(c.class, of.class));
}

static struct value make_type(struct eval *e, struct args *a)
{
    if (a->n == 3 && a->v[0].kind == V_STRING && a->v[1].kind == V_TUPLE
        && a->v[2].kind == V_DICT) {
        struct class **bases = NULL;
        int n = 0;
        for (int64_t i = 0; i < a->v[1].list->count; i++)
            if (a->v[1].list->item[i].kind == V_CLASS)
                APPEND(e->mem, bases, n, a->v[1].list->item[i].class);
        if (!n)
            APPEND(e->mem, bases, n, e->object);
        struct class *c = class_new(e, a->v[0].s->s, bases, n);
        dict_update(e, c->attributes, a->v[2].dict);
        return (struct value){ .kind = V_CLASS, .class = c };
    }
    if (a->n != 1)
        raise_error(e, "TypeError", "type() takes 1 or 3 arguments");
    return a->v[0].kind == V_UNKNOWN || a->v[0].kind == V_SPACE
               ? unknown(e, "type", a->at, why(a->v[0]))
               : (struct value){ .kind = V_CLASS, .class = class_of(e, a->v[0]) };
}

static struct str *name_arg(struct eval *e, struct args *a)
{
    if (a->n < 2 || a->v[1].kind != V_STRING)
        raise_error(e, "TypeError", "attribute name must be string");
    return str_intern(e, a->v[1].s->s, a->v[1].s->size);
}

static struct value b_getattr(struct eval *e, struct args *a)
{
    if (a->n > 1 && a->v[1].kind == V_UNKNOWN)
        return unknown(e, "getattr", a->at, a->v[1].unknown);
    struct str *name = name_arg(e, a);
    const struct value v = get_attribute(e, a->v[0], name, a->at);
    if (v.kind != V_EMPTY)
        return v;
    if (a->n < 3)
        raise_error(e, "AttributeError", "'%s' object has no attribute '%s'", type_name(e, a->v[0]),
                    name->s);
    return a->v[2];
}

static struct value b_callable(struct eval *e, struct args *a);

static struct value b_hasattr(struct eval *e, struct args *a)
{
    const struct str *name = name_arg(e, a);
    const enum value_kind kind = a->v[0].kind;
    if (name == e->n.__call__)
        return b_callable(e, a);
    if ((name == e->n.__len__ || name == e->n.__iter__ || name == e->n.__getitem__
         || name == e->n.__contains__)
        && (is_items(a->v[0]) || is_setlike(a->v[0]) || kind == V_DICT || kind == V_STRING
            || kind == V_RANGE || kind == V_BYTES))
        return of_bool(name != e->n.__getitem__ || !is_setlike(a->v[0]));
    const struct value v =
        a->v[0].kind == V_UNKNOWN ? UNKNOWN : get_attribute(e, a->v[0], name_arg(e, a), a->at);
    return v.kind == V_UNKNOWN && a->v[0].kind != V_OBJECT ? unknown(e, "hasattr", a->at, v.unknown)
                                                           : of_bool(v.kind != V_EMPTY);
}

static struct value b_setattr(struct eval *e, struct args *a)
{
    need_args(e, a, "setattr", 3, 3);
    set_attribute(e, a->v[0], name_arg(e, a), a->v[2], a->at);
    return NONE;
}

static struct value b_delattr(struct eval *e, struct args *a)
{
    if (a->v[0].kind == V_OBJECT)
        dict_remove(e, a->v[0].object->attributes, a->v[1], NULL);
    return NONE;
}

static struct value b_callable(struct eval *e, struct args *a)
{
    const struct value v = a->v[0];
    return v.kind == V_UNKNOWN
               ? v
               : of_bool(v.kind == V_FUNCTION || v.kind == V_METHOD || v.kind == V_BUILTIN
                         || v.kind == V_CLASS || v.kind == V_WRAPPER || v.kind == V_SPACE
                         || (v.kind == V_OBJECT
                             && (v.object->layer || special(e, v, e->n.__call__).kind != V_EMPTY)));
}

static struct value b_vars(struct eval *e, struct args *a)
{
    if (a->n && a->v[0].kind == V_OBJECT)
        return (struct value){ .kind = V_DICT, .dict = a->v[0].object->attributes };
    return a->n ? unknown(e, "vars", a->at, why(a->v[0]))
                : (struct value){ .kind = V_DICT, .dict = e->main->globals };
}

static struct value b_id(struct eval *e, struct args *a)
{
    (void)e;
    return of_int((int64_t)(uintptr_t)a->v[0].s);
}
static struct value b_hash(struct eval *e, struct args *a)
{
    return of_int((int64_t)(hash_of(e, a->v[0]) >> 3));
}
static struct value b_unknown(struct eval *e, struct args *a)
{
    return unknown(e, a->node ? source_text(e, a->node) : NULL, a->at, NULL);
}

static struct value b_exit(struct eval *e, struct args *a)
{
    (void)a;
    raise_value(e, new_exception(e, "SystemExit", EMPTY));
}

struct value make_wrapper(struct eval *e, enum wrapper_kind kind, struct value f)
{
    struct value w = { .kind = V_WRAPPER, .wrapper = NEW(e->mem, struct wrapper) };
    w.wrapper->kind = kind;
    w.wrapper->function = f;
    w.wrapper->setter = w.wrapper->self = EMPTY;
    return w;
}

static struct value b_property(struct eval *e, struct args *a)
{
    const struct value p = make_wrapper(e, W_PROPERTY, arg(e, a, 0, "fget"));
    p.wrapper->setter = arg(e, a, 1, "fset");
    return p;
}

static struct value b_static(struct eval *e, struct args *a)
{
    return make_wrapper(e, W_STATIC, a->v[0]);
}
static struct value b_classmethod(struct eval *e, struct args *a)
{
    return make_wrapper(e, W_CLASSMETHOD, a->v[0]);
}

static const struct builtin functions[] = { { "abs", b_abs, false },
                                            { "round", b_round, false },
                                            { "divmod", b_divmod, false },
                                            { "pow", b_pow, false },
                                            { "hex", b_hex, false },
                                            { "oct", b_oct, false },
                                            { "bin", b_bin, false },
                                            { "chr", b_chr, false },
                                            { "ord", b_ord, false },
                                            { "repr", b_repr, false },
                                            { "ascii", b_repr, false },
                                            { "format", b_format, false },
                                            { "print", b_print, true },
                                            { "isinstance", b_isinstance, true },
                                            { "issubclass", b_issubclass, false },
                                            { "getattr", b_getattr, true },
                                            { "hasattr", b_hasattr, true },
                                            { "setattr", b_setattr, true },
                                            { "delattr", b_delattr, false },
                                            { "callable", b_callable, false },
                                            { "vars", b_vars, false },
                                            { "globals", b_vars, false },
                                            { "locals", b_unknown, true },
                                            { "dir", b_unknown, true },
                                            { "id", b_id, true },
                                            { "hash", b_hash, false },
                                            { "input", b_unknown, true },
                                            { "open", b_unknown, true },
                                            { "compile", b_unknown, true },
                                            { "eval", b_unknown, true },
                                            { "exec", b_unknown, true },
                                            { "complex", b_unknown, true },
                                            { "memoryview", b_unknown, true },
                                            { "bytearray", b_unknown, true },
                                            { "__import__", b_unknown, true },
                                            { "exit", b_exit, true },
                                            { "quit", b_exit, true },
                                            { "property", b_property, true },
                                            { "staticmethod", b_static, true },
                                            { "classmethod", b_classmethod, true },
                                            { 0 } };

static const struct {
    enum value_kind kind;
    struct value (*make)(struct eval *e, struct args *a);
} types[] = { { V_INT, make_int },    { V_FLOAT, make_float }, { V_BOOL, make_bool },
              { V_STRING, make_str }, { V_BYTES, make_bytes }, { V_CLASS, make_type } };

/* Types whose arguments may be unknown go through their makers too: unknown in, unknown out. */
void add_builtins(struct eval *e)
{
    add_table(e, e->builtins, functions);
    for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
        e->type[types[i].kind]->make = types[i].make;
        dict_set_name(e, e->builtins, e->type[types[i].kind]->name,
                      (struct value){ .kind = V_CLASS, .class = e->type[types[i].kind] });
    }
    dict_set_name(e, e->builtins, intern(e, "object"),
                  (struct value){ .kind = V_CLASS, .class = e->object });
    dict_set_name(e, e->builtins, intern(e, "super"), make_wrapper(e, W_SUPER, EMPTY));
    dict_set_name(e, e->builtins, intern(e, "NotImplemented"), of_kind(V_NOT_IMPLEMENTED));
    dict_set_name(e, e->builtins, intern(e, "Ellipsis"), of_kind(V_ELLIPSIS));
    dict_set_name(e, e->builtins, intern(e, "__debug__"), of_bool(true));
    e->type[V_CLASS]->base = B_VALUE;
    add_iteration(e);
}
