/*
 * concatenate.c - tensors side by side along one axis. Along the last one, the channels, it goes by
 * rows, and what its inputs' producers write straight into the result is not copied.
 */
#include "ops/moves.h"
#include "ops/onnx.h"
#include "ops/quantized.h"

struct concatenate {
    int axis;
};

static const struct attr attrs[] = { { "axis", "axis", ATTR_INT, offsetof(struct concatenate, axis),
                                       "-1", NULL, 0 },
                                     { "data_format", NULL, ATTR_IGNORED, 0, "None", NULL, 0 },
                                     { 0 } };

static bool shape(struct graph *g, struct op *op)
{
    struct concatenate *p = op->attr;
    struct shape s = op->in[0]->shape;
    if (!s.rank || !axis_of(g, op, p->axis, s.rank, &p->axis))
        return s.rank ? false : op_error(g, op, "cannot join single numbers; stack them");
    for (int i = 1; i < op->nin; i++) {
        const struct shape *t = &op->in[i]->shape;
        bool fits = t->rank == s.rank && op->in[i]->type == op->in[0]->type;
        for (int d = 0; fits && d < s.rank; d++)
            fits = d == p->axis || t->dim[d] == s.dim[d];
        if (!fits)
            return op_error(
                g, op, "cannot join %s and %s along axis %d: all other sizes must be equal%s",
                shape_text(g->ctx->arena, &op->in[0]->shape), shape_text(g->ctx->arena, t), p->axis,
                op->in[i]->type != op->in[0]->type ? ", and the element types" : "");
        s.dim[p->axis] += t->dim[p->axis];
    }
    op->out->shape = s;
    return true;
}

static int64_t product(const struct shape *s, int from, int to)
{
    int64_t n = 1;
    for (int d = from; d < to; d++)
        n *= s->dim[d];
    return n;
}

static void eval(const struct op *op, const double *const *in, double *out)
{
    const int axis = ((const struct concatenate *)op->attr)->axis;
    const struct shape *s = &op->out->shape;
    const int64_t outer = product(s, 0, axis), total = product(s, axis, s->rank);
    int64_t at = 0;
    for (int i = 0; i < op->nin; i++) {
        const int64_t n = product(&op->in[i]->shape, axis, s->rank);
        for (int64_t r = 0; r < outer; r++)
            for (int64_t k = 0; k < n; k++)
                out[r * total + at + k] = in[i][r * n + k];
        at += n;
    }
}

static bool joins_channels(const struct op *op)
{
    return ((const struct concatenate *)op->attr)->axis == op->out->shape.rank - 1;
}

static struct row_need rows(const struct op *op, int i)
{
    (void)op;
    (void)i;
    return (struct row_need){ .stride = 1, .kernel = 1 };
}

static bool take_transpose(struct graph *g, struct op *op, const int *perm, int *result)
{
    struct concatenate *p = op->attr;
    (void)g;
    return axis_takes_transpose(op, &p->axis, perm, result);
}

/* Before opset 4 the axis had a default. */
static bool import(struct graph *g, struct onnx_node *n)
{
    if (*n->domain)
        return import_quantized_concat(g, n);
    if (!onnx_find(n, "axis") && n->opset >= 4)
        return onnx_error(g, n, "it lacks the attribute 'axis'");
    struct tensor **in = NEW_ARRAY(g->ctx->arena, struct tensor *, n->nin + 1);
    int nin = 0;
    for (int i = 0; i < n->nin; i++) /* what is empty adds nothing */
        if (n->in[i] && shape_count(&n->in[i]->shape) != 0)
            in[nin++] = n->in[i];
    return onnx_make(g, n, "Concatenate",
                     arena_printf(g->ctx->arena, "axis=%lld", (long long)onnx_int(n, "axis", 1)),
                     nin ? in : n->in, nin ? nin : n->nin);
}

/* "const float *in0, const float *in2, " */
static const char *parameters_of(struct out *o, const struct op *op)
{
    const char *s = "";
    for (int i = 0; i < op->nin; i++)
        if (!input_in_place(op, i))
            s = arena_printf(o->arena, "%sconst %s *in%d, ", s, c_type(op->in[i]->type), i);
    return s;
}

static struct move move_of(const struct op *op, int i)
{
    const int axis = ((const struct concatenate *)op->attr)->axis, rank = op->out->shape.rank;
    const int64_t n = product(&op->in[i]->shape, axis, rank),
                  outer = product(&op->out->shape, 0, axis),
                  inner = product(&op->out->shape, axis + 1, rank);
    struct move m = { .rank = 0 };
    for (int k = 0; k < i; k++)
        m.to_at += op->in[k]->shape.dim[axis] * inner;
    move_axis(&m, outer, n, product(&op->out->shape, axis, rank));
    move_axis(&m, n, 1, 1);
    return m;
}

#include "templates/concatenate.inc"

static const struct sample samples[] = { { "5x4x3 5x4x7", "" },
                                         { "5x4x3 5x2x3 5x1x3", "axis=2" },
                                         { "2x4x3 1x4x3", "axis=1" },
                                         { "7 5 3", "" },
                                         { NULL, NULL } };

/* Keras' rule: a step counts where any of its features does; an input without a mask counts
 * everywhere. */
static struct tensor *concatenate_mask(struct graph *g, struct op *op, struct tensor *const *masks)
{
    struct tensor **part = NEW_ARRAY(g->ctx->arena, struct tensor *, op->nin + 1);
    bool any = false;
    for (int i = 0; i < op->nin; i++) {
        any |= masks[i] != NULL;
        part[i] = make_one(g, op, "Fill", "value=1 dtype=bool", op->in[i]);
        struct tensor *m = masks[i];
        if (m && part[i] && m->shape.rank < op->in[i]->shape.rank)
            m = make_two(g, op, "LogicalAnd", part[i], make_one(g, op, "ExpandDims", "axis=-1", m));
        part[i] = m ? m : part[i];
        if (!part[i])
            return NULL;
    }
    struct tensor *all = any ? op_make_from(g, op, op->def, op->attr, part, op->nin) : NULL;
    return make_one(g, op, "Reduce", "kind=any axes=(-1,)", all);
}

const struct opdef concatenate = {
    .name = "Concatenate",
    .mask = concatenate_mask,
    .onnx = "Concat com.microsoft:QLinearConcat",
    .keras_base = "concatenate",
    .brief = "tensors side by side along one axis",
    .attrs = attrs,
    .attr_size = sizeof(struct concatenate),
    .min_inputs = 1,
    .max_inputs = -1,
    .types = ALL_TYPES,
    .samples = samples,
    .shape = shape,
    .eval = eval,
    .joins_channels = joins_channels,
    .take_transpose = take_transpose,
    .rows = rows,
    .by_rows = joins_channels,
    .emit = emit,
    .import = import,
    .functions =
        "layers.concatenate(*inputs|x|values, axis=-1); concat "
        "concatenate(*values|xs|x|tensors|arrays, axis=0); K.concatenate(*tensors, axis=-1); "
        "hstack(*xs) axis=1; vstack(*xs) axis=0; dstack(*xs) axis=2",
    .to_onnx = "Concat(*, axis=$axis)",
};
