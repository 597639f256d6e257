/*
 * numpy.c - small constant arrays: what model code computes of shapes, anchors and means. Data arrays are unknown; an array whose
 * values are not known may still have a shape.
 */
#include "cnn/eval.h"

#include <math.h>
#include <string.h>

enum { MOST_ELEMENTS = 1 << 22 };

struct value new_array(struct eval *e, struct shape s, enum dtype type)
{
    struct value v = { .kind = V_ARRAY, .array = NEW(e->mem, struct number_array) };
    const int64_t n = shape_count(&s);
    *v.array = (struct number_array){ .shape = s, .type = type };
    if (n >= 0 && n <= MOST_ELEMENTS)
        v.array->item = NEW_ARRAY(e->mem, double, n + 1);
    return v;
}

static struct value not_known(struct eval *e, const struct unknown *u) { return unknown(e, "an array", e->at, u); }

/* ---- lists into arrays and back ---- */

static bool find_shape(struct eval *e, struct value v, struct shape *s, int depth, enum dtype *type)
{
    if (v.kind == V_ARRAY) {
        if (!v.array->item || depth + v.array->shape.rank > MAX_RANK)
            return false;
        for (int i = 0; i < v.array->shape.rank; i++)
            s->dim[depth + i] = v.array->shape.dim[i];
        s->rank = depth + v.array->shape.rank;
        *type = v.array->type == F64 || v.array->type == F32 ? v.array->type : *type;
        return true;
    }
    if (is_number(v)) {
        s->rank = depth;
        *type = v.kind == V_FLOAT ? F64 : *type == BOOL && v.kind != V_BOOL ? I64 : *type;
        return true;
    }
    if (!is_items(v) && v.kind != V_RANGE)
        return false;
    const struct list *l = items_of(e, &v);
    if (depth >= MAX_RANK || l->open)
        return false;
    s->dim[depth] = l->count;
    s->rank = depth + 1;
    int rank = -1;
    for (int64_t i = 0; i < l->count; i++) {
        struct shape inner = *s;
        if (!find_shape(e, l->item[i], &inner, depth + 1, type) || (rank >= 0 && inner.rank != rank))
            return false;
        for (int k = depth + 1; rank >= 0 && k < rank; k++)
            if (inner.dim[k] != s->dim[k])
                return false;
        rank = inner.rank;
        *s = inner;
        s->dim[depth] = l->count;
    }
    return true;
}

static double *fill(struct eval *e, struct value v, double *to)
{
    if (v.kind == V_ARRAY) {
        const int64_t n = shape_count(&v.array->shape);
        memcpy(to, v.array->item, (size_t)n * sizeof *to);
        return to + n;
    }
    if (is_number(v)) {
        *to = number(v);
        return to + 1;
    }
    const struct list *l = items_of(e, &v);
    for (int64_t i = 0; i < l->count; i++)
        to = fill(e, l->item[i], to);
    return to;
}

struct value array_of(struct eval *e, struct value v)
{
    struct shape s = { 0 };
    enum dtype type = BOOL;
    if (v.kind == V_ARRAY)
        return v;
    if (!find_shape(e, v, &s, 0, &type))
        return not_known(e, why(v));
    const struct value r = new_array(e, s, type);
    if (r.array->item)
        fill(e, v, r.array->item);
    return r;
}

static struct value scalar(double f, enum dtype type)
{
    return type == BOOL ? of_bool(f != 0) : type == F64 || type == F32 || fabs(f) > 9e15 ? of_float(f) : of_int((int64_t)f);
}

static struct value nested(struct eval *e, const struct number_array *a, int axis, int64_t *at)
{
    if (axis == a->shape.rank)
        return scalar(a->item[(*at)++], a->type);
    struct value l = new_list(e, V_LIST);
    for (int64_t i = 0; i < a->shape.dim[axis]; i++)
        list_push(e, l.list, nested(e, a, axis + 1, at));
    return l;
}

struct value array_list(struct eval *e, const struct number_array *a)
{
    int64_t at = 0;
    return nested(e, a, 0, &at);
}

/* ---- arithmetic with broadcasting ---- */

static bool broadcast(const struct shape *a, const struct shape *b, struct shape *to)
{
    to->rank = a->rank > b->rank ? a->rank : b->rank;
    for (int i = 0; i < to->rank; i++) {
        const int64_t x = i < to->rank - a->rank ? 1 : a->dim[i - (to->rank - a->rank)], y = i < to->rank - b->rank ? 1
            : b->dim[i - (to->rank - b->rank)];
        if (x != y && x != 1 && y != 1)
            return false;
        to->dim[i] = x == 1 ? y : x;
    }
    return true;
}

static double element(const struct number_array *a, const struct shape *of, int64_t i)
{
    int64_t at = 0, stride = 1;
    for (int d = of->rank - 1; d >= 0; d--) {
        const int own = d - (of->rank - a->shape.rank);
        const int64_t k = i % of->dim[d];
        i /= of->dim[d];
        if (own >= 0) {
            at += (a->shape.dim[own] == 1 ? 0 : k) * stride;
            stride *= a->shape.dim[own];
        }
    }
    return a->item[at];
}

static double apply(const char *op, double x, double y)
{
    switch (*op) {
    case '+': return x + y;
    case '-': return x - y;
    case '*': return op[1] ? pow(x, y) : x * y;
    case '/': return op[1] ? floor(x / y) : x / y;
    case '%': return x - floor(x / y) * y;
    case '<': return op[1] ? x <= y : x < y;
    case '>': return op[1] ? x >= y : x > y;
    case '=': return x == y;
    case '!': return x != y;
    default: return NAN;
    }
}

struct value array_binary(struct eval *e, const char *op, struct value a, struct value b)
{
    struct shape s;
    a = is_items(a) || is_number(a) ? array_of(e, a) : a;
    b = is_items(b) || is_number(b) ? array_of(e, b) : b;
    if (a.kind != V_ARRAY || b.kind != V_ARRAY || strchr("@&|^", *op))
        return not_known(e, why(a) ? why(a) : why(b));
    if (!broadcast(&a.array->shape, &b.array->shape, &s))
        raise_error(e, "ValueError", "operands could not be broadcast together");
    const bool compares = strchr("<>=!", *op), floats = a.array->type == F64 || b.array->type == F64 || a.array->type == F32
        || b.array->type == F32;
    const struct value r = new_array(e, s, compares ? BOOL : floats || (*op == '/' && !op[1]) ? F64 : I64);
    if (!a.array->item || !b.array->item) {
        r.array->item = NULL;
        return r;
    }
    for (int64_t i = 0; r.array->item && i < shape_count(&s); i++)
        r.array->item[i] = apply(op, element(a.array, &s, i), element(b.array, &s, i));
    return s.rank || !r.array->item ? r : scalar(r.array->item[0], r.array->type);
}

/* ---- subscripts: numbers and slices; anything else is unknown ---- */

struct value array_item(struct eval *e, struct value a, struct value i)
{
    struct value parts = i;
    const struct shape *from = &a.array->shape;
    int64_t start[MAX_RANK], by[MAX_RANK], count[MAX_RANK];
    struct shape s = { 0 };
    if (i.kind != V_TUPLE) {
        parts = new_list(e, V_TUPLE);
        list_push(e, parts.list, i);
    }
    if (parts.list->count > from->rank)
        return not_known(e, NULL);
    for (int d = 0; d < from->rank; d++) {
        const struct value p = d < parts.list->count ? parts.list->item[d] : EMPTY;
        start[d] = 0;
        by[d] = 1;
        count[d] = from->dim[d];
        if (p.kind == V_SLICE) {
            for (int k = 0; k < 3; k++)
                if (p.list->item[k].kind == V_UNKNOWN)
                    return not_known(e, p.list->item[k].unknown);
            slice_bounds(e, p.list, from->dim[d], &start[d], &by[d], &count[d]);
        } else if (is_whole(p)) {
            start[d] = p.i < 0 ? p.i + from->dim[d] : p.i;
            if (start[d] < 0 || start[d] >= from->dim[d])
                raise_error(e, "IndexError", "index %lld is out of bounds for axis %d with size %lld", (long long)p.i, d,
                            (long long)from->dim[d]);
            count[d] = 1;
            continue;
        } else if (p.kind != V_EMPTY) {
            return not_known(e, why(p));
        }
        s.dim[s.rank++] = count[d];
    }
    const struct value r = new_array(e, s, a.array->type);
    if (!a.array->item) {
        r.array->item = NULL;
        return r;
    }
    for (int64_t k = 0; r.array->item && k < shape_count(&s); k++) {
        int64_t rest = k, at = 0, stride = 1;
        for (int d = from->rank - 1; d >= 0; d--) {
            at += (start[d] + rest % count[d] * by[d]) * stride;
            rest /= count[d];
            stride *= from->dim[d];
        }
        r.array->item[k] = a.array->item[at];
    }
    return s.rank || !r.array->item ? r : scalar(r.array->item[0], r.array->type);
}

/* ---- reductions and other methods ---- */

static struct value reduce(struct eval *e, struct args *a, char how)
{
    const struct value v = array_of(e, arg(e, a, 0, "a")), axis = arg_or(e, a, 1, "axis", NONE);
    if (v.kind != V_ARRAY || !v.array->item)
        return not_known(e, why(v));
    const struct shape *s = &v.array->shape;
    const bool keep = truth(e, arg_or(e, a, -1, "keepdims", of_bool(false))) == 1;
    struct shape to = { 0 };
    int64_t inner = 1, n = shape_count(s);
    int over = -1;
    if (axis.kind != V_NONE) {
        over = (int)int_arg(e, axis);
        over = over < 0 ? over + s->rank : over;
        if (over < 0 || over >= s->rank)
            raise_error(e, "ValueError", "axis %d is out of bounds for array of dimension %d", over, s->rank);
        for (int d = over + 1; d < s->rank; d++)
            inner *= s->dim[d];
        n = s->dim[over];
    }
    for (int d = 0; d < s->rank; d++)
        if (over >= 0 && (d != over || keep))
            to.dim[to.rank++] = d == over ? 1 : s->dim[d];
    const struct value r = new_array(e, to, how == 'm' || v.array->type == F64 || v.array->type == F32 ? F64 : I64);
    for (int64_t i = 0; r.array->item && i < shape_count(&to); i++) {
        double sum = how == '*' ? 1 : 0;
        for (int64_t k = 0; k < n; k++) {
            const double x = v.array->item[over < 0 ? k : (i / inner * n + k) * inner + i % inner];
            sum = how == '*' ? sum * x : how == '<' ? (k && sum < x ? sum : x) : how == '>' ? (k && sum > x ? sum : x) : sum + x;
        }
        r.array->item[i] = how == 'm' ? sum / (double)n : sum;
    }
    return to.rank || !r.array->item ? r : scalar(r.array->item[0], r.array->type);
}

static struct value n_sum(struct eval *e, struct args *a) { return reduce(e, a, '+'); }
static struct value n_prod(struct eval *e, struct args *a) { return reduce(e, a, '*'); }
static struct value n_mean(struct eval *e, struct args *a) { return reduce(e, a, 'm'); }
static struct value n_min(struct eval *e, struct args *a) { return reduce(e, a, '<'); }
static struct value n_max(struct eval *e, struct args *a) { return reduce(e, a, '>'); }

static struct value n_array(struct eval *e, struct args *a)
{
    struct value r = array_of(e, arg(e, a, 0, NULL));
    const struct value type = arg(e, a, 1, "dtype");
    if (r.kind == V_ARRAY && type.kind != V_EMPTY) {
        const bool whole = type.kind == V_CLASS && type.class == e->type[V_INT];
        struct value copy = { .kind = V_ARRAY, .array = NEW(e->mem, struct number_array) };
        *copy.array = *r.array;
        copy.array->type = whole || (type.kind == V_STRING && strstr(type.s->s, "int")) ? I64 : F64;
        return copy;
    }
    return r;
}

static bool shape_arg(struct eval *e, struct value v, struct shape *s)
{
    *s = (struct shape){ 0 };
    if (is_whole(v))
        *s = shape_of(1, v.i);
    const struct list *l = is_whole(v) ? NULL : is_items(v) ? v.list : v.kind == V_ARRAY && v.array->item ? array_list(e, v.array).list
        : NULL;
    for (int64_t i = 0; l && i < l->count && s->rank < MAX_RANK; i++) {
        if (!is_whole(l->item[i]))
            return false;
        s->dim[s->rank++] = l->item[i].i;
    }
    return l || s->rank;
}

static struct value filled(struct eval *e, struct value shape, double f, bool known)
{
    struct shape s;
    if (!shape_arg(e, shape, &s))
        return not_known(e, why(shape));
    const struct value r = new_array(e, s, F64);
    for (int64_t i = 0; r.array->item && i < shape_count(&s); i++)
        r.array->item[i] = f;
    if (!known)
        r.array->item = NULL;
    return r;
}

static struct value n_zeros(struct eval *e, struct args *a) { return filled(e, arg(e, a, 0, "shape"), 0, true); }
static struct value n_ones(struct eval *e, struct args *a) { return filled(e, arg(e, a, 0, "shape"), 1, true); }
static struct value n_full(struct eval *e, struct args *a) { return filled(e, arg(e, a, 0, "shape"),
                                                                           number(arg_or(e, a, 1, "fill_value", of_int(0))), true); }
static struct value n_empty(struct eval *e, struct args *a) { return filled(e, arg(e, a, 0, "shape"), 0, false); }

static struct value n_rand(struct eval *e, struct args *a)
{
    struct value l = new_list(e, V_TUPLE);
    for (int i = 0; i < a->n; i++)
        list_push(e, l.list, a->v[i]);
    return filled(e, l, 0, false);
}

static struct value n_random(struct eval *e, struct args *a)
{
    const struct value size = arg(e, a, 2, "size");
    return size.kind == V_EMPTY ? unknown(e, "a random number", a->at, NULL) : filled(e, size, 0, false);
}

static struct value n_arange(struct eval *e, struct args *a)
{
    const struct value x = arg(e, a, 0, NULL), y = arg(e, a, 1, "stop"), z = arg_or(e, a, 2, "step", of_int(1));
    if (!is_number(x) || (y.kind != V_EMPTY && !is_number(y)) || !is_number(z))
        raise_error(e, "TypeError", "arange() takes numbers");
    const double from = y.kind == V_EMPTY ? 0 : number(x), to = y.kind == V_EMPTY ? number(x) : number(y), by = number(z);
    const double n = by == 0 ? 0 : ceil((to - from) / by);
    if (n > MOST_ELEMENTS)
        return not_known(e, NULL);
    const bool floats = x.kind == V_FLOAT || y.kind == V_FLOAT || z.kind == V_FLOAT;
    const struct value r = new_array(e, shape_of(1, (int64_t)(n > 0 ? n : 0)), floats ? F64 : I64);
    for (int64_t i = 0; i < r.array->shape.dim[0]; i++)
        r.array->item[i] = from + (double)i * by;
    return r;
}

static struct value n_linspace(struct eval *e, struct args *a)
{
    const double from = number(arg_or(e, a, 0, "start", of_int(0))), to = number(arg_or(e, a, 1, "stop", of_int(0)));
    const int64_t n = int_arg(e, arg_or(e, a, 2, "num", of_int(50)));
    if (n < 0 || n > MOST_ELEMENTS)
        return not_known(e, NULL);
    const struct value r = new_array(e, shape_of(1, n), F64);
    const double step = n > 1 ? (to - from) / (double)(n - 1) : 0;
    for (int64_t i = 0; i < n; i++)
        r.array->item[i] = i == n - 1 && n > 1 ? to : from + (double)i * step;
    return r;
}

static struct value n_reshape(struct eval *e, struct args *a)
{
    const struct value v = array_of(e, arg(e, a, 0, NULL));
    struct value dims = arg(e, a, 1, "newshape");
    struct shape s;
    if (a->n > 2) {
        dims = new_list(e, V_TUPLE);
        for (int i = 1; i < a->n; i++)
            list_push(e, dims.list, a->v[i]);
    }
    if (v.kind != V_ARRAY || !shape_arg(e, dims, &s))
        return not_known(e, why(v));
    int64_t known = 1, n = shape_count(&v.array->shape);
    int open = -1;
    for (int i = 0; i < s.rank; i++) {
        if (s.dim[i] < 0)
            open = i;
        else
            known *= s.dim[i];
    }
    if (open >= 0)
        s.dim[open] = known ? n / known : 0;
    if (shape_count(&s) != n)
        raise_error(e, "ValueError", "cannot reshape array of size %lld", (long long)n);
    const struct value r = new_array(e, s, v.array->type);
    r.array->item = v.array->item;
    return r;
}

static struct value each(struct eval *e, struct args *a, double (*f)(double x))
{
    const struct value x = arg(e, a, 0, NULL), v = array_of(e, x);
    if (v.kind != V_ARRAY || !v.array->item)
        return not_known(e, why(x));
    const struct value r = new_array(e, v.array->shape, F64);
    for (int64_t i = 0; r.array->item && i < shape_count(&v.array->shape); i++)
        r.array->item[i] = f(v.array->item[i]);
    return r.array->shape.rank ? r : of_float(r.array->item[0]);
}

static struct value n_sqrt(struct eval *e, struct args *a) { return each(e, a, sqrt); }
static struct value n_log(struct eval *e, struct args *a) { return each(e, a, log); }
static struct value n_log2(struct eval *e, struct args *a) { return each(e, a, log2); }
static struct value n_exp(struct eval *e, struct args *a) { return each(e, a, exp); }
static struct value n_ceil(struct eval *e, struct args *a) { return each(e, a, ceil); }
static struct value n_floor(struct eval *e, struct args *a) { return each(e, a, floor); }
static struct value n_round(struct eval *e, struct args *a) { return each(e, a, nearbyint); }
static struct value n_abs(struct eval *e, struct args *a) { return each(e, a, fabs); }
static struct value n_same(struct eval *e, struct args *a) { (void)e; return a->n ? a->v[0] : UNKNOWN; }
static struct value n_int(struct eval *e, struct args *a) { return call_value(e,
                                                                              (struct value){ .kind = V_CLASS, .class = e->type[V_INT] },
    a); }
static struct value n_float(struct eval *e, struct args *a) { return call_value(e,
                                                                                (struct value){ .kind = V_CLASS,
        .class = e->type[V_FLOAT] }, a); }

static struct value n_tolist(struct eval *e, struct args *a) { return a->v[0].array->item ? array_list(e, a->v[0].array)
                                                               : not_known(e, NULL); }

static struct value n_astype(struct eval *e, struct args *a)
{
    struct value v = { .kind = V_ARRAY, .array = NEW(e->mem, struct number_array) };
    const struct value type = arg(e, a, 1, "dtype");
    *v.array = *a->v[0].array;
    const bool whole = (type.kind == V_CLASS && type.class == e->type[V_INT]) || (type.kind == V_STRING && strstr(type.s->s, "int"))
        || (type.kind == V_BUILTIN && strncmp(type.builtin->name, "int", 3) == 0);
    v.array->type = whole ? I64 : F64;
    if (v.array->item && whole) {
        const int64_t n = shape_count(&v.array->shape);
        v.array->item = NEW_ARRAY(e->mem, double, n + 1);
        for (int64_t i = 0; i < n; i++)
            v.array->item[i] = trunc(a->v[0].array->item[i]);
    }
    return v;
}

static struct value n_shape(struct eval *e, struct args *a)
{
    const struct value v = arg(e, a, 0, NULL);
    return v.kind == V_TENSOR ? get_attribute(e, v, e->n.shape, a->at) : v.kind == V_ARRAY || is_items(v)
        ? array_attribute(e, array_of(e, v), e->n.shape) : not_known(e, NULL);
}

static const struct builtin functions[] = {
    { "array", n_array, false }, { "asarray", n_array, false }, { "sum", n_sum, false }, { "prod", n_prod, false },
        { "mean", n_mean, false }, { "min", n_min, false },
    { "max", n_max, false }, { "amin", n_min, false }, { "amax", n_max, false }, { "zeros", n_zeros, false }, { "ones", n_ones, false },
        { "full", n_full, false },
    { "empty", n_empty, false }, { "arange", n_arange, false }, { "linspace", n_linspace, false }, { "reshape", n_reshape, false },
        { "sqrt", n_sqrt, false },
    { "log", n_log, false }, { "log2", n_log2, false }, { "exp", n_exp, false }, { "ceil", n_ceil, false }, { "floor", n_floor, false },
        { "round", n_round, false },
    { "abs", n_abs, false }, { "int32", n_int, false }, { "int64", n_int, false }, { "float32", n_float, false },
        { "float64", n_float, false }, { "shape", n_shape, false }, { 0 }
};

static const struct builtin methods[] = {
    { "sum", n_sum, false }, { "prod", n_prod, false }, { "mean", n_mean, false }, { "min", n_min, false }, { "max", n_max, false },
        { "reshape", n_reshape, false },
    { "tolist", n_tolist, false }, { "astype", n_astype, false }, { "copy", n_same, false }, { "numpy", n_same, false },
        { "item", n_mean, false }, { 0 }
};

static const struct builtin random_functions[] = {
    { "rand", n_rand, false }, { "randn", n_rand, false }, { "random", n_empty, false }, { "normal", n_random, false },
        { "uniform", n_random, false }, { "randint", n_random, false }, { 0 }
};

static void fill_numpy(struct eval *e, struct dict *d)
{
    struct module *random = module_new(e, "numpy.random");
    static const struct builtin_module about = { "numpy.random", random_functions, NULL };
    random->builtin = &about;
    add_table(e, random->globals, random_functions);
    dict_set_name(e, d, intern(e, "random"), (struct value){ .kind = V_MODULE, .module = random });
    dict_set_name(e, d, intern(e, "pi"), of_float(3.14159265358979323846));
    dict_set_name(e, d, intern(e, "e"), of_float(2.71828182845904523536));
    dict_set_name(e, d, intern(e, "inf"), of_float((double)INFINITY));
    dict_set_name(e, d, intern(e, "newaxis"), NONE);
}

const struct builtin_module module_numpy = { "numpy", functions, fill_numpy };

struct value array_attribute(struct eval *e, struct value v, struct str *name)
{
    const struct number_array *a = v.array;
    if (name == e->n.shape) {
        struct value r = new_list(e, V_TUPLE);
        for (int i = 0; i < a->shape.rank; i++)
            list_push(e, r.list, of_int(a->shape.dim[i]));
        return r;
    }
    if (same_text(name, "ndim"))
        return of_int(a->shape.rank);
    if (same_text(name, "size"))
        return of_int(shape_count(&a->shape));
    if (same_text(name, "dtype"))
        return of_text(e, dtype_name(a->type));
    if (same_text(name, "T") && a->shape.rank < 2)
        return v;
    for (const struct builtin *b = methods; b->name; b++)
        if (same_text(name, b->name))
            return bind_method(e, (struct value){ .kind = V_BUILTIN, .builtin = b }, v, NULL);
    return unknown(e, arena_printf(e->mem, "the attribute '%s' of an array", name->s), e->at, NULL);
}
