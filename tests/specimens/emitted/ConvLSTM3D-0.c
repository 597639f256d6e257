/*
 * net.c - made by cnnc 0.1.0 from sample.cnn. Do not edit.
 *
 *   layer                    what                               gives               multiply-adds   kept in memory
 *   layer                    View                               3 x 4 x 3 x 2                   0   a view
 *   layer_1                  Conv3D                             3 x 4 x 3 x 8                9216   all
 *   layer_2                  View                               2 x 3 x 4 x 3 x 8               0   a view
 *   layer_3                  Slice                              1 x 3 x 4 x 3 x 8               0   all
 *   layer_4                  View                               3 x 4 x 3 x 8                   0   a view
 *   layer_5                  Slice                              3 x 4 x 3 x 2                   0   a view
 *   layer_6                  Sigmoid                            3 x 4 x 3 x 2                   0   all
 *   layer_9                  Slice                              3 x 4 x 3 x 2                   0   a view
 *   layer_10                 Tanh, Multiply                     3 x 4 x 3 x 2                   0   all
 *   layer_11                 Slice                              3 x 4 x 3 x 2                   0   a view
 *   layer_12                 Sigmoid                            3 x 4 x 3 x 2                   0   all
 *   layer_14                 Tanh, Multiply                     3 x 4 x 3 x 2                   0   all
 *   layer_16                 Slice                              1 x 3 x 4 x 3 x 8               0   all
 *   layer_17                 View                               3 x 4 x 3 x 8                   0   a view
 *   layer_18                 Conv3D, Add                        3 x 4 x 3 x 8                4608   all
 *   layer_20                 Slice                              3 x 4 x 3 x 2                   0   a view
 *   layer_21                 Sigmoid                            3 x 4 x 3 x 2                   0   all
 *   layer_22                 Slice                              3 x 4 x 3 x 2                   0   a view
 *   layer_23                 Sigmoid, Multiply                  3 x 4 x 3 x 2                   0   all
 *   layer_24                 Slice                              3 x 4 x 3 x 2                   0   a view
 *   layer_25                 Tanh, Multiply                     3 x 4 x 3 x 2                   0   all
 *   layer_26                 Slice                              3 x 4 x 3 x 2                   0   a view
 *   layer_27                 Sigmoid                            3 x 4 x 3 x 2                   0   all
 *   layer_30                 Add, Tanh                          3 x 4 x 3 x 2                   0   all
 *   layer_32                 Multiply                           3 x 4 x 3 x 2                   0   the output
 *
 *   weights 2176 bytes, arena 5888 bytes (lower bound 5888), 13824 multiply-adds
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

static const float layer_1_w[256] = {
    -0.056413203f, 0.1020416f, -0.16668198f, 0.6326492f, -0.41597435f, -0.14667416f, -0.65821105f, 0.16726877f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.20721287f, -0.44567114f, -0.22154853f, 0.2067453f, 0.31644842f, 0.42512524f, -0.38905644f, 0.11257154f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.22926596f, 0.36160904f, -0.25141504f, -0.07524738f, 0.12148386f, -0.04530707f, 0.30223513f, -0.06724861f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.20423995f, -0.02604644f, -0.5184516f, -0.48008534f, 0.16238096f, 0.5010515f, 0.16332221f, 0.31679642f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.08656789f, 0.24888456f, -0.55343276f, 0.5937554f, -0.50835776f, -0.026213855f, 0.08048022f, 0.09652977f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.2550801f, 0.1610419f, -0.54769254f, -0.30815268f, -0.35792392f, 0.22769149f, 0.09376705f, 0.254573f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.050337106f, -0.24258189f, -0.46120012f, 0.23079294f, -0.43050522f, 0.6456246f, -0.09451776f, -0.3970284f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.08955215f, 0.41113207f, 0.34909457f, 0.14298621f, 0.6066492f, -0.5577966f, 0.21724401f, 0.14027342f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.04958024f, -0.15946859f, -0.24388973f, -0.30478573f, -0.47854346f, -0.14059585f, -0.25871772f, 0.15386713f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.60733175f, 0.13118538f, 0.5507561f, 0.3025852f, 0.13228375f, 0.28248316f, 0.2857275f, 0.42586964f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.20108531f, -0.13307767f, -0.5685814f, -0.60046136f, -0.035416454f, 0.49907225f, -0.05143422f, 0.054527134f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.055537343f, -0.14181179f, 0.33116138f, -0.26076305f, -0.5392685f, 0.44752726f, -0.662621f, -0.11302f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.4478777f, -0.030802637f, 0.0136757195f, 0.43474588f, -0.44364575f, -0.2684182f, -0.10717578f, -0.11473851f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.19833516f, -0.5226445f, 0.2311049f, -0.15170914f, 0.32084185f, -0.16487092f, 0.11491137f, 0.37244874f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.1130286f, 0.093272746f, 0.24816094f, -0.54368293f, 0.46088094f, 0.14265737f, 0.15348019f, 0.05558277f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.4377939f, -0.087965876f, 0.046464205f, 0.28852588f, 0.3400954f, 0.46255547f, 0.41324908f, -0.38626313f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f
};

static const float layer_1_b[16] = {
    0.19800317f, 0.45976335f, -0.25223172f, -0.1399144f, 0.4674921f, 0.13926023f, -0.49424177f, 0.46653003f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f
};

static const float layer_18_w[256] = {
    -0.68735266f, -0.32461393f, -0.53518236f, 0.08663981f, 0.1176445f, 0.5048242f, 0.07657837f, -0.04077435f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.06846157f, 0.17728536f, -0.24534056f, 0.3982321f, -0.09166919f, -0.57889545f, 0.13054031f, -0.09341511f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.102749065f, -0.23241267f, -0.31021142f, 0.19041964f, 0.27993396f, 0.2253339f, 0.19835871f, 0.45780328f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.018089786f, -0.41911593f, 0.30998248f, 0.018315785f, 0.12383667f, 0.50521815f, -0.043180726f, 0.69067895f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.053544305f, -0.3338166f, -0.70712596f, -0.31191272f, 0.22315918f, 0.27077177f, 0.20652398f, -0.10641284f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.029723182f, 0.32368836f, -0.42316806f, -0.04512108f, 0.5311768f, -0.40096942f, -0.5939294f, 0.3476926f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.12246935f, 0.5514144f, -0.33496413f, -0.21783854f, -0.5772481f, -0.023878146f, -0.08885097f, -0.38132733f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.37075204f, 0.12627198f, -0.26561356f, -0.58629835f, -0.43255293f, 0.02316659f, -0.25595826f, -0.009260416f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.116019025f, 0.054528914f, -0.45688698f, -0.13289851f, -0.3347559f, -0.30585116f, 0.04747528f, 0.015742714f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.24336469f, 0.36278343f, -0.61807036f, 0.10929016f, -0.011250474f, 0.5070597f, -0.43685815f, 0.26261273f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.25645462f, -0.08052207f, 0.030852836f, -0.16479062f, -0.14614967f, 0.0053381845f, -0.29367322f, 0.19631551f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.604752f, -0.24567293f, 0.013603143f, -0.191309f, 0.40586686f, -0.017563023f, -0.22791292f, 0.04978071f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.24771678f, 0.2616784f, -0.22800376f, -0.031509876f, 0.24996944f, 0.024680108f, 0.119356185f, 0.33329916f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.016874757f, -0.11513863f, 0.08094593f, -0.14581507f, -0.15985942f, -0.16768776f, -0.013142586f, -0.14551418f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.5558762f, 0.11429767f, -0.22494955f, -0.5852088f, 0.32845598f, 0.1172712f, -0.24643438f, 0.2655908f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.40937924f, -0.21140738f, -0.5551482f, -0.17667162f, 0.34196278f, 0.40160975f, 0.19016993f, -0.050389938f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f
};

static const float layer_18_b[16] = {
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f
};

/* ---- memory --------------------------------------------------------------------------------------- */

/* Every activation lives here; those that are not alive at one time share memory. */
#ifdef __GNUC__
__attribute__((aligned(64)))
#endif
static float arena[1472];

/* Where the first pixel of each result lies, in floats; those by rows keep the last few of them. */
enum {
    AT_LAYER_1 = 0,    /* 3 x 4 x 3 x 8 */
    AT_LAYER_3 = 576,    /* 1 x 3 x 4 x 3 x 8 */
    AT_LAYER_6 = 1312,    /* 3 x 4 x 3 x 2 */
    AT_LAYER_12 = 1392,    /* 3 x 4 x 3 x 2 */
    AT_LAYER_10 = 1152,    /* 3 x 4 x 3 x 2 */
    AT_LAYER_14 = 1232,    /* 3 x 4 x 3 x 2 */
    AT_LAYER_16 = 864,    /* 1 x 3 x 4 x 3 x 8 */
    AT_LAYER_18 = 0,    /* 3 x 4 x 3 x 8 */
    AT_LAYER_21 = 288,    /* 3 x 4 x 3 x 2 */
    AT_LAYER_27 = 368,    /* 3 x 4 x 3 x 2 */
    AT_LAYER_25 = 448,    /* 3 x 4 x 3 x 2 */
    AT_LAYER_23 = 528,    /* 3 x 4 x 3 x 2 */
    AT_LAYER_30 = 608,    /* 3 x 4 x 3 x 2 */
    ARENA_END = 1472
};

/* ---- kernels ---------------------------------------------------------------------------------------- */

/* What a kernel applies to its sums before it stores them. */
enum { NONE, SIGMOID, TANH_MULTIPLY, ADD, SIGMOID_MULTIPLY, ADD_TANH, MULTIPLY };

INLINE vec epilogue(int then, vec v, const float *from, int n)
{
    (void)from;
    (void)n;
    switch (then) {
    case SIGMOID: {
        v = sigmoid_vec(v);
        break;
    }
    case TANH_MULTIPLY: {
        const vec other = n < LANES ? load_part(from, n) : load(from);
        v = tanh_vec(v);
        v = multiply(other, v);
        break;
    }
    case ADD: {
        const vec other = n < LANES ? load_part(from, n) : load(from);
        v = add(other, v);
        break;
    }
    case SIGMOID_MULTIPLY: {
        const vec other = n < LANES ? load_part(from, n) : load(from);
        v = sigmoid_vec(v);
        v = multiply(v, other);
        break;
    }
    case ADD_TANH: {
        const vec other = n < LANES ? load_part(from, n) : load(from);
        v = add(v, other);
        v = tanh_vec(v);
        break;
    }
    case MULTIPLY: {
        const vec other = n < LANES ? load_part(from, n) : load(from);
        v = multiply(v, other);
        break;
    }
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

/* Where the window of a tap stands: the taps [first, last) of an axis that lie in the picture. */
INLINE int first_tap(int at, int dilation) { return at >= 0 ? 0 : (dilation - 1 - at) / dilation; }
INLINE int last_tap(int at, int dilation, int taps, int size)
{
    const int inside = at < size ? (size - 1 - at) / dilation + 1 : 0;
    return inside < taps ? inside : taps;
}

/*
 * n neighbouring pixels of a volume and `vecs` vectors of output channels. `at`: index of the window's first tap of the first
 * pixel; step[]: floats from a tap to the next along each axis; count[]: taps; first[], last[]: those inside of the picture.
 */
INLINE void volume_tile(int n, int vecs, const float *in, int at, const int *step, const int *count, const int *first, const int *last,
                        int channels, int next, const float *w, int width, const float *bias, float *out, int outs, int out_step,
                        int then, const float *other)
{
    vec sum[4][32 / LANES];
    UNROLL for (int p = 0; p < n; p++)
        UNROLL for (int v = 0; v < vecs; v++)
            sum[p][v] = load(bias + v * LANES);
    for (int kz = first[0]; kz < last[0]; kz++)
        for (int ky = first[1]; ky < last[1]; ky++)
            for (int kx = first[2]; kx < last[2]; kx++) {
                const float *pixel = in + (at + kz * step[0] + ky * step[1] + kx * step[2]);
                const float *row = w + ((kz * count[1] + ky) * count[2] + kx) * channels * width;
                for (int i = 0; i < channels; i++, row += width)
                    UNROLL for (int p = 0; p < n; p++)
                        UNROLL for (int v = 0; v < vecs; v++)
                            sum[p][v] = mul_add(sum[p][v], pixel[p * next + i], load(row + v * LANES));
            }
    UNROLL for (int p = 0; p < n; p++)
        UNROLL for (int v = 0; v < vecs; v++)
            finish(out + p * out_step + v * LANES, sum[p][v], outs - v * LANES, then, other + p * out_step + v * LANES);
}

/* ---- layers ----------------------------------------------------------------------------------------- */

/* layer_1: Conv3D, 3 x 4 x 3 x 2 to 3 x 4 x 3 x 8 */
static void layer_1_layer(const float *in, const float *w, const float *b, float *out)
{
    enum { TILED = LANES > 4 ? 4 : 2 };     /* pixels whose sums fit the registers beside 32 channels */
    static const int step[3] = { 24, 6, 2 };
    static const int count[3] = { 2, 2, 2 };
    for (int z = 0; z < 3; z++)
        for (int y = 0; y < 4; y++)
            for (int x = 0, n = 1; x < 3; x += n) {
                const int from[3] = { z * 1 - 0, y * 1 - 0, x * 1 - 0 };
                const int first[3] = { first_tap(from[0], 1), first_tap(from[1], 1), first_tap(from[2], 1) };
                const int last[3] = { last_tap(from[0], 1, 2, 3), last_tap(from[1], 1, 2, 4),
                                      last_tap(from[2], 1, 2, 3) };
                const int at = ((from[0] * 4 + from[1]) * 3 + from[2]) * 2, pixel = ((z * 4 + y) * 3 + x) * 8;
                n = x >= 0 && x + TILED <= 2 ? TILED : 1;
                for (int group = 0; group < 1; group++)
                for (int k = 0; k < 8; k += 32) {
                    const int to = pixel + group * 8 + k, outs = 8 - k < 32 ? 8 - k : 32;
                    const float *weights = w + group * 256 + k, *bias = b + group * 16 + k;
                    if (n == TILED)
                        volume_tile(TILED, (8 + LANES - 1) / LANES, in, at + group * 2, step, count, first, last, 2, 2, weights, 16, bias, out + to, outs, 8, NONE, out + to);
                    else
                        volume_tile(1, (8 + LANES - 1) / LANES, in, at + group * 2, step, count, first, last, 2, 2, weights, 16, bias, out + to, outs, 8, NONE, out + to);
                }
            }
}

/* layer_3: Slice, 2 x 3 x 4 x 3 x 8 to 1 x 3 x 4 x 3 x 8 */
static int layer_3_rows(const float *in, float *out, int y0, int y1)
{
    for (int y = y0; y < y1; y++) {
        const float *from = in + y * 24;
        float *to = out + y * 24;
        memcpy(to, from, 24 * sizeof *to);
    }
    return y1 > y0 ? y1 : y0;
}

/* layer_6: Sigmoid, 3 x 4 x 3 x 2 to 3 x 4 x 3 x 2 */
static int layer_6_rows(const float *in, float *out, int y0, int y1)
{
    for (int y = y0; y < y1; y++) {
        const float *a = in + y * 24, *b = a;
        float *to = out + y * 6;
        for (int x = 0; x < 3; x++, a += 8, b += 8, to += 2)
        {
            int i = 0;
            for (; i + LANES <= 2; i += LANES)
                finish(to + i, load(a + i), LANES, SIGMOID, b + i);
            if (i < 2)
                finish(to + i, load_part(a + i, 2 - i), 2 - i, SIGMOID, b + i);
        }
    }
    return y1 > y0 ? y1 : y0;
}

/* layer_10: Tanh, Multiply, 3 x 4 x 3 x 2 to 3 x 4 x 3 x 2 */
static int layer_10_rows(const float *in, const float *other, float *out, int y0, int y1)
{
    for (int y = y0; y < y1; y++) {
        const float *a = in + y * 24, *b = other + y * 6;
        float *to = out + y * 6;
        for (int x = 0; x < 3; x++, a += 8, b += 2, to += 2)
        {
            int i = 0;
            for (; i + LANES <= 2; i += LANES)
                finish(to + i, load(a + i), LANES, TANH_MULTIPLY, b + i);
            if (i < 2)
                finish(to + i, load_part(a + i, 2 - i), 2 - i, TANH_MULTIPLY, b + i);
        }
    }
    return y1 > y0 ? y1 : y0;
}

/* layer_14: Tanh, Multiply, 3 x 4 x 3 x 2 to 3 x 4 x 3 x 2 */
static int layer_14_rows(const float *in, const float *other, float *out, int y0, int y1)
{
    for (int y = y0; y < y1; y++) {
        const float *a = in + y * 6, *b = other + y * 6;
        float *to = out + y * 6;
        {
            int i = 0;
            for (; i + LANES <= 6; i += LANES)
                finish(to + i, load(a + i), LANES, TANH_MULTIPLY, b + i);
            if (i < 6)
                finish(to + i, load_part(a + i, 6 - i), 6 - i, TANH_MULTIPLY, b + i);
        }
    }
    return y1 > y0 ? y1 : y0;
}

/* layer_16: Slice, 2 x 3 x 4 x 3 x 8 to 1 x 3 x 4 x 3 x 8 */
static int layer_16_rows(const float *in, float *out, int y0, int y1)
{
    for (int y = y0; y < y1; y++) {
        const float *from = in + (y + 12) * 24;
        float *to = out + y * 24;
        memcpy(to, from, 24 * sizeof *to);
    }
    return y1 > y0 ? y1 : y0;
}

/* layer_18: Conv3D, Add, 3 x 4 x 3 x 2 to 3 x 4 x 3 x 8 */
static void layer_18_layer(const float *in, const float *w, const float *b, const float *other, float *out)
{
    enum { TILED = LANES > 4 ? 4 : 2 };     /* pixels whose sums fit the registers beside 32 channels */
    static const int step[3] = { 24, 6, 2 };
    static const int count[3] = { 2, 2, 2 };
    for (int z = 0; z < 3; z++)
        for (int y = 0; y < 4; y++)
            for (int x = 0, n = 1; x < 3; x += n) {
                const int from[3] = { z * 1 - 0, y * 1 - 0, x * 1 - 0 };
                const int first[3] = { first_tap(from[0], 1), first_tap(from[1], 1), first_tap(from[2], 1) };
                const int last[3] = { last_tap(from[0], 1, 2, 3), last_tap(from[1], 1, 2, 4),
                                      last_tap(from[2], 1, 2, 3) };
                const int at = ((from[0] * 4 + from[1]) * 3 + from[2]) * 2, pixel = ((z * 4 + y) * 3 + x) * 8;
                n = x >= 0 && x + TILED <= 2 ? TILED : 1;
                for (int group = 0; group < 1; group++)
                for (int k = 0; k < 8; k += 32) {
                    const int to = pixel + group * 8 + k, outs = 8 - k < 32 ? 8 - k : 32;
                    const float *weights = w + group * 256 + k, *bias = b + group * 16 + k;
                    if (n == TILED)
                        volume_tile(TILED, (8 + LANES - 1) / LANES, in, at + group * 2, step, count, first, last, 2, 2, weights, 16, bias, out + to, outs, 8, ADD, other + to);
                    else
                        volume_tile(1, (8 + LANES - 1) / LANES, in, at + group * 2, step, count, first, last, 2, 2, weights, 16, bias, out + to, outs, 8, ADD, other + to);
                }
            }
}

/* layer_23: Sigmoid, Multiply, 3 x 4 x 3 x 2 to 3 x 4 x 3 x 2 */
static int layer_23_rows(const float *in, const float *other, float *out, int y0, int y1)
{
    for (int y = y0; y < y1; y++) {
        const float *a = in + y * 24, *b = other + y * 6;
        float *to = out + y * 6;
        for (int x = 0; x < 3; x++, a += 8, b += 2, to += 2)
        {
            int i = 0;
            for (; i + LANES <= 2; i += LANES)
                finish(to + i, load(a + i), LANES, SIGMOID_MULTIPLY, b + i);
            if (i < 2)
                finish(to + i, load_part(a + i, 2 - i), 2 - i, SIGMOID_MULTIPLY, b + i);
        }
    }
    return y1 > y0 ? y1 : y0;
}

/* layer_30: Add, Tanh, 3 x 4 x 3 x 2 to 3 x 4 x 3 x 2 */
static int layer_30_rows(const float *in, const float *other, float *out, int y0, int y1)
{
    for (int y = y0; y < y1; y++) {
        const float *a = in + y * 6, *b = other + y * 6;
        float *to = out + y * 6;
        {
            int i = 0;
            for (; i + LANES <= 6; i += LANES)
                finish(to + i, load(a + i), LANES, ADD_TANH, b + i);
            if (i < 6)
                finish(to + i, load_part(a + i, 6 - i), 6 - i, ADD_TANH, b + i);
        }
    }
    return y1 > y0 ? y1 : y0;
}

/* layer_32: Multiply, 3 x 4 x 3 x 2 to 3 x 4 x 3 x 2 */
static int layer_32_rows(const float *in, const float *other, float *out, int y0, int y1)
{
    for (int y = y0; y < y1; y++) {
        const float *a = in + y * 6, *b = other + y * 6;
        float *to = out + y * 6;
        {
            int i = 0;
            for (; i + LANES <= 6; i += LANES)
                finish(to + i, load(a + i), LANES, MULTIPLY, b + i);
            if (i < 6)
                finish(to + i, load_part(a + i, 6 - i), 6 - i, MULTIPLY, b + i);
        }
    }
    return y1 > y0 ? y1 : y0;
}

/* ---- the forward pass ----------------------------------------------------------------------------- */

void net(const float *input, float *output)
{
    for (int n = 0; n < 2; n++)
        layer_1_layer(input + n * 72, layer_1_w, layer_1_b, arena + AT_LAYER_1 + n * 288);
    layer_3_rows(arena + AT_LAYER_1, arena + AT_LAYER_3, 0, 12);
    layer_6_rows(arena + AT_LAYER_3, arena + AT_LAYER_6, 0, 12);
    layer_10_rows(arena + AT_LAYER_3 + 4, arena + AT_LAYER_6, arena + AT_LAYER_10, 0, 12);
    layer_6_rows(arena + AT_LAYER_3 + 6, arena + AT_LAYER_12, 0, 12);
    layer_14_rows(arena + AT_LAYER_10, arena + AT_LAYER_12, arena + AT_LAYER_14, 0, 12);
    layer_16_rows(arena + AT_LAYER_1, arena + AT_LAYER_16, 0, 12);
    layer_18_layer(arena + AT_LAYER_14, layer_18_w, layer_18_b, arena + AT_LAYER_16, arena + AT_LAYER_18);
    layer_6_rows(arena + AT_LAYER_18, arena + AT_LAYER_21, 0, 12);
    layer_23_rows(arena + AT_LAYER_18 + 2, arena + AT_LAYER_10, arena + AT_LAYER_23, 0, 12);
    layer_10_rows(arena + AT_LAYER_18 + 4, arena + AT_LAYER_21, arena + AT_LAYER_25, 0, 12);
    layer_6_rows(arena + AT_LAYER_18 + 6, arena + AT_LAYER_27, 0, 12);
    layer_30_rows(arena + AT_LAYER_23, arena + AT_LAYER_25, arena + AT_LAYER_30, 0, 12);
    layer_32_rows(arena + AT_LAYER_27, arena + AT_LAYER_30, output, 0, 12);
}
