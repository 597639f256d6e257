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

static const float x1_values[48] = {
    1.7884355f, -0.73473024f, 1.3589203f, 1.6272817f, -0.5251305f, -1.0240939f, -1.5496039f, 1.9721334f,
    -0.23319817f, 0.73244977f, -1.8617096f, -1.2154033f, -0.47480726f, 1.734312f, -1.1560936f, -0.8254478f,
    1.3023906f, 0.5400789f, 1.4740777f, 0.41541052f, 0.8933711f, -0.9692087f, 0.43203402f, -1.7829006f,
    0.47365642f, 1.4824395f, -1.1183314f, 1.3008943f, -0.7294328f, -1.5253382f, 0.5675926f, -1.883568f,
    0.26198578f, -0.8773203f, 1.5309758f, 1.8679469f, -1.6554191f, -0.4692006f, -1.8204656f, 0.27155495f,
    -0.74384356f, -0.5116198f, -0.8494797f, 0.5837259f, 0.52209663f, -0.45313025f, -0.9682193f, -0.27139187f
};

static const float layer_bias[8] = {
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f
};

static const float layer_1_w[64] = {
    -1.086139f, 1.8539155f, 0.37259746f, 0.8165667f, 1.7417073f, 0.0f, 0.0f, 0.0f,
    -0.23160481f, -1.2034197f, 1.1155398f, -0.095852375f, -1.464258f, 0.0f, 0.0f, 0.0f,
    1.1185825f, -1.9018693f, -0.38358307f, 1.4454875f, 1.7804637f, 0.0f, 0.0f, 0.0f,
    1.0033088f, 0.0029497147f, -0.7740047f, 1.8820081f, -1.787684f, 0.0f, 0.0f, 0.0f,
    -1.5178266f, 1.6362007f, 0.32245302f, -1.9726112f, 0.078792095f, 0.0f, 0.0f, 0.0f,
    -1.928082f, -1.5245442f, 0.3035276f, -0.61115384f, -1.2442615f, 0.0f, 0.0f, 0.0f,
    -0.99923944f, 1.5927701f, -0.2810924f, 0.005203724f, 1.807379f, 0.0f, 0.0f, 0.0f,
    -0.39167714f, -0.9920552f, -0.8116627f, -1.883945f, -0.76324177f, 0.0f, 0.0f, 0.0f
};

static const float layer_1_b[8] = {
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f
};

/* ---- memory ---------------------------------------------------------------------------------- */

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

/* ---- layers ---------------------------------------------------------------------------------- */

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
                finish(out + y * 24 + x * 8 + k, n < LANES ? load_part(sum + k, n) : load(sum + k), n,
                       NONE, out + y * 24 + x * 8 + k);
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
        conv_row8(3, (5 + LANES8 - 1) / LANES8, 8, rows, 1, first, last,
            1, 8, 8, 8,
                 w + 0 * 8, b + 0, out + y * 15 + 0, 5, 5,
                 NONE, out + 0, 0);
    }
    return y1 > y0 ? y1 : y0;
}

/* ---- the forward pass ------------------------------------------------------------------------ */

void net(const float *input, float *output)
{
    layer_rows(input, x1_values, layer_bias, arena + AT_LAYER, 0, 4);
    layer_1_rows(arena + AT_LAYER, layer_1_w, layer_1_b, output, 0, 4);
}
