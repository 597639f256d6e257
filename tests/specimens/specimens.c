/*
 * specimens.c - for every sample of every operator: builds the layer with seeded weights, evaluates
 * it, and writes the C with a driver beside it that runs it on the same inputs and compares. usage:
 * specimens DIR [OP]; run.sh compiles and runs them.
 */
#include "emit/emit.h"
#include "eval_graph.h"
#include "frontends.h"
#include "passes/passes.h"
#include "targets/target.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static uint64_t state = 1;

static double noise(void)
{
    state = state * 6364136223846793005u + 1442695040888963407u;
    return (double)(state >> 40) / (1 << 24) * 4 - 2;
}

/* An input of a sample as struct sample (ops/op.h) describes it. */
struct spec {
    enum dtype type;
    struct shape shape;
    bool known, absent;
    double low, high;
};

static void default_range(struct spec *s)
{
    const bool natural = TYPE(s->type) & UNSIGNED_INTS, byte = s->type == I8 || s->type == U8,
               word = s->type == I16 || s->type == U16;
    s->low = -2;
    s->high = 2;
    if (s->type == BOOL)
        s->low = 0, s->high = 1;
    else if (TYPE(s->type) & INTS) {
        const double span = byte ? 256 : word ? 65536 : 2000;
        s->low = natural ? 0 : -span / 2;
        s->high = s->low + span - 1;
    }
}

static enum dtype parse_type(const char **p)
{
    for (enum dtype t = F32; t < DTYPES; t++) {
        const size_t n = strlen(dtype_name(t));
        if (strncmp(*p, dtype_name(t), n) == 0 && (*p)[n] == '[') {
            *p += n;
            return t;
        }
    }
    return F32;
}

static struct spec parse_spec(const char **p)
{
    struct spec s = { .type = parse_type(p), .shape = { .rank = **p != '[', .dim = { 1 } } };
    char *end;
    default_range(&s);
    s.absent = **p == '-';
    *p += **p == '[' || **p == '-';
    while (**p >= '0' && **p <= '9') {
        s.shape.dim[s.shape.rank++] = strtol(*p, &end, 10);
        *p = end + (*end == 'x');
    }
    *p += **p == ']';
    if (**p == '@') {
        s.low = s.high = strtod(*p + 1, &end);
        if (*end == ':')
            s.high = strtod(end + 1, &end);
        *p = end;
    }
    s.known = **p == '!';
    *p += s.known;
    *p += strspn(*p, " ");
    return s;
}

/* A value of the range as the type holds it. */
static double one_value(const struct spec *s)
{
    const double v = s->low + (noise() / 4 + 0.5) * (s->high - s->low);
    unsigned char raw[8];
    dtype_set(s->type, raw, 0, TYPE(s->type) & (INTS | TYPE(BOOL)) ? floor(v + 0.5) : v);
    return dtype_get(s->type, raw, 0);
}

static void put_values(struct text *t, const char *name, int number, enum dtype type,
                       const double *v, int64_t n)
{
    text_printf(t, "static const %s %s%d[%lld] = {", c_type(type), name, number,
                (long long)(n ? n : 1));
    for (int64_t i = 0; i < n; i++) {
        uint16_t half;
        text_printf(t, "%s", i ? ", " : "");
        if (isnan(v[i]) && (type == F32 || type == F64))
            text_printf(t, "NAN");
        else if (isinf(v[i]) && (type == F32 || type == F64))
            text_printf(t, v[i] < 0 ? "-INFINITY" : "INFINITY");
        else if (type == F32)
            text_printf(t, "%.9ef", v[i]);
        else if (type == F64)
            text_printf(t, "%.17e", v[i]);
        else if (type == F16 || type == BF16) {
            dtype_set(type, &half, 0, v[i]);
            text_printf(t, "%u", half);
        } else
            text_printf(t, "%.0f", v[i]);
    }
    text_printf(t, "%s};\n", n ? "" : "0");
}

/* Statements that compare result i: real numbers to a tolerance, half floats to two units, the rest
 * exactly. */
static void put_comparison(struct text *t, int i, enum dtype type, int64_t n, double allowed)
{
    const bool real = type == F32 || type == F64, half = type == F16 || type == BF16;
    const char *differs = "got%d[i] != want%d[i]";
    if (real)
        differs =
            "!(fabs((double)got%d[i] - (double)want%d[i]) <= %.9e + 1e-4 * fabs((double)want%d[i]) "
            "|| got%d[i] == want%d[i] || (got%d[i] != got%d[i] && want%d[i] != want%d[i]))";
    else if (half)
        differs = "abs((int)got%d[i] - (int)want%d[i]) > 2";
    text_printf(t, "    for (int i = 0; i < %lld; i++)\n        if (", (long long)n);
    if (real)
        text_printf(t, differs, i, i, allowed, i, i, i, i, i, i, i);
    else
        text_printf(t, differs, i, i);
    text_printf(t,
                ") {\n            if (!wrong++)\n                printf(\"result %d [%%d] is "
                "%%.9g, not %%.9g\\n\", i, (double)got%d[i], (double)want%d[i]);\n        }\n",
                i, i, i);
}

static double greatest(const double *v, int64_t n)
{
    double most = 0;
    for (int64_t i = 0; i < n; i++)
        most = fabs(v[i]) > most ? fabs(v[i]) : most;
    return most;
}

/* Inputs and results lie in heap blocks of exact size, so that a sanitizer sees every overrun. */
static void write_driver(const struct graph *g, double *const *in, double *const *out,
                         bool reorders, const char *path)
{
    struct text t = { 0 };
    text_printf(&t, "#include \"net.h\"\n#include <math.h>\n#include <stdio.h>\n#include "
                    "<stdint.h>\n#include <stdlib.h>\n#include <string.h>\n");
    for (int i = 0; i < g->ninputs; i++)
        put_values(&t, "in", i, g->inputs[i]->type, in[i], shape_count(&g->inputs[i]->shape));
    for (int i = 0; i < g->noutputs; i++)
        put_values(&t, "want", i, g->outputs[i]->type, out[i], shape_count(&g->outputs[i]->shape));
    text_printf(&t, "int main(void)\n{\n    int wrong = 0;\n");
    for (int i = 0; i < g->noutputs; i++)
        text_printf(&t, "    %s *got%d = malloc(sizeof want%d);\n", c_type(g->outputs[i]->type), i,
                    i);
    for (int i = 0; i < g->ninputs; i++)
        text_printf(&t, "    %s *x%d = malloc(sizeof in%d);\n    memcpy(x%d, in%d, sizeof in%d);\n",
                    c_type(g->inputs[i]->type), i, i, i, i, i);
    text_printf(&t, "    net(");
    for (int i = 0; i < g->ninputs; i++)
        text_printf(&t, "x%d, ", i);
    for (int i = 0; i < g->noutputs; i++)
        text_printf(&t, "got%d%s", i, i + 1 < g->noutputs ? ", " : ");\n");
    for (int i = 0; i < g->noutputs; i++)
        put_comparison(
            &t, i, g->outputs[i]->type, shape_count(&g->outputs[i]->shape),
            2e-5 + (reorders ? 1e-5 * greatest(out[i], shape_count(&g->outputs[i]->shape)) : 0));
    text_printf(&t, "    return wrong > 0;\n}\n");
    struct diags d = { .to = stderr };
    file_write(&d, path, t.s, t.n);
    text_free(&t);
}

enum { MOST_INPUTS = 16 };

/* The graph of a sample; spec[i] describes graph input i. */
static struct graph *build(struct ctx *ctx, const struct opdef *def, const struct sample *s,
                           const char *then, struct spec *spec)
{
    struct graph *g = graph_new(ctx, "net");
    struct tensor *in[MOST_INPUTS];
    int n = 0, nouts = 0;
    for (const char *p = s->in; *p && n < MOST_INPUTS; n++) {
        const struct spec one = parse_spec(&p);
        const char *name = arena_printf(ctx->arena, "x%d", n);
        in[n] = NULL;
        if (one.known) {
            in[n] = graph_constant(g, name, one.type, one.shape, NULL);
            for (int64_t k = 0; k < shape_count(&one.shape); k++)
                dtype_set(one.type, in[n]->data, k, one_value(&one));
        } else if (!one.absent) {
            spec[g->ninputs] = one;
            in[n] = graph_input(g, name, one.type, one.shape);
        }
    }
    void *attr = attr_defaults(ctx, def);
    attr_parse(ctx, def, attr, s->args);
    struct tensor **outs =
        op_call_all(g, def, "layer", "layer", attr, in, n, (struct span){ 0 }, &nouts);
    if (!outs)
        return NULL;
    for (int i = 0; i < nouts; i++)
        if (outs[i])
            graph_output(g, i || !then
                                ? outs[i]
                                : op_make(g, outs[0]->producer ? outs[0]->producer : g->ops[0],
                                          then, "", &outs[0], 1));
    graph_sweep(g);
    weights_init(g, "glorot", 7);
    /* nothing may be zero or one: a kernel that forgets it would pass */
    for (int i = 0; i < g->nweights; i++) {
        float *w = g->weights[i]->tensor->data;
        for (int64_t k = 0; k < shape_count(&g->weights[i]->tensor->shape); k++)
            w[k] = g->weights[i]->init == INIT_ONES ? (float)(1 + noise() / 4)
                                                    : w[k] + (float)noise() / 4;
    }
    return g;
}

static const struct kernel *kernel_named(const struct graph *g, const char *name)
{
    for (int i = 0; name && i < g->nops; i++)
        if (g->ops[i]->kernel && strcmp(g->ops[i]->kernel->name, name) == 0)
            return g->ops[i]->kernel;
    return NULL;
}

/* By the kernel of this name (NULL: by the op's only one); nothing is written where it does not fit
 * the sample. */
static bool one(const struct opdef *def, const struct sample *s, const char *dir, int number,
                const char *then, const char *kernel)
{
    struct ctx ctx = { .arena = arena_new(0), .diags = { .to = stderr, .limit = 20 } };
    ctx.options.model = "sample.cnn";
    ctx.options.output = "net.c";
    ctx.options.kernel = kernel;
    ctx.target = target_find("any");
    struct spec spec[MOST_INPUTS];
    struct graph *g = build(&ctx, def, s, then, spec);
    if (!g)
        return false;
    double **in = NEW_ARRAY(ctx.arena, double *, g->ninputs);
    for (int i = 0; i < g->ninputs; i++) {
        const int64_t n = shape_count(&g->inputs[i]->shape);
        in[i] = NEW_ARRAY(ctx.arena, double, n);
        for (int64_t k = 0; k < n; k++)
            in[i][k] = strcmp(def->name, "Embedding") == 0 ? (double)(k % 3) : one_value(&spec[i]);
    }
    double **out = NEW_ARRAY(ctx.arena, double *, g->noutputs);
    for (int i = 0; i < g->noutputs; i++)
        out[i] = NEW_ARRAY(ctx.arena, double, shape_count(&g->outputs[i]->shape) + 1);
    struct product p = { .form = WEIGHTS_INLINE };
    bool ok = graph_eval(g, (const double *const *)in, out);
    ok = ok && run_passes(g);
    const struct kernel *used = kernel_named(g, kernel);
    if (ok && kernel && !used) {
        arena_free(ctx.arena);
        return true;
    }
    const char *stem =
        arena_printf(ctx.arena, "%s/%s-%d%s%s%s%s", dir, def->name, number, then ? "-" : "",
                     then ? then : "", kernel ? "-" : "", kernel ? kernel : "");
    write_driver(g, in, out, used && used->reorders, arena_printf(ctx.arena, "%s.main.c", stem));
    ok = ok && emit_model(g, plan_graph(g), "net", &p);
    ok = ok && product_write_c(&ctx, arena_printf(ctx.arena, "%s.c", stem), &p);
    ok = ok && file_write(&ctx.diags, arena_printf(ctx.arena, "%s.h", stem), p.h.s, p.h.n);
    product_free(&p);
    arena_free(ctx.arena);
    return ok;
}

/* The sample alone and followed by ReLU, by each kernel of the op. */
static int all_ways(const struct opdef *def, const struct sample *s, const char *dir, int number)
{
    const bool unary =
        op_find("ReLU") && def->max_inputs == 1 && def->min_inputs == 1 && !def->expand;
    int failed = 0;
    for (const struct kernel *k = def->kernels; !k || k->name; k++) {
        failed += !one(def, s, dir, number, NULL, k ? k->name : NULL);
        if (unary)
            failed += !one(def, s, dir, number, "ReLU", k ? k->name : NULL);
        if (!k)
            break;
    }
    return failed;
}

int main(int argc, char **argv)
{
    int failed = 0;
    op_table_check();
    for (int i = 0; argc > 1 && op_table[i]; i++)
        for (int k = 0; op_table[i]->samples[k].in; k++)
            if (argc < 3 || strcmp(argv[2], op_table[i]->name) == 0)
                failed += all_ways(op_table[i], &op_table[i]->samples[k], argv[1], k);
    return failed > 0;
}
