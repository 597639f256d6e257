/*
 * net.c - made by cnnc 0.1.0 from sample.cnn. Do not edit.
 *
 *   layer                    what                               gives               multiply-adds   kept in memory
 *   layer                    Slice                              4 x 3 x 4 x 2                   0   the output
 *
 *   weights 0 bytes, arena 0 bytes (lower bound 0), 0 multiply-adds
 */
#include "net.h"

#include <string.h>

/* ---- kernels --------------------------------------------------------------------------------- */

/* ---- layers ---------------------------------------------------------------------------------- */

/* layer: Slice, 5 x 6 x 7 x 2 to 4 x 3 x 4 x 2 */
static void layer_layer(const float *in, float *out)
{
    for (int i0 = 0; i0 < 4; i0++)
        for (int i1 = 0; i1 < 3; i1++)
            memcpy(out + i0 * 24 + i1 * 8, in + 112 + i0 * 84 + i1 * 14, 8 * sizeof *out);
}

/* ---- the forward pass ------------------------------------------------------------------------ */

void net(const float *input, float *output)
{
    layer_layer(input, output);
}
