/*
 * net.c - made by cnnc 0.1.0 from sample.cnn. Do not edit.
 *
 *   layer                    what                               gives               multiply-adds   kept in memory
 *   layer                    BatchNormalization                 5 x 4 x 19                      0   the output
 *
 *   weights 152 bytes, arena 0 bytes (lower bound 0), 0 multiply-adds
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

#ifdef VECTORS
INLINE vec mul_add_vec(vec a, vec b, vec c) { return a + b * c; }
#else
INLINE vec mul_add_vec(vec a, vec b, vec c) { for (int i = 0; i < LANES; i++) a.f[i] += b.f[i]
                                             * c.f[i]; return a; }
#endif

/* ---- weights --------------------------------------------------------------------------------- */

static const float layer_scale[19] = {
    0.5695211f, 0.90747005f, 1.4977745f, 0.6284311f, 0.72333866f, 1.1905249f, 0.7763382f, 0.725561f,
    0.8895154f, 1.1352689f, 0.6687476f, 0.7811481f, 1.201817f, 0.7042422f, 1.2256625f, 1.117041f,
    0.7500998f, 0.62701714f, 0.95661277f
};

static const float layer_shift[19] = {
    -0.26476938f, -0.24407494f, 0.6148041f, 0.062094968f, -0.6683614f, 0.27366725f, -0.12240835f, -0.5075322f,
    -0.23754352f, 0.20961998f, -0.26791567f, -0.07748285f, 0.36857697f, 0.54959524f, 0.3746726f, -0.49550292f,
    -0.5207218f, 0.2854971f, -0.21470787f
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

/* layer: BatchNormalization, 5 x 4 x 19 to 5 x 4 x 19 */
static int layer_rows(const float *in, const float *factors, const float *shifts, float *out, int y0,
    int y1)
{
    for (int y = y0; y < y1; y++) {
        const float *from = in + y * 76;
        float *to = out + y * 76;
        const float *b = to;
        for (int x = 0; x < 4; x++, from += 19, to += 19, b += 19)
            for (int k = 0; k < 19; k += LANES) {
                const int n = 19 - k < LANES ? 19 - k : LANES;
                if (n == LANES)
                    finish(to + k, mul_add_vec(load(shifts + k), load(from + k), load(factors + k)),
                           LANES, NONE, b + k);
                else
                    finish(to + k, mul_add_vec(load_part(shifts + k, n), load_part(from + k, n),
                                               load_part(factors + k, n)), n, NONE, b + k);
            }
    }
    return y1 > y0 ? y1 : y0;
}

/* ---- the forward pass ------------------------------------------------------------------------ */

void net(const float *input, float *output)
{
    layer_rows(input, layer_scale, layer_shift, output, 0, 5);
}
