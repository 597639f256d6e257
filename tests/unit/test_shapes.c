/* test_shapes.c - the shape rule of windows against worked cases, element types, views and strides.
 */
#include "ops/common.h"

#include <criterion/criterion.h>
#include <math.h>

struct worked {
    int64_t in;
    int kernel, stride, dilation;
    enum padding padding;
    int out, before, after;
};

Test(shapes, windows)
{
    static const struct worked table[] = {
        { 28, 5, 1, 1, VALID, 24, 0, 0 },  { 28, 5, 1, 1, SAME, 28, 2, 2 },
        { 28, 4, 1, 1, SAME, 28, 1, 2 },   { 224, 7, 2, 1, SAME, 112, 2, 3 },
        { 224, 3, 2, 1, SAME, 112, 0, 1 }, { 225, 3, 2, 1, SAME, 113, 1, 1 },
        { 7, 3, 2, 1, VALID, 3, 0, 0 },    { 8, 3, 2, 1, VALID, 3, 0, 0 },
        { 9, 3, 2, 1, VALID, 4, 0, 0 },    { 10, 3, 1, 2, VALID, 6, 0, 0 },
        { 10, 3, 1, 2, SAME, 10, 2, 2 },   { 10, 3, 1, 2, CAUSAL, 10, 4, 0 },
        { 3, 5, 1, 1, VALID, 0, 0, 0 },    { 1, 1, 1, 1, VALID, 1, 0, 0 },
        { 5, 1, 3, 1, SAME, 2, 0, 0 },     { 4, 2, 2, 1, SAME, 2, 0, 0 },
        { 5, 2, 2, 1, SAME, 3, 0, 1 },     { 100000, 3, 1, 1, SAME, 100000, 1, 1 },
    };
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        const struct worked *t = &table[i];
        struct window w = { t->kernel, t->stride, t->dilation, 0, 0 };
        cr_expect_eq(window_size(&w, t->in, t->padding), t->out, "case %zu: output size", i);
        if (t->out) {
            cr_expect_eq(w.before, t->before, "case %zu: padding before is %d", i, w.before);
            cr_expect_eq(w.after, t->after, "case %zu: padding after is %d", i, w.after);
        }
    }
}

Test(shapes, counts)
{
    const struct shape a = shape_of(4, (int64_t)1, (int64_t)28, (int64_t)28, (int64_t)3),
                       none = shape_of(2, (int64_t)0, (int64_t)5);
    const struct shape big = shape_of(3, (int64_t)1 << 28, (int64_t)1 << 28, (int64_t)1 << 28),
                       one = shape_of(0);
    cr_expect_eq(shape_count(&a), 28 * 28 * 3);
    cr_expect_eq(shape_count(&none), 0);
    cr_expect_eq(shape_count(&big), -1);
    cr_expect_eq(shape_count(&one), 1);
}

Test(shapes, half_floats)
{
    static const double values[] = {
        0, 1, -2, 65504, 6.103515625e-05, 5.960464477539063e-08, 0.333251953125, -0.0
    };
    uint16_t bits;
    for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
        dtype_set(F16, &bits, 0, values[i]);
        cr_expect_eq(dtype_get(F16, &bits, 0), values[i], "%g", values[i]);
    }
    dtype_set(F16, &bits, 0, 1.0 + 0x1p-11); /* half a unit: to even */
    cr_expect_eq(dtype_get(F16, &bits, 0), 1.0);
    dtype_set(F16, &bits, 0, 1.0 + 3 * 0x1p-11);
    cr_expect_eq(dtype_get(F16, &bits, 0), 1.0 + 0x1p-9);
    dtype_set(F16, &bits, 0, 1e6);
    cr_expect(isinf(dtype_get(F16, &bits, 0)));
    dtype_set(BF16, &bits, 0, 3.140625);
    cr_expect_eq(dtype_get(BF16, &bits, 0), 3.140625);
}

Test(shapes, integers_saturate)
{
    int8_t i;
    uint8_t u;
    int64_t l;
    dtype_set(I8, &i, 0, 300);
    cr_expect_eq(i, 127);
    dtype_set(U8, &u, 0, -5);
    cr_expect_eq(u, 0);
    dtype_set(I64, &l, 0, 1e300);
    cr_expect_eq(l, INT64_MAX);
    dtype_set(I64, &l, 0, (double)NAN);
    cr_expect_eq(l, 0);
}

Test(shapes, channels_in_a_wider_picture)
{
    struct tensor whole = { .shape = shape_of(4, (int64_t)1, (int64_t)4, (int64_t)5, (int64_t)24),
                            .layout = { .left = 1, .right = 2, .rows = 4 } };
    struct tensor part = { .shape = shape_of(4, (int64_t)1, (int64_t)4, (int64_t)5, (int64_t)8),
                           .view_of = &whole,
                           .view = VIEW_CHANNELS,
                           .view_offset = 16 };
    cr_expect_eq(pixel_stride(&part), 24);
    cr_expect_eq(row_stride(&part), (5 + 3) * 24);
    cr_expect(!is_contiguous(&part));
    cr_expect_eq(memory_of(&part), &whole);
}
