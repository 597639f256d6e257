/*
 * keras.h - Keras' objects as values: layers, models, the history of tensors.
 *
 * A layer is an object of a class that derives from Layer; struct layer is its native part. Calling
 * one on tensors appends ops to the graph at once and records a call, so that models can be run
 * again on other tensors.
 */
#ifndef CNNC_CNN_KERAS_H
#define CNNC_CNN_KERAS_H

#include "cnn/eval.h"
#include "ops/op.h"

struct layer {
    struct value self;       /* the object */
    const struct opdef *def; /* its operator; NULL: a model or a class of the text */
    struct str *name;        /* NULL: not named yet */
    /* under which the graph knows its weights until the model is chosen; unique */
    const char *key;
    void *attr;              /* of def */
    struct value activation; /* of the `activation` argument, else None */
    struct value function;   /* of Lambda; else empty */
    bool channels_first;
    bool built, building;
    /* an error about it was reported: calls of it give nothing, silently */
    bool broken;
    struct span at;
    struct shape input_shape;
    bool has_input_shape;
    struct record **calls;
    int ncalls;
    struct model *model; /* of models */
    struct variable **variables;
    int nvariables;
    const struct unknown *unsure; /* whether a layer was added depends on this */
    bool is_input;
    const char *weights; /* of load_weights(), or NULL */
};

struct variable {
    struct layer *layer;
    struct weight *weight;
}; /* of add_weight */

struct model {
    /* else functional if it has outputs, else its class has a call method */
    bool sequential;
    /* of a Sequential, in order; of others after model_layers() */
    struct layer **layers;
    int nlayers;
    /* as given: a tensor, a list, a dict; empty where there are none yet */
    struct value ins, outs;
    bool listed;
};

/* A call of a layer or of a function on tensors: what Keras calls a node. */
struct record {
    struct layer *layer; /* NULL: a function */
    const struct opdef *def;
    const void *attr; /* of a function */
    struct args args; /* of a layer */
    struct tensor **in;
    int nin;          /* in: NULL where absent (functions) */
    struct value out; /* as the call gave it */
    struct tensor **outs;
    int nouts;
    struct span at;
    int order;
};

/* Stands for a dimension that is not known, until the model is called on something. */
enum { ANY_SIZE = 64 };

struct keras {
    bool failed;           /* a layer was called that has failed: the model lacks layers */
    struct dict *counters; /* of automatic names, by base */
    struct dict *keys;
    struct layer **layers;
    int nlayers;
    struct record **made_by;
    int nmade_by; /* by the tensor's id: the call that gave it */

    /* layers and models that are running: what happens in them is not part of the model outside */
    int inside;
    int norder, ninputs;
    struct functions *functions;
    struct dict *classes; /* of layers, by the name used */
    struct tensor **open_inputs;
    int nopen_inputs; /* whose shape the text does not tell */
    bool open_told;   /* that an input is open was reported */
    struct tensor **masks;
    int nmasks; /* by the tensor's id: its mask, or NULL */
};

/* keras_names.c */
/* what tf.keras.layers.Conv2D stands for: a class, or the name itself */
struct value keras_name(struct eval *e, const char *dotted);
/* a name without import: empty if it is none of Keras' */
struct value keras_undefined(struct eval *e, struct str *name);
void keras_import_all(struct eval *e, struct scope *s, const char *module);
struct str *automatic_name(struct eval *e, const char *base); /* "conv2d", "conv2d_1" */
const char *snake_case(struct eval *e, const char *class_name);
bool is_misspelt(const char *name);
const char *last_word(const char *dotted);
bool has_component(const char *dotted, const char *word, size_t n);

/* one of the modules of keras.applications that ship with cnnc? */
bool is_application(const struct module *m);
/* that module: "resnet50"; empty: there is none */
struct value application(struct eval *e, const char *module);

/* layers.c */
void keras_new_layer(struct eval *e, struct value object);
void add_layer_classes(struct eval *e);
struct str *name_of_layer(struct eval *e, struct layer *l);
const char *layer_key(struct eval *e, struct layer *l);
struct value_item item_of(struct eval *e, struct value v, const struct unknown **unknown);
bool shape_of_value(struct eval *e, struct value v, bool batch, struct shape *to, bool *open,
                    struct span at);
struct class *class_of_layer(struct eval *e, const char *name); /* NULL: no such layer */
bool set_attribute_of(struct eval *e, const struct opdef *def, void *attr, const char *name,
                      struct value v, struct span at, const char *what);

/* layer_calls.c */
struct value keras_call_layer(struct eval *e, struct value layer, struct args *a);
struct value call_layer_on(struct eval *e, struct layer *l, struct value in, struct span at);
struct value apply_activation(struct eval *e, struct value activation, struct value t,
                              const char *base, struct span at);
/* false: something is not known */
bool flatten_tensors(struct eval *e, struct value v, struct tensor ***to, int *n,
                     const struct unknown **unknown);
struct value map_tensors(struct eval *e, struct value v,
                         struct value (*map)(struct eval *e, struct tensor *t, void *data),
                         void *data);
struct record *record_call(struct eval *e, struct layer *l, const struct opdef *def,
                           const void *attr, struct value out, struct span at);
struct record *maker(struct eval *e, const struct tensor *t);
const struct inner_layer *inner_layer_of(struct eval *e, struct value v);
/* what led to the tensors of a call that failed */
void note_shapes(struct eval *e, struct tensor *const *in, int nin, struct span at);

/* masks.c */
/* a parameter of a call, and its tensors among the inputs */
struct tensor_parameter {
    const char *name;
    int first, count;
};
struct parameters_seen {
    struct tensor_parameter item[16];
    int n;
};
struct tensor *mask_of(const struct eval *e, const struct tensor *t); /* NULL: none */
void set_mask(struct eval *e, const struct tensor *t, struct tensor *mask);
/* The masks of a call's inputs, the first one's as given by name; NULL: none has one. */
struct tensor **call_masks(struct eval *e, struct args *a, struct tensor *const *in, int n);
/* Appends the inputs of a parameter called "mask" or "X_mask": what is given, else the masks of the
 * tensors seen before. */
void add_masks(struct eval *e, const struct value *given, const struct parameters_seen *seen,
               const char *name, struct tensor ***in, int *n);
/* Sets the mask of the result of a call on `in`, which holds the n tensors. */
void pass_mask(struct eval *e, struct layer *l, struct args *a, struct value in,
               struct tensor *const *tensors, int n, struct value result);

/* models.c */
struct value clone_model(struct eval *e, struct value v);
/* a fresh layer of the same kind and attributes */
struct value clone_layer(struct eval *e, struct value v);
void clone_functional(struct eval *e, const struct layer *from, struct layer *to);
struct value make_input(struct eval *e, struct args *a);
struct value source_inputs(struct eval *e, struct value v);
struct value run_functional(struct eval *e, struct layer *m, struct value in, struct span at);
/* gives a model without inputs its own, by the shape that is known */
bool build_model(struct eval *e, struct layer *m, struct span at);
void list_layers(struct eval *e, struct layer *m);
/* appends the layers that its attributes hold */
void held_layers(struct eval *e, const struct layer *l, struct layer ***to, int *n);
struct value keras_attribute(struct eval *e, struct value object, struct str *name, struct span at);
void keras_set_attribute(struct eval *e, struct value object, struct str *name, struct value v);
void keras_unsure(struct layer *l, const struct unknown *u);
struct layer *input_layer_of(struct eval *e, const struct tensor *t);
struct value new_input(struct eval *e, struct str *name, struct shape s, bool open, enum dtype type,
                       struct span at);
bool input_shape_option(struct eval *e, const char *name, int position, struct shape *s);

/* weight_names.c */
/* weights by their path in the model and in Keras' order; ops by their layers */
void name_weights(struct eval *e, struct layer *m);

/* tensors.c, functions.c */
struct value keras_operator(struct eval *e, const char *op, struct value a, struct value b,
                            struct span at);
struct value keras_unary(struct eval *e, const char *op, struct value a, struct span at);
struct value keras_slice(struct eval *e, struct value t, struct value index, struct span at);
struct value keras_tensor_attribute(struct eval *e, struct value t, struct str *name,
                                    struct span at);
void add_tensor_methods(struct eval *e);
int keras_is_instance(struct eval *e, struct value v, const char *type);
struct value of_tensor(struct tensor *t);
/* numbers and arrays become constants; NULL after an error */
struct tensor *as_tensor(struct eval *e, struct value v, const struct tensor *like, struct span at);
struct value apply_op(struct eval *e, const struct opdef *def, const void *attr, struct tensor **in,
                      int nin, struct span at);
struct value keras_call_space(struct eval *e, struct str *dotted, struct args *a);
/* empty: there is no such function */
struct value keras_function(struct eval *e, const char *dotted, struct args *a);
bool is_function(struct eval *e, const char *dotted);
struct value shape_tuple(struct eval *e, const struct tensor *t);
struct value call_function_of(struct eval *e, const char *name, struct value t,
                              struct value argument, struct span at);

#endif
