"""runtime_operators.py - ONNX Runtime's own operators (com.microsoft), which its optimizer and quantizer write into files, against ONNX Runtime.

    runtime_operators.py [WORD...]

Each case is one node on seeded inputs. Integer results must be equal; real ones may differ by 1e-4 of their value and 1e-5.
Last line: N passed, N failed.
"""
import ctypes
import json
import pathlib
import subprocess
import sys
import tempfile

import numpy as np
import onnxruntime
from onnx import helper, numpy_helper

ROOT = pathlib.Path(__file__).resolve().parents[2]
STRICT = ('-std=c99 -O1 -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Wundef -Wdouble-promotion -Wcast-qual -Wmissing-prototypes '
          '-Werror -shared -fPIC').split()
rng = np.random.default_rng(7)
CASES = {}


def f(*shape):
    return rng.normal(0, 1, shape).astype(np.float32)


def q(dtype, *shape):
    low = 0 if dtype == np.uint8 else -128
    return rng.integers(low, low + 256, shape).astype(dtype)


def s(value):
    return np.float32(value)


def add(name, op, inputs, outputs=1, domain='com.microsoft', free=('x',), **attributes):
    """inputs: name -> array, or None for an absent one; `free` are inputs of the model, the others constants."""
    CASES[name] = (op, inputs, outputs, domain, set(free), attributes)


def quantized(dtype):
    t = dtype.__name__
    z = lambda value: dtype(value if dtype == np.uint8 else value - 128)
    for i, (a, b, c) in enumerate([(.05, .05, .07), (.05, .03, .1), (.02, .01, .04)]):
        pair = {'a': q(dtype, 2, 3, 500), 'sa': s(a), 'za': z(128), 'b': q(dtype, 2, 3, 500), 'sb': s(b), 'zb': z(120), 'sc': s(c), 'zc': z(127)}
        add(f'add_{t}_{i}', 'QLinearAdd', pair, free='ab')
        add(f'mul_{t}_{i}', 'QLinearMul', {**pair, 'a': q(dtype, 2, 3, 500), 'b': q(dtype, 2, 3, 500)}, free='ab')
    row = {'a': q(dtype, 2, 7, 33), 'sa': s(.05), 'za': z(128), 'b': q(dtype, 33), 'sb': s(.03), 'zb': z(120), 'sc': s(.1), 'zc': z(127)}
    add(f'add_row_{t}', 'QLinearAdd', row, free='ab')
    add(f'mul_row_{t}', 'QLinearMul', row, free='ab')
    one = {'x': q(dtype, 3, 111), 'sx': s(.05), 'zx': z(117)}
    add(f'sigmoid_{t}', 'QLinearSigmoid', {**one, 'sy': s(1 / 256), 'zy': z(0)})
    add(f'leaky_{t}', 'QLinearLeakyRelu', {**one, 'sy': s(.03), 'zy': z(100)}, alpha=.2)
    picture = {'x': q(dtype, 1, 5, 9, 8), 'sx': s(.05), 'zx': z(128), 'sy': s(.03), 'zy': z(127)}
    add(f'average_pool_{t}', 'QLinearAveragePool', picture, kernel_shape=[3, 3], pads=[1, 1, 1, 1])
    add(f'average_pool_strided_{t}', 'QLinearAveragePool', picture, kernel_shape=[2, 3], strides=[2, 2], auto_pad='SAME_UPPER')
    add(f'average_pool_nhwc_{t}', 'QLinearAveragePool', picture, kernel_shape=[3, 2], channels_last=1)
    wide = {'x': q(dtype, 2, 40, 8, 8), 'sx': s(.05), 'zx': z(128), 'sy': s(.01), 'zy': z(127)}
    add(f'global_pool_{t}', 'QLinearGlobalAveragePool', wide, channels_last=0)
    add(f'global_pool_nhwc_{t}', 'QLinearGlobalAveragePool', {**wide, 'x': q(dtype, 2, 8, 8, 40)}, channels_last=1)
    parts = {'sy': s(.04), 'zy': z(119), 'a': q(dtype, 1, 3, 5, 6), 'sa': s(.04), 'za': z(119), 'b': q(dtype, 1, 2, 5, 6), 'sb': s(.03), 'zb': z(9)}
    add(f'concat_{t}', 'QLinearConcat', parts, free='ab', axis=1)
    choice = {'c': rng.integers(0, 2, (4, 1)).astype(bool), 'a': q(dtype, 4, 9), 'sa': s(.04), 'za': z(119), 'b': q(dtype, 4, 9), 'sb': s(.03), 'zb': z(9),
              'sy': s(.05), 'zy': z(99)}
    add(f'where_{t}', 'QLinearWhere', choice, free='cab')
    add(f'max_pool_nhwc_{t}', 'NhwcMaxPool', {'x': q(dtype, 1, 9, 8, 5)}, kernel_shape=[3, 3], strides=[2, 2], pads=[1, 1, 1, 1])
    gemm = {'a': q(dtype, 5, 17), 'sa': s(.05), 'za': z(128), 'b': q(dtype, 17, 9), 'sb': s(.02), 'zb': z(128), 'c': rng.integers(-500, 500, 9).astype(np.int32),
            'sy': s(.1), 'zy': z(120)}
    add(f'gemm_{t}', 'QGemm', gemm, free='a')


def real():
    x, w, b = f(1, 3, 7, 8), f(6, 3, 3, 3), f(6)
    for activation, more in [('Relu', {}), ('Tanh', {}), ('Sigmoid', {}), ('LeakyRelu', {'activation_params': [.2]}), ('Clip', {'activation_params': [-.5, 1.5]}),
                             ('HardSigmoid', {'activation_params': [.3, .4]})]:
        add(f'conv_{activation}', 'FusedConv', {'x': x, 'w': w, 'b': b}, activation=activation, pads=[1, 1, 1, 1], **more)
    add('conv_sum', 'FusedConv', {'x': x, 'w': w, 'b': b, 'z': f(1, 6, 5, 6)}, free='xz', activation='Relu')
    add('gemm', 'FusedGemm', {'x': f(4, 7), 'w': f(9, 7), 'c': f(9)}, transB=1, alpha=.5, beta=2., activation='LeakyRelu', activation_alpha=.1)
    add('matmul', 'FusedMatMul', {'x': f(2, 7, 4), 'w': f(2, 9, 7)}, free='xw', transA=1, transB=1, alpha=.25)
    add('matmul_batch', 'FusedMatMul', {'x': f(5, 2, 3, 7), 'w': f(2, 3, 7, 4)}, free='xw', transBatchA=1)
    add('gelu', 'Gelu', {'x': f(3, 17)})
    add('bias_gelu', 'BiasGelu', {'x': f(2, 3, 17), 'b': f(17)})
    add('fast_gelu', 'FastGelu', {'x': f(2, 3, 17), 'b': f(17)})
    add('fast_gelu_plain', 'FastGelu', {'x': f(2, 3, 17)})
    add('quick_gelu', 'QuickGelu', {'x': f(3, 17)})
    add('quick_gelu_alpha', 'QuickGelu', {'x': f(3, 17)}, alpha=1.1)
    x = {'x': f(2, 5, 16), 'skip': f(2, 5, 16), 'gamma': f(16)}
    add('skip_norm', 'SkipLayerNormalization', {**x, 'beta': f(16)}, free=('x', 'skip'), epsilon=1e-5)
    add('skip_norm_bias', 'SkipLayerNormalization', {**x, 'beta': f(16), 'bias': f(16)}, [0, 3], free=('x', 'skip'))
    add('skip_rms', 'SkipSimplifiedLayerNormalization', x, free=('x', 'skip'), epsilon=1e-6)
    add('skip_rms_sum', 'SkipSimplifiedLayerNormalization', {**x, 'bias': f(16)}, [0, 3], free=('x', 'skip'), epsilon=1e-6)
    add('rms', 'SimplifiedLayerNormalization', {'x': f(2, 5, 16), 'gamma': f(16)}, domain='', epsilon=1e-6, axis=-1)
    angles = {'ids': np.array([2], np.int64), 'cos': f(12, 4), 'sin': f(12, 4)}
    add('rotary', 'RotaryEmbedding', {'x': f(2, 3, 5, 8), **angles})
    add('rotary_positions', 'RotaryEmbedding', {'x': f(2, 5, 24), **angles, 'ids': rng.integers(0, 12, (2, 5))}, interleaved=1)


def model_of(op, inputs, outputs, domain, free, attributes):
    wanted = [0] if outputs == 1 else outputs
    names = [f'y{i}' if i in wanted else '' for i in range(max(wanted) + 1)]
    given = {k: np.asarray(v) for k, v in inputs.items()}
    graph = helper.make_graph(
        [helper.make_node(op, list(inputs), names, domain=domain, **attributes)], 'g',
        [helper.make_tensor_value_info(k, helper.np_dtype_to_tensor_dtype(v.dtype), v.shape) for k, v in given.items() if k in free],
        [helper.make_empty_tensor_value_info(n) for n in names if n],
        [numpy_helper.from_array(v, k) for k, v in given.items() if k not in free])
    return helper.make_model(graph, opset_imports=[helper.make_opsetid('', 17), helper.make_opsetid('com.microsoft', 1)], ir_version=8)


def judge(op, inputs, outputs, domain, free, attributes):
    model = model_of(op, inputs, outputs, domain, free, attributes).SerializeToString()
    feeds = {k: np.ascontiguousarray(v) for k, v in inputs.items() if k in free}
    options = onnxruntime.SessionOptions()
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
    want = onnxruntime.InferenceSession(model, options, providers=['CPUExecutionProvider']).run(None, feeds)
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        (folder / 'net.onnx').write_bytes(model)
        done = subprocess.run([ROOT / 'build/cnnc', folder / 'net.onnx', '-o', folder / 'net.c', f'--report={folder}/net.json'],
                              capture_output=True, text=True, timeout=60)
        if done.returncode:
            return done.stderr.strip()[-300:]
        done = subprocess.run(['gcc', *STRICT, '-o', folder / 'net.so', folder / 'net.c', '-lm'], capture_output=True, text=True)
        if done.returncode:
            return done.stderr.strip()[:300]
        function = getattr(ctypes.CDLL(str(folder / 'net.so')), json.loads((folder / 'net.json').read_text())['function'])
        got = [np.zeros_like(w) for w in want]
        function(*(a.ctypes.data_as(ctypes.c_void_p) for a in [*feeds.values(), *got]))
    for g, w in zip(got, want):
        bad = ~np.isclose(g, w, rtol=1e-4, atol=1e-5) if w.dtype.kind == 'f' else g != w
        if bad.any():
            k = int(np.argmax(bad.ravel()))
            return f'{int(bad.sum())} of {w.size} wrong; [{k}] is {g.ravel()[k]}, should be {w.ravel()[k]}'
    return None


def main():
    quantized(np.uint8)
    quantized(np.int8)
    real()
    passed = failed = 0
    for name, case in CASES.items():
        if sys.argv[1:] and not any(word in name for word in sys.argv[1:]):
            continue
        wrong = judge(*case)
        passed, failed = passed + (wrong is None), failed + (wrong is not None)
        if wrong:
            print(f'FAIL {name} ({case[0]}): {wrong}')
    print(f'{passed} passed, {failed} failed')
    return failed > 0 or not passed


if __name__ == '__main__':
    sys.exit(main())
