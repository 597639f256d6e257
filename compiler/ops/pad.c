/* pad.c - values around a tensor: a constant, its mirror image, its edge, itself again; the layers
 * ZeroPadding1D, 2D and 3D. */
#include "ops/moves.h"
#include "ops/onnx.h"

enum mode { CONSTANT, REFLECT, EDGE, WRAP, SYMMETRIC };

struct pad {
    struct int_list pads;
    int mode;
    double value;
};

static const struct attr attrs[] = {
    /* before and after each axis in turn, the batch counted; one pair: all axes */
    { "pads", NULL, ATTR_LIST, offsetof(struct pad, pads), NULL, NULL, 0 },
    { "mode", NULL, ATTR_CHOICE, offsetof(struct pad, mode), "constant",
      "constant reflect edge wrap symmetric", 0 },
    { "value", NULL, ATTR_FLOAT, offsetof(struct pad, value), "0", NULL, 0 },
    { 0 }
};

static bool shape(struct graph *g, struct op *op)
{
    struct pad *p = op->attr;
    const struct shape *s = &op->in[0]->shape;
    const int n = s->rank;
    int64_t *pads = NEW_ARRAY(g->ctx->arena, int64_t, 2 * n + 1);
    if (p->pads.count != 2 * n && p->pads.count != 2 && p->pads.count != 1)
        return op_error(g, op,
                        "'pads' needs a pair of numbers for each of the %d axes, the batch "
                        "counted, not %d numbers",
                        n, p->pads.count);
    op->out->shape = *s;
    for (int i = 0; i < 2 * n; i++) {
        const int64_t most = p->mode == REFLECT     ? s->dim[i / 2] - 1
                             : p->mode == SYMMETRIC ? s->dim[i / 2]
                                                    : MAX_DIM;
        pads[i] = p->pads.item[p->pads.count == 2 * n ? i : p->pads.count == 2 ? i % 2 : 0];
        if (pads[i] < 0 || pads[i] > most)
            return op_error(g, op, "%lld more values beside the %lld of axis %d%s",
                            (long long)pads[i], (long long)s->dim[i / 2], i / 2,
                            p->mode == REFLECT || p->mode == SYMMETRIC
                                ? ": a mirror image shows no more than there is"
                                : "");
        if (pads[i] && p->mode != CONSTANT && !s->dim[i / 2])
            return op_error(g, op, "axis %d has no values to repeat", i / 2);
        op->out->shape.dim[i / 2] += pads[i];
    }
    p->pads = (struct int_list){ 2 * n, pads };
    return true;
}

/* Index in the input of index i of the result along an axis of n values; -1: none. */
static int64_t source(enum mode mode, int64_t i, int64_t before, int64_t n)
{
    const int64_t k = i - before;
    if (k >= 0 && k < n)
        return k;
    switch (mode) {
    case REFLECT: return k < 0 ? -k : 2 * (n - 1) - k;
    case SYMMETRIC: return k < 0 ? -k - 1 : 2 * n - 1 - k;
    case EDGE: return k < 0 ? 0 : n - 1;
    case WRAP: return ((k % n) + n) % n;
    case CONSTANT: break;
    }
    return -1;
}

static void eval(const struct op *op, const double *const *in, double *out)
{
    const struct pad *p = op->attr;
    const struct shape *s = &op->out->shape, *t = &op->in[0]->shape;
    int64_t stride[MAX_RANK];
    plain_strides(t, stride);
    for (int64_t i = 0; i < shape_count(s); i++) {
        int64_t rest = i, from = 0;
        for (int d = s->rank - 1; d >= 0; d--) {
            const int64_t k =
                source((enum mode)p->mode, rest % s->dim[d], p->pads.item[2 * d], t->dim[d]);
            from = k < 0 || from < 0 ? -1 : from + k * stride[d];
            rest /= s->dim[d];
        }
        out[i] = from < 0 ? p->value : in[0][from];
    }
}

static bool is_padded(const struct op *op, int d)
{
    const int64_t *pads = ((const struct pad *)op->attr)->pads.item;
    return pads[2 * d] || pads[2 * d + 1];
}

/* The axis of rows that gets more rows: -1 if none; -2 if it is not the only one that has several.
 */
static int padded_rows(const struct op *op)
{
    int found = -1;
    for (int d = 0; d < op->out->shape.rank - 2; d++)
        if (is_padded(op, d))
            found = found == -1 && row_axis(&op->out->shape) == d ? d : -2;
    return found;
}

static bool by_rows(const struct op *op)
{
    return op->out->shape.rank >= 1 && padded_rows(op) != -2;
}

static struct row_need rows(const struct op *op, int i)
{
    const struct pad *p = op->attr;
    const int axis = padded_rows(op);
    const int before = axis < 0 ? 0 : (int)p->pads.item[2 * axis],
              after = axis < 0 ? 0 : (int)p->pads.item[2 * axis + 1];
    (void)i;
    if (p->mode == WRAP && axis >= 0)
        return (struct row_need){ .all = true };
    if (p->mode == CONSTANT || axis < 0)
        return (struct row_need){ .stride = 1, .kernel = 1, .pad = before };
    /* a mirror image reaches `before` rows ahead at the start and 2 * after back at the end */
    return (struct row_need){ .stride = 1,
                              .kernel = 2 * before + 2 * after + 1,
                              .pad = before + 2 * after };
}

static bool take_transpose(struct graph *g, struct op *op, const int *perm, int *result)
{
    struct pad *p = op->attr;
    int64_t *pads = NEW_ARRAY(g->ctx->arena, int64_t, p->pads.count + 1);
    for (int d = 0; d < op->out->shape.rank; d++) {
        pads[2 * perm[d]] = p->pads.item[2 * d];
        pads[2 * perm[d] + 1] = p->pads.item[2 * d + 1];
        result[d] = perm[d];
    }
    p->pads.item = pads;
    return true;
}

/* Zeros around the rows and columns of a picture: what a window that reads it can do itself. */
static bool zeros_around(const struct op *op, int *to)
{
    const struct pad *p = op->attr;
    if (op->out->shape.rank != 4 || p->mode != CONSTANT || p->value < 0 || p->value > 0
        || is_padded(op, 0) || is_padded(op, 3))
        return false;
    for (int i = 0; i < 4; i++)
        to[i] = (int)p->pads.item[2 + i];
    return true;
}

static bool simplify(struct graph *g, struct op *op)
{
    for (int d = 0; d < op->out->shape.rank; d++)
        if (is_padded(op, d))
            return false;
    graph_replace(g, op->out, op->in[0]);
    op->dead = true;
    return true;
}

/* ---- the kernel: the inside is copied, then each axis from the last to the first gets its ends */

/* Copy of the inside, from axis `first` on. */
static struct move inside(const struct op *op, int first)
{
    const struct pad *p = op->attr;
    int64_t from[MAX_RANK], to[MAX_RANK];
    struct move m = { .rank = 0 };
    memory_strides(op->in[0], from);
    memory_strides(op->out, to);
    for (int d = first; d < op->out->shape.rank; d++) {
        m.to_at += p->pads.item[2 * d] * to[d];
        move_axis(&m, op->in[0]->shape.dim[d], from[d], to[d]);
    }
    return m;
}

/* Index k of axis d for the inside of the axes in front of it and the whole of those behind it;
 * read from index `like`. */
static struct move end_of(const struct op *op, int first, int d, int64_t k, int64_t count,
                          int64_t like, int64_t like_step)
{
    const struct pad *p = op->attr;
    int64_t to[MAX_RANK];
    struct move m = { .rank = 0 };
    memory_strides(op->out, to);
    m.to_at = k * to[d];
    m.from_at = like * to[d];
    for (int a = first; a < d; a++) {
        m.to_at += p->pads.item[2 * a] * to[a];
        m.from_at += p->pads.item[2 * a] * to[a];
        move_axis(&m, op->in[0]->shape.dim[a], to[a], to[a]);
    }
    move_axis(&m, count, like_step * to[d], to[d]);
    for (int a = d + 1; a < op->out->shape.rank; a++)
        move_axis(&m, op->out->shape.dim[a], to[a], to[a]);
    return m;
}

/* Copies a tensor's other end: by pieces of at most n, so that what is read has been written. */
static void put_wrapped(struct out *o, const struct op *op, int first, int d, int depth)
{
    const struct pad *p = op->attr;
    const int64_t before = p->pads.item[2 * d], after = p->pads.item[2 * d + 1],
                  n = op->in[0]->shape.dim[d];
    for (int64_t done = 0; done < before; done += n) {
        const int64_t count = before - done < n ? before - done : n, k = before - done - count;
        const struct move m = end_of(op, first, d, k, count, k + n, 1);
        put_move(o, &m, "to", "to", depth);
    }
    for (int64_t done = 0; done < after; done += n) {
        const int64_t count = after - done < n ? after - done : n, k = before + n + done;
        const struct move m = end_of(op, first, d, k, count, k - n, 1);
        put_move(o, &m, "to", "to", depth);
    }
}

/* Prints the ends of the axes from the last to `first`, read from what is written already. */
static void put_ends(struct out *o, const struct op *op, int first, const char *value, int depth)
{
    const struct pad *p = op->attr;
    const enum mode mode = (enum mode)p->mode;
    for (int d = op->out->shape.rank - 1; d >= first; d--) {
        const int64_t before = p->pads.item[2 * d], after = p->pads.item[2 * d + 1],
                      end = before + op->in[0]->shape.dim[d];
        const int64_t step = mode == EDGE ? 0 : -1, shift = mode == REFLECT ? 1 : 0;
        const struct move start =
            end_of(op, first, d, 0, before, mode == EDGE ? before : 2 * before - 1 + shift, step);
        const struct move rest = end_of(op, first, d, end, after, end - 1 - shift, step);
        if (mode == WRAP)
            put_wrapped(o, op, first, d, depth);
        for (int i = 0; i < 2 && mode != WRAP; i++)
            if ((i ? after : before) && mode == CONSTANT)
                put_fill(o, i ? &rest : &start, value, "to", depth);
            else if (i ? after : before)
                put_move(o, i ? &rest : &start, "to", "to", depth);
    }
}

/* Which input row is row y of the result, or like it. */
static const char *row_text(struct out *o, const struct op *op)
{
    const struct pad *p = op->attr;
    const int axis = padded_rows(op), before = (int)p->pads.item[2 * axis],
              n = (int)op->in[0]->shape.dim[axis];
    const char *k = before ? arena_printf(o->arena, "y - %d", before) : "y";
    switch ((enum mode)p->mode) {
    case REFLECT:
        return arena_printf(o->arena, "%s < 0 ? %d - y : %s < %d ? %s : %d - y", k, before, k, n, k,
                            2 * (n - 1) + before);
    case SYMMETRIC:
        return arena_printf(o->arena, "%s < 0 ? %d - y : %s < %d ? %s : %d - y", k, before - 1, k,
                            n, k, 2 * n - 1 + before);
    case EDGE: return arena_printf(o->arena, "%s < 0 ? 0 : %s < %d ? %s : %d", k, k, n, k, n - 1);
    case WRAP: return arena_printf(o->arena, "(y + %d) %% %d", (n - before % n) % n, n);
    case CONSTANT: break;
    }
    return k;
}

static struct move whole_row(const struct op *op)
{
    struct move m = { .rank = 0 };
    move_axis(&m, width_of(op->out), 0, pixel_stride(op->out));
    move_axis(&m, channels_of(op->out), 0, 1);
    return m;
}

/* The constant as a C literal of the element type. */
static const char *value_text(struct out *o, const struct op *op)
{
    const double v = ((const struct pad *)op->attr)->value;
    return literal(o, op->out->type, v);
}

/* ---- ONNX: negative numbers cut ---- */

static bool import_value(struct graph *g, const struct onnx_node *n, double *value)
{
    struct float_list given;
    *value = onnx_float(n, "value", 0);
    if (!onnx_const_floats(g, n, 2, &given))
        return false;
    if (given.count > 0)
        *value = given.item[0];
    return true;
}

static bool import(struct graph *g, struct onnx_node *n)
{
    struct tensor *x = onnx_input(n, 0);
    struct int_list pads, axes;
    struct arena *a = g->ctx->arena;
    const char *mode = onnx_string(n, "mode", "constant"), *begin = "", *size = "", *text = "";
    double value;
    if (!x || !onnx_ints_either(g, n, n->opset < 2 ? "paddings" : "pads", 1, &pads)
        || !import_value(g, n, &value) || !onnx_const_ints(g, n, 3, &axes))
        return x ? false : onnx_error(g, n, "it has no input");
    const int r = x->shape.rank, count = axes.count < 0 ? r : axes.count;
    int64_t around[2 * MAX_RANK] = { 0 };
    bool cuts = false;
    if (pads.count != 2 * count)
        return onnx_error(g, n, "'pads' has %d numbers for %d axes", pads.count, count);
    for (int i = 0; i < count; i++) {
        const int64_t axis = axes.count < 0     ? i
                             : axes.item[i] < 0 ? axes.item[i] + r
                                                : axes.item[i];
        if (axis < 0 || axis >= r)
            return onnx_error(g, n, "there is no axis %lld", (long long)axis);
        around[2 * axis] = pads.item[i];
        around[2 * axis + 1] = pads.item[count + i];
        cuts |= pads.item[i] < 0 || pads.item[count + i] < 0;
    }
    for (int d = 0; d < r; d++) {
        const int64_t before = around[2 * d] < 0 ? -around[2 * d] : 0,
                      after = around[2 * d + 1] < 0 ? -around[2 * d + 1] : 0;
        begin = arena_printf(a, "%s%lld,", begin, (long long)before);
        size = arena_printf(a, "%s%lld,", size, (long long)(x->shape.dim[d] - before - after));
        text = arena_printf(a, "%s%lld,%lld,", text, (long long)(around[2 * d] + before),
                            (long long)(around[2 * d + 1] + after));
    }
    if (cuts
        && !(x = op_make(g, n->from, "Slice", arena_printf(a, "begin=(%s) size=(%s)", begin, size),
                         &x, 1)))
        return false;
    return onnx_make(g, n, "Pad",
                     arena_printf(a, "pads=(%s) mode=%s value=%.17g", text, mode, value), &x, 1);
}

#include "templates/pad.inc"

static const struct sample samples[] = { { "5x6x3", "pads=(0,0,1,2,0,3,0,0)" },
                                         { "5x6x3", "pads=(0,0,0,0,2,0,1,2) value=-1.5" },
                                         { "5x6x3", "pads=(0,0,2,1,1,3,0,2) mode=reflect" },
                                         { "5x6x3", "pads=(0,0,2,4,3,1,0,0) mode=edge" },
                                         { "5x4x3", "pads=(0,0,2,4,3,1,0,2) mode=symmetric" },
                                         { "5x4x3", "pads=(0,0,2,1,9,5,0,1) mode=wrap" },
                                         { "2x3x4x2", "pads=(0,0,1,1,1,0,0,1,0,0) mode=edge" },
                                         { "2x3x4x2", "pads=(0,0,1,1,1,0,0,1,2,0) value=3" },
                                         { "7", "pads=(0,1,2,3)" },
                                         { NULL, NULL } };

static const char *to_onnx(struct graph *g, const struct op *op)
{
    static const char *const modes[] = {
        [CONSTANT] = "constant", [REFLECT] = "reflect", [EDGE] = "edge", [WRAP] = "wrap"
    };
    struct arena *a = g->ctx->arena;
    const struct pad *p = op->attr;
    const char *list = "";
    if (p->mode == SYMMETRIC)
        return NULL;
    /* all that stands before, then all behind */
    for (int i = 0; i < 2 * op->out->shape.rank; i++)
        list = arena_printf(
            a, "%s%lld,", list,
            (long long)
                p->pads.item[i < op->out->shape.rank ? 2 * i : 2 * (i - op->out->shape.rank) + 1]);
    return arena_printf(a, "Pad(a, [%s], %s, mode='%s')", list,
                        p->mode == CONSTANT && p->value != 0 ? "$value" : "-", modes[p->mode]);
}

const struct opdef pad = {
    .name = "Pad",
    .onnx = "Pad",
    .import = import,
    .keras_base = "pad",
    .brief = "values around a tensor",
    .attrs = attrs,
    .attr_size = sizeof(struct pad),
    .min_inputs = 1,
    .max_inputs = 1,
    .types = ALL_TYPES,
    .samples = samples,
    .shape = shape,
    .eval = eval,
    .simplify = simplify,
    .take_transpose = take_transpose,
    .rows = rows,
    .by_rows = by_rows,
    .emit = emit,
    .pads = zeros_around,
    .functions =
        "pad(x|tensor|array, pad_width|paddings:pads, mode=constant, constant_values:value=0)",
    .to_onnx_for = to_onnx,
};

/* ---- Keras' layers --------------------------------------------------------------------------- */

struct zero_padding {
    int padding[6];
};

static const struct attr attrs1[] = { { "padding", NULL, ATTR_PADS,
                                        offsetof(struct zero_padding, padding), "1", NULL, 1 },
                                      { "data_format", NULL, ATTR_IGNORED, 0, "None", NULL, 0 },
                                      { 0 } };
static const struct attr attrs2[] = { { "padding", NULL, ATTR_PADS,
                                        offsetof(struct zero_padding, padding), "1", NULL, 2 },
                                      { "data_format", NULL, ATTR_IGNORED, 0, "None", NULL, 0 },
                                      { 0 } };
static const struct attr attrs3[] = { { "padding", NULL, ATTR_PADS,
                                        offsetof(struct zero_padding, padding), "1", NULL, 3 },
                                      { "data_format", NULL, ATTR_IGNORED, 0, "None", NULL, 0 },
                                      { 0 } };

static struct tensor *zeros(struct graph *g, struct op *op, int axes, const char *what)
{
    const int *p = ((const struct zero_padding *)op->attr)->padding;
    const char *text = "(0,0";
    if (!needs_rank(g, op, axes + 2, what))
        return NULL;
    for (int i = 0; i < 2 * axes; i++)
        text = arena_printf(g->ctx->arena, "%s,%d", text, p[i]);
    return op_make(g, op, "Pad", arena_printf(g->ctx->arena, "pads=%s,0,0)", text), op->in, 1);
}

static struct tensor *expand1(struct graph *g, struct op *op)
{
    return zeros(g, op, 1, "a sequence (steps, channels)");
}

static struct tensor *expand2(struct graph *g, struct op *op)
{
    return zeros(g, op, 2, "a picture (height, width, channels)");
}

static struct tensor *expand3(struct graph *g, struct op *op)
{
    return zeros(g, op, 3, "a volume (depth, height, width, channels)");
}

static const struct sample samples1[] = { { "6x3", "padding=(1, 2)" }, { NULL, NULL } };
static const struct sample samples2[] = { { "5x6x3", "padding=((1, 2), (0, 3))" }, { NULL, NULL } };
static const struct sample samples3[] = { { "2x3x4x3", "padding=((1, 2), (0, 3), (1, 0))" },
                                          { NULL, NULL } };

const struct opdef zero_padding1d = {
    .name = "ZeroPadding1D",
    .keras_base = "zero_padding1d",
    .brief = "zeros around a sequence",
    .attrs = attrs1,
    .attr_size = sizeof(struct zero_padding),
    .min_inputs = 1,
    .max_inputs = 1,
    .has_data_format = true,
    .samples = samples1,
    .expand = expand1,
};
const struct opdef zero_padding2d = {
    .name = "ZeroPadding2D",
    .keras_base = "zero_padding2d",
    .brief = "zero pixels around a picture",
    .attrs = attrs2,
    .attr_size = sizeof(struct zero_padding),
    .min_inputs = 1,
    .max_inputs = 1,
    .has_data_format = true,
    .samples = samples2,
    .expand = expand2,
};
const struct opdef zero_padding3d = {
    .name = "ZeroPadding3D",
    .keras_base = "zero_padding3d",
    .brief = "zeros around a volume",
    .attrs = attrs3,
    .attr_size = sizeof(struct zero_padding),
    .min_inputs = 1,
    .max_inputs = 1,
    .has_data_format = true,
    .samples = samples3,
    .expand = expand3,
};
