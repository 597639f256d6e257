/*
 * categories.c - numbers to categories and back to marks: Keras' Discretization (in which bin a
 * number falls) and CategoryEncoding (a row with a mark or a count for each category), and the
 * functions digitize, searchsorted and multi_hot.
 */
#include "ops/common.h"

enum encoding { ENCODE_INT, ENCODE_ONE_HOT, ENCODE_MULTI_HOT, ENCODE_COUNT };
#define ENCODINGS "int one_hot multi_hot count"

/* keras.src.utils.numerical_utils.encode_categorical_inputs(); `weights` NULL: each counts once. */
static struct tensor *encode(struct graph *g, struct op *op, struct tensor *t, enum encoding how,
                             int depth, struct tensor *weights)
{
    if (!t || how == ENCODE_INT)
        return t;
    const int rank = t->shape.rank;
    if (how == ENCODE_ONE_HOT && rank > 1 && t->shape.dim[rank - 1] == 1)
        t = make_one(g, op, "Squeeze", "axis=(-1,)", t);
    t = make_one(g, op, "OneHot", arena_printf(g->ctx->arena, "num_classes=%d", depth), t);
    if (weights)
        t = make_two(g, op, "Multiply", t, make_one(g, op, "ExpandDims", "axis=-1", weights));
    if (how == ENCODE_ONE_HOT)
        return t;
    const char *kind = how == ENCODE_COUNT ? "sum" : "max";
    return make_one(g, op, "Reduce",
                    arena_printf(g->ctx->arena, "kind=%s axes=(%d,)", kind, rank > 1 ? 1 : 0), t);
}

/* How many boundaries (ascending) are at most the number; `left`: below it. */
static struct tensor *bin_of(struct graph *g, struct op *op, struct tensor *t,
                             struct tensor *boundaries, bool left)
{
    t = make_two(g, op, left ? "Greater" : "GreaterEqual",
                 make_one(g, op, "ExpandDims", "axis=-1", t), boundaries);
    return make_one(g, op, "Reduce", "kind=sum axes=(-1,)", make_one(g, op, "Cast", "to=int32", t));
}

/* ---- Discretization ---- */

struct discretization {
    struct float_list boundaries;
    int mode;
};

static const struct attr discretization_attrs[] = {
    { "bin_boundaries", NULL, ATTR_FLOATS, offsetof(struct discretization, boundaries), "None",
      NULL, 0 },
    { "num_bins", NULL, ATTR_IGNORED, 0, "None", NULL, 0 },
    { "epsilon", NULL, ATTR_IGNORED, 0, "0.01", NULL, 0 },
    { "output_mode", NULL, ATTR_CHOICE, offsetof(struct discretization, mode), "int", ENCODINGS,
      0 },
    { "sparse", NULL, ATTR_IGNORED, 0, "False", NULL, 0 },
    { 0 }
};

static struct tensor *discretization_expand(struct graph *g, struct op *op)
{
    const struct discretization *p = op->attr;
    const int n = p->boundaries.count;
    if (!n)
        return op_error(
                   g, op,
                   "has no bins; write the boundaries that adapt() found as bin_boundaries=[...]"),
               NULL;
    struct tensor *b = new_constant(g, op, "boundaries", shape_of(1, (int64_t)n));
    for (int i = 0; i < n; i++)
        writable(b)[i] = (float)p->boundaries.item[i];
    return encode(g, op, bin_of(g, op, op->in[0], b, false), (enum encoding)p->mode, n + 1, NULL);
}

static const struct sample discretization_samples[] = {
    { "5@0:4", "bin_boundaries=(1,2,3)" },
    { "5@0:4", "bin_boundaries=(1,2,3) output_mode=count" },
    { NULL, NULL }
};

const struct opdef discretization = {
    .name = "Discretization",
    .keras_base = "discretization",
    .brief = "in which bin a number falls",
    .attrs = discretization_attrs,
    .attr_size = sizeof(struct discretization),
    .min_inputs = 1,
    .max_inputs = 1,
    .types = NUMBERS,
    .samples = discretization_samples,
    .expand = discretization_expand,
};

/* ---- CategoryEncoding ---- */

struct category_encoding {
    int num_tokens, mode;
};

static const struct attr category_attrs[] = {
    { "num_tokens", NULL, ATTR_INT, offsetof(struct category_encoding, num_tokens), NULL, NULL, 0 },
    { "output_mode", NULL, ATTR_CHOICE, offsetof(struct category_encoding, mode), "multi_hot",
      ENCODINGS " binary", 0 },
    { "sparse", NULL, ATTR_IGNORED, 0, "False", NULL, 0 },
    { 0 }
};

static struct tensor *category_expand(struct graph *g, struct op *op)
{
    const struct category_encoding *p = op->attr;
    const enum encoding how =
        p->mode == ENCODE_INT || p->mode > ENCODE_COUNT ? ENCODE_MULTI_HOT : (enum encoding)p->mode;
    struct tensor *weights = op->nin > 1 ? op->in[1] : NULL;
    if (!positive(g, op, "'num_tokens'", &p->num_tokens, 1))
        return NULL;
    if (weights && how != ENCODE_COUNT)
        return op_error(g, op, "takes 'count_weights' with output_mode='count' only"), NULL;
    return encode(g, op, op->in[0], how, p->num_tokens, weights);
}

static const struct sample category_samples[] = { { "3@0:4", "num_tokens=5" },
                                                  { "3@0:4 3", "num_tokens=5 output_mode=count" },
                                                  { NULL, NULL } };

const struct opdef category_encoding = {
    .name = "CategoryEncoding",
    .keras_base = "category_encoding",
    .brief = "a mark or a count for each category",
    .attrs = category_attrs,
    .attr_size = sizeof(struct category_encoding),
    .min_inputs = 1,
    .max_inputs = 2,
    .types = REALS | INTS,
    .samples = category_samples,
    .call = "inputs, count_weights",
    .expand = category_expand,
};

/* ---- functions ---- */

/* keras.ops.digitize(x, bins): how many of the bins are at most x. */
static struct tensor *digitize_expand(struct graph *g, struct op *op)
{
    return bin_of(g, op, op->in[0], op->in[1], false);
}

static const struct sample digitize_samples[] = { { "5@0:4 3@1:3", "" }, { NULL, NULL } };

const struct opdef digitize = {
    .name = "Digitize",
    .keras_base = "digitize",
    .brief = "in which bin a number falls",
    .min_inputs = 2,
    .max_inputs = 2,
    .types = NUMBERS,
    .samples = digitize_samples,
    .expand = digitize_expand,
    .functions = "digitize(x, bins)",
};

/* keras.ops.searchsorted(sequence, values, side): where the value is put in; side 'right': behind
 * its equals. */
struct side {
    int side;
};

static const struct attr side_attrs[] = {
    { "side", NULL, ATTR_CHOICE, offsetof(struct side, side), "left", "left right", 0 }, { 0 }
};

static struct tensor *sorted_expand(struct graph *g, struct op *op)
{
    return bin_of(g, op, op->in[1], op->in[0], ((const struct side *)op->attr)->side == 0);
}

static const struct sample sorted_samples[] = { { "float32[3]@1:3 float32[5]@0:4", "side=right" },
                                                { NULL, NULL } };

const struct opdef search_sorted = {
    .name = "SearchSorted",
    .keras_base = "searchsorted",
    .brief = "where a number goes into a sorted list",
    .attrs = side_attrs,
    .attr_size = sizeof(struct side),
    .min_inputs = 2,
    .max_inputs = 2,
    .types = NUMBERS,
    .samples = sorted_samples,
    .expand = sorted_expand,
    .functions = "searchsorted(sorted_sequence|sorted_sequences, values, side=left)",
};

/* keras.ops.multi_hot(x, num_classes, axis=-1): marks over the last axis of x, where there are
 * several axes. */
struct multi_hot {
    int num_classes, axis;
};

static const struct attr multi_hot_attrs[] = {
    { "num_classes", NULL, ATTR_INT, offsetof(struct multi_hot, num_classes), NULL, NULL, 0 },
    { "axis", NULL, ATTR_INT, offsetof(struct multi_hot, axis), "-1", NULL, 0 },
    { 0 }
};

static struct tensor *multi_hot_expand(struct graph *g, struct op *op)
{
    const struct multi_hot *p = op->attr;
    struct tensor *t = make_one(
        g, op, "OneHot",
        arena_printf(g->ctx->arena, "num_classes=%d axis=%d", p->num_classes, p->axis), op->in[0]);
    return make_one(g, op, "Reduce",
                    op->in[0]->shape.rank > 1 ? "kind=max axes=(1,)" : "kind=max axes=(0,)", t);
}

static const struct sample multi_hot_samples[] = { { "3@0:4", "num_classes=5" }, { NULL, NULL } };

const struct opdef multi_hot = {
    .name = "MultiHot",
    .keras_base = "multi_hot",
    .brief = "a row with a mark for each number of a list",
    .attrs = multi_hot_attrs,
    .attr_size = sizeof(struct multi_hot),
    .min_inputs = 1,
    .max_inputs = 1,
    .types = REALS | INTS,
    .samples = multi_hot_samples,
    .expand = multi_hot_expand,
    .functions = "multi_hot(inputs|x, num_classes|num_tokens:num_classes, axis=-1)",
};
