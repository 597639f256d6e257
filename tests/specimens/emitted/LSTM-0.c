/*
 * net.c - made by cnnc 0.1.0 from sample.cnn. Do not edit.
 *
 *   layer                    what                               gives               multiply-adds   kept in memory
 *   layer                    Recurrence                         5                             960   the output
 *
 *   weights 2304 bytes, arena 384 bytes (lower bound 384), 960 multiply-adds
 */
#include "net.h"

#include <math.h>
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
INLINE vec mul_add(vec a, float x, vec b) { for (int i = 0; i < LANES; i++) a.f[i] += x * b.f[i]; return a; }
#endif

#ifdef VECTORS
INLINE vec mul_add_vec(vec a, vec b, vec c) { return a + b * c; }
#else
INLINE vec mul_add_vec(vec a, vec b, vec c) { for (int i = 0; i < LANES; i++) a.f[i] += b.f[i] * c.f[i]; return a; }
#endif

/* The same value, but gcc forgets that it is a constant: it finds the maximum instruction for variables only. */
#if defined VECTORS && __GNUC__ >= 12 && !defined __clang__ && defined __SSE__
INLINE vec known(vec a) { __asm__("" : "+v"(a)); return a; }
#else
INLINE vec known(vec a) { return a; }
#endif

/* a > b ? a : b, lane by lane; a constant is best the first. */
#if defined VECTORS && (__GNUC__ < 12 || defined __clang__)
INLINE vec larger(vec a, vec b) { a = known(a); __typeof__(a > b) m = a > b; return (vec)((m & (__typeof__(m))a) | (~m & (__typeof__(m))b)); }
#elif defined VECTORS
INLINE vec larger(vec a, vec b) { a = known(a); for (int i = 0; i < LANES; i++) a[i] = a[i] > b[i] ? a[i] : b[i]; return a; }
#else
INLINE vec larger(vec a, vec b) { a = known(a); for (int i = 0; i < LANES; i++) a.f[i] = a.f[i] > b.f[i] ? a.f[i] : b.f[i]; return a; }
#endif

/* Lanes for which something is true: all bits set. */
#ifdef VECTORS
typedef int mask __attribute__((vector_size(4 * LANES), may_alias));
#else
typedef struct { int i[LANES]; } mask;
#endif

#ifdef VECTORS
INLINE vec subtract(vec a, vec b) { return a - b; }
#else
INLINE vec subtract(vec a, vec b) { for (int i = 0; i < LANES; i++) a.f[i] -= b.f[i]; return a; }
#endif

#ifdef VECTORS
INLINE vec multiply(vec a, vec b) { return a * b; }
#else
INLINE vec multiply(vec a, vec b) { for (int i = 0; i < LANES; i++) a.f[i] *= b.f[i]; return a; }
#endif

#ifdef VECTORS
INLINE mask greater(vec a, vec b) { return (mask)(a > b); }
#else
INLINE mask greater(vec a, vec b) { mask m; for (int i = 0; i < LANES; i++) m.i[i] = a.f[i] > b.f[i]; return m; }
#endif

#ifdef VECTORS
INLINE vec choose(mask m, vec a, vec b) { return (vec)((m & (mask)a) | (~m & (mask)b)); }
#else
INLINE vec choose(mask m, vec a, vec b) { for (int i = 0; i < LANES; i++) a.f[i] = m.i[i] ? a.f[i] : b.f[i]; return a; }
#endif

/* a < b ? a : b, lane by lane; a constant is best the first. */
#if defined VECTORS && (__GNUC__ < 12 || defined __clang__)
INLINE vec smaller(vec a, vec b) { a = known(a); return choose((mask)(a < b), a, b); }
#elif defined VECTORS
INLINE vec smaller(vec a, vec b) { a = known(a); for (int i = 0; i < LANES; i++) a[i] = a[i] < b[i] ? a[i] : b[i]; return a; }
#else
INLINE vec smaller(vec a, vec b) { a = known(a); for (int i = 0; i < LANES; i++) a.f[i] = a.f[i] < b.f[i] ? a.f[i] : b.f[i]; return a; }
#endif

/* c[0] + c[1] x + ... + c[n - 1] x^(n - 1) by Horner's rule. */
INLINE vec polynomial(vec x, const float *c, int n)
{
    vec sum = set(c[n - 1]);
    UNROLL for (int i = n - 2; i >= 0; i--)
        sum = mul_add_vec(set(c[i]), sum, x);
    return sum;
}

/*
 * e^x to 2 units in the last place: x = n ln 2 + r with |r| <= ln 2 / 2 (ln 2 in two parts, so that n ln 2 is exact), the polynomial
 * 1 + r + r^2 q(r), and 2^n set as an exponent, in two factors because n may be 128. Below e^-87.3 the result is 0.
 */
INLINE vec exp_vec(vec x)
{
#ifdef VECTORS
    static const float q[5] = { 0.5f, 0.16666512f, 0.04166619f, 0.0083695985f, 0.0013951719f };
    const vec a = smaller(set(89.0f), larger(set(-88.0f), x)), t = mul_add_vec(choose(greater(set(0.0f), a), set(-0.5f), set(0.5f)), a, set(1.44269504f));
    const mask n = __builtin_convertvector(t, mask), half = n >> 1;
    const vec m = __builtin_convertvector(n, vec), r = mul_add_vec(mul_add_vec(a, m, set(-0.693359375f)), m, set(2.12194440e-4f));
    const vec e = add(mul_add_vec(r, multiply(r, r), polynomial(r, q, 5)), set(1.0f));
    const vec y = multiply(multiply(e, (vec)((half + 127) << 23)), (vec)((n - half + 127) << 23));
    return choose(greater(set(-87.3f), x), set(0.0f), y);
#else
    for (int i = 0; i < LANES; i++)
        x.f[i] = expf(x.f[i]);
    return x;
#endif
}

/* 1 / (1 + e^-x) */
INLINE vec sigmoid_vec(vec x) { return divide(set(1.0f), add(set(1.0f), exp_vec(subtract(set(0.0f), x)))); }

/* Hyperbolic tangent as x P(x^2) / Q(x^2), from 9.02 on it is 1: relative error below 3e-7. */
INLINE vec tanh_vec(vec x)
{
    static const float p[5] = { 0.99999998f, 0.133797194f, 0.00349403621f, 2.05835071e-5f, 1.33193053e-8f };
    static const float q[5] = { 1.0f, 0.467130346f, 0.0258710796f, 0.00032830955f, 7.76203356e-7f };
    const vec a = smaller(set(9.02f), larger(set(-9.02f), x)), z = multiply(a, a);
    return divide(multiply(a, polynomial(z, p, 5)), polynomial(z, q, 5));
}

/* ---- weights -------------------------------------------------------------------------------------- */

static const float layer_kernel[192] = {
    0.56577724f, 0.0041339546f, -0.7279548f, 0.13237327f, -0.1340594f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.1522707f, -0.5923321f, 0.46740082f, -0.4187956f, -0.1322217f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.04633531f, 0.875983f, -0.009771243f, 0.7449597f, -0.47206002f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.14975823f, -0.65012735f, -0.10550171f, 0.8664763f, 0.5469457f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.40988243f, 0.06408408f, 0.23419118f, -0.08894399f, 0.25017422f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.059774786f, 0.25595635f, -0.20172873f, 0.32487193f, -0.42510825f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.22619224f, -0.95427513f, -0.23966001f, 0.5094972f, -0.26338893f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.44819042f, 0.1961657f, 0.19353813f, -0.26504555f, 0.7438513f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.72234523f, -0.2763499f, 0.8500248f, -0.27863842f, 0.21788706f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.27265573f, -0.11885781f, 0.17248055f, -0.2467406f, -0.2282156f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.2884645f, 0.7624253f, -0.7168517f, 0.69118553f, -0.23035279f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.009350985f, 0.05166006f, -0.35915115f, 0.87608564f, 0.17715874f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f
};

static const float layer_recurrent[320] = {
    -0.81205904f, -0.20073867f, -0.42151934f, -0.88687336f, -0.5969497f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.07647449f, 0.4864872f, 0.5327263f, -0.737549f, 0.63222826f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.043294266f, 0.11972836f, -0.7324056f, -0.42752326f, 0.3258552f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.35695177f, -0.042898774f, 0.39742908f, 0.088956416f, 0.36152366f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.30050784f, 0.8616678f, -0.27588883f, -0.10836437f, 0.6965288f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.2203862f, -0.7631025f, 0.0427095f, -0.20001808f, 0.33838192f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.35549575f, 0.22827056f, 0.18861157f, -0.83678377f, -0.46252567f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.46557787f, 0.14120425f, 0.09606913f, 0.34988987f, 0.24778782f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.46873233f, 0.3415101f, -0.18894434f, -0.113085836f, 0.054760456f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.054557905f, 0.15507919f, 0.01898555f, -0.08019391f, -0.11616242f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.042675376f, -0.38570496f, -0.5616354f, -0.46081224f, -0.17141631f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.6593069f, 0.5321642f, -0.21101426f, 0.21009094f, -0.1665191f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.0073284805f, 0.19347811f, 0.2456123f, -0.03355016f, -0.036168844f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.2684414f, -0.23400792f, -0.30216798f, 0.19709826f, -0.32655045f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.52736056f, -0.36301428f, -0.05595976f, 0.24754326f, -0.09210703f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.42188534f, 0.14854819f, -0.71804565f, 0.47453174f, 0.24350265f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.08777979f, -0.24715286f, 0.3855267f, 0.51991713f, -0.11399999f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.28441063f, -0.21546468f, 0.53721875f, 0.23977198f, -0.36602914f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.041999668f, 0.5045181f, 0.1098043f, 0.5633408f, 0.07266685f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.5061911f, 0.06937446f, -0.03950776f, 0.39661032f, -0.0046735704f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f
};

static const float layer_bias[64] = {
    -0.45139515f, -0.13902372f, 0.49037498f, -0.3025548f, -0.4645279f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.46466327f, -0.14692098f, -0.4987666f, -0.10982275f, 0.18402195f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.42802614f, -0.33285743f, 0.2745309f, 0.15009397f, -0.16542995f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.13359863f, -0.22664553f, -0.37385368f, 0.26631486f, 0.19768405f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f
};

/* ---- memory --------------------------------------------------------------------------------------- */

/* Every activation lives here; those that are not alive at one time share memory. */
#ifdef __GNUC__
__attribute__((aligned(64)))
#endif
static float arena[96];

/* Where the first pixel of each result lies, in floats; those by rows keep the last few of them. */
enum {
    AT_LAYER_SCRATCH = 0,    /* 96 */
    ARENA_END = 96
};

/* ---- kernels ---------------------------------------------------------------------------------------- */

/* to[k] = from[k] + sum over i of in[i] * w[i][k] for one block; four inputs a step so that the sums do not wait for each other. */
INLINE void gate_block(const float *in, int inputs, int vecs, int block, const float *w, const float *from, float *to)
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
static void gate_sums(const float *in, int inputs, int width, const float *w, const float *from, float *to)
{
    int k = 0;
    for (; k + 32 <= width; k += 32)
        gate_block(in, inputs, 32 / LANES, 32, w + k * inputs, from + k, to + k);
    if (k < width)
        gate_block(in, inputs, 16 / LANES, 16, w + k * inputs, from + k, to + k);
}

static void activate_sigmoid(float *x, int n)
{
    for (int k = 0; k < n; k += LANES) {
        const vec v = load(x + k);
        store(x + k, sigmoid_vec(v));
    }
}

static void activate_tanh(float *x, int n)
{
    for (int k = 0; k < n; k += LANES) {
        const vec v = load(x + k);
        store(x + k, tanh_vec(v));
    }
}

/* ---- layers ----------------------------------------------------------------------------------------- */

/* layer: Recurrence, 6 x 3 to 5 */
static void layer_layer(const float *in, const float *w, const float *r, const float *b, float *out, float *scratch)
{
    enum { wide = 16 };             /* 5 units, for whole vectors */
    float *const h = scratch, *const c = scratch + wide, *const gates = scratch + 2 * wide;
    for (int n = 0; n < 1; n++) {
        memset(scratch, 0, 2 * wide * sizeof *scratch);
        for (int step = 0; step < 6; step++) {
            const int t = step;
            const float *x = in + n * 18 + t * 3;
            gate_sums(x, 3, 64, w, b, gates);
            gate_sums(h, 5, 64, r, gates, gates);
            activate_sigmoid(gates, 2 * wide);
            activate_tanh(gates + 2 * wide, wide);
            for (int k = 0; k < wide; k++)
                c[k] = gates[wide + k] * c[k] + gates[k] * gates[2 * wide + k];
            activate_sigmoid(gates + 3 * wide, wide);
            for (int k = 0; k < wide; k++)
                gates[k] = c[k];
            activate_tanh(gates, wide);
            for (int k = 0; k < wide; k++)
                h[k] = gates[3 * wide + k] * gates[k];
        }
        memcpy(out + n * 5, h, 5 * sizeof *out);
    }
}

/* ---- the forward pass ----------------------------------------------------------------------------- */

void net(const float *input, float *output)
{
    layer_layer(input, layer_kernel, layer_recurrent, layer_bias, output, arena + AT_LAYER_SCRATCH);
}
