/*
 * write.h - the ONNX writer among itself: the graph as nodes and values of ONNX.
 *
 * write.c walks over the graph, values.c keeps each tensor in the orders of axes in which nodes
 * need it, formula.c makes nodes of the operators' formulas (opdef.to_onnx), pack.c gives names and
 * makes the bytes of the file.
 */
#ifndef CNNC_ONNX_WRITE_H
#define CNNC_ONNX_WRITE_H

#include "frontends.h"
#include "ops/onnx.h"

struct onnx_value {
    const char *base; /* the name it would like to have */
    /* the name it has; NULL until the end, but for inputs and outputs of the graph */
    const char *name;
    const struct shape *shape; /* NULL: not known, of a value inside of a formula */
    enum dtype type;           /* where the shape is known */
    const void *data;          /* of a constant, else NULL */
    bool used;                 /* by some node */
    bool absent;               /* a result that the op does not give */
};

struct onnx_out_attribute {
    const char *name;
    enum { OUT_INT, OUT_FLOAT, OUT_STRING, OUT_INTS, OUT_FLOATS, OUT_STRINGS } kind;
    double *number;
    const char **text;
    int count;
};

struct onnx_out_node {
    const char *op_type, *domain, *name;
    struct onnx_value **in, **out; /* in[i] NULL: absent */
    struct onnx_out_attribute *attributes;
    int nin, nout, nattributes;
};

/* A tensor with its axes in some order: axis j of the value is axis perm[j] of the tensor. */
struct version {
    int perm[MAX_RANK];
    struct onnx_value *value;
    struct version *next;
};

struct writer {
    struct graph *g;
    struct onnx_out_node **nodes;
    int nnodes;
    struct onnx_value **values;
    int nvalues;
    struct version **versions; /* by tensor.id; the first is the one that was made first */
    /* of formulas, by their text and type, to struct onnx_value */
    struct name_table constants;
    struct onnx_value **inputs, **outputs; /* of the graph */
    int opset;                             /* the least that knows all nodes */
};

/* The op that is written: its operands as values; those that are NULL are taken from the graph's
 * tensor as it is. */
struct writing {
    const struct op *op;
    struct onnx_value **ready;
};

/* ---- values.c ---- */
struct onnx_value *new_value(struct writer *w, const char *base, enum dtype type,
                             const struct shape *shape);
struct onnx_value *constant_value(struct writer *w, const char *base, enum dtype type,
                                  struct shape shape, const void *data);
/* t with its axes ordered by perm (NULL: as they are); makes a Transpose where it is not there yet.
 */
struct onnx_value *ordered(struct writer *w, const struct tensor *t, const int *perm);
void keep_version(struct writer *w, const struct tensor *t, const int *perm, struct onnx_value *v);
void channels_first_order(int rank, int *perm); /* {N, C, d...} of {N, d..., C} */
void identity_order(int rank, int *perm);
/* The constant v, t in some order and shape, by its quantized numbers and a DequantizeLinear, where
 * t came from one; else v itself. */
struct onnx_value *dequantized(struct writer *w, const struct tensor *t, struct onnx_value *v);
/* t under another shape; constants at once. */
struct onnx_value *reshaped(struct writer *w, const struct tensor *t, struct onnx_value *v,
                            struct shape shape);
struct onnx_value *transposed_value(struct writer *w, struct onnx_value *v, enum dtype type,
                                    const struct shape *before, const int *perm);

/* ---- formula.c ---- */
struct onnx_out_node *new_node_out(struct writer *w, const char *op_type,
                                   struct onnx_value *const *in, int nin);
/*
 * Makes the nodes of a formula; results[i] for each result of the op, NULL where it has none.
 * *first: they are {N, C, d...}. A formula that is wrong in itself is a bug().
 */
void write_formula(struct writer *w, const struct writing *x, const char *formula,
                   struct onnx_value **results, bool *first);

/* ---- pack.c ---- */
/* names all values and writes the file; false after an error */
bool pack_model(struct writer *w, const char *path);

#endif
