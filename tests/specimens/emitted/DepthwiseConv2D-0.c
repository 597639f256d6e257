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
INLINE vec mul_add_vec(vec a, vec b, vec c) { for (int i = 0; i < LANES; i++) a.f[i] += b.f[i] * c.f[i]; return a; }
#endif

#ifdef VECTORS
INLINE vec8 mul_add_vec8(vec8 a, vec8 b, vec8 c) { return a + b * c; }
#else
INLINE vec8 mul_add_vec8(vec8 a, vec8 b, vec8 c) { for (int i = 0; i < LANES8; i++) a.f[i] += b.f[i] * c.f[i]; return a; }
#endif

/* ---- weights -------------------------------------------------------------------------------------- */

static const float layer_kernel[180] = {
    -0.03911244f, 0.23672374f, -0.37918952f, -0.035937652f, 0.41014805f, -0.23659812f, -0.36972606f, 0.21853206f,
    0.0034882743f, -0.2628139f, -0.06415186f, -0.18029118f, -0.32370177f, 0.11944021f, 0.29871023f, 0.25883582f,
    -0.364403f, 0.41557574f, 0.19178869f, 0.5586339f, 0.59787655f, -0.27921182f, 0.116114624f, 0.522627f,
    0.0012777373f, -0.37381652f, -0.3229978f, 0.29291266f, -0.33069715f, -0.1048363f, -0.58679944f, -0.1624675f,
    0.02056335f, 0.31732467f, -0.53771096f, 0.12959269f, 0.116529435f, -0.17700833f, 0.010691784f, -0.33145687f,
    0.22430073f, 0.12956773f, 0.4181739f, -0.24400532f, -0.42766035f, -0.04145679f, -0.2194986f, -0.36318344f,
    0.6026969f, -0.49182394f, 0.22329134f, 0.296018f, 0.32184663f, 0.39731982f, -0.2601873f, 0.34020513f,
    0.33973068f, -0.11911085f, 0.60860324f, -0.320305f, 0.36809018f, -0.07668179f, 0.09244557f, 0.51681924f,
    0.422739f, 0.4447897f, 0.15646783f, 0.11012704f, 0.349456f, -0.5037353f, -0.007718399f, -0.5046862f,
    0.3376943f, 0.28803742f, -0.16265887f, 0.5105759f, 0.19825198f, 0.09005602f, -0.5102062f, 0.09078347f,
    0.18030776f, -0.047987342f, 0.37961796f, 0.008077502f, 0.50707775f, 0.11688453f, 0.12360418f, 0.16841997f,
    -0.44581923f, 0.15183762f, -0.21989655f, -0.36303276f, -0.4816102f, 0.11860904f, -0.12322801f, 0.4295792f,
    -0.5469395f, -0.49257633f, -0.012199968f, -0.24492365f, -0.30085224f, 0.28276742f, 0.57968706f, 0.05147951f,
    0.09783618f, 0.11542173f, -0.28765407f, 0.20529395f, 0.1544131f, 0.0051359534f, -0.17189248f, 0.37593415f,
    -0.124870494f, 0.15996891f, 0.0834591f, 0.3722021f, 0.21206345f, 0.07168336f, -0.19137532f, -0.02668415f,
    0.2737928f, 0.43846625f, 0.07628862f, -0.3427968f, 0.0062061623f, 0.35928094f, -0.22098522f, 0.33200678f,
    -0.13123927f, -0.02240339f, -0.26442322f, -0.14806901f, 0.48832703f, -0.1784164f, -0.26324126f, 0.31111157f,
    0.4603069f, -0.011821941f, 0.44806492f, -0.039543554f, 0.62144744f, -0.21114908f, -0.52846944f, 0.2053378f,
    0.09548763f, -0.10932439f, -0.4384383f, 0.28409648f, 0.34775174f, 0.24700187f, 0.45646137f, -0.3706209f,
    -0.30587122f, 0.4650803f, -0.5292904f, 0.16735792f, -0.16622603f, 0.45084712f, 0.025119923f, 0.39196092f,
    0.20635054f, -0.28892514f, -0.22355378f, -0.3331674f, 0.426247f, -0.13553093f, -0.3874394f, -0.22571729f,
    0.54177433f, 0.038629465f, 0.07819623f, -0.066761404f, 0.07826392f, -0.0906208f, 0.0737637f, 0.43902814f,
    -0.31163332f, 0.08509179f, 0.08092912f, -0.13829999f
};

static const float layer_bias[20] = {
    0.32120097f, -0.24008244f, 0.41204476f, -0.08851981f, 0.47472596f, 0.16053426f, -0.22142446f, 0.16826391f,
    0.49610788f, -0.23548609f, -0.15507609f, 0.036959648f, 0.49248362f, 0.20636576f, 0.43403697f, 0.040035427f,
    0.46678978f, 0.13602674f, 0.063227415f, -0.29985362f
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
