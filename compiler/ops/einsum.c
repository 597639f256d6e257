/*
 * einsum.c - Einstein's sums: Einsum, the layers EinsumDense and Dot. Each axis has a label; what
 * is not in the result is summed.
 *
 * Sums of two operands become a product of matrices: labels of both and of the result are its
 * batch, those of both alone its depth. Where a label stands twice in one operand (a diagonal) or
 * is repeated, plain loops do.
 */
#include "ops/common.h"
#include "ops/onnx.h"

#include <ctype.h>
#include <string.h>

enum { LABELS = 26 + 26 + MAX_RANK, ELLIPSIS = 52 };

struct labels {
    int n, of[MAX_RANK];
};

/* ---- the plain op: labels are letters ---- */

struct einsum {
    const char *equation;
};

static const struct attr attrs[] = {
    { "equation", "equation", ATTR_STRING, offsetof(struct einsum, equation), NULL, NULL, 0 }, { 0 }
};

static int label_of(char c)
{
    return c >= 'a' && c <= 'z' ? c - 'a' : c >= 'A' && c <= 'Z' ? c - 'A' + 26 : -1;
}

static char letter(int label)
{
    return (char)(label < 26 ? 'a' + label : 'A' + label - 26);
}

/* Reads the labels of one operand up to ',' or '-'; an ellipsis stands for `missing` axes. Returns
 * what follows; NULL: wrong. */
static const char *read_labels(const char *p, int missing, struct labels *to)
{
    to->n = 0;
    for (; *p && *p != ',' && *p != '-'; p++) {
        if (*p == ' ')
            continue;
        const bool dots = strncmp(p, "...", 3) == 0;
        if (!dots && label_of(*p) < 0)
            return NULL;
        for (int i = 0; dots && i < missing && to->n < MAX_RANK; i++)
            to->of[to->n++] = ELLIPSIS + MAX_RANK - missing + i;
        if (!dots && to->n < MAX_RANK)
            to->of[to->n++] = label_of(*p);
        p += dots ? 2 : 0;
    }
    return p;
}

static int letters_in(const char *p)
{
    int n = 0;
    for (; *p && *p != ',' && *p != '-'; p++)
        n += isalpha((unsigned char)*p) != 0;
    return n;
}

/* Labels of every operand and of the result, sizes of the labels; false after an error. */
static bool read_equation(struct graph *g, const struct op *op, const char *equation,
                          struct labels *in, struct labels *out, int64_t *dim)
{
    const char *p = equation ? equation : "";
    int count[LABELS] = { 0 }, dots = 0;
    for (int l = 0; l < LABELS; l++)
        dim[l] = 1;
    for (int i = 0; i < op->nin; i++) {
        const struct shape *s = &op->in[i]->shape;
        const int missing = s->rank - letters_in(p);
        p = read_labels(p, missing > 0 ? missing : 0, &in[i]);
        if (!p || in[i].n != s->rank || (i + 1 < op->nin ? *p != ',' : *p == ','))
            return op_error(
                g, op, "the equation '%s' does not fit its %d operands, of which number %d is %s",
                equation ? equation : "", op->nin, i + 1, shape_text(g->ctx->arena, s));
        p += *p == ',';
        dots = missing > dots ? missing : dots;
        for (int d = 0; d < s->rank; d++) {
            int64_t *to = &dim[in[i].of[d]];
            if (s->dim[d] != 1 && *to != 1 && *to != s->dim[d])
                return op_error(g, op, "the equation '%s' gives one label to axes of %lld and %lld",
                                equation, (long long)*to, (long long)s->dim[d]);
            *to = *to == 1 ? s->dim[d] : *to;
            count[in[i].of[d]]++;
        }
    }
    if (*p == '-') {
        p = p[1] == '>' ? read_labels(p + 2, dots, out) : NULL;
        return (p && !*p)
               || op_error(g, op, "the equation '%s' is not of the form ab,bc->ac", equation);
    }
    /* without a result: the ellipsis, then what stands once, by the alphabet */
    out->n = 0;
    for (int l = ELLIPSIS; l < LABELS; l++)
        if (count[l] && out->n < MAX_RANK)
            out->of[out->n++] = l;
    for (int i = 0; i < 52; i++) {
        const int l = i < 26 ? i + 26 : i - 26;
        if (count[l] == 1 && out->n < MAX_RANK)
            out->of[out->n++] = l;
    }
    return true;
}

static bool has(const struct labels *l, int label)
{
    for (int i = 0; i < l->n; i++)
        if (l->of[i] == label)
            return true;
    return false;
}

struct sum {
    struct labels in[2], out, all;
    int64_t dim[LABELS], stride[2][LABELS];
};

/* all: the labels of the result, then those that are summed. */
static struct sum sum_of(const struct op *op)
{
    struct sum s = { .all = { 0 } };
    read_equation(NULL, op, ((const struct einsum *)op->attr)->equation, s.in, &s.out, s.dim);
    s.all = s.out;
    for (int i = 0; i < op->nin; i++) {
        int64_t step = 1;
        for (int d = s.in[i].n - 1; d >= 0; d--) {
            const int64_t n = op->in[i]->shape.dim[d];
            s.stride[i][s.in[i].of[d]] += n > 1 ? step : 0;
            step *= n;
        }
        for (int d = 0; d < s.in[i].n; d++)
            if (!has(&s.all, s.in[i].of[d]) && s.all.n < MAX_RANK)
                s.all.of[s.all.n++] = s.in[i].of[d];
    }
    return s;
}

static bool shape(struct graph *g, struct op *op)
{
    struct labels in[2], out;
    int64_t dim[LABELS];
    if (!read_equation(g, op, ((const struct einsum *)op->attr)->equation, in, &out, dim))
        return false;
    op->out->shape.rank = out.n;
    for (int d = 0; d < out.n; d++)
        op->out->shape.dim[d] = dim[out.of[d]];
    return true;
}

static void eval(const struct op *op, const double *const *in, double *out)
{
    const struct sum s = sum_of(op);
    int64_t summed = 1;
    for (int i = s.out.n; i < s.all.n; i++)
        summed *= s.dim[s.all.of[i]];
    for (int64_t i = 0; i < shape_count(&op->out->shape); i++) {
        double sum = 0;
        for (int64_t k = 0; k < summed; k++) {
            int64_t rest = k, at[2] = { 0, 0 };
            for (int l = s.all.n - 1; l >= 0; l--) {
                if (l == s.out.n - 1)
                    rest = i;
                const int64_t n = s.dim[s.all.of[l]], index = rest % n;
                rest /= n;
                at[0] += index * s.stride[0][s.all.of[l]];
                at[1] += index * s.stride[1][s.all.of[l]];
            }
            sum += in[0][at[0]] * (op->nin > 1 ? in[1][at[1]] : 1);
        }
        out[i] = wrap_integer(op->out->type, sum);
    }
}

/* "a + i0 * 3 + i2": an element of an operand. */
static const char *element_text(struct out *o, const struct sum *s, int operand)
{
    const char *text = "";
    for (int i = 0; i < s->all.n; i++) {
        const long long step = s->stride[operand][s->all.of[i]];
        if (step)
            text = arena_printf(o->arena, "%s%si%d * %lld", text, *text ? " + " : "", i, step);
    }
    return *text ? text : "0";
}

#include "templates/einsum.inc"

static const struct sample samples[] = { { "[3x4] [4x5]", "equation='ab,bc->ac'" },
                                         { "[4x4]", "equation='aa->a'" },
                                         { "[3x4x4]", "equation='abb->'" },
                                         { "[3x4] [3x4]", "equation='ab,ab->'" },
                                         { "int32[3x4] int32[4]", "equation='ab,b->ba'" },
                                         { NULL, NULL } };

const struct opdef einstein_sum = {
    .name = "EinsteinSum",
    .keras_base = "einsum",
    .brief = "sums of products over labelled axes, by plain loops",
    .attrs = attrs,
    .attr_size = sizeof(struct einsum),
    .types = NUMBERS,
    .min_inputs = 1,
    .max_inputs = 2,
    .samples = samples,
    .shape = shape,
    .eval = eval,
    .emit = emit,
    .to_onnx = "Einsum(*, equation=$equation)",
};

/* ---- as a product of matrices ---- */

struct operand_labels {
    struct tensor *t;
    struct labels l;
};

static bool distinct(const struct labels *l)
{
    for (int i = 0; i < l->n; i++)
        for (int j = 0; j < i; j++)
            if (l->of[i] == l->of[j])
                return false;
    return true;
}

static struct tensor *view(struct graph *g, struct op *op, struct tensor *t, const struct shape *s)
{
    const char *text = "";
    for (int d = 0; d < s->rank; d++)
        text = arena_printf(g->ctx->arena, "%s%lld,", text, (long long)s->dim[d]);
    return t ? op_make(g, op, "View", arena_printf(g->ctx->arena, "shape=(%s)", text), &t, 1)
             : NULL;
}

/* The operand's axes in the order of `to`, which holds the same labels. */
static struct tensor *in_order(struct graph *g, struct op *op, struct tensor *t,
                               const struct labels *from, const struct labels *to)
{
    const char *perm = "";
    bool moves = false;
    for (int i = 0; i < to->n; i++) {
        int at = 0;
        while (from->of[at] != to->of[i])
            at++;
        moves |= at != i;
        perm = arena_printf(g->ctx->arena, "%s%d,", perm, at);
    }
    return !moves || !t
               ? t
               : op_make(g, op, "Transpose", arena_printf(g->ctx->arena, "perm=(%s)", perm), &t, 1);
}

/* Sums the axes whose labels are neither in `a` nor in `b`. */
static struct operand_labels summed(struct graph *g, struct op *op, struct operand_labels x,
                                    const struct labels *a, const struct labels *b)
{
    struct operand_labels r = { x.t, { 0 } };
    const char *axes = "";
    for (int i = 0; i < x.l.n; i++)
        if (has(a, x.l.of[i]) || (b && has(b, x.l.of[i])))
            r.l.of[r.l.n++] = x.l.of[i];
        else
            axes = arena_printf(g->ctx->arena, "%s%d,", axes, i);
    if (*axes && x.t)
        r.t = op_make(g, op, "Reduce", arena_printf(g->ctx->arena, "kind=sum axes=(%s)", axes),
                      &x.t, 1);
    return r;
}

static struct tensor *plain_sum(struct graph *g, struct op *op, struct operand_labels *x, int n,
                                const struct labels *out)
{
    char text[4 * MAX_RANK + 8], *p = text;
    int used[LABELS], count = 0; /* labels as letters in order of appearance */
    memset(used, -1, sizeof used);
    for (int i = 0; i <= n; i++) {
        const struct labels *l = i < n ? &x[i].l : out;
        if (i == n)
            p += snprintf(p, 3, "->");
        else if (i)
            *p++ = ',';
        for (int d = 0; d < l->n; d++) {
            if (used[l->of[d]] < 0)
                used[l->of[d]] = count++;
            *p++ = letter(used[l->of[d]]);
        }
    }
    *p = 0;
    struct einsum e = { arena_copy(g->ctx->arena, text, (size_t)(p - text)) };
    struct tensor *in[2] = { x[0].t, n > 1 ? x[1].t : NULL };
    return op_make_from(g, op, &einstein_sum, &e, in, n);
}

static struct tensor *one_operand(struct graph *g, struct op *op, struct operand_labels x,
                                  const struct labels *out)
{
    if (!distinct(&x.l) || !distinct(out))
        return plain_sum(g, op, &x, 1, out);
    const struct operand_labels r = summed(g, op, x, out, NULL);
    return in_order(g, op, r.t, &r.l, out);
}

static int64_t product(const struct labels *l, const int64_t *dim)
{
    int64_t n = 1;
    for (int i = 0; i < l->n; i++)
        n *= dim[l->of[i]];
    return n;
}

static void append(struct labels *to, const struct labels *l)
{
    for (int i = 0; i < l->n && to->n < MAX_RANK; i++)
        to->of[to->n++] = l->of[i];
}

static bool sizes_agree(const struct operand_labels *x, const int64_t *dim)
{
    for (int d = 0; d < x->l.n; d++)
        if (x->t->shape.dim[d] != dim[x->l.of[d]])
            return false;
    return true;
}

static struct tensor *two_operands(struct graph *g, struct op *op, struct operand_labels *x,
                                   const struct labels *out, const int64_t *dim)
{
    struct labels batch = { 0 }, rows = { 0 }, columns = { 0 }, depth = { 0 }, left = { 0 },
                  right = { 0 }, made = { 0 };
    if (!distinct(&x[0].l) || !distinct(&x[1].l) || !distinct(out) || !sizes_agree(&x[0], dim)
        || !sizes_agree(&x[1], dim))
        return plain_sum(g, op, x, 2, out);
    const struct operand_labels a = summed(g, op, x[0], out, &x[1].l),
                                b = summed(g, op, x[1], out, &x[0].l);
    for (int i = 0; i < a.l.n; i++) {
        struct labels *to = !has(&b.l, a.l.of[i]) ? &rows : has(out, a.l.of[i]) ? &batch : &depth;
        to->of[to->n++] = a.l.of[i];
    }
    for (int i = 0; i < b.l.n; i++)
        if (!has(&a.l, b.l.of[i]))
            columns.of[columns.n++] = b.l.of[i];
    append(&left, &batch), append(&left, &rows), append(&left, &depth);
    append(&right, &batch), append(&right, &depth), append(&right, &columns);
    append(&made, &batch), append(&made, &rows), append(&made, &columns);
    const int64_t B = product(&batch, dim), M = product(&rows, dim), N = product(&columns, dim),
                  K = product(&depth, dim);
    const struct shape sa = batch.n ? shape_of(3, B, M, K) : shape_of(2, M, K),
                       sb = batch.n ? shape_of(3, B, K, N) : shape_of(2, K, N);
    struct tensor *pair[2] = { view(g, op, in_order(g, op, a.t, &a.l, &left), &sa),
                               view(g, op, in_order(g, op, b.t, &b.l, &right), &sb) };
    struct tensor *t = pair[0] && pair[1] ? op_make(g, op, "MatMul", "", pair, 2) : NULL;
    struct shape s = { .rank = made.n };
    for (int d = 0; d < made.n; d++)
        s.dim[d] = dim[made.of[d]];
    return in_order(g, op, view(g, op, t, &s), &made, out);
}

/* More than two operands: the first two are summed over what nobody else needs, until two are left.
 */
static struct tensor *contract(struct graph *g, struct op *op, struct operand_labels *x, int n,
                               const struct labels *out, const int64_t *dim)
{
    while (n > 2) {
        struct labels keep = { 0 };
        for (int i = 0; i < 2; i++)
            for (int d = 0; d < x[i].l.n; d++) {
                bool wanted = has(out, x[i].l.of[d]);
                for (int j = 2; j < n; j++)
                    wanted |= has(&x[j].l, x[i].l.of[d]);
                if (wanted && !has(&keep, x[i].l.of[d]) && keep.n < MAX_RANK)
                    keep.of[keep.n++] = x[i].l.of[d];
            }
        x[1] = (struct operand_labels){ two_operands(g, op, x, &keep, dim), keep };
        if (!x[1].t)
            return NULL;
        x++;
        n--;
    }
    return n == 1 ? one_operand(g, op, x[0], out) : two_operands(g, op, x, out, dim);
}

static struct tensor *expand(struct graph *g, struct op *op)
{
    struct labels *in = NEW_ARRAY(g->ctx->arena, struct labels, op->nin + 1), out;
    struct operand_labels *x = NEW_ARRAY(g->ctx->arena, struct operand_labels, op->nin + 1);
    int64_t dim[LABELS];
    if (!read_equation(g, op, ((const struct einsum *)op->attr)->equation, in, &out, dim))
        return NULL;
    for (int i = 0; i < op->nin; i++)
        x[i] = (struct operand_labels){ op->in[i], in[i] };
    return contract(g, op, x, op->nin, &out, dim);
}

static bool import(struct graph *g, struct onnx_node *node)
{
    void *attr = NEW(g->ctx->arena, struct einsum);
    ((struct einsum *)attr)->equation = onnx_string(node, "equation", "");
    for (int i = 0; i < node->nin; i++)
        if (!node->in[i])
            return onnx_error(g, node, "its operand %d is missing", i);
    node->out[0] = op_make_from(g, node->from, op_find("Einsum"), attr, node->in, node->nin);
    return node->out[0] != NULL;
}

static const struct sample door_samples[] = { { "[3x4] [4x5]", "equation='ab,bc->ac'" },
                                              { "[2x3x4] [2x5x4]", "equation='bij,bkj->bik'" },
                                              { "[2x3x4]", "equation='abc->ca'" },
                                              { "[3x4] [4x5] [5]", "equation='ab,bc,c->a'" },
                                              { "[2x3x4] [4x5]", "equation='...i,ij->...j'" },
                                              { "[3] [4]", "equation='i,j->ij'" },
                                              { "[4x4]", "equation='ii'" },
                                              { "[2x3x2x5] [2x7x2x5]",
                                                "equation='aecd,abcd->acbe'" },
                                              { NULL, NULL } };

const struct opdef einsum = {
    .name = "Einsum",
    .onnx = "Einsum",
    .keras_base = "einsum",
    .brief = "sums of products over labelled axes",
    .attrs = attrs,
    .attr_size = sizeof(struct einsum),
    .types = NUMBERS,
    .min_inputs = 1,
    .max_inputs = -1,
    .samples = door_samples,
    .expand = expand,
    .import = import,
    .functions = "einsum(subscripts|equation:equation, *operands|inputs)",
};

/* ---- Dot ---- */

struct dot {
    struct int_list axes;
    bool normalize;
};

static const struct attr dot_attrs[] = {
    { "axes", NULL, ATTR_LIST, offsetof(struct dot, axes), NULL, NULL, 0 },
    { "normalize", NULL, ATTR_BOOL, offsetof(struct dot, normalize), "False", NULL, 0 },
    { 0 }
};

/* Sums along axis[i] of operand i; `batch`: their first axes are one and the same. */
static struct tensor *along(struct graph *g, struct op *op, struct tensor *const *in,
                            const int *axis, bool batch)
{
    struct operand_labels x[2] = { { in[0], { 0 } }, { in[1], { 0 } } };
    struct labels out = { 0 };
    int64_t dim[LABELS] = { 0 };
    int next = 0;
    if (in[0]->shape.dim[axis[0]] != in[1]->shape.dim[axis[1]]) {
        op_error(g, op, "axis %d of %s and axis %d of %s differ", axis[0],
                 shape_text(g->ctx->arena, &in[0]->shape), axis[1],
                 shape_text(g->ctx->arena, &in[1]->shape));
        return NULL;
    }
    for (int i = 0; i < 2; i++)
        for (int d = 0; d < in[i]->shape.rank; d++) {
            const int label = i && d == axis[1]      ? x[0].l.of[axis[0]]
                              : i && batch && d == 0 ? x[0].l.of[0]
                                                     : next++;
            x[i].l.of[x[i].l.n++] = label;
            dim[label] = in[i]->shape.dim[d];
            if (d != axis[i] && !(i && batch && d == 0) && out.n < MAX_RANK)
                out.of[out.n++] = label;
        }
    return contract(g, op, x, 2, &out, dim);
}

static struct tensor *expand_dot(struct graph *g, struct op *op)
{
    const struct dot *p = op->attr;
    struct tensor *in[2] = { op->in[0], op->in[1] };
    int axis[2];
    if (p->axes.count < 1 || p->axes.count > 2) {
        op_error(g, op, "'axes' must be a whole number or two of them");
        return NULL;
    }
    for (int i = 0; i < 2; i++) {
        const int64_t a = p->axes.item[p->axes.count == 2 ? i : 0];
        axis[i] = (int)(a < 0 ? a + in[i]->shape.rank : a);
        if (axis[i] < 1 || axis[i] >= in[i]->shape.rank) {
            op_error(g, op, "there is no axis %lld in %s beside the batch", (long long)a,
                     shape_text(g->ctx->arena, &in[i]->shape));
            return NULL;
        }
        if (p->normalize)
            in[i] = op_make(g, op, "UnitNormalization",
                            arena_printf(g->ctx->arena, "axis=%d", axis[i]), &in[i], 1);
    }
    struct tensor *t = along(g, op, in, axis, true);
    if (!t || t->shape.rank != 1)
        return t;
    const struct shape s = shape_of(2, t->shape.dim[0], (int64_t)1);
    return view(g, op, t, &s);
}

static const struct sample dot_samples[] = { { "6 6", "axes=1" },
                                             { "4x6 5x6", "axes=2" },
                                             { "4x6 6x5", "axes=(2,1) normalize=True" },
                                             { NULL, NULL } };

const struct opdef dot = {
    .name = "Dot",
    .keras_base = "dot",
    .brief = "sums of products of two tensors along an axis",
    .attrs = dot_attrs,
    .attr_size = sizeof(struct dot),
    .types = REALS,
    .min_inputs = 2,
    .max_inputs = 2,
    .samples = dot_samples,
    .expand = expand_dot,
    .functions = "layers.dot(*inputs, axes, normalize=False); batch_dot(x, y, axes=-1)",
};

struct dot_function {
    bool inner;
};

static const struct attr function_attrs[] = {
    { "inner", NULL, ATTR_BOOL, offsetof(struct dot_function, inner), "False", NULL, 0 }, { 0 }
};

/* The last axis of the first with the last but one of the second (inner: the last one). */
static struct tensor *expand_dot_function(struct graph *g, struct op *op)
{
    const bool inner = ((const struct dot_function *)op->attr)->inner;
    const int ranks[2] = { op->in[0]->shape.rank, op->in[1]->shape.rank };
    if (!ranks[0] || !ranks[1])
        return op_make(g, op, "Multiply", "", op->in, 2);
    const int axis[2] = { ranks[0] - 1, inner || ranks[1] == 1 ? ranks[1] - 1 : ranks[1] - 2 };
    return along(g, op, op->in, axis, false);
}

static const struct sample function_samples[] = {
    { "[3x4] [4x5]", "" }, { "[2x3x4] [5x4]", "inner=True" }, { "[4] [4]", "" }, { NULL, NULL }
};

const struct opdef dot_function = {
    .name = "DotProduct",
    .keras_base = "dot",
    .brief = "NumPy's dot and inner",
    .attrs = function_attrs,
    .attr_size = sizeof(struct dot_function),
    .types = NUMBERS,
    .min_inputs = 2,
    .max_inputs = 2,
    .samples = function_samples,
    .expand = expand_dot_function,
    .functions =
        "K.dot backend.dot ops.dot numpy.dot dot(x|x1|a, y|x2|b); inner(x1, x2) inner=True",
};

/* The last `axes` axes of the first with the first ones of the second, all others kept; or the axes
 * of two lists. */
struct tensordot {
    struct int_list axes;
};

static const struct attr tensordot_attrs[] = {
    { "axes", NULL, ATTR_LIST, offsetof(struct tensordot, axes), "2", NULL, 0 }, { 0 }
};

static struct tensor *expand_tensordot(struct graph *g, struct op *op)
{
    const struct int_list *axes = &((const struct tensordot *)op->attr)->axes;
    const int pairs = axes->count == 1 ? (int)axes->item[0] : axes->count / 2;
    struct operand_labels x[2] = { { op->in[0], { 0 } }, { op->in[1], { 0 } } };
    struct labels out = { 0 };
    int64_t dim[LABELS] = { 0 };
    const int ranks[2] = { op->in[0]->shape.rank, op->in[1]->shape.rank };
    int met[2][MAX_RANK], next = MAX_RANK;
    if (pairs < 0 || pairs > ranks[0] || pairs > ranks[1]
        || (axes->count != 1 && axes->count % 2)) {
        op_error(g, op, "its axes do not fit %s and %s",
                 shape_text(g->ctx->arena, &op->in[0]->shape),
                 shape_text(g->ctx->arena, &op->in[1]->shape));
        return NULL;
    }
    memset(met, -1, sizeof met);
    for (int i = 0; i < 2; i++)
        for (int k = 0; k < pairs; k++) {
            const int64_t a = axes->count == 1 ? (i ? k : ranks[0] - pairs + k)
                                               : axes->item[i * pairs + k],
                          at = a < 0 ? a + ranks[i] : a;
            if (at < 0 || at >= ranks[i]) {
                op_error(g, op, "there is no axis %lld in %s", (long long)a,
                         shape_text(g->ctx->arena, &op->in[i]->shape));
                return NULL;
            }
            met[i][at] = k;
        }
    for (int i = 0; i < 2; i++)
        for (int d = 0; d < ranks[i]; d++) {
            const int label = met[i][d] >= 0 ? met[i][d] : next++;
            if (dim[label] && dim[label] != op->in[i]->shape.dim[d]) {
                op_error(g, op, "the axes that are summed differ: %lld and %lld",
                         (long long)dim[label], (long long)op->in[i]->shape.dim[d]);
                return NULL;
            }
            dim[label] = op->in[i]->shape.dim[d];
            x[i].l.of[x[i].l.n++] = label;
            if (label >= MAX_RANK && out.n < MAX_RANK)
                out.of[out.n++] = label;
        }
    return contract(g, op, x, 2, &out, dim);
}

static const struct sample tensordot_samples[] = { { "[2x3x4] [4x5]", "axes=1" },
                                                   { "[2x3x4] [3x4x5]", "" },
                                                   { "[2x3] [4]", "axes=0" },
                                                   { "[2x3x4] [5x2]", "axes=((0),(1))" },
                                                   { NULL, NULL } };

const struct opdef tensordot = {
    .name = "TensorDot",
    .keras_base = "tensordot",
    .brief = "sums of products along several axes",
    .attrs = tensordot_attrs,
    .attr_size = sizeof(struct tensordot),
    .types = NUMBERS,
    .min_inputs = 2,
    .max_inputs = 2,
    .samples = tensordot_samples,
    .expand = expand_tensordot,
    .functions = "tensordot(x1|a, x2|b, axes=2)",
};

/* ---- EinsumDense ---- */

struct einsum_dense {
    const char *equation;
    struct int_list output_shape;
    const char *bias_axes;
};

static const struct attr dense_attrs[] = {
    { "equation", NULL, ATTR_STRING, offsetof(struct einsum_dense, equation), NULL, NULL, 0 },
    { "output_shape", NULL, ATTR_LIST, offsetof(struct einsum_dense, output_shape), NULL, NULL, 0 },
    { "activation", NULL, ATTR_IGNORED, 0, "None", NULL, 0 },
    { "bias_axes", NULL, ATTR_STRING, offsetof(struct einsum_dense, bias_axes), "None", NULL, 0 },
    { 0 }
};

/* Sizes of the labels: from the input, and from output_shape, which lies at the result's last
 * labels. */
static bool dense_sizes(struct graph *g, const struct op *op, const char **kernel,
                        const char **result, int64_t *dim)
{
    const struct einsum_dense *p = op->attr;
    struct labels in;
    const char *comma = strchr(p->equation, ','), *arrow = comma ? strstr(comma, "->") : NULL;
    if (!arrow || !read_labels(p->equation, op->in[0]->shape.rank - letters_in(p->equation), &in)
        || in.n != op->in[0]->shape.rank)
        return op_error(
            g, op, "the equation '%s' does not fit the input %s; it has the form 'abc,cd->abd'",
            p->equation, shape_text(g->ctx->arena, &op->in[0]->shape));
    *kernel = comma + 1;
    *result = arrow + 2;
    for (int l = 0; l < LABELS; l++)
        dim[l] = 0;
    for (int d = 0; d < in.n; d++)
        dim[in.of[d]] = op->in[0]->shape.dim[d];
    int at = p->output_shape.count - 1;
    for (const char *c = *result + strlen(*result); c > *result && at >= 0; c--) {
        const int l = label_of(c[-1]);
        if (l < 0)
            continue;
        dim[l] = p->output_shape.item[at] > 0 && !dim[l] ? p->output_shape.item[at] : dim[l];
        at--;
    }
    return true;
}

static bool dense_weights(struct graph *g, struct op *op)
{
    const struct einsum_dense *p = op->attr;
    const char *kernel = "", *result = "";
    int64_t dim[LABELS], fan_in = 1, fan_out = 1;
    struct shape k = { 0 }, b = { 0 };
    if (!dense_sizes(g, op, &kernel, &result, dim))
        return false;
    for (const char *c = kernel; *c != '-' && k.rank < MAX_RANK; c++) {
        const int l = label_of(*c);
        if (l < 0 || !dim[l])
            return op_error(
                g, op,
                "the size of '%c' of the equation '%s' is not known; give it by output_shape", *c,
                p->equation);
        k.dim[k.rank++] = dim[l];
        *(strchr(result, *c) ? &fan_out : &fan_in) *= dim[l];
    }
    if (!op_weight(g, op, "kernel", k, INIT_KERNEL, fan_in, fan_out))
        return false;
    bool begun = false;
    for (const char *c = result; p->bias_axes && *c; c++) {
        const int l = label_of(*c);
        const bool in_bias = l >= 0 && strchr(p->bias_axes, *c);
        begun |= in_bias;
        if (begun && b.rank < MAX_RANK)
            b.dim[b.rank++] = in_bias ? dim[l] : 1;
        c += strncmp(c, "...", 3) == 0 ? 2 : 0;
    }
    return !begun || op_weight(g, op, "bias", b, INIT_ZEROS, 0, 0);
}

static struct tensor *expand_dense(struct graph *g, struct op *op)
{
    const struct einsum_dense *p = op->attr;
    struct einsum e = { p->equation };
    struct tensor *t = op_make_from(g, op, &einsum, &e, op->in, 2);
    return t && op->nin > 2 ? op_make(g, op, "Add", "", (struct tensor *[]){ t, op->in[2] }, 2) : t;
}

static const struct sample dense_samples[] = {
    { "4x6", "equation='abc,cd->abd' output_shape=(4,5) bias_axes=d" },
    { "4x6", "equation='abc,cde->abde' output_shape=(4,2,3) bias_axes=de" },
    { "4x6", "equation='...x,xy->...y' output_shape=5" },
    { "4x2x3", "equation='abcd,cde->abe' output_shape=(4,7) bias_axes=e" },
    { NULL, NULL }
};

const struct opdef einsum_dense = {
    .name = "EinsumDense",
    .keras_base = "einsum_dense",
    .brief = "fully connected layer by an equation",
    .attrs = dense_attrs,
    .attr_size = sizeof(struct einsum_dense),
    .min_inputs = 1,
    .max_inputs = 1,
    .has_activation = true,
    .samples = dense_samples,
    .weights = dense_weights,
    .expand = expand_dense,
};
