# resnet50.py - another place of ResNet50.
from .resnet import ResNet50, preprocess_input
