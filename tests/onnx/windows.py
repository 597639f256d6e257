"""windows.py - convolutions, poolings and resizings with seeded attributes and constant weights: cnnc against onnxruntime.

    python3 tests/onnx/windows.py [-j N] [--count N] [--seed N] [--cnnc PATH] [WORD...]

The official node tests hold few convolutions, and none whose weights are constants; these do. WORDs choose operators.
"""
import argparse, concurrent.futures, pathlib, shutil, sys

import numpy as np
import onnx
import onnxruntime
from onnx import TensorProto, helper, numpy_helper

import cases
import run

FOLDER = run.ROOT / "build/onnx/windows"


def attributes_of_window(rng, axes, kernel, dilated, strided=True):
    """strides, dilations and one of pads and auto_pad; sizes that the window fits."""
    dilation = [int(rng.integers(1, 3)) if dilated else 1 for _ in range(axes)]
    extent = [(k - 1) * d + 1 for k, d in zip(kernel, dilation)]
    size = [int(e + rng.integers(0, 7)) for e in extent]
    a = {"strides": [int(rng.integers(1, 4)) if strided else 1 for _ in range(axes)]}
    if dilated:
        a["dilations"] = dilation
    how = rng.integers(4)
    if how == 0:
        a["pads"] = [int(rng.integers(0, k)) for k in kernel * 2]
    elif how < 3:
        a["auto_pad"] = ["SAME_UPPER", "SAME_LOWER"][how - 1]
        a["strides"] = [min(s, k) for s, k in zip(a["strides"], kernel)]        # else onnxruntime's poolings pad by less than nothing
        if dilated and max(dilation) > 1:       # onnxruntime's automatic padding ignores dilation in places
            del a["dilations"]
    return a, size


def constant(rng, name, *shape):
    return numpy_helper.from_array(rng.normal(0, 1, shape).astype("float32"), name)


def conv(rng):
    axes, group = int(rng.integers(1, 4)), int(rng.choice([1, 1, 2, 3]))
    kernel = [int(k) for k in rng.integers(1, 4, axes)]
    a, size = attributes_of_window(rng, axes, kernel, True)
    ci, ko = int(rng.integers(1, 5)), int(rng.choice([1, 2, 5, 17, 33]))
    if rng.integers(4) == 0:                    # a depthwise one, with a multiplier
        group, ci, ko = int(rng.choice([3, 16, 20])), 1, int(rng.integers(1, 3))
    weights = [constant(rng, "w", group * ko, ci, *kernel)]
    if rng.integers(2):
        weights.append(constant(rng, "b", group * ko))
    return [1 if rng.integers(3) else 2, group * ci, *size], weights, dict(a, group=group)


def conv_transpose(rng):
    axes, group = int(rng.integers(1, 3)), int(rng.choice([1, 1, 2]))
    kernel = [int(k) for k in rng.integers(1, 5, axes)]
    strides, dilations = ([int(v) for v in rng.integers(1, 4, axes)] for _ in range(2))
    a = {"strides": strides, "dilations": dilations, "group": group}
    if rng.integers(2):
        a["pads"] = [int(rng.integers(0, (k - 1) * d + 1)) for k, d in zip(kernel * 2, dilations * 2)]
    if rng.integers(2):
        a["output_padding"] = [int(rng.integers(0, s)) for s in strides]
    ci, ko = int(rng.integers(1, 5)), int(rng.choice([1, 3, 18, 40]))
    size = [int(v) for v in rng.integers(3, 8, axes)]
    weights = [constant(rng, "w", group * ci, ko, *kernel)]
    if rng.integers(2):
        weights.append(constant(rng, "b", group * ko))
    return [1, group * ci, *size], weights, a


def pool(kind):
    def make(rng):
        axes = int(rng.integers(1, 4))
        kernel = [int(k) for k in rng.integers(1, 4, axes)]
        a, size = attributes_of_window(rng, axes, kernel, kind == "MaxPool" and rng.integers(2))
        a["kernel_shape"] = kernel
        if "auto_pad" not in a and rng.integers(2):
            a["ceil_mode"] = 1
        if kind == "AveragePool" and rng.integers(2):
            a["count_include_pad"] = 1
        if kind == "LpPool":
            a["p"] = int(rng.integers(1, 4))
            a.pop("ceil_mode", None)
        return [1, int(rng.choice([1, 3, 17])), *size], [], a
    return make


def resize(rng):
    mode = str(rng.choice(["nearest", "linear", "cubic"]))
    a = {"mode": mode, "coordinate_transformation_mode": str(rng.choice(["half_pixel", "asymmetric", "align_corners", "pytorch_half_pixel"]))}
    if mode == "nearest":
        a["nearest_mode"] = str(rng.choice(["round_prefer_floor", "round_prefer_ceil", "floor", "ceil"]))
    if mode == "cubic":
        a["cubic_coeff_a"] = float(rng.choice([-0.5, -0.75]))
        a["exclude_outside"] = int(rng.integers(2))
    shape = [1, int(rng.choice([1, 3, 17])), *(int(v) for v in rng.integers(2, 9, 2))]
    sizes = np.array(shape[:2] + [int(v) for v in rng.integers(2, 15, 2)], "int64")
    if mode != "nearest" and a["coordinate_transformation_mode"] == "half_pixel" and rng.integers(2) and not a.get("exclude_outside"):
        a["antialias"] = 1
    if rng.integers(2):
        return shape, ["", "", numpy_helper.from_array(sizes, "sizes")], a
    scales = np.array([1, 1, *rng.choice([0.5, 2, 3, 1.5, 0.75], 2)], "float32")
    if a["coordinate_transformation_mode"] == "align_corners":          # a fraction of a pixel: the standard and onnxruntime differ
        return shape, ["", "", numpy_helper.from_array(sizes, "sizes")], a
    return shape, ["", numpy_helper.from_array(scales, "scales")], a


def resize10(rng):
    shape = [1, 3, *(int(v) for v in rng.integers(2, 9, 2))]
    scales = np.array([1, 1, *rng.choice([2, 3, 4], 2)], "float32")
    return shape, [numpy_helper.from_array(scales, "scales")], {"mode": str(rng.choice(["nearest", "linear"]))}


MAKERS = {"Conv": (conv, [1, 11, 22]), "ConvTranspose": (conv_transpose, [1, 11, 22]), "MaxPool": (pool("MaxPool"), [10, 12, 22]),
          "AveragePool": (pool("AveragePool"), [19, 22]), "LpPool": (pool("LpPool"), [18, 22]), "Resize": (resize, [18, 19]), "Resize10": (resize10, [10]),
          "Upsample": (resize10, [9])}


def make(kind, number, seed):
    """Writes a case; False where onnxruntime refuses it."""
    rng = np.random.default_rng([seed, number, *kind.encode()])
    maker, opsets = MAKERS[kind]
    shape, more, attributes = maker(rng)
    tensors = [t for t in more if t != ""]
    names = ["x", *(t if t == "" else t.name for t in more)]
    node = helper.make_node(kind.rstrip("0123456789"), names, ["y"], name="n", **attributes)
    graph = helper.make_graph([node], "g", [helper.make_tensor_value_info("x", TensorProto.FLOAT, shape)],
                              [helper.make_tensor_value_info("y", TensorProto.FLOAT, None)], tensors)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", int(rng.choice(opsets)))], ir_version=8).SerializeToString()
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 4
    options.intra_op_num_threads = 1
    x = rng.uniform(0.5, 1.5, shape).astype("float32")      # no sums near zero, where only rounding would be compared
    try:
        session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
        y = session.run(None, {"x": x})[0]
    except Exception:
        return False
    if not y.size or not np.isfinite(y).all():
        return False
    folder = FOLDER / f"{kind}_{number}"
    shutil.rmtree(folder, ignore_errors=True)
    cases.write_case(folder, model, [numpy_helper.from_array(x, "x")], [numpy_helper.from_array(y, "y")])
    return folder


def main():
    p = argparse.ArgumentParser()
    p.add_argument("-j", type=int, default=2)
    p.add_argument("--count", type=int, default=12, help="cases of each operator")
    p.add_argument("--seed", type=int, default=1)
    p.add_argument("--cnnc", default=str(run.ROOT / "build/cnnc"))
    p.add_argument("words", nargs="*")
    a = p.parse_args()
    run.build_host()
    kinds = [k for k in MAKERS if not a.words or any(w == k for w in a.words)]
    folders = [f for k in kinds for i in range(a.count) if (f := make(k, i, a.seed))]
    passed = 0
    with concurrent.futures.ProcessPoolExecutor(a.j) as pool_of:
        for name, _, (good, reason, kind), _ in pool_of.map(run.run_case, [(f, a.cnnc, False) for f in folders]):
            passed += good
            if not good:
                node = onnx.load(FOLDER / name / "model.onnx").graph.node[0]
                print(f"FAIL {name}: [{kind}] {reason}\n    " + ", ".join(f"{x.name}={helper.get_attribute_value(x)}" for x in node.attribute))
    print(f"{passed} passed, {len(folders) - passed} failed")
    return passed < len(folders) or not folders


if __name__ == "__main__":
    sys.exit(main())
