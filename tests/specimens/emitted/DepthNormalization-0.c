/*
 * net.c - made by cnnc 0.1.0 from sample.cnn. Do not edit.
 *
 *   layer                    what                               gives               multiply-adds   kept in memory
 *   layer                    LocalResponseNormalization         5 x 4 x 19                      0   the output
 *
 *   weights 0 bytes, arena 0 bytes (lower bound 0), 0 multiply-adds
 */
#include "net.h"

#include <math.h>

/* ---- kernels --------------------------------------------------------------------------------- */

/* ---- layers ---------------------------------------------------------------------------------- */

/* layer: LocalResponseNormalization, 5 x 4 x 19 to 5 x 4 x 19 */
static void layer_layer(const float *in, float *out)
{
    for (int i = 0; i < 20; i++, in += 19, out += 19)
        for (int k = 0; k < 19; k++) {
            const int first = k < 2 ? 0 : k - 2,
                last = k + 2 < 19 ? k + 2 : 18;
            float sum = 0.0f;
            for (int j = first; j <= last; j++)
                sum += in[j] * in[j];
            sum = 1.0f + 0.1f * sum;
            out[k] = in[k] / (sqrtf(sum) * sqrtf(sqrtf(sum)));
        }
}

/* ---- the forward pass ------------------------------------------------------------------------ */

void net(const float *input, float *output)
{
    layer_layer(input, output);
}
