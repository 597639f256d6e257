/* threads.h - C11's threads on POSIX', so that ThreadSanitizer, which only knows these, follows
 * them. */
#ifndef TEST_THREADS_H
#define TEST_THREADS_H

#include <pthread.h>
#include <sched.h>
#include <stdint.h>
#include <stdlib.h>

typedef pthread_t thrd_t;
struct shim_start {
    int (*run)(void *);
    void *arg;
};
enum { thrd_success = 0, thrd_error = 1 };

static void *shim_run(void *p)
{
    const struct shim_start s = *(struct shim_start *)p;
    free(p);
    return (void *)(intptr_t)s.run(s.arg);
}

static inline int thrd_create(thrd_t *id, int (*run)(void *), void *arg)
{
    struct shim_start *s = malloc(sizeof *s);
    if (!s)
        return thrd_error;
    s->run = run;
    s->arg = arg;
    return pthread_create(id, NULL, shim_run, s) ? thrd_error : thrd_success;
}

static inline int thrd_join(thrd_t id, int *result)
{
    void *r;
    if (pthread_join(id, &r))
        return thrd_error;
    if (result)
        *result = (int)(intptr_t)r;
    return thrd_success;
}

static inline void thrd_yield(void)
{
    sched_yield();
}

#endif
