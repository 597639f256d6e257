/*
 * views.c - which tensors lie in another one's memory: reshapes; parts of a join of channels, which
 * their producers write straight into the pixels of the joined picture; channels taken out of a
 * picture.
 */
#include "plan/plan.h"

static bool is_api(const struct graph *g, const struct tensor *t)
{
    for (int i = 0; i < g->noutputs; i++)
        if (g->outputs[i] == t)
            return true;
    return !t->producer;
}

/* Does every reader of t, seen through reshapes, take any row and pixel stride? Reads by `except`
 * do not count. */
static bool readers_take_strides(const struct graph *g, const struct tensor *t,
                                 const struct op *except)
{
    for (int i = 0; i < g->nops; i++)
        for (int j = 0; j < g->ops[i]->nin; j++)
            if (g->ops[i]->in[j] == t && g->ops[i] != except && !goes_by_rows(g->ops[i]))
                return false;
    return true;
}

static bool wants_margins(const struct graph *g, const struct tensor *t)
{
    int left, right;
    for (int i = 0; i < g->nops; i++)
        if (g->ops[i]->in && g->ops[i]->nin && g->ops[i]->in[0] == t) {
            op_margins(g->ops[i], &left, &right);
            if (left || right)
                return true;
        }
    return false;
}

static bool can_lie_in(const struct graph *g, const struct tensor *part, const struct op *join)
{
    const struct tensor *whole = join->out;
    int count = 0;
    for (int i = 0; i < join->nin; i++)
        count += join->in[i] == part;
    if (count != 1 || part->view_of || part->data || part->weight || is_api(g, part)
        || part->type != whole->type)
        return false;
    if (!goes_by_rows(part->producer) || !readers_take_strides(g, part, join))
        return false;
    return !wants_margins(g, part) || readers_take_strides(g, whole, NULL);
}

static void set_join(struct graph *g, struct op *op)
{
    int64_t at = 0;
    for (int i = 0; i < op->nin; i++) {
        struct tensor *part = op->in[i];
        if (op->def->joins_channels(op) && !is_api(g, op->out) && !op->nabsorbed
            && can_lie_in(g, part, op)) {
            part->view_of = op->out;
            part->view = VIEW_CHANNELS;
            part->view_offset = at;
        }
        at += channels_of(part);
    }
}

static void set_take(struct graph *g, struct op *op)
{
    int64_t first;
    struct tensor *from = op->in[0];
    if (op->out->view_of || !op->def->takes_channels(op, &first) || op->nabsorbed
        || is_api(g, op->out) || !readers_take_strides(g, op->out, NULL))
        return;
    if (is_api(g, from) || from->data || wants_margins(g, op->out))
        return;
    op->out->view_of = from;
    op->out->view = VIEW_CHANNELS;
    op->out->view_offset = first;
}

void set_views(struct graph *g)
{
    for (int i = 0; i < g->nops; i++) {
        struct op *op = g->ops[i];
        if (!op->def->is_view)
            continue;
        op->out->view_of = op->in[0];
        op->out->view = VIEW_SAME;
    }
    for (int i = g->nops - 1; i >= 0; i--) /* joins of joins: the outermost first */
        if (g->ops[i]->def->joins_channels)
            set_join(g, g->ops[i]);
    for (int i = 0; i < g->nops; i++)
        if (g->ops[i]->def->takes_channels)
            set_take(g, g->ops[i]);
}

bool is_placed(const struct op *op)
{
    const bool taken = op->out->view == VIEW_CHANNELS && op->nin && op->out->view_of == op->in[0];
    if (op->def->is_view || taken)
        return false;
    if (!op->def->joins_channels || !op->def->joins_channels(op))
        return true;
    for (int i = 0; i < op->nin; i++)
        if (!input_in_place(op, i))
            return true;
    return false;
}
