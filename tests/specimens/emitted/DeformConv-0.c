/*
 * net.c - made by cnnc 0.1.0 from sample.cnn. Do not edit.
 *
 *   layer                    what                               gives               multiply-adds   kept in memory
 *   layer                    DeformConv                         6 x 5 x 5                    3600   the output
 *
 *   weights 0 bytes, arena 0 bytes (lower bound 0), 3600 multiply-adds
 */
#include "net.h"

#include <math.h>

/* ---- kernels --------------------------------------------------------------------------------- */

/* ---- layers ---------------------------------------------------------------------------------- */

/* layer: DeformConv, 4 x 6 x 7 to 6 x 5 x 5 */
static void layer_layer(const float *in, const float *w, const float *offset, const float *b, float *out)
{
    for (int n = 0; n < 2; n++, in += 168, offset += 600, out += 150)
        for (int at = 0; at < 25; at++) {
            float column[24];              /* [channel][tap]: what the filters see */
            for (int group = 0; group < 2; group++)
                for (int t = 0; t < 6; t++) {
                    const float *moved = offset + (group * 6 + t) * 50 + at;
                    const float y = (float)(at / 5 * 1 + t / 3 * 1 - 0) + moved[0];
                    const float x = (float)(at % 5 * 1 + t % 3 * 1 - 0) + moved[25];
                    const int inside = y > -1.0f && y < 6.0f && x > -1.0f && x < 7.0f;
                    const int top = inside ? (int)floorf(y) : 0, left = inside ? (int)floorf(x) : 0;
                    const float down = y - (float)top, right = x - (float)left;
                    for (int c = group * 2; c < (group + 1) * 2; c++) {
                        const float *picture = in + c * 42;
                        float sum = 0.0f;
                        if (inside && top >= 0 && left >= 0)
                            sum += picture[top * 7 + left] * (1.0f - down) * (1.0f - right);
                        if (inside && top >= 0 && left + 1 < 7)
                            sum += picture[top * 7 + left + 1] * (1.0f - down) * right;
                        if (inside && top + 1 < 6 && left >= 0)
                            sum += picture[(top + 1) * 7 + left] * down * (1.0f - right);
                        if (inside && top + 1 < 6 && left + 1 < 7)
                            sum += picture[(top + 1) * 7 + left + 1] * down * right;
                        column[c * 6 + t] = sum;
                    }
                }
            for (int k = 0; k < 6; k++) {
                const float *from = column + k / 3 * 12, *weight = w + k * 12;
                float sum = b[k];
                for (int i = 0; i < 12; i++)
                    sum += from[i] * weight[i];
                out[k * 25 + at] = sum;
            }
        }
}

/* ---- the forward pass ------------------------------------------------------------------------ */

void net(const float *input_0, const float *input_1, const float *input_2, const float *input_3, float *output)
{
    layer_layer(input_0, input_1, input_2, input_3, output);
}
