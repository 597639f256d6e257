# efficientnet_v2.py - Tan, Le, "EfficientNetV2: Smaller Models and Faster Training", 2021.
import math

from keras import layers

from .efficientnet import around, bn_swish, excite, narrow
from .imagenet_utils import classifier, network, picture, pooled

# Stages: blocks, width, stride, how much wider inside, fused? (a fused block has one convolution in place of the depthwise pair,
# the others squeeze and excite)
BASE = ((1, 16, 1, 1, True), (2, 32, 2, 4, True), (2, 48, 2, 4, True), (3, 96, 2, 4, False), (5, 112, 1, 6, False),
        (8, 192, 2, 6, False))
SMALL = ((2, 24, 1, 1, True), (4, 48, 2, 4, True), (4, 64, 2, 4, True), (6, 128, 2, 4, False), (9, 160, 1, 6, False),
         (15, 256, 2, 6, False))
MEDIUM = ((3, 24, 1, 1, True), (5, 48, 2, 4, True), (5, 80, 2, 4, True), (7, 160, 2, 4, False), (14, 176, 1, 6, False),
          (18, 304, 2, 6, False), (5, 512, 1, 6, False))
LARGE = ((4, 32, 1, 1, True), (7, 64, 2, 4, True), (7, 96, 2, 4, True), (10, 192, 2, 4, False), (19, 224, 1, 6, False),
         (25, 384, 2, 6, False), (7, 640, 1, 6, False))


def fused(x, width, stride, wider, drop, name):
    before = x
    if wider > 1:
        x = layers.Conv2D(x.shape[-1] * wider, 3, strides=stride, padding='same', use_bias=False, name=name + 'expand_conv')(x)
        return narrow(bn_swish(x, name + 'expand_bn'), before, width, stride, drop, name)
    x = layers.Conv2D(width, 3, strides=stride, padding='same', use_bias=False, name=name + 'project_conv')(x)
    return around(bn_swish(x, name + 'project_bn'), before, stride, drop, name)


def separate(x, width, stride, wider, drop, name):
    before, channels = x, x.shape[-1]
    inside = channels * wider
    x = bn_swish(layers.Conv2D(inside, 1, padding='same', use_bias=False, name=name + 'expand_conv')(x), name + 'expand_bn')
    x = layers.DepthwiseConv2D(3, strides=stride, padding='same', use_bias=False, name=name + 'dwconv2')(x)
    x = excite(bn_swish(x, name + 'bn'), inside, max(1, channels // 4), name)
    return narrow(x, before, width, stride, drop, name)


def efficient(name, stages, size, wide=1.0, deep=1.0, first=32):
    def rounded(width):         # unlike the first version's it may lose more than a tenth
        return max(8, int(width * wide + 4) // 8 * 8)

    def build(include_top=True, weights='imagenet', input_tensor=None, input_shape=None, pooling=None, classes=1000,
              classifier_activation='softmax', include_preprocessing=True, name=name):
        x = start = picture(input_tensor, input_shape, size, include_top)
        if include_preprocessing and stages is BASE and x.shape[-1] == 3:
            x = layers.Normalization(mean=[0.485, 0.456, 0.406], variance=[0.229 ** 2, 0.224 ** 2, 0.225 ** 2],
                                     axis=3)(layers.Rescaling(1.0 / 255)(x))
        elif include_preprocessing:
            x = layers.Rescaling(1.0 / 128.0, -1)(x)
        x = layers.Conv2D(rounded(first), 3, strides=2, padding='same', use_bias=False, name='stem_conv')(x)
        x = bn_swish(x, 'stem_bn')
        done, blocks = 0, sum([stage[0] for stage in stages])
        for number, (depth, width, stride, wider, fuse) in enumerate(stages, 1):
            for i in range(math.ceil(deep * depth)):
                block = fused if fuse else separate
                x = block(x, rounded(width), stride if i == 0 else 1, wider, 0.2 * done / blocks, f'block{number}{chr(97 + i)}_')
                done += 1
        x = layers.Conv2D(rounded(1280), 1, padding='same', use_bias=False, name='top_conv')(x)
        x = bn_swish(x, 'top_bn')
        if include_top:
            x = classifier(x, classes, classifier_activation, dropout=0.2)
        else:
            x = pooled(x, pooling, 'avg_pool', 'max_pool')
        return network(start, x, name, weights, input_tensor)
    return build


EfficientNetV2B0 = efficient('efficientnetv2-b0', BASE, 224)
EfficientNetV2B1 = efficient('efficientnetv2-b1', BASE, 240, 1.0, 1.1)
EfficientNetV2B2 = efficient('efficientnetv2-b2', BASE, 260, 1.1, 1.2)
EfficientNetV2B3 = efficient('efficientnetv2-b3', BASE, 300, 1.2, 1.4)
EfficientNetV2S = efficient('efficientnetv2-s', SMALL, 384, first=24)
EfficientNetV2M = efficient('efficientnetv2-m', MEDIUM, 480, first=24)
EfficientNetV2L = efficient('efficientnetv2-l', LARGE, 480)


def preprocess_input(x, data_format=None):
    return x
