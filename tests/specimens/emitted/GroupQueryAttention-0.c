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

#ifdef VECTORS
INLINE vec larger(vec a, vec b) { __typeof__(a > b) m = a > b; return (vec)((m & (__typeof__(m))a) | (~m & (__typeof__(m))b)); }
#else
INLINE vec larger(vec a, vec b) { for (int i = 0; i < LANES; i++) a.f[i] = a.f[i] > b.f[i] ? a.f[i] : b.f[i]; return a; }
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

#ifdef VECTORS
INLINE vec smaller(vec a, vec b) { return choose((mask)(a < b), a, b); }
#else
INLINE vec smaller(vec a, vec b) { for (int i = 0; i < LANES; i++) a.f[i] = a.f[i] < b.f[i] ? a.f[i] : b.f[i]; return a; }
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
    -0.08136165f, 0.4037073f, -0.10616098f, -0.27888066f, 0.37090456f, -0.6415384f, 0.05634907f, -0.21987212f,
    -0.5543645f, -0.10481644f, -0.51043695f, -0.061222643f, -0.127767f, 0.0050664097f, 0.12204912f, 0.18980981f,
    -0.3048866f, 0.09946743f, 0.4538748f, 0.17033988f, -0.03315884f, 0.7920263f, -0.41185516f, 0.63070583f,
    0.14892152f, 0.5494387f, 0.004110694f, 0.60017884f, 0.15439337f, 0.067620635f, -0.58217853f, 0.38191095f,
    0.16149616f, -0.4990422f, -0.008066885f, -0.5937478f, 0.073840715f, -0.1204745f, 0.031758346f, -0.07862267f,
    0.6792234f, -0.31242225f, -0.10155551f, -0.38389027f, 0.04238808f, -0.3028384f, 0.28088376f, 0.08613372f,
    -0.3089845f, 0.49404103f, -0.107482955f, -0.57629037f, -0.6482543f, -0.033777714f, -0.53981364f, 0.42025325f,
    -0.033626705f, 0.6201203f, 0.054910026f, 0.1901896f, 0.6105766f, -0.25695437f, 0.39520544f, -0.8266698f,
    -0.031695798f, -0.36554006f, 0.44386327f, -0.23355679f, 0.28989112f, 0.10769107f, -0.16454408f, 0.26512992f,
    -0.055324137f, 0.12722182f, -0.15339264f, -0.6384866f, -0.12828696f, 0.5245694f, 0.085584044f, 0.46505803f,
    0.11322802f, 0.52261806f, 0.24022931f, -0.25904584f, 0.09608072f, 0.6195204f, 0.02523166f, 0.22208127f,
    -0.21352947f, 0.12483254f, 0.07513805f, 0.13750595f, -0.4109938f, -0.3906707f, 0.10649338f, -0.75993764f,
    0.41508764f, 0.008379236f, 0.15518387f, 0.62644815f, 0.2649045f, -0.47262478f, 0.46080825f, -0.034366608f,
    -0.54362917f, 0.32261616f, -0.17541803f, 0.24799067f, 0.5352254f, 0.21500044f, -0.41271916f, -0.6362485f,
    0.4544478f, 0.22304639f, 0.824279f, -0.0019253492f, 0.21827027f, -0.25817165f, 0.57604957f, 0.48380387f,
    0.4600911f, 0.32131776f, 0.20855966f, 0.37207133f, 0.13928089f, 0.04841478f, -0.11788942f, -0.29783592f,
    0.3215123f, 0.10110855f, -0.02627838f, -0.16653514f, 0.11615211f, 0.4979947f, 0.48692846f, -0.7473272f,
    -0.48293504f, -0.75820696f, 0.093213394f, -0.25491616f, -0.07439643f, -0.38296178f, -0.6317577f, 0.099111855f,
    -0.11421132f, 0.22640328f, -0.42400154f, 0.3595015f, 0.0965532f, -0.09495771f, -0.13115585f, 0.44074714f,
    0.30221766f, -0.6711052f, 0.34974748f, -0.5086195f, 0.57848275f, -0.7307706f, -0.1183797f, 0.010099986f,
    -0.21309952f, -0.26353756f, 0.34490645f, -0.033829987f, -0.7139156f, 0.59332633f, 0.057899326f, 0.07422015f,
    -0.32623133f, 0.5648317f, -0.045464694f, 0.19908494f, 0.25135595f, -0.10564028f, -0.2909116f, -0.21578391f,
    -0.061537087f, -0.18215775f, 0.016927969f, -0.0690133f, 0.48364606f, 0.5857092f, -0.80492353f, 0.43315768f,
    -0.53456414f, -0.17370436f, -0.2077564f, 0.572985f, -0.07950643f, -0.0768359f, 0.20628959f, 0.6691442f,
    0.32977173f, -0.6018095f, 0.02441454f, 0.053060994f, 0.22955102f, 0.72648627f, -0.6659777f, -0.038590897f,
    -0.057628453f, -0.35213885f, 0.6093176f, 0.052104197f, 0.0818125f, 0.42740694f, 0.10213721f, -0.077889115f,
    -0.5865605f, -0.0050105155f, 0.2350803f, 0.6584259f, -0.32289195f, -0.34257364f, -0.48581463f, -0.06553914f,
    -0.5219077f, 0.032867767f, -0.0045372397f, 0.2782796f, 0.41339535f, 0.22865126f, 0.06868693f, 0.315664f,
    -0.69585454f, -0.3485642f, 0.06430483f, -0.35806704f, 0.18551262f, 0.21880093f, -0.113503575f, -0.022171523f,
    -0.09452736f, -0.22972277f, -0.16057691f, -0.690292f, 0.18566608f, 0.08365911f, -0.063816845f, 0.23849376f,
    0.031480342f, -0.033657685f, -0.67860466f, 0.54872453f, -0.21545681f, 0.7402358f, 0.06363717f, -0.077234976f,
    -0.083253965f, 0.24964938f, 0.41975263f, 0.15506633f, 0.5851152f, 0.043380402f, 0.7526274f, -0.06129232f,
    -0.08581725f, 0.017331272f, 0.031306893f, 0.41117835f, -0.3065241f, -0.050613016f, -0.12911655f, -0.28764588f,
    -0.60667974f, -0.24102512f, 0.22914621f, 0.4244318f, 0.084659934f, -0.069377035f, -0.31281483f, -0.48595122f,
    -0.046889637f, -0.52414274f, 0.16974077f, 0.3330344f, 0.20764917f, -0.3786412f, 0.18528804f, 0.19977055f,
    -0.10667515f, 0.040251188f, -0.6117315f, -0.07203336f, -0.5834867f, 0.8495654f, -0.08633597f, 0.2394158f
};

static const float layer_2_bias[24] = {
    0.28123254f, 0.115621805f, -0.20972705f, -0.40283597f, 0.37877214f, -0.010923147f, 0.053989887f, -0.47030753f,
    0.44321787f, -0.08604735f, 0.41830885f, 0.430717f, 0.30310917f, 0.012733817f, 0.3774624f, 0.41627318f,
    -0.43324465f, -0.2546599f, -0.44429743f, 0.44303197f, -0.24011177f, -0.3349135f, -0.25933373f, -0.349275f
};

static const float layer_5_w[80] = {
    -0.3461784f, 0.19596103f, -0.0755744f, -0.11363429f, 0.40185255f, -0.9539737f, 0.041511513f, 0.16167934f,
    -0.07092503f, -0.4570306f, -0.15275115f, -0.008707821f, 0.11638121f, 0.59299934f, 0.14097208f, 0.63809896f,
    0.6829258f, 0.045939952f, 0.08430354f, -0.33058518f, 0.057149053f, 0.76378417f, -0.3056179f, 0.17213073f,
    0.32277527f, 0.8255072f, 0.068312615f, -0.21258846f, -0.22649027f, 0.9596874f, 0.060739785f, 0.12482086f,
    -0.5448748f, -0.42580652f, -0.58618045f, 0.2616773f, -0.19447494f, -0.31461444f, 0.12936845f, 0.41580734f,
    0.61435914f, -0.5396544f, -0.24100658f, -0.50657654f, 0.21900342f, -0.21010578f, -0.36803547f, 0.98158294f,
    -0.21820804f, 0.054845795f, 0.21443343f, -0.5526418f, 0.39008152f, 0.19865604f, 0.21884236f, 0.2060695f,
    0.18727273f, -0.42896187f, 0.22481528f, 0.5037017f, 0.31650984f, -0.05486071f, 0.0921772f, 0.027457535f,
    0.3045425f, -0.4870228f, 0.30613124f, 0.48008066f, -0.07595909f, -0.24680135f, 0.073196344f, 0.75916827f,
    -0.18807372f, 0.009029508f, -0.09970778f, 0.3413532f, -0.6091895f, 0.004137194f, -0.18153723f, 0.5569414f
};

static const float layer_5_bias[8] = {
    0.16918594f, 0.073765695f, 0.35949117f, -0.13882315f, -0.19785613f, -0.38300192f, 0.10945213f, -0.3355521f
};

static const float layer_8_w[80] = {
    0.6921822f, 0.5789425f, 0.41354978f, 0.8275841f, -0.02859727f, -0.23157525f, 0.2705187f, -0.5573956f,
    0.31597868f, -0.581082f, -0.25457677f, -0.26541197f, -0.8446255f, 0.27689183f, 0.7462683f, -0.25028116f,
    -0.13107347f, 0.15139551f, 0.15139563f, 0.49447256f, -0.34322366f, 0.22111782f, -0.38609326f, -0.44868317f,
    -0.7300813f, 0.13999042f, 0.20168976f, 0.034996778f, -0.60019374f, 0.14766583f, 0.06543693f, -0.350294f,
    0.15743537f, -0.628945f, -0.1989485f, -0.29220533f, -0.34367928f, 0.7693567f, -0.12900177f, 0.74579823f,
    0.2645411f, 0.0035973191f, -0.017252892f, -0.06895435f, 0.8542304f, 0.44458246f, -0.51179135f, -0.006769806f,
    0.6581396f, 0.19196829f, -0.9981411f, 0.42320633f, 0.98775184f, -1.0401139f, -0.12748547f, 0.16318417f,
    -0.073593974f, -0.7166939f, 0.5451968f, -0.20812592f, 0.81285775f, -0.20328096f, 0.55191255f, -0.54468906f,
    0.6580452f, 0.007068515f, -0.27204448f, -0.34054282f, 0.022134602f, -0.6514158f, 0.555257f, -0.3810814f,
    0.52446157f, 0.2244404f, 0.38971716f, -0.22650336f, -0.42871338f, -0.11697996f, -0.0131208f, 0.14960563f
};

static const float layer_8_bias[8] = {
    -0.41155738f, -0.44888222f, -0.3852247f, -0.0052241683f, -0.09842706f, 0.20255154f, -0.37904525f, -0.28648192f
};

static const float layer_12_w[384] = {
    -0.3760815f, 0.6734058f, 0.20505789f, -0.13359939f, -0.052005857f, 0.495312f, 0.43225932f, 0.38950312f,
    -0.65562284f, 0.31590593f, 0.5398631f, 0.24782631f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.21585764f, 0.023031875f, -0.4467946f, 0.16218655f, -0.5101525f, 0.75493455f, -0.49668053f, 0.092304334f,
    0.016318887f, -0.21416682f, 0.6269712f, -0.0705439f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.037935555f, 0.09732509f, 0.42472273f, -0.028669454f, -0.23057814f, -0.20796081f, -0.10637903f, -0.34183428f,
    -0.50393045f, 0.08046298f, 0.31671068f, -0.029132918f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.6188507f, -0.052429527f, -0.11025517f, -0.11536598f, 0.3587709f, -0.08513707f, 0.54989415f, -0.38783523f,
    0.29230395f, 0.14637157f, -0.1503277f, 0.44756573f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.6361147f, -0.48594266f, -0.20799926f, -0.09307985f, -0.45845902f, -0.18933712f, 0.28125855f, 0.3685254f,
    -0.5922013f, -0.35695964f, -0.41640925f, 0.042563826f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.18327513f, -0.20108786f, -0.60152984f, -0.30254775f, 0.5573689f, -0.5430074f, -0.20550802f, -0.051766872f,
    -0.21263832f, -0.73893356f, 0.22970943f, -0.0922429f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.395458f, 0.0042395294f, 0.2851144f, 0.008646185f, -0.1485931f, -0.08887546f, -0.09143486f, -0.023481965f,
    -0.47561887f, 0.5769857f, -0.151061f, -0.022525981f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.50236f, -0.42321265f, 0.39003336f, 0.78327966f, -0.044228636f, -0.37830275f, 0.07400469f, 0.2428472f,
    -0.22522382f, -0.38356256f, -0.5441539f, 0.037206084f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.62961686f, 0.25397462f, -0.061802894f, 0.13836558f, 0.28486958f, 0.49125144f, 0.18729632f, 0.17372401f,
    0.14328553f, 0.17720045f, -0.4730728f, -0.29698637f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.026359f, 0.23889801f, -0.23439702f, -0.7006868f, -0.19181374f, 0.04457423f, -0.57036424f, 0.042379975f,
    -0.48076355f, -0.381555f, 0.24450436f, 0.057159767f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.044007972f, -0.41144016f, 0.4782134f, 0.43674484f, 0.18469709f, -0.30115026f, 0.5490594f, 0.100613564f,
    0.55405194f, 0.2767772f, 0.64069813f, -0.3471841f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.13122374f, -0.5539814f, 0.3663213f, 0.44442895f, -0.1747919f, -0.15489051f, 0.43568796f, -0.55459857f,
    0.075772226f, -0.17554799f, 0.069868654f, 0.294764f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.46319294f, 0.026864082f, -0.24313286f, 0.55905086f, 0.4574327f, 0.083809f, 0.11784646f, -0.1376951f,
    0.37099087f, -0.5677707f, 0.08335143f, 0.25770003f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.11407809f, -0.5486489f, -0.52703243f, 0.34073678f, -0.8678446f, 0.12193105f, -0.11229183f, 0.3025024f,
    -0.10986557f, -0.0038286746f, 0.1257007f, 0.75506353f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.17678122f, -0.22985113f, 0.2674964f, -0.4979121f, 0.3607609f, 0.4966957f, -0.6165376f, 0.6740277f,
    0.1493036f, 0.854974f, 0.03839767f, -0.3760397f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.40754503f, -0.73482984f, 0.18243937f, 0.021689504f, -0.669271f, 0.40907443f, 0.4200364f, -0.5044881f,
    -0.6344906f, 0.8639549f, -0.44663036f, -0.54435146f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.054305777f, 0.5274978f, -0.088097215f, -0.4205582f, 0.3175219f, -0.5106708f, 0.1024124f, -0.28944087f,
    0.58825696f, 0.5190213f, -0.16402282f, 0.25358605f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.06683495f, -0.3793217f, 0.05237583f, -0.10430525f, 0.37679994f, 0.36877012f, -0.13992056f, 0.30166787f,
    0.10090607f, 0.19343634f, 0.23565139f, 0.11719334f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.23017836f, -0.10417262f, -0.6400181f, -0.09173077f, 0.69636065f, -0.41444546f, -0.037959322f, -0.33950028f,
    0.053968675f, -0.21100192f, 0.5824591f, 0.47852126f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.25823626f, 0.4538695f, -0.1775729f, 0.24064587f, 0.25155494f, -0.1344327f, 0.30652496f, -0.5754789f,
    0.3095688f, 0.6425737f, -0.04807961f, -0.08053732f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.0062142015f, -0.54732114f, 0.5471088f, 0.109075636f, 0.059186183f, -0.50338715f, -0.4645641f, 0.19711426f,
    -0.50922847f, -0.30211753f, -0.30559793f, 0.050442487f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.007532645f, -0.61800057f, 0.16038886f, 0.29677427f, -0.797822f, -0.1252988f, 0.10962105f, -0.3672662f,
    0.17009605f, -0.025952488f, -0.06396204f, 0.6977496f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.11307329f, 0.23437738f, -0.048576176f, -0.59015197f, 0.13802928f, -0.4856473f, 0.4010733f, 0.41337577f,
    0.5800441f, -0.114718676f, 0.5413688f, -0.71833044f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.3699816f, -0.02354822f, 0.5769993f, -0.2975356f, -0.47473326f, -0.038560867f, 0.0074498653f, 0.15298766f,
    -0.28001025f, 0.0022658557f, 0.25671667f, 0.34543896f, 0.0f, 0.0f, 0.0f, 0.0f
};

static const float layer_12_bias[16] = {
    -0.27906382f, 0.46735883f, 0.48799658f, -0.33209175f, 0.07555002f, 0.28543317f, 0.42815757f, -0.093388855f,
    -0.16359782f, 0.07739997f, -0.38865155f, 0.47333473f, 0.0f, 0.0f, 0.0f, 0.0f
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
