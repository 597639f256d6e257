/*
 * net.c - made by cnnc 0.1.0 from sample.cnn. Do not edit.
 *
 *   layer                    what                               gives               multiply-adds   kept in memory
 *   layer                    Recurrence                         5 x 7                        1400   the output
 *
 *   weights 1232 bytes, arena 384 bytes (lower bound 384), 1400 multiply-adds
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

/* 1 / (1 + e^-x) */
INLINE vec sigmoid_vec(vec x) { return divide(set(1.0f), add(set(1.0f), exp_vec(subtract(set(0.0f), x)))); }

/* Hyperbolic tangent as x P(x^2) / Q(x^2), from 9.02 on it is 1: relative error below 3e-7. */
INLINE vec tanh_vec(vec x)
{
    static const float p[5] = { 0.99999998f, 0.133797194f, 0.00349403621f, 2.05835071e-5f, 1.33193053e-8f };
    static const float q[5] = { 1.0f, 0.467130346f, 0.0258710796f, 0.00032830955f, 7.76203356e-7f };
    const vec a = smaller(set(9.02f), larger(set(-9.02f), x)), z = multiply(a, a);
    return divide(multiply(a, polynomial(z, p, 5)), polynomial(z, q, 5));
}

/* ---- weights -------------------------------------------------------------------------------------- */

static const float x1_values[84] = {
    -1.294091f, 0.22056365f, 0.14085388f, 0.3846345f, -0.09582138f, -1.9477358f, -1.2115257f, -1.1350083f,
    -0.7497289f, 1.6763158f, 1.7384946f, 0.303957f, 1.0117521f, -0.29947352f, -0.9543686f, -0.6648562f,
    -1.3835194f, 1.0797675f, -0.6247766f, -1.9558222f, 0.32275748f, -0.7088063f, 0.54766655f, -0.06291723f,
    -0.0505898f, -0.8691013f, -1.4841282f, 1.2246633f, 1.4918594f, -1.3355923f, 0.79214907f, 0.5876796f,
    -1.3947523f, -1.6355987f, -0.86460114f, 0.5333631f, 0.32169318f, -0.817148f, -0.9183936f, -0.27664876f,
    1.3992915f, -0.13354039f, -0.8231957f, 0.19597769f, -1.5112865f, -0.11597538f, 1.6472745f, -0.53748155f,
    1.0433211f, 0.5123217f, 1.3435502f, -0.011232853f, -1.33988f, -0.5380204f, 1.6342158f, 1.2188208f,
    -1.054642f, 1.5857835f, -1.228246f, -1.3429763f, -1.1724498f, -1.4457335f, 1.716912f, -0.61774755f,
    -0.45982885f, 1.7456408f, -0.0072677135f, -1.711473f, -1.619981f, 0.5423002f, 0.06912398f, 0.86223316f,
    1.1904624f, 0.25125647f, 1.491615f, -0.22218561f, 1.8395758f, -0.09174609f, -1.2919095f, -1.4267154f,
    -1.1625528f, -0.38812017f, -1.4355843f, 0.4655161f
};

static const float x2_values[196] = {
    -0.3429544f, 0.33024645f, 1.3593719f, -1.6997797f, 1.4724369f, -1.3489356f, -0.65526533f, -1.7426646f,
    -1.9923098f, -1.9455166f, 0.013231993f, -1.6311066f, 1.2930739f, -1.23349f, -0.055940866f, 1.1891835f,
    0.32279587f, 1.5978384f, 1.9774001f, -1.8501368f, 1.4648829f, -1.2634985f, 1.6821611f, -1.2494278f,
    0.28012252f, -0.21520495f, 0.89045596f, 0.8436754f, 1.879755f, -0.65936255f, -0.58160186f, -0.56565404f,
    0.40537858f, 0.43675184f, -0.9714496f, -1.513351f, -1.317445f, 0.94515157f, 0.12171793f, 1.7712548f,
    1.436883f, -0.39966273f, -0.67050433f, 0.77747154f, 0.028163195f, -1.9586132f, -1.760982f, 1.8665423f,
    0.74428153f, 1.190923f, 1.7786999f, 1.9258904f, 0.40748048f, -1.8088942f, -1.485704f, -1.1613154f,
    1.9394724f, -0.9078264f, 0.012394905f, -1.4877429f, 1.8490858f, 1.5896323f, 1.287086f, 0.35853362f,
    -1.4918799f, 1.7468147f, -0.9259286f, -1.1414831f, 0.8658047f, 1.4793203f, -0.13079858f, 0.4384706f,
    0.08457589f, 1.9653614f, 1.1690438f, 0.28887463f, 0.83314633f, 0.522665f, 0.63634515f, 1.2236185f,
    1.8424268f, 1.4611723f, 1.101232f, -0.5407882f, 0.94082046f, 1.4992528f, 0.67202306f, -1.1391447f,
    1.5799584f, -0.2773068f, -0.8477216f, 1.9443891f, -0.3860848f, 0.0906229f, -1.6519029f, -0.9788244f,
    -0.5383005f, -1.361747f, -1.9497015f, 0.31872272f, 0.86719227f, 1.3855128f, 0.85075426f, 0.97904325f,
    -1.571989f, -1.3606303f, -1.7217643f, 1.2277448f, 0.3527758f, 1.2675889f, -0.29453254f, 1.9706948f,
    0.33794332f, 1.6446235f, 1.5869086f, -0.22473311f, 0.77755785f, -0.5870819f, 1.836355f, -0.6539378f,
    0.8018534f, 0.47512507f, 1.9574075f, 0.2638259f, 1.3243144f, 0.093640804f, 1.3671961f, 0.9150648f,
    -0.71054244f, 1.7821531f, -0.32889438f, 0.044806004f, -1.7720568f, -1.9674044f, -1.2149515f, 1.4346883f,
    1.9930725f, -0.3017118f, 1.4428763f, 1.6764412f, -1.088254f, -1.0246451f, 0.6560869f, 1.2145028f,
    1.8010905f, -0.75866246f, -0.7535958f, -1.1109097f, 0.4753077f, 0.66706896f, -0.85608053f, 0.23334193f,
    1.0615861f, 1.1494141f, -1.2929571f, 0.38168907f, -1.9744918f, -1.4882119f, -0.5434673f, -1.2582157f,
    -0.626853f, 0.14001203f, 0.72246504f, -0.37377095f, 0.88148594f, -0.6218529f, 1.4113135f, -1.4458685f,
    -1.9107418f, 0.3629682f, 0.08928132f, -1.10291f, -1.5029087f, -1.8066828f, -1.958256f, 1.0998104f,
    0.66306996f, 1.1294081f, 1.0525124f, 0.5936887f, -0.06462479f, 0.21438313f, 0.2316482f, 0.11987209f,
    -1.5077546f, -1.4934118f, 1.4968572f, 1.991327f, 0.8369999f, -1.74562f, -0.35306644f, 1.1065924f,
    1.2144189f, 0.6328242f, 0.62436056f, 0.5304978f
};

static const float x3_values[28] = {
    -1.4181144f, 0.047386646f, 1.9330008f, -1.412575f, 1.245146f, -0.59881306f, -1.8473516f, -0.5631139f,
    0.44288373f, -1.6393394f, 0.81223416f, 1.302881f, -0.7759299f, -1.2155349f, -0.7957976f, -0.4334116f,
    -0.61556673f, 0.33085895f, 1.327776f, 0.94763374f, -1.3246665f, -0.33590484f, 0.22818828f, -1.6641505f,
    1.463897f, -1.0109398f, -1.4989154f, 1.5464602f
};

/* ---- memory --------------------------------------------------------------------------------------- */

/* Every activation lives here; those that are not alive at one time share memory. */
#ifdef __GNUC__
__attribute__((aligned(64)))
#endif
static float arena[96];

/* Where the first pixel of each result lies, in floats; those by rows keep the last few of them. */
enum {
    AT_LAYER_SCRATCH = 0,    /* 96 */
    ARENA_END = 96
};

/* ---- kernels ---------------------------------------------------------------------------------------- */

/* to[g][k] += sum over i of in[i] * w[i][g][k]; the rows of w are `row` long, those of `to` begin `stride` apart. */
static void add_gate_sums(const float *in, int inputs, int gates, int units, const float *w, int row, float *to, int stride)
{
    for (int i = 0; i < inputs; i++)
        for (int g = 0; g < gates; g++)
            for (int k = 0; k < units; k++)
                to[g * stride + k] += in[i] * w[i * row + g * units + k];
}

static void activate_sigmoid(float *x, int n)
{
    for (int k = 0; k < n; k += LANES) {
        const vec v = load(x + k);
        store(x + k, sigmoid_vec(v));
    }
}

static void activate_tanh(float *x, int n)
{
    for (int k = 0; k < n; k += LANES) {
        const vec v = load(x + k);
        store(x + k, tanh_vec(v));
    }
}

/* ---- layers ----------------------------------------------------------------------------------------- */

/* layer: Recurrence, 5 x 3 to 5 x 7 */
static void layer_layer(const float *in, const float *w, const float *r, const float *b, float *out, float *scratch)
{
    enum { wide = 16 };             /* 7 units, for whole vectors */
    float *const h = scratch, *const c = scratch + wide, *const gates = scratch + 2 * wide;
    for (int n = 0; n < 1; n++) {
        memset(scratch, 0, 2 * wide * sizeof *scratch);
        for (int step = 0; step < 5; step++) {
            const int t = step;
            const float *x = in + n * 15 + t * 3;
            for (int k = 0; k < 64; k++)
                gates[k] = 0.0f;
            for (int g = 0; g < 4; g++)
                for (int k = 0; k < 7; k++)
                    gates[g * wide + k] = b[g * 7 + k];
            add_gate_sums(x, 3, 4, 7, w, 28, gates, wide);
            add_gate_sums(h, 7, 4, 7, r, 28, gates, wide);
            activate_sigmoid(gates, 2 * wide);
            activate_tanh(gates + 2 * wide, wide);
            for (int k = 0; k < wide; k++)
                c[k] = gates[wide + k] * c[k] + gates[k] * gates[2 * wide + k];
            activate_sigmoid(gates + 3 * wide, wide);
            for (int k = 0; k < wide; k++)
                gates[k] = c[k];
            activate_tanh(gates, wide);
            for (int k = 0; k < wide; k++)
                h[k] = gates[3 * wide + k] * gates[k];
            memcpy(out + n * 35 + step * 7, h, 7 * sizeof *out);
        }
    }
}

/* ---- the forward pass ----------------------------------------------------------------------------- */

void net(const float *input, float *output)
{
    layer_layer(input, x1_values, x2_values, x3_values, output, arena + AT_LAYER_SCRATCH);
}
