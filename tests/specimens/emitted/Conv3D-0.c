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
    0.056494534f, 0.051106587f, 0.16568777f, 0.23096663f, -0.20148104f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.19411135f, -0.46149957f, 0.37851575f, -0.16642113f, -0.1760231f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.021658458f, -0.1503933f, 0.05033058f, -0.041296244f, -0.15970695f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.077249005f, -0.3898533f, -0.08595222f, -0.45850503f, 0.13293867f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.42011595f, -0.07954931f, -0.2521301f, 0.5103816f, -0.5437542f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.45008576f, 0.25083277f, 0.25352186f, -0.30223998f, -0.35182756f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.6069466f, -0.24574699f, -0.26754433f, -0.3869441f, -0.30409306f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.57093436f, 0.08215657f, 0.32009673f, 0.31746385f, 0.32660645f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.48926184f, 0.51589996f, -0.51001954f, -0.60485655f, -0.34476447f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.66825557f, 0.31766155f, -0.082078785f, 0.30684653f, -0.3295894f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.28832233f, 0.38808233f, 0.17060313f, 0.44913235f, 0.3399201f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.23812392f, -0.20998812f, -0.06985383f, 0.56297845f, 0.19714735f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.6039284f, -0.43633133f, 0.08404192f, 0.2670651f, -0.3606088f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.4460164f, 0.15529749f, 0.49736652f, -0.5766134f, -0.55015546f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.34083477f, 0.21920647f, 0.018353775f, -0.6199148f, -0.23622704f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.2607963f, 0.45472324f, 0.28757766f, 0.061404258f, -0.16246809f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.09028858f, 0.08525763f, -0.1969014f, -0.13708316f, 0.4237928f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.17002925f, -0.3398412f, 0.23835666f, -0.5114765f, 0.55542386f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.22140437f, -0.3888741f, -0.4999429f, -0.022830285f, 0.19749653f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.1715138f, 0.3411498f, -0.42981744f, -0.29372987f, 0.23167537f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.33793545f, 0.34055522f, 0.19759656f, -0.10224712f, 0.27949506f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.25380573f, -0.047669373f, -0.01872547f, -0.15801316f, -0.5214866f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.4404537f, -0.13066703f, -0.27826425f, 0.066491686f, 0.13885514f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.36899143f, -0.48527366f, 0.30997002f, -0.52382827f, 0.50456977f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.27489567f, 0.2160919f, 0.16844551f, -0.44751972f, 0.29488584f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.33495566f, 0.02912056f, 0.25793824f, 0.32071063f, 0.06968932f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.07361945f, 0.12780347f, 0.41983336f, -0.003299768f, -0.27433655f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.3669352f, -0.41218883f, 0.423434f, 0.18711884f, -0.5922055f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.18758371f, -0.1371915f, -0.26655573f, -0.36791515f, -0.28529647f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.18542928f, 0.13136698f, 0.38113663f, 0.30211046f, -0.435177f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.27346158f, 0.122957215f, 0.1107939f, 0.106297605f, 0.28191984f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.13872682f, 0.27114183f, -0.31386772f, -0.30925202f, 0.25734222f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.14127795f, -0.5360176f, -0.06796722f, -0.35642076f, 0.34330094f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.36187983f, -0.4735496f, 0.2117145f, 0.11340896f, -0.117907986f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.2749534f, -0.4213848f, 0.23466164f, -0.18378213f, 0.029143825f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.1987227f, -0.22243133f, 0.19745451f, -0.40165174f, -0.10127856f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.47971365f, 0.18570277f, 0.62086993f, -0.13362114f, 0.3807445f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.4587516f, 0.27601892f, -0.16818127f, 0.07270232f, 0.17830102f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.33699095f, 0.30049908f, -0.434544f, -0.34638235f, 0.4605211f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.2654942f, 0.015373796f, 0.43050626f, 0.41036764f, 0.14354344f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.064190865f, -0.117891565f, -0.18340246f, -0.15692952f, 0.41775304f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.18171538f, 0.3804595f, 0.14407735f, -0.64942825f, 0.00574803f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.39786044f, -0.18754476f, 0.3206268f, -0.40337485f, 0.034080118f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.098044254f, -0.60375434f, -0.25515392f, -0.21476777f, 0.66869044f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.41230935f, 0.284338f, -0.081456006f, 0.51528263f, -0.21920742f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.119201794f, 0.11835768f, -0.43342215f, 0.04450643f, 0.052493796f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.41694993f, -0.011753455f, -0.45757738f, -0.11535975f, -0.26137128f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.39034462f, -0.57109725f, -0.28423458f, -0.06698803f, 0.02056484f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.4010867f, 0.16794372f, -0.2831332f, -0.2669831f, -0.25755644f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.06340888f, -0.13196254f, -0.15112595f, -0.38120013f, 0.21832258f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.4630147f, 0.27689302f, 0.35504282f, -0.29567853f, -0.26555848f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.30013064f, -0.4038246f, -0.38563135f, -0.6180095f, -0.11693731f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.06623255f, 0.19290242f, -0.20469f, -0.27021566f, 0.11414172f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.344587f, 0.455634f, -0.15507898f, 0.3600623f, 0.21404465f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f
};

static const float layer_b[16] = {
    0.21611357f, -0.42933387f, -0.10181683f, -0.1981442f, -0.47988296f, 0.0f, 0.0f, 0.0f,
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
