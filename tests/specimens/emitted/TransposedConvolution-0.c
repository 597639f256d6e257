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
    1.7793808f, 0.18338871f, 0.21347165f, 1.748941f, 0.53558254f, 1.9663739f, 0.0f, 0.0f,
    -0.83702755f, 1.0653949f, 0.46348977f, -0.8272526f, -0.78141356f, 1.951514f, 0.0f, 0.0f,
    0.98418283f, 1.7414198f, -0.525228f, -0.12114239f, -0.99171376f, 0.5399301f, 0.0f, 0.0f,
    0.06986213f, 1.917604f, 1.6557827f, -0.9608104f, 1.8500323f, -1.2848492f, 0.0f, 0.0f,
    -1.0167341f, -1.5539773f, 0.11474919f, -0.079129696f, -1.0203986f, 1.5787978f, 0.0f, 0.0f,
    -0.308172f, 1.0023274f, 0.36345458f, 1.6924729f, -1.007232f, 1.8248203f, 0.0f, 0.0f,
    0.09748793f, 1.5830674f, -0.40625f, 1.1459675f, -1.1571174f, 1.5519397f, 0.0f, 0.0f,
    0.8072665f, 0.3685906f, -1.3518052f, -0.33517075f, 0.36096215f, 0.7930019f, 0.0f, 0.0f,
    -0.8155117f, 1.2040722f, -1.3963528f, -0.31095195f, 0.55158854f, 0.24239445f, 0.0f, 0.0f,
    1.7211988f, 1.227992f, 1.5676472f, 0.30053473f, -1.4569986f, -0.5914371f, 0.0f, 0.0f,
    -1.625782f, 1.9476705f, -1.479336f, -1.2485769f, 1.3900847f, 1.8187289f, 0.0f, 0.0f,
    1.667783f, 0.10467124f, -1.9197247f, 1.6024494f, 1.5597789f, 0.2922094f, 0.0f, 0.0f,
    1.2627468f, -1.0803337f, -1.946224f, -1.6889634f, -0.5182402f, -0.39195442f, 0.0f, 0.0f,
    1.6689639f, -1.4309859f, -1.8197608f, -0.24289894f, -1.3504126f, -1.325568f, 0.0f, 0.0f,
    -0.25863552f, 1.3070986f, 0.913851f, -1.0866342f, -0.11926937f, 0.15302157f, 0.0f, 0.0f,
    0.06720257f, 0.30923057f, 1.9402485f, 1.1863022f, 1.1198847f, -1.1735246f, 0.0f, 0.0f,
    1.6045804f, 0.13082623f, 0.63152695f, 0.95175576f, 0.039964914f, -0.32012343f, 0.0f, 0.0f,
    1.63448f, 1.415957f, 1.9344628f, 1.7411425f, 1.940556f, -0.013832808f, 0.0f, 0.0f,
    1.8560898f, -1.481067f, 1.3981369f, -1.6309392f, 0.8706875f, 0.021294117f, 0.0f, 0.0f,
    -0.0012462139f, -1.9102385f, -0.13788724f, 0.029115915f, -0.23140335f, 0.073841095f, 0.0f, 0.0f,
    -1.7518475f, 0.42558384f, 1.0708508f, 0.27401662f, -1.5154617f, -0.7868185f, 0.0f, 0.0f,
    1.001785f, -1.9960923f, -0.6903045f, -0.9612205f, -0.5288079f, -1.4055951f, 0.0f, 0.0f,
    0.94902134f, -1.5570171f, 0.95788693f, 1.5713122f, 1.7704322f, 0.5876951f, 0.0f, 0.0f,
    -1.7730081f, -1.0800493f, -1.5621798f, 1.1781368f, -1.2782469f, 1.7098114f, 0.0f, 0.0f,
    -1.845999f, -0.7436192f, 0.9661629f, -0.4540875f, 0.038149595f, 0.79253435f, 0.0f, 0.0f,
    1.3729014f, -0.57326293f, 1.0626504f, 0.34112763f, 1.7892625f, -0.58113766f, 0.0f, 0.0f,
    -0.71039057f, 1.5452199f, 0.13135862f, 1.8983335f, 1.1286576f, -0.25925684f, 0.0f, 0.0f
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
