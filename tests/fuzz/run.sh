#!/usr/bin/env bash
# run.sh BUILD_DIR MUTATIONS [SEED] - mutates 20 official ONNX cases, the same ones every time (tests/onnx/cases.py
# makes them); last line: N passed, N failed.
here=$(cd "$(dirname "$0")/../.." && pwd)
fuzzer=$here/$1/fuzz/onnx
cases="core/test_basic_conv_with_padding core/test_resize_upsample_scales_cubic core/test_lstm_with_peepholes core/test_gemm_all_attributes
core/test_gru_batchwise core/test_slice core/test_reshape_reordered_all_dims core/test_gather_2d_indices core/test_top_k core/test_constant_pad
core_expanded/test_layer_normalization_3d_axis1_epsilon_expanded core_expanded/test_gelu_tanh_1_expanded core/test_qlinearconv static/test_einsum_batch_matmul
out/test_loop11 out/test_if out/test_scan9_sum pytorch-converted/test_Conv2d_groups pytorch-converted/test_MaxPool2d pytorch-operator/test_operator_permute2"
files=""
for c in $cases; do
    f=$here/build/onnx/$c/model.onnx
    [ -f "$f" ] || echo "no case $c"
    files="$files $f"
done
mkdir -p "$here/$1/fuzz/work" && cd "$here/$1/fuzz/work" && rm -f failed-*.onnx
export ASAN_OPTIONS=detect_leaks=0:allocator_may_return_null=1 UBSAN_OPTIONS=print_stacktrace=1
"$fuzzer" "${3:-1}" "$2" $files
