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

/* ---- the machine ----------------------------------------------------------------------------- */

/*
 * GNU vectors, but where float is computed in a wider type (x87, s390x as C99): a scalar of that
 * type multiplies no vector.
 */
#if defined __GNUC__ && (!defined __FLT_EVAL_METHOD__ || __FLT_EVAL_METHOD__ == 0)
#define VECTORS
#endif

/*
 * LANES floats fill a register; TILE registers hold the sums of a tile of at most MOST_PIXELS
 * pixels.
 */
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
/*
 * gcc 12 takes some layers for functions without effect where it knows all addresses, and drops
 * them: without these passes it cannot.
 */
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

#ifdef VECTORS
INLINE vec mul_add(vec a, float x, vec b) { return a + x * b; }
#else
INLINE vec mul_add(vec a, float x, vec b) { for (int i = 0; i < LANES; i++) a.f[i] += x
                                           * b.f[i]; return a; }
#endif

/* ---- weights --------------------------------------------------------------------------------- */

static const float layer_w[864] = {
    0.20698422f, -0.20890175f, -0.36744705f, -0.14669853f, -0.18776888f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.6729576f, -0.5461925f, 0.33621708f, -0.26119208f, -0.006908141f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.14945152f, -0.2655267f, -0.21575183f, 0.31788272f, 0.16454148f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.6423074f, -0.2190073f, 0.48190707f, 0.43872702f, 0.17866676f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.20347589f, 0.06302863f, -0.21591002f, 0.32074723f, 0.10680211f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.4355383f, 0.38478258f, 0.231378f, 0.12615415f, 0.022753425f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.32080722f, -0.24623604f, 0.21420103f, 0.08883473f, -0.09243446f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.32190013f, 0.04347566f, -0.085922286f, 0.59093237f, 0.049257353f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.44908938f, 0.551937f, -0.25186428f, 0.30964267f, 0.32530707f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.12326071f, -0.01934173f, 0.06758377f, -0.08710262f, -0.20716563f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.13928121f, -0.16706823f, -0.56337935f, -0.01659283f, -0.11471038f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.48048046f, -0.12086666f, -0.39517403f, 0.050580874f, 0.3260123f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.28006887f, -0.14510821f, 0.33447096f, 0.41930372f, -0.47495416f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.19363876f, -0.2214078f, 0.015993267f, 0.29819083f, 0.09002596f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.1949481f, 0.14696492f, -0.066329345f, -0.65987265f, 0.49004394f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.114144385f, 0.15219145f, -0.12783393f, 0.25252822f, 0.120071635f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.2732417f, -0.36606953f, -0.22683908f, 0.042106405f, 0.06373736f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.2347903f, -0.2395866f, -0.5119302f, -0.27461216f, 0.6598619f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.20814455f, -0.18893236f, -0.46157426f, 0.41830108f, -0.092325866f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.3168667f, -0.5530501f, -0.5512783f, 0.3374553f, -0.10188164f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.48248655f, -0.57560086f, 0.13741298f, -0.16784954f, 0.08584559f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.04501596f, -0.037151597f, -0.17444356f, 0.22396189f, -0.40435678f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.0860113f, 0.14607382f, 0.36333928f, 0.255218f, -0.362051f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.14380728f, -0.3100251f, -0.12518077f, 0.20406419f, -0.023485422f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.14420156f, 0.13757226f, -0.28532016f, -0.4400457f, 0.062799774f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.16687241f, 0.19206703f, 0.19523993f, 0.42312095f, 0.21525167f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.039414488f, -0.53658915f, 0.1507167f, -0.3155511f, -0.41682693f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.05362703f, -0.13291103f, 0.5340899f, -0.065907225f, 0.16885924f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.45515546f, -0.3173646f, -0.024256721f, 0.10923202f, -0.30224064f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.110802054f, 0.18950994f, 0.39802644f, 0.5284693f, -0.45363978f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.07418406f, 0.49168122f, 0.52834266f, -0.12628615f, 0.013383754f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.07354124f, 0.6522539f, -0.31905058f, -0.30853933f, -0.32433933f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.30115223f, -0.5054738f, -0.0077533014f, -0.3947007f, -0.13392316f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.37866378f, -0.12928742f, -0.10996473f, 0.050930716f, 0.32927734f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.16192093f, 0.03201793f, 0.11170447f, -0.55849254f, 0.055447474f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.59010786f, -0.38979116f, 0.5202899f, -0.3255828f, 0.48432308f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.46313414f, -0.484794f, 0.11950119f, -0.15412109f, 0.49069765f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.16345647f, 0.458853f, -0.5027828f, -0.2802541f, 0.4474135f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.40040827f, -0.18421763f, -0.552724f, -0.030317515f, 0.4891731f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.11989716f, 0.4397404f, -0.0011825264f, -0.10898951f, 0.06810917f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.53048855f, 0.08343659f, 0.33098266f, 0.28207794f, 0.011206523f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.22322004f, 0.66030025f, 0.16991447f, 0.16338933f, -0.1517834f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.46076342f, -0.41106915f, -0.5388068f, -0.31108642f, 0.15393183f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.15222135f, -0.25051445f, -0.3083556f, -0.16872211f, 0.008258924f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.5459141f, 0.006088093f, -0.47467834f, -0.2765693f, -0.3945864f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.06921743f, 0.23642512f, 0.2565573f, 0.21109396f, -0.21526869f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.15090317f, 0.48328412f, -0.5086467f, -0.33340254f, 0.30095926f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.49564004f, -0.45779842f, -0.3131218f, -0.07744334f, 0.27212024f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.36126173f, -0.4588328f, -0.59740883f, 0.08703117f, 0.51428485f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.19697985f, 0.2588761f, -0.23981188f, -0.049843665f, 0.19525921f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.10847732f, -0.09358698f, -0.30404043f, -0.108664006f, 0.12845783f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.3015174f, -0.5331503f, -0.27867588f, 0.28222185f, -0.20886841f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.27891594f, -0.055917352f, -0.07127543f, 0.41588858f, 0.537014f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.17980239f, -0.17100608f, -0.064507395f, 0.3621183f, -0.46228594f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f
};

static const float layer_b[16] = {
    0.27208114f, 0.4873917f, -0.30181473f, -0.4009561f, 0.4733374f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f
};

/* ---- kernels --------------------------------------------------------------------------------- */

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

/*
 * Stores the first n of a vector's lanes, the epilogue applied; `other` is what a binary epilogue
 * reads.
 */
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
 * n neighbouring pixels of a volume and `vecs` vectors of output channels. `at`: index of the
 * window's first tap of the first
 * pixel; step[]: floats from a tap to the next along each axis; count[]: taps; first[], last[]:
 * those inside of the picture.
 */
INLINE void volume_tile(int n, int vecs, const float *in, int at, const int *step, const int *count,
                        const int *first, const int *last,
                        int channels, int next, const float *w, int width, const float *bias,
                        float *out, int outs, int out_step,
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
                            sum[p][v] = mul_add(sum[p][v], pixel[p * next + i],
                                                load(row + v * LANES));
            }
    UNROLL for (int p = 0; p < n; p++)
        UNROLL for (int v = 0; v < vecs; v++)
            finish(out + p * out_step + v * LANES, sum[p][v], outs - v * LANES, then,
                   other + p * out_step + v * LANES);
}

/* ---- layers ---------------------------------------------------------------------------------- */

/* layer: Conv3D, 4 x 6 x 7 x 3 to 4 x 6 x 7 x 5 */
static void layer_layer(const float *in, const float *w, const float *b, float *out)
{
    /* pixels whose sums fit the registers beside 32 channels */
    enum { TILED = LANES > 4 ? 4 : 2 };
    static const int step[3] = { 126, 21, 3 };
    static const int count[3] = { 2, 3, 3 };
    for (int z = 0; z < 4; z++)
        for (int y = 0; y < 6; y++)
            for (int x = 0, n = 1; x < 7; x += n) {
                const int from[3] = { z * 1 - 0, y * 1 - 1, x * 1 - 1 };
                const int first[3] = { first_tap(from[0], 1), first_tap(from[1], 1),
                                      first_tap(from[2], 1) };
                const int last[3] = { last_tap(from[0], 1, 2, 4), last_tap(from[1], 1, 3, 6),
                                      last_tap(from[2], 1, 3, 7) };
                const int at = ((from[0] * 6 + from[1]) * 7 + from[2]) * 3,
                    pixel = ((z * 6 + y) * 7 + x) * 5;
                n = x >= 1 && x + TILED <= 6 ? TILED : 1;
                for (int group = 0; group < 1; group++)
                for (int k = 0; k < 5; k += 32) {
                    const int to = pixel + group * 5 + k, outs = 5 - k < 32 ? 5 - k : 32;
                    const float *weights = w + group * 864 + k, *bias = b + group * 16 + k;
                    if (n == TILED)
                        volume_tile(TILED, (5 + LANES - 1) / LANES, in, at + group * 3, step,
                                    count, first, last, 3, 3, weights, 16, bias, out + to,
                                    outs, 5, NONE, out + to);
                    else
                        volume_tile(1, (5 + LANES - 1) / LANES, in, at + group * 3, step,
                                    count, first, last, 3, 3, weights, 16, bias, out + to,
                                    outs, 5, NONE, out + to);
                }
            }
}

/* ---- the forward pass ------------------------------------------------------------------------ */

void net(const float *input, float *output)
{
    layer_layer(input, layer_w, layer_b, output);
}
