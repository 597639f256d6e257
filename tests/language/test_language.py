"""test_language.py - what the evaluator does besides Python's semantics: unknown values, --set, which model, modules, notebooks, messages.

Needs Python's own library only. Texts are compiled with --dump, whose text shows the layers.
"""
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import textwrap
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
CNNC = os.environ.get("CNNC", str(ROOT / "build" / "cnnc"))
KERAS = "import keras\nfrom keras import layers\nfrom keras.models import Sequential, Model\nfrom keras.layers import *\n"


class Language(unittest.TestCase):
    def setUp(self):
        self.dir = tempfile.TemporaryDirectory()
        self.path = pathlib.Path(self.dir.name)

    def tearDown(self):
        self.dir.cleanup()

    def run_cnnc(self, text, *args, name="m.py"):
        (self.path / name).write_text(KERAS + textwrap.dedent(text) if name == "m.py" else text)
        r = subprocess.run([CNNC, "--dump", *args, name], cwd=self.path, capture_output=True, timeout=60, text=True, check=False)
        self.assertIn(r.returncode, (0, 1), r.stderr)
        return r

    def reads(self, text, *args, **kw):
        r = self.run_cnnc(text, *args, **kw)
        self.assertEqual(r.returncode, 0, r.stderr)
        return r.stdout

    def fails(self, text, *args, says=(), **kw):
        r = self.run_cnnc(text, *args, **kw)
        self.assertEqual(r.returncode, 1, r.stdout)
        for s in [says] if isinstance(says, str) else says:
            self.assertIn(s, r.stderr)
        return r.stderr

    # ---- unknown ----

    DATA = """
        import numpy as np, pandas as pd
        frame = pd.read_csv('labels.csv')
        x_train, y_train = load(frame)
        num_classes = len(frame['id'].unique())
        model = Sequential([Input(x_train.shape[1:]), Flatten(), Dense(num_classes)])
        """

    def test_unknown_is_explained(self):
        said = self.fails(self.DATA, says=["--set x_train.shape=", "--set num_classes=", "pandas.read_csv", "(line 7)"])
        self.assertEqual(said.count("error:"), 2)

    def test_set(self):
        out = self.reads(self.DATA, "--set", "num_classes=7", "--set", "x_train.shape=(100, 4, 5, 2)")
        self.assertIn("Dense(units=7", out)
        self.assertIn("(4, 5, 2)", out)

    def test_set_expressions_and_dotted_names(self):
        text = """
            args = parse()
            cfg = load('c.json')
            model = Sequential([Input((8,)), Dense(args.classes * 2), Dense(cfg['width'])])
            """
        out = self.reads(text, "--set", "args.classes=2 + 3", "--set", "cfg['width']=max(3, 4)")
        self.assertIn("units=10", out)
        self.assertIn("units=4", out)

    def test_set_wins_at_top_level_and_warns_where_unused(self):
        self.assertIn("units=9", self.reads("n = 3\nmodel = Sequential([Input((8,)), Dense(n)])", "--set", "n=9"))
        r = self.run_cnnc("model = Sequential([Input((8,)), Dense(3)])", "--set", "absent=9")
        self.assertIn("absent", r.stderr)

    def test_set_must_be_known(self):
        self.fails("model = Sequential([Input((8,)), Dense(3)])", "--set", "n=nothing", says="--set")

    def test_unknown_condition_runs_nothing(self):
        text = """
            n = 3
            if load().ok:
                n = 5
            model = Sequential([Input((8,)), Dense({0})])
            """
        self.fails(text.format("n"), says=["'n'", "load"])
        self.assertIn("units=4", self.reads(text.format("4")))

    def test_unknown_condition_around_add(self):
        text = """
            model = Sequential([Input((8,)), Dense(3)])
            if flags.dropout:
                model.add(Dense(4))
            """
        self.fails(text, says=["whether this model has another layer", "flags.dropout"])

    def test_unknown_condition_around_append(self):
        self.fails("""
            sizes = [4]
            if flags.deep:
                sizes.append(8)
            model = Sequential([Input((8,))] + [Dense(n) for n in sizes])
            """, says="flags.deep")

    def test_unknown_loop(self):
        self.assertIn("units=3", self.reads("""
            for batch in dataset:
                loss = train(batch)
                if loss < 0.1:
                    break
            model = Sequential([Input((8,)), Dense(3)])
            """))

    def test_unknown_break_makes_the_rest_unknown(self):
        self.fails("""
            n = 0
            for i in range(5):
                if check(i):
                    break
                n = n + 1
            model = Sequential([Input((8,)), Dense(n)])
            """, says="'n'")

    def test_endless_data_generator_is_not_run(self):
        self.reads("""
            def batches():
                while True:
                    yield load()
            g = batches()
            model = Sequential([Input((8,)), Dense(3)])
            model.fit(g, epochs=3)
            """)

    def test_training_only_text(self):
        self.reads("""
            import matplotlib.pyplot as plt
            model = Sequential([Input((8,)), Dense(3)])
            model.compile(optimizer=keras.optimizers.Adam(1e-3), loss='mse')
            history = model.fit(x_train, y_train, callbacks=[keras.callbacks.EarlyStopping()])
            print('%.2f' % history.history['loss'][-1])
            plt.plot(history.history['loss'])
            with open('log') as f:
                f.write(str(model.evaluate(x_train)))
            model.save('model.h5')
            """)

    # ---- which model ----

    MANY = """
        a = Input((4,), name='a')
        encoder = Model(a, Dense(2, name='code')(a), name='enc')
        z = Input((2,))
        decoder = Model(z, Dense(4, name='out')(z))
        autoencoder = Model(a, decoder(encoder(a)))
        """

    def test_only_root(self):
        self.assertIn("units=4", self.reads(self.MANY))

    def test_model_by_variable_and_name(self):
        self.assertNotIn("units=4", self.reads(self.MANY, "--model=encoder"))
        self.assertNotIn("units=4", self.reads(self.MANY, "--model=enc"))
        self.assertNotIn("units=2", self.reads(self.MANY, "--model=decoder"))
        self.fails(self.MANY, "--model=encodr", says="did you mean 'encoder'")

    def test_model_attribute(self):
        self.assertIn("units=6", self.reads("""
            class Gan:
                def __init__(self):
                    self.generator = Sequential([Input((3,)), Dense(6)])
                    self.critic = Sequential([Input((6,)), Dense(1)])
            gan = Gan()
            """, "--model=gan.generator"))

    def test_variable_named_model(self):
        r = self.run_cnnc("""
            model = Sequential([Input((3,)), Dense(5)])
            other = Sequential([Input((3,)), Dense(6)])
            """)
        self.assertIn("units=5", r.stdout)
        self.assertIn("--model=NAME", r.stderr)

    def test_output(self):
        text = "model = Sequential([Input((3,)), Dense(5, name='a'), Dense(6, name='b')])"
        self.assertNotIn("units=6", self.reads(text, "--output=a"))
        self.fails(text, "--output=c", says="no such layer")

    FUNCTIONS = """
        def build(n, width=1.0):
            return Sequential([Input((3,)), Dense(int(n * width))])
        """

    def test_call(self):
        self.assertIn("units=5", self.reads(self.FUNCTIONS, "--call=build(10, width=0.5)"))
        self.fails(self.FUNCTIONS, says=["--call='build(...)'"])
        self.fails(self.FUNCTIONS, "--call=build()", says="missing 1 required positional argument: 'n'")

    def test_function_with_defaults(self):
        r = self.run_cnnc(self.FUNCTIONS.replace("n,", "n=8,"))
        self.assertIn("units=8", r.stdout)
        self.assertIn("build()", r.stderr)

    def test_main_guard(self):
        self.assertIn("units=7", self.reads("""
            def main():
                model = Sequential([Input((3,)), Dense(7)])
                model.summary()
            if __name__ == "__main__":
                main()
            """))

    def test_no_model(self):
        self.fails("x = 1", says="builds no model")

    # ---- modules ----

    def write(self, name, text):
        (self.path / name).parent.mkdir(parents=True, exist_ok=True)
        (self.path / name).write_text(textwrap.dedent(text))

    def test_modules(self):
        self.write("common.py", "SIZE = 3\n_hidden = 4\n")
        self.write("nets/__init__.py", "from .blocks import head\n")
        self.write("nets/blocks.py", "from keras.layers import Dense\nfrom . import consts\ndef head(x):\n    return Dense(consts.N)(x)\n")
        self.write("nets/consts.py", "N = 5\n")
        out = self.reads("""
            import common, nets.consts as c
            from nets import head as top
            from common import *
            x = inputs = Input((SIZE,))
            model = Model(inputs, top(Dense(common.SIZE + c.N)(x)))
            """)
        self.assertIn("units=8", out)
        self.assertIn("units=5", out)

    def test_module_path(self):
        self.write("lib/extra.py", "N = 6\n")
        text = "from extra import N\nmodel = Sequential([Input((3,)), Dense(N)])"
        self.fails(text, says="extra.N")
        self.assertIn("units=6", self.reads(text, "--module-path=lib"))

    def test_never_outside(self):
        self.write("inner/a.py", "from ... import secret\n")
        self.fails("import inner.a\nmodel = Sequential([Input((3,)), Dense(2)])", says="beyond top-level package")

    def test_error_in_a_module(self):
        self.write("broken.py", "def f(:\n    pass\n")
        self.fails("import broken", says="broken.py:1:")

    # ---- notebooks ----

    def test_notebook(self):
        cells = [{"cell_type": "markdown", "source": ["# title\n"]},
                 {"cell_type": "code", "source": ["%matplotlib inline\n", "!pip install keras\n", "import keras\n"]},
                 {"cell_type": "code", "source": "%%bash\nls -l\n"},
                 {"cell_type": "code", "source": ["model = keras.Sequential([keras.Input((3,)),\n", "  keras.layers.Dense(4)])"]}]
        out = self.reads(json.dumps({"cells": cells, "nbformat": 4}), name="n.ipynb")
        self.assertIn("units=4", out)

    def test_bad_notebook(self):
        self.fails('{"cells": [', name="n.ipynb", says="notebook")

    def test_export_with_magics(self):
        self.assertIn("units=4", self.reads("# In[1]:\n%matplotlib inline\n!ls\nif 1:\n    !ls\nx = 7 \\\n  % 4\nmodel = Sequential([Input((3,)), Dense(x + 1)])\n",
                                            name="e.py"))

    def test_bom_and_crlf(self):
        (self.path / "b.py").write_bytes(b"\xef\xbb\xbfmodel = Sequential([\r\n  Input((3,)),\r\n  Dense(4)])\r\n")
        r = subprocess.run([CNNC, "--dump", "b.py"], cwd=self.path, capture_output=True, check=False)
        self.assertEqual(r.returncode, 0, r.stderr)

    # ---- older Keras ----

    def test_keras_1(self):
        old = self.reads("""
            model = Sequential()
            model.add(Convolution2D(4, 5, 3, subsample=(2, 2), border_mode='same', activation='relu', init='normal', input_shape=(12, 12, 1)))
            model.add(MaxPooling2D(pool_size=(2, 2), border_mode='valid'))
            model.add(Flatten())
            model.add(Dense(output_dim=3, init='uniform', W_regularizer=None))
            """)
        new = self.reads("""
            model = Sequential()
            model.add(Conv2D(4, (5, 3), strides=(2, 2), padding='same', activation='relu', input_shape=(12, 12, 1)))
            model.add(MaxPooling2D(pool_size=(2, 2), padding='valid'))
            model.add(Flatten())
            model.add(Dense(3))
            """)
        self.assertEqual(old, new)

    def test_keras_1_functional(self):
        old = self.reads("""
            a = Input(shape=(6,))
            b, c = Dense(4)(a), Dense(4)(a)
            model = Model(input=a, output=merge([b, c], mode='concat', concat_axis=1))
            """)
        new = self.reads("""
            a = Input(shape=(6,))
            b, c = Dense(4)(a), Dense(4)(a)
            model = Model(inputs=a, outputs=concatenate([b, c], axis=1))
            """)
        self.assertEqual(old.replace("'concatenate", "'concat"), new.replace("'concatenate", "'concat"))

    def test_versions_disagree(self):
        r = self.run_cnnc("model = Sequential([Input((16, 16, 1)), Conv2D(4, 3, 3)])")
        self.assertIn("warning", r.stderr)
        self.assertIn("strides", r.stderr)

    # ---- names ----

    def test_names_are_keras_own(self):
        out = self.reads("""
            a = Input((8, 8, 2))
            x = Conv2D(3, 3)(a)
            x = ReLU()(x)
            x = Conv2D(3, 3, name='mine')(x)
            x = MaxPool2D()(x)
            x = Conv2D(3, 1)(x)
            model = Model(a, GlobalAveragePooling2D()(x))
            """)
        for name in ("input_layer", "conv2d", "re_lu", "mine", "max_pooling2d", "conv2d_1", "global_average_pooling2d"):
            self.assertIn(f"name='{name}'", out)

    # ---- messages ----

    def test_misspelt(self):
        said = self.fails("""
            model = Sequential([Input((8, 8, 1)), Conv2d(4, 3), Conv2D(4, 3, paddding='same'), Dense(3, activation='reluu')])
            """, says=["did you mean 'Conv2D'", "did you mean 'padding'"])
        self.assertIn("^", said)

    def test_shapes_that_lead_to_an_error(self):
        self.fails("""
            def block(x):
                return Conv2D(4, 9)(x)
            a = Input((12, 12, 1))
            model = Model(a, block(MaxPooling2D()(a)))
            """, says=["max_pooling2d", "6 x 6 x 1", "in block, called at line 9"])

    def test_traceback(self):
        self.fails("""
            def inner(x):
                return {'a': 1}[x]
            def outer():
                return inner('b')
            outer()
            """, says=["KeyError: 'b'", "in inner, called at line 9", "in outer, called at line 10"])

    def test_several_errors_at_once(self):
        said = self.fails("model = Sequential([Input((8,)), Dense(), Dense(3, unitz=4), Dropout(rat=1)])")
        self.assertGreaterEqual(said.count("error:"), 3)

    # ---- limits ----

    def test_limits(self):
        for text, says in (("for i in range(10 ** 9):\n    x = i\n", "steps"), ("def f(n):\n    return f(n + 1)\nf(0)\n", "RecursionError"),
                           ("x = 'a' * 10 ** 9\n", "MemoryError"), ("x = [0] * 10 ** 9\n", "MemoryError"), ("x = 2 ** 64\n", "64 bits"),
                           ("x = 9223372036854775807 + 1\n", "64 bits"), ("while True:\n    pass\n", "steps"), ("x = list(range(10 ** 9))\n", "MemoryError"),
                           ("a = " + "(" * 1000 + ")" * 1000, "nested"), ("a = " + "-" * 100000 + "1", "nested")):
            self.fails(text, says=says, name="limit.py")


def main():
    suite = unittest.defaultTestLoader.loadTestsFromTestCase(Language)
    result = unittest.TextTestRunner(verbosity=1).run(suite)
    failed = len({t.id() for t, _ in result.failures + result.errors})
    sys.stderr.flush()
    print(f"{result.testsRun - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
