"""bench.py - the generated C against engines on one thread, interleaved in one run.

    bench.py [--layers] [--rounds=N] [--seconds=S] [--cpu=N] [--models=DIR] [--from=text|onnx] [--cflags=...] [--keep=DIR] [WORD...]

WORDs choose the nets whose names contain one of them. Wrong numbers fail the run; slow ones are only printed.
"""
import argparse
import ctypes
import math
import os
import pathlib
import re
import shlex
import statistics
import subprocess
import sys
import tempfile
import time

import engines

HERE = pathlib.Path(__file__).resolve().parent
CNNC = HERE.parent.parent / 'build' / 'cnnc'


class Model:
    """Where a net's files lie and what it is fed with."""

    def __init__(self, name, folder):
        self.name, self.folder, self.macs, self.weighty = name, folder, 0, False
        self.onnx = self.tflite = self.text = self.weights = None
        self.channels_first = self.channels_last = None


class Failed(Exception):
    """Wrong numbers, or a compiler that gave up."""


def start_arguments():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument('--layers', action='store_true', help='single layers instead of nets')
    p.add_argument('--rounds', type=int, default=5)
    p.add_argument('--seconds', type=float, default=.2, help='of each contender in each round')
    p.add_argument('--cpu', type=int, default=max(os.sched_getaffinity(0)))
    p.add_argument('--models', type=pathlib.Path, help='a folder of .onnx files, with or without .tflite twins, to run as well')
    p.add_argument('--from', dest='source', choices=['text', 'onnx'], default='text', help='what cnnc reads')
    p.add_argument('--cnnc', type=pathlib.Path, default=CNNC)
    p.add_argument('--cc', default='gcc')
    p.add_argument('--cflags', default='-O2 -march=native')
    p.add_argument('--cnnc-flags', default='')
    p.add_argument('--engines', default='ORT,OpenVINO,MNN,LiteRT')
    p.add_argument('--keep', type=pathlib.Path, help='where to leave the files')
    p.add_argument('words', nargs='*')
    return p.parse_args()


# ---- models ----


def write_net(builder, folder):
    import numpy as np
    import onnx
    m = Model(builder.name, folder)
    m.macs, m.weighty = builder.macs, bool(builder.arrays)
    m.onnx, m.text, m.weights = folder / 'net.onnx', folder / 'net.cnn', folder / 'net.npz'
    onnx.save(builder.onnx, m.onnx)
    m.text.write_text('\n'.join(builder.text) + '\n')
    np.savez(m.weights, **builder.arrays)
    h, w, c = builder.input.shape
    m.channels_last = np.random.default_rng(1).random((1, h, w, c), dtype='f4')
    m.channels_first = np.ascontiguousarray(m.channels_last.transpose(0, 3, 1, 2))
    return m


def model_file(path, folder):
    """A model that came as a file, with its .tflite twin if there is one; dimensions that are not known are taken as 1."""
    import numpy as np
    import onnx
    m = Model(path.stem, folder)
    m.onnx, twin = path, path.with_suffix('.tflite')
    m.tflite = twin if twin.exists() else None
    graph = onnx.load(path).graph
    weights = {w.name for w in graph.initializer}
    value = next(i for i in graph.input if i.name not in weights)
    shape = [d.dim_value or 1 for d in value.type.tensor_type.shape.dim]
    m.channels_first = np.random.default_rng(1).random(shape, dtype='f4')
    m.channels_last = np.ascontiguousarray(m.channels_first.transpose(0, *range(2, len(shape)), 1))
    return m


def models(args, folder):
    import nets
    table = nets.LAYERS if args.layers else nets.NETS
    for name, build in table.items():
        if not args.words or any(w in name for w in args.words):
            (folder / name).mkdir(parents=True, exist_ok=True)
            yield write_net(build(), folder / name)
    if args.models:
        for path in sorted(args.models.rglob('*.onnx')):
            if not args.words or any(w in str(path) for w in args.words):
                (folder / path.stem).mkdir(parents=True, exist_ok=True)
                yield model_file(path, folder / path.stem)


# ---- our side ----


def run_timed(command, args):
    """(seconds, greatest memory in MB) of a command; Failed with what it said if it fails."""
    start = time.perf_counter()
    done = subprocess.run([args.folder / 'usage', args.folder / 'usage.txt', *command], stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    seconds = time.perf_counter() - start
    if done.returncode:
        raise Failed(f'{pathlib.Path(command[0]).name} failed:\n' + done.stdout.decode(errors='replace')[-2000:])
    return seconds, int((args.folder / 'usage.txt').read_text()) / 1024


def call_of(header):
    """C that calls the net: its results lie one behind the other."""
    text = header.read_text()
    arguments = re.search(r'^void net\((.*)\);', text, re.M).group(1).split(', ')
    if sum(a.startswith('const') for a in arguments) != 1:
        raise Failed('it has several inputs')
    sizes = [int(n) for n in re.findall(r'NET_OUTPUT\w*_SIZE = (\d+)', text)]
    return 'net(input, ' + ', '.join(f'output + {sum(sizes[:i])}' for i in range(len(sizes))) + ')'


class Ours:
    name = 'cnnc'

    def __init__(self, model, args):
        c, library = model.folder / 'net.c', model.folder / 'net.so'
        self.from_text = args.source == 'text' and model.text
        command = [args.cnnc, model.text if self.from_text else model.onnx, '-o', c, '--name=net', *shlex.split(args.cnnc_flags)]
        if self.from_text and model.weighty:
            command.append(f'--weights={model.weights}')
        self.compile_seconds, self.compile_mb = run_timed(command, args)
        banner = c.read_text(errors='replace')[:20000]
        self.weight_bytes, self.arena_bytes = (int(n) for n in re.search(r'weights (\d+) bytes, arena (\d+) bytes', banner).groups())
        self.c_bytes = c.stat().st_size
        objects = [o for o in (model.folder / 'net_weights.o',) if o.exists()]
        self.gcc_seconds, self.gcc_mb = run_timed([args.cc, *shlex.split(args.cflags), f'-I{model.folder}', f'-DCALL={call_of(model.folder / "net.h")}', '-shared', '-fPIC', '-o', library, HERE / 'driver.c', c, *objects, '-lm'], args)
        self.floats = sum(int(n) for n in re.findall(r'NET_OUTPUT\w*_SIZE = (\d+)', (model.folder / 'net.h').read_text()))
        self.times_of = ctypes.CDLL(str(library)).bench_times
        self.input = model.channels_last if self.from_text else model.channels_first

    def prepare(self):
        import numpy as np
        self.result = np.full(self.floats, np.nan, 'f4')

    def times(self, runs):
        seconds = (ctypes.c_double * runs)()
        self.times_of(ctypes.c_void_p(self.input.ctypes.data), ctypes.c_void_p(self.result.ctypes.data), runs, seconds)
        return list(seconds)


def times_of_engine(engine, runs):
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        engine.run()
        times.append(time.perf_counter() - start)
    return times


def difference(reference, ours):
    """Greatest difference relative to the reference's greatest value."""
    import numpy as np
    r = np.asarray(reference)
    if ours.from_text and r.ndim == 4:
        r = r.transpose(0, 2, 3, 1)
    r = r.ravel()
    if r.size > ours.result.size:
        raise Failed(f'{ours.result.size} results, but the engine gives {r.size}')
    scale = float(np.abs(r).max()) or 1.0
    apart = float(np.abs(r - ours.result[:r.size]).max()) / scale      # of several results the first
    if not apart <= 2e-4:
        raise Failed(f'results differ by {apart:.2g} of the greatest')
    return apart


def measure(model, args):
    wanted = args.engines.split(',')
    contenders = {}
    for make in engines.ENGINES:
        if make.name in wanted:
            try:
                with engines.silence():
                    contenders[make.name] = make(model)
            except Exception as e:                      # each engine has its own kinds of errors
                if not isinstance(e, engines.Unfit):
                    print(f'{model.name}: {make.name}: {str(e)[:200]}', file=sys.stderr)
    ours = Ours(model, args)
    reference = None
    for e in contenders.values():
        e.run()
        if reference is None:
            reference = e.output()
    ours.prepare()
    times = {name: [] for name in [*contenders, 'cnnc']}
    for _ in range(args.rounds):
        for name in times:
            once = (lambda n: ours.times(n)) if name == 'cnnc' else (lambda n, e=contenders[name]: times_of_engine(e, n))
            first = once(2)
            runs = max(1, min(5000, int(args.seconds / max(min(first), 1e-7))))
            times[name] += first[1:] + once(runs)
    apart = difference(reference, ours) if reference is not None else float('nan')
    return {'model': model, 'ours': ours, 'times': times, 'apart': apart}


# ---- tables ----


def ms(seconds):
    t = seconds * 1e3
    return f'{t:.4f}' if t < .1 else f'{t:.3f}' if t < 10 else f'{t:.2f}'


def row_of_times(r, names, peak):
    t, macs = r['times'], r['model'].macs
    best = min((min(v) for k, v in t.items() if k != 'cnnc'), default=float('nan'))
    ours = min(t['cnnc'])
    r['ratio'] = best / ours
    flops = 2 * macs / ours * 1e-9
    cells = [f'{ms(min(t[n]))} ({ms(statistics.median(t[n]))})' if n in t else '-' for n in names]
    return f"| {r['model'].name} | {macs / 1e6:.1f} | " + ' | '.join(cells) + f" | **{r['ratio']:.2f}** | {flops:.0f} | {flops / peak:.2f} | {r['apart']:.1e} |"


def row_of_build(r):
    o = r['ours']
    return (f"| {r['model'].name} | {o.arena_bytes / 1024:.0f} | {o.weight_bytes / 1024:.0f} | {o.c_bytes / 1024:.0f} | {o.compile_seconds * 1e3:.0f} | "
            f"{o.compile_mb:.0f} | {o.gcc_seconds:.2f} | {o.gcc_mb:.0f} |")


def processor():
    for line in pathlib.Path('/proc/cpuinfo').read_text().splitlines():
        if line.startswith('model name'):
            return line.split(':', 1)[1].strip()
    return 'unknown processor'


def build_tools(args):
    for tool in ('peak', 'usage'):
        subprocess.run([args.cc, '-O2', '-march=native', '-o', args.folder / tool, HERE / (tool + '.c')], check=True)


def peak_of(args):
    """GFLOP/s of the core, GB/s from memory."""
    return tuple(float(x) for x in subprocess.run([args.folder / 'peak'], check=True, capture_output=True, text=True).stdout.split())


def main():
    args = start_arguments()
    engines.quiet_start(args.cpu)
    args.folder = args.keep or pathlib.Path(tempfile.mkdtemp(prefix='cnnc-bench-'))
    args.folder.mkdir(parents=True, exist_ok=True)
    build_tools(args)
    peak, memory = peak_of(args)
    names = [n for n in args.engines.split(',')] + ['cnnc']
    print(f'{processor()}; peak {peak:.0f} GFLOP/s, {memory:.0f} GB/s from memory; {args.cc} {args.cflags}; one thread\n')
    print('milliseconds, minimum (median)\n')
    print('| model | MMACs | ' + ' | '.join(names) + ' | best engine / cnnc | GFLOP/s | of peak | difference |')
    print('|---|' + '---|' * (len(names) + 5))
    results, failed = [], 0
    for m in models(args, args.folder):
        try:
            r = measure(m, args)
            results.append(r)
            print(row_of_times(r, names, peak), flush=True)
        except Failed as e:
            failed += 1
            print(f'| {m.name} | FAILED: {str(e).splitlines()[0]} |', flush=True)
            print(f'{m.name}: {e}', file=sys.stderr)
    if results:
        ratios = [r['ratio'] for r in results if not math.isnan(r['ratio'])]
        print(f"\ngeometric mean of best engine / cnnc: {math.exp(sum(map(math.log, ratios)) / max(len(ratios), 1)):.2f}, least {min(ratios, default=0):.2f}\n")
        print('| model | arena KB | weights KB | C KB | cnnc ms | cnnc MB | cc s | cc MB |\n|---|---|---|---|---|---|---|---|')
        print('\n'.join(row_of_build(r) for r in results))
    print(f'\n{len(results)} passed, {failed} failed')
    return 1 if failed else 0


if __name__ == '__main__':
    sys.exit(main())
