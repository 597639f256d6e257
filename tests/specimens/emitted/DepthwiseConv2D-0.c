/*
 * net.c - made by cnnc 0.1.0 from sample.cnn. Do not edit.
 *
 *   layer                    what                               gives               multiply-adds   kept in memory
 *   x0_copy                  Copy                               9 x 9 x 20                      0   all
 *   layer                    DepthwiseConv2D                    9 x 9 x 20                  14580   the output
 *
 *   weights 800 bytes, arena 7936 bytes (lower bound 7936), 14580 multiply-adds
 */
#include "net.h"

#include <stddef.h>
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

INLINE vec load_lanes(const float *p, int n) { return n < LANES ? load_part(p, n) : load(p); }

INLINE vec8 load_lanes8(const float *p, int n) { return n < LANES8 ? load_part8(p, n) : load8(p); }

#ifdef VECTORS
INLINE vec mul_add_vec(vec a, vec b, vec c) { return a + b * c; }
#else
INLINE vec mul_add_vec(vec a, vec b, vec c) { for (int i = 0; i < LANES; i++) a.f[i] += b.f[i] * c.f[i]; return a; }
#endif

#ifdef VECTORS
INLINE vec8 mul_add_vec8(vec8 a, vec8 b, vec8 c) { return a + b * c; }
#else
INLINE vec8 mul_add_vec8(vec8 a, vec8 b, vec8 c) { for (int i = 0; i < LANES8; i++) a.f[i] += b.f[i] * c.f[i]; return a; }
#endif

/* ---- weights -------------------------------------------------------------------------------------- */

static const float layer_kernel[180] = {
    -0.22492766f, -0.43834382f, -0.39965567f, 0.5294495f, 0.24685296f, 0.28662091f, 0.12075092f, 0.45372334f,
    -0.3150374f, 0.22793743f, 0.17473248f, -0.66440624f, -0.08845798f, 0.31091863f, 0.012433171f, 0.32690975f,
    -0.33698857f, -0.22388117f, -0.11363684f, -0.15859297f, -0.22039984f, 0.09049529f, 0.26864684f, 0.0025164336f,
    -0.05138529f, -0.053827554f, -0.24223149f, 0.057895057f, 0.23326293f, -0.3713603f, -0.27770707f, -0.121939495f,
    0.15544014f, -0.09239362f, 0.02510371f, -0.1931071f, -0.18481258f, 0.2554047f, 0.23235407f, 0.021610707f,
    0.31882414f, 0.2240306f, -0.15532096f, 0.19653505f, -0.4414549f, 0.54623044f, -0.27305493f, 0.069006756f,
    -0.2386619f, -0.35970882f, -0.42555553f, -0.28315645f, 0.045558847f, 0.08574578f, -0.26884547f, -0.20943332f,
    0.14700381f, -0.50877357f, -0.16869721f, 0.18430947f, -0.17322215f, -0.45936644f, 0.035350397f, 0.1489483f,
    -0.13757668f, 0.15995027f, -0.16053894f, -0.24700302f, -0.49207562f, -0.6592908f, -0.40527284f, -0.14500374f,
    -0.47415322f, -0.04993093f, -0.2598809f, -0.16599266f, -0.18838952f, -0.051649794f, -0.12411761f, -0.38371617f,
    -0.081603274f, -0.2861883f, 0.292533f, -0.48392904f, -0.4595571f, -0.15282673f, -0.0054329634f, -0.51428f,
    0.2600858f, 0.18483981f, 0.2811895f, 0.061930284f, -0.20267323f, 0.10793081f, -0.59692687f, -0.43386525f,
    0.3025577f, -0.1290321f, -0.2969298f, 0.47597218f, -0.28541374f, 0.23080164f, 0.289469f, -0.3209052f,
    -0.5933674f, -0.40009385f, 0.42430732f, 0.47859716f, 0.27441227f, 0.089541554f, -0.36427164f, 0.30206254f,
    -0.22575171f, -0.53670985f, -0.3032767f, 0.21385467f, -0.1786307f, 0.001261726f, 0.14753586f, 0.49571192f,
    0.32610744f, -0.24205758f, -0.3985047f, 0.17691582f, 0.30610603f, -0.027669951f, 0.11236592f, -0.088156365f,
    -0.3264399f, -0.4178277f, 0.2535629f, 0.29447567f, -0.16039805f, 0.13643435f, -0.018010702f, -0.33232188f,
    0.35325447f, 0.18470888f, -0.01076192f, -0.3995208f, -0.21869782f, 0.28348774f, -0.5089891f, -0.33683035f,
    -0.103350066f, 0.47012597f, 0.1341142f, -0.2023539f, 0.39042872f, 0.35834068f, 0.58386165f, -0.26010787f,
    -0.3829451f, -0.15563622f, -0.35600883f, -0.038157582f, 0.27165377f, 0.34491804f, -0.06915585f, -0.29495722f,
    0.09401587f, 0.2152265f, -0.5184988f, 0.292568f, -0.063700855f, -0.20240496f, -0.043534674f, 0.36759472f,
    0.30607757f, 0.07167905f, 0.26142925f, -0.41766247f, 0.106237754f, -0.22535531f, -0.35875353f, 0.36192983f,
    -0.20708218f, 0.45466635f, -0.13373736f, 0.5522339f
};

static const float layer_bias[20] = {
    0.33785307f, 0.0041439533f, -0.41558737f, -0.07123613f, 0.07925981f, 0.17984188f, -0.35702068f, 0.44525045f,
    -0.30197006f, 0.17223918f, -0.35146767f, 0.4546765f, -0.35539716f, 0.34562963f, 0.0887773f, 0.24820268f,
    0.24867457f, -0.41732472f, 0.049480915f, -0.05801505f
};

/* ---- memory --------------------------------------------------------------------------------------- */

/* Every activation lives here; those that are not alive at one time share memory. */
#ifdef __GNUC__
__attribute__((aligned(64)))
#endif
static float arena[1984];

/* Where the first pixel of each result lies, in floats; those by rows keep the last few of them. */
enum {
    AT_X0_COPY = 20,    /* 9 x 9 x 20 */
    ARENA_END = 1984
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
 * n neighbouring pixels of at most LANES channels: what they read in common is loaded once. rows[ky] begins at the tile's first
 * window; step: floats from a pixel's window to the next one's, tap: from one kernel column to the next. taps: NULL where they do not fit in registers.
 */
INLINE void depthwise_tile(int n, int lanes, const float *const *rows, int height, int first, int last, int columns, int at, int step, int tap, const vec *taps,
                           const float *w, int w_step, vec start, float *out, int out_step, int then, const float *other, int other_step)
{
    vec sum[8];
    UNROLL for (int p = 0; p < n; p++)
        sum[p] = start;
    UNROLL for (int ky = 0; ky < height; ky++) {
        if (ky < first || ky >= last)
            continue;
        vec line[25];
        UNROLL for (int kx = 0; kx < columns; kx++)
            line[kx] = taps ? taps[ky * columns + kx] : load_lanes(w + (ky * columns + kx) * w_step, lanes);
        UNROLL for (int p = 0; p < n; p++)
            UNROLL for (int kx = 0; kx < columns; kx++)
                sum[p] = mul_add_vec(sum[p], load_lanes(rows[ky] + at + p * step + kx * tap, lanes), line[kx]);
    }
    UNROLL for (int p = 0; p < n; p++)
        finish(out + p * out_step, sum[p], lanes, then, other + p * other_step);
}

/* One row of at most LANES channels: tiles of equal width but for one pixel; rows[ky] begins at the left margin. */
INLINE void depthwise_row(int width, int lanes, const float *const *rows, int height, int first, int last, int columns, int step, int tap,
                          const float *w, int w_step, const float *bias, float *out, int out_step, int then, const float *other, int other_step)
{
    const int pixels = MOST_PIXELS == 1 ? 1 : TILE < 24 ? 4 : 8, few = height * columns < TILE / 2;
    const int tiles = (width + pixels - 1) / pixels, most = (width + tiles - 1) / tiles;
    const int full = width - (most - 1) * tiles;            /* so many tiles of the greater width */
    const vec start = load_lanes(bias, lanes);
    vec taps[TILE / 2];
    int x = 0;
    if (few)
        UNROLL for (int i = 0; i < height * columns; i++)
            taps[i] = load_lanes(w + i * w_step, lanes);
    for (int t = 0; t < full; t++, x += most)
        depthwise_tile(most, lanes, rows, height, first, last, columns, x * step, step, tap, few ? taps : NULL, w, w_step, start,
                       out + x * out_step, out_step, then, other + x * other_step, other_step);
    for (int t = full; t < tiles; t++, x += most - 1)
        depthwise_tile(most - 1, lanes, rows, height, first, last, columns, x * step, step, tap, few ? taps : NULL, w, w_step, start,
                       out + x * out_step, out_step, then, other + x * other_step, other_step);
}

/*
 * n neighbouring pixels of at most LANES8 channels: what they read in common is loaded once. rows[ky] begins at the tile's first
 * window; step: floats from a pixel's window to the next one's, tap: from one kernel column to the next. taps: NULL where they do not fit in registers.
 */
INLINE void depthwise_tile8(int n, int lanes, const float *const *rows, int height, int first, int last, int columns, int at, int step, int tap, const vec8 *taps,
                           const float *w, int w_step, vec8 start, float *out, int out_step, int then, const float *other, int other_step)
{
    vec8 sum[8];
    UNROLL for (int p = 0; p < n; p++)
        sum[p] = start;
    UNROLL for (int ky = 0; ky < height; ky++) {
        if (ky < first || ky >= last)
            continue;
        vec8 line[25];
        UNROLL for (int kx = 0; kx < columns; kx++)
            line[kx] = taps ? taps[ky * columns + kx] : load_lanes8(w + (ky * columns + kx) * w_step, lanes);
        UNROLL for (int p = 0; p < n; p++)
            UNROLL for (int kx = 0; kx < columns; kx++)
                sum[p] = mul_add_vec8(sum[p], load_lanes8(rows[ky] + at + p * step + kx * tap, lanes), line[kx]);
    }
    UNROLL for (int p = 0; p < n; p++)
        finish8(out + p * out_step, sum[p], lanes, then, other + p * other_step);
}

/* One row of at most LANES8 channels: tiles of equal8 width but for one pixel; rows[ky] begins at the left margin. */
INLINE void depthwise_row8(int width, int lanes, const float *const *rows, int height, int first, int last, int columns, int step, int tap,
                          const float *w, int w_step, const float *bias, float *out, int out_step, int then, const float *other, int other_step)
{
    const int pixels = MOST_PIXELS == 1 ? 1 : TILE < 24 ? 4 : 8, few = height * columns < TILE / 2;
    const int tiles = (width + pixels - 1) / pixels, most = (width + tiles - 1) / tiles;
    const int full = width - (most - 1) * tiles;            /* so many tiles of the greater8 width */
    const vec8 start = load_lanes8(bias, lanes);
    vec8 taps[TILE / 2];
    int x = 0;
    if (few)
        UNROLL for (int i = 0; i < height * columns; i++)
            taps[i] = load_lanes8(w + i * w_step, lanes);
    for (int t = 0; t < full; t++, x += most)
        depthwise_tile8(most, lanes, rows, height, first, last, columns, x * step, step, tap, few ? taps : NULL, w, w_step, start,
                       out + x * out_step, out_step, then, other + x * other_step, other_step);
    for (int t = full; t < tiles; t++, x += most - 1)
        depthwise_tile8(most - 1, lanes, rows, height, first, last, columns, x * step, step, tap, few ? taps : NULL, w, w_step, start,
                       out + x * out_step, out_step, then, other + x * other_step, other_step);
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

/* x0_copy: Copy, 9 x 9 x 20 to 9 x 9 x 20 */
static int x0_copy_rows(const float *in, float *out, int y0, int y1)
{
    for (int y = y0; y < y1; y++) {
        const float *a = in + y * 180, *b = a;
        float *to = out + y * 220;
        {
            int i = 0;
            for (; i + LANES <= 180; i += LANES)
                finish(to + i, load(a + i), LANES, NONE, b + i);
            if (i < 180)
                finish(to + i, load_part(a + i, 180 - i), 180 - i, NONE, b + i);
        }
    }
    return y1 > y0 ? y1 : y0;
}

/* layer: DepthwiseConv2D, 9 x 9 x 20 to 9 x 9 x 20 */
static int layer_rows(const float *in, const float *w, const float *b, float *out, int y0, int y1)
{
    for (int y = y0; y < y1; y++) {
        const float *rows[3];
        int first = 3, last = 0;
        for (int ky = 0; ky < 3; ky++) {
            const int from = y * 1 + ky * 1 - 1;
            rows[ky] = in;
            if (from >= 0 && from < 9) {
                rows[ky] = in + from * 220 - 20;
                first = first < ky ? first : ky;
                last = ky + 1;
            }
        }
        int k = 0;
        for (; k + LANES <= 20; k += LANES) {
            const int n = LANES;
            const float *at[3];
            for (int ky = 0; ky < 3; ky++)
                at[ky] = rows[ky] + k;
            depthwise_row(9, n, at, 3, first, last, 3, 20, 20, w + k, 20, b + k,
                           out + y * 180 + k, 20, NONE, out, 0);
        }
        for (; k  < 20; k += LANES8) {
            const int n = 20 - k < LANES8 ? 20 - k : LANES8;
            const float *at[3];
            for (int ky = 0; ky < 3; ky++)
                at[ky] = rows[ky] + k;
            depthwise_row8(9, n, at, 3, first, last, 3, 20, 20, w + k, 20, b + k,
                           out + y * 180 + k, 20, NONE, out, 0);
        }
    }
    return y1 > y0 ? y1 : y0;
}

/* ---- the forward pass ----------------------------------------------------------------------------- */

void net(const float *input, float *output)
{
    clear_margins(arena + AT_X0_COPY, 9, 220, 20, 180, 20);
    x0_copy_rows(input, arena + AT_X0_COPY, 0, 9);
    layer_rows(arena + AT_X0_COPY, layer_kernel, layer_bias, output, 0, 9);
}
