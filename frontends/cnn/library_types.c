/* library_types.c - the classes of Python's library that model code uses: collections, dataclasses,
 * enum, abc, typing, types; itertools. */
#include "cnn/eval.h"

#include <string.h>

static void put(struct eval *e, struct dict *d, const char *name, struct value v)
{
    dict_set_name(e, d, intern(e, name), v);
}

static struct value new_instance(struct eval *e, const char *class_name)
{
    struct value v = { .kind = V_OBJECT, .object = NEW(e->mem, struct object) };
    *v.object = (struct object){ .class = class_new(e, class_name, &e->object, 1),
                                 .attributes = NEW(e->mem, struct dict),
                                 .base = EMPTY };
    return v;
}

/* ---- collections ---- */

static struct value c_ordered(struct eval *e, struct args *a)
{
    return call_value(e, (struct value){ .kind = V_CLASS, .class = e->type[V_DICT] }, a);
}

static struct value c_defaultdict(struct eval *e, struct args *a)
{
    struct args rest = *a;
    rest.v += a->n > 0;
    rest.n -= a->n > 0;
    const struct value factory = arg_or(e, a, 0, NULL, NONE), d = c_ordered(e, &rest);
    if (d.kind == V_DICT)
        d.dict->missing = factory;
    return d;
}

static struct value c_counter(struct eval *e, struct args *a)
{
    struct value d = new_dict(e, V_DICT);
    struct args all = *a;
    d.dict->counter = true;
    all.v = a->v - 1;
    all.v[0] = d;
    all.n++;
    call_value(e, class_lookup(e->type[V_DICT], intern(e, "update")), &all);
    return d;
}

static struct value c_deque(struct eval *e, struct args *a)
{
    return call_value(e, (struct value){ .kind = V_CLASS, .class = e->type[V_LIST] }, a);
}

static struct value named_replace(struct eval *e, struct args *a)
{
    struct class *c = a->v[0].object->class;
    struct value *v = NEW_ARRAY(e->mem, struct value, 1);
    struct args make = { .v = v + 1, .at = a->at };
    make.named = NEW_ARRAY(e->mem, struct named, c->fields->count + 1);
    for (int64_t i = 0; i < c->fields->count; i++) {
        struct str *name = c->fields->item[i].list->item[0].s;
        const struct value given = arg(e, a, -1, name->s);
        make.named[make.nnamed++] = (struct named){
            name, given.kind != V_EMPTY ? given : dict_name(a->v[0].object->attributes, name)
        };
    }
    return instantiate(e, c, &make);
}

static struct value named_asdict(struct eval *e, struct args *a)
{
    struct value d = new_dict(e, V_DICT);
    if (a->n && a->v[0].kind == V_OBJECT && a->v[0].object->class->fields)
        for (int64_t i = 0; i < a->v[0].object->class->fields->count; i++) {
            struct str *name = a->v[0].object->class->fields->item[i].list->item[0].s;
            dict_set_name(e, d.dict, name,
                          deep_copy(e, dict_name(a->v[0].object->attributes, name),
                                    NEW(e->mem, struct dict)));
        }
    return d;
}

static const struct builtin named_methods[] = { { "_replace", named_replace, true },
                                                { "_asdict", named_asdict, true },
                                                { 0 } };

static struct value named_make(struct eval *e, struct args *a)
{
    struct value from = arg(e, a, 1, "iterable");
    const struct list *l = items_of(e, &from);
    if (!l || l->open)
        return unknown(e, "_make", a->at, why(from));
    struct value *v = NEW_ARRAY(e->mem, struct value, l->count + 1);
    memcpy(v + 1, l->item, (size_t)l->count * sizeof *v);
    struct args all = { .v = v + 1, .n = (int)l->count, .at = a->at };
    return instantiate(e, a->v[0].class, &all);
}

static struct value c_namedtuple(struct eval *e, struct args *a)
{
    struct value names = arg(e, a, 1, "field_names"), title = arg(e, a, 0, "typename"),
                 defaults = arg(e, a, -1, "defaults");
    struct class *base = e->type[V_TUPLE], *c;
    if (names.kind == V_STRING) {
        struct value v[2] = { names, EMPTY };
        struct chars text = { 0 };
        for (size_t i = 0; i < names.s->size; i++)
            chars_add(e, &text, names.s->s[i] == ',' ? " " : names.s->s + i, 1);
        v[0] = chars_value(e, &text);
        names = call_n(e, class_lookup(e->type[V_STRING], intern(e, "split")), a->at, 1, v[0]);
    }
    const struct list *l = items_of(e, &names),
                      *d = defaults.kind == V_EMPTY ? NULL : items_of(e, &defaults);
    if (!l || title.kind != V_STRING)
        return unknown(e, "namedtuple", a->at, why(names));
    c = class_new(e, title.s->s, &base, 1);
    c->base = B_OBJECT;
    c->fields = NEW(e->mem, struct list);
    class_add(e, c, named_methods);
    for (int64_t i = 0; i < l->count; i++) {
        struct value field = new_list(e, V_TUPLE);
        list_push(e, field.list, of_str(str_intern(e, l->item[i].s->s, l->item[i].s->size)));
        list_push(e, field.list,
                  d && i >= l->count - d->count ? d->item[i - (l->count - d->count)] : EMPTY);
        list_push(e, field.list, EMPTY);
        list_push(e, c->fields, field);
    }
    static const struct builtin make = { "_make", named_make, true };
    put(e, c->attributes, "_make",
        make_wrapper(e, W_CLASSMETHOD, (struct value){ .kind = V_BUILTIN, .builtin = &make }));
    put(e, c->attributes, "_fields",
        (struct value){ .kind = V_TUPLE, .list = (struct list *)(uintptr_t)l });
    return (struct value){ .kind = V_CLASS, .class = c };
}

static const struct builtin collections_functions[] = {
    { "OrderedDict", c_ordered, true },   { "defaultdict", c_defaultdict, true },
    { "Counter", c_counter, false },      { "deque", c_deque, true },
    { "namedtuple", c_namedtuple, true }, { 0 }
};
static const struct builtin_module module_collections = { "collections", collections_functions,
                                                          NULL };

/* ---- dataclasses ---- */

static struct value d_apply(struct eval *e, struct args *a)
{
    const struct value c = arg(e, a, 0, NULL);
    return c.kind == V_CLASS ? dataclass(e, c.class) : c;
}

static const struct builtin apply = { "dataclass", d_apply, true };

static struct value d_dataclass(struct eval *e, struct args *a)
{
    return a->n && a->v[0].kind == V_CLASS ? dataclass(e, a->v[0].class)
                                           : (struct value){ .kind = V_BUILTIN, .builtin = &apply };
}

static struct value d_field(struct eval *e, struct args *a)
{
    const struct value v = new_instance(e, "Field");
    put(e, v.object->attributes, "default", arg(e, a, -1, "default"));
    put(e, v.object->attributes, "default_factory", arg(e, a, -1, "default_factory"));
    put(e, v.object->attributes, "init", arg_or(e, a, -1, "init", of_bool(true)));
    put(e, v.object->attributes, "repr", arg_or(e, a, -1, "repr", of_bool(true)));
    return v;
}

static struct value d_fields(struct eval *e, struct args *a)
{
    struct value r = new_list(e, V_TUPLE);
    const struct class *c = a->v[0].kind == V_CLASS    ? a->v[0].class
                            : a->v[0].kind == V_OBJECT ? a->v[0].object->class
                                                       : NULL;
    for (int64_t i = 0; c && c->fields && i < c->fields->count; i++) {
        const struct value f = new_instance(e, "Field");
        put(e, f.object->attributes, "name", c->fields->item[i].list->item[0]);
        list_push(e, r.list, f);
    }
    return r;
}

static struct value d_astuple(struct eval *e, struct args *a)
{
    struct value t = new_list(e, V_TUPLE);
    const struct object *o = a->v[0].kind == V_OBJECT ? a->v[0].object : NULL;
    for (int64_t i = 0; o && o->class->fields && i < o->class->fields->count; i++)
        list_push(e, t.list, dict_name(o->attributes, o->class->fields->item[i].list->item[0].s));
    return t;
}

static struct value d_is(struct eval *e, struct args *a)
{
    (void)e;
    return of_bool(a->v[0].kind == V_CLASS
                       ? a->v[0].class->fields != NULL
                       : a->v[0].kind == V_OBJECT && a->v[0].object->class->fields);
}

static const struct builtin dataclasses_functions[] = {
    { "astuple", d_astuple, true },     { "is_dataclass", d_is, true },
    { "dataclass", d_dataclass, true }, { "field", d_field, true },
    { "fields", d_fields, true },       { "asdict", named_asdict, true },
    { "replace", named_replace, true }, { 0 }
};
static const struct builtin_module module_dataclasses = { "dataclasses", dataclasses_functions,
                                                          NULL };

/* ---- enum, abc, typing, types, sys, string ---- */

static struct value e_auto(struct eval *e, struct args *a)
{
    (void)a;
    return new_instance(e, "auto");
}
static struct value keep(struct eval *e, struct args *a)
{
    (void)e;
    return a->n ? a->v[a->n - 1] : NONE;
}

static void fill_enum(struct eval *e, struct dict *d)
{
    struct class *base = class_new(e, "Enum", &e->object, 1), *both[2];
    base->is_enum = true;
    put(e, d, "Enum", (struct value){ .kind = V_CLASS, .class = base });
    both[0] = e->type[V_INT];
    both[1] = base;
    struct class *whole = class_new(e, "IntEnum", both, 2);
    whole->base = B_OBJECT;
    put(e, d, "IntEnum", (struct value){ .kind = V_CLASS, .class = whole });
    both[0] = e->type[V_STRING];
    struct class *text = class_new(e, "StrEnum", both, 2);
    text->base = B_OBJECT;
    put(e, d, "StrEnum", (struct value){ .kind = V_CLASS, .class = text });
}

static void fill_abc(struct eval *e, struct dict *d)
{
    put(e, d, "ABC",
        (struct value){ .kind = V_CLASS, .class = class_new(e, "ABC", &e->object, 1) });
    put(e, d, "ABCMeta", (struct value){ .kind = V_CLASS, .class = e->type[V_CLASS] });
}

static void fill_typing(struct eval *e, struct dict *d)
{
    struct class *base = e->type[V_TUPLE], *c = class_new(e, "NamedTuple", &base, 1);
    c->base = B_OBJECT;
    class_add(e, c, named_methods);
    put(e, d, "NamedTuple", (struct value){ .kind = V_CLASS, .class = c });
    put(e, d, "Generic",
        (struct value){ .kind = V_CLASS, .class = class_new(e, "Generic", &e->object, 1) });
    put(e, d, "Protocol",
        (struct value){ .kind = V_CLASS, .class = class_new(e, "Protocol", &e->object, 1) });
    struct class *typed = class_new(e, "TypedDict", &e->type[V_DICT], 1);
    typed->base = B_OBJECT;
    put(e, d, "TypedDict", (struct value){ .kind = V_CLASS, .class = typed });
    put(e, d, "TYPE_CHECKING", of_bool(false));
}

static struct value t_namespace(struct eval *e, struct args *a)
{
    const struct value v = new_instance(e, "namespace");
    for (int i = 0; i < a->nnamed; i++)
        dict_set_name(e, v.object->attributes, a->named[i].name, a->named[i].value);
    return v;
}

static void fill_sys(struct eval *e, struct dict *d)
{
    struct value version = new_list(e, V_TUPLE), argv = new_list(e, V_LIST);
    list_push(e, version.list, of_int(3));
    list_push(e, version.list, of_int(12));
    list_push(e, version.list, of_int(0));
    list_push(e, argv.list, of_text(e, e->ctx->options.model));
    put(e, d, "version_info", version);
    put(e, d, "argv", argv);
    put(e, d, "maxsize", of_int(INT64_MAX));
    put(e, d, "platform", of_text(e, "linux"));
    put(e, d, "exit", dict_name(e->builtins, intern(e, "exit")));
}

static void fill_string(struct eval *e, struct dict *d)
{
    put(e, d, "ascii_lowercase", of_text(e, "abcdefghijklmnopqrstuvwxyz"));
    put(e, d, "ascii_uppercase", of_text(e, "ABCDEFGHIJKLMNOPQRSTUVWXYZ"));
    put(e, d, "ascii_letters", of_text(e, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"));
    put(e, d, "digits", of_text(e, "0123456789"));
    put(e, d, "punctuation", of_text(e, "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"));
}

static const struct builtin enum_functions[] = { { "auto", e_auto, true },
                                                 { "unique", keep, true },
                                                 { 0 } };
static const struct builtin abc_functions[] = { { "abstractmethod", keep, true },
                                                { "abstractproperty", keep, true },
                                                { 0 } };
static const struct builtin types_functions[] = { { "SimpleNamespace", t_namespace, true }, { 0 } };
static const struct builtin typing_functions[] = {
    { "cast", keep, true }, { "final", keep, true }, { "overload", keep, true }, { 0 }
};
static const struct builtin_module module_enum = { "enum", enum_functions, fill_enum };
static const struct builtin_module module_abc = { "abc", abc_functions, fill_abc };
static const struct builtin_module module_types = { "types", types_functions, NULL };
static const struct builtin_module module_typing = { "typing", typing_functions, fill_typing };
static const struct builtin_module module_sys = { "sys", NULL, fill_sys };
static const struct builtin_module module_string = { "string", NULL, fill_string };

/* ---- all of them ---- */

const struct builtin_module *const library[] = { &module_math,
                                                 &module_os,
                                                 &module_os_path,
                                                 &module_functools,
                                                 &module_collections,
                                                 &module_itertools,
                                                 &module_operator,
                                                 &module_copy,
                                                 &module_argparse,
                                                 &module_numpy,
                                                 &module_dataclasses,
                                                 &module_enum,
                                                 &module_abc,
                                                 &module_types,
                                                 &module_typing,
                                                 &module_sys,
                                                 &module_string,
                                                 &module_json,
                                                 NULL };
