/*
 * net.c - made by cnnc 0.1.0 from sample.cnn. Do not edit.
 *
 *   layer                    what                               gives               multiply-adds   kept in memory
 *   layer                    View                               1 x 3 x 2                       0   a view
 *   layer_1                  Expand                             2 x 3 x 2                       0   all
 *   layer_3                  View                               6 x 1 x 2                       0   a view
 *   layer_4                  Expand                             6 x 3 x 2                       0   all
 *   layer_5                  View                               6 x 6                           0   a view
 *   layer_5_1                Copy                               6 x 6                           0   the output
 *
 *   weights 0 bytes, arena 256 bytes (lower bound 256), 0 multiply-adds
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

/* ---- memory ---------------------------------------------------------------------------------- */

/* Every activation lives here; those that are not alive at one time share memory. */
#ifdef __GNUC__
__attribute__((aligned(64)))
#endif
static float arena[64];

/* Where the first pixel of each result lies, in floats; those by rows keep the last few of them. */
enum {
    AT_LAYER_1 = 48,    /* 2 x 3 x 2 */
    AT_LAYER_4 = 0,    /* 6 x 3 x 2 */
    ARENA_END = 64
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

/* ---- layers ---------------------------------------------------------------------------------- */

/* layer_1: Expand, 1 x 3 x 2 to 2 x 3 x 2 */
static void layer_1_layer(const float *in, float *out)
{
    for (int i0 = 0; i0 < 2; i0++)
        memcpy(out + i0 * 6, in, 6 * sizeof *out);
}

/* layer_4: Expand, 6 x 1 x 2 to 6 x 3 x 2 */
static void layer_4_layer(const float *in, float *out)
{
    for (int i0 = 0; i0 < 6; i0++)
        for (int i1 = 0; i1 < 3; i1++)
            memcpy(out + i0 * 6 + i1 * 2, in + i0 * 2, 2 * sizeof *out);
}

/* layer_5_1: Copy, 6 x 6 to 6 x 6 */
static int layer_5_1_rows(const float *in, float *out, int y0, int y1)
{
    for (int y = y0; y < y1; y++) {
        const float *a = in + 0, *b = a;
        float *to = out + 0;
        {
            int i = 0;
            for (; i + LANES <= 36; i += LANES)
                finish(to + i, load(a + i), LANES, NONE, b + i);
            if (i < 36)
                finish(to + i, load_part(a + i, 36 - i), 36 - i, NONE, b + i);
        }
    }
    return y1 > y0 ? y1 : y0;
}

/* ---- the forward pass ------------------------------------------------------------------------ */

void net(const float *input, float *output)
{
    layer_1_layer(input, arena + AT_LAYER_1);
    layer_4_layer(arena + AT_LAYER_1, arena + AT_LAYER_4);
    layer_5_1_rows(arena + AT_LAYER_4, output, 0, 1);
}
