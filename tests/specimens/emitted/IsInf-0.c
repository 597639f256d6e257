/*
 * net.c - made by cnnc 0.1.0 from sample.cnn. Do not edit.
 *
 *   layer                    what                               gives               multiply-adds   kept in memory
 *   layer                    IsInf                              5 x 4 x 3                       0   the output
 *
 *   weights 0 bytes, arena 0 bytes (lower bound 0), 0 multiply-adds
 */
#include "net.h"

#include <math.h>
#include <stdint.h>

/* ---- kernels --------------------------------------------------------------------------------- */

/* ---- layers ---------------------------------------------------------------------------------- */

/* layer: IsInf, 5 x 4 x 3 to 5 x 4 x 3 */
static void layer_layer(const float *in, uint8_t *out)
{
    for (int i0 = 0; i0 < 60; i0++)
    {
        const float a = in[i0];
        out[i0] = (uint8_t)(isinf(a) != 0);
    }
}

/* ---- the forward pass ------------------------------------------------------------------------ */

void net(const float *input, uint8_t *output)
{
    layer_layer(input, output);
}
