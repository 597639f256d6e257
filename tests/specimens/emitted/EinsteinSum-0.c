/*
 * net.c - made by cnnc 0.1.0 from sample.cnn. Do not edit.
 *
 *   layer                    what                               gives               multiply-adds   kept in memory
 *   layer                    EinsteinSum                        5                               0   the output
 *
 *   weights 0 bytes, arena 0 bytes (lower bound 0), 0 multiply-adds
 */
#include "net.h"


/* ---- kernels --------------------------------------------------------------------------------- */

/* ---- layers ---------------------------------------------------------------------------------- */

/* layer: EinsteinSum, 4 to 5 */
static void layer_layer(const float *a, const float *b, float *out)
{
    for (int i0 = 0; i0 < 3; i0++)
    for (int i1 = 0; i1 < 5; i1++)
    {
        float sum = 0;
        for (int i2 = 0; i2 < 4; i2++)
            sum += (float)a[i0 * 4 + i2 * 1] * (float)b[i1 * 1 + i2 * 5];
        *out++ = (float)sum;
    }
}

/* ---- the forward pass ------------------------------------------------------------------------ */

void net(const float *input_0, const float *input_1, float *output)
{
    layer_layer(input_0, input_1, output);
}
