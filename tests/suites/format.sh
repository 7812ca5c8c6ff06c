#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Every C and C++ file is as clang-format leaves it. Closes with "N passed, N failed", a file being a test.
set -uo pipefail
cd "${COMMONWEAL_ROOT:-$(dirname "${BASH_SOURCE[0]}")/../..}" || exit 1
mapfile -t files < <(git ls-files '*.hpp' '*.cpp' '*.h' '*.c')
[ "${#files[@]}" -gt 0 ] || { echo "no file to look at"; exit 1; }
mapfile -t wrong < <(clang-format-14 --dry-run "${files[@]}" 2>&1 | sed -n 's/^\([^:]*\):.*clang-format-violations.*/\1/p' | sort -u)
for file in "${wrong[@]}"; do echo "FAILED: $file is not as ./dev format leaves it"; done
echo "$((${#files[@]} - ${#wrong[@]})) passed, ${#wrong[@]} failed, 0 skipped"
[ "${#wrong[@]}" -eq 0 ]
