# inception_resnet_v2.py - Szegedy and others, "Inception-v4, Inception-ResNet and the Impact of Residual Connections on
# Learning", 2016.
from keras import layers

from . import imagenet_utils
from .imagenet_utils import application


def conv(x, width, kernel, stride=1, padding='same', name=None):
    x = layers.Conv2D(width, kernel, strides=stride, padding=padding, use_bias=False, name=name)(x)
    x = layers.BatchNormalization(scale=False, name=name and name + '_bn')(x)
    return layers.Activation('relu', name=name and name + '_ac')(x)


def chain(x, *steps):
    for step in steps:
        x = conv(x, *step)
    return x


def halved(x):
    return layers.MaxPooling2D(3, strides=2)(x)


# Branches of the residual blocks: (width, kernel) one after the other.
BRANCHES = {
    'block35': (((32, 1),), ((32, 1), (32, 3)), ((32, 1), (48, 3), (64, 3))),
    'block17': (((192, 1),), ((128, 1), (160, (1, 7)), (192, (7, 1)))),
    'block8': (((192, 1),), ((192, 1), (224, (1, 3)), (256, (3, 1)))),
}


def block(x, kind, number, scale, relu=True):
    name = f'{kind}_{number}'
    y = layers.Concatenate(name=name + '_mixed')([chain(x, *steps) for steps in BRANCHES[kind]])
    y = layers.Conv2D(x.shape[-1], 1, padding='same', name=name + '_conv')(y)
    x = x + y * scale
    return layers.Activation('relu', name=name + '_ac')(x) if relu else x


def body(x, weights):
    x = halved(chain(x, (32, 3, 2, 'valid'), (32, 3, 1, 'valid'), (64, 3)))
    x = halved(chain(x, (80, 1, 1, 'valid'), (192, 3, 1, 'valid')))
    x = layers.Concatenate(name='mixed_5b')([
        conv(x, 96, 1), chain(x, (48, 1), (64, 5)), chain(x, (64, 1), (96, 3), (96, 3)),
        conv(layers.AveragePooling2D(3, strides=1, padding='same')(x), 64, 1)])
    for i in range(1, 11):
        x = block(x, 'block35', i, 0.17)
    x = layers.Concatenate(name='mixed_6a')([
        conv(x, 384, 3, 2, 'valid'), chain(x, (256, 1), (256, 3), (384, 3, 2, 'valid')), halved(x)])
    for i in range(1, 21):
        x = block(x, 'block17', i, 0.1)
    x = layers.Concatenate(name='mixed_7a')([
        chain(x, (256, 1), (384, 3, 2, 'valid')), chain(x, (256, 1), (288, 3, 2, 'valid')),
        chain(x, (256, 1), (288, 3), (320, 3, 2, 'valid')), halved(x)])
    for i in range(1, 10):
        x = block(x, 'block8', i, 0.2)
    x = block(x, 'block8', 10, 1.0, relu=False)
    return conv(x, 1536, 1, name='conv_7b')


InceptionResNetV2 = application('inception_resnet_v2', body, size=299, smallest=75)


def preprocess_input(x, data_format=None):
    return imagenet_utils.preprocess_input(x, mode='tf')
