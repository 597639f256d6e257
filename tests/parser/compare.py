#!/usr/bin/env python3
"""compare.py [-v] DIRECTORY DRIVER [ARGUMENT...] - does the driver accept the Python files that Python accepts?

Every .py file under DIRECTORY goes to `DRIVER ARGUMENT... FILE` (exit 0: accepted, 1: refused) and to ast.parse.
Prints each difference and `N passed, N failed`; exits 1 after a failure. Run it with Python 3.12, whose syntax is meant:

    python3.12 tests/parser/compare.py /usr/lib/python3.12 build/cnnc --dump=tree
"""
import ast
import pathlib
import subprocess
import sys
import warnings


def python_accepts(text):
    try:
        ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        return False, str(error)
    return True, ""


def is_utf8(text):
    try:
        text.decode()
    except UnicodeDecodeError:
        return False
    return True         # the others name their encoding in a comment, which the driver does not read


def main():
    arguments = sys.argv[1:]
    verbose = arguments[:1] == ["-v"]
    arguments = arguments[verbose:]
    if len(arguments) < 2:
        sys.exit(__doc__)
    warnings.simplefilter("ignore")
    passed = failed = 0
    for path in sorted(pathlib.Path(arguments[0]).rglob("*.py")):
        text = path.read_bytes()
        if not is_utf8(text):
            continue
        expected, reason = python_accepts(text)
        run = subprocess.run([*arguments[1:], str(path)], capture_output=True, check=False)
        if run.returncode not in (0, 1) or (run.returncode == 0) != expected:
            failed += 1
            said = run.stderr.decode(errors="replace").splitlines()
            print(f"{path}: Python {'accepts' if expected else 'refuses: ' + reason}; exit {run.returncode}")
            print("\n".join("    " + line for line in said[: 20 if verbose else 3]))
        else:
            passed += 1
    print(f"{passed} passed, {failed} failed")
    return failed > 0


if __name__ == "__main__":
    sys.exit(main())
