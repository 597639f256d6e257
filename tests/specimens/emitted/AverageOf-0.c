/*
 * net.c - made by cnnc 0.1.0 from sample.cnn. Do not edit.
 *
 *   layer                    what                               gives               multiply-adds   kept in memory
 *   layer                    Reduce                             4 x 3                           0   the output
 *
 *   weights 0 bytes, arena 0 bytes (lower bound 0), 0 multiply-adds
 */
#include "net.h"


/* ---- kernels --------------------------------------------------------------------------------- */

/* ---- layers ---------------------------------------------------------------------------------- */

/* layer: Reduce, 5 x 4 x 3 to 4 x 3 */
static void layer_layer(const float *in, float *out)
{
    for (int i = 0; i < 12; i++)
        out[i] = (float)0;
    for (int i0 = 0; i0 < 5; i0++)
    {
        const float *from = in + i0 * 12;
        float *to = out + 0;
        for (int k = 0; k < 12; k++) {
            const float sum = to[k];
            const float x = from[k];
            to[k] = (float)(sum + x);
        }
    }
    for (int i = 0; i < 12; i++) {
        const float sum = out[i];
        out[i] = sum / 5.0f;
    }
}

/* ---- the forward pass ------------------------------------------------------------------------ */

void net(const float *input, float *output)
{
    layer_layer(input, output);
}
