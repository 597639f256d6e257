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
INLINE vec mul_add_vec(vec a, vec b, vec c) { for (int i = 0; i < LANES; i++) a.f[i] += b.f[i] * c.f[i]; return a; }
#endif

#ifdef VECTORS
INLINE vec8 mul_add_vec8(vec8 a, vec8 b, vec8 c) { return a + b * c; }
#else
INLINE vec8 mul_add_vec8(vec8 a, vec8 b, vec8 c) { for (int i = 0; i < LANES8; i++) a.f[i] += b.f[i] * c.f[i]; return a; }
#endif

/* ---- weights -------------------------------------------------------------------------------------- */

static const float layer_kernel[180] = {
    0.3809306f, 0.024075579f, -0.15681413f, 0.039015487f, 0.34710315f, 0.094678774f, -0.42236084f, 0.41699222f,
    0.028677316f, -0.44947478f, -0.24915013f, -0.008320212f, -0.3655518f, 0.238634f, -0.26011002f, -0.10448626f,
    -0.33032924f, 0.39108664f, 0.14035977f, 0.41824767f, 0.6039931f, -0.30362177f, -0.058496468f, 0.5663087f,
    0.22171485f, 0.4355968f, 0.09547978f, -0.2733631f, 0.15259507f, 0.3564139f, -0.22820273f, 0.017721515f,
    0.39138442f, 0.30569592f, 0.287371f, -0.2358751f, -0.20250353f, -0.020360239f, -0.27383158f, -0.0825527f,
    0.4647641f, 0.18042658f, -0.3070647f, -0.5127225f, -0.13684899f, -0.16715279f, -0.06797484f, -0.23905401f,
    -0.26650226f, -0.34726843f, 0.097246595f, -0.29474622f, -0.2211918f, 0.6072949f, -0.20582397f, -0.12530428f,
    -0.106757656f, 0.35747984f, 0.6088525f, -0.49128866f, -0.08888432f, -0.11085546f, 0.23754378f, 0.33710915f,
    0.37866893f, 0.12936486f, 0.38155755f, -0.21644819f, -0.5517156f, -0.07291432f, -0.15204568f, -0.05847907f,
    -0.22120146f, -0.29702753f, 0.5483395f, 0.45663095f, 0.58984447f, 0.08683719f, -0.07762843f, 0.032306008f,
    -0.2117245f, 0.2849723f, -0.049446844f, -0.24925935f, 0.14005537f, 0.25912905f, 0.14460617f, -0.06910454f,
    -0.5174991f, 0.16734943f, -0.34420794f, -0.5604915f, -0.11584326f, 0.32810536f, -0.14951795f, 0.07851316f,
    -0.071456954f, -0.461355f, 0.25230023f, -0.3277129f, 0.17372562f, 0.2671376f, 0.34415847f, 0.19373661f,
    -0.3646474f, 0.17679758f, -0.0122149885f, 0.23099303f, -0.30286223f, -0.39514083f, -0.3317362f, 0.3314341f,
    0.04145901f, -0.07416683f, 0.3153387f, -0.21348327f, 0.1420886f, -0.27299356f, 0.37765157f, 0.18955691f,
    0.11722334f, -0.34738684f, -0.049136303f, -0.2546823f, -0.25078797f, -0.01831834f, -0.095905945f, -0.28098866f,
    0.25549635f, 0.18665656f, -0.30368492f, 0.34868294f, -0.2791357f, 0.16735855f, -0.08194563f, -0.5418008f,
    0.099229425f, -0.17423941f, -0.21103406f, 0.23926975f, -0.13489714f, -0.040704414f, -0.3038975f, -0.46309087f,
    -0.36228314f, -0.12454205f, -0.1929236f, -0.47343653f, 0.46402854f, -0.0026521198f, -0.20849855f, 0.14962001f,
    0.36734352f, 0.31086496f, -0.5304408f, 0.41910934f, 0.5468548f, 0.5026742f, -0.2097353f, -0.1796846f,
    -0.21130797f, 0.29369298f, 0.45748156f, -0.038902424f, 0.20148885f, 0.48727107f, 0.3462853f, 0.36208093f,
    0.0026544593f, 0.38210595f, -0.2052579f, -0.29809085f, -0.61423343f, -0.16584097f, 0.030277401f, -0.27426034f,
    0.30109456f, 0.16274771f, -0.25780717f, -0.13108681f
};

static const float layer_bias[20] = {
    0.27086538f, -0.05951959f, 0.29494905f, -0.40194273f, 0.11723828f, 0.14056623f, -0.04058206f, -0.16530061f,
    -0.3122518f, -0.18881994f, -0.00015193224f, 0.09883165f, 0.27010703f, -0.103334725f, -0.14442837f, 0.027196288f,
    0.36410773f, 0.20602602f, 0.26879525f, 0.10052514f
};

/* ---- memory --------------------------------------------------------------------------------------- */

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
 * n neighbouring pixels of at most LANES channels: what they read in common is loaded once. rows[ky] begins at the tile's first
 * window; step: floats from a pixel's window to the next one's, tap: from one kernel column to the next. taps: NULL where they do not fit in registers.
 */
INLINE void depthwise_tile(int n, int lanes, const float *const *rows, int height, int first, int last, int columns, int at, int step, int tap, const vec *taps,
                           const float *w, int w_step, vec start, float *out, int out_step, int then, const float *other, int other_step)
{
    vec sum[8];
    UNROLL for (int p = 0; p < n; p++)
        sum[p] = start;
    UNROLL for (int ky = 0; ky < height; ky++) {
        if (ky < first || ky >= last)
            continue;
        vec line[25];
        UNROLL for (int kx = 0; kx < columns; kx++)
            line[kx] = taps ? taps[ky * columns + kx] : load_lanes(w + (ky * columns + kx) * w_step, lanes);
        UNROLL for (int p = 0; p < n; p++)
            UNROLL for (int kx = 0; kx < columns; kx++)
                sum[p] = mul_add_vec(sum[p], load_lanes(rows[ky] + at + p * step + kx * tap, lanes), line[kx]);
    }
    UNROLL for (int p = 0; p < n; p++)
        finish(out + p * out_step, sum[p], lanes, then, other + p * other_step);
}

/* One row of at most LANES channels: tiles of equal width but for one pixel; rows[ky] begins at the left margin. */
INLINE void depthwise_row(int width, int lanes, const float *const *rows, int height, int first, int last, int columns, int step, int tap,
                          const float *w, int w_step, const float *bias, float *out, int out_step, int then, const float *other, int other_step)
{
    const int pixels = TILE < 24 ? 4 : 8, few = height * columns < TILE / 2;
    const int tiles = (width + pixels - 1) / pixels, most = (width + tiles - 1) / tiles;
    const int full = width - (most - 1) * tiles;            /* so many tiles of the greater width */
    const vec start = load_lanes(bias, lanes);
    vec taps[TILE / 2];
    int x = 0;
    if (few)
        UNROLL for (int i = 0; i < height * columns; i++)
            taps[i] = load_lanes(w + i * w_step, lanes);
    for (int t = 0; t < full; t++, x += most)
        depthwise_tile(most, lanes, rows, height, first, last, columns, x * step, step, tap, few ? taps : NULL, w, w_step, start,
                       out + x * out_step, out_step, then, other + x * other_step, other_step);
    for (int t = full; t < tiles; t++, x += most - 1)
        depthwise_tile(most - 1, lanes, rows, height, first, last, columns, x * step, step, tap, few ? taps : NULL, w, w_step, start,
                       out + x * out_step, out_step, then, other + x * other_step, other_step);
}

/*
 * n neighbouring pixels of at most LANES8 channels: what they read in common is loaded once. rows[ky] begins at the tile's first
 * window; step: floats from a pixel's window to the next one's, tap: from one kernel column to the next. taps: NULL where they do not fit in registers.
 */
INLINE void depthwise_tile8(int n, int lanes, const float *const *rows, int height, int first, int last, int columns, int at, int step, int tap, const vec8 *taps,
                           const float *w, int w_step, vec8 start, float *out, int out_step, int then, const float *other, int other_step)
{
    vec8 sum[8];
    UNROLL for (int p = 0; p < n; p++)
        sum[p] = start;
    UNROLL for (int ky = 0; ky < height; ky++) {
        if (ky < first || ky >= last)
            continue;
        vec8 line[25];
        UNROLL for (int kx = 0; kx < columns; kx++)
            line[kx] = taps ? taps[ky * columns + kx] : load_lanes8(w + (ky * columns + kx) * w_step, lanes);
        UNROLL for (int p = 0; p < n; p++)
            UNROLL for (int kx = 0; kx < columns; kx++)
                sum[p] = mul_add_vec8(sum[p], load_lanes8(rows[ky] + at + p * step + kx * tap, lanes), line[kx]);
    }
    UNROLL for (int p = 0; p < n; p++)
        finish8(out + p * out_step, sum[p], lanes, then, other + p * other_step);
}

/* One row of at most LANES8 channels: tiles of equal8 width but for one pixel; rows[ky] begins at the left margin. */
INLINE void depthwise_row8(int width, int lanes, const float *const *rows, int height, int first, int last, int columns, int step, int tap,
                          const float *w, int w_step, const float *bias, float *out, int out_step, int then, const float *other, int other_step)
{
    const int pixels = TILE < 24 ? 4 : 8, few = height * columns < TILE / 2;
    const int tiles = (width + pixels - 1) / pixels, most = (width + tiles - 1) / tiles;
    const int full = width - (most - 1) * tiles;            /* so many tiles of the greater8 width */
    const vec8 start = load_lanes8(bias, lanes);
    vec8 taps[TILE / 2];
    int x = 0;
    if (few)
        UNROLL for (int i = 0; i < height * columns; i++)
            taps[i] = load_lanes8(w + i * w_step, lanes);
    for (int t = 0; t < full; t++, x += most)
        depthwise_tile8(most, lanes, rows, height, first, last, columns, x * step, step, tap, few ? taps : NULL, w, w_step, start,
                       out + x * out_step, out_step, then, other + x * other_step, other_step);
    for (int t = full; t < tiles; t++, x += most - 1)
        depthwise_tile8(most - 1, lanes, rows, height, first, last, columns, x * step, step, tap, few ? taps : NULL, w, w_step, start,
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

/* ---- layers ----------------------------------------------------------------------------------------- */

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

/* ---- the forward pass ----------------------------------------------------------------------------- */

void net(const float *input, float *output)
{
    clear_margins(arena + AT_X0_COPY, 9, 220, 20, 180, 20);
    x0_copy_rows(input, arena + AT_X0_COPY, 0, 9);
    layer_rows(arena + AT_X0_COPY, layer_kernel, layer_bias, output, 0, 9);
}
