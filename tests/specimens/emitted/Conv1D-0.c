/*
 * net.c - made by cnnc 0.1.0 from sample.cnn. Do not edit.
 *
 *   layer                    what                               gives               multiply-adds   kept in memory
 *   layer_view               View                               1 x 20 x 3                      0   a view
 *   layer_view_copy          Copy                               1 x 20 x 3                      0   all
 *   layer                    Conv2D                             1 x 20 x 5                    900   all
 *   layer_view_1             View                               20 x 5                          0   a view
 *   layer_view_1_1           Copy                               20 x 5                          0   the output
 *
 *   weights 320 bytes, arena 768 bytes (lower bound 768), 900 multiply-adds
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

#ifdef VECTORS
INLINE vec8 mul_add8(vec8 a, float x, vec8 b) { return a + x * b; }
#else
INLINE vec8 mul_add8(vec8 a, float x, vec8 b) { for (int i = 0; i < LANES8; i++) a.f[i] += x
                                           * b.f[i]; return a; }
#endif

/* ---- weights --------------------------------------------------------------------------------- */

static const float layer_w[72] = {
    -0.1424155f, 0.1395052f, -0.5653726f, 0.18165988f, 0.42419124f, 0.0f, 0.0f, 0.0f,
    -0.16448563f, -0.22063282f, 0.69113445f, -0.31879452f, -0.36744845f, 0.0f, 0.0f, 0.0f,
    -0.1933041f, -0.28236914f, -0.08317933f, -0.088811666f, -0.094866514f, 0.0f, 0.0f, 0.0f,
    -0.877593f, 0.31366754f, -0.1306439f, -0.17157644f, 0.1030539f, 0.0f, 0.0f, 0.0f,
    0.5395385f, 0.4071091f, -0.4470946f, 0.3788923f, 0.09608729f, 0.0f, 0.0f, 0.0f,
    0.36705405f, -0.3679683f, -0.2358484f, 0.13966018f, -0.03401734f, 0.0f, 0.0f, 0.0f,
    0.11085215f, 0.26401103f, -0.03204578f, 0.40386617f, 0.16698615f, 0.0f, 0.0f, 0.0f,
    0.20192441f, 0.34347135f, 0.489535f, 0.33542234f, -0.5767281f, 0.0f, 0.0f, 0.0f,
    -0.4102718f, 0.2339342f, -0.09683204f, -0.29671845f, -0.053640172f, 0.0f, 0.0f, 0.0f
};

static const float layer_b[8] = {
    -0.47051626f, -0.20761484f, 0.1619764f, -0.13503271f, -0.10170454f, 0.0f, 0.0f, 0.0f
};

/* ---- memory ---------------------------------------------------------------------------------- */

/* Every activation lives here; those that are not alive at one time share memory. */
#ifdef __GNUC__
__attribute__((aligned(64)))
#endif
static float arena[192];

/* Where the first pixel of each result lies, in floats; those by rows keep the last few of them. */
enum {
    AT_LAYER = 0,    /* 1 x 20 x 5 */
    AT_LAYER_VIEW_COPY = 118,    /* 1 x 20 x 3 */
    ARENA_END = 192
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

/* layer: Conv2D, 1 x 20 x 3 to 1 x 20 x 5 */
static int layer_rows(const float *in, const float *w, const float *b, float *out, int y0, int y1)
{
    for (int y = y0; y < y1; y++) {
        const float *rows[1];
        int first = 1, last = 0;
        for (int ky = 0; ky < 1; ky++) {
            const int from = y * 1 + ky * 1 - 0;
            rows[ky] = in;
            if (from >= 0 && from < 1) {
                rows[ky] = in + 0 - 6;
                first = first < ky ? first : ky;
                last = ky + 1;
            }
        }
        conv_row8(20, (5 + LANES8 - 1) / LANES8, 8, rows, 1, first, last,
            1, 9, 3, 3,
                 w + 0 * 9, b + 0, out + 0 + 0, 5, 5,
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
    clear_margins(arena + AT_LAYER_VIEW_COPY, 1, 66, 6, 60, 0);
    layer_view_copy_rows(input, arena + AT_LAYER_VIEW_COPY, 0, 1);
    layer_rows(arena + AT_LAYER_VIEW_COPY, layer_w, layer_b, arena + AT_LAYER, 0, 1);
    layer_view_1_1_rows(arena + AT_LAYER, output, 0, 1);
}
