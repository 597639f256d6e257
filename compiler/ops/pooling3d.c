/*
 * pooling3d.c - pooling of volumes, and of pictures and sequences where the window is more than
 * Keras' (dilation, padding that counts, norms, element types): maximum, average, p-norm; the
 * maximum with the places where it was found.
 */
#include "ops/onnx_runtime.h"
#include "ops/pooling.h"
#include "ops/windows.h"

#include <math.h>
#include <string.h>

enum pooling { MAXIMUM, AVERAGE, NORM };

struct pool3d {
    int pool_size[3], strides[3], dilations[3]; /* strides 0: those of the window itself */
    int padding;
    int pads[6];            /* before and after each axis, where padding is valid */
    bool count_include_pad; /* the mean is that of the padded picture */
    /* indices count down the columns first: ONNX' storage_order 1 */
    bool columns_first;
    bool ceil_mode;          /* the last window may reach beyond the padding */
    double p;                /* of the norm */
    struct window window[3]; /* set by shape() */
};

#define POOL_ATTRS \
    { "pool_size", NULL, ATTR_INTS, offsetof(struct pool3d, pool_size), "2", NULL, 3 }, \
    { "strides", NULL, ATTR_INTS, offsetof(struct pool3d, strides), "None", NULL, 3 }, \
    { "padding", NULL, ATTR_CHOICE, offsetof(struct pool3d, padding), "valid", "valid same", 0 }, \
    { "data_format", NULL, ATTR_IGNORED, 0, "None", NULL, 0 }, \
    { "dilations", NULL, ATTR_INTS, offsetof(struct pool3d, dilations), "1", NULL, 3 }, \
    { "pads", NULL, ATTR_PADS, offsetof(struct pool3d, pads), "0", NULL, 3 }, \
    { "ceil_mode", NULL, ATTR_BOOL, offsetof(struct pool3d, ceil_mode), "False", NULL, 0 }

static const struct attr max_attrs[] = { POOL_ATTRS, { 0 } };
static const struct attr average_attrs[] = { POOL_ATTRS,
                                             { "count_include_pad", NULL, ATTR_BOOL,
                                               offsetof(struct pool3d, count_include_pad), "False",
                                               NULL, 0 },
                                             { 0 } };
static const struct attr norm_attrs[] = {
    POOL_ATTRS, { "p", NULL, ATTR_FLOAT, offsetof(struct pool3d, p), "2", NULL, 0 }, { 0 }
};
static const struct attr index_attrs[] = {
    POOL_ATTRS,
    { "columns_first", NULL, ATTR_BOOL, offsetof(struct pool3d, columns_first), "False", NULL, 0 },
    { 0 }
};

/* With ceil_mode O = ceil((I - K + 2P) / S) + 1, but no window begins behind the picture. */
static int64_t rounded_up(const struct window *w, int64_t in)
{
    const int64_t room = in + w->before + w->after - ((int64_t)(w->kernel - 1) * w->dilation + 1);
    const int64_t out = (room + w->stride - 1) / w->stride + 1;
    return (out - 1) * w->stride >= in + w->before ? out - 1 : out;
}

static bool shape(struct graph *g, struct op *op)
{
    struct pool3d *p = op->attr;
    const struct shape *s = &op->in[0]->shape;
    int64_t out[3];
    for (int i = 0; i < 3; i++) {
        p->strides[i] = p->strides[i] ? p->strides[i] : p->pool_size[i];
        p->window[i].before = p->pads[2 * i];
        p->window[i].after = p->pads[2 * i + 1];
    }
    if (!slide_windows(g, op, 3, p->pool_size, p->strides, p->dilations, (enum padding)p->padding,
                       p->window, out))
        return false;
    for (int i = 0; i < 3 && p->ceil_mode; i++)
        out[i] = rounded_up(&p->window[i], s->dim[1 + i]);
    op->out->shape = shape_of(5, s->dim[0], out[0], out[1], out[2], s->dim[4]);
    if (op->nouts > 1 && op->outs[1]) {
        op->outs[1]->shape = op->out->shape;
        op->outs[1]->type = I64;
    }
    return true;
}

/* ---- meaning ---- */

/* The part of the window at output position `o` that lies in the picture: taps [first, last). */
static void part_inside(const struct window *w, int64_t o, int64_t in, int *first, int *last)
{
    *first = *last = 0;
    for (int k = w->kernel - 1; k >= 0; k--) {
        const int64_t at = o * w->stride + (int64_t)k * w->dilation - w->before;
        if (at >= 0 && at < in) {
            *first = k;
            *last = *last ? *last : k + 1;
        }
    }
}

/* Taps of the window at output position `o` that lie in the padded picture. */
static int taps_padded(const struct window *w, int64_t o, int64_t in)
{
    int n = 0;
    for (int k = 0; k < w->kernel; k++)
        n += o * w->stride + (int64_t)k * w->dilation < in + w->before + w->after;
    return n;
}

/* What a window gives: `place`: index of the first maximum in the volume of one channel. */
struct found {
    double most, sum, norm;
    int64_t count, place;
};

static struct found look(const struct op *op, const double *in, const int64_t *at, int64_t k)
{
    const struct pool3d *p = op->attr;
    const int64_t *d = op->in[0]->shape.dim + 1, C = d[3];
    struct found f = { .most = -INFINITY };
    int from[3], to[3];
    for (int i = 0; i < 3; i++)
        part_inside(&p->window[i], at[i], d[i], &from[i], &to[i]);
    for (int kz = from[0]; kz < to[0]; kz++)
        for (int ky = from[1]; ky < to[1]; ky++)
            for (int kx = from[2]; kx < to[2]; kx++) {
                const int64_t z =
                    at[0] * p->strides[0] + kz * p->dilations[0] - p->window[0].before;
                const int64_t y =
                    at[1] * p->strides[1] + ky * p->dilations[1] - p->window[1].before;
                const int64_t x =
                    at[2] * p->strides[2] + kx * p->dilations[2] - p->window[2].before;
                const double a = in[((z * d[1] + y) * d[2] + x) * C + k];
                if (!f.count || a > f.most) { /* NaN is no maximum */
                    f.most = a > f.most ? a : f.most;
                    f.place =
                        p->columns_first ? (z * d[2] + x) * d[1] + y : (z * d[1] + y) * d[2] + x;
                }
                f.sum += a;
                f.norm += pow(fabs(a), p->p);
                f.count++;
            }
    if (p->count_include_pad)
        f.count = (int64_t)taps_padded(&p->window[0], at[0], d[0])
                  * taps_padded(&p->window[1], at[1], d[1])
                  * taps_padded(&p->window[2], at[2], d[2]);
    return f;
}

/* Calls for each pixel and channel; values and places may be NULL. Places are those in a {N, C,
 * ...} tensor. */
static void walk(const struct op *op, const double *in, enum pooling what, double *values,
                 double *places)
{
    const struct shape *s = &op->out->shape;
    const int64_t *d = op->in[0]->shape.dim, picture = d[1] * d[2] * d[3], C = d[4];
    const int64_t pictures = op->def->per_picture ? 1 : s->dim[0];
    int64_t at[3], i = 0;
    for (int64_t n = 0; n < pictures; n++)
        for (at[0] = 0; at[0] < s->dim[1]; at[0]++)
            for (at[1] = 0; at[1] < s->dim[2]; at[1]++)
                for (at[2] = 0; at[2] < s->dim[3]; at[2]++)
                    for (int64_t k = 0; k < C; k++, i++) {
                        const struct found f = look(op, in + n * picture * C, at, k);
                        if (values)
                            values[i] = what == MAXIMUM ? f.most
                                        : what == AVERAGE
                                            ? (f.count ? f.sum / (double)f.count : 0)
                                            : pow(f.norm, 1 / ((const struct pool3d *)op->attr)->p);
                        if (places)
                            places[i] = (double)((n * C + k) * picture + f.place);
                    }
}

static void eval_max(const struct op *op, const double *const *in, double *out)
{
    walk(op, in[0], MAXIMUM, out, NULL);
}

static void eval_average(const struct op *op, const double *const *in, double *out)
{
    walk(op, in[0], AVERAGE, out, NULL);
}

static void eval_norm(const struct op *op, const double *const *in, double *out)
{
    walk(op, in[0], NORM, out, NULL);
}

static void eval_indices(const struct op *op, const double *const *in, double *const *outs)
{
    walk(op, in[0], MAXIMUM, outs[0], outs[1]);
}

/* The least value of a type in C. */
static const char *least_of(enum dtype t)
{
    static const char *const least[DTYPES] = { [F32] = "-INFINITY", [F64] = "(double)-INFINITY",
                                               [I8] = "INT8_MIN",   [I16] = "INT16_MIN",
                                               [I32] = "INT32_MIN", [I64] = "INT64_MIN",
                                               [U8] = "0",          [U16] = "0",
                                               [U32] = "0",         [U64] = "0" };
    return least[t];
}

#include "templates/pooling3d.inc"

static void emit_max(struct out *o, const struct op *op, const char *name)
{
    emit(o, op, name, MAXIMUM);
}

static void emit_average(struct out *o, const struct op *op, const char *name)
{
    emit(o, op, name, AVERAGE);
}

static void emit_norm(struct out *o, const struct op *op, const char *name)
{
    emit(o, op, name, NORM);
}

/* ---- ONNX ---- */

/* Only what the by-rows kernels of pictures do not know goes to the general ones. */
static bool is_plain(const struct onnx_node *n, const struct onnx_window *w, const struct tensor *x)
{
    bool plain = w->n < 3 && x->type != F64 && (x->type == F32 || x->type == F16 || x->type == BF16)
                 && strcmp(n->op_type, "LpPool") != 0;
    bool padded = false;
    for (int i = 0; i < w->n; i++) {
        plain &= w->dilation[i] == 1 && w->before[i] < w->kernel[i]
                 && (w->out[i] - 1) * w->stride[i] - w->before[i] < w->in[i];
        padded |= w->before[i] || w->after[i];
    }
    const bool counts = onnx_int(n, "count_include_pad", 0) != 0 && padded
                        && strcmp(n->op_type, "AveragePool") == 0;
    return plain && !counts && !(n->nout > 1 && n->wanted[1]);
}

static struct tensor *plain_pool(struct graph *g, struct onnx_node *n, const struct onnx_window *w,
                                 struct tensor *x)
{
    const struct opdef *def =
        op_find(strcmp(n->op_type, "MaxPool") == 0 ? "MaxPooling2D" : "AveragePooling2D");
    struct pool2d *p = attr_defaults(g->ctx, def);
    for (int i = 0; i < 2; i++) {
        const int k = i - (2 - w->n);
        p->pool_size[i] = k < 0 ? 1 : w->kernel[k];
        p->strides[i] = k < 0 ? 1 : w->stride[k];
        /* behind: whatever gives that many windows */
        p->window[i].before = k < 0 ? 0 : w->before[k];
        const int64_t after =
            k < 0 ? 0 : (w->out[k] - 1) * w->stride[k] + w->kernel[k] - w->in[k] - w->before[k];
        p->window[i].after = after > 0 ? (int)after : 0;
    }
    x = with_axes(g, n->from, onnx_channels_last(g, n, x), 2);
    return x ? without_axes(g, n->from, op_make_from(g, n->from, def, p, &x, 1), w->n) : NULL;
}

static const struct opdef *general_pool(const struct onnx_node *n)
{
    if (strcmp(n->op_type, "MaxPool") == 0)
        return op_find(n->nout > 1 && n->wanted[1] ? "MaxPoolingIndices" : "MaxPooling3D");
    return op_find(strcmp(n->op_type, "LpPool") == 0 ? "LpPooling3D" : "AveragePooling3D");
}

bool import_pool(struct graph *g, struct onnx_node *n)
{
    struct onnx_window w;
    struct tensor *x = onnx_input(n, 0);
    if (*n->domain)
        return import_nhwc(g, n, "MaxPool", import_pool);
    if (!x)
        return onnx_error(g, n, "its input is missing");
    if (!onnx_window(g, n, x, NULL, &w))
        return false;
    const bool columns_first = onnx_int(n, "storage_order", 0) != 0,
               counts = onnx_int(n, "count_include_pad", 0) != 0;
    const double norm = onnx_float(n, "p", 2);
    if (is_plain(n, &w, x)) {
        struct tensor *t = plain_pool(g, n, &w, x);
        return t && (n->out[0] = onnx_channels_first(g, n, t)) != NULL;
    }
    const struct opdef *def = general_pool(n);
    struct pool3d *p = attr_defaults(g->ctx, def);
    *p = (struct pool3d){ .ceil_mode = onnx_int(n, "ceil_mode", 0) != 0,
                          .count_include_pad = counts,
                          .columns_first = columns_first,
                          .p = norm };
    for (int i = 0; i < 3; i++) {
        const int k = i - (3 - w.n);
        p->pool_size[i] = k < 0 ? 1 : w.kernel[k];
        p->strides[i] = k < 0 ? 1 : w.stride[k];
        p->dilations[i] = k < 0 ? 1 : w.dilation[k];
        p->pads[2 * i] = k < 0 ? 0 : w.before[k];
        p->pads[2 * i + 1] = k < 0 ? 0 : w.after[k];
    }
    x = with_axes(g, n->from, onnx_channels_last(g, n, x), 3);
    int nouts = 0;
    struct tensor **outs = op_make_all(g, n->from, def, p, &x, 1, &nouts);
    for (int i = 0; outs && i < n->nout && i < nouts; i++)
        n->out[i] =
            outs[i] ? onnx_channels_first(g, n, without_axes(g, n->from, outs[i], w.n)) : NULL;
    return outs != NULL && n->out[0];
}

/* The p-norm over all of a channel's values: they lie as one row. */
static bool import_global_norm(struct graph *g, struct onnx_node *n)
{
    struct tensor *x = onnx_input(n, 0);
    if (!x || x->shape.rank < 3)
        return onnx_error(g, n, "its input must have axes behind the channels");
    const int rank = x->shape.rank;
    const int64_t N = x->shape.dim[0], C = x->shape.dim[1], one = 1,
                  size = N && C ? shape_count(&x->shape) / N / C : 0;
    if (size < 1 || size > MAX_DIM)
        return onnx_error(g, n, "its input has no values");
    struct pool3d *p = attr_defaults(g->ctx, op_find("LpPooling3D"));
    p->p = onnx_float(n, "p", 2);
    p->pool_size[0] = p->pool_size[1] = 1;
    p->pool_size[2] = (int)size;
    x = as_shape(g, n->from, onnx_channels_last(g, n, x), shape_of(5, N, one, one, size, C));
    struct shape s = { .rank = rank, .dim = { N, C, 1, 1, 1, 1, 1, 1 } };
    n->out[0] =
        x ? as_shape(g, n->from, op_make_from(g, n->from, op_find("LpPooling3D"), p, &x, 1), s)
          : NULL;
    return n->out[0] != NULL;
}

static bool import_norm(struct graph *g, struct onnx_node *n)
{
    return strcmp(n->op_type, "GlobalLpPool") == 0 ? import_global_norm(g, n) : import_pool(g, n);
}

static const struct sample samples[] = {
    { "4x5x6x3", "" },
    { "5x6x7x20", "pool_size=(2, 3, 2), strides=(1, 2, 3), padding='same'" },
    { "3x6x6x2", "pool_size=(1, 2, 2), dilations=2, strides=1, pads=((0, 0), (1, 1), (1, 0)), "
                 "ceil_mode=True" },
    { NULL, NULL }
};
static const struct sample index_samples[] = {
    { "2x4x4x3", "pool_size=(1, 2, 2)" },
    { "2x5x5x2",
      "pool_size=(2, 3, 3), strides=2, pads=((0, 1), (1, 1), (1, 1)), columns_first=True" },
    { NULL, NULL }
};
static const struct sample max_samples[] = {
    { "4x5x6x3", "" },
    { "5x6x7x20", "pool_size=(2, 3, 2), strides=(1, 2, 3), padding='same'" },
    { "3x6x6x2", "pool_size=(1, 2, 2), dilations=2, strides=1, pads=((0, 0), (1, 1), (1, 0)), "
                 "ceil_mode=True" },
    { "int8[1x1x6x6x5]@-100:100", "pool_size=(1, 2, 2)" },
    { NULL, NULL }
};
static const struct sample average_samples[] = {
    { "4x5x6x3", "" },
    { "5x6x7x20", "pool_size=(2, 3, 2), strides=(1, 2, 3), padding='same'" },
    { "1x7x6x17", "pool_size=(1, 3, 2), strides=2, pads=((0, 0), (1, 1), (1, 0)), ceil_mode=True, "
                  "count_include_pad=True" },
    { NULL, NULL }
};

extern const struct opdef max_pooling3d, average_pooling3d, max_pooling_indices;

/* ONNX counts places over the whole tensor, all pictures and channels; here each channel counts for
 * itself. */
static const char *to_onnx(struct graph *g, const struct op *op)
{
    struct arena *a = g->ctx->arena;
    const struct pool3d *p = op->attr;
    const int64_t *d = op->in[0]->shape.dim;
    const char *windows = windows_to_onnx(a, p->window, 3);
    if (op->def == &max_pooling_indices)
        return arena_printf(a,
                            "first m, i = MaxPool(a^first, %s, ceil_mode=$ceil_mode, "
                            "storage_order=$columns_first); m, Mod(i, #%lld)",
                            windows, (long long)(d[1] * d[2] * d[3]));
    if (op->def == &max_pooling3d)
        return arena_printf(a, "first MaxPool(a^first, %s, ceil_mode=$ceil_mode)", windows);
    if (op->def == &average_pooling3d)
        return arena_printf(a,
                            "first AveragePool(a^first, %s, ceil_mode=$ceil_mode, "
                            "count_include_pad=$count_include_pad)",
                            windows);
    return p->p == floor(p->p) ? arena_printf(
               a, "first LpPool(a^first, %s, ceil_mode=$ceil_mode, p=%.0f)", windows, p->p)
                               : NULL;
}

const struct opdef max_pooling3d = {
    .name = "MaxPooling3D",
    .aliases = "MaxPool3D",
    .keras_base = "max_pooling3d",
    .brief = "maximum of a window over a volume",
    .attrs = max_attrs,
    .attr_size = sizeof(struct pool3d),
    .per_picture = true,
    .min_inputs = 1,
    .max_inputs = 1,
    .types = NUMBERS,
    .has_data_format = true,
    .absorbs = true,
    .samples = max_samples,
    .shape = shape,
    .eval = eval_max,
    .emit = emit_max,
    .to_onnx_for = to_onnx,
};

const struct opdef average_pooling3d = {
    .name = "AveragePooling3D",
    .aliases = "AvgPool3D",
    .keras_base = "average_pooling3d",
    .brief = "average of a window over a volume",
    .attrs = average_attrs,
    .attr_size = sizeof(struct pool3d),
    .per_picture = true,
    .min_inputs = 1,
    .max_inputs = 1,
    .has_data_format = true,
    .absorbs = true,
    .samples = average_samples,
    .shape = shape,
    .eval = eval_average,
    .emit = emit_average,
    .to_onnx_for = to_onnx,
};

const struct opdef lp_pooling3d = {
    .name = "LpPooling3D",
    .onnx = "LpPool GlobalLpPool",
    .keras_base = "lp_pooling3d",
    .brief = "p-norm of a window over a volume",
    .attrs = norm_attrs,
    .attr_size = sizeof(struct pool3d),
    .per_picture = true,
    .min_inputs = 1,
    .max_inputs = 1,
    .absorbs = true,
    .samples = samples,
    .shape = shape,
    .eval = eval_norm,
    .emit = emit_norm,
    .import = import_norm,
    .to_onnx_for = to_onnx,
};

const struct opdef max_pooling_indices = {
    .name = "MaxPoolingIndices",
    .keras_base = "max_pooling3d",
    .brief = "maximum of a window over a volume, and where it stands",
    .attrs = index_attrs,
    .attr_size = sizeof(struct pool3d),
    .min_inputs = 1,
    .max_inputs = 1,
    .max_outputs = 2,
    .types = NUMBERS,
    .samples = index_samples,
    .shape = shape,
    .eval_all = eval_indices,
    .emit = emit_indices,
    .to_onnx_for = to_onnx,
};
