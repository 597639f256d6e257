/*
 * matmul.c - products of matrices: out[..., m, n] = sum over k of a[..., m, k] * b[..., k, n], the
 * axes in front broadcast as in NumPy. Where the right side is a constant it becomes a Dense layer
 * with packed weights.
 */
#include "ops/common.h"
#include "ops/onnx.h"
#include "ops/onnx_runtime.h"

#include <math.h>

struct matmul {
    bool transpose_a, transpose_b;
};

struct sizes {
    int64_t rows, depth, columns;
};

static struct sizes sizes_of(const struct op *op)
{
    const struct shape *a = &op->in[0]->shape, *b = &op->in[1]->shape;
    return (struct sizes){ a->dim[a->rank - 2], a->dim[a->rank - 1], b->dim[b->rank - 1] };
}

/* The axes in front of the last two. */
static struct shape front(const struct shape *s)
{
    struct shape f = *s;
    f.rank -= 2;
    return f;
}

static bool product_shape(struct graph *g, struct op *op)
{
    const struct shape *a = &op->in[0]->shape, *b = &op->in[1]->shape;
    const char *ta = shape_text(g->ctx->arena, a), *tb = shape_text(g->ctx->arena, b);
    if (a->rank < 2 || b->rank < 2 || a->dim[a->rank - 1] != b->dim[b->rank - 2])
        return op_error(
            g, op,
            "the product of %s and %s needs as many columns on the left as rows on the right", ta,
            tb);
    const struct shape fa = front(a), fb = front(b);
    struct shape *s = &op->out->shape;
    s->rank = (a->rank > b->rank ? a->rank : b->rank);
    for (int d = 0; d < s->rank - 2; d++) {
        const int da = d - (s->rank - a->rank), db = d - (s->rank - b->rank);
        const int64_t na = da >= 0 ? fa.dim[da] : 1, nb = db >= 0 ? fb.dim[db] : 1;
        if (na != nb && na != 1 && nb != 1)
            return op_error(
                g, op, "the axes in front of the matrices do not go together: %s and %s", ta, tb);
        s->dim[d] = na == 1 ? nb : na;
    }
    s->dim[s->rank - 2] = a->dim[a->rank - 2];
    s->dim[s->rank - 1] = b->dim[b->rank - 1];
    return true;
}

/* Strides of the axes in front, in elements: 0 where the operand is repeated. */
static void front_strides(const struct shape *from, const struct shape *to, int64_t *stride)
{
    int64_t step = from->dim[from->rank - 1] * from->dim[from->rank - 2];
    for (int d = to->rank - 3; d >= 0; d--) {
        const int at = d - (to->rank - from->rank);
        const int64_t n = at >= 0 ? from->dim[at] : 1;
        stride[d] = n > 1 ? step : 0;
        step *= n;
    }
}

static void product_eval(const struct op *op, const double *const *in, double *out)
{
    const struct sizes z = sizes_of(op);
    const struct shape *s = &op->out->shape;
    int64_t sa[MAX_RANK], sb[MAX_RANK];
    front_strides(&op->in[0]->shape, s, sa);
    front_strides(&op->in[1]->shape, s, sb);
    for (int64_t i = 0; i < shape_count(s); i++) {
        const int64_t n = i % z.columns, m = i / z.columns % z.rows;
        int64_t rest = i / z.columns / z.rows, a = 0, b = 0;
        for (int d = s->rank - 3; d >= 0; d--) {
            a += rest % s->dim[d] * sa[d];
            b += rest % s->dim[d] * sb[d];
            rest /= s->dim[d];
        }
        double sum = op->nin > 2 && op->in[2] ? in[2][n] : 0;
        for (int64_t k = 0; k < z.depth; k++)
            sum += in[0][a + m * z.depth + k] * in[1][b + k * z.columns + n];
        out[i] = wrap_integer(op->out->type, sum);
    }
}

/* A constant matrix on the right: the weights of a Dense layer. */
static bool product_simplify(struct graph *g, struct op *op)
{
    const struct shape *a = &op->in[0]->shape, *b = &op->in[1]->shape;
    const struct sizes z = sizes_of(op);
    if (!op->in[1]->data || op->in[1]->type != F32 || shape_count(b) != z.depth * z.columns
        || b->rank > a->rank || !shape_count(&op->out->shape))
        return false;
    struct tensor *in[3] = { op->in[0], op->in[1], NULL };
    if (b->rank > 2) {
        in[1] = graph_constant(g, graph_unique(g, "kernel"), F32, shape_of(2, z.depth, z.columns),
                               NULL);
        in[1]->data = op->in[1]->data;
    }
    struct tensor *t =
        make_at(g, place_of(g, op), op, "Dense",
                arena_printf(g->ctx->arena, "units=%lld", (long long)z.columns), in, 3);
    graph_replace(g, op->out, t);
    op->dead = true;
    return true;
}

static int64_t macs(const struct op *op)
{
    return shape_count(&op->out->shape) * sizes_of(op).depth;
}

/* "i0 * 12 + i1 * 4": where the matrices of an operand begin. */
static const char *front_text(struct out *o, const struct op *op, const struct tensor *t)
{
    const char *s = "";
    int64_t stride[MAX_RANK];
    front_strides(&t->shape, &op->out->shape, stride);
    for (int d = 0; d < op->out->shape.rank - 2; d++)
        if (stride[d] && op->out->shape.dim[d] > 1)
            s = arena_printf(o->arena, "%s + i%d * %lld", s, d, (long long)stride[d]);
    return s;
}

#include "templates/matmul.inc"

static const struct sample samples[] = { { "[3x4] [4x5]", "" },
                                         { "[2x9x17] [2x17x35]", "" },
                                         { "[2x1x5x4] [3x4x6]", "" },
                                         { "[1x33] [33x1]", "" },
                                         { "[4x5] [2x5x16]", "" },
                                         { "int32[3x4] int32[4x5]", "" },
                                         { "float64[3x4] float64[4x5]", "" },
                                         { "[2x7x9] [9x37]!", "" },
                                         { "[6x8] [8x64]", "" },
                                         { NULL, NULL } };

const struct opdef matrix_product = {
    .name = "MatrixProduct",
    .keras_base = "matmul",
    .brief = "products of matrices",
    .types = NUMBERS,
    .min_inputs = 2,
    .max_inputs = 2,
    .samples = samples,
    .shape = product_shape,
    .eval = product_eval,
    .simplify = product_simplify,
    .emit = emit,
    .macs = macs,
    .to_onnx = "MatMul(a, b)",
};

/* ---- doors ---- */

static const struct attr attrs[] = {
    { "transpose_a", NULL, ATTR_BOOL, offsetof(struct matmul, transpose_a), "False", NULL, 0 },
    { "transpose_b", NULL, ATTR_BOOL, offsetof(struct matmul, transpose_b), "False", NULL, 0 },
    { 0 }
};

static struct tensor *viewed(struct graph *g, struct op *op, struct tensor *t,
                             const struct shape *s)
{
    const char *text = "";
    for (int d = 0; d < s->rank; d++)
        text = arena_printf(g->ctx->arena, "%s%lld,", text, (long long)s->dim[d]);
    return op_make(g, op, "View", arena_printf(g->ctx->arena, "shape=(%s)", text), &t, 1);
}

/* The last two axes change places. */
static struct tensor *flipped(struct graph *g, struct op *op, struct tensor *t)
{
    const char *perm = "";
    const int n = t->shape.rank;
    for (int d = 0; d < n; d++)
        perm = arena_printf(g->ctx->arena, "%s%d,", perm,
                            d < n - 2    ? d
                            : d == n - 2 ? n - 1
                                         : n - 2);
    return n < 2
               ? t
               : op_make(g, op, "Transpose", arena_printf(g->ctx->arena, "perm=(%s)", perm), &t, 1);
}

/* Vectors are a row on the left, a column on the right, and lose that axis again. */
static struct tensor *expand(struct graph *g, struct op *op)
{
    const struct matmul *p = op->attr;
    struct tensor *in[2] = { op->in[0], op->in[1] };
    bool vector[2];
    for (int i = 0; i < 2; i++) {
        const struct shape s = in[i]->shape;
        vector[i] = s.rank == 1;
        if (!s.rank) {
            op_error(g, op, "a number is no matrix; multiply it by *");
            return NULL;
        }
        if (vector[i]) {
            const struct shape matrix =
                i ? shape_of(2, s.dim[0], (int64_t)1) : shape_of(2, (int64_t)1, s.dim[0]);
            in[i] = viewed(g, op, in[i], &matrix);
        } else if (i ? p->transpose_b : p->transpose_a) {
            in[i] = flipped(g, op, in[i]);
        }
    }
    if (in[0]->type != in[1]->type) {
        const char *to =
            arena_printf(g->ctx->arena, "to=%s", dtype_name(common_type(in[0]->type, in[1]->type)));
        for (int i = 0; i < 2; i++)
            in[i] = op_make(g, op, "Cast", to, &in[i], 1);
    }
    struct tensor *t = op_make(g, op, "MatrixProduct", "", in, 2);
    if (!t || (!vector[0] && !vector[1]))
        return t;
    struct shape s = t->shape;
    if (vector[1])
        s.rank--;
    if (vector[0]) {
        s.dim[s.rank - (vector[1] ? 1 : 2)] = s.dim[s.rank - 1];
        s.rank--;
    }
    return viewed(g, op, t, &s);
}

static const struct sample door_samples[] = { { "[3x4] [4x5]", "" },
                                              { "[4x3] [4x5]", "transpose_a=True" },
                                              { "[2x3x4] [2x5x4]", "transpose_b=True" },
                                              { "[4] [4x5]", "" },
                                              { "[3x4] [4]", "" },
                                              { "[4] [4]", "" },
                                              { "[2x3x4] [4]", "" },
                                              { NULL, NULL } };

static bool import_matmul(struct graph *g, struct onnx_node *n)
{
    return *n->domain ? import_fused_matmul(g, n) : onnx_import_plain(g, n, op_find("MatMul"));
}

const struct opdef matmul = {
    .name = "MatMul",
    .onnx = "MatMul com.microsoft:FusedMatMul",
    .import = import_matmul,
    .keras_base = "matmul",
    .brief = "products of matrices and vectors",
    .attrs = attrs,
    .attr_size = sizeof(struct matmul),
    .types = NUMBERS,
    .min_inputs = 2,
    .max_inputs = 2,
    .samples = door_samples,
    .expand = expand,
    .python_operator = "@",
    .functions =
        "matmul batch_matmul(x|x1|a, y|x2|b, transpose_a|adj_x=False, transpose_b|adj_y=False)",
};

/* ONNX' Gemm: alpha * A * B + beta * C, A and B possibly transposed. */
static struct tensor *scaled(struct graph *g, const struct onnx_node *node, struct tensor *t,
                             double factor)
{
    if (factor == 1 || !t)
        return t;
    struct tensor *f =
        graph_constant(g, graph_unique(g, "factor"), t->type, (struct shape){ 0 }, NULL);
    dtype_set(t->type, f->data, 0, factor);
    return op_make(g, node->from, "Multiply", "", (struct tensor *[]){ t, f }, 2);
}

static bool import_gemm(struct graph *g, struct onnx_node *node)
{
    struct tensor *a = onnx_input(node, 0), *b = onnx_input(node, 1), *c = onnx_input(node, 2);
    const bool ta = onnx_int(node, "transA", 0) != 0, tb = onnx_int(node, "transB", 0) != 0;
    if (*node->domain)
        return import_fused(g, node, "Gemm", import_gemm);
    onnx_find(node, "broadcast");
    if (!a || !b || a->shape.rank != 2 || b->shape.rank != 2)
        return onnx_error(g, node, "it needs two matrices");
    a = ta ? flipped(g, node->from, a) : a;
    b = tb ? flipped(g, node->from, b) : b;
    const double alpha = onnx_float(node, "alpha", 1), beta = onnx_float(node, "beta", 1);
    const bool known = b && b->data;
    struct tensor *t =
        a && b ? op_make(g, node->from, "MatMul", "",
                         (struct tensor *[]){ a, known ? scaled(g, node, b, alpha) : b }, 2)
               : NULL;
    t = known ? t : scaled(g, node, t, alpha);
    if (t && c)
        t = op_make(g, node->from, "Add", "", (struct tensor *[]){ t, scaled(g, node, c, beta) },
                    2);
    node->out[0] = t;
    return t != NULL;
}

static const struct sample gemm_samples[] = { { NULL, NULL } };

const struct opdef gemm = {
    .name = "Gemm",
    .onnx = "Gemm com.microsoft:FusedGemm",
    .keras_base = "gemm",
    .brief = "ONNX' general product of matrices",
    .attrs = attrs,
    .attr_size = sizeof(struct matmul),
    .types = NUMBERS,
    .min_inputs = 2,
    .max_inputs = 2,
    .samples = gemm_samples,
    .expand = expand,
    .import = import_gemm,
};
