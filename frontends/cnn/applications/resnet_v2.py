# resnet_v2.py - ResNet with normalisation in front of the convolutions.
from . import imagenet_utils
from .resnet import residual

ResNet50V2 = residual('resnet50v2', (3, 4, 6, 3), second=True)
ResNet101V2 = residual('resnet101v2', (3, 4, 23, 3), second=True)
ResNet152V2 = residual('resnet152v2', (3, 8, 36, 3), second=True)


def preprocess_input(x, data_format=None):
    return imagenet_utils.preprocess_input(x, mode='tf')
