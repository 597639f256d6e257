/*
 * net.c - made by cnnc 0.1.0 from sample.cnn. Do not edit.
 *
 *   layer                    what                               gives               multiply-adds   kept in memory
 *   layer                    Recurrence                         5                             720   the output
 *
 *   weights 1920 bytes, arena 320 bytes (lower bound 320), 720 multiply-adds
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

static const float layer_kernel[144] = {
    -0.0873445f, -0.24826801f, -0.34920323f, 0.16570145f, 0.39613742f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.35489947f, -0.15640032f, 0.21452904f, 0.19168307f, -0.68978506f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.5074312f, 0.38648942f, -0.1273906f, 0.22806941f, 0.43607453f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.60691655f, 0.06200546f, -0.22582771f, 0.9618936f, -0.3965608f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.1366894f, 0.42851156f, 0.54131866f, 0.5599582f, 0.13213818f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.115237474f, 0.14030458f, 0.52742875f, 0.42906052f, -0.4980123f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.46433997f, -0.46053493f, -0.40734783f, -0.04169649f, 0.27563202f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.32105032f, -0.218056f, -0.62680143f, 0.82630724f, 0.24015766f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.3393621f, 0.39817134f, 0.2094628f, -0.5189444f, -0.194085f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f
};

static const float layer_recurrent[240] = {
    -0.6133435f, -0.06626129f, 0.06740408f, -0.6823448f, -0.60640967f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.025172513f, 0.56069404f, -0.12296898f, -0.29979777f, -0.060480148f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.22982782f, 0.6503906f, -0.38906592f, -0.13207164f, -0.047680143f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.10219668f, -0.17704318f, 0.011250973f, 0.4616695f, 0.62497807f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.34982806f, 0.27941686f, 0.59425145f, 0.23913822f, -0.48249733f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.32888502f, 0.4887682f, -0.30727264f, -0.6063239f, 0.16235462f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.2516024f, -0.30353412f, 0.7401109f, -0.44328156f, 0.19673312f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.8475456f, -0.30270132f, -0.87802094f, -0.18600419f, -0.5181051f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.32145336f, -0.4760028f, -0.05771369f, -0.88898474f, -0.67566776f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.029372439f, -0.08194512f, 0.10112524f, -0.164362f, 0.16203949f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.745361f, -0.21119004f, -0.7548202f, -0.6285045f, -0.98536307f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.2862611f, 0.23642534f, 0.6063026f, -0.5240427f, 0.21541253f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.3204485f, 0.4250971f, -0.15665737f, -0.4558161f, 0.27299994f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.03424693f, -0.045518786f, -0.14478931f, 0.6275809f, 0.064185604f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.7803907f, 0.0025663278f, -0.47309113f, 0.594438f, -0.064059734f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f
};

static const float layer_bias[96] = {
    0.10504019f, 0.03319913f, 0.21471286f, 0.47106832f, -0.30007f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.38074362f, 0.1616627f, 0.24095476f, 0.5134492f, -0.7663031f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.44897032f, -0.2810707f, 0.21430755f, -0.33125997f, 0.40845728f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.108448386f, -0.3869835f, 0.46008122f, 0.46703893f, -0.27618897f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.15812635f, 0.22821957f, 0.42829227f, 0.4447754f, -0.33104885f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.40992445f, 0.3049323f, -0.03710687f, -0.30766076f, 0.32474077f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f
};

/* ---- memory ---------------------------------------------------------------------------------- */

/* Every activation lives here; those that are not alive at one time share memory. */
#ifdef __GNUC__
__attribute__((aligned(64)))
#endif
static float arena[80];

/* Where the first pixel of each result lies, in floats; those by rows keep the last few of them. */
enum {
    AT_LAYER_SCRATCH = 0,    /* 80 */
    ARENA_END = 80
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

/* layer: Recurrence, 6 x 3 to 5 */
static void layer_layer(const float *in, const float *w, const float *r, const float *b, float *out, float *scratch)
{
    enum { wide = 16 };             /* 5 units, for whole vectors */
    float *const h = scratch, *const past = scratch + wide, *const gates = scratch + 2 * wide;
    for (int n = 0; n < 1; n++) {
        memset(scratch, 0, 2 * wide * sizeof *scratch);
        for (int step = 0; step < 6; step++) {
            const int t = step;
            const float *x = in + n * 18 + t * 3;
            gate_sums(x, 3, 48, w, b, gates);
            gate_sums(h, 5, 32, r, gates, gates);
            activate_sigmoid(gates, 2 * wide);
            gate_sums(h, 5, wide, r + 160, b + 5 * wide, past);
            for (int k = 0; k < wide; k++)
                gates[2 * wide + k] += gates[wide + k] * past[k];
            activate_tanh(gates + 2 * wide, wide);
            for (int k = 0; k < wide; k++)
                h[k] = gates[k] * h[k] + (1.0f - gates[k]) * gates[2 * wide + k];
        }
        memcpy(out + n * 5, h, 5 * sizeof *out);
    }
}

/* ---- the forward pass ------------------------------------------------------------------------ */

void net(const float *input, float *output)
{
    layer_layer(input, layer_kernel, layer_recurrent, layer_bias, output, arena + AT_LAYER_SCRATCH);
}
