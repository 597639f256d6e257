/* names.c - a table from names to pointers: open addressing, FNV-1a, room doubled at three quarters
 * full. */
#include "base.h"

#include <string.h>

static uint64_t hash(const char *s)
{
    uint64_t h = 14695981039346656037u;
    for (; *s; s++)
        h = (h ^ (unsigned char)*s) * 1099511628211u;
    return h ^ h >> 29;
}

static struct name_entry *slot_of(const struct name_table *n, const char *name)
{
    size_t i = (size_t)hash(name) & (n->room - 1);
    while (n->slot[i].name && strcmp(n->slot[i].name, name) != 0)
        i = (i + 1) & (n->room - 1);
    return &n->slot[i];
}

void *names_get(const struct name_table *n, const char *name)
{
    return n->room ? slot_of(n, name)->value : NULL;
}

void names_put(struct arena *a, struct name_table *n, const char *name, void *value)
{
    if (4 * (n->count + 1) > 3 * n->room) {
        const struct name_table old = *n;
        n->room = old.room ? 2 * old.room : 16;
        n->slot = NEW_ARRAY(a, struct name_entry, n->room);
        for (size_t i = 0; i < old.room; i++)
            if (old.slot[i].name)
                *slot_of(n, old.slot[i].name) = old.slot[i];
    }
    struct name_entry *e = slot_of(n, name);
    n->count += !e->name;
    *e = (struct name_entry){ name, value };
}

/* The value of a name that was taken: the number from which on to look for a free one. */
const char *names_free(struct arena *a, struct name_table *n, const char *base)
{
    int *next = names_get(n, base);
    if (!next)
        return base;
    for (;; ++*next) {
        const char *name = arena_printf(a, "%s_%d", base, *next);
        if (!names_get(n, name))
            return name;
    }
}

void names_take(struct arena *a, struct name_table *n, const char *name)
{
    int *next = NEW(a, int);
    *next = 1;
    if (!names_get(n, name))
        names_put(a, n, name, next);
}
