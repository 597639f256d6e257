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
 *   weights 3072 bytes, arena 1856 bytes (lower bound 1856), 3960 multiply-adds
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

/* ---- weights -------------------------------------------------------------------------------------- */

static const float layer_2_w[192] = {
    0.7468727f, 0.47621286f, -0.14705604f, 0.20346662f, 0.76694417f, -0.32109308f, -0.42292202f, -0.25447324f,
    -0.12943237f, -0.2662471f, -0.17998585f, -0.29066378f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.019050382f, 0.5716644f, -0.28875405f, 0.5839927f, 0.77885234f, -0.5008478f, -0.10627851f, -0.4960548f,
    0.010101289f, 0.72133315f, 0.22362806f, -0.30897573f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.23935582f, -0.23547399f, 0.39682472f, 0.092663884f, -0.24082187f, 0.46863088f, -0.4193021f, 0.77931046f,
    0.43773675f, 0.4338254f, -0.43218386f, 0.78872085f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.360786f, -0.056778997f, -0.3481428f, 0.6794901f, -0.047171302f, -0.9510792f, 0.370543f, -0.28679848f,
    -0.34648892f, 0.28724918f, -0.6505826f, -0.26954064f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.071871996f, -0.29332066f, -0.20579776f, -0.6510741f, -0.07569275f, 0.1554252f, -0.18789625f, 0.41885498f,
    0.33405602f, 0.54343605f, -0.0641402f, -0.35211626f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.25487518f, -0.083770156f, 0.1801433f, 0.42612582f, 0.06966114f, -0.45824882f, -0.5992919f, 0.32546458f,
    0.3129211f, 0.24382433f, -0.60782975f, 0.3933366f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.17524403f, 0.4567468f, 0.17312585f, -0.20998007f, -0.37265402f, -0.06558412f, -0.6603706f, 0.42177826f,
    -0.11211684f, -0.061771512f, 0.20066702f, 0.38354984f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.17748639f, -0.56858325f, 0.5033765f, -0.58265156f, -0.56073284f, -0.14678483f, 0.23367028f, -0.076565854f,
    0.5041271f, 0.79428786f, 0.1577565f, 0.29808682f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.39759883f, -0.42639673f, 0.13773209f, 0.20647782f, -0.25714704f, 0.084916584f, -0.43916464f, -0.25422528f,
    0.7927289f, 0.2703504f, -0.62513196f, -0.72978103f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.4809715f, 0.0149439275f, 0.3940901f, 0.6595616f, -0.28265643f, 0.14727479f, 0.38043237f, 0.112246335f,
    0.12731144f, 0.59065324f, 0.66955435f, 0.26384434f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.33822036f, 0.29889685f, -0.1813545f, 0.531544f, -0.045355976f, 0.32173395f, -0.81013024f, 0.021566242f,
    -0.07115278f, -0.18421072f, -0.4100041f, -0.08363959f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.13818008f, -0.19221601f, -0.12652892f, -0.14277643f, -0.24657083f, 0.59741116f, -0.6371528f, -0.010938346f,
    -0.08806953f, -0.20038399f, -0.07091047f, 0.7069955f, 0.0f, 0.0f, 0.0f, 0.0f
};

static const float layer_2_bias[16] = {
    0.3314826f, -0.41716576f, -0.39170003f, 0.03514588f, -0.10353643f, -0.37196577f, 0.28820467f, 0.32835287f,
    -0.12199974f, -0.13277572f, -0.2842679f, 0.11666292f, 0.0f, 0.0f, 0.0f, 0.0f
};

static const float layer_5_w[160] = {
    0.14149064f, 0.41407648f, -0.8324082f, -0.002954498f, -0.004294783f, -0.31822333f, -0.37643957f, 0.26048785f,
    -0.56074464f, -0.5574837f, 0.36643064f, 0.14553183f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.09039616f, 0.3530651f, 0.12981042f, 0.34386605f, 0.12829468f, 0.18750602f, -0.0045045465f, -0.05676058f,
    0.26831368f, -0.09179902f, -0.58800733f, -0.366756f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.5282046f, -0.09252164f, -0.047835916f, -0.018948555f, -0.52264416f, 0.46533597f, -0.18228647f, 0.643414f,
    -0.40907633f, -0.33624405f, 0.07879867f, 0.18302459f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.40510213f, 0.093042284f, -0.77855146f, 0.5168239f, 0.3419486f, -0.41890055f, -0.12140394f, -0.82394385f,
    -0.060910173f, 0.09359833f, -0.19175488f, 0.24873435f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.23900482f, -0.24268307f, 0.07399815f, -0.06365958f, 0.5955135f, 0.45944306f, 0.07949732f, -0.64693415f,
    0.9516732f, -0.99064416f, 0.037751347f, 0.47646987f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.11550087f, 0.79126203f, 0.10952391f, 0.11585665f, 0.69203734f, -0.70072144f, 0.83088654f, 0.29767144f,
    -0.85636914f, -0.27937275f, 0.34988725f, 0.3218081f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.26110068f, -0.5285643f, -0.022642672f, 0.43666065f, -0.5214882f, -0.18683824f, 0.31882244f, 0.0182015f,
    -0.22265077f, -0.121696115f, -0.16840039f, 0.42633387f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.4838384f, 0.30839083f, -0.018401235f, -0.03581837f, 0.86128324f, -0.048561253f, 0.9674151f, 0.15850845f,
    0.035058662f, -0.011659265f, -0.6158004f, 0.23013937f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.79346853f, -0.85509765f, 0.5709864f, -0.2212728f, 0.28894505f, -0.6098313f, 0.02588144f, -0.30486274f,
    -0.043300692f, 0.21838877f, 0.05691929f, -0.050245196f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.7479154f, -0.022967875f, 0.6137234f, -0.16126326f, 0.34736264f, 0.4462428f, -0.9071013f, 0.5756998f,
    0.4557857f, 0.21348462f, -0.039261624f, -0.39304483f, 0.0f, 0.0f, 0.0f, 0.0f
};

static const float layer_5_bias[16] = {
    0.40745825f, -0.4416464f, -0.19573027f, 0.06317568f, 0.1525017f, -0.4709316f, 0.1718486f, -0.07837939f,
    0.14938587f, -0.39870125f, 0.012230694f, -0.3284877f, 0.0f, 0.0f, 0.0f, 0.0f
};

static const float layer_8_w[160] = {
    0.23291808f, -0.3075025f, -0.4604687f, 0.42869526f, 0.50157475f, -0.45255247f, 0.04322675f, -0.3927231f,
    0.29392654f, -0.40293133f, 0.34666008f, -0.36579973f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.3679139f, -0.39922464f, 0.6087075f, 0.24759488f, -0.2895512f, 0.24328935f, -0.28236094f, 0.5793845f,
    0.10373787f, 0.26747626f, -0.1633126f, -0.6940061f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.38236296f, 0.027727753f, 0.1955668f, -0.3868166f, -0.49539006f, -0.17858094f, 0.24696594f, -0.016705021f,
    -0.118124425f, 0.13249218f, 0.2757064f, -0.004418522f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.07835376f, 0.34828094f, 0.4410239f, 0.884356f, -0.14963755f, 0.4522257f, -0.8061149f, 0.18201154f,
    0.06205976f, 0.37165284f, -0.13599285f, -0.6957981f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.21082905f, 0.12649262f, -0.8124485f, 0.8919715f, 0.7773379f, -0.5224707f, -0.34553304f, 0.68559134f,
    -0.22161263f, 0.15664491f, 0.23881744f, 0.09079793f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.44990236f, -0.36792424f, 0.85651857f, 0.15569162f, 0.23247719f, -0.58376414f, -0.2077232f, 0.0235532f,
    -0.48488575f, -0.38982582f, 0.467564f, 0.1639736f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.53383625f, 0.45945027f, -0.21865612f, 0.10937783f, -0.04995479f, -0.47850913f, -0.36535293f, -0.71847284f,
    -0.6265439f, 0.5706891f, 0.26746526f, -0.6468458f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.26685983f, -0.52409744f, -0.611255f, 0.3692543f, -0.6311763f, 0.81709373f, -0.65721476f, -0.219507f,
    0.035346687f, 0.02032138f, 0.39281422f, -0.13109422f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.20781529f, -0.44440424f, 0.07565024f, 0.39855313f, -0.31078857f, 0.4340526f, 0.021812707f, 0.40244633f,
    0.10027388f, -0.6302968f, 0.2924354f, -0.07122719f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.24859127f, -0.62399864f, -0.07149172f, 0.17337778f, 0.7791269f, 0.0073950887f, 0.18819517f, 0.5880634f,
    -0.90722907f, 0.275601f, -0.30935723f, 0.54129636f, 0.0f, 0.0f, 0.0f, 0.0f
};

static const float layer_8_bias[16] = {
    -0.24970895f, -0.044019222f, -0.38030034f, -0.1415844f, 0.31262434f, -0.16268837f, 0.023356497f, -0.3671353f,
    0.36657643f, -0.31835198f, 0.3563704f, -0.15209883f, 0.0f, 0.0f, 0.0f, 0.0f
};

static const float layer_12_w[192] = {
    -0.17404062f, -0.71463275f, 0.17837426f, 0.2520005f, -0.35524496f, 0.35365283f, 0.35525084f, 0.27100587f,
    -0.28598365f, -0.43285844f, -0.20877469f, -0.59543306f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.37931475f, 0.15559486f, 0.6547601f, 0.4188777f, 0.12157264f, 0.20207715f, -0.14633414f, -0.19640502f,
    -0.7831572f, -0.21405017f, -0.014953613f, -0.20148891f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.4383038f, -0.11110914f, 0.5340738f, 0.42156032f, 0.39637703f, 0.49230063f, -0.43897495f, 0.10058451f,
    0.67454314f, -0.568282f, 0.073607504f, 0.31500322f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.32557967f, -0.0047364384f, 0.4299918f, -0.20553774f, -0.041222095f, -0.16823143f, 0.35908648f, 0.08791393f,
    -0.7301393f, -0.6018437f, 0.19464755f, 0.11429532f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.35482606f, -0.40609914f, 0.26914203f, -0.10401493f, 0.43847525f, 0.20949943f, -0.47309312f, -0.30222476f,
    0.5009581f, 0.21642163f, 0.068295956f, -0.35861444f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.43067935f, -0.46039426f, -0.6087796f, -0.33496344f, -0.14258847f, 0.14766994f, 0.8202808f, -0.008054018f,
    -0.29645815f, -0.041527957f, -0.44713637f, -0.58533955f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.51864415f, -0.08591143f, 0.1619757f, 0.048719864f, -0.27407104f, 0.55021715f, 0.24671902f, 0.20875555f,
    -0.72754616f, -0.5724588f, 0.5608009f, -0.5283051f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.25033867f, 0.80980766f, 0.4393137f, -0.42109254f, -0.031531677f, -0.53176665f, 0.03066644f, -0.44075435f,
    0.47516474f, 0.7154108f, -0.26250222f, -0.6230713f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.66994077f, -0.3539744f, 0.1892381f, -0.11744028f, -0.22139841f, 0.33662337f, 0.6245401f, 0.28029764f,
    0.20621213f, 0.21665113f, -0.5651881f, 0.20115745f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.43219322f, -0.38796192f, -0.19969615f, -0.503386f, -0.18890032f, -0.57010144f, -0.3656147f, 0.50721896f,
    0.15564474f, 0.22672288f, -0.00673306f, 0.81196904f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.3614201f, 0.37402236f, 0.55072635f, -0.105032414f, -0.16215397f, 0.36587945f, 0.07107139f, 0.39306834f,
    0.3909056f, -0.8028488f, -0.57044435f, 0.6357467f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.2811988f, -0.8719782f, -0.54281795f, 0.46718657f, -0.23351878f, -0.48471764f, 0.36747247f, -0.17242841f,
    0.096233904f, -0.15299083f, 0.65379107f, 0.3147868f, 0.0f, 0.0f, 0.0f, 0.0f
};

static const float layer_12_bias[16] = {
    -0.49135518f, -0.47901678f, -0.4713564f, -0.0040606856f, -0.24892437f, -0.34141523f, -0.14387918f, 0.33235472f,
    -0.20194322f, 0.3215254f, -0.30694783f, 0.015164912f, 0.0f, 0.0f, 0.0f, 0.0f
};

/* ---- memory --------------------------------------------------------------------------------------- */

/* Every activation lives here; those that are not alive at one time share memory. */
#ifdef __GNUC__
__attribute__((aligned(64)))
#endif
static float arena[464];

/* Where the first pixel of each result lies, in floats; those by rows keep the last few of them. */
enum {
    AT_LAYER_2 = 96,    /* 5 x 12 */
    AT_LAYER_5 = 0,    /* 7 x 12 */
    AT_LAYER_8 = 160,    /* 7 x 12 */
    AT_LAYER_9 = 400,    /* 5 x 12 */
    AT_LAYER_9_SCRATCH = 256,    /* 144 */
    ARENA_END = 464
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

/* Value d of key j goes to to[d * line + j]. */
static void turn_keys(const float *keys, int step, int count, int n, float *to, int line)
{
    for (int j = 0; j < count; j++)
        for (int d = 0; d < n; d++)
            to[d * line + j] = keys[j * step + d];
}

/* Products of some queries of n values with turned keys; `line`, their number, is a multiple of 16. */
INLINE void products_of_queries(int queries, const float *query, int step, int n, const float *turned, int line, float *out)
{
    for (int j = 0; j < line; j += LANES) {
        vec sum[4];
        UNROLL for (int i = 0; i < queries; i++)
            sum[i] = set(0.0f);
        for (int d = 0; d < n; d++)
            UNROLL for (int i = 0; i < queries; i++)
                sum[i] = mul_add(sum[i], query[i * step + d], load(turned + d * line + j));
        UNROLL for (int i = 0; i < queries; i++)
            store(out + i * line + j, sum[i]);
    }
}

/* Of four queries, or of those that are left. */
static void query_products(int queries, const float *query, int step, int n, const float *turned, int line, float *out)
{
    if (queries == 4)
        products_of_queries(4, query, step, n, turned, line, out);
    else
        for (int i = 0; i < queries; i++)
            products_of_queries(1, query + i * step, step, n, turned, line, out + i * line);
}

/* Adds `vecs` vectors of each of `count` rows times its weight; a row without weight may hold anything. */
INLINE void add_weighted_vectors(int vecs, float *sum, const float *weight, const float *values, int step, int count)
{
    vec s[4];
    UNROLL for (int i = 0; i < vecs; i++)
        s[i] = load(sum + i * LANES);
    for (int j = 0; j < count; j++)
        if (weight[j] > 0.0f)
            UNROLL for (int i = 0; i < vecs; i++)
                s[i] = mul_add(s[i], weight[j], load(values + j * step + i * LANES));
    UNROLL for (int i = 0; i < vecs; i++)
        store(sum + i * LANES, s[i]);
}

/* The same for n values of each row. */
static void add_weighted(float *sum, const float *weight, const float *values, int step, int count, int n)
{
    int d = 0;
    for (; d + 4 * LANES <= n; d += 4 * LANES)
        add_weighted_vectors(4, sum + d, weight, values + d, step, count);
    for (; d + LANES <= n; d += LANES)
        add_weighted_vectors(1, sum + d, weight, values + d, step, count);
    for (; d < n; d++)
        for (int j = 0; j < count; j++)
            if (weight[j] > 0.0f)
                sum[d] += weight[j] * values[j * step + d];
}

/* Scores of n keys become weights that add up to 1, or zeros where every score is -infinity; n is a multiple of 16. */
static void weigh_scores(float *score, int n)
{
    float part[LANES], most = -INFINITY, sum = 0.0f;
    vec sums = set(0.0f), tops = set(-INFINITY);
    for (int j = 0; j < n; j += LANES)
        tops = larger(load(score + j), tops);
    store(part, tops);
    for (int k = 0; k < LANES; k++)
        most = part[k] > most ? part[k] : most;
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
    for (int j = 0; j < n && sum > 0.0f; j += LANES)
        store(score + j, divide(load(score + j), set(sum)));
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
        for (int h = 0; h < 3; h++) {
            const int g = h / 1;
            float *const turned = score + 16, *const products = turned + 64;
            memset(turned, 0, 64 * sizeof *turned);
            turn_keys(k + b * 84 + g * 4, 12, 7, 4, turned + 0, 16);
            for (int i = 0; i < 5; i++) {
                const float *query = q + b * 60 + h * 4 + i * 12;
                float *sum = out + b * 60 + h * 4 + i * 12;
                const int first = 0;
                int last = 7;
                if (i % 4 == 0)
                    query_products(5 - i < 4 ? 5 - i : 4, query, 12, 4, turned, 16, products);
                for (int j = 0; j < 16; j++)
                    score[j] = -INFINITY;
                for (int j = first; j < last; j++) {
                    const float s = products[i % 4 * 16 + j] * 0.5f;
                    score[j] = s;
                }
                weigh_scores(score, 16);
                for (int d = 0; d < 4; d++)
                    sum[d] = 0.0f;
                add_weighted(sum, score + first, v + b * 84 + g * 4 + first * 12, 12, last - first, 4);
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
