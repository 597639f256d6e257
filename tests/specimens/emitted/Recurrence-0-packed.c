/*
 * net.c - made by cnnc 0.1.0 from sample.cnn. Do not edit.
 *
 *   layer                    what                               gives               multiply-adds   kept in memory
 *   layer                    Recurrence                         5 x 7                        1400   the output
 *
 *   weights 2816 bytes, arena 384 bytes (lower bound 384), 1400 multiply-adds
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

static const float layer_kernel[192] = {
    0.2953713f, 1.9952207f, 0.072226524f, 0.29645753f, 1.3885288f, 1.106417f, -1.2702613f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.24685693f, 0.6685641f, 0.99571204f, 0.56489706f, 1.8895621f, 1.95946f, -0.82370925f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.002990961f, -1.7391591f, -1.3305786f, 1.9387624f, -0.8383553f, -0.86660457f, 1.5730562f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.7590594f, -1.9135132f, -0.7813778f, -0.3734162f, -0.3682809f, 1.3598456f, 0.7974112f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.36231422f, -1.7254946f, 0.43901563f, -1.8222702f, -1.5576375f, 0.88072205f, -1.4984803f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    1.318685f, 1.0344326f, 0.12420845f, 1.631769f, 0.84614706f, -1.7904346f, -1.3520291f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.7003968f, 1.7435262f, -1.7114646f, 1.675838f, -0.57341456f, -1.2729073f, 1.4590292f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -1.3920286f, -0.7820792f, -0.53957367f, 0.70278597f, 1.2668846f, -0.741055f, 1.2739134f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.51576257f, 0.98051095f, 0.7934053f, 1.7262464f, 1.4344506f, -1.5271049f, 0.5899749f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    1.1299491f, -0.07856274f, -1.7447238f, 1.9535577f, -0.65299845f, -1.6994066f, -0.485739f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.38130736f, 1.9569383f, -1.4353878f, -1.6678622f, -1.5872183f, -1.4459052f, 1.5555544f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    1.0128074f, -1.0055189f, -0.661602f, 0.26432133f, -0.991699f, 1.6865959f, -1.3776162f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f
};

static const float layer_recurrent[448] = {
    1.9586422f, 1.537437f, -0.93707037f, 1.400866f, 0.65874743f, 0.88414764f, -0.65684104f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -1.3202024f, 1.6619039f, -0.5360689f, 1.3390679f, -1.4053826f, -0.21051049f, -1.6216245f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -1.1156638f, -1.8896117f, 1.2068124f, -1.6599329f, -1.2197773f, -1.7554679f, 1.9170246f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.64553356f, 1.52597f, -0.71125484f, -0.32061338f, -1.8933747f, -1.7175939f, 0.29021263f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.48105955f, -0.8200743f, 1.2623725f, -0.6713741f, 1.2809324f, 0.5463791f, 1.6310158f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.19470382f, 0.4574039f, -0.79010797f, 0.7323806f, 1.0927305f, -1.5593159f, 0.69818974f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.120064974f, -0.64688516f, -1.7259047f, 1.9175656f, 0.7823746f, 0.4913888f, -0.095638275f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.024740934f, -0.5645523f, 1.8179054f, 0.71343136f, -0.7401383f, -0.05360651f, 0.4101336f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -1.6745925f, -0.54160166f, -1.7414732f, -0.7049246f, -1.1975753f, -1.4690058f, -1.9980769f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    1.924319f, 0.9112334f, 0.70330596f, 0.0015969276f, -0.44155908f, 1.5033407f, -1.3699088f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    1.5214164f, 0.13678265f, 0.94267464f, -1.8115773f, 1.2209783f, 1.9491775f, 1.649754f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.19375515f, -1.6767502f, -0.21706247f, -1.2346463f, 0.44539046f, 0.49273562f, 1.0366647f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.5742068f, -1.0257924f, 1.3494167f, -1.2919972f, 0.9791784f, -1.1668549f, 0.12312269f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    1.7091615f, -1.2755098f, 0.5057144f, -0.07044315f, -1.3824575f, -0.44218874f, -1.7317965f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -1.9153717f, 1.2880197f, -0.4610014f, 1.1204636f, -0.34677672f, 1.6222003f, -0.6726701f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.195508f, -1.6237137f, -0.9343591f, -1.1598234f, -1.7252285f, 0.18932056f, -0.33896708f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.06858158f, -0.99311495f, -1.2256553f, -0.89753723f, 0.90694f, 1.1135619f, -1.4829185f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    1.5689592f, -1.1203651f, 1.5143955f, 0.0010299683f, 1.3515689f, 1.8027265f, -1.9047241f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -1.3961f, -1.8121214f, -1.0668161f, -1.200675f, -1.3495069f, 0.90556216f, -0.15506887f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.8155663f, -1.5648317f, 1.3882797f, -0.8892338f, 1.490464f, -0.7230315f, 0.6685183f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.031186104f, 0.27452183f, 0.19605494f, -0.7150898f, -0.7785344f, -1.1158435f, 1.7308059f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    1.1260736f, 1.1697066f, 0.07183647f, 0.46172f, -0.7287731f, -0.67325187f, -0.91097736f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.20554209f, -1.8204951f, 0.10682154f, -1.851469f, -1.6590452f, 1.5284641f, -1.9615879f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    1.7354796f, -1.2949023f, -1.31053f, -1.7246351f, 1.0202942f, 0.2852385f, 0.52666855f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -1.7351179f, -1.8569925f, -0.727685f, -1.5000865f, 1.9640589f, 1.7716601f, -1.9990261f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -1.0418808f, 0.9467404f, 0.9443188f, -1.0446303f, 1.0641718f, 0.63712716f, -0.6307306f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.28704405f, 0.9693389f, 0.014716864f, -1.3257017f, -0.74233985f, -1.5297232f, 1.9867885f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.5267701f, 1.5752242f, -0.9157133f, -0.29212832f, 0.70800996f, 1.3828013f, 0.31370306f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f
};

static const float layer_bias[64] = {
    -0.34237194f, -0.72983956f, -0.16610217f, -1.1981046f, 1.9321351f, -0.8821566f, -0.99138093f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.9173162f, 1.1952295f, 0.4887619f, 0.11149168f, 1.3583236f, -1.5262449f, -1.3762558f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    1.073884f, -1.8537061f, 0.8052175f, 0.49013543f, -1.6919105f, -1.277164f, 1.7158132f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.102413654f, 1.814631f, 1.1605079f, -0.4004712f, 0.49191427f, 0.3309276f, -0.38287663f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f
};

/* ---- memory ---------------------------------------------------------------------------------- */

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

/* ---- layers ---------------------------------------------------------------------------------- */

/* layer: Recurrence, 5 x 3 to 5 x 7 */
static void layer_layer(const float *in, const float *w, const float *r, const float *b, float *out, float *scratch)
{
    enum { wide = 16 };             /* 7 units, for whole vectors */
    float *const h = scratch, *const c = scratch + wide, *const gates = scratch + 2 * wide;
    for (int n = 0; n < 1; n++) {
        memset(scratch, 0, 2 * wide * sizeof *scratch);
        for (int step = 0; step < 5; step++) {
            const int t = step;
            const float *x = in + n * 15 + t * 3;
            gate_sums(x, 3, 64, w, b, gates);
            gate_sums(h, 7, 64, r, gates, gates);
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
            memcpy(out + n * 35 + step * 7, h, 7 * sizeof *out);
        }
    }
}

/* ---- the forward pass ------------------------------------------------------------------------ */

void net(const float *input, float *output)
{
    layer_layer(input, layer_kernel, layer_recurrent, layer_bias, output, arena + AT_LAYER_SCRATCH);
}
