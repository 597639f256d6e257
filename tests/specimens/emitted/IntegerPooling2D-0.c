/*
 * net.c - made by cnnc 0.1.0 from sample.cnn. Do not edit.
 *
 *   layer                    what                               gives               multiply-adds   kept in memory
 *   layer                    IntegerPooling2D                   4 x 4 x 20                      0   the output
 *
 *   weights 0 bytes, arena 0 bytes (lower bound 0), 0 multiply-adds
 */
#include "net.h"

#include <stdint.h>

/* ---- kernels --------------------------------------------------------------------------------- */

/* ---- layers ---------------------------------------------------------------------------------- */

/* layer: IntegerPooling2D, 8 x 8 x 20 to 4 x 4 x 20 */
static int layer_rows(const uint8_t *in, uint8_t *out, int y0, int y1)
{
    for (int y = y0; y < y1; y++)
        for (int x = 0; x < 4; x++) {
            {
                const int k = 0;
                int32_t sum[20];
                
                for (int i = 0; i < 20; i++)
                    sum[i] = 0;
                for (int ky = 0; ky < 2; ky++)
                    for (int kx = 0; kx < 2; kx++) {
                        const int iy = y * 2 + ky - 0, ix = x * 2 + kx - 0;
                        if (iy < 0 || iy >= 8 || ix < 0 || ix >= 8)
                            continue;
                        const uint8_t *from = in + iy * 160 + ix * 20 + k;
                        for (int i = 0; i < 20; i++)
                            sum[i] = from[i] > sum[i] ? from[i] : sum[i];
                    }
                for (int i = 0; i < 20; i++)
                    out[y * 80 + x * 20 + k + i] = (uint8_t)sum[i];
            }
        }
    return y1 > y0 ? y1 : y0;
}

/* ---- the forward pass ------------------------------------------------------------------------ */

void net(const uint8_t *input, uint8_t *output)
{
    layer_rows(input, output, 0, 4);
}
