/*
 * resize.c - resampling of pictures by tables made at compile time: nearest pixel, linear, cubic
 * (Keys 1981), Lanczos.
 *
 * out[y][x] = sum over j i of wy[y][j] * wx[x][i] * in[sy[y] + j][sx[x] + i]. What a position reads
 * of outside the picture has been added to the edge pixel or left out, so that the kernel tests no
 * bounds.
 */
#include "ops/resize.h"
#include "ops/windows.h"

#include <math.h>
#include <string.h>

static const struct attr attrs[] = {
    { "size", NULL, ATTR_INTS, offsetof(struct resize, size), NULL, NULL, 2 },
    { "interpolation", NULL, ATTR_CHOICE, offsetof(struct resize, interpolation), "bilinear",
      INTERPOLATIONS, 0 },
    { "coordinates", NULL, ATTR_CHOICE, offsetof(struct resize, coordinates), "half_pixel",
      COORDINATES, 0 },
    { "nearest", NULL, ATTR_CHOICE, offsetof(struct resize, nearest), "floor", NEAREST_MODES, 0 },
    { "cubic", NULL, ATTR_FLOAT, offsetof(struct resize, cubic), "-0.5", NULL, 0 },
    { "antialias", NULL, ATTR_BOOL, offsetof(struct resize, antialias), "False", NULL, 0 },
    { "exclude_outside", NULL, ATTR_BOOL, offsetof(struct resize, exclude_outside), "False", NULL,
      0 },
    { "extrapolation", NULL, ATTR_FLOAT, offsetof(struct resize, extrapolation), "0.0", NULL, 0 },
    { "scales", NULL, ATTR_FLOATS, offsetof(struct resize, scales), "None", NULL, 0 },
    { "roi", NULL, ATTR_FLOATS, offsetof(struct resize, roi), "None", NULL, 0 },
    { 0 }
};

/* ---- tables ---- */

/*
 * The input coordinate of output position o; `wide`: scale * in, which is `out` but for a fraction.
 * Where the nearest pixel is asked for quotients are rounded to float, as the engines do: 4
 * / 1.3333334 is then 3, and not the pixel before it.
 */
static double coordinate(const struct resize *p, int64_t o, int64_t in, int64_t out, double scale,
                         double from, double to)
{
    const double wide = scale * (double)in, x = (double)o;
    double corner = x / scale, middle = (x + 0.5) / scale;
    if (p->interpolation == NEAREST) {
        corner = (double)(float)corner;
        middle = (double)(float)middle;
    }
    switch (p->coordinates) {
    case ASYMMETRIC: return corner;
    case ALIGN_CORNERS: return wide == 1 ? 0 : x * (double)(in - 1) / (wide - 1);
    case PYTORCH_HALF_PIXEL: return wide == 1 ? -0.5 : middle - 0.5;
    case HALF_PIXEL_SYMMETRIC: return (double)in / 2 * (1 - (double)out / wide) + middle - 0.5;
    case TF_HALF_PIXEL_FOR_NN: return middle;
    case TF_CROP_AND_RESIZE:
        return out == 1 ? (from + to) * (double)(in - 1) / 2
                        : from * (double)(in - 1) + x * (to - from) * (double)(in - 1) / (wide - 1);
    default: return middle - 0.5;
    }
}

static double nearest_of(int mode, double x, double scale)
{
    switch (mode) {
    case CEIL: return ceil(x);
    case ROUND_PREFER_FLOOR: return ceil(x - 0.5);
    case ROUND_PREFER_CEIL: return floor(x + 0.5);
    /* Upsample and Resize 10: towards the picture's end where it shrinks */
    case SIMPLE: return scale < 1 ? ceil(x) : floor(x);
    default: return floor(x);
    }
}

static double cubic(double x, double a)
{
    x = fabs(x);
    if (x <= 1)
        return ((a + 2) * x - (a + 3)) * x * x + 1;
    return x < 2 ? ((a * x - 5 * a) * x + 8 * a) * x - 4 * a : 0;
}

static double lanczos(double x, double radius)
{
    const double pi = 3.14159265358979323846;
    if (fabs(x) >= radius)
        return 0;
    return x == 0 ? 1 : radius * sin(pi * x) * sin(pi * x / radius) / (pi * pi * x * x);
}

static double kernel_at(const struct resize *p, double x)
{
    switch (p->interpolation) {
    case BICUBIC: return cubic(x, p->cubic);
    case LANCZOS3: return lanczos(x, 3);
    case LANCZOS5: return lanczos(x, 5);
    default: return fabs(x) < 1 ? 1 - fabs(x) : 0;
    }
}

static int radius_of(const struct resize *p)
{
    static const int radius[] = {
        [NEAREST] = 1, [BILINEAR] = 1, [BICUBIC] = 2, [LANCZOS3] = 3, [LANCZOS5] = 5
    };
    return radius[p->interpolation];
}

static int64_t clamp(int64_t i, int64_t size)
{
    return i < 0 ? 0 : i >= size ? size - 1 : i;
}

/* Weights of position x into w, by input position; they add up to 1 where the kernel is widened or
 * cut. */
static void spread(const struct resize *p, double x, double shrink, int64_t in, double *w)
{
    const int64_t reach = (int64_t)ceil(radius_of(p) / shrink),
                  first = (int64_t)floor(x) - reach + 1;
    double sum = 0;
    for (int64_t i = first; i < first + 2 * reach; i++) {
        const double v = kernel_at(p, ((double)i - x) * shrink);
        if (p->exclude_outside && (i < 0 || i >= in))
            continue;
        w[clamp(i, in)] += v;
        sum += v;
    }
    for (int64_t i = first; i < first + 2 * reach && sum != 0; i++)
        if (shrink < 1 || p->exclude_outside || p->interpolation > BICUBIC)
            if (i >= 0 && i < in)
                w[i] /= sum;
}

static double shrink_of(const struct resize *p, double scale)
{
    return p->antialias && p->interpolation != NEAREST && scale < 1 ? scale : 1;
}

static int taps_of(const struct resize *p, int64_t in, double scale)
{
    if (p->interpolation == NEAREST)
        return 1;
    const int64_t taps = 2 * (int64_t)ceil(radius_of(p) / shrink_of(p, scale));
    return (int)(taps < in ? taps : in);
}

/* Writes the weights of position o: the window of `taps` positions that holds all that are not
 * zero. */
static void set_position(const struct resize *p, struct resampling *r, int64_t o, double x,
                         double scale, double *w)
{
    if (p->interpolation == NEAREST) {
        r->start[o] = (int)clamp((int64_t)nearest_of(p->nearest, x, scale), r->in);
        r->weight[o] = 1;
        return;
    }
    for (int64_t i = 0; i < r->in; i++)
        w[i] = 0;
    spread(p, x, shrink_of(p, scale), r->in, w);
    int64_t first = clamp((int64_t)floor(x) - r->taps / 2 + 1, r->in);
    first = first + r->taps > r->in ? r->in - r->taps : first;
    r->start[o] = (int)first;
    for (int i = 0; i < r->taps; i++)
        r->weight[o * r->taps + i] = (float)w[first + i];
}

void resample(struct arena *a, const struct resize *p, struct resampling *r, int64_t in,
              int64_t out, double scale, double from, double to)
{
    scale = scale > 0 ? scale : (double)out / (double)in;
    *r = (struct resampling){ .in = in, .out = out, .taps = taps_of(p, in, scale) };
    r->start = NEW_ARRAY(a, int, out + 1);
    r->weight = NEW_ARRAY(a, float, out * r->taps + 1);
    r->outside = NEW_ARRAY(a, bool, out + 1);
    double *w = NEW_ARRAY(a, double, in + 1);
    for (int64_t o = 0; o < out; o++) {
        const double x = coordinate(p, o, in, out, scale, from, to);
        r->outside[o] = p->coordinates == TF_CROP_AND_RESIZE && (x < 0 || x > (double)(in - 1));
        r->extrapolates |= r->outside[o];
        if (!r->outside[o])
            set_position(p, r, o, x, scale, w);
    }
}

/* ---- the operators ---- */

static bool shape(struct graph *g, struct op *op)
{
    struct resize *p = op->attr;
    const struct shape *s = &op->in[0]->shape;
    if (!needs_rank(g, op, 4, "a picture (height, width, channels)")
        || !positive(g, op, "'size'", p->size, 2))
        return false;
    if (p->scales.count && p->scales.count != 2)
        return op_error(g, op, "'scales' must be two numbers");
    if (!has_values(g, op, 0))
        return false;
    for (int i = 0; i < 2; i++) {
        const double from = p->roi.count == 4 ? p->roi.item[i] : 0,
                     to = p->roi.count == 4 ? p->roi.item[2 + i] : 1;
        resample(g->ctx->arena, p, &p->axis[i], s->dim[1 + i], p->size[i],
                 p->scales.count ? p->scales.item[i] : 0, from, to);
    }
    op->out->shape = shape_of(4, s->dim[0], (int64_t)p->size[0], (int64_t)p->size[1], s->dim[3]);
    return true;
}

static void eval(const struct op *op, const double *const *in, double *out)
{
    const struct resize *p = op->attr;
    const struct resampling *v = &p->axis[0], *h = &p->axis[1];
    const int64_t C = op->in[0]->shape.dim[3];
    for (int64_t y = 0; y < v->out; y++)
        for (int64_t x = 0; x < h->out; x++)
            for (int64_t k = 0; k < C; k++) {
                double sum = 0;
                for (int j = 0; j < v->taps; j++)
                    for (int i = 0; i < h->taps; i++)
                        sum += (double)v->weight[y * v->taps + j]
                               * (double)h->weight[x * h->taps + i]
                               * in[0][((v->start[y] + j) * h->in + h->start[x] + i) * C + k];
                out[(y * h->out + x) * C + k] =
                    v->outside[y] || h->outside[x] ? p->extrapolation : sum;
            }
}

/* Rows advance by in / out on the average; the window is as large as the row that departs most from
 * that needs it. */
static struct row_need rows(const struct op *op, int i)
{
    const struct resampling *v = &((const struct resize *)op->attr)->axis[0];
    if (i > 0)
        return (struct row_need){ .stride = 1, .kernel = 1 };
    int64_t least = 0, most = 1;
    for (int64_t y = 0; y < v->out; y++) {
        const int64_t at = y * v->in / v->out;
        least = v->start[y] - at < least ? v->start[y] - at : least;
        most = v->start[y] + v->taps - at > most ? v->start[y] + v->taps - at : most;
    }
    return (struct row_need){
        .stride = (int)v->in, .per = (int)v->out, .pad = (int)-least, .kernel = (int)(most - least)
    };
}

/* Does position o read o / factor? 0: by no factor. */
static int64_t factor_of(const struct resampling *r)
{
    const int64_t factor = r->out / r->in;
    for (int64_t o = 0; o < r->out; o++)
        if (factor * r->in != r->out || r->start[o] != o / factor)
            return 0;
    return factor;
}

/* Lines of a table in C, `indent` columns deep, numbers parted by commas. */
static const char *table_lines(struct out *o, int64_t n, const int *ints, const float *numbers,
                               int indent)
{
    struct text t = { 0 }, *before = o->text;
    size_t line = 0;
    o->text = &t;
    for (int64_t i = 0; i < n; i++) {
        if (i == 0 || t.n - line > 120) {
            text_printf(&t, "%s%*s", i ? "\n" : "", indent, "");
            line = t.n - (size_t)indent;
        }
        if (ints)
            put_int(o, ints[i]);
        else
            put_float(o, (double)numbers[i]);
        text_printf(&t, i + 1 < n ? ", " : "");
    }
    o->text = before;
    const char *s = arena_copy(o->arena, t.s, t.n);
    text_free(&t);
    return s;
}

#include "templates/resize.inc"

/* ---- by way of pictures ---- */

struct tensor *resize_picture(struct graph *g, struct op *from, const struct resize *p,
                              struct tensor *t)
{
    return op_make_from(g, from,
                        op_find(p->interpolation == NEAREST && p->coordinates != TF_CROP_AND_RESIZE
                                    ? "ResizeNearest"
                                    : "Resize"),
                        p, &t, 1);
}

/* {before, n, after}: a picture of `before` rows whose pixels are {after}. */
struct tensor *resize_axis(struct graph *g, struct op *from, const struct resize *p,
                           struct tensor *t, int axis)
{
    struct shape s = t->shape;
    int64_t before = 1, after = 1;
    for (int i = 0; i < s.rank; i++)
        *(i < axis ? &before : &after) *= i == axis ? 1 : s.dim[i];
    struct resize q = *p;
    q.size[0] = (int)before;
    q.size[1] = p->size[0];
    if (p->scales.count) {
        q.scales = (struct float_list){ 2, NEW_ARRAY(g->ctx->arena, double, 2) };
        q.scales.item[0] = 1;
        q.scales.item[1] = p->scales.item[0];
    }
    if (p->roi.count) {
        q.roi = (struct float_list){ 4, NEW_ARRAY(g->ctx->arena, double, 4) };
        q.roi.item[1] = p->roi.item[0];
        q.roi.item[2] = 1;
        q.roi.item[3] = p->roi.item[1];
    }
    t = resize_picture(g, from, &q,
                       as_shape(g, from, t, shape_of(4, (int64_t)1, before, s.dim[axis], after)));
    s.dim[axis] = p->size[0];
    return as_shape(g, from, t, s);
}

/* ---- ONNX: Upsample 7 and 9, Resize 10 to 19 ---- */

/* What a node asks for along each axis of its input. */
struct wanted {
    double scale[MAX_RANK], from[MAX_RANK], to[MAX_RANK];
    int64_t size[MAX_RANK];
};

/* Axes that the numbers of scales, sizes and roi stand for. */
static bool read_axes(struct graph *g, struct onnx_node *n, int rank, int *axes, int *count)
{
    const struct int_list list = onnx_ints(g, n, "axes");
    *count = list.count >= 0 ? list.count : rank;
    if (*count > rank)
        return onnx_error(g, n, "'axes' names %d axes; its input has %d", *count, rank);
    for (int i = 0; i < *count; i++) {
        const int64_t axis = list.count >= 0 ? list.item[i] : i;
        if (axis < -rank || axis >= rank)
            return onnx_error(g, n, "'axes' names axis %lld; its input has %d", (long long)axis,
                              rank);
        axes[i] = (int)(axis < 0 ? axis + rank : axis);
    }
    return true;
}

/* Sizes in place of scales: with a policy all axes get the same scale, the least or the greatest.
 */
static bool apply_sizes(struct graph *g, struct onnx_node *n, const struct int_list *sizes,
                        const int *axes, int count, struct wanted *w)
{
    const char *policy = onnx_string(n, "keep_aspect_ratio_policy", "stretch");
    const bool larger = strcmp(policy, "not_smaller") == 0,
               keeps = larger || strcmp(policy, "not_larger") == 0;
    double all = 0;
    if (sizes->count != count)
        return onnx_error(g, n, "'sizes' has %d numbers; %d are needed", sizes->count, count);
    if (!keeps && strcmp(policy, "stretch") != 0)
        return onnx_error(
            g, n,
            "'keep_aspect_ratio_policy' is '%s'; stretch, not_larger and not_smaller are known",
            policy);
    for (int i = 0; i < count; i++) {
        const double scale = (double)sizes->item[i] / (double)w->size[axes[i]];
        all = i == 0 || (larger ? scale > all : scale < all) ? scale : all;
    }
    for (int i = 0; i < count; i++) {
        const int64_t in = w->size[axes[i]];
        w->scale[axes[i]] = keeps ? all : (double)sizes->item[i] / (double)in;
        w->size[axes[i]] = keeps ? (int64_t)floor(all * (double)in + 0.5) : sizes->item[i];
    }
    return true;
}

static bool read_wanted(struct graph *g, struct onnx_node *n, const struct tensor *x,
                        struct wanted *w)
{
    struct float_list scales, roi = { .count = -1 };
    struct int_list sizes = { .count = -1 };
    int axes[MAX_RANK], count;
    const bool old = n->nin <= 2 && n->opset < 11;
    /* of sizes; without meaning where there are scales */
    onnx_string(n, "keep_aspect_ratio_policy", "");
    for (int i = 0; i < x->shape.rank; i++) {
        w->scale[i] = w->to[i] = 1;
        w->from[i] = 0;
        w->size[i] = x->shape.dim[i];
    }
    scales = onnx_floats(g, n, "scales");
    if (!read_axes(g, n, x->shape.rank, axes, &count)
        || (scales.count < 0 && !onnx_const_floats(g, n, old ? 1 : 2, &scales))
        || (!old && !onnx_const_ints(g, n, 3, &sizes)))
        return false;
    if (strcmp(onnx_string(n, "coordinate_transformation_mode", ""), "tf_crop_and_resize") == 0) {
        if (!onnx_const_floats(g, n, 1, &roi))
            return false;
        if (roi.count != 2 * count)
            return onnx_error(g, n, "'roi' has %d numbers; tf_crop_and_resize needs %d",
                              roi.count < 0 ? 0 : roi.count, 2 * count);
        for (int i = 0; i < count; i++) {
            w->from[axes[i]] = roi.item[i];
            w->to[axes[i]] = roi.item[count + i];
        }
    }
    if (sizes.count > 0)
        return apply_sizes(g, n, &sizes, axes, count, w);
    if (scales.count != count)
        return onnx_error(g, n, "'scales' has %d numbers; %d are needed",
                          scales.count < 0 ? 0 : scales.count, count);
    for (int i = 0; i < count; i++) {
        w->scale[axes[i]] = scales.item[i];
        w->size[axes[i]] = (int64_t)((float)scales.item[i] * (float)w->size[axes[i]]);
    }
    return true;
}

/* Index of `word` in a list of choices, -1: none. */
static int choice(const char *choices, const char *word)
{
    int index = 0;
    for (const char *p = choices; *p; p += strcspn(p, " "), p += strspn(p, " "), index++)
        if (strcspn(p, " ") == strlen(word) && strncmp(p, word, strlen(word)) == 0)
            return index;
    return -1;
}

static bool read_mode(struct graph *g, struct onnx_node *n, struct resize *p)
{
    const bool old = n->opset < 11 || strcmp(n->op_type, "Upsample") == 0;
    const char *mode = onnx_string(n, "mode", "nearest"),
               *nearest = onnx_string(n, "nearest_mode", old ? "simple" : "round_prefer_floor");
    const char *coordinates =
        onnx_string(n, "coordinate_transformation_mode", old ? "asymmetric" : "half_pixel");
    const bool linear = strcmp(mode, "linear") == 0 || strcmp(mode, "bilinear") == 0
                        || strcmp(mode, "trilinear") == 0;
    p->interpolation = strcmp(mode, "nearest") == 0 ? NEAREST
                       : linear                     ? BILINEAR
                       : strcmp(mode, "cubic") == 0 ? BICUBIC
                                                    : -1;
    p->coordinates = choice(COORDINATES, coordinates);
    p->nearest = choice(NEAREST_MODES, nearest);
    p->cubic = onnx_float(n, "cubic_coeff_a", -0.75);
    p->antialias = onnx_int(n, "antialias", 0) != 0;
    p->exclude_outside = onnx_int(n, "exclude_outside", 0) != 0;
    p->extrapolation = onnx_float(n, "extrapolation_value", 0);
    if (p->interpolation < 0)
        return onnx_error(g, n, "'mode' is '%s'; nearest, linear and cubic are known", mode);
    if (p->coordinates < 0)
        return onnx_error(g, n, "'coordinate_transformation_mode' is '%s'; known are %s",
                          coordinates, COORDINATES);
    if (p->nearest < 0)
        return onnx_error(g, n, "'nearest_mode' is '%s'; known are %s", nearest, NEAREST_MODES);
    if (p->coordinates == TF_HALF_PIXEL_FOR_NN && p->interpolation == NEAREST)
        p->nearest = FLOOR;
    return true;
}

static struct float_list floats_of(struct graph *g, int count, const double *v)
{
    struct float_list l = { count, NEW_ARRAY(g->ctx->arena, double, count) };
    for (int i = 0; i < count; i++)
        l.item[i] = v[i];
    return l;
}

/* The last two axes of {N, C, H, W}: as pictures. */
static struct tensor *resize_last_two(struct graph *g, struct onnx_node *n, struct resize *p,
                                      const struct wanted *w, struct tensor *x)
{
    p->size[0] = (int)w->size[2];
    p->size[1] = (int)w->size[3];
    p->scales = floats_of(g, 2, w->scale + 2);
    p->roi = floats_of(g, 4, (const double[]){ w->from[2], w->from[3], w->to[2], w->to[3] });
    x = onnx_channels_last(g, n, x);
    x = x ? resize_picture(g, n->from, p, x) : NULL;
    return x ? onnx_channels_first(g, n, x) : NULL;
}

static bool import_resize(struct graph *g, struct onnx_node *n)
{
    struct resize p = { 0 };
    struct wanted w;
    struct tensor *x = onnx_input(n, 0);
    if (!x)
        return onnx_error(g, n, "its input is missing");
    if (!read_mode(g, n, &p) || !read_wanted(g, n, x, &w))
        return false;
    bool changes[MAX_RANK] = { 0 }, front = false;
    for (int i = 0; i < x->shape.rank; i++) {
        if (w.size[i] < 1 || w.size[i] > MAX_DIM || x->shape.dim[i] < 1)
            return onnx_error(g, n, "axis %d would get the size %lld", i, (long long)w.size[i]);
        changes[i] = w.scale[i] != 1 || w.from[i] != 0 || w.to[i] != 1;
        front |= changes[i] && i < x->shape.rank - 2;
    }
    const enum dtype type = x->type;
    const bool casts =
        type != F32 && (p.interpolation != NEAREST || p.coordinates == TF_CROP_AND_RESIZE);
    x = casts ? op_make(g, n->from, "Cast", "to=float32", &x, 1) : x;
    if (x && x->shape.rank == 4 && !front && (changes[2] || changes[3])) {
        x = resize_last_two(g, n, &p, &w, x);
    } else {
        for (int i = 0; x && i < x->shape.rank; i++) {
            p.size[0] = (int)w.size[i];
            p.scales = floats_of(g, 1, &w.scale[i]);
            p.roi = floats_of(g, 2, (const double[]){ w.from[i], w.to[i] });
            x = changes[i] ? resize_axis(g, n->from, &p, x, i) : x;
        }
    }
    if (x && casts)
        x = op_make(g, n->from, "Cast", arena_printf(g->ctx->arena, "to=%s", dtype_name(type)), &x,
                    1);
    n->out[0] = x;
    return x != NULL;
}

static const struct sample samples[] = {
    { "4x5x3", "size=(8, 10)" },
    { "7x9x17", "size=(4, 13), antialias=True" },
    { "6x5x2", "size=(9, 4), interpolation='bicubic', cubic=-0.75" },
    { "6x5x2", "size=(3, 11), interpolation='bicubic', antialias=True, exclude_outside=True" },
    { "8x8x1", "size=(5, 3), interpolation='lanczos3'" },
    { "4x6x20", "size=(7, 6), coordinates='align_corners'" },
    { "1x1x3", "size=(3, 2)" },
    { "5x5x2",
      "size=(4, 6), coordinates='tf_crop_and_resize', roi=(-0.2, 0.1, 0.9, 1.3), extrapolation=7" },
    { NULL, NULL }
};

static const struct sample nearest_samples[] = {
    { "4x5x3", "size=(8, 15), interpolation='nearest'" },
    { "9x7x20", "size=(6, 4), interpolation='nearest', coordinates='tf_half_pixel_for_nn'" },
    { "3x3x1", "size=(7, 7), interpolation='nearest', coordinates='asymmetric', "
               "nearest='round_prefer_ceil'" },
    { NULL, NULL }
};

extern const struct opdef resize_nearest;

/* Lanczos' kernels are not ONNX'; of the rounding of old Upsample nodes only growing or shrinking
 * along both axes is. */
static const char *to_onnx(struct graph *g, const struct op *op)
{
    static const char *const modes[] = { [NEAREST] = "nearest",
                                         [BILINEAR] = "linear",
                                         [BICUBIC] = "cubic",
                                         [LANCZOS3] = NULL,
                                         [LANCZOS5] = NULL };
    struct arena *a = g->ctx->arena;
    const struct resize *p = op->attr;
    const struct shape *s = &op->in[0]->shape, *t = &op->out->shape;
    const bool nearest = op->def == &resize_nearest || p->interpolation == NEAREST;
    const char *mode = nearest ? "nearest" : modes[p->interpolation], *rounding = "$nearest",
               *roi = "-", *sizes = "-", *scales = "-", *more = "";
    const char *coordinates = "$coordinates";
    if (!mode)
        return NULL;
    if (nearest && p->nearest == SIMPLE) {
        const bool grows = t->dim[1] >= s->dim[1] && t->dim[2] >= s->dim[2],
                   shrinks = t->dim[1] <= s->dim[1] && t->dim[2] <= s->dim[2];
        if (!grows && !shrinks)
            return NULL;
        rounding = grows ? "'floor'" : "'ceil'";
    }
    /* the same in words that are not deprecated */
    if (nearest && p->coordinates == TF_HALF_PIXEL_FOR_NN && p->nearest == FLOOR) {
        coordinates = "'half_pixel'";
        rounding = "'round_prefer_ceil'";
    }
    bool fits = p->scales.count == 2; /* where scales would give other sizes, the sizes say it */
    for (int i = 0; i < 2 && fits; i++)
        fits = (int64_t)((double)(float)p->scales.item[i] * (double)s->dim[1 + i]) == t->dim[1 + i];
    if (fits)
        scales = arena_printf(a, "[1.0,1.0,%.9e,%.9e]", p->scales.item[0], p->scales.item[1]);
    else
        sizes = arena_printf(a, "[%lld,%lld,%lld,%lld]", (long long)s->dim[0], (long long)s->dim[3],
                             (long long)t->dim[1], (long long)t->dim[2]);
    if (p->coordinates == TF_CROP_AND_RESIZE && p->roi.count == 4)
        roi = arena_printf(a, "[0.0,0.0,%.9e,%.9e,1.0,1.0,%.9e,%.9e]", p->roi.item[0],
                           p->roi.item[1], p->roi.item[2], p->roi.item[3]);
    if (nearest)
        more = arena_printf(a, ", nearest_mode=%s", rounding);
    else if (p->interpolation == BICUBIC)
        more = ", cubic_coeff_a=$cubic";
    return arena_printf(
        a,
        "first Resize(a^first, %s, %s, %s, mode='%s', coordinate_transformation_mode=%s%s%s%s, "
        "extrapolation_value=$extrapolation)",
        roi, scales, sizes, mode, coordinates, more,
        p->antialias && !nearest ? ", antialias=1" : "",
        p->exclude_outside && !nearest && (p->antialias || p->interpolation == BICUBIC)
            ? ", exclude_outside=1"
            : "");
}

const struct opdef resize = {
    .name = "Resize",
    .keras_base = "resize",
    .brief = "pictures of another size: linear, cubic, Lanczos",
    .attrs = attrs,
    .attr_size = sizeof(struct resize),
    .per_picture = true,
    .min_inputs = 1,
    .max_inputs = 1,
    .samples = samples,
    .absorbs = true,
    .shape = shape,
    .eval = eval,
    .rows = rows,
    .emit = emit,
    .onnx = "Resize Upsample",
    .import = import_resize,
    .to_onnx_for = to_onnx,
};

const struct opdef resize_nearest = {
    .name = "ResizeNearest",
    .keras_base = "resize",
    .brief = "pictures of another size: the nearest pixel",
    .attrs = attrs,
    .attr_size = sizeof(struct resize),
    .per_picture = true,
    .min_inputs = 1,
    .max_inputs = 1,
    .samples = nearest_samples,
    .absorbs = true,
    .types = ALL_TYPES,
    .shape = shape,
    .eval = eval,
    .rows = rows,
    .emit = emit_nearest,
    .to_onnx_for = to_onnx,
};
