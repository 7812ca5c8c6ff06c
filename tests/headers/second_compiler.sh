#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Reads a file with the compiler that did not build the project (clang beside g++, g++ beside clang), same warnings.
# Arguments: compiler id of the build, source, include options separated by semicolons. 77 is a visible skip.
set -euo pipefail
case $1 in
  GNU) compiler=$(command -v clang++ || command -v clang++-14 || true) ;;
  *) compiler=$(command -v g++ || true) ;;
esac
[ -n "$compiler" ] || { echo "no second compiler on this machine"; exit 77; }
IFS=';' read -ra includes <<<"$3"
"$compiler" --version | head -n 1
"$compiler" -std=c++20 -fsyntax-only -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Werror "${includes[@]}" "$2"
