/* build.c - calling operators: weights, shapes, results. */
#include "ops/op.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

bool op_error(struct graph *g, const struct op *op, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    char what[1000];
    vsnprintf(what, sizeof what, format, args);
    va_end(args);
    return diag_error(&g->ctx->diags, op->at, "%s: %s%s%s", op->name, what, op->called ? "; " : "",
                      op->called ? op->called : "");
}

static void add_input(struct graph *g, struct op *op, struct tensor *t)
{
    struct tensor **in = NEW_ARRAY(g->ctx->arena, struct tensor *, op->nin + 1);
    if (op->nin)
        memcpy(in, op->in, (size_t)op->nin * sizeof *in);
    in[op->nin++] = t;
    op->in = in;
}

bool op_weight(struct graph *g, struct op *op, const char *name, struct shape shape,
               enum weight_init init, int64_t fan_in, int64_t fan_out)
{
    const char *path = op->scope.path;
    if (op->scope.prefix)
        name = arena_printf(g->ctx->arena, "%s%s", op->scope.prefix, name);
    const char *key = arena_printf(g->ctx->arena, "%s\n%s", path, name);
    struct weight *w = names_get(&g->weight_names, key);
    if (w && !shape_equal(&w->tensor->shape, &shape))
        return op_error(
            g, op,
            "the layer is called again with another shape: its '%s' is %s, now %s would be needed",
            name, shape_text(g->ctx->arena, &w->tensor->shape), shape_text(g->ctx->arena, &shape));
    if (!w) {
        if (shape_count(&shape) < 0)
            return op_error(g, op, "'%s' would have more than 2^40 elements", name);
        w = NEW(g->ctx->arena, struct weight);
        *w = (struct weight){ .layer = op->scope.layer,
                              .path = path,
                              .name = name,
                              .kind = op->scope.kind,
                              .init = init,
                              .fan_in = fan_in,
                              .fan_out = fan_out,
                              .trainable = strncmp(name, "moving_", 7) != 0 };
        for (int i = 0; (w->part = op->scope.part) && i < g->nweights; i++)
            w->position += strcmp(g->weights[i]->path, path) == 0 && g->weights[i]->part
                           && strcmp(g->weights[i]->part, w->part) == 0;
        w->tensor = graph_tensor(g, arena_printf(g->ctx->arena, "%s/%s", path, name), F32, shape);
        names_put(g->ctx->arena, &g->weight_names, key, w);
        w->tensor->weight = w;
        APPEND(g->ctx->arena, g->weights, g->nweights, w);
    }
    add_input(g, op, w->tensor);
    return true;
}

void op_no_weight(struct graph *g, struct op *op)
{
    add_input(g, op, NULL);
}

/* More than two operands of a binary op are taken one after the other; operands of two types are
 * converted to one. */
static bool pair_operands(struct graph *g, struct op *op)
{
    struct op from = *op;
    from.name = arena_printf(g->ctx->arena, "%s_part", op->name);
    while (op->nin > 2) {
        struct tensor *t = op_make_from(g, &from, op->def, op->attr, op->in, 2);
        if (!t)
            return false;
        op->in++;
        op->nin--;
        op->in[0] = t;
    }
    if (op->nin < 2 || op->def->mixes_types || op->in[0]->type == op->in[1]->type)
        return true;
    const char *to = arena_printf(g->ctx->arena, "to=%s",
                                  dtype_name(common_type(op->in[0]->type, op->in[1]->type)));
    for (int i = 0; i < 2; i++)
        op->in[i] = op_make(g, &from, "Cast", to, &op->in[i], 1);
    return true;
}

/*
 * An op that does not know its input's element type: half floats (and double, where the op knows
 * float32 only) are converted to float32 before it and back behind it; elementwise ops of reals
 * give float32 on integers, as in NumPy; anything else is an error.
 */
static struct tensor *by_other_type(struct graph *g, struct op *op, unsigned types)
{
    const enum dtype t = op->in[0]->type, to = t == BOOL && types & TYPE(I32) ? I32 : F32;
    const bool real = t == F16 || t == BF16 || t == F64;
    if (!(types & TYPE(to)) || (!real && !op->def->elementwise)) {
        op_error(g, op, "%s does not work on %s", op->def->name, dtype_name(t));
        return NULL;
    }
    struct tensor **in = NEW_ARRAY(g->ctx->arena, struct tensor *, op->nin + 1);
    const char *cast = arena_printf(g->ctx->arena, "to=%s", dtype_name(to));
    for (int i = 0; i < op->nin; i++)
        in[i] = op->in[i] && op->in[i]->type == t ? op_make(g, op, "Cast", cast, &op->in[i], 1)
                                                  : op->in[i];
    struct tensor **outs = op_make_all(g, op, op->def, op->attr, in, op->nin, &op->nouts);
    const char *back = arena_printf(g->ctx->arena, "to=%s", dtype_name(t));
    op->outs = NEW_ARRAY(g->ctx->arena, struct tensor *, op->nouts + 1);
    for (int i = 0; outs && i < op->nouts; i++)
        op->outs[i] = outs[i] && real && outs[i]->type == F32
                          ? op_make(g, op, "Cast", back, &outs[i], 1)
                          : outs[i];
    return op->outs[0];
}

static bool is_empty(const struct op *op)
{
    for (int i = 0; i < op->nouts; i++)
        if (op->outs[i] && shape_count(&op->outs[i]->shape))
            return false;
    return true;
}

/* ---- constants that are only moved: their bytes, whatever the type ---- */

/* out[row][k] = in[at(row) + k * step] in blocks of 16 k, so that reads and writes both stay within
 * the cache. */
#define MOVE_ROWS(type) \
    for (int64_t k0 = 0; k0 < n; k0 += 16) { \
        int64_t index[MAX_RANK] = { 0 }, at = 0; \
        for (int64_t row = 0; row < rows; row++) { \
            for (int64_t k = k0; k < n && k < k0 + 16; k++) \
                ((type *)out)[row * n + k] = ((const type *)in)[at + k * step[last]]; \
            for (int d = last - 1; d >= 0; d--) { \
                at += step[d]; \
                if (++index[d] < to->dim[d]) \
                    break; \
                at -= step[d] * to->dim[d]; \
                index[d] = 0; \
            } \
        } \
    }

/* Elements of `size` bytes in the order of a transposition: axis d of the result is axis perm[d].
 */
static void transpose_elements(const struct shape *from, const struct shape *to, const int *perm,
                               size_t size, const void *in, void *out)
{
    const int last = to->rank - 1;
    const int64_t n = to->dim[last], rows = shape_count(to) / n;
    int64_t own[MAX_RANK], step[MAX_RANK], stride = 1;
    for (int d = from->rank - 1; d >= 0; d--) {
        own[d] = stride;
        stride *= from->dim[d];
    }
    for (int d = 0; d <= last; d++)
        step[d] = own[perm[d]];
    switch (size) {
    case 1: MOVE_ROWS(uint8_t) return;
    case 2: MOVE_ROWS(uint16_t) return;
    case 4: MOVE_ROWS(uint32_t) return;
    default: MOVE_ROWS(uint64_t) return;
    }
}

/* A view or a transposition of a constant. false: the op is none. */
static bool fold_move(struct graph *g, struct op *op)
{
    int perm[MAX_RANK];
    if (op->nouts != 1 || !op->nin || !op->in[0] || !op->in[0]->data
        || op->in[0]->type != op->out->type)
        return false;
    const bool same = op->def->is_view || op->def->is_identity;
    for (int i = 1; i < op->nin; i++)
        if (op->in[i])
            return false;
    if (!same && (!op->def->permutes || !op->out->shape.rank || !op->def->permutes(op, perm)))
        return false;
    const size_t size = dtype_size(op->out->type),
                 bytes = (size_t)shape_count(&op->out->shape) * size;
    op->out->data = arena_alloc(g->ctx->arena, bytes);
    if (same)
        memcpy(op->out->data, op->in[0]->data, bytes);
    else
        transpose_elements(&op->in[0]->shape, &op->out->shape, perm, size, op->in[0]->data,
                           op->out->data);
    op->out->quantization = op->in[0]->quantization;
    return true;
}

/* ---- 64-bit integers beyond 2^53, which no double holds exactly ---- */

static bool is_wide(enum dtype t)
{
    return t == I64 || t == U64;
}

/* Is every element what it is after a way through double? The largest and the least int64 are: they
 * saturate. */
static bool survives_double(const struct tensor *t)
{
    for (int64_t i = 0; is_wide(t->type) && i < shape_count(&t->shape); i++) {
        unsigned char one[8];
        dtype_set(t->type, one, 0, dtype_get(t->type, t->data, i));
        if (memcmp(one, (const unsigned char *)t->data + i * 8, 8) != 0)
            return false;
    }
    return true;
}

static bool holds(const double *values, int64_t n, double v)
{
    for (int64_t i = 0; i < n; i++)
        if (values[i] >= v && values[i] <= v)
            return true;
    return false;
}

/*
 * Did evaluation in double give the integers that the C would? Results up to 2^53 of such inputs
 * do; a larger one must be one of the inputs that was moved. Arithmetic on a larger input only
 * where it is no more than a choice (a minimum).
 */
static bool folded_exactly(const struct op *op, double *const *in, double *const *outs)
{
    bool wide = false, inside = true;
    for (int i = 0; i < op->nin; i++)
        if (op->in[i] && is_wide(op->in[i]->type)) {
            wide = true;
            if (!survives_double(op->in[i]))
                return false;
            for (int64_t k = 0; k < shape_count(&op->in[i]->shape); k++)
                inside &= fabs(in[i][k]) <= 0x1p53;
        }
    for (int j = 0; wide && j < op->nouts; j++)
        for (int64_t k = 0;
             op->outs[j] && is_wide(op->outs[j]->type) && k < shape_count(&op->outs[j]->shape);
             k++) {
            const double v = outs[j][k];
            bool found = inside && fabs(v) <= 0x1p53;
            for (int i = 0; !found && i < op->nin && !(op->def->value && fabs(v) > 0x1p53); i++)
                found = op->in[i] && holds(in[i], shape_count(&op->in[i]->shape), v);
            if (!found && (op->def->value || fabs(v) > 0x1p53))
                return false;
        }
    return true;
}

/* Exporters' shape arithmetic vanishes so. Results without elements are known as well. */
bool op_fold(struct graph *g, struct op *op)
{
    if (op->def->makes_place
        || (!op->def->eval && !op->def->eval_all && !op->def->value && !op->def->is_view
            && !op->def->is_identity))
        return false;
    if (is_empty(op)) {
        for (int i = 0; i < op->nouts; i++)
            if (op->outs[i])
                tensor_set_values(g, op->outs[i], NULL);
        return true;
    }
    for (int i = 0; i < op->nin; i++)
        if (op->in[i] && !op->in[i]->data)
            return false;
    if (fold_move(g, op))
        return true;
    double **in = NEW_ARRAY(g->ctx->arena, double *, op->nin + 1),
           **outs = NEW_ARRAY(g->ctx->arena, double *, op->nouts);
    for (int i = 0; i < op->nin; i++)
        in[i] = op->in[i] ? tensor_values(op->in[i]) : NULL;
    for (int i = 0; i < op->nouts; i++)
        outs[i] = op->outs[i] ? calloc((size_t)shape_count(&op->outs[i]->shape) + 1, sizeof **outs)
                              : NULL;
    op_eval(op, (const double *const *)in, outs);
    const bool exact = folded_exactly(op, in, outs);
    for (int i = 0; i < op->nouts && exact; i++)
        if (op->outs[i])
            tensor_set_values(g, op->outs[i], outs[i]);
    if (!exact)
        ; /* the C computes it */
    else if (op->def->quantization)
        op->out->quantization = op->def->quantization(g, op);
    else if (op->nin && op->in[0]) /* values that only moved; whoever uses it checks */
        op->out->quantization = op->in[0]->quantization;
    for (int i = 0; i < op->nin; i++)
        free(in[i]);
    for (int i = 0; i < op->nouts; i++)
        free(outs[i]);
    return exact;
}

/* What a shape rule may give: dimensions of 0 up to MAX_DIM, 2^40 elements. */
static bool check_result(struct graph *g, const struct op *op, const struct tensor *t)
{
    for (int i = 0; i < t->shape.rank; i++)
        if (t->shape.dim[i] < 0 || t->shape.dim[i] > MAX_DIM)
            return op_error(g, op, "its result would be %s", shape_text(g->ctx->arena, &t->shape));
    if (shape_count(&t->shape) < 0)
        return op_error(g, op, "its result would have more than 2^40 elements: %s",
                        shape_text(g->ctx->arena, &t->shape));
    return true;
}

static void new_results(struct graph *g, struct op *op)
{
    op->nouts = op->def->max_outputs > 1 ? op->def->max_outputs : 1;
    op->outs = NEW_ARRAY(g->ctx->arena, struct tensor *, op->nouts);
    for (int i = 0; i < op->nouts; i++) {
        struct tensor *t =
            graph_tensor(g, i ? arena_printf(g->ctx->arena, "%s_%d", op->name, i) : op->name, F32,
                         (struct shape){ 0 });
        t->at = op->at;
        t->producer = op;
        if (op->nin && op->in[0])
            t->type = op->in[0]->type;
        op->outs[i] = t;
    }
    op->out = op->outs[0];
}

static struct tensor *finish(struct graph *g, struct op *op)
{
    if (op->def->expand)
        return op->def->expand(g, op);
    if (op->def->elementwise && op->nin == 1 && op->def->max_inputs != 1)
        return op->in[0]; /* the sum, maximum ... of one tensor */
    if (op->def->elementwise && !pair_operands(g, op))
        return NULL;
    const unsigned types = op->def->types ? op->def->types : F32_ONLY;
    if (op->nin && op->in[0] && !(types & TYPE(op->in[0]->type)))
        return by_other_type(g, op, types);
    new_results(g, op);
    if (!(op->def->shape ? op->def->shape : elementwise_shape)(g, op))
        return NULL;
    for (int i = 0; i < op->nouts; i++)
        if (op->outs[i] && !check_result(g, op, op->outs[i]))
            return NULL;
    if (op_fold(g, op))
        return op->out;
    names_take(g->ctx->arena, &g->op_names, op->name);
    APPEND(g->ctx->arena, g->ops, g->nops, op);
    return op->out;
}

static struct op *new_op(struct graph *g, const struct opdef *def, const void *attr,
                         struct tensor *const *in, int nin)
{
    struct op *op = NEW(g->ctx->arena, struct op);
    op->def = def;
    op->attr = arena_alloc(g->ctx->arena, def->attr_size ? def->attr_size : 1);
    if (attr && def->attr_size)
        memcpy(op->attr, attr, def->attr_size);
    op->in = NEW_ARRAY(g->ctx->arena, struct tensor *, nin + 1);
    op->nin = nin;
    if (nin)
        memcpy(op->in, in, (size_t)nin * sizeof *in);
    return op;
}

/* Checks the number of inputs, declares weights, builds; `op` has its name, place and scope. */
static struct tensor *call_op(struct graph *g, struct op *op)
{
    const struct opdef *def = op->def;
    if (def->refused) {
        op_error(g, op, "%s", def->refused);
        return NULL;
    }
    if (op->nin < def->min_inputs || (def->max_inputs >= 0 && op->nin > def->max_inputs)) {
        op_error(g, op, "%s takes %d input%s, not %d", def->name, def->min_inputs,
                 def->min_inputs == 1 ? "" : "s", op->nin);
        return NULL;
    }
    return def->weights && !def->weights(g, op) ? NULL : finish(g, op);
}

/* All results of an op that was called; of an expansion with one result, that one. */
static struct tensor **all_results(struct graph *g, struct op *op, struct tensor *first, int *nouts)
{
    if (!first)
        return NULL;
    if (!op->nouts) {
        APPEND(g->ctx->arena, op->outs, op->nouts, first);
    }
    *nouts = op->nouts;
    return op->outs;
}

static struct op *layer_op(struct graph *g, const struct opdef *def, const char *layer,
                           const char *path, const void *attr, struct tensor *const *in, int nin,
                           struct span at)
{
    struct op *op = new_op(g, def, attr, in, nin);
    op->at = at;
    op->name = names_free(g->ctx->arena, &g->op_names,
                          path              ? path
                          : layer           ? layer
                          : def->keras_base ? def->keras_base
                                            : def->name);
    op->scope = (struct layer_scope){ layer ? layer : op->name,
                                      path    ? path
                                      : layer ? layer
                                              : op->name,
                                      def->name, NULL, NULL };
    return op;
}

struct tensor *op_mask(struct graph *g, const struct opdef *def, const void *attr,
                       struct tensor *const *in, struct tensor *const *masks, int nin,
                       struct span at)
{
    return def->mask ? def->mask(g, layer_op(g, def, NULL, NULL, attr, in, nin, at), masks) : NULL;
}

struct tensor *op_call_masked(struct graph *g, const struct opdef *def, const char *layer,
                              const char *path, const void *attr, struct tensor *const *in, int nin,
                              struct tensor *const *masks, struct span at)
{
    return def->masked(g, layer_op(g, def, layer, path, attr, in, nin, at), masks);
}

struct tensor **op_call_all(struct graph *g, const struct opdef *def, const char *layer,
                            const char *path, const void *attr, struct tensor *const *in, int nin,
                            struct span at, int *nouts)
{
    struct op *op = layer_op(g, def, layer, path, attr, in, nin, at);
    return all_results(g, op, call_op(g, op), nouts);
}

struct tensor *op_call(struct graph *g, const struct opdef *def, const char *layer,
                       const char *path, const void *attr, struct tensor *const *in, int nin,
                       struct span at)
{
    int nouts;
    struct tensor **outs = op_call_all(g, def, layer, path, attr, in, nin, at, &nouts);
    return outs ? outs[0] : NULL;
}

struct tensor *op_call_inner(struct graph *g, struct op *from, const struct opdef *def,
                             const void *attr, const char *prefix, struct tensor *const *in,
                             int nin, struct tensor ***outs, int *nouts)
{
    struct op *op = new_op(g, def, attr, in, nin);
    op->at = from->at;
    op->called = from->called;
    op->name = names_free(g->ctx->arena, &g->op_names, from->name);
    op->scope = from->scope;
    op->scope.prefix = prefix;
    *outs = all_results(g, op, call_op(g, op), nouts);
    return *outs ? (*outs)[0] : NULL;
}

struct tensor *op_make(struct graph *g, struct op *from, const char *name, const char *attrs,
                       struct tensor *const *in, int nin)
{
    const struct opdef *def = op_find(name);
    if (!def)
        bug("there is no operator '%s'", name);
    void *attr = attr_defaults(g->ctx, def);
    return attr_parse(g->ctx, def, attr, attrs) ? op_make_from(g, from, def, attr, in, nin) : NULL;
}

struct tensor *op_make_from(struct graph *g, struct op *from, const struct opdef *def,
                            const void *attr, struct tensor *const *in, int nin)
{
    int nouts;
    struct tensor **outs = op_make_all(g, from, def, attr, in, nin, &nouts);
    return outs ? outs[0] : NULL;
}

struct tensor **op_make_all(struct graph *g, struct op *from, const struct opdef *def,
                            const void *attr, struct tensor *const *in, int nin, int *nouts)
{
    struct op *op = new_op(g, def, attr, in, nin);
    op->at = from->at;
    op->called = from->called;
    op->name = names_free(g->ctx->arena, &g->op_names, from->name);
    op->scope = from->scope;
    return all_results(g, op, finish(g, op), nouts);
}

int place_of(const struct graph *g, const struct op *op)
{
    int at = 0;
    while (g->ops[at] != op)
        at++;
    return at;
}

void move_made(struct graph *g, int first, int at)
{
    for (int k = 0; first + k < g->nops; k++) {
        struct op *op = g->ops[first + k];
        for (int i = first + k; i > at + k; i--)
            g->ops[i] = g->ops[i - 1];
        g->ops[at + k] = op;
    }
}

struct tensor *make_at(struct graph *g, int at, struct op *from, const char *def, const char *attrs,
                       struct tensor *const *in, int nin)
{
    const int n = g->nops;
    struct tensor *t = op_make(g, from, def, attrs, in, nin);
    move_made(g, n, at);
    return t;
}

bool is_elementwise(const struct op *op)
{
    struct operand part;
    const int own = own_inputs(op);
    if (!op->def->elementwise || !(op->def->vector || op->def->vector_for) || own > 2
        || op->out->type != F32 || whole_operand(op) < 0)
        return false;
    for (int i = 0; i < op->nin; i++)
        if (!op->in[i] || op->in[i]->type != F32
            || (i < own ? !operand_of(op, i, &part)
                        : !shape_equal(&op->in[i]->shape, &op->out->shape)))
            return false;
    return true;
}

bool goes_by_rows(const struct op *op)
{
    return op->def->rows ? !op->def->by_rows || op->def->by_rows(op) : is_elementwise(op);
}

int64_t pictures_of(const struct op *op)
{
    return op->def->per_picture && op->out->shape.rank ? op->out->shape.dim[0] : 1;
}

bool can_stream(const struct op *op)
{
    return goes_by_rows(op) && pictures_of(op) == 1 && op->nouts == 1;
}

bool input_in_place(const struct op *op, int i)
{
    return op->def->joins_channels && op->in[i]->view == VIEW_CHANNELS
           && op->in[i]->view_of == op->out;
}

int granularity_of(const struct op *op)
{
    return op->kernel && op->kernel->granularity ? op->kernel->granularity(op) : 1;
}

void op_margins(const struct op *op, int *left, int *right)
{
    *left = *right = 0;
    if (op->kernel && op->kernel->margins)
        op->kernel->margins(op, left, right);
    else if (op->def->margins)
        op->def->margins(op, left, right);
}

void op_emit(struct out *o, const struct op *op, const char *name)
{
    if (op->kernel)
        op->kernel->emit(o, op, name);
    else if (op->def->emit)
        op->def->emit(o, op, name);
    else
        bug("'%s' (%s) has no kernel", op->name, op->def->name);
}

struct row_need need_of(const struct op *op, int i)
{
    for (int j = 0; j < op->nabsorbed; j++)
        if (op->absorbed_input[j] == i)
            return (struct row_need){ .stride = 1, .kernel = 1 };
    struct operand part;
    if (!op->def->rows && op->def->elementwise && i < own_inputs(op) && operand_of(op, i, &part)
        && !part.rows)
        return (struct row_need){ .all = true };
    return op->def->rows ? op->def->rows(op, i) : (struct row_need){ .stride = 1, .kernel = 1 };
}

int moved_inputs_of(const struct op *op)
{
    if (op->def->elementwise) /* a weight, too: PReLU's slopes */
        return op->nin;
    if (op->def->moved_inputs)
        return op->def->moved_inputs < op->nin ? op->def->moved_inputs : op->nin;
    return op->def->max_inputs < 0 || op->nin < op->def->max_inputs ? op->nin : op->def->max_inputs;
}
