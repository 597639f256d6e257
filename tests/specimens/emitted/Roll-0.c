/*
 * net.c - made by cnnc 0.1.0 from sample.cnn. Do not edit.
 *
 *   layer                    what                               gives               multiply-adds   kept in memory
 *   layer                    Slice                              3 x 4 x 2                       0   all
 *   layer_1                  Slice                              2 x 4 x 2                       0   all
 *   layer_2                  Concatenate                        5 x 4 x 2                       0   the output
 *
 *   weights 0 bytes, arena 192 bytes (lower bound 192), 0 multiply-adds
 */
#include "net.h"

#include <string.h>

/* ---- memory ---------------------------------------------------------------------------------- */

/* Every activation lives here; those that are not alive at one time share memory. */
#ifdef __GNUC__
__attribute__((aligned(64)))
#endif
static float arena[48];

/* Where the first pixel of each result lies, in floats; those by rows keep the last few of them. */
enum {
    AT_LAYER = 0,    /* 3 x 4 x 2 */
    AT_LAYER_1 = 32,    /* 2 x 4 x 2 */
    ARENA_END = 48
};

/* ---- kernels --------------------------------------------------------------------------------- */

/* ---- layers ---------------------------------------------------------------------------------- */

/* layer: Slice, 5 x 4 x 2 to 3 x 4 x 2 */
static int layer_rows(const float *in, float *out, int y0, int y1)
{
    for (int y = y0; y < y1; y++) {
        const float *from = in + y * 8;
        float *to = out + y * 8;
        memcpy(to, from, 8 * sizeof *to);
    }
    return y1 > y0 ? y1 : y0;
}

/* layer_1: Slice, 5 x 4 x 2 to 2 x 4 x 2 */
static int layer_1_rows(const float *in, float *out, int y0, int y1)
{
    for (int y = y0; y < y1; y++) {
        const float *from = in + (y + 3) * 8;
        float *to = out + y * 8;
        memcpy(to, from, 8 * sizeof *to);
    }
    return y1 > y0 ? y1 : y0;
}

/* layer_2: Concatenate, 2 x 4 x 2 to 5 x 4 x 2 */
static void layer_2_layer(const float *in0, const float *in1, float *out)
{
    memcpy(out, in0, 16 * sizeof *out);
    memcpy(out + 16, in1, 24 * sizeof *out);
}

/* ---- the forward pass ------------------------------------------------------------------------ */

void net(const float *input, float *output)
{
    layer_rows(input, arena + AT_LAYER, 0, 3);
    layer_1_rows(input, arena + AT_LAYER_1, 0, 2);
    layer_2_layer(arena + AT_LAYER_1, arena + AT_LAYER, output);
}
