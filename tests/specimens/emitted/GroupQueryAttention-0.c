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
INLINE vec mul_add(vec a, float x, vec b) { for (int i = 0; i < LANES; i++) a.f[i] += x
                                           * b.f[i]; return a; }
#endif

#ifdef VECTORS
INLINE vec8 mul_add8(vec8 a, float x, vec8 b) { return a + x * b; }
#else
INLINE vec8 mul_add8(vec8 a, float x, vec8 b) { for (int i = 0; i < LANES8; i++) a.f[i] += x
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

static const float layer_2_w[288] = {
    0.036429286f, 0.27496055f, -0.2692931f, -0.3768971f, 0.25414443f, -0.24721617f, -0.26068285f, 0.3459841f,
    0.07443075f, -0.4462012f, -0.1622172f, -0.7346972f, -0.05309894f, 0.6624317f, -0.67828023f, 0.23533966f,
    -0.020096159f, 0.19286928f, 0.49602363f, 0.30333793f, 0.013406098f, 0.58456683f, -0.082528f, 0.3190818f,
    -0.14805618f, 0.53599846f, 0.17089534f, 0.4793468f, -0.34026468f, -0.24928921f, 0.21061288f, 0.4991214f,
    -0.36377102f, -0.48362017f, 0.19374126f, -0.22320187f, -0.22747508f, -0.4084645f, -0.51323056f, 0.7969011f,
    -0.007928252f, 0.65989065f, -0.7259212f, 0.22299536f, 0.31957978f, -0.29023892f, 0.4960399f, -0.28174543f,
    0.2644563f, 0.60080165f, 0.49714822f, -0.2741404f, -0.5136491f, -0.005548537f, -0.18804368f, 0.26966295f,
    -0.7660965f, 0.75541085f, 0.5488186f, -0.49044728f, 0.2206956f, -0.692146f, 0.2440061f, -0.3901553f,
    0.050360426f, -0.43679604f, 0.37828803f, -0.1932423f, 0.170024f, -0.28498778f, -0.70855296f, -0.1619997f,
    0.45307362f, 0.29521453f, 0.08044788f, -0.5431912f, 0.009682365f, 0.37189642f, -0.023043096f, -0.15798165f,
    0.006924808f, 0.56300545f, -0.2500801f, 0.08025034f, 0.37099034f, -0.17244215f, -0.42543197f, 0.63115954f,
    -0.65443176f, 0.39748582f, -0.15555172f, 0.0911507f, 0.110067084f, -0.03617826f, 0.054579347f, 0.018337041f,
    0.44399768f, -0.11529629f, 0.6936345f, 0.65628636f, -0.3916211f, -0.23192476f, 0.7006804f, -0.49890214f,
    -0.8558898f, -0.4525389f, -0.64153415f, -0.020969927f, 0.2749558f, -0.48090655f, -0.38797674f, -0.5050292f,
    0.49445808f, -0.2200804f, 0.3883975f, 0.49595314f, -0.31417748f, -0.20426604f, 0.6420635f, -0.10282683f,
    0.57418513f, 0.03672424f, -0.20568469f, 0.233926f, 0.39476988f, -0.65617377f, -0.42003253f, 0.07083551f,
    0.11692945f, 0.27384508f, 0.38454354f, -0.5118951f, -0.43531096f, -0.45321354f, -0.063792646f, -0.19287583f,
    -0.39251778f, -0.3430466f, -0.6129459f, 0.45827278f, 0.82167184f, 0.023148745f, 0.06577784f, -0.25368965f,
    0.37803733f, 0.054251295f, -0.43239596f, 0.052985586f, 0.29094595f, 0.1635797f, -0.7278347f, 0.24242015f,
    0.5133325f, -0.28746057f, -0.3124048f, -0.63974404f, 0.043214887f, -0.77691966f, -0.34754097f, -0.4112552f,
    0.6433156f, -0.40926096f, -0.040807903f, -0.027098536f, 0.07062325f, 0.40756106f, 0.0014128387f, -0.7006066f,
    -0.22175011f, -0.19535005f, -0.23006463f, 0.061463416f, 0.08851278f, 0.054394916f, -0.5519544f, 0.2879169f,
    0.18258905f, -0.37704068f, 0.08143778f, -0.2747084f, -0.007571727f, 0.77363276f, -0.038217157f, -0.26662183f,
    -0.10832775f, 0.65839684f, -0.06837159f, 0.45105034f, -0.47464105f, 0.3494415f, -0.1311745f, 0.0010350347f,
    -0.017109185f, 0.097674996f, 0.4532559f, -0.39809084f, 0.72232807f, -0.11626156f, 0.19598338f, 0.28416872f,
    0.26237476f, -0.48560473f, 0.022679329f, -0.17173329f, -0.3167501f, -0.00035414845f, -0.04808718f, -0.6236713f,
    -0.49018344f, 0.08500978f, -0.5994355f, 0.7050848f, -0.28737503f, 0.20712055f, -0.11349523f, 0.42713594f,
    -0.032852232f, 0.06380681f, -0.13899477f, -0.012307286f, 0.026827693f, 0.04185298f, 0.12460342f, 0.4417985f,
    -0.30958647f, -0.6575105f, 0.58448195f, -0.31312507f, 0.079998806f, 0.13849232f, -0.023939252f, -0.37218747f,
    -0.108468466f, -0.14149097f, -0.19616947f, 0.13446465f, -0.1981669f, -0.08487928f, 0.3290757f, 0.50214505f,
    0.08032331f, 0.4934312f, 0.030498743f, 0.4056945f, 0.59466827f, 0.17186823f, 0.23612574f, 0.3153854f,
    -0.041138574f, -0.3520992f, 0.5126015f, -0.054855626f, -0.34892994f, -0.13479672f, 0.5431186f, 0.11756173f,
    0.47240576f, -0.017745048f, -0.33962318f, -0.43741047f, -0.0754562f, 0.2116901f, 0.06084817f, -0.51035476f,
    -0.30549145f, 0.19873002f, 0.17835584f, 0.13790788f, 0.1063596f, -0.12234762f, -0.054020636f, -0.32460955f,
    0.4263805f, 0.11089563f, 0.16141132f, 0.67026424f, 0.64135957f, -0.23217821f, -0.54735506f, 0.24291156f,
    0.039071083f, 0.13343686f, 0.23677787f, -0.011406794f, 0.15260658f, 0.90100724f, 0.5241564f, -0.5787052f
};

static const float layer_2_bias[24] = {
    0.41511202f, -0.31080282f, 0.4494452f, -0.1937254f, 0.48944265f, 0.36801296f, -0.17721063f, 0.37925023f,
    0.281973f, -0.25473022f, -0.30153853f, 0.20248681f, 0.01423955f, 0.044319272f, 0.081002295f, -0.31818318f,
    0.2945819f, 0.19218165f, 0.2757333f, -0.07636577f, 0.48820364f, 0.1571452f, -0.21176785f, 0.39878994f
};

static const float layer_5_w[80] = {
    -0.09365959f, 0.15502343f, 0.078840256f, -0.09080291f, 0.65674645f, -0.28981423f, -0.41023836f, 0.18148036f,
    -0.41299418f, -0.5734064f, -0.26300544f, 0.01652509f, 0.19779949f, -0.085808665f, 0.52857286f, -0.12209234f,
    0.024127126f, -0.11920473f, -0.5483549f, -0.96886784f, 0.5697823f, 0.43463305f, -0.6378999f, 0.07769987f,
    0.051492482f, 0.2759956f, -0.07372734f, 0.19157949f, 0.08878444f, 0.12841421f, -0.22203997f, 0.7051101f,
    -0.14510837f, 0.12747806f, -0.4041522f, -0.07524434f, -0.7460892f, -0.13284937f, -0.64860356f, 0.08335021f,
    0.47544074f, -0.19557008f, 0.41772446f, -0.44425815f, 0.1807162f, -0.10723401f, 0.29548314f, 0.50586045f,
    -0.258019f, 0.16582803f, 0.11013752f, -0.08153188f, 0.11173785f, 0.5358501f, 0.5139892f, -0.54170644f,
    1.0235997f, -0.25349188f, -0.4104295f, 0.41993937f, -0.5302763f, 0.151717f, -0.4012127f, 0.6603849f,
    0.5798477f, 0.19438413f, 0.5609788f, 0.04440152f, -0.14378256f, 0.06683293f, -0.073000856f, 0.021140397f,
    0.083940715f, -0.25976646f, -0.18386984f, -0.1348584f, -0.0017862022f, -0.21425846f, 0.24774669f, 0.60748327f
};

static const float layer_5_bias[8] = {
    -0.34790748f, 0.360734f, 0.3813486f, 0.41181707f, 0.3594185f, -0.0068070292f, -0.032805502f, -0.3383692f
};

static const float layer_8_w[80] = {
    0.6679903f, -0.22543599f, 0.0493065f, 0.19081569f, 0.40890852f, 0.12374973f, -0.49467394f, -0.5499006f,
    0.2856364f, -0.51511705f, 0.037518166f, -0.16867755f, -0.78909826f, -0.6321024f, 0.58243847f, 0.61507404f,
    0.3684162f, -0.16481249f, 0.110807255f, 0.050111175f, 0.38367495f, 0.34349987f, -0.21323156f, -0.73360896f,
    -0.6319042f, 0.6366869f, -0.42925048f, 0.34113857f, -0.15514567f, -0.13984606f, 0.3784584f, 0.27114952f,
    0.20303972f, -0.3858503f, 0.61211944f, 0.18129426f, -0.53220034f, 0.044285864f, 0.021775752f, 0.61956996f,
    0.46073723f, 0.74045074f, -0.9141606f, 0.09285045f, -0.085763514f, 0.8107203f, -0.872815f, -0.08324924f,
    0.39693585f, 0.30011913f, -0.17855483f, 0.8883263f, 0.20494825f, -0.13118166f, 0.16184454f, 0.25697142f,
    0.33547115f, -0.6787966f, 0.0054880083f, 0.006654419f, 0.8325979f, -0.85039186f, 0.4977235f, -0.12831338f,
    0.19581422f, -0.67892206f, -0.26925373f, 0.4232959f, 0.09891081f, -0.43657324f, 0.9396347f, 0.11915003f,
    0.08550072f, 0.6010453f, -0.021978803f, -0.019150242f, -0.34254408f, -0.035833657f, -0.059333175f, -0.48212236f
};

static const float layer_8_bias[8] = {
    0.19543862f, -0.28787702f, 0.1903339f, -0.08693683f, 0.3759603f, 0.04646045f, -0.14647615f, -0.24575299f
};

static const float layer_12_w[384] = {
    -0.063544735f, -0.54134715f, 0.16457078f, -0.021376729f, -0.3452648f, 0.5259022f, 0.33028984f, 0.22303489f,
    -0.09536195f, -0.26347148f, -0.14626676f, 0.21118651f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.15862617f, 0.042822845f, 0.06397611f, 0.24138723f, 0.09590551f, -0.1285114f, -0.1255803f, -0.19439632f,
    -0.43377787f, 0.21905573f, 0.57812905f, -0.39530104f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.045971118f, 0.29622078f, -0.42202872f, 0.48768175f, -0.24940167f, 0.24737617f, -0.4104913f, 0.34926388f,
    0.24409363f, -0.4442814f, 0.074643135f, -0.24641041f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.24682683f, 0.04983925f, 0.3931286f, 0.36795524f, 0.23477519f, 0.043153383f, -0.33464456f, 0.13169818f,
    -0.025715321f, -0.66959715f, -0.04851324f, 0.22050254f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.41490632f, -0.72982496f, 0.4634558f, -0.4803796f, -0.007431805f, 0.09503688f, -0.18028888f, -0.48957023f,
    -0.2470312f, -0.080137774f, -0.21078783f, -0.41888458f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.43404287f, -0.33815354f, -0.07582134f, -0.07493587f, -0.80158114f, 0.54646605f, 0.7601251f, 0.6794909f,
    -0.46483687f, 0.123054415f, 0.16575944f, 0.10955632f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.78052926f, 0.17165864f, -0.3283127f, -0.20419078f, 0.19016927f, -0.14121236f, 0.04547189f, 0.40800747f,
    -0.29165584f, -0.19335082f, 0.8258517f, 0.06556293f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.2972929f, 0.090010196f, 0.5197525f, -0.50173366f, -0.49693984f, -0.005569011f, 0.49851984f, 0.043111183f,
    0.59886247f, 0.735703f, -0.27024823f, -0.34679234f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.17875041f, -0.061287053f, -0.13057196f, -0.5470102f, -0.7169698f, 0.50760776f, 0.28954065f, 0.028548539f,
    0.5920477f, -0.64511317f, -0.596984f, 0.029932916f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.26147068f, -0.3301025f, -0.21982034f, -0.004277259f, 0.4199535f, 0.26713115f, -0.1837967f, 0.35263255f,
    0.51921076f, 0.19561449f, -0.2905191f, -0.069458395f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.025557518f, -0.35011017f, 0.08284436f, -0.6756798f, -0.018080056f, -0.04702789f, 0.0116098225f, 0.28489786f,
    -0.22196399f, 0.09573059f, -0.6000833f, 0.67732286f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.4584875f, 0.07029748f, -0.05251175f, -0.010525942f, 0.23554327f, 0.3281467f, 0.4425195f, 0.17237069f,
    -0.2466624f, -0.14187093f, 0.26534477f, 0.14335099f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.28580555f, 0.039221436f, 0.009528499f, -0.42894232f, 0.31642455f, -0.024793506f, -0.3586318f, -0.39494374f,
    0.55632615f, 0.28767973f, -0.7064575f, -0.7661395f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.2679605f, 0.08026099f, -0.52523696f, -0.4740075f, 0.6920445f, -0.3751933f, -0.47971675f, 0.2763583f,
    0.1596328f, 0.21691826f, 0.22077991f, -0.21526444f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.56446314f, 0.46025354f, 0.09272227f, -0.30315354f, -0.09614803f, 0.16048284f, -0.07938969f, -0.10717451f,
    -0.35951364f, 0.007885195f, -0.010675952f, 0.3433261f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.06781772f, -0.36450532f, 0.25340536f, 0.37536308f, 0.14392644f, -0.24634781f, 0.24470416f, 0.20394617f,
    -0.28011298f, 0.323645f, 0.47362214f, 0.3143951f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.42849475f, -0.59106934f, -0.0039112717f, 0.38574067f, -0.20599693f, 0.40026933f, -0.235405f, 0.12201348f,
    -0.06419656f, 0.23370993f, -0.28063828f, -0.033382297f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.603121f, 0.18429859f, 0.61809695f, 0.58053625f, -0.50519496f, -0.33659104f, -0.09781434f, 0.8193913f,
    -0.7388567f, 0.83363056f, -0.24383533f, -0.18719795f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.51584315f, -0.11559986f, -0.18658857f, 0.19208963f, -0.53468895f, -0.4826021f, -0.16001493f, -0.68320197f,
    0.15324529f, -0.1277705f, -0.08177535f, -0.42192426f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.7260456f, 0.24308386f, -0.3513052f, 0.030727249f, -0.74032116f, -0.18784282f, -0.25222468f, -0.026458442f,
    0.24356022f, -0.21598601f, 0.15547988f, 0.4316916f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.05552219f, -0.18434994f, 0.6560585f, 0.351205f, -0.6285565f, -0.02485764f, 0.16420314f, -0.07856385f,
    0.047249988f, 0.666031f, 0.26965743f, 0.14660212f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.48374912f, -0.2378658f, -0.02312553f, 0.06666527f, 0.77964747f, -0.39803007f, 0.09348279f, 0.012528747f,
    -0.023452803f, 0.05334425f, -0.4746983f, -0.23556685f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.18116416f, -0.80140305f, 0.22926587f, -0.40645826f, 0.050649956f, -0.73768306f, 0.41315442f, 0.051330328f,
    0.18599212f, 0.26793638f, 0.2127361f, -0.29355302f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.21411672f, -0.17882091f, -0.030777127f, -0.17464016f, -0.04323794f, -0.28315258f, -0.07411915f, 0.052458853f,
    0.33663824f, -0.55167615f, 0.28304183f, -0.88895404f, 0.0f, 0.0f, 0.0f, 0.0f
};

static const float layer_12_bias[16] = {
    -0.4142906f, -0.455814f, 0.33609897f, -0.21703357f, -0.49759418f, -0.464904f, 0.3637634f, 0.35239816f,
    -0.0035331845f, 0.06294f, 0.40166962f, -0.39160442f, 0.0f, 0.0f, 0.0f, 0.0f
};

/* ---- memory ---------------------------------------------------------------------------------- */

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

/*
 * Stores the first n of a vector's lanes, the epilogue8 applied; `other` is what a binary epilogue8
 * reads.
 */
INLINE void finish8(float *out, vec8 v, int n, int then, const float *other)
{
    if (n < LANES8)
        store_part8(out, epilogue8(then, v, other, n), n);
    else
        store8(out, epilogue8(then, v, other, LANES8));
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

/*
 * Convolution for n neighbouring pixels and one block of channels; rows[ky] begins at the tile's
 * first pixel.
 * step: floats from a pixel's window to the next one's; tap: from one kernel column to the next.
 */
INLINE void conv_tile8(int n, int vecs, int block, const float *const *rows, int first, int last,
                      int columns, int channels,
                      int step, int tap, const float *w, const float *bias, float *out, int outs,
                      int out_step,
                      int then, const float *other, int other_step)
{
    /* a last vector reaches into the next pixel, stored behind it */
    const int whole = outs == out_step && outs >= LANES8 / 2 && other_step == 0;
    vec8 sum[MOST_PIXELS][32 / LANES8];
    UNROLL for (int p = 0; p < n; p++)
        UNROLL for (int v = 0; v < vecs; v++)
            sum[p][v] = load8(bias + v * LANES8);
    w += first * columns * channels * block;
    for (int ky = first; ky < last; ky++) {
        /* no loop for a few short steps: it would end as soon as it runs */
        if (FEW(channels) && columns == 1 && vecs == 1) {
            UNROLL for (int i = 0; i < channels; i++)
                UNROLL for (int p = 0; p < n; p++)
                    UNROLL for (int v = 0; v < vecs; v++)
                        sum[p][v] = mul_add8(sum[p][v], rows[ky][p * step + i],
                                            load8(w + i * block + v * LANES8));
            w += channels * block;
            continue;
        }
        for (int kx = 0; kx < columns; kx++)
            for (int i = 0; i < channels; i++, w += block)
                UNROLL for (int p = 0; p < n; p++)
                    UNROLL for (int v = 0; v < vecs; v++)
                        sum[p][v] = mul_add8(sum[p][v], rows[ky][p * step + kx * tap + i],
                                            load8(w + v * LANES8));
    }
    UNROLL for (int p = 0; p < n; p++)
        UNROLL for (int v = 0; v < vecs; v++)
            finish8(out + p * out_step + v * LANES8, sum[p][v],
                   whole && p + 1 < n ? LANES8 : outs - v * LANES8, then,
                   other + p * other_step + v * LANES8);
}

/* One row of a convolution for one block of channels: tiles of equal8 width but for one pixel. */
INLINE void conv_row8(int width, int vecs, int block, const float *const *rows, int height,
                     int first, int last, int columns,
                     int channels, int step, int tap, const float *w, const float *bias, float *out,
                     int outs,
                     int out_step, int then, const float *other, int other_step)
{
    const int fitting = TILE / vecs < MOST_PIXELS ? TILE / vecs : MOST_PIXELS;
    /* pixels 4 KB apart share one line of each way of the cache */
    const int pixels = step % 1024 == 0 && fitting > 7 ? 7 : fitting;
    const int tiles = (width + pixels - 1) / pixels, most = (width + tiles - 1) / tiles;
    const int full = width - (most - 1) * tiles;            /* so many tiles of the greater8 width */
    const float *at[16];
    for (int ky = 0; ky < height; ky++)
        at[ky] = rows[ky];
    for (int t = 0; t < tiles; t++) {
        const int n = t < full ? most : most - 1;
        if (t < full)
            conv_tile8(most, vecs, block, at, first, last, columns, channels, step, tap, w, bias,
                      out, outs, out_step, then, other, other_step);
        else
            conv_tile8(most - 1, vecs, block, at, first, last, columns, channels, step, tap, w, bias,
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

/* layer_2: Dense, 5 x 12 to 5 x 24 */
static void layer_2_layer(const float *in, const float *w, const float *b, float *out)
{
        conv_row(5, (16 + LANES - 1) / LANES, 16, &in, 1, 0, 1, 1, 12, 12,
            0, w + 0 * 12, b + 0, out + 0, 16, 24, NONE, out + 0, 24);
        conv_row8(5, (8 + LANES8 - 1) / LANES8, 8, &in, 1, 0, 1, 1, 12, 12,
            0, w + 16 * 12, b + 16, out + 16, 8, 24, NONE, out + 16, 24);
}

/* layer_5: Dense, 7 x 10 to 7 x 8 */
static void layer_5_layer(const float *in, const float *w, const float *b, float *out)
{
        conv_row8(7, (8 + LANES8 - 1) / LANES8, 8, &in, 1, 0, 1, 1, 10, 10,
            0, w + 0 * 10, b + 0, out + 0, 8, 8, NONE, out + 0, 8);
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
        conv_row(5, (12 + LANES - 1) / LANES, 16, &in, 1, 0, 1, 1, 24, 24,
            0, w + 0 * 24, b + 0, out + 0, 12, 12, NONE, out + 0, 12);
}

/* ---- the forward pass ------------------------------------------------------------------------ */

void net(const float *input_0, const float *input_1, float *output)
{
    layer_2_layer(input_0, layer_2_w, layer_2_bias, arena + AT_LAYER_2);
    layer_5_layer(input_1, layer_5_w, layer_5_bias, arena + AT_LAYER_5);
    layer_5_layer(input_1, layer_8_w, layer_8_bias, arena + AT_LAYER_8);
    layer_9_layer(arena + AT_LAYER_2, arena + AT_LAYER_5, arena + AT_LAYER_8, arena + AT_LAYER_9,
                  arena + AT_LAYER_9_SCRATCH);
    layer_12_layer(arena + AT_LAYER_9, layer_12_w, layer_12_bias, output);
}
