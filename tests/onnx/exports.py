"""exports.py - cases made on the spot: torch_nets.py through both exporters of torch, and model files; the judge is onnxruntime."""
import logging, os, pathlib, shutil, warnings

import numpy as np
import onnx
import onnxruntime

import cases


def session(data):
    o = onnxruntime.SessionOptions()
    o.log_severity_level = 4
    o.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_BASIC
    return onnxruntime.InferenceSession(data, o, providers=["CPUExecutionProvider"])


KINDS = {"tensor(float)": np.float32, "tensor(double)": np.float64, "tensor(int64)": np.int64, "tensor(int32)": np.int32, "tensor(uint8)": np.uint8,
         "tensor(int8)": np.int8, "tensor(float16)": np.float16}


def random_input(i, rng):
    shape = [d if isinstance(d, int) and d > 0 else 1 for d in i.shape]
    kind = KINDS[i.type]
    if np.issubdtype(kind, np.floating):
        return rng.standard_normal(shape).astype(kind)
    return rng.integers(np.iinfo(kind).min if np.dtype(kind).itemsize == 1 else 0, 100, shape).astype(kind)


def write(folder, data, feeds=None):
    s = session(data)
    rng = np.random.default_rng(5)
    feeds = feeds or {i.name: random_input(i, rng) for i in s.get_inputs()}
    outputs = s.run(None, feeds)
    inputs = [onnx.numpy_helper.from_array(feeds[i.name], i.name) for i in s.get_inputs()]
    shutil.rmtree(folder, ignore_errors=True)
    cases.write_case(folder, data, inputs, [onnx.numpy_helper.from_array(np.asarray(v), o.name) for v, o in zip(outputs, s.get_outputs())])


def export(name, dynamo, path):
    import torch
    import torch_nets
    make, shape = torch_nets.NETS[name]
    torch.manual_seed(7)
    net = make().eval()
    for b in net.modules():             # batch norms as if trained
        if isinstance(b, torch.nn.modules.batchnorm._BatchNorm):
            torch.nn.init.uniform_(b.running_mean, -0.5, 0.5)
            torch.nn.init.uniform_(b.running_var, 0.5, 1.5)
    x = torch.randn(*shape)
    with torch.no_grad():
        if dynamo:
            torch.onnx.export(net, (x,), path, dynamo=True, external_data=False, verbose=False)
        else:
            torch.onnx.export(net, (x,), path, dynamo=False, opset_version=20)


def torch_cases(to, dynamo):
    """Exports what is not there yet. A net that the exporter itself refuses is left out, and said."""
    import torch_nets
    warnings.simplefilter("ignore")
    logging.disable(logging.WARNING)
    to.mkdir(parents=True, exist_ok=True)
    for name in torch_nets.NETS:
        if (to / name).exists() or (to / f"{name}.refused").exists():
            continue
        path = to / "export.onnx"
        try:
            export(name, dynamo, str(path))
            write(to / name, path.read_bytes())
        except Exception as e:
            shutil.rmtree(to / name, ignore_errors=True)
            (to / f"{name}.refused").write_text(str(e)[:300])
            print(f"not exported: {name} ({'dynamo' if dynamo else 'torchscript'}): {str(e).splitlines()[0][:150]}")
        path.unlink(missing_ok=True)


def real_feed(path, s):
    """The first real input beside a model, where its size fits."""
    for folder in sorted((path.parent / "real").glob("*")) if (path.parent / "real").exists() else []:
        file, i = folder / "in_0.bin", s.get_inputs()[0]
        if len(s.get_inputs()) != 1 or not file.exists():
            continue
        shape = [d if isinstance(d, int) and d > 0 else 1 for d in i.shape]
        if file.stat().st_size == int(np.prod(shape)) * np.dtype(KINDS[i.type]).itemsize:
            return {i.name: np.fromfile(file, dtype=KINDS[i.type]).reshape(shape)}
    return None


def model_cases(to, models):
    for path in sorted(pathlib.Path(models).rglob("*.onnx")):
        folder = to / f"{path.parent.name}-{path.stem}"
        if folder.exists():
            continue
        data = path.read_bytes()
        try:
            s = session(data)
        except Exception as e:
            print(f"not judged: {path.name}: {str(e)[-150:]}")
            continue
        write(folder, data, real_feed(path, s))


def regression_cases(to):
    import regressions
    for name, make in regressions.CASES.items():
        if not (to / name).exists():
            model, feeds = make()
            write(to / name, model.SerializeToString(), feeds)
