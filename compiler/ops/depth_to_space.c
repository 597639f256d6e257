/*
 * depth_to_space.c - channels spread over blocks of pixels, and back: views around one
 * transposition of blocks. DCR: a channel's number is (row in the block, column in the block,
 * channel of the result); CRD: (channel of the result, row, column).
 */
#include "ops/moves.h"
#include "ops/onnx.h"

struct blocks {
    int block_size;
    bool crd;
};

static const struct attr attrs[] = {
    { "block_size", NULL, ATTR_INT, offsetof(struct blocks, block_size), NULL, NULL, 0 },
    { "crd", NULL, ATTR_BOOL, offsetof(struct blocks, crd), "False", NULL, 0 },
    { 0 }
};

/* View, Transpose, View. */
static struct tensor *moved(struct graph *g, struct op *op, const struct shape *apart,
                            const char *perm, const struct shape *result)
{
    struct arena *a = g->ctx->arena;
    struct tensor *t =
        op_make(g, op, "View", arena_printf(a, "shape=%s", dims_text(a, apart)), op->in, 1);
    t = t ? op_make(g, op, "Transpose", arena_printf(a, "perm=%s", perm), &t, 1) : NULL;
    return t ? op_make(g, op, "View", arena_printf(a, "shape=%s", dims_text(a, result)), &t, 1)
             : NULL;
}

static struct tensor *expand_to_space(struct graph *g, struct op *op)
{
    const struct blocks *p = op->attr;
    const struct shape *s = &op->in[0]->shape;
    if (!needs_rank(g, op, 4, "a picture (height, width, channels)")
        || !positive(g, op, "'block_size'", &p->block_size, 1))
        return NULL;
    const int64_t b = p->block_size, N = s->dim[0], H = s->dim[1], W = s->dim[2],
                  C = s->dim[3] / (b * b);
    if (s->dim[3] % (b * b))
        return op_error(g, op, "%lld channels do not fill blocks of %d x %d", (long long)s->dim[3],
                        p->block_size, p->block_size),
               NULL;
    const struct shape apart =
                           p->crd ? shape_of(6, N, H, W, C, b, b) : shape_of(6, N, H, W, b, b, C),
                       result = shape_of(4, N, H * b, W * b, C);
    return moved(g, op, &apart, p->crd ? "(0,1,4,2,5,3)" : "(0,1,3,2,4,5)", &result);
}

static struct tensor *expand_to_depth(struct graph *g, struct op *op)
{
    const struct blocks *p = op->attr;
    const struct shape *s = &op->in[0]->shape;
    if (!needs_rank(g, op, 4, "a picture (height, width, channels)")
        || !positive(g, op, "'block_size'", &p->block_size, 1))
        return NULL;
    const int64_t b = p->block_size, N = s->dim[0], H = s->dim[1] / b, W = s->dim[2] / b,
                  C = s->dim[3];
    if (s->dim[1] % b || s->dim[2] % b)
        return op_error(g, op, "a picture of %lld x %lld is not made of blocks of %d x %d",
                        (long long)s->dim[1], (long long)s->dim[2], p->block_size, p->block_size),
               NULL;
    const struct shape apart = shape_of(6, N, H, b, W, b, C),
                       result = shape_of(4, N, H, W, b * b * C);
    return moved(g, op, &apart, p->crd ? "(0,1,3,5,2,4)" : "(0,1,3,2,4,5)", &result);
}

static bool import(struct graph *g, struct onnx_node *n)
{
    struct tensor *x = onnx_input(n, 0);
    const char *mode = onnx_string(n, "mode", "DCR");
    if (!x || x->shape.rank != 4)
        return onnx_error(g, n, "it needs a picture (batch, channels, height, width)");
    x = onnx_channels_last(g, n, x);
    x = x ? op_make(g, n->from, n->op_type,
                    arena_printf(g->ctx->arena, "block_size=%lld crd=%d",
                                 (long long)onnx_int(n, "blocksize", 0), mode[0] == 'C'),
                    &x, 1)
          : NULL;
    n->out[0] = x ? onnx_channels_first(g, n, x) : NULL;
    return n->out[0] != NULL;
}

static const struct sample space_samples[] = { { "3x2x8", "block_size=2" },
                                               { "2x3x18", "block_size=3 crd=True" },
                                               { NULL, NULL } };
static const struct sample depth_samples[] = { { "6x4x3", "block_size=2" },
                                               { "3x6x2", "block_size=3 crd=True" },
                                               { NULL, NULL } };

const struct opdef depth_to_space = {
    .name = "DepthToSpace",
    .onnx = "DepthToSpace",
    .import = import,
    .keras_base = "depth_to_space",
    .brief = "channels spread over blocks of pixels",
    .attrs = attrs,
    .attr_size = sizeof(struct blocks),
    .min_inputs = 1,
    .max_inputs = 1,
    .types = ALL_TYPES,
    .has_data_format = true,
    .samples = space_samples,
    .expand = expand_to_space,
    .functions = "depth_to_space(x|input, block_size)",
};
const struct opdef space_to_depth = {
    .name = "SpaceToDepth",
    .onnx = "SpaceToDepth",
    .import = import,
    .keras_base = "space_to_depth",
    .brief = "blocks of pixels as channels",
    .attrs = attrs,
    .attr_size = sizeof(struct blocks),
    .min_inputs = 1,
    .max_inputs = 1,
    .types = ALL_TYPES,
    .has_data_format = true,
    .samples = depth_samples,
    .expand = expand_to_depth,
    .functions = "space_to_depth(x|input, block_size)",
};
