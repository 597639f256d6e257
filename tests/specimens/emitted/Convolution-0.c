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

static const float layer_w[192] = {
    -0.92358136f, -1.0219553f, 1.2552278f, 0.12653041f, 1.2089345f, 0.0f, 0.0f, 0.0f,
    1.1973307f, -0.19897103f, -1.1986918f, 1.7468426f, 1.064601f, 0.0f, 0.0f, 0.0f,
    1.2199082f, -1.186435f, 1.7318339f, 1.4902005f, 0.03951335f, 0.0f, 0.0f, 0.0f,
    -1.5181935f, 1.6618512f, -1.11199f, -1.8310242f, -0.53127265f, 0.0f, 0.0f, 0.0f,
    1.4098785f, -0.600898f, 1.2465005f, -1.0302765f, -1.2659576f, 0.0f, 0.0f, 0.0f,
    1.7944632f, 0.25458217f, 0.014780521f, -0.35217905f, -0.036239624f, 0.0f, 0.0f, 0.0f,
    1.3627045f, -1.459398f, -0.8375108f, -0.7732718f, -0.28806853f, 0.0f, 0.0f, 0.0f,
    -0.21282864f, -1.1137087f, -1.3520281f, -0.8758855f, 0.26457143f, 0.0f, 0.0f, 0.0f,
    0.8441932f, -1.6077573f, 0.47351384f, 0.17548442f, 0.4031632f, 0.0f, 0.0f, 0.0f,
    -0.6587579f, 1.4457414f, 0.31934047f, 0.28812623f, 0.45597982f, 0.0f, 0.0f, 0.0f,
    -0.21770406f, -0.7528839f, -1.4721379f, -1.0463879f, -1.0015044f, 0.0f, 0.0f, 0.0f,
    -0.6351845f, 0.71182775f, -0.50157905f, 0.3243327f, -1.4919627f, 0.0f, 0.0f, 0.0f,
    -1.4712489f, 0.017773628f, 0.5846455f, -1.8428915f, 1.0209057f, 0.0f, 0.0f, 0.0f,
    1.2801049f, 0.34673166f, -1.8310685f, 1.8056655f, -0.07082629f, 0.0f, 0.0f, 0.0f,
    -1.08286f, 0.6684451f, 1.5204542f, -0.7279997f, 1.9939983f, 0.0f, 0.0f, 0.0f,
    1.3259199f, 1.2279224f, 1.8919737f, 0.8040042f, 1.6776075f, 0.0f, 0.0f, 0.0f,
    -1.7865658f, 0.6126976f, -1.6152606f, 0.5793972f, -1.3844054f, 0.0f, 0.0f, 0.0f,
    1.4842823f, -1.095823f, 1.377289f, 1.5417295f, 1.6755607f, 0.0f, 0.0f, 0.0f,
    -0.9268856f, -1.9420869f, -1.4792194f, 1.9732049f, 1.9211895f, 0.0f, 0.0f, 0.0f,
    -1.5496616f, -0.4711516f, -1.0103967f, -1.5193052f, -0.33554745f, 0.0f, 0.0f, 0.0f,
    1.1803162f, -0.84995985f, 0.55680704f, 1.7151012f, -0.86970305f, 0.0f, 0.0f, 0.0f,
    -1.930836f, 1.3662708f, -1.6673748f, -0.5994432f, 1.9698884f, 0.0f, 0.0f, 0.0f,
    -0.50354123f, -1.9593055f, 1.9253247f, -1.2116582f, 1.9441962f, 0.0f, 0.0f, 0.0f,
    -0.6698673f, -0.5558343f, 0.8323655f, 0.46042705f, 0.59937716f, 0.0f, 0.0f, 0.0f
};

static const float layer_b[8] = {
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f
};

/* ---- memory ---------------------------------------------------------------------------------- */

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
        conv_row8(6, (5 + LANES8 - 1) / LANES8, 8, rows, 3, first, last,
            1, 8, 4, 4,
                 w + 0 * 24, b + 0, out + y * 30 + 0, 5, 5,
                 NONE, out + 0, 0);
    }
    return y1 > y0 ? y1 : y0;
}

/* ---- the forward pass ------------------------------------------------------------------------ */

void net(const float *input, float *output)
{
    clear_margins(arena + AT_X0_COPY, 7, 28, 0, 24, 4);
    x0_copy_rows(input, arena + AT_X0_COPY, 0, 7);
    layer_rows(arena + AT_X0_COPY, layer_w, layer_b, output, 0, 7);
}
