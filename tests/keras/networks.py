"""networks.py - cnnc's texts of keras.applications against Keras' own networks.

    networks.py [--cnnc FILE] [--keep DIR] [--texts] [--weights-only] [--most N] [WORD...]

Of every network: its weights (layer, name, shape), which cnnc must list as Keras does, and for a small picture the outputs with
weights that Keras saved; with the classifier and without, and by the other arguments (alpha, pooling, ...). --texts only runs
cnnc's texts in Python, by Keras, which needs no cnnc; --weights-only leaves the outputs out; --most leaves out the outputs of
networks of more millions of weights than N (100).
"""
import argparse
import gc
import importlib
import json
import pathlib
import re
import sys
import tempfile
import zlib

import judge                    # sets Keras' backend
import keras
import numpy as np
from keras.src.applications import nasnet

TEXTS = judge.HERE.parents[1] / 'frontends' / 'cnn'
# Keras refuses these by name under its torch backend, though the network itself runs there.
NASNETS = {'NASNetMobile': dict(penultimate_filters=1056, num_blocks=4, stem_block_filters=32, skip_reduction=False,
                                filter_multiplier=2, default_size=224, name='nasnet_mobile'),
           'NASNetLarge': dict(penultimate_filters=4032, num_blocks=6, stem_block_filters=96, skip_reduction=True,
                               filter_multiplier=2, default_size=331, name='nasnet_large')}
SMALL = {'Xception': 71, 'InceptionV3': 75, 'InceptionResNetV2': 75}
VARIANTS = [
    ('', {}),
    ('-top', dict(include_top=False, pooling='avg')),
]
MORE = [
    ('MobileNet', 'alpha', dict(alpha=0.25, depth_multiplier=2, classes=5)),
    ('MobileNetV2', 'alpha', dict(alpha=0.35, include_top=False, pooling='max')),
    ('MobileNetV2', 'wide', dict(alpha=1.4, classes=3)),
    ('MobileNetV3Small', 'minimalistic', dict(minimalistic=True, alpha=0.75, classes=4)),
    ('MobileNetV3Large', 'raw', dict(include_preprocessing=False, alpha=1.25, classifier_activation=None)),
    ('EfficientNetV2B0', 'raw', dict(include_preprocessing=False, include_top=False)),
    ('ConvNeXtTiny', 'raw', dict(include_preprocessing=False, classes=7)),
    ('VGG16', 'logits', dict(classifier_activation=None, classes=6)),
    ('DenseNet121', 'max', dict(include_top=False, pooling='max')),
    ('ResNet50', 'shape', dict(include_top=False, input_shape=(40, 64, 3))),
]


def networks():
    """Names of all networks, in the order of their texts."""
    names = []
    for path in sorted((TEXTS / 'applications').glob('*.py')):
        names += [n for n in re.findall(r'^(?:def )?([A-Z]\w*)(?:\(| = )', path.read_text(), re.M) if hasattr(keras.applications, n)]
    return names


def cases():
    """(label, network, arguments)"""
    for name in networks():
        for suffix, arguments in VARIANTS:
            yield name + suffix, name, arguments
    for name, suffix, arguments in MORE:
        yield f'{name}-{suffix}', name, arguments


def with_shape(name, arguments):
    side = max(SMALL.get(name, 32), 32)
    return dict(dict(input_shape=(side, side + 1, 3), weights=None), **arguments)


def by_keras(name, arguments):
    keras.utils.clear_session()
    if name in NASNETS:
        return nasnet.NASNet(**NASNETS[name], **arguments)
    return getattr(keras.applications, name)(**arguments)


def by_text(name, arguments):
    keras.utils.clear_session()
    sys.path.insert(0, str(TEXTS))
    for path in (TEXTS / 'applications').glob('*.py'):
        module = importlib.import_module('applications.' + path.stem)
        if hasattr(module, name):
            return getattr(module, name)(**arguments)


def weights_of(model, prefix=''):
    listed = []
    for layer in model.layers:
        if hasattr(layer, 'layers'):
            listed += weights_of(layer, f'{prefix}{layer.name}/')
        else:
            listed += [(prefix + layer.name, list(w.shape)) for w in layer.weights if 'seed' not in w.name and w.name != 'count']
    return sorted(listed)


def difference(ours, theirs):
    ours, theirs = [str(w) for w in ours], [str(w) for w in theirs]
    if ours == theirs:
        return None
    return (f'{len(ours)} weights, Keras has {len(theirs)}\n    not in Keras: {sorted(set(ours) - set(theirs))[:4]}\n    '
            f'only in Keras: {sorted(set(theirs) - set(ours))[:4]}')


def try_text(name, arguments):
    theirs = by_keras(name, arguments)
    wanted, shape = weights_of(theirs), theirs.output_shape
    ours = by_text(name, arguments)
    if ours.output_shape != shape or ours.name != theirs.name:
        return f'{ours.name} gives {ours.output_shape}, in Keras {theirs.name} {shape}'
    return difference(weights_of(ours), wanted)


def try_cnnc(label, name, arguments, options, folder):
    folder.mkdir(parents=True, exist_ok=True)
    text = folder / 'net.cnn'
    text.write_text(f'import keras\nmodel = keras.applications.{name}({", ".join(f"{k}={v!r}" for k, v in arguments.items())})\n')
    model = by_keras(name, arguments)
    try:
        judge.run([options.cnnc, text, '--init=zeros', '-o', folder / 'net.c', '--weights-as=file', f'--report={folder}/net.json'], 'cnnc')
    except judge.Failed as failed:
        return str(failed)
    listed = json.loads((folder / 'net.json').read_text())['weights']
    reason = difference(sorted((w['layer'], w['shape']) for w in listed), weights_of(model))
    if reason or options.weights_only or model.count_params() > options.most * 1e6:
        return reason
    rng = np.random.default_rng(zlib.crc32(label.encode()))
    judge.seed_weights(model, rng)
    weights = judge.save_weights(model, folder / 'net', '.h5' if '-' in label else '.weights.h5')
    inputs = [rng.uniform(0, 255, (1, *model.inputs[0].shape[1:])).astype('float32')]
    expected = judge.run_keras(model, inputs)
    judge.ATOL = 1e-5 * max(1, *(float(np.abs(e).max()) for e in expected))     # rounding grows with what is summed up
    large = ['--weights-as=object'] if model.count_params() > 2e7 else []   # compilers are slow on long strings
    return judge.try_cnnc(folder, options.cnnc, text, weights, inputs, expected, *large)


def main():
    parser = argparse.ArgumentParser(description='compares the applications with those of Keras')
    parser.add_argument('--cnnc', default=str(judge.HERE.parents[1] / 'build' / 'cnnc'), help='the compiler to judge')
    parser.add_argument('--keep', help='a directory in which everything made is left')
    parser.add_argument('--texts', action='store_true')
    parser.add_argument('--weights-only', action='store_true')
    parser.add_argument('--most', type=float, default=100)
    parser.add_argument('words', nargs='*', metavar='WORD', help='only cases whose labels contain one of these')
    options = parser.parse_args()
    judge.TIMEOUT = 900
    judge.logging.getLogger('absl').setLevel(judge.logging.ERROR)   # Keras has opinions on the older formats
    passed = failed = 0
    for label, name, arguments in cases():
        if options.words and not any(w in label for w in options.words):
            continue
        with tempfile.TemporaryDirectory() as scratch:
            folder = pathlib.Path(options.keep or scratch) / label
            arguments = with_shape(name, arguments)
            reason = try_text(name, arguments) if options.texts else try_cnnc(label, name, arguments, options, folder)
        gc.collect()
        passed, failed = passed + (not reason), failed + bool(reason)
        if reason:
            print(f'FAIL {label}: {reason}', flush=True)
    print(f'{passed} passed, {failed} failed')
    return 1 if failed or not passed else 0


if __name__ == '__main__':
    sys.exit(main())
