/*
 * net.c - made by cnnc 0.1.0 from sample.cnn. Do not edit.
 *
 *   layer                    what                               gives               multiply-adds   kept in memory
 *   layer                    DepthwiseConv2D                    3 x 3 x 8                     432   the output
 *
 *   weights 224 bytes, arena 0 bytes (lower bound 0), 432 multiply-adds
 */
#include "net.h"

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

#ifdef VECTORS
INLINE vec load(const float *p) { return *(const vec *)p; }
#else
INLINE vec load(const float *p) { vec a; memcpy(&a, p, sizeof a); return a; }
#endif

#ifdef VECTORS
INLINE void store(float *p, vec a) { *(vec *)p = a; }
#else
INLINE void store(float *p, vec a) { memcpy(p, &a, sizeof a); }
#endif

/* The first n lanes; the others are zero. */
INLINE vec load_part(const float *p, int n)
{
    float f[LANES] = { 0.0f };
    for (int i = 0; i < n; i++)
        f[i] = p[i];
    return load(f);
}

INLINE void store_part(float *p, vec a, int n)
{
    float f[LANES];
    store(f, a);
    for (int i = 0; i < n; i++)
        p[i] = f[i];
}

/* ---- weights --------------------------------------------------------------------------------- */

static const float x1_values[48] = {
    0.6008313f, 0.52424955f, -1.0623035f, 1.1663451f, -0.8209586f, 0.5298102f, -1.6515658f, 0.35736966f,
    -0.16846418f, 1.9359682f, -0.72053814f, -0.4026296f, -0.5654745f, 1.8598092f, -0.73995304f, 0.2063086f,
    0.90873027f, -0.39376545f, -0.88613844f, -1.4393399f, -1.0453067f, -0.98082805f, 0.7868109f, 0.18201017f,
    1.5101659f, -0.8426664f, -1.5385568f, 1.6546643f, 0.6850071f, 1.2703412f, 0.6402428f, -0.8302913f,
    -0.16609502f, 0.078287125f, 0.16306329f, -0.872875f, 1.9938507f, -0.12534976f, -1.5258298f, 1.1857412f,
    1.6186659f, -1.9069514f, 0.30424547f, 0.8169298f, 0.568522f, -0.7533314f, 1.219976f, 1.382932f
};

static const float layer_bias[8] = {
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f
};

/* ---- kernels --------------------------------------------------------------------------------- */

/* What a kernel applies to its sums before it stores them. */
enum { NONE };

INLINE vec epilogue(int then, vec v, const float *from, int n)
{
    (void)from;
    (void)n;
    switch (then) {
    default:
        break;
    }
    return v;
}

/*
 * Stores the first n of a vector's lanes, the epilogue applied; `other` is what a binary epilogue
 * reads.
 */
INLINE void finish(float *out, vec v, int n, int then, const float *other)
{
    if (n < LANES)
        store_part(out, epilogue(then, v, other, n), n);
    else
        store(out, epilogue(then, v, other, LANES));
}

/* ---- layers ---------------------------------------------------------------------------------- */

/* layer: DepthwiseConv2D, 7 x 6 x 4 to 3 x 3 x 8 */
static int layer_rows(const float *in, const float *w, const float *b, float *out, int y0, int y1)
{
    for (int y = y0; y < y1; y++)
        for (int x = 0; x < 3; x++) {
            float sum[8];
            memcpy(sum, b, sizeof sum);
            for (int ky = 0; ky < 3; ky++) {
                const int from = y * 2 + ky * 1 - 0;
                if (from < 0 || from >= 7)
                    continue;
                for (int kx = 0; kx < 2; kx++) {
                    const float *pixel = in + from * 24 + (x * 2 + kx * 1 - 0) * 4;
                    for (int k = 0; k < 8; k++)
                        sum[k] += pixel[k / 2] * w[(ky * 2 + kx) * 8 + k];
                }
            }
            for (int k = 0; k < 8; k += LANES) {
                const int n = 8 - k < LANES ? 8 - k : LANES;
                finish(out + y * 24 + x * 8 + k, n < LANES ? load_part(sum + k, n) : load(sum + k), n,
                       NONE, out + y * 24 + x * 8 + k);
            }
        }
    return y1 > y0 ? y1 : y0;
}

/* ---- the forward pass ------------------------------------------------------------------------ */

void net(const float *input, float *output)
{
    layer_rows(input, x1_values, layer_bias, output, 0, 3);
}
