/*
 * net.c - made by cnnc 0.1.0 from sample.cnn. Do not edit.
 *
 *   layer                    what                               gives               multiply-adds   kept in memory
 *   layer_2                  Dense                              5 x 12                        720   all
 *   layer_5                  Dense                              7 x 12                        840   all
 *   layer_8                  Dense                              7 x 12                        840   all
 *   layer_9                  DotProductAttention                5 x 12                        840   all
 *   layer_12                 Dense                              5 x 12                        720   the output
 *
 *   weights 3072 bytes, arena 1344 bytes (lower bound 1344), 3960 multiply-adds
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

/* ---- weights -------------------------------------------------------------------------------------- */

static const float layer_2_w[192] = {
    0.24992049f, 0.4103477f, -0.08508134f, -0.28532365f, 0.7434149f, -0.24254f, -0.6767725f, 0.24142298f,
    -0.40549016f, -0.55275196f, -0.357896f, -0.056291044f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.17651007f, 0.5532867f, -0.05339402f, 0.25592527f, 0.2061384f, -0.5481082f, 0.38402727f, -0.45916876f,
    0.68844247f, 0.27092576f, -0.35521585f, -0.128881f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.06570179f, -0.14752215f, -0.25507748f, -0.45252776f, -0.34278497f, 0.8082186f, 0.4865501f, -0.048999548f,
    0.32535058f, 0.3405712f, -0.105305f, 0.035354584f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.03529033f, 0.18286154f, 0.16364592f, 0.6151643f, 0.5636304f, -0.55666345f, 0.3971532f, -0.13314313f,
    -0.06225083f, 0.11531416f, -0.1409151f, -0.596418f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.55396765f, -0.5415771f, -0.1062983f, -0.62180394f, 0.22560301f, -0.011811778f, -0.03833235f, 0.49678394f,
    0.45307684f, 0.019471675f, -0.06694615f, -0.011172563f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.18230957f, -0.3478291f, 0.65250653f, 0.1101474f, -0.056979716f, 0.15401933f, -0.31042695f, 0.5187335f,
    -0.041038148f, -0.16264233f, -0.39891845f, 0.3828932f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.017895997f, 0.6526674f, 0.50459796f, -0.85444665f, -0.4234764f, -0.13545716f, -0.2962496f, 0.3824743f,
    -0.32791904f, 0.2371031f, 0.54117227f, -0.5612643f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.013864607f, -0.40866676f, 0.88491666f, -0.5405186f, -0.7048937f, -0.32855827f, -0.113468125f, 0.17427003f,
    0.03529997f, 0.6911996f, 0.032473803f, 0.5817954f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.4197993f, 0.05259341f, -0.36817127f, 0.45368743f, -0.31941786f, 0.16956347f, -0.5610151f, -0.14949086f,
    0.5843649f, -0.29733133f, -0.8841435f, -0.7441772f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.18938175f, 0.56241536f, 0.7511711f, -0.04819846f, -0.2615177f, -0.5294185f, -0.08887887f, -0.20910239f,
    0.23619696f, 0.8149691f, -0.14030159f, 0.13465217f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.5404955f, 0.4156986f, 0.15691301f, -0.040510345f, 0.06429309f, -0.060397252f, 0.046234578f, 0.20077154f,
    -0.4491906f, 0.112262666f, -0.08864918f, -0.20501491f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.025487542f, -0.63189375f, -0.6047541f, 0.08643818f, -0.30638885f, -0.15744826f, -0.49708545f, -0.51971513f,
    0.20404294f, -0.8870981f, 0.07456349f, -0.19180575f, 0.0f, 0.0f, 0.0f, 0.0f
};

static const float layer_2_bias[16] = {
    0.22071749f, 0.4846319f, 0.42959422f, 0.01400578f, 0.3479823f, -0.3541115f, 0.087233484f, 0.29593742f,
    0.44393778f, -0.14310598f, -0.061664104f, -0.20683676f, 0.0f, 0.0f, 0.0f, 0.0f
};

static const float layer_5_w[160] = {
    0.030107435f, 0.7330463f, -0.7909751f, -0.32001996f, 0.5998572f, -0.38117233f, 0.57752293f, 0.4395306f,
    -0.5440744f, 0.08316136f, 0.004606858f, 0.18374294f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.4195792f, 0.3516886f, 0.13652053f, 0.05409068f, 0.56956816f, -0.07357317f, 0.237808f, -0.24919048f,
    0.19177303f, 0.39301538f, 0.14489472f, 0.11802581f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.26346135f, 0.3003786f, 0.32878694f, 0.23224306f, -0.4685609f, 0.1791262f, -0.84885275f, 0.29376566f,
    -0.7586062f, -0.09601669f, 0.24300344f, -0.02231741f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.053103387f, -0.14837971f, -0.7414801f, 0.14959446f, 0.11743179f, -0.21088766f, 0.17271763f, -0.425067f,
    0.2690159f, 0.27069613f, 0.20974123f, 0.8503865f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.31511584f, -0.25403857f, -0.091591954f, -0.17470613f, 0.5830665f, -0.17302057f, -0.16935898f, -0.41549957f,
    0.9723291f, -0.9916703f, -0.41628256f, -0.25109446f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.22511345f, 0.54658234f, -0.64094657f, -0.04016006f, 0.3707768f, -0.52869356f, 0.7039709f, -0.1738985f,
    -0.33568355f, -0.41817844f, -0.082159765f, 0.38264567f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.40551844f, -0.028316975f, 0.13138312f, 0.054623947f, -0.23767173f, 0.118842095f, -0.4610108f, 0.5665529f,
    -0.78462857f, -0.7866291f, -0.1347941f, 0.3674415f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.6559502f, 0.19040409f, -0.32988617f, -0.030460626f, 0.89531654f, 0.28925112f, 0.68629193f, -0.23292139f,
    -0.55609035f, 0.21223569f, -0.13477941f, -0.622708f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.65009785f, -0.15117851f, 0.30531695f, -0.17109242f, 0.079363786f, -0.40693903f, 0.03421542f, -0.2557199f,
    0.031729635f, 0.15396264f, 0.44626766f, 0.64253116f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.657271f, -0.15027666f, -0.12444678f, 0.48827502f, 0.5714614f, -0.07844049f, -0.34336266f, 0.8336545f,
    0.22207016f, -0.11773023f, 0.17027386f, -0.4329353f, 0.0f, 0.0f, 0.0f, 0.0f
};

static const float layer_5_bias[16] = {
    0.2388705f, -0.36672807f, -0.078703284f, -0.4060126f, -0.47656488f, -0.0754503f, 0.23192436f, 0.4845456f,
    -0.47360146f, -0.4046833f, -0.048036575f, -0.08473116f, 0.0f, 0.0f, 0.0f, 0.0f
};

static const float layer_8_w[160] = {
    -0.265732f, 0.6032073f, 0.08876009f, 0.96445775f, -0.34949136f, -0.010220617f, -0.56161785f, -0.43114862f,
    0.088425525f, -0.21368009f, 0.07837282f, 0.04394889f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.081082106f, -0.24163811f, 0.62319195f, 0.5093451f, 0.46051764f, 0.21159005f, -0.1744555f, 0.9752662f,
    -0.44571736f, -0.092309944f, 0.4330997f, -0.3274646f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.19369167f, 0.6830069f, -0.62268865f, 0.5403303f, -0.28019416f, 0.40233755f, -0.15171266f, 0.35732865f,
    -0.06879991f, 0.08889704f, 0.17583208f, 0.091236085f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.720652f, 0.5590794f, 0.18580699f, 0.10969809f, 0.6371155f, 0.030772924f, -0.44231978f, -0.099136114f,
    0.13178521f, 0.708848f, -0.71386933f, -0.28088057f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.7236589f, 0.080997884f, -0.19672462f, 0.5025846f, 0.8713489f, -0.97751653f, -0.19992456f, 0.58910584f,
    0.34427816f, 0.07581267f, -0.2101775f, 0.2964773f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.24584174f, -0.58841085f, 0.25162208f, 0.22217518f, -0.016542971f, -0.88626975f, -0.2919346f, -0.15216291f,
    -0.46437973f, 0.039225817f, 0.28501326f, -0.24737945f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.62734723f, 0.703732f, 0.19640684f, 0.11547455f, 0.22656773f, -0.12766719f, -0.29919302f, -0.6726409f,
    0.007925004f, 0.28568697f, -0.51630527f, -0.30358496f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.28280914f, -0.7875092f, -0.42914242f, -0.021568656f, -0.18423092f, 0.61632764f, -0.24876529f, -0.035506025f,
    0.9723287f, -0.2580064f, 0.08753793f, -0.25772f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.37969297f, -0.8278293f, -0.10900501f, -0.016483232f, -0.61900115f, 0.14337182f, 0.059375077f, 0.34552205f,
    0.1716868f, -0.0054385066f, 0.6419638f, -0.13180107f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.25802734f, -0.25673425f, -0.07183045f, -0.0050097406f, 0.6034378f, 0.5715854f, 0.3111359f, 0.031236649f,
    -0.77979076f, -0.016617686f, 0.21561517f, -0.09472856f, 0.0f, 0.0f, 0.0f, 0.0f
};

static const float layer_8_bias[16] = {
    -0.26562554f, 0.441926f, -0.356838f, -0.03952086f, -0.25588757f, -0.040437162f, 0.23821396f, -0.11958045f,
    0.06308621f, -0.39447945f, 0.046103f, -0.40409833f, 0.0f, 0.0f, 0.0f, 0.0f
};

static const float layer_12_w[192] = {
    -0.45737988f, 0.57482606f, -0.5209345f, -0.15348914f, 0.46127248f, 0.5117315f, 0.711809f, 0.69758165f,
    -0.3138514f, 0.7431216f, 0.6036532f, 0.03470599f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.15521692f, 0.16455951f, -0.3796906f, 0.2180794f, 0.07140158f, 0.9155244f, -0.21354142f, -0.24815907f,
    0.2839281f, 0.34414774f, 0.67400444f, 0.23675051f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.7759839f, 0.39495006f, 0.2455006f, -0.058982164f, -0.34879443f, -0.6302919f, 0.60625196f, 0.1297149f,
    -0.58824384f, -0.0022717416f, 0.05786618f, 0.4432413f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.25159922f, 0.09068185f, 0.084261805f, 0.06754765f, 0.487928f, -0.5784186f, 0.37880614f, 0.48812133f,
    0.6960485f, 0.37732333f, -0.33621126f, 0.4831774f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.13937396f, -0.39821786f, 0.2074685f, -0.4107527f, 0.028093815f, 0.68303764f, -0.35854214f, 0.11838958f,
    -0.30067253f, -0.030831655f, -0.37615752f, 0.12765664f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.27514368f, -0.06462756f, -0.38392514f, -0.058083333f, 0.55743307f, -0.19847938f, -0.35774466f, -0.5493851f,
    -0.16069128f, -0.077222645f, 0.34455717f, 0.34817913f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.25645864f, -0.16695535f, -0.08562437f, 0.35645103f, 0.10669084f, 0.4720306f, 0.22613528f, 0.15099365f,
    -0.51912874f, -0.016242653f, 0.25618124f, -0.34659857f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.37590995f, 0.1850314f, 0.045212105f, 0.509703f, 0.23581637f, -0.9089104f, -0.24922079f, 0.32511532f,
    0.28764504f, -0.76585317f, -0.8407445f, 0.63569546f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.29155147f, -0.2766347f, -0.116990134f, 0.056371972f, -0.0023466945f, 0.25638318f, -0.6771505f, -0.25078613f,
    0.010520846f, -0.31967294f, -0.47740987f, -0.7169983f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.20639667f, 0.15736257f, 0.022791997f, -0.08009723f, -0.29481515f, -0.04043618f, 0.3607179f, 0.28012016f,
    -0.7329571f, 0.09172246f, 0.40443042f, 0.15357646f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.2111446f, -0.23288861f, 0.49517342f, 0.43971458f, 0.9054316f, -0.523793f, -0.05764699f, -0.59662575f,
    0.7838249f, -0.012517214f, -0.14192823f, -0.57762134f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.24928296f, -0.36218786f, 0.06215492f, -0.029892057f, -0.77560544f, -0.0049943626f, 0.62204385f, -0.78205824f,
    -0.64248884f, 0.48995128f, 0.30967474f, 0.8635901f, 0.0f, 0.0f, 0.0f, 0.0f
};

static const float layer_12_bias[16] = {
    0.27406925f, 0.44229847f, 0.2015211f, 0.32483214f, 0.3449077f, -0.09297532f, 0.01701796f, 0.22960204f,
    0.3786621f, -0.2865141f, -0.09226793f, -0.12575346f, 0.0f, 0.0f, 0.0f, 0.0f
};

/* ---- memory --------------------------------------------------------------------------------------- */

/* Every activation lives here; those that are not alive at one time share memory. */
#ifdef __GNUC__
__attribute__((aligned(64)))
#endif
static float arena[336];

/* Where the first pixel of each result lies, in floats; those by rows keep the last few of them. */
enum {
    AT_LAYER_2 = 96,    /* 5 x 12 */
    AT_LAYER_5 = 0,    /* 7 x 12 */
    AT_LAYER_8 = 160,    /* 7 x 12 */
    AT_LAYER_9 = 256,    /* 5 x 12 */
    AT_LAYER_9_SCRATCH = 320,    /* 16 */
    ARENA_END = 336
};

/* ---- kernels ---------------------------------------------------------------------------------------- */

/* What a kernel applies to its sums before it stores them. */
enum { NONE };

INLINE vec epilogue(int then, vec v, const float *from, int n)
{
    (void)from;
    (void)n;
    switch (then) {
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
    for (int ky = first; ky < last; ky++)
        for (int kx = 0; kx < columns; kx++)
            for (int i = 0; i < channels; i++, w += block)
                UNROLL for (int p = 0; p < n; p++)
                    UNROLL for (int v = 0; v < vecs; v++)
                        sum[p][v] = mul_add(sum[p][v], rows[ky][p * step + kx * tap + i], load(w + v * LANES));
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

/* a . b of n values. */
static float dot_product(const float *a, const float *b, int n)
{
    float part[LANES], all = 0.0f;
    vec sum = set(0.0f);
    int i = 0;
    for (; i + LANES <= n; i += LANES)
        sum = mul_add_vec(sum, load(a + i), load(b + i));
    store(part, sum);
    for (int k = 0; k < LANES; k++)
        all += part[k];
    for (; i < n; i++)
        all += a[i] * b[i];
    return all;
}

/* Scores of n keys become weights that add up to 1, or zeros where every score is -infinity; n is a multiple of 16. */
static void weigh_scores(float *score, int n)
{
    float part[LANES], most = -INFINITY, sum = 0.0f;
    vec sums = set(0.0f);
    for (int j = 0; j < n; j++)
        most = score[j] > most ? score[j] : most;
    if (!(most > -INFINITY))
        most = 0.0f;
    for (int j = 0; j < n; j += LANES) {
        const vec e = exp_vec(subtract(load(score + j), set(most)));
        sums = add(sums, e);
        store(score + j, e);
    }
    store(part, sums);
    for (int k = 0; k < LANES; k++)
        sum += part[k];
    for (int j = 0; j < n && sum > 0.0f; j++)
        score[j] /= sum;
}

/* ---- layers ----------------------------------------------------------------------------------------- */

/* layer_2: Dense, 5 x 12 to 5 x 12 */
static void layer_2_layer(const float *in, const float *w, const float *b, float *out)
{
        conv_row(5, (12 + LANES - 1) / LANES, 16, &in, 1, 0, 1, 1, 12, 12, 0, w + 0 * 12, b + 0, out + 0, 12, 12, NONE, out + 0, 12);
}

/* layer_5: Dense, 7 x 10 to 7 x 12 */
static void layer_5_layer(const float *in, const float *w, const float *b, float *out)
{
        conv_row(7, (12 + LANES - 1) / LANES, 16, &in, 1, 0, 1, 1, 10, 10, 0, w + 0 * 10, b + 0, out + 0, 12, 12, NONE, out + 0, 12);
}

/* layer_9: DotProductAttention, 5 x 12 to 5 x 12 */
static void layer_9_layer(const float *q, const float *k, const float *v, float *out, float *score)
{
    for (int b = 0; b < 1; b++)
        for (int h = 0; h < 3; h++)
            for (int i = 0; i < 5; i++) {
                const int g = h / 1;
                const float *query = q + b * 60 + h * 4 + i * 12;
                float *sum = out + b * 60 + h * 4 + i * 12;
                const int first = 0;
                int last = 7;
                for (int j = 0; j < 16; j++)
                    score[j] = -INFINITY;
                for (int j = first; j < last; j++) {
                    const float *key = k + b * 84 + g * 4 + j * 12;
                    const float s = dot_product(query, key, 4) * 0.5f;
                    score[j] = s;
                }
                weigh_scores(score, 16);
                for (int d = 0; d < 4; d++)
                    sum[d] = 0.0f;
                for (int j = first; j < last; j++) {
                    const float *value = v + b * 84 + g * 4 + j * 12;
                    const float weight = score[j];
                    if (weight > 0.0f)
                        for (int d = 0; d < 4; d++)
                            sum[d] += weight * value[d];
                }
            }
}

/* ---- the forward pass ----------------------------------------------------------------------------- */

void net(const float *input_0, const float *input_1, float *output)
{
    layer_2_layer(input_0, layer_2_w, layer_2_bias, arena + AT_LAYER_2);
    layer_5_layer(input_1, layer_5_w, layer_5_bias, arena + AT_LAYER_5);
    layer_5_layer(input_1, layer_8_w, layer_8_bias, arena + AT_LAYER_8);
    layer_9_layer(arena + AT_LAYER_2, arena + AT_LAYER_5, arena + AT_LAYER_8, arena + AT_LAYER_9,
                  arena + AT_LAYER_9_SCRATCH);
    layer_2_layer(arena + AT_LAYER_9, layer_12_w, layer_12_bias, output);
}
