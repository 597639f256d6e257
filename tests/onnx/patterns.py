"""patterns.py - what exporters spell out becomes one operator again: on small models made here the pattern vanishes, and numbers stay.

    python3 tests/onnx/patterns.py [--cnnc PATH] [WORD...]

Each case is a model and what its graph may consist of after the passes. onnxruntime and cnnc --eval must agree, and --verify builds the C
and compares it. Transpositions are counted too: none stays between convolutions, whatever stands there.
"""
import argparse, collections, re, sys, tempfile

import numpy as np
from onnx import TensorProto as T, helper as h, numpy_helper as nh

import importer

rng = np.random.default_rng(9)
CASES = {}


def case(f):
    CASES[f.__name__] = f
    return f


def f32(*shape, low=-1.0, high=1.0):
    return rng.uniform(low, high, shape).astype(np.float32)


class Net:
    """Nodes one after the other; each call returns the name of its result."""

    def __init__(self, *shape, kind=T.FLOAT):
        self.nodes, self.init, self.input, self.shape, self.kind = [], [], "x", shape, kind

    def __call__(self, op, *inputs, **attributes):
        out = f"v{len(self.nodes)}"
        self.nodes.append(h.make_node(op, [i if isinstance(i, str) else self.const(i) for i in inputs], [out], name=f"n_{out}", **attributes))
        return out

    def const(self, array):
        name = f"c{len(self.init)}"
        self.init.append(nh.from_array(np.asarray(array), name))
        return name

    def conv(self, x, i, o, k=3, **attributes):
        return self("Conv", x, f32(o, i, k, k), f32(o), pads=[k // 2] * 4, **attributes)

    def model(self, out):
        graph = h.make_graph(self.nodes, "g", [h.make_tensor_value_info("x", self.kind, self.shape)],
                             [h.make_tensor_value_info(out, T.FLOAT, None)], self.init)
        return h.make_model(graph, opset_imports=[h.make_opsetid("", 20)], ir_version=9)


# ---- into the operator in front -------------------------------------------------------------------------------------

@case
def conv_then_constant():
    n = Net(1, 3, 9, 8)
    return n.model(n("Add", n.conv("x", 3, 8), f32(1, 8, 1, 1))), {"Conv2D": 1, "Transpose": 2}


@case
def conv_then_factor_and_shift():
    n = Net(1, 3, 9, 8)
    return n.model(n("Add", n("Mul", n.conv("x", 3, 8), f32(1, 8, 1, 1)), f32(8, 1, 1))), {"Conv2D": 1, "Transpose": 2}


@case
def matmul_then_constant():
    n = Net(1, 12)
    return n.model(n("Add", n("MatMul", "x", f32(12, 7)), f32(7))), {"Dense": 1}


@case
def matmul_then_constant_of_three_axes():
    n = Net(1, 5, 12)
    return n.model(n("Add", f32(7), n("MatMul", "x", f32(12, 7)))), {"Dense": 1}


@case
def pad_then_conv():
    n = Net(1, 3, 9, 8)
    y = n("Pad", "x", np.array([0, 0, 1, 2, 0, 0, 2, 1]))
    return n.model(n("Conv", y, f32(4, 3, 3, 3))), {"Conv2D": 1, "Transpose": 2}


@case
def batch_norm_behind_conv():
    n = Net(1, 3, 9, 8)
    y = n("BatchNormalization", n.conv("x", 3, 4), f32(4), f32(4), f32(4), f32(4, low=0.5))
    return n.model(n("Relu", y)), {"Conv2D": 1, "Transpose": 2}


# ---- activations ----------------------------------------------------------------------------------------------------

@case
def x_sigmoid_x():
    n = Net(1, 40)
    return n.model(n("Mul", "x", n("Sigmoid", "x"))), {"Swish": 1}


@case
def sigmoid_x_times_x_behind_conv():
    n = Net(1, 3, 8, 8)
    y = n.conv("x", 3, 4)
    return n.model(n.conv(n("Mul", n("Sigmoid", y), y), 4, 4)), {"Conv2D": 2, "Transpose": 2}


@case
def hard_swish_by_clip():
    n = Net(1, 40)
    y = n("Clip", n("Add", "x", np.float32(3)), np.float32(0), np.float32(6))
    return n.model(n("Div", n("Mul", "x", y), np.float32(6))), {"HardSwish": 1}


@case
def hard_swish_by_hard_sigmoid():
    n = Net(1, 40)
    return n.model(n("Mul", "x", n("HardSigmoid", "x", alpha=1 / 6, beta=0.5))), {"HardSwish": 1}


@case
def gelu_by_erf():
    n = Net(1, 40)
    y = n("Add", n("Erf", n("Div", "x", np.float32(2 ** 0.5))), np.float32(1))
    return n.model(n("Mul", n("Mul", "x", y), np.float32(0.5))), {"Gelu": 1}


@case
def gelu_by_erf_half_first():
    n = Net(1, 40)
    y = n("Add", n("Erf", n("Mul", "x", np.float32(0.5 ** 0.5))), np.float32(1))
    return n.model(n("Mul", n("Mul", "x", np.float32(0.5)), y)), {"Gelu": 1}


@case
def clip_as_relu6():
    n = Net(1, 3, 8, 8)
    y = n("Clip", n.conv("x", 3, 4), np.float32(0), np.float32(6))
    return n.model(n.conv(y, 4, 4)), {"Conv2D": 2, "Transpose": 2}


@case
def mish_spelled_out():
    n = Net(1, 40)
    return n.model(n("Mul", "x", n("Tanh", n("Softplus", "x")))), {"Mish": 1}


# ---- normalisation --------------------------------------------------------------------------------------------------

def normalised(n, x, axes, epsilon=1e-5):
    centred = n("Sub", x, n("ReduceMean", x, np.array(axes)))
    variance = n("ReduceMean", n("Pow", centred, np.float32(2)), np.array(axes))
    return n("Div", centred, n("Sqrt", n("Add", variance, np.float32(epsilon))))


@case
def layer_norm_spelled_out():
    n = Net(1, 5, 24)
    return n.model(n("Add", n("Mul", normalised(n, "x", [-1]), f32(24)), f32(24))), {"Normalize": 1}


@case
def instance_norm_spelled_out():
    n = Net(1, 6, 7, 8)
    y = n("Add", n("Mul", normalised(n, n.conv("x", 6, 6), [2, 3]), f32(6, 1, 1)), f32(6, 1, 1))
    return n.model(n.conv(y, 6, 3)), {"Conv2D": 2, "Normalize": 1, "Transpose": 2, "Copy": 1}


@case
def group_norm_by_instance_norm():
    n = Net(1, 3, 9, 8)
    y = n("Reshape", n.conv("x", 3, 8), np.array([0, 4, -1]))
    y = n("InstanceNormalization", y, np.ones(4, np.float32), np.zeros(4, np.float32))
    y = n("Reshape", y, np.array([1, 8, 9, 8]))
    return n.model(n.conv(n("Add", n("Mul", y, f32(8, 1, 1)), f32(8, 1, 1)), 8, 4)), {"Conv2D": 2, "Normalize": 1, "Transpose": 2, "Copy": 1}


# ---- moves ----------------------------------------------------------------------------------------------------------

@case
def depth_to_space_spelled_out():
    n = Net(1, 3, 6, 5)
    y = n("Reshape", n.conv("x", 3, 16), np.array([1, 4, 2, 2, 6, 5]))
    y = n("Reshape", n("Transpose", y, perm=[0, 1, 4, 2, 5, 3]), np.array([1, 4, 12, 10]))
    return n.model(n.conv(y, 4, 3)), {"Conv2D": 2, "Rearrange": 1, "Transpose": 2, "Copy": 1}


@case
def channel_shuffle():
    n = Net(1, 3, 6, 5)
    y = n("Reshape", n.conv("x", 3, 8), np.array([1, 2, 4, 6, 5]))
    y = n("Reshape", n("Transpose", y, perm=[0, 2, 1, 3, 4]), np.array([1, 8, 6, 5]))
    return n.model(n.conv(y, 8, 3)), {"Conv2D": 2, "Rearrange": 1, "Transpose": 2, "Copy": 1}


@case
def channel_shuffle_then_split():
    n = Net(1, 3, 6, 5)
    y = n("Reshape", n.conv("x", 3, 8), np.array([1, 2, 4, 6, 5]))
    y = n("Reshape", n("Transpose", y, perm=[0, 2, 1, 3, 4]), np.array([1, 8, 6, 5]))
    a, b = (n("Slice", y, np.array([i]), np.array([i + 4]), np.array([1])) for i in (0, 4))
    y = n("Concat", a, n.conv(b, 4, 4), axis=1)
    return n.model(n.conv(y, 8, 3)), {"Conv2D": 3, "Rearrange": 1, "Slice": 2, "Concatenate": 1, "Transpose": 2, "Copy": 2}


@case
def flatten_behind_conv():
    n = Net(1, 3, 6, 5)
    y = n("Flatten", n("Relu", n.conv("x", 3, 4)))
    return n.model(n("Gemm", y, f32(120, 7), f32(7))), {"Conv2D": 1, "Dense": 1, "Transpose": 1}


@case
def transpose_pairs_of_tf2onnx():
    n = Net(1, 8, 9, 3)
    y = n("Transpose", "x", perm=[0, 3, 1, 2])
    for i, o in ((3, 4), (4, 6), (6, 2)):
        y = n("Transpose", n("Relu", n.conv(y, i, o)), perm=[0, 2, 3, 1])
        y = n("Transpose", y, perm=[0, 3, 1, 2])
    return n.model(n("Transpose", y, perm=[0, 2, 3, 1])), {"Conv2D": 3, "Copy": 1}


# ---- constants and quantized graphs -----------------------------------------------------------------------------------

@case
def chain_of_constants():
    n = Net(1, 6, 4)
    shape = n("Concat", n("Slice", n("Shape", "x"), np.array([0]), np.array([1])), n("Mul", np.array([12]), np.array([2])), axis=0)
    y = n("Reshape", "x", shape)
    return n.model(n("Mul", y, n("Sqrt", n("Add", f32(24, low=0.1), np.float32(1))))), {"Multiply": 1}


@case
def qdq_around_conv():
    n = Net(1, 3, 9, 8)
    scale, zero = np.float32(0.02), np.uint8(128)
    y = n("DequantizeLinear", n("QuantizeLinear", "x", scale, zero), scale, zero)
    w = n("DequantizeLinear", rng.integers(-127, 127, (4, 3, 3, 3)).astype(np.int8), f32(4, low=0.01, high=0.02), np.zeros(4, np.int8), axis=0)
    y = n("Conv", y, w, pads=[1] * 4)
    y = n("DequantizeLinear", n("QuantizeLinear", n("Relu", y), np.float32(0.05), np.uint8(0)), np.float32(0.05), np.uint8(0))
    return n.model(y), {"QuantizeLinear": 1, "IntegerConv2D": 1, "DequantizeLinear": 1, "Transpose": 2}


# ---- the bench ----------------------------------------------------------------------------------------------------------

def operators(bench, path):
    """Operators of the graph after all passes but the views, which cost nothing."""
    r = bench.cnn(path, "--dump=pack", "-q")
    assert r.returncode == 0, r.stderr[:300]
    found = collections.Counter(re.findall(r"^[\w, ]+ = (\w+)\(", r.stdout, re.M))
    for free in ("Input", "View"):
        del found[free]
    return found


def run(bench, make):
    made, most = make()
    shape = [d.dim_value for d in made.graph.input[0].type.tensor_type.shape.dim]
    bench.same(made, {"x": f32(*shape)})
    path = bench.path(made)
    found = operators(bench, path)
    too_many = {k: v for k, v in found.items() if v > most.get(k, 0) and not (k == "Rearrange" and v <= most.get("Transpose", 0))}
    assert not too_many, f"{dict(found)}; at most {most} were expected"
    r = bench.cnn(path, "-o", bench.folder / "n.c", "--verify", "-q", timeout=200)
    assert r.returncode == 0, r.stderr.strip()[:400]


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--cnnc", default="build/cnnc")
    p.add_argument("words", nargs="*")
    a = p.parse_args()
    passed = failed = 0
    for name, make in CASES.items():
        if a.words and not any(w in name for w in a.words):
            continue
        with tempfile.TemporaryDirectory() as folder:
            try:
                run(importer.Bench(a.cnnc, folder), make)
                passed += 1
            except AssertionError as e:
                failed += 1
                print(f"FAILED {name}: {str(e).strip()[:400]}")
    print(f"{passed} passed, {failed} failed")
    return failed > 0


if __name__ == "__main__":
    sys.exit(main())
