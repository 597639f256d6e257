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
    -0.20696124f, 0.5191785f, -0.51151097f, 0.44943637f, 0.36121812f, -0.6774655f, 0.22402662f, 0.5598965f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.108797014f, -0.15343894f, 0.51341516f, 0.026961237f, -0.021427255f, 0.60487235f, 0.017239325f, -0.6100968f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.13678917f, -0.039527014f, 0.25427875f, 0.60412097f, -0.29347336f, 0.28601012f, 0.21739624f, 0.4401842f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.2424049f, 0.17807849f, -0.6163736f, -0.10160836f, 0.5811206f, 0.19083278f, -0.58849347f, 0.33140504f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.6154431f, -0.18745482f, 0.17146802f, 0.05822654f, -0.12991998f, -0.1665363f, 0.15659541f, 0.2670678f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.31303126f, 0.59820324f, 0.0758786f, 0.24012063f, 0.1937394f, 0.36872202f, 0.57743347f, 0.16151167f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.2726073f, 0.22274621f, 0.35497338f, 0.6421796f, -0.07867406f, 0.23697855f, 0.11288292f, 0.17414661f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.39360988f, -0.036935173f, 0.07220958f, -0.26739976f, 0.27102202f, -0.14087814f, 0.22351019f, 0.22885159f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.3069639f, -0.41920894f, 0.41266924f, 0.280433f, 0.046642423f, -0.122924864f, 0.2649032f, 0.24834955f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.405792f, -0.018517047f, -0.014824718f, 0.4112753f, 0.30754322f, 0.5399942f, -0.56567436f, 0.21253484f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.43692672f, -0.5912448f, -0.2461197f, -0.6869638f, 0.48449466f, 0.12881064f, 0.15385485f, 0.118903905f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.0075322986f, 0.6801384f, 0.3458488f, -0.7363181f, 0.02590698f, -0.38849083f, -0.39579228f, -0.06561059f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.51893026f, -0.36946562f, 0.1465266f, -0.14691237f, 0.28702262f, -0.37869054f, -0.23795755f, -0.0086591095f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.055113032f, -0.5949136f, 0.42504525f, 0.6345478f, 0.34834743f, -0.46942562f, 0.059917323f, 0.6283921f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.13024645f, 0.31573105f, -0.005433753f, -0.45430815f, 0.25141323f, 0.51800334f, -0.36855584f, 0.34992033f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.68647593f, -0.3424889f, 0.21110761f, -0.3255661f, 0.33687496f, -0.45153487f, 0.00031811744f, -0.39007545f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f
};

static const float layer_1_b[16] = {
    -0.20628881f, -0.40620732f, 0.30380368f, 0.3543129f, -0.21239191f, 0.3146217f, 0.38909703f, 0.4845705f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f
};

static const float layer_18_w[256] = {
    -0.21767138f, 0.47429818f, -0.3871906f, -0.35504448f, -0.17091016f, 0.13055538f, -0.4167766f, -0.31558567f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.02535972f, 0.44689685f, -0.4278427f, 0.30582362f, 0.11847253f, -0.59087175f, -0.65754783f, 0.16816083f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.39015073f, 0.0562497f, 0.25664747f, -0.24735221f, -0.43789032f, -0.31498381f, -0.3239826f, 0.4547188f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.20929308f, 0.35448727f, 0.35491157f, 0.47020364f, 0.13019636f, 0.5275933f, -0.28636274f, -0.16011834f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.024726413f, -0.38800508f, -0.110702276f, 0.369416f, -0.24226047f, 0.07501607f, 0.32115594f, -0.23430635f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.32743406f, 0.5010915f, -0.44692737f, -0.22920233f, 0.33317626f, 0.33788046f, -0.6545159f, -0.1408994f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.24757357f, 0.03658995f, -0.4889389f, 0.35368553f, 0.08113888f, 0.40180838f, 0.0800525f, 0.29865718f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.6589096f, -0.50125015f, 0.52448374f, 0.2884738f, -0.01615502f, -0.33435994f, 0.28453332f, 0.15321785f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.18006931f, 0.25180838f, -0.29585233f, 0.31106806f, -0.36731404f, 0.15249483f, 0.2948979f, 0.38463193f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.1049099f, -0.12960422f, -0.53462404f, -0.13943896f, -0.5526015f, -0.3302045f, 0.22530082f, -0.03083828f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.19447318f, 0.52499396f, -0.3574268f, 0.27159667f, -0.43722722f, 0.34749347f, 0.23899943f, 0.29181406f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.27804595f, -0.35392857f, -0.5126968f, 0.4534364f, 0.05933392f, -0.10242275f, -0.3276857f, 0.47819507f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.25962472f, -0.3133092f, 0.65779483f, 0.30478156f, 0.22385658f, -0.20588568f, 0.06493512f, -0.26414925f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.43055132f, -0.1269125f, 0.06640949f, 0.031340063f, -0.07884609f, 0.21143688f, 0.24598867f, -0.6112086f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.06363708f, -0.3788687f, 0.012176201f, -0.16843681f, 0.3536858f, -0.3145256f, -0.37258154f, 0.21857744f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.054296568f, -0.1908312f, 0.08166985f, 0.19252092f, 0.49302498f, 0.6616818f, 0.034570634f, -0.1431136f,
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
