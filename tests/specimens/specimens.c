/*
 * specimens.c - for every sample of every operator: builds the layer with seeded weights, evaluates it, and writes the C with a
 * driver beside it that runs it on the same inputs and compares. usage: specimens DIR [OP]; run.sh compiles and runs them.
 */
#include "emit/emit.h"
#include "eval_graph.h"
#include "frontends.h"
#include "passes/passes.h"
#include "targets/target.h"

#include <stdlib.h>
#include <string.h>

static uint64_t state = 1;

static double noise(void)
{
    state = state * 6364136223846793005u + 1442695040888963407u;
    return (double)(state >> 40) / (1 << 24) * 4 - 2;
}

/* "9x9x2": dimensions behind a batch of 1. */
static struct shape parse_shape(const char **p)
{
    struct shape s = { .rank = 1, .dim = { 1 } };
    char *end;
    for (;;) {
        s.dim[s.rank++] = strtol(*p, &end, 10);
        *p = end;
        if (**p != 'x')
            break;
        ++*p;
    }
    *p += strspn(*p, " ");
    return s;
}

static void plain(char *args)
{
    char *to = args;
    for (const char *p = args; *p; p++)
        if (*p != '\'' && *p != '"')
            *to++ = *p;
    *to = 0;
}

static void put_values(struct text *t, const char *name, const double *v, int64_t n)
{
    text_printf(t, "static const float %s[%lld] = {", name, (long long)n);
    for (int64_t i = 0; i < n; i++)
        text_printf(t, "%s%.9ef", i ? ", " : "", v[i]);
    text_printf(t, "};\n");
}

/* Inputs and the result lie in heap blocks of exact size, so that a sanitizer sees every overrun. */
static void write_driver(const struct graph *g, double *const *in, const double *out, const char *path)
{
    struct text t = { 0 };
    text_printf(&t, "#include \"net.h\"\n#include <math.h>\n#include <stdio.h>\n#include <stdlib.h>\n#include <string.h>\n");
    for (int i = 0; i < g->ninputs; i++) {
        char name[20];
        snprintf(name, sizeof name, "in%d", i);
        put_values(&t, name, in[i], shape_count(&g->inputs[i]->shape));
    }
    const long long n = shape_count(&g->outputs[0]->shape);
    put_values(&t, "want", out, n);
    text_printf(&t, "int main(void)\n{\n    int wrong = 0;\n    float *got = malloc(sizeof want);\n");
    for (int i = 0; i < g->ninputs; i++)
        text_printf(&t, "    float *x%d = malloc(sizeof in%d);\n    memcpy(x%d, in%d, sizeof in%d);\n", i, i, i, i, i);
    text_printf(&t, "    net(");
    for (int i = 0; i < g->ninputs; i++)
        text_printf(&t, "x%d, ", i);
    text_printf(&t, "got);\n    for (int i = 0; i < %lld; i++)\n        if (!(fabsf(got[i] - want[i]) <= 2e-5f + 1e-4f * fabsf(want[i]))) {\n"
                    "            if (!wrong++)\n                printf(\"[%%d] is %%g, not %%g\\n\", i, (double)got[i], (double)want[i]);\n        }\n"
                    "    return wrong > 0;\n}\n", n);
    struct diags d = { .to = stderr };
    file_write(&d, path, t.s, t.n);
    text_free(&t);
}

static struct graph *build(struct ctx *ctx, const struct opdef *def, const struct sample *s, const char *then)
{
    struct graph *g = graph_new(ctx, "net");
    struct tensor *in[8];
    int n = 0;
    for (const char *p = s->in; *p && n < 8; n++)
        in[n] = graph_input(g, arena_printf(ctx->arena, "x%d", n), F32, parse_shape(&p));
    void *attr = attr_defaults(ctx, def);
    char *args = arena_copy(ctx->arena, s->args, strlen(s->args));
    plain(args);
    attr_parse(ctx, def, attr, args);
    struct tensor *t = op_call(g, def, "layer", "layer", attr, in, n, (struct span){ 0 });
    if (t && then)
        t = op_make(g, t->producer ? t->producer : g->ops[0], then, "", &t, 1);
    if (!t)
        return NULL;
    graph_output(g, t);
    graph_sweep(g);
    weights_init(g, "glorot", 7);
    for (int i = 0; i < g->nweights; i++) {     /* nothing may be zero or one: a kernel that forgets it would pass */
        float *w = g->weights[i]->tensor->data;
        for (int64_t k = 0; k < shape_count(&g->weights[i]->tensor->shape); k++)
            w[k] = g->weights[i]->init == INIT_ONES ? (float)(1 + noise() / 4) : w[k] + (float)noise() / 4;
    }
    return g;
}

static bool one(const struct opdef *def, const struct sample *s, const char *dir, int number, const char *then)
{
    struct ctx ctx = { .arena = arena_new(0), .diags = { .to = stderr, .limit = 20 } };
    ctx.options.model = "sample.cnn";
    ctx.options.output = "net.c";
    ctx.target = target_find("any");
    struct graph *g = build(&ctx, def, s, then);
    if (!g)
        return false;
    double **in = NEW_ARRAY(ctx.arena, double *, g->ninputs);
    for (int i = 0; i < g->ninputs; i++) {
        const int64_t n = shape_count(&g->inputs[i]->shape);
        in[i] = NEW_ARRAY(ctx.arena, double, n);
        for (int64_t k = 0; k < n; k++)
            in[i][k] = (double)(float)(strcmp(def->name, "Embedding") == 0 ? (double)(k % 3) : noise());
    }
    double *out = NEW_ARRAY(ctx.arena, double, shape_count(&g->outputs[0]->shape));
    double *outs[1] = { out };
    struct product p = { .form = WEIGHTS_INLINE };
    bool ok = graph_eval(g, (const double *const *)in, outs);
    write_driver(g, in, out, arena_printf(ctx.arena, "%s/%s-%d%s%s.main.c", dir, def->name, number, then ? "-" : "", then ? then : ""));
    ok = ok && run_passes(g);
    ok = ok && emit_model(g, plan_graph(g), "net", &p);
    const char *stem = arena_printf(ctx.arena, "%s/%s-%d%s%s", dir, def->name, number, then ? "-" : "", then ? then : "");
    ok = ok && file_write(&ctx.diags, arena_printf(ctx.arena, "%s.c", stem), p.c.s, p.c.n);
    ok = ok && file_write(&ctx.diags, arena_printf(ctx.arena, "%s.h", stem), p.h.s, p.h.n);
    product_free(&p);
    arena_free(ctx.arena);
    return ok;
}

int main(int argc, char **argv)
{
    int failed = 0;
    op_table_check();
    for (int i = 0; argc > 1 && op_table[i]; i++)
        for (int k = 0; op_table[i]->samples[k].in; k++) {
            if (argc > 2 && strcmp(argv[2], op_table[i]->name) != 0)
                continue;
            failed += !one(op_table[i], &op_table[i]->samples[k], argv[1], k, NULL);
            if (op_find("ReLU") && op_table[i]->max_inputs == 1 && op_table[i]->min_inputs == 1 && !op_table[i]->expand)
                failed += !one(op_table[i], &op_table[i]->samples[k], argv[1], k, "ReLU");
        }
    return failed > 0;
}
