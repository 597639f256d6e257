/*
 * net.c - made by cnnc 0.1.0 from sample.cnn. Do not edit.
 *
 *   layer                    what                               gives               multiply-adds   kept in memory
 *   layer                    MaxRoiPool                         3 x 2 x 3                       0   the output
 *
 *   weights 0 bytes, arena 0 bytes (lower bound 0), 0 multiply-adds
 */
#include "net.h"

#include <math.h>

/* ---- the machine ----------------------------------------------------------------------------- */

/*
 * GNU vectors, but where float is computed in a wider type (x87, s390x as C99): a scalar of that
 * type multiplies no vector.
 */
#if defined __GNUC__ && (!defined __FLT_EVAL_METHOD__ || __FLT_EVAL_METHOD__ == 0)
#define VECTORS
#endif

/*
 * LANES floats fill a register; TILE registers hold the sums of a tile of at most MOST_PIXELS
 * pixels.
 */
#if defined VECTORS && defined __AVX512F__
enum { LANES = 16, TILE = 28, MOST_PIXELS = 14 };
#elif defined VECTORS && defined __AVX__
enum { LANES = 8, TILE = 12, MOST_PIXELS = 6 };
#elif defined VECTORS && defined __ARM_NEON
enum { LANES = 4, TILE = 24, MOST_PIXELS = 6 };
#elif defined VECTORS
enum { LANES = 4, TILE = 12, MOST_PIXELS = 4 };
#else
enum { LANES = 4, TILE = 8, MOST_PIXELS = 2 };
#endif

#if defined __clang__
#define INLINE static inline __attribute__((always_inline))
#define UNROLL _Pragma("clang loop unroll(full)")
#elif defined __GNUC__
#define INLINE static inline __attribute__((always_inline))
#define UNROLL _Pragma("GCC unroll 16")
/*
 * gcc 12 takes some layers for functions without effect where it knows all addresses, and drops
 * them: without these passes it cannot.
 */
#pragma GCC optimize("no-ipa-pure-const", "no-ipa-modref", "no-ipa-cp")
#ifndef __cplusplus
#pragma GCC optimize("fp-contract=fast")
#endif
#else
#define INLINE static inline
#define UNROLL
#endif
#ifdef __GNUC__
#define FEW(n) (__builtin_constant_p(n) && (n) <= 16)
#else
#define FEW(n) 0
#endif

#ifdef VECTORS
typedef float vec __attribute__((vector_size(4 * LANES), aligned(4), may_alias));
#else
typedef struct { float f[LANES]; } vec;
#endif

/* ---- kernels --------------------------------------------------------------------------------- */

/* Where part i of `parts` of [first, last] begins or, `end` 1, ends; within [0, size]. */
INLINE int part_of(float first, float last, int i, int end, int parts, int size)
{
    const float length = last - first + 1.0f > 1.0f ? last - first + 1.0f : 1.0f,
        at = (float)(i + end) * (length / (float)parts);
    const float x = (end ? ceilf(at) : floorf(at)) + first;
    return x > 0.0f ? (x < (float)size ? (int)x : size) : 0;
}

/* ---- layers ---------------------------------------------------------------------------------- */

/* layer: MaxRoiPool, 3 x 7 x 8 to 3 x 2 x 3 */
static void layer_layer(const float *in, const float *regions, float *out)
{
    for (int r = 0; r < 3; r++, regions += 5)
        for (int k = 0; k < 3; k++)
            for (int y = 0; y < 2; y++)
                for (int x = 0; x < 3; x++) {
                    const float left = roundf(regions[1] * 6.0f),
                        top = roundf(regions[2] * 6.0f);
                    const float right = roundf(regions[3] * 6.0f),
                        bottom = roundf(regions[4] * 6.0f);
                    const int y0 = part_of(top, bottom, y, 0, 2, 7),
                        y1 = part_of(top, bottom, y, 1, 2, 7);
                    const int x0 = part_of(left, right, x, 0, 3, 8),
                        x1 = part_of(left, right, x, 1, 3, 8);
                    const int there = regions[0] >= 0.0f && regions[0] < 2.0f && y0 < y1 && x0 < x1;
                    const float *plane = in + ((there ? (int)regions[0] : 0) * 3 + k) * 56;
                    float most = there ? plane[y0 * 8 + x0] : 0.0f;
                    for (int v = y0; there && v < y1; v++)
                        for (int h = x0; h < x1; h++)
                            most = plane[v * 8 + h] > most ? plane[v * 8 + h] : most;
                    *out++ = most;
                }
}

/* ---- the forward pass ------------------------------------------------------------------------ */

void net(const float *input_0, const float *input_1, float *output)
{
    layer_layer(input_0, input_1, output);
}
