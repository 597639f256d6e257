/*
 * net.c - made by cnnc 0.1.0 from sample.cnn. Do not edit.
 *
 *   layer                    what                               gives               multiply-adds   kept in memory
 *   layer                    TopK                               5 x 4 x 3                       0   all
 *   layer_1                  Slice                              1 x 4 x 3                       0   all
 *   layer_2                  Reduce                             4 x 3                           0   the output
 *
 *   weights 0 bytes, arena 768 bytes (lower bound 768), 0 multiply-adds
 */
#include "net.h"

#include <stdint.h>
#include <string.h>

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
static union { double alignment; unsigned char bytes[768]; } arena;
#define MEMORY(type, at) ((type *)(void *)(arena.bytes + (at)))

/* Where the first pixel of each result lies, in bytes; those by rows keep the last few of them. */
enum {
    AT_LAYER = 512,    /* 5 x 4 x 3 */
    AT_LAYER_1_2 = 0,    /* 5 x 4 x 3 */
    AT_LAYER_1 = 0,    /* 1 x 4 x 3 */
    ARENA_END = 768
};

/* ---- kernels --------------------------------------------------------------------------------- */

/* ---- layers ---------------------------------------------------------------------------------- */

/* layer: TopK, 5 x 4 x 3 to 5 x 4 x 3 */
static void layer_layer(const float *in, float *out, int64_t *index)
{
    for (int a = 0; a < 1; a++)
        for (int b = 0; b < 12; b++) {
            const float *x = in + a * 60 + b;
            float *best = out + a * 60 + b;
            int64_t *where = index + a * 60 + b;
            int found = 0;
            for (int i = 0; i < 5; i++) {
                const float v = x[i * 12];
                int k = found;
                for (; k > 0 && v < best[(k - 1) * 12]; k--)
                    if (k < 5) {
                        best[k * 12] = best[(k - 1) * 12];
                        where[k * 12] = where[(k - 1) * 12];
                    }
                if (k < 5) {
                    best[k * 12] = v;
                    where[k * 12] = i;
                }
                found += found < 5;
            }
        }
}

/* layer_1: Slice, 5 x 4 x 3 to 1 x 4 x 3 */
static int layer_1_rows(const float *in, float *out, int y0, int y1)
{
    for (int y = y0; y < y1; y++) {
        const float *from = in + (y + 2) * 12;
        float *to = out + 0;
        memcpy(to, from, 12 * sizeof *to);
    }
    return y1 > y0 ? y1 : y0;
}

/* layer_2: Reduce, 1 x 4 x 3 to 4 x 3 */
static void layer_2_layer(const float *in, float *out)
{
    for (int i = 0; i < 12; i++)
        out[i] = (float)0;
    {
        const float *from = in + 0;
        float *to = out + 0;
        for (int k = 0; k < 12; k++) {
            const float sum = to[k];
            const float x = from[k];
            to[k] = (float)(sum + x);
        }
    }
    for (int i = 0; i < 12; i++) {
        const float sum = out[i];
        out[i] = sum / 1.0f;
    }
}

/* ---- the forward pass ------------------------------------------------------------------------ */

void net(const float *input, float *output)
{
    layer_layer(input, MEMORY(float, AT_LAYER), MEMORY(int64_t, AT_LAYER_1_2));
    NEW_VALUES;
    layer_1_rows(MEMORY(float, AT_LAYER), MEMORY(float, AT_LAYER_1), 0, 1);
    NEW_VALUES;
    layer_2_layer(MEMORY(float, AT_LAYER_1), output);
}
