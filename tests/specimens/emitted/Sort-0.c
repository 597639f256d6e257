/*
 * net.c - made by cnnc 0.1.0 from sample.cnn. Do not edit.
 *
 *   layer                    what                               gives               multiply-adds   kept in memory
 *   layer                    TopK                               3 x 9                           0   the output
 *
 *   weights 0 bytes, arena 256 bytes (lower bound 256), 0 multiply-adds
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
static union { double alignment; unsigned char bytes[256]; } arena;
#define MEMORY(type, at) ((type *)(void *)(arena.bytes + (at)))

/* Where the first pixel of each result lies, in bytes; those by rows keep the last few of them. */
enum {
    AT_LAYER_1 = 0,    /* 3 x 9 */
    ARENA_END = 256
};

/* ---- kernels --------------------------------------------------------------------------------- */

/* ---- layers ---------------------------------------------------------------------------------- */

/* layer: TopK, 3 x 9 to 3 x 9 */
static void layer_layer(const float *in, float *out, int64_t *index)
{
    for (int a = 0; a < 3; a++)
        for (int b = 0; b < 1; b++) {
            const float *x = in + a * 9 + b;
            float *best = out + a * 9 + b;
            int64_t *where = index + a * 9 + b;
            int found = 0;
            for (int i = 0; i < 9; i++) {
                const float v = x[i * 1];
                int k = found;
                for (; k > 0 && v < best[(k - 1) * 1]; k--)
                    if (k < 9) {
                        best[k * 1] = best[(k - 1) * 1];
                        where[k * 1] = where[(k - 1) * 1];
                    }
                if (k < 9) {
                    best[k * 1] = v;
                    where[k * 1] = i;
                }
                found += found < 9;
            }
        }
}

/* ---- the forward pass ------------------------------------------------------------------------ */

void net(const float *input, float *output)
{
    layer_layer(input, output, MEMORY(int64_t, AT_LAYER_1));
}
