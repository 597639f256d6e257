/*
 * net.c - made by cnnc 0.1.0 from sample.cnn. Do not edit.
 *
 *   layer                    what                               gives               multiply-adds   kept in memory
 *   layer_view               View                               1 x 20 x 3                      0   a view
 *   layer_view_copy          Copy                               1 x 20 x 3                      0   all
 *   layer                    DepthwiseConv2D                    1 x 20 x 3                    180   all
 *   layer_1                  Conv2D                             1 x 20 x 5                    300   all
 *   layer_view_1             View                               20 x 5                          0   a view
 *   layer_view_1_1           Copy                               20 x 5                          0   the output
 *
 *   weights 176 bytes, arena 704 bytes (lower bound 704), 480 multiply-adds
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

INLINE vec8 load_lanes8(const float *p, int n) { return n < LANES8 ? load_part8(p, n) : load8(p); }

#ifdef VECTORS
INLINE vec8 mul_add8(vec8 a, float x, vec8 b) { return a + x * b; }
#else
INLINE vec8 mul_add8(vec8 a, float x, vec8 b) { for (int i = 0; i < LANES8; i++) a.f[i] += x
                                           * b.f[i]; return a; }
#endif

#ifdef VECTORS
INLINE vec8 mul_add_vec8(vec8 a, vec8 b, vec8 c) { return a + b * c; }
#else
INLINE vec8 mul_add_vec8(vec8 a, vec8 b, vec8 c) { for (int i = 0; i < LANES8; i++) a.f[i] += b.f[i]
                                             * c.f[i]; return a; }
#endif

/* ---- weights --------------------------------------------------------------------------------- */

static const float layer_depthwise_kernel[9] = {
    0.13885023f, -0.3735782f, -0.2963125f, -0.23863655f, -0.81335336f, 0.34858823f, 0.14567946f, 0.25474316f,
    -0.13278945f
};

static const float layer_bias[3] = {
    0.0f, 0.0f, 0.0f
};

static const float layer_1_w[24] = {
    -0.19106379f, 0.6201204f, -0.040339828f, 0.5072185f, 0.70041585f, 0.0f, 0.0f, 0.0f,
    -0.13920024f, 0.40354168f, -0.27566198f, -1.0396502f, -0.06400809f, 0.0f, 0.0f, 0.0f,
    -0.8017986f, 0.40041244f, -0.24342087f, 0.055113554f, 0.40204084f, 0.0f, 0.0f, 0.0f
};

static const float layer_1_b[8] = {
    -0.3483814f, 0.1488502f, -0.48970497f, 0.0710246f, 0.28616685f, 0.0f, 0.0f, 0.0f
};

/* ---- memory ---------------------------------------------------------------------------------- */

/* Every activation lives here; those that are not alive at one time share memory. */
#ifdef __GNUC__
__attribute__((aligned(64)))
#endif
static float arena[176];

/* Where the first pixel of each result lies, in floats; those by rows keep the last few of them. */
enum {
    AT_LAYER = 112,    /* 1 x 20 x 3 */
    AT_LAYER_1 = 0,    /* 1 x 20 x 5 */
    AT_LAYER_VIEW_COPY = 3,    /* 1 x 20 x 3 */
    ARENA_END = 176
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

/*
 * Convolution for n neighbouring pixels and one block of channels; rows[ky] begins at the tile's
 * first pixel.
 * step: floats from a pixel's window to the next one's; tap: from one kernel column to the next.
 */
INLINE void conv_tile8(int n, int vecs, int block, const float *const *rows, int first, int last,
                      int columns, int channels,
                      int step, int tap, const float *w, const float *bias, float *out, int outs,
                      int out_step,
                      int then, const float *other, int other_step)
{
    /* a last vector reaches into the next pixel, stored behind it */
    const int whole = outs == out_step && outs >= LANES8 / 2 && other_step == 0;
    vec8 sum[MOST_PIXELS][32 / LANES8];
    UNROLL for (int p = 0; p < n; p++)
        UNROLL for (int v = 0; v < vecs; v++)
            sum[p][v] = load8(bias + v * LANES8);
    w += first * columns * channels * block;
    for (int ky = first; ky < last; ky++) {
        /* no loop for a few short steps: it would end as soon as it runs */
        if (FEW(channels) && columns == 1 && vecs == 1) {
            UNROLL for (int i = 0; i < channels; i++)
                UNROLL for (int p = 0; p < n; p++)
                    UNROLL for (int v = 0; v < vecs; v++)
                        sum[p][v] = mul_add8(sum[p][v], rows[ky][p * step + i],
                                            load8(w + i * block + v * LANES8));
            w += channels * block;
            continue;
        }
        for (int kx = 0; kx < columns; kx++)
            for (int i = 0; i < channels; i++, w += block)
                UNROLL for (int p = 0; p < n; p++)
                    UNROLL for (int v = 0; v < vecs; v++)
                        sum[p][v] = mul_add8(sum[p][v], rows[ky][p * step + kx * tap + i],
                                            load8(w + v * LANES8));
    }
    UNROLL for (int p = 0; p < n; p++)
        UNROLL for (int v = 0; v < vecs; v++)
            finish8(out + p * out_step + v * LANES8, sum[p][v],
                   whole && p + 1 < n ? LANES8 : outs - v * LANES8, then,
                   other + p * other_step + v * LANES8);
}

/* One row of a convolution for one block of channels: tiles of equal8 width but for one pixel. */
INLINE void conv_row8(int width, int vecs, int block, const float *const *rows, int height,
                     int first, int last, int columns,
                     int channels, int step, int tap, const float *w, const float *bias, float *out,
                     int outs,
                     int out_step, int then, const float *other, int other_step)
{
    const int fitting = TILE / vecs < MOST_PIXELS ? TILE / vecs : MOST_PIXELS;
    /* pixels 4 KB apart share one line of each way of the cache */
    const int pixels = step % 1024 == 0 && fitting > 7 ? 7 : fitting;
    const int tiles = (width + pixels - 1) / pixels, most = (width + tiles - 1) / tiles;
    const int full = width - (most - 1) * tiles;            /* so many tiles of the greater8 width */
    const float *at[16];
    for (int ky = 0; ky < height; ky++)
        at[ky] = rows[ky];
    for (int t = 0; t < tiles; t++) {
        const int n = t < full ? most : most - 1;
        if (t < full)
            conv_tile8(most, vecs, block, at, first, last, columns, channels, step, tap, w, bias,
                      out, outs, out_step, then, other, other_step);
        else
            conv_tile8(most - 1, vecs, block, at, first, last, columns, channels, step, tap, w, bias,
                      out, outs, out_step, then, other, other_step);
        for (int ky = first; ky < last; ky++)
            at[ky] += n * step;
        out += n * out_step;
        other += n * other_step;
    }
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

/* layer_view_copy: Copy, 1 x 20 x 3 to 1 x 20 x 3 */
static int layer_view_copy_rows(const float *in, float *out, int y0, int y1)
{
    for (int y = y0; y < y1; y++) {
        const float *a = in + 0, *b = a;
        float *to = out + 0;
        {
            int i = 0;
            for (; i + LANES <= 60; i += LANES)
                finish(to + i, load(a + i), LANES, NONE, b + i);
            if (i < 60)
                finish(to + i, load_part(a + i, 60 - i), 60 - i, NONE, b + i);
        }
    }
    return y1 > y0 ? y1 : y0;
}

/* layer: DepthwiseConv2D, 1 x 20 x 3 to 1 x 20 x 3 */
static int layer_rows(const float *in, const float *w, const float *b, float *out, int y0, int y1)
{
    for (int y = y0; y < y1; y++) {
        const float *rows[1];
        int first = 1, last = 0;
        for (int ky = 0; ky < 1; ky++) {
            const int from = y * 1 + ky * 1 - 0;
            rows[ky] = in;
            if (from >= 0 && from < 1) {
                rows[ky] = in + 0 - 3;
                first = first < ky ? first : ky;
                last = ky + 1;
            }
        }
        int k = 0;
        for (; k  < 3; k += LANES8) {
            const int n = 3 - k < LANES8 ? 3 - k : LANES8;
            const float *at[1];
            for (int ky = 0; ky < 1; ky++)
                at[ky] = rows[ky] + k;
            depthwise_row8(20, n, at, 1, first, last, 3, 3, 3, w + k, 3, b + k,
                           out + 0 + k, 3, NONE, out, 0);
        }
    }
    return y1 > y0 ? y1 : y0;
}

/* layer_1: Conv2D, 1 x 20 x 3 to 1 x 20 x 5 */
static int layer_1_rows(const float *in, const float *w, const float *b, float *out, int y0, int y1)
{
    for (int y = y0; y < y1; y++) {
        const float *rows[1];
        int first = 1, last = 0;
        for (int ky = 0; ky < 1; ky++) {
            const int from = y * 1 + ky * 1 - 0;
            rows[ky] = in;
            if (from >= 0 && from < 1) {
                rows[ky] = in + 0 - 0;
                first = first < ky ? first : ky;
                last = ky + 1;
            }
        }
        conv_row8(20, (5 + LANES8 - 1) / LANES8, 8, rows, 1, first, last,
            1, 3, 3, 3,
                 w + 0 * 3, b + 0, out + 0 + 0, 5, 5,
                 NONE, out + 0, 0);
    }
    return y1 > y0 ? y1 : y0;
}

/* layer_view_1_1: Copy, 20 x 5 to 20 x 5 */
static int layer_view_1_1_rows(const float *in, float *out, int y0, int y1)
{
    for (int y = y0; y < y1; y++) {
        const float *a = in + 0, *b = a;
        float *to = out + 0;
        {
            int i = 0;
            for (; i + LANES <= 100; i += LANES)
                finish(to + i, load(a + i), LANES, NONE, b + i);
            if (i < 100)
                finish(to + i, load_part(a + i, 100 - i), 100 - i, NONE, b + i);
        }
    }
    return y1 > y0 ? y1 : y0;
}

/* ---- the forward pass ------------------------------------------------------------------------ */

void net(const float *input, float *output)
{
    clear_margins(arena + AT_LAYER_VIEW_COPY, 1, 66, 3, 60, 3);
    layer_view_copy_rows(input, arena + AT_LAYER_VIEW_COPY, 0, 1);
    layer_rows(arena + AT_LAYER_VIEW_COPY, layer_depthwise_kernel, layer_bias, arena + AT_LAYER, 0,
               1);
    layer_1_rows(arena + AT_LAYER, layer_1_w, layer_1_b, arena + AT_LAYER_1, 0, 1);
    layer_view_1_1_rows(arena + AT_LAYER_1, output, 0, 1);
}
