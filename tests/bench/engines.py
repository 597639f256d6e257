"""engines.py - the engines that the generated C is compared with: one thread, float32, all their optimisations.

Each class takes a Model (paths and a seeded input) and offers run(), which computes once, and output(), the last result as an array.
The input lies in the engine's own tensor before the clock starts; what is timed is the call that computes.
"""
import contextlib
import os
import pathlib
import subprocess
import sys

import numpy as np


@contextlib.contextmanager
def silence():
    """Engines print to the process's own standard output; it leads nowhere meanwhile."""
    sys.stdout.flush()
    kept, nowhere = os.dup(1), os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    try:
        yield
    finally:
        os.dup2(kept, 1)
        os.close(kept)
        os.close(nowhere)


class Unfit(Exception):
    """The engine cannot run this model."""


class OnnxRuntime:
    name = 'ORT'

    def __init__(self, model):
        import onnxruntime
        if not model.onnx:
            raise Unfit
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 3
        self.session = onnxruntime.InferenceSession(str(model.onnx), options, providers=['CPUExecutionProvider'])
        self.binding = self.session.io_binding()
        for i in self.session.get_inputs():
            self.binding.bind_ortvalue_input(i.name, onnxruntime.OrtValue.ortvalue_from_numpy(model.channels_first))
        for o in self.session.get_outputs():
            self.binding.bind_output(o.name)
        self.run = lambda: self.session.run_with_iobinding(self.binding)

    def output(self):
        return self.binding.copy_outputs_to_cpu()[0]


class OpenVino:
    name = 'OpenVINO'

    def __init__(self, model):
        import openvino
        if not model.onnx:
            raise Unfit
        core = openvino.Core()
        options = {'INFERENCE_NUM_THREADS': 1, 'NUM_STREAMS': 1, 'PERFORMANCE_HINT': 'LATENCY', 'INFERENCE_PRECISION_HINT': 'f32',
                   'ENABLE_CPU_PINNING': False}
        network = core.read_model(str(model.onnx))
        network.reshape(list(model.channels_first.shape))
        self.request = core.compile_model(network, 'CPU', options).create_infer_request()
        self.request.set_input_tensor(openvino.Tensor(model.channels_first))
        self.run = lambda: self.request.infer(None, share_outputs=True)

    def output(self):
        return np.array(self.request.get_output_tensor(0).data)


class Mnn:
    name = 'MNN'

    def __init__(self, model):
        import MNN
        if not model.onnx:
            raise Unfit
        path = model.folder / 'net.mnn'
        tool = pathlib.Path(sys.executable).with_name('mnnconvert')
        done = subprocess.run([tool, '-f', 'ONNX', '--modelFile', model.onnx, '--MNNModel', path, '--bizCode', 'bench'],
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        if done.returncode or not path.exists():
            raise Unfit
        self.net = MNN.Interpreter(str(path))
        self.session = self.net.createSession({'backend': 'CPU', 'numThread': 1, 'precision': 'high'})
        into = self.net.getSessionInput(self.session)
        shape = model.channels_first.shape
        self.net.resizeTensor(into, shape)
        self.net.resizeSession(self.session)
        kind = MNN.Tensor_DimensionType_Caffe
        into.copyFrom(MNN.Tensor(shape, MNN.Halide_Type_Float, model.channels_first, kind))
        self.make = lambda t: MNN.Tensor(t.getShape(), MNN.Halide_Type_Float, np.zeros(t.getShape(), 'f4'), kind)
        self.run = lambda: self.net.runSession(self.session)

    def output(self):
        t = self.net.getSessionOutput(self.session)
        to = self.make(t)
        t.copyToHostTensor(to)
        return np.array(to.getNumpyData())


class LiteRt:
    name = 'LiteRT'

    def __init__(self, model):
        if not model.tflite:
            raise Unfit
        from ai_edge_litert.interpreter import Interpreter
        self.net = Interpreter(str(model.tflite), num_threads=1)
        self.net.allocate_tensors()
        into = self.net.get_input_details()[0]
        if into['dtype'] != np.float32:
            raise Unfit
        self.net.set_tensor(into['index'], model.channels_last.reshape(into['shape']))
        self.run = self.net.invoke

    def output(self):
        return self.net.get_tensor(self.net.get_output_details()[0]['index'])


ENGINES = [OnnxRuntime, OpenVino, Mnn, LiteRt]


def quiet_start(cpu):
    """Pins this process to one core and keeps the engines from starting threads; before any engine is imported."""
    os.sched_setaffinity(0, {cpu})
    for variable in ('OMP_NUM_THREADS', 'OPENBLAS_NUM_THREADS', 'MKL_NUM_THREADS'):
        os.environ[variable] = '1'
    os.environ['TF_CPP_MIN_LOG_LEVEL'] = '3'
