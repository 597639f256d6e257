/* top_k.c - the k greatest (or least) values along an axis, in order, and where they were; sorting.
 * Of equal values the first comes first. */
#include "ops/moves.h"
#include "ops/onnx.h"

struct top_k {
    int k, axis;
    bool largest;
};

static const struct attr attrs[] = {
    { "k", "k", ATTR_INT, offsetof(struct top_k, k), "1", NULL, 0 }, /* 0: all */
    { "axis", "axis", ATTR_INT, offsetof(struct top_k, axis), "-1", NULL, 0 },
    { "largest", "largest", ATTR_BOOL, offsetof(struct top_k, largest), "True", NULL, 0 },
    { "sorted", "sorted", ATTR_IGNORED, 0, "True", NULL, 0 },
    { 0 }
};

static bool shape(struct graph *g, struct op *op)
{
    struct top_k *p = op->attr;
    const struct shape *s = &op->in[0]->shape;
    if (!axis_of(g, op, p->axis, s->rank, &p->axis))
        return false;
    p->k = p->k ? p->k : (int)s->dim[p->axis];
    if (p->k < 0 || p->k > s->dim[p->axis])
        return op_error(g, op, "wants %d of %lld values", p->k, (long long)s->dim[p->axis]);
    op->outs[0]->shape = op->outs[1]->shape = *s;
    op->outs[0]->shape.dim[p->axis] = op->outs[1]->shape.dim[p->axis] = p->k;
    op->outs[1]->type = I64;
    return true;
}

static void sizes(const struct op *op, int64_t *outer, int64_t *count, int64_t *inner)
{
    const struct shape *s = &op->in[0]->shape;
    const int axis = ((const struct top_k *)op->attr)->axis;
    *outer = *inner = 1;
    for (int d = 0; d < s->rank; d++)
        *(d < axis ? outer : inner) *= d == axis ? 1 : s->dim[d];
    *count = s->dim[axis];
}

/* Picks the best of what is left, k times. */
static void eval_all(const struct op *op, const double *const *in, double *const *outs)
{
    const struct top_k *p = op->attr;
    int64_t outer, n, inner;
    sizes(op, &outer, &n, &inner);
    for (int64_t a = 0; a < outer; a++)
        for (int64_t b = 0; b < inner; b++) {
            const double *x = in[0] + a * n * inner + b;
            for (int64_t k = 0; k < p->k; k++) {
                int64_t best = -1;
                for (int64_t i = 0; i < n; i++) {
                    bool taken = false;
                    for (int64_t j = 0; j < k && !taken; j++)
                        taken = outs[1][(a * p->k + j) * inner + b] == (double)i;
                    if (!taken
                        && (best < 0
                            || (p->largest ? x[i * inner] > x[best * inner]
                                           : x[i * inner] < x[best * inner])))
                        best = i;
                }
                outs[0][(a * p->k + k) * inner + b] = x[best * inner];
                outs[1][(a * p->k + k) * inner + b] = (double)best;
            }
        }
}

static bool take_transpose(struct graph *g, struct op *op, const int *perm, int *result)
{
    struct top_k *p = op->attr;
    (void)g;
    return axis_takes_transpose(op, &p->axis, perm, result);
}

/* k was an attribute up to opset 9. */
static bool import(struct graph *g, struct onnx_node *n)
{
    struct int_list k;
    if (!onnx_input(n, 0) || !onnx_ints_either(g, n, "k", 1, &k) || k.count != 1)
        return onnx_input(n, 0) && k.count == 1 ? false
                                                : onnx_error(g, n, "it needs the number of values");
    onnx_find(n, "sorted");
    if (k.item[0] < 1 || k.item[0] > MAX_DIM)
        return onnx_error(g, n, "it wants %lld values", (long long)k.item[0]);
    return onnx_make(g, n, "TopK",
                     arena_printf(g->ctx->arena, "k=%lld axis=%lld largest=%lld",
                                  (long long)k.item[0], (long long)onnx_int(n, "axis", -1),
                                  (long long)onnx_int(n, "largest", 1)),
                     n->in, 1);
}

#include "templates/top_k.inc"

static const struct sample samples[] = { { "3x9", "k=4" },
                                         { "9x5x2", "k=3 axis=1 largest=False" },
                                         { "int32[40]@-5:5", "k=40 axis=0" },
                                         { "7", "" },
                                         { NULL, NULL } };

const struct opdef top_k = {
    .name = "TopK",
    .onnx = "TopK",
    .import = import,
    .keras_base = "top_k",
    .brief = "the greatest values along an axis, and their places",
    .attrs = attrs,
    .attr_size = sizeof(struct top_k),
    .min_inputs = 1,
    .max_inputs = 1,
    .max_outputs = 2,
    .types = NUMBERS,
    .samples = samples,
    .shape = shape,
    .eval_all = eval_all,
    .take_transpose = take_transpose,
    .emit = emit,
    .to_onnx = "TopK(a, [$k], axis=$axis, largest=$largest)",
};

/* ---- sort ------------------------------------------------------------------------------------ */

struct sort {
    int axis;
};

static const struct attr sort_attrs[] = {
    { "axis", NULL, ATTR_INT, offsetof(struct sort, axis), "-1", NULL, 0 }, { 0 }
};

static struct tensor *sorted(struct graph *g, struct op *op, int result)
{
    void *attr = attr_defaults(g->ctx, &top_k);
    int count;
    attr_parse(g->ctx, &top_k, attr,
               arena_printf(g->ctx->arena, "k=0 axis=%d largest=False",
                            ((const struct sort *)op->attr)->axis));
    struct tensor **outs = op_make_all(g, op, &top_k, attr, op->in, 1, &count);
    return outs ? result ? make_one(g, op, "Cast", "to=int32", outs[1]) : outs[0] : NULL;
}

/* The function of Keras and TensorFlow: 32-bit places. */
static struct tensor *expand_top_k(struct graph *g, struct op *op)
{
    int count;
    struct tensor **outs = op_make_all(g, op, &top_k, op->attr, op->in, 1, &count);
    struct tensor *places = outs ? make_one(g, op, "Cast", "to=int32", outs[1]) : NULL;
    if (!places)
        return NULL;
    APPEND(g->ctx->arena, op->outs, op->nouts, outs[0]);
    APPEND(g->ctx->arena, op->outs, op->nouts, places);
    return outs[0];
}

static const struct sample top_k_samples[] = { { "3x9", "k=4" }, { NULL, NULL } };

const struct opdef top_k_of = {
    .name = "TopKOf",
    .keras_base = "top_k",
    .brief = "the greatest values, and their places as Keras counts",
    .attrs = attrs,
    .attr_size = sizeof(struct top_k),
    .min_inputs = 1,
    .max_inputs = 1,
    .max_outputs = 2,
    .types = NUMBERS,
    .samples = top_k_samples,
    .expand = expand_top_k,
    .functions = "top_k(x|input, k=1, sorted)",
};

static struct tensor *expand_sort(struct graph *g, struct op *op)
{
    return sorted(g, op, 0);
}

static struct tensor *expand_argsort(struct graph *g, struct op *op)
{
    return sorted(g, op, 1);
}

static const struct sample sort_samples[] = { { "3x9", "" }, { "3x9", "axis=1" }, { NULL, NULL } };

const struct opdef sort = {
    .name = "Sort",
    .keras_base = "sort",
    .brief = "values along an axis in rising order",
    .attrs = sort_attrs,
    .attr_size = sizeof(struct sort),
    .min_inputs = 1,
    .max_inputs = 1,
    .types = ALL_TYPES,
    .samples = sort_samples,
    .expand = expand_sort,
    .functions = "sort(x|values|a, axis=-1)",
};
const struct opdef argsort = {
    .name = "ArgSort",
    .keras_base = "argsort",
    .brief = "the places of values in rising order",
    .attrs = sort_attrs,
    .attr_size = sizeof(struct sort),
    .min_inputs = 1,
    .max_inputs = 1,
    .types = ALL_TYPES,
    .samples = sort_samples,
    .expand = expand_argsort,
    .functions = "argsort(x|values|a, axis=-1)",
};
