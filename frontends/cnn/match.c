/* match.c - the match statement. Patterns are expression trees, see the grammar. */
#include "cnn/eval.h"

#include <string.h>

static int matches(struct eval *e, struct scope *s, const struct node *p, struct value v);

static int both(int a, int b)
{
    return a == 0 || b == 0 ? 0 : a < 0 || b < 0 ? -1 : 1;
}

static int match_sequence(struct eval *e, struct scope *s, const struct node *p, struct value v)
{
    int star = -1, result = 1;
    const int n = p->kids.count;
    if (v.kind == V_UNKNOWN)
        return -1;
    if (!is_items(v) && v.kind != V_RANGE)
        return 0;
    const struct list *l = items_of(e, &v);
    for (int i = 0; i < n; i++)
        star = p->kids.item[i]->kind == N_STAR ? i : star;
    if (star < 0 ? l->count != n : l->count < n - 1)
        return 0;
    const int64_t extra = l->count - (n - 1);
    for (int i = 0; i < n && result != 0; i++) {
        if (i != star) {
            result = both(result, matches(e, s, p->kids.item[i],
                                          l->item[star >= 0 && i > star ? i - 1 + extra : i]));
            continue;
        }
        const struct value rest = new_list(e, V_LIST);
        for (int64_t k = 0; k < extra; k++)
            list_push(e, rest.list, l->item[i + k]);
        if (strcmp(p->kids.item[i]->a->text, "_") != 0)
            assign(e, s, p->kids.item[i]->a, rest);
    }
    return result;
}

static int match_mapping(struct eval *e, struct scope *s, const struct node *p, struct value v)
{
    int result = 1;
    if (v.kind != V_DICT)
        return v.kind == V_UNKNOWN ? -1 : 0;
    const struct value rest = { .kind = V_DICT, .dict = dict_copy(e, v.dict) };
    for (int i = 0; i + 1 < p->kids.count && result != 0; i += 2) {
        if (!p->kids.item[i]) {
            assign(e, s, p->kids.item[i + 1], rest);
            continue;
        }
        const struct value key = eval(e, s, p->kids.item[i]), item = dict_get(e, v.dict, key);
        if (item.kind == V_EMPTY)
            return v.dict->open ? -1 : 0;
        dict_remove(e, rest.dict, key, NULL);
        result = both(result, matches(e, s, p->kids.item[i + 1], item));
    }
    return result;
}

static int match_class(struct eval *e, struct scope *s, const struct node *p, struct value v)
{
    const struct value type = eval(e, s, p->a);
    int result = 1;
    if (type.kind != V_CLASS || v.kind == V_UNKNOWN)
        return -1;
    if (!is_subclass(class_of(e, v), type.class))
        return 0;
    const struct value names = class_lookup(type.class, e->n.__match_args__);
    for (int i = 0; i < p->kids.count && result != 0; i++) {
        const struct node *k = p->kids.item[i];
        struct str *name = k->kind == N_KEYWORD ? name_of(e, k) : NULL;
        if (!name && type.class->base == B_VALUE) {
            result = both(result, matches(e, s, k, v));
            continue;
        }
        if (!name && names.kind == V_TUPLE && i < names.list->count)
            name = str_intern(e, names.list->item[i].s->s, names.list->item[i].s->size);
        else if (!name && type.class->fields && i < type.class->fields->count)
            name = type.class->fields->item[i].list->item[0].s;
        if (!name)
            raise_error(e, "TypeError", "%s() accepts 0 positional sub-patterns (%d given)",
                        type.class->name->s, p->kids.count);
        const struct value item = get_attribute(e, v, name, p->at);
        result = item.kind == V_EMPTY
                     ? 0
                     : both(result, matches(e, s, k->kind == N_KEYWORD ? k->a : k, item));
    }
    return result;
}

/* 1, 0, or -1: not known. Names in the pattern are bound. */
static int matches(struct eval *e, struct scope *s, const struct node *p, struct value v)
{
    switch (p->kind) {
    case N_NAME:
        if (strcmp(p->text, "_") != 0)
            assign(e, s, p, v);
        return 1;
    case N_TUPLE:
    case N_LIST: return match_sequence(e, s, p, v);
    case N_DICT: return match_mapping(e, s, p, v);
    case N_CALL: return match_class(e, s, p, v);
    case N_WALRUS: {
        const int t = matches(e, s, p->b, v);
        if (t)
            assign(e, s, p->a, v);
        return t;
    }
    case N_BINARY:
        if (*p->op == '|') {
            const int t = matches(e, s, p->a, v);
            return t ? t : matches(e, s, p->b, v);
        }
        return equal_values(e, eval(e, s, p), v);
    case N_NONE:
    case N_TRUE:
    case N_FALSE: return v.kind == V_UNKNOWN ? -1 : is_same(eval(e, s, p), v);
    default: return equal_values(e, eval(e, s, p), v);
    }
}

void run_match(struct eval *e, struct scope *s, const struct node *n, enum flow *flow)
{
    const struct value v = eval(e, s, n->a);
    *flow = GO;
    for (int i = 0; i < n->body.count; i++) {
        const struct node *c = n->body.item[i];
        int t = matches(e, s, c->a, v);
        if (t == 1 && c->b)
            t = truth(e, eval(e, s, c->b));
        if (t == 1) {
            *flow = run_block(e, s, &c->body);
            return;
        }
        for (int k = i; t < 0 && k < n->body.count; k++)
            forget(e, s, &n->body.item[k]->body, why(v));
        if (t < 0)
            return;
    }
}
