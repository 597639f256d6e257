/*
 * net.c - made by cnnc 0.1.0 from sample.cnn. Do not edit.
 *
 *   layer                    what                               gives               multiply-adds   kept in memory
 *   layer                    AveragePooling3D                   2 x 2 x 3 x 3                   0   the output
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

#ifdef VECTORS
INLINE vec divide(vec a, vec b) { return a / b; }
#else
INLINE vec divide(vec a, vec b) { for (int i = 0; i < LANES; i++) a.f[i] /= b.f[i]; return a; }
#endif

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

/* The taps [*first, *last) of a window of `taps` at position `at` that lie in [0, size). */
INLINE void inside(int at, int taps, int dilation, int size, int *first, int *last)
{
    const int reach = at < size ? (size - 1 - at) / dilation + 1 : 0;
    *first = at >= 0 ? 0 : (dilation - 1 - at) / dilation;
    *last = reach < taps ? reach : taps;
    *last = *last < *first ? *first : *last;
}

/* ---- layers ---------------------------------------------------------------------------------- */

/* layer: AveragePooling3D, 4 x 5 x 6 x 3 to 2 x 2 x 3 x 3 */
static void layer_layer(const float *in, float *out)
{
    for (int z = 0; z < 2; z++)
        for (int y = 0; y < 2; y++)
            for (int x = 0; x < 3; x++) {
                const int at[3] = { z * 2 - 0, y * 2 - 0, x * 2 - 0 };
                int z0, z1, v0, v1, h0, h1;
                inside(at[0], 2, 1, 4, &z0, &z1);
                inside(at[1], 2, 1, 5, &v0, &v1);
                inside(at[2], 2, 1, 6, &h0, &h1);
                const int pixel = ((z * 2 + y) * 3 + x) * 3;
                const int count = (z1 - z0) * (v1 - v0) * (h1 - h0);
                for (int k = 0; k < 3; k += LANES) {
                    const int n = 3 - k < LANES ? 3 - k : LANES;
                    vec v = set(0.0f);
                    for (int kz = z0; kz < z1; kz++)
                        for (int ky = v0; ky < v1; ky++)
                            for (int kx = h0; kx < h1; kx++) {
                                const float *from = in + (((at[0] + kz * 1) * 5 + at[1] + ky * 1) * 6 + at[2] + kx * 1) * 3 + k;
                                const vec a = n < LANES ? load_part(from, n) : load(from);
                                v = add(v, a);
                            }
                    v = divide(v, set(count ? (float)count : 1.0f));
                    finish(out + pixel + k, v, n, NONE, out + pixel + k);
                }
            }
}

/* ---- the forward pass ------------------------------------------------------------------------ */

void net(const float *input, float *output)
{
    layer_layer(input, output);
}
