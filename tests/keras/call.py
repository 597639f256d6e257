"""call.py - calls a compiled net in a process of its own, so that a crash is only a failed test.

    call.py LIBRARY FUNCTION INPUT-FILE... -- OUTPUT-FILE:BYTES...
"""
import ctypes
import pathlib
import sys


def main():
    library, function, *files = sys.argv[1:]
    cut = files.index('--')
    buffers = []
    for path in files[:cut]:
        data = pathlib.Path(path).read_bytes()
        buffers.append(ctypes.create_string_buffer(data, len(data)))
    outputs = []
    for spec in files[cut + 1:]:
        path, _, size = spec.rpartition(':')
        outputs.append((path, ctypes.create_string_buffer(b'\xff' * int(size), int(size))))
    run = getattr(ctypes.CDLL(library), function)
    run.restype = None
    for _ in range(2):          # the second call must not feel the first
        run(*buffers, *(buffer for _, buffer in outputs))
    for path, buffer in outputs:
        pathlib.Path(path).write_bytes(buffer.raw)


if __name__ == '__main__':
    main()
