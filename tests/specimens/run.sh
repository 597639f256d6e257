#!/usr/bin/env bash
# Builds every specimen with strict warnings and sanitizers, for the lane widths that this machine runs, and runs it.
# usage: run.sh BUILD_DIR; last line: N passed, N failed
build=$1
dir=$build/specimens
rm -rf "$dir" && mkdir -p "$dir"
"$build/specimens-maker" "$dir" || echo "specimens: some sample was refused"
strict="-Wall -Wextra -Wpedantic -Wconversion -Wshadow -Wundef -Wdouble-promotion -Wcast-qual -Wmissing-prototypes -Werror"
flags=("-std=c99")
grep -qm1 avx2 /proc/cpuinfo && flags+=("-std=c17 -mavx2 -mfma")
grep -qm1 avx512f /proc/cpuinfo && flags+=("-std=c11 -march=x86-64-v4")
export strict dir
one() {
    stem=${1%.main.c}
    work=$(mktemp -d "$dir/w.XXXXXX")
    cp "$stem.h" "$work/net.h"; cp "$stem.c" "$work/net.c"; cp "$1" "$work/main.c"
    out=$(gcc $2 -O1 -g -fsanitize=address,undefined -fno-sanitize-recover=undefined $strict -o "$work/t" "$work/net.c" "$work/main.c" -lm 2>&1 && ASAN_OPTIONS=detect_leaks=0 "$work/t" 2>&1)
    if [ $? = 0 ]; then echo "ok"; else echo "FAIL $(basename "$stem") ($2): $(echo "$out" | head -3)"; fi
    rm -rf "$work"
}
export -f one
: > "$dir/result"
for f in "${flags[@]}"; do
    ls "$dir"/*.main.c | xargs -P "$(nproc)" -I{} bash -c "one '{}' '$f'" >> "$dir/result"
done
grep -v '^ok' "$dir/result"
passed=$(grep -c '^ok' "$dir/result"); failed=$(grep -c '^FAIL' "$dir/result")
made=$(ls "$dir"/*.main.c | wc -l); emitted=$(ls "$dir"/*.c | grep -vc main.c)
[ "$made" = "$emitted" ] || failed=$((failed + made - emitted))
echo "specimens: $passed passed, $failed failed"
[ "$failed" = 0 ]
