/*
 * net.c - made by cnnc 0.1.0 from sample.cnn. Do not edit.
 *
 *   layer                    what                               gives               multiply-adds   kept in memory
 *   layer                    NotEqual                           5 x 3                           0   all
 *   layer_1                  Reduce                             5 x 1                           0   all
 *   layer_2                  Where                              5 x 3                           0   the output
 *
 *   weights 8 bytes, arena 128 bytes (lower bound 128), 0 multiply-adds
 */
#include "net.h"

#include <stdint.h>

/* ---- weights --------------------------------------------------------------------------------- */

static const float number_values[1] = {
    0.5f
};

static const float number_1[1] = {
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
static union { double alignment; unsigned char bytes[128]; } arena;
#define MEMORY(type, at) ((type *)(void *)(arena.bytes + (at)))

/* Where the first pixel of each result lies, in bytes; those by rows keep the last few of them. */
enum {
    AT_LAYER = 0,    /* 5 x 3 */
    AT_LAYER_1 = 64,    /* 5 x 1 */
    ARENA_END = 128
};

/* ---- kernels --------------------------------------------------------------------------------- */

/* ---- layers ---------------------------------------------------------------------------------- */

/* layer: NotEqual, 5 x 3 to 5 x 3 */
static void layer_layer(const float *left, const float *right, uint8_t *out)
{
    for (int i0 = 0; i0 < 15; i0++)
    {
        const float a = left[i0];
        const float b = right[0];
        out[i0] = (uint8_t)(a != b);
    }
}

/* layer_1: Reduce, 5 x 3 to 5 x 1 */
static void layer_1_layer(const uint8_t *in, uint8_t *out)
{
    for (int i0 = 0; i0 < 5; i0++)
    {
        uint8_t sum = (uint8_t)0;
        {
            const uint8_t *from = in + i0 * 3;
            int k = 0;
            for (; k < 3; k++) {
                const uint8_t x = from[k];
                sum = (uint8_t)(sum || x);
            }
        }
        out[i0] = sum;
    }
}

/* layer_2: Where, 5 x 1 to 5 x 3 */
static void layer_2_layer(const uint8_t *condition, const float *a, const float *b, float *out)
{
    for (int i0 = 0; i0 < 1; i0++)
        for (int i1 = 0; i1 < 5; i1++)
            for (int i2 = 0; i2 < 3; i2++)
                out[i0 * 15 + i1 * 3 + i2] = condition[i1] ? a[i1 * 3 + i2] : b[0];
}

/* ---- the forward pass ------------------------------------------------------------------------ */

void net(const float *input, float *output)
{
    layer_layer(input, number_values, MEMORY(uint8_t, AT_LAYER));
    NEW_VALUES;
    layer_1_layer(MEMORY(uint8_t, AT_LAYER), MEMORY(uint8_t, AT_LAYER_1));
    NEW_VALUES;
    layer_2_layer(MEMORY(uint8_t, AT_LAYER_1), input, number_1, output);
}
