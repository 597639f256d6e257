/*
 * net.c - made by cnnc 0.1.0 from sample.cnn. Do not edit.
 *
 *   layer                    what                               gives               multiply-adds   kept in memory
 *   layer                    ScatterND                          3 x 4                           0   the output
 *
 *   weights 48 bytes, arena 0 bytes (lower bound 0), 0 multiply-adds
 */
#include "net.h"

#include <stdint.h>
#include <string.h>

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

/*
 * Index i of n values, counted from the end where it is negative; one that is out of range becomes
 * the nearest there is.
 */
INLINE int index_within(int i, int n)
{
    if (i < 0)
        i += n;
    return i < 0 ? 0 : i < n ? i : n - 1;
}

/* ---- weights --------------------------------------------------------------------------------- */

static const int64_t x1_values[6] = {
    0, 0, 0, 0, 0, 0
};

/* ---- kernels --------------------------------------------------------------------------------- */

/* ---- layers ---------------------------------------------------------------------------------- */

/* layer: ScatterND, 3 x 4 to 3 x 4 */
static void layer_layer(const float *in, const int64_t *index, const float *updates, float *out)
{
    memcpy(out, in, 12 * sizeof *out);
    for (int b = 0; b < 1; b++)
        for (int i = 0; i < 2; i++, index += 3, updates += 1) {
            int where = b;
            where = where * 1 + index_within((int)index[0], 1);
            where = where * 3 + index_within((int)index[1], 3);
            where = where * 4 + index_within((int)index[2], 4);
            for (int k = 0; k < 1; k++) {
                float *at = out + where * 1 + k;
                const float update = updates[k];
                *at = update;
            }
        }
}

/* ---- the forward pass ------------------------------------------------------------------------ */

void net(const float *input_0, const float *input_1, float *output)
{
    layer_layer(input_0, x1_values, input_1, output);
}
