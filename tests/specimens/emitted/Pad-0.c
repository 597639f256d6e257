/*
 * net.c - made by cnnc 0.1.0 from sample.cnn. Do not edit.
 *
 *   layer                    what                               gives               multiply-adds   kept in memory
 *   layer                    Pad                                8 x 9 x 3                       0   the output
 *
 *   weights 0 bytes, arena 0 bytes (lower bound 0), 0 multiply-adds
 */
#include "net.h"

#include <string.h>

/* ---- kernels --------------------------------------------------------------------------------- */

/* ---- layers ---------------------------------------------------------------------------------- */

/* layer: Pad, 5 x 6 x 3 to 8 x 9 x 3 */
static int layer_rows(const float *in, float *out, int y0, int y1)
{
    for (int y = y0; y < y1; y++) {
        const int k = y - 1;
        float *to = out + y * 27;
        if (k < 0 || k >= 5) {
            for (int i0 = 0; i0 < 27; i0++)
                to[i0] = 0.0f;
            continue;
        }
        const float *from = in + k * 18;
        memcpy(to, from, 18 * sizeof *to);
        for (int i0 = 0; i0 < 3; i0++)
            for (int i1 = 0; i1 < 3; i1++)
                to[18 + i0 * 3 + i1] = 0.0f;
    }
    return y1 > y0 ? y1 : y0;
}

/* ---- the forward pass ------------------------------------------------------------------------ */

void net(const float *input, float *output)
{
    layer_rows(input, output, 0, 8);
}
