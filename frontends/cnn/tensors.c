/* tensors.c - what Python's operators, subscripts and attributes mean on tensors. */
#include "cnn/keras.h"

#include <string.h>

/* ---- operands ---- */

static struct tensor *constant(struct eval *e, enum dtype type, struct shape s,
                               const double *values)
{
    struct tensor *t = graph_constant(e->g, "constant", type, s, NULL);
    for (int64_t i = 0; i < shape_count(&s); i++)
        dtype_set(type, t->data, i, values[i]);
    return t;
}

struct tensor *as_tensor(struct eval *e, struct value v, const struct tensor *like, struct span at)
{
    (void)at;
    if (v.kind == V_TENSOR)
        return v.tensor;
    if (v.kind == V_VARIABLE)
        return v.variable->weight->tensor;
    const enum dtype type = like ? like->type : F32;
    if (is_number(v)) {
        const double f = number(v);
        return constant(e, type, shape_of(1, (int64_t)1), &f);
    }
    if (is_items(v))
        v = array_of(e, v);
    if (v.kind != V_ARRAY || !v.array->item)
        return NULL;
    struct shape s = v.array->shape;
    if (!s.rank)
        s = shape_of(1, (int64_t)1);
    return constant(e,
                    like                                       ? type
                    : v.array->type == F64 && !v.array->stored ? F32
                                                               : v.array->type,
                    s, v.array->item);
}

struct value apply_op(struct eval *e, const struct opdef *def, const void *attr, struct tensor **in,
                      int nin, struct span at)
{
    int n = 0;
    struct tensor **outs = op_call_all(e->g, def, NULL, NULL, attr, in, nin, at, &n);
    if (!outs) {
        note_shapes(e, in, nin, at);
        return unknown_told(e);
    }
    struct value r = of_tensor(outs[0]);
    if (n > 1) {
        r = new_list(e, V_LIST);
        for (int i = 0; i < n; i++)
            if (outs[i])
                list_push(e, r.list, of_tensor(outs[i]));
    }
    if (!e->keras->inside)
        automatic_name(e, def->keras_base ? def->keras_base : snake_case(e, def->name));
    struct record *record = record_call(e, NULL, def, attr, r, at);
    record->in = NEW_ARRAY(e->mem, struct tensor *, nin + 1);
    memcpy(record->in, in, (size_t)nin * sizeof *in);
    record->nin = nin;
    return r;
}

/* ---- operators ---- */

/* Of several operators that stand for it, the last one that works on that type: "~x" of whole
 * numbers and of truth values. */
static const struct opdef *operator_of(const char *op, enum dtype type)
{
    const size_t n = strlen(op);
    const struct opdef *found = NULL;
    for (int i = 0; op_table[i]; i++)
        for (const char *p = op_table[i]->python_operator; p && *p;
             p += strcspn(p, " "), p += strspn(p, " "))
            if (strcspn(p, " ") == n && strncmp(p, op, n) == 0
                && (!found || op_table[i]->types & TYPE(type)))
                found = op_table[i];
    return found;
}

struct value keras_operator(struct eval *e, const char *op, struct value a, struct value b,
                            struct span at)
{
    const struct value t = a.kind == V_TENSOR ? a : b.kind == V_TENSOR ? b : EMPTY;
    const struct tensor *like = t.kind == V_TENSOR ? t.tensor : NULL;
    if (a.kind == V_UNKNOWN || b.kind == V_UNKNOWN)
        return unknown(e, arena_printf(e->mem, "the result of '%s'", op), at,
                       a.kind == V_UNKNOWN ? a.unknown : b.unknown);
    struct tensor *in[2] = { as_tensor(e, a, like, at), as_tensor(e, b, like, at) };
    if (!in[0] || !in[1]) {
        if (a.kind == V_ARRAY || b.kind == V_ARRAY)
            return unknown(e, "the values of an array", at, NULL);
        raise_error(e, "TypeError", "unsupported operand type(s) for %s: '%s' and '%s'", op,
                    type_name(e, a), type_name(e, b));
    }
    const struct opdef *def = operator_of(op, in[0]->type);
    if (!def)
        return not_supported(e, at, "the operator '%s' between tensors, which cnnc does not have",
                             op);
    return apply_op(e, def, attr_defaults(e->ctx, def), in, 2, at);
}

struct value keras_unary(struct eval *e, const char *op, struct value a, struct span at)
{
    const struct opdef *def =
        operator_of(arena_printf(e->mem, "%sx", op), a.kind == V_TENSOR ? a.tensor->type : F32);
    struct tensor *in[1] = { as_tensor(e, a, NULL, at) };
    if (def)
        return apply_op(e, def, attr_defaults(e->ctx, def), in, 1, at);
    if (*op == '-')
        return keras_operator(e, "*", a, of_int(-1), at);
    return not_supported(e, at, "the operator '%s' of a tensor, which cnnc does not have", op);
}

/* ---- slices ---- */

struct cut {
    struct value begin, size, step, shape;
    bool changes_shape, cuts;
};

/* One axis of the tensor under one part of the index; false: not known. */
static bool cut_axis(struct eval *e, struct cut *c, struct value i, int64_t d)
{
    int64_t from = 0, by = 1, n = d;
    if (i.kind == V_SLICE) {
        for (int k = 0; k < 3; k++)
            if (i.list->item[k].kind != V_NONE && !is_whole(i.list->item[k]))
                return false;
        slice_bounds(e, i.list, d, &from, &by, &n);
        c->cuts |= from != 0 || by != 1 || n != d;
        list_push(e, c->shape.list, of_int(n));
    } else if (is_whole(i)) {
        from = i.i < 0 ? i.i + d : i.i;
        if (from < 0 || from >= d)
            raise_error(e, "IndexError", "index %lld is outside of the axis, which has %lld",
                        (long long)i.i, (long long)d);
        n = 1;
        c->cuts |= d != 1;
        c->changes_shape = true;
    } else {
        return false;
    }
    list_push(e, c->begin.list, of_int(from));
    list_push(e, c->size.list, of_int(n));
    list_push(e, c->step.list, of_int(by));
    return true;
}

static bool read_index(struct eval *e, struct cut *c, struct value index, const struct shape *s)
{
    struct value parts = index, all = new_list(e, V_SLICE);
    for (int k = 0; k < 3; k++)
        list_push(e, all.list, NONE);
    if (index.kind != V_TUPLE) {
        parts = new_list(e, V_TUPLE);
        list_push(e, parts.list, index);
    }
    int taken = 0, axis = 0;
    bool dots = false;
    for (int64_t i = 0; i < parts.list->count; i++)
        taken += parts.list->item[i].kind != V_NONE && parts.list->item[i].kind != V_ELLIPSIS
                 && !(parts.list->item[i].kind == V_SPACE);
    for (int64_t i = 0; i <= parts.list->count; i++) {
        const struct value p = i < parts.list->count ? parts.list->item[i] : of_kind(V_ELLIPSIS);
        if (p.kind == V_NONE || p.kind == V_SPACE) { /* tf.newaxis */
            list_push(e, c->shape.list, of_int(1));
            c->changes_shape = true;
        } else if (p.kind == V_ELLIPSIS) {
            for (int k = 0; !dots && k < s->rank - taken; k++)
                if (!cut_axis(e, c, all, s->dim[axis++]))
                    return false;
            dots = true;
        } else {
            if (axis >= s->rank)
                raise_error(e, "IndexError",
                            "too many indices: the tensor has %d axes, the batch counted", s->rank);
            if (!cut_axis(e, c, p, s->dim[axis++]))
                return false;
        }
    }
    return true;
}

struct value keras_slice(struct eval *e, struct value t, struct value index, struct span at)
{
    struct cut c = { new_list(e, V_TUPLE),
                     new_list(e, V_TUPLE),
                     new_list(e, V_TUPLE),
                     new_list(e, V_TUPLE),
                     false,
                     false };
    t = of_tensor(as_tensor(e, t, NULL, at));
    if (!read_index(e, &c, index, &t.tensor->shape))
        return unknown(e, "a part of a tensor whose place is not known", at, why(index));
    if (c.cuts) {
        const struct value by = { .kind = V_TUPLE, .list = c.step.list };
        struct value v[4] = { EMPTY, t, c.begin, c.size };
        struct named step = { intern(e, "step"), by };
        struct args a = { .v = v + 1, .n = 3, .named = &step, .nnamed = 1, .at = at };
        t = keras_function(e, "tf.slice", &a);
        if (t.kind != V_TENSOR)
            return t.kind == V_EMPTY
                       ? not_supported(e, at, "slices of tensors, which cnnc does not have")
                       : t;
    }
    return c.changes_shape ? call_function_of(e, "reshape", t, c.shape, at) : t;
}

/* ---- attributes ---- */

/* Does the shape depend on an input whose size the text does not tell? */
static bool depends_on_open(struct eval *e, const struct tensor *t, int depth)
{
    for (int i = 0; i < e->keras->nopen_inputs; i++)
        if (e->keras->open_inputs[i] == t)
            return true;
    const struct record *r = e->keras->nopen_inputs && depth < 1000 ? maker(e, t) : NULL;
    for (int i = 0; r && i < r->nin; i++)
        if (r->in[i] && depends_on_open(e, r->in[i], depth + 1))
            return true;
    return false;
}

static struct value shape_as_list(struct eval *e, struct args *a)
{
    struct value r = new_list(e, V_LIST), from = a->v[0];
    const struct list *l = items_of(e, &from);
    for (int64_t i = 0; l && i < l->count; i++)
        list_push(e, r.list, l->item[i]);
    return r;
}

static const struct builtin shape_methods[] = { { "as_list", shape_as_list, true }, { 0 } };

/* (None, 28, 28, 1), with what tf.TensorShape has besides. */
struct value shape_tuple(struct eval *e, const struct tensor *t)
{
    struct value r = new_list(e, V_TUPLE);
    const bool open = e->keras->nopen_inputs && depends_on_open(e, t, 0);
    for (int i = 0; i < t->shape.rank; i++)
        list_push(e, r.list,
                  i == 0 || (open && i < t->shape.rank - 1) ? NONE : of_int(t->shape.dim[i]));
    return r;
}

static struct value same(struct eval *e, struct args *a)
{
    (void)e;
    return a->v[0];
}

static struct value get_shape(struct eval *e, struct args *a)
{
    return shape_tuple(e, as_tensor(e, a->v[0], NULL, a->at));
}

static const struct builtin tensor_methods[] = {
    { "get_shape", get_shape, true }, { "read_value", same, true }, { "numpy", same, true }, { 0 }
};

void add_tensor_methods(struct eval *e)
{
    class_add(e, e->type[V_TENSOR], tensor_methods);
    class_add(e, e->type[V_VARIABLE], tensor_methods);
    class_add(e, e->type[V_TUPLE], shape_methods);
}

struct value keras_tensor_attribute(struct eval *e, struct value v, struct str *name,
                                    struct span at)
{
    const struct tensor *t = as_tensor(e, v, NULL, at);
    if (name == e->n.shape || same_text(name, "_keras_shape")) {
        if (v.kind == V_TENSOR)
            return shape_tuple(e, t);
        struct value r = new_list(e, V_TUPLE);
        for (int i = 0; i < t->shape.rank; i++)
            list_push(e, r.list, of_int(t->shape.dim[i]));
        return r;
    }
    if (name == e->n.name)
        return of_text(e, t->name);
    if (same_text(name, "dtype"))
        return of_text(e, dtype_name(t->type));
    if (same_text(name, "ndim") || same_text(name, "rank"))
        return of_int(t->shape.rank);
    if (same_text(name, "value"))
        return v;
    const struct value f = class_lookup(e->type[v.kind], name);
    if (f.kind != V_EMPTY)
        return bind_method(e, f, v, e->type[v.kind]);
    const char *ops = arena_printf(e->mem, "keras.ops.%s", name->s);
    return is_function(e, ops)
               ? not_supported(e, at, "a tensor of Keras has no '%s'; write %s(x, ...)", name->s,
                               ops)
               : not_supported(e, at, "the attribute '%s' of a tensor, which cnnc does not have",
                               name->s);
}

int keras_is_instance(struct eval *e, struct value v, const char *type)
{
    const char *last = last_word(type);
    (void)e;
    if (strstr(last, "Tensor") && strcmp(last, "TensorShape") != 0)
        return v.kind == V_TENSOR;
    if (strcmp(last, "TensorShape") == 0)
        return v.kind == V_TUPLE;
    if (strcmp(last, "Variable") == 0)
        return v.kind == V_VARIABLE;
    return v.kind == V_OBJECT ? -1 : 0;
}
