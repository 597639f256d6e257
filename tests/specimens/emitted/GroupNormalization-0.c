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

/* ---- weights --------------------------------------------------------------------------------- */

static const float layer_gamma[12] = {
    1.4496797f, 0.78148043f, 0.70904785f, 0.54559076f, 0.6142638f, 1.0615637f, 1.2161663f, 0.62724906f,
    1.2215655f, 0.55729806f, 0.64918095f, 0.72924525f
};

static const float layer_beta[12] = {
    -0.098977685f, 0.4276895f, 0.36401743f, -0.31449032f, 0.010570884f, 0.15636086f, 0.49976426f, 0.15735888f,
    -0.49500751f, -0.0053626895f, 0.08328366f, -0.27327955f
};

/* ---- kernels --------------------------------------------------------------------------------- */

/* ---- layers ---------------------------------------------------------------------------------- */

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

/* ---- the forward pass ------------------------------------------------------------------------ */

void net(const float *input, float *output)
{
    layer_layer(input, layer_gamma, layer_beta, output);
}
