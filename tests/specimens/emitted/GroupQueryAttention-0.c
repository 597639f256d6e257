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
    0.19407248f, -0.41015443f, 0.2583438f, -0.52146655f, 0.35014635f, 0.06881994f, -0.34895286f, -0.15393579f,
    -0.057397738f, -0.28397304f, 0.32687402f, -0.00635311f, 0.29141697f, 0.4815266f, -0.3152853f, 0.65918815f,
    0.45867082f, -0.22686341f, 0.25097546f, 0.1269415f, -0.6650896f, 0.18254834f, 0.44162846f, 0.38514027f,
    0.48434708f, 0.5804477f, -0.3340348f, 0.42927295f, -0.08689988f, -0.46667385f, -0.6852791f, 0.56688046f,
    0.23042822f, -0.13515413f, -0.13443571f, -0.6652523f, 0.05768148f, -0.6126176f, -0.46995047f, -0.185891f,
    0.425353f, 0.34384063f, -0.73876524f, -0.4922706f, 0.0016194582f, -0.5062266f, 0.4743946f, 0.6588964f,
    0.010676831f, 0.28835273f, 0.20490481f, -0.3726783f, -0.457747f, 0.65550417f, -0.10172543f, -0.2863362f,
    -0.39549187f, 0.6907828f, 0.47963282f, 0.088078074f, 0.69092524f, -0.46374685f, 0.41117024f, -0.60223985f,
    -0.32517272f, -0.67816746f, -0.38452464f, 0.10631879f, -0.36137354f, -0.38599578f, -0.6010978f, -0.49311376f,
    0.27213907f, -0.32829535f, -0.64164436f, -0.30012584f, 0.4309829f, 0.696905f, -0.031240404f, 0.03435515f,
    0.43225604f, 0.20760605f, -0.33441347f, 0.4108488f, 0.011466682f, 0.6661608f, -0.02297008f, 0.7818687f,
    -0.51521575f, 0.48915598f, -0.5877682f, -0.4512381f, -0.21826093f, -0.34572908f, -0.1836578f, -0.6247386f,
    0.33035994f, 0.553283f, -0.22354351f, 0.3469942f, 0.14691931f, 0.01706238f, 0.6146376f, -0.1021148f,
    -0.49272975f, -0.5726159f, -0.4598679f, -0.38668674f, 0.5457109f, -0.38239336f, -0.49213275f, 0.20795006f,
    0.6471265f, -0.10575482f, 0.61170745f, 0.17188019f, -0.05792591f, 0.07754824f, 0.7399088f, 0.30195993f,
    -0.31746447f, 0.31146976f, -0.2283707f, 0.6691848f, 0.12481102f, -0.6238036f, -0.038524825f, 0.31614688f,
    -0.29143658f, 0.65241367f, 0.33750814f, 0.21431619f, 0.03669995f, 0.29204813f, 0.66494405f, -0.07655826f,
    0.21158448f, -0.4404881f, -0.27772212f, 0.32701793f, 0.079235494f, -0.7644119f, -0.4640364f, -0.6959667f,
    0.056723114f, -0.39113083f, -0.24501106f, 0.0027961507f, 0.5800248f, 0.28313154f, -0.3008595f, 0.39288855f,
    -0.042767584f, -0.45981503f, 0.051418666f, 0.19605492f, 0.008895963f, -0.05921203f, -0.10985933f, 0.15478645f,
    0.008424059f, 0.044092268f, -0.03385383f, 0.6990641f, -0.29424927f, 0.7093365f, 0.3285034f, 0.13985619f,
    0.2995802f, 0.42062384f, -0.2789924f, 0.67826015f, 0.18818372f, -0.3129807f, -0.22811437f, 0.15541248f,
    0.57935137f, -0.1898753f, 0.3679284f, -0.27447885f, 0.1650249f, 0.32887015f, -0.5882015f, -0.038687874f,
    -0.06763661f, -0.070887595f, -0.16452986f, 0.30691898f, 0.08420375f, 0.26889047f, 0.5554057f, 0.124596f,
    0.2486588f, -0.13726446f, 0.28045756f, -0.05632259f, 0.671991f, 0.26180172f, 0.26308808f, -0.050080705f,
    -0.30083245f, -0.43743768f, 0.67270994f, 0.2741849f, 0.095890164f, 0.23391727f, -0.018442214f, -0.72116756f,
    -0.6863481f, -0.2789457f, -0.44646275f, -0.036301643f, -0.23788838f, -0.48429215f, -0.18451232f, 0.61534977f,
    -0.5955994f, -0.025729023f, -0.34543717f, 0.2573371f, 0.2787835f, 0.20452008f, 0.6542436f, -0.21260726f,
    -0.3211677f, -0.5218075f, -0.36948103f, -0.44397032f, -0.08660661f, 0.031728715f, 0.35091197f, -0.28287682f,
    -0.35838175f, 0.37122473f, -0.36887833f, -0.3755844f, -0.14849448f, -0.18588144f, 0.61056584f, 0.085923746f,
    0.5841681f, -0.177776f, 0.049461722f, -0.13992462f, 0.1793327f, -0.006639272f, 0.31994978f, 0.1758728f,
    -0.14643554f, 0.16221032f, 0.69546294f, -0.34474215f, 0.06863952f, 0.055939756f, 0.78478444f, 0.790159f,
    -0.44425353f, 0.5167793f, 0.44127843f, -0.047485117f, -0.110789776f, 0.30407974f, -0.32749015f, -0.088287115f,
    -0.093009055f, 0.23595521f, 0.16613403f, -0.21005796f, 0.3636641f, -0.27085266f, -0.47611612f, -0.19187781f,
    0.21509519f, -0.563958f, -0.14300814f, 0.057255924f, 0.13045537f, 0.056034923f, -0.5339353f, -0.20969297f,
    -0.5796177f, -0.17163372f, 0.04094544f, -0.5437045f, -0.2977276f, 0.57482696f, 0.21315192f, -0.029052466f
};

static const float layer_2_bias[24] = {
    0.23605943f, -0.16978008f, 0.4677397f, 0.062255144f, -0.026725233f, 0.08129835f, 0.41311693f, -0.27042323f,
    0.22225213f, -0.042873144f, -0.248909f, 0.023156106f, 0.16501075f, 0.20550263f, -0.14634418f, 0.4856372f,
    -0.22042578f, -0.26579112f, 0.47269702f, -0.4369567f, -0.13752753f, 0.028687894f, -0.13159382f, 0.16756797f
};

static const float layer_5_w[80] = {
    0.1979509f, -0.05548659f, -0.8098862f, 0.34122652f, 0.25314635f, -0.6224609f, 0.4040533f, 0.008089617f,
    -0.0075044334f, 0.17139453f, -0.29905134f, -0.6876031f, 0.5136309f, 0.22191462f, 0.6882389f, 0.109582156f,
    0.37092274f, 0.20484397f, 0.2763198f, -0.18809307f, 0.065354645f, 0.6328448f, 0.057008237f, -0.22081491f,
    0.15927634f, 0.4127835f, 0.48753068f, 0.46599856f, -0.055376124f, 0.64066786f, -0.4801136f, 0.3145211f,
    0.06658968f, -0.33976424f, -0.48344624f, 0.064524084f, -0.8761273f, -0.039857835f, 0.17909381f, 0.7587695f,
    0.30972415f, -0.3506656f, -0.039134182f, -0.4288882f, 0.38728464f, -0.2658199f, -0.17499422f, 1.0317413f,
    -0.7611544f, -0.63713384f, -0.28806734f, -0.699544f, 0.20216739f, 0.06358154f, 0.25611374f, 0.25638112f,
    0.7316983f, -0.8634328f, 0.39398816f, 0.45792744f, 0.19714142f, 0.6712771f, -0.4321289f, 0.7927134f,
    0.37206492f, -0.2049261f, 0.8991451f, 0.47491127f, -0.5881816f, -0.027395576f, -0.20963383f, 0.32568032f,
    0.32045314f, -0.3372764f, -0.5018244f, -0.058803886f, 0.0016053021f, -0.030593896f, 0.16537021f, 0.44041204f
};

static const float layer_5_bias[8] = {
    0.22315931f, 0.43470603f, -0.39501995f, -0.0023002625f, 0.23461336f, 0.009449542f, 0.13174444f, -0.2216897f
};

static const float layer_8_w[80] = {
    0.68774164f, 0.012642011f, -0.49090475f, 0.58940256f, 0.43168214f, -0.20167053f, -0.5394113f, -0.49500245f,
    0.28873864f, -0.26689777f, -0.08408783f, 0.15267129f, -0.75551856f, -0.18464561f, 0.12046394f, -0.16773468f,
    0.07849293f, -0.2773323f, 0.14898296f, 0.8465949f, -0.5443334f, -0.16578123f, -0.019274779f, -0.6251434f,
    -0.45647705f, 0.16697493f, -0.42982978f, -0.017237812f, 0.24634632f, -0.20636198f, -0.35358307f, -0.1775614f,
    0.20352168f, -0.6232804f, -0.18120599f, -0.46086234f, -0.021736473f, 0.41138574f, 0.48571762f, 0.027547956f,
    0.0055416822f, 0.6621874f, -0.14695069f, 0.34747744f, -0.049770474f, 0.40141475f, -0.48313794f, -0.046426266f,
    0.608148f, 0.37835017f, -0.8066801f, 0.08343327f, 0.26765853f, -0.8053106f, -0.429254f, 0.581778f,
    -0.091469765f, -0.54462415f, -0.07626191f, 0.11434279f, 0.7931704f, 0.013319045f, -0.010643095f, -0.4164152f,
    0.5817702f, -0.516856f, -0.014734343f, -0.35067943f, 0.26809514f, -0.673015f, 0.7269736f, -0.66530263f,
    0.016557872f, 0.09072536f, -0.13686413f, -0.22884642f, 0.20627995f, -0.085241795f, 0.094061166f, 0.039077103f
};

static const float layer_8_bias[8] = {
    0.40331066f, 0.13214111f, -0.34018588f, 0.36078107f, 0.14710444f, 0.24178189f, -0.48517096f, -0.030478835f
};

static const float layer_12_w[384] = {
    -0.049509436f, -0.09866047f, 0.35532507f, 0.7113738f, 0.10638896f, 0.6697068f, -0.23959012f, -0.21513735f,
    0.007774502f, -0.06521803f, 0.095877856f, -0.22351852f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.36735284f, -0.2480029f, 0.0538992f, -0.22769912f, 0.29706323f, 0.70495725f, 0.43834427f, 0.15094756f,
    0.24277535f, 0.33706307f, 0.48769748f, -0.022989646f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.4156617f, 0.55823135f, 0.03185831f, 0.24117795f, 0.4109171f, -0.20061228f, 0.66746557f, 0.49390337f,
    -0.15121779f, -0.71107835f, 0.37607744f, 0.44065052f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.17995286f, -0.43842164f, -0.6466451f, 0.37237412f, 0.5181747f, 0.08271575f, 0.087966755f, 0.25769928f,
    -0.040095955f, 0.032203645f, -0.041962817f, 0.036345944f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.47764897f, -0.36036682f, 0.33515707f, -0.1704248f, -0.7133176f, -0.0778697f, 0.032845765f, -0.1265887f,
    -0.31622845f, 0.19264181f, -0.48759496f, 0.53920364f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.33262512f, -0.5249866f, -0.13897648f, 0.26783472f, -0.19490346f, 0.11033413f, -0.30169603f, -0.43984896f,
    0.31290185f, -0.59960985f, -0.20581992f, -0.046508312f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.10816941f, -0.0013678372f, 0.20006818f, 0.10329782f, 0.38283715f, 0.2919043f, -0.45230952f, 0.14948267f,
    -0.4530854f, 0.33168778f, -0.18609351f, -0.047227457f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.6385381f, -0.110063486f, 0.29425567f, 0.6019455f, -0.1081939f, -0.77030945f, -0.029003402f, -0.09351677f,
    -0.17495506f, -0.2586652f, -0.66919327f, 0.16223142f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.17272088f, -0.12197243f, 0.18363288f, 0.052160814f, -0.03943339f, -0.06643608f, -0.09051485f, -0.30865192f,
    -0.3813244f, -0.5704931f, 0.11904994f, -0.878785f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.05910345f, 0.48993388f, 0.64774823f, -0.6604135f, -0.35625306f, -0.3132991f, -0.52137893f, 0.22029644f,
    0.09000063f, -0.18441501f, 0.03245029f, -0.6060271f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.34052372f, -0.26020196f, 0.3257285f, -0.092464f, 0.19094038f, -0.87769747f, 0.60955006f, 0.028137475f,
    0.17704463f, -0.04151237f, 0.66148883f, -0.7586875f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.1462552f, -0.7429868f, 0.28672734f, 0.517727f, -0.4571161f, 0.05937913f, 0.2337048f, -0.17791066f,
    -0.46766895f, 0.50636065f, 0.036181062f, 0.08332315f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.06507528f, 0.17037341f, -0.2804967f, 0.7884031f, -0.1683112f, -0.19714816f, 0.5034665f, 0.46081004f,
    0.6532642f, -0.57765055f, 0.2668268f, 0.3339886f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.17559282f, 0.18075162f, 0.121916324f, 0.6375823f, -0.53872347f, -0.29688993f, -0.6312688f, 0.03393823f,
    0.15361252f, 0.07727459f, -0.23521401f, 0.45095804f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.18979086f, -0.150738f, 0.5839955f, -0.061342075f, 0.22086003f, 0.20122199f, -0.08622339f, 0.75964403f,
    -0.46399435f, 0.70102835f, -0.006336868f, -0.23683622f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.3002571f, -0.4926842f, 0.37080124f, 0.10746524f, -0.16870335f, 0.18745793f, 0.105505675f, -0.1423068f,
    -0.48570174f, 0.017726988f, 0.032072783f, -0.28999248f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.06365754f, -0.2521013f, -0.35664386f, 0.064092636f, 0.18674937f, -0.28495136f, 0.65181816f, 0.4749198f,
    0.37659904f, 0.10291076f, -0.29906034f, 0.6698857f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.35581484f, 0.37731147f, 0.043468393f, 0.09890659f, 0.46906394f, 0.25687832f, -0.3921099f, 0.2695459f,
    -0.26599926f, -0.59870195f, -0.32211637f, -0.43511468f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.4236617f, -0.30186287f, 0.021430373f, -0.15447766f, 0.67039657f, 0.027695114f, 0.28536922f, 0.36064574f,
    0.34679353f, -0.022356912f, -0.065049455f, -0.091356725f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.015842646f, -0.089286774f, -0.28422636f, 0.047694255f, -0.4377655f, -0.32510802f, -0.07227932f, 0.058474787f,
    -0.14992526f, 0.3866484f, 0.32175678f, -0.029420197f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.21761459f, -0.25854295f, -0.19166628f, -0.4099768f, -0.10255728f, -0.18091746f, -0.30575612f, -0.6170665f,
    -0.14431426f, 0.0013764501f, 0.23914304f, -0.4831632f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.28193724f, -0.16909623f, -0.37076226f, -0.44963592f, 0.07031798f, -0.063248575f, -0.09592724f, -0.28655818f,
    0.3296948f, 0.36660144f, 0.6638691f, 0.17139706f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.38314176f, 0.356331f, -0.18551123f, -0.4483022f, -0.24997157f, -0.81535256f, -0.12830874f, 0.35736296f,
    0.1990671f, -0.15142655f, 0.6480535f, -0.26084548f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.32129556f, -0.24490145f, 0.06447558f, 0.35933495f, 0.13962153f, -0.35809958f, 0.017212331f, -0.18903798f,
    -0.027208954f, 0.31414086f, -0.013630524f, 0.020119369f, 0.0f, 0.0f, 0.0f, 0.0f
};

static const float layer_12_bias[16] = {
    -0.42186856f, -0.13311338f, -0.062231004f, 0.49738622f, -0.3746944f, -0.19148272f, 0.22739857f, 0.046557903f,
    -0.40058845f, -0.17167431f, 0.25734234f, 0.34905267f, 0.0f, 0.0f, 0.0f, 0.0f
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
