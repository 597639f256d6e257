/* driver.c - times calls of a generated net: compiled with it into one shared object, with its call
 * as CALL: net(input, output). */
#include <time.h>

#include "net.h"

void bench_times(const float *input, float *output, int runs, double *seconds)
{
    for (int i = 0; i < runs; i++) {
        struct timespec a, b;
        clock_gettime(CLOCK_MONOTONIC, &a);
        CALL;
        clock_gettime(CLOCK_MONOTONIC, &b);
        seconds[i] = (double)(b.tv_sec - a.tv_sec) + (double)(b.tv_nsec - a.tv_nsec) * 1e-9;
    }
}
