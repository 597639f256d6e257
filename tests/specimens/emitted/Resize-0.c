/*
 * net.c - made by cnnc 0.1.0 from sample.cnn. Do not edit.
 *
 *   layer                    what                               gives               multiply-adds   kept in memory
 *   layer                    Resize                             8 x 10 x 3                      0   the output
 *
 *   weights 0 bytes, arena 0 bytes (lower bound 0), 0 multiply-adds
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
INLINE vec8 load8(const float *p) { return *(const vec8 *)p; }
#else
INLINE vec8 load8(const float *p) { vec8 a; memcpy(&a, p, sizeof a); return a; }
#endif

#ifdef VECTORS
INLINE void store8(float *p, vec8 a) { *(vec8 *)p = a; }
#else
INLINE void store8(float *p, vec8 a) { memcpy(p, &a, sizeof a); }
#endif

/* The first n lanes; the others are zero. */
INLINE vec8 load_part8(const float *p, int n)
{
    float f[LANES8] = { 0.0f };
    for (int i = 0; i < n; i++)
        f[i] = p[i];
    return load8(f);
}

INLINE void store_part8(float *p, vec8 a, int n)
{
    float f[LANES8];
    store8(f, a);
    for (int i = 0; i < n; i++)
        p[i] = f[i];
}

INLINE vec8 load_lanes8(const float *p, int n) { return n < LANES8 ? load_part8(p, n) : load8(p); }

INLINE vec8 set8(float x)
{
    float f[LANES8];
    for (int i = 0; i < LANES8; i++)
        f[i] = x;
    return load8(f);
}

#ifdef VECTORS
INLINE vec8 mul_add8(vec8 a, float x, vec8 b) { return a + x * b; }
#else
INLINE vec8 mul_add8(vec8 a, float x, vec8 b) { for (int i = 0; i < LANES8; i++) a.f[i] += x
                                           * b.f[i]; return a; }
#endif

/* ---- kernels --------------------------------------------------------------------------------- */

/* What a kernel applies to its sums before it stores them. */
enum { NONE };

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

/* The weighted sum of rows[j] + columns i of a window of n channels. */
INLINE vec8 resize_pixel8(const float *const *rows, int height, int width, int at, int pixel,
                        const float *weight, int n)
{
    vec8 sum = set8(0.0f);
    for (int j = 0; j < height; j++)
        for (int i = 0; i < width; i++)
            sum = mul_add8(sum, weight[j * width + i], load_lanes8(rows[j] + at + i * pixel, n));
    return sum;
}

/* ---- layers ---------------------------------------------------------------------------------- */

/* layer: Resize, 4 x 5 x 3 to 8 x 10 x 3 */
static int layer_rows(const float *in, float *out, int y0, int y1)
{
    /*
     * The first row and column that each row and column of the result reads, and the weights of
     * those from there on.
     */
    static const int row[8] = {
        0, 0, 0, 1, 1, 2, 2, 2
    };
    static const float row_weight[16] = {
        1.0f, 0.0f, 0.75f, 0.25f, 0.25f, 0.75f, 0.75f, 0.25f, 0.25f, 0.75f, 0.75f, 0.25f, 0.25f, 0.75f, 0.0f, 1.0f
    };
    static const int column[10] = {
        0, 0, 0, 1, 1, 2, 2, 3, 3, 3
    };
    static const float column_weight[20] = {
        1.0f, 0.0f, 0.75f, 0.25f, 0.25f, 0.75f, 0.75f, 0.25f, 0.25f, 0.75f, 0.75f, 0.25f, 0.25f, 0.75f, 0.75f, 0.25f, 0.25f, 
        0.75f, 0.0f, 1.0f
    };
    for (int y = y0; y < y1; y++) {
        const float *rows[2];
        float *to = out + y * 30;
        for (int j = 0; j < 2; j++)
            rows[j] = in + (row[y] + j) * 15;
        for (int x = 0; x < 10; x++) {
            float weight[4];
            for (int j = 0; j < 2; j++)
                for (int i = 0; i < 2; i++)
                    weight[j * 2 + i] = row_weight[y * 2 + j] * column_weight[x * 2 + i];
            int k = 0;
            for (; k  < 3; k += LANES8) {
                const int n = 3 - k < LANES8 ? 3 - k : LANES8;
                vec8 sum = resize_pixel8(rows, 2, 2, column[x] * 3 + k, 3, weight, n);
                finish8(to + x * 3 + k, sum, n, NONE, to + x * 3 + k);
            }
        }
    }
    return y1 > y0 ? y1 : y0;
}

/* ---- the forward pass ------------------------------------------------------------------------ */

void net(const float *input, float *output)
{
    layer_rows(input, output, 0, 8);
}
