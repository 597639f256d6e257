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
    1.71789f, -1.3902826f, -1.5365443f, -0.7951982f, 0.18603039f, -0.7513299f, -1.1543844f, 0.1074276f,
    -0.5246818f, 1.0003848f, -1.5878384f, 1.1891289f, 1.3672743f, 0.2831161f, 0.8816376f, -1.147388f,
    1.9822876f, -1.1650138f, -1.7138901f, -1.8742301f, 0.061608076f, 0.5517714f, 0.45023584f, -0.37873316f,
    -0.11159992f, 0.9738357f, -0.049791813f, 1.7405274f, 1.2240992f, 0.12047863f, 0.84214044f, -1.4335525f,
    -1.9525709f, -1.9266522f, -1.6070919f, -0.25237346f, 0.6640215f, -0.483011f, 0.80651903f, -1.8134425f,
    -0.6673322f, -0.20972514f, 1.9951651f, -0.033877134f, 0.82663107f, 1.5156307f, 1.9552984f, 0.57024646f,
    1.2383978f, -0.81203914f, 1.9030528f, 1.4454136f, -1.5449646f, 1.7825444f, -0.6264045f, 1.1392779f,
    1.6786194f, 1.0772545f, -1.4276819f, -0.05856204f, -0.23286724f, 1.303539f, -0.44684362f, 0.88343287f,
    -1.8899107f, 0.9778905f, -1.8024559f, 1.9874959f, 1.8264711f, -1.6404498f, 1.8894598f, -1.3229272f,
    0.8468509f, -1.0927498f, 1.4879749f, -1.2675033f, 1.6631174f, 0.50279856f, -0.2882831f, -1.5658069f,
    0.9962709f, -0.1701479f, 0.7120352f, 1.9081202f
};

static const float x2_values[196] = {
    -1.7971835f, 0.4998262f, 1.4111466f, 0.15603781f, -0.992579f, -1.666996f, 0.0386858f, -0.678462f,
    -0.6103792f, -0.60540414f, -1.4292967f, 0.9208083f, -1.5036867f, 1.7074826f, 1.2842464f, 0.9047744f,
    -0.79076004f, 1.7363255f, -1.3731928f, -0.050864697f, 1.415739f, -0.029545546f, -1.9885931f, 0.3167162f,
    -0.658705f, -1.8625605f, -1.2051966f, -0.92302704f, -0.54849386f, -0.26487637f, 1.8236957f, -0.08847904f,
    1.6878257f, 1.0082941f, 1.8479247f, 0.7519243f, 1.0598845f, 0.1846118f, -0.46538663f, -0.31651545f,
    -0.4996283f, 0.007679224f, -1.2011213f, -0.2280736f, 0.31066465f, 0.7486596f, -0.8105576f, -0.8848524f,
    -1.0629814f, 1.3336666f, -1.5380125f, -1.7887604f, 1.9159822f, -0.24903536f, 0.9080038f, 0.46284723f,
    0.08546162f, 0.084429026f, 1.1267128f, -1.9829478f, -0.9289899f, -1.7170444f, 0.19451141f, -1.2765791f,
    0.59555435f, -1.7738724f, 1.0536942f, 0.9972744f, -0.55028915f, -1.180094f, -0.44762444f, -0.99782777f,
    -1.2095823f, -0.73307824f, 0.22690701f, -1.7474492f, 0.76754284f, 1.85638f, 0.6661813f, 1.5764134f,
    -0.34497333f, 0.28629422f, 1.948673f, 0.7517364f, -1.3743124f, -1.0832222f, 1.7439699f, 1.4302619f,
    -0.34538293f, -0.7649486f, -0.12704706f, -1.9366114f, 1.3348608f, -0.5897074f, 1.5418694f, -1.4746687f,
    1.7272322f, -1.5619638f, -1.3397219f, -1.4631629f, 0.6548736f, -0.12207174f, 1.8915889f, -1.2276063f,
    -0.0015184879f, -0.347584f, 1.6898654f, -1.4645643f, -1.8579309f, -0.3222859f, -1.8665578f, 1.7009721f,
    1.4760087f, 1.4446199f, -1.310231f, 0.29435325f, -0.4142275f, 1.3661795f, 1.8425937f, -1.964422f,
    0.17338634f, 1.8780496f, -0.26048112f, 0.62307525f, 0.16660643f, -1.596828f, 0.010905504f, -1.8315845f,
    -1.389019f, 0.9375677f, -1.59442f, -0.78664994f, 0.19054365f, 1.2397871f, -0.872025f, -1.3882046f,
    0.67577195f, -0.9892845f, 0.943506f, 1.9710379f, -1.8110361f, 1.0274444f, 0.50210285f, -0.171736f,
    -0.40509534f, 0.5364263f, 0.37096334f, 1.6119106f, 0.9747288f, 0.8798678f, -1.7604339f, -0.73996806f,
    1.0238118f, -0.44934154f, 0.34842372f, -0.5716512f, 1.119905f, -1.0008988f, -1.3592467f, 1.5902421f,
    -0.20030308f, -1.957509f, 1.5635164f, -1.2251761f, -1.8883963f, -1.0751555f, 1.0366306f, -0.4510274f,
    1.2538524f, -1.3594606f, -1.0734982f, 0.8235202f, 0.17739797f, 1.59185f, 0.58341527f, 1.6246941f,
    0.82122517f, 0.4664712f, -1.5024903f, 1.9682057f, -0.76831055f, -1.9707549f, -0.7329817f, -0.2162373f,
    0.5255852f, 0.052435875f, 0.8169005f, -0.7499907f, -0.3254416f, -1.6947339f, -1.8807566f, 1.7040219f,
    1.5920258f, 0.111579895f, 1.3829856f, -0.61409545f
};

static const float x3_values[28] = {
    -0.15277958f, -1.4293427f, 0.022321463f, -0.08517575f, -1.3080208f, -0.86624f, -0.2876618f, -0.048017263f,
    -0.7750473f, 0.9189851f, 0.97723174f, 1.0918593f, -1.6231856f, -0.6078956f, -0.8031702f, -0.116173506f,
    -0.6771469f, -1.014688f, -0.21050477f, 1.5467737f, -1.645057f, 1.1242487f, 1.5444562f, 1.7150791f,
    -1.2198417f, 1.3693993f, 1.2565081f, 0.9352875f
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
