"""cases.py - ONNX' official tests as files: model.onnx, arrays as .npy, made once from the pinned onnx package.

A case is a folder build/onnx/CLASS/NAME with model.onnx, input_I.npy, output_I.npy and case.json. bfloat16, which NumPy does
not have, is kept as its bits (uint16).
"""
import json, os, pathlib, shutil, sys, warnings

import numpy as np
import onnx
from onnx import TensorProto, numpy_helper

HERE = pathlib.Path(__file__).resolve().parent
VERSION = f"{onnx.__version__} 4"
TYPES = {1: "float32", 2: "uint8", 3: "int8", 4: "uint16", 5: "int16", 6: "int32", 7: "int64", 9: "bool", 10: "float16", 11: "float64",
         12: "uint32", 13: "uint64", 16: "bfloat16"}
PACKAGED = {"pytorch-converted": "pytorch-converted", "pytorch-operator": "pytorch-operator", "simple": "simple"}


def classes():
    """test -> (class, flags)"""
    rows = [line.rstrip("\n").split("\t") for line in open(HERE / "classes.tsv")][1:]
    return {r[0]: (r[1], r[2]) for r in rows}


def raw(tensor):
    """A TensorProto of a type cnnc knows as an array; None for others."""
    name = TYPES.get(tensor.data_type)
    if name is None:
        return None, None
    array = numpy_helper.to_array(tensor)
    if name == "bfloat16":
        array = array.view(np.uint16)
    return name, array


def as_tensor(value, info):
    if isinstance(value, TensorProto) or not info.type.HasField("tensor_type"):
        return value if isinstance(value, TensorProto) else None
    return numpy_helper.from_array(np.asarray(value), info.name)


def write_case(folder, model, inputs, outputs):
    """inputs, outputs: lists of TensorProto, None where there is no tensor."""
    folder.mkdir(parents=True)
    (folder / "model.onnx").write_bytes(model)
    case = {"inputs": [], "outputs": []}
    parsed = onnx.load_model_from_string(model)
    given = {t.name for t in parsed.graph.initializer}
    infos = {"inputs": [i for i in parsed.graph.input if i.name not in given or len(inputs) == len(parsed.graph.input)],
             "outputs": list(parsed.graph.output)}
    for what, tensors in (("inputs", inputs), ("outputs", outputs)):
        for i, t in enumerate(tensors):
            name = infos[what][i].name if i < len(infos[what]) else f"{what}_{i}"
            kind, array = raw(t) if t is not None else (None, None)
            if kind is None:
                case[what].append({"name": name, "type": None})
                continue
            np.save(folder / f"{what[:-1]}_{i}.npy", array, allow_pickle=False)
            case[what].append({"name": name, "type": kind, "shape": list(array.shape)})
    (folder / "case.json").write_text(json.dumps(case))


def node_cases(to):
    import onnx.backend.test.case.node as node
    of = classes()
    for case in node.collect_testcases(None):
        inputs, outputs = case.data_sets[0]
        graph = case.model.graph
        write_case(to / of.get(case.name, ("out", ""))[0] / case.name, case.model.SerializeToString(),
                   [as_tensor(v, graph.input[i]) for i, v in enumerate(inputs)],
                   [as_tensor(v, graph.output[i]) for i, v in enumerate(outputs)])


def read_proto(path):
    t = TensorProto()
    try:
        t.ParseFromString(path.read_bytes())
    except Exception:                   # a sequence or an optional value
        return None
    return t


def packaged_cases(to):
    data = pathlib.Path(onnx.__file__).parent / "backend/test/data"
    for folder in PACKAGED:
        for case in sorted((data / folder).iterdir()):
            sets = case / "test_data_set_0"
            if not (case / "model.onnx").exists() or not sets.exists():
                continue
            count = lambda what: len(list(sets.glob(f"{what}_*.pb")))
            write_case(to / PACKAGED[folder] / case.name, (case / "model.onnx").read_bytes(),
                       [read_proto(sets / f"input_{i}.pb") for i in range(count("input"))],
                       [read_proto(sets / f"output_{i}.pb") for i in range(count("output"))])


def light_cases(to):
    """Whole topologies whose weights are made at random by the files themselves; the judge is onnxruntime."""
    import onnxruntime
    data = pathlib.Path(onnx.__file__).parent / "backend/test/data/light"
    for path in sorted(data.glob("*.onnx")):
        model = onnx.load(path)
        given = {t.name for t in model.graph.initializer}
        rng = np.random.default_rng(1)
        free = [i for i in model.graph.input if i.name not in given]
        feeds = {i.name: rng.random([d.dim_value or 1 for d in i.type.tensor_type.shape.dim], dtype=np.float32) for i in free}
        options = onnxruntime.SessionOptions()
        options.log_severity_level = 4
        session = onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
        outputs = session.run(None, feeds)
        write_case(to / "light" / path.stem, path.read_bytes(), [numpy_helper.from_array(feeds[i.name], i.name) for i in free],
                   [numpy_helper.from_array(np.asarray(v), o.name) for v, o in zip(outputs, model.graph.output)])


def make(to, light=False):
    """Makes the cases below `to` unless those of this version are there."""
    to = pathlib.Path(to)
    stamp = to / "stamp"
    warnings.simplefilter("ignore")
    if not stamp.exists() or stamp.read_text() != VERSION:
        for group in ["core", "core_expanded", "static", "out", *PACKAGED]:
            shutil.rmtree(to / group, ignore_errors=True)
        node_cases(to)
        packaged_cases(to)
        stamp.write_text(VERSION)
    if light and not (to / "light").exists():
        light_cases(to)


if __name__ == "__main__":
    make(sys.argv[1], light=True)
