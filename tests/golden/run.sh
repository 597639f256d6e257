#!/usr/bin/env bash
# run.sh CNNC [--update] - every x.cnn beside it, with the options of its first line `# options: ...`: what `--dump` prints must be
# x.dump, or, where x.err stands, what cnnc complains of must be that, with exit code 1. Last line: N passed, N failed.
cnnc=$(realpath "$1")
update=${2:-}
cd "$(dirname "$0")" || exit 1
passed=0 failed=0
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
for model in *.cnn; do
    stem=${model%.cnn}
    read -ra options <<< "$(sed -n '1s/^# options: //p' "$model")"
    if [ -f "$stem.err" ] || { [ -n "$update" ] && [ ! -f "$stem.dump" ] && ! "$cnnc" --dump "${options[@]}" "$model" > /dev/null 2>&1; }; then
        "$cnnc" --init=zeros "${options[@]}" -o "$scratch/net.c" "$model" > /dev/null 2> "$scratch/got"
        code=$?
        want=$stem.err expected=1
        [ -e "$scratch/net.c" ] && { echo "$stem: wrote an output in spite of errors"; code=99; rm "$scratch/net.c"; }
    else
        "$cnnc" --dump "${options[@]}" "$model" > "$scratch/got" 2>&1
        code=$?
        want=$stem.dump expected=0
        if [ $code = 0 ]; then                          # what is printed reads back as the same graph
            cp "$scratch/got" "$scratch/again.cnn"
            "$cnnc" --dump "$scratch/again.cnn" > "$scratch/twice" 2>&1
            cmp -s "$scratch/got" "$scratch/twice" || { echo "$stem: the dump does not read back as itself"; diff "$scratch/got" "$scratch/twice" | head -5; code=98; }
        fi
    fi
    [ -n "$update" ] && cp "$scratch/got" "$want"
    if [ $code = $expected ] && diff -u "$want" "$scratch/got"; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "FAIL $stem (exit code $code)"
    fi
done
echo "golden: $passed passed, $failed failed"
[ $failed = 0 ]
