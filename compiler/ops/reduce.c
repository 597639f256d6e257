/*
 * reduce.c - reductions along any axes: sum, mean, extremes, products, norms, tests of all or any.
 * Sums of float32 run in several lanes at a time, so that long ones lose little. What is composed
 * of others (norms, variance, logarithms of sums) is below.
 */
#include "ops/common.h"
#include "ops/onnx.h"

#include <math.h>
#include <string.h>

enum kind { SUM, MEAN, MAX, MIN, PROD, SUM_ABS, SUM_SQUARE, ALL, ANY };

struct reduce {
    int kind;
    struct int_list axes;
    bool keepdims, none;
};

static const struct attr attrs[] = {
    { "kind", NULL, ATTR_CHOICE, offsetof(struct reduce, kind), NULL,
      "sum mean max min prod l1 sum_square all any", 0 },
    /* the batch counted; None: all */
    { "axes", NULL, ATTR_LIST, offsetof(struct reduce, axes), "None", NULL, 0 },
    { "keepdims", NULL, ATTR_BOOL, offsetof(struct reduce, keepdims), "False", NULL, 0 },
    /* along no axis at all: each element alone */
    { "none", NULL, ATTR_BOOL, offsetof(struct reduce, none), "False", NULL, 0 },
    { 0 }
};

/* The axes as marks; false after an error. */
static bool mark_axes(struct graph *g, const struct op *op, const struct int_list *axes, bool none,
                      bool *marked)
{
    const int rank = op->in[0]->shape.rank;
    memset(marked, axes->count || none ? 0 : 1, MAX_RANK * sizeof *marked);
    for (int i = 0; i < axes->count; i++) {
        const int64_t a = axes->item[i] < 0 ? axes->item[i] + rank : axes->item[i];
        if (a < 0 || a >= rank)
            return op_error(g, op, "there is no axis %lld in a tensor of rank %d",
                            (long long)axes->item[i], rank);
        marked[a] = true;
    }
    return true;
}

static bool shape(struct graph *g, struct op *op)
{
    const struct reduce *p = op->attr;
    const struct shape *s = &op->in[0]->shape;
    bool reduced[MAX_RANK];
    if (!mark_axes(g, op, &p->axes, p->none, reduced))
        return false;
    op->out->shape.rank = 0;
    for (int d = 0; d < s->rank; d++)
        if (p->keepdims || !reduced[d])
            op->out->shape.dim[op->out->shape.rank++] = reduced[d] ? 1 : s->dim[d];
    if (p->kind == ALL || p->kind == ANY)
        op->out->type = BOOL;
    return true;
}

static bool take_transpose(struct graph *g, struct op *op, const int *perm, int *result)
{
    struct reduce *p = op->attr;
    const int rank = op->in[0]->shape.rank;
    bool reduced[MAX_RANK], moved[MAX_RANK] = { false };
    int64_t *axes = NEW_ARRAY(g->ctx->arena, int64_t, rank + 1);
    int n = 0, kept = 0;
    if (!mark_axes(g, op, &p->axes, p->none, reduced))
        return false;
    for (int d = 0; d < rank; d++) {
        moved[perm[d]] = reduced[d];
        if (reduced[d])
            axes[n++] = perm[d];
    }
    for (int d = 0; d < rank; d++) {
        if (reduced[d] && !p->keepdims)
            continue;
        result[kept] = perm[d];
        for (int k = 0; k < perm[d] && !p->keepdims; k++)
            result[kept] -= moved[k];
        kept++;
    }
    if (p->axes.count)
        p->axes = (struct int_list){ n, axes };
    return true;
}

/* ---- evaluation ---- */

static double start_of(enum kind kind, enum dtype t)
{
    if (kind == MAX || kind == MIN) {
        const double most = t <= F64    ? (double)INFINITY
                            : t == BOOL ? 1
                                        : ldexp(1, (int)dtype_size(t) * 8 - (t <= I64)) - 1;
        const double least = t <= F64  ? -(double)INFINITY
                             : t >= U8 ? 0
                                       : -ldexp(1, (int)dtype_size(t) * 8 - 1);
        return kind == MAX ? least : most;
    }
    return kind == PROD || kind == ALL;
}

static double step_of(enum kind kind, double sum, double x)
{
    switch (kind) {
    case SUM:
    case MEAN: return sum + x;
    case MAX: return isnan(sum) || sum > x ? sum : x;
    case MIN: return isnan(sum) || sum < x ? sum : x;
    case PROD: return sum * x;
    case SUM_ABS: return sum + fabs(x);
    case SUM_SQUARE: return sum + x * x;
    case ALL: return sum != 0 && x != 0;
    case ANY: return sum != 0 || x != 0;
    }
    return 0;
}

/* A tensor seen as nested axes, neighbours of one sort joined: kept or reduced. */
struct nest {
    int rank;
    int64_t dim[MAX_RANK];
    bool reduced[MAX_RANK];
    int64_t count;
};

static struct nest nest_of(const struct op *op)
{
    const struct reduce *p = op->attr;
    const struct shape *s = &op->in[0]->shape;
    bool reduced[MAX_RANK];
    struct nest n = { .count = 1 };
    mark_axes(NULL, op, &p->axes, p->none, reduced);
    for (int d = 0; d < s->rank; d++) {
        n.count *= reduced[d] ? s->dim[d] : 1;
        if (s->dim[d] == 1)
            continue;
        if (n.rank && n.reduced[n.rank - 1] == reduced[d]) {
            n.dim[n.rank - 1] *= s->dim[d];
            continue;
        }
        n.dim[n.rank] = s->dim[d];
        n.reduced[n.rank++] = reduced[d];
    }
    return n;
}

static void eval(const struct op *op, const double *const *in, double *out)
{
    const enum kind kind = (enum kind)((const struct reduce *)op->attr)->kind;
    const struct nest n = nest_of(op);
    const int64_t results = shape_count(&op->out->shape);
    for (int64_t i = 0; i < results; i++)
        out[i] = start_of(kind, op->in[0]->type);
    for (int64_t i = 0; i < shape_count(&op->in[0]->shape); i++) {
        int64_t rest = i, to = 0, step = 1;
        for (int d = n.rank - 1; d >= 0; d--) {
            to += n.reduced[d] ? 0 : rest % n.dim[d] * step;
            step *= n.reduced[d] ? 1 : n.dim[d];
            rest /= n.dim[d];
        }
        out[to] = wrap_integer(op->out->type, step_of(kind, out[to], in[0][i]));
    }
    for (int64_t i = 0; kind == MEAN && i < results; i++)
        out[i] = op->out->type > F64 ? trunc(out[i] / (double)n.count) : out[i] / (double)n.count;
}

/* ---- text ---- */

/* C of a step: the accumulator `sum` and the element `x`. */
static const char *step_text(struct out *o, const struct op *op)
{
    const enum kind kind = (enum kind)((const struct reduce *)op->attr)->kind;
    const enum dtype t = op->in[0]->type;
    const char *wrap = t <= F64 || t == BOOL
                           ? NULL
                           : arena_printf(o->arena, "(%s)((%s)sum", c_type(t),
                                          dtype_size(t) == 8 ? "uint64_t" : "uint32_t");
    const char *u = dtype_size(t) == 8 ? "uint64_t" : "uint32_t", *f = t == F64 ? "" : "f";
    switch (kind) {
    case SUM:
    case MEAN: return wrap ? arena_printf(o->arena, "%s + (%s)x)", wrap, u) : "sum + x";
    case MAX: return t <= F64 ? "sum != sum || sum > x ? sum : x" : "sum > x ? sum : x";
    case MIN: return t <= F64 ? "sum != sum || sum < x ? sum : x" : "sum < x ? sum : x";
    case PROD: return wrap ? arena_printf(o->arena, "%s * (%s)x)", wrap, u) : "sum * x";
    case SUM_ABS:
        return t <= F64 ? arena_printf(o->arena, "sum + fabs%s(x)", f)
               : t <= I64
                   ? arena_printf(o->arena, "%s + (x < 0 ? (%s)0 - (%s)x : (%s)x))", wrap, u, u, u)
                   : arena_printf(o->arena, "%s + (%s)x)", wrap, u);
    case SUM_SQUARE:
        return wrap ? arena_printf(o->arena, "%s + (%s)x * (%s)x)", wrap, u, u) : "sum + x * x";
    case ALL: return "sum && x";
    case ANY: return "sum || x";
    }
    return "";
}

/* C of a step on vectors, or NULL: the accumulator `sums` and the elements `v`. */
static const char *vector_step(const struct op *op)
{
    static const char *const steps[] = { [SUM] = "add(sums, v)",
                                         [MEAN] = "add(sums, v)",
                                         [MAX] = "choose(equal(sums, sums), larger(sums, v), sums)",
                                         [MIN] =
                                             "choose(equal(sums, sums), smaller(sums, v), sums)",
                                         [PROD] = "multiply(sums, v)",
                                         [SUM_ABS] = "add(sums, absolute(v))",
                                         [SUM_SQUARE] = "mul_add_vec(sums, v, v)",
                                         [ALL] = NULL,
                                         [ANY] = NULL };
    return op->in[0]->type == F32 ? steps[((const struct reduce *)op->attr)->kind] : NULL;
}

/* C that joins the accumulators `sum` and `x` of two parts. */
static const char *join_text(struct out *o, const struct op *op)
{
    const enum kind kind = (enum kind)((const struct reduce *)op->attr)->kind;
    return kind == SUM_ABS || kind == SUM_SQUARE ? "sum + x" : step_text(o, op);
}

static const char *start_text(struct out *o, const struct op *op)
{
    const enum kind kind = (enum kind)((const struct reduce *)op->attr)->kind;
    const enum dtype t = op->in[0]->type;
    if ((kind == MAX || kind == MIN) && t <= F64)
        return kind == MAX ? arena_printf(o->arena, "-(%s)INFINITY", c_type(t))
                           : arena_printf(o->arena, "(%s)INFINITY", c_type(t));
    if ((kind == MAX || kind == MIN) && t == I64)
        return kind == MAX ? "INT64_MIN" : "INT64_MAX";
    if ((kind == MAX || kind == MIN) && t == U64)
        return kind == MAX ? "0" : "UINT64_MAX";
    if ((kind == MAX || kind == MIN) && t == I32)
        return kind == MAX ? "INT32_MIN" : "INT32_MAX";
    return arena_printf(o->arena, "(%s)%.0f", c_type(op->out->type), start_of(kind, t));
}

/* C of the result of `sum`. */
static const char *end_text(struct out *o, const struct op *op, int64_t count)
{
    const enum dtype t = op->out->type;
    if (((const struct reduce *)op->attr)->kind != MEAN)
        return "sum";
    if (t > F64)
        return count ? arena_printf(o->arena, "(%s)(sum / %lld)", c_type(t), (long long)count)
                     : "0";
    return arena_printf(o->arena, t == F64 ? "sum / %lld.0" : "sum / %lld.0f", (long long)count);
}

/* "i0 * 12 + i2": where an element of the input (all axes) or of the result (kept ones) lies; the
 * last kept axis only where `last`. */
static const char *index_text(struct out *o, const struct nest *n, bool of_result, bool last)
{
    const char *s = "";
    int64_t step = 1;
    for (int d = n->rank - 1; d >= 0; d--) {
        if (of_result && n->reduced[d])
            continue;
        if (last || d < n->rank - 1)
            s = step == 1 ? arena_printf(o->arena, "i%d%s%s", d, *s ? " + " : "", s)
                          : arena_printf(o->arena, "i%d * %lld%s%s", d, (long long)step,
                                         *s ? " + " : "", s);
        step *= n->dim[d];
    }
    return *s ? s : "0";
}

#include "templates/reduce.inc"

static const struct sample samples[] = { { "5x4x3", "kind=sum axes=(1,2)" },
                                         { "5x4x19", "kind=mean axes=(1,2) keepdims=True" },
                                         { "5x4x37", "kind=mean axes=(-1)" },
                                         { "5x4x3", "kind=max axes=(2)" },
                                         { "5x4x3", "kind=min" },
                                         { "5x4x3", "kind=prod axes=(1,3)" },
                                         { "5x40", "kind=l1 axes=(2)" },
                                         { "5x40", "kind=sum_square axes=(2)" },
                                         { "int32[5x4]", "kind=sum axes=(0)" },
                                         { "int8[5x40]", "kind=max axes=(1)" },
                                         { "int64[5x4]@-9:9", "kind=mean axes=(1)" },
                                         { "int16[5x4]@-9:9", "kind=l1 axes=(1)" },
                                         { "bool[5x4]", "kind=all axes=(1)" },
                                         { "bool[5x4]", "kind=any axes=(0)" },
                                         { "uint8[5x4]@0:20", "kind=min axes=(1) keepdims=True" },
                                         { "float64[3x4x5]", "kind=mean axes=(1)" },
                                         { "33", "kind=sum none=True" },
                                         { "33", "kind=l1 none=True" },
                                         { "0", "kind=sum" },
                                         { "int32[0]", "kind=max" },
                                         { NULL, NULL } };

/* ---- doors ---- */

/* ONNX' axes: an attribute, from opset 13 or 18 on an input. Without any: all, or none at all where
 * the node says so. */
static bool import(struct graph *g, struct onnx_node *node)
{
    static const char *const kinds[][2] = {
        { "ReduceSum", "sum" },        { "ReduceMean", "mean" },
        { "ReduceMax", "max" },        { "ReduceMin", "min" },
        { "ReduceProd", "prod" },      { "ReduceL1", "l1" },
        { "ReduceL2", "l2" },          { "ReduceSumSquare", "sum_square" },
        { "ReduceLogSum", "log_sum" }, { "ReduceLogSumExp", "log_sum_exp" }
    };
    struct int_list axes;
    const char *kind = "sum", *list = "";
    if (!onnx_ints_either(g, node, "axes", 1, &axes))
        return false;
    const bool none = onnx_int(node, "noop_with_empty_axes", 0) && axes.count <= 0,
               keep = onnx_int(node, "keepdims", 1) != 0;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        kind = strcmp(node->op_type, kinds[i][0]) == 0 ? kinds[i][1] : kind;
    if (none && node->opset < 28)
        return onnx_make(g, node, "Copy", "", node->in, 1);
    for (int i = 0; i < axes.count; i++)
        list = arena_printf(g->ctx->arena, "%s%lld,", list, (long long)axes.item[i]);
    const bool composed = strcmp(kind, "l2") == 0 || strncmp(kind, "log", 3) == 0;
    return onnx_make(g, node, composed ? "ReduceComposed" : "Reduce",
                     arena_printf(g->ctx->arena, "kind=%s axes=(%s) keepdims=%s none=%s", kind,
                                  list, keep ? "True" : "False", none ? "True" : "False"),
                     node->in, 1);
}

static const char *to_onnx(struct graph *g, const struct op *op)
{
    static const char *const nodes[] = { [SUM] = "ReduceSum",
                                         [MEAN] = "ReduceMean",
                                         [MAX] = "ReduceMax",
                                         [MIN] = "ReduceMin",
                                         [PROD] = "ReduceProd",
                                         [SUM_ABS] = "ReduceL1",
                                         [SUM_SQUARE] = "ReduceSumSquare",
                                         [ALL] = "ReduceMin",
                                         [ANY] = "ReduceMax" };
    struct arena *a = g->ctx->arena;
    const struct reduce *p = op->attr;
    const char *node = nodes[p->kind], *axes = p->axes.count ? "" : "-";
    const bool boolean = p->kind == ALL || p->kind == ANY;
    if (p->none)
        return p->kind == SUM_ABS      ? "Abs(a)"
               : p->kind == SUM_SQUARE ? "Mul(a, a)"
               : boolean               ? "Cast(a, to=9)"
                                       : "Identity(a)";
    for (int i = 0; i < p->axes.count; i++)
        axes = arena_printf(a, "%s%s%lld%s", i ? "" : "[", axes, (long long)p->axes.item[i],
                            i + 1 < p->axes.count ? "," : "]");
    return arena_printf(a,
                        boolean
                            ? "Cast(%s(Cast(Cast(a, to=9), to=6), %s, keepdims=$keepdims), to=9)"
                            : "%s(a, %s, keepdims=$keepdims)",
                        node, axes);
}

const struct opdef reduce = {
    .name = "Reduce",
    .onnx = "ReduceSum ReduceMean ReduceMax ReduceMin ReduceProd ReduceL1 ReduceL2 ReduceSumSquare "
            "ReduceLogSum ReduceLogSumExp",
    .keras_base = "reduce",
    .brief = "sum, mean, maximum ... along axes",
    .attrs = attrs,
    .attr_size = sizeof(struct reduce),
    .types = NUMBERS | TYPE(BOOL),
    .min_inputs = 1,
    .max_inputs = 1,
    .samples = samples,
    .shape = shape,
    .eval = eval,
    .take_transpose = take_transpose,
    .emit = emit,
    .import = import,
    .functions =
        "sum reduce_sum(x|input_tensor|a, axis|dim:axes=None, keepdims|keep_dims=False) kind=sum; "
        "mean "
        "reduce_mean(x|input_tensor|a, axis|dim:axes=None, keepdims|keep_dims=False) kind=mean;"
        "max amax reduce_max(x|input_tensor|a, axis|dim:axes=None, keepdims|keep_dims=False) "
        "kind=max; min amin "
        "reduce_min(x|input_tensor|a, axis|dim:axes=None, keepdims|keep_dims=False) kind=min;"
        "prod reduce_prod(x|input_tensor|a, axis|dim:axes=None, keepdims|keep_dims=False) "
        "kind=prod; all "
        "reduce_all(x|input_tensor|a, axis|dim:axes=None, keepdims|keep_dims=False) kind=all;"
        "any reduce_any(x|input_tensor|a, axis|dim:axes=None, keepdims|keep_dims=False) kind=any",
    .to_onnx_for = to_onnx,
};

/* ---- compositions ---- */

enum composed { L2, LOG_SUM, LOG_SUM_EXP, VARIANCE, STD, COUNT_NONZERO, RANGE };

static const struct attr composed_attrs[] = {
    { "kind", NULL, ATTR_CHOICE, offsetof(struct reduce, kind), NULL,
      "l2 log_sum log_sum_exp variance std count_nonzero range", 0 },
    { "axes", NULL, ATTR_LIST, offsetof(struct reduce, axes), "None", NULL, 0 },
    { "keepdims", NULL, ATTR_BOOL, offsetof(struct reduce, keepdims), "False", NULL, 0 },
    { "none", NULL, ATTR_BOOL, offsetof(struct reduce, none), "False", NULL, 0 },
    { 0 }
};

static struct tensor *reduced(struct graph *g, struct op *op, struct tensor *t, enum kind kind,
                              bool keepdims)
{
    struct reduce p = *(const struct reduce *)op->attr;
    p.kind = (int)kind;
    p.keepdims = keepdims;
    return t ? op_make_from(g, op, &reduce, &p, &t, 1) : NULL;
}

static struct tensor *unary(struct graph *g, struct op *op, const char *name, struct tensor *t)
{
    return t ? op_make(g, op, name, "", &t, 1) : NULL;
}

static struct tensor *binary(struct graph *g, struct op *op, const char *name, struct tensor *a,
                             struct tensor *b)
{
    return a && b ? op_make(g, op, name, "", (struct tensor *[]){ a, b }, 2) : NULL;
}

/* log(sum(e^x)) = m + log(sum(e^(x - m))) with m the maximum, so that nothing overflows; an
 * infinite m is cut to a finite one. */
static struct tensor *log_sum_exp(struct graph *g, struct op *op, bool keepdims)
{
    struct tensor *x = op->in[0], *most = reduced(g, op, x, MAX, true);
    struct tensor *cut = most ? op_make(g, op, "Clip", "x_min=-3e38 x_max=3e38", &most, 1) : NULL;
    struct tensor *sum =
        reduced(g, op, unary(g, op, "Exp", binary(g, op, "Subtract", x, cut)), SUM, keepdims);
    struct tensor *back = keepdims ? cut : reduced(g, op, cut, SUM, false);
    return binary(g, op, "Add", unary(g, op, "Log", sum), back);
}

static struct tensor *expand_composed(struct graph *g, struct op *op)
{
    const struct reduce *p = op->attr;
    struct tensor *x = op->in[0];
    const enum dtype type = x->type;
    if (type > F64 && p->kind != COUNT_NONZERO && p->kind != RANGE) {
        x = op_make(g, op, "Cast", "to=float32", &x, 1);
        op->in[0] = x;
    }
    struct tensor *t = NULL, *zero = graph_constant(g, graph_unique(g, "zero"), x->type,
                                                    (struct shape){ 0 }, NULL);
    switch ((enum composed)p->kind) {
    case L2: t = unary(g, op, "Sqrt", reduced(g, op, x, SUM_SQUARE, p->keepdims)); break;
    case LOG_SUM: t = unary(g, op, "Log", reduced(g, op, x, SUM, p->keepdims)); break;
    case LOG_SUM_EXP: t = log_sum_exp(g, op, p->keepdims); break;
    case VARIANCE:
    case STD:
        t = reduced(
            g, op,
            unary(g, op, "Square", binary(g, op, "Subtract", x, reduced(g, op, x, MEAN, true))),
            MEAN, p->keepdims);
        return p->kind == STD ? unary(g, op, "Sqrt", t) : t;
    case COUNT_NONZERO:
        t = binary(g, op, "NotEqual", x, zero);
        t = reduced(g, op, t ? op_make(g, op, "Cast", "to=int32", &t, 1) : NULL, SUM, p->keepdims);
        return t;
    case RANGE:
        return binary(g, op, "Subtract", reduced(g, op, x, MAX, p->keepdims),
                      reduced(g, op, x, MIN, p->keepdims));
    }
    return t && type > F64 ? op_make(g, op, "Cast",
                                     arena_printf(g->ctx->arena, "to=%s", dtype_name(type)), &t, 1)
                           : t;
}

static const struct sample composed_samples[] = {
    { "5x4x3", "kind=l2 axes=(1,2)" },
    { "5x4x3@0.1:3", "kind=log_sum axes=(3)" },
    { "5x4x3", "kind=log_sum_exp axes=(3)" },
    { "5x4x3@-200:200", "kind=log_sum_exp axes=(1) keepdims=True" },
    { "5x4x3", "kind=variance axes=(1,2)" },
    { "5x4x3", "kind=std axes=(3) keepdims=True" },
    { "int32[5x4]@-1:1", "kind=count_nonzero axes=(1)" },
    { "5x4x3", "kind=range" },
    { NULL, NULL }
};

const struct opdef reduce_composed = {
    .name = "ReduceComposed",
    .keras_base = "reduce",
    .brief = "norm, variance, logarithm of a sum ... along axes",
    .attrs = composed_attrs,
    .attr_size = sizeof(struct reduce),
    .types = NUMBERS | TYPE(BOOL),
    .min_inputs = 1,
    .max_inputs = 1,
    .samples = composed_samples,
    .expand = expand_composed,
    .functions = "logsumexp reduce_logsumexp(x|input_tensor|a, axis|dim:axes=None, "
                 "keepdims|keep_dims=False) kind=log_sum_exp; var "
                 "variance reduce_variance(x|input_tensor|a, axis|dim:axes=None, "
                 "keepdims|keep_dims=False) kind=variance;"
                 "std reduce_std(x|input_tensor|a, axis|dim:axes=None, keepdims|keep_dims=False) "
                 "kind=std; count_nonzero(x|input|a, "
                 "axis|dim:axes=None, keepdims=False) kind=count_nonzero; ptp(x, axis:axes=None, "
                 "keepdims=False) kind=range;"
                 "euclidean_norm reduce_euclidean_norm(input_tensor, axis:axes=None, "
                 "keepdims=False) kind=l2",
};
