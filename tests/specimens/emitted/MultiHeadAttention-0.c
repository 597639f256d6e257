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

/* ---- weights --------------------------------------------------------------------------------- */

static const float layer_2_w[192] = {
    -0.018157959f, -0.12794363f, 0.48296875f, -0.25815347f, 0.19765702f, -0.35266173f, -0.15744334f, 0.39849046f,
    0.17942394f, -0.40361595f, -0.11564687f, -0.13281357f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.25925437f, 0.2850626f, -0.68066156f, 0.5713359f, 0.58381367f, -0.7701802f, 0.026003629f, -0.4051219f,
    0.6599755f, 0.5174503f, -0.37543166f, -0.31511924f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.29131263f, 0.27448642f, 0.3032208f, -0.54581726f, -0.91477036f, 0.67740476f, 0.06562037f, -0.11650121f,
    0.085953936f, 0.39167532f, -0.19175778f, 0.8686234f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.21038619f, -0.026586622f, -0.30249506f, -0.2119964f, -0.3753565f, -0.16627699f, 0.533002f, 0.043781526f,
    0.3874561f, -0.3421974f, -0.16953951f, -0.7801645f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.09110308f, -0.21950758f, -0.17955753f, 0.042222857f, -0.08423153f, -0.16086613f, 0.1508925f, 0.2820905f,
    0.7156335f, 0.5717473f, -0.17897224f, -0.32670066f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.81388307f, -0.08133745f, 0.6015348f, 0.32601023f, -0.2099585f, -0.20433351f, 0.11323118f, 0.061776012f,
    -0.21389687f, 0.01880613f, 0.30664504f, 0.35024124f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.17726344f, 0.7266493f, -0.04600282f, -0.03628671f, -0.22525734f, 0.24071872f, -0.6814965f, 0.094540715f,
    -0.7281569f, 0.6312773f, -0.23735934f, -0.54929954f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.50997686f, -0.5842227f, 0.9689659f, -0.7856521f, 0.10022709f, -0.4599148f, 0.073997185f, 0.11568827f,
    -0.30187237f, 0.39308697f, -0.14450818f, 0.49923903f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.6424637f, 0.14763969f, 0.0689404f, -0.18886119f, -0.2850242f, -0.42231226f, -0.20121193f, -0.31746766f,
    0.39397904f, -0.59400034f, -0.8640289f, -0.2747427f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.016334087f, 0.4736891f, -0.008017272f, 0.011808157f, 0.00879091f, -0.3892362f, 0.07157475f, -0.104234636f,
    -0.26896027f, 0.10037881f, 0.30691564f, -0.47193322f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.26120877f, 0.025495842f, 0.09349391f, -0.35371518f, 0.40828747f, 0.2618448f, -0.2996134f, 0.6005589f,
    -0.8814653f, -0.03267598f, 0.07048163f, -0.2752612f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.06159699f, -0.23552898f, -0.6759671f, -0.711675f, -0.030185997f, 0.44953737f, -0.050426126f, -0.6867939f,
    -0.038750798f, -0.7468231f, 0.37915176f, -0.004302591f, 0.0f, 0.0f, 0.0f, 0.0f
};

static const float layer_2_bias[16] = {
    -0.41359383f, -0.10307455f, -0.06922394f, 0.22251165f, 0.4820223f, -0.16843873f, -0.14860779f, 0.24136049f,
    0.33412242f, -0.065100014f, -0.47671688f, 0.2675773f, 0.0f, 0.0f, 0.0f, 0.0f
};

static const float layer_5_w[160] = {
    -0.4397959f, 0.18209347f, -0.0048108995f, 0.10282944f, 0.89743197f, -0.121605486f, 0.1822508f, 0.3806032f,
    -0.1831139f, -0.08370661f, -0.56793183f, 0.06077224f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.3720073f, -0.06787011f, 0.20379165f, 0.39339852f, 0.038532823f, -0.6881157f, -0.28734165f, -0.7417015f,
    0.35500345f, 0.51726305f, -0.18765676f, 0.3218998f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.16494274f, 0.258464f, -0.2135301f, 0.3733446f, -0.18938908f, 0.08569437f, -0.61119914f, 0.4019382f,
    0.051356018f, 0.16291268f, 0.34228754f, 0.4920823f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.22843468f, -0.21146616f, -0.549088f, 0.28023168f, -0.24620417f, 0.1273262f, 0.50156534f, -0.77669126f,
    0.51866543f, -0.37994578f, 0.26536518f, 0.4914062f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.38855723f, 0.1760907f, 0.30222422f, -0.4638205f, 0.31681383f, 0.47064254f, -0.25859267f, -0.24312164f,
    0.6927705f, -0.4524669f, -0.00222525f, 0.1081454f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.57312095f, 0.41755104f, -0.58550954f, 0.22687441f, 0.50977933f, -0.48258287f, 1.0062944f, 0.50337565f,
    -0.9725797f, -0.06200874f, 0.2246139f, -0.06199521f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.08996047f, 0.1561184f, -0.7385321f, -0.07344182f, 0.27168345f, -0.16831341f, -0.00016570091f, 0.14284524f,
    -0.38357615f, -0.049310982f, 0.2892365f, 0.7245333f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.5307325f, 0.30954233f, -0.65559745f, -0.09293339f, 0.30327386f, -0.30769292f, 0.2934334f, -0.4449515f,
    0.10602264f, -0.35725135f, -0.17333151f, -0.4938951f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.011730313f, -0.53431f, 0.11598715f, -0.013741285f, 0.26524672f, -0.1498673f, 0.7144319f, -0.49607056f,
    -0.45179933f, -0.5654918f, 0.37795496f, 0.5844935f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.51247f, -0.26857948f, 0.42490658f, -0.37516037f, 0.1774952f, -0.19436502f, -0.005646497f, 0.12313363f,
    0.62966627f, 0.1783407f, -0.5549974f, -0.23576802f, 0.0f, 0.0f, 0.0f, 0.0f
};

static const float layer_5_bias[16] = {
    0.10782987f, 0.03151095f, -0.4199924f, 0.33099848f, 0.4405256f, -0.23199224f, 0.009813607f, 0.46289903f,
    0.29040563f, 0.11760855f, 0.1331039f, 0.317648f, 0.0f, 0.0f, 0.0f, 0.0f
};

static const float layer_8_w[160] = {
    -0.27032888f, -0.055029035f, 0.063004985f, 0.4070946f, -0.19700783f, -0.7230816f, -0.17783669f, -0.4114035f,
    -0.12503141f, -0.030940592f, 0.41580647f, -0.08013779f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.0729928f, 0.2541833f, 0.55836517f, 0.21849076f, 0.22311187f, 0.24299109f, 0.37454626f, 0.7618013f,
    0.12678447f, 0.24450856f, -0.3625453f, -0.6662506f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.090830326f, 0.037913293f, -0.17561975f, 0.2322931f, -0.10667078f, 0.39421964f, -0.04583007f, 0.10536124f,
    -0.28249902f, 0.3555537f, 0.64918876f, 0.20743117f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.16847008f, 0.45130453f, 0.5701299f, 0.8906181f, 0.088752896f, -0.01257652f, -0.70760524f, 0.008363903f,
    0.022925377f, 0.8302513f, -0.103818506f, -0.13444942f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.19282243f, 0.45472902f, -0.55315566f, 0.021255732f, 0.035342097f, -0.5377364f, -0.2343404f, 0.45057192f,
    0.23199749f, -0.31120607f, 0.3124789f, 0.19265667f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.95958346f, -0.0016104877f, 0.25040424f, -0.0040024444f, 0.28982532f, -0.2572826f, 0.042791307f, 0.0012719706f,
    0.1854033f, -0.53146946f, 0.23057878f, 0.103162915f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.6648822f, -0.16333982f, 0.44637185f, 0.2537249f, 0.32793936f, -0.48187548f, 0.6113676f, -0.69669855f,
    -0.16056958f, 0.017217815f, 0.13940814f, -0.34861347f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.19744009f, -0.88749725f, 0.030888751f, 0.2137056f, -0.8164228f, 0.7413775f, -0.6005801f, -0.5302771f,
    0.06326407f, -0.5101993f, 0.3266034f, 0.4200192f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.117806084f, -0.52892375f, 0.25966468f, 0.5170896f, -0.49514824f, 0.32043976f, -0.2643458f, 0.3468488f,
    -0.10536876f, -0.38356102f, 0.383839f, 0.56743634f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.3860365f, -0.26314527f, 0.10512513f, 0.5220854f, 0.77917373f, 0.87996393f, -0.32164043f, 0.3961478f,
    -0.5624746f, -0.0365614f, -0.47150427f, -0.23913941f, 0.0f, 0.0f, 0.0f, 0.0f
};

static const float layer_8_bias[16] = {
    0.31111073f, -0.33606017f, -0.08574605f, 0.20824426f, -0.37520427f, -0.47124386f, 0.4062618f, 0.30517477f,
    -0.3170207f, -0.29030567f, -0.097914934f, 0.09123433f, 0.0f, 0.0f, 0.0f, 0.0f
};

static const float layer_12_w[192] = {
    -0.09151399f, -0.32276127f, 0.20524707f, 0.04127729f, 0.3489891f, 0.67030144f, -0.31944245f, -0.063900486f,
    -0.8809979f, 0.24195223f, 0.118144095f, 0.054757953f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.8666477f, -0.24602792f, 0.2764467f, 0.47188696f, -0.383266f, -0.60945714f, 0.19339445f, 0.19959971f,
    -0.089541525f, -0.03255236f, 0.117025375f, -0.47618055f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.42273226f, 0.5455851f, 0.06334522f, 0.047681063f, 0.70448947f, 0.5431037f, -0.5644933f, 0.7308758f,
    0.62839013f, -0.36480394f, -0.1910435f, 0.47737348f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.7717811f, -0.27660614f, 0.06673023f, 0.60660386f, 0.01173228f, -0.5500912f, 0.50643176f, -0.014610767f,
    -0.71952605f, -0.5140722f, -0.18757796f, 0.5335089f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.13449052f, -0.034659684f, 0.25923336f, -0.4152019f, 0.7898353f, 0.20043416f, -0.31657085f, -0.57261103f,
    -0.031237466f, -0.09749201f, 0.61504734f, 0.022099324f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.1952556f, -0.5532506f, -0.7600646f, -0.31615633f, -0.7703295f, 0.5450178f, 0.253763f, 0.37821692f,
    -0.7721262f, -0.48493972f, 0.09138188f, -0.7140602f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.06515658f, 0.022565864f, -0.16737323f, -0.43465212f, -0.3641199f, 0.45023727f, -0.4441412f, 0.42177302f,
    0.1121549f, -0.03770536f, -0.09081498f, -0.28209162f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.33984417f, 0.23672888f, 0.15386961f, 0.019304007f, 0.15915675f, -0.6125479f, -0.24944553f, 0.20285682f,
    0.62157404f, 0.122382134f, -0.23605165f, -0.18327634f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.07136345f, 0.12885016f, 0.16277328f, -0.7652014f, -0.9203454f, 0.3355353f, 0.24587196f, -0.111340284f,
    0.3606219f, 0.070586726f, -0.22994524f, 0.6343942f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.2613368f, 0.36993533f, 0.040926896f, -0.7319686f, 0.45036235f, -0.31599832f, -0.6637969f, 0.15299895f,
    -0.011827439f, 0.5682054f, -0.25166982f, 0.8361813f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.32934213f, 0.16705036f, 0.54693455f, 0.006145388f, -0.06253542f, -0.2509177f, 0.51703966f, 0.8956698f,
    0.13197629f, -0.603024f, -0.7214417f, 0.72147894f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.031429872f, -0.07706207f, -0.9503857f, 0.8047643f, 0.1425044f, 0.431716f, 0.64846647f, 0.21800055f,
    -0.51172507f, -0.03606029f, 0.17507204f, 0.56054986f, 0.0f, 0.0f, 0.0f, 0.0f
};

static const float layer_12_bias[16] = {
    -0.36605853f, -0.1655522f, 0.3662182f, -0.30352116f, 0.19913656f, 0.10020244f, 0.13318408f, -0.08600992f,
    0.38176066f, -0.011176109f, 0.22556639f, -0.34941185f, 0.0f, 0.0f, 0.0f, 0.0f
};

/* ---- memory ---------------------------------------------------------------------------------- */

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

/* ---- kernels --------------------------------------------------------------------------------- */

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

/*
 * Convolution for n neighbouring pixels and one block of channels; rows[ky] begins at the tile's
 * first pixel.
 * step: floats from a pixel's window to the next one's; tap: from one kernel column to the next.
 */
INLINE void conv_tile(int n, int vecs, int block, const float *const *rows, int first, int last,
                      int columns, int channels,
                      int step, int tap, const float *w, const float *bias, float *out, int outs,
                      int out_step,
                      int then, const float *other, int other_step)
{
    /* a last vector reaches into the next pixel, stored behind it */
    const int whole = outs == out_step && outs >= LANES / 2 && other_step == 0;
    vec sum[MOST_PIXELS][32 / LANES];
    UNROLL for (int p = 0; p < n; p++)
        UNROLL for (int v = 0; v < vecs; v++)
            sum[p][v] = load(bias + v * LANES);
    w += first * columns * channels * block;
    for (int ky = first; ky < last; ky++) {
        /* no loop for a few short steps: it would end as soon as it runs */
        if (FEW(channels) && columns == 1 && vecs == 1) {
            UNROLL for (int i = 0; i < channels; i++)
                UNROLL for (int p = 0; p < n; p++)
                    UNROLL for (int v = 0; v < vecs; v++)
                        sum[p][v] = mul_add(sum[p][v], rows[ky][p * step + i],
                                            load(w + i * block + v * LANES));
            w += channels * block;
            continue;
        }
        for (int kx = 0; kx < columns; kx++)
            for (int i = 0; i < channels; i++, w += block)
                UNROLL for (int p = 0; p < n; p++)
                    UNROLL for (int v = 0; v < vecs; v++)
                        sum[p][v] = mul_add(sum[p][v], rows[ky][p * step + kx * tap + i],
                                            load(w + v * LANES));
    }
    UNROLL for (int p = 0; p < n; p++)
        UNROLL for (int v = 0; v < vecs; v++)
            finish(out + p * out_step + v * LANES, sum[p][v],
                   whole && p + 1 < n ? LANES : outs - v * LANES, then,
                   other + p * other_step + v * LANES);
}

/* One row of a convolution for one block of channels: tiles of equal width but for one pixel. */
INLINE void conv_row(int width, int vecs, int block, const float *const *rows, int height,
                     int first, int last, int columns,
                     int channels, int step, int tap, const float *w, const float *bias, float *out,
                     int outs,
                     int out_step, int then, const float *other, int other_step)
{
    const int fitting = TILE / vecs < MOST_PIXELS ? TILE / vecs : MOST_PIXELS;
    /* pixels 4 KB apart share one line of each way of the cache */
    const int pixels = step % 1024 == 0 && fitting > 7 ? 7 : fitting;
    const int tiles = (width + pixels - 1) / pixels, most = (width + tiles - 1) / tiles;
    const int full = width - (most - 1) * tiles;            /* so many tiles of the greater width */
    const float *at[16];
    for (int ky = 0; ky < height; ky++)
        at[ky] = rows[ky];
    for (int t = 0; t < tiles; t++) {
        const int n = t < full ? most : most - 1;
        if (t < full)
            conv_tile(most, vecs, block, at, first, last, columns, channels, step, tap, w, bias,
                      out, outs, out_step, then, other, other_step);
        else
            conv_tile(most - 1, vecs, block, at, first, last, columns, channels, step, tap, w, bias,
                      out, outs, out_step, then, other, other_step);
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

/*
 * Products of some queries of n values with turned keys; `line`, their number, is a multiple of 16.
 */
INLINE void products_of_queries(int queries, const float *query, int step, int n,
                                const float *turned, int line, float *out)
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
static void query_products(int queries, const float *query, int step, int n, const float *turned,
                           int line, float *out)
{
    if (queries == 4)
        products_of_queries(4, query, step, n, turned, line, out);
    else
        for (int i = 0; i < queries; i++)
            products_of_queries(1, query + i * step, step, n, turned, line, out + i * line);
}

/*
 * Adds `vecs` vectors of each of `count` rows times its weight; a row without weight may hold
 * anything.
 */
INLINE void add_weighted_vectors(int vecs, float *sum, const float *weight, const float *values,
                                 int step, int count)
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
static void add_weighted(float *sum, const float *weight, const float *values, int step, int count,
                         int n)
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

/*
 * Scores of n keys become weights that add up to 1, or zeros where every score is -infinity; n is a
 * multiple of 16.
 */
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

/* ---- layers ---------------------------------------------------------------------------------- */

/* layer_2: Dense, 5 x 12 to 5 x 12 */
static void layer_2_layer(const float *in, const float *w, const float *b, float *out)
{
        conv_row(5, (12 + LANES - 1) / LANES, 16, &in, 1, 0, 1, 1, 12, 12,
            0, w + 0 * 12, b + 0, out + 0, 12, 12, NONE, out + 0, 12);
}

/* layer_5: Dense, 7 x 10 to 7 x 12 */
static void layer_5_layer(const float *in, const float *w, const float *b, float *out)
{
        conv_row(7, (12 + LANES - 1) / LANES, 16, &in, 1, 0, 1, 1, 10, 10,
            0, w + 0 * 10, b + 0, out + 0, 12, 12, NONE, out + 0, 12);
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

/* ---- the forward pass ------------------------------------------------------------------------ */

void net(const float *input_0, const float *input_1, float *output)
{
    layer_2_layer(input_0, layer_2_w, layer_2_bias, arena + AT_LAYER_2);
    layer_5_layer(input_1, layer_5_w, layer_5_bias, arena + AT_LAYER_5);
    layer_5_layer(input_1, layer_8_w, layer_8_bias, arena + AT_LAYER_8);
    layer_9_layer(arena + AT_LAYER_2, arena + AT_LAYER_5, arena + AT_LAYER_8, arena + AT_LAYER_9,
                  arena + AT_LAYER_9_SCRATCH);
    layer_2_layer(arena + AT_LAYER_9, layer_12_w, layer_12_bias, output);
}
