/* eval.c - one op on whole tensors, in double: batches picture by picture, views by copying. */
#include "ops/op.h"

#include <stdlib.h>
#include <string.h>

double *tensor_values(const struct tensor *t)
{
    const int64_t n = shape_count(&t->shape);
    double *p = calloc(n > 0 ? (size_t)n : 1, sizeof *p);
    if (!p)
        die("out of memory: %lld numbers do not fit", (long long)n);
    for (int64_t i = 0; i < n; i++)
        p[i] = dtype_get(t->type, t->data, i);
    return p;
}

void tensor_set_values(struct graph *g, struct tensor *t, const double *values)
{
    const int64_t n = shape_count(&t->shape);
    t->data = arena_alloc(g->ctx->arena, (size_t)(n ? n : 1) * dtype_size(t->type));
    for (int64_t i = 0; i < n; i++)
        dtype_set(t->type, t->data, i, values[i]);
}

/* Is input i walked through picture by picture? Weights are shared by all pictures. */
static bool by_picture(const struct op *op, int i)
{
    if (i == 0)
        return true;
    for (int j = 0; j < op->nabsorbed; j++)
        if (op->absorbed_input[j] == i)
            return true;
    return false;
}

static void eval_pictures(const struct op *op, const double *const *in, double *out)
{
    const int64_t n = pictures_of(op);
    const double **at = calloc((size_t)op->nin + 1, sizeof *at);
    if (!at)
        die("out of memory");
    for (int64_t k = 0; k < n; k++) {
        for (int i = 0; i < op->nin; i++)
            at[i] = in[i] && by_picture(op, i) ? in[i] + k * (shape_count(&op->in[i]->shape) / n)
                                               : in[i];
        op->def->eval(op, at, out + k * (shape_count(&op->out->shape) / n));
    }
    free(at);
}

void op_eval(const struct op *op, const double *const *in, double *const *outs)
{
    if (op->def->eval_all)
        op->def->eval_all(op, in, outs);
    else if (op->def->eval && op->def->per_picture)
        eval_pictures(op, in, outs[0]);
    else if (op->def->eval)
        op->def->eval(op, in, outs[0]);
    else if (op->def->value)
        elementwise_eval(op, in, outs[0]);
    else if (op->def->is_view || op->def->is_identity)
        memcpy(outs[0], in[0], (size_t)shape_count(&op->out->shape) * sizeof **outs);
    else
        bug("evaluation: %s has no reference", op->def->name);
    for (int i = 0; i < op->nouts; i++) /* what the C would store */
        if (op->outs[i] && outs[i] && op->outs[i]->type != F32 && op->outs[i]->type != F64)
            for (int64_t k = 0; k < shape_count(&op->outs[i]->shape); k++)
                outs[i][k] = dtype_round(op->outs[i]->type, outs[i][k]);
}
