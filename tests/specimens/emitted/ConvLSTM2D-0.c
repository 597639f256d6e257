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
    -0.02994664f, 0.17239489f, -0.5392567f, -0.2613913f, 0.015680099f, -0.72143954f, -0.51800334f, -0.27054262f,
    0.19801693f, -0.39557338f, 0.32208648f, -0.41805294f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.3831478f, 0.68572515f, -0.1706349f, 0.20992872f, 0.33056718f, 0.17158492f, 0.24240586f, -0.08239554f,
    0.110410765f, 0.4421827f, -0.16703145f, 0.5063453f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.1825994f, -0.39869434f, -0.2934271f, -0.088684574f, -0.12280953f, -0.033595696f, -0.45534468f, -0.24467316f,
    0.59546655f, 0.035873294f, -0.52572525f, 0.45597047f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.099727616f, -0.20274048f, 0.0056523383f, 0.10986708f, -0.043250084f, -0.17758442f, -0.45205766f, -0.6520514f,
    -0.23673029f, 0.39941242f, 0.15713096f, -0.4278384f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.52786714f, -0.22508588f, 0.03453336f, 0.22702788f, -0.034094214f, 0.17060047f, 0.3497943f, -0.086360455f,
    -0.57620215f, -0.21216223f, 0.18482013f, 0.39049545f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.46881312f, 0.095814735f, 0.26621562f, 0.12344946f, 0.2693556f, 0.15812187f, -0.18669988f, 0.45792606f,
    0.083969206f, -0.30792618f, -0.46329004f, 0.003739357f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.078250736f, -0.506051f, 0.07228626f, 0.7024175f, -0.14741905f, -0.359165f, -0.27689305f, 0.16680567f,
    0.11309631f, -0.4411777f, -0.4782104f, -0.2050815f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.26995578f, 0.116588235f, -0.63493085f, -0.45560035f, -0.035521597f, -0.03480816f, -0.32861564f, -0.7246147f,
    -0.41305113f, 0.29042405f, 0.19943821f, -0.02739267f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.11471978f, -0.26308346f, 0.66400486f, 0.6229955f, -0.15211074f, -0.47682178f, -0.14316641f, -0.50806886f,
    -0.19808997f, 0.023112983f, -0.3128379f, 0.16473413f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.3246825f, -0.08403823f, -0.17462294f, 0.21829985f, -0.21457894f, -0.29241675f, -0.6164175f, -0.3663795f,
    0.07981114f, 0.6134175f, -0.20825458f, 0.3788055f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.027550995f, -0.2798037f, -0.6138004f, -0.35939687f, -0.34937957f, 0.28526834f, 0.24732059f, -0.14495766f,
    0.3888672f, -0.23757987f, -0.09763481f, -0.51835465f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.27677897f, -0.29302275f, 0.38625398f, -0.09966546f, -0.29939315f, -0.11276434f, 0.21860775f, -0.47682717f,
    0.42250383f, -0.47611737f, -0.6111705f, -0.12454006f, 0.0f, 0.0f, 0.0f, 0.0f
};

static const float layer_1_b[16] = {
    -0.06609976f, -0.07708675f, -0.017896235f, 0.14699656f, 0.10696477f, 0.0041196942f, 0.4311955f, 0.11084366f,
    -0.31759298f, 0.12823898f, -0.18032598f, 0.4184072f, 0.0f, 0.0f, 0.0f, 0.0f
};

static const float layer_18_w[288] = {
    0.23171423f, 0.5233552f, -0.28405717f, -0.32944098f, -0.16743948f, -0.09278822f, 0.1868482f, -0.46596932f,
    -0.24513727f, -0.118857056f, -0.3245238f, -0.23578367f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.62190634f, -0.50637656f, -0.3879317f, 0.08189534f, 0.4138945f, -0.13732207f, -0.15818769f, -0.24686076f,
    0.21250744f, 0.42052f, -0.013446823f, 0.5152466f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.62020135f, -0.28078628f, -0.3306156f, -0.031748958f, -0.0413422f, 0.25681496f, 0.2551371f, 0.43476754f,
    0.37124935f, 0.13289763f, 0.11256036f, -0.44875965f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.40765643f, -0.20258847f, 0.03767261f, -0.47132054f, -0.15791443f, 0.26541835f, 0.17672965f, 0.22670686f,
    -0.26197317f, -0.55248654f, -0.044147015f, -0.29673856f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.31461918f, 0.086690895f, -0.46445256f, -0.12531754f, -0.36293682f, 0.29144844f, -0.21829961f, -0.02720769f,
    -0.07561509f, -0.1799923f, 0.24454129f, 0.39902183f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.23963699f, -0.41097444f, 0.46216157f, -0.1912038f, 0.29142874f, -0.22345504f, 0.33693498f, -0.5195553f,
    -0.27453125f, -0.22457683f, -0.032062486f, 0.46975613f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.47113094f, -0.044471562f, -0.5829716f, -0.46827665f, 0.400546f, -0.118909046f, 0.24213603f, -0.1722475f,
    -0.48391956f, -0.09636892f, 0.25386325f, -0.23515205f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.0031390935f, 0.25425205f, 0.4919076f, -0.33570838f, -0.27093852f, -0.4784707f, -0.35459107f, 0.07204684f,
    0.3731125f, -0.30078045f, -0.3223628f, -0.20535553f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.42326665f, 0.2990658f, -0.19276936f, -0.014016554f, 0.095969155f, -0.14498532f, -0.24479166f, -0.18601653f,
    -0.0703246f, 0.13768068f, -0.5895517f, 0.4153469f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.3296258f, 0.29174986f, -0.5770727f, -0.22806117f, -0.17397957f, 0.32635963f, 0.19850843f, -0.39611995f,
    -0.5623875f, -0.11678264f, 0.23726252f, 0.32522726f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.2629825f, 0.10960513f, -0.103799984f, 0.5932481f, -0.08371502f, -0.006631702f, -0.28776434f, 0.4190895f,
    0.14133044f, -0.6304418f, 0.10410309f, 0.12519899f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.1610611f, 0.25412995f, -0.16550955f, -0.35452163f, 0.05237052f, 0.5281628f, -0.3412955f, -0.34545743f,
    -0.52089196f, -0.17660376f, 0.3533385f, -0.08950794f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.6475214f, -0.031534344f, -0.3286051f, 0.40685892f, -0.26393768f, -0.14043887f, -0.10490866f, 0.2768664f,
    -0.3523547f, -0.30859375f, 0.40201035f, -0.1975255f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.3568412f, 0.49370366f, 0.5118152f, 0.38341987f, -0.17754252f, -0.06881173f, -0.18435618f, -0.037609875f,
    -0.22924413f, -0.19913366f, -0.42067772f, 0.28221178f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.39157334f, 0.48752987f, -0.02457875f, -0.107810356f, 0.26920277f, -0.06221179f, -0.46202517f, 0.41453153f,
    -0.2492315f, 0.39637956f, 0.49890083f, -0.43685016f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.036586896f, -0.54516363f, -0.043023534f, 0.57619715f, 0.0088866055f, 0.0003630221f, -0.39287078f, 0.43929482f,
    -0.2381231f, 0.38774383f, -0.02244445f, 0.0047762245f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.24142495f, 0.24621628f, 0.21240309f, -0.68610847f, 0.39113826f, -0.22931977f, -0.048720688f, -0.10477078f,
    -0.089160964f, -0.20969334f, 0.31526408f, 0.024173588f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.08969429f, 0.33398044f, -0.34030452f, -0.19651462f, -0.046096727f, 0.24959053f, -0.14507997f, 0.42198035f,
    0.6196682f, -0.5083206f, -0.07545972f, -0.123351485f, 0.0f, 0.0f, 0.0f, 0.0f
};

static const float layer_18_b[16] = {
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f
};

static const float layer_35_w[288] = {
    0.23171423f, 0.5233552f, -0.28405717f, -0.32944098f, -0.16743948f, -0.09278822f, 0.1868482f, -0.46596932f,
    -0.24513727f, -0.118857056f, -0.3245238f, -0.23578367f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.62190634f, -0.50637656f, -0.3879317f, 0.08189534f, 0.4138945f, -0.13732207f, -0.15818769f, -0.24686076f,
    0.21250744f, 0.42052f, -0.013446823f, 0.5152466f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.62020135f, -0.28078628f, -0.3306156f, -0.031748958f, -0.0413422f, 0.25681496f, 0.2551371f, 0.43476754f,
    0.37124935f, 0.13289763f, 0.11256036f, -0.44875965f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.40765643f, -0.20258847f, 0.03767261f, -0.47132054f, -0.15791443f, 0.26541835f, 0.17672965f, 0.22670686f,
    -0.26197317f, -0.55248654f, -0.044147015f, -0.29673856f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.31461918f, 0.086690895f, -0.46445256f, -0.12531754f, -0.36293682f, 0.29144844f, -0.21829961f, -0.02720769f,
    -0.07561509f, -0.1799923f, 0.24454129f, 0.39902183f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.23963699f, -0.41097444f, 0.46216157f, -0.1912038f, 0.29142874f, -0.22345504f, 0.33693498f, -0.5195553f,
    -0.27453125f, -0.22457683f, -0.032062486f, 0.46975613f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.47113094f, -0.044471562f, -0.5829716f, -0.46827665f, 0.400546f, -0.118909046f, 0.24213603f, -0.1722475f,
    -0.48391956f, -0.09636892f, 0.25386325f, -0.23515205f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.0031390935f, 0.25425205f, 0.4919076f, -0.33570838f, -0.27093852f, -0.4784707f, -0.35459107f, 0.07204684f,
    0.3731125f, -0.30078045f, -0.3223628f, -0.20535553f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.42326665f, 0.2990658f, -0.19276936f, -0.014016554f, 0.095969155f, -0.14498532f, -0.24479166f, -0.18601653f,
    -0.0703246f, 0.13768068f, -0.5895517f, 0.4153469f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.3296258f, 0.29174986f, -0.5770727f, -0.22806117f, -0.17397957f, 0.32635963f, 0.19850843f, -0.39611995f,
    -0.5623875f, -0.11678264f, 0.23726252f, 0.32522726f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.2629825f, 0.10960513f, -0.103799984f, 0.5932481f, -0.08371502f, -0.006631702f, -0.28776434f, 0.4190895f,
    0.14133044f, -0.6304418f, 0.10410309f, 0.12519899f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.1610611f, 0.25412995f, -0.16550955f, -0.35452163f, 0.05237052f, 0.5281628f, -0.3412955f, -0.34545743f,
    -0.52089196f, -0.17660376f, 0.3533385f, -0.08950794f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.6475214f, -0.031534344f, -0.3286051f, 0.40685892f, -0.26393768f, -0.14043887f, -0.10490866f, 0.2768664f,
    -0.3523547f, -0.30859375f, 0.40201035f, -0.1975255f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.3568412f, 0.49370366f, 0.5118152f, 0.38341987f, -0.17754252f, -0.06881173f, -0.18435618f, -0.037609875f,
    -0.22924413f, -0.19913366f, -0.42067772f, 0.28221178f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.39157334f, 0.48752987f, -0.02457875f, -0.107810356f, 0.26920277f, -0.06221179f, -0.46202517f, 0.41453153f,
    -0.2492315f, 0.39637956f, 0.49890083f, -0.43685016f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.036586896f, -0.54516363f, -0.043023534f, 0.57619715f, 0.0088866055f, 0.0003630221f, -0.39287078f, 0.43929482f,
    -0.2381231f, 0.38774383f, -0.02244445f, 0.0047762245f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.24142495f, 0.24621628f, 0.21240309f, -0.68610847f, 0.39113826f, -0.22931977f, -0.048720688f, -0.10477078f,
    -0.089160964f, -0.20969334f, 0.31526408f, 0.024173588f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.08969429f, 0.33398044f, -0.34030452f, -0.19651462f, -0.046096727f, 0.24959053f, -0.14507997f, 0.42198035f,
    0.6196682f, -0.5083206f, -0.07545972f, -0.123351485f, 0.0f, 0.0f, 0.0f, 0.0f
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
