#!/usr/bin/env bash
# run.sh BUILD_DIR - runs every suite and adds up; last line: N passed, N failed.
build=$1
export CNNC=$PWD/$build/cnnc
passed=0 failed=0
suite() {                       # suite NAME COMMAND...: counts the last "N passed, N failed" that the command prints
    echo "== $1"
    shift
    local out line
    out=$("$@" 2>&1)
    local code=$?
    echo "$out" | tail -40
    line=$(echo "$out" | grep -oE '[0-9]+ passed, [0-9]+ failed' | tail -1)
    if [ -z "$line" ]; then
        failed=$((failed + 1))
        echo "the suite printed no result (exit $code)"
    else
        passed=$((passed + ${line%% *}))
        line=${line#*, }
        failed=$((failed + ${line%% *}))
    fi
}
criterion() {
    local p=0 f=0 line
    for t in "$build"/unit/*; do
        [ -x "$t" ] || continue
        line=$("$t" 2>&1 | tee /dev/stderr | grep -oE 'Tested: [0-9]+ \| Passing: [0-9]+ \| Failing: [0-9]+ \| Crashing: [0-9]+' | tail -1)
        [ -n "$line" ] || f=$((f + 1))
        p=$((p + $(echo "$line" | sed -E 's/.*Passing: ([0-9]+).*/\1/;t;s/.*/0/')))
        f=$((f + $(echo "$line" | sed -E 's/.*Failing: ([0-9]+) \| Crashing: ([0-9]+)/\1 + \2/;t;s/.*/0/')))
    done
    echo "$p passed, $f failed"
}
suite "units" criterion
suite "specimens" bash tests/specimens/run.sh "$build"
suite "emulated processors" bash tests/targets/run.sh "$build" 4
suite "threads" bash tests/threads/run.sh "$build"
suite "golden" bash tests/golden/run.sh "$build/cnnc"
suite "Keras model files" python3 tests/keras/files.py --fast --cnnc "$build/cnnc"
suite "Python's language" .venv/bin/python -W ignore tests/python/compare.py --cnnc "$build/cnnc"
suite "unknown values, models, modules, notebooks" python3 tests/language/test_language.py
suite "how long it takes to read" python3 tests/language/speed.py --cnnc "$build/cnnc"
suite "command line" python3 tests/cli/test_cli.py
suite "cnnc by clang" make -s B="$build" clang
suite "lint" python3 tools/lint.py
# What needs the tests' Python packages (tools/install.sh --python), and damaged files.
fuzz() {
    make -s SAN=1 build/san/fuzz/onnx && bash tests/fuzz/run.sh build/san 25
}
suite "Keras" .venv/bin/python tests/keras/judge.py -j2 --cnnc "$build/cnnc"
suite "ONNX importer" .venv/bin/python tests/onnx/importer.py --cnnc "$build/cnnc"
suite "ONNX official tests, every ninth" .venv/bin/python tests/onnx/run.py --cnnc "$build/cnnc" --every 9 --class core,core_expanded,pytorch-converted,pytorch-operator,regressions
suite "quantized nets" .venv/bin/python tests/onnx/quantized.py
suite "ONNX Runtime's operators" .venv/bin/python tests/onnx/runtime_operators.py
suite "what exporters spell out" .venv/bin/python tests/onnx/patterns.py --cnnc "$build/cnnc"
suite "ONNX written and read again" .venv/bin/python tests/onnx/both_ways.py --fast -j2 --cnnc "$build/cnnc"
suite "damaged ONNX files" fuzz

echo
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
