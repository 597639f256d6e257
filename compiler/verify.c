/*
 * verify.c - --verify: builds and runs the C that was made and compares its results with the
 * reference evaluator's.
 *
 * The reference is taken from the graph before any pass has touched it (of a quantized one, behind
 * those that make operators on integers), so that passes, plan and templates all are judged.
 */
#include "verify.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "eval_graph.h"
#include "ops/op.h"
#include "process.h"

struct verification {
    struct batch in, reference, expected;
    int nexpected; /* outputs that --expect gives: the model's own, or 0 */
};

static struct span nowhere(void)
{
    return (struct span){ 0 };
}

/* ---- inputs and references ------------------------------------------------------------------- */

/* splitmix64: Steele, Lea, Flood, "Fast splittable pseudorandom number generators", 2014. */
static uint64_t next_random(uint64_t *state)
{
    uint64_t z = *state += 0x9e3779b97f4a7c15u;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
}

/* Rows of the table that an op reads by the numbers in `t` (an embedding); 0: none does. */
static int64_t table_rows(const struct graph *g, const struct tensor *t)
{
    for (int i = 0; i < g->nops; i++) {
        const struct op *op = g->ops[i];
        if (op->nin < 2 || op->in[0] != t || op->dead)
            continue;
        for (int k = 1; k < op->nin; k++)
            if (op->in[k] && op->in[k]->weight && !strcmp(op->in[k]->weight->name, "embeddings"))
                return op->in[k]->shape.dim[0];
    }
    return 0;
}

static double random_value(uint64_t *state, enum dtype type, int64_t rows)
{
    /* 24 bits: exact as float */
    const double unit = (double)(next_random(state) >> 40) / 16777216.0;
    if (rows > 0)
        return floor(unit * (double)rows);
    return type <= F64 ? 2 * unit - 1 : floor(unit * 2);
}

static void random_inputs(const struct graph *g, struct batch *b)
{
    uint64_t state = g->ctx->options.seed;
    *b = (struct batch){ 1, NEW_ARRAY(g->ctx->arena, double *, g->ninputs) };
    for (int i = 0; i < g->ninputs; i++) {
        const struct tensor *t = g->inputs[i];
        const int64_t n = shape_count(&t->shape), rows = table_rows(g, t);
        b->of[i] = NEW_ARRAY(g->ctx->arena, double, n);
        for (int64_t k = 0; k < n; k++)
            b->of[i][k] = random_value(&state, t->type, rows);
    }
}

/* The net reads its inputs in their own type: the reference has to start from the same numbers. */
static void round_inputs(const struct graph *g, struct batch *b)
{
    for (int i = 0; i < g->ninputs; i++) {
        const enum dtype type = g->inputs[i]->type;
        const int64_t n = b->pictures * shape_count(&g->inputs[i]->shape);
        uint64_t room;
        for (int64_t k = 0; k < n; k++) {
            dtype_set(type, &room, 0, b->of[i][k]);
            b->of[i][k] = dtype_get(type, &room, 0);
        }
    }
}

static bool is_output(const struct graph *g, const struct tensor *t)
{
    for (int i = 0; i < g->noutputs; i++)
        if (g->outputs[i] == t)
            return true;
    return false;
}

struct verification *verify_prepare(struct graph *g)
{
    const struct options *o = &g->ctx->options;
    struct verification *v = NEW(g->ctx->arena, struct verification);
    bool ok = true;
    if (o->input_file)
        ok = batch_read(g, o->input_file, g->inputs, g->ninputs, "input", &v->in);
    else
        random_inputs(g, &v->in);
    v->nexpected = o->expect ? g->noutputs : 0;
    if (o->expect)
        ok &= batch_read(g, o->expect, g->outputs, g->noutputs, "output", &v->expected);
    if (!ok)
        return NULL;
    if (o->expect && v->expected.pictures != v->in.pictures) {
        diag_error(&g->ctx->diags, nowhere(), "%s: %lld pictures, but the input has %lld",
                   o->expect, (long long)v->expected.pictures, (long long)v->in.pictures);
        return NULL;
    }
    if (o->verify_layers) /* every layer's result becomes an output behind the model's own */
        for (int i = 0; i < g->nops; i++)
            if (!g->ops[i]->dead && !is_output(g, g->ops[i]->out))
                graph_output(g, g->ops[i]->out);
    round_inputs(g, &v->in);
    return batch_eval(g, &v->in, &v->reference) ? v : NULL;
}

/* ---- the driver ------------------------------------------------------------------------------ */

static void put_buffers(struct text *t, struct tensor *const *x, int n, const char *name)
{
    for (int i = 0; i < n; i++)
        text_printf(t, "static %s %s%d[%lld];\n", c_type(x[i]->type), name, i,
                    (long long)shape_count(&x[i]->shape));
}

static const char *upper(struct arena *a, const char *name)
{
    char *s = arena_copy(a, name, strlen(name));
    for (char *p = s; *p; p++)
        if (*p >= 'a' && *p <= 'z')
            *p = (char)(*p - 'a' + 'A');
    return s;
}

/* A main() that reads pictures from one file of raw numbers and writes the results to another. */
static void print_driver(const struct graph *g, const char *name, const char *header,
                         enum weights_form form, struct text *t)
{
    const bool caller = g->ctx->options.arena && !strcmp(g->ctx->options.arena, "caller");
    text_printf(t,
                "#include <stdint.h>\n#include <stdio.h>\n#include <stdlib.h>\n#include \"%s\"\n\n",
                header);
    put_buffers(t, g->inputs, g->ninputs, "in");
    put_buffers(t, g->outputs, g->noutputs, "out");
    text_printf(t, "\nint main(int argc, char **argv)\n{\n"
                   "    FILE *from = argc >= 3 ? fopen(argv[1], \"rb\") : NULL;\n"
                   "    FILE *to = argc >= 3 ? fopen(argv[2], \"wb\") : NULL;\n"
                   "    if (!from || !to)\n        return 2;\n");
    if (caller)
        text_printf(t,
                    "    char *room = malloc((size_t)%s_ARENA_SIZE + 64);\n    if (!room)\n        "
                    "return 3;\n"
                    "    void *arena = room + (64 - (uintptr_t)room %% 64);\n",
                    upper(g->ctx->arena, name));
    if (form == WEIGHTS_FILE)
        text_printf(t,
                    "    char *block = malloc((size_t)%s_WEIGHTS_SIZE + 64);\n    if (!block)\n    "
                    "    return 3;\n"
                    "    void *weights = block + (64 - (uintptr_t)block %% 64);\n"
                    "    FILE *numbers = fopen(argv[3], \"rb\");\n"
                    "    if (!numbers || fread(weights, %s_WEIGHTS_SIZE, 1, numbers) != 1)\n       "
                    " return 5;\n",
                    upper(g->ctx->arena, name), upper(g->ctx->arena, name));
    text_printf(t, "    for (;;) {\n");
    for (int i = 0; i < g->ninputs; i++)
        text_printf(t, "        if (fread(in%d, sizeof in%d, 1, from) != 1)\n            break;\n",
                    i, i);
    text_printf(t, "        %s(%s%s", name, caller ? "arena, " : "",
                form == WEIGHTS_FILE ? "weights, " : "");
    for (int i = 0; i < g->ninputs; i++)
        text_printf(t, "%sin%d", i ? ", " : "", i);
    for (int i = 0; i < g->noutputs; i++)
        text_printf(t, ", out%d", i);
    text_printf(t, ");\n");
    for (int i = 0; i < g->noutputs; i++)
        text_printf(t,
                    "        if (fwrite(out%d, sizeof out%d, 1, to) != 1)\n            return 4;\n",
                    i, i);
    text_printf(t, "    }\n    return fclose(to) ? 4 : 0;\n}\n");
}

/* ---- processes ------------------------------------------------------------------------------- */

static bool compile(struct graph *g, const char *driver, const char *net, const char *object,
                    const char *program)
{
    const bool native = g->ctx->options.target && !strcmp(g->ctx->options.target, "native");
    const bool threads = g->ctx->options.threads > 1;
    const char *const rest[] = { threads ? "-std=c11" : "-std=c99",
                                 threads ? "-pthread" : "-O2",
                                 native ? "-march=native" : "-O2",
                                 "-O2",
                                 "-o",
                                 program,
                                 driver,
                                 net,
                                 "-lm",
                                 object,
                                 NULL };
    char **argv = command_words(g->ctx->arena, local_compiler(), rest);
    const int code = run_process(argv);
    if (code == 127)
        return diag_error(&g->ctx->diags, nowhere(), "cannot run the C compiler '%s'; set CC",
                          argv[0]);
    return code == 0
           || diag_error(&g->ctx->diags, nowhere(), "the C compiler '%s' rejects the emitted C",
                         argv[0]);
}

static void *raw_inputs(const struct graph *g, const struct batch *b, size_t *size)
{
    size_t n = 0;
    for (int i = 0; i < g->ninputs; i++)
        n += (size_t)(b->pictures * shape_count(&g->inputs[i]->shape))
             * dtype_size(g->inputs[i]->type);
    char *bytes = arena_alloc(g->ctx->arena, n ? n : 1), *p = bytes;
    for (int64_t k = 0; k < b->pictures; k++) {
        for (int i = 0; i < g->ninputs; i++) {
            const struct tensor *t = g->inputs[i];
            const int64_t count = shape_count(&t->shape);
            for (int64_t j = 0; j < count; j++, p += dtype_size(t->type))
                dtype_set(t->type, p, 0, b->of[i][k * count + j]);
        }
    }
    *size = n;
    return bytes;
}

/* ---- comparison ------------------------------------------------------------------------------ */

/* greatest: of the values wanted, at least 1 */
struct difference {
    double absolute, relative, greatest;
    int64_t wrong, first;
};

static void compare_one(struct difference *d, const struct options *o, double got, double want,
                        int64_t at)
{
    if ((isnan(got) && isnan(want)) || (isinf(want) && got >= want && got <= want))
        return;
    const double delta = fabs(got - want);
    const double relative = delta / (fabs(want) > 1e-12 ? fabs(want) : 1e-12);
    if (!(delta <= d->absolute))
        d->absolute = delta;
    if (fabs(want) > o->atol && !(relative <= d->relative))
        d->relative = relative;
    if (!(delta <= o->atol * d->greatest + o->rtol * fabs(want))) {
        if (!d->wrong++)
            d->first = at;
    }
}

/* Compares the run's output i with a reference, prints its line of the table. */
static bool compare(const struct graph *g, const char *results, size_t picture, int i,
                    size_t before, const struct batch *with, const char *against)
{
    const struct tensor *t = g->outputs[i];
    const int64_t n = shape_count(&t->shape);
    struct difference d = { .greatest = 1 };
    for (int64_t j = 0; j < with->pictures * n; j++)
        if (fabs(with->of[i][j]) > d.greatest && !isinf(with->of[i][j]))
            d.greatest = fabs(with->of[i][j]);
    for (int64_t k = 0; k < with->pictures; k++)
        for (int64_t j = 0; j < n; j++)
            compare_one(&d, &g->ctx->options,
                        dtype_get(t->type, results + (size_t)k * picture + before, j),
                        with->of[i][k * n + j], k * n + j);
    printf("%-28s  %10lld  %12.3g  %12.3g  %-9s  %s", t->name, (long long)(with->pictures * n),
           d.absolute, d.relative, against, d.wrong ? "FAIL" : "ok");
    if (d.wrong)
        printf(" (%lld differ, the first is number %lld)", (long long)d.wrong, (long long)d.first);
    puts("");
    return !d.wrong;
}

static bool compare_all(struct graph *g, const struct verification *v, const struct source *results)
{
    size_t picture = 0, before = 0;
    bool ok = true;
    for (int i = 0; i < g->noutputs; i++)
        picture += (size_t)shape_count(&g->outputs[i]->shape) * dtype_size(g->outputs[i]->type);
    if (results->size != picture * (size_t)v->in.pictures)
        return diag_error(&g->ctx->diags, nowhere(), "the emitted C wrote %zu bytes, not %zu",
                          results->size, picture * (size_t)v->in.pictures);
    printf("%-28s  %10s  %12s  %12s  %-9s\n", "output", "numbers", "max abs diff", "max rel diff",
           "against");
    for (int i = 0; i < g->noutputs; i++) {
        ok &= compare(g, results->text, picture, i, before, &v->reference, "eval");
        if (i < v->nexpected)
            ok &= compare(g, results->text, picture, i, before, &v->expected, "expected");
        before += (size_t)shape_count(&g->outputs[i]->shape) * dtype_size(g->outputs[i]->type);
    }
    fflush(stdout);
    return ok
           || diag_error(&g->ctx->diags, nowhere(),
                         "the emitted C differs from what it should compute");
}

/* Names of the files below the directory where it is built and run. */
struct files {
    const char *driver, *c, *h, *in, *out, *weights, *program;
};

/* Writes, builds, runs; NULL after an error. */
static struct source *results_of(struct graph *g, struct verification *v, const char *name,
                                 const char *header, const struct product *p, const struct files *f)
{
    struct ctx *ctx = g->ctx;
    struct text driver = { 0 };
    size_t n;
    const void *raw = raw_inputs(g, &v->in, &n);
    print_driver(g, name, header, p->form, &driver);
    bool ok =
        file_write(&ctx->diags, f->driver, driver.s, driver.n) && product_write_c(ctx, f->c, p)
        && file_write(&ctx->diags, f->h, p->h.s, p->h.n) && file_write(&ctx->diags, f->in, raw, n)
        && (!p->nweights || file_write_parts(&ctx->diags, f->weights, p->weights, p->nweights))
        && compile(g, f->driver, f->c, p->form == WEIGHTS_OBJECT ? f->weights : NULL, f->program);
    text_free(&driver);
    if (!ok)
        return NULL;
    struct arena *a = ctx->arena;
    char *argv[] = { arena_printf(a, "%s", f->program), arena_printf(a, "%s", f->in),
                     arena_printf(a, "%s", f->out), arena_printf(a, "%s", f->weights), NULL };
    const int code = run_process(argv);
    if (code != 0) {
        diag_error(&ctx->diags, nowhere(),
                   code < 0 ? "the emitted C crashed" : "the emitted C ended with exit code %d",
                   code);
        return NULL;
    }
    return file_read(ctx->arena, &ctx->diags, f->out);
}

bool verify_run(struct graph *g, struct verification *v, const char *name, const char *header,
                const struct product *p)
{
    struct arena *a = g->ctx->arena;
    const char *dir = temporary_directory(g->ctx);
    if (!dir)
        return false;
    const struct files f = {
        arena_printf(a, "%s/verify_main.c", dir), arena_printf(a, "%s/verify_net.c", dir),
        arena_printf(a, "%s/%s", dir, header),    arena_printf(a, "%s/in.raw", dir),
        arena_printf(a, "%s/out.raw", dir),       arena_printf(a, "%s/weights.o", dir),
        arena_printf(a, "%s/verify", dir)
    };
    const struct source *results = results_of(g, v, name, header, p, &f);
    const bool ok = results && compare_all(g, v, results);
    const char *const all[] = { f.driver, f.c, f.h, f.in, f.out, f.weights, f.program };
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        remove(all[i]);
    rmdir(dir);
    return ok;
}
