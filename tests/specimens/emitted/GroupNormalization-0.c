/*
 * net.c - made by cnnc 0.1.0 from sample.cnn. Do not edit.
 *
 *   layer                    what                               gives               multiply-adds   kept in memory
 *   layer                    Normalize                          5 x 4 x 12                      0   the output
 *
 *   weights 96 bytes, arena 0 bytes (lower bound 0), 0 multiply-adds
 */
#include "net.h"

#include <math.h>

/* ---- weights -------------------------------------------------------------------------------------- */

static const float layer_gamma[12] = {
    0.5084932f, 1.1267006f, 0.918731f, 0.54478824f, 1.1567507f, 1.4480948f, 0.769623f, 0.9460651f,
    0.55234313f, 0.6906988f, 0.5344391f, 1.2145201f
};

static const float layer_beta[12] = {
    0.36862785f, -0.2615251f, 0.07044244f, -0.011676252f, 0.09336078f, 0.49134988f, -0.21211374f, 0.028627515f,
    -0.15084511f, 0.323646f, -0.2611714f, -0.2683686f
};

/* ---- kernels ---------------------------------------------------------------------------------------- */

/* ---- layers ----------------------------------------------------------------------------------------- */

/* layer: Normalize, 5 x 4 x 12 to 5 x 4 x 12 */
static void layer_layer(const float *in, const float *gamma, const float *beta, float *out)
{
    float mean[12], factor[12];
    for (int i = 0; i < 1; i++, in += 240, out += 240)
        for (int first = 0; first < 12; first += 12) {
            const int channels = 12 - first < 12 ? 12 - first : 12;
            for (int k = 0; k < channels; k++)
                mean[k] = factor[k] = 0.0f;
            for (int x = 0; x < 20; x++)
                for (int k = 0; k < channels; k++)
                    mean[k] += in[x * 12 + first + k];
            for (int k = 0; k < channels; k += 4) {
                float sum = 0.0f;
                for (int j = 0; j < 4; j++)
                    sum += mean[k + j];
                for (int j = 0; j < 4; j++)
                    mean[k + j] = sum / 80.0f;
            }
            for (int x = 0; x < 20; x++)
                for (int k = 0; k < channels; k++)
                    factor[k] += (in[x * 12 + first + k] - mean[k]) * (in[x * 12 + first + k] - mean[k]);
            for (int k = 0; k < channels; k += 4) {
                float sum = 0.0f;
                for (int j = 0; j < 4; j++)
                    sum += factor[k + j];
                sum = 1.0f / sqrtf(sum / 80.0f + 0.001f);
                for (int j = 0; j < 4; j++)
                    factor[k + j] = sum * gamma[first + k + j];
            }
            for (int x = 0; x < 20; x++)
                for (int k = 0; k < channels; k++)
                    out[x * 12 + first + k] = (in[x * 12 + first + k] - mean[k]) * factor[k] + beta[first + k];
        }
}

/* ---- the forward pass ----------------------------------------------------------------------------- */

void net(const float *input, float *output)
{
    layer_layer(input, layer_gamma, layer_beta, output);
}
