/*
 * net.c - made by cnnc 0.1.0 from sample.cnn. Do not edit.
 *
 *   layer                    what                               gives               multiply-adds   kept in memory
 *   layer_view               View                               1 x 9 x 3                       0   a view
 *   layer_view_copy          Copy                               1 x 9 x 3                       0   all
 *   layer                    Conv2DTranspose                    1 x 27 x 4                    540   all
 *   layer_view_1             View                               27 x 4                          0   a view
 *   layer_view_1_1           Copy                               27 x 4                          0   the output
 *
 *   weights 512 bytes, arena 640 bytes (lower bound 640), 540 multiply-adds
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

static const float layer_w[120] = {
    -0.26974404f, 0.5522196f, -0.8695112f, 0.09503113f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.45546818f, 0.1665658f, 0.1605453f, 0.27259535f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.104130074f, -0.5291017f, 0.43161094f, -0.38597298f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.061795972f, -0.26394385f, -0.3723231f, 0.46979386f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.048228264f, -0.42042437f, -0.5106249f, -0.22425194f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.008710548f, 0.42589045f, -0.34269306f, -0.32681108f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.19158505f, -0.3004411f, -0.30410364f, 0.48912713f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.011901587f, -0.13318862f, 0.44924062f, -0.29912233f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.23828444f, -0.057737067f, 0.7157591f, 0.5565387f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.14059886f, -0.05543515f, 0.109476805f, -0.18278685f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.61979175f, -0.12980224f, -0.16748703f, 0.11671886f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.25213933f, 0.78382385f, -0.6282644f, -0.20344624f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.099493474f, -0.07317105f, -0.1847833f, 0.49667418f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.10097915f, -0.05815789f, 0.2118307f, -0.47394544f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.066634074f, 0.70169514f, 0.15974829f, 0.46122772f, 0.0f, 0.0f, 0.0f, 0.0f
};

static const float layer_b[8] = {
    0.46671575f, -0.3347236f, 0.3030002f, 0.123945296f, 0.0f, 0.0f, 0.0f, 0.0f
};

/* ---- memory ---------------------------------------------------------------------------------- */

/* Every activation lives here; those that are not alive at one time share memory. */
#ifdef __GNUC__
__attribute__((aligned(64)))
#endif
static float arena[160];

/* Where the first pixel of each result lies, in floats; those by rows keep the last few of them. */
enum {
    AT_LAYER = 0,    /* 1 x 27 x 4 */
    AT_LAYER_VIEW_COPY = 115,    /* 1 x 9 x 3 */
    ARENA_END = 160
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
 * Transposed convolution: n outputs of one phase and one block of channels. rows[]: the input rows
 * that reach this output row, by
 * the tap numbers lines[]; back: floats from a tap's pixel back to the next tap's; line: floats of
 * the weights of a row of taps.
 */
INLINE void transpose_tile8(int n, int vecs, int block, const float *const *rows, const int *lines,
                           int count, int at, int columns, int channels,
                           int step, int back, const float *w, int line, const float *bias,
                           float *out, int outs, int out_step,
                           int then, const float *other, int other_step)
{
    vec8 sum[MOST_PIXELS][32 / LANES8];
    UNROLL for (int p = 0; p < n; p++)
        UNROLL for (int v = 0; v < vecs; v++)
            sum[p][v] = load8(bias + v * LANES8);
    for (int r = 0; r < count; r++) {
        const float *weight = w + lines[r] * line;
        for (int t = 0; t < columns; t++)
            for (int i = 0; i < channels; i++, weight += block)
                UNROLL for (int p = 0; p < n; p++)
                    UNROLL for (int v = 0; v < vecs; v++)
                        sum[p][v] = mul_add8(sum[p][v], rows[r][at + p * step - t * back + i],
                                            load8(weight + v * LANES8));
    }
    UNROLL for (int p = 0; p < n; p++)
        UNROLL for (int v = 0; v < vecs; v++)
            finish8(out + p * out_step + v * LANES8, sum[p][v], outs - v * LANES8, then,
                   other + p * other_step + v * LANES8);
}

/* All outputs of one phase of a row, for one block of channels. */
INLINE void transpose_row8(int width, int vecs, int block, const float *const *rows,
                          const int *lines, int count, int at, int columns, int channels,
                          int step, int back, const float *w, int line, const float *bias,
                          float *out, int outs, int out_step,
                          int then, const float *other, int other_step)
{
    const int pixels = TILE / vecs < MOST_PIXELS ? TILE / vecs : MOST_PIXELS;
    const int tiles = (width + pixels - 1) / pixels, most = (width + tiles - 1) / tiles;
    const int full = width - (most - 1) * tiles;            /* so many tiles of the greater8 width */
    int x = 0;
    for (int t = 0; t < full; t++, x += most)
        transpose_tile8(most, vecs, block, rows, lines, count, at + x * step, columns, channels,
                       step, back, w, line, bias,
                       out + x * out_step, outs, out_step, then, other + x * other_step,
                       other_step);
    for (int t = full; t < tiles; t++, x += most - 1)
        transpose_tile8(most - 1, vecs, block, rows, lines, count, at + x * step, columns, channels,
                       step, back, w, line, bias,
                       out + x * out_step, outs, out_step, then, other + x * other_step,
                       other_step);
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

/* layer_view_copy: Copy, 1 x 9 x 3 to 1 x 9 x 3 */
static int layer_view_copy_rows(const float *in, float *out, int y0, int y1)
{
    for (int y = y0; y < y1; y++) {
        const float *a = in + 0, *b = a;
        float *to = out + 0;
        {
            int i = 0;
            for (; i + LANES <= 27; i += LANES)
                finish(to + i, load(a + i), LANES, NONE, b + i);
            if (i < 27)
                finish(to + i, load_part(a + i, 27 - i), 27 - i, NONE, b + i);
        }
    }
    return y1 > y0 ? y1 : y0;
}

/* layer: Conv2DTranspose, 1 x 9 x 3 to 1 x 27 x 4 */
static int layer_rows(const float *in, const float *w, const float *b, float *out, int y0, int y1)
{
    for (int y = y0; y < y1; y++)
        for (int group = 0; group < 1; group++) {
            const float *rows[1] = { in }, *weights = w + group * 120,
                *bias = b + group * 8;
            float *to = out + 0 + group * 4;
            int lines[1], count = 0;
            for (int ky = 0; ky < 1; ky++) {
                const int at = y + 0 - ky * 1, from = at / 1;
                if (at < 0 || at % 1 || from >= 1)
                    continue;
                rows[count] = in + 0 + group * 3;
                lines[count++] = ky;
            }
                transpose_row8(9, (4 + LANES8 - 1) / LANES8, 8, rows, lines,
                    count, 3, 2, 3, 3, 3, weights + 0 + 0 * 6, 48,
                              bias + 0, to + 8 + 0, 4, 12, NONE,
                              to + 8 + 0, 12);
                transpose_row8(9, (4 + LANES8 - 1) / LANES8, 8, rows, lines,
                    count, 0, 2, 3, 3, 3, weights + 48 + 0 * 6, 48,
                              bias + 0, to + 0 + 0, 4, 12, NONE,
                              to + 0 + 0, 12);
                transpose_row8(9, (4 + LANES8 - 1) / LANES8, 8, rows, lines,
                    count, 0, 1, 3, 3, 3, weights + 96 + 0 * 3, 24,
                              bias + 0, to + 4 + 0, 4, 12, NONE,
                              to + 4 + 0, 12);
        }
    return y1 > y0 ? y1 : y0;
}

/* layer_view_1_1: Copy, 27 x 4 to 27 x 4 */
static int layer_view_1_1_rows(const float *in, float *out, int y0, int y1)
{
    for (int y = y0; y < y1; y++) {
        const float *a = in + 0, *b = a;
        float *to = out + 0;
        {
            int i = 0;
            for (; i + LANES <= 108; i += LANES)
                finish(to + i, load(a + i), LANES, NONE, b + i);
            if (i < 108)
                finish(to + i, load_part(a + i, 108 - i), 108 - i, NONE, b + i);
        }
    }
    return y1 > y0 ? y1 : y0;
}

/* ---- the forward pass ------------------------------------------------------------------------ */

void net(const float *input, float *output)
{
    clear_margins(arena + AT_LAYER_VIEW_COPY, 1, 33, 3, 27, 3);
    layer_view_copy_rows(input, arena + AT_LAYER_VIEW_COPY, 0, 1);
    layer_rows(arena + AT_LAYER_VIEW_COPY, layer_w, layer_b, arena + AT_LAYER, 0, 1);
    layer_view_1_1_rows(arena + AT_LAYER, output, 0, 1);
}
