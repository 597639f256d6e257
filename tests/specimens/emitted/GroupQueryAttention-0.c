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
    0.37494373f, 0.37640837f, -0.13972561f, -0.16050029f, 0.36812907f, -0.49663478f, 0.04546234f, -0.28528243f,
    -0.014464334f, -0.03353852f, -0.28356564f, -0.8302171f, -0.25184998f, 0.5238603f, -0.34746024f, 0.510905f,
    -0.42791995f, -0.3216115f, 0.53131485f, 0.052651405f, -0.12303746f, 0.675855f, 0.4567787f, 0.5956104f,
    0.46203664f, -0.1070326f, -0.20388913f, 0.24812227f, -0.25120014f, 0.057371378f, -0.1166646f, -0.21069387f,
    -0.39822286f, -0.059022665f, 0.31440717f, -0.056176603f, -0.06439813f, -0.5606899f, -0.5010311f, -0.039748818f,
    0.54247904f, -0.01799944f, -0.58123875f, 0.1398293f, 0.29239154f, -0.3901072f, 0.56740224f, 0.44445288f,
    -0.3176811f, -0.09379488f, 0.05156739f, -0.39191523f, -0.49595937f, -0.18505204f, -0.47758195f, 0.3752444f,
    -0.110999376f, -0.060784876f, 0.20830688f, -0.4780963f, 0.70679957f, -0.5178971f, 0.44571996f, -0.14316037f,
    -0.2959082f, -0.466944f, 0.10751961f, 0.033094004f, -0.29378384f, 0.39915976f, -0.11922833f, 0.23256868f,
    0.87222266f, -0.4578902f, -0.24099621f, -0.42425716f, 0.12242151f, 0.3760886f, -0.11760247f, -0.11266263f,
    0.434659f, -0.1244584f, -0.18699783f, 0.43564183f, -0.042463124f, 0.14660399f, -0.5665491f, 0.49768278f,
    -0.5278714f, 0.4408767f, 0.02120395f, 0.13628173f, -0.6215887f, -0.67450786f, -0.31221232f, -0.40925172f,
    0.3515631f, 0.39192384f, 0.07999922f, 0.32318875f, -0.09262466f, -0.2922905f, 0.39191774f, -0.71294975f,
    0.06516978f, 0.327572f, -0.23130174f, -0.036268592f, 0.5910993f, 0.028335914f, -0.077614516f, -0.5637623f,
    0.6767922f, -0.5388117f, 0.33367765f, -0.08485961f, 0.094090134f, -0.37230906f, 0.78972405f, 0.17252207f,
    -0.17419988f, -0.2855161f, -0.5277294f, 0.76898736f, 0.1790447f, 0.05868639f, 0.16766863f, 0.023089387f,
    0.12814614f, -0.16239512f, 0.26386815f, 0.17634702f, 0.15086561f, 0.19642814f, 0.4512754f, -0.33781162f,
    0.2862698f, -0.28815895f, 0.07358928f, 0.17693189f, 0.6509313f, 0.057350487f, -0.35364527f, -0.633359f,
    -0.11489421f, 0.29553106f, -0.4628528f, -0.18016747f, 0.19668072f, -0.030648053f, -0.78037447f, 0.015130892f,
    -0.020939112f, -0.37019682f, 0.19099975f, -0.47024518f, 0.1411117f, -0.17145503f, -0.24818681f, -0.33732376f,
    0.118652f, -0.03685108f, 0.21583307f, -0.095902026f, -0.10943994f, -0.18781859f, 0.084038526f, -0.12050292f,
    -0.5335876f, -0.07198173f, -0.56761026f, 0.35764802f, 0.58465785f, -0.042962834f, 0.0322401f, -0.39961594f,
    0.47962403f, 0.50665206f, 0.36771178f, 0.032792807f, -0.07767245f, 0.3819838f, -0.55397964f, 0.48926508f,
    0.14102769f, 0.7523414f, -0.054867856f, -0.19119985f, -0.3159558f, 0.8184304f, 0.6693139f, 0.3363732f,
    0.34062836f, 0.010627419f, 0.5919999f, -0.4571935f, 0.035140812f, 0.4218982f, -0.6460731f, 0.27970493f,
    0.058810055f, -0.2886773f, 0.4145245f, 0.36140594f, 0.2700187f, -0.22054133f, -0.24821335f, -0.7659776f,
    -0.7182857f, -0.74992895f, -0.1953432f, -0.08947906f, 0.43792915f, 0.013183132f, 0.19936103f, -0.29602957f,
    -0.6005588f, -0.49075678f, -0.074636534f, 0.27433777f, 0.22973251f, -0.013391703f, -0.10320756f, 0.6296664f,
    -0.14413846f, 0.09599511f, -0.3234368f, -0.60688704f, -0.041923624f, 0.6043725f, 0.51468873f, 0.49050018f,
    -0.24615079f, 0.012684435f, 0.06574246f, -0.33229336f, -0.10682589f, -0.50203705f, -0.10496992f, 0.19377883f,
    0.72984684f, -0.25072587f, -0.6515121f, 0.18582699f, 0.100379914f, 0.5419961f, -0.30939266f, -0.37014854f,
    0.64227647f, -0.6502459f, 0.63321805f, 0.4622706f, 0.5065492f, 0.34105042f, 0.67993546f, 0.11210826f,
    -0.45055422f, 0.15346447f, 0.4867058f, -0.1989131f, 0.23740423f, 0.21948949f, -0.07977135f, 0.10894835f,
    -0.60634965f, -0.13584492f, 0.008449703f, 0.24812545f, 0.64106834f, -0.7443286f, -0.040191405f, -0.004875932f,
    0.39418003f, 0.07366037f, -0.19324681f, 0.5971814f, 0.43053216f, -0.23469543f, -0.75754833f, 0.5006132f,
    -0.31758368f, -0.26748604f, 0.0653626f, -0.29041708f, -0.436406f, 0.44746864f, 0.46060902f, -0.4663532f
};

static const float layer_2_bias[24] = {
    -0.36949706f, -0.2171961f, 0.4973027f, 0.4295944f, 0.28145295f, 0.09337896f, -0.3492108f, 0.44289607f,
    -0.44001544f, 0.33564425f, -0.23144239f, 0.116298795f, 0.04594904f, -0.075868785f, -0.43366575f, -0.41548944f,
    0.4014529f, 0.4386093f, 0.38891298f, 0.3243739f, -0.37981135f, 0.33561492f, -0.18327779f, 0.052015662f
};

static const float layer_5_w[80] = {
    0.23095393f, 0.10263011f, -0.12789232f, 0.52921164f, 0.26275927f, -0.27267915f, 0.48990157f, 0.35432935f,
    -0.70114684f, -0.49658215f, 0.3863635f, -0.14957154f, -0.176232f, -0.025508255f, 0.64258254f, -0.31107983f,
    0.19810396f, 0.086738676f, -0.56412977f, -0.70737225f, 0.5628693f, 0.8105713f, -0.1268489f, 0.32164976f,
    0.2515442f, 0.009653568f, -0.13292596f, 0.46744284f, -0.37987667f, 0.5507453f, -0.050804347f, 0.6696243f,
    -0.16949335f, 0.019521534f, -0.53548896f, -0.11984226f, -0.5372585f, 0.20676479f, 0.14264664f, 0.4566786f,
    0.5391934f, -0.5355997f, 0.10694512f, -0.39395547f, -0.30400974f, -0.24471563f, 0.36527893f, 1.0007669f,
    -0.44144812f, -0.024596408f, 0.37604535f, 0.1652363f, 0.62974894f, 0.40727782f, -0.23998794f, -0.5061903f,
    0.9399865f, -0.75149816f, 0.18895695f, 0.46651503f, -0.09355943f, 0.18332821f, -0.40189582f, 0.22018433f,
    0.7314049f, -0.4508067f, 0.74882454f, -0.21214014f, -1.0046153f, 0.13854662f, 0.29939163f, 0.8196475f,
    0.31841853f, -0.022007763f, 0.0005337596f, -0.18590453f, 0.116818875f, -0.40213713f, -0.18741424f, 0.29464996f
};

static const float layer_5_bias[8] = {
    0.46065623f, -0.40289307f, -0.06573546f, -0.3355115f, -0.02951622f, -0.47924906f, 0.1391905f, 0.19544286f
};

static const float layer_8_w[80] = {
    0.24851039f, 0.3736437f, -0.1731192f, 1.0278833f, 0.25632522f, -0.32566994f, 0.06393221f, 0.025994897f,
    0.08941588f, 0.015000552f, -0.07014928f, -0.12177162f, -0.46277624f, -0.21316381f, 0.5805553f, -0.11326283f,
    -0.15425545f, -0.33077025f, -0.026926383f, 0.14369786f, 0.22101763f, 0.012473859f, 0.36173642f, 0.024623781f,
    -0.31062186f, 0.47967568f, 0.12941246f, 0.17600778f, 0.14200345f, 0.6844138f, 0.33609357f, -0.021221645f,
    0.18339236f, 0.13699187f, 0.47528428f, -0.48928f, -0.50175476f, 0.24130484f, 0.6284733f, 0.8970854f,
    0.069687545f, 0.041876197f, -0.14585498f, 0.284698f, 0.8567921f, 0.13464898f, -0.64022934f, -0.5868819f,
    0.57304204f, 0.6305542f, -0.13467681f, 0.5870339f, 0.63944745f, -0.0654524f, -0.62019956f, 0.88049376f,
    0.6104547f, -0.7462653f, 0.38730612f, -0.06631573f, 0.47086078f, -0.20479563f, 0.5942793f, 0.21647869f,
    0.580495f, -0.61147606f, 0.42044252f, 0.26114455f, -0.11175305f, -0.23956206f, 0.33354384f, 0.2791965f,
    0.6872594f, 0.1836859f, 0.18994701f, 0.42554837f, -0.32999903f, -0.4944144f, 0.58145976f, -0.6290933f
};

static const float layer_8_bias[8] = {
    0.02024287f, -0.23921466f, 0.07319164f, -0.048971057f, 0.13889802f, 0.3727821f, 0.1356566f, 0.24161845f
};

static const float layer_12_w[384] = {
    0.14364234f, 0.68808424f, 0.27524468f, 0.21141781f, 0.42576972f, -0.19379398f, 0.3987016f, -0.093106255f,
    -0.017300814f, 0.4711817f, 0.013136834f, -0.14251938f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.37163568f, 0.0027252883f, -0.2716724f, -0.0142631065f, -0.25441778f, 0.6908622f, 0.3652881f, 0.11582236f,
    0.28696838f, -0.18222415f, -0.1778053f, -0.017279401f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.6048344f, 0.87645966f, 0.4737664f, -0.19942716f, -0.4034363f, 0.013254672f, 0.4246698f, -0.13704446f,
    -0.5125567f, 0.019698426f, -0.2975619f, -0.21035327f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.06744665f, -0.16077814f, -0.46505588f, 0.10414654f, 0.6043931f, 0.02839297f, -0.18793736f, -0.11791495f,
    0.6401893f, -0.20011893f, 0.27869087f, 0.557209f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.47642767f, -0.05783491f, 0.22284487f, -0.15287255f, -0.18879604f, -0.13546948f, 0.15233174f, 0.6780352f,
    -0.22477011f, 0.11934955f, 0.105934754f, 0.34629342f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.20671424f, -0.022125155f, -0.060844034f, -0.102325976f, 0.39196482f, -0.42618522f, -0.21559116f, -0.17595208f,
    -0.29599637f, -0.5370636f, 0.47621626f, -0.10787672f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.1899378f, 0.011586398f, -0.1764276f, 0.50976634f, -0.1514444f, 0.42878053f, 0.13473323f, 0.20333147f,
    0.3125836f, 0.6183455f, -0.35669106f, -0.18863441f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.1659911f, -0.12155437f, -0.061176732f, 0.050548702f, 0.013549842f, -0.26676166f, -0.28760526f, 0.5532759f,
    0.34770942f, -0.48182756f, -0.77697885f, 0.76178193f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.23010448f, -0.013842031f, -0.13253084f, -0.6325279f, 0.16178307f, 0.730273f, 0.18839274f, 0.22500171f,
    0.035176888f, -0.18619f, -0.47640708f, -0.8398819f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.17661425f, 0.5673728f, 0.59102607f, -0.62969244f, 0.16541734f, -0.787372f, -0.122377284f, 0.66792315f,
    -0.6454599f, 0.108525306f, 0.015209228f, -0.19107802f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.31513983f, -0.4551421f, 0.07034388f, -0.0635781f, 0.8424265f, -0.59458464f, 0.03515613f, -0.36558816f,
    0.17598176f, 0.54361933f, 0.19066167f, 0.09545621f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.6484124f, -0.017411679f, 0.40883955f, 0.1573089f, -0.1393716f, 0.20278826f, 0.5300707f, -0.5317584f,
    -0.7471783f, 0.408407f, 0.1630145f, 0.0103265345f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.4242679f, -0.18758354f, -0.38832334f, 0.15422028f, 0.07016949f, 0.5238544f, 0.08754441f, -0.16346607f,
    0.6115009f, -0.13523543f, -0.11647624f, 0.06453611f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.15496705f, -0.30414677f, 0.18348286f, 0.28079978f, 0.08412793f, -0.093053065f, -0.07202126f, 0.06522161f,
    0.31850758f, 0.027167171f, -0.3895687f, 0.46168903f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.035257533f, 0.5050367f, -0.085661635f, 0.17615323f, 0.29380533f, 0.48893815f, -0.72805965f, -0.011875063f,
    -0.2329982f, 0.3074376f, 0.086767554f, -0.52086616f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.046109214f, 0.0021740794f, -0.2452897f, -0.2560028f, -0.257212f, 0.3860854f, 0.07669112f, -0.23847204f,
    -0.6142457f, 0.45767048f, -0.5320358f, -0.4199204f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.41282076f, -0.217589f, -0.44785702f, -0.27469027f, -0.21200392f, -0.15454605f, 0.69957006f, 0.35284615f,
    0.26048782f, 0.20135975f, 0.18699394f, 0.68729186f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.13805977f, -0.071236506f, 0.3743244f, 0.475982f, 0.316836f, -0.3256986f, -0.4063129f, -0.52734727f,
    0.3285262f, -0.541515f, 0.3202213f, -0.63327426f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.018305717f, -0.42123702f, -0.4853509f, -0.17136914f, 0.6263485f, 0.4747253f, 0.5127421f, 0.035347667f,
    -0.052954964f, -0.55964637f, -0.29257637f, 0.008326739f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.17330137f, 0.2777458f, 0.22431684f, 0.19934492f, 0.076589145f, -0.80519104f, 0.33089617f, -0.31196123f,
    0.12584552f, 0.223093f, 0.7021038f, -0.27842903f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.277775f, -0.42585754f, -0.13420358f, -0.03775218f, -0.18869588f, -0.21542503f, 0.06639311f, 0.07580325f,
    -0.53054905f, -0.3440587f, -0.3835868f, 0.08304432f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.33854258f, 0.013770461f, -0.63442683f, 0.21235986f, -0.31278205f, -0.5279174f, -0.19514358f, -0.24283507f,
    -0.42107153f, 0.5238327f, -0.08141351f, 0.018716723f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.24211842f, 0.4631468f, -0.3028456f, -0.2552513f, 0.44323516f, -0.0563294f, -0.3896061f, 0.55373645f,
    0.3886059f, 0.15500152f, 0.1289466f, 0.20738952f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.36097056f, -0.325887f, -0.09342761f, 0.20420204f, -0.732723f, 0.53645843f, -0.6201054f, -0.19197369f,
    0.09205541f, 0.14637582f, 0.08456878f, -0.117356f, 0.0f, 0.0f, 0.0f, 0.0f
};

static const float layer_12_bias[16] = {
    0.16728711f, 0.28157014f, -0.075326145f, 0.3981499f, 0.42310512f, 0.16628426f, -0.31266266f, 0.19394732f,
    0.086507976f, 0.4945001f, -0.400567f, -0.29837924f, 0.0f, 0.0f, 0.0f, 0.0f
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
