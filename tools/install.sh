#!/bin/sh
# install.sh - installs what cnnc's build, demo and tests need on Debian 12, where it is missing.
#
#   tools/install.sh              Debian packages
#   tools/install.sh --python     and what the tests need: cross compilers, emulators, Python packages in .venv/
#   tools/install.sh --bench      and what `make bench` compares with, in .venv-bench/
set -eu
cd "$(dirname "$0")/.."

packages='gcc make flex bison pkg-config libprotobuf-c-dev protobuf-c-compiler protobuf-compiler libonnx-dev libcriterion-dev
libhdf5-dev libzip-dev libjansson-dev clang g++ tcc python3-venv'

# Processors that the tests emulate: AArch64, 32-bit ARM, s390x.
emulated='qemu-user gcc-aarch64-linux-gnu libc6-dev-arm64-cross gcc-arm-linux-gnueabihf libc6-dev-armhf-cross
gcc-s390x-linux-gnu libc6-dev-s390x-cross'

python=no
bench=no
for argument; do
    case $argument in
    --python) python=yes; packages="$packages $emulated" ;;
    --bench) bench=yes ;;
    *) echo "install.sh: unknown option '$argument'; it takes --python and --bench" >&2; exit 2 ;;
    esac
done

# Says what the user has to do, and stops.
ask() {
    echo "install.sh: $1. Please run this, then try again:" >&2
    echo "    $2" >&2
    exit 1
}

missing_packages() {
    for p in $packages; do
        state=$(dpkg-query -W -f='${db:Status-Status}' "$p" 2>/dev/null) || state=
        [ "$state" = installed ] || printf '%s ' "$p"
    done
}

install_packages() {
    missing=$(missing_packages)
    [ -n "$missing" ] || return 0
    by_hand="sudo apt-get install -y --no-install-recommends $missing"
    if [ "$(id -u)" -eq 0 ]; then
        as_root=
    elif command -v sudo >/dev/null && { sudo -n true 2>/dev/null || [ -t 0 ]; }; then
        as_root=sudo
    else
        ask 'these packages are missing and need root' "$by_hand"
    fi
    echo "install.sh: installing $missing"
    # shellcheck disable=SC2086
    { $as_root apt-get update -q && $as_root env DEBIAN_FRONTEND=noninteractive \
        apt-get install -y -q --no-install-recommends $missing; } || ask 'apt-get failed' "$by_hand"
}

# One stamp a requirements file: its hash. Nothing is done while it stays the same.
install_python() {
    requirements=$1
    venv=$2
    stamp=$venv/$(echo "$requirements" | tr / -).stamp
    now=$(sha256sum "$requirements")
    if [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$now" ]; then
        return 0
    fi
    echo "install.sh: installing $requirements into $venv"
    by_hand="python3 -m venv $venv && $venv/bin/pip install -r $requirements"
    { [ -x "$venv/bin/python" ] || python3 -m venv "$venv"; } || ask 'python3 -m venv failed' "$by_hand"
    "$venv/bin/pip" install --quiet --disable-pip-version-check -r "$requirements" || ask 'pip failed' "$by_hand"
    echo "$now" > "$stamp"
}

install_packages
[ $python = no ] || install_python tests/requirements.txt .venv
[ $bench = no ] || install_python tests/bench/requirements.txt .venv-bench
