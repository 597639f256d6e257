from keras import layers, ops

WIDTHS = [3, 4]


def conv_block(x, w):
    x = layers.Conv2D(w, 3, padding="same")(x)
    return layers.LeakyReLU(0.1)(x)


def pool(x):
    return layers.GlobalAveragePooling2D()(x)


class SqueezeExcite(layers.Layer):
    def __init__(self, ratio, **kw):
        super().__init__(**kw)
        self.ratio = ratio

    def build(self, shape):
        self.down = layers.Dense(shape[-1] // self.ratio, activation="relu")
        self.up = layers.Dense(shape[-1], activation="sigmoid")

    def call(self, x):
        s = ops.mean(x, axis=(1, 2), keepdims=True)
        return x * self.up(self.down(s))
