/*
 * net.c - made by cnnc 0.1.0 from sample.cnn. Do not edit.
 *
 *   layer                    what                               gives               multiply-adds   kept in memory
 *   layer                    View                               5 x 1                           0   a view
 *   layer_1                  GreaterEqual                       5 x 3                           0   all
 *   layer_2                  Cast                               5 x 3                           0   all
 *   layer_3                  Reduce                             5                               0   the output
 *
 *   weights 0 bytes, arena 128 bytes (lower bound 128), 0 multiply-adds
 */
#include "net.h"

#include <stdint.h>

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
    AT_LAYER_1 = 0,    /* 5 x 3 */
    AT_LAYER_2 = 64,    /* 5 x 3 */
    ARENA_END = 128
};

/* ---- kernels --------------------------------------------------------------------------------- */

/* ---- layers ---------------------------------------------------------------------------------- */

/* layer_1: GreaterEqual, 5 x 1 to 5 x 3 */
static void layer_1_layer(const float *left, const float *right, uint8_t *out)
{
    for (int i0 = 0; i0 < 5; i0++)
    for (int i1 = 0; i1 < 3; i1++)
    {
        const float a = left[i0];
        const float b = right[i1];
        out[i0 * 3 + i1] = (uint8_t)(a >= b);
    }
}

/* layer_2: Cast, 5 x 3 to 5 x 3 */
static void layer_2_layer(const uint8_t *in, int32_t *out)
{
    for (int i = 0; i < 15; i++) {
        const uint8_t a = in[i];
        out[i] = (int32_t)((int32_t)a);
    }
}

/* layer_3: Reduce, 5 x 3 to 5 */
static void layer_3_layer(const int32_t *in, int32_t *out)
{
    for (int i0 = 0; i0 < 5; i0++)
    {
        int32_t sum = (int32_t)0;
        {
            const int32_t *from = in + i0 * 3;
            int k = 0;
            for (; k < 3; k++) {
                const int32_t x = from[k];
                sum = (int32_t)((int32_t)((uint32_t)sum + (uint32_t)x));
            }
        }
        out[i0] = sum;
    }
}

/* ---- the forward pass ------------------------------------------------------------------------ */

void net(const float *input_0, const float *input_1, int32_t *output)
{
    layer_1_layer(input_0, input_1, MEMORY(uint8_t, AT_LAYER_1));
    NEW_VALUES;
    layer_2_layer(MEMORY(uint8_t, AT_LAYER_1), MEMORY(int32_t, AT_LAYER_2));
    NEW_VALUES;
    layer_3_layer(MEMORY(int32_t, AT_LAYER_2), output);
}
