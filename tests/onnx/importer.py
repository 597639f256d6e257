"""importer.py - what the ONNX importer takes and refuses, on small models made here; the judge is onnxruntime or the message.

    python3 tests/onnx/importer.py [--cnnc PATH] [WORD...]
"""
import argparse, os, pathlib, subprocess, sys, tempfile

import numpy as np
import onnx
from onnx import TensorProto as T, helper as h, numpy_helper as nh

CHECKS = []
FLOAT = T.FLOAT
rng = np.random.default_rng(3)


def check(f):
    CHECKS.append(f)
    return f


class Bench:
    """A folder to work in, and cnnc."""

    def __init__(self, cnnc, folder):
        self.cnnc, self.folder = cnnc, pathlib.Path(folder)

    def path(self, model):
        path = self.folder / "m.onnx"
        path.write_bytes(model if isinstance(model, bytes) else model.SerializeToString())
        return path

    def cnn(self, path, *options, timeout=60):
        return subprocess.run([self.cnnc, path, *options], capture_output=True, text=True, errors="replace", timeout=timeout)

    def eval(self, model, feeds, *options):
        """Outputs by cnnc's evaluator."""
        path = model if isinstance(model, pathlib.Path) else self.path(model)
        np.savez(self.folder / "in.npz", **{k: np.asarray(v, dtype=v.dtype) for k, v in feeds.items()})
        r = self.cnn(path, "-q", "--eval", self.folder / "in.npz", "-o", self.folder / "out.npz", *options)
        assert r.returncode == 0, r.stderr.strip()[:600]
        return list(np.load(self.folder / "out.npz").values())

    def same(self, model, feeds, *options, want=None):
        """cnnc and onnxruntime agree; `want`: what must come out where onnxruntime does not take the model."""
        got = self.eval(model, feeds, *options)
        if want is None:
            import onnxruntime
            o = onnxruntime.SessionOptions()
            o.log_severity_level = 4
            data = str(model) if isinstance(model, pathlib.Path) else model.SerializeToString()
            want = onnxruntime.InferenceSession(data, o, providers=["CPUExecutionProvider"]).run(None, feeds)
        assert len(got) == len(want), f"{len(got)} outputs for {len(want)}"
        for a, b in zip(got, want):
            assert a.shape == b.shape, f"{a.shape} for {b.shape}"
            np.testing.assert_allclose(a, b, rtol=1e-4, atol=1e-5)

    def refuses(self, model, *words, options=()):
        """exit code 1, and each word in what is said."""
        r = self.cnn(model if isinstance(model, pathlib.Path) else self.path(model), "-o", self.folder / "n.c", *options)
        assert r.returncode == 1, f"exit {r.returncode}: {r.stderr[:500]}"
        for w in words:
            assert w in r.stderr, f"'{w}' is not said: {r.stderr[:900]}"
        return r.stderr


def value(name, shape, kind=FLOAT):
    return h.make_tensor_value_info(name, kind, shape)


def model(nodes, inputs, outputs, init=(), opset=17, ir=8, functions=(), extra=(), **keys):
    g = h.make_graph(nodes, "g", inputs, outputs, list(init), **keys)
    return h.make_model(g, opset_imports=[h.make_opsetid("", opset), *extra], ir_version=ir, functions=list(functions))


def f32(*shape):
    return rng.standard_normal(shape).astype(np.float32)


def tensor(name, array):
    return nh.from_array(np.asarray(array), name)


def relu_add(init):
    return model([h.make_node("Add", ["x", "w"], ["s"]), h.make_node("Relu", ["s"], ["y"])], [value("x", [2, 3])], [value("y", [2, 3])], init)


# ---- initializers -------------------------------------------------------------------------------------------------

@check
def initializer_raw_and_typed(b):
    w = f32(2, 3)
    x = f32(2, 3)
    b.same(relu_add([tensor("w", w)]), {"x": x})
    b.same(relu_add([h.make_tensor("w", FLOAT, [2, 3], w.flatten().tolist())]), {"x": x})


@check
def initializer_listed_as_input(b):
    m = relu_add([tensor("w", f32(2, 3))])
    m.graph.input.append(value("w", [2, 3]))
    m.ir_version = 3
    b.same(m, {"x": f32(2, 3)})


@check
def initializer_that_disagrees_with_its_input(b):
    m = relu_add([tensor("w", f32(2, 3))])
    m.graph.input.append(value("w", [3, 3]))
    b.refuses(m, "'w'", "declared as 3 x 3", "2 x 3")


@check
def every_type_of_data(b):
    for kind in "uint8 int8 uint16 int16 int32 int64 float16 float64 uint32 uint64 bool bfloat16".split():
        number = {"bfloat16": T.BFLOAT16, "bool": T.BOOL}.get(kind) or h.np_dtype_to_tensor_dtype(np.dtype(kind))
        values = [0, 1, 1] if kind == "bool" else [0, 1, 100]
        for raw in (False, True):
            t = h.make_tensor("w", number, [3], values)
            if raw:
                t = tensor("w", nh.to_array(t))
            m = model([h.make_node("Cast", ["w"], ["c"], to=FLOAT), h.make_node("Add", ["x", "c"], ["y"])], [value("x", [3])], [value("y", [3])], [t])
            b.same(m, {"x": np.zeros(3, np.float32)}, want=[np.array(values, np.float32)])


@check
def too_few_bytes(b):
    t = tensor("w", f32(2, 3))
    t.raw_data = t.raw_data[:-4]
    b.refuses(relu_add([t]), "tensor 'w'", "24 bytes", "20 are given")
    t = h.make_tensor("w", FLOAT, [2, 3], [0.0] * 6)
    t.float_data.pop()
    b.refuses(relu_add([t]), "tensor 'w'", "another number of elements")


@check
def wrong_dimensions(b):
    for dims in ([-1, 3], [1 << 40], [1 << 27, 1 << 27, 1 << 27], [1] * 9):
        t = T(name="w", data_type=FLOAT, dims=dims)
        b.refuses(relu_add([t]), "tensor 'w'")


@check
def sparse_initializer(b):
    dense = np.array([[0, 2, 0], [3, 0, 0]], np.float32)
    for indices in (np.array([1, 3], np.int64), np.array([[0, 1], [1, 0]], np.int64)):
        s = onnx.SparseTensorProto(values=tensor("w", np.array([2, 3], np.float32)), indices=tensor("i", indices), dims=[2, 3])
        m = relu_add([])
        m.graph.sparse_initializer.append(s)
        x = f32(2, 3)
        b.same(m, {"x": x}, want=[np.maximum(x + dense, 0)])
    s.indices.CopyFrom(tensor("i", np.array([[0, 1], [2, 0]], np.int64)))
    m.graph.sparse_initializer[0].CopyFrom(s)
    b.refuses(m, "outside of its shape")


@check
def external_data(b):
    m = relu_add([tensor("w", f32(2, 3))])
    path = b.folder / "ext.onnx"
    onnx.save_model(m, path, save_as_external_data=True, location="ext.data", size_threshold=0)
    b.same(path, {"x": f32(2, 3)})
    m = onnx.load(path, load_external_data=False)
    for location, word in (("../ext.data", "outside of the model's folder"), ("/etc/passwd", "no path beside"), ("none.data", "cannot be read"),
                           ("a/../../ext.data", "outside")):
        m.graph.initializer[0].external_data[0].value = location
        b.refuses(m, "tensor 'w'", word)
    link = b.folder / "link.data"
    if not link.exists():
        link.symlink_to("/etc/hostname")
    m.graph.initializer[0].external_data[0].value = "link.data"
    b.refuses(m, "link out of the model's folder")
    m.graph.initializer[0].external_data[0].value = "ext.data"
    for e in m.graph.initializer[0].external_data:
        if e.key == "offset":
            e.value = "16"
    b.refuses(m, "cannot read 24 bytes at 16")


# ---- inputs, shapes ---------------------------------------------------------------------------------------------------

@check
def symbolic_dimensions(b):
    m = model([h.make_node("Relu", ["x"], ["y"])], [value("x", ["N", 3, "H"])], [value("y", ["N", 3, "H"])])
    b.refuses(m, "dimension 2, 'H'", "--dim=H=N")
    b.same(m, {"x": f32(1, 3, 5)}, "--dim=H=5")
    b.same(m, {"x": f32(2, 3, 5)}, "--dim=H=5", "--dim=N=2")
    b.same(m, {"x": f32(1, 3, 5)}, "--input-shape=x=3,5")
    b.same(m, {"x": f32(4, 3, 5)}, "--input-shape=4,3,5")
    r = b.cnn(b.path(m), "--dim=H=5", "-o", b.folder / "n.c")
    assert "the batch 'N' is taken as 1" in r.stderr, r.stderr
    b.refuses(m, "no input has a dimension 'Q'", options=["--dim=H=5", "--dim=Q=1"])
    b.refuses(m, "no input 'z'", options=["--dim=H=5", "--input-shape=z=1,2"])


@check
def const_input(b):
    m = model([h.make_node("Reshape", ["x", "s"], ["y"])], [value("x", [2, 3]), value("s", [2], T.INT64)], [value("y", [3, 2])])
    b.refuses(m, "--const-input=s=")
    np.save(b.folder / "s.npy", np.array([3, 2], np.int64))
    x = f32(2, 3)
    for v in ("3,2", "[3, 2]", str(b.folder / "s.npy")):
        b.same(m, {"x": x}, f"--const-input=s={v}", want=[x.reshape(3, 2)])
    b.refuses(m, "declared as 2", options=["--const-input=s=3,2,1"])
    b.refuses(m, "no input 'q'", options=["--const-input=s=3,2", "--const-input=q=1"])


@check
def declared_shapes_must_agree(b):
    m = model([h.make_node("Relu", ["x"], ["y"])], [value("x", [2, 3])], [value("y", [2, 4])])
    b.refuses(m, "'y'", "declared as 2 x 4", "2 x 3")
    m = model([h.make_node("Relu", ["x"], ["t"]), h.make_node("Relu", ["t"], ["y"])], [value("x", [2, 3])], [value("y", [2, 3])],
              value_info=[value("t", [3, 2])])
    b.refuses(m, "'t'", "declared as 3 x 2", "2 x 3")
    m = model([h.make_node("Relu", ["x"], ["y"])], [value("x", [2, 3])], [value("y", [2, 3], T.INT32)])
    b.refuses(m, "'y'", "declared as int32", "float32")


@check
def several_inputs_and_outputs(b):
    m = model([h.make_node("Add", ["x", "y"], ["s"]), h.make_node("Relu", ["s"], ["r"])], [value("x", [2, 3]), value("y", [2, 3])],
              [value("r", [2, 3]), value("s", [2, 3])])
    b.same(m, {"x": f32(2, 3), "y": f32(2, 3)})


@check
def output_that_is_an_input_or_constant(b):
    m = model([h.make_node("Relu", ["x"], ["r"])], [value("x", [2, 3])], [value("r", [2, 3]), value("x", [2, 3]), value("w", [2])], [tensor("w", f32(2))])
    b.same(m, {"x": f32(2, 3)})


@check
def layouts_of_the_api(b):
    m = model([h.make_node("Relu", ["x"], ["y"])], [value("x", [1, 3, 4, 5])], [value("y", [1, 3, 4, 5])])
    x = f32(1, 3, 4, 5)
    y, last = np.maximum(x, 0), (0, 2, 3, 1)
    b.same(m, {"x": x.transpose(last)}, "--input-layout=nhwc", want=[y])
    b.same(m, {"x": x}, "--output-layout=nhwc", want=[y.transpose(last)])
    b.same(m, {"x": x.transpose(last)}, "--input-layout=nhwc", "--output-layout=nhwc", want=[y.transpose(last)])
    two = model([h.make_node("Add", ["x", "z"], ["y"]), h.make_node("Relu", ["x"], ["u"])], [value("x", [1, 3, 4, 5]), value("z", [1, 3, 4, 5])],
                [value("y", [1, 3, 4, 5]), value("u", [1, 3, 4, 5])])
    z = f32(1, 3, 4, 5)
    b.same(two, {"x": x, "z": z.transpose(last)}, "--input-layout=z=nhwc", "--output-layout=u=nhwc", want=[x + z, y.transpose(last)])
    b.refuses(two, "no input", "w", options=("--input-layout=w=nhwc",))


# ---- shape arithmetic ---------------------------------------------------------------------------------------------------

@check
def exporters_shape_arithmetic(b):
    nodes = [h.make_node("Shape", ["x"], ["s"]), h.make_node("Gather", ["s", "zero"], ["n"]), h.make_node("Unsqueeze", ["n", "axes"], ["n1"]),
             h.make_node("Concat", ["n1", "minus"], ["t"], axis=0), h.make_node("Reshape", ["x", "t"], ["y"])]
    init = [tensor("zero", np.int64(0)), tensor("axes", np.array([0])), tensor("minus", np.array([-1]))]
    b.same(model(nodes, [value("x", [2, 3, 4])], [value("y", [2, 12])], init), {"x": f32(2, 3, 4)})


@check
def arithmetic_on_shapes_with_where(b):
    nodes = [h.make_node("Shape", ["x"], ["s"]), h.make_node("Cast", ["s"], ["f"], to=FLOAT), h.make_node("Mul", ["f", "half"], ["m"]),
             h.make_node("Floor", ["m"], ["fl"]), h.make_node("Cast", ["fl"], ["i"], to=T.INT64), h.make_node("Equal", ["i", "one"], ["e"]),
             h.make_node("Where", ["e", "minus", "i"], ["t"]), h.make_node("ConstantOfShape", ["t2"], ["c"]),
             h.make_node("Add", ["x", "c"], ["y"])]
    init = [tensor("half", np.float32(0.5)), tensor("one", np.int64(1)), tensor("minus", np.int64(-1)), tensor("t2", np.array([4]))]
    b.same(model(nodes, [value("x", [2, 4])], [value("y", [2, 4]), value("t", [2], T.INT64)], init), {"x": f32(2, 4)})


# ---- control flow, functions --------------------------------------------------------------------------------------------

def branch(op, name):
    return h.make_graph([h.make_node(op, ["x"], [name])], name, [], [value(name, [2, 3])])


def if_model(condition):
    return model([h.make_node("If", ["c"], ["y"], then_branch=branch("Relu", "t"), else_branch=branch("Neg", "e"))], [value("x", [2, 3])],
                 [value("y", [2, 3])], condition)


@check
def if_with_a_known_condition(b):
    for c in (True, False):
        b.same(if_model([tensor("c", np.array(c))]), {"x": f32(2, 3)})


@check
def if_at_run_time(b):
    m = if_model([])
    m.graph.input.append(value("c", [], T.BOOL))
    for c in (True, False):
        b.same(m, {"x": f32(2, 3), "c": np.array(c)})


@check
def loop_of_known_trips(b):
    body = h.make_graph([h.make_node("Add", ["s", "x"], ["s2"]), h.make_node("Identity", ["c"], ["c2"]), h.make_node("Neg", ["s2"], ["o"])], "body",
                        [value("i", [], T.INT64), value("c", [], T.BOOL), value("s", [2, 3])], [value("c2", [], T.BOOL), value("s2", [2, 3]), value("o", [2, 3])])
    for trips in (3, 1):
        m = model([h.make_node("Loop", ["n", "", "x"], ["y", "all"], body=body)], [value("x", [2, 3])], [value("y", [2, 3]), value("all", [trips, 2, 3])],
                  [tensor("n", np.int64(trips))])
        b.same(m, {"x": f32(2, 3)})


@check
def loop_ended_by_its_condition(b):
    body = h.make_graph([h.make_node("Add", ["s", "x"], ["s2"]), h.make_node("Less", ["i", "two"], ["c2"])], "body",
                        [value("i", [], T.INT64), value("c", [], T.BOOL), value("s", [2, 3])], [value("c2", [], T.BOOL), value("s2", [2, 3])])
    m = model([h.make_node("Loop", ["", "yes", "x"], ["y"], body=body)], [value("x", [2, 3])], [value("y", [2, 3])],
              [tensor("yes", np.array(True)), tensor("two", np.int64(2))])
    b.same(m, {"x": f32(2, 3)})
    m.graph.initializer.pop()
    m.graph.initializer.append(tensor("two", np.int64(1 << 60)))
    b.refuses(m, "more than 100000 trips")


@check
def scan_both_ways(b):
    body = h.make_graph([h.make_node("Add", ["s", "v"], ["s2"]), h.make_node("Identity", ["s2"], ["o"])], "body", [value("s", [3]), value("v", [3])],
                        [value("s2", [3]), value("o", [3])])
    for way in (0, 1):
        m = model([h.make_node("Scan", ["z", "x"], ["last", "all"], body=body, num_scan_inputs=1, scan_input_directions=[way], scan_output_directions=[way])],
                  [value("x", [4, 3])], [value("last", [3]), value("all", [4, 3])], [tensor("z", np.zeros(3, np.float32))])
        b.same(m, {"x": f32(4, 3)})


@check
def functions_of_the_model(b):
    inner = h.make_function("my", "scale", ["a"], ["b"], [h.make_node("Mul", ["a", "a"], ["b"])], [h.make_opsetid("", 17)])
    node = h.make_node("LeakyRelu", ["t"], ["b"])
    node.attribute.append(onnx.AttributeProto(name="alpha", ref_attr_name="slope", type=onnx.AttributeProto.FLOAT))
    outer = h.make_function("my", "act", ["a"], ["b"], [h.make_node("scale", ["a"], ["s"], domain="my"), h.make_node("Sub", ["s", "a"], ["t"]), node],
                            [h.make_opsetid("", 17), h.make_opsetid("my", 1)], ["slope"])
    m = model([h.make_node("act", ["x"], ["t"], domain="my", slope=0.3), h.make_node("act", ["t"], ["y"], domain="my", slope=0.1)],
              [value("x", [2, 3])], [value("y", [2, 3])], functions=[inner, outer], extra=[h.make_opsetid("my", 1)])
    b.same(m, {"x": f32(2, 3)})


@check
def function_with_a_default_attribute(b):
    node = h.make_node("LeakyRelu", ["a"], ["b"])
    node.attribute.append(onnx.AttributeProto(name="alpha", ref_attr_name="slope", type=onnx.AttributeProto.FLOAT))
    f = h.make_function("my", "act", ["a"], ["b"], [node], [h.make_opsetid("", 17)], attribute_protos=[h.make_attribute("slope", 0.25)])
    m = model([h.make_node("act", ["x"], ["y"], domain="my")], [value("x", [2, 3])], [value("y", [2, 3])], functions=[f], extra=[h.make_opsetid("my", 1)])
    b.same(m, {"x": f32(2, 3)})


@check
def function_that_calls_itself(b):
    f = h.make_function("my", "f", ["a"], ["b"], [h.make_node("f", ["a"], ["b"], domain="my")], [h.make_opsetid("my", 1)])
    m = model([h.make_node("f", ["x"], ["y"], domain="my")], [value("x", [2])], [value("y", [2])], functions=[f], extra=[h.make_opsetid("my", 1)])
    b.refuses(m, "deeper than 64 levels")


# ---- what is refused ------------------------------------------------------------------------------------------------------

@check
def everything_unsupported_at_once(b):
    nodes = [h.make_node("Foo", ["x"], ["a"], name="foo_1", domain="acme"), h.make_node("Foo", ["a"], ["b"], name="foo_2", domain="acme"),
             h.make_node("StringNormalizer", ["b"], ["c"], name="strings"), h.make_node("Relu", ["c"], ["d"]), h.make_node("Bernoulli", ["x"], ["y"], name="chance")]
    m = model(nodes, [value("x", [2, 3])], [value("y", [2, 3]), value("d", [2, 3])], extra=[h.make_opsetid("acme", 2)])
    said = b.refuses(m, "Foo of domain 'acme' (opset 2)", "2 times: 'foo_1' on float32, 'foo_2'", "StringNormalizer (opset 17)", "Bernoulli (opset 17), 1 time: 'chance' on float32")
    r = b.cnn(b.path(m), "--check")
    assert r.returncode == 1 and r.stderr == said, r.stderr
    r = b.cnn(b.path(relu_add([tensor("w", f32(2, 3))])), "--check")
    assert r.returncode == 0 and "every operator is supported" in r.stderr, r.stderr


@check
def sequences_and_strings_as_inputs(b):
    m = model([h.make_node("SequenceLength", ["x"], ["y"])], [h.make_tensor_sequence_value_info("x", FLOAT, None)], [value("y", [], T.INT64)])
    b.refuses(m, "an input that is a sequence", "'x'")
    b.refuses(model([h.make_node("StringNormalizer", ["x"], ["y"])], [value("x", [2], T.STRING)], [value("y", [2], T.STRING)]), "string")


@check
def unknown_attributes_are_refused(b):
    m = model([h.make_node("Relu", ["x"], ["y"], gain=2.0)], [value("x", [2])], [value("y", [2])])
    b.refuses(m, "'gain'")


@check
def names_that_do_not_fit(b):
    b.refuses(model([h.make_node("Relu", ["q"], ["y"])], [value("x", [2])], [value("y", [2])]), "reads 'q'")
    b.refuses(model([h.make_node("Relu", ["x"], ["z"])], [value("x", [2])], [value("y", [2])]), "output 'y' is made by no node")
    b.refuses(model([h.make_node("Relu", ["x"], ["y"]), h.make_node("Neg", ["x"], ["y"])], [value("x", [2])], [value("y", [2])]), "'y' is made twice")
    b.refuses(model([h.make_node("Relu", ["z"], ["y"]), h.make_node("Neg", ["y"], ["z"])], [value("x", [2])], [value("y", [2])]), "reads 'z'")


@check
def damaged_files(b):
    m = relu_add([tensor("w", f32(2, 3))]).SerializeToString()
    b.refuses(m[:-7], "damaged")
    b.refuses(onnx.ModelProto(ir_version=8).SerializeToString() + b"\x42\x00", "no graph")
    far = relu_add([tensor("w", f32(2, 3))])
    far.ir_version = 99
    b.refuses(far, "IR version 99")


@check
def deep_nesting(b):
    def field(number, body):
        n, size = len(body), b""
        while n > 127:
            size, n = size + bytes([n & 127 | 128]), n >> 7
        return bytes([number << 3 | 2]) + size + bytes([n]) + body
    graph = b""
    for _ in range(10000):              # graph { node { attribute { g: graph } } }
        graph = field(1, field(5, field(6, graph)))
    b.refuses(b"\x08\x08" + field(7, graph), "nested deeper")


@check
def memory_is_bounded(b):
    node = b"\x0a\x00"                  # an empty node takes two bytes on the wire and a hundred in memory
    body = node * 400000
    n, size = len(body), b""
    while n > 127:
        size, n = size + bytes([n & 127 | 128]), n >> 7
    b.refuses(b"\x08\x08\x3a" + size + bytes([n]) + body, "needs more than 20971520 bytes", options=["--max-memory=20M"])


@check
def recognised_by_content(b):
    path = b.folder / "named.txt"
    path.write_bytes(relu_add([tensor("w", f32(2, 3))]).SerializeToString())
    r = b.cnn(path, "--check")
    assert r.returncode == 0, r.stderr
    m = relu_add([tensor("w", f32(2, 3))])
    ir = m.ir_version
    m.ClearField("ir_version")          # graph first, ir_version behind it
    path.write_bytes(m.SerializeToString() + b"\x08" + bytes([ir]))
    r = b.cnn(path, "--check")
    assert r.returncode == 0, r.stderr


@check
def every_ir_version(b):
    for ir in range(3, 14):
        m = relu_add([tensor("w", f32(2, 3))])
        m.ir_version = ir
        if ir == 3:                     # initializers were inputs, too
            m.graph.input.append(value("w", [2, 3]))
        x = f32(2, 3)
        w = nh.to_array(m.graph.initializer[0])
        b.same(m, {"x": x}, want=[np.maximum(x + w, 0)])


@check
def every_opset(b):
    x = f32(2, 3, 4, 4)
    softmax = lambda a: np.exp(a - a.max()) / np.exp(a - a.max()).sum()
    for opset in range(1, 27):
        nodes = [h.make_node("Relu", ["x"], ["r"]), h.make_node("MaxPool", ["r"], ["p"], kernel_shape=[2, 2], strides=[2, 2]), h.make_node("Flatten", ["p"], ["f"]),
                 h.make_node("Softmax", ["f"], ["y"], axis=1)]
        m = model(nodes, [value("x", [2, 3, 4, 4])], [value("y", [2, 12])], opset=opset)
        pooled = np.maximum(x, 0).reshape(2, 3, 2, 2, 2, 2).max((3, 5)).reshape(2, 12)
        b.same(m, {"x": x}, want=[np.stack([softmax(row) for row in pooled])])


# What became inputs, and changed defaults: the same net as each version of the standard has it.
@check
def attributes_that_became_inputs(b):
    x = f32(2, 3, 4)
    ints = lambda name, *v: tensor(name, np.array(v, np.int64))
    for opset in (1, 7, 9, 10, 11, 13, 18, 26):
        init = []
        if opset < 10:
            nodes = [h.make_node("Slice", ["x"], ["s"], starts=[1], ends=[3], axes=[1])]
        else:
            nodes, init = [h.make_node("Slice", ["x", "b", "e", "a"], ["s"])], [ints("b", 1), ints("e", 3), ints("a", 1)]
        if opset < 13:
            nodes += [h.make_node("Unsqueeze", ["s"], ["u"], axes=[0]), h.make_node("ReduceSum", ["u"], ["r"], axes=[2], keepdims=0)]
        else:
            nodes += [h.make_node("Unsqueeze", ["s", "ua"], ["u"]), h.make_node("ReduceSum", ["u", "ra"], ["r"], keepdims=0)]
            init += [ints("ua", 0), ints("ra", 2)]
        if opset < 11:
            nodes.append(h.make_node("Clip", ["r"], ["c"], min=-1.0, max=1.5))
        else:
            nodes.append(h.make_node("Clip", ["r", "lo", "hi"], ["c"]))
            init += [tensor("lo", np.float32(-1)), tensor("hi", np.float32(1.5))]
        if opset < 18:
            nodes.append(h.make_node("ReduceMean", ["c"], ["y"], axes=[2], keepdims=1))
        else:
            nodes.append(h.make_node("ReduceMean", ["c", "ma"], ["y"], keepdims=1))
            init.append(ints("ma", 2))
        m = model(nodes, [value("x", [2, 3, 4])], [value("y", [1, 2, 1])], init, opset=opset)
        b.same(m, {"x": x}, want=[np.clip(x[:, 1:3].sum(1), -1, 1.5)[None].mean(2, keepdims=True)])


# The standard's reference takes NaN for padding: it is no maximum. The C must say the same as the evaluator.
@check
def max_pool_takes_no_nan(b):
    x = f32(1, 5, 6, 8)
    x.reshape(-1)[::7] = np.nan
    with np.errstate(all="ignore"):
        window = np.where(np.isnan(x), -np.inf, x)
    for nodes, shape, want in [
            ([h.make_node("MaxPool", ["x"], ["y"], kernel_shape=[2, 2], strides=[2, 2])], [1, 5, 3, 4], window.reshape(1, 5, 3, 2, 4, 2).max((3, 5))),
            ([h.make_node("GlobalMaxPool", ["x"], ["y"])], [1, 5, 1, 1], window.max((2, 3), keepdims=True)),
            ([h.make_node("MaxPool", ["x"], ["y"], kernel_shape=[1, 2], strides=[1, 2], dilations=[1, 4])], [1, 5, 6, 2], np.maximum(window[..., :3:2], window[..., 4:7:2]))]:
        m = model(nodes, [value("x", [1, 5, 6, 8])], [value("y", shape)])
        b.same(m, {"x": x}, want=[want])
        r = b.cnn(b.path(m), "-o", b.folder / "n.c", "--verify", f"--input={b.folder}/in.npz")
        assert r.returncode == 0, r.stdout[-300:] + r.stderr[-300:]


@check
def integers_beyond_2_53_are_not_evaluated(b):
    m = model([h.make_node("Mul", ["x", "a"], ["c"]), h.make_node("Mod", ["c", "m"], ["y"])], [value("x", [1], T.INT64)], [value("y", [1], T.INT64)],
              [tensor("a", np.array([2 ** 55 + 1])), tensor("m", np.array([1000]))])
    np.savez(b.folder / "in.npz", x=np.array([3]))
    r = b.cnn(b.path(m), "--eval", b.folder / "in.npz", "-o", b.folder / "out.npz")
    assert r.returncode == 1 and "2^53" in r.stderr, r.stderr


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--cnnc", default="build/cnnc")
    p.add_argument("words", nargs="*")
    a = p.parse_args()
    good = bad = 0
    for f in CHECKS:
        if a.words and not any(w in f.__name__ for w in a.words):
            continue
        with tempfile.TemporaryDirectory() as folder:
            try:
                f(Bench(os.path.abspath(a.cnnc), folder))
                good += 1
            except Exception as e:
                bad += 1
                print(f"FAIL {f.__name__}: {type(e).__name__}: {str(e).strip()[:700]}")
    print(f"{good} passed, {bad} failed")
    return bad > 0


if __name__ == "__main__":
    sys.exit(main())
