/*
 * net.c - made by cnnc 0.1.0 from sample.cnn. Do not edit.
 *
 *   layer                    what                               gives               multiply-adds   kept in memory
 *   layer                    MaxPoolingIndices                  2 x 2 x 2 x 3                   0   the output
 *
 *   weights 0 bytes, arena 0 bytes (lower bound 0), 0 multiply-adds
 */
#include "net.h"

#include <math.h>
#include <stdint.h>

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

/* The taps [*first, *last) of a window of `taps` at position `at` that lie in [0, size). */
INLINE void inside(int at, int taps, int dilation, int size, int *first, int *last)
{
    const int reach = at < size ? (size - 1 - at) / dilation + 1 : 0;
    *first = at >= 0 ? 0 : (dilation - 1 - at) / dilation;
    *last = reach < taps ? reach : taps;
    *last = *last < *first ? *first : *last;
}

/* ---- layers ---------------------------------------------------------------------------------- */

/* layer: MaxPoolingIndices, 2 x 4 x 4 x 3 to 2 x 2 x 2 x 3 */
/* The places are those in the whole tensor with the channels before the rows. */
static void layer_layer(const float *in, float *out, int64_t *places)
{
    for (int picture = 0; picture < 1; picture++, in += 96)
    for (int z = 0; z < 2; z++)
        for (int y = 0; y < 2; y++)
            for (int x = 0; x < 2; x++) {
                const int at[3] = { z * 1 - 0, y * 2 - 0, x * 2 - 0 };
                int z0, z1, v0, v1, h0, h1;
                inside(at[0], 1, 1, 2, &z0, &z1);
                inside(at[1], 2, 1, 4, &v0, &v1);
                inside(at[2], 2, 1, 4, &h0, &h1);
                for (int k = 0; k < 3; k++) {
                    float most = -INFINITY;
                    int64_t place = 0;
                    for (int kz = z0; kz < z1; kz++)
                        for (int ky = v0; ky < v1; ky++)
                            for (int kx = h0; kx < h1; kx++) {
                                const float a = in[(((at[0] + kz * 1) * 4 + at[1] + ky * 1) * 4 + at[2] + kx * 1) * 3 + k];
                                if ((kz > z0 || ky > v0 || kx > h0) && !(a > most))
                                    continue;
                                most = a > most ? a : most;
                                place = ((at[0] + kz * 1) * 4 + at[1] + ky * 1) * 4 + at[2] + kx * 1;
                            }
                    out[(((picture * 2 + z) * 2 + y) * 2 + x) * 3 + k] = most;
                    places[(((picture * 2 + z) * 2 + y) * 2 + x) * 3 + k] = ((int64_t)picture * 3 + k) * 32 + place;
                }
            }
}

/* ---- the forward pass ------------------------------------------------------------------------ */

void net(const float *input, float *output_0, int64_t *output_1)
{
    layer_layer(input, output_0, output_1);
}
