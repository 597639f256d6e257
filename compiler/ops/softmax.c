/*
 * softmax.c - exp(x) / sum of exp(x) along an axis or several, its logarithm, and the one-hot place
 * of the maximum. The maximum is taken off first, so that nothing overflows. Axes that follow each
 * other are one axis of `n` values, `inner` apart.
 */
#include "ops/common.h"
#include "ops/onnx.h"

#include <math.h>
#include <string.h>

struct softmax {
    struct int_list axis;
    int steps;               /* F16, BF16: the type of which every step's result is */
    int64_t outer, n, inner; /* set by shape() */
};

#define AXIS { "axis", NULL, ATTR_LIST, offsetof(struct softmax, axis), "-1", NULL, 0 }

static const struct attr attrs[] = { AXIS, { 0 } };
static const struct attr softmax_attrs[] = { AXIS,
                                             { "steps", NULL, ATTR_CHOICE,
                                               offsetof(struct softmax, steps), "float32",
                                               "float32 float16 bfloat16", 0 },
                                             { 0 } };

static bool shape(struct graph *g, struct op *op)
{
    struct softmax *p = op->attr;
    const struct shape *s = &op->in[0]->shape;
    bool marked[MAX_RANK + 1] = { false };
    int first = s->rank, last = -1;
    op->out->shape = *s;
    for (int i = 0; i < p->axis.count; i++) {
        const int64_t a = p->axis.item[i] < 0 ? p->axis.item[i] + s->rank : p->axis.item[i];
        if ((a < 0 || a >= s->rank) && s->rank)
            return op_error(g, op, "there is no axis %lld in a tensor of rank %d",
                            (long long)p->axis.item[i], s->rank);
        if (!s->rank)
            continue;
        marked[a] = true;
        first = a < first ? (int)a : first;
        last = a > last ? (int)a : last;
    }
    for (int d = first; d < last; d++)
        if (!marked[d] && s->dim[d] != 1)
            return op_error(
                g, op, "its axes do not follow each other; transpose the tensor so that they do");
    p->outer = p->n = p->inner = 1;
    for (int d = 0; d < s->rank; d++)
        *(d < first ? &p->outer : d > last ? &p->inner : &p->n) *= s->dim[d];
    p->outer = p->n ? p->outer : 0;
    return true;
}

/* One axis goes where it is moved; several might not stay neighbours. */
static bool take_transpose(struct graph *g, struct op *op, const int *perm, int *result)
{
    struct int_list *l = &((struct softmax *)op->attr)->axis;
    const int rank = op->out->shape.rank;
    int64_t *axis = NEW_ARRAY(g->ctx->arena, int64_t, 1);
    if (l->count != 1)
        return false;
    *axis = perm[l->item[0] < 0 ? l->item[0] + rank : l->item[0]];
    l->item = axis;
    for (int d = 0; d < rank; d++)
        result[d] = perm[d];
    return true;
}

/* Calls f for each line of n values, `inner` apart. */
static void each_line(const struct op *op, const double *in, double *out,
                      void (*f)(const double *in, double *out, int64_t n, int64_t step))
{
    const struct softmax *p = op->attr;
    for (int64_t o = 0; o < p->outer; o++)
        for (int64_t i = 0; p->n && i < p->inner; i++)
            f(in + o * p->n * p->inner + i, out + o * p->n * p->inner + i, p->n, p->inner);
}

static double largest(const double *in, int64_t n, int64_t step)
{
    double most = in[0];
    for (int64_t k = 1; k < n; k++)
        most = in[k * step] > most ? in[k * step] : most;
    return most;
}

static void softmax_line(const double *in, double *out, int64_t n, int64_t step)
{
    const double most = largest(in, n, step);
    double sum = 0;
    for (int64_t k = 0; k < n; k++)
        sum += out[k * step] = exp(in[k * step] - most);
    for (int64_t k = 0; k < n; k++)
        out[k * step] /= sum;
}

void softmax_in_steps(enum dtype t, double *x, int64_t n, int64_t step)
{
    double most = -INFINITY, sum = 0;
    for (int64_t k = 0; k < n; k++) {
        x[k * step] = dtype_round(t, x[k * step]);
        most = x[k * step] > most ? x[k * step] : most;
    }
    most = most == -INFINITY ? 0 : most;
    for (int64_t k = 0; k < n; k++) {
        x[k * step] = dtype_round(t, exp(dtype_round(t, x[k * step] - most)));
        sum = t == BF16 ? dtype_round(t, sum + x[k * step]) : sum + x[k * step];
    }
    sum = dtype_round(t, sum);
    for (int64_t k = 0; k < n && sum > 0; k++)
        x[k * step] = dtype_round(t, x[k * step] / sum);
}

static void log_softmax_line(const double *in, double *out, int64_t n, int64_t step)
{
    const double most = largest(in, n, step);
    double sum = 0;
    for (int64_t k = 0; k < n; k++)
        sum += exp(in[k * step] - most);
    for (int64_t k = 0; k < n; k++)
        out[k * step] = in[k * step] - most - log(sum);
}

static void hardmax_line(const double *in, double *out, int64_t n, int64_t step)
{
    bool found = false;
    const double most = largest(in, n, step);
    for (int64_t k = 0; k < n; k++) {
        out[k * step] = in[k * step] == most && !found;
        found = found || out[k * step] != 0;
    }
}

/*
 * All values above tau less it. Of the values that, in falling order, exceed (the sum up to them -
 * 1) / their place, tau is (the sum of these sums - 1) / their number: what Keras 3 computes, which
 * is the projection onto the simplex (Martins and Astudillo 2016) for one such value only.
 */
static void sparsemax_line(const double *in, double *out, int64_t n, int64_t step)
{
    double total = 0, count = 0;
    for (int64_t k = 0; k < n; k++) {
        const double v = in[k * step];
        double rank = 0, sum = 0;
        for (int64_t i = 0; i < n; i++)
            if (in[i * step] > v || (i <= k && !(in[i * step] < v))) {
                rank++;
                sum += in[i * step];
            }
        if (v - (sum - 1) / rank > 0) {
            total += sum;
            count++;
        }
    }
    for (int64_t k = 0; k < n; k++) {
        const double above = in[k * step] - (total - 1) / count;
        out[k * step] = above > 0 ? above : 0;
    }
}

static void softmax_eval(const struct op *op, const double *const *in, double *out)
{
    const struct softmax *p = op->attr;
    if (p->steps == F32) {
        each_line(op, in[0], out, softmax_line);
        return;
    }
    memcpy(out, in[0], (size_t)(p->outer * p->n * p->inner) * sizeof *out);
    for (int64_t i = 0; i < p->outer * p->inner; i++)
        softmax_in_steps((enum dtype)p->steps, out + i / p->inner * p->n * p->inner + i % p->inner,
                         p->n, p->inner);
}

static void log_softmax_eval(const struct op *op, const double *const *in, double *out)
{
    each_line(op, in[0], out, log_softmax_line);
}
static void hardmax_eval(const struct op *op, const double *const *in, double *out)
{
    each_line(op, in[0], out, hardmax_line);
}
static void sparsemax_eval(const struct op *op, const double *const *in, double *out)
{
    each_line(op, in[0], out, sparsemax_line);
}

/* Up to opset 12 the tensor was seen as a matrix: all axes from `axis` on are one. */
static bool import(struct graph *g, struct onnx_node *node)
{
    const struct tensor *x = onnx_input(node, 0);
    const int64_t axis = onnx_int(node, "axis", node->opset < 13 ? 1 : -1);
    const char *list = "";
    const int rank = x ? x->shape.rank : 0;
    for (int64_t a = axis < 0 ? axis + rank : axis; a < rank; a++)
        list = arena_printf(g->ctx->arena, "%s%lld,", list, (long long)a);
    if (node->opset >= 13 || !*list)
        list = arena_printf(g->ctx->arena, "%lld", (long long)axis);
    const bool plain = strcmp(node->op_type, "Softmax") == 0,
               half = x && (x->type == F16 || x->type == BF16);
    return onnx_make(g, node,
                     plain                                      ? "Softmax"
                     : strcmp(node->op_type, "LogSoftmax") == 0 ? "LogSoftmax"
                                                                : "Hardmax",
                     arena_printf(g->ctx->arena, "axis=(%s)%s%s", list,
                                  plain && half ? " steps=" : "",
                                  plain && half ? dtype_name(x->type) : ""),
                     node->in, 1);
}

#include "templates/softmax.inc"

static const struct sample samples[] = { { "10", "" },
                                         { "3x4x5", "" },
                                         { "37", "" },
                                         { "3x4x5", "axis=1" },
                                         { "3x4x19", "axis=(1,2)" },
                                         { "3x4x19", "axis=2" },
                                         { "3x5", "axis=(1,2)" },
                                         { "4x33@-30:30", "" },
                                         { "1", "" },
                                         { "7x9x2@-30:30", "" },
                                         { NULL, NULL } };

static const struct sample softmax_samples[] = { { "10", "" },
                                                 { "3x4x5", "" },
                                                 { "37", "" },
                                                 { "3x4x5", "axis=1" },
                                                 { "3x4x19", "axis=(1,2)" },
                                                 { "3x4x19", "axis=2" },
                                                 { "3x5", "axis=(1,2)" },
                                                 { "4x33@-30:30", "" },
                                                 { "1", "" },
                                                 { "4x33@-3:3", "steps='float16'" },
                                                 { "3x4x5@-3:3", "steps='bfloat16', axis=1" },
                                                 { NULL, NULL } };

/* Several axes are one, as the kernels see them. */
static const char *to_onnx(struct graph *g, const struct op *op)
{
    struct arena *a = g->ctx->arena;
    const struct softmax *p = op->attr;
    const char *node = op->def->onnx, *dims = "";
    if (p->axis.count == 1)
        return arena_printf(a, "%s(a, axis=%lld)", node, (long long)p->axis.item[0]);
    for (int d = 0; d < op->out->shape.rank; d++)
        dims = arena_printf(a, "%s%lld,", dims, (long long)op->out->shape.dim[d]);
    return arena_printf(a, "Reshape(%s(a:[%lld,%lld,%lld], axis=1), [%s])", node,
                        (long long)p->outer, (long long)p->n, (long long)p->inner, dims);
}

/* Keras puts -1e9 at the places that do not count. */
static struct tensor *masked(struct graph *g, struct op *op, struct tensor *const *masks)
{
    struct tensor *m = masks[0]->type == BOOL ? masks[0]
                                              : make_two(g, op, "Greater", masks[0],
                                                         make_number(g, masks[0]->type, 0.5));
    struct tensor *const choice[3] = { m, op->in[0], make_number(g, op->in[0]->type, -1e9) };
    struct tensor *x = m ? op_make(g, op, "Where", "", choice, 3) : NULL;
    return x ? op_make_from(g, op, op->def, op->attr, &x, 1) : NULL;
}

const struct opdef softmax = {
    .name = "Softmax",
    .mask = keep_mask,
    .masked = masked,
    .onnx = "Softmax",
    .keras_base = "softmax",
    .activation = "softmax",
    .brief = "exp(x) / sum of exp(x)",
    .attrs = softmax_attrs,
    .attr_size = sizeof(struct softmax),
    .min_inputs = 1,
    .max_inputs = 1,
    .samples = softmax_samples,
    .shape = shape,
    .eval = softmax_eval,
    .take_transpose = take_transpose,
    .emit = emit_softmax,
    .import = import,
    .functions = "softmax(x|logits, axis|dim=-1)",
    .to_onnx_for = to_onnx,
};

const struct opdef log_softmax = {
    .name = "LogSoftmax",
    .onnx = "LogSoftmax",
    .keras_base = "log_softmax",
    .activation = "log_softmax",
    .brief = "logarithm of softmax",
    .attrs = attrs,
    .attr_size = sizeof(struct softmax),
    .min_inputs = 1,
    .max_inputs = 1,
    .samples = samples,
    .shape = shape,
    .eval = log_softmax_eval,
    .take_transpose = take_transpose,
    .emit = emit_log_softmax,
    .import = import,
    .functions = "log_softmax(x|logits, axis|dim=-1)",
    .to_onnx_for = to_onnx,
};

const struct opdef hardmax = {
    .name = "Hardmax",
    .onnx = "Hardmax",
    .keras_base = "hardmax",
    .brief = "1 at the first maximum, else 0",
    .attrs = attrs,
    .attr_size = sizeof(struct softmax),
    .min_inputs = 1,
    .max_inputs = 1,
    .samples = samples,
    .shape = shape,
    .eval = hardmax_eval,
    .take_transpose = take_transpose,
    .emit = emit_hardmax,
    .import = import,
    .to_onnx_for = to_onnx,
};

const struct opdef sparsemax = {
    .name = "Sparsemax",
    .keras_base = "sparsemax",
    .activation = "sparsemax",
    .brief = "sparse softmax, as Keras computes it",
    .attrs = attrs,
    .attr_size = sizeof(struct softmax),
    .min_inputs = 1,
    .max_inputs = 1,
    .samples = samples,
    .shape = shape,
    .eval = sparsemax_eval,
    .take_transpose = take_transpose,
    .emit = emit_sparsemax,
    .functions = "sparsemax(x, axis=-1)",
};
