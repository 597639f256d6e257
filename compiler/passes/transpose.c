/*
 * transpose.c - transpositions sink towards the results until they meet their inverse.
 *
 * y = T(x, p) has axis p[i] of x as its axis i. An op that reads y is made to read x and its result
 * is transposed instead; where that transposition meets another one the two become one, or none. So
 * the transpositions that exporters and channels-first models put around each convolution vanish,
 * and what cannot vanish stands at the edges of the network.
 */
#include "passes/passes.h"

#include <string.h>

static bool perm_of(const struct tensor *t, int *perm)
{
    return t->producer && !t->producer->dead && t->producer->def->permutes
           && t->producer->def->permutes(t->producer, perm);
}

static void invert(const int *perm, int n, int *to)
{
    for (int i = 0; i < n; i++)
        to[perm[i]] = i;
}

static bool same(const int *a, const int *b, int n)
{
    return memcmp(a, b, (size_t)n * sizeof *a) == 0;
}

/* Do the values stay where they are: do only axes of 1 change their place? s: the shape before. */
static bool keeps_order(const struct shape *s, const int *perm)
{
    int last = -1;
    for (int i = 0; i < s->rank; i++) {
        if (s->dim[perm[i]] == 1)
            continue;
        if (perm[i] < last)
            return false;
        last = perm[i];
    }
    return true;
}

static const char *perm_text(struct graph *g, const int *perm, int n)
{
    const char *s = "";
    for (int i = 0; i < n; i++)
        s = arena_printf(g->ctx->arena, "%s%s%d", s, i ? "," : "", perm[i]);
    return arena_printf(g->ctx->arena, "perm=(%s)", s);
}

static const char *shape_attr(struct graph *g, const struct shape *s)
{
    const char *t = "";
    for (int i = 0; i < s->rank; i++)
        t = arena_printf(g->ctx->arena, "%s%s%lld", t, i ? "," : "", (long long)s->dim[i]);
    return arena_printf(g->ctx->arena, "shape=(%s)", t);
}

/* A transposition of x, made in front of op `at`: one of what x is a transposition of; moves of
 * axes of 1 as a view. */
static struct tensor *transposed(struct graph *g, int at, struct op *from, struct tensor *x,
                                 const int *wanted)
{
    const int n = x->shape.rank;
    int perm[MAX_RANK], before[MAX_RANK];
    bool moves = false;
    struct shape s = { .rank = n };
    memcpy(perm, wanted, (size_t)n * sizeof *perm);
    while (perm_of(x, before)) {
        for (int i = 0; i < n; i++)
            perm[i] = before[perm[i]];
        x = x->producer->in[0];
    }
    for (int i = 0; i < n; i++) {
        moves |= perm[i] != i;
        s.dim[i] = x->shape.dim[perm[i]];
    }
    if (!moves)
        return x;
    if (keeps_order(&x->shape, perm))
        return make_at(g, at, from, "View", shape_attr(g, &s), &x, 1);
    return make_at(g, at, from, "Transpose", perm_text(g, perm, n), &x, 1);
}

static void replace_op(struct graph *g, struct op *op, struct tensor *now)
{
    graph_replace(g, op->out, now);
    op->dead = true;
    graph_sweep(g);
}

/* ---- transpositions among themselves --------------------------------------------------------- */

/* One that follows another; one that moves nothing; a second one of the same tensor. */
static bool merge(struct graph *g, struct op *op)
{
    int perm[MAX_RANK], before[MAX_RANK], other[MAX_RANK];
    const int n = op->out->shape.rank;
    struct tensor *x = op->in[0];
    if (!op->def->permutes || !op->def->permutes(op, perm))
        return false;
    if (perm_of(x, before) || keeps_order(&x->shape, perm)) {
        replace_op(g, op, transposed(g, op->index, op, x, perm));
        return true;
    }
    for (int i = 0; i < op->index; i++)
        if (g->ops[i]->in[0] == x && g->ops[i]->nin == 1 && perm_of(g->ops[i]->out, other)
            && same(perm, other, n)) {
            replace_op(g, op, g->ops[i]->out);
            return true;
        }
    return false;
}

/* ---- through an op --------------------------------------------------------------------------- */

static bool exists(const struct graph *g, const struct tensor *x, const int *perm)
{
    int p[MAX_RANK];
    for (int i = 0; i < g->nops; i++)
        if (g->ops[i]->nin == 1 && g->ops[i]->in[0] == x && perm_of(g->ops[i]->out, p)
            && same(p, perm, x->shape.rank))
            return true;
    return false;
}

/* Does a transposition by `before` and then by `back` leave the values where they are? s: the shape
 * in front of both. */
static bool cancels(const struct shape *s, const int *before, const int *back)
{
    int both[MAX_RANK];
    for (int i = 0; i < s->rank; i++)
        both[i] = before[back[i]];
    return keeps_order(s, both);
}

/* May input z of an op be transposed by `back` without more work than is saved? */
static bool is_cheap(const struct graph *g, const struct op *op, const struct tensor *z,
                     const int *back)
{
    int p[MAX_RANK];
    struct shape s = z->shape;
    if (z->data || z->weight)
        return true;
    if (s.rank == op->out->shape.rank && perm_of(z, p)
        && cancels(&z->producer->in[0]->shape, p, back))
        return true;
    const int missing = op->out->shape.rank - s.rank;
    if (missing > 0) {
        memmove(s.dim + missing, s.dim, (size_t)s.rank * sizeof *s.dim);
        for (int i = 0; i < missing; i++)
            s.dim[i] = 1;
        s.rank += missing;
    }
    return keeps_order(&s, back) || (!missing && !z->producer && exists(g, z, back))
           || 4 * shape_count(&s) <= shape_count(&op->out->shape);
}

/* Input z of an elementwise op with all axes of the result, axes of 1 in front. */
static struct tensor *full_rank(struct graph *g, struct op *op, struct tensor *z)
{
    struct shape s = { .rank = op->out->shape.rank };
    const int missing = s.rank - z->shape.rank;
    if (!missing)
        return z;
    for (int i = 0; i < s.rank; i++)
        s.dim[i] = i < missing ? 1 : z->shape.dim[i - missing];
    return make_at(g, op->index, op, "View", shape_attr(g, &s), &z, 1);
}

static void renumber(struct graph *g)
{
    for (int i = 0; i < g->nops; i++)
        g->ops[i]->index = i;
}

/* What the shape rule computed beside the shape holds for the old order of axes. */
static void check_again(struct graph *g, struct op *op)
{
    const struct shape expected = op->out->shape;
    if (!op->def->shape)
        return;
    for (int k = 0; k < op->nouts; k++)
        if (op->outs[k])
            op->outs[k]->shape = (struct shape){ 0 };
    if (!op->def->shape(g, op) || !shape_equal(&expected, &op->out->shape))
        bug("'%s' (%s) does not take a transposition as it says", op->name, op->def->name);
}

/* Takes the transposition `perm` from the op's inputs; its results are transposed by `result`
 * behind it. */
static void move_behind(struct graph *g, struct op *op, const int *perm, const int *result)
{
    int back[MAX_RANK];
    const int n = moved_inputs_of(op);
    struct tensor **before = NEW_ARRAY(g->ctx->arena, struct tensor *, op->nouts + 1);
    for (int i = 0; i < n; i++) {
        if (!op->in[i])
            continue;
        struct tensor *z = op->def->elementwise ? full_rank(g, op, op->in[i]) : op->in[i];
        invert(perm, z->shape.rank, back);
        renumber(g);
        op->in[i] = transposed(g, op->index, op, z, back);
        renumber(g);
    }
    for (int k = 0; k < op->nouts; k++) {
        struct tensor *old = op->outs[k];
        if (!old)
            continue;
        struct tensor *now = graph_tensor(g, old->name, old->type, old->shape);
        for (int i = 0; i < old->shape.rank; i++)
            now->shape.dim[result[i]] = old->shape.dim[i];
        now->at = old->at;
        now->producer = op;
        op->outs[k] = now;
        if (k == 0)
            op->out = now;
        before[k] = old;
    }
    check_again(g, op);
    for (int k = 0; k < op->nouts; k++) {
        struct tensor *old = before[k], *now = op->outs[k];
        if (!old)
            continue;
        struct tensor *t = transposed(g, op->index + 1, op, now, result);
        if (t == now) {
            graph_replace(g, old, now);
            continue;
        }
        op_set_out(t->producer, old);
    }
    graph_sweep(g);
}

/* All results must be of one rank, or the same permutation does not fit them. */
static bool results_alike(const struct op *op)
{
    for (int k = 1; k < op->nouts; k++)
        if (op->outs[k] && op->outs[k]->shape.rank != op->out->shape.rank)
            return false;
    return true;
}

static bool sink(struct graph *g, struct op *op)
{
    int perm[MAX_RANK], back[MAX_RANK], result[MAX_RANK];
    const int n = moved_inputs_of(op), rank = op->out->shape.rank;
    const struct tensor *first = NULL;
    if (op->def->permutes || (!op->def->elementwise && !op->def->take_transpose)
        || !results_alike(op))
        return false;
    for (int i = 0; i < n && !first; i++)
        if (op->in[i] && perm_of(op->in[i], perm)
            && (!op->def->elementwise
                || shape_count(&op->in[i]->shape) == shape_count(&op->out->shape))
            && op->in[i]->shape.rank == (op->def->elementwise ? rank : op->in[i]->shape.rank))
            first = op->in[i];
    if (!first)
        return false;
    invert(perm, first->shape.rank, back);
    for (int i = 0; i < n; i++) {
        if (op->in[i] && !op->def->elementwise && op->in[i]->shape.rank != first->shape.rank)
            return false;
        if (op->in[i] && op->in[i] != first && !is_cheap(g, op, op->in[i], back))
            return false;
    }
    if (op->def->take_transpose) {
        if (!op->def->take_transpose(g, op, perm, result))
            return false;
    } else {
        memcpy(result, perm, sizeof result);
    }
    move_behind(g, op, perm, result);
    return true;
}

/* ---- through a view -------------------------------------------------------------------------- */

/* Axes [a, a_end) of the shape before hold the same values as axes [b, b_end) of the view: the
 * smallest such groups, in order. */
struct group {
    int a, a_end, b, b_end;
};

/* Axes of 1 that stand at one place of both are a group; others of the view belong to the group
 * before them. -1: some size is 0. */
static int find_groups(const struct shape *s, const struct shape *t, struct group *groups)
{
    int n = 0, a = 0, b = 0;
    while (a < s->rank || b < t->rank) {
        struct group q = { a, a, b, b };
        int64_t x = 1, y = 1;
        if (a < s->rank && b < t->rank && s->dim[a] == 1 && t->dim[b] == 1) {
            groups[n++] = (struct group){ a, a + 1, b, b + 1 };
            a++;
            b++;
            continue;
        }
        do {
            if (q.a_end < s->rank && (x <= y || q.b_end == t->rank))
                x *= s->dim[q.a_end++];
            else
                y *= t->dim[q.b_end++];
            if (!x || !y)
                return -1;
        } while (x != y || (x == 1 && (q.a_end < s->rank || q.b_end < t->rank)));
        while (q.b_end < t->rank && t->dim[q.b_end] == 1
               && !(q.a_end < s->rank && s->dim[q.a_end] == 1))
            q.b_end++;
        a = q.a_end;
        b = q.b_end;
        groups[n++] = q;
    }
    return n;
}

/*
 * T(x) seen as another shape: where each group's axes are neighbours in x, in order, the view of x
 * can be transposed instead. view: the shape of that view; result: its transposition.
 */
static bool view_before(const struct shape *x, const int *perm, const struct shape *s,
                        const struct shape *t, struct shape *view, int *result)
{
    struct group groups[MAX_RANK + 1];
    int place[MAX_RANK + 1], order[MAX_RANK + 1];
    const int n = find_groups(s, t, groups);
    for (int k = 0; k < n; k++) {
        int last = -1;
        place[k] = -1;
        for (int a = groups[k].a; a < groups[k].a_end; a++) {
            if (s->dim[a] == 1)
                continue;
            for (int between = last + 1; last >= 0 && between < perm[a]; between++)
                if (x->dim[between] != 1)
                    return false;
            if (perm[a] < last)
                return false;
            last = perm[a];
            place[k] = place[k] < 0 ? last : place[k];
        }
        if (place[k] < 0 && k)
            place[k] = place[k - 1]; /* axes of 1 stay behind what they follow */
        int at = k;
        for (; at > 0 && place[order[at - 1]] > place[k]; at--)
            order[at] = order[at - 1];
        order[at] = k;
    }
    *view = (struct shape){ 0 };
    for (int i = 0; i < n; i++)
        for (int b = groups[order[i]].b; b < groups[order[i]].b_end; b++) {
            result[b] = view->rank;
            view->dim[view->rank++] = t->dim[b];
        }
    return n >= 0;
}

static bool sink_view(struct graph *g, struct op *op)
{
    int perm[MAX_RANK], result[MAX_RANK];
    struct shape s;
    if (!op->def->is_view || op->def->is_identity || !perm_of(op->in[0], perm)
        || op->in[0]->uses != 1)
        return false;
    struct tensor *x = op->in[0]->producer->in[0];
    if (!view_before(&x->shape, perm, &op->in[0]->shape, &op->out->shape, &s, result))
        return false;
    struct tensor *t = make_at(g, op->index, op, "View", shape_attr(g, &s), &x, 1);
    renumber(g);
    replace_op(g, op, transposed(g, op->index, op, t, result));
    return true;
}

/* Will a transposition of t sink into all that reads it? */
static bool sinks_into_readers(const struct graph *g, const struct tensor *t)
{
    for (int i = 0; i < g->noutputs; i++)
        if (g->outputs[i] == t)
            return false;
    for (int i = 0; i < g->nops; i++)
        for (int j = 0; j < g->ops[i]->nin; j++) {
            const struct opdef *def = g->ops[i]->def;
            if (g->ops[i]->in[j] == t
                && (def->permutes || def->is_view || (!def->elementwise && !def->take_transpose)))
                return false;
        }
    return true;
}

/*
 * A view that joins axes which T(x) has brought together (a channel shuffle of channels-first
 * pictures): only they are brought together in x, the view stands there, and groups of axes are
 * moved behind it, into what reads it.
 */
static bool split_view(struct graph *g, struct op *op)
{
    int perm[MAX_RANK], inner[MAX_RANK], result[MAX_RANK], order[MAX_RANK + 1], place[MAX_RANK + 1],
        n = 0;
    struct group groups[MAX_RANK + 1];
    struct shape view = { 0 };
    if (!op->def->is_view || op->def->is_identity || !perm_of(op->in[0], perm)
        || op->in[0]->uses != 1 || !sinks_into_readers(g, op->out))
        return false;
    struct tensor *x = op->in[0]->producer->in[0];
    const struct shape *s = &op->in[0]->shape, *t = &op->out->shape;
    const int count = find_groups(s, t, groups);
    bool moves = false;
    for (int k = 0; k < count; k++) {
        place[k] = k ? place[k - 1] : -1; /* axes of 1 stay behind what they follow */
        for (int a = groups[k].a, first = -1; a < groups[k].a_end; a++)
            if (s->dim[a] != 1 && (first < 0 || perm[a] < first))
                place[k] = first = perm[a];
        int at = k;
        for (; at > 0 && place[order[at - 1]] > place[k]; at--)
            order[at] = order[at - 1];
        order[at] = k;
    }
    for (int i = 0; i < count; i++) {
        const struct group *q = &groups[order[i]];
        moves |= order[i] != i;
        for (int a = q->a; a < q->a_end; a++)
            inner[n++] = perm[a];
        for (int b = q->b; b < q->b_end; b++) {
            result[b] = view.rank;
            view.dim[view.rank++] = t->dim[b];
        }
    }
    if (!moves || n != s->rank)
        return false;
    x = transposed(g, op->index, op, x, inner);
    renumber(g);
    x = make_at(g, op->index, op, "View", shape_attr(g, &view), &x, 1);
    renumber(g);
    replace_op(g, op, transposed(g, op->index, op, x, result));
    return true;
}

static bool is_single(const struct tensor *t)
{
    return shape_count(&t->shape) == 1 && t->data;
}

/* f(view(x)) of an elementwise f is view(f(x)): what is in front of the view can then apply f
 * itself. */
static bool sink_view_through(struct graph *g, struct op *op)
{
    const int nin = op->nin;
    struct op *v = op->in && nin ? op->in[0]->producer : NULL;
    if (!op->def->elementwise || !v || v->dead || !v->def->is_view || v->def->is_identity
        || v->out->uses != 1 || nin > 2 || (nin == 2 && !is_single(op->in[1])))
        return false;
    if (!shape_equal(&op->out->shape, &v->out->shape)
        || v->in[0]->shape.rank < (nin == 2 ? op->in[1]->shape.rank : 0) || !v->in[0]->producer)
        return false;
    struct tensor *old = op->out, *now = graph_tensor(g, old->name, old->type, v->in[0]->shape);
    now->at = old->at;
    now->producer = op;
    op->in[0] = v->in[0];
    op->out = op->outs[0] = now;
    op_set_out(make_at(g, op->index + 1, op, "View", shape_attr(g, &old->shape), &now, 1)->producer,
               old);
    graph_sweep(g);
    return true;
}

/* T(view(T(x))): the last transposition is taken in front of the view, where it meets the first.
 * Axes move by groups. */
static bool lift(struct graph *g, struct op *op)
{
    int perm[MAX_RANK], first[MAX_RANK], before[MAX_RANK], n = 0;
    struct group groups[MAX_RANK + 1];
    if (!op->def->permutes || !op->def->permutes(op, perm) || sinks_into_readers(g, op->out))
        return false;
    struct op *v = op->in[0]->producer;
    if (!v || !v->def->is_view || v->def->is_identity || !perm_of(v->in[0], first))
        return false;
    const struct shape *s = &v->in[0]->shape, *t = &v->out->shape;
    const int count = find_groups(s, t, groups);
    /* whole groups of the view's axes, one behind the other */
    for (int i = 0; i < t->rank;) {
        int k = 0;
        while (k < count && !(perm[i] >= groups[k].b && perm[i] < groups[k].b_end))
            k++;
        if (k >= count || perm[i] != groups[k].b)
            return false;
        for (int b = groups[k].b; b < groups[k].b_end; b++, i++)
            if (i >= t->rank || perm[i] != b)
                return false;
        for (int a = groups[k].a; a < groups[k].a_end; a++)
            before[n++] = a;
    }
    for (int k = 0; k < count; k++) /* axes of 1 that the view drops */
        for (int a = groups[k].a; groups[k].b == groups[k].b_end && a < groups[k].a_end; a++)
            before[n++] = a;
    if (n != s->rank)
        return false;
    struct tensor *moved = transposed(g, op->index, op, v->in[0], before);
    renumber(g);
    replace_op(g, op, make_at(g, op->index, op, "View", shape_attr(g, &op->out->shape), &moved, 1));
    return true;
}

/* ---- into weights ---------------------------------------------------------------------------- */

/* The ops that read the features of t, through elementwise ops of one input; false if any of them
 * cannot take another order. */
static bool find_readers(const struct graph *g, const struct tensor *t, struct op **readers, int *n,
                         int most)
{
    for (int i = 0; i < g->noutputs; i++)
        if (g->outputs[i] == t)
            return false;
    for (int i = 0; i < g->nops; i++)
        for (int j = 0; j < g->ops[i]->nin; j++) {
            struct op *r = g->ops[i];
            if (r->in[j] != t)
                continue;
            if (r->def->elementwise && r->nin == 1) {
                if (!find_readers(g, r->out, readers, n, most))
                    return false;
            } else if (j || !r->def->reorder_features || *n >= most) {
                return false;
            } else {
                readers[(*n)++] = r;
            }
        }
    return true;
}

/*
 * Flatten behind a transposition: the order of the features is undone in the rows of the weights
 * that read them. Only the axes that the last one of the view is made of may have moved.
 */
static bool into_weights(struct graph *g, struct op *op)
{
    enum { MOST = 16 };
    struct op *readers[MOST];
    int perm[MAX_RANK], n = 0, count;
    struct group groups[MAX_RANK + 1];
    if (!op->def->is_view || op->def->is_identity || !perm_of(op->in[0], perm)
        || (count = find_groups(&op->in[0]->shape, &op->out->shape, groups)) < 1)
        return false;
    const struct shape *s = &op->in[0]->shape;
    const struct group last = groups[count - 1];
    struct tensor *x = op->in[0]->producer->in[0];
    for (int a = 0, before = -1; a < last.a; a++) {
        if (s->dim[a] == 1)
            continue;
        if (perm[a] < before || perm[a] >= last.a)
            return false;
        before = perm[a];
    }
    const int64_t features = op->out->shape.rank ? op->out->shape.dim[op->out->shape.rank - 1] : 0;
    int64_t size = 1, *from = NEW_ARRAY(g->ctx->arena, int64_t, features + 1);
    for (int a = last.a; a < s->rank; a++)
        size *= perm[a] < last.a && s->dim[a] != 1 ? 0 : s->dim[a];
    if (size != features || !find_readers(g, op->out, readers, &n, MOST) || !n)
        return false;
    /* i: place among the values of x; from[i]: its place among those of T(x) */
    for (int64_t i = 0; i < features; i++) {
        int64_t rest = i, index[MAX_RANK] = { 0 };
        for (int d = x->shape.rank - 1; d >= last.a; d--) {
            index[d] = rest % x->shape.dim[d];
            rest /= x->shape.dim[d];
        }
        for (int a = last.a; a < s->rank; a++)
            from[i] = from[i] * s->dim[a] + index[perm[a]];
    }
    for (int k = 0; k < n; k++)
        if (!readers[k]->def->reorder_features(g, readers[k], NULL, features))
            return false;
    for (int k = 0; k < n; k++)
        readers[k]->def->reorder_features(g, readers[k], from, features);
    op->in[0] = x;
    graph_sweep(g);
    return true;
}

/* ---- what is left, as one op ----------------------------------------------------------------- */

static bool recognized(struct graph *g, struct op *last)
{
    for (int i = 0; op_table[i]; i++) {
        const struct opdef *def = op_table[i];
        struct tensor *in[1] = { NULL };
        if (!def->recognize || last->def == def)
            continue;
        struct op made = { .in = in, .nin = 1, .attr = attr_defaults(g->ctx, def) };
        if (!def->recognize(g, last, &made))
            continue;
        const int n = g->nops, at = last->index;
        struct tensor *t = op_make_from(g, last, def, made.attr, in, 1);
        move_made(g, n, at);
        renumber(g);
        replace_op(g, last, t);
        return true;
    }
    return false;
}

/* T(pad(x)) of a padding by zeros that only T reads: pad(T(x)), so that the window behind it may
 * take it. */
static bool behind_padding(struct graph *g, struct op *op)
{
    int perm[MAX_RANK], back[MAX_RANK], result[MAX_RANK];
    struct op *pad = op->nin ? op->in[0]->producer : NULL;
    if (!op->def->permutes || !op->def->permutes(op, perm) || !pad || !pad->def->pads
        || pad->out->uses != 1 || pad->nin != 1)
        return false;
    invert(perm, op->out->shape.rank, back);
    struct tensor *x = transposed(g, pad->index, op, pad->in[0], perm);
    renumber(g);
    if (!pad->def->take_transpose(g, pad, back, result))
        bug("'%s' does not take a transposition", pad->name);
    pad->in[0] = x;
    pad->out->shape = op->out->shape;
    check_again(g, pad);
    graph_replace(g, op->out, pad->out);
    op->dead = true;
    graph_sweep(g);
    return true;
}

void sink_transpositions(struct graph *g)
{
    static bool (*const rules[])(struct graph *, struct op *) = {
        merge, sink, sink_view, split_view, sink_view_through, lift, into_weights
    };
    simplify(g);
    int left = 1000 + 50 * g->nops; /* rewrites: no rule may undo another for ever */
    for (bool changed = true; changed && left > 0;) {
        changed = false;
        for (int i = 0; i < g->nops; i++)
            for (size_t k = 0; k < sizeof rules / sizeof *rules; k++)
                if (i < g->nops && rules[k](g, g->ops[i])) {
                    changed = true;
                    left--;
                    renumber(g);
                    break;
                }
        changed |= simplify_once(g);
    }
    for (int i = g->nops - 1; i >= 0; i--)
        if (i < g->nops && behind_padding(g, g->ops[i]))
            i = g->nops;
    for (int i = g->nops - 1; i >= 0; i--)
        if (i < g->nops && recognized(g, g->ops[i]))
            i = g->nops;
}
