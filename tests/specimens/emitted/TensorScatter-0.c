/*
 * net.c - made by cnnc 0.1.0 from sample.cnn. Do not edit.
 *
 *   layer                    what                               gives               multiply-adds   kept in memory
 *   layer                    TensorScatter                      5 x 3                           0   the output
 *
 *   weights 0 bytes, arena 0 bytes (lower bound 0), 0 multiply-adds
 */
#include "net.h"

#include <stdint.h>
#include <string.h>

/* ---- kernels --------------------------------------------------------------------------------- */

/* ---- layers ---------------------------------------------------------------------------------- */

/* layer: TensorScatter, 5 x 3 to 5 x 3 */
static void layer_layer(const float *in, const float *rows, const int64_t *where, float *out)
{
    memcpy(out, in, 30 * sizeof *out);
    for (int i0 = 0; i0 < 2; i0++)
        for (int i1 = 0; i1 < 2; i1++)
            for (int i2 = 0; i2 < 3; i2++)
    {
        const int row = (int)where[i0] + i1, at = row;
        if (at >= 0 && at < 5)
            out[i0 * 15 + i2 + at * 3] = rows[i0 * 6 + i1 * 3 + i2];
    }
}

/* ---- the forward pass ------------------------------------------------------------------------ */

void net(const float *input_0, const float *input_1, const int64_t *input_2, float *output)
{
    layer_layer(input_0, input_1, input_2, output);
}
