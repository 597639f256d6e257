/* test_passes.c - what each pass makes of a small model, and that it computes the same before and
 * after. */
#include "eval_graph.h"
#include "frontends.h"
#include "passes/passes.h"
#include "targets/target.h"

#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

static struct graph *read_text(struct ctx *ctx, const char *text)
{
    *ctx = (struct ctx){ .arena = arena_new(0),
                         .diags = { .limit = 20 },
                         .target = target_find("any") };
    struct source *s = NEW(ctx->arena, struct source);
    *s = (struct source){ "test.cnn", text, strlen(text) };
    struct graph *g = read_cnn(ctx, s);
    cr_assert_not_null(g);
    cr_assert(weights_init(g, "glorot", 3));
    /* nothing zero or one: a fold that forgets it would pass */
    for (int i = 0; i < g->nweights; i++) {
        float *w = g->weights[i]->tensor->data;
        for (int64_t k = 0; k < shape_count(&g->weights[i]->tensor->shape); k++)
            w[k] += 0.1f + 0.05f * (float)(k % 7);
    }
    return g;
}

static int count(const struct graph *g, const char *name)
{
    int n = 0;
    for (int i = 0; i < g->nops; i++)
        n += strcmp(g->ops[i]->def->name, name) == 0;
    return n;
}

static double *evaluate(const struct graph *g, struct arena *a)
{
    const int64_t n = shape_count(&g->inputs[0]->shape), m = shape_count(&g->outputs[0]->shape);
    double *in = NEW_ARRAY(a, double, n), *out = NEW_ARRAY(a, double, m);
    for (int64_t i = 0; i < n; i++)
        in[i] = sin((double)i * 0.7) * 2;
    const double *ins[1] = { in };
    double *outs[1] = { out };
    cr_assert(graph_eval(g, ins, outs));
    return out;
}

/* Runs the passes before weights are packed; what they make must compute the same. */
static void run_and_compare(struct graph *g)
{
    const double *before = evaluate(g, g->ctx->arena);
    for (const struct pass *p = pass_table; p->name && strcmp(p->name, "kernels") != 0; p++) {
        p->run(g);
        graph_sweep(g);
        graph_check(g, p->name);
    }
    const double *after = evaluate(g, g->ctx->arena);
    for (int64_t i = 0; i < shape_count(&g->outputs[0]->shape); i++)
        cr_assert_float_eq(before[i], after[i], 1e-4 * (1 + fabs(before[i])), "[%d] %g became %g",
                           (int)i, before[i], after[i]);
}

Test(passes, batch_normalisation_goes_into_the_convolution)
{
    struct ctx ctx;
    struct graph *g = read_text(&ctx, "model = Sequential([Input((9, 9, 3)), Conv2D(5, 3, "
                                      "use_bias=False), BatchNormalization(), ReLU()])\n");
    run_and_compare(g);
    cr_expect_eq(count(g, "BatchNormalization"), 0);
    cr_expect_eq(count(g, "Conv2D"), 1);
    cr_expect_eq(count(g, "ReLU"), 0);
    arena_free(ctx.arena);
}

Test(passes, batch_normalisation_goes_through_a_flatten)
{
    struct ctx ctx;
    struct graph *g = read_text(&ctx, "model = Sequential([Input((4, 4, 6)), MaxPooling2D(2), "
                                      "BatchNormalization(), Flatten(), Dense(3)])\n");
    run_and_compare(g);
    cr_expect_eq(count(g, "BatchNormalization"), 0);
    arena_free(ctx.arena);
}

Test(passes, batch_normalisation_before_padding_stays)
{
    struct ctx ctx;
    struct graph *g = read_text(&ctx, "model = Sequential([Input((6, 6, 4)), MaxPooling2D(2), "
                                      "BatchNormalization(), Conv2D(3, 3, padding='same')])\n");
    run_and_compare(g);
    cr_expect_eq(count(g, "BatchNormalization"), 1);
    arena_free(ctx.arena);
}

Test(passes, padding_goes_into_the_window)
{
    struct ctx ctx;
    struct graph *g = read_text(&ctx, "model = Sequential([Input((8, 8, 3)), ZeroPadding2D(((1, "
                                      "2), (0, 3))), Conv2D(4, 3, strides=2)])\n");
    run_and_compare(g);
    cr_expect_eq(count(g, "ZeroPadding2D"), 0);
    arena_free(ctx.arena);
}

Test(passes, dropout_goes)
{
    struct ctx ctx;
    struct graph *g =
        read_text(&ctx, "model = Sequential([Input((8,)), Dense(4), Dropout(0.5), Dense(2)])\n");
    run_and_compare(g);
    cr_expect_eq(count(g, "Dropout"), 0);
    arena_free(ctx.arena);
}

Test(passes, a_residual_sum_goes_into_the_last_convolution)
{
    struct ctx ctx;
    struct graph *g = read_text(&ctx, "i = Input((8, 8, 4))\nx = Conv2D(4, 3, "
                                      "padding='same')(i)\ny = Conv2D(4, 3, padding='same')(x)\n"
                                      "model = Model(i, ReLU()(Add()([x, y])))\n");
    run_and_compare(g);
    cr_expect_eq(count(g, "Add"), 0);
    cr_expect_eq(count(g, "ReLU"), 0);
    arena_free(ctx.arena);
}
