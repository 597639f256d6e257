/* elementwise.c - elementwise ops by their formulas: shapes and types of the operands, evaluation,
 * text of the expressions. */
#include "ops/common.h"

#include <ctype.h>
#include <math.h>
#include <string.h>

struct shape broadcast_shapes(struct graph *g, const struct op *op, bool *fit)
{
    struct shape s = { 0 };
    *fit = true;
    for (int i = 0; i < op->nin; i++)
        s.rank = op->in[i]->shape.rank > s.rank ? op->in[i]->shape.rank : s.rank;
    for (int d = 0; d < s.rank; d++)
        s.dim[d] = 1;
    for (int i = 0; i < op->nin; i++) {
        const struct shape *from = &op->in[i]->shape;
        for (int d = 0; d < from->rank; d++) {
            int64_t *to = &s.dim[s.rank - from->rank + d];
            if (from->dim[d] != 1 && *to != 1 && from->dim[d] != *to)
                *fit = false;
            *to = *to == 1 ? from->dim[d] : *to;
        }
    }
    if (!*fit)
        op_error(g, op, "the shapes %s and %s do not go together",
                 shape_text(g->ctx->arena, &op->in[0]->shape),
                 shape_text(g->ctx->arena, &op->in[op->nin - 1]->shape));
    return s;
}

bool elementwise_shape(struct graph *g, struct op *op)
{
    bool fit;
    op->out->shape = broadcast_shapes(g, op, &fit);
    return fit;
}

bool boolean_shape(struct graph *g, struct op *op)
{
    op->out->type = BOOL;
    return elementwise_shape(g, op);
}

enum dtype common_type(enum dtype a, enum dtype b)
{
    static const enum dtype wider[] = { [1] = I16, [2] = I32, [4] = I64, [8] = I64 };
    const bool real_a = a <= F64, real_b = b <= F64, signed_a = a >= I8 && a <= I64,
               signed_b = b >= I8 && b <= I64;
    if (a == b)
        return a;
    if (real_a && real_b)
        return dtype_size(a) == dtype_size(b) ? F32 : dtype_size(a) > dtype_size(b) ? a : b;
    if (real_a || b == BOOL)
        return a;
    if (real_b || a == BOOL)
        return b;
    if (signed_a == signed_b)
        return dtype_size(a) > dtype_size(b) ? a : b;
    const enum dtype with = signed_a ? a : b, without = signed_a ? b : a;
    return dtype_size(with) > dtype_size(without) ? with : wider[dtype_size(without)];
}

double wrap_integer(enum dtype t, double v)
{
    if (t <= F64 || t == BOOL || isnan(v) || isinf(v))
        return v;
    const double range = ldexp(1, (int)dtype_size(t) * 8), r = v - floor(v / range) * range;
    if (t <= I64 ? v >= -range / 2 && v < range / 2 : v >= 0 && v < range)
        return v;
    return t <= I64 && r >= range / 2 ? r - range : r;
}

/* ---- operands ---- */

int own_inputs(const struct op *op)
{
    int n = op->nin;
    for (int i = 0; i < op->nabsorbed; i++)
        n -= op->absorbed_input[i] >= 0;
    return n;
}

bool operand_of(const struct op *op, int i, struct operand *to)
{
    const struct shape *s = &op->out->shape, *t = &op->in[i]->shape;
    bool all = true, none = true;
    *to = (struct operand){ true, true, true };
    for (int d = 0; d < s->rank; d++) {
        const int at = d - (s->rank - t->rank);
        const bool has = s->dim[d] == 1 || (at >= 0 && t->dim[at] == s->dim[d]);
        if (d == s->rank - 1)
            to->channels = has;
        else if (d == s->rank - 2)
            to->width = has;
        else if (s->dim[d] != 1)
            all &= has, none &= !has;
    }
    to->rows = all;
    return all || none;
}

int whole_operand(const struct op *op)
{
    struct operand part;
    for (int i = 0; i < own_inputs(op); i++)
        if (op->in[i] && operand_of(op, i, &part) && part.rows && part.width && part.channels
            && (op->in[i]->shape.rank == op->out->shape.rank))
            return i;
    return -1;
}

/* ---- evaluation ---- */

void elementwise_eval(const struct op *op, const double *const *in, double *out)
{
    const struct shape *s = &op->out->shape;
    const bool binary = own_inputs(op) > 1;
    const double literal = op->literal ? dtype_get(op->literal->type, op->literal->data, 0) : 0;
    int64_t a[MAX_RANK], b[MAX_RANK] = { 0 }, at[MAX_RANK] = { 0 }, left = 0, right = 0;
    broadcast_strides(&op->in[0]->shape, s, a);
    if (binary)
        broadcast_strides(&op->in[1]->shape, s, b);
    for (int64_t i = 0, n = shape_count(s); i < n; i++) {
        const double x = in[0][left], y = binary ? in[1][right] : literal;
        out[i] = wrap_integer(op->out->type, op->literal && op->swapped ? op->def->value(op, y, x)
                                                                        : op->def->value(op, x, y));
        for (int d = s->rank - 1; d >= 0; d--) {
            left += a[d];
            right += b[d];
            if (++at[d] < s->dim[d])
                break;
            left -= a[d] * s->dim[d];
            right -= b[d] * s->dim[d];
            at[d] = 0;
        }
    }
}

/* ---- text ---- */

static const char *unsigned_type(enum dtype t)
{
    return t == F64 || t == I64 || t == U64 ? "uint64_t" : "uint32_t";
}

static void put_number(struct out *o, double v, enum dtype t)
{
    if (t == F64)
        put_double(o, v);
    else if (t == F32)
        put_float(o, v);
    else
        put_int(o, (int64_t)v);
}

/* Prints a formula, its names filled in; v and other: what stands for these names. */
static void put_formula(struct out *o, const struct op *op, const char *text, enum dtype t,
                        const char *v, const char *other)
{
    for (const char *p = text; *p;) {
        const bool dollar = *p == '$';
        p += dollar;
        const size_t n =
            strspn(p, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_");
        if (!dollar) {
            if (n == 1 && *p == 'v')
                put_string(o, v);
            else if (n == 5 && strncmp(p, "other", 5) == 0)
                put_string(o, other);
            else
                text_add(o->text, p, n ? n : 1);
            p += n ? 0 : 1;
        } else if (n == 1 && *p == 'f') {
            put_string(o, t == F64 ? "" : "f");
        } else if (n == 1 && *p == 't') {
            put_string(o, c_type(t));
        } else if (n == 1 && *p == 'u') {
            put_string(o, unsigned_type(t));
        } else {
            put_number(o, attr_number(op, arena_copy(o->arena, p, n)), t);
        }
        p += n;
    }
}

static const char *formula_text(struct out *o, const struct op *op, const char *formula,
                                enum dtype t, const char *v, const char *other)
{
    struct text text = { 0 }, *before = o->text;
    o->text = &text;
    put_formula(o, op, formula, t, v, other);
    o->text = before;
    const char *s = arena_copy(o->arena, text.s ? text.s : "", text.n);
    text_free(&text);
    return s;
}

const char *vector_formula(struct out *o, const struct op *op, bool swapped)
{
    const char *formula = op->def->vector_for ? op->def->vector_for(op) : op->def->vector,
               *other = "other";
    if (op->literal) {
        swapped = op->swapped;
        other = arena_printf(o->arena, "set(%s)",
                             float_text(o, dtype_get(op->literal->type, op->literal->data, 0)));
    }
    return formula ? formula_text(o, op, formula, F32, swapped ? other : "v", swapped ? "v" : other)
                   : NULL;
}

const char *scalar_formula(struct out *o, const struct op *op)
{
    const struct opdef *d = op->def;
    const enum dtype t = op->in[0]->type;
    const char *formula = d->formula_for           ? d->formula_for(op)
                          : t > F64 && d->integers ? d->integers
                                                   : d->formula;
    if (!formula)
        bug("'%s' (%s) has no formula for %s", op->name, d->name, dtype_name(t));
    return formula_text(o, op, formula, t, "v", "other");
}
