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
    0.12343833f, 0.19980694f, -0.7148141f, 0.29135457f, 0.41227522f, 0.0f, 0.0f, 0.0f,
    -0.7111676f, -0.45418197f, 0.14613807f, -0.11452487f, -0.23776026f, 0.0f, 0.0f, 0.0f,
    0.18401869f, -0.9315121f, -0.50499326f, 0.5168203f, 0.13741598f, 0.0f, 0.0f, 0.0f,
    -0.09689018f, -0.17681281f, 0.34188193f, -0.47229674f, 0.61702514f, 0.0f, 0.0f, 0.0f,
    0.07995832f, 0.93116313f, -0.5543567f, 0.6677999f, 0.1656245f, 0.0f, 0.0f, 0.0f,
    0.33658668f, -0.34252334f, -0.31270742f, 0.8765621f, 0.6138274f, 0.0f, 0.0f, 0.0f,
    -0.1486209f, 0.05667019f, 0.9039377f, 0.05925986f, 0.25239685f, 0.0f, 0.0f, 0.0f,
    0.6283386f, -0.53684855f, 0.4799568f, 0.22611418f, -0.7760738f, 0.0f, 0.0f, 0.0f,
    0.44034955f, -0.051712126f, 0.28452396f, -0.74723864f, 0.13492218f, 0.0f, 0.0f, 0.0f,
    0.65370524f, 0.6434167f, -0.44317982f, 0.6007812f, 0.117638856f, 0.0f, 0.0f, 0.0f,
    0.17706093f, 0.38991416f, -0.012394279f, 0.13000637f, -0.33992803f, 0.0f, 0.0f, 0.0f,
    -0.2909432f, -0.24064013f, -0.6049977f, -0.06736231f, 0.47839996f, 0.0f, 0.0f, 0.0f,
    0.028612942f, 0.05787906f, 0.16830415f, 0.48808506f, 0.32094315f, 0.0f, 0.0f, 0.0f,
    -0.24946052f, 0.27736738f, 0.5643755f, -0.35642806f, -0.7143145f, 0.0f, 0.0f, 0.0f,
    -0.45195082f, -0.19265053f, -0.4333074f, -0.42513195f, 0.4000372f, 0.0f, 0.0f, 0.0f,
    0.33458433f, 0.10086861f, 0.05197139f, 0.178473f, 0.7974076f, 0.0f, 0.0f, 0.0f,
    0.3731446f, -0.15623218f, -0.66673636f, -0.38062426f, 0.058234967f, 0.0f, 0.0f, 0.0f
};

static const float layer_bias[8] = {
    0.0125748515f, -0.115300894f, -0.23183501f, 0.37269282f, -0.28159618f, 0.0f, 0.0f, 0.0f
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
