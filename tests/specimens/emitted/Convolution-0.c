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

static const float layer_w[192] = {
    -1.1191545f, -1.1911018f, -0.676286f, 1.12394f, 0.23291731f, 0.0f, 0.0f, 0.0f,
    -0.78667736f, 1.7694511f, -1.0548217f, -0.32387257f, 0.2156291f, 0.0f, 0.0f, 0.0f,
    0.5404422f, 1.5009301f, 0.8628845f, 1.5014105f, -1.8743303f, 0.0f, 0.0f, 0.0f,
    -0.5793979f, -1.1189384f, -1.8919649f, 1.1904099f, 0.61388826f, 0.0f, 0.0f, 0.0f,
    0.47126937f, 0.23217678f, -1.2293806f, -1.4420822f, 1.2087941f, 0.0f, 0.0f, 0.0f,
    -0.9583621f, 0.3639145f, -1.5362744f, -1.5804946f, 1.1777551f, 0.0f, 0.0f, 0.0f,
    -0.51595545f, 1.933939f, 0.5961158f, -0.2732272f, 0.018933773f, 0.0f, 0.0f, 0.0f,
    0.45008516f, -1.312505f, 0.9271538f, 0.48575377f, 0.39710474f, 0.0f, 0.0f, 0.0f,
    0.033329725f, -0.053007603f, -1.6588812f, -1.6289017f, -0.2608924f, 0.0f, 0.0f, 0.0f,
    -0.2873683f, -0.3703251f, -0.17778134f, 1.1121371f, -1.278091f, 0.0f, 0.0f, 0.0f,
    1.0274916f, -0.2273562f, 1.0898848f, -0.035597563f, 1.1851323f, 0.0f, 0.0f, 0.0f,
    1.1354394f, -0.7946634f, -0.728019f, 1.2421665f, -1.80143f, 0.0f, 0.0f, 0.0f,
    -1.7805877f, -0.05423212f, 1.9321284f, -1.2602212f, 1.5829101f, 0.0f, 0.0f, 0.0f,
    -0.8555789f, 1.8526192f, 0.5027554f, -1.4301832f, 1.2796824f, 0.0f, 0.0f, 0.0f,
    -0.29622674f, 0.68502307f, -1.6589131f, 1.1057184f, 0.5346856f, 0.0f, 0.0f, 0.0f,
    0.9805479f, 0.5979378f, -1.4891295f, 0.39008045f, -1.8319252f, 0.0f, 0.0f, 0.0f,
    -1.9664083f, 1.376812f, 1.4375229f, 0.82395315f, -0.17061639f, 0.0f, 0.0f, 0.0f,
    1.6519518f, -1.1907136f, 0.583313f, -0.26623583f, -1.0257673f, 0.0f, 0.0f, 0.0f,
    -1.5897503f, 1.5683329f, 0.38363552f, -1.8462775f, 0.15319943f, 0.0f, 0.0f, 0.0f,
    -1.5094454f, -0.0016624928f, -1.6575811f, -0.46344185f, -0.039210796f, 0.0f, 0.0f, 0.0f,
    0.0070035458f, -1.9334867f, -0.25680828f, 0.22569728f, 1.1760952f, 0.0f, 0.0f, 0.0f,
    1.9746966f, -1.6660872f, 0.95276856f, 0.05419159f, -1.2866404f, 0.0f, 0.0f, 0.0f,
    1.9009705f, 1.5260258f, -1.150495f, 0.3292384f, -1.8506529f, 0.0f, 0.0f, 0.0f,
    1.7537174f, -0.26520538f, -1.0749192f, 0.69974923f, -1.2443576f, 0.0f, 0.0f, 0.0f
};

static const float layer_b[8] = {
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f
};

/* ---- memory --------------------------------------------------------------------------------------- */

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
 * Convolution for n neighbouring pixels and one block of channels; rows[ky] begins at the tile's first pixel.
 * step: floats from a pixel's window to the next one's; tap: from one kernel column to the next.
 */
INLINE void conv_tile8(int n, int vecs, int block, const float *const *rows, int first, int last, int columns, int channels,
                      int step, int tap, const float *w, const float *bias, float *out, int outs, int out_step,
                      int then, const float *other, int other_step)
{
    const int whole = outs == out_step && outs >= LANES8 / 2 && other_step == 0;    /* a last vector reaches into the next pixel, stored behind it */
    vec8 sum[MOST_PIXELS][32 / LANES8];
    UNROLL for (int p = 0; p < n; p++)
        UNROLL for (int v = 0; v < vecs; v++)
            sum[p][v] = load8(bias + v * LANES8);
    w += first * columns * channels * block;
    for (int ky = first; ky < last; ky++)
        for (int kx = 0; kx < columns; kx++)
            for (int i = 0; i < channels; i++, w += block)
                UNROLL for (int p = 0; p < n; p++)
                    UNROLL for (int v = 0; v < vecs; v++)
                        sum[p][v] = mul_add8(sum[p][v], rows[ky][p * step + kx * tap + i], load8(w + v * LANES8));
    UNROLL for (int p = 0; p < n; p++)
        UNROLL for (int v = 0; v < vecs; v++)
            finish8(out + p * out_step + v * LANES8, sum[p][v], whole && p + 1 < n ? LANES8 : outs - v * LANES8, then, other + p * other_step + v * LANES8);
}

/* One row of a convolution for one block of channels: tiles of equal8 width but for one pixel. */
INLINE void conv_row8(int width, int vecs, int block, const float *const *rows, int height, int first, int last, int columns,
                     int channels, int step, int tap, const float *w, const float *bias, float *out, int outs,
                     int out_step, int then, const float *other, int other_step)
{
    const int fitting = TILE / vecs < MOST_PIXELS ? TILE / vecs : MOST_PIXELS;
    const int pixels = step % 1024 == 0 && fitting > 7 ? 7 : fitting;       /* pixels 4 KB apart share one line of each way of the cache */
    const int tiles = (width + pixels - 1) / pixels, most = (width + tiles - 1) / tiles;
    const int full = width - (most - 1) * tiles;            /* so many tiles of the greater8 width */
    const float *at[16];
    for (int ky = 0; ky < height; ky++)
        at[ky] = rows[ky];
    for (int t = 0; t < tiles; t++) {
        const int n = t < full ? most : most - 1;
        if (t < full)
            conv_tile8(most, vecs, block, at, first, last, columns, channels, step, tap, w, bias, out, outs, out_step, then, other, other_step);
        else
            conv_tile8(most - 1, vecs, block, at, first, last, columns, channels, step, tap, w, bias, out, outs, out_step, then, other, other_step);
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

/* ---- layers ----------------------------------------------------------------------------------------- */

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
        conv_row8(6, (5 + LANES8 - 1) / LANES8, 8, rows, 3, first, last, 1, 8, 4, 4,
                 w + 0 * 24, b + 0, out + y * 30 + 0, 5, 5, NONE, out + 0, 0);
    }
    return y1 > y0 ? y1 : y0;
}

/* ---- the forward pass ----------------------------------------------------------------------------- */

void net(const float *input, float *output)
{
    clear_margins(arena + AT_X0_COPY, 7, 28, 0, 24, 4);
    x0_copy_rows(input, arena + AT_X0_COPY, 0, 7);
    layer_rows(arena + AT_X0_COPY, layer_w, layer_b, output, 0, 7);
}
