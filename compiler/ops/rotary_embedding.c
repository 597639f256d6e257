/*
 * rotary_embedding.c - pairs of features turned by an angle that depends on the position: (a, b) to
 * (a cos - b sin, a sin + b cos).
 *
 * Pairs are (i, i + n/2) of the first n features of a head, or neighbours (interleaved). Inputs:
 * {B, heads, S, size} or {B, S, heads * size}; cosines and sines {positions, n/2} with position ids
 * {B, S}, or {B, S, n/2} without. ONNX RotaryEmbedding-23.
 */
#include "ops/common.h"
#include "ops/onnx_runtime.h"

struct rotary {
    bool interleaved;
    int heads, dim;
};

static const struct attr attrs[] = { { "interleaved", "interleaved", ATTR_BOOL,
                                       offsetof(struct rotary, interleaved), "False", NULL, 0 },
                                     { "num_heads", "num_heads", ATTR_INT,
                                       offsetof(struct rotary, heads), "0", NULL, 0 },
                                     { "rotary_embedding_dim", "rotary_embedding_dim", ATTR_INT,
                                       offsetof(struct rotary, dim), "0", NULL, 0 },
                                     { 0 } };

/* Sizes, strides of batch, head and step; n: features that turn. */
struct sizes {
    int64_t B, H, S, D, n, batch, head, step;
};

static struct sizes sizes_of(const struct op *op)
{
    const struct rotary *p = op->attr;
    const struct shape *s = &op->in[0]->shape;
    struct sizes z = { .B = s->dim[0],
                       .H = s->rank == 4 ? s->dim[1] : p->heads,
                       .S = s->dim[s->rank - 2] };
    if (s->rank == 3)
        z.S = s->dim[1];
    z.D = s->dim[s->rank - 1] / (s->rank == 4 ? 1 : z.H);
    z.n = p->dim ? p->dim : z.D;
    z.batch = z.H * z.S * z.D;
    z.head = s->rank == 4 ? z.S * z.D : z.D;
    z.step = s->rank == 4 ? z.D : z.H * z.D;
    return z;
}

static bool has_ids(const struct op *op)
{
    return op->nin > 3 && op->in[3];
}

static bool shape(struct graph *g, struct op *op)
{
    const struct rotary *p = op->attr;
    const struct shape *s = &op->in[0]->shape, *c = &op->in[1]->shape;
    if ((s->rank != 3 && s->rank != 4) || (s->rank == 3 && (p->heads < 1 || s->dim[2] % p->heads)))
        return op_error(
            g, op,
            "needs an input of four axes, or of three and 'num_heads' that part the last, not %s",
            shape_text(g->ctx->arena, s));
    const struct sizes z = sizes_of(op);
    const int rank = has_ids(op) ? 2 : 3;
    if (z.n < 2 || z.n % 2 || z.n > z.D || !shape_equal(c, &op->in[2]->shape) || c->rank != rank
        || c->dim[rank - 1] != z.n / 2 || (rank == 3 && (c->dim[0] != z.B || c->dim[1] != z.S))
        || (rank == 2 && shape_count(&op->in[3]->shape) != z.B * z.S))
        return op_error(g, op, "its cosines and sines %s do not fit %s",
                        shape_text(g->ctx->arena, c), shape_text(g->ctx->arena, s));
    op->out->shape = *s;
    return true;
}

static void eval(const struct op *op, const double *const *in, double *out)
{
    const struct rotary *p = op->attr;
    const struct sizes z = sizes_of(op);
    const int64_t half = z.n / 2;
    for (int64_t i = 0; i < z.B * z.H * z.S; i++) {
        const int64_t s = i % z.S, h = i / z.S % z.H, b = i / z.S / z.H,
                      at = b * z.batch + h * z.head + s * z.step;
        int64_t row = b * z.S + s;
        if (has_ids(op)) {
            row = (int64_t)in[3][row];
            row = row < 0 ? 0 : row < op->in[1]->shape.dim[0] ? row : op->in[1]->shape.dim[0] - 1;
        }
        for (int64_t d = z.n; d < z.D; d++)
            out[at + d] = in[0][at + d];
        for (int64_t k = 0; k < half; k++) {
            const int64_t x = at + (p->interleaved ? 2 * k : k),
                          y = at + (p->interleaved ? 2 * k + 1 : k + half);
            const double c = in[1][row * half + k], n = in[2][row * half + k];
            out[x] = in[0][x] * c - in[0][y] * n;
            out[y] = in[0][x] * n + in[0][y] * c;
        }
    }
}

#include "templates/rotary_embedding.inc"

static const struct sample samples[] = {
    { "float32[2x3x4x8] float32[9x4] float32[9x4] int64[2x4]@0:8", "" },
    { "float32[2x4x24] float32[2x4x2] float32[2x4x2]",
      "num_heads=3, rotary_embedding_dim=4, interleaved=True" },
    { NULL, NULL }
};

static bool import(struct graph *g, struct onnx_node *n)
{
    return *n->domain ? import_runtime_rotary(g, n)
                      : onnx_import_plain(g, n, op_find("RotaryEmbedding"));
}

const struct opdef rotary_embedding = {
    .name = "RotaryEmbedding",
    .onnx = "RotaryEmbedding com.microsoft:RotaryEmbedding",
    .import = import,
    .keras_base = "rotary_embedding",
    .brief = "pairs of features turned by the position",
    .attrs = attrs,
    .attr_size = sizeof(struct rotary),
    .min_inputs = 3,
    .max_inputs = 4,
    .samples = samples,
    .shape = shape,
    .eval = eval,
    .emit = emit,
    .to_onnx = "RotaryEmbedding@23(a, b, c, d, interleaved=$interleaved, num_heads=$num_heads, "
               "rotary_embedding_dim=$rotary_embedding_dim)",
};
