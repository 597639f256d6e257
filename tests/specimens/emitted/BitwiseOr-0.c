/*
 * net.c - made by cnnc 0.1.0 from sample.cnn. Do not edit.
 *
 *   layer                    what                               gives               multiply-adds   kept in memory
 *   layer                    BitwiseOr                          33                              0   the output
 *
 *   weights 0 bytes, arena 0 bytes (lower bound 0), 0 multiply-adds
 */
#include "net.h"

#include <stdint.h>

/* ---- kernels --------------------------------------------------------------------------------- */

/* ---- layers ---------------------------------------------------------------------------------- */

/* layer: BitwiseOr, 33 to 33 */
static void layer_layer(const int32_t *left, const int32_t *right, int32_t *out)
{
    for (int i0 = 0; i0 < 33; i0++)
    {
        const int32_t a = left[i0];
        const int32_t b = right[i0];
        out[i0] = (int32_t)((uint32_t)a | (uint32_t)b);
    }
}

/* ---- the forward pass ------------------------------------------------------------------------ */

void net(const int32_t *input_0, const int32_t *input_1, int32_t *output)
{
    layer_layer(input_0, input_1, output);
}
