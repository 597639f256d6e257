"""unused_arguments.py - which layers of Keras, and which of their arguments, no text of models/ uses.

What has no meaning at inference (initializers, regularizers, constraints, dropout rates, seeds) and what cnnc refuses is left out.
"""
import ast
import inspect
import os
import pathlib

os.environ['KERAS_BACKEND'] = 'torch'

import keras

HERE = pathlib.Path(__file__).resolve().parent
NO_LAYERS = {'Layer', 'InputSpec', 'Wrapper', 'Input', 'JaxLayer', 'FlaxLayer', 'TFSMLayer', 'TorchModuleWrapper', 'Pipeline', 'Hashing',
             'HashedCrossing', 'StringLookup', 'IntegerLookup', 'TextVectorization', 'MaxNumBoundingBoxes', 'MelSpectrogram', 'STFTSpectrogram',
             'ContrastLimitedAdaptiveHistogramEqualization'}
IN_TRAINING = {'self', 'kwargs', 'args', 'name', 'seed', 'dropout', 'recurrent_dropout', 'rate', 'momentum', 'synchronized', 'noise_shape', 'stddev',
               'sparse', 'ragged', 'optional', 'stateful', 'unroll', 'use_cudnn', 'implementation', 'unit_forget_bias', 'flash_attention', 'weights',
               'lora_rank', 'lora_alpha', 'quantization_config', 'dtype', 'input_tensor', 'batch_size', 'num_bins', 'adjustment', 'l1', 'l2', 'cell',
               'layer', 'cells', 'denominator', 'invert', 'reverse_dtype', 'power_iterations'}
AUGMENTATION = ('Random', 'AugMix', 'RandAugment', 'MixUp', 'CutMix', 'Equalization', 'Solarization')


def layers():
    """{class: (argument, ...)} in their order."""
    found = {}
    for name in dir(keras.layers):
        cls = getattr(keras.layers, name)
        if inspect.isclass(cls) and name == cls.__name__ and name not in NO_LAYERS and not name.startswith(AUGMENTATION):
            found[name] = list(inspect.signature(cls.__init__).parameters)[1:]
    return found


def used(known):
    """{class: {argument, ...}} of all texts; positional arguments by their place."""
    aliases = {name: getattr(keras.layers, name).__name__ for name in dir(keras.layers) if inspect.isclass(getattr(keras.layers, name))}
    seen = {}
    for path in (HERE / 'models').glob('*.cnn'):
        for node in ast.walk(ast.parse(path.read_text())):
            if not isinstance(node, ast.Call):
                continue
            name = aliases.get(getattr(node.func, 'attr', getattr(node.func, 'id', None)))
            if name in known:
                arguments = seen.setdefault(name, set())
                arguments |= {k.arg for k in node.keywords} | set(known[name][:len(node.args)])
    return seen


def main():
    known = layers()
    seen = used(known)
    for name, arguments in sorted(known.items()):
        if name not in seen:
            print(f'{name}: in no text')
            continue
        rest = [a for a in arguments if a not in seen[name] | IN_TRAINING and not a.endswith(('_initializer', '_regularizer', '_constraint'))]
        if rest:
            print(f'{name}: {", ".join(rest)}')


if __name__ == '__main__':
    main()
