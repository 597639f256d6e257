/* keras_names.c - the namespaces of Keras and TensorFlow, and the names that Keras gives to layers.
 */
#include "cnn/keras.h"

#include <ctype.h>
#include <math.h>
#include <string.h>

#include "cnn/applications.h"

const char *last_word(const char *dotted)
{
    const char *dot = strrchr(dotted, '.');
    return dot ? dot + 1 : dotted;
}

bool has_component(const char *dotted, const char *word, size_t n)
{
    for (const char *p = dotted; *p; p += strcspn(p, "."), p += *p == '.')
        if (strcspn(p, ".") == n && strncmp(p, word, n) == 0)
            return true;
    return false;
}

static bool within(const char *dotted, const char *words)
{
    for (const char *p = words; *p; p += strcspn(p, " "), p += strspn(p, " "))
        if (has_component(dotted, p, strcspn(p, " ")))
            return true;
    return false;
}

/* keras.utils.to_snake_case(): an underscore before each capital that begins a word. */
const char *snake_case(struct eval *e, const char *name)
{
    struct chars c = { 0 };
    for (const char *p = name; *p; p++) {
        const bool up = isupper((unsigned char)*p);
        if (p > name && up && (islower((unsigned char)p[1]) || islower((unsigned char)p[-1])))
            chars_put(e, &c, "_");
        const char low = (char)tolower((unsigned char)*p);
        chars_add(e, &c, &low, 1);
    }
    return c.s ? c.s : "";
}

struct str *automatic_name(struct eval *e, const char *base)
{
    struct str *b = intern(e, base);
    const struct value n = dict_name(e->keras->counters, b);
    const int64_t i = n.kind == V_INT ? n.i : 0;
    dict_set_name(e, e->keras->counters, b, of_int(i + 1));
    return i ? intern(e, arena_printf(e->mem, "%s_%lld", base, (long long)i)) : b;
}

/* Is this close to a layer's name, for its length? "Conv2d" is, "Adam" is not. */
bool is_misspelt(const char *name)
{
    const char *near = op_suggest(name);
    return near && 3 * edit_distance(name, near, 4) <= (int)strlen(name);
}

/* ---- keras.applications: modules that ship with cnnc, each evaluated when it is first named -- */

static const char applications[] = "keras.applications";

bool is_application(const struct module *m)
{
    return strncmp(m->name, applications, sizeof applications - 1) == 0;
}

struct value application(struct eval *e, const char *module)
{
    struct str *full = intern(e, arena_printf(e->mem, "%s.%s", applications, module));
    struct value m = dict_name(e->modules, full);
    const struct source *s = m.kind == V_MODULE ? NULL : application_text(e->mem, module);
    if (s) {
        m = (struct value){ .kind = V_MODULE, .module = module_new(e, full->s) };
        m.module->source = s;
        dict_set_name(e, e->modules, full, m);
        const struct node_list body = parse_python(e->ctx, s);
        run_block(e, m.module->scope, &body);
    }
    return m.kind == V_MODULE ? m : EMPTY;
}

/* The network of that name, from whatever module defines it. */
static struct value network(struct eval *e, const char *name)
{
    const char *module = isupper((unsigned char)*name) ? application_module(name) : NULL;
    const struct value m = module ? application(e, module) : EMPTY;
    return m.kind == V_MODULE ? dict_name(m.module->globals, intern(e, name)) : EMPTY;
}

/* What stands behind "keras.applications.": a module, a network, or a name of a module
 * ("resnet50.preprocess_input"). */
static struct value application_name(struct eval *e, const char *rest)
{
    const char *dot = strrchr(rest, '.');
    if (dot) {
        const struct value m = application(e, arena_copy(e->mem, rest, (size_t)(dot - rest)));
        return m.kind == V_MODULE ? dict_name(m.module->globals, intern(e, dot + 1)) : EMPTY;
    }
    const struct value m = application(e, rest), found = m.kind == V_MODULE ? m : network(e, rest);
    const char *near = found.kind == V_EMPTY && isupper((unsigned char)*rest)
                           ? application_suggest(e->mem, rest)
                           : NULL;
    if (near)
        fatal(e, e->at, "keras.applications has no network '%s'; did you mean '%s'?", rest, near);
    return found;
}

struct value keras_name(struct eval *e, const char *dotted)
{
    const char *last = last_word(dotted);
    const char *inside = strstr(dotted, ".applications.");
    const struct value v = inside ? application_name(e, inside + strlen(".applications.")) : EMPTY;
    if (v.kind != V_EMPTY)
        return v;
    if (isupper((unsigned char)*last)
        && !within(dotted,
                   "initializers regularizers constraints losses metrics optimizers callbacks "
                   "datasets utils preprocessing train data lite")) {
        struct class *c = class_of_layer(e, last);
        if (c)
            return (struct value){ .kind = V_CLASS, .class = c };
    }
    return (struct value){ .kind = V_SPACE, .s = intern(e, dotted) };
}

struct value keras_undefined(struct eval *e, struct str *name)
{
    static const char *const spaces[][2] = {
        { "tf", "tensorflow" },         { "keras", "keras" },
        { "layers", "keras.layers" },   { "models", "keras.models" },
        { "K", "keras.backend" },       { "activations", "keras.activations" },
        { "backend", "keras.backend" }, { "applications", "keras.applications" }
    };
    for (size_t i = 0; i < sizeof spaces / sizeof *spaces; i++)
        if (same_text(name, spaces[i][0]))
            return (struct value){ .kind = V_SPACE, .s = intern(e, spaces[i][1]) };
    if (isupper((unsigned char)*name->s)) {
        struct class *c = class_of_layer(e, name->s);
        if (c)
            return (struct value){ .kind = V_CLASS, .class = c };
        const struct value found = network(e, name->s);
        if (found.kind != V_EMPTY)
            return found;
        return is_misspelt(name->s) || same_text(name, "Input") ? (
                   struct value){ .kind = V_SPACE,
                                  .s = intern(e, arena_printf(e->mem, "keras.layers.%s", name->s)) }
                                                                : EMPTY;
    }
    if (same_text(name, "inf") || same_text(name, "nan")) /* as graph dumps write them */
        return of_float(same_text(name, "inf") ? (double)INFINITY : (double)NAN);
    const char *helper = arena_printf(e->mem, "keras.layers.%s", name->s);
    if (same_text(name, "concatenate") || same_text(name, "merge")
        || (is_function(e, helper)
            && (same_text(name, "add") || same_text(name, "multiply")
                || same_text(name, "average"))))
        return (struct value){ .kind = V_SPACE, .s = intern(e, helper) };
    return EMPTY;
}

void keras_import_all(struct eval *e, struct scope *s, const char *module)
{
    static const char *const more[] = { "Input",       "InputLayer", "Sequential", "Model",
                                        "Layer",       "Lambda",     "Activation", "add",
                                        "concatenate", "multiply",   "average",    "maximum",
                                        "minimum",     "subtract",   "dot",        "merge" };
    if (within(module, "applications")) {
        return;
    }
    for (int i = 0; op_table[i]; i++)
        for (const char *p = op_table[i]->name, *next = op_table[i]->aliases; p;
             p = next && *next ? next : NULL) {
            const size_t n = strcspn(p, " ");
            const char *name = arena_copy(e->mem, p, n);
            scope_set(e, s, intern(e, name),
                      keras_name(e, arena_printf(e->mem, "keras.layers.%s", name)));
            if (p == next)
                next += n, next += strspn(next, " ");
        }
    for (size_t i = 0; i < sizeof more / sizeof *more; i++)
        scope_set(e, s, intern(e, more[i]),
                  keras_name(e, arena_printf(e->mem, "keras.layers.%s", more[i])));
}
