/*
 * net.c - made by cnnc 0.1.0 from sample.cnn. Do not edit.
 *
 *   layer                    what                               gives               multiply-adds   kept in memory
 *   layer_1_view             View                               1 x 5 x 2                       0   a view
 *   layer_1_view_copy        Copy                               1 x 5 x 2                       0   all
 *   layer_1                  Conv2D                             1 x 5 x 12                   1080   all
 *   layer_2                  View                               3 x 5 x 12                      0   a view
 *   layer_3                  Slice                              1 x 5 x 12                      0   all
 *   layer_4                  View                               5 x 12                          0   a view
 *   layer_5                  Slice                              5 x 3                           0   a view
 *   layer_6                  Sigmoid                            5 x 3                           0   all
 *   layer_9                  Slice                              5 x 3                           0   a view
 *   layer_10                 Tanh, Multiply                     5 x 3                           0   all
 *   layer_11                 Slice                              5 x 3                           0   a view
 *   layer_12                 Sigmoid                            5 x 3                           0   all
 *   layer_14                 Tanh, Multiply                     5 x 3                           0   all
 *   layer_16                 View                               1 x 5 x 3                       0   a view
 *   layer_17                 Slice                              1 x 5 x 12                      0   all
 *   layer_18                 View                               5 x 12                          0   a view
 *   layer_19_view            View                               1 x 5 x 3                       0   a view
 *   layer_19_view_copy       Copy                               1 x 5 x 3                       0   all
 *   layer_19                 Conv2D                             1 x 5 x 12                    540   all
 *   layer_19_view_1          View                               5 x 12                          0   a view
 *   layer_20                 Add                                5 x 12                          0   all
 *   layer_21                 Slice                              5 x 3                           0   a view
 *   layer_22                 Sigmoid                            5 x 3                           0   all
 *   layer_23                 Slice                              5 x 3                           0   a view
 *   layer_24                 Sigmoid, Multiply                  5 x 3                           0   all
 *   layer_25                 Slice                              5 x 3                           0   a view
 *   layer_26                 Tanh, Multiply                     5 x 3                           0   all
 *   layer_27                 Slice                              5 x 3                           0   a view
 *   layer_28                 Sigmoid                            5 x 3                           0   all
 *   layer_31                 Add                                5 x 3                           0   all
 *   layer_32                 Tanh, Multiply                     5 x 3                           0   all
 *   layer_34                 View                               1 x 5 x 3                       0   a view
 *   layer_35                 Slice                              1 x 5 x 12                      0   all
 *   layer_36                 View                               5 x 12                          0   a view
 *   layer_37_view            View                               1 x 5 x 3                       0   a view
 *   layer_37_view_copy       Copy                               1 x 5 x 3                       0   all
 *   layer_37                 Conv2D                             1 x 5 x 12                    540   all
 *   layer_37_view_1          View                               5 x 12                          0   a view
 *   layer_38                 Add                                5 x 12                          0   all
 *   layer_39                 Slice                              5 x 3                           0   a view
 *   layer_40                 Sigmoid                            5 x 3                           0   all
 *   layer_41                 Slice                              5 x 3                           0   a view
 *   layer_42                 Sigmoid, Multiply                  5 x 3                           0   all
 *   layer_43                 Slice                              5 x 3                           0   a view
 *   layer_44                 Tanh, Multiply                     5 x 3                           0   all
 *   layer_45                 Slice                              5 x 3                           0   a view
 *   layer_46                 Sigmoid                            5 x 3                           0   all
 *   layer_49                 Add, Tanh                          5 x 3                           0   all
 *   layer_51                 Multiply                           5 x 3                           0   all
 *   layer_52                 View                               1 x 5 x 3                       0   a view
 *   layer_53                 Concatenate                        3 x 5 x 3                       0   the output
 *
 *   weights 1728 bytes, arena 1664 bytes (lower bound 1664), 2160 multiply-adds
 */
#include "net.h"

#include <math.h>
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
INLINE mask greater(vec a, vec b)
{
    mask m;
    for (int i = 0; i < LANES; i++)
        m.i[i] = a.f[i] > b.f[i];
    return m;
}
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

/*
 * e^x to 2 units in the last place: x = n ln 2 + r with |r| <= ln 2 / 2 (ln 2 in two parts, so that
 * n ln 2 is exact), the polynomial
 * 1 + r + r^2 q(r), and 2^n set as an exponent, in two factors because n may be 128. Below e^-87.3
 * the result is 0.
 */
INLINE vec exp_vec(vec x)
{
#ifdef VECTORS
    static const float q[5] = { 0.5f, 0.16666512f, 0.04166619f, 0.0083695985f, 0.0013951719f };
    const vec a = smaller(set(89.0f), larger(set(-88.0f), x)),
        t = mul_add_vec(choose(greater(set(0.0f), a), set(-0.5f), set(0.5f)), a, set(1.44269504f));
    const mask n = __builtin_convertvector(t, mask), half = n >> 1;
    const vec m = __builtin_convertvector(n, vec),
        r = mul_add_vec(mul_add_vec(a, m, set(-0.693359375f)), m, set(2.12194440e-4f));
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
INLINE vec sigmoid_vec(vec x) { return divide(set(1.0f),
                                              add(set(1.0f), exp_vec(subtract(set(0.0f), x)))); }

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

static const float layer_1_w[96] = {
    0.3761742f, 0.47167665f, 0.009156764f, -0.09040859f, 0.26343334f, -0.6673211f, -0.83075964f, 0.35374594f,
    0.37402314f, -0.5719249f, -0.2187158f, -0.23907262f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.5002001f, -0.2101739f, 0.6386994f, -0.16013002f, 0.52038664f, 0.039787576f, 0.1618541f, 0.41439247f,
    -0.1448838f, 0.06930548f, -0.4484148f, 0.440524f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.2428333f, 0.27388966f, 0.2819782f, -0.021404386f, 0.55763865f, -0.2529175f, -0.09565695f, -0.009396166f,
    0.5776245f, 0.6007219f, -0.39489806f, 0.28881118f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.18403146f, 0.39616013f, 0.22530712f, -0.39892456f, 0.2503766f, 0.7031369f, -0.34087607f, -0.46665794f,
    -0.3748157f, 0.6727904f, 0.07829064f, -0.5358925f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.24715833f, -0.53230286f, -0.33256143f, 0.7780302f, -0.21159472f, 0.3319519f, 0.1870468f, -0.097731054f,
    0.043860435f, -0.022749476f, 0.3081654f, -0.3097239f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.00020645559f, -0.029569238f, 0.21853782f, 0.40295655f, -0.2960726f, 0.24776891f, -0.29776734f, -0.015111029f,
    0.099368304f, -0.49572366f, -0.41525057f, -0.6000726f, 0.0f, 0.0f, 0.0f, 0.0f
};

static const float layer_1_b[16] = {
    0.43707228f, 0.4718514f, -0.04898864f, 0.30405426f, 0.38510382f, 0.37036914f, 0.23003346f, 0.39454073f,
    -0.4644472f, 0.30198967f, -0.4940905f, -0.08842677f, 0.0f, 0.0f, 0.0f, 0.0f
};

static const float layer_19_w[144] = {
    -0.33582604f, 0.5675229f, 0.043649673f, -0.7247213f, -0.4303537f, -0.22781491f, 0.44256327f, -0.08686423f,
    -0.35613638f, 0.46040422f, 0.12099281f, -0.3253606f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.24227671f, 0.35012394f, -0.34641352f, -0.37982f, 0.39984223f, -0.011204014f, 0.7245128f, -0.29722843f,
    -0.31300086f, -0.2512393f, -0.44090673f, 0.03037431f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.68922657f, -0.40513444f, 0.5924768f, -0.045840234f, -0.010750875f, 0.32560727f, -0.116818815f, -0.1409955f,
    0.5392486f, 0.019359276f, -0.78686076f, 0.14296937f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.3184167f, -0.21395634f, -0.29161918f, 0.06810443f, -0.28451726f, 0.28293937f, 0.18037644f, -0.06615515f,
    0.47612366f, -0.14443539f, -0.42766073f, -0.10860017f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.553145f, 0.65663844f, -0.5419102f, -0.119377635f, -0.50931275f, -0.102546915f, 0.21041445f, 0.0073447768f,
    -0.10756454f, -0.56127787f, -0.09639996f, -0.15865445f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.29063937f, -0.18775648f, -0.031934403f, -0.09832147f, 0.22405945f, -0.15546632f, 0.25657946f, -0.31705827f,
    -0.20169812f, -0.45288873f, 0.8396699f, -0.14593935f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.30114245f, -0.21687187f, -0.21512866f, -0.16225646f, -0.03555295f, 0.081540376f, 0.07161025f, -0.4777411f,
    -0.36459798f, -0.09926571f, -0.3116934f, 0.117551446f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.12998214f, 0.4430179f, 0.15052404f, -0.2679714f, -0.22074556f, -0.39521736f, -0.2922417f, 0.025132542f,
    -0.03754343f, -0.0073325634f, 0.49809104f, 0.05942443f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.047980644f, 0.26732463f, 0.3818407f, 0.55814445f, -0.67140234f, 0.14594665f, 0.11711465f, 0.7565766f,
    0.3604629f, -0.49198484f, -0.487395f, -0.029525936f, 0.0f, 0.0f, 0.0f, 0.0f
};

static const float layer_19_b[16] = {
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f
};

static const float layer_37_w[144] = {
    -0.33582604f, 0.5675229f, 0.043649673f, -0.7247213f, -0.4303537f, -0.22781491f, 0.44256327f, -0.08686423f,
    -0.35613638f, 0.46040422f, 0.12099281f, -0.3253606f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.24227671f, 0.35012394f, -0.34641352f, -0.37982f, 0.39984223f, -0.011204014f, 0.7245128f, -0.29722843f,
    -0.31300086f, -0.2512393f, -0.44090673f, 0.03037431f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.68922657f, -0.40513444f, 0.5924768f, -0.045840234f, -0.010750875f, 0.32560727f, -0.116818815f, -0.1409955f,
    0.5392486f, 0.019359276f, -0.78686076f, 0.14296937f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.3184167f, -0.21395634f, -0.29161918f, 0.06810443f, -0.28451726f, 0.28293937f, 0.18037644f, -0.06615515f,
    0.47612366f, -0.14443539f, -0.42766073f, -0.10860017f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.553145f, 0.65663844f, -0.5419102f, -0.119377635f, -0.50931275f, -0.102546915f, 0.21041445f, 0.0073447768f,
    -0.10756454f, -0.56127787f, -0.09639996f, -0.15865445f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.29063937f, -0.18775648f, -0.031934403f, -0.09832147f, 0.22405945f, -0.15546632f, 0.25657946f, -0.31705827f,
    -0.20169812f, -0.45288873f, 0.8396699f, -0.14593935f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.30114245f, -0.21687187f, -0.21512866f, -0.16225646f, -0.03555295f, 0.081540376f, 0.07161025f, -0.4777411f,
    -0.36459798f, -0.09926571f, -0.3116934f, 0.117551446f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.12998214f, 0.4430179f, 0.15052404f, -0.2679714f, -0.22074556f, -0.39521736f, -0.2922417f, 0.025132542f,
    -0.03754343f, -0.0073325634f, 0.49809104f, 0.05942443f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.047980644f, 0.26732463f, 0.3818407f, 0.55814445f, -0.67140234f, 0.14594665f, 0.11711465f, 0.7565766f,
    0.3604629f, -0.49198484f, -0.487395f, -0.029525936f, 0.0f, 0.0f, 0.0f, 0.0f
};

static const float layer_37_b[16] = {
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f
};

/* ---- memory ---------------------------------------------------------------------------------- */

/* Every activation lives here; those that are not alive at one time share memory. */
#ifdef __GNUC__
__attribute__((aligned(64)))
#endif
static float arena[416];

/* Where the first pixel of each result lies, in floats; those by rows keep the last few of them. */
enum {
    AT_LAYER_1 = 0,    /* 1 x 5 x 12 */
    AT_LAYER_3 = 192,    /* 1 x 5 x 12 */
    AT_LAYER_6 = 256,    /* 5 x 3 */
    AT_LAYER_12 = 256,    /* 5 x 3 */
    AT_LAYER_10 = 336,    /* 5 x 3 */
    AT_LAYER_14 = 192,    /* 5 x 3 */
    AT_LAYER_17 = 272,    /* 1 x 5 x 12 */
    AT_LAYER_19 = 352,    /* 1 x 5 x 12 */
    AT_LAYER_20 = 208,    /* 5 x 12 */
    AT_LAYER_22 = 288,    /* 5 x 3 */
    AT_LAYER_28 = 304,    /* 5 x 3 */
    AT_LAYER_26 = 320,    /* 5 x 3 */
    AT_LAYER_24 = 272,    /* 5 x 3 */
    AT_LAYER_31 = 288,    /* 5 x 3 */
    AT_LAYER_32 = 272,    /* 5 x 3 */
    AT_LAYER_35 = 208,    /* 1 x 5 x 12 */
    AT_LAYER_37 = 64,    /* 1 x 5 x 12 */
    AT_LAYER_38 = 0,    /* 5 x 12 */
    AT_LAYER_40 = 80,    /* 5 x 3 */
    AT_LAYER_46 = 80,    /* 5 x 3 */
    AT_LAYER_44 = 96,    /* 5 x 3 */
    AT_LAYER_42 = 64,    /* 5 x 3 */
    AT_LAYER_49 = 0,    /* 5 x 3 */
    AT_LAYER_51 = 16,    /* 5 x 3 */
    AT_LAYER_1_VIEW_COPY = 194,    /* 1 x 5 x 2 */
    AT_LAYER_19_VIEW_COPY = 211,    /* 1 x 5 x 3 */
    AT_LAYER_37_VIEW_COPY = 3,    /* 1 x 5 x 3 */
    ARENA_END = 416
};

/* ---- kernels --------------------------------------------------------------------------------- */

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
        v = add(v, other);
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

/*
 * Convolution for n neighbouring pixels and one block of channels; rows[ky] begins at the tile's
 * first pixel.
 * step: floats from a pixel's window to the next one's; tap: from one kernel column to the next.
 */
INLINE void conv_tile(int n, int vecs, int block, const float *const *rows, int first, int last,
                      int columns, int channels,
                      int step, int tap, const float *w, const float *bias, float *out, int outs,
                      int out_step,
                      int then, const float *other, int other_step)
{
    /* a last vector reaches into the next pixel, stored behind it */
    const int whole = outs == out_step && outs >= LANES / 2 && other_step == 0;
    vec sum[MOST_PIXELS][32 / LANES];
    UNROLL for (int p = 0; p < n; p++)
        UNROLL for (int v = 0; v < vecs; v++)
            sum[p][v] = load(bias + v * LANES);
    w += first * columns * channels * block;
    for (int ky = first; ky < last; ky++) {
        /* no loop for a few short steps: it would end as soon as it runs */
        if (FEW(channels) && columns == 1 && vecs == 1) {
            UNROLL for (int i = 0; i < channels; i++)
                UNROLL for (int p = 0; p < n; p++)
                    UNROLL for (int v = 0; v < vecs; v++)
                        sum[p][v] = mul_add(sum[p][v], rows[ky][p * step + i],
                                            load(w + i * block + v * LANES));
            w += channels * block;
            continue;
        }
        for (int kx = 0; kx < columns; kx++)
            for (int i = 0; i < channels; i++, w += block)
                UNROLL for (int p = 0; p < n; p++)
                    UNROLL for (int v = 0; v < vecs; v++)
                        sum[p][v] = mul_add(sum[p][v], rows[ky][p * step + kx * tap + i],
                                            load(w + v * LANES));
    }
    UNROLL for (int p = 0; p < n; p++)
        UNROLL for (int v = 0; v < vecs; v++)
            finish(out + p * out_step + v * LANES, sum[p][v],
                   whole && p + 1 < n ? LANES : outs - v * LANES, then,
                   other + p * other_step + v * LANES);
}

/* One row of a convolution for one block of channels: tiles of equal width but for one pixel. */
INLINE void conv_row(int width, int vecs, int block, const float *const *rows, int height,
                     int first, int last, int columns,
                     int channels, int step, int tap, const float *w, const float *bias, float *out,
                     int outs,
                     int out_step, int then, const float *other, int other_step)
{
    const int fitting = TILE / vecs < MOST_PIXELS ? TILE / vecs : MOST_PIXELS;
    /* pixels 4 KB apart share one line of each way of the cache */
    const int pixels = step % 1024 == 0 && fitting > 7 ? 7 : fitting;
    const int tiles = (width + pixels - 1) / pixels, most = (width + tiles - 1) / tiles;
    const int full = width - (most - 1) * tiles;            /* so many tiles of the greater width */
    const float *at[16];
    for (int ky = 0; ky < height; ky++)
        at[ky] = rows[ky];
    for (int t = 0; t < tiles; t++) {
        const int n = t < full ? most : most - 1;
        if (t < full)
            conv_tile(most, vecs, block, at, first, last, columns, channels, step, tap, w, bias,
                      out, outs, out_step, then, other, other_step);
        else
            conv_tile(most - 1, vecs, block, at, first, last, columns, channels, step, tap, w, bias,
                      out, outs, out_step, then, other, other_step);
        for (int ky = first; ky < last; ky++)
            at[ky] += n * step;
        out += n * out_step;
        other += n * other_step;
    }
}

/* Zero pixels before and after each row; `at` is the first row's first pixel. */
static void clear_margins(float *at, int rows, int stride, int left, int width, int right)
{
    for (int y = 0; y < rows; y++, at += stride) {
        memset(at - left, 0, (size_t)left * sizeof *at);
        memset(at + width, 0, (size_t)right * sizeof *at);
    }
}

/* ---- layers ---------------------------------------------------------------------------------- */

/* layer_1_view_copy: Copy, 1 x 5 x 2 to 1 x 5 x 2 */
static int layer_1_view_copy_rows(const float *in, float *out, int y0, int y1)
{
    for (int y = y0; y < y1; y++) {
        const float *a = in + y * 10, *b = a;
        float *to = out + y * 14;
        {
            int i = 0;
            for (; i + LANES <= 10; i += LANES)
                finish(to + i, load(a + i), LANES, NONE, b + i);
            if (i < 10)
                finish(to + i, load_part(a + i, 10 - i), 10 - i, NONE, b + i);
        }
    }
    return y1 > y0 ? y1 : y0;
}

/* layer_1: Conv2D, 1 x 5 x 2 to 1 x 5 x 12 */
static int layer_1_rows(const float *in, const float *w, const float *b, float *out, int y0, int y1)
{
    for (int y = y0; y < y1; y++) {
        const float *rows[1];
        int first = 1, last = 0;
        for (int ky = 0; ky < 1; ky++) {
            const int from = y * 1 + ky * 1 - 0;
            rows[ky] = in;
            if (from >= 0 && from < 1) {
                rows[ky] = in + from * 14 - 2;
                first = first < ky ? first : ky;
                last = ky + 1;
            }
        }
        conv_row(5, (12 + LANES - 1) / LANES, 16, rows, 1, first, last,
            1, 6, 2, 2,
                 w + 0 * 6, b + 0, out + y * 60 + 0, 12, 12,
                 NONE, out + 0, 0);
    }
    return y1 > y0 ? y1 : y0;
}

/* layer_3: Slice, 3 x 5 x 12 to 1 x 5 x 12 */
static int layer_3_rows(const float *in, float *out, int y0, int y1)
{
    for (int y = y0; y < y1; y++) {
        const float *from = in + y * 60;
        float *to = out + 0;
        memcpy(to, from, 60 * sizeof *to);
    }
    return y1 > y0 ? y1 : y0;
}

/* layer_6: Sigmoid, 5 x 3 to 5 x 3 */
static int layer_6_rows(const float *in, float *out, int y0, int y1)
{
    for (int y = y0; y < y1; y++) {
        const float *a = in + 0, *b = a;
        float *to = out + 0;
        for (int x = 0; x < 5; x++, a += 12, b += 12, to += 3)
        {
            int i = 0;
            for (; i + LANES <= 3; i += LANES)
                finish(to + i, load(a + i), LANES, SIGMOID, b + i);
            if (i < 3)
                finish(to + i, load_part(a + i, 3 - i), 3 - i, SIGMOID, b + i);
        }
    }
    return y1 > y0 ? y1 : y0;
}

/* layer_10: Tanh, Multiply, 5 x 3 to 5 x 3 */
static int layer_10_rows(const float *in, const float *other, float *out, int y0, int y1)
{
    for (int y = y0; y < y1; y++) {
        const float *a = in + 0, *b = other + 0;
        float *to = out + 0;
        for (int x = 0; x < 5; x++, a += 12, b += 3, to += 3)
        {
            int i = 0;
            for (; i + LANES <= 3; i += LANES)
                finish(to + i, load(a + i), LANES, TANH_MULTIPLY, b + i);
            if (i < 3)
                finish(to + i, load_part(a + i, 3 - i), 3 - i, TANH_MULTIPLY, b + i);
        }
    }
    return y1 > y0 ? y1 : y0;
}

/* layer_14: Tanh, Multiply, 5 x 3 to 5 x 3 */
static int layer_14_rows(const float *in, const float *other, float *out, int y0, int y1)
{
    for (int y = y0; y < y1; y++) {
        const float *a = in + 0, *b = other + 0;
        float *to = out + 0;
        {
            int i = 0;
            for (; i + LANES <= 15; i += LANES)
                finish(to + i, load(a + i), LANES, TANH_MULTIPLY, b + i);
            if (i < 15)
                finish(to + i, load_part(a + i, 15 - i), 15 - i, TANH_MULTIPLY, b + i);
        }
    }
    return y1 > y0 ? y1 : y0;
}

/* layer_17: Slice, 3 x 5 x 12 to 1 x 5 x 12 */
static int layer_17_rows(const float *in, float *out, int y0, int y1)
{
    for (int y = y0; y < y1; y++) {
        const float *from = in + (y + 1) * 60;
        float *to = out + 0;
        memcpy(to, from, 60 * sizeof *to);
    }
    return y1 > y0 ? y1 : y0;
}

/* layer_19_view_copy: Copy, 1 x 5 x 3 to 1 x 5 x 3 */
static int layer_19_view_copy_rows(const float *in, float *out, int y0, int y1)
{
    for (int y = y0; y < y1; y++) {
        const float *a = in + 0, *b = a;
        float *to = out + 0;
        {
            int i = 0;
            for (; i + LANES <= 15; i += LANES)
                finish(to + i, load(a + i), LANES, NONE, b + i);
            if (i < 15)
                finish(to + i, load_part(a + i, 15 - i), 15 - i, NONE, b + i);
        }
    }
    return y1 > y0 ? y1 : y0;
}

/* layer_19: Conv2D, 1 x 5 x 3 to 1 x 5 x 12 */
static int layer_19_rows(const float *in, const float *w, const float *b, float *out, int y0, int y1)
{
    for (int y = y0; y < y1; y++) {
        const float *rows[1];
        int first = 1, last = 0;
        for (int ky = 0; ky < 1; ky++) {
            const int from = y * 1 + ky * 1 - 0;
            rows[ky] = in;
            if (from >= 0 && from < 1) {
                rows[ky] = in + 0 - 3;
                first = first < ky ? first : ky;
                last = ky + 1;
            }
        }
        conv_row(5, (12 + LANES - 1) / LANES, 16, rows, 1, first, last,
            1, 9, 3, 3,
                 w + 0 * 9, b + 0, out + 0 + 0, 12, 12,
                 NONE, out + 0, 0);
    }
    return y1 > y0 ? y1 : y0;
}

/* layer_20: Add, 5 x 12 to 5 x 12 */
static int layer_20_rows(const float *in, const float *other, float *out, int y0, int y1)
{
    for (int y = y0; y < y1; y++) {
        const float *a = in + 0, *b = other + 0;
        float *to = out + 0;
        {
            int i = 0;
            for (; i + LANES <= 60; i += LANES)
                finish(to + i, load(a + i), LANES, ADD, b + i);
            if (i < 60)
                finish(to + i, load_part(a + i, 60 - i), 60 - i, ADD, b + i);
        }
    }
    return y1 > y0 ? y1 : y0;
}

/* layer_24: Sigmoid, Multiply, 5 x 3 to 5 x 3 */
static int layer_24_rows(const float *in, const float *other, float *out, int y0, int y1)
{
    for (int y = y0; y < y1; y++) {
        const float *a = in + 0, *b = other + 0;
        float *to = out + 0;
        for (int x = 0; x < 5; x++, a += 12, b += 3, to += 3)
        {
            int i = 0;
            for (; i + LANES <= 3; i += LANES)
                finish(to + i, load(a + i), LANES, SIGMOID_MULTIPLY, b + i);
            if (i < 3)
                finish(to + i, load_part(a + i, 3 - i), 3 - i, SIGMOID_MULTIPLY, b + i);
        }
    }
    return y1 > y0 ? y1 : y0;
}

/* layer_31: Add, 5 x 3 to 5 x 3 */
static int layer_31_rows(const float *in, const float *other, float *out, int y0, int y1)
{
    for (int y = y0; y < y1; y++) {
        const float *a = in + 0, *b = other + 0;
        float *to = out + 0;
        {
            int i = 0;
            for (; i + LANES <= 15; i += LANES)
                finish(to + i, load(a + i), LANES, ADD, b + i);
            if (i < 15)
                finish(to + i, load_part(a + i, 15 - i), 15 - i, ADD, b + i);
        }
    }
    return y1 > y0 ? y1 : y0;
}

/* layer_35: Slice, 3 x 5 x 12 to 1 x 5 x 12 */
static int layer_35_rows(const float *in, float *out, int y0, int y1)
{
    for (int y = y0; y < y1; y++) {
        const float *from = in + (y + 2) * 60;
        float *to = out + 0;
        memcpy(to, from, 60 * sizeof *to);
    }
    return y1 > y0 ? y1 : y0;
}

/* layer_49: Add, Tanh, 5 x 3 to 5 x 3 */
static int layer_49_rows(const float *in, const float *other, float *out, int y0, int y1)
{
    for (int y = y0; y < y1; y++) {
        const float *a = in + 0, *b = other + 0;
        float *to = out + 0;
        {
            int i = 0;
            for (; i + LANES <= 15; i += LANES)
                finish(to + i, load(a + i), LANES, ADD_TANH, b + i);
            if (i < 15)
                finish(to + i, load_part(a + i, 15 - i), 15 - i, ADD_TANH, b + i);
        }
    }
    return y1 > y0 ? y1 : y0;
}

/* layer_51: Multiply, 5 x 3 to 5 x 3 */
static int layer_51_rows(const float *in, const float *other, float *out, int y0, int y1)
{
    for (int y = y0; y < y1; y++) {
        const float *a = in + 0, *b = other + 0;
        float *to = out + 0;
        {
            int i = 0;
            for (; i + LANES <= 15; i += LANES)
                finish(to + i, load(a + i), LANES, MULTIPLY, b + i);
            if (i < 15)
                finish(to + i, load_part(a + i, 15 - i), 15 - i, MULTIPLY, b + i);
        }
    }
    return y1 > y0 ? y1 : y0;
}

/* layer_53: Concatenate, 1 x 5 x 3 to 3 x 5 x 3 */
static void layer_53_layer(const float *in0, const float *in1, const float *in2, float *out)
{
    memcpy(out, in0, 15 * sizeof *out);
    memcpy(out + 15, in1, 15 * sizeof *out);
    memcpy(out + 30, in2, 15 * sizeof *out);
}

/* ---- the forward pass ------------------------------------------------------------------------ */

void net(const float *input, float *output)
{
    clear_margins(arena + AT_LAYER_1_VIEW_COPY, 3, 14, 2, 10, 2);
    layer_1_view_copy_rows(input, arena + AT_LAYER_1_VIEW_COPY, 0, 3);
    for (int n = 0; n < 3; n++)
        layer_1_rows(arena + AT_LAYER_1_VIEW_COPY + n * 14, layer_1_w, layer_1_b,
                     arena + AT_LAYER_1 + n * 60, 0, 1);
    layer_3_rows(arena + AT_LAYER_1, arena + AT_LAYER_3, 0, 1);
    layer_6_rows(arena + AT_LAYER_3, arena + AT_LAYER_6, 0, 1);
    layer_10_rows(arena + AT_LAYER_3 + 6, arena + AT_LAYER_6, arena + AT_LAYER_10, 0, 1);
    layer_6_rows(arena + AT_LAYER_3 + 9, arena + AT_LAYER_12, 0, 1);
    layer_14_rows(arena + AT_LAYER_10, arena + AT_LAYER_12, arena + AT_LAYER_14, 0, 1);
    layer_17_rows(arena + AT_LAYER_1, arena + AT_LAYER_17, 0, 1);
    clear_margins(arena + AT_LAYER_19_VIEW_COPY, 1, 21, 3, 15, 3);
    layer_19_view_copy_rows(arena + AT_LAYER_14, arena + AT_LAYER_19_VIEW_COPY, 0, 1);
    layer_19_rows(arena + AT_LAYER_19_VIEW_COPY, layer_19_w, layer_19_b, arena + AT_LAYER_19, 0, 1);
    layer_20_rows(arena + AT_LAYER_17, arena + AT_LAYER_19, arena + AT_LAYER_20, 0, 1);
    layer_6_rows(arena + AT_LAYER_20, arena + AT_LAYER_22, 0, 1);
    layer_24_rows(arena + AT_LAYER_20 + 3, arena + AT_LAYER_10, arena + AT_LAYER_24, 0, 1);
    layer_10_rows(arena + AT_LAYER_20 + 6, arena + AT_LAYER_22, arena + AT_LAYER_26, 0, 1);
    layer_6_rows(arena + AT_LAYER_20 + 9, arena + AT_LAYER_28, 0, 1);
    layer_31_rows(arena + AT_LAYER_24, arena + AT_LAYER_26, arena + AT_LAYER_31, 0, 1);
    layer_14_rows(arena + AT_LAYER_31, arena + AT_LAYER_28, arena + AT_LAYER_32, 0, 1);
    layer_35_rows(arena + AT_LAYER_1, arena + AT_LAYER_35, 0, 1);
    clear_margins(arena + AT_LAYER_37_VIEW_COPY, 1, 21, 3, 15, 3);
    layer_19_view_copy_rows(arena + AT_LAYER_32, arena + AT_LAYER_37_VIEW_COPY, 0, 1);
    layer_19_rows(arena + AT_LAYER_37_VIEW_COPY, layer_37_w, layer_37_b, arena + AT_LAYER_37, 0, 1);
    layer_20_rows(arena + AT_LAYER_35, arena + AT_LAYER_37, arena + AT_LAYER_38, 0, 1);
    layer_6_rows(arena + AT_LAYER_38, arena + AT_LAYER_40, 0, 1);
    layer_24_rows(arena + AT_LAYER_38 + 3, arena + AT_LAYER_31, arena + AT_LAYER_42, 0, 1);
    layer_10_rows(arena + AT_LAYER_38 + 6, arena + AT_LAYER_40, arena + AT_LAYER_44, 0, 1);
    layer_6_rows(arena + AT_LAYER_38 + 9, arena + AT_LAYER_46, 0, 1);
    layer_49_rows(arena + AT_LAYER_42, arena + AT_LAYER_44, arena + AT_LAYER_49, 0, 1);
    layer_51_rows(arena + AT_LAYER_46, arena + AT_LAYER_49, arena + AT_LAYER_51, 0, 1);
    layer_53_layer(arena + AT_LAYER_14, arena + AT_LAYER_32, arena + AT_LAYER_51, output);
}
