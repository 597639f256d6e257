/*
 * test_transpose.c - transpositions sink and cancel: random graphs of ops that move values compute
 * the same before and after, and in the pairs that exporters write none is left.
 */
#include "eval_graph.h"
#include "passes/passes.h"
#include "targets/target.h"

#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

static uint64_t state;

static int pick(int n)
{
    state = state * 6364136223846793005u + 1442695040888963407u;
    return (int)((state >> 33) % (uint64_t)n);
}

static int count(const struct graph *g, const char *name)
{
    int n = 0;
    for (int i = 0; i < g->nops; i++)
        n += strcmp(g->ops[i]->def->name, name) == 0;
    return n;
}

static struct tensor *make(struct graph *g, const char *def, const char *attrs, struct tensor *a,
                           struct tensor *b)
{
    struct op from = { .name = "op" };
    struct tensor *in[2] = { a, b };
    struct tensor *t = op_make(g, &from, def, attrs, in, b ? 2 : 1);
    cr_assert_not_null(t);
    return t;
}

static struct tensor *random_transpose(struct graph *g, struct tensor *t)
{
    int perm[MAX_RANK];
    const char *s = "";
    for (int i = 0; i < t->shape.rank; i++)
        perm[i] = i;
    for (int i = t->shape.rank - 1; i > 1; i--) {
        const int k = 1 + pick(i), p = perm[i];
        perm[i] = perm[k];
        perm[k] = p;
    }
    for (int i = 0; i < t->shape.rank; i++)
        s = arena_printf(g->ctx->arena, "%s%s%d", s, i ? "," : "", perm[i]);
    return make(g, "Transpose", arena_printf(g->ctx->arena, "perm=(%s)", s), t, NULL);
}

/* Joins two neighbouring axes, or splits one in two. */
static struct tensor *random_view(struct graph *g, struct tensor *t)
{
    const struct shape *s = &t->shape;
    const int at = pick(s->rank);
    const bool join = at + 1 < s->rank && (s->rank > 5 || pick(2));
    const char *text = "";
    for (int i = 0; i < s->rank; i++) {
        const int64_t d = s->dim[i];
        if (i == at && join)
            text = arena_printf(g->ctx->arena, "%s%lld,", text, (long long)(d * s->dim[++i]));
        else if (i == at && d % 2 == 0)
            text = arena_printf(g->ctx->arena, "%s2,%lld,", text, (long long)d / 2);
        else
            text = arena_printf(g->ctx->arena, "%s%lld,", text, (long long)d);
    }
    return make(g, "View", arena_printf(g->ctx->arena, "shape=(%s)", text), t, NULL);
}

static struct tensor *random_pad(struct graph *g, struct tensor *t)
{
    const char *text = "0,0";
    for (int i = 1; i < t->shape.rank; i++)
        text = arena_printf(g->ctx->arena, "%s,%d,%d", text, pick(2), 0);
    return make(g, "Pad", arena_printf(g->ctx->arena, "pads=(%s) mode=edge", text), t, NULL);
}

static struct tensor *random_slice(struct graph *g, struct tensor *t)
{
    const char *begin = "", *size = "";
    for (int i = 0; i < t->shape.rank; i++) {
        const int from = t->shape.dim[i] > 2 ? pick(2) : 0;
        begin = arena_printf(g->ctx->arena, "%s%d,", begin, from);
        size = arena_printf(g->ctx->arena, "%s%d,", size, (int)t->shape.dim[i] - from);
    }
    return make(g, "Slice", arena_printf(g->ctx->arena, "begin=(%s) size=(%s)", begin, size), t,
                NULL);
}

static struct tensor *constant(struct graph *g, struct shape s)
{
    struct tensor *t = graph_constant(g, "c", F32, s, NULL);
    for (int64_t i = 0; i < shape_count(&s); i++)
        ((float *)t->data)[i] = (float)sin((double)i);
    return t;
}

static struct tensor *random_op(struct graph *g, struct tensor **all, int n)
{
    struct tensor *t = all[n - 1 - pick(n < 4 ? n : 4)], *u = NULL;
    struct shape s = t->shape;
    for (int i = 0; i < n; i++)
        if (all[i] != t && shape_equal(&all[i]->shape, &t->shape))
            u = all[i];
    switch (pick(9)) {
    case 0: return make(g, "ReLU", "", t, NULL);
    case 1: return u ? make(g, "Add", "", t, u) : random_transpose(g, t);
    case 2:
        return shape_count(&s) < 4000
                   ? make(g, "Concatenate", arena_printf(g->ctx->arena, "axis=%d", pick(s.rank)), t,
                          u ? u : t)
                   : random_slice(g, t);
    case 3: return random_view(g, t);
    case 4: return shape_count(&s) < 4000 ? random_pad(g, t) : random_slice(g, t);
    case 5: return random_slice(g, t);
    case 6:
        for (int i = 0; i < s.rank; i++) /* a constant that is repeated along some axes */
            s.dim[i] = pick(2) ? 1 : s.dim[i];
        return make(g, "Add", "", t, constant(g, s));
    default: return random_transpose(g, t);
    }
}

static void evaluate(const struct graph *g, double *const *outs)
{
    const int64_t n = shape_count(&g->inputs[0]->shape);
    double *in = NEW_ARRAY(g->ctx->arena, double, n);
    for (int64_t i = 0; i < n; i++)
        in[i] = sin((double)i * 0.7) * 2;
    const double *ins[1] = { in };
    cr_assert(graph_eval(g, ins, outs));
}

static void run_one(uint64_t seed)
{
    struct ctx ctx = { .arena = arena_new(0),
                       .diags = { .limit = 20 },
                       .target = target_find("any") };
    struct graph *g = graph_new(&ctx, "net");
    struct tensor *all[64];
    double *before[2], *after[2];
    int n = 0;
    state = seed;
    all[n++] =
        graph_input(g, "x", F32, shape_of(4, (int64_t)1, (int64_t)4, (int64_t)6, (int64_t)8));
    for (const int most = 3 + pick(24); n < most;)
        all[n] = random_op(g, all, n), n++;
    graph_output(g, all[n - 1]);
    graph_output(g, all[pick(n)]);
    for (int i = 0; i < 2; i++) {
        before[i] = NEW_ARRAY(ctx.arena, double, shape_count(&g->outputs[i]->shape));
        after[i] = NEW_ARRAY(ctx.arena, double, shape_count(&g->outputs[i]->shape));
    }
    evaluate(g, before);
    sink_transpositions(g);
    graph_sweep(g);
    graph_check(g, "transpose");
    evaluate(g, after);
    for (int i = 0; i < 2; i++)
        for (int64_t k = 0; k < shape_count(&g->outputs[i]->shape); k++)
            cr_assert_float_eq(before[i][k], after[i][k], 1e-5,
                               "seed %d, output %d [%d]: %g became %g", (int)seed, i, (int)k,
                               before[i][k], after[i][k]);
    arena_free(ctx.arena);
}

Test(transpose, random_graphs_compute_the_same)
{
    for (uint64_t seed = 1; seed <= 3000; seed++)
        run_one(seed);
}

/* An op that wants channels last, as the ONNX front end writes it. */
static struct tensor *window(struct graph *g, struct tensor *t)
{
    t = make(g, "Transpose", "perm=(0,2,3,1)", t, NULL);
    t = make(g, "MaxPooling2D", "pool_size=2 strides=1 padding=same", t, NULL);
    return make(g, "Transpose", "perm=(0,3,1,2)", t, NULL);
}

/* Channels-first blocks with a sum, a join, a channel shuffle written as three ops; a vector at the
 * end. */
Test(transpose, only_the_picture_is_transposed)
{
    struct ctx ctx = { .arena = arena_new(0),
                       .diags = { .limit = 20 },
                       .target = target_find("any") };
    struct graph *g = graph_new(&ctx, "net");
    struct tensor *x = graph_input(g, "x", F32,
                                   shape_of(4, (int64_t)1, (int64_t)8, (int64_t)5, (int64_t)6)),
                  *y;
    x = make(g, "ReLU", "", window(g, x), NULL);
    y = make(g, "Add", "", window(g, x),
             constant(g, shape_of(3, (int64_t)8, (int64_t)1, (int64_t)1)));
    x = make(g, "Add", "", x, y);
    x = make(g, "Concatenate", "axis=1", x, y);
    x = make(g, "Slice", "begin=(0,4,0,0) size=(1,8,5,6)", x, NULL);
    x = window(g, make(g, "Pad", "pads=(0,0,0,0,1,1,1,1)", x, NULL));
    graph_output(g, x);
    sink_transpositions(g);
    cr_expect_eq(count(g, "Transpose"), 2, "%d transpositions are left", count(g, "Transpose"));
    arena_free(ctx.arena);
}

Test(transpose, a_channel_shuffle_goes_by_rows)
{
    struct ctx ctx = { .arena = arena_new(0),
                       .diags = { .limit = 20 },
                       .target = target_find("any") };
    struct graph *g = graph_new(&ctx, "net");
    struct tensor *x =
        graph_input(g, "x", F32, shape_of(4, (int64_t)1, (int64_t)5, (int64_t)6, (int64_t)8));
    x = make(g, "ReLU", "", make(g, "Transpose", "perm=(0,3,1,2)", x, NULL), NULL);
    x = make(g, "View", "shape=(1,2,4,5,6)", x, NULL);
    x = make(g, "Transpose", "perm=(0,2,1,3,4)", x, NULL);
    x = make(g, "View", "shape=(1,8,5,6)", x, NULL);
    graph_output(g, make(g, "ReLU", "", make(g, "Transpose", "perm=(0,2,3,1)", x, NULL), NULL));
    sink_transpositions(g);
    cr_expect_eq(count(g, "Transpose"), 0);
    cr_expect_eq(count(g, "Rearrange"), 1);
    arena_free(ctx.arena);
}
