/* inputs.c - the model's inputs: shapes made static, inputs bound to constants; and initializers.
 */
#include "onnx/import.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* ---- symbolic dimensions --------------------------------------------------------------------- */

static bool parse_number(const char *s, const char **end, int64_t *to)
{
    char *behind;
    errno = 0;
    *to = strtoll(s, &behind, 10);
    *end = behind;
    return behind != s && !errno && *to >= 0 && *to <= MAX_DIM;
}

/* Values of --dim NAME=N. */
static void note_dims(struct importer *im)
{
    const struct options *o = &im->ctx->options;
    for (int i = 0; i < o->ndim; i++) {
        int64_t *n = NEW(im->ctx->arena, int64_t);
        const char *end;
        if (!parse_number(o->dim[i].value, &end, n) || *end)
            diag_error(&im->ctx->diags, im->at, "--dim=%s=%s: this is no size", o->dim[i].name,
                       o->dim[i].value);
        names_put(im->ctx->arena, &im->dims, o->dim[i].name, n);
    }
}

static void use_dim(struct importer *im, const char *name)
{
    for (int i = 0; i < im->ctx->options.ndim; i++)
        im->dim_used[i] |= strcmp(im->ctx->options.dim[i].name, name) == 0;
}

/* --input-shape for this input: all dimensions, or all but the batch. false after an error; *given
 * tells whether there is one. */
static bool shape_from_options(struct importer *im, const char *name, int index, int rank,
                               struct shape *to, bool *given)
{
    const struct options *o = &im->ctx->options;
    *given = false;
    for (int i = 0; i < o->ninput_shape; i++) {
        const struct named_value *v = &o->input_shape[i];
        if (v->name ? strcmp(v->name, name) != 0 : index != 0)
            continue;
        im->input_shape_used[i] = true;
        struct shape s = { 0 };
        const char *p = v->value;
        while (s.rank < MAX_RANK && parse_number(p, &p, &s.dim[s.rank++]) && *p == ',')
            p++;
        if (*p)
            return diag_error(&im->ctx->diags, im->at, "--input-shape: '%s' is no shape", v->value);
        if (rank >= 0 && s.rank != rank && s.rank != rank - 1)
            return diag_error(&im->ctx->diags, im->at,
                              "--input-shape: input '%s' has %d dimensions, not %d", name, rank,
                              s.rank);
        /* without the batch, which stays as it is */
        const int skip = rank >= 0 ? rank - s.rank : 0;
        for (int k = 0; k < s.rank; k++)
            to->dim[k + skip] = s.dim[k];
        to->rank = s.rank + skip;
        *given = true;
    }
    return true;
}

static bool dim_unknown(struct importer *im, const char *input, int i, const char *param)
{
    if (*param)
        return diag_error(
            &im->ctx->diags, im->at,
            "input '%s': dimension %d, '%s', is not known at compile time; give --dim=%s=N or "
            "--input-shape=%s=...",
            input, i, param, param, input);
    return diag_error(
        &im->ctx->diags, im->at,
        "input '%s': dimension %d is not known at compile time; give --input-shape=%s=...", input,
        i, input);
}

/* A batch of one where nothing else is said. */
static int64_t default_batch(struct importer *im, const char *input, const char *param)
{
    int64_t *one = NEW(im->ctx->arena, int64_t);
    *one = 1;
    if (*param)
        names_put(im->ctx->arena, &im->dims, param, one);
    diag_note(&im->ctx->diags, im->at,
              "input '%s': the batch%s%s%s is taken as 1; --dim or --input-shape gives another",
              input, *param ? " '" : "", param, *param ? "'" : "");
    return 1;
}

static bool input_shape(struct importer *im, const Onnx__ValueInfoProto *v, int index,
                        struct shape *to)
{
    const Onnx__TensorShapeProto *s = v->type->tensor_type->shape;
    struct shape given = { 0 };
    bool is_given;
    for (int i = 0; i < MAX_RANK; i++)
        given.dim[i] = -1;
    if (s && s->n_dim > MAX_RANK)
        return diag_error(&im->ctx->diags, im->at,
                          "input '%s' has %zu dimensions; at most %d are possible", v->name,
                          s->n_dim, MAX_RANK);
    if (!shape_from_options(im, v->name, index, s ? (int)s->n_dim : -1, &given, &is_given))
        return false;
    if (!s && !is_given)
        return diag_error(&im->ctx->diags, im->at,
                          "input '%s' has no shape; give --input-shape=%s=...", v->name, v->name);
    *to = given;
    to->rank = s ? (int)s->n_dim : given.rank;
    for (int i = 0; s && i < to->rank; i++) {
        const Onnx__TensorShapeProto__Dimension *d = s->dim[i];
        const bool fixed = d->value_case == ONNX__TENSOR_SHAPE_PROTO__DIMENSION__VALUE_DIM_VALUE;
        const char *param =
            d->value_case == ONNX__TENSOR_SHAPE_PROTO__DIMENSION__VALUE_DIM_PARAM && d->dim_param
                ? d->dim_param
                : "";
        const int64_t *known = *param ? names_get(&im->dims, param) : NULL;
        use_dim(im, param);
        im->reshaped |= fixed && given.dim[i] >= 0 && given.dim[i] != d->dim_value;
        if (given.dim[i] >= 0)
            continue;
        if (fixed && d->dim_value >= 0 && d->dim_value <= MAX_DIM)
            to->dim[i] = d->dim_value;
        else if (fixed && d->dim_value >= 0)
            return diag_error(&im->ctx->diags, im->at, "input '%s': dimension %d is %lld", v->name,
                              i, (long long)d->dim_value);
        else if (known)
            to->dim[i] = *known;
        else if (i == 0)
            to->dim[i] = default_batch(im, v->name, param);
        else
            return dim_unknown(im, v->name, i, param);
    }
    return shape_count(to) >= 0
           || diag_error(&im->ctx->diags, im->at, "input '%s' has more than 2^40 elements",
                         v->name);
}

/* ---- --const-input --------------------------------------------------------------------------- */

/* Half floats may be given as uint16: their bits, as the C that cnnc writes takes them; NumPy has
 * no bfloat16. */
static struct tensor *constant_of_array(struct importer *im, const struct array *a,
                                        const char *name, enum dtype type)
{
    struct tensor *t =
        graph_constant(im->g, clean_name(im->ctx->arena, name), type, a->shape, NULL);
    for (int64_t i = 0, n = shape_count(&a->shape); i < n; i++) {
        if (a->type == type || (a->type == U16 && (type == F16 || type == BF16)))
            memcpy((char *)t->data + (size_t)i * dtype_size(type),
                   (const char *)a->data + (size_t)i * dtype_size(type), dtype_size(type));
        else
            dtype_set(type, t->data, i, dtype_get(a->type, a->data, i));
    }
    return t;
}

/* "3", "1,2,3", "[1, 2, 3]", "true": a scalar without comma or bracket, else a list. */
static struct tensor *constant_of_text(struct importer *im, const char *text, const char *name,
                                       enum dtype type)
{
    const bool list = strpbrk(text, ",[") != NULL;
    double *item = NULL;
    int n = 0;
    for (const char *p = text; *(p += strspn(p, " ,[]"));) {
        char *end;
        const bool yes = strncmp(p, "true", 4) == 0 || strncmp(p, "True", 4) == 0,
                   no = strncmp(p, "false", 5) == 0 || strncmp(p, "False", 5) == 0;
        const double v = yes ? 1 : strtod(p, &end);
        if (!yes && !no && end == p) {
            diag_error(&im->ctx->diags, im->at,
                       "--const-input=%s=%s: neither a .npy file nor numbers", name, text);
            return NULL;
        }
        APPEND(im->ctx->arena, item, n, no ? 0 : v);
        p += yes ? 4 : no ? 5 : end - p;
    }
    if (!list && n != 1) {
        diag_error(&im->ctx->diags, im->at, "--const-input=%s=%s: a value is missing", name, text);
        return NULL;
    }
    const struct shape s = { .rank = list, .dim = { n } };
    struct tensor *t = graph_constant(im->g, clean_name(im->ctx->arena, name), type, s, NULL);
    for (int i = 0; i < n; i++)
        dtype_set(type, t->data, i, item[i]);
    return t;
}

/* The constant that --const-input binds this input to; *bound tells whether there is one. NULL
 * after an error. */
static struct tensor *const_input(struct importer *im, const char *name, enum dtype type,
                                  bool *bound)
{
    const struct options *o = &im->ctx->options;
    *bound = false;
    for (int i = 0; i < o->nconst_input; i++) {
        if (strcmp(o->const_input[i].name, name) != 0)
            continue;
        im->const_input_used[i] = *bound = true;
        if (!ends_with(o->const_input[i].value, ".npy"))
            return constant_of_text(im, o->const_input[i].value, name, type);
        struct array_list list = { 0 };
        if (!npy_read(im->ctx, o->const_input[i].value, &list) || list.count != 1)
            return NULL;
        return constant_of_array(im, &list.item[0], name, type);
    }
    return NULL;
}

/* ---- inputs, initializers -------------------------------------------------------------------- */

struct onnx_node edge_node(struct importer *im, const char *name)
{
    struct op *from = NEW(im->ctx->arena, struct op);
    from->name = clean_name(im->ctx->arena, name);
    from->at = im->at;
    return (struct onnx_node){
        .op_type = "Transpose", .domain = "", .name = name, .from = from, .at = im->at
    };
}

bool is_nhwc(const struct named_value *layouts, int count, const char *name)
{
    bool nhwc = false;
    for (int i = 0; i < count; i++)
        if (!layouts[i].name || strcmp(layouts[i].name, name) == 0)
            nhwc = strcmp(layouts[i].value, "nhwc") == 0;
    return nhwc;
}

/* {N, C, d...} as the model has it; the caller's pictures have their channels last where
 * --input-layout says so. */
static struct tensor *input_tensor(struct importer *im, const char *name, enum dtype type,
                                   struct shape shape)
{
    const int last = shape.rank - 1;
    if (!is_nhwc(im->ctx->options.input_layout, im->ctx->options.ninput_layout, name) || last < 2)
        return graph_input(im->g, name, type, shape);
    const int64_t channels = shape.dim[1];
    for (int i = 1; i < last; i++)
        shape.dim[i] = shape.dim[i + 1];
    shape.dim[last] = channels;
    const struct onnx_node node = edge_node(im, name);
    return onnx_channels_first(im->g, &node, graph_input(im->g, name, type, shape));
}

static void import_input(struct importer *im, struct scope *sc, const Onnx__ValueInfoProto *v,
                         int index)
{
    const char *kind = v->type ? type_kind(v->type) : "of no type";
    struct value value = { .unknown = true };
    enum dtype type;
    bool bound = false;
    struct shape shape;
    if (kind) {
        unsupported(im, arena_printf(im->ctx->arena, "an input that is %s", kind),
                    "cnnc takes tensors of numbers and bools",
                    arena_printf(im->ctx->arena, "'%s'", v->name));
    } else if (onnx_dtype(v->type->tensor_type->elem_type, &type)) {
        value.tensor = const_input(im, v->name, type, &bound);
        if (value.tensor)
            check_declared(im, v->type, value.tensor,
                           arena_printf(im->ctx->arena, "--const-input: input '%s'", v->name));
        else if (!bound && input_shape(im, v, index, &shape))
            value.tensor = input_tensor(im, v->name, type, shape);
        value.unknown = !value.tensor;
    }
    scope_put(im, sc, v->name, value);
}

void import_initializers(struct importer *im, struct scope *sc, const Onnx__GraphProto *graph)
{
    for (size_t i = 0; i < graph->n_initializer; i++) {
        const Onnx__TensorProto *t = graph->initializer[i];
        if (!t->name || !*t->name)
            diag_error(&im->ctx->diags, im->at, "an initializer has no name");
        else {
            struct tensor *c = tensor_constant(im, t, t->name);
            scope_put(im, sc, t->name, (struct value){ c, !c });
        }
    }
    for (size_t i = 0; i < graph->n_sparse_initializer; i++) {
        const Onnx__SparseTensorProto *t = graph->sparse_initializer[i];
        const char *name = t->values && t->values->name ? t->values->name : "";
        struct tensor *c = sparse_constant(im, t, name);
        scope_put(im, sc, name, (struct value){ c, !c });
    }
}

void import_inputs(struct importer *im, struct scope *sc)
{
    const Onnx__GraphProto *graph = im->model->graph;
    int index = 0;
    note_dims(im);
    import_initializers(im, sc, graph);
    for (size_t i = 0; i < graph->n_input; i++) {
        struct value v;
        const Onnx__ValueInfoProto *input = graph->input[i];
        if (!input->name || !*input->name) {
            diag_error(&im->ctx->diags, im->at, "an input of the graph has no name");
            continue;
        }
        if (!scope_find(sc, input->name, &v))
            import_input(im, sc, input, index++);
        else if (v.tensor && v.tensor->data && input->type) /* an initializer: its value is fixed */
            check_declared(im, input->type, v.tensor,
                           arena_printf(im->ctx->arena, "initializer '%s'", input->name));
        else if (v.tensor)
            diag_error(&im->ctx->diags, im->at, "two inputs of the graph are named '%s'",
                       input->name);
    }
}
