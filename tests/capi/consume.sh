#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# A program of another project, in C99, C11 and C++, built against an installed tree that was moved.
# usage: consume.sh BUILD SCRATCH FOLDER-OF-AN-INITIATIVE
set -euo pipefail
build=$1 scratch=$2 folder=$3
here=$(cd "$(dirname "$0")" && pwd)
rm -rf "$scratch" && mkdir -p "$scratch"
for component in capi capi_development; do cmake --install "$build" --prefix "$scratch/first" --component "$component" >/dev/null; done
mv "$scratch/first" "$scratch/moved"
[ -z "$(find "$scratch/moved" -name '*.hpp')" ] || { echo "the C interface brought C++ headers along"; exit 1; }
pc=$(dirname "$(find "$scratch/moved" -name commonweal-c.pc)")
lib=$(dirname "$(find "$scratch/moved" -name libcommonweal.so)")
export PKG_CONFIG_PATH=$pc LD_LIBRARY_PATH=$lib

ran() { [ "$("$1" "$folder" | head -c 15)" = group,indicator ] || { echo "$1 did not print the figures"; exit 1; }; }
flags="-Wall -Wextra -pedantic -Werror"
for standard in c99 c11 c17; do
  gcc -std=$standard $flags $(pkg-config --cflags commonweal-c) "$here/consumer/consumer.c" $(pkg-config --libs commonweal-c) -o "$scratch/$standard"
  ran "$scratch/$standard"
done
for standard in c++11 c++17 c++20; do
  g++ -std=$standard $flags -xc++ $(pkg-config --cflags commonweal-c) "$here/consumer/consumer.c" -xnone $(pkg-config --libs commonweal-c) -o "$scratch/$standard"
  ran "$scratch/$standard"
done
cmake -S "$here/consumer" -B "$scratch/cmake" -DCMAKE_PREFIX_PATH="$scratch/moved" >/dev/null
cmake --build "$scratch/cmake" >/dev/null
ran "$scratch/cmake/consumer"
