/*
 * net.c - made by cnnc 0.1.0 from sample.cnn. Do not edit.
 *
 *   layer                    what                               gives               multiply-adds   kept in memory
 *   layer                    Not                                33                              0   the output
 *
 *   weights 0 bytes, arena 0 bytes (lower bound 0), 0 multiply-adds
 */
#include "net.h"

#include <stdint.h>

/* ---- kernels --------------------------------------------------------------------------------- */

/* ---- layers ---------------------------------------------------------------------------------- */

/* layer: Not, 33 to 33 */
static void layer_layer(const uint8_t *in, uint8_t *out)
{
    for (int i0 = 0; i0 < 33; i0++)
    {
        const uint8_t a = in[i0];
        out[i0] = (uint8_t)(!a);
    }
}

/* ---- the forward pass ------------------------------------------------------------------------ */

void net(const uint8_t *input, uint8_t *output)
{
    layer_layer(input, output);
}
