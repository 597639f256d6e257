/*
 * attention_layers.c - Keras' Attention and AdditiveAttention: weights of the values are the softmax of scores of query and key.
 *
 *     Attention             q . k * scale, or with score_mode 'concat'  weight * sum tanh(scale * (q + k))
 *     AdditiveAttention     sum scale * tanh(q + k)
 */
#include "ops/attention.h"

#include <string.h>

struct scored { bool use_scale, scores, causal; int mode; };

#define AT(member) offsetof(struct scored, member)
#define CALL_ATTRIBUTES \
    { "dropout", NULL, ATTR_IGNORED, 0, "0", NULL, 0 }, \
    { "seed", NULL, ATTR_IGNORED, 0, "None", NULL, 0 }, \
    { "return_attention_scores", NULL, ATTR_BOOL, AT(scores), "False", NULL, 0 }, \
    { "use_causal_mask", NULL, ATTR_BOOL, AT(causal), "False", NULL, 0 }

static const struct attr attrs[] = {
    { "use_scale", NULL, ATTR_BOOL, AT(use_scale), "False", NULL, 0 },
    { "score_mode", NULL, ATTR_CHOICE, AT(mode), "dot", "dot concat", 0 },
    CALL_ATTRIBUTES,
    { 0 }
};

static const struct attr additive_attrs[] = {
    { "use_scale", NULL, ATTR_BOOL, AT(use_scale), "True", NULL, 0 },
    CALL_ATTRIBUTES,
    { 0 }
};

/* Inputs {query, value, key}; the key is the value where it is not given. false after an error. */
static bool check(struct graph *g, struct op *op)
{
    for (int i = 0; i < op->nin; i++)
        if (op->in[i] && op->in[i]->type == BOOL)
            return op_error(g, op, "takes no masks; MultiHeadAttention and keras.ops do");
    if (op->nin < 2 || !op->in[1])
        return op_error(g, op, "is called with a list: query, value and perhaps key");
    for (int i = 0; i < op->nin; i++)
        if (op->in[i] && op->in[i]->shape.rank != 3)
            return op_error(g, op, "works on sequences (steps, features)");
    while (op->nin < 3)
        op_no_weight(g, op);
    op->in[2] = op->in[2] ? op->in[2] : op->in[1];
    return true;
}

static bool weights(struct graph *g, struct op *op)
{
    const struct scored *p = op->attr;
    if (!check(g, op))
        return false;
    if (p->use_scale)
        op_weight(g, op, "scale", (struct shape){ 0 }, INIT_ONES, 0, 0);
    else
        op_no_weight(g, op);
    if (p->mode)
        op_weight(g, op, "concat_score_weight", (struct shape){ 0 }, INIT_ONES, 0, 0);
    else
        op_no_weight(g, op);
    return true;
}

static bool additive_weights(struct graph *g, struct op *op)
{
    if (!check(g, op))
        return false;
    const int64_t n = op->in[0]->shape.dim[2];
    if (((const struct scored *)op->attr)->use_scale)
        return op_weight(g, op, "scale", shape_of(1, n), INIT_KERNEL, n, n);
    op_no_weight(g, op);
    return true;
}

static struct tensor *two(struct graph *g, struct op *op, const char *def, struct tensor *a, struct tensor *b)
{
    struct tensor *in[2] = { a, b };
    return a && b ? op_make(g, op, def, "", in, 2) : NULL;
}

static struct tensor *view(struct graph *g, struct op *op, struct tensor *t, int rank, const int64_t *dim)
{
    const char *text = "";
    for (int i = 0; i < rank; i++)
        text = arena_printf(g->ctx->arena, "%s%lld,", text, (long long)dim[i]);
    return t ? op_make(g, op, "View", arena_printf(g->ctx->arena, "shape=(%s)", text), &t, 1) : NULL;
}

/* Both results as the call wants them; scores: {B, T, S}. */
static struct tensor *results(struct graph *g, struct op *op, struct tensor *out, struct tensor *scores)
{
    if (!out)
        return NULL;
    APPEND(g->ctx->arena, op->outs, op->nouts, out);
    if (((const struct scored *)op->attr)->scores)
        APPEND(g->ctx->arena, op->outs, op->nouts, scores);
    return out;
}

static struct tensor *dot(struct graph *g, struct op *op)
{
    const struct scored *p = op->attr;
    struct tensor *in[3] = { op->in[3] ? two(g, op, "Multiply", op->in[0], op->in[3]) : op->in[0], op->in[2], op->in[1] };
    struct attention attr = { .q_heads = 1, .kv_heads = 1, .scale = 1, .causal = p->causal, .left = -1, .right = -1, .scores = p->scores, .mode = 3 };
    int nouts;
    struct tensor **outs = in[0] ? op_make_all(g, op, op_find("DotProductAttention"), &attr, in, 3, &nouts) : NULL;
    const int64_t dims[3] = { op->in[0]->shape.dim[0], op->in[0]->shape.dim[1], op->in[1]->shape.dim[1] };
    return outs ? results(g, op, outs[0], p->scores ? view(g, op, outs[3], 3, dims) : NULL) : NULL;
}

/* -1e9 at the keys that a query must not see, as Keras has it. */
static struct tensor *causal_mask(struct graph *g, struct op *op, int64_t queries, int64_t keys)
{
    struct tensor *m = new_constant(g, op, "mask", shape_of(2, queries, keys));
    for (int64_t i = 0; i < queries; i++)
        for (int64_t j = i + 1; j < keys; j++)
            writable(m)[i * keys + j] = -1e9f;
    return m;
}

/* Weights of the sum over features: {D, 1}. */
static struct tensor *sum_weights(struct graph *g, struct op *op, struct tensor *scale, int64_t features)
{
    const int64_t dims[2] = { features, 1 };
    struct tensor *ones = new_constant(g, op, "ones", shape_of(2, features, INT64_C(1)));
    for (int64_t i = 0; i < features; i++)
        writable(ones)[i] = 1;
    if (!scale)
        return ones;
    return scale->shape.rank ? view(g, op, scale, 2, dims) : two(g, op, "Multiply", ones, scale);
}

/* `inner` scales q + k, `outer` the sum: a number or one for each feature. */
static struct tensor *additive(struct graph *g, struct op *op, struct tensor *inner, struct tensor *outer)
{
    const struct scored *p = op->attr;
    const int64_t B = op->in[0]->shape.dim[0], T = op->in[0]->shape.dim[1], S = op->in[2]->shape.dim[1], D = op->in[0]->shape.dim[2];
    const int64_t q[4] = { B, T, 1, D }, k[4] = { B, 1, S, D }, flat[3] = { B, T, S };
    if (op->in[2]->shape.dim[2] != D)
        return op_error(g, op, "query and key have %d and %d features", (int)D, (int)op->in[2]->shape.dim[2]), NULL;
    struct tensor *sum = two(g, op, "Add", view(g, op, op->in[0], 4, q), view(g, op, op->in[2], 4, k));
    sum = sum && inner ? two(g, op, "Multiply", sum, inner) : sum;
    sum = sum ? op_make(g, op, "Tanh", "", &sum, 1) : NULL;
    struct tensor *scores = view(g, op, two(g, op, "MatMul", sum, sum_weights(g, op, outer, D)), 3, flat);
    if (p->causal)
        scores = two(g, op, "Add", scores, causal_mask(g, op, T, S));
    scores = scores ? op_make(g, op, "Softmax", "", &scores, 1) : NULL;
    return results(g, op, two(g, op, "MatMul", scores, op->in[1]), scores);
}

static struct tensor *expand(struct graph *g, struct op *op)
{
    return ((const struct scored *)op->attr)->mode ? additive(g, op, op->in[3], op->in[4]) : dot(g, op);
}

static struct tensor *additive_expand(struct graph *g, struct op *op)
{
    return additive(g, op, NULL, op->in[3]);
}

static const struct sample samples[] = { { "5x12 7x12", "" },
                                         { "5x12 7x10 7x12", "use_scale=True, use_causal_mask=True, return_attention_scores=True" },
                                         { "5x6 7x6", "score_mode=concat, use_scale=True" },
                                         { NULL, NULL } };
static const struct sample additive_samples[] = { { "5x6 7x6", "" },
                                                  { "5x6 7x9 7x6", "use_scale=False, use_causal_mask=True, return_attention_scores=True" },
                                                  { NULL, NULL } };

const struct opdef attention_layer = {
    .name = "Attention",
    .keras_base = "attention",
    .brief = "values weighted by products of query and key",
    .attrs = attrs,
    .attr_size = sizeof(struct scored),
    .min_inputs = 1,
    .max_inputs = 4,
    .samples = samples,
    .call = "*inputs, mask, training, return_attention_scores, use_causal_mask",
    .weights = weights,
    .expand = expand,
};

const struct opdef additive_attention = {
    .name = "AdditiveAttention", .keras_base = "additive_attention", .brief = "values weighted by a sum over query and key", .attrs = additive_attrs,
    .attr_size = sizeof(struct scored), .min_inputs = 1, .max_inputs = 4, .samples = additive_samples,
    .call = "*inputs, mask, training, return_attention_scores, use_causal_mask", .weights = additive_weights, .expand = additive_expand,
};
