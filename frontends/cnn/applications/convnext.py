# convnext.py - Liu and others, "A ConvNet for the 2020s", 2022.
import keras
from keras import layers

from .imagenet_utils import network, picture, pooled


class LayerScale(layers.Layer):
    """Each channel by a trained factor."""
    def __init__(self, channels, **kwargs):
        super().__init__(**kwargs)
        self.channels = channels

    def build(self, input_shape):
        self.gamma = self.add_weight(shape=(self.channels,), initializer='ones')

    def call(self, x):
        return x * self.gamma


def normalized(name=None):
    return layers.LayerNormalization(epsilon=1e-6, name=name)


def block(x, channels, name):
    y = layers.Conv2D(channels, 7, padding='same', groups=channels, name=name + '_depthwise_conv')(x)
    y = normalized(name + '_layernorm')(y)
    y = layers.Dense(4 * channels, name=name + '_pointwise_conv_1')(y)
    y = layers.Activation('gelu', name=name + '_gelu')(y)
    y = layers.Dense(channels, name=name + '_pointwise_conv_2')(y)
    y = LayerScale(channels, name=name + '_layer_scale')(y)
    return x + layers.Activation('linear', name=name + '_identity')(y)


def convnext(name, depths, widths):
    def build(include_top=True, include_preprocessing=True, weights='imagenet', input_tensor=None, input_shape=None, pooling=None,
              classes=1000, classifier_activation='softmax', name=name):
        x = start = picture(input_tensor, input_shape, 224, include_top)
        if include_preprocessing and x.shape[-1] == 3:
            x = layers.Normalization(mean=[0.485 * 255, 0.456 * 255, 0.406 * 255],
                                     variance=[(0.229 * 255) ** 2, (0.224 * 255) ** 2, (0.225 * 255) ** 2],
                                     name=name + '_prestem_normalization')(x)
        for stage in range(4):
            if stage == 0:
                x = keras.Sequential([layers.Conv2D(widths[0], 4, strides=4, name=name + '_stem_conv'),
                                      normalized(name + '_stem_layernorm')], name=name + '_stem')(x)
            else:
                x = keras.Sequential([normalized(f'{name}_downsampling_layernorm_{stage - 1}'),
                                      layers.Conv2D(widths[stage], 2, strides=2, name=f'{name}_downsampling_conv_{stage - 1}')],
                                     name=f'{name}_downsampling_block_{stage - 1}')(x)
            for i in range(depths[stage]):
                x = block(x, widths[stage], f'{name}_stage_{stage}_block_{i}')
        if include_top:
            x = layers.GlobalAveragePooling2D(name=name + '_head_gap')(x)
            x = normalized(name + '_head_layernorm')(x)
            x = layers.Dense(classes, activation=classifier_activation, name=name + '_head_dense')(x)
        else:
            x = normalized()(pooled(x, pooling))
        return network(start, x, name, weights, input_tensor)
    return build


ConvNeXtTiny = convnext('convnext_tiny', (3, 3, 9, 3), (96, 192, 384, 768))
ConvNeXtSmall = convnext('convnext_small', (3, 3, 27, 3), (96, 192, 384, 768))
ConvNeXtBase = convnext('convnext_base', (3, 3, 27, 3), (128, 256, 512, 1024))
ConvNeXtLarge = convnext('convnext_large', (3, 3, 27, 3), (192, 384, 768, 1536))
ConvNeXtXLarge = convnext('convnext_xlarge', (3, 3, 27, 3), (256, 512, 1024, 2048))


def preprocess_input(x, data_format=None):
    return x
