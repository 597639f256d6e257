/*
 * onnx_runtime.c - operators of ONNX Runtime's own domain (com.microsoft) that its optimizer writes
 * into files: several operators of the standard joined into one, taken apart again here; the passes
 * join what this compiler joins.
 *
 * Semantics: ONNX Runtime's ContribOperators.md, and its results (tests/onnx/runtime_operators.py).
 */
#include "ops/onnx_runtime.h"

#include <string.h>

static struct tensor *number(struct graph *g, const struct onnx_node *n, const char *what,
                             enum dtype type, double value)
{
    struct tensor *t = graph_constant(g, arena_printf(g->ctx->arena, "%s_%s", n->from->name, what),
                                      type, (struct shape){ 0 }, NULL);
    dtype_set(type, t->data, 0, value);
    return t;
}

static struct tensor *sum(struct graph *g, const struct onnx_node *n, struct tensor *a,
                          struct tensor *b)
{
    return !b || !a ? a : onnx_apply(g, n, "Add", (struct tensor *[]){ a, b }, 2, NULL, 0);
}

static bool is(const struct onnx_node *n, const char *op_type)
{
    return strcmp(n->op_type, op_type) == 0;
}

/* The node as one of the standard: its domain and version. */
static struct onnx_node standard(const struct onnx_node *n, const char *op_type, int nin)
{
    struct onnx_node s = *n;
    s.op_type = op_type;
    s.domain = "";
    s.opset = LATEST_OPSET;
    s.nin = n->nin < nin ? n->nin : nin;
    return s;
}

/* Up to two numbers of the activation: `activation_params`, or `activation_alpha` and
 * `activation_beta`. */
static void parameters(struct graph *g, const struct onnx_node *n, double *a, double *b)
{
    const struct float_list l = onnx_floats(g, n, "activation_params");
    *a = l.count > 0 ? l.item[0] : onnx_float(n, "activation_alpha", *a);
    *b = l.count > 1 ? l.item[1] : onnx_float(n, "activation_beta", *b);
    onnx_find(n, "activation_gamma");
}

/* The activation that the node names, on t. NULL after an error. */
static struct tensor *activated(struct graph *g, const struct onnx_node *n, struct tensor *t)
{
    static const char *const known[] = { "Relu",        "Tanh", "Sigmoid",   "LeakyRelu", "Clip",
                                         "HardSigmoid", "Elu",  "HardSwish", "Softplus" };
    const char *name = onnx_string(n, "activation", "");
    double a = strcmp(name, "LeakyRelu") == 0     ? 0.01
               : strcmp(name, "HardSigmoid") == 0 ? 0.2
                                                  : 1,
           b = 0.5;
    struct onnx_attribute with[2] = {
        { .name = "alpha", .value = { .kind = ITEM_FLOAT }, .kind = "float" },
        { .name = "beta", .value = { .kind = ITEM_FLOAT }, .kind = "float" }
    };
    bool found = false;
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        found |= strcmp(name, known[i]) == 0;
    parameters(g, n, &a, &b);
    if (!*name || !t)
        return t;
    if (!found) {
        onnx_error(g, n, "its activation '%s' is not supported", name);
        return NULL;
    }
    with[0].value.f = a;
    with[1].value.f = b;
    if (strcmp(name, "Clip") == 0)
        return onnx_apply(g, n, "Clip",
                          (struct tensor *[]){ t, number(g, n, "low", t->type, a),
                                               number(g, n, "high", t->type, b) },
                          3, NULL, 0);
    const int count = strcmp(name, "LeakyRelu") == 0 || strcmp(name, "Elu") == 0 ? 1
                      : strcmp(name, "HardSigmoid") == 0                         ? 2
                                                                                 : 0;
    return onnx_apply(g, n, name, &t, 1, with, count);
}

bool import_fused(struct graph *g, struct onnx_node *n, const char *op_type,
                  bool (*import)(struct graph *g, struct onnx_node *n))
{
    struct onnx_node inner = standard(n, op_type, 3);
    struct tensor *more = is(n, "FusedConv") ? onnx_input(n, 3) : NULL;
    if (!import(g, &inner))
        return false;
    n->out[0] = activated(g, n, sum(g, n, inner.out[0], more));
    return n->out[0] != NULL;
}

/* Axes: the last two exchanged (trans), the last but one in front (transBatch: the batch is the
 * last but one axis). */
static struct tensor *turned(struct graph *g, struct onnx_node *n, struct tensor *t,
                             const char *trans, const char *batch)
{
    const bool last = onnx_int(n, trans, 0) != 0, first = onnx_int(n, batch, 0) != 0;
    const int rank = t ? t->shape.rank : 0;
    int perm[MAX_RANK];
    const char *text = "";
    if (!t || rank < 2 || (!last && !first))
        return t;
    for (int i = 0; i < rank; i++)
        perm[i] = i;
    if (first) { /* {k, batch..., m} as {batch..., k, m} */
        for (int i = 0; i + 2 < rank; i++)
            perm[i] = i + 1;
        perm[rank - 2] = 0;
    }
    if (last) {
        const int k = perm[rank - 1];
        perm[rank - 1] = perm[rank - 2];
        perm[rank - 2] = k;
    }
    for (int i = 0; i < rank; i++)
        text = arena_printf(g->ctx->arena, "%s%d,", text, perm[i]);
    return op_make(g, n->from, "Transpose", arena_printf(g->ctx->arena, "perm=(%s)", text), &t, 1);
}

bool import_fused_matmul(struct graph *g, struct onnx_node *n)
{
    struct tensor *a = turned(g, n, onnx_input(n, 0), "transA", "transBatchA"),
                  *b = turned(g, n, onnx_input(n, 1), "transB", "transBatchB");
    const double alpha = onnx_float(n, "alpha", 1);
    if (!a || !b)
        return onnx_error(g, n, "needs two matrices");
    struct tensor *t = onnx_apply(g, n, "MatMul", (struct tensor *[]){ a, b }, 2, NULL, 0);
    if (t && alpha != 1)
        t = onnx_apply(g, n, "Mul", (struct tensor *[]){ t, number(g, n, "alpha", t->type, alpha) },
                       2, NULL, 0);
    n->out[0] = t;
    return t != NULL;
}

bool import_runtime_gelu(struct graph *g, struct onnx_node *n)
{
    struct tensor *x = sum(g, n, onnx_input(n, 0), onnx_input(n, 1));
    if (!x || (is(n, "BiasGelu") && !onnx_input(n, 1)))
        return onnx_error(g, n, "needs an input%s", is(n, "BiasGelu") ? " and a bias" : "");
    return onnx_make(g, n, "Gelu", is(n, "FastGelu") ? "approximate=True" : "", &x, 1);
}

/* Outputs: the norm of input + skip (+ bias), its mean and 1 / deviation, the sum. */
bool import_skip_norm(struct graph *g, struct onnx_node *n,
                      bool (*import)(struct graph *g, struct onnx_node *n))
{
    const bool simplified = is(n, "SkipSimplifiedLayerNormalization");
    struct tensor *x = onnx_input(n, 0), *skip = onnx_input(n, 1), *gamma = onnx_input(n, 2);
    struct tensor *beta = simplified ? NULL : onnx_input(n, 3),
                  *bias = onnx_input(n, simplified ? 3 : 4);
    const struct onnx_attribute *epsilon = onnx_find(n, "epsilon");
    if (!x || !skip || !gamma)
        return onnx_error(g, n, "needs an input, a skip connection and a scale");
    if (x->shape.rank == 3 && skip->shape.rank == 3 && skip->shape.dim[0] != x->shape.dim[0]
        && skip->shape.dim[0] != 1)
        return onnx_error(g, n, "its skip connection %s does not fit %s",
                          shape_text(g->ctx->arena, &skip->shape),
                          shape_text(g->ctx->arena, &x->shape));
    struct tensor *total = sum(g, n, sum(g, n, x, skip), bias);
    struct onnx_attribute attributes[1] = { epsilon ? *epsilon
                                                    : (struct onnx_attribute){
                                                        .name = "epsilon",
                                                        .value = { .kind = ITEM_FLOAT, .f = 1e-12 },
                                                        .kind = "float" } };
    struct tensor *in[3] = { total, gamma, beta }, *out[3] = { NULL };
    struct onnx_node inner = standard(n, simplified ? "RMSNormalization" : "LayerNormalization", 3);
    inner.in = in;
    inner.nin = beta ? 3 : 2;
    inner.out = out;
    inner.nout = simplified ? 1 : n->nout < 3 ? n->nout : 3;
    inner.attributes = attributes;
    inner.nattributes = 1;
    if (!total || !import(g, &inner))
        return false;
    for (int i = 0; i < n->nout && i < 4; i++)
        n->out[i] = i == 3 ? total : out[i];
    for (int i = 0; i < n->nout; i++)
        if (n->wanted[i] && !n->out[i])
            return onnx_error(g, n, "its output %d is not supported", i);
    return true;
}

/* input, position_ids, cos_cache, sin_cache; one position is the first of consecutive ones. */
bool import_runtime_rotary(struct graph *g, struct onnx_node *n)
{
    struct tensor *x = onnx_input(n, 0), *ids = onnx_input(n, 1), *c = onnx_input(n, 2),
                  *s = onnx_input(n, 3);
    if (!x || !ids || !c || !s || (x->shape.rank != 3 && x->shape.rank != 4))
        return onnx_error(g, n,
                          "needs an input of three or four axes, positions, cosines and sines");
    if (onnx_int(n, "is_packed_batching", 0) || onnx_float(n, "scale", 1) != 1)
        return onnx_error(g, n, "packed batches and a scale are not supported");
    const int64_t B = x->shape.dim[0], S = x->shape.dim[x->shape.rank - 2], both[2] = { B, S };
    int64_t heads = onnx_int(n, "num_heads", 0);
    if (x->shape.rank == 3 && heads < 1 && c->shape.rank == 2 && c->shape.dim[1] > 0)
        heads = x->shape.dim[2] / (2 * c->shape.dim[1]);
    if (shape_count(&ids->shape) == 1) { /* first + 0, 1, 2, ... */
        struct tensor *steps =
            graph_constant(g, arena_printf(g->ctx->arena, "%s_steps", n->from->name), I64,
                           shape_of(2, B, S), NULL);
        for (int64_t i = 0; i < B * S; i++)
            dtype_set(I64, steps->data, i, (double)(i % S));
        ids =
            onnx_apply(g, n, "Reshape",
                       (struct tensor *[]){ ids, onnx_int_constant(g, n, (int64_t[]){ 1, 1 }, 2) },
                       2, NULL, 0);
        ids = sum(g, n, ids, steps);
    } else {
        ids = onnx_apply(g, n, "Reshape",
                         (struct tensor *[]){ ids, onnx_int_constant(g, n, both, 2) }, 2, NULL, 0);
    }
    struct tensor *in[4] = { x, c, s, ids };
    return ids
           && onnx_make(g, n, "RotaryEmbedding",
                        arena_printf(g->ctx->arena,
                                     "num_heads=%lld rotary_embedding_dim=%lld interleaved=%s",
                                     (long long)heads,
                                     (long long)onnx_int(n, "rotary_embedding_dim", 0),
                                     onnx_int(n, "interleaved", 0) ? "True" : "False"),
                        in, 4);
}

bool import_nhwc(struct graph *g, struct onnx_node *n, const char *op_type,
                 bool (*import)(struct graph *g, struct onnx_node *n))
{
    struct onnx_node inner = standard(n, op_type, n->nin);
    struct tensor **in = NEW_ARRAY(g->ctx->arena, struct tensor *, n->nin + 1);
    memcpy(in, n->in, (size_t)n->nin * sizeof *in);
    if (!onnx_input(n, 0))
        return onnx_error(g, n, "needs an input");
    in[0] = onnx_channels_first(g, n, in[0]);
    inner.in = in;
    if (!in[0] || !import(g, &inner))
        return false;
    n->out[0] = onnx_channels_last(g, n, inner.out[0]);
    return n->out[0] != NULL;
}
