/* attention.h - the operator DotProductAttention, on which the attention layers of Keras and ONNX
 * build. */
#ifndef CNNC_ATTENTION_H
#define CNNC_ATTENTION_H

#include "ops/common.h"

/* Its inputs, NULL where absent: query, key and value {B, S, heads * size} or {B, heads, S, size};
 * a mask, past keys and values, lengths. */
enum { IN_Q, IN_K, IN_V, IN_MASK, IN_PAST_K, IN_PAST_V, IN_LENGTHS, ATTENTION_INPUTS };

struct attention {         /* its attributes */
    int q_heads, kv_heads; /* of inputs of three axes */
    double scale, softcap; /* scale 0: 1 / sqrt(size); softcap 0: none */
    bool causal;
    int left, right; /* keys seen to each side; -1: all */
    /* are results 1 and 2 wanted: all keys and values, the past ones first? */
    bool presents;
    bool scores; /* is result 3 wanted? */
    /* what it is: 0 the products, 1 after softcap, 2 after the mask, 3 the weights */
    int mode;
    /* F16, BF16: the type of which each step's result is, and each step's of the softmax; F32: none
     */
    int steps, softmax_steps;
};

#endif
