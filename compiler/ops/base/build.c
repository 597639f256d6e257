/* build.c - calling operators: weights, shapes, results. */
#include "ops/op.h"

#include <string.h>

bool op_error(struct graph *g, const struct op *op, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    char what[1000];
    vsnprintf(what, sizeof what, format, args);
    va_end(args);
    return diag_error(&g->ctx->diags, op->at, "%s: %s%s%s", op->name, what, op->called ? "; " : "", op->called ? op->called : "");
}

static struct weight *find_weight(const struct graph *g, const char *path, const char *name)
{
    for (int i = 0; i < g->nweights; i++)
        if (strcmp(g->weights[i]->path, path) == 0 && strcmp(g->weights[i]->name, name) == 0)
            return g->weights[i];
    return NULL;
}

static void add_input(struct graph *g, struct op *op, struct tensor *t)
{
    struct tensor **in = NEW_ARRAY(g->ctx->arena, struct tensor *, op->nin + 1);
    if (op->nin)
        memcpy(in, op->in, (size_t)op->nin * sizeof *in);
    in[op->nin++] = t;
    op->in = in;
}

bool op_weight(struct graph *g, struct op *op, const char *name, struct shape shape, enum weight_init init, int64_t fan_in, int64_t fan_out)
{
    const char *path = op->scope.path;
    struct weight *w = find_weight(g, path, name);
    if (w && !shape_equal(&w->tensor->shape, &shape))
        return op_error(g, op, "the layer is called again with another shape: its '%s' is %s, now %s would be needed", name,
                        shape_text(g->ctx->arena, &w->tensor->shape), shape_text(g->ctx->arena, &shape));
    if (!w) {
        if (shape_count(&shape) < 0)
            return op_error(g, op, "'%s' would have more than 2^40 elements", name);
        w = NEW(g->ctx->arena, struct weight);
        *w = (struct weight){ .layer = op->scope.layer, .path = path, .name = name, .kind = op->scope.kind, .init = init,
                              .fan_in = fan_in, .fan_out = fan_out, .trainable = strncmp(name, "moving_", 7) != 0 };
        w->tensor = graph_tensor(g, arena_printf(g->ctx->arena, "%s/%s", path, name), F32, shape);
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

static struct tensor *finish(struct graph *g, struct op *op)
{
    if (op->def->expand)
        return op->def->expand(g, op);
    op->out = graph_tensor(g, op->name, F32, (struct shape){ 0 });
    op->out->at = op->at;
    op->out->producer = op;
    if (op->in[0])
        op->out->type = op->in[0]->type;
    if (!op->def->shape(g, op))
        return NULL;
    for (int i = 0; i < op->out->shape.rank; i++)
        if (op->out->shape.dim[i] <= 0 || op->out->shape.dim[i] > MAX_DIM) {
            op_error(g, op, "its result would be %s", shape_text(g->ctx->arena, &op->out->shape));
            return NULL;
        }
    if (shape_count(&op->out->shape) < 0) {
        op_error(g, op, "its result would have more than 2^40 elements: %s", shape_text(g->ctx->arena, &op->out->shape));
        return NULL;
    }
    APPEND(g->ctx->arena, g->ops, g->nops, op);
    return op->out;
}

static bool op_name_taken(const struct graph *g, const char *name)
{
    for (int i = 0; i < g->nops; i++)
        if (strcmp(g->ops[i]->name, name) == 0)
            return true;
    return false;
}

static const char *free_name(struct graph *g, const char *base)
{
    const char *name = base;
    for (int i = 1; op_name_taken(g, name); i++)
        name = arena_printf(g->ctx->arena, "%s_%d", base, i);
    return name;
}

static struct op *new_op(struct graph *g, const struct opdef *def, const void *attr, struct tensor *const *in, int nin)
{
    struct op *op = NEW(g->ctx->arena, struct op);
    op->def = def;
    op->attr = arena_alloc(g->ctx->arena, def->attr_size ? def->attr_size : 1);
    if (attr && def->attr_size)
        memcpy(op->attr, attr, def->attr_size);
    for (int i = 0; i < nin; i++)
        add_input(g, op, in[i]);
    return op;
}

struct tensor *op_call(struct graph *g, const struct opdef *def, const char *layer, const char *path, const void *attr,
                       struct tensor *const *in, int nin, struct span at)
{
    struct op *op = new_op(g, def, attr, in, nin);
    op->at = at;
    op->name = free_name(g, path ? path : layer ? layer : def->keras_base ? def->keras_base : def->name);
    op->scope = (struct layer_scope){ layer ? layer : op->name, path ? path : layer ? layer : op->name, def->name };
    if (nin < def->min_inputs || (def->max_inputs >= 0 && nin > def->max_inputs)) {
        op_error(g, op, "%s takes %d input%s, not %d", def->name, def->min_inputs, def->min_inputs == 1 ? "" : "s", nin);
        return NULL;
    }
    if (def->weights && !def->weights(g, op))
        return NULL;
    return finish(g, op);
}

struct tensor *op_make(struct graph *g, struct op *from, const char *name, const char *attrs, struct tensor *const *in, int nin)
{
    const struct opdef *def = op_find(name);
    if (!def)
        bug("there is no operator '%s'", name);
    void *attr = attr_defaults(g->ctx, def);
    attr_parse(g->ctx, def, attr, attrs);
    return op_make_from(g, from, def, attr, in, nin);
}

struct tensor *op_make_from(struct graph *g, struct op *from, const struct opdef *def, const void *attr, struct tensor *const *in, int nin)
{
    struct op *op = new_op(g, def, attr, in, nin);
    op->at = from->at;
    op->called = from->called;
    op->name = free_name(g, from->name);
    op->scope = from->scope;
    return finish(g, op);
}

bool is_elementwise(const struct op *op)
{
    if (!op->def->elementwise || op->nin - op->nabsorbed > 2)
        return false;
    for (int i = 0; i < op->nin; i++)
        if (!op->in[i] || !shape_equal(&op->in[i]->shape, &op->out->shape))
            return false;
    return true;
}

bool goes_by_rows(const struct op *op)
{
    return op->def->rows || is_elementwise(op);
}

struct row_need need_of(const struct op *op, int i)
{
    for (int j = 0; j < op->nabsorbed; j++)
        if (op->absorbed_input[j] == i)
            return (struct row_need){ .stride = 1, .kernel = 1 };
    return op->def->rows ? op->def->rows(op, i) : (struct row_need){ .stride = 1, .kernel = 1 };
}
