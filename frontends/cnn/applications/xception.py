# xception.py - Chollet, "Xception: Deep Learning with Depthwise Separable Convolutions", 2016.
from keras import layers

from . import imagenet_utils
from .imagenet_utils import application


def bn(x, name=None):
    return layers.BatchNormalization(name=name)(x)


def relu(x, name):
    return layers.Activation('relu', name=name)(x)


def separable(x, width, name):
    return bn(layers.SeparableConv2D(width, 3, padding='same', use_bias=False, name=name)(x), name + '_bn')


def narrowing(x, widths, number):
    """Two separable convolutions, then half the picture; a 1x1 convolution goes around."""
    around = bn(layers.Conv2D(widths[1], 1, strides=2, padding='same', use_bias=False)(x))
    for i, width in enumerate(widths, 1):
        if number > 2 or i > 1:
            x = relu(x, f'block{number}_sepconv{i}_act')
        x = separable(x, width, f'block{number}_sepconv{i}')
    x = layers.MaxPooling2D(3, strides=2, padding='same', name=f'block{number}_pool')(x)
    return layers.Add()([x, around])


def body(x, weights):
    for i, width in enumerate((32, 64), 1):
        x = layers.Conv2D(width, 3, strides=3 - i, use_bias=False, name=f'block1_conv{i}')(x)
        x = relu(bn(x, f'block1_conv{i}_bn'), f'block1_conv{i}_act')
    for number, width in ((2, 128), (3, 256), (4, 728)):
        x = narrowing(x, (width, width), number)
    for number in range(5, 13):
        before = x
        for i in (1, 2, 3):
            x = separable(relu(x, f'block{number}_sepconv{i}_act'), 728, f'block{number}_sepconv{i}')
        x = layers.Add()([x, before])
    x = narrowing(x, (728, 1024), 13)
    for i, width in enumerate((1536, 2048), 1):
        x = relu(separable(x, width, f'block14_sepconv{i}'), f'block14_sepconv{i}_act')
    return x


Xception = application('xception', body, size=299, smallest=71)


def preprocess_input(x, data_format=None):
    return imagenet_utils.preprocess_input(x, mode='tf')
