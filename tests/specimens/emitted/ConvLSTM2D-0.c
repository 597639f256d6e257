/*
 * net.c - made by cnnc 0.1.0 from sample.cnn. Do not edit.
 *
 *   layer                    what                               gives               multiply-adds   kept in memory
 *   layer                    View                               6 x 5 x 2                       0   a view
 *   layer_copy               Copy                               6 x 5 x 2                       0   all
 *   layer_1                  Conv2D                             6 x 5 x 12                  12960   all
 *   layer_2                  View                               3 x 6 x 5 x 12                  0   a view
 *   layer_3                  Slice                              1 x 6 x 5 x 12                  0   all
 *   layer_4                  View                               6 x 5 x 12                      0   a view
 *   layer_5                  Slice                              6 x 5 x 3                       0   a view
 *   layer_6                  Sigmoid                            6 x 5 x 3                       0   all
 *   layer_9                  Slice                              6 x 5 x 3                       0   a view
 *   layer_10                 Tanh, Multiply                     6 x 5 x 3                       0   all
 *   layer_11                 Slice                              6 x 5 x 3                       0   a view
 *   layer_12                 Sigmoid                            6 x 5 x 3                       0   all
 *   layer_14                 Tanh, Multiply                     6 x 5 x 3                       0   all
 *   layer_16                 Slice                              1 x 6 x 5 x 12                  0   all
 *   layer_17                 View                               6 x 5 x 12                      0   a view
 *   layer_18                 Conv2D, Add                        6 x 5 x 12                   6480   all
 *   layer_20                 Slice                              6 x 5 x 3                       0   a view
 *   layer_21                 Sigmoid                            6 x 5 x 3                       0   all
 *   layer_22                 Slice                              6 x 5 x 3                       0   a view
 *   layer_23                 Sigmoid, Multiply                  6 x 5 x 3                       0   all
 *   layer_24                 Slice                              6 x 5 x 3                       0   a view
 *   layer_25                 Tanh, Multiply                     6 x 5 x 3                       0   all
 *   layer_26                 Slice                              6 x 5 x 3                       0   a view
 *   layer_27                 Sigmoid                            6 x 5 x 3                       0   all
 *   layer_30                 Add                                6 x 5 x 3                       0   all
 *   layer_31                 Tanh, Multiply                     6 x 5 x 3                       0   all
 *   layer_33                 Slice                              1 x 6 x 5 x 12                  0   all
 *   layer_34                 View                               6 x 5 x 12                      0   a view
 *   layer_35                 Conv2D, Add                        6 x 5 x 12                   6480   all
 *   layer_37                 Slice                              6 x 5 x 3                       0   a view
 *   layer_38                 Sigmoid                            6 x 5 x 3                       0   all
 *   layer_39                 Slice                              6 x 5 x 3                       0   a view
 *   layer_40                 Sigmoid, Multiply                  6 x 5 x 3                       0   all
 *   layer_41                 Slice                              6 x 5 x 3                       0   a view
 *   layer_42                 Tanh, Multiply                     6 x 5 x 3                       0   all
 *   layer_43                 Slice                              6 x 5 x 3                       0   a view
 *   layer_44                 Sigmoid                            6 x 5 x 3                       0   all
 *   layer_47                 Add, Tanh                          6 x 5 x 3                       0   all
 *   layer_49                 Multiply                           6 x 5 x 3                       0   the output
 *
 *   weights 3264 bytes, arena 10112 bytes (lower bound 10112), 25920 multiply-adds
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

static const float layer_1_w[192] = {
    -0.338457f, 0.2558991f, -0.44442523f, 0.6067647f, -0.37379804f, 0.14133285f, -0.27982244f, -0.04476981f,
    -0.2532655f, -0.093727544f, 0.17618647f, -0.29145613f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.095252775f, -0.16904573f, -0.1508033f, -0.21730557f, 0.4543566f, 0.35803932f, 0.14716998f, 0.28103238f,
    0.24217178f, 0.39880142f, -0.29379356f, -0.12831107f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.33449844f, -0.1088541f, 0.24317019f, -0.4519351f, 0.4174f, -0.07130475f, -0.50321615f, 0.14917722f,
    0.50934684f, 0.048782885f, 0.13849321f, -0.11088312f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.1799853f, 0.215391f, 0.5118642f, -0.3059157f, 0.28810233f, -0.21052326f, -0.27747393f, -0.13045092f,
    0.048201904f, 0.0012387335f, 0.35134327f, -0.2700932f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.23059118f, -0.49244633f, 0.09308157f, -0.12911893f, -0.5688945f, 0.10488552f, 0.4391335f, -0.08677322f,
    0.1382753f, 0.18599328f, 0.15329523f, 0.24820258f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.36379653f, -0.47725716f, 0.14150448f, -0.1211742f, -0.051989555f, 0.39368132f, 0.13958524f, -0.2773926f,
    -0.102534086f, -0.039800808f, -0.45791608f, 0.24670684f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.33565053f, -0.07609151f, 0.014658526f, -0.07903616f, 0.48063385f, -0.31325412f, 0.08784321f, 0.06864755f,
    -0.2330253f, -0.53548265f, -0.47310162f, -0.015898436f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.2580199f, 0.15143412f, -0.67870665f, -0.25319043f, -0.61396456f, 0.31231725f, 0.3376322f, -0.51386166f,
    -0.6389755f, 0.05670535f, 0.031347096f, 0.08979495f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.037178785f, -0.5469331f, 0.72727627f, 0.49979427f, -0.042098146f, 0.20070352f, -0.24667315f, 0.1809238f,
    -0.10121228f, -0.5639421f, 0.025028393f, 0.5010134f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.32415083f, -0.41518208f, 0.28563952f, 0.20450751f, -0.35522324f, -0.37036347f, 0.021912456f, 0.019615814f,
    0.043841228f, 0.35921168f, 0.3033085f, -0.008685447f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.26554352f, 0.4177186f, -0.32953674f, -0.66952604f, -0.27192292f, 0.3537036f, 0.3903557f, 0.2639435f,
    -0.34221303f, -0.11292051f, 0.309085f, -0.6020558f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.14378497f, -0.081602946f, 0.54375446f, -0.47216934f, -0.25644293f, 0.5252744f, -0.3246946f, -0.4472629f,
    0.0627044f, -0.1793857f, -0.34496713f, -0.3323218f, 0.0f, 0.0f, 0.0f, 0.0f
};

static const float layer_1_b[16] = {
    -0.37209195f, -0.26673472f, -0.3704394f, -0.409804f, -0.019749224f, -0.30196744f, 0.16721058f, 0.28495502f,
    0.4673056f, -0.4356658f, -0.080397844f, -0.059809566f, 0.0f, 0.0f, 0.0f, 0.0f
};

static const float layer_18_w[288] = {
    -0.36970276f, 0.45149338f, 0.22200593f, -0.107206374f, 0.2530321f, -0.22074413f, -0.07187787f, -0.16906504f,
    -0.14475793f, -0.12952551f, -0.37703216f, 0.119763166f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.059378102f, -0.18854447f, 0.0622977f, -0.366669f, 0.5157099f, 0.111246705f, 0.4564615f, -0.50080353f,
    0.2706129f, -0.24390127f, -0.60142416f, 0.06958975f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.311431f, 0.36411297f, 0.30902508f, 0.20545202f, 0.3322773f, 0.3606189f, -0.18215281f, 0.25819194f,
    -0.31551692f, 0.13270976f, 0.059303313f, -0.17314681f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.5402578f, -0.12203452f, -0.11739215f, 0.093098134f, 0.3568724f, -0.05835606f, -0.3253514f, -0.096328795f,
    -0.09857038f, -0.15680626f, -0.4272058f, 0.58496267f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.27594036f, -0.10258115f, -0.22867583f, 0.18089971f, 0.2658017f, 0.38098112f, -0.20213936f, -0.10547353f,
    0.0020899326f, 0.10950227f, -0.34442705f, -0.37068823f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.14668372f, -0.52052796f, 0.4862804f, 0.13079575f, -0.46099782f, -0.16331539f, 0.27449805f, -0.5109928f,
    -0.40913886f, -0.23353589f, 0.34553075f, -0.10011305f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.37096485f, 0.6263796f, 0.002615124f, -0.11730638f, -0.38045764f, 0.3464047f, -0.00095519517f, -0.5776005f,
    -0.4010588f, 0.19118017f, -0.16621186f, 0.48072988f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.26208997f, 0.21208152f, 0.42376924f, 0.06651212f, -0.1683134f, -0.15663329f, -0.39276838f, -0.4900382f,
    0.360928f, -0.0867785f, -0.32542822f, -0.37155247f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.23179615f, -0.31459716f, -0.09169234f, 0.06638785f, -0.6424693f, 0.08818037f, 0.3230686f, 0.26667324f,
    0.46917528f, 0.05069217f, 0.06607158f, 0.17597178f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.25715417f, -0.44478348f, -0.11122133f, -0.11697987f, 0.4531371f, -0.3240642f, 0.0427237f, 0.05289121f,
    0.11367829f, -0.5870167f, 0.07053695f, 0.3899805f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.08783363f, -0.5468627f, -0.3849343f, -0.1331527f, 0.02241522f, -0.0056470335f, -0.7211615f, -0.42113793f,
    0.18409385f, -0.47632238f, 0.40166807f, 0.63368857f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.06546496f, 0.359541f, -0.38533953f, 0.37045962f, 0.5749426f, 0.5533264f, -0.10318812f, -0.11321719f,
    0.22095267f, -0.26832935f, -0.27097568f, 0.123767674f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.1283494f, 0.042276353f, 0.04651638f, 0.19618924f, 0.50852525f, 0.36230385f, 0.20551585f, 0.36191556f,
    -0.017133709f, -0.46036625f, 0.04950086f, 0.23446172f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.35991335f, -0.39744157f, -0.37190127f, 0.19837391f, -0.0072145015f, -0.32381207f, -0.4733849f, 0.093551576f,
    -0.34693336f, -0.013411847f, -0.16365595f, -0.36056376f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.21102849f, -0.24047084f, -0.22152126f, -0.3619049f, 0.06437607f, 0.3624399f, 0.23144256f, 0.6384887f,
    0.12895001f, -0.49909857f, 0.27582318f, 0.20329645f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.14426832f, -0.49593478f, -0.09048361f, 0.49734724f, -0.24264356f, -0.04922226f, 0.14703977f, -0.18940507f,
    0.34260553f, 0.03318219f, -0.14863017f, 0.30484444f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.22638234f, 0.56565577f, -0.4709091f, 0.26037696f, 0.12887013f, 0.22949646f, -0.103702515f, -0.25459528f,
    -0.012405381f, 0.48352483f, 0.11358002f, -0.22523472f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.23440173f, -0.38847262f, 0.08992221f, 0.24137317f, -0.630075f, -0.28379786f, 0.16248482f, 0.058044106f,
    0.17036666f, 0.023850907f, 0.43584675f, -0.429702f, 0.0f, 0.0f, 0.0f, 0.0f
};

static const float layer_18_b[16] = {
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f
};

static const float layer_35_w[288] = {
    -0.36970276f, 0.45149338f, 0.22200593f, -0.107206374f, 0.2530321f, -0.22074413f, -0.07187787f, -0.16906504f,
    -0.14475793f, -0.12952551f, -0.37703216f, 0.119763166f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.059378102f, -0.18854447f, 0.0622977f, -0.366669f, 0.5157099f, 0.111246705f, 0.4564615f, -0.50080353f,
    0.2706129f, -0.24390127f, -0.60142416f, 0.06958975f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.311431f, 0.36411297f, 0.30902508f, 0.20545202f, 0.3322773f, 0.3606189f, -0.18215281f, 0.25819194f,
    -0.31551692f, 0.13270976f, 0.059303313f, -0.17314681f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.5402578f, -0.12203452f, -0.11739215f, 0.093098134f, 0.3568724f, -0.05835606f, -0.3253514f, -0.096328795f,
    -0.09857038f, -0.15680626f, -0.4272058f, 0.58496267f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.27594036f, -0.10258115f, -0.22867583f, 0.18089971f, 0.2658017f, 0.38098112f, -0.20213936f, -0.10547353f,
    0.0020899326f, 0.10950227f, -0.34442705f, -0.37068823f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.14668372f, -0.52052796f, 0.4862804f, 0.13079575f, -0.46099782f, -0.16331539f, 0.27449805f, -0.5109928f,
    -0.40913886f, -0.23353589f, 0.34553075f, -0.10011305f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.37096485f, 0.6263796f, 0.002615124f, -0.11730638f, -0.38045764f, 0.3464047f, -0.00095519517f, -0.5776005f,
    -0.4010588f, 0.19118017f, -0.16621186f, 0.48072988f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.26208997f, 0.21208152f, 0.42376924f, 0.06651212f, -0.1683134f, -0.15663329f, -0.39276838f, -0.4900382f,
    0.360928f, -0.0867785f, -0.32542822f, -0.37155247f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.23179615f, -0.31459716f, -0.09169234f, 0.06638785f, -0.6424693f, 0.08818037f, 0.3230686f, 0.26667324f,
    0.46917528f, 0.05069217f, 0.06607158f, 0.17597178f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.25715417f, -0.44478348f, -0.11122133f, -0.11697987f, 0.4531371f, -0.3240642f, 0.0427237f, 0.05289121f,
    0.11367829f, -0.5870167f, 0.07053695f, 0.3899805f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.08783363f, -0.5468627f, -0.3849343f, -0.1331527f, 0.02241522f, -0.0056470335f, -0.7211615f, -0.42113793f,
    0.18409385f, -0.47632238f, 0.40166807f, 0.63368857f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.06546496f, 0.359541f, -0.38533953f, 0.37045962f, 0.5749426f, 0.5533264f, -0.10318812f, -0.11321719f,
    0.22095267f, -0.26832935f, -0.27097568f, 0.123767674f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.1283494f, 0.042276353f, 0.04651638f, 0.19618924f, 0.50852525f, 0.36230385f, 0.20551585f, 0.36191556f,
    -0.017133709f, -0.46036625f, 0.04950086f, 0.23446172f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.35991335f, -0.39744157f, -0.37190127f, 0.19837391f, -0.0072145015f, -0.32381207f, -0.4733849f, 0.093551576f,
    -0.34693336f, -0.013411847f, -0.16365595f, -0.36056376f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.21102849f, -0.24047084f, -0.22152126f, -0.3619049f, 0.06437607f, 0.3624399f, 0.23144256f, 0.6384887f,
    0.12895001f, -0.49909857f, 0.27582318f, 0.20329645f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.14426832f, -0.49593478f, -0.09048361f, 0.49734724f, -0.24264356f, -0.04922226f, 0.14703977f, -0.18940507f,
    0.34260553f, 0.03318219f, -0.14863017f, 0.30484444f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.22638234f, 0.56565577f, -0.4709091f, 0.26037696f, 0.12887013f, 0.22949646f, -0.103702515f, -0.25459528f,
    -0.012405381f, 0.48352483f, 0.11358002f, -0.22523472f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.23440173f, -0.38847262f, 0.08992221f, 0.24137317f, -0.630075f, -0.28379786f, 0.16248482f, 0.058044106f,
    0.17036666f, 0.023850907f, 0.43584675f, -0.429702f, 0.0f, 0.0f, 0.0f, 0.0f
};

static const float layer_35_b[16] = {
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f
};

/* ---- memory --------------------------------------------------------------------------------------- */

/* Every activation lives here; those that are not alive at one time share memory. */
#ifdef __GNUC__
__attribute__((aligned(64)))
#endif
static float arena[2528];

/* Where the first pixel of each result lies, in floats; those by rows keep the last few of them. */
enum {
    AT_LAYER_1 = 0,    /* 6 x 5 x 12 */
    AT_LAYER_3 = 1088,    /* 1 x 6 x 5 x 12 */
    AT_LAYER_6 = 2048,    /* 6 x 5 x 3 */
    AT_LAYER_12 = 2144,    /* 6 x 5 x 3 */
    AT_LAYER_10 = 1824,    /* 6 x 5 x 3 */
    AT_LAYER_14 = 1923,    /* 6 x 5 x 3 */
    AT_LAYER_16 = 1456,    /* 1 x 6 x 5 x 12 */
    AT_LAYER_18 = 1088,    /* 6 x 5 x 12 */
    AT_LAYER_21 = 2144,    /* 6 x 5 x 3 */
    AT_LAYER_27 = 2240,    /* 6 x 5 x 3 */
    AT_LAYER_25 = 2336,    /* 6 x 5 x 3 */
    AT_LAYER_23 = 2432,    /* 6 x 5 x 3 */
    AT_LAYER_30 = 1920,    /* 6 x 5 x 3 */
    AT_LAYER_31 = 2019,    /* 6 x 5 x 3 */
    AT_LAYER_33 = 1456,    /* 1 x 6 x 5 x 12 */
    AT_LAYER_35 = 0,    /* 6 x 5 x 12 */
    AT_LAYER_38 = 368,    /* 6 x 5 x 3 */
    AT_LAYER_44 = 464,    /* 6 x 5 x 3 */
    AT_LAYER_42 = 560,    /* 6 x 5 x 3 */
    AT_LAYER_40 = 656,    /* 6 x 5 x 3 */
    AT_LAYER_47 = 752,    /* 6 x 5 x 3 */
    AT_LAYER_COPY = 1090,    /* 6 x 5 x 2 */
    ARENA_END = 2528
};

/* ---- kernels ---------------------------------------------------------------------------------------- */

/* What a kernel applies to its sums before it stores them. */
enum { NONE, SIGMOID, TANH_MULTIPLY, ADD, SIGMOID_MULTIPLY, ADD_2, ADD_TANH, MULTIPLY };

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
    case ADD_2: {
        const vec other = n < LANES ? load_part(from, n) : load(from);
        v = add(v, other);
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

/*
 * Convolution for n neighbouring pixels and one block of channels; rows[ky] begins at the tile's first pixel.
 * step: floats from a pixel's window to the next one's; tap: from one kernel column to the next.
 */
INLINE void conv_tile(int n, int vecs, int block, const float *const *rows, int first, int last, int columns, int channels,
                      int step, int tap, const float *w, const float *bias, float *out, int outs, int out_step,
                      int then, const float *other, int other_step)
{
    const int whole = outs == out_step && outs >= LANES / 2 && other_step == 0;    /* a last vector reaches into the next pixel, stored behind it */
    vec sum[MOST_PIXELS][32 / LANES];
    UNROLL for (int p = 0; p < n; p++)
        UNROLL for (int v = 0; v < vecs; v++)
            sum[p][v] = load(bias + v * LANES);
    w += first * columns * channels * block;
    for (int ky = first; ky < last; ky++)
        for (int kx = 0; kx < columns; kx++)
            for (int i = 0; i < channels; i++, w += block)
                UNROLL for (int p = 0; p < n; p++)
                    UNROLL for (int v = 0; v < vecs; v++)
                        sum[p][v] = mul_add(sum[p][v], rows[ky][p * step + kx * tap + i], load(w + v * LANES));
    UNROLL for (int p = 0; p < n; p++)
        UNROLL for (int v = 0; v < vecs; v++)
            finish(out + p * out_step + v * LANES, sum[p][v], whole && p + 1 < n ? LANES : outs - v * LANES, then, other + p * other_step + v * LANES);
}

/* One row of a convolution for one block of channels: tiles of equal width but for one pixel. */
INLINE void conv_row(int width, int vecs, int block, const float *const *rows, int height, int first, int last, int columns,
                     int channels, int step, int tap, const float *w, const float *bias, float *out, int outs,
                     int out_step, int then, const float *other, int other_step)
{
    const int fitting = TILE / vecs < MOST_PIXELS ? TILE / vecs : MOST_PIXELS;
    const int pixels = step % 1024 == 0 && fitting > 7 ? 7 : fitting;       /* pixels 4 KB apart share one line of each way of the cache */
    const int tiles = (width + pixels - 1) / pixels, most = (width + tiles - 1) / tiles;
    const int full = width - (most - 1) * tiles;            /* so many tiles of the greater width */
    const float *at[16];
    for (int ky = 0; ky < height; ky++)
        at[ky] = rows[ky];
    for (int t = 0; t < tiles; t++) {
        const int n = t < full ? most : most - 1;
        if (t < full)
            conv_tile(most, vecs, block, at, first, last, columns, channels, step, tap, w, bias, out, outs, out_step, then, other, other_step);
        else
            conv_tile(most - 1, vecs, block, at, first, last, columns, channels, step, tap, w, bias, out, outs, out_step, then, other, other_step);
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

/* ---- layers ----------------------------------------------------------------------------------------- */

/* layer_copy: Copy, 6 x 5 x 2 to 6 x 5 x 2 */
static int layer_copy_rows(const float *in, float *out, int y0, int y1)
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

/* layer_1: Conv2D, 6 x 5 x 2 to 6 x 5 x 12 */
static int layer_1_rows(const float *in, const float *w, const float *b, float *out, int y0, int y1)
{
    for (int y = y0; y < y1; y++) {
        const float *rows[2];
        int first = 2, last = 0;
        for (int ky = 0; ky < 2; ky++) {
            const int from = y * 1 + ky * 1 - 0;
            rows[ky] = in;
            if (from >= 0 && from < 6) {
                rows[ky] = in + from * 14 - 2;
                first = first < ky ? first : ky;
                last = ky + 1;
            }
        }
        conv_row(5, (12 + LANES - 1) / LANES, 16, rows, 2, first, last, 1, 6, 2, 2,
                 w + 0 * 12, b + 0, out + y * 60 + 0, 12, 12, NONE, out + 0, 0);
    }
    return y1 > y0 ? y1 : y0;
}

/* layer_3: Slice, 3 x 6 x 5 x 12 to 1 x 6 x 5 x 12 */
static int layer_3_rows(const float *in, float *out, int y0, int y1)
{
    for (int y = y0; y < y1; y++) {
        const float *from = in + y * 60;
        float *to = out + y * 60;
        memcpy(to, from, 60 * sizeof *to);
    }
    return y1 > y0 ? y1 : y0;
}

/* layer_6: Sigmoid, 6 x 5 x 3 to 6 x 5 x 3 */
static int layer_6_rows(const float *in, float *out, int y0, int y1)
{
    for (int y = y0; y < y1; y++) {
        const float *a = in + y * 60, *b = a;
        float *to = out + y * 15;
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

/* layer_10: Tanh, Multiply, 6 x 5 x 3 to 6 x 5 x 3 */
static int layer_10_rows(const float *in, const float *other, float *out, int y0, int y1)
{
    for (int y = y0; y < y1; y++) {
        const float *a = in + y * 60, *b = other + y * 15;
        float *to = out + y * 15;
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

/* layer_14: Tanh, Multiply, 6 x 5 x 3 to 6 x 5 x 3 */
static int layer_14_rows(const float *in, const float *other, float *out, int y0, int y1)
{
    for (int y = y0; y < y1; y++) {
        const float *a = in + y * 15, *b = other + y * 15;
        float *to = out + y * 21;
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

/* layer_16: Slice, 3 x 6 x 5 x 12 to 1 x 6 x 5 x 12 */
static int layer_16_rows(const float *in, float *out, int y0, int y1)
{
    for (int y = y0; y < y1; y++) {
        const float *from = in + (y + 6) * 60;
        float *to = out + y * 60;
        memcpy(to, from, 60 * sizeof *to);
    }
    return y1 > y0 ? y1 : y0;
}

/* layer_18: Conv2D, Add, 6 x 5 x 3 to 6 x 5 x 12 */
static int layer_18_rows(const float *in, const float *w, const float *b, const float *other, float *out, int y0, int y1)
{
    for (int y = y0; y < y1; y++) {
        const float *rows[2];
        int first = 2, last = 0;
        for (int ky = 0; ky < 2; ky++) {
            const int from = y * 1 + ky * 1 - 0;
            rows[ky] = in;
            if (from >= 0 && from < 6) {
                rows[ky] = in + from * 21 - 3;
                first = first < ky ? first : ky;
                last = ky + 1;
            }
        }
        conv_row(5, (12 + LANES - 1) / LANES, 16, rows, 2, first, last, 1, 9, 3, 3,
                 w + 0 * 18, b + 0, out + y * 60 + 0, 12, 12, ADD, other + y * 60 + 0, 12);
    }
    return y1 > y0 ? y1 : y0;
}

/* layer_23: Sigmoid, Multiply, 6 x 5 x 3 to 6 x 5 x 3 */
static int layer_23_rows(const float *in, const float *other, float *out, int y0, int y1)
{
    for (int y = y0; y < y1; y++) {
        const float *a = in + y * 60, *b = other + y * 15;
        float *to = out + y * 15;
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

/* layer_30: Add, 6 x 5 x 3 to 6 x 5 x 3 */
static int layer_30_rows(const float *in, const float *other, float *out, int y0, int y1)
{
    for (int y = y0; y < y1; y++) {
        const float *a = in + y * 15, *b = other + y * 15;
        float *to = out + y * 15;
        {
            int i = 0;
            for (; i + LANES <= 15; i += LANES)
                finish(to + i, load(a + i), LANES, ADD_2, b + i);
            if (i < 15)
                finish(to + i, load_part(a + i, 15 - i), 15 - i, ADD_2, b + i);
        }
    }
    return y1 > y0 ? y1 : y0;
}

/* layer_33: Slice, 3 x 6 x 5 x 12 to 1 x 6 x 5 x 12 */
static int layer_33_rows(const float *in, float *out, int y0, int y1)
{
    for (int y = y0; y < y1; y++) {
        const float *from = in + (y + 12) * 60;
        float *to = out + y * 60;
        memcpy(to, from, 60 * sizeof *to);
    }
    return y1 > y0 ? y1 : y0;
}

/* layer_47: Add, Tanh, 6 x 5 x 3 to 6 x 5 x 3 */
static int layer_47_rows(const float *in, const float *other, float *out, int y0, int y1)
{
    for (int y = y0; y < y1; y++) {
        const float *a = in + y * 15, *b = other + y * 15;
        float *to = out + y * 15;
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

/* layer_49: Multiply, 6 x 5 x 3 to 6 x 5 x 3 */
static int layer_49_rows(const float *in, const float *other, float *out, int y0, int y1)
{
    for (int y = y0; y < y1; y++) {
        const float *a = in + y * 15, *b = other + y * 15;
        float *to = out + y * 15;
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

/* ---- the forward pass ----------------------------------------------------------------------------- */

void net(const float *input, float *output)
{
    clear_margins(arena + AT_LAYER_COPY, 18, 14, 2, 10, 2);
    layer_copy_rows(input, arena + AT_LAYER_COPY, 0, 18);
    for (int n = 0; n < 3; n++)
        layer_1_rows(arena + AT_LAYER_COPY + n * 84, layer_1_w, layer_1_b, arena + AT_LAYER_1 + n * 360, 0, 6);
    layer_3_rows(arena + AT_LAYER_1, arena + AT_LAYER_3, 0, 6);
    clear_margins(arena + AT_LAYER_14, 6, 21, 3, 15, 3);
    layer_6_rows(arena + AT_LAYER_3, arena + AT_LAYER_6, 0, 6);
    layer_10_rows(arena + AT_LAYER_3 + 6, arena + AT_LAYER_6, arena + AT_LAYER_10, 0, 6);
    layer_6_rows(arena + AT_LAYER_3 + 9, arena + AT_LAYER_12, 0, 6);
    layer_14_rows(arena + AT_LAYER_10, arena + AT_LAYER_12, arena + AT_LAYER_14, 0, 6);
    layer_16_rows(arena + AT_LAYER_1, arena + AT_LAYER_16, 0, 6);
    layer_18_rows(arena + AT_LAYER_14, layer_18_w, layer_18_b, arena + AT_LAYER_16, arena + AT_LAYER_18, 0, 6);
    clear_margins(arena + AT_LAYER_31, 6, 21, 3, 15, 3);
    layer_6_rows(arena + AT_LAYER_18, arena + AT_LAYER_21, 0, 6);
    layer_23_rows(arena + AT_LAYER_18 + 3, arena + AT_LAYER_10, arena + AT_LAYER_23, 0, 6);
    layer_10_rows(arena + AT_LAYER_18 + 6, arena + AT_LAYER_21, arena + AT_LAYER_25, 0, 6);
    layer_6_rows(arena + AT_LAYER_18 + 9, arena + AT_LAYER_27, 0, 6);
    layer_30_rows(arena + AT_LAYER_23, arena + AT_LAYER_25, arena + AT_LAYER_30, 0, 6);
    layer_14_rows(arena + AT_LAYER_30, arena + AT_LAYER_27, arena + AT_LAYER_31, 0, 6);
    layer_33_rows(arena + AT_LAYER_1, arena + AT_LAYER_33, 0, 6);
    layer_18_rows(arena + AT_LAYER_31, layer_35_w, layer_35_b, arena + AT_LAYER_33, arena + AT_LAYER_35, 0, 6);
    layer_6_rows(arena + AT_LAYER_35, arena + AT_LAYER_38, 0, 6);
    layer_23_rows(arena + AT_LAYER_35 + 3, arena + AT_LAYER_30, arena + AT_LAYER_40, 0, 6);
    layer_10_rows(arena + AT_LAYER_35 + 6, arena + AT_LAYER_38, arena + AT_LAYER_42, 0, 6);
    layer_6_rows(arena + AT_LAYER_35 + 9, arena + AT_LAYER_44, 0, 6);
    layer_47_rows(arena + AT_LAYER_40, arena + AT_LAYER_42, arena + AT_LAYER_47, 0, 6);
    layer_49_rows(arena + AT_LAYER_44, arena + AT_LAYER_47, output, 0, 6);
}
