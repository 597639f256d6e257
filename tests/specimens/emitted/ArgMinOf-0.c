/*
 * net.c - made by cnnc 0.1.0 from sample.cnn. Do not edit.
 *
 *   layer                    what                               gives               multiply-adds   kept in memory
 *   layer                    ArgMin                             3                               0   all
 *   layer_1                  Cast                               3                               0   the output
 *
 *   weights 0 bytes, arena 64 bytes (lower bound 64), 0 multiply-adds
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
static union { double alignment; unsigned char bytes[64]; } arena;
#define MEMORY(type, at) ((type *)(void *)(arena.bytes + (at)))

/* Where the first pixel of each result lies, in bytes; those by rows keep the last few of them. */
enum {
    AT_LAYER = 0,    /* 3 */
    ARENA_END = 64
};

/* ---- kernels --------------------------------------------------------------------------------- */

/* ---- layers ---------------------------------------------------------------------------------- */

/* layer: ArgMin, 3 x 9 to 3 */
static void layer_layer(const float *in, int64_t *out)
{
    for (int a = 0; a < 3; a++)
        for (int b = 0; b < 1; b++) {
            const float *x = in + a * 9 + b;
            int best = 0;
            for (int i = 1; i < 9; i++)
                if (x[i * 1] < x[best * 1])
                    best = i;
            out[a * 1 + b] = best;
        }
}

/* layer_1: Cast, 3 to 3 */
static void layer_1_layer(const int64_t *in, int32_t *out)
{
    for (int i = 0; i < 3; i++) {
        const int64_t a = in[i];
        out[i] = (int32_t)((int32_t)a);
    }
}

/* ---- the forward pass ------------------------------------------------------------------------ */

void net(const float *input, int32_t *output)
{
    layer_layer(input, MEMORY(int64_t, AT_LAYER));
    NEW_VALUES;
    layer_1_layer(MEMORY(int64_t, AT_LAYER), output);
}
