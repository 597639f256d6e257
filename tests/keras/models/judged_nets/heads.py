import keras
from . import blocks
from .blocks import WIDTHS


def make_head(classes):
    return keras.Sequential([keras.layers.Dense(2 * max(WIDTHS), activation="tanh"), keras.layers.Dense(classes)], name="head")
