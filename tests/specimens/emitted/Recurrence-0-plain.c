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

static const float x1_values[84] = {
    -0.81587267f, 0.3690338f, -0.38985753f, 1.4254241f, 1.5727384f, 0.56075335f, -0.07550669f, -0.8922062f,
    1.0247526f, 1.1968577f, -1.085736f, 0.81474257f, 1.1662512f, -1.859817f, -0.24581218f, -1.0727289f,
    -0.4946773f, 1.2862046f, 1.3994696f, 1.8528554f, -1.878475f, -0.2538278f, 0.069503546f, 1.829963f,
    -0.5175667f, -0.76842666f, -1.437403f, -0.7298455f, -1.1098192f, -0.100061655f, 1.8394909f, 1.1946106f,
    0.02935791f, -1.54948f, 1.0256977f, 1.3609352f, 0.5741229f, -1.4677134f, 0.52721f, -0.02466774f,
    -1.2121291f, -0.93795633f, 1.4198716f, 1.7451079f, 1.363703f, -1.9806652f, -1.7897208f, -0.708627f,
    1.042707f, 1.1405988f, 1.9551296f, 0.91289353f, -1.8073463f, -1.5821056f, 0.44148946f, -1.806001f,
    -0.980109f, 0.76935816f, -0.2278142f, -0.10007644f, 0.40710092f, -0.69679785f, 0.9599037f, 1.9939466f,
    0.38785386f, 1.1610177f, -1.8119254f, -1.6246209f, 0.3866737f, -1.220942f, -1.8689997f, -1.2633274f,
    0.9982164f, -0.53732014f, 0.89398146f, -0.5349426f, -1.061286f, -1.284369f, -1.1115005f, 0.47736454f,
    -0.99548006f, 0.97888875f, 1.9808934f, 1.3824577f
};

static const float x2_values[196] = {
    1.62993f, -1.4413614f, -1.4515045f, -1.0124815f, -0.8068788f, 1.1544447f, 1.2754011f, -1.4546497f,
    -0.76426506f, -1.6329813f, -0.61889076f, 0.5385792f, 0.60243297f, 0.99457526f, -1.4260113f, 0.54968476f,
    -0.805135f, -0.9048085f, 0.91603804f, 1.2013457f, 0.9590235f, 0.48278356f, 1.2827144f, -0.94780326f,
    -1.5063736f, -1.5775785f, 1.5458634f, -1.3923233f, -0.18843079f, -1.5527618f, 1.4296377f, 1.3934734f,
    -1.6600254f, -0.5486207f, -0.93321586f, 1.0305779f, -0.47607517f, 1.3909891f, -0.022497177f, 0.5735078f,
    -0.36367846f, -0.85718393f, -0.7626629f, 1.9515138f, -0.825325f, -0.026756763f, -1.1771069f, -1.7833717f,
    1.9919398f, -0.735816f, -0.18431115f, 1.8782799f, -1.4566171f, -0.12784672f, 1.6776621f, -0.41501284f,
    -1.4293497f, -1.140732f, -1.0609648f, 1.3708856f, -1.3403037f, -1.6696506f, -0.29266858f, 1.1431742f,
    -0.1316669f, 1.9194851f, -1.4594104f, 1.3465493f, 1.3546975f, 1.3942091f, 1.3461692f, 1.297734f,
    -0.026952744f, 1.4178126f, -0.6985817f, -0.3475728f, -1.710994f, 1.335535f, 0.40776014f, -1.0130339f,
    -1.2998376f, 1.8145256f, -0.10592437f, -0.37263656f, 0.6566541f, -1.3010249f, 1.8544552f, 1.1890323f,
    1.5570226f, -0.41742134f, 0.24048376f, 0.6225269f, 1.3205352f, 1.7017713f, 0.6865778f, 0.28152728f,
    0.04903388f, -1.3240945f, 0.99791384f, 1.1679716f, 0.5050447f, 0.38099647f, -0.60138416f, -1.0621138f,
    -1.0913715f, -0.891186f, 1.7091386f, -0.5749173f, -1.5144334f, -1.7384317f, -1.0981803f, -0.85437965f,
    0.48381615f, 0.41051865f, -1.5919702f, 1.8976443f, -1.4332452f, 1.0604198f, 0.6611109f, -0.3530953f,
    -1.2932863f, 0.7585356f, -0.62802696f, 0.17045903f, 1.4015534f, 0.09515977f, 0.13552332f, -1.7272727f,
    1.8988507f, 0.8448014f, 0.39165545f, 0.28955388f, -1.1720359f, 0.13140273f, 1.5205069f, -1.5599506f,
    -1.2223401f, 1.4919753f, -1.7439706f, 1.9420085f, -0.2516291f, -0.59872365f, -0.86659837f, 0.77536464f,
    -1.1675062f, 1.016262f, 0.44176626f, -0.88676643f, -0.28253555f, 0.056096315f, 1.0297508f, 1.344002f,
    -1.7170081f, 0.49038553f, 1.8282936f, 1.8614995f, -1.5645981f, 0.62107825f, 0.4734273f, 0.4495418f,
    0.093577385f, 1.483041f, -1.7202039f, 1.4719725f, 0.19675589f, -0.9534354f, 0.8218858f, -1.6479826f,
    -0.28471065f, 1.6125517f, 0.6773994f, 0.0682528f, 0.1072979f, 0.41348577f, 0.38430715f, 0.81312466f,
    1.1367564f, -0.5253198f, -1.3216021f, -0.8218646f, 1.0969241f, 0.7956314f, -0.12643814f, 0.29558444f,
    -0.40432477f, 0.42107034f, 1.8649228f, -0.37877584f, -0.74936914f, -0.35466218f, -1.1225514f, 1.5769434f,
    0.7581589f, 1.682893f, -1.9158449f, 1.2602627f
};

static const float x3_values[28] = {
    1.1608486f, -0.25495505f, 0.47364068f, -1.8264785f, 0.13732553f, 0.097569466f, -1.126821f, -1.9488254f,
    -0.8155079f, 0.6650579f, -1.8495855f, -0.40834713f, 0.12276673f, -1.8526237f, -1.9518127f, 0.9813781f,
    -0.809469f, 0.27805305f, 0.11914921f, 0.47279263f, 0.97643805f, 1.4610853f, -1.2759163f, -1.8660309f,
    0.65785885f, -1.1637208f, -1.621494f, 0.3391211f
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
 * to[g][k] += sum over i of in[i] * w[i][g][k]; the rows of w are `row` long, those of `to` begin
 * `stride` apart.
 */
static void add_gate_sums(const float *in, int inputs, int gates, int units, const float *w,
                          int row, float *to, int stride)
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

/* ---- the forward pass ------------------------------------------------------------------------ */

void net(const float *input, float *output)
{
    layer_layer(input, x1_values, x2_values, x3_values, output, arena + AT_LAYER_SCRATCH);
}
