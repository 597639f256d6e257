/* reverse.c - the other way round along axes: ReverseSequence, each sequence up to its own length;
 * flip and roll, which are slices. */
#include "ops/moves.h"
#include "ops/onnx.h"

struct reverse {
    int seq_axis, batch_axis;
};

static const struct attr attrs[] = {
    { "seq_axis", "time_axis", ATTR_INT, offsetof(struct reverse, seq_axis), "0", NULL, 0 },
    { "batch_axis", "batch_axis", ATTR_INT, offsetof(struct reverse, batch_axis), "1", NULL, 0 },
    { 0 }
};

static bool shape(struct graph *g, struct op *op)
{
    struct reverse *p = op->attr;
    const struct shape *s = &op->in[0]->shape;
    op->out->shape = *s;
    if (!axis_of(g, op, p->seq_axis, s->rank, &p->seq_axis)
        || !axis_of(g, op, p->batch_axis, s->rank, &p->batch_axis))
        return false;
    return (p->seq_axis != p->batch_axis && shape_count(&op->in[1]->shape) == s->dim[p->batch_axis])
           || op_error(g, op, "needs one length for each of the %lld sequences along axis %d",
                       (long long)s->dim[p->batch_axis], p->batch_axis);
}

static void eval(const struct op *op, const double *const *in, double *out)
{
    const struct reverse *p = op->attr;
    const struct shape *s = &op->out->shape;
    int64_t stride[MAX_RANK];
    plain_strides(s, stride);
    for (int64_t i = 0; i < shape_count(s); i++) {
        const int64_t t = i / stride[p->seq_axis] % s->dim[p->seq_axis],
                      length = (int64_t)in[1][i / stride[p->batch_axis] % s->dim[p->batch_axis]];
        const int64_t n = length < s->dim[p->seq_axis] ? length : s->dim[p->seq_axis];
        out[i] = in[0][t < n ? i + (n - 1 - 2 * t) * stride[p->seq_axis] : i];
    }
}

#include "templates/reverse_sequence.inc"

static const struct sample samples[] = { { "4x3 int64[1]@0:5", "seq_axis=1 batch_axis=0" },
                                         { "float32[4x3x2] int64[3]@0:4", "" },
                                         { NULL, NULL } };

const struct opdef reverse_sequence = {
    .name = "ReverseSequence",
    .onnx = "ReverseSequence",
    .keras_base = "reverse_sequence",
    .brief = "each sequence the other way round, up to its length",
    .attrs = attrs,
    .attr_size = sizeof(struct reverse),
    .min_inputs = 2,
    .max_inputs = 2,
    .types = ALL_TYPES,
    .samples = samples,
    .shape = shape,
    .eval = eval,
    .emit = emit,
    .functions = "reverse_sequence(input, seq_lengths, seq_axis, batch_axis=0)",
};

/* ---- flip, roll ------------------------------------------------------------------------------ */

struct flip {
    struct int_list axis, shift;
};

static const struct attr flip_attrs[] = {
    { "axis", NULL, ATTR_LIST, offsetof(struct flip, axis), "None", NULL, 0 }, { 0 }
};

static struct tensor *expand_flip(struct graph *g, struct op *op)
{
    const struct int_list *axes = &((const struct flip *)op->attr)->axis;
    const struct shape *s = &op->in[0]->shape;
    struct arena *a = g->ctx->arena;
    bool turned[MAX_RANK] = { 0 };
    const char *begin = "", *size = "", *step = "";
    for (int i = 0; i < axes->count; i++) {
        int d;
        if (!axis_of(g, op, axes->item[i], s->rank, &d))
            return NULL;
        turned[d] = true;
    }
    for (int d = 0; d < s->rank; d++) {
        const bool turn = s->dim[d] && (turned[d] || !axes->count);
        begin = arena_printf(a, "%s%lld,", begin, (long long)(turn ? s->dim[d] - 1 : 0));
        size = arena_printf(a, "%s%lld,", size, (long long)s->dim[d]);
        step = arena_printf(a, "%s%d,", step, turn ? -1 : 1);
    }
    return op_make(g, op, "Slice",
                   arena_printf(a, "begin=(%s) size=(%s) step=(%s)", begin, size, step), op->in, 1);
}

static const struct sample flip_samples[] = { { "3x4x2", "axis=2" },
                                              { "3x4x2", "axis=(1,-1)" },
                                              { NULL, NULL } };

const struct opdef flip = {
    .name = "Flip",
    .keras_base = "flip",
    .brief = "the other way round along axes",
    .attrs = flip_attrs,
    .attr_size = sizeof(struct flip),
    .min_inputs = 1,
    .max_inputs = 1,
    .types = ALL_TYPES,
    .samples = flip_samples,
    .expand = expand_flip,
    .functions = "flip reverse(x|m|tensor, axis|axes:axis=None); flip_left_right(image) axis=-2; "
                 "flip_up_down(image) axis=-3; fliplr(x) axis=1; flipud(x) axis=0",
};

static const struct attr roll_attrs[] = {
    { "shift", NULL, ATTR_LIST, offsetof(struct flip, shift), NULL, NULL, 0 },
    { "axis", NULL, ATTR_LIST, offsetof(struct flip, axis), "None", NULL, 0 },
    { 0 }
};

/* The last `shift` values along an axis come in front of the others. */
static struct tensor *rolled(struct graph *g, struct op *op, struct tensor *x, int axis,
                             int64_t shift)
{
    const int64_t n = x->shape.dim[axis], k = n ? ((shift % n) + n) % n : 0;
    if (!k)
        return x;
    void *attr = attr_defaults(g->ctx, op_find("Split"));
    attr_parse(g->ctx, op_find("Split"), attr,
               arena_printf(g->ctx->arena, "sizes=(%lld,%lld) axis=%d", (long long)(n - k),
                            (long long)k, axis));
    int count;
    struct tensor **parts = op_make_all(g, op, op_find("Split"), attr, &x, 1, &count);
    if (!parts)
        return NULL;
    struct tensor *const in[2] = { parts[1], parts[0] };
    return op_make(g, op, "Concatenate", arena_printf(g->ctx->arena, "axis=%d", axis), in, 2);
}

static struct tensor *expand_roll(struct graph *g, struct op *op)
{
    const struct flip *p = op->attr;
    struct tensor *x = op->in[0];
    if (!p->axis.count) { /* as one long row */
        x = op_make(g, op, "View", "shape=(-1,)", &x, 1);
        x = x && p->shift.count == 1 ? rolled(g, op, x, 0, p->shift.item[0]) : NULL;
        return x ? op_make(g, op, "View",
                           arena_printf(g->ctx->arena, "shape=%s",
                                        dims_text(g->ctx->arena, &op->in[0]->shape)),
                           &x, 1)
                 : (op_error(g, op, "needs one shift"), NULL);
    }
    if (p->shift.count != p->axis.count)
        return op_error(g, op, "%d shifts for %d axes", p->shift.count, p->axis.count), NULL;
    for (int i = 0; i < p->axis.count && x; i++) {
        int d;
        if (!axis_of(g, op, p->axis.item[i], x->shape.rank, &d))
            return NULL;
        x = rolled(g, op, x, d, p->shift.item[i]);
    }
    return x;
}

static const struct sample roll_samples[] = { { "5x4x2", "shift=2 axis=1" },
                                              { "5x4x2", "shift=(-1,3) axis=(1,2)" },
                                              { "5x4", "shift=3" },
                                              { NULL, NULL } };

const struct opdef roll = {
    .name = "Roll",
    .keras_base = "roll",
    .brief = "values moved along axes, the last come first",
    .attrs = roll_attrs,
    .attr_size = sizeof(struct flip),
    .min_inputs = 1,
    .max_inputs = 1,
    .types = ALL_TYPES,
    .samples = roll_samples,
    .expand = expand_roll,
    .functions = "roll(x|input|a, shift, axis=None)",
};
