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
    0.5966169f, -0.28071877f, -0.13468036f, 0.41225058f, -0.3208878f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.6156583f, -0.14464746f, 0.4983134f, -0.5026592f, -0.45231274f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.50552887f, 0.19746083f, 0.19261384f, -0.30668682f, -0.26175654f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.6124791f, 0.35054934f, 0.32413298f, 0.17544407f, -0.18257226f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.124375165f, 0.3990054f, -0.16251439f, 0.21245512f, 0.3221261f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.2910161f, -0.26181367f, 0.18937777f, -0.13232473f, 0.46780366f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.35416436f, -0.1528532f, -0.22776443f, -0.029209346f, 0.29270416f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.10112487f, 0.4521154f, -0.16390024f, -0.37122002f, -0.09203397f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.3737704f, 0.6084495f, -0.042379826f, -0.10445684f, 0.38686705f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.6266104f, -0.07609924f, -0.3179998f, -0.12394872f, -0.55091846f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.34980392f, -0.08990507f, -0.49626425f, 0.34310594f, 0.26173842f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.35297945f, -0.64500916f, 0.075914875f, -0.28145313f, 0.40944552f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.30572313f, -0.01395987f, 0.3705183f, -0.2632377f, 0.2705457f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.32976153f, 0.17588082f, 0.42961207f, 0.10541411f, 0.031883717f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.07236894f, 0.12929215f, 0.15589805f, -0.18229572f, -0.23060429f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.0011710525f, -0.27834558f, 0.43145308f, 0.09466711f, -0.266837f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.11757767f, -0.16394278f, -0.22099157f, -0.31684923f, -0.14675704f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.1975443f, -0.032219663f, 0.34854496f, 0.028200597f, -0.2873712f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.10294222f, -0.10020423f, -0.09558131f, 0.056873046f, 0.194825f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.13960803f, -0.04711388f, -0.5303498f, -0.1722168f, 0.45763773f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.1670354f, -0.6164032f, 0.14605089f, -0.5808635f, -0.02894169f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.066964f, -0.30738857f, 0.4852115f, 0.15565026f, -0.08929859f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.39418757f, -0.18292898f, 0.504895f, -0.22259012f, -0.04925759f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.03189324f, -0.12124507f, 0.27663934f, -0.48254782f, -0.15050757f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.6175391f, 0.31998876f, 0.34051895f, -0.2937472f, 0.34501413f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.38031104f, 0.085059166f, -0.087448984f, 0.22260234f, 0.049465224f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.39471546f, 0.3109652f, -0.2962969f, -0.46370608f, 0.34140846f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.12756453f, -0.1265819f, 0.30194876f, 0.34673142f, 0.107700765f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.07617095f, -0.10113266f, -0.28931302f, -0.3874967f, 0.24298033f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.11284292f, 0.19417442f, -0.037851546f, -0.36588147f, 0.10285573f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.25985003f, 0.05589514f, 0.55820316f, -0.08168442f, 0.1436106f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.273287f, -0.31404173f, -0.005119838f, -0.3085186f, 0.44403923f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.5336385f, 0.3832946f, 0.062457453f, 0.43626827f, -0.0809149f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.16380572f, 0.099775374f, -0.60443604f, 0.058805324f, -0.16810618f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.332118f, -0.22907807f, -0.5333063f, -0.0047185123f, -0.13429414f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.37259978f, -0.5236065f, -0.23717767f, -0.15267189f, 0.28608245f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.39550933f, 0.17143425f, 0.059448317f, -0.45052478f, -0.37513432f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.29355344f, -0.002441585f, -0.2980267f, -0.46149597f, 0.14226817f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.40877765f, 0.13447082f, 0.34494475f, -0.2184085f, -0.0027700812f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.3414031f, -0.108300656f, -0.15432468f, -0.4276496f, -0.23482518f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.06718129f, 0.1487358f, -0.101209804f, -0.39409587f, -0.0028827041f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.52942383f, 0.6222083f, -0.14531113f, 0.23613435f, 0.29925162f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.2697772f, -0.6279642f, -0.2454509f, -0.4010995f, -0.6737535f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.050307654f, 0.04035379f, -0.6499506f, 0.29877722f, 0.39437634f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.24353415f, 0.0024224669f, 0.2873369f, 0.45378685f, 0.25716403f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.22324325f, -0.24404083f, 0.019697774f, 0.3386761f, 0.25110263f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.1135574f, 0.020158157f, -0.4161944f, -0.44334504f, -0.2838293f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.57289994f, 0.31799328f, -0.36499923f, 0.48182532f, -0.27906275f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.06564434f, 0.034980647f, 0.100020155f, 0.5908731f, 0.08815628f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.631886f, -0.20586967f, 0.074552916f, 0.07012087f, -0.3117252f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.3468552f, -0.43084544f, 0.40082347f, -0.15602496f, -0.15690841f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.5810424f, -0.47073385f, -0.11092697f, -0.357799f, -0.19552979f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.4800915f, -0.15573546f, -0.14106484f, 0.115531415f, 0.2748403f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.45657685f, 0.45288873f, -0.06704578f, -0.31907064f, -0.35217023f, 0.0f, 0.0f, 0.0f,
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f
};

static const float layer_b[16] = {
    -0.3942935f, 0.4060669f, 0.40164346f, 0.3543784f, 0.23282617f, 0.0f, 0.0f, 0.0f,
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
