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
    -1.1831036f, -0.76556563f, -1.6946814f, -0.52394485f, 0.5446441f, 1.872886f, 0.0f, 0.0f,
    -0.2409873f, -0.89208364f, 1.2707417f, 0.94329953f, 1.0462062f, -1.8569496f, 0.0f, 0.0f,
    0.15604186f, -0.38765287f, -0.6788657f, 0.10342574f, -0.93760705f, 1.6761353f, 0.0f, 0.0f,
    -0.86525416f, 0.24982119f, 1.8830206f, -0.53482604f, -1.7659125f, -0.42334127f, 0.0f, 0.0f,
    0.32216716f, 0.4646454f, -1.9951987f, 1.5544107f, -0.26825833f, -0.969466f, 0.0f, 0.0f,
    0.47760272f, -1.4583697f, -0.59150934f, 0.91916203f, -1.5484407f, -1.5212407f, 0.0f, 0.0f,
    -0.7078779f, -1.0323942f, -1.105617f, -0.656008f, -0.51542926f, 1.6220462f, 0.0f, 0.0f,
    1.029767f, 1.5927076f, -0.296345f, 1.354326f, 1.3687699f, -1.1018803f, 0.0f, 0.0f,
    -1.4985447f, 0.69086766f, -0.04399538f, 0.1927247f, -0.5481088f, 0.45699883f, 0.0f, 0.0f,
    -0.36754465f, 0.14506817f, 1.8794763f, 0.027811527f, -1.0856736f, 1.3661306f, 0.0f, 0.0f,
    1.8075776f, -0.94172454f, 1.934093f, -0.89812946f, -1.7984483f, 0.8996339f, 0.0f, 0.0f,
    -0.842067f, -0.5576625f, 1.5647869f, -0.31604195f, -1.9525311f, -1.8332784f, 0.0f, 0.0f,
    0.08058548f, -1.8801978f, -1.5442469f, -0.52000475f, -1.1632564f, -1.0622182f, 0.0f, 0.0f,
    -1.7393472f, 1.2462068f, -0.32154965f, -1.2886322f, -0.4071629f, 1.3059559f, 0.0f, 0.0f,
    -0.53142285f, -0.96725917f, 0.9555621f, -0.69519925f, -1.0770259f, -1.7458799f, 0.0f, 0.0f,
    0.49562836f, 0.13967061f, -0.7897234f, -0.3867836f, 0.79509974f, -0.33136678f, 0.0f, 0.0f,
    -1.6948881f, 0.4026158f, -0.16008186f, -0.025266886f, 1.2086067f, 1.5586276f, 0.0f, 0.0f,
    -0.766134f, -0.20990634f, -0.34434032f, 1.9707708f, -1.6541855f, -1.8811295f, 0.0f, 0.0f,
    -0.50584173f, -0.98681736f, -0.41644812f, -1.8378348f, -0.67122555f, 1.6811349f, 0.0f, 0.0f,
    0.19546032f, 1.8198605f, -0.24474216f, -1.5843742f, -0.7389884f, -0.25808525f, 0.0f, 0.0f,
    0.9042046f, -1.159162f, -1.7581618f, 1.9522834f, 0.82626295f, -0.6584549f, 0.0f, 0.0f,
    -1.3869188f, 1.9746943f, 1.4799488f, -0.30140758f, 0.72567296f, 0.06643772f, 0.0f, 0.0f,
    -1.3490746f, 0.9594252f, -0.7531934f, -0.46785784f, -1.4229527f, -1.1563308f, 0.0f, 0.0f,
    0.08115983f, 0.48721814f, -1.3465898f, -1.8905721f, -1.341747f, -1.4654431f, 0.0f, 0.0f,
    -1.9913707f, -1.1611676f, -1.2742143f, 1.6356094f, 0.04238081f, 1.4883888f, 0.0f, 0.0f,
    -0.19511533f, 1.4768078f, 0.5985644f, -1.6165285f, -0.82748055f, 1.4244902f, 0.0f, 0.0f,
    1.6797357f, 0.7547009f, -1.5938668f, 0.94463444f, -1.6738386f, 0.7042854f, 0.0f, 0.0f
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
