/* slice.c - part of a tensor: out[i] = in[begin + i * step] along every axis; steps may be
 * negative. */
#include "ops/moves.h"
#include "ops/onnx.h"

struct slice {
    struct int_list begin, size, step;
};

static const struct attr attrs[] = {
    /* for each axis, the batch counted; negative: from the end */
    { "begin", NULL, ATTR_LIST, offsetof(struct slice, begin), NULL, NULL, 0 },
    /* elements of the result; -1: all up to the end */
    { "size", NULL, ATTR_LIST, offsetof(struct slice, size), NULL, NULL, 0 },
    /* None: 1 everywhere */
    { "step", NULL, ATTR_LIST, offsetof(struct slice, step), "None", NULL, 0 },
    { 0 }
};

static bool shape(struct graph *g, struct op *op)
{
    struct slice *p = op->attr;
    const struct shape *s = &op->in[0]->shape;
    const int n = s->rank;
    int64_t *begin = NEW_ARRAY(g->ctx->arena, int64_t, n + 1),
            *size = NEW_ARRAY(g->ctx->arena, int64_t, n + 1),
            *step = NEW_ARRAY(g->ctx->arena, int64_t, n + 1);
    if (p->begin.count != n || p->size.count != n || (p->step.count && p->step.count != n))
        return op_error(g, op,
                        "needs the start and size of each of the %d axes, the batch counted, but "
                        "has %d starts and %d sizes",
                        n, p->begin.count, p->size.count);
    op->out->shape = *s;
    for (int d = 0; d < n; d++) {
        begin[d] = p->begin.item[d] < 0 ? p->begin.item[d] + s->dim[d] : p->begin.item[d];
        step[d] = p->step.count ? p->step.item[d] : 1;
        const int64_t room = step[d] > 0 ? s->dim[d] - begin[d] : begin[d] + 1,
                      stride = step[d] > 0 ? step[d] : -step[d];
        if (!step[d] || stride > MAX_DIM)
            return op_error(g, op, "a step of %lld", (long long)step[d]);
        size[d] =
            p->size.item[d] == -1 ? (room > 0 ? (room - 1) / stride + 1 : 0) : p->size.item[d];
        if (size[d] < 0
            || (size[d]
                && (begin[d] < 0 || begin[d] >= s->dim[d] || (size[d] - 1) * stride + 1 > room)))
            return op_error(g, op,
                            "%lld values from %lld on do not fit into axis %d, which has %lld",
                            (long long)size[d], (long long)begin[d], d, (long long)s->dim[d]);
        op->out->shape.dim[d] = size[d];
    }
    *p = (struct slice){ { n, begin }, { n, size }, { n, step } };
    return true;
}

static void eval(const struct op *op, const double *const *in, double *out)
{
    const struct slice *p = op->attr;
    const struct shape *s = &op->out->shape;
    int64_t stride[MAX_RANK];
    plain_strides(&op->in[0]->shape, stride);
    for (int64_t i = 0; i < shape_count(s); i++) {
        int64_t rest = i, from = 0;
        for (int d = s->rank - 1; d >= 0; d--) {
            from += (p->begin.item[d] + rest % s->dim[d] * p->step.item[d]) * stride[d];
            rest /= s->dim[d];
        }
        out[i] = in[0][from];
    }
}

static bool is_whole(const struct op *op, int d)
{
    const struct slice *p = op->attr;
    return op->out->shape.dim[d] == op->in[0]->shape.dim[d] && p->step.item[d] == 1;
}

/*
 * Row y of the result is row first + y * step of the input? So it is where the outermost axis that
 * has more than one row is cut and those inside of it are whole.
 */
static bool row_map(const struct op *op, int64_t *first, int64_t *step)
{
    const struct slice *p = op->attr;
    const struct shape *s = &op->in[0]->shape;
    int64_t inner = 1;
    /* an axis that is not whole was met: those outside of it must have one row in the result */
    bool cut = false;
    *first = 0;
    *step = 1;
    for (int d = s->rank - 3; d >= 0; d--) {
        if (cut && op->out->shape.dim[d] != 1)
            return false;
        *first += p->begin.item[d] * inner;
        if (!cut && !is_whole(op, d)) {
            cut = true;
            if (op->out->shape.dim[d] > 1 && p->step.item[d] != 1) {
                *step = p->step.item[d];
                if (*step < 0 || inner > 1)
                    return false;
            }
        }
        inner *= s->dim[d];
    }
    return true;
}

static bool by_rows(const struct op *op)
{
    int64_t first, step;
    return op->out->shape.rank >= 1 && row_map(op, &first, &step);
}

static struct row_need rows(const struct op *op, int i)
{
    int64_t first, step;
    (void)i;
    row_map(op, &first, &step);
    return (struct row_need){ .stride = (int)step, .kernel = 1, .pad = -(int)first };
}

static bool takes_channels(const struct op *op, int64_t *first)
{
    const struct slice *p = op->attr;
    const int last = op->out->shape.rank - 1;
    for (int d = 0; d < last; d++)
        if (!is_whole(op, d))
            return false;
    *first = last >= 0 ? p->begin.item[last] : 0;
    return last >= 0 && p->step.item[last] == 1;
}

static bool take_transpose(struct graph *g, struct op *op, const int *perm, int *result)
{
    struct slice *p = op->attr;
    const int n = op->out->shape.rank;
    int64_t *lists = NEW_ARRAY(g->ctx->arena, int64_t, 3 * n + 1);
    for (int i = 0; i < n; i++) {
        lists[perm[i]] = p->begin.item[i];
        lists[n + perm[i]] = p->size.item[i];
        lists[2 * n + perm[i]] = p->step.item[i];
        result[i] = perm[i];
    }
    *p = (struct slice){ { n, lists }, { n, lists + n }, { n, lists + 2 * n } };
    return true;
}

/* Nothing is cut off. */
static bool simplify(struct graph *g, struct op *op)
{
    for (int d = 0; d < op->out->shape.rank; d++)
        if (!is_whole(op, d))
            return false;
    graph_replace(g, op->out, op->in[0]);
    op->dead = true;
    return true;
}

static struct move move_of(const struct op *op, int first)
{
    const struct slice *p = op->attr;
    int64_t from[MAX_RANK], to[MAX_RANK];
    struct move m = { .rank = 0 };
    memory_strides(op->in[0], from);
    memory_strides(op->out, to);
    for (int d = first; d < op->out->shape.rank; d++) {
        m.from_at += p->begin.item[d] * from[d];
        move_axis(&m, op->out->shape.dim[d], from[d] * p->step.item[d], to[d]);
    }
    return m;
}

/* ---- ONNX: ends, which may lie outside of the tensor ---- */

static int64_t clamp(int64_t v, int64_t low, int64_t high)
{
    return v < low ? low : v > high ? high : v;
}

static bool import(struct graph *g, struct onnx_node *n)
{
    struct tensor *x = onnx_input(n, 0);
    struct int_list starts, ends, axes, steps;
    if (!x || !onnx_ints_either(g, n, "starts", 1, &starts)
        || !onnx_ints_either(g, n, "ends", 2, &ends) || !onnx_ints_either(g, n, "axes", 3, &axes)
        || !onnx_const_ints(g, n, 4, &steps))
        return x ? false : onnx_error(g, n, "it has no input");
    const int r = x->shape.rank;
    int64_t *list = NEW_ARRAY(g->ctx->arena, int64_t, 3 * r + 1);
    if (starts.count < 0 || ends.count != starts.count
        || (axes.count >= 0 && axes.count != starts.count)
        || (steps.count >= 0 && steps.count != starts.count) || starts.count > r)
        return onnx_error(g, n, "starts, ends, axes and steps differ in number");
    for (int d = 0; d < r; d++) {
        list[r + d] = x->shape.dim[d];
        list[2 * r + d] = 1;
    }
    for (int i = 0; i < starts.count; i++) {
        const int64_t axis = axes.count < 0     ? i
                             : axes.item[i] < 0 ? axes.item[i] + r
                                                : axes.item[i],
                      step = steps.count < 0 ? 1 : clamp(steps.item[i], -MAX_DIM, MAX_DIM);
        if (axis < 0 || axis >= r || !step)
            return onnx_error(g, n,
                              step ? "there is no axis %lld" : "the step along axis %lld is 0",
                              (long long)axis);
        const int64_t size = x->shape.dim[axis], low = step < 0 ? -1 : 0,
                      high = step < 0 ? size - 1 : size;
        const int64_t from = clamp(starts.item[i] < 0 ? starts.item[i] + size : starts.item[i],
                                   step < 0 ? low : 0, high);
        const int64_t to = clamp(
            ends.item[i] < 0 ? (ends.item[i] < -size ? -1 : ends.item[i] + size) : ends.item[i],
            low, high);
        const int64_t span = step < 0 ? from - to : to - from, stride = step < 0 ? -step : step;
        list[r + axis] = span > 0 ? (span - 1) / stride + 1 : 0;
        list[axis] = list[r + axis] ? from : 0;
        list[2 * r + axis] = step;
    }
    const struct slice p = { { r, list }, { r, list + r }, { r, list + 2 * r } };
    n->out[0] = op_make_from(g, n->from, op_find("Slice"), &p, &x, 1);
    return n->out[0] != NULL;
}

/* "y", "3 + y", "2 * y" */
static const char *input_row(struct out *o, const struct op *op)
{
    int64_t first, step;
    row_map(op, &first, &step);
    const char *y = step == 1 ? "y" : arena_printf(o->arena, "y * %lld", (long long)step);
    return first       ? arena_printf(o->arena, "(%s + %lld)", y, (long long)first)
           : step == 1 ? y
                       : arena_printf(o->arena, "(%s)", y);
}

#include "templates/slice.inc"

static const struct sample samples[] = {
    { "6x5x7", "begin=(0,1,2,0) size=(1,4,2,7)" },
    { "6x5x7", "begin=(0,0,0,3) size=(1,6,5,4)" },
    { "7x5x6", "begin=(0,1,4,5) size=(1,3,5,3) step=(1,2,-1,-2)" },
    { "3x4x5x2", "begin=(0,2,1,0,0) size=(1,1,2,-1,-1)" },
    { "3x4x5x2", "begin=(0,2,3,0,0) size=(1,2,2,5,2) step=(1,-1,-2,1,1)" },
    { "9", "begin=(0,8) size=(1,9) step=(1,-1)" },
    { NULL, NULL }
};

/* Only the axes that are cut. An end before the first value is a number far below 0. */
static const char *to_onnx(struct graph *g, const struct op *op)
{
    struct arena *a = g->ctx->arena;
    const struct slice *p = op->attr;
    const char *starts = "", *ends = "", *axes = "", *steps = "";
    for (int d = 0; d < op->out->shape.rank; d++) {
        const int64_t begin = p->begin.item[d], step = p->step.item[d],
                      end = begin + p->size.item[d] * step;
        if (is_whole(op, d))
            continue;
        starts = arena_printf(a, "%s%lld,", starts, (long long)begin);
        ends = arena_printf(a, "%s%lld,", ends, (long long)(end < 0 ? -2 * (int64_t)MAX_DIM : end));
        axes = arena_printf(a, "%s%d,", axes, d);
        steps = arena_printf(a, "%s%lld,", steps, (long long)step);
    }
    return *axes ? arena_printf(a, "Slice(a, [%s], [%s], [%s], [%s])", starts, ends, axes, steps)
                 : "Identity(a)";
}

const struct opdef slice = {
    .name = "Slice",
    .onnx = "Slice",
    .import = import,
    .keras_base = "slice",
    .brief = "part of a tensor",
    .attrs = attrs,
    .attr_size = sizeof(struct slice),
    .min_inputs = 1,
    .max_inputs = 1,
    .types = ALL_TYPES,
    .samples = samples,
    .shape = shape,
    .eval = eval,
    .simplify = simplify,
    .takes_channels = takes_channels,
    .take_transpose = take_transpose,
    .rows = rows,
    .by_rows = by_rows,
    .emit = emit,
    .functions = "slice(inputs|input_|x, start_indices|begin:begin, shape|size:size)",
    .to_onnx_for = to_onnx,
};
