"""data.py - the handwritten digits this example learns from and is judged by.

The 1797 digits of 8 x 8 pixels that scikit-learn carries (UCI, Optical Recognition of Handwritten Digits; 43 writers), enlarged
to 20 x 20 and centred in 28 x 28. Every fifth is held out: training never sees it.
"""
import numpy as np
from sklearn.datasets import load_digits


def enlarge(small):
    """8 x 8 to 28 x 28: 20 x 20 bilinear, the edges sharpened, within a margin of 4."""
    at = np.clip((np.arange(20) + .5) * 8 / 20 - .5, 0, 7)
    low = np.minimum(at.astype(int), 6)
    part = at - low
    weights = np.zeros((20, 8))
    weights[np.arange(20), low] = 1 - part
    weights[np.arange(20), low + 1] = part
    big = np.einsum('yi,nij,xj->nyx', weights, small, weights)
    big = np.clip((big - .2) / .6, 0, 1)
    return np.pad(big, ((0, 0), (4, 4), (4, 4)))


def load():
    """Training and held-out pictures (n, 28, 28, 1), 0 ... 1, and their digits."""
    digits = load_digits()
    pictures = enlarge(digits.images / 16.0).astype('float32')[..., None]
    held_out = np.arange(len(pictures)) % 5 == 4
    return ((pictures[~held_out], digits.target[~held_out]), (pictures[held_out], digits.target[held_out]))
