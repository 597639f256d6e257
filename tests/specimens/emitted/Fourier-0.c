/*
 * net.c - made by cnnc 0.1.0 from sample.cnn. Do not edit.
 *
 *   layer                    what                               gives               multiply-adds   kept in memory
 *   layer                    Fourier                            6 x 3 x 2                       0   the output
 *
 *   weights 80 bytes, arena 0 bytes (lower bound 0), 0 multiply-adds
 */
#include "net.h"


/* ---- weights -------------------------------------------------------------------------------------- */

static const float x1_values[20] = {
    1.9873865f, -1.6836476f, 0.048557997f, -0.17864752f, 1.7942109f, -1.73651f, 1.8402727f, 0.5889487f,
    0.83284783f, -0.08157468f, -0.0050303936f, -0.15165305f, 0.3399589f, 1.9311237f, -0.015299559f, -1.490021f,
    -0.8070333f, 1.4562948f, -1.1619792f, -0.021231413f
};

/* ---- kernels ---------------------------------------------------------------------------------------- */

/* ---- layers ----------------------------------------------------------------------------------------- */

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

/* ---- the forward pass ----------------------------------------------------------------------------- */

void net(const float *input, float *output)
{
    layer_layer(input, x1_values, output);
}
