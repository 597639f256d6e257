/*
 * net.c - made by cnnc 0.1.0 from sample.cnn. Do not edit.
 *
 *   layer                    what                               gives               multiply-adds   kept in memory
 *   layer                    View                               20                              0   a view
 *   layer_1                  View                               1                               0   a view
 *   layer_2                  Multiply                           20                              0   the output
 *
 *   weights 0 bytes, arena 0 bytes (lower bound 0), 0 multiply-adds
 */
#include "net.h"


/* ---- kernels --------------------------------------------------------------------------------- */

/* ---- layers ---------------------------------------------------------------------------------- */

/* layer_2: Multiply, 1 to 20 */
static void layer_2_layer(const float *left, const float *right, float *out)
{
    for (int i0 = 0; i0 < 20; i0++)
    for (int i1 = 0; i1 < 20; i1++)
    {
        const float a = left[i0];
        const float b = right[i1];
        out[i0 * 20 + i1] = (float)(a * b);
    }
}

/* ---- the forward pass ------------------------------------------------------------------------ */

void net(const float *input_0, const float *input_1, float *output)
{
    layer_2_layer(input_0, input_1, output);
}
