/*
 * net.c - made by cnnc 0.1.0 from sample.cnn. Do not edit.
 *
 *   layer                    what                               gives               multiply-adds   kept in memory
 *   layer                    Slice                              4 x 2                           0   the output
 *   layer_1                  Slice                              4 x 2                           0   the output
 *   layer_2                  Slice                              4 x 2                           0   the output
 *
 *   weights 0 bytes, arena 0 bytes (lower bound 0), 0 multiply-adds
 */
#include "net.h"

#include <string.h>

/* ---- kernels --------------------------------------------------------------------------------- */

/* ---- layers ---------------------------------------------------------------------------------- */

/* layer: Slice, 4 x 6 to 4 x 2 */
static int layer_rows(const float *in, float *out, int y0, int y1)
{
    for (int y = y0; y < y1; y++) {
        const float *from = in + 0;
        float *to = out + 0;
        for (int i0 = 0; i0 < 4; i0++)
            memcpy(to + i0 * 2, from + i0 * 6, 2 * sizeof *to);
    }
    return y1 > y0 ? y1 : y0;
}

/* layer_1: Slice, 4 x 6 to 4 x 2 */
static int layer_1_rows(const float *in, float *out, int y0, int y1)
{
    for (int y = y0; y < y1; y++) {
        const float *from = in + 0;
        float *to = out + 0;
        for (int i0 = 0; i0 < 4; i0++)
            memcpy(to + i0 * 2, from + 2 + i0 * 6, 2 * sizeof *to);
    }
    return y1 > y0 ? y1 : y0;
}

/* layer_2: Slice, 4 x 6 to 4 x 2 */
static int layer_2_rows(const float *in, float *out, int y0, int y1)
{
    for (int y = y0; y < y1; y++) {
        const float *from = in + 0;
        float *to = out + 0;
        for (int i0 = 0; i0 < 4; i0++)
            memcpy(to + i0 * 2, from + 4 + i0 * 6, 2 * sizeof *to);
    }
    return y1 > y0 ? y1 : y0;
}

/* ---- the forward pass ------------------------------------------------------------------------ */

void net(const float *input, float *output_0, float *output_1, float *output_2)
{
    layer_rows(input, output_0, 0, 1);
    layer_1_rows(input, output_1, 0, 1);
    layer_2_rows(input, output_2, 0, 1);
}
