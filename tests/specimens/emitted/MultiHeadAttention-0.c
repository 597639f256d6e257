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
    0.18116575f, 0.29611278f, 0.33815038f, 0.02077869f, -0.099570066f, -0.5171009f, -0.5704892f, 0.27443227f,
    -0.38313246f, 0.2601859f, 0.44611427f, -0.044727206f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.28340152f, 0.46688437f, -0.5760578f, 0.1817523f, 0.5593555f, -0.38746434f, 0.23194066f, -0.3420581f,
    0.0944843f, 0.5438048f, 0.22876711f, 0.37524107f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.31352752f, 0.18692422f, 0.7023761f, -0.39829338f, -0.031012267f, 0.45290396f, 0.26372677f, 0.40712142f,
    0.30775875f, 0.03163889f, -0.44435138f, 0.66140604f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.35581186f, 0.029946238f, -0.12971008f, 0.5919298f, 0.45468444f, -0.35725415f, 0.20434469f, -0.28278244f,
    0.035290323f, -0.40531608f, -0.4243154f, -0.43404803f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.37654406f, -0.8257006f, 0.007895496f, -0.4424402f, 0.48310682f, -0.3087107f, -0.09735913f, -0.030433089f,
    0.22814357f, 0.48515835f, -0.3011918f, -0.68044233f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.4208017f, 0.048986793f, -0.1353758f, 0.33567291f, -0.08670586f, -0.6118094f, -0.6906517f, 0.09137699f,
    0.30913907f, -0.46874347f, -0.35821253f, 0.022147164f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.4773088f, 0.53192055f, 0.29521823f, -0.37239468f, -0.4998415f, 0.6660056f, -0.03515169f, -0.12301612f,
    -0.2853717f, 0.69898844f, 0.49365985f, -0.099892996f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.61679196f, -0.13113144f, 0.07497969f, -0.314883f, -0.5709404f, 0.27634948f, 0.0987228f, 0.031078346f,
    0.23667426f, 0.74290335f, 0.07597643f, 0.5662269f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.01617816f, -0.78675866f, 0.012563944f, 0.021572053f, 0.24449667f, 0.1522783f, -0.37468565f, -0.54007065f,
    0.9255285f, -0.58452517f, -0.79170066f, -0.6683047f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.25125936f, 0.7371322f, 0.72362876f, 0.345078f, -0.5415738f, -0.74801034f, -0.29380274f, -0.23801255f,
    0.5163107f, 0.71593887f, 0.43164158f, -0.37621608f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.7192134f, 0.09524782f, -0.64101195f, 0.3388374f, 0.37464446f, 0.60092735f, -0.31413695f, 0.19692847f,
    -0.35950658f, 0.4667619f, -0.40909865f, -0.7305454f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.051680505f, -0.76817095f, -0.47715706f, -0.28511405f, -0.27934432f, 0.18425742f, -0.09448469f, -0.14822853f,
    0.12446484f, -0.58328724f, 0.60723776f, 0.08229312f, 0.0f, 0.0f, 0.0f, 0.0f
};

static const float layer_2_bias[16] = {
    0.037234247f, 0.11467403f, -0.03778243f, -0.13817441f, -0.34884453f, 0.10955483f, -0.02281773f, -0.35991287f,
    0.28240347f, 0.26496053f, -0.37661088f, 0.23619801f, 0.0f, 0.0f, 0.0f, 0.0f
};

static const float layer_5_w[160] = {
    -0.051364664f, 0.659094f, 0.074590296f, 0.012387022f, 0.2775493f, -0.44085452f, 0.23155612f, 0.38088804f,
    -0.10299376f, -0.11213409f, -0.57229537f, -0.22029328f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.2196182f, -0.041219324f, 0.0478234f, 0.3054754f, 0.3053402f, -0.70197254f, -0.3413971f, -0.37476513f,
    0.7128594f, 0.82448447f, -0.22145265f, -0.29212126f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.15568882f, -0.073979646f, 0.34332046f, 0.60290194f, 0.31084195f, 0.8095686f, -0.85893905f, 0.70181745f,
    -0.5093867f, -0.021844253f, -0.23901652f, 0.51015437f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.021749318f, 0.35975954f, -0.77034795f, 0.32138756f, -0.029236108f, -0.15851144f, 0.51899797f, -0.5565476f,
    -0.17388386f, 0.3153611f, -0.43176532f, 0.32705462f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.15616319f, -0.5057142f, -0.43304092f, -0.14331791f, 0.70489126f, 0.19088462f, 0.4137584f, -0.43876475f,
    0.09797037f, -0.4876082f, 0.15667668f, -0.14109047f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.3807652f, 0.6401405f, 0.16017921f, 0.7952939f, 0.6162001f, -0.5093211f, 0.31761175f, 0.11010237f,
    -0.092770904f, -0.27305824f, -0.0014578775f, -0.14185786f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.3005716f, -0.005271852f, -0.6856564f, 0.35116845f, 0.080643125f, -0.26523277f, -0.09580535f, -0.21499202f,
    -0.7840408f, -0.81442773f, 0.14965005f, -0.22822013f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.32039472f, -0.38104543f, -0.1438922f, -0.53532624f, 0.9520398f, -0.38190416f, 0.7756635f, -0.33839765f,
    -0.07237519f, 0.18213332f, -0.11544861f, -0.49047482f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.22001737f, -0.69921696f, 0.43900296f, -0.08489165f, 0.30911967f, -0.3104769f, 0.09997007f, -0.76944125f,
    -0.29126877f, 0.17952654f, 0.10249902f, -0.07946572f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.118472844f, -0.45206004f, 0.1508989f, -0.35005292f, 0.6514512f, 0.22928655f, -0.41741928f, -0.02223286f,
    0.27820104f, 0.061368436f, 0.42475742f, -0.5860952f, 0.0f, 0.0f, 0.0f, 0.0f
};

static const float layer_5_bias[16] = {
    -0.4325359f, 0.06561518f, 0.2968793f, -0.22976577f, -0.08880657f, 0.42588848f, 0.07758355f, 0.22714311f,
    -0.15420401f, 0.040994465f, 0.4378562f, 0.47860205f, 0.0f, 0.0f, 0.0f, 0.0f
};

static const float layer_8_w[160] = {
    0.49927336f, 0.21948665f, -0.12963097f, 0.9103282f, -0.42839265f, -0.7398734f, -0.32744095f, 0.007863492f,
    -0.3400491f, -0.49421656f, 0.16248582f, -0.35352618f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.001606524f, 0.12211336f, 0.37280327f, -0.022728398f, -0.34398472f, 0.1912362f, 0.49560758f, 0.36220372f,
    -0.19945988f, -0.35253823f, 0.4411409f, -0.25902227f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.43931592f, 0.45607385f, -0.59528553f, -0.39314136f, -0.09479539f, -0.010202408f, -0.04437232f, -0.33924985f,
    0.2999531f, -0.10371066f, -0.12516297f, -0.4344817f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.084269345f, 0.72808015f, 0.54675275f, 0.4934099f, 0.39493588f, 0.71755004f, -0.56540954f, 0.0063408613f,
    0.113633335f, 0.63805676f, -0.23473927f, -0.7250631f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.58113205f, 0.22762007f, -0.4124414f, 0.6123366f, 0.32803065f, -0.7497106f, 0.06170264f, 0.48493567f,
    0.25624347f, -0.18825975f, 0.09005509f, -0.02231589f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.9636339f, -0.024931163f, 0.54164004f, 0.026280768f, 0.25412875f, -0.898962f, -0.20302284f, -0.38561755f,
    -0.22960143f, -0.4808873f, 0.7219138f, 0.040334016f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.24144623f, -0.074876815f, -0.2533304f, 0.045565695f, 0.4235246f, -0.76752234f, -0.21783791f, -0.5310489f,
    0.15858522f, 0.6043301f, 0.078563236f, -0.23391303f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.047657013f, -0.1679284f, -0.52308124f, 0.10972047f, -0.4835539f, 0.82514346f, -0.5889679f, 0.29992515f,
    0.3614583f, 0.30245495f, 0.5596215f, 0.056896746f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.35082126f, -0.4718995f, -0.19959596f, 0.15873303f, -0.5539616f, 0.049113333f, -0.28191182f, 0.2869972f,
    0.23332664f, -0.4297757f, 0.075879514f, 0.45082486f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.32002524f, -0.72925824f, 0.058851182f, 0.6232557f, 0.11676881f, 0.45805895f, 0.41746342f, -0.07526469f,
    -0.2657165f, -0.13153341f, 0.021493688f, 0.08420846f, 0.0f, 0.0f, 0.0f, 0.0f
};

static const float layer_8_bias[16] = {
    0.4248671f, 0.14790869f, -0.16362345f, -0.45783776f, -0.17473042f, -0.27332026f, 0.1358496f, -0.049707413f,
    -0.19257617f, 0.084346056f, 0.023784637f, 0.2534567f, 0.0f, 0.0f, 0.0f, 0.0f
};

static const float layer_12_w[192] = {
    -0.112278275f, -0.124946296f, 0.09449701f, 0.028503805f, 0.2780195f, -0.017107368f, 0.492747f, 0.18938574f,
    -0.7564372f, 0.25380835f, 0.37581757f, 0.5497155f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.33430576f, 0.4681196f, -0.622748f, -0.4714186f, 0.30206537f, 0.8322527f, 0.08653142f, -0.20268513f,
    -0.0010271072f, -0.108435646f, 0.47260016f, 0.041775674f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.008168906f, 0.08124426f, -0.046481997f, 0.5607486f, 0.39470324f, -0.2921406f, 0.33907244f, -0.284463f,
    -0.05710864f, -0.31116924f, -0.12043182f, -0.07353604f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.07521829f, -0.44917697f, 0.024576277f, 0.020253927f, -0.13888916f, -0.6799582f, -0.007206291f, -0.132218f,
    0.15803668f, -0.03679216f, 0.43044692f, -0.12093255f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.33825362f, -0.3475564f, 0.080137596f, -0.38702267f, -0.5354077f, 0.50678253f, -0.14011377f, 0.92093825f,
    -0.36571854f, -0.13661046f, -0.18832926f, 0.7911113f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.09088689f, 0.3769987f, -0.26614225f, -0.11941425f, 0.38804388f, -0.32003096f, -0.20325956f, 0.2582945f,
    0.090988025f, -0.2012338f, -0.28127378f, -0.5245482f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.21215354f, -0.43393785f, -0.29558685f, -0.025684226f, 0.020746306f, -0.22980657f, -0.040814005f, 0.643928f,
    0.32073015f, 0.8889227f, -0.08317482f, -0.2522226f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.07086632f, -0.41459426f, 0.4554885f, 0.47132224f, -0.55089605f, -0.5998974f, -0.20024759f, 0.33161992f,
    0.6869119f, -0.047630757f, -0.009227961f, 0.54682374f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.2371344f, 0.14056928f, 0.32777154f, -0.28993273f, 0.7392632f, 0.55788094f, -0.14773753f, -0.21636055f,
    0.11464235f, -0.50895846f, -0.63392067f, -0.12002456f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.15245613f, -0.030937567f, -0.20199625f, -0.5315763f, 0.4392034f, -0.73217523f, 0.24148512f, 0.11391112f,
    -0.7447671f, -0.6493989f, 0.7803569f, -0.3667226f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.41893664f, -0.27650353f, -0.20858744f, 0.40347925f, 0.27841604f, -0.8562742f, 0.367266f, -0.59638685f,
    0.7951399f, 0.33149248f, 0.11895129f, -0.012779623f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.2960059f, -0.51506305f, -0.016574353f, 0.07746616f, -0.051980227f, 0.22224602f, 0.6145139f, -0.9422234f,
    -0.5017241f, 0.09744099f, 0.30771267f, 0.73002183f, 0.0f, 0.0f, 0.0f, 0.0f
};

static const float layer_12_bias[16] = {
    0.360965f, 0.3297299f, 0.49361473f, -0.4770524f, 0.35119522f, -0.0060600042f, 0.1847769f, 0.19266874f,
    0.2927032f, 0.35978585f, 0.28577244f, -0.3853801f, 0.0f, 0.0f, 0.0f, 0.0f
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
