/*
 * eval_graph.c - the reference evaluator: every op's own eval, in double.
 *
 * It says what the generated C has to compute. Values live on the heap and not in the compilation's
 * memory, so that a large net can be evaluated picture after picture.
 */
#include "eval_graph.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "frontends.h"
#include "ops/op.h"

static double *room_for(int64_t n)
{
    double *p = calloc(n > 0 ? (size_t)n : 1, sizeof *p);
    if (!p)
        die("out of memory: %lld numbers do not fit", (long long)n);
    return p;
}

/* The value of `t`; where it had to be made of a constant it is also put in *mine, to be freed. */
static const double *value_of(const struct values *v, const struct tensor *t, double **mine)
{
    *mine = NULL;
    if (!t)
        return NULL;
    if (t->data)
        return *mine = tensor_values(t);
    if (t->id < 0 || t->id >= v->count || !v->of[t->id])
        bug("evaluation: '%s' is read before it is made", t->name);
    return v->of[t->id];
}

/* One call of an op's eval; replace[i], if not NULL, stands for its input i. */
static void eval_op(const struct values *v, const struct op *op, const double *const *replace,
                    double *const *outs)
{
    const int n = op->nin;
    const double **in = calloc((size_t)n + 1, sizeof *in);
    double **mine = calloc((size_t)n + 1, sizeof *mine);
    if (!in || !mine)
        die("out of memory");
    for (int i = 0; i < n; i++)
        in[i] = replace && replace[i] ? replace[i] : value_of(v, op->in[i], &mine[i]);
    op_eval(op, in, outs);
    for (int i = 0; i < n; i++)
        free(mine[i]);
    free(mine);
    free(in);
}

/* Applies absorbed op `a` of `op` to `out` in place of its stored result. */
static void eval_absorbed(const struct values *v, const struct op *op, int a, double *out,
                          int64_t n)
{
    const struct op *then = op->absorbed[a];
    const int other = op->absorbed_input ? op->absorbed_input[a] : -1;
    double *before = room_for(n), *mine = NULL;
    const double **replace = calloc((size_t)then->nin + 1, sizeof *replace);
    if (!replace)
        die("out of memory");
    memcpy(before, out, (size_t)n * sizeof *before);
    int at = 0;
    if (other >= 0) { /* the order matters to Subtract: the other input keeps its place */
        const struct tensor *t = op->in[other];
        const int place = then->swapped ? 0 : 1;
        if (then->nin < 2)
            bug("evaluation: %s was absorbed with an input it does not have", then->def->name);
        replace[place] = value_of(v, t, &mine);
        at = 1 - place;
    }
    replace[at] = before;
    eval_op(v, then, replace, &out);
    free(mine);
    free(replace);
    free(before);
}

void values_free(struct values *v)
{
    for (int i = 0; i < v->count; i++)
        free(v->of[i]);
    free(v->of);
    *v = (struct values){ 0 };
}

static bool has_value(const struct tensor *t)
{
    return !t || t->data || !t->weight;
}

/* Integers of 64 bits are whole numbers in double up to 2^53: beyond them the reference would be a
 * wrong one. */
static bool is_exact(const struct graph *g, const struct op *op, double *const *outs)
{
    for (int j = 0; j < op->nouts; j++) {
        const struct tensor *t = op->outs[j];
        for (int64_t i = 0; t && (t->type == I64 || t->type == U64) && i < shape_count(&t->shape);
             i++)
            if (fabs(outs[j][i]) > 0x1p53 && fabs(outs[j][i]) < 0x1p63)
                return diag_error(&g->ctx->diags, op->at,
                                  "%s: its result holds %.0f; the reference evaluator computes in "
                                  "double, which holds whole numbers "
                                  "up to 2^53 (the C computes them exactly)",
                                  op->name, outs[j][i]);
    }
    return true;
}

bool graph_values(const struct graph *g, const double *const *inputs, struct values *v)
{
    v->count = g->ntensors;
    v->of = calloc((size_t)g->ntensors + 1, sizeof *v->of);
    if (!v->of)
        die("out of memory");
    for (int i = 0; i < g->ninputs; i++) {
        const int64_t n = shape_count(&g->inputs[i]->shape);
        double *copy = v->of[g->inputs[i]->id] = room_for(n);
        memcpy(copy, inputs[i], (size_t)n * sizeof *copy);
    }
    for (int i = 0; i < g->nops; i++) {
        const struct op *op = g->ops[i];
        if (op->dead)
            continue;
        for (int k = 0; k < op->nin; k++)
            if (!has_value(op->in[k]))
                return diag_error(&g->ctx->diags, op->at,
                                  "%s: its weight '%s' has no values; give --weights= or --init=",
                                  op->name, op->in[k]->name);
        double **outs = calloc((size_t)op->nouts, sizeof *outs);
        if (!outs)
            die("out of memory");
        for (int k = 0; k < op->nouts; k++)
            if (op->outs[k])
                outs[k] = v->of[op->outs[k]->id] = room_for(shape_count(&op->outs[k]->shape));
        eval_op(v, op, NULL, outs);
        if (!is_exact(g, op, outs)) {
            free(outs);
            return false;
        }
        for (int a = 0; a < op->nabsorbed; a++)
            eval_absorbed(v, op, a, outs[0], shape_count(&op->out->shape));
        free(outs);
    }
    return true;
}

void value_copy(const struct values *v, const struct tensor *t, double *to)
{
    double *mine;
    const double *from = value_of(v, t, &mine);
    memcpy(to, from, (size_t)shape_count(&t->shape) * sizeof *to);
    free(mine);
}

bool graph_eval(const struct graph *g, const double *const *inputs, double *const *outputs)
{
    struct values v = { 0 };
    const bool ok = graph_values(g, inputs, &v);
    for (int i = 0; ok && i < g->noutputs; i++)
        value_copy(&v, g->outputs[i], outputs[i]);
    values_free(&v);
    return ok;
}

/* ---- batches of pictures in files ------------------------------------------------------------ */

static struct span nowhere(void)
{
    return (struct span){ 0 };
}

static const struct array *array_for(const struct array_list *list, const char *name, int i,
                                     int count)
{
    for (int k = 0; k < list->count; k++)
        if (list->item[k].name && !strcmp(list->item[k].name, name))
            return &list->item[k];
    /* Files that name none of them (arr_0, arr_1: numpy's own names) are taken in order. */
    return list->count == count ? &list->item[i] : NULL;
}

/*
 * Pictures that an array of shape `s` holds for a tensor of shape `t`: how often its first
 * dimension holds the tensor's; an array without the batch is one picture. 0 where they do not go
 * together.
 */
static int64_t pictures_in(const struct shape *s, const struct shape *t)
{
    const int skip = s->rank == t->rank ? 1 : 0;
    if ((s->rank != t->rank && s->rank != t->rank - 1) || (!skip && t->dim[0] != 1))
        return 0;
    for (int d = 1; d < t->rank; d++)
        if (s->dim[d - 1 + skip] != t->dim[d])
            return 0;
    if (!skip || s->rank == 0 || s->dim[0] == t->dim[0])
        return 1;
    return t->dim[0] > 0 && s->dim[0] % t->dim[0] == 0 ? s->dim[0] / t->dim[0] : 0;
}

static const char *full_shape(struct graph *g, const struct shape *s)
{
    const char *text = "";
    for (int d = 0; d < s->rank; d++)
        text = arena_printf(g->ctx->arena, "%s%s%lld", text, d ? " x " : "", (long long)s->dim[d]);
    return s->rank ? text : "one number";
}

static bool one_array(struct graph *g, const char *path, const struct array_list *list,
                      const struct tensor *t, int i, int count, const char *what, struct batch *b)
{
    struct diags *d = &g->ctx->diags;
    const struct array *a = array_for(list, t->name, i, count);
    if (!a)
        return diag_error(d, nowhere(), "%s: no array for %s '%s'", path, what, t->name);
    const int64_t pictures = pictures_in(&a->shape, &t->shape);
    if (!pictures)
        return diag_error(d, nowhere(), "%s: %s '%s' is %s, but the file has %s", path, what,
                          t->name, shape_text(g->ctx->arena, &t->shape), full_shape(g, &a->shape));
    if (b->pictures && b->pictures != pictures)
        return diag_error(d, nowhere(), "%s: %lld pictures for %s '%s', but %lld for the first",
                          path, (long long)pictures, what, t->name, (long long)b->pictures);
    b->pictures = pictures;
    const int64_t n = shape_count(&a->shape);
    if (n < 0)
        return diag_error(d, nowhere(), "%s: %s '%s' is too large", path, what, t->name);
    b->of[i] = NEW_ARRAY(g->ctx->arena, double, n);
    for (int64_t k = 0; k < n; k++)
        b->of[i][k] = dtype_get(a->type, a->data, k);
    return true;
}

bool batch_read(struct graph *g, const char *path, struct tensor *const *tensors, int count,
                const char *what, struct batch *b)
{
    struct array_list list = { 0 };
    if (!npy_read(g->ctx, path, &list))
        return false;
    bool ok = true;
    *b = (struct batch){ 0, NEW_ARRAY(g->ctx->arena, double *, count) };
    for (int i = 0; i < count; i++)
        ok &= one_array(g, path, &list, tensors[i], i, count, what, b);
    return ok;
}

/* One tensor may be given at several places: only the first has its name alone. */
static const char *output_name(struct arena *a, const struct graph *g, int i)
{
    for (int k = 0; k < i; k++)
        if (g->outputs[k] == g->outputs[i])
            return arena_printf(a, "%s_output_%d", g->outputs[i]->name, i);
    return g->outputs[i]->name;
}

bool batch_eval(struct graph *g, const struct batch *in, struct batch *out)
{
    struct arena *a = g->ctx->arena;
    const double **ins = NEW_ARRAY(a, const double *, g->ninputs);
    double **outs = NEW_ARRAY(a, double *, g->noutputs);
    *out = (struct batch){ in->pictures, NEW_ARRAY(a, double *, g->noutputs) };
    for (int i = 0; i < g->noutputs; i++)
        out->of[i] = NEW_ARRAY(a, double, in->pictures *shape_count(&g->outputs[i]->shape));
    for (int64_t p = 0; p < in->pictures; p++) {
        for (int i = 0; i < g->ninputs; i++)
            ins[i] = in->of[i] + p * shape_count(&g->inputs[i]->shape);
        for (int i = 0; i < g->noutputs; i++)
            outs[i] = out->of[i] + p * shape_count(&g->outputs[i]->shape);
        if (!graph_eval(g, ins, outs))
            return false;
    }
    return true;
}

bool eval_files(struct graph *g)
{
    struct ctx *ctx = g->ctx;
    const char *to = ctx->options.output;
    struct batch in, out;
    if (ends_with(to, ".npy") ? g->noutputs != 1 : !ends_with(to, ".npz"))
        return diag_error(&ctx->diags, nowhere(), "%s: --eval writes %s here: give -o out.npz", to,
                          ends_with(to, ".npy") ? "several outputs, .npy holds one"
                                                : ".npz or .npy");
    if (!batch_read(g, ctx->options.eval, g->inputs, g->ninputs, "input", &in)
        || !batch_eval(g, &in, &out))
        return false;
    struct array_list list = { NEW_ARRAY(ctx->arena, struct array, g->noutputs), g->noutputs };
    for (int i = 0; i < g->noutputs; i++) {
        struct shape s = g->outputs[i]->shape;
        if (s.rank > 0)
            s.dim[0] *= out.pictures;
        list.item[i] = (struct array){ output_name(ctx->arena, g, i), F64, s, out.of[i] };
    }
    return npy_write(ctx, to, &list);
}
