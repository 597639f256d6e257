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
    0.46558055f, 0.019548435f, -0.11514121f, 0.044104427f, 0.005808927f, 0.0f, 0.0f, 0.0f,
    -0.7398387f, -0.37481767f, 0.46901637f, 0.2865409f, -0.033249334f, 0.0f, 0.0f, 0.0f,
    0.46468073f, -0.9838963f, -0.26808715f, 0.120337784f, -0.24476883f, 0.0f, 0.0f, 0.0f,
    -0.15412334f, 0.64317715f, 0.4860869f, 0.40972796f, 0.43370914f, 0.0f, 0.0f, 0.0f,
    0.6322076f, 0.5316217f, -0.072647825f, 0.62065727f, -0.46232575f, 0.0f, 0.0f, 0.0f,
    -0.15054134f, -0.45384997f, 0.11047876f, 0.4175302f, -0.13105816f, 0.0f, 0.0f, 0.0f,
    -0.6516066f, 0.5462234f, 0.6262405f, 0.61047137f, -0.08414772f, 0.0f, 0.0f, 0.0f,
    0.4640273f, -0.33549684f, 0.22918946f, -0.23479721f, -0.19962278f, 0.0f, 0.0f, 0.0f,
    0.2106547f, 0.4362686f, -0.4647696f, -0.6650963f, 0.27753368f, 0.0f, 0.0f, 0.0f,
    -0.013279706f, 0.33916718f, -0.7740027f, 0.15276256f, -0.31139657f, 0.0f, 0.0f, 0.0f,
    -0.3096095f, 0.03187716f, -0.25767818f, 0.91076624f, -0.43283093f, 0.0f, 0.0f, 0.0f,
    -0.34489202f, -0.4856681f, 0.15193003f, -0.020171642f, 0.37582454f, 0.0f, 0.0f, 0.0f,
    0.1938186f, -0.2535273f, -0.2468738f, 0.53879684f, -0.009230636f, 0.0f, 0.0f, 0.0f,
    -0.07323379f, 0.7033391f, 0.53495175f, -0.66686475f, -0.6382608f, 0.0f, 0.0f, 0.0f,
    -0.5781585f, -0.6323589f, -0.00083875656f, -0.4602221f, 0.44214627f, 0.0f, 0.0f, 0.0f,
    -0.049897045f, 0.19370553f, 0.5625152f, -0.7442869f, -0.085559994f, 0.0f, 0.0f, 0.0f,
    -0.1152536f, 0.12711483f, -0.69840896f, 0.009342402f, -0.35973445f, 0.0f, 0.0f, 0.0f
};

static const float layer_bias[8] = {
    0.20425671f, -0.20573848f, 0.16075301f, -0.28453237f, 0.46918237f, 0.0f, 0.0f, 0.0f
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
