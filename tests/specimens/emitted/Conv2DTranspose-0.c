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
    -0.15778722f, 0.3946434f, -0.20079729f, 0.27652714f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.10150938f, -0.14692457f, 0.44372386f, 0.12537879f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.31084377f, -0.597888f, 0.19924098f, -0.24978888f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.10309316f, -0.09654519f, 0.03719598f, -0.36795694f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.5067388f, 0.071422726f, 0.14326498f, -0.48515904f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.63129514f, 0.39572293f, -0.23257273f, 0.039615974f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.44808316f, -0.046298534f, -0.26733106f, 0.62053376f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.23247188f, 0.26486224f, -0.20262179f, 0.034039736f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.21208294f, 0.57806903f, -0.013750896f, -0.43573517f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.05286175f, 0.5537538f, -0.25049943f, -0.06003335f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.4075727f, 0.28291035f, -0.045601524f, -0.35017586f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.3353922f, -0.4651353f, -0.40003842f, -0.62087053f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.3384652f, 0.06947592f, -0.36341736f, -0.32472286f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.5862899f, 0.031558543f, -0.28164533f, -0.21021426f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.2747151f, 0.18655798f, -0.01304023f, -0.6536328f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.37422764f, 0.49746013f, 0.20042911f, -0.7920505f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.46780014f, 0.10891627f, 0.16229847f, 0.5075364f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.4654244f, -0.60868925f, -0.35269785f, -0.1894715f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.25791857f, 0.07291737f, 0.17326292f, 0.5869716f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.46338305f, -0.35546896f, -0.17442237f, 0.07194157f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.12267348f, 0.5235318f, 0.3933256f, 0.107669055f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.40463f, -0.22226372f, 0.43509197f, -0.030840248f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.18528488f, -0.5424689f, -0.34782457f, -0.17389536f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.14660865f, -0.039844185f, -0.62643486f, -0.2989919f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.2502711f, 0.22827964f, 0.22640675f, 0.5632493f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.30297178f, -0.11702159f, -0.14518794f, 0.0202654f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.63368165f, -0.022342503f, 0.107911736f, -0.33998394f, 0.0f, 0.0f, 0.0f, 0.0f
};

static const float layer_b[8] = {
    0.21482337f, -0.27647036f, -0.4612103f, 0.06527233f, 0.0f, 0.0f, 0.0f, 0.0f
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
