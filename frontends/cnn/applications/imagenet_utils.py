# imagenet_utils.py - what all applications share: the picture they start from, the classifier they end in, preprocess_input.
import keras
from keras import layers, ops


def picture(tensor, shape, size, include_top, smallest=32):
    """What the network starts from: the given tensor, or an input of the given or the usual shape."""
    if tensor is not None:
        return tensor
    if shape is None:
        shape = (size, size, 3) if include_top else (None, None, 3)
    for side in shape[:2]:
        if side is not None and side < smallest:
            raise ValueError(f'the picture must be at least {smallest} x {smallest}; input_shape is {shape}')
    return keras.Input(shape=shape)


def pooled(x, pooling, average=None, greatest=None):
    """The end of a network without its classifier."""
    if pooling == 'avg':
        return layers.GlobalAveragePooling2D(name=average)(x)
    if pooling == 'max':
        return layers.GlobalMaxPooling2D(name=greatest)(x)
    return x


def classifier(x, classes, activation, average='avg_pool', dropout=0):
    x = layers.GlobalAveragePooling2D(name=average)(x)
    if dropout > 0:
        x = layers.Dropout(dropout, name='top_dropout')(x)
    return layers.Dense(classes, activation=activation, name='predictions')(x)


def network(start, x, name, weights, tensor=None):
    """The model from `start`, or from the inputs of the tensor that was given, to x."""
    model = keras.Model(start if tensor is None else keras.utils.get_source_inputs(tensor), x, name=name)
    if weights is not None:
        model.load_weights(weights)
    return model


def application(name, body, size=224, smallest=32, average=None, greatest=None, dropout=0):
    """A network of the usual arguments: body(start, weights) is all between the picture and the classifier."""
    def build(include_top=True, weights='imagenet', input_tensor=None, input_shape=None, pooling=None, classes=1000,
              classifier_activation='softmax', name=name):
        start = picture(input_tensor, input_shape, size, include_top, smallest)
        x = body(start, weights)
        if include_top:
            x = classifier(x, classes, classifier_activation, 'avg_pool', dropout)
        else:
            x = pooled(x, pooling, average, greatest)
        return network(start, x, name, weights, input_tensor)
    return build


def divisible(v, by=8):
    """v rounded to a multiple of `by`, but not to less than nine tenths."""
    near = max(by, int(v + by / 2) // by * by)
    return near + by if near < 0.9 * v else near


def pad_before_stride(x, kernel):
    """Padding before a convolution of stride 2 that is 'valid', so that its result is the one of 'same'."""
    height, width = x.shape[1], x.shape[2]
    half = kernel // 2
    top = 1 if height is None else 1 - height % 2
    left = 1 if height is None else 1 - width % 2
    return ((half - top, half), (half - left, half))


def preprocess_input(x, data_format=None, mode='caffe'):
    if mode == 'tf':
        return x / 127.5 - 1.0
    if mode == 'torch':
        return layers.Normalization(mean=[0.485, 0.456, 0.406], variance=[0.229 ** 2, 0.224 ** 2, 0.225 ** 2])(x / 255.0)
    return layers.Normalization(mean=[103.939, 116.779, 123.68], variance=[1.0, 1.0, 1.0])(x[..., ::-1])
