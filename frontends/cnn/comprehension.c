/* comprehension.c - [x for x in y if z] and its kin. Generator expressions compute an item when it
 * is asked for. */
#include "cnn/eval.h"

static void add_element(struct eval *e, struct scope *s, const struct node *n, struct value to)
{
    const struct value v = eval(e, s, n->a);
    if (to.kind == V_LIST)
        list_push(e, to.list, v);
    else
        dict_set(e, to.dict, v, n->kind == N_DICT_COMP ? eval(e, s, n->b) : NONE);
}

static bool one_item(struct eval *e, struct scope *s, const struct node *n, int i,
                     struct value item, struct value to, struct value *cause);

/* Runs clause `i` and those behind it; false: something in it is not known, in *to. */
static bool clauses(struct eval *e, struct scope *s, const struct node *n, int i, struct value to,
                    struct value *cause)
{
    if (i == n->kids.count) {
        add_element(e, s, n, to);
        return true;
    }
    const struct value v = eval(e, i ? s : s->up, n->kids.item[i]->b);
    struct value item;
    if (v.kind == V_UNKNOWN || v.kind == V_SPACE || v.kind == V_TENSOR) {
        *cause = v;
        return false;
    }
    struct value it = iterator_of(e, v);
    if (it.kind != V_ITERATOR) {
        *cause = it;
        return false;
    }
    while (iterate(e, &it, &item))
        if (!one_item(e, s, n, i, item, to, cause))
            return false;
    cause->unknown = it.iterator->unsure;
    return !it.iterator->unsure;
}

static bool one_item(struct eval *e, struct scope *s, const struct node *n, int i,
                     struct value item, struct value to, struct value *cause)
{
    const struct node *c = n->kids.item[i];
    step(e, c->at);
    assign(e, s, c->a, item);
    for (int k = 0; k < c->kids.count; k++) {
        const struct value condition = eval(e, s, c->kids.item[k]);
        const int take = truth(e, condition);
        if (take < 0)
            *cause = condition;
        if (take != 1)
            return take == 0;
    }
    return clauses(e, s, n, i + 1, to, cause);
}

/* ---- generator expressions: one item of the outermost clause at a time ---- */

struct expression {
    struct scope *scope;
    const struct node *node;
    struct value outer;
    struct list *ready;
    int64_t at;
};

static bool next_item(struct eval *e, struct iterator *it, struct value *item)
{
    struct expression *x = it->state;
    struct value cause = UNKNOWN, v;
    while (x->at == x->ready->count) {
        const struct value to = new_list(e, V_LIST);
        if (!iterate(e, &x->outer, &v)) {
            it->unsure = x->outer.iterator->unsure;
            return false;
        }
        if (!one_item(e, x->scope, x->node, 0, v, to, &cause)) {
            it->unsure = why(cause)
                             ? why(cause)
                             : unknown(e, source_text(e, x->node), x->node->at, NULL).unknown;
            return false;
        }
        x->ready = to.list;
        x->at = 0;
    }
    *item = x->ready->item[x->at++];
    return true;
}

/* The iterator; not one where what it goes over is not known. */
static struct value generator_expression(struct eval *e, struct scope *inner, const struct node *n)
{
    const struct value v = eval(e, inner->up, n->kids.item[0]->b);
    const struct value outer =
        v.kind == V_SPACE || v.kind == V_TENSOR ? UNKNOWN : iterator_of(e, v);
    struct expression *x = NEW(e->mem, struct expression);
    if (outer.kind != V_ITERATOR)
        return unknown(e, source_text(e, n), n->at, why(outer));
    *x = (struct expression){ inner, n, outer, NEW(e->mem, struct list), 0 };
    return lazy_iterator(e, next_item, x);
}

struct value comprehension(struct eval *e, struct scope *s, const struct node *n)
{
    struct scope *inner = scope_new(e, s, s->module, NULL);
    inner->is_comprehension = true;
    inner->owner = s->owner;
    inner->self = s->self;
    if (n->kind == N_GENERATOR)
        return generator_expression(e, inner, n);
    const struct value to = n->kind == N_SET_COMP    ? new_dict(e, V_SET)
                            : n->kind == N_DICT_COMP ? new_dict(e, V_DICT)
                                                     : new_list(e, V_LIST);
    struct value cause = UNKNOWN;
    if (!clauses(e, inner, n, 0, to, &cause))
        return cause.kind == V_UNKNOWN ? unknown_as(e, cause, source_text(e, n), n->at)
                                       : unknown(e, source_text(e, n), n->at, NULL);
    return to;
}
