"""old_files.py - whole-model files in the forms of Keras 1 and 2, written here from Keras 3's models, compiled by cnnc.

    old_files.py [--cnnc FILE] [--keep DIR] [WORD...]

Keras 3 gives the outputs that cnnc must find. WORDs choose the cases whose names contain one of them.
"""
import argparse
import json
import pathlib
import sys
import tempfile
import zlib

import judge                    # sets Keras' backend
import h5py
import keras
import numpy as np
from keras import layers


def sequential(*stack):
    return keras.Sequential(list(stack))


def branches():
    a = keras.Input((6, 6, 3))
    left = layers.Conv2D(4, 3, padding='same', activation='relu')(a)
    right = layers.Conv2D(4, 1)(a)
    x = layers.Concatenate()([layers.Add()([left, right]), layers.Multiply()([left, right])])
    return keras.Model(a, layers.Dense(3)(layers.Flatten()(x)))


def shared():
    a, b = keras.Input((5,)), keras.Input((5,))
    dense = layers.Dense(4, activation='tanh')
    both = layers.Concatenate()([dense(a), dense(b)])
    return keras.Model([a, b], [layers.Dense(2)(both), layers.Dense(3, activation='softmax')(both)])


def nested():
    a = keras.Input((8, 8, 2))
    inner = keras.Sequential([layers.Conv2D(3, 3, activation='relu'), layers.BatchNormalization(), layers.Conv2D(4, 3)], name='inner')
    b = keras.Input((8, 8, 2))
    half = keras.Model(b, layers.MaxPooling2D()(inner(b)), name='half')
    return keras.Model(a, layers.GlobalAveragePooling2D()(half(a)))


def picture():
    return sequential(
        keras.Input((12, 12, 3)), layers.ZeroPadding2D(1), layers.Conv2D(6, (3, 2), strides=2, activation='relu'),
        layers.BatchNormalization(), layers.LeakyReLU(negative_slope=0.2), layers.Conv2D(5, 3, dilation_rate=2, padding='same'),
        layers.SeparableConv2D(4, 3, padding='same'), layers.MaxPooling2D(2), layers.UpSampling2D(2), layers.Dropout(0.4),
        layers.Flatten(), layers.Dense(7, activation='elu'), layers.Dense(3, activation='softmax'))


def deconvolution():
    return sequential(keras.Input((5, 5, 3)), layers.Conv2DTranspose(4, 3, strides=2, padding='same'), layers.Conv2D(4, 3))


def same_sizes():
    """A kernel of 3 x 3 x 3 x 3 does not tell its axes."""
    return sequential(keras.Input((6, 6, 3)), layers.Conv2D(3, 3), layers.Conv2DTranspose(3, 3))


def sound():
    return sequential(keras.Input((20, 3)), layers.Conv1D(4, 5, activation='relu'), layers.MaxPooling1D(2), layers.Conv1D(6, 3),
                      layers.GlobalMaxPooling1D(), layers.Dense(2))


def lstm():
    return sequential(keras.Input((6, 4)), layers.LSTM(5, return_sequences=True), layers.LSTM(3))


def gru():
    return sequential(keras.Input((6, 4)), layers.GRU(5, reset_after=False))


def words():
    return sequential(keras.Input((7,), dtype='int32'), layers.Embedding(20, 5), layers.GlobalAveragePooling1D(), layers.Dense(2))


def channels_first():
    th = dict(data_format='channels_first')
    return sequential(keras.Input((3, 10, 9)), layers.Conv2D(4, 3, activation='relu', **th), layers.MaxPooling2D(2, **th),
                      layers.Conv2D(5, 3, padding='same', **th), layers.BatchNormalization(axis=1), layers.Flatten(), layers.Dense(3))


def both_ways():
    return sequential(keras.Input((6, 4)), layers.Bidirectional(layers.LSTM(5, return_sequences=True)),
                      layers.Bidirectional(layers.GRU(3, reset_after=False), merge_mode='sum'))


def each_step():
    return sequential(keras.Input((4, 6, 6, 2)), layers.TimeDistributed(layers.Conv2D(3, 3, activation='relu')),
                      layers.TimeDistributed(layers.Flatten()), layers.TimeDistributed(layers.Dense(4)), layers.GlobalAveragePooling1D())


def hard_sigmoid(x):
    """As Keras 1 and 2 had it; Keras 3 divides by 6."""
    return keras.ops.clip(0.2 * x + 0.5, 0, 1)


def hard():
    return sequential(keras.Input((6, 4)), layers.LSTM(5, recurrent_activation=hard_sigmoid, return_sequences=True),
                      layers.GRU(3, recurrent_activation=hard_sigmoid, reset_after=False), layers.Dense(2, activation=hard_sigmoid),
                      layers.Dense(3), layers.Activation(hard_sigmoid))


def old_name(value):
    """The function above by the name that files give it."""
    return 'hard_sigmoid' if isinstance(value, dict) and value.get('class_name') == 'function' else value


# ---- Keras 1 -------------------------------------------------------------------------------------------------

CLASSES = {'Conv2D': 'Convolution2D', 'Conv1D': 'Convolution1D', 'Conv2DTranspose': 'Deconvolution2D',
           'SeparableConv2D': 'SeparableConvolution2D'}
NAMES = {'filters': 'nb_filter', 'padding': 'border_mode', 'use_bias': 'bias', 'units': 'output_dim', 'rate': 'p',
         'recurrent_activation': 'inner_activation', 'negative_slope': 'alpha'}
MERGES = {'Add': 'sum', 'Multiply': 'mul', 'Average': 'ave', 'Maximum': 'max', 'Concatenate': 'concat'}
KEPT = ('activation', 'name', 'pool_size', 'size', 'padding', 'alpha', 'return_sequences', 'go_backwards', 'target_shape', 'epsilon',
        'axis', 'input_dim')


def config1(layer):
    """The layer's configuration as Keras 1 wrote it."""
    kind, now, old = type(layer).__name__, {k: old_name(v) for k, v in layer.get_config().items()}, {}
    if kind in MERGES:
        return 'Merge', {'name': layer.name, 'mode': MERGES[kind], 'mode_type': 'raw', 'concat_axis': now.get('axis', -1),
                         'dot_axes': -1, 'output_shape': None, 'arguments': {}}
    for key, value in now.items():
        if key in NAMES and not (kind.startswith('ZeroPadding') and key == 'padding'):
            old[NAMES[key]] = value
        elif key in KEPT:
            old[key] = value
    if kind in ('Conv2D', 'SeparableConv2D', 'Conv2DTranspose'):
        old['nb_row'], old['nb_col'] = now['kernel_size']
        old['subsample'], old['dim_ordering'] = now['strides'], 'tf'
        if kind == 'Conv2D' and now['dilation_rate'] != (1, 1):
            kind, old['atrous_rate'] = 'AtrousConvolution2D', now['dilation_rate']
    if kind == 'SeparableConv2D':
        old['depth_multiplier'] = now['depth_multiplier']
    if kind == 'Conv1D':
        old['filter_length'], old['subsample_length'] = now['kernel_size'][0], now['strides'][0]
    if kind == 'MaxPooling1D':
        old['pool_length'], old['stride'] = old.pop('pool_size')[0], now['strides'][0]
    if kind == 'Embedding':
        old['output_dim'], old['input_length'] = now['output_dim'], None
    if now.get('data_format') == 'channels_first' and kind != 'Flatten':
        old['dim_ordering'] = 'th'
    if kind in ('Bidirectional', 'TimeDistributed'):
        inner, config = config1(layer.forward_layer if kind == 'Bidirectional' else layer.layer)
        old['layer'] = {'class_name': inner, 'config': config}
        old['merge_mode'] = now.get('merge_mode')
    old['W_regularizer'] = old['b_constraint'] = None
    old['trainable'], old['init'] = True, 'glorot_uniform'
    return CLASSES.get(kind, kind), old


def weights1(layer, first):
    """[(name, array)] in Keras 1's layout; `first`: kernels as dim_ordering 'th' had them."""
    kind, values = type(layer).__name__, [np.asarray(v.value.detach().numpy()) for v in layer.weights]
    name = layer.name
    if kind == 'TimeDistributed':
        return weights1(layer.layer, first)
    if kind == 'Bidirectional':
        return weights1(layer.forward_layer, first) + weights1(layer.backward_layer, first)
    if kind == 'BatchNormalization':
        return [(f'{name}_{w}', v) for w, v in zip(('gamma', 'beta', 'running_mean', 'running_std'), values)]
    if kind == 'Conv2D' and first:
        values[0] = values[0].transpose(3, 2, 0, 1)
    elif kind == 'Conv2DTranspose':
        values[0] = values[0].transpose(2, 3, 0, 1) if first else values[0].transpose(0, 1, 3, 2)
    elif kind == 'Conv1D':
        values[0] = values[0].transpose(2, 1, 0)[..., None] if first else values[0][:, None]
    elif kind == 'LSTM':
        parts = [np.split(v, 4, axis=-1) for v in values]
        values = [parts[w][gate] for gate in (0, 2, 1, 3) for w in range(3)]
    elif kind == 'GRU':
        parts = [np.split(v, 3, axis=-1) for v in values]
        values = [parts[w][gate] for gate in range(3) for w in range(3)]
    return [(f'{name}_W{i}', v) for i, v in enumerate(values)]


def history(tensor, of):
    """[layer, node, index] of a Keras tensor; `of`: layers whose calls count, those of one model."""
    operation, node, index = tensor._keras_history
    return [operation.name, of[operation].index(node), index]


def calls_in(model):
    """{layer: numbers of its calls that belong to the model}"""
    return {o: [i for i, n in enumerate(o._inbound_nodes) if any(m is n for ns in model._nodes_by_depth.values() for m in ns)]
            for o in model.operations}


def layers_of(model, write):
    """The configuration of a functional model's layers, each by `write`: Keras 1 and 2 have this form."""
    listed, of = [], calls_in(model)
    for layer in model.operations:
        kind, config = write(layer)
        nodes = [[[*history(t, of), {}] for t in keras.tree.flatten(layer._inbound_nodes[i].arguments.args)] for i in of[layer]]
        if kind == 'InputLayer':
            config, nodes = {'name': layer.name, 'batch_input_shape': layer.batch_shape, 'input_dtype': layer.dtype,
                             'dtype': layer.dtype, 'sparse': False}, []
        listed.append({'class_name': kind, 'name': layer.name, 'config': config, 'inbound_nodes': nodes})
    ends = lambda tensors: [history(t, of) for t in tensors]
    return {'name': model.name, 'layers': listed, 'input_layers': ends(model.inputs), 'output_layers': ends(model.outputs)}


def write_layer1(layer):
    if isinstance(layer, keras.Sequential):
        return 'Sequential', model1(layer)['config']
    if isinstance(layer, keras.Model):
        return 'Model', layers_of(layer, write_layer1)
    return config1(layer)


def model1(model):
    if not isinstance(model, keras.Sequential):
        return {'class_name': 'Model', 'config': layers_of(model, write_layer1), 'keras_version': '1.2.2'}
    listed = [{'class_name': kind, 'config': config} for kind, config in map(write_layer1, model.layers)]
    listed[0]['config']['batch_input_shape'] = model.input_shape
    return {'class_name': 'Sequential', 'config': listed, 'keras_version': '1.2.2'}


def nested_weights(layer, weights):
    """A model inside a model: what is trained first, then the rest, each layer by layer."""
    if not isinstance(layer, keras.Model):
        return weights(layer)
    inside = [(inner, pair, i) for inner in layer.layers for i, pair in enumerate(nested_weights(inner, weights))]
    is_fixed = lambda entry: entry[1][0].endswith(('running_mean', 'running_std', 'moving_mean:0', 'moving_variance:0'))
    return [e[1] for e in inside if not is_fixed(e)] + [e[1] for e in inside if is_fixed(e)]


def write_file(path, config, saved, weights, **attributes):
    """`saved`: layers that the file lists; weights(layer): their arrays."""
    with h5py.File(path, 'w') as f:
        f.attrs['model_config'] = json.dumps(config).encode()
        f.attrs.update({k: v.encode() for k, v in attributes.items()})
        group = f.create_group('model_weights')
        group.attrs['layer_names'] = [layer.name.encode() for layer in saved]
        for layer in saved:
            named, at = nested_weights(layer, weights), group.create_group(layer.name)
            at.attrs['weight_names'] = [name.encode() for name, _ in named]
            for name, value in named:
                at[name] = value


def two_towers():
    """What Keras 1 could write as a Sequential that begins with a Merge of two others."""
    a, b = keras.Input((5,)), keras.Input((4,))
    left = keras.Sequential([layers.Dense(3, activation='relu')], name='left')
    right = keras.Sequential([layers.Dense(2)], name='right')
    left.build((None, 5)), right.build((None, 4))
    x = layers.Concatenate(name='merge_1')([left(a), right(b)])
    return keras.Model([a, b], layers.Dense(2, name='end')(x))


def write_merge1(path, model):
    left, right, end = (model.get_layer(n) for n in ('left', 'right', 'end'))
    branches = [{'class_name': 'Sequential', 'config': model1(b)['config']} for b in (left, right)]
    merge = {'class_name': 'Merge', 'config': {'name': 'merge_1', 'mode': 'concat', 'concat_axis': -1, 'layers': branches}}
    kind, config = config1(end)
    whole = {'class_name': 'Sequential', 'config': [merge, {'class_name': kind, 'config': config}]}
    flat_layers = [*left.layers, *right.layers, end]     # Keras 1 saved them like this
    write_file(path, whole, flat_layers, lambda layer: weights1(layer, False), keras_version='1.2.2')


def write_keras1(path, model, first):
    """`first`: the layout of the kernels alone; the pictures stay as they are."""
    write_file(path, model1(model), model.layers, lambda layer: weights1(layer, first), keras_version='1.2.2')


# ---- Keras 2 -------------------------------------------------------------------------------------------------


def write_layer2(layer):
    if isinstance(layer, keras.Sequential):
        return 'Sequential', model2(layer)['config']
    if isinstance(layer, keras.Model):
        return 'Functional', layers_of(layer, write_layer2)
    plain = lambda v: {'class_name': v['class_name'], 'config': v['config']} if isinstance(v, dict) and 'module' in v else v
    config = {k: plain(old_name(v)) for k, v in layer.get_config().items() if k != 'backward_layer'}
    config['dtype'] = layer.dtype
    if 'negative_slope' in config and type(layer).__name__ == 'LeakyReLU':
        config['alpha'] = config.pop('negative_slope')
    return type(layer).__name__, config


def model2(model):
    if not isinstance(model, keras.Sequential):
        return {'class_name': 'Functional', 'config': layers_of(model, write_layer2)}
    listed = [{'class_name': kind, 'config': config} for kind, config in map(write_layer2, model.layers)]
    shape = model.input_shape
    listed.insert(0, {'class_name': 'InputLayer', 'config': {'batch_input_shape': shape, 'dtype': model.inputs[0].dtype, 'sparse': False,
                                                             'ragged': False, 'name': f'{model.layers[0].name}_input'}})
    return {'class_name': 'Sequential', 'config': {'name': model.name, 'layers': listed}}


def weights2(layer, theano=False):
    named = []
    if isinstance(layer, layers.TimeDistributed):
        return weights2(layer.layer, theano)
    if isinstance(layer, layers.Bidirectional):
        return [(f'{layer.name}/{name}', value) for inner in (layer.forward_layer, layer.backward_layer) for name, value in weights2(inner)]
    for variable in layer.weights:
        value = np.asarray(variable.value.detach().numpy())
        if theano and variable.name == 'kernel' and value.ndim > 2:
            value = value[::-1, ::-1] if value.ndim == 4 else value[::-1]
        named.append((f'{layer.name}/{variable.name}:0', value))
    return named


def cudnn(layer):
    """The weights of an LSTM or GRU as CuDNN's layers had them."""
    gates = 4 if isinstance(layer, layers.LSTM) else 3
    kernel, recurrent, bias = [v for _, v in weights2(layer)]
    kernel = np.hstack([k.reshape(-1, order='F').reshape(k.shape) for k in np.split(kernel, gates, axis=1)])
    recurrent = np.hstack([k.T for k in np.split(recurrent, gates, axis=1)])
    bias = np.concatenate([bias * 0.25, bias * 0.75]) if gates == 4 else bias.reshape(-1)
    return [(f'{layer.name}/kernel:0', kernel), (f'{layer.name}/recurrent_kernel:0', recurrent), (f'{layer.name}/bias:0', bias)]


def write_keras2(path, model, backend='tensorflow', weights=None):
    weights = weights or (lambda layer: weights2(layer, backend == 'theano'))
    write_file(path, model2(model), model.layers, weights, keras_version='2.3.1', backend=backend)


def write_cudnn(path, model):
    config = json.loads(json.dumps(model2(model)).replace('"class_name": "LSTM"', '"class_name": "CuDNNLSTM"')
                        .replace('"class_name": "GRU"', '"class_name": "CuDNNGRU"'))
    write_file(path, config, model.layers, cudnn, keras_version='2.3.1', backend='tensorflow')


# ---- the run -------------------------------------------------------------------------------------------------

MODELS = [picture, deconvolution, same_sizes, sound, branches, shared, nested, words, lstm, gru, hard, channels_first, both_ways, each_step]
FORMS = {
    'keras1': lambda path, model: write_keras1(path, model, False),
    'keras1-th': lambda path, model: write_keras1(path, model, True),
    'keras2': write_keras2,
    'keras2-theano': lambda path, model: write_keras2(path, model, 'theano'),
}


def cases():
    for make in MODELS:
        for form, write in FORMS.items():
            if (make, form) not in ((same_sizes, 'keras1-th'), (deconvolution, 'keras2-theano'), (same_sizes, 'keras2-theano')):
                yield f'{make.__name__}-{form}', make, write
    yield 'merge-keras1', two_towers, write_merge1
    yield 'lstm-cudnn', lambda: sequential(keras.Input((6, 4)), layers.LSTM(5)), write_cudnn
    yield 'gru-cudnn', lambda: sequential(keras.Input((6, 4)), layers.GRU(5)), write_cudnn


def try_case(name, make, write, cnnc, folder):
    keras.utils.clear_session()
    folder.mkdir(parents=True, exist_ok=True)
    rng = np.random.default_rng(zlib.crc32(name.encode()))
    model = make()
    judge.seed_weights(model, rng)
    inputs = judge.seeded_inputs(model, rng)
    write(folder / 'model.h5', model)
    return judge.try_cnnc(folder, cnnc, folder / 'model.h5', None, inputs, judge.run_keras(model, inputs))


def main():
    parser = argparse.ArgumentParser(description='compiles files in the forms of Keras 1 and 2')
    parser.add_argument('--cnnc', default=str(judge.HERE.parents[1] / 'build' / 'cnnc'), help='the compiler to judge')
    parser.add_argument('--keep', help='a directory in which everything made is left')
    parser.add_argument('words', nargs='*', metavar='WORD')
    options = parser.parse_args()
    passed = failed = 0
    with tempfile.TemporaryDirectory() as scratch:
        for name, make, write in cases():
            if options.words and not any(w in name for w in options.words):
                continue
            reason = try_case(name, make, write, options.cnnc, pathlib.Path(options.keep or scratch) / name)
            passed, failed = passed + (not reason), failed + bool(reason)
            if reason:
                print(f'FAIL {name}: {reason}')
    print(f'{passed} passed, {failed} failed')
    return 1 if failed or not passed else 0


if __name__ == '__main__':
    sys.exit(main())
