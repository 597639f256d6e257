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
    -1.7407732f, -1.6391628f, -1.3771398f, -0.4304614f, -0.10830903f, -0.7101135f, -0.4753902f, -1.533905f,
    -1.1584673f, -1.9586766f, 0.13308692f, 1.3184369f, 0.7574837f, 0.75788546f, 1.506293f, -0.30241203f,
    -0.37099457f, 0.6800122f, -1.6149919f, 1.718967f
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
