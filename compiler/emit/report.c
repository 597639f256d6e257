/* report.c - --report: what the network costs, as JSON, text or a page with a picture of the arena.
 */
#include "emit/report.h"

#include <inttypes.h>
#include <jansson.h>
#include <string.h>

struct row { /* of the table of layers */
    const struct op *op;
    const char *name, *kind, *in_shape, *out_shape;
    int line; /* 0: no place in the text */
    int64_t parameters, macs, weight_bytes, arena_bytes;
};

struct rows {
    struct row *item;
    int count;
    int64_t parameters, macs, weight_bytes;
};

static bool same(const char *a, const char *b)
{
    return a == b || (a && b && !strcmp(a, b));
}

static bool reads_constants(const struct op *op)
{
    for (int i = 0; i < op->nin; i++)
        if (op->in[i] && op->in[i]->data)
            return true;
    return false;
}

/* Numbers trained for the op's layer, given to the first op of that layer which reads constants. */
static int64_t parameters_of(const struct graph *g, const struct op *op, const struct rows *before)
{
    int64_t n = 0;
    if (!op->scope.layer || !reads_constants(op))
        return 0;
    for (int i = 0; i < before->count; i++)
        if (reads_constants(before->item[i].op)
            && same(before->item[i].op->scope.layer, op->scope.layer)
            && same(before->item[i].op->scope.path, op->scope.path))
            return 0;
    for (int i = 0; i < g->nweights; i++)
        if (same(g->weights[i]->layer, op->scope.layer)
            && same(g->weights[i]->path, op->scope.path))
            n += shape_count(&g->weights[i]->tensor->shape);
    return n;
}

static int64_t bytes_of(const struct tensor *t)
{
    return shape_count(&t->shape) * (int64_t)dtype_size(t->type);
}

/* Bytes of constants that this op is the first to read; `seen` by tensor id. */
static int64_t constant_bytes(const struct op *op, bool *seen)
{
    int64_t n = 0;
    for (int i = 0; i < op->nin; i++) {
        const struct tensor *t = op->in[i];
        if (!t || !t->data || seen[t->id])
            continue;
        seen[t->id] = true;
        n += bytes_of(t);
    }
    return n;
}

static bool in_arena(const struct tensor *t)
{
    return t->layout.place == IN_ARENA && !t->view_of && t->layout.size > 0 && t->layout.last >= 0;
}

static int64_t arena_size(const struct tensor *t)
{
    return t->layout.size;
}

/* First byte of the tensor's block. */
static int64_t arena_start(const struct tensor *t)
{
    return t->layout.offset;
}

static const char *kind_of(struct graph *g, const struct op *op)
{
    const char *kind = op->def->name;
    for (int i = 0; i < op->nabsorbed; i++)
        kind = arena_printf(g->ctx->arena, "%s + %s", kind, op->absorbed[i]->def->name);
    return kind;
}

static struct row row_of(struct graph *g, const struct op *op, const struct rows *before,
                         bool *seen)
{
    struct arena *a = g->ctx->arena;
    int line = 0, column = 0;
    if (op->at.source)
        span_position(op->at, &line, &column);
    return (struct row){
        .op = op,
        .name = op->name,
        .kind = kind_of(g, op),
        .line = line,
        .in_shape = op->nin && op->in[0] ? shape_text(a, &op->in[0]->shape) : "",
        .out_shape = shape_text(a, &op->out->shape),
        .parameters = parameters_of(g, op, before),
        .macs = op->def->macs ? op->def->macs(op) : 0,
        .weight_bytes = constant_bytes(op, seen),
        .arena_bytes = in_arena(op->out) ? arena_size(op->out) : 0,
    };
}

static struct rows collect(struct graph *g)
{
    struct arena *a = g->ctx->arena;
    struct rows r = { 0 };
    bool *seen = NEW_ARRAY(a, bool, g->ntensors + 1);
    for (int i = 0; i < g->nops; i++) {
        if (g->ops[i]->dead)
            continue;
        const struct row row = row_of(g, g->ops[i], &r, seen);
        APPEND(a, r.item, r.count, row);
        r.macs += row.macs;
        r.weight_bytes += row.weight_bytes;
    }
    for (int i = 0; i < g->nweights; i++)
        r.parameters += shape_count(&g->weights[i]->tensor->shape);
    return r;
}

static const char *source_name(const struct graph *g)
{
    return path_base(g->ctx->options.model);
}

/* ---- JSON ------------------------------------------------------------------------------------ */

static json_t *json_shape(const struct shape *s)
{
    json_t *list = json_array();
    for (int d = 0; d < s->rank; d++)
        json_array_append_new(list, json_integer((json_int_t)s->dim[d]));
    return list;
}

static json_t *json_tensor(const struct tensor *t)
{
    json_t *o = json_object();
    json_object_set_new(o, "name", json_string(t->name));
    json_object_set_new(o, "dtype", json_string(dtype_name(t->type)));
    json_object_set_new(o, "shape", json_shape(&t->shape));
    return o;
}

static json_t *json_tensors(struct tensor *const *t, int n)
{
    json_t *list = json_array();
    for (int i = 0; i < n; i++)
        json_array_append_new(list, json_tensor(t[i]));
    return list;
}

static void set_number(json_t *o, const char *key, int64_t n)
{
    json_object_set_new(o, key, json_integer((json_int_t)n));
}

static json_t *json_layer(const struct row *r)
{
    json_t *o = json_object(), *in = json_array();
    json_object_set_new(o, "name", json_string(r->name));
    json_object_set_new(o, "kind", json_string(r->kind));
    json_object_set_new(o, "line", r->line ? json_integer(r->line) : json_null());
    for (int i = 0; i < r->op->nin; i++)
        if (r->op->in[i] && !r->op->in[i]->data)
            json_array_append_new(in, json_shape(&r->op->in[i]->shape));
    json_object_set_new(o, "input_shapes", in);
    json_object_set_new(o, "output_shape", json_shape(&r->op->out->shape));
    set_number(o, "parameters", r->parameters);
    set_number(o, "multiply_adds", r->macs);
    set_number(o, "weight_bytes", r->weight_bytes);
    set_number(o, "arena_bytes", r->arena_bytes);
    return o;
}

static json_t *json_block(const struct tensor *t)
{
    json_t *o = json_object();
    json_object_set_new(o, "name", json_string(t->name));
    set_number(o, "offset", arena_start(t));
    set_number(o, "bytes", arena_size(t));
    set_number(o, "first_step", t->layout.first);
    set_number(o, "last_step", t->layout.last);
    set_number(o, "rows", t->layout.rows);
    return o;
}

/* The schedule: the layers that run together, and in how many steps. */
static json_t *json_schedule(const struct plan *plan)
{
    json_t *list = json_array();
    for (int i = 0; i < plan->nsegments; i++) {
        json_t *o = json_object(), *names = json_array();
        for (int k = 0; k < plan->segments[i].nops; k++)
            json_array_append_new(names, json_string(plan->segments[i].ops[k]->name));
        json_object_set_new(o, "layers", names);
        set_number(o, "steps", plan->segments[i].steps);
        json_array_append_new(list, o);
    }
    return list;
}

/* The arrays that a weights file has to give, in the order of the layers. */
static json_t *json_weights(const struct graph *g)
{
    json_t *list = json_array();
    for (int i = 0; i < g->nweights; i++) {
        const struct weight *w = g->weights[i];
        json_t *o = json_object();
        json_object_set_new(o, "layer", json_string(w->path));
        json_object_set_new(o, "name", json_string(w->name));
        json_object_set_new(o, "shape", json_shape(&w->tensor->shape));
        json_array_append_new(list, o);
    }
    return list;
}

static void print_json(const struct graph *g, const struct plan *plan, const char *function,
                       const struct rows *r, struct text *t)
{
    json_t *o = json_object(), *layers = json_array(), *memory = json_object(),
           *blocks = json_array();
    json_object_set_new(o, "function", json_string(function));
    json_object_set_new(o, "source", json_string(source_name(g)));
    json_object_set_new(o, "inputs", json_tensors(g->inputs, g->ninputs));
    json_object_set_new(o, "outputs", json_tensors(g->outputs, g->noutputs));
    for (int i = 0; i < r->count; i++)
        json_array_append_new(layers, json_layer(&r->item[i]));
    json_object_set_new(o, "layers", layers);
    set_number(o, "parameters", r->parameters);
    set_number(o, "multiply_adds", r->macs);
    set_number(memory, "arena_bytes", plan->arena_bytes);
    set_number(memory, "arena_lower_bound", plan->lower_bound_bytes);
    set_number(memory, "weight_bytes", plan->weight_bytes);
    for (int i = 0; i < g->ntensors; i++)
        if (in_arena(g->tensors[i]))
            json_array_append_new(blocks, json_block(g->tensors[i]));
    json_object_set_new(memory, "blocks", blocks);
    json_object_set_new(o, "memory", memory);
    json_object_set_new(o, "schedule", json_schedule(plan));
    json_object_set_new(o, "weights", json_weights(g));
    char *s = json_dumps(o, JSON_INDENT(2) | JSON_PRESERVE_ORDER);
    if (!s)
        die("out of memory while the report was made");
    text_printf(t, "%s\n", s);
    free(s);
    json_decref(o);
}

/* ---- text ------------------------------------------------------------------------------------ */

static int wider(int width, const char *s)
{
    const int n = (int)strlen(s);
    return n > width ? n : width;
}

static void print_text(const struct graph *g, const struct plan *plan, const char *function,
                       const struct rows *r, struct text *t)
{
    struct arena *a = g->ctx->arena;
    int name = 5, kind = 4, shape = 5;
    for (int i = 0; i < r->count; i++) {
        name = wider(name, r->item[i].name);
        kind = wider(kind, r->item[i].kind);
        shape = wider(shape, r->item[i].out_shape);
    }
    text_printf(t, "%s, from %s\n\n", function, source_name(g));
    for (int i = 0; i < g->ninputs; i++)
        text_printf(t, "input   %s: %s %s\n", g->inputs[i]->name, dtype_name(g->inputs[i]->type),
                    shape_text(a, &g->inputs[i]->shape));
    for (int i = 0; i < g->noutputs; i++)
        text_printf(t, "output  %s: %s %s\n", g->outputs[i]->name, dtype_name(g->outputs[i]->type),
                    shape_text(a, &g->outputs[i]->shape));
    text_printf(t, "\n%-*s  %-*s  %5s  %-*s  %12s  %14s  %12s  %12s\n", name, "layer", kind, "kind",
                "line", shape, "shape", "parameters", "multiply-adds", "weight bytes",
                "arena bytes");
    for (int i = 0; i < r->count; i++) {
        const struct row *p = &r->item[i];
        text_printf(t,
                    "%-*s  %-*s  %5d  %-*s  %12" PRId64 "  %14" PRId64 "  %12" PRId64 "  %12" PRId64
                    "\n",
                    name, p->name, kind, p->kind, p->line, shape, p->out_shape, p->parameters,
                    p->macs, p->weight_bytes, p->arena_bytes);
    }
    text_printf(t, "\nparameters      %14" PRId64 "\nmultiply-adds   %14" PRId64 "\n",
                r->parameters, r->macs);
    text_printf(t,
                "weights         %14" PRId64 " bytes\narena           %14" PRId64
                " bytes\nlower bound     %14" PRId64 " bytes\n",
                plan->weight_bytes, plan->arena_bytes, plan->lower_bound_bytes);
}

/* ---- HTML ------------------------------------------------------------------------------------ */

enum { PICTURE_W = 1000, PICTURE_H = 420, LEFT = 90, BOTTOM = 30 };

static void put_escaped(struct text *t, const char *s)
{
    for (; *s; s++) {
        if (*s == '<')
            text_printf(t, "&lt;");
        else if (*s == '>')
            text_printf(t, "&gt;");
        else if (*s == '&')
            text_printf(t, "&amp;");
        else if (*s == '"')
            text_printf(t, "&quot;");
        else
            text_add(t, s, 1);
    }
}

/* In hundredths of a unit, by integers: the same bytes in any locale. */
static void put_hundredths(struct text *t, int64_t v)
{
    text_printf(t, "%" PRId64 ".%02" PRId64, v / 100, v % 100);
}

static void put_attribute(struct text *t, const char *name, int64_t hundredths)
{
    text_printf(t, " %s=\"", name);
    put_hundredths(t, hundredths);
    text_add(t, "\"", 1);
}

static int64_t scaled(int64_t v, int64_t from, int64_t to)
{
    return (int64_t)((double)v / (double)(from > 0 ? from : 1) * (double)to * 100.0 + 0.5);
}

/* One tensor's block: steps to the right, addresses upwards. */
static void put_block(struct text *t, const struct tensor *x, int steps, int64_t bytes)
{
    const int64_t x0 = scaled(x->layout.first, steps, PICTURE_W),
                  x1 = scaled(x->layout.last + 1, steps, PICTURE_W);
    const int64_t top = scaled(arena_start(x) + arena_size(x), bytes, PICTURE_H);
    const int64_t height = top - scaled(arena_start(x), bytes, PICTURE_H);
    text_printf(t, "<g><rect");
    put_attribute(t, "x", LEFT * 100 + x0);
    put_attribute(t, "y", PICTURE_H * 100 > top ? PICTURE_H * 100 - top : 0);
    put_attribute(t, "width", x1 - x0);
    put_attribute(t, "height", height);
    text_printf(t, " fill=\"hsl(%d 55%% 72%%)\" stroke=\"#444\"/><title>", x->id * 67 % 360);
    put_escaped(t, x->name);
    text_printf(t, ": %" PRId64 " bytes at %" PRId64 ", steps %d to %d</title>", arena_size(x),
                arena_start(x), x->layout.first, x->layout.last);
    if (height > 1300 && x1 - x0 > 700 * (int64_t)strlen(x->name)) {
        text_printf(t, "<text");
        put_attribute(t, "x", LEFT * 100 + x0 + 400);
        put_attribute(t, "y", PICTURE_H * 100 - top + height / 2 + 400);
        text_printf(t, ">");
        put_escaped(t, x->name);
        text_printf(t, "</text>");
    }
    text_printf(t, "</g>\n");
}

static void put_picture(const struct graph *g, const struct plan *plan, struct text *t)
{
    int steps = 1;
    for (int i = 0; i < g->ntensors; i++)
        if (in_arena(g->tensors[i]) && g->tensors[i]->layout.last + 1 > steps)
            steps = g->tensors[i]->layout.last + 1;
    text_printf(t,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" role=\"img\">\n"
                "<rect x=\"%d\" y=\"0\" width=\"%d\" height=\"%d\" fill=\"#f6f6f6\"/>\n",
                LEFT + PICTURE_W + 10, PICTURE_H + BOTTOM, LEFT, PICTURE_W, PICTURE_H);
    for (int i = 0; i < g->ntensors; i++)
        if (in_arena(g->tensors[i]))
            put_block(t, g->tensors[i], steps, plan->arena_bytes);
    text_printf(t,
                "<text x=\"4\" y=\"12\">%" PRId64 "</text><text x=\"4\" y=\"%d\">byte 0</text>\n"
                "<text x=\"%d\" y=\"%d\">step 0</text><text x=\"%d\" y=\"%d\" "
                "text-anchor=\"end\">step %d</text>\n</svg>\n",
                plan->arena_bytes, PICTURE_H, LEFT, PICTURE_H + 18, LEFT + PICTURE_W,
                PICTURE_H + 18, steps - 1);
}

static void put_cell(struct text *t, const char *s)
{
    text_printf(t, "<td>");
    put_escaped(t, s);
    text_printf(t, "</td>");
}

static void put_table(const struct rows *r, struct text *t)
{
    text_printf(t, "<table>\n<tr><th>layer</th><th>kind</th><th>line</th><th>in</th><th>out</"
                   "th><th>parameters</th>"
                   "<th>multiply-adds</th><th>weight bytes</th><th>arena bytes</th></tr>\n");
    for (int i = 0; i < r->count; i++) {
        const struct row *p = &r->item[i];
        text_printf(t, "<tr>");
        put_cell(t, p->name);
        put_cell(t, p->kind);
        text_printf(t, p->line ? "<td class=\"n\">%d</td>" : "<td></td>", p->line);
        put_cell(t, p->in_shape);
        put_cell(t, p->out_shape);
        text_printf(t,
                    "<td class=\"n\">%" PRId64 "</td><td class=\"n\">%" PRId64
                    "</td><td class=\"n\">%" PRId64 "</td><td class=\"n\">%" PRId64 "</td></tr>\n",
                    p->parameters, p->macs, p->weight_bytes, p->arena_bytes);
    }
    text_printf(t, "</table>\n");
}

static void put_tensors(const struct graph *g, struct tensor *const *x, int n, const char *what,
                        struct text *t)
{
    for (int i = 0; i < n; i++) {
        text_printf(t, "<li>%s ", what);
        put_escaped(t, x[i]->name);
        text_printf(t, ": %s, %s</li>\n", dtype_name(x[i]->type),
                    shape_text(g->ctx->arena, &x[i]->shape));
    }
}

static void print_html(const struct graph *g, const struct plan *plan, const char *function,
                       const struct rows *r, struct text *t)
{
    text_printf(t,
                "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta "
                "charset=\"utf-8\">\n<title>%s</title>\n<style>\n"
                "body { font: 14px sans-serif; max-width: 1100px; margin: 2em auto; }\n"
                "svg text { font: 11px sans-serif; }\ntable { border-collapse: collapse; }\n"
                "td, th { padding: 2px 8px; border-bottom: 1px solid #ccc; text-align: left; }\n"
                "td.n { text-align: right; font-variant-numeric: tabular-nums; }\n"
                "</style>\n</head>\n<body>\n<h1>%s</h1>\n<p>From ",
                function, function);
    put_escaped(t, source_name(g));
    text_printf(
        t,
        ": %" PRId64 " parameters, %" PRId64 " multiply-adds, %" PRId64
        " bytes of weights, %" PRId64 " bytes of arena (lower bound %" PRId64 ").</p>\n<ul>\n",
        r->parameters, r->macs, plan->weight_bytes, plan->arena_bytes, plan->lower_bound_bytes);
    put_tensors(g, g->inputs, g->ninputs, "input", t);
    put_tensors(g, g->outputs, g->noutputs, "output", t);
    text_printf(t, "</ul>\n<h2>The arena over time</h2>\n");
    put_picture(g, plan, t);
    text_printf(t, "<h2>Layers</h2>\n");
    put_table(r, t);
    text_printf(t, "</body>\n</html>\n");
}

bool report_write(struct graph *g, const struct plan *plan, const char *function, const char *path)
{
    struct rows r = collect(g);
    struct text t = { 0 };
    if (ends_with(path, ".json"))
        print_json(g, plan, function, &r, &t);
    else if (ends_with(path, ".html"))
        print_html(g, plan, function, &r, &t);
    else
        print_text(g, plan, function, &r, &t);
    const bool ok = file_write(&g->ctx->diags, path, t.s, t.n);
    text_free(&t);
    return ok;
}
