# vgg19.py - VGG with 19 layers.
from .vgg16 import preprocess_input, vgg

VGG19 = vgg('vgg19', (2, 2, 4, 4, 4))
