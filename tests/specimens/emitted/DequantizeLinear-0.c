/*
 * net.c - made by cnnc 0.1.0 from sample.cnn. Do not edit.
 *
 *   layer                    what                               gives               multiply-adds   kept in memory
 *   layer                    DequantizeLinear                   77                              0   the output
 *
 *   weights 0 bytes, arena 0 bytes (lower bound 0), 0 multiply-adds
 */
#include "net.h"

#include <stdint.h>

/* ---- kernels --------------------------------------------------------------------------------- */

/* ---- layers ---------------------------------------------------------------------------------- */

/* layer: DequantizeLinear, 77 to 77 */
static void layer_layer(const uint8_t *in, const float *scale, const uint8_t *zero, float *out)
{
    for (int i = 0; i < 77; i++)
        out[i] = (float)(in[i] - zero[0]) * scale[0];
}

/* ---- the forward pass ------------------------------------------------------------------------ */

void net(const uint8_t *input_0, const float *input_1, const uint8_t *input_2, float *output)
{
    layer_layer(input_0, input_1, input_2, output);
}
