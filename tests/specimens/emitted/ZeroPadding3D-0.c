/*
 * net.c - made by cnnc 0.1.0 from sample.cnn. Do not edit.
 *
 *   layer                    what                               gives               multiply-adds   kept in memory
 *   layer                    Pad                                5 x 6 x 5 x 3                   0   the output
 *
 *   weights 0 bytes, arena 0 bytes (lower bound 0), 0 multiply-adds
 */
#include "net.h"

#include <string.h>

/* ---- kernels --------------------------------------------------------------------------------- */

/* ---- layers ---------------------------------------------------------------------------------- */

/* layer: Pad, 2 x 3 x 4 x 3 to 5 x 6 x 5 x 3 */
static void layer_layer(const float *in, float *to)
{
    for (int i0 = 0; i0 < 2; i0++)
        for (int i1 = 0; i1 < 3; i1++)
            memcpy(to + 93 + i0 * 90 + i1 * 15, in + i0 * 36 + i1 * 12, 12 * sizeof *to);
    for (int i0 = 0; i0 < 2; i0++)
        for (int i1 = 0; i1 < 3; i1++)
            for (int i2 = 0; i2 < 3; i2++)
                to[90 + i0 * 90 + i1 * 15 + i2] = 0.0f;
    for (int i0 = 0; i0 < 2; i0++)
        for (int i1 = 0; i1 < 3; i1++)
            for (int i2 = 0; i2 < 15; i2++)
                to[135 + i0 * 90 + i1 * 15 + i2] = 0.0f;
    for (int i0 = 0; i0 < 90; i0++)
        to[i0] = 0.0f;
    for (int i0 = 0; i0 < 2; i0++)
        for (int i1 = 0; i1 < 90; i1++)
            to[270 + i0 * 90 + i1] = 0.0f;
}

/* ---- the forward pass ------------------------------------------------------------------------ */

void net(const float *input, float *output)
{
    layer_layer(input, output);
}
