"""both_ways.py - models written by cnnc as ONNX (--dump=onnx) and as text with weights (--dump -o model.cnn), and read again.

    both_ways.py [--cnnc FILE] [--fast] [-j N] [--models DIR] [WORD...]

    keras text -> ONNX:  onnxruntime computes what cnnc --eval does
    ONNX -> ONNX:        onnxruntime computes of what cnnc wrote what it computes of the original
    ONNX -> text:        cnnc --eval computes of the text and its .npz what it computes of the original

The texts are tests/keras/models, the ONNX models are the .onnx files under DIR. What is written is checked by onnx.checker with shape
inference. --fast takes every fifth text. WORDs choose by name. Closing line per class: passed/total.
"""
import argparse
import concurrent.futures
import pathlib
import re
import shlex
import subprocess
import sys
import tempfile

import numpy as np
import onnx
import onnxruntime

HERE = pathlib.Path(__file__).resolve().parent
TEXTS = HERE.parent / 'keras' / 'models'
RTOL, ATOL = 1e-3, 1e-5
# What ONNX cannot say: texts with these operators end with an error that names them.
OPERATORS_NOT_IN_ONNX = {'Sparsemax', 'AdaptiveAverage', 'AdaptiveMax', 'Recurrence', 'DotProductAttention', 'Pad', 'LeftShift'}
# Keras texts have a batch of 1.
NOT_AS_TEXT = {'batch_of_two': 'has a batch of 2'}
# What ONNX has no operator for: these texts must fail with an error that names it.
NOT_IN_ONNX = {'adaptive_pooling': 'AdaptiveAverage (adaptive_average_pooling2d', 'mask_custom_layers': 'Recurrence (lstm)',
               'ops_activations': 'Sparsemax', 'ops_padding': 'Pad (pad_3)', 'ops_types': 'LeftShift',
               'mask_zero': 'Recurrence (lstm', 'masking': 'Recurrence (lstm', 'masking_value': 'Recurrence (rnn'}
INTEGERS = {'tensor(int64)': np.int64, 'tensor(int32)': np.int32, 'tensor(uint8)': np.uint8, 'tensor(int8)': np.int8,
            'tensor(bool)': np.bool_, 'tensor(float)': np.float32, 'tensor(double)': np.float64, 'tensor(float16)': np.float16}


class Failed(Exception):
    """A model that does not survive the way, and why."""


def run(args, **more):
    r = subprocess.run([str(a) for a in args], capture_output=True, text=True, timeout=300, **more)
    if r.returncode:
        raise Failed((r.stderr or f'exit code {r.returncode}').strip().splitlines()[0][:400])
    return r.stdout


def session(path):
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(str(path), options, providers=['CPUExecutionProvider'])


def seeded_inputs(infos, seed=1):
    rng = np.random.default_rng(seed)
    made = {}
    for info in infos:
        kind = INTEGERS[info.type]
        shape = [d if isinstance(d, int) else 1 for d in info.shape]
        if np.issubdtype(kind, np.floating):
            made[info.name] = rng.uniform(0.1, 1, shape).astype(kind)
        else:
            made[info.name] = rng.integers(0, 2 if kind == np.bool_ else 3, shape).astype(kind)
    return made


def differ(got, expected, what):
    if list(got.shape) != list(expected.shape):
        raise Failed(f'{what}: shape {got.shape}, not {expected.shape}')
    got, expected = got.astype(np.float64), expected.astype(np.float64)
    scale = max(1.0, float(np.max(np.abs(expected[np.isfinite(expected)]), initial=0)))
    if not np.allclose(got, expected, rtol=RTOL, atol=ATOL * scale, equal_nan=True):
        raise Failed(f'{what}: differs by {np.nanmax(np.abs(got - expected)):.3g} of {scale:.3g}')


def evaluated(cnnc, options, inputs, folder):
    """What cnnc --eval gives: arrays in the order of the model's outputs."""
    np.savez(folder / 'in.npz', **inputs)
    run([cnnc, *options, '--eval', folder / 'in.npz', '-o', folder / 'out.npz', '-q'])
    with np.load(folder / 'out.npz') as z:
        return [z[k] for k in z.files]


def check_written(path):
    model = onnx.load(path)
    onnx.checker.check_model(model, full_check=True)
    return model


def options_of(text):
    return [w for line in re.findall(r'^# cnnc: (.*)$', text.read_text(), re.M) for w in shlex.split(line)]


def text_to_onnx(cnnc, text, folder):
    """Keras text by way of ONNX."""
    written = folder / 'model.onnx'
    options = options_of(text)
    run([cnnc, text, *options, '--init=glorot', '--dump=onnx', '-o', written, '-q'])
    check_written(written)
    s = session(written)
    inputs = seeded_inputs(s.get_inputs())
    ours = evaluated(cnnc, [text, *options, '--init=glorot'], inputs, folder)
    theirs = list(zip(s.run(None, inputs), s.get_outputs()))
    if len(theirs) > len(ours):         # a tensor that is an output twice stands once in the .npz
        theirs = [t for i, t in enumerate(theirs) if not any(np.array_equal(t[0], u[0]) for u in theirs[:i])]
    for (got, out), expected in zip(theirs, ours, strict=True):
        differ(got, expected, out.name)


def is_known(path):
    """Does onnxruntime know the model? Else there is nothing to compare with."""
    try:
        session(path)
    except Exception as e:
        print(f'not judged: {path.name}: {str(e).splitlines()[0][-150:]}')
        return False
    return True


def onnx_to_onnx(cnnc, original, folder):
    written = folder / 'model.onnx'
    run([cnnc, original, '--dump=onnx', '-o', written, '-q'])
    check_written(written)
    first, second = session(original), session(written)
    inputs = seeded_inputs(first.get_inputs())
    renamed = {b.name: inputs[a.name] for a, b in zip(first.get_inputs(), second.get_inputs(), strict=True)}
    for got, expected, out in zip(second.run(None, renamed), first.run(None, inputs), first.get_outputs(), strict=True):
        differ(got, expected, out.name)


def onnx_to_text(cnnc, original, folder):
    run([cnnc, original, '--dump', '-o', folder / 'model.cnn', '-q'])
    first = session(original)
    inputs = seeded_inputs(first.get_inputs())
    ours = evaluated(cnnc, [original], {f'arg{i}': v for i, v in enumerate(inputs.values())}, folder)
    again = evaluated(cnnc, [folder / 'model.cnn'], {f'arg{i}': v for i, v in enumerate(inputs.values())}, folder)
    for i, (got, expected) in enumerate(zip(again, ours, strict=True)):
        differ(got, expected, f'output {i}')


def all_around(cnnc, text, folder):
    """Keras text by way of ONNX to text, and to ONNX again."""
    written = folder / 'around.onnx'
    options = options_of(text)
    run([cnnc, text, *options, '--init=glorot', '--dump=onnx', '-o', written, '-q'])
    onnx_to_text(cnnc, written, folder)
    onnx_to_onnx(cnnc, written, folder)


def one(job):
    way, cnnc, path = job
    with tempfile.TemporaryDirectory() as folder:
        try:
            WAYS[way](cnnc, path, pathlib.Path(folder))
        except Failed as e:
            return str(e)
        except Exception as e:      # of onnx and onnxruntime: what was written is no ONNX
            return f'{type(e).__name__}: {str(e).strip().splitlines()[0][:300]}'
    return None


def name_of(path):
    return path.parent.name if path.stem == 'model' else path.stem


def expected_error(way, path):
    return {'text to onnx': NOT_IN_ONNX, 'text to onnx to text': NOT_IN_ONNX, 'onnx to text': NOT_AS_TEXT}.get(way, {}).get(name_of(path))


WAYS = {'text to onnx': text_to_onnx, 'text to onnx to text': all_around, 'onnx to onnx': onnx_to_onnx, 'onnx to text': onnx_to_text}


def jobs_of(args):
    texts = sorted(TEXTS.glob('*.cnn'))
    found = [('text to onnx', args.cnnc, t) for t in (texts[::5] if args.fast else texts)]
    found += [('text to onnx to text', args.cnnc, t) for t in (texts[2::5] if args.fast else texts)]
    models = [p for d in args.models for p in sorted(pathlib.Path(d).rglob('*.onnx')) if is_known(p)]
    for way in ('onnx to onnx', 'onnx to text'):
        found += [(way, args.cnnc, m) for m in models]
    return [j for j in found if not args.words or any(w in f'{j[0]} {j[2]}' for w in args.words)]


def main():
    p = argparse.ArgumentParser()
    p.add_argument('--cnnc', default=str(HERE.parent.parent / 'build' / 'cnnc'))
    p.add_argument('--fast', action='store_true')
    p.add_argument('--models', action='append', default=[])
    p.add_argument('-j', type=int, default=1)
    p.add_argument('words', nargs='*')
    args = p.parse_args()
    total, passed, failures = {}, {}, 0
    with concurrent.futures.ProcessPoolExecutor(args.j) as pool:
        jobs = jobs_of(args)
        for (way, _, path), error in zip(jobs, pool.map(one, jobs)):
            total[way] = total.get(way, 0) + 1
            expected = expected_error(way, path)
            if error and 'ONNX has no operators' in error and set(re.findall(r'(\w+) \(', error)) <= OPERATORS_NOT_IN_ONNX:
                error = expected = None
            elif expected and error and expected in error:
                error = None
            elif expected:
                error = f'expected an error about {expected}, got {error}'
            passed[way] = passed.get(way, 0) + (error is None)
            failures += error is not None
            if error:
                print(f'FAILED {way}: {name_of(path)}: {error}', flush=True)
    for way in total:
        print(f'{way} {passed[way]}/{total[way]}')
    print(f'{sum(passed.values())} passed, {failures} failed')
    return failures > 0


if __name__ == '__main__':
    sys.exit(main())
