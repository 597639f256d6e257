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
    0.259032f, -0.725162f, 1.8360009f, 0.7885401f, 1.0965216f, 0.0f, 0.0f, 0.0f,
    -1.9908748f, 1.8564863f, 1.2306163f, -0.32625628f, 1.1917372f, 0.0f, 0.0f, 0.0f,
    -0.9824741f, -0.33444643f, 1.1193757f, -1.6641426f, 1.4805179f, 0.0f, 0.0f, 0.0f,
    -0.79759574f, -0.71178865f, -1.9686472f, 1.1727915f, -0.25902748f, 0.0f, 0.0f, 0.0f,
    0.34086847f, 1.2021925f, -1.8897128f, -1.7670543f, 0.9067056f, 0.0f, 0.0f, 0.0f,
    0.9437499f, 0.66328096f, -1.4377782f, 0.5232303f, -1.2717435f, 0.0f, 0.0f, 0.0f,
    -1.9579983f, 1.147332f, -1.8860078f, 1.3739271f, -0.60700965f, 0.0f, 0.0f, 0.0f,
    -0.5794711f, -1.5332289f, -1.991668f, 0.839633f, -0.88436055f, 0.0f, 0.0f, 0.0f,
    0.876323f, -1.7499809f, -0.096967936f, 1.8411136f, 0.10151458f, 0.0f, 0.0f, 0.0f,
    0.35673618f, 1.9150593f, 1.0884516f, 0.042322636f, 0.14716196f, 0.0f, 0.0f, 0.0f,
    1.4548781f, -0.97246575f, 1.1580975f, 0.055548668f, -1.290292f, 0.0f, 0.0f, 0.0f,
    -1.9584432f, 1.2704251f, 1.1703532f, 1.0886691f, 1.9378116f, 0.0f, 0.0f, 0.0f,
    0.5011668f, -1.6691458f, -1.827676f, -1.9020443f, -0.8130357f, 0.0f, 0.0f, 0.0f,
    -0.16611242f, 0.8457556f, -0.85763717f, 0.19014168f, -1.5453765f, 0.0f, 0.0f, 0.0f,
    1.0323591f, -0.01494503f, 1.5996418f, 0.8802748f, 1.0748296f, 0.0f, 0.0f, 0.0f,
    -1.7736018f, 0.41921043f, 0.74392796f, 1.7917914f, -1.3804235f, 0.0f, 0.0f, 0.0f,
    -1.0784416f, 1.2018616f, -1.4419162f, 0.22155881f, 0.1586523f, 0.0f, 0.0f, 0.0f,
    -1.017251f, 0.5032799f, -1.9108675f, -1.9315414f, 0.24513817f, 0.0f, 0.0f, 0.0f,
    -1.0518477f, -1.0518193f, 1.3574941f, -0.10211849f, -1.6799653f, 0.0f, 0.0f, 0.0f,
    0.24137187f, 0.6562414f, 0.012451649f, -1.3478851f, -1.0560915f, 0.0f, 0.0f, 0.0f,
    1.376761f, 0.6143689f, 0.3030076f, 0.5123625f, 0.5525627f, 0.0f, 0.0f, 0.0f,
    -1.3072739f, 1.7054741f, 0.29031396f, 0.23841214f, -0.24360204f, 0.0f, 0.0f, 0.0f,
    1.4365847f, -1.2093828f, 1.7687268f, -0.079036236f, -1.0547872f, 0.0f, 0.0f, 0.0f,
    -0.14614415f, -0.12310195f, -1.208199f, -1.9976616f, -1.8984482f, 0.0f, 0.0f, 0.0f
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
