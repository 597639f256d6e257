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
INLINE vec8 mul_add8(vec8 a, float x, vec8 b) { for (int i = 0; i < LANES8; i++) a.f[i] += x
                                           * b.f[i]; return a; }
#endif

/* ---- weights --------------------------------------------------------------------------------- */

static const float layer_w[136] = {
    -0.14716938f, -0.3605158f, -0.6796609f, 0.8969115f, -0.3298982f, 0.0f, 0.0f, 0.0f,
    -0.09478459f, -0.9192961f, 0.4067067f, -0.28161737f, -0.05969937f, 0.0f, 0.0f, 0.0f,
    -0.13207553f, -0.01976353f, -0.3609618f, 0.54191786f, 0.16208336f, 0.0f, 0.0f, 0.0f,
    -0.1032193f, 0.09435262f, -0.15063667f, 0.4678925f, -0.16164821f, 0.0f, 0.0f, 0.0f,
    0.37433958f, 0.1829471f, -0.53214437f, 0.97353554f, 0.22562641f, 0.0f, 0.0f, 0.0f,
    -0.115730196f, -0.5064884f, -0.57319695f, 0.23569873f, 0.10597026f, 0.0f, 0.0f, 0.0f,
    -0.68957514f, 0.42500603f, 0.020184577f, 0.29466167f, 0.23795673f, 0.0f, 0.0f, 0.0f,
    0.6744553f, 0.2778111f, 0.016634047f, 0.29648486f, -0.039776236f, 0.0f, 0.0f, 0.0f,
    -0.122483045f, 0.15881732f, -0.29952794f, -0.28774032f, -0.50523114f, 0.0f, 0.0f, 0.0f,
    0.6453185f, 0.41042686f, 0.00016757846f, 0.20124891f, -0.7455338f, 0.0f, 0.0f, 0.0f,
    -0.45907715f, 0.22852975f, -0.5904075f, 0.77339107f, 0.27630603f, 0.0f, 0.0f, 0.0f,
    -0.36010367f, 0.11740145f, -0.31853032f, 0.6326059f, 0.27728167f, 0.0f, 0.0f, 0.0f,
    0.6401205f, 0.13067403f, 0.039801657f, 0.28027043f, -0.3460432f, 0.0f, 0.0f, 0.0f,
    -0.2246278f, 0.022886306f, -0.025630236f, -0.35635117f, 0.013392687f, 0.0f, 0.0f, 0.0f,
    -0.66525006f, -0.47645685f, -0.4983384f, -0.5230819f, 0.40145472f, 0.0f, 0.0f, 0.0f,
    0.24066022f, 0.38260058f, -0.2501635f, -0.10621315f, -0.15363249f, 0.0f, 0.0f, 0.0f,
    0.04843667f, -0.31501418f, -0.01328209f, -0.16092661f, 0.4079282f, 0.0f, 0.0f, 0.0f
};

static const float layer_bias[8] = {
    0.38683778f, 0.011595547f, 0.28982878f, 0.36716777f, -0.034076452f, 0.0f, 0.0f, 0.0f
};

/* ---- kernels --------------------------------------------------------------------------------- */

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

/*
 * Stores the first n of a vector's lanes, the epilogue8 applied; `other` is what a binary epilogue8
 * reads.
 */
INLINE void finish8(float *out, vec8 v, int n, int then, const float *other)
{
    if (n < LANES8)
        store_part8(out, epilogue8(then, v, other, n), n);
    else
        store8(out, epilogue8(then, v, other, LANES8));
}

/* One block of outputs of w in + bias; w: [input][block]. */
INLINE void dense_block8(const float *in, int inputs, int vecs, int block, const float *w,
                        const float *bias, float *out,
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
        finish8(out + v * LANES8, add8(add8(sum[0][v], sum[1][v]), add8(sum[2][v], sum[3][v])),
               outs - v * LANES8, then, other + v * LANES8);
}

/* ---- layers ---------------------------------------------------------------------------------- */

/* layer: Dense, 17 to 5 */
static void layer_layer(const float *in, const float *w, const float *b, float *out)
{
        dense_block8(in, 17, (5 + LANES8 - 1) / LANES8, 8, w + 0 * 17,
            b + 0, out + 0, 5, NONE, out + 0);
}

/* ---- the forward pass ------------------------------------------------------------------------ */

void net(const float *input, float *output)
{
    layer_layer(input, layer_w, layer_bias, output);
}
