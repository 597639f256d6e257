/*
 * conv_lstm.c - Keras' ConvLSTM1D, ConvLSTM2D and ConvLSTM3D: an LSTM whose products are
 * convolutions (Shi et al. 2015), as a straight line of steps. With p = W * x + R * h + b, four
 * times `filters` channels in the order i, f, c, o: c = f(p_f) c + f(p_i) a(p_c),  h = f(p_o) a(c)
 * The convolution of the inputs is one for all steps.
 */
#include "ops/common.h"

struct conv_lstm {
    int filters, kernel_size[3], strides[3], dilation_rate[3], padding, format;
    struct activation activation, recurrent_activation;
    bool use_bias, return_sequences, return_state, go_backwards, stateful;
};

#define AT(member) offsetof(struct conv_lstm, member)
#define ATTRIBUTES(n) { \
    { "filters", NULL, ATTR_INT, AT(filters), NULL, NULL, 0 }, \
    { "kernel_size", NULL, ATTR_INTS, AT(kernel_size), NULL, NULL, n }, \
    { "strides", NULL, ATTR_INTS, AT(strides), "1", NULL, n }, \
    { "padding", NULL, ATTR_CHOICE, AT(padding), "valid", "valid same", 0 }, \
    { "data_format", NULL, ATTR_CHOICE, AT(format), "channels_last", \
        "channels_last channels_first", 0 }, \
    { "dilation_rate", NULL, ATTR_INTS, AT(dilation_rate), "1", NULL, n }, \
    { "activation", NULL, ATTR_ACTIVATION, AT(activation), "tanh", NULL, 0 }, \
    { "recurrent_activation", NULL, ATTR_ACTIVATION, AT(recurrent_activation), "sigmoid", NULL, \
        0 }, \
    { "use_bias", NULL, ATTR_BOOL, AT(use_bias), "True", NULL, 0 }, \
    { "kernel_initializer", NULL, ATTR_IGNORED, 0, "None", NULL, 0 }, \
    { "recurrent_initializer", NULL, ATTR_IGNORED, 0, "None", NULL, 0 }, \
    { "bias_initializer", NULL, ATTR_IGNORED, 0, "None", NULL, 0 }, \
    { "unit_forget_bias", NULL, ATTR_IGNORED, 0, "True", NULL, 0 }, \
    { "return_sequences", NULL, ATTR_BOOL, AT(return_sequences), "False", NULL, 0 }, \
    { "return_state", NULL, ATTR_BOOL, AT(return_state), "False", NULL, 0 }, \
    { "go_backwards", NULL, ATTR_BOOL, AT(go_backwards), "False", NULL, 0 }, \
    { "stateful", NULL, ATTR_BOOL, AT(stateful), "False", NULL, 0 }, \
    { "unroll", NULL, ATTR_IGNORED, 0, "False", NULL, 0 }, \
    { 0 } }

static const struct attr attrs1[] = ATTRIBUTES(1), attrs2[] = ATTRIBUTES(2),
                         attrs3[] = ATTRIBUTES(3);

/* Space has as many axes as the input has behind batch, time and channels. */
static int axes_of(const struct op *op)
{
    return op->in[0]->shape.rank - 3;
}

/* ---- channels first: the channels go from behind the time to the end, and back ---- */

static struct tensor *to_last(struct graph *g, struct op *op, struct tensor *t, int channels)
{
    const char *perm = "";
    for (int i = 0; t && i < t->shape.rank; i++)
        perm = arena_printf(g->ctx->arena, "%s%d,", perm,
                            i < channels             ? i
                            : i == t->shape.rank - 1 ? channels
                                                     : i + 1);
    return make_one(g, op, "Transpose", arena_printf(g->ctx->arena, "perm=(%s)", perm), t);
}

static struct tensor *to_first(struct graph *g, struct op *op, struct tensor *t, int channels)
{
    const char *perm = "";
    for (int i = 0; t && i < t->shape.rank; i++)
        perm = arena_printf(g->ctx->arena, "%s%d,", perm,
                            i < channels    ? i
                            : i == channels ? t->shape.rank - 1
                                            : i - 1);
    return make_one(g, op, "Transpose", arena_printf(g->ctx->arena, "perm=(%s)", perm), t);
}

/* ---- weights ---- */

static bool declare(struct graph *g, struct op *op, int n)
{
    const struct conv_lstm *p = op->attr;
    if (!needs_rank(g, op, n + 3,
                    n == 2   ? "a sequence of pictures (steps, height, width, channels)"
                    : n == 1 ? "a sequence of rows (steps, width, channels)"
                             : "a sequence of volumes (steps, depth, height, width, channels)")
        || !positive(g, op, "'filters'", &p->filters, 1)
        || !positive(g, op, "'kernel_size'", p->kernel_size, n))
        return false;
    if (p->stateful)
        return op_error(
            g, op,
            "'stateful' layers keep their state from call to call, which the C function does not; "
            "hand the state in and out by initial_state= and return_state=True");
    const int64_t c = op->in[0]->shape.dim[p->format ? 2 : n + 2], f = p->filters;
    int64_t taps = 1;
    struct shape kernel = { .rank = n + 2 }, recurrent = { .rank = n + 2 };
    for (int i = 0; i < n; i++)
        taps *= kernel.dim[i] = recurrent.dim[i] = p->kernel_size[i];
    kernel.dim[n] = c;
    recurrent.dim[n] = f;
    kernel.dim[n + 1] = recurrent.dim[n + 1] = 4 * f;
    op_weight(g, op, "kernel", kernel, INIT_KERNEL, taps * c, taps * 4 * f);
    if (!op_weight(g, op, "recurrent_kernel", recurrent, INIT_KERNEL, taps * f, taps * 4 * f))
        return false;
    if (p->use_bias)
        return op_weight(g, op, "bias", shape_of(1, 4 * f), INIT_ZEROS, 0, 0);
    op_no_weight(g, op);
    return true;
}

static bool weights1(struct graph *g, struct op *op)
{
    return declare(g, op, 1);
}
static bool weights2(struct graph *g, struct op *op)
{
    return declare(g, op, 2);
}
static bool weights3(struct graph *g, struct op *op)
{
    return declare(g, op, 3);
}

/* ---- steps ---- */

/* `recurrent`: the one of the state, which keeps the size. */
static struct tensor *convolve(struct graph *g, struct op *op, struct tensor *x,
                               struct tensor *kernel, struct tensor *bias, bool recurrent)
{
    static const char *const names[] = { "Conv1D", "Conv2D", "Conv3D" };
    const struct conv_lstm *p = op->attr;
    struct arena *a = g->ctx->arena;
    const int n = axes_of(op);
    const char *size = "", *strides = "", *dilation = "";
    for (int i = 0; i < n; i++) {
        size = arena_printf(a, "%s%d,", size, p->kernel_size[i]);
        strides = arena_printf(a, "%s%d,", strides, recurrent ? 1 : p->strides[i]);
        dilation = arena_printf(a, "%s%d,", dilation, recurrent ? 1 : p->dilation_rate[i]);
    }
    const char *attr = arena_printf(
        a, "filters=%d kernel_size=(%s) strides=(%s) dilation_rate=(%s) padding=%s", 4 * p->filters,
        size, strides, dilation, recurrent || p->padding ? "same" : "valid");
    struct tensor *const in[3] = { x, kernel, bias };
    return x ? op_make(g, op, names[n - 1], attr, in, 3) : NULL;
}

/* Values [from, from + size) along an axis. */
static struct tensor *part(struct graph *g, struct op *op, struct tensor *t, int axis, int64_t from,
                           int64_t size)
{
    const char *begin = "", *sizes = "";
    for (int d = 0; t && d < t->shape.rank; d++) {
        begin = arena_printf(g->ctx->arena, "%s%lld,", begin, (long long)(d == axis ? from : 0));
        sizes = arena_printf(g->ctx->arena, "%s%lld,", sizes,
                             (long long)(d == axis ? size : t->shape.dim[d]));
    }
    return make_one(g, op, "Slice",
                    arena_printf(g->ctx->arena, "begin=(%s) size=(%s)", begin, sizes), t);
}

static struct tensor *activated(struct graph *g, struct op *op, const struct activation *a,
                                struct tensor *t)
{
    return t && a->def ? op_make_from(g, op, a->def, a->attr, &t, 1) : t;
}

/* One step: the state in h and c, NULL at first; p: what the inputs give. */
static void step(struct graph *g, struct op *op, struct tensor *p, struct tensor *recurrent,
                 struct tensor **h, struct tensor **c)
{
    const struct conv_lstm *attr = op->attr;
    const int last = p ? p->shape.rank - 1 : 0;
    struct tensor *gate[4];
    if (*h)
        p = make_two(g, op, "Add", p, convolve(g, op, *h, recurrent, NULL, true));
    for (int i = 0; i < 4; i++)
        gate[i] = activated(g, op, i == 2 ? &attr->activation : &attr->recurrent_activation,
                            part(g, op, p, last, (int64_t)i * attr->filters, attr->filters));
    struct tensor *now = make_two(g, op, "Multiply", gate[0], gate[2]);
    *c = *c ? make_two(g, op, "Add", make_two(g, op, "Multiply", gate[1], *c), now) : now;
    *h = make_two(g, op, "Multiply", gate[3], activated(g, op, &attr->activation, *c));
}

/* The inputs' part of every step: {batch, steps, space, 4 filters}. */
static struct tensor *all_steps(struct graph *g, struct op *op, struct tensor *x,
                                struct tensor *kernel, struct tensor *bias)
{
    const int n = axes_of(op);
    const int64_t batch = x->shape.dim[0], steps = x->shape.dim[1];
    struct tensor *t =
        make_view(g, op, x, n + 2,
                  (int64_t[]){ batch * steps, x->shape.dim[2], x->shape.dim[3],
                               n > 1 ? x->shape.dim[4] : 0, n > 2 ? x->shape.dim[5] : 0 });
    t = convolve(g, op, t, kernel, bias, false);
    if (!t)
        return NULL;
    int64_t dim[6] = { batch, steps };
    for (int i = 1; i < n + 2; i++)
        dim[i + 1] = t->shape.dim[i];
    return make_view(g, op, t, n + 3, dim);
}

/* Data inputs: the sequence and its initial states. */
static struct tensor *expand(struct graph *g, struct op *op)
{
    const struct conv_lstm *p = op->attr;
    const int n = axes_of(op), data = op->nin - 3;
    struct tensor *x = p->format ? to_last(g, op, op->in[0], 2) : op->in[0], *h = NULL, *c = NULL,
                  **out = NULL;
    for (int i = 1; i < data; i++)
        if (op->in[i] && op->in[i]->type == BOOL)
            return op_error(g, op,
                            "its input has a mask, which cnnc does not take into account here; "
                            "leave out Masking or mask_zero if the inputs have no padding"),
                   NULL;
    if (data > 1 && (data < 3 || !op->in[1] || !op->in[2]))
        return op_error(g, op, "its initial state is two tensors, h and c"), NULL;
    if (data > 2) {
        h = p->format ? to_last(g, op, op->in[1], 1) : op->in[1];
        c = p->format ? to_last(g, op, op->in[2], 1) : op->in[2];
    }
    struct tensor *all = x ? all_steps(g, op, x, op->in[data], op->in[data + 2]) : NULL;
    if (!all)
        return NULL;
    int64_t dim[6] = { all->shape.dim[0] };
    for (int i = 1; i < n + 2; i++)
        dim[i] = all->shape.dim[i + 1];
    const int64_t steps = all->shape.dim[1],
                  wide[6] = { dim[0], 1, dim[1], dim[2], n > 1 ? dim[3] : 0, n > 2 ? dim[4] : 0 };
    int nout = 0;
    for (int64_t i = 0; i < steps; i++) {
        step(g, op,
             make_view(g, op, part(g, op, all, 1, p->go_backwards ? steps - 1 - i : i, 1), n + 2,
                       dim),
             op->in[data + 1], &h, &c);
        int64_t one[6];
        for (int d = 0; d < n + 3; d++)
            one[d] = d == n + 2 ? p->filters : wide[d];
        if (p->return_sequences)
            APPEND(g->ctx->arena, out, nout, make_view(g, op, h, n + 3, one));
    }
    struct tensor *result =
        !p->return_sequences ? h : op_make(g, op, "Concatenate", "axis=1", out, nout);
    struct tensor *results[3] = { result, h, c };
    for (int i = 0; i < (p->return_state ? 3 : 1); i++)
        APPEND(g->ctx->arena, op->outs, op->nouts,
               p->format ? to_first(g, op, results[i], i == 0 && p->return_sequences ? 2 : 1)
                         : results[i]);
    return op->outs[0];
}

static struct tensor *mask(struct graph *g, struct op *op, struct tensor *const *masks)
{
    (void)g;
    return ((const struct conv_lstm *)op->attr)->return_sequences ? masks[0] : NULL;
}

static const struct sample samples1[] = {
    { "3x5x2", "filters=3, kernel_size=3, padding=same, return_sequences=True" }, { NULL, NULL }
};
static const struct sample samples2[] = {
    { "3x6x5x2", "filters=3, kernel_size=(2,3), padding=same" },
    { "2x5x6x1", "filters=2, kernel_size=2, go_backwards=True, strides=2" },
    { NULL, NULL }
};
static const struct sample samples3[] = { { "2x3x4x3x2", "filters=2, kernel_size=2, padding=same" },
                                          { NULL, NULL } };

#define CONV_LSTM .attr_size = sizeof(struct conv_lstm), .min_inputs = 1, .max_inputs = 4, \
    .call = "sequences, *initial_state, mask, training@ignored", .mask = mask, .expand = expand

const struct opdef conv_lstm1d = {
    .name = "ConvLSTM1D",
    .keras_base = "conv_lstm1d",
    .brief = "LSTM of convolutions along a row",
    .attrs = attrs1,
    .samples = samples1,
    .weights = weights1,
    CONV_LSTM,
};

const struct opdef conv_lstm2d = {
    .name = "ConvLSTM2D",
    .keras_base = "conv_lstm2d",
    .brief = "LSTM of convolutions over pictures",
    .attrs = attrs2,
    .samples = samples2,
    .weights = weights2,
    CONV_LSTM,
};

const struct opdef conv_lstm3d = {
    .name = "ConvLSTM3D",
    .keras_base = "conv_lstm3d",
    .brief = "LSTM of convolutions over volumes",
    .attrs = attrs3,
    .samples = samples3,
    .weights = weights3,
    CONV_LSTM,
};
