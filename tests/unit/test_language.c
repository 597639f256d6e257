/* test_language.c - the lexer and the parser on pieces of Python, the evaluator on small models. */
#include "cnn/ast.h"
#include "frontends.h"
#include "targets/target.h"

#include <criterion/criterion.h>
#include <string.h>

static struct ctx new_ctx(struct text *log)
{
    return (struct ctx){ .arena = arena_new(0),
                         .diags = { .limit = 20, .log = log },
                         .target = target_find("any") };
}

static struct node_list parse(struct ctx *ctx, const char *text)
{
    struct source *s = NEW(ctx->arena, struct source);
    *s = (struct source){ "test.py", text, strlen(text) };
    return parse_python(ctx, s);
}

static const struct node *only_value(struct ctx *ctx, const char *text)
{
    const struct node_list l = parse(ctx, text);
    cr_assert_eq(ctx->diags.errors, 0, "%s", text);
    cr_assert_eq(l.count, 1, "%s", text);
    return l.item[0]->a;
}

Test(language, numbers_and_strings)
{
    struct text log = { 0 };
    struct ctx ctx = new_ctx(&log);
    cr_expect_eq(only_value(&ctx, "0x_ff\n")->integer, 255);
    cr_expect_eq(only_value(&ctx, "1_000\n")->integer, 1000);
    cr_expect_eq(only_value(&ctx, "0b101\n")->integer, 5);
    cr_expect_float_eq(only_value(&ctx, "1e-3\n")->number, 1e-3, 1e-18);
    cr_expect(only_value(&ctx, "99999999999999999999\n")->is_big);
    cr_expect_str_eq(only_value(&ctx, "'a' \"b\" r'\\n'\n")->text, "ab\\n");
    cr_expect_str_eq(only_value(&ctx, "'\\x41\\u00e9\\\n!'\n")->text, "A\xc3\xa9!");
    cr_expect_eq(only_value(&ctx, "f'{x:>{w}}'\n")->kind, N_FSTRING);
    text_free(&log);
    arena_free(ctx.arena);
}

Test(language, operators_bind_as_in_python)
{
    struct text log = { 0 };
    struct ctx ctx = new_ctx(&log);
    const struct node *n = only_value(&ctx, "-2 ** 2\n");
    cr_expect(n->kind == N_UNARY && n->a->kind == N_BINARY,
              "the power binds closer than the minus");
    n = only_value(&ctx, "a + b * c\n");
    cr_expect(strcmp(n->op, "+") == 0 && strcmp(n->b->op, "*") == 0);
    n = only_value(&ctx, "2 ** 3 ** 2\n");
    cr_expect_eq(n->b->kind, N_BINARY, "powers bind from the right");
    n = only_value(&ctx, "not a in b\n");
    cr_expect(n->kind == N_UNARY && n->a->kind == N_COMPARE);
    n = only_value(&ctx, "x if c else lambda y: y\n");
    cr_expect(n->kind == N_CONDITIONAL && n->c->kind == N_LAMBDA);
    text_free(&log);
    arena_free(ctx.arena);
}

Test(language, blocks)
{
    struct text log = { 0 };
    struct ctx ctx = new_ctx(&log);
    const struct node_list l = parse(&ctx, "if a:\n    b\n    if c: d\nelse:\n\te\nf\n");
    cr_assert_eq(l.count, 2);
    cr_expect_eq(l.item[0]->body.count, 2);
    cr_expect_eq(l.item[0]->orelse.count, 1);
    cr_expect_eq(ctx.diags.errors, 0);
    text_free(&log);
    arena_free(ctx.arena);
}

Test(language, wrong_syntax_is_said_with_its_place)
{
    static const struct {
        const char *text, *at;
    } table[] = {
        { "x = (1,\ny = 2\n", "test.py:" },
        { "x = 1 +\n", "test.py:1:" },
        { "def f(:\n    pass\n", "test.py:1:" },
        { "if x:\npass\n", "test.py:2:" },
        { "  x = 1\n y = 2\n", "test.py:" },
        { "x = 'abc\n", "test.py:1:" },
        { "return\0", NULL },
    };
    for (int i = 0; table[i].at; i++) {
        struct text log = { 0 };
        struct ctx ctx = new_ctx(&log);
        parse(&ctx, table[i].text);
        cr_expect(ctx.diags.errors > 0, "accepted: %s", table[i].text);
        cr_expect(log.s && strstr(log.s, table[i].at), "%s: %s", table[i].text,
                  log.s ? log.s : "nothing said");
        text_free(&log);
        arena_free(ctx.arena);
    }
}

static struct graph *model(struct ctx *ctx, const char *text)
{
    struct source *s = NEW(ctx->arena, struct source);
    *s = (struct source){ "test.cnn", text, strlen(text) };
    return read_cnn(ctx, s);
}

Test(language, a_model_in_a_loop)
{
    struct text log = { 0 };
    struct ctx ctx = new_ctx(&log);
    struct graph *g = model(
        &ctx, "from keras import layers, Sequential\n"
              "def block(n, k=3): return [layers.Conv2D(n, k, padding='same'), layers.ReLU()]\n"
              "model = Sequential([layers.Input((8, 8, 3))])\n"
              "for n in [4, 2 ** 3]:\n    for l in block(n): model.add(l)\n"
              "model.add(layers.Flatten())\n");
    cr_assert_not_null(g, "%s", log.s ? log.s : "");
    cr_expect_eq(g->outputs[0]->shape.dim[1], 8 * 8 * 8);
    cr_expect_eq(g->nweights, 4);
    cr_expect_str_eq(g->weights[2]->layer, "conv2d_1");
    text_free(&log);
    arena_free(ctx.arena);
}

Test(language, an_unknown_value_is_an_error_where_a_layer_needs_it)
{
    struct text log = { 0 };
    struct ctx ctx = new_ctx(&log);
    struct graph *g = model(&ctx, "import data\nn = data.load().shape[1]\nm = n * 2\n"
                                  "model = Sequential([Input((4,)), Dense(3), Dense(m)])\n");
    cr_expect_null(g);
    cr_expect(log.s && strstr(log.s, "test.cnn:4:") && strstr(log.s, "--set"), "%s",
              log.s ? log.s : "nothing said");
    text_free(&log);
    arena_free(ctx.arena);
}
