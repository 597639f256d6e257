/* peak.c - what the core can do: fused multiply-adds in registers, and reading memory. Prints
 * GFLOP/s and GB/s. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#if defined __AVX512F__
enum { LANES = 16 };
#elif defined __AVX__
enum { LANES = 8 };
#else
enum { LANES = 4 };
#endif
enum { SUMS = 12, STEPS = 200000, FLOATS = 1 << 25 };
typedef float vec __attribute__((vector_size(4 * LANES)));
static volatile float seen;

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static double multiply_adds(void)
{
    vec sum[SUMS], a, b;
    for (int i = 0; i < LANES; i++) {
        a[i] = 0.999f;
        b[i] = 1e-3f;
        for (int j = 0; j < SUMS; j++)
            sum[j][i] = (float)(i + j);
    }
    const double start = now();
    for (int i = 0; i < STEPS; i++) {
#pragma GCC unroll 12
        for (int j = 0; j < SUMS; j++)
            sum[j] = sum[j] * a + b;
        __asm__ volatile("" : : "x"(sum[0]));
    }
    const double time = now() - start;
    for (int j = 0; j < SUMS; j++)
        seen = sum[j][0];
    return 2.0 * LANES * SUMS * STEPS / time * 1e-9;
}

static double reading(const float *p)
{
    vec sum[4] = { 0 };
    const double start = now();
    for (long i = 0; i < FLOATS; i += 4 * LANES)
#pragma GCC unroll 4
        for (int j = 0; j < 4; j++)
            sum[j] += *(const vec *)(p + i + j * LANES);
    const double time = now() - start;
    seen = sum[0][0] + sum[1][0] + sum[2][0] + sum[3][0];
    return sizeof *p * (double)FLOATS / time * 1e-9;
}

int main(void)
{
    double peak = 0, memory = 0;
    float *p = aligned_alloc(64, sizeof *p * FLOATS);
    for (long i = 0; p && i < FLOATS; i++)
        p[i] = 1.0f;
    /* short runs, the best of many: others may use the core meanwhile */
    for (int i = 0; i < 200; i++) {
        const double a = multiply_adds(), b = p && i % 10 == 0 ? reading(p) : 0;
        peak = a > peak ? a : peak;
        memory = b > memory ? b : memory;
    }
    printf("%.1f %.1f\n", peak, memory);
    return 0;
}
