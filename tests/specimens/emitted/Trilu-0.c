/*
 * net.c - made by cnnc 0.1.0 from sample.cnn. Do not edit.
 *
 *   layer                    what                               gives               multiply-adds   kept in memory
 *   layer                    Trilu                              4 x 5                           0   the output
 *
 *   weights 0 bytes, arena 0 bytes (lower bound 0), 0 multiply-adds
 */
#include "net.h"


/* ---- kernels --------------------------------------------------------------------------------- */

/* ---- layers ---------------------------------------------------------------------------------- */

/* layer: Trilu, 4 x 5 to 4 x 5 */
static void layer_layer(const float *in, float *out)
{
    for (int i = 0; i < 1; i++)
        for (int y = 0; y < 4; y++)
            for (int x = 0; x < 5; x++, in++, out++)
                *out = x - y >= 0 ? *in : (float)0;
}

/* ---- the forward pass ------------------------------------------------------------------------ */

void net(const float *input, float *output)
{
    layer_layer(input, output);
}
