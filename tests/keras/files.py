"""files.py - Keras' model files: real ones against their reference outputs, damaged ones against a clear error.

    files.py [--cnnc FILE] [--models DIR] [--fast] [WORD...]

DIR (else $CNNC_MODELS, else ../shared/models beside the project) holds `NAME/*.h5 *.hdf5 *.keras` and, in `NAME/real/CASE/`,
`in_0.bin`, `out_0.bin` and `meta.json` that another runtime gave. Without it those are skipped, and counted. WORDs choose files
whose paths contain one of them. Needs Python's own library only.
"""
import argparse
import array
import io
import json
import math
import os
import pathlib
import resource
import shlex
import subprocess
import sys
import tempfile
import zipfile

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
RTOL = 1e-4                     # of the largest output value
CODES = {'float32': 'f', 'int8': 'b', 'uint8': 'B', 'int32': 'i', 'int64': 'q'}
# The reference inputs of this model are what its Lambda layer gives, so here is the way back.
LAMBDAS = {'pilotnet_udacity/model.h5': ('lambda_1=x / 127.5 - 1', lambda v: (v + 1) * 127.5)}


class Failed(Exception):
    """A file that does not do as it should, and why."""


def run(command, expected=0, timeout=120):
    def limit():
        if 'san' not in str(command[0]):
            resource.setrlimit(resource.RLIMIT_AS, (6 << 30, 6 << 30))
    try:
        done = subprocess.run([str(c) for c in command], capture_output=True, text=True, errors='replace', timeout=timeout,
                              preexec_fn=limit)
    except subprocess.TimeoutExpired:
        raise Failed(f'{pathlib.Path(command[0]).name} took more than {timeout} seconds')
    if done.returncode != expected:
        said = ((done.stderr or done.stdout).strip().splitlines() or ['nothing said'])[:8]
        raise Failed('\n    '.join([f'{pathlib.Path(command[0]).name} ended with {done.returncode}, not {expected}'] + said))
    return done.stderr


# ---- real models --------------------------------------------------------------------------------------------


def compile_model(cnnc, folder, model, *more):
    run([cnnc, model, '-o', folder / 'net.c', f'--report={folder}/net.json', *more])
    run([*shlex.split(os.environ.get('CC', 'gcc')), '-std=c99', '-O2', '-shared', '-fPIC', '-o', folder / 'net.so', folder / 'net.c',
         '-lm'])
    return json.loads((folder / 'net.json').read_text())


def read_numbers(path, kind):
    numbers = array.array(CODES[kind])
    numbers.frombytes(path.read_bytes())
    return numbers


def check_case(folder, report, case, change):
    meta = json.loads((case / 'meta.json').read_text())
    values = read_numbers(case / 'in_0.bin', meta['input']['dtype'])
    if change:
        values = array.array(values.typecode, map(change, values))
    (folder / 'in').write_bytes(values.tobytes())
    size = math.prod(report['outputs'][0]['shape'])
    run([sys.executable, '-S', '-E', HERE / 'call.py', folder / 'net.so', report['function'], folder / 'in', '--',
         f'{folder}/out:{4 * size}'])
    ours, theirs = read_numbers(folder / 'out', 'float32'), read_numbers(case / 'out_0.bin', 'float32')
    stride = meta['outputs'][0].get('stride', 1)
    ours = ours[::stride]
    if len(ours) != len(theirs):
        raise Failed(f'{case.name}: {len(ours)} outputs, the reference has {len(theirs)}')
    most = max(map(abs, theirs))
    off = max(abs(a - b) if math.isfinite(a) else math.inf for a, b in zip(ours, theirs))
    if not off <= RTOL * most:
        raise Failed(f'{case.name}: differs by {off:.3g} where the largest output is {most:.3g}')


def try_model(cnnc, models, path):
    """How many cases agree; raises Failed."""
    name = path.relative_to(models).as_posix()
    option, change = LAMBDAS.get(name, (None, None))
    config = path.with_name(path.stem.partition('_')[0] + '.config.json')
    with tempfile.TemporaryDirectory() as scratch:
        folder = pathlib.Path(scratch)
        more = [f'--lambda={option}'] if option else []
        if config.exists():
            report = compile_model(cnnc, folder, config, f'--weights={path}', *more)
        elif b'model_config' not in path.read_bytes() and path.suffix != '.keras':
            said = run([cnnc, path, '-o', folder / 'net.c'], expected=1)
            if '--weights=' not in said:
                raise Failed('weights alone are refused without saying how to use them')
            return 0
        else:
            report = compile_model(cnnc, folder, path, *more)
        cases = [c for c in sorted((path.parent / 'real').glob('*/')) if json.loads((c / 'meta.json').read_text())['model'] == path.name]
        for case in cases:
            check_case(folder, report, case, change)
        return len(cases)


# ---- damaged files ------------------------------------------------------------------------------------------


def sequential(*layers, **more):
    return {'class_name': 'Sequential', 'config': {'name': 's', 'layers': list(layers), **more}}


def layer(kind, **config):
    return {'class_name': kind, 'config': {'name': kind.lower(), **config}}


def functional(*layers, outputs):
    return {'class_name': 'Functional', 'config': {'name': 'f', 'layers': list(layers), 'input_layers': [['a', 0, 0]],
                                                  'output_layers': outputs}}


def packed(**members):
    to = io.BytesIO()
    with zipfile.ZipFile(to, 'w', zipfile.ZIP_DEFLATED) as z:
        for name, data in members.items():
            z.writestr(name.replace('__', '.'), data)
    return to.getvalue()


INPUT = layer('InputLayer', batch_shape=[None, 8])
A = {'class_name': 'InputLayer', 'name': 'a', 'config': {'name': 'a', 'batch_input_shape': [None, 4]}, 'inbound_nodes': []}


def dense_on(name, source, index=0):
    return {'class_name': 'Dense', 'name': name, 'config': {'name': name, 'units': 2}, 'inbound_nodes': [[[source, index, 0, {}]]]}


def nested(depth):
    model = sequential(layer('Flatten'))
    for _ in range(depth):
        model = sequential(model)
    return model


def bad_files():
    """(name, bytes, words of the message)"""
    say = lambda value: json.dumps(value).encode()
    digits = (ROOT / 'examples/digits/digits.weights.h5').read_bytes()
    good = say(sequential(INPUT, layer('Dense', units=2)))
    yield 'no-layers.json', say({'class_name': 'Sequential', 'config': {}}), 'lists no layers'
    yield 'class-is-a-number.json', b'{"class_name": 3, "config": {"layers": []}}', 'names no class'
    yield 'cut.json', good[:-9], 'damaged'
    yield 'deep.json', b'{"class_name": "Sequential", "config": ' + b'[' * 100000, 'damaged'
    yield 'deep-models.json', say(nested(300)), 'nested'
    yield 'layers-are-numbers.json', say({'class_name': 'Sequential', 'config': {'layers': [1, 'x', None]}}), 'does not know'
    yield 'unknown-layers.json', say(sequential(INPUT, layer('MyNorm'), layer('Mine>Thing'))), "MyNorm (layer 'mynorm'), Mine>Thing"
    yield 'lambda.json', say(sequential(INPUT, layer('Lambda', function=['\0\1']))), "--lambda lambda='x / 255'"
    yield 'huge.json', say(sequential(layer('InputLayer', batch_shape=[None, 2 ** 40, 2 ** 40, 3]), layer('Flatten'))), 'error'
    yield 'negative.json', say(sequential(layer('InputLayer', batch_shape=[None, -3]), layer('Dense', units=2))), 'error'
    yield 'units-are-a-list.json', say(sequential(INPUT, layer('Dense', units=[2, 'x', {}]))), 'units'
    yield 'units-are-missing.json', say(sequential(INPUT, layer('Dense'))), 'units'
    yield 'argument.json', say(sequential(INPUT, layer('Dense', units=3, color='red'))), 'color'
    yield 'circle.json', say(functional(A, dense_on('b', 'c'), dense_on('c', 'b'), outputs=[['b', 0, 0]])), 'wait for each other'
    yield 'no-such-output.json', say(functional(A, dense_on('b', 'a'), outputs=[['z', 0, 0]])), 'error'
    yield 'no-such-node.json', say(functional(A, dense_on('b', 'a', 7), outputs=[['b', 9, 0]])), 'error'
    yield 'merge.json', say(functional(A, {**dense_on('b', 'a'), 'class_name': 'Merge'}, outputs=[['b', 0, 0]])), 'merges'
    yield 'no-weights.json', good, '--weights=FILE'
    yield 'no-config.keras', packed(metadata__json='{}'), 'holds no model'
    yield 'not-json.keras', packed(config__json='model'), 'damaged'
    yield 'bomb.keras', packed(config__json=b' ' * (300 << 20)), 'believable'
    yield 'no-hdf5.keras', packed(config__json=good, **{'model.weights.h5': 'x'}), 'damaged'
    yield 'cut-archive.keras', packed(config__json=good)[:-30], 'damaged'
    yield 'archive.keras', b'PK\3\4' + b'\0' * 100, 'damaged'
    yield 'weights.h5', digits, 'holds no model'
    yield 'cut.h5', digits[:len(digits) // 2], 'damaged'
    yield 'head.h5', digits[:8], 'damaged'
    for at in range(8, 2048, 97):
        yield f'flipped-{at}.h5', digits[:at] + bytes(255 - b for b in digits[at:at + 4]) + digits[at + 4:], 'error'


def try_bad(cnnc, name, data, words):
    with tempfile.TemporaryDirectory() as scratch:
        folder = pathlib.Path(scratch)
        (folder / name).write_bytes(data)
        (folder / 'net.c').write_text('kept')
        more = [] if name in ('no-weights.json', 'no-hdf5.keras') else ['--init=glorot']
        said = run([cnnc, folder / name, *more, '-o', folder / 'net.c'], expected=1, timeout=20)
        if words not in said or 'HDF5-DIAG' in said:
            raise Failed(f'the message lacks "{words}" or is not cnnc\'s own:\n    ' + said[:600])
        if (folder / 'net.c').read_text() != 'kept':
            raise Failed('the output was overwritten')


# ---- the run ------------------------------------------------------------------------------------------------


def arguments():
    parser = argparse.ArgumentParser(description='compiles model files of Keras')
    parser.add_argument('--cnnc', default=str(ROOT / 'build' / 'cnnc'), help='the compiler to try')
    parser.add_argument('--models', default=os.environ.get('CNNC_MODELS', str(ROOT.parent / 'shared' / 'models')))
    parser.add_argument('--fast', action='store_true', help='only files below one megabyte')
    parser.add_argument('words', nargs='*', metavar='WORD', help='only files whose paths contain one of these')
    return parser.parse_args()


def main():
    options = arguments()
    models = pathlib.Path(options.models)
    paths = sorted(p for end in ('h5', 'hdf5', 'keras') for p in models.glob(f'*/*.{end}'))
    jobs = [(p.relative_to(models).as_posix(), try_model, (models, p)) for p in paths
            if not options.fast or p.stat().st_size < 1 << 20]
    jobs += [(name, try_bad, (name, data, words)) for name, data, words in bad_files()]
    passed = failed = cases = 0
    for name, what, args in jobs:
        if options.words and not any(w in name for w in options.words):
            continue
        try:
            cases += what(options.cnnc, *args) or 0
            passed += 1
        except Failed as error:
            failed += 1
            print(f'FAIL {name}: {error}')
    print(f'{cases} real inputs gave their reference outputs')
    if not paths:
        print(f'skipped: every real model, for there are none in {models} (set CNNC_MODELS)')
    print(f'{passed} passed, {failed} failed')
    return 1 if failed or not passed else 0


if __name__ == '__main__':
    sys.exit(main())
