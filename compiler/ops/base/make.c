/* make.c - small calls of which expansions consist, and rules for masks that many layers share. */
#include "ops/common.h"

struct tensor *make_one(struct graph *g, struct op *from, const char *def, const char *attrs,
                        struct tensor *a)
{
    return a ? op_make(g, from, def, attrs, &a, 1) : NULL;
}

struct tensor *make_two(struct graph *g, struct op *from, const char *def, struct tensor *a,
                        struct tensor *b)
{
    struct tensor *const in[2] = { a, b };
    return a && b ? op_make(g, from, def, "", in, 2) : NULL;
}

struct tensor *make_number(struct graph *g, enum dtype type, double value)
{
    struct tensor *t =
        graph_constant(g, graph_unique(g, "number"), type, (struct shape){ 0 }, NULL);
    dtype_set(type, t->data, 0, value);
    return t;
}

struct tensor *make_view(struct graph *g, struct op *from, struct tensor *t, int rank,
                         const int64_t *dim)
{
    const char *text = "";
    for (int i = 0; i < rank; i++)
        text = arena_printf(g->ctx->arena, "%s%lld,", text, (long long)dim[i]);
    return make_one(g, from, "View", arena_printf(g->ctx->arena, "shape=(%s)", text), t);
}

/* Keras adds -1e9 or less: where no key counts, all weigh the same. In double -1e9 would leave the
 * scores. */
struct tensor *added_mask(struct graph *g, struct op *from, struct tensor *mask)
{
    struct tensor *const choice[3] = { mask, make_number(g, F32, 0), make_number(g, F32, -1e30) };
    return mask ? op_make(g, from, "Where", "", choice, 3) : NULL;
}

struct tensor *keep_mask(struct graph *g, struct op *op, struct tensor *const *masks)
{
    (void)g;
    return op->nin ? masks[0] : NULL;
}

/* Keras' merging layers: a step counts where it counts in any input; no mask where an input has
 * none. */
struct tensor *merge_masks(struct graph *g, struct op *op, struct tensor *const *masks)
{
    struct tensor *m = op->nin ? masks[0] : NULL;
    for (int i = 1; i < op->nin; i++)
        m = make_two(g, op, "LogicalOr", m, masks[i]);
    return m;
}
