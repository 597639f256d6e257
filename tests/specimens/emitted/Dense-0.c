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
    0.4823148f, 0.44031337f, -0.3256495f, 0.52158153f, 0.05692885f, 0.0f, 0.0f, 0.0f,
    -0.21839985f, -0.3444764f, 0.57347584f, -0.2097108f, 0.25256127f, 0.0f, 0.0f, 0.0f,
    -0.15890984f, -0.41019672f, 0.3379928f, 0.391752f, 0.63938653f, 0.0f, 0.0f, 0.0f,
    -0.45903316f, 0.45942467f, 0.69491696f, 0.047682904f, 0.65983564f, 0.0f, 0.0f, 0.0f,
    0.42588788f, 0.6306319f, -0.20574565f, 0.53574103f, -0.12775528f, 0.0f, 0.0f, 0.0f,
    0.47712132f, -0.6526424f, 0.19191843f, 0.77076495f, 0.103560984f, 0.0f, 0.0f, 0.0f,
    -0.23968828f, -0.035830677f, 0.1318224f, -0.093797475f, 0.19029537f, 0.0f, 0.0f, 0.0f,
    0.2592529f, 0.19939893f, 0.46314597f, 0.5404775f, -0.6794257f, 0.0f, 0.0f, 0.0f,
    0.18426707f, 0.12008348f, -0.49966222f, -0.11656502f, -0.57495785f, 0.0f, 0.0f, 0.0f,
    0.15351221f, 0.2602855f, -0.874043f, 0.48072693f, -0.10454205f, 0.0f, 0.0f, 0.0f,
    -0.37734708f, 0.14970875f, -0.07574782f, 0.8815806f, -0.40113074f, 0.0f, 0.0f, 0.0f,
    -0.7353966f, -0.561447f, -0.5404853f, 0.3800648f, 0.010459044f, 0.0f, 0.0f, 0.0f,
    0.63337505f, -0.59639764f, 0.3944505f, -0.23027351f, -0.15278736f, 0.0f, 0.0f, 0.0f,
    0.41263676f, 0.37616345f, 0.09278607f, -0.5058696f, -0.46724355f, 0.0f, 0.0f, 0.0f,
    -0.43639037f, -0.19205299f, -0.46642333f, -0.25209686f, 0.39808604f, 0.0f, 0.0f, 0.0f,
    0.078415126f, 0.3645666f, 0.27970368f, -0.74747765f, 0.044049412f, 0.0f, 0.0f, 0.0f,
    0.74167156f, -0.5409459f, -0.27916488f, -0.8153889f, -0.07906958f, 0.0f, 0.0f, 0.0f
};

static const float layer_bias[8] = {
    0.37457418f, -0.34588695f, 0.1608488f, -0.47313404f, -0.4163785f, 0.0f, 0.0f, 0.0f
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
