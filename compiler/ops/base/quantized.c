/* quantized.c - scales of quantized tensors, rounding and saturation. */
#include "ops/quantized.h"

#include <math.h>

bool find_scales(struct graph *g, const struct op *op, const struct shape *x,
                 const struct tensor *scale, const struct tensor *zero, int axis, int block,
                 struct scales *to)
{
    struct arena *a = g->ctx->arena;
    const struct shape *s = &scale->shape;
    *to = (struct scales){ .outer = 1, .axis = 1, .inner = shape_count(x), .block = 1 };
    if (zero && !shape_equal(&zero->shape, s) && shape_count(s) != shape_count(&zero->shape))
        return op_error(g, op, "its scale is %s, but its zero point is %s", shape_text(a, s),
                        shape_text(a, &zero->shape));
    to->single = shape_count(s) == 1 && (block == 0 || s->rank < 2);
    if (to->single)
        return true;
    axis += axis < 0 ? x->rank : 0;
    if (axis < 0 || axis >= x->rank)
        return op_error(g, op, "its axis %d is none of the input's %d", axis, x->rank);
    to->axis = x->dim[axis];
    to->inner = 1;
    for (int i = 0; i < axis; i++)
        to->outer *= x->dim[i];
    for (int i = axis + 1; i < x->rank; i++)
        to->inner *= x->dim[i];
    to->blocked = s->rank == x->rank && s->rank > 1;
    bool fits = to->blocked || (s->rank == 1 && s->dim[0] == to->axis);
    for (int i = 0; to->blocked && i < x->rank; i++)
        fits &= i == axis ? s->dim[i] > 0 && s->dim[i] <= x->dim[i] : s->dim[i] == x->dim[i];
    if (!fits)
        return op_error(g, op, "its scale is %s, which does not fit axis %d of %s",
                        shape_text(a, s), axis, shape_text(a, x));
    if (to->blocked)
        to->block = block > 0 ? block : (to->axis + s->dim[axis] - 1) / s->dim[axis];
    if (to->blocked && (to->axis + to->block - 1) / to->block != s->dim[axis])
        return op_error(g, op, "blocks of %d do not part the %d elements of axis %d into %d",
                        (int)to->block, (int)to->axis, axis, (int)s->dim[axis]);
    return true;
}

int64_t scale_index(const struct scales *s, int64_t element)
{
    if (s->single)
        return 0;
    const int64_t n = element % s->inner, a = element / s->inner % s->axis,
                  o = element / s->inner / s->axis;
    const int64_t blocks = (s->axis + s->block - 1) / s->block;
    return s->blocked ? (o * blocks + a / s->block) * s->inner + n : a;
}

const struct tensor *optional_input(const struct op *op, int i)
{
    return i < op->nin ? op->in[i] : NULL;
}

double optional_at(const struct op *op, const double *const *in, int i, int64_t k)
{
    const struct tensor *t = optional_input(op, i);
    return !t ? 0 : in[i][shape_count(&t->shape) == 1 ? 0 : k];
}

bool is_one_or(struct graph *g, const struct op *op, int i, const char *what, int64_t n)
{
    const struct tensor *t = optional_input(op, i);
    const int64_t count = t ? shape_count(&t->shape) : 1;
    return count == 1 || count == n
           || op_error(g, op, "its %s has %d values for %d channels", what, (int)count, (int)n);
}

double lowest_of(enum dtype t)
{
    static const double low[DTYPES] = { [I8] = -128, [I16] = -32768, [I32] = -2147483648.0 };
    return low[t];
}

double highest_of(enum dtype t)
{
    static const double high[DTYPES] = {
        [I8] = 127,    [U8] = 255,           [I16] = 32767,
        [U16] = 65535, [I32] = 2147483647.0, [U32] = 4294967295.0
    };
    return high[t];
}

double quantized_value(float v, double zero, double low, double high)
{
    if (!((double)v > low - zero)) /* NaN as well */
        return low;
    if ((double)v >= high - zero)
        return high;
    return nearbyint((double)v) + zero;
}

double quantized_sum(float v, double zero, double low, double high)
{
    if (!((double)v > low - zero)) /* NaN as well */
        return low;
    if ((double)v >= high - zero)
        return high;
    return nearbyint((double)(v + (float)zero));
}

#include "templates/quantized.inc"

const char *quantizer(struct out *o, enum dtype t)
{
    const char *name = arena_printf(o->arena, "to_%s", dtype_name(t));
    put_quantizer(o, t, name);
    return name;
}

const char *sum_quantizer(struct out *o, enum dtype t)
{
    const char *name = arena_printf(o->arena, "sum_to_%s", dtype_name(t));
    put_sum_quantizer(o, t, name);
    return name;
}

const char *integer_sums(struct out *o, enum dtype in, enum dtype w)
{
    const char *name = arena_printf(o->arena, "sums_of_%s_%s", dtype_name(in), dtype_name(w));
    put_integer_sums(o, in, w, name);
    return name;
}

const char *optional_parameter(struct out *o, const struct op *op, int i, const char *name)
{
    const struct tensor *t = optional_input(op, i);
    return t ? arena_printf(o->arena, "const %s *%s, ", c_type(t->type), name) : "";
}

const char *optional_value(struct out *o, const struct op *op, int i, const char *name,
                           const char *k)
{
    const struct tensor *t = optional_input(op, i);
    return !t ? "0" : arena_printf(o->arena, "%s[%s]", name, shape_count(&t->shape) == 1 ? "0" : k);
}
