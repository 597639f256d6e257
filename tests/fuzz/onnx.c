/*
 * onnx.c - damaged ONNX files through the whole compiler: onnx FUZZ_SEED MUTATIONS FILE...
 *
 * Each file is mutated MUTATIONS times, half on its bytes (flipped, cut, lengths changed, pieces
 * moved), half on its messages (names exchanged, dims negative or huge, inputs missing, nodes twice
 * or in a cycle). Each mutant is compiled in a child of its own: exit code 0 or 1 passes; a signal,
 * an internal error, a sanitizer's report, 10 seconds or more than the memory allowed fail, and the
 * mutant is kept as failed-N.onnx. Last line: N passed, N failed.
 */
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "emit/emit.h"
#include "frontends.h"
#include "onnx/import.h"
#include "passes/passes.h"
#include "plan/plan.h"
#include "targets/target.h"

enum { MEMORY = 256 << 20, SECONDS = 10 };

static uint64_t state;

/* splitmix64 */
static uint64_t draw(uint64_t below)
{
    uint64_t z = state += 0x9e3779b97f4a7c15u;
    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
    z = (z ^ z >> 27) * 0x94d049bb133111ebu;
    return below ? (z ^ z >> 31) % below : 0;
}

struct bytes {
    unsigned char *p;
    size_t n;
};

/* ---- mutations of bytes ---------------------------------------------------------------------- */

static void mutate_bytes(struct bytes *b)
{
    const int times = 1 + (int)draw(4);
    for (int i = 0; i < times && b->n; i++) {
        const size_t at = (size_t)draw(b->n), most = b->n - at,
                     length = 1 + (size_t)draw(most < 16 ? most : 16);
        switch (draw(6)) {
        case 0: b->p[at] ^= (unsigned char)(1 << draw(8)); break;
        case 1: b->p[at] = (unsigned char)draw(256); break;
        case 2: b->n = at; break;
        case 3: b->p[at] = (unsigned char)(b->p[at] + (draw(2) ? 1 : 255)); break;
        case 4: memset(b->p + at, draw(2) ? 0xff : 0, length); break;
        default: memmove(b->p + at, b->p + draw(b->n - length + 1), length); break;
        }
    }
}

/* ---- mutations of messages ------------------------------------------------------------------- */

static int64_t strange_number(void)
{
    static const int64_t numbers[] = { 0,
                                       -1,
                                       1,
                                       2,
                                       3,
                                       7,
                                       -2,
                                       INT32_MAX,
                                       INT32_MIN,
                                       INT64_MAX,
                                       INT64_MIN,
                                       1 << 20,
                                       (int64_t)1 << 40,
                                       65537 };
    return numbers[draw(sizeof numbers / sizeof *numbers)];
}

static char *any_name(const Onnx__GraphProto *g)
{
    static char nobody[] = "nobody", empty[] = "";
    const Onnx__NodeProto *n = g->n_node ? g->node[draw(g->n_node)] : NULL;
    switch (draw(5)) {
    case 0: return g->n_input ? g->input[draw(g->n_input)]->name : nobody;
    case 1: return g->n_initializer ? g->initializer[draw(g->n_initializer)]->name : nobody;
    case 2: return n && n->n_output ? n->output[draw(n->n_output)] : nobody;
    case 3: return n && n->n_input ? n->input[draw(n->n_input)] : nobody;
    default: return draw(2) ? nobody : empty;
    }
}

static void mutate_attribute(Onnx__AttributeProto *a)
{
    if (draw(4) == 0)
        a->type = (Onnx__AttributeProto__AttributeType)draw(16);
    a->i = strange_number();
    a->f = draw(2) ? 1e30f : -1.0f / (float)(1 + draw(3));
    if (a->n_ints)
        a->ints[draw(a->n_ints)] = strange_number();
    if (a->n_ints && draw(3) == 0)
        a->n_ints--;
    if (a->n_floats)
        a->floats[draw(a->n_floats)] = a->f;
}

static void mutate_node(const Onnx__GraphProto *g, Onnx__NodeProto *n)
{
    static char *const types[] = { "Conv",
                                   "Reshape",
                                   "Gather",
                                   "Slice",
                                   "Concat",
                                   "Resize",
                                   "MatMul",
                                   "Pad",
                                   "Split",
                                   "Loop",
                                   "Cast",
                                   "TopK",
                                   "Where",
                                   "Transpose",
                                   "ReduceSum",
                                   "Expand",
                                   "ConstantOfShape",
                                   "Range",
                                   "OneHot",
                                   "Tile",
                                   "MaxPool",
                                   "LSTM",
                                   "Gemm" };
    switch (draw(6)) {
    case 0:
        if (n->n_input)
            n->input[draw(n->n_input)] = any_name(g);
        break;
    case 1:
        if (n->n_output)
            n->output[draw(n->n_output)] = any_name(g);
        break;
    case 2:
        if (n->n_input)
            n->n_input--;
        break;
    case 3: n->op_type = types[draw(sizeof types / sizeof *types)]; break;
    case 4:
        if (n->n_output)
            n->n_output--;
        break;
    default:
        if (n->n_attribute)
            mutate_attribute(n->attribute[draw(n->n_attribute)]);
        break;
    }
}

static void mutate_tensor(Onnx__TensorProto *t)
{
    switch (draw(4)) {
    case 0:
        if (t->n_dims)
            t->dims[draw(t->n_dims)] = strange_number();
        break;
    case 1: t->data_type = (int32_t)draw(28); break;
    case 2:
        if (t->n_dims)
            t->n_dims--;
        break;
    default:
        if (t->has_raw_data && t->raw_data.len)
            for (int i = 0; i < 8; i++)
                t->raw_data.data[draw(t->raw_data.len)] = (unsigned char)draw(256);
        if (t->n_int64_data)
            t->int64_data[draw(t->n_int64_data)] = strange_number();
        break;
    }
}

static void mutate_type(Onnx__TypeProto *t)
{
    if (!t || t->value_case != ONNX__TYPE_PROTO__VALUE_TENSOR_TYPE)
        return;
    Onnx__TensorShapeProto *s = t->tensor_type->shape;
    if (draw(4) == 0)
        t->tensor_type->elem_type = (int32_t)draw(28);
    else if (s && s->n_dim
             && s->dim[0]->value_case == ONNX__TENSOR_SHAPE_PROTO__DIMENSION__VALUE_DIM_VALUE)
        s->dim[draw(s->n_dim)]->dim_value = strange_number();
    else if (s && s->n_dim)
        s->n_dim--;
}

/* The message is changed in place and packed again. */
static void mutate_messages(struct bytes *b, struct arena *a)
{
    Onnx__ModelProto *m = onnx__model_proto__unpack(arena_allocator(a), b->n, b->p);
    Onnx__GraphProto *g = m ? m->graph : NULL;
    const int times = 1 + (int)draw(3);
    for (int i = 0; g && i < times; i++) {
        const size_t n = g->n_node;
        switch (draw(7)) {
        case 0:
        case 1:
            if (n)
                mutate_node(g, g->node[draw(n)]);
            break;
        case 2:
            if (g->n_initializer)
                mutate_tensor(g->initializer[draw(g->n_initializer)]);
            break;
        case 3:
            if (n > 1)
                g->node[draw(n)] = g->node[draw(n)];
            break;
        case 4:
            if (g->n_input)
                mutate_type(g->input[draw(g->n_input)]->type);
            break;
        case 5:
            if (g->n_output)
                mutate_type(g->output[draw(g->n_output)]->type);
            break;
        default:
            if (m->n_opset_import)
                m->opset_import[0]->version = draw(3) ? 1 + (int64_t)draw(26) : strange_number();
            break;
        }
    }
    if (g) {
        b->n = onnx__model_proto__get_packed_size(m);
        b->p = arena_alloc(a, b->n + 1);
        onnx__model_proto__pack(m, b->p);
    }
}

/* ---- the compiler ---------------------------------------------------------------------------- */

static int compile(const struct bytes *b)
{
    struct ctx ctx = { .arena = arena_new(MEMORY), .diags = { .to = NULL, .limit = 20 } };
    struct source source = { "mutant.onnx", (const char *)b->p, b->n };
    ctx.options.output = "net.c";
    ctx.options.model = source.name;
    ctx.options.target = "any";
    ctx.options.arena = "static";
    ctx.target = target_find("any");
    if (!is_onnx_file(&source))
        return 1;
    struct graph *g = read_onnx(&ctx, &source);
    const struct plan *plan = g && run_passes(g) ? plan_graph(g) : NULL;
    struct product product = { 0 };
    const int code = plan && emit_model(g, plan, "net", &product) ? 0 : 1;
    product_free(&product);
    arena_free(ctx.arena);
    return code;
}

/* NULL: passed; else what happened. */
static const char *try_it(const struct bytes *b)
{
    static char what[100];
    int status;
    const pid_t child = fork();
    if (child < 0)
        return "cannot fork";
    if (child == 0) {
        if (!freopen("/dev/null", "w", stdout) || !freopen("fuzz.log", "w", stderr))
            _exit(9);
        alarm(SECONDS);
        _exit(compile(b));
    }
    waitpid(child, &status, 0);
    if (WIFEXITED(status) && WEXITSTATUS(status) <= 1)
        return NULL;
    if (WIFEXITED(status))
        snprintf(what, sizeof what, "exit code %d", WEXITSTATUS(status));
    else
        snprintf(what, sizeof what, "signal %d", WTERMSIG(status));
    return what;
}

static bool fuzz_one(const struct source *file, int seed, int mutation, int *kept)
{
    struct arena *a = arena_new(0);
    struct bytes b = { (unsigned char *)arena_copy(a, file->text, file->size), file->size };
    state = (uint64_t)seed * 1000003u + (uint64_t)mutation;
    if (mutation % 2)
        mutate_messages(&b, a);
    if (mutation % 2 == 0 || draw(8) == 0)
        mutate_bytes(&b);
    const char *what = try_it(&b);
    if (what) {
        char name[64];
        snprintf(name, sizeof name, "failed-%d.onnx", (*kept)++);
        FILE *f = fopen(name, "wb");
        if (f) {
            fwrite(b.p, 1, b.n, f);
            fclose(f);
        }
        printf("FAIL %s, mutation %d of seed %d: %s (%s)\n", file->name, mutation, seed, what,
               name);
        fflush(stdout);
    }
    arena_free(a);
    return !what;
}

int main(int argc, char **argv)
{
    struct arena *a = arena_new(0);
    struct diags d = { .to = stderr };
    long passed = 0, failed = 0;
    int kept = 0;
    if (argc < 4)
        return 2;
    for (int i = 3; i < argc; i++) {
        const struct source *file = file_read(a, &d, argv[i]);
        failed += !file;
        for (int k = 0; file && k < atoi(argv[2]); k++)
            *(fuzz_one(file, atoi(argv[1]) + i, k, &kept) ? &passed : &failed) += 1;
    }
    arena_free(a);
    printf("%ld passed, %ld failed\n", passed, failed);
    return failed > 0;
}
