/*
 * net.c - made by cnnc 0.1.0 from sample.cnn. Do not edit.
 *
 *   layer                    what                               gives               multiply-adds   kept in memory
 *   layer                    DepthwiseConv2D                    4 x 3 x 8                     576   all
 *   layer_1                  Conv2D                             4 x 3 x 5                     480   the output
 *
 *   weights 512 bytes, arena 384 bytes (lower bound 384), 1056 multiply-adds
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
INLINE vec8 mul_add8(vec8 a, float x, vec8 b) { for (int i = 0; i < LANES8; i++) a.f[i] += x * b.f[i]; return a; }
#endif

/* ---- weights -------------------------------------------------------------------------------------- */

static const float x1_values[48] = {
    -0.1881361f, -1.5321987f, -1.1968079f, -1.7185199f, -0.050388813f, 0.21171856f, 1.7167256f, -1.3722181f,
    0.24856639f, -1.161427f, -1.968966f, -0.7727859f, 0.57945013f, -0.60203505f, 1.0416875f, -1.8037522f,
    0.8076668f, -0.6193073f, 1.549552f, -1.7048097f, -0.3876493f, 1.8512516f, -0.5032873f, -1.1766968f,
    -0.5741391f, -1.391293f, 0.08482885f, 1.19439f, 1.9966106f, 1.994916f, -1.0607684f, 0.113931894f,
    0.783757f, -1.2009642f, 1.4191685f, -1.0046084f, -0.48670268f, -0.8302047f, 0.12585211f, 1.1979752f,
    -0.39616966f, -1.1375918f, -1.0313945f, 1.7965188f, 0.17338967f, 0.8954723f, 0.45547986f, 0.27587032f
};

static const float layer_bias[8] = {
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f
};

static const float layer_1_w[64] = {
    -1.9099729f, -0.34223723f, -1.4336452f, -0.69613886f, -1.4277186f, 0.0f, 0.0f, 0.0f,
    0.5926244f, 0.2947328f, -0.9213917f, -0.4904666f, -0.541589f, 0.0f, 0.0f, 0.0f,
    -1.5967228f, -0.9363332f, 0.7153182f, 0.35665584f, 0.5228369f, 0.0f, 0.0f, 0.0f,
    0.14017415f, 0.7615037f, -1.565422f, -1.5062973f, -0.7402606f, 0.0f, 0.0f, 0.0f,
    1.3416662f, -1.9873013f, 1.0272496f, 1.6186643f, -1.676136f, 0.0f, 0.0f, 0.0f,
    0.9744921f, -0.15297246f, -1.7059588f, -0.7591541f, 1.0869191f, 0.0f, 0.0f, 0.0f,
    0.7604296f, 0.020605087f, -0.4607277f, 0.5725484f, 0.42948365f, 0.0f, 0.0f, 0.0f,
    -1.2786825f, 1.2875962f, 1.4090755f, 0.5766008f, 1.3654704f, 0.0f, 0.0f, 0.0f
};

static const float layer_1_b[8] = {
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f
};

/* ---- memory --------------------------------------------------------------------------------------- */

/* Every activation lives here; those that are not alive at one time share memory. */
#ifdef __GNUC__
__attribute__((aligned(64)))
#endif
static float arena[96];

/* Where the first pixel of each result lies, in floats; those by rows keep the last few of them. */
enum {
    AT_LAYER = 0,    /* 4 x 3 x 8 */
    ARENA_END = 96
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
 * Convolution for n neighbouring pixels and one block of channels; rows[ky] begins at the tile's first pixel.
 * step: floats from a pixel's window to the next one's; tap: from one kernel column to the next.
 */
INLINE void conv_tile8(int n, int vecs, int block, const float *const *rows, int first, int last, int columns, int channels,
                      int step, int tap, const float *w, const float *bias, float *out, int outs, int out_step,
                      int then, const float *other, int other_step)
{
    const int whole = outs == out_step && outs >= LANES8 / 2 && other_step == 0;    /* a last vector reaches into the next pixel, stored behind it */
    vec8 sum[MOST_PIXELS][32 / LANES8];
    UNROLL for (int p = 0; p < n; p++)
        UNROLL for (int v = 0; v < vecs; v++)
            sum[p][v] = load8(bias + v * LANES8);
    w += first * columns * channels * block;
    for (int ky = first; ky < last; ky++)
        for (int kx = 0; kx < columns; kx++)
            for (int i = 0; i < channels; i++, w += block)
                UNROLL for (int p = 0; p < n; p++)
                    UNROLL for (int v = 0; v < vecs; v++)
                        sum[p][v] = mul_add8(sum[p][v], rows[ky][p * step + kx * tap + i], load8(w + v * LANES8));
    UNROLL for (int p = 0; p < n; p++)
        UNROLL for (int v = 0; v < vecs; v++)
            finish8(out + p * out_step + v * LANES8, sum[p][v], whole && p + 1 < n ? LANES8 : outs - v * LANES8, then, other + p * other_step + v * LANES8);
}

/* One row of a convolution for one block of channels: tiles of equal8 width but for one pixel. */
INLINE void conv_row8(int width, int vecs, int block, const float *const *rows, int height, int first, int last, int columns,
                     int channels, int step, int tap, const float *w, const float *bias, float *out, int outs,
                     int out_step, int then, const float *other, int other_step)
{
    const int fitting = TILE / vecs < MOST_PIXELS ? TILE / vecs : MOST_PIXELS;
    const int pixels = step % 1024 == 0 && fitting > 7 ? 7 : fitting;       /* pixels 4 KB apart share one line of each way of the cache */
    const int tiles = (width + pixels - 1) / pixels, most = (width + tiles - 1) / tiles;
    const int full = width - (most - 1) * tiles;            /* so many tiles of the greater8 width */
    const float *at[16];
    for (int ky = 0; ky < height; ky++)
        at[ky] = rows[ky];
    for (int t = 0; t < tiles; t++) {
        const int n = t < full ? most : most - 1;
        if (t < full)
            conv_tile8(most, vecs, block, at, first, last, columns, channels, step, tap, w, bias, out, outs, out_step, then, other, other_step);
        else
            conv_tile8(most - 1, vecs, block, at, first, last, columns, channels, step, tap, w, bias, out, outs, out_step, then, other, other_step);
        for (int ky = first; ky < last; ky++)
            at[ky] += n * step;
        out += n * out_step;
        other += n * other_step;
    }
}

/* ---- layers ----------------------------------------------------------------------------------------- */

/* layer: DepthwiseConv2D, 7 x 6 x 4 to 4 x 3 x 8 */
static int layer_rows(const float *in, const float *w, const float *b, float *out, int y0, int y1)
{
    for (int y = y0; y < y1; y++)
        for (int x = 0; x < 3; x++) {
            float sum[8];
            memcpy(sum, b, sizeof sum);
            for (int ky = 0; ky < 3; ky++) {
                const int from = y * 2 + ky * 1 - 1;
                if (from < 0 || from >= 7)
                    continue;
                for (int kx = 0; kx < 2; kx++) {
                    const float *pixel = in + from * 24 + (x * 2 + kx * 1 - 0) * 4;
                    for (int k = 0; k < 8; k++)
                        sum[k] += pixel[k / 2] * w[(ky * 2 + kx) * 8 + k];
                }
            }
            for (int k = 0; k < 8; k += LANES) {
                const int n = 8 - k < LANES ? 8 - k : LANES;
                finish(out + y * 24 + x * 8 + k, n < LANES ? load_part(sum + k, n) : load(sum + k), n, NONE, out + y * 24 + x * 8 + k);
            }
        }
    return y1 > y0 ? y1 : y0;
}

/* layer_1: Conv2D, 4 x 3 x 8 to 4 x 3 x 5 */
static int layer_1_rows(const float *in, const float *w, const float *b, float *out, int y0, int y1)
{
    for (int y = y0; y < y1; y++) {
        const float *rows[1];
        int first = 1, last = 0;
        for (int ky = 0; ky < 1; ky++) {
            const int from = y * 1 + ky * 1 - 0;
            rows[ky] = in;
            if (from >= 0 && from < 4) {
                rows[ky] = in + from * 24 - 0;
                first = first < ky ? first : ky;
                last = ky + 1;
            }
        }
        conv_row8(3, (5 + LANES8 - 1) / LANES8, 8, rows, 1, first, last, 1, 8, 8, 8,
                 w + 0 * 8, b + 0, out + y * 15 + 0, 5, 5, NONE, out + 0, 0);
    }
    return y1 > y0 ? y1 : y0;
}

/* ---- the forward pass ----------------------------------------------------------------------------- */

void net(const float *input, float *output)
{
    layer_rows(input, x1_values, layer_bias, arena + AT_LAYER, 0, 4);
    layer_1_rows(arena + AT_LAYER, layer_1_w, layer_1_b, output, 0, 4);
}
