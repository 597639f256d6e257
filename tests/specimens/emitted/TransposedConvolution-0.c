/*
 * net.c - made by cnnc 0.1.0 from sample.cnn. Do not edit.
 *
 *   layer                    what                               gives               multiply-adds   kept in memory
 *   x0_copy                  Copy                               4 x 5 x 3                       0   all
 *   layer                    Conv2DTranspose                    8 x 10 x 6                   3240   the output
 *
 *   weights 896 bytes, arena 320 bytes (lower bound 320), 3240 multiply-adds
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
    -1.3695257f, -0.37316275f, 0.1526401f, 0.5666516f, 0.96428657f, 0.82769847f, 0.0f, 0.0f,
    -0.34682107f, -0.58917236f, 0.7223518f, -0.9451041f, 1.124409f, 1.117038f, 0.0f, 0.0f,
    1.9690065f, -0.851053f, 1.4248137f, 0.41336632f, -1.8078735f, -1.6634762f, 0.0f, 0.0f,
    1.8774772f, 1.0847154f, -0.42788625f, -1.1614673f, -1.9386575f, -1.0933411f, 0.0f, 0.0f,
    0.48696637f, -0.6316571f, -1.2924438f, 0.9032376f, 1.910646f, 1.8404934f, 0.0f, 0.0f,
    1.6175625f, -1.1221702f, -1.1557817f, 1.9005077f, 0.6445365f, -0.06481695f, 0.0f, 0.0f,
    -1.5789962f, -0.56840014f, 0.044623613f, -1.6997702f, 1.1412001f, -0.899739f, 0.0f, 0.0f,
    1.1086905f, -1.1023302f, -0.20246863f, 0.62452817f, -0.18370962f, 0.03607917f, 0.0f, 0.0f,
    0.51626134f, 0.10393953f, 0.9762094f, -1.7327459f, 1.8382952f, 0.33975577f, 0.0f, 0.0f,
    -0.791033f, 1.4729881f, -0.5113566f, -0.5183239f, 0.3622296f, -0.9267223f, 0.0f, 0.0f,
    -0.4288466f, 0.66932774f, 1.9432745f, -0.3750143f, -0.5593481f, -0.10030794f, 0.0f, 0.0f,
    -0.7596791f, -0.464849f, -0.33449364f, -0.32031155f, 0.8671949f, -1.4158647f, 0.0f, 0.0f,
    0.07835817f, 0.94931555f, 1.7590432f, -0.0124800205f, 1.4673595f, 0.7108946f, 0.0f, 0.0f,
    -1.8779311f, -1.6140306f, -0.035139084f, 0.7995753f, -0.9640789f, -1.9823976f, 0.0f, 0.0f,
    -1.7153461f, -0.8973868f, 1.6175823f, 0.19483328f, 1.8667116f, -0.9905548f, 0.0f, 0.0f,
    0.13258982f, -0.43221068f, -0.12026286f, 0.61563516f, 1.3384714f, 0.53230286f, 0.0f, 0.0f,
    -1.757802f, 0.11284256f, -0.31702113f, 1.0400136f, -0.4778335f, 1.310216f, 0.0f, 0.0f,
    1.1596849f, -0.18787694f, -0.51344657f, -0.13515687f, 0.72078776f, -0.32774758f, 0.0f, 0.0f,
    -1.3147085f, -0.005457878f, -1.3462069f, 0.075020075f, 0.22245955f, 1.1356075f, 0.0f, 0.0f,
    -0.5160103f, -1.514142f, -0.7845335f, -1.4655266f, 0.76216173f, -1.0034866f, 0.0f, 0.0f,
    -0.10932517f, 0.13677573f, 0.19973993f, 0.44778514f, -0.08892083f, 0.44735765f, 0.0f, 0.0f,
    -1.9783859f, -0.13099742f, 0.98854804f, 1.4729478f, 0.12665701f, 1.3469334f, 0.0f, 0.0f,
    1.9228528f, 0.30699253f, 0.576385f, -1.2197673f, -0.09407115f, 0.30781102f, 0.0f, 0.0f,
    1.8583577f, 1.7331345f, -0.60757136f, 0.38948488f, -0.36057687f, -1.9779978f, 0.0f, 0.0f,
    -1.2053866f, 1.4496641f, -0.0329597f, 0.10749531f, -0.28518844f, -1.6808753f, 0.0f, 0.0f,
    1.9364889f, -1.8182917f, 0.5107739f, -0.6686058f, -1.4060814f, -0.818146f, 0.0f, 0.0f,
    -1.2017119f, -0.53131413f, -0.3011837f, -1.4938271f, 0.090662956f, 0.5584917f, 0.0f, 0.0f
};

static const float layer_b[8] = {
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f
};

/* ---- memory --------------------------------------------------------------------------------------- */

/* Every activation lives here; those that are not alive at one time share memory. */
#ifdef __GNUC__
__attribute__((aligned(64)))
#endif
static float arena[80];

/* Where the first pixel of each result lies, in floats; those by rows keep the last few of them. */
enum {
    AT_X0_COPY = 3,    /* 4 x 5 x 3 */
    ARENA_END = 80
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

/* x0_copy: Copy, 4 x 5 x 3 to 4 x 5 x 3 */
static int x0_copy_rows(const float *in, float *out, int y0, int y1)
{
    for (int y = y0; y < y1; y++) {
        const float *a = in + y * 15, *b = a;
        float *to = out + y * 18;
        {
            int i = 0;
            for (; i + LANES <= 15; i += LANES)
                finish(to + i, load(a + i), LANES, NONE, b + i);
            if (i < 15)
                finish(to + i, load_part(a + i, 15 - i), 15 - i, NONE, b + i);
        }
    }
    return y1 > y0 ? y1 : y0;
}

/* layer: Conv2DTranspose, 4 x 5 x 3 to 8 x 10 x 6 */
static int layer_rows(const float *in, const float *w, const float *b, float *out, int y0, int y1)
{
    for (int y = y0; y < y1; y++)
        for (int group = 0; group < 1; group++) {
            const float *rows[3] = { in }, *weights = w + group * 216, *bias = b + group * 8;
            float *to = out + y * 60 + group * 6;
            int lines[3], count = 0;
            for (int ky = 0; ky < 3; ky++) {
                const int at = y + 0 - ky * 1, from = at / 2;
                if (at < 0 || at % 2 || from >= 4)
                    continue;
                rows[count] = in + from * 18 + group * 3;
                lines[count++] = ky;
            }
                transpose_row8(5, (6 + LANES8 - 1) / LANES8, 8, rows, lines, count, 0, 2, 3, 3, 3, weights + 0 + 0 * 18, 48,
                              bias + 0, to + 0 + 0, 6, 12, NONE, to + 0 + 0, 12);
                transpose_row8(5, (6 + LANES8 - 1) / LANES8, 8, rows, lines, count, 0, 1, 3, 3, 3, weights + 144 + 0 * 9, 24,
                              bias + 0, to + 6 + 0, 6, 12, NONE, to + 6 + 0, 12);
        }
    return y1 > y0 ? y1 : y0;
}

/* ---- the forward pass ----------------------------------------------------------------------------- */

void net(const float *input, float *output)
{
    clear_margins(arena + AT_X0_COPY, 4, 18, 3, 15, 0);
    x0_copy_rows(input, arena + AT_X0_COPY, 0, 4);
    layer_rows(arena + AT_X0_COPY, layer_w, layer_b, output, 0, 8);
}
