/*
 * net.c - made by cnnc 0.1.0 from sample.cnn. Do not edit.
 *
 *   layer                    what                               gives               multiply-adds   kept in memory
 *   layer                    Det                                scalar                          0   the output
 *
 *   weights 0 bytes, arena 0 bytes (lower bound 0), 0 multiply-adds
 */
#include "net.h"

#include <math.h>

/* ---- kernels --------------------------------------------------------------------------------- */

/* ---- layers ---------------------------------------------------------------------------------- */

/* layer: Det, 3 to scalar */
static void layer_layer(const float *in, float *out)
{
    for (int i = 0; i < 1; i++, in += 9) {
        float m[9], product = 1;
        for (int k = 0; k < 9; k++)
            m[k] = in[k];
        for (int k = 0; k < 3; k++) {
            int most = k;
            for (int y = k + 1; y < 3; y++)
                most = fabsf(m[y * 3 + k]) > fabsf(m[most * 3 + k]) ? y : most;
            for (int x = 0; most != k && x < 3; x++) {
                const float v = m[k * 3 + x];
                m[k * 3 + x] = m[most * 3 + x];
                m[most * 3 + x] = v;
            }
            product *= most == k ? m[k * 3 + k] : -m[k * 3 + k];
            for (int y = k + 1; (m[k * 3 + k] < 0 || m[k * 3 + k] > 0) && y < 3; y++) {
                const float factor = m[y * 3 + k] / m[k * 3 + k];
                for (int x = k; x < 3; x++)
                    m[y * 3 + x] -= factor * m[k * 3 + x];
            }
        }
        out[i] = product;
    }
}

/* ---- the forward pass ------------------------------------------------------------------------ */

void net(const float *input, float *output)
{
    layer_layer(input, output);
}
