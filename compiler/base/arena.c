/* arena.c - memory that lives as long as one compilation: blocks in a list, freed together. */
#include <stdlib.h>
#if defined __GLIBC__
#include <malloc.h>
#endif
#include <string.h>

#include "base.h"

#if defined __has_feature
#if __has_feature(address_sanitizer)
#define ASAN 1
#endif
#endif
#if defined ASAN || defined __SANITIZE_ADDRESS__
enum { BLOCK = 1, ALIGN = 16 }; /* one malloc for each object, so that overruns are seen */
#else
enum { BLOCK = 1 << 16, ALIGN = 16 };
#endif

struct block {
    struct block *next;
    size_t used, room;
    size_t pad; /* keeps the bytes behind at a multiple of ALIGN */
};

struct arena {
    struct block *blocks; /* the first is the one being filled */
    size_t used, limit;
};

_Static_assert(sizeof(struct block) % ALIGN == 0, "memory behind a block's head must be aligned");

struct arena *arena_new(size_t limit)
{
#if defined __GLIBC__
    /* glibc raises it when large blocks are freed, and keeps what is freed from then on */
    mallopt(M_MMAP_THRESHOLD, 1 << 18);
#endif
    struct arena *a = calloc(1, sizeof *a);
    if (!a)
        die("out of memory");
    a->limit = limit;
    return a;
}

void arena_set_limit(struct arena *a, size_t limit)
{
    a->limit = limit;
}

void arena_free(struct arena *a)
{
    if (!a)
        return;
    while (a->blocks) {
        struct block *next = a->blocks->next;
        free(a->blocks);
        a->blocks = next;
    }
    free(a);
}

/* A block for `size` bytes. Large ones go behind the first, which goes on being filled. */
static struct block *add_block(struct arena *a, size_t size)
{
    bool large = size > BLOCK / 4;
    size_t room = large ? size : BLOCK;
    if (room > SIZE_MAX - sizeof(struct block))
        die("out of memory: %zu bytes asked for", size);
    struct block *b = calloc(1, sizeof *b + room);
    if (!b)
        die("out of memory: %zu bytes asked for", size);
    b->room = room;
    if (large && a->blocks) {
        b->next = a->blocks->next;
        a->blocks->next = b;
    } else {
        b->next = a->blocks;
        a->blocks = b;
    }
    return b;
}

void *arena_alloc(struct arena *a, size_t size)
{
    if (size > SIZE_MAX - ALIGN)
        die("out of memory: %zu bytes asked for", size);
    size = size ? (size + ALIGN - 1) / ALIGN * ALIGN : ALIGN;
    if (a->limit && (size > a->limit || a->used > a->limit - size))
        die("the model needs more than %zu bytes of memory to compile", a->limit);
    struct block *b = a->blocks;
    if (!b || b->room - b->used < size)
        b = add_block(a, size);
    void *p = (char *)(b + 1) + b->used;
    b->used += size;
    a->used += size;
    return p;
}

void arena_give_back(struct arena *a, void *p, size_t size)
{
    struct block **at = &a->blocks;
    if (!p || size <= BLOCK / 4)
        return;
    while (*at && (void *)(*at + 1) != p)
        at = &(*at)->next;
    struct block *b = *at;
    if (!b)
        return;
    *at = b->next;
    a->used -= b->used;
    free(b);
}

void *arena_grow(struct arena *a, void *old, size_t old_size, size_t new_size)
{
    void *p = arena_alloc(a, new_size);
    if (old && old_size)
        memcpy(p, old, old_size < new_size ? old_size : new_size);
    return p;
}

char *arena_copy(struct arena *a, const char *s, size_t n)
{
    if (n == SIZE_MAX)
        die("out of memory: %zu bytes asked for", n);
    char *p = arena_alloc(a, n + 1);
    if (n)
        memcpy(p, s, n);
    return p;
}

char *arena_printf(struct arena *a, const char *format, ...)
{
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    int n = vsnprintf(NULL, 0, format, args);
    va_end(args);
    if (n < 0)
        bug("cannot format '%s'", format);
    char *p = arena_alloc(a, (size_t)n + 1);
    vsnprintf(p, (size_t)n + 1, format, again);
    va_end(again);
    return p;
}

size_t arena_used(const struct arena *a)
{
    return a->used;
}
