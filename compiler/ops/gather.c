/*
 * gather.c - slices of a tensor chosen by an index tensor: out[a.., i.., b..] = in[a.., index[i..],
 * b..] along one axis; Keras' Embedding. Indices below zero count from the end. One that is out of
 * range is an error of the caller that no C can report here: the nearest slice is taken, so that no
 * memory outside of the tensor is ever read.
 */
#include "ops/moves.h"
#include "ops/onnx.h"

#include <math.h>

struct gather {
    int axis;
};

static const struct attr attrs[] = {
    { "axis", "axis", ATTR_INT, offsetof(struct gather, axis), "0", NULL, 0 }, { 0 }
};

static bool shape(struct graph *g, struct op *op)
{
    struct gather *p = op->attr;
    const struct shape *s = &op->in[0]->shape, *t = &op->in[1]->shape;
    if (!axis_of(g, op, p->axis, s->rank, &p->axis))
        return false;
    if (s->rank - 1 + t->rank > MAX_RANK)
        return op_error(g, op, "its result would have more than %d axes", MAX_RANK);
    if (!s->dim[p->axis] && shape_count(t))
        return op_error(g, op, "axis %d is empty", p->axis);
    struct shape *r = &op->out->shape;
    for (int d = 0; d < s->rank; d++)
        if (d != p->axis)
            r->dim[r->rank++] = s->dim[d];
        else
            for (int k = 0; k < t->rank; k++)
                r->dim[r->rank++] = t->dim[k];
    op->out->type = op->in[0]->type;
    return true;
}

static int64_t around(const struct shape *s, int from, int to)
{
    int64_t n = 1;
    for (int d = from; d < to; d++)
        n *= s->dim[d];
    return n;
}

static void eval(const struct op *op, const double *const *in, double *out)
{
    const int axis = ((const struct gather *)op->attr)->axis;
    const struct shape *s = &op->in[0]->shape;
    const int64_t outer = around(s, 0, axis), N = s->dim[axis],
                  inner = around(s, axis + 1, s->rank), n = shape_count(&op->in[1]->shape);
    for (int64_t a = 0; a < outer; a++)
        for (int64_t i = 0; i < n; i++) {
            const double wanted = trunc(in[1][i]), from = wanted < 0 ? wanted + (double)N : wanted;
            const int64_t k = from >= 0 ? from < (double)N ? (int64_t)from : N - 1 : 0;
            for (int64_t b = 0; b < inner; b++)
                out[(a * n + i) * inner + b] = in[0][(a * N + k) * inner + b];
        }
}

/* Indices that are known and equally far from each other take a slice. */
static bool as_slice(struct graph *g, struct onnx_node *n, int64_t axis, bool *made)
{
    struct tensor *x = onnx_input(n, 0);
    struct int_list index;
    struct arena *a = g->ctx->arena;
    const char *begin = "", *size = "", *steps = "", *dims = "";
    *made = false;
    if (!onnx_input(n, 1)->data || axis < 0 || axis >= x->shape.rank
        || !onnx_const_ints(g, n, 1, &index) || !index.count)
        return true;
    const int64_t N = x->shape.dim[axis];
    for (int i = 0; i < index.count; i++)
        index.item[i] += index.item[i] < 0 ? N : 0;
    const int64_t step = index.count > 1 ? index.item[1] - index.item[0] : 1;
    for (int i = 0; i < index.count; i++)
        if (index.item[i] < 0 || index.item[i] >= N)
            return onnx_error(g, n, "index %lld, but axis %d has %lld", (long long)index.item[i],
                              (int)axis, (long long)N);
        else if (index.item[i] != index.item[0] + i * step || !step)
            return true;
    for (int d = 0; d < x->shape.rank; d++) {
        const bool here = d == axis;
        begin = arena_printf(a, "%s%lld,", begin, (long long)(here ? index.item[0] : 0));
        size = arena_printf(a, "%s%lld,", size, (long long)(here ? index.count : x->shape.dim[d]));
        steps = arena_printf(a, "%s%lld,", steps, (long long)(here ? step : 1));
        if (here)
            for (int k = 0; k < n->in[1]->shape.rank; k++)
                dims = arena_printf(a, "%s%lld,", dims, (long long)n->in[1]->shape.dim[k]);
        else
            dims = arena_printf(a, "%s%lld,", dims, (long long)x->shape.dim[d]);
    }
    struct tensor *t =
        op_make(g, n->from, "Slice",
                arena_printf(a, "begin=(%s) size=(%s) step=(%s)", begin, size, steps), &x, 1);
    *made = true;
    return t && onnx_make(g, n, "View", arena_printf(a, "shape=(%s)", dims), &t, 1);
}

static bool import(struct graph *g, struct onnx_node *n)
{
    bool made;
    if (!onnx_input(n, 0) || !onnx_input(n, 1))
        return onnx_error(g, n, "it needs two inputs");
    const int64_t axis = onnx_int(n, "axis", 0);
    if (!as_slice(g, n, axis < 0 ? axis + n->in[0]->shape.rank : axis, &made))
        return false;
    return made
           || onnx_make(g, n, "Gather", arena_printf(g->ctx->arena, "axis=%lld", (long long)axis),
                        n->in, 2);
}

#include "templates/gather.inc"

static const struct sample samples[] = {
    { "5x4x3 2x2", "axis=2" }, { "4x3 3", "axis=1" }, { "4x3 1x2", "axis=-1" }, { NULL, NULL }
};

static const char *to_onnx(struct graph *g, const struct op *op)
{
    (void)g;
    return op->in[1]->type == I32 || op->in[1]->type == I64
               ? "Gather(a, b, axis=$axis)"
               : "Gather(a, Cast(b, to=7), axis=$axis)";
}

const struct opdef gather = {
    .name = "Gather",
    .onnx = "Gather",
    .import = import,
    .keras_base = "gather",
    .brief = "slices chosen by an index tensor",
    .attrs = attrs,
    .attr_size = sizeof(struct gather),
    .min_inputs = 2,
    .max_inputs = 2,
    .types = ALL_TYPES,
    .samples = samples,
    .shape = shape,
    .eval = eval,
    .emit = emit,
    .functions = "gather(params|reference|x, indices, axis=0)",
    .to_onnx_for = to_onnx,
};

/* ---- Embedding ------------------------------------------------------------------------------- */

struct embedding {
    int input_dim, output_dim;
    bool mask_zero;
};

static const struct attr embedding_attrs[] = {
    { "input_dim", NULL, ATTR_INT, offsetof(struct embedding, input_dim), NULL, NULL, 0 },
    { "output_dim", NULL, ATTR_INT, offsetof(struct embedding, output_dim), NULL, NULL, 0 },
    { "embeddings_initializer", NULL, ATTR_IGNORED, 0, "None", NULL, 0 },
    { "embeddings_regularizer", NULL, ATTR_IGNORED, 0, "None", NULL, 0 },
    { "embeddings_constraint", NULL, ATTR_IGNORED, 0, "None", NULL, 0 },
    { "mask_zero", NULL, ATTR_BOOL, offsetof(struct embedding, mask_zero), "False", NULL, 0 },
    { "weights", NULL, ATTR_IGNORED, 0, "None", NULL, 0 },
    { "input_length", NULL, ATTR_IGNORED, 0, "None", NULL, 0 },
    { 0 }
};

static bool embedding_weights(struct graph *g, struct op *op)
{
    const struct embedding *p = op->attr;
    return positive(g, op, "'input_dim' and 'output_dim'", &p->input_dim, 2)
           && op_weight(g, op, "embeddings",
                        shape_of(2, (int64_t)p->input_dim, (int64_t)p->output_dim), INIT_UNIFORM,
                        p->input_dim, p->output_dim);
}

static struct tensor *expand_embedding(struct graph *g, struct op *op)
{
    struct tensor *const in[2] = { op->in[1], op->in[0] };
    return op_make(g, op, "Gather", "axis=0", in, 2);
}

/* Steps of index 0 do not count. */
static struct tensor *embedding_mask(struct graph *g, struct op *op, struct tensor *const *masks)
{
    (void)masks;
    if (!((const struct embedding *)op->attr)->mask_zero)
        return NULL;
    return make_two(g, op, "NotEqual", op->in[0], make_number(g, op->in[0]->type, 0));
}

static const struct sample embedding_samples[] = { { "5", "input_dim=3, output_dim=4" },
                                                   { "2x3", "input_dim=3, output_dim=17" },
                                                   { NULL, NULL } };

const struct opdef embedding = {
    .name = "Embedding",
    .keras_base = "embedding",
    .brief = "a trained row for each whole number",
    .attrs = embedding_attrs,
    .attr_size = sizeof(struct embedding),
    .min_inputs = 1,
    .max_inputs = 1,
    .types = ALL_TYPES,
    .samples = embedding_samples,
    .mask = embedding_mask,
    .weights = embedding_weights,
    .expand = expand_embedding,
};

/* ---- ReversibleEmbedding: the same rows take features back to a number for each word ---- */

struct reversible {
    int input_dim, output_dim;
    bool mask_zero, tied, reverse;
    double cap;
};

#define AT(member) offsetof(struct reversible, member)
static const struct attr reversible_attrs[] = {
    { "input_dim", NULL, ATTR_INT, AT(input_dim), NULL, NULL, 0 },
    { "output_dim", NULL, ATTR_INT, AT(output_dim), NULL, NULL, 0 },
    { "tie_weights", NULL, ATTR_BOOL, AT(tied), "True", NULL, 0 },
    { "embeddings_initializer", NULL, ATTR_IGNORED, 0, "None", NULL, 0 },
    { "embeddings_regularizer", NULL, ATTR_IGNORED, 0, "None", NULL, 0 },
    { "embeddings_constraint", NULL, ATTR_IGNORED, 0, "None", NULL, 0 },
    { "mask_zero", NULL, ATTR_BOOL, AT(mask_zero), "False", NULL, 0 },
    { "reverse_dtype", NULL, ATTR_IGNORED, 0, "None", NULL, 0 },
    { "logit_soft_cap", NULL, ATTR_FLOAT, AT(cap), "0", NULL, 0 },
    { "reverse", NULL, ATTR_BOOL, AT(reverse), "False", NULL, 0 }, /* of the call */
    { 0 }
};

static bool reversible_weights(struct graph *g, struct op *op)
{
    const struct reversible *p = op->attr;
    const int64_t words = p->input_dim, features = p->output_dim;
    if (!positive(g, op, "'input_dim' and 'output_dim'", &p->input_dim, 2)
        || !op_weight(g, op, "embeddings", shape_of(2, words, features), INIT_UNIFORM, words,
                      features))
        return false;
    if (!p->tied)
        return op_weight(g, op, "reverse_embeddings", shape_of(2, features, words), INIT_UNIFORM,
                         features, words);
    op_no_weight(g, op);
    return true;
}

static struct tensor *expand_reversible(struct graph *g, struct op *op)
{
    const struct reversible *p = op->attr;
    if (!p->reverse)
        return op_make(g, op, "Gather", "axis=0", (struct tensor *[]){ op->in[1], op->in[0] }, 2);
    struct tensor *back =
        op->in[2] ? op->in[2] : make_one(g, op, "Transpose", "perm=(1,0)", op->in[1]);
    struct tensor *t = make_two(g, op, "MatMul", op->in[0], back);
    if (!(p->cap > 0))
        return t;
    t = make_one(g, op, "Tanh", "", make_two(g, op, "Divide", t, make_number(g, F32, p->cap)));
    return make_two(g, op, "Multiply", t, make_number(g, F32, p->cap));
}

static struct tensor *reversible_mask(struct graph *g, struct op *op, struct tensor *const *masks)
{
    const struct reversible *p = op->attr;
    (void)masks;
    return p->mask_zero && !p->reverse
               ? make_two(g, op, "NotEqual", op->in[0], make_number(g, op->in[0]->type, 0))
               : NULL;
}

static const struct sample reversible_samples[] = {
    { "5", "input_dim=3, output_dim=4" },
    { "2x4", "input_dim=7, output_dim=4, reverse=True, logit_soft_cap=2" },
    { NULL, NULL }
};

const struct opdef reversible_embedding = {
    .name = "ReversibleEmbedding",
    .keras_base = "reversible_embedding",
    .brief = "a trained row for each whole number, and back",
    .attrs = reversible_attrs,
    .attr_size = sizeof(struct reversible),
    .min_inputs = 1,
    .max_inputs = 1,
    .types = ALL_TYPES,
    .samples = reversible_samples,
    .call = "inputs, reverse",
    .weights = reversible_weights,
    .mask = reversible_mask,
    .expand = expand_reversible,
};
