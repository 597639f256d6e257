/*
 * net.c - made by cnnc 0.1.0 from sample.cnn. Do not edit.
 *
 *   layer                    what                               gives               multiply-adds   kept in memory
 *   layer                    CausalConvWithState                3 x 8                           0   the output
 *
 *   weights 0 bytes, arena 0 bytes (lower bound 0), 0 multiply-adds
 */
#include "net.h"


/* ---- kernels --------------------------------------------------------------------------------- */

/* ---- layers ---------------------------------------------------------------------------------- */

/* layer: CausalConvWithState, 3 x 8 to 3 x 8 */
static void layer_layer(const float *in, const float *w, float *out, float *state)
{
    for (int n = 0; n < 6; n++, in += 8, out += 8) {
        for (int t = 0; t < 8; t++) {
            float sum = 0.0f;
            for (int i = 0; i < 4; i++)
                sum += w[n % 3 * 4 + i] * (t + i >= 3 ? in[t + i - 3] : 0.0f);
            out[t] = sum;
        }
        for (int i = 0; i < 3; i++) {
            const int t = 8;
            state[n * 3 + i] = t + i >= 3 ? in[t + i - 3] : 0.0f;
        }
    }
}

/* ---- the forward pass ------------------------------------------------------------------------ */

void net(const float *input_0, const float *input_1, float *output_0, float *output_1)
{
    layer_layer(input_0, input_1, output_0, output_1);
}
