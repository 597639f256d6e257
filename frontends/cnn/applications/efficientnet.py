# efficientnet.py - Tan, Le, "EfficientNet: Rethinking Model Scaling for Convolutional Neural Networks", 2019.
import math

from keras import layers

from .imagenet_utils import application, divisible, pad_before_stride

STAGES = ((1, 16, 3, 1, 1), (2, 24, 3, 2, 6), (2, 40, 5, 2, 6), (3, 80, 3, 2, 6), (3, 112, 5, 1, 6), (4, 192, 5, 2, 6),
          (1, 320, 3, 1, 6))    # blocks, width, kernel, stride, how much wider inside


def bn_swish(x, name):
    """`name`: of the normalisation; the activation is called like it."""
    return layers.Activation('swish', name=name[:-2] + 'activation')(layers.BatchNormalization(name=name)(x))


def excite(x, inside, squeezed, name):
    y = layers.GlobalAveragePooling2D(name=name + 'se_squeeze')(x)
    y = layers.Reshape((1, 1, inside), name=name + 'se_reshape')(y)
    y = layers.Conv2D(squeezed, 1, padding='same', activation='swish', name=name + 'se_reduce')(y)
    y = layers.Conv2D(inside, 1, padding='same', activation='sigmoid', name=name + 'se_expand')(y)
    return layers.Multiply(name=name + 'se_excite')([x, y])


def narrow(x, before, width, stride, drop, name):
    """The end of a block: to its width and, where the shape stays, around it."""
    x = layers.Conv2D(width, 1, padding='same', use_bias=False, name=name + 'project_conv')(x)
    x = layers.BatchNormalization(name=name + 'project_bn')(x)
    return around(x, before, stride, drop, name)


def around(x, before, stride, drop, name):
    if stride > 1 or before.shape[-1] != x.shape[-1]:
        return x
    if drop > 0:
        x = layers.Dropout(drop, noise_shape=(None, 1, 1, 1), name=name + 'drop')(x)
    return layers.Add(name=name + 'add')([x, before])


def block(x, width, kernel, stride, wider, drop, name):
    before, channels = x, x.shape[-1]
    inside = channels * wider
    if wider > 1:
        x = bn_swish(layers.Conv2D(inside, 1, padding='same', use_bias=False, name=name + 'expand_conv')(x), name + 'expand_bn')
    if stride == 2:
        x = layers.ZeroPadding2D(pad_before_stride(x, kernel), name=name + 'dwconv_pad')(x)
    x = layers.DepthwiseConv2D(kernel, strides=stride, padding='valid' if stride == 2 else 'same', use_bias=False,
                               name=name + 'dwconv')(x)
    x = bn_swish(x, name + 'bn')
    x = excite(x, inside, max(1, channels // 4), name)
    return narrow(x, before, width, stride, drop, name)


def efficient(name, wide, deep, size, dropout):
    """`wide` and `deep`: factors of the channels and of the blocks of each stage."""
    def body(x, weights):
        x = layers.Normalization(axis=3)(layers.Rescaling(1.0 / 255.0)(x))
        if weights == 'imagenet':       # those weights were trained with another scale than Normalization gives
            x = layers.Rescaling([1.0 / math.sqrt(s) for s in (0.229, 0.224, 0.225)])(x)
        x = layers.ZeroPadding2D(pad_before_stride(x, 3), name='stem_conv_pad')(x)
        x = layers.Conv2D(divisible(32 * wide), 3, strides=2, use_bias=False, name='stem_conv')(x)
        x = bn_swish(x, 'stem_bn')
        depths = [math.ceil(deep * stage[0]) for stage in STAGES]
        done = 0
        for number, (_, width, kernel, stride, wider) in enumerate(STAGES):
            for i in range(depths[number]):
                x = block(x, divisible(width * wide), kernel, stride if i == 0 else 1, wider, 0.2 * done / sum(depths),
                          f'block{number + 1}{chr(97 + i)}_')
                done += 1
        x = layers.Conv2D(divisible(1280 * wide), 1, padding='same', use_bias=False, name='top_conv')(x)
        return bn_swish(x, 'top_bn')
    return application(name, body, size=size, average='avg_pool', greatest='max_pool', dropout=dropout)


EfficientNetB0 = efficient('efficientnetb0', 1.0, 1.0, 224, 0.2)
EfficientNetB1 = efficient('efficientnetb1', 1.0, 1.1, 240, 0.2)
EfficientNetB2 = efficient('efficientnetb2', 1.1, 1.2, 260, 0.3)
EfficientNetB3 = efficient('efficientnetb3', 1.2, 1.4, 300, 0.3)
EfficientNetB4 = efficient('efficientnetb4', 1.4, 1.8, 380, 0.4)
EfficientNetB5 = efficient('efficientnetb5', 1.6, 2.2, 456, 0.4)
EfficientNetB6 = efficient('efficientnetb6', 1.8, 2.6, 528, 0.5)
EfficientNetB7 = efficient('efficientnetb7', 2.0, 3.1, 600, 0.5)


def preprocess_input(x, data_format=None):
    return x
