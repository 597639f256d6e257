/*
 * net.c - made by cnnc 0.1.0 from sample.cnn. Do not edit.
 *
 *   layer                    what                               gives               multiply-adds   kept in memory
 *   layer                    Cast                               33                              0   the output
 *
 *   weights 0 bytes, arena 0 bytes (lower bound 0), 0 multiply-adds
 */
#include "net.h"

#include <stdint.h>

/* ---- kernels --------------------------------------------------------------------------------- */

/* ---- layers ---------------------------------------------------------------------------------- */

/* layer: Cast, 33 to 33 */
static void layer_layer(const float *in, int32_t *out)
{
    for (int i = 0; i < 33; i++) {
        const float a = in[i];
        out[i] = (int32_t)(a <= (float)INT32_MIN ? INT32_MIN : a >= (float)INT32_MAX ? INT32_MAX : a == a ? (int32_t)a : 0);
    }
}

/* ---- the forward pass ------------------------------------------------------------------------ */

void net(const float *input, int32_t *output)
{
    layer_layer(input, output);
}
