/* read.c - an ONNX file: recognised by its content, checked on the wire, unpacked, imported. */
#include "onnx/import.h"

#include <string.h>

/* ---- the wire: tag, then a varint, 4 or 8 bytes, or a length and as many bytes --------------- */

static bool varint(const uint8_t **p, const uint8_t *end, uint64_t *to)
{
    *to = 0;
    for (int shift = 0; *p < end && shift < 70; shift += 7) {
        const uint8_t byte = *(*p)++;
        *to |= shift < 64 ? (uint64_t)(byte & 127) << shift : 0;
        if (!(byte & 128))
            return true;
    }
    return false;
}

/* One field: its number, wire type, and of type 2 the bytes. false: damaged. */
static bool next_field(const uint8_t **p, const uint8_t *end, uint64_t *number, int *wire,
                       const uint8_t **bytes, uint64_t *size)
{
    uint64_t tag, skipped;
    if (!varint(p, end, &tag))
        return false;
    *number = tag >> 3;
    *wire = (int)(tag & 7);
    *size = *wire == 1 ? 8 : *wire == 5 ? 4 : 0;
    if (*number == 0 || *number > 0x1fffffff || *wire == 3 || *wire == 4 || *wire > 5)
        return false;
    if (*wire == 0)
        return varint(p, end, &skipped);
    if (*wire == 2 && !varint(p, end, size))
        return false;
    *bytes = *p;
    if (*size > (uint64_t)(end - *p))
        return false;
    *p += *size;
    return true;
}

const char *wire_check(const ProtobufCMessageDescriptor *d, const uint8_t *bytes, size_t size,
                       int depth)
{
    const uint8_t *p = bytes, *end = bytes + size, *inner;
    if (depth > 3 * MOST_DEPTH)
        return "graphs are nested deeper than cnnc follows";
    while (p < end) {
        uint64_t number, length;
        int wire;
        if (!next_field(&p, end, &number, &wire, &inner, &length))
            return "its bytes end too early or are no protobuf message";
        const ProtobufCFieldDescriptor *f =
            protobuf_c_message_descriptor_get_field(d, (unsigned)number);
        if (!f || f->type != PROTOBUF_C_TYPE_MESSAGE)
            continue;
        if (wire != 2)
            return "a message has the wrong wire type";
        const char *wrong = wire_check(f->descriptor, inner, (size_t)length, depth + 1);
        if (wrong)
            return wrong;
    }
    return NULL;
}

/* The first field of a file that a protobuf library wrote is ir_version; another order is known by
 * the fields that a model has. */
bool is_onnx_file(const struct source *source)
{
    const uint8_t *p = (const uint8_t *)source->text, *end = p + source->size, *bytes;
    uint64_t number, length;
    int wire, fields = 0;
    bool graph = false;
    if (source->size >= 3 && p[0] == 8 && p[1] > 0 && p[1] < 128)
        return true;
    while (p < end) {
        if (!next_field(&p, end, &number, &wire, &bytes, &length) || number > 40
            || !protobuf_c_message_descriptor_get_field(&onnx__model_proto__descriptor,
                                                        (unsigned)number))
            return false;
        graph |= number == 7 && wire == 2;
        fields++;
    }
    return graph && fields > 1;
}

/* ---- memory: protobuf-c's comes from the compilation's arena, whose limit counts it ---------- */

static void *give(void *arena, size_t size)
{
    return arena_alloc(arena, size);
}

static void take_back(void *arena, void *p)
{
    (void)arena;
    (void)p;
}

ProtobufCAllocator *arena_allocator(struct arena *a)
{
    ProtobufCAllocator *p = NEW(a, ProtobufCAllocator);
    *p = (ProtobufCAllocator){ give, take_back, a };
    return p;
}

/* ---- the model ------------------------------------------------------------------------------- */

static Onnx__ModelProto *unpack(struct ctx *ctx, const struct source *file, struct span at)
{
    const uint8_t *bytes = (const uint8_t *)file->text;
    const char *wrong = wire_check(&onnx__model_proto__descriptor, bytes, file->size, 0);
    Onnx__ModelProto *m =
        wrong ? NULL : onnx__model_proto__unpack(arena_allocator(ctx->arena), file->size, bytes);
    if (!m)
        diag_error(&ctx->diags, at, "the ONNX file is damaged: %s",
                   wrong ? wrong : "protobuf cannot unpack it");
    else if (!m->graph)
        diag_error(&ctx->diags, at, "the ONNX file holds no graph");
    else if (m->has_ir_version && (m->ir_version < 1 || m->ir_version > 14))
        diag_error(&ctx->diags, at, "the ONNX file has IR version %lld; cnnc reads 3 to 13",
                   (long long)m->ir_version);
    else
        return m;
    return NULL;
}

/* Functions by "domain:name:overload". */
static void note_functions(struct importer *im)
{
    for (size_t i = 0; i < im->model->n_functions; i++) {
        Onnx__FunctionProto *f = im->model->functions[i];
        size_t n = 0;
        const uint8_t *overload = unknown_field(&f->base, 13, 0, &n);
        const char *key =
            arena_printf(im->ctx->arena, "%s:%s:%.*s", f->domain ? f->domain : "",
                         f->name ? f->name : "", (int)n, overload ? (const char *)overload : "");
        names_put(im->ctx->arena, &im->functions, key, f);
    }
}

static void note_declared(struct importer *im, struct scope *sc, Onnx__ValueInfoProto **infos,
                          size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (infos[i]->name && infos[i]->type)
            names_put(im->ctx->arena, &sc->declared, infos[i]->name, infos[i]->type);
}

/* The name of the file becomes that of an output: an op's result has the name of the op until now.
 */
static void name_output(struct importer *im, struct tensor *t, const char *name)
{
    const char *clean = clean_name(im->ctx->arena, name);
    if (t->producer && !t->data && strcmp(t->name, clean) != 0)
        graph_rename(im->g, t, clean);
}

static void import_outputs(struct importer *im, struct scope *sc)
{
    const Onnx__GraphProto *graph = im->model->graph;
    if (!graph->n_output)
        diag_error(&im->ctx->diags, im->at, "the graph has no outputs");
    for (size_t i = 0; i < graph->n_output; i++) {
        const char *name = graph->output[i]->name;
        struct value v;
        if (!name || !scope_find(sc, name, &v))
            diag_error(&im->ctx->diags, im->at, "the graph's output '%s' is made by no node",
                       name ? name : "");
        else if (!v.unknown && v.tensor) {
            struct tensor *t = v.tensor;
            const struct onnx_node node = edge_node(im, name);
            if (is_nhwc(im->ctx->options.output_layout, im->ctx->options.noutput_layout, name))
                t = onnx_channels_last(im->g, &node, t);
            if (!t)
                continue;
            name_output(im, t, name);
            graph_output(im->g, t);
        }
    }
}

/* Names of --input-layout and --output-layout that the model does not have. */
static void check_layouts(struct importer *im, const struct named_value *layouts, int count,
                          Onnx__ValueInfoProto **of, size_t n, const char *what)
{
    for (int i = 0; i < count; i++) {
        bool found = !layouts[i].name;
        for (size_t k = 0; k < n && !found; k++)
            found = of[k]->name && strcmp(of[k]->name, layouts[i].name) == 0;
        if (!found)
            diag_error(&im->ctx->diags, im->at, "--%s-layout: the model has no %s '%s'", what, what,
                       layouts[i].name);
    }
}

static void check_used(struct importer *im)
{
    const struct options *o = &im->ctx->options;
    const Onnx__GraphProto *graph = im->model->graph;
    check_layouts(im, o->input_layout, o->ninput_layout, graph->input, graph->n_input, "input");
    check_layouts(im, o->output_layout, o->noutput_layout, graph->output, graph->n_output,
                  "output");
    for (int i = 0; i < o->nconst_input; i++)
        if (!im->const_input_used[i])
            diag_error(&im->ctx->diags, im->at, "--const-input: the model has no input '%s'",
                       o->const_input[i].name);
    for (int i = 0; i < o->ninput_shape; i++)
        if (!im->input_shape_used[i])
            diag_error(&im->ctx->diags, im->at, "--input-shape: the model has no input '%s'",
                       o->input_shape[i].name);
    for (int i = 0; i < o->ndim; i++)
        if (!im->dim_used[i])
            diag_error(&im->ctx->diags, im->at, "--dim: no input has a dimension '%s'",
                       o->dim[i].name);
}

struct graph *read_onnx(struct ctx *ctx, struct source *file)
{
    struct importer *im = NEW(ctx->arena, struct importer);
    struct scope *sc = NEW(ctx->arena, struct scope);
    struct source *place = NEW(ctx->arena, struct source);
    /* messages name the file; there are no lines to show */
    place->name = file->name;
    im->ctx = ctx;
    im->at = (struct span){ place, 0, 0 };
    im->path = file->name;
    im->model = unpack(ctx, file, im->at);
    arena_give_back(ctx->arena, (void *)(uintptr_t)file->text, file->size);
    file->text = ""; /* all of it was copied */
    file->size = 0;
    if (!im->model)
        return NULL;
    im->g = graph_new(ctx, im->model->graph->name);
    im->const_input_used = NEW_ARRAY(ctx->arena, bool, ctx->options.nconst_input + 1);
    im->input_shape_used = NEW_ARRAY(ctx->arena, bool, ctx->options.ninput_shape + 1);
    im->dim_used = NEW_ARRAY(ctx->arena, bool, ctx->options.ndim + 1);
    sc->opsets = (struct opsets){ im->model->opset_import, im->model->n_opset_import };
    sc->prefix = "";
    note_functions(im);
    note_declared(im, sc, im->model->graph->value_info, im->model->graph->n_value_info);
    note_declared(im, sc, im->model->graph->output, im->model->graph->n_output);
    import_inputs(im, sc);
    import_nodes(im, sc, im->model->graph->node, im->model->graph->n_node);
    import_outputs(im, sc);
    check_used(im);
    if (!report_unsupported(im) || ctx->diags.errors)
        return NULL;
    graph_sweep(im->g);
    graph_forget_constants(im->g);
    return im->g;
}
