# vgg16.py - VGG: Simonyan, Zisserman, "Very Deep Convolutional Networks for Large-Scale Image Recognition", 2014.
from keras import layers

from . import imagenet_utils
from .imagenet_utils import network, picture, pooled


def vgg(name, convolutions):
    """`convolutions`: how many in each of the five blocks."""
    def build(include_top=True, weights='imagenet', input_tensor=None, input_shape=None, pooling=None, classes=1000,
              classifier_activation='softmax', name=name):
        x = start = picture(input_tensor, input_shape, 224, include_top)
        for block, count in enumerate(convolutions, 1):
            for i in range(1, count + 1):
                x = layers.Conv2D(min(512, 32 << block), 3, activation='relu', padding='same', name=f'block{block}_conv{i}')(x)
            x = layers.MaxPooling2D(2, name=f'block{block}_pool')(x)
        if include_top:
            x = layers.Flatten(name='flatten')(x)
            x = layers.Dense(4096, activation='relu', name='fc1')(x)
            x = layers.Dense(4096, activation='relu', name='fc2')(x)
            x = layers.Dense(classes, activation=classifier_activation, name='predictions')(x)
        else:
            x = pooled(x, pooling)
        return network(start, x, name, weights, input_tensor)
    return build


VGG16 = vgg('vgg16', (2, 2, 3, 3, 3))


def preprocess_input(x, data_format=None):
    return imagenet_utils.preprocess_input(x, mode='caffe')
