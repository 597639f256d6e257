/*
 * rearrange.c - a picture's axes split, transposed and joined again, row by row: channel shuffle,
 * DepthToSpace, SpaceToDepth and their kin, however a model spells them out.
 *
 *     x -> view `apart` -> transpose `perm` -> view `shape`
 *
 * Rows of the result come in groups of `per`, made of `stride` rows of x:  y = Y * per + part,
 * reads rows Y * stride + i.
 */
#include "ops/moves.h"

struct rearrange {
    struct int_list apart, perm, shape;
};

static const struct attr attrs[] = {
    { "apart", NULL, ATTR_LIST, offsetof(struct rearrange, apart), NULL, NULL, 0 },
    { "perm", NULL, ATTR_LIST, offsetof(struct rearrange, perm), NULL, NULL, 0 },
    { "shape", NULL, ATTR_LIST, offsetof(struct rearrange, shape), NULL, NULL, 0 },
    { 0 }
};

/* How it goes by rows. Axes are those of `apart`; -1: none. */
struct plan {
    int64_t per, stride;
    int part_axis, row_axis;
    int first; /* axis of the transposed view with which pixels begin */
};

/* The number of axes at the front whose product is n; -1: there is none. */
static int prefix(const int64_t *dim, int count, int64_t n)
{
    int64_t product = 1;
    int i = 0;
    while (i < count && product < n)
        product *= dim[i++];
    while (i < count && product == n && dim[i] == 1 && n == 1)
        i++;
    return product == n ? i : -1;
}

static int64_t leading_rows(const int64_t *dim, int rank)
{
    int64_t n = 1;
    for (int d = 0; d < rank - 2; d++)
        n *= dim[d];
    return n;
}

static bool find_plan(const struct rearrange *p, const struct shape *x, struct plan *to)
{
    const int n = p->apart.count, r = p->shape.count;
    int64_t back[MAX_RANK];
    if (x->rank < 3 || r < 3 || p->perm.count != n)
        return false;
    for (int i = 0; i < n; i++)
        back[i] = p->apart.item[p->perm.item[i]];
    const int rows_in = prefix(p->apart.item, n, leading_rows(x->dim, x->rank)),
              rows_out = prefix(back, n, leading_rows(p->shape.item, r));
    if (rows_in < 0 || rows_out < 0
        || prefix(p->apart.item + rows_in, n - rows_in, x->dim[x->rank - 2]) < 0
        || prefix(back + rows_out, n - rows_out, p->shape.item[r - 2]) < 0)
        return false;
    *to = (struct plan){ 1, 1, -1, -1, rows_out };
    int common = 0;
    while (common < rows_in && common < rows_out && p->perm.item[common] == common)
        common++;
    for (int i = common; i < rows_out; i++) { /* rows made of what was no rows */
        if (back[i] == 1)
            continue;
        if (p->perm.item[i] < rows_in || to->part_axis >= 0)
            return false;
        to->part_axis = (int)p->perm.item[i];
        to->per = back[i];
    }
    for (int a = common; a < rows_in; a++) { /* rows that become something else */
        if (p->apart.item[a] == 1)
            continue;
        if (to->row_axis >= 0)
            return false;
        to->row_axis = a;
        to->stride = p->apart.item[a];
    }
    return to->per == 1 || to->stride == 1;
}

static bool shape(struct graph *g, struct op *op)
{
    const struct rearrange *p = op->attr;
    struct plan plan;
    op->out->shape.rank = p->shape.count;
    for (int d = 0; d < p->shape.count; d++)
        op->out->shape.dim[d] = p->shape.item[d];
    return find_plan(p, &op->in[0]->shape, &plan) || op_error(g, op, "does not go by rows");
}

static void eval(const struct op *op, const double *const *in, double *out)
{
    const struct rearrange *p = op->attr;
    struct shape s = { .rank = p->apart.count };
    int64_t stride[MAX_RANK];
    for (int d = 0; d < s.rank; d++)
        s.dim[d] = p->apart.item[d];
    plain_strides(&s, stride);
    for (int64_t i = 0; i < shape_count(&op->out->shape); i++) {
        int64_t rest = i, from = 0;
        for (int d = s.rank - 1; d >= 0; d--) {
            const int64_t axis = p->perm.item[d];
            from += rest % s.dim[axis] * stride[axis];
            rest /= s.dim[axis];
        }
        out[i] = in[0][from];
    }
}

static struct row_need rows(const struct op *op, int i)
{
    struct plan plan;
    (void)i;
    find_plan(op->attr, &op->in[0]->shape, &plan);
    return (struct row_need){ .stride = (int)plan.stride,
                              .kernel = (int)plan.stride,
                              .per = (int)plan.per };
}

/* Strides of the axes `dim` of a tensor's memory, rows, pixels and channels each split in several;
 * those of rows mean nothing. */
static void split_strides(const struct tensor *t, const int64_t *dim, int count, int64_t *stride)
{
    int64_t n = 1, unit = 1;
    const int64_t C = channels_of(t);
    for (int d = count - 1; d >= 0; d--) {
        if (unit == 1 && n == C && dim[d] > 1) {
            unit = pixel_stride(t);
            n = 1;
        }
        stride[d] = n * unit;
        n *= dim[d];
    }
}

static struct move move_of(const struct op *op, const struct plan *plan, int64_t *part_stride)
{
    const struct rearrange *p = op->attr;
    const int n = p->apart.count;
    int64_t from[MAX_RANK], to[MAX_RANK], back[MAX_RANK];
    struct move m = { .rank = 0 };
    for (int i = 0; i < n; i++)
        back[i] = p->apart.item[p->perm.item[i]];
    split_strides(op->in[0], p->apart.item, n, from);
    split_strides(op->out, back, n, to);
    for (int i = plan->first; i < n; i++)
        if (p->perm.item[i] == plan->row_axis)
            /* of each row of x: the template's loop multiplies it */
            m.to_at = to[i];
        else
            move_axis(&m, back[i], from[p->perm.item[i]], to[i]);
    *part_stride = plan->part_axis >= 0 ? from[plan->part_axis] : 0;
    return m;
}

static struct int_list list_of(struct graph *g, const struct shape *s)
{
    struct int_list l = { s->rank, NEW_ARRAY(g->ctx->arena, int64_t, s->rank + 1) };
    for (int i = 0; i < s->rank; i++)
        l.item[i] = s->dim[i];
    return l;
}

/* A transposition with a view in front of it, behind it or both, which nobody else reads. */
static bool recognize(struct graph *g, const struct op *last, struct op *made)
{
    const struct op *t =
        last->def->is_view && last->in[0]->uses == 1 ? last->in[0]->producer : last;
    int perm[MAX_RANK];
    struct plan plan;
    if (!t || !t->def->permutes || !t->def->permutes(t, perm))
        return false;
    const struct op *v = t->in[0]->producer;
    const bool viewed = v && v->def->is_view && !v->def->is_identity && t->in[0]->uses == 1;
    struct tensor *x = viewed ? v->in[0] : t->in[0];
    struct rearrange p = { list_of(g, &t->in[0]->shape), list_of(g, &t->out->shape),
                           list_of(g, &last->out->shape) };
    for (int i = 0; i < p.perm.count; i++)
        p.perm.item[i] = perm[i];
    if ((t == last && !viewed) || !shape_count(&x->shape) || x->data
        || !find_plan(&p, &x->shape, &plan))
        return false;
    made->in[0] = x;
    *(struct rearrange *)made->attr = p;
    return true;
}

#include "templates/rearrange.inc"

static const struct sample samples[] = {
    { "3x4x8", "apart=(1,3,4,2,2,2) perm=(0,1,3,2,4,5) shape=(1,6,8,2)" },
    { "6x4x3", "apart=(1,3,2,2,2,3) perm=(0,1,3,2,4,5) shape=(1,3,2,12)" },
    { "5x4x12", "apart=(1,5,4,3,4) perm=(0,1,2,4,3) shape=(1,5,4,12)" },
    { "3x4x18", "apart=(1,3,4,2,3,3) perm=(0,1,4,2,5,3) shape=(1,9,12,2)" },
    { NULL, NULL }
};

const struct opdef rearrange = {
    .name = "Rearrange",
    .keras_base = "rearrange",
    .brief = "a picture's channels and pixels in another order",
    .attrs = attrs,
    .attr_size = sizeof(struct rearrange),
    .min_inputs = 1,
    .max_inputs = 1,
    .types = ALL_TYPES,
    .samples = samples,
    .shape = shape,
    .eval = eval,
    .rows = rows,
    .recognize = recognize,
    .emit = emit,
    .to_onnx = "Reshape(Transpose(a:$apart, perm=$perm), $shape)",
};
