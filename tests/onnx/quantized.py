"""quantized.py - quantized graphs against ONNX Runtime: pairs of QuantizeLinear and DequantizeLinear around seeded small nets.

    quantized.py [WORD...]

Each net is compiled by cnnc and run by ONNX Runtime on seeded inputs; the C, cnnc --eval and ONNX Runtime must give the same integers, also
where a value lies between two of them: scales like 0.01 make many such values.
Last line: N passed, N failed.
"""
import ctypes
import json
import pathlib
import subprocess
import sys
import tempfile

import numpy as np
import onnx
import onnxruntime
from onnx import TensorProto, helper, numpy_helper

ROOT = pathlib.Path(__file__).resolve().parents[2]


class Net:
    """A graph in which every value passes through a pair; `type` is that of the activations."""

    def __init__(self, seed, dtype, per_channel):
        self.rng = np.random.default_rng(seed)
        self.dtype, self.per_channel = dtype, per_channel
        self.nodes, self.constants, self.count = [], [], 0
        self.decimal = False

    def name(self, what):
        self.count += 1
        return f'{what}_{self.count}'

    def constant(self, array, what='c'):
        name = self.name(what)
        self.constants.append(numpy_helper.from_array(np.asarray(array), name))
        return name

    def node(self, op, inputs, **attributes):
        out = self.name(op)
        self.nodes.append(helper.make_node(op, inputs, [out], name=out, **attributes))
        return out

    def pair(self, x, scale=0.05, zero=None):
        zero = (128 if self.dtype == np.uint8 else 3) if zero is None else zero
        s, z = self.constant(np.float32(scale)), self.constant(self.dtype(zero))
        self.last = scale
        return self.node('DequantizeLinear', [self.node('QuantizeLinear', [x, s, z]), s, z])

    def weights(self, shape, axis):
        q = self.rng.integers(-127, 128, shape).astype(np.int8)
        n = shape[axis] if self.per_channel else 1
        scale = np.full(n, 0.01, np.float32) if self.decimal else (self.rng.random(n) * 0.004 + 0.002).astype(np.float32)
        args = [self.constant(q), self.constant(scale if self.per_channel else scale[0]), self.constant(np.zeros(n, np.int8) if self.per_channel else np.int8(0))]
        return self.node('DequantizeLinear', args, **({'axis': axis} if self.per_channel else {})), scale

    def bias(self, n, scale, input_scale=0.05):
        s = (scale * np.float32(input_scale)).astype(np.float32)
        args = [self.constant(self.rng.integers(-2000, 2000, n).astype(np.int32)), self.constant(s if self.per_channel else s[0])]
        args.append(self.constant(np.zeros(len(s), np.int32) if self.per_channel else np.int32(0)))
        return self.node('DequantizeLinear', args, **({'axis': 0} if self.per_channel else {}))

    def conv(self, x, channels, filters, kernel, relu=False, groups=1, scale=0.05, **attributes):
        w, s = self.weights((filters, channels // groups, *kernel), 0)
        y = self.node('Conv', [x, w, self.bias(filters, s)], group=groups, **attributes)
        return self.pair(self.node('Relu', [y]) if relu else y, scale)

    def dense(self, x, inputs, units, scale=0.05):
        w, s = self.weights((inputs, units), 1)
        return self.pair(self.node('Gemm', [x, w, self.bias(units, s)]), scale)


def plain_conv(n):
    return n.conv(n.pair('x'), 3, 19, (3, 3), pads=[1, 1, 1, 1])


def relu_conv(n):
    x = n.conv(n.pair('x'), 3, 16, (3, 3), relu=True, strides=[2, 2], pads=[1, 1, 0, 0])
    return n.conv(x, 16, 40, (1, 1), relu=True)


def depthwise(n):
    x = n.conv(n.pair('x'), 3, 24, (1, 1), relu=True)
    return n.conv(n.conv(x, 24, 24, (3, 3), groups=24, pads=[1, 1, 1, 1]), 24, 12, (3, 3), groups=4)


def between_integers(n):
    n.decimal = True
    return n.conv(n.conv(n.pair('x'), 3, 16, (1, 1)), 16, 16, (3, 3), groups=16, pads=[1, 1, 1, 1])


def pooled(n):
    x = n.conv(n.pair('x'), 3, 8, (3, 3), relu=True)
    x = n.pair(n.node('MaxPool', [x], kernel_shape=[2, 2], strides=[2, 2]))
    return n.pair(n.node('AveragePool', [x], kernel_shape=[3, 3], pads=[1, 1, 1, 1]), 0.03)


def residual(n):
    x = n.conv(n.pair('x'), 3, 8, (3, 3), pads=[1, 1, 1, 1])
    y = n.conv(x, 8, 8, (3, 3), pads=[1, 1, 1, 1])
    z = n.pair(n.node('Add', [x, y]), 0.07)
    return n.pair(n.node('Mul', [z, x]), 0.2)


def classifier(n):
    x = n.conv(n.pair('x'), 3, 16, (3, 3), relu=True)
    x = n.pair(n.node('GlobalAveragePool', [x]))
    x = n.pair(n.node('Flatten', [x]))
    return n.dense(n.dense(x, 16, 20), 20, 5, 0.1)


def flattened(n):
    x = n.conv(n.pair('x'), 3, 4, (3, 3), relu=True, strides=[3, 3])
    return n.dense(n.node('Flatten', [x]), 4 * 4 * 4, 9)


def activations(n):
    x = n.conv(n.pair('x'), 3, 6, (3, 3))
    x = n.pair(n.node('Sigmoid', [x]), 1 / 256, 0 if n.dtype == np.uint8 else -128)
    return n.pair(n.node('LeakyRelu', [x], alpha=0.2), 0.01)


# An operator that has no form on integers, behind a move of integers that was then made for nothing.
def softmax_behind_move(n):
    return n.pair(n.node('Softmax', [n.node('Flatten', [n.pair('x')])]), 1 / 256)


NETS = [between_integers, softmax_behind_move, plain_conv, relu_conv, depthwise, pooled, residual, classifier, flattened, activations]


def model_of(build, seed, dtype, per_channel):
    net = Net(seed, dtype, per_channel)
    out = build(net)
    graph = helper.make_graph(net.nodes, 'net', [helper.make_tensor_value_info('x', TensorProto.FLOAT, [1, 3, 12, 13])],
                              [helper.make_tensor_value_info(out, TensorProto.FLOAT, None)], net.constants)
    return helper.make_model(graph, opset_imports=[helper.make_opsetid('', 17)], ir_version=8), net.last


def run_cnnc(folder, path, x, sizes):
    report = folder / 'net.json'
    done = subprocess.run([ROOT / 'build/cnnc', path, '-o', folder / 'net.c', f'--report={report}'], capture_output=True, text=True, timeout=60)
    if done.returncode:
        raise RuntimeError(done.stderr.strip()[-300:])
    strict = '-std=c99 -O1 -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Wundef -Wdouble-promotion -Wcast-qual -Wmissing-prototypes -Werror -shared -fPIC'.split()
    done = subprocess.run(['gcc', *strict, '-o', folder / 'net.so', folder / 'net.c', '-lm'], capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(done.stderr.strip()[:300])
    function = getattr(ctypes.CDLL(str(folder / 'net.so')), json.loads(report.read_text())['function'])
    outs = [np.zeros(n, np.float32) for n in sizes]
    function(*(a.ctypes.data_as(ctypes.c_void_p) for a in [x, *outs]))
    return outs, (folder / 'net.c').read_text()


def evaluated(folder, x):
    np.savez(folder / 'in.npz', x=x)
    done = subprocess.run([ROOT / 'build/cnnc', folder / 'net.onnx', f'--eval={folder}/in.npz', '-o', folder / 'out.npz'], capture_output=True, text=True,
                          timeout=60)
    if done.returncode:
        raise RuntimeError(done.stderr.strip()[-300:])
    return next(iter(np.load(folder / 'out.npz').values())).ravel()


def judge(build, seed, dtype, per_channel):
    model, step = model_of(build, seed, dtype, per_channel)
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        onnx.save(model, folder / 'net.onnx')
        x = np.random.default_rng(seed).normal(0, 2, (1, 3, 12, 13)).astype(np.float32)
        want = onnxruntime.InferenceSession(folder / 'net.onnx', providers=['CPUExecutionProvider']).run(None, {'x': x})
        (got,), text = run_cnnc(folder, folder / 'net.onnx', x, [want[0].size])
        reference = evaluated(folder, x)
    if (np.abs(got - reference) / step > 0.01).any():
        return f'{(np.abs(got - reference) / step > 0.01).sum()} of {got.size} values are others than those of --eval'
    apart = np.abs(got - want[0].ravel()) / step
    if apart.max() > 0.01:
        return f'{(apart > 0.01).sum()} of {apart.size} values are others, at most {apart.max():.2f} steps apart'
    return None if '_conv' not in build.__name__ or 'IntegerConv2D' in text else 'does not compute on integers'


def main():
    passed = failed = 0
    for build in NETS:
        if sys.argv[1:] and not any(word in build.__name__ for word in sys.argv[1:]):
            continue
        for seed, (dtype, per_channel) in enumerate([(np.uint8, False), (np.int8, True), (np.int8, False), (np.uint8, True)]):
            try:
                wrong = judge(build, seed, dtype, per_channel)
            except (RuntimeError, subprocess.TimeoutExpired) as error:
                wrong = str(error)
            passed, failed = passed + (wrong is None), failed + (wrong is not None)
            if wrong:
                print(f'FAIL {build.__name__} {dtype.__name__}{" per channel" if per_channel else ""}: {wrong}')
    print(f'{passed} passed, {failed} failed')
    return failed > 0 or not passed


if __name__ == '__main__':
    sys.exit(main())
