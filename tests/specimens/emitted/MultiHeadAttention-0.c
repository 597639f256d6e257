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
    0.6554215f, -0.42919987f, -0.4913718f, 0.1919367f, 0.7514354f, -0.4231761f, 0.13683456f, -0.2571582f,
    0.04500456f, -0.32790798f, -0.44941995f, -0.5822486f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.23646423f, 0.058142602f, -0.4174211f, 0.15481916f, 0.6307061f, -0.0069535375f, 0.0069982708f, 0.21063766f,
    0.8823081f, -0.1697669f, 0.23385878f, 0.0040976033f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.1800238f, 0.11272526f, 0.28673005f, 0.22279191f, -0.7401711f, 0.60490453f, 0.18636799f, 0.2549668f,
    -0.22564675f, -0.0068968236f, 0.04883732f, 0.5873214f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.20024374f, -0.32143047f, -0.14352006f, 0.5795258f, 0.20602596f, -0.56276214f, 0.3989243f, -0.008115105f,
    0.4563196f, -0.015458249f, -0.24614114f, -0.89632213f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.09111416f, -0.24533403f, 0.41454843f, -0.102381885f, 0.112739645f, -0.011309609f, -0.32473773f, 0.18769959f,
    0.26775104f, 0.34253773f, -0.1676938f, -0.09952679f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.60317403f, 0.09786439f, 0.8050255f, -0.24522735f, -0.24504375f, -0.060432583f, -0.7646684f, 0.53589165f,
    0.5442471f, -0.22132501f, 0.081134364f, 0.2342742f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.2742874f, 0.21205351f, -0.31686425f, -0.33510083f, -0.536922f, 0.46267092f, -0.064753085f, 0.61381984f,
    -0.08180019f, 0.6618171f, 0.058771543f, 0.0049234405f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.5435046f, 0.08221415f, 0.99421954f, -0.8883666f, 0.24303403f, 0.40291494f, -0.025557175f, 0.07659639f,
    -0.25605035f, 0.25320596f, 0.17258775f, 0.23957123f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.09820011f, -0.662587f, 0.27788758f, 0.56393534f, -0.30217126f, 0.26264232f, -0.56216496f, -0.7629105f,
    0.72063196f, 0.25585938f, -0.5657442f, 0.09512296f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.15594783f, -0.041234463f, 0.3296664f, -0.3151291f, -0.19327289f, -0.47267985f, 0.013031065f, 0.16012055f,
    -0.22215727f, 0.21598387f, 0.05937761f, -0.27250227f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.0041562915f, -0.0122449845f, 0.027878135f, -0.12407164f, 0.15718156f, -0.27998614f, -0.24030784f, 0.8273907f,
    -0.7272165f, -0.2387101f, 0.014984995f, -0.523466f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.21182936f, -0.4185495f, -0.0015251637f, -0.35053962f, 0.17072749f, 0.6982162f, -0.76116705f, 0.012381494f,
    0.35881957f, -0.9269712f, -0.19827761f, -0.07356647f, 0.0f, 0.0f, 0.0f, 0.0f
};

static const float layer_2_bias[16] = {
    0.21163213f, 0.4674815f, -0.06873703f, 0.48578554f, -0.26742035f, 0.04880315f, -0.23460668f, -0.3262161f,
    -0.41231638f, -0.35937136f, -0.34036118f, 0.23198402f, 0.0f, 0.0f, 0.0f, 0.0f
};

static const float layer_5_w[160] = {
    -0.47016376f, 0.03833857f, -0.18396524f, 0.0631011f, 0.92148423f, -0.32572362f, -0.298059f, -0.13116385f,
    0.097868055f, -0.42300105f, 0.29553854f, -0.08242291f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.36581403f, 0.378495f, 0.07349822f, 0.029060066f, 0.101352304f, -0.024360836f, -0.0017363876f, -0.8830807f,
    0.636999f, 0.12850934f, 0.11884403f, 0.28544965f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.5531726f, 0.137427f, -0.046237975f, 0.12156284f, 0.0003591478f, 0.7263445f, -0.13328019f, 0.021011949f,
    0.06287706f, -0.60199916f, -0.3263842f, 0.48540115f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.4305451f, -0.2929459f, -0.36016855f, 0.13567445f, -0.17415628f, -0.013211831f, -0.26317108f, -0.90387976f,
    0.04517912f, -0.33795288f, -0.47230786f, 0.19445962f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.15691969f, -0.03972484f, -0.34659994f, 0.24148539f, 0.56104565f, -0.25778893f, 0.46981758f, -0.59140134f,
    0.47235173f, -0.054025352f, -0.1019105f, 0.34092933f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.58893234f, 0.6382346f, 0.17580773f, -0.014664352f, 0.036657125f, -0.011768982f, 0.44112992f, 0.29944223f,
    -0.53547525f, -0.37210268f, -0.4716565f, 0.3777793f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.34392354f, -0.23694193f, -0.17663866f, -0.029700771f, -0.27965128f, -0.2809334f, -0.19646573f, -0.14770696f,
    -0.41853625f, -0.23397774f, -0.1071441f, 0.12177065f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.27221414f, -0.07026569f, -0.7762135f, -0.7370783f, 0.6581014f, -0.28204104f, 0.2777556f, 0.1822739f,
    0.19241808f, -0.017547429f, -0.31429505f, -0.26560885f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.58981574f, -0.18644795f, 0.5286473f, -0.70056176f, -0.34783772f, -0.2443111f, 0.12874344f, -0.28793013f,
    -0.006017212f, -0.33122602f, 0.30054653f, 0.17099705f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.5931219f, -0.7258303f, -0.0055363476f, 0.0043254755f, -0.0027536005f, 0.65706766f, -0.66228235f, 0.681242f,
    0.561612f, 0.4813716f, 0.27175558f, -0.09833294f, 0.0f, 0.0f, 0.0f, 0.0f
};

static const float layer_5_bias[16] = {
    0.15346926f, 0.38252205f, 0.19346154f, -0.13517821f, 0.049309433f, -0.13539147f, 0.234016f, -0.41358656f,
    -0.009614527f, 0.4905929f, 0.22174835f, 0.2805664f, 0.0f, 0.0f, 0.0f, 0.0f
};

static const float layer_8_w[160] = {
    -0.09957963f, 0.19801712f, -0.5424138f, 0.8295635f, 0.48342085f, -0.67702544f, -0.59294534f, 0.11729279f,
    -0.2417695f, -0.24253815f, 0.07370655f, -0.45404816f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.4886946f, -0.31890666f, -0.035253644f, 0.55884403f, -0.14454484f, -0.06748545f, 0.49863967f, 0.8610625f,
    -0.43859932f, 0.32005107f, -0.47300494f, -0.45943722f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.39407694f, 0.048520118f, 0.14033142f, -0.124993704f, 0.14201088f, 0.33494765f, 0.32470113f, -0.1864991f,
    -0.32068723f, -0.5223641f, 0.30111426f, 0.090764016f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.54601985f, 0.7702968f, 0.015104175f, 0.15608391f, 0.53648686f, 0.47569954f, -0.005768746f, 0.80578595f,
    0.4290589f, 0.7590874f, -0.8319769f, -0.71881044f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.3115233f, -0.08452237f, -0.21130773f, 0.9184594f, 0.39799315f, -0.22871208f, 0.11902389f, 0.91189265f,
    0.023908913f, -0.3770112f, 0.12685464f, 0.47977725f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.92160547f, 0.0641053f, 0.049109995f, -0.36604148f, -0.14190477f, -0.731451f, 0.13100886f, -0.14761841f,
    0.08054133f, -0.81516135f, 0.79304475f, -0.3892559f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.20710114f, 0.7152486f, -0.38916034f, 0.60955215f, 0.32778952f, -0.7799889f, -0.23778884f, -0.16686007f,
    -0.117046505f, 0.34602284f, -0.23227862f, -0.80891585f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.58358604f, -0.25556254f, -0.2625026f, 0.38116872f, -0.75232595f, 0.17930502f, -0.37045932f, 0.20395474f,
    0.49339515f, 0.3516689f, 0.41828275f, -0.272604f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.4626755f, -0.06731957f, -0.15617004f, 0.25621426f, -0.0534063f, 0.53185797f, -0.1464462f, 0.7138765f,
    0.38464394f, -0.7514262f, 0.8324776f, 0.63403696f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.0145278275f, -0.4422598f, -0.57783085f, 0.10865447f, 0.58669865f, 0.60918176f, 0.36665457f, 0.15113223f,
    -0.4640934f, -0.28971633f, 0.040190354f, -0.008916944f, 0.0f, 0.0f, 0.0f, 0.0f
};

static const float layer_8_bias[16] = {
    -0.062304914f, 0.13292539f, -0.3415792f, 0.2950456f, 0.43941283f, -0.057685792f, 0.0018930435f, -0.30412477f,
    -0.4043929f, -0.34898174f, 0.28661132f, 0.010559499f, 0.0f, 0.0f, 0.0f, 0.0f
};

static const float layer_12_w[192] = {
    0.06776256f, 0.36466032f, 0.2515838f, -0.04671076f, 0.58175224f, 0.65763164f, -0.22463177f, 0.22860369f,
    -0.35822532f, 0.4967337f, 0.5784966f, 0.5650964f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.05116267f, -0.21450922f, -0.61527896f, 0.460494f, -0.4927743f, 0.76839966f, -0.34995177f, 0.20381348f,
    0.42450154f, 0.6115277f, -0.11035025f, 0.0057393014f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.73362863f, 0.32973227f, 0.17502251f, -0.21511492f, -0.17720953f, -0.7749158f, -0.087069124f, 0.074124284f,
    -0.58984756f, 0.18152562f, -0.47824493f, 0.60118204f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.21140662f, -0.5109157f, 0.12733832f, 0.32800558f, 0.56291556f, -0.24485078f, -0.2160466f, 0.15024775f,
    0.7860782f, 0.662221f, 0.17963304f, -0.18332085f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.93704116f, -0.20442575f, -0.3373993f, -0.6439372f, -0.42243886f, 0.59927f, -0.2883392f, 0.479444f,
    -0.60528874f, 0.37651893f, -0.50154597f, 0.7105578f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.018164933f, 0.18391666f, 0.059100688f, -0.51014733f, 0.63136595f, 0.04078135f, -0.5810602f, -0.57330585f,
    0.18971531f, -0.6038125f, 0.34395957f, 0.35428038f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.70846474f, -0.64703137f, 0.16828772f, 0.34423566f, -0.028368339f, 0.15408447f, -0.3418744f, -0.10881066f,
    0.14277302f, 0.3221223f, 0.12026829f, -0.390846f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.2564971f, -0.34286162f, -0.090957984f, -0.031020343f, -0.2717781f, -0.72080505f, 0.03885639f, 0.021177292f,
    0.7830352f, -0.97622955f, -0.44379732f, 0.58083963f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.42664653f, -0.08510862f, -0.27512354f, -0.65753525f, 0.19192111f, 0.74320096f, 0.1755611f, -0.00837706f,
    -0.5245173f, 0.26960218f, -0.7827592f, -0.5098797f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.29937932f, -0.23267438f, -0.060363695f, -0.1029686f, -0.007046014f, -0.76355517f, -0.37503898f, 0.7874396f,
    -0.71171206f, -0.30915996f, -0.030566186f, -0.5077294f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.03296563f, -0.52059424f, 0.5891496f, 0.49713382f, 0.32965285f, -0.122508705f, 0.33813483f, -0.0895238f,
    0.77982277f, 0.35534495f, -0.0136170685f, -0.23602334f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.6659605f, -0.70150805f, -0.06283125f, -0.029883415f, 0.13948789f, 0.804145f, -0.12361446f, -0.71609044f,
    -0.2218487f, 0.44072828f, 0.18042465f, 0.8691813f, 0.0f, 0.0f, 0.0f, 0.0f
};

static const float layer_12_bias[16] = {
    0.4361441f, -0.029643595f, 0.19936174f, -0.49117124f, 0.39885557f, 0.20146626f, -0.35711783f, 0.4091301f,
    0.45383805f, -0.10644752f, 0.36297566f, -0.44916934f, 0.0f, 0.0f, 0.0f, 0.0f
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
