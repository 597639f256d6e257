/*
 * threads.c - the forward pass of --threads=N: every thread walks through the same steps and makes
 * its share of each layer's rows; then all meet. What a row holds does not depend on who makes it,
 * so the results are those of one thread, bit by bit. Layers that are not by rows are the first
 * thread's.
 */
#include "emit/emit.h"
#include "ops/common.h"

#include <string.h>

/* Fields of the team for what the API hands over. */
static const char *fields(struct arena *a, const struct model *m)
{
    const char *rest = parameters(a, m), *s = "";
    for (const char *comma; (comma = strstr(rest, ", ")) != NULL; rest = comma + 2)
        s = arena_printf(a, "%s%.*s;\n    ", s, (int)(comma - rest), rest);
    return arena_printf(a, "%s%s", s, rest);
}

/* Calls print(type and star, name) for each parameter of the API: "const float *", "input". */
static void each_parameter(struct out *o, const struct model *m,
                           void (*print)(struct out *, const char *type, const char *name))
{
    const char *rest = parameters(o->arena, m);
    while (*rest) {
        const size_t n = strcspn(rest, ","), type = strcspn(rest, "*") + 1;
        print(o, arena_copy(o->arena, rest, type), arena_copy(o->arena, rest + type, n - type));
        rest += n;
        rest += strspn(rest, ", ");
    }
}

static void put_value(struct out *o, const char *type, const char *name)
{
    (void)type;
    text_printf(o->text, "    t.%s = %s;\n", name, name);
}

static void put_team_values(struct out *o, const struct model *m)
{
    each_parameter(o, m, put_value);
}

static void put_name(struct out *o, const char *type, const char *name)
{
    text_printf(o->text, "    %sconst %s = t->%s;\n    (void)%s;\n", type, name, name, name);
}

/* The API's names inside of the threads' function, and what is made of them. */
static void put_team_names(struct out *o, const struct model *m)
{
    each_parameter(o, m, put_name);
    if (m->caller_arena && m->plan->arena_bytes && !m->plan->mixed)
        text_printf(o->text, "    float *const arena = (float *)memory;\n");
    put_string(o, "\n");
}

/* Do the threads share this op? */
static bool is_spread(const struct op *op)
{
    return goes_by_rows(op);
}

/* Four columns further in than put_margins() prints them; "" where there are none. */
static const char *margins_text(struct out *o, const struct model *m, int segment)
{
    struct text t = { 0 }, *before = o->text;
    o->text = &t;
    put_margins(o, m, segment);
    o->text = before;
    const char *s = "";
    for (const char *p = t.s; p && *p; p += strcspn(p, "\n") + 1)
        s = arena_printf(o->arena, "%s    %.*s\n", s, (int)strcspn(p, "\n"), p);
    text_free(&t);
    return s;
}

#include "templates/threads.inc"

void put_threads_pass(struct out *o, const struct model *m)
{
    put_threaded_pass(o, m);
}

void put_threads_includes(struct out *o)
{
    put_thread_includes(o);
}
