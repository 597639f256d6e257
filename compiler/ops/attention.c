/*
 * attention.c - scaled dot-product attention with several heads: out = softmax(q k^T scale + mask)
 * v, head by head.
 *
 * A mask of bool says which keys count, one of numbers is added; either is repeated over batch,
 * heads and queries as NumPy does, and keys beyond its end do not count. A query at position offset
 * + i sees key j where j <= offset + i (causal), j >= offset + i - left and j <= offset + i +
 * right; the offset is the number of past keys, or length - queries where lengths are given, and
 * keys from the length on do not count. A query without keys gives zeros. As in the ONNX standard,
 * Attention-25; of half floats it rounds each step's result (query and key times the root of the
 * scale, products, softcap, sum with the mask, softmax) to a half float, as its function body does.
 */
#include "ops/attention.h"
#include "ops/onnx.h"

#include <math.h>
#include <stdlib.h>

#define AT(member) offsetof(struct attention, member)

static const struct attr attrs[] = {
    { "q_heads", NULL, ATTR_INT, AT(q_heads), "0", NULL, 0 },
    { "kv_heads", NULL, ATTR_INT, AT(kv_heads), "0", NULL, 0 },
    { "scale", NULL, ATTR_FLOAT, AT(scale), "0", NULL, 0 },
    { "softcap", NULL, ATTR_FLOAT, AT(softcap), "0", NULL, 0 },
    { "causal", NULL, ATTR_BOOL, AT(causal), "False", NULL, 0 },
    { "left", NULL, ATTR_INT, AT(left), "-1", NULL, 0 },
    { "right", NULL, ATTR_INT, AT(right), "-1", NULL, 0 },
    { "presents", NULL, ATTR_BOOL, AT(presents), "False", NULL, 0 },
    { "scores", NULL, ATTR_BOOL, AT(scores), "False", NULL, 0 },
    { "mode", NULL, ATTR_INT, AT(mode), "0", NULL, 0 },
    { "steps", NULL, ATTR_CHOICE, AT(steps), "float32", "float32 float16 bfloat16", 0 },
    { "softmax_steps", NULL, ATTR_CHOICE, AT(softmax_steps), "float32", "float32 float16 bfloat16",
      0 },
    { 0 }
};

/* Sizes, and strides of batch, head and step of the four tensors. T: past and given keys. */
struct sizes {
    int64_t B, H, G, S, K, P, T, D, E, q[3], k[3], v[3], out[3];
};

static const struct tensor *given(const struct op *op, int i)
{
    return i < op->nin ? op->in[i] : NULL;
}

static void set_strides(int64_t *to, bool heads_first, int64_t heads, int64_t steps, int64_t size)
{
    to[0] = heads * steps * size;
    to[1] = heads_first ? steps * size : size;
    to[2] = heads_first ? size : heads * size;
}

static struct sizes sizes_of(const struct op *op)
{
    const struct attention *p = op->attr;
    const struct shape *q = &op->in[IN_Q]->shape, *k = &op->in[IN_K]->shape,
                       *v = &op->in[IN_V]->shape;
    const bool first = q->rank == 4;
    struct sizes s = { .B = q->dim[0],
                       .H = first ? q->dim[1] : p->q_heads,
                       .G = first ? k->dim[1] : p->kv_heads,
                       .S = q->dim[first ? 2 : 1],
                       .K = k->dim[first ? 2 : 1] };
    s.D = q->dim[q->rank - 1] / (first ? 1 : s.H);
    s.E = v->dim[v->rank - 1] / (first ? 1 : s.G);
    s.P = given(op, IN_PAST_K) ? op->in[IN_PAST_K]->shape.dim[2] : 0;
    s.T = s.P + s.K;
    set_strides(s.q, first, s.H, s.S, s.D);
    set_strides(s.k, first, s.G, s.K, s.D);
    set_strides(s.v, first, s.G, s.K, s.E);
    set_strides(s.out, first, s.H, s.S, s.E);
    return s;
}

/* Strides of the mask along batch, head, query, key; 0 where it is repeated. Its keys: *keys.
 * false: it does not fit. */
static bool mask_strides(const struct op *op, const struct sizes *s, int64_t *stride, int64_t *keys)
{
    const struct shape *m = &op->in[IN_MASK]->shape;
    const int64_t want[4] = { s->B, s->H, s->S, s->T };
    int64_t step = 1;
    if (m->rank < 1 || m->rank > 4 || m->dim[m->rank - 1] > s->T)
        return false;
    *keys = m->dim[m->rank - 1];
    for (int d = 3; d >= 0; d--) {
        const int at = d - (4 - m->rank);
        const int64_t n = at >= 0 ? m->dim[at] : 1;
        if (d < 3 && n != 1 && n != want[d])
            return false;
        stride[d] = n > 1 || d == 3 ? step : 0;
        step *= n;
    }
    return true;
}

static bool is_shape(const struct tensor *t, int64_t a, int64_t b, int64_t c, int64_t d)
{
    const struct shape s = shape_of(4, a, b, c, d);
    return !t || shape_equal(&t->shape, &s);
}

static bool shape(struct graph *g, struct op *op)
{
    const struct attention *p = op->attr;
    const struct shape *q = &op->in[IN_Q]->shape, *k = &op->in[IN_K]->shape,
                       *v = &op->in[IN_V]->shape;
    struct arena *a = g->ctx->arena;
    if ((q->rank != 3 && q->rank != 4) || k->rank != q->rank || v->rank != q->rank)
        return op_error(g, op,
                        "needs query, key and value of three or of four axes, not %s, %s and %s",
                        shape_text(a, q), shape_text(a, k), shape_text(a, v));
    if (q->rank == 3
        && (p->q_heads < 1 || p->kv_heads < 1 || q->dim[2] % p->q_heads || k->dim[2] % p->kv_heads
            || v->dim[2] % p->kv_heads))
        return op_error(g, op,
                        "its heads, %d of the query and %d of key and value, do not part %s and %s",
                        p->q_heads, p->kv_heads, shape_text(a, q), shape_text(a, k));
    const struct sizes s = sizes_of(op);
    int64_t stride[4], keys;
    const int step = q->rank == 4 ? 2 : 1;
    if (s.G < 1 || s.H % s.G || k->dim[0] != s.B || v->dim[0] != s.B || v->dim[step] != s.K
        || k->dim[k->rank - 1] != s.D * (step == 2 ? 1 : s.G) || (step == 2 && v->dim[1] != s.G))
        return op_error(g, op, "query, key and value do not go together: %s, %s and %s",
                        shape_text(a, q), shape_text(a, k), shape_text(a, v));
    if (!is_shape(given(op, IN_PAST_K), s.B, s.G, s.P, s.D)
        || !is_shape(given(op, IN_PAST_V), s.B, s.G, s.P, s.E)
        || !given(op, IN_PAST_K) != !given(op, IN_PAST_V))
        return op_error(g, op, "its past keys and values do not go with %s", shape_text(a, k));
    if (given(op, IN_MASK) && !mask_strides(op, &s, stride, &keys))
        return op_error(g, op, "its mask %s does not fit %d queries and %d keys",
                        shape_text(a, &op->in[IN_MASK]->shape), (int)s.S, (int)s.T);
    if (given(op, IN_MASK) && op->in[IN_MASK]->type != BOOL && op->in[IN_MASK]->type != F32)
        return op_error(g, op, "its mask is %s, not bool or float32",
                        dtype_name(op->in[IN_MASK]->type));
    if (given(op, IN_LENGTHS) && shape_count(&op->in[IN_LENGTHS]->shape) != s.B)
        return op_error(g, op, "needs a length for each of %d sequences", (int)s.B);
    op->outs[0]->shape =
        step == 2 ? shape_of(4, s.B, s.H, s.S, s.E) : shape_of(3, s.B, s.S, s.H * s.E);
    op->outs[1]->shape = shape_of(4, s.B, s.G, s.T, s.D);
    op->outs[2]->shape = shape_of(4, s.B, s.G, s.T, s.E);
    op->outs[3]->shape = shape_of(4, s.B, s.H, s.S, s.T);
    if (!p->presents)
        op->outs[1] = op->outs[2] = NULL;
    if (!p->scores)
        op->outs[3] = NULL;
    return true;
}

/* ---- evaluation ---- */

/* Keys that query i of sequence b may see: from *first to before *last. */
static void window_of(const struct op *op, const struct sizes *s, int64_t length, int64_t i,
                      int64_t *first, int64_t *last)
{
    const struct attention *p = op->attr;
    const int64_t at = (given(op, IN_LENGTHS) ? length - s->S : s->P) + i;
    *first = p->left >= 0 ? at - p->left : 0;
    *last = given(op, IN_LENGTHS) && length < s->T ? length : s->T;
    if (p->right >= 0 && at + p->right + 1 < *last)
        *last = at + p->right + 1;
    if (p->causal && at + 1 < *last)
        *last = at + 1;
    *first = *first < 0 ? 0 : *first;
}

/* `v`, a half float's value where the steps are rounded. */
static double step_of(const struct op *op, double v)
{
    const struct attention *p = op->attr;
    return p->steps == F32 ? v : dtype_round((enum dtype)p->steps, v);
}

static double scale_of(const struct op *op, const struct sizes *s)
{
    const struct attention *p = op->attr;
    return p->scale > 0 ? p->scale : 1 / sqrt((double)s->D);
}

/* What query and key are each multiplied by where the steps are rounded. */
static double root_of_scale(const struct op *op, const struct sizes *s)
{
    return step_of(op, (float)sqrt(scale_of(op, s)));
}

static double eval_product(const struct op *op, const struct sizes *s, const double *q,
                           const double *k)
{
    const double root = root_of_scale(op, s);
    double dot = 0;
    if (((const struct attention *)op->attr)->steps == F32) {
        for (int64_t d = 0; d < s->D; d++)
            dot += q[d] * k[d];
        return dot * scale_of(op, s);
    }
    for (int64_t d = 0; d < s->D; d++)
        dot += step_of(op, q[d] * root) * step_of(op, k[d] * root);
    return step_of(op, dot);
}

static void eval_softmax(const struct op *op, double *weight, int64_t n, double most)
{
    const struct attention *p = op->attr;
    double sum = 0;
    if (p->softmax_steps != F32)
        softmax_in_steps((enum dtype)p->softmax_steps, weight, n, 1);
    for (int64_t j = 0; j < n && p->softmax_steps == F32; j++)
        sum += weight[j] = most == -INFINITY ? 0 : exp(weight[j] - most);
    for (int64_t j = 0; j < n; j++)
        weight[j] = step_of(op, p->softmax_steps != F32 ? weight[j]
                                : sum > 0               ? weight[j] / sum
                                                        : 0);
}

/* Weights of query i in head h, in place; stage: values of `scores` of the mode that is wanted. */
static void eval_query(const struct op *op, const struct sizes *s, const double *const *in,
                       const int64_t *at, double *weight, double *stage)
{
    const struct attention *p = op->attr;
    const int64_t b = at[0], h = at[1], i = at[2], g = h / (s->H / s->G);
    const double *q = in[IN_Q] + b * s->q[0] + h * s->q[1] + i * s->q[2];
    int64_t first, last, stride[4] = { 0 }, keys = s->T;
    double most = -INFINITY;
    window_of(op, s, given(op, IN_LENGTHS) ? (int64_t)in[IN_LENGTHS][b] : 0, i, &first, &last);
    if (given(op, IN_MASK))
        mask_strides(op, s, stride, &keys);
    for (int64_t j = 0; j < s->T; j++) {
        const double *k = j < s->P ? in[IN_PAST_K] + ((b * s->G + g) * s->P + j) * s->D
                                   : in[IN_K] + b * s->k[0] + g * s->k[1] + (j - s->P) * s->k[2];
        double dot = eval_product(op, s, q, k),
               bias = j < first || j >= last || j >= keys ? -INFINITY : 0;
        if (p->mode == 0 && stage)
            stage[j] = dot;
        if (p->softcap > 0)
            dot = step_of(op, p->softcap * step_of(op, tanh(step_of(op, dot / p->softcap))));
        if (given(op, IN_MASK) && j < keys) {
            const double m =
                in[IN_MASK][b * stride[0] + h * stride[1] + i * stride[2] + j * stride[3]];
            bias += op->in[IN_MASK]->type == BOOL ? (m != 0 ? 0 : -INFINITY) : m;
        }
        weight[j] = bias == -INFINITY ? -INFINITY : step_of(op, dot + bias);
        if (p->mode > 0 && stage)
            stage[j] = p->mode == 1 ? dot : weight[j];
        most = weight[j] > most ? weight[j] : most;
    }
    eval_softmax(op, weight, s->T, most);
    for (int64_t j = 0; j < s->T && p->mode == 3 && stage; j++)
        stage[j] = weight[j];
}

/* All keys or values, the past ones first. */
static void eval_present(const struct sizes *s, const double *past, const double *now,
                         const int64_t *stride, int64_t size, double *out)
{
    for (int64_t b = 0; b < s->B; b++)
        for (int64_t g = 0; g < s->G; g++)
            for (int64_t j = 0; j < s->T; j++)
                for (int64_t d = 0; d < size; d++)
                    *out++ = j < s->P
                                 ? past[((b * s->G + g) * s->P + j) * size + d]
                                 : now[b * stride[0] + g * stride[1] + (j - s->P) * stride[2] + d];
}

static void eval_all(const struct op *op, const double *const *in, double *const *outs)
{
    const struct attention *p = op->attr;
    const struct sizes s = sizes_of(op);
    double *weight = calloc((size_t)(s.T + 1), sizeof *weight);
    if (!weight)
        die("out of memory");
    for (int64_t n = 0; n < s.B * s.H * s.S; n++) {
        const int64_t at[3] = { n / s.S / s.H, n / s.S % s.H, n % s.S }, g = at[1] / (s.H / s.G);
        eval_query(op, &s, in, at, weight, p->scores ? outs[3] + n * s.T : NULL);
        for (int64_t d = 0; d < s.E; d++) {
            double sum = 0;
            for (int64_t j = 0; j < s.T; j++)
                sum += weight[j] == 0
                           ? 0
                           : weight[j]
                                 * (j < s.P ? in[IN_PAST_V][((at[0] * s.G + g) * s.P + j) * s.E + d]
                                            : in[IN_V][at[0] * s.v[0] + g * s.v[1]
                                                       + (j - s.P) * s.v[2] + d]);
            outs[0][at[0] * s.out[0] + at[1] * s.out[1] + at[2] * s.out[2] + d] = sum;
        }
    }
    if (p->presents) {
        eval_present(&s, given(op, IN_PAST_K) ? in[IN_PAST_K] : NULL, in[IN_K], s.k, s.D, outs[1]);
        eval_present(&s, given(op, IN_PAST_V) ? in[IN_PAST_V] : NULL, in[IN_V], s.v, s.E, outs[2]);
    }
    free(weight);
}

/* ---- the kernel ---- */

static int64_t padded(int64_t n)
{
    return (n + 15) / 16 * 16;
}

/* Are the keys of a head turned, so that products with LANES of them are made at once? Not for a
 * query or two, where turning takes as long. */
static bool turns_keys(const struct op *op, const struct sizes *s)
{
    return ((const struct attention *)op->attr)->steps == F32 && s->S >= 4;
}

/* The scores of a query; turned keys and the products of four queries. */
static int64_t scratch(const struct op *op)
{
    const struct sizes s = sizes_of(op);
    return padded(s.T) * (turns_keys(op, &s) ? 1 + s.D + 4 : 1) * (int64_t)sizeof(float);
}

static int64_t macs(const struct op *op)
{
    const struct sizes s = sizes_of(op);
    return s.B * s.H * s.S * s.T * (s.D + s.E);
}

#include "templates/attention.inc"

static const struct kernel kernels[] = {
    { .name = "rows", .brief = "query after query", .scratch = scratch, .emit = emit }, { 0 }
};

/* ---- ONNX ---- */

static bool is_half(enum dtype t)
{
    return t == F16 || t == BF16;
}

static bool import(struct graph *g, struct onnx_node *n)
{
    struct tensor *in[ATTENTION_INPUTS];
    struct attention attr = {
        .q_heads = (int)onnx_int(n, "q_num_heads", 0),
        .kv_heads = (int)onnx_int(n, "kv_num_heads", 0),
        .scale = onnx_float(n, "scale", 0),
        .softcap = onnx_float(n, "softcap", 0),
        .causal = onnx_int(n, "is_causal", 0) != 0,
        .left = (int)onnx_int(n, "left_window_size", -1),
        .right = (int)onnx_int(n, "right_window_size", -1),
        .presents = (n->nout > 1 && n->wanted[1]) || (n->nout > 2 && n->wanted[2]),
        .scores = n->nout > 3 && n->wanted[3],
        .mode = (int)onnx_int(n, "qk_matmul_output_mode", 0),
    };
    for (int i = 0; i < ATTENTION_INPUTS; i++)
        in[i] = onnx_input(n, i);
    if (!in[IN_Q] || !in[IN_K] || !in[IN_V])
        return onnx_error(g, n, "needs query, key and value");
    enum dtype softmax = in[IN_Q]->type;
    const int64_t precision = onnx_int(n, "softmax_precision", 0);
    if (precision && (!onnx_dtype(precision, &softmax) || softmax > F64))
        return onnx_error(g, n,
                          "its softmax_precision is %lld, no type of real numbers that cnnc has",
                          (long long)precision);
    attr.steps = is_half(in[IN_Q]->type) ? (int)in[IN_Q]->type : F32;
    attr.softmax_steps = is_half(softmax) ? (int)softmax : F32;
    int nin = ATTENTION_INPUTS, nouts;
    while (!in[nin - 1])
        nin--;
    struct tensor **outs =
        op_make_all(g, n->from, op_find("DotProductAttention"), &attr, in, nin, &nouts);
    for (int i = 0; outs && i < n->nout && i < nouts; i++)
        n->out[i] = outs[i];
    return outs != NULL;
}

static const struct sample samples[] = {
    { "float32[1x5x24] float32[1x7x24] float32[1x7x24]", "q_heads=3, kv_heads=3" },
    { "float32[2x3x5x9] float32[2x1x20x9] float32[2x1x20x19] bool[2x1x5x18]",
      "scores=True, mode=3" },
    { "float32[1x4x6x8] float32[1x2x6x8] float32[1x2x6x5] float32[6x9] float32[1x2x3x8] "
      "float32[1x2x3x5]",
      "causal=True, presents=True, scores=True, mode=2, softcap=2" },
    { "float32[2x5x8] float32[2x6x8] float32[2x6x4] - - - int64[2]@2:6",
      "q_heads=2, kv_heads=2, causal=True, left=2" },
    { "float32[1x2x5x16] float32[1x2x40x16] float32[1x2x40x16]",
      "left=1, right=17, scores=True, mode=1, softcap=1, scale=0.5" },
    { "float32[1x2x5x6] float32[1x2x7x6] float32[1x2x7x6] float32[5x7]",
      "steps='float16', softmax_steps='float16', softcap=2" },
    { "float32[1x2x5x6] float32[1x2x7x6] float32[1x2x7x6]",
      "steps='bfloat16', softmax_steps='bfloat16', causal=True" },
    { "float32[1x2x5x6] float32[1x2x7x6] float32[1x2x7x6]",
      "steps='bfloat16', scores=True, mode=3" },
    { "float32[1x2x3x16] float32[1x2x40x16] float32[1x2x40x70]", "causal=True" },
    { "float32[1x1x9x20] float32[1x1x9x20] float32[1x1x9x85]", "left=3, right=2" },
    { NULL, NULL }
};

/* Whole heads without a mask are plain matrix products; the rest is the operator of opset 23,
 * lengths of 24. */
static const char *to_onnx(struct graph *g, const struct op *op)
{
    struct arena *a = g->ctx->arena;
    const struct attention *p = op->attr;
    const struct sizes s = sizes_of(op);
    const bool plain = !given(op, IN_MASK) && !given(op, IN_PAST_K) && !given(op, IN_LENGTHS)
                       && s.H == s.G && !p->causal && !p->presents && !p->scores;
    const char *scale = arena_printf(a, "%.17e", p->scale > 0 ? p->scale : 1 / sqrt((double)s.D)),
               *heads = "";
    if (p->left >= 0 || p->right >= 0)
        return NULL;
    if (plain && !(p->softcap > 0) && op->in[IN_Q]->shape.rank == 3)
        return arena_printf(a,
                            "q = Transpose(a:[%lld,%lld,%lld,%lld], perm=[0,2,1,3]); k = "
                            "Transpose(b:[%lld,%lld,%lld,%lld], perm=[0,2,3,1]); "
                            "v = Transpose(c:[%lld,%lld,%lld,%lld], perm=[0,2,1,3]); "
                            "Reshape(Transpose(MatMul(Softmax(Mul(MatMul(q, k), %s), axis=-1), v), "
                            "perm=[0,2,1,3]), [%lld,%lld,%lld])",
                            (long long)s.B, (long long)s.S, (long long)s.H, (long long)s.D,
                            (long long)s.B, (long long)s.K, (long long)s.H, (long long)s.D,
                            (long long)s.B, (long long)s.K, (long long)s.H, (long long)s.E, scale,
                            (long long)s.B, (long long)s.S, (long long)(s.H * s.E));
    if (op->in[IN_Q]->shape.rank == 3)
        heads = ", q_num_heads=$q_heads, kv_num_heads=$kv_heads";
    const char *mask = given(op, IN_MASK) ? "d" : "-";
    /* onnxruntime wants a row for each query */
    if (given(op, IN_MASK) && op->in[IN_MASK]->shape.rank >= 2 && s.S > 1) {
        const struct shape *m = &op->in[IN_MASK]->shape;
        mask = "Expand(d, [";
        for (int i = 0; i < m->rank; i++)
            mask =
                arena_printf(a, "%s%lld%s", mask, (long long)(i == m->rank - 2 ? s.S : m->dim[i]),
                             i + 1 < m->rank ? "," : "])");
    }
    return arena_printf(a,
                        "Attention@%d(a, b, c, %s, e, f, g%s, scale=%s, softcap=$softcap, "
                        "is_causal=$causal, qk_matmul_output_mode=$mode)",
                        given(op, IN_LENGTHS) ? 24 : 23, mask, heads, scale);
}

const struct opdef attention = {
    .name = "DotProductAttention",
    .onnx = "Attention",
    .keras_base = "attention",
    .brief = "softmax(q k^T scale + mask) v, head by head",
    .attrs = attrs,
    .attr_size = sizeof(struct attention),
    .min_inputs = 3,
    .max_inputs = ATTENTION_INPUTS,
    .max_outputs = 4,
    .samples = samples,
    .shape = shape,
    .eval_all = eval_all,
    .kernels = kernels,
    .macs = macs,
    .import = import,
    .to_onnx_for = to_onnx,
};
