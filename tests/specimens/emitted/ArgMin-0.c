/*
 * net.c - made by cnnc 0.1.0 from sample.cnn. Do not edit.
 *
 *   layer                    what                               gives               multiply-adds   kept in memory
 *   layer                    ArgMin                             3                               0   the output
 *
 *   weights 0 bytes, arena 0 bytes (lower bound 0), 0 multiply-adds
 */
#include "net.h"

#include <stdint.h>

/* ---- kernels --------------------------------------------------------------------------------- */

/* ---- layers ---------------------------------------------------------------------------------- */

/* layer: ArgMin, 3 x 9 to 3 */
static void layer_layer(const float *in, int64_t *out)
{
    for (int a = 0; a < 3; a++)
        for (int b = 0; b < 1; b++) {
            const float *x = in + a * 9 + b;
            int best = 0;
            for (int i = 1; i < 9; i++)
                if (x[i * 1] < x[best * 1])
                    best = i;
            out[a * 1 + b] = best;
        }
}

/* ---- the forward pass ------------------------------------------------------------------------ */

void net(const float *input, int64_t *output)
{
    layer_layer(input, output);
}
