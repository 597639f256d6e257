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
    0.29905236f, -0.18518037f, 0.47755253f, 0.1469244f, -0.10592714f, -0.10974985f, -0.07197726f, 0.03619275f,
    -0.11708681f, -0.33411086f, -0.13572416f, -0.43257302f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.23049971f, 0.1149683f, -0.48449022f, 0.30376217f, 0.06723657f, -0.12098694f, 0.26068333f, -0.2497184f,
    0.84020126f, -0.097149074f, 0.24879552f, 0.19477317f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.20069678f, 0.03602189f, -0.18377201f, 0.19565707f, -0.2680309f, 0.1711261f, 0.49943417f, -0.10433006f,
    0.13410787f, 0.86339164f, 0.20824213f, 0.22289589f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.41610757f, -0.6683693f, -0.42708772f, 0.7481897f, 0.23839867f, -0.6979906f, 0.25911814f, -0.3181001f,
    0.115950786f, 0.5505923f, -0.031865895f, -0.48913142f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.5949442f, -0.4677407f, -0.20089528f, -0.27449858f, 0.5759352f, -0.47100115f, 0.25138676f, 0.61079216f,
    0.17970413f, 0.3193396f, -0.4194166f, 0.2398971f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.1793989f, 0.08003837f, 0.24841577f, 0.4488579f, -0.6018978f, -0.49501345f, -0.47561914f, 0.5800978f,
    0.50660676f, -0.20157537f, -0.49411803f, 0.27329445f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.051323056f, 0.89579225f, 0.62058216f, -0.8650677f, 0.081588626f, 0.20769304f, 0.11346385f, 0.51969856f,
    -0.5334494f, 0.6783445f, 0.25381094f, -0.3684189f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.72050786f, -0.16090545f, 0.10853526f, -0.068715036f, -0.052329034f, -0.4404503f, -0.012037888f, -0.056264333f,
    0.04720004f, -0.11734098f, 0.6374195f, 0.14512779f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.16294894f, -0.26354784f, 0.44169897f, 0.6324344f, -0.33819237f, 0.31878698f, -0.8806561f, 0.13348189f,
    0.92388415f, -0.4055423f, 0.024725676f, -0.16269484f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.280816f, 0.27597383f, 0.39192644f, 0.14623892f, -0.7222065f, -0.17097723f, -0.3047681f, 0.051829636f,
    0.4862788f, 0.029902458f, 0.2659273f, -0.26920965f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.3054347f, 0.14097013f, 0.10323712f, 0.17432936f, 0.022943497f, 0.117314056f, -0.85373473f, -0.07464102f,
    0.024510413f, 0.659033f, -0.5169922f, -0.11803034f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.06803048f, -0.8671099f, -0.3513345f, -0.62947136f, 0.07236266f, -0.03553614f, -0.17595476f, -0.29202098f,
    0.0018971264f, -0.033161134f, -0.3365361f, 0.36779818f, 0.0f, 0.0f, 0.0f, 0.0f
};

static const float layer_2_bias[16] = {
    0.10806495f, -0.34380007f, -0.3372004f, -0.3448034f, 0.015336752f, 0.46534175f, -0.42710185f, 0.036991417f,
    -0.37475795f, 0.40083128f, 0.48938268f, -0.14900494f, 0.0f, 0.0f, 0.0f, 0.0f
};

static const float layer_5_w[160] = {
    0.15349197f, 0.20587245f, -0.4175237f, 0.23766766f, 0.012775153f, -0.7401328f, -0.08895456f, 0.25966918f,
    -0.32662007f, -0.24410522f, 0.14536174f, -0.093140006f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.32748908f, 0.20704457f, 0.18972763f, 0.43844455f, 0.7523495f, 0.15332466f, 0.17269857f, -0.43946257f,
    0.7345104f, 0.12633318f, -0.26526874f, -0.0066047013f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.16576761f, 0.64964557f, 0.18911764f, -0.0899061f, -0.35647985f, 0.32772326f, -0.5564741f, 0.55469924f,
    -0.4328351f, 0.010446385f, -0.0052566975f, -0.042818606f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.4080599f, -0.37022188f, -0.013493687f, 0.49427226f, -0.013115615f, -0.25498378f, 0.29163843f, -0.6238755f,
    -0.33584416f, -0.36084995f, 0.29169637f, 0.7631222f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.50713706f, -0.23717977f, -0.1561414f, -0.0054795444f, -0.21499741f, 0.09868178f, 0.25757664f, -0.49398857f,
    0.32424414f, -0.6523819f, 0.53873f, 0.26509017f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.29863888f, -0.006326318f, -0.41677707f, 0.31771362f, 0.6858281f, 0.10850759f, 0.24551737f, 0.30424386f,
    -0.9569974f, -0.18678802f, 0.5164786f, 0.28865194f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.30490062f, -0.08447403f, -0.6691724f, 0.30493146f, -0.13823837f, -0.33558807f, -0.32341367f, 0.6845776f,
    -0.06060821f, 0.00337106f, 0.004766062f, 0.68554735f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.27687517f, -0.50999284f, -0.600958f, -0.65147686f, 0.83096665f, 0.049763463f, 0.1843836f, 0.0003620088f,
    -0.62791085f, 0.34030133f, -0.09711106f, -0.46368217f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.4107123f, -0.5176158f, 0.54442775f, -0.09240273f, 0.1484423f, -0.13300228f, 0.31780407f, -0.27650386f,
    -0.19772142f, -0.6410526f, 0.27044493f, 0.12561777f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.64024377f, -0.73806983f, 0.17266843f, 0.2767208f, 0.43175387f, 0.62415653f, -0.21937838f, 0.66540897f,
    0.4710238f, 0.69883394f, 0.11983009f, -0.3509329f, 0.0f, 0.0f, 0.0f, 0.0f
};

static const float layer_5_bias[16] = {
    -0.4340245f, -0.26462853f, 0.27937806f, -0.27430254f, 0.3110692f, -0.39523208f, -0.26254267f, -0.04470712f,
    -0.13378721f, -0.26036745f, 0.180484f, 0.28529263f, 0.0f, 0.0f, 0.0f, 0.0f
};

static const float layer_8_w[160] = {
    0.64342695f, 0.61569446f, -0.48943377f, 0.17545468f, -0.24847394f, 0.10808006f, -0.29487476f, -0.7294251f,
    0.39486933f, -0.77532107f, 0.23642205f, 0.38319927f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.5058581f, -0.37651902f, 0.71167886f, 0.43232375f, 0.46653908f, -0.14430946f, 0.074915856f, 0.5781369f,
    -0.29718438f, 0.32147735f, 0.16124894f, -0.51027036f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.08195037f, 0.5969585f, -0.10272667f, 0.06548122f, -0.37342763f, 0.5564544f, -0.35229725f, -0.3186307f,
    -0.14263237f, 0.053773336f, -0.21751477f, 0.014466375f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.5921434f, -0.022964686f, 0.39228898f, 0.16536912f, 0.17566887f, 0.34841436f, -0.71769166f, 0.12572491f,
    0.42108327f, 0.8306804f, -0.20724973f, -0.12788182f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.78561246f, -0.09335756f, -0.7505306f, 0.6423528f, 0.81198204f, -0.07419562f, -0.022162288f, 0.7482543f,
    0.26696086f, -0.81329906f, 0.043184027f, -0.078114f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.16960907f, -0.16550687f, 0.6718851f, -0.39337075f, -0.0355736f, -0.21589303f, -0.28803766f, 0.28022248f,
    -0.02804862f, -0.57893604f, 0.20677179f, 0.31134847f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.03399387f, 0.34630975f, 0.5025367f, 0.45654157f, 0.10792802f, -0.46968502f, 0.58425355f, -0.39842644f,
    -0.2634342f, -0.10221642f, 0.23849604f, -0.60608685f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.051157236f, -0.07656342f, -0.10808681f, 0.04601121f, -0.3732738f, 0.007876515f, -0.3608384f, -0.21523239f,
    0.682044f, -0.24821822f, -0.10365917f, 0.29084212f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.42122483f, -0.8668093f, 0.23543969f, 0.60595006f, -0.81028086f, 0.25554377f, -0.41065273f, -0.05719149f,
    -0.08741537f, 0.10583073f, 0.0372985f, 0.06595701f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.5765214f, -0.757754f, -0.044795096f, 0.35863778f, 0.46106747f, 0.21537232f, -0.2537874f, 0.4344424f,
    -0.73820347f, -0.006273061f, -0.20238654f, -0.30353013f, 0.0f, 0.0f, 0.0f, 0.0f
};

static const float layer_8_bias[16] = {
    0.044127107f, 0.29826784f, 0.421651f, 0.19058669f, 0.001932621f, 0.14410228f, -0.3150643f, -0.20815384f,
    -0.26070714f, -0.0323025f, -0.45887655f, 0.4884866f, 0.0f, 0.0f, 0.0f, 0.0f
};

static const float layer_12_w[192] = {
    -0.24629949f, 0.20859826f, -0.33885795f, 0.329101f, -0.26293182f, 0.12724459f, 0.37471545f, -0.101141125f,
    -0.41173777f, 0.8614831f, 0.6996658f, -0.063236244f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.07605715f, -0.30593547f, -0.3688689f, 0.45075306f, -0.2596019f, 0.5282694f, -0.44664457f, -0.43553668f,
    -0.08403939f, -0.13600285f, 0.5049473f, 0.19204065f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.91997504f, 0.7270553f, 0.036593944f, 0.32903066f, 0.4378867f, -0.19982046f, 0.7092185f, -0.085531406f,
    -0.82601696f, -0.6894344f, 0.15774782f, 0.064186215f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.3199403f, -0.13403904f, -0.04423502f, 0.51161397f, -0.07723144f, -0.55479753f, 0.41975752f, -0.062050994f,
    0.021120518f, 0.49041384f, 0.42818815f, -0.16043296f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.7590058f, -0.6199468f, 0.092714354f, -0.12308501f, -0.15171361f, 0.70628464f, -0.061995864f, 0.42487106f,
    -0.34034675f, -0.17288972f, 0.16442789f, 0.20258355f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.100456715f, -0.3876805f, -0.77959865f, 0.22115663f, 0.68364614f, -0.8219546f, -0.53286016f, -0.05246225f,
    0.2533322f, 0.1220783f, 0.025946423f, 0.30605355f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.43551183f, 0.17443109f, -0.17279723f, 0.4232505f, 0.49157482f, -0.22004119f, -0.018516088f, -0.100825965f,
    -0.47128373f, -0.050290614f, 0.14658457f, 0.00021225214f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.28000614f, -0.24044026f, 0.14555527f, 0.914506f, 0.41539198f, -0.90462244f, -0.32931834f, 0.28460068f,
    -0.101585865f, -0.7026049f, -0.66341484f, 0.56641847f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.30459118f, -0.18574016f, -0.08915065f, -0.15793957f, 0.55446666f, 0.2227627f, -0.6898613f, 0.19460304f,
    -0.16176805f, -0.24395365f, -0.61016405f, -0.097652555f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.3805488f, 0.6268927f, 0.6768675f, -0.4473013f, -0.20139554f, -0.25928953f, 0.10275698f, 0.72811854f,
    0.03049171f, -0.37721738f, 0.6443666f, 0.16217312f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.17268494f, -0.34304348f, 0.5465791f, -0.13034198f, 0.5530696f, -0.62536967f, -0.041275978f, 0.10361927f,
    0.023092568f, 0.41963595f, 0.5668223f, -0.04594633f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.6879048f, -0.82534635f, 0.656345f, 0.033856243f, -0.5012251f, 0.8606981f, 0.17066279f, -0.16801015f,
    -0.26968136f, 0.3561847f, 0.5343732f, 0.6460147f, 0.0f, 0.0f, 0.0f, 0.0f
};

static const float layer_12_bias[16] = {
    0.2822801f, -0.15121502f, -0.37570798f, -0.334087f, -0.17801923f, 0.41085285f, -0.27417934f, -0.038384855f,
    0.073529065f, -0.2988317f, -0.003951192f, 0.16104901f, 0.0f, 0.0f, 0.0f, 0.0f
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
