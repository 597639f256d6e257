/* scope.c - where names live: functions, comprehensions, classes, modules. */
#include "cnn/eval.h"
#include "cnn/keras.h"

#include <string.h>

struct scope *scope_new(struct eval *e, struct scope *up, struct module *m,
                        const struct node *function)
{
    struct scope *s = NEW(e->mem, struct scope);
    s->up = up;
    s->module = m;
    s->function = function;
    s->names = NEW(e->mem, struct dict);
    s->self = EMPTY;
    return s;
}

struct str *name_of(struct eval *e, const struct node *n)
{
    if (!n->note)
        ((struct node *)(uintptr_t)n)->note = intern(e, n->text);
    return n->note;
}

/* The place of a value in a dict, or NULL. */
static struct value *slot(const struct dict *d, const struct str *name)
{
    if (d->index) {
        for (uint64_t at = name->hash & (uint64_t)(d->slots - 1); d->index[at];
             at = (at + 1) & (uint64_t)(d->slots - 1))
            if (d->entry[d->index[at] - 1].key.s == name)
                return &d->entry[d->index[at] - 1].value;
        return NULL;
    }
    for (int64_t i = 0; i < d->used; i++)
        if (d->entry[i].key.s == name)
            return &d->entry[i].value;
    return NULL;
}

/* Names declared global or nonlocal begin their search further out. */
static struct scope *redirect(struct scope *s, const struct str *name)
{
    if (!s->redirected)
        return s;
    const struct value how = dict_name(s->redirected, name);
    if (how.kind == V_EMPTY)
        return s;
    if (how.kind == V_NONE)
        return s->module->scope;
    for (struct scope *t = s->up; t; t = t->up)
        if (!t->is_class && slot(t->names, name))
            return t;
    return s;
}

struct value *scope_lookup(struct eval *e, struct scope *s, struct str *name)
{
    (void)e;
    struct scope *from = redirect(s, name);
    /* functions do not see the names of the class around them */
    bool in_class_body = true;
    for (struct scope *t = from; t; t = t->up) {
        struct value *v = t->is_class && !in_class_body ? NULL : slot(t->names, name);
        if (v && v->kind != V_EMPTY)
            return v;
        in_class_body &= t->is_comprehension;
    }
    struct value *v = slot(s->module->globals, name);
    return v && v->kind != V_EMPTY ? v : NULL;
}

void scope_set(struct eval *e, struct scope *s, struct str *name, struct value v)
{
    dict_set_name(e, redirect(s, name)->names, name, v);
}

void scope_delete(struct eval *e, struct scope *s, struct str *name)
{
    struct value *v = slot(redirect(s, name)->names, name);
    if (v)
        dict_remove(e, redirect(s, name)->names, of_str(name), NULL);
}

struct value name_value(struct eval *e, struct scope *s, const struct node *n)
{
    struct str *name = name_of(e, n);
    const struct value *found = scope_lookup(e, s, name);
    if (name->set
        && (!found || found->kind == V_UNKNOWN || found == slot(e->main->globals, name))) {
        name->set->used = true;
        return name->set->value;
    }
    if (found)
        return *found;
    const struct value builtin = dict_name(e->builtins, name);
    if (builtin.kind != V_EMPTY)
        return builtin;
    if (name == e->n.__name__)
        return s->module == e->main ? of_str(e->n.__main__) : of_text(e, s->module->name);
    if (name == e->n.__file__)
        return of_text(e, e->ctx->options.model);
    /* a pasted model often lacks its imports */
    const struct value layer = keras_undefined(e, name);
    return layer.kind != V_EMPTY ? layer : undefined_name(e, name->s, n->at);
}
