"""surroundings.py - what a training script finds around its model when Keras runs it for the judge.

Scripts read data, train and plot. Nothing of that happens here: a module that is not installed, a data set, what fit() gives,
is a Standin, an object that takes part in everything and holds nothing. So the text runs to its end and its model is there.
TensorFlow is a Standin whose functions on tensors are those of keras.ops.
"""
import ast
import builtins
import contextlib
import dis
import functools
import importlib
import logging
import sys
import types
import unittest.mock

import keras

MODULES_OF_DATA = {'pandas', 'sklearn', 'scipy', 'skimage', 'torch', 'PIL', 'yaml'}     # Standins even where they are installed


def instruction_of_caller():
    """(name, argument) of the instruction by which the text came to the function of a Standin that asks for it."""
    frame = sys._getframe(2)
    code = frame.f_code.co_code
    return dis.opname[code[frame.f_lasti]], code[frame.f_lasti + 1]


class Standin:
    """Something that the judge does not have. It is false, empty, and equal to nothing."""

    def __init__(self, *arguments, **named):
        pass

    def __getattr__(self, name):
        if name.startswith('__') and name.endswith('__'):
            raise AttributeError(name)
        self.__dict__[name] = Standin()         # the same one again, so that it can be given attributes
        return self.__dict__[name]

    def __call__(self, *arguments, **named):
        if len(arguments) == 1 and instruction_of_caller() == ('CALL', 0):      # a decorator
            return arguments[0]
        return Standin()

    def __iter__(self):
        what, count = instruction_of_caller()
        return iter([Standin() for _ in range(count if what == 'UNPACK_SEQUENCE' else 0)])

    def __mro_entries__(self, bases):
        return (Standin,)

    def __getitem__(self, index):
        return Standin()

    def __setitem__(self, index, value):
        pass

    def __enter__(self):
        return self

    def __exit__(self, *error):
        return False

    def __len__(self):
        return 0

    def __bool__(self):
        return False

    def __contains__(self, item):
        return False

    def __format__(self, spec):
        return 'unknown'

    def operate(self, *other):
        return Standin()

    def differ(self, other):
        return False

    for operator in 'add sub mul truediv floordiv mod pow matmul and or xor lshift rshift'.split():
        locals()[f'__{operator}__'] = locals()[f'__r{operator}__'] = operate
    __neg__ = __invert__ = __abs__ = operate
    __lt__ = __le__ = __gt__ = __ge__ = differ


# ---- TensorFlow --------------------------------------------------------------------------------------------

RENAMED = {'concat': 'concatenate', 'reduce_mean': 'mean', 'reduce_sum': 'sum', 'reduce_max': 'max', 'reduce_min': 'min',
           'reduce_prod': 'prod', 'pow': 'power', 'constant': 'convert_to_tensor', 'convert_to_tensor': 'convert_to_tensor'}
CONSTANTS = {'newaxis': None, 'float32': 'float32', 'float16': 'float16', 'int32': 'int32', 'uint8': 'uint8', 'bool': 'bool'}


@contextlib.contextmanager
def scope(*arguments, **named):
    yield


def with_axis(function):
    """TensorFlow calls the axes of a reduction axis, and whether they stay keepdims, as Keras does; names are for graphs only."""
    @functools.wraps(function)
    def call(*arguments, name=None, **named):
        return function(*arguments, **named)
    return call


class TensorFlow(types.ModuleType):
    """tf, tf.nn, tf.math, ...: functions of keras.ops and keras.activations by name, else Standins."""

    def __getattr__(self, name):
        if name.startswith('__'):
            raise AttributeError(name)
        if name in CONSTANTS:
            return CONSTANTS[name]
        found = getattr(keras.ops, RENAMED.get(name, name), None) or getattr(keras.activations, name, None)
        if found is not None and not isinstance(found, types.ModuleType):
            return with_axis(found)
        return Standin()


def tensorflow():
    tf = TensorFlow('tensorflow')
    tf.keras = keras
    tf.__version__ = '2.16.1'
    for part in ('nn', 'math', 'linalg', 'image'):
        setattr(tf, part, TensorFlow(part))
    return tf


# ---- names for the text ------------------------------------------------------------------------------------


def builtins_for(tf, folder):
    """The builtins of a text: its imports find TensorFlow, modules beside it, what is installed, or Standins."""
    def import_(name, *rest):
        first = name.partition('.')[0]
        if first == 'tensorflow':
            return imported(tf, name, rest)
        beside = (folder / first).is_dir() or (folder / f'{first}.py').exists() or len(rest) > 3 and rest[3] > 0
        if beside or first not in MODULES_OF_DATA:
            try:
                return builtins.__import__(name, *rest)
            except ModuleNotFoundError:
                if beside or first == 'keras' and name not in ('keras.preprocessing.image', 'keras.wrappers.scikit_learn'):
                    raise
        return Standin()

    def imported(found, name, rest):
        names_wanted = len(rest) > 2 and rest[2]
        for part in name.split('.')[1:]:
            if found is keras.preprocessing and part == 'image':        # of Keras 2, where Keras 3 still keeps it
                found = importlib.import_module('keras._tf_keras.keras.preprocessing.image')
            else:
                found = getattr(found, part)
        return found if names_wanted else tf

    return {**vars(builtins), '__import__': import_}


class Overrides(ast.NodeTransformer):
    """After each assignment to a name in `values` ({'x_train.shape': '(60, 28, 28)'}) it gets the value given there."""

    def __init__(self, values):
        self.values = values

    def after(self, node, names):
        texts = [f'{name} = {value}' for name, value in self.values.items() if name.partition('.')[0] in names]
        return [node] + [n for text in texts for n in ast.parse(text).body]

    def visit_assignment(self, node):
        return self.after(node, {n.id for n in ast.walk(node) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)})

    visit_Assign = visit_AnnAssign = visit_assignment

    def visit_import(self, node):
        return self.after(node, {a.asname or a.name for a in node.names})

    visit_Import = visit_ImportFrom = visit_import


@contextlib.contextmanager
def nothing_happens():
    """Models neither train nor save, and no data set is downloaded."""
    def nothing(*arguments, **named):
        return Standin()
    methods = ('fit', 'fit_generator', 'evaluate', 'predict', 'save', 'save_weights', 'load_weights', 'export')
    with contextlib.ExitStack() as stack:
        stack.enter_context(unittest.mock.patch.multiple(keras.Model, create=True, **dict.fromkeys(methods, nothing)))
        for name, data in vars(keras.datasets).items():
            if hasattr(data, 'load_data'):
                stack.enter_context(unittest.mock.patch.object(data, 'load_data', nothing))
        for name in ('plot_model', 'image_dataset_from_directory', 'get_file', 'to_categorical'):
            stack.enter_context(unittest.mock.patch.object(keras.utils, name, nothing))
        yield


def run_script(path, values=()):
    """Executes a text as a program whose --set VALUES are given; gives its names."""
    tf = tensorflow()
    tree = ast.fix_missing_locations(Overrides(dict(values)).visit(ast.parse(path.read_text(), str(path))))
    names = {'tf': tf, 'keras': keras, 'layers': keras.layers, '__name__': '__main__', '__file__': str(path),
             '__builtins__': builtins_for(tf, path.parent)}
    held = set(sys.modules)
    sys.path.insert(0, str(path.parent))
    argv, sys.argv = sys.argv, [str(path)]
    handlers = logging.root.handlers[:]
    try:
        with nothing_happens():
            exec(compile(tree, str(path), 'exec'), names)
    finally:
        sys.argv = argv
        logging.root.handlers[:] = handlers
        sys.path.remove(str(path.parent))
        for name in set(sys.modules) - held:    # a module of the same name beside the next text is another one
            if str(getattr(sys.modules[name], '__file__', None) or '').startswith(str(path.parent)):
                del sys.modules[name]
    return names
