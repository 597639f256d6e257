/*
 * names.c - C identifiers for tensors and layers: two names of the model that differ only in what C
 * does not allow ("a/b", "a_b") stay different.
 */
#include "emit/emit.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

const char *c_name(struct arena *a, const char *name)
{
    char *s =
        arena_printf(a, "%s%s", isdigit((unsigned char)*name) ? "n" : "", *name ? name : "net");
    for (char *p = s; *p; p++)
        if (!isalnum((unsigned char)*p))
            *p = '_';
    return s;
}

const char *upper_name(struct arena *a, const char *name)
{
    char *s = arena_copy(a, name, strlen(name));
    for (char *p = s; *p; p++)
        *p = (char)toupper((unsigned char)*p);
    return s;
}

/* Open addressing; `size` is a power of two above twice the number of names. */
struct name_set {
    const char **item;
    size_t size;
};

static size_t slot_of(const struct name_set *s, const char *name)
{
    size_t h = 14695981039346656037u; /* FNV-1a */
    for (const char *p = name; *p; p++)
        h = (h ^ (unsigned char)toupper((unsigned char)*p)) * 1099511628211u;
    size_t at = h & (s->size - 1);
    while (s->item[at] && strcasecmp(s->item[at], name) != 0)
        at = (at + 1) & (s->size - 1);
    return at;
}

static const char *unique_name(struct arena *a, struct name_set *s, const char *wanted)
{
    const char *base = c_name(a, wanted), *name = base;
    size_t at = slot_of(s, name);
    for (int i = 2; s->item[at]; i++) {
        name = arena_printf(a, "%s_%d", base, i);
        at = slot_of(s, name);
    }
    s->item[at] = name;
    return name;
}

static struct name_set new_set(struct arena *a, int count)
{
    struct name_set s = { .size = 16 };
    while (s.size < 2 * (size_t)count + 16)
        s.size *= 2;
    s.item = NEW_ARRAY(a, const char *, s.size);
    return s;
}

/* A model may call its weights "b", "int" or "expf": one word, which could be a parameter's, a
 * type's, a function's name, gets a second. */
static const char *safe_name(struct arena *a, const char *name)
{
    const char *c = c_name(a, name);
    return strchr(c, '_') ? c : arena_printf(a, "%s_values", c);
}

/* The graph tells tensors of one name apart by "_t" and their number; here most of the others are
 * gone. */
static const char *own_name(struct arena *a, const struct tensor *t)
{
    const char *end = arena_printf(a, "_t%d", t->id);
    const size_t n = strlen(t->name), tail = strlen(end);
    return n > tail && strcmp(t->name + n - tail, end) == 0 ? arena_copy(a, t->name, n - tail)
                                                            : t->name;
}

/* A layer's first result has the layer's name; what else lies in the arena, one beside those. */
void set_names(struct arena *a, struct model *m)
{
    const struct graph *g = m->graph;
    struct name_set tensors = new_set(a, g->ntensors), ops = new_set(a, g->nops + g->ntensors);
    m->tensor_name = NEW_ARRAY(a, const char *, g->ntensors + 1);
    m->op_name = NEW_ARRAY(a, const char *, g->nops + 1);
    for (int i = 0; i < g->nops; i++)
        m->op_name[i] = unique_name(a, &ops, g->ops[i]->name);
    for (int i = 0; i < g->ntensors; i++) {
        const struct tensor *t = g->tensors[i];
        const bool beside = t->layout.place == IN_ARENA && !(t->producer && t->producer->out == t);
        if (t->layout.last >= 0)
            m->tensor_name[i] =
                unique_name(a, beside ? &ops : &tensors, safe_name(a, own_name(a, t)));
    }
}
