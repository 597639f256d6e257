/*
 * net.c - made by cnnc 0.1.0 from sample.cnn. Do not edit.
 *
 *   layer                    what                               gives               multiply-adds   kept in memory
 *   layer                    LogicalXor                         33                              0   the output
 *
 *   weights 0 bytes, arena 0 bytes (lower bound 0), 0 multiply-adds
 */
#include "net.h"

#include <stdint.h>

/* ---- kernels --------------------------------------------------------------------------------- */

/* ---- layers ---------------------------------------------------------------------------------- */

/* layer: LogicalXor, 33 to 33 */
static void layer_layer(const uint8_t *left, const uint8_t *right, uint8_t *out)
{
    for (int i0 = 0; i0 < 33; i0++)
    {
        const uint8_t a = left[i0];
        const uint8_t b = right[i0];
        out[i0] = (uint8_t)(!a != !b);
    }
}

/* ---- the forward pass ------------------------------------------------------------------------ */

void net(const uint8_t *input_0, const uint8_t *input_1, uint8_t *output)
{
    layer_layer(input_0, input_1, output);
}
