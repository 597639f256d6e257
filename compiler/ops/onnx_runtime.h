/* onnx_runtime.h - import hooks of ONNX Runtime's own operators (domain com.microsoft), for the
 * operators' files that they belong to. */
#ifndef CNNC_ONNX_RUNTIME_H
#define CNNC_ONNX_RUNTIME_H

#include "ops/onnx.h"

/* FusedConv and FusedGemm: the standard's operator by `import`, FusedConv's fourth input added, the
 * activation that an attribute names. */
bool import_fused(struct graph *g, struct onnx_node *n, const char *op_type,
                  bool (*import)(struct graph *g, struct onnx_node *n));
bool import_fused_matmul(struct graph *g, struct onnx_node *n);
/* Gelu, BiasGelu, FastGelu */
bool import_runtime_gelu(struct graph *g, struct onnx_node *n);
/* SkipLayerNormalization and SkipSimplifiedLayerNormalization; `import` is the hook of the
 * standard's norms. */
bool import_skip_norm(struct graph *g, struct onnx_node *n,
                      bool (*import)(struct graph *g, struct onnx_node *n));
bool import_runtime_rotary(struct graph *g, struct onnx_node *n);
/* The standard's operator on a channels-last input and result: NhwcMaxPool. */
bool import_nhwc(struct graph *g, struct onnx_node *n, const char *op_type,
                 bool (*import)(struct graph *g, struct onnx_node *n));

#endif
