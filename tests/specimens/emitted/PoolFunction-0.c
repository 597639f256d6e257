/*
 * net.c - made by cnnc 0.1.0 from sample.cnn. Do not edit.
 *
 *   layer                    what                               gives               multiply-adds   kept in memory
 *   layer                    AveragePooling2D                   3 x 3 x 3                       0   the output
 *
 *   weights 0 bytes, arena 0 bytes (lower bound 0), 0 multiply-adds
 */
#include "net.h"

#include <math.h>
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

INLINE vec8 set8(float x)
{
    float f[LANES8];
    for (int i = 0; i < LANES8; i++)
        f[i] = x;
    return load8(f);
}

#ifdef VECTORS
INLINE vec8 add8(vec8 a, vec8 b) { return a + b; }
#else
INLINE vec8 add8(vec8 a, vec8 b) { for (int i = 0; i < LANES8; i++) a.f[i] += b.f[i]; return a; }
#endif

#ifdef VECTORS
INLINE vec8 divide8(vec8 a, vec8 b) { return a / b; }
#else
INLINE vec8 divide8(vec8 a, vec8 b) { for (int i = 0; i < LANES8; i++) a.f[i] /= b.f[i]; return a; }
#endif

/*
 * The same value, but gcc forgets that it is a constant: it finds the maximum instruction for
 * variables only.
 */
#if defined VECTORS && __GNUC__ >= 12 && !defined __clang__ && defined __SSE__
INLINE vec8 known8(vec8 a) { __asm__("" : "+v"(a)); return a; }
#else
INLINE vec8 known8(vec8 a) { return a; }
#endif

/* a > b ? a : b, lane by lane; a constant is best the first. */
#if defined VECTORS && (__GNUC__ < 12 || defined __clang__)
INLINE vec8 larger8(vec8 a, vec8 b)
{
    a = known8(a);
    __typeof__(a > b) m = a > b;
    return (vec8)((m & (__typeof__(m))a) | (~m & (__typeof__(m))b));
}
#elif defined VECTORS
INLINE vec8 larger8(vec8 a, vec8 b) { a = known8(a); for (int i = 0; i < LANES8; i++) a[i] = a[i] > b[i]
                                 ? a[i] : b[i]; return a; }
#else
INLINE vec8 larger8(vec8 a, vec8 b)
{
    a = known8(a);
    for (int i = 0; i < LANES8; i++)
        a.f[i] = a.f[i] > b.f[i] ? a.f[i] : b.f[i];
    return a;
}
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

/*
 * One pixel of n channels (NaN is no maximum) from rows [y0, y1) and columns [x0, x1) of a picture;
 * `rows` by their number in the window.
 */
INLINE vec8 pool_pixel8(int maximum, const float *const *rows, int y0, int y1, int x0, int x1,
                      int pixel, int n)
{
    vec8 most = set8(maximum ? -INFINITY : 0.0f);
    for (int y = y0; y < y1; y++)
        for (int x = x0; x < x1; x++) {
            const float *from = rows[y] + x * pixel;
            const vec8 v = n < LANES8 ? load_part8(from, n) : load8(from);
            most = maximum ? larger8(v, most) : add8(most, v);
        }
    return maximum ? most : divide8(most, set8((float)((y1 - y0) * (x1 - x0))));
}

/* ---- layers ---------------------------------------------------------------------------------- */

/* layer: AveragePooling2D, 7 x 6 x 3 to 3 x 3 x 3 */
static int layer_rows(const float *in, float *out, int y0, int y1)
{
    for (int y = y0; y < y1; y++) {
        const float *rows[2];
        int first = 2, last = 0;
        float *to = out + y * 9;
        for (int ky = 0; ky < 2; ky++) {
            const int from = y * 2 + ky - 0;
            rows[ky] = in;
            if (from >= 0 && from < 7) {
                rows[ky] = in + from * 18;
                first = first < ky ? first : ky;
                last = ky + 1;
            }
        }
        for (int x = 0; x < 3; x++) {
            const int left = x * 2, right = left + 2;
            int k = 0;
            for (; k  < 3; k += LANES8) {
                const int n = 3 - k < LANES8 ? 3 - k : LANES8;
                const float *from[2];
                for (int ky = 0; ky < 2; ky++)
                    from[ky] = rows[ky] + k;
                finish8(to + x * 3 + k,
                    pool_pixel8(0, from, first, last, left, right, 3, n), n, NONE,
                    to + x * 3 + k);
            }
        }
    }
    return y1 > y0 ? y1 : y0;
}

/* ---- the forward pass ------------------------------------------------------------------------ */

void net(const float *input, float *output)
{
    layer_rows(input, output, 0, 3);
}
