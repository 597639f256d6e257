/*
 * net.c - made by cnnc 0.1.0 from sample.cnn. Do not edit.
 *
 *   layer                    what                               gives               multiply-adds   kept in memory
 *   layer                    Dense                              5                              85   the output
 *
 *   weights 576 bytes, arena 0 bytes (lower bound 0), 85 multiply-adds
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
INLINE vec8 load8(const float *p) { return *(const vec8 *)p; }
#else
INLINE vec8 load8(const float *p) { vec8 a; memcpy(&a, p, sizeof a); return a; }
#endif

#ifdef VECTORS
INLINE void store8(float *p, vec8 a) { *(vec8 *)p = a; }
#else
INLINE void store8(float *p, vec8 a) { memcpy(p, &a, sizeof a); }
#endif

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
INLINE vec8 mul_add8(vec8 a, float x, vec8 b) { return a + x * b; }
#else
INLINE vec8 mul_add8(vec8 a, float x, vec8 b) { for (int i = 0; i < LANES8; i++) a.f[i] += x * b.f[i]; return a; }
#endif

/* ---- weights -------------------------------------------------------------------------------------- */

static const float layer_w[136] = {
    0.5886121f, 0.059604604f, -0.5216256f, 0.5607859f, 0.5203655f, 0.0f, 0.0f, 0.0f,
    -0.9769161f, -0.85282755f, 0.3600688f, 0.23760566f, -0.13561656f, 0.0f, 0.0f, 0.0f,
    0.28993386f, -0.14383847f, 0.110691674f, 0.153306f, 0.37371996f, 0.0f, 0.0f, 0.0f,
    -0.23296812f, -0.11572854f, 0.44242883f, -0.41054782f, 0.5889471f, 0.0f, 0.0f, 0.0f,
    0.12167275f, 0.08649886f, -0.32814664f, 0.6541639f, 0.008229315f, 0.0f, 0.0f, 0.0f,
    0.07478067f, -0.28429008f, -0.40683526f, 0.73436165f, 0.15736526f, 0.0f, 0.0f, 0.0f,
    0.07732874f, 0.46193516f, -0.038036764f, -0.03658095f, 0.04653588f, 0.0f, 0.0f, 0.0f,
    0.020359516f, 0.39271504f, 0.20072383f, -0.21247926f, -0.3339652f, 0.0f, 0.0f, 0.0f,
    -0.23745653f, 0.051620394f, 0.029364988f, -0.58602273f, -0.6349405f, 0.0f, 0.0f, 0.0f,
    0.39415488f, 0.68598205f, -0.2353355f, 0.30292144f, 0.0080319345f, 0.0f, 0.0f, 0.0f,
    -0.5639039f, 0.16877419f, -0.6911557f, 0.28321952f, 0.20986384f, 0.0f, 0.0f, 0.0f,
    -0.7823474f, -0.5541061f, -0.3744461f, 0.62028956f, -0.15077676f, 0.0f, 0.0f, 0.0f,
    0.3119832f, -0.7220087f, 0.2544567f, -0.26930746f, -0.5265757f, 0.0f, 0.0f, 0.0f,
    -0.07780928f, 0.021245569f, 0.47213745f, -0.71005726f, -0.07268262f, 0.0f, 0.0f, 0.0f,
    -0.6210624f, -0.7306354f, -0.23245364f, -0.54475546f, 0.0608795f, 0.0f, 0.0f, 0.0f,
    0.78074396f, 0.7535206f, 0.36181176f, -0.6785167f, 0.69883025f, 0.0f, 0.0f, 0.0f,
    -0.18355426f, -0.16215616f, -0.5531428f, 0.097213775f, 0.41454896f, 0.0f, 0.0f, 0.0f
};

static const float layer_bias[8] = {
    -0.354639f, 0.17622471f, -0.17938834f, -0.29851365f, -0.47254395f, 0.0f, 0.0f, 0.0f
};

/* ---- kernels ---------------------------------------------------------------------------------------- */

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

/* Stores the first n of a vector's lanes, the epilogue8 applied; `other` is what a binary epilogue8 reads. */
INLINE void finish8(float *out, vec8 v, int n, int then, const float *other)
{
    if (n < LANES8)
        store_part8(out, epilogue8(then, v, other, n), n);
    else
        store8(out, epilogue8(then, v, other, LANES8));
}

/* One block of outputs of w in + bias; w: [input][block]. */
INLINE void dense_block8(const float *in, int inputs, int vecs, int block, const float *w, const float *bias, float *out,
                        int outs, int then, const float *other)
{
    vec8 sum[4][32 / LANES8];
    const int fours = inputs / 4 * 4;
    UNROLL for (int v = 0; v < vecs; v++) {
        sum[0][v] = load8(bias + v * LANES8);
        sum[1][v] = sum[2][v] = sum[3][v] = set8(0.0f);
    }
    for (int i = 0; i < fours; i += 4)
        UNROLL for (int j = 0; j < 4; j++)
            UNROLL for (int v = 0; v < vecs; v++)
                sum[j][v] = mul_add8(sum[j][v], in[i + j], load8(w + (i + j) * block + v * LANES8));
    for (int i = fours; i < inputs; i++)
        UNROLL for (int v = 0; v < vecs; v++)
            sum[0][v] = mul_add8(sum[0][v], in[i], load8(w + i * block + v * LANES8));
    UNROLL for (int v = 0; v < vecs; v++)
        finish8(out + v * LANES8, add8(add8(sum[0][v], sum[1][v]), add8(sum[2][v], sum[3][v])), outs - v * LANES8, then, other + v * LANES8);
}

/* ---- layers ----------------------------------------------------------------------------------------- */

/* layer: Dense, 17 to 5 */
static void layer_layer(const float *in, const float *w, const float *b, float *out)
{
        dense_block8(in, 17, (5 + LANES8 - 1) / LANES8, 8, w + 0 * 17, b + 0, out + 0, 5, NONE, out + 0);
}

/* ---- the forward pass ----------------------------------------------------------------------------- */

void net(const float *input, float *output)
{
    layer_layer(input, layer_w, layer_bias, output);
}
