/*
 * net.c - made by cnnc 0.1.0 from sample.cnn. Do not edit.
 *
 *   layer                    what                               gives               multiply-adds   kept in memory
 *   x0_copy                  Copy                               7 x 6 x 4                       0   all
 *   layer                    Conv2D                             7 x 6 x 5                    5040   the output
 *
 *   weights 800 bytes, arena 832 bytes (lower bound 832), 5040 multiply-adds
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

static const float layer_w[192] = {
    0.16733027f, 0.035818577f, -0.5048728f, -0.32472682f, -1.9931502f, 0.0f, 0.0f, 0.0f,
    -1.6083968f, -0.9246204f, 0.63519883f, -0.67815757f, -1.569962f, 0.0f, 0.0f, 0.0f,
    1.7441928f, -0.48951936f, -0.25118303f, -0.24599624f, 1.2402952f, 0.0f, 0.0f, 0.0f,
    -1.0238588f, 1.2056608f, -1.5877128f, 0.88159513f, 1.662405f, 0.0f, 0.0f, 0.0f,
    1.6550145f, 0.8757539f, -0.54714894f, 0.16110587f, -1.3191137f, 0.0f, 0.0f, 0.0f,
    1.0407672f, 0.24215055f, -1.9424891f, 1.0310574f, 1.8407693f, 0.0f, 0.0f, 0.0f,
    1.3655078f, 1.8864625f, 0.09245944f, -1.2264488f, 1.0784409f, 0.0f, 0.0f, 0.0f,
    1.4640844f, -1.8862784f, -0.9539685f, 0.5656867f, -0.48645806f, 0.0f, 0.0f, 0.0f,
    0.49375367f, -1.7377553f, -0.8048315f, -0.38268566f, -1.3090909f, 0.0f, 0.0f, 0.0f,
    -0.2851689f, 0.026406288f, -0.56711817f, 1.2712076f, 0.4954803f, 0.0f, 0.0f, 0.0f,
    -0.3873291f, -0.042185068f, -0.53579116f, -0.50445175f, 0.760803f, 0.0f, 0.0f, 0.0f,
    1.1284654f, -0.8015077f, -0.0670104f, 0.10752678f, 1.8618464f, 0.0f, 0.0f, 0.0f,
    -1.2547817f, -1.0238597f, -0.086429596f, 0.76448464f, 0.61500096f, 0.0f, 0.0f, 0.0f,
    1.4487522f, 0.85134435f, 0.64365697f, -0.041894197f, -1.2008181f, 0.0f, 0.0f, 0.0f,
    -0.84063315f, -1.9331052f, -0.3872161f, 0.7283764f, -0.48782206f, 0.0f, 0.0f, 0.0f,
    1.4385059f, -0.38596654f, 1.556638f, 0.6365092f, 0.9697778f, 0.0f, 0.0f, 0.0f,
    1.6642804f, -1.6906378f, 0.76289344f, 1.7353039f, -0.80358243f, 0.0f, 0.0f, 0.0f,
    -0.8488796f, -0.104955435f, 0.81830215f, -1.8136632f, -1.2169073f, 0.0f, 0.0f, 0.0f,
    0.41140532f, -0.81814504f, -0.503541f, 0.23801279f, 0.6468673f, 0.0f, 0.0f, 0.0f,
    0.97825956f, -0.5950835f, 1.4286606f, 1.4836407f, 1.7123392f, 0.0f, 0.0f, 0.0f,
    1.4038224f, -1.286993f, 0.94395185f, -0.0920527f, -0.20231533f, 0.0f, 0.0f, 0.0f,
    -0.51776767f, 1.9188442f, -0.49500537f, 1.1292162f, 1.1430347f, 0.0f, 0.0f, 0.0f,
    -1.1298983f, -1.1259265f, -0.6538501f, -0.1876545f, -1.0286975f, 0.0f, 0.0f, 0.0f,
    1.3695703f, -0.62865114f, 1.4366503f, -0.06535411f, -0.26425648f, 0.0f, 0.0f, 0.0f
};

static const float layer_b[8] = {
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f
};

/* ---- memory --------------------------------------------------------------------------------------- */

/* Every activation lives here; those that are not alive at one time share memory. */
#ifdef __GNUC__
__attribute__((aligned(64)))
#endif
static float arena[208];

/* Where the first pixel of each result lies, in floats; those by rows keep the last few of them. */
enum {
    AT_X0_COPY = 0,    /* 7 x 6 x 4 */
    ARENA_END = 208
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

/* Zero pixels before and after each row; `at` is the first row's first pixel. */
static void clear_margins(float *at, int rows, int stride, int left, int width, int right)
{
    for (int y = 0; y < rows; y++, at += stride) {
        memset(at - left, 0, (size_t)left * sizeof *at);
        memset(at + width, 0, (size_t)right * sizeof *at);
    }
}

/* ---- layers ----------------------------------------------------------------------------------------- */

/* x0_copy: Copy, 7 x 6 x 4 to 7 x 6 x 4 */
static int x0_copy_rows(const float *in, float *out, int y0, int y1)
{
    for (int y = y0; y < y1; y++) {
        const float *a = in + y * 24, *b = a;
        float *to = out + y * 28;
        {
            int i = 0;
            for (; i + LANES <= 24; i += LANES)
                finish(to + i, load(a + i), LANES, NONE, b + i);
            if (i < 24)
                finish(to + i, load_part(a + i, 24 - i), 24 - i, NONE, b + i);
        }
    }
    return y1 > y0 ? y1 : y0;
}

/* layer: Conv2D, 7 x 6 x 4 to 7 x 6 x 5 */
static int layer_rows(const float *in, const float *w, const float *b, float *out, int y0, int y1)
{
    for (int y = y0; y < y1; y++) {
        const float *rows[3];
        int first = 3, last = 0;
        for (int ky = 0; ky < 3; ky++) {
            const int from = y * 1 + ky * 1 - 1;
            rows[ky] = in;
            if (from >= 0 && from < 7) {
                rows[ky] = in + from * 28 - 0;
                first = first < ky ? first : ky;
                last = ky + 1;
            }
        }
        conv_row8(6, (5 + LANES8 - 1) / LANES8, 8, rows, 3, first, last, 1, 8, 4, 4,
                 w + 0 * 24, b + 0, out + y * 30 + 0, 5, 5, NONE, out + 0, 0);
    }
    return y1 > y0 ? y1 : y0;
}

/* ---- the forward pass ----------------------------------------------------------------------------- */

void net(const float *input, float *output)
{
    clear_margins(arena + AT_X0_COPY, 7, 28, 0, 24, 4);
    x0_copy_rows(input, arena + AT_X0_COPY, 0, 7);
    layer_rows(arena + AT_X0_COPY, layer_w, layer_b, output, 0, 7);
}
