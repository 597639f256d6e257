/* bidirectional.c - a recurrent layer from both ends of the sequence, the results merged. */
#include "ops/recurrent.h"

enum merge { MERGE_CONCAT, MERGE_SUM, MERGE_MUL, MERGE_AVE, MERGE_NONE };

struct bidirectional {
    const struct inner_layer *layer, *backward;
    int merge;
};

static const struct attr attrs[] = {
    { "layer", NULL, ATTR_LAYER, offsetof(struct bidirectional, layer), NULL, NULL, 0 },
    { "merge_mode", NULL, ATTR_CHOICE, offsetof(struct bidirectional, merge), "concat",
      "concat sum mul ave None", 0 },
    { "weights", NULL, ATTR_IGNORED, 0, "None", NULL, 0 },
    { "backward_layer", NULL, ATTR_LAYER, offsetof(struct bidirectional, backward), "None", NULL,
      0 },
    { 0 }
};

static struct tensor *merge(struct graph *g, struct op *op, enum merge how, struct tensor *a,
                            struct tensor *b)
{
    static const char *const names[] = { "Concatenate", "Add", "Multiply", "Average" };
    struct tensor *both[2] = { a, b };
    return op_make(g, op, names[how], "", both, 2);
}

/* One direction: its results in *outs. `states` of the data inputs from `first` on are its initial
 * state. */
static bool call_direction(struct graph *g, struct op *op, const struct inner_layer *l,
                           bool backwards, int first, int states, struct tensor ***outs, int *nouts)
{
    struct recurrent attr = *(const struct recurrent *)l->attr;
    struct tensor **in = NEW_ARRAY(g->ctx->arena, struct tensor *, op->nin + 1);
    int nin = 0;
    attr.go_backwards = backwards;
    attr.aligned = backwards;
    /* whatever the layer says, as in Keras */
    attr.zero_output_for_mask = attr.return_sequences;
    in[nin++] = op->in[0];
    for (int i = first; i < first + states; i++)
        in[nin++] = op->in[i];
    if (op->nin > 1 && op->in[op->nin - 1] && op->in[op->nin - 1]->type == BOOL)
        in[nin++] = op->in[op->nin - 1];
    return op_call_inner(g, op, l->def, &attr, backwards ? "backward_" : "forward_", in, nin, outs,
                         nouts)
           != NULL;
}

static struct tensor *expand(struct graph *g, struct op *op)
{
    const struct bidirectional *p = op->attr;
    const struct inner_layer *back = p->backward ? p->backward : p->layer;
    if (!p->layer || !is_recurrent(p->layer->def) || !is_recurrent(back->def)) {
        op_error(g, op, "wraps LSTM, GRU, SimpleRNN and RNN only");
        return NULL;
    }
    const struct recurrent *f = p->layer->attr, *b = back->attr;
    if (f->return_sequences != b->return_sequences || f->return_state != b->return_state
        || f->go_backwards || (p->backward && !b->go_backwards)) {
        op_error(g, op,
                 "'layer' and 'backward_layer' must agree in return_sequences and return_state, "
                 "and only the second go backwards");
        return NULL;
    }
    int states = 0, n = 0, m = 0;
    for (int i = 1; i < op->nin; i++)
        states += op->in[i] && op->in[i]->type != BOOL;
    struct tensor **ahead, **behind;
    if (!call_direction(g, op, p->layer, false, 1, states / 2, &ahead, &n)
        || !call_direction(g, op, back, true, 1 + states / 2, states / 2, &behind, &m))
        return NULL;
    struct tensor *both =
        p->merge == MERGE_NONE ? ahead[0] : merge(g, op, (enum merge)p->merge, ahead[0], behind[0]);
    APPEND(g->ctx->arena, op->outs, op->nouts, both);
    if (p->merge == MERGE_NONE)
        APPEND(g->ctx->arena, op->outs, op->nouts, behind[0]);
    for (int i = 1; i < n; i++)
        APPEND(g->ctx->arena, op->outs, op->nouts, ahead[i]);
    for (int i = 1; i < m; i++)
        APPEND(g->ctx->arena, op->outs, op->nouts, behind[i]);
    return both;
}

static struct tensor *mask(struct graph *g, struct op *op, struct tensor *const *masks)
{
    const struct inner_layer *l = ((const struct bidirectional *)op->attr)->layer;
    (void)g;
    return l && is_recurrent(l->def) && ((const struct recurrent *)l->attr)->return_sequences
               ? masks[0]
               : NULL;
}

static const struct sample samples[] = { { NULL, NULL } }; /* of its inner layers */

const struct opdef bidirectional = {
    .name = "Bidirectional",
    .keras_base = "bidirectional",
    .brief = "a recurrent layer from both ends of the sequence",
    .attrs = attrs,
    .attr_size = sizeof(struct bidirectional),
    .min_inputs = 1,
    .max_inputs = 6,
    .samples = samples,
    .call = "sequences, *initial_state, mask, training@ignored",
    .mask = mask,
    .expand = expand,
};
