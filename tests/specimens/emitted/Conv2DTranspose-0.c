/*
 * net.c - made by cnnc 0.1.0 from sample.cnn. Do not edit.
 *
 *   layer                    what                               gives               multiply-adds   kept in memory
 *   x0_copy                  Copy                               5 x 6 x 3                       0   all
 *   layer                    Conv2DTranspose                    10 x 12 x 4                  3240   the output
 *
 *   weights 896 bytes, arena 448 bytes (lower bound 448), 3240 multiply-adds
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

static const float layer_w[216] = {
    -0.26954097f, 0.43345138f, -0.25040475f, -0.5817565f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.5039092f, -0.43796006f, 0.5240846f, -0.1805067f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.16369684f, -0.7657578f, 0.023690037f, -0.32296783f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.33943576f, -0.5898942f, 0.15348297f, -0.1297223f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.022734553f, 0.40695402f, 0.3078929f, -0.17122869f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.13938189f, 0.23456822f, 0.7152322f, 0.4903056f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.39561993f, -0.22272125f, -0.1530243f, 0.7315533f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.6007372f, -0.14146107f, -0.6872585f, 0.42292f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.19776364f, 0.47119296f, 0.15924938f, -0.47275013f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.21369451f, -0.30518776f, 0.4767328f, -0.27300712f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.4062742f, 0.01980055f, 0.15465799f, -0.20413601f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.20512882f, 0.23304304f, -0.061874703f, -0.24050409f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.7773853f, -0.22197911f, -0.08911595f, -0.056930095f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.64003897f, 0.44645122f, 0.22214761f, -0.08293259f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.2965733f, -0.3349845f, 0.48970783f, -0.057553396f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.24792653f, 0.4906512f, 0.40517125f, -0.7261404f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.1533122f, 0.105393454f, 0.20925614f, 0.35843235f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.68908405f, -0.43416327f, -0.37600595f, -0.15877219f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.22394095f, -0.291254f, -0.18534228f, 0.19409257f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.03925839f, 0.31103155f, -0.11996429f, 0.26661187f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.26565215f, 0.03419207f, 0.02251342f, 0.002044201f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.1681695f, -0.21715984f, 0.062480383f, -0.28600612f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.48916188f, -0.43528175f, 0.13810968f, 0.30418056f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.34187943f, 0.7155652f, -0.23554951f, 0.13617477f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.42430744f, 0.1425864f, -0.24207538f, 0.5329987f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.71151465f, 0.09784159f, 0.22407338f, -0.0103878975f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.298112f, 0.4355713f, -0.55028605f, -0.3247078f, 0.0f, 0.0f, 0.0f, 0.0f
};

static const float layer_b[8] = {
    0.40258312f, -0.2702521f, -0.37417787f, 0.09084475f, 0.0f, 0.0f, 0.0f, 0.0f
};

/* ---- memory --------------------------------------------------------------------------------------- */

/* Every activation lives here; those that are not alive at one time share memory. */
#ifdef __GNUC__
__attribute__((aligned(64)))
#endif
static float arena[112];

/* Where the first pixel of each result lies, in floats; those by rows keep the last few of them. */
enum {
    AT_X0_COPY = 3,    /* 5 x 6 x 3 */
    ARENA_END = 112
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
 * Transposed convolution: n outputs of one phase and one block of channels. rows[]: the input rows that reach this output row, by
 * the tap numbers lines[]; back: floats from a tap's pixel back to the next tap's; line: floats of the weights of a row of taps.
 */
INLINE void transpose_tile8(int n, int vecs, int block, const float *const *rows, const int *lines, int count, int at, int columns, int channels,
                           int step, int back, const float *w, int line, const float *bias, float *out, int outs, int out_step,
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
                        sum[p][v] = mul_add8(sum[p][v], rows[r][at + p * step - t * back + i], load8(weight + v * LANES8));
    }
    UNROLL for (int p = 0; p < n; p++)
        UNROLL for (int v = 0; v < vecs; v++)
            finish8(out + p * out_step + v * LANES8, sum[p][v], outs - v * LANES8, then, other + p * other_step + v * LANES8);
}

/* All outputs of one phase of a row, for one block of channels. */
INLINE void transpose_row8(int width, int vecs, int block, const float *const *rows, const int *lines, int count, int at, int columns, int channels,
                          int step, int back, const float *w, int line, const float *bias, float *out, int outs, int out_step,
                          int then, const float *other, int other_step)
{
    const int pixels = TILE / vecs < MOST_PIXELS ? TILE / vecs : MOST_PIXELS;
    const int tiles = (width + pixels - 1) / pixels, most = (width + tiles - 1) / tiles;
    const int full = width - (most - 1) * tiles;            /* so many tiles of the greater8 width */
    int x = 0;
    for (int t = 0; t < full; t++, x += most)
        transpose_tile8(most, vecs, block, rows, lines, count, at + x * step, columns, channels, step, back, w, line, bias,
                       out + x * out_step, outs, out_step, then, other + x * other_step, other_step);
    for (int t = full; t < tiles; t++, x += most - 1)
        transpose_tile8(most - 1, vecs, block, rows, lines, count, at + x * step, columns, channels, step, back, w, line, bias,
                       out + x * out_step, outs, out_step, then, other + x * other_step, other_step);
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

/* x0_copy: Copy, 5 x 6 x 3 to 5 x 6 x 3 */
static int x0_copy_rows(const float *in, float *out, int y0, int y1)
{
    for (int y = y0; y < y1; y++) {
        const float *a = in + y * 18, *b = a;
        float *to = out + y * 21;
        {
            int i = 0;
            for (; i + LANES <= 18; i += LANES)
                finish(to + i, load(a + i), LANES, NONE, b + i);
            if (i < 18)
                finish(to + i, load_part(a + i, 18 - i), 18 - i, NONE, b + i);
        }
    }
    return y1 > y0 ? y1 : y0;
}

/* layer: Conv2DTranspose, 5 x 6 x 3 to 10 x 12 x 4 */
static int layer_rows(const float *in, const float *w, const float *b, float *out, int y0, int y1)
{
    for (int y = y0; y < y1; y++)
        for (int group = 0; group < 1; group++) {
            const float *rows[3] = { in }, *weights = w + group * 216, *bias = b + group * 8;
            float *to = out + y * 48 + group * 4;
            int lines[3], count = 0;
            for (int ky = 0; ky < 3; ky++) {
                const int at = y + 0 - ky * 1, from = at / 2;
                if (at < 0 || at % 2 || from >= 5)
                    continue;
                rows[count] = in + from * 21 + group * 3;
                lines[count++] = ky;
            }
                transpose_row8(6, (4 + LANES8 - 1) / LANES8, 8, rows, lines, count, 0, 2, 3, 3, 3, weights + 0 + 0 * 18, 48,
                              bias + 0, to + 0 + 0, 4, 8, NONE, to + 0 + 0, 8);
                transpose_row8(6, (4 + LANES8 - 1) / LANES8, 8, rows, lines, count, 0, 1, 3, 3, 3, weights + 144 + 0 * 9, 24,
                              bias + 0, to + 4 + 0, 4, 8, NONE, to + 4 + 0, 8);
        }
    return y1 > y0 ? y1 : y0;
}

/* ---- the forward pass ----------------------------------------------------------------------------- */

void net(const float *input, float *output)
{
    clear_margins(arena + AT_X0_COPY, 5, 21, 3, 18, 0);
    x0_copy_rows(input, arena + AT_X0_COPY, 0, 5);
    layer_rows(arena + AT_X0_COPY, layer_w, layer_b, output, 0, 10);
}
