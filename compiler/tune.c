/*
 * tune.c - which kernel of each layer is fastest here: a small program for each layer and kernel is
 * built and timed.
 *
 * The layer stands alone behind a copy of its input, so that every kernel finds the margins that it
 * wants. In a net, other layers' weights go through the caches between two runs of a layer: the
 * program reads as many bytes between its runs.
 */
#include "tune.h"

#include "emit/emit.h"
#include "passes/passes.h"
#include "process.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { MOST_BESIDE = 64 }; /* MB that are read between two runs, at most */

struct tuner {
    struct graph *g;
    struct ctx *ctx;
    const char *path;
    struct tune_file file;
    /* MB of weights in the net, a power of two; 0: less than one */
    int beside;
    const char *dir; /* where programs are built */
    struct timespec start;
    double seconds; /* for all measurements */
    bool terminal;
};

static double seconds_since(const struct timespec *start)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)(now.tv_sec - start->tv_sec) + 1e-9 * (double)(now.tv_nsec - start->tv_nsec);
}

/* ---- what is a layer ------------------------------------------------------------------------- */

static int kernels_that_fit(const struct graph *g, const struct op *op)
{
    int n = 0;
    for (const struct kernel *k = op->def->kernels; k && k->name; k++)
        n += kernel_fits(g, op, k);
    return n;
}

/* A power of two, so that a small change of the net leaves its layers the same. */
static int weights_beside(const struct graph *g)
{
    int64_t bytes = 0;
    for (int i = 0; i < g->ntensors; i++)
        if (g->tensors[i]->data && g->tensors[i]->uses)
            bytes += shape_count(&g->tensors[i]->shape) * (int64_t)dtype_size(g->tensors[i]->type);
    int mb = 1;
    while (mb < MOST_BESIDE && mb < bytes >> 20)
        mb *= 2;
    return bytes >> 20 ? mb : 0;
}

/* All that its time depends on, as a line of text. */
static const char *key_of(const struct tuner *t, const struct op *op)
{
    struct text text = { 0 };
    op_describe(t->ctx, op, &text);
    text_printf(&text, " of");
    for (int i = 0; i < op->nin; i++) {
        const struct tensor *x = op->in[i];
        text_printf(&text, " %s", x ? dtype_name(x->type) : "-");
        for (int d = 0; x && d < x->shape.rank; d++)
            text_printf(&text, "%s%lld", d ? "x" : "[", (long long)x->shape.dim[d]);
        text_printf(&text, "%s%s", !x ? "" : x->shape.rank ? "]" : "[]", x && x->data ? "!" : "");
    }
    for (int i = 0; i < op->nabsorbed; i++) {
        text_printf(&text, "%s", i ? ", " : " then ");
        op_describe(t->ctx, op->absorbed[i], &text);
    }
    text_printf(&text, " beside %d MB", t->beside);
    for (char *p = text.s; *p; p++) /* a string attribute could hold anything */
        *p = (unsigned char)*p < 32 ? '?' : *p;
    const char *key = arena_copy(t->ctx->arena, text.s, text.n);
    text_free(&text);
    return key;
}

/* ---- a graph of one layer -------------------------------------------------------------------- */

/* An input of the layer in its own graph: a constant's data is shared; behind a variable picture
 * stands a Copy. */
static struct tensor *own_input(struct graph *g, struct op *from, const struct tensor *x, int i)
{
    const char *name = arena_printf(g->ctx->arena, "x%d", i);
    if (x->data) {
        struct tensor *t = graph_tensor(g, name, x->type, x->shape);
        t->data = x->data;
        t->quantization = x->quantization;
        return t;
    }
    struct tensor *in = graph_input(g, name, x->type, x->shape);
    return goes_by_rows(from) ? op_make(g, from, "Copy", "", &in, 1) : in;
}

static struct graph *graph_of_layer(struct ctx *ctx, const struct op *op, const struct kernel *k)
{
    struct graph *g = graph_new(ctx, "layer");
    struct op *own = NEW(ctx->arena, struct op), from = *op;
    *own = *op;
    own->name = "layer";
    own->kernel = k;
    from.name = "input";
    own->in = NEW_ARRAY(ctx->arena, struct tensor *, op->nin + 1);
    for (int i = 0; i < op->nin; i++) {
        own->in[i] = op->in[i] ? own_input(g, &from, op->in[i], i) : NULL;
        for (int j = 0; j < i; j++) /* the same tensor twice */
            if (op->in[i] && op->in[j] == op->in[i])
                own->in[i] = own->in[j];
    }
    own->outs = NEW_ARRAY(ctx->arena, struct tensor *, op->nouts + 1);
    for (int i = 0; i < op->nouts; i++)
        if (op->outs[i]) {
            own->outs[i] = graph_tensor(g, arena_printf(ctx->arena, "y%d", i), op->outs[i]->type,
                                        op->outs[i]->shape);
            own->outs[i]->producer = own;
            graph_output(g, own->outs[i]);
        }
    own->out = own->outs[0];
    APPEND(ctx->arena, g->ops, g->nops, own);
    graph_sweep(g);
    return g;
}

/* ---- a program that times it ----------------------------------------------------------------- */

static void put_buffers(struct text *t, const struct graph *g)
{
    for (int i = 0; i < g->ninputs; i++)
        text_printf(t, "static %s in%d[%lld];\n", c_type(g->inputs[i]->type), i,
                    (long long)shape_count(&g->inputs[i]->shape));
    for (int i = 0; i < g->noutputs; i++)
        text_printf(t, "static %s out%d[%lld];\n", c_type(g->outputs[i]->type), i,
                    (long long)shape_count(&g->outputs[i]->shape));
}

static void put_inputs(struct text *t, const struct graph *g)
{
    for (int i = 0; i < g->ninputs; i++) {
        const enum dtype type = g->inputs[i]->type;
        const char *value = type == F32 || type == F64 ? "(float)(state >> 9 & 1023) / 1024"
                            : dtype_size(type) == 1    ? "(unsigned char)(state >> 9)"
                                                       : "0";
        text_printf(t,
                    "    for (long i = 0; i < %lld; i++) {\n        state = state * 1664525u + "
                    "1013904223u;\n        in%d[i] = (%s)(%s);\n    }\n",
                    (long long)shape_count(&g->inputs[i]->shape), i, c_type(type), value);
    }
}

/* Prints the least nanoseconds of some runs. */
static void print_timer(const struct graph *g, int beside, bool weights, struct text *t)
{
    text_printf(t, "#define _POSIX_C_SOURCE 200809L\n#include \"layer.h\"\n#include "
                   "<stdint.h>\n#include <stdio.h>\n#include <time.h>\n\n");
    put_buffers(t, g);
    if (beside)
        text_printf(t, "static volatile char others[%d * 1048576];\n", beside);
    if (weights)
        text_printf(t, "static union { double alignment; unsigned char bytes[LAYER_WEIGHTS_SIZE + "
                       "64]; } room;\n");
    text_printf(t, "\nint main(int argc, char **argv)\n{\n    unsigned state = 1;\n    double "
                   "least = 1e15, spent = 0;\n    (void)argc;\n    (void)argv;\n");
    if (weights)
        text_printf(
            t, "    unsigned char *weights = room.bytes + (64 - (uintptr_t)room.bytes %% 64);\n"
               "    FILE *f = argc > 1 ? fopen(argv[1], \"rb\") : NULL;\n"
               "    if (!f || fread(weights, LAYER_WEIGHTS_SIZE, 1, f) != 1)\n        return 1;\n");
    put_inputs(t, g);
    if (beside)
        text_printf(t,
                    "    for (long i = 0; i < (long)sizeof others; i++)\n        others[i] = 1;\n");
    text_printf(t, "    for (int run = 0; run < 7 || (spent < 4e7 && run < 3000); run++) {\n       "
                   " struct timespec a, b;\n");
    if (beside)
        text_printf(t, "        for (long i = 0; i < (long)sizeof others; i += 64)\n            "
                       "(void)others[i];\n");
    text_printf(t, "        clock_gettime(CLOCK_MONOTONIC, &a);\n        layer(%s",
                weights ? "weights, " : "");
    for (int i = 0; i < g->ninputs; i++)
        text_printf(t, "in%d, ", i);
    for (int i = 0; i < g->noutputs; i++)
        text_printf(t, "%sout%d", i ? ", " : "", i);
    text_printf(t, ");\n        clock_gettime(CLOCK_MONOTONIC, &b);\n"
                   "        const double ns = 1e9 * (double)(b.tv_sec - a.tv_sec) + "
                   "(double)(b.tv_nsec - a.tv_nsec);\n"
                   "        if (ns < least && run >= 2)\n            least = ns;\n        spent += "
                   "ns;\n    }\n"
                   "    printf(\"%%.0f\\n\", least > 1 ? least : 1);\n    return 0;\n}\n");
}

static const char *command_line(struct arena *a)
{
    const char *flags = getenv("CFLAGS");
    return arena_printf(a, "%s %s", local_compiler(),
                        flags && *flags ? flags : "-O2 -march=native");
}

/* Builds the program in t->dir, runs it and reads its number; 0 after an error. */
static double time_program(struct tuner *t, struct ctx *ctx, const struct graph *g,
                           const struct product *p)
{
    struct arena *a = ctx->arena;
    static const char *const names[] = { "layer.c",       "layer.h", "main.c",
                                         "layer.weights", "time",    "result" };
    char *path[6];
    struct text timer = { 0 };
    double ns = 0;
    for (int i = 0; i < 6; i++)
        path[i] = arena_printf(a, "%s/%s", t->dir, names[i]);
    print_timer(g, t->beside, p->nweights > 0, &timer);
    bool ok = product_write_c(ctx, path[0], p) && file_write(&ctx->diags, path[1], p->h.s, p->h.n)
              && file_write(&ctx->diags, path[2], timer.s, timer.n)
              && file_write_parts(&ctx->diags, path[3], p->weights, p->nweights);
    text_free(&timer);
    const char *const rest[] = { "-o", path[4], path[2], path[0], "-lm", NULL };
    char **build = command_words(a, t->file.command, rest);
    char *run[] = { "sh",    "-c", arena_printf(a, "\"$0\" \"$1\" > \"$2\""), path[4], path[3],
                    path[5], NULL };
    const int code = ok ? run_process(build) : 1;
    if (code == 127)
        diag_error(&ctx->diags, (struct span){ 0 }, "cannot run the C compiler '%s'; set CC",
                   build[0]);
    else if (ok && code != 0)
        diag_error(&ctx->diags, (struct span){ 0 },
                   "'%s' rejects the emitted C of a layer; CC and CFLAGS choose another",
                   t->file.command);
    else if (ok && run_process(run) != 0)
        diag_error(&ctx->diags, (struct span){ 0 }, "the program that times a layer failed");
    const struct source *s = ctx->diags.errors ? NULL : file_read(a, &ctx->diags, path[5]);
    ns = s ? strtod(s->text, NULL) : 0;
    for (int i = 0; i < 6; i++)
        remove(path[i]);
    return ns;
}

/* Nanoseconds of op by kernel k; 0 after an error. In an arena of its own: packed weights of all
 * kernels would not fit beside each other. */
static double measure(struct tuner *t, const struct op *op, const struct kernel *k)
{
    struct ctx ctx = { .arena = arena_new(0),
                       .target = t->ctx->target,
                       .diags = { .to = stderr, .quiet = true },
                       .options = t->ctx->options };
    ctx.options.dump = NULL;
    ctx.options.output = "layer.c";
    ctx.options.weights_as = "file";
    ctx.options.arena = "static";
    ctx.options.threads = 1;
    struct graph *g = graph_of_layer(&ctx, op, k);
    struct product p = { .form = WEIGHTS_INLINE };
    double ns = 0;
    const struct plan *plan = run_passes_from(g, choose_kernels) ? plan_graph(g) : NULL;
    if (plan && emit_model(g, plan, "layer", &p))
        ns = time_program(t, &ctx, g, &p);
    t->ctx->diags.errors += ctx.diags.errors;
    product_free(&p);
    arena_free(ctx.arena);
    return ns;
}

/* ---- all layers ------------------------------------------------------------------------------ */

static const struct tuned_kernel *time_of(const struct tuned_layer *l, const char *kernel)
{
    for (int i = 0; i < l->nkernels; i++)
        if (strcmp(l->kernels[i].name, kernel) == 0)
            return &l->kernels[i];
    return NULL;
}

/* Measures the kernels whose time is not known yet, and keeps what was measured; false after an
 * error. */
static bool measure_layer(struct tuner *t, const struct op *op, struct tuned_layer *l, int *left)
{
    const int before = l->nkernels;
    for (const struct kernel *k = op->def->kernels; k->name; k++) {
        if (!kernel_fits(t->g, op, k) || time_of(l, k->name))
            continue;
        if (seconds_since(&t->start) > t->seconds) {
            ++*left;
            continue;
        }
        if (t->terminal)
            fprintf(stderr, "\r\033[Kcnnc: timing %s by %s (%.0f s) ...", op->name, k->name,
                    seconds_since(&t->start));
        const struct tuned_kernel timed = { k->name, measure(t, op, k), { 0 } };
        if (!(timed.ns > 0))
            return false;
        APPEND(t->ctx->arena, l->kernels, l->nkernels, timed);
        if (t->ctx->options.verbose)
            fprintf(stderr, "cnnc: %-28s %-12s %12.0f ns\n", op->name, k->name, timed.ns);
    }
    return l->nkernels == before || tune_file_write(t->ctx, t->path, &t->file);
}

/* The fastest of those kernels that may be used here. */
static bool take_fastest(struct tuner *t, struct op *op, const struct tuned_layer *l)
{
    double least = 0;
    for (int i = 0; i < l->nkernels; i++) {
        const struct kernel *k = op->def->kernels;
        while (k->name && strcmp(k->name, l->kernels[i].name) != 0)
            k++;
        if (!k->name)
            return diag_error(&t->ctx->diags, l->kernels[i].at,
                              "%s has no kernel '%s'; remove the line", op->def->name,
                              l->kernels[i].name);
        if (!kernel_fits(t->g, op, k) || (op->kernel && l->kernels[i].ns >= least))
            continue;
        least = l->kernels[i].ns;
        op->kernel = k;
    }
    return true;
}

static bool tune_all(struct tuner *t, bool measures)
{
    struct graph *g = t->g;
    int left = 0, unknown = 0;
    for (int i = 0; i < g->nops; i++) {
        struct op *op = g->ops[i];
        if (kernels_that_fit(g, op) < 2)
            continue;
        const char *key = key_of(t, op);
        struct tuned_layer *l = names_get(&t->file.by_key, key);
        if (!l && measures)
            l = tune_file_layer(t->ctx, &t->file, key);
        if (l && measures && !measure_layer(t, op, l, &left))
            return false;
        unknown += !l;
        if (l && !take_fastest(t, op, l))
            return false;
    }
    if (left)
        diag_note(&t->ctx->diags, (struct span){ 0 },
                  "%d kernels were not timed within %.0f s: run again with --tune, or with more "
                  "time by --tune=SECONDS",
                  left, t->seconds);
    if (unknown)
        diag_note(&t->ctx->diags, (struct span){ 0 },
                  "%s does not hold %d of the layers: their kernels are chosen by estimate; --tune "
                  "measures them",
                  t->ctx->options.tune_file, unknown);
    return true;
}

/* Times are only comparable among themselves where they come from one command. */
static bool same_command(struct tuner *t, const char *command)
{
    if (!t->file.command)
        t->file.command = command;
    return strcmp(t->file.command, command) == 0
           || diag_error(&t->ctx->diags, t->file.command_at,
                         "the times in this file are of '%s', this run would measure with '%s': "
                         "give another --tune-file, "
                         "or set CC and CFLAGS",
                         t->file.command, command);
}

bool tune(struct graph *g)
{
    struct ctx *ctx = g->ctx;
    const struct options *o = &ctx->options;
    struct tuner t = { .g = g,
                       .ctx = ctx,
                       .seconds = o->tune_seconds,
                       .beside = weights_beside(g),
                       .terminal = !o->quiet && !o->verbose && isatty(STDERR_FILENO) };
    t.path = o->tune_file;
    if (!t.path && o->tune)
        t.path = o->output && strcmp(o->output, "-")
                     ? path_beside(ctx->arena, o->output, "cnnc.tune")
                     : "cnnc.tune";
    if (!t.path)
        return true;
    if ((!o->tune || access(t.path, F_OK) == 0) && !tune_file_read(ctx, t.path, &t.file))
        return false;
    if (!o->tune) {
        APPEND(ctx->arena, ctx->read_files, ctx->nread_files, t.path);
        return tune_all(&t, false);
    }
    if (!same_command(&t, command_line(ctx->arena)) || !(t.dir = temporary_directory(ctx)))
        return false;
    clock_gettime(CLOCK_MONOTONIC, &t.start);
    const bool ok = tune_all(&t, true);
    if (t.terminal)
        fprintf(stderr, "\r\033[K");
    rmdir(t.dir);
    return ok;
}
