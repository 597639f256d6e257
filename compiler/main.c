/* main.c - the pipeline: text -> graph -> passes -> plan -> C. */
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "cnn/ast.h"
#include "emit/emit.h"
#include "emit/report.h"
#include "eval_graph.h"
#include "frontends.h"
#include "ops/op.h"
#include "options.h"
#include "passes/passes.h"
#include "targets/target.h"
#include "tune.h"
#include "verify.h"

enum { DONE = 0, BAD_INPUT = 1, BAD_USAGE = 2 };
static const size_t MEMORY_LIMIT = SIZE_MAX < 0xffffffffu ? SIZE_MAX : 0xffffffffu;

/* ---- --list-ops ------------------------------------------------------------------------------ */

static const char *attributes_of(struct ctx *ctx, const struct opdef *def)
{
    const char *text = "";
    for (const struct attr *a = def->attrs; a && a->name; a++) {
        if (a->type == ATTR_IGNORED)
            continue;
        text = arena_printf(ctx->arena, "%s%s%s%s%s", text, *text ? ", " : "", a->name,
                            a->absent ? "=" : "", a->absent ? a->absent : "");
    }
    return text;
}

static void list_ops(struct ctx *ctx)
{
    int name = 4, onnx = 4, brief = 5;
    for (int i = 0; op_table[i]; i++) {
        const struct opdef *d = op_table[i];
        if (d->refused)
            continue;
        const int a = (int)strlen(d->name), b = d->onnx ? (int)strlen(d->onnx) : 1,
                  c = d->brief ? (int)strlen(d->brief) : 0;
        name = a > name ? a : name;
        onnx = b > onnx ? b : onnx;
        brief = c > brief ? c : brief;
    }
    printf("%-*s  %-*s  %-*s  %s\n", name, "name", onnx, "ONNX", brief, "brief", "attributes");
    for (int i = 0; op_table[i]; i++) {
        const struct opdef *d = op_table[i];
        if (d->refused)
            continue;
        const char *attributes = attributes_of(ctx, d);
        printf("%-*s  %-*s  %-*s%s%s\n", name, d->name, onnx, d->onnx ? d->onnx : "-",
               *attributes ? brief : 0, d->brief ? d->brief : "", *attributes ? "  " : "",
               attributes);
    }
}

/* ---- files ----------------------------------------------------------------------------------- */

/* The function's name: --name, or the output's stem made a C identifier. */
static const char *function_name(struct ctx *ctx)
{
    const struct options *o = &ctx->options;
    if (o->name)
        return o->name;
    if (!o->output || !strcmp(o->output, "-"))
        return "net";
    return c_name(ctx->arena, path_stem(ctx->arena, o->output));
}

/* "dir/net.c" gives "dir/net.h"; without an output the header is called after the function. */
static const char *header_path(struct ctx *ctx, const char *function)
{
    const char *c = ctx->options.output;
    if (!c)
        return arena_printf(ctx->arena, "%s.h", function);
    const char *base = path_base(c), *dot = strrchr(base, '.');
    const int n = (int)(dot && dot > base ? dot - c : (long)strlen(c));
    return arena_printf(ctx->arena, "%.*s.h", n, c);
}

/* True where the output would replace a file that is read. */
static bool overwrites(const char *output, const char *input)
{
    struct stat a, b;
    return output && input && !stat(output, &a) && !stat(input, &b) && a.st_dev == b.st_dev
           && a.st_ino == b.st_ino && S_ISREG(a.st_mode);
}

static void add_escaped(struct text *t, const char *path)
{
    for (; *path; path++) {
        if (*path == '$')
            text_add(t, "$", 1);
        else if (*path == ' ' || *path == '#')
            text_add(t, "\\", 1);
        text_add(t, path, 1);
    }
}

/* make's view: the output depends on every file that was read. */
static bool write_depfile(struct ctx *ctx)
{
    const struct options *o = &ctx->options;
    const char *path = o->depfile;
    struct text t = { 0 };
    if (!path) {
        const char *base = path_base(o->output), *dot = strrchr(base, '.');
        path = arena_printf(ctx->arena, "%.*s.d",
                            (int)(dot && dot > base ? dot - o->output : (long)strlen(o->output)),
                            o->output);
    }
    add_escaped(&t, o->output && strcmp(o->output, "-") ? o->output : path);
    text_printf(&t, ": ");
    add_escaped(&t, o->model);
    for (int i = 0; i < ctx->nread_files; i++) {
        bool known = !strcmp(ctx->read_files[i], o->model);
        for (int k = 0; k < i; k++)
            known |= !strcmp(ctx->read_files[i], ctx->read_files[k]);
        if (known)
            continue;
        text_printf(&t, " \\\n  ");
        add_escaped(&t, ctx->read_files[i]);
    }
    text_printf(&t, "\n");
    const bool ok = file_write(&ctx->diags, path, t.s, t.n);
    text_free(&t);
    return ok;
}

static bool write_outputs(struct ctx *ctx, const char *function, const char *header,
                          const struct product *p)
{
    const char *output = ctx->options.output;
    if (!output || ctx->options.verify_layers)
        return true;
    if (strcmp(output, "-") && !file_write(&ctx->diags, header, p->h.s, p->h.n))
        return false;
    if (p->form >= WEIGHTS_OBJECT && p->nweights) {
        const char *name = arena_printf(
            ctx->arena, p->form == WEIGHTS_OBJECT ? "%s_weights.o" : "%s.weights", function);
        if (!file_write_parts(&ctx->diags, path_beside(ctx->arena, output, name), p->weights,
                              p->nweights))
            return false;
    }
    return product_write_c(ctx, output, p);
}

/* ---- phases ---------------------------------------------------------------------------------- */

/* Milliseconds since the first call. */
static double clock_ms(void)
{
    static struct timespec start;
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    if (!start.tv_sec)
        start = now;
    return (double)(now.tv_sec - start.tv_sec) * 1e3 + (double)(now.tv_nsec - start.tv_nsec) * 1e-6;
}

/* A phase has ended: with -v what was done and how long it took; on a terminal, once it takes long,
 * what is done next. */
static void tell(const struct ctx *ctx, const char *done, const char *next)
{
    static double before;
    const double now = clock_ms();
    const bool terminal = !ctx->options.quiet && !ctx->options.verbose && isatty(STDERR_FILENO);
    if (ctx->options.verbose && done)
        fprintf(stderr, "cnnc: %-20s %8.1f ms\n", done, now - before);
    if (terminal && now > 300)
        fprintf(stderr, next ? "\r\033[Kcnnc: %s ..." : "\r\033[K", next ? next : "");
    before = now;
}

static bool bind_weights(struct graph *g)
{
    const struct options *o = &g->ctx->options;
    const struct span command_line = { 0 };
    if (o->weights && !weights_load(g, o->weights, command_line))
        return false;
    if (o->init && !weights_init(g, o->init, o->seed))
        return false;
    if (o->dump && (!strcmp(o->dump, "onnx") || (!*o->dump && o->output && strcmp(o->output, "-"))))
        return weights_complete(g);
    /* a dump shows no weights: made-up ones will do where there are none */
    if (o->dump)
        return !*o->dump || o->init || weights_init(g, "glorot", o->seed);
    return weights_complete(g);
}

/*
 * The graph as text: to standard output as it was read, without weights; into a file as the passes
 * see it once transpositions have sunk, and beside it a .npz of the weights that the text loads.
 */
static bool dump(struct graph *g)
{
    const struct options *o = &g->ctx->options;
    struct text t = { 0 };
    struct named_tensor *arrays = NULL;
    int count = 0;
    const bool file = o->output && strcmp(o->output, "-");
    const char *stem = file ? path_stem(g->ctx->arena, o->output) : NULL,
               *weights = file ? arena_printf(g->ctx->arena, "%s.npz", stem) : NULL;
    for (int i = 0; file && i < g->ninputs; i++)
        if (!g->inputs[i]->shape.rank || g->inputs[i]->shape.dim[0] != 1)
            return diag_error(
                &g->ctx->diags, (struct span){ 0 },
                "input '%s' has a batch of %lld, Keras text one of 1; give --input-shape=%s=1,...",
                g->inputs[i]->name,
                g->inputs[i]->shape.rank ? (long long)g->inputs[i]->shape.dim[0] : 0LL,
                g->inputs[i]->name);
    if (file && !run_passes_before(g, use_integers))
        return false;
    graph_dump(g, &t, weights, &arrays, &count);
    struct array_list list = { NEW_ARRAY(g->ctx->arena, struct array, count + 1), count };
    for (int i = 0; i < count; i++)
        list.item[i] = (struct array){ arrays[i].name, arrays[i].tensor->type,
                                       arrays[i].tensor->shape, arrays[i].tensor->data };
    const bool ok =
        (!count || npy_write(g->ctx, path_beside(g->ctx->arena, o->output, weights), &list))
        && file_write(&g->ctx->diags, file ? o->output : "-", t.s, t.n);
    text_free(&t);
    return ok;
}

static bool write_reports(struct graph *g, const struct plan *plan, const char *function)
{
    bool ok = true;
    for (int i = 0; i < g->ctx->options.nreport; i++)
        ok &= report_write(g, plan, function, g->ctx->options.report[i]);
    return ok;
}

/* From the graph to the files. */
static bool compile(struct graph *g)
{
    struct ctx *ctx = g->ctx;
    const struct options *o = &ctx->options;
    const char *function = function_name(ctx), *header = header_path(ctx, function);
    struct product product = { .form = WEIGHTS_INLINE };
    if (o->verify)
        settle_integers(g);
    struct verification *v = o->verify ? verify_prepare(g) : NULL;
    if (o->verify && !v)
        return false;
    if (!run_passes_before(g, choose_kernels) || !tune(g) || !run_passes_from(g, choose_kernels)
        || o->dump)
        return ctx->diags.errors == 0;
    tell(ctx, "passes", "planning");
    const struct plan *plan = plan_graph(g);
    if (!plan)
        return false;
    tell(ctx, "plan", "writing");
    if (o->verbose)
        fprintf(stderr, "cnnc: arena %lld bytes (lower bound %lld), weights %lld bytes\n",
                (long long)plan->arena_bytes, (long long)plan->lower_bound_bytes,
                (long long)plan->weight_bytes);
    bool ok = true;
    if (o->output || v)
        ok = emit_model(g, plan, function, &product);
    tell(ctx, "emission", NULL);
    ok = ok && (!v || verify_run(g, v, function, path_base(header), &product))
         && ctx->diags.errors == 0 && write_outputs(ctx, function, header, &product)
         && write_reports(g, plan, function) && (!o->make_depfile || write_depfile(ctx));
    product_free(&product);
    return ok;
}

static bool run_all(struct ctx *ctx)
{
    const struct options *o = &ctx->options;
    struct source *source = file_read(ctx->arena, &ctx->diags, o->model);
    if (!source)
        return false;
    const bool onnx = is_onnx_file(source);
    if (!onnx && (o->ninput_layout || o->noutput_layout))
        return diag_error(&ctx->diags, (struct span){ source, 0, 0 },
                          "--%s-layout is for ONNX models; Keras' pictures are nhwc",
                          o->ninput_layout ? "input" : "output");
    if (!onnx && is_keras_file(source))
        source = keras_text(ctx, source);
    if (!source)
        return false;
    if (o->dump && !strcmp(o->dump, "text"))
        return file_write(&ctx->diags, "-", source->text, source->size);
    if (o->dump && !strcmp(o->dump, "tree")) {
        const struct source *text = plain_python(ctx, source);
        if (text)
            parse_python(ctx, text);
        return text != NULL;
    }
    if (o->dump && !strcmp(o->dump, "prints"))
        return print_cnn(ctx, source);
    tell(ctx, NULL, "reading");
    struct graph *g = onnx ? read_onnx(ctx, source) : read_cnn(ctx, source);
    tell(ctx, "reading", "weights");
    if (!g)
        return false;
    if (o->check)
        return !fprintf(stderr, "%s: every operator is supported\n", o->model) || true;
    if (!bind_weights(g))
        return false;
    tell(ctx, "weights", "passes");
    if (o->eval) {
        settle_integers(g);
        return eval_files(g);
    }
    if (o->dump && !*o->dump)
        return dump(g);
    if (o->dump && !strcmp(o->dump, "onnx"))
        return write_onnx(g, o->output ? o->output : "-");
    return compile(g);
}

static int wrong_pass(const char *pass)
{
    const char *names[64] = { "tree", "prints", "text", "onnx" };
    int n = 4;
    for (const struct pass *p = pass_table; p->name && n < 64; p++)
        names[n++] = p->name;
    for (int i = 0; i < n; i++)
        if (!strcmp(names[i], pass))
            return GO_ON;
    const char *meant = nearest(pass, names, n);
    fprintf(stderr, "cnnc: error: there is no pass '%s'%s%s%s\n", pass,
            meant ? "; did you mean " : "; the passes are:", meant ? meant : "", meant ? "?" : "");
    for (int i = 0; !meant && i < n; i++)
        fprintf(stderr, "  %s\n", names[i]);
    return BAD_USAGE;
}

static int check_usage(const struct options *o)
{
    if (o->dump && *o->dump)
        return wrong_pass(o->dump);
    if (!target_find(o->target)) {
        const char *names[16];
        int n = 0;
        for (const struct target *t = target_table; t->name && n < 16; t++)
            names[n++] = t->name;
        const char *meant = nearest(o->target, names, n);
        fprintf(stderr, "cnnc: error: there is no target '%s'%s%s%s\n", o->target,
                meant ? "; did you mean '" : "", meant ? meant : "", meant ? "'?" : "");
        return BAD_USAGE;
    }
    if (overwrites(o->output, o->model) || overwrites(o->output, o->weights)) {
        fprintf(stderr, "cnnc: error: -o %s is a file that is read; give another name\n",
                o->output);
        return BAD_USAGE;
    }
    return GO_ON;
}

int main(int argc, char **argv)
{
    struct ctx ctx = { .arena = arena_new(MEMORY_LIMIT), .diags = { .to = stderr, .limit = 20 } };
    int code = options_read(&ctx, argc, argv);
    if (code == GO_ON && ctx.options.list_ops) {
        list_ops(&ctx);
        code = DONE;
    }
    if (code == GO_ON)
        code = check_usage(&ctx.options);
    ctx.target = code == GO_ON ? target_find(ctx.options.target) : NULL;
    if (code == GO_ON)
        code = run_all(&ctx) && ctx.diags.errors == 0 ? DONE : BAD_INPUT;
    if (fflush(stdout) != 0 && code == DONE) {
        fputs("cnnc: error: cannot write to standard output\n", stderr);
        code = BAD_INPUT;
    }
    arena_free(ctx.arena);
    return code;
}
