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
 *   weights 3552 bytes, arena 1600 bytes (lower bound 1600), 5680 multiply-adds
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
    -0.06364268f, -0.21930638f, 0.24015827f, 0.107147396f, 0.70316297f, -0.2542925f, -0.15916696f, 0.01437784f,
    0.13597147f, -0.20469254f, 0.43025327f, -0.197835f, -0.2142748f, -0.23421107f, -0.7513634f, 0.405357f,
    0.092309855f, 0.017117709f, -0.10692844f, -0.54552156f, -0.111207485f, 0.267637f, -0.299142f, 0.0712693f,
    0.42309532f, 0.11073059f, -0.23872143f, -0.085143805f, -0.274558f, 0.0026882887f, -0.37296546f, 0.070604295f,
    -0.2316981f, -0.65269256f, 0.31380737f, -0.20765501f, 0.4947718f, 0.19821073f, 0.025457539f, 0.6614269f,
    0.6654171f, 0.62158835f, -0.2639528f, -0.6491533f, -0.22230971f, 0.12927663f, -0.15804103f, -0.30933416f,
    -0.5499418f, 0.18944097f, 0.24356933f, -0.33802602f, 0.13942972f, 0.5540039f, 0.16913685f, 0.4139115f,
    0.04297641f, 0.64429444f, -0.019224204f, -0.041606016f, 0.44525343f, 0.09926927f, 0.11941898f, -0.4262f,
    0.022996053f, 0.24003401f, -0.18550612f, 0.42658722f, 0.106711164f, -0.38782057f, -0.09168288f, 0.11367738f,
    0.1952191f, -0.39595133f, -0.83441997f, 0.24763511f, 0.15632099f, 0.3207495f, -0.100520074f, -0.30943775f,
    0.04168707f, 0.38417277f, 0.16520393f, 0.15550269f, 0.5642743f, 0.66450036f, 0.010044694f, 0.1988121f,
    -0.026736677f, -0.12002388f, -0.24628572f, -0.79581136f, -0.44775587f, 0.045903295f, -0.56829154f, -0.055958956f,
    0.46850657f, 0.6349565f, 0.3999595f, 0.1516932f, 0.20055616f, -0.72441304f, 0.6119641f, -0.23152941f,
    -0.46051273f, 0.007063642f, -0.47441804f, 0.35266906f, 0.35215533f, -0.36291933f, 0.1451579f, -0.65668565f,
    -0.23951322f, 0.22177795f, 0.48830354f, 0.8309429f, 0.3466557f, 0.45284662f, 0.12740248f, 0.40552753f,
    0.090600125f, -0.36202392f, -0.09866467f, 0.11593473f, 0.0021789968f, -0.27866828f, -0.4118727f, -0.1700994f,
    0.43939802f, 0.073465824f, -0.32066905f, -0.57287127f, -0.089291394f, -0.372503f, 0.20541084f, -0.50107646f,
    0.045145422f, -0.30562276f, -0.1354302f, -0.30250278f, 0.78354853f, -0.46306822f, -0.02431351f, -0.64946645f,
    -0.5107281f, 0.30280343f, 0.04307905f, -0.41190496f, 0.13224173f, -0.01691103f, -0.6438712f, -0.110374734f,
    0.19479465f, 0.019187868f, 0.34846252f, 0.20906197f, 0.044383675f, 0.066192806f, 0.42403173f, 0.3188214f,
    -0.26124156f, -0.47165844f, 0.060519874f, 0.75212914f, -0.62757933f, 0.58612245f, 0.22285381f, -0.78815234f,
    0.050445348f, 0.55201703f, -0.5755827f, 0.40100402f, -0.0009812117f, -0.38794327f, -0.4193834f, -0.50978714f,
    0.49204922f, 0.56862223f, -0.03726988f, -0.031202555f, 0.44509152f, 0.2516708f, -0.113167614f, 0.19455905f,
    -0.4178627f, 0.6485568f, -0.47487366f, 0.15081482f, 0.040106922f, 0.38231727f, 0.6143474f, 0.4266742f,
    0.25321057f, -0.15341863f, 0.4463508f, -0.3994214f, 0.45557922f, 0.529303f, -0.6320214f, -0.26232582f,
    -0.12450838f, -0.4791632f, 0.38328427f, -0.25373396f, 0.4812351f, -0.3433663f, 0.074857295f, 0.089203686f,
    -0.37864074f, -0.35857353f, -0.117047966f, 0.03929755f, -0.24411629f, -0.602552f, -0.5485711f, 0.66479486f,
    -0.3065408f, 0.40008005f, 0.2879408f, -0.3349985f, 0.23945832f, 0.3413711f, 0.14845726f, 0.3503937f,
    8.225441e-05f, -0.14641048f, -0.36396307f, 0.22084193f, 0.39861444f, 0.6057261f, -0.05411321f, -0.1689401f,
    0.28095216f, 0.31446478f, -0.47080514f, 0.010024339f, 0.15992165f, -0.36017877f, 0.3501612f, 0.37930763f,
    0.58601713f, -0.09806891f, -0.73833734f, 0.8160553f, 0.4360799f, 0.04639694f, 0.39409682f, -0.33121204f,
    -0.06920098f, -0.0992575f, 0.30081686f, 0.34560695f, 0.5133513f, 0.13761874f, 0.38097885f, -0.02845183f,
    -0.37760904f, 0.036157995f, -0.1897954f, 0.26855254f, 0.37805927f, -0.25703314f, -0.22541006f, -0.74194574f,
    -0.22487104f, 0.47419122f, 0.050799876f, -0.061374053f, 0.4454121f, -0.19778535f, -0.30375183f, 0.07281408f,
    -0.057943974f, 0.15615821f, 0.5431242f, 0.8967076f, 0.335414f, -0.6818393f, 0.09704229f, -0.36257082f,
    -0.4372819f, -0.33123583f, -0.75536215f, 0.047779605f, -0.5643829f, 0.09487349f, 0.26771396f, -0.39681175f
};

static const float layer_2_bias[24] = {
    -0.44321495f, -0.44142973f, -0.2827f, -0.2669773f, -0.31081277f, -0.38477355f, 0.44666302f, 0.2921875f,
    -0.1391865f, 0.19199622f, -0.29173982f, -0.17957139f, -0.11570871f, -0.13303524f, 0.020138264f, -0.08082521f,
    0.3875252f, 0.48987776f, -0.30028635f, 0.42217553f, 0.48571074f, -0.038352728f, 0.14725596f, -0.22331542f
};

static const float layer_5_w[80] = {
    0.29668546f, 0.794755f, -0.50520825f, 0.3502307f, 0.8454142f, -0.35311115f, -0.38445005f, 0.71718746f,
    -0.017290443f, 0.0024197772f, -0.023715556f, -0.3602805f, 0.28136694f, 0.6116482f, 0.10253465f, -0.32207713f,
    0.68789506f, -0.018615693f, -0.2032422f, -0.9311528f, 0.27312207f, 0.7567142f, -0.112689346f, -0.3039095f,
    0.65834105f, 0.743393f, 0.751055f, 0.20842996f, 0.20550321f, -0.017249763f, -0.6060227f, 0.79850733f,
    -0.49398586f, -0.67675436f, -0.5297719f, 0.17473218f, -0.5918882f, -0.32907686f, -0.53255045f, 0.8735447f,
    -0.0033389777f, -0.37339172f, 0.2387124f, -0.9549403f, -0.1533419f, -0.453633f, -0.34728834f, 1.0529071f,
    -0.46129492f, 0.039399013f, 0.33222526f, -0.5820164f, -0.16597015f, 0.6279892f, -0.2041541f, 0.15829512f,
    1.0361903f, -0.6437327f, -0.3798692f, 0.062025696f, 0.11827673f, 0.7286457f, -0.36040556f, -0.0005814433f,
    0.5970745f, -0.2044774f, 0.55698836f, 0.3425023f, -0.17497975f, -0.5113051f, -0.20545173f, 0.29027194f,
    0.2602342f, -0.2556765f, -0.42357653f, 0.096009225f, 0.14048633f, -0.423121f, 0.026238367f, -0.24679679f
};

static const float layer_5_bias[8] = {
    0.26644027f, 0.14979744f, 0.20643646f, 0.04112941f, -0.27460092f, 0.016622245f, -0.26599324f, -0.39566702f
};

static const float layer_8_w[80] = {
    0.3504701f, 0.19635455f, -0.3050934f, 0.27953452f, 0.26327994f, -0.1428582f, -0.5725132f, -0.7021725f,
    -0.27122882f, -0.28937152f, -0.21470407f, -0.43351972f, -0.33682722f, -0.0066214353f, 0.64167047f, -0.028793871f,
    0.4970587f, 0.13891996f, 0.27262586f, 0.047358096f, -0.27907625f, -0.49025264f, 0.06635081f, -0.41198727f,
    -0.49133283f, 0.7929305f, 0.030526444f, -0.27605936f, -0.31650093f, 0.53194094f, 0.36288723f, -0.1276707f,
    0.4141628f, -0.008352682f, 0.088698685f, -0.34891087f, -0.6129638f, 0.15147248f, -0.27211365f, 0.8574566f,
    0.6070886f, 0.2737797f, -0.2982991f, 0.87493765f, 0.5686687f, 0.99746275f, -0.004988581f, -0.80198395f,
    0.30215344f, -0.114430696f, -0.72515464f, 0.8976948f, 0.66455424f, -0.17238146f, -0.16914989f, 0.8562371f,
    0.44279945f, -0.5996565f, 0.5278127f, -0.08216747f, 0.56945604f, -0.17487368f, 0.684585f, 0.27345383f,
    -0.06439063f, -0.4321165f, -0.10309155f, 0.38618645f, -0.2759077f, -0.92842245f, 0.575984f, -0.49455357f,
    0.32242256f, 0.16285872f, 0.41360945f, 0.0038814694f, -0.21622036f, -0.49892414f, 0.015423447f, -0.6971116f
};

static const float layer_8_bias[8] = {
    0.057929337f, 0.4918809f, 0.10498476f, 0.46270943f, -0.01391381f, -0.2888887f, 0.12927622f, -0.179218f
};

static const float layer_12_w[384] = {
    -0.4561859f, 0.60790193f, -0.14921805f, -0.20618694f, 0.27689782f, 0.29349783f, -0.06844534f, 0.61644053f,
    0.112211436f, 0.05141616f, 0.6801294f, 0.33068314f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.46680105f, 0.3869683f, -0.45388618f, -0.1250843f, -0.6216929f, 0.77717555f, 0.3414758f, -0.29566908f,
    0.50184226f, 0.61215836f, 0.23072809f, 0.32552743f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.6440666f, 0.26855487f, 0.116739675f, 0.5306852f, 0.3110327f, -0.4736828f, 0.6097462f, -0.01164785f,
    -0.12758312f, -0.51130235f, -0.09546392f, 0.43034065f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.23246181f, -0.14484861f, -0.18481682f, 0.027187586f, 0.62312907f, -0.7877005f, -0.2951448f, -0.19546066f,
    0.1439136f, 0.13455614f, -0.14741571f, -0.1998517f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.24740368f, -0.061549053f, 0.5088694f, -0.11893581f, -0.75819564f, 0.6905334f, -0.21977434f, 0.10905832f,
    -0.68313336f, -0.43399584f, -0.10838102f, 0.3581399f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.706203f, -0.5239552f, -0.032824606f, -0.3529768f, 0.2704446f, -0.6481563f, -0.7496569f, 0.021681368f,
    0.13831586f, 0.17417416f, -0.17155744f, -0.26913816f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.04573694f, -0.38338384f, 0.3386349f, 0.41606247f, -0.09842244f, -0.22789852f, 0.0034633037f, 0.38087922f,
    -0.43605825f, 0.106967896f, -0.24835658f, -0.17624171f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.3234448f, 0.31423616f, -0.22820051f, -0.10032162f, -0.20826116f, -0.14879507f, -0.2694765f, 0.39852732f,
    0.12441285f, -0.8903203f, -0.71728325f, -0.0084374845f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.7391498f, 0.04890056f, 0.21875426f, 0.21848996f, 0.698648f, 0.22869238f, -0.3211909f, 0.09405728f,
    -0.08293514f, -0.31512892f, -0.7354181f, -0.48272577f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.5294502f, 0.37612584f, -0.2953774f, -0.8040676f, -0.052198492f, -0.76796305f, -0.026178189f, 0.8164897f,
    -0.792927f, -0.6966574f, 0.4799249f, -0.34438497f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.594421f, -0.35007098f, 0.52614415f, 0.19777086f, 0.09242159f, -0.21940178f, 0.12325907f, -0.06877163f,
    0.7800524f, -0.026982605f, 0.60085297f, 0.11317417f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.72758317f, -0.80790174f, -0.22409979f, 0.15147474f, 0.13981548f, 0.7895647f, 0.37046707f, -0.67626595f,
    0.077809215f, -0.11939469f, 0.43318388f, 0.15766665f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.24562073f, 0.23447356f, -0.8811182f, 0.11349714f, 0.05891882f, -0.41543043f, -0.061541587f, 0.62079144f,
    0.78296936f, -0.45055735f, 0.6546396f, -0.2016413f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.0034574121f, -0.5280667f, -0.10004684f, 0.044730693f, -0.7920531f, -0.2778326f, -0.69056535f, -0.23626721f,
    -0.15793118f, 0.8606911f, -0.2632376f, 0.043343455f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.21115865f, 0.59240526f, 0.2954774f, -0.5784614f, 0.3309205f, 0.23844646f, -0.69879603f, -0.1670151f,
    -0.20800729f, 0.8786579f, 0.08262414f, -0.28971788f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.4799627f, 0.08879912f, 0.37458804f, -0.7867347f, -0.62908626f, 0.10797532f, 0.10126117f, -0.18840861f,
    -0.69217515f, 0.7333454f, 0.19396299f, 0.31868866f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.14084028f, -0.25966907f, -0.6417991f, -0.36143607f, 0.16743073f, 0.076001376f, 0.5919576f, 0.2366512f,
    0.4672818f, 0.81938756f, -0.32726216f, -0.12410474f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.027191319f, 0.43699455f, -0.19307283f, 0.44977605f, 0.6849042f, -0.17442481f, 0.04620453f, -0.02546668f,
    0.30213976f, 0.13451578f, 0.111799255f, -0.4263857f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.031410754f, 0.22602096f, -0.27653265f, 0.0046504736f, 0.33534187f, 0.31400162f, 0.5323051f, -0.32218722f,
    -0.27099645f, -0.37951803f, 0.51105475f, 0.08162102f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.37526962f, 0.5424166f, -0.01428891f, 0.29303074f, -0.2424989f, 0.06178239f, 0.4505112f, 0.16873175f,
    -0.29176614f, 0.66503704f, 0.53380656f, -0.6827363f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.056568503f, -0.2160188f, 0.1732035f, -0.699957f, 0.24207404f, -0.6700195f, -0.55371845f, -0.2390351f,
    -0.48521253f, -0.09738892f, -0.48867705f, 0.072221726f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.42334747f, -0.43734574f, -0.17254576f, -0.53949f, -0.7587089f, -0.7141466f, -0.26271278f, -0.5832453f,
    -0.35357553f, 0.49855307f, 0.5960334f, 0.5864773f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.22483629f, -0.0688923f, 0.12608331f, 0.048948362f, 0.047491495f, 0.051743597f, -0.17882106f, 0.34595212f,
    -0.08188219f, -0.12910545f, 0.104920685f, -0.09069885f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.48849237f, 0.3947715f, 0.6288441f, 0.24472056f, -0.7217839f, 0.43608344f, -0.7423996f, -0.5864073f,
    -0.49650845f, 0.484289f, -0.33095384f, 0.29959428f, 0.0f, 0.0f, 0.0f, 0.0f
};

static const float layer_12_bias[16] = {
    0.46966028f, 0.4100144f, -0.2622987f, 0.074719846f, -0.466716f, 0.23209244f, 0.16252553f, -0.25673777f,
    -0.47241724f, -0.12814182f, -0.24640554f, -0.35268486f, 0.0f, 0.0f, 0.0f, 0.0f
};

/* ---- memory --------------------------------------------------------------------------------------- */

/* Every activation lives here; those that are not alive at one time share memory. */
#ifdef __GNUC__
__attribute__((aligned(64)))
#endif
static float arena[400];

/* Where the first pixel of each result lies, in floats; those by rows keep the last few of them. */
enum {
    AT_LAYER_2 = 0,    /* 5 x 24 */
    AT_LAYER_5 = 256,    /* 7 x 8 */
    AT_LAYER_8 = 320,    /* 7 x 8 */
    AT_LAYER_9 = 128,    /* 5 x 24 */
    AT_LAYER_9_SCRATCH = 384,    /* 16 */
    ARENA_END = 400
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
        for (int h = 0; h < 6; h++)
            for (int i = 0; i < 5; i++) {
                const int g = h / 3;
                const float *query = q + b * 120 + h * 4 + i * 24;
                float *sum = out + b * 120 + h * 4 + i * 24;
                const int first = 0;
                int last = 7;
                for (int j = 0; j < 16; j++)
                    score[j] = -INFINITY;
                for (int j = first; j < last; j++) {
                    const float *key = k + b * 56 + g * 4 + j * 8;
                    const float s = dot_product(query, key, 4) * 0.5f;
                    score[j] = s;
                }
                weigh_scores(score, 16);
                for (int d = 0; d < 4; d++)
                    sum[d] = 0.0f;
                for (int j = first; j < last; j++) {
                    const float *value = v + b * 56 + g * 4 + j * 8;
                    const float weight = score[j];
                    if (weight > 0.0f)
                        for (int d = 0; d < 4; d++)
                            sum[d] += weight * value[d];
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
