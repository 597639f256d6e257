/*
 * net.c - made by cnnc 0.1.0 from sample.cnn. Do not edit.
 *
 *   layer                    what                               gives               multiply-adds   kept in memory
 *   layer                    View                               3 x 4 x 3 x 2                   0   a view
 *   layer_1                  Conv3D                             3 x 4 x 3 x 8                9216   all
 *   layer_2                  View                               2 x 3 x 4 x 3 x 8               0   a view
 *   layer_3                  Slice                              1 x 3 x 4 x 3 x 8               0   all
 *   layer_4                  View                               3 x 4 x 3 x 8                   0   a view
 *   layer_5                  Slice                              3 x 4 x 3 x 2                   0   a view
 *   layer_6                  Sigmoid                            3 x 4 x 3 x 2                   0   all
 *   layer_9                  Slice                              3 x 4 x 3 x 2                   0   a view
 *   layer_10                 Tanh, Multiply                     3 x 4 x 3 x 2                   0   all
 *   layer_11                 Slice                              3 x 4 x 3 x 2                   0   a view
 *   layer_12                 Sigmoid                            3 x 4 x 3 x 2                   0   all
 *   layer_14                 Tanh, Multiply                     3 x 4 x 3 x 2                   0   all
 *   layer_16                 Slice                              1 x 3 x 4 x 3 x 8               0   all
 *   layer_17                 View                               3 x 4 x 3 x 8                   0   a view
 *   layer_18                 Conv3D, Add                        3 x 4 x 3 x 8                4608   all
 *   layer_20                 Slice                              3 x 4 x 3 x 2                   0   a view
 *   layer_21                 Sigmoid                            3 x 4 x 3 x 2                   0   all
 *   layer_22                 Slice                              3 x 4 x 3 x 2                   0   a view
 *   layer_23                 Sigmoid, Multiply                  3 x 4 x 3 x 2                   0   all
 *   layer_24                 Slice                              3 x 4 x 3 x 2                   0   a view
 *   layer_25                 Tanh, Multiply                     3 x 4 x 3 x 2                   0   all
 *   layer_26                 Slice                              3 x 4 x 3 x 2                   0   a view
 *   layer_27                 Sigmoid                            3 x 4 x 3 x 2                   0   all
 *   layer_30                 Add, Tanh                          3 x 4 x 3 x 2                   0   all
 *   layer_32                 Multiply                           3 x 4 x 3 x 2                   0   the output
 *
 *   weights 2176 bytes, arena 5888 bytes (lower bound 5888), 13824 multiply-adds
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

static const float layer_1_w[256] = {
    0.5988586f, 0.2816816f, -0.497063f, 0.2706071f, -0.37533274f, -0.6550661f, -0.32885307f, 0.41283512f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.1341064f, -0.0132103115f, 0.3917679f, -0.64949965f, 0.28810254f, 0.1769496f, -0.27809715f, 0.114076376f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.3491787f, -0.038665727f, -0.25629196f, 0.3037289f, -0.03904748f, 0.4942098f, -0.60864925f, 0.15873697f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.46468115f, 0.10389854f, -0.07550105f, -0.36909965f, 0.32413378f, -0.20690401f, 0.04627222f, 0.045209765f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.2856328f, 0.28134936f, -0.124265976f, 0.4189688f, 0.35622802f, -0.18720213f, 0.5710003f, -0.33587486f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.26636994f, 0.13127898f, 0.15989128f, -0.40872538f, 0.086193785f, 0.7192952f, 0.4528389f, 0.28517878f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.6479937f, -0.43303043f, -0.53771704f, -0.24278146f, -0.57782793f, 0.5603552f, 0.28102177f, 0.32552594f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.19823344f, -0.14056501f, 0.2761215f, 0.016243426f, 0.071015716f, 0.23856997f, 0.18137519f, -0.41867736f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.35655668f, 0.10300244f, -0.1582673f, -0.10871947f, -0.6274217f, -0.0377537f, 0.22076134f, 0.070739865f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.16733247f, 0.2113575f, -0.056127578f, -0.24041054f, 0.3992296f, 0.035512038f, 0.06796086f, 0.44498134f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.2002225f, 0.28972578f, -0.22540148f, -0.42841193f, -0.4186354f, -0.029442072f, -0.14888585f, 0.16308662f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.09881294f, 0.18780702f, 0.112552345f, -0.12500453f, -0.39146876f, 0.16627172f, 0.16441199f, -0.21696424f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.6079275f, 0.013318688f, 0.5550194f, 0.631567f, -0.10422715f, -0.4045977f, -0.086409345f, -0.24016075f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.22040443f, -0.66882837f, 0.3321771f, 0.49202025f, -0.30112296f, -0.6224224f, -0.31486225f, 0.27842498f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.13773195f, 0.1006425f, 0.11724071f, -0.047720715f, -0.3876555f, 0.29965177f, -0.49577487f, -0.14496148f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.0076860934f, 0.14269987f, 0.1532011f, -0.014524952f, -0.35622114f, 0.120410025f, 0.00987906f, 0.3357947f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f
};

static const float layer_1_b[16] = {
    0.08595836f, 0.13344699f, -0.20046389f, -0.3783285f, 0.461846f, 0.32857f, -0.3569075f, -0.24742734f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f
};

static const float layer_18_w[256] = {
    -0.64934415f, 0.5989239f, -0.18158308f, -0.43240625f, -0.08797763f, -0.36652303f, 0.016197614f, -0.07286847f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.45341632f, 0.34466976f, -0.53269887f, -0.08354694f, -0.041045412f, -0.30815178f, 0.18658066f, -0.36560342f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.13079526f, -0.09439091f, 0.43710285f, 0.24910566f, -0.52503645f, -0.29632834f, 0.19047558f, -0.069579154f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.23189639f, 0.1838725f, 0.10594791f, 0.06107729f, 0.07364872f, -0.13404681f, -0.38777885f, 0.07021093f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.327736f, -0.08846636f, 0.12416589f, 0.06087619f, 0.16139345f, -0.28994378f, 0.25297526f, 0.20507531f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.39958107f, 0.30523f, 0.000109538436f, -0.088734694f, -0.24767488f, -0.47575578f, 0.06070046f, 0.28228277f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.257349f, 0.067292124f, 0.014280587f, 0.4870775f, -0.49825445f, -0.11218695f, 0.35556453f, 0.15963554f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.2962917f, 0.28970426f, 0.09469955f, -0.10676966f, 0.35705632f, 0.16866982f, -0.18522197f, -0.0039006472f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.05780734f, 0.24719355f, -0.11551872f, -0.030204594f, 0.46017957f, -0.27930945f, 0.53119504f, -0.035409395f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.4129098f, 0.19629931f, -0.51442343f, 0.05416415f, -0.28156945f, 0.33476377f, -0.004164191f, -0.4118524f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.30372295f, 0.2315185f, -0.026316363f, -0.21459161f, 0.26489678f, 0.38981128f, -0.4264027f, -0.11772551f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.55000407f, -0.512969f, -0.0072944835f, 0.40762272f, -0.475492f, 0.42030904f, 0.11083351f, 0.3091573f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.043372095f, -0.32801425f, -0.10553928f, -4.351139e-06f, -0.04004781f, -0.19329432f, 0.3690835f, 0.45955682f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.44906554f, 0.34335288f, -0.45834526f, 0.41763246f, 0.24100506f, 0.020700704f, 0.11048156f, -0.32553166f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.53379977f, 0.19095473f, -0.48677784f, -0.05212806f, -0.12449412f, 0.030143335f, -0.045136675f, -0.14969254f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.026452348f, -0.3864007f, -0.4044147f, 0.21952266f, 0.44102404f, 0.216082f, -0.28945887f, 0.11465145f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f
};

static const float layer_18_b[16] = {
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f
};

/* ---- memory ---------------------------------------------------------------------------------- */

/* Every activation lives here; those that are not alive at one time share memory. */
#ifdef __GNUC__
__attribute__((aligned(64)))
#endif
static float arena[1472];

/* Where the first pixel of each result lies, in floats; those by rows keep the last few of them. */
enum {
    AT_LAYER_1 = 0,    /* 3 x 4 x 3 x 8 */
    AT_LAYER_3 = 576,    /* 1 x 3 x 4 x 3 x 8 */
    AT_LAYER_6 = 1312,    /* 3 x 4 x 3 x 2 */
    AT_LAYER_12 = 1392,    /* 3 x 4 x 3 x 2 */
    AT_LAYER_10 = 1152,    /* 3 x 4 x 3 x 2 */
    AT_LAYER_14 = 1232,    /* 3 x 4 x 3 x 2 */
    AT_LAYER_16 = 864,    /* 1 x 3 x 4 x 3 x 8 */
    AT_LAYER_18 = 0,    /* 3 x 4 x 3 x 8 */
    AT_LAYER_21 = 288,    /* 3 x 4 x 3 x 2 */
    AT_LAYER_27 = 368,    /* 3 x 4 x 3 x 2 */
    AT_LAYER_25 = 448,    /* 3 x 4 x 3 x 2 */
    AT_LAYER_23 = 528,    /* 3 x 4 x 3 x 2 */
    AT_LAYER_30 = 608,    /* 3 x 4 x 3 x 2 */
    ARENA_END = 1472
};

/* ---- kernels --------------------------------------------------------------------------------- */

/* What a kernel applies to its sums before it stores them. */
enum { NONE, SIGMOID, TANH_MULTIPLY, ADD, SIGMOID_MULTIPLY, ADD_TANH, MULTIPLY };

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

/* Where the window of a tap stands: the taps [first, last) of an axis that lie in the picture. */
INLINE int first_tap(int at, int dilation) { return at >= 0 ? 0 : (dilation - 1 - at) / dilation; }
INLINE int last_tap(int at, int dilation, int taps, int size)
{
    const int inside = at < size ? (size - 1 - at) / dilation + 1 : 0;
    return inside < taps ? inside : taps;
}

/*
 * n neighbouring pixels of a volume and `vecs` vectors of output channels. `at`: index of the
 * window's first tap of the first
 * pixel; step[]: floats from a tap to the next along each axis; count[]: taps; first[], last[]:
 * those inside of the picture.
 */
INLINE void volume_tile(int n, int vecs, const float *in, int at, const int *step, const int *count,
                        const int *first, const int *last,
                        int channels, int next, const float *w, int width, const float *bias,
                        float *out, int outs, int out_step,
                        int then, const float *other)
{
    vec sum[4][32 / LANES];
    UNROLL for (int p = 0; p < n; p++)
        UNROLL for (int v = 0; v < vecs; v++)
            sum[p][v] = load(bias + v * LANES);
    for (int kz = first[0]; kz < last[0]; kz++)
        for (int ky = first[1]; ky < last[1]; ky++)
            for (int kx = first[2]; kx < last[2]; kx++) {
                const float *pixel = in + (at + kz * step[0] + ky * step[1] + kx * step[2]);
                const float *row = w + ((kz * count[1] + ky) * count[2] + kx) * channels * width;
                for (int i = 0; i < channels; i++, row += width)
                    UNROLL for (int p = 0; p < n; p++)
                        UNROLL for (int v = 0; v < vecs; v++)
                            sum[p][v] = mul_add(sum[p][v], pixel[p * next + i],
                                                load(row + v * LANES));
            }
    UNROLL for (int p = 0; p < n; p++)
        UNROLL for (int v = 0; v < vecs; v++)
            finish(out + p * out_step + v * LANES, sum[p][v], outs - v * LANES, then,
                   other + p * out_step + v * LANES);
}

/* ---- layers ---------------------------------------------------------------------------------- */

/* layer_1: Conv3D, 3 x 4 x 3 x 2 to 3 x 4 x 3 x 8 */
static void layer_1_layer(const float *in, const float *w, const float *b, float *out)
{
    /* pixels whose sums fit the registers beside 32 channels */
    enum { TILED = LANES > 4 ? 4 : 2 };
    static const int step[3] = { 24, 6, 2 };
    static const int count[3] = { 2, 2, 2 };
    for (int z = 0; z < 3; z++)
        for (int y = 0; y < 4; y++)
            for (int x = 0, n = 1; x < 3; x += n) {
                const int from[3] = { z * 1 - 0, y * 1 - 0, x * 1 - 0 };
                const int first[3] = { first_tap(from[0], 1), first_tap(from[1], 1),
                                      first_tap(from[2], 1) };
                const int last[3] = { last_tap(from[0], 1, 2, 3), last_tap(from[1], 1, 2, 4),
                                      last_tap(from[2], 1, 2, 3) };
                const int at = ((from[0] * 4 + from[1]) * 3 + from[2]) * 2,
                    pixel = ((z * 4 + y) * 3 + x) * 8;
                n = x >= 0 && x + TILED <= 2 ? TILED : 1;
                for (int group = 0; group < 1; group++)
                for (int k = 0; k < 8; k += 32) {
                    const int to = pixel + group * 8 + k, outs = 8 - k < 32 ? 8 - k : 32;
                    const float *weights = w + group * 256 + k, *bias = b + group * 16 + k;
                    if (n == TILED)
                        volume_tile(TILED, (8 + LANES - 1) / LANES, in, at + group * 2, step,
                                    count, first, last, 2, 2, weights, 16, bias, out + to,
                                    outs, 8, NONE, out + to);
                    else
                        volume_tile(1, (8 + LANES - 1) / LANES, in, at + group * 2, step,
                                    count, first, last, 2, 2, weights, 16, bias, out + to,
                                    outs, 8, NONE, out + to);
                }
            }
}

/* layer_3: Slice, 2 x 3 x 4 x 3 x 8 to 1 x 3 x 4 x 3 x 8 */
static int layer_3_rows(const float *in, float *out, int y0, int y1)
{
    for (int y = y0; y < y1; y++) {
        const float *from = in + y * 24;
        float *to = out + y * 24;
        memcpy(to, from, 24 * sizeof *to);
    }
    return y1 > y0 ? y1 : y0;
}

/* layer_6: Sigmoid, 3 x 4 x 3 x 2 to 3 x 4 x 3 x 2 */
static int layer_6_rows(const float *in, float *out, int y0, int y1)
{
    for (int y = y0; y < y1; y++) {
        const float *a = in + y * 24, *b = a;
        float *to = out + y * 6;
        for (int x = 0; x < 3; x++, a += 8, b += 8, to += 2)
        {
            int i = 0;
            for (; i + LANES <= 2; i += LANES)
                finish(to + i, load(a + i), LANES, SIGMOID, b + i);
            if (i < 2)
                finish(to + i, load_part(a + i, 2 - i), 2 - i, SIGMOID, b + i);
        }
    }
    return y1 > y0 ? y1 : y0;
}

/* layer_10: Tanh, Multiply, 3 x 4 x 3 x 2 to 3 x 4 x 3 x 2 */
static int layer_10_rows(const float *in, const float *other, float *out, int y0, int y1)
{
    for (int y = y0; y < y1; y++) {
        const float *a = in + y * 24, *b = other + y * 6;
        float *to = out + y * 6;
        for (int x = 0; x < 3; x++, a += 8, b += 2, to += 2)
        {
            int i = 0;
            for (; i + LANES <= 2; i += LANES)
                finish(to + i, load(a + i), LANES, TANH_MULTIPLY, b + i);
            if (i < 2)
                finish(to + i, load_part(a + i, 2 - i), 2 - i, TANH_MULTIPLY, b + i);
        }
    }
    return y1 > y0 ? y1 : y0;
}

/* layer_14: Tanh, Multiply, 3 x 4 x 3 x 2 to 3 x 4 x 3 x 2 */
static int layer_14_rows(const float *in, const float *other, float *out, int y0, int y1)
{
    for (int y = y0; y < y1; y++) {
        const float *a = in + y * 6, *b = other + y * 6;
        float *to = out + y * 6;
        {
            int i = 0;
            for (; i + LANES <= 6; i += LANES)
                finish(to + i, load(a + i), LANES, TANH_MULTIPLY, b + i);
            if (i < 6)
                finish(to + i, load_part(a + i, 6 - i), 6 - i, TANH_MULTIPLY, b + i);
        }
    }
    return y1 > y0 ? y1 : y0;
}

/* layer_16: Slice, 2 x 3 x 4 x 3 x 8 to 1 x 3 x 4 x 3 x 8 */
static int layer_16_rows(const float *in, float *out, int y0, int y1)
{
    for (int y = y0; y < y1; y++) {
        const float *from = in + (y + 12) * 24;
        float *to = out + y * 24;
        memcpy(to, from, 24 * sizeof *to);
    }
    return y1 > y0 ? y1 : y0;
}

/* layer_18: Conv3D, Add, 3 x 4 x 3 x 2 to 3 x 4 x 3 x 8 */
static void layer_18_layer(const float *in, const float *w, const float *b, const float *other, float *out)
{
    /* pixels whose sums fit the registers beside 32 channels */
    enum { TILED = LANES > 4 ? 4 : 2 };
    static const int step[3] = { 24, 6, 2 };
    static const int count[3] = { 2, 2, 2 };
    for (int z = 0; z < 3; z++)
        for (int y = 0; y < 4; y++)
            for (int x = 0, n = 1; x < 3; x += n) {
                const int from[3] = { z * 1 - 0, y * 1 - 0, x * 1 - 0 };
                const int first[3] = { first_tap(from[0], 1), first_tap(from[1], 1),
                                      first_tap(from[2], 1) };
                const int last[3] = { last_tap(from[0], 1, 2, 3), last_tap(from[1], 1, 2, 4),
                                      last_tap(from[2], 1, 2, 3) };
                const int at = ((from[0] * 4 + from[1]) * 3 + from[2]) * 2,
                    pixel = ((z * 4 + y) * 3 + x) * 8;
                n = x >= 0 && x + TILED <= 2 ? TILED : 1;
                for (int group = 0; group < 1; group++)
                for (int k = 0; k < 8; k += 32) {
                    const int to = pixel + group * 8 + k, outs = 8 - k < 32 ? 8 - k : 32;
                    const float *weights = w + group * 256 + k, *bias = b + group * 16 + k;
                    if (n == TILED)
                        volume_tile(TILED, (8 + LANES - 1) / LANES, in, at + group * 2, step,
                                    count, first, last, 2, 2, weights, 16, bias, out + to,
                                    outs, 8, ADD, other + to);
                    else
                        volume_tile(1, (8 + LANES - 1) / LANES, in, at + group * 2, step,
                                    count, first, last, 2, 2, weights, 16, bias, out + to,
                                    outs, 8, ADD, other + to);
                }
            }
}

/* layer_23: Sigmoid, Multiply, 3 x 4 x 3 x 2 to 3 x 4 x 3 x 2 */
static int layer_23_rows(const float *in, const float *other, float *out, int y0, int y1)
{
    for (int y = y0; y < y1; y++) {
        const float *a = in + y * 24, *b = other + y * 6;
        float *to = out + y * 6;
        for (int x = 0; x < 3; x++, a += 8, b += 2, to += 2)
        {
            int i = 0;
            for (; i + LANES <= 2; i += LANES)
                finish(to + i, load(a + i), LANES, SIGMOID_MULTIPLY, b + i);
            if (i < 2)
                finish(to + i, load_part(a + i, 2 - i), 2 - i, SIGMOID_MULTIPLY, b + i);
        }
    }
    return y1 > y0 ? y1 : y0;
}

/* layer_30: Add, Tanh, 3 x 4 x 3 x 2 to 3 x 4 x 3 x 2 */
static int layer_30_rows(const float *in, const float *other, float *out, int y0, int y1)
{
    for (int y = y0; y < y1; y++) {
        const float *a = in + y * 6, *b = other + y * 6;
        float *to = out + y * 6;
        {
            int i = 0;
            for (; i + LANES <= 6; i += LANES)
                finish(to + i, load(a + i), LANES, ADD_TANH, b + i);
            if (i < 6)
                finish(to + i, load_part(a + i, 6 - i), 6 - i, ADD_TANH, b + i);
        }
    }
    return y1 > y0 ? y1 : y0;
}

/* layer_32: Multiply, 3 x 4 x 3 x 2 to 3 x 4 x 3 x 2 */
static int layer_32_rows(const float *in, const float *other, float *out, int y0, int y1)
{
    for (int y = y0; y < y1; y++) {
        const float *a = in + y * 6, *b = other + y * 6;
        float *to = out + y * 6;
        {
            int i = 0;
            for (; i + LANES <= 6; i += LANES)
                finish(to + i, load(a + i), LANES, MULTIPLY, b + i);
            if (i < 6)
                finish(to + i, load_part(a + i, 6 - i), 6 - i, MULTIPLY, b + i);
        }
    }
    return y1 > y0 ? y1 : y0;
}

/* ---- the forward pass ------------------------------------------------------------------------ */

void net(const float *input, float *output)
{
    for (int n = 0; n < 2; n++)
        layer_1_layer(input + n * 72, layer_1_w, layer_1_b, arena + AT_LAYER_1 + n * 288);
    layer_3_rows(arena + AT_LAYER_1, arena + AT_LAYER_3, 0, 12);
    layer_6_rows(arena + AT_LAYER_3, arena + AT_LAYER_6, 0, 12);
    layer_10_rows(arena + AT_LAYER_3 + 4, arena + AT_LAYER_6, arena + AT_LAYER_10, 0, 12);
    layer_6_rows(arena + AT_LAYER_3 + 6, arena + AT_LAYER_12, 0, 12);
    layer_14_rows(arena + AT_LAYER_10, arena + AT_LAYER_12, arena + AT_LAYER_14, 0, 12);
    layer_16_rows(arena + AT_LAYER_1, arena + AT_LAYER_16, 0, 12);
    layer_18_layer(arena + AT_LAYER_14, layer_18_w, layer_18_b, arena + AT_LAYER_16,
                   arena + AT_LAYER_18);
    layer_6_rows(arena + AT_LAYER_18, arena + AT_LAYER_21, 0, 12);
    layer_23_rows(arena + AT_LAYER_18 + 2, arena + AT_LAYER_10, arena + AT_LAYER_23, 0, 12);
    layer_10_rows(arena + AT_LAYER_18 + 4, arena + AT_LAYER_21, arena + AT_LAYER_25, 0, 12);
    layer_6_rows(arena + AT_LAYER_18 + 6, arena + AT_LAYER_27, 0, 12);
    layer_30_rows(arena + AT_LAYER_23, arena + AT_LAYER_25, arena + AT_LAYER_30, 0, 12);
    layer_32_rows(arena + AT_LAYER_27, arena + AT_LAYER_30, output, 0, 12);
}
