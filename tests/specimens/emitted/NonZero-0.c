/*
 * net.c - made by cnnc 0.1.0 from sample.cnn. Do not edit.
 *
 *   layer                    what                               gives               multiply-adds   kept in memory
 *   output                   Copy                               4                               0   the output
 *
 *   weights 64 bytes, arena 0 bytes (lower bound 0), 0 multiply-adds
 */
#include "net.h"

#include <stdint.h>

/* ---- weights --------------------------------------------------------------------------------- */

static const int64_t layer_places[8] = {
    0, 1, 2, 2, 0, 2, 0, 2
};

/* ---- kernels --------------------------------------------------------------------------------- */

/* ---- layers ---------------------------------------------------------------------------------- */

/* output: Copy, 4 to 4 */
static void output_layer(const int64_t *in, int64_t *out)
{
    for (int i0 = 0; i0 < 8; i0++)
    {
        const int64_t a = in[i0];
        out[i0] = (int64_t)(a);
    }
}

/* ---- the forward pass ------------------------------------------------------------------------ */

void net(int64_t *output)
{
    output_layer(layer_places, output);
}
