/*
 * net.c - made by cnnc 0.1.0 from sample.cnn. Do not edit.
 *
 *   layer                    what                               gives               multiply-adds   kept in memory
 *   layer                    Greater                            5 x 4                           0   all
 *   layer_1                  Where                              5 x 4                           0   all
 *   layer_2                  Equal                              5 x 4                           0   all
 *   layer_3                  Where                              5 x 4                           0   all
 *   layer_4                  NotEqual                           5 x 4                           0   all
 *   layer_5                  Where                              5 x 4                           0   the output
 *
 *   weights 16 bytes, arena 320 bytes (lower bound 320), 0 multiply-adds
 */
#include "net.h"

#include <stdint.h>

/* ---- weights --------------------------------------------------------------------------------- */

static const float number_values[1] = {
    0.0f
};

static const float number_1[1] = {
    0.0f
};

static const float number_2[1] = {
    1.0f
};

static const float number_3[1] = {
    0.0f
};

/* ---- memory ---------------------------------------------------------------------------------- */

/* Memory is used again for values of another type: no access may be moved across. */
#ifdef __GNUC__
#define NEW_VALUES __asm__ volatile("" ::: "memory")
#else
#define NEW_VALUES (void)0
#endif
/* Every activation lives here; those that are not alive at one time share memory. */
#ifdef __GNUC__
__attribute__((aligned(64)))
#endif
static union { double alignment; unsigned char bytes[320]; } arena;
#define MEMORY(type, at) ((type *)(void *)(arena.bytes + (at)))

/* Where the first pixel of each result lies, in bytes; those by rows keep the last few of them. */
enum {
    AT_LAYER = 128,    /* 5 x 4 */
    AT_LAYER_1 = 0,    /* 5 x 4 */
    AT_LAYER_2 = 256,    /* 5 x 4 */
    AT_LAYER_3 = 128,    /* 5 x 4 */
    AT_LAYER_4 = 0,    /* 5 x 4 */
    ARENA_END = 320
};

/* ---- kernels --------------------------------------------------------------------------------- */

/* ---- layers ---------------------------------------------------------------------------------- */

/* layer: Greater, 5 x 4 to 5 x 4 */
static void layer_layer(const float *left, const float *right, uint8_t *out)
{
    for (int i0 = 0; i0 < 20; i0++)
    {
        const float a = left[i0];
        const float b = right[0];
        out[i0] = (uint8_t)(a > b);
    }
}

/* layer_1: Where, 5 x 4 to 5 x 4 */
static void layer_1_layer(const uint8_t *condition, const float *a, const float *b, float *out)
{
    for (int i0 = 0; i0 < 1; i0++)
        for (int i1 = 0; i1 < 5; i1++)
            for (int i2 = 0; i2 < 4; i2++)
                out[i0 * 20 + i1 * 4 + i2] = condition[i1 * 4 + i2] ? a[0] : b[0];
}

/* layer_2: Equal, 5 x 4 to 5 x 4 */
static void layer_2_layer(const float *left, const float *right, uint8_t *out)
{
    for (int i0 = 0; i0 < 20; i0++)
    {
        const float a = left[i0];
        const float b = right[0];
        out[i0] = (uint8_t)(a == b);
    }
}

/* layer_3: Where, 5 x 4 to 5 x 4 */
static void layer_3_layer(const uint8_t *condition, const float *a, const float *b, float *out)
{
    for (int i0 = 0; i0 < 1; i0++)
        for (int i1 = 0; i1 < 5; i1++)
            for (int i2 = 0; i2 < 4; i2++)
                out[i0 * 20 + i1 * 4 + i2] = condition[i1 * 4 + i2] ? a[i1 * 4 + i2] : b[i1 * 4 + i2];
}

/* layer_4: NotEqual, 5 x 4 to 5 x 4 */
static void layer_4_layer(const float *left, const float *right, uint8_t *out)
{
    for (int i0 = 0; i0 < 20; i0++)
    {
        const float a = left[i0];
        const float b = right[i0];
        out[i0] = (uint8_t)(a != b);
    }
}

/* ---- the forward pass ------------------------------------------------------------------------ */

void net(const float *input_0, const float *input_1, float *output)
{
    layer_layer(input_0, number_values, MEMORY(uint8_t, AT_LAYER));
    NEW_VALUES;
    layer_1_layer(MEMORY(uint8_t, AT_LAYER), number_2, number_1, MEMORY(float, AT_LAYER_1));
    NEW_VALUES;
    layer_2_layer(input_0, number_3, MEMORY(uint8_t, AT_LAYER_2));
    NEW_VALUES;
    layer_3_layer(MEMORY(uint8_t, AT_LAYER_2), input_1, MEMORY(float, AT_LAYER_1), MEMORY(float,
                  AT_LAYER_3));
    NEW_VALUES;
    layer_4_layer(input_0, input_0, MEMORY(uint8_t, AT_LAYER_4));
    NEW_VALUES;
    layer_3_layer(MEMORY(uint8_t, AT_LAYER_4), input_0, MEMORY(float, AT_LAYER_3), output);
}
