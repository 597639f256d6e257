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

/* ---- the machine ----------------------------------------------------------------------------- */

/*
 * GNU vectors, but where float is computed in a wider type (x87, s390x as C99): a scalar of that
 * type multiplies no vector.
 */
#if defined __GNUC__ && (!defined __FLT_EVAL_METHOD__ || __FLT_EVAL_METHOD__ == 0)
#define VECTORS
#endif

/*
 * LANES floats fill a register; TILE registers hold the sums of a tile of at most MOST_PIXELS
 * pixels.
 */
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
/*
 * gcc 12 takes some layers for functions without effect where it knows all addresses, and drops
 * them: without these passes it cannot.
 */
#pragma GCC optimize("no-ipa-pure-const", "no-ipa-modref", "no-ipa-cp")
#ifndef __cplusplus
#pragma GCC optimize("fp-contract=fast")
#endif
#else
#define INLINE static inline
#define UNROLL
#endif
#ifdef __GNUC__
#define FEW(n) (__builtin_constant_p(n) && (n) <= 16)
#else
#define FEW(n) 0
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
INLINE vec8 mul_add8(vec8 a, float x, vec8 b) { for (int i = 0; i < LANES8; i++) a.f[i] += x
                                           * b.f[i]; return a; }
#endif

/* ---- weights --------------------------------------------------------------------------------- */

static const float layer_w[216] = {
    0.5465133f, 0.6930802f, 1.9717457f, 0.5427077f, -0.23595715f, -1.5078998f, 0.0f, 0.0f,
    1.0122452f, -1.5671716f, -1.3874252f, -0.3540461f, -0.532269f, -0.75989676f, 0.0f, 0.0f,
    -0.53896165f, 1.1231165f, 1.3315682f, -1.5653431f, -1.7137706f, -1.4266953f, 0.0f, 0.0f,
    -0.34614825f, 1.673708f, 1.0053256f, -0.4791944f, 0.040830135f, 0.832499f, 0.0f, 0.0f,
    0.108842134f, -1.2273014f, -1.9597123f, -1.5305061f, -1.1524775f, 0.44186306f, 0.0f, 0.0f,
    -1.4875898f, -1.867363f, 1.8824942f, 0.6788018f, -0.9786775f, 0.67872953f, 0.0f, 0.0f,
    -1.963455f, -0.14806461f, 0.905864f, 1.4861875f, -0.473346f, 1.829128f, 0.0f, 0.0f,
    0.8693738f, 1.4191904f, -1.5116849f, 1.7094672f, -0.28755403f, 0.93174005f, 0.0f, 0.0f,
    0.32173538f, -1.3192985f, 0.8107481f, 0.919678f, -1.9729576f, -1.0624189f, 0.0f, 0.0f,
    0.4559152f, -0.16899586f, -0.28716326f, -0.11010051f, -1.7111092f, -0.21268678f, 0.0f, 0.0f,
    -1.9324198f, -0.03371191f, 1.0338933f, -1.1092961f, -0.10119867f, -0.48334765f, 0.0f, 0.0f,
    0.6459868f, -1.4564049f, -0.13430929f, 1.0160749f, 0.27925062f, 1.7964973f, 0.0f, 0.0f,
    1.2889304f, -0.21970582f, 0.8628473f, 1.5076637f, -0.45016384f, -1.3883841f, 0.0f, 0.0f,
    -0.7214372f, -1.9650285f, -1.120899f, 0.98591805f, -0.30216718f, -1.5208516f, 0.0f, 0.0f,
    -0.99906373f, -0.5601859f, 0.5908506f, 0.40021133f, -0.5328512f, -0.81566286f, 0.0f, 0.0f,
    0.6838746f, 0.8897059f, 0.12743449f, 1.338759f, 0.12534857f, -1.73615f, 0.0f, 0.0f,
    -1.7032871f, 0.8385966f, 0.8674247f, -1.4235322f, -0.91285396f, -1.2455764f, 0.0f, 0.0f,
    1.0280333f, 1.8413703f, 1.3864751f, 1.5635529f, -1.1405582f, -1.213839f, 0.0f, 0.0f,
    -0.95845795f, 1.4550128f, 0.8661063f, -1.3886364f, 1.9968195f, 0.13721013f, 0.0f, 0.0f,
    -0.80370927f, -0.9668772f, 1.6320481f, 0.8686471f, -1.1767976f, 0.3137498f, 0.0f, 0.0f,
    -0.14870834f, 0.389611f, 1.9462371f, 0.9430382f, -0.82542443f, 0.35706425f, 0.0f, 0.0f,
    -0.981164f, 0.6391401f, -0.34437323f, 1.6506398f, 0.92850137f, -0.9216962f, 0.0f, 0.0f,
    -0.263273f, 1.1597688f, -0.68060803f, -1.6514919f, -1.2202711f, -0.9079573f, 0.0f, 0.0f,
    1.0686274f, -1.7296174f, -1.8531723f, 0.22422266f, -1.189184f, -0.13666725f, 0.0f, 0.0f,
    -1.7344487f, -0.15041232f, -1.1171982f, -1.2207229f, 0.022912025f, -1.3050745f, 0.0f, 0.0f,
    0.29482245f, 0.15430999f, -1.4701278f, -1.2646008f, -0.9759648f, 1.305779f, 0.0f, 0.0f,
    0.57907486f, -1.323801f, -1.3911464f, -1.6202033f, 1.9142165f, 1.9260619f, 0.0f, 0.0f
};

static const float layer_b[8] = {
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f
};

/* ---- memory ---------------------------------------------------------------------------------- */

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

/* ---- kernels --------------------------------------------------------------------------------- */

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

/*
 * Stores the first n of a vector's lanes, the epilogue applied; `other` is what a binary epilogue
 * reads.
 */
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

/*
 * Stores the first n of a vector's lanes, the epilogue8 applied; `other` is what a binary epilogue8
 * reads.
 */
INLINE void finish8(float *out, vec8 v, int n, int then, const float *other)
{
    if (n < LANES8)
        store_part8(out, epilogue8(then, v, other, n), n);
    else
        store8(out, epilogue8(then, v, other, LANES8));
}

/*
 * Transposed convolution: n outputs of one phase and one block of channels. rows[]: the input rows
 * that reach this output row, by
 * the tap numbers lines[]; back: floats from a tap's pixel back to the next tap's; line: floats of
 * the weights of a row of taps.
 */
INLINE void transpose_tile8(int n, int vecs, int block, const float *const *rows, const int *lines,
                           int count, int at, int columns, int channels,
                           int step, int back, const float *w, int line, const float *bias,
                           float *out, int outs, int out_step,
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
                        sum[p][v] = mul_add8(sum[p][v], rows[r][at + p * step - t * back + i],
                                            load8(weight + v * LANES8));
    }
    UNROLL for (int p = 0; p < n; p++)
        UNROLL for (int v = 0; v < vecs; v++)
            finish8(out + p * out_step + v * LANES8, sum[p][v], outs - v * LANES8, then,
                   other + p * other_step + v * LANES8);
}

/* All outputs of one phase of a row, for one block of channels. */
INLINE void transpose_row8(int width, int vecs, int block, const float *const *rows,
                          const int *lines, int count, int at, int columns, int channels,
                          int step, int back, const float *w, int line, const float *bias,
                          float *out, int outs, int out_step,
                          int then, const float *other, int other_step)
{
    const int pixels = TILE / vecs < MOST_PIXELS ? TILE / vecs : MOST_PIXELS;
    const int tiles = (width + pixels - 1) / pixels, most = (width + tiles - 1) / tiles;
    const int full = width - (most - 1) * tiles;            /* so many tiles of the greater8 width */
    int x = 0;
    for (int t = 0; t < full; t++, x += most)
        transpose_tile8(most, vecs, block, rows, lines, count, at + x * step, columns, channels,
                       step, back, w, line, bias,
                       out + x * out_step, outs, out_step, then, other + x * other_step,
                       other_step);
    for (int t = full; t < tiles; t++, x += most - 1)
        transpose_tile8(most - 1, vecs, block, rows, lines, count, at + x * step, columns, channels,
                       step, back, w, line, bias,
                       out + x * out_step, outs, out_step, then, other + x * other_step,
                       other_step);
}

/* Zero pixels before and after each row; `at` is the first row's first pixel. */
static void clear_margins(float *at, int rows, int stride, int left, int width, int right)
{
    for (int y = 0; y < rows; y++, at += stride) {
        memset(at - left, 0, (size_t)left * sizeof *at);
        memset(at + width, 0, (size_t)right * sizeof *at);
    }
}

/* ---- layers ---------------------------------------------------------------------------------- */

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
            const float *rows[3] = { in }, *weights = w + group * 216,
                *bias = b + group * 8;
            float *to = out + y * 60 + group * 6;
            int lines[3], count = 0;
            for (int ky = 0; ky < 3; ky++) {
                const int at = y + 0 - ky * 1, from = at / 2;
                if (at < 0 || at % 2 || from >= 4)
                    continue;
                rows[count] = in + from * 18 + group * 3;
                lines[count++] = ky;
            }
                transpose_row8(5, (6 + LANES8 - 1) / LANES8, 8, rows, lines,
                    count, 0, 2, 3, 3, 3, weights + 0 + 0 * 18, 48,
                              bias + 0, to + 0 + 0, 6, 12, NONE,
                              to + 0 + 0, 12);
                transpose_row8(5, (6 + LANES8 - 1) / LANES8, 8, rows, lines,
                    count, 0, 1, 3, 3, 3, weights + 144 + 0 * 9, 24,
                              bias + 0, to + 6 + 0, 6, 12, NONE,
                              to + 6 + 0, 12);
        }
    return y1 > y0 ? y1 : y0;
}

/* ---- the forward pass ------------------------------------------------------------------------ */

void net(const float *input, float *output)
{
    clear_margins(arena + AT_X0_COPY, 4, 18, 3, 15, 0);
    x0_copy_rows(input, arena + AT_X0_COPY, 0, 4);
    layer_rows(arena + AT_X0_COPY, layer_w, layer_b, output, 0, 8);
}
