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
    0.30260992f, -1.5792372f, 0.46120143f, 0.7356062f, 0.0984447f, 0.52036715f, 0.16445589f, -0.8629186f,
    0.28466368f, -0.90740895f, -0.6238146f, -1.4006774f, -1.4884801f, 1.3629539f, -1.9169676f, -0.5975733f,
    -1.3125756f, 0.12941313f, 0.55639815f, 1.0149655f, -1.5078113f, -1.0100837f, 1.8259892f, 1.2507906f,
    -0.10763955f, 1.879034f, -1.4492831f, -0.73230124f, -1.7071798f, -0.020531654f, 1.8364978f, -0.672441f,
    1.9904356f, 0.91017175f, 1.9493568f, -1.5048122f, 1.0590217f, 1.8112414f, -1.292907f, -0.15642047f,
    1.2724559f, -0.81126976f, -1.2498f, 0.52176714f, 1.9492612f, -1.6918182f, -0.020323753f, -0.966969f,
    1.3922565f, -1.8700106f, -1.7340989f, -0.7847314f, 1.0057173f, 0.8314965f, 1.6908438f, 0.17829847f,
    -0.032296658f, 1.2420175f, -1.512363f, -0.9505887f, 0.42917585f, 0.12159777f, 1.5026772f, 1.5260088f,
    0.058015585f, 0.7224436f, 0.20211434f, 1.6510527f, 0.6718519f, 1.0781631f, 1.5347824f, -1.3392415f,
    -1.4930427f, 0.80327964f, -0.05434656f, -1.1139102f, 0.13093758f, 0.8486743f, -0.18134451f, -0.17153764f,
    0.26363802f, -0.50652003f, -0.2877345f, -0.4367876f
};

static const float x2_values[196] = {
    1.8385332f, -1.8588135f, -1.904954f, 1.2662709f, -1.3574171f, 0.61327386f, -0.79536176f, -1.4079456f,
    -0.09443498f, 0.0988822f, -0.056687832f, -1.3033061f, 0.9943023f, -0.9925904f, -0.51317835f, 1.8732972f,
    -1.724796f, 0.45039558f, -1.7344942f, 1.1779509f, 1.446672f, 1.3808348f, -1.697314f, 1.307859f,
    -0.2439158f, 1.7964077f, -1.1214538f, 0.93309903f, -0.333771f, -1.3479033f, 1.9934201f, -1.8289015f,
    1.3249595f, 1.4239547f, 0.77406716f, -1.3034146f, 1.1101375f, -1.0209534f, -0.5874784f, -0.55520463f,
    -0.5809939f, -1.5691109f, -0.8741653f, 0.7974119f, 1.1525722f, -0.76697516f, -0.55408645f, 1.4940708f,
    1.9182391f, 1.5934772f, -0.9302077f, -0.32611394f, 0.27001476f, 0.9414184f, 0.8746438f, 0.46112585f,
    -1.9690647f, 0.70598984f, 1.2473111f, -1.8687308f, -0.6947584f, -1.388294f, -0.41439962f, -0.98885536f,
    -1.3212357f, 0.4970088f, 1.380903f, 0.63272095f, -1.1907079f, -1.2496452f, -1.3870132f, 0.6045563f,
    0.9417958f, -1.7710519f, -1.4539773f, -1.0825136f, -1.0304976f, -0.45276403f, -1.0829954f, 0.75145245f,
    -0.943341f, 1.4348037f, -0.5625162f, 0.93188787f, 0.64274216f, -0.18426824f, -0.6080284f, -1.7711658f,
    -0.2520411f, 1.8954856f, 1.0640073f, 0.66647816f, -1.6003585f, -0.9168472f, -0.14941597f, 1.1057911f,
    -1.9956651f, -1.8327885f, 0.14636803f, 0.3717196f, -1.6658936f, -0.48177457f, 1.2643964f, 1.8801293f,
    0.09617162f, 1.3476152f, -0.9898939f, 1.8192594f, 1.3143964f, -0.39233422f, 1.8790164f, -1.9424586f,
    1.9134398f, 0.3615489f, 1.4917278f, -1.9172654f, -0.20297194f, -0.6973622f, -1.7792943f, 1.3595042f,
    0.065119505f, 0.3794701f, 1.241353f, -1.1580338f, -1.1073198f, -0.83373857f, 0.2647407f, -0.4672413f,
    -0.33155632f, -0.8719573f, -1.0741978f, -1.0447769f, 1.1268942f, -0.38662434f, -0.7057326f, -1.0362489f,
    1.2782149f, -1.4992495f, 0.3448274f, -1.5767162f, -0.8840685f, 0.7841804f, -0.44328332f, 1.4587543f,
    1.0567994f, -1.6136818f, 1.3225148f, -1.1844563f, -0.89430857f, 0.529917f, 0.016894579f, 1.6507282f,
    0.65127873f, 1.101304f, -1.9864597f, -1.2638733f, 0.3256452f, 1.5247712f, -1.6035872f, 0.6491873f,
    -1.2804708f, 1.1359546f, -1.9950976f, 0.59752345f, -1.5703733f, 0.3470881f, 0.9664576f, -0.470495f,
    -1.8553252f, 0.85615325f, 0.5927396f, -1.3491757f, -0.0041720867f, -0.16920042f, -0.6706703f, 0.05398774f,
    0.6420913f, 1.0298305f, 0.2378633f, 0.45720172f, 0.5421026f, 1.1157334f, 1.0165489f, 0.402673f,
    0.383682f, 0.23052955f, 0.70447016f, 0.65146494f, -1.1672585f, 0.43187714f, -0.47856927f, -1.21316f,
    -0.814059f, 0.029871702f, -0.28682995f, 0.69872665f
};

static const float x3_values[28] = {
    1.4251733f, -1.62358f, 0.59929156f, 0.65057397f, 0.8459201f, 0.25160718f, 0.55080223f, 1.5724232f,
    0.72086906f, 1.814825f, -1.7978361f, -0.7660403f, -0.841166f, -0.57616377f, 0.75653696f, 1.0810113f,
    1.1233392f, -1.9553356f, -0.3609867f, 0.10743785f, 1.8030005f, 1.170192f, 1.6623592f, -1.2990611f,
    1.047056f, 0.0074539185f, -0.8701577f, 1.018008f
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
