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
    -0.18746412f, 0.1405483f, -0.010876514f, 0.6020133f, 0.004433574f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.6519425f, -0.048761234f, -0.005482286f, 0.25477248f, -0.53734124f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.25179866f, -0.43655795f, 0.31900203f, -0.17287606f, -0.23630178f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.20308907f, -0.4243831f, -0.18702084f, 0.34810704f, 0.49668795f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.4778546f, -0.171871f, -0.21607172f, 0.49849704f, 0.20882463f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.10869371f, 0.40934548f, -0.53665936f, 0.2765667f, -0.14489698f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.3110348f, -0.2749414f, -0.18640667f, 0.5047103f, -0.29882085f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.3113522f, 0.3576626f, 0.07256843f, 0.30605027f, 0.024309352f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.28003213f, 0.030514598f, 0.37538078f, -0.0073694587f, -0.2497738f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.5004169f, -0.18940774f, -0.24127361f, -0.34314695f, 0.06984255f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.06012088f, -0.06868909f, -0.6122626f, 0.0551714f, -0.17372042f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.40004882f, -0.15579551f, -0.1127622f, 0.64570755f, -0.023956014f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.33410406f, -0.59212065f, 0.49413165f, -0.36266536f, -0.24054787f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.2524459f, 0.23722425f, -0.38786146f, 0.25548238f, 0.071837544f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.060226165f, -0.35764664f, -0.40803248f, -0.47276884f, 0.20866454f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.032551467f, -0.31351626f, -0.37520805f, -0.14129946f, 0.37008297f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.0019456744f, -0.19410786f, 0.32901376f, 0.016125932f, -0.16009024f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.13583717f, -0.004818037f, 0.4178756f, -0.5219315f, 0.34347507f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.23043394f, 0.14213097f, -0.05933763f, 0.037646793f, 0.32569444f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.26049632f, 0.15051056f, -0.30300254f, 0.44457546f, -0.30031753f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.21710956f, 0.22200349f, -0.3167249f, 0.21314293f, -0.36645883f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.068751186f, 0.38811633f, 0.46328223f, -0.06890703f, 0.28746068f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.35612452f, -0.00265944f, 0.5328334f, 0.274291f, -0.030595437f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.23609744f, -0.41319108f, 0.02083303f, -0.1991232f, 0.13138145f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.61360615f, 0.20289955f, 0.39371717f, -0.19838236f, 0.07987996f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.2770724f, -0.2439776f, 0.037070364f, 0.46216395f, -0.42387462f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.03719143f, -0.58073735f, -0.19271816f, 0.16401803f, 0.49496165f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.58711994f, 0.43045646f, -0.042669445f, 0.098601654f, 0.054914057f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.04014632f, -0.5639944f, -0.347093f, -0.35486782f, -0.39397708f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.24151611f, 0.16927375f, 0.22189263f, -0.15251926f, -0.0480686f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.28582752f, -0.29799306f, -0.4019372f, 0.17636603f, 0.19945681f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.21768616f, 0.53143287f, 0.3319144f, 0.23851688f, 0.090653665f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.10802139f, -0.34773073f, -0.4998592f, 0.05539745f, 0.16592623f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.073460884f, 0.24453449f, -0.6257884f, -0.20397338f, -0.52272105f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.15713212f, 0.0029283613f, -0.24950808f, 0.34386817f, 0.2898119f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.5421387f, 0.38141796f, 0.22259402f, 0.291479f, 0.19441418f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.34785697f, -0.13149253f, -0.23780023f, 0.45764163f, 0.124880634f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.35945848f, 0.59009445f, -0.16494092f, -0.20876864f, 0.08072322f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.42905706f, -0.37842137f, 0.047003537f, 0.041884035f, -0.10369976f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.30740896f, 0.31232873f, -0.07828674f, 0.04202273f, -0.57308567f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.003168583f, 0.24606477f, -0.19324248f, 0.42572978f, -0.09361558f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.066594735f, 0.020239666f, 0.64996845f, -0.44077396f, -0.3189463f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.19745854f, 0.00826329f, -0.5428595f, -0.3015017f, 0.21455309f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.4422694f, 0.06966604f, 0.030994028f, -0.21391006f, -0.13445188f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.21575326f, 0.013164297f, -0.114914596f, 0.1431824f, -0.31646398f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.25382775f, -0.1099774f, 0.420659f, 0.106152356f, 0.2735917f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.49123544f, 0.02928333f, -0.11400536f, -0.20712718f, -0.4972292f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.050800398f, -0.14442426f, -0.2031815f, 0.5145733f, 0.32683015f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.117755756f, 0.1338116f, -0.39811558f, -0.049570695f, 0.26102322f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.18202427f, -0.40339267f, -0.08031038f, -0.25387645f, 0.5581812f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.1465958f, 0.10552955f, -0.4646994f, -0.102479845f, 0.3320837f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.38076362f, -0.02796176f, -0.13254003f, -0.42689544f, -0.20036504f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.25741643f, -0.40088156f, -0.2713164f, 0.27909705f, -0.25827724f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.17216596f, 0.44608873f, 0.05340311f, -0.29906386f, 0.1686606f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f
};

static const float layer_b[16] = {
    -0.27049887f, -0.22862005f, 0.030636668f, 0.43928152f, -0.02925986f, 0.0f, 0.0f, 0.0f,
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
