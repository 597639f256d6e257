"""draw.py - draws digits from strokes: the pictures of this example, and more of their kind for training.

    python draw.py          writes pictures/0.pgm ... pictures/9.pgm
"""
import math
import pathlib

import numpy as np

SIZE = 28


def arc(cx, cy, rx, ry, start, end, steps=24):
    """Points of an ellipse; degrees, clockwise from three o'clock as y grows downwards."""
    angles = [math.radians(start + (end - start) * i / steps) for i in range(steps + 1)]
    return [(cx + rx * math.cos(a), cy + ry * math.sin(a)) for a in angles]


# Every way to write a digit is a list of strokes, a stroke a list of points in the unit square.
WAYS = {
    0: [[arc(.5, .5, .3, .45, -90, 270)]],
    1: [[[(.3, .25), (.55, .05), (.55, .95)]],
        [[(.5, .05), (.5, .95)]],
        [[(.35, .25), (.55, .05), (.55, .95)], [(.3, .95), (.8, .95)]]],
    2: [[arc(.5, .3, .27, .25, -170, 20) + [(.65, .5), (.2, .93), (.82, .93)]],
        [arc(.5, .3, .27, .25, -160, 40) + [(.25, .85)] + arc(.3, .85, .09, .08, 180, 400) + [(.82, .95)]]],
    3: [[arc(.48, .28, .25, .23, -150, 90) + arc(.48, .72, .28, .23, -90, 150)],
        [[(.25, .07), (.75, .07), (.47, .4)] + arc(.47, .68, .28, .27, -80, 150)]],
    4: [[[(.65, .95), (.65, .05), (.18, .65), (.85, .65)]],
        [[(.28, .05), (.22, .5), (.75, .5)], [(.72, .08), (.7, .95)]]],
    5: [[[(.75, .06), (.32, .06), (.28, .45)] + arc(.48, .67, .28, .27, -130, 140)]],
    6: [[[(.68, .05), (.42, .3), (.26, .62)] + arc(.5, .7, .25, .24, 180, 540)],
        [arc(.62, .45, .38, .4, -100, -180) + arc(.48, .7, .24, .24, 180, 540)]],
    7: [[[(.2, .07), (.8, .07), (.42, .95)]],
        [[(.2, .07), (.8, .07), (.42, .95)], [(.33, .5), (.72, .5)]]],
    8: [[arc(.5, .27, .22, .21, 90, 450) + arc(.5, .72, .27, .23, -90, 270)]],
    9: [[arc(.5, .3, .25, .24, 0, -360) + [(.73, .5), (.62, .95)]],
        [arc(.48, .3, .25, .24, 0, -360) + [(.73, .6)] + arc(.5, .7, .24, .24, 0, 120)]],
}


def distance_to_segment(px, py, a, b):
    (ax, ay), (bx, by) = a, b
    length = (bx - ax) ** 2 + (by - ay) ** 2
    t = ((px - ax) * (bx - ax) + (py - ay) * (by - ay)) / (length or 1)
    t = np.clip(t, 0, 1)
    return np.hypot(px - ax - t * (bx - ax), py - ay - t * (by - ay))


def render(strokes, width):
    """Strokes in pixels to a SIZE x SIZE picture of 0 ... 1, edges smooth."""
    py, px = np.mgrid[0:SIZE, 0:SIZE] + .5
    nearest = np.full((SIZE, SIZE), 1e9)
    for stroke in strokes:
        for a, b in zip(stroke, stroke[1:]):
            nearest = np.minimum(nearest, distance_to_segment(px, py, a, b))
    return np.clip(width / 2 + .5 - nearest, 0, 1)


def draw(digit, rng):
    """One picture of a digit, as a hand that rng guides would write it."""
    ways = WAYS[digit]
    strokes = ways[rng.integers(len(ways))]
    turn, shear = rng.normal(0, .12), rng.normal(0, .15)
    wide, high = rng.uniform(14, 21), rng.uniform(17, 22)
    dx, dy = rng.uniform(-2, 2, 2)
    bend = rng.normal(0, .03, 4)
    done = []
    for stroke in strokes:
        line = []
        for x, y in stroke:
            u, v = x - .5, y - .5
            u += bend[0] * math.sin(6 * y) + bend[1] * math.cos(5 * x) + rng.normal(0, .006)
            v += bend[2] * math.sin(6 * x) + bend[3] * math.cos(5 * y) + rng.normal(0, .006)
            u, v = wide * (u - shear * v), high * v
            line.append((14 + dx + u * math.cos(turn) - v * math.sin(turn),
                         14 + dy + u * math.sin(turn) + v * math.cos(turn)))
        done.append(line)
    return render(done, rng.uniform(1.6, 3.4))


def write_pgm(path, picture):
    pixels = np.round(picture * 255).astype(np.uint8)
    path.write_bytes(b'P5\n%d %d\n255\n' % (SIZE, SIZE) + pixels.tobytes())


if __name__ == '__main__':
    folder = pathlib.Path(__file__).parent / 'pictures'
    folder.mkdir(exist_ok=True)
    hand = np.random.default_rng(2024)
    for number in range(10):
        write_pgm(folder / f'{number}.pgm', draw(number, hand))
