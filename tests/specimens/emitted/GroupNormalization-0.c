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
    0.66363364f, 0.6721908f, 0.6347832f, 0.5547549f, 0.8594547f, 0.56947005f, 0.9200758f, 1.2226131f,
    1.4399178f, 0.78358096f, 1.0648509f, 1.4146142f
};

static const float layer_beta[12] = {
    -0.4232087f, 0.27747643f, 0.10336679f, 0.13733959f, 0.22579014f, 0.46986812f, 0.029827893f, -0.00860697f,
    0.35439414f, 0.41494423f, -0.29934162f, 0.41284764f
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
