/*
 * onnx.h - an ONNX node as an operator's import hook sees it: its version, inputs, attributes,
 * wanted outputs.
 *
 * The front end fills it in; hooks read attributes by the functions below and set out[i]. Shapes
 * are those of ONNX (NCHW): a hook for an op that wants channels last puts Transpose ops around it
 * (onnx_channels_last, onnx_channels_first), which the passes cancel between neighbours.
 */
#ifndef CNNC_ONNX_H
#define CNNC_ONNX_H

#include "ops/op.h"

enum { LATEST_OPSET = 26 }; /* as which operators of other operators are made */

struct onnx_attribute {
    const char *name;
    /* ITEM_NONE: of a kind that has no value here (a graph, a type) */
    struct value_item value;
    struct tensor *tensor; /* of a tensor attribute, a constant; else NULL */
    const char *kind;      /* "float", "ints", "graph", ... as messages call it */
    /* was asked for: an attribute that no hook reads is an error */
    bool used;
};

struct onnx_node {
    const char *op_type, *domain, *name; /* domain "": ONNX' own; name: never NULL */
    int opset;                           /* version of the domain that the model imports */
    /* NULL where an optional input is absent; constants have data */
    struct tensor **in;
    int nin;
    struct tensor **out;
    int nout;     /* set by the hook; nout outputs are asked for */
    bool *wanted; /* wanted[i]: output i has a name */
    struct onnx_attribute *attributes;
    int nattributes;
    /* stands for the node as `from` of op_make: name and place */
    struct op *from;
    struct span at;
};

/* NULL: absent */
const struct onnx_attribute *onnx_find(const struct onnx_node *n, const char *name);
int64_t onnx_int(const struct onnx_node *n, const char *name, int64_t absent);
double onnx_float(const struct onnx_node *n, const char *name, double absent);
const char *onnx_string(const struct onnx_node *n, const char *name, const char *absent);
/* A list of ints; count -1 where absent. A single int is a list of one. */
struct int_list onnx_ints(struct graph *g, const struct onnx_node *n, const char *name);
struct float_list onnx_floats(struct graph *g, const struct onnx_node *n, const char *name);
/* Input i, or NULL where it is absent. */
struct tensor *onnx_input(const struct onnx_node *n, int i);
/* The ints of input i, which must be constant: false after an error that names the input and
 * --const-input. count -1: absent. */
bool onnx_const_ints(struct graph *g, const struct onnx_node *n, int i, struct int_list *to);
bool onnx_const_floats(struct graph *g, const struct onnx_node *n, int i, struct float_list *to);
/* An attribute in old versions, an input in newer ones: whichever is there; count -1: neither. */
bool onnx_ints_either(struct graph *g, const struct onnx_node *n, const char *attribute, int input,
                      struct int_list *to);
/* Error at the node: `node 'conv_17' (Conv, opset 13): ...`; returns false. */
bool onnx_error(struct graph *g, const struct onnx_node *n, const char *format, ...)
    PRINTF_LIKE(3, 4);
/* "float32", ... of ONNX' TensorProto.DataType (attribute `to` of Cast); false: a type that cnnc
 * does not know. */
bool onnx_dtype(int64_t data_type, enum dtype *to);
int onnx_data_type(enum dtype t); /* the number of a type */

/* What the importer does for ops without a hook: inputs and attributes as they are, by the `onnx`
 * names of def's table. */
bool onnx_import_plain(struct graph *g, struct onnx_node *n, const struct opdef *def);
/* out[0]: op_make() by the table's name, `attrs` as text. false after an error. */
bool onnx_make(struct graph *g, struct onnx_node *n, const char *def, const char *attrs,
               struct tensor *const *in, int nin);
/* The results of the op that made `first` become the node's outputs. */
void onnx_results(struct onnx_node *n, struct tensor *first);

/*
 * Another ONNX operator of the default domain, latest version, for hooks and the importer that
 * build on it (its own import hook runs): onnx_apply(g, n, "Unsqueeze", (struct tensor *[]){ x,
 * axes }, 2, NULL, 0). First result, NULL after an error.
 */
struct tensor *onnx_apply(struct graph *g, const struct onnx_node *n, const char *op_type,
                          struct tensor *const *in, int nin, struct onnx_attribute *attributes,
                          int nattributes);
/* A constant of int64: a list (rank 1), or a scalar where count is 0 (then item[0]). */
struct tensor *onnx_int_constant(struct graph *g, const struct onnx_node *n, const int64_t *item,
                                 int count);

/* {N, C, d...} to {N, d..., C} and back, by Transpose. */
struct tensor *onnx_channels_last(struct graph *g, const struct onnx_node *n, struct tensor *t);
struct tensor *onnx_channels_first(struct graph *g, const struct onnx_node *n, struct tensor *t);

#endif
