/*
 * net.c - made by cnnc 0.1.0 from sample.cnn. Do not edit.
 *
 *   layer                    what                               gives               multiply-adds   kept in memory
 *   layer                    Conv3D                             4 x 6 x 7 x 5               45360   the output
 *
 *   weights 3520 bytes, arena 0 bytes (lower bound 0), 45360 multiply-adds
 */
#include "net.h"

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

#ifdef VECTORS
INLINE vec mul_add(vec a, float x, vec b) { return a + x * b; }
#else
INLINE vec mul_add(vec a, float x, vec b) { for (int i = 0; i < LANES; i++) a.f[i] += x * b.f[i]; return a; }
#endif

/* ---- weights -------------------------------------------------------------------------------------- */

static const float layer_w[864] = {
    0.17262822f, -0.40023056f, -0.08568344f, 0.076058745f, -0.15452486f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.30889386f, 0.23696919f, -0.3112879f, -0.492267f, -0.57138264f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.17055795f, -0.6617627f, -0.41241747f, 0.11379659f, 0.5517039f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.5651355f, 0.51442087f, 0.021940649f, 0.027998384f, 0.27130556f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.47417474f, 0.26950955f, -0.58148485f, 0.07736966f, 0.3433773f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.49420506f, -0.20801637f, 0.23851524f, 0.31464478f, 0.25190377f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.25959277f, 0.55376714f, 0.42553443f, -0.17275539f, 0.18690896f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.16824599f, -0.1564087f, 0.18582453f, 0.3236296f, -0.20179115f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.26517615f, -0.09571463f, -0.35367104f, -0.024354815f, -0.35598558f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.3130943f, 0.15341106f, -0.25382653f, 0.5188948f, 0.22418305f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.30135524f, -0.13372175f, -0.4494619f, -0.05652979f, -0.30508542f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.3668665f, 0.2944486f, 0.42082494f, 0.0800087f, 0.10931264f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.33015877f, -0.28322345f, 0.25551012f, 0.2760849f, 0.35587904f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.3674341f, 0.28714678f, -0.3936369f, 0.014566496f, -0.5576024f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.12708136f, 0.11672957f, -0.2490773f, -0.64775264f, 0.064355314f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.15198517f, 0.45969433f, -0.121777505f, 0.36294398f, -0.033894435f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.25543767f, -0.4681448f, -0.2995302f, -0.20534049f, 0.2916074f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.34902945f, 0.12525718f, -0.37486446f, -0.3077695f, -0.2968174f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.14438981f, -0.07818365f, -0.5438554f, 0.0009730682f, 0.28354073f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.17904788f, 0.051045254f, -0.6124827f, -0.11705199f, 0.07832281f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.28839493f, 0.30777088f, 0.044265047f, 0.08384317f, -0.34547752f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.056712538f, 0.07587621f, 0.23024158f, -0.020215698f, -0.5639517f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.28737426f, 0.5557885f, -0.1741238f, -0.10843364f, -0.52784693f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.28647578f, -0.38300294f, 0.6248994f, -0.3380139f, -0.12203568f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.4090045f, 0.30115262f, -0.3654384f, -0.6367109f, -0.28684452f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.38395724f, 0.18333697f, 0.3419157f, 0.55906975f, -0.24924196f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.21409991f, -0.6307013f, 0.17480062f, -0.12703496f, -0.07092222f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.39900905f, 0.31306726f, -0.17853871f, 0.22132589f, 0.2708f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.3707126f, 0.04399398f, -0.115901545f, -0.52293277f, 0.36158463f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.14628565f, -0.39367202f, 0.040012147f, 0.0671058f, 0.031258922f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.41635597f, 0.20194142f, 0.455037f, 0.522905f, -0.5310339f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.06107606f, 0.17963362f, -0.37665293f, -0.2924989f, -0.023013107f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.118572965f, 0.35558876f, 0.056843232f, -0.3219064f, -0.2485355f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.48758978f, 0.22195977f, 0.20041734f, -0.1280311f, -0.6251584f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.44259617f, -0.43615615f, -0.23013794f, -0.077303976f, -0.45167905f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.42772233f, -0.540921f, -0.25131625f, 0.18816452f, 0.51048905f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.40373436f, -0.12480644f, 0.49007243f, 0.18497147f, -0.32210812f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.17817661f, 0.5411925f, 0.2848206f, 0.02937546f, 0.471237f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.22833484f, -0.65609896f, -0.3787696f, 0.41046897f, -0.06203647f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.1517944f, 0.58581424f, 0.071887165f, -0.26589093f, 0.07133241f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.16407794f, -0.043943897f, 0.1868486f, -0.42740765f, -0.39396328f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.12030022f, 0.31840247f, 0.23436527f, -0.027595758f, 0.40951002f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.1975368f, -0.086502194f, -0.52532244f, -0.560004f, -0.47164974f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.3925316f, 0.34667182f, 0.01233533f, 0.46556127f, 0.6658084f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.0069561005f, -0.14195018f, -0.09645474f, 0.4960503f, 0.53824717f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.26307344f, -0.34647325f, 0.4455846f, -0.050843358f, 0.45495975f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.059464335f, 0.47858137f, -0.42353925f, -0.32915583f, 0.31217948f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.3786087f, -0.29758674f, 0.11114102f, 0.4886606f, -0.14841284f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.0677733f, -0.3829602f, 0.26245415f, -0.28710103f, 0.594848f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.33055767f, -0.48331958f, 0.14729603f, 0.3491425f, -0.29424822f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.341786f, 0.008442219f, -0.18777949f, 0.026462223f, 0.2901669f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.5886251f, -0.012129337f, -0.32389304f, -0.037479296f, 0.45185617f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.012559459f, 0.23184237f, -0.3429752f, 0.57118535f, 0.22073407f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.2807059f, -0.43320256f, -0.15447626f, -0.21490145f, -0.43082613f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f
};

static const float layer_b[16] = {
    0.35638028f, -0.14740014f, -0.08616418f, -0.49883413f, 0.30843574f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f
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

/* Where the window of a tap stands: the taps [first, last) of an axis that lie in the picture. */
INLINE int first_tap(int at, int dilation) { return at >= 0 ? 0 : (dilation - 1 - at) / dilation; }
INLINE int last_tap(int at, int dilation, int taps, int size)
{
    const int inside = at < size ? (size - 1 - at) / dilation + 1 : 0;
    return inside < taps ? inside : taps;
}

/*
 * n neighbouring pixels of a volume and `vecs` vectors of output channels. `at`: index of the window's first tap of the first
 * pixel; step[]: floats from a tap to the next along each axis; count[]: taps; first[], last[]: those inside of the picture.
 */
INLINE void volume_tile(int n, int vecs, const float *in, int at, const int *step, const int *count, const int *first, const int *last,
                        int channels, int next, const float *w, int width, const float *bias, float *out, int outs, int out_step,
                        int then, const float *other)
{
    vec sum[4][32 / LANES];
    UNROLL for (int p = 0; p < n; p++)
        UNROLL for (int v = 0; v < vecs; v++)
            sum[p][v] = load(bias + v * LANES);
    for (int kz = first[0]; kz < last[0]; kz++)
        for (int ky = first[1]; ky < last[1]; ky++)
            for (int kx = first[2]; kx < last[2]; kx++) {
                const float *pixel = in + (at + kz * step[0] + ky * step[1] + kx * step[2]);
                const float *row = w + ((kz * count[1] + ky) * count[2] + kx) * channels * width;
                for (int i = 0; i < channels; i++, row += width)
                    UNROLL for (int p = 0; p < n; p++)
                        UNROLL for (int v = 0; v < vecs; v++)
                            sum[p][v] = mul_add(sum[p][v], pixel[p * next + i], load(row + v * LANES));
            }
    UNROLL for (int p = 0; p < n; p++)
        UNROLL for (int v = 0; v < vecs; v++)
            finish(out + p * out_step + v * LANES, sum[p][v], outs - v * LANES, then, other + p * out_step + v * LANES);
}

/* ---- layers ----------------------------------------------------------------------------------------- */

/* layer: Conv3D, 4 x 6 x 7 x 3 to 4 x 6 x 7 x 5 */
static void layer_layer(const float *in, const float *w, const float *b, float *out)
{
    enum { TILED = LANES > 4 ? 4 : 2 };     /* pixels whose sums fit the registers beside 32 channels */
    static const int step[3] = { 126, 21, 3 };
    static const int count[3] = { 2, 3, 3 };
    for (int z = 0; z < 4; z++)
        for (int y = 0; y < 6; y++)
            for (int x = 0, n = 1; x < 7; x += n) {
                const int from[3] = { z * 1 - 0, y * 1 - 1, x * 1 - 1 };
                const int first[3] = { first_tap(from[0], 1), first_tap(from[1], 1), first_tap(from[2], 1) };
                const int last[3] = { last_tap(from[0], 1, 2, 4), last_tap(from[1], 1, 3, 6),
                                      last_tap(from[2], 1, 3, 7) };
                const int at = ((from[0] * 6 + from[1]) * 7 + from[2]) * 3, pixel = ((z * 6 + y) * 7 + x) * 5;
                n = x >= 1 && x + TILED <= 6 ? TILED : 1;
                for (int group = 0; group < 1; group++)
                for (int k = 0; k < 5; k += 32) {
                    const int to = pixel + group * 5 + k, outs = 5 - k < 32 ? 5 - k : 32;
                    const float *weights = w + group * 864 + k, *bias = b + group * 16 + k;
                    if (n == TILED)
                        volume_tile(TILED, (5 + LANES - 1) / LANES, in, at + group * 3, step, count, first, last, 3, 3, weights, 16, bias, out + to, outs, 5, NONE, out + to);
                    else
                        volume_tile(1, (5 + LANES - 1) / LANES, in, at + group * 3, step, count, first, last, 3, 3, weights, 16, bias, out + to, outs, 5, NONE, out + to);
                }
            }
}

/* ---- the forward pass ----------------------------------------------------------------------------- */

void net(const float *input, float *output)
{
    layer_layer(input, layer_w, layer_b, output);
}
