/* library.c - what model code uses of Python's library: math, os.path, functools, copy, operator
 * and some names of others. */
#include "cnn/eval.h"

#include <math.h>
#include <string.h>

static double real(struct eval *e, struct args *a, int i)
{
    if (i >= a->n)
        raise_error(e, "TypeError", "a number is missing");
    if (a->v[i].kind == V_ARRAY && a->v[i].array->item && shape_count(&a->v[i].array->shape) == 1)
        return a->v[i].array->item[0];
    if (!is_number(a->v[i]))
        raise_error(e, "TypeError", "must be real number, not %s", type_name(e, a->v[i]));
    return number(a->v[i]);
}

static struct value whole(struct eval *e, double f)
{
    if (isnan(f) || isinf(f) || fabs(f) > 9e18)
        raise_error(e, "OverflowError", "cannot convert float to a 64-bit integer");
    return of_int((int64_t)f);
}

/* ---- math ---- */

static struct value checked(struct eval *e, double r, bool fits)
{
    if (!fits || isnan(r))
        raise_error(e, "ValueError", "math domain error");
    return of_float(r);
}

static struct value m_floor(struct eval *e, struct args *a)
{
    return a->n && is_whole(a->v[0]) ? of_int(a->v[0].i) : whole(e, floor(real(e, a, 0)));
}
static struct value m_ceil(struct eval *e, struct args *a)
{
    return a->n && is_whole(a->v[0]) ? of_int(a->v[0].i) : whole(e, ceil(real(e, a, 0)));
}
static struct value m_trunc(struct eval *e, struct args *a)
{
    return whole(e, trunc(real(e, a, 0)));
}
static struct value m_sqrt(struct eval *e, struct args *a)
{
    return checked(e, sqrt(real(e, a, 0)), real(e, a, 0) >= 0);
}
static struct value m_exp(struct eval *e, struct args *a)
{
    return of_float(exp(real(e, a, 0)));
}
static struct value m_log2(struct eval *e, struct args *a)
{
    return checked(e, log2(real(e, a, 0)), real(e, a, 0) > 0);
}
static struct value m_log10(struct eval *e, struct args *a)
{
    return checked(e, log10(real(e, a, 0)), real(e, a, 0) > 0);
}
static struct value m_log1p(struct eval *e, struct args *a)
{
    return checked(e, log1p(real(e, a, 0)), real(e, a, 0) > -1);
}
static struct value m_sin(struct eval *e, struct args *a)
{
    return of_float(sin(real(e, a, 0)));
}
static struct value m_cos(struct eval *e, struct args *a)
{
    return of_float(cos(real(e, a, 0)));
}
static struct value m_tan(struct eval *e, struct args *a)
{
    return of_float(tan(real(e, a, 0)));
}
static struct value m_atan(struct eval *e, struct args *a)
{
    return of_float(atan(real(e, a, 0)));
}
static struct value m_atan2(struct eval *e, struct args *a)
{
    return of_float(atan2(real(e, a, 0), real(e, a, 1)));
}
static struct value m_tanh(struct eval *e, struct args *a)
{
    return of_float(tanh(real(e, a, 0)));
}
static struct value m_fabs(struct eval *e, struct args *a)
{
    return of_float(fabs(real(e, a, 0)));
}
static struct value m_pow(struct eval *e, struct args *a)
{
    return of_float(pow(real(e, a, 0), real(e, a, 1)));
}
static struct value m_fmod(struct eval *e, struct args *a)
{
    return checked(e, fmod(real(e, a, 0), real(e, a, 1)), true);
}
static struct value m_hypot(struct eval *e, struct args *a)
{
    return of_float(hypot(real(e, a, 0), real(e, a, 1)));
}
static struct value m_isnan(struct eval *e, struct args *a)
{
    return of_bool(isnan(real(e, a, 0)));
}
static struct value m_isinf(struct eval *e, struct args *a)
{
    return of_bool(isinf(real(e, a, 0)));
}
static struct value m_isfinite(struct eval *e, struct args *a)
{
    return of_bool(isfinite(real(e, a, 0)));
}
static struct value m_degrees(struct eval *e, struct args *a)
{
    return of_float(real(e, a, 0) * (180 / 3.14159265358979323846));
}
static struct value m_radians(struct eval *e, struct args *a)
{
    return of_float(real(e, a, 0) * (3.14159265358979323846 / 180));
}
static struct value m_copysign(struct eval *e, struct args *a)
{
    return of_float(copysign(real(e, a, 0), real(e, a, 1)));
}

static struct value m_log(struct eval *e, struct args *a)
{
    const struct value x = checked(e, log(real(e, a, 0)), real(e, a, 0) > 0);
    if (a->n < 2)
        return x;
    return real(e, a, 1) == 10 ? of_float(log10(real(e, a, 0)))
                               : of_float(x.f / log(real(e, a, 1)));
}

static int64_t gcd(int64_t a, int64_t b)
{
    while (b) {
        const int64_t t = a % b;
        a = b;
        b = t;
    }
    return a < 0 ? -a : a;
}

static struct value m_gcd(struct eval *e, struct args *a)
{
    int64_t r = 0;
    for (int i = 0; i < a->n; i++)
        r = gcd(r, int_arg(e, a->v[i]));
    return of_int(r);
}

static struct value m_lcm(struct eval *e, struct args *a)
{
    int64_t r = 1;
    for (int i = 0; i < a->n; i++) {
        const int64_t v = int_arg(e, a->v[i]);
        if (!v)
            return of_int(0);
        if (!mul_checked(r / gcd(r, v), v < 0 ? -v : v, &r))
            raise_error(e, "OverflowError", "the result is past 64 bits");
    }
    return of_int(r);
}

static struct value product_of_range(struct eval *e, int64_t from, int64_t to)
{
    int64_t r = 1;
    for (int64_t i = from; i <= to; i++)
        if (!mul_checked(r, i, &r))
            raise_error(e, "OverflowError", "the result is past 64 bits");
    return of_int(r);
}

static struct value m_factorial(struct eval *e, struct args *a)
{
    const int64_t n = int_arg(e, arg(e, a, 0, NULL));
    if (n < 0)
        raise_error(e, "ValueError", "factorial() not defined for negative values");
    return product_of_range(e, 2, n);
}

static struct value m_comb(struct eval *e, struct args *a)
{
    const int64_t n = int_arg(e, arg(e, a, 0, NULL)), k = int_arg(e, arg(e, a, 1, NULL));
    int64_t r = 1;
    for (int64_t i = 1; i <= k; i++) {
        if (!mul_checked(r, n - k + i, &r))
            raise_error(e, "OverflowError", "the result is past 64 bits");
        r /= i;
    }
    return of_int(k > n ? 0 : r);
}

static struct value m_isqrt(struct eval *e, struct args *a)
{
    const int64_t n = int_arg(e, arg(e, a, 0, NULL));
    int64_t r = (int64_t)sqrt((double)(n < 0 ? 0 : n));
    if (n < 0)
        raise_error(e, "ValueError", "isqrt() argument must be nonnegative");
    while (r > 0 && r > n / r)
        r--;
    while ((r + 1) <= n / (r + 1))
        r++;
    return of_int(r);
}

static struct value m_prod(struct eval *e, struct args *a)
{
    struct value v = arg(e, a, 0, NULL), r = arg_or(e, a, -1, "start", of_int(1));
    const struct list *l = items_of(e, &v);
    const struct node here = { .kind = N_NAME, .text = "prod", .at = a->at };
    if (!l)
        return v;
    for (int64_t i = 0; i < l->count; i++)
        r = binary(e, "*", r, l->item[i], a->node ? a->node : &here);
    return r;
}

static struct value m_isclose(struct eval *e, struct args *a)
{
    const double x = real(e, a, 0), y = real(e, a, 1),
                 rel = number(arg_or(e, a, -1, "rel_tol", of_float(1e-9))),
                 abs = number(arg_or(e, a, -1, "abs_tol", of_float(0)));
    return of_bool(x == y || fabs(x - y) <= fmax(rel * fmax(fabs(x), fabs(y)), abs));
}

static struct value m_fsum(struct eval *e, struct args *a)
{
    struct value v = arg(e, a, 0, NULL);
    const struct list *l = items_of(e, &v);
    long double sum = 0;
    for (int64_t i = 0; l && i < l->count; i++)
        sum += is_number(l->item[i]) ? (long double)number(l->item[i]) : 0;
    return l ? of_float((double)sum) : v;
}

static void fill_math(struct eval *e, struct dict *d)
{
    dict_set_name(e, d, intern(e, "pi"), of_float(3.14159265358979323846));
    dict_set_name(e, d, intern(e, "e"), of_float(2.71828182845904523536));
    dict_set_name(e, d, intern(e, "tau"), of_float(6.28318530717958647692));
    dict_set_name(e, d, intern(e, "inf"), of_float((double)INFINITY));
    dict_set_name(e, d, intern(e, "nan"), of_float((double)NAN));
}

static const struct builtin math_functions[] = {
    { "floor", m_floor, false },       { "ceil", m_ceil, false },
    { "trunc", m_trunc, false },       { "sqrt", m_sqrt, false },
    { "exp", m_exp, false },           { "log", m_log, false },
    { "log2", m_log2, false },         { "log10", m_log10, false },
    { "log1p", m_log1p, false },       { "sin", m_sin, false },
    { "cos", m_cos, false },           { "tan", m_tan, false },
    { "atan", m_atan, false },         { "atan2", m_atan2, false },
    { "tanh", m_tanh, false },         { "fabs", m_fabs, false },
    { "pow", m_pow, false },           { "fmod", m_fmod, false },
    { "hypot", m_hypot, false },       { "isnan", m_isnan, false },
    { "isinf", m_isinf, false },       { "isfinite", m_isfinite, false },
    { "degrees", m_degrees, false },   { "radians", m_radians, false },
    { "copysign", m_copysign, false }, { "gcd", m_gcd, false },
    { "lcm", m_lcm, false },           { "factorial", m_factorial, false },
    { "comb", m_comb, false },         { "isqrt", m_isqrt, false },
    { "prod", m_prod, false },         { "isclose", m_isclose, false },
    { "fsum", m_fsum, false },         { 0 }
};
const struct builtin_module module_math = { "math", math_functions, fill_math };

/* ---- os.path: what text alone tells; no file is looked at ---- */

static const char *path_arg(struct eval *e, struct args *a, int i)
{
    if (i >= a->n || a->v[i].kind != V_STRING)
        raise_error(e, "TypeError", "expected str, bytes or os.PathLike object, not %s",
                    i < a->n ? type_name(e, a->v[i]) : "nothing");
    return a->v[i].s->s;
}

static struct value p_join(struct eval *e, struct args *a)
{
    const char *r = path_arg(e, a, 0);
    for (int i = 1; i < a->n; i++) {
        const char *p = path_arg(e, a, i);
        r = *p == '/'
                ? p
                : arena_printf(e->mem, "%s%s%s", r, !*r || r[strlen(r) - 1] == '/' ? "" : "/", p);
    }
    return of_text(e, r);
}

static struct value p_basename(struct eval *e, struct args *a)
{
    return of_text(e, path_base(path_arg(e, a, 0)));
}

static struct value p_dirname(struct eval *e, struct args *a)
{
    const char *p = path_arg(e, a, 0), *base = path_base(p);
    size_t n = (size_t)(base - p);
    while (n > 1 && p[n - 1] == '/')
        n--;
    return of_bytes_text(e, p, n);
}

static struct value p_split(struct eval *e, struct args *a)
{
    return pair(e, p_dirname(e, a), p_basename(e, a));
}

static struct value p_splitext(struct eval *e, struct args *a)
{
    const char *p = path_arg(e, a, 0), *base = path_base(p), *dot = strrchr(base, '.');
    const size_t n = dot && strspn(base, ".") < (size_t)(dot - base) + (*base != '.') && dot > base
                         ? (size_t)(dot - p)
                         : strlen(p);
    return pair(e, of_bytes_text(e, p, n), of_text(e, p + n));
}

static struct value p_same(struct eval *e, struct args *a)
{
    return of_text(e, path_arg(e, a, 0));
}
static struct value p_isabs(struct eval *e, struct args *a)
{
    return of_bool(*path_arg(e, a, 0) == '/');
}

static const struct builtin path_functions[] = { { "join", p_join, false },
                                                 { "basename", p_basename, false },
                                                 { "dirname", p_dirname, false },
                                                 { "split", p_split, false },
                                                 { "splitext", p_splitext, false },
                                                 { "abspath", p_same, false },
                                                 { "realpath", p_same, false },
                                                 { "normpath", p_same, false },
                                                 { "expanduser", p_same, false },
                                                 { "isabs", p_isabs, false },
                                                 { 0 } };
const struct builtin_module module_os_path = { "os.path", path_functions, NULL };

/* The environment is taken as empty, so that the result does not depend on where cnnc runs; what
 * the text puts in is there. */
static struct value environment(struct eval *e, struct args *a)
{
    const struct value os = dict_name(e->modules, intern(e, "os")), name = arg(e, a, 0, "key");
    const struct value all =
        os.kind == V_MODULE ? dict_name(os.module->globals, intern(e, "environ")) : EMPTY;
    const struct value v =
        all.kind == V_DICT && name.kind == V_STRING ? dict_get(e, all.dict, name) : EMPTY;
    return v.kind == V_EMPTY ? arg_or(e, a, 1, "default", NONE) : v;
}

static struct value not_set(struct eval *e, struct args *a)
{
    return unknown(e, "os.environ[...]", a->at, NULL);
}

static const struct builtin os_functions[] = { { "getenv", environment, false }, { 0 } };

static void fill_os(struct eval *e, struct dict *d)
{
    static const struct builtin missing = { "environ", not_set, true };
    const struct value environ = new_dict(e, V_DICT);
    environ.dict->missing = (struct value){ .kind = V_BUILTIN, .builtin = &missing };
    dict_set_name(e, d, intern(e, "environ"), environ);
    dict_set_name(e, d, intern(e, "sep"), of_text(e, "/"));
    dict_set_name(e, d, intern(e, "linesep"), of_text(e, "\n"));
    dict_set_name(e, d, intern(e, "name"), of_text(e, "posix"));
}

const struct builtin_module module_os = { "os", os_functions, fill_os };

/* ---- functools ---- */

static struct value f_partial(struct eval *e, struct args *a)
{
    struct value w = make_wrapper(e, W_PARTIAL, arg(e, a, 0, NULL));
    w.wrapper->args = NEW(e->mem, struct list);
    w.wrapper->named = NEW(e->mem, struct dict);
    for (int i = 1; i < a->n; i++)
        list_push(e, w.wrapper->args, a->v[i]);
    for (int i = 0; i < a->nnamed; i++)
        dict_set_name(e, w.wrapper->named, a->named[i].name, a->named[i].value);
    return w;
}

static struct value f_reduce(struct eval *e, struct args *a)
{
    struct value from = arg(e, a, 1, NULL), r = arg(e, a, 2, NULL);
    const struct list *l = items_of(e, &from);
    int64_t i = 0;
    if (!l)
        return from;
    if (r.kind == V_EMPTY && !l->count)
        raise_error(e, "TypeError", "reduce() of empty iterable with no initial value");
    if (r.kind == V_EMPTY)
        r = l->item[i++];
    for (; i < l->count; i++)
        r = call_n(e, a->v[0], a->at, 2, r, l->item[i]);
    return r;
}

static struct value f_same(struct eval *e, struct args *a)
{
    (void)e;
    return a->n ? a->v[a->n - 1] : UNKNOWN;
}

static struct value f_cached(struct eval *e, struct args *a)
{
    const struct value w = make_wrapper(e, W_CACHED, arg(e, a, 0, NULL));
    w.wrapper->named = NEW(e->mem, struct dict);
    return w;
}

/* lru_cache(f), lru_cache(maxsize=None)(f) */
static struct value f_cache(struct eval *e, struct args *a)
{
    static const struct builtin decorator = { "lru_cache", f_cached, true };
    return a->n && !is_number(a->v[0]) && a->v[0].kind != V_NONE
               ? f_cached(e, a)
               : (struct value){ .kind = V_BUILTIN, .builtin = &decorator };
}

static struct value f_rename(struct eval *e, struct args *a)
{
    const struct value wrapped = a->v[0].kind == V_EMPTY ? UNKNOWN : a->v[0], f = a->v[1];
    if (f.kind == V_FUNCTION && wrapped.kind == V_FUNCTION)
        f.function->name = wrapped.function->name;
    (void)e;
    return f;
}

static struct value f_wraps(struct eval *e, struct args *a)
{
    static const struct builtin rename = { "wraps", f_rename, true };
    struct value m = { .kind = V_METHOD, .method = NEW(e->mem, struct method) };
    *m.method = (struct method){ arg(e, a, 0, NULL), { .kind = V_BUILTIN, .builtin = &rename } };
    return m;
}

static struct value f_cmp_to_key(struct eval *e, struct args *a)
{
    (void)a;
    return unknown(e, "cmp_to_key", a->at, NULL);
}

static struct value f_cached_property(struct eval *e, struct args *a)
{
    const struct value w = make_wrapper(e, W_PROPERTY, a->v[0]);
    w.wrapper->named = NEW(e->mem, struct dict);
    return w;
}

static const struct builtin functools_functions[] = { { "partial", f_partial, true },
                                                      { "partialmethod", f_partial, true },
                                                      { "reduce", f_reduce, true },
                                                      { "wraps", f_wraps, true },
                                                      { "lru_cache", f_cache, true },
                                                      { "cache", f_cache, true },
                                                      { "cached_property", f_cached_property,
                                                        true },
                                                      { "total_ordering", f_same, true },
                                                      { "cmp_to_key", f_cmp_to_key, true },
                                                      { 0 } };
const struct builtin_module module_functools = { "functools", functools_functions, NULL };

/* ---- copy ---- */

struct value deep_copy(struct eval *e, struct value v, struct dict *done)
{
    struct value r = v;
    const struct value key = of_int((int64_t)(uintptr_t)v.s);
    const bool shared = v.kind == V_LIST || v.kind == V_TUPLE || v.kind == V_DICT || v.kind == V_SET
                        || v.kind == V_OBJECT;
    const struct value before = shared ? dict_get(e, done, key) : EMPTY;
    check_stack(e);
    if (before.kind != V_EMPTY || !shared || (v.kind == V_OBJECT && v.object->layer))
        return before.kind != V_EMPTY ? before : v;
    if (is_items(v)) {
        r = new_list(e, v.kind);
        dict_set(e, done, key, r);
        for (int64_t i = 0; i < v.list->count; i++)
            list_push(e, r.list, deep_copy(e, v.list->item[i], done));
        r.list->open = v.list->open;
    } else if (v.kind == V_OBJECT) {
        r.object = NEW(e->mem, struct object);
        *r.object = *v.object;
        dict_set(e, done, key, r);
        r.object->attributes = dict_copy(e, v.object->attributes);
        for (int64_t i = 0; i < r.object->attributes->used; i++)
            r.object->attributes->entry[i].value =
                deep_copy(e, r.object->attributes->entry[i].value, done);
        r.object->base = deep_copy(e, v.object->base, done);
    } else {
        r.dict = dict_copy(e, v.dict);
        dict_set(e, done, key, r);
        for (int64_t i = 0; i < r.dict->used; i++)
            r.dict->entry[i].value = deep_copy(e, r.dict->entry[i].value, done);
    }
    return r;
}

static struct value c_deepcopy(struct eval *e, struct args *a)
{
    return deep_copy(e, arg(e, a, 0, NULL), NEW(e->mem, struct dict));
}

static struct value c_copy(struct eval *e, struct args *a)
{
    struct value v = arg(e, a, 0, NULL), r = v;
    if (v.kind == V_LIST) {
        r = new_list(e, V_LIST);
        for (int64_t i = 0; i < v.list->count; i++)
            list_push(e, r.list, v.list->item[i]);
    } else if (v.kind == V_DICT || v.kind == V_SET) {
        r.dict = dict_copy(e, v.dict);
    } else if (v.kind == V_OBJECT && !v.object->layer) {
        r.object = NEW(e->mem, struct object);
        *r.object = *v.object;
        r.object->attributes = dict_copy(e, v.object->attributes);
    }
    return r;
}

static const struct builtin copy_functions[] = { { "copy", c_copy, true },
                                                 { "deepcopy", c_deepcopy, true },
                                                 { 0 } };
const struct builtin_module module_copy = { "copy", copy_functions, NULL };

/* ---- operator ---- */

#define OPERATOR(name, op) static struct value o_##name(struct eval *e, struct args *a) \
    { return binary(e, op, arg(e, a, 0, NULL), arg(e, a, 1, NULL), a->node); }
#define COMPARISON(name, op) static struct value o_##name(struct eval *e, struct args *a) \
    { return compare(e, op, arg(e, a, 0, NULL), arg(e, a, 1, NULL), a->node); }
OPERATOR(add, "+")
OPERATOR(sub, "-") OPERATOR(mul, "*") OPERATOR(truediv, "/") OPERATOR(floordiv, "//")
    OPERATOR(mod, "%") OPERATOR(pow, "**") OPERATOR(concat, "+") OPERATOR(and_, "&")
        OPERATOR(or_, "|") OPERATOR(xor, "^") COMPARISON(eq, "==") COMPARISON(ne, "!=")
            COMPARISON(lt, "<") COMPARISON(le, "<=") COMPARISON(gt, ">") COMPARISON(ge, ">=")

                static struct value o_neg(struct eval *e, struct args *a)
{
    return unary(e, "-", arg(e, a, 0, NULL), a->node);
}

static struct value o_getitem(struct eval *e, struct args *a)
{
    return get_item(e, arg(e, a, 0, NULL), arg(e, a, 1, NULL), a->node);
}

static struct value of_truth(struct eval *e, struct args *a, int t)
{
    return t < 0 ? unknown(e, "a condition", a->at, NULL) : of_bool(t);
}
static struct value o_not(struct eval *e, struct args *a)
{
    const int t = truth(e, arg(e, a, 0, NULL));
    return of_truth(e, a, t < 0 ? t : !t);
}
static struct value o_truth(struct eval *e, struct args *a)
{
    return of_truth(e, a, truth(e, arg(e, a, 0, NULL)));
}
static struct value o_contains(struct eval *e, struct args *a)
{
    return of_truth(e, a, contains(e, arg(e, a, 0, NULL), arg(e, a, 1, NULL)));
}

static struct value get_all(struct eval *e, struct args *a, bool items)
{
    const struct value keys = a->v[0], from = a->v[1];
    struct value r = new_list(e, V_TUPLE);
    for (int64_t i = 0; i < keys.list->count; i++) {
        const struct value k = keys.list->item[i];
        list_push(e, r.list,
                  items ? get_item(e, from, k, a->node)
                        : get_attribute(e, from, str_intern(e, k.s->s, k.s->size), a->at));
    }
    return keys.list->count == 1 ? r.list->item[0] : r;
}

static struct value get_items(struct eval *e, struct args *a)
{
    return get_all(e, a, true);
}
static struct value get_attrs(struct eval *e, struct args *a)
{
    return get_all(e, a, false);
}

static struct value getter(struct eval *e, struct args *a, const struct builtin *b)
{
    struct value keys = new_list(e, V_TUPLE),
                 m = { .kind = V_METHOD, .method = NEW(e->mem, struct method) };
    for (int i = 0; i < a->n; i++)
        list_push(e, keys.list, a->v[i]);
    *m.method = (struct method){ keys, { .kind = V_BUILTIN, .builtin = b } };
    return m;
}

static struct value o_itemgetter(struct eval *e, struct args *a)
{
    static const struct builtin b = { "itemgetter", get_items, true };
    return getter(e, a, &b);
}
static struct value o_attrgetter(struct eval *e, struct args *a)
{
    static const struct builtin b = { "attrgetter", get_attrs, true };
    return getter(e, a, &b);
}

static const struct builtin operator_functions[] = { { "add", o_add, false },
                                                     { "sub", o_sub, false },
                                                     { "mul", o_mul, false },
                                                     { "truediv", o_truediv, false },
                                                     { "floordiv", o_floordiv, false },
                                                     { "mod", o_mod, false },
                                                     { "pow", o_pow, false },
                                                     { "eq", o_eq, false },
                                                     { "ne", o_ne, false },
                                                     { "lt", o_lt, false },
                                                     { "le", o_le, false },
                                                     { "gt", o_gt, false },
                                                     { "ge", o_ge, false },
                                                     { "concat", o_concat, false },
                                                     { "and_", o_and_, false },
                                                     { "or_", o_or_, false },
                                                     { "xor", o_xor, false },
                                                     { "getitem", o_getitem, false },
                                                     { "not_", o_not, false },
                                                     { "truth", o_truth, false },
                                                     { "contains", o_contains, false },
                                                     { "neg", o_neg, false },
                                                     { "itemgetter", o_itemgetter, true },
                                                     { "attrgetter", o_attrgetter, true },
                                                     { 0 } };
const struct builtin_module module_operator = { "operator", operator_functions, NULL };
