/*
 * net.c - made by cnnc 0.1.0 from sample.cnn. Do not edit.
 *
 *   layer                    what                               gives               multiply-adds   kept in memory
 *   output                   Copy                               6                               0   the output
 *
 *   weights 96 bytes, arena 0 bytes (lower bound 0), 0 multiply-adds
 */
#include "net.h"

#include <stdint.h>

/* ---- weights -------------------------------------------------------------------------------------- */

static const int64_t layer_places[12] = {
    0, 0, 1, 2, 2, 2, 1, 3,
    0, 0, 1, 3
};

/* ---- kernels ---------------------------------------------------------------------------------------- */

/* ---- layers ----------------------------------------------------------------------------------------- */

/* output: Copy, 6 to 6 */
static void output_layer(const int64_t *in, int64_t *out)
{
    for (int i0 = 0; i0 < 12; i0++)
    {
        const int64_t a = in[i0];
        out[i0] = (int64_t)(a);
    }
}

/* ---- the forward pass ----------------------------------------------------------------------------- */

void net(int64_t *output)
{
    output_layer(layer_places, output);
}
