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
    -0.0037519857f, 0.2779532f, -0.350472f, 0.17977698f, -0.36387077f, -0.29461402f, -0.05200933f, -0.42074445f,
    0.2885472f, 0.048760623f, -0.0632529f, -0.17333144f, -0.051360346f, 0.522493f, 0.36688155f, -0.43560126f,
    0.13135242f, -0.35322386f, -0.25926092f, -0.017572917f, 0.18734427f, 0.37616086f, -0.42224157f, 0.037150905f,
    0.28121352f, 0.11454734f, -0.19825041f, 0.048456006f, 0.48498443f, -0.06393643f, -0.24231741f, -0.33449194f,
    0.48588324f, 0.1600535f, 0.24242195f, 0.41123334f, 0.3651828f, 0.2115131f, 0.44794104f, -0.5008992f,
    -0.43600515f, 0.35055327f, 0.08891277f, 0.30728972f, -0.49080974f, 0.24098948f, -0.37953767f, 0.23347796f,
    0.1633089f, -0.5370641f, -0.10751074f, 0.43205827f, -0.2536004f, 0.49966678f, 0.011550171f, 0.26410824f,
    -0.079018906f, 0.20957473f, -0.20389172f, -0.38074523f, 0.38731256f, -0.11175418f, 0.034102336f, -0.08771278f,
    0.31243184f, 0.24275436f, -0.1605474f, 0.4161657f, -0.0358752f, -0.5348789f, -0.3929069f, 0.010660946f,
    -0.5176585f, -0.034773827f, -0.23782605f, 0.20248766f, -0.23939882f, 0.35917854f, 0.040817678f, 0.43579602f,
    0.5742399f, -0.5774833f, -0.08851191f, 0.26120663f, 0.31045684f, 0.5412028f, 0.027371764f, -0.23061083f,
    -0.17835572f, 0.4328951f, -0.11232031f, -0.18829443f, 0.15380755f, 0.311264f, 0.20426697f, -0.2973156f,
    -0.29936224f, -0.25247177f, -0.20619264f, 0.20000398f, 0.49604338f, -0.053410716f, -0.09759615f, -0.5107937f,
    -0.23057093f, -0.49256343f, -0.043159217f, 0.02217406f, -0.29623616f, -0.32157815f, 0.17637222f, -0.33032617f,
    -0.030905798f, 0.36584616f, -0.3130853f, -0.13928068f, 0.032670926f, 0.5617799f, 0.3972901f, -0.40825742f,
    -0.06197588f, 0.08995019f, 0.061160184f, 0.17625463f, 0.39991474f, 0.124831036f, 0.2534547f, -0.3662974f,
    -0.3637894f, -0.039914876f, -0.15095416f, -0.059778497f, 0.0091801435f, -0.14078704f, 0.5101669f, 0.13736582f,
    0.47301653f, 0.079837546f, 0.0030700527f, -0.2516989f, -0.15061823f, 0.30832273f, -0.08921851f, -0.29383335f,
    0.01912824f, 0.24855417f, 0.2873963f, -0.040656216f, -0.2784109f, 0.03833394f, -0.19536646f, -0.36570024f,
    0.06429579f, 0.37124667f, -0.07349534f, 0.07928234f, 0.20633942f, -0.27239397f, 0.13268611f, -0.5025451f,
    0.19620857f, 0.3373039f, 0.15734816f, 0.38964626f, -0.03972739f, 0.4342212f, -0.15725222f, -0.007734701f,
    -0.33973345f, -0.42011315f, -0.22766012f, 0.123292774f, -0.19442f, -0.040292427f, 0.38377306f, -0.012185171f,
    0.05376599f, -0.34211174f, 0.44826344f, 0.23252751f
};

static const float layer_bias[20] = {
    -0.013388872f, -0.43147022f, 0.041398585f, -0.12604237f, -0.25631088f, 0.0045954585f, -0.05413294f, -0.19938433f,
    0.15801084f, 0.31427467f, -0.21303451f, 0.4978186f, -0.3478619f, 0.15542829f, -0.13783556f, -0.37306565f,
    0.07084203f, -0.24018651f, -0.18533128f, 0.41035843f
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
    const int pixels = TILE < 24 ? 4 : 8, few = height * columns < TILE / 2;
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
    const int pixels = TILE < 24 ? 4 : 8, few = height * columns < TILE / 2;
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
