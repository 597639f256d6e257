# mobilenet.py - Howard and others, "MobileNets: Efficient Convolutional Neural Networks for Mobile Vision Applications", 2017.
from keras import layers

from . import imagenet_utils
from .imagenet_utils import network, picture, pooled

WIDTHS = (64, 128, 128, 256, 256, 512, 512, 512, 512, 512, 512, 1024, 1024)
HALVED = (2, 4, 6, 12)          # blocks whose convolution has stride 2


def bn_relu6(x, name):
    return layers.ReLU(6.0, name=name + '_relu')(layers.BatchNormalization(name=name + '_bn')(x))


def MobileNet(input_shape=None, alpha=1.0, depth_multiplier=1, dropout=1e-3, include_top=True, weights='imagenet',
              input_tensor=None, pooling=None, classes=1000, classifier_activation='softmax', name=None):
    x = start = picture(input_tensor, input_shape, 224, include_top)
    x = layers.Conv2D(int(32 * alpha), 3, strides=2, padding='same', use_bias=False, name='conv1')(x)
    x = bn_relu6(x, 'conv1')
    for i, width in enumerate(WIDTHS, 1):
        stride = 2 if i in HALVED else 1
        if stride == 2:
            x = layers.ZeroPadding2D(((0, 1), (0, 1)), name=f'conv_pad_{i}')(x)
        x = layers.DepthwiseConv2D(3, padding='same' if stride == 1 else 'valid', depth_multiplier=depth_multiplier, strides=stride,
                                   use_bias=False, name=f'conv_dw_{i}')(x)
        x = bn_relu6(x, f'conv_dw_{i}')
        x = layers.Conv2D(int(width * alpha), 1, padding='same', use_bias=False, name=f'conv_pw_{i}')(x)
        x = bn_relu6(x, f'conv_pw_{i}')
    if include_top:
        x = layers.GlobalAveragePooling2D(keepdims=True)(x)
        x = layers.Dropout(dropout, name='dropout')(x)
        x = layers.Conv2D(classes, 1, padding='same', name='conv_preds')(x)
        x = layers.Reshape((classes,), name='reshape_2')(x)
        x = layers.Activation(classifier_activation, name='predictions')(x)
    else:
        x = pooled(x, pooling)
    return network(start, x, name or f'mobilenet_{alpha:0.2f}_{start.shape[1]}', weights, input_tensor)


def preprocess_input(x, data_format=None):
    return imagenet_utils.preprocess_input(x, mode='tf')
