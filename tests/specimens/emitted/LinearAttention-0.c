/*
 * net.c - made by cnnc 0.1.0 from sample.cnn. Do not edit.
 *
 *   layer                    what                               gives               multiply-adds   kept in memory
 *   layer                    LinearAttention                    4 x 20                          0   the output
 *
 *   weights 0 bytes, arena 0 bytes (lower bound 0), 0 multiply-adds
 */
#include "net.h"

#include <math.h>

/* ---- kernels --------------------------------------------------------------------------------- */

/* ---- layers ---------------------------------------------------------------------------------- */

/* layer: LinearAttention, 4 x 24 to 4 x 20 */
static void layer_layer(const float *q, const float *k, const float *v, const float *decay, const float *beta, float *out, float *state)
{
    for (int n = 0; n < 4; n++, state += 30) {
        const int b = n / 2, h = n % 2;
        for (int i = 0; i < 30; i++)
            state[i] = 0.0f;
        for (int t = b * 4; t < (b + 1) * 4; t++) {
            const float *key = k + t * 12 + h * 6;
            float *first = out + t * 20 + h * 10;
            for (int d = 0; d < 6; d++) {
                const float kept = expf(decay[(t * 2 + h) * 6 + d]);
                for (int e = 0; e < 5; e++)
                    state[d * 5 + e] *= kept;
            }
            for (int e = 0; e < 5; e++) {
                float value = v[t * 10 + h * 5 + e];
                for (int d = 0; d < 6; d++)
                    value -= state[d * 5 + e] * key[d];
                value *= beta[t * 2 + h];
                for (int d = 0; d < 6; d++)
                    state[d * 5 + e] += key[d] * value;
            }
            for (int j = 0; j < 2; j++)
                for (int e = 0; e < 5; e++) {
                    float sum = 0.0f;
                    for (int d = 0; d < 6; d++)
                        sum += state[d * 5 + e] * q[t * 24 + (h * 2 + j) * 6 + d];
                    first[j * 5 + e] = sum * 0.4082483f;
                }
        }
    }
}

/* ---- the forward pass ------------------------------------------------------------------------ */

void net(const float *input_0, const float *input_1, const float *input_2, const float *input_3, const float *input_4, float *output_0, float *output_1)
{
    layer_layer(input_0, input_1, input_2, input_3, input_4, output_0, output_1);
}
