/*
 * attention_layers.c - Keras' Attention and AdditiveAttention: weights of the values are the
 * softmax of scores of query and key.
 *
 *     Attention             q . k * scale, or with score_mode 'concat'  weight * sum tanh(scale *
 * (q + k)) AdditiveAttention     sum scale * tanh(q + k)
 */
#include "ops/attention.h"

#include <string.h>

struct scored {
    bool use_scale, scores, causal;
    int mode;
};

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
    { "use_scale", NULL, ATTR_BOOL, AT(use_scale), "True", NULL, 0 }, CALL_ATTRIBUTES, { 0 }
};

/* the inputs, NULL where absent */
enum { QUERY, VALUE, KEY, QUERY_MASK, VALUE_MASK, SCALE, CONCAT_WEIGHT };

/* Brings {query, value[, key][, mask of each]} into the order above; the key is the value where it
 * is not given. false after an error. */
static bool check(struct graph *g, struct op *op)
{
    struct tensor **in = NEW_ARRAY(g->ctx->arena, struct tensor *, VALUE_MASK + 1);
    int n = 0;
    for (; n < op->nin && n < 3 && op->in[n] && op->in[n]->type != BOOL; n++)
        in[n] = op->in[n];
    if (n < 2)
        return op_error(g, op, "is called with a list: query, value and perhaps key");
    for (int i = 0; i < n; i++)
        if (in[i]->shape.rank != 3)
            return op_error(g, op, "works on sequences (steps, features)");
    in[KEY] = in[KEY] ? in[KEY] : in[VALUE];
    for (int i = 0; i < 2; i++)
        in[QUERY_MASK + i] = n + i < op->nin ? op->in[n + i] : NULL;
    op->in = in;
    op->nin = VALUE_MASK + 1;
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

/* Both results as the call wants them; scores: {B, T, S}. */
static struct tensor *results(struct graph *g, struct op *op, struct tensor *out,
                              struct tensor *scores)
{
    if (out && op->in[QUERY_MASK]) {
        struct tensor *const choice[3] = { make_one(g, op, "ExpandDims", "axis=-1",
                                                    op->in[QUERY_MASK]),
                                           out, make_number(g, F32, 0) };
        out = choice[0] ? op_make(g, op, "Where", "", choice, 3) : NULL;
    }
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
    struct tensor *in[4] = { op->in[SCALE]
                                 ? make_two(g, op, "Multiply", op->in[QUERY], op->in[SCALE])
                                 : op->in[QUERY],
                             op->in[KEY], op->in[VALUE], NULL };
    const int64_t B = op->in[QUERY]->shape.dim[0], S = op->in[KEY]->shape.dim[1],
                  keys[4] = { B, 1, 1, S };
    in[3] = added_mask(g, op, make_view(g, op, op->in[VALUE_MASK], 4, keys));
    struct attention attr = { .q_heads = 1,
                              .kv_heads = 1,
                              .scale = 1,
                              .causal = p->causal,
                              .left = -1,
                              .right = -1,
                              .scores = p->scores,
                              .mode = 3 };
    int nouts;
    struct tensor **outs =
        in[0] ? op_make_all(g, op, op_find("DotProductAttention"), &attr, in, in[3] ? 4 : 3, &nouts)
              : NULL;
    const int64_t dims[3] = { op->in[0]->shape.dim[0], op->in[0]->shape.dim[1],
                              op->in[1]->shape.dim[1] };
    return outs ? results(g, op, outs[0], p->scores ? make_view(g, op, outs[3], 3, dims) : NULL)
                : NULL;
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
static struct tensor *sum_weights(struct graph *g, struct op *op, struct tensor *scale,
                                  int64_t features)
{
    const int64_t dims[2] = { features, 1 };
    struct tensor *ones = new_constant(g, op, "ones", shape_of(2, features, INT64_C(1)));
    for (int64_t i = 0; i < features; i++)
        writable(ones)[i] = 1;
    if (!scale)
        return ones;
    return scale->shape.rank ? make_view(g, op, scale, 2, dims)
                             : make_two(g, op, "Multiply", ones, scale);
}

/* `inner` scales q + k, `outer` the sum: a number or one for each feature. */
static struct tensor *additive(struct graph *g, struct op *op, struct tensor *inner,
                               struct tensor *outer)
{
    const struct scored *p = op->attr;
    const int64_t B = op->in[0]->shape.dim[0], T = op->in[0]->shape.dim[1],
                  S = op->in[2]->shape.dim[1], D = op->in[0]->shape.dim[2];
    const int64_t q[4] = { B, T, 1, D }, k[4] = { B, 1, S, D }, flat[3] = { B, T, S };
    if (op->in[2]->shape.dim[2] != D)
        return op_error(g, op, "query and key have %d and %d features", (int)D,
                        (int)op->in[2]->shape.dim[2]),
               NULL;
    struct tensor *sum = make_two(g, op, "Add", make_view(g, op, op->in[0], 4, q),
                                  make_view(g, op, op->in[2], 4, k));
    sum = sum && inner ? make_two(g, op, "Multiply", sum, inner) : sum;
    sum = sum ? op_make(g, op, "Tanh", "", &sum, 1) : NULL;
    struct tensor *scores =
        make_view(g, op, make_two(g, op, "MatMul", sum, sum_weights(g, op, outer, D)), 3, flat);
    if (p->causal)
        scores = make_two(g, op, "Add", scores, causal_mask(g, op, T, S));
    if (op->in[VALUE_MASK])
        scores = make_two(
            g, op, "Add", scores,
            added_mask(g, op, make_one(g, op, "ExpandDims", "axis=1", op->in[VALUE_MASK])));
    scores = scores ? op_make(g, op, "Softmax", "", &scores, 1) : NULL;
    return results(g, op, make_two(g, op, "MatMul", scores, op->in[1]), scores);
}

static struct tensor *expand(struct graph *g, struct op *op)
{
    return ((const struct scored *)op->attr)->mode
               ? additive(g, op, op->in[SCALE], op->in[CONCAT_WEIGHT])
               : dot(g, op);
}

static struct tensor *additive_expand(struct graph *g, struct op *op)
{
    return additive(g, op, NULL, op->in[SCALE]);
}

static const struct sample samples[] = {
    { "5x12 7x12", "" },
    { "5x12 7x10 7x12", "use_scale=True, use_causal_mask=True, return_attention_scores=True" },
    { "5x6 7x6", "score_mode=concat, use_scale=True" },
    { NULL, NULL }
};
static const struct sample additive_samples[] = {
    { "5x6 7x6", "" },
    { "5x6 7x9 7x6", "use_scale=False, use_causal_mask=True, return_attention_scores=True" },
    { NULL, NULL }
};

const struct opdef attention_layer = {
    .name = "Attention",
    .mask = keep_mask,
    .keras_base = "attention",
    .brief = "values weighted by products of query and key",
    .attrs = attrs,
    .attr_size = sizeof(struct scored),
    .min_inputs = 1,
    .max_inputs = 6,
    .samples = samples,
    .call = "*inputs, mask, training, return_attention_scores, use_causal_mask",
    .weights = weights,
    .expand = expand,
};

const struct opdef additive_attention = {
    .name = "AdditiveAttention",
    .mask = keep_mask,
    .keras_base = "additive_attention",
    .brief = "values weighted by a sum over query and key",
    .attrs = additive_attrs,
    .attr_size = sizeof(struct scored),
    .min_inputs = 1,
    .max_inputs = 6,
    .samples = additive_samples,
    .call = "*inputs, mask, training, return_attention_scores, use_causal_mask",
    .weights = additive_weights,
    .expand = additive_expand,
};
