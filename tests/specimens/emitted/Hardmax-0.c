/*
 * net.c - made by cnnc 0.1.0 from sample.cnn. Do not edit.
 *
 *   layer                    what                               gives               multiply-adds   kept in memory
 *   layer                    Hardmax                            10                              0   the output
 *
 *   weights 0 bytes, arena 0 bytes (lower bound 0), 0 multiply-adds
 */
#include "net.h"


/* ---- kernels --------------------------------------------------------------------------------- */

/* ---- layers ---------------------------------------------------------------------------------- */

/* layer: Hardmax, 10 to 10 */
static void layer_layer(const float *in, float *out)
{
    for (int i = 0; i < 1; i++)
        for (int j = 0; j < 1; j++) {
            const float *from = in + i * 10 + j;
            float *to = out + i * 10 + j;
            int first = 0;
            for (int k = 0; k < 10; k++) {
                first = from[k * 1] > from[first * 1] ? k : first;
                to[k * 1] = 0.0f;
            }
            to[first * 1] = 1.0f;
        }
}

/* ---- the forward pass ------------------------------------------------------------------------ */

void net(const float *input, float *output)
{
    layer_layer(input, output);
}
