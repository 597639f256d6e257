/*
 * winograd.c - convolution by Winograd's minimal filtering: windows of 2 to 7 taps along an axis,
 * at stride 1 and 2.
 *
 * Along an axis F(M, R) makes M results of R taps from A = M + R - 1 inputs: tile and filter are
 * evaluated as polynomials at A points, products of the values are summed over the input channels,
 * and the results are interpolated from them: A products take the place of M R. An axis of one tap
 * has A = M = R = 1. At stride 2 the taps fall into two phases, each a convolution at stride 1 of
 * every second pixel with half of the taps; as the sums of both have the same points, the phases
 * are only more input channels. Of an odd number of taps the second phase has one less: at the
 * point infinity, which is the last tap, it has no product. S. Winograd, Arithmetic Complexity of
 * Computations, 1980; A. Lavin, S. Gray, Fast Algorithms for Convolutional Neural Networks, 2016.
 */
#include "ops/conv2d.h"

#include <math.h>
#include <string.h>

/*
 * A points: 0, pairs of +-point, and infinity. With p = point squared:
 *   all      coefficients of x^0, x^2, ... in the product of (x^2 - p) over all pairs
 *   others   the same without pair i
 * 3/4 and 3/2 lose a quarter of what the usual 1 and 2 lose in float32, and all their coefficients
 * are exact.
 */
struct points {
    int pairs;
    double point[3], all[4], others[3][3];
};

/* One axis: a points, m results, r taps of each of s phases; kernel taps in all. */
struct axis {
    int a, m, r, s, kernel;
};

struct winograd {
    struct axis y, x;
};

/* How the tiles of a layer are taken: `part` at a time into one product, `tiles` at a time through
 * the buffers. */
struct tiling {
    int across;
    int64_t all;
    int part, tiles;
};

enum { MOST_PART = 14, MOST_TILES = 28, MOST_POINTS = 8 };

static struct points points_of(int a)
{
    static const double points[][3] = { { 1 }, { 0.75, 1.5 }, { 0.5, 1, 2 } };
    struct points f = { .pairs = a / 2 - 1 };
    if (f.pairs < 1)
        return f;
    memcpy(f.point, points[f.pairs - 1], sizeof f.point);
    for (int without = -1; without < f.pairs; without++) {
        double *c = without < 0 ? f.all : f.others[without];
        int degree = 0;
        c[0] = 1;
        for (int i = 0; i < f.pairs; i++) {
            if (i == without)
                continue;
            for (int k = ++degree; k >= 0; k--)
                c[k] = (k > 0 ? c[k - 1] : 0) - (k < degree ? f.point[i] * f.point[i] * c[k] : 0);
        }
    }
    return f;
}

static struct axis axis_of(const struct window *w, int a)
{
    if (w->kernel == 1 && w->stride == 1)
        return (struct axis){ 1, 1, 1, 1, 1 };
    const int r = (w->kernel + w->stride - 1) / w->stride;
    return (struct axis){ a, a + 1 - r, r, w->stride, w->kernel };
}

static struct winograd winograd_of(const struct op *op, int a)
{
    const struct conv2d *p = op->attr;
    return (struct winograd){ axis_of(&p->window[0], a), axis_of(&p->window[1], a) };
}

/* Phases that have a product at point j. */
static int phases_at(const struct axis *f, int j)
{
    return j == f->a - 1 && f->s * f->r > f->kernel ? 1 : f->s;
}

/* Products of a tile, for one input and one output channel. */
static int64_t products_of(const struct winograd *f)
{
    int64_t y = 0, x = 0;
    for (int j = 0; j < f->y.a; j++)
        y += phases_at(&f->y, j);
    for (int j = 0; j < f->x.a; j++)
        x += phases_at(&f->x, j);
    return y * x;
}

/* Row j of the transformation of a filter: [1, x, x^2, ...] / product of (x - other points); [0,
 * ..., 0, 1] for infinity. */
static void winograd_filter_row(const struct axis *f, int j, double *row)
{
    const struct points points = points_of(f->a);
    for (int t = 0; t < f->r; t++)
        row[t] = t == f->r - 1;
    if (j == f->a - 1)
        return;
    const double x = j ? (j % 2 ? 1 : -1) * points.point[(j - 1) / 2] : 0;
    double n = 1;
    for (int i = 0; i < points.pairs; i++) {
        const double square = points.point[i] * points.point[i];
        n *= j && i == (j - 1) / 2 ? 2 * square : x * x - square;
    }
    row[0] = 1 / n;
    for (int t = 1; t < f->r; t++)
        row[t] = row[t - 1] * x;
}

/* How many tiles too many are computed, relative to n of them, when they are multiplied `part` at a
 * time. */
static double waste(int64_t n, int64_t part)
{
    return (double)((n + part - 1) / part * part) / (double)n;
}

/* Parts that fit the whole picture, and a band of one row of tiles or two; great ones load each
 * weight for more tiles. */
static int best_part(int64_t all, int64_t across)
{
    const int64_t band = across < MOST_PART / 2 && 2 * across <= all ? 2 * across : across;
    double least = 1e9;
    int best = 1;
    for (int part = 1; part <= MOST_PART && part <= all; part++) {
        const double cost = waste(all, part) + waste(band, part) / 2 + 0.4 / part;
        if (cost < least) {
            least = cost;
            best = part;
        }
    }
    return best;
}

static struct tiling tiling_of(const struct op *op, const struct winograd *f)
{
    const int64_t across = (op->out->shape.dim[2] + f->x.m - 1) / f->x.m,
                  down = (op->out->shape.dim[1] + f->y.m - 1) / f->y.m;
    struct tiling t = { .across = (int)across,
                        .all = across * down,
                        .part = best_part(across * down, across) };
    t.tiles = MOST_TILES / t.part * t.part;
    if (t.all < t.tiles)
        t.tiles = (int)((t.all + t.part - 1) / t.part * t.part);
    return t;
}

/* Output channels of the block that begins at k: 32, the last one 16 if these suffice. */
static int winograd_block(int64_t k, int64_t channels)
{
    return channels - k > 16 ? 32 : 16;
}

static int64_t padded(int64_t channels)
{
    return channels / 32 * 32 + (channels % 32 ? winograd_block(channels / 32 * 32, channels) : 0);
}

/*
 * Floats of a transformed tile at one point: the phases of a row of pixels side by side, filled up
 * to whole vectors, then the next row's. Tiles that lie a multiple of 512 bytes apart would share a
 * few lines of the first cache.
 */
static int64_t row_step(const struct op *op, const struct winograd *f)
{
    const int64_t n = (f->x.s * op->in[0]->shape.dim[3] + 15) / 16 * 16;
    return n % 128 ? n : n + 16;
}

#include "templates/winograd.inc"

/* ---- weights ---- */

/* What is known of all filters of a layer: the rows of the transformation, and where the products
 * of each point begin. */
struct filters {
    struct winograd f;
    double row[MOST_POINTS][8], column[MOST_POINTS][8];
    int64_t first[MOST_POINTS * MOST_POINTS];
};

static struct filters filters_of(const struct op *op, int a)
{
    struct filters to = { .f = winograd_of(op, a) };
    int64_t n = 0;
    for (int j = 0; j < to.f.y.a; j++)
        winograd_filter_row(&to.f.y, j, to.row[j]);
    for (int j = 0; j < to.f.x.a; j++)
        winograd_filter_row(&to.f.x, j, to.column[j]);
    for (int q = 0; q < to.f.y.a * to.f.x.a; q++) {
        to.first[q] = n;
        n += (int64_t)phases_at(&to.f.y, q / to.f.x.a) * phases_at(&to.f.x, q % to.f.x.a);
    }
    return to;
}

/* Transforms phase (py, px) of the filter whose taps lie `step` apart; the value of product n goes
 * to to[n * place]. */
static void transform_filter(const struct filters *t, int py, int px, const float *w, int64_t step,
                             float *to, int64_t place)
{
    const struct axis *y = &t->f.y, *x = &t->f.x;
    double half[MOST_POINTS][8] = { { 0 } };
    for (int i = 0; i < y->a; i++)
        for (int ky = py; ky < y->kernel; ky += y->s)
            for (int kx = px; kx < x->kernel; kx += x->s)
                half[i][kx / x->s] +=
                    t->row[i][ky / y->s] * (double)w[(ky * x->kernel + kx) * step];
    for (int q = 0; q < y->a * x->a; q++) {
        const int i = q / x->a, j = q % x->a, across = phases_at(x, j);
        double sum = 0;
        for (int k = 0; k < x->r; k++)
            sum += half[i][k] * t->column[j][k];
        if (py < phases_at(y, i) && px < across)
            to[(t->first[q] + py * across + px) * place] = (float)sum;
    }
}

/* [block][point][phase][input channel][block width] */
static bool pack(struct graph *g, struct op *op, int a)
{
    const struct filters t = filters_of(op, a);
    const int64_t C = op->in[0]->shape.dim[3], K = ((const struct conv2d *)op->attr)->filters,
                  products = products_of(&t.f);
    struct tensor *u = new_constant(g, op, "w", shape_of(1, products * C * padded(K))),
                  *b = new_constant(g, op, "b", shape_of(1, padded(K)));
    for (int64_t k = 0; k < K; k++) {
        const int64_t k0 = k / 32 * 32, block = winograd_block(k0, K);
        float *to = writable(u) + k0 * products * C + k - k0;
        for (int64_t c = 0; c < C; c++)
            for (int phase = 0; phase < t.f.y.s * t.f.x.s; phase++)
                transform_filter(&t, phase / t.f.x.s, phase % t.f.x.s,
                                 floats(op->in[1]) + c * K + k, C * K, to + c * block, C * block);
        writable(b)[k] = op->in[2] ? floats(op->in[2])[k] : 0;
    }
    op->in[1] = u;
    op->in[2] = b;
    return true;
}

/* ---- where it fits, what it costs ---- */

/*
 * F(6, 3) loses the most to rounding, 1e-5 of the greatest result (F(7, 2) thrice that: never), and
 * gains nothing where few tiles fit: small pictures do without.
 */
static bool axis_fits(const struct window *w, int a, int64_t out)
{
    const struct axis f = axis_of(w, a);
    if (w->dilation != 1 || w->stride > 2)
        return false;
    return f.a == 1
           || (f.r >= 2 && f.m >= 2 && out > f.m / 2
               && (a < 8 || f.r > 4 || (f.r > 2 && out >= 24)));
}

static bool fits(const struct op *op, int a)
{
    const struct conv2d *p = op->attr;
    const int64_t C = op->in[0]->shape.dim[3],
                  inputs = C * p->window[0].stride * p->window[1].stride;
    return p->groups == 1 && inputs >= 8 && p->filters >= 8
           && (p->window[0].kernel > 1 || p->window[1].kernel > 1)
           && axis_fits(&p->window[0], a, op->out->shape.dim[1])
           && axis_fits(&p->window[1], a, op->out->shape.dim[2]);
}

/* Multiply-adds of one dimension of the transformation forth, and back. */
static double forth_steps(const struct axis *f)
{
    static const double steps[] = { 0, 0, 4, 12, 24 };
    return steps[f->a / 2];
}

static double back_steps(const struct axis *f)
{
    const int pairs = f->a / 2 - 1;
    return f->a == 1 ? 0 : 2 * pairs + pairs * f->m + 1;
}

/* One step for each load, store and multiply-add of a vector, and a tenth for what stands still
 * meanwhile. */
static double cost(const struct op *op, const struct target *t, int a)
{
    const struct winograd f = winograd_of(op, a);
    const int64_t C = op->in[0]->shape.dim[3],
                  K = padded(((const struct conv2d *)op->attr)->filters), points = f.y.a * f.x.a;
    const struct tiling tiling = tiling_of(op, &f);
    const double tiles = (double)((tiling.all + tiling.part - 1) / tiling.part * tiling.part),
                 products = (double)(products_of(&f) * C);
    const double forth = 2 * (double)points + f.y.a * forth_steps(&f.x) + f.x.a * forth_steps(&f.y);
    const double back = (double)points + f.x.m * (f.y.a + f.y.m) + f.y.a * back_steps(&f.x)
                        + f.x.m * back_steps(&f.y);
    /* of a point's sums: bias, store, and the loops over the phases */
    const double starts = f.y.s * f.x.s > 1 ? 10 : 2;
    const double steps = tiles
                         * ((products + starts * (double)points + back) * (double)K
                            + forth * (double)(f.y.s * row_step(op, &f)));
    return conv2d_time(t, 2.2 * steps, 4 * products * (double)K);
}

/* Pixels behind a row: what tiles at its end read past the windows, and what the last pixel's last
 * vector reads past it. */
static void margins(const struct op *op, int *left, int *right, int a)
{
    const struct winograd f = winograd_of(op, a);
    const int64_t OW = op->out->shape.dim[2], W = op->in[0]->shape.dim[2],
                  C = op->in[0]->shape.dim[3];
    conv2d_margins(op, left, right);
    const int64_t last = ((OW + f.x.m - 1) / f.x.m * f.x.m + f.x.r - 2) * f.x.s + f.x.s - 1 - *left;
    const int64_t most = last - W + 1 + (C % 16 ? 15 / C + (15 % C != 0) : 0);
    *right = most > *right ? (int)most : *right;
}

static int64_t scratch(const struct op *op, int a)
{
    const struct winograd f = winograd_of(op, a);
    const int64_t step =
        f.y.s * row_step(op, &f) + winograd_block(0, ((const struct conv2d *)op->attr)->filters);
    return f.y.a * f.x.a * tiling_of(op, &f).tiles * step * (int64_t)sizeof(float);
}

#define WINOGRAD(n, a) \
    bool winograd##n##_fits(const struct op *op, const struct target *t) { (void)t; \
        return fits(op, a); } \
    double winograd##n##_cost(const struct op *op, const struct target *t) { return cost(op, t, \
        a); } \
    void winograd##n##_margins(const struct op *op, int *left, int *right) { margins(op, left, \
        right, a); } \
    int winograd##n##_granularity(const struct op *op) { return winograd_of(op, a).y.m; } \
    int64_t winograd##n##_scratch(const struct op *op) { return scratch(op, a); } \
    bool winograd##n##_pack(struct graph *g, struct op *op) { return pack(g, op, a); } \
    void winograd##n##_emit(struct out *o, const struct op *op, const char *name) \
    { \
        const struct winograd f = winograd_of(op, a); \
        emit_winograd(o, op, name, &f); \
    }
WINOGRAD(2, 4)
WINOGRAD(4, 6)
WINOGRAD(6, 8)
