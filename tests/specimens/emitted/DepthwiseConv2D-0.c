/*
 * net.c - made by cnnc 0.1.0 from sample.cnn. Do not edit.
 *
 *   layer                    what                               gives               multiply-adds   kept in memory
 *   x0_copy                  Copy                               9 x 9 x 20                      0   all
 *   layer                    DepthwiseConv2D                    9 x 9 x 20                  14580   the output
 *
 *   weights 800 bytes, arena 7936 bytes (lower bound 7936), 14580 multiply-adds
 */
#include "net.h"

#include <stddef.h>
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

/* The first n lanes; the others are zero. */
INLINE vec load_part(const float *p, int n)
{
    float f[LANES] = { 0.0f };
    for (int i = 0; i < n; i++)
        f[i] = p[i];
    return load(f);
}

/* The first n lanes; the others are zero. */
INLINE vec8 load_part8(const float *p, int n)
{
    float f[LANES8] = { 0.0f };
    for (int i = 0; i < n; i++)
        f[i] = p[i];
    return load8(f);
}

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

INLINE vec load_lanes(const float *p, int n) { return n < LANES ? load_part(p, n) : load(p); }

INLINE vec8 load_lanes8(const float *p, int n) { return n < LANES8 ? load_part8(p, n) : load8(p); }

#ifdef VECTORS
INLINE vec mul_add_vec(vec a, vec b, vec c) { return a + b * c; }
#else
INLINE vec mul_add_vec(vec a, vec b, vec c) { for (int i = 0; i < LANES; i++) a.f[i] += b.f[i]
                                             * c.f[i]; return a; }
#endif

#ifdef VECTORS
INLINE vec8 mul_add_vec8(vec8 a, vec8 b, vec8 c) { return a + b * c; }
#else
INLINE vec8 mul_add_vec8(vec8 a, vec8 b, vec8 c) { for (int i = 0; i < LANES8; i++) a.f[i] += b.f[i]
                                             * c.f[i]; return a; }
#endif

/* ---- weights --------------------------------------------------------------------------------- */

static const float layer_kernel[180] = {
    -0.30648315f, -0.0030252822f, -0.012255341f, 0.21464999f, 0.5053456f, -0.027448282f, 0.3161679f, 0.060778648f,
    0.2443169f, 0.12434998f, -0.22706762f, -0.17846417f, -0.24791065f, -0.07825689f, -0.31169212f, -0.098334104f,
    0.080697596f, 0.4779541f, -0.42229375f, -0.2749301f, -0.04650168f, -0.20623642f, -0.40820354f, 0.5606746f,
    0.34709406f, 0.19372478f, 0.17775208f, 0.21531802f, -0.22712949f, 0.16938417f, -0.02422192f, 0.14181446f,
    -0.06082113f, 0.3166649f, -0.27925435f, 0.3718668f, 0.15376756f, 0.60412854f, 0.2837071f, -0.23964974f,
    -0.117929235f, 0.0225638f, 0.09298937f, 0.22978008f, 0.10213668f, -0.06253824f, 0.07955708f, 0.24387969f,
    -0.06826039f, 0.30157998f, -0.2794844f, 0.25499505f, -0.2762116f, 0.1485379f, 0.4219075f, -0.29846352f,
    -0.4462921f, 0.43580285f, 0.56934404f, -0.07994587f, 0.5774715f, 0.014822841f, 0.55869454f, -0.09859045f,
    -0.3976415f, 0.36246157f, 0.28731832f, -0.15568191f, -0.5250682f, 0.12617402f, 0.1836584f, 0.06469673f,
    0.12749912f, -0.5540441f, -0.29380822f, 0.51196975f, -0.310457f, 0.18305553f, -0.4189188f, 0.49708068f,
    0.08067913f, 0.33161885f, 0.04650084f, -0.38628632f, -0.18059449f, -0.2812258f, 0.11313486f, -0.250306f,
    -0.51282835f, 0.053581864f, 0.515893f, -0.0057356507f, -0.15238538f, 0.08767876f, 0.07665503f, 0.025962185f,
    -0.021220908f, 0.23754492f, -0.084028095f, 0.12543356f, 0.11504264f, -0.36585993f, 0.4804783f, -0.36275643f,
    0.253636f, -0.26231182f, 0.5784154f, 0.28344727f, -0.14020652f, 0.08192307f, 0.5244739f, -0.12128571f,
    -0.06722887f, -0.057017796f, 0.387529f, 0.08427251f, 0.44630462f, 0.20029165f, 0.39265198f, 0.21688117f,
    0.19383962f, -0.21577026f, -0.20611987f, 0.10287768f, 0.11520285f, 0.4393407f, -0.39321423f, 0.35843626f,
    0.45743135f, -0.5063621f, 0.03310392f, 0.025847211f, 0.030326262f, -0.14294872f, 0.22947791f, 0.22230059f,
    -0.1526871f, -0.10953374f, 0.22607964f, 0.32404244f, 0.11499247f, 0.19470854f, -0.6167693f, -0.2921963f,
    0.15531793f, 0.5314868f, 0.46877736f, 0.26936215f, 0.33468288f, -0.44887626f, 0.31448472f, 0.26558548f,
    0.4568334f, 0.46772608f, 0.08241348f, 0.446373f, 0.51767826f, -0.38876376f, 0.2694945f, -0.3191896f,
    0.24488601f, 0.45982364f, -0.48832804f, 0.270569f, 0.42660767f, -0.25978136f, 0.12175693f, -0.09743826f,
    0.3658552f, -0.07748789f, -0.15110445f, -0.20309284f, 0.070806846f, 0.1513393f, -0.10970339f, 0.3783635f,
    0.18363586f, -0.27502534f, 0.2115741f, 0.12395467f
};

static const float layer_bias[20] = {
    0.34032f, -0.37289226f, 0.47189552f, 0.12497574f, -0.287333f, 0.2059266f, 0.0113043785f, -0.008256078f,
    -0.2972381f, 0.13488472f, -0.12933677f, -0.2715879f, 0.10318667f, -0.49874842f, -0.023501635f, -0.26911265f,
    0.13460392f, -0.44649917f, 0.30305928f, -0.04718238f
};

/* ---- memory ---------------------------------------------------------------------------------- */

/* Every activation lives here; those that are not alive at one time share memory. */
#ifdef __GNUC__
__attribute__((aligned(64)))
#endif
static float arena[1984];

/* Where the first pixel of each result lies, in floats; those by rows keep the last few of them. */
enum {
    AT_X0_COPY = 20,    /* 9 x 9 x 20 */
    ARENA_END = 1984
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

/*
 * Stores the first n of a vector's lanes, the epilogue8 applied; `other` is what a binary epilogue8
 * reads.
 */
INLINE void finish8(float *out, vec8 v, int n, int then, const float *other)
{
    if (n < LANES8)
        store_part8(out, epilogue8(then, v, other, n), n);
    else
        store8(out, epilogue8(then, v, other, LANES8));
}

/*
 * n neighbouring pixels of at most LANES channels: what they read in common is loaded once.
 * rows[ky] begins at the tile's first
 * window; step: floats from a pixel's window to the next one's, tap: from one kernel column to the
 * next. taps: NULL where they do not fit in registers.
 */
INLINE void depthwise_tile(int n, int lanes, const float *const *rows, int height, int first,
                           int last, int columns, int at, int step, int tap, const vec *taps,
                           const float *w, int w_step, vec start, float *out, int out_step,
                           int then, const float *other, int other_step)
{
    vec sum[8];
    UNROLL for (int p = 0; p < n; p++)
        sum[p] = start;
    UNROLL for (int ky = 0; ky < height; ky++) {
        if (ky < first || ky >= last)
            continue;
        vec line[25];
        UNROLL for (int kx = 0; kx < columns; kx++)
            line[kx] = taps ? taps[ky * columns + kx]
                : load_lanes(w + (ky * columns + kx) * w_step, lanes);
        UNROLL for (int p = 0; p < n; p++)
            UNROLL for (int kx = 0; kx < columns; kx++)
                sum[p] = mul_add_vec(sum[p], load_lanes(rows[ky] + at + p * step + kx * tap, lanes),
                                     line[kx]);
    }
    UNROLL for (int p = 0; p < n; p++)
        finish(out + p * out_step, sum[p], lanes, then, other + p * other_step);
}

/*
 * One row of at most LANES channels: tiles of equal width but for one pixel; rows[ky] begins at the
 * left margin.
 */
INLINE void depthwise_row(int width, int lanes, const float *const *rows, int height, int first,
                          int last, int columns, int step, int tap,
                          const float *w, int w_step, const float *bias, float *out, int out_step,
                          int then, const float *other, int other_step)
{
    const int pixels = MOST_PIXELS == 1 ? 1 : TILE < 24 ? 4 : 8, few = height * columns < TILE / 2;
    const int tiles = (width + pixels - 1) / pixels, most = (width + tiles - 1) / tiles;
    const int full = width - (most - 1) * tiles;            /* so many tiles of the greater width */
    const vec start = load_lanes(bias, lanes);
    vec taps[TILE / 2];
    int x = 0;
    if (few)
        UNROLL for (int i = 0; i < height * columns; i++)
            taps[i] = load_lanes(w + i * w_step, lanes);
    for (int t = 0; t < full; t++, x += most)
        depthwise_tile(most, lanes, rows, height, first, last, columns, x * step, step, tap,
                       few ? taps : NULL, w, w_step, start,
                       out + x * out_step, out_step, then, other + x * other_step, other_step);
    for (int t = full; t < tiles; t++, x += most - 1)
        depthwise_tile(most - 1, lanes, rows, height, first, last, columns, x * step, step, tap,
                       few ? taps : NULL, w, w_step, start,
                       out + x * out_step, out_step, then, other + x * other_step, other_step);
}

/*
 * n neighbouring pixels of at most LANES8 channels: what they read in common is loaded once.
 * rows[ky] begins at the tile's first
 * window; step: floats from a pixel's window to the next one's, tap: from one kernel column to the
 * next. taps: NULL where they do not fit in registers.
 */
INLINE void depthwise_tile8(int n, int lanes, const float *const *rows, int height, int first,
                           int last, int columns, int at, int step, int tap, const vec8 *taps,
                           const float *w, int w_step, vec8 start, float *out, int out_step,
                           int then, const float *other, int other_step)
{
    vec8 sum[8];
    UNROLL for (int p = 0; p < n; p++)
        sum[p] = start;
    UNROLL for (int ky = 0; ky < height; ky++) {
        if (ky < first || ky >= last)
            continue;
        vec8 line[25];
        UNROLL for (int kx = 0; kx < columns; kx++)
            line[kx] = taps ? taps[ky * columns + kx]
                : load_lanes8(w + (ky * columns + kx) * w_step, lanes);
        UNROLL for (int p = 0; p < n; p++)
            UNROLL for (int kx = 0; kx < columns; kx++)
                sum[p] = mul_add_vec8(sum[p], load_lanes8(rows[ky] + at + p * step + kx * tap, lanes),
                                     line[kx]);
    }
    UNROLL for (int p = 0; p < n; p++)
        finish8(out + p * out_step, sum[p], lanes, then, other + p * other_step);
}

/*
 * One row of at most LANES8 channels: tiles of equal8 width but for one pixel; rows[ky] begins at the
 * left margin.
 */
INLINE void depthwise_row8(int width, int lanes, const float *const *rows, int height, int first,
                          int last, int columns, int step, int tap,
                          const float *w, int w_step, const float *bias, float *out, int out_step,
                          int then, const float *other, int other_step)
{
    const int pixels = MOST_PIXELS == 1 ? 1 : TILE < 24 ? 4 : 8, few = height * columns < TILE / 2;
    const int tiles = (width + pixels - 1) / pixels, most = (width + tiles - 1) / tiles;
    const int full = width - (most - 1) * tiles;            /* so many tiles of the greater8 width */
    const vec8 start = load_lanes8(bias, lanes);
    vec8 taps[TILE / 2];
    int x = 0;
    if (few)
        UNROLL for (int i = 0; i < height * columns; i++)
            taps[i] = load_lanes8(w + i * w_step, lanes);
    for (int t = 0; t < full; t++, x += most)
        depthwise_tile8(most, lanes, rows, height, first, last, columns, x * step, step, tap,
                       few ? taps : NULL, w, w_step, start,
                       out + x * out_step, out_step, then, other + x * other_step, other_step);
    for (int t = full; t < tiles; t++, x += most - 1)
        depthwise_tile8(most - 1, lanes, rows, height, first, last, columns, x * step, step, tap,
                       few ? taps : NULL, w, w_step, start,
                       out + x * out_step, out_step, then, other + x * other_step, other_step);
}

/* Zero pixels before and after each row; `at` is the first row's first pixel. */
static void clear_margins(float *at, int rows, int stride, int left, int width, int right)
{
    for (int y = 0; y < rows; y++, at += stride) {
        memset(at - left, 0, (size_t)left * sizeof *at);
        memset(at + width, 0, (size_t)right * sizeof *at);
    }
}

/* ---- layers ---------------------------------------------------------------------------------- */

/* x0_copy: Copy, 9 x 9 x 20 to 9 x 9 x 20 */
static int x0_copy_rows(const float *in, float *out, int y0, int y1)
{
    for (int y = y0; y < y1; y++) {
        const float *a = in + y * 180, *b = a;
        float *to = out + y * 220;
        {
            int i = 0;
            for (; i + LANES <= 180; i += LANES)
                finish(to + i, load(a + i), LANES, NONE, b + i);
            if (i < 180)
                finish(to + i, load_part(a + i, 180 - i), 180 - i, NONE, b + i);
        }
    }
    return y1 > y0 ? y1 : y0;
}

/* layer: DepthwiseConv2D, 9 x 9 x 20 to 9 x 9 x 20 */
static int layer_rows(const float *in, const float *w, const float *b, float *out, int y0, int y1)
{
    for (int y = y0; y < y1; y++) {
        const float *rows[3];
        int first = 3, last = 0;
        for (int ky = 0; ky < 3; ky++) {
            const int from = y * 1 + ky * 1 - 1;
            rows[ky] = in;
            if (from >= 0 && from < 9) {
                rows[ky] = in + from * 220 - 20;
                first = first < ky ? first : ky;
                last = ky + 1;
            }
        }
        int k = 0;
        for (; k + LANES <= 20; k += LANES) {
            const int n = LANES;
            const float *at[3];
            for (int ky = 0; ky < 3; ky++)
                at[ky] = rows[ky] + k;
            depthwise_row(9, n, at, 3, first, last, 3, 20, 20, w + k, 20, b + k,
                           out + y * 180 + k, 20, NONE, out, 0);
        }
        for (; k  < 20; k += LANES8) {
            const int n = 20 - k < LANES8 ? 20 - k : LANES8;
            const float *at[3];
            for (int ky = 0; ky < 3; ky++)
                at[ky] = rows[ky] + k;
            depthwise_row8(9, n, at, 3, first, last, 3, 20, 20, w + k, 20, b + k,
                           out + y * 180 + k, 20, NONE, out, 0);
        }
    }
    return y1 > y0 ? y1 : y0;
}

/* ---- the forward pass ------------------------------------------------------------------------ */

void net(const float *input, float *output)
{
    clear_margins(arena + AT_X0_COPY, 9, 220, 20, 180, 20);
    x0_copy_rows(input, arena + AT_X0_COPY, 0, 9);
    layer_rows(arena + AT_X0_COPY, layer_kernel, layer_bias, output, 0, 9);
}
