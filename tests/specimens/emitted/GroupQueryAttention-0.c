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
    0.33382f, -0.2974029f, 0.053452983f, 0.34785235f, -0.04701644f, -0.3230092f, -0.5600282f, 0.114864714f,
    -0.3608926f, 0.17370749f, 0.16707158f, 0.06907204f, -0.50955117f, -0.14700769f, -0.3128917f, 0.13417496f,
    0.1600233f, 0.2622002f, 0.047435135f, -0.23238975f, -0.46108055f, 0.24384415f, 0.12967497f, -0.13050446f,
    0.61887395f, 0.854703f, -0.26867682f, 0.19983935f, 0.20259577f, 0.036796987f, -0.01283516f, -0.070323676f,
    0.3750677f, -0.656652f, -0.08570843f, -0.68880075f, 0.22424254f, -0.637668f, 0.3334082f, 0.12315205f,
    0.03085041f, -0.22900102f, -0.62479615f, 0.24149187f, 0.2075761f, 0.06276822f, 0.4896262f, 0.3186645f,
    -0.15154693f, -0.068822265f, 0.43667912f, -0.09468177f, 0.19124863f, 0.44582236f, -0.12149349f, 0.13572869f,
    0.21403995f, 0.27449566f, 0.39426574f, 0.0071787164f, 0.46845955f, 0.18291533f, 0.41309017f, -0.5892354f,
    -0.34869802f, -0.018141836f, -0.36877495f, 0.07446815f, 0.22880568f, -0.4025536f, -0.85324943f, -0.3454842f,
    0.042462945f, -0.2723484f, -0.18642959f, -0.5317492f, -0.057487242f, 0.5581244f, 0.13015538f, -0.20489563f,
    0.29801404f, 0.3419353f, -0.42461538f, -0.45424438f, 0.5331722f, -0.2822858f, -0.3239028f, 0.5667645f,
    -0.7166782f, -0.14012042f, -0.6205211f, -0.24661875f, 0.2825964f, -0.1603755f, -0.18306366f, -0.57516325f,
    0.31247765f, 0.55107623f, 0.5583899f, 0.22921309f, -0.18336773f, -0.18353431f, 0.11647734f, 0.19211704f,
    -0.0903838f, 0.30723673f, -0.15712537f, -0.22321177f, 0.20882754f, 0.19964658f, 0.23247173f, -0.24246925f,
    -0.15509325f, -0.442897f, 0.87409955f, 0.82873297f, 0.21833739f, 0.15729323f, 0.022486866f, 0.7903548f,
    -0.35650408f, 0.45533165f, -0.37445977f, 0.4473136f, 0.28207627f, -0.27176797f, -0.46902803f, -0.53948575f,
    0.2637863f, 0.09192592f, 0.22239268f, 0.244802f, -0.5601699f, 0.2775866f, 0.7002945f, -0.15455362f,
    -0.5378878f, -0.6377175f, 0.22030605f, 0.24072853f, 0.105564654f, -0.6970068f, -0.025951445f, -0.8546161f,
    -0.12457299f, -0.3387812f, -0.5670128f, 0.17179516f, -0.26651537f, 0.46903604f, 0.06606954f, 0.46704382f,
    0.49075723f, 0.057625532f, -0.36320883f, -0.6381895f, 0.24414292f, -0.24294299f, 0.3941092f, 0.08868555f,
    0.108790234f, 0.033493906f, 0.72830886f, 0.8313576f, -0.01688233f, 0.5277892f, -0.3331274f, -0.61673295f,
    0.21922979f, 0.06711316f, -0.0016154647f, 0.59208924f, 0.17628664f, -0.36243087f, -0.2928036f, -0.3686456f,
    0.7091061f, 0.38029236f, 0.40133595f, -0.19254416f, 0.36138526f, -0.103731185f, -0.35594764f, 0.06608446f,
    0.29334503f, -0.120257646f, -0.11466091f, -0.23213191f, -0.3711885f, -0.087078065f, 0.31445485f, 0.50687605f,
    -0.008499652f, -0.55164015f, 0.6713983f, -0.26840776f, 0.024486125f, 0.10591595f, -0.40560243f, 0.04160012f,
    0.531892f, -0.7712401f, 0.0123927f, -0.20136252f, -0.025527596f, 0.25766012f, -0.59232867f, -0.83049166f,
    0.18156365f, -0.72244406f, 0.19920295f, 0.6211678f, 0.4271708f, 0.19042815f, 0.23423862f, -0.10985215f,
    -0.6684153f, -0.27142593f, 0.30546504f, -0.09356135f, 0.20506066f, 0.45181337f, 0.13899228f, 0.63022417f,
    -0.68002063f, -0.48438972f, -0.23180574f, -0.07115503f, 0.5006804f, -0.0014566481f, 0.29412216f, 0.047487173f,
    0.4690097f, 0.4850696f, -0.8182578f, -0.106766015f, 0.4237994f, -0.25950348f, -0.3147757f, 0.5519303f,
    0.34388283f, -0.13261028f, 0.03693974f, 0.26668647f, 0.09552804f, 0.3922266f, 0.22454265f, -0.1818397f,
    0.5907058f, 0.24693486f, 0.584654f, 0.37140962f, -0.24881727f, 0.31849572f, 0.11077443f, 0.44296327f,
    -0.2786102f, 0.72106254f, -0.30817756f, -0.2290616f, 0.41205966f, 0.4831225f, 0.24108754f, -0.08061558f,
    0.105320096f, -0.26839074f, 0.3271229f, 0.24331011f, -0.21088886f, -0.6234348f, 0.2338233f, 0.36797777f,
    0.52988493f, -0.39068687f, 0.4209368f, 0.16102535f, -0.19538003f, 0.0663237f, -0.033616632f, 0.5441989f,
    -0.36260283f, 0.19531399f, -0.37238964f, 0.2626089f, -0.09572229f, 0.3759566f, 0.43601733f, 0.20673159f
};

static const float layer_2_bias[24] = {
    0.04260844f, 0.43748057f, -0.12109262f, -0.08258909f, -0.033324957f, -0.07139182f, 0.33140492f, -0.34361315f,
    -0.21975332f, -0.09376091f, -0.20380092f, -0.3817404f, 0.31478947f, 0.10963565f, 0.3858692f, 0.37661606f,
    0.022971392f, 0.07623637f, 0.27464855f, 0.08293152f, 0.279073f, 0.4055695f, 0.19483298f, -0.09948987f
};

static const float layer_5_w[80] = {
    0.037432425f, 0.5728344f, -0.17595333f, -0.1688729f, 0.31547338f, -0.7487082f, 0.56638485f, 0.6762335f,
    -0.59966254f, -0.43779212f, 0.27011448f, -0.39296573f, 0.5696513f, -0.11163202f, 0.07558334f, 0.053873092f,
    0.7586987f, 0.058647662f, 0.20185904f, -0.45967638f, 0.4536515f, 0.8806443f, -0.8302113f, 0.4161509f,
    0.7374768f, 0.022498012f, 0.5466467f, 0.10585794f, -0.12144424f, 0.7050338f, -0.24211505f, 0.6887388f,
    -0.08585033f, -0.4439925f, 0.09017892f, 0.6658361f, -0.4731545f, 0.29543915f, -0.5231575f, 0.8384942f,
    0.6317693f, -0.29052415f, 0.26787248f, -0.23501647f, -0.1639191f, -0.086949f, 0.45733622f, 0.27210885f,
    -0.30515537f, -0.47251362f, 0.10732889f, -0.31741536f, 0.45191425f, 0.5152355f, 0.34594545f, 0.0094693005f,
    0.6953554f, -0.17788851f, 0.3774483f, 0.13361475f, 0.17409666f, -0.1313132f, -0.03357388f, 0.18833607f,
    0.48879424f, -0.19735679f, 0.16772532f, -0.20467383f, -0.13228947f, -0.33319172f, 0.12651521f, 0.3988757f,
    -0.15205613f, 0.040410876f, 0.038654447f, 0.42619368f, -0.13141051f, -0.296347f, -0.6535872f, 0.017616928f
};

static const float layer_5_bias[8] = {
    -0.22129387f, 0.47756118f, 0.3198328f, -0.25281668f, -0.45530343f, 0.41576564f, 0.13756847f, -0.21649128f
};

static const float layer_8_w[80] = {
    0.13587907f, 0.4248793f, -0.3596183f, 0.09355879f, -0.27310446f, -0.20115852f, -0.43818393f, -0.6015145f,
    0.38618252f, -0.07697651f, -0.29315433f, -0.16302697f, -0.14115596f, -0.63609874f, 0.42204055f, 0.6154984f,
    0.16237253f, -0.075930044f, 0.28541875f, 0.5261959f, 0.090927936f, -0.4711211f, 0.017544024f, -0.037161022f,
    -0.35084844f, 0.51176524f, 0.13565712f, 0.1670126f, 0.32865158f, 0.3297108f, 0.31116715f, 0.03235423f,
    0.29545546f, -0.2453203f, 0.393789f, -0.19668019f, -0.6779289f, 0.20346633f, 0.47323802f, 0.40197408f,
    -0.06463927f, 0.6075877f, -0.5603887f, 0.88991666f, 0.060696065f, 0.9268484f, -0.29811928f, -0.54802334f,
    0.6895559f, 0.5811063f, -0.9296529f, 0.5332785f, 0.20940828f, -0.6227576f, -0.3982485f, 0.22023284f,
    0.29445565f, -0.25993872f, -0.17312512f, 0.46473798f, 0.6574989f, -0.5337806f, 0.045152098f, 0.32090318f,
    0.2991086f, -0.5277385f, -0.010274306f, -0.52614695f, -0.19505477f, 0.0029694736f, 0.96450734f, 0.19713579f,
    0.4112736f, 0.26277763f, -0.17897707f, -0.24206887f, -0.13834594f, 0.06883919f, 0.5505537f, -0.5689914f
};

static const float layer_8_bias[8] = {
    0.071736634f, -0.39272368f, -0.045889616f, 0.32132232f, -0.29942393f, 0.32463086f, -0.31733584f, 0.03277147f
};

static const float layer_12_w[384] = {
    0.4561992f, 0.1304996f, -0.06559464f, 0.11517133f, 0.61151123f, 0.11189243f, -0.08382638f, -0.09875719f,
    -0.45747158f, 0.59568465f, 0.31932464f, 0.57286644f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.33689833f, 0.4404977f, -0.15687004f, -0.07720931f, -0.01608549f, 0.25101176f, 0.36835065f, -0.30130583f,
    -0.09977046f, 0.24024677f, 0.26588023f, -0.16903551f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.19330227f, -0.066703916f, 0.15264104f, -0.1358591f, -0.116101876f, 0.09191868f, 0.039367855f, -0.27859786f,
    -0.11820498f, -0.2798521f, -0.43683353f, 0.1036021f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.14520884f, -0.2460151f, -0.023639962f, 0.43037117f, 0.729694f, -0.3613488f, 0.32974964f, -0.002252617f,
    0.56175435f, -0.07968393f, -0.30869335f, 0.3182546f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.47711688f, 0.016203418f, -0.18955848f, 0.23366745f, -0.013677299f, 0.5236119f, -0.23696801f, 0.060767233f,
    -0.45870423f, -0.0678814f, -0.3506763f, 0.062452346f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.1452969f, 0.2992942f, -0.49289665f, 0.02674812f, 0.26794353f, 0.048345476f, -0.5476327f, -0.007226646f,
    -0.14603895f, -0.18029228f, -0.087603405f, -0.31651938f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.4372076f, -0.64927137f, -0.35077584f, 0.15049523f, -0.27909532f, 0.03080149f, 0.42525682f, 0.6409843f,
    -0.039087556f, 0.14891991f, 0.29559076f, 0.26431304f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.16242209f, -0.16135663f, 0.627327f, 0.80079424f, -0.01581534f, -0.8472866f, -0.29783306f, -0.23326093f,
    0.6769584f, -0.774607f, 0.07618198f, -0.1477882f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.28461686f, -0.28998065f, -0.26425758f, -0.5963803f, 0.53027105f, 0.70702744f, 0.11964862f, -0.1706656f,
    -0.3286218f, -0.4990424f, -0.739388f, -0.56677353f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.319037f, -0.00854221f, 0.47116986f, -0.17961171f, 0.2358171f, -0.818835f, 0.23890376f, 0.13260293f,
    -0.07306367f, -0.37203804f, 0.6565714f, -0.11956145f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.03182052f, -0.35998997f, -0.15024367f, 0.21730629f, 0.13413948f, -0.42191792f, 0.67943215f, 0.1725795f,
    0.22164506f, 0.34982628f, 0.13156807f, 0.082912594f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.63179076f, -0.084860414f, -0.1662595f, 0.5033735f, -0.23910478f, 0.11230877f, 0.19029427f, -0.34128526f,
    -0.8098562f, 0.7155217f, -0.22113106f, 0.12972674f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.20603573f, 0.45900795f, -0.4829311f, 0.33290136f, 0.6497879f, 0.29703295f, 0.020247191f, 0.45499077f,
    0.46899688f, 0.40028816f, 0.20893109f, 0.6479912f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.4300576f, -0.5797099f, -0.30044386f, 0.2343727f, -0.82167923f, 0.38386932f, -0.5885228f, -0.02072817f,
    0.3972222f, 0.40036854f, -0.038584426f, -0.1418679f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.10498078f, 0.55148923f, 0.14287134f, 0.1870055f, 0.35709193f, 0.37010032f, -0.6930994f, 0.48450896f,
    0.10469905f, 0.8808427f, -0.13808161f, -0.60934067f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.42373204f, -0.35469902f, 0.016291361f, -0.2186409f, -0.6382117f, -0.34779894f, 0.76926863f, -0.26497334f,
    -0.3760174f, 0.020817608f, 0.14793974f, 0.33802763f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.5600635f, 0.2578972f, 0.039305627f, -0.8949988f, 0.3661864f, -0.4470339f, 0.43365675f, -0.04042898f,
    0.41012278f, 0.8060549f, -0.096825734f, 0.70800614f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.2248371f, 0.16971444f, -0.1998032f, 0.36109978f, 0.073765755f, 0.0025735646f, 0.1424717f, -0.5740404f,
    -0.29809636f, -0.6589355f, -0.4513809f, -0.57056075f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.35217977f, -0.3579323f, -0.58572584f, 0.37682635f, 0.19920766f, -0.45269728f, -0.047934994f, -0.14393428f,
    0.15202892f, -0.39941186f, -0.03885363f, 0.5452695f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.66215444f, 0.19732115f, -0.024900027f, -0.47008902f, -0.33224288f, -0.3997127f, 0.50782365f, 0.22020811f,
    -0.30802312f, 0.31002823f, 0.35526252f, -0.6689632f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.26333398f, -0.18353897f, 0.27639356f, -0.61417866f, -0.44134346f, -0.37285066f, -0.7139447f, -0.349344f,
    -0.64434457f, -0.40016937f, -0.30863646f, -0.7692888f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.21749713f, -0.6911116f, -0.76957667f, 0.2790773f, -0.2560439f, -0.65717787f, -0.60256994f, -0.6371908f,
    0.49991703f, 0.13060269f, 0.5773593f, 0.42005715f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.21320003f, 0.67100984f, -0.52439433f, 0.2290277f, 0.39660555f, -0.123796314f, -0.5575343f, 0.6559665f,
    0.1475101f, -0.6158963f, 0.588053f, -0.7411244f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.4051134f, 0.3669348f, 0.051918134f, 0.5277464f, -0.14907631f, -0.021848023f, -0.75871366f, -0.29902738f,
    0.07997623f, 0.37940967f, 0.11942272f, 0.37950915f, 0.0f, 0.0f, 0.0f, 0.0f
};

static const float layer_12_bias[16] = {
    0.27176458f, 0.19759548f, -0.29695922f, -0.22186613f, -0.3248933f, 0.30082315f, -0.4133826f, 0.30609035f,
    -0.14899862f, 0.4299094f, 0.24912286f, 0.073835075f, 0.0f, 0.0f, 0.0f, 0.0f
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
