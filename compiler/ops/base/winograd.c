/*
 * winograd.c - 3x3 convolution at stride 1 by Winograd's minimal filtering F(M x M, 3 x 3).
 *
 * A tile of M x M results comes from (M+2) x (M+2) inputs: both the tile and the filter are evaluated as polynomials at M + 2 points in each
 * direction, products of the values are summed over the input channels, and the results are interpolated from them. (M+2)^2 products
 * take the place of 9 M^2. S. Winograd, Arithmetic Complexity of Computations, 1980; A. Lavin, S. Gray, Fast Algorithms for
 * Convolutional Neural Networks, 2016.
 */
#include "ops/conv2d.h"

#include <math.h>
#include <string.h>

/*
 * The points: 0, pairs of +-point, and infinity. With p = point squared:
 *   all      coefficients of x^0, x^2, ... in the product of (x^2 - p) over all pairs
 *   others   the same without pair i
 * 3/4 and 3/2 lose a quarter of what the usual 1 and 2 lose in float32, and all their coefficients are exact.
 */
struct winograd {
    int m;
    double point[3], all[4], others[3][3];
};

/* How the tiles of a layer are taken: `part` at a time into one product, `tiles` at a time through the buffers. */
struct tiling { int across; int64_t all; int part, tiles; };

enum { MOST_PART = 14, MOST_TILES = 28 };

static struct winograd winograd_of(int m)
{
    static const double points[][3] = { { 1 }, { 0.75, 1.5 }, { 0.5, 1, 2 } };
    struct winograd f = { .m = m };
    const int pairs = m / 2;
    memcpy(f.point, points[pairs - 1], sizeof f.point);
    for (int without = -1; without < pairs; without++) {
        double *c = without < 0 ? f.all : f.others[without];
        int degree = 0;
        c[0] = 1;
        for (int i = 0; i < pairs; i++) {
            if (i == without)
                continue;
            for (int k = ++degree; k >= 0; k--)
                c[k] = (k > 0 ? c[k - 1] : 0) - (k < degree ? f.point[i] * f.point[i] * c[k] : 0);
        }
    }
    return f;
}

/* Row j of the transformation of a filter: [1, x, x^2] / product of (x - other points); [0, 0, 1] for infinity. */
static void winograd_filter_row(const struct winograd *f, int j, double row[3])
{
    const int pairs = f->m / 2;
    row[0] = row[1] = 0;
    row[2] = 1;
    if (j == f->m + 1)
        return;
    const double x = j ? (j % 2 ? 1 : -1) * f->point[(j - 1) / 2] : 0;
    double n = 1;
    for (int i = 0; i < pairs; i++) {
        const double square = f->point[i] * f->point[i];
        n *= j && i == (j - 1) / 2 ? 2 * square : x * x - square;
    }
    row[0] = 1 / n;
    row[1] = x / n;
    row[2] = x * x / n;
}

static struct tiling tiling_of(const struct op *op, int m)
{
    const int64_t across = (op->out->shape.dim[2] + m - 1) / m, down = (op->out->shape.dim[1] + m - 1) / m;
    const int64_t all = across * down, row = across < MOST_PART / 2 ? 2 * across : across, pieces = (row + MOST_PART - 1) / MOST_PART;
    struct tiling t = { .across = (int)across, .all = all, .part = (int)((row + pieces - 1) / pieces) };
    if (all < t.part)
        t.part = (int)all;
    t.tiles = MOST_TILES / t.part * t.part;
    if (all < t.tiles)
        t.tiles = (int)((all + t.part - 1) / t.part * t.part);
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

#include "templates/winograd.inc"

/* [block][point][input channel][block width] */
static bool pack(struct graph *g, struct op *op, int m)
{
    const struct winograd f = winograd_of(m);
    const int A = m + 2;
    const int64_t C = op->in[0]->shape.dim[3], K = ((const struct conv2d *)op->attr)->filters;
    struct tensor *u = new_constant(g, op, "w", shape_of(4, (int64_t)A, (int64_t)A, C, padded(K)));
    const float *w = floats(op->in[1]);
    double rows[8][3];
    for (int j = 0; j < A; j++)
        winograd_filter_row(&f, j, rows[j]);
    for (int64_t k = 0; k < K; k++) {
        const int64_t k0 = k / 32 * 32, block = winograd_block(k0, K);
        float *to = writable(u) + k0 * A * A * C + k - k0;
        for (int64_t c = 0; c < C; c++) {
            double half[8][3];
            for (int i = 0; i < A; i++)
                for (int x = 0; x < 3; x++)
                    half[i][x] = rows[i][0] * (double)w[((0 * 3 + x) * C + c) * K + k] + rows[i][1] * (double)w[((1 * 3 + x) * C + c) * K + k]
                               + rows[i][2] * (double)w[((2 * 3 + x) * C + c) * K + k];
            for (int i = 0; i < A; i++)
                for (int j = 0; j < A; j++)
                    to[((i * A + j) * C + c) * block] = (float)(half[i][0] * rows[j][0] + half[i][1] * rows[j][1] + half[i][2] * rows[j][2]);
        }
    }
    struct tensor *b = new_constant(g, op, "b", shape_of(1, padded(K)));
    for (int64_t k = 0; k < K && op->in[2]; k++)
        writable(b)[k] = floats(op->in[2])[k];
    op->in[1] = u;
    op->in[2] = b;
    return true;
}

static bool fits(const struct op *op, int m)
{
    const struct conv2d *p = op->attr;
    for (int i = 0; i < 2; i++)
        if (p->window[i].kernel != 3 || p->window[i].stride != 1 || p->window[i].dilation != 1 || op->out->shape.dim[1 + i] <= m / 2)
            return false;
    return p->groups == 1 && op->in[0]->shape.dim[3] >= 8 && p->filters >= 8;
}

/* F(6 x 6) loses the most to rounding, 1e-5 of the greatest result, and gains nothing where few tiles fit: small pictures do without. */
static bool fits6(const struct op *op)
{
    return fits(op, 6) && op->out->shape.dim[1] >= 24 && op->out->shape.dim[2] >= 24;
}

/* Of the transformations: one step for each load, store and multiply-add of a vector. */
static double cost(const struct op *op, const struct target *t, int m)
{
    const int64_t C = op->in[0]->shape.dim[3], K = ((const struct conv2d *)op->attr)->filters, points = (m + 2) * (m + 2);
    const struct tiling tiling = tiling_of(op, m);
    const double tiles = (double)((tiling.all + tiling.part - 1) / tiling.part * tiling.part);
    const double products = 2 * tiles * (double)(points * C * padded(K));
    const double forth = (double)(2 * points + 2 * (m + 2) * m * 3), back = (double)(points + m * (m + 2) + m * m + (2 * m + 2) * m * 5 / 2);
    return conv2d_time(t, products + 2 * tiles * (forth * (double)C + back * (double)padded(K)), 4 * (double)(points * C * padded(K)));
}

/* The tiles at the right end may reach past the pixels that a window reads. */
static void margins(const struct op *op, int *left, int *right, int m)
{
    const int64_t OW = op->out->shape.dim[2], W = op->in[0]->shape.dim[2];
    conv2d_margins(op, left, right);
    const int64_t most = (OW + m - 1) / m * m + 2 - *left - W;
    *right = most > *right ? (int)most : *right;
}

static int64_t scratch(const struct op *op, int m)
{
    const int64_t step = (op->in[0]->shape.dim[3] + 15) / 16 * 16;
    return (m + 2) * (m + 2) * tiling_of(op, m).tiles * (step + 32) * (int64_t)sizeof(float);
}

#define WINOGRAD(m) \
    bool winograd##m##_fits(const struct op *op, const struct target *t) { (void)t; return m == 6 ? fits6(op) : fits(op, m); } \
    double winograd##m##_cost(const struct op *op, const struct target *t) { return cost(op, t, m); } \
    void winograd##m##_margins(const struct op *op, int *left, int *right) { margins(op, left, right, m); } \
    int64_t winograd##m##_scratch(const struct op *op) { return scratch(op, m); } \
    bool winograd##m##_pack(struct graph *g, struct op *op) { return pack(g, op, m); } \
    void winograd##m##_emit(struct out *o, const struct op *op, const char *name) \
    { \
        const struct winograd f = winograd_of(m); \
        emit_winograd(o, op, name, &f); \
    }
WINOGRAD(2)
WINOGRAD(4)
WINOGRAD(6)
