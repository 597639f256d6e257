/* calls.c - the forward pass in pieces: where each tensor lies, as C; the calls of the layers; the
 * rows of each step. */
#include "emit/emit.h"
#include "ops/common.h"

#include <string.h>

const char *c_type(enum dtype t)
{
    static const char *const names[DTYPES] = {
        [F32] = "float",    [F64] = "double", [F16] = "uint16_t", [BF16] = "uint16_t",
        [BOOL] = "uint8_t", [I8] = "int8_t",  [I16] = "int16_t",  [I32] = "int32_t",
        [I64] = "int64_t",  [U8] = "uint8_t", [U16] = "uint16_t", [U32] = "uint32_t",
        [U64] = "uint64_t",
    };
    return names[t];
}

const char *api_name(struct arena *a, const struct model *m, bool output, int i)
{
    const int n = output ? m->graph->noutputs : m->graph->ninputs;
    if (n == 1)
        return output ? "output" : "input";
    return arena_printf(a, "%s_%d", output ? "output" : "input", i);
}

const char *parameters(struct arena *a, const struct model *m)
{
    const struct graph *g = m->graph;
    const char *s = m->caller_arena && m->plan->arena_bytes ? "void *memory, " : "";
    if (m->form == WEIGHTS_FILE)
        s = arena_printf(a, "%sconst void *weights, ", s);
    for (int i = 0; i < g->ninputs; i++)
        s = arena_printf(a, "%sconst %s *%s, ", s, c_type(g->inputs[i]->type),
                         api_name(a, m, false, i));
    for (int i = 0; i < g->noutputs; i++)
        s = arena_printf(a, "%s%s *%s%s", s, c_type(g->outputs[i]->type), api_name(a, m, true, i),
                         i + 1 < g->noutputs ? ", " : "");
    return s;
}

/* Elements from the first pixel of its memory to its own: in a join, the channels before it. */
static int64_t first_element(const struct tensor *t)
{
    int64_t n = 0;
    for (; t->view_of; t = t->view_of)
        n += t->view == VIEW_CHANNELS ? t->view_offset : 0;
    return n;
}

static const char *plus(struct arena *a, const char *what, int64_t n)
{
    return n ? arena_printf(a, "%s + %lld", what, (long long)n) : what;
}

int64_t place_offset(const struct model *m, const struct tensor *t)
{
    const int64_t size = (int64_t)dtype_size(t->type),
                  first = t->layout.offset + t->layout.left * channels_of(t) * size;
    return m->plan->mixed ? first : first / size;
}

const char *place_name(struct arena *a, const struct model *m, const struct tensor *t)
{
    const bool first = t->producer && t->producer->out == t;
    return arena_printf(
        a, "AT_%s", upper_name(a, first ? m->op_name[t->producer->index] : m->tensor_name[t->id]));
}

const char *place_text(struct arena *a, const struct model *m, const struct tensor *t)
{
    const struct tensor *base = memory_of(t);
    const int64_t first = first_element(t);
    switch (base->layout.place) {
    case IN_INPUT: return plus(a, api_name(a, m, false, base->layout.api), first);
    case IN_OUTPUT: return plus(a, api_name(a, m, true, base->layout.api), first);
    case IN_WEIGHTS: return plus(a, m->tensor_name[base->id], first);
    case IN_ARENA: break;
    }
    const char *at = place_name(a, m, base);
    if (m->plan->mixed)
        return plus(a, arena_printf(a, "MEMORY(%s, %s)", c_type(base->type), at), first);
    return plus(a, arena_printf(a, "arena + %s", at), first);
}

/* ---- rows made at each step ---- */

/* The step after `from` at which an op has made more rows. */
static int next_change(const struct segment *s, int k, int from)
{
    int i = from;
    while (i < s->steps && s->made[i][k] == s->made[from][k])
        i++;
    return i;
}

/* Does op k make `slope` rows at every step, and all by the last? */
static bool is_even(const struct segment *s, int k)
{
    for (int i = 0; i < s->steps; i++)
        if (s->made[i][k] != (i + 1) * s->made[0][k])
            return false;
    return s->made[0][k] > 0;
}

static const char *times_step(struct arena *a, int slope)
{
    return slope == 1 ? "step" : arena_printf(a, "%d * step", slope);
}

/* Slope and start of made[step] = min(slope * step + start, height), which is below 0 before the
 * picture; false: irregular. */
static bool is_line(const struct segment *s, int k, int *slope, int *start)
{
    const int n = s->steps, height = s->made[n - 1][k];
    int from = 0;
    while (from + 1 < n && s->made[from + 1][k] < height && s->made[from][k] <= -100000)
        from++;
    *slope = from + 1 < n ? s->made[from + 1][k] - s->made[from][k] : height;
    *start = s->made[from][k] - from * *slope;
    for (int i = 0; i < n; i++) {
        const int64_t v = (int64_t)*slope * i + *start, line = v < height ? v : height;
        if (s->made[i][k] != line && (s->made[i][k] > 0 || line > 0))
            return false;
    }
    return true;
}

static const char *rows_table(struct arena *a, const struct model *m, const struct op *op)
{
    return arena_printf(a, "%s_until", m->op_name[op->index]);
}

/* made[step] of an op as a formula of `step`, a chain of conditions, or from a table where the
 * steps are irregular. */
const char *rows_made(struct arena *a, const struct model *m, const struct segment *s, int k)
{
    const int n = s->steps, height = s->made[n - 1][k];
    int slope, start;
    if (is_line(s, k, &slope, &start)) {
        const char *formula = start < 0 ? arena_printf(a, "%s - %d", times_step(a, slope), -start)
                              : start   ? arena_printf(a, "%s + %d", times_step(a, slope), start)
                                        : times_step(a, slope);
        if ((int64_t)slope * (n - 1) + start <= height)
            return formula;
        return arena_printf(a, "%s < %d ? %s : %d", formula, height, formula, height);
    }
    if (rows_in_table(s, k))
        return arena_printf(a, "%s[step]", rows_table(a, m, s->ops[k]));
    struct text t = { 0 };
    for (int i = 0; i + 1 < n; i++)
        if (i == 0 || s->made[i][k] != s->made[i - 1][k])
            text_printf(&t, "step < %d ? %d : ", next_change(s, k, i),
                        s->made[i][k] > 0 ? s->made[i][k] : 0);
    text_printf(&t, "%d", height);
    const char *text = arena_copy(a, t.s, t.n);
    text_free(&t);
    return text;
}

bool rows_in_table(const struct segment *s, int k)
{
    int slope, start, changes = 0;
    for (int i = 1; i < s->steps; i++)
        changes += s->made[i][k] != s->made[i - 1][k];
    return changes > 4 && !is_line(s, k, &slope, &start);
}

void put_rows_table(struct out *o, const struct model *m, const struct segment *s, int k)
{
    text_printf(o->text, "        static const short %s[%d] = {",
                rows_table(o->arena, m, s->ops[k]), s->steps);
    for (int i = 0; i < s->steps; i++)
        text_printf(o->text, "%s%d", i ? ", " : " ", s->made[i][k] > 0 ? s->made[i][k] : 0);
    text_printf(o->text, " };\n");
}

const char *counter(struct arena *a, const struct model *m, const struct op *op)
{
    return arena_printf(a, "%s_made", m->op_name[op->index]);
}

const char *counters(struct arena *a, const struct model *m, const struct segment *s)
{
    const char *text = "";
    for (int k = 0; k < s->nops; k++)
        if (!is_even(s, k))
            text = arena_printf(a, "%s%s%s = 0", text, *text ? ", " : "", counter(a, m, s->ops[k]));
    return text;
}

/* ---- calls ---- */

/* Elements from a picture of a batch to the next; 0 for what all pictures share. */
static int64_t picture_stride(const struct op *op, const struct tensor *t, int input)
{
    bool walks = input <= 0;
    for (int j = 0; j < op->nabsorbed; j++)
        walks |= input > 0 && op->absorbed_input[j] == input;
    return walks ? row_stride(t) * (rows_of(t) / pictures_of(op)) : 0;
}

static const char *argument(struct arena *a, const struct model *m, const struct op *op,
                            const struct tensor *t, int input)
{
    const char *text = place_text(a, m, t);
    const int64_t stride = pictures_of(op) > 1 ? picture_stride(op, t, input) : 0;
    return stride ? arena_printf(a, "%s + n * %lld", text, (long long)stride) : text;
}

/* "conv2d_rows(input, kernel, bias, arena": without the rows and the closing parenthesis. */
static const char *call_start(struct arena *a, const struct model *m, const struct op *op)
{
    const char *text = arena_printf(a, "%s(", m->function_of[op->index]), *comma = "";
    for (int i = 0; i < op->nin; i++)
        if (op->in[i] && !input_in_place(op, i)) {
            text = arena_printf(a, "%s%s%s", text, comma, argument(a, m, op, op->in[i], i));
            comma = ", ";
        }
    for (int i = 0; i < op->nouts; i++)
        if (op->outs[i]) {
            text = arena_printf(a, "%s%s%s", text, comma, argument(a, m, op, op->outs[i], -1));
            comma = ", ";
        }
    if (!op->scratch)
        return text;
    const char *scratch = place_text(a, m, op->scratch);
    /* each thread has its own, as pack_weights() made it */
    const long long own = (long long)(shape_count(&op->scratch->shape) / m->threads);
    return m->threads > 1 && goes_by_rows(op)
               ? arena_printf(a, "%s, %s + thread * %lld", text, scratch, own)
               : arena_printf(a, "%s, %s", text, scratch);
}

/* Breaks a call at a comma where it would leave the page; `indent`: the column at which it begins.
 */
static const char *wrapped(struct arena *a, const char *text, int indent)
{
    enum { PAGE = 100 };
    struct text t = { 0 };
    const char *open = strchr(text, '(');
    const int deep = indent + (open ? (int)(open - text) + 1 : 0);
    int column = indent;
    while (*text) {
        const char *comma = strstr(text, ", ");
        const size_t n = comma ? (size_t)(comma - text) + 1 : strlen(text);
        if (column + (int)n > PAGE && column > deep) {
            text_printf(&t, "\n%*s", deep, "");
            column = deep;
        } else if (t.n && column > indent) {
            text_printf(&t, " ");
            column++;
        }
        text_add(&t, text, n);
        column += (int)n;
        text += n + (comma ? 1 : 0);
    }
    const char *s = arena_copy(a, t.s ? t.s : "", t.n);
    text_free(&t);
    return s;
}

static const char *call_text(struct arena *a, const struct model *m, const struct segment *s, int k)
{
    const struct op *op = s->ops[k];
    const char *text = call_start(a, m, op);
    if (!goes_by_rows(op))
        return arena_printf(a, "%s)", text);
    if (s->nops == 1)
        return arena_printf(a, "%s, 0, %lld)", text,
                            (long long)(rows_of(op->out) / pictures_of(op)));
    if (s->steps == 1)
        return arena_printf(a, "%s, 0, %d)", text, s->made[0][k]);
    if (is_even(s, k)) {
        const int slope = s->made[0][k];
        return arena_printf(a, "%s, %s, %s + %d)", text, times_step(a, slope), times_step(a, slope),
                            slope);
    }
    return arena_printf(a, "%s = %s, %s, %s)", counter(a, m, op), text, counter(a, m, op),
                        rows_made(a, m, s, k));
}

const char *call(struct arena *a, const struct model *m, const struct segment *s, int k, int indent)
{
    return wrapped(a, call_text(a, m, s, k), indent);
}

bool is_counted(const struct segment *s, int k)
{
    return s->nops > 1 && s->steps > 1 && !is_even(s, k);
}

const char *call_shared(struct arena *a, const struct model *m, const struct segment *s, int k,
                        int indent)
{
    const struct op *op = s->ops[k];
    const char *text = call_start(a, m, op), *from = "0", *until = "until";
    if (s->nops == 1 || s->steps == 1) {
        until = arena_printf(a, "%lld", (long long)(rows_of(op->out) / pictures_of(op)));
    } else if (is_counted(s, k)) {
        from = counter(a, m, op);
    } else {
        const int slope = s->made[0][k];
        from = times_step(a, slope);
        until = arena_printf(a, "%s + %d", from, slope);
    }
    const char *part =
        arena_printf(a, "share(t, %s, %s, %d, thread", from, until, granularity_of(op));
    return wrapped(a, arena_printf(a, "%s, %s), %s + 1))", text, part, part), indent);
}

/* Zero margins are written where the life of a tensor begins. */
void put_margins(struct out *o, const struct model *m, int segment)
{
    const struct graph *g = m->graph;
    for (int i = 0; i < g->ntensors; i++) {
        const struct tensor *t = g->tensors[i];
        const struct layout *l = &t->layout;
        const int64_t c = channels_of(t);
        if (t->view_of || l->place != IN_ARENA || l->first != segment || (!l->left && !l->right)
            || l->last < 0)
            continue;
        text_printf(o->text, "    clear_margins(%s, %lld, %lld, %lld, %lld, %lld);\n",
                    place_text(o->arena, m, t), (long long)l->rows, (long long)row_stride(t),
                    (long long)(l->left * c), (long long)(width_of(t) * c),
                    (long long)(l->right * c));
    }
}
