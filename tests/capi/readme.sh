#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# The example of capi/README.md compiles as it stands, runs from the root of the repository, and prints what the README says.
# usage: readme.sh REPOSITORY FOLDER-OF-THE-LIBRARY
set -euo pipefail
root=$1 lib=$2
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
fenced() { awk -v language="$1" '$0 == "```" language { on = 1; next } $0 == "```" { on = 0 } on' "$root/capi/README.md"; }
fenced c >"$scratch/example.c"
fenced text >"$scratch/expected"
[ -s "$scratch/example.c" ] && [ -s "$scratch/expected" ]
gcc -std=c99 -Wall -Wextra -pedantic -Werror -I"$root/capi/include" "$scratch/example.c" -L"$lib" -lcommonweal -Wl,-rpath,"$lib" -o "$scratch/example"
cd "$root"
"$scratch/example" | diff -u "$scratch/expected" -
