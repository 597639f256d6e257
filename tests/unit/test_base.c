/* test_base.c - arenas, text, spelling suggestions, positions in a source, checked sums. */
#include "base/base.h"

#include <criterion/criterion.h>
#include <string.h>

Test(base, nearest_word)
{
    static const char *const words[] = { "Conv2D", "Dense", "Dropout", "MaxPooling2D",
                                         "kernel_size" };
    cr_expect_str_eq(nearest("Conv2d", words, 5), "Conv2D");
    cr_expect_str_eq(nearest("kernal_size", words, 5), "kernel_size");
    cr_expect_null(nearest("Adam", words, 5));
    cr_expect_eq(edit_distance("kitten", "sitting", 9), 3);
}

Test(base, checked_arithmetic)
{
    int64_t r;
    cr_expect(mul_checked(1 << 20, 1 << 20, &r) && r == (int64_t)1 << 40);
    cr_expect_not(mul_checked(INT64_MAX, 2, &r));
    cr_expect_not(mul_checked(INT64_MIN, -1, &r));
    cr_expect_not(add_checked(INT64_MAX, 1, &r));
    cr_expect(add_checked(INT64_MAX, -1, &r) && r == INT64_MAX - 1);
}

Test(base, positions_are_counted_from_one)
{
    const struct source s = { "x.cnn", "ab\ncd\n\nef", 9 };
    static const struct {
        size_t at;
        int line, column;
    } table[] = { { 0, 1, 1 }, { 1, 1, 2 }, { 3, 2, 1 }, { 6, 3, 1 }, { 8, 4, 2 } };
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        int line, column;
        span_position((struct span){ &s, table[i].at, table[i].at + 1 }, &line, &column);
        cr_expect_eq(line, table[i].line, "byte %zu: line %d", table[i].at, line);
        cr_expect_eq(column, table[i].column, "byte %zu: column %d", table[i].at, column);
    }
}

Test(base, messages)
{
    const struct source s = { "x.cnn", "model = Dens(3)\n", 16 };
    struct text log = { 0 };
    struct diags d = { .log = &log, .limit = 2 };
    cr_expect_not(diag_error(&d, (struct span){ &s, 8, 12 }, "there is no layer '%s'", "Dens"));
    cr_expect(strstr(log.s, "x.cnn:1:9: error: there is no layer 'Dens'") != NULL, "%s", log.s);
    cr_expect(strstr(log.s, "^~~~") != NULL);
    diag_error(&d, (struct span){ &s, 0, 1 }, "second");
    diag_error(&d, (struct span){ &s, 0, 1 }, "third, past the limit");
    cr_expect_null(strstr(log.s, "third"));
    cr_expect_eq(d.errors, 3);
    text_free(&log);
}

Test(base, large_objects_are_given_back)
{
    struct arena *a = arena_new(1 << 20);
    char *small = arena_alloc(a, 100);
    for (int i = 0; i < 100; i++) { /* more than the limit, but never at once */
        char *large = arena_alloc(a, 500 * 1000);
        large[0] = large[499999] = 1;
        arena_give_back(a, large, 500 * 1000);
    }
    cr_expect_lt(arena_used(a), 1000);
    small[99] = 1;
    arena_give_back(a, small, 100); /* too small: stays */
    cr_expect_eq(small[99], 1);
    char on_stack[40000];
    arena_give_back(a, on_stack, sizeof on_stack); /* none of its objects: nothing happens */
    arena_free(a);
}

Test(base, arrays_grow)
{
    struct arena *a = arena_new(0);
    int *item = NULL, n = 0;
    for (int i = 0; i < 1000; i++)
        APPEND(a, item, n, i);
    for (int i = 0; i < 1000; i++)
        cr_assert_eq(item[i], i);
    arena_free(a);
}
