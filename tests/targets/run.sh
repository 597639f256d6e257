#!/usr/bin/env bash
# run.sh BUILD_DIR [N] - the emitted C on emulated processors: every Nth sample of the operators (4), and whole nets with every form of weights.
# AArch64 and 32-bit ARM show NEON, s390x big-endian bytes, and as C99 (where it computes float as double) the twins without GNU vectors.
# Whole nets are compared with the same net built for the machine that runs the tests. Last line: N passed, N failed
build=$1
every=${2:-4}
here=$(dirname "$0")
dir=$build/targets
rm -rf "$dir" && mkdir -p "$dir/specimens" "$dir/nets"
export here dir build
# NAME|COMPILER|EMULATOR|BYTE ORDER
machines='aarch64|aarch64-linux-gnu-gcc -std=c99|qemu-aarch64|little
arm|arm-linux-gnueabihf-gcc -std=c17 -mfpu=neon-vfpv4|qemu-arm|little
s390x-c99|s390x-linux-gnu-gcc -std=c99|qemu-s390x|big
s390x-gnu|s390x-linux-gnu-gcc -std=gnu17|qemu-s390x|big'
export machines

# try WHAT COMMAND...: a line "ok" or "FAIL ..."
try() {
    local what=$1 out
    shift
    if out=$("$@" 2>&1); then echo ok; else echo "FAIL $what: $(echo "$out" | head -3)"; fi
}
# build_and_run COMPILER EMULATOR PROGRAM SOURCE...
build_and_run() {
    # shellcheck disable=SC2086
    $1 -O1 -static -Wall -Wextra -Werror -Wno-psabi -o "$3" "${@:4}" -lm && $2 "$3"
}
specimen() {                                # specimen MAIN.C NUMBER: each on the machine whose turn it is, those with bytes on all
    local stem=${1%.main.c} number=$2 name cc emulator order i=0
    local work
    work=$(mktemp -d "$dir/w.XXXXXX")
    cp "$stem.h" "$work/net.h"; cp "$stem.c" "$work/net.c"; cp "$1" "$work/main.c"
    while IFS='|' read -r name cc emulator order; do
        i=$((i + 1))
        [ "$order" = little ] || ! grep -q 'these weights are little-endian' "$work/net.c" || continue
        [ "$name" != s390x-gnu ] || [ $((number % 4)) = 0 ] || continue
        [ "$name" != arm ] || [ $((number % 2)) = 0 ] || continue
        try "$(basename "$stem") on $name" build_and_run "$cc" "$emulator" "$work/t" "$work/net.c" "$work/main.c"
    done <<< "$machines"
    rm -rf "$work"
}
# Runs CNNC_ARGUMENTS' net on all machines in every form of weights and compares with what the host computes.
net() {
    local name=$1 form machine cc emulator order work options
    shift
    work=$dir/nets/$name
    mkdir -p "$work"
    "$build/cnnc" "$@" --weights-as=inline --name=net -q -o "$work/net.c" && cp "$here/driver.c" "$work" &&
        gcc -O1 -I"$work" -o "$work/host" "$work/net.c" "$work/driver.c" -lm && "$work/host" > "$work/want" || { echo "FAIL $name: not built for the host"; return; }
    while IFS='|' read -r machine cc emulator order; do
        [ "$machine" != s390x-gnu ] || continue
        for form in inline packed file object; do
            mkdir -p "$work/$machine-$form"
            options="--weights-as=$form --byte-order=$order"
            [ "$form" = inline ] && options=--weights-as=inline     # numbers have no order
            [ "$form:$order" = object:big ] && options=--weights-as=object
            [ "$machine" = aarch64 ] && options+=" --target=armv8-a"
            # shellcheck disable=SC2086
            "$build/cnnc" "$@" $options --name=net -q -o "$work/$machine-$form/net.c" || { echo "FAIL $name on $machine, $form: cnnc"; continue; }
            try "$name on $machine, $form" one_form "$work/$machine-$form" "$work/want" "$form" "$machine" "$cc" "$emulator"
        done
    done <<< "$machines"
}
# An object file of another machine must be refused by the C file itself.
one_form() {
    local at=$1 want=$2 form=$3 machine=$4 cc=$5 emulator=$6
    local sources=("-I$1" "$1/net.c" "$here/driver.c")
    if [ "$form" = object ] && [ "$machine" != aarch64 ]; then
        # shellcheck disable=SC2086
        ! $cc -fsyntax-only "-I$at" "$at/net.c" 2> "$at/message" && grep -q 'net_weights.o is for another machine' "$at/message"
        return
    fi
    [ "$form" != object ] || sources+=("$at/net_weights.o")
    [ "$form" != file ] || sources=(-DWEIGHTS_FILE="\"$at/net.weights\"" "${sources[@]}")
    build_and_run "$cc" "$emulator" "$at/t" "${sources[@]}" > "$at/got" || { head -3 "$at/got"; return 1; }
    python3 "$here/compare.py" "$want" "$at/got"
}
export -f try build_and_run specimen net one_form

"$build/specimens-maker" "$dir/specimens" || echo "some sample was refused"
{
    find "$dir/specimens" -name '*.main.c' ! -name '*-ReLU*.main.c' | sort | awk -v every="$every" 'NR % every == 0 { print "specimen", $0, NR / every }'
    echo "net digits examples/digits/digits.cnn"
    for f in mobilenet_v2 resnet_basic lstm; do
        echo "net $f tests/keras/models/$f.cnn --init=glorot"
    done
} | xargs -P "$(nproc)" -I{} bash -c '{}' > "$dir/result"
grep -v '^ok' "$dir/result"
passed=$(grep -c '^ok' "$dir/result")
failed=$(grep -vc '^ok' "$dir/result")
[ "$passed" -gt 0 ] || failed=$((failed + 1))
echo "emulated processors: $passed passed, $failed failed"
[ "$failed" = 0 ]
