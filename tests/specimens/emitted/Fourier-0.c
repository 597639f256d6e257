/*
 * net.c - made by cnnc 0.1.0 from sample.cnn. Do not edit.
 *
 *   layer                    what                               gives               multiply-adds   kept in memory
 *   layer                    Fourier                            6 x 3 x 2                       0   the output
 *
 *   weights 80 bytes, arena 0 bytes (lower bound 0), 0 multiply-adds
 */
#include "net.h"


/* ---- weights --------------------------------------------------------------------------------- */

static const float x1_values[20] = {
    0.06975913f, -0.9776354f, 0.27791715f, 1.678509f, 1.8356361f, 0.8728385f, 1.3534875f, -0.8465135f,
    0.9344001f, -1.9576018f, 1.4439278f, -0.26044774f, 0.015665293f, 1.3692889f, 0.03716755f, 1.9049933f,
    -0.8724549f, 0.04766178f, 1.1266458f, 0.9799814f
};

/* ---- kernels --------------------------------------------------------------------------------- */

/* ---- layers ---------------------------------------------------------------------------------- */

/* layer: Fourier, 10 x 3 x 1 to 6 x 3 x 2 */
static void layer_layer(const float *in, const float *table, float *out)
{
    for (int n = 0; n < 3; n++) {
        const int i = n % 3, f = n / 3 % 1, o = n / 3;
        const float *x = in + ((o * 10 + f * 0) * 3 + i) * 1;
        for (int k = 0; k < 6; k++) {
            float *to = out + (((o * 1 + f) * 6 + k) * 3 + i) * 2;
            float re = 0.0f, im = 0.0f;
            for (int t = 0, at = 0; t < 10; t++) {
                const float c = table[at], s = -table[10 + at];
                const float a = x[t * 3];
                re += a * c;
                im += a * s;
                at = at + k < 10 ? at + k : at + k - 10;
            }
            to[0] = re;
            to[1] = im;
        }
    }
}

/* ---- the forward pass ------------------------------------------------------------------------ */

void net(const float *input, float *output)
{
    layer_layer(input, x1_values, output);
}
