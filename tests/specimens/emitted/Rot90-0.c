/*
 * net.c - made by cnnc 0.1.0 from sample.cnn. Do not edit.
 *
 *   layer                    what                               gives               multiply-adds   kept in memory
 *   layer                    Slice                              3 x 4 x 2                       0   all
 *   layer_1                  Transpose                          4 x 3 x 2                       0   the output
 *
 *   weights 0 bytes, arena 128 bytes (lower bound 128), 0 multiply-adds
 */
#include "net.h"

#include <string.h>

/* ---- memory ---------------------------------------------------------------------------------- */

/* Every activation lives here; those that are not alive at one time share memory. */
#ifdef __GNUC__
__attribute__((aligned(64)))
#endif
static float arena[32];

/* Where the first pixel of each result lies, in floats; those by rows keep the last few of them. */
enum {
    AT_LAYER = 0,    /* 3 x 4 x 2 */
    ARENA_END = 32
};

/* ---- kernels --------------------------------------------------------------------------------- */

/* ---- layers ---------------------------------------------------------------------------------- */

/* layer: Slice, 3 x 4 x 2 to 3 x 4 x 2 */
static int layer_rows(const float *in, float *out, int y0, int y1)
{
    for (int y = y0; y < y1; y++) {
        const float *from = in + y * 8;
        float *to = out + y * 8;
        for (int i0 = 0; i0 < 4; i0++)
            memcpy(to + i0 * 2, from + 6 - i0 * 2, 2 * sizeof *to);
    }
    return y1 > y0 ? y1 : y0;
}

/* layer_1: Transpose, 3 x 4 x 2 to 4 x 3 x 2 */
static int layer_1_rows(const float *in, float *out, int y0, int y1)
{
    for (int y = y0; y < y1; y++) {
        const float *from = in + y * 2;
        float *to = out + y * 6;
        for (int i0 = 0; i0 < 3; i0++)
            memcpy(to + i0 * 2, from + i0 * 8, 2 * sizeof *to);
    }
    return y1 > y0 ? y1 : y0;
}

/* ---- the forward pass ------------------------------------------------------------------------ */

void net(const float *input, float *output)
{
    layer_rows(input, arena + AT_LAYER, 0, 3);
    layer_1_rows(arena + AT_LAYER, output, 0, 4);
}
