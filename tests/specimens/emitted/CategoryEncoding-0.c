/*
 * net.c - made by cnnc 0.1.0 from sample.cnn. Do not edit.
 *
 *   layer                    what                               gives               multiply-adds   kept in memory
 *   layer                    OneHot                             3 x 5                           0   all
 *   layer_1                  Reduce                             5                               0   the output
 *
 *   weights 0 bytes, arena 64 bytes (lower bound 64), 0 multiply-adds
 */
#include "net.h"

#include <math.h>

/* ---- memory ---------------------------------------------------------------------------------- */

/* Every activation lives here; those that are not alive at one time share memory. */
#ifdef __GNUC__
__attribute__((aligned(64)))
#endif
static float arena[16];

/* Where the first pixel of each result lies, in floats; those by rows keep the last few of them. */
enum {
    AT_LAYER = 0,    /* 3 x 5 */
    ARENA_END = 16
};

/* ---- kernels --------------------------------------------------------------------------------- */

/* ---- layers ---------------------------------------------------------------------------------- */

/* layer: OneHot, 3 to 3 x 5 */
static void layer_layer(const float *in, float *out)
{
    for (int a = 0; a < 3; a++, in += 1)
        for (int k = 0; k < 5; k++)
            for (int b = 0; b < 1; b++) {
                const int i = (int)in[b];
                *out++ = i == k ? 1.0f : 0.0f;
            }
}

/* layer_1: Reduce, 3 x 5 to 5 */
static void layer_1_layer(const float *in, float *out)
{
    for (int i = 0; i < 5; i++)
        out[i] = -(float)INFINITY;
    for (int i0 = 0; i0 < 3; i0++)
    {
        const float *from = in + i0 * 5;
        float *to = out + 0;
        for (int k = 0; k < 5; k++) {
            const float sum = to[k];
            const float x = from[k];
            to[k] = (float)(sum != sum || sum > x ? sum : x);
        }
    }
}

/* ---- the forward pass ------------------------------------------------------------------------ */

void net(const float *input, float *output)
{
    layer_layer(input, arena + AT_LAYER);
    layer_1_layer(arena + AT_LAYER, output);
}
