/* fill.c - what is known from shapes and numbers alone, so constants: Shape, Size, filled tensors,
 * ranges, identity matrices. */
#include "ops/moves.h"
#include "ops/onnx.h"

#include <math.h>
#include <string.h>

static struct tensor *constant(struct graph *g, const struct op *op, enum dtype type,
                               struct shape s)
{
    if (shape_count(&s) < 0)
        return op_error(g, op, "would have more than 2^40 elements"), NULL;
    return graph_constant(g, arena_printf(g->ctx->arena, "%s_values", op->name), type, s, NULL);
}

/* ---- Shape, Size ----------------------------------------------------------------------------- */

struct part {
    int start, end;
};

static const struct attr shape_attrs[] = {
    { "start", "start", ATTR_INT, offsetof(struct part, start), "0", NULL, 0 },
    { "end", "end", ATTR_INT, offsetof(struct part, end), "1000", NULL, 0 },
    { 0 }
};

static int within(int axis, int rank)
{
    axis += axis < 0 ? rank : 0;
    return axis < 0 ? 0 : axis > rank ? rank : axis;
}

static struct tensor *expand_shape(struct graph *g, struct op *op)
{
    const struct part *p = op->attr;
    const struct shape *s = &op->in[0]->shape;
    const int from = within(p->start, s->rank), to = within(p->end, s->rank);
    struct tensor *t = constant(g, op, I64, shape_of(1, (int64_t)(to > from ? to - from : 0)));
    for (int d = from; t && d < to; d++)
        ((int64_t *)t->data)[d - from] = s->dim[d];
    return t;
}

static struct tensor *expand_size(struct graph *g, struct op *op)
{
    struct tensor *t = constant(g, op, I64, (struct shape){ 0 });
    *(int64_t *)t->data = shape_count(&op->in[0]->shape);
    return t;
}

static const struct sample shape_samples[] = { { "3x2", "" },
                                               { "3x2", "start=-2 end=-1" },
                                               { NULL, NULL } };
static const struct sample size_samples[] = { { "3x2", "" }, { NULL, NULL } };

const struct opdef shape_op = {
    .name = "Shape",
    .onnx = "Shape",
    .keras_base = "shape",
    .brief = "the sizes of a tensor's axes",
    .attrs = shape_attrs,
    .attr_size = sizeof(struct part),
    .min_inputs = 1,
    .max_inputs = 1,
    .types = ALL_TYPES,
    .samples = shape_samples,
    .expand = expand_shape,
};
const struct opdef size_op = {
    .name = "Size",
    .onnx = "Size",
    .keras_base = "size",
    .brief = "the number of a tensor's values",
    .min_inputs = 1,
    .max_inputs = 1,
    .types = ALL_TYPES,
    .samples = size_samples,
    .expand = expand_size,
};

/* ---- filled tensors -------------------------------------------------------------------------- */

/* "same": as the input, or what the op gives otherwise. */
#define TYPES                                                                                      \
    "same float32 float16 bfloat16 float64 int8 int16 int32 int64 uint8 uint16 uint32 uint64 bool"

static enum dtype type_of(int choice, enum dtype otherwise)
{
    return choice ? (enum dtype)(choice - 1) : otherwise;
}

struct fill {
    struct int_list shape;
    double value;
    int dtype;
};

static const struct attr fill_attrs[] = {
    /* without an input that gives it */
    { "shape", NULL, ATTR_LIST, offsetof(struct fill, shape), "None", NULL, 0 },
    { "value", NULL, ATTR_FLOAT, offsetof(struct fill, value), "0", NULL, 0 },
    { "dtype", NULL, ATTR_CHOICE, offsetof(struct fill, dtype), "same", TYPES, 0 },
    { 0 }
};

static void set_all(struct tensor *t, double value)
{
    for (int64_t i = 0; i < shape_count(&t->shape); i++)
        dtype_set(t->type, t->data, i, value);
}

static struct tensor *expand_fill(struct graph *g, struct op *op)
{
    const struct fill *p = op->attr;
    struct shape s = op->nin ? op->in[0]->shape : (struct shape){ .rank = p->shape.count };
    if (s.rank > MAX_RANK)
        return op_error(g, op, "has more than %d dimensions", MAX_RANK), NULL;
    for (int d = 0; !op->nin && d < s.rank; d++) {
        s.dim[d] = p->shape.item[d];
        if (s.dim[d] < 0 || s.dim[d] > MAX_DIM)
            return op_error(g, op, "a dimension of %lld", (long long)s.dim[d]), NULL;
    }
    struct tensor *t = constant(g, op, type_of(p->dtype, op->nin ? op->in[0]->type : F32), s);
    if (t)
        set_all(t, p->value);
    return t;
}

static bool import_fill(struct graph *g, struct onnx_node *n)
{
    struct int_list dims;
    const struct onnx_attribute *value = onnx_find(n, "value");
    struct shape s = { 0 };
    if (!onnx_const_ints(g, n, 0, &dims) || dims.count > MAX_RANK)
        return false;
    for (s.rank = 0; s.rank < dims.count; s.rank++) {
        s.dim[s.rank] = dims.item[s.rank];
        if (dims.item[s.rank] < 0 || dims.item[s.rank] > MAX_DIM)
            return onnx_error(g, n, "a dimension of %lld", (long long)dims.item[s.rank]);
    }
    n->out[0] = constant(g, n->from, value && value->tensor ? value->tensor->type : F32, s);
    for (int64_t i = 0; n->out[0] && value && value->tensor && i < shape_count(&s); i++)
        memcpy((char *)n->out[0]->data + (size_t)i * dtype_size(n->out[0]->type),
               value->tensor->data, dtype_size(n->out[0]->type));
    return n->out[0] != NULL;
}

static const struct sample fill_samples[] = { { "3x2", "value=2.5" },
                                              { "", "shape=(2,3) value=7 dtype=int32" },
                                              { NULL, NULL } };

const struct opdef fill = {
    .name = "Fill",
    .onnx = "ConstantOfShape",
    .import = import_fill,
    .keras_base = "full",
    .brief = "one value everywhere",
    .attrs = fill_attrs,
    .attr_size = sizeof(struct fill),
    .min_inputs = 0,
    .max_inputs = 1,
    .types = ALL_TYPES,
    .samples = fill_samples,
    .expand = expand_fill,
    .functions =
        "zeros(shape, dtype); ones(shape, dtype) value=1; full fill(shape|dims, "
        "fill_value|value:value, dtype); zeros_like(x|input|a, dtype); "
        "ones_like(x|input|a, dtype) value=1; full_like(x|input|a, fill_value:value, dtype)",
};

/* ---- ranges ---------------------------------------------------------------------------------- */

static int64_t range_count(double start, double limit, double delta)
{
    const double n = ceil((limit - start) / delta);
    return n > 0 ? n < (double)MAX_DIM ? (int64_t)n : -1 : 0;
}

static bool import_range(struct graph *g, struct onnx_node *n)
{
    struct float_list l[3];
    onnx_find(n, "stash_type");
    for (int i = 0; i < 3; i++)
        if (!onnx_const_floats(g, n, i, &l[i]) || l[i].count != 1)
            return l[i].count == 1 || l[i].count == -1
                       ? false
                       : onnx_error(g, n, "its inputs must be single numbers");
    const double start = l[0].item[0], delta = l[2].item[0];
    const int64_t count = delta < 0 || delta > 0 ? range_count(start, l[1].item[0], delta) : -1;
    if (count < 0)
        return onnx_error(g, n, "from %g to %g by %g is no range", start, l[1].item[0], delta);
    n->out[0] = constant(g, n->from, onnx_input(n, 0)->type, shape_of(1, count));
    for (int64_t i = 0; n->out[0] && i < count; i++)
        dtype_set(n->out[0]->type, n->out[0]->data, i, start + (double)i * delta);
    return n->out[0] != NULL;
}

struct range {
    double start, stop, step;
    int dtype;
};

static const struct attr range_attrs[] = {
    { "start", NULL, ATTR_FLOAT, offsetof(struct range, start), NULL, NULL, 0 },
    /* absent: from 0 to `start` */
    { "stop", NULL, ATTR_FLOAT, offsetof(struct range, stop), "nan", NULL, 0 },
    { "step", NULL, ATTR_FLOAT, offsetof(struct range, step), "1", NULL, 0 },
    { "dtype", NULL, ATTR_CHOICE, offsetof(struct range, dtype), "same", TYPES, 0 },
    { 0 }
};

static struct tensor *expand_range(struct graph *g, struct op *op)
{
    const struct range *p = op->attr;
    const double start = isnan(p->stop) ? 0 : p->start, stop = isnan(p->stop) ? p->start : p->stop;
    const bool whole = floor(start) == start && floor(p->step) == p->step;
    const int64_t count = p->step < 0 || p->step > 0 ? range_count(start, stop, p->step) : -1;
    if (count < 0)
        return op_error(g, op, "from %g to %g by %g is no range", start, stop, p->step), NULL;
    struct tensor *t = constant(g, op, type_of(p->dtype, whole ? I32 : F32), shape_of(1, count));
    for (int64_t i = 0; t && i < count; i++)
        dtype_set(t->type, t->data, i, start + (double)i * p->step);
    return t;
}

static const struct sample range_samples[] = { { "", "start=5" },
                                               { "", "start=1 stop=2 step=0.25" },
                                               { NULL, NULL } };

const struct opdef range = {
    .name = "Range",
    .onnx = "Range",
    .import = import_range,
    .keras_base = "arange",
    .brief = "numbers at equal distances",
    .attrs = range_attrs,
    .attr_size = sizeof(struct range),
    .min_inputs = 0,
    .max_inputs = 0,
    .samples = range_samples,
    .expand = expand_range,
    .functions = "arange range(start, stop|limit|end, step|delta, dtype)",
};

/* ---- identity matrices ----------------------------------------------------------------------- */

struct eye {
    int rows, columns, k, dtype;
};

static const struct attr eye_attrs[] = {
    { "rows", NULL, ATTR_INT, offsetof(struct eye, rows), NULL, NULL, 0 },
    /* 0: as many as rows */
    { "columns", NULL, ATTR_INT, offsetof(struct eye, columns), "0", NULL, 0 },
    { "k", NULL, ATTR_INT, offsetof(struct eye, k), "0", NULL, 0 },
    { "dtype", NULL, ATTR_CHOICE, offsetof(struct eye, dtype), "same", TYPES, 0 },
    { 0 }
};

static struct tensor *eye_matrix(struct graph *g, const struct op *op, enum dtype type,
                                 int64_t rows, int64_t columns, int64_t k)
{
    struct tensor *t = constant(g, op, type, shape_of(2, rows, columns));
    for (int64_t y = 0; t && y < rows; y++)
        if (y + k >= 0 && y + k < columns)
            dtype_set(type, t->data, y * columns + y + k, 1);
    return t;
}

static struct tensor *expand_eye(struct graph *g, struct op *op)
{
    const struct eye *p = op->attr;
    const int columns = p->columns ? p->columns : p->rows;
    if (p->rows < 0 || columns < 0)
        return op_error(g, op, "a matrix of %d x %d", p->rows, columns), NULL;
    return eye_matrix(g, op, type_of(p->dtype, F32), p->rows, columns, p->k);
}

static bool import_eye(struct graph *g, struct onnx_node *n)
{
    const struct tensor *x = onnx_input(n, 0);
    const int64_t number = onnx_int(n, "dtype", 0);
    enum dtype type = x ? x->type : F32;
    if (!x || x->shape.rank != 2)
        return onnx_error(g, n, "its input must be a matrix");
    if (number && !onnx_dtype(number, &type))
        return onnx_error(g, n, "element type %lld is not supported", (long long)number);
    n->out[0] = eye_matrix(g, n->from, type, x->shape.dim[0], x->shape.dim[1], onnx_int(n, "k", 0));
    return n->out[0] != NULL;
}

static const struct sample eye_samples[] = { { "", "rows=3 columns=4 k=1" }, { NULL, NULL } };

const struct opdef eye = {
    .name = "Eye",
    .onnx = "EyeLike",
    .import = import_eye,
    .keras_base = "eye",
    .brief = "ones on a diagonal",
    .attrs = eye_attrs,
    .attr_size = sizeof(struct eye),
    .min_inputs = 0,
    .max_inputs = 0,
    .samples = eye_samples,
    .expand = expand_eye,
    .functions =
        "eye(N|num_rows|n:rows, M|num_columns:columns, k, dtype); linalg.eye(num_rows:rows, "
        "num_columns:columns, dtype); ops.identity(n:rows, dtype)",
};
