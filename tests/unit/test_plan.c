/* test_plan.c - the placement of tensors against brute force, and rings against a walk through the
 * rows. */
#include "frontends.h"
#include "passes/passes.h"
#include "plan/plan.h"

#include <criterion/criterion.h>
#include <string.h>

static uint64_t state;

static int random_below(int n)
{
    state = state * 6364136223846793005u + 1442695040888963407u;
    return (int)((state >> 33) % (unsigned)n);
}

enum { BLOCKS = 6 };
struct brute {
    int64_t size[BLOCKS], at[BLOCKS], best;
    int first[BLOCKS], last[BLOCKS];
};

static bool apart(const struct brute *b, int i, int j)
{
    return b->last[i] < b->first[j] || b->last[j] < b->first[i] || b->at[i] + b->size[i] <= b->at[j]
           || b->at[j] + b->size[j] <= b->at[i];
}

/* Tries every offset in units of 64 bytes. */
static void try_all(struct brute *b, int i, int64_t top)
{
    if (top >= b->best)
        return;
    if (i == BLOCKS) {
        b->best = top;
        return;
    }
    for (b->at[i] = 0; b->at[i] + b->size[i] < b->best; b->at[i] += 64) {
        bool ok = true;
        for (int j = 0; j < i && ok; j++)
            ok = apart(b, i, j);
        const int64_t end = b->at[i] + b->size[i];
        if (ok)
            try_all(b, i + 1, end > top ? end : top);
    }
}

/* A graph of nothing but lifetimes: op k stands for segment k and touches the tensors that live
 * then. */
static struct graph *lives(struct ctx *ctx, struct brute *b, struct plan *p, int segments)
{
    struct graph *g = graph_new(ctx, "lives");
    struct tensor *t[BLOCKS];
    for (int i = 0; i < BLOCKS; i++) {
        b->size[i] = 64 * (1 + random_below(5));
        b->first[i] = random_below(segments);
        b->last[i] = b->first[i] + random_below(segments - b->first[i]);
        t[i] =
            graph_tensor(g, arena_printf(ctx->arena, "t%d", i), F32, shape_of(1, b->size[i] / 4));
    }
    p->nsegments = segments;
    p->segments = NEW_ARRAY(ctx->arena, struct segment, segments);
    for (int s = 0; s < segments; s++) {
        struct op *op = NEW(ctx->arena, struct op);
        op->in = NEW_ARRAY(ctx->arena, struct tensor *, BLOCKS);
        for (int i = 0; i < BLOCKS; i++)
            if (b->first[i] == s || b->last[i] == s)
                op->in[op->nin++] = t[i];
        p->segments[s] = (struct segment){ .nops = 1, .steps = 1 };
        p->segments[s].ops = NEW_ARRAY(ctx->arena, struct op *, 1);
        p->segments[s].ops[0] = op;
    }
    return g;
}

Test(plan, placement_is_as_small_as_brute_force_finds)
{
    for (int round = 0; round < 60; round++) {
        struct ctx ctx = { .arena = arena_new(0) };
        struct brute b = { .best = 64 * 5 * BLOCKS + 64 };
        struct plan p = { 0 };
        state = (uint64_t)round + 1;
        struct graph *g = lives(&ctx, &b, &p, 4);
        place_tensors(g, &p);
        try_all(&b, 0, 0);
        cr_expect_eq(p.arena_bytes, b.best, "round %d: %lld bytes, brute force %lld", round,
                     (long long)p.arena_bytes, (long long)b.best);
        cr_expect(p.lower_bound_bytes <= p.arena_bytes);
        for (int i = 0; i < BLOCKS; i++)
            for (int j = 0; j < i; j++) {
                b.at[i] = g->tensors[i]->layout.offset;
                b.at[j] = g->tensors[j]->layout.offset;
                cr_expect(apart(&b, i, j), "round %d: tensors %d and %d overlap", round, i, j);
            }
        arena_free(ctx.arena);
    }
}

static struct graph *read_text(struct ctx *ctx, const char *text)
{
    struct source *s = NEW(ctx->arena, struct source);
    *s = (struct source){ "test.cnn", text, strlen(text) };
    struct graph *g = read_cnn(ctx, s);
    cr_assert_not_null(g);
    cr_assert(weights_init(g, "glorot", 1));
    cr_assert(run_passes(g));
    return g;
}

static const char *const residual = "x = i = Input((32, 32, 8))\n"
                                    "for n in range(3):\n"
                                    "    y = Conv2D(8, 3, padding='same', activation='relu')(x)\n"
                                    "    y = DepthwiseConv2D(5, padding='same')(y)\n"
                                    "    x = Add()([x, Conv2D(8, 3, padding='same')(y)])\n"
                                    "model = Model(i, MaxPooling2D(2)(x))\n";

/* Every row that an op reads must still be in its ring when it reads it, and have been made. */
static void walk(const struct segment *s)
{
    for (int step = 0; step < s->steps; step++)
        for (int k = 0; k < s->nops; k++) {
            const int before = step ? s->made[step - 1][k] : 0, done = before > 0 ? before : 0,
                      now = s->made[step][k];
            const struct op *op = s->ops[k];
            for (int i = 0; i < op->nin && now > done; i++)
                for (int j = 0; j < k; j++) {
                    if (op->in[i] != s->ops[j]->out)
                        continue;
                    const struct row_need n = need_of(op, i);
                    const int64_t made = s->made[step][j], rows = rows_of(op->in[i]);
                    int64_t first = (int64_t)done * n.stride - n.pad,
                            last = (int64_t)(now - 1) * n.stride - n.pad + n.kernel;
                    first = first < 0 ? 0 : first;
                    last = last > rows ? rows : last;
                    cr_expect(last <= made, "%s reads row %lld of %s, made are %lld", op->name,
                              (long long)last - 1, op->in[i]->name, (long long)made);
                    cr_expect(made - first <= op->in[i]->layout.rows,
                              "%s reads row %lld of %s, but %lld are made and %lld kept", op->name,
                              (long long)first, op->in[i]->name, (long long)made,
                              (long long)op->in[i]->layout.rows);
                }
        }
}

Test(plan, rings_hold_what_is_read)
{
    static const char *const how[] = { "time", "ram" };
    for (int i = 0; i < 2; i++) {
        struct ctx ctx = { .arena = arena_new(0),
                           .diags = { .limit = 20 },
                           .target = target_find("any"),
                           .options = { .optimize = how[i], .exact = true } };
        struct graph *g = read_text(&ctx, residual);
        const struct plan *p = plan_graph(g);
        int streamed = 0;
        for (int s = 0; s < p->nsegments; s++) {
            streamed += p->segments[s].nops > 1;
            if (p->segments[s].nops > 1)
                walk(&p->segments[s]);
        }
        cr_expect(streamed > 0, "nothing streams");
        arena_free(ctx.arena);
    }
}

Test(plan, memory_counts_more_than_time_if_asked)
{
    int64_t bytes[2];
    static const char *const how[] = { "time", "ram" };
    for (int i = 0; i < 2; i++) {
        struct ctx ctx = { .arena = arena_new(0),
                           .diags = { .limit = 20 },
                           .target = target_find("any"),
                           .options = { .optimize = how[i], .exact = true } };
        bytes[i] = plan_graph(read_text(&ctx, residual))->arena_bytes;
        arena_free(ctx.arena);
    }
    cr_expect(bytes[1] <= bytes[0], "%lld bytes for least memory, %lld for least time",
              (long long)bytes[1], (long long)bytes[0]);
    cr_expect(bytes[1] < 32 * 32 * 8 * 4 * 2, "%lld bytes", (long long)bytes[1]);
}
