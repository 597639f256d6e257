/*
 * net.c - made by cnnc 0.1.0 from sample.cnn. Do not edit.
 *
 *   layer                    what                               gives               multiply-adds   kept in memory
 *   layer                    ReverseSequence                    4 x 3                           0   the output
 *
 *   weights 0 bytes, arena 0 bytes (lower bound 0), 0 multiply-adds
 */
#include "net.h"

#include <stdint.h>

/* ---- kernels --------------------------------------------------------------------------------- */

/* ---- layers ---------------------------------------------------------------------------------- */

/* layer: ReverseSequence, 4 x 3 to 4 x 3 */
static void layer_layer(const float *in, const int64_t *length, float *out)
{
    for (int i0 = 0; i0 < 1; i0++)
        for (int i1 = 0; i1 < 4; i1++)
            for (int i2 = 0; i2 < 3; i2++)
    {
        const int n = (int)length[i0] < 4 ? (int)length[i0] : 4;
        const int from = i1 < n ? n - 1 - i1 : i1;
        out[i0 * 12 + i1 * 3 + i2] = in[i0 * 12 + i2 + from * 3];
    }
}

/* ---- the forward pass ------------------------------------------------------------------------ */

void net(const float *input_0, const int64_t *input_1, float *output)
{
    layer_layer(input_0, input_1, output);
}
