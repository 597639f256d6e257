/*
 * ir.h - the graph: ops in order, tensors between them.
 *
 * Shapes are static and hold the batch, always 1 for pictures: {1, H, W, C}. Pictures lie
 * channels-last; a front end whose model says channels-first puts Transpose ops at the edges, which
 * the passes take away again. Letters: y x space, i input channel, k output channel, ky kx kernel
 * position.
 */
#ifndef CNNC_IR_H
#define CNNC_IR_H

#include "base/base.h"

enum { MAX_RANK = 8, MAX_DIM = 1 << 28 };

enum dtype { F32, F16, BF16, F64, I8, I16, I32, I64, U8, U16, U32, U64, BOOL, DTYPES };

struct shape {
    int rank;
    int64_t dim[MAX_RANK];
};

/* real = scale[i] * (stored - zero_point[i]), i along axis; count 1: the whole tensor */
struct quantization {
    int count, axis;
    const float *scale;
    const int32_t *zero_point;
    enum dtype type; /* as which it is stored */
};

enum place { IN_ARENA, IN_INPUT, IN_OUTPUT, IN_WEIGHTS };

/* how the bytes lie; set by compiler/plan, of a tensor that is no view */
struct layout {
    enum place place;
    /* bytes from the start of its place to its first byte, margins included */
    int64_t offset;
    int64_t size; /* bytes taken, margins included */
    /* rows alive: row y lies at y % rows; the whole picture where rows == rows_of() */
    int64_t rows;
    int left, right; /* zero pixels before and after each row */
    /* segment of the schedule in which it is written first and read last; last -1: never */
    int first, last;
    int api; /* number of the API's input or output */
};

/* A view lies in the memory of another tensor. */
enum view {
    OWN_MEMORY,
    /* the same elements in the same order under another shape: contiguous */
    VIEW_SAME,
    /* channels [view_offset, view_offset + own channels) of each pixel of a wider picture */
    VIEW_CHANNELS
};

struct op;

struct tensor {
    const char *name; /* unique in the graph; a C identifier is made of it when printed */
    struct shape shape;
    enum dtype type;
    const struct quantization *quantization;
    /* constant: shape's elements of `type`, row-major; NULL for a variable */
    void *data;
    struct op *producer; /* NULL for inputs and constants */
    int uses;            /* ops that read it, graph outputs counted */
    struct span at;
    struct layout layout;
    struct tensor *view_of; /* lies in this tensor's memory; NULL: has its own */
    enum view view;
    int64_t view_offset;   /* of VIEW_CHANNELS */
    int id;                /* index in graph.tensors */
    struct weight *weight; /* the trained array it stands for, or NULL */
};

enum weight_init { INIT_KERNEL, INIT_ZEROS, INIT_ONES, INIT_UNIFORM };

struct weight {            /* an array that a weights file has to give */
    const char *layer;     /* Keras' name of the layer: "conv2d_1" */
    const char *path;      /* nested models: "encoder/conv2d_1"; else the layer's name */
    const char *name;      /* "kernel", "bias", "gamma", ... */
    const char *kind;      /* class of the layer: "Conv2D" */
    struct tensor *tensor; /* its data is NULL until bound */
    enum weight_init init;
    int64_t fan_in, fan_out; /* for INIT_KERNEL */
    /* of a layer inside a class of the text: the attributes that hold it, "block1/conv"; "" itself;
     * else NULL */
    const char *held;
    int position; /* among the weights of its layer, where held is set */
    /* of a layer that keeps layers: where in it Keras has the weight, "cell/cells/gru_cell"; else
     * NULL */
    const char *part;
    /* moving averages are not: Keras lists them after the trainable ones of the layer */
    bool trainable;
};

/* Whose weights: name, path in nested models, class; prefix of their names or NULL; their
 * weight.part. */
struct layer_scope {
    const char *layer, *path, *kind, *prefix, *part;
};

struct op {
    const struct opdef *def;
    const char *name; /* unique: "conv2d_1" */
    /* in: data inputs, then weights in the def's order; NULL where absent. out: outs[0] */
    struct tensor **in, *out;
    int nin;
    struct tensor **outs; /* all results; NULL where an optional one is not wanted */
    int nouts;
    /* the way it is computed, of those its def offers; NULL: the def's only one */
    const struct kernel *kernel;
    struct tensor *scratch; /* working memory that its kernel needs while it runs, or NULL */
    void *attr;             /* the def's own struct */
    /* elementwise ops applied to this op's result before it is stored, in order */
    struct op **absorbed;
    /* a binary one's other input is appended to `in`: see absorbed_input */
    int nabsorbed;
    int *absorbed_input; /* index in `in` of that other input, -1 for a unary op */
    /* of a binary elementwise op: the operand that is one known number, printed as such and no
     * input */
    const struct tensor *literal;
    /* binary elementwise with a literal, or absorbed: that operand is its first one */
    bool swapped;
    struct span at;
    const char *called;       /* "in residual_block, called at line 40", or NULL */
    struct layer_scope scope; /* the layer that owns its weights */
    int index;                /* position in graph.ops, kept by graph_number() */
    bool dead;
};

struct graph {
    struct ctx *ctx;
    const char *name; /* of the model */
    struct op **ops;
    int nops;
    struct tensor **tensors;
    int ntensors;
    struct tensor **inputs;
    int ninputs;
    struct tensor **outputs;
    int noutputs;
    struct weight **weights;
    int nweights;                   /* in the order of the layers' building */
    struct name_table tensor_names; /* to the tensors */
    /* names_take() of the ops that stand in the graph */
    struct name_table op_names;
    /* of operators, by "path\nname" as the layer was called */
    struct name_table weight_names;
    struct name_table layers; /* names_take() of Keras' layers */
};

/* ---- shape.c ---- */
struct shape shape_of(int rank, ...); /* dims as int64_t */
bool shape_equal(const struct shape *a, const struct shape *b);
/* product; -1 where it exceeds 2^40 */
int64_t shape_count(const struct shape *s);
/* "28 x 28 x 1": without the batch */
const char *shape_text(struct arena *a, const struct shape *s);
size_t dtype_size(enum dtype t);
const char *dtype_name(enum dtype t); /* "float32" */
double dtype_get(enum dtype t, const void *data, int64_t i);
void dtype_set(enum dtype t, void *data, int64_t i, double value);
/* as an element of that type holds it */
double dtype_round(enum dtype t, double value);
/* A tensor seen as a picture of rows: {1,H,W,C}; {1,W,C} has one row; {N,C} N pixels. Higher ranks:
 * all leading dims as rows. */
int64_t rows_of(const struct tensor *t);
int64_t width_of(const struct tensor *t);
int64_t channels_of(const struct tensor *t);
/* How its rows lie, once planned; elements. Views by the tensor whose memory they share. */
const struct tensor *memory_of(const struct tensor *t); /* the tensor that has the memory */
int64_t pixel_stride(const struct tensor *t);           /* from a pixel to the next */
/* from a row to the next, margins included */
int64_t row_stride(const struct tensor *t);
/* all elements one behind the other, none missing, no ring */
bool is_contiguous(const struct tensor *t);

/* ---- graph.c ---- */
void op_set_out(struct op *op, struct tensor *t); /* makes t its first result */
struct graph *graph_new(struct ctx *ctx, const char *name);
struct tensor *graph_tensor(struct graph *g, const char *name, enum dtype type, struct shape shape);
struct tensor *graph_input(struct graph *g, const char *name, enum dtype type, struct shape shape);
struct tensor *graph_constant(struct graph *g, const char *name, enum dtype type,
                              struct shape shape, const void *data);
void graph_output(struct graph *g, struct tensor *t);
/* false: the name is in use */
bool graph_rename(struct graph *g, struct tensor *t, const char *name);
const char *graph_unique(struct graph *g, const char *base); /* "conv2d", "conv2d_1", ... */
/* every reader of old reads now */
void graph_replace(struct graph *g, struct tensor *old, struct tensor *now);
/* frees the data of large constants that nobody reads; between passes only */
void graph_forget_constants(struct graph *g);
/* drops dead ops and those that nobody reads; counts uses */
void graph_sweep(struct graph *g);

/* ---- ops/base/check.c, dump.c: they know what an op is ---- */
/* ends with bug() naming the pass where a law is broken */
void graph_check(const struct graph *g, const char *after);
/*
 * As .cnn text. With the path of a .npz file the text loads from it what it needs: *arrays and
 * *count, for the caller to write. Without (NULL) weights and constants are left out.
 */
struct named_tensor {
    const char *name;
    const struct tensor *tensor;
};
void graph_dump(struct graph *g, struct text *to, const char *weights, struct named_tensor **arrays,
                int *count);
/* "Conv2D(filters=64, kernel_size=3)" */
void op_describe(struct ctx *ctx, const struct op *op, struct text *to);

#endif
