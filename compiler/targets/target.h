/* target.h - what the C will run on, as data for cost models; the emitted file itself chooses its
 * lane width where it is compiled. */
#ifndef CNNC_TARGET_H
#define CNNC_TARGET_H

#include <stdint.h>

struct target {
    const char *name, *brief;
    int lanes, registers; /* floats in a vector register; number of these */
    int64_t l1, l2, l3;   /* bytes of the caches one core can fill */
    /* peak, floating-point operations a nanosecond: 2 * lanes * units * GHz */
    double flops;
    /* bytes a nanosecond that one core reads from there */
    double l2_rate, l3_rate, memory_rate;
};

/* ends with a zero entry; the first is the default */
extern const struct target target_table[];
/* NULL: there is none of this name */
const struct target *target_find(const char *name);
/* Nanoseconds to read `bytes` that lie in a working set of `set` bytes, beyond what the first cache
 * gives. */
double target_read_time(const struct target *t, double bytes, int64_t set);

#endif
