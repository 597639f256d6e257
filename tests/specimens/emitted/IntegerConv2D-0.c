/*
 * net.c - made by cnnc 0.1.0 from sample.cnn. Do not edit.
 *
 *   layer                    what                               gives               multiply-adds   kept in memory
 *   layer                    IntegerConv2D                      7 x 6 x 5                    5670   the output
 *
 *   weights 136 bytes, arena 0 bytes (lower bound 0), 5670 multiply-adds
 */
#include "net.h"

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

/* ---- weights --------------------------------------------------------------------------------- */

static const int8_t x1_values[135] = {
    -111, -102, 83, -52, -37, 42, 35, -92,
    105, -63, 47, 75, 71, -35, -105, 78,
    -80, -112, 27, 24, -101, 46, 63, -13,
    -79, -85, -15, -69, 69, 35, -75, 13,
    125, 33, 88, 116, 83, -63, 81, -101,
    -89, 5, 94, -24, -33, -25, 33, -105,
    -39, -114, 71, -99, 62, -70, 25, 60,
    110, 14, 68, -73, -4, 16, 7, 57,
    17, -37, -38, 59, -117, -60, 24, -70,
    65, 42, 71, -75, -107, 87, -66, -99,
    93, -93, 72, 23, -111, -103, 85, 94,
    57, 58, 3, -31, -92, -91, -43, 80,
    1, -36, -30, -122, 71, -118, 32, 94,
    1, -85, 121, -98, -71, -69, -77, -47,
    -51, 27, -95, 43, -4, 37, 121, 75,
    -91, -126, -44, -98, 16, 116, -68, 98,
    51, 112, 69, 30, 84, 55, -97
};

static const uint8_t x2_values[1] = {
    117
};

/* ---- kernels --------------------------------------------------------------------------------- */

/*
 * sum[k] += (in[i] - zero) * w[i][k] for `inputs` i and n channels; the rows of w are `row` long.
 */
INLINE void sums_of_uint8_int8(const uint8_t *in, int zero, int inputs, const int8_t *w, int row, int n, int32_t *sum)
{
    for (int i = 0; i < inputs; i++) {
        const int32_t v = in[i] - zero;
        UNROLL for (int k = 0; k < n; k++)
            sum[k] += v * w[i * row + k];
    }
}

/* ---- layers ---------------------------------------------------------------------------------- */

/* layer: IntegerConv2D, 7 x 6 x 3 to 7 x 6 x 5 */
static int layer_rows(const uint8_t *in, const int8_t *w, const uint8_t *zero, int32_t *out, int y0, int y1)
{
    const int in_zero = zero[0];
    for (int y = y0; y < y1; y++)
        for (int x = 0; x < 6; x++) {
            for (int k = 0; k < 5; k += 5) {
                int32_t sum[5] = { 0 };
                for (int ky = 0; ky < 3; ky++) {
                    const int iy = y * 1 + ky * 1 - 1;
                    if (iy < 0 || iy >= 7)
                        continue;
                    for (int kx = 0; kx < 3; kx++) {
                        const int ix = x * 1 + kx * 1 - 1;
                        if (ix < 0 || ix >= 6)
                            continue;
                        sums_of_uint8_int8(in + iy * 18 + ix * 3, in_zero, 3, w + (ky * 3 + kx) * 15 + k, 5, 5,
                            sum);
                    }
                }
                for (int i = 0; i < 5; i++) {
                    const int32_t total = sum[i];
                    out[y * 30 + x * 5 + k + i] = total;
                }
            }
        }
    return y1 > y0 ? y1 : y0;
}

/* ---- the forward pass ------------------------------------------------------------------------ */

void net(const uint8_t *input, int32_t *output)
{
    layer_rows(input, x1_values, x2_values, output, 0, 7);
}
