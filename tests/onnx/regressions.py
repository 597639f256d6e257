"""regressions.py - models that other compilers took and got wrong without a word; the judge is onnxruntime. name -> (model, inputs)."""
import numpy as np
from onnx import TensorProto as T, helper as h, numpy_helper as nh

CASES = {}
rng = np.random.default_rng(11)


def case(f):
    CASES[f.__name__] = f
    return f


def f32(*shape):
    return rng.standard_normal(shape).astype(np.float32)


def model(nodes, inputs, outputs, init=(), opset=21):
    value = lambda name, a: h.make_tensor_value_info(name, h.np_dtype_to_tensor_dtype(a.dtype), a.shape)
    g = h.make_graph(nodes, "g", [value(k, v) for k, v in inputs.items()], [h.make_tensor_value_info(n, t, None) for n, t in outputs],
                     [nh.from_array(np.asarray(v), k) for k, v in dict(init).items()])
    return h.make_model(g, opset_imports=[h.make_opsetid("", opset)], ir_version=10), inputs


def windows(op, x, opset=21, init=(), **attributes):
    inputs = ["x", *dict(init)]
    return model([h.make_node(op, inputs, ["y"], **attributes)], {"x": x}, [("y", T.FLOAT)], init, opset)


# Padding that is said in words, with strides: the output is smaller than without strides.
@case
def same_lower_with_strides():
    return windows("Conv", f32(1, 2, 5, 5), auto_pad="SAME_LOWER", strides=[2, 2], init={"w": f32(3, 2, 3, 3)}, kernel_shape=[3, 3])


@case
def same_upper_even_kernel_with_strides():
    return windows("Conv", f32(1, 2, 8, 7), auto_pad="SAME_UPPER", strides=[3, 2], init={"w": f32(3, 2, 4, 2)}, kernel_shape=[4, 2])


@case
def average_pool_last_window_starts_on_padding():
    return windows("AveragePool", f32(1, 3, 5, 5), kernel_shape=[2, 2], strides=[3, 3], pads=[1, 1, 1, 1], ceil_mode=1, opset=19)


@case
def average_pool_ceil_counts_padding():
    return windows("AveragePool", f32(1, 2, 6, 6), kernel_shape=[3, 3], strides=[2, 2], pads=[1, 1, 1, 1], ceil_mode=1, count_include_pad=1, opset=19)


@case
def average_pool_3d_dilated_ceil():
    return windows("AveragePool", f32(1, 1, 8, 8, 8), kernel_shape=[3, 3, 3], strides=[3, 3, 3], dilations=[2, 2, 2], ceil_mode=1, opset=19)


@case
def max_pool_ceil_with_asymmetric_pads():
    return windows("MaxPool", f32(1, 2, 7, 6), kernel_shape=[3, 2], strides=[2, 2], pads=[1, 0, 0, 1], ceil_mode=1)


# Batches of matrices are broadcast against each other.
@case
def matmul_of_two_batches():
    a, b = f32(3, 1, 2, 4), f32(1, 2, 4, 5)
    return model([h.make_node("MatMul", ["a", "b"], ["y"])], {"a": a, "b": b}, [("y", T.FLOAT)])


@case
def matmul_of_vectors():
    return model([h.make_node("MatMul", ["a", "b"], ["y"]), h.make_node("MatMul", ["b", "c"], ["z"])], {"a": f32(4), "b": f32(3, 4, 5), "c": f32(5)},
                 [("y", T.FLOAT), ("z", T.FLOAT)])


def u8(*shape):
    return rng.integers(0, 256, shape).astype(np.uint8)


def i8(*shape):
    return rng.integers(-128, 128, shape).astype(np.int8)


# Integers: every channel has its zero point, sums saturate, halves go to the even neighbour.
@case
def conv_integer_with_padding():
    return model([h.make_node("ConvInteger", ["x", "w", "xz", "wz"], ["y"], pads=[1, 1, 1, 1])], {"x": u8(1, 2, 5, 5)}, [("y", T.INT32)],
                 {"w": u8(3, 2, 3, 3), "xz": np.uint8(7), "wz": np.uint8(5)})


@case
def qlinear_conv_saturates():
    init = {"xs": np.float32(0.5), "xz": np.uint8(128), "w": i8(4, 3, 3, 3), "ws": np.array([0.01, 0.2, 0.05, 0.003], np.float32), "wz": np.zeros(4, np.int8),
            "ys": np.float32(0.7), "yz": np.uint8(100), "b": rng.integers(-500, 500, 4).astype(np.int32)}
    return model([h.make_node("QLinearConv", ["x", "xs", "xz", "w", "ws", "wz", "ys", "yz", "b"], ["y"], pads=[1, 1, 1, 1])], {"x": u8(1, 3, 6, 6)}, [("y", T.UINT8)], init)


@case
def qlinear_matmul_saturates():
    init = {"as": np.float32(0.1), "az": np.int8(3), "b": i8(8, 5), "bs": np.float32(0.2), "bz": np.int8(0), "ys": np.float32(0.3), "yz": np.int8(-5)}
    return model([h.make_node("QLinearMatMul", ["a", "as", "az", "b", "bs", "bz", "ys", "yz"], ["y"])], {"a": i8(2, 4, 8)}, [("y", T.INT8)], init)


@case
def quantize_halves_to_even():
    x = np.array([-2.5, -1.5, -0.5, 0.5, 1.5, 2.5, 126.5, 127.5, 300, -300], np.float32)
    return model([h.make_node("QuantizeLinear", ["x", "s", "z"], ["y"])], {"x": x}, [("y", T.INT8)], {"s": np.float32(1), "z": np.int8(0)})


@case
def quantize_by_channel_on_axis_one():
    return model([h.make_node("QuantizeLinear", ["x", "s", "z"], ["q"], axis=1), h.make_node("DequantizeLinear", ["q", "s", "z"], ["y"], axis=1)], {"x": f32(2, 3, 4)},
                 [("q", T.UINT8), ("y", T.FLOAT)], {"s": np.array([0.1, 0.02, 0.5], np.float32), "z": np.array([128, 10, 200], np.uint8)})


@case
def dequantize_in_blocks():
    return model([h.make_node("DequantizeLinear", ["x", "s", "z"], ["y"], axis=1, block_size=2)], {"x": u8(3, 4)}, [("y", T.FLOAT)],
                 {"s": np.abs(f32(3, 2)) + np.float32(0.1), "z": u8(3, 2)})


@case
def round_halves_to_even():
    return model([h.make_node("Round", ["x"], ["y"])], {"x": np.array([-2.5, -1.5, -0.5, 0.5, 1.5, 2.5, 0.4999999, 8388609, -0.2], np.float32)}, [("y", T.FLOAT)])


@case
def clip_with_min_above_max():
    return model([h.make_node("Clip", ["x", "lo", "hi"], ["y"])], {"x": f32(12)}, [("y", T.FLOAT)], {"lo": np.float32(2), "hi": np.float32(-1)})


@case
def scatter_nd_max_of_repeated_places():
    i = np.array([[0], [2], [0]], np.int64)
    return model([h.make_node("ScatterND", ["x", "i", "u"], ["y"], reduction="max"), h.make_node("ScatterND", ["x", "i", "u"], ["z"], reduction="add")],
                 {"x": f32(3, 4), "u": f32(3, 4)}, [("y", T.FLOAT), ("z", T.FLOAT)], {"i": i})


# Extremes of arithmetic.
@case
def max_of_arguments_with_operators():
    nodes = [h.make_node("Add", ["x", "y"], ["s"]), h.make_node("Sub", ["x", "y"], ["d"]), h.make_node("Max", ["s", "d", "x"], ["a"]), h.make_node("Min", ["s", "d", "y"], ["b"])]
    return model(nodes, {"x": f32(3, 4), "y": f32(3, 4)}, [("a", T.FLOAT), ("b", T.FLOAT)])


@case
def integers_wrap_and_divide_towards_zero():
    x = np.array([-7, 7, -128, 127, 5], np.int8)
    return model([h.make_node("Div", ["x", "y"], ["q"]), h.make_node("Mul", ["x", "y"], ["p"]), h.make_node("Mod", ["x", "y"], ["m"])],
                 {"x": x.astype(np.int32), "y": np.array([2, -2, 3, -3, 7], np.int32)}, [("q", T.INT32), ("p", T.INT32), ("m", T.INT32)])


@case
def space_to_depth_and_back():
    return model([h.make_node("SpaceToDepth", ["x"], ["s"], blocksize=2), h.make_node("DepthToSpace", ["s"], ["d"], blocksize=2, mode="DCR"),
                  h.make_node("DepthToSpace", ["s"], ["c"], blocksize=2, mode="CRD")], {"x": f32(1, 4, 6, 4)}, [("d", T.FLOAT), ("c", T.FLOAT)])


@case
def softmax_of_the_old_kind():
    return model([h.make_node("Softmax", ["x"], ["y"], axis=1)], {"x": f32(2, 3, 4)}, [("y", T.FLOAT)], opset=11)


@case
def reversed_and_bidirectional_gru():
    init = {"w": f32(2, 15, 4), "r": f32(2, 15, 5), "b": f32(2, 30)}
    return model([h.make_node("GRU", ["x", "w", "r", "b"], ["y", "last"], hidden_size=5, direction="bidirectional", linear_before_reset=1)], {"x": f32(6, 2, 4)},
                 [("y", T.FLOAT), ("last", T.FLOAT)], init)


@case
def reversed_rnn():
    return model([h.make_node("RNN", ["x", "w", "r", "b"], ["y", "last"], hidden_size=5, direction="reverse")], {"x": f32(6, 2, 4)}, [("y", T.FLOAT), ("last", T.FLOAT)],
                 {"w": f32(1, 5, 4), "r": f32(1, 5, 5), "b": f32(1, 10)})


@case
def flatten_behind_a_convolution():
    nodes = [h.make_node("Conv", ["x", "k"], ["c"], pads=[1, 1, 1, 1]), h.make_node("Relu", ["c"], ["r"]), h.make_node("Flatten", ["r"], ["f"]),
             h.make_node("Gemm", ["f", "w", "b"], ["y"], transB=1)]
    return model(nodes, {"x": f32(2, 3, 4, 5)}, [("y", T.FLOAT)], {"k": f32(6, 3, 3, 3), "w": f32(7, 120), "b": f32(7)})


@case
def resize_cubic_down():
    return model([h.make_node("Resize", ["x", "", "s"], ["y"], mode="cubic", cubic_coeff_a=-0.5, exclude_outside=1)], {"x": f32(1, 2, 6, 6)}, [("y", T.FLOAT)],
                 {"s": np.array([1, 1, 0.6, 0.8], np.float32)})


@case
def conv_transpose_with_output_padding_and_groups():
    return windows("ConvTranspose", f32(1, 4, 5, 5), strides=[2, 3], output_padding=[1, 1], pads=[1, 0, 0, 1], group=2, init={"w": f32(4, 3, 3, 3), "b": f32(6)})


@case
def convolution_with_a_zero_point_of_each_channel():
    init = {"xs": np.float32(0.5), "xz": np.uint8(128), "w": u8(4, 3, 3, 3), "ws": np.array([0.01, 0.2, 0.05, 0.003], np.float32), "wz": np.full(4, 117, np.uint8),
            "ys": np.float32(9), "yz": np.uint8(100)}
    return model([h.make_node("QLinearConv", ["x", "xs", "xz", "w", "ws", "wz", "ys", "yz"], ["y"], pads=[1, 1, 1, 1])], {"x": u8(1, 3, 6, 6)}, [("y", T.UINT8)], init)


# Sums are odd multiples of one half: halves go to the even neighbour, not away from zero.
@case
def qlinear_conv_halves_to_even():
    init = {"xs": np.float32(0.5), "xz": np.int8(0), "w": np.array([[[[1]]], [[[3]]], [[[-1]]]], np.int8), "ws": np.float32(1), "wz": np.int8(0), "ys": np.float32(1),
            "yz": np.int8(3)}
    return model([h.make_node("QLinearConv", ["x", "xs", "xz", "w", "ws", "wz", "ys", "yz"], ["y"])], {"x": np.arange(-20, 21, dtype=np.int8).reshape(1, 1, 1, 41)},
                 [("y", T.INT8)], init)


@case
def quantize_in_blocks():
    return model([h.make_node("QuantizeLinear", ["x", "s", "z"], ["y"], axis=1, block_size=2)], {"x": f32(3, 4)}, [("y", T.UINT8)],
                 {"s": np.abs(f32(3, 2)) / 50 + np.float32(0.01), "z": u8(3, 2)})


@case
def scatter_nd_min_of_repeated_places():
    i = np.array([[0], [2], [0]], np.int64)
    return model([h.make_node("ScatterND", ["x", "i", "u"], ["y"], reduction="min"), h.make_node("ScatterND", ["x", "i", "u"], ["z"], reduction="mul")],
                 {"x": f32(3, 4), "u": f32(3, 4)}, [("y", T.FLOAT), ("z", T.FLOAT)], {"i": i})


# Integers that no double holds: neither moved constants nor arithmetic may lose their last bits.
BIG = 2 ** 60 + 1


@case
def arithmetic_on_constants_beyond_2_53():
    nodes = [h.make_node("Mul", ["a", "b"], ["c"]), h.make_node("Add", ["x", "c"], ["y"]), h.make_node("Mul", ["x", "a"], ["d"]), h.make_node("Mod", ["d", "b"], ["z"])]
    return model(nodes, {"x": np.array([1, 2, 3], np.int64)}, [("y", T.INT64), ("z", T.INT64)], {"a": np.array([BIG] * 3), "b": np.array([3, 5, 7])})


@case
def moved_constants_beyond_2_53():
    nodes = [h.make_node("Gather", ["a", "i"], ["c"]), h.make_node("Add", ["x", "c"], ["y"]), h.make_node("Transpose", ["b"], ["t"], perm=[1, 0]),
             h.make_node("Reshape", ["t", "s"], ["u"]), h.make_node("Add", ["x", "u"], ["z"])]
    return model(nodes, {"x": np.array([1, 2, 3], np.int64)}, [("y", T.INT64), ("z", T.INT64)],
                 {"a": np.array([BIG, BIG + 2, 5]), "i": np.array([1, 0, 2]), "b": np.array([[BIG], [BIG + 2], [5]]), "s": np.array([3])})


@case
def slice_to_the_largest_integer():
    nodes = [h.make_node("Min", ["most", "n"], ["end"]), h.make_node("Slice", ["x", "zero", "end"], ["y"]), h.make_node("Concat", ["most", "n"], ["both"], axis=0),
             h.make_node("Slice", ["both", "zero", "one"], ["far"]), h.make_node("Slice", ["x", "zero", "far"], ["z"])]
    return model(nodes, {"x": f32(3)}, [("y", T.FLOAT), ("z", T.FLOAT)],
                 {"most": np.array([2 ** 63 - 1]), "n": np.array([2]), "zero": np.array([0]), "one": np.array([1])})
