"""accuracy.py - how many of the held-out digits the generated C reads correctly (after run.sh has made it).

    python accuracy.py
"""
import ctypes
import os
import pathlib
import shlex
import subprocess

import numpy as np

import data

BUILD = pathlib.Path(__file__).resolve().parents[2] / 'build' / 'examples' / 'digits'


def load_net():
    library = BUILD / 'digits.so'
    subprocess.run([*shlex.split(os.environ.get('CC', 'cc')), '-std=c99', '-O2', '-shared', '-fPIC', '-o', library,
                    BUILD / 'digits.c', '-lm'], check=True)
    net = ctypes.CDLL(str(library)).digits
    net.restype = None
    net.argtypes = [np.ctypeslib.ndpointer('float32', flags='C')] * 2
    return net


def main():
    net = load_net()
    _, (pictures, labels) = data.load()
    answer = np.empty(10, 'float32')
    right = 0
    for picture, label in zip(pictures, labels):
        net(np.ascontiguousarray(picture), answer)
        right += int(answer.argmax() == label)
    print(f'{right} of {len(labels)} held-out digits read correctly by the generated C: {right / len(labels):.2%}')


if __name__ == '__main__':
    main()
