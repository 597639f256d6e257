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
    0.0079571605f, -0.20902497f, 0.43654704f, -0.13556716f, -0.01801297f, 0.07380712f, -0.4326781f, -0.21659425f,
    -0.6261629f, 0.34161264f, -0.08453497f, -0.43312186f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.4483917f, 0.040752232f, -0.658392f, 0.78494334f, 0.2527797f, -0.8690899f, 0.32622662f, 0.00814119f,
    0.2591978f, 0.20293808f, 0.21574225f, 0.101304196f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.20190264f, -0.111602426f, 0.25365168f, 0.20438904f, 0.034155935f, 0.64339674f, 0.14181995f, 0.26843756f,
    0.6099109f, -0.009250373f, -0.7031892f, 0.24916038f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.09107742f, -0.6495683f, -0.3530969f, 0.39323416f, -0.19914287f, -0.08737868f, 0.70912725f, 0.082048364f,
    -0.1277757f, -0.32217148f, -0.045148194f, -0.11164859f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.22001863f, -0.5353904f, -0.31681302f, 0.21213895f, 0.14146975f, -0.38428783f, -0.012486406f, -0.09883198f,
    -0.12391758f, 0.24499181f, -0.5564683f, -0.41278604f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.0859068f, -0.095174134f, 0.3653795f, -0.15334804f, -0.61350554f, -0.12788919f, 0.0108639f, 0.6621094f,
    0.13277489f, -0.07866743f, 0.20842074f, 0.09096293f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.6183028f, 0.22408584f, 0.33994514f, -0.36123532f, -0.63120615f, 0.6271747f, -0.36830607f, 0.30050176f,
    -0.20979813f, 0.22745842f, -0.17018634f, 0.14052811f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.26073936f, -0.29920474f, 0.63395214f, -0.4464605f, -0.32036635f, 0.36789477f, 0.27102613f, 0.23547244f,
    0.3222409f, 0.33350474f, -0.24149919f, -0.14276491f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.6281291f, -0.40212727f, -0.09800714f, 0.4944318f, 0.33716086f, -0.41648096f, -0.8244268f, -0.5518869f,
    0.34770724f, 0.30530858f, -0.8411399f, -0.6420039f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.14797434f, 0.8912865f, 0.6617893f, 0.36833173f, -0.18047333f, -0.48804867f, 0.41520435f, -0.55880594f,
    0.23804453f, 0.36240846f, 0.76829153f, -0.30736706f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.84562653f, 0.10129924f, 0.036322743f, 0.43143988f, 0.23907775f, 0.62859565f, -0.3943729f, 0.10799989f,
    -0.5102128f, 0.19960111f, -0.5392647f, -0.38478336f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.10379958f, -0.17666301f, -0.5141838f, -0.70325327f, 0.29178113f, 0.10917625f, -0.7502145f, 0.028551757f,
    0.4883298f, -0.80632067f, 0.21339045f, 0.55349445f, 0.0f, 0.0f, 0.0f, 0.0f
};

static const float layer_2_bias[16] = {
    -0.41390848f, 0.23460871f, -0.31683093f, 0.26419556f, -0.045402408f, 0.4248671f, 0.14790869f, -0.16362345f,
    -0.45783776f, -0.17473042f, -0.27332026f, 0.1358496f, 0.0f, 0.0f, 0.0f, 0.0f
};

static const float layer_5_w[160] = {
    -0.021533195f, 0.083574206f, -0.26639524f, 0.1601585f, 0.7131107f, -0.56663847f, -0.4185462f, 0.35323477f,
    -0.59056485f, -0.009687059f, -0.455585f, -0.009074926f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.07746459f, -0.20225415f, 0.03627619f, 0.028936386f, 0.90018904f, 0.11591101f, 0.2423004f, -0.62854016f,
    -0.15084776f, 0.8584449f, 0.040671468f, 0.22666141f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.29105777f, 0.02015403f, -0.012538165f, 0.33595568f, -0.21839002f, 0.89547557f, -0.7790289f, 0.076987505f,
    0.19309813f, 0.0826111f, 0.08007665f, 0.2933473f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.84562945f, 0.4897999f, -0.3112382f, 0.22559884f, -0.23042753f, -0.34268075f, -0.034553595f, -0.094300866f,
    -0.29233867f, -0.43604466f, -0.27566504f, 0.31933963f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.4338139f, -0.48397052f, -0.36624342f, 0.05805102f, -0.048529387f, 0.002251953f, 0.110771045f, -0.26983833f,
    0.28854692f, -0.5848355f, 0.2815458f, -0.13790382f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.37935483f, 0.21476424f, -0.35699743f, 0.44089466f, 0.6840929f, -0.012149379f, 0.97296226f, 0.04463793f,
    -0.5338675f, -0.19374585f, 0.07881241f, 0.57828593f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.39308605f, -0.25353485f, -0.21875697f, -0.31177902f, -0.5945861f, -0.3952056f, -0.2997048f, 0.0441688f,
    -0.43661296f, -0.5954534f, -0.43310136f, 0.19876191f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.10349801f, 0.36263183f, 0.21016052f, -0.6130705f, 0.47170472f, -0.07380358f, 0.10179779f, -0.025701612f,
    -0.14136846f, -0.59328455f, -0.3033691f, -0.35943907f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.20862281f, 0.011591107f, 0.9361216f, 0.14126661f, 0.27212867f, -0.47260833f, 0.46834025f, -0.16933554f,
    -0.12291682f, 0.21400544f, 0.43005574f, 0.44820675f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.35886416f, -0.04257983f, -0.044796556f, -0.27834335f, 0.5908137f, 0.5543024f, -0.64600086f, -0.032212764f,
    0.45854044f, 0.63319004f, -0.31778812f, -0.061063647f, 0.0f, 0.0f, 0.0f, 0.0f
};

static const float layer_5_bias[16] = {
    -0.31058645f, -0.32096136f, -0.3847248f, 0.37307405f, -0.092564106f, -0.23042583f, 0.06646079f, -0.3404227f,
    0.3406201f, -0.18162972f, -0.3563499f, -0.027759612f, 0.0f, 0.0f, 0.0f, 0.0f
};

static const float layer_8_w[160] = {
    -0.26537484f, 0.48992562f, -0.15636604f, 0.27019674f, 0.48513633f, -0.31559774f, -0.23167118f, -0.5801319f,
    -0.1460349f, -0.09333289f, -0.1236061f, 0.4528358f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.8828473f, -0.18619631f, -0.058912814f, 0.2730431f, 0.33948594f, 0.146582f, 0.48971894f, 0.9688915f,
    -0.5618722f, 0.26330906f, -0.027888939f, -0.13361207f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.10907769f, 0.6576278f, 0.22841486f, 0.36996308f, -0.5093642f, 0.40810573f, -0.026968658f, 0.10848434f,
    0.39492828f, -0.012589224f, 0.23578356f, 0.20777783f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.19063056f, 0.71269417f, 0.38567543f, 0.2683501f, 0.30268517f, -0.06554192f, -0.44260243f, 0.44142056f,
    0.4813264f, 0.087153435f, 0.021538526f, -0.9185266f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.43533447f, 0.073963284f, -0.6750897f, 0.36591232f, 0.46153307f, -0.574643f, -0.46572545f, 0.7471763f,
    0.6866177f, 0.12744567f, -0.24697371f, -0.09820005f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.17153257f, -0.6399306f, 0.2915513f, -0.009299926f, 0.057650268f, -0.5716816f, -0.19589609f, -0.37386888f,
    -0.40361655f, -0.22360826f, 0.74011093f, 0.16139218f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.16602013f, 0.54893386f, 0.42615926f, 0.19732222f, -0.06256749f, -0.83388f, -0.21293269f, -0.1909832f,
    -0.23407874f, 0.5447196f, 0.15675846f, -0.5742017f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.024875164f, -0.34884822f, 0.06837733f, -0.16584235f, 0.12070191f, -0.122589946f, -0.11373204f, 0.049010918f,
    0.7119035f, 0.43838644f, -0.2684571f, 0.46233344f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.113849394f, -0.8304939f, -0.08384661f, 0.40862787f, -0.75203884f, 0.6981755f, -0.634104f, 0.09552556f,
    0.0115528405f, -0.5346272f, 0.5288141f, 0.13495964f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.5085567f, -0.47440386f, -0.62765634f, 0.78210604f, 0.9645238f, 0.1043399f, -0.1388467f, 0.7896667f,
    -0.18430161f, 0.06280312f, -0.09123795f, 0.064331025f, 0.0f, 0.0f, 0.0f, 0.0f
};

static const float layer_8_bias[16] = {
    0.24471319f, 0.46392787f, -0.27181596f, -0.08827031f, 0.4414258f, -0.45429885f, -0.218297f, -0.43760246f,
    0.23229057f, -0.39065272f, -0.082259f, 0.4534036f, 0.0f, 0.0f, 0.0f, 0.0f
};

static const float layer_12_w[192] = {
    -0.20861475f, 0.44124454f, 0.20950185f, 0.12565312f, 0.1262194f, 0.6268246f, 0.50863975f, -0.017759234f,
    -0.17971954f, 0.764454f, 0.35165754f, 0.5993505f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.06177639f, 0.25403115f, -0.11194533f, 0.42022833f, -0.3409422f, 0.08215433f, -0.33541933f, -0.32992876f,
    -0.0401451f, 0.3906911f, -0.056704998f, 0.6198242f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.3209881f, 0.31616285f, 0.42857334f, 0.51413584f, 0.5110062f, -0.8940372f, 0.6330117f, -0.22478384f,
    -0.29010093f, -0.14661947f, 0.37711152f, 0.4931904f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.6406573f, -0.2718466f, -0.40058884f, 0.6552917f, 0.24205235f, -0.562219f, -0.08125034f, 0.44858593f,
    0.654992f, 0.4683602f, 0.5837f, 0.2712303f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.92343074f, -0.72035396f, 0.39752132f, -0.3816408f, -0.44624138f, 0.25919673f, 0.5664387f, 0.9122864f,
    -0.06683165f, -0.4726762f, -0.48758864f, -0.16137117f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.022921383f, -0.45544156f, -0.7551302f, -0.047094382f, 0.06415576f, 0.09576765f, -0.5465323f, -0.5164238f,
    0.028677568f, 0.12133056f, -0.2975219f, -0.17897221f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.08911623f, -0.25294882f, -0.23913226f, 0.18789311f, -0.05592279f, 0.41632536f, 0.046760418f, -0.13675845f,
    0.10310911f, 0.697909f, 0.064742275f, -0.6727951f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.48385188f, -0.37698933f, 0.5187825f, 0.11430609f, -0.11221497f, -0.45351878f, -0.28921527f, -0.15362287f,
    0.20182383f, -0.23090103f, -0.6030779f, 0.6630379f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.12337351f, -0.33790976f, -0.3466885f, -0.3000707f, 0.21009022f, -0.12496042f, -0.66483164f, 0.14874102f,
    -0.2695693f, 0.27340597f, -0.4663134f, -0.18879408f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.045860797f, 0.06990765f, 0.31160772f, -0.39763066f, -0.05654797f, -0.5690359f, -0.18950748f, 0.10388437f,
    -0.48620856f, -0.3359479f, 0.34027418f, -0.30786327f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.310501f, -0.26342317f, -0.26777926f, -0.23938212f, 0.46145386f, -0.7374707f, 0.76740927f, 0.14825678f,
    0.00082439184f, 0.8710635f, -0.028268248f, -0.92678034f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.18515301f, -0.013808608f, 0.4909561f, -0.20316693f, -0.30976966f, 0.7496431f, 0.3859575f, -0.40338972f,
    -0.7946043f, 0.5329901f, -0.018785045f, 0.8935845f, 0.0f, 0.0f, 0.0f, 0.0f
};

static const float layer_12_bias[16] = {
    -0.2372883f, 0.4287783f, 0.28123254f, 0.115621805f, -0.20972705f, -0.40283597f, 0.37877214f, -0.010923147f,
    0.053989887f, -0.47030753f, 0.44321787f, -0.08604735f, 0.0f, 0.0f, 0.0f, 0.0f
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
