#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# commonweal.h compiles alone, without a warning, in every standard of C and C++ that it is meant for.
# usage: header.sh HEADER
set -euo pipefail
header=$1
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
printf '#include "%s"\n#include "%s"\nint main(void) { return 0; }\n' "$header" "$header" >"$scratch/main.c"
flags="-Wall -Wextra -Wconversion -Wshadow -pedantic -Werror -fsyntax-only"
for standard in c99 c11 c17; do gcc -std=$standard $flags -xc "$scratch/main.c"; done
for standard in c++98 c++11 c++14 c++17 c++20; do
  # C++98 knows stdint.h and long long only as extensions.
  [ $standard = c++98 ] && extra=-Wno-long-long || extra=
  g++ -std=$standard $flags $extra -xc++ "$scratch/main.c"
done
if command -v clang >/dev/null; then
  clang -std=c99 $flags -xc "$scratch/main.c"
  clang -std=c++20 $flags -xc++ "$scratch/main.c"
fi
! grep -nE '#include <(boost|Eigen|string|vector)' "$header"
