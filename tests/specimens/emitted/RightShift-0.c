/*
 * net.c - made by cnnc 0.1.0 from sample.cnn. Do not edit.
 *
 *   layer                    what                               gives               multiply-adds   kept in memory
 *   layer                    RightShift                         33                              0   the output
 *
 *   weights 0 bytes, arena 0 bytes (lower bound 0), 0 multiply-adds
 */
#include "net.h"

#include <stdint.h>

/* ---- kernels --------------------------------------------------------------------------------- */

/* ---- layers ---------------------------------------------------------------------------------- */

/* layer: RightShift, 33 to 33 */
static void layer_layer(const uint32_t *left, const uint32_t *right, uint32_t *out)
{
    for (int i0 = 0; i0 < 33; i0++)
    {
        const uint32_t a = left[i0];
        const uint32_t b = right[i0];
        out[i0] = (uint32_t)(b < 8 * sizeof(uint32_t) ? a >> b : 0);
    }
}

/* ---- the forward pass ------------------------------------------------------------------------ */

void net(const uint32_t *input_0, const uint32_t *input_1, uint32_t *output)
{
    layer_layer(input_0, input_1, output);
}
