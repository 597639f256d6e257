/* recurrent.c - Keras' recurrent layers LSTM, GRU, SimpleRNN and RNN of their cells, by the
 * operator Recurrence. */
#include "ops/recurrent.h"

#define AT(member) offsetof(struct recurrent, member)
#define DROPOUTS \
    { "dropout", NULL, ATTR_IGNORED, 0, "0", NULL, 0 }, \
    { "recurrent_dropout", NULL, ATTR_IGNORED, 0, "0", NULL, 0 }
#define SEQUENCE_ATTRIBUTES \
    { "return_sequences", NULL, ATTR_BOOL, AT(return_sequences), "False", NULL, 0 }, \
    { "return_state", NULL, ATTR_BOOL, AT(return_state), "False", NULL, 0 }, \
    { "go_backwards", NULL, ATTR_BOOL, AT(go_backwards), "False", NULL, 0 }, \
    { "stateful", NULL, ATTR_BOOL, AT(stateful), "False", NULL, 0 }, \
    { "unroll", NULL, ATTR_IGNORED, 0, "False", NULL, 0 }, \
    { "zero_output_for_mask", NULL, ATTR_BOOL, AT(zero_output_for_mask), "False", NULL, 0 }, \
    { "implementation", NULL, ATTR_IGNORED, 0, "2", NULL, 0 }

static const struct attr gated_attrs[] = {
    { "units", NULL, ATTR_INT, AT(units), NULL, NULL, 0 },
    { "activation", NULL, ATTR_ACTIVATION, AT(activation), "tanh", NULL, 0 },
    { "recurrent_activation", NULL, ATTR_ACTIVATION, AT(recurrent_activation), "sigmoid", NULL, 0 },
    { "use_bias", NULL, ATTR_BOOL, AT(use_bias), "True", NULL, 0 },
    { "unit_forget_bias", NULL, ATTR_IGNORED, 0, "True", NULL, 0 },
    DROPOUTS,
    SEQUENCE_ATTRIBUTES,
    { "reset_after", NULL, ATTR_BOOL, AT(reset_after), "True", NULL, 0 },
    { "use_cudnn", NULL, ATTR_IGNORED, 0, "None", NULL, 0 },
    { 0 }
};

static const struct attr gated_cell_attrs[] = {
    { "units", NULL, ATTR_INT, AT(units), NULL, NULL, 0 },
    { "activation", NULL, ATTR_ACTIVATION, AT(activation), "tanh", NULL, 0 },
    { "recurrent_activation", NULL, ATTR_ACTIVATION, AT(recurrent_activation), "sigmoid", NULL, 0 },
    { "use_bias", NULL, ATTR_BOOL, AT(use_bias), "True", NULL, 0 },
    { "unit_forget_bias", NULL, ATTR_IGNORED, 0, "True", NULL, 0 },
    DROPOUTS,
    { "implementation", NULL, ATTR_IGNORED, 0, "2", NULL, 0 },
    { "reset_after", NULL, ATTR_BOOL, AT(reset_after), "True", NULL, 0 },
    { 0 }
};

static const struct attr simple_cell_attrs[] = {
    { "units", NULL, ATTR_INT, AT(units), NULL, NULL, 0 },
    { "activation", NULL, ATTR_ACTIVATION, AT(activation), "tanh", NULL, 0 },
    { "use_bias", NULL, ATTR_BOOL, AT(use_bias), "True", NULL, 0 },
    DROPOUTS,
    { 0 }
};

static const struct attr stack_attrs[] = { { "cells", NULL, ATTR_LAYERS, AT(cells), NULL, NULL, 0 },
                                           { 0 } };

static const struct attr rnn_attrs[] = { { "cell", NULL, ATTR_LAYERS, AT(cells), NULL, NULL, 0 },
                                         SEQUENCE_ATTRIBUTES,
                                         { 0 } };

static const struct attr simple_attrs[] = {
    { "units", NULL, ATTR_INT, AT(units), NULL, NULL, 0 },
    { "activation", NULL, ATTR_ACTIVATION, AT(activation), "tanh", NULL, 0 },
    { "use_bias", NULL, ATTR_BOOL, AT(use_bias), "True", NULL, 0 },
    DROPOUTS,
    SEQUENCE_ATTRIBUTES,
    { 0 }
};

static bool declare(struct graph *g, struct op *op, enum cell cell)
{
    const struct recurrent *p = op->attr;
    if (!needs_rank(g, op, 3, "a sequence (steps, features)")
        || !positive(g, op, "'units'", &p->units, 1))
        return false;
    if (p->stateful)
        return op_error(
            g, op,
            "'stateful' layers keep their state from call to call, which the C function does not; "
            "hand the state in and out by initial_state= and return_state=True");
    const int64_t n = op->in[0]->shape.dim[2], u = p->units, all = gates_of(cell) * u;
    op_weight(g, op, "kernel", shape_of(2, n, all), INIT_KERNEL, n, all);
    if (!op_weight(g, op, "recurrent_kernel", shape_of(2, u, all), INIT_KERNEL, u, all))
        return false;
    if (!p->use_bias)
        op_no_weight(g, op);
    else
        return op_weight(g, op, "bias",
                         cell == CELL_GRU && p->reset_after ? shape_of(2, INT64_C(2), all)
                                                            : shape_of(1, all),
                         INIT_ZEROS, 0, 0);
    return true;
}

/* zero_output_for_mask: zeros where steps do not count, in the order computed; of one output: where
 * the last one does not. */
static struct tensor *only_where_it_counts(struct graph *g, struct op *op, struct tensor *mask,
                                           struct tensor *t)
{
    const struct recurrent *p = op->attr;
    const long long batch = mask->shape.dim[0], last = p->go_backwards ? 0 : mask->shape.dim[1] - 1;
    if (p->return_sequences && p->go_backwards && !p->aligned)
        mask = make_one(g, op, "Flip", "axis=(1,)", mask);
    struct tensor *m =
        p->return_sequences
            ? make_one(g, op, "ExpandDims", "axis=-1", mask)
            : make_one(g, op, "Slice",
                       arena_printf(g->ctx->arena, "begin=(0,%lld) size=(%lld,1)", last, batch),
                       mask);
    struct tensor *const choice[3] = { m, t, make_number(g, F32, 0) };
    return m ? op_make(g, op, "Where", "", choice, 3) : NULL;
}

/* Data inputs: the sequence, its initial states, and a mask, which is the only one of bool. */
static struct tensor *build(struct graph *g, struct op *op, enum cell cell)
{
    const struct recurrent *p = op->attr;
    const int data = op->nin - 3, states = cell == CELL_LSTM ? 2 : 1;
    struct tensor *in[RECURRENCE_INPUTS] = { op->in[0], op->in[data], op->in[data + 1],
                                             op->in[data + 2] };
    int given = 0;
    for (int i = 1; i < data; i++)
        if (op->in[i] && op->in[i]->type == BOOL)
            in[IN_MASK] = op->in[i];
        else if (op->in[i] && given < states)
            in[IN_H0 + given++] = op->in[i];
    if (given && given != states) {
        op_error(g, op, "its initial state is %d tensors, h and c; %d is given", states, given);
        return NULL;
    }
    struct recurrence attr = { .cell = (int)cell,
                               .gate = p->recurrent_activation,
                               .candidate = p->activation,
                               .output = p->activation,
                               .reversed = p->go_backwards,
                               .aligned = p->aligned,
                               .sequences = p->return_sequences,
                               .state_h = p->return_state,
                               .state_c = p->return_state && cell == CELL_LSTM,
                               .reset_after = cell == CELL_GRU && p->reset_after };
    int nin = RECURRENCE_INPUTS;
    while (!in[nin - 1])
        nin--;
    op->outs = op_make_all(g, op, op_find("Recurrence"), &attr, in, nin, &op->nouts);
    op->nouts = !p->return_state ? 1 : 1 + states;
    if (op->outs && in[IN_MASK] && p->zero_output_for_mask) {
        struct tensor **own = NEW_ARRAY(g->ctx->arena, struct tensor *, op->nouts);
        for (int i = 1; i < op->nouts; i++)
            own[i] = op->outs[i];
        own[0] = only_where_it_counts(g, op, in[IN_MASK], op->outs[0]);
        op->outs = own;
    }
    return op->outs ? op->outs[0] : NULL;
}

/* The steps that a mask goes along with, if all of them are given. */
static struct tensor *mask(struct graph *g, struct op *op, struct tensor *const *masks)
{
    (void)g;
    return ((const struct recurrent *)op->attr)->return_sequences ? masks[0] : NULL;
}

static bool lstm_weights(struct graph *g, struct op *op)
{
    return declare(g, op, CELL_LSTM);
}
static bool gru_weights(struct graph *g, struct op *op)
{
    return declare(g, op, CELL_GRU);
}
static bool simple_weights(struct graph *g, struct op *op)
{
    return declare(g, op, CELL_RNN);
}
static struct tensor *lstm_expand(struct graph *g, struct op *op)
{
    return build(g, op, CELL_LSTM);
}
static struct tensor *gru_expand(struct graph *g, struct op *op)
{
    return build(g, op, CELL_GRU);
}
static struct tensor *simple_expand(struct graph *g, struct op *op)
{
    return build(g, op, CELL_RNN);
}

static struct tensor *rnn_expand(struct graph *g, struct op *op);

bool is_recurrent(const struct opdef *def)
{
    return def
           && (def->expand == lstm_expand || def->expand == gru_expand
               || def->expand == simple_expand || def->expand == rnn_expand);
}

/* ---- RNN: a cell, or cells on top of each other ---- */

extern const struct opdef lstm, gru, simple_rnn, lstm_cell, gru_cell, simple_rnn_cell,
    stacked_rnn_cells;

/* The layer of that cell, NULL: none. */
static const struct opdef *layer_of(const struct opdef *cell)
{
    return cell == &lstm_cell         ? &lstm
           : cell == &gru_cell        ? &gru
           : cell == &simple_rnn_cell ? &simple_rnn
                                      : NULL;
}

/* All cells in their order, those of stacks too. false after an error. */
static bool gather_cells(struct graph *g, const struct op *op, const struct layer_list *from,
                         struct layer_list *to)
{
    for (int i = 0; i < from->count; i++) {
        const struct inner_layer *l = from->item[i];
        if (l->def == &stacked_rnn_cells) {
            if (!gather_cells(g, op, &((const struct recurrent *)l->attr)->cells, to))
                return false;
        } else if (!layer_of(l->def)) {
            return op_error(g, op,
                            "takes cells of Keras (LSTMCell, GRUCell, SimpleRNNCell, "
                            "StackedRNNCells); '%s' is none",
                            l->name);
        } else {
            APPEND(g->ctx->arena, to->item, to->count, l);
        }
    }
    return to->count > 0 || op_error(g, op, "needs a cell");
}

/* Where Keras 3 keeps the weights of cell i: "cell", or "cell/cells/lstm_cell_1" for the second of
 * that class. */
static const char *part_name(struct graph *g, const struct op *op, const struct layer_list *cells,
                             int i)
{
    const struct recurrent *p = op->attr;
    const bool alone = p->cells.count == 1 && p->cells.item[0]->def != &stacked_rnn_cells;
    const char *base = cells->item[i]->def->keras_base;
    int before = 0;
    if (op->scope.prefix) /* inside of a Bidirectional */
        return NULL;
    for (int k = 0; k < i; k++)
        before += cells->item[k]->def == cells->item[i]->def;
    return alone    ? "cell"
           : before ? arena_printf(g->ctx->arena, "cell/cells/%s_%d", base, before)
                    : arena_printf(g->ctx->arena, "cell/cells/%s", base);
}

/*
 * Cells on top of each other are layers behind each other, for each step of one needs the same step
 * of the one before alone. The first turns a sequence around that is read backwards, with the mask.
 */
static struct tensor *rnn_expand(struct graph *g, struct op *op)
{
    const struct recurrent *p = op->attr;
    struct layer_list cells = { 0 };
    if (!gather_cells(g, op, &p->cells, &cells))
        return NULL;
    if (p->stateful)
        return op_error(g, op,
                        "'stateful' layers keep their state from call to call, which the C "
                        "function does not; "
                        "hand the state in and out by initial_state= and return_state=True"),
               NULL;
    struct tensor *x = op->in[0],
                  *m = op->nin > 1 && op->in[op->nin - 1] && op->in[op->nin - 1]->type == BOOL
                           ? op->in[op->nin - 1]
                           : NULL;
    int states = op->nin - (m != NULL); /* the end of the initial states */
    while (states > 1 && !op->in[states - 1])
        states--;
    if (cells.count > 1 && (p->return_state || states > 1))
        return op_error(g, op,
                        "of several cells gives and takes no states; write an RNN for each cell"),
               NULL;
    for (int i = 0; i < cells.count && x; i++) {
        struct recurrent attr = *(const struct recurrent *)cells.item[i]->attr;
        struct tensor **in = NEW_ARRAY(g->ctx->arena, struct tensor *, op->nin + 1), **outs;
        const char *outer = op->scope.prefix ? op->scope.prefix : "";
        int nin = 0, nouts;
        attr.return_sequences = i + 1 < cells.count || p->return_sequences;
        attr.return_state = p->return_state;
        attr.go_backwards = p->go_backwards && i == 0;
        attr.aligned = p->aligned && i + 1 == cells.count;
        attr.zero_output_for_mask = p->zero_output_for_mask && i + 1 == cells.count;
        in[nin++] = x;
        for (int k = 1; k < states && cells.count == 1; k++)
            in[nin++] = op->in[k];
        if (m)
            in[nin++] = i == 1 &&p->go_backwards ? m = make_one(g, op, "Flip", "axis=(1,)", m) : m;
        op->scope.part = part_name(g, op, &cells, i);
        const char *prefix = cells.count > 1 ? arena_printf(g->ctx->arena, "%scell_%d_", outer, i)
                                             : op->scope.prefix;
        x = op_call_inner(g, op, layer_of(cells.item[i]->def), &attr, prefix, in, nin, &outs,
                          &nouts);
        op->outs = outs;
        op->nouts = x ? nouts : 0;
    }
    return x;
}

static const struct sample lstm_samples[] = {
    { "6x3", "units=5" },
    { "4x7", "units=19, return_sequences=True, use_bias=False, go_backwards=True" },
    { "5x3 8 8", "units=8, return_state=True, activation=relu, recurrent_activation=hard_sigmoid" },
    { NULL, NULL }
};

static const struct sample gru_samples[] = {
    { "6x3", "units=5" },
    { "4x7", "units=33, reset_after=False, return_sequences=True" },
    { "5x3 8", "units=8, return_state=True, use_bias=False" },
    { NULL, NULL }
};

static const struct sample simple_samples[] = { { "6x3", "units=5" },
                                                { "4x7 19", "units=19, return_sequences=True" },
                                                { NULL, NULL } };

#define RECURRENT_CALL "sequences, *initial_state, mask, training@ignored"

const struct opdef lstm = {
    .name = "LSTM",
    .aliases = "CuDNNLSTM LSTMV2",
    .onnx = "LSTM",
    .keras_base = "lstm",
    .brief = "long short-term memory",
    .attrs = gated_attrs,
    .attr_size = sizeof(struct recurrent),
    .min_inputs = 1,
    .max_inputs = 4,
    .samples = lstm_samples,
    .call = RECURRENT_CALL,
    .mask = mask,
    .weights = lstm_weights,
    .expand = lstm_expand,
    .import = import_lstm,
};

const struct opdef gru = {
    .name = "GRU",
    .aliases = "CuDNNGRU GRUV2",
    .onnx = "GRU",
    .keras_base = "gru",
    .brief = "gated recurrent unit",
    .attrs = gated_attrs,
    .attr_size = sizeof(struct recurrent),
    .min_inputs = 1,
    .max_inputs = 3,
    .samples = gru_samples,
    .call = RECURRENT_CALL,
    .mask = mask,
    .weights = gru_weights,
    .expand = gru_expand,
    .import = import_gru,
};

const struct opdef simple_rnn = {
    .name = "SimpleRNN",
    .onnx = "RNN",
    .keras_base = "simple_rnn",
    .brief = "fully connected recurrent layer",
    .attrs = simple_attrs,
    .attr_size = sizeof(struct recurrent),
    .min_inputs = 1,
    .max_inputs = 3,
    .samples = simple_samples,
    .call = RECURRENT_CALL,
    .mask = mask,
    .weights = simple_weights,
    .expand = simple_expand,
    .import = import_rnn,
};

static const struct sample no_samples[] = { { NULL, NULL } }; /* of its inner layers */

const struct opdef rnn = {
    .name = "RNN",
    .keras_base = "rnn",
    .brief = "a recurrent cell, or several, over a sequence",
    .attrs = rnn_attrs,
    .attr_size = sizeof(struct recurrent),
    .min_inputs = 1,
    .max_inputs = 4,
    .samples = no_samples,
    .call = RECURRENT_CALL,
    .mask = mask,
    .expand = rnn_expand,
};

static struct tensor *no_call(struct graph *g, struct op *op)
{
    op_error(g, op,
             "is called by RNN alone: write RNN(cell)(sequence); a single step is a sequence of "
             "one step");
    return NULL;
}

const struct opdef lstm_cell = {
    .name = "LSTMCell",
    .keras_base = "lstm_cell",
    .brief = "the step of an LSTM, in RNN",
    .attrs = gated_cell_attrs,
    .attr_size = sizeof(struct recurrent),
    .max_inputs = -1,
    .samples = no_samples,
    .expand = no_call,
};

const struct opdef gru_cell = {
    .name = "GRUCell",
    .keras_base = "gru_cell",
    .brief = "the step of a GRU, in RNN",
    .attrs = gated_cell_attrs,
    .attr_size = sizeof(struct recurrent),
    .max_inputs = -1,
    .samples = no_samples,
    .expand = no_call,
};

const struct opdef simple_rnn_cell = {
    .name = "SimpleRNNCell",
    .keras_base = "simple_rnn_cell",
    .brief = "the step of a SimpleRNN, in RNN",
    .attrs = simple_cell_attrs,
    .attr_size = sizeof(struct recurrent),
    .max_inputs = -1,
    .samples = no_samples,
    .expand = no_call,
};

const struct opdef stacked_rnn_cells = {
    .name = "StackedRNNCells",
    .keras_base = "stacked_rnn_cells",
    .brief = "cells on top of each other, in RNN",
    .attrs = stack_attrs,
    .attr_size = sizeof(struct recurrent),
    .max_inputs = -1,
    .samples = no_samples,
    .expand = no_call,
};
