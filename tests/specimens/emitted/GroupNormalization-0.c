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
    1.0144241f, 0.79543227f, 1.1018064f, 1.0830745f, 1.4400856f, 1.1588608f, 1.195307f, 0.7008312f,
    0.8575423f, 1.3372396f, 0.93180734f, 1.252125f
};

static const float layer_beta[12] = {
    0.4227286f, 0.32057625f, 0.2175597f, 0.38262796f, -0.48942876f, 0.3439902f, -0.2987417f, -0.22776377f,
    0.48815787f, -0.25942767f, 0.4854098f, 0.35302472f
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
