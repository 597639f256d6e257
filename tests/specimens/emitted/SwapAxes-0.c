/*
 * net.c - made by cnnc 0.1.0 from sample.cnn. Do not edit.
 *
 *   layer                    what                               gives               multiply-adds   kept in memory
 *   layer                    Transpose                          5 x 4 x 3                       0   the output
 *
 *   weights 0 bytes, arena 0 bytes (lower bound 0), 0 multiply-adds
 */
#include "net.h"


/* ---- kernels --------------------------------------------------------------------------------- */

/* ---- layers ---------------------------------------------------------------------------------- */

/* layer: Transpose, 3 x 4 x 5 to 5 x 4 x 3 */
static int layer_rows(const float *in, float *out, int y0, int y1)
{
    for (int y = y0; y < y1; y++) {
        const float *from = in + y * 1;
        float *to = out + y * 12;
        for (int i0 = 0; i0 < 4; i0++)
            for (int i1 = 0; i1 < 3; i1++)
                to[i0 * 3 + i1] = from[i0 * 5 + i1 * 20];
    }
    return y1 > y0 ? y1 : y0;
}

/* ---- the forward pass ------------------------------------------------------------------------ */

void net(const float *input, float *output)
{
    layer_rows(input, output, 0, 5);
}
