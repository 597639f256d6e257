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
    0.49623638f, 0.18650755f, 0.09664412f, -0.49227935f, 0.68482757f, -0.15956908f, 0.102297515f, 0.31394953f,
    -0.3337549f, -0.2659917f, 0.030481273f, -0.60459423f, 0.4679114f, 0.5334387f, 0.13409415f, 0.23184545f,
    -0.087721206f, -0.07994965f, 0.2153407f, 0.11903155f, -0.63987947f, -0.07108551f, -0.15199888f, 0.77681327f,
    0.5845759f, 0.64611477f, -0.09517908f, -0.041735172f, 0.23750359f, -0.65816724f, 0.13884579f, -0.0054130256f,
    0.23705322f, -0.72335255f, 0.29302567f, -0.38808036f, 0.11905251f, -0.0016385168f, -0.2872838f, 0.5579555f,
    0.6670063f, -0.06920484f, 0.006962076f, 0.20420654f, 0.37125492f, -0.52007926f, -0.087854296f, 0.63881016f,
    -0.40364453f, 0.6202713f, 0.54064023f, -0.15498659f, -0.028238624f, 0.16868532f, -0.67291796f, -0.22087023f,
    -0.07130656f, -0.047260106f, 0.16285834f, 0.3015284f, 0.54034805f, -0.11472309f, 0.70025706f, -0.7359202f,
    -0.17385937f, -0.6654763f, -0.31470835f, 0.5635672f, 0.5405711f, -0.1080266f, -0.15825519f, 0.12364018f,
    0.8231701f, 0.17788267f, -0.07382557f, -0.69194204f, -0.20406008f, 0.73899615f, 0.12576145f, 0.26262307f,
    0.16091937f, -0.26646015f, 0.15721244f, 0.3194418f, 0.73296654f, 0.53952616f, -0.030583084f, 0.73039174f,
    -0.72607064f, 0.44023523f, -0.60110134f, -0.33935255f, -0.06730674f, 0.15825585f, -0.7378255f, -0.37137428f,
    0.65684456f, 0.3904577f, 0.17639275f, 0.65001833f, 0.40166122f, -0.19511466f, 0.7649206f, -0.42402732f,
    -0.48131177f, -0.19579415f, -0.22257479f, 0.4027726f, -0.16050209f, -0.4463662f, -0.35533872f, -0.47121018f,
    0.29733533f, 0.053372115f, 0.78236634f, 0.59397155f, -0.16260543f, 0.07019893f, 0.63923633f, 0.5592645f,
    -0.23612851f, -0.073005825f, -0.37200025f, 0.8081853f, 0.6646277f, -0.4226768f, -0.35102186f, 0.22698602f,
    0.123744406f, 0.41748065f, 0.4379022f, -0.58732015f, 0.025879502f, 0.4052237f, -0.08730459f, -0.014837891f,
    -0.3606616f, -0.35148227f, -0.003529653f, 0.27997085f, 0.7419343f, -0.15664491f, -0.5299924f, -0.15437597f,
    0.21888345f, -0.21171279f, -0.25101957f, 0.4009889f, -0.22021186f, 0.4001717f, -0.5332975f, 0.21553881f,
    0.27711642f, -0.09780043f, 0.41156143f, -0.044504657f, 0.5101985f, -0.23521441f, 0.3210289f, 0.31868628f,
    -0.010976359f, 0.22707936f, 0.32592255f, 0.5049077f, -0.33041736f, 0.16351873f, 0.43977687f, 0.081245035f,
    0.06911823f, 0.26014453f, -0.44240034f, -0.20125878f, -0.04227835f, -0.4062816f, 0.3579325f, 0.18974124f,
    -0.11033362f, -0.18339616f, 0.11022605f, -0.04851806f, -0.12015292f, 0.66717005f, 0.0024864972f, -0.34988433f,
    -0.29115564f, 0.5709307f, -0.5432522f, 0.27626973f, 0.043475837f, 0.48904565f, 0.33634365f, 0.41997743f,
    0.066841334f, -0.33072838f, 0.6390478f, 0.2582959f, 0.4241771f, 0.28702134f, -0.43488124f, 0.34562308f,
    0.21341401f, -0.34387788f, 0.29872048f, -0.48705634f, -0.3311352f, 0.46763673f, 0.07055926f, 0.02372089f,
    -0.14186057f, -0.55643106f, -0.5303232f, 0.54078376f, -0.4249447f, -0.48342544f, 0.21804202f, -0.23106803f,
    -0.6388156f, -0.09795167f, 0.059409723f, 0.5197738f, 0.22114861f, 0.7004547f, -0.1830189f, 0.18900847f,
    -0.044418216f, -0.21034731f, -0.08506483f, -0.32241338f, -0.1770523f, 0.8754163f, 0.033293903f, 0.18081942f,
    -0.21174186f, 0.17836347f, -0.87211657f, -0.16044876f, 0.46336794f, -0.36595082f, 0.3285513f, 0.06004955f,
    -0.08667037f, 0.44547677f, -0.17967987f, 0.71966815f, 0.5868778f, 0.3734912f, -0.008877665f, 0.36979955f,
    0.075458065f, 0.26165035f, -0.18243185f, -0.18511258f, 0.01938659f, 0.22779156f, 0.6356479f, 0.75688124f,
    0.36472383f, 0.39104274f, 0.32932487f, -0.2513821f, 0.6353077f, 0.56070673f, -0.15670694f, -0.17133999f,
    -0.30364752f, 0.4058536f, -0.1594508f, 0.36518902f, -0.06851262f, -0.11006644f, -0.047569744f, -0.4526429f,
    -0.2038767f, -0.65883297f, 0.64790916f, 0.5418766f, 0.058166564f, -0.4537741f, -0.06298569f, -0.1777667f,
    -0.36563885f, 0.1805113f, -0.63485193f, -0.18162782f, -0.0068410337f, 0.38850665f, 0.2592783f, 0.09153071f
};

static const float layer_2_bias[24] = {
    0.07393634f, 0.46572113f, 0.050866544f, 0.16990656f, -0.045913994f, 0.118347764f, -0.11477351f, 0.13031048f,
    -0.027040064f, -0.36886734f, -0.26682138f, 0.32193518f, -0.06661093f, -0.36110443f, 0.25005192f, -0.06355137f,
    0.4914238f, -0.34277123f, 0.41402656f, 0.10996181f, -0.07274896f, 0.36142468f, 0.29214776f, -0.42904252f
};

static const float layer_5_w[80] = {
    0.037156634f, -0.0018543303f, -0.469688f, -0.08095944f, 0.18854773f, -0.4610411f, 0.18862906f, -0.06638615f,
    0.0071330965f, -0.023708813f, -0.16645712f, -0.65945643f, 0.56456214f, 0.23346725f, 0.22227913f, -0.041556507f,
    0.05414653f, -0.32658282f, 0.3159042f, -0.09872925f, 0.7040567f, 0.61216986f, -0.44555166f, -0.13799873f,
    -0.07261661f, 0.32837504f, 0.74632084f, 0.6657305f, -0.2734713f, 0.5333747f, -0.8036804f, 0.29903808f,
    -0.012840778f, -0.5742264f, 0.19113006f, 0.020850152f, -0.4800499f, 0.52705026f, -0.4880183f, 0.34584f,
    0.03397931f, 0.32438615f, -0.07394216f, -0.7546045f, -0.16728444f, -0.17151809f, 0.20838882f, 0.48633403f,
    0.15417108f, 0.1342517f, 0.41143143f, -0.046411216f, 0.2532677f, 0.28133965f, 0.09306589f, 0.19485018f,
    0.37274677f, -0.9452056f, 0.170643f, 0.11685255f, -0.46388054f, 0.5510096f, -0.6943233f, 0.45744586f,
    0.061211318f, -0.43161836f, 1.054461f, -0.21659082f, -0.8926222f, 0.0128005445f, -0.029527968f, -0.041589677f,
    -0.18706581f, -0.66345847f, -0.37581313f, 0.39953747f, -0.038494676f, 0.49406502f, -0.21872188f, 0.3963682f
};

static const float layer_5_bias[8] = {
    -0.008182108f, 0.20986032f, -0.37389177f, -0.4144941f, 0.14619368f, 0.09756386f, 0.23511761f, -0.3038591f
};

static const float layer_8_w[80] = {
    0.6320144f, 0.53395975f, 0.22349988f, 0.1943469f, -0.2720615f, -0.547054f, -0.30003777f, -0.545817f,
    -0.16309729f, -0.30877003f, 0.42322925f, -0.3013286f, -0.34629118f, -0.14744551f, 0.6089076f, 0.02861929f,
    0.20718324f, -0.45591927f, 0.26682448f, 0.28355378f, -0.36902544f, 0.16887918f, -0.43493867f, -0.5898919f,
    -0.20144057f, -0.066982836f, -0.12918855f, 0.49356166f, 0.22783431f, 0.2885978f, -0.03601721f, 0.30150753f,
    0.636064f, -0.10928367f, 0.14174736f, 0.2871372f, 0.121565074f, 0.49960676f, -0.32980737f, 0.144238f,
    -0.11005366f, 0.78520846f, -0.875206f, 0.87136817f, -0.05786717f, 0.53426063f, -0.76967216f, -0.81403816f,
    -0.095362574f, 0.61381173f, -0.043877184f, 0.87923694f, 0.49418533f, -0.69772553f, -0.54839236f, 0.063363254f,
    0.07346958f, 0.055262983f, 0.011065334f, 0.3737006f, 0.76891446f, -0.30605492f, 0.0012510121f, 0.18805896f,
    0.1181843f, -0.16931373f, 0.0408303f, 0.25752077f, -0.047131896f, -0.35491136f, 0.46383518f, -0.4340452f,
    0.37035376f, 0.0903092f, 0.020799093f, 0.55023634f, 0.2048033f, -0.5333202f, 0.13871929f, -0.4739617f
};

static const float layer_8_bias[8] = {
    0.4670257f, 0.35092902f, 0.30984545f, -0.35306597f, 0.28631604f, 0.0391531f, -0.20770246f, 0.087222874f
};

static const float layer_12_w[384] = {
    0.011506826f, -0.14191073f, 0.3755541f, -0.18948995f, -0.09280726f, 0.27029666f, 0.38454366f, 0.08139576f,
    -0.26620266f, 0.8165385f, 0.673051f, -0.2217336f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.2297598f, 0.20621352f, 0.10780802f, -0.12932117f, 0.29402763f, 0.57201755f, -0.3247426f, -0.39476055f,
    0.33345714f, -0.29761934f, 0.73398244f, -0.15502967f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.4776724f, 0.6874734f, 0.15324317f, -0.01012031f, -0.40549612f, -0.23522386f, 0.56867146f, 0.0041206777f,
    -0.00556913f, 0.19206546f, 0.16671844f, -0.074604884f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.42998034f, -0.16897634f, 0.24649538f, -0.06500512f, -0.033361197f, -0.5810234f, 0.17157312f, 0.005364499f,
    0.472416f, -0.09246543f, -0.2683264f, 0.6629074f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.4947371f, -0.1995958f, -0.23260227f, 0.2844609f, 0.10919863f, 0.6517735f, 0.17533526f, 0.612467f,
    -0.6956708f, 0.11879177f, -0.4513988f, 0.40692917f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.28737816f, 0.08639678f, 0.19666675f, -0.116992354f, 0.7532877f, -0.6530454f, -0.22668186f, -0.2662623f,
    0.38861537f, -0.48399344f, 0.0014430135f, 0.18317181f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.28204533f, -0.4374154f, -0.6086654f, -0.28038436f, -0.20729414f, 0.3700668f, -0.27351496f, -0.16305834f,
    0.0758606f, 0.22391f, -0.3983379f, -0.4033531f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.060496002f, 0.008461602f, -0.051086083f, 0.14740184f, 0.32950655f, -0.78701574f, -0.18383946f, 0.21302164f,
    -0.21030895f, -0.66293395f, -0.41540167f, 0.80586517f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.5813495f, -0.089285895f, 0.005508989f, -0.19570147f, -0.08082822f, 0.38683316f, -0.06996085f, 0.0044178516f,
    -0.5821694f, -0.611306f, -0.43405655f, -0.82791436f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.25861225f, -0.14858213f, 0.12308106f, -0.45971242f, -0.29162666f, -0.16476479f, -0.4715243f, -0.14161497f,
    0.0069975257f, -0.12021431f, -0.0044178665f, -0.54405296f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.52390826f, 0.19343612f, 0.11826268f, 0.29053345f, 0.5394484f, -0.40726203f, 0.7113892f, -0.40698394f,
    0.85152966f, 0.7178436f, 0.47692114f, -0.867072f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.64350396f, -0.49279162f, -0.09738019f, 0.5643034f, -0.7777724f, 0.5679369f, 0.5297993f, -0.47986737f,
    0.009593606f, 0.4541876f, 0.07281026f, -0.1142759f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.032844067f, 0.55451465f, -0.15468737f, 0.31481302f, 0.2776404f, 0.3011893f, 0.5328734f, -0.1023806f,
    0.10412073f, -0.41131628f, 0.62161463f, -0.2143908f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.53236514f, -0.4626146f, 0.3890275f, 0.43511334f, -0.30671296f, -0.026951276f, -0.653687f, -0.058249354f,
    0.094751514f, 0.5180242f, 0.4229778f, 0.5143558f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.3840031f, 0.5367201f, -0.2776206f, 0.23306756f, -0.4751145f, 0.6669057f, -0.20729837f, -0.15127435f,
    -0.13801701f, 0.36405373f, 0.019944847f, -0.64811015f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.21699826f, -0.14136803f, -0.2501621f, -0.8052727f, -0.5724046f, -0.080700025f, 0.41861764f, 0.024385452f,
    -0.3559692f, 0.3444049f, 0.10980129f, -0.51819134f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.2503212f, 0.6778892f, 0.052494884f, -0.4782372f, 0.17990342f, -0.18170658f, 0.79675376f, 0.07563515f,
    -0.15293458f, 0.20383859f, -0.41351503f, 0.6311563f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.5894539f, 0.41274685f, 0.090933956f, 0.16050775f, 0.39245868f, -0.2880571f, -0.45501795f, 0.12164384f,
    -0.5148362f, 0.04083194f, -0.6126155f, -0.048713982f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.1028502f, -0.07553664f, 0.16742617f, 0.6540723f, 0.5087891f, -0.40313536f, 0.18086828f, 0.5394613f,
    -0.33114606f, 0.057297602f, 0.64506793f, 0.37163308f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.37581602f, 0.80221665f, 0.24111289f, 0.030986298f, 0.07973216f, -0.36251667f, 0.15690781f, -0.47229546f,
    0.26018628f, -0.090807766f, 0.3286736f, -0.002960205f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.7571975f, -0.22316295f, -0.08704165f, -0.33153877f, -0.32637003f, -0.34032714f, -0.75437975f, -0.65454423f,
    -0.5680113f, -0.47683018f, -0.043504387f, -0.620111f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.04095931f, -0.7334513f, 0.106879085f, 0.406191f, -0.6066379f, -0.08530772f, -0.43792933f, -0.6770766f,
    -0.35262376f, 0.5471989f, 0.5873727f, 0.19573185f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.3274476f, 0.057143927f, -0.57308793f, 0.09307952f, -0.3791166f, 0.02650407f, 0.41537735f, 0.20205233f,
    -0.14737888f, -0.17053968f, -0.09362221f, -0.72503275f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.13491452f, -0.3183641f, -0.060320213f, -0.32460713f, -0.07028219f, -0.33434975f, -0.4581529f, -0.13699472f,
    -0.6857468f, 0.6020572f, -0.31663024f, 0.40902728f, 0.0f, 0.0f, 0.0f, 0.0f
};

static const float layer_12_bias[16] = {
    -0.43950135f, 0.18768859f, -0.20027655f, -0.47543895f, -0.16767764f, 0.2656232f, -0.2076158f, 0.41124046f,
    -0.3704208f, 0.0048310757f, -0.052979052f, 0.12088841f, 0.0f, 0.0f, 0.0f, 0.0f
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
