/*
 * net.c - made by cnnc 0.1.0 from sample.cnn. Do not edit.
 *
 *   layer                    what                               gives               multiply-adds   kept in memory
 *   output                   Copy                               scalar                          0   the output
 *
 *   weights 8 bytes, arena 0 bytes (lower bound 0), 0 multiply-adds
 */
#include "net.h"

#include <stdint.h>

/* ---- weights --------------------------------------------------------------------------------- */

static const int64_t layer_values[1] = {
    6
};

/* ---- kernels --------------------------------------------------------------------------------- */

/* ---- layers ---------------------------------------------------------------------------------- */

/* output: Copy, scalar to scalar */
static void output_layer(const int64_t *in, int64_t *out)
{
    for (int i0 = 0; i0 < 1; i0++)
    {
        const int64_t a = in[0];
        out[0] = (int64_t)(a);
    }
}

/* ---- the forward pass ------------------------------------------------------------------------ */

void net(const float *input, int64_t *output)
{
    (void)input;
    output_layer(layer_values, output);
}
