/*
 * net.c - made by cnnc 0.1.0 from sample.cnn. Do not edit.
 *
 *   layer                    what                               gives               multiply-adds   kept in memory
 *   layer                    IntegerMatMul                      5                             105   the output
 *
 *   weights 36 bytes, arena 0 bytes (lower bound 0), 105 multiply-adds
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

static const int8_t x1_values[35] = {
    -11, -121, -59, 28, 58, -50, -26, 85,
    -108, -23, 121, -111, -111, 1, -66, 91,
    -36, -37, -95, 119, 69, -125, 45, -15,
    -78, 110, 67, -31, 109, -127, 43, 119,
    21, 99, -96
};

static const uint8_t x2_values[1] = {
    99
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

/* layer: IntegerMatMul, 7 to 5 */
static void layer_layer(const uint8_t *first, const int8_t *second, const uint8_t *a_zero, int32_t *out)
{
    for (int r = 0, m = 0; m < 1; r = r + 1 < 3 ? r + 1 : 0, m += r == 0, out += 5) {
        const uint8_t *row = first + r * 7;
        const int8_t *b = second;
        const int in_zero = a_zero[0];
        {
            const int k = 0;
            int32_t sum[5] = { 0 };
            sums_of_uint8_int8(row, in_zero, 7, b + k, 5, 5, sum);
            for (int i = 0; i < 5; i++) {
                const int32_t total = sum[i];
                out[k + i] = total;
            }
        }
    }
}

/* ---- the forward pass ------------------------------------------------------------------------ */

void net(const uint8_t *input, int32_t *output)
{
    layer_layer(input, x1_values, x2_values, output);
}
