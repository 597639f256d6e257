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

INLINE vec set(float x)
{
    float f[LANES];
    for (int i = 0; i < LANES; i++)
        f[i] = x;
    return load(f);
}

INLINE vec8 set8(float x)
{
    float f[LANES8];
    for (int i = 0; i < LANES8; i++)
        f[i] = x;
    return load8(f);
}

#ifdef VECTORS
INLINE vec add(vec a, vec b) { return a + b; }
#else
INLINE vec add(vec a, vec b) { for (int i = 0; i < LANES; i++) a.f[i] += b.f[i]; return a; }
#endif

#ifdef VECTORS
INLINE vec8 add8(vec8 a, vec8 b) { return a + b; }
#else
INLINE vec8 add8(vec8 a, vec8 b) { for (int i = 0; i < LANES8; i++) a.f[i] += b.f[i]; return a; }
#endif

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
    -0.35828847f, 0.2847764f, 0.10050151f, 0.46184242f, 0.17877671f, -0.5370274f, -0.124775276f, 0.21249613f,
    -0.29556647f, -0.18361685f, 0.5292384f, -0.4754029f, -0.4587178f, 0.18269916f, 0.39312375f, -0.44148389f,
    0.37421465f, 0.102714196f, 0.025412042f, 0.1573027f, 0.08906658f, 0.42769247f, -0.4252109f, 0.5169802f,
    -0.20150954f, 0.41669992f, -0.094073005f, 0.34374237f, 0.08000353f, -0.3938313f, -0.21805766f, -0.17656936f,
    0.2798949f, -0.18901084f, 0.24744323f, 0.26828364f, 0.020558864f, -0.010860808f, -0.34357807f, 0.2832543f,
    -0.24238499f, 0.48458892f, 0.2590683f, 0.031979494f, 0.26921952f, 0.41559276f, -0.3012416f, -0.397619f,
    0.40285146f, 0.35849938f, 0.43401235f, -0.30821276f, 0.13002715f, 0.5549475f, -0.36435273f, -0.565855f,
    -0.18168809f, -0.13012198f, -0.007010013f, 0.4944954f, 0.42190048f, -0.12418848f, -0.20112507f, -0.44274914f,
    0.3088126f, 0.011740217f, 0.34708342f, 0.15694863f, 0.2997095f, -0.5198809f, -0.39521927f, -0.44504523f,
    0.32859427f, -0.17944974f, 0.28001058f, 0.3323564f, 0.12810381f, -0.38411075f, -0.37636477f, -0.1722548f,
    -0.41187787f, -0.33587813f, -0.5616403f, 0.10205048f, -0.4216875f, 0.3038832f, 0.35054362f, 0.20243676f,
    -0.48801503f, 0.07041821f, -0.43026197f, -0.45170212f, -0.17032823f, -0.029950287f, -0.4844575f, -0.042400766f,
    0.18794914f, -0.16090438f, -0.14306244f, -0.2683131f, 0.4524948f, 0.06289517f, -0.18465875f, -0.2717303f,
    -0.49502957f, -0.004948303f, 0.49295923f, -0.21271163f, 0.5454377f, -0.2824533f, -0.18466146f, -0.104165226f,
    -0.14374383f, -0.06471508f, -0.39950123f, -0.10904645f, 0.1535116f, -0.039953277f, -0.043920644f, 0.084211186f,
    -0.15365665f, 0.09173183f, -0.4655451f, -0.020656884f, 0.2779637f, -0.13987623f, -0.4268937f, -0.14841238f,
    0.037108757f, -0.21622208f, 0.12411747f, -0.541166f, 0.15847929f, 0.17413828f, -0.044259515f, -0.38977444f,
    -0.37138554f, 0.2541185f, -0.20552343f, -0.49392188f, -0.35067108f, -0.33863246f, -0.50671065f, -0.1271877f,
    -0.4188638f, -0.27609164f, -0.19102675f, 0.19430012f, 0.47075248f, 0.020832825f, 0.47758782f, 0.09690292f,
    -0.021764733f, 0.43432322f, -0.24288441f, 0.21442968f, 0.6077724f, -0.26422313f, -0.10321138f, -0.39269465f,
    0.3310192f, 0.12869266f, 0.064367294f, -0.35352126f, -0.20067972f, -0.22553794f, -0.28767893f, 0.21638025f,
    -0.31615534f, -0.44589442f, 0.60173273f, -0.032020777f, 0.2606591f, -0.1553797f, -0.122297734f, 0.42398244f,
    -0.3389928f, -0.31388262f, 0.15691599f, -0.0042109936f
};

static const float layer_bias[20] = {
    0.014131308f, -0.028435707f, -0.12766057f, -0.17298979f, 0.12613893f, 0.2855019f, -0.43810248f, -0.40000564f,
    0.34215707f, -0.420151f, 0.42444038f, 0.034939766f, -0.055007935f, -0.27040625f, 0.089274585f, 0.13510382f,
    0.32999521f, -0.31922138f, -0.4324618f, 0.23003244f
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

/* One row of n channels (at most LANES); rows[ky] begins at the left margin, pixel: floats from a pixel to the next. */
INLINE void depthwise_row(int width, int n, const float *const *rows, int height, int first, int last, int columns, int pixel, int stride,
                          int dilation, const float *w, int w_step, const float *bias, float *out, int out_step,
                          int then, const float *other, int other_step)
{
    vec taps[25];
    const vec start = n < LANES ? load_part(bias, n) : load(bias);
    UNROLL for (int ky = 0; ky < height; ky++)
        UNROLL for (int kx = 0; kx < columns; kx++)
            taps[ky * columns + kx] = n < LANES ? load_part(w + (ky * columns + kx) * w_step, n) : load(w + (ky * columns + kx) * w_step);
    for (int x = 0; x < width; x++) {
        vec sum = start, odd = set(0.0f);
        UNROLL for (int ky = 0; ky < height; ky++)
            UNROLL for (int kx = 0; kx < columns; kx++) {
                if (ky < first || ky >= last)
                    continue;
                const float *from = rows[ky] + (x * stride + kx * dilation) * pixel;
                const vec v = n < LANES ? load_part(from, n) : load(from);
                if (ky % 2)
                    odd = mul_add_vec(odd, v, taps[ky * columns + kx]);
                else
                    sum = mul_add_vec(sum, v, taps[ky * columns + kx]);
            }
        finish(out + x * out_step, add(sum, odd), n, then, other + x * other_step);
    }
}

/* One row of n channels (at most LANES8); rows[ky] begins at the left margin, pixel: floats from a pixel to the next. */
INLINE void depthwise_row8(int width, int n, const float *const *rows, int height, int first, int last, int columns, int pixel, int stride,
                          int dilation, const float *w, int w_step, const float *bias, float *out, int out_step,
                          int then, const float *other, int other_step)
{
    vec8 taps[25];
    const vec8 start = n < LANES8 ? load_part8(bias, n) : load8(bias);
    UNROLL for (int ky = 0; ky < height; ky++)
        UNROLL for (int kx = 0; kx < columns; kx++)
            taps[ky * columns + kx] = n < LANES8 ? load_part8(w + (ky * columns + kx) * w_step, n) : load8(w + (ky * columns + kx) * w_step);
    for (int x = 0; x < width; x++) {
        vec8 sum = start, odd = set8(0.0f);
        UNROLL for (int ky = 0; ky < height; ky++)
            UNROLL for (int kx = 0; kx < columns; kx++) {
                if (ky < first || ky >= last)
                    continue;
                const float *from = rows[ky] + (x * stride + kx * dilation) * pixel;
                const vec8 v = n < LANES8 ? load_part8(from, n) : load8(from);
                if (ky % 2)
                    odd = mul_add_vec8(odd, v, taps[ky * columns + kx]);
                else
                    sum = mul_add_vec8(sum, v, taps[ky * columns + kx]);
            }
        finish8(out + x * out_step, add8(sum, odd), n, then, other + x * other_step);
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
            if (first == 0 && last == 3)
                depthwise_row(9, n, at, 3, 0, 3, 3, 20, 1, 1, w + k, 20, b + k, out + y * 180 + k, 20, NONE, out, 0);
            else
                depthwise_row(9, n, at, 3, first, last, 3, 20, 1, 1, w + k, 20, b + k, out + y * 180 + k, 20, NONE, out, 0);
        }
        for (; k  < 20; k += LANES8) {
            const int n = 20 - k < LANES8 ? 20 - k : LANES8;
            const float *at[3];
            for (int ky = 0; ky < 3; ky++)
                at[ky] = rows[ky] + k;
            if (first == 0 && last == 3)
                depthwise_row8(9, n, at, 3, 0, 3, 3, 20, 1, 1, w + k, 20, b + k, out + y * 180 + k, 20, NONE, out, 0);
            else
                depthwise_row8(9, n, at, 3, first, last, 3, 20, 1, 1, w + k, 20, b + k, out + y * 180 + k, 20, NONE, out, 0);
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
