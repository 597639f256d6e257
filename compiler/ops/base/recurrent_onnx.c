/*
 * recurrent_onnx.c - ONNX' LSTM, GRU and RNN by the operator Recurrence: one for each direction,
 * weights in Keras' layout.
 *
 * ONNX: W [directions, gates * hidden, input], R [directions, gates * hidden, hidden], B
 * [directions, 2 * gates * hidden] (input's biases, then the state's), P [directions, 3 * hidden]
 * (i o f). The LSTM's gates lie in the order i o f c.
 */
#include "ops/onnx.h"
#include "ops/recurrent.h"

#include <string.h>

enum { X_INPUT, W_INPUT, R_INPUT, B_INPUT, LENGTHS_INPUT, H0_INPUT, C0_INPUT, P_INPUT };

struct importer {
    struct graph *g;
    struct onnx_node *n;
    enum cell cell;
    int gates, directions, layout;
    int64_t hidden;
    bool failed;
};

static struct tensor *made(struct importer *m, struct tensor *t)
{
    m->failed |= !t;
    return t;
}

static struct tensor *apply(struct importer *m, const char *op_type, struct tensor *a,
                            struct tensor *b, const char *attribute, int64_t value)
{
    struct onnx_attribute one = { .name = attribute,
                                  .value = { .kind = ITEM_INT, .i = value },
                                  .kind = "int" };
    struct tensor *in[2] = { a, b };
    return m->failed
               ? NULL
               : made(m, onnx_apply(m->g, m->n, op_type, in, b ? 2 : 1, &one, attribute ? 1 : 0));
}

static struct tensor *take(struct importer *m, struct tensor *t, int64_t index, int axis)
{
    return apply(m, "Gather", t, onnx_int_constant(m->g, m->n, &index, 0), "axis", axis);
}

/* The same values as {a, b, c}: `rank` of these. */
static struct tensor *reshape(struct importer *m, struct tensor *t, int rank, int64_t a, int64_t b,
                              int64_t c)
{
    const long long dims[3] = { a, b, c };
    const char *text = "";
    for (int i = 0; i < rank; i++)
        text = arena_printf(m->g->ctx->arena, "%s%s%lld", text, i ? "," : "", dims[i]);
    return m->failed ? NULL
                     : made(m, op_make(m->g, m->n->from, "View",
                                       arena_printf(m->g->ctx->arena, "shape=(%s)", text), &t, 1));
}

/* [gates * hidden, columns] or [gates * hidden] with the gates in Keras' order. */
static struct tensor *in_order(struct importer *m, struct tensor *t, int64_t columns)
{
    static const int64_t ifco[4] = { 0, 2, 3, 1 };
    if (m->cell != CELL_LSTM)
        return t;
    t = apply(m, "Gather", reshape(m, t, 3, 4, m->hidden, columns),
              onnx_int_constant(m->g, m->n, ifco, 4), "axis", 0);
    return reshape(m, t, 2, 4 * m->hidden, columns, 0);
}

static struct tensor *transposed(struct importer *m, struct tensor *t)
{
    return m->failed ? NULL : made(m, op_make(m->g, m->n->from, "Transpose", "perm=(1,0)", &t, 1));
}

static struct tensor *bias(struct importer *m, int direction, bool two)
{
    struct tensor *b = onnx_input(m->n, B_INPUT);
    const int64_t all = m->gates * m->hidden;
    if (!b)
        return NULL;
    b = reshape(m, take(m, b, direction, 0), 2, 2, all, 0);
    if (two)
        return b;
    struct tensor *both[2] = { take(m, b, 0, 0), take(m, b, 1, 0) };
    struct tensor *sum = m->failed ? NULL : made(m, op_make(m->g, m->n->from, "Add", "", both, 2));
    return reshape(m, in_order(m, sum, 1), 1, all, 0, 0);
}

static struct tensor *state(struct importer *m, int input, int direction)
{
    struct tensor *t = onnx_input(m->n, input);
    return t ? take(m, t, direction, m->layout) : NULL;
}

/* ---- activations ---- */

/* Default of alpha and beta where ONNX' function has them. */
static double default_of(const char *function, bool beta)
{
    static const struct {
        const char *name;
        double alpha, beta;
    } table[] = { { "Affine", 1, 0 },
                  { "LeakyRelu", 0.01, 0 },
                  { "ThresholdedRelu", 1, 0 },
                  { "HardSigmoid", 0.2, 0.5 },
                  { "Elu", 1, 0 } };
    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        if (strcmp(table[i].name, function) == 0)
            return beta ? table[i].beta : table[i].alpha;
    return 0;
}

static bool set_number(struct importer *m, const struct opdef *def, void *attrs, const char *name,
                       double value)
{
    const struct value_item v = { .kind = ITEM_FLOAT, .f = value };
    for (const struct attr *a = def->attrs; a && a->name; a++)
        if (a->onnx && strcmp(a->onnx, name) == 0)
            return attr_set(m->g->ctx, def, attrs, a, &v, m->n->at);
    return true;
}

/* Activation `index` of the node's list, or the default where there is no list. alpha and beta:
 * those of the list that are not used up. */
static struct activation activation(struct importer *m, int index, const char *absent,
                                    const struct float_list *alpha, const struct float_list *beta)
{
    const struct onnx_attribute *list = onnx_find(m->n, "activations");
    const char *name = list && list->value.kind == ITEM_LIST && index < list->value.count
                           ? list->value.list[index].s
                           : absent;
    static const struct {
        const char *lower, *name;
    } spellings[] = { { "relu", "Relu" },
                      { "tanh", "Tanh" },
                      { "sigmoid", "Sigmoid" },
                      { "leakyrelu", "LeakyRelu" },
                      { "thresholdedrelu", "ThresholdedRelu" },
                      { "hardsigmoid", "HardSigmoid" },
                      { "elu", "Elu" },
                      { "softsign", "Softsign" },
                      { "softplus", "Softplus" } };
    for (size_t i = 0; i < sizeof spellings / sizeof *spellings; i++) {
        bool same = strlen(name) == strlen(spellings[i].lower);
        for (size_t k = 0; same && name[k]; k++)
            same = (name[k] | 32) == spellings[i].lower[k];
        name = same ? spellings[i].name : name;
    }
    const double scale = index < alpha->count ? alpha->item[index] : default_of(name, false),
                 shift = index < beta->count ? beta->item[index] : 0;
    if (strcmp(name, "Affine") == 0 && scale == 1 && shift == 0) /* none */
        return (struct activation){ NULL, NULL };
    const struct opdef *def = op_find_onnx("", name);
    if (!def || (!def->elementwise && strcmp(name, "Affine") != 0)) {
        m->failed = !onnx_error(m->g, m->n, "its activation '%s' is not supported", name);
        return (struct activation){ NULL, NULL };
    }
    void *attrs = attr_defaults(m->g->ctx, def);
    set_number(m, def, attrs, "alpha", scale);
    set_number(m, def, attrs, "beta",
               index < beta->count ? beta->item[index] : default_of(name, true));
    return (struct activation){ def, attrs };
}

/* The lists alpha and beta hold entries only for functions that have one: spread over the
 * functions. */
static struct float_list spread(struct importer *m, const char *attribute, bool beta)
{
    struct float_list given = onnx_floats(m->g, m->n, attribute), all = { 0 };
    const struct onnx_attribute *list = onnx_find(m->n, "activations");
    int used = 0;
    for (int i = 0; list && list->value.kind == ITEM_LIST && i < list->value.count; i++) {
        const char *name = list->value.list[i].s;
        const bool takes =
            default_of(name, false) != 0
            && (!beta || strcmp(name, "HardSigmoid") == 0 || strcmp(name, "Affine") == 0);
        APPEND(m->g->ctx->arena, all.item, all.count,
               takes && used < given.count ? given.item[used++] : default_of(name, beta));
    }
    return all;
}

/* ---- results ---- */

/* The directions' results side by side along a new axis. */
static struct tensor *stacked(struct importer *m, struct tensor **each, int axis)
{
    struct tensor *wider[2] = { NULL };
    for (int d = 0; d < m->directions && !m->failed; d++) {
        const struct shape *from = &each[d]->shape;
        const char *text = "";
        for (int i = 0; i < from->rank; i++)
            text = arena_printf(m->g->ctx->arena, "%s%s%lld,", text, i == axis ? "1," : "",
                                (long long)from->dim[i]);
        wider[d] =
            made(m, op_make(m->g, m->n->from, "View",
                            arena_printf(m->g->ctx->arena, "shape=(%s)", text), &each[d], 1));
    }
    if (m->directions == 1 || m->failed)
        return wider[0];
    return made(m, op_make(m->g, m->n->from, "Concatenate",
                           arena_printf(m->g->ctx->arena, "axis=%d", axis), wider, 2));
}

static bool one_direction(struct importer *m, int d, bool reversed, struct tensor **y,
                          struct tensor **h, struct tensor **c)
{
    static const char *const defaults[3][3] = { { "Tanh", "Tanh", "Tanh" },
                                                { "Sigmoid", "Tanh", "Tanh" },
                                                { "Sigmoid", "Tanh", "Tanh" } };
    const int functions = m->cell == CELL_LSTM ? 3 : m->cell == CELL_GRU ? 2 : 1;
    const struct float_list alpha = spread(m, "activation_alpha", false),
                            beta = spread(m, "activation_beta", true);
    struct activation f[3] = { { 0 } };
    for (int i = 0; i < functions && !m->failed; i++)
        f[i] = activation(m, d * functions + i, defaults[m->cell][i], &alpha, &beta);
    const bool *wanted = m->n->wanted;
    struct recurrence attr = {
        .cell = (int)m->cell,
        .gate = f[0],
        .candidate = m->cell == CELL_RNN ? f[0] : f[1],
        .output = f[2],
        .reversed = reversed,
        .aligned = true,
        .time_major = m->layout == 0,
        .sequences = wanted[0],
        .state_h = m->n->nout > 1 && wanted[1],
        .state_c = m->n->nout > 2 && wanted[2],
        .reset_after = m->cell == CELL_GRU && onnx_int(m->n, "linear_before_reset", 0) != 0,
        .input_forget = onnx_int(m->n, "input_forget", 0) != 0,
        .clip = onnx_float(m->n, "clip", 0),
    };
    struct tensor *x = onnx_input(m->n, X_INPUT), *in[RECURRENCE_INPUTS] = { x };
    in[IN_KERNEL] =
        transposed(m, in_order(m, take(m, onnx_input(m->n, W_INPUT), d, 0), x->shape.dim[2]));
    in[IN_RECURRENT] =
        transposed(m, in_order(m, take(m, onnx_input(m->n, R_INPUT), d, 0), m->hidden));
    in[IN_BIAS] = bias(m, d, attr.reset_after);
    in[IN_H0] = state(m, H0_INPUT, d);
    in[IN_C0] = m->cell == CELL_LSTM ? state(m, C0_INPUT, d) : NULL;
    in[IN_PEEPHOLES] =
        m->cell == CELL_LSTM && onnx_input(m->n, P_INPUT)
            ? reshape(m, take(m, onnx_input(m->n, P_INPUT), d, 0), 2, 3, m->hidden, 0)
            : NULL;
    in[IN_LENGTHS] = onnx_input(m->n, LENGTHS_INPUT);
    int nin = RECURRENCE_INPUTS, nouts;
    while (!in[nin - 1])
        nin--;
    struct tensor **outs =
        m->failed ? NULL
                  : op_make_all(m->g, m->n->from, op_find("Recurrence"), &attr, in, nin, &nouts);
    if (!outs)
        return false;
    *y = outs[0];
    *h = attr.state_h ? outs[1] : NULL;
    *c = attr.state_c ? outs[2] : NULL;
    return true;
}

static bool import(struct graph *g, struct onnx_node *n, enum cell cell)
{
    const char *direction = onnx_string(n, "direction", "forward");
    struct importer m = { g,
                          n,
                          cell,
                          gates_of(cell),
                          strcmp(direction, "bidirectional") == 0 ? 2 : 1,
                          (int)onnx_int(n, "layout", 0),
                          0,
                          false };
    struct tensor *y[2], *h[2], *c[2];
    const struct tensor *x = onnx_input(n, X_INPUT), *r = onnx_input(n, R_INPUT),
                        *w = onnx_input(n, W_INPUT);
    if (!x || !r || !w || x->shape.rank != 3 || r->shape.rank != 3 || w->shape.rank != 3)
        return onnx_error(g, n, "needs X, W and R of three dimensions");
    m.hidden = r->shape.dim[2];
    onnx_int(n, "hidden_size", 0);
    onnx_int(n, "output_sequence", 0);
    if (r->shape.dim[0] != m.directions || w->shape.dim[0] != m.directions)
        return onnx_error(g, n, "its weights are for %d directions, direction='%s'",
                          (int)r->shape.dim[0], direction);
    for (int d = 0; d < m.directions; d++)
        if (!one_direction(&m, d, d == 1 || strcmp(direction, "reverse") == 0, &y[d], &h[d], &c[d]))
            return false;
    if (n->wanted[0])
        n->out[0] = stacked(&m, y, m.layout ? 2 : 1);
    if (n->nout > 1 && n->wanted[1])
        n->out[1] = stacked(&m, h, m.layout ? 1 : 0);
    if (n->nout > 2 && n->wanted[2])
        n->out[2] = stacked(&m, c, m.layout ? 1 : 0);
    return !m.failed;
}

bool import_lstm(struct graph *g, struct onnx_node *n)
{
    return import(g, n, CELL_LSTM);
}
bool import_gru(struct graph *g, struct onnx_node *n)
{
    return import(g, n, CELL_GRU);
}
bool import_rnn(struct graph *g, struct onnx_node *n)
{
    return import(g, n, CELL_RNN);
}
