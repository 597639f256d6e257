/* options.c - the command line: one table of options serves the reader, the help text and the
 * suggestions. */
#include "options.h"

#include <ctype.h>
#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#ifndef CNNC_VERSION
#define CNNC_VERSION "0"
#endif

enum argument { NO_ARGUMENT, NEEDS_ARGUMENT, MAY_HAVE_ARGUMENT };

enum kind {
    FLAG,
    STRING,
    CHOICE,
    NUMBER,
    SEED,
    MEMORY,
    THREADS,
    TUNE,
    SET,
    DIM,
    CONST_INPUT,
    SHAPE,
    LAYOUT,
    PATHS,
    LAMBDA,
    REPORT,
    VERIFY,
    COLOR,
    WARNINGS,
    HELP,
    VERSION
};

struct option {
    const char *word; /* with its dashes; what it is called in messages */
    enum argument argument;
    enum kind kind;
    size_t offset;       /* in struct options, of those kinds that only store */
    const char *shown;   /* argument as --help shows it */
    const char *choices; /* of CHOICE and COLOR: words separated by '|' */
    const char *help;
};

#define AT(member) offsetof(struct options, member)

static const struct option table[] = {
    { "-o", NEEDS_ARGUMENT, STRING, AT(output), "FILE", NULL,
      "write the C to FILE and its header beside it; - is standard output" },
    { "--name", NEEDS_ARGUMENT, STRING, AT(name), "NAME", NULL, "prefix of the C names (from -o)" },
    { "--weights", NEEDS_ARGUMENT, STRING, AT(weights), "FILE", NULL,
      "trained weights: .weights.h5, .h5, .keras, .npz, .safetensors" },
    { "--init", NEEDS_ARGUMENT, CHOICE, AT(init), "glorot|he|zeros", "glorot|he|zeros",
      "made-up values for weights that no file gives" },
    { "--seed", NEEDS_ARGUMENT, SEED, AT(seed), "N", NULL,
      "of --init and of the inputs of --verify (0)" },
    { "--input-shape", NEEDS_ARGUMENT, SHAPE, 0, "[NAME=]D,D,D", NULL,
      "shape of an input, without the batch (repeatable)" },
    { "--dim", NEEDS_ARGUMENT, DIM, 0, "NAME=N", NULL,
      "size of a symbolic dimension of an ONNX model (repeatable)" },
    { "--const-input", NEEDS_ARGUMENT, CONST_INPUT, 0, "NAME=VALUE", NULL,
      "binds an input of an ONNX model to a .npy file or to numbers (repeatable)" },
    { "--input-layout", NEEDS_ARGUMENT, LAYOUT, 0, "[NAME=]nchw|nhwc", "nchw|nhwc",
      "how an ONNX model's inputs of 3 and more dimensions lie (nchw)" },
    { "--output-layout", NEEDS_ARGUMENT, LAYOUT, 0, "[NAME=]nchw|nhwc", "nchw|nhwc",
      "the same for outputs (nchw)" },
    { "--check", NO_ARGUMENT, FLAG, AT(check), "", NULL,
      "only say whether the model can be compiled, and what is not supported" },
    { "--max-memory", NEEDS_ARGUMENT, MEMORY, 0, "BYTES", NULL,
      "memory that cnnc may take: 500M, 2G (4G)" },
    { "--set", NEEDS_ARGUMENT, SET, 0, "NAME=VALUE", NULL,
      "a value the text does not give (repeatable)" },
    { "--lambda", NEEDS_ARGUMENT, LAMBDA, 0, "LAYER=EXPR", NULL,
      "what a Keras file's Lambda layer computes of x (repeatable)" },
    { "--model", NEEDS_ARGUMENT, STRING, AT(model_name), "NAME", NULL,
      "which of the models in the text to compile" },
    { "--output", NEEDS_ARGUMENT, STRING, AT(output_layer), "LAYER", NULL,
      "compile the model up to this layer" },
    { "--call", NEEDS_ARGUMENT, STRING, AT(call), "EXPR", NULL,
      "the model is what this gives: 'build(10, width=0.5)'" },
    { "--module-path", NEEDS_ARGUMENT, PATHS, 0, "DIR", NULL,
      "where modules are read besides the text's directory (repeatable)" },
    { "--target", NEEDS_ARGUMENT, STRING, AT(target), "TARGET", NULL,
      "what the C will run on: any, c99, native, x86-64-v2/v3/v4, armv8-a (any)" },
    { "--optimize", NEEDS_ARGUMENT, CHOICE, AT(optimize), "time|ram|size", "time|ram|size",
      "what counts most: speed, working memory, or code and weights (time)" },
    { "--kernel", NEEDS_ARGUMENT, STRING, AT(kernel), "NAME", NULL,
      "compute by this kernel where it fits (direct, winograd4, ...)" },
    { "--threads", NEEDS_ARGUMENT, THREADS, 0, "N", NULL,
      "spread the rows of each layer over N threads: OpenMP or C11 (1)" },
    { "--tune", MAY_HAVE_ARGUMENT, TUNE, 0, "[=SECONDS]", NULL,
      "time each layer's kernels with $CC $CFLAGS, take the fastest (60)" },
    { "--tune-file", NEEDS_ARGUMENT, STRING, AT(tune_file), "FILE", NULL,
      "take times from FILE; with --tune add those missing (cnnc.tune beside -o)" },
    { "--exact", NO_ARGUMENT, FLAG, AT(exact), "", NULL,
      "no kernel that computes sums in another way (Winograd), weights as they are" },
    { "--arena", NEEDS_ARGUMENT, CHOICE, AT(arena), "static|caller", "static|caller",
      "working memory: in the file, or handed over by the caller" },
    { "--weights-as", NEEDS_ARGUMENT, CHOICE, AT(weights_as), "FORM", "inline|packed|object|file",
      "inline, packed, object or file (by size)" },
    { "--byte-order", NEEDS_ARGUMENT, CHOICE, AT(byte_order), "little|big", "little|big",
      "of weights that are bytes: packed, object, file (little)" },
    { "--eval", NEEDS_ARGUMENT, STRING, AT(eval), "IN.npz", NULL,
      "evaluate in double on IN (.npy, .npz) and write the outputs to -o" },
    { "--verify", MAY_HAVE_ARGUMENT, VERIFY, 0, "[=layers]", NULL,
      "build the C with $CC, run it, compare (each layer too)" },
    { "--input", NEEDS_ARGUMENT, STRING, AT(input_file), "IN.npz", NULL,
      "inputs of --verify (seeded random numbers)" },
    { "--expect", NEEDS_ARGUMENT, STRING, AT(expect), "OUT.npz", NULL,
      "outputs that --verify shall find, too" },
    { "--rtol", NEEDS_ARGUMENT, NUMBER, AT(rtol), "X", NULL, "relative difference allowed (1e-4)" },
    { "--atol", NEEDS_ARGUMENT, NUMBER, AT(atol), "X", NULL,
      "absolute difference allowed; of the greatest value if above 1 (1e-5)" },
    { "--report", NEEDS_ARGUMENT, REPORT, 0, "FILE", NULL,
      "layers and memory as .json, .html or .txt (repeatable)" },
    { "--dump", MAY_HAVE_ARGUMENT, STRING, AT(dump), "[=PASS]", NULL,
      "print the graph, or after PASS; -o x.cnn: with weights; onnx; tree, text" },
    { "--list-ops", NO_ARGUMENT, FLAG, AT(list_ops), "", NULL,
      "list the operators and their attributes" },
    { "-MD", NO_ARGUMENT, FLAG, AT(make_depfile), "", NULL,
      "write a depfile for make beside the output" },
    { "-MF", NEEDS_ARGUMENT, STRING, AT(depfile), "FILE", NULL, "name of the depfile" },
    { "-W", MAY_HAVE_ARGUMENT, WARNINGS, 0, "", NULL,
      "show warnings (as without it, and against -q)" },
    { "-Werror", NO_ARGUMENT, FLAG, AT(werror), "", NULL, "warnings are errors" },
    { "--color", MAY_HAVE_ARGUMENT, COLOR, 0, "[=WHEN]", "auto|always|never",
      "colour messages: auto, always or never" },
    { "-q", NO_ARGUMENT, FLAG, AT(quiet), "", NULL, "no warnings and no notes" },
    { "-v", NO_ARGUMENT, FLAG, AT(verbose), "", NULL,
      "tell what is done and how much memory it takes" },
    { "--version", NO_ARGUMENT, VERSION, 0, "", NULL, "print the version" },
    { "--help", NO_ARGUMENT, HELP, 0, "", NULL, "print this text" },
};
enum { OPTIONS = sizeof table / sizeof *table };

/* Reports a wrong usage; false. */
static bool PRINTF_LIKE(1, 2) usage(const char *format, ...)
{
    va_list args;
    va_start(args, format);
    fputs("cnnc: error: ", stderr);
    vfprintf(stderr, format, args);
    fputs("\n", stderr);
    va_end(args);
    return false;
}

static void print_help(void)
{
    puts("usage: cnnc [options] MODEL\n"
         "Compiles a network, Keras text, a Keras model file or ONNX, into one C file.\n");
    for (int i = 0; i < OPTIONS; i++) {
        const struct option *p = &table[i];
        const bool attached = p->shown[0] == '[' || !p->shown[0];
        const char *between = attached && p->kind != SHAPE ? "" : p->word[1] == '-' ? "=" : " ";
        const int n = printf("  %s%s%s", p->word, between, p->shown);
        printf("%*s%s\n", n < 31 ? 31 - n : 1, "", p->help);
    }
    puts("\nexit code: 0 done, 1 the input is at fault, 2 wrong usage, 3 a defect of cnnc");
}

/* True where `word` is one of the choices "a|b|c". */
static bool is_choice(const char *choices, const char *word)
{
    const size_t n = strlen(word);
    for (const char *p = choices; n; p++) {
        const size_t length = strcspn(p, "|");
        if (length == n && !memcmp(p, word, n))
            return true;
        p += length;
        if (!*p)
            return false;
    }
    return false;
}

static bool set_choice(const char **to, const struct option *p, const char *value)
{
    if (!is_choice(p->choices, value))
        return usage("%s is one of %s, not '%s'", p->word, p->choices, value);
    *to = value;
    return true;
}

static bool set_number(double *to, const struct option *p, const char *value)
{
    char *end;
    *to = strtod(value, &end);
    if (end == value || *end || !(*to >= 0) || isinf(*to))
        return usage("%s takes a number from 0 on, not '%s'", p->word, value);
    return true;
}

static bool set_seed(uint64_t *to, const char *value)
{
    char *end;
    errno = 0;
    const unsigned long long n = strtoull(value, &end, 0);
    if (!isdigit((unsigned char)value[0]) || *end || errno)
        return usage("--seed takes a whole number from 0 on, not '%s'", value);
    *to = n;
    return true;
}

static bool add_set(struct ctx *ctx, const char *value)
{
    struct options *o = &ctx->options;
    const char *equals = strchr(value, '=');
    if (!equals || equals == value)
        return usage("--set takes NAME=VALUE, not '%s'", value);
    const struct named_value v = { arena_copy(ctx->arena, value, (size_t)(equals - value)),
                                   equals + 1 };
    APPEND(ctx->arena, o->set, o->nset, v);
    return true;
}

/* NAME=VALUE where NAME may hold equal signs but the last. */
static bool add_named(struct ctx *ctx, const struct option *p, const char *value,
                      struct named_value **list, int *count)
{
    const char *equals = p->kind == DIM ? strrchr(value, '=') : strchr(value, '=');
    if (!equals || equals == value || !equals[1])
        return usage("%s takes %s, not '%s'", p->word, p->shown, value);
    const struct named_value v = { arena_copy(ctx->arena, value, (size_t)(equals - value)),
                                   equals + 1 };
    APPEND(ctx->arena, *list, *count, v);
    return true;
}

/* "500M" */
static bool set_memory(struct ctx *ctx, const char *value)
{
    char *end;
    errno = 0;
    const unsigned long long n = strtoull(value, &end, 10);
    const int shift = !*end         ? 0
                      : end[1]      ? -1
                      : *end == 'K' ? 10
                      : *end == 'M' ? 20
                      : *end == 'G' ? 30
                                    : -1;
    if (!isdigit((unsigned char)value[0]) || shift < 0 || errno || n == 0 || n > SIZE_MAX >> shift)
        return usage("--max-memory takes bytes like 500M or 2G, not '%s'", value);
    ctx->options.max_memory = (uint64_t)n << shift;
    arena_set_limit(ctx->arena, (size_t)ctx->options.max_memory);
    return true;
}

/* LAYER='x / 255'; the expression may hold further equal signs, the name of a layer none. */
static bool add_lambda(struct ctx *ctx, const char *value)
{
    struct options *o = &ctx->options;
    const char *equals = strchr(value, '=');
    if (!equals || equals == value || !equals[1])
        return usage("--lambda takes LAYER='x / 255', not '%s'", value);
    const struct named_value v = { arena_copy(ctx->arena, value, (size_t)(equals - value)),
                                   equals + 1 };
    APPEND(ctx->arena, o->lambda, o->nlambda, v);
    return true;
}

/* True where `s` is "28,28,1". */
static bool is_shape(const char *s)
{
    for (int rank = 1; rank <= 8; rank++) {
        char *end;
        errno = 0;
        if (!isdigit((unsigned char)*s) || strtoll(s, &end, 10) < 1 || errno)
            return false;
        if (!*end)
            return true;
        if (*end != ',')
            return false;
        s = end + 1;
    }
    return false;
}

static bool add_shape(struct ctx *ctx, const char *value)
{
    struct options *o = &ctx->options;
    const char *equals = strrchr(value, '=');
    if (equals == value || !is_shape(equals ? equals + 1 : value))
        return usage(
            "--input-shape takes sizes like 28,28,1 or NAME=28,28,1, without the batch, not '%s'",
            value);
    const struct named_value v = { equals ? arena_copy(ctx->arena, value, (size_t)(equals - value))
                                          : NULL,
                                   equals ? equals + 1 : value };
    APPEND(ctx->arena, o->input_shape, o->ninput_shape, v);
    return true;
}

/* "nhwc", "NAME=nhwc" */
static bool add_layout(struct ctx *ctx, const struct option *p, const char *value)
{
    struct options *o = &ctx->options;
    const char *equals = strrchr(value, '=');
    struct named_value v = { equals ? arena_copy(ctx->arena, value, (size_t)(equals - value))
                                    : NULL,
                             NULL };
    if (equals == value || !set_choice(&v.value, p, equals ? equals + 1 : value))
        return equals == value ? usage("%s takes %s, not '%s'", p->word, p->shown, value) : false;
    if (!strcmp(p->word, "--input-layout"))
        APPEND(ctx->arena, o->input_layout, o->ninput_layout, v);
    else
        APPEND(ctx->arena, o->output_layout, o->noutput_layout, v);
    return true;
}

static bool add_report(struct options *o, const char *value)
{
    const int room = (int)(sizeof o->report / sizeof *o->report);
    if (!ends_with(value, ".json") && !ends_with(value, ".html") && !ends_with(value, ".txt"))
        return usage("--report writes .json, .html or .txt, not '%s'", value);
    if (o->nreport == room)
        return usage("at most %d reports in one run", room);
    o->report[o->nreport++] = value;
    return true;
}

static bool set_color(struct ctx *ctx, const struct option *p, const char *value)
{
    const char *when = "always";
    if (value && !set_choice(&when, p, value))
        return false;
    const char *term = getenv("TERM");
    const bool terminal = isatty(2) && !getenv("NO_COLOR") && term && strcmp(term, "dumb");
    ctx->diags.color = !strcmp(when, "always") || (!strcmp(when, "auto") && terminal);
    return true;
}

static bool set_verify(struct options *o, const char *value)
{
    if (value && strcmp(value, "layers"))
        return usage("--verify stands alone or as --verify=layers, not with '%s'", value);
    o->verify = true;
    o->verify_layers = value != NULL;
    return true;
}

static bool set_threads(struct options *o, const char *value)
{
    char *end;
    const long n = strtol(value, &end, 10);
    if (!isdigit((unsigned char)*value) || *end || n < 1 || n > 64)
        return usage("--threads takes a number from 1 to 64, not '%s'", value);
    o->threads = (int)n;
    return true;
}

static bool store(struct ctx *ctx, const struct option *p, const char *value)
{
    struct options *o = &ctx->options;
    void *to = (char *)o + p->offset;
    switch (p->kind) {
    case FLAG: *(bool *)to = true; return true;
    case STRING:
        if (value && !*value)
            return usage("%s needs a value", p->word);
        *(const char **)to = value ? value : "";
        return true;
    case CHOICE: return set_choice(to, p, value);
    case NUMBER: return set_number(to, p, value);
    case SEED: return set_seed(to, value);
    case MEMORY: return set_memory(ctx, value);
    case THREADS: return set_threads(o, value);
    case TUNE: o->tune = true; return !value || set_number(&o->tune_seconds, p, value);
    case SET: return add_set(ctx, value);
    case DIM: return add_named(ctx, p, value, &o->dim, &o->ndim);
    case CONST_INPUT: return add_named(ctx, p, value, &o->const_input, &o->nconst_input);
    case SHAPE: return add_shape(ctx, value);
    case LAYOUT: return add_layout(ctx, p, value);
    case PATHS: APPEND(ctx->arena, o->module_path, o->nmodule_path, value); return true;
    case LAMBDA: return add_lambda(ctx, value);
    case REPORT: return add_report(o, value);
    case VERIFY: return set_verify(o, value);
    case COLOR: return set_color(ctx, p, value);
    case WARNINGS: o->quiet = false; return true;
    case HELP:
    case VERSION: return true; /* done by the caller */
    }
    return true;
}

/* The option that `arg` spells; *value: what is attached to it ("=x", or behind -o). NULL: none. */
static const struct option *find(const char *arg, const char **value)
{
    *value = NULL;
    const size_t n = arg[1] == '-' ? strcspn(arg, "=") : strlen(arg);
    for (int i = 0; i < OPTIONS; i++) {
        if (strlen(table[i].word) == n && !memcmp(table[i].word, arg, n)) {
            *value = arg[n] ? arg + n + 1 : NULL;
            return &table[i];
        }
    }
    if (!strncmp(arg, "-o", 2)) {
        *value = arg + 2;
        return &table[0];
    }
    return NULL;
}

static bool unknown_option(const char *arg)
{
    const char *words[OPTIONS];
    char word[64];
    for (int i = 0; i < OPTIONS; i++)
        words[i] = table[i].word;
    snprintf(word, sizeof word, "%.*s", (int)strcspn(arg, "="), arg);
    const char *meant = nearest(word, words, OPTIONS);
    if (meant)
        return usage("unknown option '%s'; did you mean %s?", arg, meant);
    return usage("unknown option '%s'; cnnc --help lists all", arg);
}

static bool is_identifier(const char *s)
{
    if (!isalpha((unsigned char)*s) && *s != '_')
        return false;
    return s[strspn(s, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_")] == '\0';
}

/* What only the whole command line shows. */
static bool check_together(const struct options *o)
{
    const bool to_stdout = o->output && !strcmp(o->output, "-");
    if (o->list_ops)
        return true;
    if (!o->model)
        return usage("no model given; usage: cnnc [options] MODEL -o net.c");
    if (o->eval && !o->output)
        return usage("--eval writes to a file: give -o out.npz");
    if (!o->output && !o->dump && !o->verify && !o->nreport && !o->check)
        return usage("give -o net.c");
    if (o->name && !is_identifier(o->name))
        return usage("--name=%s is no name in C", o->name);
    if (o->verify && to_stdout)
        return usage("--verify needs a file: give -o net.c or no -o");
    if (o->verify_layers && o->output)
        return usage("--verify=layers builds a file of its own: leave -o out");
    if ((o->input_file || o->expect) && !o->verify)
        return usage("%s belongs to --verify", o->input_file ? "--input" : "--expect");
    if ((o->tune || o->tune_file) && (o->kernel || (o->optimize && strcmp(o->optimize, "time"))))
        return usage("%s chooses kernels by time, not together with %s",
                     o->tune ? "--tune" : "--tune-file", o->kernel ? "--kernel" : "--optimize");
    if (o->make_depfile && !o->depfile && (!o->output || to_stdout))
        return usage("-MD needs the depfile's name here: give -MF FILE");
    if (o->output && ends_with(o->output, ".h"))
        return usage("-o names the C file, the header stands beside it: give -o net.c");
    return true;
}

static bool read_all(struct ctx *ctx, int argc, char **argv, const char **stop)
{
    struct options *o = &ctx->options;
    bool only_files = false;
    for (int i = 1; i < argc; i++) {
        const char *arg = argv[i], *value;
        if (only_files || arg[0] != '-' || !arg[1]) {
            if (o->model)
                return usage("one model at a time: '%s' and '%s'", o->model, arg);
            o->model = arg;
            continue;
        }
        if (!strcmp(arg, "--")) {
            only_files = true;
            continue;
        }
        const struct option *p = !strcmp(arg, "-h") ? &table[OPTIONS - 1] : find(arg, &value);
        if (!strcmp(arg, "-h"))
            value = NULL;
        if (!p)
            return unknown_option(arg);
        if (p->argument == NO_ARGUMENT && value)
            return usage("%s takes no value", p->word);
        if (p->argument == NEEDS_ARGUMENT && !value) {
            if (i + 1 == argc)
                return usage("%s needs a value: %s", p->word, p->shown);
            value = argv[++i];
        }
        if (p->kind == HELP || p->kind == VERSION) {
            *stop = p->word;
            return true;
        }
        if (!store(ctx, p, value))
            return false;
    }
    return true;
}

int options_read(struct ctx *ctx, int argc, char **argv)
{
    struct options *o = &ctx->options;
    const char *stop = NULL;
    const struct option automatic = { .word = "--color", .choices = "auto|always|never" };
    o->target = "any";
    o->arena = "static";
    o->tune_seconds = 60;
    o->rtol = 1e-4;
    o->atol = 1e-5;
    set_color(ctx, &automatic, "auto");
    if (!read_all(ctx, argc, argv, &stop))
        return 2;
    if (stop) {
        if (!strcmp(stop, "--help"))
            print_help();
        else
            puts("cnnc " CNNC_VERSION);
        return 0;
    }
    if (o->depfile)
        o->make_depfile = true;
    ctx->diags.quiet = o->quiet;
    ctx->diags.werror = o->werror;
    return check_together(o) ? GO_ON : 2;
}
