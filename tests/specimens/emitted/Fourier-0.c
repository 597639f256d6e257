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
    0.8223293f, -0.269181f, 0.8539045f, -0.15410542f, -1.8589723f, 1.1844587f, 1.6052425f, 0.7273197f,
    0.41647625f, 0.8642304f, -0.6032162f, 0.984576f, 0.42951322f, -1.555798f, 0.5252423f, 1.2109714f,
    0.6415868f, 0.28319597f, -1.3080451f, 0.26408315f
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
