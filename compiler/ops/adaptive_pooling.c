/*
 * adaptive_pooling.c - pooling to a given size: window i of O along an axis of I is [floor(i * I /
 * O), ceil((i + 1) * I / O)). Where O divides I that is ordinary pooling.
 */
#include "ops/windows.h"

#include <math.h>

/* size: along depth, height, width, set by shape() */
struct adaptive {
    struct int_list output_size;
    int format;
    int64_t size[3];
};

static const struct attr attrs[] = { { "output_size", NULL, ATTR_LIST,
                                       offsetof(struct adaptive, output_size), NULL, NULL, 0 },
                                     { "data_format", NULL, ATTR_IGNORED, 0, "None", NULL, 0 },
                                     { 0 } };

/* Of the functions: a layer's data format is the front end's matter. */
static const struct attr function_attrs[] = {
    { "output_size", NULL, ATTR_LIST, offsetof(struct adaptive, output_size), NULL, NULL, 0 },
    { "data_format", NULL, ATTR_CHOICE, offsetof(struct adaptive, format), "channels_last",
      "channels_last channels_first", 0 },
    { 0 }
};

static bool sizes(struct graph *g, struct op *op, int n, int64_t *to)
{
    const struct int_list *l = &((const struct adaptive *)op->attr)->output_size;
    if (l->count != 1 && l->count != n)
        return op_error(g, op, "'output_size' has %d numbers; 1 or %d are needed", l->count, n);
    for (int i = 0; i < n; i++) {
        to[i] = l->item[l->count == 1 ? 0 : i];
        if (to[i] < 1 || to[i] > MAX_DIM)
            return op_error(g, op, "'output_size' must be 1 or more, not %lld", (long long)to[i]);
    }
    return true;
}

static bool shape(struct graph *g, struct op *op)
{
    struct adaptive *p = op->attr;
    const struct shape *s = &op->in[0]->shape;
    if (!needs_rank(g, op, 5, "a volume (depth, height, width, channels)")
        || !sizes(g, op, 3, p->size))
        return false;
    op->out->shape = shape_of(5, s->dim[0], p->size[0], p->size[1], p->size[2], s->dim[4]);
    return true;
}

static void pool(const struct op *op, const double *in, double *out, bool maximum)
{
    const int64_t *d = op->in[0]->shape.dim + 1, *o = op->out->shape.dim + 1, C = d[3];
    for (int64_t i = 0; i < o[0] * o[1] * o[2]; i++)
        for (int64_t k = 0; k < C; k++) {
            const int64_t at[3] = { i / o[2] / o[1], i / o[2] % o[1], i % o[2] };
            int64_t from[3], to[3], count = 1;
            double most = -INFINITY, sum = 0;
            for (int j = 0; j < 3; j++) {
                from[j] = at[j] * d[j] / o[j];
                to[j] = ((at[j] + 1) * d[j] + o[j] - 1) / o[j];
                count *= to[j] - from[j];
            }
            for (int64_t z = from[0]; z < to[0]; z++)
                for (int64_t y = from[1]; y < to[1]; y++)
                    for (int64_t x = from[2]; x < to[2]; x++) {
                        const double v = in[((z * d[1] + y) * d[2] + x) * C + k];
                        most = v > most ? v : most;
                        sum += v;
                    }
            out[i * C + k] = maximum ? most : sum / (double)count;
        }
}

static void eval_max(const struct op *op, const double *const *in, double *out)
{
    pool(op, in[0], out, true);
}

static void eval_average(const struct op *op, const double *const *in, double *out)
{
    pool(op, in[0], out, false);
}

#include "templates/adaptive_pooling.inc"

static void emit_max(struct out *o, const struct op *op, const char *name)
{
    emit(o, op, name, true);
}

static void emit_average(struct out *o, const struct op *op, const char *name)
{
    emit(o, op, name, false);
}

/* Ordinary pooling where the size divides all axes, else the kernel of volumes. */
static struct tensor *expand(struct graph *g, struct op *op, int n, bool maximum)
{
    const int64_t *d = op->in[0]->shape.dim + 1;
    int64_t to[3];
    if (!has_values(g, op, 0))
        return NULL;
    bool divides = true;
    const char *window = "", *text = "1,1,";
    if (n ? !needs_rank(g, op, n + 2,
                        n == 1   ? "a sequence (steps, channels)"
                        : n == 2 ? "a picture (height, width, channels)"
                                 : "a volume")
          : op->in[0]->shape.rank < 3 || op->in[0]->shape.rank > 5)
        return n ? NULL : (op_error(g, op, "needs a sequence, a picture or a volume"), NULL);
    n = op->in[0]->shape.rank - 2;
    text += 2 * (n - 1);
    if (!sizes(g, op, n, to))
        return NULL;
    for (int i = 0; i < n; i++) {
        divides &= d[i] % to[i] == 0 && d[i] > 0;
        window = arena_printf(g->ctx->arena, "%s%s%lld", window, i ? "," : "",
                              (long long)(d[i] / to[i]));
        text = arena_printf(g->ctx->arena, "%s%s%lld", text, i ? "," : "", (long long)to[i]);
    }
    if (divides)
        return op_make(g, op,
                       arena_printf(g->ctx->arena, "%sPooling%dD", maximum ? "Max" : "Average", n),
                       arena_printf(g->ctx->arena, "pool_size=(%s)", window), op->in, 1);
    struct tensor *t = with_axes(g, op, op->in[0], 3);
    t = t ? op_make(g, op, maximum ? "AdaptiveMax" : "AdaptiveAverage",
                    arena_printf(g->ctx->arena, "output_size=(%s)", text), &t, 1)
          : NULL;
    return without_axes(g, op, t, n);
}

#define EXPANDS(name, n, maximum)                                                                  \
    static struct tensor *name(struct graph *g, struct op *op)                                     \
    {                                                                                              \
        return expand(g, op, n, maximum);                                                          \
    }
EXPANDS(expand_average1d, 1, false)
EXPANDS(expand_average2d, 2, false)
EXPANDS(expand_average3d, 3, false)
EXPANDS(expand_max1d, 1, true)
EXPANDS(expand_max2d, 2, true)
EXPANDS(expand_max3d, 3, true)
#undef EXPANDS

/* The functions: channels-first tensors are turned around them. */
static struct tensor *by_function(struct graph *g, struct op *op, bool maximum)
{
    struct adaptive *p = op->attr;
    if (!p->format)
        return expand(g, op, 0, maximum);
    p->format = 0;
    const int rank = op->in[0]->shape.rank;
    const char *last = rank == 3   ? "perm=(0,2,1)"
                       : rank == 4 ? "perm=(0,2,3,1)"
                                   : "perm=(0,2,3,4,1)";
    const char *first = rank == 3   ? "perm=(0,2,1)"
                        : rank == 4 ? "perm=(0,3,1,2)"
                                    : "perm=(0,4,1,2,3)";
    if (rank < 3 || rank > 5)
        return op_error(g, op, "needs a sequence, a picture or a volume"), NULL;
    op->in[0] = op_make(g, op, "Transpose", last, op->in, 1);
    struct tensor *t = op->in[0] ? expand(g, op, 0, maximum) : NULL;
    return t ? op_make(g, op, "Transpose", first, &t, 1) : NULL;
}

static struct tensor *expand_average(struct graph *g, struct op *op)
{
    return by_function(g, op, false);
}
static struct tensor *expand_maximum(struct graph *g, struct op *op)
{
    return by_function(g, op, true);
}

#define ADAPTIVE                                                                                   \
    .attrs = attrs, .attr_size = sizeof(struct adaptive), .min_inputs = 1, .max_inputs = 1

static const struct sample samples[] = { { "3x5x7x18", "output_size=(2, 3, 4)" },
                                         { "1x7x5x3", "output_size=(1, 3, 2)" },
                                         { NULL, NULL } };
static const struct sample function_samples[] = {
    { "7x6x3", "output_size=(3, 2)" },
    { "3x7x6", "output_size=(3, 4), data_format='channels_first'" },
    { NULL, NULL }
};
static const struct sample samples_1d[] = { { "7x3", "output_size=3" }, { NULL, NULL } };
static const struct sample samples_2d[] = { { "7x6x3", "output_size=(3, 2)" },
                                            { "8x6x3", "output_size=2" },
                                            { NULL, NULL } };
static const struct sample samples_3d[] = { { "3x7x6x3", "output_size=(2, 3, 2)" },
                                            { NULL, NULL } };

const struct opdef adaptive_max = {
    .name = "AdaptiveMax",
    .keras_base = "adaptive_max_pooling",
    .brief = "maxima of a volume's parts",
    ADAPTIVE,
    .per_picture = true,
    .absorbs = true,
    .samples = samples,
    .shape = shape,
    .eval = eval_max,
    .emit = emit_max,
};

const struct opdef adaptive_average = {
    .name = "AdaptiveAverage",
    .keras_base = "adaptive_average_pooling",
    .brief = "averages of a volume's parts",
    ADAPTIVE,
    .per_picture = true,
    .absorbs = true,
    .samples = samples,
    .shape = shape,
    .eval = eval_average,
    .emit = emit_average,
};

const struct opdef adaptive_average_pool = {
    .name = "AdaptiveAveragePool",
    .keras_base = "adaptive_average_pool",
    .brief = "averages to a given size",
    .attrs = function_attrs,
    .attr_size = sizeof(struct adaptive),
    .min_inputs = 1,
    .max_inputs = 1,
    .samples = function_samples,
    .expand = expand_average,
    .functions =
        "ops.adaptive_average_pool nn.adaptive_average_pool(inputs, output_size, data_format=None)",
};

const struct opdef adaptive_max_pool = {
    .name = "AdaptiveMaxPool",
    .keras_base = "adaptive_max_pool",
    .brief = "maxima to a given size",
    .attrs = function_attrs,
    .attr_size = sizeof(struct adaptive),
    .min_inputs = 1,
    .max_inputs = 1,
    .samples = function_samples,
    .expand = expand_maximum,
    .functions =
        "ops.adaptive_max_pool nn.adaptive_max_pool(inputs, output_size, data_format=None)",
};

const struct opdef adaptive_average_pooling1d = {
    .name = "AdaptiveAveragePooling1D",
    .keras_base = "adaptive_average_pooling1d",
    .brief = "averages of a sequence to a given size",
    ADAPTIVE,
    .has_data_format = true,
    .samples = samples_1d,
    .expand = expand_average1d,
};

const struct opdef adaptive_average_pooling2d = {
    .name = "AdaptiveAveragePooling2D",
    .keras_base = "adaptive_average_pooling2d",
    .brief = "averages of a picture to a given size",
    ADAPTIVE,
    .has_data_format = true,
    .samples = samples_2d,
    .expand = expand_average2d,
};

const struct opdef adaptive_average_pooling3d = {
    .name = "AdaptiveAveragePooling3D",
    .keras_base = "adaptive_average_pooling3d",
    .brief = "averages of a volume to a given size",
    ADAPTIVE,
    .has_data_format = true,
    .samples = samples_3d,
    .expand = expand_average3d,
};

const struct opdef adaptive_max_pooling1d = {
    .name = "AdaptiveMaxPooling1D",
    .keras_base = "adaptive_max_pooling1d",
    .brief = "maxima of a sequence to a given size",
    ADAPTIVE,
    .has_data_format = true,
    .samples = samples_1d,
    .expand = expand_max1d,
};

const struct opdef adaptive_max_pooling2d = {
    .name = "AdaptiveMaxPooling2D",
    .keras_base = "adaptive_max_pooling2d",
    .brief = "maxima of a picture to a given size",
    ADAPTIVE,
    .has_data_format = true,
    .samples = samples_2d,
    .expand = expand_max2d,
};

const struct opdef adaptive_max_pooling3d = {
    .name = "AdaptiveMaxPooling3D",
    .keras_base = "adaptive_max_pooling3d",
    .brief = "maxima of a volume to a given size",
    ADAPTIVE,
    .has_data_format = true,
    .samples = samples_3d,
    .expand = expand_max3d,
};
