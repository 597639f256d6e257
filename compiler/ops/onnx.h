/*
 * onnx.h - an ONNX node as an operator's import hook sees it: its version, inputs, attributes, wanted outputs.
 *
 * The front end fills it in; hooks read attributes by the functions below and set out[i]. Shapes are those of ONNX (NCHW): a hook
 * for an op that wants channels last puts Transpose ops around it (onnx_channels_last, onnx_channels_first), which the passes
 * cancel between neighbours.
 */
#ifndef CNNC_ONNX_H
#define CNNC_ONNX_H

#include "ops/op.h"

struct onnx_attribute { const char *name; struct value_item value; struct tensor *tensor; /* of a tensor attribute, else NULL */ };

struct onnx_node {
    const char *op_type, *domain, *name;
    int opset;                          /* version of the domain that the model imports */
    struct tensor **in; int nin;        /* NULL where an optional input is absent; constants have data */
    struct tensor **out; int nout;      /* set by the hook; nout outputs are asked for */
    bool *wanted;                       /* wanted[i]: output i has a name */
    struct onnx_attribute *attributes; int nattributes;
    struct op *from;                    /* stands for the node as `from` of op_make: name and place */
    struct span at;
};

const struct onnx_attribute *onnx_find(const struct onnx_node *n, const char *name);    /* NULL: absent */
int64_t onnx_int(const struct onnx_node *n, const char *name, int64_t absent);
double onnx_float(const struct onnx_node *n, const char *name, double absent);
const char *onnx_string(const struct onnx_node *n, const char *name, const char *absent);
/* A list of ints; count -1 where absent. */
struct int_list onnx_ints(struct graph *g, const struct onnx_node *n, const char *name);
/* Input i, or NULL where it is absent. */
struct tensor *onnx_input(const struct onnx_node *n, int i);
/* The ints of input i, which must be constant: false after an error that names the input and --const-input. count -1: absent. */
bool onnx_const_ints(struct graph *g, const struct onnx_node *n, int i, struct int_list *to);
/* An attribute in old versions, an input in newer ones: whichever is there; count -1: neither. */
bool onnx_ints_either(struct graph *g, const struct onnx_node *n, const char *attribute, int input, struct int_list *to);
/* Error at the node: `node 'conv_17' (Conv, opset 13): ...`; returns false. */
bool onnx_error(struct graph *g, const struct onnx_node *n, const char *format, ...) PRINTF_LIKE(3, 4);

/* {N, C, d...} to {N, d..., C} and back, by Transpose. */
struct tensor *onnx_channels_last(struct graph *g, const struct onnx_node *n, struct tensor *t);
struct tensor *onnx_channels_first(struct graph *g, const struct onnx_node *n, struct tensor *t);

#endif
