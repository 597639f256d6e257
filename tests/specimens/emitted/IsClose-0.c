/*
 * net.c - made by cnnc 0.1.0 from sample.cnn. Do not edit.
 *
 *   layer                    what                               gives               multiply-adds   kept in memory
 *   layer                    Abs, Multiply, Add                 5 x 4                           0   all
 *   layer_3                  Subtract, Abs                      5 x 4                           0   all
 *   layer_5                  LessEqual                          5 x 4                           0   all
 *   layer_6                  Abs                                5 x 4                           0   all
 *   layer_7                  Less                               5 x 4                           0   all
 *   layer_8                  LogicalAnd                         5 x 4                           0   all
 *   layer_9                  Equal                              5 x 4                           0   all
 *   layer_10                 LogicalOr                          5 x 4                           0   the output
 *
 *   weights 4 bytes, arena 320 bytes (lower bound 320), 0 multiply-adds
 */
#include "net.h"

#include <math.h>
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

INLINE vec set(float x)
{
    float f[LANES];
    for (int i = 0; i < LANES; i++)
        f[i] = x;
    return load(f);
}

#ifdef VECTORS
INLINE vec add(vec a, vec b) { return a + b; }
#else
INLINE vec add(vec a, vec b) { for (int i = 0; i < LANES; i++) a.f[i] += b.f[i]; return a; }
#endif

/* Lanes for which something is true: all bits set. */
#ifdef VECTORS
typedef int mask __attribute__((vector_size(4 * LANES), may_alias));
#else
typedef struct { int i[LANES]; } mask;
#endif

#ifdef VECTORS
INLINE vec subtract(vec a, vec b) { return a - b; }
#else
INLINE vec subtract(vec a, vec b) { for (int i = 0; i < LANES; i++) a.f[i] -= b.f[i]; return a; }
#endif

#ifdef VECTORS
INLINE vec multiply(vec a, vec b) { return a * b; }
#else
INLINE vec multiply(vec a, vec b) { for (int i = 0; i < LANES; i++) a.f[i] *= b.f[i]; return a; }
#endif

INLINE vec absolute(vec a)
{
#ifdef VECTORS
    return (vec)((mask)a & 0x7fffffff);
#else
    for (int i = 0; i < LANES; i++)
        a.f[i] = fabsf(a.f[i]);
    return a;
#endif
}

/* ---- weights --------------------------------------------------------------------------------- */

static const float number_2[1] = {
    INFINITY
};

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
    AT_LAYER_3 = 128,    /* 5 x 4 */
    AT_LAYER_5 = 256,    /* 5 x 4 */
    AT_LAYER_6 = 0,    /* 5 x 4 */
    AT_LAYER_7 = 128,    /* 5 x 4 */
    AT_LAYER_8 = 0,    /* 5 x 4 */
    AT_LAYER_9 = 64,    /* 5 x 4 */
    ARENA_END = 320
};

/* ---- kernels --------------------------------------------------------------------------------- */

/* What a kernel applies to its sums before it stores them. */
enum { NONE, ABS_MULTIPLY_ADD, SUBTRACT_ABS, ABS };

INLINE vec epilogue(int then, vec v, const float *from, int n)
{
    (void)from;
    (void)n;
    switch (then) {
    case ABS_MULTIPLY_ADD: {
        v = absolute(v);
        v = multiply(v, set(1e-05f));
        v = add(v, set(1e-08f));
        break;
    }
    case SUBTRACT_ABS: {
        const vec other = n < LANES ? load_part(from, n) : load(from);
        v = subtract(v, other);
        v = absolute(v);
        break;
    }
    case ABS: {
        v = absolute(v);
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

/* layer: Abs, Multiply, Add, 5 x 4 to 5 x 4 */
static int layer_rows(const float *in, float *out, int y0, int y1)
{
    for (int y = y0; y < y1; y++) {
        const float *a = in + 0, *b = a;
        float *to = out + 0;
        {
            int i = 0;
            for (; i + LANES <= 20; i += LANES)
                finish(to + i, load(a + i), LANES, ABS_MULTIPLY_ADD, b + i);
            if (i < 20)
                finish(to + i, load_part(a + i, 20 - i), 20 - i, ABS_MULTIPLY_ADD, b + i);
        }
    }
    return y1 > y0 ? y1 : y0;
}

/* layer_3: Subtract, Abs, 5 x 4 to 5 x 4 */
static int layer_3_rows(const float *in, const float *other, float *out, int y0, int y1)
{
    for (int y = y0; y < y1; y++) {
        const float *a = in + 0, *b = other + 0;
        float *to = out + 0;
        {
            int i = 0;
            for (; i + LANES <= 20; i += LANES)
                finish(to + i, load(a + i), LANES, SUBTRACT_ABS, b + i);
            if (i < 20)
                finish(to + i, load_part(a + i, 20 - i), 20 - i, SUBTRACT_ABS, b + i);
        }
    }
    return y1 > y0 ? y1 : y0;
}

/* layer_5: LessEqual, 5 x 4 to 5 x 4 */
static void layer_5_layer(const float *left, const float *right, uint8_t *out)
{
    for (int i0 = 0; i0 < 20; i0++)
    {
        const float a = left[i0];
        const float b = right[i0];
        out[i0] = (uint8_t)(a <= b);
    }
}

/* layer_6: Abs, 5 x 4 to 5 x 4 */
static int layer_6_rows(const float *in, float *out, int y0, int y1)
{
    for (int y = y0; y < y1; y++) {
        const float *a = in + 0, *b = a;
        float *to = out + 0;
        {
            int i = 0;
            for (; i + LANES <= 20; i += LANES)
                finish(to + i, load(a + i), LANES, ABS, b + i);
            if (i < 20)
                finish(to + i, load_part(a + i, 20 - i), 20 - i, ABS, b + i);
        }
    }
    return y1 > y0 ? y1 : y0;
}

/* layer_7: Less, 5 x 4 to 5 x 4 */
static void layer_7_layer(const float *left, const float *right, uint8_t *out)
{
    for (int i0 = 0; i0 < 20; i0++)
    {
        const float a = left[i0];
        const float b = right[0];
        out[i0] = (uint8_t)(a < b);
    }
}

/* layer_8: LogicalAnd, 5 x 4 to 5 x 4 */
static void layer_8_layer(const uint8_t *left, const uint8_t *right, uint8_t *out)
{
    for (int i0 = 0; i0 < 20; i0++)
    {
        const uint8_t a = left[i0];
        const uint8_t b = right[i0];
        out[i0] = (uint8_t)(a && b);
    }
}

/* layer_9: Equal, 5 x 4 to 5 x 4 */
static void layer_9_layer(const float *left, const float *right, uint8_t *out)
{
    for (int i0 = 0; i0 < 20; i0++)
    {
        const float a = left[i0];
        const float b = right[i0];
        out[i0] = (uint8_t)(a == b);
    }
}

/* layer_10: LogicalOr, 5 x 4 to 5 x 4 */
static void layer_10_layer(const uint8_t *left, const uint8_t *right, uint8_t *out)
{
    for (int i0 = 0; i0 < 20; i0++)
    {
        const uint8_t a = left[i0];
        const uint8_t b = right[i0];
        out[i0] = (uint8_t)(a || b);
    }
}

/* ---- the forward pass ------------------------------------------------------------------------ */

void net(const float *input_0, const float *input_1, uint8_t *output)
{
    layer_rows(input_1, MEMORY(float, AT_LAYER), 0, 1);
    NEW_VALUES;
    layer_3_rows(input_0, input_1, MEMORY(float, AT_LAYER_3), 0, 1);
    NEW_VALUES;
    layer_5_layer(MEMORY(float, AT_LAYER_3), MEMORY(float, AT_LAYER), MEMORY(uint8_t, AT_LAYER_5));
    NEW_VALUES;
    layer_6_rows(input_1, MEMORY(float, AT_LAYER_6), 0, 1);
    NEW_VALUES;
    layer_7_layer(MEMORY(float, AT_LAYER_6), number_2, MEMORY(uint8_t, AT_LAYER_7));
    NEW_VALUES;
    layer_8_layer(MEMORY(uint8_t, AT_LAYER_5), MEMORY(uint8_t, AT_LAYER_7), MEMORY(uint8_t,
                  AT_LAYER_8));
    NEW_VALUES;
    layer_9_layer(input_0, input_1, MEMORY(uint8_t, AT_LAYER_9));
    NEW_VALUES;
    layer_10_layer(MEMORY(uint8_t, AT_LAYER_9), MEMORY(uint8_t, AT_LAYER_8), output);
}
