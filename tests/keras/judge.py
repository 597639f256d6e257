"""judge.py - the outside judge: real Keras and cnnc run the same texts; their outputs must agree.

    judge.py [-j N] [--cnnc FILE] [--keep DIR] [--files] [WORD...]

Each models/*.cnn is executed by Keras as it stands (surroundings.py stands in for data and for training), gets seeded
weights, which Keras saves (the file formats take turns), and is given seeded inputs; cnnc compiles the same text with those
weights, a strict C compiler the result, and the outputs are compared.
older/NAME.VERSION.cnn, which writes the model of models/NAME.cnn as Keras 1 or 2 had it, must do the same with the same weights.
WORDs choose the texts whose names contain one of them. With --files cnnc is not given the text but the whole model as Keras
saves it: .keras, .h5 and to_json() with a file of weights take turns. Texts with functions in Lambda layers or classes of their own
are left out then, for such files do not hold them.
"""
import argparse
import ast
import concurrent.futures
import contextlib
import io
import json
import logging
import os
import pathlib
import re
import shlex
import subprocess
import sys
import tempfile
import warnings
import zlib

os.environ['KERAS_BACKEND'] = 'torch'
os.environ.setdefault('OMP_NUM_THREADS', '1')

import keras
import numpy as np
import safetensors.numpy
import torch

import surroundings

HERE = pathlib.Path(__file__).resolve().parent
FILES = ['.keras', '.h5', '.json']
FORMATS = ['.weights.h5', '.h5', '.keras', '.npz', '.safetensors']
RTOL, ATOL = 1e-4, 1e-5
TIMEOUT = 120                   # seconds for cnnc, for the C compiler, for the net
CFLAGS = ('-std=c99 -O2 -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Wundef -Wdouble-promotion -Wcast-qual '
          '-Wmissing-prototypes -Werror -shared -fPIC').split()


class Failed(Exception):
    """A text that does not do as Keras does, and why."""


# ---- Keras' side -------------------------------------------------------------------------------------------


def options_of(path):
    """A text may say with which options it is to be compiled, in lines such as `# cnnc: --set num_classes=10`."""
    return [word for line in re.findall(r'^# cnnc: (.*)$', path.read_text(), re.M) for word in shlex.split(line)]


def read_by_keras(path):
    """The model that the text makes, under its name or the one that the options tell."""
    keras.utils.clear_session()
    parser = argparse.ArgumentParser(allow_abbrev=False)
    parser.add_argument('--set', action='append', default=[])
    parser.add_argument('--model', default='model')
    parser.add_argument('--call')
    parser.add_argument('--input-shape', action='append', default=[])
    told = parser.parse_args(options_of(path))
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        names = surroundings.run_script(path, [text.split('=', 1) for text in told.set])
        model = eval(told.call or told.model, names)
        if not getattr(model, 'inputs', None):      # a class of the text's own: its layers are built by a call
            told.input_shape = told.input_shape or [shape[1:] for shape in model._build_shapes_dict.values()]
            model.shapes_for_judge = [tuple(ast.literal_eval(f'({s},)') if isinstance(s, str) else s) for s in told.input_shape]
            run_keras(model, [np.zeros((1, *s), 'float32') for s in model.shapes_for_judge])
    return model


def seeded_value(name, shape, rng):
    """Numbers as training might have left them: none of them a neutral element."""
    if name in ('gamma', 'scale'):
        return rng.uniform(.5, 1.5, shape)
    if name == 'moving_variance':
        return rng.uniform(.3, 2, shape)
    if name == 'moving_mean':
        return rng.normal(0, .3, shape)
    if name == 'alpha':
        return rng.uniform(0, .5, shape)
    if name == 'embeddings':
        return rng.normal(0, 1, shape)
    if name in ('bias', 'beta'):
        return rng.normal(0, .1, shape)
    fan_in = np.prod(shape[:-1]) if len(shape) > 1 else 1
    if 'depthwise' in name:
        fan_in = np.prod(shape[:-2])
    return rng.normal(0, 1.2 / np.sqrt(fan_in), shape)


def seed_weights(model, rng):
    for variable in model.weights:
        variable.assign(seeded_value(variable.name, variable.shape, rng).astype('float32'))


def named_arrays(model, prefix=''):
    """{"layer/kernel": array}, layers of nested models as "model/layer/kernel"; numbered where a layer has a name twice."""
    arrays = {}
    for layer in model.layers:
        if not type(layer).__module__.startswith('keras.'):     # a class of the text: its parts by their own paths
            arrays.update({prefix + variable.path[max(0, variable.path.find(layer.name + '/')):]:
                           np.asarray(variable.value.detach().numpy()) for variable in layer.weights})
            continue
        if hasattr(layer, 'layers'):
            arrays.update(named_arrays(layer, f'{prefix}{layer.name}/'))
            continue
        names = [variable.name for variable in layer.weights]
        if len(set(names)) < len(names):
            names = [f'{i:02}_{name}' for i, name in enumerate(names)]
        for name, variable in zip(names, layer.weights):
            arrays[f'{prefix}{layer.name}/{name}'] = np.asarray(variable.value.detach().numpy())
    return arrays


def save_weights(model, stem, ending):
    """The file; only its weights where Keras cannot save the whole model, whose classes do not tell how they are made, or whose names clash."""
    path = stem.with_name(stem.name + ending)
    if ending in ('.h5', '.keras'):
        try:
            model.save(path)
            return path
        except (NotImplementedError, ValueError):
            return save_weights(model, stem, '.weights.h5')
    if ending == '.weights.h5':
        model.save_weights(path)
    elif ending == '.npz':
        np.savez(path, **named_arrays(model))
    else:
        safetensors.numpy.save_file({k: np.ascontiguousarray(v) for k, v in named_arrays(model).items()}, path)
    return path


def seeded_inputs(model, rng):
    """Whole numbers below 20 where a model asks for whole numbers: every embedding has that many rows."""
    inputs = []
    asked = [(tensor.shape, tensor.dtype) for tensor in model.inputs] if getattr(model, 'inputs', None) else [
        ((1, *shape), 'float32') for shape in model.shapes_for_judge]
    for shape, dtype in asked:
        shape = (1, *shape[1:])
        if 'int' in dtype:
            inputs.append(rng.integers(0, 20, shape).astype(dtype))
        else:
            inputs.append(rng.normal(0, 1, shape).astype('float32'))
    return inputs


def run_keras(model, inputs):
    with torch.no_grad():
        results = model(inputs if len(inputs) > 1 else inputs[0], training=False)
    return [np.asarray(r.detach().numpy()) for r in keras.tree.flatten(results)]


def save_model(model, stem, ending):
    """The whole model in a file, and a file of weights where that one holds none."""
    path = stem.with_name(stem.name + ending)
    if ending == '.json':
        path.write_text(model.to_json())
        return path, save_weights(model, stem, '.weights.h5') if model.weights else None
    model.save(path)
    return path, None


def ask_keras(path, folder, number, whole):
    """Everything cnnc's side needs to know of one text: model, weights file, inputs, expected outputs."""
    rng = np.random.default_rng(zlib.crc32(path.stem.encode()))
    model = read_by_keras(path)
    seed_weights(model, rng)
    weights = None
    if whole:
        path, weights = save_model(model, folder / path.stem, FILES[number % len(FILES)])
    elif model.weights:
        weights = save_weights(model, folder / path.stem, FORMATS[number % len(FORMATS)])
    inputs = seeded_inputs(model, rng)
    return path, weights, inputs, run_keras(model, inputs)


# ---- cnnc's side -------------------------------------------------------------------------------------------


def run(command, what):
    try:
        done = subprocess.run([str(c) for c in command], capture_output=True, text=True, errors='replace', timeout=TIMEOUT)
    except subprocess.TimeoutExpired:
        raise Failed(f'{what} took more than {TIMEOUT} seconds')
    except OSError as error:
        raise Failed(f'{what} cannot be started: {error}')
    if done.returncode:
        said = (done.stderr or done.stdout).strip().splitlines()
        raise Failed('\n    '.join([f'{what} ended with {done.returncode}'] + said[:8]))


def call(folder, report, inputs, expected):
    """Calls the library; the report says which types and shapes it takes and gives."""
    if len(report['inputs']) != len(inputs) or len(report['outputs']) != len(expected):
        raise Failed(f'{len(report["inputs"])} inputs and {len(report["outputs"])} outputs, Keras has '
                     f'{len(inputs)} and {len(expected)}')
    files, outputs = [], []
    for i, (array, about) in enumerate(zip(inputs, report['inputs'])):
        files.append(folder / f'input{i}')
        array.astype(about['dtype']).tofile(files[-1])
    for i, (array, about) in enumerate(zip(expected, report['outputs'])):
        if np.prod(about['shape']) != array.size:
            raise Failed(f'output {i} has the shape {about["shape"]}, in Keras {list(array.shape)}')
        outputs.append(f'{folder}/output{i}:{array.size * np.dtype(about["dtype"]).itemsize}')
    run([sys.executable, '-S', '-E', HERE / 'call.py', folder / 'net.so', report['function'], *files, '--', *outputs],
        'the compiled net')
    return [np.fromfile(folder / f'output{i}', about['dtype']) for i, about in enumerate(report['outputs'])]


def compare(number, ours, keras_says):
    ours, theirs = ours.astype('float64'), keras_says.astype('float64').ravel()
    if not np.array_equal(np.isnan(ours), np.isnan(theirs)):
        raise Failed(f'output {number}: NaN at other places than in Keras')
    with np.errstate(invalid='ignore'):
        wrong = ~np.isclose(ours, theirs, rtol=RTOL, atol=ATOL, equal_nan=True)
    if wrong.any():
        at = int(np.argmax(wrong))
        place = tuple(int(i) for i in np.unravel_index(at, keras_says.shape))
        raise Failed(f'output {number}: {wrong.sum()} of {wrong.size} numbers differ, the first at {place}: '
                     f'{ours[at]:.7g}, Keras says {theirs[at]:.7g}')


def try_cnnc(folder, cnnc, path, weights, inputs, expected, *options):
    """None where cnnc does as Keras does, else the reason why not."""
    try:
        given = [f'--weights={weights}'] if weights else []
        run([cnnc, path, '-o', folder / 'net.c', f'--report={folder}/net.json', *given, *options], 'cnnc')
        run([*shlex.split(os.environ.get('CC', 'gcc')), *CFLAGS, '-o', folder / 'net.so', folder / 'net.c',
             *folder.glob('net_weights.o'), '-lm'],
            'the C compiler')
        report = json.loads((folder / 'net.json').read_text())
        for i, pair in enumerate(zip(call(folder, report, inputs, expected), expected)):
            compare(i, *pair)
    except Failed as failed:
        return str(failed)
    return None


# ---- the run -----------------------------------------------------------------------------------------------


def arguments():
    parser = argparse.ArgumentParser(description='compares cnnc with Keras')
    parser.add_argument('-j', type=int, default=2, help='texts worked on at once (2)')
    parser.add_argument('--cnnc', default=str(HERE.parents[1] / 'build' / 'cnnc'), help='the compiler to judge')
    parser.add_argument('--keep', help='a directory in which everything made is left')
    parser.add_argument('--files', action='store_true', help='whole models as Keras saves them, in place of the texts')
    parser.add_argument('words', nargs='*', metavar='WORD', help='only texts whose names contain one of these')
    return parser.parse_args()


def judge(options, work):
    """{name: reason or None} of every chosen text, in order."""
    logging.getLogger('absl').setLevel(logging.ERROR)   # Keras has opinions on the older formats
    warnings.simplefilter('ignore')
    torch.set_num_threads(1)
    texts = sorted((HERE / 'models').glob('*.cnn'))
    pending = {}
    with concurrent.futures.ThreadPoolExecutor(options.j) as pool:
        for i, path in enumerate(texts):
            if options.words and not any(w in path.stem for w in options.words):
                continue
            if options.files and re.search(r'\bLambda\b|^\s*class |judged_nets', path.read_text(), re.M):
                continue
            folder = work / path.stem
            folder.mkdir(parents=True, exist_ok=True)
            try:
                asked = ask_keras(path, folder, i, options.files)
            except Exception as error:  # whatever Keras has against a text is a failed test, not the end
                pending[path.stem] = 'Keras: ' + '\n    '.join(f'{type(error).__name__}: {error}'.splitlines()[:4])
                continue
            pending[path.stem] = pool.submit(try_cnnc, folder, options.cnnc, *asked,
                                             *(() if options.files else options_of(path)))
            for older in () if options.files else sorted((HERE / 'older').glob(f'{path.stem}.*.cnn')):
                folder = work / older.stem
                folder.mkdir(exist_ok=True)
                pending[older.stem] = pool.submit(try_cnnc, folder, options.cnnc, older, *asked[1:], *options_of(older))
        return {name: r if isinstance(r, str) else r.result() for name, r in pending.items()}


def main():
    options = arguments()
    with tempfile.TemporaryDirectory() as scratch:
        results = judge(options, pathlib.Path(options.keep or scratch))
    failed = {name: reason for name, reason in results.items() if reason}
    for name, reason in failed.items():
        print(f'FAIL {name}: {reason}')
    print(f'{len(results) - len(failed)} passed, {len(failed)} failed')
    return 1 if failed or not results else 0


if __name__ == '__main__':
    sys.exit(main())
