/*
 * net.c - made by cnnc 0.1.0 from sample.cnn. Do not edit.
 *
 *   layer                    what                               gives               multiply-adds   kept in memory
 *   layer                    View                               4                               0   a view
 *   layer_2                  MatrixProduct                      5                             120   all
 *   layer_3                  View                               3 x 5                           0   a view
 *   layer_3_1                Copy                               3 x 5                           0   the output
 *
 *   weights 0 bytes, arena 128 bytes (lower bound 128), 120 multiply-adds
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

#ifdef VECTORS
INLINE vec load(const float *p) { return *(const vec *)p; }
#else
INLINE vec load(const float *p) { vec a; memcpy(&a, p, sizeof a); return a; }
#endif

#ifdef VECTORS
INLINE void store(float *p, vec a) { *(vec *)p = a; }
#else
INLINE void store(float *p, vec a) { memcpy(p, &a, sizeof a); }
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

INLINE vec set(float x)
{
    float f[LANES];
    for (int i = 0; i < LANES; i++)
        f[i] = x;
    return load(f);
}

#ifdef VECTORS
INLINE vec mul_add(vec a, float x, vec b) { return a + x * b; }
#else
INLINE vec mul_add(vec a, float x, vec b) { for (int i = 0; i < LANES; i++) a.f[i] += x
                                           * b.f[i]; return a; }
#endif

/* ---- memory ---------------------------------------------------------------------------------- */

/* Every activation lives here; those that are not alive at one time share memory. */
#ifdef __GNUC__
__attribute__((aligned(64)))
#endif
static float arena[32];

/* Where the first pixel of each result lies, in floats; those by rows keep the last few of them. */
enum {
    AT_LAYER_2 = 0,    /* 5 */
    ARENA_END = 32
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

/*
 * `rows` rows by `vecs` vectors of a product of depth `depth`; steps in floats from a row to the
 * next.
 */
INLINE void product_tile(int rows, int vecs, const float *a, int depth, const float *b, int columns,
                         float *out, int then, const float *other, int other_step)
{
    vec sum[MOST_PIXELS][2];
    UNROLL for (int m = 0; m < rows; m++)
        UNROLL for (int v = 0; v < vecs; v++)
            sum[m][v] = set(0.0f);
    for (int k = 0; k < depth; k++)
        UNROLL for (int m = 0; m < rows; m++)
            UNROLL for (int v = 0; v < vecs; v++)
                sum[m][v] = mul_add(sum[m][v], a[m * depth + k], load(b + k * columns + v * LANES));
    UNROLL for (int m = 0; m < rows; m++)
        UNROLL for (int v = 0; v < vecs; v++)
            finish(out + m * columns + v * LANES, sum[m][v], LANES, then,
                   other + m * other_step + v * LANES);
}

/* Some columns of all rows: tiles of equal height but for one row. */
INLINE void product_columns(int vecs, const float *a, int rows, int depth, const float *b,
                            int columns, float *out, int then, const float *other, int other_step)
{
    const int tiles = (rows + MOST_PIXELS - 1) / MOST_PIXELS, most = (rows + tiles - 1) / tiles;
    /* so many tiles of the greater height */
    const int full = rows - (most - 1) * tiles;
    int m = 0;
    for (int t = 0; t < full; t++, m += most)
        product_tile(most, vecs, a + m * depth, depth, b, columns, out + m * columns, then,
                     other + m * other_step, other_step);
    for (int t = full; t < tiles; t++, m += most - 1)
        product_tile(most - 1, vecs, a + m * depth, depth, b, columns, out + m * columns, then,
                     other + m * other_step, other_step);
}

/*
 * out = a b; the last columns that do not fill a vector are made with those before them, some a
 * second time.
 */
INLINE void matrix_product(const float *a, int rows, int depth, const float *b, int columns,
                           float *out, int then, const float *other, int other_step)
{
    int n = 0;
    for (; n + 2 * LANES <= columns; n += 2 * LANES)
        product_columns(2, a, rows, depth, b + n, columns, out + n, then, other + n, other_step);
    for (; n + LANES <= columns; n += LANES)
        product_columns(1, a, rows, depth, b + n, columns, out + n, then, other + n, other_step);
    if (n < columns && columns >= LANES)
        product_columns(1, a, rows, depth, b + columns - LANES, columns, out + columns - LANES,
                        then, other + columns - LANES, other_step);
    for (int m = 0; columns < LANES && m < rows; m++) {
        float sum[LANES] = { 0.0f };
        for (int k = 0; k < depth; k++)
            for (int i = 0; i < columns; i++)
                sum[i] += a[m * depth + k] * b[k * columns + i];
        finish(out + m * columns, load(sum), columns, then, other + m * other_step);
    }
}

/* ---- layers ---------------------------------------------------------------------------------- */

/* layer_2: MatrixProduct, 4 to 5 */
static void layer_2_layer(const float *a, const float *b, float *out)
{
    {
        matrix_product(a, 6, 4, b, 5, out, NONE, out, 0);
        out += 30;
    }
}

/* layer_3_1: Copy, 3 x 5 to 3 x 5 */
static int layer_3_1_rows(const float *in, float *out, int y0, int y1)
{
    for (int y = y0; y < y1; y++) {
        const float *a = in + y * 15, *b = a;
        float *to = out + y * 15;
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

/* ---- the forward pass ------------------------------------------------------------------------ */

void net(const float *input_0, const float *input_1, float *output)
{
    layer_2_layer(input_0, input_1, arena + AT_LAYER_2);
    layer_3_1_rows(arena + AT_LAYER_2, output, 0, 2);
}
