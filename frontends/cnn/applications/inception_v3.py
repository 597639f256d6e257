# inception_v3.py - Szegedy and others, "Rethinking the Inception Architecture for Computer Vision", 2015.
from keras import layers

from . import imagenet_utils
from .imagenet_utils import application


def conv(x, width, rows, columns, stride=1, padding='same'):
    x = layers.Conv2D(width, (rows, columns), strides=stride, padding=padding, use_bias=False)(x)
    return layers.Activation('relu')(layers.BatchNormalization(scale=False)(x))


def chain(x, *steps):
    """Convolutions one after the other, each (width, rows, columns, ...)."""
    for step in steps:
        x = conv(x, *step)
    return x


def averaged(x, width):
    return conv(layers.AveragePooling2D(3, strides=1, padding='same')(x), width, 1, 1)


def halved(x):
    return layers.MaxPooling2D(3, strides=2)(x)


def joined(name, *branches):
    return layers.Concatenate(name=name)(list(branches))


def forked(x, name):
    """A row and a column side by side."""
    return joined(name, conv(x, 384, 1, 3), conv(x, 384, 3, 1))


def body(x, weights):
    x = halved(chain(x, (32, 3, 3, 2, 'valid'), (32, 3, 3, 1, 'valid'), (64, 3, 3)))
    x = halved(chain(x, (80, 1, 1, 1, 'valid'), (192, 3, 3, 1, 'valid')))
    for i, width in enumerate((32, 64, 64)):            # 35 x 35
        x = joined(f'mixed{i}', conv(x, 64, 1, 1), chain(x, (48, 1, 1), (64, 5, 5)),
                   chain(x, (64, 1, 1), (96, 3, 3), (96, 3, 3)), averaged(x, width))
    x = joined('mixed3', conv(x, 384, 3, 3, 2, 'valid'), chain(x, (64, 1, 1), (96, 3, 3), (96, 3, 3, 2, 'valid')), halved(x))
    for i, width in enumerate((128, 160, 160, 192), 4):  # 17 x 17
        w = width
        x = joined(f'mixed{i}', conv(x, 192, 1, 1), chain(x, (w, 1, 1), (w, 1, 7), (192, 7, 1)),
                   chain(x, (w, 1, 1), (w, 7, 1), (w, 1, 7), (w, 7, 1), (192, 1, 7)), averaged(x, 192))
    x = joined('mixed8', chain(x, (192, 1, 1), (320, 3, 3, 2, 'valid')),
               chain(x, (192, 1, 1), (192, 1, 7), (192, 7, 1), (192, 3, 3, 2, 'valid')), halved(x))
    for i in range(2):                                  # 8 x 8
        x = joined(f'mixed{9 + i}', conv(x, 320, 1, 1), forked(conv(x, 384, 1, 1), f'mixed9_{i}'),
                   forked(chain(x, (448, 1, 1), (384, 3, 3)), None), averaged(x, 192))
    return x


InceptionV3 = application('inception_v3', body, size=299, smallest=75)


def preprocess_input(x, data_format=None):
    return imagenet_utils.preprocess_input(x, mode='tf')
