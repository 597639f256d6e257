/* recurrent.c - Keras' recurrent layers LSTM, GRU and SimpleRNN, by the operator Recurrence. */
#include "ops/recurrent.h"

#define AT(member) offsetof(struct recurrent, member)
#define SEQUENCE_ATTRIBUTES \
    { "dropout", NULL, ATTR_IGNORED, 0, "0", NULL, 0 }, \
    { "recurrent_dropout", NULL, ATTR_IGNORED, 0, "0", NULL, 0 }, \
    { "return_sequences", NULL, ATTR_BOOL, AT(return_sequences), "False", NULL, 0 }, \
    { "return_state", NULL, ATTR_BOOL, AT(return_state), "False", NULL, 0 }, \
    { "go_backwards", NULL, ATTR_BOOL, AT(go_backwards), "False", NULL, 0 }, \
    { "stateful", NULL, ATTR_BOOL, AT(stateful), "False", NULL, 0 }, \
    { "unroll", NULL, ATTR_IGNORED, 0, "False", NULL, 0 }, \
    { "implementation", NULL, ATTR_IGNORED, 0, "2", NULL, 0 }

static const struct attr gated_attrs[] = {
    { "units", NULL, ATTR_INT, AT(units), NULL, NULL, 0 },
    { "activation", NULL, ATTR_ACTIVATION, AT(activation), "tanh", NULL, 0 },
    { "recurrent_activation", NULL, ATTR_ACTIVATION, AT(recurrent_activation), "sigmoid", NULL, 0 },
    { "use_bias", NULL, ATTR_BOOL, AT(use_bias), "True", NULL, 0 },
    { "unit_forget_bias", NULL, ATTR_IGNORED, 0, "True", NULL, 0 },
    SEQUENCE_ATTRIBUTES,
    { "reset_after", NULL, ATTR_BOOL, AT(reset_after), "True", NULL, 0 },
    { "use_cudnn", NULL, ATTR_IGNORED, 0, "None", NULL, 0 },
    { 0 }
};

static const struct attr simple_attrs[] = {
    { "units", NULL, ATTR_INT, AT(units), NULL, NULL, 0 },
    { "activation", NULL, ATTR_ACTIVATION, AT(activation), "tanh", NULL, 0 },
    { "use_bias", NULL, ATTR_BOOL, AT(use_bias), "True", NULL, 0 },
    SEQUENCE_ATTRIBUTES,
    { 0 }
};

static bool declare(struct graph *g, struct op *op, enum cell cell)
{
    const struct recurrent *p = op->attr;
    if (!needs_rank(g, op, 3, "a sequence (steps, features)") || !positive(g, op, "'units'", &p->units, 1))
        return false;
    if (p->stateful)
        return op_error(g, op, "'stateful' layers keep their state from call to call, which the C function does not; "
                               "hand the state in and out by initial_state= and return_state=True");
    const int64_t n = op->in[0]->shape.dim[2], u = p->units, all = gates_of(cell) * u;
    op_weight(g, op, "kernel", shape_of(2, n, all), INIT_KERNEL, n, all);
    if (!op_weight(g, op, "recurrent_kernel", shape_of(2, u, all), INIT_KERNEL, u, all))
        return false;
    if (!p->use_bias)
        op_no_weight(g, op);
    else
        return op_weight(g, op, "bias", cell == CELL_GRU && p->reset_after ? shape_of(2, INT64_C(2), all) : shape_of(1, all), INIT_ZEROS, 0, 0);
    return true;
}

/* Data inputs: the sequence, its initial states, and a mask, which is the only one of bool. */
static struct tensor *build(struct graph *g, struct op *op, enum cell cell)
{
    const struct recurrent *p = op->attr;
    const int data = op->nin - 3, states = cell == CELL_LSTM ? 2 : 1;
    struct tensor *in[RECURRENCE_INPUTS] = { op->in[0], op->in[data], op->in[data + 1], op->in[data + 2] };
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
    struct recurrence attr = { .cell = (int)cell, .gate = p->recurrent_activation, .candidate = p->activation, .output = p->activation,
                               .reversed = p->go_backwards, .aligned = p->aligned, .sequences = p->return_sequences, .state_h = p->return_state,
                               .state_c = p->return_state && cell == CELL_LSTM, .reset_after = cell == CELL_GRU && p->reset_after };
    int nin = RECURRENCE_INPUTS;
    while (!in[nin - 1])
        nin--;
    op->outs = op_make_all(g, op, op_find("Recurrence"), &attr, in, nin, &op->nouts);
    op->nouts = !p->return_state ? 1 : 1 + states;
    return op->outs ? op->outs[0] : NULL;
}

static bool lstm_weights(struct graph *g, struct op *op) { return declare(g, op, CELL_LSTM); }
static bool gru_weights(struct graph *g, struct op *op) { return declare(g, op, CELL_GRU); }
static bool simple_weights(struct graph *g, struct op *op) { return declare(g, op, CELL_RNN); }
static struct tensor *lstm_expand(struct graph *g, struct op *op) { return build(g, op, CELL_LSTM); }
static struct tensor *gru_expand(struct graph *g, struct op *op) { return build(g, op, CELL_GRU); }
static struct tensor *simple_expand(struct graph *g, struct op *op) { return build(g, op, CELL_RNN); }

bool is_recurrent(const struct opdef *def)
{
    return def && (def->expand == lstm_expand || def->expand == gru_expand || def->expand == simple_expand);
}

static const struct sample lstm_samples[] = {
    { "6x3", "units=5" }, { "4x7", "units=19, return_sequences=True, use_bias=False, go_backwards=True" },
    { "5x3 8 8", "units=8, return_state=True, activation=relu, recurrent_activation=hard_sigmoid" }, { NULL, NULL }
};

static const struct sample gru_samples[] = {
    { "6x3", "units=5" }, { "4x7", "units=33, reset_after=False, return_sequences=True" }, { "5x3 8", "units=8, return_state=True, use_bias=False" },
    { NULL, NULL }
};

static const struct sample simple_samples[] = { { "6x3", "units=5" }, { "4x7 19", "units=19, return_sequences=True" }, { NULL, NULL } };

#define RECURRENT_CALL "sequences, *initial_state, mask, training@ignored"

const struct opdef lstm = {
    .name = "LSTM", .aliases = "CuDNNLSTM LSTMV2", .onnx = "LSTM", .keras_base = "lstm", .brief = "long short-term memory", .attrs = gated_attrs,
    .attr_size = sizeof(struct recurrent), .min_inputs = 1, .max_inputs = 4, .samples = lstm_samples, .call = RECURRENT_CALL,
    .weights = lstm_weights, .expand = lstm_expand, .import = import_lstm,
};

const struct opdef gru = {
    .name = "GRU", .aliases = "CuDNNGRU GRUV2", .onnx = "GRU", .keras_base = "gru", .brief = "gated recurrent unit", .attrs = gated_attrs,
    .attr_size = sizeof(struct recurrent), .min_inputs = 1, .max_inputs = 3, .samples = gru_samples, .call = RECURRENT_CALL,
    .weights = gru_weights, .expand = gru_expand, .import = import_gru,
};

const struct opdef simple_rnn = {
    .name = "SimpleRNN", .onnx = "RNN", .keras_base = "simple_rnn", .brief = "fully connected recurrent layer", .attrs = simple_attrs,
    .attr_size = sizeof(struct recurrent), .min_inputs = 1, .max_inputs = 3, .samples = simple_samples, .call = RECURRENT_CALL,
    .weights = simple_weights, .expand = simple_expand, .import = import_rnn,
};
