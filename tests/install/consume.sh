#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# consume.sh install BUILD SCRATCH: installs a build and moves the tree, so that no path of the build can help.
# consume.sh cmake|pkg_config PROJECT SCRATCH [ARGUMENT]: builds a program of another project against it and runs it.
set -euo pipefail
how=$1 from=$2 scratch=$3
prefix=$scratch/moved/prefix
flags=(-std=c++20 -O1 -Wall -Wextra -Werror)
[ -z "${SANITIZE:-}" ] || flags+=("-fsanitize=$SANITIZE")

case $how in
  install)
    rm -rf "$scratch"
    mkdir -p "$scratch/moved"
    cmake --install "$from" --prefix "$scratch/first" >"$scratch/install.log"
    mv "$scratch/first" "$prefix"
    if grep -rlF "$scratch/first" "$prefix" --include='*.cmake' --include='*.pc'; then
      echo "these files still name the place where they were installed first"
      exit 1
    fi
    ;;
  cmake)
    build=$scratch/$(basename "$from")-cmake
    cmake -S "$from" -B "$build" -G Ninja -DCMAKE_PREFIX_PATH="$prefix" -DCMAKE_BUILD_TYPE=Release \
          -DCMAKE_CXX_FLAGS="${flags[*]:1}"
    # The package that was found is the moved one and no other on this machine.
    grep -F "commonweal_DIR:PATH=$prefix/" "$build/CMakeCache.txt"
    cmake --build "$build"
    "$build/consumer" "${@:4}"
    ;;
  pkg_config)
    name=commonweal
    [ "$(basename "$from")" != headers_only ] || name=commonweal-headers
    PKG_CONFIG_PATH=$(dirname "$(find "$prefix" -name commonweal.pc)")
    export PKG_CONFIG_PATH
    # Words of a list, as pkg-config prints them.
    # shellcheck disable=SC2046
    "$CXX" "${flags[@]}" $(pkg-config --cflags "$name") "$from/consumer.cpp" \
           -o "$scratch/$(basename "$from")-pkg_config" $(pkg-config --libs "$name")
    "$scratch/$(basename "$from")-pkg_config" "${@:4}"
    ;;
esac
