/*
 * composed_functions.c - functions of keras.ops that are short compositions of other operators: of
 * numbers (nan_to_num, heaviside, ...), of vectors and matrices (outer, cross, trace, norm, ...),
 * along an axis (diff, median, ...), and reductions that leave out NaN.
 */
#include "ops/common.h"

#include <float.h>
#include <math.h>

#define COMPOSED(class, what, inputs, most) \
    .name = class, .brief = what, .min_inputs = inputs, .max_inputs = most, \
        .types = NUMBERS | TYPE(BOOL)

static struct tensor *choose(struct graph *g, struct op *op, struct tensor *condition,
                             struct tensor *yes, struct tensor *no)
{
    struct tensor *const in[3] = { condition, yes, no };
    return condition && yes && no ? op_make(g, op, "Where", "", in, 3) : NULL;
}

/* A number of the type of t. */
static struct tensor *like(struct graph *g, const struct tensor *t, double value)
{
    return make_number(g, t->type, value);
}

static struct tensor *is_nan(struct graph *g, struct op *op, struct tensor *t)
{
    return make_two(g, op, "NotEqual", t, t);
}

static bool real_axis(struct graph *g, const struct op *op, int axis, int *to)
{
    const int rank = op->in[0]->shape.rank;
    *to = axis < 0 ? axis + rank : axis;
    return (*to >= 0 && *to < rank)
           || op_error(g, op, "there is no axis %d in a tensor of rank %d", axis, rank);
}

/* Values [from, from + size) along an axis. */
static struct tensor *part(struct graph *g, struct op *op, struct tensor *t, int axis, int64_t from,
                           int64_t size)
{
    const char *begin = "", *sizes = "";
    for (int d = 0; t && d < t->shape.rank; d++) {
        begin = arena_printf(g->ctx->arena, "%s%lld,", begin, (long long)(d == axis ? from : 0));
        sizes = arena_printf(g->ctx->arena, "%s%lld,", sizes,
                             (long long)(d == axis ? size : t->shape.dim[d]));
    }
    return make_one(g, op, "Slice",
                    arena_printf(g->ctx->arena, "begin=(%s) size=(%s)", begin, sizes), t);
}

static struct tensor *reduced(struct graph *g, struct op *op, const char *kind, int axis, bool keep,
                              struct tensor *t)
{
    return make_one(g, op, "Reduce",
                    arena_printf(g->ctx->arena, "kind=%s axes=(%d,) keepdims=%s", kind, axis,
                                 keep ? "True" : "False"),
                    t);
}

static const struct sample one_sample[] = { { "5x4x3", "" }, { NULL, NULL } };
static const struct sample two_samples[] = { { "5x4 5x4", "" }, { NULL, NULL } };
static const struct sample square_sample[] = { { "5x5", "" }, { NULL, NULL } };

/* ---- of numbers ---- */

struct nan_to_num {
    double nan, positive, negative;
};

static const struct attr nan_attrs[] = {
    { "nan", NULL, ATTR_FLOAT, offsetof(struct nan_to_num, nan), "0", NULL, 0 },
    { "posinf", NULL, ATTR_FLOAT, offsetof(struct nan_to_num, positive), "3.4028234663852886e38",
      NULL, 0 },
    { "neginf", NULL, ATTR_FLOAT, offsetof(struct nan_to_num, negative), "-3.4028234663852886e38",
      NULL, 0 },
    { 0 }
};

static struct tensor *nan_to_num_expand(struct graph *g, struct op *op)
{
    const struct nan_to_num *p = op->attr;
    struct tensor *x = op->in[0];
    if (x->type > F64)
        return x;
    struct tensor *t = choose(g, op, is_nan(g, op, x), like(g, x, p->nan), x);
    t = choose(g, op, make_two(g, op, "Greater", x, like(g, x, FLT_MAX)), like(g, x, p->positive),
               t);
    return choose(g, op, make_two(g, op, "Less", x, like(g, x, -FLT_MAX)), like(g, x, p->negative),
                  t);
}

const struct opdef nan_to_num = {
    COMPOSED("NanToNum", "NaN and infinities as numbers", 1, 1),
    .keras_base = "nan_to_num",
    .attrs = nan_attrs,
    .attr_size = sizeof(struct nan_to_num),
    .samples = one_sample,
    .expand = nan_to_num_expand,
    .functions = "nan_to_num(x, nan=0.0, posinf, neginf)",
};

static struct tensor *heaviside_expand(struct graph *g, struct op *op)
{
    struct tensor *x = op->in[0], *above = make_two(g, op, "Greater", x, like(g, x, 0));
    struct tensor *t = choose(g, op, make_two(g, op, "Equal", x, like(g, x, 0)), op->in[1],
                              choose(g, op, above, like(g, x, 1), like(g, x, 0)));
    return choose(g, op, is_nan(g, op, x), x, t);
}

const struct opdef heaviside = {
    COMPOSED("Heaviside", "1 above 0, 0 below, b at 0", 2, 2),
    .keras_base = "heaviside",
    .samples = two_samples,
    .expand = heaviside_expand,
    .functions = "heaviside(x1, x2)",
};

/* The other one where one is NaN. */
static struct tensor *without_nan(struct graph *g, struct op *op, const char *def)
{
    struct tensor *a = op->in[0], *b = op->in[1];
    struct tensor *t = choose(g, op, is_nan(g, op, a), b, make_two(g, op, def, a, b));
    return choose(g, op, is_nan(g, op, b), a, t);
}

static struct tensor *fmax_expand(struct graph *g, struct op *op)
{
    return without_nan(g, op, "Maximum");
}
static struct tensor *fmin_expand(struct graph *g, struct op *op)
{
    return without_nan(g, op, "Minimum");
}

const struct opdef fmax_of_two = {
    COMPOSED("FMax", "the greater one that is no NaN", 2, 2),
    .keras_base = "fmax",
    .samples = two_samples,
    .expand = fmax_expand,
    .functions = "fmax(x1, x2)",
};

const struct opdef fmin_of_two = {
    COMPOSED("FMin", "the lesser one that is no NaN", 2, 2),
    .keras_base = "fmin",
    .samples = two_samples,
    .expand = fmin_expand,
    .functions = "fmin(x1, x2)",
};

/* log2(2^a + 2^b) = logaddexp(a ln 2, b ln 2) / ln 2 */
static struct tensor *logaddexp2_expand(struct graph *g, struct op *op)
{
    const double ln2 = 0.69314718055994530942;
    struct tensor *in[2];
    for (int i = 0; i < 2; i++)
        in[i] = make_two(g, op, "Multiply", op->in[i], like(g, op->in[i], ln2));
    return make_two(g, op, "Multiply", make_two(g, op, "LogAddExp", in[0], in[1]),
                    make_number(g, F32, 1 / ln2));
}

const struct opdef logaddexp2 = {
    COMPOSED("LogAddExp2", "log2(2^a + 2^b)", 2, 2),
    .keras_base = "logaddexp2",
    .samples = two_samples,
    .expand = logaddexp2_expand,
    .functions = "logaddexp2(x1, x2)",
};

struct tolerance {
    double relative, absolute;
};

static const struct attr tolerance_attrs[] = {
    { "rtol", NULL, ATTR_FLOAT, offsetof(struct tolerance, relative), "1e-5", NULL, 0 },
    { "atol", NULL, ATTR_FLOAT, offsetof(struct tolerance, absolute), "1e-8", NULL, 0 },
    { 0 }
};

/* |a - b| <= atol + rtol |b|, or the same infinity */
static struct tensor *isclose_expand(struct graph *g, struct op *op)
{
    const struct tolerance *p = op->attr;
    struct tensor *a = op->in[0], *b = op->in[1];
    struct tensor *most = make_two(g, op, "Add",
                                   make_two(g, op, "Multiply", make_one(g, op, "Abs", "", b),
                                            make_number(g, F32, p->relative)),
                                   make_number(g, F32, p->absolute));
    struct tensor *near = make_two(
        g, op, "LessEqual", make_one(g, op, "Abs", "", make_two(g, op, "Subtract", a, b)), most);
    struct tensor *finite = make_two(g, op, "Less", make_one(g, op, "Abs", "", b),
                                     make_number(g, F32, (double)INFINITY));
    return make_two(g, op, "LogicalOr", make_two(g, op, "Equal", a, b),
                    make_two(g, op, "LogicalAnd", near, finite));
}

static struct tensor *allclose_expand(struct graph *g, struct op *op)
{
    return make_one(g, op, "Reduce", "kind=all", isclose_expand(g, op));
}

const struct opdef isclose = {
    COMPOSED("IsClose", "are a and b nearly the same?", 2, 2),
    .keras_base = "isclose",
    .attrs = tolerance_attrs,
    .attr_size = sizeof(struct tolerance),
    .samples = two_samples,
    .expand = isclose_expand,
    .functions = "isclose(x1, x2, rtol, atol, equal_nan@ignored)",
};

const struct opdef allclose = {
    COMPOSED("AllClose", "are all of a and b nearly the same?", 2, 2),
    .keras_base = "allclose",
    .attrs = tolerance_attrs,
    .attr_size = sizeof(struct tolerance),
    .samples = two_samples,
    .expand = allclose_expand,
    .functions = "allclose(x1, x2, rtol, atol, equal_nan@ignored)",
};

/* sin(pi x) / (pi x), 1 at 0 */
static struct tensor *sinc_expand(struct graph *g, struct op *op)
{
    struct tensor *x =
        make_two(g, op, "Multiply", op->in[0], make_number(g, F32, 3.14159265358979323846));
    struct tensor *zero = make_two(g, op, "Equal", op->in[0], like(g, op->in[0], 0));
    struct tensor *safe = choose(g, op, zero, make_number(g, F32, 1), x);
    return choose(g, op, zero, make_number(g, F32, 1),
                  make_two(g, op, "Divide", make_one(g, op, "Sin", "", safe), safe));
}

const struct opdef sinc = {
    COMPOSED("Sinc", "sin(pi x) / (pi x)", 1, 1),
    .keras_base = "sinc",
    .samples = one_sample,
    .expand = sinc_expand,
    .functions = "sinc(x)",
};

/* The sign bit of -0.0 is that of 1 / -0.0. */
static struct tensor *signbit_expand(struct graph *g, struct op *op)
{
    struct tensor *x = op->in[0], *below = make_two(g, op, "Less", x, like(g, x, 0));
    if (x->type > F64)
        return below;
    struct tensor *zero = make_two(g, op, "Equal", x, like(g, x, 0));
    struct tensor *minus =
        make_two(g, op, "Less",
                 make_two(g, op, "Divide", like(g, x, 1), choose(g, op, zero, x, like(g, x, 1))),
                 like(g, x, 0));
    return make_two(g, op, "LogicalOr", below, minus);
}

const struct opdef signbit_of = {
    COMPOSED("SignBit", "is it negative?", 1, 1),
    .keras_base = "signbit",
    .samples = one_sample,
    .expand = signbit_expand,
    .functions = "signbit(x)",
};

static struct tensor *ldexp_expand(struct graph *g, struct op *op)
{
    struct tensor *power = make_two(g, op, "Power", make_number(g, F32, 2),
                                    make_one(g, op, "Cast", "to=float32", op->in[1]));
    return make_two(g, op, "Multiply", op->in[0], power);
}

const struct opdef ldexp_of = {
    COMPOSED("LdExp", "a times 2 to the power b", 2, 2),
    .keras_base = "ldexp",
    .samples = two_samples,
    .expand = ldexp_expand,
    .functions = "ldexp(x1, x2)",
};

/* ---- vectors and matrices ---- */

/* The product of every element of one with every element of the other. */
static struct tensor *outer_expand(struct graph *g, struct op *op)
{
    const int64_t column[2] = { shape_count(&op->in[0]->shape), 1 },
                  row[2] = { 1, shape_count(&op->in[1]->shape) };
    return make_two(g, op, "Multiply", make_view(g, op, op->in[0], 2, column),
                    make_view(g, op, op->in[1], 2, row));
}

const struct opdef outer = {
    COMPOSED("Outer", "products of all pairs", 2, 2),
    .keras_base = "outer",
    .samples = two_samples,
    .expand = outer_expand,
    .functions = "outer(x1, x2)",
};

static struct tensor *vdot_expand(struct graph *g, struct op *op)
{
    const int64_t n[1] = { shape_count(&op->in[0]->shape) },
                  m[1] = { shape_count(&op->in[1]->shape) };
    return make_one(g, op, "Reduce", "kind=sum",
                    make_two(g, op, "Multiply", make_view(g, op, op->in[0], 1, n),
                             make_view(g, op, op->in[1], 1, m)));
}

const struct opdef vdot = {
    COMPOSED("VDot", "sum of the products of all elements", 2, 2),
    .keras_base = "vdot",
    .samples = two_samples,
    .expand = vdot_expand,
    .functions = "vdot(x1, x2)",
};

/* Of vectors of three numbers in the last axis. */
static struct tensor *cross_expand(struct graph *g, struct op *op)
{
    struct tensor *a[3], *b[3], *c[3];
    for (int i = 0; i < 2; i++)
        if (!op->in[i]->shape.rank || op->in[i]->shape.dim[op->in[i]->shape.rank - 1] != 3)
            return op_error(g, op, "takes vectors of three numbers in the last axis"), NULL;
    for (int i = 0; i < 3; i++) {
        a[i] = part(g, op, op->in[0], op->in[0]->shape.rank - 1, i, 1);
        b[i] = part(g, op, op->in[1], op->in[1]->shape.rank - 1, i, 1);
    }
    for (int i = 0; i < 3; i++) {
        const int j = (i + 1) % 3, k = (i + 2) % 3;
        c[i] = make_two(g, op, "Subtract", make_two(g, op, "Multiply", a[j], b[k]),
                        make_two(g, op, "Multiply", a[k], b[j]));
    }
    return c[0] && c[1] && c[2] ? op_make(g, op, "Concatenate", "axis=-1", c, 3) : NULL;
}

static const struct sample cross_samples[] = { { "5x3 5x3", "" }, { NULL, NULL } };

const struct opdef cross = {
    COMPOSED("Cross", "vector product", 2, 2),
    .keras_base = "cross",
    .samples = cross_samples,
    .expand = cross_expand,
    .functions = "cross(x1|a, x2|b)",
};

struct diagonal {
    int offset, axis1, axis2;
};

static const struct attr diagonal_attrs[] = {
    { "offset", NULL, ATTR_INT, offsetof(struct diagonal, offset), "0", NULL, 0 },
    { "axis1", NULL, ATTR_INT, offsetof(struct diagonal, axis1), "0", NULL, 0 },
    { "axis2", NULL, ATTR_INT, offsetof(struct diagonal, axis2), "1", NULL, 0 },
    { 0 }
};

/* The two axes go to the end, where the diagonal is every (n + 1)th value of the flat rows. */
static struct tensor *diagonal_expand(struct graph *g, struct op *op)
{
    const struct diagonal *p = op->attr;
    const struct shape *s = &op->in[0]->shape;
    int a = 0, b = 0, n = 0;
    int64_t dim[MAX_RANK];
    const char *perm = "";
    if (!real_axis(g, op, p->axis1, &a) || !real_axis(g, op, p->axis2, &b) || a == b)
        return a == b ? op_error(g, op, "needs two different axes"), NULL : NULL;
    for (int d = 0; d < s->rank; d++)
        if (d != a && d != b) {
            perm = arena_printf(g->ctx->arena, "%s%d,", perm, d);
            dim[n++] = s->dim[d];
        }
    const int64_t rows = s->dim[a], columns = s->dim[b], down = p->offset < 0 ? -p->offset : 0,
                  right = p->offset > 0 ? p->offset : 0;
    const int64_t size = rows - down < columns - right ? rows - down : columns - right;
    if (size < 1)
        return op_error(g, op, "the matrix has no such diagonal"), NULL;
    struct tensor *t = make_one(
        g, op, "Transpose", arena_printf(g->ctx->arena, "perm=(%s%d,%d)", perm, a, b), op->in[0]);
    dim[n] = rows * columns;
    t = make_view(g, op, t, n + 1, dim);
    const char *begin = "", *sizes = "", *steps = "";
    for (int d = 0; t && d <= n; d++) {
        begin = arena_printf(g->ctx->arena, "%s%lld,", begin,
                             (long long)(d == n ? down * columns + right : 0));
        sizes = arena_printf(g->ctx->arena, "%s%lld,", sizes, (long long)(d == n ? size : dim[d]));
        steps =
            arena_printf(g->ctx->arena, "%s%lld,", steps, (long long)(d == n ? columns + 1 : 1));
    }
    return make_one(
        g, op, "Slice",
        arena_printf(g->ctx->arena, "begin=(%s) size=(%s) step=(%s)", begin, sizes, steps), t);
}

static struct tensor *trace_expand(struct graph *g, struct op *op)
{
    return make_one(g, op, "Reduce", "kind=sum axes=(-1,)", diagonal_expand(g, op));
}

const struct opdef diagonal = {
    COMPOSED("Diagonal", "the diagonals of matrices", 1, 1),
    .keras_base = "diagonal",
    .attrs = diagonal_attrs,
    .attr_size = sizeof(struct diagonal),
    .samples = square_sample,
    .expand = diagonal_expand,
    .functions =
        "diagonal(x, offset, axis1, axis2); diag_part matrix_diag_part(input) axis1=-2 axis2=-1",
};

const struct opdef trace = {
    COMPOSED("Trace", "sums of the diagonals of matrices", 1, 1),
    .keras_base = "trace",
    .attrs = diagonal_attrs,
    .attr_size = sizeof(struct diagonal),
    .samples = square_sample,
    .expand = trace_expand,
    .functions = "tf.linalg.trace(x) axis1=-2 axis2=-1; trace(x, offset, axis1, axis2)",
};

struct norm {
    struct int_list axis;
    double number;
    bool keepdims;
};

static const struct attr norm_attrs[] = {
    { "ord", NULL, ATTR_FLOAT, offsetof(struct norm, number), "2", NULL, 0 },
    { "axis", NULL, ATTR_LIST, offsetof(struct norm, axis), "None", NULL, 0 },
    { "keepdims", NULL, ATTR_BOOL, offsetof(struct norm, keepdims), "False", NULL, 0 },
    { 0 }
};

/* (sum of |x|^order)^(1 / order), the greatest and least magnitude where the order is infinite; of
 * two axes: 2 alone, Frobenius' norm. */
static struct tensor *norm_expand(struct graph *g, struct op *op)
{
    const struct norm *p = op->attr;
    const char *axes = "";
    for (int i = 0; i < p->axis.count; i++)
        axes = arena_printf(g->ctx->arena, "%s%lld,", axes, (long long)p->axis.item[i]);
    axes =
        arena_printf(g->ctx->arena, "axes=(%s) keepdims=%s", axes, p->keepdims ? "True" : "False");
    const bool two = !(p->number < 2) && !(p->number > 2),
               infinite = p->number > DBL_MAX || p->number < -DBL_MAX;
    if (p->axis.count > 1 && !two)
        return op_error(g, op, "of matrices is known for ord=None alone"), NULL;
    if (two)
        return make_one(g, op, "ReduceComposed", arena_printf(g->ctx->arena, "kind=l2 %s", axes),
                        op->in[0]);
    struct tensor *t = make_one(g, op, "Abs", "", op->in[0]);
    if (infinite)
        return make_one(
            g, op, "Reduce",
            arena_printf(g->ctx->arena, "kind=%s %s", p->number > 0 ? "max" : "min", axes), t);
    if (p->number < 1 && p->number > -1 && !(p->number < 0 || p->number > 0))
        t = make_one(g, op, "Cast", "to=float32",
                     make_two(g, op, "NotEqual", t, make_number(g, F32, 0)));
    const bool plain = !(p->number < 1 || p->number > 1) || !(p->number < 0 || p->number > 0);
    t = plain ? t : make_two(g, op, "Power", t, make_number(g, F32, p->number));
    t = make_one(g, op, "Reduce", arena_printf(g->ctx->arena, "kind=sum %s", axes), t);
    return plain ? t : make_two(g, op, "Power", t, make_number(g, F32, 1 / p->number));
}

static const struct sample norm_samples[] = { { "5x4", "axis=-1 ord=3" },
                                              { "5x4", "" },
                                              { NULL, NULL } };

const struct opdef norm = {
    COMPOSED("Norm", "lengths of vectors", 1, 1),
    .keras_base = "norm",
    .attrs = norm_attrs,
    .attr_size = sizeof(struct norm),
    .samples = norm_samples,
    .expand = norm_expand,
    .functions = "norm(x|tensor, ord|order:ord, axis, keepdims)",
};

/* ---- along an axis ---- */

struct along {
    int axis, n;
    bool keepdims;
};

static const struct attr diff_attrs[] = {
    { "n", NULL, ATTR_INT, offsetof(struct along, n), "1", NULL, 0 },
    { "axis", NULL, ATTR_INT, offsetof(struct along, axis), "-1", NULL, 0 },
    { 0 }
};

/* Each value less the one before, n times. */
static struct tensor *diff_expand(struct graph *g, struct op *op)
{
    const struct along *p = op->attr;
    struct tensor *t = op->in[0];
    int axis;
    if (!real_axis(g, op, p->axis, &axis))
        return NULL;
    for (int i = 0; i < p->n && t; i++) {
        const int64_t n = t->shape.dim[axis] - 1;
        if (n < 1)
            return op_error(g, op, "there are too few values along axis %d", p->axis), NULL;
        t = make_two(g, op, "Subtract", part(g, op, t, axis, 1, n), part(g, op, t, axis, 0, n));
    }
    return t;
}

static const struct sample diff_samples[] = { { "5x4x3", "axis=1 n=2" }, { NULL, NULL } };

const struct opdef diff = {
    COMPOSED("Diff", "differences of neighbours", 1, 1),
    .keras_base = "diff",
    .attrs = diff_attrs,
    .attr_size = sizeof(struct along),
    .samples = diff_samples,
    .expand = diff_expand,
    .functions = "diff(a|x, n, axis)",
};

static const struct attr append_attrs[] = {
    { "axis", NULL, ATTR_INT, offsetof(struct along, axis), "1000", NULL, 0 }, { 0 }
};

/* Without an axis both in a row. */
static struct tensor *append_expand(struct graph *g, struct op *op)
{
    const struct along *p = op->attr;
    struct tensor *in[2] = { op->in[0], op->in[1] };
    for (int i = 0; i < 2 && p->axis == 1000; i++)
        in[i] = make_view(g, op, in[i], 1, (int64_t[]){ shape_count(&in[i]->shape) });
    return op_make(g, op, "Concatenate",
                   arena_printf(g->ctx->arena, "axis=%d", p->axis == 1000 ? 0 : p->axis), in, 2);
}

const struct opdef append = {
    COMPOSED("Append", "one tensor behind another", 2, 2),
    .keras_base = "append",
    .attrs = append_attrs,
    .attr_size = sizeof(struct along),
    .samples = two_samples,
    .expand = append_expand,
    .functions = "append(x1, x2, axis)",
};

static const struct attr median_attrs[] = {
    { "axis", NULL, ATTR_INT, offsetof(struct along, axis), "1000", NULL, 0 },
    { "keepdims", NULL, ATTR_BOOL, offsetof(struct along, keepdims), "False", NULL, 0 },
    { 0 }
};

/* The one in the middle, or the mean of the two. */
static struct tensor *median_expand(struct graph *g, struct op *op)
{
    const struct along *p = op->attr;
    struct tensor *t = op->in[0];
    int axis = 0;
    if (p->axis == 1000)
        t = make_view(g, op, t, 1, (int64_t[]){ shape_count(&t->shape) });
    else if (!real_axis(g, op, p->axis, &axis))
        return NULL;
    if (p->axis == 1000 && p->keepdims)
        return op_error(g, op, "keepdims needs an axis"), NULL;
    const int64_t n = t ? t->shape.dim[axis] : 0;
    t = make_one(g, op, "Sort", arena_printf(g->ctx->arena, "axis=%d", axis), t);
    return n ? reduced(g, op, "mean", axis, p->keepdims,
                       part(g, op, t, axis, (n - 1) / 2, n % 2 ? 1 : 2))
             : NULL;
}

static const struct sample median_samples[] = { { "5x4x3", "axis=1" },
                                                { "5x4", "" },
                                                { NULL, NULL } };

const struct opdef median = {
    COMPOSED("Median", "the value in the middle", 1, 1),
    .keras_base = "median",
    .attrs = median_attrs,
    .attr_size = sizeof(struct along),
    .samples = median_samples,
    .expand = median_expand,
    .functions = "median(x, axis, keepdims)",
};

struct moments {
    struct int_list axes;
    bool keepdims;
};

static const struct attr moments_attrs[] = {
    { "axes", NULL, ATTR_LIST, offsetof(struct moments, axes), "None", NULL, 0 },
    { "keepdims", NULL, ATTR_BOOL, offsetof(struct moments, keepdims), "False", NULL, 0 },
    { 0 }
};

/* Two results: mean and variance. */
static struct tensor *moments_expand(struct graph *g, struct op *op)
{
    const struct moments *p = op->attr;
    const char *axes = "";
    for (int i = 0; i < p->axes.count; i++)
        axes = arena_printf(g->ctx->arena, "%s%lld,", axes, (long long)p->axes.item[i]);
    axes =
        arena_printf(g->ctx->arena, "axes=(%s) keepdims=%s", axes, p->keepdims ? "True" : "False");
    struct tensor *mean =
        make_one(g, op, "Reduce", arena_printf(g->ctx->arena, "kind=mean %s", axes), op->in[0]);
    struct tensor *variance = make_one(
        g, op, "ReduceComposed", arena_printf(g->ctx->arena, "kind=variance %s", axes), op->in[0]);
    if (!mean || !variance)
        return NULL;
    APPEND(g->ctx->arena, op->outs, op->nouts, mean);
    APPEND(g->ctx->arena, op->outs, op->nouts, variance);
    return mean;
}

static const struct sample moments_samples[] = { { "5x4x3", "axes=(1,2)" }, { NULL, NULL } };

const struct opdef moments = {
    COMPOSED("Moments", "mean and variance", 1, 1),
    .keras_base = "moments",
    .attrs = moments_attrs,
    .attr_size = sizeof(struct moments),
    .max_outputs = 2,
    .samples = moments_samples,
    .expand = moments_expand,
    .functions = "moments(x, axes|axis:axes, keepdims|keep_dims:keepdims, synchronized@ignored)",
};

/* The mean, or with weights the sum of w x by the sum of w. */
static const struct attr average_attrs[] = {
    { "axis", NULL, ATTR_LIST, offsetof(struct moments, axes), "None", NULL, 0 }, { 0 }
};

static struct tensor *average_expand(struct graph *g, struct op *op)
{
    const struct moments *p = op->attr;
    const char *axes = "";
    for (int i = 0; i < p->axes.count; i++)
        axes = arena_printf(g->ctx->arena, "%s%lld,", axes, (long long)p->axes.item[i]);
    struct tensor *w = op->nin > 1 ? op->in[1] : NULL, *x = op->in[0];
    if (!w)
        return make_one(g, op, "Reduce", arena_printf(g->ctx->arena, "kind=mean axes=(%s)", axes),
                        x);
    if (w->shape.rank == 1 && p->axes.count == 1) { /* along the axis */
        int64_t dim[MAX_RANK];
        const int axis = (int)p->axes.item[0] + (p->axes.item[0] < 0 ? x->shape.rank : 0);
        for (int d = 0; d < x->shape.rank; d++)
            dim[d] = d == axis ? w->shape.dim[0] : 1;
        w = make_view(g, op, w, x->shape.rank, dim);
    }
    const char *sum = arena_printf(g->ctx->arena, "kind=sum axes=(%s)", axes);
    struct tensor *wx = make_two(g, op, "Multiply", x, w),
                  *all = make_two(g, op, "Multiply", make_one(g, op, "Fill", "value=1", x), w);
    return make_two(g, op, "Divide", make_one(g, op, "Reduce", sum, wx),
                    make_one(g, op, "Reduce", sum, all));
}

static const struct sample average_samples[] = { { "5x4x3", "axis=(1,)" }, { NULL, NULL } };

const struct opdef average_of = {
    COMPOSED("AverageOf", "mean along axes", 1, 2),
    .keras_base = "average",
    .attrs = average_attrs,
    .attr_size = sizeof(struct moments),
    .samples = average_samples,
    .expand = average_expand,
    .functions = "ops.average ops.numpy.average(x, axis=None, weights=None)",
};

/* ---- reductions that leave out NaN ---- */

enum { NAN_SUM, NAN_MEAN, NAN_MAX, NAN_MIN, NAN_PROD, NAN_VAR, NAN_STD };
struct nan_reduce {
    int kind;
    struct int_list axes;
    bool keepdims;
};

static const struct attr nan_reduce_attrs[] = {
    { "kind", NULL, ATTR_CHOICE, offsetof(struct nan_reduce, kind), "sum",
      "sum mean max min prod var std", 0 },
    { "axes", NULL, ATTR_LIST, offsetof(struct nan_reduce, axes), "None", NULL, 0 },
    { "keepdims", NULL, ATTR_BOOL, offsetof(struct nan_reduce, keepdims), "False", NULL, 0 },
    { 0 }
};

static struct tensor *nan_reduce_expand(struct graph *g, struct op *op)
{
    const struct nan_reduce *p = op->attr;
    static const double neutral[] = { 0, 0, -(double)INFINITY, (double)INFINITY, 1, 0, 0 };
    static const char *const kinds[] = { "sum", "sum", "max", "min", "prod", "sum", "sum" };
    const char *axes = "", *list = "";
    for (int i = 0; i < p->axes.count; i++)
        list = arena_printf(g->ctx->arena, "%s%lld,", list, (long long)p->axes.item[i]);
    axes =
        arena_printf(g->ctx->arena, "axes=(%s) keepdims=%s", list, p->keepdims ? "True" : "False");
    const char *reduce = arena_printf(g->ctx->arena, "kind=%s %s", kinds[p->kind], axes);
    const char *wide = arena_printf(g->ctx->arena, "kind=sum axes=(%s) keepdims=True", list);
    struct tensor *x = op->in[0], *bad = is_nan(g, op, x),
                  *count = choose(g, op, bad, like(g, x, 0), like(g, x, 1));
    struct tensor *clean = choose(g, op, bad, like(g, x, neutral[p->kind]), x);
    if (p->kind >= NAN_VAR) {
        struct tensor *mean = make_two(g, op, "Divide", make_one(g, op, "Reduce", wide, clean),
                                       make_one(g, op, "Reduce", wide, count));
        struct tensor *away =
            choose(g, op, bad, like(g, x, 0), make_two(g, op, "Subtract", x, mean));
        clean = make_two(g, op, "Multiply", away, away);
    }
    struct tensor *t = make_one(g, op, "Reduce", reduce, clean);
    if (p->kind == NAN_MEAN || p->kind >= NAN_VAR)
        t = make_two(g, op, "Divide", t, make_one(g, op, "Reduce", reduce, count));
    return p->kind == NAN_STD ? make_one(g, op, "Sqrt", "", t) : t;
}

static const struct sample nan_samples[] = { { "5x4x3", "kind=mean axes=(1,)" },
                                             { "5x4x3", "kind=std axes=(1,2) keepdims=True" },
                                             { NULL, NULL } };

#define NAN_PARAMETERS "(x|a, axis:axes=None, keepdims=False)"

const struct opdef nan_reduce = {
    COMPOSED("NanReduce", "a reduction that leaves out NaN", 1, 1),
    .keras_base = "nan_reduce",
    .attrs = nan_reduce_attrs,
    .attr_size = sizeof(struct nan_reduce),
    .samples = nan_samples,
    .expand = nan_reduce_expand,
    .functions = "nansum" NAN_PARAMETERS " kind=sum; nanmean" NAN_PARAMETERS
                 " kind=mean; nanmax" NAN_PARAMETERS " kind=max; "
                 "nanmin" NAN_PARAMETERS " kind=min; nanprod" NAN_PARAMETERS
                 " kind=prod; nanvar" NAN_PARAMETERS " kind=var; "
                 "nanstd" NAN_PARAMETERS " kind=std",
};
