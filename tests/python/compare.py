#!/usr/bin/env python3
"""compare.py [--cnnc FILE] [WORD...] - cnnc evaluates small programs as CPython does: what they print is the same.

Each programs/*.txt holds programs parted by lines `# ---`, whose rest names the program. Python runs them here, cnnc by --dump=prints.
WORDs choose the programs whose file or name contains one of them; those of numpy.txt are left out where this Python has no NumPy. Prints each difference and `N passed, N failed`.
"""
import concurrent.futures
import contextlib
import importlib.util
import io
import pathlib
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent


def programs(words):
    for path in sorted((HERE / 'programs').glob('*.txt')):
        if path.stem == 'numpy' and not importlib.util.find_spec('numpy'):
            continue
        number, name, lines = 0, '', []
        for line in path.read_text().splitlines(keepends=True) + ['# ---\n']:
            if not line.startswith('# ---'):
                lines.append(line)
                continue
            if ''.join(lines).strip():
                number += 1
                title = f'{path.stem} {number} {name}'.strip()
                if not words or any(w in title for w in words):
                    yield title, ''.join(lines)
            name, lines = line[5:].strip(), []


def python_prints(text):
    out = io.StringIO()
    try:
        with contextlib.redirect_stdout(out):
            exec(compile(text, 'program', 'exec'), {'__name__': '__main__'})
    except Exception as error:  # a program of this directory must not fail
        return out.getvalue() + f'{type(error).__name__}: {error}\n'
    return out.getvalue()


def cnnc_prints(cnnc, folder, number, text):
    path = pathlib.Path(folder) / f'program{number}.py'
    path.write_text(text)
    try:
        run = subprocess.run([cnnc, '--dump=prints', path], capture_output=True, timeout=60, check=False)
    except subprocess.TimeoutExpired:
        return 'more than a minute\n'
    return (run.stdout + run.stderr).decode(errors='replace').replace(str(path), 'program')


def main():
    arguments = sys.argv[1:]
    cnnc = str(HERE.parents[1] / 'build' / 'cnnc')
    if arguments[:1] == ['--cnnc']:
        cnnc, arguments = arguments[1], arguments[2:]
    chosen = list(programs(arguments))
    failed = 0
    with tempfile.TemporaryDirectory() as folder, concurrent.futures.ThreadPoolExecutor(2) as pool:
        ours = [pool.submit(cnnc_prints, cnnc, folder, i, text) for i, (_, text) in enumerate(chosen)]
        for (title, text), run in zip(chosen, ours):
            expected, got = python_prints(text), run.result()
            if expected != got:
                failed += 1
                print(f'FAIL {title}')
                for a, b in zip((expected + '<end>').splitlines(), (got + '<end>').splitlines()):
                    if a != b:
                        print(f'    Python: {a}\n    cnnc:   {b}')
                        break
    print(f'{len(chosen) - failed} passed, {failed} failed')
    return failed > 0 or not chosen


if __name__ == '__main__':
    sys.exit(main())
