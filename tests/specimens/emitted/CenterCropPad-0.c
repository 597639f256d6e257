/*
 * net.c - made by cnnc 0.1.0 from sample.cnn. Do not edit.
 *
 *   layer                    what                               gives               multiply-adds   kept in memory
 *   layer                    Slice                              4 x 4 x 3                       0   all
 *   layer_1                  Pad                                4 x 9 x 3                       0   the output
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
    AT_LAYER = 0,    /* 4 x 4 x 3 */
    ARENA_END = 48
};

/* ---- kernels --------------------------------------------------------------------------------- */

/* ---- layers ---------------------------------------------------------------------------------- */

/* layer: Slice, 9 x 4 x 3 to 4 x 4 x 3 */
static int layer_rows(const float *in, float *out, int y0, int y1)
{
    for (int y = y0; y < y1; y++) {
        const float *from = in + (y + 2) * 12;
        float *to = out + y * 12;
        memcpy(to, from, 12 * sizeof *to);
    }
    return y1 > y0 ? y1 : y0;
}

/* layer_1: Pad, 4 x 4 x 3 to 4 x 9 x 3 */
static int layer_1_rows(const float *in, float *out, int y0, int y1)
{
    for (int y = y0; y < y1; y++) {
        float *to = out + y * 27;
        const float *from = in + y * 12;
        memcpy(to + 6, from, 12 * sizeof *to);
        for (int i0 = 0; i0 < 2; i0++)
            for (int i1 = 0; i1 < 3; i1++)
                to[i0 * 3 + i1] = 0.0f;
        for (int i0 = 0; i0 < 3; i0++)
            for (int i1 = 0; i1 < 3; i1++)
                to[18 + i0 * 3 + i1] = 0.0f;
    }
    return y1 > y0 ? y1 : y0;
}

/* ---- the forward pass ------------------------------------------------------------------------ */

void net(const float *input, float *output)
{
    layer_rows(input, arena + AT_LAYER, 0, 4);
    layer_1_rows(arena + AT_LAYER, output, 0, 4);
}
