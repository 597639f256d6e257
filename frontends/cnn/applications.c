/* applications.c - finds the texts of frontends/cnn/applications/, which the build puts into a
 * table of lines. */
#include "cnn/applications.h"

#include <string.h>

static const struct {
    const char *module;
    const char *const *line;
} texts[] = {
#include "applications.inc"
};
enum { TEXTS = sizeof texts / sizeof *texts };

const struct source *application_text(struct arena *a, const char *module)
{
    for (int i = 0; i < TEXTS; i++) {
        if (strcmp(texts[i].module, module) != 0)
            continue;
        struct text t = { 0 };
        for (const char *const *line = texts[i].line; *line; line++)
            text_add(&t, *line, strlen(*line));
        struct source *s = NEW(a, struct source);
        *s = (struct source){ arena_printf(a, "keras.applications.%s", module),
                              arena_copy(a, t.s, t.n), t.n };
        text_free(&t);
        return s;
    }
    return NULL;
}

/* Length of the name that a line "def NAME(" or "NAME = " defines, and where it starts; 0: none. */
static size_t defined(const char *line, const char **name)
{
    const bool def = strncmp(line, "def ", 4) == 0;
    *name = line + (def ? 4 : 0);
    const size_t n =
        strspn(*name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_");
    return (*name)[n] == '(' || strncmp(*name + n, " = ", 3) == 0 ? n : 0;
}

const char *application_module(const char *name)
{
    const char *found;
    for (int i = 0; i < TEXTS; i++)
        for (const char *const *line = texts[i].line; *line; line++)
            if (defined(*line, &found) == strlen(name) && strncmp(found, name, strlen(name)) == 0)
                return texts[i].module;
    return NULL;
}

const char *application_suggest(struct arena *a, const char *name)
{
    const char *names[200], *found;
    int n = 0;
    for (int i = 0; i < TEXTS; i++)
        for (const char *const *line = texts[i].line; *line; line++) {
            const size_t length = defined(*line, &found);
            if (length && *found >= 'A' && *found <= 'Z' && n < 200)
                names[n++] = arena_copy(a, found, length);
        }
    return nearest(name, names, n);
}
