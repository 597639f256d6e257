/*
 * net.c - made by cnnc 0.1.0 from sample.cnn. Do not edit.
 *
 *   layer                    what                               gives               multiply-adds   kept in memory
 *   layer                    Recurrence                         5 x 7                        1400   the output
 *
 *   weights 1232 bytes, arena 384 bytes (lower bound 384), 1400 multiply-adds
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

static const float x1_values[84] = {
    -0.814584f, 1.6725187f, -0.9758613f, 1.920104f, 1.2606671f, -1.1611629f, 1.2837095f, 0.53776455f,
    1.090234f, -1.1466439f, 1.6309211f, -0.8803172f, 1.1675837f, -0.09635353f, 0.35457182f, -0.43401003f,
    1.2549312f, 1.7813795f, 0.64074445f, -0.12693429f, 1.678047f, -0.09572697f, -1.1998403f, 0.9024391f,
    1.576812f, 1.8551364f, -1.7587802f, 1.1612456f, 1.4290869f, 1.6538172f, -1.5474694f, 0.36722803f,
    -1.3626151f, 0.9757774f, -1.3397708f, 1.9705098f, 0.23282766f, -0.29238176f, 0.16842747f, 1.3131783f,
    -0.5382967f, -0.8772588f, -1.6921816f, -0.117949486f, 1.7094767f, 1.8922112f, -1.5228605f, 0.34937286f,
    0.043955088f, -1.6400394f, 1.4032414f, -1.202846f, -0.0149514675f, -0.09719348f, -0.53670454f, -1.6019583f,
    -0.4181223f, 1.0486605f, 1.1591506f, -1.0317993f, 1.5141745f, 1.7305748f, 0.899009f, 1.6983924f,
    0.49165606f, -0.6646962f, 1.1985822f, 0.95962954f, -0.01253891f, 1.9655306f, 0.022468328f, -1.3277986f,
    0.24265432f, -0.231807f, -0.73836994f, -0.51538324f, -1.7072985f, 0.37933445f, 0.8083091f, 0.96803355f,
    0.927742f, 1.376353f, -1.3517025f, -0.4408381f
};

static const float x2_values[196] = {
    1.9057722f, -0.71047187f, -1.1441579f, -0.31346893f, 0.72502875f, -0.26326585f, -1.3768587f, -0.3401153f,
    0.71720386f, -1.447135f, 0.4579699f, 0.48982072f, 0.66264296f, -0.1453681f, -1.9799953f, 0.46942425f,
    -0.6652975f, -0.45096993f, -1.8008969f, 0.35656476f, -1.968256f, -1.5789807f, 1.1508691f, -1.3591225f,
    1.6868067f, -0.91361547f, 0.9389241f, -0.82282233f, -0.1115973f, 0.0248034f, 1.5489125f, 0.56219435f,
    -1.3865983f, 0.21082902f, 1.1388795f, -1.0557406f, 0.46129918f, -0.9122479f, 1.1700342f, 0.62249136f,
    -0.81899023f, -1.0543921f, -1.1450379f, 0.5331521f, -1.4944162f, 1.1819556f, -1.7400424f, 1.8244832f,
    -0.57582045f, 1.2101717f, -0.8521135f, -1.6001241f, -1.4602716f, -1.2994671f, 1.0116067f, -0.75705314f,
    -0.77554154f, -1.0428467f, 0.37607932f, 1.2855008f, -1.630014f, -0.94981265f, 1.5736251f, -1.0043614f,
    -0.54056096f, -1.8917155f, -0.1919775f, 1.5305922f, 1.1292386f, -0.59804106f, -1.2400048f, -0.9647281f,
    -1.2087111f, 0.68866396f, 0.24506974f, 1.2428205f, -1.2862031f, -1.7661927f, 1.7498772f, -0.015959024f,
    -1.2243528f, -0.9116976f, 0.2797377f, -0.19134378f, 1.9831855f, 1.5247028f, 1.2285986f, -0.8967097f,
    0.28238273f, -1.4748218f, -1.4949269f, -1.2464757f, 0.7064285f, -0.38418436f, -1.5343502f, 1.9629159f,
    0.93261313f, 0.48316813f, 1.5096557f, 0.62752104f, 1.4409034f, 1.1057837f, -0.68556404f, -1.8918338f,
    -1.934248f, 1.6849508f, 0.21829176f, 1.6182125f, 0.7108371f, 1.4864218f, -0.17488003f, 1.7559943f,
    -1.5461943f, 0.7262418f, -0.9320755f, -0.47807288f, 1.1660502f, -0.96536016f, -0.61465955f, 1.1718457f,
    -1.7085838f, 0.25619817f, 0.57068944f, 1.5179336f, -1.4259734f, 1.4896772f, -0.8191223f, -1.0312798f,
    0.3514037f, -1.764646f, -1.8154182f, -0.65014505f, 0.6409352f, -0.18953562f, 1.5869224f, 0.48905182f,
    -1.409955f, 1.878617f, 0.81663966f, -1.9615915f, -0.92176294f, -1.2486789f, 0.61076784f, -1.6380002f,
    0.25073552f, -0.6535847f, -1.6771476f, 0.753129f, 0.34921074f, -1.0198812f, -1.7658243f, 0.3523395f,
    1.1517966f, 0.002500534f, -1.1762843f, -0.74393916f, -0.7155013f, 1.3582275f, 0.061989784f, -1.7344651f,
    1.835254f, 0.5658953f, -0.20075607f, -1.5682685f, -1.9771276f, 1.2372427f, 1.0867035f, 1.9976234f,
    1.8706985f, -0.7036512f, 0.8436222f, 0.66810703f, 1.7352898f, 1.2618117f, 0.35356188f, 0.4491439f,
    0.7276645f, -0.32494593f, 0.84808254f, 0.9470763f, -1.190798f, -0.5515115f, -0.39039922f, 0.23301983f,
    -1.4568987f, -0.6964419f, 1.8731296f, 0.05855894f, -0.8395121f, 0.23699212f, -1.2670257f, 1.8756177f,
    -0.66217065f, -0.8447726f, 1.4442177f, 0.9741001f
};

static const float x3_values[28] = {
    -0.45838857f, -1.9034429f, -0.3934722f, -1.7156804f, 1.3386643f, 0.4325409f, 1.8913155f, 1.7572243f,
    -1.7368796f, -1.6927614f, 1.8252647f, -1.7899203f, -1.5439353f, -0.4247663f, 1.4545412f, -0.7864566f,
    -0.7121999f, -1.6455152f, 1.1899545f, 1.7384238f, 1.7315266f, -0.6349783f, 1.6789262f, -1.2677784f,
    -1.8388555f, -0.39258885f, 0.9053533f, -1.0789468f
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

/* to[g][k] += sum over i of in[i] * w[i][g][k]; the rows of w are `row` long, those of `to` begin `stride` apart. */
static void add_gate_sums(const float *in, int inputs, int gates, int units, const float *w, int row, float *to, int stride)
{
    for (int i = 0; i < inputs; i++)
        for (int g = 0; g < gates; g++)
            for (int k = 0; k < units; k++)
                to[g * stride + k] += in[i] * w[i * row + g * units + k];
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
            for (int k = 0; k < 64; k++)
                gates[k] = 0.0f;
            for (int g = 0; g < 4; g++)
                for (int k = 0; k < 7; k++)
                    gates[g * wide + k] = b[g * 7 + k];
            add_gate_sums(x, 3, 4, 7, w, 28, gates, wide);
            add_gate_sums(h, 7, 4, 7, r, 28, gates, wide);
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

/* ---- the forward pass ----------------------------------------------------------------------------- */

void net(const float *input, float *output)
{
    layer_layer(input, x1_values, x2_values, x3_values, output, arena + AT_LAYER_SCRATCH);
}
