/* emit.c - runs the templates in the order of the file: layers first, so that only what they use is
 * printed before them. */
#include "emit/emit.h"
#include "ops/common.h"

#include <string.h>

static const char *api_upper(struct out *o, const struct model *m, bool output, int i)
{
    return upper_name(o->arena, api_name(o->arena, m, output, i));
}

/* ---- banner ---- */

static int64_t total_macs(const struct graph *g)
{
    int64_t sum = 0;
    for (int i = 0; i < g->nops; i++)
        sum += g->ops[i]->def->macs ? g->ops[i]->def->macs(g->ops[i]) : 0;
    return sum;
}

static const char *what_is(struct out *o, const struct op *op)
{
    const char *text = op->def->name;
    for (int i = 0; i < op->nabsorbed; i++)
        text = arena_printf(o->arena, "%s, %s", text, op->absorbed[i]->def->name);
    return text;
}

static void put_table(struct out *o, const struct model *m)
{
    const struct graph *g = m->graph;
    text_printf(o->text, " *   %-24s %-34s %-18s %14s   %s\n", "layer", "what", "gives",
                "multiply-adds", "kept in memory");
    for (int i = 0; i < g->nops; i++) {
        const struct op *op = g->ops[i];
        const struct layout *l = &op->out->layout;
        const char *kept = op->out->view_of        ? "a view"
                           : l->place == IN_OUTPUT ? "the output"
                           : l->rows < rows_of(op->out)
                               ? arena_printf(o->arena, "%lld rows", (long long)l->rows)
                               : "all";
        text_printf(o->text, " *   %-24s %-34s %-18s %14lld   %s\n", op->name, what_is(o, op),
                    shape_text(o->arena, &op->out->shape),
                    (long long)(op->def->macs ? op->def->macs(op) : 0), kept);
    }
}

/* ---- layers ---- */

struct function {
    const char *name, *body;
};

static const char *after_name(const char *text)
{
    const char *p = strchr(text, '(');
    return p ? p : text;
}

static void put_layer_comment(struct out *o, const struct op *op)
{
    int line, column;
    text_printf(o->text, "/* %s", op->name);
    if (op->at.source && op->at.end) {
        span_position(op->at, &line, &column);
        text_printf(o->text, " (%s:%d)", path_base(op->at.source->name), line);
    }
    text_printf(o->text, ": %s", what_is(o, op));
    if (op->in[0])
        text_printf(o->text, ", %s to %s", shape_text(o->arena, &op->in[0]->shape),
                    shape_text(o->arena, &op->out->shape));
    put_string(o, " */\n");
}

/* Prints each op's function once; an op whose text is that of an earlier one calls that one. */
static void put_layers(struct out *o, const struct model *m)
{
    const struct graph *g = m->graph;
    struct function *functions = NULL;
    int n = 0;
    for (int i = 0; i < g->nops; i++) {
        const struct op *op = g->ops[i];
        if (!is_placed(op))
            continue;
        const char *name =
            arena_printf(o->arena, "%s_%s", m->op_name[i], goes_by_rows(op) ? "rows" : "layer");
        struct text text = { 0 }, *before = o->text;
        o->text = &text;
        if (op->def->elementwise)
            put_elementwise_op(o, op, name);
        else
            op_emit(o, op, name);
        o->text = before;
        const char *body = arena_copy(o->arena, text.s ? text.s : "", text.n);
        text_free(&text);
        m->function_of[op->index] = name;
        bool known = false;
        for (int j = 0; j < n && !known; j++)
            if ((known = strcmp(after_name(functions[j].body), after_name(body)) == 0))
                m->function_of[op->index] = functions[j].name;
        if (known)
            continue;
        const struct function f = { name, body };
        APPEND(o->arena, functions, n, f);
        put_layer_comment(o, op);
        put_string(o, body);
        put_string(o, "\n");
    }
}

/* Statements of an epilogue, eight columns deep. */
static const char *indented(struct out *o, const char *text)
{
    struct text t = { 0 };
    for (const char *p = text; *p;) {
        const size_t skip = strspn(p, " "), rest = strcspn(p, "\n");
        if (rest > skip)
            text_printf(&t, "%s        %.*s", t.n ? "\n" : "", (int)(rest - skip), p + skip);
        p += rest;
        p += *p == '\n';
    }
    const char *s = arena_copy(o->arena, t.s ? t.s : "", t.n);
    text_free(&t);
    return s;
}

static const char *epilogue_list(struct out *o)
{
    const char *s = "";
    for (int i = 0; i < o->nepilogues; i++)
        s = arena_printf(o->arena, "%s, %s", s, o->epilogues[i].name);
    return s;
}

/* Do the API's types need <stdint.h>? */
static bool has_integers(const struct graph *g)
{
    for (int i = 0; i < g->ninputs + g->noutputs; i++) {
        const enum dtype t = (i < g->ninputs ? g->inputs[i] : g->outputs[i - g->ninputs])->type;
        if (t != F32 && t != F64)
            return true;
    }
    return false;
}

#include "templates/header.inc"
#include "templates/model.inc"

static const char *text_of(struct out *o, void (*print)(struct out *, const struct model *),
                           const struct model *m)
{
    struct text t = { 0 }, *before = o->text;
    o->text = &t;
    print(o, m);
    o->text = before;
    const char *s = arena_copy(o->arena, t.s ? t.s : "", t.n);
    text_free(&t);
    return s;
}

static bool uses_math(const char *text)
{
    static const char *const names[] = {
        "exp",   "expm1",    "exp2",  "log",   "log1p",     "log2",    "log10", "pow",   "sqrt",
        "cbrt",  "hypot",    "erf",   "erfc",  "sin",       "cos",     "tan",   "asin",  "acos",
        "atan",  "atan2",    "sinh",  "cosh",  "tanh",      "asinh",   "acosh", "atanh", "fabs",
        "floor", "ceil",     "round", "rint",  "nearbyint", "trunc",   "fmod",  "fmax",  "fmin",
        "ldexp", "INFINITY", "NAN",   "isnan", "isinf",     "isfinite"
    };
    char single[16];
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (mentions(text, names[i])
            || (snprintf(single, sizeof single, "%sf", names[i]) > 0 && mentions(text, single)))
            return true;
    return false;
}

static bool mentions_integers(const char *text)
{
    for (const char *p = text; (p = strstr(p, "int")) != NULL; p += 3) {
        const size_t n = strspn(p + 3, "0123456789");
        if (n && strncmp(p + 3 + n, "_t", 2) == 0)
            return true;
    }
    return false;
}

static void put_finishes(struct out *o, const char *layers)
{
    const char *shared = o->shared.s ? o->shared.s : "";
    const bool wide = mentions(shared, "finish") || mentions(layers, "finish"),
               narrow = mentions(shared, "finish8") || mentions(layers, "finish8");
    if (wide || narrow)
        put_epilogue_names(o);
    if (wide)
        put_finish(o);
    if (narrow)
        put_twin(o, put_finish);
}

/* Does a weight that is printed as numbers need INFINITY or NAN? */
static bool has_infinite(const struct tensor *t)
{
    for (int64_t i = 0; t->data && (t->type == F32 || t->type == F64) && i < shape_count(&t->shape);
         i++) {
        const double v = dtype_get(t->type, t->data, i);
        if (!(v - v <= 0 && v - v >= 0))
            return true;
    }
    return false;
}

/* A line of 100 columns between the parts of the file. */
static void put_divider(struct out *o, const char *title)
{
    enum { COLUMNS = 100 };
    text_printf(o->text, "/* ---- %s ", title);
    for (int i = (int)strlen("/* ----  ") + (int)strlen(title); i < COLUMNS - 3; i++)
        text_add(o->text, "-", 1);
    text_printf(o->text, " */\n\n");
}

static void put_file(struct out *o, const struct model *m, const char *layers, const char *pass)
{
    put_banner(o, m);
    struct text kernels = { 0 }, used = { 0 }, *before = o->text;
    o->text = &kernels;
    put_finishes(o, layers);
    put_string(o, o->shared.s ? o->shared.s : "");
    if (mentions(pass, "clear_margins"))
        put_margin_helper(o);
    text_printf(&used, "%s%s%s", kernels.s ? kernels.s : "", layers, pass);
    for (int i = 0; i < m->graph->ntensors; i++)
        if (m->graph->tensors[i]->layout.last >= 0)
            text_printf(&used, " %s%s", c_type(m->graph->tensors[i]->type),
                        has_infinite(m->graph->tensors[i]) ? " INFINITY" : "");
    o->text = before;

    struct text library = { 0 };
    o->text = &library;
    put_vector_library(o, used.s);
    o->text = before;
    if (m->header)
        text_printf(o->text, "#include \"%s\"\n\n", m->header);
    else
        put_header(o, m);
    text_printf(&used, "%s", library.s ? library.s : "");
    if (uses_math(used.s))
        put_string(o, "#include <math.h>\n");
    if (mentions(used.s, "NULL"))
        put_string(o, "#include <stddef.h>\n");
    if (mentions_integers(used.s))
        put_string(o, "#include <stdint.h>\n");
    if (mentions(used.s, "memcpy") || mentions(used.s, "memset") || mentions(used.s, "memmove"))
        put_string(o, "#include <string.h>\n");
    put_string(o, "\n");
    if (m->threads > 1)
        put_threads_includes(o);
    if (mentions(used.s, "vec") || mentions(used.s, "LANES") || mentions(used.s, "INLINE")
        || (library.s && mentions(library.s, "INLINE")))
        put_machine(o, mentions(used.s, "vec8"), optimizes(&m->graph->ctx->options, "size"));
    put_string(o, library.s ? library.s : "");
    put_weights(o, m);
    if (m->plan->arena_bytes)
        put_memory(o, m);
    put_divider(o, "kernels");
    put_string(o, kernels.s ? kernels.s : "");
    put_divider(o, "layers");
    put_string(o, layers);
    put_string(o, pass);
    text_free(&kernels);
    text_free(&used);
    text_free(&library);
}

/* What net.c includes: the name under which the header is written; NULL where it goes to standard
 * output alone. */
static const char *header_name(struct arena *a, const char *output, const char *name)
{
    if (output && strcmp(output, "-") == 0)
        return NULL;
    return arena_printf(a, "%s.h", output ? path_stem(a, output) : name);
}

void product_free(struct product *p)
{
    text_free(&p->c);
    text_free(&p->h);
}

/* Is there anything that threads could share? */
static bool has_rows(const struct graph *g)
{
    for (int i = 0; i < g->nops; i++)
        if (is_placed(g->ops[i]) && goes_by_rows(g->ops[i]))
            return true;
    return false;
}

bool product_write_c(struct ctx *ctx, const char *path, const struct product *p)
{
    struct file_part *part = NEW_ARRAY(ctx->arena, struct file_part, 2 * p->nliterals + 1);
    size_t at = 0;
    for (int i = 0; i < p->nliterals; i++) {
        const struct literal *l = &p->literals[i];
        part[2 * i] = (struct file_part){ .bytes = p->c.s + at, .size = l->at - at };
        part[2 * i + 1] =
            (struct file_part){ .bytes = l->bytes, .size = l->size, .print = print_literal };
        at = l->at;
    }
    part[2 * p->nliterals] = (struct file_part){ .bytes = p->c.s + at, .size = p->c.n - at };
    return file_write_parts(&ctx->diags, path, part, 2 * p->nliterals + 1);
}

bool emit_model(struct graph *g, const struct plan *plan, const char *name, struct product *p)
{
    struct arena *a = g->ctx->arena;
    const struct options *options = &g->ctx->options;
    struct out o = { .text = &p->c, .arena = a };
    struct model m = { .graph = g,
                       .product = p,
                       .plan = plan,
                       .name = c_name(a, name),
                       .source = path_base(options->model) };
    m.upper = upper_name(a, m.name);
    m.header = header_name(a, options->output, m.name);
    m.caller_arena = options->arena && strcmp(options->arena, "caller") == 0;
    m.threads = options->threads > 1 && has_rows(g) ? options->threads : 1;
    if (options->threads > m.threads)
        diag_note(&g->ctx->diags, (struct span){ 0 },
                  "no layer of this model is computed by rows: one thread does all, --threads has "
                  "no effect");
    p->form = m.form = weights_form(g, plan);
    set_names(a, &m);
    m.function_of = NEW_ARRAY(a, const char *, g->nops + 1);
    const char *layers = text_of(&o, put_layers, &m);
    const char *pass = text_of(&o, m.threads > 1 ? put_threads_pass : put_pass, &m);
    put_file(&o, &m, layers, pass);
    o.text = &p->h;
    put_header(&o, &m);
    text_free(&o.shared);
    struct file_part before = { 0 }, behind = { 0 };
    if (m.form == WEIGHTS_OBJECT)
        weights_object(a, options->target, arena_printf(a, "%s_weights", m.name),
                       weights_block_size(g), &before, &behind);
    if (m.form == WEIGHTS_OBJECT)
        APPEND(a, p->weights, p->nweights, before);
    if (m.form >= WEIGHTS_OBJECT)
        weights_block(g, p);
    if (m.form == WEIGHTS_OBJECT)
        APPEND(a, p->weights, p->nweights, behind);
    return g->ctx->diags.errors == 0;
}
