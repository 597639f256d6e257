/*
 * net.c - made by cnnc 0.1.0 from sample.cnn. Do not edit.
 *
 *   layer                    what                               gives               multiply-adds   kept in memory
 *   layer                    Recurrence                         5                             240   the output
 *
 *   weights 576 bytes, arena 192 bytes (lower bound 192), 240 multiply-adds
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

INLINE vec set(float x)
{
    float f[LANES];
    for (int i = 0; i < LANES; i++)
        f[i] = x;
    return load(f);
}

#ifdef VECTORS
INLINE vec add(vec a, vec b) { return a + b; }
#else
INLINE vec add(vec a, vec b) { for (int i = 0; i < LANES; i++) a.f[i] += b.f[i]; return a; }
#endif

#ifdef VECTORS
INLINE vec divide(vec a, vec b) { return a / b; }
#else
INLINE vec divide(vec a, vec b) { for (int i = 0; i < LANES; i++) a.f[i] /= b.f[i]; return a; }
#endif

#ifdef VECTORS
INLINE vec mul_add(vec a, float x, vec b) { return a + x * b; }
#else
INLINE vec mul_add(vec a, float x, vec b) { for (int i = 0; i < LANES; i++) a.f[i] += x
                                           * b.f[i]; return a; }
#endif

#ifdef VECTORS
INLINE vec mul_add_vec(vec a, vec b, vec c) { return a + b * c; }
#else
INLINE vec mul_add_vec(vec a, vec b, vec c) { for (int i = 0; i < LANES; i++) a.f[i] += b.f[i]
                                             * c.f[i]; return a; }
#endif

/*
 * The same value, but gcc forgets that it is a constant: it finds the maximum instruction for
 * variables only.
 */
#if defined VECTORS && __GNUC__ >= 12 && !defined __clang__ && defined __SSE__
INLINE vec known(vec a) { __asm__("" : "+v"(a)); return a; }
#else
INLINE vec known(vec a) { return a; }
#endif

/* a > b ? a : b, lane by lane; a constant is best the first. */
#if defined VECTORS && (__GNUC__ < 12 || defined __clang__)
INLINE vec larger(vec a, vec b)
{
    a = known(a);
    __typeof__(a > b) m = a > b;
    return (vec)((m & (__typeof__(m))a) | (~m & (__typeof__(m))b));
}
#elif defined VECTORS
INLINE vec larger(vec a, vec b) { a = known(a); for (int i = 0; i < LANES; i++) a[i] = a[i] > b[i]
                                 ? a[i] : b[i]; return a; }
#else
INLINE vec larger(vec a, vec b)
{
    a = known(a);
    for (int i = 0; i < LANES; i++)
        a.f[i] = a.f[i] > b.f[i] ? a.f[i] : b.f[i];
    return a;
}
#endif

/* Lanes for which something is true: all bits set. */
#ifdef VECTORS
typedef int mask __attribute__((vector_size(4 * LANES), may_alias));
#else
typedef struct { int i[LANES]; } mask;
#endif

#ifdef VECTORS
INLINE vec multiply(vec a, vec b) { return a * b; }
#else
INLINE vec multiply(vec a, vec b) { for (int i = 0; i < LANES; i++) a.f[i] *= b.f[i]; return a; }
#endif

#ifdef VECTORS
INLINE vec choose(mask m, vec a, vec b) { return (vec)((m & (mask)a) | (~m & (mask)b)); }
#else
INLINE vec choose(mask m, vec a, vec b) { for (int i = 0; i < LANES; i++) a.f[i] = m.i[i] ? a.f[i]
                                         : b.f[i]; return a; }
#endif

/* a < b ? a : b, lane by lane; a constant is best the first. */
#if defined VECTORS && (__GNUC__ < 12 || defined __clang__)
INLINE vec smaller(vec a, vec b) { a = known(a); return choose((mask)(a < b), a, b); }
#elif defined VECTORS
INLINE vec smaller(vec a, vec b) { a = known(a); for (int i = 0; i < LANES; i++) a[i] = a[i] < b[i]
                                  ? a[i] : b[i]; return a; }
#else
INLINE vec smaller(vec a, vec b)
{
    a = known(a);
    for (int i = 0; i < LANES; i++)
        a.f[i] = a.f[i] < b.f[i] ? a.f[i] : b.f[i];
    return a;
}
#endif

/* c[0] + c[1] x + ... + c[n - 1] x^(n - 1) by Horner's rule. */
INLINE vec polynomial(vec x, const float *c, int n)
{
    vec sum = set(c[n - 1]);
    UNROLL for (int i = n - 2; i >= 0; i--)
        sum = mul_add_vec(set(c[i]), sum, x);
    return sum;
}

/* Hyperbolic tangent as x P(x^2) / Q(x^2), from 9.02 on it is 1: relative error below 3e-7. */
INLINE vec tanh_vec(vec x)
{
    static const float p[5] = { 0.99999998f, 0.133797194f, 0.00349403621f, 2.05835071e-5f,
                               1.33193053e-8f };
    static const float q[5] = { 1.0f, 0.467130346f, 0.0258710796f, 0.00032830955f, 7.76203356e-7f };
    const vec a = smaller(set(9.02f), larger(set(-9.02f), x)), z = multiply(a, a);
    return divide(multiply(a, polynomial(z, p, 5)), polynomial(z, q, 5));
}

/* ---- weights --------------------------------------------------------------------------------- */

static const float layer_kernel[48] = {
    0.90095556f, 0.37093723f, -0.074647725f, 0.96411884f, 0.21328047f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.77658486f, -0.6682877f, -0.09802419f, -0.4703973f, -0.6528064f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.5254277f, -1.0795066f, -0.27048743f, 0.32546067f, 0.096515626f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f
};

static const float layer_recurrent[80] = {
    -0.3709551f, 0.89250875f, 0.033529818f, -0.52966f, -0.5337117f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.3868298f, 0.37871805f, 0.3097636f, -0.72484773f, 0.23845121f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.8022507f, 0.34988865f, -0.89404047f, -0.31492355f, -0.7059548f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.18131441f, 0.28745723f, 0.3152277f, 0.5414511f, -0.2156245f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.1921279f, -0.5167589f, -0.35783893f, 0.16786122f, 0.5412808f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f
};

static const float layer_bias[16] = {
    -0.45384854f, 0.35496408f, -0.43800676f, -0.099069536f, -0.46858364f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f
};

/* ---- memory ---------------------------------------------------------------------------------- */

/* Every activation lives here; those that are not alive at one time share memory. */
#ifdef __GNUC__
__attribute__((aligned(64)))
#endif
static float arena[48];

/* Where the first pixel of each result lies, in floats; those by rows keep the last few of them. */
enum {
    AT_LAYER_SCRATCH = 0,    /* 48 */
    ARENA_END = 48
};

/* ---- kernels --------------------------------------------------------------------------------- */

/*
 * to[k] = from[k] + sum over i of in[i] * w[i][k] for one block; four inputs a step so that the
 * sums do not wait for each other.
 */
INLINE void gate_block(const float *in, int inputs, int vecs, int block, const float *w,
                       const float *from, float *to)
{
    vec sum[4][32 / LANES];
    const int fours = inputs / 4 * 4;
    UNROLL for (int v = 0; v < vecs; v++) {
        sum[0][v] = load(from + v * LANES);
        sum[1][v] = sum[2][v] = sum[3][v] = set(0.0f);
    }
    for (int i = 0; i < fours; i += 4)
        UNROLL for (int j = 0; j < 4; j++)
            UNROLL for (int v = 0; v < vecs; v++)
                sum[j][v] = mul_add(sum[j][v], in[i + j], load(w + (i + j) * block + v * LANES));
    for (int i = fours; i < inputs; i++)
        UNROLL for (int v = 0; v < vecs; v++)
            sum[0][v] = mul_add(sum[0][v], in[i], load(w + i * block + v * LANES));
    UNROLL for (int v = 0; v < vecs; v++)
        store(to + v * LANES, add(add(sum[0][v], sum[1][v]), add(sum[2][v], sum[3][v])));
}

/* The same for `width` sums, a multiple of 16: blocks of 32, the last of 16. */
static void gate_sums(const float *in, int inputs, int width, const float *w, const float *from,
                      float *to)
{
    int k = 0;
    for (; k + 32 <= width; k += 32)
        gate_block(in, inputs, 32 / LANES, 32, w + k * inputs, from + k, to + k);
    if (k < width)
        gate_block(in, inputs, 16 / LANES, 16, w + k * inputs, from + k, to + k);
}

static void activate_tanh(float *x, int n)
{
    for (int k = 0; k < n; k += LANES) {
        const vec v = load(x + k);
        store(x + k, tanh_vec(v));
    }
}

/* ---- layers ---------------------------------------------------------------------------------- */

/* layer: Recurrence, 6 x 3 to 5 */
static void layer_layer(const float *in, const float *w, const float *r, const float *b, float *out, float *scratch)
{
    enum { wide = 16 };             /* 5 units, for whole vectors */
    float *const h = scratch, *const past = scratch + wide, *const gates = scratch + 2 * wide;
    (void)past;
    for (int n = 0; n < 1; n++) {
        memset(scratch, 0, 2 * wide * sizeof *scratch);
        for (int step = 0; step < 6; step++) {
            const int t = step;
            const float *x = in + n * 18 + t * 3;
            gate_sums(x, 3, 16, w, b, gates);
            gate_sums(h, 5, 16, r, gates, gates);
            activate_tanh(gates, wide);
            for (int k = 0; k < wide; k++)
                h[k] = gates[k];
        }
        memcpy(out + n * 5, h, 5 * sizeof *out);
    }
}

/* ---- the forward pass ------------------------------------------------------------------------ */

void net(const float *input, float *output)
{
    layer_layer(input, layer_kernel, layer_recurrent, layer_bias, output, arena + AT_LAYER_SCRATCH);
}
