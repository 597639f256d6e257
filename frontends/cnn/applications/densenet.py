# densenet.py - Huang and others, "Densely Connected Convolutional Networks", 2016.
from keras import layers

from . import imagenet_utils
from .imagenet_utils import application


def bn_relu(x, name):
    return layers.Activation('relu', name=name.replace('bn', 'relu'))(layers.BatchNormalization(epsilon=1.001e-5, name=name)(x))


def dense(name, depths):
    def body(x, weights):
        x = layers.Conv2D(64, 7, strides=2, use_bias=False, name='conv1_conv')(layers.ZeroPadding2D(3)(x))
        x = layers.ZeroPadding2D(1)(bn_relu(x, 'conv1_bn'))
        x = layers.MaxPooling2D(3, strides=2, name='pool1')(x)
        for stage, depth in enumerate(depths, 2):
            if stage > 2:       # between two stages: half the channels, half the picture
                x = bn_relu(x, f'pool{stage - 1}_bn')
                x = layers.Conv2D(x.shape[-1] // 2, 1, use_bias=False, name=f'pool{stage - 1}_conv')(x)
                x = layers.AveragePooling2D(2, name=f'pool{stage - 1}_pool')(x)
            for i in range(1, depth + 1):
                label = f'conv{stage}_block{i}'
                y = bn_relu(x, label + '_0_bn')
                y = layers.Conv2D(128, 1, use_bias=False, name=label + '_1_conv')(y)
                y = bn_relu(y, label + '_1_bn')
                y = layers.Conv2D(32, 3, padding='same', use_bias=False, name=label + '_2_conv')(y)
                x = layers.Concatenate(name=label + '_concat')([x, y])
        return bn_relu(x, 'bn')
    return application(name, body, average='avg_pool', greatest='max_pool')


DenseNet121 = dense('densenet121', (6, 12, 24, 16))
DenseNet169 = dense('densenet169', (6, 12, 32, 32))
DenseNet201 = dense('densenet201', (6, 12, 48, 32))


def preprocess_input(x, data_format=None):
    return imagenet_utils.preprocess_input(x, mode='torch')
