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
    0.030213535f, -0.2129454f, 0.00069898367f, 0.2169669f, -0.110503644f, -0.45911163f, -0.6750956f, -0.1995674f,
    -0.14907603f, 0.05408275f, -0.2069327f, -0.9754514f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.3888251f, 0.70839626f, -0.25303608f, 0.3810322f, 0.2544677f, -0.8732394f, -0.04166302f, -0.23217371f,
    0.70652795f, -0.09725046f, -0.6474777f, 0.10133787f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.33035374f, -0.2952335f, -0.1941009f, -0.6790666f, -0.7404901f, 0.7768309f, -0.34645414f, 0.17496264f,
    -0.02279444f, 0.8128061f, -0.5390451f, -0.02428022f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.2901083f, 0.11139497f, 0.17354542f, 0.6443678f, 0.4248575f, -0.19435656f, 0.024203777f, -0.436562f,
    -0.055517532f, 0.38398024f, -0.719288f, -0.85395455f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.5548438f, -0.59151477f, 0.27383873f, -0.13824576f, 0.15009168f, -0.12119071f, 0.007813804f, -0.020185798f,
    0.79871994f, 0.112951845f, -0.7531171f, 0.056150287f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.09369528f, -0.475079f, 0.36319572f, 0.66166764f, -0.09542453f, 0.014386922f, -0.5612136f, 0.6490003f,
    -0.03816139f, 0.089535505f, 0.12257914f, 0.051324412f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.6702307f, 0.04320422f, 0.63405627f, -0.32750756f, -0.23442757f, 0.50973797f, -0.72425365f, 0.09466249f,
    0.15442011f, 0.16786373f, -0.084882624f, -0.055671237f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.45483407f, 0.10314271f, 0.91910577f, -0.7182226f, -0.30802956f, 0.25924814f, 0.18304734f, 0.08802802f,
    -0.08883916f, 0.6599525f, 0.39856553f, -0.09538965f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.5372759f, -0.4258741f, 0.122421026f, 0.4901055f, -0.027799934f, -0.3290134f, -0.7155018f, -0.035437673f,
    0.5675889f, -0.48240596f, -0.88508415f, 0.015948504f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.07147941f, -0.045033664f, 0.28426197f, 0.1257984f, -0.40009248f, 0.21800709f, 0.15430707f, 0.057814598f,
    0.013856798f, -0.005698085f, -0.22430134f, 0.30139562f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.56927025f, 0.35850215f, -0.02699992f, -0.37508076f, 0.6596705f, -0.12653093f, -0.1580973f, 0.62326f,
    -0.57442033f, 0.5258929f, -0.37402084f, -0.31393138f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.0840708f, -0.4533554f, -0.04798764f, -0.01838535f, 0.26665574f, 0.16853765f, 0.00858134f, -0.21339178f,
    0.5786685f, -0.33697268f, 0.28056252f, 0.32894376f, 0.0f, 0.0f, 0.0f, 0.0f
};

static const float layer_2_bias[16] = {
    0.40505618f, -0.19043922f, -0.27711296f, 0.22424662f, 0.49237102f, 0.14327502f, 0.44145674f, 0.25124693f,
    -0.21175599f, 0.4593326f, 0.11078757f, -0.10212982f, 0.0f, 0.0f, 0.0f, 0.0f
};

static const float layer_5_w[160] = {
    -0.31876904f, 0.11056706f, -0.7336968f, 0.4009788f, 0.13196835f, -0.9476094f, 0.32655638f, -0.017954722f,
    0.13451436f, -0.48714352f, 0.24849768f, -0.6223978f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.28866547f, 0.2781283f, -0.20430222f, 0.1629237f, 0.06283036f, 0.005066395f, -0.48820657f, -0.012721747f,
    0.4167172f, -0.08668238f, -0.7630973f, -0.3638384f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.5763768f, 0.32018003f, 0.18861666f, -0.19157541f, -0.47932652f, 0.43880296f, -0.47376743f, 0.37189126f,
    -0.6984f, -0.4175008f, 0.32730508f, 0.19070166f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.5054295f, 0.13100013f, -0.6273178f, -0.036185414f, 0.17158768f, -0.59098613f, -0.13211548f, -0.6464546f,
    0.5030226f, -0.3744661f, 0.045758605f, 0.5732809f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.23780122f, -0.03248532f, -0.40356326f, -0.50833213f, 0.56130177f, 0.25337633f, 0.4222678f, -0.07515247f,
    0.22165143f, -0.8442103f, -0.11491981f, 0.33267176f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.3339851f, 0.0065176487f, -0.57377654f, 0.12096411f, 0.4476494f, -0.45288318f, 0.09297353f, -0.07490496f,
    -0.5527675f, -0.024167001f, 0.49946576f, 0.18946552f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.19619544f, -0.013914049f, -0.014378548f, 0.09334968f, -0.59729487f, 0.2941607f, -0.6257965f, 0.10745415f,
    -0.042533398f, -0.41541755f, 0.25255305f, 0.61841834f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.30774453f, 0.13860402f, -0.12507996f, -0.41451713f, -0.009245098f, 0.34150562f, 0.73464704f, -0.5812757f,
    -0.23389192f, 0.14604908f, -0.57815015f, -0.55889827f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.46697664f, -0.64185905f, 0.5542791f, -0.18466917f, 0.26224998f, -0.13381726f, -0.07762632f, -0.5177171f,
    -0.5299189f, -0.13269767f, 0.019389823f, -0.020459801f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.563599f, -0.27760208f, 0.67427385f, 0.4450734f, 0.67850715f, 0.4709674f, -0.230966f, 0.128997f,
    0.24708426f, 0.2423909f, -0.44982916f, -0.14008164f, 0.0f, 0.0f, 0.0f, 0.0f
};

static const float layer_5_bias[16] = {
    0.39984506f, -0.35407162f, 0.42028034f, -0.4073698f, 0.24945146f, -0.026396275f, -0.09422344f, 0.38711756f,
    0.2713459f, -0.22100347f, 0.033679962f, 0.3417886f, 0.0f, 0.0f, 0.0f, 0.0f
};

static const float layer_8_w[160] = {
    -0.2274515f, 0.12438184f, 0.1496193f, 0.54462814f, -0.04160226f, -0.29720828f, -0.67639184f, -0.24354622f,
    -0.33628476f, -0.5702176f, 0.32930982f, -0.27954495f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.111273706f, 0.34696847f, -0.26367116f, 0.39302963f, 0.26641548f, -0.63428247f, 0.11761621f, 0.8866697f,
    -0.47485098f, -0.31977767f, 0.3704325f, -0.51328576f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.14408576f, 0.30625877f, -0.12648335f, 0.4167528f, 0.35047734f, 0.70684284f, 0.0063403845f, 0.39825475f,
    -0.21614438f, 0.23026615f, 0.05606018f, -0.48935202f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.45398426f, 0.25275f, 0.40221107f, 0.16426638f, 0.24677566f, -0.043773174f, -0.10962996f, 0.19614983f,
    -0.01752448f, 0.78547704f, -0.21319565f, -0.19235241f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.59576225f, 0.17115825f, -0.8598926f, 0.1851148f, 0.6664782f, -0.21611762f, -0.3389707f, 0.5872762f,
    0.31751388f, -0.7338003f, 0.08956556f, -0.40251878f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.96645176f, -0.6751895f, 0.50135046f, -0.24555749f, -0.18557084f, -0.23960412f, 0.2858085f, -0.028645568f,
    -0.5569569f, -0.10047263f, 0.9324075f, -0.3913336f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.19467482f, 0.7630193f, 0.32163966f, 0.2924923f, 0.08126406f, -0.023494303f, -0.36349583f, -0.5099112f,
    -0.20016024f, 0.24752617f, -0.33351097f, -0.94817185f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.18853998f, -0.5466291f, -0.3144247f, 0.29820687f, 0.006890774f, 0.2821526f, 0.17007935f, 0.33176404f,
    0.84248996f, -0.03488033f, 0.34022337f, 0.6536357f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.14314926f, -0.14714801f, 0.32602575f, 0.55431676f, -0.8614399f, 0.03283012f, 0.09566471f, -0.10667187f,
    -0.0046224296f, -0.17769617f, 0.42211652f, 0.45262545f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.34820697f, -0.42564118f, -0.77938116f, 0.93670344f, 0.8811102f, 0.76359683f, 0.52209646f, 0.3645571f,
    -0.067053914f, 0.65206456f, -0.4221118f, -0.20636895f, 0.0f, 0.0f, 0.0f, 0.0f
};

static const float layer_8_bias[16] = {
    -0.25819892f, -0.35208648f, -0.3420245f, 0.36638647f, 0.26530474f, 0.29545242f, -0.48962831f, 0.19335616f,
    -0.10033655f, -0.45567763f, -0.43190253f, -0.048538446f, 0.0f, 0.0f, 0.0f, 0.0f
};

static const float layer_12_w[192] = {
    -0.24544507f, -0.39710334f, 0.35177508f, -0.10636777f, 0.11070564f, 0.32015514f, 0.4431932f, 0.22396533f,
    -0.5755154f, 0.07311861f, -0.36643732f, 0.028676331f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.6106347f, 0.08780131f, 0.67222947f, 0.092199415f, -0.57456183f, -0.029599607f, 0.6512145f, -0.7439705f,
    0.1270543f, 0.22297412f, 0.81998086f, -0.32329273f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.5534621f, -0.046403646f, 0.19848499f, 0.028045863f, 0.46130323f, 0.29371607f, -0.6224024f, 0.06367147f,
    0.37669522f, -0.21279827f, -0.83068585f, 0.57321846f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.043211967f, -0.33936942f, -0.06970093f, -0.34034276f, 0.4585774f, 0.11936129f, 0.06130091f, -0.38086343f,
    -0.2903704f, 0.036409706f, 0.111715615f, 0.16573395f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.12778595f, -0.25009984f, -0.14903617f, -0.4105304f, 0.37759566f, 0.46179444f, -0.55280817f, -0.2955867f,
    0.45422408f, -0.114242345f, 0.5167029f, 0.55708253f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.76860523f, -0.27972502f, -0.37932366f, -0.09882291f, -0.64689994f, -0.27408293f, 0.693902f, -0.0026689768f,
    -0.4215515f, 0.01374343f, -0.6609168f, -0.7885194f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.023380935f, 0.32281426f, -0.41196752f, -0.3347126f, 0.021712065f, 0.18108039f, 0.088556424f, 0.3355072f,
    -0.4651978f, -0.14783478f, 0.82433784f, 0.07991618f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.13159128f, 0.5789664f, -0.21392448f, -0.060407072f, 0.46737438f, -0.2631171f, -0.17075935f, -0.3137194f,
    0.053897053f, 0.67090774f, -0.17665395f, -0.48178977f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.26328796f, 0.5292572f, 0.6370212f, -0.5409579f, -0.7805174f, 0.20337689f, 0.695135f, 0.470033f,
    0.49178502f, -0.5317819f, 0.0891459f, 0.80978787f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.05906959f, 0.3436432f, 0.50815994f, -0.17779762f, 0.22280344f, 0.12839407f, 0.04913342f, 0.033647686f,
    -0.010152072f, 0.6718684f, -0.5896795f, -0.067937285f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.6595428f, 0.2493859f, -0.12272607f, -0.580384f, -0.44737023f, 0.23694095f, 0.5868593f, 0.8113036f,
    0.27368906f, -0.36673278f, 0.00037032366f, 0.2355917f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.22353296f, -0.5265671f, -0.521153f, 0.55559474f, 0.3673594f, -0.05160429f, 0.6681123f, -0.37798053f,
    -0.70754457f, -0.66223466f, -0.1138539f, 0.8544638f, 0.0f, 0.0f, 0.0f, 0.0f
};

static const float layer_12_bias[16] = {
    -0.12902832f, 0.044825733f, -0.43632072f, -0.2904389f, 0.37709445f, -0.39678472f, 0.3177243f, 0.0049263835f,
    -0.07242644f, -0.3902452f, -0.4837469f, 0.3603912f, 0.0f, 0.0f, 0.0f, 0.0f
};

/* ---- memory --------------------------------------------------------------------------------------- */

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
    for (int ky = first; ky < last; ky++) {
        if (FEW(channels) && columns == 1 && vecs == 1) {     /* no loop for a few short steps: it would end as soon as it runs */
            UNROLL for (int i = 0; i < channels; i++)
                UNROLL for (int p = 0; p < n; p++)
                    UNROLL for (int v = 0; v < vecs; v++)
                        sum[p][v] = mul_add(sum[p][v], rows[ky][p * step + i], load(w + i * block + v * LANES));
            w += channels * block;
            continue;
        }
        for (int kx = 0; kx < columns; kx++)
            for (int i = 0; i < channels; i++, w += block)
                UNROLL for (int p = 0; p < n; p++)
                    UNROLL for (int v = 0; v < vecs; v++)
                        sum[p][v] = mul_add(sum[p][v], rows[ky][p * step + kx * tap + i], load(w + v * LANES));
    }
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

/* Value d of key j goes to to[d * line + j]. */
static void turn_keys(const float *keys, int step, int count, int n, float *to, int line)
{
    for (int j = 0; j < count; j++)
        for (int d = 0; d < n; d++)
            to[d * line + j] = keys[j * step + d];
}

/* Products of some queries of n values with turned keys; `line`, their number, is a multiple of 16. */
INLINE void products_of_queries(int queries, const float *query, int step, int n, const float *turned, int line, float *out)
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
static void query_products(int queries, const float *query, int step, int n, const float *turned, int line, float *out)
{
    if (queries == 4)
        products_of_queries(4, query, step, n, turned, line, out);
    else
        for (int i = 0; i < queries; i++)
            products_of_queries(1, query + i * step, step, n, turned, line, out + i * line);
}

/* Adds `vecs` vectors of each of `count` rows times its weight; a row without weight may hold anything. */
INLINE void add_weighted_vectors(int vecs, float *sum, const float *weight, const float *values, int step, int count)
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
static void add_weighted(float *sum, const float *weight, const float *values, int step, int count, int n)
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

/* Scores of n keys become weights that add up to 1, or zeros where every score is -infinity; n is a multiple of 16. */
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
