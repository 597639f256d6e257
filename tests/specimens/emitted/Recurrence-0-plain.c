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

#ifdef VECTORS
INLINE vec larger(vec a, vec b) { __typeof__(a > b) m = a > b; return (vec)((m & (__typeof__(m))a) | (~m & (__typeof__(m))b)); }
#else
INLINE vec larger(vec a, vec b) { for (int i = 0; i < LANES; i++) a.f[i] = a.f[i] > b.f[i] ? a.f[i] : b.f[i]; return a; }
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

#ifdef VECTORS
INLINE vec smaller(vec a, vec b) { return choose((mask)(a < b), a, b); }
#else
INLINE vec smaller(vec a, vec b) { for (int i = 0; i < LANES; i++) a.f[i] = a.f[i] < b.f[i] ? a.f[i] : b.f[i]; return a; }
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
    1.6342254f, -0.99664855f, 0.3512206f, -0.8589318f, 0.68121934f, -0.20164251f, -0.75812197f, -1.422209f,
    0.54161334f, -1.1258035f, -0.03900218f, 1.9654343f, 1.384074f, -0.1613059f, 0.39714885f, 1.6753576f,
    -1.379683f, 1.9377868f, 0.68042207f, 1.29877f, 0.25935388f, 0.70538855f, -1.5219858f, 1.0149577f,
    -1.0696614f, -1.8226953f, 1.7706702f, -1.6803873f, 0.8138485f, -1.6710844f, 1.9131134f, 0.60345626f,
    -0.020723581f, 0.15715122f, -1.7974448f, -1.3418746f, -0.6518526f, 0.2751205f, -0.36228275f, -1.9923756f,
    -0.43668365f, -1.3878767f, -1.0379007f, 0.9687276f, 0.19182539f, 1.8114214f, -0.13806725f, -0.41133857f,
    0.72576785f, -1.9533966f, 1.7251782f, -0.4374044f, -1.555177f, 1.1348991f, 0.045217752f, 0.79551816f,
    0.08715415f, -0.28602147f, -0.98998785f, 1.7182932f, 1.7565105f, -0.43309665f, -0.9708772f, 0.11291814f,
    -1.2686028f, -1.7957361f, 1.4827476f, -0.86512184f, -0.560308f, -0.6371999f, 1.5910702f, 0.0037724972f,
    1.7713561f, 0.93865585f, -1.0974994f, 1.6566863f, 0.9056845f, -1.2114172f, -0.3844068f, -0.027078867f,
    0.1797874f, -0.707772f, -1.0246675f, 0.41053438f
};

static const float x2_values[196] = {
    -1.3668268f, 1.605423f, 1.5945847f, -0.59728837f, -1.7499678f, -1.1284845f, -0.46488f, 1.8529108f,
    -1.0559955f, 0.579931f, 1.5458381f, 1.7657771f, 1.5236118f, -0.3513105f, 1.8549972f, -1.0413847f,
    1.0437534f, 0.8392749f, -1.9047036f, 1.4657869f, -1.530978f, 0.20239091f, -0.3210528f, 1.5207906f,
    0.6908107f, -0.14744306f, 1.7660983f, 0.2792387f, -0.8901458f, -1.6789045f, -1.9844263f, -1.9389553f,
    0.70097685f, -0.059485674f, 0.57954955f, -0.7537141f, -1.801168f, 1.9147642f, -0.9624467f, 1.673826f,
    -0.5771017f, 0.31602097f, -1.4052877f, -1.786181f, 0.2731855f, 0.9861672f, 1.491703f, 0.040972948f,
    1.7250471f, -0.9542842f, 0.07426882f, -0.78826976f, 1.0121858f, -1.9660189f, -0.70206046f, 0.48573685f,
    0.8658745f, 1.8548644f, -1.1581445f, 1.9625647f, -1.781343f, -0.27515173f, -0.69382715f, -1.6658914f,
    -1.3070533f, 1.8411198f, 0.37708926f, 1.5441651f, 0.7073417f, 1.403049f, 0.4598267f, -1.9708524f,
    1.9336183f, 0.059841156f, -0.6117711f, -1.4950264f, 1.7364304f, -1.1187694f, 1.8332508f, 0.9486897f,
    -0.6073823f, 0.47203994f, 0.75277185f, 1.5972893f, 1.0971348f, 1.3684068f, -0.09119582f, -0.6486263f,
    -0.03913808f, -0.4173038f, -0.98548317f, 0.39697027f, -1.9745331f, 0.316808f, 0.38238168f, -0.37824154f,
    1.8842032f, 1.7802317f, 1.5227053f, 0.26011086f, -1.8085697f, 0.024419546f, -1.5058017f, 0.5243852f,
    1.5914643f, -0.620646f, -1.6819463f, 1.9215124f, -1.0375006f, 0.3374803f, -0.636199f, -1.185745f,
    -1.8668675f, 0.11757159f, 1.4198034f, 1.47402f, 0.38987422f, -1.1532335f, -1.9053473f, -1.061754f,
    0.58707f, 1.857578f, -0.6473329f, 1.2667809f, 0.34971428f, -0.51689506f, -0.6121981f, 1.2576547f,
    -0.3335693f, 1.1118479f, 1.1877549f, -0.35164618f, -1.3150444f, -1.7961574f, -0.3842144f, -0.7438617f,
    1.9200525f, 0.5145004f, -0.005452156f, 0.6835222f, 0.32185817f, 1.2905481f, 0.7850914f, -1.3670719f,
    -1.9564469f, 1.5373366f, 1.4838607f, 1.781189f, 1.3649709f, -1.5657177f, -0.122570515f, -1.3229885f,
    -1.076597f, -1.100553f, 0.78379464f, 0.50244236f, -0.49652624f, 1.1336348f, 1.1293788f, -0.30898476f,
    -0.26121354f, 1.9316232f, 0.5110941f, 0.2797382f, 0.61500955f, -1.0197611f, 1.2253568f, -1.9785912f,
    -1.6989377f, -1.2693443f, 1.9304271f, -0.77088475f, -0.007843971f, 1.369633f, -1.7924566f, -1.7247415f,
    -1.3836813f, -0.13667226f, 1.7700717f, 0.35083318f, -1.945956f, -0.46736765f, 1.7565415f, -0.7703483f,
    -0.23239064f, 1.7933335f, -0.88227797f, -1.7598357f, -0.8834052f, -1.6555674f, 0.32995605f, -1.1571381f,
    0.8539605f, -0.14450026f, -1.3022082f, 1.9590774f
};

static const float x3_values[28] = {
    -1.0698752f, 0.33867216f, -0.40957236f, -0.29820895f, -1.7013104f, 1.9135001f, -1.5028565f, -0.5570152f,
    -0.50875354f, -1.6101053f, -0.283746f, -0.23310351f, 0.24970222f, 1.9689877f, -1.4401925f, 0.29081082f,
    -1.263962f, -0.19388294f, -1.5361638f, 0.07805276f, 0.7456229f, -1.100256f, 1.6604617f, -0.8054793f,
    -0.5247526f, 1.8494477f, 0.74260163f, -0.50480485f
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
