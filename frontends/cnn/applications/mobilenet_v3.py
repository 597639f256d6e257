# mobilenet_v3.py - Howard and others, "Searching for MobileNetV3", 2019.
from keras import layers

from .imagenet_utils import divisible, network, pad_before_stride, picture, pooled

# Blocks: how much wider inside, width, kernel, stride, squeeze and excite?, hard swish?
SMALL = ((1, 16, 3, 2, True, False), (72 / 16, 24, 3, 2, False, False), (88 / 24, 24, 3, 1, False, False),
         (4, 40, 5, 2, True, True), (6, 40, 5, 1, True, True), (6, 40, 5, 1, True, True), (3, 48, 5, 1, True, True),
         (3, 48, 5, 1, True, True), (6, 96, 5, 2, True, True), (6, 96, 5, 1, True, True), (6, 96, 5, 1, True, True))
LARGE = ((1, 16, 3, 1, False, False), (4, 24, 3, 2, False, False), (3, 24, 3, 1, False, False), (3, 40, 5, 2, True, False),
         (3, 40, 5, 1, True, False), (3, 40, 5, 1, True, False), (6, 80, 3, 2, False, True), (2.5, 80, 3, 1, False, True),
         (2.3, 80, 3, 1, False, True), (2.3, 80, 3, 1, False, True), (6, 112, 3, 1, True, True), (6, 112, 3, 1, True, True),
         (6, 160, 5, 2, True, True), (6, 160, 5, 1, True, True), (6, 160, 5, 1, True, True))


def bn(x, name):
    return layers.BatchNormalization(epsilon=1e-3, momentum=0.999, name=name)(x)


def curve(x, swish):
    return layers.Activation('hard_swish')(x) if swish else layers.ReLU()(x)


def excite(x, width, prefix):
    """Each channel by a factor that the mean of all channels decides."""
    y = layers.GlobalAveragePooling2D(keepdims=True, name=prefix + 'squeeze_excite_avg_pool')(x)
    y = layers.Conv2D(divisible(width * 0.25), 1, padding='same', name=prefix + 'squeeze_excite_conv')(y)
    y = layers.ReLU(name=prefix + 'squeeze_excite_relu')(y)
    y = layers.Conv2D(width, 1, padding='same', name=prefix + 'squeeze_excite_conv_1')(y)
    y = layers.ReLU(6.0)(y + 3.0) * (1.0 / 6.0)
    return layers.Multiply(name=prefix + 'squeeze_excite_mul')([x, y])


def block(x, wider, width, kernel, stride, squeeze, swish, number):
    before, channels = x, x.shape[-1]
    prefix = f'expanded_conv_{number}_' if number else 'expanded_conv_'
    inside = divisible(channels * wider)
    if number:
        x = layers.Conv2D(inside, 1, padding='same', use_bias=False, name=prefix + 'expand')(x)
        x = curve(bn(x, prefix + 'expand_bn'), swish)
    if stride == 2:
        x = layers.ZeroPadding2D(pad_before_stride(x, kernel), name=prefix + 'depthwise_pad')(x)
    x = layers.DepthwiseConv2D(kernel, strides=stride, padding='same' if stride == 1 else 'valid', use_bias=False,
                               name=prefix + 'depthwise')(x)
    x = curve(bn(x, prefix + 'depthwise_bn'), swish)
    if squeeze:
        x = excite(x, inside, prefix)
    x = bn(layers.Conv2D(width, 1, padding='same', use_bias=False, name=prefix + 'project')(x), prefix + 'project_bn')
    return layers.Add(name=prefix + 'add')([before, x]) if stride == 1 and channels == width else x


def mobile(name, blocks, last):
    def build(input_shape=None, alpha=1.0, minimalistic=False, include_top=True, weights='imagenet', input_tensor=None,
              classes=1000, pooling=None, dropout_rate=0.2, classifier_activation='softmax', include_preprocessing=True, name=name):
        x = start = picture(input_tensor, input_shape or (None, None, 3), 224, include_top)
        swish = not minimalistic
        if include_preprocessing:
            x = layers.Rescaling(1.0 / 127.5, -1.0)(x)
        x = layers.Conv2D(16, 3, strides=2, padding='same', use_bias=False, name='conv')(x)
        x = curve(bn(x, 'conv_bn'), swish)
        for number, (wider, width, kernel, stride, squeeze, swishes) in enumerate(blocks):
            x = block(x, wider, divisible(width * alpha), 3 if minimalistic else kernel, stride, squeeze and swish, swishes and swish,
                      number)
        x = layers.Conv2D(divisible(x.shape[-1] * 6), 1, padding='same', use_bias=False, name='conv_1')(x)
        x = curve(bn(x, 'conv_1_bn'), swish)
        if include_top:
            x = layers.GlobalAveragePooling2D(keepdims=True)(x)
            x = layers.Conv2D(divisible(last * alpha) if alpha > 1.0 else last, 1, padding='same', name='conv_2')(x)
            x = curve(x, swish)
            if dropout_rate > 0:
                x = layers.Dropout(dropout_rate)(x)
            x = layers.Conv2D(classes, 1, padding='same', name='logits')(x)
            x = layers.Activation(classifier_activation, name='predictions')(layers.Flatten()(x))
        else:
            x = pooled(x, pooling, 'avg_pool', 'max_pool')
        return network(start, x, name, weights, input_tensor)
    return build


MobileNetV3Small = mobile('MobileNetV3Small', SMALL, 1024)
MobileNetV3Large = mobile('MobileNetV3Large', LARGE, 1280)


def preprocess_input(x, data_format=None):
    return x
