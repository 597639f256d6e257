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
    -1.0760894f, 1.3464999f, -1.2824228f, 0.23453069f, -0.97233343f, -0.7986562f, 0.25781107f, -1.1712935f,
    1.8493514f, 1.7918353f, -0.6488421f, -1.8598294f, -0.8109677f, 1.2802665f, 1.9492972f, -1.2333219f,
    -0.63933825f, -0.7779927f, 1.6752198f, -1.067198f, -1.8841999f, 1.0600412f, 1.0387154f, -0.60974526f,
    -0.67591786f, -0.84233046f, 1.451546f, -1.4752054f, -0.83124185f, 0.31668353f, -0.44623017f, 0.99329877f,
    1.1793365f, 0.58644414f, 0.55265975f, 0.71087646f, 1.0009267f, 1.3216763f, -0.4954865f, -0.60410905f,
    1.573771f, -1.1477323f, -0.14172769f, -1.5467262f, 0.21112227f, 1.1327491f, 0.8402724f, -0.85440993f,
    -1.4379098f, 0.80143595f, 1.9254842f, -1.8852825f, 0.31776667f, 0.9563887f, 1.607517f, -1.6903486f,
    0.5193465f, -0.94788766f, -0.13104773f, 0.9950774f, -1.708245f, 1.2246621f, -0.21814895f, -1.3302398f,
    0.46489906f, 0.88501215f, -0.53807473f, 0.32073426f, -0.639024f, -1.1501722f, -0.041142225f, 0.8846648f,
    1.2769566f, -1.3476858f, -0.15684032f, -0.8620267f, -0.64615774f, 1.538547f, 0.6784353f, 0.803385f,
    -1.6898263f, -1.2612884f, 0.91763496f, -0.32188916f
};

static const float x2_values[196] = {
    -0.9715264f, -0.6190469f, 0.59329295f, 0.37931442f, 0.17112899f, -1.2727392f, 0.4925921f, 0.16428661f,
    1.1521907f, -0.32225347f, -0.3838768f, 0.16275692f, 0.3188722f, -1.6442587f, 1.7717776f, 1.1678612f,
    -0.3998413f, 0.124319315f, -1.030386f, -1.6198418f, 0.26509452f, -1.6707573f, 1.9344456f, 0.7371712f,
    1.5754769f, 0.83477116f, -1.1042647f, 1.8337812f, -1.397294f, 1.027345f, -0.37365913f, -0.5424187f,
    -1.9829028f, -1.8201771f, -1.3062351f, -1.7732337f, 1.2341261f, -1.419508f, -0.5951946f, 0.6198683f,
    1.3786798f, 0.38196373f, 1.7122986f, -0.94128275f, 1.0946794f, -1.0010569f, -0.6683667f, -0.7369373f,
    1.0361187f, 0.353683f, -0.13269067f, -0.14585447f, 0.7799628f, -0.021759748f, -1.4147375f, -1.4519482f,
    1.7649124f, -1.4679465f, -0.8066859f, -0.21440959f, -1.92641f, -0.4002993f, 0.5883136f, -0.9068854f,
    1.0799708f, -0.023981333f, 1.9663501f, -1.149931f, -0.8424394f, -1.4094455f, -0.9700737f, 1.6117318f,
    -0.72030807f, 1.9539866f, -0.6519923f, -0.91101027f, -0.0022730827f, 0.8914764f, -0.42755342f, -1.0353591f,
    1.3462288f, -1.144692f, 1.8078694f, -0.52010083f, -1.6779199f, 1.685272f, 1.2539866f, 0.3913381f,
    0.58359957f, -0.98682785f, 0.6047864f, -1.4072492f, 1.1673405f, 0.6680887f, 1.9975388f, 0.14371681f,
    0.34157515f, -1.9492438f, 1.5242467f, -1.8270946f, 0.26665854f, 0.6178849f, 1.721509f, 0.8449886f,
    -1.5861869f, 1.7111361f, 0.4822929f, -0.66081643f, 1.9470193f, -0.50397277f, 1.028728f, -1.7923653f,
    0.03431964f, -0.89734316f, -0.3950932f, 0.30412126f, -1.1273799f, -1.1808014f, 0.31171846f, 1.3731096f,
    -0.006389141f, 1.73997f, -0.38670087f, -1.131444f, -1.5395975f, 1.7356083f, -0.3381579f, 0.5450902f,
    0.82964015f, -0.5892823f, 1.03917f, -1.1430426f, 1.5958817f, -0.21750736f, -1.0878708f, 0.4049821f,
    0.86417747f, -0.3455503f, -0.11730933f, 0.4089644f, 0.38316774f, 0.4296503f, 1.636343f, 0.62942576f,
    1.1314967f, -1.0964866f, -0.5311074f, 0.5265939f, -0.8711357f, -1.6347191f, -0.35397577f, 1.0719573f,
    -0.8426368f, 0.3117442f, 1.9134574f, 1.8430433f, -1.731519f, -1.0924807f, 1.7287815f, 0.8255701f,
    -0.075026035f, -0.6887369f, 0.09593797f, 0.83512163f, -1.6312263f, 0.80506706f, -1.0465188f, 1.8665154f,
    0.26397896f, 1.7477531f, 0.6004453f, 0.3266554f, 1.304563f, 0.2383523f, -0.5652168f, -0.06243539f,
    -1.8445125f, -0.4485426f, -0.04963231f, 0.6889696f, -1.8468688f, 0.9142442f, 1.3718529f, -1.5524795f,
    -1.7577565f, -0.13719511f, 0.9131272f, -1.1017208f, -1.9107759f, -0.40906835f, -0.34474134f, 1.9828134f,
    -0.74070644f, -1.7249639f, -0.9269912f, -1.6701355f
};

static const float x3_values[28] = {
    1.8544292f, -1.7210159f, -1.5341134f, 0.75247097f, -1.2823796f, 0.99020195f, 0.8283088f, -0.051222086f,
    -1.5263641f, -1.5684638f, -1.8809905f, 1.603955f, -0.42437625f, -1.187712f, -0.736753f, -1.375093f,
    1.6202655f, -0.7469044f, 0.0019586086f, 0.12974477f, 1.0110266f, -0.06856394f, 1.0740147f, -1.1679311f,
    -0.6602318f, 1.6276495f, 1.961657f, 1.9120204f
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
