/*
 * import.h - the ONNX importer among itself.
 *
 * read.c recognises and unpacks a file, tensor.c makes constants, types.c checks types and shapes,
 * inputs.c makes the graph's inputs, nodes.c imports nodes one by one (functions inlined),
 * control.c runs If, Loop and Scan, flex_attention.c the operator of that name with its bodies,
 * unsupported.c gathers what cnnc does not know.
 */
#ifndef CNNC_ONNX_IMPORT_H
#define CNNC_ONNX_IMPORT_H

#include "frontends.h"
#include "ops/onnx.h"

#if defined __GNUC__ /* protoc-c's header has its own ideas */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wconversion"
#endif
#include "onnx.pb-c.h"
#if defined __GNUC__
#pragma GCC diagnostic pop
#endif

/* What a name stands for: a tensor, or nothing known because making it failed (the error was
 * reported or gathered). */
struct value {
    struct tensor *tensor;
    bool unknown;
};

struct opsets {
    Onnx__OperatorSetIdProto **item;
    size_t count;
};

/* Names in a graph or function body. A body sees the names outside; a function does not. */
struct scope {
    const struct scope *outer;  /* NULL: the model's graph, or a function */
    struct name_table values;   /* to struct value */
    struct name_table declared; /* to Onnx__TypeProto: value_info and outputs */
    struct opsets opsets;
    /* of the call that a function body refers to */
    Onnx__AttributeProto **attributes;
    size_t nattributes;
    const char *prefix; /* of op names inside a function or body, "" outside */
    int depth;          /* of bodies and calls */
};

struct unsupported; /* unsupported.c */

struct importer {
    struct ctx *ctx;
    struct graph *g;
    Onnx__ModelProto *model;
    struct span at; /* the file, for messages */
    const char *path;
    struct name_table functions; /* "domain:name:overload" to Onnx__FunctionProto */
    struct name_table dims;      /* symbolic dimensions to int64_t */
    struct unsupported **unsupported;
    int nunsupported;
    /* --input-shape changed a shape that the file gives: declared shapes say nothing */
    bool reshaped;
    int64_t nodes; /* imported so far, bodies of loops counted each time */
    bool *const_input_used, *input_shape_used, *dim_used;
};

enum { MOST_DEPTH = 64, MOST_NODES = 2000000 };

/* ---- tensor.c ---- */
/* A constant of a TensorProto; NULL after an error or an unsupported() entry. */
struct tensor *tensor_constant(struct importer *im, const Onnx__TensorProto *t, const char *name);
struct tensor *sparse_constant(struct importer *im, const Onnx__SparseTensorProto *t,
                               const char *name);
const char *data_type_name(int64_t data_type); /* "float8e4m3fn" */

/* ---- types.c ---- */
/* Checks a made value against a declared type; reports a disagreement. `what`: "output 'y' of node
 * 'conv'" */
bool check_declared(struct importer *im, const Onnx__TypeProto *type, const struct tensor *t,
                    const char *what);
/* "1 x 3 x 4", the batch too */
const char *full_shape(struct arena *a, const struct shape *s);
/* NULL for a tensor of a type cnnc knows, else "a sequence", "a string tensor" */
const char *type_kind(const Onnx__TypeProto *type);

/* ---- inputs.c ---- */
/* graph inputs and initializers of the model */
void import_inputs(struct importer *im, struct scope *sc);
/* The node that stands for an edge of the graph, as `from` of the ops made there. */
struct onnx_node edge_node(struct importer *im, const char *name);
/* of --input-layout, --output-layout */
bool is_nhwc(const struct named_value *layouts, int count, const char *name);
void import_initializers(struct importer *im, struct scope *sc, const Onnx__GraphProto *graph);

/* ---- nodes.c ---- */
void import_nodes(struct importer *im, struct scope *sc, Onnx__NodeProto **nodes, size_t count);
void scope_put(struct importer *im, struct scope *sc, const char *name, struct value v);
/* false: nobody made it */
bool scope_find(const struct scope *sc, const char *name, struct value *v);
const Onnx__AttributeProto *find_attribute(const Onnx__NodeProto *n, const char *name);
struct onnx_node new_node(struct importer *im, const struct scope *sc, const Onnx__NodeProto *n);
const char *clean_name(struct arena *a, const char *name); /* letters, digits and _ */
const char *string_of(struct arena *a, const ProtobufCBinaryData *bytes);
/* A string or message of a field newer than the schema: bytes and their number; NULL where absent.
 */
const uint8_t *unknown_field(const ProtobufCMessage *m, unsigned number, int occurrence,
                             size_t *size);

/* ---- control.c ---- */
/* has it bodies that the importer runs? */
bool is_control(const char *domain, const char *op_type);
/* Imports a body on the given inputs; results[i] of its outputs, NULL where unknown. false after an
 * error. */
bool run_body(struct importer *im, const struct scope *sc, const struct onnx_node *node,
              const Onnx__GraphProto *body, struct tensor *const *in, size_t nin,
              struct tensor **results);
/* Runs If, Loop, Scan at compile time, FlexAttention with its modifiers; sets node->out. false
 * after an error. */
bool import_control(struct importer *im, struct scope *sc, const Onnx__NodeProto *n,
                    struct onnx_node *node);

/* ---- flex_attention.c ---- */
bool import_flex_attention(struct importer *im, const struct scope *sc, const Onnx__NodeProto *n,
                           struct onnx_node *node);

/* ---- unsupported.c ---- */
void unsupported(struct importer *im, const char *what, const char *help, const char *where);
/* all of them, counted; false if there are any */
bool report_unsupported(struct importer *im);

/* ---- read.c ---- */
extern ProtobufCAllocator *arena_allocator(struct arena *a);
/* Checks lengths and nesting of a message on the wire before it is unpacked. NULL: sound; else what
 * is wrong. */
const char *wire_check(const ProtobufCMessageDescriptor *d, const uint8_t *bytes, size_t size,
                       int depth);

#endif
