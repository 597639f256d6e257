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
    0.49428713f, -0.45313993f, 0.1809739f, -0.39200866f, 0.172077f, -0.20174545f, -0.7479204f, 0.101991005f,
    -0.13339676f, -0.14950103f, 0.0535345f, -0.124153465f, 0.044042386f, -0.10568504f, -0.3304728f, -0.20208405f,
    0.21210912f, -0.18612233f, -0.031412035f, -0.61551625f, 0.08057082f, 0.03696102f, -0.07593895f, 0.18630913f,
    -0.30920324f, 0.52951354f, -0.2601248f, 0.03598559f, -0.59323186f, 0.2063644f, -0.40162885f, 0.06265417f,
    0.3315056f, -0.29325825f, 0.019798703f, -0.03733003f, -0.11811771f, -0.026873216f, 0.052272476f, 0.7263092f,
    0.14150566f, 0.6424968f, 0.003924325f, 0.19913639f, -0.09363544f, -0.014181554f, 0.26353124f, -0.04296285f,
    -0.6003363f, 0.4731096f, 0.17350061f, -0.75463974f, 0.051741928f, 0.0036637187f, -0.36626473f, 0.31292823f,
    -0.7699598f, 0.13715321f, -0.22783867f, 0.32007217f, 0.07723288f, -0.11201304f, 0.7504726f, -0.101020485f,
    -0.16243912f, -0.07880142f, 0.0094250925f, 0.27769083f, 0.25425982f, -0.26365164f, -0.72502136f, -0.012768209f,
    0.100100815f, 0.08093256f, -0.61253583f, -0.54697335f, 0.5162299f, 0.7774708f, 0.30471218f, 0.03699605f,
    -0.07916695f, -0.24619183f, 0.13308209f, -0.18389939f, 0.37200224f, 0.597265f, -0.2630688f, 0.11836359f,
    -0.5837092f, 0.48888806f, -0.13163064f, -0.12463969f, -0.18465386f, -0.0887337f, -0.74262977f, 0.05463478f,
    0.42266446f, 0.40283835f, 0.22127463f, -0.053657502f, 0.096887596f, -0.16033106f, -0.147185f, 0.15876222f,
    -0.31580082f, 0.29382622f, -0.43521821f, -0.34032845f, 0.09363799f, 0.19991444f, -0.68036926f, -0.14720148f,
    -0.16295147f, -0.05973372f, 0.75524527f, 0.6713179f, 0.345194f, -0.20762506f, 0.39335126f, 0.1737752f,
    0.0032841489f, 0.1751081f, -0.14161673f, 0.7829121f, -0.13144335f, 0.107125536f, -0.05281784f, -0.450493f,
    -0.1203995f, 0.09253955f, -0.3166778f, 0.19231105f, -0.70614946f, 0.16496296f, 0.5506623f, -0.36925933f,
    -0.15294275f, -0.38087028f, -0.29387832f, 0.434774f, 0.193259f, -0.45887002f, -0.51077604f, -0.5331351f,
    0.009462472f, 0.24336146f, -0.35689625f, 0.1546413f, -0.06437183f, 0.50197667f, -0.22616827f, 0.08562638f,
    -0.14257741f, 0.24447292f, 0.52205515f, 0.31811047f, 0.7442796f, -0.6393789f, 0.4231217f, -0.24520142f,
    0.2757545f, -0.38062784f, 0.60428536f, 0.66052467f, -0.8028748f, -0.2005539f, 0.51210606f, 0.094018966f,
    -0.17182061f, -0.044261932f, -0.36685097f, -0.063203454f, 0.17846358f, 0.08628018f, 0.2436468f, -0.41336012f,
    0.4154958f, 0.577939f, -0.4826244f, -0.013583899f, 0.2917944f, 0.56090283f, -0.3390412f, 0.48246878f,
    -0.5175489f, 0.2980828f, 0.069183655f, 0.42648768f, -0.42104855f, 0.2981126f, 0.52009195f, 0.14770323f,
    0.45601687f, -0.25581166f, 0.32761675f, -0.30069733f, 0.7801879f, -0.24585046f, -0.28509894f, -0.22002779f,
    0.18985671f, -0.6462252f, 0.839602f, 0.19290516f, -0.24622113f, -0.4024044f, -0.44306356f, -0.30449632f,
    -0.30882552f, -0.58540297f, -0.61873704f, 0.14303765f, -0.25363374f, -0.14428346f, 0.25287068f, -0.053758875f,
    0.19337225f, -0.49580523f, -0.029075995f, 0.20793283f, 0.382981f, 0.6676433f, 0.570768f, 0.6077035f,
    -0.4369322f, 0.22513203f, 0.04031402f, -0.525095f, -0.17101358f, 0.8200536f, -0.031915188f, -0.45891133f,
    -0.28892726f, -0.18630269f, -0.6320534f, -0.29888347f, -0.0027270913f, -0.36889964f, 0.4094786f, 0.3772881f,
    0.67788064f, 0.55163443f, -0.2691689f, 0.6476952f, 0.54748285f, 0.43058923f, 0.10102531f, 0.17253542f,
    0.2791602f, -0.09158483f, 0.6152797f, -0.24748181f, 0.2693873f, 0.41000828f, -0.026968807f, -0.011395663f,
    -0.015077267f, 0.62042f, 0.15841284f, -0.16716403f, 0.56927973f, 0.18121627f, -0.18288453f, -0.11101794f,
    0.08581585f, -0.11662385f, 0.1599926f, 0.38756734f, -0.16220081f, -0.4541733f, -0.2789364f, 0.25750569f,
    0.13808402f, 0.2332148f, 0.51283324f, 0.87783337f, -0.117309034f, -0.26854807f, -0.23973015f, 0.0087542385f,
    -0.63508f, 0.04282003f, -0.28136668f, 0.13415353f, -0.7939222f, 0.8662117f, -0.057820573f, -0.29728743f
};

static const float layer_2_bias[24] = {
    -0.07139307f, 0.21772903f, -0.43964773f, 0.34633642f, 0.31669098f, -0.2029826f, 0.13153106f, 0.38685596f,
    -0.026817083f, 0.31074303f, -0.13676006f, -0.25832683f, -0.0988974f, -0.16370142f, -0.03626579f, -0.22035176f,
    0.4143442f, 0.4070326f, 0.22577167f, -0.06760919f, -0.07673454f, 0.442344f, -0.47679025f, -0.4655391f
};

static const float layer_5_w[80] = {
    -0.46212155f, 0.10685286f, -0.08441335f, 0.19113988f, 0.32167304f, -0.8465486f, -0.13755605f, 0.39008528f,
    -0.20846227f, 0.3776551f, -0.27137285f, -0.17846894f, -0.24275197f, 0.6476259f, 0.4876125f, 0.2646661f,
    0.37226605f, -0.39084032f, -0.38473862f, -0.034264386f, 0.776899f, 0.13192436f, -0.6941664f, -0.11243865f,
    -0.086881846f, 0.120218515f, 0.4366525f, 0.43174645f, -0.009061944f, 0.65953344f, -0.73437226f, -0.14785483f,
    -0.05302891f, -0.66218764f, -0.58191717f, 0.4812419f, -0.30430877f, 0.45938852f, -0.7957189f, 0.15732566f,
    0.30244833f, -0.2474232f, 0.20706537f, -0.5622725f, 0.37607527f, -0.11343617f, -0.3660592f, 0.87871385f,
    -0.024578065f, -0.23032458f, -0.30810606f, 0.15808839f, 0.009155452f, 0.42303556f, -0.1880711f, -0.3488799f,
    0.8119775f, -0.88892007f, 0.24121955f, 0.15891102f, 0.1299922f, 0.54209954f, -0.11362173f, 0.65044886f,
    0.35210702f, 0.20960507f, 1.0259848f, 0.42783386f, -0.33641207f, 0.08142677f, -0.28933597f, 0.4164073f,
    0.07653758f, -0.5962228f, -0.5691789f, 0.19570157f, 0.32004878f, -0.34314945f, 0.22608654f, 0.101501286f
};

static const float layer_5_bias[8] = {
    0.22026998f, -0.3493389f, 0.461241f, 0.45310563f, -0.310629f, 0.22599065f, -0.03080678f, -0.32921875f
};

static const float layer_8_w[80] = {
    0.014861494f, -0.18610068f, -0.028017174f, 0.40684497f, 0.35650328f, -0.10564816f, -0.6204064f, -0.7114205f,
    0.24860826f, -0.074891f, 0.34070626f, -0.48027545f, -0.7376197f, 0.14471988f, 0.042498976f, 0.50759995f,
    0.42977595f, 0.23831739f, -0.2889191f, 0.9979379f, 0.40572622f, 0.19799253f, 0.12937254f, -0.1609774f,
    -0.4335882f, -0.09191933f, 0.04783033f, 0.22832635f, -0.42210576f, 0.7626467f, -0.22802994f, 0.42677927f,
    0.6104406f, -0.3710478f, 0.14836359f, 0.31608152f, -0.7489917f, 0.8239566f, 0.6279781f, 0.7373918f,
    0.23862523f, 0.49268496f, -0.583951f, 0.09146559f, 0.78491306f, 0.5705282f, -0.42107072f, -0.6106329f,
    0.4513292f, 0.5110748f, -0.5392988f, 0.67353874f, 0.82714105f, -0.4781893f, 0.2561186f, 0.76420194f,
    0.71120936f, -0.04499966f, 0.15244493f, -0.24936369f, 0.5829387f, -0.8960048f, 0.92063785f, -0.25127143f,
    0.5828283f, -0.44653255f, 0.22654824f, 0.20970449f, -0.13317043f, -0.39799967f, 0.97990304f, -0.601222f,
    -0.17531025f, 0.33946705f, 0.4470904f, 0.47914225f, -0.36132914f, -0.637863f, 0.109157115f, -0.29665267f
};

static const float layer_8_bias[8] = {
    0.07583988f, -0.2589448f, 0.080209434f, -0.38337743f, 0.2099126f, 0.06366867f, 0.060803235f, -0.2852788f
};

static const float layer_12_w[384] = {
    0.017602772f, 0.21457243f, -0.12593213f, 0.43844318f, 0.5311084f, 0.205484f, 0.68883586f, 0.08384623f,
    -0.27915642f, 0.33299387f, 0.75296783f, -0.11811504f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.3805231f, -0.035072938f, -0.045819193f, 0.18416433f, -0.6041531f, 0.7203059f, 0.35540023f, 0.34514028f,
    0.23920712f, 0.57423437f, 0.1251744f, 0.3490594f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.48757714f, 0.8649085f, -0.009150162f, -0.16482845f, 0.4679746f, -0.593451f, 0.77041245f, -0.18631884f,
    -0.274124f, -0.57319653f, 0.23610641f, 0.08021377f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.3646207f, -0.46265146f, -0.24006806f, -0.091801584f, 0.32253015f, -0.29563326f, -0.15405999f, 0.18100794f,
    0.28308502f, -0.037187666f, 0.17436545f, -0.29964674f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.20780414f, -0.34425575f, 0.017545909f, -0.3453517f, -0.34015167f, 0.6410739f, 0.018289f, -0.12732333f,
    0.22442235f, 0.1441967f, -0.20389251f, 0.5391389f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.20599267f, -0.12843058f, -0.22015187f, -0.30517763f, 0.2136111f, -0.6569834f, -0.79583526f, -0.17861027f,
    0.38051152f, -0.47217754f, -0.015816227f, 0.30752766f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.44308403f, -0.23571035f, -0.61061805f, -0.026634997f, 0.028119951f, -0.4455373f, -0.1360819f, 0.49800235f,
    -0.22438464f, 0.19414964f, 0.0286097f, -0.15027042f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.3553532f, 0.23380286f, 0.54331166f, 0.7032212f, 0.08805517f, -0.3499583f, 0.31260052f, -0.2496745f,
    0.6052027f, -0.76598036f, -0.8258654f, 0.3104746f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.31067714f, 0.46630418f, -0.3677998f, -0.3243097f, 0.54580235f, 0.017880887f, -0.5168805f, 0.10308857f,
    -0.5254456f, -0.10590355f, 0.1843094f, -0.39898905f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.18713698f, 0.5967696f, 0.09831998f, -0.37943915f, -0.17283335f, -0.18192318f, 0.23258549f, 0.51059383f,
    -0.52114916f, -0.07703045f, 0.6759299f, -0.37100714f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.18037494f, 0.1684201f, 0.13328621f, 0.17614856f, 0.6993832f, -0.31318516f, 0.05191946f, -0.21609536f,
    0.02388972f, 0.7083569f, -0.09324986f, -0.56359994f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.042416632f, -0.52699196f, 0.4696838f, 0.043592602f, 0.16779837f, 0.6762974f, 0.08791465f, 0.024841636f,
    -0.019732773f, 0.49196956f, -0.17419401f, -0.078561395f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.59967077f, 0.66223645f, -0.6136731f, 0.21438211f, 0.13963519f, -0.060998812f, -0.091888934f, 0.4756386f,
    -0.13141328f, -0.49194515f, 0.3328777f, -0.28386974f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.111603275f, -0.026124537f, 0.28864166f, 0.35644135f, -0.4003699f, -0.41189894f, -0.32409644f, -0.036881506f,
    0.122149445f, 0.42912206f, 0.28492397f, 0.004862219f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.17047153f, 0.27460855f, -0.10838513f, 0.26208884f, 0.16460928f, 0.110894725f, -0.036165506f, 0.17023084f,
    -0.077185f, -0.060931265f, 0.4749903f, -0.5382967f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.13556884f, -0.79892206f, 0.012632709f, -0.33931485f, -0.20726213f, -0.18717675f, 0.095323294f, -0.49345255f,
    -0.21483648f, 0.40654263f, -0.31928205f, -0.12984493f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.108348325f, -0.09119998f, -0.4002772f, 0.02700615f, 0.33095458f, -0.6664295f, -0.03404504f, -0.19560795f,
    -0.01417914f, 0.71568245f, 0.33822763f, -0.0621472f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.5298548f, 0.1282985f, -0.05134829f, -0.4193132f, 0.7670359f, -0.029504523f, 0.04304167f, -0.104681075f,
    -0.5990817f, -0.4855863f, -0.4169389f, -0.18678653f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.065580726f, 0.15810809f, 0.32582778f, -0.18548948f, -0.07272339f, -0.21255636f, 0.28051543f, -0.18248722f,
    -0.29754305f, 0.18903f, 0.6565744f, 0.33319017f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.121528536f, 0.3632137f, 0.36380786f, 0.346546f, -0.1319724f, -0.13067529f, -0.3829991f, -0.49788994f,
    -0.53683937f, 0.7413031f, 0.6719312f, -0.878536f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.23384637f, -0.681074f, -0.036046304f, -0.14719155f, -0.011681594f, -0.11546232f, -0.37418005f, -0.4913732f,
    -0.25345483f, 0.04734713f, -0.14010492f, -0.36544576f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.49236375f, -0.7793446f, -0.44355753f, 0.35365158f, -0.3336504f, -0.37569463f, -0.08271551f, -0.42279395f,
    0.20755012f, 0.32818517f, -0.14383256f, 0.6731951f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.18388444f, 0.6327573f, -0.27993524f, 0.23852827f, -0.34406292f, -0.6662564f, -0.2040976f, 0.14667824f,
    0.6646558f, -0.32660568f, 0.15577805f, -0.023689166f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.323776f, -0.26627073f, 0.20238446f, 0.047576472f, -0.48360106f, 0.53016996f, 0.028245926f, -0.2892393f,
    0.29245654f, 0.0743473f, 0.0808938f, 0.19164509f, 0.0f, 0.0f, 0.0f, 0.0f
};

static const float layer_12_bias[16] = {
    0.42879772f, 0.46894234f, 0.42203546f, -0.1242587f, 0.3131534f, -0.2300545f, -0.04445219f, 0.08254367f,
    0.13798589f, -0.23105425f, -0.33512485f, 0.1785636f, 0.0f, 0.0f, 0.0f, 0.0f
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
