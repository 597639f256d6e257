/*
 * net.c - made by cnnc 0.1.0 from sample.cnn. Do not edit.
 *
 *   layer                    what                               gives               multiply-adds   kept in memory
 *   layer                    Where                              5 x 3                           0   the output
 *
 *   weights 0 bytes, arena 0 bytes (lower bound 0), 0 multiply-adds
 */
#include "net.h"

#include <stdint.h>

/* ---- kernels --------------------------------------------------------------------------------- */

/* ---- layers ---------------------------------------------------------------------------------- */

/* layer: Where, 5 x 3 to 5 x 3 */
static void layer_layer(const uint8_t *condition, const float *a, const float *b, float *out)
{
    for (int i0 = 0; i0 < 1; i0++)
        for (int i1 = 0; i1 < 5; i1++)
            for (int i2 = 0; i2 < 3; i2++)
                out[i0 * 15 + i1 * 3 + i2] = condition[i1 * 3 + i2] ? a[i1 * 3 + i2] : b[i1 * 3 + i2];
}

/* ---- the forward pass ------------------------------------------------------------------------ */

void net(const uint8_t *input_0, const float *input_1, const float *input_2, float *output)
{
    layer_layer(input_0, input_1, input_2, output);
}
