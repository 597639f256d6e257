/*
 * patterns.c - activations and normalisations that exporters spell out in arithmetic become one op
 * again. Each function is a simplify hook of the op at the root of such a formula. Products are
 * seen flat: factors that are tensors and one known number.
 */
#include "ops/common.h"

#include <math.h>
#include <string.h>

enum { MOST_FACTORS = 6 };

struct product {
    struct tensor *factor[MOST_FACTORS];
    int n;
    double scale;
    bool too_many;
};

static bool made_by(const struct tensor *t, const char *def)
{
    return t->producer && !t->producer->dead && strcmp(t->producer->def->name, def) == 0;
}

static bool is_number(const struct tensor *t, double *value)
{
    if (!t->data || shape_count(&t->shape) != 1 || t->type > F64)
        return false;
    *value = dtype_get(t->type, t->data, 0);
    return true;
}

static bool near(double a, double b)
{
    return fabs(a - b) <= 1e-4 * fabs(b);
}

static void collect(struct tensor *t, struct product *p, bool root)
{
    double v;
    const bool open = root || t->uses <= 1;
    if (is_number(t, &v)) {
        p->scale *= v;
    } else if (open && made_by(t, "Multiply")) {
        collect(t->producer->in[0], p, false);
        collect(t->producer->in[1], p, false);
    } else if (open && made_by(t, "Divide") && is_number(t->producer->in[1], &v)) {
        p->scale /= v;
        collect(t->producer->in[0], p, false);
    } else if (made_by(t, "Square")) {
        collect(t->producer->in[0], p, false);
        collect(t->producer->in[0], p, false);
    } else if (p->n == MOST_FACTORS) {
        p->too_many = true;
    } else {
        p->factor[p->n++] = t;
    }
}

static struct product product_of(struct tensor *t)
{
    struct product p = { .scale = 1 };
    collect(t, &p, true);
    return p;
}

/* t = inner + number? */
static bool sum_with(struct tensor *t, double number, struct tensor **inner)
{
    double v;
    for (int i = 0; made_by(t, "Add") && i < 2; i++)
        if (is_number(t->producer->in[i], &v) && near(v, number)) {
            *inner = t->producer->in[1 - i];
            return true;
        }
    return false;
}

/* t = scale * x? */
static bool is_scaled(struct tensor *t, const struct tensor *x, double scale)
{
    const struct product p = product_of(t);
    return !p.too_many && p.n == 1 && p.factor[0] == x && near(p.scale, scale);
}

/* t = scale * x^n? */
static bool is_power(struct tensor *t, const struct tensor *x, int n, double scale)
{
    const struct product p = product_of(t);
    bool all = !p.too_many && p.n == n && near(p.scale, scale);
    for (int i = 0; all && i < n; i++)
        all = p.factor[i] == x;
    return all;
}

/* t is x + 3 between 0 and 6? */
static bool is_gate(const struct tensor *t, const struct tensor *x)
{
    struct tensor *inner;
    bool six = made_by(t, "ReLU6");
    if (made_by(t, "ReLU"))
        six = near(attr_number(t->producer, "max_value"), 6)
              && attr_number(t->producer, "negative_slope") == 0
              && attr_number(t->producer, "threshold") == 0;
    if (made_by(t, "Clip"))
        six = attr_number(t->producer, "x_min") == 0 && near(attr_number(t->producer, "x_max"), 6);
    return six && sum_with(t->producer->in[0], 3, &inner) && (!x || inner == x);
}

/* t = sqrt(2 / pi) (x + 0.044715 x^3), the cubic of GELU's approximation? */
static bool is_cubic(struct tensor *t, struct tensor *x)
{
    const struct product p = product_of(t);
    struct tensor *w;
    if (p.too_many || !near(p.scale, 0.7978845608))
        return false;
    if (p.n == 1 && made_by(p.factor[0], "Add"))
        for (int i = 0; i < 2; i++)
            if (p.factor[0]->producer->in[i] == x
                && is_power(p.factor[0]->producer->in[1 - i], x, 3, 0.044715))
                return true;
    for (int i = 0; p.n == 2 && i < 2; i++)
        if (p.factor[i] == x && sum_with(p.factor[1 - i], 1, &w) && is_power(w, x, 2, 0.044715))
            return true;
    return false;
}

/* What x * f * scale is as one op, and its attributes; NULL: none. */
static const char *gated(struct tensor *x, struct tensor *f, double scale, const char **attrs)
{
    struct tensor *inner;
    const bool plain = near(scale, 1);
    *attrs = "";
    if (plain && made_by(f, "Sigmoid") && f->producer->in[0] == x)
        return "Swish";
    if (plain && made_by(f, "HardSigmoid") && f->producer->in[0] == x)
        return near(attr_number(f->producer, "alpha"), 1.0 / 6)
                       && near(attr_number(f->producer, "beta"), 0.5)
                   ? "HardSwish"
                   : NULL;
    if (plain && made_by(f, "Tanh") && made_by(f->producer->in[0], "Softplus"))
        return f->producer->in[0]->producer->in[0] == x ? "Mish" : NULL;
    if (near(scale, 1.0 / 6) && is_gate(f, x))
        return "HardSwish";
    if (!near(scale, 0.5) || !sum_with(f, 1, &inner))
        return NULL;
    if (made_by(inner, "Erf") && is_scaled(inner->producer->in[0], x, 0.7071067812))
        return "Gelu";
    *attrs = "approximate=True";
    return made_by(inner, "Tanh") && is_cubic(inner->producer->in[0], x) ? "Gelu" : NULL;
}

static bool replace(struct graph *g, struct op *op, const char *def, const char *attrs,
                    struct tensor *const *in, int nin)
{
    struct tensor *t = make_at(g, place_of(g, op), op, def, attrs, in, nin);
    if (!t)
        return false;
    graph_replace(g, op->out, t);
    op->dead = true;
    return true;
}

bool simplify_product(struct graph *g, struct op *op)
{
    /* the constant second */
    if (op->def->commutes && op->in[0]->data && !op->in[1]->data) {
        struct tensor *t = op->in[0];
        op->in[0] = op->in[1];
        op->in[1] = t;
        return true;
    }
    const struct product p = op->out->type == F32 ? product_of(op->out) : (struct product){ 0 };
    const char *attrs;
    for (int i = 0; p.n == 2 && !p.too_many && i < 2; i++) {
        const char *def = shape_equal(&p.factor[i]->shape, &op->out->shape)
                              ? gated(p.factor[i], p.factor[1 - i], p.scale, &attrs)
                              : NULL;
        if (def)
            return replace(g, op, def, attrs, &p.factor[i], 1);
    }
    if (p.n == 1 && near(p.scale, 1.0 / 6) && is_gate(p.factor[0], NULL)) {
        struct tensor *inner;
        sum_with(p.factor[0]->producer->in[0], 3, &inner);
        return replace(g, op, "HardSigmoid", "alpha=0.16666666666666666 beta=0.5", &inner, 1);
    }
    return false;
}

bool simplify_sum(struct graph *g, struct op *op)
{
    (void)g;
    if (!op->in[0]->data || op->in[1]->data)
        return false;
    struct tensor *t = op->in[0];
    op->in[0] = op->in[1];
    op->in[1] = t;
    return true;
}

bool simplify_power(struct graph *g, struct op *op)
{
    static const struct {
        double exponent;
        const char *def;
    } known[] = { { 2, "Square" }, { 0.5, "Sqrt" }, { -1, "Reciprocal" }, { -0.5, "Rsqrt" } };
    double v;
    if (op->out->type > F64 || !is_number(op->in[1], &v)
        || !shape_equal(&op->in[0]->shape, &op->out->shape))
        return false;
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (v >= known[i].exponent && v <= known[i].exponent)
            return replace(g, op, known[i].def, "", op->in, 1);
    if (!(v >= 3 && v <= 3))
        return false;
    struct tensor *pair[2] = { make_at(g, place_of(g, op), op, "Square", "", op->in, 1),
                               op->in[0] };
    return replace(g, op, "Multiply", "", pair, 2);
}

/* ---- normalisation ---- */

/* t is the mean of x along axes that end at the last one, kept as axes of 1? Their number to *axes.
 */
static bool is_mean(struct tensor *t, const struct tensor *x, int *axes)
{
    if (!made_by(t, "Reduce") || t->producer->in[0] != x || attr_number(t->producer, "kind") != 1
        || t->shape.rank != x->shape.rank)
        return false;
    const struct int_list *list = attr_list(t->producer, "axes");
    bool marked[MAX_RANK] = { false };
    int first = x->shape.rank, count = 0;
    for (int i = 0; i < list->count; i++) {
        const int64_t a = list->item[i] < 0 ? list->item[i] + x->shape.rank : list->item[i];
        count += !marked[a];
        marked[a] = true;
        first = a < first ? (int)a : first;
    }
    *axes = count;
    return count > 0 && first == x->shape.rank - count;
}

/* t = x - mean(x)? */
static bool is_centred(struct tensor *t, struct tensor **x, int *axes)
{
    if (!made_by(t, "Subtract"))
        return false;
    *x = t->producer->in[0];
    return is_mean(t->producer->in[1], *x, axes);
}

/* (x - mean) / sqrt(mean((x - mean)^2) + epsilon) */
bool simplify_quotient(struct graph *g, struct op *op)
{
    struct tensor *x, *other, *sum, *mean_square = NULL;
    int axes, same, third;
    double epsilon = 0;
    if (simplify_product(g, op))
        return true;
    if (op->out->type != F32 || !is_centred(op->in[0], &x, &axes) || !made_by(op->in[1], "Sqrt"))
        return false;
    sum = op->in[1]->producer->in[0];
    for (int i = 0; made_by(sum, "Add") && i < 2; i++)
        if (is_number(sum->producer->in[i], &epsilon))
            mean_square = sum->producer->in[1 - i];
    if (!mean_square || !made_by(mean_square, "Reduce"))
        return false;
    const struct product p = product_of(mean_square->producer->in[0]);
    if (p.n != 2 || p.too_many || !near(p.scale, 1) || p.factor[0] != p.factor[1]
        || !is_mean(mean_square, mean_square->producer->in[0], &third))
        return false;
    if (!is_centred(p.factor[0], &other, &same) || other != x || same != axes || third != axes)
        return false;
    return replace(g, op, "Normalize",
                   arena_printf(g->ctx->arena, "outer_axes=%d channel_axes=%d epsilon=%.17g",
                                x->shape.rank - axes, axes, epsilon),
                   &x, 1);
}
