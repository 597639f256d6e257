/*
 * net.c - made by cnnc 0.1.0 from sample.cnn. Do not edit.
 *
 *   layer                    what                               gives               multiply-adds   kept in memory
 *   layer                    Sparsemax                          10                              0   the output
 *
 *   weights 0 bytes, arena 0 bytes (lower bound 0), 0 multiply-adds
 */
#include "net.h"

#include <math.h>

/* ---- kernels ---------------------------------------------------------------------------------------- */

/* ---- layers ----------------------------------------------------------------------------------------- */

/* layer: Sparsemax, 10 to 10 */
static void layer_layer(const float *in, float *out)
{
    for (int i = 0; i < 1; i++)
        for (int j = 0; j < 1; j++) {
            const float *from = in + i * 10 + j;
            float *to = out + i * 10 + j, tau = from[0];
            for (int k = 1; k < 10; k++)
                tau = from[k * 1] > tau ? from[k * 1] : tau;
            tau -= 1.0f;
            for (int round = 0; round <= 10; round++) {
                float sum = 0.0f, count = 0.0f;
                for (int k = 0; k < 10; k++)
                    if (from[k * 1] > tau) {
                        sum += from[k * 1] - tau;
                        count += 1.0f;
                    }
                if (!(count > 0.0f) || sum <= 1.0f)
                    break;
                tau += (sum - 1.0f) / count;
            }
            for (int k = 0; k < 10; k++)
                to[k * 1] = from[k * 1] > tau ? from[k * 1] - tau : 0.0f;
        }
}

/* ---- the forward pass ----------------------------------------------------------------------------- */

void net(const float *input, float *output)
{
    layer_layer(input, output);
}
