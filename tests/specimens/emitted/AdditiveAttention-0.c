/*
 * net.c - made by cnnc 0.1.0 from sample.cnn. Do not edit.
 *
 *   layer                    what                               gives               multiply-adds   kept in memory
 *   layer                    View                               1 x 7 x 6                       0   a view
 *   layer_1                  View                               5 x 1 x 6                       0   a view
 *   layer_2                  Add                                5 x 7 x 6                       0   all
 *   layer_3                  Tanh                               5 x 7 x 6                       0   all
 *   layer_5_1                Dense                              5 x 7 x 1                     210   all
 *   layer_6                  View                               5 x 7                           0   a view
 *   layer_7                  Softmax                            5 x 7                           0   all
 *   layer_8                  MatrixProduct                      5 x 6                         210   the output
 *
 *   weights 224 bytes, arena 1792 bytes (lower bound 1792), 420 multiply-adds
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

INLINE vec load_lanes(const float *p, int n) { return n < LANES ? load_part(p, n) : load(p); }

INLINE void store_lanes(float *p, vec a, int n)
{
    if (n < LANES)
        store_part(p, a, n);
    else
        store(p, a);
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
INLINE vec divide(vec a, vec b) { return a / b; }
#else
INLINE vec divide(vec a, vec b) { for (int i = 0; i < LANES; i++) a.f[i] /= b.f[i]; return a; }
#endif

#ifdef VECTORS
INLINE vec8 divide8(vec8 a, vec8 b) { return a / b; }
#else
INLINE vec8 divide8(vec8 a, vec8 b) { for (int i = 0; i < LANES8; i++) a.f[i] /= b.f[i]; return a; }
#endif

#ifdef VECTORS
INLINE vec mul_add(vec a, float x, vec b) { return a + x * b; }
#else
INLINE vec mul_add(vec a, float x, vec b) { for (int i = 0; i < LANES; i++) a.f[i] += x
                                           * b.f[i]; return a; }
#endif

#ifdef VECTORS
INLINE vec8 mul_add8(vec8 a, float x, vec8 b) { return a + x * b; }
#else
INLINE vec8 mul_add8(vec8 a, float x, vec8 b) { for (int i = 0; i < LANES8; i++) a.f[i] += x
                                           * b.f[i]; return a; }
#endif

#ifdef VECTORS
INLINE vec mul_add_vec(vec a, vec b, vec c) { return a + b * c; }
#else
INLINE vec mul_add_vec(vec a, vec b, vec c) { for (int i = 0; i < LANES; i++) a.f[i] += b.f[i]
                                             * c.f[i]; return a; }
#endif

#ifdef VECTORS
INLINE vec8 mul_add_vec8(vec8 a, vec8 b, vec8 c) { return a + b * c; }
#else
INLINE vec8 mul_add_vec8(vec8 a, vec8 b, vec8 c) { for (int i = 0; i < LANES8; i++) a.f[i] += b.f[i]
                                             * c.f[i]; return a; }
#endif

/*
 * The same value, but gcc forgets that it is a constant: it finds the maximum instruction for
 * variables only.
 */
#if defined VECTORS && __GNUC__ >= 12 && !defined __clang__ && defined __SSE__
INLINE vec known(vec a) { __asm__("" : "+v"(a)); return a; }
#else
INLINE vec known(vec a) { return a; }
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

/* Lanes for which something is true: all bits set. */
#ifdef VECTORS
typedef int mask __attribute__((vector_size(4 * LANES), may_alias));
#else
typedef struct { int i[LANES]; } mask;
#endif

/* Lanes for which something is true: all bits set8. */
#ifdef VECTORS
typedef int mask8 __attribute__((vector_size(4 * LANES8), may_alias));
#else
typedef struct { int i[LANES8]; } mask8;
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

#ifdef VECTORS
INLINE vec8 multiply8(vec8 a, vec8 b) { return a * b; }
#else
INLINE vec8 multiply8(vec8 a, vec8 b) { for (int i = 0; i < LANES8; i++) a.f[i] *= b.f[i]; return a; }
#endif

#ifdef VECTORS
INLINE mask greater(vec a, vec b) { return (mask)(a > b); }
#else
INLINE mask greater(vec a, vec b)
{
    mask m;
    for (int i = 0; i < LANES; i++)
        m.i[i] = a.f[i] > b.f[i];
    return m;
}
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

#ifdef VECTORS
INLINE vec8 choose8(mask8 m, vec8 a, vec8 b) { return (vec8)((m & (mask8)a) | (~m & (mask8)b)); }
#else
INLINE vec8 choose8(mask8 m, vec8 a, vec8 b) { for (int i = 0; i < LANES8; i++) a.f[i] = m.i[i] ? a.f[i]
                                         : b.f[i]; return a; }
#endif

/* a < b ? a : b, lane by lane; a constant is best the first. */
#if defined VECTORS && (__GNUC__ < 12 || defined __clang__)
INLINE vec smaller(vec a, vec b) { a = known(a); return choose((mask)(a < b), a, b); }
#elif defined VECTORS
INLINE vec smaller(vec a, vec b) { a = known(a); for (int i = 0; i < LANES; i++) a[i] = a[i] < b[i]
                                  ? a[i] : b[i]; return a; }
#else
INLINE vec smaller(vec a, vec b)
{
    a = known(a);
    for (int i = 0; i < LANES; i++)
        a.f[i] = a.f[i] < b.f[i] ? a.f[i] : b.f[i];
    return a;
}
#endif

/* a < b ? a : b, lane by lane; a constant is best the first. */
#if defined VECTORS && (__GNUC__ < 12 || defined __clang__)
INLINE vec8 smaller8(vec8 a, vec8 b) { a = known8(a); return choose8((mask8)(a < b), a, b); }
#elif defined VECTORS
INLINE vec8 smaller8(vec8 a, vec8 b) { a = known8(a); for (int i = 0; i < LANES8; i++) a[i] = a[i] < b[i]
                                  ? a[i] : b[i]; return a; }
#else
INLINE vec8 smaller8(vec8 a, vec8 b)
{
    a = known8(a);
    for (int i = 0; i < LANES8; i++)
        a.f[i] = a.f[i] < b.f[i] ? a.f[i] : b.f[i];
    return a;
}
#endif

/* c[0] + c[1] x + ... + c[n - 1] x^(n - 1) by Horner's rule. */
INLINE vec polynomial(vec x, const float *c, int n)
{
    vec sum = set(c[n - 1]);
    UNROLL for (int i = n - 2; i >= 0; i--)
        sum = mul_add_vec(set(c[i]), sum, x);
    return sum;
}

/* c[0] + c[1] x + ... + c[n - 1] x^(n - 1) by Horner's rule. */
INLINE vec8 polynomial8(vec8 x, const float *c, int n)
{
    vec8 sum = set8(c[n - 1]);
    UNROLL for (int i = n - 2; i >= 0; i--)
        sum = mul_add_vec8(set8(c[i]), sum, x);
    return sum;
}

/*
 * e^x to 2 units in the last place: x = n ln 2 + r with |r| <= ln 2 / 2 (ln 2 in two parts, so that
 * n ln 2 is exact), the polynomial
 * 1 + r + r^2 q(r), and 2^n set as an exponent, in two factors because n may be 128. Below e^-87.3
 * the result is 0.
 */
INLINE vec exp_vec(vec x)
{
#ifdef VECTORS
    static const float q[5] = { 0.5f, 0.16666512f, 0.04166619f, 0.0083695985f, 0.0013951719f };
    const vec a = smaller(set(89.0f), larger(set(-88.0f), x)),
        t = mul_add_vec(choose(greater(set(0.0f), a), set(-0.5f), set(0.5f)), a, set(1.44269504f));
    const mask n = __builtin_convertvector(t, mask), half = n >> 1;
    const vec m = __builtin_convertvector(n, vec),
        r = mul_add_vec(mul_add_vec(a, m, set(-0.693359375f)), m, set(2.12194440e-4f));
    const vec e = add(mul_add_vec(r, multiply(r, r), polynomial(r, q, 5)), set(1.0f));
    const vec y = multiply(multiply(e, (vec)((half + 127) << 23)), (vec)((n - half + 127) << 23));
    return choose(greater(set(-87.3f), x), set(0.0f), y);
#else
    for (int i = 0; i < LANES; i++)
        x.f[i] = expf(x.f[i]);
    return x;
#endif
}

/*
 * Natural logarithm to 2 units in the last place: x = 2^n (1 + f) with sqrt(1/2) <= 1 + f <
 * sqrt(2), and
 * log(1 + f) = f - f^2 / 2 + f^3 q(f). Of 0 it is -infinity, of negative numbers NaN.
 */
INLINE vec log_vec(vec x)
{
#ifdef VECTORS
    static const float q[9] = { 0.3333331f, -0.24999987f, 0.20002227f, -0.1666925f, 0.14218655f,
                               -0.1238437f, 0.118730165f, -0.117896959f, 0.069151468f };
    /* scaled by 2^23: subnormal numbers have no exponent of their own */
    const mask tiny = greater(set(1.17549435e-38f), x);
    const vec a = larger(set(1.17549435e-38f), choose(tiny, multiply(x, set(8388608.0f)), x));
    const mask bits = (mask)a, n = (bits - 0x3f3504f3) >> 23;
    const vec f = subtract((vec)(bits - (n << 23)), set(1.0f)), ff = multiply(f, f);
    const vec m = subtract(__builtin_convertvector(n, vec), choose(tiny, set(23.0f), set(0.0f)));
    vec y = mul_add_vec(multiply(multiply(ff, f), polynomial(f, q, 9)), m, set(-2.12194440e-4f));
    y = mul_add_vec(add(mul_add_vec(y, ff, set(-0.5f)), f), m, set(0.693359375f));
    y = choose(equal(x, set(INFINITY)), x, choose(equal(x, set(0.0f)), set(-INFINITY), y));
    return choose(greater(set(0.0f), x), set(NAN), choose(equal(x, x), y, x));
#else
    for (int i = 0; i < LANES; i++)
        x.f[i] = logf(x.f[i]);
    return x;
#endif
}

/* Hyperbolic tangent as x P(x^2) / Q(x^2), from 9.02 on it is 1: relative error below 3e-7. */
INLINE vec tanh_vec(vec x)
{
    static const float p[5] = { 0.99999998f, 0.133797194f, 0.00349403621f, 2.05835071e-5f,
                               1.33193053e-8f };
    static const float q[5] = { 1.0f, 0.467130346f, 0.0258710796f, 0.00032830955f, 7.76203356e-7f };
    const vec a = smaller(set(9.02f), larger(set(-9.02f), x)), z = multiply(a, a);
    return divide(multiply(a, polynomial(z, p, 5)), polynomial(z, q, 5));
}

/* Hyperbolic tangent as x P(x^2) / Q(x^2), from 9.02 on it is 1: relative error below 3e-7. */
INLINE vec8 tanh_vec8(vec8 x)
{
    static const float p[5] = { 0.99999998f, 0.133797194f, 0.00349403621f, 2.05835071e-5f,
                               1.33193053e-8f };
    static const float q[5] = { 1.0f, 0.467130346f, 0.0258710796f, 0.00032830955f, 7.76203356e-7f };
    const vec8 a = smaller8(set8(9.02f), larger8(set8(-9.02f), x)), z = multiply8(a, a);
    return divide8(multiply8(a, polynomial8(z, p, 5)), polynomial8(z, q, 5));
}

/* ---- weights --------------------------------------------------------------------------------- */

static const float layer_5_1_w[48] = {
    0.21537441f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.5069145f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.6553297f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    0.030465633f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.10769047f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
    -0.71032333f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f
};

static const float layer_5_1_bias[8] = {
    0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f
};

/* ---- memory ---------------------------------------------------------------------------------- */

/* Every activation lives here; those that are not alive at one time share memory. */
#ifdef __GNUC__
__attribute__((aligned(64)))
#endif
static float arena[448];

/* Where the first pixel of each result lies, in floats; those by rows keep the last few of them. */
enum {
    AT_LAYER_2 = 0,    /* 5 x 7 x 6 */
    AT_LAYER_3 = 224,    /* 5 x 7 x 6 */
    AT_LAYER_7 = 0,    /* 5 x 7 */
    AT_LAYER_5_1 = 48,    /* 5 x 7 x 1 */
    ARENA_END = 448
};

/* ---- kernels --------------------------------------------------------------------------------- */

/* What a kernel applies to its sums before it stores them. */
enum { NONE, TANH };

INLINE vec epilogue(int then, vec v, const float *from, int n)
{
    (void)from;
    (void)n;
    switch (then) {
    case TANH: {
        v = tanh_vec(v);
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

INLINE vec8 epilogue8(int then, vec8 v, const float *from, int n)
{
    (void)from;
    (void)n;
    switch (then) {
    case TANH: {
        v = tanh_vec8(v);
        break;
    }
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
 * Convolution for n neighbouring pixels and one block of channels; rows[ky] begins at the tile's
 * first pixel.
 * step: floats from a pixel's window to the next one's; tap: from one kernel column to the next.
 */
INLINE void conv_tile8(int n, int vecs, int block, const float *const *rows, int first, int last,
                      int columns, int channels,
                      int step, int tap, const float *w, const float *bias, float *out, int outs,
                      int out_step,
                      int then, const float *other, int other_step)
{
    /* a last vector reaches into the next pixel, stored behind it */
    const int whole = outs == out_step && outs >= LANES8 / 2 && other_step == 0;
    vec8 sum[MOST_PIXELS][32 / LANES8];
    UNROLL for (int p = 0; p < n; p++)
        UNROLL for (int v = 0; v < vecs; v++)
            sum[p][v] = load8(bias + v * LANES8);
    w += first * columns * channels * block;
    for (int ky = first; ky < last; ky++) {
        /* no loop for a few short steps: it would end as soon as it runs */
        if (FEW(channels) && columns == 1 && vecs == 1) {
            UNROLL for (int i = 0; i < channels; i++)
                UNROLL for (int p = 0; p < n; p++)
                    UNROLL for (int v = 0; v < vecs; v++)
                        sum[p][v] = mul_add8(sum[p][v], rows[ky][p * step + i],
                                            load8(w + i * block + v * LANES8));
            w += channels * block;
            continue;
        }
        for (int kx = 0; kx < columns; kx++)
            for (int i = 0; i < channels; i++, w += block)
                UNROLL for (int p = 0; p < n; p++)
                    UNROLL for (int v = 0; v < vecs; v++)
                        sum[p][v] = mul_add8(sum[p][v], rows[ky][p * step + kx * tap + i],
                                            load8(w + v * LANES8));
    }
    UNROLL for (int p = 0; p < n; p++)
        UNROLL for (int v = 0; v < vecs; v++)
            finish8(out + p * out_step + v * LANES8, sum[p][v],
                   whole && p + 1 < n ? LANES8 : outs - v * LANES8, then,
                   other + p * other_step + v * LANES8);
}

/* One row of a convolution for one block of channels: tiles of equal8 width but for one pixel. */
INLINE void conv_row8(int width, int vecs, int block, const float *const *rows, int height,
                     int first, int last, int columns,
                     int channels, int step, int tap, const float *w, const float *bias, float *out,
                     int outs,
                     int out_step, int then, const float *other, int other_step)
{
    const int fitting = TILE / vecs < MOST_PIXELS ? TILE / vecs : MOST_PIXELS;
    /* pixels 4 KB apart share one line of each way of the cache */
    const int pixels = step % 1024 == 0 && fitting > 7 ? 7 : fitting;
    const int tiles = (width + pixels - 1) / pixels, most = (width + tiles - 1) / tiles;
    const int full = width - (most - 1) * tiles;            /* so many tiles of the greater8 width */
    const float *at[16];
    for (int ky = 0; ky < height; ky++)
        at[ky] = rows[ky];
    for (int t = 0; t < tiles; t++) {
        const int n = t < full ? most : most - 1;
        if (t < full)
            conv_tile8(most, vecs, block, at, first, last, columns, channels, step, tap, w, bias,
                      out, outs, out_step, then, other, other_step);
        else
            conv_tile8(most - 1, vecs, block, at, first, last, columns, channels, step, tap, w, bias,
                      out, outs, out_step, then, other, other_step);
        for (int ky = first; ky < last; ky++)
            at[ky] += n * step;
        out += n * out_step;
        other += n * other_step;
    }
}

/*
 * Softmax (or its logarithm) of `columns` lines that lie side by side, each of n values `inner`
 * apart; columns is at most LANES.
 */
INLINE void softmax_columns(const float *in, float *out, int n, int inner, int columns,
                            int logarithm)
{
    vec most = load_lanes(in, columns), sum = set(0.0f);
    for (int k = 1; k < n; k++)
        most = larger(load_lanes(in + k * inner, columns), most);
    for (int k = 0; k < n; k++) {
        const vec e = exp_vec(subtract(load_lanes(in + k * inner, columns), most));
        sum = add(sum, e);
        if (!logarithm)
            store_lanes(out + k * inner, e, columns);
    }
    sum = logarithm ? add(most, log_vec(sum)) : divide(set(1.0f), sum);
    for (int k = 0; k < n; k++)
        store_lanes(out + k * inner, logarithm ? subtract(load_lanes(in + k * inner, columns), sum)
                    : multiply(load_lanes(out + k * inner, columns), sum), columns);
}

/*
 * Softmax (or its logarithm) of `lines` lines, at most LANES, of n values one behind the other;
 * `turned` has room for n vectors.
 */
INLINE void softmax_short_lines(const float *in, float *out, int n, int lines, int logarithm,
                                float *turned)
{
    for (int k = 0; k < n; k++)
        for (int line = 0; line < LANES; line++)
            turned[k * LANES + line] = line < lines ? in[line * n + k] : 0.0f;
    softmax_columns(turned, turned, n, LANES, LANES, logarithm);
    for (int line = 0; line < lines; line++)
        for (int k = 0; k < n; k++)
            out[line * n + k] = turned[k * LANES + line];
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

/* layer_2: Add, 5 x 1 x 6 to 5 x 7 x 6 */
static void layer_2_layer(const float *left, const float *right, float *out)
{
    for (int i0 = 0; i0 < 5; i0++)
    for (int i1 = 0; i1 < 7; i1++)
    for (int i2 = 0; i2 < 6; i2++)
    {
        const float a = left[i0 * 6 + i2];
        const float b = right[i1 * 6 + i2];
        out[i0 * 42 + i1 * 6 + i2] = (float)(a + b);
    }
}

/* layer_3: Tanh, 5 x 7 x 6 to 5 x 7 x 6 */
static int layer_3_rows(const float *in, float *out, int y0, int y1)
{
    for (int y = y0; y < y1; y++) {
        const float *a = in + y * 42, *b = a;
        float *to = out + y * 42;
        {
            int i = 0;
            for (; i + LANES <= 42; i += LANES)
                finish(to + i, load(a + i), LANES, TANH, b + i);
            if (i < 42)
                finish(to + i, load_part(a + i, 42 - i), 42 - i, TANH, b + i);
        }
    }
    return y1 > y0 ? y1 : y0;
}

/* layer_5_1: Dense, 5 x 7 x 6 to 5 x 7 x 1 */
static void layer_5_1_layer(const float *in, const float *w, const float *b, float *out)
{
        conv_row8(35, (1 + LANES8 - 1) / LANES8, 8, &in, 1, 0, 1, 1, 6, 6,
            0, w + 0 * 6, b + 0, out + 0, 1, 1, NONE, out + 0, 1);
}

/* layer_7: Softmax, 5 x 7 to 5 x 7 */
static void layer_7_layer(const float *in, float *out)
{
    float turned[7 * LANES];
    for (int line = 0; line < 5; line += LANES)
        softmax_short_lines(in + line * 7, out + line * 7, 7, 5 - line < LANES ? 5 - line : LANES,
                            0, turned);
}

/* layer_8: MatrixProduct, 5 x 7 to 5 x 6 */
static void layer_8_layer(const float *a, const float *b, float *out)
{
    {
        matrix_product(a, 5, 7, b, 6, out, NONE, out, 0);
        out += 30;
    }
}

/* ---- the forward pass ------------------------------------------------------------------------ */

void net(const float *input_0, const float *input_1, float *output)
{
    layer_2_layer(input_0, input_1, arena + AT_LAYER_2);
    layer_3_rows(arena + AT_LAYER_2, arena + AT_LAYER_3, 0, 5);
    layer_5_1_layer(arena + AT_LAYER_3, layer_5_1_w, layer_5_1_bias, arena + AT_LAYER_5_1);
    layer_7_layer(arena + AT_LAYER_5_1, arena + AT_LAYER_7);
    layer_8_layer(arena + AT_LAYER_7, input_1, output);
}
