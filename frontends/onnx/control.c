/*
 * control.c - If, Loop and Scan, run at compile time: the branch of a known condition, the body
 * once for each known trip. An If whose condition is only known at run time computes both branches
 * and chooses by Where: bodies have no effects but their results.
 */
#include "onnx/import.h"

#include <string.h>

enum { MOST_TRIPS = 100000 };

bool is_control(const char *domain, const char *op_type)
{
    if (strcmp(domain, "ai.onnx.preview") == 0)
        return strcmp(op_type, "FlexAttention") == 0;
    return !*domain
           && (strcmp(op_type, "If") == 0 || strcmp(op_type, "Loop") == 0
               || strcmp(op_type, "Scan") == 0);
}

static bool value_is_true(const struct tensor *t)
{
    return dtype_get(t->type, t->data, 0) != 0;
}

static const Onnx__GraphProto *body_of(struct importer *im, const Onnx__NodeProto *n,
                                       const struct onnx_node *node, const char *name)
{
    const Onnx__AttributeProto *a = find_attribute(n, name);
    if (!a || !a->g)
        onnx_error(im->g, node, "it lacks the graph '%s'", name);
    return a ? a->g : NULL;
}

bool run_body(struct importer *im, const struct scope *sc, const struct onnx_node *node,
              const Onnx__GraphProto *body, struct tensor *const *in, size_t nin,
              struct tensor **results)
{
    struct scope *inner = NEW(im->ctx->arena, struct scope);
    bool known = true;
    inner->outer = sc;
    inner->opsets = sc->opsets;
    inner->prefix = node->from->name;
    inner->depth = sc->depth + 1;
    if (inner->depth > MOST_DEPTH)
        return onnx_error(im->g, node, "bodies are nested deeper than %d levels", MOST_DEPTH);
    if (body->n_input != nin)
        return onnx_error(im->g, node, "its body takes %zu inputs, %zu are given", body->n_input,
                          nin);
    for (size_t i = 0; i < nin; i++)
        scope_put(im, inner, body->input[i]->name ? body->input[i]->name : "",
                  (struct value){ in[i], !in[i] });
    import_initializers(im, inner, body);
    import_nodes(im, inner, body->node, body->n_node);
    for (size_t i = 0; i < body->n_output; i++) {
        struct value v = { .unknown = true };
        const char *name = body->output[i]->name;
        if (!name || !scope_find(inner, name, &v))
            return onnx_error(im->g, node, "its body does not make its output '%s'",
                              name ? name : "");
        results[i] = v.unknown ? NULL : v.tensor;
        known &= results[i] != NULL;
    }
    return known;
}

/* ---- If -------------------------------------------------------------------------------------- */

static bool import_if(struct importer *im, const struct scope *sc, const Onnx__NodeProto *n,
                      struct onnx_node *node)
{
    struct tensor *condition = onnx_input(node, 0);
    const Onnx__GraphProto *then = body_of(im, n, node, "then_branch"),
                           *otherwise = body_of(im, n, node, "else_branch");
    if (!then || !otherwise || !condition)
        return false;
    struct tensor **a = NEW_ARRAY(im->ctx->arena, struct tensor *, then->n_output + 1);
    struct tensor **b = NEW_ARRAY(im->ctx->arena, struct tensor *, otherwise->n_output + 1);
    if ((size_t)node->nout > then->n_output || (size_t)node->nout > otherwise->n_output)
        return onnx_error(im->g, node, "it has %d outputs, more than its branches make",
                          node->nout);
    const bool fixed = condition->data != NULL;
    if ((!fixed || value_is_true(condition)) && !run_body(im, sc, node, then, NULL, 0, a))
        return false;
    if ((!fixed || !value_is_true(condition)) && !run_body(im, sc, node, otherwise, NULL, 0, b))
        return false;
    for (int i = 0; i < node->nout; i++) {
        if (fixed) {
            node->out[i] = value_is_true(condition) ? a[i] : b[i];
            continue;
        }
        if (!shape_equal(&a[i]->shape, &b[i]->shape) || a[i]->type != b[i]->type)
            return onnx_error(im->g, node,
                              "its branches give different shapes, and which one is taken is only "
                              "known at run time; where "
                              "the condition is an input of the model, give it by --const-input");
        node->out[i] = onnx_apply(im->g, node, "Where",
                                  (struct tensor *[]){ condition, a[i], b[i] }, 3, NULL, 0);
        if (!node->out[i])
            return false;
    }
    return true;
}

/* ---- Loop ------------------------------------------------------------------------------------ */

/* One scan output: the step's values along a new axis. */
static struct tensor *stack(struct importer *im, const struct onnx_node *node, struct tensor **item,
                            int n, int64_t axis, bool backwards)
{
    struct tensor **in = NEW_ARRAY(im->ctx->arena, struct tensor *, n + 1);
    for (int i = 0; i < n; i++) {
        struct tensor *axes = onnx_int_constant(im->g, node, &axis, 1);
        in[backwards ? n - 1 - i : i] =
            onnx_apply(im->g, node, "Unsqueeze", (struct tensor *[]){ item[i], axes }, 2, NULL, 0);
        if (!in[backwards ? n - 1 - i : i])
            return NULL;
    }
    struct onnx_attribute along = { .name = "axis",
                                    .value = { .kind = ITEM_INT, .i = axis },
                                    .kind = "int" };
    return n == 1 ? in[0] : onnx_apply(im->g, node, "Concat", in, n, &along, 1);
}

/* No trip: a scan output of no steps, its other dimensions from the body's declaration. */
static struct tensor *no_steps(struct importer *im, const struct onnx_node *node,
                               const Onnx__ValueInfoProto *declared)
{
    const Onnx__TypeProto__Tensor *t =
        declared->type && declared->type->value_case == ONNX__TYPE_PROTO__VALUE_TENSOR_TYPE
            ? declared->type->tensor_type
            : NULL;
    struct shape s = { .rank = 1 };
    enum dtype type;
    bool known = t && t->shape && t->shape->n_dim < MAX_RANK && onnx_dtype(t->elem_type, &type);
    for (size_t i = 0; known && i < t->shape->n_dim; i++) {
        known = t->shape->dim[i]->value_case == ONNX__TENSOR_SHAPE_PROTO__DIMENSION__VALUE_DIM_VALUE
                && t->shape->dim[i]->dim_value >= 0 && t->shape->dim[i]->dim_value <= MAX_DIM;
        s.dim[s.rank++] = t->shape->dim[i]->dim_value;
    }
    if (known)
        return graph_constant(im->g, node->from->name, type, s, NULL);
    onnx_error(im->g, node, "it makes no trip, and the shape of its output '%s' is not declared",
               declared->name);
    return NULL;
}

struct steps {
    struct tensor **item;
    int count;
};

static bool must_be_known(struct importer *im, const struct onnx_node *node, const char *what,
                          const struct tensor *t)
{
    return onnx_error(im->g, node,
                      "%s, '%s', is only known at run time; where it is an input of the model, "
                      "give it by --const-input",
                      what, t->name);
}

static bool loop_trips(struct importer *im, const struct scope *sc, const struct onnx_node *node,
                       const Onnx__GraphProto *body, struct tensor **state, size_t carried,
                       struct steps *steps)
{
    struct tensor *trips = onnx_input(node, 0), *condition = onnx_input(node, 1);
    struct tensor **in = NEW_ARRAY(im->ctx->arena, struct tensor *, carried + 2);
    struct tensor **results = NEW_ARRAY(im->ctx->arena, struct tensor *, body->n_output + 1);
    if (trips && !trips->data)
        return must_be_known(im, node, "the number of trips", trips);
    const double most = trips ? dtype_get(trips->type, trips->data, 0) : MOST_TRIPS + 1.0;
    for (int64_t i = 0; (double)i < most; i++) {
        if (condition && !condition->data)
            return must_be_known(im, node, "the condition of the loop", condition);
        if (condition && !value_is_true(condition))
            break;
        if (i == MOST_TRIPS)
            return onnx_error(im->g, node, "more than %d trips", MOST_TRIPS);
        const bool yes = true;
        in[0] = onnx_int_constant(im->g, node, &i, 0);
        in[1] = condition
                    ? condition
                    : graph_constant(im->g, node->from->name, BOOL, (struct shape){ 0 }, &yes);
        memcpy(in + 2, state, carried * sizeof *in);
        if (!run_body(im, sc, node, body, in, carried + 2, results))
            return false;
        condition = results[0];
        memcpy(state, results + 1, carried * sizeof *state);
        for (size_t k = 0; k + 1 + carried < body->n_output; k++)
            APPEND(im->ctx->arena, steps[k].item, steps[k].count, results[1 + carried + k]);
    }
    return true;
}

static bool import_loop(struct importer *im, const struct scope *sc, const Onnx__NodeProto *n,
                        struct onnx_node *node)
{
    const Onnx__GraphProto *body = body_of(im, n, node, "body");
    const size_t carried = node->nin > 2 ? (size_t)node->nin - 2 : 0;
    if (!body)
        return false;
    if (body->n_output < carried + 1 || (size_t)node->nout > body->n_output - 1)
        return onnx_error(im->g, node, "its body makes %zu outputs", body->n_output);
    struct tensor **state = NEW_ARRAY(im->ctx->arena, struct tensor *, carried + 1);
    struct steps *steps = NEW_ARRAY(im->ctx->arena, struct steps, body->n_output + 1);
    for (size_t i = 0; i < carried; i++)
        state[i] = node->in[2 + i];
    if (!loop_trips(im, sc, node, body, state, carried, steps))
        return false;
    for (size_t i = 0; i < (size_t)node->nout; i++) {
        const struct steps *s = i < carried ? NULL : &steps[i - carried];
        node->out[i] = !s         ? state[i]
                       : s->count ? stack(im, node, s->item, s->count, 0, false)
                                  : no_steps(im, node, body->output[i + 1]);
        if (!node->out[i])
            return false;
    }
    return true;
}

/* ---- Scan ------------------------------------------------------------------------------------ */

static int64_t from_list(const struct int_list *l, size_t i)
{
    return l->count > (int)i ? l->item[i] : 0;
}

/* Step `i` of a scan input. */
static struct tensor *take(struct importer *im, const struct onnx_node *node, struct tensor *t,
                           int64_t axis, int64_t i)
{
    struct onnx_attribute along = { .name = "axis",
                                    .value = { .kind = ITEM_INT, .i = axis },
                                    .kind = "int" };
    struct tensor *index = onnx_int_constant(im->g, node, &i, 0);
    return onnx_apply(im->g, node, "Gather", (struct tensor *[]){ t, index }, 2, &along, 1);
}

struct scan {
    const Onnx__GraphProto *body;
    size_t carried, scanned; /* inputs: so many states, so many that are scanned */
    struct int_list axes, directions, out_axes, out_directions;
};

/* The results out[0..nout) of a scan of in[]: states, then scanned ones. */
static bool scan(struct importer *im, const struct scope *sc, const struct onnx_node *node,
                 const struct scan *p, struct tensor *const *in, struct tensor **out)
{
    const Onnx__GraphProto *body = p->body;
    struct tensor **state = NEW_ARRAY(im->ctx->arena, struct tensor *, p->carried + p->scanned + 1);
    struct tensor **results = NEW_ARRAY(im->ctx->arena, struct tensor *, body->n_output + 1);
    struct steps *steps = NEW_ARRAY(im->ctx->arena, struct steps, body->n_output + 1);
    memcpy(state, in, p->carried * sizeof *state);
    int64_t length = -1;
    for (size_t i = 0; i < p->scanned; i++) {
        const struct tensor *t = in[p->carried + i];
        const int64_t axis = from_list(&p->axes, i),
                      a = t ? axis + (axis < 0 ? t->shape.rank : 0) : -1;
        if (!t || a < 0 || a >= t->shape.rank || (length >= 0 && t->shape.dim[a] != length))
            return onnx_error(im->g, node, "its scan inputs do not have one length");
        length = t->shape.dim[a];
    }
    for (int64_t i = 0; i < length; i++) {
        for (size_t k = 0; k < p->scanned; k++) {
            const int64_t at = from_list(&p->directions, k) ? length - 1 - i : i;
            state[p->carried + k] = take(im, node, in[p->carried + k], from_list(&p->axes, k), at);
            if (!state[p->carried + k])
                return false;
        }
        if (!run_body(im, sc, node, body, state, p->carried + p->scanned, results))
            return false;
        memcpy(state, results, p->carried * sizeof *state);
        for (size_t k = p->carried; k < body->n_output; k++)
            APPEND(im->ctx->arena, steps[k].item, steps[k].count, results[k]);
    }
    for (size_t i = 0; i < (size_t)node->nout; i++) {
        const bool backwards =
            i >= p->carried && from_list(&p->out_directions, i - p->carried) != 0;
        out[i] = i < p->carried    ? state[i]
                 : !steps[i].count ? no_steps(im, node, body->output[i])
                                   : stack(im, node, steps[i].item, steps[i].count,
                                           from_list(&p->out_axes, i - p->carried), backwards);
        if (!out[i])
            return false;
    }
    return true;
}

/* Scan of opset 8: lengths, then inputs that all have the batch in front, whose sequences are
 * scanned one by one. */
static bool scan_batch(struct importer *im, const struct scope *sc, struct onnx_node *node,
                       const struct scan *p)
{
    const struct tensor *lengths = onnx_input(node, 0), *first = node->in[1 + p->carried];
    const size_t nin = p->carried + p->scanned;
    struct tensor **in = NEW_ARRAY(im->ctx->arena, struct tensor *, nin + 1),
                  **out = NEW_ARRAY(im->ctx->arena, struct tensor *, node->nout + 1);
    struct steps *batch = NEW_ARRAY(im->ctx->arena, struct steps, node->nout + 1);
    for (size_t k = 0; k < nin; k++)
        if (!node->in[1 + k] || node->in[1 + k]->shape.rank < 1
            || node->in[1 + k]->shape.dim[0] != first->shape.dim[0])
            return onnx_error(im->g, node, "its inputs do not have one batch");
    if (first->shape.rank < 2 || first->shape.dim[0] < 1)
        return onnx_error(im->g, node, "it scans nothing");
    if (lengths && !lengths->data)
        return must_be_known(im, node, "the lengths of its sequences", lengths);
    for (int64_t b = 0; b < first->shape.dim[0]; b++) {
        if (lengths
            && (shape_count(&lengths->shape) <= b
                || (int64_t)dtype_get(lengths->type, lengths->data, b) != first->shape.dim[1]))
            return onnx_error(im->g, node,
                              "its sequences are not all as long as their tensor; convert the "
                              "model to opset 9 or later");
        for (size_t k = 0; k < nin; k++)
            if (!(in[k] = take(im, node, node->in[1 + k], 0, b)))
                return false;
        if (!scan(im, sc, node, p, in, out))
            return false;
        for (int i = 0; i < node->nout; i++)
            APPEND(im->ctx->arena, batch[i].item, batch[i].count, out[i]);
    }
    for (int i = 0; i < node->nout; i++)
        if (!(node->out[i] = stack(im, node, batch[i].item, batch[i].count, 0, false)))
            return false;
    return true;
}

static bool import_scan(struct importer *im, const struct scope *sc, const Onnx__NodeProto *n,
                        struct onnx_node *node)
{
    const int64_t scanned = onnx_int(node, "num_scan_inputs", 0);
    const bool batched = node->opset < 9;
    const int nin = node->nin - batched;
    struct scan p = { .body = body_of(im, n, node, "body") };
    if (!p.body)
        return false;
    if (scanned < 1 || scanned > nin || p.body->n_output < (size_t)(nin - scanned)
        || (size_t)node->nout > p.body->n_output)
        return onnx_error(im->g, node, "num_scan_inputs is %lld, of %d inputs", (long long)scanned,
                          nin);
    p.scanned = (size_t)scanned;
    p.carried = (size_t)(nin - scanned);
    p.directions = onnx_ints(im->g, node, batched ? "directions" : "scan_input_directions");
    if (batched)
        return scan_batch(im, sc, node, &p);
    p.axes = onnx_ints(im->g, node, "scan_input_axes");
    p.out_axes = onnx_ints(im->g, node, "scan_output_axes");
    p.out_directions = onnx_ints(im->g, node, "scan_output_directions");
    return scan(im, sc, node, &p, node->in, node->out);
}

bool import_control(struct importer *im, struct scope *sc, const Onnx__NodeProto *n,
                    struct onnx_node *node)
{
    bool ok = strcmp(node->op_type, "If") == 0     ? import_if(im, sc, n, node)
              : strcmp(node->op_type, "Loop") == 0 ? import_loop(im, sc, n, node)
              : strcmp(node->op_type, "Scan") == 0 ? import_scan(im, sc, n, node)
                                                   : import_flex_attention(im, sc, n, node);
    if (!ok)
        memset(node->out, 0, (size_t)node->nout * sizeof *node->out);
    return ok;
}
