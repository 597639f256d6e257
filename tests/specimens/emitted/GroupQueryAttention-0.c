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
    0.2481507f, 0.322499f, 0.34426752f, 0.041258752f, 0.036867976f, -0.09793222f, -0.0013904274f, 0.409176f,
    -0.57908964f, 0.08570713f, -0.38104808f, -0.36263147f, -0.44273886f, -0.26524478f, -0.7284981f, 0.15078618f,
    0.26466987f, 0.046201617f, 0.4205077f, 0.02900058f, -0.8443322f, 0.3589967f, 0.20625031f, 0.38148865f,
    0.26653895f, 0.46062374f, 0.05629927f, 0.4864391f, -0.47503638f, -0.59891295f, -0.63935673f, 0.5552949f,
    -0.26961327f, -0.27348447f, -0.34885913f, -0.100783825f, 0.08626453f, 0.13440372f, 0.27400342f, 0.4407753f,
    0.25871176f, 0.60663116f, -0.30966538f, -0.5155008f, 0.13540149f, -0.14846003f, 0.0016762912f, 0.54378366f,
    -0.25148377f, -0.08982164f, 0.08203186f, -0.092921406f, -0.6903231f, 0.46814102f, -0.54009545f, 0.4567177f,
    -0.537552f, -0.029055536f, 0.023451768f, -0.0047244504f, 0.23923956f, 0.10483366f, 0.67837846f, -0.7030765f,
    -0.00665994f, -0.41503498f, 0.28341663f, -0.13858847f, 0.47982347f, 0.2728242f, -0.36644515f, -0.06018269f,
    0.71187925f, 0.35511303f, 0.037644833f, 0.044490024f, -0.07774412f, 0.37743482f, 0.013861656f, 0.3189109f,
    0.052292228f, 0.08523503f, -0.655152f, -0.02720331f, 0.62895995f, -0.08998175f, -0.56724226f, 0.20449671f,
    -0.12866288f, 0.17171308f, -0.46408707f, -0.5334417f, -0.56779027f, 0.196412f, -0.6314223f, 0.1780493f,
    -0.19023035f, 0.6636596f, -0.13279276f, 0.73981535f, 0.043716557f, 0.020425633f, 0.8076092f, -0.09029746f,
    -0.03691134f, -0.03193812f, -0.3904525f, -0.2141155f, 0.268229f, -0.16934033f, -0.7458186f, 0.18861485f,
    0.16477215f, -0.3022299f, 0.25601536f, 0.13084853f, -0.14867845f, 0.31119344f, 0.6691856f, 0.16336048f,
    0.5014737f, -0.2894365f, -0.08524981f, 0.038003743f, -0.105467945f, -0.13963096f, 0.028221827f, 0.31006822f,
    0.5560838f, 0.13070494f, -0.01897705f, -0.38962162f, -0.559153f, -0.3336732f, -0.09767008f, 0.09827784f,
    -0.20565829f, -0.2223522f, -0.1849321f, -0.22981045f, 0.2634831f, -0.11837384f, -0.6502407f, -0.17068225f,
    0.18337435f, 0.495079f, -0.5998442f, 0.24611118f, 0.28015834f, 0.71052736f, -0.02101618f, -0.13745682f,
    0.813524f, 0.05463457f, -0.35840893f, -0.17436291f, 0.64182043f, -0.58768326f, -0.51861f, -0.2749236f,
    0.54465437f, -0.10331306f, 0.77080727f, 0.21902543f, -0.012375265f, 0.48319912f, 0.39720365f, -0.33707127f,
    -0.17030206f, 0.35506564f, -0.3677262f, 0.0096645355f, 0.4332494f, -0.6352733f, 0.3710451f, -0.21305473f,
    0.6549379f, 0.018192172f, -0.46440417f, 0.050855577f, 0.36032876f, 0.054409117f, -0.2900677f, -0.026533116f,
    0.25470644f, -0.095617026f, -0.16947389f, -0.38037437f, -0.70507216f, 0.46044508f, -0.007627547f, 0.23165447f,
    0.35053393f, -0.07574788f, 0.5660445f, -0.45805675f, 0.80298537f, -0.019921139f, -0.26946226f, 0.16367252f,
    0.15821117f, -0.019125491f, -0.09770763f, -0.2846935f, -0.0010631084f, 0.21917233f, -0.67445284f, -0.7738937f,
    0.13292572f, -0.54301083f, -0.097472906f, 0.29441592f, 0.43191314f, 0.044919446f, -0.51198167f, -0.29405248f,
    -0.31929702f, -0.41458014f, -0.11532171f, 0.50155365f, -0.19505924f, 0.30769482f, -0.16836366f, 0.6486392f,
    0.0007907748f, -0.051879182f, -0.04249388f, -0.18037589f, 0.4689131f, 0.6675633f, 0.38571078f, -0.10375163f,
    -0.36206746f, 0.6273557f, -0.33794633f, -0.39806083f, 0.47736967f, -0.8230687f, -0.08967471f, 0.52042884f,
    0.77013755f, -0.30113602f, -0.2842713f, -0.07895425f, 0.048334748f, 0.2942966f, 0.06282106f, 0.23247236f,
    0.6083508f, -0.4932004f, 0.13544229f, 0.08106853f, -0.20894837f, -0.32267508f, 0.34312835f, -0.042812556f,
    0.05109718f, 0.76894844f, 0.3411226f, 0.22509211f, 0.5694645f, 0.401795f, -0.24083544f, -0.67612714f,
    -0.7753428f, 0.032456845f, 0.4244785f, -0.08425169f, 0.07549077f, -0.5860207f, -0.32860905f, 0.302407f,
    -0.013727341f, -0.30061835f, 0.3907862f, -0.055966437f, -0.11001241f, -0.15010458f, -0.5441153f, -0.04019536f,
    -0.73241705f, 0.3429551f, 0.16265604f, 0.20480178f, 0.1049079f, 0.5301279f, 0.58628434f, -0.55848336f
};

static const float layer_2_bias[24] = {
    -0.43150085f, -0.39628047f, -0.25540894f, 0.13387096f, 0.06944549f, -0.18359828f, 0.391361f, -0.006723821f,
    -0.29864377f, 0.091739595f, 0.21081448f, -0.21634912f, -0.43375188f, 0.10007298f, 0.18724501f, -0.050762117f,
    -0.35118413f, -0.4595828f, -0.22536516f, -0.38520384f, -0.28609812f, -0.42640132f, -0.020499825f, 0.07393557f
};

static const float layer_5_w[80] = {
    -0.12313015f, 0.27316162f, -0.48328918f, 0.3768201f, 0.5680083f, -0.78399795f, 0.5076899f, 0.013680771f,
    -0.80009353f, -0.5469081f, 0.3233704f, -0.13457453f, 0.0005899519f, -0.09137401f, 0.26788425f, -0.28812054f,
    0.4003876f, -0.49932942f, -0.23844536f, -0.28005803f, -0.101563334f, 0.8232764f, 0.00090673566f, 0.38993403f,
    0.2920613f, 0.675366f, 0.6670364f, 0.36965188f, -0.26686108f, 0.58432025f, -0.5664451f, -0.1521965f,
    -0.2682452f, -0.7180439f, -0.25233495f, 0.78402376f, -0.20802152f, -0.20284322f, -0.25392196f, 0.7589005f,
    0.12943555f, 0.2052562f, -0.020512797f, -0.5099531f, -0.19767006f, -0.28007978f, 0.42306086f, 0.7100775f,
    0.1722723f, -0.021401122f, 0.5084161f, 0.2268011f, 0.6862203f, -0.24688934f, 0.6254009f, -0.54295194f,
    0.9882992f, -0.75408566f, 0.5633508f, 0.5202836f, -0.28417313f, 0.7400216f, 0.053252086f, 0.20400816f,
    -0.051078588f, -0.06116256f, 0.57427084f, 0.07546192f, -0.4535752f, -0.5908967f, 0.31386638f, 0.5878597f,
    0.22312316f, -0.35858238f, 0.10292131f, 0.33231792f, -0.34507182f, 0.428179f, -0.29929096f, 0.07250655f
};

static const float layer_5_bias[8] = {
    0.46659935f, -0.24156988f, 0.14857984f, 0.22991109f, -0.4994527f, -0.06625271f, -0.040109277f, -0.45127386f
};

static const float layer_8_w[80] = {
    0.062579185f, 0.4698372f, 0.01985078f, 0.18962032f, 0.25121644f, -0.5834376f, -0.7107936f, -0.20635593f,
    -0.33747295f, -0.87190723f, 0.28996328f, -0.00981747f, -0.6908174f, -0.13958098f, -0.062150627f, 0.09693605f,
    -0.30856413f, -0.30232352f, 0.2988888f, 0.19221437f, 0.095144905f, 0.26302055f, 0.16492194f, 0.05028823f,
    -0.60424465f, -0.00999102f, -0.37850392f, -0.09776506f, -0.47276768f, -0.020944685f, 0.46781966f, 0.025112681f,
    0.48237616f, -0.10758136f, 0.3354259f, -0.3071925f, -0.03117171f, 0.40369597f, 0.21868208f, 0.867712f,
    0.37246543f, 0.5444482f, -0.6981157f, 0.7918896f, 0.7071677f, 0.20326453f, 0.07666466f, -0.16840598f,
    -0.1562064f, 0.5566273f, -0.9239242f, 0.3182153f, 0.34406656f, -0.3391822f, 0.16286562f, 0.9978852f,
    0.2367189f, -0.34609455f, 0.53178906f, 0.42426643f, 0.46678984f, -0.822729f, 0.5619885f, -0.104882315f,
    0.5335947f, -0.75231713f, 0.32828057f, -0.31015304f, 0.27081037f, -0.092304856f, 0.19588846f, 0.18457548f,
    0.58572036f, 0.7436126f, 0.39394903f, 0.18653424f, -0.090116605f, -0.7155162f, 0.5649904f, -0.72832716f
};

static const float layer_8_bias[8] = {
    0.110928714f, -0.35115415f, 0.3785333f, 0.41961443f, -0.27354115f, -0.1798014f, 0.23882896f, -0.09263706f
};

static const float layer_12_w[384] = {
    -0.1454768f, -0.4229121f, -0.087720245f, -0.5884807f, 0.27267188f, 0.55139565f, 0.29419184f, -0.074632496f,
    -0.4262213f, -0.5063993f, 0.18694341f, 0.34749633f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.57729995f, -0.3600834f, -0.012650073f, 0.39017642f, -0.5397891f, 0.009560496f, 0.121702746f, -0.64772606f,
    0.001978591f, 0.31056535f, 0.38535514f, -0.40436274f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.40602604f, 0.6391f, -0.19035645f, -0.14717662f, 0.0442784f, 0.27314886f, -0.04688029f, 0.77579343f,
    -0.25504282f, -0.6971558f, -0.79713064f, 0.42746782f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.1769799f, 0.5065394f, 0.37623587f, 0.1130962f, 0.5738064f, 0.27581736f, -0.22367422f, 0.17644565f,
    -0.027310401f, -0.49415523f, 0.17003304f, -0.13492645f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.26643312f, -0.3855657f, 0.2702232f, -0.6902344f, 0.3977086f, 0.16639115f, -0.41509834f, -0.6388811f,
    -0.45587832f, 0.34833354f, 0.4199791f, 0.1056243f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.09137112f, 0.019962192f, -0.37784272f, 0.3697083f, -0.39788452f, -0.13519596f, 0.027314842f, 0.6135261f,
    -0.475234f, -0.31218168f, -0.037844718f, -0.5469314f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.122287005f, -0.072534256f, 0.29843658f, 0.010202359f, -0.048801117f, -0.17239399f, 0.08348213f, -0.0038731992f,
    -0.38284516f, -0.17578611f, 0.04285589f, 0.043854684f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.4836697f, 0.7479335f, 0.44930124f, -0.5103468f, 0.1388786f, -0.048357397f, 0.40956426f, -0.012447022f,
    -0.11773491f, 0.403887f, 0.26460356f, -0.024271414f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.068512484f, 0.07476788f, 0.1594581f, -0.19605568f, -0.15471154f, 0.15955526f, 0.17644477f, 0.23453271f,
    -0.07220909f, 0.014552191f, -0.7518276f, 0.46512288f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.0021854788f, 0.033089757f, 0.1459261f, -0.29159138f, 0.41254774f, -0.5313509f, -0.34321254f, 0.30316046f,
    0.33035445f, 0.42124346f, -0.25627545f, 0.43683043f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.2096299f, 0.34725052f, 0.46156985f, -0.7237405f, -0.26063275f, -0.021644179f, -0.045548767f, -0.03909886f,
    0.47525886f, -0.44080472f, -0.65202725f, 0.12374288f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.26070404f, -0.45197552f, -0.64704555f, 0.45310533f, -0.4130242f, -0.47906333f, 0.27089405f, -0.19504611f,
    -0.032938913f, -0.35750765f, -0.26557103f, 0.7991277f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.63700485f, 0.7789142f, -0.2472225f, -0.105306804f, 0.6924993f, 0.75080353f, -0.33253384f, 0.1248475f,
    -0.09886424f, -0.2867239f, -0.2260735f, -0.5874691f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.18544364f, 0.19945848f, -0.35200185f, -0.098188564f, 0.73745114f, 0.4295165f, -0.7787446f, -0.1794856f,
    0.12240291f, -0.13648596f, -0.58530074f, 0.19253105f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.6226759f, 0.4354602f, 0.856655f, 0.40441617f, -0.20099379f, -0.37308222f, -0.06052256f, -0.039270453f,
    -0.61633426f, -0.16987202f, -0.26817656f, 0.02493471f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.14290646f, -0.5671381f, 0.56035066f, -0.37948713f, -0.19319504f, -0.21142974f, 0.12785652f, -0.09105784f,
    -0.20164026f, 0.61957914f, 0.6083906f, 0.39106604f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.102865994f, -0.33102193f, 0.4777426f, 0.3514237f, -0.35682154f, -0.10612762f, -0.52711f, -0.04166892f,
    -0.37715873f, -0.47945106f, -0.23937112f, 0.2833568f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.42141867f, -0.016243383f, 0.044572383f, 0.52953285f, -0.3067678f, 0.4672844f, 0.25661874f, 0.79272276f,
    0.054154545f, -0.06218043f, 0.22522557f, 0.253085f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.17618343f, 0.30829352f, 0.17704453f, -0.0066706985f, 0.021350894f, -0.5654913f, 0.2657231f, -0.55146825f,
    0.069898196f, 0.0059086494f, 0.23749037f, -0.5718765f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.23935196f, -0.023114234f, 0.3278094f, 0.38573864f, -0.6476816f, -0.75586f, 0.70132345f, -0.07081026f,
    0.18143204f, -0.5978642f, 0.1970444f, -0.21027254f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.02713506f, -0.020417616f, 0.58423924f, 0.41271073f, 0.058597177f, -0.36286557f, 0.4510964f, 0.18999168f,
    -0.14006887f, -0.10660307f, 0.08993292f, -0.0011927187f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.2698457f, 0.042385817f, 0.09497106f, -0.11005881f, 0.32032588f, 0.20829591f, 0.5668553f, -0.098965794f,
    0.044675663f, -0.04706365f, -0.027126417f, -0.6841327f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.42286777f, -0.49504724f, -0.442922f, -0.0022732094f, 0.50013083f, 0.063501835f, 0.6190971f, -0.4868691f,
    -0.23264968f, -0.120010406f, 0.44660655f, 0.01800742f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.14546183f, -0.4888937f, 0.29888114f, 0.46711183f, 0.021085963f, -0.4515955f, -0.12358105f, 0.29871115f,
    0.3695279f, 0.29902315f, -0.3772244f, -0.7285043f, 0.0f, 0.0f, 0.0f, 0.0f
};

static const float layer_12_bias[16] = {
    -0.058208108f, 0.4616164f, -0.4556468f, 0.49350983f, -0.20092964f, -0.11714578f, 0.38170987f, -0.119283795f,
    -0.39420623f, 0.2390027f, -0.48533f, -0.10371691f, 0.0f, 0.0f, 0.0f, 0.0f
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
    for (int ky = first; ky < last; ky++) {
        if (FEW(channels) && columns == 1 && vecs == 1) {     /* no loop for a few short steps: it would end as soon as it runs */
            UNROLL for (int i = 0; i < channels; i++)
                UNROLL for (int p = 0; p < n; p++)
                    UNROLL for (int v = 0; v < vecs; v++)
                        sum[p][v] = mul_add8(sum[p][v], rows[ky][p * step + i], load8(w + i * block + v * LANES8));
            w += channels * block;
            continue;
        }
        for (int kx = 0; kx < columns; kx++)
            for (int i = 0; i < channels; i++, w += block)
                UNROLL for (int p = 0; p < n; p++)
                    UNROLL for (int v = 0; v < vecs; v++)
                        sum[p][v] = mul_add8(sum[p][v], rows[ky][p * step + kx * tap + i], load8(w + v * LANES8));
    }
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
