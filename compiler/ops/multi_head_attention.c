/*
 * multi_head_attention.c - Keras' MultiHeadAttention and GroupQueryAttention: dense layers to
 * query, key and value, DotProductAttention, a dense layer behind it. Kernels are {features, heads,
 * size} and {heads, size, features}.
 */
#include "ops/attention.h"

struct heads {
    int num_heads, kv_heads, key_dim, value_dim;
    bool use_bias, use_gate, causal, scores; /* causal, scores: arguments of the call */
    struct int_list output_shape, attention_axes;
    int window; /* keys within that distance are seen; 0: all */
};

#define AT(member) offsetof(struct heads, member)
#define CALL_ATTRIBUTES \
    { "seed", NULL, ATTR_IGNORED, 0, "None", NULL, 0 }, \
    { "return_attention_scores", NULL, ATTR_BOOL, AT(scores), "False", NULL, 0 }, \
    { "use_causal_mask", NULL, ATTR_BOOL, AT(causal), "False", NULL, 0 }

static const struct attr attrs[] = {
    { "num_heads", NULL, ATTR_INT, AT(num_heads), NULL, NULL, 0 },
    { "key_dim", NULL, ATTR_INT, AT(key_dim), NULL, NULL, 0 },
    { "value_dim", NULL, ATTR_INT, AT(value_dim), "None", NULL, 0 },
    { "dropout", NULL, ATTR_IGNORED, 0, "0", NULL, 0 },
    { "use_bias", NULL, ATTR_BOOL, AT(use_bias), "True", NULL, 0 },
    { "output_shape", NULL, ATTR_LIST, AT(output_shape), "None", NULL, 0 },
    { "attention_axes", NULL, ATTR_LIST, AT(attention_axes), "None", NULL, 0 },
    { "sliding_window", NULL, ATTR_INT, AT(window), "None", NULL, 0 },
    { "flash_attention", NULL, ATTR_IGNORED, 0, "None", NULL, 0 },
    { "use_gate", NULL, ATTR_BOOL, AT(use_gate), "False", NULL, 0 },
    CALL_ATTRIBUTES,
    { 0 }
};

static const struct attr group_attrs[] = {
    { "head_dim", NULL, ATTR_INT, AT(key_dim), NULL, NULL, 0 },
    { "num_query_heads", NULL, ATTR_INT, AT(num_heads), NULL, NULL, 0 },
    { "num_key_value_heads", NULL, ATTR_INT, AT(kv_heads), NULL, NULL, 0 },
    { "dropout", NULL, ATTR_IGNORED, 0, "0", NULL, 0 },
    { "use_bias", NULL, ATTR_BOOL, AT(use_bias), "True", NULL, 0 },
    { "sliding_window", NULL, ATTR_INT, AT(window), "None", NULL, 0 },
    { "flash_attention", NULL, ATTR_IGNORED, 0, "None", NULL, 0 },
    { "use_gate", NULL, ATTR_BOOL, AT(use_gate), "False", NULL, 0 },
    CALL_ATTRIBUTES,
    { 0 }
};

/* Inputs of the call; behind them kernel and bias of each dense layer. */
enum { QUERY, VALUE, KEY, QUERY_MASK, VALUE_MASK, KEY_MASK, MASK };

static const struct tensor *input(const struct op *op, int i)
{
    return i < op->nin && op->in[i] && !op->in[i]->weight ? op->in[i] : NULL;
}

static void declare(struct graph *g, struct op *op, const char *prefix, struct shape kernel,
                    struct shape bias, int64_t fan_in, int64_t fan_out)
{
    op->scope.prefix = prefix;
    op_weight(g, op, "kernel", kernel, INIT_KERNEL, fan_in, fan_out);
    if (((const struct heads *)op->attr)->use_bias)
        op_weight(g, op, "bias", bias, INIT_ZEROS, 0, 0);
    else
        op_no_weight(g, op);
    op->scope.prefix = NULL;
}

static bool weights(struct graph *g, struct op *op)
{
    struct heads *p = op->attr;
    const struct tensor *key = input(op, KEY) ? input(op, KEY) : input(op, VALUE);
    if (op->nin < 2 || !input(op, VALUE))
        return op_error(g, op, "is called with a query and a value");
    if (!needs_rank(g, op, 3, "a sequence (steps, features)") || op->in[VALUE]->shape.rank != 3
        || key->shape.rank != 3)
        return op_error(g, op, "works on sequences (steps, features) only");
    p->kv_heads = p->kv_heads ? p->kv_heads : p->num_heads;
    p->value_dim = p->value_dim ? p->value_dim : p->key_dim;
    if (!positive(g, op, "the number of heads", &p->num_heads, 1)
        || !positive(g, op, "the number of heads", &p->kv_heads, 1)
        || !positive(g, op, "the size of a head", &p->key_dim, 1)
        || !positive(g, op, "'value_dim'", &p->value_dim, 1))
        return false;
    if (p->num_heads % p->kv_heads)
        return op_error(g, op, "%d query heads cannot share %d heads of key and value",
                        p->num_heads, p->kv_heads);
    if (p->attention_axes.count > 1
        || (p->attention_axes.count == 1 && p->attention_axes.item[0] != 1)
        || p->output_shape.count > 1)
        return op_error(g, op,
                        "attends over the steps alone and gives one axis of features; "
                        "'attention_axes' and 'output_shape' say otherwise");
    while (op->nin <= MASK)
        op_no_weight(g, op);
    const int64_t q = op->in[QUERY]->shape.dim[2], k = key->shape.dim[2],
                  v = op->in[VALUE]->shape.dim[2], H = p->num_heads, G = p->kv_heads,
                  D = p->key_dim, E = p->value_dim;
    const int64_t out = p->output_shape.count ? p->output_shape.item[0] : q;
    if (out < 1)
        return op_error(g, op, "'output_shape' is %d", (int)out);
    declare(g, op, "query_", shape_of(3, q, H, D), shape_of(2, H, D), q, H * D);
    declare(g, op, "key_", shape_of(3, k, G, D), shape_of(2, G, D), k, G * D);
    if (p->use_gate)
        declare(g, op, "gate_", shape_of(3, q, H, E), shape_of(2, H, E), q, H * E);
    declare(g, op, "value_", shape_of(3, v, G, E), shape_of(2, G, E), v, G * E);
    declare(g, op, "attention_output_", shape_of(3, H, E, out), shape_of(1, out), H * E, out);
    return true;
}

/* The dense layer whose kernel is input `at`: {features, units} after the axes of the heads are
 * joined. */
static struct tensor *dense(struct graph *g, struct op *op, struct tensor *x, int at,
                            int64_t features)
{
    struct arena *a = g->ctx->arena;
    if (!x)
        return NULL;
    const int64_t units = shape_count(&op->in[at]->shape) / features;
    struct tensor *in[3] = { x,
                             op_make(g, op, "View",
                                     arena_printf(a, "shape=(%lld,%lld)", (long long)features,
                                                  (long long)units),
                                     &op->in[at], 1),
                             NULL };
    if (op->in[at + 1])
        in[2] = op_make(g, op, "View", arena_printf(a, "shape=(%lld,)", (long long)units),
                        &op->in[at + 1], 1);
    return op_make(g, op, "Dense", arena_printf(a, "units=%lld", (long long)units), in, 3);
}

static struct tensor *both_masks(struct graph *g, struct op *op, struct tensor *a, struct tensor *b)
{
    return a && b ? make_two(g, op, "LogicalAnd", a, b) : a ? a : b;
}

static struct tensor *as_bool(struct graph *g, struct op *op, struct tensor *m)
{
    return m && m->type != BOOL ? op_make(g, op, "Cast", "to=bool", &m, 1) : m;
}

/* {B, T, S} or {T, S}, and the masks of query, value and key, {B, T} and {B, S}, to what is added
 * to the scores of every head. */
static struct tensor *mask_of(struct graph *g, struct op *op)
{
    struct tensor *m = make_one(g, op, "ExpandDims", "axis=-1", as_bool(g, op, op->in[QUERY_MASK]));
    for (int i = VALUE_MASK; i <= KEY_MASK; i++)
        m = both_masks(g, op, m,
                       make_one(g, op, "ExpandDims", "axis=-2", as_bool(g, op, op->in[i])));
    m = both_masks(g, op, m, as_bool(g, op, op->in[MASK]));
    if (!m || m->shape.rank != 3)
        return added_mask(g, op, m);
    const long long b = m->shape.dim[0], t = m->shape.dim[1], s = m->shape.dim[2];
    return added_mask(g, op,
                      op_make(g, op, "View",
                              arena_printf(g->ctx->arena, "shape=(%lld,1,%lld,%lld)", b, t, s), &m,
                              1));
}

static struct tensor *expand(struct graph *g, struct op *op)
{
    const struct heads *p = op->attr;
    struct tensor *query = op->in[QUERY], *value = op->in[VALUE],
                  *key = op->in[KEY] ? op->in[KEY] : value, *gate = NULL;
    const int more = p->use_gate ? 2 : 0, at = MASK + 1;
    struct tensor *in[ATTENTION_INPUTS] = { dense(g, op, query, at, query->shape.dim[2]),
                                            dense(g, op, key, at + 2, key->shape.dim[2]),
                                            dense(g, op, value, at + 4 + more, value->shape.dim[2]),
                                            mask_of(g, op) };
    if (p->use_gate) {
        gate = dense(g, op, query, at + 4, query->shape.dim[2]);
        gate = gate ? op_make(g, op, "Sigmoid", "", &gate, 1) : NULL;
    }
    struct attention attr = { .q_heads = p->num_heads,
                              .kv_heads = p->kv_heads,
                              .causal = p->causal,
                              .left = p->window ? p->window - 1 : -1,
                              .right = p->window ? p->window - 1 : -1,
                              .scores = p->scores,
                              .mode = 3 };
    int nouts;
    struct tensor **outs =
        in[0] && in[1] && in[2]
            ? op_make_all(g, op, op_find("DotProductAttention"), &attr, in, in[3] ? 4 : 3, &nouts)
            : NULL;
    struct tensor *both[2] = { outs ? outs[0] : NULL, gate };
    if (outs && gate)
        both[0] = op_make(g, op, "Multiply", "", both, 2);
    struct tensor *out = dense(g, op, both[0], at + 6 + more, (int64_t)p->num_heads * p->value_dim);
    if (!out)
        return NULL;
    APPEND(g->ctx->arena, op->outs, op->nouts, out);
    if (p->scores)
        APPEND(g->ctx->arena, op->outs, op->nouts, outs[3]);
    return out;
}

static const struct sample samples[] = {
    { "5x12 7x10", "num_heads=3, key_dim=4" },
    { "5x12 5x12 - - - - bool[1x5x5]", "num_heads=2, key_dim=9, value_dim=5, use_bias=False, "
                                       "use_causal_mask=True, return_attention_scores=True" },
    { "6x8 6x8", "num_heads=2, key_dim=4, output_shape=11, sliding_window=2, use_gate=True" },
    { NULL, NULL }
};

static const struct sample group_samples[] = {
    { "5x12 7x10", "head_dim=4, num_query_heads=6, num_key_value_heads=2" }, { NULL, NULL }
};

#define ATTENTION_CALL                                                                             \
    "query, value, key, query_mask, value_mask, key_mask, attention_mask, "                        \
    "return_attention_scores, training, use_causal_mask"

const struct opdef multi_head_attention = {
    .name = "MultiHeadAttention",
    .mask = keep_mask,
    .keras_base = "multi_head_attention",
    .brief = "attention with several heads",
    .attrs = attrs,
    .attr_size = sizeof(struct heads),
    .min_inputs = 2,
    .max_inputs = MASK + 1,
    .samples = samples,
    .call = ATTENTION_CALL,
    .weights = weights,
    .expand = expand,
};

const struct opdef group_query_attention = {
    .name = "GroupQueryAttention",
    .mask = keep_mask,
    .aliases = "GroupedQueryAttention",
    .keras_base = "grouped_query_attention",
    .brief = "attention whose heads share keys and values",
    .attrs = group_attrs,
    .attr_size = sizeof(struct heads),
    .min_inputs = 2,
    .max_inputs = MASK + 1,
    .samples = group_samples,
    .call = ATTENTION_CALL,
    .weights = weights,
    .expand = expand,
};
