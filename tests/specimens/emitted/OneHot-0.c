/*
 * net.c - made by cnnc 0.1.0 from sample.cnn. Do not edit.
 *
 *   layer                    what                               gives               multiply-adds   kept in memory
 *   layer                    OneHot                             3 x 4                           0   the output
 *
 *   weights 0 bytes, arena 0 bytes (lower bound 0), 0 multiply-adds
 */
#include "net.h"

#include <stdint.h>

/* ---- kernels --------------------------------------------------------------------------------- */

/* ---- layers ---------------------------------------------------------------------------------- */

/* layer: OneHot, 3 to 3 x 4 */
static void layer_layer(const int64_t *in, float *out)
{
    for (int a = 0; a < 6; a++, in += 1)
        for (int k = 0; k < 4; k++)
            for (int b = 0; b < 1; b++) {
                const int i = (int)in[b];
                *out++ = i == k ? 1.0f : 0.0f;
            }
}

/* ---- the forward pass ------------------------------------------------------------------------ */

void net(const int64_t *input, float *output)
{
    layer_layer(input, output);
}
