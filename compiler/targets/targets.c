/* targets.c - the targets. Figures are those of a typical machine of the kind; the cost models only
 * need their proportions. */
#include "targets/target.h"

#include <stddef.h>
#include <string.h>

enum { K = 1024, M = 1024 * 1024 };

const struct target target_table[] = {
    { "any", "decides where it is compiled; planned for a desktop or server core", 8, 16, 32 * K,
      1 * M, 16 * M, 120, 50, 25, 15 },
    { "c99", "plain C99, small caches", 4, 8, 32 * K, 256 * K, 2 * M, 8, 16, 8, 4 },
    { "native", "the machine that cnnc runs on", 16, 32, 48 * K, 1 * M, 32 * M, 250, 100, 45, 35 },
    { "x86-64-v2", "SSE4.2", 4, 16, 32 * K, 512 * K, 8 * M, 24, 30, 16, 10 },
    { "x86-64-v3", "AVX2 and FMA", 8, 16, 32 * K, 1 * M, 16 * M, 110, 50, 25, 15 },
    { "x86-64-v4", "AVX-512", 16, 32, 48 * K, 1 * M, 32 * M, 220, 90, 40, 30 },
    { "armv8-a", "NEON", 4, 32, 64 * K, 1 * M, 4 * M, 48, 40, 20, 12 },
    { NULL, NULL, 0, 0, 0, 0, 0, 0, 0, 0, 0 }
};

const struct target *target_find(const char *name)
{
    for (const struct target *t = target_table; t->name; t++)
        if (strcmp(t->name, name) == 0)
            return t;
    return NULL;
}

double target_read_time(const struct target *t, double bytes, int64_t set)
{
    if (set <= t->l1)
        return 0;
    return bytes / (set <= t->l2 ? t->l2_rate : set <= t->l3 ? t->l3_rate : t->memory_rate);
}
