"""large.py - a model of 100 MB: cnnc's time and memory.

    large.py [--cnnc PATH]

Two networks of bottlenecks, with much and with little of their weights in 3x3 windows. Compiling must not take more than three times the
file's bytes of memory; the times are printed (a loaded machine proves nothing). Last line: N passed, N failed.
"""
import argparse
import os
import pathlib
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]


def write_model(path, wide, narrow, blocks):
    """Bottlenecks: `wide` channels to `narrow`, a 3x3 window on these, and back."""
    import numpy as np
    from onnx import TensorProto, helper, numpy_helper
    rng = np.random.default_rng(5)
    nodes, init, x = [], [], 'x'
    for i in range(blocks):
        for k, (c, m, kernel) in enumerate([(wide, narrow, 1), (narrow, narrow, 3), (narrow, wide, 1)]):
            w = rng.standard_normal((m, c, kernel, kernel), dtype=np.float32) / np.float32(kernel * c ** 0.5)
            init.append(numpy_helper.from_array(w, f'w{i}_{k}'))
            nodes += [helper.make_node('Conv', [x, f'w{i}_{k}'], [f'c{i}_{k}'], pads=[kernel // 2] * 4), helper.make_node('Relu', [f'c{i}_{k}'], [f'y{i}_{k}'])]
            x = f'y{i}_{k}'
    shape = [1, wide, 14, 14]
    graph = helper.make_graph(nodes, 'g', [helper.make_tensor_value_info('x', TensorProto.FLOAT, shape)],
                              [helper.make_tensor_value_info(x, TensorProto.FLOAT, shape)], init)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid('', 17)], ir_version=8)
    pathlib.Path(path).write_bytes(model.SerializeToString())


def run(command):
    """Exit code, seconds and most bytes of memory of a child."""
    before = time.monotonic()
    child = os.posix_spawn(command[0], command, os.environ)
    _, status, usage = os.wait4(child, 0)
    return os.waitstatus_to_exitcode(status), time.monotonic() - before, usage.ru_maxrss * 1024


def main():
    p = argparse.ArgumentParser()
    p.add_argument('--cnnc', default=str(ROOT / 'build/cnnc'))
    p.add_argument('--make', nargs=4, help='PATH WIDE NARROW BLOCKS: writes a model, in a process of its own so that this one stays small')
    a = p.parse_args()
    if a.make:
        write_model(a.make[0], *map(int, a.make[1:]))
        return 0
    passed = failed = 0
    with tempfile.TemporaryDirectory() as folder:
        path = f'{folder}/net.onnx'
        for name, shape in [('narrow', (1024, 256, 23)), ('very narrow', (2048, 128, 39))]:
            subprocess.run([sys.executable, __file__, '--make', path, *map(str, shape)], check=True)
            size = os.path.getsize(path)
            code, read, _ = run([a.cnnc, path, '--check', '-q'])
            code, seconds, memory = run([a.cnnc, path, '-q', '-o', f'{folder}/net.c'])
            good = code == 0 and memory < 3 * size
            passed, failed = passed + good, failed + (not good)
            print(f'{"ok" if good else "FAIL"} {name}: {size / 1e6:.0f} MB read in {read:.2f} s, compiled in {seconds:.2f} s, {memory / size:.2f} times its bytes of memory')
    print(f'{passed} passed, {failed} failed')
    return failed > 0


if __name__ == '__main__':
    sys.exit(main())
