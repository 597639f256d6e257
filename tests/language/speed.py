#!/usr/bin/env python3
"""speed.py [--cnnc FILE] - how long it takes to read: a script of 2,000 lines (50 ms), one of 2,000 layers, EfficientNetB7 (0.5 s).

Reading is parsing and evaluating, with a graph at its end. The time is the processor's, the least of seven runs, so that other work
on the machine hardly matters. Prints each time, and `N passed, N failed`.
"""
import argparse
import pathlib
import resource
import subprocess
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
IMPORTS = 'import numpy as np\nimport pandas as pd\nimport keras\nfrom keras import layers\n\n'
PART = '''
class Helper{n}:
    """Does things with data."""

    def __init__(self, path, size=({side}, 8), **kwargs):
        self.path = path
        self.size = size
        self.items = [x * 2 for x in range(10) if x % 2]
        self.options = {{"a": 1, "b": [1, 2, 3], "name": f"helper {{path}} {n}"}}

    def load(self, index):
        frame = pd.read_csv(self.path, sep=";")
        frame["x"] = frame["x"].apply(lambda v: v / 255.0 if v > 0 else 0.0)
        for row in frame.itertuples():
            if row.label is None or row.label == "":
                continue
            self.items.append((row.id, row.label, row.value ** 2 - 1))
        return np.array(self.items)[index:index + 10]

    @property
    def area(self):
        return self.size[0] * self.size[1]


def block_{n}(x, filters=4, name="b{n}"):
    y = layers.Conv2D(filters, (3, 3), padding="same", use_bias=False, name=name + "_conv")(x)
    y = layers.BatchNormalization(name="%s_bn" % name)(y)
    y = layers.Activation("relu", name="{{}}_relu".format(name))(y)
    return layers.Add(name=name + "_add")([x, y])

'''
END = 'model = keras.Model(inputs, layers.Dense(3)(layers.GlobalAveragePooling2D()(x)))\n'
START = 'x = inputs = keras.Input((16, 16, 4))\n'


def training_script():
    parts = [PART.format(n=n, side=n % 7 + 3) for n in range(62)]
    return IMPORTS + ''.join(parts) + START + ''.join(f'helper_{n} = Helper{n}("{n}.csv")\nx = block_{n}(x)\n' for n in range(62)) + END


def many_layers():
    layer = ('x = layers.Conv2D({w}, kernel_size=(3, 3), strides=(1, 1), padding="same", activation="relu", '
             'kernel_initializer="he_normal", name="conv_{n}")(x)\n')
    return IMPORTS + START + ''.join(layer.format(n=n, w=4 + n % 3) for n in range(2000)) + END


CASES = [('a script of 2,000 lines', training_script, .05), ('2,000 layers', many_layers, .1),
         ('EfficientNetB7', lambda: IMPORTS + 'model = keras.applications.EfficientNetB7(weights=None)\n', .5)]


def seconds(cnnc, path):
    """Of the processor, for reading the text."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([cnnc, '--dump=prints', path], check=True, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('--cnnc', default=str(HERE.parents[1] / 'build' / 'cnnc'))
    cnnc = parser.parse_args().cnnc
    failed = 0
    for what, text, limit in CASES:
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / 'script.py'
            path.write_text(text())
            least = min(seconds(cnnc, path) for _ in range(7))
        failed += least > limit
        print(f'{what}: {1000 * least:.0f} ms{"" if least <= limit else f", more than {1000 * limit:.0f}"}')
    print(f'{len(CASES) - failed} passed, {failed} failed')
    return 1 if failed else 0


if __name__ == '__main__':
    raise SystemExit(main())
