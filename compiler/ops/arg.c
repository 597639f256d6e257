/* arg.c - where along an axis the greatest or least value is; of equal ones the first, or the last.
 */
#include "ops/moves.h"
#include "ops/onnx.h"

struct arg {
    int axis;
    bool keepdims, last;
};

static const struct attr attrs[] = {
    { "axis", "axis", ATTR_INT, offsetof(struct arg, axis), "0", NULL, 0 },
    { "keepdims", "keepdims", ATTR_BOOL, offsetof(struct arg, keepdims), "False", NULL, 0 },
    { "select_last_index", "select_last_index", ATTR_BOOL, offsetof(struct arg, last), "False",
      NULL, 0 },
    { 0 }
};

static bool shape(struct graph *g, struct op *op)
{
    struct arg *p = op->attr;
    const struct shape *s = &op->in[0]->shape;
    if (!axis_of(g, op, p->axis, s->rank, &p->axis))
        return false;
    if (!s->dim[p->axis])
        return op_error(g, op, "axis %d has no values", p->axis);
    op->out->type = I64;
    for (int d = 0; d < s->rank; d++)
        if (d != p->axis || p->keepdims)
            op->out->shape.dim[op->out->shape.rank++] = d == p->axis ? 1 : s->dim[d];
    return true;
}

static void sizes(const struct op *op, int64_t *outer, int64_t *count, int64_t *inner)
{
    const struct shape *s = &op->in[0]->shape;
    const int axis = ((const struct arg *)op->attr)->axis;
    *outer = *inner = 1;
    for (int d = 0; d < s->rank; d++)
        *(d < axis ? outer : inner) *= d == axis ? 1 : s->dim[d];
    *count = s->dim[axis];
}

static void find(const struct op *op, const double *in, double *out, int sign)
{
    const bool last = ((const struct arg *)op->attr)->last;
    int64_t outer, count, inner;
    sizes(op, &outer, &count, &inner);
    for (int64_t a = 0; a < outer; a++)
        for (int64_t b = 0; b < inner; b++) {
            const double *x = in + a * count * inner + b;
            int64_t best = 0;
            for (int64_t i = 1; i < count; i++)
                if (sign * x[i * inner] > sign * x[best * inner]
                    || (last && !(x[i * inner] < x[best * inner])
                        && !(x[i * inner] > x[best * inner])))
                    best = i;
            out[a * inner + b] = (double)best;
        }
}

static void eval_max(const struct op *op, const double *const *in, double *out)
{
    find(op, in[0], out, 1);
}

static void eval_min(const struct op *op, const double *const *in, double *out)
{
    find(op, in[0], out, -1);
}

static bool take_transpose(struct graph *g, struct op *op, const int *perm, int *result)
{
    struct arg *p = op->attr;
    const int axis = perm[p->axis];
    int n = 0;
    (void)g;
    for (int d = 0; d < op->in[0]->shape.rank; d++)
        if (p->keepdims)
            result[d] = perm[d];
        else if (d != p->axis)
            result[n++] = perm[d] - (perm[d] > axis);
    p->axis = axis;
    return true;
}

static bool import(struct graph *g, struct onnx_node *n)
{
    if (!onnx_input(n, 0))
        return onnx_error(g, n, "it has no input");
    return onnx_make(g, n, n->op_type,
                     arena_printf(g->ctx->arena, "axis=%lld keepdims=%lld select_last_index=%lld",
                                  (long long)onnx_int(n, "axis", 0),
                                  (long long)onnx_int(n, "keepdims", 1),
                                  (long long)onnx_int(n, "select_last_index", 0)),
                     n->in, 1);
}

#include "templates/arg.inc"

static void emit_max(struct out *o, const struct op *op, const char *name)
{
    put_arg(o, op, name, ">");
}

static void emit_min(struct out *o, const struct op *op, const char *name)
{
    put_arg(o, op, name, "<");
}

static const struct sample samples[] = { { "3x9", "axis=2" },
                                         { "9x5x2", "axis=1 keepdims=True" },
                                         { "int32[40]@-5:5", "axis=0 select_last_index=True" },
                                         { "int8[3x40]@-5:5", "axis=-1" },
                                         { NULL, NULL } };

const struct opdef arg_max = {
    .name = "ArgMax",
    .onnx = "ArgMax",
    .import = import,
    .keras_base = "argmax",
    .brief = "where the greatest value is",
    .attrs = attrs,
    .attr_size = sizeof(struct arg),
    .min_inputs = 1,
    .max_inputs = 1,
    .types = NUMBERS,
    .samples = samples,
    .shape = shape,
    .eval = eval_max,
    .take_transpose = take_transpose,
    .emit = emit_max,
    .functions = "argmax(x|input|a, axis, keepdims, output_type@ignored)",
    .to_onnx = "ArgMax(a, axis=$axis, keepdims=$keepdims, select_last_index=$select_last_index)",
};
const struct opdef arg_min = {
    .name = "ArgMin",
    .onnx = "ArgMin",
    .import = import,
    .keras_base = "argmin",
    .brief = "where the least value is",
    .attrs = attrs,
    .attr_size = sizeof(struct arg),
    .min_inputs = 1,
    .max_inputs = 1,
    .types = NUMBERS,
    .samples = samples,
    .shape = shape,
    .eval = eval_min,
    .take_transpose = take_transpose,
    .emit = emit_min,
    .functions = "argmin(x|input|a, axis, keepdims, output_type@ignored)",
    .to_onnx = "ArgMin(a, axis=$axis, keepdims=$keepdims, select_last_index=$select_last_index)",
};

/* ---- Keras' functions: 32-bit places; without an axis among all values in a row ---- */

struct arg_of {
    int axis;
    bool keepdims;
};

enum { ALL_IN_A_ROW = 1000 };

static const struct attr place_attrs[] = {
    { "axis", NULL, ATTR_INT, offsetof(struct arg_of, axis), "1000", NULL, 0 },
    { "keepdims", NULL, ATTR_BOOL, offsetof(struct arg_of, keepdims), "False", NULL, 0 },
    { 0 }
};

static struct tensor *place(struct graph *g, struct op *op, const char *def)
{
    const struct arg_of *p = op->attr;
    struct tensor *t = op->in[0];
    const int rank = t->shape.rank;
    const bool flat = p->axis == ALL_IN_A_ROW;
    if (flat)
        t = make_view(g, op, t, 1, (int64_t[]){ shape_count(&t->shape) });
    t = make_one(g, op, def,
                 arena_printf(g->ctx->arena, "axis=%d keepdims=%s", flat ? 0 : p->axis,
                              p->keepdims && !flat ? "True" : "False"),
                 t);
    if (t && flat && p->keepdims)
        t = make_view(g, op, t, rank, (int64_t[MAX_RANK]){ 1, 1, 1, 1, 1, 1, 1, 1 });
    return make_one(g, op, "Cast", "to=int32", t);
}

static struct tensor *place_of_max(struct graph *g, struct op *op)
{
    return place(g, op, "ArgMax");
}
static struct tensor *place_of_min(struct graph *g, struct op *op)
{
    return place(g, op, "ArgMin");
}

static const struct sample place_samples[] = { { "3x9", "axis=2" },
                                               { "3x4", "keepdims=True" },
                                               { NULL, NULL } };

const struct opdef arg_max_of = {
    .name = "ArgMaxOf",
    .keras_base = "argmax",
    .brief = "where the greatest value is, as Keras counts",
    .attrs = place_attrs,
    .attr_size = sizeof(struct arg_of),
    .min_inputs = 1,
    .max_inputs = 1,
    .types = NUMBERS,
    .samples = place_samples,
    .expand = place_of_max,
    .functions = "ops.argmax(x, axis, keepdims); K.argmax(x, axis=-1)",
};
const struct opdef arg_min_of = {
    .name = "ArgMinOf",
    .keras_base = "argmin",
    .brief = "where the least value is, as Keras counts",
    .attrs = place_attrs,
    .attr_size = sizeof(struct arg_of),
    .min_inputs = 1,
    .max_inputs = 1,
    .types = NUMBERS,
    .samples = place_samples,
    .expand = place_of_min,
    .functions = "ops.argmin(x, axis, keepdims); K.argmin(x, axis=-1)",
};
