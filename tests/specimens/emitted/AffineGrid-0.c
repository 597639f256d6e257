/*
 * net.c - made by cnnc 0.1.0 from sample.cnn. Do not edit.
 *
 *   layer                    what                               gives               multiply-adds   kept in memory
 *   layer                    AffineGrid                         4 x 5 x 2                       0   the output
 *
 *   weights 0 bytes, arena 0 bytes (lower bound 0), 0 multiply-adds
 */
#include "net.h"


/* ---- kernels --------------------------------------------------------------------------------- */

/* ---- layers ---------------------------------------------------------------------------------- */

/* layer: AffineGrid, 2 x 3 to 4 x 5 x 2 */
static void layer_layer(const float *matrix, float *out)
{
    for (int picture = 0; picture < 2; picture++, matrix += 6)
        for (int y = 0; y < 4; y++)
            for (int x = 0; x < 5; x++, out += 2) {
                const float at_x = -1.0f + (2.0f * (float)x + 1.0f) / 5.0f;
                const float at_y = -1.0f + (2.0f * (float)y + 1.0f) / 4.0f;
                for (int r = 0; r < 2; r++)
                    out[r] = matrix[r * 3] * at_x + matrix[r * 3 + 1] * at_y + matrix[r * 3 + 2];
            }
}

/* ---- the forward pass ------------------------------------------------------------------------ */

void net(const float *input, float *output)
{
    layer_layer(input, output);
}
