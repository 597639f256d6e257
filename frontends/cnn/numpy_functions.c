/* numpy_functions.c - what model code computes with arrays: shapes, anchors, means, positions.
 * np.f(x) and x.f(). */
#include "cnn/eval.h"
#include "frontends.h"

#include <math.h>
#include <string.h>
#include <unistd.h>

/* ---- reductions and other methods ---- */

static struct value reduce(struct eval *e, struct args *a, char how)
{
    const struct value v = array_of(e, arg(e, a, 0, "a")), axis = arg_or(e, a, 1, "axis", NONE);
    if (v.kind != V_ARRAY || !v.array->item)
        return unknown_array(e, why(v));
    const struct shape *s = &v.array->shape;
    const bool keep = truth(e, arg_or(e, a, -1, "keepdims", of_bool(false))) == 1;
    struct shape to = { 0 };
    int64_t inner = 1, n = shape_count(s);
    int over = -1;
    if (axis.kind != V_NONE) {
        over = (int)int_arg(e, axis);
        over = over < 0 ? over + s->rank : over;
        if (over < 0 || over >= s->rank)
            raise_error(e, "ValueError", "axis %d is out of bounds for array of dimension %d", over,
                        s->rank);
        for (int d = over + 1; d < s->rank; d++)
            inner *= s->dim[d];
        n = s->dim[over];
    }
    for (int d = 0; d < s->rank; d++)
        if (over >= 0 && (d != over || keep))
            to.dim[to.rank++] = d == over ? 1 : s->dim[d];
    const struct value r =
        new_array(e, to, how == 'm' || v.array->type == F64 || v.array->type == F32 ? F64 : I64);
    for (int64_t i = 0; r.array->item && i < shape_count(&to); i++) {
        double sum = how == '*' ? 1 : 0;
        for (int64_t k = 0; k < n; k++) {
            const double x = v.array->item[over < 0 ? k : (i / inner * n + k) * inner + i % inner];
            sum = how == '*'   ? sum * x
                  : how == '<' ? (k && sum < x ? sum : x)
                  : how == '>' ? (k && sum > x ? sum : x)
                               : sum + x;
        }
        r.array->item[i] = how == 'm' ? sum / (double)n : sum;
    }
    return to.rank || !r.array->item ? r : array_scalar(r.array->item[0], r.array->type);
}

static struct value n_sum(struct eval *e, struct args *a)
{
    return reduce(e, a, '+');
}
static struct value n_prod(struct eval *e, struct args *a)
{
    return reduce(e, a, '*');
}
static struct value n_mean(struct eval *e, struct args *a)
{
    return reduce(e, a, 'm');
}
static struct value n_min(struct eval *e, struct args *a)
{
    return reduce(e, a, '<');
}
static struct value n_max(struct eval *e, struct args *a)
{
    return reduce(e, a, '>');
}

static struct value n_array(struct eval *e, struct args *a)
{
    const struct value r = array_copy(e, array_of(e, arg(e, a, 0, NULL))),
                       type = arg(e, a, 1, "dtype");
    if (r.kind == V_ARRAY && type.kind != V_EMPTY) {
        const bool whole = type.kind == V_CLASS && type.class == e->type[V_INT];
        r.array->type = whole || (type.kind == V_STRING && strstr(type.s->s, "int")) ? I64 : F64;
    }
    return r;
}

/* The array itself where it is one already. */
static struct value n_asarray(struct eval *e, struct args *a)
{
    const struct value v = arg(e, a, 0, NULL);
    return v.kind == V_ARRAY && arg(e, a, 1, "dtype").kind == V_EMPTY ? v : n_array(e, a);
}

static bool shape_arg(struct eval *e, struct value v, struct shape *s)
{
    *s = (struct shape){ 0 };
    if (is_whole(v))
        *s = shape_of(1, v.i);
    const struct list *l = is_whole(v)                          ? NULL
                           : is_items(v)                        ? v.list
                           : v.kind == V_ARRAY && v.array->item ? array_list(e, v.array).list
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
        return unknown_array(e, why(shape));
    const struct value r = new_array(e, s, F64);
    for (int64_t i = 0; r.array->item && i < shape_count(&s); i++)
        r.array->item[i] = f;
    if (!known)
        r.array->item = NULL;
    return r;
}

static struct value n_zeros(struct eval *e, struct args *a)
{
    return filled(e, arg(e, a, 0, "shape"), 0, true);
}
static struct value n_ones(struct eval *e, struct args *a)
{
    return filled(e, arg(e, a, 0, "shape"), 1, true);
}
static struct value n_full(struct eval *e, struct args *a)
{
    return filled(e, arg(e, a, 0, "shape"), number(arg_or(e, a, 1, "fill_value", of_int(0))), true);
}
static struct value n_empty(struct eval *e, struct args *a)
{
    return filled(e, arg(e, a, 0, "shape"), 0, false);
}

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
    return size.kind == V_EMPTY ? unknown(e, "a random number", a->at, NULL)
                                : filled(e, size, 0, false);
}

static struct value n_arange(struct eval *e, struct args *a)
{
    const struct value x = arg(e, a, 0, "start"), y = arg(e, a, 1, "stop"),
                       z = arg_or(e, a, 2, "step", of_int(1));
    if (!is_number(x) || (y.kind != V_EMPTY && !is_number(y)) || !is_number(z))
        raise_error(e, "TypeError", "arange() takes numbers");
    const double from = y.kind == V_EMPTY ? 0 : number(x),
                 to = y.kind == V_EMPTY ? number(x) : number(y), by = number(z);
    const double n = by == 0 ? 0 : ceil((to - from) / by);
    if (n > MOST_ELEMENTS)
        return unknown_array(e, NULL);
    const bool floats = x.kind == V_FLOAT || y.kind == V_FLOAT || z.kind == V_FLOAT;
    const struct value r = new_array(e, shape_of(1, (int64_t)(n > 0 ? n : 0)), floats ? F64 : I64);
    for (int64_t i = 0; i < r.array->shape.dim[0]; i++)
        r.array->item[i] = from + (double)i * by;
    return r;
}

static struct value n_linspace(struct eval *e, struct args *a)
{
    const double from = number(arg_or(e, a, 0, "start", of_int(0))),
                 to = number(arg_or(e, a, 1, "stop", of_int(0)));
    const int64_t n = int_arg(e, arg_or(e, a, 2, "num", of_int(50)));
    if (n < 0 || n > MOST_ELEMENTS)
        return unknown_array(e, NULL);
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
        return unknown_array(e, why(v));
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
    if (v.array->item && r.array->item)
        memcpy(r.array->item, v.array->item, (size_t)n * sizeof *r.array->item);
    r.array->item = v.array->item ? r.array->item : NULL;
    return array_alias(e, v, r);
}

static struct value each(struct eval *e, struct args *a, double (*f)(double x))
{
    const struct value x = arg(e, a, 0, NULL), v = array_of(e, x);
    if (v.kind != V_ARRAY || !v.array->item)
        return unknown_array(e, why(x));
    const struct value r = new_array(e, v.array->shape, F64);
    for (int64_t i = 0; r.array->item && i < shape_count(&v.array->shape); i++)
        r.array->item[i] = f(v.array->item[i]);
    return r.array->shape.rank ? r : of_float(r.array->item[0]);
}

static struct value n_sqrt(struct eval *e, struct args *a)
{
    return each(e, a, sqrt);
}
static struct value n_log(struct eval *e, struct args *a)
{
    return each(e, a, log);
}
static struct value n_log2(struct eval *e, struct args *a)
{
    return each(e, a, log2);
}
static struct value n_exp(struct eval *e, struct args *a)
{
    return each(e, a, exp);
}
static struct value n_ceil(struct eval *e, struct args *a)
{
    return each(e, a, ceil);
}
static struct value n_floor(struct eval *e, struct args *a)
{
    return each(e, a, floor);
}
static struct value n_round(struct eval *e, struct args *a)
{
    return each(e, a, nearbyint);
}
static struct value n_abs(struct eval *e, struct args *a)
{
    return each(e, a, fabs);
}
static struct value n_sin(struct eval *e, struct args *a)
{
    return each(e, a, sin);
}
static struct value n_cos(struct eval *e, struct args *a)
{
    return each(e, a, cos);
}
static struct value n_tan(struct eval *e, struct args *a)
{
    return each(e, a, tan);
}
static struct value n_tanh(struct eval *e, struct args *a)
{
    return each(e, a, tanh);
}
static struct value n_log10(struct eval *e, struct args *a)
{
    return each(e, a, log10);
}
static struct value n_square(struct eval *e, struct args *a)
{
    return array_binary(e, "*", arg(e, a, 0, "x"), arg(e, a, 0, "x"));
}
static struct value n_same(struct eval *e, struct args *a)
{
    return a->n ? array_copy(e, a->v[0]) : UNKNOWN;
}
static struct value n_int(struct eval *e, struct args *a)
{
    return call_value(e, (struct value){ .kind = V_CLASS, .class = e->type[V_INT] }, a);
}
static struct value n_float(struct eval *e, struct args *a)
{
    return call_value(e, (struct value){ .kind = V_CLASS, .class = e->type[V_FLOAT] }, a);
}

static struct value n_tolist(struct eval *e, struct args *a)
{
    return a->v[0].array->item ? array_list(e, a->v[0].array) : unknown_array(e, NULL);
}

static struct value n_astype(struct eval *e, struct args *a)
{
    struct value v = array_copy(e, a->v[0]);
    const struct value type = arg(e, a, 1, "dtype");
    const bool whole = (type.kind == V_CLASS && type.class == e->type[V_INT])
                       || (type.kind == V_STRING && strstr(type.s->s, "int"))
                       || (type.kind == V_BUILTIN && strncmp(type.builtin->name, "int", 3) == 0);
    v.array->type = whole ? I64 : F64;
    for (int64_t i = 0; v.array->item && whole && i < shape_count(&v.array->shape); i++)
        v.array->item[i] = trunc(v.array->item[i]);
    return v.array->shape.rank || !v.array->item ? v
                                                 : array_scalar(v.array->item[0], v.array->type);
}

static struct value n_shape(struct eval *e, struct args *a)
{
    const struct value v = arg(e, a, 0, NULL);
    return v.kind == V_TENSOR                 ? get_attribute(e, v, e->n.shape, a->at)
           : v.kind == V_ARRAY || is_items(v) ? array_attribute(e, array_of(e, v), e->n.shape)
                                              : unknown_array(e, NULL);
}

/* ---- two operands ---- */

static struct value operate(struct eval *e, struct args *a, const char *op)
{
    return array_binary(e, op, array_of(e, arg(e, a, 0, "x1")), array_of(e, arg(e, a, 1, "x2")));
}

static struct value n_add(struct eval *e, struct args *a)
{
    return operate(e, a, "+");
}
static struct value n_subtract(struct eval *e, struct args *a)
{
    return operate(e, a, "-");
}
static struct value n_multiply(struct eval *e, struct args *a)
{
    return operate(e, a, "*");
}
static struct value n_divide(struct eval *e, struct args *a)
{
    return operate(e, a, "/");
}
static struct value n_power(struct eval *e, struct args *a)
{
    return operate(e, a, "**");
}

/* The larger ones, or the smaller: x where the comparison holds, else y. */
static struct value choose(struct eval *e, const char *op, struct value x, struct value y)
{
    struct value r = array_binary(e, "+", array_of(e, x), array_of(e, y)),
                 which = array_binary(e, op, array_of(e, x), array_of(e, y));
    if (is_number(r) && is_number(which))
        return number(which) != 0 ? x : y;
    if (r.kind != V_ARRAY || which.kind != V_ARRAY || !r.array->item || !which.array->item)
        return r;
    const struct value only_x = array_binary(e, "*", r, of_int(0)),
                       wide_x = array_binary(e, "+", only_x, x),
                       wide_y = array_binary(e, "+", only_x, y);
    for (int64_t i = 0; i < shape_count(&r.array->shape); i++)
        r.array->item[i] =
            which.array->item[i] != 0 ? wide_x.array->item[i] : wide_y.array->item[i];
    return r;
}

static struct value n_maximum(struct eval *e, struct args *a)
{
    return choose(e, ">", arg(e, a, 0, "x1"), arg(e, a, 1, "x2"));
}
static struct value n_minimum(struct eval *e, struct args *a)
{
    return choose(e, "<", arg(e, a, 0, "x1"), arg(e, a, 1, "x2"));
}

static struct value n_clip(struct eval *e, struct args *a)
{
    const struct value low = arg_or(e, a, 1, "a_min", NONE), high = arg_or(e, a, 2, "a_max", NONE);
    struct value r = arg(e, a, 0, "a");
    r = low.kind == V_NONE ? r : choose(e, ">", r, low);
    return high.kind == V_NONE ? r : choose(e, "<", r, high);
}

/* ---- other shapes ---- */

int array_axis(struct eval *e, struct value v, int rank)
{
    const int64_t axis = int_arg(e, v);
    if (axis < -rank || axis >= rank)
        raise_error(e, "ValueError", "axis %lld is out of bounds for array of dimension %d",
                    (long long)axis, rank);
    return (int)(axis < 0 ? axis + rank : axis);
}

struct value array_with_shape(struct eval *e, struct value v, struct shape s)
{
    const struct value r = array_copy(e, v);
    r.array->shape = s;
    return array_alias(e, v, r);
}

static struct value n_expand_dims(struct eval *e, struct args *a)
{
    const struct value v = array_of(e, arg(e, a, 0, "a"));
    if (v.kind != V_ARRAY || v.array->shape.rank == MAX_RANK)
        return unknown_array(e, why(v));
    const struct shape *from = &v.array->shape;
    const int axis = array_axis(e, arg_or(e, a, 1, "axis", of_int(0)), from->rank + 1);
    struct shape s = { .rank = from->rank + 1 };
    for (int i = 0; i < s.rank; i++)
        s.dim[i] = i == axis ? 1 : from->dim[i - (i > axis)];
    return array_with_shape(e, v, s);
}

static struct value n_squeeze(struct eval *e, struct args *a)
{
    const struct value v = array_of(e, arg(e, a, 0, "a")), axis = arg_or(e, a, 1, "axis", NONE);
    struct shape s = { 0 };
    if (v.kind != V_ARRAY)
        return v;
    const struct shape *from = &v.array->shape;
    const int only = axis.kind == V_NONE ? -1 : array_axis(e, axis, from->rank);
    for (int i = 0; i < from->rank; i++)
        if (from->dim[i] != 1 || (only >= 0 && only != i))
            s.dim[s.rank++] = from->dim[i];
    return array_with_shape(e, v, s);
}

/* Axis i of the result is axis order[i] of v. */
struct value array_permuted(struct eval *e, struct value v, const int *order)
{
    const struct shape *from = &v.array->shape;
    struct shape s = { .rank = from->rank };
    int64_t stride[MAX_RANK + 1] = { 0 };
    stride[from->rank] = 1;
    for (int i = from->rank - 1; i >= 0; i--)
        stride[i] = stride[i + 1] * from->dim[i];
    for (int i = 0; i < s.rank; i++)
        s.dim[i] = from->dim[order[i]];
    const struct value r = new_array(e, s, v.array->type);
    r.array->item = v.array->item ? r.array->item : NULL;
    for (int64_t k = 0; r.array->item && k < shape_count(&s); k++) {
        int64_t rest = k, at = 0;
        for (int i = s.rank - 1; i >= 0; i--) {
            at += rest % s.dim[i] * stride[order[i] + 1];
            rest /= s.dim[i];
        }
        r.array->item[k] = v.array->item[at];
    }
    return array_alias(e, v, r);
}

static struct value n_transpose(struct eval *e, struct args *a)
{
    const struct value v = array_of(e, arg(e, a, 0, "a"));
    struct value axes = arg_or(e, a, 1, "axes", NONE);
    int order[MAX_RANK];
    if (v.kind != V_ARRAY)
        return v;
    const int rank = v.array->shape.rank;
    const struct list *l = axes.kind == V_NONE ? NULL : items_of(e, &axes);
    unsigned seen = 0;
    for (int i = 0; i < rank; i++) {
        order[i] = l && i < l->count ? array_axis(e, l->item[i], rank) : rank - 1 - i;
        seen |= 1u << order[i];
    }
    if ((l && l->count != rank) || seen != (1u << rank) - 1)
        raise_error(e, "ValueError", "axes don't match array");
    return array_permuted(e, v, order);
}

/* Arrays one behind the other along an axis; all other axes agree. */
struct value array_joined(struct eval *e, const struct list *parts, int axis)
{
    struct shape s = parts->item[0].array->shape;
    int64_t outer = 1, at = 0;
    enum dtype type = parts->item[0].array->type;
    s.dim[axis] = 0;
    for (int64_t i = 0; i < parts->count; i++) {
        const struct number_array *p = parts->item[i].array;
        bool fits = p->shape.rank == s.rank;
        for (int d = 0; fits && d < s.rank; d++)
            fits = d == axis || p->shape.dim[d] == s.dim[d];
        if (!fits)
            raise_error(e, "ValueError",
                        "all the input array dimensions except for the concatenation axis must "
                        "match exactly");
        s.dim[axis] += p->shape.dim[axis];
        type = p->type == F64 || p->type == F32 ? p->type : type;
    }
    for (int d = 0; d < axis; d++)
        outer *= s.dim[d];
    const struct value r = new_array(e, s, type);
    for (int64_t o = 0; o < outer; o++)
        for (int64_t i = 0; i < parts->count; i++) {
            const struct number_array *p = parts->item[i].array;
            const int64_t n = outer ? shape_count(&p->shape) / outer : 0;
            if (!p->item || !r.array->item) {
                r.array->item = NULL;
                return r;
            }
            memcpy(r.array->item + at, p->item + o * n, (size_t)n * sizeof *p->item);
            at += n;
        }
    return r;
}

/* `stacks`: along a new axis. */
static struct value join(struct eval *e, struct args *a, bool stacks)
{
    struct value all = arg(e, a, 0, "arrays"), parts = new_list(e, V_LIST);
    const struct list *l = items_of(e, &all);
    for (int64_t i = 0; l && i < l->count; i++) {
        struct value v = array_of(e, l->item[i]);
        if (v.kind == V_ARRAY && stacks) {
            struct args one = {
                .v = (struct value[]){ EMPTY, v, arg_or(e, a, 1, "axis", of_int(0)) } + 1,
                .n = 2,
                .at = a->at
            };
            v = n_expand_dims(e, &one);
        }
        if (v.kind != V_ARRAY || !v.array->shape.rank)
            return unknown_array(e, why(v));
        list_push(e, parts.list, v);
    }
    if (!l || !l->count)
        return unknown_array(e, why(all));
    return array_joined(
        e, parts.list,
        array_axis(e, arg_or(e, a, 1, "axis", of_int(0)), parts.list->item[0].array->shape.rank));
}

static struct value n_concatenate(struct eval *e, struct args *a)
{
    return join(e, a, false);
}
static struct value n_stack(struct eval *e, struct args *a)
{
    return join(e, a, true);
}

/* np.repeat(x, n, axis): each part n times. */
static struct value n_repeat(struct eval *e, struct args *a)
{
    struct value v = array_of(e, arg(e, a, 0, "a"));
    const int64_t n = int_arg(e, arg_or(e, a, 1, "repeats", of_int(1)));
    const struct value axis = arg_or(e, a, 2, "axis", NONE);
    if (v.kind != V_ARRAY || !v.array->item || n < 0)
        return unknown_array(e, why(v));
    if (axis.kind == V_NONE)
        v = array_with_shape(e, v, shape_of(1, shape_count(&v.array->shape)));
    struct shape s = v.array->shape;
    const int at = array_axis(e, axis.kind == V_NONE ? of_int(0) : axis, s.rank);
    int64_t inner = 1;
    for (int d = at + 1; d < s.rank; d++)
        inner *= s.dim[d];
    s.dim[at] *= n;
    const struct value r = new_array(e, s, v.array->type);
    for (int64_t i = 0; r.array->item && i < shape_count(&s); i++)
        r.array->item[i] = v.array->item[i / inner / n * inner + i % inner];
    return r;
}

static struct value n_tile(struct eval *e, struct args *a)
{
    struct value v = array_of(e, arg(e, a, 0, "A")), reps = arg(e, a, 1, "reps");
    struct value counts = new_list(e, V_LIST);
    if (is_whole(reps))
        list_push(e, counts.list, reps);
    const struct list *l = is_whole(reps) ? counts.list : items_of(e, &reps);
    if (v.kind != V_ARRAY || !l || l->count > MAX_RANK)
        return unknown_array(e, why(v));
    struct shape s = v.array->shape;
    while (s.rank < l->count) {
        memmove(s.dim + 1, s.dim, (size_t)s.rank * sizeof *s.dim);
        s.dim[0] = 1;
        s.rank++;
    }
    v = array_with_shape(e, v, s);
    for (int64_t i = 0; i < l->count; i++) {
        struct value parts = new_list(e, V_LIST);
        const int64_t n = int_arg(e, l->item[i]);
        if (n < 1 || n > MOST_ELEMENTS)
            return unknown_array(e, NULL);
        for (int64_t k = 0; k < n; k++)
            list_push(e, parts.list, v);
        v = array_joined(e, parts.list, (int)(s.rank - l->count + i));
    }
    return v;
}

static struct value like(struct eval *e, struct args *a, double f)
{
    const struct value v = array_of(e, arg(e, a, 0, "a"));
    if (v.kind != V_ARRAY)
        return v;
    const struct value r = new_array(e, v.array->shape, v.array->type);
    for (int64_t i = 0; r.array->item && i < shape_count(&v.array->shape); i++)
        r.array->item[i] = f;
    return r;
}

static struct value n_zeros_like(struct eval *e, struct args *a)
{
    return like(e, a, 0);
}
static struct value n_ones_like(struct eval *e, struct args *a)
{
    return like(e, a, 1);
}

static struct value n_eye(struct eval *e, struct args *a)
{
    const int64_t n = int_arg(e, arg(e, a, 0, "N")),
                  m = int_arg(e, arg_or(e, a, 1, "M", of_int(n)));
    const struct value r =
        n < 0 || m < 0 ? unknown_array(e, NULL) : new_array(e, shape_of(2, n, m), F64);
    for (int64_t i = 0; r.kind == V_ARRAY && r.array->item && i < n && i < m; i++)
        r.array->item[i * m + i] = 1;
    return r;
}

/* A dictionary of the arrays of a .npz file that lies beside the text, or where the path says.
 * Other files are data: unknown. */
static struct value n_load(struct eval *e, struct args *a)
{
    struct array_list list = { 0 };
    const struct value name = a->n ? a->v[0] : EMPTY;
    const char *path =
        name.kind == V_STRING ? path_beside(e->mem, e->ctx->options.model, name.s->s) : "";
    if (!ends_with(path, ".npz") || access(path, R_OK) != 0 || !npy_read(e->ctx, path, &list))
        return unknown_array(e, NULL);
    struct value arrays = new_dict(e, V_DICT);
    for (int i = 0; i < list.count; i++) {
        const struct array *from = &list.item[i];
        const int64_t n = shape_count(&from->shape);
        struct value v = new_array(e, from->shape, from->type);
        if (!v.array->item)
            v.array->item = NEW_ARRAY(e->mem, double, n + 1);
        v.array->stored = true;
        for (int64_t k = 0; k < n; k++)
            v.array->item[k] = dtype_get(from->type, from->data, k);
        dict_set(e, arrays.dict, of_text(e, from->name), v);
    }
    return arrays;
}

static const struct builtin functions[] = { { "load", n_load, false },
                                            { "array", n_array, false },
                                            { "asarray", n_asarray, false },
                                            { "sum", n_sum, false },
                                            { "prod", n_prod, false },
                                            { "mean", n_mean, false },
                                            { "min", n_min, false },
                                            { "max", n_max, false },
                                            { "amin", n_min, false },
                                            { "amax", n_max, false },
                                            { "zeros", n_zeros, false },
                                            { "ones", n_ones, false },
                                            { "full", n_full, false },
                                            { "empty", n_empty, false },
                                            { "arange", n_arange, false },
                                            { "linspace", n_linspace, false },
                                            { "reshape", n_reshape, false },
                                            { "sqrt", n_sqrt, false },
                                            { "log", n_log, false },
                                            { "log2", n_log2, false },
                                            { "exp", n_exp, false },
                                            { "ceil", n_ceil, false },
                                            { "floor", n_floor, false },
                                            { "round", n_round, false },
                                            { "abs", n_abs, false },
                                            { "int32", n_int, false },
                                            { "int64", n_int, false },
                                            { "float32", n_float, false },
                                            { "float64", n_float, false },
                                            { "shape", n_shape, false },
                                            { "sin", n_sin, false },
                                            { "cos", n_cos, false },
                                            { "tan", n_tan, false },
                                            { "tanh", n_tanh, false },
                                            { "log10", n_log10, false },
                                            { "square", n_square, false },
                                            { "add", n_add, false },
                                            { "subtract", n_subtract, false },
                                            { "multiply", n_multiply, false },
                                            { "divide", n_divide, false },
                                            { "power", n_power, false },
                                            { "maximum", n_maximum, false },
                                            { "minimum", n_minimum, false },
                                            { "clip", n_clip, false },
                                            { "expand_dims", n_expand_dims, false },
                                            { "squeeze", n_squeeze, false },
                                            { "transpose", n_transpose, false },
                                            { "concatenate", n_concatenate, false },
                                            { "stack", n_stack, false },
                                            { "repeat", n_repeat, false },
                                            { "tile", n_tile, false },
                                            { "zeros_like", n_zeros_like, false },
                                            { "ones_like", n_ones_like, false },
                                            { "eye", n_eye, false },
                                            { "identity", n_eye, false },
                                            { 0 } };

struct value numpy_function(const char *name)
{
    static const char *const renamed[][2] = { { "range", "arange" },
                                              { "concat", "concatenate" },
                                              { "pow", "power" },
                                              { "int_shape", "shape" } };
    name = strncmp(name, "reduce_", 7) == 0 ? name + 7 : name;
    for (size_t i = 0; i < sizeof renamed / sizeof *renamed; i++)
        name = strcmp(name, renamed[i][0]) == 0 ? renamed[i][1] : name;
    const struct builtin *const tables[] = { functions, numpy_rearranging };
    for (int i = 0; i < 2; i++)
        for (const struct builtin *b = tables[i]; b->name; b++)
            if (strcmp(b->name, name) == 0)
                return (struct value){ .kind = V_BUILTIN, .builtin = b };
    return EMPTY;
}

static const struct builtin methods[] = { { "sum", n_sum, false },
                                          { "prod", n_prod, false },
                                          { "mean", n_mean, false },
                                          { "min", n_min, false },
                                          { "max", n_max, false },
                                          { "reshape", n_reshape, false },
                                          { "transpose", n_transpose, false },
                                          { "squeeze", n_squeeze, false },
                                          { "repeat", n_repeat, false },
                                          { "clip", n_clip, false },
                                          { "tolist", n_tolist, false },
                                          { "astype", n_astype, false },
                                          { "copy", n_same, false },
                                          { "numpy", n_same, false },
                                          { "item", n_mean, false },
                                          { 0 } };

static const struct builtin random_functions[] = { { "rand", n_rand, false },
                                                   { "randn", n_rand, false },
                                                   { "random", n_empty, false },
                                                   { "normal", n_random, false },
                                                   { "uniform", n_random, false },
                                                   { "randint", n_random, false },
                                                   { 0 } };

static void fill_numpy(struct eval *e, struct dict *d)
{
    struct module *random = module_new(e, "numpy.random");
    static const struct builtin_module about = { "numpy.random", random_functions, NULL };
    random->builtin = &about;
    add_table(e, d, numpy_rearranging);
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
    if (same_text(name, "T")) {
        int order[MAX_RANK];
        for (int i = 0; i < a->shape.rank; i++)
            order[i] = a->shape.rank - 1 - i;
        return array_permuted(e, v, order);
    }
    for (const struct builtin *b = methods; b->name; b++)
        if (same_text(name, b->name))
            return bind_method(e, (struct value){ .kind = V_BUILTIN, .builtin = b }, v, NULL);
    for (const struct builtin *b = numpy_rearranging; b->name; b++)
        if (same_text(name, b->name))
            return bind_method(e, (struct value){ .kind = V_BUILTIN, .builtin = b }, v, NULL);
    return unknown(e, arena_printf(e->mem, "the attribute '%s' of an array", name->s), e->at, NULL);
}
