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

static const float layer_kernel[192] = {
    -0.8590715f, -0.9426005f, 1.9268687f, -0.6079786f, -0.81031036f, 0.989779f, -0.60113955f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -1.6495774f, -1.5672071f, 0.06024313f, -1.9132903f, -1.4215858f, -0.6959593f, -1.6763506f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -1.5100291f, -1.3754821f, 0.6519177f, -1.3237274f, 0.10250354f, -1.4410319f, -1.3826818f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    1.1393402f, -1.9400551f, 1.6840093f, -0.62193704f, 1.3943722f, -1.1215851f, 1.9189625f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.03347397f, -0.8696382f, -0.14295006f, 1.1457846f, 0.74733734f, 0.32282948f, 0.19658756f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.49407053f, 0.7974906f, -0.41774082f, 1.5097914f, -1.0347848f, 1.0565536f, 0.23562121f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.791208f, 1.6647549f, -1.6991539f, -1.6081483f, -1.4627786f, -0.25941896f, -1.2972877f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    1.362428f, -1.3003788f, 0.78718805f, 1.845963f, -0.77191997f, 0.9200661f, 0.034106016f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.20530486f, -1.7149007f, -0.7199364f, 0.84208894f, -0.66004944f, -0.75723004f, 1.0956118f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.9422636f, -1.1071517f, 0.89139175f, 1.0346899f, 1.0304849f, -0.3268025f, -1.3840029f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.17240977f, -1.6685886f, 1.6953249f, 0.37387776f, -0.1293211f, 0.6220455f, -0.4811349f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    1.854173f, 0.747704f, 1.9117167f, 1.4114285f, -1.4568224f, -1.8922746f, 1.80022f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f
};

static const float layer_recurrent[448] = {
    1.3239653f, 1.3729165f, 1.5076067f, -0.34451485f, 0.39293838f, -1.5996208f, 1.353435f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -1.158272f, 0.76722383f, -1.6237645f, 0.72779536f, -0.97746515f, -0.47269535f, -0.9399576f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.1139493f, -0.67245555f, 0.48933125f, -1.5371685f, 1.2897825f, 0.8471527f, -0.12464714f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.33209968f, 0.9310529f, 0.4789846f, -0.40701723f, 1.6546388f, 0.7829504f, 1.001128f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -1.3133526f, -1.7397647f, -0.44437218f, -1.0306418f, 1.3455975f, -1.5041807f, 1.5861447f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    1.5400503f, -0.4736066f, -0.9217465f, 1.6657519f, 0.69497395f, -1.4469829f, 1.8510396f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    1.4303546f, -1.6176496f, 0.7948072f, -0.39225006f, 1.5699205f, 0.09029579f, 0.34004593f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    1.3476448f, 1.2758846f, 1.5743163f, 1.2839541f, -0.28452992f, -0.27180886f, -0.7330127f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -1.0620396f, -1.7054312f, -1.1880996f, 0.44892192f, -0.76781774f, 1.7726574f, 1.8440413f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.9501686f, 1.2659979f, -1.5834816f, -1.4518018f, -1.4485099f, -0.0482018f, 1.0745869f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.20997977f, -1.2845347f, 1.1486504f, -0.609504f, 0.5856645f, 0.70792913f, 0.7461221f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -1.8955615f, -1.5185225f, -0.27726078f, -0.19924498f, 0.97028613f, -1.966475f, 0.76419497f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.89181876f, 0.49629807f, 0.6158557f, 0.45833778f, 1.7266836f, 1.964931f, 1.5115693f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.79272246f, 1.8724849f, -0.12939763f, -0.0499506f, 0.7609532f, -0.029304504f, -1.853826f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.9613087f, 0.7319164f, 0.14269662f, 1.4806271f, 1.9976783f, 1.1264696f, 1.5208142f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    1.8851454f, 0.45975327f, 1.243134f, 1.8940747f, -0.8583865f, -1.6544359f, 1.106848f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    1.5781243f, -0.52218604f, -1.9515941f, -0.3620596f, -1.2914462f, -1.2914433f, -0.68609357f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.11618757f, 0.5794306f, 1.6596577f, -1.7047796f, 0.0151126385f, 1.7529876f, -0.74928427f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.56873155f, 1.6915743f, -0.60938716f, -0.48602104f, 1.3734651f, 0.34035134f, 1.117593f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.25210214f, 1.2820468f, -0.4139731f, -1.675998f, -0.6500571f, 1.4167507f, 0.40118384f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.35582995f, -1.8569865f, -1.7653761f, -0.24644327f, -1.1307275f, -1.4601395f, -1.4536703f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -1.7252834f, -0.452976f, 0.28915548f, -0.025074482f, 0.92225194f, 0.9849467f, 0.652462f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -1.5644243f, -1.2538238f, -0.412755f, -1.8493571f, -0.17980194f, -1.3159175f, 1.1948977f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.926821f, -1.7118013f, 1.5457158f, 0.57021856f, -1.610306f, 1.6657007f, -0.33476973f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.8199644f, -1.8624916f, 0.49268436f, -1.797183f, -0.46756482f, -0.07717562f, -0.7843137f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.6501546f, 1.3403404f, -0.3615694f, -0.39223695f, -1.1868498f, -0.7677014f, 1.4563384f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -1.0783591f, -0.08833504f, 0.35395288f, -0.9658947f, 1.5237553f, 1.7268682f, 1.6312582f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -1.4290671f, 1.9772427f, -1.0594339f, 0.7774224f, 0.77851653f, -0.41591477f, 1.5461526f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f
};

static const float layer_bias[64] = {
    1.5357549f, 0.013841867f, -1.7977464f, 1.826364f, 0.45961475f, -0.48233867f, 1.1837819f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.878783f, 0.2914996f, 0.45686412f, -1.2984695f, 0.22693753f, 0.48469043f, 1.0839703f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.8719089f, -1.0256488f, -0.8101554f, -1.674819f, 0.5619118f, -0.042879105f, 0.8904166f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -1.7045784f, 0.9462595f, -1.9210479f, 1.003073f, 1.6245277f, -0.93221736f, -0.032523632f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f
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

/* to[k] = from[k] + sum over i of in[i] * w[i][k] for one block; four inputs a step so that the sums do not wait for each other. */
INLINE void gate_block(const float *in, int inputs, int vecs, int block, const float *w, const float *from, float *to)
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
static void gate_sums(const float *in, int inputs, int width, const float *w, const float *from, float *to)
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

/* ---- the forward pass ----------------------------------------------------------------------------- */

void net(const float *input, float *output)
{
    layer_layer(input, layer_kernel, layer_recurrent, layer_bias, output, arena + AT_LAYER_SCRATCH);
}
