/*
 * linear_attention.c - attention by a state {key size, value size} for each head, which every step
 * decays, corrects and adds to:
 *
 *     S = exp(decay) S;   v = beta (v - S^T k);   S = S + k v^T;   out = scale S^T q
 *
 * without the first where there is no decay, without the second where there is no beta. {B, T,
 * heads * size}; ONNX LinearAttention-27.
 */
#include "ops/common.h"
#include "ops/onnx.h"

#include <math.h>
#include <string.h>

enum { IN_Q, IN_K, IN_V, IN_STATE, IN_DECAY, IN_BETA, INPUTS };

struct linear {
    int q_heads, kv_heads;
    double scale;
};

static const struct attr attrs[] = {
    { "q_heads", NULL, ATTR_INT, offsetof(struct linear, q_heads), NULL, NULL, 0 },
    { "kv_heads", NULL, ATTR_INT, offsetof(struct linear, kv_heads), NULL, NULL, 0 },
    { "scale", NULL, ATTR_FLOAT, offsetof(struct linear, scale), "0", NULL, 0 },
    { 0 }
};

/* decays: values of the decay for a head and step, 1 or the key's size; betas: of beta for a step,
 * 1 or the heads. */
struct sizes {
    int64_t B, T, H, G, D, E, decays, betas;
    double scale;
};

static const struct tensor *given(const struct op *op, int i)
{
    return i < op->nin ? op->in[i] : NULL;
}

static struct sizes sizes_of(const struct op *op)
{
    const struct linear *p = op->attr;
    const struct shape *q = &op->in[IN_Q]->shape;
    struct sizes s = { .B = q->dim[0],
                       .T = q->dim[1],
                       .H = p->q_heads,
                       .G = p->kv_heads,
                       .D = q->dim[2] / p->q_heads,
                       .E = op->in[IN_V]->shape.dim[2] / p->kv_heads };
    s.decays = given(op, IN_DECAY) && op->in[IN_DECAY]->shape.dim[2] != s.G ? s.D : 1;
    s.betas = given(op, IN_BETA) ? op->in[IN_BETA]->shape.dim[2] : 1;
    s.scale = p->scale > 0 ? p->scale : 1 / sqrt((double)s.D);
    return s;
}

static bool shape(struct graph *g, struct op *op)
{
    const struct linear *p = op->attr;
    for (int i = 0; i < op->nin; i++)
        if (op->in[i] && op->in[i]->shape.rank != (i == IN_STATE ? 4 : 3))
            return op_error(g, op, "its input %d has %d axes", i, op->in[i]->shape.rank);
    if (p->q_heads < 1 || p->kv_heads < 1 || p->q_heads % p->kv_heads
        || op->in[IN_Q]->shape.dim[2] % p->q_heads || op->in[IN_V]->shape.dim[2] % p->kv_heads)
        return op_error(g, op,
                        "%d heads of the query and %d of key and value do not part its inputs",
                        p->q_heads, p->kv_heads);
    const struct sizes s = sizes_of(op);
    const struct shape k = shape_of(3, s.B, s.T, s.G * s.D), v = shape_of(3, s.B, s.T, s.G * s.E),
                       state = shape_of(4, s.B, s.G, s.D, s.E);
    const struct shape decay = shape_of(3, s.B, s.T, s.G * s.decays),
                       beta = shape_of(3, s.B, s.T, s.betas);
    if (!shape_equal(&op->in[IN_K]->shape, &k) || !shape_equal(&op->in[IN_V]->shape, &v)
        || (given(op, IN_STATE) && !shape_equal(&op->in[IN_STATE]->shape, &state))
        || (given(op, IN_DECAY) && !shape_equal(&op->in[IN_DECAY]->shape, &decay))
        || (given(op, IN_BETA)
            && (!shape_equal(&op->in[IN_BETA]->shape, &beta) || (s.betas != 1 && s.betas != s.G))))
        return op_error(g, op, "its inputs do not go together");
    op->outs[0]->shape = shape_of(3, s.B, s.T, s.H * s.E);
    op->outs[1]->shape = state;
    return true;
}

/* One step of one head of key and value; `v` is changed. */
static void eval_step(const struct op *op, const struct sizes *s, const double *const *in,
                      int64_t b, int64_t t, int64_t h, double *S, double *v)
{
    const int64_t at = b * s->T + t;
    const double *k = in[IN_K] + at * s->G * s->D + h * s->D;
    for (int64_t i = 0; given(op, IN_DECAY) && i < s->D * s->E; i++)
        S[i] *= exp(
            in[IN_DECAY][at * s->G * s->decays + h * s->decays + (s->decays > 1 ? i / s->E : 0)]);
    for (int64_t e = 0; e < s->E; e++) {
        double seen = 0;
        v[e] = in[IN_V][at * s->G * s->E + h * s->E + e];
        for (int64_t d = 0; d < s->D; d++)
            seen += S[d * s->E + e] * k[d];
        if (given(op, IN_BETA))
            v[e] = in[IN_BETA][at * s->betas + (s->betas > 1 ? h : 0)] * (v[e] - seen);
    }
    for (int64_t i = 0; i < s->D * s->E; i++)
        S[i] += k[i / s->E] * v[i % s->E];
}

static void eval_all(const struct op *op, const double *const *in, double *const *outs)
{
    const struct sizes s = sizes_of(op);
    for (int64_t n = 0; n < s.B * s.G; n++) {
        double *S = outs[1] + n * s.D * s.E;
        const int64_t b = n / s.G, h = n % s.G;
        for (int64_t i = 0; i < s.D * s.E; i++)
            S[i] = given(op, IN_STATE) ? in[IN_STATE][n * s.D * s.E + i] : 0;
        for (int64_t t = 0; t < s.T; t++) {
            double *o = outs[0] + (b * s.T + t) * s.H * s.E, *v = o + h * (s.H / s.G) * s.E;
            eval_step(op, &s, in, b, t, h, S, v); /* v lies where this head's results come */
            for (int64_t j = h * (s.H / s.G); j < (h + 1) * (s.H / s.G); j++)
                for (int64_t e = 0; e < s.E; e++) {
                    o[j * s.E + e] = 0;
                    for (int64_t d = 0; d < s.D; d++)
                        o[j * s.E + e] += s.scale * S[d * s.E + e]
                                          * in[IN_Q][(b * s.T + t) * s.H * s.D + j * s.D + d];
                }
        }
    }
}

static bool import(struct graph *g, struct onnx_node *n)
{
    const char *rule = onnx_string(n, "update_rule", "gated_delta");
    const bool decays = strstr(rule, "gated") != NULL, corrects = strstr(rule, "delta") != NULL;
    struct linear attr = { (int)onnx_int(n, "q_num_heads", 0), (int)onnx_int(n, "kv_num_heads", 0),
                           onnx_float(n, "scale", 0) };
    onnx_int(n, "chunk_size", 0);
    if (!decays && !corrects && strcmp(rule, "linear") != 0)
        return onnx_error(g, n, "its update_rule '%s' is none of linear, gated, delta, gated_delta",
                          rule);
    if (decays != (onnx_input(n, IN_DECAY) != NULL) || corrects != (onnx_input(n, IN_BETA) != NULL))
        return onnx_error(g, n, "update_rule '%s' and the inputs decay and beta do not go together",
                          rule);
    for (int i = 0; i < 3; i++)
        if (!onnx_input(n, i))
            return onnx_error(g, n, "needs query, key and value");
    int nouts;
    struct tensor **outs =
        op_make_all(g, n->from, op_find("LinearAttention"), &attr, n->in, n->nin, &nouts);
    for (int i = 0; outs && i < n->nout && i < nouts; i++)
        n->out[i] = outs[i];
    return outs != NULL;
}

#include "templates/linear_attention.inc"

static const struct sample samples[] = {
    { "float32[2x4x24] float32[2x4x12] float32[2x4x10] - float32[2x4x12]@-1:0 float32[2x4x2]",
      "q_heads=4, kv_heads=2" },
    { "float32[1x3x8] float32[1x3x8] float32[1x3x6] float32[1x2x4x3] - float32[1x3x1]",
      "q_heads=2, kv_heads=2, scale=0.3" },
    { "float32[1x3x8] float32[1x3x8] float32[1x3x6] - float32[1x3x2]@-1:0",
      "q_heads=2, kv_heads=2" },
    { NULL, NULL }
};

const struct opdef linear_attention = {
    .name = "LinearAttention",
    .onnx = "LinearAttention",
    .keras_base = "linear_attention",
    .brief = "attention by a state that every step changes",
    .attrs = attrs,
    .attr_size = sizeof(struct linear),
    .min_inputs = 3,
    .max_inputs = INPUTS,
    .max_outputs = 2,
    .samples = samples,
    .shape = shape,
    .eval_all = eval_all,
    .emit = emit,
    .import = import,
};
