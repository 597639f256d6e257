# nasnet.py - Zoph and others, "Learning Transferable Architectures for Scalable Image Recognition", 2017.
from keras import layers

from . import imagenet_utils
from .imagenet_utils import classifier, network, pad_before_stride, picture, pooled


def bn(x, name):
    return layers.BatchNormalization(momentum=0.9997, epsilon=1e-3, name=name)(x)


def relu(x, name=None):
    return layers.Activation('relu', name=name)(x)


def conv(x, filters, name):
    return layers.Conv2D(filters, 1, padding='same', use_bias=False, name=name)(x)


def separable(x, filters, kernel, label, stride=1):
    """Twice ReLU, separable convolution, normalisation; the first with the stride."""
    x = relu(x)
    if stride == 2:
        x = layers.ZeroPadding2D(pad_before_stride(x, kernel), name='separable_conv_1_pad_' + label)(x)
    x = layers.SeparableConv2D(filters, kernel, strides=stride, padding='same' if stride == 1 else 'valid', use_bias=False,
                               name='separable_conv_1_' + label)(x)
    x = relu(bn(x, 'separable_conv_1_bn_' + label))
    x = layers.SeparableConv2D(filters, kernel, padding='same', use_bias=False, name='separable_conv_2_' + label)(x)
    return bn(x, 'separable_conv_2_bn_' + label)


def adjusted(p, x, filters, label):
    """The cell before, made to fit the picture and the channels of the last one."""
    if p is None:
        return x
    if p.shape[2] != x.shape[2]:
        p = relu(p, 'adjust_relu_1_' + label)
        a = layers.AveragePooling2D(1, strides=2, name='adjust_avg_pool_1_' + label)(p)
        a = conv(a, filters // 2, 'adjust_conv_1_' + label)
        b = layers.Cropping2D(((1, 0), (1, 0)))(layers.ZeroPadding2D(((0, 1), (0, 1)))(p))      # one pixel further
        b = layers.AveragePooling2D(1, strides=2, name='adjust_avg_pool_2_' + label)(b)
        b = conv(b, filters // 2, 'adjust_conv_2_' + label)
        return bn(layers.Concatenate()([a, b]), 'adjust_bn_' + label)
    if p.shape[-1] != filters:
        return bn(conv(relu(p), filters, 'adjust_conv_projection_' + label), 'adjust_bn_' + label)
    return p


def add(a, b, name=None):
    return layers.Add(name=name)([a, b])


def smooth(x, name):
    return layers.AveragePooling2D(3, strides=1, padding='same', name=name)(x)


def normal_cell(x, p, filters, label):
    before = x
    p = adjusted(p, x, filters, label)
    h = bn(conv(relu(x), filters, 'normal_conv_1_' + label), 'normal_bn_1_' + label)
    a = add(separable(h, filters, 5, 'normal_left1_' + label), separable(p, filters, 3, 'normal_right1_' + label),
            'normal_add_1_' + label)
    b = add(separable(p, filters, 5, 'normal_left2_' + label), separable(p, filters, 3, 'normal_right2_' + label),
            'normal_add_2_' + label)
    c = add(smooth(h, 'normal_left3_' + label), p, 'normal_add_3_' + label)
    d = add(smooth(p, 'normal_left4_' + label), smooth(p, 'normal_right4_' + label), 'normal_add_4_' + label)
    e = add(separable(h, filters, 3, 'normal_left5_' + label), h, 'normal_add_5_' + label)
    return layers.Concatenate(name='normal_concat_' + label)([p, a, b, c, d, e]), before


def reduction_cell(x, p, filters, label):
    before = x
    p = adjusted(p, x, filters, label)
    h = bn(conv(relu(x), filters, 'reduction_conv_1_' + label), 'reduction_bn_1_' + label)
    padded = layers.ZeroPadding2D(pad_before_stride(h, 3), name='reduction_pad_1_' + label)(h)
    a = add(separable(h, filters, 5, 'reduction_left1_' + label, 2), separable(p, filters, 7, 'reduction_right1_' + label, 2),
            'reduction_add_1_' + label)
    b = add(layers.MaxPooling2D(3, strides=2, name='reduction_left2_' + label)(padded),
            separable(p, filters, 7, 'reduction_right2_' + label, 2), 'reduction_add_2_' + label)
    c = add(layers.AveragePooling2D(3, strides=2, name='reduction_left3_' + label)(padded),
            separable(p, filters, 5, 'reduction_right3_' + label, 2), 'reduction_add3_' + label)
    d = add(b, smooth(a, 'reduction_left4_' + label))
    e = add(separable(a, filters, 3, 'reduction_left4_' + label),
            layers.MaxPooling2D(3, strides=2, name='reduction_right5_' + label)(padded), 'reduction_add4_' + label)
    return layers.Concatenate(name='reduction_concat_' + label)([b, c, d, e]), before


def nasnet(name, size, last, blocks, stem, skip):
    """`last`: channels before the classifier; `blocks`: normal cells of each stage; `skip`: past the cells that halve."""
    def build(input_shape=None, include_top=True, weights='imagenet', input_tensor=None, pooling=None, classes=1000,
              classifier_activation='softmax', name=name):
        shape = input_shape or (size, size, 3)
        start = picture(input_tensor, shape, size, include_top)
        filters = last // 24
        x = layers.Conv2D(stem, 3, strides=2, use_bias=False, name='stem_conv1')(start)
        x = bn(x, 'stem_bn1')
        x, p = reduction_cell(x, None, filters // 4, 'stem_1')
        x, p = reduction_cell(x, p, filters // 2, 'stem_2')
        for stage in range(3):
            if stage > 0:
                x, halved = reduction_cell(x, p, filters << stage, f'reduce_{stage * blocks}')
                p = p if skip else halved
            first = stage * blocks + (1 if stage > 0 else 0)
            for i in range(blocks):
                x, p = normal_cell(x, p, filters << stage, f'{first + i}')
        x = relu(x)
        x = classifier(x, classes, classifier_activation, average=None) if include_top else pooled(x, pooling)
        return network(start, x, name, weights, input_tensor)
    return build


NASNetMobile = nasnet('nasnet_mobile', 224, 1056, 4, 32, False)
NASNetLarge = nasnet('nasnet_large', 331, 4032, 6, 96, True)


def preprocess_input(x, data_format=None):
    return imagenet_utils.preprocess_input(x, mode='tf')
