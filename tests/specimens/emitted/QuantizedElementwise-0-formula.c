/*
 * net.c - made by cnnc 0.1.0 from sample.cnn. Do not edit.
 *
 *   layer                    what                               gives               multiply-adds   kept in memory
 *   layer                    QuantizedElementwise               77                              0   the output
 *
 *   weights 10 bytes, arena 0 bytes (lower bound 0), 0 multiply-adds
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

/* ---- weights --------------------------------------------------------------------------------- */

static const float x1_values[1] = {
    0.02f
};

static const uint8_t x2_values[1] = {
    117
};

static const float x6_values[1] = {
    0.01f
};

static const uint8_t x7_values[1] = {
    3
};

/* ---- kernels --------------------------------------------------------------------------------- */

/*
 * The nearest integer, ties to the even one, plus zero, saturated. 1.5 * 2^23 leaves no bits for a
 * fraction: adding it rounds.
 */
INLINE uint8_t to_uint8(float v, int zero)
{
    const float low = (float)(0 - zero), high = (float)(255 - zero);
    const float within = v > low ? v < high ? v : high : low;
#if defined __FLT_EVAL_METHOD__ && __FLT_EVAL_METHOD__ == 0
    union { float f; int32_t i; } shifted;
    shifted.f = within + 12582912.0f;
    return (uint8_t)(shifted.i - 0x4b400000 + zero);
#else
    return (uint8_t)((int)rintf(within) + zero);
#endif
}

/* ---- layers ---------------------------------------------------------------------------------- */

/* layer: QuantizedElementwise, 77 to 77 */
static int layer_rows(const uint8_t *first, const float *a_scale, const uint8_t *a_zero, const float *scale, const uint8_t *zero, uint8_t *out, int y0, int y1)
{
    for (int y = y0; y < y1; y++) {
        const uint8_t *left = first + 0;
        uint8_t *to = out + 0;
        for (int k = 0; k < 77; k++) {
            const float a = (float)(left[k] - a_zero[0]) * a_scale[0];
            const float v = tanhf(a);
            to[k] = to_uint8(v / scale[0], zero[0]);
        }
    }
    return y1 > y0 ? y1 : y0;
}

/* ---- the forward pass ------------------------------------------------------------------------ */

void net(const uint8_t *input, uint8_t *output)
{
    layer_rows(input, x1_values, x2_values, x6_values, x7_values, output, 0, 1);
}
