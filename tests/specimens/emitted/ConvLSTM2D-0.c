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

static const float layer_1_w[192] = {
    0.056220397f, 0.35136685f, -0.28248835f, 0.49928656f, 0.08018973f, -0.010869518f, -0.039999455f, 0.40489894f,
    -0.13414587f, -0.102872446f, 0.40429655f, 0.21034792f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.43411317f, 0.6372941f, 0.033327907f, -0.5840571f, 0.46808964f, 0.5642087f, 0.28894338f, 0.51987904f,
    0.47157598f, 0.39426026f, 0.31830364f, -0.13092867f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.35739085f, 0.15410753f, 0.04642062f, 0.16919975f, -0.19958091f, 0.12159155f, -0.12285805f, -0.06188616f,
    0.4106962f, -0.0776701f, 0.25534514f, 0.6387333f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.15435736f, 0.35951453f, -0.24246594f, 0.19242959f, 0.15282923f, 0.22551851f, -0.2305727f, -0.6586639f,
    -0.14542075f, 0.23677394f, 0.27341002f, 0.2862168f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.04692763f, -0.24928823f, -0.44636282f, 0.56650823f, 0.28612036f, -0.14589214f, 0.18838659f, -0.17169529f,
    0.06268224f, 0.28238657f, 0.02612944f, 0.010435182f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.33667725f, -0.3961989f, 0.3712241f, -0.3405748f, 0.25220424f, 0.34913835f, -0.0772775f, 0.50192374f,
    -0.33933708f, -0.44243008f, -0.6055997f, -0.40715557f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.5617639f, -0.14040701f, -0.12591515f, -0.16654573f, 0.18968593f, 0.22107558f, 0.14180216f, -0.09661926f,
    0.47958326f, -0.30440924f, -0.35311615f, -0.63450193f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.4939535f, 0.20605177f, -0.06174706f, -0.5174948f, -0.7275535f, 0.29876834f, 0.43214747f, -0.16498776f,
    -0.5986923f, -0.17985022f, -0.2584927f, 0.32519978f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.46011928f, -0.04208958f, 0.2070402f, 0.41422698f, -0.10154049f, -0.32906425f, -0.0462303f, -0.364578f,
    -0.3382585f, 0.1388826f, -0.1440968f, 0.65079176f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.065193914f, -0.13293949f, -0.41935408f, 0.29382753f, 0.21564506f, 0.18124814f, 0.06327355f, 0.29057974f,
    -0.2064643f, 0.18440048f, 0.1748547f, 0.5769105f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.6064189f, 0.17855002f, -0.09685075f, -0.33322287f, 0.25413337f, -0.10046122f, -0.53409964f, 0.14888376f,
    0.6151704f, 0.094879344f, -0.36915702f, -0.24770814f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.19202897f, 0.44769305f, -0.39275208f, -0.51095533f, 0.50271857f, 0.15740575f, 0.28681943f, -0.27193335f,
    0.013182536f, -0.054361865f, -0.07988113f, -0.22918132f, 0.0f, 0.0f, 0.0f, 0.0f
};

static const float layer_1_b[16] = {
    0.3396104f, -0.13075477f, -0.392951f, -0.0114120245f, 0.2242918f, 0.12909961f, 0.13367945f, -0.15786034f,
    -0.090928435f, 0.045349896f, 0.013219297f, 0.015854955f, 0.0f, 0.0f, 0.0f, 0.0f
};

static const float layer_18_w[288] = {
    -0.4187407f, -0.21392317f, -0.46922627f, -0.18588355f, 0.114187226f, 0.3395729f, 0.11127576f, 0.12503107f,
    -0.120538294f, 0.10344294f, -0.13242675f, -0.5160057f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.5231085f, 0.02928041f, -0.71857965f, -0.016888514f, -0.28388503f, 0.07745361f, 0.19457865f, 0.32052845f,
    0.04551585f, 0.03353201f, -0.03578551f, -0.42780063f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.6668733f, 0.0054618567f, 0.32282242f, 0.4761352f, 0.050898135f, -0.053635344f, 0.39102608f, -0.15254885f,
    0.5364659f, 0.14824744f, -0.67217064f, 0.39078286f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.19680266f, 0.48298678f, 0.122847944f, 0.011932518f, -0.3058224f, 0.32672727f, 0.2496297f, -0.21326524f,
    -0.29618457f, 0.08720241f, -0.5490349f, 0.5406357f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.45844698f, -0.25921416f, -0.082370564f, -0.46198216f, -0.4359592f, -0.3730792f, -0.2692461f, -0.23769791f,
    0.1756757f, -0.3842004f, 0.096455336f, -0.20899102f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.12812468f, 0.24304384f, 0.22871402f, 0.04303202f, -0.045023933f, -0.35006526f, 0.20201874f, 0.20021357f,
    0.4830259f, 0.28782296f, 0.19255929f, 0.38863474f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.047066003f, 0.5057292f, 0.11152753f, 0.3263835f, -0.4934463f, -0.42003182f, 0.23712447f, 0.017541856f,
    -0.2156989f, 0.21599019f, -0.35023388f, 0.25050247f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.45370167f, -0.0663096f, -0.46247375f, 0.078373626f, -0.43771505f, 0.3171518f, -0.3267566f, 0.3292863f,
    0.23012553f, 0.073842786f, -0.07765082f, 0.018498965f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.20991081f, -0.19417074f, -0.037534013f, 0.15291782f, 0.16032614f, -0.047240846f, -0.41807827f, 0.64509606f,
    0.31135863f, -0.16230366f, 0.09481377f, 0.5169296f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.31883597f, -0.22317408f, 0.2801677f, -0.59410036f, 0.12341602f, 0.44402438f, -0.5104955f, 0.042244926f,
    -0.1455913f, 0.2828453f, 0.54346555f, -0.13111256f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.24564426f, -0.649127f, -0.38054132f, -0.21210262f, 0.37435287f, 0.20763662f, -0.66598654f, -0.3446014f,
    -0.058009014f, 0.035579532f, -0.22044289f, -0.03089878f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.029091671f, 0.10265703f, 0.38221112f, 0.12147188f, 0.0127289f, 0.4395005f, 0.4593589f, 0.08617644f,
    -0.025682583f, -0.13665423f, 0.45349088f, -0.12950885f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.060845584f, -0.4314092f, -0.47623417f, -0.06453626f, 0.34000584f, 0.16329299f, 0.3343491f, 0.17004284f,
    -0.34016472f, -0.3555997f, 0.010905184f, 0.12023217f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.11597465f, 0.042833872f, -0.20308006f, 0.39621276f, -0.34844476f, -0.5382494f, -0.19797155f, -0.28243583f,
    0.3797161f, -0.38595685f, 0.25257558f, 0.16978729f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.45459434f, 0.099655256f, 0.13266522f, 0.12626496f, 0.07280649f, -0.013030924f, 0.15315174f, 0.0879609f,
    0.16776277f, 0.1420292f, -0.09014952f, 0.28202698f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.63501763f, 0.21656604f, -0.21759218f, 0.51835054f, 0.049591273f, -0.39282802f, 0.23017853f, 0.103927925f,
    -0.024194643f, -0.5111479f, -0.33888736f, -0.0052788407f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.17318174f, -0.27219856f, -0.14702228f, 0.1399301f, 0.39496988f, 0.18832164f, -0.51375294f, 0.13174659f,
    -0.40529716f, -0.4878941f, 0.040597767f, 0.12552121f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.71336675f, -0.013897672f, -0.015743889f, -0.108420566f, -0.31202137f, -0.07207017f, -0.11471034f, -0.42196736f,
    0.06591214f, -0.14963074f, 0.41149002f, 0.38026127f, 0.0f, 0.0f, 0.0f, 0.0f
};

static const float layer_18_b[16] = {
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f
};

static const float layer_35_w[288] = {
    -0.4187407f, -0.21392317f, -0.46922627f, -0.18588355f, 0.114187226f, 0.3395729f, 0.11127576f, 0.12503107f,
    -0.120538294f, 0.10344294f, -0.13242675f, -0.5160057f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.5231085f, 0.02928041f, -0.71857965f, -0.016888514f, -0.28388503f, 0.07745361f, 0.19457865f, 0.32052845f,
    0.04551585f, 0.03353201f, -0.03578551f, -0.42780063f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.6668733f, 0.0054618567f, 0.32282242f, 0.4761352f, 0.050898135f, -0.053635344f, 0.39102608f, -0.15254885f,
    0.5364659f, 0.14824744f, -0.67217064f, 0.39078286f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.19680266f, 0.48298678f, 0.122847944f, 0.011932518f, -0.3058224f, 0.32672727f, 0.2496297f, -0.21326524f,
    -0.29618457f, 0.08720241f, -0.5490349f, 0.5406357f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.45844698f, -0.25921416f, -0.082370564f, -0.46198216f, -0.4359592f, -0.3730792f, -0.2692461f, -0.23769791f,
    0.1756757f, -0.3842004f, 0.096455336f, -0.20899102f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.12812468f, 0.24304384f, 0.22871402f, 0.04303202f, -0.045023933f, -0.35006526f, 0.20201874f, 0.20021357f,
    0.4830259f, 0.28782296f, 0.19255929f, 0.38863474f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.047066003f, 0.5057292f, 0.11152753f, 0.3263835f, -0.4934463f, -0.42003182f, 0.23712447f, 0.017541856f,
    -0.2156989f, 0.21599019f, -0.35023388f, 0.25050247f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.45370167f, -0.0663096f, -0.46247375f, 0.078373626f, -0.43771505f, 0.3171518f, -0.3267566f, 0.3292863f,
    0.23012553f, 0.073842786f, -0.07765082f, 0.018498965f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.20991081f, -0.19417074f, -0.037534013f, 0.15291782f, 0.16032614f, -0.047240846f, -0.41807827f, 0.64509606f,
    0.31135863f, -0.16230366f, 0.09481377f, 0.5169296f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.31883597f, -0.22317408f, 0.2801677f, -0.59410036f, 0.12341602f, 0.44402438f, -0.5104955f, 0.042244926f,
    -0.1455913f, 0.2828453f, 0.54346555f, -0.13111256f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.24564426f, -0.649127f, -0.38054132f, -0.21210262f, 0.37435287f, 0.20763662f, -0.66598654f, -0.3446014f,
    -0.058009014f, 0.035579532f, -0.22044289f, -0.03089878f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.029091671f, 0.10265703f, 0.38221112f, 0.12147188f, 0.0127289f, 0.4395005f, 0.4593589f, 0.08617644f,
    -0.025682583f, -0.13665423f, 0.45349088f, -0.12950885f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.060845584f, -0.4314092f, -0.47623417f, -0.06453626f, 0.34000584f, 0.16329299f, 0.3343491f, 0.17004284f,
    -0.34016472f, -0.3555997f, 0.010905184f, 0.12023217f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.11597465f, 0.042833872f, -0.20308006f, 0.39621276f, -0.34844476f, -0.5382494f, -0.19797155f, -0.28243583f,
    0.3797161f, -0.38595685f, 0.25257558f, 0.16978729f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.45459434f, 0.099655256f, 0.13266522f, 0.12626496f, 0.07280649f, -0.013030924f, 0.15315174f, 0.0879609f,
    0.16776277f, 0.1420292f, -0.09014952f, 0.28202698f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.63501763f, 0.21656604f, -0.21759218f, 0.51835054f, 0.049591273f, -0.39282802f, 0.23017853f, 0.103927925f,
    -0.024194643f, -0.5111479f, -0.33888736f, -0.0052788407f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.17318174f, -0.27219856f, -0.14702228f, 0.1399301f, 0.39496988f, 0.18832164f, -0.51375294f, 0.13174659f,
    -0.40529716f, -0.4878941f, 0.040597767f, 0.12552121f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.71336675f, -0.013897672f, -0.015743889f, -0.108420566f, -0.31202137f, -0.07207017f, -0.11471034f, -0.42196736f,
    0.06591214f, -0.14963074f, 0.41149002f, 0.38026127f, 0.0f, 0.0f, 0.0f, 0.0f
};

static const float layer_35_b[16] = {
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f
};

/* ---- memory ---------------------------------------------------------------------------------- */

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

/* ---- kernels --------------------------------------------------------------------------------- */

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
        conv_row(5, (12 + LANES - 1) / LANES, 16, rows, 2, first, last,
            1, 6, 2, 2,
                 w + 0 * 12, b + 0, out + y * 60 + 0, 12, 12,
                 NONE, out + 0, 0);
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
        conv_row(5, (12 + LANES - 1) / LANES, 16, rows, 2, first, last,
            1, 9, 3, 3,
                 w + 0 * 18, b + 0, out + y * 60 + 0, 12, 12,
                 ADD, other + y * 60 + 0, 12);
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

/* ---- the forward pass ------------------------------------------------------------------------ */

void net(const float *input, float *output)
{
    clear_margins(arena + AT_LAYER_COPY, 18, 14, 2, 10, 2);
    layer_copy_rows(input, arena + AT_LAYER_COPY, 0, 18);
    for (int n = 0; n < 3; n++)
        layer_1_rows(arena + AT_LAYER_COPY + n * 84, layer_1_w, layer_1_b,
                     arena + AT_LAYER_1 + n * 360, 0, 6);
    layer_3_rows(arena + AT_LAYER_1, arena + AT_LAYER_3, 0, 6);
    clear_margins(arena + AT_LAYER_14, 6, 21, 3, 15, 3);
    layer_6_rows(arena + AT_LAYER_3, arena + AT_LAYER_6, 0, 6);
    layer_10_rows(arena + AT_LAYER_3 + 6, arena + AT_LAYER_6, arena + AT_LAYER_10, 0, 6);
    layer_6_rows(arena + AT_LAYER_3 + 9, arena + AT_LAYER_12, 0, 6);
    layer_14_rows(arena + AT_LAYER_10, arena + AT_LAYER_12, arena + AT_LAYER_14, 0, 6);
    layer_16_rows(arena + AT_LAYER_1, arena + AT_LAYER_16, 0, 6);
    layer_18_rows(arena + AT_LAYER_14, layer_18_w, layer_18_b, arena + AT_LAYER_16,
                  arena + AT_LAYER_18, 0, 6);
    clear_margins(arena + AT_LAYER_31, 6, 21, 3, 15, 3);
    layer_6_rows(arena + AT_LAYER_18, arena + AT_LAYER_21, 0, 6);
    layer_23_rows(arena + AT_LAYER_18 + 3, arena + AT_LAYER_10, arena + AT_LAYER_23, 0, 6);
    layer_10_rows(arena + AT_LAYER_18 + 6, arena + AT_LAYER_21, arena + AT_LAYER_25, 0, 6);
    layer_6_rows(arena + AT_LAYER_18 + 9, arena + AT_LAYER_27, 0, 6);
    layer_30_rows(arena + AT_LAYER_23, arena + AT_LAYER_25, arena + AT_LAYER_30, 0, 6);
    layer_14_rows(arena + AT_LAYER_30, arena + AT_LAYER_27, arena + AT_LAYER_31, 0, 6);
    layer_33_rows(arena + AT_LAYER_1, arena + AT_LAYER_33, 0, 6);
    layer_18_rows(arena + AT_LAYER_31, layer_35_w, layer_35_b, arena + AT_LAYER_33,
                  arena + AT_LAYER_35, 0, 6);
    layer_6_rows(arena + AT_LAYER_35, arena + AT_LAYER_38, 0, 6);
    layer_23_rows(arena + AT_LAYER_35 + 3, arena + AT_LAYER_30, arena + AT_LAYER_40, 0, 6);
    layer_10_rows(arena + AT_LAYER_35 + 6, arena + AT_LAYER_38, arena + AT_LAYER_42, 0, 6);
    layer_6_rows(arena + AT_LAYER_35 + 9, arena + AT_LAYER_44, 0, 6);
    layer_47_rows(arena + AT_LAYER_40, arena + AT_LAYER_42, arena + AT_LAYER_47, 0, 6);
    layer_49_rows(arena + AT_LAYER_44, arena + AT_LAYER_47, output, 0, 6);
}
