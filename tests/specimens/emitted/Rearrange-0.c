/*
 * net.c - made by cnnc 0.1.0 from sample.cnn. Do not edit.
 *
 *   layer                    what                               gives               multiply-adds   kept in memory
 *   layer                    Rearrange                          6 x 8 x 2                       0   the output
 *
 *   weights 0 bytes, arena 0 bytes (lower bound 0), 0 multiply-adds
 */
#include "net.h"

#include <string.h>

/* ---- kernels --------------------------------------------------------------------------------- */

/* ---- layers ---------------------------------------------------------------------------------- */

/* layer: Rearrange, 3 x 4 x 8 to 6 x 8 x 2 */
static int layer_rows(const float *in, float *out, int y0, int y1)
{
    for (int y = y0; y < y1; y++) {
        const float *from = in + (y / 2) * 32 + y % 2 * 4;
        float *to = out + y * 16;
        for (int i0 = 0; i0 < 4; i0++)
            memcpy(to + i0 * 4, from + i0 * 8, 4 * sizeof *to);
    }
    return y1 > y0 ? y1 : y0;
}

/* ---- the forward pass ------------------------------------------------------------------------ */

void net(const float *input, float *output)
{
    layer_rows(input, output, 0, 6);
}
