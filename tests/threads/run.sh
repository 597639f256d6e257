#!/usr/bin/env bash
# run.sh BUILD_DIR [--all] - --threads=N: the same bits as without it by 1, 2 and 3 threads, C11's and OpenMP's, and nothing that ThreadSanitizer
# finds; a serial build of the same C; each under strict warnings. --all: every model of tests/keras/models with one input and one result
# of floats. Last line: N passed, N failed
build=$1
here=$(dirname "$0")
dir=$build/threads
rm -rf "$dir" && mkdir -p "$dir"
export here dir build
if [ "$2" = --all ]; then
    models=$(ls tests/keras/models/*.cnn)
else
    models=$(for m in mobilenet_v2 resnet_basic lstm conv2d_groups_depthwise unet odd_sizes; do echo "tests/keras/models/$m.cnn"; done)
fi
one() {
    local model=$1 name options work
    name=$(basename "$model" .cnn)
    options=--init=glorot
    [ "$name" = digits ] && options=
    work=$dir/$name
    mkdir -p "$work"
    # shellcheck disable=SC2086
    "$build/cnnc" "$model" $options --name=net -q -o "$work/net.c" 2> "$work/log" || { echo "FAIL $name: $(head -2 "$work/log")"; return; }
    if ! grep -q 'void net(const float \*input, float \*output)' "$work/net.h"; then return; fi
    run() {                                 # run WHAT COMMAND...: compiles, runs, compares with $work/want
        local what=$1
        shift
        if "$@" -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Wundef -Werror -Wno-tsan "-I$work" -o "$work/t" "$work/net.c" tests/targets/driver.c -lm > "$work/log" 2>&1 &&
            timeout 300 "$work/t" > "$work/got" 2> "$work/log" && cmp -s "$work/want" "$work/got"; then echo ok
        else echo "FAIL $name, $what: $(head -3 "$work/log")"; fi
    }
    gcc -O2 -march=native "-I$work" -o "$work/t" "$work/net.c" tests/targets/driver.c -lm && "$work/t" > "$work/want"
    for n in 2 3; do
        # shellcheck disable=SC2086
        "$build/cnnc" "$model" $options --name=net -q --threads=$n -o "$work/net.c" || { echo "FAIL $name: --threads=$n"; continue; }
        run "$n C11 threads" gcc -std=c11 -O2 -march=native -pthread
        run "$n OpenMP threads" gcc -std=c99 -O2 -march=native -fopenmp
        OMP_THREAD_LIMIT=1 run "one of $n OpenMP threads" gcc -std=c99 -O2 -march=native -fopenmp
    done
    run "no threads" gcc -std=c99 -O2 -march=native
    gcc -O1 "-I$work" -o "$work/t" "$work/net.c" tests/targets/driver.c -lm && "$work/t" > "$work/want"
    TSAN_OPTIONS=halt_on_error=1 run "ThreadSanitizer" gcc -std=c11 -O1 -g -fsanitize=thread -pthread "-I$here/shim" -D_POSIX_C_SOURCE=200809L
    rm -rf "$work"
}
export -f one
{ echo examples/digits/digits.cnn; echo "$models"; } | xargs -P "$(nproc)" -I{} bash -c 'one "{}"' > "$dir/result"
grep -v '^ok' "$dir/result"
passed=$(grep -c '^ok' "$dir/result")
failed=$(grep -c '^FAIL' "$dir/result")
[ "$passed" -gt 0 ] || failed=$((failed + 1))
echo "threads: $passed passed, $failed failed"
[ "$failed" = 0 ]
