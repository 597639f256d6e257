# mobilenet_v2.py - Sandler and others, "MobileNetV2: Inverted Residuals and Linear Bottlenecks", 2018.
from keras import layers

from . import imagenet_utils
from .imagenet_utils import divisible, network, pad_before_stride, picture, pooled

STAGES = ((16, 1, 1), (24, 2, 2), (32, 3, 2), (64, 4, 2), (96, 3, 1), (160, 3, 2), (320, 1, 1))     # width, blocks, stride


def bn(x, name):
    return layers.BatchNormalization(epsilon=1e-3, momentum=0.999, name=name)(x)


def block(x, width, stride, number):
    """Widen by six (but for the first block), convolve each channel, narrow."""
    before, channels = x, x.shape[-1]
    prefix = f'block_{number}_' if number else 'expanded_conv_'
    if number:
        x = bn(layers.Conv2D(6 * channels, 1, padding='same', use_bias=False, name=prefix + 'expand')(x), prefix + 'expand_BN')
        x = layers.ReLU(6.0, name=prefix + 'expand_relu')(x)
    if stride == 2:
        x = layers.ZeroPadding2D(pad_before_stride(x, 3), name=prefix + 'pad')(x)
    x = layers.DepthwiseConv2D(3, strides=stride, use_bias=False, padding='same' if stride == 1 else 'valid',
                               name=prefix + 'depthwise')(x)
    x = layers.ReLU(6.0, name=prefix + 'depthwise_relu')(bn(x, prefix + 'depthwise_BN'))
    x = bn(layers.Conv2D(width, 1, padding='same', use_bias=False, name=prefix + 'project')(x), prefix + 'project_BN')
    return layers.Add(name=prefix + 'add')([before, x]) if channels == width and stride == 1 else x


def MobileNetV2(input_shape=None, alpha=1.0, include_top=True, weights='imagenet', input_tensor=None, pooling=None, classes=1000,
                classifier_activation='softmax', name=None):
    x = start = picture(input_tensor, input_shape, 224, include_top)
    x = layers.Conv2D(divisible(32 * alpha), 3, strides=2, padding='same', use_bias=False, name='Conv1')(x)
    x = layers.ReLU(6.0, name='Conv1_relu')(bn(x, 'bn_Conv1'))
    number = 0
    for width, blocks, stride in STAGES:
        for i in range(blocks):
            x = block(x, divisible(int(width * alpha)), stride if i == 0 else 1, number)
            number += 1
    x = layers.Conv2D(divisible(1280 * alpha) if alpha > 1.0 else 1280, 1, use_bias=False, name='Conv_1')(x)
    x = layers.ReLU(6.0, name='out_relu')(bn(x, 'Conv_1_bn'))
    if include_top:
        x = imagenet_utils.classifier(x, classes, classifier_activation, average=None)
    else:
        x = pooled(x, pooling)
    return network(start, x, name or f'mobilenetv2_{alpha:0.2f}_{start.shape[1]}', weights, input_tensor)


def preprocess_input(x, data_format=None):
    return imagenet_utils.preprocess_input(x, mode='tf')
