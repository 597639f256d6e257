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
    0.4339304f, 0.20499045f, -0.20180726f, 0.115226656f, 0.50975657f, 0.05943054f, -0.49521548f, 0.4194571f,
    0.0014910251f, 0.3012421f, -0.38732973f, -0.3044625f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.056304075f, 0.061148226f, -0.44840443f, -0.030300945f, 0.062185317f, -0.49944925f, -0.044638008f, -0.2652801f,
    0.8934789f, 0.068998575f, -0.59476966f, 0.10866585f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.01292325f, -0.30736673f, 0.53877866f, -0.5097381f, -0.53754926f, 0.46601585f, -0.40825415f, 0.18009561f,
    -0.11177696f, 0.8253138f, -0.369354f, 0.543959f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.09298614f, -0.034268707f, 0.13313168f, -0.14546236f, 0.17922848f, -0.33372742f, 0.6941481f, 0.29211038f,
    0.46391407f, 0.49424246f, -0.36607903f, -0.27337077f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.05784613f, -0.35894108f, 0.08984247f, -0.5225058f, -0.27596053f, -0.041218624f, -0.39302438f, 0.5848652f,
    0.07952857f, -0.08950499f, 0.15220708f, 0.1989685f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.3119521f, -0.34550548f, 0.27273655f, 0.6590226f, -0.3845334f, -0.699033f, -0.52434033f, 0.67779756f,
    -0.18915033f, -0.65637803f, -0.6690951f, -0.24280335f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.12293649f, 0.25216833f, 0.22875832f, -0.066851795f, -0.30832177f, 0.116636455f, -0.553269f, 0.5588997f,
    -0.30725685f, 0.5684546f, 0.044850282f, 0.14186725f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.1435794f, 0.018088669f, 0.08446756f, -0.803164f, -0.46060428f, -0.08928077f, -0.38009918f, 0.07950009f,
    0.46121335f, 0.5855877f, 0.5091335f, 0.4765672f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.2875915f, -0.7281012f, 0.042729497f, 0.34179193f, -0.33713952f, 0.4715234f, -0.36650777f, 0.18897292f,
    0.19299003f, -0.581752f, -0.50423294f, 0.13054904f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.33308247f, 0.53400445f, 0.7709315f, 0.6016879f, -0.4191236f, 0.039859176f, 0.450361f, -0.10270965f,
    0.2614633f, 0.56051105f, -0.10735875f, 0.15620127f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.87349296f, 0.52151006f, 0.09716597f, -0.2233644f, 0.40009618f, 0.03268291f, -0.43637314f, 0.477438f,
    -0.44562313f, 0.68473643f, -0.5752568f, -0.09675887f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.18791294f, -0.69685996f, -0.32029945f, -0.27423996f, 0.5711249f, -0.039917916f, -0.3427692f, 0.060145855f,
    0.007118851f, -0.855186f, -0.026327744f, 0.008048743f, 0.0f, 0.0f, 0.0f, 0.0f
};

static const float layer_2_bias[16] = {
    -0.2792037f, 0.32595372f, -0.39138693f, 0.13442254f, 0.251055f, -0.108109415f, 0.056683123f, -0.11760241f,
    -0.046952963f, 0.32364482f, -0.20486414f, -0.05391234f, 0.0f, 0.0f, 0.0f, 0.0f
};

static const float layer_5_w[160] = {
    -0.12179947f, 0.12107095f, -0.40289232f, 0.40541798f, 0.5261892f, -0.59614325f, 0.4700244f, 0.32748014f,
    -0.51157427f, 0.105265506f, -0.05036162f, -0.07013321f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.117922775f, 0.4344906f, 0.13385043f, 0.27173066f, 0.5326532f, -0.31265688f, -0.6170759f, 0.0113196075f,
    0.78246164f, 0.8648504f, 0.13511199f, -0.17936274f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.81272364f, 0.10997763f, 0.64247036f, -0.009049237f, -0.20269868f, 0.63509274f, -0.7358148f, 0.20622629f,
    -0.46733594f, 0.06927444f, -0.06984161f, 0.10048157f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.24597979f, 0.31530336f, -0.75229335f, -0.116956204f, 0.5296253f, 0.3078919f, 0.11180239f, -0.72513264f,
    -0.15180159f, -0.3136243f, 0.031493723f, 0.78907037f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.06894168f, -0.49429542f, 0.12002236f, 0.19392732f, 0.5638235f, 0.6023792f, -0.20175345f, -0.13359846f,
    0.5614054f, -0.6183401f, 0.14427081f, 0.59558946f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.5948955f, 0.14421296f, -0.02635388f, 0.6480523f, 0.23052534f, 0.2497756f, 0.15632963f, 0.04361696f,
    -0.36543444f, 0.07642943f, -0.06193281f, 0.26384586f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.29723993f, -0.4190045f, -0.61718446f, 0.20545821f, -0.14105201f, 0.38404158f, -0.6300762f, 0.66196096f,
    -0.5972367f, -0.48979807f, -0.25661802f, 0.48764363f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.8489456f, 0.32842025f, 0.037437826f, -0.6442661f, 0.61707f, 0.4150698f, 0.44104388f, 0.038432747f,
    -0.2960899f, -0.35599345f, -0.25084174f, -0.29042006f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.3643118f, -0.5903611f, 0.9128057f, 0.071679085f, 0.3350908f, -0.4550259f, 0.33874097f, 0.036488056f,
    -0.52151614f, -0.7392123f, -0.31454796f, 0.11297032f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.020778447f, -0.32716852f, 0.1341624f, -0.29323074f, -0.011306807f, 0.4271381f, -0.30197307f, 0.8927065f,
    0.32263368f, 0.40942356f, -0.4280349f, -0.015141547f, 0.0f, 0.0f, 0.0f, 0.0f
};

static const float layer_5_bias[16] = {
    0.17988086f, 0.09918553f, -0.14152187f, -0.107892334f, -0.22066408f, 0.48517627f, 0.4461366f, -0.27334362f,
    -0.31763262f, -0.18794751f, -0.44967538f, -0.28919137f, 0.0f, 0.0f, 0.0f, 0.0f
};

static const float layer_8_w[160] = {
    0.35767245f, 0.33236945f, -0.031571493f, 0.6881255f, -0.29594016f, -0.7604022f, 0.08111206f, -0.7221525f,
    -0.40607744f, -0.23909163f, 0.2545926f, 0.36595464f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.8712668f, -0.3540511f, 0.3789317f, 0.10335104f, 0.15385443f, -0.3094319f, 0.42729548f, 0.33152223f,
    -0.46847233f, 0.2183755f, 0.27899122f, -0.31541458f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.64398974f, 0.7914573f, -0.43523178f, 0.36477283f, -0.52234405f, 0.1354934f, 0.40089852f, -0.25776356f,
    0.32751137f, -0.111443646f, 0.47528f, 0.027882904f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.1644575f, 0.61710167f, 0.23850566f, 0.8971056f, 0.7341163f, 0.7200945f, -0.25124088f, 0.71459067f,
    0.05632943f, 0.48459405f, -0.23997554f, -0.74390805f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.11290935f, 0.28190172f, 0.0005336106f, 0.10439485f, 0.8678148f, -0.61047554f, 0.06964508f, 0.13897535f,
    0.6745043f, 0.12805822f, -0.18309505f, 0.30262277f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.47489578f, -0.7346231f, 0.1549676f, -0.47541845f, 0.33407515f, -0.5351876f, 0.5041067f, 0.13006002f,
    -0.53623813f, -0.7727924f, 0.69368273f, 0.18824765f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.47462413f, -0.14097258f, -0.2769344f, 0.46137562f, -0.2584913f, -0.06389266f, 0.49246573f, 0.1779612f,
    -0.78469825f, 0.8031614f, 0.39047036f, -0.19755557f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.31985986f, -0.278978f, -0.24704932f, -0.54835874f, -0.16976929f, 0.46209854f, -0.57640296f, 0.43314552f,
    0.1401993f, 0.30349964f, 0.6096895f, -0.0442394f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.1865229f, 0.0520491f, -0.32550874f, 0.57559097f, -0.04404831f, 0.6494985f, -0.35475197f, 0.3554886f,
    -0.04748735f, -0.6328259f, 0.786249f, 0.36833632f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.18759152f, -0.5955647f, -0.21348423f, 0.685182f, 0.4315584f, 0.5489895f, 0.38465238f, 0.4012832f,
    -0.07768452f, 0.40964773f, 0.23273607f, 0.44396463f, 0.0f, 0.0f, 0.0f, 0.0f
};

static const float layer_8_bias[16] = {
    0.011450827f, -0.33408368f, 0.023863494f, -0.4478135f, 0.49520022f, -0.12393898f, 0.25064605f, -0.004246533f,
    0.029785454f, 0.27621f, 0.018249512f, 0.07900959f, 0.0f, 0.0f, 0.0f, 0.0f
};

static const float layer_12_w[192] = {
    0.420358f, -0.05076617f, -0.41433674f, 0.28945312f, 0.5897934f, 0.65113086f, -0.05471562f, -0.04357353f,
    -0.34564748f, 0.5279832f, 0.5724039f, -0.14467967f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.042668115f, -0.30596927f, -0.25414705f, 0.04228367f, -0.12899764f, 0.1657148f, -0.041367806f, -0.25662386f,
    0.2515074f, 0.38413495f, 0.7554113f, 0.1373016f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.0155420005f, 0.395099f, 0.16500804f, -0.0065067112f, 0.41104904f, -0.7043854f, 0.7628013f, -0.0009743497f,
    -0.1613689f, -0.08133951f, -0.44864956f, 0.6436312f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.7031292f, 0.16743577f, -0.3496103f, 0.8417002f, 0.14845559f, -0.22720262f, 0.087219924f, 0.47327214f,
    0.26789662f, 0.1421116f, 0.54568636f, 0.01979062f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.9481667f, -0.5338797f, 0.26958418f, -0.5303147f, -0.22176486f, 0.13424519f, 0.2641117f, 0.23766503f,
    -0.24621618f, -0.41386238f, -0.15676735f, 0.3550452f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.62743765f, 0.08568224f, -0.35141957f, -0.40048578f, 0.4036758f, -0.8531076f, -0.5953901f, -0.30772075f,
    -0.0075063854f, -0.5226993f, 0.22229908f, 0.35204402f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.11726953f, -0.7825867f, 0.29369268f, 0.15563805f, 0.2053925f, 0.28485164f, 0.49533823f, 0.2826892f,
    -0.049219146f, 0.15074334f, 0.028606124f, -0.58396006f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.27704987f, -0.07822932f, 0.5165204f, 0.25142556f, -0.2253754f, -0.0996792f, 0.30439025f, 0.21495187f,
    -0.19243044f, -0.53026843f, -0.649055f, -0.07627708f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.16147268f, 0.30962646f, -0.0842924f, -0.34378988f, 0.20784277f, 0.35091943f, -0.07033685f, 0.09180774f,
    0.16244271f, 0.18954772f, -0.18879524f, -0.4791566f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.16902617f, -0.2742648f, 0.5790523f, -0.8467201f, -0.31443712f, -0.48641518f, -0.046178818f, 0.81919134f,
    -0.8661118f, -0.41609737f, 0.7476673f, -0.5065719f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.47307268f, -0.09158316f, -0.22188535f, 0.074127704f, 0.90725464f, -0.49444163f, 0.677742f, 0.36572558f,
    0.37886167f, 0.44213098f, 0.072470635f, -0.25771537f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.6530571f, -0.319421f, 0.053677052f, 0.40491506f, 0.0025899112f, 0.24477443f, 0.46052954f, 0.0006199181f,
    -0.41812226f, 0.50654316f, 0.5667867f, 0.5447823f, 0.0f, 0.0f, 0.0f, 0.0f
};

static const float layer_12_bias[16] = {
    -0.2706176f, -0.12656045f, -0.3539285f, 0.35553312f, -0.3700297f, -0.17948687f, -0.32327837f, -0.13228607f,
    0.28287733f, -0.17346483f, 0.44605625f, 0.35628617f, 0.0f, 0.0f, 0.0f, 0.0f
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
