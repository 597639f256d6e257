/*
 * recurrence.c - a recurrent cell over a sequence, one direction; Keras' and ONNX's LSTM, GRU and
 * simple RNN are built on it.
 *
 * With p = x W + h R + b, a column of W, R and b for each unit of each gate, f the gates'
 * activation, g the candidate's, a the output's: RNN          h = g(p) LSTM (ifco)  c = f(p_f + P_f
 * c) c + f(p_i + P_i c) g(p_c),  h = f(p_o + P_o c) a(c) GRU (zrh)    h = z h + (1 - z) g(x W_h +
 * (r h) R_h + b_h),  or with reset_after g(x W_h + b_h + r (h R_h + b'_h));  z = f(p_z), r = f(p_r)
 * Formulas: Keras 3 (LSTMCell, GRUCell, SimpleRNNCell), the ONNX standard (LSTM, GRU, RNN).
 */
#include "ops/recurrent.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define AT(member) offsetof(struct recurrence, member)

static const struct attr attrs[] = {
    { "cell", NULL, ATTR_CHOICE, AT(cell), "rnn", "rnn lstm gru", 0 },
    { "gate", NULL, ATTR_ACTIVATION, AT(gate), "None", NULL, 0 },
    { "candidate", NULL, ATTR_ACTIVATION, AT(candidate), "None", NULL, 0 },
    { "output", NULL, ATTR_ACTIVATION, AT(output), "None", NULL, 0 },
    { "reversed", NULL, ATTR_BOOL, AT(reversed), "False", NULL, 0 },
    { "aligned", NULL, ATTR_BOOL, AT(aligned), "False", NULL, 0 },
    { "time_major", NULL, ATTR_BOOL, AT(time_major), "False", NULL, 0 },
    { "sequences", NULL, ATTR_BOOL, AT(sequences), "False", NULL, 0 },
    { "state_h", NULL, ATTR_BOOL, AT(state_h), "False", NULL, 0 },
    { "state_c", NULL, ATTR_BOOL, AT(state_c), "False", NULL, 0 },
    { "reset_after", NULL, ATTR_BOOL, AT(reset_after), "False", NULL, 0 },
    { "input_forget", NULL, ATTR_BOOL, AT(input_forget), "False", NULL, 0 },
    { "clip", NULL, ATTR_FLOAT, AT(clip), "0", NULL, 0 },
    { 0 }
};

int gates_of(enum cell cell)
{
    return cell == CELL_LSTM ? 4 : cell == CELL_GRU ? 3 : 1;
}

/* ---- sizes ---- */

struct sizes {
    int64_t batch, steps, inputs, units, gates, x_step, x_batch, y_step, y_batch;
};

static struct sizes sizes_of(const struct op *op)
{
    const struct recurrence *p = op->attr;
    const struct shape *x = &op->in[IN_X]->shape;
    struct sizes s = { .gates = gates_of((enum cell)p->cell), .inputs = x->dim[2] };
    s.batch = x->dim[p->time_major ? 1 : 0];
    s.steps = x->dim[p->time_major ? 0 : 1];
    s.units = op->out->shape.dim[op->out->shape.rank - 1];
    s.x_step = p->time_major ? s.batch * s.inputs : s.inputs;
    s.x_batch = p->time_major ? s.inputs : s.steps * s.inputs;
    s.y_step = !p->sequences ? 0 : p->time_major ? s.batch * s.units : s.units;
    s.y_batch = !p->sequences || p->time_major ? s.units : s.steps * s.units;
    return s;
}

static bool has_shape(struct graph *g, const struct op *op, int i, const char *what,
                      struct shape want)
{
    if (i >= op->nin || !op->in[i] || shape_equal(&op->in[i]->shape, &want))
        return true;
    return op_error(g, op, "its %s must be %s, but is %s", what, shape_text(g->ctx->arena, &want),
                    shape_text(g->ctx->arena, &op->in[i]->shape));
}

static bool is_activation(struct graph *g, const struct op *op, const struct activation *a)
{
    return !a->def || (a->def->elementwise && a->def->max_inputs == 1)
           || op_error(g, op, "the activation '%s' does not work unit by unit", a->def->name);
}

static bool shape(struct graph *g, struct op *op)
{
    const struct recurrence *p = op->attr;
    if (!is_activation(g, op, &p->gate) || !is_activation(g, op, &p->candidate)
        || !is_activation(g, op, &p->output))
        return false;
    if (!needs_rank(g, op, 3, "a sequence (steps, features)"))
        return false;
    const int64_t gates = gates_of((enum cell)p->cell), inputs = op->in[IN_X]->shape.dim[2];
    const int64_t batch = op->in[IN_X]->shape.dim[p->time_major ? 1 : 0],
                  steps = op->in[IN_X]->shape.dim[p->time_major ? 0 : 1];
    const struct shape *r = &op->in[IN_RECURRENT]->shape;
    const int64_t units = r->rank == 2 ? r->dim[0] : 0;
    const bool two = p->cell == CELL_GRU && p->reset_after;
    if (units < 1
        || !has_shape(g, op, IN_RECURRENT, "recurrent kernel", shape_of(2, units, gates * units))
        || !has_shape(g, op, IN_KERNEL, "kernel", shape_of(2, inputs, gates * units))
        || !has_shape(g, op, IN_BIAS, "bias",
                      two ? shape_of(2, INT64_C(2), gates * units) : shape_of(1, gates * units))
        || !has_shape(g, op, IN_H0, "initial state", shape_of(2, batch, units))
        || !has_shape(g, op, IN_C0, "initial cell state", shape_of(2, batch, units))
        || !has_shape(g, op, IN_PEEPHOLES, "peephole weights", shape_of(2, INT64_C(3), units))
        || !has_shape(g, op, IN_LENGTHS, "sequence lengths", shape_of(1, batch))
        || !has_shape(g, op, IN_MASK, "mask", shape_of(2, batch, steps)))
        return false;
    const struct shape state = shape_of(2, batch, units);
    op->out->shape = !p->sequences   ? state
                     : p->time_major ? shape_of(3, steps, batch, units)
                                     : shape_of(3, batch, steps, units);
    if (p->state_h)
        op->outs[1]->shape = state;
    else
        op->outs[1] = NULL;
    if (p->state_c)
        op->outs[2]->shape = state;
    else
        op->outs[2] = NULL;
    return true;
}

/* ---- evaluation ---- */

/* An op that is the activation of n values. */
static struct op *activation_op(const struct activation *a, struct tensor *t)
{
    struct op *op = calloc(1, sizeof *op + 2 * sizeof(struct tensor *));
    if (!op)
        die("out of memory");
    op->def = a->def;
    op->attr = (void *)(uintptr_t)a->attr;
    op->in = op->outs = (struct tensor **)(op + 1);
    op->in[0] = t;
    op->out = t;
    op->nin = op->nouts = 1;
    return op;
}

static double activate(const struct activation *a, double clip, double x)
{
    struct tensor t = { .shape = { 2, { 1, 1 } }, .type = F32 };
    if (clip > 0)
        x = x > clip ? clip : x < -clip ? -clip : x;
    if (!a->def)
        return x;
    struct op *op = activation_op(a, &t);
    const double *in[1] = { &x };
    double y, *outs[1] = { &y };
    op_eval(op, in, outs);
    free(op);
    return y;
}

/* Column k of x W + h R + b; `rows` false: without h R (GRU's candidate, which has it elsewhere).
 */
static double gate_sum(const struct sizes *s, const double *const *in, const double *x,
                       const double *h, int64_t k, bool rows)
{
    const int64_t n = s->gates * s->units;
    double sum = in[IN_BIAS] ? in[IN_BIAS][k] : 0;
    for (int64_t i = 0; i < s->inputs; i++)
        sum += x[i] * in[IN_KERNEL][i * n + k];
    for (int64_t i = 0; rows && i < s->units; i++)
        sum += h[i] * in[IN_RECURRENT][i * n + k];
    return sum;
}

static void eval_lstm(const struct recurrence *p, const struct sizes *s, const double *const *in,
                      const double *x, double *h, double *c, double *to)
{
    const int64_t U = s->units;
    const double *P = in[IN_PEEPHOLES];
    for (int64_t k = 0; k < U; k++) {
        const double i =
            activate(&p->gate, p->clip, gate_sum(s, in, x, h, k, true) + (P ? P[k] * c[k] : 0));
        const double f =
            p->input_forget
                ? 1 - i
                : activate(&p->gate, p->clip,
                           gate_sum(s, in, x, h, U + k, true) + (P ? P[2 * U + k] * c[k] : 0));
        c[k] =
            f * c[k] + i * activate(&p->candidate, p->clip, gate_sum(s, in, x, h, 2 * U + k, true));
        const double o = activate(
            &p->gate, p->clip, gate_sum(s, in, x, h, 3 * U + k, true) + (P ? P[U + k] * c[k] : 0));
        to[k] = o * activate(&p->output, 0, c[k]);
    }
}

static void eval_gru(const struct recurrence *p, const struct sizes *s, const double *const *in,
                     const double *x, const double *h, double *r, double *to)
{
    const int64_t U = s->units, n = 3 * U;
    const double *b = p->reset_after && in[IN_BIAS] ? in[IN_BIAS] + n : NULL;
    for (int64_t k = 0; k < U; k++)
        r[k] = activate(&p->gate, p->clip, gate_sum(s, in, x, h, U + k, true) + (b ? b[U + k] : 0));
    for (int64_t k = 0; k < U; k++) {
        const double z =
            activate(&p->gate, p->clip, gate_sum(s, in, x, h, k, true) + (b ? b[k] : 0));
        double past = b ? b[2 * U + k] : 0;
        for (int64_t i = 0; i < U; i++)
            past += (p->reset_after ? h[i] : r[i] * h[i]) * in[IN_RECURRENT][i * n + 2 * U + k];
        const double sum =
            gate_sum(s, in, x, h, 2 * U + k, false) + (p->reset_after ? r[k] * past : past);
        to[k] = z * h[k] + (1 - z) * activate(&p->candidate, p->clip, sum);
    }
}

static void eval_cell(const struct recurrence *p, const struct sizes *s, const double *const *in,
                      const double *x, double *h, double *c, double *to)
{
    if (p->cell == CELL_LSTM)
        eval_lstm(p, s, in, x, h, c, to);
    else if (p->cell == CELL_GRU)
        eval_gru(p, s, in, x, h, c, to);
    for (int64_t k = 0; p->cell == CELL_RNN && k < s->units; k++)
        to[k] = activate(&p->candidate, p->clip, gate_sum(s, in, x, h, k, true));
    memcpy(h, to, (size_t)s->units * sizeof *h);
}

static void eval_one(const struct op *op, const struct sizes *s, int64_t n, const double *const *in,
                     double *const *outs, double *h, double *c, double *to)
{
    const struct recurrence *p = op->attr;
    const int64_t U = s->units;
    int64_t length = in[IN_LENGTHS] ? (int64_t)in[IN_LENGTHS][n] : s->steps;
    length = length < 0 ? 0 : length > s->steps ? s->steps : length;
    double *y = outs[0] + n * s->y_batch;
    for (int64_t k = 0; k < U; k++) {
        h[k] = in[IN_H0] ? in[IN_H0][n * U + k] : 0;
        c[k] = in[IN_C0] ? in[IN_C0][n * U + k] : 0;
        to[k] = 0;
    }
    for (int64_t step = 0; step < s->steps; step++) {
        const int64_t t = p->reversed ? length - 1 - step : step,
                      at = p->aligned && step < length ? t : step;
        double *yt = y + at * s->y_step;
        if (step < length && (!in[IN_MASK] || in[IN_MASK][n * s->steps + t] != 0))
            eval_cell(p, s, in, in[IN_X] + n * s->x_batch + t * s->x_step, h, c, to);
        for (int64_t k = 0; p->sequences && k < U; k++)
            yt[k] = step < length ? to[k] : 0;
    }
    for (int64_t k = 0; k < U; k++) {
        if (!p->sequences)
            y[k] = in[IN_MASK] ? to[k] : h[k];
        if (p->state_h)
            outs[1][n * U + k] = h[k];
        if (p->state_c)
            outs[2][n * U + k] = c[k];
    }
}

static void eval_all(const struct op *op, const double *const *in, double *const *outs)
{
    const struct sizes s = sizes_of(op);
    const double *all[RECURRENCE_INPUTS] = { NULL };
    for (int i = 0; i < op->nin && i < RECURRENCE_INPUTS; i++)
        all[i] = in[i];
    double *work = calloc((size_t)(3 * s.units), sizeof *work);
    if (!work)
        die("out of memory");
    for (int64_t n = 0; n < s.batch; n++)
        eval_one(op, &s, n, all, outs, work, work + s.units, work + 2 * s.units);
    free(work);
}

/* ---- kernels ---- */

/* Units in the kernel's memory: gates begin at multiples of 16, so that vectors of any width fit.
 */
static int64_t padded(int64_t units)
{
    return (units + 15) / 16 * 16;
}

static bool is_known(const struct tensor *t)
{
    return t->data || t->weight;
}

static bool weights_are_known(const struct op *op, const struct target *t)
{
    (void)t;
    return is_known(op->in[IN_KERNEL]) && is_known(op->in[IN_RECURRENT])
           && (op->nin <= IN_BIAS || !op->in[IN_BIAS] || is_known(op->in[IN_BIAS]));
}

/* h, c (GRU: the candidate's part of h R), and the gates. */
static int64_t scratch(const struct op *op)
{
    const struct sizes s = sizes_of(op);
    return (2 + s.gates) * padded(s.units) * (int64_t)sizeof(float);
}

/* [rows][gates * units] to [rows][gates * padded units], in blocks. */
static struct tensor *pack_gates(struct graph *g, const struct op *op, const char *what,
                                 const struct tensor *from, int64_t rows, int64_t gates,
                                 int64_t units)
{
    const int64_t wide = padded(units);
    float *wider = NEW_ARRAY(g->ctx->arena, float, rows *gates *wide);
    for (int64_t i = 0; i < rows * gates; i++)
        for (int64_t k = 0; k < units; k++)
            wider[i * wide + k] = floats(from)[i * units + k];
    return pack_blocks(g, op, what, wider, rows, gates * wide);
}

static bool pack(struct graph *g, struct op *op)
{
    const struct recurrence *p = op->attr;
    const struct sizes s = sizes_of(op);
    while (op->nin <= IN_BIAS)
        op_no_weight(g, op);
    op->in[IN_KERNEL] = pack_gates(g, op, "kernel", op->in[IN_KERNEL], s.inputs, s.gates, s.units);
    op->in[IN_RECURRENT] =
        pack_gates(g, op, "recurrent", op->in[IN_RECURRENT], s.units, s.gates, s.units);
    const int64_t biases = p->cell == CELL_GRU && p->reset_after ? 2 : 1, wide = padded(s.units);
    struct tensor *b = new_constant(g, op, "bias", shape_of(1, biases * s.gates * wide));
    for (int64_t i = 0; op->in[IN_BIAS] && i < biases * s.gates; i++)
        for (int64_t k = 0; k < s.units; k++)
            writable(b)[i * wide + k] = floats(op->in[IN_BIAS])[i * s.units + k];
    /* z and r take both biases at once */
    for (int64_t k = 0; biases == 2 && k < 2 * wide; k++)
        writable(b)[k] += writable(b)[3 * wide + k];
    op->in[IN_BIAS] = b;
    return true;
}

/* Name of a function in C that applies the activation to n floats in place, n a multiple of 16;
 * printed once. */
static const char *activation_name(struct out *o, const struct activation *a,
                                   void (*print)(struct out *o, const struct op *op,
                                                 const char *name))
{
    struct tensor t = { .shape = { 2, { 1, 16 } }, .type = F32 };
    struct op *op = activation_op(a, &t);
    const char *name = "";
    for (int i = 0;; i++) {
        const char *base = a->def->keras_base ? a->def->keras_base : "function";
        name = i ? arena_printf(o->arena, "activate_%s_%d", base, i)
                 : arena_printf(o->arena, "activate_%s", base);
        struct text text = { 0 }, *before = o->text;
        o->text = &text;
        print(o, op, name);
        o->text = before;
        const char *body = arena_copy(o->arena, text.s, text.n);
        text_free(&text);
        bool other = false;
        for (int j = 0; j < o->nonce; j++)
            other |= strncmp(o->once[j], body, strcspn(body, "\n")) == 0
                     && strcmp(o->once[j], body) != 0;
        if (other)
            continue;
        if (out_shared_begin(o, body)) {
            put_string(o, body);
            out_shared_end(o);
        }
        break;
    }
    free(op);
    return name;
}

#include "templates/recurrence.inc"

static const struct kernel kernels[] = { { .name = "packed",
                                           .brief = "weights in blocks, gates by vectors",
                                           .fits = weights_are_known,
                                           .scratch = scratch,
                                           .pack = pack,
                                           .emit = emit_packed },
                                         { .name = "plain",
                                           .brief = "weights that are computed",
                                           .scratch = scratch,
                                           .emit = emit_plain },
                                         { 0 } };

static int64_t macs(const struct op *op)
{
    const struct sizes s = sizes_of(op);
    return s.batch * s.steps * s.gates * s.units * (s.inputs + s.units);
}

/* Weights known (packed) and computed (plain); every cell, option and optional input. */
static const struct sample samples[] = {
    { "float32[1x5x3] float32[3x28]! float32[7x28]! float32[28]!",
      "cell=lstm, candidate=tanh, output=tanh, gate=sigmoid, sequences=True" },
    { "float32[1x5x3] float32[3x7]! float32[7x7]! float32[7]!", "candidate=relu, sequences=True" },
    { "float32[6x2x3] float32[3x20] float32[20x20] - float32[2x20]",
      "candidate=relu, sequences=True, time_major=True, reversed=True, aligned=True, clip=1" },
    { "float32[2x4x3] float32[3x68]@-.3:.3! float32[17x68]@-.3:.3! float32[68]! float32[2x17] "
      "float32[2x17] float32[3x17]!",
      "cell=lstm, candidate=relu, gate=relu, state_h=True, state_c=True, clip=0.5" },
    { "float32[2x4x3] float32[3x28]@-.3:.3 float32[7x28]@-.3:.3 float32[28] - float32[2x7] "
      "float32[3x7] int32[2]@0:4",
      "cell=lstm, output=relu, gate=relu, state_c=True, reversed=True, input_forget=True, "
      "clip=0.5, sequences=True" },
    { "float32[1x5x6] float32[6x120]@-.3:.3! float32[40x120]@-.3:.3! float32[2x120]@-.3:.3!",
      "cell=gru, candidate=relu, gate=relu, reset_after=True, sequences=True, clip=0.7" },
    { "float32[3x5x6] float32[6x15]@-.3:.3! float32[5x15]@-.3:.3! float32[15]@-.3:.3! float32[3x5] "
      "- - - bool[3x5]",
      "cell=gru, candidate=relu, gate=relu, sequences=True, state_h=True, clip=0.7" },
    { "float32[1x5x6] float32[6x15]@-.3:.3 float32[5x15]@-.3:.3 float32[2x15]@-.3:.3",
      "cell=gru, candidate=relu, gate=relu, reset_after=True, clip=0.7" },
    { "float32[1x5x6] float32[6x60]@-.3:.3 float32[20x60]@-.3:.3",
      "cell=gru, candidate=relu, gate=relu, reversed=True, sequences=True, clip=0.7" },
    { NULL, NULL }
};

/* The lists of a node that name its activations: "'Sigmoid','HardSigmoid'," and the numbers of
 * those that have some. */
struct activations {
    const char *names, *alpha, *beta;
};

/* Adds one; false: ONNX does not have it. */
static bool add_activation(struct graph *g, struct activations *to, const struct activation *f)
{
    struct arena *a = g->ctx->arena;
    struct tensor x = { .type = F32 }, *in[1] = { &x };
    struct op op = { .def = f->def, .in = in, .nin = 1, .out = &x };
    memcpy(&op.attr, &f->attr, sizeof op.attr); /* only read */
    const char *formula = !f->def               ? "Affine("
                          : f->def->to_onnx_for ? f->def->to_onnx_for(g, &op)
                                                : f->def->onnx;
    const char *name = formula ? arena_copy(a, formula, strcspn(formula, "( ")) : "";
    bool alpha = !f->def, beta = !f->def;
    for (const struct attr *at = f->def ? f->def->attrs : NULL; at && at->name; at++) {
        alpha |= at->onnx && strcmp(at->onnx, "alpha") == 0;
        beta |= at->onnx && strcmp(at->onnx, "beta") == 0;
    }
    static const char *const known[] = { "Affine",   "Relu",        "Tanh",
                                         "Sigmoid",  "HardSigmoid", "Elu",
                                         "Softsign", "Softplus",    "ThresholdedRelu" };
    bool found = false;
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        found |= strcmp(known[i], name) == 0;
    if (!found || (f->def && f->def->to_onnx_for && strcmp(formula + strlen(name), "(a)") != 0))
        return false;
    to->names = arena_printf(a, "%s%s'%s'", to->names, *to->names ? "," : "", name);
    to->alpha = alpha ? arena_printf(
                    a, "%s%.9e,", to->alpha,
                    f->def ? attr_number(&op, f->def->onnx[0] == 'T' ? "theta" : "alpha") : 1.0)
                      : to->alpha;
    to->beta = beta ? arena_printf(a, "%s%.9e,", to->beta, f->def ? attr_number(&op, "beta") : 0.0)
                    : to->beta;
    return true;
}

/*
 * One direction: ONNX has steps first, a directions' axis, the gates of an LSTM as iofc, and two
 * biases. The results are all steps or the last one, the last state, the last cell state.
 */
static const char *to_onnx(struct graph *g, const struct op *op)
{
    static const char *const nodes[] = {
        [CELL_RNN] = "RNN", [CELL_LSTM] = "LSTM", [CELL_GRU] = "GRU"
    };
    struct arena *a = g->ctx->arena;
    const struct recurrence *p = op->attr;
    const struct sizes s = sizes_of(op);
    const long long B = (long long)s.batch, U = (long long)s.units,
                    all = (long long)(s.gates * s.units);
    const char *order = p->cell == CELL_LSTM ? "/[0,3,1,2]" : "", *bias = "-", *more = "";
    struct activations f = { "", "", "" };
    const bool has_bias = op->nin > IN_BIAS && op->in[IN_BIAS],
               two = p->cell == CELL_GRU && p->reset_after;
    if (!add_activation(g, &f, p->cell == CELL_RNN ? &p->candidate : &p->gate)
        || (p->cell != CELL_RNN && !add_activation(g, &f, &p->candidate))
        || (p->cell == CELL_LSTM && !add_activation(g, &f, &p->output))
        || (op->nin > IN_MASK && op->in[IN_MASK]))
        return NULL;
    for (int i = 1; i <= IN_BIAS && i < op->nin; i++)
        if (op->in[i] && !op->in[i]->data)
            return NULL;
    if (has_bias)
        bias = two ? arena_printf(a, "d:[1,%lld]", 2 * all)
                   : arena_printf(a, "Concat(d%s:[1,%lld], Expand(0.0, [1,%lld]), axis=1)", order,
                                  all, all);
    more = arena_printf(a, "%s, activations=[%s]%s%s%s%s%s%s%s",
                        p->reversed ? ", direction='reverse'" : "", f.names,
                        *f.alpha ? ", activation_alpha=[" : "", f.alpha, *f.alpha ? "]" : "",
                        *f.beta ? ", activation_beta=[" : "", f.beta, *f.beta ? "]" : "",
                        p->cell == CELL_GRU    ? ", linear_before_reset=$reset_after"
                        : p->cell == CELL_LSTM ? ", input_forget=$input_forget"
                                               : "");
    const char *state =
        op->nin > IN_H0 && op->in[IN_H0] ? arena_printf(a, "e:[1,%lld,%lld]", B, U) : "-";
    const char *cell =
        op->nin > IN_C0 && op->in[IN_C0] ? arena_printf(a, "f:[1,%lld,%lld]", B, U) : "-";
    const char *peepholes =
        op->nin > IN_PEEPHOLES && op->in[IN_PEEPHOLES] ? arena_printf(a, "g:[1,%lld]", 3 * U) : "-";
    const char *steps = arena_printf(a, "Reshape(y, [%lld,%lld,%lld])", (long long)s.steps, B, U);
    if (p->reversed && !p->aligned)
        steps = arena_printf(a, "Slice(%s, [-1], [%lld], [0], [-1])", steps, -2LL * MAX_DIM);
    if (!p->time_major)
        steps = arena_printf(a, "Transpose(%s, perm=[1,0,2])", steps);
    return arena_printf(
        a,
        "y, hh%s = %s(%s, b^[1,0]%s:[1,%lld,%lld], c^[1,0]%s:[1,%lld,%lld], %s, %s, %s, %s, %s, "
        "hidden_size=%lld%s%s); %s%s%s",
        p->cell == CELL_LSTM ? ", cc" : "", nodes[p->cell],
        p->time_major ? "a" : "Transpose(a, perm=[1,0,2])", order, all, (long long)s.inputs, order,
        all, U, bias, op->nin > IN_LENGTHS && op->in[IN_LENGTHS] ? "Cast(h, to=6)" : "-", state,
        p->cell == CELL_LSTM ? cell : "-", p->cell == CELL_LSTM ? peepholes : "-", U, more,
        p->clip > 0 ? ", clip=$clip" : "",
        p->sequences ? steps : arena_printf(a, "Reshape(hh, [%lld,%lld])", B, U),
        arena_printf(a, ", Reshape(hh, [%lld,%lld])", B, U),
        p->cell == CELL_LSTM ? arena_printf(a, ", Reshape(cc, [%lld,%lld])", B, U) : "");
}

const struct opdef recurrence = {
    .name = "Recurrence",
    .brief = "a recurrent cell over a sequence",
    .attrs = attrs,
    .attr_size = sizeof(struct recurrence),
    .min_inputs = 3,
    .max_inputs = RECURRENCE_INPUTS,
    .max_outputs = 3,
    .samples = samples,
    .shape = shape,
    .eval_all = eval_all,
    .kernels = kernels,
    .macs = macs,
    .to_onnx_for = to_onnx,
};
