/* classes.c - classes and objects: inheritance, attributes, properties, super(), dataclasses. */
#include "cnn/eval.h"
#include "cnn/keras.h"

#include <string.h>

/* ---- classes ---- */

/* The C3 order of CPython: each class before its bases, bases in their order. */
static void linearize(struct eval *e, struct class *c)
{
    struct class **order = NULL;
    int n = 0, *at = NEW_ARRAY(e->mem, int, c->nbases + 1);
    APPEND(e->mem, order, n, c);
    for (;;) {
        struct class *next = NULL;
        for (int i = 0; i < c->nbases && !next; i++) {
            struct class *candidate = at[i] < c->bases[i]->nmro ? c->bases[i]->mro[at[i]] : NULL;
            for (int k = 0; k < c->nbases && candidate; k++)
                for (int j = at[k] + 1; j < c->bases[k]->nmro && candidate; j++)
                    if (c->bases[k]->mro[j] == candidate)
                        candidate = NULL;
            next = candidate;
        }
        if (!next)
            break;
        APPEND(e->mem, order, n, next);
        for (int i = 0; i < c->nbases; i++)
            at[i] += at[i] < c->bases[i]->nmro && c->bases[i]->mro[at[i]] == next;
    }
    c->mro = order;
    c->nmro = n;
}

struct class *class_new(struct eval *e, const char *name, struct class **bases, int nbases)
{
    struct class *c = NEW(e->mem, struct class);
    c->name = intern(e, name);
    c->attributes = NEW(e->mem, struct dict);
    c->bases = NEW_ARRAY(e->mem, struct class *, nbases + 1);
    c->nbases = nbases;
    for (int i = 0; i < nbases; i++) {
        c->bases[i] = bases[i];
        c->base = bases[i]->base > c->base ? bases[i]->base : c->base;
        c->open = c->open ? c->open : bases[i]->open;
        c->is_enum |= bases[i]->is_enum;
        c->fields = c->fields ? c->fields : bases[i]->fields;
    }
    linearize(e, c);
    return c;
}

void add_table(struct eval *e, struct dict *to, const struct builtin *table)
{
    for (; table && table->name; table++)
        dict_set_name(e, to, intern(e, table->name),
                      (struct value){ .kind = V_BUILTIN, .builtin = table });
}

void class_add(struct eval *e, struct class *c, const struct builtin *table)
{
    add_table(e, c->attributes, table);
}

struct value class_lookup(const struct class *c, const struct str *name)
{
    for (int i = 0; i < c->nmro; i++) {
        const struct value v = dict_name(c->mro[i]->attributes, name);
        if (v.kind != V_EMPTY)
            return v;
    }
    return EMPTY;
}

struct value class_lookup_after(const struct class *of, const struct class *after,
                                const struct str *name)
{
    int i = 0;
    while (i < of->nmro && of->mro[i] != after)
        i++;
    for (i++; i < of->nmro; i++) {
        const struct value v = dict_name(of->mro[i]->attributes, name);
        if (v.kind != V_EMPTY)
            return v;
    }
    return EMPTY;
}

bool is_subclass(const struct class *c, const struct class *of)
{
    for (int i = 0; i < c->nmro; i++)
        if (c->mro[i] == of)
            return true;
    return false;
}

struct class *class_of(struct eval *e, struct value v)
{
    return v.kind == V_OBJECT ? v.object->class : e->type[v.kind];
}

/* ---- attributes ---- */

struct value bind_method(struct eval *e, struct value f, struct value self, struct class *c)
{
    if (f.kind == V_WRAPPER) {
        if (f.wrapper->kind == W_PROPERTY) {
            const struct value v = call_n(e, f.wrapper->function, e->at, 1, self);
            /* cached_property */
            if (f.wrapper->named && self.kind == V_OBJECT && f.wrapper->function.kind == V_FUNCTION)
                dict_set_name(e, self.object->attributes,
                              intern(e, f.wrapper->function.function->name), v);
            return v;
        }
        if (f.wrapper->kind == W_STATIC)
            return f.wrapper->function;
        if (f.wrapper->kind != W_CLASSMETHOD && f.wrapper->kind != W_CACHED)
            return f;
        self = f.wrapper->kind == W_CACHED ? self : (struct value){ .kind = V_CLASS, .class = c };
        f = f.wrapper->kind == W_CACHED ? f : f.wrapper->function;
    } else if (f.kind != V_FUNCTION && f.kind != V_BUILTIN) {
        return f;
    }
    struct value m = { .kind = V_METHOD, .method = NEW(e->mem, struct method) };
    *m.method = (struct method){ self, f };
    return m;
}

struct value special(struct eval *e, struct value v, struct str *name)
{
    if (v.kind != V_OBJECT)
        return EMPTY;
    const struct value f = class_lookup(v.object->class, name);
    return f.kind == V_EMPTY ? f : bind_method(e, f, v, v.object->class);
}

/* An attribute of a layer that nothing has set: one of Keras' own that cnnc does not know, or a
 * slip. */
static struct value unknown_of_layer(struct eval *e, const struct object *o, const struct str *name,
                                     struct span at)
{
    const char *names[200];
    int n = 0;
    for (int64_t i = 0; i < o->attributes->used && n < 200; i++)
        if (o->attributes->entry[i].key.kind == V_STRING)
            names[n++] = o->attributes->entry[i].key.s->s;
    const char *near = nearest(name->s, names, n);
    return not_supported(
        e, at, "the attribute '%s' of %s, which nothing sets and cnnc does not know%s%s%s", name->s,
        o->class->name->s, near ? "; did you mean '" : "", near ? near : "", near ? "'?" : "");
}

static struct value object_attribute(struct eval *e, struct value v, struct str *name,
                                     struct span at)
{
    struct object *o = v.object;
    const struct value in_class = class_lookup(o->class, name);
    const bool property = in_class.kind == V_WRAPPER && in_class.wrapper->kind == W_PROPERTY;
    if (property && !in_class.wrapper->named)
        return bind_method(e, in_class, v, o->class);
    const struct value own = dict_name(o->attributes, name);
    if (own.kind != V_EMPTY)
        return own;
    if (in_class.kind != V_EMPTY)
        return bind_method(e, in_class, v, o->class);
    if (name == e->n.__class__)
        return (struct value){ .kind = V_CLASS, .class = o->class };
    if (name == e->n.__dict__)
        return (struct value){ .kind = V_DICT, .dict = o->attributes };
    if (o->base.kind != V_EMPTY) {
        const struct value base = class_lookup(e->type[o->base.kind], name);
        if (base.kind != V_EMPTY)
            return bind_method(e, base, v, o->class);
    }
    if (o->layer) {
        const struct value native = keras_attribute(e, v, name, at);
        if (native.kind != V_EMPTY)
            return native;
    }
    const struct value fallback = special(e, v, e->n.__getattr__);
    if (fallback.kind != V_EMPTY)
        return call_n(e, fallback, at, 1, of_str(name));
    if (o->layer && !o->class->open)
        return unknown_of_layer(e, o, name, at);
    if (o->class->open)
        return unknown(e, arena_printf(e->mem, "%s.%s", o->class->name->s, name->s), at,
                       o->class->open);
    return EMPTY;
}

static struct value class_attribute(struct eval *e, struct class *c, struct str *name,
                                    struct span at)
{
    const struct value self = { .kind = V_CLASS, .class = c }, v = class_lookup(c, name);
    if (v.kind == V_WRAPPER && v.wrapper->kind != W_PROPERTY && v.wrapper->kind != W_CACHED)
        return bind_method(e, v, self, c);
    if (v.kind != V_EMPTY)
        return v;
    if (name == e->n.__name__ || name == e->n.__qualname__)
        return of_str(c->name);
    if (name == e->n.__dict__)
        return (struct value){ .kind = V_DICT, .dict = c->attributes };
    if (name == e->n.__doc__)
        return NONE;
    if (name == e->n.__module__)
        return of_str(e->n.__main__);
    if (name == e->n.__class__)
        return (struct value){ .kind = V_CLASS, .class = e->type[V_CLASS] };
    if (name == e->n.__mro__ || name == e->n.__bases__) {
        struct value t = new_list(e, V_TUPLE);
        for (int i = 0; i < (name == e->n.__mro__ ? c->nmro : c->nbases); i++)
            list_push(e, t.list,
                      (struct value){ .kind = V_CLASS,
                                      .class = name == e->n.__mro__ ? c->mro[i] : c->bases[i] });
        return t;
    }
    if (same_text(name, "__members__") && c->is_enum) {
        struct value d = new_dict(e, V_DICT);
        const struct list *l = items_of(e, (struct value[]){ self });
        for (int64_t i = 0; i < l->count; i++)
            dict_set(e, d.dict, dict_name(l->item[i].object->attributes, e->n.name), l->item[i]);
        return d;
    }
    if (c->open || c->base == B_LAYER || c->base == B_MODEL || c->base == B_SEQUENTIAL
        || c->base == B_VALUE)
        return c->base == B_VALUE
                   ? EMPTY
                   : unknown(e, arena_printf(e->mem, "%s.%s", c->name->s, name->s), at, c->open);
    return EMPTY;
}

static struct value function_attribute(struct eval *e, struct value v, struct str *name)
{
    struct function *f = v.function;
    const struct value own = f->attributes ? dict_name(f->attributes, name) : EMPTY;
    if (own.kind != V_EMPTY)
        return own;
    if (name == e->n.__name__ || name == e->n.__qualname__)
        return of_text(e, f->name);
    if (name == e->n.__wrapped__ && f->wrapped.kind != V_EMPTY)
        return f->wrapped;
    if (name == e->n.__module__)
        return of_str(e->n.__main__);
    if (name == e->n.__doc__) {
        const struct node *first = f->node->body.count ? f->node->body.item[0] : NULL;
        return first && first->kind == N_EXPRESSION && first->a->kind == N_STRING
                   ? of_bytes_text(e, first->a->text, first->a->size)
                   : NONE;
    }
    return EMPTY;
}

static struct value property_setter(struct eval *e, struct args *a)
{
    struct value p = make_wrapper(e, W_PROPERTY, a->v[0].wrapper->function);
    p.wrapper->setter = a->v[1];
    return p;
}

static struct value wrapper_attribute(struct eval *e, struct value v, struct str *name,
                                      struct span at)
{
    static const struct builtin setter = { "setter", property_setter, true };
    const struct wrapper *w = v.wrapper;
    if (w->kind == W_SUPER) {
        struct class *of = w->self.kind == V_CLASS ? w->self.class : class_of(e, w->self);
        const struct value f = class_lookup_after(of, w->class, name);
        if (f.kind != V_EMPTY)
            return bind_method(e, f, w->self, of);
        if (w->self.kind == V_OBJECT && w->self.object->layer)
            return keras_attribute(e, w->self, name, at);
        if (w->self.kind == V_OBJECT && w->self.object->base.kind != V_EMPTY) {
            const struct value base = class_lookup(e->type[w->self.object->base.kind], name);
            return base.kind == V_EMPTY ? base : bind_method(e, base, w->self, of);
        }
        return of->open || w->class->open
                   ? unknown(e, arena_printf(e->mem, "super().%s", name->s), at, of->open)
                   : EMPTY;
    }
    if (w->kind == W_PROPERTY
        && (same_text(name, "setter") || same_text(name, "getter") || same_text(name, "deleter")))
        return bind_method(e, (struct value){ .kind = V_BUILTIN, .builtin = &setter }, v, NULL);
    if (w->kind == W_CACHED)
        return get_attribute(e, w->function, name, at);
    if (w->kind == W_PARTIAL && same_text(name, "func"))
        return w->function;
    if (w->kind == W_PARTIAL && same_text(name, "args"))
        return (struct value){ .kind = V_TUPLE, .list = w->args };
    if (w->kind == W_PARTIAL && same_text(name, "keywords"))
        return (struct value){ .kind = V_DICT, .dict = w->named };
    return EMPTY;
}

struct value get_attribute(struct eval *e, struct value v, struct str *name, struct span at)
{
    switch (v.kind) {
    case V_UNKNOWN: return unknown(e, name->s, at, v.unknown);
    case V_OBJECT: return object_attribute(e, v, name, at);
    case V_CLASS: return class_attribute(e, v.class, name, at);
    case V_MODULE: return module_attribute(e, v.module, name, at);
    case V_SPACE: return space_attribute(e, v, name);
    case V_TENSOR:
    case V_VARIABLE: return keras_tensor_attribute(e, v, name, at);
    case V_ARRAY: return array_attribute(e, v, name);
    case V_WRAPPER: return wrapper_attribute(e, v, name, at);
    case V_RANGE:
        if (same_text(name, "start") || same_text(name, "stop") || same_text(name, "step"))
            return of_int(same_text(name, "start")  ? v.range->start
                          : same_text(name, "stop") ? v.range->stop
                                                    : v.range->step);
        break;
    case V_SLICE:
        if (same_text(name, "start") || same_text(name, "stop") || same_text(name, "step"))
            return v.list->item[same_text(name, "start") ? 0 : same_text(name, "stop") ? 1 : 2];
        break;
    case V_FUNCTION: {
        const struct value r = function_attribute(e, v, name);
        if (r.kind != V_EMPTY)
            return r;
        break;
    }
    case V_METHOD:
        if (name == e->n.self || same_text(name, "__self__"))
            return v.method->self;
        return get_attribute(e, v.method->function, name, at);
    case V_BUILTIN:
        if (name == e->n.__name__)
            return of_text(e, v.builtin->name);
        break;
    case V_FLOAT:
    case V_INT:
    case V_BOOL:
        if (same_text(name, "real") || same_text(name, "numerator"))
            return v;
        /* a number that numpy gave */
        if (same_text(name, "astype") || same_text(name, "item"))
            return array_attribute(e, array_of(e, v), name);
        break;
    default: break;
    }
    if (name == e->n.__class__)
        return (struct value){ .kind = V_CLASS, .class = class_of(e, v) };
    const struct value f = class_lookup(class_of(e, v), name);
    return f.kind == V_EMPTY ? f : bind_method(e, f, v, class_of(e, v));
}

void set_attribute(struct eval *e, struct value v, struct str *name, struct value to,
                   struct span at)
{
    if (v.kind == V_OBJECT) {
        const struct value in_class = class_lookup(v.object->class, name);
        if (in_class.kind == V_WRAPPER && in_class.wrapper->kind == W_PROPERTY) {
            if (in_class.wrapper->setter.kind == V_EMPTY)
                raise_error(e, "AttributeError", "property '%s' of '%s' object has no setter",
                            name->s, v.object->class->name->s);
            call_n(e, in_class.wrapper->setter, at, 2, v, to);
            return;
        }
        const struct value hook = special(e, v, e->n.__setattr__);
        if (hook.kind == V_METHOD && hook.method->function.kind == V_FUNCTION) {
            call_n(e, hook, at, 2, of_str(name), to);
            return;
        }
        if (v.object->layer)
            keras_set_attribute(e, v, name, to);
        dict_set_name(e, v.object->attributes, name, to);
    } else if (v.kind == V_CLASS) {
        dict_set_name(e, v.class->attributes, name, to);
    } else if (v.kind == V_FUNCTION) {
        if (!v.function->attributes)
            v.function->attributes = NEW(e->mem, struct dict);
        dict_set_name(e, v.function->attributes, name, to);
    } else if (v.kind == V_MODULE) {
        dict_set_name(e, v.module->globals, name, to);
    } else if (v.kind != V_UNKNOWN && v.kind != V_SPACE && v.kind != V_TENSOR && v.kind != V_ARRAY
               && v.kind != V_VARIABLE) {
        raise_error(e, "AttributeError", "'%s' object has no attribute '%s'", type_name(e, v),
                    name->s);
    }
}

/* ---- objects ---- */

static struct value object_init(struct eval *e, struct args *a)
{
    (void)e;
    (void)a;
    return NONE;
}

static struct value new_object(struct eval *e, struct class *c)
{
    struct value v = { .kind = V_OBJECT, .object = NEW(e->mem, struct object) };
    *v.object =
        (struct object){ .class = c, .attributes = NEW(e->mem, struct dict), .base = EMPTY };
    if (c->base == B_LAYER || c->base == B_MODEL || c->base == B_SEQUENTIAL)
        keras_new_layer(e, v);
    return v;
}

/* What an object of a class that derives from dict, list, str or the like holds. */
static struct value base_value(struct eval *e, struct class *c, struct args *a)
{
    if (a->n && a->v[0].kind == V_UNKNOWN)
        return EMPTY;
    for (int i = 0; i < c->nmro; i++)
        if (c->mro[i]->base == B_VALUE && c->mro[i]->make && c->mro[i] != e->object)
            return c->mro[i]->make(e, a);
    return EMPTY;
}

static struct value enum_member(struct eval *e, struct class *c, struct args *a)
{
    struct value self = { .kind = V_CLASS, .class = c };
    const struct list *l = items_of(e, &self);
    for (int64_t i = 0; i < l->count && a->n; i++)
        if (is_same(l->item[i], a->v[0])
            || equal_values(e, dict_name(l->item[i].object->attributes, e->n.value), a->v[0]) == 1)
            return l->item[i];
    raise_error(e, "ValueError", "%s is not a valid %s", a->n ? repr_of(e, a->v[0])->s : "nothing",
                c->name->s);
}

static void fill_fields(struct eval *e, struct value v, struct args *a)
{
    const struct list *fields = v.object->class->fields;
    if (a->n > fields->count)
        raise_error(e, "TypeError", "%s.__init__() takes %d positional arguments but %d were given",
                    v.object->class->name->s, (int)fields->count + 1, a->n + 1);
    for (int i = 0; i < a->nnamed; i++) {
        bool known = false;
        for (int64_t k = 0; k < fields->count; k++)
            known |= fields->item[k].list->item[0].s == a->named[i].name;
        if (!known)
            raise_error(e, "TypeError", "%s.__init__() got an unexpected keyword argument '%s'",
                        v.object->class->name->s, a->named[i].name->s);
    }
    int position = 0;
    for (int64_t i = 0; i < fields->count; i++) {
        struct str *name = fields->item[i].list->item[0].s;
        const struct value fallback = fields->item[i].list->item[1],
                           factory = fields->item[i].list->item[2];
        const bool init =
            fields->item[i].list->count < 4 || truth(e, fields->item[i].list->item[3]) != 0;
        struct value given = init ? arg(e, a, position++, name->s) : EMPTY;
        if (given.kind == V_EMPTY && factory.kind != V_EMPTY)
            given = call_n(e, factory, a->at, 0);
        if (given.kind == V_EMPTY)
            given = fallback;
        if (given.kind == V_EMPTY && !init)
            continue; /* __post_init__ sets it */
        if (given.kind == V_EMPTY)
            raise_error(e, "TypeError",
                        "%s.__init__() missing 1 required positional argument: '%s'",
                        v.object->class->name->s, name->s);
        dict_set_name(e, v.object->attributes, name, given);
        if (v.object->base.kind == V_TUPLE)
            list_push(e, v.object->base.list, given);
    }
    const struct value post = special(e, v, e->n.__post_init__);
    if (post.kind != V_EMPTY)
        call_n(e, post, a->at, 0);
}

struct value instantiate(struct eval *e, struct class *c, struct args *a)
{
    if (c->base == B_VALUE && c->make && a->n && a->v[0].kind == V_UNKNOWN)
        return unknown(e, a->node ? source_text(e, a->node) : c->name->s, a->at, a->v[0].unknown);
    if (c->base == B_VALUE && c->make)
        return c->make(e, a);
    if (c->is_enum && c->nbases)
        return enum_member(e, c, a);
    const struct value make = class_lookup(c, e->n.__new__);
    struct value v;
    if (make.kind == V_FUNCTION) {
        struct args with = *a;
        with.v = a->v - 1;
        with.v[0] = (struct value){ .kind = V_CLASS, .class = c };
        with.n++;
        v = call_value(e, make, &with);
        if (v.kind != V_OBJECT || v.object->class != c)
            return v;
    } else {
        v = new_object(e, c);
    }
    const struct value init = class_lookup(c, e->n.__init__);
    const bool own_init = init.kind == V_FUNCTION;
    v.object->base =
        v.object->base.kind != V_EMPTY
            ? v.object->base
            : base_value(e, c, own_init || c->fields ? &(struct args){ .at = a->at } : a);
    if (c->fields && !own_init) {
        if (v.object->base.kind == V_TUPLE)
            v.object->base = new_list(e, V_TUPLE);
        fill_fields(e, v, a);
    } else if (init.kind == V_BUILTIN && init.builtin->call == object_init) {
        if ((a->n || a->nnamed) && v.object->base.kind == V_EMPTY && !c->open
            && make.kind != V_FUNCTION)
            raise_error(e, "TypeError", "%s() takes no arguments", c->name->s);
    } else if (init.kind != V_EMPTY) {
        call_value(e, bind_method(e, init, v, c), a);
    }
    return v;
}

struct value make_super(struct eval *e, struct scope *s, struct args *a)
{
    struct value w = { .kind = V_WRAPPER, .wrapper = NEW(e->mem, struct wrapper) };
    w.wrapper->kind = W_SUPER;
    if (a->n >= 2 && a->v[0].kind == V_CLASS) {
        w.wrapper->class = a->v[0].class;
        w.wrapper->self = a->v[1];
        return w;
    }
    while (s && !(s->function && !s->is_class && s->owner && s->self.kind != V_EMPTY))
        s = s->up;
    if (!s)
        raise_error(e, "RuntimeError", "super(): no arguments");
    w.wrapper->class = s->owner;
    w.wrapper->self = s->self;
    return w;
}

/* ---- the class statement ---- */

static void make_members(struct eval *e, struct class *c)
{
    for (int64_t i = 0; i < c->attributes->used; i++) {
        struct entry *n = &c->attributes->entry[i];
        if (n->key.kind != V_STRING || *n->key.s->s == '_' || n->value.kind == V_FUNCTION
            || n->value.kind == V_WRAPPER || n->value.kind == V_BUILTIN || n->value.kind == V_CLASS)
            continue;
        struct value v = { .kind = V_OBJECT, .object = NEW(e->mem, struct object) }, first = EMPTY;
        /* an equal value is another name of the same member */
        for (int64_t k = 0; k < i && first.kind == V_EMPTY; k++) {
            const struct value m = c->attributes->entry[k].value;
            if (m.kind == V_OBJECT && m.object->class == c
                && equal_values(e, dict_name(m.object->attributes, e->n.value), n->value) == 1)
                first = m;
        }
        if (first.kind != V_EMPTY) {
            n->value = first;
            continue;
        }
        *v.object =
            (struct object){ .class = c, .attributes = NEW(e->mem, struct dict), .base = EMPTY };
        if (same_text(c->name, "auto")
            || (n->value.kind == V_OBJECT && same_text(n->value.object->class->name, "auto")))
            n->value = of_int(i + 1);
        dict_set_name(e, v.object->attributes, e->n.name, n->key);
        dict_set_name(e, v.object->attributes, e->n.value, n->value);
        for (int k = 0; k < c->nmro; k++)
            if (c->mro[k]->base == B_VALUE)
                v.object->base = n->value;
        n->value = v;
    }
}

struct value make_class(struct eval *e, struct scope *s, const struct node *n)
{
    struct class **bases = NULL;
    const struct unknown *open = NULL;
    int nbases = 0;
    for (int i = 0; n->b && i < n->b->kids.count; i++) {
        const struct node *k = n->b->kids.item[i];
        if (k->kind == N_KEYWORD || k->kind == N_STAR)
            continue;
        const struct value b = eval(e, s, k);
        if (b.kind == V_CLASS && b.class != e->object)
            APPEND(e->mem, bases, nbases, b.class);
        else if (b.kind != V_CLASS)
            open = unknown(e, source_text(e, k), k->at, why(b)).unknown;
    }
    if (!nbases)
        APPEND(e->mem, bases, nbases, e->object);
    struct class *c = class_new(e, n->text, bases, nbases);
    c->open = open ? open : c->open;
    if (c->base == B_VALUE)
        c->base = B_OBJECT;
    struct scope *body = scope_new(e, s, s->module, n);
    body->is_class = true;
    body->owner = c;
    c->attributes = body->names;
    run_block(e, body, &n->body);
    if (c->is_enum)
        make_members(e, c);
    const struct value hook = class_lookup_after(c, c, e->n.__init_subclass__);
    if (hook.kind == V_FUNCTION || hook.kind == V_WRAPPER)
        call_n(e, hook.kind == V_WRAPPER ? hook.wrapper->function : hook, n->at, 1,
               (struct value){ .kind = V_CLASS, .class = c });
    const struct value annotated = dict_name(c->attributes, e->n.__annotations__);
    for (int i = 0; i < c->nmro; i++)
        if (same_text(c->mro[i]->name, "NamedTuple") && annotated.kind == V_DICT)
            return dataclass(e, c);
    return (struct value){ .kind = V_CLASS, .class = c };
}

struct value dataclass(struct eval *e, struct class *c)
{
    struct value all = new_list(e, V_LIST);
    for (int64_t i = 0; c->nbases && c->bases[0]->fields && i < c->bases[0]->fields->count; i++)
        list_push(e, all.list, c->bases[0]->fields->item[i]);
    const struct value annotated = dict_name(c->attributes, e->n.__annotations__);
    for (int64_t i = 0; annotated.kind == V_DICT && i < annotated.dict->used; i++) {
        struct str *name = annotated.dict->entry[i].key.s;
        struct value fallback = dict_name(c->attributes, name), factory = EMPTY,
                     field = new_list(e, V_TUPLE);
        struct value init = of_bool(true), repr = init;
        if (fallback.kind == V_OBJECT && same_text(fallback.object->class->name, "Field")) {
            factory = dict_name(fallback.object->attributes, intern(e, "default_factory"));
            init = dict_name(fallback.object->attributes, intern(e, "init"));
            repr = dict_name(fallback.object->attributes, intern(e, "repr"));
            fallback = dict_name(fallback.object->attributes, intern(e, "default"));
            dict_remove(e, c->attributes, of_str(name), NULL);
        }
        list_push(e, field.list, of_str(name));
        list_push(e, field.list, fallback);
        list_push(e, field.list, factory);
        list_push(e, field.list, init);
        list_push(e, field.list, repr);
        int64_t at = 0;
        while (at < all.list->count && all.list->item[at].list->item[0].s != name)
            at++;
        if (at < all.list->count)
            all.list->item[at] = field;
        else
            list_push(e, all.list, field);
    }
    c->fields = all.list;
    return (struct value){ .kind = V_CLASS, .class = c };
}

static struct value object_new(struct eval *e, struct args *a)
{
    if (!a->n || a->v[0].kind != V_CLASS)
        raise_error(e, "TypeError", "object.__new__(X): X is not a type object");
    return new_object(e, a->v[0].class);
}

static struct value object_setattr(struct eval *e, struct args *a)
{
    if (a->n == 3 && a->v[0].kind == V_OBJECT && a->v[1].kind == V_STRING)
        dict_set_name(e, a->v[0].object->attributes, str_intern(e, a->v[1].s->s, a->v[1].s->size),
                      a->v[2]);
    return NONE;
}

static const struct builtin object_methods[] = { { "__init__", object_init, true },
                                                 { "__new__", object_new, true },
                                                 { "__setattr__", object_setattr, true },
                                                 { "__init_subclass__", object_init, true },
                                                 { 0 } };

void add_classes(struct eval *e)
{
    static const struct {
        enum value_kind kind;
        const char *name;
    } types[] = { { V_UNKNOWN, "unknown" },
                  { V_NONE, "NoneType" },
                  { V_ELLIPSIS, "ellipsis" },
                  { V_NOT_IMPLEMENTED, "NotImplementedType" },
                  { V_INT, "int" },
                  { V_BOOL, "bool" },
                  { V_FLOAT, "float" },
                  { V_STRING, "str" },
                  { V_BYTES, "bytes" },
                  { V_TUPLE, "tuple" },
                  { V_LIST, "list" },
                  { V_SET, "set" },
                  { V_FROZENSET, "frozenset" },
                  { V_DICT, "dict" },
                  { V_RANGE, "range" },
                  { V_SLICE, "slice" },
                  { V_ITERATOR, "generator" },
                  { V_FUNCTION, "function" },
                  { V_BUILTIN, "builtin_function_or_method" },
                  { V_METHOD, "method" },
                  { V_WRAPPER, "property" },
                  { V_CLASS, "type" },
                  { V_OBJECT, "object" },
                  { V_MODULE, "module" },
                  { V_SPACE, "module" },
                  { V_ARRAY, "ndarray" },
                  { V_TENSOR, "KerasTensor" },
                  { V_VARIABLE, "Variable" },
                  { V_EMPTY, "nothing" } };
    e->object = class_new(e, "object", NULL, 0);
    e->object->make = NULL;
    class_add(e, e->object, object_methods);
    for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
        struct class *base = types[i].kind == V_BOOL ? e->type[V_INT] : e->object;
        e->type[types[i].kind] = class_new(e, types[i].name, &base, 1);
        e->type[types[i].kind]->base = B_VALUE;
    }
    e->type[V_CLASS]->base = B_TYPE;
}
