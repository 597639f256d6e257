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

/* ---- weights -------------------------------------------------------------------------------------- */

static const float x1_values[48] = {
    1.1152606f, -0.090762615f, 1.5379579f, -1.7320285f, -0.60457397f, -0.23853779f, -0.037015915f, 0.75213027f,
    -0.43141174f, -0.5724757f, 0.7912438f, -0.50007296f, 0.7432425f, 0.26877594f, -0.5339632f, 1.0754173f,
    0.93699145f, -0.35729814f, -1.5369272f, -1.2557664f, -1.9208455f, 1.8011692f, -0.5567157f, -1.6727884f,
    1.6135304f, -1.2796218f, -0.41581202f, 0.33657932f, -1.7632439f, 0.07560372f, 1.8018682f, 0.85351324f,
    0.0004646778f, -0.6321304f, 1.8738077f, 1.9784293f, 0.5647836f, 0.12489629f, 1.4903958f, 1.1461036f,
    -0.03818345f, -0.074465275f, -1.758867f, -1.2197471f, 0.08553004f, -1.2776883f, -0.9841535f, 0.5439651f
};

static const float layer_bias[8] = {
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f
};

/* ---- kernels ---------------------------------------------------------------------------------------- */

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

/* Stores the first n of a vector's lanes, the epilogue applied; `other` is what a binary epilogue reads. */
INLINE void finish(float *out, vec v, int n, int then, const float *other)
{
    if (n < LANES)
        store_part(out, epilogue(then, v, other, n), n);
    else
        store(out, epilogue(then, v, other, LANES));
}

/* ---- layers ----------------------------------------------------------------------------------------- */

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
                finish(out + y * 24 + x * 8 + k, n < LANES ? load_part(sum + k, n) : load(sum + k), n, NONE, out + y * 24 + x * 8 + k);
            }
        }
    return y1 > y0 ? y1 : y0;
}

/* ---- the forward pass ----------------------------------------------------------------------------- */

void net(const float *input, float *output)
{
    layer_rows(input, x1_values, layer_bias, output, 0, 3);
}
