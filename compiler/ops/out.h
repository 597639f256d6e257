/* out.h - where templates print: put() by the type of the value. */
#ifndef CNNC_OUT_H
#define CNNC_OUT_H

#include "ir/ir.h"

/* How an epilogue reads its other operand: a value for each lane, or one for all lanes of a pixel.
 */
enum other_kind { NO_OTHER, OTHER_LANES, OTHER_SPREAD };

/* what kernels apply before they store */
struct epilogue {
    const char *name, *text;
    enum other_kind other;
};

struct out {
    struct text *text;  /* what is printed now */
    struct text shared; /* kernels that several layers call, once each */
    const char **once;
    int nonce;
    struct text *layer; /* where printing goes on after a shared kernel */
    struct epilogue *epilogues;
    int nepilogues;
    struct arena *arena;
};

void put_int(struct out *o, int64_t v);
void put_string(struct out *o, const char *s);
void put_float(struct out *o, double v);
/* shortest float literal that round-trips: "-1.0f", "INFINITY" */
const char *float_text(struct out *o, double v);
void put_double(struct out *o, double v); /* shortest double literal that round-trips */
#define put(o, x) _Generic((x), char *: put_string, const char *: put_string, float: put_float, \
    double: put_float, \
                           int: put_int, long: put_int, long long: put_int, unsigned: put_int, \
                               unsigned long: put_int, bool: put_int)(o, x)

/* "float"; half floats and bfloat16 as bits: "uint16_t"; bool: "uint8_t" */
const char *c_type(enum dtype t);

/* Turns printing to the shared kernels' section if `key` has not been printed yet; end with
 * out_shared_end(). */
bool out_shared_begin(struct out *o, const char *key);
void out_shared_end(struct out *o);
/* Prints what print() prints with vectors of at most eight lanes in place of the widest: `vec8`,
 * `load8`, `conv_row8` (emit/vector.c). */
void put_twin(struct out *o, void (*print)(struct out *));

/* A piece of the vector library: printed where the generated text uses its name (as a word). */
struct chunk {
    const char *name;
    void (*emit)(struct out *o);
};

/* Name in C of a layer's epilogue (absorbed ops): an enum constant for the shared kernels' `then`
 * argument: "RELU", "NONE". */
const char *epilogue_name(struct out *o, const struct op *op);

#endif
