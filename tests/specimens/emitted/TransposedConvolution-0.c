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
    0.7885401f, 1.8564863f, 1.1917372f, 1.1193757f, -0.79759574f, 1.1727915f, 0.0f, 0.0f,
    1.0965216f, 1.2306163f, -0.9824741f, -1.6641426f, -0.71178865f, -0.25902748f, 0.0f, 0.0f,
    -1.9908748f, -0.32625628f, -0.33444643f, 1.4805179f, -1.9686472f, 0.34086847f, 0.0f, 0.0f,
    -0.88436055f, -0.096967936f, 0.35673618f, 0.042322636f, -0.97246575f, -1.290292f, 0.0f, 0.0f,
    0.876323f, 1.8411136f, 1.9150593f, 0.14716196f, 1.1580975f, -1.9584432f, 0.0f, 0.0f,
    -1.7499809f, 0.10151458f, 1.0884516f, 1.4548781f, 0.055548668f, 1.2704251f, 0.0f, 0.0f,
    1.1703532f, 0.5011668f, -1.9020443f, 0.8457556f, -1.5453765f, 1.5996418f, 0.0f, 0.0f,
    1.0886691f, -1.6691458f, -0.8130357f, -0.85763717f, 1.0323591f, 0.8802748f, 0.0f, 0.0f,
    1.9378116f, -1.827676f, -0.16611242f, 0.19014168f, -0.01494503f, 1.0748296f, 0.0f, 0.0f,
    -0.10211849f, 0.6562414f, -1.0560915f, 0.3030076f, -1.3072739f, 0.23841214f, 0.0f, 0.0f,
    -1.6799653f, 0.012451649f, 1.376761f, 0.5123625f, 1.7054741f, -0.24360204f, 0.0f, 0.0f,
    0.24137187f, -1.3478851f, 0.6143689f, 0.5525627f, 0.29031396f, 1.4365847f, 0.0f, 0.0f,
    -1.2093828f, -1.0547872f, -1.208199f, -0.49025226f, 1.803714f, -0.64383864f, 0.0f, 0.0f,
    1.7687268f, -0.14614415f, -1.9976616f, -1.1774206f, 0.0041542053f, 0.16579843f, 0.0f, 0.0f,
    -0.079036236f, -0.12310195f, -1.8984482f, 1.0562809f, 0.6362672f, 0.58796096f, 0.0f, 0.0f,
    -0.7949834f, 1.7271352f, 1.093826f, 0.62309504f, 1.4959614f, -1.2364061f, 0.0f, 0.0f,
    1.5525677f, -1.1438305f, -1.4607599f, 0.79762316f, 1.8016427f, 1.590709f, 0.0f, 0.0f,
    0.86248946f, 1.2230456f, -1.9302742f, -1.1609435f, -1.1912682f, 1.0274103f, 0.0f, 0.0f,
    1.2021925f, 0.9067056f, -1.4377782f, -1.9579983f, 1.3739271f, -1.5332289f, 0.0f, 0.0f,
    -1.8897128f, 0.9437499f, 0.5232303f, 1.147332f, -0.60700965f, -1.991668f, 0.0f, 0.0f,
    -1.7670543f, 0.66328096f, -1.2717435f, -1.8860078f, -0.5794711f, 0.839633f, 0.0f, 0.0f,
    -1.7736018f, 1.7917914f, 1.2018616f, 0.1586523f, -1.9108675f, -1.0518477f, 0.0f, 0.0f,
    0.41921043f, -1.3804235f, -1.4419162f, -1.017251f, -1.9315414f, -1.0518193f, 0.0f, 0.0f,
    0.74392796f, -1.0784416f, 0.22155881f, 0.5032799f, 0.24513817f, 1.3574941f, 0.0f, 0.0f,
    0.80986476f, 0.44996595f, 1.8297272f, -0.17405915f, 0.47788882f, 0.59685135f, 0.0f, 0.0f,
    1.3231001f, -1.6576161f, 1.7808726f, 0.2914555f, -0.35032296f, 1.6665187f, 0.0f, 0.0f,
    -1.2621782f, -1.2782371f, -0.5765059f, 1.1048195f, -1.114229f, 0.018799067f, 0.0f, 0.0f
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
