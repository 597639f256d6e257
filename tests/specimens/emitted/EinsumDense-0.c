/*
 * net.c - made by cnnc 0.1.0 from sample.cnn. Do not edit.
 *
 *   layer                    what                               gives               multiply-adds   kept in memory
 *   layer                    View                               6                               0   a view
 *   layer_2_1                Dense                              5                             120   all
 *   layer_3                  View                               4 x 5                           0   a view
 *   layer_4                  Add                                4 x 5                           0   the output
 *
 *   weights 244 bytes, arena 128 bytes (lower bound 128), 120 multiply-adds
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

#ifdef VECTORS
INLINE vec add(vec a, vec b) { return a + b; }
#else
INLINE vec add(vec a, vec b) { for (int i = 0; i < LANES; i++) a.f[i] += b.f[i]; return a; }
#endif

#ifdef VECTORS
INLINE vec8 add8(vec8 a, vec8 b) { return a + b; }
#else
INLINE vec8 add8(vec8 a, vec8 b) { for (int i = 0; i < LANES8; i++) a.f[i] += b.f[i]; return a; }
#endif

#ifdef VECTORS
INLINE vec8 mul_add8(vec8 a, float x, vec8 b) { return a + x * b; }
#else
INLINE vec8 mul_add8(vec8 a, float x, vec8 b) { for (int i = 0; i < LANES8; i++) a.f[i] += x
                                           * b.f[i]; return a; }
#endif

/* ---- weights --------------------------------------------------------------------------------- */

static const float layer_bias[5] = {
    -0.33073586f, 0.153005f, -0.13724965f, 0.10078609f, 0.38625526f
};

static const float layer_2_1_w[48] = {
    0.33415583f, 0.36598414f, 0.03166914f, 1.0959735f, -0.31575593f, 0.0f, 0.0f, 0.0f,
    -0.96263075f, -0.6442252f, 0.34865794f, -0.5980803f, -0.40344077f, 0.0f, 0.0f, 0.0f,
    0.02696547f, -0.29033172f, 0.056715373f, 0.3686096f, -0.034970433f, 0.0f, 0.0f, 0.0f,
    -1.0563633f, 0.5794567f, 0.80317557f, -0.44095582f, 0.6530604f, 0.0f, 0.0f, 0.0f,
    0.54043365f, 0.6112668f, 0.09712073f, 0.69412f, -0.24824023f, 0.0f, 0.0f, 0.0f,
    -0.076960064f, -0.2625267f, -0.5692382f, 0.8082935f, 0.45508176f, 0.0f, 0.0f, 0.0f
};

static const float layer_2_1_bias[8] = {
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f
};

/* ---- memory ---------------------------------------------------------------------------------- */

/* Every activation lives here; those that are not alive at one time share memory. */
#ifdef __GNUC__
__attribute__((aligned(64)))
#endif
static float arena[32];

/* Where the first pixel of each result lies, in floats; those by rows keep the last few of them. */
enum {
    AT_LAYER_2_1 = 0,    /* 5 */
    ARENA_END = 32
};

/* ---- kernels --------------------------------------------------------------------------------- */

/* What a kernel applies to its sums before it stores them. */
enum { NONE, ADD };

INLINE vec epilogue(int then, vec v, const float *from, int n)
{
    (void)from;
    (void)n;
    switch (then) {
    case ADD: {
        const vec other = n < LANES ? load_part(from, n) : load(from);
        v = add(v, other);
        break;
    }
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
    case ADD: {
        const vec8 other = n < LANES8 ? load_part8(from, n) : load8(from);
        v = add8(v, other);
        break;
    }
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

/* ---- layers ---------------------------------------------------------------------------------- */

/* layer_2_1: Dense, 6 to 5 */
static void layer_2_1_layer(const float *in, const float *w, const float *b, float *out)
{
        conv_row8(4, (5 + LANES8 - 1) / LANES8, 8, &in, 1, 0, 1, 1, 6, 6,
            0, w + 0 * 6, b + 0, out + 0, 5, 5, NONE, out + 0, 5);
}

/* layer_4: Add, 4 x 5 to 4 x 5 */
static int layer_4_rows(const float *in, const float *other, float *out, int y0, int y1)
{
    for (int y = y0; y < y1; y++) {
        const float *a = in + 0, *b = other + 0;
        float *to = out + 0;
        for (int x = 0; x < 4; x++, a += 5, b += 0, to += 5)
        {
            int i = 0;
            for (; i + LANES <= 5; i += LANES)
                finish(to + i, load(a + i), LANES, ADD, b + i);
            if (i < 5)
                finish(to + i, load_part(a + i, 5 - i), 5 - i, ADD, b + i);
        }
    }
    return y1 > y0 ? y1 : y0;
}

/* ---- the forward pass ------------------------------------------------------------------------ */

void net(const float *input, float *output)
{
    layer_2_1_layer(input, layer_2_1_w, layer_2_1_bias, arena + AT_LAYER_2_1);
    layer_4_rows(arena + AT_LAYER_2_1, layer_bias, output, 0, 1);
}
