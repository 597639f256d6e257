/* passes.c - runs the passes, with the graph checker after each. */
#include "passes/passes.h"

#include <string.h>

const struct pass pass_table[] = {
    { "simplify", simplify, "layers without effect at inference go, constants are computed" },
    { "transpose", sink_transpositions, "transpositions sink until they cancel" },
    { "integers", use_integers, "operators between quantized tensors compute on integers" },
    { "affine", fold_affine, "batch normalisation goes into the weights before or behind it" },
    { "pads", fold_pads, "zero padding goes into the window that reads it" },
    { "absorb", absorb_elementwise, "activations and additions go into the kernel before them" },
    { "kernels", choose_kernels, "the cheapest way to compute each layer on the target" },
    { "margins", add_margins, "copies where a kernel wants margins that its input cannot have" },
    { "pack", pack_weights, "weights in the order in which the kernels read them" },
    { "flush", flush_subnormals, "subnormal weights are taken as zero" },
    { NULL, NULL, NULL }
};

static const struct pass *find_pass(void (*run)(struct graph *g))
{
    const struct pass *p = pass_table;
    while (p->name && p->run != run)
        p++;
    return p;
}

/* The passes [p, end). */
static bool run_some(struct graph *g, const struct pass *p, const struct pass *end)
{
    struct ctx *ctx = g->ctx;
    for (; p != end; p++) {
        p->run(g);
        graph_sweep(g);
        graph_forget_constants(g);
        graph_check(g, p->name);
        if (ctx->options.dump && strcmp(ctx->options.dump, p->name) == 0) {
            struct text t = { 0 };
            graph_dump(g, &t, NULL, NULL, NULL);
            fwrite(t.s, 1, t.n, stdout);
            text_free(&t);
        }
    }
    return ctx->diags.errors == 0;
}

bool run_passes_before(struct graph *g, void (*run)(struct graph *g))
{
    return run_some(g, pass_table, find_pass(run));
}

bool run_passes_from(struct graph *g, void (*run)(struct graph *g))
{
    return run_some(g, find_pass(run), find_pass(NULL));
}

bool run_passes(struct graph *g)
{
    return run_passes_from(g, pass_table[0].run);
}
