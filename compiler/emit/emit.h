/* emit.h - from the planned graph to the text of net.c and net.h. */
#ifndef CNNC_EMIT_H
#define CNNC_EMIT_H

#include "ops/out.h"
#include "plan/plan.h"

enum weights_form { WEIGHTS_INLINE, WEIGHTS_PACKED, WEIGHTS_OBJECT, WEIGHTS_FILE };

/* What one compilation makes. */
struct product {
    struct text c, h;         /* c without its literals */
    struct literal *literals; /* in the order of their places */
    int nliterals;
    /* pieces of NAME_weights.o or NAME.weights; none where they stand in the C */
    struct file_part *weights;
    int nweights;
    enum weights_form form;
};

/* Bytes that stand in the C as a string literal, printed when it is written: as text they take
 * three times the room. */
/* at: place in the text */
struct literal {
    size_t at;
    const unsigned char *bytes;
    size_t size;
};

void product_free(struct product *p);
bool product_write_c(struct ctx *ctx, const char *path, const struct product *p);

/* What the frame's templates print from. */
struct model {
    struct graph *graph;
    struct product *product; /* that is being made */
    const struct plan *plan;
    const char *name, *upper; /* prefix of the API: digits, DIGITS */
    /* file that the C includes, or NULL: its text stands in the C */
    const char *header;
    const char *source;       /* file the model came from, without its folder */
    int threads;              /* --threads; at least 1 */
    bool caller_arena;        /* --arena=caller */
    enum weights_form form;   /* --weights-as */
    const char *functions;    /* text of the layers' functions */
    const char *kernels;      /* text of what they share */
    const char **function_of; /* by op->index: name of its function */
    /* by op->index, tensor->id: C identifiers; NULL for tensors that nothing reads */
    const char **op_name, **tensor_name;
};

/* Prints net.c and net.h; false after errors. */
bool emit_model(struct graph *g, const struct plan *plan, const char *name, struct product *p);

/* names.c */
const char *c_name(struct arena *a, const char *name); /* letters, digits and _ */
const char *upper_name(struct arena *a, const char *name);
/* fills op_name and tensor_name: unique in the file */
void set_names(struct arena *a, struct model *m);
/* calls.c */
/* "input", "output_1" */
const char *api_name(struct arena *a, const struct model *m, bool output, int i);
/* of the forward pass */
const char *parameters(struct arena *a, const struct model *m);
/* pointer to its first element */
const char *place_text(struct arena *a, const struct model *m, const struct tensor *t);
/* declarators of the row counters it needs, or "" */
const char *counters(struct arena *a, const struct model *m, const struct segment *s);
/* are op k's steps so irregular that a table must say them? */
bool rows_in_table(const struct segment *s, int k);
void put_rows_table(struct out *o, const struct model *m, const struct segment *s, int k);
/* lines broken */
const char *call(struct arena *a, const struct model *m, const struct segment *s, int k,
                 int indent);
/* The same by all threads of --threads: each gets its share of the rows that this step makes. */
const char *call_shared(struct arena *a, const struct model *m, const struct segment *s, int k,
                        int indent);
/* is there a counter of the rows that op k has made? */
bool is_counted(const struct segment *s, int k);
const char *counter(struct arena *a, const struct model *m, const struct op *op);
/* until which row after `step`, as C */
const char *rows_made(struct arena *a, const struct model *m, const struct segment *s, int k);
/* constant for its place in the arena */
const char *place_name(struct arena *a, const struct model *m, const struct tensor *t);
/* its value: of the first pixel, behind the margin */
int64_t place_offset(const struct model *m, const struct tensor *t);
void put_margins(struct out *o, const struct model *m, int segment);
/* elementwise.c: kernels of elementwise ops, by vectors where all is float32 of one shape, else by
 * broadcasting. */
void put_elementwise_op(struct out *o, const struct op *op, const char *name);
/* threads.c: the pass of --threads=N. */
void put_threads_pass(struct out *o, const struct model *m);
void put_threads_includes(struct out *o);
/* weights.c, object.c */
/* as asked, else by size */
enum weights_form weights_form(struct graph *g, const struct plan *plan);
void put_weights(struct out *o, const struct model *m);
int64_t weights_block_size(const struct graph *g);
void weights_block(const struct graph *g, struct product *p); /* appends the block's pieces */
/* of a file_part: lines of a string literal */
bool print_literal(FILE *f, const void *bytes, size_t size);
/* what a compiler for the object file's machine defines */
const char *object_macro(const char *target);
void weights_object(struct arena *a, const char *target, const char *symbol, int64_t size,
                    struct file_part *before, struct file_part *behind);
/* The text with `vec`, `LANES` and all functions on them replaced by their twins for at most eight
 * lanes: vec8, LANES8, load8. */
void put_narrow(struct out *o, const char *text);
/* vector.c: what text needs of it */
void put_vector_library(struct out *o, const char *text);
bool mentions(const char *text, const char *word);

#endif
