/*
 * net.c - made by cnnc 0.1.0 from sample.cnn. Do not edit.
 *
 *   layer                    what                               gives               multiply-adds   kept in memory
 *   layer                    Concatenate                        5 x 4 x 10                      0   the output
 *
 *   weights 0 bytes, arena 0 bytes (lower bound 0), 0 multiply-adds
 */
#include "net.h"

#include <string.h>

/* ---- kernels --------------------------------------------------------------------------------- */

/* ---- layers ---------------------------------------------------------------------------------- */

/* layer: Concatenate, 5 x 4 x 3 to 5 x 4 x 10 */
static int layer_rows(const float *in0, const float *in1, float *out, int y0, int y1)
{
    for (int y = y0; y < y1; y++) {
        float *to = out + y * 40;
        const float *from0 = in0 + y * 12;
        for (int i0 = 0; i0 < 4; i0++)
            memcpy(to + i0 * 10, from0 + i0 * 3, 3 * sizeof *to);
        const float *from1 = in1 + y * 28;
        for (int i0 = 0; i0 < 4; i0++)
            memcpy(to + 3 + i0 * 10, from1 + i0 * 7, 7 * sizeof *to);
    }
    return y1 > y0 ? y1 : y0;
}

/* ---- the forward pass ------------------------------------------------------------------------ */

void net(const float *input_0, const float *input_1, float *output)
{
    layer_rows(input_0, input_1, output, 0, 5);
}
