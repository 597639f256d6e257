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
    0.5545034f, 0.34773543f, 0.23297478f, 0.2425654f, -0.1730718f, 0.15557986f, -0.020722777f, -0.46439952f,
    0.10416512f, 0.32903028f, -0.22513187f, 0.029794127f, 0.28566948f, 0.23149557f, -0.6373054f, 0.063725725f,
    0.3501217f, -0.4111028f, 0.36855003f, 0.20136237f, -0.46295398f, 0.44205588f, -0.08073831f, -0.1226016f,
    0.5964966f, 0.6918596f, -0.23633838f, 0.46584475f, -0.5508607f, -0.11170828f, -0.3585081f, 0.70167804f,
    -0.5406761f, -0.5266827f, -0.18492442f, 0.07984048f, 0.3178663f, -0.2849354f, -0.22941855f, 0.40672675f,
    0.29399335f, -0.102861315f, 0.22727473f, 0.2915159f, -0.06743312f, -0.11626732f, 0.5720285f, 0.59973633f,
    -0.34982166f, 0.71152407f, 0.117216244f, -0.41448852f, 0.08518514f, 0.55503786f, -0.119775504f, -0.25369188f,
    -0.62614155f, 0.07837218f, 0.01193323f, -0.13525844f, -0.24612166f, 0.029866695f, 0.66531104f, -0.75938714f,
    -0.4242642f, 0.03005609f, -0.40857202f, 0.2048368f, 0.44306642f, -0.19476794f, -0.019730598f, -0.13030171f,
    -0.10183287f, -0.19186187f, -0.058779985f, -0.5688154f, 0.3852908f, 0.7887068f, 0.29141188f, -0.10751034f,
    -0.014918506f, -0.084263474f, 0.17234087f, 0.06284572f, 0.26071787f, -0.27899945f, -0.500452f, 0.42903945f,
    -0.16638845f, 0.53688025f, -0.5666966f, -0.6522297f, 0.061583295f, 0.17491719f, 0.11972341f, -0.02762577f,
    0.49414504f, 0.117514625f, -0.030088231f, 0.28927067f, -0.47496116f, -0.25931454f, -0.09519592f, -0.10537964f,
    -0.6263232f, -0.5281214f, 0.15481399f, -0.15223306f, 0.5852444f, -0.55714774f, -0.5956054f, -0.65869975f,
    0.7083919f, -0.06989637f, -0.07267445f, 0.1422562f, -0.2934353f, -0.28531006f, 0.5269593f, 0.3065169f,
    0.48264754f, 0.39761838f, -0.05758801f, 0.80125254f, 0.721009f, -0.17552368f, -0.22553338f, 0.1755822f,
    0.46739838f, -0.15461701f, -0.16007185f, 0.21845835f, -0.8124981f, 0.30254975f, 0.4474427f, -0.4378129f,
    0.19586381f, 0.11476809f, 0.21736498f, 0.3682296f, 0.24531138f, -0.22778079f, 0.0919984f, -0.8229911f,
    0.10841763f, -0.41211727f, 0.04288289f, -0.4893203f, -0.012735195f, 0.17793745f, -0.00014585257f, 0.19759734f,
    -0.1737197f, -0.1670475f, 0.15727991f, -0.091292396f, 0.2567303f, -0.87318635f, 0.26343822f, -0.08399399f,
    -0.04400502f, -0.2889788f, 0.70454675f, 0.062176228f, -0.29816917f, 0.6562754f, -0.3702236f, -0.37190762f,
    -0.54394674f, 0.44273746f, -0.44244206f, -0.12783116f, 0.48427516f, 0.24918117f, -0.009545319f, 0.33641678f,
    0.55947334f, 0.39855498f, 0.018569004f, -0.2378918f, 0.058089346f, 0.25950477f, 0.063791305f, -0.10025941f,
    -0.5204937f, 0.40006718f, -0.19828206f, 0.44715494f, -0.50734985f, 0.3497878f, -0.31664133f, 0.24020803f,
    0.7448462f, -0.4912974f, 0.251732f, -0.30297655f, 0.83366096f, 0.2430623f, -0.49350926f, 0.46111757f,
    0.21716672f, -0.055378705f, 0.5915802f, 0.2471712f, -0.39236635f, 0.27897766f, -0.33180517f, 0.045672864f,
    -0.36484876f, -0.42747036f, -0.16087413f, -0.18271866f, 0.52495044f, -0.6519637f, -0.17817843f, -0.16116174f,
    -0.4882431f, 0.3806331f, -0.32261896f, -0.032165766f, -0.19478345f, -0.0749118f, -0.15311489f, 0.12878728f,
    0.047563493f, 0.10318403f, -0.16369826f, 0.02451317f, -0.26004478f, 0.25873527f, 0.71747744f, -0.24409696f,
    -0.011676244f, -0.22974852f, -0.21563628f, 0.052850634f, 0.69998443f, -0.5381301f, -0.31025964f, 0.4260533f,
    0.65285945f, 0.094007775f, -0.5836119f, 0.29579195f, 0.2184293f, 0.49685767f, -0.3639911f, 0.11068029f,
    -0.16909729f, -0.43597415f, 0.515774f, 0.1926101f, 0.2059201f, -0.15567271f, -0.045951456f, 0.4948617f,
    -0.38006333f, -0.13741693f, 0.53614926f, -0.47206217f, 0.553191f, -0.105397075f, -0.28365463f, -0.4953915f,
    -0.6381301f, 0.55825055f, 0.72770226f, -0.25652653f, 0.050343275f, -0.036990196f, 0.15358251f, 0.21894786f,
    -0.4349595f, -0.42205602f, -0.12798944f, 0.7221085f, -0.09036547f, -0.5340893f, -0.44301894f, -0.102503076f,
    -0.32741058f, -0.13616788f, -0.24370041f, -0.62958467f, 0.09500697f, 0.088942885f, 0.44580597f, 0.26028946f
};

static const float layer_2_bias[24] = {
    -0.112158775f, -0.036854327f, 0.31401694f, -0.0984959f, 0.107097805f, 0.40895164f, 0.20558918f, -0.058796823f,
    -0.25211912f, 0.49932122f, 0.079114735f, 0.04654765f, 0.2872973f, 0.092282355f, -0.18735915f, -0.15125585f,
    0.46540952f, 0.37299067f, 0.21512312f, 0.32973677f, 0.13124162f, 0.19781512f, -0.08342403f, 0.49741262f
};

static const float layer_5_w[80] = {
    0.20091426f, 0.16446498f, -0.03638488f, 0.41508913f, 0.3585897f, -0.8416415f, -0.3329284f, 0.153699f,
    -0.84768915f, 0.21769196f, -0.011405468f, -0.5435882f, 0.03419982f, 0.67277145f, 0.3480708f, -0.0711945f,
    0.40350866f, -0.0033302605f, -0.31705022f, -0.9354379f, 0.30512762f, 0.7628045f, -0.46729562f, -0.35267904f,
    0.27787384f, 0.23733437f, 0.79174507f, -0.07428685f, -0.022642743f, 0.64377224f, -0.15667358f, -0.105799645f,
    -0.68535554f, -0.3551836f, -0.04934828f, 0.48945412f, -0.8635102f, 0.35067222f, -0.6659174f, 0.72155774f,
    0.29351574f, -0.5084195f, 0.25045213f, -0.13939255f, 0.29291385f, 0.37069613f, 0.077602044f, 0.7888191f,
    -0.5154736f, -0.20036127f, 0.011272553f, -0.35825568f, 0.16140085f, 0.0037706047f, -0.18420568f, -0.27204075f,
    0.40065932f, -1.0016694f, 0.28353378f, 0.41395274f, -0.06339423f, 0.8431141f, -0.33459574f, 0.7176462f,
    0.2073327f, -0.3309491f, 0.10347092f, -0.367607f, -0.6013494f, -0.31193992f, -0.34345204f, 0.26276124f,
    -0.42995647f, 0.10454416f, -0.42497605f, 0.6271434f, 0.22941682f, 0.03413967f, -0.16834696f, 0.4336844f
};

static const float layer_5_bias[8] = {
    -0.23484081f, -0.43417293f, 0.46984506f, 0.32074738f, -0.107304454f, 0.11093557f, -0.47354227f, -0.07628262f
};

static const float layer_8_w[80] = {
    0.30970195f, 0.5358378f, 0.36204845f, 1.0354577f, 0.13914719f, -0.690449f, -0.5802859f, -0.67685914f,
    0.15960822f, -0.016550273f, 0.19487438f, 0.45475388f, -0.5206577f, 0.18387716f, 0.44266197f, -0.09295887f,
    -0.14996386f, -0.14571719f, 0.25270218f, 0.38543475f, -0.015246831f, -0.02467122f, -0.3145408f, -0.54850113f,
    0.09991586f, 0.45506272f, -0.15154423f, 0.071504384f, -0.3386273f, 0.3902835f, -0.053918153f, 0.28509516f,
    0.38317567f, -0.10613565f, -0.22661436f, 0.28658056f, -0.18142089f, 0.87512374f, 0.5726793f, 0.8872226f,
    0.30267566f, 0.22680604f, -0.028502136f, 0.85718334f, 0.88952756f, 0.38277942f, -0.23369685f, -0.067659944f,
    0.8225484f, -0.023893982f, -0.03236866f, 0.8623353f, 0.8239516f, -0.7456983f, -0.5667568f, 0.63713264f,
    -0.08719671f, -0.7238157f, 0.45580432f, 0.4176068f, 0.08261567f, -0.3819568f, 0.5687238f, 0.10127084f,
    0.34773222f, -0.79321927f, 0.041330203f, 0.049258016f, -0.11252844f, -0.6221689f, 0.5061055f, -0.27772897f,
    0.08014643f, 0.13824642f, -0.42994213f, 0.13853343f, 0.43668228f, 0.042169333f, 0.3992817f, 0.08005959f
};

static const float layer_8_bias[8] = {
    -0.012294829f, -0.40203243f, -0.39145452f, -0.21029127f, -0.04519254f, -0.18816882f, -0.18553019f, 0.3437879f
};

static const float layer_12_w[384] = {
    0.15878299f, 0.46209002f, 0.10289928f, 0.5259217f, -0.23846164f, 0.014125377f, 0.06639396f, -0.07314633f,
    -0.5442277f, 0.23010737f, 0.501891f, -0.14488032f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.3960551f, 0.47103566f, -0.6413152f, -0.31187677f, 0.31072086f, 0.8524543f, -0.041813277f, 0.1479582f,
    0.0025021732f, 0.42462438f, -0.17528558f, 0.49134666f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.29634482f, 0.1527366f, -0.012948588f, -0.28461483f, 0.3270588f, -0.39770964f, 0.5456554f, -0.35271707f,
    -0.71041715f, 0.03009002f, -0.07258211f, 0.35006207f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.12596524f, 0.051691562f, 0.03448935f, 0.5877071f, 0.23972058f, -0.5483866f, 0.23560382f, 0.19505735f,
    0.2852501f, 0.41130474f, -0.38863635f, 0.12331383f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.44149262f, -0.32196933f, 0.39022365f, -0.3956744f, -0.5232327f, 0.011642411f, -0.3526471f, 0.3385393f,
    0.061761394f, 0.43442136f, -0.46023846f, -0.19250289f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.65430117f, 0.28787717f, -0.42289314f, -0.08012438f, 0.104560226f, -0.21054605f, 0.04283026f, 0.17121959f,
    0.2613917f, -0.02864191f, 0.1848915f, 0.10279852f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.49697563f, -0.24746892f, -0.17039448f, 0.31203908f, 0.11903474f, -0.19137369f, 0.44054016f, 0.1069451f,
    -0.14502844f, 0.34771654f, -0.08065533f, -0.44910014f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.097902924f, -0.024654977f, -0.31607866f, 0.23614827f, 0.45179608f, -0.17661178f, -0.24361332f, -0.12286532f,
    -0.21691792f, -0.44765168f, -0.06791958f, 0.78813195f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.23383287f, -0.08632569f, 0.5519055f, -0.3948869f, 0.08363089f, -0.1194267f, -0.46442962f, 0.08915533f,
    -0.14433537f, -0.4835062f, -0.33045825f, -0.2761779f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.22863081f, -0.19887742f, 0.13405016f, -0.57403135f, 0.47892216f, -0.71459186f, 0.25380546f, 0.43829274f,
    -0.19132543f, -0.11833832f, 0.18442729f, 0.15646355f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.15746702f, -0.24349084f, -0.095793754f, 0.38512483f, 0.2997102f, -0.013517261f, 0.6048588f, -0.28590122f,
    0.2636088f, 0.73831326f, 0.7033212f, 0.044644862f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.26777017f, -0.10320482f, 0.49380484f, 0.643927f, -0.75029624f, 0.6200912f, 0.151694f, -0.4190711f,
    0.017267942f, 0.7638627f, 0.08674273f, 0.13386765f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.23830473f, -0.18655911f, -0.713871f, 0.53061736f, 0.21995376f, 0.14654635f, -0.039020747f, 0.42471865f,
    0.20044726f, 0.18810391f, 0.4725321f, 0.106694356f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.30376267f, -0.6706439f, 0.3643705f, 0.30899665f, -0.16181013f, -0.06840774f, -0.5066671f, 0.3889857f,
    -0.2513725f, 0.5559858f, 0.26860744f, 0.39930436f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.08973108f, 0.30628204f, -0.16643415f, 0.16463761f, 0.24777505f, 0.04705541f, -0.40586326f, 0.42102572f,
    0.20629404f, 0.4834956f, 0.6815873f, -0.72905016f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.117920384f, -0.32433802f, -0.40685293f, -0.6365913f, 0.2273269f, -0.061237562f, -0.16301027f, -0.5543609f,
    -0.501535f, 0.67135656f, 0.019205391f, 0.16029713f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.5790306f, 0.027358666f, -0.5292586f, -0.10138285f, 0.2596694f, -0.57702744f, 0.26815832f, 0.39289397f,
    0.69556296f, 0.43967384f, 0.09617953f, -0.17858398f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.047705494f, -0.21184744f, 0.13914475f, 0.41018295f, 0.20242894f, 0.24830581f, -0.33529213f, 0.37761772f,
    0.31338394f, -0.121197864f, -0.43962336f, -0.04953158f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.49076325f, 0.037889987f, -0.16768402f, 0.57669926f, 0.3077628f, -0.4325689f, -0.025453433f, -0.17505416f,
    -0.24475884f, 0.18006773f, 0.0074020177f, 0.23273894f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.05497685f, 0.2925764f, 0.24816698f, -0.21407266f, 0.30159f, -0.4675047f, -0.26384428f, 0.14329165f,
    -0.01971069f, 0.70860946f, 0.82972103f, -0.5000158f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.072956264f, -0.18290818f, 0.10783597f, 0.041513532f, 0.36603442f, -0.6698444f, -0.47146055f, -0.0014640391f,
    -0.58520925f, 0.033896387f, -0.6213758f, -0.08209422f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.34937352f, -0.005270362f, 0.14235076f, 0.2869597f, 0.0066151023f, 0.034035325f, -0.41977745f, -0.25508866f,
    0.44015962f, -0.071768254f, 0.40973073f, 0.60200965f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.34025323f, 0.17011225f, -0.14326f, -0.44020283f, 0.36131912f, -0.5709777f, 0.10897491f, 0.33684257f,
    -0.014262274f, -0.7682951f, 0.016097367f, 0.057150587f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.14533931f, 0.2133241f, 0.14534192f, 0.5228921f, 0.08761975f, -0.11766553f, -0.6412895f, 0.085847855f,
    -0.67100894f, 0.40740335f, -0.25923258f, -0.016388297f, 0.0f, 0.0f, 0.0f, 0.0f
};

static const float layer_12_bias[16] = {
    0.35768092f, 0.24327654f, 0.2398513f, 0.37744343f, 0.39158148f, 0.31609982f, 0.30705512f, -0.4716944f,
    -0.0153310895f, -0.05935335f, -0.04580766f, 0.2755232f, 0.0f, 0.0f, 0.0f, 0.0f
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
