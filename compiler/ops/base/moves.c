/* moves.c - loops that copy values, and helpers about axes. */
#include "ops/moves.h"

#include <string.h>

/* side of the blocks of a transposition: 16 floats are a cache line */
enum { BLOCK = 16 };

void plain_strides(const struct shape *s, int64_t *stride)
{
    int64_t n = 1;
    for (int d = s->rank - 1; d >= 0; d--) {
        stride[d] = n;
        n *= s->dim[d];
    }
}

void memory_strides(const struct tensor *t, int64_t *stride)
{
    const int r = t->shape.rank;
    plain_strides(&t->shape, stride);
    if (r >= 2)
        stride[r - 2] = pixel_stride(t);
    if (r >= 3)
        stride[r - 3] = row_stride(t);
    for (int d = r - 4; d >= 0; d--)
        stride[d] = stride[d + 1] * t->shape.dim[d + 1];
}

void move_axis(struct move *m, int64_t dim, int64_t from, int64_t to)
{
    const int last = m->rank - 1;
    if (dim == 1)
        return;
    if (last >= 0 && m->from[last] == from * dim && m->to[last] == to * dim) {
        m->dim[last] *= dim;
        m->from[last] = from;
        m->to[last] = to;
        return;
    }
    m->dim[m->rank] = dim;
    m->from[m->rank] = from;
    m->to[m->rank++] = to;
}

bool axis_of(struct graph *g, const struct op *op, int64_t axis, int rank, int *to)
{
    if (axis < -rank || axis >= rank)
        return op_error(g, op, "there is no axis %lld: its input has %d, the batch counted",
                        (long long)axis, rank);
    *to = (int)(axis < 0 ? axis + rank : axis);
    return true;
}

int row_axis(const struct shape *s)
{
    int found = 0;
    bool any = false;
    for (int d = 0; d < s->rank - 2; d++)
        if (s->dim[d] != 1) {
            if (any)
                return -1;
            any = true;
            found = d;
        }
    return any ? found : s->rank >= 3 ? s->rank - 3 : 0;
}

const char *axes_text(struct arena *a, const struct int_list *l)
{
    const char *s = "";
    for (int i = 0; i < l->count; i++)
        s = arena_printf(a, "%s%s%lld", s, i ? "," : "", (long long)l->item[i]);
    return arena_printf(a, "(%s)", s);
}

const char *dims_text(struct arena *a, const struct shape *s)
{
    int64_t dim[MAX_RANK];
    for (int i = 0; i < s->rank; i++)
        dim[i] = s->dim[i];
    return axes_text(a, &(struct int_list){ s->rank, dim });
}

const char *literal(struct out *o, enum dtype type, double value)
{
    unsigned char one[8];
    uint16_t bits;
    dtype_set(type, one, 0, value);
    const double v = dtype_get(type, one, 0);
    if (type == F16 || type == BF16) {
        memcpy(&bits, one, sizeof bits);
        return arena_printf(o->arena, "0x%04x", bits);
    }
    if (type != F32 && type != F64)
        return arena_printf(o->arena, v >= 0x1p31 || v < -0x1p31 ? "%.0fLL" : "%.0f", v);
    struct text text = { 0 }, *before = o->text;
    o->text = &text;
    if (type == F32)
        put_float(o, v);
    else
        put_double(o, v);
    o->text = before;
    const char *s = arena_copy(o->arena, text.s, text.n);
    text_free(&text);
    return s;
}

/* ---- printing ---- */

const char *margin(struct out *o, int depth)
{
    return arena_printf(o->arena, "%*s", 4 * depth, "");
}

/* " + i0 * 12 + i1", a start in front where there is one. */
static const char *offset_text(struct out *o, int rank, const int64_t *stride, int64_t start)
{
    const char *s = start ? arena_printf(o->arena, " + %lld", (long long)start) : "";
    for (int d = 0; d < rank; d++)
        if (stride[d] == 1)
            s = arena_printf(o->arena, "%s + i%d", s, d);
        else if (stride[d])
            s = arena_printf(o->arena, "%s %c i%d * %lld", s, stride[d] < 0 ? '-' : '+', d,
                             (long long)(stride[d] < 0 ? -stride[d] : stride[d]));
    return s;
}

const char *index_text(struct out *o, int rank, const int64_t *stride, int64_t start)
{
    const char *s = offset_text(o, rank, stride, start);
    return !*s ? "0" : s[1] == '+' ? s + 3 : arena_printf(o->arena, "0%s", s);
}

static bool is_run(const struct move *m)
{
    return m->rank && m->from[m->rank - 1] == 1 && m->to[m->rank - 1] == 1;
}

/* The axis along which values are read one behind the other, where blocks pay: -1 if there is none.
 */
static int block_axis(const struct move *m)
{
    const int last = m->rank - 1;
    if (m->rank < 2 || m->dim[last] <= BLOCK || m->from[last] == 1)
        return -1;
    for (int d = 0; d < last; d++)
        if (m->from[d] == 1 && m->dim[d] > BLOCK)
            return d;
    return -1;
}

#include "templates/move.inc"

static bool is_nothing(const struct move *m)
{
    for (int d = 0; d < m->rank; d++)
        if (!m->dim[d])
            return true;
    return false;
}

void put_fill(struct out *o, const struct move *m, const char *value, const char *to, int depth)
{
    if (!is_nothing(m))
        put_filling(o, m, value, to, depth);
}

void put_move(struct out *o, const struct move *m, const char *from, const char *to, int depth)
{
    const int block = block_axis(m);
    if (is_nothing(m))
        return;
    if (block >= 0)
        put_blocks(o, m, block, from, to, depth);
    else
        put_loops(o, m, from, to, depth);
}
