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
    1.3131846f, 1.3316615f, 0.5419569f, 1.3890698f, 0.67984676f, 1.3325236f, 1.4580823f, 0.52725595f,
    0.56779754f, 0.9842374f, 0.83444315f, 0.8784845f
};

static const float layer_beta[12] = {
    -0.02898556f, 0.2074815f, 0.3397997f, 0.25750852f, 0.43517166f, 0.0059754252f, -0.23982704f, -0.33341628f,
    -0.31712854f, 0.11166382f, 0.39617264f, -0.34203625f
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
