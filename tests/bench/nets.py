"""nets.py - the nets of the benchmark, each built from one description as an ONNX model and as Keras text with weights.

Weights are seeded and He-scaled, so that activations keep their size through the depth and no number runs into the subnormals.
Feature maps are named values with a shape (height, width, channels); a method of Builder appends a layer to both models.
"""
import math
import zlib

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper


class Map:
    """A value of the net: its name in both models and its shape, (h, w, c) or (n,)."""

    def __init__(self, name, shape):
        self.name, self.shape = name, shape


def same_pads(size, kernel, stride):
    """(before, after) of TensorFlow's `same`."""
    total = max((math.ceil(size / stride) - 1) * stride + kernel - size, 0)
    return total // 2, total - total // 2


class Builder:
    def __init__(self, name, shape):
        self.name, self.count, self.macs = name, 0, 0
        self.rng = np.random.default_rng(zlib.crc32(name.encode()))
        self.nodes, self.constants, self.arrays = [], [], {}
        self.text = [f'input = keras.Input(shape={tuple(shape)})']
        self.input = Map('input', tuple(shape))

    # ---- pieces ----

    def fresh(self, kind):
        self.count += 1
        return f'{kind}{self.count}'

    def constant(self, name, array):
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(array), name))
        return name

    def node(self, op, inputs, name, **attributes):
        self.nodes.append(helper.make_node(op, inputs, [name], name, **attributes))

    def layer(self, name, call, *inputs):
        """A line of Keras text."""
        taken = inputs[0].name if len(inputs) == 1 else '[' + ', '.join(i.name for i in inputs) + ']'
        self.text.append(f'{name} = keras.layers.{call}({taken})')

    def he(self, shape, fan_in, gain=2.0):
        return self.rng.normal(0, math.sqrt(gain / fan_in), shape).astype('f4')

    def activate(self, x, activation):
        if not activation:
            return x
        name = self.fresh('act')
        if activation == 'relu6':
            self.node('Clip', [x.name, self.constant(name + '_low', np.float32(0)), self.constant(name + '_high', np.float32(6))], name)
            self.layer(name, 'ReLU(6.0)', x)
        elif activation == 'leaky':
            self.node('LeakyRelu', [x.name], name, alpha=0.1)
            self.layer(name, 'LeakyReLU(negative_slope=0.1)', x)
        else:
            self.node({'relu': 'Relu', 'softmax': 'Softmax', 'elu': 'Elu', 'sigmoid': 'Sigmoid', 'tanh': 'Tanh'}[activation], [x.name], name)
            self.layer(name, f"Activation('{activation}')", x)
        return Map(name, x.shape)

    def padded(self, x, kernel, stride, pad):
        """pads of both axes and the Keras way to say them: (pads, padding word, input)."""
        h, w, c = x.shape
        same = [same_pads(h, kernel[0], stride), same_pads(w, kernel[1], stride)]
        pads = same if pad == 'same' else [(pad, pad)] * 2
        word, source = 'valid', x
        if pads == same and any(p for q in pads for p in q):
            word = 'same'
        elif any(p for q in pads for p in q):
            source = Map(self.fresh('pad'), (h + sum(pads[0]), w + sum(pads[1]), c))
            self.layer(source.name, f'ZeroPadding2D({tuple(pads)})', x)
        size = [(x.shape[i] + sum(pads[i]) - kernel[i]) // stride + 1 for i in range(2)]
        return [pads[0][0], pads[1][0], pads[0][1], pads[1][1]], word, source, size

    # ---- layers ----

    def conv(self, x, filters, kernel, stride=1, pad='same', activation=None, norm=False, gain=2.0):
        kernel = (kernel, kernel) if isinstance(kernel, int) else kernel
        pads, word, source, (h, w) = self.padded(x, kernel, stride, pad)
        name, c = self.fresh('conv'), x.shape[2]
        k = self.he((*kernel, c, filters), kernel[0] * kernel[1] * c, gain)
        self.arrays[name + '/kernel'] = k
        inputs = [x.name, self.constant(name + '_w', k.transpose(3, 2, 0, 1))]
        if not norm:
            self.arrays[name + '/bias'] = b = self.rng.normal(0, .1, filters).astype('f4')
            inputs.append(self.constant(name + '_b', b))
        self.node('Conv', inputs, name, kernel_shape=kernel, strides=[stride] * 2, pads=pads)
        self.layer(name, f"Conv2D({filters}, {kernel}, strides={stride}, padding='{word}', use_bias={not norm}, name='{name}')", source)
        self.macs += h * w * filters * kernel[0] * kernel[1] * c
        y = Map(name, (h, w, filters))
        return self.activate(self.norm(y) if norm else y, activation)

    def depthwise(self, x, kernel, stride=1, pad='same', activation=None):
        pads, word, source, (h, w) = self.padded(x, (kernel, kernel), stride, pad)
        name, c = self.fresh('depthwise'), x.shape[2]
        k = self.he((kernel, kernel, c, 1), kernel * kernel)
        b = self.rng.normal(0, .1, c).astype('f4')
        self.arrays[name + '/kernel'], self.arrays[name + '/bias'] = k, b
        self.node('Conv', [x.name, self.constant(name + '_w', k.transpose(2, 3, 0, 1)), self.constant(name + '_b', b)], name,
                  kernel_shape=[kernel] * 2, strides=[stride] * 2, pads=pads, group=c)
        self.layer(name, f"DepthwiseConv2D({kernel}, strides={stride}, padding='{word}', name='{name}')", source)
        self.macs += h * w * c * kernel * kernel
        return self.activate(Map(name, (h, w, c)), activation)

    def up_conv(self, x, filters, factor=2):
        name, (h, w, c) = self.fresh('up'), x.shape
        k = self.he((factor, factor, filters, c), c)
        b = self.rng.normal(0, .1, filters).astype('f4')
        self.arrays[name + '/kernel'], self.arrays[name + '/bias'] = k, b
        self.node('ConvTranspose', [x.name, self.constant(name + '_w', k.transpose(3, 2, 0, 1)), self.constant(name + '_b', b)], name,
                  kernel_shape=[factor] * 2, strides=[factor] * 2)
        self.layer(name, f"Conv2DTranspose({filters}, {factor}, strides={factor}, name='{name}')", x)
        self.macs += h * w * c * filters * factor * factor
        return Map(name, (h * factor, w * factor, filters))

    def dense(self, x, units, activation=None, gain=2.0):
        name, (n,) = self.fresh('dense'), x.shape
        k = self.he((n, units), n, gain)
        b = self.rng.normal(0, .1, units).astype('f4')
        rows = k
        if hasattr(x, 'picture'):                       # ONNX flattens channels-first
            h, w, c = x.picture
            rows = k.reshape(h, w, c, units).transpose(2, 0, 1, 3).reshape(n, units)
        self.arrays[name + '/kernel'], self.arrays[name + '/bias'] = k, b
        self.node('Gemm', [x.name, self.constant(name + '_w', rows), self.constant(name + '_b', b)], name)
        self.layer(name, f"Dense({units}, name='{name}')", x)
        self.macs += n * units
        return self.activate(Map(name, (units,)), activation)

    def norm(self, x):
        name, c = self.fresh('norm'), x.shape[-1]
        values = {'gamma': self.rng.uniform(.8, 1.2, c), 'beta': self.rng.normal(0, .1, c),
                  'moving_mean': self.rng.normal(0, .1, c), 'moving_variance': self.rng.uniform(.8, 1.2, c)}
        inputs = [x.name]
        for key, v in values.items():
            self.arrays[f'{name}/{key}'] = v.astype('f4')
            inputs.append(self.constant(f'{name}_{key}', v.astype('f4')))
        self.node('BatchNormalization', inputs, name, epsilon=1e-3)
        self.layer(name, f"BatchNormalization(name='{name}')", x)
        return Map(name, x.shape)

    def instance_norm(self, x, activation=None):
        name, c = self.fresh('instance'), x.shape[-1]
        gamma, beta = self.rng.uniform(.8, 1.2, c).astype('f4'), self.rng.normal(0, .1, c).astype('f4')
        self.arrays[name + '/gamma'], self.arrays[name + '/beta'] = gamma, beta
        self.node('InstanceNormalization', [x.name, self.constant(name + '_gamma', gamma), self.constant(name + '_beta', beta)], name, epsilon=1e-3)
        self.layer(name, f"GroupNormalization(groups=-1, epsilon=1e-3, name='{name}')", x)
        return self.activate(Map(name, x.shape), activation)

    def pool(self, x, kernel, stride, pad=0, maximum=True):
        pads, word, source, (h, w) = self.padded(x, (kernel, kernel), stride, pad)
        name = self.fresh('pool')
        self.node('MaxPool' if maximum else 'AveragePool', [x.name], name, kernel_shape=[kernel] * 2, strides=[stride] * 2, pads=pads)
        self.layer(name, f"{'Max' if maximum else 'Average'}Pooling2D({kernel}, {stride}, padding='{word}')", source)
        return Map(name, (h, w, x.shape[2]))

    def global_pool(self, x):
        name = self.fresh('mean')
        self.node('GlobalAveragePool', [x.name], name + '_map')
        self.node('Flatten', [name + '_map'], name)
        self.layer(name, 'GlobalAveragePooling2D()', x)
        return Map(name, (x.shape[2],))

    def flatten(self, x):
        name = self.fresh('flat')
        self.node('Flatten', [x.name], name)
        self.layer(name, 'Flatten()', x)
        y = Map(name, (math.prod(x.shape),))
        y.picture = x.shape
        return y

    def add(self, a, b, activation=None):
        name = self.fresh('add')
        self.node('Add', [a.name, b.name], name)
        self.layer(name, 'Add()', a, b)
        return self.activate(Map(name, a.shape), activation)

    def concat(self, *maps):
        name = self.fresh('join')
        self.node('Concat', [m.name for m in maps], name, axis=1)
        self.layer(name, 'Concatenate()', *maps)
        return Map(name, (*maps[0].shape[:2], sum(m.shape[2] for m in maps)))

    def upsample(self, x, factor=2):
        name, (h, w, c) = self.fresh('nearest'), x.shape
        scales = self.constant(name + '_scales', np.array([1, 1, factor, factor], 'f4'))
        self.node('Resize', [x.name, '', scales], name, mode='nearest', nearest_mode='floor', coordinate_transformation_mode='asymmetric')
        self.layer(name, f'UpSampling2D({factor})', x)
        return Map(name, (h * factor, w * factor, c))

    # ---- results ----

    def finish(self, x):
        def value(m, name):
            shape = [1, m.shape[2], *m.shape[:2]] if len(m.shape) == 3 else [1, *m.shape]
            return helper.make_tensor_value_info(name, TensorProto.FLOAT, shape)
        self.output = x
        self.text.append(f'model = keras.Model(input, {x.name})')
        graph = helper.make_graph(self.nodes, self.name, [value(self.input, 'input')], [value(x, x.name)], self.constants)
        self.onnx = helper.make_model(graph, opset_imports=[helper.make_opsetid('', 17)], ir_version=8)
        return self


# ---- the nets ----


def digits():
    b = Builder('digits', (28, 28, 1))
    x = b.pool(b.conv(b.input, 32, 5, activation='relu'), 2, 2)
    x = b.pool(b.conv(x, 64, 3, activation='relu'), 2, 2)
    x = b.dense(b.flatten(b.norm(x)), 128, 'relu')
    return b.finish(b.dense(x, 10, 'softmax', 1.0))


def ds_cnn_kws():
    b = Builder('ds_cnn_kws', (49, 10, 1))
    x = b.conv(b.input, 64, (10, 4), 2, activation='relu')
    for _ in range(4):
        x = b.conv(b.depthwise(x, 3, activation='relu'), 64, 1, activation='relu')
    return b.finish(b.dense(b.global_pool(x), 12, 'softmax', 1.0))


def mobilenet1(name, size, alpha, classes):
    b = Builder(name, (size, size, 3))
    x = b.conv(b.input, int(32 * alpha), 3, 2, activation='relu6')
    for filters, stride in [(64, 1), (128, 2), (128, 1), (256, 2), (256, 1), (512, 2)] + [(512, 1)] * 5 + [(1024, 2), (1024, 1)]:
        x = b.conv(b.depthwise(x, 3, stride, activation='relu6'), int(filters * alpha), 1, activation='relu6')
    return b.finish(b.dense(b.global_pool(x), classes, 'softmax', 1.0))


def inverted_residuals(b, x, blocks):
    for expand, filters, repeat, kernel, stride in blocks:
        for i in range(repeat):
            s, y = stride if i == 0 else 1, x
            if expand > 1:
                y = b.conv(y, x.shape[2] * expand, 1, activation='relu6')
            y = b.conv(b.depthwise(y, kernel, s, activation='relu6'), filters, 1, gain=1.0)
            x = b.add(x, y) if s == 1 and x.shape[2] == filters else y
    return x


def mobilenet2_100():
    b = Builder('mobilenet2_100', (224, 224, 3))
    x = b.conv(b.input, 32, 3, 2, activation='relu6')
    x = inverted_residuals(b, x, [(1, 16, 1, 3, 1), (6, 24, 2, 3, 2), (6, 32, 3, 3, 2), (6, 64, 4, 3, 2), (6, 96, 3, 3, 1), (6, 160, 3, 3, 2), (6, 320, 1, 3, 1)])
    return b.finish(b.dense(b.global_pool(b.conv(x, 1280, 1, activation='relu6')), 1000, 'softmax', 1.0))


def efficientnet_lite0():
    b = Builder('efficientnet_lite0', (224, 224, 3))
    x = b.conv(b.input, 32, 3, 2, activation='relu6')
    x = inverted_residuals(b, x, [(1, 16, 1, 3, 1), (6, 24, 2, 3, 2), (6, 40, 2, 5, 2), (6, 80, 3, 3, 2), (6, 112, 3, 5, 1), (6, 192, 4, 5, 2), (6, 320, 1, 3, 1)])
    return b.finish(b.dense(b.global_pool(b.conv(x, 1280, 1, activation='relu6')), 1000, 'softmax', 1.0))


def ad_autoencoder():
    """MLPerf Tiny's anomaly detector: fully connected, 640 - 128 x 4 - 8 - 128 x 4 - 640."""
    b = Builder('ad_autoencoder', (1, 1, 640))
    x = b.flatten(b.input)
    for units in [128] * 4 + [8] + [128] * 4:
        x = b.dense(x, units, 'relu')
    return b.finish(b.dense(x, 640, gain=1.0))


def pilotnet():
    b = Builder('pilotnet', (66, 200, 3))
    x = b.input
    for filters, kernel, stride in [(24, 5, 2), (36, 5, 2), (48, 5, 2), (64, 3, 1), (64, 3, 1)]:
        x = b.conv(x, filters, kernel, stride, 0, activation='elu')
    x = b.flatten(x)
    for units in (100, 50, 10):
        x = b.dense(x, units, 'elu')
    return b.finish(b.dense(x, 1, gain=1.0))


def resnet8():
    b = Builder('resnet8', (32, 32, 3))
    x = b.conv(b.input, 16, 3, activation='relu')
    for filters, stride in [(16, 1), (32, 2), (64, 2)]:
        y = b.conv(b.conv(x, filters, 3, stride, activation='relu'), filters, 3, gain=1.0)
        x = b.add(y, b.conv(x, filters, 1, stride, gain=1.0) if stride > 1 else x, 'relu')
    return b.finish(b.dense(b.global_pool(x), 10, 'softmax', 1.0))


def resnet18(name='resnet18', norm=False):
    b = Builder(name, (224, 224, 3))
    x = b.pool(b.conv(b.input, 64, 7, 2, 3, activation='relu', norm=norm), 3, 2, 1)
    for filters, stride in [(64, 1), (64, 1), (128, 2), (128, 1), (256, 2), (256, 1), (512, 2), (512, 1)]:
        y = b.conv(x, filters, 3, stride, 1, activation='relu', norm=norm)
        y = b.conv(y, filters, 3, 1, 1, norm=norm, gain=.5)
        x = b.add(y, b.conv(x, filters, 1, stride, 0, norm=norm, gain=.5) if stride > 1 else x, 'relu')
    return b.finish(b.dense(b.global_pool(x), 1000, gain=1.0))


def resnet50():
    b = Builder('resnet50', (224, 224, 3))
    x = b.pool(b.conv(b.input, 64, 7, 2, 3, activation='relu'), 3, 2, 1)
    for filters, repeat, stride in [(64, 3, 1), (128, 4, 2), (256, 6, 2), (512, 3, 2)]:
        for i in range(repeat):
            s = stride if i == 0 else 1
            y = b.conv(b.conv(x, filters, 1, 1, 0, activation='relu'), filters, 3, s, 1, activation='relu')
            y = b.conv(y, 4 * filters, 1, 1, 0, gain=.5)
            x = b.add(y, b.conv(x, 4 * filters, 1, s, 0, gain=.5) if i == 0 else x, 'relu')
    return b.finish(b.dense(b.global_pool(x), 1000, gain=1.0))


def squeezenet11():
    b = Builder('squeezenet11', (224, 224, 3))
    x = b.pool(b.conv(b.input, 64, 3, 2, 0, activation='relu'), 3, 2)
    for i, (squeeze, expand) in enumerate([(16, 64), (16, 64), (32, 128), (32, 128), (48, 192), (48, 192), (64, 256), (64, 256)]):
        s = b.conv(x, squeeze, 1, activation='relu')
        x = b.concat(b.conv(s, expand, 1, activation='relu'), b.conv(s, expand, 3, activation='relu'))
        if i in (1, 3):
            x = b.pool(x, 3, 2)
    return b.finish(b.global_pool(b.conv(x, 1000, 1, activation='relu')))


def style_256():
    b = Builder('style_256', (256, 256, 3))
    x = b.input
    for filters, kernel, stride in [(32, 9, 1), (64, 3, 2), (128, 3, 2)]:
        x = b.instance_norm(b.conv(x, filters, kernel, stride), 'relu')
    for _ in range(5):
        y = b.instance_norm(b.conv(x, 128, 3), 'relu')
        x = b.add(x, b.instance_norm(b.conv(y, 128, 3)))
    for filters in (64, 32):
        x = b.instance_norm(b.conv(b.upsample(x), filters, 3), 'relu')
    return b.finish(b.conv(x, 3, 9, gain=1.0))


def tiny_yolo2():
    b = Builder('tiny_yolo2', (416, 416, 3))
    x = b.input
    for filters in (16, 32, 64, 128, 256):
        x = b.pool(b.conv(x, filters, 3, activation='leaky'), 2, 2)
    x = b.pool(b.conv(x, 512, 3, activation='leaky'), 2, 1, 'same')
    x = b.conv(b.conv(x, 1024, 3, activation='leaky'), 512, 3, activation='leaky')
    return b.finish(b.conv(x, 125, 1, gain=1.0))


def unet_256():
    b = Builder('unet_256', (256, 256, 3))
    x, kept = b.input, []
    double = lambda x, filters: b.conv(b.conv(x, filters, 3, activation='relu'), filters, 3, activation='relu')
    for filters in (32, 64, 128, 256):
        kept.append(double(x, filters))
        x = b.pool(kept[-1], 2, 2)
    x = double(x, 512)
    for filters in (256, 128, 64, 32):
        x = double(b.concat(b.up_conv(x, filters), kept.pop()), filters)
    return b.finish(b.conv(x, 1, 1, activation='sigmoid', gain=1.0))


def vgg16():
    b = Builder('vgg16', (224, 224, 3))
    x = b.input
    for filters, repeat in [(64, 2), (128, 2), (256, 3), (512, 3), (512, 3)]:
        for _ in range(repeat):
            x = b.conv(x, filters, 3, activation='relu')
        x = b.pool(x, 2, 2)
    x = b.dense(b.dense(b.flatten(x), 4096, 'relu'), 4096, 'relu')
    return b.finish(b.dense(x, 1000, 'softmax', 1.0))


NETS = {
    'digits': digits,
    'ad_autoencoder': ad_autoencoder,
    'ds_cnn_kws': ds_cnn_kws,
    'mobilenet1_025_96': lambda: mobilenet1('mobilenet1_025_96', 96, .25, 2),
    'mobilenet1_025_224': lambda: mobilenet1('mobilenet1_025_224', 224, .25, 1000),
    'mobilenet2_100': mobilenet2_100,
    'efficientnet_lite0': efficientnet_lite0,
    'pilotnet': pilotnet,
    'resnet8': resnet8,
    'resnet18': resnet18,
    'resnet18_bn': lambda: resnet18('resnet18_bn', True),
    'resnet50': resnet50,
    'squeezenet11': squeezenet11,
    'style_256': style_256,
    'tiny_yolo2': tiny_yolo2,
    'unet_256': unet_256,
    'vgg16': vgg16,
}


# ---- single layers ----


def single(name, shape, add):
    def build():
        b = Builder(name, shape)
        return b.finish(add(b, b.input))
    return build


def conv_layer(h, w, c, filters, kernel, stride=1):
    name = f'conv{kernel}x{kernel}{"s%d" % stride if stride > 1 else ""}_{c}_{h}x{w}_{filters}'
    return name, single(name, (h, w, c), lambda b, x: b.conv(x, filters, kernel, stride, activation='relu'))


def depthwise_layer(size, c, kernel, stride):
    name = f'depthwise{kernel}x{kernel}s{stride}_{size}x{size}_{c}'
    return name, single(name, (size, size, c), lambda b, x: b.depthwise(x, kernel, stride, activation='relu6'))


def pool_layer(size, c, kernel, stride):
    name = f'maxpool{kernel}s{stride}_{size}x{size}_{c}'
    return name, single(name, (size, size, c), lambda b, x: b.pool(x, kernel, stride))


def dense_layer(n, units):
    name = f'dense_{n}_{units}'
    return name, single(name, (1, 1, n), lambda b, x: b.dense(b.flatten(x), units, 'relu'))


LAYERS = dict([
    conv_layer(56, 56, 64, 64, 3), conv_layer(28, 28, 128, 128, 3), conv_layer(14, 14, 256, 256, 3), conv_layer(7, 7, 512, 512, 3),
    conv_layer(56, 56, 64, 256, 1), conv_layer(56, 56, 256, 64, 1), conv_layer(28, 28, 128, 512, 1), conv_layer(28, 28, 512, 128, 1),
    conv_layer(14, 14, 256, 1024, 1), conv_layer(14, 14, 1024, 256, 1), conv_layer(7, 7, 512, 2048, 1), conv_layer(7, 7, 2048, 512, 1),
    conv_layer(56, 56, 128, 128, 3, 2), conv_layer(28, 28, 256, 256, 3, 2), conv_layer(14, 14, 512, 512, 3, 2),
    conv_layer(224, 224, 3, 64, 7, 2), conv_layer(224, 224, 3, 32, 3, 2), conv_layer(224, 224, 3, 64, 3), conv_layer(28, 28, 1, 32, 5),
    conv_layer(56, 56, 24, 144, 1), conv_layer(56, 56, 144, 24, 1), conv_layer(28, 28, 240, 40, 1),
    depthwise_layer(112, 32, 3, 1), depthwise_layer(56, 144, 3, 1), depthwise_layer(56, 144, 3, 2), depthwise_layer(14, 576, 3, 1),
    depthwise_layer(28, 240, 5, 1), depthwise_layer(28, 240, 5, 2), depthwise_layer(14, 480, 5, 1),
    pool_layer(112, 64, 2, 2), pool_layer(112, 64, 3, 2), dense_layer(25088, 512), dense_layer(1280, 1000), dense_layer(128, 10),
])
LAYERS.update([conv_layer(224, 224, 64, 64, 3), conv_layer(112, 112, 128, 128, 3), conv_layer(64,64,128,128,3), conv_layer(208,208,16,32,3), conv_layer(104,104,32,64,3), conv_layer(14,14,512,512,3),conv_layer(28,28,512,512,3), conv_layer(32,32,16,16,3), conv_layer(14,14,32,64,3)])
