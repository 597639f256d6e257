/* argparse.c - argparse as a script without arguments sees it: every option has its default. */
#include "cnn/eval.h"

#include <string.h>

static struct value new_namespace(struct eval *e, struct class *c)
{
    struct value v = { .kind = V_OBJECT, .object = NEW(e->mem, struct object) };
    *v.object =
        (struct object){ .class = c, .attributes = NEW(e->mem, struct dict), .base = EMPTY };
    return v;
}

/* "--batch-size" gives "batch_size"; the long name of several. */
static struct str *destination(struct eval *e, struct args *a)
{
    const struct value dest = arg(e, a, -1, "dest");
    const char *name = NULL;
    if (dest.kind == V_STRING)
        return str_intern(e, dest.s->s, dest.s->size);
    for (int i = 1; i < a->n; i++)
        if (a->v[i].kind == V_STRING
            && (!name || (strncmp(a->v[i].s->s, "--", 2) == 0 && strncmp(name, "--", 2) != 0)))
            name = a->v[i].s->s;
    if (!name)
        return NULL;
    char *s = arena_copy(e->mem, name + strspn(name, "-"), strlen(name + strspn(name, "-")));
    for (char *p = s; *p && *name == '-'; p++)
        *p = *p == '-' ? '_' : *p;
    return intern(e, s);
}

static struct dict *options_of(struct eval *e, struct value self)
{
    struct str *name = intern(e, " options");
    struct value d = dict_name(self.object->attributes, name);
    if (d.kind != V_DICT)
        dict_set_name(e, self.object->attributes, name, d = new_dict(e, V_DICT));
    return d.dict;
}

static struct value add_argument(struct eval *e, struct args *a)
{
    struct str *name = destination(e, a);
    struct value v = arg(e, a, -1, "default");
    const struct value action = arg(e, a, -1, "action"), type = arg(e, a, -1, "type"),
                       required = arg_or(e, a, -1, "required", of_bool(false));
    const bool positional = a->n > 1 && a->v[1].kind == V_STRING && *a->v[1].s->s != '-';
    if (!name)
        return NONE;
    if (v.kind == V_EMPTY && action.kind == V_STRING && strncmp(action.s->s, "store_", 6) == 0)
        v = strcmp(action.s->s, "store_true") == 0    ? of_bool(false)
            : strcmp(action.s->s, "store_false") == 0 ? of_bool(true)
                                                      : NONE;
    if (v.kind == V_STRING && type.kind == V_CLASS)
        v = call_n(e, type, a->at, 1, v);
    const bool given = v.kind != V_EMPTY;
    if (!given)
        v = positional || truth(e, required) == 1
                ? unknown(e, arena_printf(e->mem, "args.%s", name->s), a->at, NULL)
                : NONE;
    struct dict *d = options_of(e, a->v[0]);
    if (given || dict_name(d, name).kind == V_EMPTY)
        dict_set_name(e, d, name, v);
    return NONE;
}

static struct value set_defaults(struct eval *e, struct args *a)
{
    for (int i = 0; i < a->nnamed; i++)
        dict_set_name(e, options_of(e, a->v[0]), a->named[i].name, a->named[i].value);
    return NONE;
}

static struct value parse_args(struct eval *e, struct args *a)
{
    const struct value v = new_namespace(e, class_new(e, "Namespace", &e->object, 1));
    v.object->attributes = dict_copy(e, options_of(e, a->v[0]));
    return v;
}

static struct value parse_known_args(struct eval *e, struct args *a)
{
    return pair(e, parse_args(e, a), new_list(e, V_LIST));
}

static struct value same(struct eval *e, struct args *a)
{
    (void)e;
    return a->v[0];
}
static struct value nothing(struct eval *e, struct args *a)
{
    (void)e;
    (void)a;
    return NONE;
}

static const struct builtin parser_methods[] = { { "__init__", nothing, true },
                                                 { "add_argument", add_argument, true },
                                                 { "set_defaults", set_defaults, true },
                                                 { "parse_args", parse_args, true },
                                                 { "parse_known_args", parse_known_args, true },
                                                 { "add_argument_group", same, true },
                                                 { "add_mutually_exclusive_group", same, true },
                                                 { "print_help", nothing, true },
                                                 { "add_subparsers", same, true },
                                                 { "add_parser", same, true },
                                                 { 0 } };

static struct value make_namespace(struct eval *e, struct args *a)
{
    const struct value v = new_namespace(e, class_new(e, "Namespace", &e->object, 1));
    for (int i = 0; i < a->nnamed; i++)
        dict_set_name(e, v.object->attributes, a->named[i].name, a->named[i].value);
    return v;
}

static const struct builtin functions[] = { { "Namespace", make_namespace, true }, { 0 } };

static void fill(struct eval *e, struct dict *d)
{
    struct class *c = class_new(e, "ArgumentParser", &e->object, 1);
    class_add(e, c, parser_methods);
    dict_set_name(e, d, c->name, (struct value){ .kind = V_CLASS, .class = c });
}

const struct builtin_module module_argparse = { "argparse", functions, fill };
