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
    0.21080607f, 0.44182855f, -0.073816925f, -0.19543736f, 0.5140367f, -0.29761434f, -0.34140384f, 0.5558982f,
    -0.52027386f, 0.17709628f, 0.21609882f, -0.6449639f, 0.30476978f, 0.45015436f, 0.25361198f, -0.11770788f,
    0.18253917f, 0.24555106f, 0.0071357675f, 0.19274864f, -0.29640216f, 0.52001053f, 0.37000632f, -0.093840316f,
    -0.44936f, 0.42657062f, -0.12374551f, 0.037941925f, 0.10484365f, 0.47349077f, 0.33391765f, -0.23065944f,
    0.05855106f, 0.51614183f, 0.137176f, -0.20910618f, 0.17600515f, -0.21271014f, 0.5210526f, -0.5997118f,
    0.061703485f, -0.08185215f, -0.121520415f, -0.3217156f, -0.14306247f, 0.31081346f, 0.30179396f, 0.22100545f,
    -0.019256905f, 0.25379017f, 0.02387894f, 0.047738567f, -0.55069166f, 0.31184986f, 0.082151756f, -0.19307399f,
    -0.49310172f, 0.021227445f, 0.60127556f, -0.47902685f, -0.1624153f, -0.19450301f, -0.014230952f, 0.41639018f,
    -0.23098074f, -0.3609081f, 0.30241403f, 0.36674178f, 0.222637f, -0.47941947f, 0.29315472f, 0.24371499f,
    0.16110696f, -0.6088897f, -0.15755123f, 0.20935209f, 0.50830436f, 0.0070763975f, -0.09061885f, -0.11112989f,
    0.51800156f, -0.05590266f, 0.21967646f, 0.03557074f, 0.44217262f, 0.39241022f, -0.13413954f, 0.04756243f,
    -0.39184663f, 0.1081166f, -0.22213465f, -0.28871083f, 0.27146772f, -0.26039496f, -0.63746816f, -0.41318876f,
    -0.09245066f, -0.15128407f, 0.04924348f, 0.11407423f, -0.06299274f, 0.2263133f, 0.07939221f, -0.3370849f,
    0.19368987f, 0.28700858f, -0.0904167f, 0.0027846098f, -0.025263734f, -0.54754937f, -0.4528156f, 0.2824554f,
    0.58016866f, -0.57395655f, 0.09568586f, 0.18837279f, 0.082767196f, 0.3263306f, -0.3115899f, 0.05716701f,
    0.2383373f, -0.35636812f, -0.072311126f, -0.25835097f, 0.29630363f, -0.3864423f, 0.36388654f, -0.41504934f,
    -0.060479067f, -0.11801091f, -0.03867718f, -0.39350635f, -0.1622328f, 0.015384704f, 0.097182244f, -0.081961095f,
    -0.26802978f, 0.08050929f, -0.08524096f, -0.071022734f, -0.19386044f, -0.41411978f, 0.34494793f, 0.13397267f,
    -0.00374379f, 0.48758966f, -0.41708148f, 0.094008975f, 0.5166961f, -0.2722779f, -0.13210042f, -0.15456562f,
    0.31280914f, -0.15422145f, 0.21295087f, 0.5221581f, 0.07102257f, 0.26883194f, -0.27733114f, 0.1670057f,
    0.07245889f, 0.18857661f, -0.38472366f, 0.4743295f, 0.39803398f, 0.21822669f, 0.25932857f, 0.364376f,
    -0.17638275f, -0.34221476f, 0.35514426f, 0.034691483f, 0.2324556f, 0.30360943f, -0.16001192f, -0.11136092f,
    -0.13716695f, 0.36511388f, 0.14716038f, 0.40640086f
};

static const float layer_bias[20] = {
    0.2522753f, 0.09127486f, 0.086989224f, -0.36108404f, 0.055313587f, -0.09913254f, -0.49827325f, -0.33580393f,
    0.29395306f, -0.1291995f, 0.3704301f, -0.27657276f, 0.030193806f, 0.29456663f, -0.12140149f, -0.10108161f,
    0.16322726f, -0.17995995f, 0.22911435f, -0.49926084f
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
