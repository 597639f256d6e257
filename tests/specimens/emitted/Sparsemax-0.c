/*
 * net.c - made by cnnc 0.1.0 from sample.cnn. Do not edit.
 *
 *   layer                    what                               gives               multiply-adds   kept in memory
 *   layer                    Sparsemax                          10                              0   the output
 *
 *   weights 0 bytes, arena 0 bytes (lower bound 0), 0 multiply-adds
 */
#include "net.h"


/* ---- kernels --------------------------------------------------------------------------------- */

/* ---- layers ---------------------------------------------------------------------------------- */

/* layer: Sparsemax, 10 to 10 */
static void layer_layer(const float *in, float *out)
{
    for (int i = 0; i < 1; i++)
        for (int j = 0; j < 1; j++) {
            const float *from = in + i * 10 + j;
            float *to = out + i * 10 + j, total = 0.0f, count = 0.0f;
            for (int k = 0; k < 10; k++) {
                const float v = from[k * 1];
                float rank = 0.0f, sum = 0.0f;
                for (int m = 0; m < 10; m++)
                    if (from[m * 1] > v || (m <= k && !(from[m * 1] < v))) {
                        rank += 1.0f;
                        sum += from[m * 1];
                    }
                if (v - (sum - 1.0f) / rank > 0.0f) {
                    total += sum;
                    count += 1.0f;
                }
            }
            for (int k = 0; k < 10; k++) {
                const float above = from[k * 1] - (total - 1.0f) / count;
                to[k * 1] = above > 0.0f ? above : 0.0f;
            }
        }
}

/* ---- the forward pass ------------------------------------------------------------------------ */

void net(const float *input, float *output)
{
    layer_layer(input, output);
}
