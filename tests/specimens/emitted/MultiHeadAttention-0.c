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
    0.59571135f, -0.116565056f, -0.34652108f, 0.23131767f, 0.36906782f, 0.025771022f, -0.3061505f, -0.27192602f,
    -0.1550002f, 0.13954777f, -0.23044804f, -0.81286013f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.18889788f, -0.12211776f, -0.47798914f, 0.38044497f, 0.011717707f, -0.5068962f, 0.64728916f, -0.069985f,
    0.28528854f, 0.16130006f, 0.23903961f, -0.10408697f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.011993775f, 0.15727562f, 0.1748748f, -0.37164158f, -0.7932906f, 0.47503284f, 0.057032235f, -0.017583728f,
    0.4722163f, 0.71157825f, -0.6075464f, 0.61277723f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.33109227f, 0.11576328f, 0.1843037f, 0.15284148f, -0.06316335f, -0.44818377f, 0.609635f, 0.091415174f,
    0.33760574f, 0.07939724f, -0.949915f, -0.41504088f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.43178505f, -0.7030649f, -0.28269127f, -0.095038295f, -0.0772954f, -0.6927548f, -0.29662174f, 0.46016923f,
    0.767088f, 0.6737089f, -0.17490679f, -0.6010603f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.15970862f, -0.6792321f, 0.4226637f, 0.5806731f, 0.008430362f, 0.06882468f, -0.77903974f, 0.6420338f,
    -0.14390874f, 0.021283418f, -0.3039865f, 0.41121984f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.17792177f, 0.78270626f, -0.32156122f, -0.52079415f, -0.49994957f, 0.3131559f, 0.08272442f, 0.12619609f,
    -0.61747026f, 0.6546095f, -0.35735273f, -0.26254728f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.71461487f, -0.6368723f, 0.033245236f, -0.3094825f, 0.20033905f, -0.028005883f, 0.11409794f, -0.1501227f,
    -0.20865785f, 0.3991028f, 0.34722435f, -0.040587887f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.17484829f, 0.0043202043f, 0.3184741f, 0.64474934f, 0.52713597f, -0.26101476f, -0.63838524f, -0.18538973f,
    0.867798f, -0.19643545f, -0.43366122f, -0.79574037f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.16727492f, 0.6637994f, 0.0509654f, 0.37345952f, -0.23804909f, -0.5658533f, 0.17516088f, -0.59928215f,
    -0.32025304f, 0.050572038f, 0.6048715f, -0.5079006f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.5839477f, -0.113798484f, -0.17578265f, -0.04586773f, 0.8449434f, -0.20375155f, -0.04834345f, 0.35592994f,
    -0.36006913f, 0.5126391f, -0.17119053f, -0.7635398f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.062428713f, -0.6995709f, -0.4696653f, -0.12386769f, 0.3513868f, 0.33153942f, -0.7966679f, -0.7305669f,
    0.081597f, 0.00035706162f, 0.08182953f, -0.18077818f, 0.0f, 0.0f, 0.0f, 0.0f
};

static const float layer_2_bias[16] = {
    0.44259703f, -0.08451861f, -0.16975707f, -0.38364547f, 0.4359876f, -0.055499315f, 0.04897642f, -0.41515172f,
    -0.23493761f, -0.2473532f, 0.49371386f, -0.18986857f, 0.0f, 0.0f, 0.0f, 0.0f
};

static const float layer_5_w[160] = {
    -0.40436167f, 0.34176555f, -0.053862005f, -0.09339191f, 0.37084743f, -0.044220775f, 0.15828097f, 0.45122612f,
    -0.4914911f, -0.069478564f, 0.36470842f, 0.2260825f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.38314003f, 0.30306527f, 0.20446214f, 0.5697809f, 0.008870572f, -0.72818977f, -0.27582985f, -0.12722096f,
    -0.08320215f, 0.2545097f, -0.22418177f, -0.2497839f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.7182189f, 0.62067616f, 0.41910115f, 0.0012809634f, -0.4332873f, 0.8231866f, -0.03610578f, 0.1989258f,
    -0.41690195f, -0.51322025f, 0.3422138f, 0.36526746f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.6014339f, 0.14360496f, -0.7469481f, -0.13076958f, 0.16385725f, -0.39124537f, -0.07042707f, -0.83266574f,
    0.23813826f, 0.041797362f, -0.34757453f, 0.23676604f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.09904644f, 0.091662034f, 0.44077247f, -0.17325822f, 0.40990692f, 0.5230007f, 0.07421015f, -0.56409633f,
    0.23609525f, -0.33267295f, 0.2012364f, -0.15742727f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.18757492f, 0.29257715f, -0.16650812f, 0.5503477f, 0.08733556f, -0.4989925f, 0.7188949f, 0.024791013f,
    -0.44056335f, -0.109891f, -0.020035394f, 0.25895625f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.41034368f, 0.1251986f, -0.19168377f, 0.29990703f, -0.16691935f, -0.47231588f, -0.53882784f, -0.123949975f,
    -0.48110074f, -0.43128932f, 0.044806972f, 0.46958998f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.8356054f, -0.3929133f, -0.5638176f, -0.5706016f, 0.9609034f, -0.3981662f, 0.12183538f, -0.5059936f,
    0.31816f, 0.17600179f, 0.035646603f, 0.13207823f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.5420576f, -0.067944914f, 0.122434646f, -0.17263296f, -0.011399068f, 0.11087829f, 0.117874354f, -0.05527395f,
    -0.19275743f, 0.07379314f, 0.5619863f, 0.17204836f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.09810504f, -0.4057684f, 0.0066385567f, -0.029596481f, 0.18222554f, -0.046792507f, -0.45139548f, 0.45957664f,
    0.70683897f, 0.20474455f, -0.39788014f, -0.25603175f, 0.0f, 0.0f, 0.0f, 0.0f
};

static const float layer_5_bias[16] = {
    -0.14542335f, -0.2690521f, 0.39553338f, 0.16018993f, -0.35347795f, 0.05533856f, 0.34339374f, -0.41390848f,
    0.23460871f, -0.31683093f, 0.26419556f, -0.045402408f, 0.0f, 0.0f, 0.0f, 0.0f
};

static const float layer_8_w[160] = {
    0.6462217f, 0.30542535f, -0.21936284f, 0.032392383f, -0.147255f, -0.5409399f, -0.064172536f, -0.38447472f,
    -0.15023726f, -0.2978015f, 0.069864616f, 0.21801478f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.4849825f, -0.6274812f, 0.3545168f, -0.044918075f, 0.16003102f, -0.59682024f, 0.40343365f, 0.44752008f,
    -0.5281692f, -0.32996368f, -0.14257537f, 0.11706141f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.070100665f, 0.755636f, -0.29005936f, -0.36584297f, 0.36788213f, 0.63348323f, 0.2861361f, 0.033694938f,
    -0.18997121f, -0.4022851f, 0.3419119f, -0.34177777f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.1983515f, 0.018086642f, -0.09815276f, 0.91921115f, 0.5993421f, 0.52423596f, -0.46195975f, -0.02131468f,
    0.8022941f, 0.43566018f, -0.49008682f, -0.79499793f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.082943946f, 0.125099f, -0.124500364f, 0.086209595f, 0.0037759542f, -0.78077674f, -0.34908774f, 0.34883413f,
    -0.059680402f, -0.72216916f, 0.428402f, -0.25503114f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.37910056f, -0.48484668f, 0.32497132f, -0.31404144f, 0.22249949f, -0.18536937f, -0.09765917f, 0.41594952f,
    -0.2485302f, -0.58158267f, 0.5178321f, 0.298202f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.41119167f, 0.76651525f, 0.047702372f, 0.12455979f, 0.0010929517f, -0.27977335f, 0.34856933f, 0.14330819f,
    -0.31716493f, 0.4604057f, -0.5792565f, -0.96671796f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.25543445f, -0.6118713f, -0.30439663f, -0.10114926f, -0.57641596f, 0.07897204f, -0.36251944f, 0.25514305f,
    0.89003783f, 0.44440228f, 0.004569635f, 0.18242735f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.17342538f, -0.7997357f, 0.36103013f, 0.23988344f, -1.0163414f, 0.22926694f, -0.52963245f, 0.33976263f,
    0.42122683f, 0.11186147f, 0.88142335f, 0.4734395f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.2597935f, -0.40734142f, -0.10016179f, 0.38487485f, 0.95792544f, 0.65405476f, 0.21086323f, 0.30390382f,
    -0.1753636f, -0.18015501f, -0.5546378f, 0.504961f, 0.0f, 0.0f, 0.0f, 0.0f
};

static const float layer_8_bias[16] = {
    0.26951653f, -0.17960513f, -0.42513162f, -0.054598212f, 0.32446843f, -0.24883169f, 0.335163f, -0.31058645f,
    -0.32096136f, -0.3847248f, 0.37307405f, -0.092564106f, 0.0f, 0.0f, 0.0f, 0.0f
};

static const float layer_12_w[192] = {
    -0.24617492f, 0.4407581f, -0.37507743f, 0.6224017f, -0.0043961853f, 0.008979976f, 0.22154279f, -0.269587f,
    0.019321173f, 0.39525923f, 0.2765306f, 0.57192606f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.08551936f, 0.04575911f, -0.70942426f, -0.2097588f, 0.09901379f, 0.28130752f, 0.4164481f, -0.6599778f,
    0.29118532f, -0.10851242f, 0.43369693f, 0.51034904f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.108774275f, 0.8182788f, 0.68214405f, -0.41166386f, 0.4147192f, -0.49903327f, 0.5364028f, 0.28997082f,
    -0.20174962f, 0.07682124f, 0.2863042f, -0.093820035f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.44496182f, -0.46764678f, -0.26605442f, 0.64570606f, 0.4300743f, -0.3909212f, 0.5524796f, 0.47744936f,
    0.7182833f, 0.6091464f, -0.025922105f, 0.24525306f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.07591039f, -0.26131016f, 0.22095929f, -0.07178126f, -0.83414847f, 0.68275094f, -0.35310072f, 0.5833608f,
    -0.4415624f, -0.20876946f, -0.3253005f, 0.32785636f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.4026624f, -0.40449676f, -0.023748577f, 0.40426412f, 0.78760415f, -0.75590754f, -0.5984734f, -0.5165492f,
    -0.14527799f, -0.42424935f, 0.29483157f, -0.2933599f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.038016573f, -0.66593415f, -0.45195696f, -0.2441871f, 0.4421894f, 0.26629886f, 0.35107222f, 0.319287f,
    0.1889957f, 0.7944342f, 0.11105055f, -0.249116f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.319854f, -0.38965145f, 0.31526214f, 0.5381867f, 0.15877976f, -0.18268648f, -0.049018916f, 0.070717335f,
    0.42645603f, -0.26985916f, -0.5986904f, 0.8675518f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.12711239f, 0.26533926f, 0.19091894f, -0.009328142f, 0.7349824f, -0.1382671f, -0.01845923f, 0.0036367923f,
    -0.60714066f, -0.341774f, -0.13527897f, -0.72669f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.20042339f, -0.18852438f, 0.09832151f, -0.5050516f, -0.09409359f, -0.35933265f, -0.2693482f, 0.09054276f,
    -0.43800348f, -0.5556483f, 0.7263231f, 0.2201185f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.4868913f, -0.55588067f, 0.5828582f, 0.37888274f, 0.33755136f, -0.34846038f, 0.32974577f, 0.13505578f,
    0.9266588f, 0.16030318f, 0.2507144f, -0.029014736f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.110314906f, -0.701711f, -0.2088122f, 0.49813053f, -0.7314476f, 0.3096731f, 0.5796398f, -0.6406951f,
    -0.3768182f, 0.6258755f, 0.086900845f, 0.3987668f, 0.0f, 0.0f, 0.0f, 0.0f
};

static const float layer_12_bias[16] = {
    0.26149476f, 0.25933737f, -0.23490167f, 0.13336825f, 0.2685681f, -0.14490646f, 0.48508537f, -0.02423507f,
    0.17662299f, 0.35211432f, 0.44161332f, -0.15114135f, 0.0f, 0.0f, 0.0f, 0.0f
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
