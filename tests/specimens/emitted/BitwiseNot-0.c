/*
 * net.c - made by cnnc 0.1.0 from sample.cnn. Do not edit.
 *
 *   layer                    what                               gives               multiply-adds   kept in memory
 *   layer                    BitwiseNot                         33                              0   the output
 *
 *   weights 0 bytes, arena 0 bytes (lower bound 0), 0 multiply-adds
 */
#include "net.h"

#include <stdint.h>

/* ---- kernels --------------------------------------------------------------------------------- */

/* ---- layers ---------------------------------------------------------------------------------- */

/* layer: BitwiseNot, 33 to 33 */
static void layer_layer(const int32_t *in, int32_t *out)
{
    for (int i0 = 0; i0 < 33; i0++)
    {
        const int32_t a = in[i0];
        out[i0] = (int32_t)(~(uint32_t)a);
    }
}

/* ---- the forward pass ------------------------------------------------------------------------ */

void net(const int32_t *input, int32_t *output)
{
    layer_layer(input, output);
}
