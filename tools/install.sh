#!/bin/sh
# install.sh - installs what building and testing cnnc needs on Debian 12. Does nothing where all of it is there.
#   sh tools/install.sh            packages to build cnnc
#   sh tools/install.sh --python   and the tests' Python packages, in .venv
set -e
cd "$(dirname "$0")/.."
packages="gcc g++ make flex bison pkg-config libcriterion-dev libhdf5-dev libzip-dev libjansson-dev clang python3-venv"
missing=""
for p in $packages; do
    dpkg-query -W -f='${Status}' "$p" 2>/dev/null | grep -q 'ok installed' || missing="$missing $p"
done
if [ -n "$missing" ]; then
    if [ "$(id -u)" = 0 ]; then
        sudo=""
    elif sudo -n true 2>/dev/null; then
        sudo="sudo"
    else
        echo "packages are missing; as root run: apt-get update && apt-get install -y --no-install-recommends$missing"
        exit 1
    fi
    $sudo apt-get update -q
    $sudo env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends $missing
fi
[ "$1" = --python ] || exit 0
want=$(cksum < tests/requirements.txt)
if [ "$(cat .venv/stamp 2>/dev/null)" != "$want" ]; then
    python3 -m venv .venv
    .venv/bin/pip install -q --disable-pip-version-check -r tests/requirements.txt
    echo "$want" > .venv/stamp
fi
