# resnet.py - He and others, "Deep Residual Learning for Image Recognition", 2015; V2: "Identity Mappings in Deep Residual
# Networks", 2016.
from keras import layers

from . import imagenet_utils
from .imagenet_utils import application


def bn(x, name):
    return layers.BatchNormalization(axis=3, epsilon=1.001e-5, name=name)(x)


def bn_relu(x, name, relu=None):
    return layers.Activation('relu', name=relu or name.replace('bn', 'relu'))(bn(x, name))


def block_v1(x, filters, stride, convolve, name):
    """1x1, 3x3, 1x1; `convolve`: the way around them has a convolution."""
    around = x
    if convolve:
        around = bn(layers.Conv2D(4 * filters, 1, strides=stride, name=name + '_0_conv')(x), name + '_0_bn')
    x = bn_relu(layers.Conv2D(filters, 1, strides=stride, name=name + '_1_conv')(x), name + '_1_bn')
    x = bn_relu(layers.Conv2D(filters, 3, padding='same', name=name + '_2_conv')(x), name + '_2_bn')
    x = bn(layers.Conv2D(4 * filters, 1, name=name + '_3_conv')(x), name + '_3_bn')
    return layers.Activation('relu', name=name + '_out')(layers.Add(name=name + '_add')([around, x]))


def block_v2(x, filters, stride, convolve, name):
    """The same with normalisation and ReLU in front."""
    before = bn_relu(x, name + '_preact_bn')
    if convolve:
        around = layers.Conv2D(4 * filters, 1, strides=stride, name=name + '_0_conv')(before)
    else:
        around = layers.MaxPooling2D(1, strides=stride)(x) if stride > 1 else x
    x = bn_relu(layers.Conv2D(filters, 1, use_bias=False, name=name + '_1_conv')(before), name + '_1_bn')
    x = layers.ZeroPadding2D(1, name=name + '_2_pad')(x)
    x = bn_relu(layers.Conv2D(filters, 3, strides=stride, use_bias=False, name=name + '_2_conv')(x), name + '_2_bn')
    x = layers.Conv2D(4 * filters, 1, name=name + '_3_conv')(x)
    return layers.Add(name=name + '_out')([around, x])


def residual(name, depths, second=False):
    def body(x, weights):
        x = layers.ZeroPadding2D(3, name='conv1_pad')(x)
        x = layers.Conv2D(64, 7, strides=2, name='conv1_conv')(x)
        if not second:
            x = bn_relu(x, 'conv1_bn')
        x = layers.ZeroPadding2D(1, name='pool1_pad')(x)
        x = layers.MaxPooling2D(3, strides=2, name='pool1_pool')(x)
        for stage, depth in enumerate(depths):
            for i in range(1, depth + 1):
                label = f'conv{stage + 2}_block{i}'
                if second:      # the last block of a stage halves the picture, but for the last stage
                    x = block_v2(x, 64 << stage, 2 if i == depth and stage < 3 else 1, i == 1, label)
                else:           # the first one does, but for the first stage
                    x = block_v1(x, 64 << stage, 2 if i == 1 and stage > 0 else 1, i == 1, label)
        return bn_relu(x, 'post_bn') if second else x
    return application(name, body, average='avg_pool', greatest='max_pool')


ResNet50 = residual('resnet50', (3, 4, 6, 3))
ResNet101 = residual('resnet101', (3, 4, 23, 3))
ResNet152 = residual('resnet152', (3, 8, 36, 3))


def preprocess_input(x, data_format=None):
    return imagenet_utils.preprocess_input(x, mode='caffe')
