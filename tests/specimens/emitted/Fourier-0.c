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
    1.9992588f, -0.0053782463f, -1.1258919f, 1.5181696f, -1.3116539f, -0.21758533f, 0.35610604f, -0.12333131f,
    1.7391176f, -1.8978474f, -0.072026014f, 1.3824599f, 0.27741313f, -1.7640183f, 1.3145466f, 0.22665119f,
    0.41601372f, 0.6743996f, -1.4356163f, 0.9697952f
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
