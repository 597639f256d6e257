#!/bin/sh
# run.sh - compiles the net to C, the C to a program, and lets it read the pictures (or those given).
set -eu
here=$(dirname "$0")
cd "$here"
out=../../build/examples/digits
mkdir -p "$out"
../../build/cnnc digits.cnn -o "$out/digits.c"
"${CC:-cc}" -std=c99 -O2 -Wall -Wextra -D_POSIX_C_SOURCE=200809L -I"$out" -o "$out/digits" main.c "$out/digits.c" -lm
[ $# -gt 0 ] || set -- pictures/*.pgm
exec "$out/digits" "$@"
