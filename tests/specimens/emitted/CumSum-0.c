/*
 * net.c - made by cnnc 0.1.0 from sample.cnn. Do not edit.
 *
 *   layer                    what                               gives               multiply-adds   kept in memory
 *   layer                    CumSum                             3 x 4                           0   the output
 *
 *   weights 0 bytes, arena 0 bytes (lower bound 0), 0 multiply-adds
 */
#include "net.h"


/* ---- kernels --------------------------------------------------------------------------------- */

/* ---- layers ---------------------------------------------------------------------------------- */

/* layer: CumSum, 3 x 4 to 3 x 4 */
static void layer_layer(const float *in, float *out)
{
    for (int a = 0; a < 1; a++)
        for (int b = 0; b < 4; b++) {
            float sum = 0;
            for (int i = 0; i < 3; i++) {
                const int at = (a * 3 + i) * 4 + b;
                sum = sum + in[at];
                out[at] = sum;
            }
        }
}

/* ---- the forward pass ------------------------------------------------------------------------ */

void net(const float *input, float *output)
{
    layer_layer(input, output);
}
