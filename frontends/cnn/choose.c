/* choose.c - which of the text's models is compiled, and its weights' final names and order. */
#include "cnn/keras.h"

#include <string.h>

/* ---- candidates ---- */

static bool has_content(const struct layer *l)
{
    return l->model
           && (l->model->nlayers || l->model->outs.kind != V_EMPTY
               || (l->self.object->class->base == B_MODEL && l->self.object->attributes->count));
}

/* Is it a layer of another model, or held by a layer? */
static bool is_nested(struct eval *e, const struct layer *m)
{
    for (int i = 0; i < e->keras->nlayers; i++) {
        struct layer *other = e->keras->layers[i], **inner = NULL;
        int n = 0;
        if (other == m || (other->model && !has_content(other)))
            continue;
        if (other->model) {
            list_layers(e, other);
            inner = other->model->layers;
            n = other->model->nlayers;
        } else {
            held_layers(e, other, &inner, &n);
        }
        for (int k = 0; k < n; k++)
            if (inner[k] == m)
                return true;
    }
    return false;
}

static struct layer *model_in(struct value v)
{
    return v.kind == V_OBJECT && v.object->layer && v.object->layer->model ? v.object->layer : NULL;
}

/* ---- by name, by call ---- */

struct expression {
    const char *option, *text;
    struct value value;
};

static void evaluate_expression(struct eval *e, void *data)
{
    struct expression *x = data;
    struct source *src = NEW(e->mem, struct source);
    *src = (struct source){ x->option, x->text, strlen(x->text) };
    const struct node_list l = parse_python(e->ctx, src);
    if (e->ctx->diags.errors == 0 && l.count == 1 && l.item[0]->kind == N_EXPRESSION)
        x->value = eval(e, e->main->scope, l.item[0]->a);
    else if (e->ctx->diags.errors == 0)
        diag_error(&e->ctx->diags, (struct span){ src, 0, src->size },
                   "%s takes one Python expression", x->option);
}

static struct layer *by_name(struct eval *e, const char *name)
{
    struct expression x = { "--model", name, UNKNOWN };
    if (protect(e, evaluate_expression, &x) && model_in(x.value))
        return model_in(x.value);
    for (int i = e->keras->nlayers - 1; i >= 0; i--)
        if (e->keras->layers[i]->model && e->keras->layers[i]->name
            && strcmp(e->keras->layers[i]->name->s, name) == 0)
            return e->keras->layers[i];
    if (e->ctx->diags.errors)
        return NULL;
    const char *names[100];
    int n = 0;
    for (int64_t i = 0; i < e->main->globals->used && n < 100; i++)
        if (model_in(e->main->globals->entry[i].value))
            names[n++] = e->main->globals->entry[i].key.s->s;
    const char *near = nearest(name, names, n);
    diag_error(&e->ctx->diags, (struct span){ 0 }, "--model=%s: there is no such model%s%s%s", name,
               near ? "; did you mean '" : "", near ? near : "", near ? "'?" : "");
    return NULL;
}

static struct layer *by_call(struct eval *e, const char *text)
{
    struct expression x = { "--call", text, UNKNOWN };
    if (!protect(e, evaluate_expression, &x)) {
        report_raised(e);
        return NULL;
    }
    struct value v = x.value;
    for (int64_t i = 0; v.kind == V_TUPLE && i < v.list->count; i++)
        if (model_in(v.list->item[i]))
            v = v.list->item[i];
    if (!model_in(v) && e->ctx->diags.errors == 0)
        diag_error(&e->ctx->diags, (struct span){ 0 }, "--call=%s gives no model%s", text,
                   v.kind == V_UNKNOWN ? explain(e, v.unknown) : "");
    return model_in(v);
}

/* ---- texts that only define ---- */

static bool has_all_defaults(const struct node *f, bool method)
{
    for (int i = method; i < f->params.count; i++)
        if (f->params.item[i]->star == 0 && !f->params.item[i]->b)
            return false;
    return true;
}

static bool returns_something(const struct node_list *b)
{
    for (int i = 0; i < b->count; i++)
        if ((b->item[i]->kind == N_RETURN && b->item[i]->a)
            || (b->item[i]->kind != N_FUNCTION && b->item[i]->kind != N_CLASS
                && (returns_something(&b->item[i]->body)
                    || returns_something(&b->item[i]->orelse))))
            return true;
    return false;
}

struct attempt {
    struct value f, result;
};

static void call_attempt(struct eval *e, void *data)
{
    struct attempt *a = data;
    const struct span at = a->f.kind == V_FUNCTION ? a->f.function->node->at : (struct span){ 0 };
    a->result = call_n(e, a->f, at, 0);
}

/* The function (or class of model) whose parameters all have defaults and that gives a model: the
 * last of them. */
static struct layer *by_itself(struct eval *e, struct span at)
{
    const char *called = NULL, *needs = NULL;
    for (int64_t i = e->main->globals->used - 1; i >= 0; i--) {
        const struct entry *n = &e->main->globals->entry[i];
        struct attempt a = { n->value, UNKNOWN };
        bool fits = false;
        if (n->value.kind == V_FUNCTION && n->value.function->module == e->main
            && returns_something(&n->value.function->node->body)) {
            fits = has_all_defaults(n->value.function->node, false);
            needs = fits || needs ? needs : n->key.s->s;
        } else if (n->value.kind == V_CLASS && n->value.class->base >= B_MODEL
                   && n->value.class->base <= B_SEQUENTIAL && n->value.class != e->keras_model
                   && n->value.class != e->sequential) {
            const struct value init = class_lookup(n->value.class, e->n.__init__);
            fits = init.kind != V_FUNCTION || has_all_defaults(init.function->node, true);
            needs = fits || needs ? needs : n->key.s->s;
        }
        if (!fits)
            continue;
        if (!protect(e, call_attempt, &a)) {
            report_raised(e);
            return NULL;
        }
        if (model_in(a.result)) {
            called = n->key.s->s;
            diag_note(&e->ctx->diags, (struct span){ 0 },
                      "the model is what %s() gives; --call='%s(...)' calls it with other "
                      "arguments, or another function",
                      called, called);
            return model_in(a.result);
        }
        if (e->ctx->diags.errors)
            return NULL;
    }
    if (needs)
        diag_error(
            &e->ctx->diags, at,
            "this text only defines functions; say which to call and with what: --call='%s(...)'",
            needs);
    return NULL;
}

static struct layer *choose(struct eval *e, struct span at)
{
    struct layer **roots = NULL, *chosen = NULL, *first = NULL;
    int n = 0;
    if (e->ctx->options.call)
        return by_call(e, e->ctx->options.call);
    if (e->ctx->options.model_name)
        return by_name(e, e->ctx->options.model_name);
    for (int i = 0; i < e->keras->nlayers; i++)
        if (has_content(e->keras->layers[i]) && !is_nested(e, e->keras->layers[i]))
            APPEND(e->mem, roots, n, e->keras->layers[i]);
    if (!n)
        return by_itself(e, at);
    first = model_in(dict_name(e->main->globals, e->n.model));
    chosen = n == 1 ? roots[0] : first && has_content(first) ? first : roots[n - 1];
    if (n > 1) {
        const char *others = "";
        for (int64_t i = 0, shown = 0; i < e->main->globals->used && shown < 8; i++) {
            const struct entry *g = &e->main->globals->entry[i];
            if (g->key.kind == V_STRING && model_in(g->value) && model_in(g->value) != chosen
                && has_content(model_in(g->value))) {
                others = arena_printf(e->mem, "%s%s%s", others, *others ? ", " : "", g->key.s->s);
                shown++;
            }
        }
        diag_note(&e->ctx->diags, chosen->at,
                  "the text has %d models; this one, '%s', is compiled%s%s%s", n,
                  name_of_layer(e, chosen)->s, *others ? "; --model=NAME chooses another: " : "",
                  others, "");
    }
    return chosen;
}

/* ---- the graph ---- */

static bool give_tensors(struct eval *e, struct layer *m)
{
    struct tensor **in = NULL, **out = NULL;
    const struct unknown *u = NULL;
    int nin = 0, nout = 0;
    if (!flatten_tensors(e, m->model->ins, &in, &nin, &u) || !nin)
        return error_at(e, m->at, "an input of this model is not known%s", u ? explain(e, u) : "");
    if (!flatten_tensors(e, m->model->outs, &out, &nout, &u) || !nout)
        return error_at(e, m->at, "an output of this model is not known%s", u ? explain(e, u) : "");
    for (int i = 0; i < nin; i++) {
        for (int k = 0; k < e->keras->nopen_inputs; k++)
            if (e->keras->open_inputs[k] == in[i] && (e->keras->open_told = true))
                return diag_error(
                    &e->ctx->diags, in[i]->at,
                    "the input '%s' has a dimension that is not known; give its shape with "
                    "--input-shape=%s%s",
                    in[i]->name, nin > 1 ? arena_printf(e->mem, "%s=", in[i]->name) : "",
                    in[i]->shape.rank == 4 ? "H,W,C" : "D,D");
        APPEND(e->mem, e->g->inputs, e->g->ninputs, in[i]);
    }
    for (int i = 0; i < nout; i++)
        graph_output(e->g, out[i]);
    return true;
}

static bool cut_at(struct eval *e, struct layer *m, const char *name)
{
    const char *names[2000];
    int n = 0;
    list_layers(e, m);
    for (int i = 0; i < m->model->nlayers && n < 2000; i++) {
        struct layer *l = m->model->layers[i];
        names[n++] = name_of_layer(e, l)->s;
        if (strcmp(name_of_layer(e, l)->s, name) == 0 && l->ncalls) {
            m->model->outs = l->calls[0]->out;
            return true;
        }
    }
    const char *near = nearest(name, names, n);
    return diag_error(&e->ctx->diags, (struct span){ 0 },
                      "--output=%s: the model has no such layer%s%s%s", name,
                      near ? "; did you mean '" : "", near ? near : "", near ? "'?" : "");
}

struct finishing {
    struct layer *m;
    bool good;
};

static void finish(struct eval *e, void *data)
{
    struct finishing *f = data;
    const char *cut = e->ctx->options.output_layer;
    if (cut && f->m->model->sequential) { /* its layers' results, not those of one call */
        f->m->model->outs = EMPTY;
        e->keras->inside = 0;
    }
    f->good = build_model(e, f->m, (struct span){ 0 }) && (!cut || cut_at(e, f->m, cut))
              && give_tensors(e, f->m);
    if (f->good)
        name_weights(e, f->m);
}

struct graph *choose_model(struct eval *e)
{
    const struct span start = { e->main->source, 0, 0 };
    struct layer *m = e->ctx->diags.errors ? NULL : choose(e, start);
    if (e->ctx->diags.errors)
        return NULL;
    if (!m) {
        diag_error(&e->ctx->diags, start,
                   "this text builds no model; give the text of a Sequential or a Model");
        return NULL;
    }
    struct finishing f = { m, false };
    if (!protect(e, finish, &f)) {
        report_raised(e);
        return NULL;
    }
    if (!f.good)
        return NULL;
    for (int i = 0; i < e->keras->nlayers && !m->weights; i++)
        m->weights = e->keras->layers[i]->weights;
    if (m->weights && !e->ctx->options.weights && !e->ctx->options.init)
        e->ctx->options.weights = m->weights;
    for (int i = 0; i < e->nset; i++)
        if (!e->set[i].used)
            diag_warning(&e->ctx->diags, (struct span){ 0 },
                         "--set %s: nothing in the text asks for this name", e->set[i].name);
    graph_sweep(e->g);
    return e->ctx->diags.errors ? NULL : e->g;
}
