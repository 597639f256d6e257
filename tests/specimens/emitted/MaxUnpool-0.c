/*
 * net.c - made by cnnc 0.1.0 from sample.cnn. Do not edit.
 *
 *   layer                    what                               gives               multiply-adds   kept in memory
 *   layer                    MaxUnpool                          2 x 5 x 4                       0   the output
 *
 *   weights 0 bytes, arena 0 bytes (lower bound 0), 0 multiply-adds
 */
#include "net.h"

#include <stdint.h>
#include <string.h>

/* ---- kernels --------------------------------------------------------------------------------- */

/* ---- layers ---------------------------------------------------------------------------------- */

/* layer: MaxUnpool, 2 x 2 x 2 to 2 x 5 x 4 */
static void layer_layer(const float *in, const int64_t *places, float *out)
{
    memset(out, 0, 40 * sizeof *out);
    for (int i = 0; i < 8; i++) {
        if (places[i] < 0 || places[i] >= 32)
            continue;
        int rest = (int)places[i], to = 0;
        to += rest % 4 * 1;
        rest /= 4;
        to += rest % 4 * 4;
        rest /= 4;
        to += rest % 2 * 20;
        rest /= 2;
        to += rest % 1 * 40;
        rest /= 1;
        (void)rest;
        out[to] = in[i];
    }
}

/* ---- the forward pass ------------------------------------------------------------------------ */

void net(const float *input_0, const int64_t *input_1, float *output)
{
    layer_layer(input_0, input_1, output);
}
