/*
 * lazy.c - iterators that compute an item when it is asked for: generators, map, zip, enumerate,
 * filter.
 *
 * A generator keeps its place in its body between two items: the blocks and loops that are entered,
 * outermost last. So what it does happens in between what its caller does, as in Python: layers
 * that both make are numbered in that order. A generator with a yield where no place is kept
 * (inside try, with, match or an expression) is run to its end when its first item is asked for.
 */
#include "cnn/eval.h"

/* The next item of `from` for `it`, which is then as unsure as its source. */
static bool draw(struct eval *e, struct iterator *it, struct value *from, struct value *item)
{
    if (iterate(e, from, item))
        return true;
    it->unsure = from->iterator->unsure;
    return false;
}

struct value lazy_iterator(struct eval *e,
                           bool (*more)(struct eval *e, struct iterator *it, struct value *item),
                           void *state)
{
    struct value v = { .kind = V_ITERATOR, .iterator = NEW(e->mem, struct iterator) };
    v.iterator->more = more;
    v.iterator->state = state;
    return v;
}

/* ---- enumerate, zip, map, filter ---- */

struct sources {
    struct value function, *from;
    int n;
    int64_t count;
};

/* The state of an iterator over all arguments from `first` on; NULL: one of them is not known,
 * which *r tells. */
static struct sources *sources(struct eval *e, struct args *a, int first, int last, struct value *r)
{
    struct sources *s = NEW(e->mem, struct sources);
    s->n = last > first ? last - first : 0;
    s->from = NEW_ARRAY(e->mem, struct value, s->n + 1);
    for (int i = 0; i < s->n; i++) {
        s->from[i] = iterator_of(e, a->v[first + i]);
        if (s->from[i].kind != V_ITERATOR) {
            *r = unknown(e, a->node ? source_text(e, a->node) : "a call", a->at, why(s->from[i]));
            return NULL;
        }
    }
    return s;
}

static bool next_numbered(struct eval *e, struct iterator *it, struct value *item)
{
    struct sources *s = it->state;
    struct value v;
    if (!draw(e, it, &s->from[0], &v))
        return false;
    *item = pair(e, of_int(s->count++), v);
    return true;
}

struct value lazy_enumerate(struct eval *e, struct args *a)
{
    struct value r;
    const struct value start = arg_or(e, a, 1, "start", of_int(0)), from = arg(e, a, 0, "iterable");
    struct args one = {
        .v = (struct value[]){ EMPTY, from } + 1, .n = 1, .at = a->at, .node = a->node
    };
    struct sources *s = sources(e, &one, 0, 1, &r);
    if (!s || start.kind == V_UNKNOWN)
        return s ? start : r;
    s->count = int_arg(e, start);
    return lazy_iterator(e, next_numbered, s);
}

static bool next_tuple(struct eval *e, struct iterator *it, struct value *item)
{
    struct sources *s = it->state;
    struct value v;
    *item = new_list(e, V_TUPLE);
    for (int i = 0; i < s->n; i++) {
        if (!draw(e, it, &s->from[i], &v))
            return false;
        list_push(e, item->list, v);
    }
    return s->n > 0;
}

struct value lazy_zip(struct eval *e, struct args *a)
{
    struct value r;
    struct sources *s = sources(e, a, 0, a->n, &r);
    return s ? lazy_iterator(e, next_tuple, s) : r;
}

static bool next_mapped(struct eval *e, struct iterator *it, struct value *item)
{
    const struct sources *s = it->state;
    struct value *v = NEW_ARRAY(e->mem, struct value, s->n + 1);
    struct args all = { .v = v + 1, .n = s->n, .at = e->at };
    for (int i = 0; i < s->n; i++)
        if (!draw(e, it, &s->from[i], &v[i + 1]))
            return false;
    step(e, e->at);
    *item = call_value(e, s->function, &all);
    return true;
}

struct value lazy_map(struct eval *e, struct args *a)
{
    struct value r;
    struct sources *s = sources(e, a, 1, a->n, &r);
    if (a->n < 2)
        raise_error(e, "TypeError", "map() must have at least two arguments.");
    if (!s)
        return r;
    s->function = a->v[0];
    return lazy_iterator(e, next_mapped, s);
}

static bool next_kept(struct eval *e, struct iterator *it, struct value *item)
{
    const struct sources *s = it->state;
    while (draw(e, it, &s->from[0], item)) {
        const struct value v =
            s->function.kind == V_NONE ? *item : call_n(e, s->function, e->at, 1, *item);
        const int t = truth(e, v);
        step(e, e->at);
        if (t < 0) {
            it->unsure = why(v) ? why(v) : unknown(e, "a condition", e->at, NULL).unknown;
            return false;
        }
        if (t)
            return true;
    }
    return false;
}

struct value lazy_filter(struct eval *e, struct args *a)
{
    struct value r;
    struct sources *s = sources(e, a, 1, 2, &r);
    if (!s)
        return r;
    s->function = a->v[0];
    return lazy_iterator(e, next_kept, s);
}

/* ---- generators ---- */

struct level { /* a block of the body that has been entered */
    enum { BLOCK, FOR_LOOP, WHILE_LOOP, DELEGATION } kind;
    const struct node *loop;
    const struct node_list *body;
    int at;            /* the next statement */
    struct value from; /* of a FOR_LOOP, of `yield from` */
    struct level *up;
};

struct generator {
    const struct function *function;
    struct scope *scope;
    struct level *top;
};

static bool keeps_place(const struct node_list *b);

static bool keeps_place_in(const struct node *n)
{
    const struct node *parts[] = { n->a, n->b, n->c };
    switch (n->kind) {
    case N_EXPRESSION:
    case N_ASSIGN:
        return (n->a->kind == N_YIELD || (n->a->kind == N_YIELD_FROM && n->kind == N_EXPRESSION))
               && !yields(n->a->a);
    case N_IF:
    case N_WHILE:
    case N_FOR:
        for (int i = 0; i < 3; i++)
            if (yields(parts[i]))
                return false;
        return !n->is_async && keeps_place(&n->body) && keeps_place(&n->orelse);
    default: return false;
    }
}

static bool keeps_place(const struct node_list *b)
{
    for (int i = 0; i < b->count; i++)
        if (yields(b->item[i]) && !keeps_place_in(b->item[i]))
            return false;
    return true;
}

static struct level *enter(struct eval *e, struct level *up, const struct node *loop,
                           const struct node_list *body)
{
    struct level *l = NEW(e->mem, struct level);
    *l = (struct level){ .kind = BLOCK, .loop = loop, .body = body, .up = up };
    return l;
}

static const struct unknown *cause(struct eval *e, struct value v, const struct node *n)
{
    return why(v) ? why(v) : unknown(e, source_text(e, n), n->at, NULL).unknown;
}

/* The place after break, continue or return. */
static struct level *leave(struct level *top, enum flow f)
{
    while (top && (f == RETURN_VALUE || (top->kind != FOR_LOOP && top->kind != WHILE_LOOP)))
        top = top->up;
    if (top && f == CONTINUE_LOOP)
        top->at = top->body->count;
    return f == BREAK_LOOP && top ? top->up : top;
}

/* Starts a statement in which a yield stands. True: it gave *item. */
static bool begin(struct eval *e, struct iterator *it, const struct node *n, struct level **top,
                  struct value *item)
{
    struct generator *g = it->state;
    struct scope *s = g->scope;
    struct value v;
    switch (n->kind) {
    case N_EXPRESSION:
    case N_ASSIGN:
        v = n->a->a ? eval(e, s, n->a->a) : NONE;
        if (n->a->kind == N_YIELD) {
            for (int i = 0; n->kind == N_ASSIGN && i < n->kids.count; i++)
                assign(e, s, n->kids.item[i], NONE); /* nothing can be sent */
            *item = v;
            return true;
        }
        *top = enter(e, *top, n, &n->body);
        (*top)->kind = DELEGATION;
        (*top)->from = iterator_of(e, v);
        if ((*top)->from.kind != V_ITERATOR)
            it->unsure = cause(e, v, n->a);
        break;
    case N_IF:
        v = eval(e, s, n->a);
        if (truth(e, v) < 0)
            it->unsure = cause(e, v, n->a);
        else
            *top = enter(e, *top, n, truth(e, v) ? &n->body : &n->orelse);
        break;
    default:
        *top = enter(e, *top, n, &n->body);
        (*top)->kind = n->kind == N_FOR ? FOR_LOOP : WHILE_LOOP;
        (*top)->at = n->body.count;
        if (n->kind == N_FOR) {
            v = eval(e, s, n->b);
            (*top)->from = v.kind == V_TENSOR || v.kind == V_SPACE ? UNKNOWN : iterator_of(e, v);
            if ((*top)->from.kind != V_ITERATOR)
                it->unsure = cause(e, v, n->b);
        }
        break;
    }
    return false;
}

/* At the end of a block: the next round of its loop, the loop's else, or out of it. */
static void turn(struct eval *e, struct iterator *it, struct level **top)
{
    struct level *l = *top;
    struct scope *s = ((struct generator *)it->state)->scope;
    struct value v;
    bool again = false;
    if (l->kind == FOR_LOOP) {
        again = draw(e, it, &l->from, &v);
        if (again)
            assign(e, s, l->loop->a, v);
    } else if (l->kind == WHILE_LOOP) {
        v = eval(e, s, l->loop->a);
        again = truth(e, v) == 1;
        if (truth(e, v) < 0)
            it->unsure = cause(e, v, l->loop->a);
    }
    step(e, l->loop ? l->loop->at : e->at);
    if (again) {
        l->at = 0;
    } else if (l->kind == FOR_LOOP || l->kind == WHILE_LOOP) {
        l->kind = BLOCK;
        l->body = &l->loop->orelse;
        l->at = 0;
    } else {
        *top = l->up;
    }
}

static bool next_yielded(struct eval *e, struct iterator *it, struct value *item)
{
    struct generator *g = it->state;
    struct level *top = g->top;
    struct frame frame = { e->frame, g->function->name, e->at, e->frame ? e->frame->depth + 1 : 1 };
    bool given = false;
    if (frame.depth > MOST_CALLS)
        raise_error(e, "RecursionError", "maximum recursion depth exceeded");
    check_stack(e);
    e->frame = &frame;
    g->top = NULL; /* after an exception it has no more items */
    while (top && !given && !it->unsure) {
        if (top->kind == DELEGATION) {
            given = draw(e, it, &top->from, item);
            top = given ? top : top->up;
        } else if (top->at == top->body->count) {
            turn(e, it, &top);
        } else {
            const struct node *n = top->body->item[top->at++];
            if (yields(n)) {
                given = begin(e, it, n, &top, item);
                continue;
            }
            const struct node_list one = { .item = &top->body->item[top->at - 1], .count = 1 };
            const enum flow f = run_block(e, g->scope, &one);
            if (f == UNSURE_LOOP)
                it->unsure = unknown(e, "how often a loop runs", n->at, NULL).unknown;
            else if (f != GO)
                top = leave(top, f);
        }
    }
    if (!it->unsure && g->scope->unsure)
        it->unsure = g->scope->unsure;
    g->top = top;
    e->frame = frame.up;
    return given;
}

bool lazy_generator(struct eval *e, struct iterator *it, const struct function *f, struct scope *s)
{
    if (!keeps_place(&f->node->body))
        return false;
    struct generator *g = NEW(e->mem, struct generator);
    *g = (struct generator){ f, s, enter(e, NULL, NULL, &f->node->body) };
    it->more = next_yielded;
    it->state = g;
    return true;
}
