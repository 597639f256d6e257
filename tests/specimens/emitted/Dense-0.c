/*
 * net.c - made by cnnc 0.1.0 from sample.cnn. Do not edit.
 *
 *   layer                    what                               gives               multiply-adds   kept in memory
 *   layer                    Dense                              5                              85   the output
 *
 *   weights 576 bytes, arena 0 bytes (lower bound 0), 85 multiply-adds
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

/* And vectors of at most eight lanes, for the last channels of a layer. */
enum { LANES8 = LANES < 8 ? LANES : 8 };
#ifdef VECTORS
typedef float vec8 __attribute__((vector_size(4 * LANES8), aligned(4), may_alias));
#else
typedef struct { float f[LANES8]; } vec8;
#endif

#ifdef VECTORS
INLINE vec8 load8(const float *p) { return *(const vec8 *)p; }
#else
INLINE vec8 load8(const float *p) { vec8 a; memcpy(&a, p, sizeof a); return a; }
#endif

#ifdef VECTORS
INLINE void store8(float *p, vec8 a) { *(vec8 *)p = a; }
#else
INLINE void store8(float *p, vec8 a) { memcpy(p, &a, sizeof a); }
#endif

INLINE void store_part8(float *p, vec8 a, int n)
{
    float f[LANES8];
    store8(f, a);
    for (int i = 0; i < n; i++)
        p[i] = f[i];
}

INLINE vec8 set8(float x)
{
    float f[LANES8];
    for (int i = 0; i < LANES8; i++)
        f[i] = x;
    return load8(f);
}

#ifdef VECTORS
INLINE vec8 add8(vec8 a, vec8 b) { return a + b; }
#else
INLINE vec8 add8(vec8 a, vec8 b) { for (int i = 0; i < LANES8; i++) a.f[i] += b.f[i]; return a; }
#endif

#ifdef VECTORS
INLINE vec8 mul_add8(vec8 a, float x, vec8 b) { return a + x * b; }
#else
INLINE vec8 mul_add8(vec8 a, float x, vec8 b) { for (int i = 0; i < LANES8; i++) a.f[i] += x * b.f[i]; return a; }
#endif

/* ---- weights -------------------------------------------------------------------------------------- */

static const float layer_w[136] = {
    0.72566617f, 0.24867453f, -0.054754734f, 0.37117967f, -0.23248199f, 0.0f, 0.0f, 0.0f,
    -0.33450535f, -0.8439106f, 0.19465578f, 0.3715978f, -0.6281165f, 0.0f, 0.0f, 0.0f,
    -0.08030717f, -0.37974852f, 0.39091235f, 0.84018314f, 0.032340556f, 0.0f, 0.0f, 0.0f,
    -0.8597988f, -0.26348203f, -0.14714324f, -0.18038252f, 0.5581565f, 0.0f, 0.0f, 0.0f,
    -0.018958509f, 0.25677067f, -0.53742343f, 0.19990474f, 0.1716429f, 0.0f, 0.0f, 0.0f,
    -0.025808003f, -0.32208145f, 0.19251376f, 0.38716194f, 0.19477504f, 0.0f, 0.0f, 0.0f,
    -0.34283346f, -0.25986165f, 0.15023458f, 0.55540526f, -0.39410612f, 0.0f, 0.0f, 0.0f,
    0.19681746f, -0.48309338f, 0.26368165f, 0.5057095f, -0.5218674f, 0.0f, 0.0f, 0.0f,
    0.31784722f, 0.18875256f, -0.5824055f, -0.33327588f, 0.24347034f, 0.0f, 0.0f, 0.0f,
    0.6796124f, 0.5944691f, -0.67469656f, 0.49243024f, -0.753435f, 0.0f, 0.0f, 0.0f,
    -0.27987555f, 0.19448227f, -0.22857705f, 0.038128257f, 0.50604665f, 0.0f, 0.0f, 0.0f,
    -0.7663803f, -0.6770861f, 0.050169468f, 0.35822088f, 0.45960918f, 0.0f, 0.0f, 0.0f,
    -0.137777f, -0.05899021f, 0.67704636f, 0.43582615f, -0.3857793f, 0.0f, 0.0f, 0.0f,
    0.3854286f, 0.5207579f, 0.638735f, 0.008354038f, -0.50784516f, 0.0f, 0.0f, 0.0f,
    0.028148621f, -0.5988723f, -0.037180126f, -0.9224243f, 0.2729726f, 0.0f, 0.0f, 0.0f,
    0.8164885f, 0.568938f, 0.10443504f, -0.033438146f, 0.25392798f, 0.0f, 0.0f, 0.0f,
    0.5030594f, -0.3681345f, -0.00070914626f, -0.44061938f, -0.14961424f, 0.0f, 0.0f, 0.0f
};

static const float layer_bias[8] = {
    0.16319513f, -0.28554755f, 0.078496635f, 0.33157527f, -0.31610864f, 0.0f, 0.0f, 0.0f
};

/* ---- kernels ---------------------------------------------------------------------------------------- */

/* What a kernel applies to its sums before it stores them. */
enum { NONE };

INLINE vec8 epilogue8(int then, vec8 v, const float *from, int n)
{
    (void)from;
    (void)n;
    switch (then) {
    default:
        break;
    }
    return v;
}

/* Stores the first n of a vector's lanes, the epilogue8 applied; `other` is what a binary epilogue8 reads. */
INLINE void finish8(float *out, vec8 v, int n, int then, const float *other)
{
    if (n < LANES8)
        store_part8(out, epilogue8(then, v, other, n), n);
    else
        store8(out, epilogue8(then, v, other, LANES8));
}

/* One block of outputs of w in + bias; w: [input][block]. */
INLINE void dense_block8(const float *in, int inputs, int vecs, int block, const float *w, const float *bias, float *out,
                        int outs, int then, const float *other)
{
    vec8 sum[4][32 / LANES8];
    const int fours = inputs / 4 * 4;
    UNROLL for (int v = 0; v < vecs; v++) {
        sum[0][v] = load8(bias + v * LANES8);
        sum[1][v] = sum[2][v] = sum[3][v] = set8(0.0f);
    }
    for (int i = 0; i < fours; i += 4)
        UNROLL for (int j = 0; j < 4; j++)
            UNROLL for (int v = 0; v < vecs; v++)
                sum[j][v] = mul_add8(sum[j][v], in[i + j], load8(w + (i + j) * block + v * LANES8));
    for (int i = fours; i < inputs; i++)
        UNROLL for (int v = 0; v < vecs; v++)
            sum[0][v] = mul_add8(sum[0][v], in[i], load8(w + i * block + v * LANES8));
    UNROLL for (int v = 0; v < vecs; v++)
        finish8(out + v * LANES8, add8(add8(sum[0][v], sum[1][v]), add8(sum[2][v], sum[3][v])), outs - v * LANES8, then, other + v * LANES8);
}

/* ---- layers ----------------------------------------------------------------------------------------- */

/* layer: Dense, 17 to 5 */
static void layer_layer(const float *in, const float *w, const float *b, float *out)
{
        dense_block8(in, 17, (5 + LANES8 - 1) / LANES8, 8, w + 0 * 17, b + 0, out + 0, 5, NONE, out + 0);
}

/* ---- the forward pass ----------------------------------------------------------------------------- */

void net(const float *input, float *output)
{
    layer_layer(input, layer_w, layer_bias, output);
}
