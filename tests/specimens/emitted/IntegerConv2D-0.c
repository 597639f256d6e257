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

/* ---- the machine --------------------------------------------------------------------------------- */

/* GNU vectors, but where float is computed in a wider type (x87, s390x as C99): a scalar of that type multiplies no vector. */
#if defined __GNUC__ && (!defined __FLT_EVAL_METHOD__ || __FLT_EVAL_METHOD__ == 0)
#define VECTORS
#endif

/* LANES floats fill a register; TILE registers hold the sums of a tile of at most MOST_PIXELS pixels. */
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
/* gcc 12 takes some layers for functions without effect where it knows all addresses, and drops them: without these passes it cannot. */
#pragma GCC optimize("no-ipa-pure-const", "no-ipa-modref", "no-ipa-cp")
#ifndef __cplusplus
#pragma GCC optimize("fp-contract=fast")
#endif
#else
#define INLINE static inline
#define UNROLL
#endif

#ifdef VECTORS
typedef float vec __attribute__((vector_size(4 * LANES), aligned(4), may_alias));
#else
typedef struct { float f[LANES]; } vec;
#endif

/* ---- weights -------------------------------------------------------------------------------------- */

static const int8_t x1_values[135] = {
    41, -68, 11, -41, -88, -25, -37, -102,
    5, -46, 36, 108, 91, -14, 64, 95,
    -32, -44, -126, -16, -9, 45, 119, -4,
    93, 78, 104, -90, 73, 89, 80, -9,
    -125, 117, 34, 61, -5, -108, 123, -43,
    -124, -18, -87, -65, 101, -99, -5, -2,
    74, -94, 115, -22, -24, 106, -88, -1,
    -101, 8, 30, 114, 75, -60, 39, -1,
    84, -13, 85, -2, 36, -50, -26, -57,
    -57, -27, 47, -44, -67, -95, 30, -78,
    -99, 53, -26, -115, -66, -79, -31, -105,
    110, -127, 101, 108, -54, 98, -98, 74,
    120, -114, 85, 94, 33, -122, 16, -111,
    95, -62, 119, 28, 20, 105, -12, -66,
    56, -34, 72, 90, -85, 119, -70, -59,
    -59, -76, -43, 56, 56, -123, 25, -36,
    24, -115, -49, -95, 91, 68, 19
};

static const uint8_t x2_values[1] = {
    117
};

/* ---- kernels ---------------------------------------------------------------------------------------- */

/* sum[k] += (in[i] - zero) * w[i][k] for `inputs` i and n channels; the rows of w are `row` long. */
INLINE void sums_of_uint8_int8(const uint8_t *in, int zero, int inputs, const int8_t *w, int row, int n, int32_t *sum)
{
    for (int i = 0; i < inputs; i++) {
        const int32_t v = in[i] - zero;
        UNROLL for (int k = 0; k < n; k++)
            sum[k] += v * w[i * row + k];
    }
}

/* ---- layers ----------------------------------------------------------------------------------------- */

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
                        sums_of_uint8_int8(in + iy * 18 + ix * 3, in_zero, 3, w + (ky * 3 + kx) * 15 + k, 5, 5, sum);
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

/* ---- the forward pass ----------------------------------------------------------------------------- */

void net(const uint8_t *input, int32_t *output)
{
    layer_rows(input, x1_values, x2_values, output, 0, 7);
}
