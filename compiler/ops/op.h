/*
 * op.h - what an operator is: one file compiler/ops/x.c with one `const struct opdef x`, and its
 * templates.
 *
 * The table is made from the file names; nothing else in cnnc knows an operator by name.
 */
#ifndef CNNC_OP_H
#define CNNC_OP_H

#include "ir/ir.h"

/* ---- attributes: one table for all front ends ------------------------------------------------ */

enum attr_type {
    ATTR_INT,    /* int */
    ATTR_FLOAT,  /* double */
    ATTR_BOOL,   /* bool */
    ATTR_CHOICE, /* int: index in .choices, words separated by spaces */
    ATTR_INTS,   /* int[count]: one number for all, or a list of exactly count */
    ATTR_LIST,   /* struct int_list: any number of ints (axes, target shape) */
    ATTR_FLOATS, /* struct float_list: any number of floats; one number is a list of one */
    /* int[2*count]: n; (a, b); ((t, b), (l, r)): begin and end of each axis in turn */
    ATTR_PADS,
    /* struct activation: a word that names one ("tanh"), a layer that is one, or None */
    ATTR_ACTIVATION,
    ATTR_LAYER,  /* const struct inner_layer *; NULL: None */
    ATTR_LAYERS, /* struct layer_list: a layer or a list of layers */
    ATTR_STRING, /* const char *; NULL: None */
    ATTR_IGNORED /* taken and without meaning at inference */
};

struct int_list {
    int count;
    int64_t *item;
};
struct float_list {
    int count;
    double *item;
};
struct activation {
    const struct opdef *def;
    const void *attr;
}; /* def NULL: none */

/* A layer that is an argument of another one: TimeDistributed(layer), Bidirectional(layer),
 * activation=layer. The front end fills it in. */
struct inner_layer {
    const struct opdef *def; /* its operator; NULL: a model */
    const void *attr;        /* of def */
    const char *name;        /* Keras' name of it: "lstm" */
    /* Calls it, its activation included; its weights belong to the layer `scope`. NULL after an
     * error. */
    struct tensor *(*call)(struct graph *g, const struct inner_layer *l, struct layer_scope scope,
                           struct tensor *const *in, int nin);
    void *front_end; /* what call needs */
};

struct layer_list {
    int count;
    const struct inner_layer **item;
};

struct attr {
    const char *name; /* in Keras text; attributes in Keras 3's positional order */
    const char *onnx; /* in ONNX, or NULL */
    enum attr_type type;
    size_t offset;       /* in the op's attr struct */
    const char *absent;  /* value if absent as text ("1", "valid", "None"); NULL: required */
    const char *choices; /* of ATTR_CHOICE: "valid same causal" */
    int count;           /* of ATTR_INTS and ATTR_PADS */
};

/* A value a front end hands over; lists may nest (pads). */
struct value_item {
    enum { ITEM_NONE, ITEM_BOOL, ITEM_INT, ITEM_FLOAT, ITEM_STRING, ITEM_LIST, ITEM_LAYER } kind;
    int64_t i;
    double f;
    const char *s;
    struct value_item *list;
    int count;
    const struct inner_layer *layer;
};

/* Sets one attribute. On a wrong value reports at `at` and returns false. */
bool attr_set(struct ctx *ctx, const struct opdef *def, void *attrs, const struct attr *a,
              const struct value_item *v, struct span at);
/* a fresh attr struct holding every default */
void *attr_defaults(struct ctx *ctx, const struct opdef *def);
/* an attribute that is a number, a truth value or a choice */
double attr_number(const struct op *op, const char *name);
const struct int_list *attr_list(const struct op *op, const char *name);
/* Sets attributes from text of cnnc's own: "strides=(2,2) padding=same". false after an error: a
 * number from a model that does not fit. */
bool attr_parse(struct ctx *ctx, const struct opdef *def, void *attrs, const char *text);

/* ---- samples: every op brings its own tests -------------------------------------------------- */

/*
 * in: the inputs, parted by spaces: "9x9x2", float32 behind a batch of 1; "uint8[1x3x3x2]", type
 * and whole shape, "int64[]" a scalar; "-": absent. Behind it "@0:9", the range of its values, or
 * "@0.5", its only value; "!": a constant. args: as in Keras text.
 */
struct sample {
    const char *in, *args;
};

/* ---- rows: which input rows an output row needs ---------------------------------------------- */

/* Rows [first, first + kernel) with first = floor((y*stride + shift) / per) - pad; per 0 is 1. all:
 * every row. */
struct row_need {
    int stride, kernel, pad;
    bool all;
    int shift, per;
};

struct out;       /* where templates print, ops/out.h */
struct target;    /* the machine that the C will run on, targets/target.h */
struct onnx_node; /* an ONNX node as import hooks see it, ops/onnx.h */

/* Sets of element types. */
#define TYPE(t) (1u << (t))
#define F32_ONLY TYPE(F32)
/* in which arithmetic is done */
#define REALS (TYPE(F32) | TYPE(F64))
#define SIGNED_INTS (TYPE(I8) | TYPE(I16) | TYPE(I32) | TYPE(I64))
#define UNSIGNED_INTS (TYPE(U8) | TYPE(U16) | TYPE(U32) | TYPE(U64))
#define INTS (SIGNED_INTS | UNSIGNED_INTS)
#define NUMBERS (REALS | INTS)
/* for ops that only move values */
#define ALL_TYPES (NUMBERS | TYPE(F16) | TYPE(BF16) | TYPE(BOOL))

/* An op between quantized tensors: real = scale * (stored - zero). */
struct integer_form {
    /* input 0 as stored, its scale and zero point (one number each); zero NULL: 0 */
    struct tensor *in, *in_scale, *in_zero;
    /* of the result; the type of zero is the result's */
    struct tensor *scale, *zero;
    /* the stored result is kept within; low == high: the whole range */
    int low, high;
};

/* ---- kernels: the ways to compute an op; an op with one way has its functions in the opdef itself
 */

struct kernel {
    const char *name; /* "winograd4" */
    const char *brief;
    /* computes the sums in another way, with other rounding: not with --exact */
    bool reorders;
    /* may it be used here? NULL: always */
    bool (*fits)(const struct op *op, const struct target *t);
    /* expected nanoseconds for the whole op, inputs in cache */
    double (*cost)(const struct op *op, const struct target *t);
    /* rows come in multiples of this many (the last ones but for the picture's end); NULL: 1 */
    int (*granularity)(const struct op *op);
    /* as in opdef; NULL: the opdef's */
    void (*margins)(const struct op *op, int *left, int *right);
    /* bytes of working memory while it runs; NULL: none */
    int64_t (*scratch)(const struct op *op);
    /* as in opdef; NULL: the opdef's */
    bool (*pack)(struct graph *g, struct op *op);
    void (*emit)(struct out *o, const struct op *op, const char *name);
};

struct opdef {
    const char *name;    /* in Keras text: "Conv2D" */
    const char *aliases; /* other spellings, separated by spaces, or NULL */
    /* ONNX op_types, separated by spaces, or NULL; of another domain "com.microsoft:Gelu" */
    const char *onnx;
    /* base of automatic layer names, "conv2d"; NULL: the name in snake case */
    const char *keras_base;
    const char *brief;        /* one line for --list-ops */
    const struct attr *attrs; /* ends with a zero entry; NULL: none */
    size_t attr_size;
    /* data inputs; max -1: any number. A layer with max > 1 takes a list */
    int min_inputs, max_inputs;
    int max_outputs; /* results; 0: one */
    /* element types of its first input; 0: F32_ONLY. Half floats that are not among them are
     * converted to float32 before it and back behind it */
    unsigned types;
    /* eval and the emitted function work on one picture; callers walk over the first dimension */
    bool per_picture;
    /* words by which Keras' activation= names it, "silu swish", or NULL */
    const char *activation;
    const char *activation_args; /* attributes as text in that use, or NULL */
    bool has_activation;         /* Keras' `activation=` argument follows the layer as its own op */
    /* Keras' `data_format=`: channels_first puts transpositions around it */
    bool has_data_format;
    const struct sample *samples;

    /* Declares the layer's weights by op_weight(), once its input shapes are known. */
    bool (*weights)(struct graph *g, struct op *op);
    /*
     * Builds the layer from other ops and returns its result (NULL after an error); of several
     * results, all are set in op->outs, op->nouts. Such an op never stands in a graph.
     */
    struct tensor *(*expand)(struct graph *g, struct op *op);
    /*
     * Masks of Keras: truth values {batch, steps} that go along with a tensor and say which steps
     * count. `mask` gives the result's from the inputs' (masks[i] NULL: input i has none; NULL: the
     * result has none); without it the layer drops them. `masked` builds the layer from other ops
     * where an input has a mask; without it the layer does the same with and without one. A layer
     * whose `call` has a parameter "mask" or "X_mask" gets them as inputs instead.
     */
    struct tensor *(*mask)(struct graph *g, struct op *op, struct tensor *const *masks);
    struct tensor *(*masked)(struct graph *g, struct op *op, struct tensor *const *masks);
    /* A layer of Keras that cnnc has not: why, and what to do about it. It may be made with any
     * arguments, but not be called. */
    const char *refused;
    /* Sets op->out->shape and ->type; completes the attr struct. false after diag_error(). */
    bool (*shape)(struct graph *g, struct op *op);
    /*
     * The meaning, in naive loops: in[i] NULL where absent; out has the shape's elements. Integers
     * are exact up to 2^53; results are wrapped or saturated to the element type by the op itself.
     * eval_all: of ops with several results, outs[i] NULL where not wanted.
     */
    void (*eval)(const struct op *op, const double *const *in, double *out);
    void (*eval_all)(const struct op *op, const double *const *in, double *const *outs);
    /* Rewrites that know this op: called by passes/simplify.c until nothing changes; true if it
     * changed the graph. */
    bool (*simplify)(struct graph *g, struct op *op);

    /* An op whose result is its input's memory under another shape (Reshape, Flatten, Dropout: also
     * identity). */
    bool is_view;
    bool is_identity; /* out == in[0] always */
    /* is there for the place of its result: not computed at compile time from a constant */
    bool makes_place;
    /*
     * Channels side by side (the last axis): joins_channels: the inputs' channels follow each other
     * in the result, so a producer may write straight into it; takes_channels: the result is
     * channels [*first, ...) of the input.
     */
    bool (*joins_channels)(const struct op *op);
    bool (*takes_channels)(const struct op *op, int64_t *first);
    /*
     * Moves a transposition from the inputs to the result: the first `moved_inputs` inputs (0: all
     * but weights) were transposed by `perm` (input axis perm[i] became axis i) and are now taken
     * before that; sets the attributes so that the op computes the same, with the results to be
     * transposed by *result (same meaning) afterwards; shape() is then called again. false, and
     * nothing changed: not possible.
     */
    bool (*take_transpose)(struct graph *g, struct op *op, const int *perm, int *result);
    int moved_inputs;
    /*
     * Of an op that others may spell out: does `last`, with what stands in front of it and only it
     * reads, compute what this op does? Then sets made->in[0] and the attributes in made->attr
     * (both with room). Asked when transpositions have settled.
     */
    bool (*recognize)(struct graph *g, const struct op *last, struct op *made);
    /* of an op that is a transposition: axis i of the result is axis perm[i] */
    bool (*permutes)(const struct op *op, int *perm);
    /*
     * The features (last axis) of input 0 come in another order: feature i is what was feature
     * from[i] of `count`. Changes the weights; from NULL: asks whether it can. false: it cannot.
     */
    bool (*reorder_features)(struct graph *g, struct op *op, const int64_t *from, int64_t count);

    /*
     * Elementwise ops are formulas, in place of shape (NULL: the inputs' shapes broadcast), eval
     * and emit: value       the result of the elements a (and b) of the inputs: the meaning vector
     * a C expression of float32 vectors `v` (and `other`), by the vector library: "add(v, other)"
     *   formula     a C expression of scalars `a` (and `b`) for every element type and for
     * broadcasting: "a + b" integers    the same for integers, where it is another one vector_for,
     * formula_for: where the expression depends on attributes or types. In all of them `$name` is
     * the attribute's value as a literal, `$f` is "f" for float and nothing for double ("exp$f(a)
     * + 1.0$f"), `$t` the first input's type in C, `$u` an unsigned type at least as wide, in which
     * arithmetic wraps ("($u)a + ($u)b").
     */
    double (*value)(const struct op *op, double a, double b);
    const char *vector, *formula, *integers;
    const char *(*vector_for)(const struct op *op);
    const char *(*formula_for)(const struct op *op);
    /* unary, or binary with NumPy's broadcasting: result[i] depends on element i alone */
    bool elementwise;
    bool commutes; /* binary: the order of the inputs does not matter */
    /* binary: its inputs may differ in type; others convert both to the type that holds both */
    bool mixes_types;
    bool absorbs; /* its kernels apply absorbed ops on the accumulator */

    /*
     * Rows of input `i` needed. NULL: the op makes its whole result at once, from whole contiguous
     * inputs into a contiguous result. An op by rows gets inputs and result with any row_stride()
     * and pixel_stride(), and rings (row_at()).
     */
    struct row_need (*rows)(const struct op *op, int i);
    /* does it go by rows with these attributes? NULL: wherever `rows` is given */
    bool (*by_rows)(const struct op *op);
    /* Zero pixels that its kernel reads before and after a row of input 0. */
    void (*margins)(const struct op *op, int *left, int *right);
    /* Reorders constant inputs into what the kernel reads (op->in[i] replaced); called once, after
     * the passes. */
    bool (*pack)(struct graph *g, struct op *op);
    /*
     * Prints the op's function: `static void NAME(const T *..., T *...[, float *scratch][, int y0,
     * int y1])`: a parameter for each input that is not NULL, one for each result that is not NULL,
     * scratch if the kernel has some, rows if it goes by rows.
     */
    void (*emit)(struct out *o, const struct op *op, const char *name);
    /* where there are several ways: ends with a zero entry; emit is then NULL */
    const struct kernel *kernels;

    /*
     * Folding of a per-channel affine map x * scale[i] + shift[i] (batch normalisation):
     * affine gives it for an op that is one; affine_after and affine_before take it into the
     * weights of the op in front of it or behind it. `channels` is their number; before a Dense
     * behind a Flatten they repeat. false: not possible here.
     */
    bool (*affine)(struct graph *g, const struct op *op, float *scale, float *shift);
    bool (*affine_after)(struct graph *g, struct op *op, const float *scale, const float *shift);
    bool (*affine_before)(struct graph *g, struct op *op, const float *scale, const float *shift,
                          int64_t channels);
    /* Zero padding of pictures {top, bottom, left, right}: pads gives it for an op that is one,
     * take_pads adds it to a window. */
    bool (*pads)(const struct op *op, int *pads);
    bool (*take_pads)(struct op *op, const int *pads);

    int64_t (*macs)(const struct op *op); /* multiply-adds; NULL: none */

    /*
     * Quantized graphs (base/qdq.c). quantization: scale and zero points of the result, of an op
     * that dequantizes constants. to_integers: of an op that quantizes: turns what lies before it
     * into operators on integers; true if it changed the graph. on_integers: this op between
     * dequantized inputs and a quantized result as an operator on integers: its result, NULL where
     * that cannot be. clamp: of an elementwise op that only keeps values between two limits: these;
     * false with its attributes it does more.
     */
    const struct quantization *(*quantization)(struct graph *g, const struct op *op);
    bool (*to_integers)(struct graph *g, struct op *op);
    struct tensor *(*on_integers)(struct graph *g, struct op *op, const struct integer_form *f);
    bool (*clamp)(const struct op *op, double *low, double *high);

    /*
     * The functions of tf, keras.ops, keras.backend and keras.layers that are this op, for Keras
     * text; parted by ';': "relu nn.relu(x); relu6(x) max_value=6; reduce_mean mean(x,
     * axis|dim:axes=None, keepdims|keep_dims=False)" First the spellings: a last word, or with the
     * namespace that decides ("nn.relu", "layers.add"; without one, any). Then the parameters in
     * their order, each `NAME|OTHER NAME:ATTRIBUTE=VALUE`: the attribute is the one of that name
     * where none is given; what is no attribute is an input, with a star a list of inputs.
     * `ATTRIBUTE@batch`: a shape whose first number is the batch, dropped; `ATTRIBUTE@ignored` or a
     * parameter called `name`: taken and without meaning. Behind the parenthesis: attributes as in
     * attr_parse().
     */
    const char *functions;
    /*
     * The layer's call where it takes more than its inputs in a list: its parameters as in
     * `functions`, "query, value, key, use_causal_mask". What is no attribute is an input: each has
     * its place in op->in, NULL where it is not given; a list (*initial_state) has as many as it is
     * long.
     */
    const char *call;
    /* The operators of Python that are this op, parted by spaces: of two tensors or a tensor and a
     * number "+", "@", "<="; of one "-x". */
    const char *python_operator;

    /*
     * Makes the node's results (node->out[i]) by op_make() and the like, where an ONNX operator
     * differs from the op of the table: attributes that became inputs, versions, layouts. NULL:
     * inputs and attributes are taken as they are, by the `onnx` names of the attribute table.
     * false after diag_error().
     */
    bool (*import)(struct graph *g, struct onnx_node *node);
    /*
     * The nodes of ONNX that compute this op, for --dump=onnx: "Mul(a, Sigmoid(Mul(a, $alpha)))".
     * a, b, c ... are the op's inputs,
     * `-` one that is absent; NAME=value is an attribute of the node ($name: of the op), `NAME@23(`
     * a node that only opset 23 has. A number is a constant of the type of input 0, #3 an int64,
     * [1,2] a list of int64, [1.0] of float32. a^first is input 0 as {N, C, d...}, a^[1,0] with its
     * axes in that order, a:[2,3] under that shape, the order coming first; * all inputs. "first
     * ..." in front: the results are {N, C, d...}. "p, q = Split(a); Mul(p, q)" names the results
     * of a node; an op with several results has one node, or an expression for each. to_onnx_for:
     * where the formula depends on attributes or types; NULL: it cannot be written. Without both an
     * op with an ONNX name and no import hook is its node, inputs and attributes as they are.
     * frontends/onnx/formula.c reads it.
     */
    const char *to_onnx;
    const char *(*to_onnx_for)(struct graph *g, const struct op *op);
};

/* ---- the table ------------------------------------------------------------------------------- */

extern const struct opdef *const op_table[];   /* ends with NULL */
const struct opdef *op_find(const char *name); /* by Keras' name or an alias; NULL: none */
/* domain "": ONNX' own */
const struct opdef *op_find_onnx(const char *domain, const char *op_type);
/* The activation of that name: a word of some op's .activation; "linear": def NULL. false: there is
 * none. */
bool find_activation(struct ctx *ctx, const char *word, struct activation *to);
const char *op_suggest(const char *name); /* the nearest name, or NULL */
void op_table_check(void);                /* laws of the table; ends with bug() */

/* ---- building (build.c) ---------------------------------------------------------------------- */

/* The result's mask of such a call, by opdef.mask; masks[i]: that of input i, or NULL. NULL: none.
 */
struct tensor *op_mask(struct graph *g, const struct opdef *def, const void *attr,
                       struct tensor *const *in, struct tensor *const *masks, int nin,
                       struct span at);
/* op_call() of a layer with opdef.masked. */
struct tensor *op_call_masked(struct graph *g, const struct opdef *def, const char *layer,
                              const char *path, const void *attr, struct tensor *const *in, int nin,
                              struct tensor *const *masks, struct span at);
/*
 * Calls an operator: declares weights, infers the shape, appends it to the graph; or expands it.
 * `layer` names the Keras layer that owns the weights (the same layer called twice shares them);
 * NULL: no layer. Returns the result, NULL after an error.
 */
struct tensor *op_call(struct graph *g, const struct opdef *def, const char *layer,
                       const char *path, const void *attr, struct tensor *const *in, int nin,
                       struct span at);
/* The same with all results: *nouts of them; outs[i] NULL where the layer does not give it. NULL
 * after an error. */
struct tensor **op_call_all(struct graph *g, const struct opdef *def, const char *layer,
                            const char *path, const void *attr, struct tensor *const *in, int nin,
                            struct span at, int *nouts);
/* Calls a layer whose weights belong to `from`'s layer, their names prefixed: "forward_kernel".
 * Returns all results in (*outs)[*nouts]. */
struct tensor *op_call_inner(struct graph *g, struct op *from, const struct opdef *def,
                             const void *attr, const char *prefix, struct tensor *const *in,
                             int nin, struct tensor ***outs, int *nouts);
/* The same for ops that passes and expansions make: attributes as text, "strides=2 padding=same".
 * Never fails on user input but by shape. */
struct tensor *op_make(struct graph *g, struct op *from, const char *def, const char *attrs,
                       struct tensor *const *in, int nin);
/* where it stands in graph.ops; op->index may be old while graphs change */
int place_of(const struct graph *g, const struct op *op);
/* takes the ops from place `first` on to place `at` */
void move_made(struct graph *g, int first, int at);
/* op_make(), the ops made standing in front of place `at` of graph.ops: for rewrites. */
struct tensor *make_at(struct graph *g, int at, struct op *from, const char *def, const char *attrs,
                       struct tensor *const *in, int nin);
struct tensor *op_make_from(struct graph *g, struct op *from, const struct opdef *def,
                            const void *attr, struct tensor *const *in, int nin);
/* The same with all results, as op_call_all() gives them. */
struct tensor **op_make_all(struct graph *g, struct op *from, const struct opdef *def,
                            const void *attr, struct tensor *const *in, int nin, int *nouts);
/* Appends weight `name` of the op's layer to op->in; found again where the layer is called a second
 * time. */
bool op_weight(struct graph *g, struct op *op, const char *name, struct shape shape,
               enum weight_init init, int64_t fan_in, int64_t fan_out);
/* an absent optional weight: NULL in op->in */
void op_no_weight(struct graph *g, struct op *op);
/* inputs that take_transpose() and elementwise ops take in another order */
int moved_inputs_of(const struct op *op);
/* computes the op now if all its inputs are known: its results become constants */
bool op_fold(struct graph *g, struct op *op);
/*
 * Is this op elementwise on float32, with an operand of the result's shape and maybe another one
 * that is repeated by whole axes (so that the vector kernel by rows and absorption apply)?
 */
bool is_elementwise(const struct op *op);
/* ---- elementwise ops (elementwise.c) ---- */
/* Which axes of the result an operand of an elementwise op has; along the others it is repeated.
 * rows: all but the last two. */
struct operand {
    bool rows, width, channels;
};
/* false: it has some of the rows only */
bool operand_of(const struct op *op, int i, struct operand *to);
/* inputs that are not other inputs of absorbed ops */
int own_inputs(const struct op *op);
/* the first operand that has every axis, which kernels read as `v`; -1: none */
int whole_operand(const struct op *op);
/* of all inputs, as NumPy does; reports */
struct shape broadcast_shapes(struct graph *g, const struct op *op, bool *fit);
/* shape rule of an elementwise op: the type is the first input's */
bool elementwise_shape(struct graph *g, struct op *op);
/* Formulas spelled out in arithmetic become one op again (patterns.c): simplify hooks of products,
 * sums, powers, quotients. */
bool simplify_product(struct graph *g, struct op *op);
bool simplify_sum(struct graph *g, struct op *op);
bool simplify_power(struct graph *g, struct op *op);
bool simplify_quotient(struct graph *g, struct op *op);
/* the same with a result of truth values */
bool boolean_shape(struct graph *g, struct op *op);
void elementwise_eval(const struct op *op, const double *const *in, double *out);
/* swapped: v is the second input. NULL: none */
const char *vector_formula(struct out *o, const struct op *op, bool swapped);
const char *scalar_formula(struct out *o, const struct op *op);
/* the least type that holds the values of both */
enum dtype common_type(enum dtype a, enum dtype b);
/* as the C's arithmetic wraps; other types: as it is */
double wrap_integer(enum dtype t, double v);
/* Does it work by rows, and which rows of input i does it need? Elementwise ops need row y for row
 * y. */
bool goes_by_rows(const struct op *op); /* its function has the parameters y0, y1 */
/* ... and it may be called for a few rows at a time */
bool can_stream(const struct op *op);
/* calls of its function: the first dimension if it works per picture, else 1 */
int64_t pictures_of(const struct op *op);
int granularity_of(const struct op *op);
/* channels that their producer wrote into the join's result: no parameter */
bool input_in_place(const struct op *op, int i);
void op_margins(const struct op *op, int *left, int *right);
void op_emit(struct out *o, const struct op *op, const char *name);
struct row_need need_of(const struct op *op, int i);
/* ---- evaluation (eval.c) ---- */
/* of a constant, on the heap: the caller frees it */
double *tensor_values(const struct tensor *t);
/* makes t a constant of its type */
void tensor_set_values(struct graph *g, struct tensor *t, const double *values);
/* Evaluates one op on whole tensors, batches included, rounded to the results' element types: in[i]
 * NULL where absent. */
void op_eval(const struct op *op, const double *const *in, double *const *outs);
/* Error at the op: `conv2d_3: ...`; returns false. */
bool op_error(struct graph *g, const struct op *op, const char *format, ...) PRINTF_LIKE(3, 4);

#endif
