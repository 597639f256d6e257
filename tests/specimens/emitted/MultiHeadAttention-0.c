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

static const float layer_2_w[192] = {
    0.5526414f, -0.31398875f, -0.08316028f, -0.38606128f, 0.7015476f, -0.12751114f, -0.02096188f, 0.439091f,
    -0.5027437f, -0.35479462f, 0.43224922f, -0.681465f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.1428611f, 0.37681687f, 0.070877075f, 0.5081208f, 0.8487587f, -0.9355416f, -0.15707275f, -0.58464825f,
    -0.009152025f, 0.23824197f, -0.30251104f, -0.33265403f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.25983262f, 0.34656882f, 0.27476424f, 0.07692093f, -0.43666998f, 0.08453587f, 0.1605581f, 0.2670045f,
    0.41027123f, 0.37817696f, -0.46297425f, 0.59670043f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.031282216f, -0.71045804f, -0.1739105f, 0.49833587f, 0.5196284f, -0.0078472495f, 0.42177773f, -0.28137976f,
    -0.0055962577f, 0.08298371f, -0.22406036f, 0.016513973f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.010593772f, -0.26993906f, -0.46893802f, 0.20774859f, -0.27545914f, -0.13764487f, -0.4767354f, 0.21874216f,
    0.5108485f, 0.59646666f, -0.22597718f, -0.39156714f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.2702235f, -0.72025067f, 0.56074494f, -0.052848294f, -0.46864128f, 0.14796528f, -0.048264563f, 0.4647812f,
    -0.42251605f, -0.13649729f, -0.19320662f, -0.02332677f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.05180782f, 0.22166339f, 0.3316849f, -0.09504312f, -0.46304172f, -0.01799357f, 0.10115257f, 0.6095995f,
    -0.5652107f, 0.73859996f, -0.35499048f, 0.10848967f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.5305438f, 0.12833998f, 0.9058876f, -0.24379748f, -0.590608f, -0.1736115f, -0.02546908f, 0.2798438f,
    0.0053486973f, 0.30855137f, -0.084623516f, 0.4496407f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.73532474f, -0.4814461f, 0.0813297f, 0.7273386f, 0.33095673f, -0.22584963f, -0.83678824f, -0.2587702f,
    0.935467f, 0.22021693f, 0.00044804811f, -0.05310145f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.33943477f, 0.37943456f, 0.10920867f, 0.3547771f, -0.01616162f, -0.76778454f, -0.26384073f, 0.06232679f,
    0.23497698f, 0.23804498f, -0.13852823f, -0.3232089f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.16876072f, -0.14367066f, -0.23406062f, 0.48813266f, 0.52671105f, -0.07885121f, -0.5755414f, 0.36567017f,
    -0.5290433f, 0.0024505258f, 0.13195053f, 0.067005485f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.33074528f, -0.46232107f, -0.39834088f, -0.7541697f, -0.1269052f, 0.6409818f, -0.4648447f, -0.32763308f,
    0.42376325f, -0.43832234f, 0.19100223f, 0.33803168f, 0.0f, 0.0f, 0.0f, 0.0f
};

static const float layer_2_bias[16] = {
    0.46674174f, 0.426871f, 0.13789392f, 0.23452646f, -0.14404845f, -0.17972857f, 0.26484472f, -0.13455832f,
    0.08875024f, -0.21090543f, 0.073235154f, -0.09796369f, 0.0f, 0.0f, 0.0f, 0.0f
};

static const float layer_5_w[160] = {
    0.41601825f, 0.24133685f, -0.45554408f, 0.5799236f, 0.6824018f, -0.94499147f, 0.24622685f, -0.12677427f,
    -0.5716152f, -0.38013726f, -0.2196425f, -0.42674994f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.2476244f, -0.09707418f, -0.21741644f, 0.008185267f, 0.95627296f, -0.23985928f, -0.4406485f, -0.037310153f,
    0.18478438f, 0.27945912f, 0.0085039735f, 0.54543114f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.09477037f, -0.06819108f, 0.20255372f, -0.14635104f, -0.23569307f, 0.33879638f, -0.29985318f, 0.31020492f,
    0.058974445f, -0.27858943f, -0.3373894f, 0.38126928f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.21995485f, -0.44693425f, 0.0068006217f, 0.8364856f, -0.33539632f, -0.056311533f, 0.16541743f, 0.044850767f,
    0.38621235f, -0.055794574f, 0.105727494f, 0.86516863f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.6987395f, 0.16010515f, 0.4149375f, -0.21358022f, 0.58050495f, -0.052133948f, 0.16239117f, -0.04160984f,
    0.02295965f, -0.29273504f, -0.28929213f, -0.17771234f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.49557602f, 0.52594614f, 0.28770626f, 0.66325456f, -0.14867774f, 0.033518627f, 0.8718304f, 0.46704137f,
    -0.95365405f, 0.07961011f, 0.11182266f, 0.0047157407f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.14619015f, -0.5646888f, -0.6629742f, -0.07023688f, 0.035953827f, -0.059126705f, -0.108639896f, 0.407212f,
    -0.09857452f, -0.7425904f, -0.012996659f, 0.21189585f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.055141896f, -0.37186912f, -0.7512058f, -0.36123684f, 0.4455474f, -0.005285777f, 0.38798288f, 0.13734886f,
    0.25420707f, -0.070010245f, 0.15263812f, 0.2114271f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.020495594f, -0.25657895f, 0.49912933f, -0.13428715f, 0.042431854f, -0.15583217f, 0.45944974f, -0.5196668f,
    0.041214284f, 0.2160798f, 0.20600928f, 0.7084274f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.28146872f, -0.45190775f, 0.41668913f, 0.22973266f, -0.13508885f, 0.21624863f, -0.83611786f, 0.008137792f,
    0.034241974f, -0.13868496f, -0.42190784f, -0.020673394f, 0.0f, 0.0f, 0.0f, 0.0f
};

static const float layer_5_bias[16] = {
    -0.32794058f, -0.32502633f, 0.40599883f, 0.41122365f, -0.20788419f, -0.35161835f, 0.270994f, -0.09284568f,
    -0.42599416f, 0.013604641f, 0.097963214f, 0.37819695f, 0.0f, 0.0f, 0.0f, 0.0f
};

static const float layer_8_w[160] = {
    0.3939969f, 0.6476719f, 0.22766139f, 0.44042516f, -0.1612342f, -0.104780704f, -0.21244308f, -0.059814066f,
    -0.26742756f, -0.53199244f, 0.22244178f, -0.32141018f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.6985492f, -0.1753733f, 0.61287516f, 0.53888226f, 0.21457076f, -0.30602187f, 0.11901346f, 0.65248466f,
    -0.44614103f, -0.09739118f, 0.09046824f, -0.23668548f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.12180632f, 0.82997084f, 0.1829662f, 0.39606896f, -0.34845746f, 0.638861f, 0.19257438f, -0.24748062f,
    -0.14873338f, -0.06898529f, 0.31988055f, 0.2768599f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.11695874f, -0.043221265f, 0.46058077f, 0.6755432f, -0.12004468f, 0.6604877f, -0.79983914f, 0.6498477f,
    0.25464046f, 0.88753474f, -0.6960548f, -0.19764233f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.049008816f, 0.43501252f, -0.7065357f, 0.7633558f, 0.11096507f, -0.14756113f, -0.17966804f, 0.86942387f,
    -0.008080363f, 0.09081718f, 0.5833708f, -0.15207466f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.8586441f, -0.5039419f, 0.4966411f, -0.33389044f, -0.12782878f, 0.053686142f, 0.552441f, 0.22507596f,
    -0.38876402f, -0.093483984f, 0.1306625f, -0.44861016f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.20637617f, 0.1302543f, 0.50032717f, 0.5419377f, 0.16911082f, -0.62964493f, -0.3254516f, -0.75308216f,
    -0.013588458f, 0.5299168f, 0.1081449f, -0.6550007f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.23324132f, -0.48758548f, -0.60678524f, 0.19471437f, -0.2619174f, 0.5615721f, -0.6857437f, 0.035592422f,
    0.18719167f, -0.33924967f, 0.19969164f, 0.39818692f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.14764619f, -0.632182f, 0.51645994f, 0.0552444f, -0.51483864f, 0.6944493f, -0.3006709f, 0.3260805f,
    0.03193006f, -0.3918246f, 0.1551987f, 0.6202093f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.06274554f, -0.21930575f, -0.045278013f, 0.69948137f, 0.4005969f, 0.37857443f, 0.13765949f, 0.010865629f,
    -0.7720813f, -0.11403164f, -0.36117327f, -0.30878654f, 0.0f, 0.0f, 0.0f, 0.0f
};

static const float layer_8_bias[16] = {
    -0.14750516f, -0.47948587f, 0.26154304f, -0.46360344f, 0.2705431f, -0.32078016f, -0.26358575f, 0.062066853f,
    -0.09022272f, -0.29489988f, 0.301651f, -0.13299578f, 0.0f, 0.0f, 0.0f, 0.0f
};

static const float layer_12_w[192] = {
    -0.11083954f, 0.4193759f, 0.29555947f, 0.02079019f, 0.2234719f, 0.7103505f, 0.2626258f, 0.008573204f,
    -0.73660886f, 0.0976052f, 0.72373796f, -0.18449044f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.19486023f, 0.49833837f, -0.56762147f, -0.1749221f, -0.33871776f, 0.24673241f, -0.12059019f, -0.36465007f,
    0.20429397f, 0.42931277f, 0.5213046f, -0.17579749f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.2573457f, 0.03905937f, 0.61084664f, 0.03844884f, 0.54462504f, -0.37478298f, -0.13369313f, 0.07654519f,
    -0.57335573f, 0.2058762f, 0.20332797f, 0.42990637f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.23571852f, -0.4156162f, 0.10670707f, 0.012141794f, 0.011421949f, -0.12886336f, 0.2923335f, -0.06421971f,
    0.7812147f, 0.3369122f, 0.3382671f, 0.1574001f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.8805144f, -0.69672835f, 0.43927813f, 0.1756394f, -0.85843015f, 0.030432194f, 0.080996215f, 0.20077488f,
    -0.19088101f, 0.019838432f, -0.4724391f, 0.49386853f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.41322595f, 0.28300855f, -0.30214727f, 0.19022498f, 0.086643994f, -0.4457021f, -0.4546149f, -0.15115729f,
    0.23971151f, -0.48360896f, 0.5912496f, 0.29178986f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.16509841f, 0.085716546f, 0.13446829f, 0.23864265f, 0.42444992f, -0.3813685f, -0.27328476f, 0.09739447f,
    -0.53876007f, 0.25274715f, 0.52340144f, -0.25184667f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.27480868f, -0.13063563f, 0.56200415f, 0.53206605f, 0.17561354f, -0.6086606f, 0.08106798f, 0.4424243f,
    0.6056384f, -0.58720875f, -0.15070751f, 0.59163237f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.08473331f, -0.11630665f, 0.13490929f, -0.026370361f, 0.44008356f, 0.11750406f, -0.6697259f, -0.55936396f,
    -0.46674058f, 0.3494966f, -0.26186332f, -0.8615536f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.051030487f, 0.3163991f, 0.29667234f, -0.12431386f, -0.043081313f, -0.5561601f, -0.17609817f, 0.19697174f,
    -0.6330778f, -0.66933024f, 0.7114247f, -0.35663483f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.2931607f, -0.61357f, -0.32633558f, 0.05961463f, 0.1536718f, -0.6527479f, 0.09615737f, -0.07305259f,
    0.17410564f, 0.21532005f, 0.061743528f, -0.18977192f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.18968296f, -0.8168248f, 0.24264857f, 0.30740574f, 0.028467447f, 0.03221169f, 0.036991447f, -0.1916705f,
    -0.65181017f, 0.7403666f, 0.19074936f, 0.20533958f, 0.0f, 0.0f, 0.0f, 0.0f
};

static const float layer_12_bias[16] = {
    -0.13643444f, -0.19186532f, 0.05466807f, 0.052829027f, -0.12484646f, 0.31479537f, 0.31495535f, -0.09953904f,
    0.16281933f, 0.4085635f, -0.2770819f, 0.3949405f, 0.0f, 0.0f, 0.0f, 0.0f
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
