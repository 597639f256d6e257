/*
 * net.c - made by cnnc 0.1.0 from sample.cnn. Do not edit.
 *
 *   layer                    what                               gives               multiply-adds   kept in memory
 *   layer                    Maximum                            5 x 4                           0   all
 *   layer_1                  NotEqual                           5 x 4                           0   all
 *   layer_2                  Where                              5 x 4                           0   all
 *   layer_3                  NotEqual                           5 x 4                           0   all
 *   layer_4                  Where                              5 x 4                           0   the output
 *
 *   weights 0 bytes, arena 320 bytes (lower bound 320), 0 multiply-adds
 */
#include "net.h"

#include <stdint.h>
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

/*
 * The same value, but gcc forgets that it is a constant: it finds the maximum instruction for
 * variables only.
 */
#if defined VECTORS && __GNUC__ >= 12 && !defined __clang__ && defined __SSE__
INLINE vec known(vec a) { __asm__("" : "+v"(a)); return a; }
#else
INLINE vec known(vec a) { return a; }
#endif

/* a > b ? a : b, lane by lane; a constant is best the first. */
#if defined VECTORS && (__GNUC__ < 12 || defined __clang__)
INLINE vec larger(vec a, vec b)
{
    a = known(a);
    __typeof__(a > b) m = a > b;
    return (vec)((m & (__typeof__(m))a) | (~m & (__typeof__(m))b));
}
#elif defined VECTORS
INLINE vec larger(vec a, vec b) { a = known(a); for (int i = 0; i < LANES; i++) a[i] = a[i] > b[i]
                                 ? a[i] : b[i]; return a; }
#else
INLINE vec larger(vec a, vec b)
{
    a = known(a);
    for (int i = 0; i < LANES; i++)
        a.f[i] = a.f[i] > b.f[i] ? a.f[i] : b.f[i];
    return a;
}
#endif

/* Lanes for which something is true: all bits set. */
#ifdef VECTORS
typedef int mask __attribute__((vector_size(4 * LANES), may_alias));
#else
typedef struct { int i[LANES]; } mask;
#endif

#ifdef VECTORS
INLINE mask equal(vec a, vec b) { return (mask)(a == b); }
#else
INLINE mask equal(vec a, vec b) { mask m; for (int i = 0; i < LANES; i++) m.i[i] = a.f[i] >= b.f[i]
                                 && a.f[i] <= b.f[i]; return m; }
#endif

#ifdef VECTORS
INLINE vec choose(mask m, vec a, vec b) { return (vec)((m & (mask)a) | (~m & (mask)b)); }
#else
INLINE vec choose(mask m, vec a, vec b) { for (int i = 0; i < LANES; i++) a.f[i] = m.i[i] ? a.f[i]
                                         : b.f[i]; return a; }
#endif

/* ---- memory ---------------------------------------------------------------------------------- */

/* Memory is used again for values of another type: no access may be moved across. */
#ifdef __GNUC__
#define NEW_VALUES __asm__ volatile("" ::: "memory")
#else
#define NEW_VALUES (void)0
#endif
/* Every activation lives here; those that are not alive at one time share memory. */
#ifdef __GNUC__
__attribute__((aligned(64)))
#endif
static union { double alignment; unsigned char bytes[320]; } arena;
#define MEMORY(type, at) ((type *)(void *)(arena.bytes + (at)))

/* Where the first pixel of each result lies, in bytes; those by rows keep the last few of them. */
enum {
    AT_LAYER = 0,    /* 5 x 4 */
    AT_LAYER_1 = 256,    /* 5 x 4 */
    AT_LAYER_2 = 128,    /* 5 x 4 */
    AT_LAYER_3 = 0,    /* 5 x 4 */
    ARENA_END = 320
};

/* ---- kernels --------------------------------------------------------------------------------- */

/* What a kernel applies to its sums before it stores them. */
enum { NONE, MAXIMUM };

INLINE vec epilogue(int then, vec v, const float *from, int n)
{
    (void)from;
    (void)n;
    switch (then) {
    case MAXIMUM: {
        const vec other = n < LANES ? load_part(from, n) : load(from);
        v = choose(equal(v, v), larger(v, other), v);
        break;
    }
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

/* layer: Maximum, 5 x 4 to 5 x 4 */
static int layer_rows(const float *in, const float *other, float *out, int y0, int y1)
{
    for (int y = y0; y < y1; y++) {
        const float *a = in + 0, *b = other + 0;
        float *to = out + 0;
        {
            int i = 0;
            for (; i + LANES <= 20; i += LANES)
                finish(to + i, load(a + i), LANES, MAXIMUM, b + i);
            if (i < 20)
                finish(to + i, load_part(a + i, 20 - i), 20 - i, MAXIMUM, b + i);
        }
    }
    return y1 > y0 ? y1 : y0;
}

/* layer_1: NotEqual, 5 x 4 to 5 x 4 */
static void layer_1_layer(const float *left, const float *right, uint8_t *out)
{
    for (int i0 = 0; i0 < 20; i0++)
    {
        const float a = left[i0];
        const float b = right[i0];
        out[i0] = (uint8_t)(a != b);
    }
}

/* layer_2: Where, 5 x 4 to 5 x 4 */
static void layer_2_layer(const uint8_t *condition, const float *a, const float *b, float *out)
{
    for (int i0 = 0; i0 < 1; i0++)
        for (int i1 = 0; i1 < 5; i1++)
            for (int i2 = 0; i2 < 4; i2++)
                out[i0 * 20 + i1 * 4 + i2] = condition[i1 * 4 + i2] ? a[i1 * 4 + i2] : b[i1 * 4 + i2];
}

/* ---- the forward pass ------------------------------------------------------------------------ */

void net(const float *input_0, const float *input_1, float *output)
{
    layer_rows(input_0, input_1, MEMORY(float, AT_LAYER), 0, 1);
    NEW_VALUES;
    layer_1_layer(input_0, input_0, MEMORY(uint8_t, AT_LAYER_1));
    NEW_VALUES;
    layer_2_layer(MEMORY(uint8_t, AT_LAYER_1), input_1, MEMORY(float, AT_LAYER), MEMORY(float,
                  AT_LAYER_2));
    NEW_VALUES;
    layer_1_layer(input_1, input_1, MEMORY(uint8_t, AT_LAYER_3));
    NEW_VALUES;
    layer_2_layer(MEMORY(uint8_t, AT_LAYER_3), input_0, MEMORY(float, AT_LAYER_2), output);
}
