/* recurrent.h - what the recurrent layers of Keras and ONNX build on: one direction over a whole
 * sequence. */
#ifndef CNNC_RECURRENT_H
#define CNNC_RECURRENT_H

#include "ops/common.h"

enum cell { CELL_RNN, CELL_LSTM, CELL_GRU };

/* Inputs of Recurrence; NULL where absent but for the first three. */
enum {
    IN_X,
    IN_KERNEL,
    IN_RECURRENT,
    IN_BIAS,
    IN_H0,
    IN_C0,
    IN_PEEPHOLES,
    IN_LENGTHS,
    IN_MASK,
    RECURRENCE_INPUTS
};

struct recurrence { /* attributes of the operator Recurrence */
    int cell;       /* enum cell */
    struct activation gate, candidate, output;
    bool reversed; /* from the last step to the first */
    /* a reversed sequence's results lie at the steps of their inputs, as in ONNX; else in the order
     * computed */
    bool aligned;
    bool time_major;       /* {steps, batch, features} */
    bool sequences;        /* result 0 holds all steps; else the last */
    bool state_h, state_c; /* are results 1 and 2 wanted? */
    bool reset_after, input_forget;
    double clip; /* of what goes into the activations; 0: none */
};

/* The attributes of Keras' LSTM, GRU, SimpleRNN, of their cells and of RNN. */
struct recurrent {
    int units;
    struct layer_list cells; /* of RNN and StackedRNNCells */
    struct activation activation, recurrent_activation;
    bool use_bias, return_sequences, return_state, go_backwards, stateful, reset_after,
        zero_output_for_mask;
    /* set by Bidirectional: results of the layer that goes backwards at the steps of their inputs
     */
    bool aligned;
};

/* Is this one of the layers of struct recurrent? */
bool is_recurrent(const struct opdef *def);

int gates_of(enum cell cell); /* 1, 4, 3 */

/* ONNX' operators (recurrent_onnx.c). */
bool import_lstm(struct graph *g, struct onnx_node *n);
bool import_gru(struct graph *g, struct onnx_node *n);
bool import_rnn(struct graph *g, struct onnx_node *n);

#endif
