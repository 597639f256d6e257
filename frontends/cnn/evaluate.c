/*
 * evaluate.c - the evaluator's beginning and end: a text in, the graph of its model out.
 *
 * What the model depends on is evaluated as Python would; data, files and other libraries are
 * unknown. Steps, depth and memory are bounded, nothing is executed, and no file is read but
 * weights and modules beside the script.
 */
#include "cnn/eval.h"

#include <string.h>
#include <sys/resource.h>

#include "cnn/keras.h"
#include "frontends.h"

static void start(struct eval *e, struct ctx *ctx, const struct source *source)
{
    struct rlimit limit;
    e->ctx = ctx;
    e->mem = ctx->arena;
    e->g = graph_new(ctx, "model");
    e->stack_limit = (size_t)4 << 20;
    if (getrlimit(RLIMIT_STACK, &limit) == 0 && limit.rlim_cur != RLIM_INFINITY)
        e->stack_limit = (size_t)limit.rlim_cur / 4 * 3;
    if (e->stack_limit > (size_t)256 << 20)
        e->stack_limit = (size_t)256 << 20;
    e->handling = e->raised = EMPTY;
#define X(name) e->n.name = intern(e, #name);
    NAMES(X)
#undef X
    e->builtins = NEW(e->mem, struct dict);
    e->modules = NEW(e->mem, struct dict);
    e->paths = NEW(e->mem, struct list);
    e->keras = NEW(e->mem, struct keras);
    e->keras->counters = NEW(e->mem, struct dict);
    e->keras->keys = NEW(e->mem, struct dict);
    e->keras->classes = NEW(e->mem, struct dict);
    add_classes(e);
    add_exceptions(e);
    add_builtins(e);
    add_strings(e);
    add_containers(e);
    add_layer_classes(e);
    add_tensor_methods(e);
    e->main = module_new(e, "__main__");
    e->main->source = source;
    const char *base = path_base(source->name);
    e->main->path = base > source->name
                        ? arena_copy(e->mem, source->name,
                                     (size_t)(base - source->name) - (base - source->name > 1))
                        : "";
    list_push(e, e->paths, of_text(e, e->main->path));
    for (int i = 0; i < ctx->options.nmodule_path; i++)
        list_push(e, e->paths, of_text(e, ctx->options.module_path[i]));
}

struct whole {
    const struct node_list *body;
};

static void run_main(struct eval *e, void *data)
{
    const struct whole *w = data;
    run_block(e, e->main->scope, w->body);
}

/* Evaluates the text; false after an error was reported. */
static bool run_text(struct eval *e, const struct source *source)
{
    const struct node_list body = parse_python(e->ctx, source);
    struct whole w = { &body };
    if (e->ctx->diags.errors)
        return false;
    read_overrides(e);
    if (!e->ctx->diags.errors && !protect(e, run_main, &w)) {
        const struct value stop = dict_name(e->builtins, intern(e, "SystemExit"));
        if (e->raised.kind != V_OBJECT || !is_subclass(e->raised.object->class, stop.class))
            report_raised(e);
    }
    return e->ctx->diags.errors == 0;
}

/* Sizes in the errors above may be those that stand for unknown ones. */
static void note_open_input(struct eval *e)
{
    if (!e->ctx->diags.errors || !e->keras->nopen_inputs || e->keras->open_told)
        return;
    const struct tensor *t = e->keras->open_inputs[0];
    diag_note(&e->ctx->diags, t->at,
              "the text does not tell all sizes of the input '%s'; %d stands for them here; "
              "--input-shape=%s gives them",
              t->name, ANY_SIZE, t->shape.rank == 4 ? "H,W,C" : "D,D");
}

struct graph *read_cnn(struct ctx *ctx, const struct source *source)
{
    const char here = 0;
    struct eval e = { .stack = &here };
    source = plain_python(ctx, source);
    if (!source)
        return NULL;
    start(&e, ctx, source);
    struct graph *g = run_text(&e, source) ? choose_model(&e) : NULL;
    note_open_input(&e);
    return g;
}

bool print_cnn(struct ctx *ctx, const struct source *source)
{
    const char here = 0;
    struct eval e = { .stack = &here, .prints = stdout };
    source = plain_python(ctx, source);
    if (!source)
        return false;
    start(&e, ctx, source);
    return run_text(&e, source);
}
