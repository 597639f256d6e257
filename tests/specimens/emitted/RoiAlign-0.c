/*
 * net.c - made by cnnc 0.1.0 from sample.cnn. Do not edit.
 *
 *   layer                    what                               gives               multiply-adds   kept in memory
 *   layer                    RoiAlign                           3 x 3 x 2                       0   the output
 *
 *   weights 0 bytes, arena 0 bytes (lower bound 0), 0 multiply-adds
 */
#include "net.h"

#include <math.h>
#include <stdint.h>

/* ---- kernels --------------------------------------------------------------------------------- */

/* ---- layers ---------------------------------------------------------------------------------- */

/* layer: RoiAlign, 3 x 7 x 8 to 3 x 3 x 2 */
static void layer_layer(const float *in, const float *regions, const int64_t *pictures, float *out)
{
    for (int r = 0; r < 3; r++, regions += 4, out += 18) {
        const float left = regions[0] * 0.75f - 0.5f, top = regions[1] * 0.75f - 0.5f;
        float width = regions[2] * 0.75f - 0.5f - left, height = regions[3] * 0.75f - 0.5f - top;
        const float bin_h = height / 3.0f, bin_w = width / 2.0f;
        const int rows = bin_h > 0.0f ? (int)ceilf(bin_h) : 0,
            columns = bin_w > 0.0f ? (int)ceilf(bin_w) : 0;
        for (int i = 0; i < 18; i++)
            out[i] = 0.0f;
        if (pictures[r] < 0 || pictures[r] >= 2)
            continue;
        const float *picture = in + (int)pictures[r] * 168;
        for (int i = 0; i < 6 * rows * columns; i++) {
            const int pixel = i / (rows * columns), v = i / columns % rows, h = i % columns;
            float y = top + (float)(pixel / 2) * bin_h + ((float)v + 0.5f) * bin_h / (float)rows;
            float x = left + (float)(pixel % 2) * bin_w
                + ((float)h + 0.5f) * bin_w / (float)columns;
            const int inside = y >= -1.0f && y <= 7.0f && x >= -1.0f && x <= 8.0f;
            y = inside && y > 0.0f ? y : 0.0f;
            x = inside && x > 0.0f ? x : 0.0f;
            const int y0 = (int)y < 6 ? (int)y : 6, x0 = (int)x < 7 ? (int)x : 7;
            const int y1 = y0 < 6 ? y0 + 1 : y0, x1 = x0 < 7 ? x0 + 1 : x0;
            const float down = y0 < y1 ? y - (float)y0 : 0.0f,
                right = x0 < x1 ? x - (float)x0 : 0.0f;
            for (int k = 0; k < 3; k++) {
                const float *plane = picture + k * 56;
                const float a = (1.0f - down) * (1.0f - right) * plane[y0 * 8 + x0],
                    b = (1.0f - down) * right * plane[y0 * 8 + x1];
                const float c = down * (1.0f - right) * plane[y1 * 8 + x0],
                    d = down * right * plane[y1 * 8 + x1];
                float *to = out + k * 6 + pixel;
                if (inside)
                    *to += (a + b + c + d) / (float)(rows * columns);
            }
        }
    }
}

/* ---- the forward pass ------------------------------------------------------------------------ */

void net(const float *input_0, const float *input_1, const int64_t *input_2, float *output)
{
    layer_layer(input_0, input_1, input_2, output);
}
