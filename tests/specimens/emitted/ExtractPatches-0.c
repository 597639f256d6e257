/*
 * net.c - made by cnnc 0.1.0 from sample.cnn. Do not edit.
 *
 *   layer                    what                               gives               multiply-adds   kept in memory
 *   layer_2_1                Rearrange                          3 x 3 x 12                      0   the output
 *
 *   weights 0 bytes, arena 0 bytes (lower bound 0), 0 multiply-adds
 */
#include "net.h"

#include <string.h>

/* ---- kernels --------------------------------------------------------------------------------- */

/* ---- layers ---------------------------------------------------------------------------------- */

/* layer_2_1: Rearrange, 6 x 6 x 3 to 3 x 3 x 12 */
static int layer_2_1_rows(const float *in, float *out, int y0, int y1)
{
    for (int y = y0; y < y1; y++) {
        for (int i = 0; i < 2; i++) {
            const float *from = in + (y * 2 + i) * 18;
            float *to = out + y * 36 + i * 6;
            for (int i0 = 0; i0 < 3; i0++)
                memcpy(to + i0 * 12, from + i0 * 6, 6 * sizeof *to);
        }
    }
    return y1 > y0 ? y1 : y0;
}

/* ---- the forward pass ------------------------------------------------------------------------ */

void net(const float *input, float *output)
{
    layer_2_1_rows(input, output, 0, 3);
}
