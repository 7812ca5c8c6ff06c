#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# bundle.sh FOLDER: makes FOLDER/commonweal, this package with the C++ source in tools/commonweal, for `R CMD build`.
set -eu
here=$(cd "$(dirname "$0")/.." && pwd)
clone=$(cd "$here/../.." && pwd)
mkdir -p "$1"
out=$(cd "$1" && pwd)/commonweal
[ ! -e "$out" ] || { echo "bundle.sh: $out exists" >&2; exit 1; }
cp -R "$here" "$out"
(cd "$out" && ./cleanup)
source=$out/tools/commonweal
mkdir -p "$source/capi"
cp "$clone/CMakeLists.txt" "$clone/LICENSE" "$source/"
cp -R "$clone/cmake" "$clone/include" "$clone/src" "$source/"
cp -R "$clone/capi/include" "$clone/capi/src" "$clone/capi/CMakeLists.txt" "$clone/capi/exports.map" "$source/capi/"
cp "$clone"/capi/*.in "$source/capi/"
rm -rf "$source/src/cli"
echo "$out"
