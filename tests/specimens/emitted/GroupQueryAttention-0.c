/*
 * net.c - made by cnnc 0.1.0 from sample.cnn. Do not edit.
 *
 *   layer                    what                               gives               multiply-adds   kept in memory
 *   layer_2                  Dense                              5 x 24                       1440   all
 *   layer_5                  Dense                              7 x 8                         560   all
 *   layer_8                  Dense                              7 x 8                         560   all
 *   layer_9                  DotProductAttention                5 x 24                       1680   all
 *   layer_12                 Dense                              5 x 12                       1440   the output
 *
 *   weights 3552 bytes, arena 2112 bytes (lower bound 2112), 5680 multiply-adds
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

/* And vectors of at most eight lanes, for the last channels of a layer. */
enum { LANES8 = LANES < 8 ? LANES : 8 };
#ifdef VECTORS
typedef float vec8 __attribute__((vector_size(4 * LANES8), aligned(4), may_alias));
#else
typedef struct { float f[LANES8]; } vec8;
#endif

#ifdef VECTORS
INLINE vec load(const float *p) { return *(const vec *)p; }
#else
INLINE vec load(const float *p) { vec a; memcpy(&a, p, sizeof a); return a; }
#endif

#ifdef VECTORS
INLINE vec8 load8(const float *p) { return *(const vec8 *)p; }
#else
INLINE vec8 load8(const float *p) { vec8 a; memcpy(&a, p, sizeof a); return a; }
#endif

#ifdef VECTORS
INLINE void store(float *p, vec a) { *(vec *)p = a; }
#else
INLINE void store(float *p, vec a) { memcpy(p, &a, sizeof a); }
#endif

#ifdef VECTORS
INLINE void store8(float *p, vec8 a) { *(vec8 *)p = a; }
#else
INLINE void store8(float *p, vec8 a) { memcpy(p, &a, sizeof a); }
#endif

INLINE void store_part(float *p, vec a, int n)
{
    float f[LANES];
    store(f, a);
    for (int i = 0; i < n; i++)
        p[i] = f[i];
}

INLINE void store_part8(float *p, vec8 a, int n)
{
    float f[LANES8];
    store8(f, a);
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
INLINE vec8 mul_add8(vec8 a, float x, vec8 b) { return a + x * b; }
#else
INLINE vec8 mul_add8(vec8 a, float x, vec8 b) { for (int i = 0; i < LANES8; i++) a.f[i] += x * b.f[i]; return a; }
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

static const float layer_2_w[288] = {
    0.58305234f, -0.03937409f, -0.3309501f, -0.02625382f, 0.7845538f, -0.10257369f, -0.46095636f, -0.36141866f,
    -0.49163562f, 0.2753933f, 0.16894823f, -0.37043634f, -0.32094905f, 0.7167219f, 0.057872266f, -0.068097696f,
    0.46114996f, -0.2618142f, -0.27206096f, 0.20810759f, -0.091887295f, 0.014499128f, -0.19011706f, 0.00579229f,
    0.46250454f, 0.65950453f, 0.15339148f, 0.57075006f, -0.26782638f, 0.1731236f, -0.20135237f, 0.2508321f,
    -0.52651304f, -0.6957732f, 0.40776122f, -0.3338309f, 0.11186258f, -0.6377654f, -0.37505707f, 0.6751832f,
    -0.10822308f, 0.4939268f, -0.23515771f, -0.26890713f, -0.12558657f, -0.6755642f, 0.6469865f, -0.29090327f,
    0.14400586f, 0.5538834f, -0.045232162f, -0.874558f, -0.030204028f, 0.7741966f, -0.541998f, 0.08298537f,
    -0.30069557f, -0.013063669f, 0.15345415f, -0.33432984f, -0.18527742f, -0.7423971f, 0.24447048f, -0.43074498f,
    -0.6865984f, 0.16091636f, -0.1653827f, -0.07769291f, -0.18524925f, -0.30344668f, 0.011137992f, -0.17685652f,
    0.84791327f, -0.07031798f, -0.14998409f, 0.14408295f, 0.40119618f, 0.44898012f, 0.13656372f, 0.37259734f,
    0.7291417f, 0.3859941f, 0.17153293f, 0.1973284f, 0.68895656f, -0.07857336f, -0.10380989f, 0.28126964f,
    -0.20855689f, -0.17594615f, -0.33512735f, 0.039796293f, -0.44269902f, -0.103263825f, -0.23472998f, -0.17245474f,
    0.5385053f, -0.042748198f, 0.034709886f, 0.037443608f, -0.09971558f, -0.20560251f, 0.49810538f, -0.7422203f,
    -0.8893956f, 0.096029714f, -0.48634154f, 0.026987195f, -0.25629395f, -0.6802942f, -0.42474928f, -0.66809183f,
    0.20262194f, 0.08294746f, 0.014608443f, 0.122303784f, -0.28592423f, 0.22167203f, 0.23347312f, 0.32225752f,
    -0.34243214f, -0.1577262f, -0.22175696f, 0.64104694f, 0.5074216f, -0.10672842f, -0.07204105f, -0.42269704f,
    -0.05709686f, -0.073578954f, 0.2437349f, -0.5073793f, -0.24905115f, -0.29836437f, 0.30107558f, -0.5791379f,
    0.10689077f, -0.37139463f, 0.110005036f, -0.26064864f, 0.14100295f, -0.08537182f, -0.5129075f, -0.25756615f,
    0.034307536f, 0.11583136f, -0.6330892f, 0.33361307f, 0.29876196f, 0.0709883f, -0.46588647f, 0.08010621f,
    -0.12273115f, -0.11216205f, -0.274238f, -0.6363582f, 0.56136f, -0.53793544f, 0.27552563f, 0.3685654f,
    0.40135163f, -0.34335294f, 0.4458313f, 0.22330624f, -0.50676584f, 0.28964543f, -0.20775399f, -0.28011367f,
    -0.40562287f, 0.7232384f, -0.5240615f, -0.19851387f, 0.028537571f, -0.24868332f, 0.10506148f, -0.053077713f,
    0.19326144f, 0.31569988f, 0.08384289f, -0.05693364f, 0.27759114f, 0.8157923f, -0.53479505f, 0.06581302f,
    -0.01796329f, 0.324012f, 0.33584064f, 0.05292897f, -0.37492707f, 0.43964174f, 0.5241463f, 0.78318983f,
    0.6111207f, 0.07319316f, 0.32748836f, -0.049698427f, 0.71792114f, 0.65756434f, -0.58844066f, -0.2904268f,
    0.017151773f, -0.43348113f, 0.45035928f, 0.3538808f, 0.026614547f, 0.24382338f, -0.58407164f, -0.80808246f,
    -0.14859435f, 0.18568638f, 0.033341706f, -0.28599158f, 0.15577878f, -0.005060777f, -0.37795413f, 0.09688018f,
    -0.56950486f, -0.1814824f, 0.21919684f, 0.23675269f, 0.3656996f, 0.32466385f, 0.4861584f, 0.1569243f,
    0.06765312f, -0.10218872f, -0.20634681f, -0.47977507f, 0.54283506f, 0.22717091f, 0.5899928f, -0.48086074f,
    0.03775973f, 0.5896404f, -0.40404359f, -0.07407287f, -0.08148676f, 0.0014370084f, 0.17171341f, 0.33564556f,
    0.7073655f, 0.085563764f, -0.50997937f, 0.6646086f, 0.49226108f, 0.62297344f, -0.16777739f, 0.38788867f,
    0.1899965f, -0.20110461f, -0.16929778f, -0.045437377f, 0.5892555f, 0.38574675f, 0.4003748f, 0.40010658f,
    0.15657344f, 0.1699188f, -0.08448401f, -0.40281296f, -0.19817704f, -0.04676959f, -0.21264423f, -0.574565f,
    -0.25609773f, -0.23547307f, 0.09331903f, 0.17082013f, -0.03346026f, 0.012623817f, 0.37975025f, 0.40007004f,
    -0.1677582f, 0.16411841f, 0.52980685f, 0.9031098f, -0.07209802f, -0.20069706f, -0.53786886f, -0.32709324f,
    -0.49184698f, -0.31080467f, -0.58688307f, -0.27394968f, -0.68117166f, 0.4823932f, -0.15028764f, 0.046914488f
};

static const float layer_2_bias[24] = {
    0.2741953f, 0.30333453f, 0.08098215f, -0.29138887f, 0.49065703f, -0.48183864f, -0.40162522f, -0.05955571f,
    0.38446754f, -0.06079179f, 0.22723585f, 0.17998648f, 0.23855722f, -0.3907987f, -0.048093677f, 0.28730065f,
    0.34959626f, 0.28839874f, 0.47146684f, 0.42361665f, 0.39733297f, -0.3307271f, -0.21016741f, 0.121988f
};

static const float layer_5_w[80] = {
    0.42762905f, -0.06774023f, -0.34041572f, 0.29759514f, 0.71098465f, -0.94145143f, 0.25683698f, 0.71135813f,
    -0.734715f, -0.44963706f, 0.30595517f, 0.078344405f, 0.27191836f, 0.33784345f, 0.31876278f, 0.47386745f,
    0.28450525f, -0.6319399f, -0.23332103f, -0.053965747f, 0.68781734f, -0.06886807f, 0.05964455f, 0.564046f,
    0.06026396f, 0.67132634f, -0.0065740645f, -0.036548287f, -0.52735156f, 0.08579624f, -0.31038782f, 0.55318654f,
    -0.30892572f, -0.36757886f, 0.05555536f, 0.81439316f, -0.9765437f, -0.43384007f, -0.10256216f, -0.10546085f,
    -0.18382542f, 0.25566182f, 0.15861169f, -0.79916084f, -0.1006787f, 0.48972845f, 0.021008747f, 0.20436436f,
    -0.40162846f, -0.49335432f, -0.13563675f, 0.11795306f, 0.19235927f, 0.44457114f, 0.52344394f, 0.0014934242f,
    0.37359428f, -0.22720885f, -0.21676329f, 0.4129769f, -0.16562925f, 0.6456629f, 0.13906412f, 0.021101654f,
    0.44184098f, -0.62824106f, 0.2904591f, -0.23790848f, -0.621523f, 0.20900288f, 0.028465802f, 0.07216942f,
    -0.44515142f, 0.07369608f, -0.61495996f, 0.34918848f, -0.1315336f, -0.017452085f, -0.5750147f, -0.08382386f
};

static const float layer_5_bias[8] = {
    -0.4032073f, 0.027002811f, 0.18368489f, 0.09013134f, 0.1653015f, -0.3081414f, 0.29676265f, 0.48318607f
};

static const float layer_8_w[80] = {
    -0.19164184f, -0.06326516f, -0.16858979f, 0.70667356f, -0.37679866f, -0.25794262f, 0.19549128f, -0.44728804f,
    0.17488453f, -0.44331405f, 0.4082727f, 0.16409434f, -0.019862115f, 0.2086771f, 0.64656365f, 0.011526406f,
    -0.32346076f, -0.3215779f, 0.1055326f, 1.0165637f, -0.42645654f, 0.13167444f, -0.2460807f, -0.32564077f,
    -0.5551018f, 0.09939781f, -0.39448392f, 0.39945707f, -0.61993766f, -0.21441975f, 0.045730203f, 0.053953342f,
    -0.14346223f, -0.37832475f, -0.118706465f, 0.1794278f, -0.61184025f, 0.26591524f, 0.62063825f, 0.2897598f,
    0.5508306f, 0.2552607f, -0.9151876f, 0.36582607f, 0.6321441f, 0.078323066f, -0.12371817f, -0.5545937f,
    0.3229635f, 0.6334151f, -0.93205374f, 0.53519106f, 0.0664525f, -0.92277956f, 0.03543757f, 0.112398684f,
    0.6561352f, -0.5938776f, 0.07684299f, 0.24463752f, 0.4685653f, -0.5044739f, 0.90409505f, 0.10498749f,
    0.37475088f, -0.8523046f, 0.21951918f, 0.045163058f, 0.036549866f, -0.75777555f, 0.93265104f, 0.043426976f,
    0.4165995f, 0.34010774f, 0.37653524f, 0.26581997f, 0.41330743f, -0.02802974f, 0.4530922f, -0.73976266f
};

static const float layer_8_bias[8] = {
    0.022784233f, 0.009278059f, -0.046770573f, 0.16968048f, 0.42665434f, 0.26726615f, 0.3837753f, 0.21075654f
};

static const float layer_12_w[384] = {
    -0.3556649f, 0.011570483f, 0.27106538f, 0.35675538f, 0.02013458f, 0.31612635f, 0.33351767f, 0.06989017f,
    -0.22030687f, 0.0019371659f, -0.1960876f, 0.2904793f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.634284f, 0.035397895f, 0.7753688f, 0.5201231f, 0.1869668f, -0.6913134f, 0.16100784f, 0.2048825f,
    -0.22634731f, 0.24536563f, 0.15990344f, -0.24430782f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.29371348f, 0.55122477f, -0.038684145f, 0.6835401f, 0.29106343f, -0.36728862f, -0.1799324f, 0.600217f,
    -0.33313277f, -0.78157204f, -0.7108752f, 0.0667959f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.16931343f, -0.20301473f, 0.67111516f, 0.45067534f, 0.6638181f, 0.015278138f, -0.15709941f, -0.07843645f,
    -0.2974976f, -0.6390531f, -0.10427756f, -0.04997118f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.24025434f, 0.1268394f, -0.2802629f, 0.13952276f, 0.08875018f, 0.29343396f, -0.3882347f, -0.50768924f,
    0.0065763695f, -0.1388986f, 0.2610309f, 0.308286f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.21903402f, -0.53899235f, -0.20506734f, -0.24403383f, -0.16435918f, -0.2525441f, 0.29394722f, 0.09565815f,
    -0.5471599f, -0.11583009f, -0.38130844f, 0.10995257f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.03338614f, -0.38894916f, 0.04137121f, -0.505544f, 0.27131945f, 0.35678732f, 0.4281141f, 0.06770274f,
    -0.19498646f, -0.6210283f, -0.1423783f, -0.77465904f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.07168965f, -0.02758661f, 0.39784253f, -0.12687567f, 0.31002855f, -0.26756397f, 0.19837154f, -0.2298167f,
    0.31211114f, 0.45129517f, -0.009423085f, -0.022523686f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.16357388f, -0.45164084f, 0.23724973f, -0.5051364f, -0.7993239f, 0.47971714f, 0.25261486f, 0.70032895f,
    0.45512953f, -0.23626213f, -0.14923412f, 0.42317033f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.27537626f, 0.06531572f, 0.097895786f, 0.025725812f, -0.18278638f, 0.13372411f, -0.33147f, 0.26791045f,
    -0.16543448f, -0.010453194f, -0.69302535f, -0.022506803f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.035993934f, 0.11704804f, -0.14392217f, -0.6872699f, -0.29119617f, -0.14184654f, 0.5402609f, 0.2875656f,
    0.0359148f, 0.084530696f, 0.07229102f, -0.13717932f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.208126f, -0.56903476f, -0.6173309f, 0.57988113f, -0.04696243f, 0.42527038f, 0.30952275f, 0.3354972f,
    0.25234473f, 0.17272638f, 0.24070439f, 0.7824656f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.68260336f, -0.020887226f, -0.0051395483f, -0.29426706f, 0.009052932f, 0.3965972f, -0.28063595f, 0.24004367f,
    0.6242879f, -0.39130372f, -0.26110333f, -0.062763065f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.6622075f, 0.058614552f, -0.18649304f, -0.17654322f, 0.6925338f, -0.0050643235f, -0.1442559f, 0.28062147f,
    -0.06309122f, 0.20750538f, 0.32333976f, -0.53851193f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.009544045f, 0.38024408f, 0.47016385f, -0.29110405f, 0.1569873f, 0.19351514f, 0.03926408f, -0.39567053f,
    -0.2561673f, -0.02504202f, 0.041422203f, 0.34054714f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.5871712f, -0.6613443f, 0.65799403f, -0.14743575f, -0.37554634f, -0.3661203f, -0.036515266f, 0.097544014f,
    0.5182224f, 0.067995846f, 0.61671394f, -0.3539147f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.31057543f, 0.14409652f, 0.082549855f, 0.74825454f, 0.18105578f, 0.17259932f, 0.058581978f, 0.29980257f,
    0.054168075f, -0.45670134f, -0.053961277f, 0.48727918f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.28753543f, -0.34414148f, -0.18602827f, -0.2740227f, -0.27122638f, -0.028023582f, -0.0639071f, -0.09941411f,
    0.14311084f, 0.50081825f, 0.33908874f, -0.14304891f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.56885433f, -0.28054255f, 0.008650973f, 0.3825509f, -0.22134611f, -0.44583824f, 0.51767975f, 0.21660596f,
    0.009536038f, 0.16847692f, -0.27479672f, 0.14990607f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.17814198f, 0.24374536f, 0.15496475f, -0.0110781975f, -0.3440878f, -0.5504203f, -0.14519472f, -0.1829055f,
    0.618456f, -0.030212224f, 0.21376345f, -0.24066572f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.3587888f, -0.20648669f, 0.16531532f, -0.18778497f, -0.36990544f, 0.1893624f, -0.19929335f, 0.09987118f,
    0.12581481f, -0.13959591f, 0.3624333f, -0.34782878f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.01286903f, 0.053519428f, 0.39135426f, 0.21818003f, 0.8718778f, -0.29728112f, 0.54195094f, 0.022167057f,
    0.5436514f, -0.79616684f, -0.5336629f, 0.14427543f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.10252412f, -0.62746334f, -0.3133291f, -0.39510268f, 0.2246312f, -0.5705034f, -0.06892179f, -0.4532736f,
    0.2501884f, 0.027893335f, 0.06964001f, 0.14162621f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.33564398f, 0.027603209f, -0.3144842f, 0.57734716f, -0.29738158f, 0.15140498f, 0.4333284f, -0.17961779f,
    0.18102315f, -0.034086823f, -0.0425822f, -0.8289517f, 0.0f, 0.0f, 0.0f, 0.0f
};

static const float layer_12_bias[16] = {
    -0.44376916f, -0.39360076f, 0.031651616f, 0.09443438f, -0.121878386f, -0.3195508f, -0.37882143f, -0.48218656f,
    -0.3919286f, 0.4963386f, -0.059223294f, -0.2962045f, 0.0f, 0.0f, 0.0f, 0.0f
};

/* ---- memory --------------------------------------------------------------------------------------- */

/* Every activation lives here; those that are not alive at one time share memory. */
#ifdef __GNUC__
__attribute__((aligned(64)))
#endif
static float arena[528];

/* Where the first pixel of each result lies, in floats; those by rows keep the last few of them. */
enum {
    AT_LAYER_2 = 0,    /* 5 x 24 */
    AT_LAYER_5 = 256,    /* 7 x 8 */
    AT_LAYER_8 = 464,    /* 7 x 8 */
    AT_LAYER_9 = 128,    /* 5 x 24 */
    AT_LAYER_9_SCRATCH = 320,    /* 144 */
    ARENA_END = 528
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

INLINE vec8 epilogue8(int then, vec8 v, const float *from, int n)
{
    (void)from;
    (void)n;
    switch (then) {
    default:
        break;
    }
    return v;
}

/* Stores the first n of a vector's lanes, the epilogue8 applied; `other` is what a binary epilogue8 reads. */
INLINE void finish8(float *out, vec8 v, int n, int then, const float *other)
{
    if (n < LANES8)
        store_part8(out, epilogue8(then, v, other, n), n);
    else
        store8(out, epilogue8(then, v, other, LANES8));
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

/*
 * Convolution for n neighbouring pixels and one block of channels; rows[ky] begins at the tile's first pixel.
 * step: floats from a pixel's window to the next one's; tap: from one kernel column to the next.
 */
INLINE void conv_tile8(int n, int vecs, int block, const float *const *rows, int first, int last, int columns, int channels,
                      int step, int tap, const float *w, const float *bias, float *out, int outs, int out_step,
                      int then, const float *other, int other_step)
{
    const int whole = outs == out_step && outs >= LANES8 / 2 && other_step == 0;    /* a last vector reaches into the next pixel, stored behind it */
    vec8 sum[MOST_PIXELS][32 / LANES8];
    UNROLL for (int p = 0; p < n; p++)
        UNROLL for (int v = 0; v < vecs; v++)
            sum[p][v] = load8(bias + v * LANES8);
    w += first * columns * channels * block;
    for (int ky = first; ky < last; ky++)
        for (int kx = 0; kx < columns; kx++)
            for (int i = 0; i < channels; i++, w += block)
                UNROLL for (int p = 0; p < n; p++)
                    UNROLL for (int v = 0; v < vecs; v++)
                        sum[p][v] = mul_add8(sum[p][v], rows[ky][p * step + kx * tap + i], load8(w + v * LANES8));
    UNROLL for (int p = 0; p < n; p++)
        UNROLL for (int v = 0; v < vecs; v++)
            finish8(out + p * out_step + v * LANES8, sum[p][v], whole && p + 1 < n ? LANES8 : outs - v * LANES8, then, other + p * other_step + v * LANES8);
}

/* One row of a convolution for one block of channels: tiles of equal8 width but for one pixel. */
INLINE void conv_row8(int width, int vecs, int block, const float *const *rows, int height, int first, int last, int columns,
                     int channels, int step, int tap, const float *w, const float *bias, float *out, int outs,
                     int out_step, int then, const float *other, int other_step)
{
    const int fitting = TILE / vecs < MOST_PIXELS ? TILE / vecs : MOST_PIXELS;
    const int pixels = step % 1024 == 0 && fitting > 7 ? 7 : fitting;       /* pixels 4 KB apart share one line of each way of the cache */
    const int tiles = (width + pixels - 1) / pixels, most = (width + tiles - 1) / tiles;
    const int full = width - (most - 1) * tiles;            /* so many tiles of the greater8 width */
    const float *at[16];
    for (int ky = 0; ky < height; ky++)
        at[ky] = rows[ky];
    for (int t = 0; t < tiles; t++) {
        const int n = t < full ? most : most - 1;
        if (t < full)
            conv_tile8(most, vecs, block, at, first, last, columns, channels, step, tap, w, bias, out, outs, out_step, then, other, other_step);
        else
            conv_tile8(most - 1, vecs, block, at, first, last, columns, channels, step, tap, w, bias, out, outs, out_step, then, other, other_step);
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

/* layer_2: Dense, 5 x 12 to 5 x 24 */
static void layer_2_layer(const float *in, const float *w, const float *b, float *out)
{
        conv_row(5, (16 + LANES - 1) / LANES, 16, &in, 1, 0, 1, 1, 12, 12, 0, w + 0 * 12, b + 0, out + 0, 16, 24, NONE, out + 0, 24);
        conv_row8(5, (8 + LANES8 - 1) / LANES8, 8, &in, 1, 0, 1, 1, 12, 12, 0, w + 16 * 12, b + 16, out + 16, 8, 24, NONE, out + 16, 24);
}

/* layer_5: Dense, 7 x 10 to 7 x 8 */
static void layer_5_layer(const float *in, const float *w, const float *b, float *out)
{
        conv_row8(7, (8 + LANES8 - 1) / LANES8, 8, &in, 1, 0, 1, 1, 10, 10, 0, w + 0 * 10, b + 0, out + 0, 8, 8, NONE, out + 0, 8);
}

/* layer_9: DotProductAttention, 5 x 24 to 5 x 24 */
static void layer_9_layer(const float *q, const float *k, const float *v, float *out, float *score)
{
    for (int b = 0; b < 1; b++)
        for (int h = 0; h < 6; h++) {
            const int g = h / 3;
            float *const turned = score + 16, *const products = turned + 64;
            memset(turned, 0, 64 * sizeof *turned);
            turn_keys(k + b * 56 + g * 4, 8, 7, 4, turned + 0, 16);
            for (int i = 0; i < 5; i++) {
                const float *query = q + b * 120 + h * 4 + i * 24;
                float *sum = out + b * 120 + h * 4 + i * 24;
                const int first = 0;
                int last = 7;
                if (i % 4 == 0)
                    query_products(5 - i < 4 ? 5 - i : 4, query, 24, 4, turned, 16, products);
                for (int j = 0; j < 16; j++)
                    score[j] = -INFINITY;
                for (int j = first; j < last; j++) {
                    const float s = products[i % 4 * 16 + j] * 0.5f;
                    score[j] = s;
                }
                weigh_scores(score, 16);
                for (int d = 0; d < 4; d++)
                    sum[d] = 0.0f;
                add_weighted(sum, score + first, v + b * 56 + g * 4 + first * 8, 8, last - first, 4);
            }
        }
}

/* layer_12: Dense, 5 x 24 to 5 x 12 */
static void layer_12_layer(const float *in, const float *w, const float *b, float *out)
{
        conv_row(5, (12 + LANES - 1) / LANES, 16, &in, 1, 0, 1, 1, 24, 24, 0, w + 0 * 24, b + 0, out + 0, 12, 12, NONE, out + 0, 12);
}

/* ---- the forward pass ----------------------------------------------------------------------------- */

void net(const float *input_0, const float *input_1, float *output)
{
    layer_2_layer(input_0, layer_2_w, layer_2_bias, arena + AT_LAYER_2);
    layer_5_layer(input_1, layer_5_w, layer_5_bias, arena + AT_LAYER_5);
    layer_5_layer(input_1, layer_8_w, layer_8_bias, arena + AT_LAYER_8);
    layer_9_layer(arena + AT_LAYER_2, arena + AT_LAYER_5, arena + AT_LAYER_8, arena + AT_LAYER_9,
                  arena + AT_LAYER_9_SCRATCH);
    layer_12_layer(arena + AT_LAYER_9, layer_12_w, layer_12_bias, output);
}
