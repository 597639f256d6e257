#!/usr/bin/env bash
# run.sh BUILD_DIR [OP] - builds every specimen with strict warnings and sanitizers for each lane width that this machine runs, runs it
# against the reference; compiles it as C99 by clang and as C++17; and where tcc is there runs it as plain C99, without vectors.
# tests/specimens/emitted holds the C of each op's first sample as it was last reviewed: a change of a template shows there as a change of
# what users get. `make specimens-update` writes it anew. Last line: N passed, N failed
build=$1
dir=$build/specimens
rm -rf "$dir" && mkdir -p "$dir"
"$build/specimens-maker" "$dir" ${2:+"$2"} || echo "specimens: some sample was refused"
export dir
export strict="-Wall -Wextra -Wpedantic -Wconversion -Wshadow -Wundef -Wdouble-promotion -Wcast-qual -Werror"
export widths="-std=c99"
grep -qm1 avx2 /proc/cpuinfo && widths+=";-std=c17 -mavx2 -mfma"
grep -qm1 avx512f /proc/cpuinfo && widths+=";-std=c11 -march=x86-64-v4"
one() {
    stem=${1%.main.c}
    work=$(mktemp -d "$dir/w.XXXXXX")
    cp "$stem.h" "$work/net.h"; cp "$stem.c" "$work/net.c"; cp "$1" "$work/main.c"
    try() {                                 # try WHAT COMMAND...
        local what=$1 out
        shift
        if out=$("$@" 2>&1); then echo ok; else echo "FAIL $(basename "$stem") ($what): $(echo "$out" | head -3)"; fi
    }
    run() { "${@:2}" && ASAN_OPTIONS=detect_leaks=0 "$1"; }
    IFS=';' read -ra flags <<< "$widths"
    case $stem in
    *-ReLU) flags=("${flags[-1]}") ;;       # the same op with an epilogue: the widest vectors show it
    *) grep -q LANES "$work/net.c" || flags=("${flags[0]}") ;;
    esac
    for f in "${flags[@]}"; do
        # shellcheck disable=SC2086
        try "gcc $f" run "$work/t" gcc $f -O1 -fsanitize=address,undefined -fno-sanitize-recover=undefined $strict -Wmissing-prototypes \
            -o "$work/t" "$work/net.c" "$work/main.c" -lm
    done
    case $stem in
    *-ReLU) ;;
    *)
        # shellcheck disable=SC2086
        try clang clang -std=c99 -fsyntax-only $strict -Wmissing-prototypes "$work/net.c"
        # shellcheck disable=SC2086
        try C++17 g++ -x c++ -std=c++17 -fsyntax-only $strict "$work/net.c"
        # INFINITY is no constant to tcc
        command -v tcc > /dev/null && ! grep -q INFINITY "$work/main.c" && try tcc run "$work/p" tcc -o "$work/p" "$work/net.c" "$work/main.c" -lm
        ;;
    esac
    rm -rf "$work"
}
export -f one
reviewed=$(dirname "$0")/emitted
if [ $# = 1 ]; then
    for f in "$reviewed"/*.c; do
        if cmp -s "$f" "$dir/${f##*/}"; then echo ok; else echo "FAIL ${f##*/} is not as reviewed: make specimens-update, read the diff"; fi
    done > "$dir/reviewed"
fi
find "$dir" -name '*.main.c' | sort | xargs -P "$(nproc)" -I{} bash -c 'one "{}"' > "$dir/result"
[ $# = 1 ] && cat "$dir/reviewed" >> "$dir/result"
grep -v '^ok' "$dir/result"
passed=$(grep -c '^ok' "$dir/result"); failed=$(grep -c '^FAIL' "$dir/result")
made=$(find "$dir" -name '*.main.c' | wc -l); emitted=$(find "$dir" -name '*.c' | grep -vc main.c)
[ "$made" = "$emitted" ] || failed=$((failed + made - emitted))
echo "specimens: $passed passed, $failed failed"
[ "$failed" = 0 ]
