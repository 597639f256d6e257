/*
 * write.c - the graph as an ONNX model: op by op through the formulas of the op table. Operators
 * that do not care about the order of axes take it as it comes, by the rule (take_transpose) by
 * which transpositions sink through the graph.
 */
#include "onnx/write.h"

#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { OPSET = 21, MOST_RESULTS = 8 };

/* ---- formulas -------------------------------------------------------------------------------- */

/* A real number such that it reads back as one: "1.0", "1e-05", "inf". */
static const char *real_text(struct arena *a, double v)
{
    const char *s = arena_printf(a, "%.17g", v);
    for (int digits = 1; digits < 17 && !isnan(v); digits++) {
        const char *shorter = arena_printf(a, "%.*g", digits, v);
        if (strtod(shorter, NULL) == v) {
            s = shorter;
            break;
        }
    }
    return strpbrk(s, ".en") ? s : arena_printf(a, "%s.0", s);
}

static const char *attribute_text(struct arena *a, const struct op *op, const struct attr *attr)
{
    const void *at = (const char *)op->attr + attr->offset;
    const struct int_list *list = at;
    const struct float_list *floats = at;
    const char *s = "", *word = attr->choices;
    switch (attr->type) {
    case ATTR_INT: return arena_printf(a, "%d", *(const int *)at);
    case ATTR_FLOAT: return real_text(a, *(const double *)at);
    case ATTR_BOOL: return *(const bool *)at ? "1" : "0";
    case ATTR_CHOICE:
        for (int i = *(const int *)at; i > 0; i--) {
            word += strcspn(word, " ");
            word += strspn(word, " ");
        }
        return arena_printf(a, "'%.*s'", (int)strcspn(word, " "), word);
    case ATTR_INTS:
    case ATTR_PADS:
        for (int i = 0; i < attr->count; i++)
            s = arena_printf(a, "%s%d,", s, ((const int *)at)[i]);
        return arena_printf(a, "[%s]", s);
    case ATTR_LIST:
        for (int i = 0; i < list->count; i++)
            s = arena_printf(a, "%s%lld,", s, (long long)list->item[i]);
        return arena_printf(a, "[%s]", s);
    case ATTR_FLOATS:
        for (int i = 0; i < floats->count; i++)
            s = arena_printf(a, "%s%s,", s, real_text(a, floats->item[i]));
        return arena_printf(a, "[%s]", s);
    case ATTR_STRING: return arena_printf(a, "'%s'", *(const char *const *)at);
    case ATTR_ACTIVATION:
    case ATTR_LAYER:
    case ATTR_LAYERS:
    case ATTR_IGNORED: break;
    }
    bug("the attribute '%s' of '%s' has no text for ONNX", attr->name, op->def->name);
}

/* $name: the attribute's value. */
static const char *with_attributes(struct arena *a, const struct op *op, const char *formula)
{
    const char *dollar;
    while ((dollar = strchr(formula, '$')) != NULL) {
        size_t n = 0;
        while (isalnum((unsigned char)dollar[1 + n]) || dollar[1 + n] == '_')
            n++;
        const struct attr *attr = op->def->attrs;
        while (attr && attr->name && (strncmp(attr->name, dollar + 1, n) || attr->name[n]))
            attr++;
        if (!attr || !attr->name)
            bug("'%s' has no attribute for '%s'", op->def->name, dollar);
        formula = arena_printf(a, "%.*s%s%s", (int)(dollar - formula), formula,
                               attribute_text(a, op, attr), dollar + 1 + n);
    }
    return formula;
}

/* The node of the same name: "Elu(a, alpha=$alpha)". */
static const char *plain_formula(struct arena *a, const struct op *op)
{
    const char *s = arena_printf(a, "%.*s(", (int)strcspn(op->def->onnx, " "), op->def->onnx);
    for (int i = 0; i < op->nin; i++)
        s = op->in[i] ? arena_printf(a, "%s%c,", s, 'a' + i) : arena_printf(a, "%s-,", s);
    for (const struct attr *attr = op->def->attrs; attr && attr->name; attr++)
        if (attr->onnx)
            s = arena_printf(a, "%s%s=$%s,", s, attr->onnx, attr->name);
    return arena_printf(a, "%s)", s);
}

/* NULL: the op cannot be written. */
static const char *formula_of(struct graph *g, const struct op *op)
{
    struct arena *a = g->ctx->arena;
    const struct opdef *def = op->def;
    const char *s = def->to_onnx;
    if (def->to_onnx_for)
        s = def->to_onnx_for(g, op);
    else if (!s && def->onnx && !def->import && !strchr(def->onnx, ':') && op->nin <= 26)
        s = plain_formula(a, op);
    return s ? with_attributes(a, op, s) : NULL;
}

/* ---- ops in another order of axes ------------------------------------------------------------ */

static void invert(const int *perm, int n, int *to)
{
    for (int i = 0; i < n; i++)
        to[perm[i]] = i;
}

/* The order in which the op's inputs are there, where it is not the tensors' own: that of the first
 * input of all axes. */
static bool order_of_inputs(const struct writer *w, const struct op *op, int *perm)
{
    const int rank = op->def->elementwise ? op->out->shape.rank : op->in[0]->shape.rank;
    int plain[MAX_RANK];
    identity_order(rank, plain);
    for (int i = 0; i < moved_inputs_of(op); i++) {
        const struct tensor *t = op->in[i];
        const struct version *v =
            t && !t->data && t->shape.rank == rank ? w->versions[t->id] : NULL;
        if (v && memcmp(v->perm, plain, (size_t)rank * sizeof *plain) != 0) {
            memcpy(perm, v->perm, (size_t)rank * sizeof *perm);
            return true;
        }
    }
    return false;
}

/* An operand of an elementwise op with all axes of the result, in that order. */
static struct onnx_value *operand_in_order(struct writer *w, const struct tensor *t, int rank,
                                           const int *perm, struct shape *to)
{
    struct shape full = { .rank = rank };
    const int missing = rank - t->shape.rank;
    for (int i = 0; i < rank; i++)
        full.dim[i] = i < missing ? 1 : t->shape.dim[i - missing];
    for (int i = 0; i < rank; i++)
        to->dim[i] = full.dim[perm[i]];
    to->rank = rank;
    if (shape_count(&full) == 1 && t->data) /* one number fits any order */
        return ordered(w, t, NULL);
    return missing ? transposed_value(w, reshaped(w, t, ordered(w, t, NULL), full), t->type, &full,
                                      perm)
                   : ordered(w, t, perm);
}

/*
 * The op as it is with its inputs' axes in the order perm: clone gets its attributes and shapes,
 * ready its operands, result the order of its results. false: it does not take another order.
 */
static bool in_order(struct writer *w, const struct op *op, const int *perm, struct op *clone,
                     struct onnx_value **ready, int *result)
{
    struct arena *a = w->g->ctx->arena;
    const int n = moved_inputs_of(op), rank = op->out->shape.rank,
              in_rank = op->def->elementwise ? rank : op->in[0]->shape.rank;
    int back[MAX_RANK], turned[MAX_RANK];
    for (int i = 0; i < n; i++)
        if (op->in[i] && !op->def->elementwise && op->in[i]->shape.rank != in_rank)
            return false;
    for (int k = 1; k < op->nouts; k++)
        if (op->outs[k] && op->outs[k]->shape.rank != rank)
            return false;
    *clone = *op;
    clone->attr = arena_alloc(a, op->def->attr_size + 1);
    if (op->def->attr_size)
        memcpy(clone->attr, op->attr, op->def->attr_size);
    invert(perm, in_rank, back);
    memcpy(turned, back, sizeof turned);
    if (op->def->take_transpose && !op->def->take_transpose(w->g, clone, back, turned))
        return false;
    clone->in = NEW_ARRAY(a, struct tensor *, op->nin + 1);
    clone->outs = NEW_ARRAY(a, struct tensor *, op->nouts + 1);
    for (int i = 0; i < op->nin; i++) {
        if (!op->in[i])
            continue;
        clone->in[i] = NEW(a, struct tensor);
        *clone->in[i] = *op->in[i];
        ready[i] = i < n ? operand_in_order(w, op->in[i], in_rank, perm, &clone->in[i]->shape)
                         : ordered(w, op->in[i], NULL);
    }
    for (int k = 0; k < op->nouts; k++) {
        if (!op->outs[k])
            continue;
        clone->outs[k] = NEW(a, struct tensor);
        *clone->outs[k] = *op->outs[k];
        clone->outs[k]->shape = (struct shape){ 0 };
        for (int i = 0; op->def->elementwise && i < rank; i++)
            clone->outs[k]->shape.dim[turned[i]] = op->outs[k]->shape.dim[i];
        clone->outs[k]->shape.rank = op->def->elementwise ? rank : 0;
    }
    clone->out = clone->outs[0];
    if (!op->def->elementwise && op->def->shape && !op->def->shape(w->g, clone))
        bug("'%s' (%s) does not take another order of axes as it says", op->name, op->def->name);
    invert(turned, rank, result);
    return true;
}

/* ---- op by op -------------------------------------------------------------------------------- */

static const struct shape *ordered_shape(struct writer *w, const struct shape *s, const int *perm)
{
    struct shape *to = NEW(w->g->ctx->arena, struct shape);
    to->rank = s->rank;
    for (int i = 0; i < s->rank; i++)
        to->dim[i] = s->dim[perm[i]];
    return to;
}

static bool write_node(struct writer *w, const struct op *op)
{
    struct onnx_value *results[MOST_RESULTS] = { NULL },
                      **ready = NEW_ARRAY(w->g->ctx->arena, struct onnx_value *, op->nin + 1);
    int perm[MAX_RANK], result[MAX_RANK];
    struct op clone;
    bool first = false, moved = false;
    if ((op->def->elementwise || op->def->take_transpose) && op->nin && op->in[0]
        && order_of_inputs(w, op, perm))
        moved = in_order(w, op, perm, &clone, ready, result);
    const struct op *as = moved ? &clone : op;
    const char *formula = op->nouts <= MOST_RESULTS ? formula_of(w->g, as) : NULL;
    if (!formula)
        return false;
    write_formula(w, &(struct writing){ as, moved ? ready : NULL }, formula, results, &first);
    for (int k = 0; k < op->nouts; k++) {
        const struct tensor *t = op->outs[k];
        if (results[k])
            results[k]->absent = !t;
        if (!t || !results[k])
            continue;
        if (first)
            channels_first_order(t->shape.rank, result);
        else if (!moved)
            identity_order(t->shape.rank, result);
        results[k]->base = t->name;
        results[k]->type = t->type;
        results[k]->shape = ordered_shape(w, &t->shape, result);
        keep_version(w, t, result, results[k]);
    }
    return true;
}

/* Ops that only say how a tensor is to be looked at. */
static bool write_view(struct writer *w, const struct op *op)
{
    const struct tensor *x = op->in[0], *y = op->out;
    int perm[MAX_RANK], back[MAX_RANK], q[MAX_RANK];
    const bool permutes = op->def->permutes && op->def->permutes(op, perm);
    if (!permutes && !op->def->is_identity && !op->def->is_view)
        return false;
    ordered(w, x, w->versions[x->id] ? w->versions[x->id]->perm : NULL);
    identity_order(x->shape.rank, q);
    invert(permutes ? perm : q, x->shape.rank, back);
    if (!permutes && !op->def->is_identity) {
        identity_order(y->shape.rank, q);
        keep_version(w, y, q, reshaped(w, x, ordered(w, x, NULL), y->shape));
        return true;
    }
    for (const struct version *v = w->versions[x->id]; v; v = v->next) {
        for (int j = 0; j < x->shape.rank; j++)
            q[j] = back[v->perm[j]];
        keep_version(w, y, q, v->value);
    }
    return true;
}

/* ---- the whole graph ------------------------------------------------------------------------- */

static void write_inputs(struct writer *w)
{
    int plain[MAX_RANK];
    for (int i = 0; i < w->g->ninputs; i++) {
        const struct tensor *t = w->g->inputs[i];
        identity_order(t->shape.rank, plain);
        w->inputs[i] = new_value(w, t->name, t->type, &t->shape);
        w->inputs[i]->name = t->name;
        keep_version(w, t, plain, w->inputs[i]);
    }
}

/* An output has its tensor's name; what is an input, a constant or another output already is
 * copied. */
static void write_outputs(struct writer *w)
{
    struct name_table taken = { 0 };
    for (int i = 0; i < w->g->ninputs; i++)
        names_take(w->g->ctx->arena, &taken, w->inputs[i]->name);
    for (int i = 0; i < w->g->noutputs; i++) {
        const struct tensor *t = w->g->outputs[i];
        struct onnx_value *v = ordered(w, t, NULL);
        if (v->name || v->data) {
            struct onnx_out_node *n = new_node_out(w, "Identity", &v, 1);
            v = new_value(w, t->name, t->type, &t->shape);
            APPEND(w->g->ctx->arena, n->out, n->nout, v);
        }
        v->name = names_free(w->g->ctx->arena, &taken, t->name);
        names_take(w->g->ctx->arena, &taken, v->name);
        v->used = true;
        w->outputs[i] = v;
    }
}

/* Nodes whose results nobody reads: Transposes that turned out not to be needed make none. */
static void drop_unread(struct writer *w)
{
    for (int i = 0; i < w->nvalues; i++)
        w->values[i]->used = false;
    for (int i = 0; i < w->g->noutputs; i++)
        w->outputs[i]->used = true;
    bool *needed = NEW_ARRAY(w->g->ctx->arena, bool, w->nnodes + 1);
    for (int i = w->nnodes - 1; i >= 0; i--) {
        struct onnx_out_node *n = w->nodes[i];
        for (int k = 0; k < n->nout; k++)
            needed[i] |= n->out[k]->used;
        for (int k = 0; needed[i] && k < n->nin; k++)
            if (n->in[k])
                n->in[k]->used = true;
    }
    int kept = 0;
    for (int i = 0; i < w->nnodes; i++)
        if (needed[i])
            w->nodes[kept++] = w->nodes[i];
    w->nnodes = kept;
}

/* All operators that cannot be written in one error: "SparsePlus (sparse_plus, sparse_plus_1),
 * Sparsemax (sparsemax)". */
static bool report_unwritten(struct writer *w, struct op *const *ops, int n)
{
    struct arena *a = w->g->ctx->arena;
    const char *list = "";
    for (int i = 0; i < n; i++) {
        bool named = false;
        const char *names = "";
        for (int k = 0; k < i; k++)
            named |= ops[k]->def == ops[i]->def;
        for (int k = i; k < n && !named; k++)
            if (ops[k]->def == ops[i]->def)
                names = arena_printf(a, "%s%s%s", names, *names ? ", " : "", ops[k]->name);
        if (!named)
            list =
                arena_printf(a, "%s%s%s (%s)", list, *list ? ", " : "", ops[i]->def->name, names);
    }
    return diag_error(&w->g->ctx->diags, (struct span){ 0 },
                      "ONNX has no operators for what these compute: %s", list);
}

bool write_onnx(struct graph *g, const char *path)
{
    struct arena *a = g->ctx->arena;
    struct writer w = { .g = g, .opset = OPSET };
    struct op **unwritten = NULL;
    int n = 0, plain[MAX_RANK];
    graph_sweep(g);
    w.versions = NEW_ARRAY(a, struct version *, g->ntensors + 1);
    w.inputs = NEW_ARRAY(a, struct onnx_value *, g->ninputs + 1);
    w.outputs = NEW_ARRAY(a, struct onnx_value *, g->noutputs + 1);
    write_inputs(&w);
    for (int i = 0; i < g->nops; i++) {
        struct op *op = g->ops[i];
        if (op->nin && op->in[0] && write_view(&w, op))
            continue;
        if (write_node(&w, op))
            continue;
        APPEND(a, unwritten, n, op);
        /* so that what comes behind can be looked through, too */
        for (int k = 0; k < op->nouts; k++)
            if (op->outs[k]) {
                identity_order(op->outs[k]->shape.rank, plain);
                keep_version(
                    &w, op->outs[k], plain,
                    new_value(&w, op->outs[k]->name, op->outs[k]->type, &op->outs[k]->shape));
            }
    }
    if (n)
        return report_unwritten(&w, unwritten, n);
    write_outputs(&w);
    drop_unread(&w);
    return pack_model(&w, path);
}
