/*
 * net.c - made by cnnc 0.1.0 from sample.cnn. Do not edit.
 *
 *   layer                    what                               gives               multiply-adds   kept in memory
 *   layer                    View                               6 x 5 x 2                       0   a view
 *   layer_copy               Copy                               6 x 5 x 2                       0   all
 *   layer_1                  Conv2D                             6 x 5 x 12                  12960   all
 *   layer_2                  View                               3 x 6 x 5 x 12                  0   a view
 *   layer_3                  Slice                              1 x 6 x 5 x 12                  0   all
 *   layer_4                  View                               6 x 5 x 12                      0   a view
 *   layer_5                  Slice                              6 x 5 x 3                       0   a view
 *   layer_6                  Sigmoid                            6 x 5 x 3                       0   all
 *   layer_9                  Slice                              6 x 5 x 3                       0   a view
 *   layer_10                 Tanh, Multiply                     6 x 5 x 3                       0   all
 *   layer_11                 Slice                              6 x 5 x 3                       0   a view
 *   layer_12                 Sigmoid                            6 x 5 x 3                       0   all
 *   layer_14                 Tanh, Multiply                     6 x 5 x 3                       0   all
 *   layer_16                 Slice                              1 x 6 x 5 x 12                  0   all
 *   layer_17                 View                               6 x 5 x 12                      0   a view
 *   layer_18                 Conv2D, Add                        6 x 5 x 12                   6480   all
 *   layer_20                 Slice                              6 x 5 x 3                       0   a view
 *   layer_21                 Sigmoid                            6 x 5 x 3                       0   all
 *   layer_22                 Slice                              6 x 5 x 3                       0   a view
 *   layer_23                 Sigmoid, Multiply                  6 x 5 x 3                       0   all
 *   layer_24                 Slice                              6 x 5 x 3                       0   a view
 *   layer_25                 Tanh, Multiply                     6 x 5 x 3                       0   all
 *   layer_26                 Slice                              6 x 5 x 3                       0   a view
 *   layer_27                 Sigmoid                            6 x 5 x 3                       0   all
 *   layer_30                 Add                                6 x 5 x 3                       0   all
 *   layer_31                 Tanh, Multiply                     6 x 5 x 3                       0   all
 *   layer_33                 Slice                              1 x 6 x 5 x 12                  0   all
 *   layer_34                 View                               6 x 5 x 12                      0   a view
 *   layer_35                 Conv2D, Add                        6 x 5 x 12                   6480   all
 *   layer_37                 Slice                              6 x 5 x 3                       0   a view
 *   layer_38                 Sigmoid                            6 x 5 x 3                       0   all
 *   layer_39                 Slice                              6 x 5 x 3                       0   a view
 *   layer_40                 Sigmoid, Multiply                  6 x 5 x 3                       0   all
 *   layer_41                 Slice                              6 x 5 x 3                       0   a view
 *   layer_42                 Tanh, Multiply                     6 x 5 x 3                       0   all
 *   layer_43                 Slice                              6 x 5 x 3                       0   a view
 *   layer_44                 Sigmoid                            6 x 5 x 3                       0   all
 *   layer_47                 Add, Tanh                          6 x 5 x 3                       0   all
 *   layer_49                 Multiply                           6 x 5 x 3                       0   the output
 *
 *   weights 3264 bytes, arena 10112 bytes (lower bound 10112), 25920 multiply-adds
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

static const float layer_1_w[192] = {
    0.5124484f, -0.42765507f, -0.034916624f, 0.1379436f, 0.10665157f, -0.22925718f, -0.17138937f, -0.12356751f,
    -0.15052529f, -0.35187036f, -0.17900267f, -0.41914186f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.22630861f, 0.48959762f, 0.22300866f, -0.5150931f, 0.16603148f, 0.004559532f, -0.18727347f, 0.1599979f,
    0.17952533f, 0.083421916f, 0.26148778f, 0.15351787f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.04707686f, 0.30485475f, -0.022824064f, 0.19105832f, -0.21447974f, 0.117926046f, -0.122445345f, 0.5626267f,
    0.5097764f, -0.30120158f, -0.45337293f, -0.14867938f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.385103f, 0.63660115f, 0.07687834f, 0.077438936f, 0.38406622f, 0.56552273f, 0.15474659f, 0.20763652f,
    -0.5614774f, 0.52941763f, -0.37577975f, -0.2958994f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.49632686f, -0.00788036f, -0.114206396f, -0.18049414f, 0.28582668f, 0.63080573f, 0.39934883f, -0.3155291f,
    0.04229155f, -0.2532014f, 0.6708208f, -0.009583873f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.1774835f, -0.5296135f, 0.009441152f, -0.36121494f, -0.4068069f, 0.46561334f, 0.23106186f, -0.04358294f,
    -0.34024313f, -0.6689104f, -0.2598495f, -0.67176545f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.50008035f, 0.24298795f, -0.25891358f, 0.37583494f, 0.53426725f, -0.35285717f, -0.24936423f, 0.49207997f,
    0.006356314f, 0.10533056f, -0.108401656f, 0.042419165f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.24636534f, 0.48905778f, -0.315215f, -0.036767464f, 0.07616916f, 0.7058006f, -0.39209202f, 0.21013032f,
    -0.22154923f, -0.25864238f, 0.16220123f, 0.49164635f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.101974815f, 0.19340968f, 0.52302855f, 0.3362294f, 0.47933063f, -0.54778945f, 0.70628035f, -0.059260383f,
    -0.0734532f, 0.019355327f, -0.29036778f, 0.17545623f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.14509448f, -0.2669039f, 0.2440892f, 0.011233792f, 0.48692095f, 0.3208865f, -0.25982004f, 0.011624917f,
    -0.34993142f, 0.65942925f, 0.04266011f, 0.15164658f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.040632486f, -0.3456347f, -0.18419284f, -0.1836139f, 0.16338365f, 0.45931873f, -0.27601486f, -0.20364803f,
    -0.22399513f, 0.15041055f, 0.3038029f, -0.5908025f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.28801587f, 0.008375391f, 0.33725855f, 0.09534967f, -0.1374263f, 0.112621084f, -0.5307871f, -0.47774848f,
    0.4653535f, -0.50941277f, 0.055962324f, 0.1134527f, 0.0f, 0.0f, 0.0f, 0.0f
};

static const float layer_1_b[16] = {
    0.40011913f, 0.20733678f, 0.08718008f, 0.11728865f, 0.406839f, -0.33084166f, -0.23492348f, -0.18043578f,
    -0.378268f, -0.06576127f, 0.19740003f, -0.020433545f, 0.0f, 0.0f, 0.0f, 0.0f
};

static const float layer_18_w[288] = {
    -0.4214077f, 0.53945637f, -0.31191728f, -0.43442073f, -0.6186777f, -0.17303348f, -0.24445936f, 0.106316224f,
    -0.39273793f, -0.24366346f, -0.17611958f, 0.09303972f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.16838194f, -0.37036532f, 0.11246532f, -0.36068684f, -0.015500456f, -0.45583016f, 0.6388217f, 0.00065283664f,
    0.08099611f, -0.539262f, -0.68245745f, 0.07676764f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.5766215f, 0.1181833f, -0.32518902f, -0.18110198f, -0.13554156f, 0.4609028f, -0.36555195f, 0.36908263f,
    0.08796969f, 0.11645736f, -0.39705852f, -0.25837865f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.14682378f, -0.124171585f, -0.24071893f, 0.35908887f, -0.35096428f, 0.6638547f, -0.22873703f, -0.115059555f,
    -0.33296385f, 0.03089241f, -0.09349692f, 0.4602669f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.032510653f, 0.5886833f, -0.39808112f, -0.030231796f, 0.054108948f, 0.48177055f, 0.30497426f, 0.07163499f,
    0.2255807f, -0.3069759f, 0.39702356f, -0.1571522f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.54129374f, 0.19612241f, 0.48478004f, 0.0465028f, -0.38642693f, -0.10453275f, -0.3426128f, 0.25421864f,
    -0.43221277f, -0.2923717f, 0.70141923f, 0.060637105f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.27918312f, 0.15401244f, -0.44859025f, 0.02246508f, 0.059489198f, 0.07728858f, -0.218407f, -0.5310004f,
    -0.53981584f, 0.14587605f, 0.22622167f, 0.52976805f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.041786715f, 0.19876501f, 0.030068932f, -0.036426768f, -0.20035906f, -0.6688595f, -0.47158533f, 0.13944085f,
    -0.5118346f, 0.31124714f, -0.37544844f, 0.21337992f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.016023755f, 0.3323821f, 0.325561f, 0.2832052f, 0.020305827f, -0.33893216f, 0.5607693f, 0.14634266f,
    0.23884344f, 0.30999723f, 0.05777801f, -0.064730555f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.6059106f, -0.37684187f, 0.21508245f, 0.094462246f, -0.26515025f, 0.44114912f, -0.16744502f, 0.20460828f,
    0.19401188f, -0.07084999f, -0.16143432f, 0.28935504f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.6354929f, -0.32892215f, -0.5860732f, 0.36918166f, -0.28385824f, 0.6531383f, -0.52178395f, -0.37016588f,
    -0.11638336f, -0.67296326f, -0.006567955f, -0.20226958f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.17985587f, -0.14416534f, 0.0469065f, -0.07377201f, 0.17649141f, -0.06132202f, 0.25721803f, 0.19705133f,
    0.10001348f, 0.028892845f, 0.15487346f, -0.0682044f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.42359117f, 0.12481913f, 0.34068552f, 0.32356703f, 0.093883365f, 0.57020926f, 0.18584494f, 0.22366652f,
    0.40859258f, 0.19722043f, -0.29864398f, -0.55244285f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.23464386f, 0.2061127f, -0.008723086f, 0.1273461f, -0.5255301f, -0.026240483f, -0.45280024f, -0.3355235f,
    -0.53551054f, 0.05540255f, -0.24861683f, 0.3234403f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.24250445f, 0.48745835f, 0.15835297f, 0.039683007f, -0.36428082f, -0.13742301f, -0.41978276f, -0.0031930208f,
    0.0015300661f, -0.1252856f, 0.45190734f, -0.18252704f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.3478068f, 0.3389811f, 0.34050888f, 0.14887011f, 0.013251394f, 0.051216453f, 0.1522299f, -0.0057023615f,
    0.6468661f, -0.5342257f, -0.04470446f, 0.31844294f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.042083174f, 0.42806137f, -0.067896456f, 0.1721007f, 0.56530565f, -0.4637159f, -0.041180283f, -0.49031186f,
    -0.17528652f, -0.4129916f, 0.32720992f, -0.006994635f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.16757324f, -0.46061295f, 0.24091503f, 0.36259365f, -0.6601358f, -0.28223932f, 0.13258922f, -0.048443466f,
    0.52739614f, -0.054310035f, 0.034324646f, 0.31533304f, 0.0f, 0.0f, 0.0f, 0.0f
};

static const float layer_18_b[16] = {
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f
};

static const float layer_35_w[288] = {
    -0.4214077f, 0.53945637f, -0.31191728f, -0.43442073f, -0.6186777f, -0.17303348f, -0.24445936f, 0.106316224f,
    -0.39273793f, -0.24366346f, -0.17611958f, 0.09303972f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.16838194f, -0.37036532f, 0.11246532f, -0.36068684f, -0.015500456f, -0.45583016f, 0.6388217f, 0.00065283664f,
    0.08099611f, -0.539262f, -0.68245745f, 0.07676764f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.5766215f, 0.1181833f, -0.32518902f, -0.18110198f, -0.13554156f, 0.4609028f, -0.36555195f, 0.36908263f,
    0.08796969f, 0.11645736f, -0.39705852f, -0.25837865f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.14682378f, -0.124171585f, -0.24071893f, 0.35908887f, -0.35096428f, 0.6638547f, -0.22873703f, -0.115059555f,
    -0.33296385f, 0.03089241f, -0.09349692f, 0.4602669f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.032510653f, 0.5886833f, -0.39808112f, -0.030231796f, 0.054108948f, 0.48177055f, 0.30497426f, 0.07163499f,
    0.2255807f, -0.3069759f, 0.39702356f, -0.1571522f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.54129374f, 0.19612241f, 0.48478004f, 0.0465028f, -0.38642693f, -0.10453275f, -0.3426128f, 0.25421864f,
    -0.43221277f, -0.2923717f, 0.70141923f, 0.060637105f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.27918312f, 0.15401244f, -0.44859025f, 0.02246508f, 0.059489198f, 0.07728858f, -0.218407f, -0.5310004f,
    -0.53981584f, 0.14587605f, 0.22622167f, 0.52976805f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.041786715f, 0.19876501f, 0.030068932f, -0.036426768f, -0.20035906f, -0.6688595f, -0.47158533f, 0.13944085f,
    -0.5118346f, 0.31124714f, -0.37544844f, 0.21337992f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.016023755f, 0.3323821f, 0.325561f, 0.2832052f, 0.020305827f, -0.33893216f, 0.5607693f, 0.14634266f,
    0.23884344f, 0.30999723f, 0.05777801f, -0.064730555f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.6059106f, -0.37684187f, 0.21508245f, 0.094462246f, -0.26515025f, 0.44114912f, -0.16744502f, 0.20460828f,
    0.19401188f, -0.07084999f, -0.16143432f, 0.28935504f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.6354929f, -0.32892215f, -0.5860732f, 0.36918166f, -0.28385824f, 0.6531383f, -0.52178395f, -0.37016588f,
    -0.11638336f, -0.67296326f, -0.006567955f, -0.20226958f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.17985587f, -0.14416534f, 0.0469065f, -0.07377201f, 0.17649141f, -0.06132202f, 0.25721803f, 0.19705133f,
    0.10001348f, 0.028892845f, 0.15487346f, -0.0682044f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.42359117f, 0.12481913f, 0.34068552f, 0.32356703f, 0.093883365f, 0.57020926f, 0.18584494f, 0.22366652f,
    0.40859258f, 0.19722043f, -0.29864398f, -0.55244285f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.23464386f, 0.2061127f, -0.008723086f, 0.1273461f, -0.5255301f, -0.026240483f, -0.45280024f, -0.3355235f,
    -0.53551054f, 0.05540255f, -0.24861683f, 0.3234403f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.24250445f, 0.48745835f, 0.15835297f, 0.039683007f, -0.36428082f, -0.13742301f, -0.41978276f, -0.0031930208f,
    0.0015300661f, -0.1252856f, 0.45190734f, -0.18252704f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.3478068f, 0.3389811f, 0.34050888f, 0.14887011f, 0.013251394f, 0.051216453f, 0.1522299f, -0.0057023615f,
    0.6468661f, -0.5342257f, -0.04470446f, 0.31844294f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.042083174f, 0.42806137f, -0.067896456f, 0.1721007f, 0.56530565f, -0.4637159f, -0.041180283f, -0.49031186f,
    -0.17528652f, -0.4129916f, 0.32720992f, -0.006994635f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.16757324f, -0.46061295f, 0.24091503f, 0.36259365f, -0.6601358f, -0.28223932f, 0.13258922f, -0.048443466f,
    0.52739614f, -0.054310035f, 0.034324646f, 0.31533304f, 0.0f, 0.0f, 0.0f, 0.0f
};

static const float layer_35_b[16] = {
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f
};

/* ---- memory --------------------------------------------------------------------------------------- */

/* Every activation lives here; those that are not alive at one time share memory. */
#ifdef __GNUC__
__attribute__((aligned(64)))
#endif
static float arena[2528];

/* Where the first pixel of each result lies, in floats; those by rows keep the last few of them. */
enum {
    AT_LAYER_1 = 0,    /* 6 x 5 x 12 */
    AT_LAYER_3 = 1088,    /* 1 x 6 x 5 x 12 */
    AT_LAYER_6 = 2048,    /* 6 x 5 x 3 */
    AT_LAYER_12 = 2144,    /* 6 x 5 x 3 */
    AT_LAYER_10 = 1824,    /* 6 x 5 x 3 */
    AT_LAYER_14 = 1923,    /* 6 x 5 x 3 */
    AT_LAYER_16 = 1456,    /* 1 x 6 x 5 x 12 */
    AT_LAYER_18 = 1088,    /* 6 x 5 x 12 */
    AT_LAYER_21 = 2144,    /* 6 x 5 x 3 */
    AT_LAYER_27 = 2240,    /* 6 x 5 x 3 */
    AT_LAYER_25 = 2336,    /* 6 x 5 x 3 */
    AT_LAYER_23 = 2432,    /* 6 x 5 x 3 */
    AT_LAYER_30 = 1920,    /* 6 x 5 x 3 */
    AT_LAYER_31 = 2019,    /* 6 x 5 x 3 */
    AT_LAYER_33 = 1456,    /* 1 x 6 x 5 x 12 */
    AT_LAYER_35 = 0,    /* 6 x 5 x 12 */
    AT_LAYER_38 = 368,    /* 6 x 5 x 3 */
    AT_LAYER_44 = 464,    /* 6 x 5 x 3 */
    AT_LAYER_42 = 560,    /* 6 x 5 x 3 */
    AT_LAYER_40 = 656,    /* 6 x 5 x 3 */
    AT_LAYER_47 = 752,    /* 6 x 5 x 3 */
    AT_LAYER_COPY = 1090,    /* 6 x 5 x 2 */
    ARENA_END = 2528
};

/* ---- kernels ---------------------------------------------------------------------------------------- */

/* What a kernel applies to its sums before it stores them. */
enum { NONE, SIGMOID, TANH_MULTIPLY, ADD, SIGMOID_MULTIPLY, ADD_2, ADD_TANH, MULTIPLY };

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
    case ADD_2: {
        const vec other = n < LANES ? load_part(from, n) : load(from);
        v = add(v, other);
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

/* Stores the first n of a vector's lanes, the epilogue applied; `other` is what a binary epilogue reads. */
INLINE void finish(float *out, vec v, int n, int then, const float *other)
{
    if (n < LANES)
        store_part(out, epilogue(then, v, other, n), n);
    else
        store(out, epilogue(then, v, other, LANES));
}

/*
 * Convolution for n neighbouring pixels and one block of channels; rows[ky] begins at the tile's first pixel.
 * step: floats from a pixel's window to the next one's; tap: from one kernel column to the next.
 */
INLINE void conv_tile(int n, int vecs, int block, const float *const *rows, int first, int last, int columns, int channels,
                      int step, int tap, const float *w, const float *bias, float *out, int outs, int out_step,
                      int then, const float *other, int other_step)
{
    const int whole = outs == out_step && outs >= LANES / 2 && other_step == 0;    /* a last vector reaches into the next pixel, stored behind it */
    vec sum[MOST_PIXELS][32 / LANES];
    UNROLL for (int p = 0; p < n; p++)
        UNROLL for (int v = 0; v < vecs; v++)
            sum[p][v] = load(bias + v * LANES);
    w += first * columns * channels * block;
    for (int ky = first; ky < last; ky++) {
        if (FEW(channels) && columns == 1 && vecs == 1) {     /* no loop for a few short steps: it would end as soon as it runs */
            UNROLL for (int i = 0; i < channels; i++)
                UNROLL for (int p = 0; p < n; p++)
                    UNROLL for (int v = 0; v < vecs; v++)
                        sum[p][v] = mul_add(sum[p][v], rows[ky][p * step + i], load(w + i * block + v * LANES));
            w += channels * block;
            continue;
        }
        for (int kx = 0; kx < columns; kx++)
            for (int i = 0; i < channels; i++, w += block)
                UNROLL for (int p = 0; p < n; p++)
                    UNROLL for (int v = 0; v < vecs; v++)
                        sum[p][v] = mul_add(sum[p][v], rows[ky][p * step + kx * tap + i], load(w + v * LANES));
    }
    UNROLL for (int p = 0; p < n; p++)
        UNROLL for (int v = 0; v < vecs; v++)
            finish(out + p * out_step + v * LANES, sum[p][v], whole && p + 1 < n ? LANES : outs - v * LANES, then, other + p * other_step + v * LANES);
}

/* One row of a convolution for one block of channels: tiles of equal width but for one pixel. */
INLINE void conv_row(int width, int vecs, int block, const float *const *rows, int height, int first, int last, int columns,
                     int channels, int step, int tap, const float *w, const float *bias, float *out, int outs,
                     int out_step, int then, const float *other, int other_step)
{
    const int fitting = TILE / vecs < MOST_PIXELS ? TILE / vecs : MOST_PIXELS;
    const int pixels = step % 1024 == 0 && fitting > 7 ? 7 : fitting;       /* pixels 4 KB apart share one line of each way of the cache */
    const int tiles = (width + pixels - 1) / pixels, most = (width + tiles - 1) / tiles;
    const int full = width - (most - 1) * tiles;            /* so many tiles of the greater width */
    const float *at[16];
    for (int ky = 0; ky < height; ky++)
        at[ky] = rows[ky];
    for (int t = 0; t < tiles; t++) {
        const int n = t < full ? most : most - 1;
        if (t < full)
            conv_tile(most, vecs, block, at, first, last, columns, channels, step, tap, w, bias, out, outs, out_step, then, other, other_step);
        else
            conv_tile(most - 1, vecs, block, at, first, last, columns, channels, step, tap, w, bias, out, outs, out_step, then, other, other_step);
        for (int ky = first; ky < last; ky++)
            at[ky] += n * step;
        out += n * out_step;
        other += n * other_step;
    }
}

/* Zero pixels before and after each row; `at` is the first row's first pixel. */
static void clear_margins(float *at, int rows, int stride, int left, int width, int right)
{
    for (int y = 0; y < rows; y++, at += stride) {
        memset(at - left, 0, (size_t)left * sizeof *at);
        memset(at + width, 0, (size_t)right * sizeof *at);
    }
}

/* ---- layers ----------------------------------------------------------------------------------------- */

/* layer_copy: Copy, 6 x 5 x 2 to 6 x 5 x 2 */
static int layer_copy_rows(const float *in, float *out, int y0, int y1)
{
    for (int y = y0; y < y1; y++) {
        const float *a = in + y * 10, *b = a;
        float *to = out + y * 14;
        {
            int i = 0;
            for (; i + LANES <= 10; i += LANES)
                finish(to + i, load(a + i), LANES, NONE, b + i);
            if (i < 10)
                finish(to + i, load_part(a + i, 10 - i), 10 - i, NONE, b + i);
        }
    }
    return y1 > y0 ? y1 : y0;
}

/* layer_1: Conv2D, 6 x 5 x 2 to 6 x 5 x 12 */
static int layer_1_rows(const float *in, const float *w, const float *b, float *out, int y0, int y1)
{
    for (int y = y0; y < y1; y++) {
        const float *rows[2];
        int first = 2, last = 0;
        for (int ky = 0; ky < 2; ky++) {
            const int from = y * 1 + ky * 1 - 0;
            rows[ky] = in;
            if (from >= 0 && from < 6) {
                rows[ky] = in + from * 14 - 2;
                first = first < ky ? first : ky;
                last = ky + 1;
            }
        }
        conv_row(5, (12 + LANES - 1) / LANES, 16, rows, 2, first, last, 1, 6, 2, 2,
                 w + 0 * 12, b + 0, out + y * 60 + 0, 12, 12, NONE, out + 0, 0);
    }
    return y1 > y0 ? y1 : y0;
}

/* layer_3: Slice, 3 x 6 x 5 x 12 to 1 x 6 x 5 x 12 */
static int layer_3_rows(const float *in, float *out, int y0, int y1)
{
    for (int y = y0; y < y1; y++) {
        const float *from = in + y * 60;
        float *to = out + y * 60;
        memcpy(to, from, 60 * sizeof *to);
    }
    return y1 > y0 ? y1 : y0;
}

/* layer_6: Sigmoid, 6 x 5 x 3 to 6 x 5 x 3 */
static int layer_6_rows(const float *in, float *out, int y0, int y1)
{
    for (int y = y0; y < y1; y++) {
        const float *a = in + y * 60, *b = a;
        float *to = out + y * 15;
        for (int x = 0; x < 5; x++, a += 12, b += 12, to += 3)
        {
            int i = 0;
            for (; i + LANES <= 3; i += LANES)
                finish(to + i, load(a + i), LANES, SIGMOID, b + i);
            if (i < 3)
                finish(to + i, load_part(a + i, 3 - i), 3 - i, SIGMOID, b + i);
        }
    }
    return y1 > y0 ? y1 : y0;
}

/* layer_10: Tanh, Multiply, 6 x 5 x 3 to 6 x 5 x 3 */
static int layer_10_rows(const float *in, const float *other, float *out, int y0, int y1)
{
    for (int y = y0; y < y1; y++) {
        const float *a = in + y * 60, *b = other + y * 15;
        float *to = out + y * 15;
        for (int x = 0; x < 5; x++, a += 12, b += 3, to += 3)
        {
            int i = 0;
            for (; i + LANES <= 3; i += LANES)
                finish(to + i, load(a + i), LANES, TANH_MULTIPLY, b + i);
            if (i < 3)
                finish(to + i, load_part(a + i, 3 - i), 3 - i, TANH_MULTIPLY, b + i);
        }
    }
    return y1 > y0 ? y1 : y0;
}

/* layer_14: Tanh, Multiply, 6 x 5 x 3 to 6 x 5 x 3 */
static int layer_14_rows(const float *in, const float *other, float *out, int y0, int y1)
{
    for (int y = y0; y < y1; y++) {
        const float *a = in + y * 15, *b = other + y * 15;
        float *to = out + y * 21;
        {
            int i = 0;
            for (; i + LANES <= 15; i += LANES)
                finish(to + i, load(a + i), LANES, TANH_MULTIPLY, b + i);
            if (i < 15)
                finish(to + i, load_part(a + i, 15 - i), 15 - i, TANH_MULTIPLY, b + i);
        }
    }
    return y1 > y0 ? y1 : y0;
}

/* layer_16: Slice, 3 x 6 x 5 x 12 to 1 x 6 x 5 x 12 */
static int layer_16_rows(const float *in, float *out, int y0, int y1)
{
    for (int y = y0; y < y1; y++) {
        const float *from = in + (y + 6) * 60;
        float *to = out + y * 60;
        memcpy(to, from, 60 * sizeof *to);
    }
    return y1 > y0 ? y1 : y0;
}

/* layer_18: Conv2D, Add, 6 x 5 x 3 to 6 x 5 x 12 */
static int layer_18_rows(const float *in, const float *w, const float *b, const float *other, float *out, int y0, int y1)
{
    for (int y = y0; y < y1; y++) {
        const float *rows[2];
        int first = 2, last = 0;
        for (int ky = 0; ky < 2; ky++) {
            const int from = y * 1 + ky * 1 - 0;
            rows[ky] = in;
            if (from >= 0 && from < 6) {
                rows[ky] = in + from * 21 - 3;
                first = first < ky ? first : ky;
                last = ky + 1;
            }
        }
        conv_row(5, (12 + LANES - 1) / LANES, 16, rows, 2, first, last, 1, 9, 3, 3,
                 w + 0 * 18, b + 0, out + y * 60 + 0, 12, 12, ADD, other + y * 60 + 0, 12);
    }
    return y1 > y0 ? y1 : y0;
}

/* layer_23: Sigmoid, Multiply, 6 x 5 x 3 to 6 x 5 x 3 */
static int layer_23_rows(const float *in, const float *other, float *out, int y0, int y1)
{
    for (int y = y0; y < y1; y++) {
        const float *a = in + y * 60, *b = other + y * 15;
        float *to = out + y * 15;
        for (int x = 0; x < 5; x++, a += 12, b += 3, to += 3)
        {
            int i = 0;
            for (; i + LANES <= 3; i += LANES)
                finish(to + i, load(a + i), LANES, SIGMOID_MULTIPLY, b + i);
            if (i < 3)
                finish(to + i, load_part(a + i, 3 - i), 3 - i, SIGMOID_MULTIPLY, b + i);
        }
    }
    return y1 > y0 ? y1 : y0;
}

/* layer_30: Add, 6 x 5 x 3 to 6 x 5 x 3 */
static int layer_30_rows(const float *in, const float *other, float *out, int y0, int y1)
{
    for (int y = y0; y < y1; y++) {
        const float *a = in + y * 15, *b = other + y * 15;
        float *to = out + y * 15;
        {
            int i = 0;
            for (; i + LANES <= 15; i += LANES)
                finish(to + i, load(a + i), LANES, ADD_2, b + i);
            if (i < 15)
                finish(to + i, load_part(a + i, 15 - i), 15 - i, ADD_2, b + i);
        }
    }
    return y1 > y0 ? y1 : y0;
}

/* layer_33: Slice, 3 x 6 x 5 x 12 to 1 x 6 x 5 x 12 */
static int layer_33_rows(const float *in, float *out, int y0, int y1)
{
    for (int y = y0; y < y1; y++) {
        const float *from = in + (y + 12) * 60;
        float *to = out + y * 60;
        memcpy(to, from, 60 * sizeof *to);
    }
    return y1 > y0 ? y1 : y0;
}

/* layer_47: Add, Tanh, 6 x 5 x 3 to 6 x 5 x 3 */
static int layer_47_rows(const float *in, const float *other, float *out, int y0, int y1)
{
    for (int y = y0; y < y1; y++) {
        const float *a = in + y * 15, *b = other + y * 15;
        float *to = out + y * 15;
        {
            int i = 0;
            for (; i + LANES <= 15; i += LANES)
                finish(to + i, load(a + i), LANES, ADD_TANH, b + i);
            if (i < 15)
                finish(to + i, load_part(a + i, 15 - i), 15 - i, ADD_TANH, b + i);
        }
    }
    return y1 > y0 ? y1 : y0;
}

/* layer_49: Multiply, 6 x 5 x 3 to 6 x 5 x 3 */
static int layer_49_rows(const float *in, const float *other, float *out, int y0, int y1)
{
    for (int y = y0; y < y1; y++) {
        const float *a = in + y * 15, *b = other + y * 15;
        float *to = out + y * 15;
        {
            int i = 0;
            for (; i + LANES <= 15; i += LANES)
                finish(to + i, load(a + i), LANES, MULTIPLY, b + i);
            if (i < 15)
                finish(to + i, load_part(a + i, 15 - i), 15 - i, MULTIPLY, b + i);
        }
    }
    return y1 > y0 ? y1 : y0;
}

/* ---- the forward pass ----------------------------------------------------------------------------- */

void net(const float *input, float *output)
{
    clear_margins(arena + AT_LAYER_COPY, 18, 14, 2, 10, 2);
    layer_copy_rows(input, arena + AT_LAYER_COPY, 0, 18);
    for (int n = 0; n < 3; n++)
        layer_1_rows(arena + AT_LAYER_COPY + n * 84, layer_1_w, layer_1_b, arena + AT_LAYER_1 + n * 360, 0, 6);
    layer_3_rows(arena + AT_LAYER_1, arena + AT_LAYER_3, 0, 6);
    clear_margins(arena + AT_LAYER_14, 6, 21, 3, 15, 3);
    layer_6_rows(arena + AT_LAYER_3, arena + AT_LAYER_6, 0, 6);
    layer_10_rows(arena + AT_LAYER_3 + 6, arena + AT_LAYER_6, arena + AT_LAYER_10, 0, 6);
    layer_6_rows(arena + AT_LAYER_3 + 9, arena + AT_LAYER_12, 0, 6);
    layer_14_rows(arena + AT_LAYER_10, arena + AT_LAYER_12, arena + AT_LAYER_14, 0, 6);
    layer_16_rows(arena + AT_LAYER_1, arena + AT_LAYER_16, 0, 6);
    layer_18_rows(arena + AT_LAYER_14, layer_18_w, layer_18_b, arena + AT_LAYER_16, arena + AT_LAYER_18, 0, 6);
    clear_margins(arena + AT_LAYER_31, 6, 21, 3, 15, 3);
    layer_6_rows(arena + AT_LAYER_18, arena + AT_LAYER_21, 0, 6);
    layer_23_rows(arena + AT_LAYER_18 + 3, arena + AT_LAYER_10, arena + AT_LAYER_23, 0, 6);
    layer_10_rows(arena + AT_LAYER_18 + 6, arena + AT_LAYER_21, arena + AT_LAYER_25, 0, 6);
    layer_6_rows(arena + AT_LAYER_18 + 9, arena + AT_LAYER_27, 0, 6);
    layer_30_rows(arena + AT_LAYER_23, arena + AT_LAYER_25, arena + AT_LAYER_30, 0, 6);
    layer_14_rows(arena + AT_LAYER_30, arena + AT_LAYER_27, arena + AT_LAYER_31, 0, 6);
    layer_33_rows(arena + AT_LAYER_1, arena + AT_LAYER_33, 0, 6);
    layer_18_rows(arena + AT_LAYER_31, layer_35_w, layer_35_b, arena + AT_LAYER_33, arena + AT_LAYER_35, 0, 6);
    layer_6_rows(arena + AT_LAYER_35, arena + AT_LAYER_38, 0, 6);
    layer_23_rows(arena + AT_LAYER_35 + 3, arena + AT_LAYER_30, arena + AT_LAYER_40, 0, 6);
    layer_10_rows(arena + AT_LAYER_35 + 6, arena + AT_LAYER_38, arena + AT_LAYER_42, 0, 6);
    layer_6_rows(arena + AT_LAYER_35 + 9, arena + AT_LAYER_44, 0, 6);
    layer_47_rows(arena + AT_LAYER_40, arena + AT_LAYER_42, arena + AT_LAYER_47, 0, 6);
    layer_49_rows(arena + AT_LAYER_44, arena + AT_LAYER_47, output, 0, 6);
}
