/*
 * net.c - made by cnnc 0.1.0 from sample.cnn. Do not edit.
 *
 *   layer                    what                               gives               multiply-adds   kept in memory
 *   layer                    GridSample                         4 x 3 x 3                       0   the output
 *
 *   weights 0 bytes, arena 0 bytes (lower bound 0), 0 multiply-adds
 */
#include "net.h"

#include <math.h>

/* ---- kernels --------------------------------------------------------------------------------- */

/* ---- layers ---------------------------------------------------------------------------------- */

/* layer: GridSample, 5 x 6 x 3 to 4 x 3 x 3 */
/*
 * The pixels (-1: a zero outside) and weights along an axis of `size` for the normalised position
 * n.
 */
static void layer_layer_taps(float n, int size, int *pixel, float *weight)
{
    float x = ((n + 1.0f) * (float)size - 1.0f) / 2.0f;
    if (!(x > -4.0f && x < (float)size + 4.0f))         /* so far outside, or no number: nothing */
        x = -4.0f;
    const float low = floorf(x), rest = x - low;
    weight[0] = 1.0f - rest;
    weight[1] = rest;
    for (int i = 0; i < 2; i++) {
        const int at = (int)low + i;
        pixel[i] = at >= 0 && at < size ? at : -1;
    }
}

static void layer_layer(const float *in, const float *grid, float *out)
{
    for (int i = 0; i < 12; i++) {
        const float *picture = in + i / 12 * 90, *position = grid + i * 2;
        float *to = out + i * 3;
        int plane[2] = { 0 }, row[2], column[2];
        float depth[2] = { 1.0f }, height[2], width[2];
        layer_layer_taps(position[1], 5, row, height);
        layer_layer_taps(position[0], 6, column, width);
        for (int k = 0; k < 3; k++)
            to[k] = 0.0f;
        for (int z = 0; z < 1; z++)
            for (int y = 0; y < 2; y++)
                for (int x = 0; x < 2; x++) {
                    if (plane[z] < 0 || row[y] < 0 || column[x] < 0)
                        continue;
                    const float *pixel = picture + ((plane[z] * 5 + row[y]) * 6 + column[x]) * 3,
                        w = depth[z] * height[y] * width[x];
                    for (int k = 0; k < 3; k++)
                        to[k] += w * pixel[k];
                }
    }
}

/* ---- the forward pass ------------------------------------------------------------------------ */

void net(const float *input_0, const float *input_1, float *output)
{
    layer_layer(input_0, input_1, output);
}
