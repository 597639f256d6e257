/*
 * net.c - made by cnnc 0.1.0 from sample.cnn. Do not edit.
 *
 *   layer                    what                               gives               multiply-adds   kept in memory
 *   layer                    RotaryEmbedding                    3 x 4 x 8                       0   the output
 *
 *   weights 0 bytes, arena 0 bytes (lower bound 0), 0 multiply-adds
 */
#include "net.h"

#include <stdint.h>

/* ---- kernels --------------------------------------------------------------------------------- */

/* ---- layers ---------------------------------------------------------------------------------- */

/* layer: RotaryEmbedding, 3 x 4 x 8 to 3 x 4 x 8 */
static void layer_layer(const float *in, const float *cosines, const float *sines, const int64_t *ids, float *out)
{
    for (int b = 0; b < 2; b++)
        for (int s = 0; s < 4; s++) {
            const int id = (int)ids[b * 4 + s], row = id < 0 ? 0 : id < 9 ? id : 8;
            const float *c = cosines + row * 4, *n = sines + row * 4;
            for (int h = 0; h < 3; h++) {
                const float *from = in + b * 96 + h * 32 + s * 8;
                float *to = out + b * 96 + h * 32 + s * 8;
                for (int k = 0; k < 4; k++) {
                    const float x = from[k], y = from[k + 4];
                    to[k] = x * c[k] - y * n[k];
                    to[k + 4] = x * n[k] + y * c[k];
                }
            }
        }
}

/* ---- the forward pass ------------------------------------------------------------------------ */

void net(const float *input_0, const float *input_1, const float *input_2, const int64_t *input_3, float *output)
{
    layer_layer(input_0, input_1, input_2, input_3, output);
}
