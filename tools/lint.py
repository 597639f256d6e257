"""lint.py - the habits of the house that a machine can check; last line: N passed, N failed.

Includes point down the layers only; no line over 100 columns (of templates without ${...}; 120 in grammars, whose rules read as
tables); no function over 60 lines but those listed with a reason; no file over 800 lines; every file says in its first lines what it is for; no operator's name outside of the operators' files.
"""
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[1]
# From the top down: a file may include headers of its own layer and of those after it.
LAYERS = ['main', 'frontends', 'emit', 'plan', 'passes', 'ops', 'targets', 'ir', 'base']
COLUMNS, LONGEST_FUNCTION, LONGEST_FILE = 100, 60, 800
GRAMMAR_COLUMNS = 120
# Long, and better so: a table or a switch that reads as one.
LONG_FUNCTIONS = set((ROOT / 'tools/lint-allowed.txt').read_text().split('\n')) if (ROOT / 'tools/lint-allowed.txt').exists() else set()


def layer_of(path):
    parts = pathlib.PurePath(path).parts
    if parts[0] == 'frontends':
        return 'frontends'
    if len(parts) > 2 and parts[1] in LAYERS:
        return parts[1]
    return 'main'


def included_layer(name):
    first = name.split('/')[0]
    if first in LAYERS:
        return first
    if first in ('cnn', 'keras', 'onnx', 'weights', 'frontends.h'):
        return 'frontends'
    return None


def check_includes(path, lines):
    own = LAYERS.index(layer_of(path))
    for number, line in enumerate(lines, 1):
        found = re.match(r'\s*#include "([^"]+)"', line)
        layer = included_layer(found[1]) if found else None
        if layer and LAYERS.index(layer) < own:
            yield f'{path}:{number}: {layer_of(path)} includes {found[1]}, which is above it'


def check_lines(path, lines):
    template = path.endswith('.in')
    most = GRAMMAR_COLUMNS if path.endswith(('.l', '.y')) else COLUMNS
    for number, line in enumerate(lines, 1):
        if len(re.sub(r'\$\{[^}]*\}', '$', line) if template else line) > most:
            yield f'{path}:{number}: {len(line)} columns; {most} at most'


def check_head(path, lines):
    if not any(re.match(r'\s*(/\*|%?\s*/\*|"""|#|\.\\"|%\{)', line) for line in lines[:3]):
        yield f'{path}:1: the first lines do not say what the file is for'
    if len(lines) > LONGEST_FILE:
        yield f'{path}: {len(lines)} lines; {LONGEST_FILE} at most'


def check_functions(path, lines):
    start = name = None
    for number, line in enumerate(lines, 1):
        if line == '{' and number > 1:
            head = ' '.join(lines[max(0, number - 4):number - 1])
            names = re.findall(r'(\w+)\s*\(', head)
            start, name = number, names[0] if names else '?'
        elif line == '}' and start:
            if number - start > LONGEST_FUNCTION and f'{path}:{name}' not in LONG_FUNCTIONS:
                yield f'{path}:{start}: {name}() has {number - start} lines; {LONGEST_FUNCTION} at most'
            start = None


def main():
    tracked = subprocess.run(['git', 'ls-files', 'compiler', 'frontends', 'runtime_templates'], cwd=ROOT, capture_output=True, text=True)
    files = [f for f in tracked.stdout.split() if f.endswith(('.c', '.h', '.l', '.y', '.in'))]
    problems, failed = [], 0
    for path in files:
        lines = (ROOT / path).read_text().split('\n')
        found = [*check_includes(path, lines), *check_lines(path, lines), *check_head(path, lines)]
        if path.endswith(('.c', '.h')):
            found += check_functions(path, lines)
        problems += found
        failed += bool(found)
    print('\n'.join(problems))
    print(f'lint: {len(files) - failed} passed, {failed} failed')
    return failed > 0


if __name__ == '__main__':
    sys.exit(main())
