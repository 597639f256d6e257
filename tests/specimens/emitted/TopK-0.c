/*
 * net.c - made by cnnc 0.1.0 from sample.cnn. Do not edit.
 *
 *   layer                    what                               gives               multiply-adds   kept in memory
 *   layer                    TopK                               3 x 4                           0   the output
 *
 *   weights 0 bytes, arena 0 bytes (lower bound 0), 0 multiply-adds
 */
#include "net.h"

#include <stdint.h>

/* ---- kernels --------------------------------------------------------------------------------- */

/* ---- layers ---------------------------------------------------------------------------------- */

/* layer: TopK, 3 x 9 to 3 x 4 */
static void layer_layer(const float *in, float *out, int64_t *index)
{
    for (int a = 0; a < 3; a++)
        for (int b = 0; b < 1; b++) {
            const float *x = in + a * 9 + b;
            float *best = out + a * 4 + b;
            int64_t *where = index + a * 4 + b;
            int found = 0;
            for (int i = 0; i < 9; i++) {
                const float v = x[i * 1];
                int k = found;
                for (; k > 0 && v > best[(k - 1) * 1]; k--)
                    if (k < 4) {
                        best[k * 1] = best[(k - 1) * 1];
                        where[k * 1] = where[(k - 1) * 1];
                    }
                if (k < 4) {
                    best[k * 1] = v;
                    where[k * 1] = i;
                }
                found += found < 4;
            }
        }
}

/* ---- the forward pass ------------------------------------------------------------------------ */

void net(const float *input, float *output_0, int64_t *output_1)
{
    layer_layer(input, output_0, output_1);
}
