/*
 * net.c - made by cnnc 0.1.0 from sample.cnn. Do not edit.
 *
 *   layer                    what                               gives               multiply-adds   kept in memory
 *   layer                    QuantizeLinear                     77                              0   the output
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

/* layer: QuantizeLinear, 77 to 77 */
static void layer_layer(const float *in, const float *scale, uint8_t *out)
{
    for (int i = 0; i < 77; i++)
        out[i] = to_uint8(in[i] / scale[0], 0);
}

/* ---- the forward pass ------------------------------------------------------------------------ */

void net(const float *input_0, const float *input_1, uint8_t *output)
{
    layer_layer(input_0, input_1, output);
}
