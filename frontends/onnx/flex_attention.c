/*
 * flex_attention.c - FlexAttention of ai.onnx.preview: y = prob_mod(softmax(score_mod(q k^T
 * scale))) v, the modifiers being graphs of the model. Made of other operators in the standard's
 * order, softmax and modifiers in softmax_precision (float32 if not given, float64 of float64); a
 * head of k and v serves as many heads of q as there are more of them.
 */
#include "onnx/import.h"

#include <math.h>
#include <string.h>

static struct tensor *cast_to(struct importer *im, const struct onnx_node *node, struct tensor *t,
                              enum dtype type)
{
    if (!t || t->type == type)
        return t;
    return op_make(im->g, node->from, "Cast",
                   arena_printf(im->ctx->arena, "to=%s", dtype_name(type)), &t, 1);
}

static struct tensor *apply(struct importer *im, const struct onnx_node *node, const char *op_type,
                            struct tensor *a, struct tensor *b)
{
    return a && b ? onnx_apply(im->g, node, op_type, (struct tensor *[]){ a, b }, 2, NULL, 0)
                  : NULL;
}

/* Each head `times` times, one beside the other. */
static struct tensor *repeat_heads(struct importer *im, const struct onnx_node *node,
                                   struct tensor *t, int64_t times)
{
    const int64_t *d = t->shape.dim, axis = 2, wide[5] = { d[0], d[1], times, d[2], d[3] },
                  joined[4] = { d[0], d[1] * times, d[2], d[3] };
    if (times == 1)
        return t;
    t = apply(im, node, "Unsqueeze", t, onnx_int_constant(im->g, node, &axis, 1));
    t = apply(im, node, "Expand", t, onnx_int_constant(im->g, node, wide, 5));
    return apply(im, node, "Reshape", t, onnx_int_constant(im->g, node, joined, 4));
}

/* The graph `name` on t, or t where the node has none. */
static struct tensor *modify(struct importer *im, const struct scope *sc, const Onnx__NodeProto *n,
                             const struct onnx_node *node, const char *name, struct tensor *t)
{
    const Onnx__AttributeProto *a = find_attribute(n, name);
    if (!a || !a->g || !t)
        return t;
    struct tensor **made = NEW_ARRAY(im->ctx->arena, struct tensor *, a->g->n_output + 1);
    if (!run_body(im, sc, node, a->g, &t, 1, made))
        return NULL;
    if (a->g->n_output != 1 || !shape_equal(&made[0]->shape, &t->shape)
        || made[0]->type != t->type) {
        onnx_error(im->g, node, "its graph '%s' does not make one tensor like its input, %s of %s",
                   name, full_shape(im->ctx->arena, &t->shape), dtype_name(t->type));
        return NULL;
    }
    return made[0];
}

static bool is_sound(struct importer *im, const struct onnx_node *node, const struct shape *q,
                     const struct shape *k, const struct shape *v)
{
    const bool four = q->rank == 4 && k->rank == 4 && v->rank == 4;
    if (four && k->dim[1] > 0 && q->dim[1] % k->dim[1] == 0 && q->dim[0] == k->dim[0]
        && k->dim[0] == v->dim[0] && k->dim[1] == v->dim[1] && k->dim[2] == v->dim[2]
        && q->dim[3] == k->dim[3])
        return true;
    struct arena *a = im->ctx->arena;
    return onnx_error(im->g, node, "query, key and value do not go together: %s, %s and %s",
                      full_shape(a, q), full_shape(a, k), full_shape(a, v));
}

bool import_flex_attention(struct importer *im, const struct scope *sc, const Onnx__NodeProto *n,
                           struct onnx_node *node)
{
    struct tensor *q = onnx_input(node, 0), *k = onnx_input(node, 1), *v = onnx_input(node, 2);
    const struct onnx_attribute *given = onnx_find(node, "scale");
    const int64_t precision = onnx_int(node, "softmax_precision", 0);
    if (!q || !k || !v)
        return onnx_error(im->g, node, "needs query, key and value");
    if (!is_sound(im, node, &q->shape, &k->shape, &v->shape))
        return false;
    const enum dtype type = q->type;
    enum dtype inside = type == F64 ? F64 : F32;
    if (precision && (!onnx_dtype(precision, &inside) || inside > F64))
        return onnx_error(im->g, node,
                          "its softmax_precision is %lld, no type of real numbers that cnnc has",
                          (long long)precision);
    const double scale = given ? onnx_float(node, "scale", 1)
                               : 1 / sqrt((double)(q->shape.dim[3] > 0 ? q->shape.dim[3] : 1));
    const int64_t times = q->shape.dim[1] / k->shape.dim[1];
    struct tensor *root =
        graph_constant(im->g, arena_printf(im->ctx->arena, "%s_scale", node->from->name), type,
                       (struct shape){ 0 }, NULL);
    dtype_set(type, root->data, 0, (double)(float)sqrt(scale));
    k = apply(im, node, "Mul", repeat_heads(im, node, k, times), root);
    k = k ? op_make(im->g, node->from, "Transpose", "perm=(0,1,3,2)", &k, 1) : NULL;
    struct tensor *t = apply(im, node, "MatMul", apply(im, node, "Mul", q, root), k);
    t = modify(im, sc, n, node, "score_mod", cast_to(im, node, t, inside));
    t = t ? onnx_apply(im->g, node, "Softmax", &t, 1, NULL, 0) : NULL;
    t = modify(im, sc, n, node, "prob_mod", t);
    t = apply(im, node, "MatMul", t, cast_to(im, node, repeat_heads(im, node, v, times), inside));
    node->out[0] = cast_to(im, node, t, v->type);
    return node->out[0] != NULL;
}
