/*
 * net.c - made by cnnc 0.1.0 from sample.cnn. Do not edit.
 *
 *   layer                    what                               gives               multiply-adds   kept in memory
 *   layer                    Col2Im                             3 x 4 x 4                       0   the output
 *
 *   weights 0 bytes, arena 0 bytes (lower bound 0), 0 multiply-adds
 */
#include "net.h"

#include <string.h>

/* ---- kernels --------------------------------------------------------------------------------- */

/* ---- layers ---------------------------------------------------------------------------------- */

/* layer: Col2Im, 12 x 9 to 3 x 4 x 4 */
static void layer_layer(const float *in, float *out)
{
    memset(out, 0, 96 * sizeof *out);
    for (int plane = 0; plane < 6; plane++, out += 16)
        for (int tap = 0; tap < 4; tap++)
            for (int window = 0; window < 9; window++, in++) {
                int at, t = tap, w = window, to = 0;
                at = w % 3 * 1 - 0 + t % 2 * 1;
                if (at < 0 || at >= 4)
                    continue;
                to += at * 1;
                t /= 2;
                w /= 3;
                at = w % 3 * 1 - 0 + t % 2 * 1;
                if (at < 0 || at >= 4)
                    continue;
                to += at * 4;
                t /= 2;
                w /= 3;
                (void)t;
                (void)w;
                out[to] += *in;
            }
}

/* ---- the forward pass ------------------------------------------------------------------------ */

void net(const float *input, float *output)
{
    layer_layer(input, output);
}
